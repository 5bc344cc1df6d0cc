//! The SQL of intake: how many clients, and whether anybody new.

use ground::db::{self, Day, Instant, Tx};
use jiff::Timestamp;
use jiff::civil::Date;

use super::Whose;
use crate::model::Intake;

/// Whether a clinician takes anybody new on a date. Served by the key.
pub async fn intake(tx: &mut Tx, whose: Whose, today: Date) -> db::Result<Intake> {
    let row: Option<(Option<i16>, bool, Option<Day>)> = sqlx::query_as(
        "select i.clients_max, i.paused_at is not null, i.reopens_on
           from hours.intake i
          where i.practice_id = $1
            and i.clinician_id = $2",
    )
    .bind(whose.practice.0)
    .bind(whose.clinician.0)
    .fetch_optional(&mut **tx)
    .await?;
    let Some((most, was_paused, reopens_on)) = row else {
        return Ok(Intake::default());
    };
    let reopens_on = reopens_on.map(|day| day.0);
    let paused = was_paused && reopens_on.is_none_or(|day| today < day);
    Ok(Intake {
        clients_max: most.map(i16::cast_unsigned),
        paused,
        reopens_on: reopens_on.filter(|_| paused),
    })
}

/// Says how many clients a clinician takes.
pub async fn set_clients_max(tx: &mut Tx, whose: Whose, most: Option<u16>) -> db::Result<()> {
    sqlx::query(
        "insert into hours.intake (practice_id, clinician_id, clients_max)
         values ($1, $2, $3)
             on conflict (practice_id, clinician_id) do update
            set clients_max = excluded.clients_max",
    )
    .bind(whose.practice.0)
    .bind(whose.clinician.0)
    .bind(most.map(u16::cast_signed))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Pauses a clinician's intake, or gives its pause another end.
pub async fn pause(
    tx: &mut Tx,
    whose: Whose,
    reopens_on: Option<Date>,
    now: Timestamp,
) -> db::Result<()> {
    sqlx::query(
        "insert into hours.intake (practice_id, clinician_id, paused_at, reopens_on)
         values ($1, $2, $3, $4)
             on conflict (practice_id, clinician_id) do update
            set paused_at = excluded.paused_at,
                reopens_on = excluded.reopens_on",
    )
    .bind(whose.practice.0)
    .bind(whose.clinician.0)
    .bind(Instant(now))
    .bind(reopens_on.map(Day))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Ends a pause, or only one whose date has come by `by`. `false` where there was none.
pub async fn reopen(tx: &mut Tx, whose: Whose, by: Option<Date>) -> db::Result<bool> {
    let done = sqlx::query(
        "update hours.intake i
            set paused_at = null,
                reopens_on = null
          where i.practice_id = $1
            and i.clinician_id = $2
            and i.paused_at is not null
            and ($3::date is null or i.reopens_on <= $3)",
    )
    .bind(whose.practice.0)
    .bind(whose.clinician.0)
    .bind(by.map(Day))
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

//! Fees for visits that were missed, or canceled too late: a client owes one when somebody at the
//! practice says so, once for a visit. No insurer is asked: a plan pays for services that were given.

use bookkeeping::{Debtor, Event};
use ground::db::{self, Instant, Tx};
use ids::{AppointmentId, ChargeId, ClientId, ClinicianId, PracticeId, Uuid};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use money::Cents;

use crate::model::{Cause, CauseKind, Error, Fact, Of, Posted, charge_ref, client_ref};
use crate::{queries, receipt};

/// Most visits of one list: ten years of one a month.
const VISITS_MAX: i64 = 120;

/// A visit that did not take place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MissedVisit {
    /// The visit.
    pub appointment: AppointmentId,
    /// Whose time it was.
    pub clinician: ClinicianId,
    /// On which day.
    pub on: Date,
    /// Whether it was canceled, too late.
    pub is_late: bool,
    /// The fee, once one is charged.
    pub charged: Option<Cents>,
}

/// The visits that a client missed or canceled too late, the newest first.
///
/// # Errors
/// As the database says.
pub async fn missed_visits(
    tx: &mut Tx,
    practice: PracticeId,
    client: ClientId,
) -> db::Result<Vec<MissedVisit>> {
    let (_, zone) = queries::practice(tx, practice).await?;
    let zone = TimeZone::get(&zone).unwrap_or(TimeZone::UTC);
    let rows: Vec<(Uuid, Uuid, Instant, bool, Option<i64>)> = sqlx::query_as(
        "select o.appointment_id, a.clinician_id, a.starts_at, o.is_late, c.cents
           from calendar.outcome o
           join calendar.appointment a on a.practice_id = o.practice_id
                                      and a.appointment_id = o.appointment_id
           left join ledger.entry e on e.practice_id = o.practice_id
                                   and e.charge_id = o.appointment_id
                                   and e.rule = 'charge'
                                   and e.reverses is null
           left join ledger.posting c on c.practice_id = e.practice_id
                                     and c.entry_id = e.entry_id
                                     and c.account = 'client_receivable'
          where o.practice_id = $1
            and o.client_id = $2
            and (o.outcome = 'missed' or o.is_late)
            and not exists (
                select from calendar.outcome k
                 where k.practice_id = o.practice_id
                   and k.appointment_id = o.appointment_id
                   and k.outcome = 'kept'
                   and k.said_at > o.said_at)
          order by a.starts_at desc, o.appointment_id
          limit $3",
    )
    .bind(practice.0)
    .bind(client.0)
    .bind(VISITS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let visit = |(appointment, clinician, starts, is_late, charged): (_, _, Instant, _, _)| {
        let on = starts.0.to_zoned_datetime(zone.clone()).date();
        let (appointment, clinician) = (AppointmentId(appointment), ClinicianId(clinician));
        let charged: Option<i64> = charged;
        MissedVisit { appointment, clinician, on, is_late, charged: charged.map(Cents) }
    };
    Ok(rows.into_iter().map(visit).collect())
}

/// Charges a client the fee for a visit that they missed. Said twice, it is one fee; `None` where
/// there is no such visit of theirs.
///
/// # Errors
/// As the books or the database say.
pub async fn charge_missed(
    tx: &mut Tx,
    practice: PracticeId,
    client: ClientId,
    appointment: AppointmentId,
    cents: Cents,
) -> Result<Option<Posted>, Error> {
    crate::lock(tx, practice).await?;
    let all = missed_visits(tx, practice, client).await?;
    let Some(visit) = all.into_iter().find(|it| it.appointment == appointment) else {
        return Ok(None);
    };
    let cause = Cause::new(CauseKind::Visit, appointment.0);
    // A visit is missed once, so its id is its fee's too.
    let charge = ChargeId(appointment.0);
    let event = Event::Charge {
        charge: charge_ref(charge),
        owed_by: Debtor::Client(client_ref(client)),
        service_on: visit.on,
        cents,
    };
    let of = Some(Of { client, clinician: visit.clinician });
    let posted = crate::post(tx, practice, &Fact { cause, on: visit.on, event, of }).await?;
    if let Posted::Now(_) = posted {
        receipt::apply(tx, practice, client, (charge, cause), visit.on).await?;
    }
    Ok(Some(posted))
}

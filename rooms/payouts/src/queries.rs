//! All SQL of payouts, but for how a closed month is kept, which is in `keeping`.

use std::collections::{BTreeMap, BTreeSet};

use bookkeeping::Period;
use economics::Unit;
use ground::db::{self, Day, Instant, Tx};
use ids::{
    AgreementId, ChargeId, ClinicianId, EngagementId, EntryId, PersonId, PracticeId, StatementId,
    Uuid,
};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use money::Cents;

use crate::model::{Adjusts, Line, Part, RowKind, RowOf, Settled, Statement, Whom};
use crate::month::{Allowed, NotKept, Work};

/// Most rows of a month: a large practice.
pub const ROWS_MAX: i64 = 200_000;
/// Most statements of one list: eight years of a practice of fifty.
const STATEMENTS_MAX: i64 = 5_000;

/// A practice, as closing knows it.
#[derive(Debug, Clone)]
pub struct Practice {
    pub name: String,
    pub is_sole: bool,
    pub zone: TimeZone,
}

/// A practice's name, kind and wall clock.
pub async fn practice(tx: &mut Tx, practice: PracticeId) -> db::Result<Practice> {
    let (name, kind, zone): (String, String, String) = sqlx::query_as(
        "select p.name, p.kind, p.zone from people.practice p where p.practice_id = $1",
    )
    .bind(practice.0)
    .fetch_one(&mut **tx)
    .await?;
    let zone = TimeZone::get(&zone).unwrap_or(TimeZone::UTC);
    Ok(Practice { name, is_sole: kind == "sole", zone })
}

/// The people who own a practice.
pub async fn owners(tx: &mut Tx, practice: PracticeId) -> db::Result<BTreeSet<PersonId>> {
    let rows: Vec<Uuid> = sqlx::query_scalar(
        "select r.person_id
           from people.role r
          where r.practice_id = $1
            and r.role = 'owner'
            and r.ended_at is null
          order by r.person_id
          limit $2",
    )
    .bind(practice.0)
    .bind(STATEMENTS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(PersonId).collect())
}

/// The month of the first entry. Served by `entry_posted`.
pub async fn first_month(tx: &mut Tx, practice: PracticeId) -> db::Result<Option<Period>> {
    let first: Option<Day> =
        sqlx::query_scalar("select min(e.posted_on) from ledger.entry e where e.practice_id = $1")
            .bind(practice.0)
            .fetch_one(&mut **tx)
            .await?;
    Ok(first.map(|day| Period::of(day.0)))
}

/// For each clinician, the last day until `last` on which their newest engagement that had begun by
/// then was in force: work that was done under it is paid by it, also after it ended.
pub async fn last_engaged_on(
    tx: &mut Tx,
    practice: PracticeId,
    last: Date,
) -> db::Result<Vec<(ClinicianId, Date)>> {
    let rows: Vec<(Uuid, Day)> = sqlx::query_as(
        "select distinct on (e.clinician_id) e.clinician_id,
                least(coalesce(e.ends_on - 1, $2), $2)
           from terms.engagement e
          where e.practice_id = $1
            and e.begins_on <= $2
            and (select count(*) from terms.engagement_signature s
                  where s.practice_id = e.practice_id
                    and s.engagement_id = e.engagement_id) = 2
          order by e.clinician_id, e.version desc
          limit $3",
    )
    .bind(practice.0)
    .bind(Day(last))
    .bind(STATEMENTS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|(clinician, day)| (ClinicianId(clinician), day.0)).collect())
}

/// Interest that payers owed, posted in a month: its amounts, as credits of its account.
pub async fn interest(
    tx: &mut Tx,
    practice: PracticeId,
    month: Period,
) -> db::Result<Vec<(EntryId, Cents)>> {
    let rows: Vec<(Uuid, i64)> = sqlx::query_as(
        "select e.entry_id, -p.cents
           from ledger.entry e
           join ledger.posting p on p.practice_id = e.practice_id and p.entry_id = e.entry_id
          where e.practice_id = $1
            and e.posted_on between $2 and $3
            and p.account = 'interest'
          order by e.place, p.line
          limit $4",
    )
    .bind(practice.0)
    .bind(Day(month.first_day()))
    .bind(Day(month.last_day()))
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|(id, cents)| (EntryId(id), Cents(cents))).collect())
}

/// What is allowed for sessions, as posted in a month: charges, less what contracts do not allow.
pub async fn allowed(tx: &mut Tx, practice: PracticeId, month: Period) -> db::Result<Vec<Allowed>> {
    let rows: Vec<(Uuid, Uuid, i64, bool)> = sqlx::query_as(
        "select c.charge_id, c.clinician_id, -sum(p.cents)::bigint,
                bool_or(e.rule = 'charge' and e.reverses is null)
           from ledger.entry e
           join ledger.posting p on p.practice_id = e.practice_id and p.entry_id = e.entry_id
           join ledger.entry c on c.practice_id = p.practice_id
                              and c.charge_id = p.charge_id
                              and c.rule = 'charge'
                              and c.reverses is null
          where e.practice_id = $1
            and e.posted_on between $2 and $3
            and p.account in ('income', 'contractual')
            and c.cause_kind <> 'visit'
          group by c.charge_id, c.clinician_id
          order by c.charge_id
          limit $4",
    )
    .bind(practice.0)
    .bind(Day(month.first_day()))
    .bind(Day(month.last_day()))
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let read = |(charge, clinician, cents, is_new)| Allowed {
        charge,
        clinician: ClinicianId(clinician),
        cents: Cents(cents),
        is_new,
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Visits of which somebody said between two instants that the client did not come, or canceled
/// too late, where nobody said later that they took place.
pub async fn not_kept(
    tx: &mut Tx,
    practice: PracticeId,
    (from, to): (Timestamp, Timestamp),
) -> db::Result<Vec<NotKept>> {
    let rows: Vec<(Uuid, Uuid, bool)> = sqlx::query_as(
        "select o.appointment_id, a.clinician_id, o.is_late
           from calendar.outcome o
           join calendar.appointment a on a.practice_id = o.practice_id
                                      and a.appointment_id = o.appointment_id
          where o.practice_id = $1
            and o.said_at >= $2
            and o.said_at < $3
            and (o.outcome = 'missed' or o.is_late)
            and not exists (
                select from calendar.outcome k
                 where k.practice_id = o.practice_id
                   and k.appointment_id = o.appointment_id
                   and k.outcome = 'kept'
                   and k.said_at > o.said_at)
          order by o.said_at, o.appointment_id
          limit $4",
    )
    .bind(practice.0)
    .bind(Instant(from))
    .bind(Instant(to))
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let read = |(visit, clinician, is_late)| NotKept {
        visit,
        clinician: ClinicianId(clinician),
        unit: if is_late { Unit::LateCancel } else { Unit::NoShow },
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Which of these fees are for visits that were canceled, too late: the fee of a visit has its id.
pub async fn late_cancels(
    tx: &mut Tx,
    practice: PracticeId,
    fees: &BTreeSet<ChargeId>,
) -> db::Result<BTreeSet<ChargeId>> {
    if fees.is_empty() {
        return Ok(BTreeSet::new());
    }
    let rows: Vec<Uuid> = sqlx::query_scalar(
        "select distinct o.appointment_id
           from calendar.outcome o
          where o.practice_id = $1
            and o.appointment_id = any ($2)
            and o.is_late
          order by o.appointment_id
          limit $3",
    )
    .bind(practice.0)
    .bind(fees.iter().map(|it| it.0).collect::<Vec<_>>())
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(ChargeId).collect())
}

/// Units of the operator's work between two instants. A claim counts when it was first filed; a
/// request for care when it was first put before somebody here, whatever came of it.
pub async fn work(
    tx: &mut Tx,
    practice: PracticeId,
    (from, to): (Timestamp, Timestamp),
) -> db::Result<Vec<Work>> {
    // The query and row security both name the practice, so that its rows are estimated as one; a
    // join that compares all with all looks cheap then, and grows with the square of the practice.
    sqlx::query("set local enable_nestloop = off").execute(&mut **tx).await?;
    let rows: Vec<(String, Uuid, Option<Uuid>)> = sqlx::query_as(
        // Three kinds of facts, each with the instant at which it counts.
        "with filed as (
             select distinct on (h.claim_id) 'claim' as kind, h.claim_id as id, c.clinician_id, h.at
               from billing.history h
               join billing.file f on f.practice_id = h.practice_id
                                  and f.file_id = h.file_id
                                  and f.direction = 'out'
                                  and f.kind = '837P'
               join billing.claim m on m.practice_id = h.practice_id and m.claim_id = h.claim_id
               join billing.charge c on c.practice_id = m.practice_id and c.charge_id = m.charge_id
              where h.practice_id = $1
              order by h.claim_id, h.at),
         requested as (
             select distinct on (o.lead_id) 'request' as kind, o.offer_id as id, o.clinician_id,
                    o.made_at as at
               from offers.offer o
              where o.practice_id = $1
              order by o.lead_id, o.made_at),
         paid as (
             select 'payment' as kind, p.payment_id as id, null::uuid as clinician_id,
                    p.written_at as at
               from ledger.payment p
              where p.practice_id = $1
                and p.client_id is not null)
         select w.kind, w.id, w.clinician_id
           from (select f.kind, f.id, f.clinician_id, f.at from filed f
                  union all
                 select r.kind, r.id, r.clinician_id, r.at from requested r
                  union all
                 select p.kind, p.id, p.clinician_id, p.at from paid p) w
          where w.at >= $2
            and w.at < $3
          order by w.at, w.id
          limit $4",
    )
    .bind(practice.0)
    .bind(Instant(from))
    .bind(Instant(to))
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    sqlx::query("set local enable_nestloop = on").execute(&mut **tx).await?;
    let read = |(kind, id, clinician): (String, Uuid, Option<Uuid>)| {
        let (kind, unit) = match kind.as_str() {
            "claim" => (RowKind::Claim, Unit::Claim),
            "request" => (RowKind::Request, Unit::IntakeCall),
            _ => (RowKind::Payment, Unit::ClientPayment),
        };
        Work { kind, id, clinician: clinician.map(ClinicianId), unit }
    };
    Ok(rows.into_iter().map(read).collect())
}

/// The lines of closed months that hold money of these charges, of clinicians' statements and of
/// the practice's; the latest of each. Served by `entry_charge`.
pub async fn lines_of_charges(
    tx: &mut Tx,
    practice: PracticeId,
    charges: &[ChargeId],
) -> db::Result<BTreeMap<ChargeId, [Option<Adjusts>; 2]>> {
    let charges: Vec<Uuid> = charges.iter().map(|it| it.0).collect();
    let rows: Vec<(Uuid, Uuid, i32, Day, String)> = sqlx::query_as(
        "select e.charge_id, l.statement_id, l.line, s.month, s.of_whom
           from ledger.entry e
           join payouts.line_row r on r.practice_id = e.practice_id
                                  and r.row_id = e.entry_id
                                  and r.kind = 'entry'
           join payouts.line l on l.practice_id = r.practice_id
                              and l.statement_id = r.statement_id
                              and l.line = r.line
                              and l.part in ('collected', 'adjustment')
           join payouts.statement s on s.practice_id = l.practice_id
                                   and s.statement_id = l.statement_id
          where e.practice_id = $1
            and e.charge_id = any ($2)
          order by s.month, l.statement_id, l.line
          limit $3",
    )
    .bind(practice.0)
    .bind(&charges)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let mut found = BTreeMap::<ChargeId, [Option<Adjusts>; 2]>::new();
    for (charge, statement, line, month, whom) in rows {
        let side = usize::from(whom == "practice");
        let adjusts =
            Adjusts { statement: StatementId(statement), line, month: Period::of(month.0) };
        found.entry(ChargeId(charge)).or_default()[side] = Some(adjusts);
    }
    Ok(found)
}

/// Whether a month is closed.
pub async fn is_closed(tx: &mut Tx, practice: PracticeId, month: Period) -> db::Result<bool> {
    let found: Option<bool> = sqlx::query_scalar(
        "select true from payouts.period p where p.practice_id = $1 and p.month = $2",
    )
    .bind(practice.0)
    .bind(Day(month.first_day()))
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found.is_some())
}

type StatementRow =
    (Uuid, Day, String, Option<Uuid>, Option<Uuid>, Option<Uuid>, i64, i64, Instant, String);

/// Statements of a practice, newest month first, without their lines: all of them, or those about
/// one clinician's work, or one.
pub async fn statements(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: Option<ClinicianId>,
    only: Option<StatementId>,
) -> db::Result<Vec<Statement>> {
    let rows: Vec<StatementRow> = sqlx::query_as(
        "select s.statement_id, s.month, s.of_whom, s.clinician_id, s.agreement_id, s.engagement_id,
                s.collected_cents, s.kept_cents, p.closed_at, r.zone
           from payouts.statement s
           join payouts.period p on p.practice_id = s.practice_id and p.month = s.month
           join people.practice r on r.practice_id = s.practice_id
          where s.practice_id = $1
            and ($2::uuid is null or s.clinician_id = $2)
            and ($3::uuid is null or s.statement_id = $3)
          order by s.month desc, s.of_whom desc, s.statement_id
          limit $4",
    )
    .bind(practice.0)
    .bind(clinician.map(|it| it.0))
    .bind(only.map(|it| it.0))
    .bind(STATEMENTS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let read = |(id, month, whom, clinician, agreement, engagement, collected, kept, at, zone): StatementRow| {
        let clinician = clinician.map(ClinicianId);
        let whom = match (whom.as_str(), clinician) {
            ("clinician", Some(clinician)) => Whom::Clinician(clinician),
            ("practice", clinician) => Whom::Practice(clinician),
            _ => return Err(broken("payouts.statement", id, "it is nobody's")),
        };
        let zone = TimeZone::get(&zone).unwrap_or(TimeZone::UTC);
        Ok(Statement {
            id: StatementId(id),
            month: Period::of(month.0),
            is: Settled {
                whom,
                agreement: agreement.map(AgreementId),
                engagement: engagement.map(EngagementId),
                collected: Cents(collected),
                kept: Cents(kept),
                lines: Vec::new(),
            },
            closed_on: at.0.to_zoned_datetime(zone).date(),
        })
    };
    rows.into_iter().map(read).collect()
}

fn broken(table: &'static str, id: Uuid, why: &str) -> db::Error {
    db::Error::Broken { table, id: id.to_string(), why: why.into() }
}

/// The lines of a statement, in order, without their rows.
pub async fn lines(
    tx: &mut Tx,
    practice: PracticeId,
    statement: StatementId,
) -> db::Result<Vec<Line>> {
    type Row = (
        String,
        Option<String>,
        String,
        String,
        String,
        String,
        i64,
        Option<Uuid>,
        Option<i32>,
        Option<Day>,
    );
    let rows: Vec<Row> = sqlx::query_as(
        "select l.part, l.kind, l.what, l.how, l.clause, l.source, l.cents, l.adjusts_statement,
                l.adjusts_line, s.month
           from payouts.line l
           left join payouts.statement s on s.practice_id = l.practice_id
                                        and s.statement_id = l.adjusts_statement
          where l.practice_id = $1
            and l.statement_id = $2
          order by l.line
          limit $3",
    )
    .bind(practice.0)
    .bind(statement.0)
    .bind(STATEMENTS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let kind_of = |word: String| {
        let known = economics::RowKind::WORDS.iter().find(|(it, _)| *it == word);
        known.map(|(_, kind)| *kind).ok_or_else(|| broken("payouts.line", statement.0, "no kind"))
    };
    let read = |(part, kind, what, how, clause, source, cents, adjusted, line, month): Row| {
        let no_part = || broken("payouts.line", statement.0, "a part of no kind");
        let adjusts = adjusted.zip(line).zip(month);
        Ok(Line {
            part: Part::of_word(&part).ok_or_else(no_part)?,
            kind: kind.map(kind_of).transpose()?,
            what,
            how,
            clause,
            source,
            cents: Cents(cents),
            rows: Vec::new(),
            adjusts: adjusts.map(|((statement, line), month)| Adjusts {
                statement: StatementId(statement),
                line,
                month: Period::of(month.0),
            }),
        })
    };
    rows.into_iter().map(read).collect()
}

/// The rows of a line.
pub async fn rows(
    tx: &mut Tx,
    practice: PracticeId,
    statement: StatementId,
    line: i32,
) -> db::Result<Vec<RowOf>> {
    let rows: Vec<(String, Uuid, Option<i64>)> = sqlx::query_as(
        "select r.kind, r.row_id, r.cents
           from payouts.line_row r
          where r.practice_id = $1
            and r.statement_id = $2
            and r.line = $3
          order by r.kind, r.row_id
          limit $4",
    )
    .bind(practice.0)
    .bind(statement.0)
    .bind(line)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let read = |(kind, id, cents): (String, Uuid, Option<i64>)| {
        let no_kind = || broken("payouts.line_row", id, "a row of no kind");
        let kind = RowKind::of_word(&kind).ok_or_else(no_kind)?;
        Ok(RowOf { kind, id, cents: cents.map(Cents) })
    };
    rows.into_iter().map(read).collect()
}

//! What is behind a line: its rows, each with its day and the way to where it is kept.

use std::collections::BTreeMap;

use bookkeeping::RuleName;
use ground::db::{self, Day, Tx};
use ids::{ClientId, PracticeId, StatementId, Uuid};
use jiff::civil::Date;
use ledger::{Cause, CauseKind};
use money::Cents;

use crate::model::{RowKind, RowOf};
use crate::queries;

/// A row behind a line, as its page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    /// What it is.
    pub kind: RowKind,
    /// The day on which it counts, where it has one.
    pub on: Option<Date>,
    /// The day of the work.
    pub service_on: Option<Date>,
    /// Whose care.
    pub client: Option<ClientId>,
    /// By which rule of the books.
    pub rule: Option<RuleName>,
    /// Where it is kept.
    pub path: Option<String>,
    /// How much, where it is money.
    pub cents: Option<Cents>,
}

/// The rows of a line, earliest first.
///
/// # Errors
/// As the database says.
pub async fn behind(
    tx: &mut Tx,
    practice: PracticeId,
    statement: StatementId,
    line: i32,
) -> db::Result<Vec<Behind>> {
    let rows = queries::rows(tx, practice, statement, line).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let entries = entries(tx, practice, &ids).await?;
    let charges = charges(tx, practice, &ids).await?;
    let days = days(tx, practice, &ids).await?;
    let read = |row: RowOf| {
        let plain = Behind {
            kind: row.kind,
            on: days.get(&row.id).copied(),
            service_on: None,
            client: None,
            rule: None,
            path: None,
            cents: row.cents,
        };
        match row.kind {
            RowKind::Entry => match entries.get(&row.id) {
                Some(entry) => Behind { cents: row.cents, ..entry.clone() },
                None => plain,
            },
            RowKind::Charge | RowKind::Claim => match charges.get(&row.id) {
                Some(&(charge, service_on, client)) => Behind {
                    on: Some(service_on),
                    service_on: Some(service_on),
                    client: Some(client),
                    path: Some(Cause::new(CauseKind::Charge, charge).path(practice)),
                    ..plain
                },
                None => plain,
            },
            RowKind::Payment => {
                let path = Cause::new(CauseKind::ClientPayment, row.id).path(practice);
                Behind { path: Some(path), ..plain }
            }
            RowKind::Request | RowKind::Seat | RowKind::Visit | RowKind::Hours => plain,
        }
    };
    let mut found: Vec<Behind> = rows.into_iter().map(read).collect();
    found.sort_by_key(|row| row.on);
    Ok(found)
}

async fn entries(
    tx: &mut Tx,
    practice: PracticeId,
    ids: &[Uuid],
) -> db::Result<BTreeMap<Uuid, Behind>> {
    type Row = (Uuid, Day, String, String, Uuid, Option<Day>, Option<Uuid>);
    let rows: Vec<Row> = sqlx::query_as(
        "select e.entry_id, e.posted_on, e.rule, e.cause_kind, e.cause_id, c.happened_on, c.client_id
           from ledger.entry e
           left join ledger.entry c on c.practice_id = e.practice_id
                                   and c.charge_id = e.charge_id
                                   and c.rule = 'charge'
                                   and c.reverses is null
          where e.practice_id = $1
            and e.entry_id = any ($2)
          order by e.place
          limit $3",
    )
    .bind(practice.0)
    .bind(ids)
    .bind(queries::ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let read = |(id, on, rule, kind, cause, service_on, client): Row| {
        let rule = ledger::read_rule(id, &rule)?;
        let kind = CauseKind::ALL.into_iter().find(|it| it.word() == kind);
        let behind = Behind {
            kind: RowKind::Entry,
            on: Some(on.0),
            service_on: service_on.map(|day| day.0),
            client: client.map(ClientId),
            rule: Some(rule),
            path: kind.map(|kind| Cause::new(kind, cause).path(practice)),
            cents: None,
        };
        Ok((id, behind))
    };
    rows.into_iter().map(read).collect()
}

/// Charges by their own id, and by that of their claim.
async fn charges(
    tx: &mut Tx,
    practice: PracticeId,
    ids: &[Uuid],
) -> db::Result<BTreeMap<Uuid, (Uuid, Date, ClientId)>> {
    let rows: Vec<(Uuid, Option<Uuid>, Day, Uuid)> = sqlx::query_as(
        "select c.charge_id, m.claim_id, c.service_on, c.client_id
           from billing.charge c
           left join billing.claim m on m.practice_id = c.practice_id
                                    and m.charge_id = c.charge_id
          where c.practice_id = $1
            and (c.charge_id = any ($2) or m.claim_id = any ($2))
          order by c.charge_id
          limit $3",
    )
    .bind(practice.0)
    .bind(ids)
    .bind(queries::ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let mut found = BTreeMap::new();
    for (charge, claim, service_on, client) in rows {
        let it = (charge, service_on.0, ClientId(client));
        found.insert(charge, it);
        found.extend(claim.map(|claim| (claim, it)));
    }
    Ok(found)
}

/// The days of what is neither money nor charged: requests, visits, payments.
async fn days(tx: &mut Tx, practice: PracticeId, ids: &[Uuid]) -> db::Result<BTreeMap<Uuid, Date>> {
    let rows: Vec<(Uuid, Day)> = sqlx::query_as(
        "select o.offer_id, o.made_on
           from offers.offer o
          where o.practice_id = $1
            and o.offer_id = any ($2)
          union all
         select p.payment_id, p.arrived_on
           from ledger.payment p
          where p.practice_id = $1
            and p.payment_id = any ($2)",
    )
    .bind(practice.0)
    .bind(ids)
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|(id, day)| (id, day.0)).collect())
}

//! Gathers one clinician's own record: money from statements and the books, time from their spans.

use bookkeeping::Period;
use economics::{TimeKind, WorksAs};
use ground::db::{self, Tx};
use ground::spans::{self, Span};
use ids::PracticeId;
use jiff::Timestamp;
use jiff::civil::date;
use payouts::PaidKind;
use people::Clinician;

use crate::model::{MoneyOf, Record, Worked};
use crate::queries;

/// Months that are shown at most: ten years.
const MONTHS_MAX: usize = 120;
/// Months of which, while they are open, it is counted what they come to so far.
const OPEN_MONTHS_MAX: usize = 6;

/// Everything that is known of the clinician who acts; `owns` where they own the practice.
///
/// # Errors
/// As the database says.
pub async fn record(
    tx: &mut Tx,
    practice: PracticeId,
    of: &Clinician,
    owns: bool,
) -> db::Result<Record> {
    let zone = hours::zone(tx, practice).await?;
    let zone_name = zone.iana_name().unwrap_or("UTC").to_owned();
    let today = ledger::today(tx, practice).await?;
    let present = Period::of(today);
    let ever = (Period::of(date(2000, 1, 1)), present);
    let collected = ledger::collected_between(tx, practice, Some(of.id), ever).await?;
    let mut worked = queries::waited(tx, practice, of.id).await?;
    worked.extend(queries::not_stopped(tx, practice, of.id).await?);
    let spans = spans::of(tx, practice, Timestamp::UNIX_EPOCH, Timestamp::MAX).await?;
    worked.extend(spans.iter().map(measured));
    let said = queries::said(tx, practice).await?;
    let local = |at: Timestamp| Period::of(at.to_zoned_datetime(zone.clone()).date());
    let firsts = (worked.iter().map(|it| local(it.from)))
        .chain(collected.iter().map(|it| Period::of(it.on)))
        .chain(said.iter().map(|it| Period::of(it.on)));
    let first = firsts.min().unwrap_or(present).min(present);
    let months = months(tx, practice, of, (first, present)).await?;
    let engagement = terms::engagement_on(tx, practice, of.id, today).await?;
    let is_engaged = |it: &MoneyOf| it.is.as_ref().is_ok_and(|is| is.engagement.is_some());
    let is_owner = owns && engagement.is_none() && !months.iter().any(is_engaged);
    let clauses = engagement.map(|it| it.terms.clauses);
    let split = clauses.as_ref().and_then(economics::Engagement::split);
    let rate = |kind: PaidKind| clauses.as_ref().and_then(|it| Some((kind, kind.rate(it)?)));
    let works_as = clauses.as_ref().and_then(|it| it.works_as);
    Ok(Record {
        zone,
        zone_name,
        today,
        is_owner,
        is_self_employed: match is_owner {
            true => Some(true),
            false => works_as.map(|it| it == WorksAs::Contractor),
        },
        paid_hours: PaidKind::ALL.into_iter().filter_map(rate).collect(),
        handed_in: payouts::handed_in_by(tx, practice, of.id).await?,
        open_keep_bp: split.map_or(if is_owner { 10_000 } else { 0 }, |share| i64::from(share.0)),
        collected,
        months,
        charges: queries::charges(tx, practice, of.id).await?,
        worked,
        said,
        hours: queries::hours(tx, practice, of.id).await?,
    })
}

fn measured(span: &Span) -> Worked {
    Worked {
        kind: kind(span.kind),
        source: span.source,
        from: span.from,
        to: Some(span.to),
        slot_s: None,
    }
}

/// A kind as `economics` knows it: both lists have the same words.
pub fn kind(kind: spans::Kind) -> TimeKind {
    queries::kind_of(kind.word()).unwrap_or(TimeKind::Admin)
}

/// What each month comes to: as its statement says or, while it is open, so far.
async fn months(
    tx: &mut Tx,
    practice: PracticeId,
    of: &Clinician,
    (first, present): (Period, Period),
) -> db::Result<Vec<MoneyOf>> {
    let statements = payouts::statements_of(tx, practice, of.id).await?;
    let closed = ledger::closed_through(tx, practice).await?;
    let first = statements.iter().map(|it| it.month).min().map_or(first, |it| it.min(first));
    let mut all = vec![first];
    while let Some(last) = all.last().copied().filter(|last| *last < present) {
        all.push(last.next());
    }
    let all = all.split_off(all.len().saturating_sub(MONTHS_MAX));
    let counted_from = all.len().saturating_sub(OPEN_MONTHS_MAX);
    let mut months = Vec::with_capacity(all.len());
    for (at, month) in all.into_iter().enumerate() {
        let statement = statements.iter().find(|it| it.month == month);
        let is = match statement {
            Some(statement) => Ok(statement.is.clone()),
            None if closed.is_some_and(|closed| month <= closed) => Ok(nothing(of)),
            None if at < counted_from => Err(crate::words::NOT_CLOSED.to_owned()),
            None => match payouts::so_far(tx, practice, month, of.id).await {
                Ok(settled) => Ok(settled.unwrap_or_else(|| nothing(of))),
                Err(payouts::Error::Cannot(why)) => Err(why.to_string()),
                Err(payouts::Error::Ledger(ledger::Error::Database(error))) => return Err(error),
                Err(error) => Err(error.to_string()),
            },
        };
        months.push(MoneyOf { month, is, statement: statement.map(|it| it.id) });
    }
    Ok(months)
}

/// A month in which nothing was settled.
fn nothing(of: &Clinician) -> payouts::Settled {
    payouts::Settled {
        whom: payouts::Whom::Clinician(of.id),
        agreement: None,
        engagement: None,
        collected: money::Cents::ZERO,
        kept: money::Cents::ZERO,
        lines: Vec::new(),
    }
}

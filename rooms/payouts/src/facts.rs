//! Gathers what a month is settled from, out of the earlier rooms.

use std::collections::{BTreeMap, BTreeSet};

use bookkeeping::{Period, RuleName};
use economics::Unit;
use ground::db::{self, Tx};
use ids::{ChargeId, ClinicianId, EntryId, PersonId, PracticeId};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use ledger::{CardFee, Collected};
use money::Cents;
use people::Clinician;

use crate::model::{CannotClose, Error, RowKind};
use crate::month::{Facts, InForce, Money, Source, Terms, Treats, Work};
use crate::{handed_in, queries};

/// From the first instant of a month to the first after it, by a practice's wall clock.
pub(crate) fn instants(zone: &TimeZone, month: Period) -> (Timestamp, Timestamp) {
    let midnight = |day: Date| {
        let start = zone.to_timestamp(day.to_datetime(Time::midnight()));
        start.unwrap_or(Timestamp::MAX)
    };
    (midnight(month.first_day()), midnight(month.next().first_day()))
}

/// All that a month is settled from.
///
/// # Errors
/// Why it cannot be settled, or as the database says.
pub(crate) async fn facts(
    tx: &mut Tx,
    practice: PracticeId,
    month: Period,
) -> Result<Facts, Error> {
    let here = queries::practice(tx, practice).await?;
    let during = instants(&here.zone, month);
    let collected = ledger::collected_between(tx, practice, None, (month, month)).await?;
    let treats = treating(tx, practice, month, &collected).await?;
    let agreement = terms::agreement_on(tx, practice, month.last_day()).await?;
    let mut money = money(tx, practice, month, &collected).await?;
    let fees = ledger::card_fees(tx, practice, (month, month)).await?;
    money.extend(fees.iter().filter_map(card_fee));
    let payers = terms::payers(tx).await?;
    let seats = treats.iter().map(|it| Work {
        kind: RowKind::Seat,
        id: it.id.0,
        clinician: Some(it.id),
        unit: Unit::Seat,
    });
    let mut work = queries::work(tx, practice, during).await?;
    work.extend(seats);
    let is_sole = here.is_sole && treats.len() == 1 && treats[0].terms == Terms::Owner;
    Ok(Facts {
        month,
        is_sole,
        treats,
        agreement: agreement.map(|it| InForce {
            id: it.id,
            version: it.version,
            prices: it.prices(),
        }),
        money,
        interest: queries::interest(tx, practice, month).await?,
        early_fees: early_fees(&fees),
        hours: handed_in::of_month(tx, practice, month).await?,
        allowed: queries::allowed(tx, practice, month).await?,
        not_kept: queries::not_kept(tx, practice, during).await?,
        work,
        payers: payers.into_iter().map(|it| (it.code.to_string(), it.name)).collect(),
    })
}

/// Who treats here in a month, with their terms: who is engaged, who owns, and for whose work money
/// came in.
async fn treating(
    tx: &mut Tx,
    practice: PracticeId,
    month: Period,
    collected: &[Collected],
) -> Result<Vec<Treats>, Error> {
    let owners = queries::owners(tx, practice).await?;
    let paid: BTreeSet<ClinicianId> = collected.iter().map(|it| it.of.clinician).collect();
    let mut engaged = engaged(tx, practice, month).await?;
    let mut found = Vec::new();
    for clinician in people::clinicians(tx, practice).await? {
        let has_money = paid.contains(&clinician.id);
        let of_owner = || owners.contains(&clinician.person).then_some((Terms::Owner, false));
        match engaged.remove(&clinician.id).or_else(of_owner) {
            Some((terms, is_over)) if has_money || !is_over => {
                found.push(Treats { id: clinician.id, name: clinician.name, terms });
            }
            None if has_money => {
                return Err(CannotClose::NoEngagement { name: clinician.name, month }.into());
            }
            _ => {}
        }
    }
    Ok(found)
}

/// Whoever is or was engaged by the end of a month: their terms, and whether these ended before it.
async fn engaged(
    tx: &mut Tx,
    practice: PracticeId,
    month: Period,
) -> db::Result<BTreeMap<ClinicianId, (Terms, bool)>> {
    let days = queries::last_engaged_on(tx, practice, month.last_day()).await?;
    let last = terms::engagements_on(tx, practice, &days).await?;
    let begun: Vec<_> = last.iter().flatten().map(|it| &it.terms).collect();
    // A version that takes the place of another within the month is no beginning.
    let before: Vec<(ClinicianId, Date)> = (begun.iter())
        .filter(|it| month.first_day() < it.begins_on)
        .filter_map(|it| Some((it.clinician, it.begins_on.yesterday().ok()?)))
        .collect();
    let earlier = terms::engagements_on(tx, practice, &before).await?;
    let earlier: BTreeSet<ClinicianId> =
        earlier.iter().flatten().map(|it| it.terms.clinician).collect();
    let mut found = BTreeMap::new();
    for ((clinician, day), engagement) in days.into_iter().zip(last) {
        let Some(it) = engagement else { continue };
        let begins = it.terms.begins_on;
        let is_first = !earlier.contains(&clinician);
        let from = (month.first_day() < begins && is_first).then_some(begins);
        let (id, version, clauses) = (it.id, it.version, it.terms.clauses);
        let is_over = day < month.first_day();
        found.insert(clinician, (Terms::Engaged { id, version, clauses, from }, is_over));
    }
    Ok(found)
}

/// Money as the books have it, with what it adjusts: it is about a closed month, or takes back what
/// a closed month had.
async fn money(
    tx: &mut Tx,
    practice: PracticeId,
    month: Period,
    collected: &[Collected],
) -> db::Result<Vec<Money>> {
    let is_late = |it: &Collected| it.belongs_to < month;
    let looks_back = |it: &&Collected| is_late(it) || it.cents.is_negative();
    let charges: Vec<ChargeId> = collected.iter().filter(looks_back).map(|it| it.charge).collect();
    let known = match charges.is_empty() {
        true => BTreeMap::new(),
        false => queries::lines_of_charges(tx, practice, &charges).await?,
    };
    let charges_where = |is_so: fn(&Collected) -> bool| -> BTreeSet<ChargeId> {
        collected.iter().filter(|it| is_so(it)).map(|it| it.charge).collect()
    };
    // What a payer undoes and pays anew in one month was corrected; what it only undoes, it took.
    let paid = charges_where(|it| it.payer.is_some() && !it.cents.is_negative());
    let missed = charges_where(|it| it.is_for_missed);
    let late = queries::late_cancels(tx, practice, &missed).await?;
    let money = |it: &Collected| Money {
        entry: it.entry,
        clinician: it.of.clinician,
        source: source(it, &paid, &late),
        cents: it.cents,
        late: is_late(it).then_some(it.belongs_to),
        adjusts: match looks_back(&it) {
            true => known.get(&it.charge).copied().unwrap_or_default(),
            false => [None, None],
        },
    };
    Ok(collected.iter().map(money).collect())
}

fn source(it: &Collected, paid: &BTreeSet<ChargeId>, late: &BTreeSet<ChargeId>) -> Source {
    let payer = || it.payer.clone().unwrap_or_default();
    let is_taken = it.cents.is_negative() && !paid.contains(&it.charge);
    match (it.rule, &it.payer) {
        (RuleName::Refund, _) => Source::Refund,
        (RuleName::Recoupment | RuleName::ForwardBalance, _) => Source::TakenBack(payer()),
        (_, Some(code)) if is_taken => Source::TakenBack(code.clone()),
        (_, None) if it.is_for_missed && late.contains(&it.charge) => Source::LateCancelFee,
        (_, None) if it.is_for_missed => Source::NoShowFee,
        (_, Some(code)) => Source::Payer(code.clone()),
        (_, None) => Source::Clients,
    }
}

/// What was kept of money that has no charge yet.
fn early_fees(fees: &[CardFee]) -> Vec<(EntryId, Cents)> {
    let early = fees.iter().filter(|it| it.clinician.is_none());
    early.map(|it| (it.entry, Cents(-it.cents.0))).collect()
}

fn card_fee(it: &CardFee) -> Option<Money> {
    Some(Money {
        entry: it.entry,
        clinician: it.clinician?,
        source: Source::CardFee,
        cents: Cents(-it.cents.0),
        late: None,
        adjusts: [None, None],
    })
}

/// The clinician as whom a person treats here.
pub(crate) async fn clinician_of(
    tx: &mut Tx,
    practice: PracticeId,
    person: PersonId,
) -> db::Result<Option<Clinician>> {
    let all = people::clinicians(tx, practice).await?;
    Ok(all.into_iter().find(|it| it.person == person))
}

/// A clinician by id.
pub(crate) async fn clinician(
    tx: &mut Tx,
    practice: PracticeId,
    id: ClinicianId,
) -> db::Result<Option<Clinician>> {
    let all = people::clinicians(tx, practice).await?;
    Ok(all.into_iter().find(|it| it.id == id))
}

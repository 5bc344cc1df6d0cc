//! From the facts of a month to its statements: no I/O.
//!
//! Every amount and its sentence come from one clause, through `economics::settle`. What came in is
//! laid out by where it came from; every line names the rows that it was counted from.

use std::collections::BTreeMap;

use bookkeeping::Period;
use economics::{
    Bearing, CollectedKind, Engaged, Missed, MonthOfPractice, Pay, RowKind as K, StatementLine,
    TimeWorked,
};
use ids::{ClinicianId, Uuid};
use money::{BasisPoints, Cents};

use crate::handed_in::PaidKind;
use crate::model::{Adjusts, CannotClose, Line, Part, RowKind, RowOf, Settled, Whom, sum};
use crate::month::{Allowed, Facts, Money, Source, Terms, Treats};
use crate::words;

/// What is to be posted for a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posts {
    /// The part of what came in, before the operator's prices.
    pub share: Cents,
    /// The operator's prices that come out of it.
    pub fee: Cents,
}

/// A month settled: whose the money is, and the statements that say so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// What came in.
    pub money_in: Cents,
    /// The clinicians' who are engaged.
    pub clinicians: Cents,
    /// The operator's.
    pub operator: Cents,
    /// The practice's, which is its owners'.
    pub practice: Cents,
    /// Each clinician's, then the practice's, with what is to be posted for it.
    pub statements: Vec<(Settled, Posts)>,
}

/// Settles a month.
///
/// # Errors
/// Why it cannot be closed.
pub fn settle(facts: &Facts) -> Result<Closing, CannotClose> {
    let nothing_agreed =
        economics::Agreement { starts_on: facts.month.first_day(), prices: Vec::new() };
    let agreement = facts.agreement.as_ref().map_or(&nothing_agreed, |it| &it.prices);
    let cannot = |error| cannot(facts.month, agreement, error);
    let settlement = economics::settle(agreement, &facts.month(agreement)).map_err(cannot)?;
    let rows = Rows::of(facts);

    let mut statements = Vec::new();
    let (mut theirs, mut shares, mut fees) = (Cents::ZERO, Cents::ZERO, Cents::ZERO);
    for treats in &facts.treats {
        let own = &settlement.clinicians[&treats.id.0.as_u128()];
        let settled = facts.of_clinician(treats, &own.lines, &settlement.operator.lines, &rows);
        let share = settled.sum_of(Part::Split);
        let fee = sum([settled.sum_of(Part::Price)]).negated().unwrap_or(Cents::ZERO);
        if let Terms::Engaged { .. } = treats.terms {
            theirs = sum([theirs, settled.kept]);
            shares = sum([shares, share]);
            fees = sum([fees, fee]);
            statements.push((settled, Posts { share, fee }));
        } else if !facts.is_sole && !settled.lines.is_empty() {
            statements.push((settled, Posts { share: Cents::ZERO, fee: Cents::ZERO }));
        }
    }
    let of_practice = facts.of_practice(&settlement.operator.lines, &statements, &rows);
    let operator = settlement.operator.total_cents;
    let money_in = of_practice.collected;
    let less = |whole: Cents, part: Cents| Cents(whole.0 - part.0);
    // What card processors kept was the practice's when they kept it.
    let share = less(less(money_in, sum(facts.card_fees().into_values())), shares);
    let posts = Posts { share, fee: less(operator, fees) };
    let practice = of_practice.kept;
    statements.push((of_practice, posts));
    Ok(Closing { money_in, clinicians: theirs, operator, practice, statements })
}

fn cannot(month: Period, agreement: &economics::Agreement, error: economics::Error) -> CannotClose {
    let at = error.field.strip_prefix("prices/").and_then(|rest| rest.split_once('/'));
    if let Some((at, "fair_market")) = at
        && let Some(price) = at.parse::<usize>().ok().and_then(|at| agreement.prices.get(at))
    {
        return CannotClose::NoRecord { service: service_name(&price.service), month };
    }
    CannotClose::Clauses { month, why: error.message }
}

/// A service as people know it.
fn service_name(word: &str) -> String {
    let known = ground::policy::Service::ALL.iter().find(|it| it.word() == word);
    known.map_or_else(|| word.to_owned(), |it| terms::offered(*it).name.to_owned())
}

/// An owner's own work is the practice's, whole; its prices are theirs to see.
fn owners_terms() -> economics::Engagement {
    economics::Engagement {
        pay: Pay::ShareOfCollected { clinician: BasisPoints::WHOLE, practice: BasisPoints::NONE },
        pay_minimum: None,
        pay_cap: None,
        no_show: Missed { fee_share: BasisPoints::WHOLE, cents: Cents::ZERO },
        late_cancel: Missed { fee_share: BasisPoints::WHOLE, cents: Cents::ZERO },
        refunds: Bearing::AsSplit,
        recoupments: Bearing::AsSplit,
        card_fees: Bearing::AsSplit,
        operator_prices: Bearing::Clinician,
        admin_hour: None,
        supervision_hour: None,
        works_as: None,
    }
}

impl Facts {
    fn month(&self, agreement: &economics::Agreement) -> MonthOfPractice {
        let engaged = self.treats.iter().map(|treats| {
            let (terms, from) = match &treats.terms {
                Terms::Engaged { clauses, from, .. } => (clauses.clone(), *from),
                Terms::Owner => (owners_terms(), None),
            };
            Engaged { clinician: treats.id.0.as_u128(), terms, from }
        });
        let collected = self.money.iter().map(|money| economics::Collected {
            id: money.entry.0.as_u128(),
            clinician: money.clinician.0.as_u128(),
            kind: match money.source {
                Source::Payer(_) | Source::Clients => CollectedKind::Payment,
                Source::NoShowFee => CollectedKind::NoShowFee,
                Source::LateCancelFee => CollectedKind::LateCancelFee,
                Source::Refund => CollectedKind::Refund,
                Source::TakenBack(_) => CollectedKind::Recoupment,
                Source::CardFee => CollectedKind::CardFee,
            },
            cents: money.cents,
        });
        MonthOfPractice {
            month: self.month.first_day(),
            engaged: engaged.collect(),
            collected: collected.collect(),
            time: self.time(),
            work: self.work(agreement),
        }
    }

    fn time(&self) -> Vec<TimeWorked> {
        let is_by_allowed = |clinician: ClinicianId| {
            self.treats.iter().any(|it| match &it.terms {
                Terms::Engaged { clauses, .. } => {
                    it.id == clinician && matches!(clauses.pay, Pay::ShareOfAllowed { .. })
                }
                Terms::Owner => false,
            })
        };
        let counts = |it: &&Allowed| it.is_new || is_by_allowed(it.clinician);
        let sessions = self.allowed.iter().filter(counts).map(|it| TimeWorked::Session {
            id: it.charge.as_u128(),
            clinician: it.clinician.0.as_u128(),
            allowed: it.cents,
        });
        let missed = self.not_kept.iter().map(|it| TimeWorked::Missed {
            id: it.visit.as_u128(),
            clinician: it.clinician.0.as_u128(),
            unit: it.unit,
        });
        let hours = self.hours.iter().map(|it| {
            let (id, clinician) = (it.id.as_u128(), it.clinician.0.as_u128());
            match it.kind {
                PaidKind::Admin => TimeWorked::Admin { id, clinician, minutes: it.minutes },
                PaidKind::Supervision => {
                    TimeWorked::Supervision { id, clinician, minutes: it.minutes }
                }
            }
        });
        let is_here = |it: &TimeWorked| {
            let (TimeWorked::Session { clinician, .. }
            | TimeWorked::Missed { clinician, .. }
            | TimeWorked::Admin { clinician, .. }
            | TimeWorked::Supervision { clinician, .. }) = *it;
            self.treats.iter().any(|treats| treats.id.0.as_u128() == clinician)
        };
        sessions.chain(missed).chain(hours).filter(is_here).collect()
    }

    /// The operator's work, for each price that counts it.
    fn work(&self, agreement: &economics::Agreement) -> Vec<economics::WorkDone> {
        let known = |clinician: ClinicianId| {
            let found = self.treats.iter().find(|treats| treats.id == clinician);
            found.map(|treats| treats.id.0.as_u128())
        };
        let mut done = Vec::new();
        for price in &agreement.prices {
            let row = |id: Uuid, clinician, count, cents| economics::WorkDone {
                id: id.as_u128(),
                service: price.service.clone(),
                clinician,
                count,
                minutes: 0,
                cents,
            };
            match &price.clause.rule {
                economics::Rule::PerUnit { unit, .. } | economics::Rule::Tiers { unit, .. } => {
                    let counted = self.work.iter().filter(|work| work.unit == *unit);
                    done.extend(
                        counted.map(|work| {
                            row(work.id, work.clinician.and_then(known), 1, Cents::ZERO)
                        }),
                    );
                }
                economics::Rule::Share { .. } => {
                    let base = self.money.iter().filter(|it| it.source != Source::CardFee);
                    done.extend(base.map(|it| row(it.entry.0, known(it.clinician), 0, it.cents)));
                }
                economics::Rule::Flat { .. }
                | economics::Rule::PerHour { .. }
                | economics::Rule::CostPlus { .. } => {}
            }
        }
        done
    }

    fn of_clinician(
        &self,
        treats: &Treats,
        own: &[StatementLine],
        operator: &[StatementLine],
        rows: &Rows,
    ) -> Settled {
        let mut lines = self.money_lines(Some(treats.id), 0);
        let collected = sum(lines.iter().map(|line| line.cents));
        let (engagement, source) = match &treats.terms {
            Terms::Engaged { id, version, .. } => (Some(*id), words::engagement(*version)),
            Terms::Owner => (None, words::OWNER.to_owned()),
        };
        let split = own.iter().filter(|line| line.kind != K::PlatformFee);
        for line in split {
            let is_pay = line.kind == K::SessionPay;
            let is_whole = treats.terms == Terms::Owner && is_pay;
            lines.push(Line {
                part: Part::Split,
                kind: Some(line.kind),
                what: if is_whole { words::OWN_WORK.into() } else { what_of(line) },
                clause: if is_whole { words::OWN_WORK_CLAUSE.into() } else { line.clause.clone() },
                how: line.says.clone(),
                source: source.clone(),
                cents: line.cents,
                rows: rows.behind(&line.causes),
                adjusts: None,
            });
        }
        let prices = self.agreement.as_ref().map_or(&[][..], |it| &it.prices.prices);
        for (price, whole) in prices.iter().zip(operator) {
            let name = format!("the operator's price for {}.", price.service);
            let Some(line) = own.iter().find(|line| line.clause.ends_with(&name)) else { continue };
            let is_whole = Cents(-line.cents.0) == whole.cents;
            let (how, clause) = match treats.terms {
                Terms::Owner if is_whole => (whole.says.clone(), whole.clause.clone()),
                Terms::Owner => (words::own_part(&whole.says, line.cents), whole.clause.clone()),
                Terms::Engaged { .. } => (
                    format!("{}; {}", whole.says, line.says),
                    format!("{} {}", whole.clause, line.clause),
                ),
            };
            lines.push(Line {
                part: Part::Price,
                kind: Some(K::PlatformFee),
                what: service_name(&price.service),
                how,
                clause,
                source: self.agreement_source(),
                cents: line.cents,
                rows: if is_whole {
                    rows.behind(&line.causes)
                } else {
                    rows.of_work(&line.causes, treats.id)
                },
                adjusts: None,
            });
        }
        let kept = lines.iter().filter(|line| !line.part.is_money_in()).map(|line| line.cents);
        let (whom, agreement) = (Whom::Clinician(treats.id), self.agreement.as_ref());
        let agreement = agreement.map(|it| it.id);
        Settled { whom, agreement, engagement, collected, kept: sum(kept), lines }
    }

    fn of_practice(
        &self,
        operator: &[StatementLine],
        all: &[(Settled, Posts)],
        rows: &Rows,
    ) -> Settled {
        let sole = self.treats.first().filter(|_| self.is_sole).map(|treats| treats.id);
        let mut lines = match sole {
            Some(clinician) => self.money_lines(Some(clinician), 1),
            None => self.treats.iter().flat_map(|it| self.by_clinician(it)).collect(),
        };
        if !self.interest.is_empty() {
            let rows = self.interest.iter().map(|(entry, cents)| RowOf {
                kind: RowKind::Entry,
                id: entry.0,
                cents: Some(*cents),
            });
            let cents = sum(self.interest.iter().map(|(_, cents)| *cents));
            let how = words::payments(self.interest.len());
            let what = words::INTEREST.to_owned();
            let interest = money_line(Part::Collected, what, how, cents, rows.collect());
            lines.push(Line { kind: Some(K::PayerInterest), ..interest });
        }
        let card_fees = self.card_fees();
        if !card_fees.is_empty() {
            let cents = sum(card_fees.values().copied());
            let how = words::by_card(card_fees.len());
            let row = |(id, cents)| RowOf { kind: RowKind::Entry, id, cents: Some(cents) };
            let rows = card_fees.into_iter().map(row).collect();
            let fees = money_line(Part::Collected, words::CARD_FEES.into(), how, cents, rows);
            lines.push(Line { kind: Some(K::CardFee), ..fees });
        }
        lines.sort_by_key(|line| line.part);
        let collected = sum(lines.iter().map(|line| line.cents));
        for (settled, posts) in all.iter().filter(|(it, _)| it.engagement.is_some()) {
            let treats = self.treats.iter().find(|it| Some(it.id) == settled.whom.clinician());
            let clause = settled.lines_of(Part::Split).next().map(|(_, line)| &line.clause);
            let source = match treats.map(|it| &it.terms) {
                Some(Terms::Engaged { version, .. }) => words::engagement(*version),
                _ => words::OWNER.to_owned(),
            };
            lines.push(Line {
                part: Part::Split,
                kind: None,
                what: treats.map(|it| it.name.clone()).unwrap_or_default(),
                how: words::part_of(posts.share, posts.fee),
                clause: clause.map_or(words::NO_SPLIT, String::as_str).to_owned(),
                source,
                cents: Cents(-settled.kept.0),
                rows: Vec::new(),
                adjusts: None,
            });
        }
        let prices = self.agreement.as_ref().map_or(&[][..], |it| &it.prices.prices);
        for (price, line) in prices.iter().zip(operator) {
            lines.push(Line {
                part: Part::Price,
                kind: Some(K::PlatformFee),
                what: service_name(&price.service),
                how: line.says.clone(),
                clause: line.clause.clone(),
                source: self.agreement_source(),
                cents: Cents(-line.cents.0),
                rows: rows.behind(&line.causes),
                adjusts: None,
            });
        }
        let kept = sum(lines.iter().map(|line| line.cents));
        let agreement = self.agreement.as_ref().map(|it| it.id);
        let whom = Whom::Practice(sole);
        Settled { whom, agreement, engagement: None, collected, kept, lines }
    }

    fn agreement_source(&self) -> String {
        self.agreement.as_ref().map_or_else(String::new, |it| words::agreement(it.version))
    }

    /// Money that came in or went back: a card's fee is neither.
    fn came_in(&self) -> impl Iterator<Item = &Money> {
        self.money.iter().filter(|it| it.source != Source::CardFee)
    }

    /// What card processors kept, by entry, below zero.
    fn card_fees(&self) -> BTreeMap<Uuid, Cents> {
        let of_work = self.money.iter().filter(|it| it.source == Source::CardFee);
        let of_work = of_work.map(|it| (it.entry.0, it.cents));
        let early = self.early_fees.iter().map(|(id, cents)| (id.0, *cents));
        let mut fees = BTreeMap::new();
        for (id, cents) in of_work.chain(early) {
            let known: &mut Cents = fees.entry(id).or_default();
            *known = sum([*known, cents]);
        }
        fees
    }

    /// What came in for a clinician's work, by where it came from; what is about a closed month
    /// apart. `side` says whose lines are adjusted: the clinician's or the practice's.
    fn money_lines(&self, clinician: Option<ClinicianId>, side: usize) -> Vec<Line> {
        type Key<'a> = (bool, Option<Period>, Option<Adjusts>, &'a Source);
        let mut groups: BTreeMap<Key<'_>, Vec<&Money>> = BTreeMap::new();
        let is_of = |it: &&Money| clinician.is_none_or(|of| it.clinician == of);
        for money in self.came_in().filter(is_of) {
            let month = money.late.or(money.adjusts[side].map(|it| it.month));
            let key = (month.is_some(), month, money.adjusts[side], &money.source);
            groups.entry(key).or_default().push(money);
        }
        let line = |((_, month, adjusts, source), rows): (Key<'_>, Vec<&Money>)| {
            let (what, how) = self.named(source, rows.len());
            let how = match month {
                Some(month) => words::adjusts(&how, month, adjusts.map(|it| it.line)),
                None => how,
            };
            let part = if month.is_some() { Part::Adjustment } else { Part::Collected };
            let cents = sum(rows.iter().map(|it| it.cents));
            let rows = rows.iter().map(|it| it.row()).collect();
            let kind = Some(source.kind());
            Line { kind, adjusts, ..money_line(part, what, how, cents, rows) }
        };
        groups.into_iter().map(line).collect()
    }

    /// A clinician's money as the practice's statement has it: one line, and one for each line of a
    /// closed month that it adjusts.
    fn by_clinician(&self, treats: &Treats) -> Vec<Line> {
        let mut groups: BTreeMap<(Option<Period>, Option<Adjusts>), Vec<&Money>> = BTreeMap::new();
        for money in self.came_in().filter(|it| it.clinician == treats.id) {
            let month = money.late.or(money.adjusts[1].map(|it| it.month));
            groups.entry((month, money.adjusts[1])).or_default().push(money);
        }
        let line = |((month, adjusts), rows): ((Option<Period>, Option<Adjusts>), Vec<&Money>)| {
            let how = words::payments(rows.len());
            let (part, how) = match month {
                Some(month) => {
                    let line = adjusts.map(|it| it.line);
                    (Part::Adjustment, words::adjusts(&how, month, line))
                }
                None => (Part::Collected, how),
            };
            let cents = sum(rows.iter().map(|it| it.cents));
            let rows = rows.iter().map(|it| it.row()).collect();
            Line { adjusts, ..money_line(part, treats.name.clone(), how, cents, rows) }
        };
        groups.into_iter().map(line).collect()
    }

    fn named(&self, source: &Source, count: usize) -> (String, String) {
        let name = |code: &String| self.payers.get(code).unwrap_or(code).clone();
        match source {
            Source::Payer(code) => (words::from(&name(code)), words::payments(count)),
            Source::Clients => (words::CLIENTS.into(), words::payments(count)),
            Source::NoShowFee => (words::NO_SHOW_FEES.into(), words::payments(count)),
            Source::LateCancelFee => (words::LATE_CANCEL_FEES.into(), words::payments(count)),
            Source::CardFee => (words::CARD_FEES.into(), words::by_card(count)),
            Source::Refund => (words::REFUNDS.into(), words::refunds(count)),
            Source::TakenBack(code) => (words::took_back(&name(code)), words::taken_back(count)),
        }
    }
}

/// The rows of a month by their ids, each with whose work it is.
struct Rows(BTreeMap<Uuid, (RowOf, Option<ClinicianId>)>);

impl Rows {
    fn of(facts: &Facts) -> Self {
        let row = |kind, id, cents| RowOf { kind, id, cents };
        let money = facts.money.iter().map(|it| (it.row(), Some(it.clinician)));
        let work = facts.work.iter().map(|it| (row(it.kind, it.id, None), it.clinician));
        let visits = facts.not_kept.iter();
        let visits = visits.map(|it| (row(RowKind::Visit, it.visit, None), Some(it.clinician)));
        let charges = facts
            .allowed
            .iter()
            .map(|it| (row(RowKind::Charge, it.charge, Some(it.cents)), Some(it.clinician)));
        let hours = facts.hours.iter();
        let hours = hours.map(|it| (row(RowKind::Hours, it.id, None), Some(it.clinician)));
        let mut all = BTreeMap::new();
        for (row, clinician) in money.chain(work).chain(visits).chain(charges).chain(hours) {
            all.entry(row.id).or_insert((row, clinician));
        }
        Self(all)
    }

    /// The rows of these ids, each once.
    fn behind(&self, causes: &[u128]) -> Vec<RowOf> {
        let row = |id: &u128| {
            let id = Uuid::from_u128(*id);
            let unknown = RowOf { kind: RowKind::Charge, id, cents: None };
            self.0.get(&id).map_or(unknown, |(row, _)| *row)
        };
        let mut rows: Vec<RowOf> = causes.iter().map(row).collect();
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    /// Those of a clinician's own work: what was done for others is not theirs to see.
    fn of_work(&self, causes: &[u128], clinician: ClinicianId) -> Vec<RowOf> {
        let is_own = |id: &&u128| {
            let known = self.0.get(&Uuid::from_u128(**id));
            known.is_some_and(|(_, of)| *of == Some(clinician))
        };
        let own: Vec<u128> = causes.iter().filter(is_own).copied().collect();
        self.behind(&own)
    }
}

impl Money {
    fn row(&self) -> RowOf {
        RowOf { kind: RowKind::Entry, id: self.entry.0, cents: Some(self.cents) }
    }
}

fn money_line(part: Part, what: String, how: String, cents: Cents, rows: Vec<RowOf>) -> Line {
    let (clause, source) = (words::MONEY_SENTENCE.to_owned(), words::BOOKS.to_owned());
    Line { part, kind: None, what, how, clause, source, cents, rows, adjusts: None }
}

/// What a line of an engagement is, in a few words.
fn what_of(line: &StatementLine) -> String {
    let what = match line.kind {
        K::SessionPay if line.clause.starts_with("The clinician bears") => words::RETURNED,
        K::SessionPay => words::PAY,
        K::LateFeePay => words::MISSED_FEES,
        K::MissedPay => words::MISSED,
        K::CardFee => words::CARD_FEES,
        _ => words::PAID_HOURS,
    };
    what.to_owned()
}

//! A month settled: rows of money and work, through the clauses, into statements.
//!
//! Every line names its clause and its causes. What came in, less card fees, is the clinicians'
//! and the practice's and the operator's, to the cent.

use std::collections::BTreeMap;

use jiff::civil::Date;
use money::{Cents, allocate};
use serde::Serialize;

use super::{Agreement, Amount, Bearing, Clause, Engagement, Pay, Price, Rule, Unit, Worked};
use crate::actuals::{Row, RowKind};
use crate::bill::Priced;
use crate::{Code, Error};

/// A clinician engaged in the month, with their terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Engaged {
    /// Who.
    pub clinician: u128,
    /// Their terms.
    pub terms: Engagement,
    /// The day they began, when it is in this month.
    pub from: Option<Date>,
}

/// What money was collected, or given back, for a clinician's work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Collected {
    /// The row.
    pub id: u128,
    /// Whose work.
    pub clinician: u128,
    /// What it is.
    pub kind: CollectedKind,
    /// Signed: refunds, recoupments and card fees are below zero.
    pub cents: Cents,
}

/// What a row of money is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CollectedKind {
    /// A payer or client paid for a session.
    Payment,
    /// A fee for a no-show came in.
    NoShowFee,
    /// A fee for a late cancel came in.
    LateCancelFee,
    /// Money went back to who paid it.
    Refund,
    /// A payer or card holder took it back.
    Recoupment,
    /// The card processor kept it.
    CardFee,
}

/// A session or an hour of a clinician, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeWorked {
    /// A session held, with what is allowed for it.
    Session {
        /// The row.
        id: u128,
        /// Whose.
        clinician: u128,
        /// Allowed.
        allowed: Cents,
    },
    /// A missed one; the unit says how.
    Missed {
        /// The row.
        id: u128,
        /// Whose.
        clinician: u128,
        /// No-show or late cancel.
        unit: Unit,
    },
    /// Minutes of admin.
    Admin {
        /// The row.
        id: u128,
        /// Whose.
        clinician: u128,
        /// How many.
        minutes: i64,
    },
    /// Minutes of supervision.
    Supervision {
        /// The row.
        id: u128,
        /// Whose.
        clinician: u128,
        /// How many.
        minutes: i64,
    },
}

/// Work that the operator did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkDone {
    /// The row.
    pub id: u128,
    /// The service of the agreement.
    pub service: String,
    /// For whose clients; none when it is the practice's.
    pub clinician: Option<u128>,
    /// Units, for a price by unit.
    pub count: i64,
    /// Minutes, for a price by the hour.
    pub minutes: i64,
    /// Cost, for a price by cost; the base, for a share.
    pub cents: Cents,
}

/// All that a month is settled from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthOfPractice {
    /// Its first day.
    pub month: Date,
    /// Who is engaged.
    pub engaged: Vec<Engaged>,
    /// Money.
    pub collected: Vec<Collected>,
    /// Time.
    pub time: Vec<TimeWorked>,
    /// The operator's work.
    pub work: Vec<WorkDone>,
}

/// A line of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatementLine {
    /// The sentence of the clause that it comes from.
    pub clause: String,
    /// How the amount came about.
    pub says: String,
    /// What it is in the ledger.
    pub kind: RowKind,
    /// Signed: toward whose statement it is.
    pub cents: Cents,
    /// The rows that caused it.
    pub causes: Vec<u128>,
}

/// What is somebody's of a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Statement {
    /// Line by line.
    pub lines: Vec<StatementLine>,
    /// The sum of the lines.
    pub total_cents: Cents,
}

/// A month settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Settlement {
    /// What came in, less what went back and what the card processor kept.
    pub money_in_cents: Cents,
    /// Each clinician's statement.
    pub clinicians: BTreeMap<u128, Statement>,
    /// The operator's.
    pub operator: Statement,
    /// What is left to the practice.
    pub practice_cents: Cents,
}

impl Statement {
    fn of(lines: Vec<StatementLine>) -> Result<Self, Error> {
        let total_cents = Cents::sum(lines.iter().map(|line| line.cents))?;
        Ok(Self { lines, total_cents })
    }

    /// Its lines as rows of the clinician's month, for the effective hour of one whom a practice
    /// pays.
    pub fn rows(&self, posted_on: Date) -> Vec<Row> {
        let row = |line: &StatementLine| Row {
            posted_on,
            service_on: None,
            kind: line.kind,
            cents: line.cents,
        };
        self.lines.iter().map(row).collect()
    }
}

/// Settles a month.
///
/// # Errors
/// `E_RANGE` where a price has no valid record of fair market value, where a row names a
/// clinician or service that there is not, or a sum does not fit; what [`Agreement::check`] and
/// [`Engagement::check`] find.
pub fn settle(agreement: &Agreement, month: &MonthOfPractice) -> Result<Settlement, Error> {
    agreement.check()?;
    for (i, engaged) in month.engaged.iter().enumerate() {
        engaged.terms.check().map_err(|error| error.within(&format!("engaged/{i}/terms")))?;
    }
    month.check(agreement)?;
    if months_between(agreement.starts_on, month.month) < 0 {
        return Err(Error::range("month", "the agreement begins no later than in this month"));
    }

    let mut operator = Vec::new();
    let mut borne: BTreeMap<u128, Vec<(usize, Cents, Vec<u128>)>> = BTreeMap::new();
    for (i, price) in agreement.prices.iter().enumerate() {
        if !price.is_vouched_for(month.month) {
            let message = format!("{} has no valid record of fair market value", price.service);
            return Err(Error::range(format!("prices/{i}/fair_market"), message));
        }
        let (line, parts) = price_line(agreement, price, month)?;
        for (clinician, cents) in parts {
            borne.entry(clinician).or_default().push((i, cents, line.causes.clone()));
        }
        operator.push(line);
    }
    let operator = Statement::of(operator)?;

    let mut clinicians = BTreeMap::new();
    for engaged in &month.engaged {
        let prices = borne.remove(&engaged.clinician).unwrap_or_default();
        let mut lines = own_lines(engaged, month)?;
        for (i, cents, causes) in prices {
            let what = format!("the operator's price for {}", agreement.prices[i].service);
            let clause = engaged.terms.borne(&what, engaged.terms.operator_prices);
            let amount = Amount::of(cents.negated()?);
            lines.extend(line(&clause, &amount, RowKind::PlatformFee, causes)?);
        }
        clinicians.insert(engaged.clinician, Statement::of(lines)?);
    }
    let money_in = Cents::sum(month.collected.iter().map(|row| row.cents))?;
    let theirs = Cents::sum(clinicians.values().map(|statement| statement.total_cents))?;
    let practice = money_in.minus(theirs)?.minus(operator.total_cents)?;
    Ok(Settlement { money_in_cents: money_in, clinicians, operator, practice_cents: practice })
}

/// The price of a service for the practice, and what of it is of each clinician: by its units
/// where it has units, in equal parts on those engaged where it is flat.
fn price_line(
    agreement: &Agreement,
    price: &Price,
    month: &MonthOfPractice,
) -> Result<(StatementLine, Vec<(u128, Cents)>), Error> {
    let work: Vec<&WorkDone> =
        month.work.iter().filter(|work| work.service == price.service).collect();
    let in_force = month.days_from(Some(agreement.starts_on))?;
    let amount = Amount {
        count: work.iter().map(|work| work.count).sum(),
        minutes: work.iter().map(|work| work.minutes).sum(),
        cents: Cents::sum(work.iter().map(|work| work.cents))?,
        month: months_between(agreement.starts_on, month.month) + 1,
        ..in_force
    };
    let worked = price.clause.work(&amount)?;
    let weight = |work: &WorkDone| match price.clause.rule {
        Rule::Flat { .. } => 0,
        Rule::PerUnit { .. } | Rule::Tiers { .. } => work.count,
        Rule::PerHour { .. } => work.minutes,
        // A recoupment returns its share to whose it was.
        Rule::CostPlus { .. } | Rule::Share { .. } => work.cents.0.abs(),
    };
    // The practice has the last place: work that is for no one clinician is its own.
    let mut weights = vec![0_i64; month.engaged.len() + 1];
    for work in &work {
        let place = month.engaged.iter().position(|it| Some(it.clinician) == work.clinician);
        weights[place.unwrap_or(month.engaged.len())] += weight(work);
    }
    if weights.iter().all(|weight| *weight == 0) {
        let is_nobody = month.engaged.is_empty();
        weights.fill(1);
        weights[month.engaged.len()] = i64::from(is_nobody);
    }
    let parts = allocate(worked.cents, &weights)?;
    let parts = month.engaged.iter().map(|it| it.clinician).zip(parts).collect();
    let causes = work.iter().map(|work| work.id).collect();
    Ok((statement_line(&price.clause, worked, RowKind::PlatformFee, causes), parts))
}

/// What a clinician's own rows come to under their terms.
fn own_lines(engaged: &Engaged, month: &MonthOfPractice) -> Result<Vec<StatementLine>, Error> {
    let terms = &engaged.terms;
    let of = |kind: CollectedKind| month.collected_of(engaged.clinician, kind);
    let mut lines = Vec::new();
    lines.extend(pay_line(engaged, month)?);
    for (unit, kind) in
        [(Unit::NoShow, CollectedKind::NoShowFee), (Unit::LateCancel, CollectedKind::LateCancelFee)]
    {
        let (cents, causes) = of(kind)?;
        let fee = terms.missed_fee(unit);
        lines.extend(line(&fee, &Amount::of(cents), RowKind::LateFeePay, causes)?);
        let missed = month.missed_of(engaged.clinician, unit);
        let count = Amount::count(as_count(missed.len()));
        lines.extend(line(&terms.missed_pay(unit), &count, RowKind::MissedPay, missed)?);
    }
    let costs = [
        (CollectedKind::Refund, "refunds", terms.refunds, RowKind::SessionPay),
        (
            CollectedKind::Recoupment,
            "recoupments and chargebacks",
            terms.recoupments,
            RowKind::SessionPay,
        ),
        (CollectedKind::CardFee, "card fees", terms.card_fees, RowKind::CardFee),
    ];
    for (kind, what, bearing, row_kind) in costs {
        // What the split of collected lowered is in the pay line already.
        if kind != CollectedKind::CardFee && is_in_pay(terms, bearing) {
            continue;
        }
        let (cents, causes) = of(kind)?;
        lines.extend(line(&terms.borne(what, bearing), &Amount::of(cents), row_kind, causes)?);
    }
    let (minutes, causes) = month.admin_of(engaged.clinician);
    let admin = terms.hourly("admin", terms.admin_hour);
    lines.extend(line(&admin, &Amount::minutes(minutes), RowKind::AdminPay, causes)?);
    let (minutes, causes) = month.supervision_of(engaged.clinician);
    let supervision = terms.hourly("supervision", terms.supervision_hour);
    lines.extend(line(&supervision, &Amount::minutes(minutes), RowKind::AdminPay, causes)?);
    Ok(lines)
}

fn pay_line(engaged: &Engaged, month: &MonthOfPractice) -> Result<Option<StatementLine>, Error> {
    let terms = &engaged.terms;
    let sessions = month.sessions_of(engaged.clinician);
    let (amount, causes) = match terms.pay {
        Pay::ShareOfCollected { .. } => {
            let (mut cents, mut causes) =
                month.collected_of(engaged.clinician, CollectedKind::Payment)?;
            for (kind, bearing) in [
                (CollectedKind::Refund, terms.refunds),
                (CollectedKind::Recoupment, terms.recoupments),
            ] {
                if is_in_pay(terms, bearing) {
                    let (back, ids) = month.collected_of(engaged.clinician, kind)?;
                    cents = cents.plus(back)?;
                    causes.extend(ids);
                }
            }
            (Amount::of(cents), causes)
        }
        Pay::ShareOfAllowed { .. } => {
            let allowed = Cents::sum(sessions.iter().map(|(_, allowed)| *allowed))?;
            (Amount::of(allowed), sessions.iter().map(|(id, _)| *id).collect())
        }
        Pay::Rate { .. } => {
            let count = Amount::count(as_count(sessions.len()));
            (count, sessions.iter().map(|(id, _)| *id).collect())
        }
        Pay::Salary { .. } => (month.days_from(engaged.from)?, Vec::new()),
    };
    line(&terms.pay_clause(), &amount, RowKind::SessionPay, causes)
}

/// True where a refund lowers what the split is of, so that it is in the pay line.
fn is_in_pay(terms: &Engagement, bearing: Bearing) -> bool {
    bearing == Bearing::AsSplit && matches!(terms.pay, Pay::ShareOfCollected { .. })
}

/// A line of a clause; none where it comes to nothing and nothing caused it, or is not borne.
fn line(
    clause: &Clause,
    amount: &Amount,
    kind: RowKind,
    causes: Vec<u128>,
) -> Result<Option<StatementLine>, Error> {
    let worked = clause.work(amount)?;
    let is_shown = worked.cents != Cents::ZERO;
    Ok(is_shown.then(|| statement_line(clause, worked, kind, causes)))
}

fn statement_line(
    clause: &Clause,
    worked: Worked,
    kind: RowKind,
    causes: Vec<u128>,
) -> StatementLine {
    let Worked { says, cents } = worked;
    StatementLine { clause: clause.sentence(), says, kind, cents, causes }
}

impl MonthOfPractice {
    fn check(&self, agreement: &Agreement) -> Result<(), Error> {
        let is_engaged = |clinician: u128| self.engaged.iter().any(|it| it.clinician == clinician);
        let unknown = |field: String| {
            Err(Error::new(Code::Range, field, "the clinician is not engaged in this month"))
        };
        for (i, engaged) in self.engaged.iter().enumerate() {
            if self.engaged[..i].iter().any(|it| it.clinician == engaged.clinician) {
                let message = "a clinician has one engagement in a month";
                return Err(Error::new(Code::Kind, format!("engaged/{i}/clinician"), message));
            }
        }
        if let Some(i) = self.collected.iter().position(|row| !is_engaged(row.clinician)) {
            return unknown(format!("collected/{i}/clinician"));
        }
        if let Some(i) = self.time.iter().position(|row| !is_engaged(row.clinician())) {
            return unknown(format!("time/{i}/clinician"));
        }
        for (i, work) in self.work.iter().enumerate() {
            if work.clinician.is_some_and(|clinician| !is_engaged(clinician)) {
                return unknown(format!("work/{i}/clinician"));
            }
            if !agreement.prices.iter().any(|price| price.service == work.service) {
                let message = format!("{} has no price in the agreement", work.service);
                return Err(Error::new(Code::Kind, format!("work/{i}/service"), message));
            }
            if work.count < 0 || work.minutes < 0 {
                let message = "work is counted from zero up";
                return Err(Error::range(format!("work/{i}/count"), message));
            }
        }
        Ok(())
    }

    fn collected_of(
        &self,
        clinician: u128,
        kind: CollectedKind,
    ) -> Result<(Cents, Vec<u128>), Error> {
        let rows = || {
            let is_meant = move |it: &&Collected| it.clinician == clinician && it.kind == kind;
            self.collected.iter().filter(is_meant)
        };
        Ok((Cents::sum(rows().map(|row| row.cents))?, rows().map(|row| row.id).collect()))
    }

    fn sessions_of(&self, of: u128) -> Vec<(u128, Cents)> {
        let session = |it: &TimeWorked| match *it {
            TimeWorked::Session { id, clinician, allowed } if clinician == of => {
                Some((id, allowed))
            }
            _ => None,
        };
        self.time.iter().filter_map(session).collect()
    }

    fn missed_of(&self, of: u128, how: Unit) -> Vec<u128> {
        let missed = |it: &TimeWorked| match *it {
            TimeWorked::Missed { id, clinician, unit } if clinician == of && unit == how => {
                Some(id)
            }
            _ => None,
        };
        self.time.iter().filter_map(missed).collect()
    }

    fn admin_of(&self, of: u128) -> (i64, Vec<u128>) {
        let minutes = |it: &TimeWorked| match *it {
            TimeWorked::Admin { id, clinician, minutes } if clinician == of => Some((minutes, id)),
            _ => None,
        };
        self.time.iter().filter_map(minutes).fold((0, Vec::new()), together)
    }

    fn supervision_of(&self, of: u128) -> (i64, Vec<u128>) {
        let minutes = |it: &TimeWorked| match *it {
            TimeWorked::Supervision { id, clinician, minutes } if clinician == of => {
                Some((minutes, id))
            }
            _ => None,
        };
        self.time.iter().filter_map(minutes).fold((0, Vec::new()), together)
    }

    /// The days of the month from a day on.
    fn days_from(&self, from: Option<Date>) -> Result<Amount, Error> {
        let priced = Priced::month_from(Cents::ZERO, self.month, from, None);
        let Priced::Month { active_days, days_in_month, .. } = priced else {
            return Err(Error::range("month", "a month has days"));
        };
        Ok(Amount { active_days, days_in_month, ..Amount::NOTHING })
    }
}

impl TimeWorked {
    fn clinician(&self) -> u128 {
        match *self {
            Self::Session { clinician, .. }
            | Self::Missed { clinician, .. }
            | Self::Admin { clinician, .. }
            | Self::Supervision { clinician, .. } => clinician,
        }
    }
}

fn together(sum: (i64, Vec<u128>), (minutes, id): (i64, u128)) -> (i64, Vec<u128>) {
    let (total, mut ids) = sum;
    ids.push(id);
    (total + minutes, ids)
}

fn as_count(rows: usize) -> i64 {
    i64::try_from(rows).expect("rows in memory are fewer than 2^63")
}

fn months_between(from: Date, to: Date) -> i64 {
    let months = |day: Date| i64::from(day.year()) * 12 + i64::from(day.month());
    months(to) - months(from)
}

//! Figures of months, from rows: no I/O. All sums are those of `economics`.

use std::collections::BTreeMap;

use bookkeeping::{Period, RuleName};
use economics::{
    Actuals, AllowedCharge, Correction, HourBounds, Mode, Month, MonthSum, Records, Row, Tax,
    TimeKind, TimeRecords, Window, combine, hour_bounds,
};
use ground::policy::{Facts, Kind, Thing, Uid};
use ground::spans::Source;
use ids::{PersonId, PracticeId};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use ledger::Collected;
use money::{Cents, allocate};
use payouts::{HandedIn, PaidKind, Settled};

use crate::own_hours::{SaidHours, Stretch, clipped, seconds, union, without};

/// What an hour was worth to somebody, as the charter knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MyHour {
    /// Where.
    pub practice: PracticeId,
    /// To whom; to nobody where the one who asks treats nobody here.
    pub person: Option<PersonId>,
}

impl Thing for MyHour {
    fn uid(&self) -> Uid {
        Uid::new(Kind::MyHour, self.practice)
    }

    fn practice(&self) -> Option<Uid> {
        Some(Uid::new(Kind::Practice, self.practice))
    }

    fn facts(&self) -> Facts {
        // No person has the id of a practice.
        let nobody = PersonId(self.practice.0);
        Facts::new().with("clinician", Uid::new(Kind::Person, self.person.unwrap_or(nobody)))
    }
}

/// Kinds that only the person knows of: where they say nothing, hours have no upper end.
pub const ASKED: &[TimeKind] = &[
    TimeKind::Supervision,
    TimeKind::Consultation,
    TimeKind::Intake,
    TimeKind::Messages,
    TimeKind::Billing,
    TimeKind::Scheduling,
    TimeKind::Training,
    TimeKind::Marketing,
    TimeKind::Admin,
];

/// Time that was seen to begin, and to end where somebody saw it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Worked {
    /// What it went to.
    pub kind: TimeKind,
    /// Whose word it is.
    pub source: Source,
    /// From when.
    pub from: Timestamp,
    /// To when; none for a session that nobody stopped.
    pub to: Option<Timestamp>,
    /// How long it was planned, where nobody stopped it.
    pub slot_s: Option<i64>,
}

/// What a person says that a kind came to on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    /// What it went to.
    pub kind: TimeKind,
    /// On which day.
    pub on: Date,
    /// In all.
    pub minutes: i64,
}

/// What is allowed for a session, and what of it is still open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charge {
    /// The day of the work.
    pub service_on: Date,
    /// By contract or fee.
    pub allowed: Cents,
    /// Expected, and not paid.
    pub open: Cents,
}

/// What a month comes to in money, or why that is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoneyOf {
    /// The month.
    pub month: Period,
    /// Settled, or a sentence.
    pub is: Result<Settled, String>,
    /// The statement, once the month is closed.
    pub statement: Option<ids::StatementId>,
}

/// All that is known of one clinician's money and time at one practice.
#[derive(Debug, Clone)]
pub struct Record {
    /// The practice's clock.
    pub zone: TimeZone,
    /// Its name.
    pub zone_name: String,
    /// The day that it is.
    pub today: Date,
    /// Whether they own the practice; then what is collected is theirs, less costs.
    pub is_owner: bool,
    /// Whether they pay both halves of payroll tax; none where their terms do not say it.
    pub is_self_employed: Option<bool>,
    /// What their engagement pays by the hour.
    pub paid_hours: Vec<(PaidKind, Cents)>,
    /// What they handed in to be paid.
    pub handed_in: Vec<HandedIn>,
    /// The share of what is open that they would keep, in basis points.
    pub open_keep_bp: i64,
    /// Money for their work.
    pub collected: Vec<Collected>,
    /// Months, earliest first, up to the present one.
    pub months: Vec<MoneyOf>,
    /// Sessions that were charged.
    pub charges: Vec<Charge>,
    /// Time.
    pub worked: Vec<Worked>,
    /// What they said of days, in the order in which they said it.
    pub said: Vec<Said>,
    /// What they said about when they work.
    pub hours: SaidHours,
}

/// One month, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// The month.
    pub month: Period,
    /// Its sums.
    pub actuals: Actuals,
    /// How much of the hours the person said themselves, in seconds.
    pub said_s: i64,
    /// How much of the measured time lay outside the hours that they had opened; none where they
    /// never opened any.
    pub outside_s: Option<i64>,
    /// All measured time of the month, in seconds.
    pub placed_s: i64,
    /// Why the money of the month is not known.
    pub unknown: Option<String>,
}

impl Record {
    /// The figures of all months, earliest first.
    ///
    /// # Errors
    /// As `economics` says.
    pub fn figures(&self) -> Result<Vec<Figures>, economics::Error> {
        let ledger = self.ledger();
        let mut year = (0, Cents::ZERO);
        let mut all = Vec::with_capacity(self.months.len());
        for of in &self.months {
            let first = of.month.first_day();
            if year.0 != first.year() {
                year = (first.year(), Cents::ZERO);
            }
            let figures = self.figures_of(of, &ledger, year.1)?;
            year.1 = year.1.plus(figures.actuals.cash.net_cents)?;
            all.push(figures);
        }
        Ok(all)
    }

    fn figures_of(
        &self,
        of: &MoneyOf,
        ledger: &[Row],
        year_net_before: Cents,
    ) -> Result<Figures, economics::Error> {
        let first = of.month.first_day();
        let month = Month::of(first, &self.zone_name)?;
        let time = self.time(first, &month);
        let measured = TimeRecords { corrections: Vec::new(), ..time.clone() };
        let mode = if self.is_owner { Mode::Owner } else { Mode::Paid };
        let records = Records {
            month,
            as_of: None,
            mode,
            is_employee: self.is_self_employed != Some(true),
            year_net_before,
            ledger: ledger.to_vec(),
            charges: self.allowed(),
            open_keep_bp: self.open_keep_bp,
            time,
            paid_admin_s: self.paid_s(of.month),
            tax: Tax::of_year(first.year()),
        };
        let actuals = Actuals::of(&records)?;
        let seen = Actuals::of(&Records { time: measured, ..records.clone() })?.hours;
        let (placed, outside_s) = self.placed(first);
        Ok(Figures {
            month: of.month,
            said_s: said_s(&records, &seen.by_kind_s, self.entered_s(first)),
            actuals,
            outside_s,
            placed_s: placed,
            unknown: of.is.as_ref().err().cloned(),
        })
    }

    /// Several months as one fraction.
    ///
    /// # Errors
    /// As `economics` says.
    pub fn since_start(&self, all: &[Figures]) -> Result<Window, economics::Error> {
        let sum = |it: &Figures| MonthSum {
            kept: it.actuals.cash.net_cents,
            collected: it.actuals.cash.collected_cents,
            seconds: it.actuals.hours.total_s,
            seconds_high: highest_s(it),
        };
        combine(&all.iter().map(sum).collect::<Vec<_>>())
    }

    /// The last closed months up to the last of `all`, three at most, by their work: what April's
    /// work brought comes in May. None where there are fewer than two, or money is not known.
    ///
    /// # Errors
    /// As `economics` says.
    pub fn trailing(&self, all: &[Figures]) -> Result<Option<(Period, Window)>, economics::Error> {
        let is_closed = |month: Period| {
            self.months.iter().any(|it| it.month == month && it.statement.is_some())
        };
        let closed = all.iter().rev().take_while(|it| is_closed(it.month) && it.unknown.is_none());
        let closed: Vec<&Figures> = closed.take(3).collect();
        let Some(first) = closed.last().filter(|_| 1 < closed.len()) else { return Ok(None) };
        let sum = |it: &&Figures| MonthSum {
            kept: it.actuals.matched.basis.net_cents,
            collected: it.actuals.matched.basis.collected_cents,
            seconds: it.actuals.hours.total_s,
            seconds_high: highest_s(it),
        };
        let window = combine(&closed.iter().map(sum).collect::<Vec<_>>())?;
        Ok(Some((first.month, window)))
    }

    /// Lines of the ledger, toward the clinician: what came in, and what statements make of it.
    fn ledger(&self) -> Vec<Row> {
        let row = |posted_on, service_on, kind, cents| Row { posted_on, service_on, kind, cents };
        let mut rows: Vec<Row> = Vec::new();
        for it in &self.collected {
            rows.push(row(it.on, Some(it.service_on), kind_of(it), it.cents));
        }
        for of in &self.months {
            let Ok(settled) = &of.is else { continue };
            let day = of.month.last_day();
            for line in &settled.lines {
                use economics::{RowKind as K, RowRole};
                match line.kind {
                    // What an owner's work brought is theirs already.
                    Some(K::SessionPay | K::LateFeePay) if self.is_owner => {}
                    Some(K::SessionPay) => rows.extend(self.laid_out(of.month, line.cents)),
                    Some(K::PayerInterest) => {
                        rows.push(row(day, None, K::PayerInterest, line.cents))
                    }
                    // The books have it, with the day of its work.
                    Some(kind) if kind.role() == RowRole::Collected => {}
                    Some(kind) => rows.push(row(day, None, kind, line.cents)),
                    None => {}
                }
            }
        }
        rows
    }

    /// Seconds that the engagement pays by the hour: no more than were handed in.
    fn paid_s(&self, month: Period) -> i64 {
        let is_paid = |kind| self.paid_hours.iter().any(|(paid, _)| *paid == kind);
        let of_month = self.handed_in.iter().filter(|it| it.month == month && is_paid(it.kind));
        of_month.map(|it| it.minutes * 60).sum()
    }

    /// Pay of a month, laid over the money that it is a share of, so that each part has the day of
    /// its work; only the total where some money went back, since no part then has a share.
    fn laid_out(&self, month: Period, cents: Cents) -> Vec<Row> {
        let kind = economics::RowKind::SessionPay;
        let posted_on = month.last_day();
        let of_month: Vec<&Collected> =
            self.collected.iter().filter(|it| Period::of(it.on) == month).collect();
        let weights: Vec<i64> = of_month.iter().map(|it| it.cents.0).collect();
        let is_whole = weights.iter().all(|cents| 0 <= *cents) && weights.iter().sum::<i64>() != 0;
        let parts = if is_whole { allocate(cents, &weights).ok() } else { None };
        match parts {
            None => vec![Row { posted_on, service_on: None, kind, cents }],
            Some(parts) => {
                let laid = of_month.iter().zip(parts).map(|(it, cents)| Row {
                    posted_on,
                    service_on: Some(it.service_on),
                    kind,
                    cents,
                });
                laid.collect()
            }
        }
    }

    fn allowed(&self) -> Vec<AllowedCharge> {
        let charge = |it: &Charge| AllowedCharge {
            service_on: it.service_on,
            allowed: it.allowed,
            open: it.open,
        };
        self.charges.iter().map(charge).collect()
    }

    fn time(&self, first: Date, month: &Month) -> TimeRecords {
        let stretches = self.worked.iter().map(|it| economics::Stretch {
            kind: it.kind,
            start: it.from,
            end: it.to,
            slot_s: it.slot_s,
        });
        let corrections = self.said.iter().filter(|it| month.holds(it.on)).map(|it| Correction {
            kind: it.kind,
            on: it.on,
            minutes: it.minutes,
        });
        TimeRecords {
            stretches: stretches.collect(),
            edits: Vec::new(),
            entered: Vec::new(),
            corrections: corrections.collect(),
            not_recorded: self.not_recorded(first),
        }
    }

    /// Kinds of which nothing is known in a month: neither measured, nor said, nor said to be none.
    fn not_recorded(&self, first: Date) -> Vec<TimeKind> {
        let within = self.instants(first);
        let is_known = |kind: TimeKind| {
            let meets = |it: &Worked| {
                it.from < within.1
                    && within.0 < it.to.unwrap_or(it.from + jiff::Span::new().seconds(1))
            };
            let is_said = |it: &Said| it.on.first_of_month() == first;
            self.worked.iter().any(|it| it.kind == kind && meets(it))
                || self.said.iter().any(|it| it.kind == kind && is_said(it))
        };
        ASKED.iter().copied().filter(|kind| !is_known(*kind)).collect()
    }

    /// From the first instant of a month to the first after it.
    pub fn instants(&self, first: Date) -> Stretch {
        let midnight = |day: Date| {
            let at = self.zone.to_timestamp(day.to_datetime(jiff::civil::Time::midnight()));
            at.unwrap_or(Timestamp::MAX)
        };
        (midnight(first), midnight(Period::of(first).next().first_day()))
    }

    /// Measured time of a month, and how much of it lay outside the hours that were open.
    fn placed(&self, first: Date) -> (i64, Option<i64>) {
        let all = self.worked.iter().filter_map(|it| Some((it.from, it.to?)));
        let all = union(clipped(&all.collect::<Vec<_>>(), self.instants(first)));
        if self.hours.is_empty() {
            return (seconds(&all), None);
        }
        let open = self.hours.open_in(&self.zone, first);
        (seconds(&all), Some(seconds(&without(&all, &open))))
    }

    /// Time of a month that is somebody's word and has its place in the day.
    fn entered_s(&self, first: Date) -> i64 {
        let all = self.worked.iter().filter(|it| it.source == Source::Entered);
        let all: Vec<Stretch> = all.filter_map(|it| Some((it.from, it.to?))).collect();
        seconds(&union(clipped(&all, self.instants(first))))
    }
}

/// The most that the hours of a month can have been; none where a kind is not recorded.
pub fn highest_s(it: &Figures) -> Option<i64> {
    let hours = &it.actuals.hours;
    hours.not_recorded.is_empty().then_some(hours.total_high_s)
}

/// What each further hour a week would make of an hour of the month.
pub fn with_an_hour_a_week(it: &Figures) -> Option<Cents> {
    let days = i64::from(it.month.last_day().day());
    let further = 3_600 * days / 7;
    let hour: HourBounds = hour_bounds(
        it.actuals.cash.net_cents,
        it.actuals.hours.total_s + further,
        Some(it.actuals.hours.total_s + further),
    )
    .ok()?;
    hour.low
}

/// How much of a month's hours is the person's own word: the last one of each kind and day, and
/// what has its place in the day.
fn said_s(records: &Records, seen: &BTreeMap<TimeKind, i64>, entered_s: i64) -> i64 {
    let mut last: BTreeMap<(TimeKind, Date), i64> = BTreeMap::new();
    for it in &records.time.corrections {
        last.insert((it.kind, it.on), it.minutes * 60);
    }
    let measured: i64 = seen.values().sum();
    last.values().sum::<i64>() + entered_s.min(measured)
}

fn kind_of(it: &Collected) -> economics::RowKind {
    use economics::RowKind as K;
    match (it.rule, &it.payer) {
        (RuleName::Refund, _) => K::Refund,
        (RuleName::Recoupment | RuleName::ForwardBalance, _) => K::Recoupment,
        (_, Some(_)) => K::PayerPayment,
        (_, None) if it.is_for_missed => K::LateFee,
        (_, None) => K::ClientPayment,
    }
}

//! On which days of a span the answer changes.
//!
//! The facts stay as given, so an answer can change only on a date that they name, on the day
//! after a last day, or on a 1 January: those days are asked, and no others.

use jiff::civil::{Date, date};

use crate::answer::Answer;
use crate::facts::Facts;

/// The longest span of a calendar: ten years and a week.
pub const SPAN_DAYS_MAX: i32 = 3_660;

/// An answer that holds from a day on, until the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Since {
    /// Its first day.
    pub day: Date,
    /// What holds.
    pub answer: Answer,
}

impl Facts {
    /// The answers from `from` to `to`, both included: the first day, then each day whose answer
    /// differs from that of the day before.
    pub fn calendar(&self, from: Date, to: Date) -> Vec<Since> {
        let mut days = self.turning_days(from, to);
        days.push(from);
        days.sort_unstable();
        days.dedup();

        let mut answers: Vec<Since> = Vec::new();
        for day in days {
            let answer = self.may_serve(day);
            if answers.last().is_none_or(|last| last.answer != answer) {
                answers.push(Since { day, answer });
            }
        }
        answers
    }

    /// Every day after `from`, up to `to`, on which an answer can change.
    fn turning_days(&self, from: Date, to: Date) -> Vec<Date> {
        let mut first_days = Vec::new();
        let mut last_days = Vec::new();
        for license in &self.licenses {
            first_days.push(license.issued);
            last_days.push(license.expires);
            last_days.extend(license.grace_to);
        }
        for authority in &self.authorities {
            first_days.push(authority.from);
            last_days.extend(authority.to);
        }
        for supervision in &self.supervision {
            first_days.push(supervision.from);
            last_days.extend(supervision.to);
        }
        for membership in &self.compacts {
            first_days.extend(membership.issuing_on);
            first_days.extend(membership.withdrawn_on);
        }
        first_days.extend((from.year()..=to.year()).map(|year| date(year, 1, 1)));
        let day_after = last_days.into_iter().filter_map(|last| last.tomorrow().ok());
        first_days.extend(day_after);
        first_days.retain(|day| from < *day && *day <= to);
        first_days
    }
}

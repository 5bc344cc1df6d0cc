//! The figures that a comparison starts from: each with what is usual, the range it is found in,
//! the most that is taken, and where it is from. An estimate is called one.
//!
//! A figure is held in hundredths of what is typed: cents of dollars, basis points of per cents.

use ground::html::dollars;

mod listed;

pub(super) use listed::FIGURES;

/// Which figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[rustfmt::skip]
pub(super) enum Key {
    Calls, Open, Weeks, Fee, Direct, Allowed, Copay, Months,
    Bring, Delay, Ramp, Fit, Take, Begin, Wait,
    MixOnce, MixShort, MixLong, ShortWeeks, LongWeeks, LongVisits,
    Kept, Late, NoShow, Refill, LateFee, LateDirect, LatePlan,
    DirectLoss, CopayLoss, Loss, Denial, Lag, ClaimMin, DenialMin, Biller,
    Session, Note, FirstNote, Missed, Inquiry, Consult, Schedule, Messages,
    Marketing, MarketingFull, Supervision, Other, Training, Setup, Rest,
    Rent, Records, Ads, Phone, Malpractice, License, Accountant, Cards, CardFixed, Start,
    JobSplit, JobBenefits, JobPaid, JobWage, GroupSplit, HighSplit, GroupLate, Rate, PayLag,
}

/// How a figure is typed and read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// Money.
    Dollars,
    /// A share of a whole.
    Percent,
    /// A number with at most two places.
    Number,
    /// A number without places.
    Whole,
}

/// Where a figure stands in the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    Practice,
    Filling,
    Staying,
    Attendance,
    Insurance,
    Hours,
    Costs,
    Contracts,
}

/// One figure.
#[derive(Clone, Copy, Debug)]
pub(super) struct Figure {
    pub(super) key: Key,
    pub(super) group: Group,
    /// Its name in the form, and in a link.
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    pub(super) unit: Unit,
    /// What the page opens with.
    pub(super) usual: i64,
    /// The range in which it is found.
    pub(super) range: (i64, i64),
    /// The least and the most that are counted with.
    pub(super) limits: (i64, i64),
    pub(super) source: &'static str,
    /// Only there where somebody pays through a plan.
    pub(super) of_plans: bool,
}

/// Weeks of a year, in hundredths.
const YEAR: i64 = 5_200;
/// The most dollars of one amount, in cents: ten thousand less a cent.
const DOLLARS_MOST: i64 = 999_999;

const fn figure(
    key: Key,
    group: Group,
    (name, label): (&'static str, &'static str),
    unit: Unit,
    (usual, low, high): (i64, i64, i64),
    source: &'static str,
) -> Figure {
    let most = match unit {
        Unit::Dollars => DOLLARS_MOST,
        Unit::Percent => 10_000,
        Unit::Number | Unit::Whole => 50_000,
    };
    let (range, limits) = ((low, high), (0, most));
    Figure { key, group, name, label, unit, usual, range, limits, source, of_plans: false }
}

impl Figure {
    const fn within(self, least: i64, most: i64) -> Self {
        Self { limits: (least, most), ..self }
    }

    const fn of_plans(self) -> Self {
        Self { of_plans: true, ..self }
    }

    /// A value as one types it.
    pub(super) fn typed(&self, value: i64) -> String {
        let (whole, rest) = (value / 100, value % 100);
        match (self.unit, rest) {
            (Unit::Dollars, rest) if rest != 0 => format!("{whole}.{rest:02}"),
            (_, 0) => whole.to_string(),
            (_, rest) if rest % 10 == 0 => format!("{whole}.{}", rest / 10),
            (_, rest) => format!("{whole}.{rest:02}"),
        }
    }

    /// A value as one reads it.
    pub(super) fn read(&self, value: i64) -> String {
        match self.unit {
            Unit::Dollars => {
                let text = dollars(value);
                text.strip_suffix(".00").map_or(text.clone(), str::to_owned)
            }
            Unit::Percent => format!("{}%", self.typed(value)),
            Unit::Number | Unit::Whole => self.typed(value),
        }
    }

    /// What is usual, the range, and the source, in a line beside the field.
    pub(super) fn beside(&self) -> String {
        let [usual, low, high] = [self.usual, self.range.0, self.range.1].map(|it| self.read(it));
        format!("{usual} to begin with; {low} to {high} is usual. {}", self.source)
    }
}

/// Calls a week in one kind of practice, where somebody knows them to be different there.
pub(super) const OWN_CALLS: &[(&str, &str)] = &[
    ("calls-group", "Calls a week in a group, employed or contractor"),
    ("calls-network", "Calls a week in a network"),
    ("calls-trellis", "Calls a week in a practice on Trellis"),
];

/// The figure of a key.
pub(super) fn of(key: Key) -> &'static Figure {
    &FIGURES[key as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_figure_stands_at_its_key_within_its_range_and_says_where_it_is_from() {
        for (at, it) in FIGURES.iter().enumerate() {
            assert_eq!(it.key as usize, at, "{}", it.name);
            let in_order = [it.limits.0, it.range.0, it.usual, it.range.1, it.limits.1];
            assert!(in_order.is_sorted(), "{}: {in_order:?}", it.name);
            assert!(it.source.ends_with('.'), "{}", it.name);
            assert_eq!(FIGURES.iter().filter(|other| other.name == it.name).count(), 1);
        }
    }

    #[test]
    fn a_value_is_typed_and_read_as_people_do() {
        let cases = [
            (Key::Fee, 14_300, "143", "$143"),
            (Key::Fee, 14_350, "143.50", "$143.50"),
            (Key::Calls, 280, "2.8", "2.8"),
            (Key::Cards, 315, "3.15", "3.15%"),
            (Key::Start, 250_000, "2500", "$2,500"),
        ];
        for (key, value, typed, read) in cases {
            assert_eq!(
                (of(key).typed(value).as_str(), of(key).read(value).as_str()),
                (typed, read)
            );
        }
    }
}

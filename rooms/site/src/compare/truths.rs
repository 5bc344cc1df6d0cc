//! What would have to be true: for another model to be worth as much, and for the belief that a
//! higher split always means more. Where nothing makes it true, that is said.
//!
//! A figure is found as a reader would find it: typed anew, and the whole contract counted from it,
//! with whatever else hangs on it, such as the most that a price can be in a month. What is found
//! is of the expected course, and so is what it is held against.

use economics::{Error, Projection};

use super::answer::{Row, rounded};
use super::asked::Asked;
use super::figures::Key;
use super::models::Model;
use super::says::to_dollars;

/// Calls a week that are tried, in hundredths: so many steps of so much. With many more than can be
/// seen, answering them costs hours, so an hour may reach a figure and fall below it again.
const CALLS_STEPS: i64 = 24;
const CALLS_STEP: i64 = 50;
/// The most that a network could pay for a session, in cents.
const RATE_MOST: i64 = 40_000;
/// The whole of what is collected, in basis points.
const SPLIT_MOST: i64 = 10_000;

/// The figure of a model's contract that could make it worth as much as the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lever {
    /// Calls a week, in hundredths.
    Calls,
    /// The split, in basis points.
    Split,
    /// A network's rate, in cents.
    Rate,
}

/// The value of a lever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// The least that does it.
    At(i64),
    /// None does it up to this one, which is never less than what was asked.
    NoneTo(i64),
}

/// What a model would need for an hour that is worth as much as the first model's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Needed {
    pub(super) model: Model,
    pub(super) lever: Lever,
    /// None where its hour is worth as much already: runs may have another order than what is
    /// expected of them.
    pub(super) found: Option<Found>,
}

impl Needed {
    /// For every row but the first.
    pub(super) fn of(rows: &[Row], asked: &Asked) -> Result<Vec<Self>, Error> {
        let [first, others @ ..] = rows else { return Ok(vec![]) };
        let Some(target) = hour(&first.course) else { return Ok(vec![]) };
        let needed = |row: &Row| {
            let model = row.model;
            let lever = match model {
                Model::Job | Model::Group | Model::HighSplit => Lever::Split,
                Model::Network => Lever::Rate,
                Model::Solo | Model::Biller | Model::Ours => Lever::Calls,
            };
            let is_there = hour(&row.course).is_some_and(|it| target <= it);
            let trial = Trial { model, lever, asked };
            let found = if is_there { None } else { Some(trial.least(hour, target)?) };
            Ok(Self { model, lever, found })
        };
        others.iter().map(needed).collect()
    }
}

/// The belief "a higher split always means that I take home more", from both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Believed {
    /// What the high split keeps more (or fewer, below zero) in the table, in cents.
    pub(super) keeps_more: i64,
    /// Hours that it works more in the table.
    pub(super) hours_more: i64,
    /// Cents for each of those hours; none where there are none.
    pub(super) for_each: Option<i64>,
    /// Calls a week at the high split to keep what the lower one keeps.
    pub(super) calls_at_high: Found,
    /// Calls a week at the lower split to keep what the high one keeps.
    pub(super) calls_at_low: Found,
    /// The split with support to keep what the high one keeps.
    pub(super) split_kept: Found,
    /// The high split at which its hour is worth as much as with support; none where that hour has
    /// no worth.
    pub(super) split_hour: Option<Found>,
}

impl Believed {
    /// The high split beside the contractor's in a group that does the chores. Both are always
    /// there.
    #[expect(clippy::cast_precision_loss, reason = "amounts of a page are far within 52 bits")]
    pub(super) fn of(rows: &[Row], asked: &Asked) -> Result<Self, Error> {
        let row = |model: Model| rows.iter().find(|row| row.model == model);
        let (high, low) = (row(Model::HighSplit), row(Model::Group));
        let (high, low) = match (high, low) {
            (Some(high), Some(low)) => (high, low),
            _ => unreachable!("only what needs plans is ever left out: {asked:?}"),
        };
        let keeps_more = to_dollars(high.kept()) - to_dollars(low.kept());
        let hours_more = high.hours() - low.hours();
        let least = |row: &Row, lever, figure: Figure, target| {
            Trial { model: row.model, lever, asked }.least(figure, target)
        };
        let (high_keeps, low_keeps) = (high.course.kept_cents, low.course.kept_cents);
        let split_hour = hour(&low.course).map(|it| least(high, Lever::Split, hour, it));
        Ok(Self {
            keeps_more,
            hours_more,
            for_each: (0 < hours_more).then(|| rounded(keeps_more as f64 / hours_more as f64)),
            calls_at_high: least(high, Lever::Calls, kept, low_keeps)?,
            calls_at_low: least(low, Lever::Calls, kept, high_keeps)?,
            split_kept: least(low, Lever::Split, kept, high_keeps)?,
            split_hour: split_hour.transpose()?,
        })
    }
}

/// A figure of an expected course.
type Figure = fn(&Projection) -> Option<f64>;

fn hour(course: &Projection) -> Option<f64> {
    course.effective_hour_cents
}

fn kept(course: &Projection) -> Option<f64> {
    Some(course.kept_cents)
}

/// One lever of one model, all else as it was asked.
struct Trial<'a> {
    model: Model,
    lever: Lever,
    asked: &'a Asked,
}

impl Trial<'_> {
    /// The least value at which a figure reaches a target: between two that are tried, the one
    /// below short of it and the one above not.
    fn least(&self, figure: Figure, target: f64) -> Result<Found, Error> {
        let reaches = |value: i64| -> Result<bool, Error> {
            let scenario = self.model.scenario(&self.asked_with(value));
            Ok(figure(&Projection::read(&scenario)?).is_some_and(|it| target <= it))
        };
        let most = self.most();
        let mut short = -1;
        for tried in self.tried(most) {
            if !reaches(tried)? {
                short = tried;
                continue;
            }
            let mut enough = tried;
            while short + 1 < enough {
                let between = i64::midpoint(short, enough);
                if reaches(between)? { enough = between } else { short = between }
            }
            return Ok(Found::At(enough));
        }
        Ok(Found::NoneTo(most))
    }

    /// What is asked, with another value of the lever.
    fn asked_with(&self, value: i64) -> Asked {
        let asked = self.asked.clone();
        match (self.lever, self.model) {
            (Lever::Calls, model) => asked.with_calls(model, value),
            (Lever::Rate, _) => asked.with(Key::Rate, value),
            (Lever::Split, Model::Job) => asked.with(Key::JobSplit, value),
            (Lever::Split, Model::HighSplit) => asked.with(Key::HighSplit, value),
            (Lever::Split, _) => asked.with(Key::GroupSplit, value),
        }
    }

    /// The most that is tried.
    fn most(&self) -> i64 {
        match self.lever {
            Lever::Calls => self.asked.calls(self.model).max(CALLS_STEPS * CALLS_STEP),
            Lever::Rate => self.asked.get(Key::Rate).max(RATE_MOST),
            Lever::Split => SPLIT_MOST,
        }
    }

    /// The values between which one is looked for, from none to the most. More of a split or of a
    /// rate is never worth less, so their ends are enough.
    fn tried(&self, most: i64) -> Vec<i64> {
        if self.lever != Lever::Calls {
            return vec![0, most];
        }
        let mut all: Vec<i64> = (0..=CALLS_STEPS).map(|it| it * CALLS_STEP).collect();
        let mut last = CALLS_STEPS * CALLS_STEP;
        while last < most {
            last = (last * 5 / 4).min(most);
            all.push(last);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::super::answer::Answer;
    use super::*;

    fn at(asked: Asked) -> Answer {
        Answer::to(asked).unwrap()
    }

    fn hour_with(answer: &Answer, needed: &Needed, value: i64) -> Option<f64> {
        let Needed { model, lever, .. } = *needed;
        let asked = Trial { model, lever, asked: &answer.asked }.asked_with(value);
        hour(&Projection::read(&model.scenario(&asked)).unwrap())
    }

    #[test]
    fn what_is_found_does_it_and_a_hundredth_less_does_not() {
        let usual = Asked::default;
        let askeds = [
            usual(),
            usual().with(Key::Direct, 10_000),
            usual().with(Key::Calls, 600),
            usual().with(Key::Rent, 0).with(Key::Calls, 150),
            usual().with(Key::Bring, 2_000).with(Key::GroupSplit, 8_000),
        ];
        let mut found_some = 0;
        for asked in askeds {
            let answer = at(asked);
            let target = hour(&answer.first().course).unwrap();
            for needed in &answer.needed {
                let Some(Found::At(value)) = needed.found else { continue };
                let reaches =
                    |value| hour_with(&answer, needed, value).is_some_and(|it| target <= it);
                assert!(reaches(value), "{needed:?}");
                assert!(value == 0 || !reaches(value - 1), "{needed:?}");
                found_some += 1;
            }
        }
        assert!(9 < found_some, "{found_some}");
    }

    #[test]
    fn what_is_found_is_the_same_whatever_stood_there() {
        let levers: [(Model, &[i64]); 4] = [
            (Model::Ours, &[0, 280, 400, 600, 800, 871, 1_000, 1_200]),
            (Model::Job, &[0, 3_000, 5_000]),
            (Model::HighSplit, &[0, 5_000, 8_000]),
            (Model::Network, &[0, 5_000, 9_000]),
        ];
        for rent in [0, 40_000, 150_000] {
            let usual = Asked::default().with(Key::Rent, rent);
            let target = 3_500.0;
            for (model, starts) in levers {
                let lever = match model {
                    Model::Ours => Lever::Calls,
                    Model::Network => Lever::Rate,
                    _ => Lever::Split,
                };
                let found = starts.iter().map(|start| {
                    let asked = Trial { model, lever, asked: &usual }.asked_with(*start);
                    Trial { model, lever, asked: &asked }.least(hour, target).unwrap()
                });
                let found: Vec<Found> = found.collect();
                assert!(found.iter().all(|it| *it == found[0]), "{model:?}, {rent}: {found:?}");
            }
        }
    }

    #[test]
    fn more_calls_than_reach_the_most_of_a_month_are_not_found_for_a_price_by_the_call() {
        let few = Asked::default().with_calls(Model::Ours, 280);
        let scenario = |calls: i64| {
            let trial = Trial { model: Model::Ours, lever: Lever::Calls, asked: &few };
            Model::Ours.scenario(&trial.asked_with(calls))
        };

        assert_eq!(scenario(280)["fees"][1]["unit"], "inquiry");
        assert_eq!(scenario(1_200)["fees"][1]["unit"], "month", "as it would be typed");
    }

    #[test]
    fn what_is_tried_has_her_own_figure_in_it() {
        let answer = at(Asked::default().with(Key::Calls, 2_800).with(Key::Fee, 143_000));
        let of_calls = answer.needed.iter().filter(|it| it.lever == Lever::Calls);
        for it in of_calls {
            if let Some(Found::NoneTo(most)) = it.found {
                assert!(2_800 <= most, "{it:?}");
            }
        }
        let says: Vec<String> =
            answer.needed.iter().map(|it| super::super::says::needs(it, &answer)).collect();
        assert!(says.iter().all(|it| !it.contains("up to 12 a week")), "{says:?}");
        let fewer = "instead of 28; to answer more than can be seen costs hours.";
        assert!(says.iter().any(|it| it.ends_with(fewer)), "fewer calls, and why: {says:?}");

        let rich = Asked::default().with(Key::Rate, 90_000);
        let trial = Trial { model: Model::Network, lever: Lever::Rate, asked: &rich };
        assert_eq!(trial.most(), 90_000);
    }

    #[test]
    fn the_belief_has_the_figures_of_the_table() {
        for asked in [Asked::default(), Asked::default().with(Key::Calls, 60)] {
            let answer = at(asked);
            let row = |model| answer.row(model).unwrap();
            let (high, low) = (row(Model::HighSplit), row(Model::Group));
            let it = &answer.believed;

            assert_eq!(it.keeps_more, to_dollars(high.kept()) - to_dollars(low.kept()));
            assert_eq!(it.hours_more, high.hours() - low.hours());
        }
    }
}

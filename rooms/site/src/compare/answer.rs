//! The answer: seven models on one basis, in the order of what an hour is worth, and which of them
//! the figures speak for. It is worked out from what was asked and from nothing else.

use economics::{Bands, Error, Projection, Uncertain, monte_carlo};
use serde_json::Value;

use super::asked::Asked;
use super::figures::Key;
use super::gains::Gains;
use super::models::Model;
use super::protects::of_two;
use super::truths::{Believed, Needed};

/// Runs of each model. The same luck for all: each begins with the same seed.
pub(super) const RUNS: usize = 200;
/// The seed of that luck.
const SEED: u64 = 24;

/// One model, answered.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) model: Model,
    pub(super) scenario: Value,
    /// Its expected course.
    pub(super) course: Projection,
    /// Its runs; what a page shows is their middle.
    pub(super) bands: Bands,
    pub(super) gains: Gains,
}

impl Row {
    fn of(model: Model, asked: &Asked) -> Result<Self, Error> {
        let scenario = model.scenario(asked);
        let course = Projection::read(&scenario)?;
        let bands = monte_carlo(&scenario, SEED, RUNS, &unsure(model, asked))?;
        let gains = Gains::of(model, asked);
        Ok(Self { model, scenario, course, bands, gains })
    }

    /// What an hour is worth, in cents; none where no hour was worked.
    pub(super) fn hour(&self) -> Option<i64> {
        self.bands.effective_hour_cents.p50.map(rounded)
    }

    /// What is kept, in cents.
    pub(super) fn kept(&self) -> i64 {
        rounded(self.bands.kept_cents.p50.unwrap_or_default())
    }

    /// Hours worked.
    pub(super) fn hours(&self) -> i64 {
        rounded(self.bands.hours_total.p50.unwrap_or_default())
    }
}

/// The whole answer.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) asked: Asked,
    /// The highest hour first.
    pub(super) rows: Vec<Row>,
    /// The model that the figures, and the two that matter most, speak for.
    pub(super) named: Model,
    /// What would have to be true for the others.
    pub(super) needed: Vec<Needed>,
    /// The belief about splits, from both sides.
    pub(super) believed: Believed,
    /// What moves the hour of the first model most.
    pub(super) moves: Vec<Moves>,
}

/// How far one figure moves the hour.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Moves {
    pub(super) key: Key,
    /// The figure at its low and high, in hundredths, and the hour there.
    pub(super) low: (i64, Option<i64>),
    pub(super) high: (i64, Option<i64>),
}

impl Answer {
    /// Works out everything.
    ///
    /// # Errors
    /// As the engine says; what [`super::asked::read`] lets through has none.
    pub(super) fn to(asked: Asked) -> Result<Self, Error> {
        let rows: Result<Vec<Row>, Error> =
            Model::for_asked(&asked).map(|model| Row::of(model, &asked)).collect();
        let mut rows = rows?;
        rows.sort_by_key(|row| std::cmp::Reverse(row.hour()));
        let named = named(&rows, asked.two);
        let needed = Needed::of(&rows, &asked)?;
        let believed = Believed::of(&rows, &asked)?;
        let moves = moves(&rows[0], &asked)?;
        Ok(Self { asked, rows, named, needed, believed, moves })
    }

    /// The row of a model; none where it makes no sense for what was asked.
    pub(super) fn row(&self, model: Model) -> Option<&Row> {
        self.rows.iter().find(|row| row.model == model)
    }

    /// The row of the highest hour.
    pub(super) fn first(&self) -> &Row {
        &self.rows[0]
    }

    /// The row of the most kept.
    pub(super) fn keeps_most(&self) -> &Row {
        self.rows.iter().max_by_key(|row| row.kept()).unwrap_or(&self.rows[0])
    }
}

/// Of those that protect the two best, the highest hour; without two, the highest hour of all.
/// `rows` stand in the order of the hour.
fn named(rows: &[Row], two: Option<(usize, usize)>) -> Model {
    let protection = |row: &Row| two.map_or(0, |two| of_two(row.model, two));
    let best = rows.iter().map(protection).max().unwrap_or_default();
    let first = rows.iter().find(|row| protection(row) == best);
    first.map_or(Model::Solo, |row| row.model)
}

/// What is drawn anew in each run, around what was typed: calls, long stays, minutes for notes,
/// what plans do not pay.
pub(super) fn unsure(model: Model, asked: &Asked) -> Vec<Uncertain> {
    let around = |path: &str, mode: f64, (less, more): (f64, f64), most: f64| Uncertain {
        path: path.to_owned(),
        low: mode * less,
        mode,
        high: (mode * more).min(most).max(mode),
    };
    #[expect(clippy::cast_precision_loss, reason = "at most ten digits")]
    let calls = asked.calls(model) as f64 / 100.0;
    let mut all = vec![
        around("/leads/per_week", calls, (0.6, 1.4), 500.0),
        around("/hours/note_min", asked.real(Key::Note), (0.6, 1.6), 1_440.0),
    ];
    let stay = asked.real(Key::LongWeeks);
    let mut long = around("/episodes/2/mean_weeks", stay, (0.6, 1.5), 5_200.0);
    long.low = long.low.max(1.0);
    all.push(long);
    if !asked.is_direct() && model != Model::Network {
        let at = usize::from(0 < asked.get(Key::Direct));
        let path = format!("/payers/{at}/plan_loss_bp");
        all.push(around(&path, asked.share(Key::Loss) * 1e4, (0.25, 3.0), 10_000.0));
    }
    all
}

/// Figures that are varied over their usual range.
const VARIED: [Key; 7] =
    [Key::Calls, Key::Kept, Key::Note, Key::LongWeeks, Key::Open, Key::Fit, Key::Other];

/// What each figure does to the hour, the one that moves it most first. Each is typed anew at its
/// ends, so that a price which follows the volume follows it here too.
pub(super) fn moves(row: &Row, asked: &Asked) -> Result<Vec<Moves>, Error> {
    let hour_at = |key: Key, value: i64| -> Result<(i64, Option<f64>), Error> {
        let typed = match key {
            Key::Calls => asked.clone().with_calls(row.model, value),
            _ => asked.clone().with(key, value),
        };
        let course = Projection::read(&row.model.scenario(&typed))?;
        Ok((value, course.effective_hour_cents))
    };
    let mut found = Vec::with_capacity(VARIED.len());
    for key in VARIED {
        let (low, high) = ends(key, row.model, asked);
        found.push((key, hour_at(key, low)?, hour_at(key, high)?));
    }
    let swing = |low: Option<f64>, high: Option<f64>| match (low, high) {
        (Some(low), Some(high)) => (high - low).abs(),
        _ => 0.0,
    };
    found.sort_by(|(_, a_low, a_high), (_, b_low, b_high)| {
        swing(b_low.1, b_high.1).total_cmp(&swing(a_low.1, a_high.1))
    });
    let shown = |(value, hour): (i64, Option<f64>)| (value, hour.map(rounded));
    let of = |(key, low, high)| Moves { key, low: shown(low), high: shown(high) };
    Ok(found.into_iter().map(of).collect())
}

/// What is usual for a figure, and what was typed.
fn ends(key: Key, model: Model, asked: &Asked) -> (i64, i64) {
    let (low, high) = super::figures::of(key).range;
    let typed = if key == Key::Calls { asked.calls(model) } else { asked.get(key) };
    let high = match key {
        Key::Kept => high.min(10_000 - asked.get(Key::Late) - asked.get(Key::NoShow)),
        _ => high,
    };
    (low.min(typed), high.max(typed))
}

/// To the nearest whole, halves away from zero.
#[expect(clippy::cast_possible_truncation, reason = "amounts of a page are far within 64 bits")]
pub(super) fn rounded(value: f64) -> i64 {
    value.round() as i64
}

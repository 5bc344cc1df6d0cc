//! Lives that chance draws: whole people instead of fractions, and a band instead of a line.

use serde::Serialize;
use serde_json::Value;

use crate::chance::SplitMix64;
use crate::percentile::of_sorted;
use crate::projection::{Course, Projection, Walk, Water};
use crate::questions::Metric;
use crate::scenario::{Caseload, Episode, Scenario, Varied};
use crate::weeks::expected;
use crate::{Error, ratio};

mod drawn;

use drawn::Drawing;

/// An input that is not known exactly, as a triangle.
#[derive(Debug, Clone, PartialEq)]
pub struct Uncertain {
    /// A JSON pointer into the scenario, as `/leads/per_week`.
    pub path: String,
    /// It is never less.
    pub low: f64,
    /// It is most likely about this.
    pub mode: f64,
    /// It is never more.
    pub high: f64,
}

/// Bands of many lives.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bands {
    /// How many lives.
    pub reps: usize,
    /// In how many of them money comes to stay above water.
    pub share_breaking_even: f64,
    /// Kept over the horizon.
    pub kept_cents: Band,
    /// Kept ÷ hours, of those lives that have hours.
    pub effective_hour_cents: Band,
    /// Sessions held.
    pub attended: Band,
    /// All hours.
    pub hours_total: Band,
}

/// One figure over many lives; all none when no life has it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Band {
    /// Lives that have the figure.
    pub n: usize,
    /// Its mean.
    pub mean: Option<f64>,
    /// One life in twenty has less.
    pub p05: Option<f64>,
    /// A quarter has less.
    pub p25: Option<f64>,
    /// Half has less: the number that a page with a band shows.
    pub p50: Option<f64>,
    /// Three quarters have less.
    pub p75: Option<f64>,
    /// One in twenty has more.
    pub p95: Option<f64>,
}

impl Band {
    #[expect(clippy::cast_precision_loss, reason = "counts of lives are small numbers")]
    fn of(mut values: Vec<f64>) -> Self {
        values.sort_unstable_by(f64::total_cmp);
        let at = |p| of_sorted(&values, p);
        Self {
            n: values.len(),
            mean: ratio(values.iter().sum(), values.len() as f64),
            p05: at(0.05),
            p25: at(0.25),
            p50: at(0.5),
            p75: at(0.75),
            p95: at(0.95),
        }
    }
}

/// How often one of two is more.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Odds {
    /// Pairs of lives in which both figures are known.
    pub n: usize,
    /// In how many of them the first is more; ties count half. None of none.
    pub share_a_better: Option<f64>,
}

/// Bands from chance and from uncertain inputs.
///
/// # Errors
/// As [`Scenario::read`]; `E_RANGE` where part of a client is to begin with.
#[expect(clippy::cast_precision_loss, reason = "counts of lives are small numbers")]
pub fn monte_carlo(
    scenario: &Value,
    seed: u64,
    reps: usize,
    uncertain: &[Uncertain],
) -> Result<Bands, Error> {
    let mut lives = Lives::new(scenario, uncertain)?;
    let mut master = SplitMix64::new(seed);
    let list = || Vec::with_capacity(reps);
    let (mut kept, mut hour, mut attended, mut hours) = (list(), list(), list(), list());
    let mut breaking_even = 0;
    for _ in 0..reps {
        let life = lives.live(master.draw())?;
        let total = life.course.hours.total();
        kept.push(life.course.money.kept());
        hour.extend(ratio(life.course.money.kept(), total));
        attended.push(life.course.flows.sum.attended);
        hours.push(total);
        breaking_even += usize::from(life.breaks_even);
    }
    Ok(Bands {
        reps,
        share_breaking_even: breaking_even as f64 / reps as f64,
        kept_cents: Band::of(kept),
        effective_hour_cents: Band::of(hour),
        attended: Band::of(attended),
        hours_total: Band::of(hours),
    })
}

/// One model with what is unsure about it.
pub(crate) struct Unsure<'a> {
    pub(crate) scenario: &'a Value,
    pub(crate) uncertain: &'a [Uncertain],
}

/// How often `a` is more than `b`, each pair of lives from one seed.
#[expect(clippy::cast_precision_loss, reason = "counts of lives are small numbers")]
pub(crate) fn odds(
    a: &Unsure<'_>,
    b: &Unsure<'_>,
    seed: u64,
    reps: usize,
    metric: Metric,
) -> Result<Odds, Error> {
    let mut lives_a = Lives::new(a.scenario, a.uncertain).map_err(|error| error.within("a"))?;
    let mut lives_b = Lives::new(b.scenario, b.uncertain).map_err(|error| error.within("b"))?;
    let mut master = SplitMix64::new(seed);
    let (mut n, mut better) = (0_usize, 0.0);
    for _ in 0..reps {
        let seed = master.draw();
        let figures = (lives_a.figure(seed, metric)?, lives_b.figure(seed, metric)?);
        let (Some(a), Some(b)) = figures else { continue };
        n += 1;
        better += if a == b { 0.5 } else { f64::from(b < a) };
    }
    Ok(Odds { n, share_a_better: ratio(better, n as f64) })
}

/// Lives of one model, one after the other in the same memory.
struct Lives<'a> {
    uncertain: &'a [Uncertain],
    scenario: Varied<'a>,
    drawing: Drawing,
    walk: Walk,
}

/// One life.
struct Life {
    course: Course,
    breaks_even: bool,
}

impl<'a> Lives<'a> {
    fn new(scenario: &'a Value, uncertain: &'a [Uncertain]) -> Result<Self, Error> {
        let certain = Scenario::read(scenario)?;
        let is_part = |it: &Episode| it.start_clients.fract() != 0.0;
        if let Some(i) = certain.episodes.iter().position(is_part) {
            let message = "start_clients is a whole number where chance draws whole people";
            return Err(Error::range(format!("episodes/{i}/start_clients"), message));
        }
        // Both ends of every triangle are tried before the first life begins.
        for input in uncertain {
            for end in [input.low, input.high] {
                Scenario::read_with(scenario, &[(&input.path, end)])?;
            }
        }
        let paths = uncertain.iter().map(|input| input.path.as_str());
        let scenario = Varied::new(scenario, certain, paths);
        Ok(Self { uncertain, scenario, drawing: Drawing::default(), walk: Walk::default() })
    }

    fn live(&mut self, seed: u64) -> Result<Life, Error> {
        let Self { uncertain, scenario, drawing, walk } = self;
        let mut random = SplitMix64::new(seed);
        let drawn = |it: &Uncertain| random.triangular(it.low, it.mode, it.high);
        let scenario = scenario.with(uncertain.iter().map(drawn))?;
        walk.begin(scenario);
        match scenario.caseload {
            Caseload::Leads => {
                drawing.draw(scenario, &mut random, |week, it| walk.pass(scenario, week, it));
            }
            Caseload::Curve { .. } => {
                expected(scenario, |week, it| walk.pass(scenario, week, it));
            }
        }
        let mut water = Water::default();
        let course = walk.course(scenario, |month| water.flow(month.cash));
        Ok(Life { course, breaks_even: water.break_even_month().is_some() })
    }

    fn figure(&mut self, seed: u64, metric: Metric) -> Result<Option<f64>, Error> {
        let course = self.live(seed)?.course;
        let scenario = self.scenario.as_it_is();
        Ok(match metric {
            Metric::Kept => Some(course.money.kept()),
            Metric::EffectiveHour => ratio(course.money.kept(), course.hours.total()),
            Metric::EffectiveSplit => ratio(course.money.kept(), course.money.collected)
                .filter(|_| scenario.shows_allowed()),
            _ => metric.of(&Projection::of(scenario)),
        })
    }
}

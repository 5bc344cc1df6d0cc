//! Lives that chance draws: whole people instead of fractions, and a band instead of a line.

use serde::Serialize;
use serde_json::Value;

use crate::chance::SplitMix64;
use crate::percentile::of_sorted;
use crate::projection::{Course, Walk, Water};
use crate::questions::Metric;
use crate::scenario::{Attendance, Caseload, Scenario};
use crate::weeks::{Week, expected, mean_visits, working};
use crate::{Error, ratio};

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
        values.sort_by(f64::total_cmp);
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
    let lives = Lives::new(scenario, uncertain)?;
    let mut master = SplitMix64::new(seed);
    let (mut kept, mut hour, mut attended, mut hours) = (vec![], vec![], vec![], vec![]);
    let mut breaking_even = 0;
    for _ in 0..reps {
        let (_, course) = lives.live(master.draw())?;
        let total = course.hours.total();
        kept.push(course.money.kept());
        hour.extend(ratio(course.money.kept(), total));
        attended.push(course.flows.sum.attended);
        hours.push(total);
        let stays_above = Water::of(&course.monthly.cash_cents).break_even_month.is_some();
        breaking_even += usize::from(stays_above);
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
    let lives_a = Lives::new(a.scenario, a.uncertain).map_err(|error| error.within("a"))?;
    let lives_b = Lives::new(b.scenario, b.uncertain).map_err(|error| error.within("b"))?;
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

struct Lives<'a> {
    scenario: &'a Value,
    uncertain: &'a [Uncertain],
    certain: Scenario,
}

impl<'a> Lives<'a> {
    fn new(scenario: &'a Value, uncertain: &'a [Uncertain]) -> Result<Self, Error> {
        let certain = Scenario::read(scenario)?;
        let is_whole = certain.episodes.iter().position(|it| it.start_clients.fract() != 0.0);
        if let Some(i) = is_whole {
            let message = "start_clients is a whole number where chance draws whole people";
            return Err(Error::range(format!("episodes/{i}/start_clients"), message));
        }
        // Both ends of every triangle are tried before the first life begins.
        for input in uncertain {
            for end in [input.low, input.high] {
                Scenario::read_with(scenario, &[(&input.path, end)])?;
            }
        }
        Ok(Self { scenario, uncertain, certain })
    }

    fn live(&self, seed: u64) -> Result<(Scenario, Course), Error> {
        let mut random = SplitMix64::new(seed);
        let draw = |input: &'a Uncertain| {
            (input.path.as_str(), random.triangular(input.low, input.mode, input.high))
        };
        let changes: Vec<(&str, f64)> = self.uncertain.iter().map(draw).collect();
        let scenario = match changes.is_empty() {
            true => self.certain.clone(),
            false => Scenario::read_with(self.scenario, &changes)?,
        };
        let mut walk = Walk::new(&scenario);
        match scenario.caseload {
            Caseload::Leads => drawn(&scenario, &mut random, |week, it| walk.pass(week, it)),
            Caseload::Curve { .. } => expected(&scenario, |week, it| walk.pass(week, it)),
        }
        let course = walk.course();
        drop(walk);
        Ok((scenario, course))
    }

    fn figure(&self, seed: u64, metric: Metric) -> Result<Option<f64>, Error> {
        let (scenario, course) = self.live(seed)?;
        Ok(match metric {
            Metric::Kept => Some(course.money.kept()),
            Metric::EffectiveHour => ratio(course.money.kept(), course.hours.total()),
            Metric::EffectiveSplit => ratio(course.money.kept(), course.money.collected)
                .filter(|_| scenario.shows_allowed()),
            _ => metric.of(&crate::Projection::of(&scenario)),
        })
    }
}

/// Calls `each` with every working week as chance draws it. The order of draws is part of the
/// result: inquiries, offers, acceptances, starts, who still waits, classes of the admitted,
/// visits, outcomes of bookings, departures.
fn drawn(scenario: &Scenario, random: &mut SplitMix64, mut each: impl FnMut(usize, Week)) {
    let Scenario { leads, episodes, capacity, attendance, .. } = scenario;
    let mean_visits = mean_visits(episodes);
    let mut clients: Vec<u32> = episodes.iter().map(|it| whole(it.start_clients)).collect();
    let mut waiting = 0;
    for week in working(scenario) {
        let inquiries = random.poisson(leads.per_week * leads.ramp.at(week, leads.start_week));
        let offered = random.successes(inquiries, leads.offered);
        let accepted = random.successes(offered, leads.accepted);
        let want = random.successes(accepted, leads.started) + waiting;

        let room = match mean_visits == 0.0 {
            true => 0,
            false => {
                let free = (capacity - visits(scenario, &clients)).max(0.0);
                whole((free / mean_visits + 1e-9).floor())
            }
        };
        let admitted = want.min(room);
        waiting = random.successes(want - admitted, leads.wait_kept);
        for _ in 0..admitted {
            clients[class_of(scenario, random.uniform())] += 1;
        }
        let active: u32 = clients.iter().sum();
        let mut booked = 0;
        for (&count, episode) in clients.iter().zip(episodes) {
            let (whole_visits, part) =
                (episode.visits_per_week.floor(), episode.visits_per_week.fract());
            booked += count * whole(whole_visits);
            if 0.0 < part {
                booked += random.successes(count, part);
            }
        }
        let booked = booked.min(whole(capacity.floor()));
        let (attended, late_cancel, no_show) = outcomes(attendance, booked, random);
        each(
            week,
            Week {
                inquiries: f64::from(inquiries),
                accepted: f64::from(accepted),
                admitted: f64::from(admitted),
                demand: visits(scenario, &clients),
                active: f64::from(active),
                booked: f64::from(booked),
                attended: f64::from(attended),
                late_cancel: f64::from(late_cancel),
                no_show: f64::from(no_show),
            },
        );
        for (count, episode) in clients.iter_mut().zip(episodes) {
            *count -= random.successes(*count, 1.0 / episode.mean_weeks);
        }
    }
}

fn class_of(scenario: &Scenario, u: f64) -> usize {
    let mut cumulated = 0.0;
    let is_over = |share: f64| {
        cumulated += share;
        u < cumulated
    };
    let mut shares = scenario.episodes.iter().map(|episode| episode.share);
    shares.position(is_over).unwrap_or(scenario.episodes.len() - 1)
}

fn outcomes(odds: &Attendance, booked: u32, random: &mut SplitMix64) -> (u32, u32, u32) {
    let late = odds.attended + odds.late_cancel;
    let missed = late + odds.no_show;
    let (mut attended, mut late_cancel, mut no_show) = (0, 0, 0);
    for _ in 0..booked {
        let u = random.uniform();
        if u < odds.attended {
            attended += 1;
        } else if u < late {
            late_cancel += 1;
        } else if u < missed {
            no_show += 1;
        } else {
            attended += random.successes(1, odds.refill);
        }
    }
    (attended, late_cancel, no_show)
}

fn visits(scenario: &Scenario, clients: &[u32]) -> f64 {
    let of = |(episode, &count): (&crate::scenario::Episode, &u32)| {
        episode.visits_per_week * f64::from(count)
    };
    scenario.episodes.iter().zip(clients).map(of).sum()
}

/// Rounded down; the readers keep every number that comes here within a few hundred thousand.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "zero to 10^6")]
fn whole(number: f64) -> u32 {
    number as u32
}

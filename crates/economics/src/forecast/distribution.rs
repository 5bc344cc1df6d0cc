//! How many sessions a week will hold: exact by convolution, mixed over kinds of week.

use super::{Calendar, NEARLY, WeekAhead};

/// The probability of each number of sessions, from none on.
pub(super) fn of_week(calendar: &Calendar, week: &WeekAhead) -> Vec<f64> {
    let (m, k) = (calendar.prior_held, calendar.prior_strength);
    let mut held: Vec<f64> = Vec::with_capacity(week.bookings.len() + week.first_visits.len());
    for &(past_held, past_due) in &week.bookings {
        let trials = k + past_due;
        held.push(if trials == 0.0 { m } else { (k * m + past_held) / trials });
    }
    held.extend(&week.first_visits);

    let room = room(week, held.len());
    let late = truncated_poisson(week.pickup_mean * week.season, room);
    let mut mixed = vec![0.0; held.len() + room + 1];
    for shock in &calendar.shocks {
        let mut likely = vec![1.0];
        for &p in &held {
            let against = (1.0 - p) * shock.odds;
            likely = convolved_with_trial(&likely, if p == 0.0 { 0.0 } else { p / (p + against) });
        }
        for (i, a) in likely.iter().enumerate() {
            for (j, b) in late.iter().enumerate() {
                mixed[i + j] += shock.weight * a * b;
            }
        }
    }
    mixed
}

pub(super) fn mean(likely: &[f64]) -> f64 {
    counted(likely).map(|(count, p)| count * p).sum()
}

/// The least number that is not exceeded with probability `p`.
pub(super) fn quantile(likely: &[f64], p: f64) -> usize {
    let mut below = 0.0;
    let reaches = |mass: &f64| {
        below += mass;
        p - NEARLY <= below
    };
    likely.iter().position(reaches).unwrap_or(likely.len().saturating_sub(1))
}

/// How likely fewer than `line` are held.
pub(super) fn below(likely: &[f64], line: i64) -> f64 {
    likely.iter().take(usize::try_from(line).unwrap_or(0)).fold(0.0, |sum, mass| sum + mass)
}

#[expect(clippy::cast_precision_loss, reason = "sessions of a week")]
fn counted(likely: &[f64]) -> impl Iterator<Item = (f64, f64)> + '_ {
    likely.iter().enumerate().map(|(count, p)| (count as f64, *p))
}

/// Openings that nobody has booked.
fn room(week: &WeekAhead, booked: usize) -> usize {
    usize::try_from(week.capacity).unwrap_or(0).saturating_sub(booked)
}

fn convolved_with_trial(likely: &[f64], p: f64) -> Vec<f64> {
    let mut next = vec![0.0; likely.len() + 1];
    for (count, mass) in likely.iter().enumerate() {
        next[count] += mass * (1.0 - p);
        next[count + 1] += mass * p;
    }
    next
}

/// Poisson, with all that does not fit the room in its last place.
fn truncated_poisson(mean: f64, room: usize) -> Vec<f64> {
    let mut likely = Vec::with_capacity(room + 1);
    let mut term = (-mean).exp();
    let mut sum = 0.0;
    for count in 1..=room {
        likely.push(term);
        sum += term;
        #[expect(clippy::cast_precision_loss, reason = "openings of a week")]
        let count = count as f64;
        term *= mean / count;
    }
    likely.push((1.0 - sum).max(0.0));
    likely
}

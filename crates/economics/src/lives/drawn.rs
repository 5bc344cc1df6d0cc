//! The weeks of one life as chance draws them: whole people instead of fractions.
//!
//! The order of draws is part of the result: inquiries, offers, acceptances, starts, who still
//! waits, classes of the admitted, visits, outcomes of bookings, departures.

use crate::chance::{Chance, SplitMix64};
use crate::scenario::{Attendance, Episode, Ramp, Scenario, WEEKS_OF_YEAR};
use crate::weeks::{Week, mean_visits, working};

/// What is kept from life to life, so that a life asks for no memory of its own.
#[derive(Default)]
pub(super) struct Drawing {
    grown: Grown,
    classes: Vec<Class>,
}

/// Working weeks, each with how far inquiries have grown in it; the same for all lives in which
/// nothing that they depend on is unsure.
#[derive(Default)]
struct Grown {
    of: Option<(Ramp, usize, usize, [bool; WEEKS_OF_YEAR])>,
    weeks: Vec<(usize, f64)>,
}

/// Clients by how long they stay, and their chances.
struct Class {
    /// That somebody admitted is of this class or of one before it.
    up_to: Chance,
    visits_per_week: f64,
    whole_visits: u32,
    /// That one more visit is wished for than the whole ones.
    visits_more: Chance,
    leaves: Chance,
    clients: u32,
}

/// What becomes of a booked session, each chance with those before it.
struct Outcomes {
    attended: Chance,
    late_cancel: Chance,
    no_show: Chance,
    refill: Chance,
}

impl Drawing {
    /// Calls `each` with every working week of a life.
    pub(super) fn draw(
        &mut self,
        scenario: &Scenario,
        random: &mut SplitMix64,
        mut each: impl FnMut(usize, Week),
    ) {
        self.grown.follow(scenario);
        self.sort(&scenario.episodes);
        let leads = &scenario.leads;
        let [offered, accepted, started, wait_kept] =
            [leads.offered, leads.accepted, leads.started, leads.wait_kept].map(Chance::of);
        let outcomes = Outcomes::of(&scenario.attendance);
        let mean_visits = mean_visits(&scenario.episodes);
        let most_booked = whole(scenario.capacity);
        let mut waiting = 0;
        for &(week, grown) in &self.grown.weeks {
            let inquiries = random.poisson(leads.per_week * grown);
            let offered = random.successes(inquiries, offered);
            let accepted = random.successes(offered, accepted);
            let want = random.successes(accepted, started) + waiting;

            let free = (scenario.capacity - visits(&self.classes)).max(0.0);
            let room = if mean_visits == 0.0 { 0 } else { whole(free / mean_visits + 1e-9) };
            let admitted = want.min(room);
            waiting = random.successes(want - admitted, wait_kept);
            admit(&mut self.classes, admitted, random);

            let (demand, active) = (visits(&self.classes), active(&self.classes));
            let booked = booked(&self.classes, random).min(most_booked);
            let [attended, late_cancel, no_show] = outcomes.draw(booked, random);
            let [inquiries, accepted, admitted] = [inquiries, accepted, admitted].map(f64::from);
            let [active, booked] = [active, booked].map(f64::from);
            let [attended, late_cancel, no_show] = [attended, late_cancel, no_show].map(f64::from);
            each(
                week,
                Week {
                    inquiries,
                    accepted,
                    admitted,
                    demand,
                    active,
                    booked,
                    attended,
                    late_cancel,
                    no_show,
                },
            );
            for class in &mut self.classes {
                class.clients -= random.successes(class.clients, class.leaves);
            }
        }
    }

    /// The classes of a scenario, with those whom a life begins with.
    fn sort(&mut self, episodes: &[Episode]) {
        let mut cumulated = 0.0;
        self.classes.clear();
        self.classes.extend(episodes.iter().map(|it| {
            cumulated += it.share;
            Class {
                up_to: Chance::of(cumulated),
                visits_per_week: it.visits_per_week,
                whole_visits: whole(it.visits_per_week),
                visits_more: Chance::of(it.visits_per_week.fract()),
                leaves: Chance::of(1.0 / it.mean_weeks),
                clients: whole(it.start_clients),
            }
        }));
    }
}

impl Grown {
    fn follow(&mut self, scenario: &Scenario) {
        let leads = &scenario.leads;
        let of = (leads.ramp, leads.start_week, scenario.horizon_months, scenario.is_off);
        if self.of == Some(of) {
            return;
        }
        self.of = Some(of);
        self.weeks.clear();
        let grown = |week| (week, leads.ramp.at(week, leads.start_week));
        self.weeks.extend(working(scenario).map(grown));
    }
}

/// Each of the admitted joins a class: the first whose cumulated share is above the draw.
fn admit(classes: &mut [Class], admitted: u32, random: &mut SplitMix64) {
    let Some(last) = classes.len().checked_sub(1) else { return };
    for _ in 0..admitted {
        let bits = random.bits();
        let before = classes.iter().filter(|class| !class.up_to.is_met_by(bits)).count();
        classes[before.min(last)].clients += 1;
    }
}

fn visits(classes: &[Class]) -> f64 {
    classes.iter().map(|class| class.visits_per_week * f64::from(class.clients)).sum()
}

fn active(classes: &[Class]) -> u32 {
    classes.iter().map(|class| class.clients).sum()
}

/// Sessions that are wished for. Whole visits need no draw.
fn booked(classes: &[Class], random: &mut SplitMix64) -> u32 {
    let mut booked = 0;
    for class in classes {
        booked += class.clients * class.whole_visits;
        if class.visits_more != Chance::NONE {
            booked += random.successes(class.clients, class.visits_more);
        }
    }
    booked
}

impl Outcomes {
    fn of(attendance: &Attendance) -> Self {
        let late = attendance.attended + attendance.late_cancel;
        Self {
            attended: Chance::of(attendance.attended),
            late_cancel: Chance::of(late),
            no_show: Chance::of(late + attendance.no_show),
            refill: Chance::of(attendance.refill),
        }
    }

    /// Attended, canceled late, not shown up. Who cancels in time leaves an hour that may be
    /// filled again, by a draw of its own: the only branch, and a rare one.
    fn draw(&self, booked: u32, random: &mut SplitMix64) -> [u32; 3] {
        let (mut attended, mut up_to_late, mut in_time, mut refilled) = (0, 0, 0, 0);
        for _ in 0..booked {
            let bits = random.bits();
            attended += u32::from(self.attended.is_met_by(bits));
            up_to_late += u32::from(self.late_cancel.is_met_by(bits));
            if !self.no_show.is_met_by(bits) {
                in_time += 1;
                refilled += u32::from(self.refill.is_met_by(random.bits()));
            }
        }
        [attended + refilled, up_to_late - attended, booked - in_time - up_to_late]
    }
}

/// Rounded down; the readers keep every number that comes here within a few hundred thousand.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "zero to 10^6")]
fn whole(number: f64) -> u32 {
    number as u32
}

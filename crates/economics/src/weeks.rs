//! The expected weeks of a scenario: inquiries become clients, clients become booked sessions.
//!
//! Fluid: fractions of clients, exact in the mean while the cap does not bind. Where it binds,
//! chance only costs, because a free hour cannot be stored: a page with a band shows its median.

use crate::scenario::{Attendance, Caseload, Episode, Leads, Scenario, WEEKS_OF_YEAR};

/// A share of bookings below this is none.
const NOBODY: f64 = 1e-12;

/// What takes place in one working week.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Week {
    pub(crate) inquiries: f64,
    pub(crate) accepted: f64,
    pub(crate) admitted: f64,
    /// Sessions that clients would come to.
    pub(crate) demand: f64,
    /// Clients in care.
    pub(crate) active: f64,
    pub(crate) booked: f64,
    pub(crate) attended: f64,
    pub(crate) late_cancel: f64,
    pub(crate) no_show: f64,
}

impl Attendance {
    /// Of a booked session, the part that is held: attended, or canceled in time and refilled.
    pub(crate) fn held(&self) -> f64 {
        let in_time = 1.0 - self.attended - self.late_cancel - self.no_show;
        // What is left by the last bits of shares that add up to all is nobody.
        let in_time = if in_time < NOBODY { 0.0 } else { in_time };
        self.attended + in_time * self.refill
    }

    pub(crate) fn of(&self, week: Week) -> Week {
        Week {
            attended: week.booked * self.held(),
            late_cancel: week.booked * self.late_cancel,
            no_show: week.booked * self.no_show,
            ..week
        }
    }
}

impl Leads {
    /// Inquiries and accepted ones behind so many admissions: the funnel turned round.
    pub(crate) fn behind(&self, admitted: f64) -> (f64, f64) {
        let over = |part: f64, p: f64| if p == 0.0 { 0.0 } else { part / p };
        let accepted = over(admitted, self.started);
        (over(accepted, self.offered * self.accepted), accepted)
    }
}

/// Calls `each` with every working week of the horizon, in order.
pub(crate) fn expected(scenario: &Scenario, each: impl FnMut(usize, Week)) {
    match scenario.caseload {
        Caseload::Leads => from_leads(scenario, each),
        Caseload::Curve { .. } => from_curve(scenario, each),
    }
}

/// The weeks of the horizon that are not off.
pub(crate) fn working(scenario: &Scenario) -> impl Iterator<Item = usize> + '_ {
    (0..scenario.weeks()).filter(|week| !scenario.is_off[week % WEEKS_OF_YEAR])
}

/// The visits a week of the mean new client.
pub(crate) fn mean_visits(episodes: &[Episode]) -> f64 {
    episodes.iter().map(|episode| episode.share * episode.visits_per_week).sum()
}

fn from_leads(scenario: &Scenario, mut each: impl FnMut(usize, Week)) {
    let Scenario { leads, episodes, capacity, .. } = scenario;
    let mean_visits = mean_visits(episodes);
    let mut clients: Vec<f64> = episodes.iter().map(|episode| episode.start_clients).collect();
    let mut waiting = 0.0;
    for week in working(scenario) {
        let inquiries = leads.per_week * leads.ramp.at(week, leads.start_week);
        let accepted = inquiries * leads.offered * leads.accepted;
        let want = accepted * leads.started + waiting;

        let room = match mean_visits == 0.0 {
            true => 0.0,
            false => ((capacity - visits(episodes, &clients)) / mean_visits).max(0.0),
        };
        let admitted = want.min(room);
        waiting = leads.wait_kept * (want - admitted);

        for (count, episode) in clients.iter_mut().zip(episodes) {
            *count += admitted * episode.share;
        }
        let demand = visits(episodes, &clients);
        let active = clients.iter().sum();
        let booked = demand.min(*capacity);
        let so_far =
            Week { inquiries, accepted, admitted, demand, active, booked, ..Week::default() };
        each(week, scenario.attendance.of(so_far));

        for (count, episode) in clients.iter_mut().zip(episodes) {
            *count *= 1.0 - 1.0 / episode.mean_weeks;
        }
    }
}

fn from_curve(scenario: &Scenario, mut each: impl FnMut(usize, Week)) {
    let Caseload::Curve { sessions_per_week, ramp, turnover } = scenario.caseload else { return };
    let mut before = 0.0;
    for week in working(scenario) {
        let grown = sessions_per_week * ramp.at(week, scenario.leads.start_week);
        let booked = grown.min(scenario.capacity);
        let admitted = (booked - before * (1.0 - turnover)).max(0.0);
        let (inquiries, accepted) = scenario.leads.behind(admitted);
        let (demand, active) = (booked, booked);
        let so_far =
            Week { inquiries, accepted, admitted, demand, active, booked, ..Week::default() };
        each(week, scenario.attendance.of(so_far));
        before = booked;
    }
}

fn visits(episodes: &[Episode], clients: &[f64]) -> f64 {
    episodes.iter().zip(clients).map(|(episode, count)| episode.visits_per_week * count).sum()
}

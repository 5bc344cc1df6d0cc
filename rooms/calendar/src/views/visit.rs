//! One appointment, and a client's list of them.

use ground::html::{
    Act, Button, Empty, Faults, Filled, Heading, Link, Pick, Row, Typed, button, facts, post, rows,
    section, when,
};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};
use maud::{Markup, html};

use super::{At, page};
use crate::model::{Appointment, By, State};
use crate::queries::Outcome;
use crate::words;

/// What the one who looks may do about it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct May {
    /// Book what is held.
    pub book: bool,
    /// Call it off.
    pub cancel: bool,
    /// Say that the client did not come.
    pub miss: bool,
}

/// All that the page of an appointment shows.
#[derive(Debug, Clone)]
pub struct Visit {
    /// Whose pages these are.
    pub at: At,
    /// The appointment.
    pub is: Appointment,
    /// The name of whom it is with.
    pub with: String,
    /// The practice's name.
    pub practice: String,
    /// The practice's wall clock.
    pub zone: TimeZone,
    /// Business time.
    pub now: Timestamp,
    /// The last word on it.
    pub outcome: Option<Outcome>,
    /// What may be done.
    pub may: May,
    /// The week that it stands in.
    pub week: String,
}

impl Visit {
    fn local(&self, at: Timestamp) -> ZonedDateTime {
        at.to_zoned_datetime(self.zone.clone())
    }

    fn policy(&self) -> String {
        let until = self.is.free_until();
        words::policy(&self.practice, &self.local(until), until < self.now)
    }
}

/// The page of one appointment.
pub fn visit(once: &str, it: &Visit, typed: &Typed, faults: &Faults) -> Markup {
    let form = Filled::new(typed, faults);
    let title = words::at(&it.local(it.is.starts_at));
    let back = match it.at {
        At::Practice(..) => Link::to(&*it.week, words::BACK_TO_WEEK),
        At::Me(_) => Link::to("/me/visits", words::BACK_TO_VISITS),
    };
    let main = html! {
        (form.summary())
        (Heading::new(&*title).back(back))
        (what(it))
        @if let Some(session) = session(it) { div.acts { (session) } }
        @if it.may.book { (booking(once, it)) }
        @if it.may.miss { (missing(once, it)) }
        @if it.may.cancel { (canceling(once, it, &form)) }
    };
    page(&title, faults, main)
}

fn what(it: &Visit) -> Markup {
    let span = when::span(&it.local(it.is.starts_at), &it.local(it.is.ends_at));
    let day = when::date_and_year(it.local(it.is.starts_at).date());
    let mut list = vec![(words::WHEN, Some(html! { (day) ", " (span) }))];
    if let (At::Practice(practice, _), Some(client)) = (it.at, &it.is.client) {
        let href = format!("/p/{practice}/clients/{}", client.client);
        list.push((words::WHO, Some(html! { (Link::to(href, &*client.name)) })));
    }
    list.push((words::WITH, Some(html! { (it.with) })));
    list.push((words::WHAT, Some(html! { (it.is.visit) })));
    list.push((words::PLACE, Some(html! { (words::place(it.is.place)) })));
    let became = match (&it.outcome, it.at) {
        (Some(outcome), At::Practice(..)) => {
            let says = words::outcome(outcome.state, outcome.by, outcome.is_late);
            html! { (says) ", " (when::moment(&it.local(outcome.said_at))) }
        }
        _ => html! { (words::state(it.is.state)) },
    };
    list.push((words::BECAME, Some(became)));
    facts(&list, words::NOT_KNOWN)
}

/// The way to the session of what is booked or was kept, for those who work here.
fn session(it: &Visit) -> Option<Button> {
    let At::Practice(practice, _) = it.at else {
        return None;
    };
    if !matches!(it.is.state, State::Booked | State::Kept) {
        return None;
    }
    let to = format!("/p/{practice}/appointments/{}/session", it.is.id);
    Some(Button::go(Link::to(to, words::SESSION)))
}

/// What is held, and the one press that books it.
fn booking(once: &str, it: &Visit) -> Markup {
    let chosen = format!("{}?practice={}", it.at.booking(), it.at.practice());
    html! {
        p {
            @if it.is.is_held(it.now) {
                @if let Some(until) = it.is.held_until { (words::held_until(&it.local(until))) " " }
            }
            (it.policy())
        }
        (post(&format!("{}/booking", it.at.appointment(it.is.id)), once, html! {
            div.acts {
                (button(words::CONFIRM).filled())
                (Button::go(Link::to(chosen, words::CHOOSE_ANOTHER)).quiet())
            }
        }))
    }
}

fn missing(once: &str, it: &Visit) -> Markup {
    let to = format!("{}/outcome", it.at.appointment(it.is.id));
    let form = post(
        &to,
        once,
        html! {
            p.hint { (words::MISSED_WHY) }
            (button(words::SAY_MISSED))
        },
    );
    section(words::SAY, None, form)
}

/// Calling it off. A client does so for themselves; who works here says for whom.
fn canceling(once: &str, it: &Visit, form: &Filled<'_>) -> Markup {
    let to = format!("{}/cancellation", it.at.appointment(it.is.id));
    let body = match it.at {
        At::Me(_) => html! { p { (it.policy()) } },
        At::Practice(..) => {
            let until = words::at(&it.local(it.is.free_until()));
            let client = words::client_cancels(&until, it.is.is_late(By::Client, it.now));
            let picks = [
                Pick::new(By::Client.word(), words::THE_CLIENT).hint(client),
                Pick::new(By::Practice.word(), words::THE_PRACTICE).hint(words::THE_PRACTICE_WHY),
            ];
            html! { (form.radios("for", words::WHO_CANCELS, &picks)) }
        }
    };
    section(
        words::CANCEL,
        None,
        post(
            &to,
            once,
            html! {
                (body)
                (button(words::CANCEL).danger())
            },
        ),
    )
}

/// What a client has booked at one practice.
#[derive(Debug, Clone)]
pub struct Coming {
    /// The practice's name.
    pub practice: String,
    /// Where one books.
    pub at: At,
    /// The practice's wall clock.
    pub zone: TimeZone,
    /// What is booked, with the name of whom it is with, soonest first.
    pub visits: Vec<(Appointment, String)>,
    /// Whether there is anybody to book with.
    pub can_book: bool,
}

/// A client's visits.
pub fn visits(list: &[Coming]) -> Markup {
    let main = html! {
        (Heading::new(words::VISITS))
        @for it in list { (coming(it, list.len())) }
        @if list.is_empty() { (Empty::new(words::NO_VISITS)) }
    };
    page(words::VISITS, &Faults::none(), main)
}

fn coming(it: &Coming, practices: usize) -> Markup {
    let row = |(visit, with): &(Appointment, String)| {
        let at = visit.starts_at.to_zoned_datetime(it.zone.clone());
        let open = Link::to(it.at.appointment(visit.id), words::OPEN).about(words::at(&at));
        Row::new(html! { (when::moment_and_zone(ground::html::Lang::En, &at)) })
            .second(html! { (with) ", " (visit.visit) ", " (words::place(visit.place)) })
            .act(Act::Go(open))
    };
    let visits: Vec<Row> = it.visits.iter().map(row).collect();
    let to = format!("{}?practice={}", it.at.booking(), it.at.practice());
    let name = if practices > 1 { &*it.practice } else { words::COMING };
    let body = html! {
        (rows(&visits, &Empty::new(words::NO_VISITS)))
        @if it.can_book {
            div.acts { (Button::go(Link::to(to, words::BOOK)).filled()) }
        } @else { p { (words::NO_TREATING_YOU) } }
    };
    section(name, None, body)
}

//! Choosing a time: kinds of visit, then days with their open times, each a button that holds it.

use ground::html::{
    Button, Empty, Faults, Heading, Lang, Link, Tab, Tone, button, notice, pagination, post, tabs,
    when,
};
use ids::{ClinicianId, VisitTypeId};
use jiff::Timestamp;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use openings::Reason;
use people::Clinician;

use super::{At, page};
use crate::model::{Place, VisitType};
use crate::words;

/// Days on one page.
pub const DAYS: i64 = 7;

/// What is chosen so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chosen {
    /// With whom.
    pub with: ClinicianId,
    /// What.
    pub visit: VisitTypeId,
    /// Where.
    pub place: Place,
    /// The first day in view.
    pub from: Date,
}

/// All that the page shows.
#[derive(Debug, Clone)]
pub struct Booking {
    /// Whose pages these are.
    pub at: At,
    /// For whom, where somebody else books.
    pub client: Option<String>,
    /// The practice's wall clock.
    pub zone: TimeZone,
    /// Today, by that clock.
    pub today: Date,
    /// With whom one can book.
    pub with: Vec<Clinician>,
    /// What can be booked.
    pub visits: Vec<VisitType>,
    /// What is chosen.
    pub chosen: Chosen,
    /// The open times of the days in view.
    pub starts: Vec<Timestamp>,
    /// The next open time after them, where there is none.
    pub next: Option<Timestamp>,
}

/// A choice that did not work out.
#[derive(Debug, Clone)]
pub struct TooLate {
    /// Why.
    pub why: Vec<Reason>,
    /// What is open instead.
    pub next: Vec<Timestamp>,
}

impl Booking {
    fn to(&self, chosen: Chosen) -> String {
        format!(
            "{}?practice={}&with={}&type={}&place={}&from={}",
            self.at.booking(),
            self.at.practice(),
            chosen.with,
            chosen.visit,
            chosen.place.word(),
            chosen.from
        )
    }

    fn local(&self, at: Timestamp) -> jiff::ZonedDateTime {
        at.to_zoned_datetime(self.zone.clone())
    }
}

/// Where there is nobody to book with, or nothing to book.
pub fn nothing(at: At, client: Option<&str>, says: &str) -> Markup {
    let main = html! {
        (heading(at).lead(html! { @if let Some(client) = client { "For " (client) } }))
        (Empty::new(says))
    };
    page(words::BOOK, &Faults::none(), main)
}

/// The page on which a time is chosen. `too_late` is a choice that did not work out.
pub fn choose(once: &str, it: &Booking, faults: &Faults, too_late: Option<&TooLate>) -> Markup {
    let main = html! {
        (heading(it.at).lead(lead(it)))
        (choices(it))
        (post(&it.at.booking(), once, html! {
            input type="hidden" name="practice" value=(it.at.practice());
            input type="hidden" name="with" value=(it.chosen.with);
            input type="hidden" name="type" value=(it.chosen.visit);
            input type="hidden" name="place" value=(it.chosen.place.word());
            input type="hidden" name="from" value=(it.chosen.from);
            @if let Some(too_late) = too_late { (instead(it, too_late)) }
            @for says in faults.of("at") { p.fault { (says) } }
            (times(it))
        }))
        (days(it))
    };
    page(words::BOOK, faults, main)
}

fn heading(at: At) -> Heading {
    let back = match at {
        At::Practice(practice, id) => {
            Link::to(format!("/p/{practice}/clients/{id}"), words::BACK_TO_CLIENT)
        }
        At::Me(_) => Link::to("/me/visits", words::BACK_TO_VISITS),
    };
    Heading::new(words::BOOK).back(back)
}

/// For whom, what, with whom: all that is chosen but the time.
fn lead(it: &Booking) -> Markup {
    let with = it.with.iter().find(|who| who.id == it.chosen.with);
    let visit = it.visits.iter().find(|visit| visit.id == it.chosen.visit);
    html! {
        @if let Some(client) = &it.client { "For " (client) ". " }
        @if let (Some(visit), Some(with)) = (visit, with) {
            (words::chosen(&visit.name, visit.length_min, &with.name)) " "
        }
        @if it.client.is_none() { (words::BOOK_WHY) }
    }
}

/// Who, what and where, each a row of addresses; a row of one is left out.
fn choices(it: &Booking) -> Markup {
    let tab = |is_here, chosen: Chosen, text: &str| {
        let tab = Tab::new(it.to(chosen), text);
        if is_here { tab.here() } else { tab }
    };
    let with = it
        .with
        .iter()
        .map(|who| tab(who.id == it.chosen.with, Chosen { with: who.id, ..it.chosen }, &who.name));
    let visits = it.visits.iter().map(|visit| {
        let text = format!("{}, {} min", visit.name, visit.length_min);
        tab(visit.id == it.chosen.visit, Chosen { visit: visit.id, ..it.chosen }, &text)
    });
    let visit = it.visits.iter().find(|visit| visit.id == it.chosen.visit);
    let places = visit.map(VisitType::places).unwrap_or_default();
    let places = places.iter().map(|place| {
        let chosen = Chosen { place: *place, ..it.chosen };
        tab(*place == it.chosen.place, chosen, words::place(*place))
    });
    let rows: [(&str, Vec<Tab>); 3] = [
        (words::WITH, with.collect()),
        (words::KIND, visits.collect()),
        (words::PLACE, places.collect()),
    ];
    html! {
        div.choosing {
            @for (label, row) in rows {
                @if row.len() > 1 { (tabs(label, &row)) }
            }
        }
    }
}

/// What is said to whoever came too late, with the next open times as buttons.
fn instead(it: &Booking, too_late: &TooLate) -> Markup {
    let body = html! {
        @if too_late.next.is_empty() { p { (words::NO_NEXT) } }
        @else {
            p { (words::NEXT_TIMES) }
            ul.clock-times {
                @for at in &too_late.next {
                    li { (time_button(*at, words::at(&it.local(*at)))) }
                }
            }
        }
    };
    notice(Tone::Warn, words::not_open(&too_late.why), body, None)
}

fn time_button(at: Timestamp, text: String) -> Button {
    button(text).sends("at", at.to_string())
}

/// The days in view that have open times.
fn times(it: &Booking) -> Markup {
    let mut dates: Vec<Date> = it.starts.iter().map(|at| it.local(*at).date()).collect();
    dates.dedup();
    if dates.is_empty() {
        return none(it);
    }
    html! {
        @for date in dates {
            div.open-day role="group" aria-label=(when::day_text(Lang::En, date)) {
                h2 { (when::date(date)) }
                ul.clock-times {
                    @for at in it.starts.iter().filter(|at| it.local(**at).date() == date) {
                        li { (time_button(*at, when::clock_text(it.local(*at).time()))) }
                    }
                }
            }
        }
    }
}

/// No open times in these days, and where the next one is.
fn none(it: &Booking) -> Markup {
    let last = it.chosen.from.saturating_add((DAYS - 1).days());
    let says = words::none_open(
        &when::day_text(Lang::En, it.chosen.from),
        &when::day_text(Lang::En, last),
    );
    let empty = Empty::new(says);
    let empty = match it.next {
        Some(at) => {
            let from = it.local(at).date();
            empty.act(Link::to(it.to(Chosen { from, ..it.chosen }), words::NEXT_OPEN))
        }
        None => empty,
    };
    html! { (empty) }
}

/// Earlier and later days.
fn days(it: &Booking) -> Markup {
    let from = it.chosen.from;
    let last = from.saturating_add((DAYS - 1).days());
    let before = from.saturating_sub(DAYS.days()).max(it.today);
    let link = |from, text: &str| Link::to(it.to(Chosen { from, ..it.chosen }), text);
    let earlier = (it.today < from).then(|| link(before, words::EARLIER));
    let later = link(from.saturating_add(DAYS.days()), words::LATER);
    let says = format!("{} to {}", when::day_text(Lang::En, from), when::day_text(Lang::En, last));
    pagination(words::DAYS, &says, earlier.as_ref(), Some(&later))
}

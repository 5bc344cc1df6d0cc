//! The week: a list of days, each a list in the order of its hours; the style sheet puts each line
//! where its hour is. Places are classes (`at-h9 at-m30 for-h0 for-m53`), since no page may bear a
//! style.

use ground::html::icons::{self, Icon};
use ground::html::{Faults, Heading, Lang, Link, Mark, Tab, hours_legend, tabs, when};
use ids::{ClinicianId, PracticeId};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use maud::{Markup, html};

use super::page;
use crate::model::{Appointment, Place, State};
use crate::week::{self, Day, Ink, Minutes, Week};
use crate::words;

/// All that the page shows.
#[derive(Debug, Clone)]
pub struct WeekPage {
    /// Where.
    pub practice: PracticeId,
    /// Whose week.
    pub whose: ClinicianId,
    /// Whose weeks the one who looks may see, by name.
    pub others: Vec<(ClinicianId, String)>,
    /// Whether it is the week of the one who looks.
    pub is_own: bool,
    /// Whether names are shown.
    pub names: bool,
    /// Its Monday.
    pub monday: Date,
    /// The day in view on a phone.
    pub day: Date,
    /// Today.
    pub today: Date,
    /// The minute of today.
    pub minute: u16,
    /// Business time.
    pub now: Timestamp,
    /// The practice's wall clock.
    pub zone: TimeZone,
    /// What stands in it.
    pub week: Week,
}

impl WeekPage {
    fn to(&self, monday: Date) -> String {
        self.to_whose(self.whose, monday)
    }

    fn to_whose(&self, whose: ClinicianId, monday: Date) -> String {
        format!("/p/{}/week?week={}&who={whose}", self.practice, week::word(monday))
    }

    fn to_day(&self, date: Date) -> String {
        format!("{}&day={date}", self.to(self.monday))
    }
}

/// A clinician's week.
pub fn week(it: &WeekPage) -> Markup {
    let first = it.week.days.first().map_or(it.monday, |day| day.date);
    let last = it.week.days.last().map_or(it.monday, |day| day.date);
    let title = span(first, last);
    let says = words::week_says(it.week.visits, it.week.protected_min);
    let heading = Heading::new(&*title).lead(html! { (says) }).beside(moves(it));
    let main = html! {
        (heading)
        @if it.others.len() > 1 { (whose(it)) }
        (strip(it))
        (grid(it))
        div.week-foot {
            @if !it.week.folded.is_empty() {
                p { (folded(it)) }
            }
            @if it.is_own { p { (Link::to(format!("/p/{}/hours/{}", it.practice, it.whose), words::HOURS)) } }
        }
        (hours_legend())
    };
    page(words::WEEK, &Faults::none(), main)
}

/// "Nov 9 to 13", or "Nov 30 to Dec 4".
fn span(first: Date, last: Date) -> String {
    let month = |date: Date| {
        let text = when::day_text(Lang::En, date);
        text.split_once(", ").map_or(text.clone(), |(_, rest)| rest.to_owned())
    };
    if first.month() == last.month() {
        return format!("{} to {}", month(first), last.day());
    }
    format!("{} to {}", month(first), month(last))
}

fn moves(it: &WeekPage) -> Markup {
    let this = week::monday(it.today);
    html! {
        nav.week-moves aria-label=(words::MOVE) {
            (Link::to(it.to(it.monday.saturating_sub(7.days())), words::EARLIER))
            @if it.monday == this { span.here { (words::THIS_WEEK) } }
            @else { (Link::to(it.to(this), words::THIS_WEEK)) }
            (Link::to(it.to(it.monday.saturating_add(7.days())), words::LATER))
        }
    }
}

fn whose(it: &WeekPage) -> Markup {
    let tab = |(id, name): &(ClinicianId, String)| {
        let tab = Tab::new(it.to_whose(*id, it.monday), name);
        if *id == it.whose { tab.here() } else { tab }
    };
    tabs(words::WHOSE, &it.others.iter().map(tab).collect::<Vec<_>>())
}

/// On a phone: the days, of which one is in view.
fn strip(it: &WeekPage) -> Markup {
    html! {
        nav.week-strip aria-label=(words::DAYS) {
            ul {
                @for day in &it.week.days {
                    li {
                        a href=(it.to_day(day.date))
                            class=[(day.date == it.today).then_some("today")]
                            aria-current=[(day.date == it.day).then_some("date")] {
                            span { (weekday(day.date)) } " " b { (day.date.day()) }
                        }
                    }
                }
            }
        }
    }
}

fn weekday(date: Date) -> String {
    let text = when::day_text(Lang::En, date);
    text.split_once(',').map_or(text.clone(), |(day, _)| day.to_owned())
}

fn folded(it: &WeekPage) -> String {
    let days: Vec<String> = it.week.folded.iter().map(|date| weekday(*date)).collect();
    words::folded(&days)
}

fn grid(it: &WeekPage) -> Markup {
    let (from, to) = (it.week.drawn.from / 60, it.week.drawn.to / 60);
    let days = it.week.days.len();
    html! {
        div class={ "week from-" (from) " to-" (to) " days-" (days) } data-does="week" {
            div.week-hours aria-hidden="true" {
                @for hour in (from + 1)..to {
                    span class={ "at-h" (hour) } { (hour_text(hour)) }
                }
            }
            @for day in &it.week.days { (one_day(it, day)) }
        }
    }
}

/// "8 AM".
fn hour_text(hour: u16) -> String {
    let half = if hour % 24 < 12 { "AM" } else { "PM" };
    let hour = if hour.is_multiple_of(12) { 12 } else { hour % 12 };
    format!("{hour} {half}")
}

fn one_day(it: &WeekPage, day: &Day) -> Markup {
    let is_today = day.date == it.today;
    let id = format!("day-{}", day.date);
    let in_view = if day.date == it.day { " in-view" } else { "" };
    let class = format!("week-day{}{in_view}", if is_today { " today" } else { "" });
    html! {
        section class=(class) aria-labelledby=(id) {
            h2 id=(id) {
                b { (day.date.day()) } " " (weekday(day.date))
                @if is_today { ", " (words::TODAY) }
            }
            ol.week-hours-of {
                @for line in lines(day) {
                    @match line {
                        Line::Ground(minutes, ink) => (ground(it, minutes, ink)),
                        Line::Visit(minutes, visit) => (visit_line(it, minutes, visit)),
                    }
                }
            }
            @if is_today && it.week.drawn.from <= it.minute && it.minute < it.week.drawn.to {
                div class={ "week-now " (at(it.minute)) } aria-hidden="true" {}
            }
        }
    }
}

#[derive(Clone, Copy)]
enum Line<'a> {
    Ground(Minutes, Ink),
    Visit(Minutes, &'a Appointment),
}

impl Line<'_> {
    /// By when it begins; what the hours are for comes before what stands in them.
    fn order(&self) -> (u16, bool) {
        match self {
            Self::Ground(minutes, _) => (minutes.from, false),
            Self::Visit(minutes, _) => (minutes.from, true),
        }
    }
}

fn lines(day: &Day) -> Vec<Line<'_>> {
    let ground = day.ground.iter().map(|(minutes, ink)| Line::Ground(*minutes, *ink));
    let visits = day.visits.iter().map(|(minutes, visit)| Line::Visit(*minutes, visit));
    let mut lines: Vec<Line<'_>> = ground.chain(visits).collect();
    lines.sort_by_key(Line::order);
    lines
}

fn at(minute: u16) -> String {
    format!("at-h{} at-m{}", minute / 60, minute % 60)
}

fn placed(minutes: Minutes) -> String {
    let long = minutes.to - minutes.from;
    format!("{} for-h{} for-m{}", at(minutes.from), long / 60, long % 60)
}

/// "9:00 AM to 5:00 PM", read aloud.
fn said(minutes: Minutes) -> String {
    format!("{} to {}", clock(minutes.from), clock(minutes.to))
}

fn clock(minute: u16) -> String {
    let part = |number: u16| i8::try_from(number).unwrap_or(0);
    when::clock_text(jiff::civil::time(part(minute / 60 % 24), part(minute % 60), 0, 0))
}

/// What an hour is for. The part outside of the drawn hours is cut away, and nothing is left of what
/// lies there whole.
fn ground(it: &WeekPage, minutes: Minutes, ink: Ink) -> Markup {
    let drawn = it.week.drawn;
    let cut = Minutes { from: minutes.from.max(drawn.from), to: minutes.to.min(drawn.to) };
    if cut.to <= cut.from {
        return html! {};
    }
    let (class, word, shown) = match ink {
        Ink::OpenToNew => ("open-to-new", words::OPEN_TO_NEW, false),
        Ink::OpenToCurrent => ("open-to-current", words::OPEN_TO_CURRENT, false),
        Ink::Protected => ("hatched", words::PROTECTED, true),
        Ink::Leave => ("hatched", words::LEAVE, true),
        Ink::Closed => ("closed", words::CLOSED, false),
    };
    html! {
        li class={ "ground " (class) " " (placed(cut)) } {
            @if shown { span.on-paper { (icons::LOCK) " " (word) } }
            @else { span.vh { (word) } }
            span.vh { ", " (said(minutes)) }
        }
    }
}

fn visit_line(it: &WeekPage, minutes: Minutes, visit: &Appointment) -> Markup {
    let name = visit.client.as_ref().filter(|_| it.names).map(|client| client.name.as_str());
    let off = matches!(visit.state, State::Canceled | State::Missed);
    let held = visit.state == State::Held;
    let class = format!(
        "visit {}{}{}",
        placed(minutes),
        if off { " off" } else { "" },
        if held { " held" } else { "" }
    );
    let inside = inside(it, minutes, visit, name);
    html! {
        li class=(class) {
            @match name {
                Some(_) => {
                    a href={ "/p/" (it.practice) "/appointments/" (visit.id) } { (inside) }
                }
                None => div { (inside) },
            }
        }
    }
}

fn inside(it: &WeekPage, minutes: Minutes, visit: &Appointment, name: Option<&str>) -> Markup {
    let local = visit.starts_at.to_zoned_datetime(it.zone.clone());
    let short = local.strftime("%-I:%M").to_string();
    let (icon, word): (Icon, &str) = match visit.place {
        Place::Office => (icons::DOOR, words::place(Place::Office)),
        Place::Video => (icons::CAMERA, words::place(Place::Video)),
    };
    let mark = match visit.state {
        State::Kept => Mark::Done,
        State::Missed | State::Canceled => Mark::Missed,
        State::Held | State::Lapsed | State::Booked => Mark::Planned,
    };
    let is_over = visit.ends_at <= it.now;
    let second = match visit.state {
        State::Held => Some(words::HELD),
        State::Canceled => Some(words::CANCELED),
        State::Missed => Some(words::MISSED),
        State::Booked if is_over && it.is_own => Some(words::SAY),
        _ => name.map(|_| visit.visit.as_str()),
    };
    html! {
        span.first {
            span aria-hidden="true" { (short) " " }
            span.vh { (said(minutes)) ", " }
            b.name { (name.unwrap_or(words::BOOKED_TIME)) }
            span.signs {
                @if name.is_some() { (icon) span.vh { ", " (word) ", " } }
                (mark)
            }
        }
        @if let Some(second) = second { span.second { (second) } }
    }
}

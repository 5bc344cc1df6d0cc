//! The homes as pages: values to HTML.

use ground::duty::Duty;
use ground::frame;
use ground::html::{
    Act, Button, Empty, Faults, Head, Heading, Hour, HourState, Lang, Link, Mark, Place, Row,
    columns_led_by, day, icons, next, rows, section, when,
};
use ground::policy;
use ground::web::assets;
use ids::PracticeId;
use jiff::ZonedDateTime;
use maud::{Markup, html};

use crate::queries::{Coming, Handled, Visit};
use crate::words;

fn page(title: &str, main: Markup) -> Markup {
    frame::page(&Head::new(assets(), title).faults(&Faults::none()), main)
}

/// What the home of a practice shows.
pub(crate) struct Today {
    pub practice: PracticeId,
    pub now: ZonedDateTime,
    pub since: ZonedDateTime,
    /// The day of the one who looks, where they treat.
    pub own: Option<Own>,
    pub duties: Vec<Duty>,
    pub handled: Vec<Handled>,
}

/// The day of a clinician.
pub(crate) struct Own {
    pub visits: Vec<Visit>,
    /// The switch of their intake.
    pub pause: Markup,
}

/// The home of a practice.
pub(crate) fn today(it: &Today) -> Markup {
    let needed = needed(&it.duties, &it.now);
    let handled = section(
        words::HANDLED,
        Some(html! { (words::SINCE) " " (when::moment(&it.since)) }),
        rows(&handled(it), &Empty::new(words::NOTHING_HANDLED)),
    );
    let heading = Heading::new(when::day_text(Lang::En, it.now.date()));
    let main = match &it.own {
        Some(Own { visits, pause }) => html! {
            (heading.lead(html! { (words::visits(visits.len())) }).beside(pause.clone()))
            (next_visit(it, visits))
            (columns_led_by(needed, html! { (own_day(it, visits)) (handled) }))
        },
        None => html! { (heading) (columns_led_by(needed, handled)) },
    };
    page(words::TODAY, main)
}

/// The visit that is now, or else the next one of the day, with the way in.
fn next_visit(it: &Today, visits: &[Visit]) -> Markup {
    let now = it.now.timestamp();
    let Some(visit) = visits.iter().find(|it| it.state == "booked" && now < it.ends_at) else {
        return html! {};
    };
    let starts = visit.starts_at.to_zoned_datetime(it.now.time_zone().clone());
    let client = visit.client.as_deref().unwrap_or(words::KEPT_FREE);
    // A time never breaks across lines.
    let clock = when::clock_text(starts.time()).replace(' ', "\u{a0}");
    let title = format!("{client} at {clock}, {}", how(visit).1);
    let detail = html! { (words::until(visit.starts_at.duration_since(now).as_mins())) };
    let to = Link::to(session(it, visit), words::THE_SESSION).about(client);
    next(&title, detail, html! { (Button::go(to).filled()) })
}

fn session(it: &Today, visit: &Visit) -> String {
    format!("/p/{}/appointments/{}/session", it.practice, visit.appointment)
}

fn how(visit: &Visit) -> (icons::Icon, &'static str) {
    match visit.is_video {
        true => (icons::CAMERA, "by video"),
        false => (icons::DOOR, "in the office"),
    }
}

fn own_day(it: &Today, visits: &[Visit]) -> Markup {
    let week = Link::to(format!("/p/{}/week", it.practice), words::WEEK);
    let hours: Vec<Hour> = visits.iter().map(|visit| hour(it, visit)).collect();
    let empty = Empty::new(words::FREE_DAY)
        .act(Link::to(format!("/p/{}/hours", it.practice), words::OPEN_HOURS));
    section(words::YOUR_DAY, Some(html! { (week) }), day(&hours, &empty))
}

fn hour(it: &Today, visit: &Visit) -> Hour {
    let zone = it.now.time_zone();
    let starts = visit.starts_at.to_zoned_datetime(zone.clone());
    let now = it.now.timestamp();
    let (state, mark) = match visit.state.as_str() {
        "missed" => (HourState::Off, Mark::Missed),
        "kept" => (HourState::Past, Mark::Done),
        _ if visit.ends_at <= now => (HourState::Past, Mark::Planned),
        _ if visit.starts_at <= now => (HourState::Now, Mark::Planned),
        _ => (HourState::Ahead, Mark::Planned),
    };
    let (icon, word) = how(visit);
    let to = session(it, visit);
    let what = visit.client.clone().unwrap_or_else(|| words::KEPT_FREE.into());
    Hour::new(when::clock(starts.time()), &*what, state)
        .mark(mark)
        .how(icon, word)
        .aside(html! { (Link::to(to, words::OPEN).about(what)) })
}

fn needed(duties: &[Duty], now: &ZonedDateTime) -> Markup {
    let zone = now.time_zone();
    let row = |duty: &Duty| {
        let due = duty.due.map(|due| when::moment(&due.to_zoned_datetime(zone.clone())));
        Row::new(html! { (duty.what) })
            .second(html! {
                (duty.why.trim_end_matches('.')) "." @if let Some(due) = due { " By " (due) "." }
            })
            .act(Act::Go(Link::to(&*duty.href, &*duty.action).about(&*duty.what)))
    };
    let list: Vec<Row> = duties.iter().map(row).collect();
    let count = (!list.is_empty()).then(|| html! { (list.len()) });
    section(words::NEEDS_YOU, count, rows(&list, &Empty::new(words::NOTHING_NEEDED)))
}

fn handled(it: &Today) -> Vec<Row> {
    let row = |line: &Handled| {
        let says = words::did(&line.act).or_else(|| policy::Act::says(&line.act));
        let says = says.unwrap_or(&line.act).trim_end_matches('.');
        if line.is_refused {
            let to = format!("/p/{}/refusals", it.practice);
            let promise = line.promise.as_deref().unwrap_or(words::SHOW);
            return Row::new(html! { b { (words::REFUSED) } (says) })
                .second(html! { (words::times(line.times)) })
                .act(Act::Go(Link::to(to, promise).about(says)));
        }
        Row::new(html! { (says) }).value(html! { (line.times) })
    };
    it.handled.iter().map(row).collect()
}

/// The home of the operator's people.
pub(crate) fn desk(now: &ZonedDateTime, duties: &[Duty]) -> Markup {
    let title = when::day_text(Lang::En, now.date());
    page(words::TODAY, html! { (Heading::new(title)) (needed(duties, now)) })
}

/// Where to, for whoever has several places.
pub(crate) fn choice(choices: &[(String, String)]) -> Markup {
    let row = |(to, name): &(String, String)| {
        Row::new(html! { (name) }).act(Act::Go(Link::to(&**to, words::OPEN).about(&**name)))
    };
    let list: Vec<Row> = choices.iter().map(row).collect();
    let main = html! {
        (Heading::new(words::CHOOSE).lead(html! { (words::CHOOSE_WHY) }))
        (rows(&list, &Empty::new(words::NOWHERE)))
    };
    page(words::CHOOSE, main)
}

/// A list of pages, each with what one finds there.
pub(crate) fn index(
    practice: PracticeId,
    title: &str,
    pages: &[&(&str, &str, &str, bool)],
) -> Markup {
    let row = |(path, name, says, _): &&(&str, &str, &str, bool)| {
        let to = format!("/p/{practice}/{path}");
        Row::new(html! { (name) })
            .second(html! { (says) })
            .act(Act::Go(Link::to(to, words::OPEN).about(*name)))
    };
    let list: Vec<Row> = pages.iter().map(row).collect();
    page(title, html! { (Heading::new(title)) (rows(&list, &Empty::new(words::NOWHERE))) })
}

/// What the places are for.
pub(crate) fn help(places: &[(Place, &'static str)]) -> Markup {
    let row = |(place, says): &(Place, &'static str)| {
        Row::new(html! { (place.text()) })
            .second(html! { (says) })
            .act(Act::Go(Link::to(place.href(), words::OPEN).about(place.text())))
    };
    let list: Vec<Row> = places.iter().map(row).collect();
    let main = html! {
        (Heading::new(words::HELP).lead(html! { (words::HELP_WHY) }))
        (rows(&list, &Empty::new(words::NOWHERE)))
    };
    page(words::HELP, main)
}

/// What needs a client, and when they come next.
pub(crate) fn own_page(duties: &[Duty], coming: &[Coming]) -> Markup {
    let duty = |it: &Duty| {
        Row::new(html! { (it.what) })
            .second(html! { (it.why) })
            .act(Act::Go(Link::to(&*it.href, &*it.action).about(&*it.what)))
    };
    let visit = |it: &Coming| {
        let at = when::moment_and_zone(Lang::En, &it.starts_at);
        let to = format!("/me/visits/{}", it.appointment);
        let about = when::day_text(Lang::En, it.starts_at.date());
        Row::new(at)
            .second(html! { "with " (it.with) })
            .act(Act::Go(Link::to(to, words::OPEN).about(about)))
    };
    let duties: Vec<Row> = duties.iter().map(duty).collect();
    let visits: Vec<Row> = coming.iter().map(visit).collect();
    let empty = Empty::new(words::NO_VISITS).act(Link::to("/me/visits/booking", words::BOOK));
    html! {
        @if !duties.is_empty() {
            (section(words::NEEDS_YOU, None, rows(&duties, &Empty::new(words::NOTHING_NEEDED))))
        }
        (section(words::NEXT_VISITS, None, rows(&visits, &empty)))
    }
}

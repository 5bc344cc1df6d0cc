//! The page of a session: values to HTML. No question is asked here, and nothing is decided.

use calendar::Place;
use ground::frame;
use ground::html::{
    Button, Faults, Filled, Head, Heading, Link, Pick, Tone, Typed, button, facts, notice, post,
    section, when,
};
use ground::web::assets;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use maud::{Markup, html};

use crate::model::{Session, Why};
use crate::routes::{Shown, at, note};
use crate::words;

/// The form of *It was not as measured*, filled with the time that counts so far.
pub fn as_counted(shown: &Shown) -> Typed {
    let clock = |at: Timestamp| when::clock_text(at.to_zoned_datetime(shown.zone.clone()).time());
    let Some(session) = &shown.session else {
        return Typed::none();
    };
    let typed = Typed::none();
    match session.actual() {
        Some(actual) => {
            typed.with("began", clock(actual.began_at)).with("ended", clock(actual.ended_at))
        }
        None => typed.with("began", clock(session.measured.began_at)),
    }
}

/// One appointment's session, in whichever state.
pub fn page(once: &str, shown: &Shown, typed: &Typed, faults: &Faults) -> Markup {
    let planned = &shown.planned;
    let day = planned.starts_at.to_zoned_datetime(shown.zone.clone()).date();
    let back = Link::to(format!("/p/{}/week", planned.practice), words::BACK);
    let heading = Heading::new(format!(
        "{}, {}",
        planned.client_name,
        when::day_text(ground::html::Lang::En, day)
    ));
    let main = html! {
        (Filled::new(typed, faults).summary())
        (heading.back(back))
        (section(words::TIMES, None, times(shown)))
        @match &shown.session {
            None => (begin(once, shown)),
            Some(session) if session.is_open() => (open(once, shown, session)),
            Some(session) => (ended(once, shown, session, typed, faults)),
        }
    };
    frame::page(&Head::new(assets(), words::TITLE).faults(faults), main)
}

/// Planned, measured, said: side by side, each by its name.
fn times(shown: &Shown) -> Markup {
    let zone = &shown.zone;
    let planned = &shown.planned;
    let place = match planned.place {
        Place::Office => words::OFFICE,
        Place::Video => words::VIDEO,
    };
    let measured = shown.session.as_ref().map(|session| {
        let began = session.measured.began_at;
        match session.measured.ended_at {
            Some(ended) => stretch(zone, began, ended),
            None => html! { "since " (when::clock(began.to_zoned_datetime(zone.clone()).time())) },
        }
    });
    let said = shown.session.as_ref().and_then(|session| session.said).map(|(_, said)| {
        html! { (stretch(zone, said.began_at, said.ended_at)) ". " (words::why(said.why)) "." }
    });
    let mut list = vec![
        (words::PLANNED, Some(stretch(zone, planned.starts_at, planned.ends_at))),
        (words::MEASURED, measured),
    ];
    if said.is_some() {
        list.push((words::SAID, said));
    }
    list.push((words::WHERE, Some(html! { (place) })));
    facts(&list, "not begun")
}

fn stretch(zone: &TimeZone, from: Timestamp, to: Timestamp) -> Markup {
    let minutes = u32::try_from(to.duration_since(from).as_mins()).unwrap_or(0);
    html! {
        (when::span(&from.to_zoned_datetime(zone.clone()), &to.to_zoned_datetime(zone.clone())))
        ", " (words::minutes(minutes))
    }
}

fn begin(once: &str, shown: &Shown) -> Markup {
    let planned = &shown.planned;
    html! {
        @if !shown.is_theirs {
        } @else if planned.may_begin(shown.now) {
            p { (words::NOT_BEGUN) }
            (post(&at(planned.practice, planned.appointment), once, html! {
                (button(words::START).filled())
            }))
        } @else {
            p { (words::CANNOT_BEGIN) }
        }
    }
}

fn open(once: &str, shown: &Shown, session: &Session) -> Markup {
    let ending = format!("/p/{}/sessions/{}/ending", session.practice, session.id);
    html! {
        (notice(Tone::Plain, words::STILL_OPEN, html! { p { (words::STILL_OPEN_SAYS) } }, None))
        @if shown.is_theirs {
            (post(&ending, once, html! { (button(words::STOP).filled()) }))
        }
    }
}

fn ended(once: &str, shown: &Shown, session: &Session, typed: &Typed, faults: &Faults) -> Markup {
    let form = Filled::new(typed, faults);
    let says = format!("/p/{}/sessions/{}/said", session.practice, session.id);
    let whys: Vec<Pick> =
        Why::ALL.iter().map(|why| Pick::new(why.word(), words::why(*why))).collect();
    let otherwise = html! {
        (post(&says, once, html! {
            p { (words::OTHERWISE_WHY) }
            (form.field("began", words::BEGAN).hint(words::CLOCK_HINT).short())
            (form.field("ended", words::ENDED).hint(words::CLOCK_HINT).short())
            (form.radios("why", words::WHY, &whys))
            (button(words::SAY))
        }))
    };
    html! {
        @if session.actual().is_none() {
            (notice(Tone::Warn, words::NOT_BELIEVED, html! { p { (words::NOT_BELIEVED_SAYS) } }, None))
        } @else if shown.is_theirs {
            (section(words::NOTE, None, html! {
                div.acts { (Button::go(Link::to(note(session), words::WRITE_NOTE)).filled()) }
            }))
        }
        @if shown.is_theirs { (section(words::OTHERWISE, None, otherwise)) }
    }
}

//! The pages of hours: values to HTML. No question is asked here, and nothing is decided.

use ground::frame;
use ground::html::{
    Act, Empty, Faults, Filled, Head, Heading, Link, Pick, Row, Stands, Typed, button, columns,
    icons, post, rows, section, switch,
};
use ground::web::assets;
use ids::{ClinicianId, PracticeId, Uuid};
use maud::{Markup, html};
use people::Clinician;

use crate::model::{HORIZON_WEEKS, Intake, Said, Window};
use crate::words;

/// Where a clinician's hours are.
pub fn path(practice: PracticeId, clinician: ClinicianId) -> String {
    format!("/p/{practice}/hours/{clinician}")
}

/// The clinicians of a practice, for whoever is none of them.
pub fn index(practice: PracticeId, clinicians: &[Clinician]) -> Markup {
    let list = links(practice, clinicians);
    let main = html! {
        (Heading::new(words::HOURS).lead(html! { (words::INDEX_WHY) }))
        (rows(&list, &Empty::new(words::NOBODY)))
    };
    frame::page(&Head::new(assets(), words::HOURS), main)
}

fn links(practice: PracticeId, clinicians: &[Clinician]) -> Vec<Row> {
    let row = |it: &Clinician| {
        let link = Link::to(path(practice, it.id), words::SEE).about(it.name.clone());
        Row::new(html! { (it.name) }).second(html! { (it.credential) }).act(Act::Go(link))
    };
    clinicians.iter().map(row).collect()
}

/// A colleague's open hours, and nothing of what she keeps.
pub fn others(practice: PracticeId, who: &Clinician, open: &[Vec<openings::Hours>; 7]) -> Markup {
    let title = words::hours_of(&who.name);
    let main = html! {
        (Heading::new(&*title).back(Link::to(format!("/p/{practice}/hours"), words::BACK)))
        @for (day, hours) in words::DAYS.iter().zip(open) {
            @let list: Vec<Row> =
                hours.iter().map(|it| Row::new(html! { (words::span(*it)) })).collect();
            (section(day, None, rows(&list, &Empty::new(words::CLOSED))))
        }
    };
    frame::page(&Head::new(assets(), &title), main)
}

/// What a clinician's own page shows.
#[derive(Debug)]
pub struct Own {
    pub practice: PracticeId,
    pub clinician: ClinicianId,
    pub zone: String,
    pub once: String,
    pub said: Said,
    pub intake: Intake,
    pub colleagues: Vec<Clinician>,
}

impl Own {
    fn to(&self, what: &str) -> String {
        format!("{}/{what}", path(self.practice, self.clinician))
    }

    fn ends(&self, what: &str, id: Uuid, text: &str, about: String) -> Act {
        Act::Send { to: self.to(what), text: text.into(), about, once: id.to_string() }
    }
}

/// The pause as a switch with its number, for the top of her own pages.
pub(crate) fn taking(at: &str, intake: &Intake, once: &str, detail: Markup) -> Markup {
    let stands = if intake.paused { Stands::Off } else { Stands::On };
    switch(&format!("{at}/intake"), once, words::TAKING, detail, stands)
}

/// A clinician's own hours, with all that can be done about them.
pub fn own(own: &Own, typed: &Typed, faults: &Faults) -> Markup {
    let form = Filled::new(typed, faults);
    let detail = html! { (words::taking(&own.intake)) };
    let at = path(own.practice, own.clinician);
    let taking = taking(&at, &own.intake, &own.once, detail);
    let lead = words::lead(&own.zone, HORIZON_WEEKS);
    let week = html! {
        @for (weekday, day) in (0..).zip(words::DAYS) { (day_of(own, weekday, day)) }
        @if !own.colleagues.is_empty() {
            @let list = links(own.practice, &own.colleagues);
            (section(words::COLLEAGUES, None, rows(&list, &Empty::new(words::NOBODY))))
        }
    };
    let side = html! {
        (section(words::WEEK, None, html! {
            (open_form(own, form))
            (protect_form(own, form))
        }))
        (leave_part(own, form))
        (dates_part(own, form))
        (intake_part(own, form))
    };
    let main = html! {
        (form.summary())
        (Heading::new(words::TITLE).lead(html! { (lead) }).beside(taking))
        (columns(week, side))
    };
    frame::page(&Head::new(assets(), words::TITLE).faults(faults), main)
}

/// One day of the week: what is open and what is protected, by the hour.
fn day_of(own: &Own, weekday: u8, day: &str) -> Markup {
    let open = own.said.weekly.iter().filter(|row| row.is.weekday == weekday).map(|row| {
        let span = words::span(row.is.hours);
        let about = format!("{day}, {span}");
        let act = own.ends(&format!("windows/{}/closing", row.id), row.id, words::CLOSE, about);
        let list = Row::new(html! { (span) }).second(html! { (to_whom(&row.is)) }).act(act);
        (row.is.hours.opens_min, list)
    });
    let kept = own.said.protected.iter().filter(|row| row.is.weekday == weekday).map(|row| {
        let span = words::span(row.is.hours);
        let about = format!("{day}, {span}");
        let to = format!("protected/{}/return", row.id);
        let act = own.ends(&to, row.id, words::GIVE_BACK, about);
        let what = html! { (icons::LOCK) " " (span) };
        let list = Row::new(what).second(html! { (words::PROTECTED) }).act(act);
        (row.is.hours.opens_min, list)
    });
    let mut list: Vec<(u16, Row)> = open.chain(kept).collect();
    list.sort_by_key(|(opens, _)| *opens);
    let list: Vec<Row> = list.into_iter().map(|(_, row)| row).collect();
    section(day, None, rows(&list, &Empty::new(words::CLOSED)))
}

fn to_whom(window: &Window) -> String {
    let whom = match window.only_for {
        None => words::OPEN_TO_ALL,
        Some(openings::Kind::New) => words::OPEN_TO_NEW,
        Some(openings::Kind::Current) => words::OPEN_TO_CURRENT,
    };
    match window.only_at {
        None => whom.to_owned(),
        Some(openings::Place::Office) => format!("{whom}, {}", words::AT_OFFICE),
        Some(openings::Place::Video) => format!("{whom}, {}", words::BY_VIDEO),
    }
}

fn day_picks() -> Vec<Pick> {
    (0..).zip(words::DAYS).map(|(at, day): (u8, _)| Pick::new(at.to_string(), day)).collect()
}

/// A form behind the name of what it does: folded, until it is asked for or came back.
fn folded(name: &str, is_unfolded: bool, body: Markup) -> Markup {
    html! {
        details.disclosure open[is_unfolded] { summary { (name) } div.inside { (body) } }
    }
}

fn is_at_fault(form: Filled<'_>, fields: &[&str]) -> bool {
    fields.iter().any(|field| form.has_fault(field))
}

fn open_form(own: &Own, form: Filled<'_>) -> Markup {
    let days = day_picks();
    let whom = [
        Pick::new("any", words::ANYBODY),
        Pick::new("new", words::NEW_ONLY),
        Pick::new("current", words::CURRENT_ONLY),
    ];
    let place = [
        Pick::new("any", words::ANYWHERE),
        Pick::new("office", words::OFFICE_ONLY),
        Pick::new("video", words::VIDEO_ONLY),
    ];
    let body = post(
        &own.to("windows"),
        &own.once,
        html! {
            (form.checks("open_days", words::ON_DAYS, &days))
            div.pair {
                (form.field("open_from", words::FROM).hint(words::TIME_HINT).short().max(20))
                (form.field("open_to", words::TO).hint(words::TO_HINT).short().max(20))
            }
            (form.select("open_for", words::FOR_WHOM, &whom))
            (form.select("open_at", words::WHERE, &place))
            (button(words::OPEN_ACT).filled())
        },
    );
    let fields = ["open_days", "open_from", "open_to", "open_for", "open_at"];
    let is_new = own.said.weekly.is_empty();
    folded(words::OPEN_HOURS, is_new || is_at_fault(form, &fields), body)
}

fn protect_form(own: &Own, form: Filled<'_>) -> Markup {
    let days = day_picks();
    let body = post(
        &own.to("protected"),
        &own.once,
        html! {
            p.hint { (words::PROTECT_WHY) }
            (form.checks("keep_days", words::ON_DAYS, &days))
            div.pair {
                (form.field("keep_from", words::FROM).hint(words::TIME_HINT).short().max(20))
                (form.field("keep_to", words::TO).hint(words::TO_HINT).short().max(20))
            }
            (button(words::PROTECT_ACT))
        },
    );
    folded(words::PROTECT, is_at_fault(form, &["keep_days", "keep_from", "keep_to"]), body)
}

fn leave_part(own: &Own, form: Filled<'_>) -> Markup {
    let taken = own.said.leave.iter().map(|row| {
        let days = words::days(row.is.from_date, row.is.to_date);
        let to = format!("leave/{}/return", row.id);
        let act = own.ends(&to, row.id, words::GIVE_BACK, days.clone());
        Row::new(html! { (days) }).act(act)
    });
    let taken: Vec<Row> = taken.collect();
    let ask = post(
        &own.to("leave"),
        &own.once,
        html! {
            p.hint { (words::LEAVE_WHY) }
            div.pair {
                (form.date("leave_first", words::FIRST_DAY))
                (form.date("leave_last", words::LAST_DAY))
            }
            (button(words::LEAVE_ACT))
        },
    );
    let body = html! {
        (rows(&taken, &Empty::new(words::NO_LEAVE)))
        (folded(words::LEAVE_ACT, is_at_fault(form, &["leave_first", "leave_last"]), ask))
    };
    section(words::LEAVE, None, body)
}

fn dates_part(own: &Own, form: Filled<'_>) -> Markup {
    let differ = own.said.exceptions.iter().map(|row| {
        let day = words::days(row.is.on_date, row.is.on_date);
        let hours = row.is.hours.map_or_else(|| words::CLOSED_ON.to_owned(), words::span);
        let to = format!("dates/{}/ending", row.id);
        let about = format!("{day}, {hours}");
        let act = own.ends(&to, row.id, words::LIKE_ANY, about);
        Row::new(html! { (day) }).second(html! { (hours) }).act(act)
    });
    let differ: Vec<Row> = differ.collect();
    let ask = post(
        &own.to("dates"),
        &own.once,
        html! {
            p.hint { (words::DATES_WHY) }
            (form.date("date_on", words::ON_DATE))
            div.pair {
                (form.field("date_from", words::FROM).optional().short().max(20))
                (form.field("date_to", words::TO).optional().short().max(20))
            }
            (button(words::DATE_ACT))
        },
    );
    let body = html! {
        (rows(&differ, &Empty::new(words::NO_DATES)))
        (folded(words::ONE_DATE, is_at_fault(form, &["date_on", "date_from", "date_to"]), ask))
    };
    section(words::DATES, None, body)
}

fn intake_part(own: &Own, form: Filled<'_>) -> Markup {
    let most = post(
        &own.to("capacity"),
        &own.once,
        html! {
            (form.field("most", words::MOST).hint(words::MOST_HINT).number().max(3))
            (button(words::MOST_ACT))
        },
    );
    let pause = post(
        &own.to("pause"),
        &own.once,
        html! {
            (form.date("reopens", words::REOPENS).hint(words::REOPENS_HINT))
            (button(words::REOPENS_ACT))
        },
    );
    let body = html! {
        p { (words::taking(&own.intake)) "." }
        (folded(words::LIMIT, is_at_fault(form, &["most"]), most))
        (folded(words::PAUSE, is_at_fault(form, &["reopens"]), pause))
    };
    section(words::NEW_CLIENTS, None, body)
}

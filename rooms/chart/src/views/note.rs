//! The page of a note: a form while it is a draft, a text once it is signed.

use calendar::Place;
use codes::Service;
use ground::frame;
use ground::html::{
    Button, Empty, Faults, Filled, Head, Heading, Lang, Link, Pick, Tone, Typed, button, columns,
    disclosure, facts, notice, paper_head, post, section, when,
};
use ground::web::assets;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};
use maud::{Markup, html};

use crate::model::{Draft, SECTION_MAX, Signed, Soap};
use crate::sealed::{Amendment, Aside};
use crate::sheet::{Beside, Sheet};
use crate::{note, page, words};

/// A draft, as its author sees it.
#[derive(Clone, Copy)]
pub struct Open<'a> {
    pub sheet: &'a Sheet,
    pub draft: &'a Draft,
    pub asides: &'a [Aside],
}

/// A note that is signed.
#[derive(Clone, Copy)]
pub struct Shut<'a> {
    pub sheet: &'a Sheet,
    pub signed: &'a Signed,
    pub text: &'a Soap,
    pub amendments: &'a [Amendment],
}

/// What a page says once a draft is saved.
pub fn saved(at: &ZonedDateTime) -> String {
    words::saved(&when::clock_text(at.time()))
}

fn heading(sheet: &Sheet, lead: Markup) -> Heading {
    let about = sheet.note.about();
    let began = sheet.session.measured.began_at.to_zoned_datetime(sheet.zone.clone());
    let chart = page::at(about.practice, about.client);
    Heading::new(words::note_of(&when::day_text(Lang::En, began.date())))
        .back(Link::to(chart, words::back_to(&sheet.client_name)))
        .lead(lead)
}

fn framed(faults: &Faults, main: Markup) -> Markup {
    frame::page(&Head::new(assets(), words::NOTE).faults(faults), main)
}

/// A draft: the form at the left, what went before at the right.
pub fn draft(once: &str, open: Open<'_>, typed: &Typed, faults: &Faults) -> Markup {
    let Open { sheet, draft, asides } = open;
    let lead = match draft.saved_at {
        Some(at) => saved(&at.to_zoned_datetime(sheet.zone.clone())),
        None => words::NOT_BEGUN.into(),
    };
    let form = Filled::new(typed, faults);
    let main = html! {
        (form.summary())
        (heading(sheet, html! { span #saved role="status" { (lead) } }))
        @for it in asides { (aside(sheet, it)) }
        (columns(
            html! {
                (section(words::SESSION, None, known(sheet, draft.about.service)))
                (section(words::NOTE, None, writing(once, sheet, typed, form)))
            },
            html! { @if let Some(it) = &sheet.beside { (last_note(sheet, it)) } },
        ))
    };
    framed(faults, main)
}

/// The form that saves itself, and can be sent without.
fn writing(once: &str, sheet: &Sheet, typed: &Typed, form: Filled<'_>) -> Markup {
    let about = sheet.note.about();
    let at = note::at(about.practice, about.session);
    let services: Vec<Pick> =
        Service::ALL.iter().map(|it| Pick::new(it.word(), words::service(*it))).collect();
    html! {
        form method="post" action=(at) novalidate data-does="once autosave"
            data-saves={ (at) "/saves" } data-says="saved" data-unsaved=(words::NOT_SAVED) {
            input type="hidden" name="once" value=(once);
            input type="hidden" name="tab" value=(typed.one("tab"));
            input type="hidden" name="version" value=(typed.one("version")) autocomplete="off";
            (form.select("service", words::SERVICE, &services))
            @for name in ["subjective", "objective", "assessment", "plan"] {
                @let (label, hint) = words::section(name);
                (form.field(name, label).hint(hint).max(SECTION_MAX).area())
            }
            div.acts {
                (button(words::REVIEW).filled().sends("then", "review"))
                (button(words::SAVE))
            }
        }
    }
}

/// What is known without writing: time, place, code, diagnoses.
fn known(sheet: &Sheet, service: Service) -> Markup {
    let session = &sheet.session;
    let actual = session.actual();
    let name = if session.said.is_some() { words::TIME_SAID } else { words::TIME };
    let time = actual.map(|it| time(&sheet.zone, it.began_at, it.ended_at));
    let coded = actual.map(|actual| suggested(actual.minutes(), service));
    let mut list = vec![
        (name, time),
        (words::PLACE, Some(html! { (place(session.place)) })),
        (words::SUGGESTED, coded.map(|coded| html! { (coded) })),
    ];
    if let Some(beside) = &sheet.beside {
        list.push((words::DIAGNOSES, Some(diagnoses(sheet, beside))));
    }
    facts(&list, words::NOT_TIMED)
}

fn diagnoses(sheet: &Sheet, beside: &Beside) -> Markup {
    let about = sheet.note.about();
    html! {
        @if beside.diagnoses.is_empty() {
            (Link::to(page::at(about.practice, about.client), words::NONE_YET))
        }
        @for (at, it) in beside.diagnoses.iter().enumerate() {
            @if 0 < at { br; }
            (it.code) " " (it.title())
        }
    }
}

fn time(zone: &TimeZone, from: Timestamp, to: Timestamp) -> Markup {
    let minutes = codes::minutes_of(&[(from, to)]);
    let (from, to) = (from.to_zoned_datetime(zone.clone()), to.to_zoned_datetime(zone.clone()));
    html! { (when::span(&from, &to)) ", " (minutes) " min" }
}

fn suggested(minutes: u32, service: Service) -> String {
    let Ok(coded) = codes::cpt_for(minutes, service) else {
        return words::TOO_SHORT.into();
    };
    let says = |it: &codes::Coded| match it.units {
        1 => format!("{}, {}", it.cpt, it.cpt.words()),
        many => format!("{} × {many}, {}", it.cpt, it.cpt.words()),
    };
    coded.iter().map(says).collect::<Vec<_>>().join("; ")
}

fn place(place: Place) -> &'static str {
    match place {
        Place::Office => words::OFFICE,
        Place::Video => words::VIDEO,
    }
}

/// What another window wrote, with what can be done about it.
fn aside(sheet: &Sheet, aside: &Aside) -> Markup {
    let about = sheet.note.about();
    let path = format!("{}/asides", note::at(about.practice, about.session));
    let kept = aside.kept_at.to_zoned_datetime(sheet.zone.clone());
    let tab = aside.tab.to_string();
    let body = html! {
        p { (words::kept(&when::clock_text(kept.time()))) }
        (soap(&aside.text))
        (post(&path, &tab, html! {
            input type="hidden" name="tab" value=(tab);
            div.acts {
                (button(words::TAKE_IN).sends("to", "take"))
                (button(words::LEAVE_OUT).quiet().sends("to", "leave"))
            }
        }))
    };
    notice(Tone::Warn, words::ASIDE, body, None)
}

/// The sections that say something, each under its name.
fn soap(text: &Soap) -> Markup {
    let said: Vec<_> = text.sections().into_iter().filter(|it| !it.1.trim().is_empty()).collect();
    html! {
        @if said.is_empty() { p { (words::NOTHING) } }
        @for (name, text) in said {
            h3 { (words::section(name).0) }
            (paragraphs(text))
        }
    }
}

/// Text as it was typed: an empty line parts paragraphs, a line end stays one.
fn paragraphs(text: &str) -> Markup {
    html! {
        @for part in text.split("\n\n").filter(|part| !part.trim().is_empty()) {
            p {
                @for (at, line) in part.trim_matches('\n').lines().enumerate() {
                    @if 0 < at { br; }
                    (line)
                }
            }
        }
    }
}

fn last_note(sheet: &Sheet, beside: &Beside) -> Markup {
    let body = match &beside.last {
        None => html! { (Empty::new(words::NO_LAST_NOTE)) },
        Some((signed, text)) => {
            let began = signed.began_at.to_zoned_datetime(sheet.zone.clone());
            html! { p { (when::date(began.date())) ", " (signed.minutes()) " min" } (soap(text)) }
        }
    };
    section(words::LAST_NOTE, None, body)
}

/// The note as it would be signed, and what stands against it.
pub fn review(once: &str, open: Open<'_>, text: &Soap) -> Markup {
    let Open { sheet, draft, asides } = open;
    let about = &draft.about;
    let at = note::at(about.practice, about.session);
    let mut against = Vec::new();
    if text.letters() == 0 {
        against.push(words::BLANK);
    }
    if !asides.is_empty() {
        against.push(words::ASIDE_OPEN);
    }
    if sheet.session.actual().is_none() {
        against.push(words::END_UNKNOWN);
    }
    let main = html! {
        (Heading::new(words::REVIEW_TITLE)
            .back(Link::to(&*at, words::BACK_TO_NOTE))
            .lead(html! { (words::REVIEW_LEAD) }))
        (section(words::SESSION, None, known(sheet, about.service)))
        (section(words::service(about.service), None, soap(text)))
        @for says in &against { (notice(Tone::Warn, says, html! {}, None)) }
        @if against.is_empty() {
            (post(&format!("{at}/signature"), once, html! {
                input type="hidden" name="version" value=(draft.version);
                div.acts { (button(words::SIGN).filled()) }
            }))
        } @else {
            div.acts { (Button::go(Link::to(&*at, words::BACK_TO_NOTE))) }
        }
    };
    framed(&Faults::none(), main)
}

/// A signed note: as it was signed, then what was added.
pub fn signed(once: &str, shut: Shut<'_>, typed: &Typed, faults: &Faults) -> Markup {
    let Shut { sheet, signed, text, amendments } = shut;
    let at = signed.signed_at.to_zoned_datetime(sheet.zone.clone());
    let day = when::day_text(Lang::En, at.date());
    let lead =
        words::signed(&format!("{day}, {}", when::clock_text(at.time())), &sheet.author_name);
    let form = Filled::new(typed, faults);
    let is_late = typed.one("late") == "yes";
    let main = html! {
        (form.summary())
        (paper_head(html! { (sheet.client_name) }))
        (heading(sheet, html! { (lead) }))
        @if is_late {
            (notice(Tone::Warn, words::SIGNED_MEANWHILE_TITLE,
                    html! { p { (words::SIGNED_MEANWHILE_SAYS) } }, None))
        }
        (section(words::SESSION, None, as_signed(sheet, signed)))
        (section(words::service(signed.about.service), None, soap(text)))
        @if !amendments.is_empty() { (section(words::AMENDMENTS, None, added(sheet, amendments))) }
        @if sheet.is_theirs { (adding(once, sheet, form, is_late || !faults.is_empty())) }
    };
    framed(faults, main)
}

/// Time and place as they were when the note was signed.
fn as_signed(sheet: &Sheet, signed: &Signed) -> Markup {
    let code = suggested(signed.minutes(), signed.about.service);
    let list = [
        (words::TIME_SIGNED, Some(time(&sheet.zone, signed.began_at, signed.ended_at))),
        (words::PLACE, Some(html! { (place(signed.place)) })),
        (words::SUGGESTED, Some(html! { (code) })),
    ];
    facts(&list, words::NOT_TIMED)
}

fn added(sheet: &Sheet, amendments: &[Amendment]) -> Markup {
    html! {
        @for it in amendments {
            p.hint { (when::moment(&it.written_at.to_zoned_datetime(sheet.zone.clone()))) }
            (paragraphs(&it.text))
        }
    }
}

fn adding(once: &str, sheet: &Sheet, form: Filled<'_>, unfolded: bool) -> Markup {
    let about = sheet.note.about();
    let path = format!("{}/amendments", note::at(about.practice, about.session));
    let body = post(
        &path,
        once,
        html! {
            (form.field("amendment", words::AMENDMENT).hint(words::AMEND_HINT)
                .max(4 * SECTION_MAX).area())
            (button(words::AMEND))
        },
    );
    if unfolded { section(words::AMEND, None, body) } else { disclosure(words::AMEND, body) }
}

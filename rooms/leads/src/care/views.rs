//! The pages of the public form: values to HTML. Titles and addresses say nothing about anybody.

use ground::frame;
use ground::html::{
    Button, Empty, Faults, Filled, Head, Heading, Lang, Link, Pick, Row, Typed, button, crisis,
    post, rows, section, step,
};
use ground::web::assets;
use maud::{Markup, html};

use super::form::{FIRST, RISK_TOPIC, SECOND};
use crate::model::{AgeGroup, Meets, PLAN_MAX, TimeOfWeek, Topic, WORDS_MAX};
use crate::words;

/// A form on its way: where it is sent, its once-key, and all that was typed so far.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'a> {
    pub base: &'a str,
    pub once: &'a str,
    pub typed: &'a Typed,
    pub faults: &'a Faults,
}

fn page(title: &str, faults: &Faults, main: Markup) -> Markup {
    frame::page(&Head::new(assets(), title).faults(faults), main)
}

/// What was typed on the other page, carried along unseen.
fn carried(typed: &Typed, names: &[&str]) -> Markup {
    html! {
        @for name in names {
            @for value in typed.all(name) { input type="hidden" name=(name) value=(value); }
        }
    }
}

/// The first page: what brings them, and who it is for.
pub fn first(sheet: Sheet<'_>) -> Markup {
    let form = Filled::new(sheet.typed, sheet.faults);
    let mut topics: Vec<Pick> =
        Topic::ALL.iter().map(|it| Pick::new(it.word(), words::topic(*it))).collect();
    topics.insert(topics.len() - 1, Pick::new(RISK_TOPIC, words::RISK));
    let ages: Vec<Pick> =
        AgeGroup::ALL.iter().map(|it| Pick::new(it.word(), words::age(*it))).collect();
    let own = form.field("words", words::OWN_WORDS).optional().hint(words::OWN_WORDS_HINT);
    let main = html! {
        (form.summary())
        (crisis(Lang::En))
        (step(words::STEP_1))
        (post(sheet.base, sheet.once, html! {
            (carried(sheet.typed, &["from"]))
            (carried(sheet.typed, SECOND))
            (form.checks("topic", words::WHAT_BRINGS, &topics).hint(words::WHAT_BRINGS_WHY).as_heading())
            (own.area().max(WORDS_MAX))
            (form.radios("age", words::WHO_FOR, &ages))
            (hidden_from_people())
            (button(words::CONTINUE).filled())
        }))
    };
    page(words::ASK, sheet.faults, main)
}

/// A field that nobody sees or reaches: what fills it is a program.
fn hidden_from_people() -> Markup {
    html! {
        div.vh aria-hidden="true" {
            label for="company" { (words::LEAVE_EMPTY) }
            input id="company" name="company" type="text" tabindex="-1" autocomplete="off";
        }
    }
}

/// Whom to call, before anything else. Nothing was kept; what was typed goes on if they do.
pub fn help_first(sheet: Sheet<'_>, to: &str) -> Markup {
    let lines: Vec<Row> = (words::LINES.iter())
        .map(|(name, to, says)| Row::new(html! { (Link::to(*to, *name)) }).second(html! { (says) }))
        .collect();
    let main = html! {
        (Heading::new(words::HELP_FIRST).lead(html! { (words::HELP_LEAD) }))
        div.acts {
            (Button::go(Link::to("tel:988", words::CALL_988)).filled())
            (Button::go(Link::to("sms:988", words::TEXT_988)))
            (Button::go(Link::to("tel:911", words::CALL_911)))
        }
        (section(words::WHOM_TO_CALL, None, rows(&lines, &Empty::new(words::CALL_988))))
        p { (words::HELP_NOT_US) }
        (post(to, sheet.once, html! {
            @for name in FIRST.iter().filter(|name| **name != "helped") {
                @for value in sheet.typed.all(name).filter(|value| *value != RISK_TOPIC) {
                    input type="hidden" name=(name) value=(value);
                }
            }
            (carried(sheet.typed, SECOND))
            input type="hidden" name="helped" value="1";
            (button(words::STILL_LOOK).quiet())
        }))
    };
    page(words::HELP_FIRST, &Faults::none(), main)
}

/// The second page: who they are, how they would pay, when, and how they may be answered.
pub fn second(sheet: Sheet<'_>, payers: &[(String, String)]) -> Markup {
    let form = Filled::new(sheet.typed, sheet.faults);
    let main = html! {
        (form.summary())
        (step(words::STEP_2))
        (Heading::new(words::ABOUT_YOU).lead(html! { (words::ABOUT_YOU_WHY) }))
        (post(&format!("{}/request", sheet.base), sheet.once, html! {
            (carried(sheet.typed, FIRST))
            (who(form))
            (paying(form, payers))
            (hopes(form))
            (may(form))
            (hidden_from_people())
            div.acts {
                (button(words::SEND).filled())
                (button(words::CHANGE).quiet().to(sheet.base).sends("back", "1"))
            }
        }))
    };
    page(words::ABOUT_YOU, sheet.faults, main)
}

fn picks(list: &[(&str, &str)]) -> Vec<Pick> {
    list.iter().map(|(value, says)| Pick::new(*value, *says)).collect()
}

fn who(form: Filled<'_>) -> Markup {
    let mut states = vec![Pick::new("", words::CHOOSE)];
    states.extend(picks(words::STATE_LIST));
    html! {
        (form.field("name", words::NAME).hint(words::NAME_HINT).autocomplete("name").max(120))
        (form.select("state", words::STATE, &states).hint(words::STATE_HINT))
    }
}

fn paying(form: Filled<'_>, payers: &[(String, String)]) -> Markup {
    let mut ways = vec![Pick::new("self", words::PAYS_SELF)];
    ways.extend(payers.iter().map(|(code, name)| Pick::new(code.clone(), name.clone())));
    ways.push(Pick::new("other", words::PAYS_OTHER));
    html! {
        (form.radios("pays", words::PAYS, &ways))
        (form.field("plan", words::PLAN).hint(words::PLAN_HINT).optional().max(PLAN_MAX))
    }
}

fn hopes(form: Filled<'_>) -> Markup {
    let times: Vec<Pick> =
        TimeOfWeek::ALL.iter().map(|it| Pick::new(it.word(), words::time(*it))).collect();
    let meets: Vec<Pick> =
        Meets::ALL.iter().map(|it| Pick::new(it.word(), words::meets(*it))).collect();
    let languages = picks(words::LANGUAGE_LIST);
    let mut methods = vec![Pick::new("", words::NO_METHOD)];
    methods.extend(picks(words::METHOD_LIST));
    html! {
        (form.checks("times", words::TIMES, &times).hint(words::EITHER).optional())
        (form.checks("meets", words::MEETS, &meets).hint(words::EITHER).optional())
        (form.checks("languages", words::LANGUAGES, &languages).hint(words::LANGUAGES_HINT).optional())
        (form.select("method", words::METHOD, &methods).optional())
    }
}

fn may(form: Filled<'_>) -> Markup {
    let ways = [
        Pick::new("email", words::MAY_EMAIL),
        Pick::new("call", words::MAY_CALL),
        Pick::new("voicemail", words::MAY_VOICEMAIL),
        Pick::new("text", words::MAY_TEXT),
    ];
    html! {
        (form.field("address", words::EMAIL).optional().email().max(254))
        (form.field("phone", words::PHONE).optional().tel().max(40))
        (form.checks("may", words::MAY, &ways).hint(words::MAY_HINT))
    }
}

/// After sending: what happens next.
pub fn sent(holder: &str) -> Markup {
    let next: Vec<Row> = words::SENT_NEXT.map(|says| Row::new(html! { (says) })).into();
    let main = html! {
        (Heading::new(words::SENT).lead(html! { (words::sent_lead(holder)) }))
        (section(words::SENT_THEN, None, rows(&next, &Empty::new(words::SENT))))
        (crisis(Lang::En))
    };
    page(words::SENT, &Faults::none(), main)
}

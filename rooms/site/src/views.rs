//! The public pages: values to HTML.

use economics::{Clause, Rule};
use ground::frame;
use ground::html::{
    Act, Button, Empty, Head, Heading, Link, Row, Step, Tone, journey, money, notice, prices, rows,
    section, when,
};
use ground::mail::Landed;
use ground::policy::Service;
use ground::web::assets;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use people::demo::Somebody;

use crate::words;

/// What is sold, in the order of the way.
const SOLD: &[(Service, &str)] = &[
    (Service::Leads, "Requests for care"),
    (Service::Intake, "An intake call"),
    (Service::Scheduling, "Scheduling"),
    (Service::Billing, "A claim filed and followed"),
];

type Behind = (String, Vec<String>);

fn page(title: &str, main: Markup) -> Markup {
    frame::page(&Head::new(assets(), title), main)
}

/// A price as one reads it in a list.
fn price(clause: &Clause) -> Markup {
    match &clause.rule {
        Rule::Flat { cents } => html! { (money(cents.0)) " a month" },
        Rule::PerUnit { cents, .. } => html! { (money(cents.0)) },
        Rule::PerHour { cents } => html! { (money(cents.0)) " an hour" },
        _ => html! { (clause.sentence()) },
    }
}

fn costs() -> Markup {
    let mut list: Vec<(&str, Markup)> =
        SOLD.iter().map(|(service, says)| (*says, price(&terms::list_price(*service)))).collect();
    list.push((words::SHARE, html! { (words::NONE) }));
    section(words::COSTS, None, html! { (prices(&list)) p.aside { (gains()) } })
}

/// What the operator gains by one client more, from the price of a claim itself.
fn gains() -> String {
    let claim = terms::list_price(Service::Billing);
    let each = match &claim.rule {
        Rule::PerUnit { cents, .. } => ground::html::dollars(cents.0),
        _ => claim.sentence(),
    };
    let most = claim.cap.map_or_else(String::new, |most| ground::html::dollars(most.0));
    words::gains(&each, &most)
}

fn owned(behind: Option<&Behind>) -> String {
    match behind {
        Some((legal_name, owners)) => words::owned(legal_name, owners),
        None => words::NO_OPERATOR.into(),
    }
}

fn way() -> Markup {
    let steps: Vec<Step<'_>> =
        words::STEPS.iter().map(|&(name, says, yours)| Step { name, says, yours }).collect();
    let legend = html! { "● " (words::YOURS) "  ○ " (words::CARRIED) };
    section(words::WAY, Some(legend), journey(&steps))
}

/// The front page: the whole promise, its price, and the way, on one screen.
pub(crate) fn home(behind: Option<&Behind>, is_demo: bool) -> Markup {
    let main = html! {
        div.front {
            div {
                (Heading::new(words::HOME))
                p.says { (words::SAYS) }
                div.acts {
                    @if is_demo { (Button::go(Link::to("/demo", words::DEMO)).filled()) }
                    @let keep = Button::go(Link::to("/compare", words::WHAT_KEEP));
                    @if is_demo { (keep) } @else { (keep.filled()) }
                    (Link::to("/how-we-work/charter", words::READ_CHARTER))
                    (Link::to("/how-we-work/agreement", words::READ_AGREEMENT))
                }
            }
            (costs())
        }
        (way())
        div.thirds {
            div { h2 { (words::OWNED) } p { (owned(behind)) } }
            div { h2 { (words::EARNS) } p { (words::EARNS_SAYS) } }
            div { h2 { (words::LEAVES) } p { (words::LEAVES_SAYS) } }
        }
        (stands())
    };
    page(words::HOME, main)
}

fn stands() -> Markup {
    html! {
        (section(words::STANDS, None, html! {
            ul { @for line in words::WORKS { li { (line) } } }
        }))
        (section(words::NOT_YET, None, html! {
            ul { @for line in words::MISSING { li { (line) } } }
        }))
    }
}

/// The documents, the way, who owns the operator, and what works.
pub(crate) fn how_we_work(behind: Option<&Behind>) -> Markup {
    let go = |to: &str, text: &str| html! { li { (Link::to(to, text)) } };
    let main = html! {
        (Heading::new(words::HOW_WE_WORK).lead(html! { (words::HOW_WE_WORK_WHY) }))
        ul {
            (go("/how-we-work/agreement", words::READ_AGREEMENT))
            (go("/how-we-work/engagement", words::READ_ENGAGEMENT))
            (go("/how-we-work/charter", words::READ_CHARTER))
        }
        (way())
        (costs())
        (section(words::OWNED, None, html! { p { (owned(behind)) } }))
        (section(words::LEAVES, None, html! { p { (words::LEAVES_SAYS) } }))
        (stands())
        p.aside { (words::NOT_ADVICE) }
    };
    page(words::HOW_WE_WORK, main)
}

/// Everybody of a demo, to come in as.
pub(crate) fn everybody(list: &[Somebody]) -> Markup {
    let staff: Vec<&Somebody> = list.iter().filter(|it| it.is_operator).collect();
    let workers: Vec<&Somebody> =
        list.iter().filter(|it| !it.is_operator && !it.is_client()).collect();
    let clients: Vec<&Somebody> = list.iter().filter(|it| it.is_client()).collect();
    let main = html! {
        (Heading::new(words::DEMO).lead(html! { (words::DEMO_WHY) }))
        (notice(Tone::Warn, "Demo", html! { p { (words::DEMO_LEAVES_OUT) } }, None))
        (group(words::OF_PRACTICES, &workers))
        (group(words::OF_OPERATOR, &staff))
        (group(words::CLIENTS, &clients))
        p { (Link::to("/demo/mail", words::MAIL)) }
    };
    page(words::DEMO, main)
}

fn group(name: &str, list: &[&Somebody]) -> Markup {
    let row = |it: &&Somebody| {
        let side = if it.is_client() { "client" } else { "work" };
        Row::new(html! { (it.name) })
            .second(html! { (it.roles.join(", ")) ", " (it.practice) })
            .act(Act::Send {
                to: format!("/demo/sign-in/{}/{side}", it.person),
                text: words::COME_IN.into(),
                about: it.name.clone(),
                once: it.person.to_string(),
            })
    };
    let list: Vec<Row> = list.iter().map(row).collect();
    section(name, None, rows(&list, &Empty::new(words::NO_MAIL)))
}

/// Where the letters of a demo land.
pub(crate) fn letters(list: &[Landed], zone: &TimeZone) -> Markup {
    let main = html! {
        (Heading::new(words::MAIL).lead(html! { (words::MAIL_WHY) }))
        @if list.is_empty() { p { (words::NO_MAIL) } }
        @for it in list {
            (section(&it.letter.subject,
                Some(when::moment(&it.at.to_zoned_datetime(zone.clone()))),
                html! {
                    p.aside { "To " (it.to) }
                    @for paragraph in it.letter.body.split("\n\n") { p { (linked(paragraph)) } }
                }))
        }
    };
    page(words::MAIL, main)
}

/// A paragraph, with a link where one stands on a line of its own.
fn linked(paragraph: &str) -> Markup {
    let link = paragraph.trim();
    let path = link.split_once("://").and_then(|(_, rest)| rest.split_once('/'));
    match path {
        Some((_, path)) if !link.contains(char::is_whitespace) => {
            html! { (Link::to(format!("/{path}"), link)) }
        }
        _ => html! { (paragraph) },
    }
}

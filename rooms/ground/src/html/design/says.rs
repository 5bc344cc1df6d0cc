//! What says: notices, refusals, ways, boxes, endings, and text that nobody expected.

use jiff::civil::date;
use maud::{Markup, html};

use super::super::button::{Button, Stands, button, switch};
use super::super::choice::Pick;
use super::super::ending::{Ending, Saved};
use super::super::facts::facts;
use super::super::field::Filled;
use super::super::link::{Act, Link};
use super::super::list::{Promise, Row, promises, rows};
use super::super::nav::{Tab, breadcrumbs, pagination, tabs};
use super::super::notice::{Refusal, Source, Tone, notice};
use super::super::page::{crisis, said};
use super::super::section::{Empty, asks, disclosure, next, panel, rule_code};
use super::super::table::{Column, TableRow, table};
use super::super::typed::{Faults, Typed};
use super::super::words::Lang;

pub(super) fn notices() -> Markup {
    let rule =
        Source { rule: "Good Faith Estimate", from: "45 CFR 149.610", since: date(2022, 1, 1) };
    let waits = html! { "Four claims wait; none is late." };
    let sent = html! { "37 claims were sent at 9:14 AM." };
    let due = html! { "They pay without a plan, and the visit is in three business days." };
    let lost = html! { "The clearinghouse could not be reached. We try again at 9:30 AM." };
    html! {
        (notice(Tone::Plain, "Regence answers on Thursdays", waits, None))
        (notice(Tone::Ok, "Sent", sent, None))
        (notice(Tone::Warn, "An estimate is due before this visit", due, Some(rule)))
        (notice(Tone::Danger, "Not sent, and nothing is lost", lost, None))
        h3 { "Before the first question to a stranger" }
        (crisis(Lang::En))
        div lang="es" { (crisis(Lang::Es)) }
        h3 { "What a person said" }
        (said("I’d like someone who asks questions, not someone who hands me worksheets."))
    }
}

fn refusal() -> Refusal {
    Refusal {
        tried: "You can’t open this note.".into(),
        promise: "OF-02".into(),
        says: "The clinician decides who reads a note.".into(),
        next: Some(Link::to("#refusal", "Ask Dr. Lee")),
    }
}

const RULE: &str = "forbid (principal, action in Action::\"use_time\", resource)
when   { resource.protected }
unless { principal == resource.clinician };";

pub(super) fn refusals() -> Markup {
    let list = [
        Promise {
            code: "OF-08".into(),
            says: "Nobody but you opens your protected time, or ends your pause.".into(),
            tried: html! { "Last attempt today, 9:12 AM." },
            unfolds: Some(disclosure("Show the rule", rule_code(RULE))),
        },
        Promise {
            code: "OF-07".into(),
            says: "Nobody becomes your client before you have accepted.".into(),
            tried: html! { "Tried by test Mon, Nov 9; never by staff." },
            unfolds: None,
        },
    ];
    html! {
        section.refusal { h3 { (refusal().tried) } (refusal().body()) }
        div.size-work { (promises(&list)) }
    }
}

pub(super) fn ways() -> Markup {
    let views = [
        Tab::new("#ways", "Day"),
        Tab::new("#ways", "Week").here(),
        Tab::new("#ways", "Month"),
        Tab::new("#ways", "Waiting").count(12),
    ];
    let way = [Link::to("#ways", "Clients"), Link::to("#ways", "J. M.")];
    let earlier = Link::to("#ways", "Earlier");
    let later = Link::to("#ways", "Later");
    html! {
        div.size-work {
            (breadcrumbs(&way, "Note of Tue, Nov 10"))
            (tabs("View", &views))
            (pagination("Claims", "51 to 100 of 218", Some(&earlier), Some(&later)))
            h3 { "The last page" }
            (pagination("Claims, at the end", "201 to 218 of 218", Some(&earlier), None))
        }
    }
}

pub(super) fn unfolding() -> Markup {
    let received = "CLP*ES4417*1*150*78*20*12*26310A0098341*11*1~\nSVC*HC:90837*150*78**1~";
    html! {
        div.size-work {
            (disclosure("Show what was received", rule_code(received)))
            details.disclosure open {
                summary { "Open" }
                div.inside { (rule_code(received)) }
            }
        }
    }
}

pub(super) fn boxes() -> Markup {
    let detail = html! { "In 18 minutes. Forms, insurance and place are in order." };
    let join = html! {
        (button("Last note"))
        (Button::go(Link::to("#boxes", "Join")).filled())
    };
    let times = html! {
        p { "Answer by Wed, Nov 11, 12:00 PM. If you don’t, it goes to the next person." }
        div.acts { (button("Accept").filled()) (button("Not a fit")) (button("Not now")) }
    };
    let tell = html! {
        b { "S. P." } " moved from Tue, 4:00 PM to " b.keep { "Thu, Nov 12, 2:00 PM" }
        ". Tell S. P.?"
    };
    let answers = html! {
        (button("Send").filled())
        (button("Don’t send"))
        (Link::to("#boxes", "Undo, 24 s"))
    };
    let set = html! { "21 of the 24 you set" };
    let since = html! { "since Mon, Nov 9" };
    html! {
        div.size-work {
            (next("J. M. at 10:00 AM, by video", detail, join))
            (panel("Times they may choose from", times))
            (asks(tell, answers))
            div.acts { (switch("/design", "k3", "Taking new clients", set, Stands::On)) }
            div.acts { (switch("/design", "k4", "Paused", since, Stands::Off)) }
        }
    }
}

pub(super) fn endings() -> Markup {
    let home = Link::to("#endings", "Go to the first page");
    let all = [
        (Ending::NotFound, home.clone()),
        (Ending::LinkEnded, Link::to("#endings", "Send a new one")),
        (Ending::Refused(refusal()), Link::to("#endings", "Back to the client")),
        (Ending::TooMuch { minutes: 15 }, home.clone()),
        (
            Ending::Conflict(Some(
                "Ada booked this hour at 9:41 AM. Three others are open.".into(),
            )),
            Link::to("#endings", "See the three"),
        ),
        (Ending::Inside { id: "K7QM-2".into(), saved: Saved::No }, Link::to("#endings", "Go back")),
        (Ending::Offline, Link::to("#endings", "Try again")),
    ];
    html! {
        div.columns.halves {
            @for (ending, act) in all {
                (ending.under(html! { h3 { (ending.title(Lang::En)) } }, Lang::En, &act))
            }
        }
    }
}

const LONG: &str =
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
const SCRIPTS: &str = "Zoë Nguyễn-O’Brien · 李小龍 · עדי כהן · محمد · Ọlá · 👩🏽‍🦱";
const HOSTILE: &str = "\"><u><img src=x onerror=alert(1)></u>";

pub(super) fn odd() -> Markup {
    let typed = Typed::none().with("o_long", LONG).with("o_hostile", HOSTILE);
    let faults = Faults::none().and("o_hostile", HOSTILE);
    let form = Filled::new(&typed, &faults);
    let views = [Tab::new("#odd", LONG).here(), Tab::new("javascript:alert(1)", HOSTILE)];
    let picks = [Pick::new(HOSTILE, HOSTILE).hint(LONG)];
    let columns = [Column::name(HOSTILE), Column::words(LONG), Column::leading("Owed")];
    let row = TableRow::new(vec![html! { (LONG) }, html! { (HOSTILE) }, html! { "$0.00" }]);
    html! {
        div.size-work {
            (rows(&[
                Row::new(html! { (LONG) })
                    .second(html! { (SCRIPTS) })
                    .act(Act::Go(Link::to("#odd", "Open").about(HOSTILE))),
                Row::new(html! { bdi { (SCRIPTS) } })
                    .second(html! { (LONG) })
                    .value(html! { (LONG) }),
                Row::new(html! { (Link::to("javascript:alert(1)", HOSTILE)) }),
            ], &Empty::new("")))
            (facts(&[(LONG, Some(html! { (HOSTILE) })), (HOSTILE, Some(html! { (SCRIPTS) }))], ""))
            (table(HOSTILE, &columns, &[row], &Empty::new(HOSTILE)))
            (form.field("o_long", LONG).hint(HOSTILE))
            (form.field("o_hostile", HOSTILE).area())
            (form.checks("o_pick", HOSTILE, &picks))
            (notice(Tone::Warn, LONG, html! { (HOSTILE) }, None))
            (tabs(HOSTILE, &views))
            (rule_code(HOSTILE))
            (button(LONG).sends(HOSTILE, HOSTILE))
        }
    }
}

//! What stands in lines: rows, a day, facts, tables, a ledger, bars, a timeline.

use jiff::civil::{date, time};
use maud::{Markup, html};

use super::super::bars::{Bar, Ink, Span, bars, clock};
use super::super::day::{Hour, HourState, Mark, day};
use super::super::facts::{facts, figures, prices};
use super::super::ledger::{Group, Ledger, Line, Sum};
use super::super::link::{Act, Link};
use super::super::list::{Reason, Row, openings, reasons, rows};
use super::super::money::money;
use super::super::section::Empty;
use super::super::table::{Column, TableRow, table};
use super::super::timeline::{Moment, Step, journey, timeline};
use super::super::{icons, when};

pub(super) fn rows_of_all_kinds() -> Markup {
    let go = |text: &str, about: &str| Act::Go(Link::to("#rows", text).about(about));
    let send = Act::Send {
        to: "/design".into(),
        text: "Close".into(),
        about: "the remittance that came twice".into(),
        once: "k2".into(),
    };
    let list = [
        Row::new(html! { "K. L. said yes to a risk question" })
            .second(html! { "At 9:31 AM; saw the crisis page. Your backup is told at 9:46." })
            .risk()
            .act(go("Call", "K. L.")),
        Row::new(html! { "A person asks for care" })
            .second(html! { "Adult, Austin, mornings. Answer by Wed, Nov 11, 12:00 PM." })
            .act(go("Read", "a person asks for care")),
        Row::new(html! { "Taken back by payer" })
            .value(money(-9_800))
            .chosen()
            .second(html! { "Pecos Mutual, visit of Sep 15. Appeal by Dec 9." }),
        Row::new(html! { "The same remittance twice" }).act(send),
        Row::new(html! { "2 clients moved their visit, inside your hours" }).past(),
    ];
    let times = [
        (Link::to("#rows", "Tue, Nov 17"), html! { "3:00 PM" }, "video"),
        (Link::to("#rows", "Thu, Nov 19"), html! { "9:00 AM" }, "either way"),
    ];
    let nothing = Empty::new("Nothing needs you. Next: 10:00, J. M., video.")
        .act(Link::to("#day", "Your day"));
    let none_open = Empty::new("Ada has no open time before Dec 1. We can tell you of the first.")
        .act(Link::to("#rows", "Tell me"));
    html! {
        div.columns.halves.size-work {
            div {
                h3 { "One verb a line" }
                (rows(&list, &Empty::new("")))
                h3 { "Empty" }
                (rows(&[], &nothing))
            }
            div {
                h3 { "For and against" }
                (reasons(&[
                    Reason::yes("You may see them: your Texas license covers the first date.")
                        .source("License 38114, ends Jan 8, 2027"),
                    Reason::yes("Two of your open times fit."),
                    Reason::no("They asked for evenings first. You have none.")
                        .source("Mornings are their second choice"),
                ]))
                h3 { "Openings" }
                (openings(&times, &Empty::new("No times.")))
                h3 { "No openings" }
                (openings(&[], &none_open))
            }
        }
    }
}

pub(super) fn a_day() -> Markup {
    let at = |hour, minute| when::clock(time(hour, minute, 0, 0));
    let hours = [
        Hour::new(at(8, 30), "A. N.", HourState::Past)
            .mark(Mark::Done)
            .how(icons::DOOR, "in person")
            .aside(html! { "Note not signed" }),
        Hour::new(at(10, 0), "J. M.", HourState::Now)
            .mark(Mark::Confirmed)
            .how(icons::CAMERA, "by video")
            .aside(html! { "Ready" }),
        Hour::new(at(11, 0), "R. T.", HourState::Off)
            .mark(Mark::Missed)
            .how(icons::DOOR, "in person")
            .aside(html! { "Canceled Sunday" }),
        Hour::new(at(12, 0), "Protected: lunch, and a walk", HourState::Protected)
            .aside(html! { "until " (at(13, 0)) }),
        Hour::new(at(14, 0), "M. C., first visit", HourState::Ahead)
            .mark(Mark::Planned)
            .how(icons::CAMERA, "by video")
            .aside(html! { "Forms: 3 of 4" }),
        Hour::new(at(15, 0), "Open to new clients", HourState::Free).aside(html! { "not booked" }),
        Hour::new(at(16, 0), "S. P.", HourState::Ahead)
            .mark(Mark::Planned)
            .how(icons::PHONE, "by phone"),
    ];
    let free = Empty::new("Nothing is planned. Your next visit is Thu, Nov 12, 9:00 AM.")
        .act(Link::to("#day", "See the week"));
    html! {
        div.size-work {
            (day(&hours, &Empty::new("")))
            h3 { "Empty" }
            (day(&[], &free))
        }
    }
}

pub(super) fn known() -> Markup {
    html! {
        div.columns.halves.size-work {
            div {
                h3 { "Facts" }
                (facts(&[
                    ("Brings her", Some(html! { "sleep, a move" })),
                    ("Where, how paid", Some(html! { "Austin, TX; Blue Mesa PPO" })),
                    ("May we", Some(html! { "call yes; voicemail no; text yes; email yes" })),
                    ("Seen before", None),
                ], "She chose not to say"))
            }
            div {
                h3 { "Prices" }
                (prices(&[
                    ("Systems and support", html! { (money(79_000)) " a month" }),
                    ("An intake call answered", money(4_500)),
                    ("Cards", html! { "at cost" }),
                    ("A share of your fees", html! { "none" }),
                ]))
                h3 { "Figures" }
                (figures(&[
                    ("with Blue Mesa, an estimate", money(2_500)),
                    ("without a plan", money(16_500)),
                    ("sliding scale", html! { "from " (money(9_000)) }),
                ]))
            }
        }
    }
}

pub(super) fn tables() -> Markup {
    let columns = [
        Column::name("Person"),
        Column::words("Clock"),
        Column::words("Source"),
        Column::leading("Owed"),
        Column::act("Next step"),
    ];
    let row = |name: &str, second: &str, says, spent, ink, source: &str, cents, verb: &str| {
        TableRow::new(vec![
            html! { (name) span.second { (second) } },
            clock(says, spent, ink),
            html! { (source) span.second { "Mon, 4:40 PM" } },
            money(cents),
            html! { (Link::to("#table", verb).about(name)) },
        ])
    };
    let list = [
        row("Marisol", "Elm Street", "40 min late", 10_000, Ink::Late, "Website", 0, "Call")
            .chosen(),
        row("Tom", "Elm Street", "8 min left", 8_700, Ink::Plain, "Voicemail", 2_500, "Call back"),
        row(
            "blue-otter-41",
            "Oak and Main",
            "1 h 45 left",
            5_600,
            Ink::Plain,
            "Riverside School",
            -9_800,
            "Call",
        )
        .past(),
    ];
    let sides =
        [Column::name("What"), Column::words("The payer’s line"), Column::words("Our claim")];
    let side = |name: &str, one: &str, other: &str| {
        TableRow::new(vec![html! { (name) }, html! { (one) }, html! { (other) }])
    };
    let compared = [
        side("Claim number", "ES4417", "ES4471").differs(),
        side("Date of service", "Tue, Oct 20", "Tue, Oct 20"),
    ];
    html! {
        div.size-work {
            (table("Who waits", &columns, &list, &Empty::new("")))
            h3 { "A row that differs" }
            (table("Two sides", &sides, &compared, &Empty::new("")))
            h3 { "Empty" }
            (table(
                "Claims",
                &columns,
                &[],
                &Empty::new("All 37 sent. First answers usually come in 2 days from Regence."),
            ))
        }
    }
}

pub(super) fn a_ledger() -> Markup {
    let line = |what: Markup, how: &str, clause: &str, cents| Line {
        what,
        how: how.into(),
        clause: clause.into(),
        cents,
    };
    let open = |text: &str| html! { (Link::to("#ledger", text)) };
    let sum = |name: &str, how: &str, clause: &str, cents| Sum {
        name: name.into(),
        how: how.into(),
        clause: clause.into(),
        cents,
    };
    let groups = vec![
        Group {
            name: "What your work was worth".into(),
            aside: Some(html! { "by contract and fee list" }),
            lines: vec![
                line(open("34 sessions, Pecos Mutual"), "34 × $98.00", "contract, row 12", 333_200),
                line(open("20 sessions, your fee"), "20 × $120.00", "fee list of Sep 1", 240_000),
                line(
                    open("1 late fee, Oct 14"),
                    "two more waived by you",
                    "engagement §6.3",
                    6_000,
                ),
            ],
            sum: sum("Gross", "", "", 579_200),
        },
        Group {
            name: "Not received".into(),
            aside: None,
            lines: vec![line(
                open("1 session denied, Oct 6"),
                "CO-197, appeal sent, answer by Thu, Dec 3",
                "",
                -7_800,
            )],
            sum: sum("You keep", "$5,792.00 − $78.00", "98.7% of gross", 571_400),
        },
    ];
    html! { div.size-work { (Ledger { caption: "October 2026".into(), groups }) } }
}

pub(super) fn drawn() -> Markup {
    let bar = |name, from_bp, to_bp, cents, ink, total| Bar {
        name,
        span: Ok(Span { from_bp, to_bp }),
        value: money(cents),
        ink,
        total,
    };
    let list = [
        bar("70%, as signed", 0, 10_000, 8_384, Ink::Plain, true),
        bar("Not received", 9_479, 10_000, -437, Ink::Part, false),
        bar("The operator’s prices", 7_967, 9_479, -1_268, Ink::Part, false),
        bar("For each hour worked", 0, 7_967, 6_679, Ink::Yours, true),
        Bar {
            name: "Marketing",
            span: Err("none this month"),
            value: money(0),
            ink: Ink::Plain,
            total: false,
        },
    ];
    html! {
        div.size-work {
            (bars("What an hour was worth", "Amount", &list))
            h3 { "A promised time: the word first" }
            div.acts {
                (clock("8 min left", 8_700, Ink::Plain))
                (clock("40 min late", 10_000, Ink::Late))
            }
        }
    }
}

pub(super) fn in_order() -> Markup {
    let at = |day, hour| {
        html! {
            (when::date(date(2026, 11, day))) ", " (when::clock(time(hour, 0, 0, 0)))
        }
    };
    let list = [
        Moment {
            at: at(9, 15),
            what: html! { "Asked for care on the website" },
            second: None,
            ahead: false,
        },
        Moment {
            at: at(10, 9),
            what: html! { "Sue spoke with them" },
            second: Some(html! { "agreement §3.2" }),
            ahead: false,
        },
        Moment {
            at: at(11, 12),
            what: html! { "Goes to the next person, if you say nothing" },
            second: None,
            ahead: true,
        },
    ];
    let steps = [
        Step { name: "Call", says: "answered by a person", yours: false },
        Step { name: "Fit", says: "reasons for and against", yours: false },
        Step { name: "Accept", says: "or not; no is free", yours: true },
        Step { name: "Hours", says: "you open them, you close them", yours: true },
        Step { name: "Claim", says: "filed, followed, appealed", yours: false },
        Step { name: "Worth", says: "of an hour, all work counted", yours: true },
    ];
    html! {
        div.size-work {
            (timeline(&list, &Empty::new("")))
            (journey(&steps))
            h3 { "Empty" }
            (timeline(&[], &Empty::new("Nothing has happened yet. Each contact will stand here.")))
        }
    }
}

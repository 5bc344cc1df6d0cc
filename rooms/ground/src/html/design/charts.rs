//! Charts in every state: whole, negative, unknown, empty, one alone.

use maud::{Markup, html};

use super::super::bars::Ink;
use super::super::charts::{
    Band, End, Line, Spread, Step, Swing, Trend, band_legend, bands, tornado, waterfall,
};
use super::super::money::dollars;
use super::super::section::Empty;

pub(super) fn falls() -> Markup {
    let hour = [
        Step::whole("70%, as signed", 8_384),
        Step::change("Not received", -437),
        Step::change("Late fee", 79),
        Step::change("The operator’s prices", -1_268),
        Step::change("Your own costs", -71),
        Step::sum("For a session hour"),
        Step::change("21.5 h outside sessions", -1_876),
        Step::sum("For each hour worked"),
    ];
    let below = [
        Step::whole("First month, paid", 12_000),
        Step::change("Rent and records", -74_900),
        Step::unknown("The network’s part", "not published"),
        Step::sum("Left of the month"),
    ];
    let empty = Empty::new("Once a session took place, its hour is taken apart here.");
    html! {
        div.size-work {
            (waterfall("What an hour was worth", "Amount", dollars, &hour, &empty))
            h3 { "Below zero, and a step that nobody knows" }
            (waterfall("A first month", "Amount", dollars, &below, &empty))
            h3 { "Nothing yet" }
            (waterfall("No hour", "Amount", dollars, &[], &empty))
        }
    }
}

pub(super) fn spreads() -> Markup {
    let spread = |p05, p25, p50, p75, p95| Ok(Spread { p05, p25, p50, p75, p95 });
    let list = [
        Band {
            name: "Insurance network",
            spread: spread(4_971, 5_560, 5_840, 6_110, 6_426),
            ink: Ink::Plain,
        },
        Band {
            name: "Your practice",
            spread: spread(3_168, 4_200, 4_712, 5_160, 5_582),
            ink: Ink::Yours,
        },
        Band {
            name: "Certain to the cent",
            spread: spread(3_600, 3_600, 3_600, 3_600, 3_600),
            ink: Ink::Plain,
        },
        Band { name: "No session in any run", spread: Err("not known yet"), ink: Ink::Plain },
    ];
    let empty = Empty::new("Models will be listed here.");
    html! {
        div.size-work {
            (bands("What an hour is worth", "Middle", dollars, &list, &empty))
            (band_legend(400))
            h3 { "Nothing yet" }
            (bands("No models", "Middle", dollars, &[], &empty))
        }
    }
}

pub(super) fn trends() -> Markup {
    let months = |count: usize| (1..=count).map(|month| format!("Month {month}")).collect();
    let trend = |caption, says, along, lines| Trend {
        caption,
        says,
        along,
        of: "Month",
        lines,
        written: dollars,
        empty: "After the first closed month a line begins here.",
    };
    let cash = |cents: &[i64]| cents.iter().map(|it| Some(*it)).collect::<Vec<_>>();
    let two = vec![
        Line {
            name: "Your practice",
            values: cash(&[-310_000, -340_000, -250_000, -90_000, 140_000, 410_000]),
        },
        Line {
            name: "Group, employed",
            values: cash(&[40_000, 120_000, 260_000, 450_000, 690_000, 950_000]),
        },
    ];
    let gap = vec![Line {
        name: "An hour",
        values: vec![Some(2_100), Some(2_900), None, None, Some(4_300), None, Some(4_851)],
    }];
    html! {
        div.size-work {
            (trend(
                "Money in hand, month by month",
                "Your practice is above water from month 5, the job from the first.",
                months(6),
                two,
            ))
            h3 { "Months that nobody recorded" }
            (trend("What an hour was worth", "$48.51 in the last month.", months(7), gap))
            h3 { "Nothing yet" }
            (trend("No months", "", vec![], vec![]))
        }
    }
}

pub(super) fn swings() -> Markup {
    let end = |input, figure| End { input, figure };
    let list = [
        Swing { name: "Calls a week", low: end("1.7", Some(2_904)), high: end("5.1", Some(6_217)) },
        Swing {
            name: "Minutes for a note",
            low: end("6 min", Some(5_210)),
            high: end("20 min", Some(4_230)),
        },
        Swing {
            name: "Weeks that a client stays",
            low: end("30", None),
            high: end("80", Some(5_001)),
        },
    ];
    let empty = Empty::new("What can be varied will be listed here.");
    html! {
        div.size-work {
            (tornado("What moves the hour most", 4_712, dollars, &list, &empty))
            h3 { "Nothing yet" }
            (tornado("Nothing to vary", 4_712, dollars, &[], &empty))
        }
    }
}

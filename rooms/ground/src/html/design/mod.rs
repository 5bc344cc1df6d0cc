//! The living style page: every part in every state, drawn by the parts themselves.

mod asks;
mod charts;
mod inks;
mod lines;
mod says;

use maud::{Markup, html};

use super::nav::Place;
use super::page::{Assets, Head, Heading, Theme};
use super::section::section;
use super::shell::{Public, Shell};

struct Chapter {
    id: &'static str,
    name: &'static str,
    about: &'static str,
    body: fn() -> Markup,
}

const CHAPTERS: &[Chapter] = &[
    Chapter {
        id: "color",
        name: "Color",
        about: "One accent. Color means something, or is absent, and never speaks alone.",
        body: inks::color,
    },
    Chapter {
        id: "contrast",
        name: "Contrast",
        about: "Computed from the values above, for every pair that meets on a page.",
        body: inks::contrast_table,
    },
    Chapter {
        id: "type",
        name: "Type",
        about: "Type does the work. Two weights; the serif is for public pages, promises, and \
            what a person said.",
        body: inks::letters,
    },
    Chapter { id: "space", name: "Space", about: "Seven steps on a grid of 4.", body: inks::space },
    Chapter {
        id: "marks",
        name: "Icons and marks",
        about: "Drawn on 16 by 16 in the color of the text. A word always stands beside, seen or \
            read.",
        body: inks::marks,
    },
    Chapter {
        id: "words",
        name: "Money and time",
        about: "A true minus, two places, digits of one width. A date, a time, an amount never \
            break.",
        body: inks::written,
    },
    Chapter {
        id: "buttons",
        name: "Buttons",
        about: "One filled a page. Places are links. Under the pointer the edge turns to ink and \
            doubles.",
        body: asks::buttons,
    },
    Chapter {
        id: "fields",
        name: "Fields",
        about: "A label, why we ask, the fault, what was typed. Optional is a word.",
        body: asks::fields,
    },
    Chapter {
        id: "choices",
        name: "Choices",
        about: "The whole row is the target. Nothing is chosen for anyone.",
        body: asks::choices,
    },
    Chapter {
        id: "faults",
        name: "A form that came back",
        about: "The summary takes focus and says what the field says. The bar holds the whole \
            question.",
        body: asks::came_back,
    },
    Chapter {
        id: "rows",
        name: "Rows",
        about: "A section is a rule of ink, a name, an aside. Rows stand between hairlines, each \
            with one verb.",
        body: lines::rows_of_all_kinds,
    },
    Chapter {
        id: "day",
        name: "A day",
        about: "Protected time looks here as it looks in the calendar.",
        body: lines::a_day,
    },
    Chapter {
        id: "facts",
        name: "Facts and figures",
        about: "What is not known is named.",
        body: lines::known,
    },
    Chapter {
        id: "table",
        name: "Table",
        about: "Words left, numbers right, no stripes. On a phone a row becomes a block.",
        body: lines::tables,
    },
    Chapter {
        id: "ledger",
        name: "Ledger",
        about: "Units times price, the clause, the amount. A single rule over a sum, a double \
            one under the last.",
        body: lines::a_ledger,
    },
    Chapter {
        id: "bars",
        name: "Bars",
        about: "A table of which one column is drawn.",
        body: lines::drawn,
    },
    Chapter {
        id: "waterfall",
        name: "Waterfall",
        about: "From one figure to another, each step with its cause. Sums are worked out from \
            the rows above them.",
        body: charts::falls,
    },
    Chapter {
        id: "band",
        name: "Band",
        about: "A dot for the middle, a bar for half, a line for nine of ten; the numbers beside.",
        body: charts::spreads,
    },
    Chapter {
        id: "trend",
        name: "Trend",
        about: "Lines differ in their strokes. What is not known is a gap. The table is below.",
        body: charts::trends,
    },
    Chapter {
        id: "tornado",
        name: "Tornado",
        about: "What moves a figure most, each input at its low and at its high.",
        body: charts::swings,
    },
    Chapter {
        id: "time",
        name: "Timeline and journey",
        about: "Filled has happened, or is yours to decide; hollow lies ahead, or is carried for \
            you.",
        body: lines::in_order,
    },
    Chapter {
        id: "notices",
        name: "Notices",
        about: "A title that says it, and the rule with its source and date.",
        body: says::notices,
    },
    Chapter {
        id: "refusal",
        name: "Refusal and promise",
        about: "A promise is a sentence, set as one.",
        body: says::refusals,
    },
    Chapter {
        id: "ways",
        name: "Ways between pages",
        about: "Every view is an address.",
        body: says::ways,
    },
    Chapter {
        id: "unfold",
        name: "What unfolds",
        about: "Where it stands, without a layer.",
        body: says::unfolding,
    },
    Chapter {
        id: "boxes",
        name: "The box, the bar, the switch",
        about: "A box only around what can be acted on. The dark bar is the only layer.",
        body: says::boxes,
    },
    Chapter {
        id: "endings",
        name: "Where a way ends",
        about: "What is true, what happens next, one thing to do.",
        body: says::endings,
    },
    Chapter {
        id: "odd",
        name: "Odd text",
        about: "Long words wrap, every script is welcome, and markup that was typed is text.",
        body: says::odd,
    },
];

/// The page. `theme` is what the address asks for; the system's choice otherwise.
pub fn page(assets: &Assets, theme: Theme) -> Markup {
    let nav = vec![Place::new("/", "Trellis"), Place::new("/design", "Design").here()];
    let foot =
        vec![html! { "Every part on this page is drawn by the code that draws the product." }];
    let name = "Trellis".to_owned();
    let shell = Shell::Public(Public { name, home: "/".into(), nav, foot, ..Public::default() });
    let lead = html! {
        "Type does the work; boxes stand only where something can be acted on; nothing moves by \
         itself; numbers open, and absences are named."
    };
    let heading = Heading::new("Ink on paper").lead(lead).beside(inks::theme(theme));
    shell.page(
        &Head::new(assets, "Design").theme(theme),
        html! {
            (heading)
            div.design {
                nav.index aria-label="Parts" {
                    ul {
                        @for it in CHAPTERS { li { a href={ "#" (it.id) } { (it.name) } } }
                    }
                }
                div {
                    @for it in CHAPTERS {
                        div id=(it.id) {
                            (section(it.name, None, html! { p.about { (it.about) } ((it.body)()) }))
                        }
                    }
                }
            }
        },
    )
}

#[cfg(test)]
mod tests {
    use super::super::purity::impurities;
    use super::*;

    fn whole() -> String {
        let assets = Assets { css: "/a.css".into(), js: vec!["/a.js".into()] };
        page(&assets, Theme::Light).0
    }

    #[test]
    fn no_part_writes_a_style_a_script_or_an_event() {
        assert_eq!(impurities(&whole()), Vec::<String>::new());
    }

    #[test]
    fn no_id_is_given_twice_and_every_label_and_hint_finds_its_own() {
        let html = whole();
        let values = |name: &str| -> Vec<String> {
            let opening = format!(" {name}=\"");
            html.split(&opening)
                .skip(1)
                .map(|it| it.split('"').next().unwrap().to_owned())
                .collect()
        };
        let ids = values("id");
        for id in &ids {
            assert_eq!(ids.iter().filter(|it| *it == id).count(), 1, "{id}");
        }
        for told in ["for", "aria-describedby"] {
            for id in values(told).iter().flat_map(|it| it.split(' ')) {
                assert!(ids.iter().any(|it| it == id), "{told} {id}");
            }
        }
        for href in values("href").iter().filter_map(|it| it.strip_prefix('#')) {
            assert!(ids.iter().any(|it| it == href), "#{href}");
        }
    }

    #[test]
    fn hostile_text_is_text_in_every_part() {
        let html = whole();
        assert!(html.contains("&lt;img src=x onerror=alert(1)&gt;"));
        assert!(!html.contains("<img"));
        assert!(!html.contains("<u>"));
    }

    #[test]
    fn the_index_names_every_chapter_once() {
        let html = whole();
        for chapter in CHAPTERS {
            let link = format!("<a href=\"#{}\">{}</a>", chapter.id, chapter.name);
            assert_eq!(html.matches(&link).count(), 1, "{link}");
        }
        assert_eq!(html.matches("<h1").count(), 1);
    }
}

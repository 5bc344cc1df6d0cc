//! Colors with their measured contrast, letters, steps, icons, and how money and time are written.

use jiff::civil::{date, time};
use maud::{Markup, html};

use super::super::day::{Mark, hours_legend};
use super::super::money::{amount, money};
use super::super::notice::Word;
use super::super::page::Theme;
use super::super::section::Empty;
use super::super::table::{Column, TableRow, table};
use super::super::tokens::{CONTROL, PAIRS, Pair, TEXT, TOKENS, contrast, named};
use super::super::words::Lang;
use super::super::{icons, when};

/// The choice of light and dark; without script it is an address.
pub(super) fn theme(chosen: Theme) -> Markup {
    let all = [
        ("system", "As the system", Theme::System),
        ("light", "Light", Theme::Light),
        ("dark", "Dark", Theme::Dark),
    ];
    html! {
        form.size-work.choose-theme data-does="theme" {
            fieldset {
                legend.vh { "Light or dark" }
                div.acts {
                    @for (value, label, theme) in all {
                        div.choice {
                            input type="radio" name="theme" id={ "theme-" (value) } value=(value)
                                checked[theme == chosen];
                            label for={ "theme-" (value) } { (label) }
                        }
                    }
                    button class="button small" { "Show" }
                }
            }
        }
    }
}

pub(super) fn color() -> Markup {
    html! {
        ul.swatches {
            @for token in TOKENS {
                li {
                    svg viewBox="0 0 2 1" preserveAspectRatio="none" aria-hidden="true" {
                        rect width="1" height="1" fill=(token.light) {}
                        rect x="1" width="1" height="1" fill=(token.dark) {}
                    }
                    b { (token.name) }
                    div { (token.says) }
                    code { (token.light) " " (token.dark) }
                }
            }
        }
    }
}

pub(super) fn contrast_table() -> Markup {
    let columns = [
        Column::name("Over"),
        Column::words("Ground"),
        Column::words("For"),
        Column::number("Floor"),
        Column::number("Light"),
        Column::number("Dark"),
    ];
    let rows: Vec<TableRow> = PAIRS.iter().filter_map(measured).collect();
    html! {
        div.size-work.dense {
            (table("Contrast of pairs", &columns, &rows, &Empty::new("No pair.")))
        }
    }
}

fn measured(pair: &Pair) -> Option<TableRow> {
    let (over, ground) = (named(pair.over)?, named(pair.ground)?);
    let purpose = if pair.floor < TEXT { "edge or mark" } else { "text" };
    debug_assert!(CONTROL <= pair.floor, "no pair may have a lower floor");
    let shown = |ratio: f64| html! { (format!("{ratio:.1}")) };
    Some(TableRow::new(vec![
        html! { (pair.over) },
        html! { (pair.ground) },
        html! { (purpose) },
        shown(pair.floor),
        shown(contrast(over.light, ground.light)),
        shown(contrast(over.dark, ground.dark)),
    ]))
}

pub(super) fn letters() -> Markup {
    let sizes = [
        ("12", "at-12", "Calendar cards, figures on an axis, keys: nowhere else"),
        ("13", "at-13", "Asides, second lines, heads of tables, clauses"),
        ("15", "at-15", "Body of the work app; names of sections in semibold"),
        ("17", "at-17", "Body of public pages and of the portal"),
        ("20", "at-20", "The one sentence of a page; who is next"),
        ("26", "at-26", "Heading of a page"),
        ("34", "at-34", "Heading of a public page"),
    ];
    html! {
        ul.scale {
            @for (size, class, says) in sizes {
                li { span.aside { (size) } span class=(class) { (says) } }
            }
        }
    }
}

pub(super) fn space() -> Markup {
    html! {
        ul.scale {
            @for step in [4, 8, 12, 16, 24, 32, 48] {
                li {
                    span.aside { (step) }
                    svg.tall viewBox="0 0 48 1" preserveAspectRatio="none" width="48"
                        aria-hidden="true" {
                        rect width=(step) height="1" {}
                    }
                }
            }
        }
    }
}

pub(super) fn marks() -> Markup {
    let words = [
        Word::Plain("draft".into()),
        Word::Ok("paid".into()),
        Word::Warn("40 min late".into()),
        Word::Danger("risk".into()),
    ];
    html! {
        ul.glyphs { @for (name, icon) in icons::ALL { li.marked { (icon) (name) } } }
        h3 { "Hours and their states" }
        (hours_legend())
        h3 { "States in a line of text" }
        p { (Mark::Confirmed.with_word()) }
        h3 { "Words that carry a color because they carry a meaning" }
        ul.glyphs { @for word in words { li { (word) } } }
    }
}

pub(super) fn written() -> Markup {
    let day = date(2026, 11, 10);
    let here = day.at(15, 0, 0, 0).in_tz("America/Los_Angeles").ok();
    let end = day.at(15, 53, 0, 0).in_tz("America/Los_Angeles").ok();
    let columns = [Column::name("What"), Column::leading("Reads")];
    let mut rows = vec![
        ("an amount", money(120_450)),
        ("taken away", money(-9_800)),
        ("under others", amount(-9_800)),
        ("nothing", money(0)),
        ("a day", when::date(day)),
        ("a day in Spanish", when::date_in(Lang::Es, day)),
        ("another year", when::date_and_year(date(2027, 1, 8))),
        ("a clock time", when::clock(time(15, 0, 0, 0))),
    ];
    if let (Some(here), Some(end)) = (&here, &end) {
        rows.push(("a moment", when::moment(here)));
        rows.push(("where zones differ", when::moment_and_zone(Lang::En, here)));
        rows.push(("from and to", when::span(here, end)));
    }
    let rows: Vec<TableRow> =
        rows.into_iter().map(|(name, it)| TableRow::new(vec![html! { (name) }, it])).collect();
    html! { div.size-work { (table("Money and time", &columns, &rows, &Empty::new("Nothing."))) } }
}

//! The comparison as a page: the answer first, then the questions that it came from.

mod belief;
mod each;
mod form;
mod printed;
mod table;

use ground::frame;
use ground::html::{Faults, Filled, Head, Heading, Link, Typed, button, paper_head, section};
use ground::web::assets;
use maud::{Markup, html};

use super::answer::Answer;
use super::says;
use super::words;

pub(super) use printed::{Made, printed};

/// The page. Without an answer, its place says what is to be mended first.
pub(super) fn page(answer: Option<&Answer>, typed: &Typed, faults: &Faults) -> Markup {
    let form = Filled::new(typed, faults);
    let print = html! {
        button class="button small no-print" type="button" hidden data-does="print" { (words::PRINT) }
    };
    let main = html! {
        (paper_head(html! { (words::PAPER) }))
        (Heading::new(words::TITLE).lead(html! { (words::LEAD) }).beside(print))
        div.answer data-answer {
            (form.summary())
            @if let Some(answer) = answer { (shown(answer)) }
        }
        (form::asks(form, answer))
        (section(words::NOT_KNOWN, None, list(words::NOT_KNOWN_SAYS)))
    };
    frame::page(&Head::new(assets(), words::TITLE).faults(faults), main)
}

fn shown(answer: &Answer) -> Markup {
    html! {
        (table::strip(answer))
        (table::models(answer))
        div.thirds {
            (read_it(answer))
            (have_to(answer))
            div.flow {
                h2 { (words::LEFT_OUT) }
                (list(words::LEFT_OUT_SAYS))
            }
        }
        (table::two(answer))
        (belief::both_sides(answer))
        (belief::months(answer))
        (belief::moves(answer))
        (each::each(answer))
        (each::every_figure(answer))
    }
}

fn read_it(answer: &Answer) -> Markup {
    html! {
        div.flow {
            h2 { (words::READ_IT) }
            @for one in says::reading(answer) { p { (one) } }
        }
    }
}

fn have_to(answer: &Answer) -> Markup {
    html! {
        div.flow {
            h2 { (words::HAVE_TO) }
            p { (says::needed_for(answer)) }
            ul.dashes { @for one in &answer.needed { li { (says::needs(one, answer)) } } }
        }
    }
}

fn list(all: &[&str]) -> Markup {
    html! { ul.dashes { @for one in all { li { (one) } } } }
}

/// Where to read on, and the quiet way to somebody.
fn read_on() -> Markup {
    html! {
        p.note {
            (words::OUR_PRICES) " "
            (Link::to("/how-we-work/agreement", words::READ_AGREEMENT)) " · "
            (Link::to("/how-we-work", words::ASK))
        }
    }
}

/// The one filled button of the page, and the one that takes the same figures home: both send the
/// form, so that what was typed stands in no address.
fn show() -> Markup {
    html! {
        (button(words::SHOW).filled())
        (button(words::AS_PDF).to("/compare/pdf"))
    }
}

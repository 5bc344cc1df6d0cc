//! The questions: six ratings, two that matter most, and the figures, each with what is usual and
//! where it is from. What was typed stays.

use ground::html::{Filled, Pick};
use maud::{Markup, html};

use super::super::answer::Answer;
use super::super::asked::{self, rating_name};
use super::super::figures::{FIGURES, Figure, Group, OWN_CALLS, Unit};
use super::super::protects::MATTERS;
use super::super::says;
use super::super::words;

/// The groups that unfold, with their names.
const FOLDED: &[(Group, &str)] = &[
    (Group::Filling, "How a caseload fills"),
    (Group::Staying, "How long clients stay"),
    (Group::Attendance, "What becomes of booked sessions"),
    (Group::Insurance, "What is not paid, and what that takes"),
    (Group::Hours, "Hours outside sessions"),
    (Group::Costs, "What a practice costs"),
    (Group::Contracts, "What others offer"),
];

/// The form. The answer stands above it; its one sentence beside the button.
pub(super) fn asks(form: Filled<'_>, answer: Option<&Answer>) -> Markup {
    let is_direct = answer.is_some_and(|it| it.asked.is_direct());
    html! {
        form.compare method="post" action="/compare" novalidate data-does="compare"
            data-usual=(usual()) {
            section.section #matters {
                div.name { h2 { (words::MATTER) } }
                p.note { (words::MATTER_WHY) }
                (ratings(form))
                (two(form))
            }
            section.section #your-figures {
                div.name { h2 { (words::YOURS) } }
                p.note { (words::PRIVATE) }
                (group(form, Group::Practice, is_direct))
                @for (of, name) in FOLDED {
                    details.disclosure open[is_at_fault(form, *of)] {
                        summary { (name) }
                        div.inside {
                            (group(form, *of, is_direct))
                            @if *of == Group::Contracts { (own_calls(form)) }
                        }
                    }
                }
            }
            div.acts { (super::show()) }
            p.says data-says role="status" { @if let Some(it) = answer { (says::points(it)) } }
        }
    }
}

/// The form as it opens, as a link would hold it: what is left out of links.
fn usual() -> String {
    let pairs: Vec<String> =
        FIGURES.iter().map(|it| format!("{}={}", it.name, it.typed(it.usual))).collect();
    let empty = OWN_CALLS.iter().map(|(name, _)| format!("{name}="));
    pairs.into_iter().chain(empty).collect::<Vec<_>>().join("&")
}

fn ratings(form: Filled<'_>) -> Markup {
    let picks: Vec<Pick> =
        (1..=5).map(|it: u8| Pick::new(it.to_string(), it.to_string())).collect();
    html! {
        div.ratings {
            @for (at, (says, _)) in MATTERS.iter().enumerate() {
                @let name = rating_name(at);
                (form.radios(&name, says, &picks))
            }
        }
    }
}

fn two(form: Filled<'_>) -> Markup {
    let picks: Vec<Pick> = MATTERS
        .iter()
        .enumerate()
        .map(|(at, (says, _))| Pick::new((at + 1).to_string(), *says))
        .collect();
    html! {
        div.of-six { (form.checks("two", words::WHICH_TWO, &picks).hint(words::WHICH_TWO_WHY)) }
    }
}

fn is_at_fault(form: Filled<'_>, group: Group) -> bool {
    let of_group = FIGURES.iter().filter(|it| it.group == group).map(|it| it.name);
    let own = OWN_CALLS.iter().filter(|_| group == Group::Contracts).map(|it| it.0);
    of_group.chain(own).any(|name| form.has_fault(name))
}

/// Without plans nobody is asked about plans; what was typed about them stays.
fn group(form: Filled<'_>, group: Group, is_direct: bool) -> Markup {
    html! {
        div.fields {
            @for it in FIGURES.iter().filter(|it| it.group == group) {
                @if it.of_plans && is_direct {
                    input type="hidden" name=(it.name) value=(form.typed(it.name));
                } @else { (field(form, it)) }
            }
        }
    }
}

fn field(form: Filled<'_>, it: &Figure) -> Markup {
    let mut hint = it.beside();
    if is_outside(it, form.typed(it.name)) {
        hint = format!("{} {hint}", words::STAYS_AS_TYPED);
    }
    let field = form.field(it.name, it.label).hint(&hint).max(20);
    html! {
        @match it.unit {
            Unit::Dollars => (field.dollars()),
            Unit::Whole => (field.number()),
            Unit::Percent | Unit::Number => (field.decimal()),
        }
    }
}

fn is_outside(it: &Figure, typed: &str) -> bool {
    let (low, high) = it.range;
    asked::value(it, typed).is_ok_and(|value| value < low || high < value)
}

fn own_calls(form: Filled<'_>) -> Markup {
    html! {
        div.fields {
            @for (name, label) in OWN_CALLS {
                (form.field(name, label).decimal().optional().hint(words::OWN_CALLS).max(20))
            }
        }
    }
}

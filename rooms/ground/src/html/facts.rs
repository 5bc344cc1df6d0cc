//! Names and values: facts about a thing, prices, figures.

use maud::{Markup, html};

/// What is known, name by name. `None` is said: "not known" in the given words.
pub fn facts(list: &[(&str, Option<Markup>)], not_known: &str) -> Markup {
    html! {
        dl.facts {
            @for (name, value) in list {
                dt { (name) }
                @match value {
                    Some(value) => dd { (value) },
                    None => dd.none { (not_known) },
                }
            }
        }
    }
}

/// Names at the left, amounts at the right.
pub fn prices(list: &[(&str, Markup)]) -> Markup {
    html! {
        dl.prices { @for (name, value) in list { div { dt { (name) } dd { (value) } } } }
    }
}

/// A few figures side by side, each over its name.
pub fn figures(list: &[(&str, Markup)]) -> Markup {
    html! {
        dl.figures { @for (name, value) in list { div { dt { (name) } dd { (value) } } } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_named() {
        let html = facts(&[("Seen before", None)], "They chose not to say").0;
        assert!(html.contains("<dd class=\"none\">They chose not to say</dd>"), "{html}");
    }
}

//! Ways between pages. Every list, filter and date is an address, so Back always works.

use maud::{Markup, html};

use super::button::safe;
use super::link::Link;

/// A place in a rail or a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub(super) href: String,
    pub(super) text: String,
    pub(super) count: Option<u32>,
    pub(super) here: bool,
}

impl Place {
    /// A place and its name.
    pub fn new(href: impl Into<String>, text: impl Into<String>) -> Self {
        Self { href: href.into(), text: text.into(), count: None, here: false }
    }

    /// How much waits there, in gray. Nothing is shown for none.
    pub fn count(self, count: u32) -> Self {
        Self { count: (0 < count).then_some(count), ..self }
    }

    /// Where it leads.
    pub fn href(&self) -> &str {
        &self.href
    }

    /// Its name.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The reader is here.
    pub fn here(self) -> Self {
        Self { here: true, ..self }
    }
}

pub(super) fn place(it: &Place, class: Option<&str>) -> Markup {
    html! {
        a class=[class] href=(safe(&it.href)) aria-current=[it.here.then_some("page")] {
            span { (it.text) }
            @if let Some(count) = it.count { " " span.count { (count) } }
        }
    }
}

/// One of several views of the same thing: a tab or a filter, always an address.
pub type Tab = Place;

/// Tabs and filters. `label` says what they choose between.
pub fn tabs(label: &str, tabs: &[Tab]) -> Markup {
    html! {
        nav.tabs aria-label=(label) {
            ul { @for tab in tabs { li { (place(tab, None)) } } }
        }
    }
}

/// Earlier and later, with what is in view between them: "1 to 50 of 218". `label` names the list.
pub fn pagination(label: &str, says: &str, earlier: Option<&Link>, later: Option<&Link>) -> Markup {
    html! {
        nav.pages aria-label=(label) {
            @if let Some(link) = earlier { (link) }
            span.says { (says) }
            @if let Some(link) = later { (link) }
        }
    }
}

/// The way up from a page below the second level; the last is the page itself.
pub fn breadcrumbs(way: &[Link], here: &str) -> Markup {
    html! {
        nav.crumbs aria-label="Where you are" {
            ol {
                @for link in way { li { (link) } }
                li { span aria-current="page" { (here) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tab_in_view_says_so_and_none_is_not_counted() {
        let list = [Tab::new("?view=day", "Day").here(), Tab::new("?view=week", "Week").count(0)];
        let html = tabs("View", &list).0;

        assert!(html.contains("<a href=\"?view=day\" aria-current=\"page\">"), "{html}");
        assert!(!html.contains("count"), "{html}");
    }

    #[test]
    fn a_place_with_a_foreign_scheme_leads_nowhere() {
        let html = place(&Place::new("javascript:x", "X"), None).0;
        assert!(html.contains("href=\"#main\""), "{html}");
    }
}

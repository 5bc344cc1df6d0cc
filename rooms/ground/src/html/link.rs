//! A place to go and an act to send: what a permit allows arrives here as a value, or not at all.

use maud::{Markup, Render, html};

/// A place and the words that lead to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    href: String,
    text: String,
    about: Option<String>,
}

impl Link {
    /// A link that reads `text`.
    pub fn to(href: impl Into<String>, text: impl Into<String>) -> Self {
        Self { href: href.into(), text: text.into(), about: None }
    }

    /// What a list of links needs to hear beside "Open": read aloud, not shown.
    pub fn about(mut self, about: impl Into<String>) -> Self {
        self.about = Some(about.into());
        self
    }

    /// Where it leads.
    pub fn href(&self) -> &str {
        &self.href
    }

    /// What it reads.
    pub fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn words(&self) -> Markup {
        html! {
            (self.text)
            @if let Some(about) = &self.about { span.vh { ": " (about) } }
        }
    }

    pub(super) fn with_class(&self, class: &str) -> Markup {
        html! {
            @if leads_somewhere(&self.href) { a class=(class) href=(self.href) { (self.words()) } }
            @else { span class=(class) { (self.words()) } }
        }
    }
}

impl Render for Link {
    fn render(&self) -> Markup {
        html! {
            @if leads_somewhere(&self.href) { a href=(self.href) { (self.words()) } }
            @else { (self.words()) }
        }
    }
}

/// Any other scheme could be a script: such a link stays text.
pub(super) fn leads_somewhere(href: &str) -> bool {
    ["/", "#", "?", "https://", "mailto:", "tel:", "sms:"].iter().any(|way| href.starts_with(way))
}

/// The one verb at the end of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Go to a page.
    Go(Link),
    /// Send at once, as a form of one button.
    Send {
        /// The path that takes it.
        to: String,
        /// The verb.
        text: String,
        /// What it is about: read aloud, not shown.
        about: String,
        /// The once-key: a double press is one act.
        once: String,
    },
}

impl Render for Act {
    fn render(&self) -> Markup {
        match self {
            Self::Go(link) => link.with_class("act"),
            Self::Send { to, text, about, once } => html! {
                form method="post" action=(to) data-does="once" {
                    input type="hidden" name="once" value=(once);
                    button.act { (text) span.vh { ": " (about) } }
                }
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_to_a_script_is_only_text() {
        for href in ["javascript:alert(1)", " javascript:x", "data:text/html,x", "http://x", ""] {
            let html = Link::to(href, "Open").render().0;
            assert_eq!(html, "Open", "{href}");
        }
        assert_eq!(Link::to("/today", "Today").render().0, "<a href=\"/today\">Today</a>");
    }

    #[test]
    fn what_a_link_is_about_is_read_but_not_shown() {
        let html = Act::Go(Link::to("/notes", "Open").about("two notes to sign")).render().0;

        assert_eq!(
            html,
            "<a class=\"act\" href=\"/notes\">Open<span class=\"vh\">: two notes to sign</span></a>"
        );
    }
}

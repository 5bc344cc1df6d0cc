//! What every page has before it has a subject: a head, a heading, a demo line, a way to help.

use maud::{Markup, Render, html};

use super::button::safe;
use super::link::Link;
use super::typed::Faults;
use super::words::Lang;

/// Where the style sheet and the scripts are, by content hash.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assets {
    /// The one style sheet.
    pub css: String,
    /// The modules, in order.
    pub js: Vec<String>,
}

/// Light or dark: the system's choice, unless the person has made one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light, whatever the system has.
    Light,
    /// Dark, whatever the system has.
    Dark,
}

impl Theme {
    /// The value of `data-theme`, which is also how it is stored; none for the system's choice.
    pub fn forced(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}

/// How close rows stand in the work app, on a desk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Density {
    /// As designed.
    #[default]
    Comfortable,
    /// Closer, for those who would rather see more.
    Compact,
}

/// One calm line at the very top: everything here is made up.
#[derive(Clone, Copy, Debug)]
pub struct DemoBanner<'a> {
    /// "Everything here is made up: people, payers, prices. Today is Tue, Nov 10."
    pub text: &'a str,
    /// Whether the days of the demo can be turned from here.
    pub next_day: bool,
    /// The path that turns the day.
    pub to: &'a str,
    /// The once-key of that press.
    pub once: &'a str,
}

/// The head of a page, and what holds for all of it.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    pub(super) assets: &'a Assets,
    pub(super) title: &'a str,
    pub(super) lang: Lang,
    pub(super) theme: Theme,
    pub(super) density: Density,
    pub(super) demo: Option<DemoBanner<'a>>,
    pub(super) at_fault: bool,
}

impl<'a> Head<'a> {
    /// A page in English that follows the system's theme. The title stands in the tab, where
    /// others may read it: no diagnosis, no balance, no name of a client.
    pub fn new(assets: &'a Assets, title: &'a str) -> Self {
        let (lang, theme, density) = (Lang::En, Theme::System, Density::Comfortable);
        Self { assets, title, lang, theme, density, demo: None, at_fault: false }
    }

    /// The language of the page.
    pub fn lang(self, lang: Lang) -> Self {
        Self { lang, ..self }
    }

    /// The person's own choice of light or dark.
    pub fn theme(self, theme: Theme) -> Self {
        Self { theme, ..self }
    }

    /// The person's own choice of how close rows stand.
    pub fn density(self, density: Density) -> Self {
        Self { density, ..self }
    }

    /// The line that says that all is made up.
    pub fn demo(self, demo: Option<DemoBanner<'a>>) -> Self {
        Self { demo, ..self }
    }

    /// A form that came back with faults says so in its title.
    pub fn faults(self, faults: &Faults) -> Self {
        Self { at_fault: !faults.is_empty(), ..self }
    }
}

/// The one `h1` of a page with what belongs to it.
#[derive(Clone, Debug)]
pub struct Heading {
    title: String,
    lead: Option<Markup>,
    back: Option<Link>,
    step: Option<String>,
    beside: Option<Markup>,
}

impl Heading {
    /// A heading alone.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), lead: None, back: None, step: None, beside: None }
    }

    /// One or two sentences under it.
    pub fn lead(self, lead: Markup) -> Self {
        Self { lead: Some(lead), ..self }
    }

    /// The way back, above it.
    pub fn back(self, back: Link) -> Self {
        Self { back: Some(back), ..self }
    }

    /// Where the reader is in a longer way: "4 of 9, about 5 minutes left".
    pub fn step(self, step: impl Into<String>) -> Self {
        Self { step: Some(step.into()), ..self }
    }

    /// A switch or buttons at its right.
    pub fn beside(self, beside: Markup) -> Self {
        Self { beside: Some(beside), ..self }
    }
}

impl Render for Heading {
    fn render(&self) -> Markup {
        html! {
            div.heading {
                @if let Some(back) = &self.back { (back.with_class("back")) }
                @if let Some(step) = &self.step { p.step { (step) } }
                div.top {
                    div.words {
                        h1 { (self.title) }
                        @if let Some(lead) = &self.lead { p.lead { (lead) } }
                    }
                    @if let Some(beside) = &self.beside { div.beside { (beside) } }
                }
            }
        }
    }
}

/// The way back, above a question whose label is the heading of the page.
pub fn back(link: &Link) -> Markup {
    link.with_class("back")
}

/// Where the reader is in a longer way, above such a question.
pub fn step(says: &str) -> Markup {
    html! { p.step { (says) } }
}

/// The one sentence of a page, with the figures that matter in bold.
pub fn one_sentence(says: Markup) -> Markup {
    html! { p.one-sentence { (says) } }
}

/// The crisis line that stands before the first question to a stranger.
pub fn crisis(lang: Lang) -> Markup {
    let [before, after] = lang.words().crisis;
    html! { p.crisis { (before) a href="tel:988" { "988" } (after) } }
}

/// What a person said, in their own words.
pub fn said(words: &str) -> Markup {
    html! { blockquote.said { "“" (words) "”" } }
}

/// What heads a page on paper and nowhere else: the client, the date, who made it.
pub fn paper_head(says: Markup) -> Markup {
    html! { p.print-head { (says) } }
}

pub(super) fn demo_line(head: &Head<'_>) -> Markup {
    let words = head.lang.words();
    html! {
        @if let Some(demo) = head.demo {
            aside.demo aria-label=(words.demo) {
                p { (demo.text) }
                @if demo.next_day {
                    form method="post" action=(safe(demo.to)) data-does="once" {
                        input type="hidden" name="once" value=(demo.once);
                        button class="button small" { (words.next_day) }
                    }
                }
            }
        }
    }
}

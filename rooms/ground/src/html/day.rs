//! A day as a list, and the marks of its states: the same inks as in the calendar.

use maud::{Markup, Render, html};

use super::icons::{self, Icon};
use super::section::Empty;

/// How far a planned time has come: a shape and a word, never a color.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// ○ Planned.
    Planned,
    /// ◐ Confirmed.
    Confirmed,
    /// ● Done.
    Done,
    /// ✕ Missed or canceled.
    Missed,
}

impl Mark {
    /// All four, for the legend.
    pub const ALL: [Self; 4] = [Self::Planned, Self::Confirmed, Self::Done, Self::Missed];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Confirmed => "confirmed",
            Self::Done => "done",
            Self::Missed => "missed or canceled",
        }
    }

    /// The shape, with its word beside it.
    pub fn with_word(self) -> Markup {
        html! { span.marked { (self.icon()) span { (self.word()) } } }
    }

    fn icon(self) -> Icon {
        match self {
            Self::Planned => icons::PLANNED,
            Self::Confirmed => icons::CONFIRMED,
            Self::Done => icons::DONE,
            Self::Missed => icons::MISSED,
        }
    }
}

impl Render for Mark {
    /// The shape, with its word for those who listen.
    fn render(&self) -> Markup {
        html! { (self.icon()) span.vh { (self.word()) } }
    }
}

/// What kind of time an hour is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HourState {
    /// Over.
    Past,
    /// The next one, or the one that runs.
    Now,
    /// Later today.
    Ahead,
    /// Open, and not booked.
    Free,
    /// Missed or canceled.
    Off,
    /// Only the clinician opens it.
    Protected,
}

/// One line of a day.
#[derive(Clone, Debug)]
pub struct Hour {
    at: Markup,
    what: String,
    state: HourState,
    mark: Option<Mark>,
    how: Option<(Icon, &'static str)>,
    aside: Option<Markup>,
}

impl Hour {
    /// A time and what is planned for it.
    pub fn new(at: Markup, what: impl Into<String>, state: HourState) -> Self {
        Self { at, what: what.into(), state, mark: None, how: None, aside: None }
    }

    /// How far it has come.
    pub fn mark(self, mark: Mark) -> Self {
        Self { mark: Some(mark), ..self }
    }

    /// In person, by video, by phone: an icon and its word.
    pub fn how(self, icon: Icon, word: &'static str) -> Self {
        Self { how: Some((icon, word)), ..self }
    }

    /// What is to be known before it begins.
    pub fn aside(self, aside: Markup) -> Self {
        Self { aside: Some(aside), ..self }
    }

    fn class(&self) -> Option<&'static str> {
        match self.state {
            HourState::Past => Some("past"),
            HourState::Now => Some("now"),
            HourState::Ahead => None,
            HourState::Free => Some("free"),
            HourState::Off => Some("off"),
            HourState::Protected => Some("protected"),
        }
    }
}

/// A day, earliest first.
pub fn day(hours: &[Hour], empty: &Empty) -> Markup {
    html! {
        @if hours.is_empty() { (empty) }
        @else {
            ol.day {
                @for hour in hours {
                    @let protected = hour.state == HourState::Protected;
                    @let now = (hour.state == HourState::Now).then_some("time");
                    li class=[hour.class()] aria-current=[now] {
                        div.at { span { (hour.at) } }
                        div.mark { @if let Some(mark) = hour.mark { (mark) } }
                        div.what {
                            span.on-paper[protected] {
                                @if protected { (icons::LOCK) " " }
                                span.name { (hour.what) }
                                @if let Some((icon, word)) = hour.how {
                                    " " span.aside { (icon) } span.vh { ", " (word) }
                                }
                            }
                        }
                        @if let Some(aside) = &hour.aside {
                            div.aside { span.on-paper[protected] { (aside) } }
                        }
                    }
                }
            }
        }
    }
}

/// The four inks of hours and the four marks, named.
pub fn hours_legend() -> Markup {
    let inks = [
        ("swatch open-to-new", "open to new"),
        ("swatch", "open to current"),
        ("swatch closed", "closed"),
        ("swatch hatched", "protected: only you"),
    ];
    html! {
        ul.legend-of-hours {
            @for (class, word) in inks { li { span class=(class) {} (word) } }
            @for mark in Mark::ALL { li { (mark.with_word()) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn protected_time_says_so_with_a_lock_and_a_hatch() {
        let hour = Hour::new(html! { "12:00 PM" }, "Protected: lunch", HourState::Protected);
        let html = day(&[hour], &Empty::new("")).0;

        assert!(html.contains("<li class=\"protected\">"), "{html}");
        assert!(html.contains("<span class=\"on-paper\"><svg"), "{html}");
    }

    #[test]
    fn every_mark_has_a_word_for_those_who_listen() {
        for mark in Mark::ALL {
            let html = mark.render().0;
            assert!(html.contains(&format!("<span class=\"vh\">{}</span>", mark.word())));
        }
    }
}

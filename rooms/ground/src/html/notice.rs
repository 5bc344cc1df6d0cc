//! What a person should know before they go on; and what the charter does not let happen.

use jiff::civil::Date;
use maud::{Markup, Render, html};

use super::link::Link;
use super::when;

/// How much a notice weighs. The title says it in words too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    Plain,
    /// Done, and well.
    Ok,
    /// A rule or a date speaks against it.
    Warn,
    /// Risk, or an error.
    Danger,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Self::Plain => "notice",
            Self::Ok => "notice ok",
            Self::Warn => "notice warn",
            Self::Danger => "notice danger",
        }
    }
}

/// The rule behind a notice: its name, where it is from, since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source<'a> {
    /// The rule by name.
    pub rule: &'a str,
    /// Where it is written.
    pub from: &'a str,
    /// Since when it holds.
    pub since: Date,
}

/// A notice with its source.
pub fn notice(tone: Tone, title: &str, body: Markup, source: Option<Source<'_>>) -> Markup {
    html! {
        div class=(tone.class()) {
            p.title { (title) }
            div { (body) }
            @if let Some(it) = source {
                p.source { (it.rule) ", " (it.from) ", since " (when::date_and_year(it.since)) }
            }
        }
    }
}

/// A no of the charter: which promise, in its own words, and what can be done instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What was tried: "You can't open this note."
    pub tried: String,
    /// The promise's id.
    pub promise: String,
    /// The promise in plain words.
    pub says: String,
    /// The next step.
    pub next: Option<Link>,
}

impl Refusal {
    /// The promise, set as a sentence, and the next step.
    pub(super) fn body(&self) -> Markup {
        html! {
            blockquote.says { span.code { "Promise " (self.promise) } (self.says) }
            @if let Some(next) = &self.next { p { (next) } }
        }
    }
}

impl Render for Refusal {
    fn render(&self) -> Markup {
        html! { section.refusal { h2 { (self.tried) } (self.body()) } }
    }
}

/// A word that carries a color, since it carries a meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    /// A state without weight: "draft".
    Plain(String),
    /// A state that is well: "paid".
    Ok(String),
    /// Late, or not as it should be.
    Warn(String),
    /// A risk or an error.
    Danger(String),
}

impl Render for Word {
    fn render(&self) -> Markup {
        let (class, text) = match self {
            Self::Plain(text) => ("word-plain", text),
            Self::Ok(text) => ("word-ok", text),
            Self::Warn(text) => ("word-warn", text),
            Self::Danger(text) => ("word-danger", text),
        };
        html! { span class=(class) { (text) } }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_warning_names_its_rule_its_source_and_its_date() {
        let source =
            Source { rule: "Good Faith Estimate", from: "45 CFR 149.610", since: date(2022, 1, 1) };
        let html = notice(Tone::Warn, "An estimate is due", html! { "By Friday." }, Some(source)).0;

        assert!(html.contains("Good Faith Estimate, 45 CFR 149.610, since <time"), "{html}");
        assert!(html.contains("Sat, Jan 1, 2022"), "{html}");
    }

    #[test]
    fn a_refusal_names_its_promise_and_the_next_step() {
        let refusal = Refusal {
            tried: "You can't open this note.".into(),
            promise: "OF-02".into(),
            says: "The clinician decides who reads it.".into(),
            next: Some(Link::to("/ask", "Ask Dr. Lee")),
        };
        let html = refusal.render().0;

        for wanted in ["OF-02", "The clinician decides who reads it.", "<a href=\"/ask\">"] {
            assert!(html.contains(wanted), "{html}");
        }
    }
}

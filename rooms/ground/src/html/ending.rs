//! Pages on which a way ends. Each says what is true, what happens next, and one thing to do.

use maud::{Markup, html};

use super::button::Button;
use super::link::Link;
use super::notice::Refusal;
use super::words::{Lang, Words};

/// Whether the work of the request that broke was saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// It was.
    Yes,
    /// It was not.
    No,
    /// There was nothing to save.
    Nothing,
}

/// Why a way ends here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// 404: no such page, or none that this person may know of.
    NotFound,
    /// 404 or 410: a link whose time is over.
    LinkEnded,
    /// 403: the charter says no.
    Refused(Refusal),
    /// 429: too many tries.
    TooMuch {
        /// How long to wait, in minutes.
        minutes: u16,
    },
    /// 409: somebody else was first. In the room's sentence, or ours.
    Conflict(Option<String>),
    /// 400, 413, 415: what was sent cannot be taken, in this sentence.
    NotTaken(String),
    /// 500: it broke on our side.
    Inside {
        /// A short id to read out.
        id: String,
        /// What became of the work.
        saved: Saved,
    },
    /// 503: no database.
    Offline,
}

impl Ending {
    /// The title of the page.
    pub fn title(&self, lang: Lang) -> String {
        let says = &lang.words().endings;
        match self {
            Self::NotFound => says.not_found[0].to_owned(),
            Self::LinkEnded => says.link_ended[0].to_owned(),
            Self::Refused(_) => says.refused.to_owned(),
            Self::TooMuch { .. } => says.too_much[0].to_owned(),
            Self::Conflict(_) => says.conflict[0].to_owned(),
            Self::NotTaken(_) => says.not_taken.to_owned(),
            Self::Inside { .. } => says.inside[0].to_owned(),
            Self::Offline => says.offline[0].to_owned(),
        }
    }

    /// The page's content with its `h1` and one thing to do.
    pub fn page(&self, lang: Lang, act: &Link) -> Markup {
        let title = match self {
            Self::Refused(refusal) => refusal.tried.clone(),
            _ => self.title(lang),
        };
        self.under(html! { h1 { (title) } }, lang, act)
    }

    pub(super) fn under(&self, title: Markup, lang: Lang, act: &Link) -> Markup {
        html! {
            div.ending {
                (title)
                (self.body(lang.words()))
                div.acts { (Button::go(act.clone())) }
            }
        }
    }

    fn body(&self, words: &Words) -> Markup {
        let says = &words.endings;
        match self {
            Self::NotFound => html! { p { (says.not_found[1]) } },
            Self::LinkEnded => html! { p { (says.link_ended[1]) } },
            Self::Refused(refusal) => html! { div.refusal { (refusal.body()) } },
            Self::TooMuch { minutes: 0 | 1 } => html! {
                p { (says.too_much[1]) }
                p { (says.one_minute) }
            },
            Self::TooMuch { minutes } => html! {
                p { (says.too_much[1]) }
                p { (says.minutes[0]) (minutes) (says.minutes[1]) }
            },
            Self::Conflict(sentence) => html! {
                p { (sentence.as_deref().unwrap_or(says.conflict[1])) }
            },
            Self::NotTaken(sentence) => html! { p { (sentence) } },
            Self::Inside { id, saved } => html! {
                p {
                    @match saved {
                        Saved::Yes => (says.saved),
                        Saved::No => (says.not_saved),
                        Saved::Nothing => (says.nothing_to_save),
                    }
                }
                p { (says.inside[1]) }
                p.read-out { (id) }
            },
            Self::Offline => html! { p { (says.offline[1]) } },
        }
    }
}

#[cfg(test)]
pub(super) fn all() -> Vec<Ending> {
    let refusal = Refusal {
        tried: "You can't open this note.".into(),
        promise: "OF-02".into(),
        says: "The clinician decides who reads it.".into(),
        next: None,
    };
    vec![
        Ending::NotFound,
        Ending::LinkEnded,
        Ending::Refused(refusal),
        Ending::TooMuch { minutes: 1 },
        Ending::TooMuch { minutes: 15 },
        Ending::Conflict(None),
        Ending::NotTaken("This is more than the page can take. Shorten it.".into()),
        Ending::Inside { id: "K7QM-2".into(), saved: Saved::No },
        Ending::Offline,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ending_has_one_h1_one_act_and_no_blame_in_both_languages() {
        for ending in all() {
            for lang in [Lang::En, Lang::Es] {
                let html = ending.page(lang, &Link::to("/", "Home")).0;

                assert_eq!(html.matches("<h1").count(), 1, "{html}");
                assert_eq!(html.matches("class=\"button\"").count(), 1, "{html}");
                for blame in ["oops", "sorry", "please", "invalid", "forbidden", "!"] {
                    assert!(!html.to_lowercase().contains(blame), "{blame}: {html}");
                }
            }
        }
    }

    #[test]
    fn what_broke_inside_is_a_short_id_and_what_became_of_the_work() {
        let ending = Ending::Inside { id: "K7QM-2".into(), saved: Saved::No };
        let html = ending.page(Lang::En, &Link::to("/", "Home")).0;

        assert!(html.contains("<p class=\"read-out\">K7QM-2</p>"));
        assert!(html.contains("Your last change was not saved."));
    }
}

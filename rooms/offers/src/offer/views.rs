//! A clinician's offers, and one of them: values to HTML.

use ground::frame;
use ground::html::{
    Act, Button, Empty, Head, Heading, Link, Reason, Row, Tone, button, columns, facts, notice,
    one_sentence, panel, post, reasons, rows, said, section, when,
};
use ground::web::assets;
use maud::{Markup, html};

use super::model::{Offer, Snapshot};
use super::routes::{Inbox, Opened, inbox_path, path};
use crate::{care, words};

/// One's offers: those that wait, and how the latest others ended.
pub(crate) fn inbox(once: &str, it: &Inbox) -> Markup {
    let open: Vec<Row> = it.open.iter().map(|offer| waiting(offer, it)).collect();
    let earlier: Vec<Row> = it.earlier.iter().map(|offer| ended(offer, it)).collect();
    let main = html! {
        (Heading::new(words::OFFERS).lead(html! { (words::OFFERS_LEAD) }))
        (section(words::WAITING, None, html! {
            (rows(&open, &Empty::new(words::NO_OFFERS)))
            @if !open.is_empty() {
                (post(&format!("{}/withdrawal", inbox_path(it.practice)), once, html! {
                    div.acts { (button(words::GIVE_ALL_BACK)) }
                }))
                p.note { (words::GIVE_ALL_BACK_MEANS) }
            }
        }))
        @if !earlier.is_empty() {
            (section(words::EARLIER, Some(html! { (words::ONLY_YOU) }),
                rows(&earlier, &Empty::new(words::NO_OFFERS))))
        }
    };
    frame::page(&Head::new(assets(), words::OFFERS), main)
}

fn waiting(offer: &Offer, it: &Inbox) -> Row {
    let until = when::moment(&offer.expires_at.to_zoned_datetime(it.zone.clone()));
    let go = Link::to(path(offer), words::OPEN).about(offer.told.who.clone());
    Row::new(html! { (offer.told.who) })
        .second(html! { (offer.told.pays) ". " (words::ANSWER_BY) " " (until) })
        .act(Act::Go(go))
}

fn ended(offer: &Offer, it: &Inbox) -> Row {
    let made = when::moment(&offer.made_at.to_zoned_datetime(it.zone.clone()));
    let row = Row::new(html! { (offer.told.who) }).second(html! { (made) });
    match offer.client {
        Some(client) => {
            let at = care::routes::path(offer.practice, client);
            row.act(Act::Go(Link::to(at, words::CLIENT).about(offer.told.who.clone())))
        }
        None => row.value(html! { (words::ended(offer.state)) }).past(),
    }
}

/// One offer: who asks, what speaks for and against, and the two answers.
pub(crate) fn offer(once: &str, it: &Opened) -> Markup {
    let made = when::moment(&it.offer.made_at.to_zoned_datetime(it.zone.clone()));
    let back = Link::to(inbox_path(it.offer.practice), words::ALL_OFFERS);
    let told = &it.offer.told;
    let wishes: Vec<(&str, Option<Markup>)> =
        (told.wishes.iter()).map(|(name, wish)| (name.as_str(), Some(html! { (wish) }))).collect();
    let main = html! {
        (Heading::new(words::A_PERSON_ASKS).lead(html! { (words::SENT) " " (made) "." }).back(back))
        (columns(
            html! {
                div.flow {
                    (one_sentence(html! { (told.who) ". " (told.pays) "." }))
                    @if let Some(snapshot) = &it.said { (brings(snapshot)) }
                    @if let Some(snapshot) = &it.said { (speaks(snapshot)) }
                }
                @if !wishes.is_empty() {
                    (section(words::WISHES, None, facts(&wishes, words::NOT_KNOWN)))
                }
            },
            side(once, it),
        ))
    };
    frame::page(&Head::new(assets(), words::A_PERSON_ASKS), main)
}

fn brings(snapshot: &Snapshot) -> Markup {
    html! {
        @if !snapshot.concern.is_empty() { (said(&snapshot.concern)) }
        @if !snapshot.topics.is_empty() {
            p { (words::IT_IS_ABOUT) " " (snapshot.topics.join(", ")) "." }
        }
    }
}

fn speaks(snapshot: &Snapshot) -> Markup {
    let list = |says: &[String], reason: fn(&str) -> Reason| -> Vec<Reason> {
        says.iter().map(|it| reason(it)).collect()
    };
    let pro = list(&snapshot.reasons_for, |it| Reason::yes(it));
    let con = list(&snapshot.reasons_against, |it| Reason::no(it));
    html! {
        @if !pro.is_empty() { (section(words::SPEAKS_FOR, None, reasons(&pro))) }
        @if !con.is_empty() { (section(words::SPEAKS_AGAINST, None, reasons(&con))) }
    }
}

fn side(once: &str, it: &Opened) -> Markup {
    if !it.waits {
        let says = words::over(it.offer.state);
        return notice(Tone::Plain, words::OVER, html! { p { (says) } }, None);
    }
    let at = path(&it.offer);
    let until = when::moment(&it.offer.expires_at.to_zoned_datetime(it.zone.clone()));
    panel(
        words::YOUR_ANSWER,
        html! {
            @if let Some(snapshot) = &it.said {
                p { (words::THEIR_NAME_IS) " " b { (snapshot.name) } ". " (words::KNOW_THEM) }
            }
            (post(&format!("{at}/acceptance"), once, html! {
                div.acts {
                    (button(words::ACCEPT).filled())
                    (button(words::DECLINE).to(format!("{at}/decline")))
                }
            }))
            div.note.flow {
                p { (words::ANSWER_BY) " " b { (until) } ". " (words::ELSE_BACK) }
                p { (words::NO_COSTS_NOTHING) }
            }
        },
    )
}

/// She has as many clients as she said: the one question before one more.
pub(crate) fn one_more(once: &str, offer: &Offer, takes: u16, has: usize) -> Markup {
    let at = path(offer);
    let main = html! {
        (Heading::new(words::ONE_MORE_TITLE).back(Link::to(&at, words::BACK_TO_OFFER)))
        (notice(Tone::Plain, words::FULL, html! { p { (words::full(takes, has)) } }, None))
        (post(&format!("{at}/acceptance"), once, html! {
            div.acts {
                (button(words::ONE_MORE).sends("places", "one-more").filled())
                (Button::go(Link::to(&at, words::NOT_YET)).quiet())
            }
        }))
    };
    frame::page(&Head::new(assets(), words::ONE_MORE_TITLE), main)
}

#[cfg(test)]
mod tests {
    use super::super::model::State;
    use super::*;

    #[test]
    fn how_an_offer_ended_is_said_in_words_for_every_state() {
        for (_, state) in State::WORDS {
            assert!(!words::ended(state).is_empty() && !words::over(state).is_empty());
        }
    }
}

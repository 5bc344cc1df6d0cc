//! The pages of the door: values to HTML. No question is asked here, and nothing is decided.

use ground::frame;
use ground::html::{
    Act, Button, Empty, Faults, Filled, Head, Heading, Lang, Link, Pick, Row, Tone, Typed, button,
    notice, post, rows, section, when,
};
use ground::policy::Promise;
use ground::web::assets;
use ids::{PersonId, SignInId};
use jiff::tz::TimeZone;
use maud::{Markup, html};

use crate::code::CodeKey;
use crate::door::Open;
use crate::model::Held;
use crate::refusals::Refusal;
use crate::roster::Roster;
use crate::visit::SignIn;
use crate::words;

fn page(title: &str, faults: &Faults, main: Markup) -> Markup {
    frame::page(&Head::new(assets(), title).faults(faults), main)
}

/// Email and password.
pub fn sign_in(once: &str, typed: &Typed, faults: &Faults) -> Markup {
    let form = Filled::new(typed, faults);
    let main = html! {
        (form.summary())
        (Heading::new(words::SIGN_IN))
        (post("/sign-in", once, html! {
            (form.field("address", words::ADDRESS).autocomplete("username").email())
            (form.field("password", words::PASSWORD).password())
            (button(words::CONTINUE).filled())
        }))
        div.acts { (Link::to("/sign-in/link", words::AS_CLIENT)) }
    };
    page(words::SIGN_IN, faults, main)
}

/// The code of the app.
pub fn code(once: &str, faults: &Faults) -> Markup {
    // A code is used up or over by the time it comes back: it is typed anew.
    let typed = Typed::none();
    let form = Filled::new(&typed, faults);
    let main = html! {
        (form.summary())
        (Heading::new(words::CODE_TITLE))
        (post("/sign-in/code", once, html! {
            (form.field("code", words::CODE).hint(words::CODE_HINT).code())
            (button(words::CONTINUE).filled())
        }))
        div.acts { (Link::to("/sign-in", words::BEGIN_ANEW)) }
    };
    page(words::CODE_TITLE, faults, main)
}

/// An invitation for somebody who has neither password nor app here yet.
pub fn invitation(path: &str, once: &str, open: &Open, key: &CodeKey, faults: &Faults) -> Markup {
    let typed = Typed::none();
    let form = Filled::new(&typed, faults);
    let title = words::invited_to(&open.practice_name);
    let says = words::invited_as(&open.name, &open.practice_name, &open.role);
    let choose = form.field("password", words::CHOOSE_PASSWORD).hint(words::CHOOSE_HINT);
    let main = html! {
        (form.summary())
        (Heading::new(&*title).lead(html! { (says) }))
        (post(path, once, html! {
            input type="hidden" name="address" value=(open.address) autocomplete="username";
            (choose.autocomplete("new-password").password())
            h2 { (words::APP_TITLE) }
            p { (words::APP_WHY) }
            (key.picture(&open.address, words::APP_PICTURE))
            p { (words::APP_KEY) ": " code { (key.text()) } }
            input type="hidden" name="key" value=(key.text());
            (form.field("code", words::APP_CODE).code())
            (button(words::ACCEPT).filled())
        }))
    };
    page(&title, faults, main)
}

/// An invitation for somebody who is signed in as the one whom it asks.
pub fn invitation_to_known(path: &str, once: &str, open: &Open) -> Markup {
    let title = words::invited_to(&open.practice_name);
    let says = words::invited_as(&open.name, &open.practice_name, &open.role);
    let main = html! {
        (Heading::new(&*title).lead(html! { (says) }))
        (post(path, once, html! { (button(words::ACCEPT).filled()) }))
    };
    page(&title, &Faults::none(), main)
}

/// An invitation for somebody who can sign in, and has not.
pub fn invitation_after_sign_in(open: &Open) -> Markup {
    let title = words::invited_to(&open.practice_name);
    let go = Button::go(Link::to("/sign-in", words::SIGN_IN)).filled();
    let main = html! {
        (Heading::new(&*title))
        (notice(Tone::Plain, words::SIGN_IN, html! { p { (words::SIGN_IN_FIRST) } }, None))
        div.acts { (go) }
    };
    page(&title, &Faults::none(), main)
}

/// One's own sign-ins. Their times are those of the wall clock, in UTC.
pub fn sign_ins(once: &str, list: &[SignIn], this: Option<SignInId>) -> Markup {
    let list: Vec<Row> = list.iter().map(|it| sign_in_row(it, this)).collect();
    let main = html! {
        (Heading::new(words::SIGN_INS).lead(html! { (words::SIGN_INS_WHY) }))
        (rows(&list, &Empty::new(words::NO_SIGN_INS)))
        div.acts { (post("/sign-out", once, html! { (button(words::SIGN_OUT)) })) }
    };
    page(words::SIGN_INS, &Faults::none(), main)
}

fn sign_in_row(it: &SignIn, this: Option<SignInId>) -> Row {
    let seen = when::moment_and_zone(Lang::En, &it.seen_at.to_zoned_datetime(TimeZone::UTC));
    let row = Row::new(html! { (it.machine) }).second(seen);
    if this == Some(it.id) {
        return row.value(html! { (words::THIS_ONE) }).chosen();
    }
    let path = format!("/me/sign-ins/{}/ending", it.id);
    row.value(post(&path, &it.id.to_string(), html! { (button(words::END).small()) }))
}

/// The people of a practice, with what the one who looks may do about them.
pub fn roster(once: &str, roster: &Roster, typed: &Typed, faults: &Faults) -> Markup {
    let form = Filled::new(typed, faults);
    let at = format!("/p/{}/people", roster.practice);
    let held: Vec<Row> =
        roster.held.iter().map(|(it, may_end)| held_row(&at, it, *may_end)).collect();
    let invited: Vec<Row> = (roster.invited.iter())
        .map(|(name, role)| Row::new(html! { (name) }).second(html! { (words::role_words(role)) }))
        .collect();
    let as_what: Vec<Pick> = (roster.may_invite.iter())
        .map(|role| Pick::new(role.word(), words::role_words(role.word())))
        .collect();
    let visits: Vec<Row> =
        roster.visits.iter().map(|(person, name)| visits_row(&at, *person, name, once)).collect();
    let refusals = roster.refusals.as_deref().map(|path| Link::to(path, words::SEE_REFUSALS));
    let heading = Heading::new(words::PEOPLE).lead(html! { (words::PEOPLE_WHY) });
    let main = html! {
        (form.summary())
        (heading.beside(html! { @if let Some(link) = &refusals { (link) } }))
        (rows(&held, &Empty::new(words::NOBODY)))
        @if !invited.is_empty() {
            (section(words::INVITED, None, rows(&invited, &Empty::new(words::NOBODY))))
        }
        @if !as_what.is_empty() {
            (section(words::INVITE, None, post(&format!("{at}/invitations"), once, html! {
                (form.field("name", words::NAME))
                (form.field("address", words::THEIR_ADDRESS).email())
                (form.radios("role", words::ROLE, &as_what))
                (button(words::INVITE_ACT).filled())
            })))
        }
        @if !visits.is_empty() {
            (section(words::LOST, None, html! {
                p { (words::LOST_WHY) }
                (rows(&visits, &Empty::new(words::NOBODY)))
            }))
        }
    };
    page(words::PEOPLE, faults, main)
}

fn held_row(at: &str, it: &Held, may_end: bool) -> Row {
    let says = words::role_words(it.role.word());
    let row = Row::new(html! { (it.name) }).second(html! { (says) });
    if !may_end {
        return row;
    }
    row.act(Act::Send {
        to: format!("{at}/roles/{}/ending", it.id),
        text: words::END.into(),
        about: format!("{} as {says}", it.name),
        once: it.id.to_string(),
    })
}

fn visits_row(at: &str, person: PersonId, name: &str, once: &str) -> Row {
    Row::new(html! { (name) }).act(Act::Send {
        to: format!("{at}/{person}/sign-ins/ending"),
        text: words::END_SIGN_INS.into(),
        about: name.into(),
        once: once.into(),
    })
}

/// What was refused, newest first, by the practice's own clock.
pub fn refusals(list: &[Refusal], promises: &[Promise], zone: &TimeZone) -> Markup {
    let lines: Vec<Row> = list.iter().map(|it| refusal_row(it, promises, zone)).collect();
    let main = html! {
        (Heading::new(words::REFUSALS).lead(html! { (words::REFUSALS_WHY) }))
        (rows(&lines, &Empty::new(words::NO_REFUSALS)))
    };
    page(words::REFUSALS, &Faults::none(), main)
}

fn refusal_row(it: &Refusal, promises: &[Promise], zone: &TimeZone) -> Row {
    let id = it.promise.as_deref();
    let promise = promises.iter().find(|known| Some(known.id.as_str()) == id);
    let otherwise = if it.erred { words::ERRED } else { words::NO_PERMIT };
    let why = promise.map_or(otherwise, |promise| promise.sentence.as_str());
    let at = it.at.to_zoned_datetime(zone.clone());
    let second = html! {
        div { (words::ASKED_FOR) (words::act(&it.act)) }
        div { (words::REFUSED) (why) @if let Some(promise) = promise { " (" (promise.id) ")" } }
        div { (when::moment_and_zone(Lang::En, &at)) }
    };
    Row::new(html! { (words::asker(it.name.as_deref(), it.is_staff)) }).second(second)
}

//! The pages of a client's way in, and their own page: values to HTML.

use ground::frame::{self, Frame};
use ground::html::{
    Button, Empty, Faults, Filled, Head, Heading, Link, Portal, Row, Shell, Typed, button, post,
    rows, section,
};
use ground::web::assets;
use maud::{Markup, html};

use super::words;
use crate::door::OpenLink;

const ASK: &str = "/sign-in/link";
const CODE: &str = "/sign-in/link/code";

/// What stands around a client's pages: their practice by its name, or the house where there are
/// several.
pub fn portal(practices: &[String]) -> Frame {
    let name = match practices {
        [one] => one.clone(),
        _ => "Trellis".into(),
    };
    let shell = Shell::Portal(Portal { name, home: "/me".into(), ..Portal::default() });
    Frame { shell, demo: None, inset: None }
}

fn page(title: &str, faults: &Faults, main: Markup) -> Markup {
    frame::page(&Head::new(assets(), title).faults(faults), main)
}

/// Asks for a link.
pub fn ask(once: &str, typed: &Typed, faults: &Faults) -> Markup {
    let form = Filled::new(typed, faults);
    let address = form.field("address", words::ADDRESS).hint(words::ADDRESS_HINT);
    let main = html! {
        (form.summary())
        (Heading::new(words::LINK_TITLE).lead(html! { (words::LINK_WHY) }))
        (post(ASK, once, html! {
            (address.autocomplete("email").email())
            (button(words::SEND_LINK).filled())
        }))
        div.acts { (Link::to("/sign-in", words::WORK_HERE)) }
    };
    page(words::LINK_TITLE, faults, main)
}

/// The same for everybody who asked.
pub fn asked() -> Markup {
    let main = html! {
        (Heading::new(words::SENT_TITLE).lead(html! { (words::SENT_SAYS) }))
        p { (words::SENT_NOTHING) }
        div.acts { (Link::to(ASK, words::ANOTHER)) }
    };
    page(words::SENT_TITLE, &Faults::none(), main)
}

/// Behind a link: nothing happens before the press.
pub fn link(path: &str, once: &str, open: &OpenLink) -> Markup {
    let title = words::sign_in_to(&open.practice_name);
    let main = html! {
        (Heading::new(&*title).lead(html! { (words::CODE_WHY) }))
        (post(path, once, html! { (button(words::SEND_CODE).filled()) }))
    };
    page(&title, &Faults::none(), main)
}

/// Behind a link that was used, or whose time is over.
pub fn link_ended() -> Markup {
    ended(words::ENDED_TITLE, words::ENDED_SAYS)
}

/// Where there is no code to wait for any more.
pub fn code_ended() -> Markup {
    ended(words::CODE_ENDED_TITLE, words::CODE_ENDED_SAYS)
}

fn ended(title: &str, says: &str) -> Markup {
    let main = html! {
        (Heading::new(title).lead(html! { (says) }))
        div.acts { (Button::go(Link::to(ASK, words::NEW_LINK)).filled()) }
    };
    page(title, &Faults::none(), main)
}

/// The six digits.
pub fn code(once: &str, typed: &Typed, faults: &Faults) -> Markup {
    let form = Filled::new(typed, faults);
    let main = html! {
        (form.summary())
        (Heading::new(words::CODE_TITLE).lead(html! { (words::CODE_SAYS) }))
        (post(CODE, once, html! {
            (form.field("code", words::CODE).code())
            (button(words::CONTINUE).filled())
        }))
        div.acts { (Link::to(ASK, words::NEW_LINK)) }
    };
    page(words::CODE_TITLE, faults, main)
}

/// A client's own page.
pub fn me(once: &str, name: Option<&str>, practices: &[String]) -> Markup {
    let title = words::hello(name);
    let list: Vec<Row> = practices.iter().map(|name| Row::new(html! { (name) })).collect();
    let main = html! {
        (Heading::new(&*title).lead(html! { (words::HOME_SAYS) }))
        (frame::inset())
        (section(words::PRACTICES, None, rows(&list, &Empty::new(words::NO_PRACTICES))))
        div.acts {
            (post("/sign-out", once, html! { (button(words::SIGN_OUT)) }))
            (Link::to("/me/sign-ins", words::SIGN_INS))
        }
    };
    // The name stays off the tab, where somebody else may read it.
    page(words::HOME, &Faults::none(), main)
}

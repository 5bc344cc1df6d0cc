//! What is pressed: buttons, the form around them, and the switch.

use maud::{Markup, Render, html};

use super::link::{Link, leads_somewhere};
use super::words::Lang;

#[derive(Clone, Copy, Debug)]
enum Weight {
    Plain,
    Filled,
    Danger,
    Quiet,
}

/// A button that sends the form around it, or a link of the same shape.
#[derive(Clone, Debug)]
pub struct Button {
    text: String,
    link: Option<Link>,
    weight: Weight,
    small: &'static str,
    sends: Option<(String, String)>,
    to: Option<String>,
    off: bool,
}

/// A plain button that sends its form.
pub fn button(text: impl Into<String>) -> Button {
    Button {
        text: text.into(),
        link: None,
        weight: Weight::Plain,
        small: "",
        sends: None,
        to: None,
        off: false,
    }
}

impl Button {
    /// A link in a button's clothes: for the one next step of a page.
    pub fn go(link: Link) -> Self {
        Self { link: Some(link), ..button("") }
    }

    /// The one act that the page is about.
    pub fn filled(self) -> Self {
        Self { weight: Weight::Filled, ..self }
    }

    /// An act that ends something.
    pub fn danger(self) -> Self {
        Self { weight: Weight::Danger, ..self }
    }

    /// An act that looks like a link: "Save and leave".
    pub fn quiet(self) -> Self {
        Self { weight: Weight::Quiet, ..self }
    }

    /// For dense rows.
    pub fn small(self) -> Self {
        Self { small: " small", ..self }
    }

    /// What the form hears when this one is pressed.
    pub fn sends(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { sends: Some((name.into(), value.into())), ..self }
    }

    /// Sends the form to another path than the form's own.
    pub fn to(self, path: impl Into<String>) -> Self {
        Self { to: Some(path.into()), ..self }
    }

    /// Shown, readable, and not to be pressed. Say beside it why.
    pub fn off(self) -> Self {
        Self { off: true, ..self }
    }

    fn class(&self) -> String {
        let weight = match self.weight {
            Weight::Plain => "",
            Weight::Filled => " filled",
            Weight::Danger => " danger",
            Weight::Quiet => " quiet",
        };
        format!("button{weight}{}", self.small)
    }
}

impl Render for Button {
    fn render(&self) -> Markup {
        let (name, value) = self.sends.clone().unzip();
        match &self.link {
            Some(link) => link.with_class(&self.class()),
            None => html! {
                button class=(self.class()) name=[name] value=[value] formaction=[&self.to]
                    disabled[self.off] { (self.text) }
            },
        }
    }
}

/// A form that changes something. The browser does not check: the page answers in our words.
pub fn post(action: &str, once: &str, body: Markup) -> Markup {
    html! {
        form method="post" action=(action) novalidate data-does="once" {
            input type="hidden" name="once" value=(once);
            (body)
        }
    }
}

/// How a switch stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// On.
    On,
    /// Off.
    Off,
}

/// A switch that posts at once: its name, its number, its state. It sends `to=on` or `to=off`.
pub fn switch(action: &str, once: &str, name: &str, detail: Markup, stands: Stands) -> Markup {
    let words = Lang::En.words();
    let (state, is_on, next) = match stands {
        Stands::On => (words.on, "true", "off"),
        Stands::Off => (words.off, "false", "on"),
    };
    html! {
        form.switch method="post" action=(action) data-does="once" {
            input type="hidden" name="once" value=(once);
            div.words {
                b { (name) }
                div.hint { (detail) }
            }
            button role="switch" aria-checked=(is_on) aria-label=(name) name="to" value=(next)
                title=(state) {}
        }
    }
}

/// A link's target that is safe to write, or nowhere.
pub(super) fn safe(href: &str) -> &str {
    if leads_somewhere(href) { href } else { "#main" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_carries_its_once_key_and_leaves_checking_to_us() {
        let html = post("/offers/7/acceptance", "k1", button("Accept").filled().render()).0;

        assert!(html.contains("<input type=\"hidden\" name=\"once\" value=\"k1\">"), "{html}");
        assert!(html.contains("novalidate"));
        assert!(html.contains("<button class=\"button filled\">Accept</button>"));
    }

    #[test]
    fn a_switch_says_what_it_is_and_sends_the_other_state() {
        let on = switch("/pause", "k", "Taking new clients", html! { "21 of 24" }, Stands::On).0;
        let off = switch("/pause", "k", "Taking new clients", html! { "21 of 24" }, Stands::Off).0;

        assert!(on.contains("aria-checked=\"true\"") && on.contains("value=\"off\""), "{on}");
        assert!(off.contains("aria-checked=\"false\"") && off.contains("value=\"on\""), "{off}");
    }
}

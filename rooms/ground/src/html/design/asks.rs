//! What asks: buttons, fields, choices, and a form that came back.

use maud::{Markup, html};

use super::super::button::{Button, button, post};
use super::super::choice::Pick;
use super::super::field::{Filled, leading_to_fields};
use super::super::link::Link;
use super::super::typed::{Faults, Typed};

pub(super) fn buttons() -> Markup {
    html! {
        @for (size, says) in [("size-work", "In the work app"), ("size-client", "For clients")] {
            h3 { (says) }
            div class=(size) {
                div.acts {
                    (button("Accept").filled())
                    (button("Not a fit"))
                    (button("Risk said on the call").danger())
                    (button("Save and leave").quiet())
                    (Button::go(Link::to("#buttons", "A place as a button")))
                    (button("Small").small())
                }
            }
        }
        h3 { "With the keyboard on it; and when it can't be pressed, with the reason beside it" }
        div.acts.size-work {
            button class="button as-focused" { "Focused" }
            (button("Sign").filled().off())
            span.note { "Risk is open: choose one, and you can sign." }
        }
        h3 { "A name that is longer than its place" }
        div.size-work {
            (button(
                "Send the estimate, the consent and the practice’s telehealth rules to both \
                    guardians",
            ))
        }
    }
}

pub(super) fn fields() -> Markup {
    let typed = Typed::none()
        .with("f_email", "sam@example.com")
        .with("f_note", "Phone stayed in the kitchen six nights of seven.")
        .with("f_plan", "Keep the log. Phone in the kitchen after 10 PM.")
        .with("f_fee", "165.00")
        .with("f_state", "TX");
    let faults = Faults::none();
    let form = Filled::new(&typed, &faults);
    let states =
        [Pick::new("", "Choose a state"), Pick::new("TX", "Texas"), Pick::new("OR", "Oregon")];
    html! {
        div.columns.halves {
            div.size-work {
                h3 { "In the work app" }
                (form.field("f_note", "Session").area().max(4_000))
                (form.field("f_plan", "Plan").hint("Carried from Nov 3, until touched").carried())
                (form.field("f_fee", "Your fee").dollars())
                (form.field("f_units", "Units").number().optional())
                (form.select("f_state", "License", &states))
            }
            div.size-client {
                h3 { "For clients" }
                (form.field("f_email", "Your email").email().hint("Only Sue and Ada see it."))
                (form.field("f_phone", "Your phone").tel().optional())
                (form.field("f_code", "The code we sent").code())
                (form.field("f_password", "Your password").password())
                (form.date("f_born", "When were you born?").birthday().hint("Such as 11 30 1994."))
            }
        }
    }
}

pub(super) fn choices() -> Markup {
    let why = [
        Pick::new("worry", "Worry or panic"),
        Pick::new("sleep", "Sleep"),
        Pick::new("change", "A change: a move, a birth, a job"),
        Pick::new("unsure", "I’m not sure"),
    ];
    let place = [
        Pick::new("video", "By video").hint("From a place in Texas where you can talk"),
        Pick::new("office", "At Elm Street").hint("214 Elm Street, step-free"),
        Pick::new("phone", "By phone").hint("Your plan does not pay for calls this year").off(),
    ];
    let typed =
        Typed::none().with("c_why", "sleep").with("c_why", "change").with("c_place", "office");
    let faults = Faults::none();
    let form = Filled::new(&typed, &faults);
    html! {
        div.columns.halves {
            div.size-client {
                (form.checks("c_why", "What brings you here?", &why).hint("Choose any that fit."))
            }
            div.size-client { (form.radios("c_place", "Where would you like to meet?", &place)) }
        }
    }
}

pub(super) fn came_back() -> Markup {
    let yes_no =
        [Pick::new("yes", "Yes"), Pick::new("no", "No"), Pick::new("unsaid", "Prefer not to say")];
    let typed =
        Typed::none().with("b_email", "sam@").with("b_born_month", "3").with("b_born_day", "27");
    let faults = Faults::none()
        .and("b_email", "Enter an email address such as sam@example.com")
        .and("b_born_year", "Enter the year you were born")
        .and("b_seen", "Choose if you have seen someone before");
    let form = Filled::new(&typed, &faults);
    html! {
        div.size-client {
            // Without its behavior: on this page the focus belongs to the reader.
            div.faults { h3 { "3 answers need another look" } (leading_to_fields(&faults)) }
            (post("/design", "k1", html! {
                (form.field("b_email", "Your email").email().hint("Only what you ask for."))
                (form.date("b_born", "When were you born?").birthday().hint("Such as 11 30 1994."))
                (form.radios("b_seen", "Have you seen someone before?", &yes_no))
                div.acts { (button("Continue").filled()) (button("Save and leave").quiet()) }
            }))
        }
    }
}

//! Who bills, as claims name the practice.

use ground::html::{Faults, Filled, Heading, Link, Typed, button, post};
use ids::PracticeId;
use maud::{Markup, html};

use super::page;
use crate::words;

/// The form.
pub fn biller(practice: PracticeId, once: &str, typed: &Typed, faults: &Faults) -> Markup {
    let form = Filled::new(typed, faults);
    let at = format!("/p/{practice}/billing");
    let main = html! {
        (form.summary())
        (Heading::new(words::WHO_BILLS)
            .lead(html! { (words::BILLER_WHY) })
            .back(Link::to(&*at, words::BACK)))
        (post(&format!("{at}/biller"), once, html! {
            (form.field("npi", words::NPI).hint(words::NPI_HINT).number())
            (form.field("ein", words::EIN).hint(words::EIN_HINT).number())
            (form.field("street", words::STREET).hint(words::STREET_HINT))
            (form.field("city", words::CITY))
            (form.field("state", words::US_STATE).hint(words::US_STATE_HINT).short())
            (form.field("zip", words::ZIP).hint(words::ZIP_HINT).number())
            (form.field("taxonomy", words::TAXONOMY).optional())
            (form.field("phone", words::PHONE).tel())
            (button(words::SAVE).filled())
        }))
    };
    page(words::WHO_BILLS, faults, main)
}

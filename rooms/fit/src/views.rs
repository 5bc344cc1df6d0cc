//! The form of a profile: values to HTML.

use ground::frame;
use ground::html::{
    Faults, Filled, Head, Heading, Pick, Tone, Typed, button, columns, notice, post, section,
};
use ground::web::assets;
use matching::{Rating, Training};
use maud::{Markup, html};

use crate::routes::Page;
use crate::words;

/// What a clinician says about whom they see.
pub(crate) fn profile(once: &str, page: &Page, typed: &Typed, faults: &Faults) -> Markup {
    let form = Filled::new(typed, faults);
    let payers: Vec<Pick> =
        page.payers.iter().map(|payer| Pick::new(payer.code.as_str(), &payer.name)).collect();
    let (meets, languages) = (picks(words::MEETS_LIST), picks(words::LANGUAGE_LIST));
    let mut styles = vec![Pick::new("", words::NOT_SAID)];
    styles.extend(picks(words::STYLE_LIST));
    let main = html! {
        (form.summary())
        (Heading::new(words::PROFILE).lead(html! { (words::PROFILE_LEAD) }))
        @if !page.stands {
            (notice(Tone::Plain, words::NOT_YET, html! {}, None))
        }
        (post(&format!("/p/{}/profile", page.practice), once, html! {
            (section(words::AGES, None, html! {
                div.pair {
                    (form.field("age_min", words::AGE_MIN).number())
                    (form.field("age_max", words::AGE_MAX).number())
                }
            }))
            (form.checks("meets", words::MEETS, &meets))
            (form.checks("languages", words::LANGUAGES, &languages))
            @if !payers.is_empty() {
                (form.checks("payers", words::PAYERS, &payers).hint(words::PAYERS_HINT))
            }
            (form.field("price", words::PRICE).hint(words::PRICE_HINT).dollars().optional())
            (form.radios("style", words::STYLE, &styles))
            (columns(
                section(words::CONCERNS, None, html! {
                    p.hint { (words::CONCERNS_HINT) }
                    (selects(form, "concern", words::CONCERN_LIST, &ratings()))
                }),
                section(words::MODALITIES, None, html! {
                    p.hint { (words::MODALITIES_HINT) }
                    (selects(form, "method", words::MODALITY_LIST, &trainings()))
                }),
            ))
            (button(words::SAVE).filled())
        }))
    };
    frame::page(&Head::new(assets(), words::PROFILE).faults(faults), main)
}

fn picks(list: &[(&str, &str)]) -> Vec<Pick> {
    list.iter().map(|(value, label)| Pick::new(*value, *label)).collect()
}

/// Not said, then each answer with its word.
fn answers<T: Copy + PartialEq>(list: &[(T, &str)], known: &[(&str, T)]) -> Vec<Pick> {
    let word = |value: T| known.iter().find(|(_, it)| *it == value).map(|(word, _)| *word);
    let said = list.iter().filter_map(|(value, label)| Some(Pick::new(word(*value)?, *label)));
    std::iter::once(Pick::new("", words::NOT_SAID)).chain(said).collect()
}

fn ratings() -> Vec<Pick> {
    answers(words::RATING_LIST, &Rating::WORDS)
}

fn trainings() -> Vec<Pick> {
    answers(words::TRAINING_LIST, &Training::WORDS)
}

fn selects(form: Filled<'_>, field: &str, list: &[(&str, &str)], answers: &[Pick]) -> Markup {
    html! {
        div.lined {
            @for (slug, name) in list {
                @let label = capital(name);
                (form.select(&format!("{field}-{slug}"), &label, answers))
            }
        }
    }
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|it| it.to_uppercase().to_string()).unwrap_or_default();
    first + letters.as_str()
}

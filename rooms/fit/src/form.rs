//! The form of a profile: what is typed, and what it means.

use std::collections::BTreeMap;

use ground::html::{Faults, Typed};
use matching::{Mode, Rating, Training};

use crate::model::Profile;
use crate::words;

/// The form as it opens: with what stands.
pub fn typed(profile: &Profile) -> Typed {
    let mut typed = Typed::none()
        .with("age_min", profile.age_min.to_string())
        .with("age_max", profile.age_max.to_string())
        .with("style", profile.style.clone().unwrap_or_default())
        .with("price", profile.self_pay_cents.map(dollars).unwrap_or_default());
    for (word, mode) in Mode::WORDS {
        if profile.meets.contains(&mode) {
            typed = typed.with("meets", word);
        }
    }
    for tag in &profile.languages {
        typed = typed.with("languages", tag);
    }
    for code in &profile.payers {
        typed = typed.with("payers", code);
    }
    for (slug, rating) in &profile.concerns {
        typed = typed.with(format!("concern-{slug}"), word(&Rating::WORDS, *rating));
    }
    for (slug, training) in &profile.modalities {
        typed = typed.with(format!("method-{slug}"), word(&Training::WORDS, *training));
    }
    typed
}

fn word<T: Copy + PartialEq>(words: &[(&'static str, T)], value: T) -> &'static str {
    words.iter().find(|(_, known)| *known == value).map_or("", |(word, _)| *word)
}

fn dollars(cents: u32) -> String {
    match cents % 100 {
        0 => format!("{}", cents / 100),
        odd => format!("{}.{odd:02}", cents / 100),
    }
}

/// What was typed, or all that is wrong with it.
pub fn read(typed: &Typed, payers: &[String]) -> Result<Profile, Faults> {
    let mut faults = Faults::none();
    let age_min = age(typed.one("age_min"));
    let age_max = age(typed.one("age_max"));
    for (field, age) in [("age_min", age_min), ("age_max", age_max)] {
        if age.is_none() {
            faults.add(field, words::ENTER_AGE);
        }
    }
    let (age_min, age_max) = (age_min.unwrap_or(0), age_max.unwrap_or(120));
    if age_max < age_min {
        faults.add("age_max", words::AGES_IN_ORDER);
    }
    let self_pay_cents = cents(typed.one("price"));
    if self_pay_cents.is_err() {
        faults.add("price", words::ENTER_PRICE);
    }
    let meets = Mode::WORDS.iter().filter(|(word, _)| typed.has("meets", word));
    let known = |list: &[(&'static str, &str)], field: &str| {
        list.iter()
            .map(|(slug, _)| *slug)
            .filter(|slug| typed.has(field, slug))
            .map(str::to_owned)
            .collect()
    };
    let profile = Profile {
        concerns: said(typed, "concern", words::CONCERN_LIST, &Rating::WORDS),
        modalities: said(typed, "method", words::MODALITY_LIST, &Training::WORDS),
        languages: known(words::LANGUAGE_LIST, "languages"),
        payers: payers.iter().filter(|code| typed.has("payers", code)).cloned().collect(),
        meets: meets.map(|(_, mode)| *mode).collect(),
        age_min,
        age_max,
        self_pay_cents: self_pay_cents.unwrap_or_default(),
        style: Some(typed.one("style").to_owned())
            .filter(|style| words::STYLE_LIST.iter().any(|(slug, _)| slug == style)),
    };
    if profile.meets.is_empty() {
        faults.add("meets", words::CHOOSE_MEETS);
    }
    if profile.languages.is_empty() {
        faults.add("languages", words::CHOOSE_LANGUAGE);
    }
    let specialties = profile.concerns.values().filter(|it| **it == Rating::Specialty);
    if words::SPECIALTIES_MAX < specialties.count() {
        let first = words::CONCERN_LIST[0].0;
        faults.add(format!("concern-{first}"), words::TOO_MANY_SPECIALTIES);
    }
    if faults.is_empty() { Ok(profile) } else { Err(faults) }
}

fn age(typed: &str) -> Option<u8> {
    typed.trim().parse().ok().filter(|age| *age <= 120)
}

/// Dollars as people type them, up to 2,000; nothing where it is empty.
fn cents(typed: &str) -> Result<Option<u32>, ()> {
    let text = typed.trim().trim_start_matches('$').replace(',', "");
    if text.is_empty() {
        return Ok(None);
    }
    let (whole, part) = text.split_once('.').unwrap_or((&text, "00"));
    let digits = |text: &str| text.bytes().all(|it| it.is_ascii_digit());
    if !digits(whole) || !digits(part) || whole.is_empty() || whole.len() > 4 || part.len() != 2 {
        return Err(());
    }
    let cents =
        whole.parse::<u32>().map_err(|_| ())? * 100 + part.parse::<u32>().map_err(|_| ())?;
    if cents <= 200_000 { Ok(Some(cents)) } else { Err(()) }
}

fn said<T: Copy>(
    typed: &Typed,
    field: &str,
    list: &[(&str, &str)],
    words: &[(&str, T)],
) -> BTreeMap<String, T> {
    let value = |slug: &str| {
        let typed = typed.one(&format!("{field}-{slug}"));
        words.iter().find(|(word, _)| *word == typed).map(|(_, value)| *value)
    };
    list.iter().filter_map(|(slug, _)| Some(((*slug).to_owned(), value(slug)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn payers() -> Vec<String> {
        vec!["LONESTAR".into()]
    }

    #[test]
    fn a_profile_comes_back_from_its_own_form() {
        let profile = Profile {
            concerns: [("ocd".into(), Rating::Specialty), ("anger".into(), Rating::Never)].into(),
            modalities: [("erp".into(), Training::Certified)].into(),
            payers: ["LONESTAR".into()].into(),
            self_pay_cents: Some(14_050),
            style: Some("asks".into()),
            ..Profile::default()
        };
        assert_eq!(read(&typed(&profile), &payers()).unwrap(), profile);
    }

    #[test]
    fn each_fault_stands_at_its_field() {
        let good = || typed(&Profile::default());
        let many = words::CONCERN_LIST[..9]
            .iter()
            .fold(good(), |typed, (slug, _)| typed.with(format!("concern-{slug}"), "specialty"));
        let bare = Typed::none().with("age_min", "18").with("age_max", "65");
        for (name, typed, field) in [
            ("no age", Typed::none().with("age_min", "x"), "age_min"),
            ("an age that nobody has", Typed::none().with("age_max", "300"), "age_max"),
            (
                "ages the wrong way round",
                Typed::none().with("age_min", "65").with("age_max", "18"),
                "age_max",
            ),
            ("nowhere to meet", bare.clone(), "meets"),
            ("no language", bare.clone(), "languages"),
            ("a price in words", bare.clone().with("price", "a lot"), "price"),
            ("too much", bare.with("price", "2000.01"), "price"),
            ("all are specialties", many, "concern-generalized-anxiety"),
        ] {
            let faults = read(&typed, &payers()).unwrap_err();
            assert!(faults.has(field), "{name}");
        }
    }

    #[test]
    fn a_price_is_read_as_people_type_it() {
        for (typed, read) in [
            ("", Ok(None)),
            ("140", Ok(Some(14_000))),
            (" $1,400.50 ", Ok(Some(140_050))),
            ("140.5", Err(())),
            ("-1", Err(())),
            ("0", Ok(Some(0))),
        ] {
            assert_eq!(cents(typed), read, "{typed:?}");
        }
    }

    #[test]
    fn what_is_not_on_a_list_is_not_said() {
        let typed = typed(&Profile::default())
            .with("concern-ocd", "guru")
            .with("languages", "tlh")
            .with("payers", "NOBODY")
            .with("style", "loud");
        assert_eq!(read(&typed, &payers()).unwrap(), Profile::default());
    }
}

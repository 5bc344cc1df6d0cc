//! What holds for any request and any list of clinicians.

use std::collections::BTreeSet;

use jiff::civil::date;
use licensing::State;
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::*;

fn slug() -> impl Strategy<Value = String> {
    select(vec!["ocd", "grief", "sleep"]).prop_map(str::to_owned)
}

fn slugs() -> impl Strategy<Value = BTreeSet<String>> {
    btree_set(slug(), 0..3)
}

fn week() -> impl Strategy<Value = Week> {
    let window = (0..7u8, 8..20u16, 1..6u16).prop_map(|(day, opens, hours)| Window {
        day,
        opens_min: opens * 60,
        closes_min: (opens + hours).min(24) * 60,
    });
    vec(window, 0..6).prop_map(Week::of)
}

fn wishes() -> impl Strategy<Value = Wishes> {
    (option::of(slug()), option::of(slug()), any::<bool>(), slugs(), slugs()).prop_map(
        |(gender, style, lgbtq, identities, access)| Wishes {
            faith: style.clone(),
            gender,
            style,
            lgbtq,
            identities,
            access,
        },
    )
}

fn modes() -> impl Strategy<Value = Modes> {
    (select(vec![Mode::Video, Mode::Office]), any::<bool>())
        .prop_map(|(first, both)| Modes { first, both })
}

fn request() -> impl Strategy<Value = Request> {
    let levels = vec![Level::Routine, Level::Routine, Level::Soon, Level::Crisis];
    let km =
        (option::of(0.0..50.0), btree_map(select(IDS).prop_map(str::to_owned), 0.0..50.0, 0..4));
    let pay = (option::weighted(0.3, slug()), option::of(0..300u32));
    let asked = (slugs(), slugs(), slugs(), prop_oneof![1 => week(), 1 => Just(Week::default())]);
    (15..70u8, modes(), select(levels), km, pay, asked, wishes()).prop_map(
        |(age, modes, level, (max_km, zip_km), (payer, budget_cents), asked, wishes)| Request {
            state: State::of("PA").unwrap(),
            age,
            service: Service::Individual,
            modes,
            payer,
            level,
            part2: false,
            knows: BTreeSet::new(),
            max_km,
            zip_km,
            budget_cents,
            languages: asked.0,
            language_must: false,
            concerns: asked.1,
            modalities: asked.2,
            wishes,
            times: asked.3,
        },
    )
}

const IDS: &[&str] = &["ana", "bo", "cy", "di"];

fn clinician() -> impl Strategy<Value = Clinician> {
    let ratings = vec![Rating::Specialty, Rating::Treats, Rating::WillSee, Rating::WillSee];
    let trainings = vec![Training::Certified, Training::Trained, Training::Informed];
    let offers = (wishes(), option::of(any::<bool>())).prop_map(|(said, lgbtq)| Offers {
        gender: said.gender,
        faith: said.faith,
        style: said.style,
        lgbtq,
        identities: said.identities,
        access: said.access,
    });
    let practice = (
        btree_map(slug(), select(ratings), 0..3),
        btree_map(slug(), select(trainings), 0..3),
        prop_oneof![3 => Just(1u16), 1 => Just(0u16)],
        btree_set(select(vec![Mode::Video, Mode::Office]), 1..3),
    );
    let price = option::weighted(0.8, 0..300u32);
    (practice, offers, week(), price, slugs(), 1..9i8).prop_map(
        |((concerns, modalities, capacity, modes), offers, availability, price, languages, day)| {
            Clinician {
                id: String::new(),
                serves_states: BTreeSet::from([State::of("PA").unwrap()]),
                ages: 18..=64,
                services: BTreeSet::from([Service::Individual]),
                modes,
                payers: languages.clone(),
                languages,
                concerns,
                levels: BTreeSet::from([Level::Routine, Level::Soon]),
                capacity,
                paused: Vec::new(),
                max_km: None,
                self_pay_cents: price,
                modalities,
                offers,
                availability,
                part2: false,
                last_offer: (day < 5).then(|| date(2026, 1, day)),
            }
        },
    )
}

fn search() -> impl Strategy<Value = Search> {
    (request(), vec(clinician(), 4), any::<u32>()).prop_map(|(request, mut clinicians, seed)| {
        for (clinician, id) in clinicians.iter_mut().zip(IDS) {
            clinician.id = (*id).to_owned();
        }
        Search {
            on: date(2026, 6, 1),
            seed: seed.into(),
            weights: Weights::default(),
            request,
            clinicians,
        }
    })
}

fn score_of(outcome: &Outcome, id: &str) -> Option<u32> {
    outcome.fits.iter().find(|fit| fit.id == id).map(|fit| fit.score)
}

proptest! {
    #[test]
    fn the_order_of_clinicians_changes_nothing(search in search(), turn in 0..4usize) {
        let mut turned = search.clone();
        turned.clinicians.rotate_left(turn);
        turned.clinicians.swap(0, 2);
        prop_assert_eq!(search.assess(), turned.assess());
    }

    #[test]
    fn without_one_clinician_the_others_stand_as_before(search in search(), gone in select(IDS)) {
        let mut rest = search.assess();
        rest.fits.retain(|fit| fit.id != gone);
        rest.misses.retain(|miss| miss.id != gone);
        let mut fewer = search;
        fewer.clinicians.retain(|clinician| clinician.id != gone);
        prop_assert_eq!(fewer.assess(), rest);
    }

    #[test]
    fn wishes_change_nobody_s_fit(search in search(), wishes in wishes()) {
        let mut other = search.clone();
        other.request.wishes = wishes;
        let (before, after) = (search.assess(), other.assess());
        prop_assert_eq!(before.misses, after.misses);
    }

    #[test]
    fn a_better_rating_or_training_never_lowers_a_score(search in search(), slug in slug()) {
        let before = search.assess();
        let mut better = search;
        let first = &mut better.clinicians[0];
        let rating = match first.concerns.get(&slug) {
            None => Rating::WillSee,
            Some(Rating::WillSee | Rating::Never) => Rating::Treats,
            Some(Rating::Treats | Rating::Specialty) => Rating::Specialty,
        };
        let training = match first.modalities.get(&slug) {
            None => Training::Informed,
            Some(Training::Informed) => Training::SupervisedLearning,
            Some(Training::SupervisedLearning) => Training::Trained,
            Some(Training::Trained | Training::Certified) => Training::Certified,
        };
        first.concerns.insert(slug.clone(), rating);
        first.modalities.insert(slug, training);
        prop_assert!(score_of(&before, "ana") <= score_of(&better.assess(), "ana"));
    }

    #[test]
    fn to_ask_about_more_never_shortens_a_list_of_reasons(
        search in search(), style in slug(), times in week(), concerns in slugs(),
    ) {
        let before = search.assess();
        let mut more = search;
        if more.request.wishes.style.is_none() {
            more.request.wishes.style = Some(style);
        }
        if more.request.times.is_empty() {
            more.request.times = times;
        }
        if more.request.concerns.is_empty() {
            more.request.concerns = concerns;
        }
        for fit in more.assess().fits {
            let was = before.fits.iter().find(|it| it.id == fit.id).unwrap();
            prop_assert!(was.reasons_for.len() <= fit.reasons_for.len());
            prop_assert!(was.reasons_against.len() <= fit.reasons_against.len());
        }
    }

    #[test]
    fn everybody_is_told_once_with_a_few_sentences(search in search()) {
        let outcome = search.assess();
        let fits = outcome.fits.iter().map(|fit| fit.id.as_str());
        let misses = outcome.misses.iter().map(|miss| miss.id.as_str());
        let told: BTreeSet<&str> = fits.chain(misses).collect();
        prop_assert_eq!(told.len(), 4);
        prop_assert!(outcome.fits.is_sorted_by(|one, next| next.score <= one.score));
        prop_assert_eq!(outcome.crisis_help_first, search.request.level == Level::Crisis);
        prop_assert!(!outcome.crisis_help_first || outcome.fits.is_empty());
        for fit in &outcome.fits {
            prop_assert!(fit.reasons_for.len() <= 3 && fit.reasons_against.len() <= 2);
            for reason in fit.reasons_for.iter().chain(&fit.reasons_against) {
                prop_assert!(reason.says.ends_with('.') && !reason.says.contains("nothing."));
                prop_assert!(!reason.says.contains("less of what"), "{}", reason.says);
            }
        }
        for miss in &outcome.misses {
            prop_assert!(!miss.reasons.is_empty());
            prop_assert!(miss.reasons.iter().all(|reason| reason.says.ends_with('.')));
        }
    }
}

#[test]
fn rules_sort_as_their_words_do() {
    assert!(Hard::ALL.is_sorted() && Hard::ALL.map(Hard::word).is_sorted());
    assert!(Soft::ALL.is_sorted() && Soft::ALL.map(Soft::word).is_sorted());
}

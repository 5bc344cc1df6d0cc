//! Who could take a request: each hard rule with what would have to change, and what is no input.

use ground::testing::{TestHouse, run};
use ground::{Acting, db};
use hours::cast::works_weekdays;
use jiff::civil::date;
use people::cast::{self, Cast};

use crate::cast::{says, sees_adults};
use crate::{
    Candidate, Candidates, Caseloads, Level, Mode, Modes, Profile, Stands, State, Wanted, Week,
    Window,
};

/// A 34-year-old in Texas who pays themselves and asks about anxiety, any time.
fn wanted() -> Wanted {
    Wanted {
        state: State::of("TX").unwrap(),
        ages: 26..=64,
        modes: Modes { first: Mode::Video, both: true },
        payer: None,
        level: Level::Routine,
        budget_cents: None,
        languages: ["en".into()].into(),
        language_must: false,
        concerns: ["generalized-anxiety".into()].into(),
        modalities: [].into(),
        style: None,
        times: Week::default(),
        seed: 7,
    }
}

struct Stage {
    house: TestHouse,
    cast: Cast,
}

impl Stage {
    /// Ada and Ben say the same of themselves and work the same hours.
    async fn set(house: &TestHouse) -> Self {
        let cast = cast::everybody(&house.house).await.unwrap();
        for (who, listed) in [(&cast.ada, &cast.ada_treats), (&cast.ben, &cast.ben_treats)] {
            says(&house.house, who, cast.elm, listed.id, &sees_adults()).await.unwrap();
            works_weekdays(&house.house, who, cast.elm, listed.id).await.unwrap();
        }
        Self { house: house.clone(), cast }
    }

    async fn ask(&self, wanted: &Wanted, caseloads: &Caseloads) -> Candidates {
        let job = Acting::Job { practice: self.cast.elm };
        let mut tx = self.house.house.begin(&job).await.unwrap();
        crate::candidates(&mut tx, &[self.cast.elm], wanted, caseloads).await.unwrap()
    }

    async fn ben(&self, wanted: &Wanted) -> Candidate {
        let all = self.ask(wanted, &Caseloads::new()).await.list;
        all.into_iter().find(|it| it.clinician == self.cast.ben_treats.id).unwrap()
    }

    async fn ben_says(&self, profile: &Profile) {
        let (elm, ben) = (self.cast.elm, self.cast.ben_treats.id);
        says(&self.house.house, &self.cast.ben, elm, ben, profile).await.unwrap();
    }
}

fn misses(candidate: &Candidate) -> String {
    match &candidate.stands {
        Stands::Misses(says) => says.join(" "),
        Stands::Fits { .. } => panic!("{} fits", candidate.name),
    }
}

#[test]
fn who_fits_says_why_and_who_misses_says_what_would_have_to_change() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let ben = stage.ben(&wanted()).await;
        let Stands::Fits { reasons_for, license, .. } = &ben.stands else { panic!("{ben:?}") };
        assert!(reasons_for.iter().any(|it| it == "Specialty in anxiety."), "{reasons_for:?}");
        assert_eq!(license, "LPC Associate license of TX, good until May 31, 2027.");

        let adults = sees_adults();
        let evening = Window { day: 5, opens_min: 19 * 60, closes_min: 21 * 60 };
        for (wanted, profile, says) in [
            (Wanted { ages: 13..=17, ..wanted() }, adults.clone(), "Sees ages 18 to 120, not 13."),
            (
                Wanted { state: State::of("NM").unwrap(), ..wanted() },
                adults.clone(),
                "Holds no license of NM.",
            ),
            (
                Wanted { payer: Some("LONESTAR".into()), ..wanted() },
                Profile { payers: [].into(), ..adults.clone() },
                "Is not in network with",
            ),
            (
                wanted(),
                Profile { self_pay_cents: None, ..adults.clone() },
                "Takes nobody who pays without insurance.",
            ),
            (
                Wanted { budget_cents: Some(10_000), ..wanted() },
                adults.clone(),
                "Charges $140; the budget is $100.",
            ),
            (
                Wanted { languages: ["es".into()].into(), language_must: true, ..wanted() },
                adults.clone(),
                "Works in English, not in Spanish.",
            ),
            (
                Wanted { modes: Modes { first: Mode::Office, both: false }, ..wanted() },
                Profile { meets: [Mode::Video].into(), ..adults.clone() },
                "Does not meet people in the office.",
            ),
            (
                Wanted { times: Week::of([evening]), ..wanted() },
                adults.clone(),
                "Has no 50 minutes open",
            ),
            (
                wanted(),
                Profile {
                    concerns: [("generalized-anxiety".into(), crate::Rating::Never)].into(),
                    ..adults.clone()
                },
                "Does not take on anxiety.",
            ),
        ] {
            stage.ben_says(&profile).await;
            let sentence = misses(&stage.ben(&wanted).await);
            assert!(sentence.contains(says), "{says}: {sentence}");
        }
    });
}

#[test]
fn who_sees_a_part_of_the_ages_fits_and_says_which() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        stage.ben_says(&Profile { age_min: 16, ..sees_adults() }).await;

        let ben = stage.ben(&Wanted { ages: 13..=17, ..wanted() }).await;

        let Stands::Fits { reasons_against, .. } = &ben.stands else { panic!("{ben:?}") };
        assert_eq!(reasons_against[0], "Sees ages 16 to 120; the person is 13 to 17.");
    });
}

#[test]
fn nothing_is_made_up_for_whoever_has_not_said_whom_they_see() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let stage = Stage { house: house.clone(), cast };
        assert_eq!(misses(&stage.ben(&wanted()).await), "Has not said yet whom they see.");
    });
}

#[test]
fn a_pause_is_a_miss_until_its_date() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let (elm, ben) = (stage.cast.elm, stage.cast.ben_treats.id);
        let mut tx = house.house.begin(&stage.cast.ben.acting()).await.unwrap();
        hours::pause(&mut tx, elm, ben, Some(date(2026, 3, 2))).await.unwrap();
        tx.commit().await.unwrap();

        let says = misses(&stage.ben(&wanted()).await);
        assert_eq!(says, "Closed for new requests; open again on March 2.");

        house.house.clock().advance(jiff::SignedDuration::from_hours(21 * 24));
        assert!(stage.ben(&wanted()).await.fits());
    });
}

#[test]
fn an_associate_fits_only_under_a_supervisor_licensed_there() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let sql = "update people.supervision set ends_on = '2026-01-31'";
        sqlx::query(sql).execute(&mut house.superuser().await).await.unwrap();

        let says = misses(&stage.ben(&wanted()).await);
        assert_eq!(says, "Works under supervision, and no supervisor licensed in TX is listed.");
    });
}

#[test]
fn protected_time_is_no_time_that_fits() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let (elm, ben) = (stage.cast.elm, stage.cast.ben_treats.id);
        let morning = Window { day: 1, opens_min: 9 * 60, closes_min: 10 * 60 };
        let at_nine = Wanted { times: Week::of([morning]), ..wanted() };
        assert!(stage.ben(&at_nine).await.fits());

        let mut tx = house.house.begin(&stage.cast.ben.acting()).await.unwrap();
        let hours = hours::openings::Hours { opens_min: 9 * 60, closes_min: 10 * 60 };
        let rule = hours::Protected { weekday: 1, hours };
        hours::protect(&mut tx, elm, ben, house.house.new_id(), &[rule]).await.unwrap();
        tx.commit().await.unwrap();

        assert!(!stage.ben(&at_nine).await.fits());
    });
}

/// How many clients somebody has is looked at for one thing: whether a place is free.
#[test]
fn below_the_last_place_a_caseload_changes_nothing() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let (elm, ada, ben) = (stage.cast.elm, stage.cast.ada_treats.id, stage.cast.ben_treats.id);
        for (who, clinician) in [(&stage.cast.ada, ada), (&stage.cast.ben, ben)] {
            let mut tx = house.house.begin(&who.acting()).await.unwrap();
            hours::set_capacity(&mut tx, elm, clinician, Some(10)).await.unwrap();
            tx.commit().await.unwrap();
        }
        let with = |of_ada: usize, of_ben: usize| -> Caseloads {
            [((elm, ada), of_ada), ((elm, ben), of_ben)].into()
        };
        let none = stage.ask(&wanted(), &with(0, 0)).await;

        for (of_ada, of_ben) in [(9, 0), (0, 9), (9, 9), (1, 8)] {
            assert_eq!(stage.ask(&wanted(), &with(of_ada, of_ben)).await, none);
        }
        let full = stage.ask(&wanted(), &with(0, 10)).await;
        assert_eq!(misses(&full.list[1]), "Has no free place now.");
        assert_eq!(full.list[1].clinician, ben);
    });
}

/// The SQL of this room reads its own schema and earlier ones: what was declined, who treats whom
/// and what anybody earned are kept in later ones.
#[test]
fn what_was_declined_and_what_was_earned_cannot_be_read_here() {
    let sources = [
        include_str!("../assess.rs"),
        include_str!("../queries.rs"),
        include_str!("../license.rs"),
        include_str!("../routes.rs"),
        include_str!("../lib.rs"),
    ];
    let later = ["offers.", "ledger.", "billing.", "payouts.", "worth.", "chart.", "session."];
    for source in sources {
        for schema in later {
            let reads = source.contains(&format!("from {schema}"))
                || source.contains(&format!("join {schema}"));
            assert!(!reads, "fit reads {schema}");
        }
    }
}

#[test]
fn a_crisis_is_no_search() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let crisis = Wanted { level: Level::Crisis, ..wanted() };
        let answer = stage.ask(&crisis, &Caseloads::new()).await;
        assert!(answer.crisis_help_first && answer.list.iter().all(|it| !it.fits()));
    });
}

#[test]
fn practices_that_the_one_who_asks_does_not_see_have_no_candidates() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let mut tx = house.house.begin(&stage.cast.sue.acting()).await.unwrap();
        let asked: db::Result<Candidates> =
            crate::candidates(&mut tx, &[stage.cast.elm], &wanted(), &Caseloads::new()).await;
        assert!(asked.map_or(true, |answer| answer.list.is_empty()));
    });
}

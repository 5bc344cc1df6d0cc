//! Versions: what counts on which day, what opens what, and what nobody can change.

use ground::Acting;
use ground::acting::Workforce;
use ground::db::{self, Role as DbRole};
use ground::policy::{Service, Side};
use ground::testing::{TestHouse, run, run_with_faults};
use jiff::civil::{Date, date};
use people::cast::{self, Cast, Worker};
use sqlx::{AssertSqlSafe, Executor};

use crate::cast::{SHARED, SINCE, agreed};
use crate::{AgreementEnding, NewAgreement, at_a_share, at_list_prices};

async fn everybody(house: &TestHouse) -> (Cast, crate::cast::Agreed) {
    let cast = cast::everybody(&house.house).await.unwrap();
    let agreed = agreed(&house.house, &cast).await.unwrap();
    (cast, agreed)
}

async fn elm(house: &TestHouse, cast: &Cast) -> db::Tx {
    house.house.begin(&Acting::Job { practice: cast.elm }).await.unwrap()
}

/// The services that a worker of the operator finds at Elm Street now.
async fn reaches(house: &TestHouse, cast: &Cast, who: &Worker) -> Vec<Service> {
    let acting = crate::serving(&house.house, who.acting()).await.unwrap();
    let Acting::Workforce(Workforce { serves, .. }) = acting else { panic!("{acting:?}") };
    let elm = serves.into_iter().find(|served| served.practice == cast.elm);
    elm.map(|served| served.services.into_iter().collect()).unwrap_or_default()
}

fn conflict<T: std::fmt::Debug>(answer: db::Result<T>) -> String {
    match answer {
        Err(db::Error::Conflict(name)) => name,
        other => panic!("{other:?}"),
    }
}

/// A version from a day on, signed by both.
async fn signed(house: &TestHouse, cast: &Cast, terms: &NewAgreement) {
    let mut tx = elm(house, cast).await;
    let id = crate::propose_agreement(&mut tx, cast.elm, terms).await.unwrap();
    for (side, by) in [(Side::Operator, cast.oz.person), (Side::Practice, cast.ada.person)] {
        crate::sign_agreement(&mut tx, cast.elm, id, side, by, "N. N.").await.unwrap();
    }
    tx.commit().await.unwrap();
}

#[test]
fn the_newest_version_that_both_signed_and_that_has_begun_counts() {
    run(async |house| {
        let (cast, first) = everybody(&house).await;
        let later = at_list_prices(date(2026, 3, 1), &[Service::Billing]);
        signed(&house, &cast, &later).await;
        let mut tx = elm(&house, &cast).await;
        let open = at_list_prices(date(2026, 4, 1), SHARED);
        crate::propose_agreement(&mut tx, cast.elm, &open).await.unwrap();

        for (on, version) in [
            (date(2025, 12, 31), None),
            (SINCE, Some(1)),
            (date(2026, 2, 28), Some(1)),
            (date(2026, 3, 1), Some(2)),
            (date(2026, 4, 1), Some(2)),
            (date(2027, 2, 28), Some(2)),
            (date(2027, 3, 1), None),
        ] {
            let found = crate::agreement_on(&mut tx, cast.elm, on).await.unwrap();
            assert_eq!(found.map(|it| it.version), version, "{on}");
        }
        let found = crate::agreement_on(&mut tx, cast.elm, SINCE).await.unwrap().unwrap();
        assert_eq!(found.id, first.agreement);
        assert_eq!(found.terms, at_list_prices(SINCE, SHARED), "it comes back as it went");
        assert!(found.shares(Service::Leads) && !found.shares(Service::Telehealth));
    });
}

#[test]
fn an_engagement_counts_from_its_first_day_and_comes_back_as_it_went() {
    run(async |house| {
        let (cast, agreed) = everybody(&house).await;
        let mut tx = elm(&house, &cast).await;
        let ben = cast.ben_treats.id;

        let found = crate::engagement_on(&mut tx, cast.elm, ben, SINCE).await.unwrap().unwrap();

        assert_eq!(found.id, agreed.engagement);
        assert_eq!(found.terms, at_a_share(ben, SINCE, crate::cast::BENS_SHARE));
        let before =
            crate::engagement_on(&mut tx, cast.elm, ben, date(2025, 12, 31)).await.unwrap();
        assert_eq!(before, None);
        let ada = cast.ada_treats.id;
        assert_eq!(crate::engagement_on(&mut tx, cast.elm, ada, SINCE).await.unwrap(), None);
    });
}

#[test]
fn what_is_shared_opens_to_those_whose_work_it_is() {
    run(async |house| {
        let (cast, agreed) = everybody(&house).await;

        for who in [&cast.sue, &cast.bo, &agreed.ina] {
            assert_eq!(reaches(&house, &cast, who).await, SHARED, "{}", who.address);
        }
        assert_eq!(
            reaches(&house, &cast, &cast.oz).await,
            [],
            "who owns the operator serves nobody"
        );
        assert_eq!(reaches(&house, &cast, &cast.ben).await, [], "who is no staff is as they were");
    });
}

#[test]
fn a_service_that_was_taken_out_is_out_at_the_next_request() {
    run(async |house| {
        let (cast, agreed) = everybody(&house).await;
        let today = date(2026, 2, 9);

        signed(&house, &cast, &at_list_prices(today, &[Service::Billing])).await;

        assert_eq!(reaches(&house, &cast, &cast.sue).await, []);
        assert_eq!(reaches(&house, &cast, &agreed.ina).await, []);
        assert_eq!(reaches(&house, &cast, &cast.bo).await, [Service::Billing]);
    });
}

#[test]
fn an_agreement_that_ends_opens_nothing_and_lets_no_older_one_back() {
    run(async |house| {
        let (cast, _) = everybody(&house).await;
        let today: Date = date(2026, 2, 9);
        signed(&house, &cast, &at_list_prices(today, SHARED)).await;
        let mut tx = elm(&house, &cast).await;
        let second = crate::agreement_on(&mut tx, cast.elm, today).await.unwrap().unwrap();
        assert_eq!(second.version, 2);

        let ending = AgreementEnding { side: Side::Practice, ends_on: today };
        let by = cast.ada.person;
        crate::end_agreement(&mut tx, cast.elm, second.id, ending, by).await.unwrap();
        tx.commit().await.unwrap();

        assert_eq!(reaches(&house, &cast, &cast.sue).await, []);
        let mut tx = elm(&house, &cast).await;
        assert_eq!(crate::agreement_on(&mut tx, cast.elm, today).await.unwrap(), None);
        let again = crate::end_agreement(&mut tx, cast.elm, second.id, ending, by).await;
        assert_eq!(conflict(again), "ending_pkey");
    });
}

#[test]
fn the_last_day_is_the_last_day_of_the_practices_own_clock() {
    run(async |house| {
        let (cast, _) = everybody(&house).await;

        // Elm Street is in Chicago: its 2027 begins six hours after that of UTC.
        for (at, is_open) in [("2027-01-01T05:59:00Z", true), ("2027-01-01T06:00:00Z", false)] {
            let at: jiff::Timestamp = at.parse().unwrap();
            house.house.clock().advance(at.duration_since(house.house.now()));
            let found = reaches(&house, &cast, &cast.sue).await;
            assert_eq!(!found.is_empty(), is_open, "{at}");
        }
    });
}

#[test]
fn one_person_signs_one_side_and_only_the_newest_version() {
    run(async |house| {
        let (cast, first) = everybody(&house).await;
        let terms = at_list_prices(date(2026, 4, 1), SHARED);
        let (ada, oz) = (cast.ada.person, cast.oz.person);
        let mut tx = elm(&house, &cast).await;
        let id = crate::propose_agreement(&mut tx, cast.elm, &terms).await.unwrap();
        crate::sign_agreement(&mut tx, cast.elm, id, Side::Practice, ada, "Ada").await.unwrap();
        tx.commit().await.unwrap();

        let mut tx = elm(&house, &cast).await;
        let both = crate::sign_agreement(&mut tx, cast.elm, id, Side::Operator, ada, "Ada").await;
        assert_eq!(conflict(both), "nobody_signs_for_both_sides");
        let mut tx = elm(&house, &cast).await;
        let twice = crate::sign_agreement(&mut tx, cast.elm, id, Side::Practice, oz, "Oz").await;
        assert_eq!(conflict(twice), "signature_pkey");
        let mut tx = elm(&house, &cast).await;
        crate::propose_agreement(&mut tx, cast.elm, &terms).await.unwrap();
        let old = crate::sign_agreement(&mut tx, cast.elm, id, Side::Operator, oz, "Oz").await;
        assert_eq!(conflict(old), "the_newest_version_is_signed");

        let mut tx = elm(&house, &cast).await;
        let ben = cast.ben_treats.id;
        let terms = at_a_share(ben, date(2026, 4, 1), crate::cast::BENS_SHARE);
        let next = crate::propose_engagement(&mut tx, cast.elm, &terms).await.unwrap();
        crate::sign_engagement(&mut tx, cast.elm, next, Side::Practice, ada, "Ada").await.unwrap();
        let both =
            crate::sign_engagement(&mut tx, cast.elm, next, Side::Clinician, ada, "Ada").await;
        assert_eq!(conflict(both), "nobody_signs_for_both_sides_of_an_engagement");
        assert_ne!(first.engagement, next);
    });
}

#[test]
fn that_both_signed_is_told_once() {
    run(async |house| {
        let (_, agreed) = everybody(&house).await;

        let told: Vec<String> = sqlx::query_scalar(
            "select body ->> 'agreement' from ground.event where kind = 'terms.agreement_signed'",
        )
        .fetch_all(&mut house.superuser().await)
        .await
        .unwrap();

        assert_eq!(told, [agreed.agreement.to_string()]);
    });
}

/// What somebody might try with what was signed, each as one statement.
const CHANGES: &[&str] = &[
    "update terms.agreement set notice_days = 30",
    "update terms.agreement set ends_on = ends_on + 1",
    "delete from terms.agreement",
    "update terms.service set evidence = 'because it has always been so'",
    "update terms.service set clause = '{}'",
    "delete from terms.service",
    "update terms.signature set typed_name = 'Somebody Else'",
    "delete from terms.signature",
    "update terms.engagement set notice_days = 1",
    "delete from terms.engagement",
    "update terms.engagement_signature set side = 'practice'",
    "delete from terms.engagement_signature",
    "update terms.fee set cents = 1",
];

#[test]
fn nobody_changes_what_was_signed_not_even_who_owns_the_tables() {
    run(async |house| {
        let (cast, _) = everybody(&house).await;

        for sql in CHANGES {
            // Whoever serves has not the right.
            let mut tx = elm(&house, &cast).await;
            let app = tx.execute(*sql).await;
            assert!(app.is_err(), "{sql}");
            // Whoever has every right meets the trigger.
            let answer = house.superuser().await.execute(*sql).await.map(|_| ());
            let answer = answer.map_err(db::Error::from);
            assert_eq!(conflict(answer), "what_was_agreed_stays", "{sql}");
        }
        let mut owner = house.stores.connection(DbRole::Owner).await.unwrap();
        let done = owner.execute("update terms.agreement set notice_days = 30").await.unwrap();
        assert_eq!(done.rows_affected(), 0, "forced row security binds the owner");
    });
}

#[test]
fn a_service_cannot_come_into_what_was_signed() {
    run(async |house| {
        let (cast, _) = everybody(&house).await;
        let mut tx = elm(&house, &cast).await;

        let answer = tx
            .execute(
                "insert into terms.service
                 select practice_id, agreement_id, 'telehealth', included, excluded, is_marketing,
                        clause, method, evidence, valid_from, review_by
                   from terms.service where service = 'leads'",
            )
            .await;

        assert_eq!(conflict(answer.map_err(db::Error::from)), "what_was_agreed_stays");
    });
}

#[test]
fn a_change_behind_the_triggers_is_found() {
    for change in [
        "update terms.agreement set wording = wording || 'x', text_hash = sha256(convert_to(wording || 'x', 'UTF8'))",
        "update terms.service set clause = jsonb_set(clause, '{opening}', '\"Nothing costs\"') where service = 'billing'",
        "update terms.engagement set wording = 'x', text_hash = sha256('x')",
        "update terms.engagement_signature set text_hash = sha256('x') where side = 'practice'",
    ] {
        run_with_faults(async |house| {
            let (_, _) = everybody(&house).await;
            let mut root = house.superuser().await;
            assert_eq!(house.faults().await, Vec::<String>::new());

            root.execute("set session_replication_role = replica").await.unwrap();
            root.execute(AssertSqlSafe(change)).await.unwrap();

            assert!(!house.faults().await.is_empty(), "{change}");
        });
    }
}

#[test]
fn a_price_without_its_record_is_refused() {
    for (column, value, says) in [
        ("evidence", "''", "price_record_has_evidence"),
        ("evidence", "'because'", "price_record_has_evidence"),
        ("method", "'custom'", "price_record_has_a_method"),
        ("review_by", "valid_from + 400", "price_record_is_reviewed"),
        ("review_by", "valid_from", "price_record_is_reviewed"),
    ] {
        run(async |house| {
            let (cast, _) = everybody(&house).await;
            let mut tx = elm(&house, &cast).await;
            let terms = at_list_prices(date(2026, 4, 1), &[Service::Leads]);
            let id = crate::propose_agreement(&mut tx, cast.elm, &terms).await.unwrap();

            let value = |name: &str| if name == column { value } else { name }.to_owned();
            let sql = format!(
                "insert into terms.service
                 select practice_id, agreement_id, 'telehealth', included, excluded, is_marketing,
                        clause, {}, {}, valid_from, {}
                   from terms.service where agreement_id = '{id}'",
                value("method"),
                value("evidence"),
                value("review_by"),
            );
            let answer = tx.execute(AssertSqlSafe(sql)).await;

            assert_eq!(conflict(answer.map_err(db::Error::from)), says);
        });
    }
}

#[test]
fn an_agreement_lasts_a_year() {
    run(async |house| {
        let (cast, _) = everybody(&house).await;
        let mut tx = elm(&house, &cast).await;
        let terms =
            NewAgreement { ends_on: date(2027, 1, 30), ..at_list_prices(date(2026, 2, 9), SHARED) };

        let answer = crate::propose_agreement(&mut tx, cast.elm, &terms).await;

        assert_eq!(conflict(answer), "agreement_lasts_a_year");
    });
}

#[test]
fn another_practice_sees_nothing_of_it_and_the_operator_no_engagement() {
    run(async |house| {
        let (cast, _) = everybody(&house).await;
        let oak = people::found(&house.house, &cast::oak_lane()).await.unwrap();
        let tables =
            ["agreement", "service", "signature", "engagement", "engagement_signature", "fee"];
        let seen = async |practice| {
            let mut tx = house.house.begin(&Acting::Job { practice }).await.unwrap();
            let mut seen = Vec::new();
            for table in tables {
                let sql = format!("select count(*) from terms.{table}");
                let count: i64 =
                    sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut *tx).await.unwrap();
                seen.push(0 < count);
            }
            seen
        };

        assert_eq!(seen(cast.elm).await, [true; 6]);
        assert_eq!(seen(oak.practice).await, [false; 6]);
        assert_eq!(seen(cast.operator).await, [true, true, true, false, false, false]);
        let mut tx = house.house.begin(&Acting::Job { practice: oak.practice }).await.unwrap();
        assert_eq!(crate::served(&mut tx).await.unwrap(), []);
        let names = crate::queries::parties(&mut tx).await.unwrap();
        let names: Vec<&str> = names.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["Oak Lane Practice", "Trellis"]);
    });
}

#[test]
fn the_newest_fee_that_has_begun_counts_and_who_may_bill_is_known_by_day() {
    run(async |house| {
        let (cast, agreed) = everybody(&house).await;
        let mut tx = elm(&house, &cast).await;
        let raised = crate::Fee {
            payer: None,
            cpt: "90837".into(),
            from_date: date(2026, 3, 1),
            cents: money::Cents(18_500),
        };
        crate::set_fee(&mut tx, cast.elm, &raised).await.unwrap();

        let payer = Some(&agreed.lonestar);
        for (payer, cpt, on, cents) in [
            (None, "90837", SINCE, Some(17_500)),
            (None, "90837", date(2026, 3, 1), Some(18_500)),
            (payer, "90837", date(2026, 3, 1), Some(15_105)),
            (None, "90837", date(2025, 12, 31), None),
            (payer, "90847", SINCE, None),
        ] {
            let found = crate::fee_for(&mut tx, cast.elm, payer, cpt, on).await.unwrap();
            assert_eq!(found.map(|it| it.0), cents, "{payer:?} {cpt} {on}");
        }
        let (ada, ben) = (cast.ada_treats.id, cast.ben_treats.id);
        for (who, on, name) in
            [(ada, SINCE, Some(ada)), (ada, date(2025, 12, 31), None), (ben, SINCE, None)]
        {
            let found =
                crate::bills_as(&mut tx, cast.elm, who, &agreed.lonestar, on).await.unwrap();
            assert_eq!(found, name);
        }
        let twice = crate::set_fee(&mut tx, cast.elm, &raised).await;
        assert_eq!(conflict(twice), "fee_of_a_day_is_one");
    });
}

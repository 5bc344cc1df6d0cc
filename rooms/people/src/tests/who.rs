//! Practices, their people and their clients: who sees whom.

use ground::Acting;
use ground::acting::Place;
use ground::db;
use ground::testing::run;
use ids::PersonId;
use jiff::civil::date;
use sqlx::Executor;

use crate::{NewClient, Supervision, cast};

#[test]
fn the_people_of_a_practice_see_its_clients_and_those_of_no_other() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let oak = crate::found(&house.house, &cast::oak_lane()).await.unwrap();
        let una = cast::Worker {
            person: oak.founder,
            address: "una@oak.example".into(),
            place: Place { practice: oak.practice, is_operator: false, roles: [].into() },
        };

        let mut tx = house.house.begin(&cast.ada.acting()).await.unwrap();
        let seen = crate::clients(&mut tx, cast.elm).await.unwrap();
        assert_eq!(seen, std::slice::from_ref(&cast.sam));
        assert_eq!(crate::clinicians(&mut tx, cast.elm).await.unwrap().len(), 2);
        tx.rollback().await.unwrap();
        let mut tx = house.house.begin(&una.acting()).await.unwrap();
        assert!(crate::clients(&mut tx, cast.elm).await.unwrap().is_empty());
        assert!(crate::clinicians(&mut tx, cast.elm).await.unwrap().is_empty());
    });
}

#[test]
fn a_client_sees_themselves_and_the_clinicians_but_no_other_client() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let mut tx = house.house.begin(&Acting::Job { practice: cast.elm }).await.unwrap();
        let kit = NewClient { name: "Kit Moran".into(), address: None, state: "TX".into() };
        let kit = crate::admit(&mut tx, cast.elm, &kit).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!((cast.sam.number, kit.number), (1, 2));

        let person = PersonId(kit.id.0);
        let acting = cast::as_client(cast.elm, kit.id, person);
        let mut tx = house.house.begin(&acting).await.unwrap();

        assert_eq!(crate::clients(&mut tx, cast.elm).await.unwrap(), [kit]);
        assert_eq!(crate::clinicians(&mut tx, cast.elm).await.unwrap().len(), 2);
    });
}

#[test]
fn one_address_is_one_person_in_however_many_practices() {
    run(async |house| {
        let elm = crate::found(&house.house, &cast::elm_street()).await.unwrap();
        let mut again = cast::oak_lane();
        again.founder = cast::elm_street().founder;

        let oak = crate::found(&house.house, &again).await.unwrap();

        assert_eq!(elm.founder, oak.founder);
        assert_ne!(elm.practice, oak.practice);
    });
}

#[test]
fn there_is_one_operator() {
    run(async |house| {
        let first = crate::found(&house.house, &cast::trellis()).await.unwrap();

        let second = crate::found(&house.house, &cast::trellis()).await;

        assert!(matches!(second, Err(db::Error::Conflict(name)) if name == "operator_pkey"));
        let mut tx = house.house.begin(&Acting::Door).await.unwrap();
        assert_eq!(crate::operator(&mut tx).await.unwrap(), Some(first.practice));
    });
}

#[test]
fn nobody_who_serves_reads_what_proves_a_person_or_finds_them_by_address() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        for sql in [
            "select 1 from people.credential",
            "select 1 from people.throttle",
            "select token_hash from people.sign_in",
            "insert into people.person values (gen_random_uuid(), 'x', 'x@y.z', now())",
        ] {
            let mut tx = house.house.begin(&cast.ada.acting()).await.unwrap();
            assert!(tx.execute(sql).await.is_err(), "{sql}");
        }
        let mut tx = house.house.begin(&cast.ada.acting()).await.unwrap();
        let seen: Vec<String> = sqlx::query_scalar("select p.name from people.person p")
            .fetch_all(&mut *tx)
            .await
            .unwrap();
        assert_eq!(seen, ["Ada Reyes"]);
    });
}

#[test]
fn an_npi_without_its_check_digit_is_refused_by_the_database_too() {
    run(async |house| {
        let mut superuser = house.superuser().await;
        for (npi, is_npi) in [
            ("1234567893", true),
            ("1245319599", true),
            ("1234567890", false),
            ("3234567899", false),
            ("123456789", false),
            ("", false),
        ] {
            assert_eq!(npi.parse::<ids::Npi>().is_ok(), is_npi, "{npi}");
            let said: bool = sqlx::query_scalar("select people.is_npi($1)")
                .bind(npi)
                .fetch_one(&mut superuser)
                .await
                .unwrap();
            assert_eq!(said, is_npi, "{npi}");
        }
    });
}

#[test]
fn the_door_answers_the_role_that_serves_and_nobody_else() {
    run(async |house| {
        let answers: Vec<(bool, bool)> = sqlx::query_as(
            "select has_function_privilege('trellis_app', p.oid, 'execute'),
                    has_function_privilege('trellis_check', p.oid, 'execute')
                 or has_function_privilege('trellis_sequencer', p.oid, 'execute')
               from pg_proc p
              where p.proowner = 'trellis_door'::regrole",
        )
        .fetch_all(&mut house.superuser().await)
        .await
        .unwrap();

        assert!(10 < answers.len());
        assert!(answers.iter().all(|answer| *answer == (true, false)), "{answers:?}");
    });
}

#[test]
fn ben_is_supervised_from_the_first_day_to_the_last() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let (ada, ben) = (cast.ada_treats.id, cast.ben_treats.id);
        let mut tx = house.house.begin(&cast.ada.acting()).await.unwrap();
        let to_ben = Supervision {
            supervisee: ada,
            supervisor: ben,
            begins_on: date(2026, 1, 5),
            ends_on: Some(date(2026, 1, 9)),
        };
        crate::supervise(&mut tx, cast.elm, &to_ben).await.unwrap();

        for (of, day, by) in [
            (ben, date(2025, 6, 1), None),
            (ben, date(2025, 6, 2), Some(ada)),
            (ben, date(2030, 1, 1), Some(ada)),
            (ada, date(2026, 1, 9), Some(ben)),
            (ada, date(2026, 1, 10), None),
        ] {
            let found = crate::supervisors_on(&mut tx, cast.elm, of, day).await.unwrap();
            assert_eq!(found.first().copied(), by, "{day}");
        }
        let licenses = crate::licenses_of(&mut tx, cast.elm, ben).await.unwrap();
        assert_eq!((licenses.len(), licenses[0].kind.as_str()), (1, "LPC Associate"));
        tx.rollback().await.unwrap();

        let sam = PersonId(cast.sam.id.0);
        let acting = cast::as_client(cast.elm, cast.sam.id, sam);
        let mut tx = house.house.begin(&acting).await.unwrap();
        assert!(crate::licenses_of(&mut tx, cast.elm, ben).await.unwrap().is_empty());
    });
}

#[test]
fn nobody_supervises_themselves() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let ada = cast.ada_treats.id;
        let mut tx = house.house.begin(&cast.ada.acting()).await.unwrap();

        let begins_on = date(2026, 1, 5);
        let own = Supervision { supervisee: ada, supervisor: ada, begins_on, ends_on: None };
        let answer = crate::supervise(&mut tx, cast.elm, &own).await;

        assert!(
            matches!(answer, Err(db::Error::Conflict(name)) if name == "supervision_is_of_another")
        );
    });
}

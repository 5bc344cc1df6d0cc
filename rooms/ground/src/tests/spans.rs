//! Minutes worked: written once, read by their person alone.

use ids::{PersonId, PracticeId, SignInId, SpanId, Uuid};
use jiff::{SignedDuration, Timestamp};

use crate::acting::{Acting, Place, Workforce};
use crate::spans::{self, Kind, Source, Span};
use crate::testing::{BEGIN, run};

const ELM: PracticeId = PracticeId(Uuid::from_u128(0xE1));
const ADA: PersonId = PersonId(Uuid::from_u128(0xADA));
const BEN: PersonId = PersonId(Uuid::from_u128(0xBE));

fn working(person: PersonId) -> Acting {
    let roles = policy::Role::ALL.iter().copied().collect();
    let place = Place { practice: ELM, is_operator: false, roles };
    let sign_in = SignInId(Uuid::nil());
    Acting::Workforce(Workforce { person, sign_in, places: vec![place], serves: vec![] })
}

fn fifty_minutes(of: PersonId) -> Span {
    let from: Timestamp = BEGIN.parse().unwrap();
    Span {
        id: SpanId(Uuid::from_u128(1)),
        person: of,
        practice: ELM,
        kind: Kind::Session,
        from,
        to: from + SignedDuration::from_mins(50),
        source: Source::Measured,
    }
}

#[test]
fn a_span_counts_once_and_only_its_person_reads_it() {
    run(async |house| {
        let span = fifty_minutes(ADA);
        let mut tx = house.house.begin(&working(ADA)).await.unwrap();
        spans::write(&mut tx, &span).await.unwrap();
        spans::write(&mut tx, &span).await.unwrap();
        tx.commit().await.unwrap();

        let seen = async |who| {
            let mut tx = house.house.begin(&working(who)).await.unwrap();
            spans::of(&mut tx, ELM, span.from, span.to).await.unwrap()
        };
        assert_eq!(seen(ADA).await, [span]);
        assert_eq!(seen(BEN).await, []);
    });
}

#[test]
fn nobody_writes_minutes_of_somebody_else() {
    run(async |house| {
        let mut tx = house.house.begin(&working(BEN)).await.unwrap();
        let written = spans::write(&mut tx, &fifty_minutes(ADA)).await;

        assert!(written.is_err());
    });
}

#[test]
fn minutes_that_were_said_otherwise_count_once_and_the_measured_ones_stay() {
    run(async |house| {
        let measured = fifty_minutes(ADA);
        let said = |id, minutes| Span {
            id: SpanId(Uuid::from_u128(id)),
            to: measured.from + SignedDuration::from_mins(minutes),
            source: Source::Entered,
            ..measured
        };
        let mut tx = house.house.begin(&working(ADA)).await.unwrap();
        spans::write(&mut tx, &measured).await.unwrap();
        spans::replace(&mut tx, measured.id, &said(2, 45)).await.unwrap();
        spans::replace(&mut tx, SpanId(Uuid::from_u128(2)), &said(3, 53)).await.unwrap();
        // In place of one that was never written, it stands alone.
        let to = measured.to + SignedDuration::from_hours(1);
        let alone = Span { from: measured.to, to, ..said(4, 0) };
        spans::replace(&mut tx, SpanId(Uuid::from_u128(99)), &alone).await.unwrap();

        let seen = spans::of(&mut tx, ELM, measured.from, alone.to).await.unwrap();
        assert_eq!(seen, [said(3, 53), alone]);
        tx.commit().await.unwrap();
        let kept: i64 = sqlx::query_scalar("select count(*) from ground.work_span")
            .fetch_one(&mut house.superuser().await)
            .await
            .unwrap();
        assert_eq!(kept, 4);
    });
}

#[test]
fn a_span_is_replaced_once() {
    run(async |house| {
        let measured = fifty_minutes(ADA);
        let other = |id| Span { id: SpanId(Uuid::from_u128(id)), ..measured };
        let mut tx = house.house.begin(&working(ADA)).await.unwrap();
        spans::write(&mut tx, &measured).await.unwrap();
        spans::replace(&mut tx, measured.id, &other(2)).await.unwrap();

        let again = spans::replace(&mut tx, measured.id, &other(3)).await;

        let Err(crate::db::Error::Conflict(name)) = again else { panic!("{again:?}") };
        assert_eq!(name, "work_span_is_replaced_once");
    });
}

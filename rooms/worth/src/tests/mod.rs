//! The promises of worth.

mod figures;
mod outside;
mod pages;
mod paid;
mod walls;

use bookkeeping::{Debtor, Event, Period};
use ground::Acting;
use ground::db::Tx;
use ground::spans::{self, Kind, Source, Span};
use ground::testing::{Browser, TestHouse, run_with_faults};
use ids::{ChargeId, ClientId, ClinicianId, PersonId, PracticeId, Uuid};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use ledger::{Arrived, Cause, CauseKind, Fact, Of, Way, charge_ref, client_ref, post};
use money::Cents;
use people::cast::{Cast, Worker};
use sqlx::{AssertSqlSafe, Executor};

const JANUARY: Date = date(2026, 1, 1);

/// Runs a test, then the invariants of money: a missed visit is planted here, and lacks what its
/// own room would have written with it.
fn run<F: Future<Output = ()>>(test: impl FnOnce(TestHouse) -> F) {
    run_with_faults(async |house| {
        test(house.clone()).await;
        let is_of_money =
            |it: &String| ["I01", "I11", "I17", "I22"].iter().any(|i| it.starts_with(i));
        let faults: Vec<String> = house.faults().await.into_iter().filter(is_of_money).collect();
        assert_eq!(faults, Vec::<String>::new(), "invariants after the test");
    });
}

/// Elm Street Practice, where Ben works in January.
struct Scene {
    house: TestHouse,
    cast: Cast,
}

impl Scene {
    /// January, as [`figures`] computes it by hand.
    async fn january(house: TestHouse) -> Self {
        let cast = people::cast::everybody(&house.house).await.unwrap();
        terms::cast::agreed(&house.house, &cast).await.unwrap();
        let scene = Self { house, cast };
        let (elm, ben, sam) = (scene.cast.elm, scene.cast.ben_treats.id, scene.cast.sam.id);
        let mut tx = scene.house.house.begin(&Acting::Job { practice: elm }).await.unwrap();
        for number in [1, 2] {
            charged(&mut tx, elm, number, (ben, sam), 13_500).await;
        }
        pays(&mut tx, elm, sam, 18_001, date(2026, 1, 20)).await;
        tx.commit().await.unwrap();
        scene.opened_hours().await;
        for (number, kind, from, to) in [
            (1, Kind::Session, "2026-01-05T16:00:00Z", "2026-01-05T16:53:00Z"),
            (2, Kind::Notes, "2026-01-05T16:50:00Z", "2026-01-05T17:08:00Z"),
            (3, Kind::Session, "2026-01-12T22:30:00Z", "2026-01-12T23:20:00Z"),
            (4, Kind::Notes, "2026-01-13T02:00:00Z", "2026-01-13T02:24:00Z"),
        ] {
            scene.worked(&scene.cast.ben, number, kind, (from, to)).await;
        }
        scene.missed().await;
        scene
    }

    async fn plant(&self, sql: &str) {
        let mut superuser = self.house.superuser().await;
        superuser.execute("set session_replication_role = replica").await.unwrap();
        superuser.execute(AssertSqlSafe(sql.to_owned())).await.unwrap();
    }

    /// Ben opened Mondays from 9 to 5 in December.
    async fn opened_hours(&self) {
        self.plant(&format!(
            "insert into hours.weekly (practice_id, weekly_id, clinician_id, weekday, opens_min,
                    closes_min, opened_at)
             values ('{}', gen_random_uuid(), '{}', 0, 540, 1020, '2025-12-01')",
            self.cast.elm, self.cast.ben_treats.id
        ))
        .await;
    }

    /// Somebody does not come at 11 on January 12; Ben marks it at 11:20.
    async fn missed(&self) {
        let (elm, ben) = (self.cast.elm, self.cast.ben_treats.id);
        let (at, said) = ("2026-01-12T17:00:00Z", "2026-01-12T17:20:00Z");
        self.plant(&format!(
            "insert into calendar.appointment (practice_id, appointment_id, clinician_id,
                    visit_type_id, starts_at, ends_at, before_min, after_min, place, state, made_at)
             values ('{elm}', '{ben}', '{ben}', gen_random_uuid(), '{at}',
                     '{at}'::timestamptz + interval '50 minutes', 0, 0, 'office', 'missed', '{at}');
             insert into calendar.outcome (practice_id, appointment_id, client_id, outcome, said_by,
                    said_for, said_at, is_late)
             values ('{elm}', '{ben}', '{}', 'missed', '{}', 'practice', '{said}', false)",
            self.cast.sam.id, self.cast.ben.person
        ))
        .await;
    }

    async fn worked(&self, who: &Worker, number: u128, kind: Kind, (from, to): (&str, &str)) {
        wrote(&self.house, self.cast.elm, &who.acting(), number, kind, (from, to)).await;
    }

    async fn close(&self) {
        let job = Acting::Job { practice: self.cast.elm };
        let mut tx = self.house.house.begin(&job).await.unwrap();
        payouts::close(&mut tx, self.cast.elm, Period::of(JANUARY)).await.unwrap();
        tx.commit().await.unwrap();
    }

    fn at(&self, acting: &Acting) -> Browser {
        Browser::of(&self.house, [(crate::ROOM.routes)()], acting)
    }

    fn path(&self) -> String {
        format!("/p/{}/worth", self.cast.elm)
    }
}

/// A span that somebody's work left.
async fn wrote(
    house: &TestHouse,
    practice: PracticeId,
    acting: &Acting,
    number: u128,
    kind: Kind,
    (from, to): (&str, &str),
) {
    let mut tx = house.house.begin(acting).await.unwrap();
    let span = Span {
        id: ids::SpanId(Uuid::from_u128(number)),
        person: acting.person().unwrap(),
        practice,
        kind,
        from: from.parse::<Timestamp>().unwrap(),
        to: to.parse::<Timestamp>().unwrap(),
        source: Source::Measured,
    };
    spans::write(&mut tx, &span).await.unwrap();
    tx.commit().await.unwrap();
}

/// A charge in the books.
async fn charged(
    tx: &mut Tx,
    practice: PracticeId,
    number: u128,
    (clinician, client): (ClinicianId, ClientId),
    cents: i64,
) {
    let (charge, on) = (ChargeId(Uuid::from_u128(0xc4a6_0000 + number)), date(2026, 1, 5));
    let event = Event::Charge {
        charge: charge_ref(charge),
        owed_by: Debtor::Client(client_ref(client)),
        service_on: on,
        cents: Cents(cents),
    };
    // A decision: there is no note behind it here.
    let cause = Cause::new(CauseKind::Decision, charge);
    let of = Some(Of { client, clinician });
    post(tx, practice, &Fact { cause, on, event, of }).await.unwrap();
}

async fn pays(tx: &mut Tx, practice: PracticeId, client: ClientId, cents: i64, on: Date) {
    let arrived = Arrived {
        id: Uuid::from_u128(u128::from(cents.unsigned_abs())),
        from: client,
        way: Way::Cash,
        reference: None,
        cents: Cents(cents),
        on,
    };
    ledger::record_payment(tx, practice, &arrived).await.unwrap();
}

fn somebody(number: u128) -> PersonId {
    PersonId(Uuid::from_u128(number))
}

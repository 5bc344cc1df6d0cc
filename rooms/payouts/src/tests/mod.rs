//! The promises of statements, against a real database.

mod closing;
mod exported;
mod later;
mod pages;
mod paper;
mod settled;
mod walls;

use bookkeeping::{Debtor, Event, Period};
use ground::Acting;
use ground::db::Tx;
use ground::testing::{TestHouse, run_with_faults};
use ids::{ChargeId, ClinicianId, Uuid};
use jiff::SignedDuration;
use jiff::civil::{Date, date};
use ledger::{
    Arrived, Cause, CauseKind, Fact, Of, Way, charge_ref, client_ref, payer_ref, post,
    record_payment,
};
use money::Cents;
use people::cast::Cast;
use sqlx::{AssertSqlSafe, Executor};
use terms::cast::Agreed;

use crate::Error;

/// Runs a test, then the invariants of money: rows of other rooms are planted here, and lack what
/// those rooms would have written with them.
fn run<F: Future<Output = ()>>(test: impl FnOnce(TestHouse) -> F) {
    run_with_faults(async |house| {
        test(house.clone()).await;
        let of_money = ["I01", "I11", "I17", "I22"];
        let is_of_money = |fault: &String| of_money.iter().any(|it| fault.starts_with(it));
        let faults: Vec<String> = house.faults().await.into_iter().filter(is_of_money).collect();
        assert_eq!(faults, Vec::<String>::new(), "invariants after the test");
    });
}

/// The month of these tests: it is over when they begin.
const JANUARY: Date = date(2026, 1, 1);

/// Elm Street Practice in January, with what its people agreed.
struct Scene {
    house: TestHouse,
    cast: Cast,
    agreed: Agreed,
}

impl Scene {
    async fn new(house: TestHouse) -> Self {
        let cast = people::cast::everybody(&house.house).await.unwrap();
        let agreed = terms::cast::agreed(&house.house, &cast).await.unwrap();
        Self { house, cast, agreed }
    }

    /// The month of `new`, in which work was done and money came in:
    ///
    /// Ben has 8 sessions of $135.00 with Sam, who brings $1,012.57, and waits once in vain.
    /// Ada has 2 sessions of $151.05 by Lone Star: one paid with $120.00, one denied.
    /// The operator files 2 claims, and puts 1 request before Ben.
    async fn january(house: TestHouse) -> Self {
        let scene = Self::new(house).await;
        let (ada, ben) = (scene.cast.ada_treats.id, scene.cast.ben_treats.id);
        let mut tx = scene.job().await;
        for number in 1..=8 {
            scene.charged(&mut tx, number, ben, scene.sam(), 13_500).await;
        }
        for number in [11, 12] {
            scene.charged(&mut tx, number, ada, lone_star(), 15_105).await;
        }
        scene.brings(&mut tx, 1, 101_257, date(2026, 1, 20)).await;
        scene.lone_star_pays(&mut tx, 11, 12_000, date(2026, 1, 26)).await;
        tx.commit().await.unwrap();
        scene.filed(11, "2026-01-12T16:00:00Z").await;
        scene.filed(12, "2026-01-12T16:00:00Z").await;
        scene.requested("2026-01-07T15:00:00Z").await;
        scene.missed("2026-01-14T18:00:00Z").await;
        scene
    }

    async fn job(&self) -> Tx {
        self.house.house.begin(&Acting::Job { practice: self.cast.elm }).await.unwrap()
    }

    fn sam(&self) -> Debtor {
        Debtor::Client(client_ref(self.cast.sam.id))
    }

    /// A charge of Sam's, in the books and in billing.
    async fn charged(
        &self,
        tx: &mut Tx,
        number: u128,
        clinician: ClinicianId,
        owed_by: Debtor,
        cents: i64,
    ) {
        let (charge, on) = (charge_id(number), date(2026, 1, 5));
        let event = Event::Charge {
            charge: charge_ref(charge),
            owed_by,
            service_on: on,
            cents: Cents(cents),
        };
        let of = Some(Of { client: self.cast.sam.id, clinician });
        let cause = Cause::new(CauseKind::Charge, charge);
        post(tx, self.cast.elm, &Fact { cause, on, event, of }).await.unwrap();
        self.plant(&format!(
            "insert into billing.charge (practice_id, charge_id, number, note_id, client_id,
                    clinician_id, service_on, cpt, units, modifiers, pos, cents, made_at)
             values ('{}', '{}', {number}, gen_random_uuid(), '{}', '{}', '{on}', '90834', 1, '{{}}',
                     '11', {cents}, '2026-01-05')",
            self.cast.elm, charge, self.cast.sam.id, clinician
        ))
        .await;
    }

    /// Sam brings money.
    async fn brings(&self, tx: &mut Tx, id: u128, cents: i64, on: Date) {
        let arrived = Arrived {
            id: Uuid::from_u128(id),
            from: self.cast.sam.id,
            way: Way::Check,
            reference: Some("1021".into()),
            cents: Cents(cents),
            on,
        };
        record_payment(tx, self.cast.elm, &arrived).await.unwrap();
    }

    /// Lone Star pays for a charge, or takes it back.
    async fn lone_star_pays(&self, tx: &mut Tx, charge: u128, cents: i64, on: Date) {
        let payer = payer_ref("LONESTAR").unwrap();
        let charge = charge_ref(charge_id(charge));
        let size = Cents(cents.abs());
        let event = match cents < 0 {
            false => Event::PayerPayment { payer, charge: Some(charge), cents: size },
            true => Event::Recoupment {
                payer,
                from: bookkeeping::RecoupedFrom::Charge(charge),
                cents: size,
            },
        };
        let cause = Cause::new(CauseKind::Remittance, tx.house().new_id::<Uuid>());
        post(tx, self.cast.elm, &Fact::new(cause, on, event)).await.unwrap();
    }

    /// What no trigger or key looks at: facts of other rooms, as they would be.
    async fn plant(&self, sql: &str) {
        let mut superuser = self.house.superuser().await;
        superuser.execute("set session_replication_role = replica").await.unwrap();
        superuser.execute(AssertSqlSafe(sql.to_owned())).await.unwrap();
    }

    /// The claim of a charge is sent.
    async fn filed(&self, charge: u128, at: &str) {
        let (elm, id) = (self.cast.elm, charge_id(charge));
        self.plant(&format!(
            "insert into billing.claim (practice_id, claim_id, charge_id, number, payer_code,
                    bills_as_clinician_id, state, state_since)
             values ('{elm}', '{id}', '{id}', 'CLM{charge}', 'LONESTAR', gen_random_uuid(), 'sent',
                     '{at}');
             insert into billing.file (practice_id, file_id, direction, kind, name, sealed, hash,
                    control, kept_at)
             values ('{elm}', '{id}', 'out', '837P', 'batch', '\\x00',
                     sha256('\\x{charge:04}'::bytea), {charge}, '{at}');
             insert into billing.history (practice_id, claim_id, file_id, at, says)
             values ('{elm}', '{id}', '{id}', '{at}', 'Sent.')"
        ))
        .await;
    }

    /// A request for care is put before Ben.
    async fn requested(&self, at: &str) {
        self.plant(&format!(
            "insert into offers.offer (practice_id, offer_id, clinician_id, holder_id, lead_id, facts,
                    made_at, made_on, expires_at, state, answered_at)
             values ('{}', gen_random_uuid(), '{}', gen_random_uuid(), gen_random_uuid(), '{{}}',
                     '{at}', '{at}'::date, '2026-03-01', 'lapsed', '2026-03-01')",
            self.cast.elm, self.cast.ben_treats.id
        ))
        .await;
    }

    /// Ben waits for somebody who does not come.
    async fn missed(&self, at: &str) {
        let (elm, ben) = (self.cast.elm, self.cast.ben_treats.id);
        self.plant(&format!(
            "insert into calendar.appointment (practice_id, appointment_id, clinician_id,
                    visit_type_id, starts_at, ends_at, before_min, after_min, place, state, made_at)
             values ('{elm}', '{ben}', '{ben}', gen_random_uuid(), '{at}',
                     '{at}'::timestamptz + interval '50 minutes', 0, 0, 'office', 'missed', '{at}');
             insert into calendar.outcome (practice_id, appointment_id, client_id, outcome, said_by,
                    said_for, said_at, is_late)
             values ('{elm}', '{ben}', '{}', 'missed', '{}', 'practice', '{at}', false)",
            self.cast.sam.id, self.cast.ben.person
        ))
        .await;
    }

    async fn close(&self, month: Date) -> Result<crate::Closed, Error> {
        let mut tx = self.job().await;
        let closed = crate::close(&mut tx, self.cast.elm, Period::of(month)).await?;
        tx.commit().await.unwrap();
        Ok(closed)
    }

    /// The day becomes another.
    fn turn_to(&self, day: Date) {
        let clock = self.house.house.clock();
        let noon = jiff::tz::TimeZone::UTC.to_timestamp(day.at(18, 0, 0, 0)).unwrap();
        let by = noon.duration_since(clock.now());
        clock.advance(SignedDuration::from_millis(i64::try_from(by.as_millis()).unwrap()));
    }

    /// The statements of a month: of whom, collected, kept, and each line with its amount.
    async fn told(&self, month: Date) -> Vec<String> {
        let mut tx = self.job().await;
        let all = crate::queries::statements(&mut tx, self.cast.elm, None, None).await.unwrap();
        let mut told = Vec::new();
        for it in all.iter().filter(|it| it.month == Period::of(month)) {
            let who = match it.is.whom.clinician() {
                Some(id) if id == self.cast.ben_treats.id => "Ben",
                Some(_) => "Ada",
                None => "the practice",
            };
            told.push(format!("{who}: {} collected, {} kept", it.is.collected, it.is.kept));
            for line in crate::queries::lines(&mut tx, self.cast.elm, it.id).await.unwrap() {
                told.push(format!("  {} | {} | {}", line.what, line.how, line.cents));
            }
        }
        told
    }
}

fn charge_id(number: u128) -> ChargeId {
    ChargeId(Uuid::from_u128(0xc4a6_0000 + number))
}

fn lone_star() -> Debtor {
    Debtor::Payer(payer_ref("LONESTAR").unwrap())
}

//! The cast with what they agreed, a practice that bills, and notes that are signed.
//!
//! How a note comes to be signed is the chart's own story: here it is laid into the tables as the
//! chart leaves it, so that a test can begin with any number of them.

use ground::Acting;
use ground::db::Tx;
use ground::testing::TestHouse;
use ids::{ClientId, ClinicianId, NoteId, PersonId, SessionId, Uuid};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use people::cast::{self, Cast};
use sqlx::Executor;

use crate::{Biller, Born, Place, Work, take_up};

/// A house with everybody in it.
pub struct Stage {
    pub house: TestHouse,
    pub cast: Cast,
}

/// The day of most work in these tests.
pub const WORK: Date = date(2026, 2, 3);

/// Elm Street, as claims name it.
pub fn biller() -> Biller {
    Biller {
        npi: "1234567802".into(),
        ein: "910000011".into(),
        street: "12 Elm Street".into(),
        city: "Austin".into(),
        state: "TX".into(),
        zip: "787012345".into(),
        taxonomy: Some("261QM0801X".into()),
        phone: "5125550142".into(),
    }
}

impl Stage {
    pub async fn set(house: &TestHouse) -> Self {
        let cast = cast::everybody(&house.house).await.unwrap();
        terms::cast::agreed(&house.house, &cast).await.unwrap();
        let stage = Self { house: house.clone(), cast };
        let mut tx = stage.begin().await;
        sqlx::query(
            "update people.clinician set npi = $1, taxonomy = '101YP2500X' where clinician_id = $2",
        )
        .bind("1112223338")
        .bind(stage.cast.ada_treats.id.0)
        .execute(&mut *tx)
        .await
        .unwrap();
        crate::set_biller(&mut tx, stage.cast.elm, &biller()).await.unwrap();
        tx.commit().await.unwrap();
        stage
    }

    /// A job of Elm Street Practice.
    pub async fn begin(&self) -> Tx {
        self.house.house.begin(&Acting::Job { practice: self.cast.elm }).await.unwrap()
    }

    /// Says who Sam is to Lone Star, with this member number.
    pub async fn insures(&self, client: ClientId, member: &str) {
        let mut tx = self.begin().await;
        let sealed = tx
            .seal(self.cast.elm, "intake.coverage.member_sealed", client.0, member.as_bytes())
            .await
            .unwrap();
        let now = ground::db::Instant(self.house.house.now());
        sqlx::query(
            "insert into intake.identity (practice_id, client_id, since, first_name, last_name,
                                          born_on, street, city, state, zip, sex)
             values ($1, $2, $3, 'Sam', 'Whitfield', '1990-04-12', '4 Oak Court', 'Austin', 'TX',
                     '78704', 'M')
                 on conflict do nothing",
        )
        .bind(self.cast.elm.0)
        .bind(client.0)
        .bind(now)
        .execute(&mut *tx)
        .await
        .unwrap();
        sqlx::query(
            "insert into intake.coverage (practice_id, client_id, since, payer_code, member_sealed,
                                          relation)
             values ($1, $2, $3, 'LONESTAR', $4, 'self')",
        )
        .bind(self.cast.elm.0)
        .bind(client.0)
        .bind(now)
        .bind(sealed)
        .execute(&mut *tx)
        .await
        .unwrap();
        tx.commit().await.unwrap();
        self.house.house.clock().advance(jiff::SignedDuration::from_secs(1));
    }

    /// A signed note of Sam's, as the chart leaves it: number, clinician, minutes, diagnosis.
    pub async fn signed(&self, number: u128, minutes: i64, code: &str) -> Work {
        let ada = (self.cast.ada_treats.id, self.cast.ada.person);
        self.signed_by(number, ada, (WORK, minutes), code).await
    }

    pub async fn signed_by(
        &self,
        number: u128,
        (clinician, person): (ClinicianId, PersonId),
        (on, minutes): (Date, i64),
        code: &str,
    ) -> Work {
        let began_at: Timestamp = format!("{on}T16:00:00Z").parse().unwrap();
        let ended_at = began_at + jiff::SignedDuration::from_mins(minutes);
        let note = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + number);
        let mut superuser = self.house.superuser().await;
        // Sessions and visits are left out, so references to them are not looked at.
        superuser.execute("set session_replication_role = replica").await.unwrap();
        sqlx::query(
            "insert into chart.note (practice_id, note_id, client_id, clinician_id, author_id,
                                     service, state, version, tab_id, tab_from, begun_at, saved_at,
                                     signed_at, signed_by, began_at, ended_at, place, text_sha256)
             values ($1, $2, $3, $4, $5, 'individual', 'signed', 1, $2, 0, $7, $7, $7, $5, $6, $7,
                     'office', sha256('text'))",
        )
        .bind(self.cast.elm.0)
        .bind(note)
        .bind(self.cast.sam.id.0)
        .bind(clinician.0)
        .bind(person.0)
        .bind(ground::db::Instant(began_at))
        .bind(ground::db::Instant(ended_at))
        .execute(&mut superuser)
        .await
        .unwrap();
        sqlx::query(
            "insert into chart.note_text (practice_id, note_id, client_id, sealed, letters)
             values ($1, $2, $3, 'text', 4)",
        )
        .bind(self.cast.elm.0)
        .bind(note)
        .bind(self.cast.sam.id.0)
        .execute(&mut superuser)
        .await
        .unwrap();
        Work {
            note: NoteId(note),
            session: SessionId(note),
            client: self.cast.sam.id,
            clinician,
            began_at,
            ended_at,
            minutes: minutes.unsigned_abs().try_into().unwrap(),
            service: codes::Service::Individual,
            place: Place::Office,
            diagnoses: vec![code.into()],
        }
    }

    /// A signed note that is taken up.
    pub async fn charged(&self, number: u128, minutes: i64, code: &str) -> Born {
        let work = self.signed(number, minutes, code).await;
        self.taken(&work).await
    }

    pub async fn taken(&self, work: &Work) -> Born {
        let mut tx = self.begin().await;
        let born = take_up(&mut tx, self.cast.elm, work).await.unwrap();
        tx.commit().await.unwrap();
        born
    }

    /// What a query counts or sums, past all walls.
    pub async fn number(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&mut self.house.superuser().await).await.unwrap()
    }

    /// The kinds of exceptions that are open, in order.
    pub async fn open(&self) -> Vec<String> {
        let sql = "select e.kind from billing.exception e where e.settled_at is null
                    order by e.kind, e.exception_id";
        sqlx::query_scalar(sql).fetch_all(&mut self.house.superuser().await).await.unwrap()
    }

    /// What each account of the books holds, that holds something.
    pub async fn books(&self) -> Vec<(String, i64)> {
        let sql = "select p.account, sum(p.cents)::bigint from ledger.posting p
                    where p.account not in ('money_in', 'held') group by p.account
                   having sum(p.cents) <> 0 order by p.account";
        sqlx::query_as(sql).fetch_all(&mut self.house.superuser().await).await.unwrap()
    }

    /// How far the claims are, in the order of their numbers.
    pub async fn states(&self) -> Vec<String> {
        let sql = "select c.state from billing.claim c order by c.number";
        sqlx::query_scalar(sql).fetch_all(&mut self.house.superuser().await).await.unwrap()
    }
}

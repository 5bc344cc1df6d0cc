//! The scene of these tests: Ada treats Sam, works from nine to five, and can be booked.

use ground::acting::{Served, Workforce};
use ground::policy::Service;
use ground::testing::TestHouse;
use ground::{Acting, db};
use ids::{AppointmentId, ClientId, ClinicianId, PersonId, PracticeId, VisitTypeId};
use jiff::Timestamp;
use people::cast::{self, Cast, Worker};
use people::{Address, NewClient};
use sqlx::AssertSqlSafe;

use crate::{Answer, Booking, Place, VisitType};

pub struct Scene {
    pub house: TestHouse,
    pub cast: Cast,
    /// Who Sam is when they sign in.
    pub sam: PersonId,
    pub first_visit: VisitType,
    pub session: VisitType,
}

impl Scene {
    pub async fn set(house: &TestHouse) -> Self {
        let cast = cast::everybody(&house.house).await.unwrap();
        let (ada, elm) = (&cast.ada, cast.elm);
        for (who, id) in [(ada, cast.ada_treats.id), (&cast.ben, cast.ben_treats.id)] {
            hours::cast::works_weekdays(&house.house, who, elm, id).await.unwrap();
        }
        let visits = crate::cast::visits(&house.house, ada, elm).await.unwrap();
        let named = |name: &str| visits.iter().find(|it| it.name == name).unwrap().clone();
        let (first_visit, session) = (named("First visit"), named("Session"));
        let sam = signs_in(house, elm, cast.sam.id, "sam@example.com").await;
        let scene = Self { house: house.clone(), cast, sam, first_visit, session };
        scene.treats(scene.cast.ada_treats.id, scene.cast.sam.id).await;
        scene
    }

    /// Begins a client's care by a clinician.
    pub async fn treats(&self, clinician: ClinicianId, client: ClientId) {
        let acting = Acting::Job { practice: self.cast.elm };
        let mut tx = self.house.house.begin(&acting).await.unwrap();
        offers::begin_care(&mut tx, self.cast.elm, client, clinician).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Another client of Elm Street, treated by Ada.
    pub async fn kit(&self) -> ClientId {
        let mut tx = self.begin(&self.cast.ada.acting()).await;
        let kit = NewClient {
            name: "Kit Lane".into(),
            address: Address::read("kit@example.com"),
            state: "TX".into(),
        };
        let kit = people::admit(&mut tx, self.cast.elm, &kit).await.unwrap();
        tx.commit().await.unwrap();
        self.treats(self.cast.ada_treats.id, kit.id).await;
        kit.id
    }

    pub async fn begin(&self, acting: &Acting) -> db::Tx {
        self.house.house.begin(acting).await.unwrap()
    }

    pub fn as_sam(&self) -> Acting {
        cast::as_client(self.cast.elm, self.cast.sam.id, self.sam)
    }

    /// Staff of the operator, with services that Elm Street shares.
    pub fn serving(&self, who: &Worker, services: &[Service]) -> Acting {
        let Acting::Workforce(worker) = who.acting() else {
            panic!("who works here");
        };
        let services = services.iter().copied().collect();
        let serves = vec![Served { practice: self.cast.elm, services }];
        Acting::Workforce(Workforce { serves, ..worker })
    }

    /// A session of Sam with Ada.
    pub fn sam_at(&self, at: &str) -> Booking {
        self.at(self.cast.sam.id, &self.session, at)
    }

    pub fn at(&self, client: ClientId, visit: &VisitType, at: &str) -> Booking {
        Booking {
            id: self.house.house.new_id(),
            clinician: self.cast.ada_treats.id,
            client,
            visit_type: VisitTypeId(visit.id.0),
            place: Place::Office,
            starts_at: instant(at),
        }
    }

    /// Books as Ada, in a transaction of its own.
    pub async fn book(&self, booking: &Booking) -> Answer {
        let ada = &self.cast.ada;
        let mut tx = self.begin(&ada.acting()).await;
        let answer = crate::book(&mut tx, self.cast.elm, ada.person, booking).await.unwrap();
        tx.commit().await.unwrap();
        answer
    }

    /// Books as Ada, and it must be open.
    pub async fn booked(&self, at: &str) -> AppointmentId {
        let booking = self.sam_at(at);
        assert_eq!(self.book(&booking).await, Answer::Yours(booking.id));
        booking.id
    }

    pub async fn state(&self, id: AppointmentId) -> String {
        let sql = format!("select state from calendar.appointment where appointment_id = '{id}'");
        sqlx::query_scalar(AssertSqlSafe(sql))
            .fetch_one(&mut self.house.superuser().await)
            .await
            .unwrap()
    }

    pub async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&mut self.house.superuser().await).await.unwrap()
    }
}

pub fn instant(at: &str) -> Timestamp {
    at.parse().unwrap()
}

pub fn not_open(answer: Answer) -> (Vec<openings::Reason>, Vec<String>) {
    match answer {
        Answer::NotOpen { why, next } => (why, next.iter().map(ToString::to_string).collect()),
        Answer::Yours(id) => panic!("{id} was booked"),
    }
}

/// Gives a client a person, as if they had come in once.
pub async fn signs_in(
    house: &TestHouse,
    practice: PracticeId,
    client: ClientId,
    address: &str,
) -> PersonId {
    let person: PersonId = house.house.new_id();
    let mut superuser = house.superuser().await;
    for sql in [
        format!(
            "insert into people.person (person_id, name, address, met_at)
             values ('{person}', 'Sam Whitfield', '{address}', '2026-02-01T00:00:00Z')"
        ),
        format!(
            "update people.client set person_id = '{person}'
              where practice_id = '{practice}' and client_id = '{client}'"
        ),
    ] {
        sqlx::query(AssertSqlSafe(sql)).execute(&mut superuser).await.unwrap();
    }
    person
}

//! What the tests of this room begin with: the cast, an intake coordinator, and requests.

use std::collections::BTreeSet;

use ground::acting::{Place, Served, Workforce};
use ground::policy::{Act, Role, Service};
use ground::testing::{Browser, TestHouse};
use ground::work::Wiring;
use ground::{Acting, web};
use ids::{ClientId, ClinicianId, LeadId, OfferId, PersonId, SignInId, Uuid};
use people::Newcomer;
use people::cast::{Cast, Worker};

use crate::offer::queries;
use crate::{Named, NewOffer, Offer, Snapshot, Told};

#[derive(Clone)]
pub struct Stage {
    pub house: TestHouse,
    pub cast: Cast,
    /// An intake coordinator of the operator, for practices that share leads.
    pub ivy: PersonId,
}

impl Stage {
    pub async fn set(house: &TestHouse) -> Self {
        let cast = people::cast::everybody(&house.house).await.unwrap();
        let mut tx = house.house.begin(&Acting::Job { practice: cast.operator }).await.unwrap();
        let ivy = Newcomer {
            name: "Ivy Okoro".into(),
            address: people::Address::read("ivy@trellis.example").unwrap(),
        };
        let ivy = people::join(&mut tx, cast.operator, &ivy, &[Role::Intake]).await.unwrap();
        tx.commit().await.unwrap();
        Self { house: house.clone(), cast, ivy }
    }

    /// Ivy at work, where Elm Street shares these services.
    pub fn ivy(&self, services: &[Service]) -> Acting {
        let place =
            Place { practice: self.cast.operator, is_operator: true, roles: [Role::Intake].into() };
        let serves =
            Served { practice: self.cast.elm, services: services.iter().copied().collect() };
        Acting::Workforce(Workforce {
            person: self.ivy,
            sign_in: SignInId(Uuid::nil()),
            places: vec![place],
            serves: vec![serves].into_iter().filter(|it| !it.services.is_empty()).collect(),
        })
    }

    pub fn intake(&self) -> Acting {
        self.ivy(&[Service::Leads])
    }

    pub fn browser(&self, acting: &Acting) -> Browser {
        Browser::of(&self.house, [(crate::ROOM.routes)()], acting)
    }

    /// A request that Mara Quinn brought to the operator.
    pub fn request(&self, number: u128) -> NewOffer {
        NewOffer {
            practice: self.cast.elm,
            id: OfferId(Uuid::from_u128(0x0f_0000 + number)),
            clinician: self.cast.ben_treats.id,
            holder: self.cast.operator,
            lead: LeadId(Uuid::from_u128(0x1e_0000 + number)),
            told: Told {
                who: "An adult in TX".into(),
                pays: "Pays without insurance".into(),
                wishes: vec![("When".into(), "weekday mornings".into())],
            },
            snapshot: Snapshot {
                name: "Mara Quinn".into(),
                address: Some("mara@example.com".into()),
                phone: Some("(512) 555-0167".into()),
                state: "TX".into(),
                agreed_to_mail: Some("You may write to me about my request.".into()),
                topics: vec!["sleep".into()],
                concern: "I lie awake since the move.".into(),
                reasons_for: vec!["Specialty in sleep.".into()],
                reasons_against: vec![],
            },
            on: jiff::civil::date(2026, 2, 9),
        }
    }

    /// Puts it before its clinician, as whoever acts.
    pub async fn offer_as(&self, acting: &Acting, new: &NewOffer) -> web::Result<()> {
        let mut tx = self.house.house.begin(acting).await?;
        let person = match new.clinician {
            it if it == self.cast.ben_treats.id => self.cast.ben.person,
            _ => self.cast.ada.person,
        };
        let named = Named { practice: new.practice, id: new.id.0, clinician: person };
        let practice = crate::known_to(acting, new.practice)?;
        let permit = tx.may(Act::MakeOffer, &named, &[&practice]).await?;
        crate::make(&mut tx, &permit, new).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Mara's request, before Ben.
    pub async fn before_ben(&self, number: u128) -> Offer {
        let new = self.request(number);
        self.offer_as(&self.intake(), &new).await.unwrap();
        self.look(new.id).await
    }

    pub async fn look(&self, id: OfferId) -> Offer {
        let mut tx = self.house.house.begin(&self.job()).await.unwrap();
        queries::find(&mut tx, self.cast.elm, id).await.unwrap().unwrap()
    }

    pub fn job(&self) -> Acting {
        Acting::Job { practice: self.cast.elm }
    }

    pub fn at(&self, rest: &str) -> String {
        format!("/p/{}/{rest}", self.cast.elm)
    }

    /// Says how many clients Ben takes.
    pub async fn ben_takes(&self, most: u16) {
        let mut tx = self.house.house.begin(&self.cast.ben.acting()).await.unwrap();
        let ben = self.cast.ben_treats.id;
        hours::set_capacity(&mut tx, self.cast.elm, ben, Some(most)).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub async fn ben_pauses(&self) {
        let mut tx = self.house.house.begin(&self.cast.ben.acting()).await.unwrap();
        hours::pause(&mut tx, self.cast.elm, self.cast.ben_treats.id, None).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Begins care of somebody who was a client before.
    pub async fn begins(&self, client: ClientId, clinician: ClinicianId) {
        let mut tx = self.house.house.begin(&self.job()).await.unwrap();
        crate::begin_care(&mut tx, self.cast.elm, client, clinician).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// All that waits in the background is done.
    pub async fn drain(&self) {
        let wiring = Wiring { listeners: vec![], jobs: crate::ROOM.jobs.to_vec() };
        wiring.drain(&self.house.house).await.unwrap();
    }

    pub async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&mut self.house.superuser().await).await.unwrap()
    }
}

/// Una, who founded Oak Lane: a stranger to Elm Street.
pub async fn una(house: &TestHouse) -> Acting {
    let oak = people::found(&house.house, &people::cast::oak_lane()).await.unwrap();
    let roles: BTreeSet<Role> = [Role::Owner, Role::Clinician].into();
    let place = Place { practice: oak.practice, is_operator: false, roles };
    Worker { person: oak.founder, address: "una@oak.example".into(), place }.acting()
}

/// What a refusal names.
pub fn promise_of(error: web::Error) -> String {
    match error {
        web::Error::Refused(refusal) => {
            refusal.refused.promise.as_ref().map(|it| it.as_str().to_owned()).unwrap_or_default()
        }
        other => panic!("not refused: {other:?}"),
    }
}

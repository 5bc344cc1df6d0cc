//! The forms before care, at their door and against a real database.

mod packet;
mod question;
mod walls;

use ground::testing::{Browser, TestHouse};
use ground::{Acting, db};
use ids::{ClientId, PacketId, PersonId, PracticeId, SignInId, Uuid};
use people::cast::{self, Cast};
use terms::cast::Agreed;

/// Elm Street Practice with its agreement, and Sam, who can sign in.
pub struct Scene {
    pub house: TestHouse,
    pub cast: Cast,
    pub agreed: Agreed,
    pub packet: PacketId,
    pub sam: Acting,
}

impl Scene {
    /// Forms were sent to Sam.
    pub async fn set(house: TestHouse) -> Self {
        let cast = cast::everybody(&house.house).await.unwrap();
        let agreed = terms::cast::agreed(&house.house, &cast).await.unwrap();
        let mut tx = house.house.begin(&Acting::Job { practice: cast.elm }).await.unwrap();
        let packet = crate::send(&mut tx, cast.elm, cast.sam.id, None).await.unwrap();
        tx.commit().await.unwrap();
        let person = known(&house, cast.elm, cast.sam.id, "sam@example.com").await.unwrap();
        let sam = client(person, cast.elm, cast.sam.id);
        Self { house, cast, agreed, packet, sam }
    }

    pub fn browser(&self, acting: &Acting) -> Browser {
        Browser::of(&self.house, [(crate::ROOM.routes)()], acting)
    }

    pub fn at(&self, page: &str) -> String {
        format!("/me/forms/{}/{page}", self.packet)
    }

    pub fn for_sender(&self) -> String {
        format!("/p/{}/clients/{}/forms", self.cast.elm, self.cast.sam.id)
    }
}

/// Somebody who signed in as a client.
pub fn client(person: PersonId, practice: PracticeId, client: ClientId) -> Acting {
    let sign_in = SignInId(Uuid::nil());
    Acting::Client { person, sign_in, as_client: vec![(practice, client)] }
}

/// Makes a client somebody who has signed in once.
async fn known(
    house: &TestHouse,
    practice: PracticeId,
    client: ClientId,
    address: &str,
) -> db::Result<PersonId> {
    let person: PersonId = house.house.new_id();
    let mut superuser = house.superuser().await;
    let met = "insert into people.person (person_id, name, address, met_at)
               values ($1, 'Somebody', $2, '2026-02-09T15:00:00Z')";
    sqlx::query(met).bind(person.0).bind(address).execute(&mut superuser).await?;
    let knows = "update people.client set person_id = $1 where practice_id = $2 and client_id = $3";
    sqlx::query(knows)
        .bind(person.0)
        .bind(practice.0)
        .bind(client.0)
        .execute(&mut superuser)
        .await?;
    Ok(person)
}

/// Every page of somebody who is insured in their own name.
pub const INSURED: &[(&str, &[(&str, &str)])] = &[
    ("name", &[("first_name", "Samuel"), ("last_name", "Whitfield"), ("chosen_name", "Sam")]),
    ("birth-date", &[("born_month", "11"), ("born_day", "30"), ("born_year", "1994")]),
    (
        "address",
        &[("street", "12 Oak Street"), ("city", "Austin"), ("state", "tx"), ("zip", "78704")],
    ),
    ("phone", &[("phone", "512 555 0142")]),
    ("someone-to-call", &[("emergency_name", ""), ("emergency_phone", "")]),
    ("paying", &[("paying", "insurance")]),
    (
        "insurance",
        &[
            ("payer", "LONESTAR"),
            ("member_id", "W123canary456"),
            ("group_number", ""),
            ("sex", "M"),
            ("relation", "self"),
        ],
    ),
    ("care", &[("version", "1"), ("agree", "yes"), ("signs_as", "Samuel Whitfield")]),
    ("privacy", &[("version", "1"), ("agree", "yes"), ("signs_as", "Samuel Whitfield")]),
    ("fees", &[("version", "1"), ("agree", "yes"), ("signs_as", "Samuel Whitfield")]),
];

//! The cast: Ada and Ben of Elm Street Practice, Sue and Bo of the operator, and Sam. Tests of
//! later rooms and the demo begin with them; they come by the room's own verbs.

use ground::acting::{Place, Workforce};
use ground::policy::Role;
use ground::{Acting, House, db, web};
use ids::{ClientId, PersonId, PracticeId, SignInId, Uuid};
use jiff::civil::date;
use jiff::tz::TimeZone;

use crate::client::{self, Pressed};
use crate::visit::{self, Asker, Tried};
use crate::{
    Address, Client, Clinician, Founding, License, NewClient, NewClinician, Newcomer, PracticeKind,
    Supervision,
};

/// Somebody of the cast who works, with where and as what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worker {
    /// The person.
    pub person: PersonId,
    /// Where they sign in.
    pub address: String,
    /// What they are, and where.
    pub place: Place,
}

impl Worker {
    /// As if they had signed in: for tests that are about something else.
    pub fn acting(&self) -> Acting {
        Acting::Workforce(Workforce {
            person: self.person,
            sign_in: SignInId(Uuid::nil()),
            places: vec![self.place.clone()],
            serves: vec![],
        })
    }
}

/// Everybody.
#[derive(Debug, Clone)]
pub struct Cast {
    /// The company that runs the shared services.
    pub operator: PracticeId,
    /// Elm Street Practice.
    pub elm: PracticeId,
    /// Owns Elm Street Practice, and treats there.
    pub ada: Worker,
    /// Ada, as clients read her.
    pub ada_treats: Clinician,
    /// Treats at Elm Street Practice as an associate, supervised by Ada.
    pub ben: Worker,
    /// Ben, as clients read him.
    pub ben_treats: Clinician,
    /// Owns the operator.
    pub oz: Worker,
    /// A scheduler of the operator.
    pub sue: Worker,
    /// A biller of the operator.
    pub bo: Worker,
    /// A client of Elm Street Practice.
    pub sam: Client,
}

/// Brings everybody in.
///
/// # Errors
/// As the database says; where they are here already, its constraints.
pub async fn everybody(house: &House) -> db::Result<Cast> {
    let operator = crate::found(house, &trellis()).await?;
    let elm = crate::found(house, &elm_street()).await?;

    let mut tx = house.begin(&Acting::Job { practice: operator.practice }).await?;
    let sue = staff(&mut tx, operator.practice, "Sue Park", "sue", Role::Scheduling).await?;
    let bo = staff(&mut tx, operator.practice, "Bo Lindqvist", "bo", Role::Billing).await?;
    tx.commit().await?;

    let mut tx = house.begin(&Acting::Job { practice: elm.practice }).await?;
    let ben = newcomer("Ben Ortiz", "ben", "elm");
    let ben_person = crate::join(&mut tx, elm.practice, &ben, &[Role::Clinician]).await?;
    let ada_treats = treats(&mut tx, elm.practice, elm.founder, "Ada Reyes", "LPC-S").await?;
    let ben_treats =
        treats(&mut tx, elm.practice, ben_person, "Ben Ortiz", "LPC Associate").await?;
    license(&mut tx, elm.practice, &ada_treats, "LPC", "70214").await?;
    license(&mut tx, elm.practice, &ben_treats, "LPC Associate", "91877").await?;
    let under_ada = Supervision {
        supervisee: ben_treats.id,
        supervisor: ada_treats.id,
        begins_on: date(2025, 6, 2),
        ends_on: None,
    };
    crate::supervise(&mut tx, elm.practice, &under_ada).await?;
    let sam = NewClient {
        name: "Sam Whitfield".into(),
        address: Address::read("sam@example.com"),
        state: "TX".into(),
    };
    let sam = crate::admit(&mut tx, elm.practice, &sam).await?;
    tx.commit().await?;

    let at = |practice, is_operator, roles: &[Role]| Place {
        practice,
        is_operator,
        roles: roles.iter().copied().collect(),
    };
    let worker = |person, address: &str, place| Worker { person, address: address.into(), place };
    let founder = &[Role::Owner, Role::Clinician];
    Ok(Cast {
        operator: operator.practice,
        elm: elm.practice,
        ada: worker(elm.founder, "ada@elm.example", at(elm.practice, false, founder)),
        ada_treats,
        ben: worker(ben_person, "ben@elm.example", at(elm.practice, false, &[Role::Clinician])),
        ben_treats,
        oz: worker(
            operator.founder,
            "oz@trellis.example",
            at(operator.practice, true, &[Role::Owner]),
        ),
        sue: worker(sue, "sue@trellis.example", at(operator.practice, true, &[Role::Scheduling])),
        bo: worker(bo, "bo@trellis.example", at(operator.practice, true, &[Role::Billing])),
        sam,
    })
}

/// A client as if they had signed in: for tests that are about something else.
pub fn as_client(practice: PracticeId, client: ClientId, person: PersonId) -> Acting {
    let sign_in = SignInId(Uuid::nil());
    Acting::Client { person, sign_in, as_client: vec![(practice, client)] }
}

/// A client comes in by a letter and a code, as everybody does: from here on they have a person.
/// Nobody comes in whose address is not known.
///
/// # Errors
/// As the database says, or the door.
pub async fn comes_in(
    house: &House,
    practice: PracticeId,
    client: ClientId,
) -> web::Result<Option<Acting>> {
    let mut tx = house.begin(&Acting::Job { practice }).await?;
    let link = crate::invite_client(&mut tx, practice, client).await?;
    tx.commit().await?;
    let Some(link) = link else {
        return Ok(None);
    };
    let Pressed::Sent { half, code } = client::send_code(house, &link).await? else {
        return Ok(None);
    };
    let asker = Asker { place: None, machine: "A browser of the cast".into() };
    let Tried::Goes(token) = client::give_code(house, &asker, &half, &code).await? else {
        return Ok(None);
    };
    Ok(visit::recognize(house, &token).await?.map(|known| known.acting))
}

/// The operator, which Oz founds.
pub fn trellis() -> Founding {
    Founding {
        kind: PracticeKind::Operator,
        name: "Trellis".into(),
        legal_name: "Trellis Shared Services, PBC".into(),
        zone: TimeZone::get("America/Chicago").unwrap_or(TimeZone::UTC),
        founder: newcomer("Oz Adeyemi", "oz", "trellis"),
    }
}

/// Elm Street Practice, which Ada founds.
pub fn elm_street() -> Founding {
    Founding {
        kind: PracticeKind::Group,
        name: "Elm Street Practice".into(),
        legal_name: "Elm Street Counseling, PLLC".into(),
        zone: TimeZone::get("America/Chicago").unwrap_or(TimeZone::UTC),
        founder: newcomer("Ada Reyes", "ada", "elm"),
    }
}

/// Oak Lane Practice, which Una founds: for what must not be seen from Elm Street.
pub fn oak_lane() -> Founding {
    Founding {
        kind: PracticeKind::Sole,
        name: "Oak Lane Practice".into(),
        legal_name: "Una Bell, LCSW, PLLC".into(),
        zone: TimeZone::get("America/Denver").unwrap_or(TimeZone::UTC),
        founder: newcomer("Una Bell", "una", "oak"),
    }
}

fn newcomer(name: &str, local: &str, domain: &str) -> Newcomer {
    let address = Address::read(&format!("{local}@{domain}.example"));
    Newcomer { name: name.into(), address: address.expect("two words make an address") }
}

async fn staff(
    tx: &mut db::Tx,
    operator: PracticeId,
    name: &str,
    local: &str,
    role: Role,
) -> db::Result<PersonId> {
    crate::join(tx, operator, &newcomer(name, local, "trellis"), &[role]).await
}

async fn treats(
    tx: &mut db::Tx,
    practice: PracticeId,
    person: PersonId,
    name: &str,
    credential: &str,
) -> db::Result<Clinician> {
    let new = NewClinician { person, name: name.into(), credential: credential.into(), npi: None };
    let id = crate::list_clinician(tx, practice, &new).await?;
    Ok(Clinician { id, person, name: new.name, credential: new.credential })
}

/// A license of Texas that is good for long and was looked up.
async fn license(
    tx: &mut db::Tx,
    practice: PracticeId,
    of: &Clinician,
    kind: &str,
    number: &str,
) -> db::Result<()> {
    let license = License {
        clinician: of.id,
        state: "TX".into(),
        kind: kind.into(),
        number: number.into(),
        expires_on: date(2027, 5, 31),
        verified_on: Some(date(2025, 6, 2)),
    };
    crate::add_license(tx, practice, &license).await
}

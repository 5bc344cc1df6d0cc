//! Who is in the demo: one operator, a group with an associate under supervision, and a sole
//! proprietor. Everybody is made up. They are founded by the verbs of the rooms; what they do
//! afterwards, they do at the doors.

use billing::Biller;
use ground::acting::{Place, Workforce};
use ground::policy::{Role, Service, Side};
use ground::{Acting, House};
use ids::{ClinicianId, PersonId, PracticeId, SignInId, Uuid};
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use matching::{Mode, Rating, Training};
use money::{BasisPoints, Cents};
use people::{Address, Founding, License, NewClinician, Newcomer, PracticeKind, Supervision};
use terms::{BillingRight, Fee, PayerCode};

/// The first day of all that was agreed.
const SINCE: Date = date(2026, 9, 1);

/// A clinician of the demo.
#[derive(Debug, Clone)]
pub struct Treats {
    /// The name that the demo says.
    pub name: &'static str,
    /// Where.
    pub practice: PracticeId,
    /// As listed.
    pub id: ClinicianId,
    /// As a person.
    pub person: PersonId,
    /// Whether Lone Star pays for their work.
    pub is_paid_by_lonestar: bool,
}

/// Everybody.
#[derive(Debug, Clone)]
pub struct Cast {
    /// The group.
    pub elm: PracticeId,
    /// The sole proprietor's practice.
    pub oak: PracticeId,
    /// Owns the operator.
    pub oz: PersonId,
    /// The operator's people, by what they do.
    pub ina: PersonId,
    /// Scheduling.
    pub sue: PersonId,
    /// Billing.
    pub bo: PersonId,
    /// Owns the group and treats there.
    pub ada: PersonId,
    /// Owns the other practice, and treats there.
    pub una: PersonId,
    /// Those who treat, in the order of [`CLINICIANS`].
    pub treat: Vec<Treats>,
}

/// What is known of a clinician beforehand.
struct Known {
    name: &'static str,
    local: &'static str,
    credential: &'static str,
    license: (&'static str, &'static str),
    npi: &'static str,
    concerns: &'static [(&'static str, Rating)],
    method: &'static str,
    /// Opens and closes on weekdays, in minutes since midnight.
    hours: (u16, u16),
    /// Protected on weekdays.
    protects: (u16, u16),
    clients_max: u16,
    is_in_network: bool,
}

const fn known(name: &'static str, local: &'static str) -> Known {
    Known {
        name,
        local,
        credential: "LPC",
        license: ("LPC", "00000"),
        npi: "1000000012",
        concerns: &[
            ("generalized-anxiety", Rating::Specialty),
            ("depression", Rating::Treats),
            ("insomnia", Rating::Treats),
        ],
        method: "cbt",
        hours: (9 * 60, 17 * 60),
        protects: (12 * 60, 13 * 60),
        clients_max: 8,
        is_in_network: true,
    }
}

/// The clinicians, the group's first.
const CLINICIANS: [Known; 5] = [
    Known { credential: "LPC-S", license: ("LPC", "70214"), ..known("Ada Reyes", "ada") },
    Known {
        credential: "LPC Associate",
        license: ("LPC Associate", "91877"),
        npi: "1000000020",
        concerns: &[
            ("depression", Rating::Specialty),
            ("generalized-anxiety", Rating::Treats),
            ("insomnia", Rating::Treats),
        ],
        hours: (11 * 60, 19 * 60),
        protects: (14 * 60, 15 * 60),
        is_in_network: false,
        ..known("Ben Ortiz", "ben")
    },
    Known {
        credential: "LCSW",
        license: ("LCSW", "58120"),
        npi: "1000000038",
        concerns: &[
            ("insomnia", Rating::Specialty),
            ("generalized-anxiety", Rating::Treats),
            ("depression", Rating::Treats),
        ],
        method: "act",
        hours: (8 * 60, 16 * 60),
        ..known("Cleo Marsh", "cleo")
    },
    Known {
        credential: "LMFT",
        license: ("LMFT", "20391"),
        npi: "1000000046",
        method: "psychodynamic",
        hours: (10 * 60, 18 * 60),
        protects: (13 * 60, 14 * 60),
        ..known("Dev Patel", "dev")
    },
    Known {
        credential: "LCSW",
        license: ("LCSW", "61733"),
        npi: "1000000053",
        hours: (9 * 60, 15 * 60),
        clients_max: 6,
        ..known("Una Bell", "una")
    },
];

/// Code, what it costs whoever pays themselves, and Lone Star; in cents.
const FEES: &[(&str, i64, i64)] = &[
    ("90791", 19_000, 16_530),
    ("90832", 9_500, 7_742),
    ("90834", 13_500, 10_280),
    ("90837", 17_500, 15_105),
];

/// The payer of the demo.
pub fn lonestar() -> PayerCode {
    terms::cast::lonestar()
}

/// Brings everybody in.
pub async fn found(house: &House) -> anyhow::Result<Cast> {
    let central = TimeZone::get("America/Chicago")?;
    let operator = founding(
        PracticeKind::Operator,
        ("Trellis", "Trellis Shared Services, PBC"),
        newcomer("Oz Adeyemi", "oz", "trellis")?,
        &central,
    );
    let operator = people::found(house, &operator).await?;
    let mut tx = house.begin(&Acting::Job { practice: operator.practice }).await?;
    let at = operator.practice;
    let ina = newcomer("Ina Moss", "ina", "trellis")?;
    let ina = people::join(&mut tx, at, &ina, &[Role::Intake]).await?;
    let sue = newcomer("Sue Park", "sue", "trellis")?;
    let sue = people::join(&mut tx, at, &sue, &[Role::Scheduling]).await?;
    let bo = newcomer("Bo Lindqvist", "bo", "trellis")?;
    let bo = people::join(&mut tx, at, &bo, &[Role::Billing]).await?;
    tx.commit().await?;

    let elm = founding(
        PracticeKind::Group,
        ("Elm Street Practice", "Elm Street Counseling, PLLC"),
        newcomer("Ada Reyes", "ada", "elm")?,
        &central,
    );
    let elm = people::found(house, &elm).await?;
    let oak = founding(
        PracticeKind::Sole,
        ("Oak Lane Practice", "Una Bell, LCSW, PLLC"),
        newcomer("Una Bell", "una", "oak")?,
        &central,
    );
    let oak = people::found(house, &oak).await?;

    let mut treat = Vec::new();
    for known in &CLINICIANS {
        let (practice, person) = match known.local {
            "una" => (oak.practice, Some(oak.founder)),
            "ada" => (elm.practice, Some(elm.founder)),
            _ => (elm.practice, None),
        };
        treat.push(list(house, practice, person, known).await?);
    }
    let cast = Cast {
        elm: elm.practice,
        oak: oak.practice,
        oz: operator.founder,
        ina,
        sue,
        bo,
        ada: elm.founder,
        una: oak.founder,
        treat,
    };
    agree(house, &cast, operator.founder).await?;
    for (known, treats) in CLINICIANS.iter().zip(&cast.treat) {
        open(house, known, treats).await?;
    }
    Ok(cast)
}

fn newcomer(name: &str, local: &str, domain: &str) -> anyhow::Result<Newcomer> {
    let address = Address::read(&format!("{local}@{domain}.example"));
    let address = address.ok_or_else(|| anyhow::anyhow!("{local} has no address"))?;
    Ok(Newcomer { name: name.into(), address })
}

fn founding(
    kind: PracticeKind,
    (name, legal_name): (&str, &str),
    founder: Newcomer,
    zone: &TimeZone,
) -> Founding {
    Founding { kind, name: name.into(), legal_name: legal_name.into(), zone: zone.clone(), founder }
}

/// Lists a clinician with a license that was looked up.
async fn list(
    house: &House,
    practice: PracticeId,
    person: Option<PersonId>,
    known: &Known,
) -> anyhow::Result<Treats> {
    let mut tx = house.begin(&Acting::Job { practice }).await?;
    let person = match person {
        Some(person) => person,
        None => {
            let newcomer = newcomer(known.name, known.local, "elm")?;
            people::join(&mut tx, practice, &newcomer, &[Role::Clinician]).await?
        }
    };
    let new = NewClinician {
        person,
        name: known.name.into(),
        credential: known.credential.into(),
        npi: Some(known.npi.parse().map_err(|_| anyhow::anyhow!("{} has no NPI", known.name))?),
    };
    let id = people::list_clinician(&mut tx, practice, &new).await?;
    let license = License {
        clinician: id,
        state: "TX".into(),
        kind: known.license.0.into(),
        number: known.license.1.into(),
        expires_on: date(2028, 5, 31),
        verified_on: Some(date(2026, 8, 28)),
    };
    people::add_license(&mut tx, practice, &license).await?;
    tx.commit().await?;
    Ok(Treats { name: known.name, practice, id, person, is_paid_by_lonestar: known.is_in_network })
}

/// Signs what is agreed: both agreements, an engagement of each who is not the sole owner, fees,
/// and who may bill.
async fn agree(house: &House, cast: &Cast, oz: PersonId) -> anyhow::Result<()> {
    let shared = [Service::Leads, Service::Intake, Service::Scheduling, Service::Billing];
    for (practice, owner, name) in
        [(cast.elm, cast.ada, "Ada Reyes"), (cast.oak, cast.una, "Una Bell")]
    {
        let mut tx = house.begin(&Acting::Job { practice }).await?;
        let terms = terms::at_list_prices(SINCE, &shared);
        let id = terms::propose_agreement(&mut tx, practice, &terms).await?;
        terms::sign_agreement(&mut tx, practice, id, Side::Practice, owner, name).await?;
        terms::sign_agreement(&mut tx, practice, id, Side::Operator, oz, "Oz Adeyemi").await?;
        billing::set_biller(&mut tx, practice, &biller(practice == cast.elm)).await?;
        for &(cpt, own, payers) in FEES {
            for (payer, cents) in [(None, own), (Some(lonestar()), payers)] {
                let fee = Fee { payer, cpt: cpt.into(), from_date: SINCE, cents: Cents(cents) };
                terms::set_fee(&mut tx, practice, &fee).await?;
            }
        }
        for it in cast.treat.iter().filter(|it| it.practice == practice) {
            if it.is_paid_by_lonestar {
                let right = BillingRight {
                    clinician: it.id,
                    payer: lonestar(),
                    bills_as: it.id,
                    from_date: SINCE,
                    to_date: None,
                };
                terms::allow_billing(&mut tx, practice, &right).await?;
            }
            if it.person != owner {
                let share = BasisPoints(if it.is_paid_by_lonestar { 7_000 } else { 6_000 });
                let terms = terms::at_a_share(it.id, SINCE, share);
                let id = terms::propose_engagement(&mut tx, practice, &terms).await?;
                let sides = [(Side::Practice, owner, name), (Side::Clinician, it.person, it.name)];
                for (side, by, name) in sides {
                    terms::sign_engagement(&mut tx, practice, id, side, by, name).await?;
                }
            }
        }
        tx.commit().await?;
    }
    let under_ada = Supervision {
        supervisee: cast.treat[1].id,
        supervisor: cast.treat[0].id,
        begins_on: SINCE,
        ends_on: None,
    };
    let mut tx = house.begin(&Acting::Job { practice: cast.elm }).await?;
    people::supervise(&mut tx, cast.elm, &under_ada).await?;
    tx.commit().await?;
    Ok(())
}

/// A practice as claims name it.
fn biller(is_group: bool) -> Biller {
    let (npi, ein, street) = match is_group {
        true => ("1000001010", "910000011", "12 Elm Street"),
        false => ("1000001028", "910000022", "4 Oak Lane"),
    };
    Biller {
        npi: npi.into(),
        ein: ein.into(),
        street: street.into(),
        city: "Austin".into(),
        state: "TX".into(),
        zip: "787012345".into(),
        taxonomy: is_group.then(|| "261QM0801X".into()),
        phone: "5125550142".into(),
    }
}

/// A clinician as they act in their own practice.
pub fn acting(it: &Treats, is_owner: bool) -> Acting {
    let mut roles = vec![Role::Clinician];
    roles.extend(is_owner.then_some(Role::Owner));
    Acting::Workforce(Workforce {
        person: it.person,
        sign_in: SignInId(Uuid::nil()),
        places: vec![Place {
            practice: it.practice,
            is_operator: false,
            roles: roles.into_iter().collect(),
        }],
        serves: vec![],
    })
}

/// Opens a clinician's hours, protects what they protect, and says whom they see.
async fn open(house: &House, known: &Known, it: &Treats) -> anyhow::Result<()> {
    let span = |(opens_min, closes_min)| openings::Hours { opens_min, closes_min };
    let windows = [0, 1, 2, 3, 4].map(|weekday| hours::Window {
        weekday,
        hours: span(known.hours),
        only_for: None,
        only_at: None,
    });
    let protected =
        [0, 1, 2, 3, 4].map(|weekday| hours::Protected { weekday, hours: span(known.protects) });
    let mut tx = house.begin(&acting(it, false)).await?;
    hours::open_week(&mut tx, it.practice, it.id, house.new_id(), &windows).await?;
    hours::protect(&mut tx, it.practice, it.id, house.new_id(), &protected).await?;
    hours::set_capacity(&mut tx, it.practice, it.id, Some(known.clients_max)).await?;
    let payers = known.is_in_network.then(|| lonestar().to_string());
    let profile = fit::Profile {
        concerns: known.concerns.iter().map(|(slug, it)| ((*slug).to_owned(), *it)).collect(),
        modalities: [(known.method.to_owned(), Training::Trained)].into(),
        payers: payers.into_iter().collect(),
        meets: [Mode::Office, Mode::Video].into(),
        self_pay_cents: Some(13_500),
        ..fit::Profile::default()
    };
    fit::say(&mut tx, it.practice, it.id, &profile).await?;
    tx.commit().await?;
    Ok(())
}

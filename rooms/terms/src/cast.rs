//! What the cast has agreed: tests of later rooms and the demo begin here. Elm Street Practice
//! shares leads, intake, scheduling and billing; Ben has 60 % of what is collected for his work;
//! Ada's work is billed to Lone Star, Ben sees those who pay themselves.

use ground::acting::Place;
use ground::db::Tx;
use ground::policy::{Role, Service, Side};
use ground::{Acting, House, db};
use ids::{AgreementId, EngagementId, PracticeId};
use jiff::civil::{Date, date};
use money::{BasisPoints, Cents};
use people::Newcomer;
use people::cast::{Cast, Worker};

use crate::{BillingRight, Fee, PayerCode};

/// The first day of everything that the cast has agreed.
pub const SINCE: Date = date(2026, 1, 1);

/// What Elm Street Practice shares.
pub const SHARED: &[Service] =
    &[Service::Leads, Service::Intake, Service::Scheduling, Service::Billing];

/// Ben's share of what is collected for his work.
pub const BENS_SHARE: BasisPoints = BasisPoints(6_000);

/// Code, and what it costs whoever pays themselves and Lone Star, in cents.
pub const FEES: &[(&str, i64, i64)] = &[
    ("90791", 19_000, 16_530),
    ("90832", 9_500, 7_742),
    ("90834", 13_500, 10_280),
    ("90837", 17_500, 15_105),
];

/// What was agreed, and who came for it.
#[derive(Debug, Clone)]
pub struct Agreed {
    /// Between Elm Street Practice and the operator.
    pub agreement: AgreementId,
    /// Between Elm Street Practice and Ben.
    pub engagement: EngagementId,
    /// An intake coordinator of the operator.
    pub ina: Worker,
    /// The payer of those who do not pay themselves.
    pub lonestar: PayerCode,
}

/// The one payer of the cast.
pub fn lonestar() -> PayerCode {
    "LONESTAR".parse().expect("it is a payer's code")
}

/// Lets everybody agree, by the room's own verbs.
///
/// # Errors
/// As the database says.
pub async fn agreed(house: &House, cast: &Cast) -> db::Result<Agreed> {
    let mut tx = house.begin(&Acting::Job { practice: cast.elm }).await?;
    let agreement = agreement(&mut tx, cast.elm, SHARED, cast).await?;
    let engagement = engagement(&mut tx, cast).await?;
    fees(&mut tx, cast.elm).await?;
    let own = BillingRight {
        clinician: cast.ada_treats.id,
        payer: lonestar(),
        bills_as: cast.ada_treats.id,
        from_date: SINCE,
        to_date: None,
    };
    crate::allow_billing(&mut tx, cast.elm, &own).await?;
    tx.commit().await?;

    let mut tx = house.begin(&Acting::Job { practice: cast.operator }).await?;
    let address = "ina@trellis.example";
    let newcomer = Newcomer {
        name: "Ina Moss".into(),
        address: people::Address::read(address).expect("it is an address"),
    };
    let person = people::join(&mut tx, cast.operator, &newcomer, &[Role::Intake]).await?;
    tx.commit().await?;
    let roles = [Role::Intake].into();
    let place = Place { practice: cast.operator, is_operator: true, roles };
    let ina = Worker { person, address: address.into(), place };
    Ok(Agreed { agreement, engagement, ina, lonestar: lonestar() })
}

/// As if they had signed in, with what agreements open to them now.
///
/// # Errors
/// As the database says.
pub async fn acting(house: &House, worker: &Worker) -> db::Result<Acting> {
    crate::serving(house, worker.acting()).await
}

/// An agreement at list prices between a practice and the operator, signed by Ada and Oz.
///
/// # Errors
/// As the database says.
pub async fn agreement(
    tx: &mut Tx,
    practice: PracticeId,
    services: &[Service],
    cast: &Cast,
) -> db::Result<AgreementId> {
    let terms = crate::at_list_prices(SINCE, services);
    let id = crate::propose_agreement(tx, practice, &terms).await?;
    let (ada, oz) = (cast.ada.person, cast.oz.person);
    crate::sign_agreement(tx, practice, id, Side::Practice, ada, "Ada Reyes").await?;
    crate::sign_agreement(tx, practice, id, Side::Operator, oz, "Oz Adeyemi").await?;
    Ok(id)
}

async fn engagement(tx: &mut Tx, cast: &Cast) -> db::Result<EngagementId> {
    let terms = crate::at_a_share(cast.ben_treats.id, SINCE, BENS_SHARE);
    let id = crate::propose_engagement(tx, cast.elm, &terms).await?;
    let (ada, ben) = (cast.ada.person, cast.ben.person);
    crate::sign_engagement(tx, cast.elm, id, Side::Practice, ada, "Ada Reyes").await?;
    crate::sign_engagement(tx, cast.elm, id, Side::Clinician, ben, "Ben Ortiz").await?;
    Ok(id)
}

/// The fees of a practice as the cast has them.
///
/// # Errors
/// As the database says.
pub async fn fees(tx: &mut Tx, practice: PracticeId) -> db::Result<()> {
    for (cpt, own, payers) in FEES {
        for (payer, cents) in [(None, *own), (Some(lonestar()), *payers)] {
            let fee = Fee { payer, cpt: (*cpt).into(), from_date: SINCE, cents: Cents(cents) };
            crate::set_fee(tx, practice, &fee).await?;
        }
    }
    Ok(())
}

//! Who is there before the month begins, and what they agreed. What no door takes yet is laid down
//! as in the rooms' own tests: a second insurer in the list that migrations keep, and who is insured
//! by whom.

use billing::Biller;
use economics::{Bearing, Clause, Missed, Rule, Unit, WorksAs};
use ground::policy::{Service, Side};
use ground::testing::TestHouse;
use ground::{Acting, House};
use ids::{ClientId, PracticeId};
use jiff::civil::{Date, date};
use money::{BasisPoints, Cents};
use people::cast::Cast;
use terms::{BillingRight, Fee, NewAgreement, NewEngagement};

use super::payers::{BLUE_MESA, FEE, Insurer, LONE_STAR};

/// Who bills, as claims and answers name them.
pub const NPI: &str = "1234567802";
pub const EIN: &str = "910000011";

/// The first day of all that was agreed.
pub const SINCE: Date = date(2026, 3, 1);

/// By visit of the day, then by weekday.
const NAMES: [&str; 15] = [
    "Jonas Miller",
    "Rosa Tran",
    "Peter Nowak",
    "Amara Nwosu",
    "Kate Lindgren",
    "Mina Castillo",
    "Theo Park",
    "Iris Falk",
    "Sol Pereira",
    "Hana Sato",
    "Luis Moreno",
    "Grace Okoro",
    "Emil Berg",
    "Nadia Haddad",
    "Owen Gallagher",
];

/// Blue Mesa, in the list that migrations keep.
pub async fn lists_blue_mesa(test: &TestHouse) {
    sqlx::query("insert into terms.payer (payer_code, name, x12_id) values ($1, $2, $3)")
        .bind(BLUE_MESA.code)
        .bind(BLUE_MESA.name)
        .bind(BLUE_MESA.x12_id)
        .execute(&mut test.superuser().await)
        .await
        .unwrap();
}

/// What Ben signs with the practice.
pub fn engagement(cast: &Cast) -> NewEngagement {
    let mut terms = terms::at_a_share(cast.ben_treats.id, SINCE, BasisPoints(6_500));
    terms.clauses.no_show = Missed { fee_share: BasisPoints(5_500), cents: Cents(1_500) };
    terms.clauses.operator_prices = Bearing::AsSplit;
    terms.clauses.admin_hour = Some(Cents(3_100));
    terms.clauses.works_as = Some(WorksAs::Contractor);
    terms
}

/// What the practice signs with the operator.
pub fn agreement() -> NewAgreement {
    let shared = [Service::Scheduling, Service::Billing];
    let mut terms = terms::at_list_prices(SINCE, &shared);
    let flat = Rule::Flat { cents: Cents(12_175) };
    let each = Rule::PerUnit { unit: Unit::Claim, cents: Cents(450) };
    terms.services[0].clause = Clause::new("Scheduling costs", flat);
    terms.services[1].clause = Clause::new("Billing costs", each);
    terms
}

/// Everybody signs, fees are set, and Ben's work is billed to both insurers under Ada's name.
pub async fn agree(house: &House, cast: &Cast) {
    let elm = cast.elm;
    let mut tx = house.begin(&Acting::Job { practice: elm }).await.unwrap();
    let (ada, ben, oz) = (cast.ada.person, cast.ben.person, cast.oz.person);
    let with = terms::propose_agreement(&mut tx, elm, &agreement()).await.unwrap();
    for (side, by, name) in [(Side::Practice, ada, "Ada Reyes"), (Side::Operator, oz, "Oz Adeyemi")]
    {
        terms::sign_agreement(&mut tx, elm, with, side, by, name).await.unwrap();
    }
    let with = terms::propose_engagement(&mut tx, elm, &engagement(cast)).await.unwrap();
    for (side, by, name) in
        [(Side::Practice, ada, "Ada Reyes"), (Side::Clinician, ben, "Ben Ortiz")]
    {
        terms::sign_engagement(&mut tx, elm, with, side, by, name).await.unwrap();
    }
    let fee = Fee { payer: None, cpt: "90837".into(), from_date: SINCE, cents: Cents(FEE) };
    terms::set_fee(&mut tx, elm, &fee).await.unwrap();
    for insurer in [LONE_STAR, BLUE_MESA] {
        let right = BillingRight {
            clinician: cast.ben_treats.id,
            payer: insurer.code.parse().unwrap(),
            bills_as: cast.ada_treats.id,
            from_date: SINCE,
            to_date: None,
        };
        terms::allow_billing(&mut tx, elm, &right).await.unwrap();
    }
    sqlx::query("update people.clinician set npi = $1, taxonomy = $2 where clinician_id = $3")
        .bind("1112223338")
        .bind("101YP2500X")
        .bind(cast.ada_treats.id.0)
        .execute(&mut *tx)
        .await
        .unwrap();
    let biller = Biller {
        npi: NPI.into(),
        ein: EIN.into(),
        street: "12 Elm Street".into(),
        city: "Austin".into(),
        state: "TX".into(),
        zip: "787012345".into(),
        taxonomy: Some("261QM0801X".into()),
        phone: "5125550142".into(),
    };
    billing::set_biller(&mut tx, elm, &biller).await.unwrap();
    tx.commit().await.unwrap();
}

/// Fifteen clients in Ben's care, by visit of the day and weekday: those of the first two visits are
/// insured.
pub async fn clients(house: &House, cast: &Cast) -> Vec<Vec<ClientId>> {
    let mut all = Vec::new();
    for (at, name) in NAMES.iter().enumerate() {
        let mut tx = house.begin(&Acting::Job { practice: cast.elm }).await.unwrap();
        let new = people::NewClient {
            name: (*name).into(),
            address: people::Address::read(&format!("client{at}@example.com")),
            state: "TX".into(),
        };
        let client = people::admit(&mut tx, cast.elm, &new).await.unwrap().id;
        let insurer = [Some(LONE_STAR), Some(BLUE_MESA), None][at / 5];
        if let Some(insurer) = insurer {
            is_insured(&mut tx, cast.elm, client, insurer).await;
        }
        tx.commit().await.unwrap();
        let (ben, elm) = (&cast.ben, cast.elm);
        offers::cast::treats(house, ben, elm, client, &cast.ben_treats).await.unwrap();
        let since = date(2026, 3, 1);
        let acting = ben.acting();
        chart::cast::diagnosed(house, &acting, elm, client, "F41.1", since).await.unwrap();
        all.push(client);
    }
    all.chunks(5).map(<[ClientId]>::to_vec).collect()
}

/// As a client's own form leaves it.
async fn is_insured(tx: &mut ground::db::Tx, elm: PracticeId, client: ClientId, insurer: Insurer) {
    let member = b"M4410022";
    let sealed = tx.seal(elm, "intake.coverage.member_sealed", client.0, member).await.unwrap();
    let now = ground::db::Instant(tx.house().now());
    sqlx::query(
        "insert into intake.identity (practice_id, client_id, since, first_name, last_name, born_on,
                                      street, city, state, zip, sex)
         values ($1, $2, $3, 'Made', 'Up', '1990-04-12', '4 Oak Court', 'Austin', 'TX', '78704', 'F')",
    )
    .bind(elm.0)
    .bind(client.0)
    .bind(now)
    .execute(&mut **tx)
    .await
    .unwrap();
    sqlx::query(
        "insert into intake.coverage (practice_id, client_id, since, payer_code, member_sealed,
                                      relation)
         values ($1, $2, $3, $4, $5, 'self')",
    )
    .bind(elm.0)
    .bind(client.0)
    .bind(now)
    .bind(insurer.code)
    .bind(sealed)
    .execute(&mut **tx)
    .await
    .unwrap();
}

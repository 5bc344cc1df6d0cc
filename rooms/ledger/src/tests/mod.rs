//! The promises of the books, against a real database.

mod batches;
mod books;
mod cards;
mod doors;
mod pages;
mod walls;

use bookkeeping::{Debtor, Event};
use ground::Acting;
use ground::db::Tx;
use ground::testing::TestHouse;
use ids::{ChargeId, ClientId, ClinicianId, Uuid};
use jiff::civil::{Date, date};
use money::Cents;
use people::cast::Cast;

use crate::{
    Arrived, Cause, CauseKind, Fact, Of, Posted, Way, charge_ref, client_ref, payer_ref, post,
};

/// The day of the work in these tests.
const WORK: Date = date(2026, 2, 3);

/// A job of Elm Street Practice.
async fn at_elm(house: &TestHouse, cast: &Cast) -> Tx {
    house.house.begin(&Acting::Job { practice: cast.elm }).await.unwrap()
}

fn charge_id(number: u128) -> ChargeId {
    ChargeId(Uuid::from_u128(0xc4a6_0000 + number))
}

fn sam_owes(client: ClientId) -> Debtor {
    Debtor::Client(client_ref(client))
}

fn lone_star() -> Debtor {
    Debtor::Payer(payer_ref("LONESTAR").unwrap())
}

/// A charge of Sam's, for work of this clinician.
async fn charged(
    tx: &mut Tx,
    cast: &Cast,
    number: u128,
    owed_by: Debtor,
    (clinician, cents): (ClinicianId, i64),
) -> Posted {
    let charge = charge_id(number);
    let event = Event::Charge {
        charge: charge_ref(charge),
        owed_by,
        service_on: WORK,
        cents: Cents(cents),
    };
    let fact = Fact {
        cause: Cause::new(CauseKind::Charge, charge),
        on: WORK,
        event,
        of: Some(Of { client: cast.sam.id, clinician }),
    };
    post(tx, cast.elm, &fact).await.unwrap()
}

fn cash(client: ClientId, id: u128, cents: i64) -> Arrived<ClientId> {
    Arrived {
        id: Uuid::from_u128(id),
        from: client,
        way: Way::Cash,
        reference: None,
        cents: Cents(cents),
        on: date(2026, 2, 9),
    }
}

fn transfer(reference: &str, id: u128, cents: i64) -> Arrived<String> {
    Arrived {
        id: Uuid::from_u128(id),
        from: "LONESTAR".into(),
        way: Way::Transfer,
        reference: Some(reference.into()),
        cents: Cents(cents),
        on: date(2026, 2, 9),
    }
}

//! People who ask for care, and who answers them: for later rooms' tests and the demo.

use ground::acting::Place;
use ground::policy::Role;
use ground::{Acting, House, db};
use ids::{LeadId, PracticeId};
use people::cast::Worker;
use people::{Address, Newcomer};

use crate::model::{AgeGroup, Concern, Consent, NewLead, Pays, TimeOfWeek, Topic, Wants};
use crate::words;

/// Marisol, who sleeps badly since a move, would pay herself, and may be called.
pub fn marisol() -> NewLead {
    NewLead {
        source: "website".into(),
        name: "Marisol Vega".into(),
        address: Address::read("marisol@example.com"),
        phone: Some("(512) 555-0167".into()),
        state: "TX".into(),
        pays: Pays::Themselves,
        age: AgeGroup::Adult,
        concern: Concern {
            topics: vec![Topic::Sleep, Topic::Change],
            words: "I lie awake since we moved here.".into(),
        },
        wants: Wants {
            times: vec![TimeOfWeek::Evenings, TimeOfWeek::Mornings],
            languages: vec!["en".into(), "es".into()],
            ..Wants::default()
        },
        consent: Consent {
            email: true,
            call: true,
            voicemail: false,
            text: false,
            words: words::consent_words(),
        },
    }
}

/// Somebody asks a holder for care, as a visitor of its form.
///
/// # Errors
/// As the database says.
pub async fn asks(house: &House, holder: PracticeId, lead: &NewLead) -> db::Result<LeadId> {
    let id: LeadId = house.new_id();
    crate::bring(house, holder, id, lead).await?;
    Ok(id)
}

/// Ina, an intake coordinator of the operator.
///
/// # Errors
/// As the database says.
pub async fn ina(house: &House, operator: PracticeId) -> db::Result<Worker> {
    let address = Address::read("ina@trellis.example").expect("a plain address");
    let newcomer = Newcomer { name: "Ina Cole".into(), address };
    let mut tx = house.begin(&Acting::Job { practice: operator }).await?;
    let person = people::join(&mut tx, operator, &newcomer, &[Role::Intake]).await?;
    tx.commit().await?;
    let roles = [Role::Intake].into();
    let place = Place { practice: operator, is_operator: true, roles };
    Ok(Worker { person, address: "ina@trellis.example".into(), place })
}

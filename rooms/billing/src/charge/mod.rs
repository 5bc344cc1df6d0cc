//! A charge: one coded line of work, born from a signed note and from nothing else.
//!
//! ```text
//! signed note ──▶ work ──code, fee, right to bill──▶ charge ──▶ the books
//!                   │                                  ╰──where a plan pays──▶ claim, ready
//!                   ╰── one of them is missing ──▶ exception, which says what to do, then again
//! ```

pub(crate) mod queries;

use bookkeeping::{Debtor, Event};
use codes::{Coded, Means, Place as CodedPlace, Service, VideoModifier};
use ground::db::{self, Tx};
use ground::events;
use ids::{ChargeId, ClientId, ClinicianId, NoteId, PracticeId, SessionId};
use jiff::Timestamp;
use jiff::civil::Date;
use ledger::{Cause, CauseKind, Fact, Of};
use money::Cents;
use terms::PayerCode;

use crate::events::ChargeMade;
use crate::exception::{self, About, Kind, New};
use crate::{claim, words};

/// Where a session took place, as its note says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// At the office.
    Office,
    /// By video.
    Video,
}

impl Place {
    /// The word in the database and in events.
    pub fn word(self) -> &'static str {
        match self {
            Self::Office => "office",
            Self::Video => "video",
        }
    }

    /// The place of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        [Self::Office, Self::Video].into_iter().find(|it| it.word() == word)
    }

    fn coded(self) -> (CodedPlace, Means) {
        match self {
            Self::Office => (CodedPlace::Office, Means::InPerson),
            Self::Video => (CodedPlace::Home, Means::Video),
        }
    }
}

/// What a signed note says for billing: times and codes, no text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// The note.
    pub note: NoteId,
    /// Its session.
    pub session: SessionId,
    /// Who received care.
    pub client: ClientId,
    /// Who gave it.
    pub clinician: ClinicianId,
    /// Measured.
    pub began_at: Timestamp,
    /// Measured.
    pub ended_at: Timestamp,
    /// Whole minutes that count.
    pub minutes: u32,
    /// What it was, in the clinician's word.
    pub service: Service,
    /// Where.
    pub place: Place,
    /// ICD-10-CM, the reason for the visit first.
    pub diagnoses: Vec<String>,
}

/// A charge as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    /// Which one.
    pub id: ChargeId,
    /// Counts within the practice.
    pub number: i32,
    /// The signed note that it is born from.
    pub note: NoteId,
    /// Who received care.
    pub client: ClientId,
    /// Who gave it.
    pub clinician: ClinicianId,
    /// The day of the work.
    pub service_on: Date,
    /// CPT or HCPCS.
    pub cpt: String,
    /// How often.
    pub units: u32,
    /// Up to four.
    pub modifiers: Vec<String>,
    /// Place of service, two digits.
    pub pos: String,
    /// The amount.
    pub cents: Cents,
    /// Who is asked first; nobody where the client pays themselves.
    pub payer: Option<PayerCode>,
}

/// What became of a signed note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Born {
    /// A charge, now.
    Now(ChargeId),
    /// The charge that it has had.
    Before(ChargeId),
    /// None yet: an exception says what is missing.
    Waits,
}

/// Takes up a signed note: keeps what it says for billing, and makes its charge if it can. Told
/// twice, it changes nothing.
///
/// # Errors
/// As the books or the database say.
pub async fn take_up(
    tx: &mut Tx,
    practice: PracticeId,
    work: &Work,
) -> Result<Born, ledger::Error> {
    queries::keep_work(tx, practice, work).await?;
    make(tx, practice, work.note).await
}

/// Makes the charge of a signed note that was taken up, if all it needs is there.
///
/// # Errors
/// As the books or the database say.
pub async fn make(tx: &mut Tx, practice: PracticeId, note: NoteId) -> Result<Born, ledger::Error> {
    queries::one_at_a_time(tx, practice).await?;
    if let Some(before) = queries::charge_of(tx, practice, note).await? {
        return Ok(Born::Before(before));
    }
    let Some(work) = queries::work(tx, practice, note).await? else {
        return Err(db::Error::Broken {
            table: "billing.work",
            id: note.to_string(),
            why: "no signed note was told".into(),
        }
        .into());
    };
    let on = queries::day_at(tx, practice, work.began_at).await?;
    match price(tx, practice, &work, on).await? {
        Ok(priced) => {
            let charge = keep(tx, practice, &work, on, &priced).await?;
            exception::settle_by_itself(tx, practice, About::note(note)).await?;
            Ok(Born::Now(charge))
        }
        Err((kind, why)) => {
            let new = New { kind, why, cents: Cents::ZERO, about: About::note(note) };
            exception::raise(tx, practice, &new).await?;
            Ok(Born::Waits)
        }
    }
}

/// All that a charge needs besides its work.
struct Priced {
    coded: Coded,
    cents: Cents,
    payer: Option<(PayerCode, ClinicianId)>,
}

/// Finds code, payer, right to bill and fee, or says which one is missing.
async fn price(
    tx: &mut Tx,
    practice: PracticeId,
    work: &Work,
    on: Date,
) -> Result<Result<Priced, (Kind, String)>, ledger::Error> {
    let coded = match codes::cpt_for(work.minutes, work.service) {
        Ok(coded) => coded[0],
        Err(short) => return Ok(Err((Kind::NoCode, words::no_code(work.minutes, short)))),
    };
    let coverage = intake::coverage_of(tx, practice, work.client).await?;
    let names = queries::names(tx, practice, work.clinician).await?;
    let payer = match coverage {
        None => None,
        Some(coverage) => {
            let code: Option<PayerCode> = coverage.payer_code.parse().ok();
            let right = match &code {
                Some(code) => terms::bills_as(tx, practice, work.clinician, code, on).await?,
                None => None,
            };
            let Some(payer) = code.zip(right) else {
                let why = words::no_right(&names, &coverage.payer_code, on);
                return Ok(Err((Kind::NoRight, why)));
            };
            Some(payer)
        }
    };
    let cpt = coded.cpt.code();
    // What the practice asks of everybody is what it charges; a contract takes off its part by the
    // payer's own answer. Only where there is no such fee, the contract's is charged.
    let usual = terms::fee_for(tx, practice, None, cpt, on).await?;
    let fee = match (&payer, usual) {
        (Some((code, _)), None) => terms::fee_for(tx, practice, Some(code), cpt, on).await?,
        (_, usual) => usual,
    };
    let Some(fee) = fee else {
        return Ok(Err((Kind::NoFee, words::no_fee(cpt, on))));
    };
    let cents = fee.times(i64::from(coded.units))?;
    Ok(Ok(Priced { coded, cents, payer }))
}

async fn keep(
    tx: &mut Tx,
    practice: PracticeId,
    work: &Work,
    on: Date,
    priced: &Priced,
) -> Result<ChargeId, ledger::Error> {
    let (place, means) = work.place.coded();
    let modifiers = codes::modifiers(means, VideoModifier::Asked);
    let charge = Charge {
        id: tx.house().new_id(),
        number: queries::next_number(tx, practice).await?,
        note: work.note,
        client: work.client,
        clinician: work.clinician,
        service_on: on,
        cpt: priced.coded.cpt.code().to_owned(),
        units: priced.coded.units,
        modifiers: modifiers.iter().map(|it| it.code().to_owned()).collect(),
        pos: codes::place_of_service(place).to_owned(),
        cents: priced.cents,
        payer: priced.payer.as_ref().map(|(code, _)| code.clone()),
    };
    queries::insert_charge(tx, practice, &charge).await?;
    post(tx, practice, &charge).await?;
    match &priced.payer {
        Some((code, bills_as)) => {
            claim::ready(tx, practice, &charge, code, *bills_as).await?;
        }
        None => ledger::apply_waiting(tx, practice, charge.client, charge.id, on).await?,
    }
    let told = ChargeMade {
        charge: charge.id,
        note: charge.note,
        client: charge.client,
        clinician: charge.clinician,
        cents: charge.cents.0,
        payer_code: charge.payer.as_ref().map(ToString::to_string),
    };
    events::tell(tx, practice, &told).await?;
    Ok(charge.id)
}

async fn post(tx: &mut Tx, practice: PracticeId, charge: &Charge) -> Result<(), ledger::Error> {
    let owed_by = match &charge.payer {
        Some(code) => Debtor::Payer(payer_ref(code)),
        None => Debtor::Client(ledger::client_ref(charge.client)),
    };
    let event = Event::Charge {
        charge: ledger::charge_ref(charge.id),
        owed_by,
        service_on: charge.service_on,
        cents: charge.cents,
    };
    let fact = Fact {
        cause: Cause::new(CauseKind::Charge, charge.id),
        on: charge.service_on,
        event,
        of: Some(Of { client: charge.client, clinician: charge.clinician }),
    };
    ledger::post(tx, practice, &fact).await?;
    Ok(())
}

/// A payer as the books number it.
pub(crate) fn payer_ref(code: &PayerCode) -> bookkeeping::PayerId {
    ledger::payer_ref(code.as_str()).expect("both read the same signs as a payer's code")
}

//! A claim: a charge asked of a payer, and what became of it.
//!
//! ```text
//! ready ──sent (837P kept byte for byte)──▶ sent ──999, 277CA──▶ accepted ──835──▶ paid | denied
//!   ▲                                        ╰────rejected (as if never sent)──╮
//!   ╰──────────────── mended, sent again under the same number ◀───────────────╯
//! ```

mod batch;
pub(crate) mod queries;

use ground::db::{self, Tx};
use ids::{ChargeId, ClaimId, ClinicianId, PracticeId, Uuid};
use jiff::civil::DateTime;
use money::Cents;
use terms::PayerCode;
use x12::{Outgoing, Usage};

pub use batch::Biller;

use crate::charge::queries as charges;
use crate::charge::{Charge, queries as charge_queries};
use crate::exception::{self, About, Kind, New};
use crate::exchange;
use crate::words;

/// Claims of one file: a rejected set takes all of them with it (X12 005010X222A1 allows more).
const CLAIMS_MAX: usize = x12::claim_837p::CLAIMS_MAX;

/// How far a claim is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Born, and not sent.
    Ready,
    /// In a file that went out.
    Sent,
    /// Rejected before anybody decided: as if never sent.
    Rejected,
    /// Received by the payer.
    Accepted,
    /// Decided, with something to pay.
    Paid,
    /// Decided, and nothing is paid.
    Denied,
}

impl State {
    /// All, in the order of a claim's life.
    pub const ALL: [Self; 6] =
        [Self::Ready, Self::Sent, Self::Rejected, Self::Accepted, Self::Paid, Self::Denied];

    /// The word in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Sent => "sent",
            Self::Rejected => "rejected",
            Self::Accepted => "accepted",
            Self::Paid => "paid",
            Self::Denied => "denied",
        }
    }

    fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Whether it may go out, for the first time or again.
    pub fn may_be_sent(self) -> bool {
        matches!(self, Self::Ready | Self::Rejected)
    }
}

/// A claim as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Which one.
    pub id: ClaimId,
    /// Its charge.
    pub charge: ChargeId,
    /// CLM01: comes back in every answer.
    pub number: String,
    /// Who is asked.
    pub payer: PayerCode,
    /// Who is named as rendering.
    pub bills_as: ClinicianId,
    /// How far it is.
    pub state: State,
    /// The payer's own number of it.
    pub payer_number: Option<String>,
}

/// Makes the claim of a charge, ready to be sent.
pub(crate) async fn ready(
    tx: &mut Tx,
    practice: PracticeId,
    charge: &Charge,
    payer: &PayerCode,
    bills_as: ClinicianId,
) -> db::Result<()> {
    let (name, _, _) = charge_queries::practice(tx, practice).await?;
    let claim = Claim {
        id: tx.house().new_id(),
        charge: charge.id,
        number: number(&name, charge.number),
        payer: payer.clone(),
        bills_as,
        state: State::Ready,
        payer_number: None,
    };
    queries::insert(tx, practice, &claim).await
}

/// The number of a claim: the practice's initials, which people know it by, and the charge's
/// number. It differs early, since some payers cut what is long.
fn number(practice: &str, charge: i32) -> String {
    let initial = |word: &str| word.chars().next().filter(char::is_ascii_alphabetic);
    let initials: String = practice.split_whitespace().filter_map(initial).take(3).collect();
    format!("{}{charge}", if initials.is_empty() { "T".into() } else { initials.to_uppercase() })
}

/// What came of sending.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sending {
    /// The file that went out, where there was something to send.
    pub file: Option<Uuid>,
    /// How many claims it holds.
    pub sent: usize,
    /// How many lack something; each has an exception that says what.
    pub kept_back: usize,
}

/// Writes these claims into one 837P, which is kept byte for byte. What lacks something stays
/// here, with its reasons.
///
/// # Errors
/// As the database says.
pub(crate) async fn send(
    tx: &mut Tx,
    practice: PracticeId,
    claims: &[Claim],
) -> db::Result<Sending> {
    charges::one_at_a_time(tx, practice).await?;
    let mut claims: Vec<&Claim> = claims.iter().filter(|it| it.state.may_be_sent()).collect();
    claims.sort_by(|one, other| one.number.cmp(&other.number));
    claims.truncate(CLAIMS_MAX);
    if claims.is_empty() {
        return Ok(Sending::default());
    }
    let Some(biller) = queries::biller(tx, practice).await? else {
        for claim in &claims {
            keep_back(tx, practice, claim, words::NO_BILLER.into()).await?;
        }
        return Ok(Sending { kept_back: claims.len(), ..Sending::default() });
    };
    let (_, legal_name, zone) = charges::practice(tx, practice).await?;
    let now: DateTime = tx.house().now().to_zoned_datetime(zone).datetime();
    let control = queries::next_control(tx).await?;
    let usage = if tx.house().demo().is_some() { Usage::Test } else { Usage::Production };
    let sender = batch::Sender { control, now, usage };
    let practice_as = batch::Practice { legal_name: &legal_name, biller: &biller };

    let mut written = Vec::new();
    let mut kept_back = 0;
    for claim in claims {
        let one = load(tx, practice, claim).await?;
        let one = one.and_then(|facts| batch::claim(&facts, &biller));
        let alone = one.and_then(|it| {
            let alone = batch::batch(&sender, &practice_as, vec![it.clone()]);
            let bytes = x12::write(&sender.envelope(), &[Outgoing::Claims(&alone)]);
            bytes.map(|_| it).map_err(|faults| words::not_written(&faults))
        });
        match alone {
            Ok(it) => written.push((claim, it)),
            Err(why) => {
                kept_back += 1;
                keep_back(tx, practice, claim, why).await?;
            }
        }
    }
    if written.is_empty() {
        return Ok(Sending { kept_back, ..Sending::default() });
    }
    let all = written.iter().map(|(_, it)| it.clone()).collect();
    let all = batch::batch(&sender, &practice_as, all);
    let bytes = x12::write(&sender.envelope(), &[Outgoing::Claims(&all)]).map_err(|faults| {
        db::Error::Broken { table: "billing.claim", id: String::new(), why: faults.to_string() }
    })?;
    let name = format!("837P-{control:09}.x12");
    let file = exchange::keep_outgoing(tx, practice, &name, control, &bytes).await?;
    for (claim, _) in &written {
        queries::set_state(tx, practice, claim.id, State::Sent).await?;
        exchange::queries::tell(tx, practice, claim.id, file, words::SENT).await?;
        exception::settle_by_itself(tx, practice, About::claim(claim.id)).await?;
    }
    Ok(Sending { file: Some(file), sent: written.len(), kept_back })
}

async fn keep_back(
    tx: &mut Tx,
    practice: PracticeId,
    claim: &Claim,
    why: String,
) -> db::Result<()> {
    let about = About::claim(claim.id);
    let new = New { kind: Kind::NotReady, why, cents: Cents::ZERO, about };
    exception::raise(tx, practice, &new).await
}

/// All that a claim says, or the sentence about what is missing.
async fn load(
    tx: &mut Tx,
    practice: PracticeId,
    claim: &Claim,
) -> db::Result<Result<batch::Facts, String>> {
    let charge = charges::charges(tx, practice, Some(claim.charge)).await?.pop();
    let charge = charge.ok_or_else(|| db::Error::Broken {
        table: "billing.claim",
        id: claim.id.to_string(),
        why: "its charge is not there".into(),
    })?;
    let work = charges::work(tx, practice, charge.note).await?;
    let clinician = charges::names(tx, practice, claim.bills_as).await?;
    let payer = terms::payers(tx).await?.into_iter().find(|it| it.code == claim.payer);
    let identity = intake::identity_of(tx, practice, charge.client).await?;
    let coverage = intake::coverage_of(tx, practice, charge.client).await?;
    let (Some(payer), Some(identity), Some(coverage)) = (payer, identity, coverage) else {
        return Ok(Err(words::NO_IDENTITY.into()));
    };
    Ok(Ok(batch::Facts {
        number: claim.number.clone(),
        charge,
        diagnoses: work.map(|it| it.diagnoses).unwrap_or_default(),
        clinician,
        payer,
        identity,
        coverage,
    }))
}

/// Who bills, as claims name the practice. The newest counts.
///
/// # Errors
/// As the database says; the constraint where something is no number of its kind.
pub async fn set_biller(tx: &mut Tx, practice: PracticeId, biller: &Biller) -> db::Result<()> {
    queries::insert_biller(tx, practice, biller).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claims_number_begins_with_the_practices_initials() {
        for (practice, charge, read) in [
            ("Elm Street Practice", 1001, "ESP1001"),
            ("Una Bell, LCSW", 1002, "UBL1002"),
            ("Öland & Söhne", 7, "S7"),
            ("42nd Street", 9, "S9"),
            ("", 1, "T1"),
        ] {
            assert_eq!(number(practice, charge), read);
        }
    }
}

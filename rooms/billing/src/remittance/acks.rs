//! What 999 and 277CA say about claims that went out: passed, received, or rejected as if never
//! sent.

use ground::db::{self, Tx};
use ids::{ClaimId, PracticeId, Uuid};
use money::Cents;
use x12::ack_277ca::{About as Answers, Acknowledgment277, Outcome};
use x12::ack_999::Acknowledgment999;

use crate::claim::queries::{self as claims, Which};
use crate::claim::{Claim, State};
use crate::exception::{self, About, Kind, New};
use crate::{exchange, words};

/// Takes a 999: a rejected set takes all of its claims with it.
pub async fn take_999(
    tx: &mut Tx,
    practice: PracticeId,
    file: Uuid,
    ack: &Acknowledgment999,
) -> db::Result<()> {
    let rejects = ack.verdict.rejects() || ack.sets.iter().any(|set| set.verdict.rejects());
    let control = ack.group_control.parse().unwrap_or(0);
    for id in exchange::queries::claims_under(tx, practice, control).await? {
        let said = if rejects { Said::Rejected(words::rejected_999(ack)) } else { Said::Passed };
        take(tx, practice, file, id, said).await?;
    }
    Ok(())
}

/// Takes a 277CA, claim by claim; one that speaks for a whole batch speaks for each.
pub async fn take_277(
    tx: &mut Tx,
    practice: PracticeId,
    file: Uuid,
    ack: &Acknowledgment277,
) -> db::Result<()> {
    for (about, outcome) in ack.answers() {
        let ids = match &about {
            Answers::Claim(answer) => {
                let which = Which { number: Some(&answer.number), ..Which::default() };
                claims::claims(tx, practice, which).await?.into_iter().map(|it| it.id).collect()
            }
            Answers::Batch(batch) | Answers::Provider { batch, .. } => {
                let control = batch.trim_start_matches("TB").parse().unwrap_or(0);
                exchange::queries::claims_under(tx, practice, control).await?
            }
        };
        for id in ids {
            let said = match outcome {
                Outcome::Received => Said::Passed,
                Outcome::AtPayer => Said::AtPayer(match &about {
                    Answers::Claim(answer) => answer.payer_number().map(str::to_owned),
                    _ => None,
                }),
                Outcome::Rejected => Said::Rejected(words::rejected_277(&about)),
                Outcome::Unclear => Said::Unclear,
            };
            take(tx, practice, file, id, said).await?;
        }
    }
    Ok(())
}

enum Said {
    Passed,
    AtPayer(Option<String>),
    Rejected(String),
    Unclear,
}

async fn take(
    tx: &mut Tx,
    practice: PracticeId,
    file: Uuid,
    id: ClaimId,
    said: Said,
) -> db::Result<()> {
    let Some(claim) = claims::claim(tx, practice, id).await? else { return Ok(()) };
    match said {
        Said::Passed => exchange::queries::tell(tx, practice, id, file, words::PASSED).await,
        Said::AtPayer(number) => {
            exchange::queries::tell(tx, practice, id, file, words::AT_PAYER).await?;
            if let Some(number) = number {
                claims::set_payer_number(tx, practice, id, &number).await?;
            }
            step(tx, practice, &claim, State::Accepted).await
        }
        Said::Rejected(why) => {
            exchange::queries::tell(tx, practice, id, file, &why).await?;
            if claim.state != State::Sent {
                return Ok(());
            }
            step(tx, practice, &claim, State::Rejected).await?;
            let about = About::claim(id);
            let new = New { kind: Kind::Rejected, why, cents: Cents::ZERO, about };
            exception::raise(tx, practice, &new).await
        }
        Said::Unclear => {
            exchange::queries::tell(tx, practice, id, file, words::UNCLEAR).await?;
            let about = About::claim(id);
            let why = words::UNCLEAR.into();
            let new = New { kind: Kind::Odd, why, cents: Cents::ZERO, about };
            exception::raise(tx, practice, &new).await
        }
    }
}

/// News about receipt moves a claim that is on its way, and none that was decided.
async fn step(tx: &mut Tx, practice: PracticeId, claim: &Claim, state: State) -> db::Result<()> {
    if claim.state == State::Sent {
        claims::set_state(tx, practice, claim.id, state).await?;
    }
    Ok(())
}

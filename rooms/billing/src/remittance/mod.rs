//! What a payer answers in money: kept as it came, posted by itself where it balances and every
//! part of it is ours, else waiting with a reason.
//!
//! ```text
//! file ──cannot be read──▶ refused whole, with a sentence
//!   │
//! remittance ──does not balance, is not ours, came twice──▶ held: nothing is posted
//!   │
//!   ╰─▶ decided: contract and client's share are posted ──its deposit is here──▶ posted
//!              ╰── one answer finds no claim: its money waits unapplied, the others go on
//! ```
//! Money is posted when somebody saw it arrive, and not because a payer said so: a remittance and
//! its deposit find each other by the number of the check or transfer, in either order.

mod acks;
mod decide;
mod money_step;
pub(crate) mod queries;
mod read;

use ground::db::{self, Tx};
use ids::{PracticeId, RemittanceId, Uuid};
use ledger::DepositArrived;
use money::Cents;

pub(crate) use decide::{adopt, proposals};
pub(crate) use money_step::deposit_arrived;
pub use read::{Content, read};

use crate::exception::{self, About, Kind, New};
use crate::exchange::{self, Format};
use crate::words;

/// What came of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Imported {
    /// The same bytes came before: nothing changed.
    Before(Uuid),
    /// It is not kept: something must be said first.
    NotYet(&'static str),
    /// It could not be read, and nothing of it was: why.
    Refused(Uuid, String),
    /// It was read.
    Now {
        /// The file.
        file: Uuid,
        /// Its remittances, in order; those that came before in another file are left out.
        remittances: Vec<RemittanceId>,
    },
}

/// Takes in what came from a payer or clearinghouse: keeps it as it is, reads it, and does what it
/// says. The same file twice changes nothing.
///
/// # Errors
/// As the books or the database say.
pub async fn import(
    tx: &mut Tx,
    practice: PracticeId,
    name: &str,
    bytes: &[u8],
) -> Result<Imported, ledger::Error> {
    let name: String = name.chars().take(100).collect();
    crate::charge::queries::one_at_a_time(tx, practice).await?;
    if crate::claim::queries::biller(tx, practice).await?.is_none() {
        return Ok(Imported::NotYet(words::NO_BILLER));
    }
    let contents = read(bytes);
    let (format, refused) = match &contents {
        Ok(contents) => (contents.first().map_or(Format::Other, Content::format), None),
        Err(why) => (Format::Other, Some(why.as_str())),
    };
    let new = exchange::New { direction: "in", format, name: &name, control: None, refused };
    let (file, is_new) = exchange::keep(tx, practice, &new, bytes).await?;
    if !is_new {
        return Ok(Imported::Before(file));
    }
    let contents = match contents {
        Ok(contents) => contents,
        Err(why) => {
            let about = About::file(file);
            let new = New { kind: Kind::RefusedFile, why: why.clone(), cents: Cents::ZERO, about };
            exception::raise(tx, practice, &new).await?;
            return Ok(Imported::Refused(file, why));
        }
    };
    let mut remittances = Vec::new();
    for content in contents {
        match content {
            Content::Remittance { parsed, is_test } => {
                let came = decide::Came { file, parsed: &parsed, is_test };
                remittances.extend(decide::take(tx, practice, &came).await?);
            }
            Content::Ack999(ack) => acks::take_999(tx, practice, file, &ack).await?,
            Content::Ack277(ack) => acks::take_277(tx, practice, file, &ack).await?,
        }
    }
    Ok(Imported::Now { file, remittances })
}

/// How far a remittance is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nothing of it is posted.
    Held,
    /// Decided, and its money has not arrived.
    Waits,
    /// Decided and paid.
    Posted,
}

impl State {
    /// The word in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Waits => "waits",
            Self::Posted => "posted",
        }
    }

    fn of_word(word: &str) -> Option<Self> {
        [Self::Held, Self::Waits, Self::Posted].into_iter().find(|it| it.word() == word)
    }
}

/// How far an answer about one claim is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerState {
    /// Its remittance is held.
    Held,
    /// Its claim is not known, or it cannot be posted to it: its money waits unapplied.
    Unmatched,
    /// Contract and client's share are posted.
    Decided,
    /// Its money too.
    Paid,
}

impl AnswerState {
    /// The word in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Unmatched => "unmatched",
            Self::Decided => "decided",
            Self::Paid => "paid",
        }
    }

    fn of_word(word: &str) -> Option<Self> {
        let all = [Self::Held, Self::Unmatched, Self::Decided, Self::Paid];
        all.into_iter().find(|it| it.word() == word)
    }
}

/// The 835 of a remittance again, from the bytes that were kept.
///
/// # Errors
/// As the database says; [`db::Error::Broken`] where the file no longer reads as it did.
pub(crate) async fn reread(
    tx: &mut Tx,
    practice: PracticeId,
    kept: &queries::Kept,
) -> db::Result<x12::remittance_835::Remittance> {
    let broken = |why: &str| db::Error::Broken {
        table: "billing.file",
        id: kept.file.to_string(),
        why: why.into(),
    };
    let bytes = exchange::bytes_of(tx, practice, kept.file).await?;
    let bytes = bytes.ok_or_else(|| broken("its bytes are not there"))?;
    let contents = read(&bytes).map_err(|_| broken("it read once, and does not now"))?;
    let mut remittances = contents.into_iter().filter_map(|content| match content {
        Content::Remittance { parsed, .. } => Some(parsed.value),
        _ => None,
    });
    let is_meant = |it: &x12::remittance_835::Remittance| {
        it.trace.number == kept.trace
            && it.payment.amount.0 == kept.cents.0
            && it.trace.originator == kept.originator
    };
    remittances.find(is_meant).ok_or_else(|| broken("its payment is not in the file"))
}

/// Whether a deposit and a remittance are the same money, by number.
pub(crate) fn same_number(one: &str, other: &str) -> bool {
    let plain = |text: &str| text.trim().to_uppercase();
    plain(one) == plain(other)
}

/// What a deposit that found nothing is told as.
pub(crate) async fn deposit_alone(
    tx: &mut Tx,
    practice: PracticeId,
    arrived: &DepositArrived,
) -> db::Result<()> {
    let new = New {
        kind: Kind::DepositAlone,
        why: words::deposit_alone(&arrived.payer_code, &arrived.reference),
        cents: Cents(arrived.cents),
        about: About::payment(arrived.payment),
    };
    exception::raise(tx, practice, &new).await
}

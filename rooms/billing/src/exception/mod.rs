//! What did not go by itself: a reason in words, a day until when somebody looks, and one next
//! step. An exception that its fact has overtaken settles itself.

pub(crate) mod queries;
pub(crate) mod settle;

use ground::Acting;
use ground::db::{self, Tx};
use ground::duty::{Duty, Finding, Presses};
use ground::policy::Act;
use ids::{ClaimId, NoteId, PracticeId, RemittanceId, Uuid};
use jiff::ToSpan;
use jiff::tz::TimeZone;
use money::Cents;

use crate::claim::queries as claims;
use crate::words;

/// What kind of trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// No code fits the minutes.
    NoCode,
    /// No fee was set.
    NoFee,
    /// Nobody may bill this payer for this clinician.
    NoRight,
    /// A claim lacks something.
    NotReady,
    /// A claim was never received: its set or itself was rejected.
    Rejected,
    /// A file could not be read.
    RefusedFile,
    /// A remittance does not post.
    Held,
    /// The same payment came in another file.
    Twice,
    /// An answer is about no claim that we sent.
    NoClaim,
    /// An answer differs from our claim.
    Differs,
    /// A claim was denied.
    Denied,
    /// Some of a claim stays open for a reason that is not the contract's.
    Open,
    /// An answer that cannot be posted by a rule.
    Odd,
    /// Money of a payer without a remittance.
    DepositAlone,
    /// A deposit of another amount than its remittance.
    DepositDiffers,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::NoCode,
        Self::NoFee,
        Self::NoRight,
        Self::NotReady,
        Self::Rejected,
        Self::RefusedFile,
        Self::Held,
        Self::Twice,
        Self::NoClaim,
        Self::Differs,
        Self::Denied,
        Self::Open,
        Self::Odd,
        Self::DepositAlone,
        Self::DepositDiffers,
    ];

    /// The word in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::NoCode => "no_code",
            Self::NoFee => "no_fee",
            Self::NoRight => "no_right",
            Self::NotReady => "not_ready",
            Self::Rejected => "rejected",
            Self::RefusedFile => "refused_file",
            Self::Held => "held",
            Self::Twice => "twice",
            Self::NoClaim => "no_claim",
            Self::Differs => "differs",
            Self::Denied => "denied",
            Self::Open => "open",
            Self::Odd => "odd",
            Self::DepositAlone => "deposit_alone",
            Self::DepositDiffers => "deposit_differs",
        }
    }

    fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Within how many days somebody looks: a person who waits for a bill or a payer's clock
    /// comes first.
    fn days(self) -> i64 {
        match self {
            Self::Rejected | Self::NotReady | Self::RefusedFile | Self::Held => 1,
            Self::NoCode | Self::NoFee | Self::NoRight | Self::NoClaim | Self::Differs => 3,
            Self::Odd | Self::DepositAlone | Self::DepositDiffers => 3,
            Self::Denied | Self::Open | Self::Twice => 14,
        }
    }
}

/// What it is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct About {
    /// A signed note.
    pub note: Option<NoteId>,
    /// A claim.
    pub claim: Option<ClaimId>,
    /// A remittance.
    pub remittance: Option<RemittanceId>,
    /// One answer of it.
    pub answer: Option<Uuid>,
    /// A payment in the books.
    pub payment: Option<Uuid>,
    /// A file.
    pub file: Option<Uuid>,
}

impl About {
    /// About a note.
    pub fn note(note: NoteId) -> Self {
        Self { note: Some(note), ..Self::default() }
    }

    /// About a claim.
    pub fn claim(claim: ClaimId) -> Self {
        Self { claim: Some(claim), ..Self::default() }
    }

    /// About a remittance.
    pub fn remittance(remittance: RemittanceId) -> Self {
        Self { remittance: Some(remittance), ..Self::default() }
    }

    /// About a payment.
    pub fn payment(payment: Uuid) -> Self {
        Self { payment: Some(payment), ..Self::default() }
    }

    /// About a file.
    pub fn file(file: Uuid) -> Self {
        Self { file: Some(file), ..Self::default() }
    }
}

/// An exception about to be raised.
#[derive(Debug, Clone)]
pub struct New {
    /// What kind.
    pub kind: Kind,
    /// The reason, a sentence.
    pub why: String,
    /// The money that it is about; zero where that is not known.
    pub cents: Cents,
    /// What it is about.
    pub about: About,
}

/// How an exception ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// Its fact was overtaken.
    ByItself,
    /// Tried again, and it went.
    Again,
    /// An answer found its claim.
    Matched,
    /// What was open was given up.
    WrittenOff,
    /// Somebody looked, and nothing is posted.
    SetAside,
}

impl How {
    /// The word in the database and in forms.
    pub fn word(self) -> &'static str {
        match self {
            Self::ByItself => "by_itself",
            Self::Again => "again",
            Self::Matched => "matched",
            Self::WrittenOff => "written_off",
            Self::SetAside => "set_aside",
        }
    }
}

/// Raises an exception, unless the same one is open.
///
/// # Errors
/// As the database says.
pub(crate) async fn raise(tx: &mut Tx, practice: PracticeId, new: &New) -> db::Result<()> {
    let today = ledger::today(tx, practice).await?;
    let due_on = today.checked_add(new.kind.days().days()).unwrap_or(today);
    queries::insert(tx, practice, new, due_on).await
}

/// Settles what is open about a thing, since its fact was overtaken.
///
/// # Errors
/// As the database says.
pub(crate) async fn settle_by_itself(
    tx: &mut Tx,
    practice: PracticeId,
    about: About,
) -> db::Result<()> {
    queries::settle_about(tx, practice, about).await
}

/// What waits in the practices of the one who looks, for those who may settle it.
pub(crate) fn duties(tx: &mut Tx) -> Finding<'_> {
    Box::pin(async move {
        let practices = served(tx, &Act::SettleException);
        let ready = claims::ready(tx, &practices).await?;
        let open = queries::open(tx, &practices).await?;
        let today = tx.house().now();
        let duty = |it: queries::Exception| {
            let due = it.due_on.to_zoned_datetime(TimeZone::UTC).map(|day| day.timestamp()).ok();
            let presses = match due {
                Some(due) if due <= today => Presses::Now,
                _ => Presses::Soon,
            };
            Duty {
                practice: it.practice,
                presses,
                what: words::kind(it.kind).into(),
                why: it.why,
                due,
                action: words::WHAT_TO_DO.into(),
                href: format!("/p/{}/billing/exceptions/{}", it.practice, it.id),
            }
        };
        let to_send = ready.into_iter().map(|(practice, count)| Duty {
            practice,
            presses: Presses::Soon,
            what: words::ready(count),
            why: words::READY_WHY.into(),
            due: None,
            action: words::LOOK.into(),
            href: format!("/p/{practice}/billing"),
        });
        Ok(open.into_iter().map(duty).chain(to_send).collect())
    })
}

/// The practices in which the one who acts may do this: their own, and those that share billing.
pub(crate) fn served(tx: &Tx, act: &Act) -> Vec<PracticeId> {
    let Acting::Workforce(worker) = tx.acting() else { return vec![] };
    let own = worker.places.iter().filter(|it| !it.is_operator).map(|it| it.practice);
    let all = own.chain(worker.serves.iter().map(|it| it.practice));
    let may = |practice: &PracticeId| {
        let known = tx.acting().known(*practice);
        known.is_some_and(|it| tx.would_allow(act, &it, &[]))
    };
    let mut practices: Vec<PracticeId> = all.filter(may).collect();
    practices.sort();
    practices.dedup();
    practices
}

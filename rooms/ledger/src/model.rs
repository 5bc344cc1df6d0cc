//! What is posted and why, in this house's ids and in those of `bookkeeping`; no I/O.
//!
//! `bookkeeping` numbers everything by 128 bits. A UUID is one; a payer's code is at most twenty
//! capitals and digits and becomes one to the base of 37, so that both ways lose nothing.

use std::fmt;

use bookkeeping::{Account, Debtor, Event, PayerId, Role, Rule, RuleName, Title, TransferFrom};
use ground::db;
use ground::policy::{Facts, Kind, Thing, Uid};
use ground::web;
use ground::work::Failure;
use ids::{ChargeId, ClientId, ClinicianId, EntryId, PersonId, PracticeId, Uuid};
use jiff::civil::Date;
use money::Cents;

/// Longest code of a payer, in signs, as in the list of payers.
const PAYER_CODE_MAX: usize = 20;
/// The signs of a payer's code. A digit of a number is its place here and one; none is zero.
const SIGNS: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/// The base of that number.
const BASE: u128 = 37;

/// What kind of document is behind an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CauseKind {
    /// A charge, born from a signed note.
    Charge,
    /// What a payer decided about one claim.
    Remittance,
    /// A payer's money that is not about one claim.
    ProviderAdjustment,
    /// A client's cash or check.
    ClientPayment,
    /// A payer's deposit.
    Deposit,
    /// A month's statement.
    Statement,
    /// A person decided, with a reason.
    Decision,
    /// A visit to which nobody came, or that was canceled too late.
    Visit,
}

impl CauseKind {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Charge,
        Self::Remittance,
        Self::ProviderAdjustment,
        Self::ClientPayment,
        Self::Deposit,
        Self::Statement,
        Self::Decision,
        Self::Visit,
    ];

    /// The word in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Charge => "charge",
            Self::Remittance => "remittance",
            Self::ProviderAdjustment => "provider_adjustment",
            Self::ClientPayment => "client_payment",
            Self::Deposit => "deposit",
            Self::Statement => "statement",
            Self::Decision => "decision",
            Self::Visit => "visit",
        }
    }

    /// The kind of this word.
    pub(crate) fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// The document behind an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cause {
    /// What it is.
    pub kind: CauseKind,
    /// Which one.
    pub id: Uuid,
}

impl Cause {
    /// A document of a kind.
    pub fn new(kind: CauseKind, id: impl Into<Uuid>) -> Self {
        Self { kind, id: id.into() }
    }

    /// Where it can be read.
    pub fn path(&self, practice: PracticeId) -> String {
        let Self { kind, id } = self;
        match kind {
            CauseKind::Charge => format!("/p/{practice}/billing/charges/{id}"),
            CauseKind::Remittance => format!("/p/{practice}/billing/answers/{id}"),
            CauseKind::ProviderAdjustment => format!("/p/{practice}/billing/remittances/{id}"),
            CauseKind::ClientPayment | CauseKind::Deposit => {
                format!("/p/{practice}/books/payments/{id}")
            }
            CauseKind::Statement => format!("/p/{practice}/statements/{id}"),
            CauseKind::Decision => format!("/p/{practice}/billing/exceptions/{id}"),
            CauseKind::Visit => format!("/p/{practice}/appointments/{id}"),
        }
    }
}

/// Whose care and whose work a charge is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Of {
    /// Who received it.
    pub client: ClientId,
    /// Who did it.
    pub clinician: ClinicianId,
}

/// What is to be posted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact {
    /// The document that says so.
    pub cause: Cause,
    /// When it happened; of a charge, the day of the work.
    pub on: Date,
    /// What happened.
    pub event: Event,
    /// Whose a charge is. What comes after it knows that from the charge.
    pub of: Option<Of>,
}

impl Fact {
    /// A fact that is no charge.
    pub fn new(cause: Cause, on: Date, event: Event) -> Self {
        Self { cause, on, event, of: None }
    }
}

/// Whether a fact was posted now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Posted {
    /// By this entry, a moment ago.
    Now(EntryId),
    /// By this entry, when its cause was told before.
    Before(EntryId),
}

/// Whose an account is within its title.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Party {
    /// A payer, by its code.
    Payer(String),
    /// A client.
    Client(ClientId),
    /// A clinician.
    Clinician(ClinicianId),
}

impl Party {
    /// The party of an account, where it is kept by party.
    pub fn of(account: Account) -> Option<Self> {
        let id = Uuid::from_u128(account.party()?);
        Some(match account.title() {
            Title::PayerReceivable | Title::PayerUnapplied | Title::Forward => {
                Self::Payer(payer_code(PayerId(id.as_u128())))
            }
            Title::ClientReceivable | Title::ClientUnapplied => Self::Client(ClientId(id)),
            _ => Self::Clinician(ClinicianId(id)),
        })
    }
}

/// What one client owes and has paid, as the charter knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAccount {
    /// Where.
    pub practice: PracticeId,
    /// Whose.
    pub client: ClientId,
    /// The client's person, where it is they who ask.
    pub of: Option<PersonId>,
}

impl Thing for ClientAccount {
    fn uid(&self) -> Uid {
        Uid::new(Kind::Account, self.client)
    }

    fn practice(&self) -> Option<Uid> {
        Some(Uid::new(Kind::Practice, self.practice))
    }

    fn facts(&self) -> Facts {
        let of = self.of.map(|person| Uid::new(Kind::Person, person));
        Facts::new().with("client", Uid::new(Kind::Client, self.client)).with_some("of", of)
    }
}

/// Why nothing was posted.
#[derive(Debug)]
pub enum Error {
    /// The rules of the books say no.
    Books(bookkeeping::Error),
    /// The database does.
    Database(db::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Books(error) => error.fmt(f),
            Self::Database(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {}

impl From<bookkeeping::Error> for Error {
    fn from(error: bookkeeping::Error) -> Self {
        Self::Books(error)
    }
}

impl From<money::Error> for Error {
    fn from(error: money::Error) -> Self {
        Self::Books(error.into())
    }
}

impl From<db::Error> for Error {
    fn from(error: db::Error) -> Self {
        Self::Database(error)
    }
}

impl From<Error> for web::Error {
    fn from(error: Error) -> Self {
        match error {
            Error::Books(error) => Self::Inside(error.to_string()),
            Error::Database(error) => Self::Database(error),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Books(error) => Self::Never(error.to_string()),
            Error::Database(error) => error.into(),
        }
    }
}

/// A payer as `bookkeeping` numbers it; `None` for a code of more than twenty signs, or of others
/// than capitals and digits.
pub fn payer_ref(code: &str) -> Option<PayerId> {
    if code.is_empty() || PAYER_CODE_MAX < code.len() {
        return None;
    }
    let digit = |sign: u8| SIGNS.iter().position(|known| *known == sign);
    let mut id = 0_u128;
    for sign in code.bytes() {
        id = id * BASE + u128::try_from(digit(sign)? + 1).ok()?;
    }
    Some(PayerId(id))
}

/// The code of a payer.
pub fn payer_code(id: PayerId) -> String {
    let mut signs = Vec::new();
    let mut left = id.0;
    while 0 < left {
        let digit = usize::try_from(left % BASE).unwrap_or(0);
        signs.extend(digit.checked_sub(1).and_then(|at| SIGNS.get(at)).map(|it| char::from(*it)));
        left /= BASE;
    }
    signs.into_iter().rev().collect()
}

/// A client as `bookkeeping` numbers them.
pub fn client_ref(client: ClientId) -> bookkeeping::ClientId {
    bookkeeping::ClientId(client.0.as_u128())
}

/// A clinician as `bookkeeping` numbers them.
pub fn clinician_ref(clinician: ClinicianId) -> bookkeeping::ClinicianId {
    bookkeeping::ClinicianId(clinician.0.as_u128())
}

/// A charge as `bookkeeping` numbers it.
pub fn charge_ref(charge: ChargeId) -> bookkeeping::ChargeId {
    bookkeeping::ChargeId(charge.0.as_u128())
}

/// What a client owes for charges.
pub fn account_of(client: ClientId) -> Account {
    Account::Receivable(Debtor::Client(client_ref(client)))
}

/// The account that must hold enough to pay for an event, where its rule names one.
pub(crate) fn drained(event: &Event, rule: &Rule) -> Option<Account> {
    match (rule.drains?, event) {
        (Role::Unapplied, Event::Transfer { from: TransferFrom::Unapplied(from), .. }) => {
            Some(Account::Unapplied(*from))
        }
        (Role::Unapplied, Event::Refund { to, .. }) => Some(Account::Unapplied(*to)),
        (Role::Forward, Event::Recoupment { payer, .. }) => Some(Account::Forward(*payer)),
        (
            Role::ClinicianDue,
            Event::Payout { to: bookkeeping::Bearer::Clinician(clinician), .. },
        ) => Some(Account::ClinicianDue(*clinician)),
        (Role::OperatorDue, _) => Some(Account::OperatorDue),
        _ => None,
    }
}

/// The rules' words in the database, in the order of the table.
pub(crate) const RULE_WORDS: [&str; 25] = [
    "charge",
    "contractual_adjustment",
    "payer_payment",
    "payer_payment_unapplied",
    "patient_responsibility",
    "client_payment",
    "client_payment_unapplied",
    "refund",
    "refund_unapplied",
    "transfer_unapplied",
    "transfer_balance",
    "write_off",
    "interest",
    "recoupment",
    "recoupment_forward",
    "forward_balance",
    "clinician_share",
    "practice_share",
    "operator_fee_practice",
    "operator_fee_clinician",
    "card_fee_practice",
    "card_fee_clinician",
    "clinician_payout",
    "operator_payout",
    "owner_payout",
];

/// The word of a rule.
pub(crate) fn rule_word(rule: RuleName) -> &'static str {
    RULE_WORDS[rule as usize]
}

/// The rule of a word.
pub(crate) fn rule_of(word: &str) -> Option<RuleName> {
    let at = RULE_WORDS.iter().position(|known| *known == word)?;
    Some(bookkeeping::RULES[at].name)
}

/// The titles' words in the database, in the order of [`Title::ALL`].
pub(crate) const TITLE_WORDS: [&str; 21] = [
    "bank",
    "payer_receivable",
    "client_receivable",
    "payer_unapplied",
    "client_unapplied",
    "forward",
    "clinician_due",
    "operator_due",
    "draws",
    "income",
    "contractual",
    "interest",
    "written_off",
    "clinician_pay",
    "operator_fees",
    "card_fees",
    "money_in",
    "held",
    "clinicians_money",
    "practices_money",
    "operators_money",
];

/// The word of a title.
pub(crate) fn title_word(title: Title) -> &'static str {
    TITLE_WORDS[title as usize]
}

/// The title of a word.
pub(crate) fn title_of(word: &str) -> Option<Title> {
    let at = TITLE_WORDS.iter().position(|known| *known == word)?;
    Some(Title::ALL[at])
}

/// The account of a title and its parties, as a row holds them.
pub(crate) fn account(
    title: Title,
    client: Option<ClientId>,
    clinician: Option<ClinicianId>,
    payer: Option<&str>,
) -> Option<Account> {
    let payer = || payer.and_then(payer_ref);
    let client = || client.map(client_ref);
    let clinician = || clinician.map(clinician_ref);
    Some(match title {
        Title::Bank => Account::Bank,
        Title::PayerReceivable => Account::Receivable(Debtor::Payer(payer()?)),
        Title::ClientReceivable => Account::Receivable(Debtor::Client(client()?)),
        Title::PayerUnapplied => Account::Unapplied(Debtor::Payer(payer()?)),
        Title::ClientUnapplied => Account::Unapplied(Debtor::Client(client()?)),
        Title::Forward => Account::Forward(payer()?),
        Title::ClinicianDue => Account::ClinicianDue(clinician()?),
        Title::OperatorDue => Account::OperatorDue,
        Title::Draws => Account::Draws,
        Title::Income => Account::Income,
        Title::Contractual => Account::Contractual,
        Title::Interest => Account::Interest,
        Title::WrittenOff => Account::WrittenOff,
        Title::ClinicianPay => Account::ClinicianPay(clinician()?),
        Title::OperatorFees => Account::OperatorFees,
        Title::CardFees => Account::CardFees,
        Title::MoneyIn => Account::MoneyIn,
        Title::Held => Account::Held,
        Title::CliniciansMoney => Account::CliniciansMoney(clinician()?),
        Title::PracticesMoney => Account::PracticesMoney,
        Title::OperatorsMoney => Account::OperatorsMoney,
    })
}

/// Lays money on what is owed, oldest first, and says what is left over.
pub fn lay_on<Id: Copy>(cents: Cents, open: &[(Id, Cents)]) -> (Vec<(Id, Cents)>, Cents) {
    let mut left = cents.0;
    let mut laid = Vec::new();
    for (id, owed) in open {
        let part = left.min(owed.0);
        if 0 < part {
            laid.push((*id, Cents(part)));
            left -= part;
        }
    }
    (laid, Cents(left))
}

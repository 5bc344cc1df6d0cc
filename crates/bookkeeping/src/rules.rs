//! The one table that turns an event into balanced postings.
//!
//! A rule is a list of pairs (debit, credit) of the same amount, so an entry balances because it
//! cannot do otherwise. The second pair, where there is one, is the memorandum: whose the money
//! is. A correction needs no rule: it is the mirror of the entry that it undoes, then a new fact.

use std::fmt::Write;

use money::{CENTS_LIMIT, Cents};

use crate::{
    Account, Bearer, Debtor, Error, Event, Payee, Posting, RecoupedFrom, Sharer, Title,
    TransferFrom,
};

/// The names of the rules, in the order of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each is described by its line of the table")]
pub enum RuleName {
    Charge,
    ContractualAdjustment,
    PayerPayment,
    PayerPaymentUnapplied,
    PatientResponsibility,
    ClientPayment,
    ClientPaymentUnapplied,
    Refund,
    RefundUnapplied,
    TransferUnapplied,
    TransferBalance,
    WriteOff,
    Interest,
    Recoupment,
    RecoupmentForward,
    ForwardBalance,
    ClinicianShare,
    PracticeShare,
    OperatorFeePractice,
    OperatorFeeClinician,
    CardFeePractice,
    CardFeeClinician,
    ClinicianPayout,
    OperatorPayout,
    OwnerPayout,
}

/// A place in a rule that an event fills with an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each names the account that it becomes")]
pub enum Role {
    Bank,
    /// The receivable of who owes the charge.
    Owed,
    /// The receivable of who owes it from now on.
    OwedNext,
    /// Unapplied money of who paid it.
    Unapplied,
    Forward,
    ClinicianDue,
    OperatorDue,
    Draws,
    Income,
    Contractual,
    Interest,
    WrittenOff,
    ClinicianPay,
    OperatorFees,
    CardFees,
    MoneyIn,
    Held,
    Clinicians,
    Practices,
    Operators,
}

impl Role {
    /// The titles that an account of this role can stand under.
    pub(crate) fn titles(self) -> &'static [Title] {
        match self {
            Self::Bank => &[Title::Bank],
            Self::Owed | Self::OwedNext => &[Title::PayerReceivable, Title::ClientReceivable],
            Self::Unapplied => &[Title::PayerUnapplied, Title::ClientUnapplied],
            Self::Forward => &[Title::Forward],
            Self::ClinicianDue => &[Title::ClinicianDue],
            Self::OperatorDue => &[Title::OperatorDue],
            Self::Draws => &[Title::Draws],
            Self::Income => &[Title::Income],
            Self::Contractual => &[Title::Contractual],
            Self::Interest => &[Title::Interest],
            Self::WrittenOff => &[Title::WrittenOff],
            Self::ClinicianPay => &[Title::ClinicianPay],
            Self::OperatorFees => &[Title::OperatorFees],
            Self::CardFees => &[Title::CardFees],
            Self::MoneyIn => &[Title::MoneyIn],
            Self::Held => &[Title::Held],
            Self::Clinicians => &[Title::CliniciansMoney],
            Self::Practices => &[Title::PracticesMoney],
            Self::Operators => &[Title::OperatorsMoney],
        }
    }
}

/// What an event does to receivables and to money, for the two sums that always hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// Adds to what is owed.
    Charge,
    /// Takes off what is owed, without money.
    Adjustment,
    /// Money in, against what is owed.
    Payment,
    /// What was paid is owed again, and the money is gone.
    PaymentBack,
    /// What was paid is owed again, and the money is still here.
    PaymentUndone,
    /// Money in, against nothing that is owed.
    MoneyIn,
    /// Money back, against nothing that is owed.
    MoneyOut,
    /// Money that was in already pays what is owed.
    Application,
    /// Moves between debtors, or between those whose the money is.
    Move,
    /// Leaves the bank for those whose it is.
    Payout,
}

/// One line of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Its name.
    pub name: RuleName,
    /// The event in the field's words.
    pub event: &'static str,
    /// Pairs of debit and credit.
    pub pairs: &'static [(Role, Role)],
    /// What it does to the two sums.
    pub flow: Flow,
    /// The account that must hold enough to pay for it.
    pub drains: Option<Role>,
    /// True when a negative amount takes back what an earlier one gave.
    pub may_be_negative: bool,
    /// The reason in a sentence.
    pub because: &'static str,
}

impl Rule {
    /// How many postings an entry by this rule has: a debit and a credit for each pair.
    pub const fn lines(&self) -> usize {
        self.pairs.len().saturating_mul(2)
    }
}

const fn line(
    name: RuleName,
    event: &'static str,
    pairs: &'static [(Role, Role)],
    flow: Flow,
    because: &'static str,
) -> Rule {
    Rule { name, event, pairs, flow, drains: None, may_be_negative: false, because }
}

const fn draining(role: Role, rule: Rule) -> Rule {
    Rule { drains: Some(role), ..rule }
}

const fn either_way(rule: Rule) -> Rule {
    Rule { may_be_negative: true, ..rule }
}

use Role as R;
use RuleName as N;

/// The table of rules: every event of money, what it moves and why.
pub const RULES: [Rule; 25] = [
    line(N::Charge, "charge", &[(R::Owed, R::Income)], Flow::Charge, "work was done and coded"),
    line(
        N::ContractualAdjustment,
        "contractual adjustment",
        &[(R::Contractual, R::Owed)],
        Flow::Adjustment,
        "the payer's contract allows less than was charged",
    ),
    line(
        N::PayerPayment,
        "payer payment",
        &[(R::Bank, R::Owed), (R::MoneyIn, R::Held)],
        Flow::Payment,
        "the payer paid for a charge",
    ),
    line(
        N::PayerPaymentUnapplied,
        "payer payment, unapplied",
        &[(R::Bank, R::Unapplied), (R::MoneyIn, R::Held)],
        Flow::MoneyIn,
        "the payer paid and the charge is not known yet",
    ),
    line(
        N::PatientResponsibility,
        "patient responsibility",
        &[(R::OwedNext, R::Owed)],
        Flow::Move,
        "the plan leaves this part to the client",
    ),
    line(
        N::ClientPayment,
        "client payment",
        &[(R::Bank, R::Owed), (R::MoneyIn, R::Held)],
        Flow::Payment,
        "the client paid for a charge",
    ),
    line(
        N::ClientPaymentUnapplied,
        "client payment, unapplied",
        &[(R::Bank, R::Unapplied), (R::MoneyIn, R::Held)],
        Flow::MoneyIn,
        "the client paid before there was a charge",
    ),
    line(
        N::Refund,
        "refund",
        &[(R::Owed, R::Bank), (R::Held, R::MoneyIn)],
        Flow::PaymentBack,
        "a charge was overpaid and the money went back",
    ),
    draining(
        R::Unapplied,
        line(
            N::RefundUnapplied,
            "refund, unapplied",
            &[(R::Unapplied, R::Bank), (R::Held, R::MoneyIn)],
            Flow::MoneyOut,
            "money without a charge went back to who paid it",
        ),
    ),
    draining(
        R::Unapplied,
        line(
            N::TransferUnapplied,
            "transfer of unapplied money",
            &[(R::Unapplied, R::Owed)],
            Flow::Application,
            "unapplied money found its charge",
        ),
    ),
    line(
        N::TransferBalance,
        "transfer of a balance",
        &[(R::OwedNext, R::Owed)],
        Flow::Move,
        "somebody else owes this from now on",
    ),
    line(
        N::WriteOff,
        "write-off",
        &[(R::WrittenOff, R::Owed)],
        Flow::Adjustment,
        "it was decided not to collect this",
    ),
    either_way(line(
        N::Interest,
        "interest",
        &[(R::Bank, R::Interest), (R::MoneyIn, R::Held)],
        Flow::MoneyIn,
        "the payer paid late and owes interest by law",
    )),
    line(
        N::Recoupment,
        "recoupment",
        &[(R::Owed, R::Bank), (R::Held, R::MoneyIn)],
        Flow::PaymentBack,
        "the payer took a payment back out of a remittance",
    ),
    draining(
        R::Forward,
        line(
            N::RecoupmentForward,
            "recoupment of a forward balance",
            &[(R::Forward, R::Bank), (R::Held, R::MoneyIn)],
            Flow::MoneyOut,
            "the payer took what it had said it would take",
        ),
    ),
    line(
        N::ForwardBalance,
        "forward balance",
        &[(R::Owed, R::Forward)],
        Flow::PaymentUndone,
        "the payer undid a payment and will take it later",
    ),
    either_way(line(
        N::ClinicianShare,
        "clinician's share",
        &[(R::ClinicianPay, R::ClinicianDue), (R::Held, R::Clinicians)],
        Flow::Move,
        "the engagement makes this part the clinician's",
    )),
    either_way(line(
        N::PracticeShare,
        "practice's share",
        &[(R::Held, R::Practices)],
        Flow::Move,
        "the engagement leaves this part to the practice",
    )),
    either_way(line(
        N::OperatorFeePractice,
        "operator's fee, borne by the practice",
        &[(R::OperatorFees, R::OperatorDue), (R::Practices, R::Operators)],
        Flow::Move,
        "the agreement prices this service",
    )),
    either_way(line(
        N::OperatorFeeClinician,
        "operator's fee, borne by a clinician",
        &[(R::ClinicianDue, R::OperatorDue), (R::Clinicians, R::Operators)],
        Flow::Move,
        "the engagement lets the clinician bear this price",
    )),
    either_way(line(
        N::CardFeePractice,
        "card fee, borne by the practice",
        &[(R::CardFees, R::Bank), (R::Practices, R::MoneyIn)],
        Flow::MoneyOut,
        "the card processor keeps its price",
    )),
    either_way(line(
        N::CardFeeClinician,
        "card fee, borne by a clinician",
        &[(R::ClinicianDue, R::Bank), (R::Clinicians, R::MoneyIn)],
        Flow::MoneyOut,
        "the clinician bears the card processor's price",
    )),
    draining(
        R::ClinicianDue,
        line(
            N::ClinicianPayout,
            "payout to a clinician",
            &[(R::ClinicianDue, R::Bank)],
            Flow::Payout,
            "what was due to the clinician was sent",
        ),
    ),
    draining(
        R::OperatorDue,
        line(
            N::OperatorPayout,
            "payout to the operator",
            &[(R::OperatorDue, R::Bank)],
            Flow::Payout,
            "what was due to the operator was sent",
        ),
    ),
    line(
        N::OwnerPayout,
        "payout to owners",
        &[(R::Draws, R::Bank)],
        Flow::Payout,
        "owners took out what is the practice's",
    ),
];

/// The line of the table that has this name.
pub fn rule(name: RuleName) -> &'static Rule {
    // INVARIANT: the table is in the order of the names (a test holds it to that).
    &RULES[name as usize]
}

/// The balanced postings of an event, with the rule that made them.
///
/// # Errors
/// [`Error::Amount`] for an amount of zero, of ten billion dollars or more, or negative where the
/// rule does not take back.
pub fn postings(event: &Event) -> Result<(&'static Rule, Vec<Posting>), Error> {
    let rule = rule(event.rule());
    let cents = event.cents();
    let is_wrong_sign = cents.is_negative() && !rule.may_be_negative;
    if cents == Cents::ZERO || is_wrong_sign || CENTS_LIMIT.unsigned_abs() <= cents.0.unsigned_abs()
    {
        return Err(Error::Amount { cents });
    }
    let charge = event.charge();
    let mut postings = Vec::with_capacity(rule.lines());
    for &(debit, credit) in rule.pairs {
        let (debit, credit) = (event.account(debit), event.account(credit));
        postings.push(Posting { account: debit, charge, cents });
        postings.push(Posting { account: credit, charge, cents: cents.negated()? });
    }
    Ok((rule, postings))
}

/// The table as text, for bookkeepers.
pub fn table() -> String {
    let mut text = format!("{:<37} | {:<12} | {:<12} | because\n", "event", "debit", "credit");
    for rule in &RULES {
        for (i, (debit, credit)) in rule.pairs.iter().enumerate() {
            let (event, because) = if i == 0 { (rule.event, rule.because) } else { ("", "") };
            let (debit, credit) = (format!("{debit:?}"), format!("{credit:?}"));
            let line = format!("{event:<37} | {debit:<12} | {credit:<12} | {because}");
            writeln!(text, "{}", line.trim_end()).expect("a string takes all that is written");
        }
    }
    text
}

impl Event {
    /// Which rule it goes by.
    pub fn rule(&self) -> RuleName {
        match self {
            Self::Charge { .. } => N::Charge,
            Self::ContractualAdjustment { .. } => N::ContractualAdjustment,
            Self::PayerPayment { charge: Some(_), .. } => N::PayerPayment,
            Self::PayerPayment { charge: None, .. } => N::PayerPaymentUnapplied,
            Self::PatientResponsibility { .. } => N::PatientResponsibility,
            Self::ClientPayment { charge: Some(_), .. } => N::ClientPayment,
            Self::ClientPayment { charge: None, .. } => N::ClientPaymentUnapplied,
            Self::Refund { charge: Some(_), .. } => N::Refund,
            Self::Refund { charge: None, .. } => N::RefundUnapplied,
            Self::Transfer { from: TransferFrom::Unapplied(_), .. } => N::TransferUnapplied,
            Self::Transfer { from: TransferFrom::OwedFromNowOnBy(_), .. } => N::TransferBalance,
            Self::WriteOff { .. } => N::WriteOff,
            Self::Interest { .. } => N::Interest,
            Self::Recoupment { from: RecoupedFrom::Charge(_), .. } => N::Recoupment,
            Self::Recoupment { from: RecoupedFrom::ForwardBalance, .. } => N::RecoupmentForward,
            Self::ForwardBalance { .. } => N::ForwardBalance,
            Self::Share { to: Sharer::Clinician(_), .. } => N::ClinicianShare,
            Self::Share { to: Sharer::Practice, .. } => N::PracticeShare,
            Self::Fee { to: Payee::Operator, borne_by: Bearer::Practice, .. } => {
                N::OperatorFeePractice
            }
            Self::Fee { to: Payee::Operator, borne_by: Bearer::Clinician(_), .. } => {
                N::OperatorFeeClinician
            }
            Self::Fee { to: Payee::CardProcessor, borne_by: Bearer::Practice, .. } => {
                N::CardFeePractice
            }
            Self::Fee { to: Payee::CardProcessor, borne_by: Bearer::Clinician(_), .. } => {
                N::CardFeeClinician
            }
            Self::Payout { to: Bearer::Clinician(_), .. } => N::ClinicianPayout,
            Self::Payout { to: Bearer::Practice, .. } => N::OwnerPayout,
            Self::OperatorPayout { .. } => N::OperatorPayout,
        }
    }

    /// The account that fills a role of the event's rule.
    pub(crate) fn account(&self, role: Role) -> Account {
        match role {
            R::Bank => Account::Bank,
            R::Owed => Account::Receivable(self.debtor()),
            R::OwedNext => Account::Receivable(self.next_debtor()),
            R::Unapplied => Account::Unapplied(self.payer_of_money()),
            R::Forward => match self.debtor() {
                Debtor::Payer(payer) => Account::Forward(payer),
                Debtor::Client(_) => unreachable!("only a payer has a forward balance"),
            },
            R::ClinicianDue => Account::ClinicianDue(self.clinician()),
            R::OperatorDue => Account::OperatorDue,
            R::Draws => Account::Draws,
            R::Income => Account::Income,
            R::Contractual => Account::Contractual,
            R::Interest => Account::Interest,
            R::WrittenOff => Account::WrittenOff,
            R::ClinicianPay => Account::ClinicianPay(self.clinician()),
            R::OperatorFees => Account::OperatorFees,
            R::CardFees => Account::CardFees,
            R::MoneyIn => Account::MoneyIn,
            R::Held => Account::Held,
            R::Clinicians => Account::CliniciansMoney(self.clinician()),
            R::Practices => Account::PracticesMoney,
            R::Operators => Account::OperatorsMoney,
        }
    }

    fn debtor(&self) -> Debtor {
        match *self {
            Self::Charge { owed_by, .. }
            | Self::Transfer { owed_by, .. }
            | Self::WriteOff { owed_by, .. } => owed_by,
            Self::ContractualAdjustment { payer, .. }
            | Self::PayerPayment { payer, .. }
            | Self::PatientResponsibility { payer, .. }
            | Self::Interest { payer, .. }
            | Self::Recoupment { payer, .. }
            | Self::ForwardBalance { payer, .. } => Debtor::Payer(payer),
            Self::ClientPayment { client, .. } => Debtor::Client(client),
            Self::Refund { to, .. } => to,
            Self::Share { .. }
            | Self::Fee { .. }
            | Self::Payout { .. }
            | Self::OperatorPayout { .. } => unreachable!("no rule of these names a debtor"),
        }
    }

    fn next_debtor(&self) -> Debtor {
        match *self {
            Self::PatientResponsibility { client, .. } => Debtor::Client(client),
            Self::Transfer { from: TransferFrom::OwedFromNowOnBy(debtor), .. } => debtor,
            _ => unreachable!("no other rule names a next debtor"),
        }
    }

    fn payer_of_money(&self) -> Debtor {
        match *self {
            Self::Transfer { from: TransferFrom::Unapplied(debtor), .. } => debtor,
            _ => self.debtor(),
        }
    }

    fn clinician(&self) -> crate::ClinicianId {
        match *self {
            Self::Share { to: Sharer::Clinician(clinician), .. }
            | Self::Fee { borne_by: Bearer::Clinician(clinician), .. }
            | Self::Payout { to: Bearer::Clinician(clinician), .. } => clinician,
            _ => unreachable!("no other rule names a clinician"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_its_names() {
        for (i, rule) in RULES.iter().enumerate() {
            assert_eq!(rule.name as usize, i, "{}", rule.event);
        }
    }

    #[test]
    fn memorandum_and_books_never_meet_in_one_pair() {
        let is_memorandum = |role: Role| {
            matches!(role, R::MoneyIn | R::Held | R::Clinicians | R::Practices | R::Operators)
        };
        for rule in &RULES {
            for &(debit, credit) in rule.pairs {
                assert_eq!(is_memorandum(debit), is_memorandum(credit), "{}", rule.event);
            }
        }
    }
}

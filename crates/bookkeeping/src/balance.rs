//! What the books say on a day: balances, the trial balance, and the two sums that always hold.

use std::collections::BTreeMap;

use jiff::civil::Date;
use money::Cents;

use crate::{Account, Chart, Class, Entry, Error, Flow, Posting, rule};

/// The balance of every account that was ever posted to; a debit balance is above zero.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Balances(BTreeMap<Account, Cents>);

impl Balances {
    /// The balances of entries posted on or before a day; of all entries when there is none.
    ///
    /// # Errors
    /// [`money::Error::Overflow`] when a sum does not fit.
    pub fn of(entries: &[Entry], as_of: Option<Date>) -> Result<Self, money::Error> {
        let mut balances = Self::default();
        for entry in entries.iter().filter(|entry| as_of.is_none_or(|day| entry.on <= day)) {
            balances.add(&entry.postings)?;
        }
        Ok(balances)
    }

    /// The balance of one account.
    pub fn of_account(&self, account: Account) -> Cents {
        self.0.get(&account).copied().unwrap_or(Cents::ZERO)
    }

    /// The sum of the accounts for which `is_meant` is true.
    ///
    /// # Errors
    /// [`money::Error::Overflow`] when the sum does not fit.
    pub fn sum(&self, is_meant: impl Fn(Account) -> bool) -> Result<Cents, money::Error> {
        Cents::sum(self.iter().filter(|(account, _)| is_meant(*account)).map(|(_, cents)| cents))
    }

    /// Every account with its balance, in the order of the chart.
    pub fn iter(&self) -> impl Iterator<Item = (Account, Cents)> + '_ {
        self.0.iter().map(|(account, cents)| (*account, *cents))
    }

    /// Adds all postings or, when one does not fit, none.
    pub(crate) fn add(&mut self, postings: &[Posting]) -> Result<(), money::Error> {
        for (i, posting) in postings.iter().enumerate() {
            let balance = self.0.entry(posting.account).or_default();
            match balance.plus(posting.cents) {
                Ok(sum) => *balance = sum,
                Err(error) => {
                    for kept in &postings[..i] {
                        let balance = self.0.entry(kept.account).or_default();
                        *balance = balance.minus(kept.cents)?;
                    }
                    return Err(error);
                }
            }
        }
        Ok(())
    }
}

/// One line of a trial balance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrialLine {
    /// The practice's code for the title.
    pub code: String,
    /// The account.
    pub account: Account,
    /// Its balance when that is a debit, else zero.
    pub debit: Cents,
    /// The size of its balance when that is a credit, else zero.
    pub credit: Cents,
}

/// All accounts of the books on a day, debits beside credits. Memorandum accounts stand apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrialBalance {
    /// The accounts with a balance, by code.
    pub lines: Vec<TrialLine>,
    /// The sum of debits, which is that of credits.
    pub debits: Cents,
    /// The sum of credits.
    pub credits: Cents,
}

impl TrialBalance {
    /// The trial balance of some balances under a practice's chart.
    ///
    /// # Errors
    /// [`Error::Money`] when a sum does not fit.
    pub fn of(balances: &Balances, chart: &Chart) -> Result<Self, Error> {
        let is_of_the_books = |account: Account| account.title().class() != Class::Memorandum;
        let mut lines = Vec::new();
        for (account, cents) in balances.iter().filter(|(account, _)| is_of_the_books(*account)) {
            if cents == Cents::ZERO {
                continue;
            }
            let (debit, credit) = match cents.is_negative() {
                true => (Cents::ZERO, cents.negated()?),
                false => (cents, Cents::ZERO),
            };
            let code = chart.line(account.title()).code.clone();
            lines.push(TrialLine { code, account, debit, credit });
        }
        lines.sort_by(|a, b| (&a.code, a.account).cmp(&(&b.code, b.account)));
        let debits = Cents::sum(lines.iter().map(|line| line.debit))?;
        let credits = Cents::sum(lines.iter().map(|line| line.credit))?;
        Ok(Self { lines, debits, credits })
    }
}

/// The sums that always hold, each counted from the events and not from the accounts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Work charged.
    pub charges: Cents,
    /// Money that paid charges, less what went back or is to go back.
    pub payments: Cents,
    /// What contracts do not allow and what was written off.
    pub adjustments: Cents,
    /// Money that came in, less what went back and what the card processor kept.
    pub money_in: Cents,
    /// Money sent to clinicians, operator and owners.
    pub paid_out: Cents,
}

impl Totals {
    /// The totals of entries posted on or before a day; of all entries when there is none.
    ///
    /// # Errors
    /// [`money::Error::Overflow`] when a sum does not fit.
    pub fn of(entries: &[Entry], as_of: Option<Date>) -> Result<Self, money::Error> {
        let mut totals = Self::default();
        for entry in entries.iter().filter(|entry| as_of.is_none_or(|day| entry.on <= day)) {
            totals.add(entry)?;
        }
        Ok(totals)
    }

    /// What should be owed: charges − payments − adjustments.
    ///
    /// # Errors
    /// [`money::Error::Overflow`] when it does not fit.
    pub fn receivable(&self) -> Result<Cents, money::Error> {
        self.charges.minus(self.payments)?.minus(self.adjustments)
    }

    fn add(&mut self, entry: &Entry) -> Result<(), money::Error> {
        // INVARIANT: the first posting is the debit of the rule's first pair, so it has the
        // amount of the event, and in a reversal its counterpart.
        let Some(cents) = entry.postings.first().map(|posting| posting.cents) else {
            return Ok(());
        };
        match rule(entry.cause.rule).flow {
            Flow::Charge => self.charges = self.charges.plus(cents)?,
            Flow::Adjustment => self.adjustments = self.adjustments.plus(cents)?,
            Flow::Payment => {
                self.payments = self.payments.plus(cents)?;
                self.money_in = self.money_in.plus(cents)?;
            }
            Flow::PaymentBack => {
                self.payments = self.payments.minus(cents)?;
                self.money_in = self.money_in.minus(cents)?;
            }
            Flow::PaymentUndone => self.payments = self.payments.minus(cents)?,
            Flow::Application => self.payments = self.payments.plus(cents)?,
            Flow::MoneyIn => self.money_in = self.money_in.plus(cents)?,
            Flow::MoneyOut => self.money_in = self.money_in.minus(cents)?,
            Flow::Payout => self.paid_out = self.paid_out.plus(cents)?,
            Flow::Move => {}
        }
        Ok(())
    }
}

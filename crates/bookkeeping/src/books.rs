//! A practice's books in memory: post, reverse, correct, close, and ask.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use money::Cents;

use crate::{
    Account, Aging, AgingFrom, Balances, Cause, ChargeId, Chart, Debtor, Entry, EntryId, Error,
    Event, Fact, Landing, Period, SourceId, Totals, TrialBalance, landing, postings,
};

/// The books of one practice. Entries are only ever added.
#[derive(Debug, Clone)]
pub struct Books {
    chart: Chart,
    entries: Vec<Entry>,
    places: BTreeMap<EntryId, usize>,
    reversed: BTreeSet<EntryId>,
    charges: BTreeMap<ChargeId, EntryId>,
    service_on: BTreeMap<ChargeId, Date>,
    balances: Balances,
    closed_through: Option<Period>,
}

impl Books {
    /// Empty books under a chart.
    pub fn new(chart: Chart) -> Self {
        Self {
            chart,
            entries: Vec::new(),
            places: BTreeMap::new(),
            reversed: BTreeSet::new(),
            charges: BTreeMap::new(),
            service_on: BTreeMap::new(),
            balances: Balances::default(),
            closed_through: None,
        }
    }

    /// Posts a fact. One of a closed month lands in the first open one, linked to its charge.
    ///
    /// # Errors
    /// Any of [`Error`]; the books are then as they were.
    pub fn post(&mut self, fact: Fact) -> Result<&Entry, Error> {
        if self.places.contains_key(&fact.id) {
            return Err(Error::AlreadyPosted(fact.id));
        }
        let (rule, postings) = postings(&fact.event)?;
        let old_line = self.old_line(&fact.event)?;
        if let Some(role) = rule.drains {
            self.require(fact.event.account(role), fact.event.cents())?;
        }
        let Landing { on, belongs_to, is_adjustment } = landing(fact.on, self.closed_through);
        let entry = Entry {
            id: fact.id,
            on,
            happened_on: fact.on,
            belongs_to,
            cause: Cause { rule: rule.name, source: fact.source },
            postings,
            reverses: None,
            adjusts: if is_adjustment { old_line } else { None },
        };
        let place = self.keep(entry)?;
        if let Event::Charge { charge, service_on, .. } = fact.event {
            self.charges.insert(charge, fact.id);
            self.service_on.insert(charge, service_on);
        }
        Ok(&self.entries[place])
    }

    /// Undoes an entry by its mirror, on `on` but never before the entry itself. The old line
    /// stays; its month, when closed, too.
    ///
    /// # Errors
    /// [`Error::NoSuchEntry`], [`Error::NotReversible`], [`Error::AlreadyPosted`], and
    /// [`Error::MoreThanThereIs`] when its money has been applied since.
    pub fn reverse(
        &mut self,
        id: EntryId,
        of: EntryId,
        on: Date,
        source: SourceId,
    ) -> Result<&Entry, Error> {
        if self.places.contains_key(&id) {
            return Err(Error::AlreadyPosted(id));
        }
        let old = self.entry(of).ok_or(Error::NoSuchEntry(of))?;
        if old.reverses.is_some() || self.reversed.contains(&of) {
            return Err(Error::NotReversible(of));
        }
        let postings = old.mirrored()?;
        for posting in postings.iter().filter(|posting| !posting.cents.is_negative()) {
            if matches!(posting.account, Account::Unapplied(_) | Account::Forward(_)) {
                self.require(posting.account, posting.cents)?;
            }
        }
        let is_of_closed_month = landing(old.on, self.closed_through).is_adjustment;
        let entry = Entry {
            id,
            on: landing(on.max(old.on), self.closed_through).on,
            happened_on: on,
            belongs_to: old.belongs_to,
            cause: Cause { rule: old.cause.rule, source },
            postings,
            reverses: Some(of),
            adjusts: is_of_closed_month.then_some(of),
        };
        let place = self.keep(entry)?;
        self.reversed.insert(of);
        Ok(&self.entries[place])
    }

    /// Undoes an entry and posts what should have been posted; both or neither.
    ///
    /// # Errors
    /// As [`Books::reverse`] and [`Books::post`].
    pub fn correct(&mut self, of: EntryId, reversal: EntryId, fact: Fact) -> Result<&Entry, Error> {
        self.reverse(reversal, of, fact.on, fact.source)?;
        if let Err(error) = self.post(fact) {
            self.take_back(reversal, of)?;
            return Err(error);
        }
        self.entry(fact.id).ok_or(Error::NoSuchEntry(fact.id))
    }

    /// Closes a month for good: the one after the last closed month, or any when none is.
    ///
    /// # Errors
    /// [`Error::PeriodOutOfOrder`] when it is closed already, or an earlier one is open.
    pub fn close(&mut self, period: Period) -> Result<(), Error> {
        if self.closed_through.is_some_and(|closed| closed.next() != period) {
            return Err(Error::PeriodOutOfOrder(period));
        }
        self.closed_through = Some(period);
        Ok(())
    }

    /// Every entry, in the order of posting.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// One entry.
    pub fn entry(&self, id: EntryId) -> Option<&Entry> {
        self.places.get(&id).map(|&place| &self.entries[place])
    }

    /// The last closed month.
    pub fn closed_through(&self) -> Option<Period> {
        self.closed_through
    }

    /// The balances of now.
    pub fn balances(&self) -> &Balances {
        &self.balances
    }

    /// The balances at the end of a day, as posted by then.
    ///
    /// # Errors
    /// [`Error::Money`] when a sum does not fit.
    pub fn balances_as_of(&self, day: Date) -> Result<Balances, Error> {
        Ok(Balances::of(&self.entries, Some(day))?)
    }

    /// The totals of now, counted from the events.
    ///
    /// # Errors
    /// [`Error::Money`] when a sum does not fit.
    pub fn totals(&self) -> Result<Totals, Error> {
        Ok(Totals::of(&self.entries, None)?)
    }

    /// The trial balance at the end of a day.
    ///
    /// # Errors
    /// [`Error::Money`] when a sum does not fit.
    pub fn trial_balance(&self, day: Date) -> Result<TrialBalance, Error> {
        TrialBalance::of(&self.balances_as_of(day)?, &self.chart)
    }

    /// What is owed at the end of a day by age, from the day of service.
    ///
    /// # Errors
    /// [`Error::Money`] when a sum does not fit.
    pub fn aging(&self, day: Date) -> Result<Aging, Error> {
        Ok(Aging::of(&self.entries, day, AgingFrom::Service(&self.service_on))?)
    }

    /// Money at the end of a day that has no charge yet, by who paid it, above zero.
    ///
    /// # Errors
    /// [`Error::Money`] when a sum does not fit.
    pub fn unapplied(&self, day: Date) -> Result<Vec<(Debtor, Cents)>, Error> {
        let mut unapplied = Vec::new();
        for (account, cents) in self.balances_as_of(day)?.iter() {
            if let (Account::Unapplied(from), false) = (account, cents == Cents::ZERO) {
                unapplied.push((from, cents.negated()?));
            }
        }
        Ok(unapplied)
    }

    fn keep(&mut self, entry: Entry) -> Result<usize, Error> {
        self.balances.add(&entry.postings)?;
        let place = self.entries.len();
        self.places.insert(entry.id, place);
        self.entries.push(entry);
        Ok(place)
    }

    /// Takes back a reversal that was kept a moment ago, because its correction cannot be.
    fn take_back(&mut self, reversal: EntryId, of: EntryId) -> Result<(), Error> {
        if let Some(entry) = self.entries.pop_if(|entry| entry.id == reversal) {
            self.balances.add(&entry.mirrored()?)?;
            self.places.remove(&reversal);
            self.reversed.remove(&of);
        }
        Ok(())
    }

    /// The entry that charged what an event is about. A charge whose entry was reversed can be
    /// charged anew; until then what was paid for it can still go back or be laid elsewhere.
    fn old_line(&self, event: &Event) -> Result<Option<EntryId>, Error> {
        let Some(charge) = event.charge() else { return Ok(None) };
        let old_line = self.charges.get(&charge).copied();
        match (event, old_line) {
            (Event::Charge { .. }, Some(line)) if !self.reversed.contains(&line) => {
                Err(Error::ChargeAlreadyPosted(charge))
            }
            (Event::Charge { .. }, _) => Ok(None),
            (_, None) => Err(Error::NoSuchCharge(charge)),
            (_, found) => Ok(found),
        }
    }

    /// A liability stands on the credit side: it holds the counterpart of its balance.
    fn require(&self, account: Account, cents: Cents) -> Result<(), Error> {
        let holds = self.balances.of_account(account).negated()?;
        if holds < cents { Err(Error::MoreThanThereIs { account, holds }) } else { Ok(()) }
    }
}

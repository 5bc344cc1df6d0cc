//! Posts facts: however many there are, the database is asked in four statements at most.
//!
//! A batch is posted as if each of its facts were posted alone, one after the other: a charge of the
//! batch is known to what comes after it, and money of the batch can be drained by what comes after
//! it. What cannot be posted stops the whole batch before anything is written.

use std::collections::BTreeMap;

use bookkeeping::{Account, ChargeId, Event, Landing, Period, Posting, Rule, landing, postings};
use ground::db::Tx;
use ids::{EntryId, PracticeId};
use money::Cents;

use crate::keeping::{self, NewEntry};
use crate::model::{self, Error, Fact, Posted};
use crate::queries::{self, ChargeEntry};

/// Posts a fact, unless its cause was posted by this rule before. One of a closed month lands in
/// the first open one, linked to its charge.
///
/// # Errors
/// [`Error::Books`] where the fact cannot be posted; nothing was written then.
pub async fn post(tx: &mut Tx, practice: PracticeId, fact: &Fact) -> Result<Posted, Error> {
    let posted = post_all(tx, practice, std::slice::from_ref(fact)).await?;
    Ok(posted[0])
}

/// Posts facts in their order, each as [`post`] does, all of them or none. The answers are in the
/// order of the facts.
///
/// # Errors
/// [`Error::Books`] where one of them cannot be posted; nothing was written then.
pub async fn post_all(
    tx: &mut Tx,
    practice: PracticeId,
    facts: &[Fact],
) -> Result<Vec<Posted>, Error> {
    if facts.is_empty() {
        return Ok(Vec::new());
    }
    queries::lock(tx, practice).await?;
    let drafts = facts.iter().map(Draft::of).collect::<Result<Vec<_>, _>>()?;
    let mut books = Books::read(tx, practice, &drafts).await?;
    let mut new = Vec::with_capacity(drafts.len());
    let mut answers = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let id = tx.house().new_id();
        let answer = books.take(id, draft, &mut new)?;
        answers.push(answer);
    }
    keeping::insert_entries(tx, practice, &new).await?;
    Ok(answers)
}

/// A fact with what its rule makes of it.
struct Draft<'f> {
    fact: &'f Fact,
    rule: &'static Rule,
    postings: Vec<Posting>,
}

impl<'f> Draft<'f> {
    fn of(fact: &'f Fact) -> Result<Self, bookkeeping::Error> {
        let (rule, postings) = postings(&fact.event)?;
        Ok(Self { fact, rule, postings })
    }

    fn drained(&self) -> Option<Account> {
        model::drained(&self.fact.event, self.rule)
    }

    fn key(&self) -> queries::Asked {
        let charge = self.fact.event.charge();
        queries::Asked { cause: self.fact.cause, rule: self.rule.name, charge }
    }
}

/// What the books say of the facts of a batch, kept up as the batch goes on.
struct Books {
    posted: BTreeMap<queries::Asked, EntryId>,
    charges: BTreeMap<ChargeId, ChargeEntry>,
    /// What the accounts hold that something of the batch drains, as balances.
    drained: BTreeMap<Account, Cents>,
    closed: Option<Period>,
}

impl Books {
    async fn read(tx: &mut Tx, practice: PracticeId, drafts: &[Draft<'_>]) -> Result<Self, Error> {
        let asked: Vec<queries::Asked> = drafts.iter().map(Draft::key).collect();
        let queries::Known { posted, charges, closed } =
            queries::known(tx, practice, &asked).await?;
        let mut drained = BTreeMap::new();
        for account in drafts.iter().filter_map(Draft::drained) {
            if let std::collections::btree_map::Entry::Vacant(place) = drained.entry(account) {
                place.insert(queries::balance(tx, practice, account).await?);
            }
        }
        Ok(Self { posted, charges, drained, closed })
    }

    /// Takes a fact into the batch, or says by which entry it was posted before.
    fn take(
        &mut self,
        id: EntryId,
        draft: Draft<'_>,
        batch: &mut Vec<(NewEntry, Vec<Posting>)>,
    ) -> Result<Posted, Error> {
        let Draft { fact, rule, .. } = draft;
        let key = draft.key();
        if let Some(before) = self.posted.get(&key) {
            return Ok(Posted::Before(*before));
        }
        let charge = match fact.event.charge() {
            None => None,
            Some(charge) => self.charge_of(&fact.event, charge)?,
        };
        if let Some(account) = draft.drained() {
            let holds = self.drained.get(&account).copied().unwrap_or(Cents::ZERO).negated()?;
            if holds < fact.event.cents() {
                return Err(bookkeeping::Error::MoreThanThereIs { account, holds }.into());
            }
        }
        for posting in &draft.postings {
            if let Some(balance) = self.drained.get_mut(&posting.account) {
                *balance = balance.plus(posting.cents)?;
            }
        }
        let landing: Landing = landing(fact.on, self.closed);
        let of = charge.map_or(fact.of, |it| Some(it.of));
        if let (Event::Charge { charge, .. }, Some(of)) = (fact.event, fact.of) {
            self.charges.insert(charge, ChargeEntry { entry: id, of });
        }
        self.posted.insert(key, id);
        let entry = NewEntry {
            id,
            cause: fact.cause,
            rule: rule.name,
            happened_on: fact.on,
            landing,
            of,
            reverses: None,
            adjusts: charge.filter(|_| landing.is_adjustment).map(|it| it.entry),
        };
        batch.push((entry, draft.postings));
        Ok(Posted::Now(id))
    }

    /// The entry of the charge that an event is about. A charge is posted once, and before all
    /// else.
    fn charge_of(
        &self,
        event: &Event,
        charge: ChargeId,
    ) -> Result<Option<ChargeEntry>, bookkeeping::Error> {
        let known = self.charges.get(&charge).copied();
        match (event, known) {
            (Event::Charge { .. }, Some(_)) => Err(bookkeeping::Error::ChargeAlreadyPosted(charge)),
            (Event::Charge { .. }, None) | (_, Some(_)) => Ok(known),
            (_, None) => Err(bookkeeping::Error::NoSuchCharge(charge)),
        }
    }
}

//! All SQL of the books, but for how entries are kept (`keeping`) and for a client's bill (`bill`).

use std::collections::BTreeMap;

use bookkeeping::{Account, Entry, Period, Posting, RuleName, SourceId, Title};
use ground::db::{self, Day, Instant, Tx};
use ids::{ClientId, ClinicianId, EntryId, PracticeId, Uuid};
use jiff::civil::Date;
use money::Cents;

use crate::model::{self, Cause, CauseKind, Of, Party};

/// Entries that are read at once; what reads all goes on with the next.
const READ_AT_ONCE: i64 = if cfg!(test) { 2 } else { 50_000 };
/// Entries on one page.
const PAGE_MAX: i64 = 50;
/// Most rows of other lists.
const ROWS_MAX: i64 = 1_000;

/// Lets one transaction at a time post in a practice, so that what it looked at stays so.
///
/// # Errors
/// As the database says.
pub async fn lock(tx: &mut Tx, practice: PracticeId) -> db::Result<()> {
    sqlx::query("select pg_advisory_xact_lock(hashtextextended('ledger ' || $1::text, 0))")
        .bind(practice.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// A fact, as the books tell it from others: posted once by this cause and rule, for this charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Asked {
    pub cause: Cause,
    pub rule: RuleName,
    pub charge: Option<bookkeeping::ChargeId>,
}

/// The entry that charged, and whose the charge is.
#[derive(Debug, Clone, Copy)]
pub struct ChargeEntry {
    pub entry: EntryId,
    pub of: Of,
}

/// What the books know of facts before they are posted.
#[derive(Debug)]
pub struct Known {
    /// Those that were posted before.
    pub posted: BTreeMap<Asked, EntryId>,
    /// Their charges that were posted.
    pub charges: BTreeMap<bookkeeping::ChargeId, ChargeEntry>,
    /// The last closed month.
    pub closed: Option<Period>,
}

type KnownRow = (i64, Option<Uuid>, Option<Uuid>, Option<Uuid>, Option<Uuid>, Option<Day>);

/// What the books know of facts. Served by `entry_cause_counts_once` and
/// `entry_charge_is_posted_once`, each looked into once for a fact.
pub async fn known(tx: &mut Tx, practice: PracticeId, asked: &[Asked]) -> db::Result<Known> {
    let kinds: Vec<&str> = asked.iter().map(|it| it.cause.kind.word()).collect();
    let causes: Vec<Uuid> = asked.iter().map(|it| it.cause.id).collect();
    let rules: Vec<&str> = asked.iter().map(|it| model::rule_word(it.rule)).collect();
    let charges: Vec<Option<Uuid>> = asked.iter().map(|it| charge_uuid(it.charge)).collect();
    let rows: Vec<KnownRow> = sqlx::query_as(
        "select f.at, p.entry_id, c.entry_id, c.client_id, c.clinician_id,
                (select max(m.month) from ledger.closed_month m where m.practice_id = $1)
           from unnest($2::text[], $3::uuid[], $4::text[], $5::uuid[]) with ordinality
                f (kind, cause, rule, charge, at)
           left join lateral (
                select e.entry_id
                  from ledger.entry e
                 where e.practice_id = $1
                   and e.cause_kind = f.kind
                   and e.cause_id = f.cause
                   and e.rule = f.rule
                   and e.charge_id is not distinct from f.charge
                   and e.reverses is null
                 limit 1) p on true
           left join lateral (
                select e.entry_id, e.client_id, e.clinician_id
                  from ledger.entry e
                 where e.practice_id = $1
                   and e.charge_id = f.charge
                   and e.rule = 'charge'
                   and e.reverses is null
                 limit 1) c on true",
    )
    .bind(practice.0)
    .bind(kinds)
    .bind(causes)
    .bind(rules)
    .bind(charges)
    .fetch_all(&mut **tx)
    .await?;
    let mut known = Known { posted: BTreeMap::new(), charges: BTreeMap::new(), closed: None };
    for (at, posted, charged_by, client, clinician, closed) in rows {
        known.closed = closed.map(|month| Period::of(month.0));
        let at = usize::try_from(at - 1).unwrap_or(usize::MAX);
        let Some(asked) = asked.get(at) else { continue };
        known.posted.extend(posted.map(|id| (*asked, EntryId(id))));
        let (Some(charge), Some(entry)) = (asked.charge, charged_by) else { continue };
        let (Some(client), Some(clinician)) = (client, clinician) else {
            return Err(broken(entry, "a charge that does not say whose it is"));
        };
        let of = Of { client: ClientId(client), clinician: ClinicianId(clinician) };
        known.charges.insert(charge, ChargeEntry { entry: EntryId(entry), of });
    }
    Ok(known)
}

pub fn charge_uuid(charge: Option<bookkeeping::ChargeId>) -> Option<Uuid> {
    charge.map(|charge| Uuid::from_u128(charge.0))
}

/// The entry that undid this one.
pub async fn reversal_of(
    tx: &mut Tx,
    practice: PracticeId,
    of: EntryId,
) -> db::Result<Option<EntryId>> {
    let found: Option<Uuid> = sqlx::query_scalar(
        "select e.entry_id
           from ledger.entry e
          where e.practice_id = $1
            and e.reverses = $2",
    )
    .bind(practice.0)
    .bind(of.0)
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found.map(EntryId))
}

/// The last closed month. Served by the key.
pub async fn closed_through(tx: &mut Tx, practice: PracticeId) -> db::Result<Option<Period>> {
    let month: Option<Day> = sqlx::query_scalar(
        "select max(c.month) from ledger.closed_month c where c.practice_id = $1",
    )
    .bind(practice.0)
    .fetch_one(&mut **tx)
    .await?;
    Ok(month.map(|month| Period::of(month.0)))
}

/// Keeps a closed month.
pub async fn insert_closed_month(
    tx: &mut Tx,
    practice: PracticeId,
    month: Period,
) -> db::Result<()> {
    let (now, by) = (tx.house().now(), tx.acting().person());
    sqlx::query(
        "insert into ledger.closed_month (practice_id, month, closed_at, closed_by)
         values ($1, $2, $3, $4)",
    )
    .bind(practice.0)
    .bind(Day(month.first_day()))
    .bind(Instant(now))
    .bind(by.map(|person| person.0))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What an account holds. Served by `posting_account`.
pub async fn balance(tx: &mut Tx, practice: PracticeId, account: Account) -> db::Result<Cents> {
    let party = Party::of(account);
    let (payer, client, clinician) = match &party {
        Some(Party::Payer(code)) => (Some(code.as_str()), None, None),
        Some(Party::Client(id)) => (None, Some(id.0), None),
        Some(Party::Clinician(id)) => (None, None, Some(id.0)),
        None => (None, None, None),
    };
    let cents: i64 = sqlx::query_scalar(
        "select coalesce(sum(p.cents), 0)::bigint
           from ledger.posting p
          where p.practice_id = $1
            and p.account = $2
            and ($3::text is null or p.payer_code = $3)
            and ($4::uuid is null or p.client_id = $4)
            and ($5::uuid is null or p.clinician_id = $5)",
    )
    .bind(practice.0)
    .bind(model::title_word(account.title()))
    .bind(payer)
    .bind(client)
    .bind(clinician)
    .fetch_one(&mut **tx)
    .await?;
    Ok(Cents(cents))
}

/// Every title with its balance, in the order of the chart. Served by `posting_account`.
pub async fn titles(tx: &mut Tx, practice: PracticeId) -> db::Result<Vec<(Title, Cents)>> {
    let rows: Vec<(String, i64)> = sqlx::query_as(
        "select p.account, sum(p.cents)::bigint
           from ledger.posting p
          where p.practice_id = $1
          group by p.account
          order by p.account
          limit $2",
    )
    .bind(practice.0)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let known = |word: &str| {
        model::title_of(word).ok_or_else(|| broken(Uuid::nil(), "an account that is in no chart"))
    };
    let mut titles: Vec<(Title, Cents)> = Vec::with_capacity(rows.len());
    for (word, cents) in rows {
        titles.push((known(&word)?, Cents(cents)));
    }
    titles.sort();
    Ok(titles)
}

/// An entry as a page lists it.
#[derive(Debug, Clone)]
pub struct Listed {
    pub id: EntryId,
    pub place: i64,
    pub on: Date,
    pub rule: RuleName,
    pub cause: Cause,
    pub cents: Cents,
    pub client: Option<String>,
    pub payer: Option<String>,
    pub is_reversal: bool,
}

type ListedRow =
    (Uuid, i64, Day, String, String, Uuid, i64, Option<String>, Option<String>, Option<Uuid>);

/// Entries, the newest first, before a place in the order of posting.
pub async fn listed(
    tx: &mut Tx,
    practice: PracticeId,
    before: Option<i64>,
) -> db::Result<Vec<Listed>> {
    let rows: Vec<ListedRow> = sqlx::query_as(
        "select e.entry_id, e.place, e.posted_on, e.rule, e.cause_kind, e.cause_id, p.cents,
                c.name, e.payer_code, e.reverses
           from ledger.entry e
           join ledger.posting p on p.practice_id = e.practice_id
                                and p.entry_id = e.entry_id
                                and p.line = 1
           left join people.client c on c.practice_id = e.practice_id and c.client_id = e.client_id
          where e.practice_id = $1
            and ($2::bigint is null or e.place < $2)
          order by e.place desc
          limit $3",
    )
    .bind(practice.0)
    .bind(before)
    .bind(PAGE_MAX)
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(read_listed).collect()
}

fn read_listed(row: ListedRow) -> db::Result<Listed> {
    let (id, place, on, rule, kind, cause, cents, client, payer, reverses) = row;
    Ok(Listed {
        id: EntryId(id),
        place,
        on: on.0,
        rule: read_rule(id, &rule)?,
        cause: read_cause(id, &kind, cause)?,
        cents: Cents(cents),
        client,
        payer,
        is_reversal: reverses.is_some(),
    })
}

/// The rule of a word, as an entry has it.
///
/// # Errors
/// [`db::Error::Broken`] where it is in no table.
pub fn read_rule(id: Uuid, word: &str) -> db::Result<RuleName> {
    model::rule_of(word).ok_or_else(|| broken(id, "a rule that is in no table"))
}

pub fn read_cause(id: Uuid, kind: &str, cause: Uuid) -> db::Result<Cause> {
    let kind = CauseKind::of_word(kind).ok_or_else(|| broken(id, "a cause of no kind"))?;
    Ok(Cause { kind, id: cause })
}

fn broken(id: Uuid, why: &str) -> db::Error {
    db::Error::Broken { table: "ledger.entry", id: id.to_string(), why: why.into() }
}

type Id = Option<Uuid>;
type EntryRow = (i64, Uuid, Day, Day, Day, String, Uuid, Id, Id, Id, Id);
type PostingRow = (Uuid, String, i64, Option<Uuid>, Option<Uuid>, Option<Uuid>, Option<String>);

/// Entries of a page in the order of posting: those after a place, or one alone.
async fn read_entries(
    tx: &mut Tx,
    practice: PracticeId,
    only: Option<EntryId>,
    after: i64,
) -> db::Result<Vec<(i64, Entry, Option<Of>)>> {
    let entries: Vec<EntryRow> = sqlx::query_as(
        "select e.place, e.entry_id, e.posted_on, e.happened_on, e.belongs_to, e.rule, e.cause_id,
                e.reverses, e.adjusts, e.client_id, e.clinician_id
           from ledger.entry e
          where e.practice_id = $1
            and ($2::uuid is null or e.entry_id = $2)
            and e.place > $3
          order by e.place
          limit $4",
    )
    .bind(practice.0)
    .bind(only.map(|id| id.0))
    .bind(after)
    .bind(READ_AT_ONCE)
    .fetch_all(&mut **tx)
    .await?;
    let ids: Vec<Uuid> = entries.iter().map(|row| row.1).collect();
    let postings: Vec<PostingRow> = sqlx::query_as(
        "select p.entry_id, p.account, p.cents, p.charge_id, p.client_id, p.clinician_id,
                p.payer_code
           from ledger.posting p
          where p.practice_id = $1
            and p.entry_id = any ($2)
          order by p.entry_id, p.line",
    )
    .bind(practice.0)
    .bind(ids)
    .fetch_all(&mut **tx)
    .await?;
    let mut by_entry = BTreeMap::<Uuid, Vec<Posting>>::new();
    for row in postings {
        let (entry, posting) = read_posting(row)?;
        by_entry.entry(entry).or_default().push(posting);
    }
    entries.into_iter().map(|row| read_entry(row, &mut by_entry)).collect()
}

fn read_posting(row: PostingRow) -> db::Result<(Uuid, Posting)> {
    let (entry, word, cents, charge, client, clinician, payer) = row;
    let (client, clinician) = (client.map(ClientId), clinician.map(ClinicianId));
    let account = model::title_of(&word)
        .and_then(|title| model::account(title, client, clinician, payer.as_deref()))
        .ok_or_else(|| broken(entry, "an account without its party"))?;
    let charge = charge.map(|id| bookkeeping::ChargeId(id.as_u128()));
    Ok((entry, Posting { account, charge, cents: Cents(cents) }))
}

fn read_entry(
    row: EntryRow,
    postings: &mut BTreeMap<Uuid, Vec<Posting>>,
) -> db::Result<(i64, Entry, Option<Of>)> {
    let (place, id, on, happened, belongs, rule, cause, reverses, adjusts, client, clinician) = row;
    let known = |id: Uuid| bookkeeping::EntryId(id.as_u128());
    let entry = Entry {
        id: known(id),
        on: on.0,
        happened_on: happened.0,
        belongs_to: Period::of(belongs.0),
        cause: bookkeeping::Cause {
            rule: read_rule(id, &rule)?,
            source: SourceId(cause.as_u128()),
        },
        postings: postings.remove(&id).unwrap_or_default(),
        reverses: reverses.map(known),
        adjusts: adjusts.map(known),
    };
    let of = client.zip(clinician);
    let of = of.map(|(client, clinician)| Of {
        client: ClientId(client),
        clinician: ClinicianId(clinician),
    });
    Ok((place, entry, of))
}

/// Every entry in the order of posting, however many, as `bookkeeping` knows them: for checks and
/// exports, which would be worth nothing of a part.
///
/// # Errors
/// As the database says.
pub async fn entries(tx: &mut Tx, practice: PracticeId) -> db::Result<Vec<Entry>> {
    let (mut all, mut last) = (Vec::new(), 0);
    loop {
        let page = read_entries(tx, practice, None, last).await?;
        match page.last() {
            Some((place, ..)) => last = *place,
            None => return Ok(all),
        }
        all.extend(page.into_iter().map(|(_, entry, _)| entry));
    }
}

/// One entry, with whose it is.
pub async fn entry(
    tx: &mut Tx,
    practice: PracticeId,
    id: EntryId,
) -> db::Result<Option<(Entry, Option<Of>)>> {
    let found = read_entries(tx, practice, Some(id), 0).await?.pop();
    Ok(found.map(|(_, entry, of)| (entry, of)))
}

/// The cause of one entry.
pub async fn cause_of(tx: &mut Tx, practice: PracticeId, id: EntryId) -> db::Result<Option<Cause>> {
    let found: Option<(String, Uuid)> = sqlx::query_as(
        "select e.cause_kind, e.cause_id
           from ledger.entry e
          where e.practice_id = $1
            and e.entry_id = $2",
    )
    .bind(practice.0)
    .bind(id.0)
    .fetch_optional(&mut **tx)
    .await?;
    found.map(|(kind, cause)| read_cause(id.0, &kind, cause)).transpose()
}

/// The entries of a cause that stand, in the order of posting: those that nothing has undone.
/// Served by `entry_cause_counts_once`.
///
/// # Errors
/// As the database says.
pub async fn entry_of(
    tx: &mut Tx,
    practice: PracticeId,
    cause: Cause,
) -> db::Result<Vec<(EntryId, RuleName, Cents)>> {
    let rows: Vec<(Uuid, String, i64)> = sqlx::query_as(
        "select e.entry_id, e.rule, p.cents
           from ledger.entry e
           join ledger.posting p on p.practice_id = e.practice_id
                                and p.entry_id = e.entry_id
                                and p.line = 1
          where e.practice_id = $1
            and e.cause_kind = $2
            and e.cause_id = $3
            and e.reverses is null
            and not exists (
                select from ledger.entry r
                 where r.practice_id = e.practice_id
                   and r.reverses = e.entry_id)
          order by e.place
          limit $4",
    )
    .bind(practice.0)
    .bind(cause.kind.word())
    .bind(cause.id)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let read = |(id, rule, cents): (Uuid, String, i64)| {
        Ok((EntryId(id), read_rule(id, &rule)?, Cents(cents)))
    };
    rows.into_iter().map(read).collect()
}

/// A practice's name and the zone of its wall clock.
pub async fn practice(tx: &mut Tx, practice: PracticeId) -> db::Result<(String, String)> {
    Ok(sqlx::query_as("select p.name, p.zone from people.practice p where p.practice_id = $1")
        .bind(practice.0)
        .fetch_one(&mut **tx)
        .await?)
}

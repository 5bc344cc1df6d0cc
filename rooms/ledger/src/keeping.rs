//! How entries are kept: all of a batch with their postings in one statement.

use bookkeeping::{Account, Landing, Posting, RuleName};
use ground::db::{self, Day, Instant, Tx};
use ids::{ClientId, ClinicianId, EntryId, PracticeId, Uuid};
use jiff::civil::Date;

use crate::model::{self, Cause, Of, Party};
use crate::queries::charge_uuid;

/// An entry about to be kept.
#[derive(Debug)]
pub struct NewEntry {
    pub id: EntryId,
    pub cause: Cause,
    pub rule: RuleName,
    pub happened_on: Date,
    pub landing: Landing,
    pub of: Option<Of>,
    pub reverses: Option<EntryId>,
    pub adjusts: Option<EntryId>,
}

/// Whose a posting is: of its account or, where that is nobody's, of its charge.
struct Whose {
    client: Option<ClientId>,
    clinician: Option<ClinicianId>,
    payer: Option<String>,
}

fn whose(account: Account, of: Option<Of>) -> Whose {
    let (client, clinician) = (of.map(|it| it.client), of.map(|it| it.clinician));
    match Party::of(account) {
        Some(Party::Payer(code)) => Whose { client, clinician, payer: Some(code) },
        Some(Party::Client(client)) => Whose { client: Some(client), clinician, payer: None },
        Some(Party::Clinician(it)) => Whose { client, clinician: Some(it), payer: None },
        None => Whose { client, clinician, payer: None },
    }
}

/// The columns of entries about to be kept, each an array.
#[derive(Default)]
struct EntryColumns<'a> {
    id: Vec<Uuid>,
    posted_on: Vec<Day>,
    happened_on: Vec<Day>,
    belongs_to: Vec<Day>,
    rule: Vec<&'a str>,
    cause_kind: Vec<&'a str>,
    cause_id: Vec<Uuid>,
    lines: Vec<i32>,
    charge: Vec<Option<Uuid>>,
    client: Vec<Option<Uuid>>,
    clinician: Vec<Option<Uuid>>,
    payer: Vec<Option<String>>,
    reverses: Vec<Option<Uuid>>,
    adjusts: Vec<Option<Uuid>>,
}

/// The columns of their postings.
#[derive(Default)]
struct PostingColumns<'a> {
    entry: Vec<Uuid>,
    line: Vec<i32>,
    account: Vec<&'a str>,
    cents: Vec<i64>,
    charge: Vec<Option<Uuid>>,
    client: Vec<Option<Uuid>>,
    clinician: Vec<Option<Uuid>>,
    payer: Vec<Option<String>>,
}

impl EntryColumns<'_> {
    fn push(&mut self, new: &NewEntry, postings: &[Posting], whose: &[Whose]) {
        self.id.push(new.id.0);
        self.posted_on.push(Day(new.landing.on));
        self.happened_on.push(Day(new.happened_on));
        self.belongs_to.push(Day(new.landing.belongs_to.first_day()));
        self.rule.push(model::rule_word(new.rule));
        self.cause_kind.push(new.cause.kind.word());
        self.cause_id.push(new.cause.id);
        self.lines.push(i32::try_from(postings.len()).unwrap_or(i32::MAX));
        self.charge.push(charge_uuid(postings.first().and_then(|it| it.charge)));
        self.client.push(whose.iter().find_map(|it| it.client).map(|id| id.0));
        self.clinician.push(whose.iter().find_map(|it| it.clinician).map(|id| id.0));
        self.payer.push(whose.iter().find_map(|it| it.payer.clone()));
        self.reverses.push(new.reverses.map(|id| id.0));
        self.adjusts.push(new.adjusts.map(|id| id.0));
    }
}

impl PostingColumns<'_> {
    fn push(&mut self, entry: EntryId, line: i32, posting: &Posting, whose: Whose) {
        self.entry.push(entry.0);
        self.line.push(line);
        self.account.push(model::title_word(posting.account.title()));
        self.cents.push(posting.cents.0);
        self.charge.push(charge_uuid(posting.charge));
        self.client.push(whose.client.map(|id| id.0));
        self.clinician.push(whose.clinician.map(|id| id.0));
        self.payer.push(whose.payer);
    }
}

/// Entries with their postings, in one statement however many they are. The places of entries are
/// given in the order of the arrays.
const INSERT_ENTRIES: &str = "with kept as (
         insert into ledger.entry (practice_id, entry_id, posted_at, posted_by, posted_on,
                                   happened_on, belongs_to, rule, cause_kind, cause_id, lines,
                                   charge_id, client_id, clinician_id, payer_code, reverses, adjusts)
         select $1, e.id, $2, $3, e.posted_on, e.happened_on, e.belongs_to, e.rule, e.cause_kind,
                e.cause_id, e.lines, e.charge, e.client, e.clinician, e.payer, e.reverses, e.adjusts
           from unnest($4::uuid[], $5::date[], $6::date[], $7::date[], $8::text[], $9::text[],
                       $10::uuid[], $11::int[], $12::uuid[], $13::uuid[], $14::uuid[], $15::text[],
                       $16::uuid[], $17::uuid[]) with ordinality
                e (id, posted_on, happened_on, belongs_to, rule, cause_kind, cause_id, lines, charge,
                   client, clinician, payer, reverses, adjusts, at)
          order by e.at)
     insert into ledger.posting (practice_id, entry_id, line, account, cents, charge_id, client_id,
                                 clinician_id, payer_code)
     select $1, p.entry, p.line, p.account, p.cents, p.charge, p.client, p.clinician, p.payer
       from unnest($18::uuid[], $19::int[], $20::text[], $21::bigint[], $22::uuid[], $23::uuid[],
                   $24::uuid[], $25::text[])
            p (entry, line, account, cents, charge, client, clinician, payer)";

/// Keeps entries with their postings, all of them or none.
pub async fn insert_entries(
    tx: &mut Tx,
    practice: PracticeId,
    new: &[(NewEntry, Vec<Posting>)],
) -> db::Result<()> {
    if new.is_empty() {
        return Ok(());
    }
    let (now, by) = (tx.house().now(), tx.acting().person());
    let (mut entries, mut lines) = (EntryColumns::default(), PostingColumns::default());
    for (entry, postings) in new {
        let parties: Vec<Whose> = postings.iter().map(|it| whose(it.account, entry.of)).collect();
        entries.push(entry, postings, &parties);
        for (line, (posting, whose)) in (1_i32..).zip(postings.iter().zip(parties)) {
            lines.push(entry.id, line, posting, whose);
        }
    }
    sqlx::query(INSERT_ENTRIES)
        .bind(practice.0)
        .bind(Instant(now))
        .bind(by.map(|person| person.0))
        .bind(entries.id)
        .bind(entries.posted_on)
        .bind(entries.happened_on)
        .bind(entries.belongs_to)
        .bind(entries.rule)
        .bind(entries.cause_kind)
        .bind(entries.cause_id)
        .bind(entries.lines)
        .bind(entries.charge)
        .bind(entries.client)
        .bind(entries.clinician)
        .bind(entries.payer)
        .bind(entries.reverses)
        .bind(entries.adjusts)
        .bind(lines.entry)
        .bind(lines.line)
        .bind(lines.account)
        .bind(lines.cents)
        .bind(lines.charge)
        .bind(lines.client)
        .bind(lines.clinician)
        .bind(lines.payer)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

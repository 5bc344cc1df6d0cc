//! All SQL of remittances, of their answers, and of what plans leave to clients.

use ground::db::{self, Day, Instant, Tx};
use ids::{ChargeId, ClaimId, ClientId, PracticeId, RemittanceId, Uuid};
use jiff::civil::Date;
use money::Cents;
use terms::PayerCode;
use x12::remittance_835::{ClaimPayment, PaymentKey};

use super::{AnswerState, State};
use crate::claim::Claim;

/// Most rows of one list.
const ROWS_MAX: i64 = 2_000;

/// A remittance about to be kept.
pub struct NewRemittance<'a> {
    pub id: RemittanceId,
    pub file: Uuid,
    pub payer: Option<&'a PayerCode>,
    pub payer_name: &'a str,
    pub key: &'a PaymentKey,
    pub state: State,
}

/// Keeps a remittance; the one that is there already, where the same payment came before.
pub async fn insert(
    tx: &mut Tx,
    practice: PracticeId,
    new: &NewRemittance<'_>,
) -> db::Result<Option<RemittanceId>> {
    let now = tx.house().now();
    let done = sqlx::query(
        "insert into billing.remittance (practice_id, remittance_id, file_id, payer_code,
                                         payer_name, originator, trace, paid_on, cents, payee,
                                         state, kept_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
             on conflict (practice_id, originator, trace, paid_on, cents, payee) do nothing",
    )
    .bind(practice.0)
    .bind(new.id.0)
    .bind(new.file)
    .bind(new.payer.map(PayerCode::as_str))
    .bind(new.payer_name)
    .bind(&new.key.originator)
    .bind(&new.key.number)
    .bind(new.key.paid_on.map(Day))
    .bind(new.key.amount.0)
    .bind(&new.key.payee)
    .bind(new.state.word())
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 1 {
        return Ok(None);
    }
    let before: Uuid = sqlx::query_scalar(
        "select r.remittance_id
           from billing.remittance r
          where r.practice_id = $1
            and r.originator = $2
            and r.trace = $3
            and r.paid_on is not distinct from $4
            and r.cents = $5
            and r.payee = $6",
    )
    .bind(practice.0)
    .bind(&new.key.originator)
    .bind(&new.key.number)
    .bind(new.key.paid_on.map(Day))
    .bind(new.key.amount.0)
    .bind(&new.key.payee)
    .fetch_one(&mut **tx)
    .await?;
    Ok(Some(RemittanceId(before)))
}

/// A remittance as it is kept.
#[derive(Debug, Clone)]
pub struct Kept {
    pub id: RemittanceId,
    pub file: Uuid,
    pub payer: Option<PayerCode>,
    pub payer_name: String,
    pub originator: String,
    pub trace: String,
    pub paid_on: Option<Date>,
    pub cents: Cents,
    pub state: State,
    pub deposit: Option<Uuid>,
}

type Row =
    (Uuid, Uuid, Option<String>, String, String, String, Option<Day>, i64, String, Option<Uuid>);

async fn some(
    tx: &mut Tx,
    practice: PracticeId,
    only: Option<RemittanceId>,
) -> db::Result<Vec<Kept>> {
    let rows: Vec<Row> = sqlx::query_as(
        "select r.remittance_id, r.file_id, r.payer_code, r.payer_name, r.originator, r.trace,
                r.paid_on, r.cents, r.state, r.deposit_id
           from billing.remittance r
          where r.practice_id = $1
            and ($2::uuid is null or r.remittance_id = $2)
          order by r.kept_at desc, r.remittance_id desc
          limit $3",
    )
    .bind(practice.0)
    .bind(only.map(|id| id.0))
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(read).collect()
}

fn read(row: Row) -> db::Result<Kept> {
    let (id, file, payer, payer_name, originator, trace, paid_on, cents, state, deposit) = row;
    let broken = |why: &str| db::Error::Broken {
        table: "billing.remittance",
        id: id.to_string(),
        why: why.into(),
    };
    let payer = payer.map(|code| code.parse().map_err(|_| broken("its payer has no code")));
    Ok(Kept {
        id: RemittanceId(id),
        file,
        payer: payer.transpose()?,
        payer_name,
        originator,
        trace,
        paid_on: paid_on.map(|day| day.0),
        cents: Cents(cents),
        state: State::of_word(&state).ok_or_else(|| broken("a state of no kind"))?,
        deposit,
    })
}

/// The remittances of a practice, the newest first.
pub async fn remittances(tx: &mut Tx, practice: PracticeId) -> db::Result<Vec<Kept>> {
    some(tx, practice, None).await
}

/// One remittance.
pub async fn remittance(
    tx: &mut Tx,
    practice: PracticeId,
    id: RemittanceId,
) -> db::Result<Option<Kept>> {
    Ok(some(tx, practice, Some(id)).await?.pop())
}

/// Writes that the money of a remittance is in the books.
pub async fn set_posted(
    tx: &mut Tx,
    practice: PracticeId,
    id: RemittanceId,
    deposit: Option<Uuid>,
) -> db::Result<()> {
    let done = sqlx::query(
        "update billing.remittance r
            set state = 'posted', deposit_id = $3
          where r.practice_id = $1
            and r.remittance_id = $2
            and r.state = 'waits'",
    )
    .bind(practice.0)
    .bind(id.0)
    .bind(deposit)
    .execute(&mut **tx)
    .await?;
    db::Error::unless_touched(1, &done)
}

/// An answer about to be kept.
pub struct NewAnswer {
    pub id: Uuid,
    pub claim: Option<ClaimId>,
    pub undoes: Option<Uuid>,
    remittance: RemittanceId,
    place: i32,
    number: String,
    payer_number: String,
    status: String,
    charge: i64,
    paid: i64,
    share: i64,
    service_on: Option<Date>,
    cpt: String,
    state: AnswerState,
}

impl NewAnswer {
    pub fn of(
        tx: &Tx,
        remittance: RemittanceId,
        place: i32,
        answer: &ClaimPayment,
        state: AnswerState,
    ) -> Self {
        let line = answer.lines.first();
        let of_claim = answer.dates.iter().find(|it| it.qualifier == "232").map(|it| it.on);
        let service_on = line.and_then(|it| it.service).map(|days| days.first).or(of_claim);
        let cpt = line.map(|it| it.matches_procedure().code.clone()).unwrap_or_default();
        Self {
            id: tx.house().new_id(),
            claim: None,
            undoes: None,
            remittance,
            place,
            number: answer.number.clone(),
            payer_number: answer.payer_number.clone(),
            status: answer.status.code().to_owned(),
            charge: answer.charge.0,
            paid: answer.paid.0,
            share: answer.client_share_by_adjustments().0,
            service_on,
            cpt,
            state,
        }
    }
}

/// Keeps an answer.
pub async fn insert_answer(tx: &mut Tx, practice: PracticeId, new: &NewAnswer) -> db::Result<()> {
    sqlx::query(
        "insert into billing.answer (practice_id, answer_id, remittance_id, place, number,
                                     payer_number, status, charge_cents, paid_cents, share_cents,
                                     service_on, cpt, claim_id, undoes, state)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
    )
    .bind(practice.0)
    .bind(new.id)
    .bind(new.remittance.0)
    .bind(new.place)
    .bind(&new.number)
    .bind(&new.payer_number)
    .bind(&new.status)
    .bind(new.charge)
    .bind(new.paid)
    .bind(new.share)
    .bind(new.service_on.map(Day))
    .bind(&new.cpt)
    .bind(new.claim.map(|id| id.0))
    .bind(new.undoes)
    .bind(new.state.word())
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// An answer as it is kept.
#[derive(Debug, Clone)]
pub struct Answer {
    pub id: Uuid,
    pub remittance: RemittanceId,
    pub place: i32,
    pub number: String,
    pub charge: Cents,
    pub paid: Cents,
    pub share: Cents,
    pub service_on: Option<Date>,
    pub cpt: String,
    pub claim: Option<ClaimId>,
    pub undoes: Option<Uuid>,
    pub state: AnswerState,
}

type AnswerRow = (
    Uuid,
    Uuid,
    i32,
    String,
    i64,
    i64,
    i64,
    Option<Day>,
    String,
    Option<Uuid>,
    Option<Uuid>,
    String,
);

/// Which answers.
#[derive(Clone, Copy, Default)]
struct Which {
    id: Option<Uuid>,
    remittance: Option<RemittanceId>,
    claim: Option<ClaimId>,
}

async fn some_answers(tx: &mut Tx, practice: PracticeId, which: Which) -> db::Result<Vec<Answer>> {
    let rows: Vec<AnswerRow> = sqlx::query_as(
        "select a.answer_id, a.remittance_id, a.place, a.number, a.charge_cents, a.paid_cents,
                a.share_cents, a.service_on, a.cpt, a.claim_id, a.undoes, a.state
           from billing.answer a
           join billing.remittance r on r.practice_id = a.practice_id
                                    and r.remittance_id = a.remittance_id
          where a.practice_id = $1
            and ($2::uuid is null or a.answer_id = $2)
            and ($3::uuid is null or a.remittance_id = $3)
            and ($4::uuid is null or a.claim_id = $4)
          order by r.kept_at, r.remittance_id, a.place
          limit $5",
    )
    .bind(practice.0)
    .bind(which.id)
    .bind(which.remittance.map(|id| id.0))
    .bind(which.claim.map(|id| id.0))
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(read_answer).collect()
}

fn read_answer(row: AnswerRow) -> db::Result<Answer> {
    let (id, remittance, place, number, charge, paid, share, on, cpt, claim, undoes, state) = row;
    let state = AnswerState::of_word(&state).ok_or_else(|| db::Error::Broken {
        table: "billing.answer",
        id: id.to_string(),
        why: "a state of no kind".into(),
    })?;
    Ok(Answer {
        id,
        remittance: RemittanceId(remittance),
        place,
        number,
        charge: Cents(charge),
        paid: Cents(paid),
        share: Cents(share),
        service_on: on.map(|day| day.0),
        cpt,
        claim: claim.map(ClaimId),
        undoes,
        state,
    })
}

/// The answers of a remittance, in the order of the file.
pub async fn answers(
    tx: &mut Tx,
    practice: PracticeId,
    remittance: RemittanceId,
) -> db::Result<Vec<Answer>> {
    some_answers(tx, practice, Which { remittance: Some(remittance), ..Which::default() }).await
}

/// The answers about a claim, the oldest first.
pub async fn answers_about(
    tx: &mut Tx,
    practice: PracticeId,
    claim: ClaimId,
) -> db::Result<Vec<Answer>> {
    some_answers(tx, practice, Which { claim: Some(claim), ..Which::default() }).await
}

/// One answer.
pub async fn answer(tx: &mut Tx, practice: PracticeId, id: Uuid) -> db::Result<Option<Answer>> {
    Ok(some_answers(tx, practice, Which { id: Some(id), ..Which::default() }).await?.pop())
}

/// The answer about a claim that stands: decided, no reversal, and not taken back.
pub async fn standing_answer(
    tx: &mut Tx,
    practice: PracticeId,
    claim: ClaimId,
) -> db::Result<Option<Answer>> {
    let all = answers_about(tx, practice, claim).await?;
    let is_undone = |id: Uuid| all.iter().any(|it| it.undoes == Some(id));
    let stands = |it: &&Answer| {
        let is_decided = matches!(it.state, AnswerState::Decided | AnswerState::Paid);
        is_decided && it.undoes.is_none() && !is_undone(it.id)
    };
    Ok(all.iter().rev().find(stands).cloned())
}

/// Claims that have the day, the code and the charge of an answer, and that no payer has decided.
pub async fn alike(tx: &mut Tx, practice: PracticeId, answer: &Answer) -> db::Result<Vec<ClaimId>> {
    let found: Vec<Uuid> = sqlx::query_scalar(
        "select c.claim_id
           from billing.claim c
           join billing.charge g on g.practice_id = c.practice_id and g.charge_id = c.charge_id
          where c.practice_id = $1
            and g.service_on = $2
            and g.cpt = $3
            and g.cents = $4
            and c.state in ('sent', 'accepted', 'rejected')
          order by c.number
          limit 5",
    )
    .bind(practice.0)
    .bind(answer.service_on.map(Day))
    .bind(&answer.cpt)
    .bind(answer.charge.0)
    .fetch_all(&mut **tx)
    .await?;
    Ok(found.into_iter().map(ClaimId).collect())
}

/// Joins an answer that was put aside with its claim.
pub async fn join(
    tx: &mut Tx,
    practice: PracticeId,
    answer: Uuid,
    claim: ClaimId,
) -> db::Result<()> {
    let done = sqlx::query(
        "update billing.answer a
            set claim_id = $3, state = 'decided'
          where a.practice_id = $1
            and a.answer_id = $2
            and a.state = 'unmatched'",
    )
    .bind(practice.0)
    .bind(answer)
    .bind(claim.0)
    .execute(&mut **tx)
    .await?;
    db::Error::unless_touched(1, &done)
}

/// Writes how far an answer is.
pub async fn set_answer(
    tx: &mut Tx,
    practice: PracticeId,
    answer: Uuid,
    state: AnswerState,
) -> db::Result<()> {
    let done = sqlx::query(
        "update billing.answer a
            set state = $3
          where a.practice_id = $1
            and a.answer_id = $2",
    )
    .bind(practice.0)
    .bind(answer)
    .bind(state.word())
    .execute(&mut **tx)
    .await?;
    db::Error::unless_touched(1, &done)
}

/// A part that a plan leaves to a client.
pub struct Share<'a> {
    pub answer: Uuid,
    pub reason: &'a str,
    pub client: ClientId,
    pub charge: ChargeId,
    pub cents: &'a i64,
}

/// Keeps why a part is a client's.
pub async fn insert_share(tx: &mut Tx, practice: PracticeId, share: &Share<'_>) -> db::Result<()> {
    sqlx::query(
        "insert into billing.client_share (practice_id, answer_id, reason, client_id, charge_id,
                                           cents)
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(practice.0)
    .bind(share.answer)
    .bind(share.reason)
    .bind(share.client.0)
    .bind(share.charge.0)
    .bind(share.cents)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What an answer that was taken back had left to the client is theirs no more.
pub async fn undo_shares(tx: &mut Tx, practice: PracticeId, answer: Uuid) -> db::Result<()> {
    sqlx::query(
        "update billing.client_share s
            set is_undone = true
          where s.practice_id = $1
            and s.answer_id = $2",
    )
    .bind(practice.0)
    .bind(answer)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Why parts are a client's: charge, reason, cents. A client may ask for their own.
pub async fn shares_of(
    tx: &mut Tx,
    practice: PracticeId,
    client: ClientId,
) -> db::Result<Vec<(ChargeId, String, Cents)>> {
    let rows: Vec<(Uuid, String, i64)> = sqlx::query_as(
        "select s.charge_id, s.reason, s.cents
           from billing.client_share s
          where s.practice_id = $1
            and s.client_id = $2
            and not s.is_undone
          order by s.charge_id, s.reason
          limit $3",
    )
    .bind(practice.0)
    .bind(client.0)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let share = |(charge, reason, cents)| (ChargeId(charge), reason, Cents(cents));
    Ok(rows.into_iter().map(share).collect())
}

/// What is wrong where a claim has no charge.
pub fn no_charge(claim: &Claim) -> db::Error {
    db::Error::Broken {
        table: "billing.claim",
        id: claim.id.to_string(),
        why: "its charge is not there".into(),
    }
}

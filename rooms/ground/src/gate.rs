//! The gate: asks the charter about every act, and writes what was done, read and refused.
//!
//! ```text
//! may ──yes──▶ Permit, and a row in this transaction (a change, or a read of clinical text)
//!   ╰──no───▶ Refusal ──▶ the handler ends, its transaction is undone ──▶ a row of its own ──▶ 403
//! ```
//! A refusal is written after the handler's transaction is gone and before the answer leaves: with
//! the first still open, many refusals at once would wait for each other's connections.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use ids::{ClientId, PersonId, PracticeId, Uuid};
use policy::{Act, Decision, Fact, Refused, Thing, Why};

use crate::acting::Acting;
use crate::db::{self, Instant, Tx};
use crate::house::House;
use crate::web;

/// The acts that need clinical text. Those that change it are written as changes already.
const IN_A_CHART: &[&str] = &["open_chart", "diagnose", "write_note", "sign_note", "amend_note"];
/// The practice of what belongs to none.
const NO_PRACTICE: Uuid = Uuid::nil();

/// The charter's yes to one act on one thing, in one transaction. Only the gate makes it; what a
/// promise guards takes one, so that forgetting to ask does not compile.
#[derive(Debug)]
pub struct Permit(Row);

impl Permit {
    /// The act that was allowed.
    pub fn act(&self) -> &'static str {
        self.0.act
    }

    /// Stops a mistake of ours: a permit for one act used for another.
    pub fn is_for(&self, act: &str, thing_id: impl ToString) {
        assert_eq!(
            (self.0.act, self.0.thing_id.as_str()),
            (act, thing_id.to_string().as_str()),
            "a permit is used for what it was given for"
        );
    }

    /// Stops a mistake of ours: a chart is opened for an act on it or in it, and for its client.
    fn is_in_chart_of(&self, client: ClientId) {
        assert!(IN_A_CHART.contains(&self.0.act), "{} is no act in a chart", self.0.act);
        assert_eq!(self.0.client, Some(client), "a chart is opened for its client");
    }
}

/// The charter's no, with all that must be written about it.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// What the charter says.
    pub refused: Refused,
    row: Row,
}

/// One line of the audit.
#[derive(Debug, Clone)]
struct Row {
    practice: Uuid,
    outcome: &'static str,
    act: &'static str,
    thing_kind: &'static str,
    thing_id: String,
    person: Option<PersonId>,
    sign_in: Option<Uuid>,
    is_staff: bool,
    about: Option<Uuid>,
    client: Option<ClientId>,
    promise: Option<String>,
}

impl Tx {
    /// Asks the charter whether the one who acts may do this. A yes to a change is written in this
    /// transaction; a no is a value, which ends the handler by `?`.
    ///
    /// `others` are further practices that the act or the thing mentions.
    ///
    /// # Errors
    /// [`web::Error::Refused`] with the promise; the database's where the yes cannot be written.
    pub async fn may(
        &mut self,
        act: Act,
        thing: &dyn Thing,
        others: &[&dyn Thing],
    ) -> web::Result<Permit> {
        let who = self.acting().asks();
        let mut row = Row::of(self.acting(), &act, thing);
        match self.house().charter().decide(&who, &act, thing, others) {
            Decision::Permit { .. } => {
                if act.groups().contains(&"change") {
                    row.outcome = "changed";
                    write(self, &row).await?;
                }
                Ok(Permit(row))
            }
            Decision::Refuse(refused) => {
                if let Why::Erred(what) = &refused.why {
                    tracing::error!(
                        act = act.name(),
                        what,
                        "ALARM: the charter could not be asked"
                    );
                    row.outcome = "erred";
                }
                row.promise = refused.promise.as_ref().map(|it| it.as_str().to_owned());
                Err(web::Error::Refused(Box::new(Refusal { refused, row })))
            }
        }
    }

    /// Whether the charter would say yes to the one who acts, for what a page offers; nothing is
    /// written about it, and it permits nothing.
    pub fn would_allow(&self, act: &Act, thing: &dyn Thing, others: &[&dyn Thing]) -> bool {
        let who = self.acting().asks();
        self.house().charter().decide(&who, act, thing, others).is_permit()
    }

    /// Opens one client's clinical text in this transaction to be read, and writes that it was: one
    /// row for each request and client.
    ///
    /// # Errors
    /// As the database says.
    pub async fn open_chart(&mut self, permit: &Permit, client: ClientId) -> db::Result<()> {
        self.write_in_chart(permit, client).await?;
        if self.reads_first(client) {
            write(self, &Row { outcome: "read", ..permit.0.clone() }).await?;
        }
        Ok(())
    }

    /// Opens one client's clinical text in this transaction to add to it what somebody types, and
    /// to show them nothing of it: a note saves itself every other second, and that is no read.
    ///
    /// # Errors
    /// As the database says.
    pub async fn write_in_chart(&mut self, permit: &Permit, client: ClientId) -> db::Result<()> {
        permit.is_in_chart_of(client);
        sqlx::query("select set_config('house.chart', $1, true)")
            .bind(client.to_string())
            .execute(&mut **self)
            .await?;
        Ok(())
    }
}

impl Row {
    fn of(acting: &Acting, act: &Act, thing: &dyn Thing) -> Self {
        let uid = thing.uid();
        let facts = thing.facts();
        let practice = thing.practice().and_then(|it| Uuid::try_parse(&it.id).ok());
        let practice = practice.unwrap_or(NO_PRACTICE);
        let named = |name: &str| match facts.get(name) {
            Some(Fact::Uid(uid)) => Uuid::try_parse(&uid.id).ok(),
            _ => None,
        };
        Self {
            practice,
            outcome: "refused",
            act: act.name(),
            thing_kind: uid.kind.word(),
            thing_id: uid.id,
            person: acting.person(),
            sign_in: acting.sign_in().map(|id| id.0),
            is_staff: acting.is_staff_in(PracticeId(practice)),
            about: named("clinician").or_else(|| named("about")),
            client: named("client").map(ClientId),
            promise: None,
        }
    }
}

async fn write(tx: &mut Tx, row: &Row) -> db::Result<()> {
    let id: Uuid = tx.house().new_id();
    let now = tx.house().now();
    sqlx::query(
        "insert into ground.audit (practice_id, id, at, outcome, act, thing_kind, thing_id,
                                   person_id, sign_in_id, is_staff, about_id, client_id, promise)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(row.practice)
    .bind(id)
    .bind(Instant(now))
    .bind(row.outcome)
    .bind(row.act)
    .bind(row.thing_kind)
    .bind(&row.thing_id)
    .bind(row.person.map(|id| id.0))
    .bind(row.sign_in)
    .bind(row.is_staff)
    .bind(row.about)
    .bind(row.client.map(|id| id.0))
    .bind(&row.promise)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes a refusal in a transaction of its own.
async fn write_refusal(house: &House, refusal: &Refusal) -> db::Result<()> {
    let mut tx = house.begin(&Acting::Door).await?;
    write(&mut tx, &refusal.row).await?;
    tx.commit().await
}

/// Around every handler: a refusal that it ended with is written before the answer leaves. Where it
/// cannot be written, the answer is that the house cannot serve: it is no yes either way.
///
/// It runs as a task of its own, so that somebody who asks and hangs up at once is written down all
/// the same.
pub(crate) async fn record(State(house): State<House>, request: Request, next: Next) -> Response {
    let task = tokio::spawn(async move {
        let mut response = next.run(request).await;
        let Some(refusal) = response.extensions_mut().remove::<Refusal>() else {
            return response;
        };
        match write_refusal(&house, &refusal).await {
            Ok(()) => response,
            Err(error) => web::Error::Database(error).into_response(),
        }
    });
    task.await.unwrap_or_else(|error| web::Error::Inside(error.to_string()).into_response())
}

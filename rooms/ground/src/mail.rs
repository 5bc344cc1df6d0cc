//! Mail: written in the transaction that needs it, sent later by a job.
//!
//! A letter goes to a [`Reach`] and to nothing else, so that consent and "stop" are asked first.
//! SMTP has no way to ask whether a letter arrived. So a letter whose sending was cut short is sent
//! again under the *same* Message-ID, which mail servers and readers take as the same letter.

use std::fmt;

use ids::{PersonId, PracticeId, Uuid};
use jiff::Timestamp;
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use serde::{Deserialize, Serialize};

use crate::acting::Acting;
use crate::clock::wall;
use crate::db::{self, Instant, Tx};
use crate::house::House;
use crate::jobs::{self, Job, Order, Task, Way};
use crate::work::{Doing, Failure};

const SEALED: &str = "ground.letter.sealed";
const KIND: &str = "ground.send_letter";
/// Longest letter, in bytes: letters here are short, and hold no clinical text.
const BODY_BYTES_MAX: usize = 20_000;

/// The job that sends letters.
pub const SEND: Job = Job { kind: KIND, way: Way::Outside { act: send, after: mark_sent } };

/// A person who agreed to be reached here for this purpose. Made by room `people` alone.
#[derive(Clone, PartialEq, Eq)]
pub struct Reach {
    address: Mailbox,
    person: Option<PersonId>,
    purpose: &'static str,
}

impl fmt::Debug for Reach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reach(for {})", self.purpose)
    }
}

impl Reach {
    /// A way to reach somebody, after consent was asked. `None` where the address is none.
    pub fn agreed(address: &str, person: Option<PersonId>, purpose: &'static str) -> Option<Self> {
        let address = Mailbox::new(None, address.parse().ok()?);
        Some(Self { address, person, purpose })
    }
}

/// What a letter says. Neutral words: somebody else may read the screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// One line.
    pub subject: String,
    /// Plain text.
    pub body: String,
}

/// How letters leave the house.
#[derive(Clone)]
pub enum Mailer {
    /// By a mail server.
    Smtp {
        /// The connection pool.
        transport: AsyncSmtpTransport<Tokio1Executor>,
        /// The sender.
        from: Mailbox,
    },
    /// Onto a page: in a demo nothing leaves the house.
    Page,
}

impl fmt::Debug for Mailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Smtp { .. } => "Mailer::Smtp",
            Self::Page => "Mailer::Page",
        })
    }
}

impl Mailer {
    /// A mailer for `smtp://…` or `smtps://…`.
    ///
    /// # Errors
    /// A sentence that names the setting.
    pub fn smtp(url: &str, from: &str) -> Result<Self, String> {
        let from: Mailbox = from
            .parse()
            .map_err(|_| "TRELLIS_MAIL_FROM is a name and an address: Trellis <t@example.org>.")?;
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|_| "TRELLIS_SMTP_URL cannot be read: smtp://user:password@host:port.")?
            .build();
        Ok(Self::Smtp { transport, from })
    }
}

/// Writes a letter and asks for it to be sent, in the transaction that needs it.
///
/// # Errors
/// As the database says.
pub async fn write(
    tx: &mut Tx,
    practice: PracticeId,
    reach: &Reach,
    letter: &Letter,
) -> db::Result<Uuid> {
    assert!(letter.body.len() <= BODY_BYTES_MAX, "a letter is short");
    assert!(!letter.subject.contains(['\r', '\n']), "a subject is one line");
    let id: Uuid = tx.house().new_id();
    let now = tx.house().now();
    let clear = serde_json::to_vec(letter).expect("two strings are JSON");
    let sealed = tx.seal(practice, SEALED, id, &clear).await?;
    sqlx::query(
        "insert into ground.letter (practice_id, id, person_id, to_address, purpose, sealed,
                                    written_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(practice.0)
    .bind(id)
    .bind(reach.person.map(|person| person.0))
    .bind(reach.address.email.to_string())
    .bind(reach.purpose)
    .bind(sealed)
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    let once_key = id.to_string();
    let order = Order { practice, kind: KIND, subject: id, once_key: &once_key, due_at: now };
    jobs::ask(tx, order).await?;
    Ok(id)
}

/// A letter of a demo, where it lands on a page and nowhere else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Landed {
    /// To whom.
    pub to: String,
    /// When it was written, in business time.
    pub at: Timestamp,
    /// What it says.
    pub letter: Letter,
}

/// The letters that a practice of a demo wrote, newest first; none in any other house.
///
/// # Errors
/// As the database says.
pub async fn landed(tx: &mut Tx, practice: PracticeId, most: i64) -> db::Result<Vec<Landed>> {
    if tx.house().demo().is_none() {
        return Ok(vec![]);
    }
    let rows: Vec<(Uuid, String, Instant, Vec<u8>)> = sqlx::query_as(
        "select l.id, l.to_address, l.written_at, l.sealed
           from ground.letter l
          where l.practice_id = $1
          order by l.written_at desc, l.id desc
          limit $2",
    )
    .bind(practice.0)
    .bind(most)
    .fetch_all(&mut **tx)
    .await?;
    let mut list = Vec::new();
    for (id, to, at, sealed) in rows {
        let clear = tx.open(practice, SEALED, id, &sealed).await?;
        let letter = serde_json::from_slice(&clear).map_err(|e| db::Error::Broken {
            table: "ground.letter",
            id: id.to_string(),
            why: e.to_string(),
        })?;
        list.push(Landed { to, at: at.0, letter });
    }
    Ok(list)
}

fn send<'t>(house: &'t House, task: &'t Task) -> Doing<'t> {
    Box::pin(async move {
        let Some(mailer) = house.mailer() else {
            return Err(Failure::Again("no mail server is set (TRELLIS_SMTP_URL)".into()));
        };
        let (to, letter) = begin_sending(house, task).await?;
        match mailer {
            Mailer::Page => Ok(()),
            Mailer::Smtp { transport, from } => {
                let message = compose(from, &to, task.subject, &letter)?;
                transport.send(message).await.map(drop).map_err(|e| said(&e))
            }
        }
    })
}

/// Reads the letter and notes that its sending was begun, before anything leaves the house.
async fn begin_sending(house: &House, task: &Task) -> Result<(String, Letter), Failure> {
    let mut tx = house.begin(&Acting::Job { practice: task.practice }).await?;
    let row: Option<(String, Vec<u8>)> = sqlx::query_as(
        "update ground.letter l
            set tried_at = $3
          where l.practice_id = $1
            and l.id = $2
            and l.sent_at is null
      returning l.to_address, l.sealed",
    )
    .bind(task.practice.0)
    .bind(task.subject)
    .bind(Instant(wall()))
    .fetch_optional(&mut *tx)
    .await
    .map_err(db::Error::from)?;
    let Some((to, sealed)) = row else {
        return Err(Failure::Never("there is no such letter that waits".into()));
    };
    let clear = tx.open(task.practice, SEALED, task.subject, &sealed).await?;
    tx.commit().await?;
    let letter = serde_json::from_slice(&clear)
        .map_err(|_| Failure::Never("the letter cannot be read".into()))?;
    Ok((to, letter))
}

fn compose(from: &Mailbox, to: &str, id: Uuid, letter: &Letter) -> Result<Message, Failure> {
    let never = |why: &str| Failure::Never(why.to_owned());
    let to = to.parse().map_err(|_| never("the address is none"))?;
    Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(&letter.subject)
        .message_id(Some(format!("<{id}@{}>", from.email.domain())))
        .header(ContentType::TEXT_PLAIN)
        .body(letter.body.clone())
        .map_err(|_| never("the letter cannot be written as mail"))
}

/// What the mail server said, without the address that it may repeat.
fn said(error: &lettre::transport::smtp::Error) -> Failure {
    let code = error.status().map_or_else(|| "no answer".to_owned(), |code| code.to_string());
    if error.is_permanent() {
        return Failure::Never(format!("the mail server refused the letter ({code})"));
    }
    Failure::Again(format!("the mail server did not take the letter ({code})"))
}

fn mark_sent<'t>(tx: &'t mut Tx, task: &'t Task) -> Doing<'t> {
    Box::pin(async move {
        let now = tx.house().now();
        sqlx::query(
            "update ground.letter l
                set sent_at = $3
              where l.practice_id = $1
                and l.id = $2
                and l.sent_at is null",
        )
        .bind(task.practice.0)
        .bind(task.subject)
        .bind(Instant(now))
        .execute(&mut **tx)
        .await
        .map_err(db::Error::from)?;
        Ok(())
    })
}

//! How a client comes in: a link that came by mail, then a code in a second letter.
//!
//! ```text
//! asked or invited ──letter──▶ link ──POST──▶ code on its way (10 min, 5 tries) ──▶ visit
//! ```
//! 1. Asking is answered alike whoever asks: who it is, is looked up after the answer.
//! 2. A link does nothing by being opened, since scanners of mail open links; a press asks for the
//!    code. It is used up with the code that passes, so that a lost letter costs nobody their link.
//! 3. A code counts in the browser that asked for it and in no other.
//! 4. Letters say the practice's name, and the link or the code: nothing else of anybody.

pub(crate) mod consent;
pub(crate) mod queries;
pub(crate) mod routes;
mod views;
mod words;

pub(crate) use self::views::portal;

use std::fmt;

use ground::clock::wall;
use ground::db::{self, Tx};
use ground::jobs::{self, Job, Order, Task, Way};
use ground::mail::{self, Letter, Reach};
use ground::work::{Doing, Failure};
use ground::{Acting, House, keys, web};
use ids::{ClientId, InvitationId, PracticeId, Uuid};

use crate::door::{self, Answering, Given, OpenLink, Waiting};
use crate::invitation::{LinkToken, OPEN_FOR};
use crate::model::{Address, Newcomer};
use crate::queries::{Asked, To};
use crate::throttle::{self, Limit};
use crate::visit::{Asker, Token, Tried};

const KIND: &str = "people.send_link";

/// Letters with a link that one address may ask for before it waits: somebody who mistypes, and
/// somebody who looks in the wrong folder.
const FREE_OF_LINKS: i32 = 5;
/// Longest wait for a further link, in seconds: nobody can be buried in letters.
const WAIT_OF_LINKS_S: i32 = 900;
/// Links that a waiting room behind one address may ask for.
const FREE_OF_PLACE: i32 = 40;
/// Longest wait of one place, in seconds.
const WAIT_OF_PLACE_S: i32 = 60;
/// Codes that one address is sent before it waits.
const FREE_OF_LETTERS: i32 = 5;
/// Longest wait for a further code, in seconds.
const WAIT_OF_LETTERS_S: i32 = 900;
/// Codes for one address that may be mistyped before it waits; each has five tries of its own.
const FREE_OF_CODES: i32 = 10;
/// Longest wait between codes, in seconds: whoever gets here holds a link to that mailbox.
const WAIT_OF_CODES_S: i32 = 300;

/// The job that answers those who asked for a link.
pub(crate) const SEND_LINK: Job = Job {
    kind: KIND,
    way: Way::Outside { act: send_link, after: |_, _| Box::pin(async { Ok(()) }) },
};

/// A client's link, which came by mail: 128 random bits, of which a hash is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientLink(LinkToken);

impl ClientLink {
    /// The path that the link leads to.
    pub fn path(&self) -> String {
        format!("/sign-in/link/{}", self.0.text())
    }

    fn from_text(text: &str) -> Option<Self> {
        LinkToken::from_text(text).map(Self)
    }
}

/// Six digits that were sent by mail.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct MailCode(String);

impl fmt::Debug for MailCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MailCode(…)")
    }
}

impl MailCode {
    fn fresh(house: &House) -> Self {
        let chance = u64::from_be_bytes(house.secret());
        Self(format!("{:06}", chance % 1_000_000))
    }

    /// Reads what was typed; `None` where it cannot be a code.
    pub fn read(typed: &str) -> Option<Self> {
        let digits: String = typed.chars().filter(|sign| !matches!(sign, ' ' | '-')).collect();
        let is_one = digits.len() == 6 && digits.bytes().all(|sign| sign.is_ascii_digit());
        is_one.then_some(Self(digits))
    }
}

/// Asks a client to come in, and writes them the letter with the link. Nothing is written where no
/// address is known.
///
/// Whoever acts was asked by the charter before; a client who came in already is let in again.
///
/// # Errors
/// As the database says.
pub async fn invite(
    tx: &mut Tx,
    practice: PracticeId,
    client: ClientId,
) -> db::Result<Option<ClientLink>> {
    let Some((name, Some(address))) = queries::contact(tx, practice, client).await? else {
        return Ok(None);
    };
    let link = ClientLink(LinkToken::fresh(tx.house()));
    let id: InvitationId = tx.house().new_id();
    let now = tx.house().now();
    let asked = Asked {
        practice,
        id,
        to: To::Client(client),
        by: tx.acting().person(),
        at: now,
        until: now + OPEN_FOR,
    };
    let practice_name = crate::queries::practice_name(tx, practice).await?;
    // They did not agree to anything yet: this one letter is how they are asked.
    let to = address.as_str().to_owned();
    let newcomer = Newcomer { name, address };
    crate::queries::insert_invitation(tx, &asked, &newcomer, &link.0.hash()).await?;
    let url = format!("{}{}", tx.house().origin(), link.path());
    let letter = Letter {
        subject: words::link_subject(&practice_name),
        body: words::invitation_letter(&practice_name, &url),
    };
    write(tx, practice, &to, &letter).await?;
    Ok(Some(link))
}

/// Writes a letter that was asked for, or that asks. An address that no mail server would take gets
/// none.
async fn write(tx: &mut Tx, practice: PracticeId, to: &str, letter: &Letter) -> db::Result<()> {
    if let Some(reach) = Reach::agreed(to, None, "sign-in") {
        mail::write(tx, practice, &reach, letter).await?;
    }
    Ok(())
}

/// Somebody asks for a link to this address: the seconds to wait where that was too often. `once`
/// is the once-key of the form.
pub(crate) async fn ask(
    house: &House,
    asker: &Asker,
    address: &Address,
    once: Uuid,
) -> web::Result<Option<u32>> {
    let at = wall();
    let mut limits = vec![Limit::on(&["link", address.as_str()], FREE_OF_LINKS, WAIT_OF_LINKS_S)];
    if let Some(place) = asker.place_text() {
        limits.push(Limit::on(&["link from", &place], FREE_OF_PLACE, WAIT_OF_PLACE_S));
    }
    let mut tx = house.begin(&Acting::Door).await?;
    let wait = throttle::count(&mut tx, &limits, at).await?;
    if wait.is_none() {
        door::ask_link(&mut tx, once, address, at).await?;
        let once_key = once.to_string();
        let due_at = house.now();
        let practice = keys::HOUSE;
        let order = Order { practice, kind: KIND, subject: once, once_key: &once_key, due_at };
        jobs::ask(&mut tx, order).await?;
    }
    tx.commit().await?;
    Ok(wait)
}

/// Answers an ask, once: with a letter where the address is a client's, else with nothing.
fn send_link<'t>(house: &'t House, task: &'t Task) -> Doing<'t> {
    Box::pin(async move {
        let mut tx = house.begin(&Acting::Door).await?;
        let Some(answering) = door::link_ask_of(&mut tx, task.subject, house.now()).await? else {
            door::answer_ask(&mut tx, task.subject, None, wall()).await?;
            return Ok(tx.commit().await?);
        };
        tx.rollback().await?;
        answer(house, task.subject, &answering).await.map_err(Failure::from)
    })
}

async fn answer(house: &House, ask: Uuid, answering: &Answering) -> db::Result<()> {
    let Answering { address, practice, practice_name, .. } = answering;
    let link = ClientLink(LinkToken::fresh(house));
    let mut tx = house.begin(&Acting::Job { practice: *practice }).await?;
    let hash = link.0.hash();
    if door::answer_ask(&mut tx, ask, Some((&hash, answering)), wall()).await? {
        let url = format!("{}{}", house.origin(), link.path());
        let letter = Letter {
            subject: words::link_subject(practice_name),
            body: words::link_letter(practice_name, &url),
        };
        write(&mut tx, *practice, address, &letter).await?;
    }
    tx.commit().await
}

/// What a link leads to, while it is open.
pub(crate) async fn open(house: &House, link: &ClientLink) -> web::Result<Option<OpenLink>> {
    let mut tx = house.begin(&Acting::Door).await?;
    Ok(door::client_link_of(&mut tx, &link.0.hash(), house.now(), wall()).await?)
}

/// What pressing the button behind a link came to.
#[derive(Debug)]
pub(crate) enum Pressed {
    /// A code is on its way; whoever holds this cookie may give it.
    Sent { half: Token, code: MailCode },
    /// Too many letters; a further one after so many seconds.
    Wait(u32),
    /// The link has ended.
    Ended,
}

/// Sends the code for a link, to where the link came.
pub(crate) async fn send_code(house: &House, link: &ClientLink) -> web::Result<Pressed> {
    let (now, at) = (house.now(), wall());
    let mut tx = house.begin(&Acting::Door).await?;
    let Some(open) = door::client_link_of(&mut tx, &link.0.hash(), now, at).await? else {
        return Ok(Pressed::Ended);
    };
    let letters = Limit::on(&["letter", &open.address], FREE_OF_LETTERS, WAIT_OF_LETTERS_S);
    let wait = throttle::count(&mut tx, &[letters], at).await?;
    tx.commit().await?;
    if let Some(seconds) = wait {
        return Ok(Pressed::Wait(seconds));
    }

    let (half, code) = (Token::fresh(house), MailCode::fresh(house));
    let waiting =
        Waiting { cookie: half.hash(), link: link.0.hash(), proof: half.bound_to(&code.0) };
    let letter = Letter {
        subject: words::code_subject(&open.practice_name),
        body: words::code_letter(&open.practice_name, &code.0),
    };
    let mut tx = house.begin(&Acting::Job { practice: open.practice }).await?;
    door::open_code(&mut tx, &waiting, now, at).await?;
    write(&mut tx, open.practice, &open.address, &letter).await?;
    tx.commit().await?;
    Ok(Pressed::Sent { half, code })
}

/// The code was given: where it is right, a client's visit begins.
pub(crate) async fn give_code(
    house: &House,
    asker: &Asker,
    half: &Token,
    code: &MailCode,
) -> web::Result<Tried> {
    let (now, at) = (house.now(), wall());
    let mut tx = house.begin(&Acting::Door).await?;
    let Some(address) = door::waiting_code(&mut tx, &half.hash(), at).await? else {
        return Ok(Tried::Over);
    };
    let codes = [Limit::on(&["mail code", &address], FREE_OF_CODES, WAIT_OF_CODES_S)];
    let wait = throttle::count(&mut tx, &codes, at).await?;
    tx.commit().await?;
    if let Some(seconds) = wait {
        return Ok(Tried::Wait(seconds));
    }

    let token = Token::fresh(house);
    let given = Given {
        cookie: half.hash(),
        proof: half.bound_to(&code.0),
        new_cookie: token.hash(),
        machine: &asker.machine,
    };
    let mut tx = house.begin(&Acting::Door).await?;
    let judged = door::pass_code(&mut tx, &given, now, at).await.map_err(is_another)?;
    match judged.as_str() {
        "goes" => {
            let letters = Limit::on(&["letter", &address], FREE_OF_LETTERS, WAIT_OF_LETTERS_S);
            throttle::forget(&mut tx, &[codes[0], letters]).await?;
            tx.commit().await?;
            Ok(Tried::Goes(token))
        }
        // The try is counted, whatever comes after it.
        "wrong" => {
            tx.commit().await?;
            Ok(Tried::Wrong)
        }
        _ => Ok(Tried::Over),
    }
}

/// Two clients of one practice are two people: a mailbox that two share lets one of them in.
fn is_another(error: db::Error) -> web::Error {
    match error {
        db::Error::Conflict(name) if name == "client_is_one_person" => {
            web::Error::Conflict(words::ANOTHER_CLIENT.into())
        }
        error => error.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        for (typed, is_one) in [
            ("012345", true),
            (" 012 345 ", true),
            ("012-345", true),
            ("12345", false),
            ("1234567", false),
            ("12345a", false),
            ("٠١٢٣٤٥", false),
            ("", false),
        ] {
            assert_eq!(MailCode::read(typed).is_some(), is_one, "{typed:?}");
        }
    }

    #[test]
    fn a_code_is_not_printed() {
        assert_eq!(format!("{:?}", MailCode("012345".into())), "MailCode(…)");
    }
}

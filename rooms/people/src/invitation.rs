//! Invitations: how somebody comes to a practice. The link comes by mail and acts by POST alone.

use ground::clock::wall;
use ground::db::{self, Tx};
use ground::mail::{self, Letter, Reach};
use ground::policy::Role;
use ground::{Acting, House, keys, web};
use ids::{InvitationId, PersonId, PracticeId};
use jiff::SignedDuration;
use sha2::{Digest, Sha256};

use crate::code::CodeKey;
use crate::door::{self, Credential, Hash, Open};
use crate::model::Newcomer;
use crate::password::{Hasher, Password};
use crate::queries::{self, To};
use crate::visit::{Asker, CODE_KEY, Token};
use crate::words;

/// How long a link stays open: a person on leave finds it in time, a forgotten mail does not.
pub(crate) const OPEN_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What stands in the link: 128 random bits, of which a hash is kept.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct LinkToken([u8; 16]);

impl std::fmt::Debug for LinkToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LinkToken(…)")
    }
}

impl LinkToken {
    /// The path that the link leads to.
    pub fn path(&self) -> String {
        format!("/invitation/{}", self.text())
    }

    pub(crate) fn fresh(house: &House) -> Self {
        Self(house.secret())
    }

    pub(crate) fn text(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    pub(crate) fn from_text(text: &str) -> Option<Self> {
        if text.len() != 32 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        u128::from_str_radix(text, 16).ok().map(|bits| Self(bits.to_be_bytes()))
    }

    pub(crate) fn hash(&self) -> Hash {
        Sha256::digest(self.0).into()
    }
}

/// Asks somebody to come to a practice as this, and writes them the letter with the link.
///
/// Whoever acts was asked by the charter before: see `invite_person`.
///
/// # Errors
/// As the database says; `invitation_pkey` where this id asked before.
pub async fn invite(
    tx: &mut Tx,
    id: InvitationId,
    practice: PracticeId,
    newcomer: &Newcomer,
    role: Role,
) -> db::Result<LinkToken> {
    let token = LinkToken::fresh(tx.house());
    let now = tx.house().now();
    let asked = queries::Asked {
        practice,
        id,
        to: To::Role(role),
        by: tx.acting().person(),
        at: now,
        until: now + OPEN_FOR,
    };
    let name = queries::practice_name(tx, practice).await?;
    queries::insert_invitation(tx, &asked, newcomer, &token.hash()).await?;
    let link = format!("{}{}", tx.house().origin(), token.path());
    let letter = Letter {
        subject: words::invitation_subject(&name),
        body: words::invitation_letter(&newcomer.name, &name, &link),
    };
    // They did not agree to anything yet: this one letter is how they are asked.
    let reach = Reach::agreed(newcomer.address.as_str(), None, "invitation");
    if let Some(reach) = reach {
        mail::write(tx, practice, &reach, &letter).await?;
    }
    Ok(token)
}

/// The open invitation behind a link.
pub(crate) async fn open(house: &House, token: &LinkToken) -> web::Result<Open> {
    let now = house.now();
    let mut tx = house.begin(&Acting::Door).await?;
    let found = door::invitation_of(&mut tx, &token.hash(), now).await?;
    found.ok_or(web::Error::LinkEnded)
}

/// What somebody brings who takes an invitation and cannot sign in yet.
#[derive(Debug)]
pub(crate) struct Brought {
    pub password: Password,
    pub key: CodeKey,
    /// The step of the code that showed that their app has the key.
    pub step: i64,
}

/// Takes an invitation for whoever cannot sign in yet: from here they can, and are signed in.
pub(crate) async fn take_new(
    house: &House,
    hasher: &Hasher,
    asker: &Asker,
    link: &LinkToken,
    brought: Brought,
) -> web::Result<Token> {
    let kept = hasher.keep(brought.password, house.secret()).await;
    let kept = kept.map_err(|e| web::Error::Inside(e.to_string()))?;
    let (now, at) = (house.now(), wall());

    let mut tx = house.begin(&Acting::Door).await?;
    let found = door::invitation_of(&mut tx, &link.hash(), now).await?;
    let invitation = found.ok_or(web::Error::LinkEnded)?;
    let address = crate::Address::read(&invitation.address);
    let address = address.ok_or_else(|| web::Error::Inside("an address cannot be read".into()))?;
    let newcomer = Newcomer { name: invitation.name.clone(), address };
    let fresh: PersonId = house.new_id();
    let person = queries::meet(&mut tx, fresh, &newcomer, now).await?;

    // The code that was just shown counts as used once the visit below has passed by it.
    let sealed = tx.seal(keys::HOUSE, CODE_KEY, person.0, brought.key.as_bytes()).await?;
    let credential = Credential { person, kept, sealed, last_step: brought.step - 1 };
    door::set_credential(&mut tx, &link.hash(), &credential, at).await.map_err(ended)?;
    if !door::take_invitation(&mut tx, &link.hash(), person, now).await? {
        return Err(web::Error::LinkEnded);
    }
    let (half, token) = (Token::fresh(house), Token::fresh(house));
    door::open_sign_in(&mut tx, &half.hash(), person, &asker.machine, at).await?;
    if !door::pass_sign_in(&mut tx, &half.hash(), &token.hash(), brought.step, at).await? {
        return Err(web::Error::Inside("a first code was not taken".into()));
    }
    tx.commit().await?;
    Ok(token)
}

/// Takes an invitation for somebody who is signed in already.
pub(crate) async fn take_known(
    house: &House,
    link: &LinkToken,
    person: PersonId,
) -> web::Result<()> {
    let now = house.now();
    let mut tx = house.begin(&Acting::Door).await?;
    if !door::take_invitation(&mut tx, &link.hash(), person, now).await? {
        return Err(web::Error::LinkEnded);
    }
    Ok(tx.commit().await?)
}

/// Whoever presses twice finds the link taken by the first press.
fn ended(error: db::Error) -> web::Error {
    match error {
        db::Error::Conflict(name) if name == "credential_pkey" => web::Error::LinkEnded,
        error => error.into(),
    }
}

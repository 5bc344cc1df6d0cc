//! A person's visit to the site: from the password to a cookie, and from a cookie to who acts.
//!
//! ```text
//! nobody ──password──▶ half (10 min) ──code──▶ passed ──▶ ended: by them, after 12 h, idle 60 min
//! ```
//! A cookie holds 256 random bits, of which the database keeps a hash; the code brings a new one.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv6Addr};

use ground::acting::{Place, Workforce};
use ground::clock::wall;
use ground::db::Tx;
use ground::policy::{Facts, Kind, Role, Thing, Uid};
use ground::{Acting, House, keys, web};
use ids::{ClientId, PersonId, PracticeId, SignInId};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::code::CodeKey;
use crate::door::{self, Hash, Recognized};
use crate::model::Address;
use crate::password::{Hasher, Password};
use crate::throttle::{self, Limit};

/// The column in which the key of codes is sealed.
pub const CODE_KEY: &str = "people.credential.totp_sealed";

/// Tries that somebody may need in earnest, from one place.
const FREE_OF_PAIR: i32 = 5;
/// Longest wait of one account from one place, in seconds.
const WAIT_OF_PAIR_S: i32 = 60;
/// Tries of a whole waiting room behind one address.
const FREE_OF_PLACE: i32 = 40;
/// Longest wait of one place, in seconds.
const WAIT_OF_PLACE_S: i32 = 60;
/// Tries of one account from everywhere.
const FREE_OF_ACCOUNT: i32 = 20;
/// Longest wait of an account, in seconds: so short that a stranger who guesses at it keeps its
/// owner waiting and never out. What holds a guesser from everywhere is the second factor.
const WAIT_OF_ACCOUNT_S: i32 = 4;
/// Codes that somebody may mistype.
const FREE_OF_CODES: i32 = 5;
/// Longest wait between codes, in seconds: whoever gets here has the password.
const WAIT_OF_CODES_S: i32 = 300;

/// What a browser holds of a visit: 256 random bits, never kept here.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Token([u8; 32]);

impl Token {
    /// A token that nobody has seen.
    pub fn fresh(house: &House) -> Self {
        Self(house.secret())
    }

    /// What the database keeps of it.
    pub fn hash(&self) -> Hash {
        Sha256::digest(self.0).into()
    }

    /// A hash of the token and these digits together, from which nobody reads the digits.
    pub fn bound_to(&self, digits: &str) -> Hash {
        Sha256::new().chain_update(self.0).chain_update(digits).finalize().into()
    }

    fn text(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn from_text(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        if text.len() != 64 || !text.is_ascii() {
            return None;
        }
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Self(bytes))
    }
}

/// The cookie of this house. Over https its name makes browsers refuse it from anywhere else.
fn cookie_name(house: &House) -> &'static str {
    if house.origin().starts_with("https://") { "__Host-trellis" } else { "trellis" }
}

/// The `Set-Cookie` that hands a token out; no script can read it, no other site can send it.
pub fn cookie(house: &House, token: &Token) -> String {
    let name = cookie_name(house);
    let secure = if name.starts_with("__Host-") { "; Secure" } else { "" };
    format!("{name}={}; HttpOnly; SameSite=Lax; Path=/{secure}", token.text())
}

/// The `Set-Cookie` that takes it back.
pub fn no_cookie(house: &House) -> String {
    let name = cookie_name(house);
    let secure = if name.starts_with("__Host-") { "; Secure" } else { "" };
    format!("{name}=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0{secure}")
}

/// The token in the `Cookie` header of a request.
pub fn token_in(house: &House, header: &str) -> Option<Token> {
    let name = cookie_name(house);
    let pairs = header.split(';').filter_map(|pair| pair.trim().split_once('='));
    pairs.filter(|(held, _)| *held == name).find_map(|(_, value)| Token::from_text(value))
}

/// Where somebody asks from.
#[derive(Debug, Clone, Default)]
pub struct Asker {
    /// The address on the network, where it is known.
    pub place: Option<IpAddr>,
    /// The browser and the machine, in words: for the list of one's own sign-ins.
    pub machine: String,
}

impl Asker {
    /// One home is one place: of IPv6 the first 64 bits, since a household holds the others. Who
    /// connects from the machine itself or from its own network is a proxy before the house, or
    /// looks like one: counting tries by it would let one stranger keep everybody waiting.
    pub fn place_text(&self) -> Option<String> {
        match self.place?.to_canonical() {
            IpAddr::V4(it) if it.is_loopback() || it.is_private() => None,
            IpAddr::V6(it) if it.is_loopback() || it.is_unique_local() => None,
            IpAddr::V4(it) => Some(it.to_string()),
            IpAddr::V6(it) => {
                let bits = u128::from(it) >> 64 << 64;
                Some(Ipv6Addr::from(bits).to_string())
            }
        }
    }
}

/// What a try to sign in came to.
#[derive(Debug, PartialEq, Eq)]
pub enum Tried {
    /// It goes on with this.
    Goes(Token),
    /// It was wrong. What was wrong is told to nobody.
    Wrong,
    /// There were too many; it may be tried again after this many seconds.
    Wait(u32),
    /// There is no visit that waits for a code: begin anew.
    Over,
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

/// The password was given. Whoever is known and whoever is not get the same work and answer.
pub async fn give_password(
    house: &House,
    hasher: &Hasher,
    asker: &Asker,
    address: &Address,
    password: Password,
) -> web::Result<Tried> {
    let at = wall();
    let account = address.as_str();
    let mut limits = vec![Limit::on(&["account", account], FREE_OF_ACCOUNT, WAIT_OF_ACCOUNT_S)];
    if let Some(place) = asker.place_text() {
        limits.push(Limit::on(&["pair", account, &place], FREE_OF_PAIR, WAIT_OF_PAIR_S));
        limits.push(Limit::on(&["place", &place], FREE_OF_PLACE, WAIT_OF_PLACE_S));
    }

    let mut tx = house.begin(&Acting::Door).await?;
    if let Some(seconds) = throttle::count(&mut tx, &limits, at).await? {
        tx.commit().await?;
        return Ok(Tried::Wait(seconds));
    }
    let found = door::credential_of(&mut tx, address).await?;
    tx.commit().await?;

    let kept = found.as_ref().map(|(_, kept)| kept);
    let is_right = hasher.is_right(password, kept).await;
    if !is_right.map_err(|e| web::Error::Inside(e.to_string()))? {
        return Ok(Tried::Wrong);
    }
    let Some((person, _)) = found else {
        return Ok(Tried::Wrong);
    };
    let token = Token::fresh(house);
    let mut tx = house.begin(&Acting::Door).await?;
    throttle::forget(&mut tx, &limits).await?;
    door::open_sign_in(&mut tx, &token.hash(), person, &asker.machine, at).await?;
    tx.commit().await?;
    Ok(Tried::Goes(token))
}

/// The code was given. Each counts once, whoever holds it.
pub async fn give_code(house: &House, half: &Token, code: &str) -> web::Result<Tried> {
    let at = wall();
    let mut tx = house.begin(&Acting::Door).await?;
    let Some((person, sealed)) = door::half_sign_in(&mut tx, &half.hash(), at).await? else {
        return Ok(Tried::Over);
    };
    let limits = [Limit::on(&["code", &person.to_string()], FREE_OF_CODES, WAIT_OF_CODES_S)];
    let wait = throttle::count(&mut tx, &limits, at).await?;
    tx.commit().await?;
    if let Some(seconds) = wait {
        return Ok(Tried::Wait(seconds));
    }

    let mut tx = house.begin(&Acting::Door).await?;
    let Some(step) = open_key(&mut tx, person, &sealed).await?.step_of(code, at) else {
        return Ok(Tried::Wrong);
    };
    let token = Token::fresh(house);
    if !door::pass_sign_in(&mut tx, &half.hash(), &token.hash(), step, at).await? {
        return Ok(Tried::Wrong);
    }
    throttle::forget(&mut tx, &limits).await?;
    tx.commit().await?;
    Ok(Tried::Goes(token))
}

async fn open_key(tx: &mut Tx, person: PersonId, sealed: &[u8]) -> web::Result<CodeKey> {
    let clear = tx.open(keys::HOUSE, CODE_KEY, person.0, sealed).await?;
    CodeKey::from_slice(&clear)
        .ok_or_else(|| web::Error::Inside("a key of codes has another length".into()))
}

/// Ends the visit of this token.
pub async fn sign_out(house: &House, token: &Token) -> web::Result<()> {
    let mut tx = house.begin(&Acting::Door).await?;
    door::end_sign_in(&mut tx, &token.hash(), wall()).await?;
    Ok(tx.commit().await?)
}

/// Whom a token belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Who acts.
    pub acting: Acting,
    /// The names of the practices whose client they are; none for those who work here.
    pub client_of: Vec<String>,
}

/// Who holds this token, if the visit lasts.
pub async fn recognize(house: &House, token: &Token) -> web::Result<Option<Known>> {
    let mut tx = house.begin(&Acting::Door).await?;
    let rows = door::recognize(&mut tx, &token.hash(), wall()).await?;
    tx.commit().await?;
    let client_of = rows.iter().filter_map(|row| row.practice_name.clone()).collect();
    Ok(acting_of(&rows).map(|acting| Known { acting, client_of }))
}

/// What the rows of one visit make of a person. What agreements open is added by a later room.
fn acting_of(rows: &[Recognized]) -> Option<Acting> {
    let first = rows.first()?;
    let person = PersonId(first.person_id);
    let sign_in = SignInId(first.sign_in_id);
    if first.is_client {
        let as_client = rows
            .iter()
            .filter_map(|row| Some((PracticeId(row.practice_id?), ClientId(row.client_id?))));
        return Some(Acting::Client { person, sign_in, as_client: as_client.collect() });
    }
    let mut places = BTreeMap::<PracticeId, Place>::new();
    for row in rows {
        let role = row.role.as_deref().and_then(|word| word.parse::<Role>().ok());
        let (Some(practice), Some(role)) = (row.practice_id.map(PracticeId), role) else {
            continue;
        };
        let is_operator = row.is_operator;
        let place = Place { practice, is_operator, roles: [].into() };
        places.entry(practice).or_insert(place).roles.insert(role);
    }
    Some(Acting::Workforce(Workforce {
        person,
        sign_in,
        places: places.into_values().collect(),
        serves: vec![],
    }))
}

/// One of a person's own visits, as they see it in their list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    /// Which one.
    pub id: SignInId,
    /// Whose.
    pub person: PersonId,
    /// The browser and the machine.
    pub machine: String,
    /// When it began; wall clock.
    pub made_at: Timestamp,
    /// When it was last used, to the minute.
    pub seen_at: Timestamp,
}

impl Thing for SignIn {
    fn uid(&self) -> Uid {
        Uid::new(Kind::SignIn, self.id)
    }

    fn practice(&self) -> Option<Uid> {
        None
    }

    fn facts(&self) -> Facts {
        Facts::new().with("person", Uid::new(Kind::Person, self.person))
    }
}

/// All visits in which one of a practice's people works, as its owner asks about them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visits {
    /// The practice whose owner asks.
    pub practice: PracticeId,
    /// Whose.
    pub person: PersonId,
}

impl Thing for Visits {
    fn uid(&self) -> Uid {
        Uid::new(Kind::SignIn, format_args!("{}/{}", self.practice, self.person))
    }

    fn practice(&self) -> Option<Uid> {
        Some(Uid::new(Kind::Practice, self.practice))
    }

    fn facts(&self) -> Facts {
        Facts::new().with("person", Uid::new(Kind::Person, self.person))
    }
}

/// The browser and the machine of a `User-Agent`, in the words of their makers.
pub fn machine_of(agent: &str) -> String {
    let named = |list: &[(&str, &'static str)], other: &'static str| {
        list.iter().find(|(sign, _)| agent.contains(sign)).map_or(other, |(_, name)| name)
    };
    // In this order, since each of them also says that it is the ones behind it.
    let browsers =
        [("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari")];
    let machines = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    ];
    format!("{} on {}", named(&browsers, "A browser"), named(&machines, "a machine"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_is_called_as_its_owner_calls_it() {
        for (agent, says) in [
            (
                "Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/130 Safari/537 Edg/130",
                "Edge on Windows",
            ),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko Firefox/132.0", "Firefox on Linux"),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18 like Mac OS X) Version/18 Safari/604",
                "Safari on iPhone",
            ),
            ("", "A browser on a machine"),
        ] {
            assert_eq!(machine_of(agent), says);
        }
    }

    #[test]
    fn a_household_is_one_place() {
        let from = |text: &str| Asker { place: text.parse().ok(), machine: String::new() };

        assert_eq!(from("2001:db8:1:2:3::4").place_text(), from("2001:db8:1:2::9").place_text());
        assert_ne!(from("2001:db8:1:3::4").place_text(), from("2001:db8:1:2::9").place_text());
        assert_eq!(from("::ffff:192.0.2.7").place_text(), from("192.0.2.7").place_text());
    }

    #[test]
    fn a_proxy_is_no_place() {
        let from = |text: &str| Asker { place: text.parse().ok(), machine: String::new() };

        for proxy in ["127.0.0.1", "::1", "10.0.0.5", "192.168.1.1", "fd00::1", "not known"] {
            assert_eq!(from(proxy).place_text(), None, "{proxy}");
        }
    }

    #[test]
    fn a_token_reads_back_and_is_not_printed() {
        let token = Token([0xa7; 32]);

        assert_eq!(Token::from_text(&token.text()), Some(token));
        assert_eq!(Token::from_text("a7"), None);
        assert_eq!(format!("{token:?}"), "Token(…)");
    }
}

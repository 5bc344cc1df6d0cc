//! Who tries what, in words, and what must happen: read from `charter/attempts/`, tried against the
//! charter at each start, and shown beside the promise.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use toml::Value;

use crate::decide::{Decision, Why};
use crate::promise::PromiseId;
use crate::reading::{Charter, Fault, parts};
use crate::thing::{Fact, Facts, Thing, Uid};
use crate::vocabulary::{Act, Kind, NotAWord, Role, Service, Side};
use crate::who::{Practice, Who};

/// The file that says who tries.
const CAST: &str = "attempts/cast.toml";

/// One attempt to break a promise, or to do what it must not stand in the way of.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// The promise that it is about.
    pub promise: PromiseId,
    /// Who tries what, in plain words.
    pub says: String,
    /// What must happen.
    pub must: Must,
    pub(crate) who: Who,
    pub(crate) act: Act,
    pub(crate) thing: Given,
    pub(crate) others: Vec<Practice>,
}

/// What must happen when it is tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Must {
    /// It is allowed.
    BeAllowed,
    /// It is refused, and this promise is among the reasons.
    BeRefusedBy(PromiseId),
    /// It is refused because nothing allows it, and no promise needs to.
    BeRefused,
}

/// All attempts, tried.
#[derive(Debug)]
pub struct Report<'a> {
    /// In the order of the attempts.
    pub tried: Vec<Tried<'a>>,
}

/// One attempt and what came of it.
#[derive(Debug)]
pub struct Tried<'a> {
    /// What was tried.
    pub attempt: &'a Attempt,
    /// The charter's answer.
    pub decision: Decision,
    /// Whether that is what must happen.
    pub held: bool,
}

/// A thing made up for an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Given {
    pub(crate) uid: Uid,
    pub(crate) practice: Option<Uid>,
    pub(crate) facts: Facts,
}

/// Everybody who tries, by name, and the practices where they do.
#[derive(Debug, Clone)]
pub(crate) struct Cast {
    practices: BTreeMap<String, Practice>,
    people: BTreeMap<String, CastPerson>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct CastPerson {
    #[allow(dead_code, reason = "a word for whoever reads the file")]
    says: String,
    at: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CastPractice {
    #[allow(dead_code, reason = "a word for whoever reads the file")]
    says: String,
    #[serde(default)]
    operator: bool,
    #[serde(default)]
    services: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CastFile {
    practices: BTreeMap<String, CastPractice>,
    people: BTreeMap<String, CastPerson>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AttemptFile {
    attempt: Vec<Written>,
}

/// An attempt as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    says: String,
    #[serde(default)]
    given: BTreeMap<String, BTreeMap<String, Value>>,
    r#try: Try,
    must: String,
}

#[derive(Deserialize)]
struct Try {
    who: String,
    does: String,
    to: String,
    #[serde(flatten)]
    told: BTreeMap<String, Value>,
}

impl Thing for Given {
    fn uid(&self) -> Uid {
        self.uid.clone()
    }

    fn practice(&self) -> Option<Uid> {
        self.practice.clone()
    }

    fn facts(&self) -> Facts {
        self.facts.clone()
    }
}

impl Charter {
    /// Tries every attempt. A charter whose report does not hold must not serve anybody.
    pub fn try_all(&self) -> Report<'_> {
        Report { tried: self.attempts.iter().map(|attempt| attempt.tried_against(self)).collect() }
    }
}

impl Attempt {
    /// Tries it against `charter`.
    pub(crate) fn tried_against(&self, charter: &Charter) -> Tried<'_> {
        let others: Vec<&dyn Thing> = self.others.iter().map(|it| it as &dyn Thing).collect();
        let decision = charter.decide(&self.who, &self.act, &self.thing, &others);
        let held = match (&self.must, &decision) {
            (Must::BeAllowed, decision) => decision.is_permit(),
            (Must::BeRefusedBy(promise), decision) => decision.is_refused_by(promise),
            (Must::BeRefused, Decision::Refuse(refused)) => refused.why == Why::NoPermit,
            (Must::BeRefused, Decision::Permit { .. }) => false,
        };
        Tried { attempt: self, decision, held }
    }
}

impl Report<'_> {
    /// Whether everything happened that must.
    pub fn holds(&self) -> bool {
        self.broken().next().is_none()
    }

    /// The attempts that went otherwise.
    pub fn broken(&self) -> impl Iterator<Item = &Tried<'_>> {
        self.tried.iter().filter(|tried| !tried.held)
    }
}

/// For the start of the program: `81 ways tried: 44 refused and 37 allowed, each as promised`.
impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tried = self.tried.len();
        let allowed = self.tried.iter().filter(|it| it.decision.is_permit()).count();
        write!(f, "{tried} ways tried: {} refused and {allowed} allowed, ", tried - allowed)?;
        match self.broken().count() {
            0 => write!(f, "each as promised")?,
            broken => write!(f, "{broken} otherwise than promised")?,
        }
        for it in self.broken() {
            write!(
                f,
                "\n{}: {} It must {}.",
                it.attempt.promise, it.attempt.says, it.attempt.must
            )?;
        }
        Ok(())
    }
}

impl fmt::Display for Must {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BeAllowed => f.write_str("be allowed"),
            Self::BeRefusedBy(promise) => write!(f, "be refused by {promise}"),
            Self::BeRefused => f.write_str("be refused"),
        }
    }
}

impl Must {
    fn read(text: &str) -> Result<Self, String> {
        match text.strip_prefix("be refused by ") {
            Some(promise) => Ok(Self::BeRefusedBy(PromiseId(promise.to_owned()))),
            None if text == "be allowed" => Ok(Self::BeAllowed),
            None if text == "be refused" => Ok(Self::BeRefused),
            None => Err(format!("must is {text:?}: be allowed, be refused, be refused by ID")),
        }
    }
}

/// Who tries, and where.
pub(crate) fn cast(files: &[(&str, &str)]) -> Result<Cast, Fault> {
    let at = |reason: String| Fault { file: CAST.to_owned(), reason };
    let text = files.iter().find(|(file, _)| *file == CAST).map(|(_, text)| *text);
    let text = text.ok_or_else(|| at("nobody is there to try".to_owned()))?;
    Cast::read(text).map_err(at)
}

/// Every attempt, ready to be tried.
pub(crate) fn read(files: &[(&str, &str)]) -> Result<Vec<Attempt>, Fault> {
    let at = |file: &str, reason: String| Fault { file: file.to_owned(), reason };
    let cast = cast(files)?;
    let mut attempts = Vec::new();
    for &(file, text) in files {
        let ("attempts", stem, "toml") = parts(file) else { continue };
        if file == CAST {
            continue;
        }
        let written: AttemptFile =
            toml::from_str(text).map_err(|fault| at(file, fault.to_string()))?;
        for written in written.attempt {
            let says = written.says.clone();
            let attempt = cast.attempt(stem, written);
            attempts.push(attempt.map_err(|fault| at(file, format!("{says} {fault}")))?);
        }
    }
    Ok(attempts)
}

impl Cast {
    fn read(text: &str) -> Result<Self, String> {
        let file: CastFile = toml::from_str(text).map_err(|fault| fault.to_string())?;
        let mut practices = BTreeMap::new();
        for (name, said) in file.practices {
            let services: Result<Vec<Service>, String> =
                said.services.iter().map(|word| parsed(word)).collect();
            let practice = if said.operator {
                Practice::operator(&name)
            } else {
                Practice::new(&name).sharing(services?)
            };
            practices.insert(name, practice);
        }
        Ok(Self { practices, people: file.people })
    }

    fn attempt(&self, promise: &str, written: Written) -> Result<Attempt, String> {
        let mut world = self.clone();
        let mut things = Vec::new();
        for (name, facts) in written.given {
            match uid(&name)? {
                Uid { kind: Kind::Practice, id } => world.change(&id, facts)?,
                uid => things.push(given(uid, facts)?),
            }
        }
        let Try { who, does, to, told } = written.r#try;
        let to = uid(&to)?;
        let thing = match world.practices.get(&to.id) {
            Some(practice) if to.kind == Kind::Practice => practice.given(),
            _ => {
                let thing = things.iter().find(|it| it.uid == to);
                thing.cloned().ok_or_else(|| format!("nothing says what {to} is"))?
            }
        };
        let mut told = Told(told);
        let act = Act::told(&does, &mut told)?;
        told.all_taken()?;
        Ok(Attempt {
            promise: PromiseId(promise.to_owned()),
            says: written.says,
            must: Must::read(&written.must)?,
            who: world.who(&who)?,
            act,
            thing,
            others: world.practices(),
        })
    }

    /// Other services in force than the cast's file says.
    fn change(&mut self, practice: &str, facts: BTreeMap<String, Value>) -> Result<(), String> {
        let practice =
            self.practices.get_mut(practice).ok_or_else(|| format!("no practice {practice}"))?;
        for (name, value) in facts {
            let (Value::Array(words), "services") = (value, name.as_str()) else {
                return Err(format!("only the services of a practice change, not {name}"));
            };
            let words = words.iter().map(|word| word.as_str().ok_or("a service is a word"));
            let words: Vec<&str> = words.collect::<Result<_, _>>()?;
            practice.services = words.into_iter().map(parsed).collect::<Result<_, String>>()?;
        }
        Ok(())
    }

    pub(crate) fn practices(&self) -> Vec<Practice> {
        self.practices.values().cloned().collect()
    }

    pub(crate) fn who(&self, name: &str) -> Result<Who, String> {
        let person = self.people.get(name).ok_or_else(|| format!("nobody is called {name}"))?;
        let mut who = Who::new(name);
        for (practice, roles) in &person.at {
            let practice =
                self.practices.get(practice).ok_or_else(|| format!("no practice {practice}"))?;
            let roles: Vec<Role> = roles.iter().map(|it| parsed(it)).collect::<Result<_, _>>()?;
            who = who.being(roles, practice.clone());
        }
        Ok(who)
    }
}

impl Practice {
    pub(crate) fn given(&self) -> Given {
        Given { uid: self.uid(), practice: self.practice(), facts: self.facts() }
    }
}

fn given(uid: Uid, written: BTreeMap<String, Value>) -> Result<Given, String> {
    let (mut practice, mut facts) = (None, Facts::new());
    for (name, value) in written {
        match fact(&value)? {
            Fact::Uid(at) if name == "practice" => practice = Some(at),
            fact => facts = facts.with(name, fact),
        }
    }
    Ok(Given { uid, practice, facts })
}

/// `"person ben"` is a thing, `"side practice"` a word of the charter, other text is text.
fn fact(value: &Value) -> Result<Fact, String> {
    match value {
        Value::Boolean(it) => Ok(Fact::Bool(*it)),
        Value::Integer(it) => Ok(Fact::Long(*it)),
        Value::String(text) => Ok(uid(text).map_or_else(|_| Fact::from(text.as_str()), Fact::Uid)),
        Value::Array(values) => Ok(Fact::Set(values.iter().map(fact).collect::<Result<_, _>>()?)),
        other => Err(format!("{other} is no fact")),
    }
}

/// `"sign_in of-ben"`: a kind as one would write it, and an id.
fn uid(text: &str) -> Result<Uid, String> {
    let (word, id) = text.split_once(' ').ok_or_else(|| format!("{text:?} names no thing"))?;
    let plain = |text: &str| text.replace('_', "").to_lowercase();
    let kind = Kind::ALL.iter().find(|kind| plain(kind.word()) == plain(word));
    let kind = kind.ok_or_else(|| format!("there is no kind of thing called {word:?}"))?;
    Ok(Uid::new(*kind, id))
}

fn parsed<W: std::str::FromStr<Err = NotAWord>>(word: &str) -> Result<W, String> {
    word.parse().map_err(|fault| format!("{word:?} is {fault}"))
}

/// What an attempt tells about an act besides who and what: taken away one by one, so that nothing
/// told is passed over.
pub(crate) struct Told(BTreeMap<String, Value>);

/// What an act can carry.
pub(crate) trait Carried: Sized {
    fn of(value: &Value) -> Option<Self>;
}

impl Carried for bool {
    fn of(value: &Value) -> Option<Self> {
        value.as_bool()
    }
}

impl Carried for i64 {
    fn of(value: &Value) -> Option<Self> {
        value.as_integer()
    }
}

impl Carried for String {
    fn of(value: &Value) -> Option<Self> {
        value.as_str().map(str::to_owned)
    }
}

macro_rules! carried_words {
    ($($word:ident),+) => {$(
        impl Carried for $word {
            fn of(value: &Value) -> Option<Self> {
                value.as_str()?.parse().ok()
            }
        }
    )+};
}

carried_words!(Role, Service, Side);

impl Told {
    /// What is told under `name`.
    pub(crate) fn take<C: Carried>(&mut self, name: &str) -> Result<C, String> {
        let value = self.0.remove(name).ok_or_else(|| format!("nothing is told of {name}"))?;
        C::of(&value).ok_or_else(|| format!("{name} cannot be {value}"))
    }

    /// The id of the thing that is told under `name`.
    #[allow(dead_code, reason = "the vocabulary uses it once an act carries a thing")]
    pub(crate) fn id(&mut self, name: &str, kind: Kind) -> Result<String, String> {
        let told = uid(&self.take::<String>(name)?)?;
        if told.kind == kind { Ok(told.id) } else { Err(format!("{name} cannot be {told}")) }
    }

    fn all_taken(&self) -> Result<(), String> {
        match self.0.keys().next() {
            Some(name) => Err(format!("the act knows nothing of {name}")),
            None => Ok(()),
        }
    }
}

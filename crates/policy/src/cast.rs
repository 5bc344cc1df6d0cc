//! The people and practices of `charter/attempts/`, and the making of attempts from what is
//! written there.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Value;

use crate::attempt::{Attempt, Must};
use crate::promise::PromiseId;
use crate::reading::{Fault, parts};
use crate::thing::{Fact, Facts, Thing, Uid};
use crate::vocabulary::{Act, Kind, NotAWord, Role, Service, Side};
use crate::who::{Practice, Who};

/// The file that says who tries.
const CAST: &str = "attempts/cast.toml";

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
    /// A word for whoever reads the file.
    #[serde(rename = "says")]
    _says: String,
    at: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CastPractice {
    /// A word for whoever reads the file.
    #[serde(rename = "says")]
    _says: String,
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

/// Who tries, and where.
pub(crate) fn cast(files: &[(&str, &str)]) -> Result<Cast, Fault> {
    let at = |reason: String| Fault { file: CAST.to_owned(), reason };
    let text = files.iter().find(|(file, _)| *file == CAST).map(|(_, text)| *text);
    let text = text.ok_or_else(|| at("nobody is there to try".to_owned()))?;
    Cast::read(text).map_err(at)
}

/// Every attempt, ready to be tried.
pub(crate) fn attempts(files: &[(&str, &str)]) -> Result<Vec<Attempt>, Fault> {
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

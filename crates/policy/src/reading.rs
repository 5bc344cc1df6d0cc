//! From the text in `charter/` to a charter that can be asked, or to the first fault: which file,
//! and what is wrong with it.

use std::collections::BTreeMap;

use cedar_policy::{
    Authorizer, Effect, Entities, ParseErrors, Policy, PolicyId, PolicySet, Schema, ValidationMode,
    Validator,
};
use serde::Deserialize;

use crate::attempt::Attempt;
use crate::cast;
use crate::promise::{KeptBy, PolicyName, Promise, PromiseId, Work};

include!(concat!(env!("OUT_DIR"), "/charter.rs"));

/// The promises, what each role may do, and the attempts to break them, ready to be asked.
///
/// It is made once, when the program starts, and shared: asking changes nothing.
#[derive(Debug)]
pub struct Charter {
    pub(crate) schema: Schema,
    /// The schema's own actions, with their groups: every entity store starts from them.
    pub(crate) base: Entities,
    pub(crate) policies: PolicySet,
    pub(crate) authorizer: Authorizer,
    promises: Vec<Promise>,
    work: Vec<Work>,
    pub(crate) attempts: Vec<Attempt>,
}

/// The charter cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("charter/{file}: {reason}")]
pub struct Fault {
    /// The file, inside `charter/`.
    pub file: String,
    /// What is wrong with it.
    pub reason: String,
}

/// A promise that no policy keeps.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    id: String,
    promise: String,
    source: String,
    kept_by: String,
    rule: String,
    proof: String,
}

impl Charter {
    /// Reads the embedded charter, validates every policy strictly against the schema, and makes
    /// every attempt ready: about ten milliseconds in a release build.
    pub fn load() -> Result<Self, Fault> {
        Self::read(FILES)
    }

    /// All promises, by id.
    pub fn promises(&self) -> &[Promise] {
        &self.promises
    }

    /// Everything that a role may do unless a promise forbids it, by name.
    pub fn work(&self) -> &[Work] {
        &self.work
    }

    /// Every attempt, by promise.
    pub fn attempts(&self) -> &[Attempt] {
        &self.attempts
    }

    pub(crate) fn promise(&self, id: &str) -> Option<&Promise> {
        self.promises.iter().find(|promise| promise.id.as_str() == id)
    }

    pub(crate) fn knows_work(&self, name: &str) -> bool {
        self.work.iter().any(|work| work.name.as_str() == name)
    }

    /// Reads a charter from its files: path inside `charter/`, and text.
    pub(crate) fn read(files: &[(&str, &str)]) -> Result<Self, Fault> {
        let schema = schema_of(files)?;
        let mut policies = PolicySet::new();
        let mut promises = BTreeMap::new();
        let mut work = BTreeMap::new();
        for &(file, text) in files {
            let at = |reason: String| Fault { file: file.to_owned(), reason };
            match parts(file) {
                ("", "schema", "cedarschema") | ("attempts", _, "toml") => {}
                ("promises", stem, "cedar") => {
                    let (policy, promise) = promise_of(stem, text).map_err(at)?;
                    policies.add(policy).map_err(|fault| at(fault.to_string()))?;
                    once(&mut promises, stem, promise).map_err(at)?;
                }
                ("promises", stem, "toml") => {
                    once(&mut promises, stem, kept(stem, text).map_err(at)?).map_err(at)?;
                }
                ("work", stem, "cedar") => {
                    for (policy, permit) in work_of(stem, text).map_err(at)? {
                        policies.add(policy).map_err(|fault| at(fault.to_string()))?;
                        let name = permit.name.as_str().to_owned();
                        once(&mut work, &name, permit).map_err(at)?;
                    }
                }
                _ => return Err(at("no such file is expected here".to_owned())),
            }
        }
        validate(&schema, &policies)?;
        let attempts = cast::attempts(files)?;
        count(&mut promises, &attempts)?;
        let base = schema.action_entities().map_err(|fault| Fault {
            file: "schema.cedarschema".to_owned(),
            reason: fault.to_string(),
        })?;
        Ok(Self {
            schema,
            base,
            policies,
            authorizer: Authorizer::new(),
            promises: promises.into_values().collect(),
            work: work.into_values().collect(),
            attempts,
        })
    }
}

/// `promises/OF-25.cedar` to folder, stem and ending.
pub(crate) fn parts(file: &str) -> (&str, &str, &str) {
    let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    (folder, stem, ending)
}

fn schema_of(files: &[(&str, &str)]) -> Result<Schema, Fault> {
    let file = "schema.cedarschema";
    let at = |reason: String| Fault { file: file.to_owned(), reason };
    let text = files.iter().find(|(path, _)| *path == file).map(|(_, text)| *text);
    let text = text.ok_or_else(|| at("the schema is missing".to_owned()))?;
    let (schema, mut warnings) =
        Schema::from_cedarschema_str(text).map_err(|fault| at(fault.to_string()))?;
    match warnings.next() {
        Some(warning) => Err(at(warning.to_string())),
        None => Ok(schema),
    }
}

/// One policy in the file, a `forbid`, that says all that a promise must say.
fn promise_of(stem: &str, text: &str) -> Result<(Policy, Promise), String> {
    let [policy] = &policies_of(text)?[..] else {
        return Err("a promise is one policy in a file of its own".to_owned());
    };
    says_only(policy, &["id", "promise", "source", "kept_by"])?;
    if policy.effect() != Effect::Forbid {
        return Err("a promise forbids; what is allowed stands in work/".to_owned());
    }
    let id = said(policy, "id")?;
    if id != stem {
        return Err(format!("@id is {id}, and the file's name says {stem}"));
    }
    if said(policy, "kept_by")? != "policy" {
        return Err("@kept_by must be \"policy\": the others are .toml files".to_owned());
    }
    let promise = Promise {
        id: PromiseId(id.clone()),
        sentence: sentence(policy, "promise")?,
        rule: rule(text, "forbid"),
        source: said(policy, "source")?,
        kept_by: KeptBy::Policy,
        attempts: 0,
    };
    Ok((policy.new_id(PolicyId::new(id)), promise))
}

fn kept(stem: &str, text: &str) -> Result<Promise, String> {
    let kept: Kept = toml::from_str(text).map_err(|fault| fault.to_string())?;
    if kept.id != stem {
        return Err(format!("id is {}, and the file's name says {stem}", kept.id));
    }
    let all = [&kept.promise, &kept.source, &kept.rule, &kept.proof];
    if all.iter().any(|it| it.trim().is_empty()) {
        return Err("promise, source, rule and proof must each say something".to_owned());
    }
    let kept_by = match kept.kept_by.as_str() {
        "constraint" => KeptBy::Constraint { proof: kept.proof },
        "absence" => KeptBy::Absence { proof: kept.proof },
        other => return Err(format!("kept_by is {other}: it must be constraint or absence")),
    };
    Ok(Promise {
        id: PromiseId(kept.id),
        sentence: kept.promise,
        rule: kept.rule,
        source: kept.source,
        kept_by,
        attempts: 0,
    })
}

/// The permits of one file, each with a name and a sentence of its own.
fn work_of(stem: &str, text: &str) -> Result<Vec<(Policy, Work)>, String> {
    let mut work = Vec::new();
    for policy in policies_of(text)? {
        says_only(&policy, &["id", "work"])?;
        let name = said(&policy, "id")?;
        if policy.effect() != Effect::Permit {
            return Err(format!("{name} forbids; what is forbidden stands in promises/"));
        }
        if name.split_once('/').is_none_or(|(file, _)| file != stem) {
            return Err(format!("@id {name} must begin with {stem}/"));
        }
        let own = policy.to_cedar().ok_or("a template has no place here")?;
        work.push((
            policy.new_id(PolicyId::new(&name)),
            Work {
                name: PolicyName(name),
                sentence: sentence(&policy, "work")?,
                rule: rule(&own, "permit"),
            },
        ));
    }
    Ok(work)
}

fn policies_of(text: &str) -> Result<Vec<Policy>, String> {
    let set: PolicySet = text.parse().map_err(|fault: ParseErrors| fault.to_string())?;
    if set.num_of_templates() > 0 {
        return Err("a template has no place here".to_owned());
    }
    Ok(set.policies().cloned().collect())
}

fn said(policy: &Policy, key: &str) -> Result<String, String> {
    match policy.annotation(key) {
        Some(text) if !text.trim().is_empty() => Ok(text.to_owned()),
        _ => Err(format!("a policy here must say its @{key}")),
    }
}

fn sentence(policy: &Policy, key: &str) -> Result<String, String> {
    let text = said(policy, key)?;
    if text.ends_with('.') { Ok(text) } else { Err(format!("@{key} is a sentence: end it")) }
}

fn says_only(policy: &Policy, keys: &[&str]) -> Result<(), String> {
    match policy.annotations().find(|(key, _)| !keys.contains(key)) {
        Some((key, _)) => Err(format!("@{key} means nothing here; known are {}", keys.join(", "))),
        None => Ok(()),
    }
}

/// The text of a policy from its first word on: what stands above it is shown apart.
fn rule(text: &str, effect: &str) -> String {
    let lines = text.lines().skip_while(|line| !line.starts_with(effect));
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}

fn once<T>(into: &mut BTreeMap<String, T>, name: &str, it: T) -> Result<(), String> {
    match into.insert(name.to_owned(), it) {
        Some(_) => Err(format!("{name} is there twice")),
        None => Ok(()),
    }
}

/// Strictly, and a warning counts: a policy that can never match is a promise that nobody keeps.
fn validate(schema: &Schema, policies: &PolicySet) -> Result<(), Fault> {
    let verdict = Validator::new(schema.clone()).validate(policies, ValidationMode::Strict);
    let faults = verdict.validation_errors().map(|it| (it.policy_id().clone(), it.to_string()));
    let warnings = verdict.validation_warnings().map(|it| (it.policy_id().clone(), it.to_string()));
    match faults.chain(warnings).next() {
        Some((policy, reason)) => {
            let name: &str = policy.as_ref();
            let file = match name.split_once('/') {
                Some((file, _)) => format!("work/{file}.cedar"),
                None => format!("promises/{name}.cedar"),
            };
            Err(Fault { file, reason })
        }
        None => Ok(()),
    }
}

/// Counts the attempts on each promise. One that a policy keeps and nobody tries is a fault.
fn count(promises: &mut BTreeMap<String, Promise>, attempts: &[Attempt]) -> Result<(), Fault> {
    for attempt in attempts {
        let Some(promise) = promises.get_mut(attempt.promise.as_str()) else {
            let file = format!("attempts/{}.toml", attempt.promise);
            return Err(Fault { file, reason: "there is no such promise".to_owned() });
        };
        promise.attempts += 1;
    }
    let untried = promises.values().find(|it| it.kept_by == KeptBy::Policy && it.attempts == 0);
    match untried {
        Some(promise) => Err(Fault {
            file: format!("attempts/{}.toml", promise.id),
            reason: "a promise that a policy keeps needs attempts to break it".to_owned(),
        }),
        None => Ok(()),
    }
}

//! The decision: what is loaded, how it is asked, and why whatever goes wrong on the way is a no.

use std::collections::{BTreeMap, HashMap, HashSet};

use cedar_policy::{
    Context, Entities, Entity, EntityId, EntityTypeName, EntityUid, Request, RestrictedExpression,
};

use crate::promise::{PolicyName, PromiseId};
use crate::reading::Charter;
use crate::thing::{Fact, Facts, Thing, Uid};
use crate::vocabulary::{Act, Kind};
use crate::who::Who;

/// The charter's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Yes.
    Permit {
        /// The policies that allow it, by name.
        by: Vec<PolicyName>,
    },
    /// No.
    Refuse(Refused),
}

/// A no, with what can be shown to whoever asked and to whom it protects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The promise it would break: the first by id, if there are several.
    pub promise: Option<PromiseId>,
    /// Further promises that it would break.
    pub also: Vec<PromiseId>,
    /// Why not, in plain words.
    pub sentence: String,
    /// Where the promise comes from; nothing without a promise.
    pub source: Option<String>,
    /// What kind of no this is.
    pub why: Why,
}

/// What kind of no it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// A promise forbids it.
    ForbiddenBy,
    /// Nothing allows it.
    NoPermit,
    /// The charter could not be asked properly; the text is for those who run the house. The
    /// caller raises an alarm: this is a fault of the program, never of whoever asked.
    Erred(String),
}

impl Decision {
    /// Whether the answer is yes.
    pub fn is_permit(&self) -> bool {
        matches!(self, Self::Permit { .. })
    }

    /// Whether the answer is no and `promise` is among the reasons.
    pub fn is_refused_by(&self, promise: &PromiseId) -> bool {
        match self {
            Self::Permit { .. } => false,
            Self::Refuse(it) => it.promise.iter().chain(&it.also).any(|id| id == promise),
        }
    }
}

impl Refused {
    fn for_want_of_permit() -> Self {
        Self {
            promise: None,
            also: Vec::new(),
            sentence: "Nothing in the charter allows this.".to_owned(),
            source: None,
            why: Why::NoPermit,
        }
    }

    fn erred(what: String) -> Self {
        Self {
            sentence: "The charter could not be asked about this, so the answer is no.".to_owned(),
            why: Why::Erred(what),
            ..Self::for_want_of_permit()
        }
    }
}

impl Charter {
    /// Decides whether `who` may do `act` to `thing`, and says why.
    ///
    /// Every practice that `who`, `thing` or `act` mentions must be among `who`'s places or in
    /// `others`, so that no policy judges what was not loaded. Whatever is missing, contradicts
    /// itself or does not fit the schema is refused with [`Why::Erred`].
    pub fn decide(
        &self,
        who: &Who,
        act: &Act,
        thing: &dyn Thing,
        others: &[&dyn Thing],
    ) -> Decision {
        match self.ask(who, act, thing, others) {
            Ok(decision) => decision,
            Err(what) => Decision::Refuse(Refused::erred(what)),
        }
    }

    fn ask(
        &self,
        who: &Who,
        act: &Act,
        thing: &dyn Thing,
        others: &[&dyn Thing],
    ) -> Result<Decision, String> {
        let loaded = gather(who, thing, others)?;
        let (request, entities) = self.question(&who.uid(), act, &thing.uid(), &loaded)?;
        self.judge(&request, &entities)
    }

    /// The question in Cedar's terms, about what was loaded and nothing else.
    pub(crate) fn question(
        &self,
        who: &Uid,
        act: &Act,
        thing: &Uid,
        loaded: &BTreeMap<Uid, Facts>,
    ) -> Result<(Request, Entities), String> {
        let payload = act.payload();
        all_loaded(loaded, who, thing, &payload)?;

        let entities = self.entities(loaded)?;
        let action = entity(&Kind::action(), act.name());
        let context = payload.iter().map(|(name, fact)| ((*name).to_owned(), expression(fact)));
        let context = Context::from_pairs(context).map_err(said)?;
        let request = Request::new(uid(who), action, uid(thing), context, Some(&self.schema));
        Ok((request.map_err(said)?, entities))
    }

    fn entities(&self, loaded: &BTreeMap<Uid, Facts>) -> Result<Entities, String> {
        let mut entities = Vec::with_capacity(loaded.len());
        for (name, facts) in loaded {
            let facts: HashMap<String, RestrictedExpression> =
                facts.iter().map(|(name, fact)| (name.to_owned(), expression(fact))).collect();
            entities.push(Entity::new(uid(name), facts, HashSet::new()).map_err(said)?);
        }
        self.base.clone().add_entities(entities, Some(&self.schema)).map_err(said)
    }

    pub(crate) fn judge(&self, request: &Request, entities: &Entities) -> Result<Decision, String> {
        let answer = self.authorizer.is_authorized(request, &self.policies, entities);
        let faults: Vec<String> = answer.diagnostics().errors().map(said).collect();
        if !faults.is_empty() {
            return Err(faults.join("; "));
        }
        let mut reasons: Vec<String> =
            answer.diagnostics().reason().map(|id| AsRef::<str>::as_ref(id).to_owned()).collect();
        reasons.sort();

        if answer.decision() == cedar_policy::Decision::Allow {
            if let Some(stranger) = reasons.iter().find(|name| !self.knows_work(name)) {
                return Err(format!("allowed by {stranger}, which the charter does not have"));
            }
            return Ok(Decision::Permit { by: reasons.into_iter().map(PolicyName).collect() });
        }
        let Some(first) = reasons.first() else {
            return Ok(Decision::Refuse(Refused::for_want_of_permit()));
        };
        let promise = self
            .promise(first)
            .ok_or_else(|| format!("refused by {first}, which the charter does not have"))?;
        Ok(Decision::Refuse(Refused {
            promise: Some(promise.id.clone()),
            also: reasons[1..].iter().cloned().map(PromiseId).collect(),
            sentence: promise.sentence.clone(),
            source: Some(promise.source.clone()),
            why: Why::ForbiddenBy,
        }))
    }
}

/// Everything that policies may look at: who asks, their practices, the thing and the others.
pub(crate) fn gather(
    who: &Who,
    thing: &dyn Thing,
    others: &[&dyn Thing],
) -> Result<BTreeMap<Uid, Facts>, String> {
    let mut loaded = BTreeMap::from([(who.uid(), who.facts())]);
    let practices = who.places.iter().map(|place| &place.practice as &dyn Thing);
    for thing in std::iter::once(thing).chain(practices).chain(others.iter().copied()) {
        let (uid, facts) = (thing.uid(), facts_of(thing)?);
        match loaded.get(&uid) {
            Some(known) if *known != facts => return Err(format!("{uid} is given in two ways")),
            Some(_) => {}
            None => {
                loaded.insert(uid, facts);
            }
        }
    }
    Ok(loaded)
}

fn facts_of(thing: &dyn Thing) -> Result<Facts, String> {
    let facts = thing.facts();
    match thing.practice() {
        Some(_) if facts.has("practice") => {
            Err(format!("{} says its practice in two ways", thing.uid()))
        }
        Some(practice) => Ok(facts.with("practice", practice)),
        None => Ok(facts),
    }
}

/// An absent entity has no attributes, and Cedar does not mind: a promise would be passed over.
fn all_loaded(
    loaded: &BTreeMap<Uid, Facts>,
    who: &Uid,
    thing: &Uid,
    payload: &[(&'static str, Fact)],
) -> Result<(), String> {
    let facts = loaded.values().flat_map(Facts::iter).map(|(_, fact)| fact);
    let facts = facts.chain(payload.iter().map(|(_, fact)| fact));
    for uid in facts.flat_map(Fact::uids).chain([who, thing]) {
        if !uid.kind.is_name() && !loaded.contains_key(uid) {
            return Err(format!("{uid} is mentioned and was not loaded"));
        }
    }
    Ok(())
}

fn expression(fact: &Fact) -> RestrictedExpression {
    match fact {
        Fact::Bool(it) => RestrictedExpression::new_bool(*it),
        Fact::Long(it) => RestrictedExpression::new_long(*it),
        Fact::Text(it) => RestrictedExpression::new_string(it.clone()),
        Fact::Uid(it) => RestrictedExpression::new_entity_uid(uid(it)),
        Fact::Set(facts) => RestrictedExpression::new_set(facts.iter().map(expression)),
    }
}

fn uid(of: &Uid) -> EntityUid {
    entity(&of.kind.type_name(), &of.id)
}

fn entity(kind: &EntityTypeName, id: &str) -> EntityUid {
    EntityUid::from_type_name_and_id(kind.clone(), EntityId::new(id))
}

impl Kind {
    fn type_name(self) -> EntityTypeName {
        self.word().parse().expect("the schema was parsed with this name")
    }

    fn action() -> EntityTypeName {
        "Action".parse().expect("Cedar's own name for acts")
    }
}

fn said(fault: impl std::fmt::Display) -> String {
    fault.to_string()
}

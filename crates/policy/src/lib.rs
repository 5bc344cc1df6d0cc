//! The charter: the promises of Trellis as Cedar policies, decided and explained.
//!
//! A room describes a thing by its facts, names an act, and is answered with a yes that says which
//! policies allow it, or a no that says which promise it would break, in words that can be shown.
//! What no policy allows is refused. Policies, promises and attempts are text in `charter/` at the
//! root of the repository; they are embedded when this crate is built, so that deciding is a
//! function of its arguments: no file, clock or chance.
//!
//! ```
//! use policy::{Act, Charter, Decision, Fact, Facts, Kind, Practice, Role, Service, Side};
//! use policy::{Thing, Uid, Who};
//!
//! /// What room `terms` knows of one version of an agreement.
//! struct Version {
//!     id: &'static str,
//!     practice: &'static str,
//!     signed_by: Vec<&'static str>,
//! }
//!
//! impl Thing for Version {
//!     fn uid(&self) -> Uid {
//!         Uid::new(Kind::Agreement, self.id)
//!     }
//!     fn practice(&self) -> Option<Uid> {
//!         Some(Uid::new(Kind::Practice, self.practice))
//!     }
//!     fn facts(&self) -> Facts {
//!         let signers = self.signed_by.iter().map(|id| Uid::new(Kind::Person, id));
//!         Facts::new()
//!             .with("signed", !self.signed_by.is_empty())
//!             .with("signers", signers.collect::<Fact>())
//!     }
//! }
//!
//! let charter = Charter::load()?;
//! let elm = Practice::new("elm").sharing([Service::Scheduling]);
//! let ada = Who::new("ada").being([Role::Owner, Role::Clinician], elm.clone());
//! let oz = Who::new("oz").being([Role::Owner], Practice::operator("trellis"));
//! let version = Version { id: "spring", practice: "elm", signed_by: Vec::new() };
//!
//! let for_elm = Act::SignAgreement { side: Side::Practice };
//! assert!(charter.decide(&ada, &for_elm, &version, &[]).is_permit());
//!
//! let answer = charter.decide(&oz, &for_elm, &version, &[&elm]);
//! let Decision::Refuse(refused) = answer else { panic!("{answer:?}") };
//! assert_eq!(refused.promise.as_ref().map(|it| it.as_str()), Some("OF-13"));
//! assert!(refused.sentence.starts_with("Only its owner signs for a practice"));
//! # Ok::<(), policy::Fault>(())
//! ```
//!
//! # How it fails
//!
//! Always closed. Cedar by itself fails open in four ways, and each is shut here:
//!
//! 1. An entity store without the schema knows no groups of acts, and a promise about a group never
//!    matches. Every store starts from the schema's own actions.
//! 2. An attribute of something that was not loaded is absent, without an error. Whatever is
//!    mentioned must be loaded; [`Kind`]s without attributes are mere names, which no policy can
//!    look behind.
//! 3. A policy that errs is skipped. Any error is a refusal, [`Why::Erred`], which the caller
//!    raises as an alarm; every request is built against the schema.
//! 4. Two promises can cover each other, so that neither is ever seen to work. Tests try each alone
//!    beside a policy that allows everything.

mod attempt;
mod cast;
mod decide;
mod promise;
mod reading;
mod thing;
mod vocabulary;
mod who;

pub use attempt::{Attempt, Must, Report, Tried};
pub use decide::{Decision, Refused, Why};
pub use promise::{KeptBy, PolicyName, Promise, PromiseId, Work};
pub use reading::{Charter, Fault};
pub use thing::{Fact, Facts, Thing, Uid};
pub use vocabulary::{Act, Kind, NotAWord, Role, Service, Side};
pub use who::{Place, Practice, Who};

#[cfg(test)]
mod tests;

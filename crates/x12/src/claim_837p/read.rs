//! Reading an 837P: levels open by `HL03`; within a level, place decides what a segment means.

use crate::claim_837p::read_claim::{self, ClaimPlace};
use crate::claim_837p::{
    BillingProvider, ClaimBatch, Dependent, Payer, Policy, PracticeClaims, Relation, Subscriber,
    Turn,
};
use crate::envelope::Set;
use crate::finding::{Kind, Level, Refused};
use crate::guide::{self, SetKind};
use crate::parsed::{Parsed, Walk};
use crate::party::{Address, Contact, Demographics, Id, Name, is_npi, reference};

/// Reads a set as an 837P.
///
/// # Errors
/// [`Refused`] when the set is another one (837I and 837D are), or of another version than 5010.
pub fn read(set: &Set<'_>) -> Result<Parsed<ClaimBatch>, Refused> {
    guide::expect(set, SetKind::Claim837p)?;
    let mut walk = Walk::new(set).ok_or_else(|| guide::empty(set))?;
    guide::note(set, &mut walk, "005010X222A1");
    let mut reader = Reader {
        value: ClaimBatch::default(),
        here: Here::Header,
        levels: Levels::default(),
        context: Context::default(),
    };
    while walk.step() {
        reader.segment(&mut walk);
    }
    if reader.value.claims().next().is_none() {
        let says = "The set holds no claim.".to_owned();
        walk.find(Kind::MissingSegment, Level::Error, 0, says);
    }
    reader.value.practices.iter().flat_map(|it| &it.claims).for_each(|it| totals(it, &mut walk));
    Ok(walk.finish(reader.value))
}

/// The loop that the last segment stood in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Here {
    Header,
    Submitter,
    Receiver,
    BillingLevel,
    Billing,
    PayTo,
    PayToPlan,
    SubscriberLevel,
    Subscriber,
    Payer,
    DependentLevel,
    Dependent,
    Claim(ClaimPlace),
    /// Below a level that nobody can place.
    Lost,
}

/// The numbers (`HL01`) of the open levels.
#[derive(Default)]
struct Levels {
    billing: String,
    subscriber: String,
}

/// What the claims that follow share.
#[derive(Default)]
struct Context {
    policy: Option<Policy>,
    subscriber: Subscriber,
    payer: Payer,
    dependent: Option<Dependent>,
}

struct Reader {
    value: ClaimBatch,
    here: Here,
    levels: Levels,
    context: Context,
}

impl Reader {
    fn segment(&mut self, walk: &mut Walk<'_, '_>) {
        match walk.seg.id() {
            "HL" => return self.level(walk),
            "NM1" if !matches!(self.here, Here::Claim(_) | Here::Lost) => return self.name(walk),
            "CLM" => return self.claim(walk),
            _ => {}
        }
        match self.here {
            Here::Header if walk.seg.id() == "BHT" => self.beginning(walk),
            Here::Submitter if walk.seg.id() == "PER" => {
                self.value.submitter.contacts.push(Contact::read(&walk.seg));
            }
            Here::BillingLevel | Here::Billing | Here::PayTo => self.billing(walk),
            Here::PayToPlan => walk.leave_quietly(),
            Here::SubscriberLevel => self.subscriber_level(walk),
            Here::Subscriber => self.subscriber(walk),
            Here::Payer => self.payer(walk),
            Here::DependentLevel | Here::Dependent => self.dependent(walk),
            Here::Claim(place) => {
                let practice = self.value.practices.last_mut();
                match practice.and_then(|it| it.claims.last_mut()) {
                    Some(claim) => self.here = Here::Claim(read_claim::below(claim, place, walk)),
                    None => walk.leave(),
                }
            }
            Here::Header | Here::Submitter | Here::Receiver | Here::Lost => walk.leave(),
        }
    }

    fn beginning(&mut self, walk: &mut Walk<'_, '_>) {
        self.value.is_reissue = walk.text(2) == "18";
        self.value.reference = walk.text(3);
        self.value.created = walk.moment(4, "The date of the batch");
        self.value.is_encounter = walk.text(6) == "RP";
    }

    fn level(&mut self, walk: &mut Walk<'_, '_>) {
        let (number, above) = (walk.text(1), walk.text(2));
        let (here, loop_id, expected) = match walk.text(3).as_str() {
            "20" => {
                self.value.practices.push(PracticeClaims::default());
                self.levels = Levels { billing: number, subscriber: String::new() };
                self.context = Context::default();
                (Here::BillingLevel, "2000A", String::new())
            }
            "22" if !self.value.practices.is_empty() => {
                self.levels.subscriber = number;
                self.context = Context::default();
                (Here::SubscriberLevel, "2000B", self.levels.billing.clone())
            }
            "23" if self.context.policy.is_some() => {
                self.context.dependent = None;
                (Here::DependentLevel, "2000C", self.levels.subscriber.clone())
            }
            other => {
                self.here = Here::Lost;
                let says = format!("Level {other} (HL03) stands without the level above it.");
                walk.find(Kind::HlParent, Level::Error, 3, says);
                return walk.leave_quietly();
            }
        };
        self.here = here;
        walk.loop_id = loop_id;
        if above != expected {
            let says = format!("HL02 says the level above is {above:?}, but it is {expected:?}.");
            walk.find(Kind::HlParent, Level::Error, 2, says);
        }
    }

    /// An `NM1` above the claims opens a loop.
    fn name(&mut self, walk: &mut Walk<'_, '_>) {
        let is_person = walk.text(2) == "1";
        let name = Name::read(&walk.seg);
        match (walk.text(1).as_str(), self.here) {
            ("41", _) => {
                self.enter(Here::Submitter, "1000A", walk);
                self.value.submitter.name = name;
                self.value.submitter.is_person = is_person;
                self.value.submitter.id = identified(walk, &["46"]).value;
            }
            ("40", _) => {
                self.enter(Here::Receiver, "1000B", walk);
                self.value.receiver.name = name.last;
                self.value.receiver.id = identified(walk, &["46"]).value;
            }
            ("85", Here::BillingLevel | Here::Billing) => {
                self.enter(Here::Billing, "2010AA", walk);
                let npi = identified(walk, &["XX"]).value;
                if !npi.is_empty() && !is_npi(&npi) {
                    let says = format!("{npi:?} is no NPI: its check digit does not fit.");
                    walk.find(Kind::BadNpi, Level::Business, 9, says);
                }
                if let Some(billing) = self.practice_billing() {
                    (billing.name, billing.is_person, billing.npi) = (name, is_person, npi);
                }
            }
            ("87", _) => self.enter(Here::PayTo, "2010AB", walk),
            ("PE", _) => {
                self.enter(Here::PayToPlan, "2010AC", walk);
                walk.leave_quietly();
            }
            ("IL", Here::SubscriberLevel | Here::Subscriber) => {
                self.enter(Here::Subscriber, "2010BA", walk);
                self.context.subscriber.name = name;
                let id = || Id { qualifier: walk.text(8), value: walk.text(9) };
                self.context.subscriber.member_id = walk.some(9).map(|_| id());
            }
            ("PR", Here::SubscriberLevel | Here::Subscriber | Here::Payer) => {
                self.enter(Here::Payer, "2010BB", walk);
                let id = identified(walk, &["PI", "XV"]);
                self.context.payer = Payer { name: name.last, id, address: None };
            }
            ("QC", Here::DependentLevel | Here::Dependent) => {
                self.enter(Here::Dependent, "2010CA", walk);
                if let Some(dependent) = &mut self.context.dependent {
                    dependent.name = name;
                }
            }
            _ => walk.leave(),
        }
    }

    fn enter(&mut self, here: Here, loop_id: &'static str, walk: &mut Walk<'_, '_>) {
        self.here = here;
        walk.loop_id = loop_id;
    }

    fn practice_billing(&mut self) -> Option<&mut BillingProvider> {
        self.value.practices.last_mut().map(|it| &mut it.billing)
    }

    fn billing(&mut self, walk: &mut Walk<'_, '_>) {
        let here = self.here;
        let Some(billing) = self.practice_billing() else { return walk.leave() };
        match (walk.seg.id(), walk.text(1).as_str(), here) {
            ("PRV", "BI", Here::BillingLevel) => billing.taxonomy = walk.some(3),
            ("CUR", _, _) => walk.leave_quietly(),
            ("N3", _, Here::Billing) => billing.address.take_street(&walk.seg),
            ("N4", _, Here::Billing) => {
                city(walk);
                billing.address.take_city(&walk.seg);
            }
            ("N3" | "N4", _, Here::PayTo) => Address::take(&mut billing.pay_to, &walk.seg),
            ("REF", "EI" | "SY", Here::Billing) => billing.tax_id = reference(&walk.seg),
            ("REF", _, Here::Billing) => walk.leave_quietly(),
            ("PER", _, Here::Billing) => billing.contact = Some(Contact::read(&walk.seg)),
            _ => walk.leave(),
        }
    }

    fn subscriber_level(&mut self, walk: &mut Walk<'_, '_>) {
        match walk.seg.id() {
            "SBR" => self.context.policy = Some(policy(walk)),
            "PAT" => walk.leave_quietly(),
            _ => walk.leave(),
        }
    }

    fn subscriber(&mut self, walk: &mut Walk<'_, '_>) {
        let subscriber = &mut self.context.subscriber;
        match walk.seg.id() {
            "N3" => Address::take(&mut subscriber.address, &walk.seg),
            "N4" => {
                city(walk);
                Address::take(&mut subscriber.address, &walk.seg);
            }
            "DMG" => subscriber.demographics = Some(demographics(walk)),
            "REF" | "PER" => walk.leave_quietly(),
            _ => walk.leave(),
        }
    }

    fn payer(&mut self, walk: &mut Walk<'_, '_>) {
        match walk.seg.id() {
            "N3" | "N4" => Address::take(&mut self.context.payer.address, &walk.seg),
            "REF" => walk.leave_quietly(),
            _ => walk.leave(),
        }
    }

    fn dependent(&mut self, walk: &mut Walk<'_, '_>) {
        if walk.seg.id() == "PAT" {
            self.context.dependent = Some(Dependent {
                relation: Relation::of(&walk.text(1)),
                name: Name::default(),
                address: Address::default(),
                demographics: Demographics::default(),
            });
            return;
        }
        let Some(dependent) = &mut self.context.dependent else { return walk.leave() };
        match walk.seg.id() {
            "N3" => dependent.address.take_street(&walk.seg),
            "N4" => {
                city(walk);
                dependent.address.take_city(&walk.seg);
            }
            "DMG" => dependent.demographics = demographics(walk),
            "REF" | "PER" => walk.leave_quietly(),
            _ => walk.leave(),
        }
    }

    fn claim(&mut self, walk: &mut Walk<'_, '_>) {
        walk.loop_id = "2300";
        self.here = Here::Claim(ClaimPlace::Claim);
        if self.context.policy.is_none() {
            let says = "A claim stands without a policy (SBR) above it.".to_owned();
            walk.find(Kind::MissingSegment, Level::Error, 0, says);
        }
        let claim = read_claim::begin(
            self.context.policy.clone().unwrap_or_else(unknown_policy),
            self.context.subscriber.clone(),
            self.context.payer.clone(),
            self.context.dependent.clone(),
            walk,
        );
        if self.value.practices.is_empty() {
            self.value.practices.push(PracticeClaims::default());
        }
        if let Some(practice) = self.value.practices.last_mut() {
            practice.claims.push(claim);
        }
    }
}

fn unknown_policy() -> Policy {
    Policy {
        turn: Turn::Unknown,
        group_number: None,
        group_name: None,
        medicare_second: None,
        filing: None,
    }
}

/// `SBR`.
pub(super) fn policy(walk: &mut Walk<'_, '_>) -> Policy {
    Policy {
        turn: Turn::of(&walk.need(1, "Whose turn the payer is")),
        group_number: walk.some(3),
        group_name: walk.some(4),
        medicare_second: walk.some(5),
        filing: walk.some(9),
    }
}

fn demographics(walk: &mut Walk<'_, '_>) -> Demographics {
    Demographics { born_on: walk.date(2, "The birth date"), sex: walk.text(3) }
}

/// The id of an `NM1` that must have one; findings where a separator too few moved it.
pub(super) fn identified(walk: &mut Walk<'_, '_>, kinds: &[&str]) -> Id {
    let id = Id { qualifier: walk.text(8), value: walk.text(9) };
    let known = kinds.contains(&id.qualifier.as_str());
    if !known && !id.qualifier.is_empty() && (id.value.is_empty() || id.qualifier.len() > 2) {
        let suffix = walk.text(7);
        let moved =
            if suffix.is_empty() { String::new() } else { format!("; NM107 holds {suffix}") };
        let says = format!("NM108 holds {}, which is no qualifier{moved}.", id.qualifier);
        walk.find(Kind::BadCode, Level::Error, 8, says);
    }
    if id.value.is_empty() {
        let says = "NM109 is missing.".to_owned();
        walk.find(Kind::MissingElement, Level::Error, 9, says);
    }
    id
}

/// Checks the lengths of an `N4`.
fn city(walk: &mut Walk<'_, '_>) {
    for (element, what, max) in [(1, "The city", 30), (2, "The state", 2), (3, "The ZIP code", 15)]
    {
        let text = walk.text(element);
        if text.len() > max {
            let says = format!("{what} (N4{element:02}) holds {text:?}: at most {max} characters.");
            walk.find(Kind::TooLong, Level::Error, element, says);
        }
    }
}

/// Compares a claim with its lines.
fn totals(claim: &crate::claim_837p::Claim, walk: &mut Walk<'_, '_>) {
    let lines = claim.lines.iter().map(|it| it.charge).sum();
    if claim.charge != lines {
        let says =
            format!("Claim {} charges {} (CLM02), its lines {lines}.", claim.number, claim.charge);
        walk.find(Kind::TotalMismatch, Level::Business, 0, says);
    }
}

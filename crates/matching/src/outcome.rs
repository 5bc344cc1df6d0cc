//! The answer to a request: who fits, in order, and who misses, with what would have to change.

use std::cmp::Reverse;

use jiff::civil::Date;

use crate::clinician::Clinician;
use crate::hard::{Hard, is_beyond_search};
use crate::request::Request;
use crate::soft::{Mark, Soft};
use crate::turn::turn;
use crate::weights::Weights;
use crate::words;

/// More reasons than this are not read.
const FOR_MAX: usize = 3;
/// And fewer against, so that a list never reads like a verdict.
const AGAINST_MAX: usize = 2;

/// A request and the clinicians whom it could go to.
#[derive(Debug, Clone)]
pub struct Search {
    /// The day of the request: pauses compare with it.
    pub on: Date,
    /// Kept with the request; decides turns among equals.
    pub seed: u64,
    /// What the soft rules are worth here.
    pub weights: Weights,
    /// The request.
    pub request: Request,
    /// The clinicians, in any order, each id once.
    pub clinicians: Vec<Clinician>,
}

/// A sentence for or against, with the rule that it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason<R> {
    /// The rule.
    pub rule: R,
    /// One plain sentence with the datum.
    pub says: String,
}

/// A clinician who fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fit {
    /// Who.
    pub id: String,
    /// The sum of all points.
    pub score: u32,
    /// The strongest reasons for, at most three.
    pub reasons_for: Vec<Reason<Soft>>,
    /// The weightiest reasons against, at most two.
    pub reasons_against: Vec<Reason<Soft>>,
}

/// A clinician who does not fit, and all that would have to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// Who.
    pub id: String,
    /// Every hard rule that holds, in the order of their words.
    pub reasons: Vec<Reason<Hard>>,
}

/// The answer to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Who fits, in order.
    pub fits: Vec<Fit>,
    /// Who does not, by id.
    pub misses: Vec<Miss>,
    /// Help comes first: in a crisis, or where outpatient care is not enough, nobody fits.
    pub crisis_help_first: bool,
}

impl Search {
    /// Divides the clinicians into those who fit, in order, and those who miss.
    pub fn assess(&self) -> Outcome {
        let mut fitting: Vec<(&Clinician, Vec<Mark>)> = Vec::new();
        let mut misses = Vec::new();
        for clinician in &self.clinicians {
            let reasons = self.misses_by(clinician);
            if reasons.is_empty() {
                fitting.push((clinician, self.marks(clinician)));
            } else {
                misses.push(Miss { id: clinician.id.clone(), reasons });
            }
        }
        // `None` sorts before any date: who never had an offer has waited longest.
        fitting.sort_by_cached_key(|(clinician, marks)| {
            let turn = turn(self.seed, &clinician.id);
            (Reverse(score(marks)), clinician.last_offer, turn, clinician.id.clone())
        });
        misses.sort_by(|one, other| one.id.cmp(&other.id));
        Outcome {
            fits: fitting.iter().map(|(clinician, marks)| self.fit(clinician, marks)).collect(),
            misses,
            crisis_help_first: is_beyond_search(self.request.level),
        }
    }

    fn misses_by(&self, clinician: &Clinician) -> Vec<Reason<Hard>> {
        Hard::ALL
            .into_iter()
            .filter(|rule| rule.holds(&self.request, clinician, self.on))
            .map(|rule| {
                let says = words::to_change(rule, &self.request, clinician, self.on);
                Reason { rule, says }
            })
            .collect()
    }

    fn marks(&self, clinician: &Clinician) -> Vec<Mark> {
        let mark = |rule: Soft| rule.mark(&self.request, clinician, &self.weights);
        Soft::ALL.into_iter().filter_map(mark).collect()
    }

    fn fit(&self, clinician: &Clinician, marks: &[Mark]) -> Fit {
        let mut pro: Vec<&Mark> = marks.iter().filter(|mark| mark.speaks_for()).collect();
        pro.sort_by_key(|mark| (Reverse(mark.points()), mark.rule));
        let mut con: Vec<&Mark> = marks.iter().filter(|mark| mark.speaks_against()).collect();
        con.sort_by_key(|mark| (Reverse(mark.lost()), mark.rule));
        let reasons = |marks: Vec<&Mark>, max: usize, says: Says| {
            let rules = marks.into_iter().take(max).map(|mark| mark.rule);
            rules.map(|rule| Reason { rule, says: says(rule, &self.request, clinician) }).collect()
        };
        Fit {
            id: clinician.id.clone(),
            score: score(marks),
            reasons_for: reasons(pro, FOR_MAX, words::speaks_for),
            reasons_against: reasons(con, AGAINST_MAX, words::speaks_against),
        }
    }
}

type Says = fn(Soft, &Request, &Clinician) -> String;

fn score(marks: &[Mark]) -> u32 {
    marks.iter().map(Mark::points).sum()
}

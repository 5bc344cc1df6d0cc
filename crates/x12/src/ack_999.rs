//! The 999: did our sets pass the partner's syntax check, and if not, at which element.
//!
//! A 997 of older partners is read into the same shape. `E` means accepted with errors: the
//! claims go on. Only `R` and its kin reject, and then every claim of the set.
//!
//! Source: X12 005010X231A1.

use std::fmt;

use crate::codes::codes;
use crate::envelope::Set;
use crate::finding::{Kind, Level, Refused};
use crate::guide::{self, SetKind};
use crate::out::Out;
use crate::parsed::{Parsed, Walk};

codes! {
    /// The verdict on a set or group (`IK501`, `AK901`).
    Verdict {
        /// Accepted.
        Accepted = "A",
        /// Accepted though there are errors: what was sent goes on.
        AcceptedWithErrors = "E",
        /// Of the group: some sets were rejected.
        Partly = "P",
        /// Rejected: as if never sent.
        Rejected = "R",
        /// Rejected: authentication failed.
        AuthenticationFailed = "M",
        /// Rejected: assurance failed.
        AssuranceFailed = "W",
        /// Rejected: could not be decrypted.
        NotDecrypted = "X",
    }
}

impl Verdict {
    /// Whether what was sent counts as never sent. An unknown verdict is none: look at it.
    pub fn rejects(&self) -> bool {
        use Verdict::*;
        matches!(self, Rejected | AuthenticationFailed | AssuranceFailed | NotDecrypted)
    }
}

/// The answer to one group that we sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledgment999 {
    /// `AK101`: `HC` for claims.
    pub functional_id: String,
    /// `AK102`: our `GS06`.
    pub group_control: String,
    /// `AK103`: our `GS08`.
    pub guide: Option<String>,
    /// `AK2` loops; a group accepted as a whole may list none.
    pub sets: Vec<SetVerdict>,
    /// `AK901`.
    pub verdict: Verdict,
    /// `AK902`–`AK904`: sets sent, received, accepted.
    pub counts: [usize; 3],
    /// `AK905`–`AK909`: what was wrong with the group.
    pub errors: Vec<String>,
}

/// The answer to one set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetVerdict {
    /// `AK201`, as `837`.
    pub id: String,
    /// `AK202`: our `ST02`.
    pub control: String,
    /// `AK203`.
    pub guide: Option<String>,
    /// `IK3` loops.
    pub segments: Vec<SegmentError>,
    /// `IK501`.
    pub verdict: Verdict,
    /// `IK502`–`IK506`: what was wrong with the set.
    pub errors: Vec<String>,
}

/// What was wrong with one segment (`IK3`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SegmentError {
    /// `IK301`: the segment's id.
    pub tag: String,
    /// `IK302`: its number in the set, `ST` being 1.
    pub position: usize,
    /// `IK303`: the loop, cut to four characters by many senders.
    pub loop_id: Option<String>,
    /// `IK304`.
    pub error: Option<String>,
    /// `CTX`: as `CLM01:RT-2002`, which names the claim, or the trigger of a situational rule.
    pub contexts: Vec<Vec<String>>,
    /// `IK4` loops.
    pub elements: Vec<ElementError>,
}

/// What was wrong with one element (`IK4`).
#[derive(Clone, PartialEq, Eq)]
pub struct ElementError {
    /// Number of the element, from 1.
    pub element: usize,
    /// Number of the component.
    pub component: Option<usize>,
    /// Number of the repetition.
    pub repetition: Option<usize>,
    /// `IK402`: the data element number of the standard.
    pub reference: Option<String>,
    /// `IK403`.
    pub error: String,
    /// `IK404`: what we had sent there.
    pub seen: Option<String>,
    /// `CTX` below the element.
    pub contexts: Vec<Vec<String>>,
}

impl fmt::Debug for ElementError {
    /// Leaves out what was sent there, which may be a name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ElementError({}, {})", self.element, self.error)
    }
}

impl SegmentError {
    /// Our claim number, where the partner says which claim it is about (`CTX*CLM01:…`).
    pub fn claim(&self) -> Option<&str> {
        let elements = self.elements.iter().flat_map(|it| &it.contexts);
        let named = |it: &&Vec<String>| it.first().is_some_and(|it| it == "CLM01");
        let context = self.contexts.iter().chain(elements).find(named)?;
        context.get(1).map(String::as_str)
    }
}

/// What an error code of a segment (`IK304`) means, in our words.
pub fn segment_error_words(code: &str) -> Option<&'static str> {
    Some(match code {
        "1" => "unknown segment",
        "2" => "unexpected segment",
        "3" => "a required segment is missing",
        "4" => "the loop stands too often",
        "5" => "the segment stands too often",
        "6" => "the segment does not belong to this set",
        "7" => "the segment stands in the wrong place",
        "8" => "an element of it is wrong",
        "I4" => "the guide does not use it here",
        "I6" => "a segment that another one asks for is missing",
        "I7" => "the loop stands too seldom",
        "I8" => "the segment stands too seldom",
        "I9" => "a segment that another one forbids is there",
        _ => return None,
    })
}

/// What an error code of an element (`IK403`) means, in our words.
pub fn element_error_words(code: &str) -> Option<&'static str> {
    Some(match code {
        "1" => "a required value is missing",
        "2" => "a value that another one asks for is missing",
        "3" => "too many elements",
        "4" => "too short",
        "5" => "too long",
        "6" => "a character that may not be sent",
        "7" => "not a code of the list",
        "8" => "not a date",
        "9" => "not a time",
        "10" => "two values that exclude each other",
        "12" => "repeated too often",
        "13" => "too many components",
        "I6" => "a code that the guide does not use",
        "I9" => "a value that the situation asks for is missing",
        "I10" => "the guide does not use it",
        "I11" => "repeated too seldom",
        "I12" => "not in the pattern",
        "I13" => "a value that the situation forbids is there",
        _ => return None,
    })
}

/// Reads a set as a 999 or 997.
///
/// # Errors
/// [`Refused`] when the set is another one.
pub fn read(set: &Set<'_>) -> Result<Parsed<Acknowledgment999>, Refused> {
    guide::expect(set, SetKind::Acknowledgment999)?;
    let mut walk = Walk::new(set).ok_or_else(|| guide::empty(set))?;
    if set.id == "999" {
        guide::note(set, &mut walk, "005010X231A1");
    }
    let mut ack = Acknowledgment999 {
        functional_id: String::new(),
        group_control: String::new(),
        guide: None,
        sets: Vec::new(),
        verdict: Verdict::of(""),
        counts: [0; 3],
        errors: Vec::new(),
    };
    let (mut opened, mut closed) = (false, false);
    while walk.step() {
        match walk.seg.id() {
            "AK1" => {
                opened = true;
                ack.functional_id = walk.text(1);
                ack.group_control = walk.need(2, "The number of the group");
                ack.guide = walk.some(3);
            }
            "AK9" => {
                closed = true;
                ack.verdict = Verdict::of(&walk.need(1, "The verdict on the group"));
                ack.counts = [2, 3, 4].map(|at| walk.seg.el(at).count().unwrap_or(0));
                ack.errors = (5..=9).filter_map(|at| walk.some(at)).collect();
            }
            _ => in_set(&mut ack, &mut walk),
        }
    }
    for (seen, name) in [(opened, "AK1"), (closed, "AK9")] {
        if !seen {
            let says = format!("The acknowledgment has no {name}: it answers nothing.");
            walk.find(Kind::MissingSegment, Level::Error, 0, says);
        }
    }
    Ok(walk.finish(ack))
}

fn in_set(ack: &mut Acknowledgment999, walk: &mut Walk<'_, '_>) {
    if walk.seg.id() == "AK2" {
        walk.loop_id = "2000";
        ack.sets.push(SetVerdict {
            id: walk.text(1),
            control: walk.need(2, "The number of the set"),
            guide: walk.some(3),
            segments: Vec::new(),
            verdict: Verdict::of(""),
            errors: Vec::new(),
        });
        return;
    }
    let Some(set) = ack.sets.last_mut() else { return walk.leave() };
    match walk.seg.id() {
        "IK3" | "AK3" => {
            walk.loop_id = "2100";
            set.segments.push(SegmentError {
                tag: walk.text(1),
                position: walk.seg.el(2).count().unwrap_or(0),
                loop_id: walk.some(3),
                error: walk.some(4),
                contexts: Vec::new(),
                elements: Vec::new(),
            });
        }
        "IK4" | "AK4" => {
            let place = walk.seg.el(1);
            let read = ElementError {
                element: place.comp(1).count().unwrap_or(0),
                component: place.comp(2).count(),
                repetition: place.comp(3).count(),
                reference: walk.some(2),
                error: walk.need(3, "The error of the element"),
                seen: walk.some(4),
                contexts: Vec::new(),
            };
            match set.segments.last_mut() {
                Some(segment) => {
                    walk.loop_id = "2110";
                    segment.elements.push(read);
                }
                None => walk.leave(),
            }
        }
        "CTX" => context(set, walk),
        "IK5" | "AK5" => {
            set.verdict = Verdict::of(&walk.need(1, "The verdict on the set"));
            set.errors = (2..=6).filter_map(|at| walk.some(at)).collect();
        }
        _ => walk.leave(),
    }
}

/// Takes a `CTX`: its first composite, and the place that a trigger names.
fn context(set: &mut SetVerdict, walk: &mut Walk<'_, '_>) {
    let Some(segment) = set.segments.last_mut() else { return walk.leave() };
    let first = [1, 2].map(|at| walk.seg.el(1).comp(at).text().into_owned());
    let rest = (2..=walk.seg.element_count().min(6)).map(|at| walk.text(at));
    let mut words: Vec<String> = first.into_iter().chain(rest).collect();
    while words.last().is_some_and(String::is_empty) {
        words.pop();
    }
    match segment.elements.last_mut() {
        Some(element) => element.contexts.push(words),
        None => segment.contexts.push(words),
    }
}

/// Writes the segments between `ST` and `SE`.
pub(crate) fn body(ack: &Acknowledgment999, out: &mut Out) {
    out.row("AK1")
        .text("AK101", &ack.functional_id, 2..=2)
        .text("AK102 group number", &ack.group_control, 1..=9)
        .opt("AK103 guide", &ack.guide, 1..=12)
        .end();
    for set in &ack.sets {
        out.place = format!("set {}", set.control);
        out.row("AK2")
            .text("AK201", &set.id, 3..=3)
            .text("AK202 set number", &set.control, 4..=9)
            .opt("AK203 guide", &set.guide, 1..=35)
            .end();
        set.segments.iter().for_each(|it| segment(it, out));
        let says = "A rejected set says why.";
        let reasoned = !set.verdict.rejects() || !set.errors.is_empty();
        out.require(reasoned, "IK502", says);
        let row = out.row("IK5").text("IK501 verdict", set.verdict.code(), 1..=1);
        set.errors.iter().take(5).fold(row, |row, it| row.text("IK502", it, 1..=3)).end();
    }
    out.place.clear();
    let row = out.row("AK9").text("AK901 verdict", ack.verdict.code(), 1..=1);
    let row = ack.counts.iter().fold(row, |row, it| row.code(&it.to_string()));
    ack.errors.iter().take(5).fold(row, |row, it| row.text("AK905", it, 1..=3)).end();
}

fn segment(error: &SegmentError, out: &mut Out) {
    out.row("IK3")
        .text("IK301", &error.tag, 2..=3)
        .code(&error.position.to_string())
        .opt("IK303 loop", &error.loop_id, 1..=4)
        .opt("IK304", &error.error, 1..=3)
        .end();
    error.contexts.iter().for_each(|it| write_context(it, out));
    for it in &error.elements {
        let number = |number: Option<usize>| number.map(|it| it.to_string()).unwrap_or_default();
        let (element, component) = (it.element.to_string(), number(it.component));
        let repetition = number(it.repetition);
        out.row("IK4")
            .composite(&[
                ("IK401", element.as_str(), 1..=2),
                ("IK401", component.as_str(), 1..=2),
                ("IK401", repetition.as_str(), 1..=4),
            ])
            .opt("IK402", &it.reference, 1..=4)
            .text("IK403", &it.error, 1..=3)
            .opt("IK404", &it.seen, 1..=99)
            .end();
        it.contexts.iter().for_each(|it| write_context(it, out));
    }
}

fn write_context(words: &[String], out: &mut Out) {
    let word = |at: usize| words.get(at).map(String::as_str).unwrap_or_default();
    let row = out.row("CTX").composite(&[("CTX01", word(0), 1..=35), ("CTX01", word(1), 1..=35)]);
    let row = words.iter().skip(2).fold(row, |row, it| row.maybe("CTX", it, 1..=35));
    row.end();
}

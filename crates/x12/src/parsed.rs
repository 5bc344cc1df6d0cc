//! Walking through a set segment by segment: what was understood, what was odd, what had no place.

use jiff::civil::{Date, DateTime};

use crate::amount::{Cents, Milli};
use crate::envelope::Set;
use crate::finding::{Finding, Findings, Kind, Level, Place, Span};
use crate::segment::{Segment, Tag};

/// A set that was read, as far as it could be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed<T> {
    /// What the set says.
    pub value: T,
    /// What was odd, the envelope's part first.
    pub findings: Findings,
    /// Segments that the value has no place for, as they came: nothing is dropped.
    pub rest: Vec<Leftover>,
}

/// A segment that has no place in the typed value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leftover {
    /// Its number in the set, `ST` being 1.
    pub segment: usize,
    /// Its id.
    pub tag: Tag,
    /// The loop it stood in.
    pub loop_id: &'static str,
    /// Its bytes in the file.
    pub span: Span,
}

/// The walk through one set; helps typed readers to say where a value stood.
pub(crate) struct Walk<'s, 'a> {
    set: &'s Set<'a>,
    next: usize,
    /// The segment that is being read.
    pub seg: Segment<'a>,
    /// The loop that it stands in.
    pub loop_id: &'static str,
    findings: Findings,
    rest: Vec<Leftover>,
}

impl<'s, 'a> Walk<'s, 'a> {
    /// Begins before the segment after `ST`. `None` for a set without segments: none is ever read.
    pub fn new(set: &'s Set<'a>) -> Option<Walk<'s, 'a>> {
        let seg = *set.segments.first()?;
        let findings = set.findings.clone();
        Some(Walk { set, next: 1, seg, loop_id: "", findings, rest: Vec::new() })
    }

    /// Steps to the next segment before `SE`.
    pub fn step(&mut self) -> bool {
        match self.set.segments.get(self.next) {
            Some(segment) if segment.id() != "SE" => {
                self.seg = *segment;
                self.next += 1;
                true
            }
            _ => false,
        }
    }

    pub fn finish<T>(self, value: T) -> Parsed<T> {
        Parsed { value, findings: self.findings, rest: self.rest }
    }

    /// A finding at `element` of the current segment; 0 for the whole segment.
    pub fn find(&mut self, kind: Kind, level: Level, element: usize, says: String) {
        let place = Place {
            interchange: self.set.interchange.clone(),
            set: self.set.control.clone(),
            segment: self.next,
            tag: self.seg.tag(),
            loop_id: self.loop_id,
            element,
            span: self.seg.span(),
        };
        self.findings.push(Finding { kind, level, place, says });
    }

    /// Puts the current segment aside, with a note.
    pub fn leave(&mut self) {
        let says = format!("A segment {} has no place here; it was kept aside.", self.seg.id());
        self.find(Kind::UnexpectedSegment, Level::Note, 0, says);
        self.leave_quietly();
    }

    /// Puts the current segment aside: it is in its place, but nothing here needs it.
    pub fn leave_quietly(&mut self) {
        self.rest.push(Leftover {
            segment: self.next,
            tag: self.seg.tag(),
            loop_id: self.loop_id,
            span: self.seg.span(),
        });
    }

    pub fn text(&self, element: usize) -> String {
        self.seg.el(element).text().into_owned()
    }

    pub fn some(&self, element: usize) -> Option<String> {
        self.seg.el(element).some()
    }

    /// The text; a finding where there is none.
    pub fn need(&mut self, element: usize, what: &str) -> String {
        let text = self.text(element);
        if text.is_empty() {
            self.missing(element, what);
        }
        text
    }

    fn missing(&mut self, element: usize, what: &str) {
        let says = format!("{what} ({}{element:02}) is missing.", self.seg.id());
        self.find(Kind::MissingElement, Level::Error, element, says);
    }

    /// The amount, `None` where the element is empty or, with a finding, no amount.
    pub fn money(&mut self, element: usize, what: &str) -> Option<Cents> {
        if self.seg.el(element).is_empty() {
            return None;
        }
        let amount = self.seg.el(element).money();
        if amount.is_none() {
            self.bad(Kind::BadNumber, element, what, "an amount in dollars and cents");
        }
        amount
    }

    /// The amount; zero, with a finding, where there is none.
    pub fn need_money(&mut self, element: usize, what: &str) -> Cents {
        if self.seg.el(element).is_empty() {
            self.missing(element, what);
        }
        self.money(element, what).unwrap_or_default()
    }

    pub fn quantity(&mut self, element: usize, what: &str) -> Option<Milli> {
        if self.seg.el(element).is_empty() {
            return None;
        }
        let quantity = self.seg.el(element).quantity();
        if quantity.is_none() {
            self.bad(Kind::BadNumber, element, what, "a number");
        }
        quantity
    }

    /// The date, `None` where the element is empty or, with a finding, no date of the calendar.
    pub fn date(&mut self, element: usize, what: &str) -> Option<Date> {
        if self.seg.el(element).is_empty() {
            return None;
        }
        let date = self.seg.el(element).date();
        if date.is_none() {
            self.bad(Kind::BadDate, element, what, "a date of the calendar");
        }
        date
    }

    /// The date at `element` with the time at the next one; midnight where there is no time.
    pub fn moment(&mut self, element: usize, what: &str) -> Option<DateTime> {
        let date = self.date(element, what)?;
        let time = self.seg.el(element + 1).time().unwrap_or_default();
        Some(date.to_datetime(time))
    }

    fn bad(&mut self, kind: Kind, element: usize, what: &str, wanted: &str) {
        let (id, seen) = (self.seg.id().to_owned(), self.text(element));
        let says = format!("{what} ({id}{element:02}) holds {seen:?}, which is not {wanted}.");
        self.find(kind, Level::Error, element, says);
    }
}

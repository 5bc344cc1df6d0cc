//! From bytes to the tree of envelopes, in one pass.

use std::collections::BTreeSet;

use crate::envelope::isa::{self, Header};
use crate::envelope::{File, Group, Interchange, Set};
use crate::finding::{Cause, Finding, Findings, Kind, Level, Place, Refused, Span};
use crate::limits::{FILE_BYTES_MAX, INTERCHANGES_MAX, SEGMENT_BYTES_MAX, SEGMENTS_MAX};
use crate::segment::{Delimiters, Segment};

pub(super) fn file(bytes: &[u8]) -> Result<File<'_>, Refused> {
    if bytes.len() > FILE_BYTES_MAX {
        return Err(too_large(
            FILE_BYTES_MAX,
            format!("The file is longer than {FILE_BYTES_MAX} bytes."),
        ));
    }
    let (start, leading) = isa::find(bytes)?;
    let mut builder = Builder::new(bytes, start);
    if leading {
        let says = format!("{start} bytes before the ISA were skipped.");
        builder.envelope_finding(Kind::LeadingBytes, Level::Note, says);
    }
    while builder.next_interchange()? {}
    Ok(File { interchanges: builder.interchanges, findings: builder.findings })
}

struct Builder<'a> {
    bytes: &'a [u8],
    at: usize,
    segments_seen: usize,
    interchanges: Vec<Interchange<'a>>,
    controls_seen: BTreeSet<(String, String)>,
    findings: Findings,
    open: Open<'a>,
}

/// What of the current interchange is open.
#[derive(Default)]
struct Open<'a> {
    interchange: Option<Interchange<'a>>,
    group: Option<Group<'a>>,
    set: Option<Set<'a>>,
    set_controls_seen: BTreeSet<String>,
    empty_segments: usize,
    /// Another interchange of this sender and number was read before.
    again: bool,
}

impl<'a> Builder<'a> {
    fn new(bytes: &'a [u8], at: usize) -> Builder<'a> {
        Builder {
            bytes,
            at,
            segments_seen: 0,
            interchanges: Vec::new(),
            controls_seen: BTreeSet::new(),
            findings: Findings::default(),
            open: Open::default(),
        }
    }

    /// Reads one interchange; false when nothing but white space is left.
    fn next_interchange(&mut self) -> Result<bool, Refused> {
        let rest = &self.bytes[self.at..];
        // Old terminals end a file with 0x1A, old disks with zeros.
        let blank = |b: u8| b.is_ascii_whitespace() || b == 0x1a || b == 0;
        self.at += rest.iter().take_while(|&&b| blank(b)).count();
        let rest = &self.bytes[self.at..];
        if rest.is_empty() {
            return Ok(false);
        }
        if !rest.starts_with(b"ISA") {
            return self.trailing(rest).map(|()| false);
        }
        if self.interchanges.len() == INTERCHANGES_MAX {
            let says = format!("The file holds more than {INTERCHANGES_MAX} interchanges.");
            return Err(too_large(self.at, says));
        }
        let header = isa::read(self.bytes, self.at)?;
        self.at = header.end;
        self.open_interchange(header);
        while self.open.interchange.is_some() {
            match self.next_segment()? {
                Some(segment) => self.place(segment),
                None => return Err(self.cut(None)),
            }
        }
        Ok(true)
    }

    /// Bytes after the last `IEA`: the beginning of another interchange that was cut, or litter.
    fn trailing(&mut self, rest: &[u8]) -> Result<(), Refused> {
        if b"ISA".starts_with(&rest[..rest.len().min(3)]) {
            let says =
                format!("The file stops at byte {}, inside an ISA: it was cut.", self.bytes.len());
            return Err(Refused { cause: Cause::Truncated, offset: self.bytes.len(), says });
        }
        let says = format!("{} bytes after the last IEA were not read.", rest.len());
        self.envelope_finding(Kind::TrailingBytes, Level::Error, says);
        self.at = self.bytes.len();
        Ok(())
    }

    /// The next segment that is not empty; `None` at the end of the file.
    fn next_segment(&mut self) -> Result<Option<Segment<'a>>, Refused> {
        let Some(delimiters) = self.open.interchange.as_ref().map(|it| it.delimiters) else {
            return Ok(None);
        };
        loop {
            let rest = &self.bytes[self.at..];
            let blank = |b: u8| b.is_ascii_whitespace() && b != delimiters.terminator;
            self.at += rest.iter().take_while(|&&b| blank(b)).count();
            let rest = &self.bytes[self.at..];
            let window = &rest[..rest.len().min(SEGMENT_BYTES_MAX + 1)];
            let Some(length) = window.iter().position(|&b| b == delimiters.terminator) else {
                return self.unterminated(rest, delimiters);
            };
            let segment = Segment::new(&rest[..length], self.at, delimiters);
            self.at += length + 1;
            if length == 0 {
                self.open.empty_segments += 1;
                continue;
            }
            self.segments_seen += 1;
            if self.segments_seen > SEGMENTS_MAX {
                let says = format!("The file holds more than {SEGMENTS_MAX} segments.");
                return Err(too_large(self.at, says));
            }
            return Ok(Some(segment));
        }
    }

    /// What stands at the end without a terminator.
    ///
    /// Where lines end segments, the last line may lack its end; it must then be an `IEA` that
    /// repeats `ISA13` in full, so that nothing can be missing from it.
    fn unterminated(
        &mut self,
        rest: &'a [u8],
        delimiters: Delimiters,
    ) -> Result<Option<Segment<'a>>, Refused> {
        if rest.len() > SEGMENT_BYTES_MAX {
            let says =
                format!("A segment at byte {} is longer than {SEGMENT_BYTES_MAX} bytes.", self.at);
            return Err(too_large(self.at, says));
        }
        if rest.is_empty() {
            return Ok(None);
        }
        let segment = Segment::new(rest, self.at, delimiters);
        let control = self.open.interchange.as_ref().map(|it| it.isa.control.as_str());
        let whole = matches!(delimiters.terminator, b'\r' | b'\n')
            && segment.id() == "IEA"
            && control.is_some_and(|it| it.len() == 9 && segment.el(2).text() == it);
        if whole {
            self.at = self.bytes.len();
            return Ok(Some(segment));
        }
        Err(self.cut(Some(segment)))
    }

    /// The refusal of a file that ends too early, inside `segment` or between two.
    fn cut(&self, segment: Option<Segment<'_>>) -> Refused {
        let place = match (&self.open.set, segment) {
            (Some(set), Some(it)) => {
                format!(
                    "inside segment {} ({}) of set {}",
                    set.segments.len() + 1,
                    it.id(),
                    set.control
                )
            }
            (Some(set), None) => {
                let last = set.segments.last().map(|it| it.id()).unwrap_or_default();
                format!("after segment {} ({last}) of set {}", set.segments.len(), set.control)
            }
            (None, Some(it)) => format!("inside a segment of the envelope ({})", it.id()),
            (None, None) => "before the end of the interchange (IEA)".to_owned(),
        };
        let offset = self.bytes.len();
        let says = format!(
            "The file stops at byte {offset}, {place}: it was cut, and nothing of it is used."
        );
        Refused { cause: Cause::Truncated, offset, says }
    }

    fn open_interchange(&mut self, header: Header<'a>) {
        let Header { isa, delimiters, segment, notes, .. } = header;
        let key = (isa.sender.clone(), isa.control.clone());
        let again = !self.controls_seen.insert(key);
        self.open = Open {
            again,
            interchange: Some(Interchange {
                isa,
                delimiters,
                acknowledgments: Vec::new(),
                groups: Vec::new(),
                span: segment.span(),
            }),
            ..Open::default()
        };
        for (kind, says) in notes {
            self.envelope_finding(kind, Level::Note, says.to_owned());
        }
    }

    fn place(&mut self, segment: Segment<'a>) {
        match segment.id() {
            "GS" => self.open_group(&segment),
            "GE" => self.close_group(Some(&segment)),
            "ST" => self.open_set(segment),
            "SE" => self.close_set(Some(segment)),
            "IEA" => self.close_interchange(Some(&segment)),
            "ISA" => {
                // The next interchange begins before this one ended: it may have other separators.
                self.at = segment.span().start;
                self.close_interchange(None);
            }
            "TA1" if self.open.group.is_none() => {
                if let Some(interchange) = &mut self.open.interchange {
                    interchange.acknowledgments.push(segment);
                }
            }
            _ => match &mut self.open.set {
                Some(set) => set.segments.push(segment),
                None => self.stray(&segment),
            },
        }
    }

    fn open_group(&mut self, gs: &Segment<'a>) {
        self.close_group(None);
        let text = |position| gs.el(position).text().into_owned();
        self.open.set_controls_seen.clear();
        self.open.group = Some(Group {
            functional_id: text(1),
            sender: text(2),
            receiver: text(3),
            control: text(6),
            guide: text(8),
            sets: Vec::new(),
        });
    }

    fn open_set(&mut self, st: Segment<'a>) {
        self.close_set(None);
        let Some(isa) = self.open.interchange.as_ref().map(|it| &it.isa) else { return };
        let (interchange, usage) = (isa.control.clone(), isa.usage.clone());
        let orphan = self.open.group.is_none();
        let group = self.open.group.get_or_insert_with(|| Group {
            functional_id: String::new(),
            sender: String::new(),
            receiver: String::new(),
            control: String::new(),
            guide: String::new(),
            sets: Vec::new(),
        });
        let control = st.el(2).text().into_owned();
        let again = !self.open.set_controls_seen.insert(control.clone());
        self.open.set = Some(Set {
            id: st.el(1).text().into_owned(),
            guide: st.el(3).some().unwrap_or_else(|| group.guide.clone()),
            control: control.clone(),
            interchange,
            usage,
            segments: vec![st],
            findings: Findings::default(),
        });
        if orphan {
            self.set_finding(Kind::StrayEnvelope, "The set stands outside a group.".to_owned());
        }
        if again {
            let says = format!("Set number {control} stands twice in its group.");
            self.set_finding(Kind::DuplicateSet, says);
        }
    }

    fn close_set(&mut self, se: Option<Segment<'a>>) {
        let Some(set) = &mut self.open.set else {
            if let Some(se) = se {
                self.stray(&se);
            }
            return;
        };
        match se {
            None => {
                let says =
                    format!("Set {} has no end (SE): something may be missing.", set.control);
                self.set_finding(Kind::SetTrailerMissing, says);
            }
            Some(se) => {
                set.segments.push(se);
                let (counted, control) = (set.segments.len(), set.control.clone());
                if se.el(1).count() != Some(counted) {
                    let said = se.el(1).text().into_owned();
                    let says = format!("SE01 says {said} segments, but the set has {counted}.");
                    self.set_finding(Kind::SegmentCount, says);
                }
                if se.el(2).text() != control {
                    let said = se.el(2).text().into_owned();
                    let says = format!("SE02 says set {said}, but ST02 says {control}.");
                    self.set_finding(Kind::SetControlMismatch, says);
                }
            }
        }
        if let (Some(set), Some(group)) = (self.open.set.take(), &mut self.open.group) {
            group.sets.push(set);
        }
    }

    fn close_group(&mut self, ge: Option<&Segment<'a>>) {
        self.close_set(None);
        let Some(group) = self.open.group.take() else {
            if let Some(ge) = ge {
                self.stray(ge);
            }
            return;
        };
        let mut troubles = Vec::new();
        match ge {
            None => {
                let says = format!("Group {} has no end (GE).", group.control);
                troubles.push((Kind::GroupTrailerMissing, says));
            }
            Some(ge) => {
                if ge.el(1).count() != Some(group.sets.len()) {
                    let (said, counted) = (ge.el(1).text(), group.sets.len());
                    let says = format!("GE01 says {said} sets, but the group has {counted}.");
                    troubles.push((Kind::SetCount, says));
                }
                if !same_number(&ge.el(2).text(), &group.control) {
                    let says =
                        format!("GE02 says {}, but GS06 says {}.", ge.el(2).text(), group.control);
                    troubles.push((Kind::GroupControlMismatch, says));
                }
            }
        }
        if let Some(interchange) = &mut self.open.interchange {
            interchange.groups.push(group);
        }
        for (kind, says) in troubles {
            self.group_finding(kind, says);
        }
    }

    fn close_interchange(&mut self, iea: Option<&Segment<'a>>) {
        self.close_group(None);
        let Some(interchange) = &mut self.open.interchange else { return };
        interchange.span.end = self.at;
        let (groups, control) = (interchange.groups.len(), interchange.isa.control.clone());
        match iea {
            None => {
                let says = format!("Interchange {control} has no end (IEA).");
                self.interchange_finding(Kind::StrayEnvelope, says);
            }
            Some(iea) => {
                if iea.el(1).count() != Some(groups) {
                    let said = iea.el(1).text();
                    let says =
                        format!("IEA01 says {said} groups, but the interchange has {groups}.");
                    self.interchange_finding(Kind::GroupCount, says);
                }
                if !same_number(&iea.el(2).text(), &control) {
                    let says =
                        format!("IEA02 says {}, but ISA13 says {control}.", iea.el(2).text());
                    self.interchange_finding(Kind::InterchangeControlMismatch, says);
                }
            }
        }
        if self.open.again {
            let says = format!("Interchange {control} of this sender stands twice in the file.");
            self.interchange_finding(Kind::DuplicateInterchange, says);
        }
        if self.open.empty_segments > 0 {
            let says = format!("{} empty segments were skipped.", self.open.empty_segments);
            self.envelope_finding(Kind::EmptySegment, Level::Note, says);
        }
        self.interchanges.extend(self.open.interchange.take());
    }

    /// A segment where none of its kind can stand.
    fn stray(&mut self, segment: &Segment<'_>) {
        let says = format!("A segment {} stands outside a set; it was not used.", segment.id());
        let place = Place { tag: segment.tag(), span: segment.span(), ..Place::default() };
        let finding = Finding { kind: Kind::StrayEnvelope, level: Level::Error, place, says };
        self.findings.push(finding);
    }

    fn here(&self, kind: Kind, level: Level, says: String) -> Finding {
        let interchange = self.open.interchange.as_ref();
        let interchange = interchange.map(|it| it.isa.control.clone()).unwrap_or_default();
        let span = Span { start: self.at, end: self.at };
        Finding { kind, level, place: Place { interchange, span, ..Place::default() }, says }
    }

    fn envelope_finding(&mut self, kind: Kind, level: Level, says: String) {
        let finding = self.here(kind, level, says);
        self.findings.push(finding);
    }

    /// A finding about the open set: the file's list has it too.
    fn set_finding(&mut self, kind: Kind, says: String) {
        let Some(set) = &mut self.open.set else { return };
        let place = Place {
            interchange: set.interchange.clone(),
            set: set.control.clone(),
            segment: set.segments.len(),
            tag: set.segments.last().map(Segment::tag).unwrap_or_default(),
            span: set.segments.last().map(Segment::span).unwrap_or_default(),
            ..Place::default()
        };
        let finding = Finding { kind, level: Level::Set, place, says };
        set.findings.push(finding.clone());
        self.findings.push(finding);
    }

    /// A finding about the group that was just closed: none of its sets can be trusted.
    fn group_finding(&mut self, kind: Kind, says: String) {
        let finding = self.here(kind, Level::Set, says);
        let group = self.open.interchange.as_mut().and_then(|it| it.groups.last_mut());
        for set in group.into_iter().flat_map(|it| &mut it.sets) {
            set.findings.push(finding.clone());
        }
        self.findings.push(finding);
    }

    /// A finding about the open interchange: none of its sets can be trusted.
    fn interchange_finding(&mut self, kind: Kind, says: String) {
        let finding = self.here(kind, Level::Set, says);
        let groups = self.open.interchange.iter_mut().flat_map(|it| &mut it.groups);
        for set in groups.flat_map(|it| &mut it.sets) {
            set.findings.push(finding.clone());
        }
        self.findings.push(finding);
    }
}

/// Control numbers compare as numbers: trailers often lack the zeros of the header.
fn same_number(one: &str, other: &str) -> bool {
    one.trim_start_matches('0') == other.trim_start_matches('0')
}

fn too_large(offset: usize, says: String) -> Refused {
    Refused { cause: Cause::TooLarge, offset, says }
}

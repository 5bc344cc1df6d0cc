//! `TA1`: did our interchange as a whole arrive.
//!
//! A rejected interchange never happened: mend it and send it under a new number.
//!
//! Source: X12.5, segment TA1; 005010X231A1 appendix C.

use jiff::civil::{Date, Time};

use crate::codes::codes;
use crate::segment::Segment;

codes! {
    /// The verdict on an interchange (`TA104`).
    InterchangeVerdict {
        /// Accepted.
        Accepted = "A",
        /// Accepted with errors.
        AcceptedWithErrors = "E",
        /// Rejected.
        Rejected = "R",
    }
}

/// The answer to one interchange that we sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ta1 {
    /// `TA101`: our `ISA13`.
    pub control: String,
    /// `TA102`: our `ISA09`.
    pub date: Option<Date>,
    /// `TA103`: our `ISA10`.
    pub time: Option<Time>,
    /// `TA104`.
    pub verdict: InterchangeVerdict,
    /// `TA105`: the reason, `000` for none.
    pub note: String,
}

impl Ta1 {
    /// Reads a `TA1` segment, which is short enough to be taken as it comes.
    pub fn read(segment: &Segment<'_>) -> Ta1 {
        Ta1 {
            control: segment.el(1).text().into_owned(),
            date: segment.el(2).date(),
            time: segment.el(3).time(),
            verdict: InterchangeVerdict::of(&segment.el(4).text()),
            note: segment.el(5).text().into_owned(),
        }
    }

    /// The reason in our words; `None` for a code that is not in the list.
    pub fn words(&self) -> Option<&'static str> {
        Some(match self.note.as_str() {
            "000" => "no error",
            "001" => "the control numbers of header and trailer differ",
            "002" | "016" => "the repetition separator or standard is not supported",
            "003" | "017" => "the version is not supported",
            "004" => "the segment terminator is not valid",
            "005" | "006" => "the sender's id is not valid",
            "007" | "008" => "the receiver's id is not valid",
            "009" => "the receiver is not known there",
            "010" | "011" | "012" | "013" => "authorization or security data are not valid",
            "014" => "the date is not valid",
            "015" => "the time is not valid",
            "018" => "the control number is not valid",
            "019" => "the request for an acknowledgment is not valid",
            "020" => "the test or production mark is not valid",
            "021" => "the number of groups is wrong",
            "022" => "the control structure is not valid",
            "023" => "the file ended too early",
            "024" => "the content is not valid",
            "025" => "an interchange of this number was received before",
            "026" => "the element separator is not valid",
            "027" => "the component separator is not valid",
            _ => return None,
        })
    }
}

//! A whole interchange, ready to be sent: one group, one or more sets of one kind.
//!
//! Control numbers and the time come from outside: this crate keeps no state and asks no clock.

use jiff::civil::DateTime;

use crate::ack_277ca::Acknowledgment277;
use crate::ack_999::Acknowledgment999;
use crate::claim_837p::ClaimBatch;
use crate::envelope::Usage;
use crate::out::{NotWritten, Out, is_writable};
use crate::party::Id;
use crate::remittance_835::Remittance;

/// The highest interchange and group control number: nine digits.
pub const CONTROL_MAX: u32 = 999_999_999;

/// Sets in one group; the set number has four digits.
pub const SETS_MAX: usize = 9_999;

/// Who sends to whom, when, under which numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// `ISA05`/`ISA06`: two characters, and at most 15.
    pub sender: Id,
    /// `ISA07`/`ISA08`.
    pub receiver: Id,
    /// `GS02`, 2–15 characters.
    pub group_sender: String,
    /// `GS03`, 2–15 characters.
    pub group_receiver: String,
    /// `ISA13`, from 1 to [`CONTROL_MAX`]; never used twice by a sender.
    pub control: u32,
    /// `GS06`, from 1 to [`CONTROL_MAX`].
    pub group_control: u32,
    /// `ISA09`/`ISA10`, `GS04`/`GS05`: the partner's wall clock.
    pub at: DateTime,
    /// `ISA15`: production or test.
    pub usage: Usage,
    /// `ISA14`: whether a `TA1` is wanted.
    pub wants_acknowledgment: bool,
    /// Whether a line end follows each segment; only for partners who want it.
    pub line_ends: bool,
}

/// A set that can be sent.
#[derive(Debug, Clone, Copy)]
pub enum Outgoing<'a> {
    /// 837P.
    Claims(&'a ClaimBatch),
    /// 835.
    Remittance(&'a Remittance),
    /// 999.
    Acknowledgment999(&'a Acknowledgment999),
    /// 277CA.
    Acknowledgment277(&'a Acknowledgment277),
}

impl Outgoing<'_> {
    /// `ST01`, `GS01`, `GS08`.
    fn header(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Outgoing::Claims(_) => ("837", "HC", "005010X222A1"),
            Outgoing::Remittance(_) => ("835", "HP", "005010X221A1"),
            Outgoing::Acknowledgment999(_) => ("999", "FA", "005010X231A1"),
            Outgoing::Acknowledgment277(_) => ("277", "HN", "005010X214"),
        }
    }

    fn body(self, out: &mut Out) {
        match self {
            Outgoing::Claims(batch) => crate::claim_837p::body(batch, out),
            Outgoing::Remittance(remittance) => crate::remittance_835::body(remittance, out),
            Outgoing::Acknowledgment999(ack) => crate::ack_999::body(ack, out),
            Outgoing::Acknowledgment277(ack) => crate::ack_277ca::body(ack, out),
        }
    }
}

/// Writes one interchange with `sets`, numbered `0001`, `0002`, … in their order.
///
/// # Errors
/// Every fault of every set, each with its place: nothing is written while there is one.
pub fn write(envelope: &Envelope, sets: &[Outgoing<'_>]) -> Result<Vec<u8>, NotWritten> {
    let mut out = Out::new(envelope.line_ends);
    let Some((_, functional_id, guide)) = sets.first().map(|it| it.header()) else {
        out.fault("sets", "There is nothing to send.");
        return out.finish();
    };
    check(envelope, &mut out);
    out.require(sets.len() <= SETS_MAX, "sets", "A group has at most 9,999 sets.");
    let one_kind = sets.iter().all(|it| it.header().1 == functional_id);
    out.require(one_kind, "sets", "A group has sets of one kind.");

    out.padded(&isa(envelope));
    out.row("GS")
        .code(functional_id)
        .text("GS02", &envelope.group_sender, 2..=15)
        .text("GS03", &envelope.group_receiver, 2..=15)
        .moment(envelope.at)
        .code(&envelope.group_control.to_string())
        .code("X")
        .code(guide)
        .end();
    for (index, set) in sets.iter().enumerate() {
        write_set(*set, index + 1, &mut out);
    }
    out.row("GE").code(&sets.len().to_string()).code(&envelope.group_control.to_string()).end();
    out.row("IEA").code("1").code(&format!("{:09}", envelope.control)).end();
    out.finish()
}

fn write_set(set: Outgoing<'_>, number: usize, out: &mut Out) {
    let (id, _, guide) = set.header();
    let control = format!("{number:04}");
    out.count = 0;
    out.place = String::new();
    let st = out.row("ST").code(id).code(&control);
    // The guide of the 835 has no ST03.
    if id == "835" {
        st.end()
    } else {
        st.code(guide).end()
    }
    set.body(out);
    out.place = String::new();
    let count = (out.count + 1).to_string();
    out.row("SE").code(&count).code(&control).end();
}

fn check(envelope: &Envelope, out: &mut Out) {
    for (field, id) in [("ISA06 sender", &envelope.sender), ("ISA08 receiver", &envelope.receiver)]
    {
        let text =
            |value: &str, max| (1..=max).contains(&value.len()) && value.chars().all(is_writable);
        let right = id.qualifier.len() == 2 && text(&id.qualifier, 2) && text(&id.value, 15);
        out.require(right, field, "A qualifier has two characters, an id 1 to 15.");
    }
    for (field, control) in [("ISA13", envelope.control), ("GS06", envelope.group_control)] {
        let right = (1..=CONTROL_MAX).contains(&control);
        out.require(right, field, "A control number is from 1 to 999,999,999.");
    }
    let known = matches!(envelope.usage, Usage::Production | Usage::Test);
    out.require(known, "ISA15", "The usage is production or test.");
}

fn isa(envelope: &Envelope) -> String {
    let Envelope { sender, receiver, at, control, .. } = envelope;
    let usage = if envelope.usage == Usage::Production { 'P' } else { 'T' };
    let asks = u8::from(envelope.wants_acknowledgment);
    format!(
        "ISA*00*{0:10}*00*{0:10}*{1:2}*{2:15}*{3:2}*{4:15}*{5:02}{6:02}{7:02}*{8:02}{9:02}\
         *^*00501*{control:09}*{asks}*{usage}*:",
        "",
        sender.qualifier,
        sender.value,
        receiver.qualifier,
        receiver.value,
        at.year().rem_euclid(100),
        at.month(),
        at.day(),
        at.hour(),
        at.minute(),
    )
}

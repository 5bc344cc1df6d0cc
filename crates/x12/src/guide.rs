//! Which set of which guide a set is: refused by name when it is another one.

use crate::envelope::Set;
use crate::finding::{Cause, Kind, Level, Refused};
use crate::parsed::Walk;

/// What a set is, from `ST01` and its guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SetKind {
    /// 837P, professional claims.
    Claim837p,
    /// 835, payment.
    Remittance835,
    /// 999, or the older 997.
    Acknowledgment999,
    /// 277CA, claim acknowledgment.
    Acknowledgment277ca,
    /// Anything else: [`name_of`] says what.
    Unsupported,
}

/// What kind of set it is.
pub fn kind_of(set: &Set<'_>) -> SetKind {
    let guide = set.guide.as_str();
    if guide.starts_with("004") || guide.starts_with("003") {
        return if set.id == "997" { SetKind::Acknowledgment999 } else { SetKind::Unsupported };
    }
    match set.id.as_str() {
        "837" if guide.contains("X223") || guide.contains("X224") => SetKind::Unsupported,
        "837" => SetKind::Claim837p,
        "835" => SetKind::Remittance835,
        "999" | "997" => SetKind::Acknowledgment999,
        "277" if guide.contains("X214") => SetKind::Acknowledgment277ca,
        // The status answer has the same id: a file without a guide tells by its BHT.
        "277" if !guide.contains('X') && structure(set) == "0085" => SetKind::Acknowledgment277ca,
        _ => SetKind::Unsupported,
    }
}

/// `BHT01`.
fn structure(set: &Set<'_>) -> String {
    let bht = set.segments.iter().take(3).find(|it| it.id() == "BHT");
    bht.map(|it| it.el(1).text().into_owned()).unwrap_or_default()
}

/// The set in words, for people.
pub fn name_of(set: &Set<'_>) -> String {
    let what = match (set.id.as_str(), set.guide.as_str()) {
        ("837", it) if it.contains("X223") => "an institutional claim (837I)",
        ("837", it) if it.contains("X224") => "a dental claim (837D)",
        ("837", _) => "a professional claim (837P)",
        ("835", _) => "a payment (835)",
        ("999", _) => "an acknowledgment (999)",
        ("997", _) => "an acknowledgment (997)",
        ("277", it) if it.contains("X214") => "a claim acknowledgment (277CA)",
        ("277", _) => "a claim status answer (277)",
        ("276", _) => "a claim status question (276)",
        ("270", _) => "an eligibility question (270)",
        ("271", _) => "an eligibility answer (271)",
        ("834", _) => "an enrollment (834)",
        ("820", _) => "a premium payment (820)",
        ("278", _) => "a prior approval (278)",
        (id, _) => return format!("a set {id}"),
    };
    match set.guide.as_str() {
        "" => what.to_owned(),
        guide => format!("{what} by guide {guide}"),
    }
}

/// Refuses a set that is not `kind`.
pub(crate) fn expect(set: &Set<'_>, kind: SetKind) -> Result<(), Refused> {
    if kind_of(set) == kind {
        return Ok(());
    }
    let says = format!("Set {} is {}, which is not read here.", set.control, name_of(set));
    Err(Refused { cause: Cause::Unsupported, offset: set.span().start, says })
}

/// The refusal of a set without segments.
pub(crate) fn empty(set: &Set<'_>) -> Refused {
    let says = format!("Set {} has no segments.", set.control);
    Refused { cause: Cause::Empty, offset: set.span().start, says }
}

/// Notes a guide other than the adopted one: older habits, still readable.
pub(crate) fn note(set: &Set<'_>, walk: &mut Walk<'_, '_>, adopted: &str) {
    if set.guide != adopted {
        let says = format!("The guide is said to be {:?}, not {adopted}.", set.guide);
        walk.find(Kind::GuideVersion, Level::Note, 3, says);
    }
}

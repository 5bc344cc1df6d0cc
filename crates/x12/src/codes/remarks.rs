//! Remittance advice remark codes met in outpatient behavioral health (list 411), in our own words.

use super::Step::*;
use super::{Entry, Step, find};

/// The remarks that we have words for, as of 2026; others are kept as they came.
#[rustfmt::skip]
pub const REMARKS: &[Entry] = &[
    e("M15", "bundled with another service", LookUp),
    e("M20", "code missing or not valid", Fix),
    e("M51", "code missing or not valid", Fix),
    e("M62", "prior approval number missing", Approval),
    e("M76", "diagnosis missing or not valid", Fix),
    e("M77", "place of service missing or not valid", Fix),
    e("M86", "too soon after the same service", LookUp),
    e("M119", "drug code missing", LookUp),
    e("M123", "drug name or dose missing", LookUp),
    e("M127", "record missing", Records),
    e("M143", "license data missing at the payer", Enrollment),
    e("MA01", "may be appealed", Appeal),
    e("MA04", "first payer's answer missing", OtherPayer),
    e("MA07", "forwarded to the next payer", LookUp),
    e("MA13", "the client may not be billed", LookUp),
    e("MA18", "forwarded to the next payer", LookUp),
    e("MA27", "member number missing or wrong", Fix),
    e("MA36", "client's name missing or wrong", Fix),
    e("MA61", "social security number missing or wrong", Fix),
    e("MA63", "principal diagnosis missing or wrong", Fix),
    e("MA83", "who is primary is not said", OtherPayer),
    e("MA92", "other insurer's plan data missing", OtherPayer),
    e("MA112", "group practice data missing", Fix),
    e("MA130", "unprocessable: no appeal, send anew as original", Fix),
    e("N4", "first payer's answer missing", OtherPayer),
    e("N19", "incidental to the main service", LookUp),
    e("N20", "not payable with another service of the day", LookUp),
    e("N22", "the payer changed the code", LookUp),
    e("N29", "document missing", Records),
    e("N30", "client not eligible for this", LookUp),
    e("N89", "forwarded to the next payer", LookUp),
    e("N95", "this kind of provider may not bill this", Enrollment),
    e("N111", "no appeal", LookUp),
    e("N130", "see the plan", LookUp),
    e("N179", "client must answer the payer", Client),
    e("N185", "do not send again", LookUp),
    e("N197", "client must update other cover", Client),
    e("N199", "recovery after an audit", LookUp),
    e("N210", "may be appealed", Appeal),
    e("N211", "may not be appealed", LookUp),
    e("N216", "no such benefit", LookUp),
    e("N245", "other insurer's data missing", OtherPayer),
    e("N255", "billing taxonomy missing or wrong", Fix),
    e("N256", "billing name missing or wrong", Fix),
    e("N257", "billing NPI missing or wrong", Fix),
    e("N258", "billing address missing or wrong", Fix),
    e("N265", "ordering NPI missing or wrong", Fix),
    e("N286", "referring NPI missing or wrong", Fix),
    e("N288", "rendering taxonomy missing or wrong", Fix),
    e("N290", "rendering NPI missing or wrong", Fix),
    e("N297", "supervising NPI missing or wrong", Fix),
    e("N329", "birth date missing or wrong", Fix),
    e("N350", "description of the service missing", Records),
    e("N362", "units above the limit", Fix),
    e("N381", "see the contract", Contract),
    e("N382", "client's number missing or wrong", Fix),
    e("N390", "not payable separately", LookUp),
    e("N418", "sent to the wrong payer", OtherPayer),
    e("N428", "place of service not payable", Fix),
    e("N430", "code and units do not fit", Fix),
    e("N432", "recovery after an audit", LookUp),
    e("N448", "not in the fee schedule", Contract),
    e("N479", "first payer's answer missing", OtherPayer),
    e("N519", "modifiers do not fit each other", Fix),
    e("N522", "duplicate of a forwarded claim", LookUp),
    e("N56", "code not right for the service", Fix),
    e("N569", "diagnosis not covered", Fix),
    e("N570", "credential data missing at the payer", Enrollment),
    e("N657", "code needs a more exact one", Fix),
    e("N706", "document missing", Records),
    e("N767", "enroll in the client's Medicaid state", Enrollment),
    e("N822", "modifier missing", Fix),
    e("N823", "modifier not valid", Fix),
];

const fn e(code: &'static str, words: &'static str, step: Step) -> Entry {
    Entry { code, words, step }
}

/// The words for a remark; `None` for one that is not in the list.
pub fn remark(code: &str) -> Option<&'static Entry> {
    find(REMARKS, code)
}

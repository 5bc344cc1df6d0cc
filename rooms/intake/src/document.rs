//! The texts that a practice begins with. They are its own from then on: a practice puts a new
//! version beside the old one, and what was signed stays as it was shown.

use sha2::{Digest, Sha256};

use crate::question::Document;

/// One version of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Which document.
    pub document: Document,
    /// Counts from one within the practice.
    pub version: i32,
    /// Its heading.
    pub title: String,
    /// Paragraphs, parted by empty lines.
    pub body: String,
}

impl Text {
    /// SHA-256 of what is shown: title, a line feed, body, in UTF-8.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(format!("{}\n{}", self.title, self.body)).into()
    }
}

/// The first version of each document, in the practice's name.
///
/// What consent must hold: APA 3.10 and 10.01, ACA A.2, NASW 1.03; the notice: 45 CFR 164.520;
/// the electronic signature: 15 USC 7001(c).
pub fn first(practice: &str) -> Vec<Text> {
    let text = |document, title: &str, body: String| Text {
        document,
        version: 1,
        title: title.to_owned(),
        body,
    };
    vec![
        text(Document::Care, "Consent to care", care(practice)),
        text(Document::Privacy, "Privacy of your records", privacy(practice)),
        text(Document::Fees, "Fees and missed visits", fees(practice)),
    ]
}

fn care(practice: &str) -> String {
    format!(
        "You and your clinician at {practice} decide together what care looks like: what you work \
         on, how, how often, and for how long. You may ask about other ways at any time, and you \
         may stop at any time.\n\nTalking about hard things can help, and it can hurt for a \
         while. Nobody can promise a result.\n\nWhat you say stays between you and your clinician. \
         The law makes exceptions: danger to your life or somebody else's, abuse of a child, an \
         elder or a dependent adult, and an order of a court. If your clinician is supervised, \
         their supervisor knows of your care and is bound in the same way.\n\nBetween visits your \
         clinician may not be there at once. In an emergency call 911; the line for a crisis is \
         988.\n\nIf something is not right, tell your clinician or the practice. You may also \
         turn to the board of the state that gave the license."
    )
}

fn privacy(practice: &str) -> String {
    format!(
        "{practice} keeps records of your care, as the law asks. They are used for your care, for \
         payment, and to run the practice; for anything else you are asked first. Another company \
         runs scheduling and billing for the practice under a contract. It sees names, times and \
         bills, and not what you talk about.\n\nYou may see your records, get a copy, ask for a \
         correction, and ask who received them. You may say how you want to be reached. If you \
         pay for a visit yourself in full, you may ask that your insurer is not told of it.\n\nIf \
         records are seen by somebody who should not see them, you are told. You may complain to \
         the practice, or to the Office for Civil Rights of the US Department of Health and Human \
         Services, and nothing happens to you because of it."
    )
}

fn fees(practice: &str) -> String {
    format!(
        "{practice} tells you the fee of a visit before it takes place. If you have insurance, it \
         sends the claim, and you owe what your plan leaves to you. If your plan does not pay, you \
         are told before you are billed.\n\nIf you pay yourself, you have the right to an estimate \
         of what your care will cost, in writing.\n\nA visit that you cancel at least 24 hours \
         before costs nothing. For one that is missed, or canceled later, the practice may ask the \
         fee that it told you; insurance does not pay it. Your clinician may waive it."
    )
}

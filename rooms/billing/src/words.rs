//! Every sentence of this room that a person reads: a biller's words and, for clients, plain ones.

use codes::TooShort;
use ground::html::{Lang, dollars, when};
use jiff::civil::Date;
use x12::NotWritten;
use x12::ack_277ca::{About, category_words, entity_words, status_words};
use x12::ack_999::Acknowledgment999;
use x12::codes::{Fate, Step, fate};
use x12::remittance_835::ClaimPayment;

use crate::charge::queries::Named;
use crate::claim::State;
use crate::exception::{How, Kind};
use crate::remittance::{self, AnswerState};

// --- Reasons -------------------------------------------------------------------------------------

pub const NO_BILLER: &str = "Claims cannot name the practice yet. Its owner says first who bills: \
     NPI, tax number and street address.";
pub const NO_IDENTITY: &str = "The client has not said everything that a claim repeats: legal \
     name, birth date, address and member number. Their forms ask for it.";
pub const NO_DIAGNOSIS: &str = "The signed note treats no diagnosis, and a claim names at least \
     one. The clinician adds it.";
pub const SENT: &str = "sent";
pub const PASSED: &str = "passed the syntax check; nobody has decided anything";
pub const AT_PAYER: &str = "received by the insurer: the proof of receipt";
pub const UNCLEAR: &str = "The insurer's answer contradicts itself. Call them and ask.";
pub const TAKEN_BACK: &str = "taken back by the insurer; what it had decided is undone";
pub const A_PAYER: &str = "An insurer without a name";
pub const A_TEST: &str = "The file says that it is a test (ISA15), and a test never posts money.";
pub const HOLDS_NOTHING: &str = "The file holds an envelope and nothing in it.";

/// No code fits the minutes.
pub fn no_code(minutes: u32, short: TooShort) -> String {
    format!(
        "The session took {minutes} minutes, and {short}. The clinician says so if the time was \
         recorded wrong; else it stays without a charge."
    )
}

/// No fee was set.
pub fn no_fee(cpt: &str, on: Date) -> String {
    format!(
        "There is no fee for {cpt} on {}. The owner sets it under Fees; until then there is no \
         charge.",
        when::day_text(Lang::En, on)
    )
}

/// Nobody may bill this payer for this clinician.
pub fn no_right(clinician: &Named, payer: &str, on: Date) -> String {
    format!(
        "Nobody may bill {payer} for work of {} on {}. The owner says who bills for whom; without \
         that there is no claim.",
        clinician.name,
        when::day_text(Lang::En, on)
    )
}

/// Whoever is named as rendering needs an NPI.
pub fn no_npi(name: &str) -> String {
    format!("{name} has no NPI here, and a claim names the clinician by it.")
}

/// What the guide has against a claim.
pub fn not_written(faults: &NotWritten) -> String {
    let says: Vec<&str> = faults.0.iter().map(|fault| fault.says.as_str()).collect();
    says.join(" ")
}

/// A file that is not read.
pub fn refused(says: &str) -> String {
    format!("Nothing of this file was taken in. {says}")
}

/// A file of another kind.
pub fn not_read_here(name: &str) -> String {
    format!("Nothing of this file was taken in: it is {name}, which is not read here.")
}

/// The same payment in another file.
pub fn twice(trace: &str) -> String {
    format!("Payment {trace} came before in another file. Nothing was posted twice.")
}

/// Somebody else's payment.
pub fn other_payee(payee: &str, npi: &str) -> String {
    format!("It pays {payee}, and this practice bills as {npi}.")
}

/// A payer whom nobody here knows.
pub fn unknown_payer(name: &str) -> String {
    format!("{name} is in no list of insurers here, and none of its claims is ours.")
}

/// Money that is not about one claim.
pub fn provider_adjustment(reason: &str, cents: i64) -> String {
    let what = match reason {
        "WO" => "took money back that it had overpaid",
        "FB" => "carried a balance forward",
        "72" => "acknowledged a refund",
        "L6" => "took interest back",
        _ => "changed the payment for a reason of its own",
    };
    format!(
        "The insurer {what} (PLB {reason}, {}). A person decides which charge that is about.",
        dollars(cents)
    )
}

/// An answer about no claim of ours.
pub fn no_claim(number: &str) -> String {
    format!("It names claim {number}, which we never sent.")
}

/// A claim that was decided before.
pub fn answered_before(number: &str) -> String {
    format!("Claim {number} was decided before, and that was not taken back.")
}

/// An answer to another charge.
pub fn charge_differs(said: i64, ours: i64) -> String {
    format!("It answers a charge of {}, and ours is {}.", dollars(said), dollars(ours))
}

/// Signs that no rule posts.
pub fn odd(number: &str) -> String {
    format!(
        "The answer about {number} has amounts that no rule posts: below zero, or of another \
         insurer."
    )
}

/// A reversal of money that never came.
pub fn undoes_what_has_not_arrived(number: &str) -> String {
    format!("It takes back a payment of claim {number} whose money has not arrived.")
}

/// A reversal of nothing.
pub fn undoes_nothing(number: &str) -> String {
    format!("It takes back a payment of claim {number} that is not in the books to the cent.")
}

/// What stays open of a claim, with the payer's reasons and the next step for each.
pub fn open(answer: &ClaimPayment) -> String {
    let lines = answer.lines.iter().flat_map(|line| &line.adjustments);
    let mut says = Vec::new();
    for it in answer.adjustments.iter().chain(lines) {
        if fate(&it.group, &it.reason) != Fate::Open {
            continue;
        }
        let known = x12::codes::reason(&it.reason);
        let what = known.map_or("a reason that is not in our list", |entry| entry.words);
        let next = known.map_or(Step::LookUp, |entry| entry.step);
        says.push(format!(
            "{} {}-{}: {what}. Next: {}.",
            dollars(it.amount.0),
            it.group.code(),
            it.reason,
            step(next)
        ));
    }
    for remark in answer.lines.iter().flat_map(|line| &line.remarks).chain(answer.remarks()) {
        if let Some(entry) = x12::codes::remark(remark) {
            says.push(format!("Remark {remark}: {}.", entry.words));
        }
    }
    says.join(" ")
}

/// What a payer decided, for the history of a claim.
pub fn decided(answer: &ClaimPayment) -> String {
    let paid = dollars(answer.paid.0);
    if answer.is_denied() { "denied".into() } else { format!("decided: {paid} to be paid") }
}

/// The standard next step.
fn step(step: Step) -> &'static str {
    match step {
        Step::Fix => "correct it and send it again",
        Step::OtherPayer => "find which insurer is first",
        Step::Approval => "get or find the prior approval",
        Step::Enrollment => "mend the clinician's enrollment",
        Step::Records => "send the records that they name",
        Step::Appeal => "appeal",
        Step::Client => "to the client, with notice",
        Step::WriteOff => "write it off",
        Step::Contract => "compare it with the contract",
        Step::LookUp => "look the code up, and ask the insurer",
    }
}

/// A set that did not pass.
pub fn rejected_999(ack: &Acknowledgment999) -> String {
    let segments = ack.sets.iter().flat_map(|set| &set.segments);
    let mut says = vec!["The file did not pass the syntax check: it counts as never sent.".into()];
    for it in segments.take(5) {
        let why = it.error.as_deref().and_then(x12::ack_999::segment_error_words);
        says.push(format!("{} at {}: {}.", it.tag, it.position, why.unwrap_or("an error")));
    }
    says.join(" ")
}

/// A claim that was not received.
pub fn rejected_277(about: &About<'_>) -> String {
    let statuses = match about {
        About::Claim(answer) => answer.statuses.as_slice(),
        _ => &[],
    };
    let mut says: Vec<String> = vec!["Rejected: it counts as never sent.".into()];
    for code in statuses.iter().flat_map(|status| &status.codes) {
        let category = category_words(&code.category).unwrap_or("rejected");
        let what = status_words(&code.status).unwrap_or("see the code");
        let whom = code.entity.as_deref().and_then(entity_words).unwrap_or_default();
        says.push(format!("{category}: {what} {whom} ({} {}).", code.category, code.status));
    }
    says.push("Mend it and send it again under the same number.".into());
    says.join(" ")
}

/// A deposit that finds no remittance.
pub fn deposit_alone(payer: &str, reference: &str) -> String {
    format!(
        "{payer} paid {reference}, and no remittance says what for. Ask for the 835; the money \
         waits as theirs."
    )
}

/// A deposit of another amount.
pub fn deposit_differs(trace: &str, said: i64, came: i64) -> String {
    format!(
        "Remittance {trace} says {}, and {} arrived. Nothing is posted until both agree.",
        dollars(said),
        dollars(came)
    )
}

// --- Names ---------------------------------------------------------------------------------------

/// What an exception is called.
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::NoCode => "No code fits",
        Kind::NoFee => "No fee is set",
        Kind::NoRight => "Nobody may bill for it",
        Kind::NotReady => "A claim lacks something",
        Kind::Rejected => "Rejected before it was received",
        Kind::RefusedFile => "A file cannot be read",
        Kind::Held => "A remittance does not post",
        Kind::Twice => "The same remittance twice",
        Kind::NoClaim => "One line finds no claim",
        Kind::Differs => "Another charge than ours",
        Kind::Denied => "Denied",
        Kind::Open => "Some of it stays open",
        Kind::Odd => "An answer that no rule posts",
        Kind::DepositAlone => "Money without a remittance",
        Kind::DepositDiffers => "Another amount than the remittance",
    }
}

/// What a person can do about it.
pub fn how(how: How) -> &'static str {
    match how {
        How::ByItself => "Settled by itself",
        How::Again => "Try again",
        How::Matched => "Match",
        How::WrittenOff => "Write it off",
        How::SetAside => "Close it",
    }
}

/// What pressing does.
pub fn how_does(how: How) -> &'static str {
    match how {
        How::Again => "looks whether all is there now.",
        How::Matched => "posts what the insurer decided to that claim.",
        How::WrittenOff => "gives up what is open; the books say so for good.",
        How::SetAside | How::ByItself => "you have looked, and nothing is posted.",
    }
}

/// How far a claim is.
pub fn state(state: State) -> &'static str {
    match state {
        State::Ready => "ready to send",
        State::Sent => "sent",
        State::Rejected => "rejected",
        State::Accepted => "received by the insurer",
        State::Paid => "decided",
        State::Denied => "denied",
    }
}

/// How far a remittance is.
pub fn remittance_state(state: remittance::State) -> &'static str {
    match state {
        remittance::State::Held => "held",
        remittance::State::Waits => "its money has not arrived",
        remittance::State::Posted => "posted",
    }
}

/// How far an answer is.
pub fn answer_state(state: AnswerState) -> &'static str {
    match state {
        AnswerState::Held => "held",
        AnswerState::Unmatched => "finds no claim",
        AnswerState::Decided => "decided",
        AnswerState::Paid => "posted",
    }
}

/// A client's share, in a client's words.
pub fn share(reason: &str) -> &'static str {
    match reason {
        "1" => "deductible: what you pay before your plan begins to",
        "2" => "coinsurance: your part of each visit",
        "3" => "copay: your fixed part of each visit",
        _ => "not covered by your plan",
    }
}

// --- Pages ---------------------------------------------------------------------------------------

pub const BILLING: &str = "Billing";
pub const BILLING_WHY: &str = "Each charge is born from a signed note. What waits for a person is \
     under Payments that did not post.";
pub const BACK: &str = "Back to billing";
pub const BACK_TO_REMITTANCE: &str = "Back to the remittance";
pub const BACK_TO_EXCEPTIONS: &str = "Back to payments that did not post";
pub const BY_MONTH: &str = "All, by month";
pub const DEPOSIT: &str = "Deposit";
pub const BOOKED: &str = "as it is in the books";
pub const READY: &str = "Ready to send";
pub const READY_WHY: &str = "Its note is signed, and nothing is missing.";
pub const SEND: &str = "Send these claims";
pub const ON_THEIR_WAY: &str = "With insurers";
pub const DECIDED: &str = "Decided";
pub const SELF_PAY: &str = "Clients pay themselves";
pub const NO_CHARGES: &str = "A charge appears here when a clinician signs a note.";
pub const REMITTANCES: &str = "Remittances";
pub const NO_REMITTANCES: &str = "What insurers answer in money will be listed here.";
pub const WRITE_DEPOSIT: &str = "Write down its deposit";
pub const TAKE_IN: &str = "Take in an insurer's file";
pub const TAKE_IN_WHY: &str = "835, 999 or 277CA, as it came. The same file twice changes nothing.";
pub const FILE_NAME: &str = "Name of the file";
pub const FILE_TEXT: &str = "What the file holds";
pub const FILE_HINT: &str = "Open the file in an editor and paste all of it.";
pub const TAKE_IN_ACT: &str = "Take it in";
pub const ENTER_FILE: &str = "Paste what the file holds, from ISA to IEA";
pub const WHO_BILLS: &str = "Who bills";
pub const EXCEPTIONS: &str = "Payments that did not post";
pub const EXCEPTIONS_WHY: &str = "Every one has a reason, a next step and a day.";
pub const PRACTICES: &str = "Practices";
pub const PRACTICES_ASIDE: &str = "charges, claims and remittances of each";
pub const BOOKS: &str = "The books";
pub const ACCOUNT: &str = "What they owe and why";
pub const NO_EXCEPTIONS: &str = "Nothing waits for you. What does not go by itself will be here.";
pub const CHARGE: &str = "Charge";
pub const CLIENT: &str = "Client";
pub const SERVICE: &str = "Day of the work";
pub const CODE: &str = "Code";
pub const PAYER: &str = "Asked to pay";
pub const STATE: &str = "State";
pub const AMOUNT: &str = "Amount";
pub const TRACE: &str = "Number";
pub const PAID_ON: &str = "Paid on";
pub const THEMSELVES: &str = "the client";
pub const CLINICIAN: &str = "Clinician";
pub const CLAIM: &str = "Claim";
pub const NONE: &str = "None";
pub const HISTORY: &str = "Files";
pub const NO_HISTORY: &str = "No file has named this claim yet.";
pub const FILE: &str = "File";
pub const SAYS: &str = "What it said";
pub const AT: &str = "When";
pub const ANSWERS: &str = "What the insurer decided";
pub const NO_ANSWERS: &str = "The insurer has not decided yet.";
pub const LINE: &str = "Line";
pub const CHARGED: &str = "Charge";
pub const TAKEN_OFF: &str = "Contract";
pub const CLIENTS: &str = "Client's";
pub const PAID: &str = "Paid";
pub const PAYER_OWES: &str = "Insurer owes";
pub const CLIENT_OWES: &str = "Client owes";
pub const GIVEN_UP: &str = "Given up";
pub const CLIENT_PAID: &str = "Client paid";
pub const MONEY: &str = "What it came to";
pub const AS_RECEIVED: &str = "As received";
pub const THEIR_LINE: &str = "The insurer's line";
pub const OUR_CLAIM: &str = "Our claim";
pub const CLAIM_NUMBER: &str = "Claim number";
pub const WHAT_TO_DO: &str = "What to do";
pub const LOOK: &str = "Look at it";
pub const DUE: &str = "Look by";
pub const SETTLED: &str = "This is settled.";
pub const NOT_THIS_WAY: &str = "This cannot be settled this way. Open it again and choose.";
pub const STILL_MISSING: &str = "It is still missing. Nothing changed.";
pub const CHOOSE_CLAIM: &str = "Choose one of the claims that agree.";
pub const NO_CLAIM_AGREES: &str = "No claim of ours has this day, code and charge.";
pub const ABOUT: &str = "About";

pub const BILLER_WHY: &str = "Claims name the practice by these. The practice bills, and nobody \
     else in its place.";
pub const NPI: &str = "NPI of the practice";
pub const NPI_HINT: &str = "Ten digits.";
pub const EIN: &str = "Tax number (EIN)";
pub const EIN_HINT: &str = "Nine digits.";
pub const STREET: &str = "Street and number";
pub const STREET_HINT: &str = "Where the practice is; insurers refuse a post office box.";
pub const CITY: &str = "City";
pub const US_STATE: &str = "State";
pub const US_STATE_HINT: &str = "Two letters.";
pub const ZIP: &str = "ZIP code";
pub const ZIP_HINT: &str = "All nine digits.";
pub const TAXONOMY: &str = "Taxonomy code";
pub const PHONE: &str = "Telephone";
pub const SAVE: &str = "Save";
pub const ENTER_NPI: &str = "Enter the ten digits of the practice's NPI";
pub const ENTER_EIN: &str = "Enter the nine digits of the tax number";
pub const ENTER_STREET: &str = "Enter street and number, in 55 signs or fewer";
pub const ENTER_CITY: &str = "Enter the city, in 30 signs or fewer";
pub const ENTER_STATE: &str = "Enter the two letters of the state, such as TX";
pub const ENTER_ZIP: &str = "Enter all nine digits of the ZIP code, such as 78701-2345";
pub const ENTER_TAXONOMY: &str = "Enter ten signs, such as 261QM0801X, or nothing";
pub const ENTER_PHONE: &str = "Enter the ten digits of a telephone number";

/// A month: "September 2026".
pub fn month(first: Date) -> String {
    first.strftime("%B %Y").to_string()
}

/// A file by its kind and its name, where the name does not say its kind.
pub fn file(kind: &str, name: &str) -> String {
    if name.starts_with(kind) { name.to_owned() } else { format!("{kind} {name}") }
}

/// How many claims can go out.
pub fn ready(count: i64) -> String {
    match count {
        0 => "No claim is ready to send".into(),
        1 => "One claim is ready to send".into(),
        count => format!("{count} claims are ready to send"),
    }
}

// --- Clients -------------------------------------------------------------------------------------

pub const BILLS: &str = "What you owe and why";
pub const NO_BILLS: &str =
    "You owe nothing. After a visit, what it cost and who paid will be here.";
pub const OWES_NOTHING: &str = "You owe nothing right now.";
pub const SETTLED_VISITS: &str = "Settled";
pub const SETTLED_ASIDE: &str = "nothing is owed for these";
pub const PAID_AHEAD: &str = "You have paid ahead:";
pub const VISIT: &str = "Visit";
pub const MISSED_VISIT: &str = "Fee for a missed visit";
pub const MISSED_VISITS: &str = "Missed visits";
pub const CANCELED_LATE: &str = "canceled late";
pub const DID_NOT_COME: &str = "did not come";
pub const FEE: &str = "Fee";
pub const FEE_WHY: &str =
    "Charge what your own terms with the client say. No insurer is asked for it.";
pub const CHARGE_FEE: &str = "Charge this fee";
pub const CHOOSE_A_VISIT: &str = "Choose a visit";
pub const CHOOSE_VISIT: &str = "Choose the visit that was missed";
pub const ENTER_FEE: &str = "Enter the fee in dollars and cents, such as 75.00, below 1,000";
pub const COST: &str = "The visit cost";
pub const OFF: &str = "Taken off by your plan's contract";
pub const PLAN_PAID: &str = "Your plan paid";
pub const PLAN_OWES: &str = "Still with your plan";
pub const YOU_PAID: &str = "You paid";
pub const FORGIVEN: &str = "Taken off by your practice";
pub const YOU_OWE: &str = "You owe";
pub const HOW_TO_PAY: &str = "Pay by cash or check at your practice, or ask them how.";

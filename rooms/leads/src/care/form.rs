//! What was typed on the public form, and what it means: every fault at once, at its field.

use ground::html::{Faults, Typed};
use people::Address;

use crate::model::{
    AgeGroup, Concern, Consent, Meets, NAME_MAX, NewLead, PHONE_MAX, PLAN_MAX, Pays, TimeOfWeek,
    Topic, WORDS_MAX, Wants,
};
use crate::{risk, words};

/// The fields of the first page; the second carries them along, unseen.
pub const FIRST: &[&str] = &["topic", "words", "age", "from", "helped"];
/// The fields of the second page; the first carries them along.
pub const SECOND: &[&str] = &[
    "name",
    "state",
    "pays",
    "plan",
    "times",
    "meets",
    "languages",
    "method",
    "address",
    "phone",
    "may",
];
/// The answer that is never kept: it brings the page with the numbers to call.
pub const RISK_TOPIC: &str = "risk";
/// Fewest digits of a telephone number with its area code.
const PHONE_DIGITS_MIN: usize = 10;
/// Most digits of a telephone number (ITU-T E.164).
const PHONE_DIGITS_MAX: usize = 15;

/// Whether the page with the numbers to call comes next. It comes once.
pub fn needs_help_first(typed: &Typed) -> bool {
    let was_shown = typed.one("helped") == "1";
    let risk = typed.has("topic", RISK_TOPIC) || risk::speaks_of_risk(typed.one("words"));
    risk && !was_shown
}

/// Whether a program filled the form: the field that nobody sees is not empty.
pub fn is_by_a_program(typed: &Typed) -> bool {
    !typed.one("company").is_empty()
}

/// What is wrong with the first page.
pub fn first_faults(typed: &Typed) -> Faults {
    let mut faults = Faults::none();
    if WORDS_MAX < typed.one("words").chars().count() {
        faults.add("words", words::ENTER_SHORTER);
    }
    if AgeGroup::of(typed.one("age")).is_none() {
        faults.add("age", words::CHOOSE_AGE);
    }
    faults
}

/// The whole request.
pub fn read(typed: &Typed, payers: &[(String, String)]) -> Result<NewLead, Faults> {
    let mut faults = Faults::none();
    let name = typed.one("name").trim();
    if name.is_empty() || NAME_MAX < name.chars().count() {
        faults.add("name", words::ENTER_NAME);
    }
    let state = words::STATE_LIST.iter().find(|(code, _)| *code == typed.one("state"));
    if state.is_none() {
        faults.add("state", words::CHOOSE_STATE);
    }
    let pays = pays(typed, payers, &mut faults);
    let (address, phone) = reach(typed, &mut faults);
    let consent = consent(typed, address.is_some(), phone.is_some(), &mut faults);
    let (Some((state, _)), Some(pays), Some(age), true) =
        (state, pays, AgeGroup::of(typed.one("age")), faults.is_empty())
    else {
        return Err(faults);
    };
    Ok(NewLead {
        source: typed.one("from").to_owned(),
        name: name.to_owned(),
        address,
        phone,
        state: (*state).to_owned(),
        pays,
        age,
        concern: Concern {
            topics: typed.all("topic").filter_map(Topic::of).collect(),
            words: typed.one("words").trim().to_owned(),
        },
        wants: wants(typed),
        consent,
    })
}

fn pays(typed: &Typed, payers: &[(String, String)], faults: &mut Faults) -> Option<Pays> {
    let chosen = typed.one("pays");
    let plan = typed.one("plan").trim();
    if chosen == "self" {
        return Some(Pays::Themselves);
    }
    if let Some((code, _)) = payers.iter().find(|(code, _)| code == chosen) {
        return Some(Pays::Payer(code.clone()));
    }
    if chosen != "other" {
        faults.add("pays", words::CHOOSE_PAYS);
        return None;
    }
    if PLAN_MAX < plan.chars().count() {
        faults.add("plan", words::ENTER_PLAN);
        return None;
    }
    Some(Pays::OtherPlan(plan.to_owned()))
}

/// Email and phone, as far as they were given; something that is neither is a fault.
fn reach(typed: &Typed, faults: &mut Faults) -> (Option<Address>, Option<String>) {
    let written = typed.one("address").trim();
    let address = Address::read(written);
    if !written.is_empty() && address.is_none() {
        faults.add("address", words::ENTER_EMAIL);
    }
    let written = typed.one("phone").trim();
    let digits = written.chars().filter(char::is_ascii_digit).count();
    let plain = written.chars().all(|sign| sign.is_ascii_digit() || " ()+-./x".contains(sign));
    let is_phone = plain
        && written.len() <= PHONE_MAX
        && (PHONE_DIGITS_MIN..=PHONE_DIGITS_MAX).contains(&digits);
    if !written.is_empty() && !is_phone {
        faults.add("phone", words::ENTER_PHONE);
    }
    (address, is_phone.then(|| written.to_owned()))
}

fn consent(typed: &Typed, has_address: bool, has_phone: bool, faults: &mut Faults) -> Consent {
    let may = |way| typed.has("may", way);
    let consent = Consent {
        email: may("email"),
        call: may("call"),
        voicemail: may("voicemail") && may("call"),
        text: may("text"),
        words: words::consent_words(),
    };
    if consent.email && !has_address && !faults.has("address") {
        faults.add("address", words::EMAIL_TO_ANSWER);
    }
    if (consent.call || consent.text) && !has_phone && !faults.has("phone") {
        faults.add("phone", words::PHONE_TO_ANSWER);
    }
    if !consent.email && !consent.call && !consent.text {
        faults.add("may", words::CHOOSE_MAY);
    }
    consent
}

fn wants(typed: &Typed) -> Wants {
    let known = |list: &[(&str, &str)], slug: &str| list.iter().any(|(it, _)| *it == slug);
    let languages = typed.all("languages").filter(|tag| known(words::LANGUAGE_LIST, tag));
    let method = Some(typed.one("method")).filter(|slug| known(words::METHOD_LIST, slug));
    Wants {
        times: typed.all("times").filter_map(TimeOfWeek::of).collect(),
        meets: typed.all("meets").filter_map(Meets::of).collect(),
        languages: languages.map(str::to_owned).collect(),
        method: method.map(str::to_owned),
    }
}

//! The questions, one a page: which come, in what order, and how an answer is read.
//!
//! Pure: answers in, questions and faults out. What is asked depends on what was answered: nobody
//! who pays themselves is asked for an insurer.

use std::collections::BTreeMap;

use ground::html::{Faults, Typed};
use jiff::civil::Date;

use crate::words;

/// What was answered, by field.
pub type Answers = BTreeMap<String, String>;

/// One page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Question {
    /// The name on papers, and the one they go by.
    Name,
    /// When they were born.
    Born,
    /// Where they live.
    Address,
    /// Where they can be called.
    Phone,
    /// Whom to call if something happens.
    Emergency,
    /// Insurance, or themselves.
    Paying,
    /// The plan.
    Insurance,
    /// Whose plan it is, where it is somebody else's.
    Holder,
    /// A document to read and sign.
    Sign(Document),
}

/// What is signed before care.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Document {
    /// Consent to care: what it is, its limits, the right to stop.
    Care,
    /// How records are kept private.
    Privacy,
    /// Fees, and what a missed visit costs.
    Fees,
}

impl Document {
    /// All, in the order in which they are signed.
    pub const ALL: &[Self] = &[Self::Care, Self::Privacy, Self::Fees];

    /// The word in the database and in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Care => "care",
            Self::Privacy => "privacy",
            Self::Fees => "fees",
        }
    }
}

/// The longest answer that is taken.
const ANSWER_MAX: usize = 120;
/// Nobody was born before; the oldest person on record lived 122 years.
const BORN_FROM: i16 = 1900;

impl Question {
    /// Every question that there is.
    pub const ALL: &[Self] = &[
        Self::Name,
        Self::Born,
        Self::Address,
        Self::Phone,
        Self::Emergency,
        Self::Paying,
        Self::Insurance,
        Self::Holder,
        Self::Sign(Document::Care),
        Self::Sign(Document::Privacy),
        Self::Sign(Document::Fees),
    ];

    /// Its word in addresses; it says nothing of an answer.
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Born => "birth-date",
            Self::Address => "address",
            Self::Phone => "phone",
            Self::Emergency => "someone-to-call",
            Self::Paying => "paying",
            Self::Insurance => "insurance",
            Self::Holder => "plan-holder",
            Self::Sign(document) => document.word(),
        }
    }

    /// The question of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|it| it.word() == word)
    }

    /// Whether it is asked, given what was answered.
    pub fn is_asked(self, answers: &Answers) -> bool {
        let says = |field: &str| answers.get(field).map_or("", String::as_str);
        let insured = says("paying") == "insurance";
        match self {
            Self::Insurance => insured,
            Self::Holder => insured && !matches!(says("relation"), "" | "self"),
            _ => true,
        }
    }

    /// The fields that must be answered before it counts as answered.
    fn needs(self) -> &'static [&'static str] {
        match self {
            Self::Name => &["first_name", "last_name"],
            Self::Born => &["born"],
            Self::Address => &["street", "city", "state", "zip"],
            Self::Phone => &["phone"],
            Self::Emergency => &["emergency_seen"],
            Self::Paying => &["paying"],
            Self::Insurance => &["payer", "member_id", "sex", "relation"],
            Self::Holder => &["holder_first", "holder_last", "holder_born"],
            Self::Sign(_) => &[],
        }
    }

    /// Whether a field belongs to it.
    pub fn holds(self, field: &str) -> bool {
        let more: &[&str] = match self {
            Self::Name => &["chosen_name"],
            Self::Emergency => &["emergency_name", "emergency_phone"],
            Self::Insurance => &["group_number"],
            _ => &[],
        };
        self.needs().contains(&field) || more.contains(&field)
    }

    /// Whether it is answered; a document is, where it was signed.
    pub fn is_answered(self, answers: &Answers, signed: &[Document]) -> bool {
        match self {
            Self::Sign(document) => signed.contains(&document),
            _ => self.needs().iter().all(|field| answers.contains_key(*field)),
        }
    }
}

/// The questions that are asked, in order.
pub fn asked(answers: &Answers) -> Vec<Question> {
    Question::ALL.iter().copied().filter(|it| it.is_asked(answers)).collect()
}

/// The first question without an answer.
pub fn next(answers: &Answers, signed: &[Document]) -> Option<Question> {
    asked(answers).into_iter().find(|it| !it.is_answered(answers, signed))
}

/// What was typed on one page: the fields that are right, which are kept whatever the others are,
/// and what is wrong with the others. `today` is the practice's.
pub fn read(question: Question, typed: &Typed, today: Date) -> (Answers, Faults) {
    let mut page = Page { typed, today, kept: Answers::new(), faults: Faults::none() };
    match question {
        Question::Name => {
            page.text("first_name", 60, words::ENTER_FIRST_NAME);
            page.text("last_name", 60, words::ENTER_LAST_NAME);
            page.optional("chosen_name");
        }
        Question::Born => page.birth_date("born"),
        Question::Address => {
            page.text("street", 55, words::ENTER_STREET);
            page.text("city", 30, words::ENTER_CITY);
            page.state("state");
            page.zip("zip");
        }
        Question::Phone => page.phone("phone"),
        Question::Emergency => {
            page.optional("emergency_name");
            if !page.typed.one("emergency_phone").trim().is_empty() {
                page.phone("emergency_phone");
            }
            page.keep("emergency_seen", "yes".into());
        }
        Question::Paying => page.one_of("paying", &["insurance", "self"], words::CHOOSE_PAYING),
        Question::Insurance => {
            page.code("payer", words::CHOOSE_PAYER);
            page.text("member_id", 50, words::ENTER_MEMBER_ID);
            page.optional("group_number");
            page.one_of("sex", &["F", "M", "U"], words::CHOOSE_SEX);
            let relations = ["self", "spouse", "child", "other"];
            page.one_of("relation", &relations, words::CHOOSE_RELATION);
        }
        Question::Holder => {
            page.text("holder_first", 60, words::ENTER_HOLDER_FIRST);
            page.text("holder_last", 60, words::ENTER_HOLDER_LAST);
            page.birth_date("holder_born");
        }
        Question::Sign(_) => {
            if !typed.has("agree", "yes") {
                page.faults.add("agree", words::CHECK_AGREE);
            }
            page.text("signs_as", ANSWER_MAX, words::ENTER_SIGNATURE);
        }
    }
    (page.kept, page.faults)
}

struct Page<'a> {
    typed: &'a Typed,
    today: Date,
    kept: Answers,
    faults: Faults,
}

impl Page<'_> {
    fn keep(&mut self, field: &str, value: String) {
        self.kept.insert(field.to_owned(), value);
    }

    /// What was typed, with the spaces that a thumb adds taken off.
    fn said(&self, field: &str) -> String {
        let words: Vec<&str> = self.typed.one(field).split_whitespace().collect();
        words.join(" ")
    }

    fn text(&mut self, field: &str, longest: usize, sentence: &str) {
        let said = self.said(field);
        if said.is_empty() || said.chars().any(char::is_control) {
            self.faults.add(field, sentence);
        } else if longest < said.chars().count() {
            self.faults.add(field, words::at_most(longest));
        } else {
            self.keep(field, said);
        }
    }

    /// Empty is an answer too.
    fn optional(&mut self, field: &str) {
        let said = self.said(field);
        if ANSWER_MAX < said.chars().count() {
            self.faults.add(field, words::at_most(ANSWER_MAX));
        } else {
            self.keep(field, said);
        }
    }

    fn one_of(&mut self, field: &str, known: &[&str], sentence: &str) {
        match known.iter().find(|it| **it == self.typed.one(field)) {
            Some(chosen) => self.keep(field, (*chosen).to_owned()),
            None => self.faults.add(field, sentence),
        }
    }

    fn code(&mut self, field: &str, sentence: &str) {
        let said = self.said(field);
        let is_code = (2..=20).contains(&said.len())
            && said.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        if is_code { self.keep(field, said) } else { self.faults.add(field, sentence) }
    }

    fn state(&mut self, field: &str) {
        let said = self.said(field).to_ascii_uppercase();
        let is_state = said.len() == 2 && said.bytes().all(|byte| byte.is_ascii_uppercase());
        if is_state {
            self.keep(field, said);
        } else {
            self.faults.add(field, words::ENTER_STATE);
        }
    }

    fn zip(&mut self, field: &str) {
        let said: String = self.said(field).chars().filter(|it| *it != '-').collect();
        let is_zip = matches!(said.len(), 5 | 9) && said.bytes().all(|it| it.is_ascii_digit());
        if is_zip { self.keep(field, said) } else { self.faults.add(field, words::ENTER_ZIP) }
    }

    fn phone(&mut self, field: &str) {
        let said = self.said(field);
        let digits = said.bytes().filter(u8::is_ascii_digit).count();
        let others = said.chars().all(|it| it.is_ascii_digit() || "+-(). x".contains(it));
        if (10..=15).contains(&digits) && others && said.len() <= 40 {
            self.keep(field, said);
        } else {
            self.faults.add(field, words::ENTER_PHONE);
        }
    }

    fn birth_date(&mut self, field: &str) {
        let part = |name: &str| self.typed.one(&format!("{field}_{name}")).trim().to_owned();
        let (month, day, year) = (part("month"), part("day"), part("year"));
        if [&month, &day, &year].iter().all(|it| it.is_empty()) {
            return self.faults.add(field, words::ENTER_BIRTH_DATE);
        }
        let date = match (month.parse(), day.parse(), year.parse()) {
            (Ok(month), Ok(day), Ok(year)) => Date::new(year, month, day).ok(),
            _ => None,
        };
        match date {
            None => self.faults.add(field, words::NOT_A_DATE),
            Some(date) if self.today < date => self.faults.add(field, words::NOT_BORN_YET),
            Some(date) if date.year() < BORN_FROM => self.faults.add(field, words::FOUR_DIGITS),
            Some(date) => self.keep(field, date.to_string()),
        }
    }
}

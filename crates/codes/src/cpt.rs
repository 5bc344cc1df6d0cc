//! The codes that a therapy practice bills, each with a few words of our own.

use std::fmt;
use std::str::FromStr;

/// One CPT code of this crate's table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cpt(&'static str);

macro_rules! cpts {
    ($($name:ident = $code:literal $words:literal;)*) => {
        impl Cpt {
            $(#[doc = $words] pub const $name: Self = Self($code);)*

            /// What it is, in our own words.
            pub fn words(self) -> &'static str {
                match self.0 {
                    $($code => $words,)*
                    _ => unreachable!("a code is one of the table: nothing else can make it"),
                }
            }
        }

        /// Every code of the table.
        pub const CPTS: &[Cpt] = &[$(Cpt::$name),*];
    };
}

cpts! {
    INTERACTIVE = "90785" "interactive complexity, beside another code";
    EVALUATION = "90791" "diagnostic evaluation";
    EVALUATION_MEDICAL = "90792" "diagnostic evaluation with medical services";
    INDIVIDUAL_SHORT = "90832" "individual, 16 to 37 minutes";
    INDIVIDUAL_MIDDLE = "90834" "individual, 38 to 52 minutes";
    INDIVIDUAL_LONG = "90837" "individual, 53 minutes or more";
    CRISIS = "90839" "crisis, the first hour";
    CRISIS_MORE = "90840" "crisis, each further half hour";
    ANALYSIS = "90845" "psychoanalysis";
    FAMILY_WITHOUT = "90846" "family, without the client";
    FAMILY_WITH = "90847" "family or couple, with the client";
    FAMILIES = "90849" "several families together";
    GROUP = "90853" "group";
    SCALE = "96127" "brief scale, scored";
    TEST_EVALUATION = "96130" "test evaluation, the first hour";
    TEST_EVALUATION_MORE = "96131" "test evaluation, each further hour";
    NEURO_EVALUATION = "96132" "neuropsychological evaluation, the first hour";
    NEURO_EVALUATION_MORE = "96133" "neuropsychological evaluation, each further hour";
    TESTING = "96136" "testing by a professional, the first half hour";
    TESTING_MORE = "96137" "testing by a professional, each further half hour";
    TESTING_BY_TECHNICIAN = "96138" "testing by a technician, the first half hour";
    TESTING_BY_TECHNICIAN_MORE = "96139" "testing by a technician, each further half hour";
}

impl Cpt {
    /// The five digits.
    pub fn code(self) -> &'static str {
        self.0
    }

    /// The code without which this one is not billed.
    pub fn base(self) -> Option<&'static [Self]> {
        match self {
            Self::CRISIS_MORE => Some(&[Self::CRISIS]),
            Self::TEST_EVALUATION_MORE => Some(&[Self::TEST_EVALUATION]),
            Self::NEURO_EVALUATION_MORE => Some(&[Self::NEURO_EVALUATION]),
            Self::TESTING_MORE => Some(&[Self::TESTING]),
            Self::TESTING_BY_TECHNICIAN_MORE => Some(&[Self::TESTING_BY_TECHNICIAN]),
            Self::INTERACTIVE => Some(crate::service::INTERACTIVE_WITH),
            _ => None,
        }
    }
}

impl fmt::Display for Cpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl FromStr for Cpt {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = CPTS.iter().find(|cpt| cpt.0 == text);
        found.copied().ok_or_else(|| format!("{text:?} is no code of the table"))
    }
}

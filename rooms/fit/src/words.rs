//! Every sentence of this room that a person reads, and the names of what can be said.
//!
//! The slugs are those of referral directories; a later issue brings the whole list.

use matching::{Rating, Training};

pub const PROFILE: &str = "Whom you see";
pub const PROFILE_LEAD: &str = "What you say here decides which requests are put before you, and \
     nothing else does: not how often you said no, not how many you see, not what you bring in. \
     What you leave open is not said, and nothing is made of it.";
pub const SAVE: &str = "Save";
pub const NOT_YET: &str = "Nothing is said yet, so no request can be put before you.";
pub const AGE_MIN: &str = "Youngest";
pub const AGE_MAX: &str = "Oldest";
pub const AGES: &str = "Ages";
pub const ENTER_AGE: &str = "Enter an age in whole years, from 0 to 120";
pub const AGES_IN_ORDER: &str = "Enter an age that is not below the youngest";
pub const MEETS: &str = "How you meet";
pub const CHOOSE_MEETS: &str = "Choose at least one way to meet";
pub const LANGUAGES: &str = "Languages you work in";
pub const CHOOSE_LANGUAGE: &str = "Choose at least one language";
pub const PAYERS: &str = "Payers you are in network with here";
pub const PAYERS_HINT: &str = "A request that names one of these can come to you.";
pub const PRICE: &str = "Price of a visit for who pays alone";
pub const PRICE_HINT: &str = "Leave it empty if you take nobody so.";
pub const ENTER_PRICE: &str = "Enter dollars up to 2,000, such as 140 or 140.50";
pub const STYLE: &str = "Your way of working";
pub const CONCERNS: &str = "What you treat";
pub const CONCERNS_HINT: &str = "A specialty is what you have much practice and training in: a \
     few, not all. What you never take on is kept from you.";
pub const SPECIALTIES_MAX: usize = 8;
pub const TOO_MANY_SPECIALTIES: &str = "Choose 8 specialties or fewer, and say treats for others";
pub const MODALITIES: &str = "Methods";
pub const MODALITIES_HINT: &str = "By how far your training in each goes.";
pub const NOT_SAID: &str = "not said";

/// Nobody can be matched by what nobody said.
pub const NO_PROFILE: &str = "Has not said yet whom they see.";

/// Concerns that can be asked for, with their names.
pub const CONCERN_LIST: &[(&str, &str)] = &[
    ("generalized-anxiety", "anxiety"),
    ("panic", "panic"),
    ("social-anxiety", "social anxiety"),
    ("depression", "depression"),
    ("grief", "grief"),
    ("ptsd", "trauma"),
    ("ocd", "OCD"),
    ("insomnia", "sleep"),
    ("adhd-adult", "ADHD in adults"),
    ("stress", "stress"),
    ("burnout", "burnout"),
    ("life-transition", "a change in life"),
    ("couples-conflict", "relationships"),
    ("parenting", "parenting"),
    ("postpartum", "pregnancy and birth"),
    ("self-esteem", "self-esteem"),
    ("lgbtq-identity", "LGBTQ identity"),
    ("alcohol", "alcohol"),
    ("chronic-illness", "chronic illness"),
    ("anger", "anger"),
];

/// Methods that can be asked for, with their names.
pub const MODALITY_LIST: &[(&str, &str)] = &[
    ("cbt", "CBT"),
    ("act", "ACT"),
    ("erp", "ERP"),
    ("emdr", "EMDR"),
    ("cpt", "CPT for trauma"),
    ("dbt-informed", "DBT skills"),
    ("ifs", "IFS"),
    ("psychodynamic", "psychodynamic therapy"),
    ("cbt-i", "CBT for sleep"),
    ("mi", "motivational interviewing"),
    ("person-centered", "person-centered therapy"),
    ("solution-focused", "solution-focused therapy"),
];

/// Languages, by tag.
pub const LANGUAGE_LIST: &[(&str, &str)] = &[
    ("en", "English"),
    ("es", "Spanish"),
    ("ase", "American Sign Language"),
    ("zh", "Chinese"),
    ("vi", "Vietnamese"),
    ("ar", "Arabic"),
    ("fr", "French"),
    ("ko", "Korean"),
    ("ru", "Russian"),
    ("tl", "Tagalog"),
];

/// Ways of working.
pub const STYLE_LIST: &[(&str, &str)] = &[
    ("asks", "asks and reflects"),
    ("structured", "structured, with steps"),
    ("mixed", "some of both"),
];

/// Ways to meet.
pub const MEETS_LIST: &[(&str, &str)] = &[("video", "By video"), ("office", "In the office")];

/// How somebody rates their own work on a concern.
pub const RATING_LIST: &[(Rating, &str)] = &[
    (Rating::Specialty, "specialty"),
    (Rating::Treats, "treats"),
    (Rating::WillSee, "will see"),
    (Rating::Never, "never takes on"),
];

/// How far training goes.
pub const TRAINING_LIST: &[(Training, &str)] = &[
    (Training::Certified, "certified"),
    (Training::Trained, "trained"),
    (Training::SupervisedLearning, "learning under supervision"),
    (Training::Informed, "draws on it"),
];

fn name_of(list: &[(&str, &str)], slug: &str) -> String {
    let found = list.iter().find(|(known, _)| *known == slug);
    found.map_or_else(|| slug.to_owned(), |(_, name)| (*name).to_owned())
}

/// A concern as people say it.
pub fn concern(slug: &str) -> String {
    name_of(CONCERN_LIST, slug)
}

/// A method as people say it.
pub fn modality(slug: &str) -> String {
    name_of(MODALITY_LIST, slug)
}

/// A language by its name.
pub fn language(tag: &str) -> String {
    name_of(LANGUAGE_LIST, tag)
}

/// Somebody sees some of the ages that a person may have, and not all.
pub fn sees_a_part(sees: (u8, u8), wanted: (u8, u8)) -> String {
    format!("Sees ages {} to {}; the person is {} to {}.", sees.0, sees.1, wanted.0, wanted.1)
}

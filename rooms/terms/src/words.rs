//! Every sentence of this room that a person reads. Those who work here read English.

use ground::policy::Service;

/// A service as it is offered to every practice.
#[derive(Debug, Clone, Copy)]
pub struct Offered {
    /// Its name.
    pub name: &'static str,
    /// What it opens to the operator's people.
    pub opens: &'static str,
    /// What is included.
    pub included: &'static [&'static str],
    /// What is not.
    pub excluded: &'static [&'static str],
}

/// The way back to what a practice agreed.
pub fn back_to_terms(practice: &str) -> String {
    format!("Back to the terms of {practice}")
}

/// The services in words: one entry each.
pub fn offered(service: Service) -> Offered {
    match service {
        Service::Leads => Offered {
            name: "Leads",
            opens: "Intake coordinators see when clinicians are open, and put requests for care before them.",
            included: &[
                "A public page that takes requests for care, answered on every working day.",
                "Each request with its source, and what it was matched by, in words.",
            ],
            excluded: &[
                "No client is assigned: nobody becomes a client before the clinician has accepted.",
                "The price is the same however many are accepted or begin care.",
            ],
        },
        Service::Intake => Offered {
            name: "Intake",
            opens: "Intake coordinators send forms and see how far they are, and not what they say.",
            included: &[
                "A first call, forms before the first visit, and help with them by telephone.",
                "Insurance details as the client gives them.",
            ],
            excluded: &["No clinical assessment, and no advice about care."],
        },
        Service::Scheduling => Offered {
            name: "Scheduling",
            opens: "Schedulers see names, how to reach people, and times; they book inside the hours that are open.",
            included: &[
                "Booking, moving and canceling, inside the hours that each clinician opened.",
            ],
            excluded: &[
                "No protected time is opened, and no capacity is raised.",
                "No notes and no diagnosis are seen.",
            ],
        },
        Service::Billing => Offered {
            name: "Billing",
            opens: "Billers see codes, times and diagnoses of signed notes, and the money; they never see what a note says.",
            included: &[
                "Claims from signed notes, and remittances posted line by line.",
                "Denials read and answered; bills to clients.",
            ],
            excluded: &["No code is chosen or changed.", "Fees are the practice's own."],
        },
        Service::Telehealth => Offered {
            name: "Telehealth",
            opens: "Support sees whether a video room works, and nothing of what is said in it.",
            included: &["A video room for each visit, and help when it does not work."],
            excluded: &[
                "Nothing is recorded.",
                "Whether video suits a client is the clinician's to say.",
            ],
        },
        Service::Credentialing => Offered {
            name: "Credentialing",
            opens: "Credentialing specialists see licenses and enrollments, and no client.",
            included: &["Applications to payers, and reminders before something expires."],
            excluded: &["Who is hired is the practice's decision."],
        },
        Service::Consultation => Offered {
            name: "Consultation",
            opens: "It opens nothing: a consultant hears what the clinician tells.",
            included: &["An hour with a colleague of the same license, booked when it is needed."],
            excluded: &["Advice, and no authority: the clinician decides."],
        },
    }
}

pub const AGREEMENT_MEANS: &str = "The services below are shared. A service that is not below \
     opens nothing to the operator's people, from the next page that they ask for.";
pub const NEVER_SHARED_LEAD: &str = "Whatever is shared, these stay with the practice and its \
     clinicians:";
pub const NEVER_SHARED: &[&str] = &[
    "Whom to see, for how long, by which method, and when care ends.",
    "Diagnosis, code, and what a note says.",
    "Fees, hiring, and what a clinician keeps.",
    "The records. They belong to the practice and leave with it.",
];
pub const AFTER_THE_END: &str = "From the day of its end the operator's people see nothing of the \
     practice. What was owed until then stays owed, and nothing is owed for leaving.";

pub const CLINICIAN_DECIDES: &[&str] = &[
    "The clinician decides whom to accept, when to work, and when to pause.",
    "The clinician decides how to treat, what to diagnose, and when care ends.",
    "There is no number of clients or sessions to reach, and nothing is paid for reaching one.",
];
pub const CLIENTS_CHOOSE: &str = "Clients are told, and choose with whom they go on. Nothing is \
     owed for leaving, and what was earned is paid as it comes in.";
pub const PLAIN_MONTH: &str = "20 sessions at $145.00 allowed each; $2,900.00 collected, a refund \
     of $145.00 and $87.00 of card fees; a no-show whose fee of $100.00 came in; 90 minutes of \
     admin and an hour of supervision.";
pub const PLAIN_MONTH_WITHOUT_PRICES: &str = "The operator's prices come off besides, as the \
     statement shows them line by line.";

// --- Forms ---------------------------------------------------------------------------------------

pub const ENTER_AMOUNT: &str = "Enter an amount of dollars, such as 120 or 4.50";
pub const ENTER_SHARE: &str = "Enter a share from 0 to 100 per cent, such as 60 or 62.5";
pub const ENTER_PRICE: &str = "Enter the price of this service, or take it out of what is shared";
pub const CHOOSE_PER: &str = "Choose what the price is for: a month, an hour, or each of something";
pub const MOST_BELOW_LEAST: &str = "The most is less than the least: both cannot be kept. Raise \
     the one or lower the other.";
pub const FLAT_HAS_NO_LIMITS: &str =
    "A price by the month is already the whole price. Leave this empty.";
pub const CHOOSE_METHOD: &str = "Choose how the fair market value was found";
pub const ENTER_EVIDENCE: &str =
    "Enter what shows it, in 10 to 500 characters: which quotes, which cost, which benchmark";
pub const ENTER_BEGIN: &str = "Enter the first day, such as 3 1 2026";
pub const BEGIN_IS_PAST: &str = "Terms are agreed in advance. Enter today or later.";
pub const ENTER_END: &str = "Enter the last day, such as 2 28 2027";
pub const ENDS_LATER: &str = "It ends before it begins. Enter a later day, or leave it empty.";
pub const LASTS_A_YEAR: &str = "An agreement about services lasts a year or longer (42 CFR \
     1001.952(d)). Enter a later day.";
pub const ENTER_RECORD_DATE: &str = "Enter the day from which the records hold";
pub const ENTER_REVIEW_DATE: &str = "Enter the day by which the records are looked at again";
pub const RECORD_COMES_FIRST: &str =
    "The record comes before the price. Enter a day before the agreement begins, or that day.";
pub const REVIEWED_EACH_YEAR: &str =
    "A record is looked at again within 12 months. Enter a day within 12 months of the record's.";
pub const SHARE_SOMETHING: &str = "Choose at least one service to share";
pub const SHARE_AND_AMOUNT: &str =
    "You chose a share, and typed an amount too: leave the amount empty, or choose the other way.";
pub const AMOUNT_AND_SHARE: &str =
    "You chose an amount, and typed a share too: leave the share empty, or choose the other way.";
pub const CHOOSE_PAY: &str = "Choose how sessions are paid";
pub const CHOOSE_WHO_BEARS: &str = "Choose who bears this";
pub const NO_SPLIT_TO_BEAR_BY: &str =
    "It cannot be borne by the split: pay is no share. Choose the practice or the clinician.";

// --- Pages ---------------------------------------------------------------------------------------

pub const BACK_TO_TERMS: &str = "Back to terms";
pub const TERMS: &str = "Terms";
pub const TERMS_LEAD: &str = "What the practice has agreed with the operator, and with its \
     clinicians. A version that was signed is never changed: a change is a new version.";
pub const AGREEMENT: &str = "With the operator";
pub const NO_AGREEMENT: &str = "No agreement is in force: the operator's people see nothing here.";
pub const SHARED_TODAY: &str = "Shared today";
pub const VERSIONS: &str = "Versions";
pub const NO_VERSIONS: &str = "Versions will be listed here, with who signed them and when.";
pub const PROPOSE_AGREEMENT: &str = "Propose a version";
pub const ENGAGEMENTS: &str = "With clinicians";
pub const NO_ENGAGEMENTS: &str = "What the practice agrees with its clinicians will be listed.";
pub const NOT_AGREED: &str = "Nothing is agreed yet";
pub const OWNER_HAS_NONE: &str = "Owns the practice: what is left is theirs";
pub const READ: &str = "Read";
pub const READ_AND_SIGN: &str = "Read and sign";
pub const PROPOSE: &str = "Propose";
pub const FEES_LINK: &str = "Fees, and who bills for whom";
pub const SAMPLE_LINK: &str = "A sample of an agreement, as everybody can read it";

pub const AGREEMENTS: &str = "Agreements";
pub const AGREEMENTS_LEAD: &str = "Which practices share what, and what waits for a signature.";
pub const NO_PRACTICES: &str = "Practices will be listed once one is founded.";
pub const NONE_IN_FORCE: &str = "No agreement in force";

pub const PROPOSE_TITLE: &str = "Propose an agreement";
pub const PROPOSE_LEAD: &str = "Both sides read it as one text and sign that. It takes the place \
     of a proposal that is not signed by both.";
pub const BEGINS: &str = "The first day";
pub const ENDS: &str = "The last day";
pub const NOTICE: &str = "Days of notice by the operator";
pub const NOTICE_HINT: &str = "From 30 to 180. The practice may end it on any day.";
pub const SHARED: &str = "What is shared";
pub const SHARED_HINT: &str = "What is not chosen opens nothing. Prices below count for what is.";
pub const RECORD: &str = "The fair-market records hold from";
pub const REVIEW: &str = "They are looked at again by";
pub const REVIEW_HINT: &str = "Within 12 months.";
pub const PRICE: &str = "Price";
pub const PER: &str = "For";
pub const LEAST: &str = "At least, for a month";
pub const MOST: &str = "At most, for a month";
pub const METHOD: &str = "How the fair market value was found";
pub const EVIDENCE: &str = "What shows it";
pub const PROPOSE_ACT: &str = "Put it before both sides";
pub const CHOOSE: &str = "Choose";

pub const SIGN: &str = "Sign";
pub const SIGN_LEAD: &str = "Your typed name, the time and a hash of this exact text are kept \
     together.";
pub const TYPED_NAME: &str = "Type your full name";
pub const ENTER_OWN_NAME: &str = "Type your full name, in 120 characters or fewer";
pub const SIGNATURES: &str = "Signatures";
pub const NOBODY_SIGNED: &str = "Nobody has signed yet.";
pub const TEXT_HASH: &str = "Hash of the text (SHA-256)";
pub const END_TITLE: &str = "End this agreement";
pub const END_ACT: &str = "End it";
pub const SAMPLE: &str = "A sample. Names are made up; the text is made by the same program, from \
     the same clauses, as those that are signed.";
pub const NEWER_VERSION: &str =
    "A newer version has taken the place of this one. Read that one, and sign it.";
pub const ONE_SIDE_ONLY: &str =
    "You signed this for the other side. Somebody else must sign for this one.";
pub const ENDED_ALREADY: &str = "The end of this agreement was said already.";
pub const ONLY_IN_FORCE_ENDS: &str =
    "Only what both have signed can be ended. A proposal that is not signed opens nothing.";

pub const ENGAGEMENT_TITLE: &str = "Propose an engagement";
pub const ENGAGEMENT_LEAD: &str = "Between the practice and this clinician alone: the operator \
     neither sees nor signs it.";
pub const ENDS_OPTIONAL_HINT: &str = "Leave it empty, and it lasts until another is signed.";
pub const NOTICE_EITHER: &str = "Days of notice by either side";
pub const PAY: &str = "How sessions are paid";
pub const SHARE: &str = "The clinician's share, in per cent";
pub const AMOUNT: &str = "The amount, where pay is no share";
pub const PAY_LEAST: &str = "Pay at least, for a month";
pub const PAY_MOST: &str = "Pay at most, for a month";
pub const NO_SHOW_SHARE: &str = "Of a no-show's fee that comes in, per cent to the clinician";
pub const NO_SHOW_PAY: &str = "For a no-show, whether or not a fee comes in";
pub const LATE_CANCEL_SHARE: &str = "Of a late cancel's fee that comes in, per cent";
pub const LATE_CANCEL_PAY: &str = "For a late cancel, whether or not a fee comes in";
pub const ADMIN_HOUR: &str = "For an hour of admin";
pub const SUPERVISION_HOUR: &str = "For an hour of supervision";
pub const WORKS_AS: &str = "The clinician works as";
pub const WORKERS: &[(&str, &str)] =
    &[("employee", "an employee (Form W-2)"), ("contractor", "a contractor (Form 1099-NEC)")];
pub const COST_LABELS: &[&str] = &[
    "Refunds are borne by",
    "Recoupments and chargebacks are borne by",
    "Card fees are borne by",
    "The operator's prices are borne by",
];
pub const BEARERS: &[(&str, &str)] = &[
    ("practice", "the practice"),
    ("clinician", "the clinician"),
    ("as_split", "both, by the split"),
];
pub const PAYS: &[(&str, &str)] = &[
    ("collected", "A share of what is collected"),
    ("allowed", "A share of what is allowed for sessions held, paid or not"),
    ("session", "An amount for each session held"),
    ("month", "An amount a month"),
];
pub const METHODS: &[(&str, &str)] = &[
    ("cost", "From what it costs to give"),
    ("market", "From what others ask"),
    ("benchmark", "From a published benchmark"),
];
pub const PERS: &[(&str, &str)] = &[
    ("month", "a month"),
    ("hour", "an hour, by the minute"),
    ("claim", "each claim filed"),
    ("eligibility_check", "each eligibility check"),
    ("intake_call", "each intake call"),
    ("remittance", "each remittance posted"),
    ("bill", "each bill sent"),
    ("seat", "each seat"),
];

// --- Fees ----------------------------------------------------------------------------------------

pub const FEES: &str = "Fees";
pub const FEES_LEAD: &str = "What a service costs from a day on. A fee that was set stays, so that \
     what was charged can be understood; a new one counts from its first day.";
pub const WHAT_IS_SET: &str = "What is set";
pub const SELF_PAY: &str = "Who pays themselves";
pub const NO_FEES: &str = "No fee is set. Without one there is no charge.";
pub const SET_FEE: &str = "Set a fee";
pub const SET_FEE_ACT: &str = "Set it";
pub const PAYER: &str = "Who pays";
pub const CODE: &str = "Code";
pub const CODE_HINT: &str = "CPT or HCPCS, such as 90837.";
pub const FROM: &str = "From";
pub const RIGHTS: &str = "Who bills for whom";
pub const RIGHTS_LEAD: &str = "Without a line here, no claim goes to that payer for that work.";
pub const NO_RIGHTS: &str = "No work is billed to a payer yet.";
pub const WHOSE_WORK: &str = "Whose work";
pub const UNDER_WHOSE_NAME: &str = "Under whose name";
pub const ALLOW: &str = "Let it be billed";
pub const END: &str = "End";
pub const CHOOSE_PAYER: &str = "Choose who pays";
pub const ENTER_CODE: &str = "Enter a code of five signs, such as 90837";
pub const ENTER_FEE: &str = "Enter a fee above zero, such as 175";
pub const ENTER_FROM: &str = "Enter the first day, such as 3 1 2026";
pub const FEE_IS_SET: &str =
    "A fee for this code and payer is set from that day. Choose a later day.";
pub const RIGHT_IS_SET: &str = "This is set from that day already. Choose a later day.";
pub const CHOOSE_CLINICIAN: &str = "Choose a clinician";

/// A side as people say it.
pub fn side_words(side: ground::policy::Side) -> &'static str {
    match side {
        ground::policy::Side::Practice => "for the practice",
        ground::policy::Side::Operator => "for the operator",
        ground::policy::Side::Clinician => "as the clinician",
    }
}

/// Where a version stands.
pub fn standing_words(standing: crate::Standing) -> &'static str {
    match standing {
        crate::Standing::Proposed => "waits for signatures",
        crate::Standing::Replaced => "replaced before both had signed",
        crate::Standing::Coming => "signed, not begun",
        crate::Standing::InForce => "in force",
        crate::Standing::Past => "past",
    }
}

//! Every sentence of the public home. It says what is there, and what is not there yet.

pub const HOME: &str = "You keep the practice. We carry the work around it.";
pub const SAYS: &str = "Trellis answers requests for care, fills the calendar inside the hours \
     that you open, files the claims and keeps the books, for practices that clinicians own. You \
     decide whom you see, how you treat, when you stop, and when you are free.";
pub const WHAT_KEEP: &str = "What would you keep?";
pub const READ_CHARTER: &str = "Read the charter";
pub const READ_AGREEMENT: &str = "Read the agreement";
pub const READ_ENGAGEMENT: &str = "Read an engagement";
pub const COSTS: &str = "What it costs";
pub const SHARE: &str = "A share of your fees";
pub const NONE: &str = "none";
pub const WAY: &str = "One request, from the first call to your hour";
pub const YOURS: &str = "yours to decide";
pub const CARRIED: &str = "carried for you";
pub const OWNED: &str = "Who owns the operator";
pub const EARNS: &str = "How it earns";
pub const EARNS_SAYS: &str = "From the prices above, and from nothing else: no share of your fees, \
     nothing for a request that you accept, nothing from anybody who refers. Each price has its \
     record of fair market value in the agreement.";
pub const LEAVES: &str = "How to leave";
pub const LEAVES_SAYS: &str = "Your practice may end the agreement on any day; the operator gives \
     notice and never less than the agreement says. Access of the operator's people ends with the \
     day. Records, clients and books are the practice's before, during and after.";
pub const STANDS: &str = "What works today";
pub const NOT_YET: &str = "Not yet";
pub const HOW_WE_WORK: &str = "How we work";
pub const HOW_WE_WORK_WHY: &str = "The documents that are signed, the promises that no document \
     can sign away, and what the program does today.";
pub const NOT_ADVICE: &str = "This is not legal advice; rules vary by state.";
pub const NO_OPERATOR: &str = "This house has no operator yet.";

/// The steps of the way: name, what happens, and whether the clinician decides.
pub const STEPS: &[(&str, &str, bool)] = &[
    ("Request", "answered by a person", false),
    ("Fit", "reasons for and against", false),
    ("Accept", "or not; no is free", true),
    ("Forms", "on a phone, once", false),
    ("Hours", "you open them, you close them", true),
    ("Session", "and the note", true),
    ("Claim", "filed and followed", false),
    ("Statement", "every cent, with its clause", false),
    ("Worth", "of an hour, all work counted", true),
];

/// What the program does today.
pub const WORKS: &[&str] = &[
    "A request for care, matched with reasons, offered, accepted or declined in one click.",
    "Hours, protected time, leave and a pause that only the clinician sets.",
    "Forms on a phone, with signatures that keep the text as it was shown.",
    "Booking without double booking, sessions with measured times, notes that lock when signed.",
    "Claims (837P), remittances (835) that post by themselves or wait with a reason.",
    "Double-entry books, a monthly statement line by line, and what an hour was worth.",
    "A comparison of ways to practice from your own figures, in which any of them may win.",
];

/// What it does not do yet.
pub const MISSING: &[&str] = &[
    "Video, messages and reminders.",
    "Measures, treatment plans and co-signing.",
    "Clearinghouses other than a folder, eligibility checks, cards, payouts to banks.",
    "Passkeys, password reset, export of a whole practice.",
    "Measured service levels on this page.",
];

pub const DEMO: &str = "Come in as somebody";
pub const DEMO_WHY: &str = "Everybody here is made up. One press signs you in as them; sign out to \
     come back.";
pub const DEMO_LEAVES_OUT: &str = "A demo leaves out what the law asks of a real house: contracts \
     with business associates, verified licenses, a payer at the other end, and your own second \
     factor. Never type in anything about a real person.";
pub const COME_IN: &str = "Sign in";
pub const MAIL: &str = "Mail";
pub const MAIL_WHY: &str = "Letters that this demo wrote land here and nowhere else, newest first.";
pub const NO_MAIL: &str = "Letters will be listed here.";
pub const OF_OPERATOR: &str = "The operator's people";
pub const OF_PRACTICES: &str = "Practices";
pub const CLIENTS: &str = "Clients";

/// Who owns the operator.
pub fn owned(legal_name: &str, owners: &[String]) -> String {
    match owners {
        [] => format!("{legal_name}. Its owner has not signed in yet."),
        owners => format!("{legal_name}, owned by {}.", owners.join(", ")),
    }
}

/// What the operator gains by one client more.
pub fn gains(claim: &str, most: &str) -> String {
    format!(
        "If you see one client more, the operator gains {claim} for each claim, at most {most} a \
         month, and nothing when they pay you directly. If you see fewer, it loses that."
    )
}

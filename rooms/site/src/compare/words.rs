//! Every sentence of the comparison that does not come from a figure.

pub const TITLE: &str = "What would you keep?";
pub const LEAD: &str = "The same clinician, the same calls, the same clients, in different kinds of \
    practice. Where two rows differ, their contracts do. Every figure can be changed, and says where \
    it is from.";
pub const CHANGE: &str = "Change the figures";
pub const CHOOSE_TWO: &str = "Say what matters to you";
pub const MODELS: &str = "An hour, all work counted";
pub const SORTED: &str = "Sorted by the hour";
pub const KEPT_IS: &str = "Kept: before income tax, after own costs and the half of \
    self-employment tax that an employer would pay. Unsure in each run: calls, long stays, minutes \
    for notes, what plans do not pay. The same luck for every row.";
pub const READ_IT: &str = "Read it so";
pub const HAVE_TO: &str = "What would have to be true";
pub const HAVE_TO_WHY: &str = "In the expected course, without the luck of the runs, for an hour \
    worth as much as";
pub const NO_HOUR: &str = "With these figures no hour is worked, so none has a worth yet.";
pub const NOT_YET: &str = "not known yet";
pub const NOT_SHOWN: &str = "not shown";
pub const LEFT_OUT: &str = "Left out";
pub const LEFT_OUT_SAYS: &[&str] = &[
    "Income tax, the deduction of half of self-employment tax, the qualified business income \
     deduction, wages of an S corporation, state taxes, wages elsewhere.",
    "What a contract in your own name is worth, what it costs to sleep badly, illness.",
    "Seasons, and payer luck: bands are a little narrower than life.",
    "This is not tax or legal advice.",
];
pub const TWO: &str = "Your two, and who gains";
pub const TWO_WHY: &str = "What the other side gains by a session says what it will ask for.";
pub const NO_TWO: &str = "Choose the two things that matter most to you, and each row says how far \
    it protects them.";
pub const BELIEF: &str = "“A higher split always means that I take home more”";
pub const FROM_HIGH: &str = "From the high split";
pub const FROM_LOW: &str = "From the lower split, with support";
pub const MONTHS: &str = "Money in hand, month by month";
pub const MOVES: &str = "What moves the hour most";
pub const MOVES_WHY: &str = "Each over its usual range, all others as they are, in the expected \
    course: without the luck of the runs above.";
pub const EACH: &str = "Each by itself";
pub const EACH_WHY: &str = "From what an advertisement says an hour pays to what it is worth.";
pub const NOT_KNOWN: &str = "What nobody knows here";
pub const NOT_KNOWN_SAYS: &[&str] = &[
    "Hours outside sessions rest on what makers of software say. No measured cohort of clinicians \
     is large enough yet; when one is (30 clinicians or more), its figures will stand here with \
     their dates.",
    "How many calls reach a clinician in each kind of practice. All rows start with the same \
     number; if you know it to be different somewhere, enter it there.",
    "Whether clients stay longer in one kind of practice than in another. No evidence was found.",
    "What a network keeps of what plans pay it.",
    "Late fees, marketing hours and refilled hours are estimates.",
];
pub const EVERY_FIGURE: &str = "Every figure, with where it is from";
pub const MATTER: &str = "What matters to you";
pub const MATTER_WHY: &str = "How true is each for you today? 1 is not at all, 5 is wholly. You \
    may leave any out.";
pub const WHICH_TWO: &str = "Which two matter most right now?";
pub const WHICH_TWO_WHY: &str = "Two, or none.";
pub const YOURS: &str = "Your figures";
pub const PRIVATE: &str = "No sign-in, no name, no mail. Nothing is kept: your figures are sent, \
    answered and forgotten. With script, the address of this page holds them after its #, which no \
    server sees.";
pub const SHOW: &str = "Show what I would keep";
pub const OWN_CALLS: &str = "Leave empty for the same as above.";
pub const OUR_PRICES: &str = "Our prices are no estimate: they are the ones that an agreement is \
    proposed with.";
pub const READ_AGREEMENT: &str = "Read the agreement";
pub const ASK: &str = "Read how we work";
pub const PRINT: &str = "Print, or save as a file";
pub const STAYS_AS_TYPED: &str = "Outside of what is usual; counted as you typed it.";
pub const NO_COURSE: &str = "No session is held with these figures, so no hour can be taken apart.";
pub const PAPER: &str = "A comparison of ways to practice, from a reader’s own figures. Not tax or \
    legal advice.";
pub const PRINTS: &str = "What you unfold is printed too.";
pub const AS_PDF: &str = "Download as PDF";
pub const PAPER_OVER: &str = "Trellis · a comparison of ways to practice";
pub const PAPER_FOOT: &str = "From a reader’s own figures; not tax or legal advice";
pub const PAPER_RUNNING: &str = "What would you keep? A comparison of ways to practice";
pub const PAPER_DEMO: &str = "Made on a demo of Trellis, in which everybody is made up. Figures \
    and prices are the same as elsewhere.";
pub const PAPER_NO_TWO: &str = "No two things were chosen that matter most.";
pub const PAPER_YOURS: &str = "In bold, what was typed otherwise than it stood there. All others \
    are assumptions, listed at the end with where they are from.";
pub const GAINS: &str = "Who gains if you see more clients, or fewer";
pub const AGAIN: &str = "Where to do it again";

/// Where anybody does it again.
pub fn again(origin: &str) -> String {
    format!(
        "At {origin}/compare, with any figures, without a name or a sign-in. Nothing of this \
         comparison was kept there: this paper is all there is of it."
    )
}

/// What dot, bar and line stand for.
pub fn legend(runs: usize) -> String {
    format!("Dot: the middle of {runs} runs. Bar: half of them. Line: nine of ten.")
}

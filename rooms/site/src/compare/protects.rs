//! What matters to a clinician, and how far each way to practice protects it: in words, with what
//! one should ask. A judgment that a reader can check line by line, ours with its gaps.

use super::asked::STATEMENTS;
use super::models::Model;

/// What is rated, as somebody would say it of today.
pub(super) const MATTERS: [(&str, &str); STATEMENTS] = [
    ("I decide whom I see, how I treat, and when I stop.", "Deciding"),
    ("My hours are mine: nobody books over time that I keep.", "Hours"),
    ("My evenings are free of claims, calls and scheduling.", "Chores"),
    ("I know what next month brings in.", "Steady income"),
    ("Somebody experienced is there when a case weighs on me.", "Company"),
    ("What I build stays mine, and leaving costs little.", "Ownership"),
];

/// How far something is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Far {
    No,
    InPart,
    Yes,
}

impl Far {
    /// A shape and a word.
    pub(super) fn read(self) -> (&'static str, &'static str) {
        match self {
            Self::No => ("○", "No"),
            Self::InPart => ("◐", "In part"),
            Self::Yes => ("●", "Yes"),
        }
    }
}

use Far::{InPart, No, Yes};

/// How far each of the six is protected, and why.
type Row = [(Far, &'static str); STATEMENTS];

const SOLO: Row = [
    (Yes, "Nobody else is there to decide."),
    (Yes, "You keep the only calendar."),
    (No, "All of it is yours."),
    (No, "A slow month is yours, and its rent too."),
    (No, "You find and pay your own."),
    (Yes, "Practice, contracts and records are yours."),
];
const BILLER: Row = [
    (Yes, "Nobody else is there to decide."),
    (Yes, "You keep the only calendar."),
    (InPart, "Claims go. Calls, scheduling and marketing stay."),
    (No, "A slow month is yours, and its rent too."),
    (No, "You find and pay your own."),
    (Yes, "Practice, contracts and records are yours."),
];
const JOB: Row = [
    (
        InPart,
        "As the contract says. Ask whether you may decline a client, and whether there is a minimum.",
    ),
    (InPart, "As the contract says. Ask who opens an evening."),
    (Yes, "Calls, scheduling and claims are the group’s work."),
    (InPart, "A share moves with your sessions; paid hours and benefits do not."),
    (Yes, "Supervision and colleagues come with a job. Ask how many hours."),
    (No, "Clients and records are the group’s. Look for a non-compete."),
];
const GROUP: Row = [
    (InPart, "As the contract says. Ask whether there is a minimum."),
    (InPart, "A contractor sets hours; some contracts ask for a minimum."),
    (Yes, "Calls, scheduling and claims are the group’s work."),
    (No, "A share moves with your sessions."),
    (InPart, "Where the group offers it. Ask who pays for the hour."),
    (InPart, "As the contract says. Ask who keeps records and clients."),
];
const NETWORK: Row = [
    (InPart, "You choose clients. Rate and rules are the network’s, and it may audit notes."),
    (Yes, "You open and close your own calendar."),
    (InPart, "Claims go. Your private clients and your room stay."),
    (InPart, "A known rate on a known day, until the network changes it."),
    (No, "You find and pay your own."),
    (InPart, "License and clients’ choice are yours; the plan’s contract is the network’s."),
];
const HIGH_SPLIT: Row = [
    (Yes, "You bring the calls, so you choose among them."),
    (Yes, "You keep your own calendar."),
    (No, "Calls, scheduling, marketing and follow-up are yours."),
    (No, "A share moves with your sessions."),
    (No, "You find and pay your own."),
    (InPart, "Clients are yours to bring; payer contracts are the group’s."),
];
const OURS: Row = [
    (Yes, "Promised in the charter: no client without your yes, no minimum, no say in care."),
    (Yes, "Promised in the charter: nobody else opens time that you keep."),
    (
        InPart,
        "Calls, scheduling and claims go. Reminders, messages and eligibility are not there yet.",
    ),
    (No, "A slow month is yours, and the prices by the month run on."),
    (InPart, "Consultation is bought by the hour; nobody is assigned to you."),
    (Yes, "Practice, contracts and records are yours. You may leave on any day."),
];

/// What a model does for one of the six.
pub(super) fn protects(model: Model, at: usize) -> (Far, &'static str) {
    let row = match model {
        Model::Solo => &SOLO,
        Model::Biller => &BILLER,
        Model::Job => &JOB,
        Model::Group => &GROUP,
        Model::Network => &NETWORK,
        Model::HighSplit => &HIGH_SPLIT,
        Model::Ours => &OURS,
    };
    row[at]
}

/// How far a model protects two of the six, from 0 to 4.
pub(super) fn of_two(model: Model, (one, other): (usize, usize)) -> u8 {
    [one, other].map(|at| protects(model, at).0 as u8).iter().sum()
}

impl Model {
    /// Its name, as a row has it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Solo => "Solo, billing yourself",
            Self::Biller => "Solo, with a billing service",
            Self::Job => "Group, employed (W-2)",
            Self::Group => "Group, contractor (1099)",
            Self::Network => "Insurance network",
            Self::HighSplit => "High split, low support",
            Self::Ours => "Your own practice, on Trellis",
        }
    }

    /// Its name within a sentence.
    pub(super) fn within(self) -> &'static str {
        match self {
            Self::Solo => "solo, billing yourself",
            Self::Biller => "solo with a billing service",
            Self::Job => "in a group, employed",
            Self::Group => "in a group, as a contractor",
            Self::Network => "in a network",
            Self::HighSplit => "at a high split with low support",
            Self::Ours => "in your own practice on Trellis",
        }
    }

    /// Who else gains by a session.
    pub(super) fn other_side(self) -> &'static str {
        match self {
            Self::Solo => "nobody",
            Self::Biller => "the biller",
            Self::Job | Self::Group | Self::HighSplit => "the group",
            Self::Network => "the network",
            Self::Ours => "the operator",
        }
    }

    /// What the other side gains if more clients are seen, or fewer.
    pub(super) fn incentive(self) -> &'static str {
        match self {
            Self::Solo => "Nobody else gains or loses, whatever you do.",
            Self::Biller => {
                "The biller gains by what plans pay you, and nothing by clients who pay directly."
            }
            Self::Job | Self::Group => {
                "The group gains by every session, so it gains when you see more. It also bears the \
                 empty room when you see fewer."
            }
            Self::Network => {
                "The network keeps the difference between what plans pay it and what it pays you. \
                 It publishes neither."
            }
            Self::HighSplit => {
                "The group gains a little by every session, and does little for it. It loses \
                 little when you see fewer."
            }
            Self::Ours => {
                "The operator gains by the claim it files, up to a most for the month, by a call \
                 that it answers whatever comes of it, and the same each month besides. It gains \
                 nothing when a client begins, and nothing when they pay you directly."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_protects_everything_and_ours_says_where_it_does_not() {
        for model in Model::ALL {
            let least = (0..STATEMENTS).map(|at| protects(model, at).0).min();
            assert_ne!(least, Some(Yes), "{model:?}");
        }
        let ours: Vec<Far> = (0..STATEMENTS).map(|at| protects(Model::Ours, at).0).collect();
        assert!(ours.contains(&No) && ours.contains(&InPart));
    }

    #[test]
    fn each_thing_is_protected_somewhere_or_nowhere_wholly() {
        let most = |at| Model::ALL.map(|model| protects(model, at).0).into_iter().max().unwrap();
        let all: Vec<Far> = (0..STATEMENTS).map(most).collect();
        assert_eq!(all, [Yes, Yes, Yes, InPart, Yes, Yes], "income is steady nowhere");
    }
}

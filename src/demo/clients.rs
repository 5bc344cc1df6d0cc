//! Those who ask for care in the demo: who they are, when they come, and what becomes of it.

/// Somebody who asks for care.
#[derive(Debug, Clone, Copy)]
pub struct Asks {
    /// First and last name.
    pub name: (&'static str, &'static str),
    /// What brings them, by the word of the public form.
    pub topic: &'static str,
    /// In their own words, if they say more.
    pub words: &'static str,
    /// Whether Lone Star pays; else they do.
    pub insured: bool,
    /// Whose client they become, by place in the cast.
    pub with: usize,
    /// The day of the demo on which they ask; 0 is its first Monday.
    pub day: i64,
    /// The weekday and the hour of their visits, by the practice's clock.
    pub slot: (i64, i8),
    /// By video; else in the office.
    pub video: bool,
    /// What happens besides.
    pub story: Story,
}

/// What happens besides visits each week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Story {
    /// Nothing.
    Plain,
    /// Somebody else is asked first, and says no.
    Declined,
    /// They do not come to their visit of this week, counted from the first.
    Missed(usize),
    /// They cancel that visit two days before.
    Canceled(usize),
    /// One of their claims is denied: its diagnosis is no illness.
    Denied,
    /// Their last note is still to be signed.
    Unsigned,
    /// They ask, and nobody has answered yet.
    Waits,
    /// They ask, and the clinician has not answered yet.
    Offered,
}

const fn asks(name: (&'static str, &'static str), with: usize, day: i64, slot: (i64, i8)) -> Asks {
    Asks {
        name,
        topic: "worry",
        words: "",
        insured: true,
        with,
        day,
        slot,
        video: false,
        story: Story::Plain,
    }
}

/// Everybody who asks, in the order of the cast's clinicians.
pub const ALL: &[Asks] = &[
    Asks {
        words: "I lie awake before each working day.",
        ..asks(("Jonas", "Miller"), 0, 0, (0, 9))
    },
    Asks { video: true, topic: "low_mood", ..asks(("Rosa", "Tran"), 0, 0, (1, 10)) },
    Asks { story: Story::Missed(3), ..asks(("Peter", "Nowak"), 0, 1, (2, 9)) },
    Asks { video: true, topic: "sleep", ..asks(("Amara", "Nwosu"), 0, 2, (3, 14)) },
    Asks { insured: false, story: Story::Unsigned, ..asks(("Kate", "Lindgren"), 0, 3, (4, 15)) },
    Asks { insured: false, topic: "low_mood", ..asks(("Mina", "Castillo"), 1, 0, (1, 16)) },
    Asks { insured: false, video: true, ..asks(("Theo", "Park"), 1, 2, (2, 17)) },
    Asks { insured: false, story: Story::Canceled(2), ..asks(("Iris", "Falk"), 1, 7, (3, 12)) },
    Asks { topic: "sleep", story: Story::Declined, ..asks(("Sol", "Pereira"), 2, 0, (0, 8)) },
    Asks { topic: "sleep", video: true, ..asks(("Hana", "Sato"), 2, 1, (1, 9)) },
    Asks { topic: "sleep", story: Story::Denied, ..asks(("Luis", "Moreno"), 2, 1, (2, 10)) },
    Asks { ..asks(("Grace", "Okoro"), 2, 3, (3, 13)) },
    Asks { insured: false, topic: "sleep", ..asks(("Emil", "Berg"), 2, 8, (4, 14)) },
    Asks { topic: "low_mood", ..asks(("Nadia", "Haddad"), 3, 0, (0, 14)) },
    Asks { topic: "low_mood", video: true, ..asks(("Owen", "Gallagher"), 3, 2, (1, 15)) },
    Asks { story: Story::Missed(4), ..asks(("Lena", "Fischer"), 3, 4, (2, 16)) },
    Asks { insured: false, video: true, ..asks(("Marcus", "Reed"), 3, 9, (3, 11)) },
    Asks { ..asks(("Sofia", "Rossi"), 4, 0, (0, 10)) },
    Asks { video: true, topic: "sleep", ..asks(("David", "Cohen"), 4, 1, (1, 10)) },
    Asks { insured: false, ..asks(("Ella", "Watts"), 4, 3, (2, 13)) },
    Asks { insured: false, topic: "low_mood", ..asks(("Ravi", "Shah"), 4, 7, (3, 13)) },
    Asks { story: Story::Offered, topic: "sleep", ..asks(("Quinn", "Abbott"), 0, 56, (0, 9)) },
    Asks { story: Story::Waits, insured: false, ..asks(("Noor", "Rahman"), 0, 55, (0, 9)) },
];

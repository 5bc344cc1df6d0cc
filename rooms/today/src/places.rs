//! The places that each of those who look can go to: the one table of the rail and of the portal.

use ground::Acting;
use ground::html::Place;
use ground::policy::Role;
use ids::PracticeId;

/// A place inside a practice, and for whom it is.
struct OfPractice {
    path: &'static str,
    text: &'static str,
    /// What one finds there, for the page of help.
    says: &'static str,
    roles: &'static [Role],
}

/// A place at the operator's desk, and for whom it is.
struct OfDesk {
    path: &'static str,
    text: &'static str,
    /// What one finds there, for the page of help.
    says: &'static str,
    roles: &'static [Role],
}

const TREATS: &[Role] = &[Role::Clinician];
const OWNS: &[Role] = &[Role::Owner];
const BOTH: &[Role] = &[Role::Owner, Role::Clinician];

/// Most used first: a phone shows the first four.
const IN_PRACTICE: &[OfPractice] = &[
    OfPractice {
        path: "today",
        says: "What needs you now, and what was handled for you.",
        text: "Today",
        roles: BOTH,
    },
    OfPractice {
        path: "week",
        says: "Your appointments, with your protected time.",
        text: "Week",
        roles: TREATS,
    },
    OfPractice {
        path: "clients",
        says: "Whom the practice treats, each with what there is about them.",
        text: "Clients",
        roles: BOTH,
    },
    OfPractice {
        path: "notes",
        says: "Notes to write and sign, the open ones first.",
        text: "Notes",
        roles: TREATS,
    },
    OfPractice {
        path: "offers",
        says: "Requests for care that wait for your yes or no.",
        text: "Offers",
        roles: TREATS,
    },
    OfPractice {
        path: "hours",
        says: "When you are open, protected time, leave, and the pause.",
        text: "Hours",
        roles: TREATS,
    },
    OfPractice {
        path: "worth",
        says: "What an hour was worth to you. Nobody else sees it.",
        text: "Worth",
        roles: TREATS,
    },
    OfPractice {
        path: "money",
        says: "Charges, books and statements.",
        text: "Money",
        roles: BOTH,
    },
    OfPractice {
        path: "practice",
        says: "Terms, charter, people, and who was refused what.",
        text: "Practice",
        roles: BOTH,
    },
];

const AT_DESK: &[OfDesk] = &[
    OfDesk { path: "/desk/today", says: "What needs you now.", text: "Today", roles: Role::ALL },
    OfDesk {
        path: "/desk/leads",
        says: "Requests for care, with the time that each waits.",
        text: "Leads",
        roles: &[Role::Intake, Role::Owner],
    },
    OfDesk {
        path: "/desk/billing",
        says: "What payers sent that does not post by itself.",
        text: "Claims",
        roles: &[Role::Billing],
    },
    OfDesk {
        path: "/desk/agreements",
        says: "What each practice agreed to, and what waits for a signature.",
        text: "Agreements",
        roles: OWNS,
    },
    OfDesk {
        path: "/desk/dead-letters",
        says: "Work that failed until its limit.",
        text: "Stuck work",
        roles: &[Role::Support, Role::Owner],
    },
];

/// The parts of a practice whose pages stand below a place: those of its lists, for its own people
/// and at the desk.
const BELOW: &[(&str, &[&str])] = &[
    ("week", &["appointments"]),
    ("notes", &["sessions"]),
    ("money", &["statements", "billing", "books", "fees"]),
    ("practice", &["charter", "terms", "people", "refusals", "profile"]),
    ("/desk/billing", &["billing", "books"]),
    ("/desk/agreements", &["terms"]),
];

/// For a client.
const OF_CLIENT: &[(&str, &str)] =
    &[("/me", "Home"), ("/me/visits", "Visits"), ("/me/forms", "Forms"), ("/me/bills", "Bills")];

/// For anyone.
const PUBLIC: &[(&str, &str)] = &[
    ("/care", "Find care"),
    ("/how-we-work", "How we work"),
    ("/compare", "Compare"),
    ("/sign-in", "Sign in"),
];

/// Where somebody who works stands: in one practice, or at the operator's desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stands {
    /// In a practice of their own.
    In(PracticeId),
    /// At the desk; inside a practice that is served, where one is named.
    AtDesk(Option<PracticeId>),
}

/// The practice that a path names.
pub(crate) fn named(path: &str) -> Option<PracticeId> {
    let rest = path.strip_prefix("/p/")?;
    rest.split('/').next()?.parse().ok()
}

/// Where somebody who works stands when they look at a path. What belongs to no practice is looked
/// at from the first place that they have.
pub(crate) fn stands(acting: &Acting, path: &str) -> Option<Stands> {
    let Acting::Workforce(worker) = acting else {
        return None;
    };
    let mut own = worker.places.iter().filter(|it| !it.is_operator).map(|it| it.practice);
    let desk = worker.places.iter().any(|it| it.is_operator);
    match named(path) {
        Some(named) if own.clone().any(|it| it == named) => Some(Stands::In(named)),
        Some(named) if desk => Some(Stands::AtDesk(Some(named))),
        _ if desk && (path.starts_with("/desk") || own.clone().next().is_none()) => {
            Some(Stands::AtDesk(None))
        }
        _ => own.next().map(Stands::In),
    }
}

/// The rail of somebody who works.
pub(crate) fn rail(acting: &Acting, stands: Stands, path: &str) -> Vec<Place> {
    let Acting::Workforce(worker) = acting else {
        return vec![];
    };
    let holds = |tenant: &dyn Fn(&ground::acting::Place) -> bool, roles: &[Role]| {
        worker.places.iter().any(|it| tenant(it) && roles.iter().any(|it2| it.roles.contains(it2)))
    };
    match stands {
        Stands::In(practice) => IN_PRACTICE
            .iter()
            .filter(|it| holds(&|place| place.practice == practice, it.roles))
            .map(|it| {
                let place = Place::new(format!("/p/{practice}/{}", it.path), it.text);
                if is_below(path, it.path) { place.here() } else { here(path, place) }
            })
            .collect(),
        Stands::AtDesk(_) => AT_DESK
            .iter()
            .filter(|it| holds(&|place| place.is_operator, it.roles))
            .map(|it| {
                let place = Place::new(it.path, it.text);
                if is_below(path, it.path) { place.here() } else { here(path, place) }
            })
            .collect(),
    }
}

/// Whether a page of a practice belongs to a place whose path it does not share.
fn is_below(path: &str, place: &str) -> bool {
    let part = path.strip_prefix("/p/").and_then(|rest| rest.split('/').nth(1));
    let of_place = BELOW.iter().filter(|(it, _)| *it == place);
    of_place.flat_map(|(_, parts)| *parts).any(|it| Some(*it) == part)
}

/// Every place of the rail with what one finds there.
pub(crate) fn explained(acting: &Acting, stands: Stands) -> Vec<(Place, &'static str)> {
    let says = |place: Place| {
        let of_practice = IN_PRACTICE.iter().map(|it| (it.text, it.says));
        let of_desk = AT_DESK.iter().map(|it| (it.text, it.says));
        let all: Vec<_> = match stands {
            Stands::In(_) => of_practice.collect(),
            Stands::AtDesk(_) => of_desk.collect(),
        };
        let says = all.iter().find(|(text, _)| *text == place.text()).map_or("", |it| it.1);
        (place, says)
    };
    rail(acting, stands, "").into_iter().map(says).collect()
}

/// The places of a client.
pub(crate) fn portal(path: &str) -> Vec<Place> {
    let at = |(to, text): &(&str, &str)| Place::new(*to, *text);
    let exact = |place: Place| if place.href() == path { place.here() } else { place };
    OF_CLIENT
        .iter()
        .map(|it| if it.0 == "/me" { exact(at(it)) } else { here(path, at(it)) })
        .collect()
}

/// The places of the public site.
pub(crate) fn public(path: &str) -> Vec<Place> {
    PUBLIC.iter().map(|(to, text)| here(path, Place::new(*to, *text))).collect()
}

/// Marks a place where the reader is in it, or below it.
fn here(path: &str, place: Place) -> Place {
    let is_here = path == place.href()
        || path.strip_prefix(place.href()).is_some_and(|rest| rest.starts_with('/'));
    if is_here { place.here() } else { place }
}

//! Who asks, for what, and what may stand as an exception.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::stream::{self, StreamExt};
use ground::testing::{TestHouse, run};
use ground::web::{Route, Routes};
use ids::PracticeId;

use super::ask::{Answer, Somebody};
use super::judge::{Asker, Fault, Stands, faults, may_not};
use super::places::Places;
use super::scene::{Canary, Scene, app, set};
use super::{kept, odd};
use crate::house::rooms::all;

/// Requests that are under way at once.
const AT_ONCE: usize = 8;

/// Who asks, how they stand to Elm Street, and what they may read of Sam.
pub const ASKERS: &[Asker] = &[
    Asker { name: "nobody", stands: Stands::Outside, sees: &[] },
    Asker { name: "half", stands: Stands::Outside, sees: &[] },
    Asker { name: "dana", stands: Stands::Outside, sees: &[] },
    Asker { name: "kit", stands: Stands::Outside, sees: &[] },
    Asker { name: "una", stands: Stands::Outside, sees: &[] },
    Asker { name: "una for oak", stands: Stands::Elsewhere, sees: &[] },
    Asker { name: "eve", stands: Stands::Outside, sees: &[] },
    Asker { name: "cy", stands: Stands::Inside(AT_ANY_DESK), sees: &[] },
    Asker {
        name: "sue",
        stands: Stands::Inside(SCHEDULING),
        sees: &[Canary::Name, Canary::Contact],
    },
    Asker {
        name: "ina",
        stands: Stands::Inside(INTAKE),
        sees: &[Canary::Name, Canary::Contact, Canary::Concern],
    },
    Asker {
        name: "bo",
        stands: Stands::Inside(BILLING),
        sees: &[Canary::Name, Canary::Contact, Canary::Member, Canary::Amount],
    },
    Asker {
        name: "ben",
        stands: Stands::Inside(COLLEAGUE),
        sees: &[Canary::Name, Canary::Contact],
    },
];

/// What whoever works for the operator may do.
const AT_ANY_DESK: &[&str] = &["read_charter"];
/// What a scheduler may do at Elm Street.
const SCHEDULING: &[&str] = &[
    "read_charter",
    "see_people",
    "see_hours",
    "see_week",
    "see_appointment",
    "book_appointment",
    "cancel_appointment",
];
/// What an intake coordinator may do at Elm Street.
const INTAKE: &[&str] = &[
    "read_charter",
    "see_people",
    "see_hours",
    "see_week",
    "see_leads",
    "work_lead",
    "make_offer",
    "withdraw_offer",
    "send_packet",
    "see_packet",
];
/// What a biller may do at Elm Street.
const BILLING: &[&str] = &[
    "read_charter",
    "see_people",
    "see_billing",
    "send_claim",
    "import_remittance",
    "settle_exception",
    "see_books",
    "see_account",
    "see_statement",
    "record_payment",
    "close_month",
];
/// What another clinician of Elm Street may do there.
const COLLEAGUE: &[&str] = &[
    "read_charter",
    "see_people",
    "see_hours",
    "see_week",
    "see_leads",
    "work_lead",
    "see_terms",
    "send_packet",
    "see_packet",
    "set_hours",
    "protect_time",
    "pause_intake",
    "see_worth",
];

/// Who is answered otherwise than `Found` and `LetIn` say, `*` for whoever it is, at which route, and
/// why that is right. It still breaks nothing, tells nothing and changes nothing.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    (
        "*",
        "POST /me/sign-ins/{id}/ending",
        "whoever is signed in is led to their own list, and nothing ends that is not theirs",
    ),
    (
        "*",
        "POST /desk/dead-letters/trial",
        "a form without its fields is none: it is sent back before anybody is asked",
    ),
    ("*", "POST /desk/dead-letters/release", "the same"),
    (
        "*",
        "POST /p/{practice}/people/invitations",
        "a form that cannot be read comes back to whoever may see the people anyway",
    ),
    (
        "*",
        "POST /p/{practice}/people/roles/{role}/ending",
        "a part that is over or never was is nothing to end: the people are shown as they are",
    ),
    (
        "ben",
        "GET /p/{practice}/offers",
        "one's own offers: the charter is asked about them and no others",
    ),
    ("ben", "POST /p/{practice}/offers/withdrawal", "the same: none of his is open"),
    (
        "*",
        "POST /p/{practice}/leads/{lead}/offers/withdrawal",
        "what is not out is not taken back: the request is shown as it is to whoever may see it",
    ),
    ("ben", "GET /p/{practice}/refusals", "refusals about his own work"),
    ("ben", "GET /p/{practice}/statements", "his own statements, of which there are none"),
    (
        "una for oak",
        "POST /p/{practice}/fees/rights/{right}/ending",
        "a right that her practice never gave is nothing to end",
    ),
    (
        "una for oak",
        "POST /p/{practice}/people/{person}/sign-ins/ending",
        "the database ends visits of her own people and of nobody else",
    ),
];

/// Routes that are left out, and why.
const LEFT_OUT: &[(&str, &str)] =
    &[("POST /sign-out", "it ends the visit of whoever asks, and they would be nobody after it")];

/// All that was found, each with where.
pub type Found = BTreeSet<(Fault, String)>;

pub fn somebody(scene: &Scene, name: &str) -> Somebody {
    match name {
        "nobody" => Somebody::with(&scene.app, None),
        "half" => scene.half.clone(),
        "dana" => scene.dana.clone(),
        "kit" => scene.kit.clone(),
        "una" | "una for oak" => scene.una.clone(),
        "eve" => scene.eve.clone(),
        "cy" => scene.cy.clone(),
        "sue" => scene.sue.clone(),
        "ina" => scene.ina.clone(),
        "bo" => scene.bo.clone(),
        "ben" => scene.ben.clone(),
        other => panic!("nobody is called {other}"),
    }
}

/// What somebody sends to one path.
#[derive(Clone)]
struct Ask {
    route: Route,
    path: String,
    form: Vec<(String, String)>,
}

/// One asker at all these routes: what each answer says, what was not written down, what changed.
pub async fn sweep(scene: &Scene, places: &Places, routes: &[Route], asker: Asker) -> Found {
    let who = somebody(scene, asker.name);
    let at = if asker.stands == Stands::Elsewhere { scene.oak } else { scene.cast.elm };
    let (barred, open): (Vec<Ask>, Vec<Ask>) = asks(places, routes, asker, at, scene.cast.elm)
        .into_iter()
        .partition(|ask| ask.route.method == "GET" || may_not(asker, &ask.route));
    let before = kept::digests(&scene.house).await;
    let written = kept::refusals(&scene.house).await;

    let mut found = Found::new();
    let mut refused = 0;
    for (asks, is_barred) in [(barred, true), (open, false)] {
        let answers = stream::iter(asks)
            .map(|ask| {
                let who = who.clone();
                async move { (send(&who, &ask).await, ask) }
            })
            .buffer_unordered(AT_ONCE)
            .collect::<Vec<_>>()
            .await;
        for (answer, Ask { route, path, .. }) in answers {
            refused += usize::from(answer.status.as_u16() == 403);
            let said = format!("{} at {} {}", asker.name, route.method, route.path);
            let faults = faults(asker, &route, &answer).into_iter();
            found.extend(faults.map(|it| (it, format!("{said} ({}, {path})", answer.status))));
        }
        if is_barred {
            let after = kept::digests(&scene.house).await;
            for table in kept::changed(&before, &after) {
                found.insert((Fault::Changes(table), asker.name.to_owned()));
            }
        }
    }
    if kept::refusals(&scene.house).await - written != refused {
        found.insert((Fault::Silent, asker.name.to_owned()));
    }
    found
}

async fn send(who: &Somebody, ask: &Ask) -> Answer {
    match ask.route.method {
        "GET" => who.get(&ask.path).await,
        _ => who.post(&ask.path, &ask.form).await,
    }
}

/// Each route with the ids of Elm Street and a form that is odd; for those who might get as far as
/// that, also with ids that nobody has, and with an empty form.
fn asks(
    places: &Places,
    routes: &[Route],
    asker: Asker,
    at: PracticeId,
    elm: PracticeId,
) -> Vec<Ask> {
    let mut asks = Vec::new();
    for route in routes {
        let named = format!("{} {}", route.method, route.path);
        if LEFT_OUT.iter().any(|(it, _)| *it == named) {
            continue;
        }
        let real = places.first(route.path).replace(&elm.to_string(), &at.to_string());
        let nobodys = places.nobodys(route.path, at);
        let ask = |path: &str, form| Ask { route: *route, path: path.to_owned(), form };
        if route.method == "POST" {
            asks.push(ask(&real, odd::everything()));
        }
        if nobodys != real && asker.stands != Stands::Outside {
            asks.push(ask(&nobodys, vec![]));
        }
        if route.method == "GET" || matches!(asker.stands, Stands::Inside(_)) {
            asks.push(ask(&real, vec![]));
        }
    }
    asks
}

/// What is found besides the exceptions, and the exceptions that nothing needs.
fn judged(found: Found) -> (Vec<String>, Vec<String>) {
    let is_of = |(fault, said): &(Fault, String), (who, route, _): &(&str, &str, &str)| {
        let (is, at) = said.split_once(" at ").unwrap_or((said, ""));
        let is_answer = matches!(fault, Fault::Found | Fault::LetIn);
        is_answer && (*who == "*" || *who == is) && at.starts_with(&format!("{route} ("))
    };
    let unneeded = EXCEPTIONS.iter().filter(|it| !found.iter().any(|one| is_of(one, it)));
    let unneeded = unneeded.map(|(who, route, _)| format!("{who} at {route}")).collect();
    // One line for each fault and route: which ids were asked with is said once.
    let mut lines = BTreeMap::new();
    for (fault, said) in found.iter().filter(|one| !EXCEPTIONS.iter().any(|it| is_of(one, it))) {
        let route = said.split(" (").next().unwrap_or(said).to_owned();
        lines.entry((fault.clone(), route)).or_insert_with(|| format!("{fault:?}: {said}"));
    }
    (lines.into_values().collect(), unneeded)
}

#[test]
fn whom_a_page_is_not_for_learns_and_changes_nothing() {
    run(async |house: TestHouse| {
        let app = app(&house.house, Routes::new());
        let scene = set(house.clone(), app).await;
        let places = Places::of(&house, scene.cast.elm).await;
        let mut found = Found::new();
        for asker in ASKERS {
            found.extend(sweep(&scene, &places, &all(), *asker).await);
        }

        let (found, unneeded) = judged(found);

        assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
        assert_eq!(unneeded, Vec::<String>::new(), "exceptions that nothing needs");
    });
}

//! What the rooms bring: every route says which act of the charter it asks, or why it asks none,
//! and a process takes up only what it can do.

use std::collections::BTreeSet;

use ground::clock::Clock;
use ground::keys::RootKey;
use ground::mail::{self, Mailer};
use ground::policy::{Act, Charter};
use ground::web::{Asks, Proxies, Route};
use ground::{House, Parts};

#[path = "../../src/house.rs"]
#[allow(dead_code, reason = "the program's own table of rooms; only the routes are looked at")]
pub(crate) mod joined;

pub(crate) fn all() -> Vec<Route> {
    joined::ROOMS.iter().flat_map(|room| (room.routes)().rows().to_vec()).collect()
}

/// What is wrong with a table of routes.
fn faults(routes: &[Route]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for Route { method, path, asks } in routes {
        if !seen.insert((*method, *path)) {
            faults.push(format!("{method} {path} is there twice"));
        }
        match asks {
            Asks::Act(name) if !Act::NAMES.contains(name) => {
                faults.push(format!("{method} {path} asks {name}: the charter knows no such act"));
            }
            Asks::Nothing(why) if why.len() < 12 => {
                faults.push(format!("{method} {path} asks nothing and does not say why"));
            }
            _ => {}
        }
    }
    faults
}

#[test]
fn every_route_says_what_it_asks() {
    let routes = all();
    assert!(5 < routes.len());
    assert_eq!(faults(&routes), Vec::<String>::new());
}

#[test]
fn a_route_without_an_act_is_found() {
    let route = |path, asks| Route { method: "GET", path, asks };
    let routes = [
        route("/a", Asks::act("read_minds")),
        route("/b", Asks::nothing("no")),
        route("/c", Asks::act("see_people")),
        route("/c", Asks::act("see_people")),
    ];

    assert_eq!(faults(&routes).len(), 3);
}

/// A house that nobody has asked anything yet, with or without a way for letters to leave.
fn house(mailer: Option<Mailer>) -> House {
    House::new(Parts {
        pool: sqlx::PgPool::connect_lazy("postgres://nobody@localhost/nothing").unwrap(),
        clock: Clock::running(),
        seed: None,
        root_key: RootKey::from_bytes([7; 32]),
        origin: "http://localhost".into(),
        mailer,
        proxies: Proxies::default(),
        charter: Charter::load().unwrap(),
    })
}

#[test]
fn without_a_mail_server_letters_are_left_waiting() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let _entered = runtime.enter();
    let sends = |mailer| {
        let jobs = joined::work(&house(mailer)).jobs;
        jobs.iter().any(|job| job.kind == mail::SEND.kind)
    };

    assert!(sends(Some(Mailer::Page)));
    assert!(!sends(None));
}

#[test]
fn what_is_open_to_everybody_is_listed() {
    let open: Vec<String> = all()
        .iter()
        .filter(|route| matches!(route.asks, Asks::Nothing(_)))
        .map(|route| format!("{} {}", route.method, route.path))
        .collect();
    let expected = include_str!("../expected/open-routes.txt");

    assert_eq!(open.join("\n"), expected.trim_end(), "read tests/expected/open-routes.txt anew");
}

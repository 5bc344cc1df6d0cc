//! Rooms stand in the order of the journey, and look up it only; pure crates know no room.

use super::tree::files;

/// The order in which one room may call another.
const ORDER: &[&str] = &[
    "ground", "people", "terms", "charter", "audit", "hours", "leads", "fit", "offers", "coverage",
    "intake", "calendar", "session", "flow", "chart", "ledger", "billing", "payouts", "worth",
    "growth", "messages", "support", "today", "site", "api",
];

/// Dependencies that look the wrong way in one manifest.
fn wrong_ways(room: &str, manifest: &str) -> Vec<String> {
    let place = |name: &str| ORDER.iter().position(|known| *known == name);
    let depends = manifest.split("[dev-dependencies]").next().unwrap_or_default();
    let named = depends.lines().filter_map(|line| line.strip_suffix(".workspace = true"));
    named
        .filter(|name| match (place(room), place(name)) {
            (Some(here), Some(there)) => here <= there,
            (None, Some(_)) => true,
            _ => false,
        })
        .map(|name| format!("{room} may not call {name}: tell it by an event"))
        .collect()
}

#[test]
fn every_room_calls_earlier_rooms_only() {
    for (path, manifest) in files(&["rooms"], "Cargo.toml") {
        let room = path.split('/').nth(1).unwrap();
        assert!(ORDER.contains(&room), "{room} has no place in the order of the journey");
        assert_eq!(wrong_ways(room, &manifest), Vec::<String>::new());
    }
}

#[test]
fn a_pure_crate_knows_no_room() {
    for (path, manifest) in files(&["crates"], "Cargo.toml") {
        let name = path.split('/').nth(1).unwrap();
        assert_eq!(wrong_ways(name, &manifest), Vec::<String>::new());
    }
}

#[test]
fn a_call_down_the_journey_is_found() {
    let manifest = "[dependencies]\nground.workspace = true\nbilling.workspace = true\n";

    assert_eq!(wrong_ways("chart", manifest).len(), 1);
    assert_eq!(wrong_ways("payouts", manifest).len(), 0);
    assert_eq!(wrong_ways("x12", manifest).len(), 2);
}

#[test]
fn chance_comes_from_ground_alone() {
    for (path, manifest) in files(&["rooms", "crates"], "Cargo.toml") {
        let depends = manifest.split("[dev-dependencies]").next().unwrap_or_default();
        let draws = depends.contains("\nrand.workspace");
        assert_eq!(draws, path == "rooms/ground/Cargo.toml", "{path}: take chance from the house");
    }
}

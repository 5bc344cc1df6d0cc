//! What is wrong with an answer, by who asked for what.

use ground::web::{Asks, Route};

use super::ask::Answer;
use super::places::holes;
use super::scene::Canary;

/// How somebody stands to Elm Street.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// It is not there for them, nor is anything in it.
    Outside,
    /// Of another practice, in whose name they ask for what is Elm Street's.
    Elsewhere,
    /// They may do these acts in it, and are refused all others.
    Inside(&'static [&'static str]),
    /// Everything asked for is theirs: it may only not break, or tell of others.
    Home,
}

/// Somebody who asks, with what they may read.
#[derive(Debug, Clone, Copy)]
pub struct Asker {
    pub name: &'static str,
    pub stands: Stands,
    pub sees: &'static [Canary],
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// It broke.
    Breaks,
    /// Whoever is outside can tell that something is there.
    Found,
    /// Somebody is let in who may not do this.
    LetIn,
    /// It says what they may not read.
    Tells(String),
    /// Somebody's text became part of the page.
    Runs,
    /// It leads away from the house.
    Away,
    /// A page is kept by the browser, for the next person at the machine.
    Stays,
    /// Some were refused, and it was not written down.
    Silent,
    /// Somebody changed what they may not.
    Changes(String),
}

/// Text that would become part of a page that does not escape it.
pub const SCRIPT: &str = "\"><img src=x onerror=alert(7)><script>alert(7)</script>";

/// What holds nothing of anybody, and may be kept.
const MAY_STAY: &[&str] = &["/assets/{name}", "/favicon.svg"];

/// Whether this asker may not do what the route is for.
pub fn may_not(asker: Asker, route: &Route) -> bool {
    match (asker.stands, route.asks) {
        (Stands::Home, _) => false,
        (Stands::Inside(acts), Asks::Act(act)) => !acts.contains(&act),
        (Stands::Inside(_), Asks::Nothing(_)) => false,
        (Stands::Outside, _) => true,
        (Stands::Elsewhere, _) => holes(route.path).any(|it| it != "practice"),
    }
}

/// What is wrong with one answer.
pub fn faults(asker: Asker, route: &Route, answer: &Answer) -> Vec<Fault> {
    let mut faults = Vec::new();
    let status = answer.status.as_u16();
    if 500 <= status {
        faults.push(Fault::Breaks);
    }
    let is_way_in = answer.to.as_deref().is_some_and(|to| to.starts_with("/sign-in"));
    let names_something = holes(route.path).next().is_some();
    let asks_an_act = matches!(route.asks, Asks::Act(_));
    match asker.stands {
        Stands::Outside if asks_an_act && names_something && status != 404 && !is_way_in => {
            faults.push(Fault::Found);
        }
        Stands::Elsewhere | Stands::Inside(_)
            if asks_an_act && may_not(asker, route) && ![403, 404].contains(&status) =>
        {
            faults.push(Fault::LetIn);
        }
        _ => {}
    }
    for canary in Canary::ALL.iter().filter(|it| !asker.sees.contains(it)) {
        let told =
            |words: &&&str| answer.page.contains(**words) || answer.headers.contains(**words);
        if let Some(words) = canary.words().iter().find(told) {
            faults.push(Fault::Tells(format!("{canary:?}: {words}")));
        }
    }
    if answer.to.as_deref().is_some_and(|to| !to.starts_with('/') || to.starts_with("//")) {
        faults.push(Fault::Away);
    }
    let may_stay = MAY_STAY.contains(&route.path);
    if !may_stay && !answer.headers.contains("cache-control: \"no-store\"") {
        faults.push(Fault::Stays);
    }
    if answer.page.contains("<img src=x") || answer.page.contains("<script>alert(7)") {
        faults.push(Fault::Runs);
    }
    faults
}

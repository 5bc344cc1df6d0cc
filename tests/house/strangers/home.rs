//! Whoever a page is for, sending it what no form of ours would: it never breaks, and no text of
//! theirs ever becomes a part of a page.
//!
//! What is sent is taken from the pages themselves: each form as it stands there, with something
//! odd in it; each question in an address, with something odd behind it.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::stream::{self, StreamExt};
use ground::testing::{TestHouse, run};
use ground::web::{Asks, Route, Routes};

use super::ask::{Answer, Somebody, encoded};
use super::judge::{Asker, SCRIPT, Stands, faults};
use super::odd::{VALUES, huge};
use super::pages::{Field, Form, forms, links};
use super::places::Places;
use super::scene::{Canary, app, set};
use crate::house::rooms::all;

/// Requests that are under way at once.
const AT_ONCE: usize = 8;
/// Odd values that all typed fields of a form are given at once.
const VALUES_OF_A_FORM: usize = 2;
/// Odd values that a question in an address is given.
const VALUES_OF_A_QUESTION: usize = 3;
/// What each typed field is given, besides what has its turn.
const OF_EACH: &[&str] = &["a\0b", SCRIPT];

/// Names and values of a form.
type Sent = Vec<(String, String)>;

/// Acts by which they would lock themselves out of the rest.
const LEFT_OUT: &[&str] = &["/sign-out", "/ending", "/signature", "/sending", "/discharge"];

/// What a browser found on the way through all pages that it may open.
#[derive(Default)]
struct Seen {
    /// Forms that differ, by where they lead and what they ask.
    forms: BTreeMap<(String, Vec<String>), Form>,
    /// Addresses with questions in them, by path and names.
    asked: BTreeMap<(String, Vec<String>), String>,
}

/// A path with what varies left out.
fn pattern(path: &str) -> String {
    let is_id = |part: &&str| part.len() == 36 && part.matches('-').count() == 4;
    let parts = path.split('/').map(|part| if is_id(&part) { "{}" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

/// Opens every page, and what it links to.
async fn walk(
    who: &Somebody,
    asker: Asker,
    from: Vec<String>,
    found: &mut BTreeSet<String>,
) -> Seen {
    let mut seen = Seen::default();
    let mut been = BTreeSet::new();
    let mut ahead = from;
    while let Some(path) = ahead.pop() {
        let (plain, query) = path.split_once('?').unwrap_or((&path, ""));
        let names: Vec<String> =
            query.split('&').filter_map(|it| it.split('=').next()).map(str::to_owned).collect();
        let plain = plain.split('#').next().unwrap_or(plain);
        if !been.insert((plain.to_owned(), names.clone())) || plain.starts_with("/assets") {
            continue;
        }
        let path = path.split('#').next().unwrap_or(&path).to_owned();
        let answer = who.get(&path).await;
        note(found, asker, &format!("GET {path}"), &answer);
        ahead.extend(links(&answer.page));
        for form in forms(&answer.page) {
            let action = form.action.clone();
            let to = if action.is_empty() { plain.to_owned() } else { action };
            let form = Form { action: to.clone(), ..form };
            let names = form.fields.iter().map(|it| it.name.clone()).collect();
            match form.is_post {
                true => drop(seen.forms.insert((pattern(&to), names), form)),
                false => drop(seen.asked.insert((pattern(&to), names), to)),
            }
        }
        if !query.is_empty() {
            seen.asked.insert((pattern(plain), names), plain.to_owned());
        }
    }
    seen
}

fn note(found: &mut BTreeSet<String>, asker: Asker, said: &str, answer: &Answer) {
    let route = Route { method: "GET", path: "/", asks: Asks::nothing("they may open it") };
    for fault in faults(asker, &route, answer) {
        let said: String = said.chars().take(300).collect();
        found.insert(format!("{fault:?}: {} {said}", asker.name));
    }
}

/// Odd values, one after the other, so that over all forms each has its turn.
struct Turns(usize);

impl Turns {
    fn next(&mut self) -> String {
        self.0 += 1;
        let at = self.0 % (VALUES.len() + 1);
        VALUES.get(at).map_or_else(huge, |it| (*it).to_owned())
    }
}

/// The forms with something odd: in all that is typed at once, then in each field alone.
fn odd(seen: &Seen, turns: &mut Turns) -> Vec<(String, Sent)> {
    let mut sent = Vec::new();
    let stays = |form: &&Form| !LEFT_OUT.iter().any(|it| form.action.ends_with(it));
    for form in seen.forms.values().filter(stays) {
        for _ in 0..VALUES_OF_A_FORM {
            sent.push(filled(form, &turns.next(), |_, field| field.is_typed));
        }
        for (alone, field) in form.fields.iter().enumerate() {
            let mut values = vec![turns.next()];
            if field.is_typed {
                values.extend(OF_EACH.iter().map(|it| (*it).to_owned()));
            }
            for value in values {
                sent.push(filled(form, &value, |at, _| at == alone));
            }
        }
    }
    sent
}

/// A form as somebody might send it, with something odd in some fields.
fn filled(form: &Form, odd: &str, is_odd: impl Fn(usize, &Field) -> bool) -> (String, Sent) {
    let fields = form.fields.iter().enumerate().map(|(at, field)| {
        let value = match field.value.as_str() {
            _ if is_odd(at, field) => odd,
            "" if field.is_typed => plausible(&field.name),
            value => value,
        };
        (field.name.clone(), value.to_owned())
    });
    (form.action.clone(), fields.collect())
}

/// What somebody might type, by the name of the field, so that a form with one odd thing in it gets
/// as far as that.
fn plausible(name: &str) -> &'static str {
    const BY_NAME: &[(&str, &str)] = &[
        ("address", "somebody@example.com"),
        ("email", "somebody@example.com"),
        ("phone", "512 555 0100"),
        ("year", "2026"),
        ("month", "2"),
        ("day", "3"),
        ("zip", "78701"),
        ("state", "TX"),
        ("cents", "120"),
        ("price", "120"),
        ("cpt", "90834"),
        ("from", "9:00"),
        ("to", "10:00"),
        ("begins", "2027-01-01"),
        ("code", "123456"),
        ("max", "7"),
        ("notice", "60"),
    ];
    let found = BY_NAME.iter().find(|(part, _)| name.contains(part));
    found.map_or("Somebody who says something", |(_, value)| value)
}

/// Somebody opens what is theirs, sends all of it back oddly, and opens it again.
async fn sends_oddly(
    who: &Somebody,
    asker: Asker,
    places: &Places,
    turns: &mut Turns,
) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let gets = all().into_iter().filter(|route| route.method == "GET");
    let pages = gets.filter(|route| !route.path.starts_with("/favicon"));
    let from: Vec<String> = pages.map(|route| places.first(route.path)).collect();
    let seen = walk(who, asker, from.clone(), &mut found).await;

    let mut asks: Vec<(String, Option<Sent>)> = Vec::new();
    asks.extend(odd(&seen, turns).into_iter().map(|(path, form)| (path, Some(form))));
    for ((_, names), path) in &seen.asked {
        for name in names {
            for value in (0..VALUES_OF_A_QUESTION).map(|_| turns.next()) {
                let short: String = value.chars().take(200).collect();
                asks.push((format!("{path}?{}", encoded(&[(name, short)])), None));
            }
        }
    }
    let answers = stream::iter(asks)
        .map(|(path, form)| async move {
            match form {
                Some(form) => (who.post(&path, &form).await, format!("POST {path} {form:?}")),
                None => (who.get(&path).await, format!("GET {path}")),
            }
        })
        .buffer_unordered(AT_ONCE)
        .collect::<Vec<_>>()
        .await;
    for (answer, said) in answers {
        note(&mut found, asker, &said, &answer);
    }
    walk(who, asker, from, &mut found).await;
    found
}

#[test]
fn nothing_breaks_that_whom_it_is_for_sends_oddly() {
    run(async |house: TestHouse| {
        let app = app(&house.house, Routes::new());
        let scene = set(house.clone(), app).await;
        let places = Places::of(&house, scene.cast.elm).await;
        let mut found = BTreeSet::new();
        let mut turns = Turns(0);
        for (name, who) in [
            ("nobody", Somebody::with(&scene.app, None)),
            ("sam", scene.sam.clone()),
            ("sue", scene.sue.clone()),
            ("ina", scene.ina.clone()),
            ("bo", scene.bo.clone()),
            ("ada", scene.ada.clone()),
        ] {
            let asker = Asker { name, stands: Stands::Home, sees: Canary::ALL };
            found.extend(sends_oddly(&who, asker, &places, &mut turns).await);
        }

        let found: Vec<String> = found.into_iter().collect();
        assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
    });
}

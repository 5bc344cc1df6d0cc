//! A statement as an account, for screen and paper alike: its sentence, its groups with what each
//! comes to so far, and whose everything is.

use economics::dollars;
use money::{Cents, div_round};
use paper::Text;

use super::Whose;
use crate::model::{Line, Part, Statement, Whom, sum};
use crate::words;

/// Lines that belong together.
pub struct Group<'a> {
    pub name: &'static str,
    pub aside: String,
    /// Each with its number on the statement.
    pub lines: Vec<(usize, &'a Line)>,
    pub sum: Sum,
}

/// What an account comes to after a group.
pub struct Sum {
    pub name: String,
    pub clause: String,
    pub cents: Cents,
}

/// The sentence by which a line is so; money that came in needs none.
pub fn clause(line: &Line) -> &str {
    if line.part.is_money_in() { "" } else { &line.clause }
}

/// The three figures that matter.
pub fn sentence(statement: &Statement, whose: &Whose) -> Text {
    let (collected, kept) = (statement.is.collected, statement.is.kept);
    let month = words::month(statement.month);
    let Some(of_each) = of_each_hundred(kept, collected) else {
        let nothing = Text::from(words::nothing_came_in(statement.month)).and(" ");
        return match kept {
            Cents::ZERO => nothing,
            kept => nothing.and("It comes to ").and_strong(dollars(kept)).and("."),
        };
    };
    match statement.is.whom {
        Whom::Clinician(_) => {
            let [begin, middle, of] =
                words::of_each_hundred(whose.is_theirs, &whose.name, statement.month);
            Text::from(begin)
                .and_strong(of_each)
                .and(middle)
                .and_strong(dollars(kept))
                .and(of)
                .and_strong(dollars(collected))
                .and(".")
        }
        Whom::Practice(_) => {
            let operator = Cents(-statement.is.sum_of(Part::Price).0);
            Text::from("Of ")
                .and_strong(dollars(collected))
                .and(format!(" collected in {month}, "))
                .and_strong(dollars(kept))
                .and(" stays with the practice, and ")
                .and_strong(dollars(operator))
                .and(" are the operator’s prices.")
        }
    }
}

fn of_each_hundred(kept: Cents, collected: Cents) -> Option<String> {
    if collected <= Cents::ZERO {
        return None;
    }
    let of_each = div_round(i128::from(kept.0) * 10_000, i128::from(collected.0)).ok()?;
    Some(dollars(Cents(i64::try_from(of_each).ok()?)))
}

fn keeps(statement: &Statement, whose: &Whose) -> String {
    match statement.is.whom {
        Whom::Practice(_) => "The practice keeps".into(),
        Whom::Clinician(_) if whose.is_theirs => "You keep".into(),
        Whom::Clinician(_) => "Keeps".into(),
    }
}

/// The groups in order, each with what it comes to so far.
pub fn groups<'a>(statement: &'a Statement, whose: &Whose) -> Vec<Group<'a>> {
    let is = &statement.is;
    let has = |part: Part| is.lines.iter().any(|line| line.part == part);
    let mut parts: Vec<Part> = Part::ALL.into_iter().filter(|part| has(*part)).collect();
    if !parts.contains(&Part::Collected) {
        parts.insert(0, Part::Collected);
    }
    if parts.iter().all(|part| part.is_money_in()) {
        parts.push(Part::Split);
    }
    let of_practice = matches!(is.whom, Whom::Practice(_));
    let mut so_far = Cents::ZERO;
    let mut groups = Vec::new();
    for (place, part) in parts.iter().enumerate() {
        let starts_anew = !of_practice && !part.is_money_in();
        let was_money = place.checked_sub(1).is_some_and(|before| parts[before].is_money_in());
        if starts_anew && was_money {
            so_far = Cents::ZERO;
        }
        so_far = sum([so_far, is.sum_of(*part)]);
        let is_last = place + 1 == parts.len();
        let is_all_in = part.is_money_in() && !parts[place + 1..].iter().any(|it| it.is_money_in());
        let name = match (is_last, is_all_in) {
            (true, _) => keeps(statement, whose),
            (_, true) => words::COLLECTED.into(),
            (_, false) if part.is_money_in() => "In all".into(),
            (_, false) => words::SO_FAR.into(),
        };
        let clause = match (is_last, of_each_hundred(is.kept, is.collected)) {
            (true, Some(of_each)) => format!("{of_each} of each $100"),
            _ => String::new(),
        };
        groups.push(Group {
            name: words::group(*part),
            aside: aside(is.lines_of(*part).next().map(|(_, line)| line), *part),
            lines: is.lines_of(*part).collect(),
            sum: Sum { name, clause, cents: so_far },
        });
    }
    groups
}

fn aside(first: Option<&Line>, part: Part) -> String {
    match (part, first) {
        (Part::Collected, _) => words::MONEY_NOT_CHARGES.into(),
        (Part::Adjustment, _) => words::ADJUSTMENTS_ASIDE.into(),
        (_, None) => words::NO_SPLIT.into(),
        (_, Some(line)) => line.source.clone(),
    }
}

/// Whose everything is that came in; whoever has nothing of it is not named.
pub fn whose_it_is(statement: &Statement, whose: &Whose) -> Vec<(String, Cents)> {
    let is = &statement.is;
    let operator = Cents(-is.sum_of(Part::Price).0);
    let parts = match is.whom {
        Whom::Practice(_) => {
            let theirs = Cents(-is.sum_of(Part::Split).0);
            [
                ("the practice".to_owned(), is.kept),
                ("its clinicians".to_owned(), theirs),
                ("the operator".to_owned(), operator),
            ]
        }
        Whom::Clinician(_) => {
            let rest = Cents(is.collected.0 - is.kept.0 - operator.0);
            let name = if whose.is_theirs { "you" } else { &whose.name };
            [
                (name.to_owned(), is.kept),
                (whose.practice.clone(), rest),
                ("the operator".to_owned(), operator),
            ]
        }
    };
    parts.into_iter().filter(|(_, cents)| *cents != Cents::ZERO).collect()
}

//! The pages of statements: values to HTML.

use bookkeeping::Period;
use economics::dollars;
use ground::frame;
use ground::html::Line as LedgerLine;
use ground::html::{
    Button, Column, Empty, Faults, Filled, Group, Head, Heading, Ledger, Link, Sum, TableRow,
    Typed, amount, button, facts, in_column, money, one_sentence, post, section, table, when,
};
use ground::web::assets;
use ids::PracticeId;
use maud::{Markup, html};
use money::{Cents, div_round};
use people::Client;

use crate::behind::Behind;
use crate::model::{Line, Part, Statement, Whom, sum};
use crate::words;

fn page(title: &str, faults: &Faults, main: Markup) -> Markup {
    frame::page(&Head::new(assets(), title).faults(faults), main)
}

/// A statement in the list.
pub struct Listed {
    pub statement: Statement,
    pub whose: String,
}

/// The month that comes next.
pub enum Next {
    Nothing,
    NotOver(Period),
    CanClose { month: Period, once: String },
}

/// The list, and what can be closed.
pub struct List<'a> {
    pub practice: PracticeId,
    pub list: Vec<Listed>,
    /// For those who may close.
    pub next: Option<Next>,
    pub faults: &'a Faults,
}

fn path(practice: PracticeId, statement: &Statement) -> String {
    format!("/p/{practice}/statements/{}", statement.id)
}

/// The statements of a practice, or of one clinician.
pub fn list(it: &List<'_>) -> Markup {
    let rows: Vec<TableRow> =
        it.list.iter().enumerate().map(|listed| row(it.practice, listed)).collect();
    let columns = [
        Column::name(words::MONTH),
        Column::words(words::WHOSE),
        Column::number(words::COLLECTED),
        Column::number(words::KEPT),
    ];
    let empty = if it.next.is_some() { words::NONE_YET } else { words::NONE_OF_YOURS };
    let main = html! {
        (Filled::new(&Typed::none(), it.faults).summary())
        (Heading::new(words::STATEMENTS).lead(html! { (words::STATEMENTS_WHY) }))
        @if let Some(next) = &it.next { (section(words::NEXT, None, to_close(it.practice, next))) }
        (section(words::CLOSED, None, table(words::CLOSED, &columns, &rows, &Empty::new(empty))))
    };
    page(words::STATEMENTS, it.faults, main)
}

fn row(practice: PracticeId, (at, listed): (usize, &Listed)) -> TableRow {
    let Listed { statement, whose } = listed;
    let link = Link::to(path(practice, statement), words::month(statement.month)).about(&**whose);
    TableRow::new(vec![
        html! { (link) },
        html! { (whose) },
        in_column(at, statement.is.collected.0),
        in_column(at, statement.is.kept.0),
    ])
}

fn to_close(practice: PracticeId, next: &Next) -> Markup {
    match next {
        Next::Nothing => html! { p { (words::NOTHING_TO_CLOSE) } },
        Next::NotOver(month) => html! { p { (words::not_over(*month)) } },
        Next::CanClose { month, once } => html! {
            div.flow {
                p { (words::CLOSING_WHY) }
                (post(&format!("/p/{practice}/statements"), once, html! {
                    input type="hidden" name="month" value=(month.first_day());
                    (button(words::close(*month)).filled())
                }))
            }
        },
    }
}

/// Whose a statement is, to the one who reads it.
pub struct Whose {
    pub name: String,
    pub practice: String,
    pub is_theirs: bool,
}

/// One statement: a sentence, then line by line.
pub fn statement(practice: PracticeId, statement: &Statement, whose: &Whose) -> Markup {
    let title = words::month(statement.month);
    let closed = when::date_and_year(statement.closed_on);
    let hour = format!("/p/{practice}/worth?month={}", statement.month);
    let heading = Heading::new(&title)
        .back(Link::to(format!("/p/{practice}/statements"), words::BACK))
        .lead(html! {
            (whose.name)
            @if whose.name != whose.practice { ", at " (whose.practice) }
            ". Closed " (closed) "."
        });
    let heading = match whose.is_theirs {
        true => heading.beside(html! { (Button::go(Link::to(hour, words::YOUR_HOUR))) }),
        false => heading,
    };
    let main = html! {
        (heading)
        (one_sentence(sentence(statement, whose)))
        (account(practice, statement, whose))
        p { (whole(statement, whose)) }
    };
    page(&title, &Faults::none(), main)
}

/// The three figures that matter.
fn sentence(statement: &Statement, whose: &Whose) -> Markup {
    let (collected, kept) = (statement.is.collected, statement.is.kept);
    let month = words::month(statement.month);
    let Some(of_each) = of_each_hundred(kept, collected) else {
        return html! {
            (words::nothing_came_in(statement.month)) " "
            @if kept != Cents::ZERO { "It comes to " b { (dollars(kept)) } "." }
        };
    };
    match statement.is.whom {
        Whom::Clinician(_) => {
            let [begin, middle, of] =
                words::of_each_hundred(whose.is_theirs, &whose.name, statement.month);
            html! {
                (begin) b { (of_each) } (middle) b { (dollars(kept)) } (of)
                b { (dollars(collected)) } "."
            }
        }
        Whom::Practice(_) => {
            let operator = Cents(-statement.is.sum_of(Part::Price).0);
            html! {
                "Of " b { (dollars(collected)) } " collected in " (month) ", "
                b { (dollars(kept)) } " stays with the practice, and "
                b { (dollars(operator)) } " are the operator’s prices."
            }
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
fn account(practice: PracticeId, statement: &Statement, whose: &Whose) -> Markup {
    let is = &statement.is;
    let at = path(practice, statement);
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
            name: words::group(*part).into(),
            aside: aside(is.lines_of(*part).next().map(|(_, line)| line), *part),
            lines: is.lines_of(*part).map(|(number, line)| drawn(&at, number, line)).collect(),
            sum: Sum { name, how: String::new(), clause, cents: so_far.0 },
        });
    }
    let caption = format!("{}, {}", words::month(statement.month), whose.name);
    html! { (Ledger { caption, groups }) }
}

fn aside(first: Option<&Line>, part: Part) -> Option<Markup> {
    match (part, first) {
        (Part::Collected, _) => Some(html! { (words::MONEY_NOT_CHARGES) }),
        (Part::Adjustment, _) => Some(html! { (words::ADJUSTMENTS_ASIDE) }),
        (_, None) => Some(html! { (words::NO_SPLIT) }),
        (_, Some(line)) => Some(html! { (line.source) }),
    }
}

fn drawn(at: &str, number: usize, line: &Line) -> LedgerLine {
    let link = Link::to(format!("{at}/lines/{number}"), line.what.clone());
    let clause = if line.part.is_money_in() { String::new() } else { line.clause.clone() };
    LedgerLine { what: html! { (link) }, how: line.how.clone(), clause, cents: line.cents.0 }
}

/// Everything that came in is somebody's.
fn whole(statement: &Statement, whose: &Whose) -> String {
    let is = &statement.is;
    let operator = Cents(-is.sum_of(Part::Price).0);
    let parts = match is.whom {
        Whom::Practice(_) => {
            let theirs = Cents(-is.sum_of(Part::Split).0);
            vec![
                ("the practice".to_owned(), is.kept),
                ("its clinicians".to_owned(), theirs),
                ("the operator".to_owned(), operator),
            ]
        }
        Whom::Clinician(_) => {
            let rest = Cents(is.collected.0 - is.kept.0 - operator.0);
            let name = if whose.is_theirs { "you" } else { &whose.name };
            vec![
                (name.to_owned(), is.kept),
                (whose.practice.clone(), rest),
                ("the operator".to_owned(), operator),
            ]
        }
    };
    words::whole(is.collected, &parts)
}

/// One line and the rows behind it.
pub struct OfLine<'a> {
    pub practice: PracticeId,
    pub statement: &'a Statement,
    pub whose: &'a Whose,
    pub line: &'a Line,
    pub rows: &'a [Behind],
    pub clients: &'a [Client],
    /// Whether the one who looks may open what is behind a row.
    pub may_open: bool,
}

/// A line: its sentence, how it came about, and what it was counted from.
pub fn line(it: &OfLine<'_>) -> Markup {
    let at = path(it.practice, it.statement);
    let adjusts = it.line.adjusts.map(|adjusts| {
        let href =
            format!("/p/{}/statements/{}/lines/{}", it.practice, adjusts.statement, adjusts.line);
        let text = format!("line {} of {}", adjusts.line, words::month(adjusts.month));
        html! { (Link::to(href, text)) }
    });
    let known = [
        (words::AMOUNT, Some(money(it.line.cents.0))),
        (words::HOW, Some(html! { (it.line.how) })),
        (words::BY_CLAUSE, Some(html! { (it.line.clause) })),
        (words::FROM, Some(html! { (it.line.source) })),
    ];
    let adjusts = adjusts.map(|link| (words::ADJUSTS, Some(link)));
    let known: Vec<_> = known.into_iter().chain(adjusts).collect();
    let filled = filled(it.rows);
    let rows: Vec<TableRow> = it.rows.iter().map(|row| drawn_row(it, filled, row)).collect();
    let all = [
        Column::name(words::WHAT),
        Column::words(words::DAY),
        Column::words(words::FOR_WHOM),
        Column::words(words::OF_DAY),
        Column::leading(words::AMOUNT),
    ];
    let columns: Vec<Column<'_>> =
        all.into_iter().zip(filled).filter(|(_, is_filled)| *is_filled).map(|(it, _)| it).collect();
    let lead = format!("{}, {}.", words::month(it.statement.month), it.whose.name);
    let main = html! {
        (Heading::new(&it.line.what)
            .lead(html! { (lead) })
            .back(Link::to(at, words::BACK_TO_STATEMENT)))
        (facts(&known, words::NOT_SO))
        (section(words::ROWS, None, table(words::ROWS, &columns, &rows, &Empty::new(words::NO_ROWS))))
    };
    page(&it.line.what, &Faults::none(), main)
}

/// Which of the five columns say anything: requests for care name no client, days no amount.
fn filled(rows: &[Behind]) -> [bool; 5] {
    let any = |says: fn(&Behind) -> bool| rows.iter().any(says);
    let client = any(|row| row.client.is_some());
    let of_day = any(|row| row.service_on.is_some());
    [true, any(|row| row.on.is_some()), client, of_day, any(|row| row.cents.is_some())]
}

fn drawn_row(it: &OfLine<'_>, filled: [bool; 5], row: &Behind) -> TableRow {
    let what = match row.rule {
        Some(rule) => ledger::event_words(rule),
        None => words::row(row.kind).to_owned(),
    };
    let name = it.clients.iter().find(|client| Some(client.id) == row.client);
    let day = |on: Option<jiff::civil::Date>| html! { @if let Some(on) = on { (when::date(on)) } };
    let cells = [
        match (&row.path, it.may_open) {
            (Some(path), true) => html! { (Link::to(path.clone(), what)) },
            _ => html! { (what) },
        },
        day(row.on),
        html! { @if let Some(client) = name { (client.name) } },
        day(row.service_on),
        html! { @if let Some(cents) = row.cents { (amount(cents.0)) } },
    ];
    let shown = cells.into_iter().zip(filled).filter(|(_, is_filled)| *is_filled);
    TableRow::new(shown.map(|(cell, _)| cell).collect())
}

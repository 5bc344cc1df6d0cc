//! The pages of statements: values to HTML, and to paper.

mod account;
mod printed;

use bookkeeping::Period;
use ground::frame;
use ground::html::Line as LedgerLine;
use ground::html::{
    Button, Column, Empty, Faults, Filled, Group, Head, Heading, Ledger, Link, Sum, TableRow,
    Typed, amount, button, facts, in_column, money, one_sentence, post, section, table, when,
};
use ground::web::assets;
use ids::PracticeId;
use maud::{Markup, html};
use paper::Text;
use people::Client;

use crate::behind::Behind;
use crate::model::{Line, Statement};
use crate::words;

pub use printed::printed;

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
    let as_pdf = Link::to(format!("{}/pdf", path(practice, statement)), words::AS_PDF);
    let heading = heading.beside(html! {
        @if whose.is_theirs { (Button::go(Link::to(hour, words::YOUR_HOUR))) " " }
        (Button::go(as_pdf))
    });
    let main = html! {
        (heading)
        (one_sentence(in_bold(&account::sentence(statement, whose))))
        (account(practice, statement, whose))
        p { (words::whole(statement.is.collected, &account::whose_it_is(statement, whose))) }
    };
    page(&title, &Faults::none(), main)
}

fn account(practice: PracticeId, statement: &Statement, whose: &Whose) -> Markup {
    let at = path(practice, statement);
    let drawn_group = |group: account::Group<'_>| Group {
        name: group.name.into(),
        aside: Some(html! { (group.aside) }),
        lines: group.lines.iter().map(|(number, line)| drawn(&at, *number, line)).collect(),
        sum: Sum {
            name: group.sum.name,
            how: String::new(),
            clause: group.sum.clause,
            cents: group.sum.cents.0,
        },
    };
    let groups = account::groups(statement, whose).into_iter().map(drawn_group).collect();
    let caption = format!("{}, {}", words::month(statement.month), whose.name);
    html! { (Ledger { caption, groups }) }
}

fn in_bold(text: &Text) -> Markup {
    html! {
        @for (says, is_strong) in text.runs() {
            @if is_strong { b { (says) } } @else { (says) }
        }
    }
}

fn drawn(at: &str, number: usize, line: &Line) -> LedgerLine {
    let link = Link::to(format!("{at}/lines/{number}"), line.what.clone());
    let clause = account::clause(line).to_owned();
    LedgerLine { what: html! { (link) }, how: line.how.clone(), clause, cents: line.cents.0 }
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

//! A statement on paper: the same account, with each line's number, since nothing can be opened
//! there.

use ground::html::dollars;
use money::Cents;
use paper::{Block, Cell, Column, Document, Row, Table, Weight};

use super::Whose;
use super::account::{self, Group};
use crate::model::Statement;
use crate::words;

/// The document.
pub fn printed(statement: &Statement, whose: &Whose) -> Document {
    let month = words::month(statement.month);
    let title = words::statement_for(&month);
    let of_practice = whose.name == whose.practice;
    let running = match of_practice {
        true => format!("{title} · {}", whose.practice),
        false => format!("{title} · {} · {}", whose.name, whose.practice),
    };
    let closed = statement.closed_on.strftime("%B %-d, %Y").to_string();
    let mut facts = vec![(words::WHOSE.to_owned(), whose.name.clone())];
    if !of_practice {
        facts.push((words::AT.to_owned(), whose.practice.clone()));
    }
    facts.extend([(words::MONTH.to_owned(), month), (words::CLOSED_ON.to_owned(), closed)]);
    Document {
        over: whose.practice.clone(),
        title,
        running,
        foot: words::PAPER_FOOT.into(),
        on: statement.closed_on,
        blocks: vec![
            Block::Facts(facts),
            Block::Lead(account::sentence(statement, whose)),
            Block::Table(table(&account::groups(statement, whose))),
            Block::Heading(words::WHOSE_IS_IT.into()),
            Block::Table(whose_it_is(statement, whose)),
            Block::Note(words::PAPER_NOTE.into()),
        ],
    }
}

fn table(groups: &[Group<'_>]) -> Table {
    let columns = vec![
        Column::figures(words::NUMBER),
        Column::words(words::WHAT, 4),
        Column::words(words::HOW, 7),
        Column::figures(words::AMOUNT),
    ];
    let last = groups.len().saturating_sub(1);
    let group = |(at, group): (usize, &Group<'_>)| paper::Group {
        name: Some((group.name.to_owned(), group.aside.clone())),
        rows: rows(group, at == 0, at == last),
    };
    Table { columns, groups: groups.iter().enumerate().map(group).collect() }
}

/// Everything that came in is somebody's.
fn whose_it_is(statement: &Statement, whose: &Whose) -> Table {
    let row = |who: String, cents: Cents, weight: Weight| Row {
        cells: vec![who.into(), dollars(cents.0).into()],
        weight,
    };
    let parts = account::whose_it_is(statement, whose).into_iter();
    let parts = parts.map(|(who, cents)| row(who, cents, Weight::Plain));
    let collected = row(words::COLLECTED.into(), statement.is.collected, Weight::Last);
    let rows = parts.chain([collected]).collect();
    let columns = vec![Column::words(words::WHOSE, 1), Column::figures(words::AMOUNT)];
    Table { columns, groups: vec![paper::Group { name: None, rows }] }
}

/// The first amount of all and the sums bear the dollar sign, as a bookkeeper writes them.
fn rows(group: &Group<'_>, is_first: bool, is_last: bool) -> Vec<Row> {
    let line = |(at, (number, line)): (usize, &(usize, &crate::Line))| {
        let amount = dollars(line.cents.0);
        let amount = if is_first && at == 0 { amount } else { amount.replace('$', "") };
        Row::plain(vec![
            number.to_string().into(),
            line.what.clone().into(),
            Cell::from(line.how.clone()).second(account::clause(line)),
            amount.into(),
        ])
    };
    let sum = &group.sum;
    let sum = Row {
        cells: vec![
            Cell::default(),
            sum.name.clone().into(),
            sum.clause.clone().into(),
            dollars(sum.cents.0).into(),
        ],
        weight: if is_last { Weight::Last } else { Weight::Sum },
    };
    group.lines.iter().enumerate().map(line).chain([sum]).collect()
}

//! The tables of the paper.

use ground::html::dollars;
use paper::{Cell, Column, Drawing, Group, Row, Scale, Table, Weight};

use super::super::table::spread;
use crate::compare::answer::{Answer, Row as Answered, rounded};
use crate::compare::asked::Asked;
use crate::compare::figures::{self, FIGURES, Figure, Group as OfForm, Key, OWN_CALLS};
use crate::compare::models::Model;
use crate::compare::protects::{MATTERS, protects};
use crate::compare::says::{self, count, whole_dollars};
use crate::compare::words;

fn table(columns: Vec<Column>, rows: Vec<Row>) -> Table {
    Table { columns, groups: vec![Group { name: None, rows }] }
}

fn label(it: &Figure) -> &'static str {
    it.label.trim_end_matches(", %")
}

/// The model that is named weighs more than the others.
fn row(answered: &Answered, answer: &Answer, cells: Vec<Cell>) -> Row {
    let weight = if answered.model == answer.named { Weight::Marked } else { Weight::Plain };
    Row { cells, weight }
}

/// What a practice is like, and whatever was typed otherwise than it stood there.
pub(super) fn own(asked: &Asked) -> Table {
    let counts = |it: &&Figure| !(it.of_plans && asked.is_direct());
    let is_own = |it: &Figure| asked.get(it.key) != it.usual;
    let shown = FIGURES.iter().filter(counts);
    let shown = shown.filter(|it| it.group == OfForm::Practice || is_own(it));
    let figure = |it: &Figure| {
        let cells = vec![
            label(it).into(),
            it.read(asked.get(it.key)).into(),
            it.read(it.usual).into(),
            format!("{} to {}", it.read(it.range.0), it.read(it.range.1)).into(),
        ];
        Row { cells, weight: if is_own(it) { Weight::Marked } else { Weight::Plain } }
    };
    let mut rows: Vec<Row> = shown.map(figure).collect();
    let calls = figures::of(Key::Calls);
    let of_model = [Model::Job, Model::Network, Model::Ours].map(|it| asked.calls(it));
    for ((_, name), own) in OWN_CALLS.iter().zip(of_model) {
        if own != asked.get(Key::Calls) {
            let cells = vec![(*name).into(), calls.read(own).into()];
            rows.push(Row { cells, weight: Weight::Marked });
        }
    }
    let columns = vec![
        Column::words("Figure", 1),
        Column::figures("Counted"),
        Column::figures("To begin with"),
        Column::figures("Usual"),
    ];
    table(columns, rows)
}

/// All models, the highest hour first.
pub(super) fn models(answer: &Answer) -> Table {
    let spreads: Vec<_> = answer.rows.iter().filter_map(spread).collect();
    let scale = Scale::of(spreads.iter().flat_map(|it| [it.p05, it.p95]));
    let kept = format!("You keep, {} months", answer.asked.whole(Key::Months));
    let mut columns = vec![
        Column::words("Sorted by the hour", 16),
        Column::figures("An hour").within(72),
        Column::figures(kept).within(82),
        Column::figures("Hours you work").within(40),
        Column::figures("Of what is collected").within(54),
        Column::figures("Above water from").within(52),
    ];
    if let Some(scale) = &scale {
        columns.insert(1, Column::drawn("What it is worth", 10, scale, whole_dollars));
    }
    let rows = answer.rows.iter().map(|it| row(it, answer, model(it, answer, scale.as_ref())));
    table(columns, rows.collect())
}

fn model(row: &Answered, answer: &Answer, scale: Option<&Scale>) -> Vec<Cell> {
    let kept = &row.bands.kept_cents;
    let end = |value: Option<f64>| whole_dollars(rounded(value.unwrap_or_default()));
    let spread = spread(row);
    let mut cells = vec![
        Cell::from(row.model.name()).second(says::in_short(row.model, answer)),
        match &spread {
            Some(it) => Cell::from(dollars(it.p50)).second(format!(
                "{} to {}",
                dollars(it.p05),
                dollars(it.p95)
            )),
            None => words::NOT_YET.into(),
        },
        Cell::from(whole_dollars(row.kept())).second(format!(
            "{} to {}",
            end(kept.p05),
            end(kept.p95)
        )),
        count(row.hours()).into(),
        says::of_collected(row).unwrap_or_else(str::to_owned).into(),
        says::above_water(row).into(),
    ];
    if let Some(scale) = scale {
        let drawing = spread.map(|it| Drawing {
            line: Some((scale.at(it.p05), scale.at(it.p95))),
            bar: Some((scale.at(it.p25), scale.at(it.p75))),
            dot: Some(scale.at(it.p50)),
            tick: None,
            is_marked: row.model == answer.named,
        });
        cells.insert(1, drawing.map_or_else(Cell::default, Cell::from));
    }
    cells
}

/// How far each protects the two.
pub(super) fn protects_two(answer: &Answer, (one, other): (usize, usize)) -> Table {
    let columns = vec![
        Column::words("In", 3),
        Column::words(MATTERS[one].1, 4),
        Column::words(MATTERS[other].1, 4),
    ];
    let far = |model: Model, at: usize| {
        let (far, why) = protects(model, at);
        let (shape, word) = far.read();
        Cell::from(format!("{shape} {word}")).second(why)
    };
    let cells =
        |it: &Answered| vec![it.model.name().into(), far(it.model, one), far(it.model, other)];
    table(columns, answer.rows.iter().map(|it| row(it, answer, cells(it))).collect())
}

/// Who gains by one session more.
pub(super) fn gains(answer: &Answer) -> Table {
    let columns = vec![
        Column::words("In", 5),
        Column::figures("One session more: you").within(60),
        Column::figures("and they").within(66),
        Column::words("If you see more clients, or fewer", 9),
    ];
    let cells = |it: &Answered| {
        let they = it.gains.they.map_or_else(|| "not published".to_owned(), dollars);
        vec![
            it.model.name().into(),
            dollars(it.gains.you).into(),
            Cell::from(they).second(it.model.other_side()),
            it.model.incentive().into(),
        ]
    };
    let plain = |it: &Answered| Row::plain(cells(it));
    table(columns, answer.rows.iter().map(plain).collect())
}

/// How far each figure moves the hour of the first; no rows where no hour is known.
pub(super) fn moves(answer: &Answer) -> Table {
    let base = answer.first().course.effective_hour_cents.map(rounded);
    let ends = answer.moves.iter().flat_map(|it| [it.low.1, it.high.1]).flatten();
    let (Some(base), Some(scale)) = (base, Scale::of(ends.chain(base))) else {
        return Table::default();
    };
    let columns = vec![
        Column::words("Figure", 6),
        Column::figures("At its low").within(58),
        Column::figures("At its high").within(58),
        Column::drawn(format!("From {}, as it is", dollars(base)), 6, &scale, whole_dollars),
    ];
    let rows = answer.moves.iter().map(|it| {
        let figure = figures::of(it.key);
        let end = |(input, hour): (i64, Option<i64>)| {
            let hour = hour.map_or_else(|| "not known".to_owned(), dollars);
            Cell::from(hour).second(figure.read(input))
        };
        let at = |hour: Option<i64>| scale.at(hour.unwrap_or(base));
        let drawing = Drawing {
            bar: Some((at(it.low.1), at(it.high.1))),
            tick: Some(scale.at(base)),
            ..Drawing::default()
        };
        Row::plain(vec![label(figure).into(), end(it.low), end(it.high), drawing.into()])
    });
    table(columns, rows.collect())
}

/// Every figure as it was counted, with what is usual and where it is from.
pub(super) fn every_figure(asked: &Asked) -> Table {
    let columns = vec![
        Column::words("Figure", 6),
        Column::figures("Counted").within(48),
        Column::words("What is usual, and where it is from", 9),
    ];
    let counts = |it: &&Figure| !(it.of_plans && asked.is_direct());
    let cells =
        |it: &Figure| vec![label(it).into(), it.read(asked.get(it.key)).into(), it.beside().into()];
    let rows = FIGURES.iter().filter(counts).map(|it| Row::plain(cells(it)));
    table(columns, rows.collect())
}

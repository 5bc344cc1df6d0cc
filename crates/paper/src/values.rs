//! A document as the values that `paper.typ` reads. Every text goes through [`printed`] or
//! [`in_cell`].

use typst::foundations::{Array, Dict, IntoValue, Value, dict};

use crate::document::{
    Block, Cell, Column, Document, Drawing, Kind, Row, Table, Text, Trend, Weight,
};
use crate::text::{in_cell, printed};

/// Everything.
pub fn of(document: &Document) -> Dict {
    dict! {
        "over" => printed(&document.over),
        "title" => printed(&document.title),
        "running" => printed(&document.running),
        "foot" => printed(&document.foot),
        "year" => i64::from(document.on.year()),
        "month" => i64::from(document.on.month()),
        "day" => i64::from(document.on.day()),
        "on" => document.on.strftime("%B %-d, %Y").to_string(),
        "blocks" => all(&document.blocks, block),
    }
}

fn all<T>(list: &[T], each: fn(&T) -> Dict) -> Array {
    list.iter().map(|it| each(it).into_value()).collect()
}

fn texts(list: &[String]) -> Array {
    list.iter().map(|it| printed(it).into_value()).collect()
}

fn runs(text: &Text) -> Array {
    let run = |(text, strong): &(String, bool)| {
        dict! { "text" => printed(text), "strong" => *strong }.into_value()
    };
    text.0.iter().map(run).collect()
}

fn block(block: &Block) -> Dict {
    let of = |kind: &str, value: Value| dict! { "kind" => kind, "value" => value };
    match block {
        Block::Lead(text) => of("lead", runs(text).into_value()),
        Block::Heading(text) => of("heading", printed(text).into_value()),
        Block::Subheading(text) => of("subheading", printed(text).into_value()),
        Block::Paragraph(text) => of("paragraph", runs(text).into_value()),
        Block::Note(text) => of("note", printed(text).into_value()),
        Block::List(list) => of("list", texts(list).into_value()),
        Block::Facts(list) => {
            let fact = |(name, says): &(String, String)| {
                dict! { "name" => printed(name), "says" => printed(says) }.into_value()
            };
            of("facts", list.iter().map(fact).collect::<Array>().into_value())
        }
        Block::Table(it) => of("table", table(it).into_value()),
        Block::Beside(columns) => {
            let column = |it: &Vec<Block>| all(it, self::block).into_value();
            of("beside", columns.iter().map(column).collect::<Array>().into_value())
        }
        Block::Trend(it) => of("trend", trend(it).into_value()),
    }
}

fn table(table: &Table) -> Dict {
    let mut rows = Array::new();
    for group in &table.groups {
        if let Some((name, aside)) = &group.name {
            let name = dict! {
                "weight" => "name", "name" => in_cell(name), "aside" => in_cell(aside),
            };
            rows.push(name.into_value());
        }
        rows.extend(group.rows.iter().map(|it| row(it, table.columns.len()).into_value()));
    }
    dict! { "columns" => all(&table.columns, column), "rows" => rows }
}

fn column(column: &Column) -> Dict {
    let kind = match column.kind {
        Kind::Words => "words",
        Kind::Figures => "figures",
        Kind::Drawn => "drawn",
    };
    dict! {
        "name" => in_cell(&column.name),
        "kind" => kind,
        "share" => i64::from(column.share),
        "marks" => marks(&column.marks),
    }
}

fn marks(list: &[(u16, String)]) -> Array {
    let mark = |(at, says): &(u16, String)| {
        dict! { "at" => i64::from(*at), "says" => in_cell(says) }.into_value()
    };
    list.iter().map(mark).collect()
}

/// A row has as many cells as there are columns, whoever counted wrong.
fn row(row: &Row, columns: usize) -> Dict {
    let weight = match row.weight {
        Weight::Plain => "plain",
        Weight::Marked => "marked",
        Weight::Sum => "sum",
        Weight::Last => "last",
    };
    let none = Cell::default();
    let cells = row.cells.iter().chain(std::iter::repeat(&none)).take(columns);
    let cells: Array = cells.map(|it| cell(it).into_value()).collect();
    dict! { "weight" => weight, "cells" => cells }
}

fn cell(cell: &Cell) -> Dict {
    let drawing = cell.drawing.as_ref().map_or(Value::None, |it| drawing(it).into_value());
    dict! {
        "text" => in_cell(&cell.text),
        "second" => in_cell(&cell.second),
        "drawing" => drawing,
    }
}

fn drawing(drawing: &Drawing) -> Dict {
    let at = |it: u16| i64::from(it).into_value();
    let span = |it: Option<(u16, u16)>| {
        it.map_or(Value::None, |(from, to)| {
            let ends = [from.min(to), from.max(to)];
            ends.into_iter().map(at).collect::<Array>().into_value()
        })
    };
    dict! {
        "line" => span(drawing.line),
        "bar" => span(drawing.bar),
        "dot" => drawing.dot.map_or(Value::None, at),
        "tick" => drawing.tick.map_or(Value::None, at),
        "marked" => drawing.is_marked,
    }
}

fn trend(trend: &Trend) -> Dict {
    let ticks = trend.scale.ticks();
    let ticks: Vec<(u16, String)> =
        ticks.into_iter().map(|it| (trend.scale.at(it), (trend.as_read)(it))).collect();
    let lines = trend.lines.iter().map(|line| {
        let steps = line.values.len().saturating_sub(1).max(1);
        let point = |(i, value): (usize, &i64)| {
            let along = i64::try_from(i * 10_000 / steps).unwrap_or(0);
            let point = [along, i64::from(trend.scale.at(*value))];
            point.into_iter().map(IntoValue::into_value).collect::<Array>().into_value()
        };
        let points: Array = line.values.iter().enumerate().map(point).collect();
        dict! { "name" => printed(&line.name), "points" => points }.into_value()
    });
    dict! {
        "says" => printed(&trend.says),
        "first" => printed(&trend.ends.0),
        "last" => printed(&trend.ends.1),
        "ticks" => marks(&ticks),
        "lines" => lines.collect::<Array>(),
    }
}

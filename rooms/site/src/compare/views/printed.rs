//! The comparison on paper: the same figures and sentences as on the page, in the order in which
//! somebody reads who was not there when they were typed. It bears no name.

mod tables;

use jiff::civil::Date;
use paper::{Block, Document, Line, Scale, Table, Text, Trend};

use super::belief::{in_hand, months_shown, runway};
use crate::compare::answer::{Answer, RUNS, Row};
use crate::compare::asked::Asked;
use crate::compare::figures::Key;
use crate::compare::protects::MATTERS;
use crate::compare::says::{self, whole_dollars};
use crate::compare::words;

/// What the paper says of where it was made.
pub(in super::super) struct Made<'a> {
    /// The day.
    pub(in super::super) on: Date,
    /// Where anybody does it again, such as `https://trellis.example`.
    pub(in super::super) origin: &'a str,
    /// Whether everybody there is made up.
    pub(in super::super) is_demo: bool,
}

/// The document.
pub(in super::super) fn printed(answer: &Answer, made: &Made<'_>) -> Document {
    let mut blocks = opening(answer, made);
    blocks.extend(models(answer));
    blocks.extend(figures(&answer.asked));
    blocks.extend(two(answer));
    blocks.extend(have_to(answer));
    blocks.extend(both_sides(answer));
    blocks.extend(months(answer));
    blocks.extend(moves(answer));
    blocks.extend(closing(answer, made));
    Document {
        over: words::PAPER_OVER.into(),
        title: words::TITLE.into(),
        running: words::PAPER_RUNNING.into(),
        foot: words::PAPER_FOOT.into(),
        on: made.on,
        blocks,
    }
}

fn heading(text: &str) -> Block {
    Block::Heading(text.into())
}

fn list(all: &[&str]) -> Block {
    Block::List(all.iter().map(|it| (*it).to_owned()).collect())
}

fn paragraphs(all: Vec<String>) -> impl Iterator<Item = Block> {
    all.into_iter().map(|it| Block::Paragraph(it.into()))
}

/// A heading with a table; nothing where the table has no rows.
fn tabled(name: &str, table: Table) -> Vec<Block> {
    match table.groups.iter().all(|group| group.rows.is_empty()) {
        true => vec![],
        false => vec![heading(name), Block::Table(table)],
    }
}

/// Where the figures point, and what matters to her.
fn opening(answer: &Answer, made: &Made<'_>) -> Vec<Block> {
    let asked = &answer.asked;
    let mut blocks = vec![
        Block::Lead(Text::default().and_strong(says::points(answer))),
        Block::Paragraph(words::LEAD.into()),
    ];
    if made.is_demo {
        blocks.push(Block::Note(words::PAPER_DEMO.into()));
    }
    blocks.extend([heading(words::MATTER), Block::List(matters(asked))]);
    blocks
}

/// The figures that it was counted from, and which of them are her own.
fn figures(asked: &Asked) -> [Block; 3] {
    let why = Block::Note(words::PAPER_YOURS.into());
    [heading(words::YOURS), why, Block::Table(tables::own(asked))]
}

/// The two that were chosen, then every rating.
fn matters(asked: &Asked) -> Vec<String> {
    let says = |at: usize| {
        let rated = asked.ratings[at].map(|it| format!(" ({it} of 5 today)")).unwrap_or_default();
        format!("“{}”{rated}", MATTERS[at].0)
    };
    let chosen: Vec<usize> = asked.two.map(|(one, other)| vec![one, other]).unwrap_or_default();
    let mut all: Vec<String> =
        chosen.iter().map(|at| format!("Matters most: {}", says(*at))).collect();
    if all.is_empty() {
        all.push(words::PAPER_NO_TWO.into());
    }
    let is_rated = |at: &usize| asked.ratings[*at].is_some() && !chosen.contains(at);
    all.extend((0..MATTERS.len()).filter(is_rated).map(says));
    all
}

fn models(answer: &Answer) -> Vec<Block> {
    let legend = format!("{} {}", words::legend(RUNS), words::KEPT_IS);
    let mut blocks = vec![heading(words::MODELS), Block::Table(tables::models(answer))];
    blocks.push(Block::Note(legend));
    blocks.push(heading(words::READ_IT));
    blocks.extend(paragraphs(says::reading(answer)));
    blocks
}

fn two(answer: &Answer) -> Vec<Block> {
    let mut blocks = vec![heading(words::TWO)];
    match answer.asked.two {
        Some(two) => blocks.push(Block::Table(tables::protects_two(answer, two))),
        None => blocks.push(Block::Paragraph(words::PAPER_NO_TWO.into())),
    }
    blocks.push(heading(words::GAINS));
    blocks.push(Block::Note(words::TWO_WHY.into()));
    blocks.push(Block::Table(tables::gains(answer)));
    blocks.push(Block::Note(words::OUR_PRICES.into()));
    blocks
}

fn have_to(answer: &Answer) -> Vec<Block> {
    let why = says::needed_for(answer);
    let needs = answer.needed.iter().map(|it| says::needs(it, answer)).collect();
    vec![heading(words::HAVE_TO), Block::Paragraph(why.into()), Block::List(needs)]
}

fn both_sides(answer: &Answer) -> Vec<Block> {
    let side = |name: &str, all: Vec<String>| {
        let name = Block::Subheading(name.into());
        std::iter::once(name).chain(paragraphs(all)).collect::<Vec<Block>>()
    };
    let high = side(words::FROM_HIGH, says::from_high(&answer.believed, answer));
    let low = side(words::FROM_LOW, says::from_low(&answer.believed, answer));
    vec![heading(words::BELIEF), Block::Beside(vec![high, low])]
}

fn months(answer: &Answer) -> Vec<Block> {
    let rows = months_shown(answer);
    let line = |row: &&Row| Line {
        name: row.model.name().to_owned(),
        values: in_hand(row).into_iter().flatten().collect(),
    };
    let lines: Vec<Line> = rows.iter().map(line).collect();
    let known = lines.iter().flat_map(|it| it.values.iter().copied());
    let Some(scale) = Scale::of(known.chain([0])) else { return vec![] };
    let says: Vec<String> = rows.iter().map(|row| runway(row)).collect();
    let last = answer.asked.whole(Key::Months);
    let trend = Trend {
        says: format!("{}. {}", words::MONTHS, says.join(" ")),
        ends: ("Month 1".into(), format!("Month {last}")),
        scale,
        as_read: whole_dollars,
        lines,
    };
    vec![heading(words::MONTHS), Block::Paragraph(says.join(" ").into()), Block::Trend(trend)]
}

fn moves(answer: &Answer) -> Vec<Block> {
    let mut blocks = tabled(words::MOVES, tables::moves(answer));
    if !blocks.is_empty() {
        let of = format!("{}. {}", answer.first().model.name(), words::MOVES_WHY);
        blocks.insert(1, Block::Note(of));
    }
    blocks
}

/// What is not known, what was left out, where to do it again, and every figure with its source.
fn closing(answer: &Answer, made: &Made<'_>) -> Vec<Block> {
    let again = words::again(made.origin);
    vec![
        heading(words::NOT_KNOWN),
        list(words::NOT_KNOWN_SAYS),
        heading(words::LEFT_OUT),
        list(words::LEFT_OUT_SAYS),
        heading(words::AGAIN),
        Block::Paragraph(again.into()),
        heading(words::EVERY_FIGURE),
        Block::Table(tables::every_figure(&answer.asked)),
    ]
}

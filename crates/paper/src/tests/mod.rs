//! Documents as bytes: the same for the same values, accessible, and one of whatever was typed.

use jiff::civil::date;
use proptest::prelude::*;

use crate::{
    Block, Cell, Column, Document, Drawing, Group, Line, Row, Scale, Table, Trend, Weight,
};

fn document(blocks: Vec<Block>) -> Document {
    Document {
        over: "Elm Street Practice".into(),
        title: "Statement for January 2026".into(),
        running: "Statement for January 2026".into(),
        foot: "Statement of a closed month".into(),
        on: date(2026, 2, 9),
        blocks,
    }
}

fn dollars(cents: i64) -> String {
    format!("${}", cents / 100)
}

/// Every kind of part, with one text everywhere.
fn everything(text: &str) -> Vec<Block> {
    let scale = Scale::of([0, 9_000]).unwrap();
    let drawing = Drawing {
        line: Some((1_000, 9_000)),
        bar: Some((3_000, 6_000)),
        dot: Some(5_000),
        ..Drawing::default()
    };
    let row = |weight| Row {
        cells: vec![Cell::from(text).second(text), drawing.clone().into(), "−$1,204.50".into()],
        weight,
    };
    let table = Table {
        columns: vec![
            Column::words(text, 2),
            Column::drawn(text, 1, &scale, dollars),
            Column::figures("Amount"),
        ],
        groups: vec![Group {
            name: Some((text.to_owned(), text.to_owned())),
            rows: vec![
                row(Weight::Plain),
                row(Weight::Marked),
                row(Weight::Sum),
                row(Weight::Last),
            ],
        }],
    };
    let trend = Trend {
        says: text.to_owned(),
        ends: ("Month 1".into(), text.to_owned()),
        scale,
        as_read: dollars,
        lines: vec![Line { name: text.to_owned(), values: vec![0, 4_000, 9_000] }],
    };
    vec![
        Block::Lead(crate::Text::from(text).and_strong(text)),
        Block::Heading(text.to_owned()),
        Block::Subheading(text.to_owned()),
        Block::Paragraph(text.into()),
        Block::Note(text.to_owned()),
        Block::List(vec![text.to_owned()]),
        Block::Facts(vec![(text.to_owned(), text.to_owned())]),
        Block::Table(table),
        Block::Beside(vec![
            vec![Block::Paragraph(text.into())],
            vec![Block::Note(text.to_owned())],
        ]),
        Block::Trend(trend),
    ]
}

fn has(bytes: &[u8], part: &str) -> bool {
    bytes.windows(part.len()).any(|it| it == part.as_bytes())
}

#[test]
fn the_same_values_are_the_same_bytes_and_others_are_not() {
    let one = document(everything("Ben Ortiz")).pdf().unwrap();
    let again = document(everything("Ben Ortiz")).pdf().unwrap();
    let other = document(everything("Ada Reyes")).pdf().unwrap();

    assert!(one.starts_with(b"%PDF-"));
    assert!(one == again, "the same");
    assert!(one != other, "another");
}

#[test]
fn a_document_is_accessible_by_the_rules_and_says_what_it_is() {
    let pdf = document(everything("Ben Ortiz")).pdf().unwrap();
    for says in [
        "<pdfuaid:part>1</pdfuaid:part>",
        "/Lang",
        "/MarkInfo",
        "Statement for January 2026",
        "Trellis",
    ] {
        assert!(has(&pdf, says), "{says}");
    }
}

#[test]
fn hostile_text_is_text_and_still_accessible() {
    let hostile = [
        "#eval(\"1+1\") #import \"@preview/x:1.0.0\" #read(\"/etc/passwd\") #sys.inputs",
        "$ x^2 $ *bold* _it_ `raw` @ref <label> = Heading\n- item\n\\ \"quotes\" ' // comment /* c */",
        &"w".repeat(900),
        "שלום עולם مرحبا بالعالم",
        "😀👩‍👩‍👧 漢字 \u{202e}00.5$\u{202c} \u{fffd} \u{e000} \u{10ffff}",
        "",
        " ",
        "\u{301}\u{301}\u{301}",
    ];
    for text in hostile {
        let pdf = document(everything(text)).pdf().unwrap();
        assert!(has(&pdf, "<pdfuaid:part>1</pdfuaid:part>"), "{text}");
    }
}

#[test]
fn a_file_has_a_plain_name() {
    let [kind, name] = crate::as_file("statement-2026-01.pdf\"; x=\r\n");
    assert_eq!(kind.1, "application/pdf");
    assert_eq!(name.1, "attachment; filename=\"statement-2026-01.pdfx\"");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn there_is_a_document_of_whatever_is_typed(text in any::<String>()) {
        let pdf = document(everything(&text)).pdf();
        prop_assert!(pdf.is_ok(), "{pdf:?}");
    }
}

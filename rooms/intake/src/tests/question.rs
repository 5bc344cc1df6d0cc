//! What is asked, in what order, and how an answer is read: without a database.

use ground::html::Typed;
use jiff::civil::{Date, date};

use crate::question::{Answers, Document, Question, asked, next, read};

const TODAY: Date = date(2026, 2, 9);

fn answers(pairs: &[(&str, &str)]) -> Answers {
    pairs.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect()
}

fn typed(pairs: &[(&str, &str)]) -> Typed {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn only_who_is_insured_is_asked_for_a_plan_and_only_a_dependent_for_its_holder() {
    let asks = |pairs: &[(&str, &str)], question| asked(&answers(pairs)).contains(&question);

    assert!(!asks(&[("paying", "self")], Question::Insurance));
    assert!(asks(&[("paying", "insurance")], Question::Insurance));
    assert!(!asks(&[("paying", "insurance"), ("relation", "self")], Question::Holder));
    assert!(asks(&[("paying", "insurance"), ("relation", "child")], Question::Holder));
    assert!(!asks(&[("paying", "self"), ("relation", "child")], Question::Holder));
}

#[test]
fn the_first_open_page_comes_next_and_none_when_all_is_there() {
    let mut given = answers(&[("first_name", "Sam")]);
    assert_eq!(next(&given, &[]), Some(Question::Name), "half a name is no name");
    for (field, value) in [
        ("last_name", "Whitfield"),
        ("born", "1994-11-30"),
        ("street", "12 Oak"),
        ("city", "Austin"),
        ("state", "TX"),
        ("zip", "78704"),
        ("phone", "512 555 0142"),
        ("emergency_seen", "yes"),
        ("paying", "self"),
    ] {
        given.insert(field.into(), value.into());
    }
    assert_eq!(next(&given, &[]), Some(Question::Sign(Document::Care)));
    assert_eq!(next(&given, Document::ALL), None);
}

#[test]
fn what_is_right_on_a_page_is_kept_whatever_else_is_wrong() {
    let typed =
        typed(&[("street", " 12  Oak Street "), ("city", ""), ("state", "tx"), ("zip", "7")]);

    let (kept, faults) = read(Question::Address, &typed, TODAY);

    assert_eq!(kept, answers(&[("street", "12 Oak Street"), ("state", "TX")]));
    assert_eq!(faults.iter().map(|it| it.0).collect::<Vec<_>>(), ["city", "zip"]);
}

#[test]
fn a_birth_date_is_a_day_that_was() {
    let says = |month, day, year| {
        let typed = typed(&[("born_month", month), ("born_day", day), ("born_year", year)]);
        let (kept, faults) = read(Question::Born, &typed, TODAY);
        (kept.get("born").cloned(), faults.len())
    };

    assert_eq!(says("2", "29", "2024"), (Some("2024-02-29".into()), 0));
    assert_eq!(says(" 2 ", "9", "2026"), (Some("2026-02-09".into()), 0));
    for (month, day, year) in [
        ("2", "29", "2023"),
        ("2", "10", "2026"),
        ("11", "30", "94"),
        ("13", "1", "1994"),
        ("", "", ""),
        ("11", "", "1994"),
        ("eleven", "30", "1994"),
    ] {
        assert_eq!(says(month, day, year), (None, 1), "{month}/{day}/{year}");
    }
}

#[test]
fn odd_text_is_kept_as_it_is_or_refused_with_a_sentence() {
    let long = "x".repeat(61);
    for (first, is_kept) in
        [("Zoë-Ann O’Neil", true), ("李", true), ("", false), ("a\u{0}b", false), (&*long, false)]
    {
        let typed = typed(&[("first_name", first), ("last_name", "Whitfield")]);
        let (kept, faults) = read(Question::Name, &typed, TODAY);

        assert_eq!(kept.get("first_name").map(String::as_str), is_kept.then_some(first));
        assert_eq!(faults.has("first_name"), !is_kept, "{first:?}");
    }
}

#[test]
fn nothing_is_signed_without_the_box_and_a_name() {
    let read =
        |pairs: &[(&str, &str)]| read(Question::Sign(Document::Care), &typed(pairs), TODAY).1.len();

    assert_eq!(read(&[("agree", "yes"), ("signs_as", "Sam Whitfield")]), 0);
    assert_eq!(read(&[("signs_as", "Sam Whitfield")]), 1);
    assert_eq!(read(&[("agree", "yes"), ("signs_as", "  ")]), 1);
}

//! The text that is signed: made from the clauses, kept as lines, and read back to be shown.
//!
//! A sentence and its worked example come from the clause that also computes the statement, so
//! they cannot disagree. What is shown of a version is the text that was signed, not a new one.

use std::fmt;

use economics::{
    Bearing, Collected, CollectedKind, Engaged, FairMarketMethod, MonthOfPractice, TimeWorked,
    Unit, dollars,
};
use jiff::civil::Date;
use money::Cents;

use crate::model::{NewAgreement, NewEngagement, NewService};
use crate::words;

/// A text in parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What it is.
    pub title: String,
    /// Its parts in order.
    pub parts: Vec<Part>,
}

/// A part under its heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is about.
    pub heading: String,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// A sentence.
    Says(String),
    /// Something that is included.
    With(String),
    /// Something that is not.
    Without(String),
    /// A worked example, or where something is from.
    Small(String),
}

/// Who has terms with whom, as the text names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Between {
    /// The legal name of the practice.
    pub practice: String,
    /// The other: the operator's legal name, or the clinician's name and credential.
    pub other: String,
}

impl Part {
    fn new(heading: &str, lines: Vec<Line>) -> Self {
        Self { heading: heading.to_owned(), lines }
    }
}

fn says(text: impl Into<String>) -> Line {
    Line::Says(text.into())
}

/// The text as it is hashed: a sign at the beginning of each line says what it is.
impl fmt::Display for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "# {}", self.title)?;
        for part in &self.parts {
            writeln!(f, "## {}", part.heading)?;
            for line in &part.lines {
                match line {
                    Line::Says(text) => writeln!(f, "{text}")?,
                    Line::With(text) => writeln!(f, "+ {text}")?,
                    Line::Without(text) => writeln!(f, "- {text}")?,
                    Line::Small(text) => writeln!(f, "= {text}")?,
                }
            }
        }
        Ok(())
    }
}

impl Document {
    /// Reads a text back. Whatever it holds becomes a line: what was signed is never hidden.
    pub fn read(text: &str) -> Self {
        let mut document = Self { title: String::new(), parts: Vec::new() };
        for line in text.lines() {
            let (sign, rest) = line.split_once(' ').unwrap_or(("", line));
            let read = match sign {
                "#" => {
                    document.title = rest.to_owned();
                    continue;
                }
                "##" => {
                    document.parts.push(Part::new(rest, Vec::new()));
                    continue;
                }
                "+" => Line::With(rest.to_owned()),
                "-" => Line::Without(rest.to_owned()),
                "=" => Line::Small(rest.to_owned()),
                _ => says(line),
            };
            if document.parts.is_empty() {
                document.parts.push(Part::new("", Vec::new()));
            }
            document.parts.last_mut().expect("one was just made").lines.push(read);
        }
        document
    }
}

fn day(on: Date) -> String {
    on.strftime("%B %-d, %Y").to_string()
}

/// The text of an agreement.
///
/// # Errors
/// As its clauses say: an amount of an example that does not fit.
pub fn agreement(
    terms: &NewAgreement,
    between: &Between,
    version: i32,
) -> Result<Document, economics::Error> {
    let over = terms.ends_on.yesterday().unwrap_or(terms.ends_on);
    let mut parts = vec![Part::new(
        "Between whom, and when",
        vec![
            says(format!(
                "Between {} (the practice) and {} (the operator).",
                between.practice, between.other
            )),
            says(format!("From {} to {}, the last day included.", day(terms.begins_on), day(over))),
            says(words::AGREEMENT_MEANS),
        ],
    )];
    for shared in &terms.services {
        parts.push(service(shared)?);
    }
    let mut never: Vec<Line> =
        words::NEVER_SHARED.iter().map(|it| Line::Without((*it).to_owned())).collect();
    never.insert(0, says(words::NEVER_SHARED_LEAD));
    parts.push(Part::new("What no service includes", never));
    parts.push(Part::new(
        "Leaving",
        vec![
            says("The practice may end this on any day, without a reason."),
            says(format!(
                "The operator may end it too, and says so at least {} days before.",
                terms.notice_days
            )),
            says(words::AFTER_THE_END),
        ],
    ));
    Ok(Document { title: format!("Services agreement, version {version}"), parts })
}

fn service(shared: &NewService) -> Result<Part, economics::Error> {
    let offered = words::offered(shared.service);
    let (_, worked) = shared.clause.example()?;
    let record = &shared.fair_market;
    let mut lines = vec![says(offered.opens)];
    lines.extend(shared.included.iter().cloned().map(Line::With));
    lines.extend(shared.excluded.iter().cloned().map(Line::Without));
    lines.push(says(shared.clause.sentence()));
    lines.push(Line::Small(format!("A month, worked out: {}.", worked.says)));
    lines.push(Line::Small(format!(
        "Why this price is fair: found {}. {}. The record holds from {} and is looked at again by {}.",
        method(record.method),
        record.evidence.trim().trim_end_matches('.'),
        day(record.valid_from),
        day(record.review_by),
    )));
    Ok(Part::new(offered.name, lines))
}

fn method(method: FairMarketMethod) -> &'static str {
    match method {
        FairMarketMethod::Cost => "from what the service costs to give",
        FairMarketMethod::Market => "from what others ask for it",
        FairMarketMethod::Benchmark => "from a published benchmark",
    }
}

/// The text of an engagement.
///
/// # Errors
/// As its clauses say.
pub fn engagement(
    terms: &NewEngagement,
    between: &Between,
    version: i32,
) -> Result<Document, economics::Error> {
    let until = match terms.ends_on.and_then(|on| on.yesterday().ok()) {
        Some(last) => {
            format!("From {} to {}, the last day included.", day(terms.begins_on), day(last))
        }
        None => format!("From {}, until another version is signed.", day(terms.begins_on)),
    };
    let parts = vec![
        Part::new(
            "Between whom, and when",
            vec![
                says(format!(
                    "Between {} (the practice) and {} (the clinician).",
                    between.practice, between.other
                )),
                says(until),
            ],
        ),
        Part::new(
            "How work is paid",
            terms.clauses.sentences().into_iter().map(Line::Says).collect(),
        ),
        Part::new("A month, worked out", worked_month(terms)?),
        Part::new(
            "Who decides",
            words::CLINICIAN_DECIDES.iter().map(|it| Line::With((*it).to_owned())).collect(),
        ),
        Part::new(
            "Leaving",
            vec![
                says(format!(
                    "Either side may end this, and says so at least {} days before.",
                    terms.notice_days
                )),
                says(words::CLIENTS_CHOOSE),
            ],
        ),
    ];
    Ok(Document { title: format!("Engagement, version {version}"), parts })
}

/// A plain month through the clauses, by the same settlement that makes statements.
fn worked_month(terms: &NewEngagement) -> Result<Vec<Line>, economics::Error> {
    const ONE: u128 = 1;
    let month = terms.begins_on.first_of_month();
    let got = |id, kind, cents| Collected { id, clinician: ONE, kind, cents: Cents(cents) };
    let session = |id| TimeWorked::Session { id, clinician: ONE, allowed: Cents(14_500) };
    let mut time: Vec<TimeWorked> = (100..120).map(session).collect();
    time.push(TimeWorked::Missed { id: 121, clinician: ONE, unit: Unit::NoShow });
    time.push(TimeWorked::Admin { id: 122, clinician: ONE, minutes: 90 });
    time.push(TimeWorked::Supervision { id: 123, clinician: ONE, minutes: 60 });
    let plain = MonthOfPractice {
        month,
        engaged: vec![Engaged { clinician: ONE, terms: terms.clauses.clone(), from: None }],
        collected: vec![
            got(1, CollectedKind::Payment, 290_000),
            got(2, CollectedKind::NoShowFee, 10_000),
            got(3, CollectedKind::Refund, -14_500),
            got(4, CollectedKind::CardFee, -8_700),
        ],
        time,
        work: Vec::new(),
    };
    let no_prices = economics::Agreement { starts_on: month, prices: Vec::new() };
    let settled = economics::settle(&no_prices, &plain)?;
    let mut lines = vec![Line::Small(words::PLAIN_MONTH.to_owned())];
    if terms.clauses.operator_prices != Bearing::Practice {
        lines.push(Line::Small(words::PLAIN_MONTH_WITHOUT_PRICES.to_owned()));
    }
    if let Some(statement) = settled.clinicians.get(&ONE) {
        lines.extend(statement.lines.iter().map(|line| says(format!("{}.", line.says))));
        lines.push(says(format!("To the clinician: {}.", dollars(statement.total_cents))));
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn a_text_reads_back_as_it_was_written() {
        for document in [sample::agreement(), sample::engagement()] {
            assert_eq!(Document::read(&document.to_string()), document);
        }
    }

    #[test]
    fn whatever_a_text_holds_is_shown() {
        let read = Document::read("before any heading\n# Title\n## Part\n  odd\n");

        assert_eq!(read.parts[0].lines, [says("before any heading")]);
        assert_eq!(read.parts[1].lines, [says("  odd")]);
    }

    #[test]
    fn the_sentence_of_a_price_stands_beside_its_example_and_its_record() {
        let text = sample::agreement().to_string();

        for part in [
            "Billing costs $4.50 for each claim filed, at most $600.00 a month.",
            "= A month, worked out: 37 claims filed at $4.50 each: $166.50.",
            "Why this price is fair: found from what the service costs to give.",
        ] {
            assert!(text.contains(part), "{part}\n{text}");
        }
    }

    #[test]
    fn the_plain_month_of_an_engagement_is_what_the_settlement_makes_of_it() {
        let text = sample::engagement().to_string();

        // 60 % of 2,900.00 − 145.00 = 1,653.00; half of the fee of 100.00 for a no-show = 50.00;
        // 60 % of 87.00 that the card processor kept = −52.20; 90 minutes at 30.00 = 45.00; an hour
        // of supervision at 30.00 = 30.00. Together 1,725.80.
        for part in ["$1,653.00", "$50.00", "−$52.20", "$45.00", "$30.00"] {
            assert!(text.contains(part), "{part}\n{text}");
        }
        assert!(text.contains("To the clinician: $1,725.80."), "{text}");
    }
}

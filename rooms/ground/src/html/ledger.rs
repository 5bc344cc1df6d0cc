//! Money as a bookkeeper writes it: what, how it came about, by which clause, how much.
//!
//! A view adds nothing up: sums arrive as they were posted. The first amount and the sums carry
//! the dollar sign; a sum stands under a single rule, the last over a double one.

use maud::{Markup, Render, html};

use super::money::{amount, money};

/// A statement: groups of lines, each with its sum.
#[derive(Clone, Debug)]
pub struct Ledger {
    /// What is accounted for; read, not shown.
    pub caption: String,
    /// The groups in order; the last sum is the last word.
    pub groups: Vec<Group>,
}

/// Lines that belong together, and what they come to.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// What governs it: an agreement, a fee list.
    pub aside: Option<Markup>,
    /// Its lines.
    pub lines: Vec<Line>,
    /// What stands after them.
    pub sum: Sum,
}

/// One line: one click to its entry.
#[derive(Clone, Debug)]
pub struct Line {
    /// What it is; a link to the entry.
    pub what: Markup,
    /// Units times price.
    pub how: String,
    /// The clause by which it is so.
    pub clause: String,
    /// The amount.
    pub cents: i64,
}

/// A sum.
#[derive(Clone, Debug)]
pub struct Sum {
    /// What it is.
    pub name: String,
    /// From what it follows.
    pub how: String,
    /// A clause or a share.
    pub clause: String,
    /// The amount.
    pub cents: i64,
}

impl Render for Ledger {
    fn render(&self) -> Markup {
        html! {
            table.ledger role="table" {
                caption { span.vh { (self.caption) } }
                thead.vh role="rowgroup" {
                    tr role="row" {
                        @for head in ["Line", "How it came about", "Clause", "Amount"] {
                            th scope="col" role="columnheader" { (head) }
                        }
                    }
                }
                @for (at, group) in self.groups.iter().enumerate() {
                    (rows(group, at == 0, at + 1 == self.groups.len()))
                }
            }
        }
    }
}

fn rows(group: &Group, first: bool, last: bool) -> Markup {
    html! {
        tbody role="rowgroup" {
            tr.group role="row" {
                th scope="rowgroup" role="rowheader" colspan="4" {
                    b { (group.name) }
                    @if let Some(aside) = &group.aside { " " span.aside { (aside) } }
                }
            }
            @for (at, line) in group.lines.iter().enumerate() {
                tr role="row" {
                    th scope="row" role="rowheader" { (line.what) }
                    td.how role="cell" { (line.how) }
                    td.clause role="cell" { (line.clause) }
                    td.amount role="cell" {
                        @if first && at == 0 { (money(line.cents)) } @else { (amount(line.cents)) }
                    }
                }
            }
            tr role="row" class=(if last { "sum last" } else { "sum" }) {
                th scope="row" role="rowheader" { (group.sum.name) }
                td.how role="cell" { (group.sum.how) }
                td.clause role="cell" { (group.sum.clause) }
                td.amount role="cell" { (money(group.sum.cents)) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(name: &str, cents: &[i64], sum: i64) -> Group {
        let empty = String::new;
        let line =
            |&cents| Line { what: html! { "1 copay" }, how: empty(), clause: empty(), cents };
        Group {
            name: name.into(),
            aside: None,
            lines: cents.iter().map(line).collect(),
            sum: Sum { name: "Sum".into(), how: empty(), clause: empty(), cents: sum },
        }
    }

    #[test]
    fn the_first_amount_and_the_sums_carry_the_dollar_sign() {
        let groups =
            vec![group("In", &[643_200, 6_000], 649_200), group("Out", &[-2_000], 647_200)];
        let html = Ledger { caption: "October".into(), groups }.render().0;

        let amounts: Vec<&str> = html
            .split("<span class=\"money\">")
            .skip(1)
            .map(|rest| rest.split('<').next().unwrap())
            .collect();
        let read = ["$6,432.00", "60.00", "$6,492.00", "\u{2212}20.00", "$6,472.00"];
        assert_eq!(amounts, read);
        assert_eq!(html.matches("sum last").count(), 1);
    }
}

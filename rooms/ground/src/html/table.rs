//! A table: words left, numbers right. On a phone a row becomes a block: its name and its leading
//! figure on one line, the rest below in small, each with its column's name.

use maud::{Markup, html};

use super::section::Empty;

/// A column's head and how its cells stand.
#[derive(Clone, Debug)]
pub struct Column<'a> {
    head: &'a str,
    kind: Kind,
    axis: Option<Markup>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Name,
    Words,
    Number,
    Leading,
    Drawn,
    Act,
}

impl<'a> Column<'a> {
    /// What the row is about; the row's own head. One a table, first.
    pub fn name(head: &'a str) -> Self {
        Self { head, kind: Kind::Name, axis: None }
    }

    /// Words.
    pub fn words(head: &'a str) -> Self {
        Self { head, kind: Kind::Words, axis: None }
    }

    /// A number.
    pub fn number(head: &'a str) -> Self {
        Self { head, kind: Kind::Number, axis: None }
    }

    /// The number that stays beside the name on a phone. At most one a table.
    pub fn leading(head: &'a str) -> Self {
        Self { head, kind: Kind::Leading, axis: None }
    }

    /// What is drawn of a chart, under its scale. Its numbers stand in other cells of the row.
    pub fn drawn(head: &'a str, axis: Markup) -> Self {
        Self { head, kind: Kind::Drawn, axis: Some(axis) }
    }

    /// The verb at the right; its head is read, not shown.
    pub fn act(head: &'a str) -> Self {
        Self { head, kind: Kind::Act, axis: None }
    }
}

/// One row.
#[derive(Clone, Debug)]
pub struct TableRow {
    cells: Vec<Markup>,
    state: Option<&'static str>,
}

impl TableRow {
    /// Cells in the order of the columns.
    pub fn new(cells: Vec<Markup>) -> Self {
        Self { cells, state: None }
    }

    /// It is open beside the table.
    pub fn chosen(self) -> Self {
        Self { state: Some("chosen"), ..self }
    }

    /// It is done with.
    pub fn past(self) -> Self {
        Self { state: Some("past"), ..self }
    }

    /// It differs from what it should be.
    pub fn differs(self) -> Self {
        Self { state: Some("differs"), ..self }
    }
}

/// A table with its caption (read, since a section's name is shown above it).
///
/// Roles are written out: as blocks, rows and cells would lose them in some browsers.
pub fn table(caption: &str, columns: &[Column<'_>], rows: &[TableRow], empty: &Empty) -> Markup {
    html! {
        @if rows.is_empty() { (empty) }
        @else {
            table.table role="table" {
                caption { span.vh { (caption) } }
                thead role="rowgroup" {
                    tr role="row" { @for column in columns { (head(column)) } }
                }
                tbody role="rowgroup" {
                    @for row in rows {
                        tr role="row" class=[row.state]
                            aria-current=[(row.state == Some("chosen")).then_some("true")] {
                            @for (column, it) in columns.iter().zip(&row.cells) {
                                (cell(column, it))
                            }
                        }
                    }
                }
            }
        }
    }
}

fn head(column: &Column<'_>) -> Markup {
    let class = match column.kind {
        Kind::Number | Kind::Leading => Some("number"),
        Kind::Drawn => Some("drawn"),
        _ => None,
    };
    html! {
        th scope="col" role="columnheader" class=[class] {
            @if column.kind == Kind::Act { span.vh { (column.head) } } @else { (column.head) }
            @if let Some(axis) = &column.axis { (axis) }
        }
    }
}

fn cell(column: &Column<'_>, it: &Markup) -> Markup {
    html! {
        @match column.kind {
            Kind::Name => th scope="row" role="rowheader" { (it) },
            Kind::Words => td role="cell" data-label=(column.head) { (it) },
            Kind::Number => td.number role="cell" data-label=(column.head) { (it) },
            Kind::Leading => td.number.leads role="cell" { (it) },
            Kind::Drawn => td.drawn role="cell" data-label=(column.head) { (it) },
            Kind::Act => td.act role="cell" { (it) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_a_caption_scopes_and_names_its_cells_for_a_phone() {
        let columns = [Column::name("Person"), Column::words("Source"), Column::leading("Owed")];
        let row = TableRow::new(vec![html! { "Jon" }, html! { "Website" }, html! { "$25.00" }]);

        let html = table("Leads", &columns, &[row], &Empty::new("No one waits.")).0;

        assert!(html.contains("<caption><span class=\"vh\">Leads</span></caption>"), "{html}");
        assert!(html.contains("<th scope=\"row\" role=\"rowheader\">Jon</th>"), "{html}");
        assert!(html.contains("data-label=\"Source\">Website</td>"), "{html}");
        assert!(
            html.contains("<th scope=\"col\" role=\"columnheader\" class=\"number\">Owed</th>")
        );
    }

    #[test]
    fn a_table_without_rows_says_what_will_appear() {
        let html = table("Leads", &[Column::name("Person")], &[], &Empty::new("No one waits.")).0;
        assert_eq!(html, "<div class=\"empty\"><p>No one waits.</p></div>");
    }
}

//! Each model by itself: its contract as it was counted, the hour step by step, its hours by kind,
//! how it protects all six. And every figure with its source, for paper.

use ground::html::charts::{Step, waterfall};
use ground::html::{
    Bar, Column, Empty, Ink, Span, TableRow, bars, disclosure, dollars, facts, section, table,
};
use maud::{Markup, html};

use super::super::answer::{Answer, Row, rounded};
use super::super::asked::Asked;
use super::super::figures::{FIGURES, Figure};
use super::super::models::{Model, SHARED};
use super::super::protects::MATTERS;
use super::super::says::{self, whole_dollars};
use super::super::words;

/// One after the other, in the order of the table; each unfolds.
pub(super) fn each(answer: &Answer) -> Markup {
    let body = html! {
        p.note { (words::EACH_WHY) " " span.no-print { (words::PRINTS) } }
        @for row in &answer.rows { (disclosure(row.model.name(), one(row, answer))) }
    };
    section(words::EACH, None, body)
}

fn one(row: &Row, answer: &Answer) -> Markup {
    html! {
        div.columns.halves {
            div {
                h3 { "The hour, step by step" }
                (hour(row))
            }
            div {
                h3 { "Hours by kind" }
                (kinds(row))
            }
        }
        h3 { "Its contract, as it was counted" }
        (contract(row, answer))
        h3 { "How far it protects" }
        (six(row.model))
    }
}

/// From the advertised hour to the one that is kept. Levels are rounded, steps are what is between
/// them: so they add up to the cent.
fn hour(row: &Row) -> Markup {
    let empty = Empty::new(words::NO_COURSE);
    let (Some(fall), Some(hour)) = (&row.course.waterfall, row.hour()) else {
        return html! { (empty) };
    };
    let mut exact = fall.headline;
    let mut level = rounded(exact);
    let mut steps = vec![Step::whole("As an advertisement says it", level)];
    let mut step = |name, by: f64| {
        exact += by;
        let change = rounded(exact) - level;
        level += change;
        Step::change(name, change)
    };
    let per_session = [
        ("Not collected", fall.collection),
        ("Missed sessions", fall.missed_sessions),
        ("Paid hours and benefits", fall.extras),
        ("Costs and prices", fall.costs),
        ("Half of employment tax", fall.employment_tax),
    ];
    steps.extend(per_session.map(|(name, by)| step(name, by)));
    let unpaid = step("Hours outside sessions", fall.unpaid_hours);
    let ramp = step("The time until full", fall.ramp);
    let luck = Step::change("Luck that a full week cannot store", hour - level);
    steps.extend([Step::sum("For a session hour, once full"), unpaid]);
    steps.extend([Step::sum("For each hour, once full"), ramp, luck]);
    steps.push(Step::sum("For each hour"));
    waterfall("The hour, step by step", "Amount", dollars, &steps, &empty)
}

fn kinds(row: &Row) -> Markup {
    let it = &row.course.hours;
    let all = [
        ("Sessions", it.session),
        ("Missed sessions", it.missed),
        ("Notes", it.notes),
        ("Claims", it.billing),
        ("Calls and first talks", it.intake),
        ("Scheduling", it.scheduling),
        ("Messages", it.messages),
        ("Marketing", it.marketing),
        ("Consultation", it.supervision),
        ("Training", it.training),
        ("Setting up", it.setup),
        ("Other", it.other),
    ];
    let most = all.iter().map(|it| it.1).fold(1.0, f64::max);
    let bar = |(name, hours): &(&'static str, f64)| {
        let wide = u16::try_from(rounded(hours / most * 10_000.0)).unwrap_or(10_000);
        Bar {
            name,
            span: if *hours < 0.05 { Err("none") } else { Ok(Span { from_bp: 0, to_bp: wide }) },
            value: html! { (format!("{hours:.1}")) },
            ink: if *name == "Sessions" { Ink::Yours } else { Ink::Plain },
            total: false,
        }
    };
    let list: Vec<Bar<'_>> = all.iter().map(bar).collect();
    bars("Hours by kind", "Hours", &list)
}

fn contract(row: &Row, answer: &Answer) -> Markup {
    let lines = |part: &str| {
        let all = row.scenario[part].as_array().map(Vec::as_slice).unwrap_or_default();
        let names: Vec<&str> = all.iter().filter_map(|it| it["name"].as_str()).collect();
        (!names.is_empty()).then(|| html! { (names.join("; ")) })
    };
    let prices = row.model.is_ours().then(|| {
        html! {
            ul { @for service in SHARED { li { (terms::list_price(service).sentence()) } } }
        }
    });
    let course = &row.course;
    let kept = says::of_collected(row).unwrap_or_else(|why| match why {
        words::NOT_SHOWN => "not known: the network shows no prices".to_owned(),
        why => why.to_owned(),
    });
    let mut list = vec![
        ("You are paid", Some(html! { (says::pay(row.model, answer)) })),
        ("You bear", lines("overhead")),
        ("Kept of it all", Some(html! { (kept) })),
        ("Hours that nobody pays", Some(html! { (says::count(rounded(course.hours_unpaid))) })),
        ("To bring along", Some(html! { (whole_dollars(rounded(course.peak_cash_need_cents))) })),
    ];
    if let Some(prices) = prices {
        list.insert(2, ("The operator’s prices", Some(prices)));
    }
    facts(&list, "nothing of its own")
}

fn six(model: Model) -> Markup {
    let columns = [Column::name("What matters"), Column::words("How far")];
    let row = |(at, (says, _)): (usize, &(&str, &str))| {
        TableRow::new(vec![html! { (says) }, super::table::far(model, at)])
    };
    let rows: Vec<TableRow> = MATTERS.iter().enumerate().map(row).collect();
    table("How far it protects", &columns, &rows, &Empty::new(""))
}

/// Every figure as it was counted, with what is usual and where it is from.
pub(super) fn every_figure(answer: &Answer) -> Markup {
    let columns = [Column::name("Figure"), Column::leading("Counted"), Column::words("Source")];
    let asked: &Asked = &answer.asked;
    let shown = |it: &&Figure| !(it.of_plans && asked.is_direct());
    let row = |it: &Figure| {
        TableRow::new(vec![
            html! { (it.label.trim_end_matches(", %")) },
            html! { (it.read(asked.get(it.key))) },
            html! { (it.beside()) },
        ])
    };
    let rows: Vec<TableRow> = FIGURES.iter().filter(shown).map(row).collect();
    let body = table(words::EVERY_FIGURE, &columns, &rows, &Empty::new(""));
    html! { div.every-figure { (disclosure(words::EVERY_FIGURE, body)) } }
}

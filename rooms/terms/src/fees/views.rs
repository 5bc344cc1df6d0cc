//! The page of fees and of the right to bill.

use ground::html::{
    Act, Column, Empty, Faults, Filled, Heading, Link, Pick, Row, TableRow, Typed, button, money,
    post, rows, section, table, when,
};
use ids::ClinicianId;
use maud::{Markup, html};

use super::Kept;
use super::routes::Schedule;
use crate::model::PayerCode;
use crate::views::{page, terms_path};
use crate::words;

/// Fees, and who bills for whom.
pub(crate) fn fees(it: &Schedule, once: &str, typed: &Typed, faults: &Faults) -> Markup {
    let form = Filled::new(typed, faults);
    let main = html! {
        (form.summary())
        (Heading::new(words::FEES)
            .back(Link::to(terms_path(it.party.id), words::BACK_TO_TERMS))
            .lead(html! { (words::FEES_LEAD) }))
        (section(words::WHAT_IS_SET, None, schedule(it)))
        (set_fee(it, once, form))
        (section(words::RIGHTS, None, html! {
            p { (words::RIGHTS_LEAD) }
            (rights(it))
        }))
        (allow(it, once, form))
    };
    page(words::FEES, faults, main)
}

fn payer_name(it: &Schedule, code: Option<&PayerCode>) -> String {
    let Some(code) = code else { return words::SELF_PAY.to_owned() };
    let payer = it.payers.iter().find(|payer| payer.code == *code);
    payer.map_or_else(|| code.to_string(), |payer| payer.name.clone())
}

fn schedule(it: &Schedule) -> Markup {
    let columns = [
        Column::name(words::CODE),
        Column::words(words::PAYER),
        Column::words(words::FROM),
        Column::leading("Fee"),
    ];
    let lines: Vec<TableRow> = (it.fees.iter())
        .map(|fee| {
            TableRow::new(vec![
                html! { (fee.cpt) },
                html! { (payer_name(it, fee.payer.as_ref())) },
                when::date_and_year(fee.from_date),
                money(fee.cents.0),
            ])
        })
        .collect();
    table(words::FEES, &columns, &lines, &Empty::new(words::NO_FEES))
}

fn set_fee(it: &Schedule, once: &str, form: Filled<'_>) -> Markup {
    let payers = it.payers.iter().map(|it| Pick::new(it.code.as_str(), it.name.as_str()));
    let payers: Vec<Pick> =
        std::iter::once(Pick::new("self", words::SELF_PAY)).chain(payers).collect();
    section(
        words::SET_FEE,
        None,
        post(
            &format!("/p/{}/fees", it.party.id),
            once,
            html! {
                (form.select("payer", words::PAYER, &payers))
                (form.field("cpt", words::CODE).hint(words::CODE_HINT).short().max(5))
                (form.field("fee", "Fee").dollars())
                (form.date("from", words::FROM))
                (button(words::SET_FEE_ACT).filled())
            },
        ),
    )
}

fn name_of(it: &Schedule, id: ClinicianId) -> &str {
    it.clinicians.iter().find(|it| it.id == id).map_or("", |it| it.name.as_str())
}

fn rights(it: &Schedule) -> Markup {
    let list: Vec<Row> = it.rights.iter().map(|kept| right_row(it, kept)).collect();
    rows(&list, &Empty::new(words::NO_RIGHTS))
}

fn right_row(it: &Schedule, Kept { id, right }: &Kept) -> Row {
    let whose = name_of(it, right.clinician);
    let payer = payer_name(it, Some(&right.payer));
    let says = format!("{whose} to {payer}, under the name of {}", name_of(it, right.bills_as));
    let row = Row::new(html! { (says) });
    let from = when::date_and_year(right.from_date);
    match right.to_date {
        Some(day) => {
            row.second(html! { "From " (from) ", over on " (when::date_and_year(day)) }).past()
        }
        None => row.second(html! { "From " (from) }).act(Act::Send {
            to: format!("/p/{}/fees/rights/{id}/ending", it.party.id),
            text: words::END.into(),
            about: says,
            once: id.to_string(),
        }),
    }
}

fn allow(it: &Schedule, once: &str, form: Filled<'_>) -> Markup {
    let nobody = || std::iter::once(Pick::new("", words::CHOOSE));
    let clinicians = it.clinicians.iter().map(|it| Pick::new(it.id.to_string(), it.name.as_str()));
    let clinicians: Vec<Pick> = nobody().chain(clinicians).collect();
    let payers = it.payers.iter().map(|it| Pick::new(it.code.as_str(), it.name.as_str()));
    let payers: Vec<Pick> = nobody().chain(payers).collect();
    let at = format!("/p/{}/fees/rights", it.party.id);
    section(
        words::ALLOW,
        None,
        post(
            &at,
            once,
            html! {
                (form.select("clinician", words::WHOSE_WORK, &clinicians))
                (form.select("to_payer", words::PAYER, &payers))
                (form.select("bills_as", words::UNDER_WHOSE_NAME, &clinicians))
                (form.date("since", words::FROM))
                (button(words::ALLOW))
            },
        ),
    )
}

//! What is typed becomes what was meant, or every fault at its field.

use ground::html::Typed;
use ground::policy::Service;
use ids::{ClinicianId, Uuid};
use jiff::civil::date;
use money::BasisPoints;

use crate::form;
use crate::{at_a_share, at_list_prices};

const BEN: ClinicianId = ClinicianId(Uuid::from_u128(7));

/// The form with other answers at some fields.
fn but(typed: &Typed, changes: &[(&str, &str)], names: &[&str]) -> Typed {
    let kept = names.iter().filter(|name| !changes.iter().any(|(field, _)| field == *name));
    let kept = kept.flat_map(|name| typed.all(name).map(|it| (name.to_string(), it.to_owned())));
    let changed = changes.iter().map(|(field, it)| (field.to_string(), it.to_string()));
    kept.chain(changed).collect()
}

#[test]
fn a_form_that_opens_with_terms_reads_as_those_terms() {
    let today = date(2026, 2, 9);
    let terms = at_list_prices(today, Service::ALL);
    assert_eq!(form::agreement(&form::typed_agreement(&terms), today), Ok(terms));

    let terms = at_a_share(BEN, today, BasisPoints(6_250));
    assert_eq!(form::engagement(&form::typed_engagement(&terms), BEN, today), Ok(terms));
}

const AGREEMENT: &[&str] = &[
    "begins_month",
    "begins_day",
    "begins_year",
    "ends_month",
    "ends_day",
    "ends_year",
    "notice",
    "record_month",
    "record_day",
    "record_year",
    "review_month",
    "review_day",
    "review_year",
    "shared",
    "billing_price",
    "billing_per",
    "billing_least",
    "billing_most",
    "billing_method",
    "billing_evidence",
];

#[test]
fn clauses_of_an_agreement_that_contradict_each_other_are_told_at_the_field() {
    let today = date(2026, 2, 9);
    let terms = at_list_prices(today, &[Service::Billing]);
    let typed = form::typed_agreement(&terms);
    assert_eq!(form::agreement(&but(&typed, &[], AGREEMENT), today), Ok(terms));

    for (changes, field, says) in [
        (&[("billing_least", "700")][..], "billing_most", "less than the least"),
        (&[("billing_per", "month")], "billing_most", "already the whole price"),
        (&[("billing_per", "session")], "billing_per", "Choose what the price is for"),
        (&[("billing_price", "")], "billing_price", "Enter the price"),
        (&[("billing_price", "a lot")], "billing_price", "such as 120 or 4.50"),
        (&[("billing_evidence", "because")], "billing_evidence", "Enter what shows it"),
        (&[("billing_method", "")], "billing_method", "Choose how"),
        (&[("begins_year", "2025")], "begins", "today or later"),
        (&[("ends_year", "2026"), ("ends_month", "9")], "ends", "a year or longer"),
        (&[("review_year", "2028")], "review", "within 12 months"),
        (&[("record_year", "2027")], "record", "before the agreement begins"),
        (&[("shared", "")], "shared", "Choose at least one"),
        (&[("notice", "7")], "notice", "from 30 to 180"),
        (&[("begins_month", "13")], "begins", "Enter the first day"),
    ] {
        let faults = form::agreement(&but(&typed, changes, AGREEMENT), today).unwrap_err();
        let told: Vec<&str> = faults.of(field).collect();
        assert!(told.iter().any(|it| it.contains(says)), "{changes:?}: {faults:?}");
    }
}

const ENGAGEMENT: &[&str] = &[
    "begins_month",
    "begins_day",
    "begins_year",
    "notice",
    "pay",
    "share",
    "amount",
    "pay_least",
    "pay_most",
    "no_show_share",
    "late_cancel_share",
    "refunds",
    "recoupments",
    "card_fees",
    "operator_prices",
    "admin_hour",
    "supervision_hour",
    "works_as",
];

#[test]
fn clauses_of_an_engagement_that_contradict_each_other_are_told_at_the_field() {
    let today = date(2026, 2, 9);
    let terms = at_a_share(BEN, today, BasisPoints(6_000));
    let typed = form::typed_engagement(&terms);
    assert_eq!(form::engagement(&but(&typed, &[], ENGAGEMENT), BEN, today), Ok(terms));

    let by_session = ("pay", "session");
    for (changes, field, says) in [
        (&[("amount", "80")][..], "amount", "leave the amount empty"),
        (&[by_session], "share", "leave the share empty"),
        (&[by_session, ("share", "")], "amount", "Enter an amount"),
        (&[by_session, ("share", ""), ("amount", "80")], "refunds", "pay is no share"),
        (&[("share", "101")], "share", "from 0 to 100"),
        (&[("share", "")], "share", "from 0 to 100"),
        (&[("pay_least", "2000"), ("pay_most", "1000")], "pay_most", "less than the least"),
        (&[("pay", "")], "pay", "Choose how"),
        (&[("card_fees", "")], "card_fees", "Choose who bears"),
        (&[("notice", "365")], "notice", "from 0 to 90"),
        (&[("ends_month", "1")], "ends", "Enter the last"),
        (&[("no_show_share", "half")], "no_show_share", "from 0 to 100"),
    ] {
        let faults = form::engagement(&but(&typed, changes, ENGAGEMENT), BEN, today).unwrap_err();
        let told: Vec<&str> = faults.of(field).collect();
        assert!(told.iter().any(|it| it.contains(says)), "{changes:?}: {faults:?}");
    }
}

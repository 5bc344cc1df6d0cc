//! The pages of billing: values to HTML. No question is asked here, and nothing is decided.

pub mod bill;
pub mod biller;
pub mod charge;
pub mod exception;
pub mod overview;
pub mod remittance;

use ground::frame;
use ground::html::{Faults, Head, when};
use ground::web::assets;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use maud::{Markup, html};

fn page(title: &str, faults: &Faults, main: Markup) -> Markup {
    frame::page(&Head::new(assets(), title).faults(faults), main)
}

fn maybe_day(day: Option<Date>) -> Markup {
    html! { @if let Some(day) = day { (when::date(day)) } }
}

fn moment(at: Timestamp, zone: &TimeZone) -> Markup {
    when::moment(&at.to_zoned_datetime(zone.clone()))
}

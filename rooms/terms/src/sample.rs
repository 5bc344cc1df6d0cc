//! Samples for everybody to read: the same code and the same clauses as the real ones, with made-up
//! names. They are also what a form opens with.

use economics::{Bearing, Clause, FairMarket, FairMarketMethod, Missed, Pay, Rule, Unit};
use ground::policy::Service;
use ids::{ClinicianId, Uuid};
use jiff::civil::{Date, date};
use money::{BasisPoints, Cents};

use crate::model::{NewAgreement, NewEngagement, NewService};
use crate::wording::{self, Between, Document};

/// The first day of the samples.
const SAMPLE_DAY: Date = date(2026, 1, 1);

/// What the operator asks every practice for a service.
pub fn list_price(service: Service) -> Clause {
    let flat = |opening: &str, dollars: i64| {
        Clause::new(opening, Rule::Flat { cents: Cents(dollars * 100) })
    };
    let each = |opening: &str, unit, cents| {
        Clause::new(opening, Rule::PerUnit { unit, cents: Cents(cents) })
    };
    match service {
        Service::Leads => flat("Leads cost", 150),
        Service::Intake => each("Intake costs", Unit::IntakeCall, 1_800).at_most(Cents(45_000)),
        Service::Scheduling => flat("Scheduling costs", 120),
        Service::Billing => each("Billing costs", Unit::Claim, 450).at_most(Cents(60_000)),
        Service::Telehealth => flat("Telehealth costs", 35),
        Service::Credentialing => {
            Clause::new("Credentialing costs", Rule::PerHour { cents: Cents(5_500) })
        }
        Service::Consultation => {
            Clause::new("Consultation costs", Rule::PerHour { cents: Cents(9_000) })
        }
    }
}

/// What the list price of a service rests on.
pub fn evidence(service: Service) -> &'static str {
    match service {
        Service::Leads => {
            "Yearly cost of the request line and the site, in equal parts on the practices that share it"
        }
        Service::Intake => {
            "Median call of 21 minutes at the loaded hourly cost of an intake coordinator"
        }
        Service::Scheduling => {
            "Quotes of three answering and scheduling services for practices of this size"
        }
        Service::Billing => {
            "Minutes for each claim, measured over a quarter, at the loaded hourly cost of a biller"
        }
        Service::Telehealth => {
            "Cost of video minutes and support, in equal parts on the practices that share it"
        }
        Service::Credentialing => "Quotes of three credentialing services, by the hour",
        Service::Consultation => "Hourly fees of consultants of the same license in the same state",
    }
}

/// How the list price of a service was found.
pub fn method(service: Service) -> FairMarketMethod {
    match service {
        Service::Leads | Service::Intake | Service::Billing | Service::Telehealth => {
            FairMarketMethod::Cost
        }
        Service::Scheduling | Service::Credentialing | Service::Consultation => {
            FairMarketMethod::Market
        }
    }
}

/// An agreement at list prices from a day on, for a year.
pub fn at_list_prices(begins_on: Date, services: &[Service]) -> NewAgreement {
    let months = |count: i64| jiff::Span::new().months(count);
    let valid_from = begins_on.saturating_sub(months(1)).first_of_month();
    let services = services.iter().map(|&service| {
        let fair_market = FairMarket {
            method: method(service),
            evidence: evidence(service).to_owned(),
            valid_from,
            review_by: valid_from.saturating_add(months(12)),
        };
        NewService::standard(service, list_price(service), fair_market)
    });
    let services = services.collect();
    let ends_on = begins_on.saturating_add(months(12));
    NewAgreement { begins_on, ends_on, notice_days: 60, services }
}

/// An engagement with a share of what was collected.
pub fn at_a_share(clinician: ClinicianId, begins_on: Date, share: BasisPoints) -> NewEngagement {
    let clauses = economics::Engagement {
        pay: Pay::ShareOfCollected {
            clinician: share,
            practice: share.rest().unwrap_or(BasisPoints::NONE),
        },
        pay_minimum: None,
        pay_cap: None,
        no_show: Missed { fee_share: BasisPoints(5_000), cents: Cents::ZERO },
        late_cancel: Missed { fee_share: BasisPoints(5_000), cents: Cents::ZERO },
        refunds: Bearing::AsSplit,
        recoupments: Bearing::AsSplit,
        card_fees: Bearing::AsSplit,
        operator_prices: Bearing::Practice,
        admin_hour: Some(Cents(3_000)),
        supervision_hour: Some(Cents(3_000)),
        works_as: None,
    };
    NewEngagement { clinician, begins_on, ends_on: None, notice_days: 30, clauses }
}

/// The sample of an agreement.
pub fn agreement() -> Document {
    let services = [Service::Leads, Service::Intake, Service::Scheduling, Service::Billing];
    let between = Between {
        practice: "Sample Counseling, PLLC".into(),
        other: "Trellis Shared Services, PBC".into(),
    };
    wording::agreement(&at_list_prices(SAMPLE_DAY, &services), &between, 1)
        .expect("list prices fit")
}

/// The sample of an engagement.
pub fn engagement() -> Document {
    let between = Between {
        practice: "Sample Counseling, PLLC".into(),
        other: "Robin Sample, LPC Associate".into(),
    };
    let terms = at_a_share(ClinicianId(Uuid::nil()), SAMPLE_DAY, BasisPoints(6_000));
    wording::engagement(&terms, &between, 1).expect("the amounts of a sample fit")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_price_can_be_agreed_and_is_vouched_for() {
        let agreement = at_list_prices(SAMPLE_DAY, Service::ALL);

        assert_eq!(agreement.prices().check(), Ok(()));
        assert_eq!(agreement.services.len(), Service::ALL.len());
        for shared in &agreement.services {
            assert!(10 <= shared.fair_market.evidence.len() && !shared.excluded.is_empty());
        }
    }

    #[test]
    fn a_sample_is_what_can_be_agreed() {
        let terms = at_a_share(ClinicianId(Uuid::nil()), SAMPLE_DAY, BasisPoints(6_000));
        assert_eq!(terms.clauses.check(), Ok(()));
    }
}

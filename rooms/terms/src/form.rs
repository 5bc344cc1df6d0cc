//! From what was typed to terms that can be signed, or to every fault at its field. What is typed
//! and what is meant are two types: a form holds text, [`NewAgreement`] and [`NewEngagement`] hold
//! clauses.

use economics::{Bearing, Clause, FairMarket, FairMarketMethod, Missed, Pay, Rule, Unit, WorksAs};
use ground::html::{Faults, Typed};
use ground::policy::Service;
use ids::ClinicianId;
use jiff::Span;
use jiff::civil::Date;
use money::{BasisPoints, Cents};

use crate::model::{NewAgreement, NewEngagement, NewService};
use crate::{sample, words};

/// Most dollars of one price; more is a slip of the finger.
const DOLLARS_MAX: i64 = 100_000;

/// Amounts and dates of one form, with what is wrong so far.
struct Reading<'a> {
    typed: &'a Typed,
    faults: Faults,
}

impl Reading<'_> {
    fn fault(&mut self, field: &str, says: impl Into<String>) {
        self.faults.add(field, says);
    }

    fn is_empty(&self, field: &str) -> bool {
        self.typed.one(field).trim().is_empty()
    }

    /// An amount, which may be left out.
    fn dollars(&mut self, field: &str) -> Option<Cents> {
        if self.is_empty(field) {
            return None;
        }
        let read = dollars(self.typed.one(field));
        if read.is_none() {
            self.fault(field, words::ENTER_AMOUNT);
        }
        read
    }

    /// A share in per cent: its hundredths are basis points.
    fn share(&mut self, field: &str) -> BasisPoints {
        let text = self.typed.one(field).trim().trim_end_matches('%').trim();
        let points = text.parse::<Cents>().ok().and_then(|it| u32::try_from(it.0).ok());
        match points.map(BasisPoints::checked) {
            Some(Ok(share)) => share,
            _ => {
                self.fault(field, words::ENTER_SHARE);
                BasisPoints::NONE
            }
        }
    }

    fn share_if_any(&mut self, field: &str) -> BasisPoints {
        if self.is_empty(field) { BasisPoints::NONE } else { self.share(field) }
    }

    fn date(&mut self, field: &str, says: &str) -> Option<Date> {
        let read = date_of(self.typed, field);
        if read.is_none() {
            self.fault(field, says);
        }
        read
    }

    /// The last day is typed; what is kept is the first day after it.
    fn last_day(&mut self, field: &str) -> Option<Date> {
        self.date(field, words::ENTER_END).and_then(|last| last.tomorrow().ok())
    }

    fn days(&mut self, field: &str, least: i32, most: i32) -> i32 {
        let read = self.typed.one(field).trim().parse().ok();
        match read.filter(|days| (least..=most).contains(days)) {
            Some(days) => days,
            None => {
                self.fault(field, format!("Enter a number of days from {least} to {most}"));
                least
            }
        }
    }

    fn least_and_most(&mut self, least: &str, most: &str) -> (Option<Cents>, Option<Cents>) {
        let (minimum, cap) = (self.dollars(least), self.dollars(most));
        if minimum.zip(cap).is_some_and(|(minimum, cap)| cap < minimum) {
            self.fault(most, words::MOST_BELOW_LEAST);
        }
        (minimum, cap)
    }

    fn clause(&mut self, service: Service) -> Clause {
        let name = |part: &str| format!("{}_{part}", service.word());
        let price = name("price");
        let cents = self.dollars(&price).unwrap_or_else(|| {
            if self.is_empty(&price) {
                self.fault(&price, words::ENTER_PRICE);
            }
            Cents::ZERO
        });
        let rule = match self.typed.one(&name("per")) {
            "month" => Some(Rule::Flat { cents }),
            "hour" => Some(Rule::PerHour { cents }),
            other => unit_of(other).map(|unit| Rule::PerUnit { unit, cents }),
        };
        let rule = rule.unwrap_or_else(|| {
            self.fault(&name("per"), words::CHOOSE_PER);
            Rule::Flat { cents }
        });
        let (least, most) = (name("least"), name("most"));
        let (minimum, cap) = self.least_and_most(&least, &most);
        if matches!(rule, Rule::Flat { .. }) {
            for (field, amount) in [(&least, minimum), (&most, cap)] {
                if amount.is_some() {
                    self.fault(field, words::FLAT_HAS_NO_LIMITS);
                }
            }
        }
        Clause { minimum, cap, ..Clause::new(sample::list_price(service).opening, rule) }
    }

    fn record(&mut self, service: Service, valid_from: Date, review_by: Date) -> FairMarket {
        let name = |part: &str| format!("{}_{part}", service.word());
        let method = match self.typed.one(&name("method")) {
            "cost" => Some(FairMarketMethod::Cost),
            "market" => Some(FairMarketMethod::Market),
            "benchmark" => Some(FairMarketMethod::Benchmark),
            _ => None,
        };
        let method = method.unwrap_or_else(|| {
            self.fault(&name("method"), words::CHOOSE_METHOD);
            FairMarketMethod::Cost
        });
        let evidence = one_line(self.typed.one(&name("evidence")));
        if !(10..=500).contains(&evidence.chars().count()) {
            self.fault(&name("evidence"), words::ENTER_EVIDENCE);
        }
        FairMarket { method, evidence, valid_from, review_by }
    }
}

/// One line without marks that a text of ours begins with.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What was typed as an amount: `$1,250`, `12.5`.
pub(crate) fn dollars(text: &str) -> Option<Cents> {
    money::read_typed(text).ok().filter(|cents| cents.0 <= DOLLARS_MAX * 100)
}

/// Three inputs as a day.
pub(crate) fn date_of(typed: &Typed, field: &str) -> Option<Date> {
    let part = |name: &str| typed.one(&format!("{field}_{name}")).trim().parse::<i16>().ok();
    let (month, day) = (i8::try_from(part("month")?).ok()?, i8::try_from(part("day")?).ok()?);
    let year = part("year").filter(|year| (2000..=2100).contains(year))?;
    Date::new(year, month, day).ok()
}

/// The last day before one that is over.
fn last_of(over_on: Date) -> Date {
    over_on.yesterday().unwrap_or(over_on)
}

/// A day as three inputs.
pub(crate) fn with_date(typed: Typed, field: &str, on: Date) -> Typed {
    typed
        .with(format!("{field}_month"), on.month().to_string())
        .with(format!("{field}_day"), on.day().to_string())
        .with(format!("{field}_year"), on.year().to_string())
}

/// What an operator's price can count.
pub(crate) const UNITS: &[(&str, Unit)] = &[
    ("claim", Unit::Claim),
    ("eligibility_check", Unit::EligibilityCheck),
    ("intake_call", Unit::IntakeCall),
    ("remittance", Unit::Remittance),
    ("bill", Unit::Bill),
    ("seat", Unit::Seat),
];

fn unit_of(word: &str) -> Option<Unit> {
    UNITS.iter().find(|(known, _)| *known == word).map(|(_, unit)| *unit)
}

/// Reads the form of an agreement, which begins no earlier than `today`.
pub(crate) fn agreement(typed: &Typed, today: Date) -> Result<NewAgreement, Faults> {
    let mut read = Reading { typed, faults: Faults::none() };
    let begins_on = read.date("begins", words::ENTER_BEGIN);
    if begins_on.is_some_and(|on| on < today) {
        read.fault("begins", words::BEGIN_IS_PAST);
    }
    let ends_on = read.last_day("ends");
    let a_year = |on: Date| on.saturating_add(Span::new().years(1));
    if begins_on.zip(ends_on).is_some_and(|(begins, ends)| ends < a_year(begins)) {
        read.fault("ends", words::LASTS_A_YEAR);
    }
    let notice_days = read.days("notice", 30, 180);
    let valid_from = read.date("record", words::ENTER_RECORD_DATE);
    let review_by = read.date("review", words::ENTER_REVIEW_DATE);
    if valid_from.zip(begins_on).is_some_and(|(from, begins)| begins < from) {
        read.fault("record", words::RECORD_COMES_FIRST);
    }
    if valid_from.zip(review_by).is_some_and(|(from, by)| by <= from || a_year(from) < by) {
        read.fault("review", words::REVIEWED_EACH_YEAR);
    }
    let (from, by) = (valid_from.unwrap_or(today), review_by.unwrap_or(today));
    let mut services = Vec::new();
    for &service in Service::ALL {
        if typed.has("shared", service.word()) {
            let clause = read.clause(service);
            let record = read.record(service, from, by);
            services.push(NewService::standard(service, clause, record));
        }
    }
    if services.is_empty() {
        read.fault("shared", words::SHARE_SOMETHING);
    }
    let (Some(begins_on), Some(ends_on)) = (begins_on, ends_on) else { return Err(read.faults) };
    let terms = NewAgreement { begins_on, ends_on, notice_days, services };
    if read.faults.is_empty()
        && let Err(error) = terms.prices().check()
    {
        read.fault(&price_field(&terms, &error.field), sentence(&error.message));
    }
    read.faults.or(terms)
}

/// The field that a contradiction of prices is about: `prices/1/clause/…` is a service's price.
fn price_field(terms: &NewAgreement, path: &str) -> String {
    let at = path.split('/').nth(1).and_then(|at| at.parse::<usize>().ok());
    let service = at.and_then(|at| terms.services.get(at)).map_or("", |it| it.service.word());
    let part = if path.contains("fair_market") { "evidence" } else { "price" };
    format!("{service}_{part}")
}

fn sentence(message: &str) -> String {
    let mut signs = message.chars();
    let first = signs.next().map(|sign| sign.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}", signs.as_str())
}

/// What a form of an agreement opens with: these terms.
pub(crate) fn typed_agreement(terms: &NewAgreement) -> Typed {
    let mut typed = Typed::none().with("notice", terms.notice_days.to_string());
    typed = with_date(typed, "begins", terms.begins_on);
    typed = with_date(typed, "ends", last_of(terms.ends_on));
    // Where nothing is shared yet, the dates are those of list prices.
    let standard = sample::at_list_prices(terms.begins_on, Service::ALL).services;
    let record = terms.services.iter().chain(&standard).map(|it| &it.fair_market).next();
    if let Some(record) = record {
        typed = with_date(typed, "record", record.valid_from);
        typed = with_date(typed, "review", record.review_by);
    }
    for &service in Service::ALL {
        let shared = terms.services.iter().find(|it| it.service == service);
        let standard = standard.iter().find(|it| it.service == service);
        let Some(open) = shared.or(standard) else { continue };
        if shared.is_some() {
            typed = typed.with("shared", service.word());
        }
        typed = typed_service(typed, open);
    }
    typed
}

fn typed_service(typed: Typed, open: &NewService) -> Typed {
    let name = |part: &str| format!("{}_{part}", open.service.word());
    let (per, cents) = match &open.clause.rule {
        Rule::Flat { cents } => ("month", *cents),
        Rule::PerHour { cents } => ("hour", *cents),
        Rule::PerUnit { unit, cents } => {
            let known = UNITS.iter().find(|(_, known)| known == unit);
            (known.map_or("", |(word, _)| word), *cents)
        }
        _ => ("", Cents::ZERO),
    };
    let method = match open.fair_market.method {
        FairMarketMethod::Cost => "cost",
        FairMarketMethod::Market => "market",
        FairMarketMethod::Benchmark => "benchmark",
    };
    let amount = |cents: Option<Cents>| cents.map(|it| it.to_string()).unwrap_or_default();
    typed
        .with(name("price"), cents.to_string())
        .with(name("per"), per)
        .with(name("least"), amount(open.clause.minimum))
        .with(name("most"), amount(open.clause.cap))
        .with(name("method"), method)
        .with(name("evidence"), &open.fair_market.evidence)
}

/// The costs that somebody bears, by field.
pub(crate) const COSTS: &[&str] = &["refunds", "recoupments", "card_fees", "operator_prices"];

/// Reads the form of an engagement.
pub(crate) fn engagement(
    typed: &Typed,
    clinician: ClinicianId,
    today: Date,
) -> Result<NewEngagement, Faults> {
    let mut read = Reading { typed, faults: Faults::none() };
    let begins_on = read.date("begins", words::ENTER_BEGIN);
    if begins_on.is_some_and(|on| on < today) {
        read.fault("begins", words::BEGIN_IS_PAST);
    }
    let has_end = ["month", "day", "year"].iter().any(|it| !read.is_empty(&format!("ends_{it}")));
    let ends_on = if has_end { read.last_day("ends") } else { None };
    if begins_on.zip(ends_on).is_some_and(|(begins, ends)| ends <= begins) {
        read.fault("ends", words::ENDS_LATER);
    }
    let notice_days = read.days("notice", 0, 90);
    let pay = pay(&mut read);
    let (pay_minimum, pay_cap) = read.least_and_most("pay_least", "pay_most");
    let mut missed = |share: &str, cents: &str| Missed {
        fee_share: read.share_if_any(share),
        cents: read.dollars(cents).unwrap_or(Cents::ZERO),
    };
    let no_show = missed("no_show_share", "no_show_pay");
    let late_cancel = missed("late_cancel_share", "late_cancel_pay");
    let is_share = matches!(pay, Pay::ShareOfCollected { .. } | Pay::ShareOfAllowed { .. });
    let [refunds, recoupments, card_fees, operator_prices] =
        [0, 1, 2, 3].map(|at| bearing(&mut read, COSTS[at], is_share));
    let admin_hour = read.dollars("admin_hour");
    let supervision_hour = read.dollars("supervision_hour");
    let works_as = works_as(typed);
    let clauses = economics::Engagement {
        pay,
        pay_minimum,
        pay_cap,
        no_show,
        late_cancel,
        refunds,
        recoupments,
        card_fees,
        operator_prices,
        admin_hour,
        supervision_hour,
        works_as,
    };
    if read.faults.is_empty()
        && let Err(error) = clauses.check()
    {
        let field = error.field.split('/').next().unwrap_or_default().to_owned();
        read.fault(&field, sentence(&error.message));
    }
    let begins_on = begins_on.unwrap_or(today);
    read.faults.or(NewEngagement { clinician, begins_on, ends_on, notice_days, clauses })
}

/// How work is paid: a share or an amount, and never both.
fn pay(read: &mut Reading<'_>) -> Pay {
    let kind = read.typed.one("pay").to_owned();
    let (is_share, has_share, has_amount) = (
        matches!(kind.as_str(), "collected" | "allowed"),
        !read.is_empty("share"),
        !read.is_empty("amount"),
    );
    if is_share && has_amount {
        read.fault("amount", words::SHARE_AND_AMOUNT);
    }
    if matches!(kind.as_str(), "session" | "month") && has_share {
        read.fault("share", words::AMOUNT_AND_SHARE);
    }
    if is_share {
        let clinician = read.share("share");
        let practice = clinician.rest().unwrap_or(BasisPoints::NONE);
        return match kind.as_str() {
            "collected" => Pay::ShareOfCollected { clinician, practice },
            _ => Pay::ShareOfAllowed { clinician, practice },
        };
    }
    let cents = read.dollars("amount").unwrap_or(Cents::ZERO);
    match kind.as_str() {
        "session" | "month" if !has_amount => read.fault("amount", words::ENTER_AMOUNT),
        "session" | "month" => {}
        _ => read.fault("pay", words::CHOOSE_PAY),
    }
    if kind == "session" { Pay::Rate { cents } } else { Pay::Salary { cents } }
}

fn bearing(read: &mut Reading<'_>, field: &str, is_share: bool) -> Bearing {
    match read.typed.one(field) {
        "practice" => Bearing::Practice,
        "clinician" => Bearing::Clinician,
        "as_split" if is_share => Bearing::AsSplit,
        "as_split" => {
            read.fault(field, words::NO_SPLIT_TO_BEAR_BY);
            Bearing::Practice
        }
        _ => {
            read.fault(field, words::CHOOSE_WHO_BEARS);
            Bearing::Practice
        }
    }
}

/// As what somebody works: nothing chosen is nothing said.
fn works_as(typed: &Typed) -> Option<WorksAs> {
    match typed.one("works_as") {
        "employee" => Some(WorksAs::Employee),
        "contractor" => Some(WorksAs::Contractor),
        _ => None,
    }
}

/// What a form of an engagement opens with: these terms.
pub(crate) fn typed_engagement(terms: &NewEngagement) -> Typed {
    let it = &terms.clauses;
    let (pay, share, amount) = match it.pay {
        Pay::ShareOfCollected { clinician, .. } => ("collected", Some(clinician), None),
        Pay::ShareOfAllowed { clinician, .. } => ("allowed", Some(clinician), None),
        Pay::Rate { cents } => ("session", None, Some(cents)),
        Pay::Salary { cents } => ("month", None, Some(cents)),
    };
    let amount_of = |cents: Option<Cents>| cents.map(|it| it.to_string()).unwrap_or_default();
    // Basis points are hundredths of a per cent, as cents are of a dollar.
    let share_of = |share: BasisPoints| {
        let text = Cents(i64::from(share.0)).to_string();
        text.strip_suffix(".00").unwrap_or(&text).to_owned()
    };
    let paid = |cents: Cents| amount_of((cents != Cents::ZERO).then_some(cents));
    let borne = |bearing| match bearing {
        Bearing::Practice => "practice",
        Bearing::Clinician => "clinician",
        Bearing::AsSplit => "as_split",
    };
    let worker = match it.works_as {
        Some(WorksAs::Employee) => "employee",
        Some(WorksAs::Contractor) => "contractor",
        None => "",
    };
    let mut typed = with_date(Typed::none(), "begins", terms.begins_on);
    if let Some(on) = terms.ends_on {
        typed = with_date(typed, "ends", last_of(on));
    }
    typed
        .with("notice", terms.notice_days.to_string())
        .with("pay", pay)
        .with("share", share.map(share_of).unwrap_or_default())
        .with("amount", amount_of(amount))
        .with("pay_least", amount_of(it.pay_minimum))
        .with("pay_most", amount_of(it.pay_cap))
        .with("no_show_share", share_of(it.no_show.fee_share))
        .with("no_show_pay", paid(it.no_show.cents))
        .with("late_cancel_share", share_of(it.late_cancel.fee_share))
        .with("late_cancel_pay", paid(it.late_cancel.cents))
        .with("refunds", borne(it.refunds))
        .with("recoupments", borne(it.recoupments))
        .with("card_fees", borne(it.card_fees))
        .with("operator_prices", borne(it.operator_prices))
        .with("admin_hour", amount_of(it.admin_hour))
        .with("supervision_hour", amount_of(it.supervision_hour))
        .with("works_as", worker)
}

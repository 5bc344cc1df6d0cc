//! The seven ways to practice, as contracts: who is paid what, who bears which cost, who does which
//! chore. All start from the same clinician, the same calls and the same clients; where two
//! columns differ, their contracts do.

use economics::{Clause, Rule};
use ground::policy::Service;
use serde_json::{Value, json};

use super::asked::Asked;
use super::figures::Key;

/// A way to practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Model {
    Solo,
    Biller,
    Job,
    Group,
    Network,
    HighSplit,
    Ours,
}

/// What the operator does for a practice here, at list prices.
pub(super) const SHARED: [Service; 4] =
    [Service::Leads, Service::Intake, Service::Scheduling, Service::Billing];

/// Calls and claims of a month at the most that anybody here can have; see [`Price::capped`].
const MONTHS: f64 = 12.0;

impl Model {
    /// In no order that says anything: the page sorts them by their figures.
    pub(super) const ALL: [Self; 7] = [
        Self::Solo,
        Self::Biller,
        Self::Job,
        Self::Group,
        Self::Network,
        Self::HighSplit,
        Self::Ours,
    ];

    /// The models that make sense for what is asked: without plans there is nothing to bill, and no
    /// network of plans to join.
    pub(super) fn for_asked(asked: &Asked) -> impl Iterator<Item = Self> + use<> {
        let of_plans = [Self::Biller, Self::Network];
        let is_direct = asked.is_direct();
        Self::ALL.into_iter().filter(move |it| !(is_direct && of_plans.contains(it)))
    }

    pub(super) fn is_ours(self) -> bool {
        self == Self::Ours
    }

    /// Whether the practice is one's own, with its costs and its setting up.
    pub(super) fn owns_practice(self) -> bool {
        matches!(self, Self::Solo | Self::Biller | Self::Ours)
    }

    /// Whether somebody else answers calls, keeps the calendar and makes the practice known.
    fn is_called_for(self) -> bool {
        matches!(self, Self::Job | Self::Group | Self::Network | Self::Ours)
    }

    fn has_biller(self) -> bool {
        !matches!(self, Self::Solo | Self::HighSplit)
    }

    /// The split, in basis points of what is collected.
    pub(super) fn split_bp(self, asked: &Asked) -> i64 {
        match self {
            Self::Solo | Self::Biller | Self::Ours => 10_000,
            Self::Job => asked.get(Key::JobSplit),
            Self::Group => asked.get(Key::GroupSplit),
            Self::HighSplit => asked.get(Key::HighSplit),
            Self::Network => 0,
        }
    }

    /// The scenario that the engine reads.
    pub(super) fn scenario(self, asked: &Asked) -> Value {
        let calls = asked.calls(self);
        json!({
            "horizon_months": asked.whole(Key::Months),
            "discount_annual_bp": 0,
            "weeks_off": weeks_off(asked.whole(Key::Weeks)),
            "capacity_per_week": asked.real(Key::Open),
            "session_minutes": asked.real(Key::Session),
            "leads": {
                "per_week": hundredths(calls),
                "ramp": ramp(asked),
                "start_week": if asked.is_direct() { 0 } else { asked.whole(Key::Delay) },
                "p_offer_bp": asked.get(Key::Fit),
                "p_accept_bp": asked.get(Key::Take),
                "p_start_bp": asked.get(Key::Begin),
                "wait_keep_bp": asked.get(Key::Wait),
            },
            "episodes": episodes(asked),
            "attendance": {
                "attended_bp": asked.get(Key::Kept),
                "late_cancel_bp": asked.get(Key::Late),
                "no_show_bp": asked.get(Key::NoShow),
                "refill_bp": asked.get(Key::Refill),
            },
            "payers": self.payers(asked),
            "model": self.contract(asked),
            "fees": self.fees(asked),
            "overhead": self.overhead(asked),
            "benefits": self.benefits(asked),
            "hours": self.hours(asked),
        })
    }

    fn payers(self, asked: &Asked) -> Vec<Value> {
        let direct = asked.get(Key::Direct);
        let is_network = self == Self::Network;
        // A network pays its rate for the clients of plans; who pays directly pays you.
        let own = f64::from(u8::from(is_network)) * direct_pay(asked);
        let fee = asked.get(Key::Fee);
        let shown = |cents: i64| if is_network { Value::Null } else { json!(cents) };
        let late = asked.get(Key::LateFee);
        let mut payers = vec![];
        if 0 < direct {
            payers.push(json!({
                "name": "direct", "share_bp": direct,
                "allowed_cents": shown(fee), "client_share_cents": if is_network { 0 } else { fee },
                "client_loss_bp": asked.get(Key::DirectLoss), "pay_cents": own,
                "late_fee_cents": late, "late_fee_collect_bp": asked.get(Key::LateDirect),
            }));
        }
        if !asked.is_direct() {
            let copay = if is_network { 0 } else { asked.get(Key::Copay) };
            payers.push(json!({
                "name": "plan", "share_bp": 10_000 - direct,
                "allowed_cents": shown(asked.get(Key::Allowed)), "client_share_cents": copay,
                "plan_loss_bp": asked.get(Key::Loss), "client_loss_bp": asked.get(Key::CopayLoss),
                "lag_weeks": asked.whole(Key::Lag), "first_denial_bp": asked.get(Key::Denial),
                "claim": true, "pay_cents": if is_network { asked.get(Key::Rate) } else { 0 },
                "late_fee_cents": late, "late_fee_collect_bp": asked.get(Key::LatePlan),
            }));
        }
        payers
    }

    fn contract(self, asked: &Asked) -> Value {
        let is_job = self == Self::Job;
        let is_of_group = matches!(self, Self::Job | Self::Group | Self::HighSplit);
        let is_paid_later = is_of_group || self == Self::Network;
        json!({
            "kind": self.name(),
            "worker": if is_job { "w2" } else { "self" },
            "split_bp": self.split_bp(asked),
            "split_of": if self == Self::Network { "none" } else { "collected" },
            "late_fee_share_bp": if is_of_group { asked.get(Key::GroupLate) } else { 10_000 },
            "pay_lag_weeks": if is_paid_later { asked.whole(Key::PayLag) } else { 0 },
            "admin_paid_h_wk": if is_job { asked.real(Key::JobPaid) } else { 0.0 },
            "admin_cents_per_hour": if is_job { asked.get(Key::JobWage) } else { 0 },
        })
    }

    fn fees(self, asked: &Asked) -> Vec<Value> {
        if !self.is_ours() {
            return vec![];
        }
        prices(asked).into_iter().map(|it| it.line).collect()
    }

    fn overhead(self, asked: &Asked) -> Vec<Value> {
        let line = |name: &str, unit: &str, key: Key| json!({ "name": name, "unit": unit, "cents": asked.get(key) });
        let share = |name: &str, unit: &str, key: Key| json!({ "name": name, "unit": unit, "bp": asked.get(key) });
        let mut lines = vec![];
        if self == Self::Job {
            return lines;
        }
        lines.push(line("malpractice", "year", Key::Malpractice));
        lines.push(line("license and training", "year", Key::License));
        lines.push(line("accountant", "year", Key::Accountant));
        // A group gives its clinicians a room; a network does not.
        if self.owns_practice() || self == Self::Network {
            lines.push(line("room", "month", Key::Rent));
        }
        if self.owns_practice() || self == Self::HighSplit {
            lines.push(line("records and video", "month", Key::Records));
            lines.push(line("phone, mail, software", "month", Key::Phone));
        }
        if !self.is_called_for() {
            lines.push(line("directories and advertising", "month", Key::Ads));
        }
        if self.owns_practice() {
            lines.push(share("cards", "bp_client", Key::Cards));
            lines.push(line("cards, each", "client_payment", Key::CardFixed));
            lines.push(line("start", "once", Key::Start));
        }
        if self == Self::Biller {
            lines.push(share("billing service", "bp_plan", Key::Biller));
        }
        lines
    }

    fn benefits(self, asked: &Asked) -> Vec<Value> {
        match self {
            Self::Job => {
                vec![
                    json!({ "name": "benefits", "unit": "bp_pay", "bp": asked.get(Key::JobBenefits) }),
                ]
            }
            _ => vec![],
        }
    }

    fn hours(self, asked: &Asked) -> Value {
        let rest = asked.share(Key::Rest);
        let chore =
            |key: Key, is_theirs: bool| asked.real(key) * if is_theirs { rest } else { 1.0 };
        let (called, billed) = (self.is_called_for(), self.has_biller());
        json!({
            "note_min": asked.real(Key::Note),
            "first_note_extra_min": asked.real(Key::FirstNote),
            "missed_min": asked.real(Key::Missed),
            "claim_min": chore(Key::ClaimMin, billed),
            "denial_min": chore(Key::DenialMin, billed),
            "inquiry_min": chore(Key::Inquiry, called),
            "consult_min": asked.real(Key::Consult),
            "schedule_min_per_booking": chore(Key::Schedule, called),
            "message_min_per_client_week": asked.real(Key::Messages),
            "marketing_h_wk": chore(Key::Marketing, called),
            "marketing_full_h_wk": chore(Key::MarketingFull, called),
            "supervision_h_wk": asked.real(Key::Supervision),
            "other_h_wk": asked.real(Key::Other),
            "ce_h_year": asked.real(Key::Training),
            "setup_h": chore(Key::Setup, !self.owns_practice()),
        })
    }
}

/// What a session with somebody who pays directly brings, after cards: where no split is shown,
/// it is counted as a rate.
fn direct_pay(asked: &Asked) -> f64 {
    let paid = asked.real(Key::Fee) * (1.0 - asked.share(Key::DirectLoss));
    let cards = paid * asked.share(Key::Cards) + asked.real(Key::CardFixed);
    ((paid - cards) * 100.0).max(0.0)
}

/// A price of the operator as the engine counts it.
pub(super) struct Price {
    /// The line.
    pub(super) line: Value,
    /// Cents for one more claim.
    pub(super) each_claim: i64,
}

/// The operator's list prices for what it would do. Where the most for a month is reached at the
/// volume that is asked about, that most is counted from the first month on: never less than due.
pub(super) fn prices(asked: &Asked) -> Vec<Price> {
    let taken = |it: &Service| !(asked.is_direct() && *it == Service::Billing);
    let counted = |it: Service| price(it, &terms::list_price(it), asked);
    SHARED.into_iter().filter(taken).map(counted).collect()
}

fn price(service: Service, clause: &Clause, asked: &Asked) -> Price {
    let name = clause.opening.as_str();
    let flat = |cents: i64| Price {
        line: json!({ "name": name, "unit": "month", "cents": cents }),
        each_claim: 0,
    };
    match clause.rule {
        Rule::Flat { cents } => flat(cents.0),
        Rule::PerUnit { cents, .. } => {
            let weeks = asked.real(Key::Weeks) / MONTHS;
            let sessions = asked.real(Key::Open) * (1.0 - asked.share(Key::Direct));
            let (unit, most) = match service {
                Service::Intake => ("inquiry", hundredths(asked.calls(Model::Ours)) * weeks),
                _ => ("claim", sessions * weeks),
            };
            match clause.cap {
                Some(cap) if hundredths(cap.0) <= hundredths(cents.0) * most => flat(cap.0),
                _ => Price {
                    line: json!({ "name": name, "unit": unit, "cents": cents.0 }),
                    each_claim: if unit == "claim" { cents.0 } else { 0 },
                },
            }
        }
        _ => unreachable!("a test holds these list prices to flat ones and ones by the piece"),
    }
}

#[expect(clippy::cast_precision_loss, reason = "at most ten digits")]
fn hundredths(value: i64) -> f64 {
    value as f64 / 100.0
}

/// Weeks off, spread over the year.
fn weeks_off(worked: i64) -> Vec<i64> {
    let off = 52 - worked;
    (0..off).map(|at| (2 * at + 1) * 52 / (2 * off)).collect()
}

/// Who says "so many weeks to fill" means nine tenths.
fn ramp(asked: &Asked) -> Value {
    match asked.real(Key::Ramp) {
        0.0 => json!({ "shape": "none" }),
        weeks => json!({ "shape": "exponential", "tau_weeks": weeks / std::f64::consts::LN_10 }),
    }
}

/// Clients by how long they stay. Those who come along are as a caseload is: mostly the long ones.
fn episodes(asked: &Asked) -> Value {
    let bring = asked.whole(Key::Bring);
    let short = asked.get(Key::MixShort) * asked.get(Key::ShortWeeks);
    let long = asked.get(Key::MixLong) * asked.get(Key::LongWeeks);
    let stay = if short + long == 0 { bring } else { bring * long / (short + long) };
    json!([
        { "share_bp": asked.get(Key::MixOnce), "mean_weeks": 1.0, "visits_per_week": 1.0 },
        { "share_bp": asked.get(Key::MixShort), "mean_weeks": asked.real(Key::ShortWeeks),
          "visits_per_week": 1.0, "start_clients": bring - stay },
        { "share_bp": asked.get(Key::MixLong), "mean_weeks": asked.real(Key::LongWeeks),
          "visits_per_week": asked.real(Key::LongVisits), "start_clients": stay },
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_off_are_apart_and_as_many_as_asked() {
        for worked in 1..=52 {
            let off = weeks_off(worked);
            assert_eq!(off.len() as i64, 52 - worked);
            assert!(off.is_sorted_by(|a, b| a < b) && off.iter().all(|it| (0..52).contains(it)));
        }
    }

    #[test]
    fn every_list_price_that_is_shared_here_can_be_counted() {
        for service in SHARED {
            let rule = terms::list_price(service).rule;
            assert!(matches!(rule, Rule::Flat { .. } | Rule::PerUnit { .. }), "{rule:?}");
        }
    }

    #[test]
    fn a_month_never_costs_more_than_its_most() {
        let most = terms::list_price(Service::Intake).cap.unwrap().0;
        let asked = Asked::default().with(Key::Calls, 2_000);
        let lines: Vec<Value> = prices(&asked).into_iter().map(|it| it.line).collect();
        assert_eq!(lines[1]["unit"], "month", "{lines:?}");
        assert_eq!(lines[1]["cents"], most);
    }

    #[test]
    fn all_models_have_the_same_clients() {
        let asked = Asked::default();
        let solo = Model::Solo.scenario(&asked);
        for model in Model::ALL {
            let scenario = model.scenario(&asked);
            for part in ["leads", "episodes", "attendance", "capacity_per_week", "weeks_off"] {
                assert_eq!(scenario[part], solo[part], "{model:?}: {part}");
            }
            for same in ["note_min", "consult_min", "message_min_per_client_week"] {
                assert_eq!(scenario["hours"][same], solo["hours"][same], "{model:?}: {same}");
            }
        }
    }
}

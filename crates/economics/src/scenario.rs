//! A scenario: what one clinician's practice would be like, in numbers with units.
//!
//! Amounts are real cents, shares fractions of one (given in basis points), times as named. What
//! is missing is zero or empty, as the model of comparison defines it.

use serde_json::{Map, Value};

use crate::fields::Fields;
use crate::{Code, Error};

pub(crate) mod reading;
mod varied;

pub(crate) use varied::Varied;

/// The parts of a scenario that are objects of their own.
const PARTS: [&str; 6] = ["leads", "caseload", "attendance", "model", "hours", "tax"];

/// Weeks of a model year: 52. Calendar years are 0.3 % longer, which is disclosed, not modeled.
pub(crate) const WEEKS_OF_YEAR: usize = 52;

/// What is asked of a projection. Built by [`Scenario::read`].
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    pub(crate) horizon_months: usize,
    /// A year's discount on cash, as a fraction.
    pub(crate) discount_annual: f64,
    /// For each week of the model year, whether nothing is done in it.
    pub(crate) is_off: [bool; WEEKS_OF_YEAR],
    /// Sessions that the clinician opens a week.
    pub(crate) capacity: f64,
    pub(crate) session_minutes: f64,
    pub(crate) caseload: Caseload,
    pub(crate) leads: Leads,
    pub(crate) episodes: Vec<Episode>,
    pub(crate) attendance: Attendance,
    pub(crate) payers: Vec<Payer>,
    pub(crate) model: Model,
    pub(crate) fees: Vec<Line>,
    pub(crate) overhead: Vec<Line>,
    pub(crate) benefits: Vec<Benefit>,
    pub(crate) hours: Hours,
    pub(crate) tax: Tax,
}

/// How the caseload comes about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Caseload {
    /// From inquiries and how long clients stay.
    Leads,
    /// The short form: sessions a week after a ramp, some share of clients new each week.
    Curve { sessions_per_week: f64, ramp: Ramp, turnover: f64 },
}

/// How something grows from its first week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Ramp {
    None,
    Exponential { tau_weeks: f64 },
    Logistic { mid_week: f64, scale_weeks: f64 },
}

/// Inquiries, and what becomes of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Leads {
    pub(crate) per_week: f64,
    pub(crate) ramp: Ramp,
    pub(crate) start_week: usize,
    /// It reaches this clinician and fits.
    pub(crate) offered: f64,
    /// The clinician takes it.
    pub(crate) accepted: f64,
    /// The client comes to a first session.
    pub(crate) started: f64,
    /// Of those who wait, who still waits a week later.
    pub(crate) wait_kept: f64,
}

/// A class of clients by how long they stay.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Episode {
    pub(crate) share: f64,
    pub(crate) mean_weeks: f64,
    pub(crate) visits_per_week: f64,
    pub(crate) start_clients: f64,
}

/// What becomes of a booked session.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Attendance {
    pub(crate) attended: f64,
    pub(crate) late_cancel: f64,
    pub(crate) no_show: f64,
    /// Of sessions canceled in time, which are filled again.
    pub(crate) refill: f64,
}

/// A payer, or clients who pay themselves.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Payer {
    pub(crate) share: f64,
    /// None where the model does not show it.
    pub(crate) allowed_cents: Option<f64>,
    pub(crate) client_share_cents: f64,
    pub(crate) plan_loss: f64,
    pub(crate) client_loss: f64,
    pub(crate) lag_weeks: usize,
    pub(crate) first_denial: f64,
    pub(crate) has_claim: bool,
    pub(crate) late_fee_cents: f64,
    pub(crate) late_fee_collected: f64,
    pub(crate) pay_cents: f64,
}

/// What the split is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SplitOf {
    Collected,
    Allowed,
    Nothing,
}

/// Who is paid how.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Model {
    pub(crate) is_employee: bool,
    pub(crate) split: f64,
    pub(crate) split_of: SplitOf,
    pub(crate) late_fee_share: f64,
    pub(crate) missed_pay_cents: f64,
    pub(crate) pay_lag_weeks: usize,
    pub(crate) admin_paid_h_wk: f64,
    pub(crate) admin_cents_per_hour: f64,
    pub(crate) stipend_cents_month: f64,
}

/// What a cost line counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Month,
    Year,
    Once,
    Session,
    Booked,
    Claim,
    Inquiry,
    ClientPayment,
    ShareOfCollected,
    ShareOfPlan,
    ShareOfClient,
}

/// A cost: cents per unit, or a share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Line {
    pub(crate) unit: Unit,
    /// Cents per unit, or a fraction of what the unit names.
    pub(crate) price: f64,
    /// The month, from 0, that it counts from.
    pub(crate) from_month: usize,
}

/// What a benefit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BenefitUnit {
    Month,
    Year,
    WeekOff,
    ShareOfPay,
}

/// The value of something an employer gives.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Benefit {
    pub(crate) unit: BenefitUnit,
    pub(crate) price: f64,
    pub(crate) from_month: usize,
    /// True for one that arrives as money.
    pub(crate) is_cash: bool,
}

/// What takes time, beside sessions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Hours {
    pub(crate) note_min: f64,
    pub(crate) first_note_extra_min: f64,
    pub(crate) missed_min: f64,
    pub(crate) claim_min: f64,
    pub(crate) denial_min: f64,
    pub(crate) inquiry_min: f64,
    pub(crate) consult_min: f64,
    pub(crate) schedule_min_per_booking: f64,
    pub(crate) message_min_per_client_week: f64,
    pub(crate) marketing_h_wk: f64,
    pub(crate) marketing_full_h_wk: f64,
    pub(crate) supervision_h_wk: f64,
    pub(crate) other_h_wk: f64,
    pub(crate) ce_h_year: f64,
    pub(crate) setup_h: f64,
}

/// Rates of self-employment tax (26 U.S.C. §1401, §1402), as data by year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tax {
    /// Social Security, in basis points of the base.
    pub ss_bp: f64,
    /// Medicare, in basis points of the base.
    pub medicare_bp: f64,
    /// The base, in basis points of net earnings.
    pub net_bp: f64,
    /// Social Security is due up to this base, in cents.
    pub ss_base_cents: f64,
    /// Below this base, in cents, nothing is due.
    pub floor_cents: f64,
}

impl Default for Tax {
    /// 2026: 12.4 % and 2.9 % of 92.35 % of net earnings (26 U.S.C. §1401, §1402(a)(12)), from
    /// $400 (§1402(b)), Social Security up to $184,500 (SSA, October 2025).
    fn default() -> Self {
        Self {
            ss_bp: 1_240.0,
            medicare_bp: 290.0,
            net_bp: 9_235.0,
            ss_base_cents: 18_450_000.0,
            floor_cents: 40_000.0,
        }
    }
}

impl Scenario {
    /// Reads a scenario; every number has its range, no unknown name passes.
    ///
    /// # Errors
    /// `E_RANGE`, `E_SHARES`, `E_KIND`, `E_ALLOWED` with the field.
    pub fn read(value: &Value) -> Result<Self, Error> {
        let scenario = Fields::read(value, reading::scenario)?;
        scenario.check()?;
        Ok(scenario)
    }

    /// The same scenario with one number set at a JSON pointer (`/payers/1/allowed_cents`).
    ///
    /// # Errors
    /// `E_RANGE` with field `path` where the pointer leads nowhere, else as [`Scenario::read`].
    pub(crate) fn read_with(value: &Value, changes: &[(&str, f64)]) -> Result<Self, Error> {
        let mut varied = value.clone();
        for (path, number) in changes {
            set(&mut varied, path, *number)?;
        }
        Self::read(&varied)
    }

    /// False where the pointer names nothing, or what is no number, in a scenario that can be
    /// read: neither zero nor one can then stand there, and one of them is in every range.
    pub(crate) fn has_number_at(value: &Value, path: &str) -> bool {
        let place = path.trim_matches('/');
        [0.0, 1.0].into_iter().any(|number| match Self::read_with(value, &[(path, number)]) {
            Ok(_) => true,
            Err(error) => error.field != "path" && error.field != place,
        })
    }

    /// Weeks that begin within the horizon.
    pub(crate) fn weeks(&self) -> usize {
        (WEEKS_OF_YEAR * self.horizon_months).div_ceil(12)
    }

    pub(crate) fn working_weeks_of_year(&self) -> usize {
        self.is_off.iter().filter(|is_off| !**is_off).count()
    }

    /// False where some payer's allowed amount is shown to nobody.
    pub(crate) fn shows_allowed(&self) -> bool {
        self.payers.iter().all(|payer| payer.allowed_cents.is_some())
    }

    fn check(&self) -> Result<(), Error> {
        let is_whole = |sum: f64| (sum - 1.0).abs() < 1e-9;
        let shares: f64 = self.episodes.iter().map(|episode| episode.share).sum();
        let may_be_none = matches!(self.caseload, Caseload::Curve { .. });
        let is_left_out = may_be_none && self.episodes.is_empty();
        if !(is_whole(shares) || is_left_out) {
            return Err(not_whole("episodes"));
        }
        if !is_whole(self.payers.iter().map(|payer| payer.share).sum()) {
            return Err(not_whole("payers"));
        }
        let Attendance { attended, late_cancel, no_show, .. } = self.attendance;
        if 1.0 + 1e-9 < attended + late_cancel + no_show {
            let message = "attended_bp, late_cancel_bp and no_show_bp add up to at most 10000";
            return Err(Error::new(Code::Shares, "attendance", message));
        }
        if !self.shows_allowed() {
            self.check_hidden()?;
        }
        Ok(())
    }

    fn check_hidden(&self) -> Result<(), Error> {
        let refuse = |field: String, what: &str| {
            let message = format!("{what} of an amount that the model does not show is unknown");
            Err(Error::new(Code::Allowed, field, message))
        };
        if self.model.split_of != SplitOf::Nothing {
            return refuse("model/split_of".to_owned(), "a split");
        }
        for (name, lines) in [("fees", &self.fees), ("overhead", &self.overhead)] {
            let is_share = |line: &Line| line.unit.is_share();
            if let Some(i) = lines.iter().position(is_share) {
                return refuse(format!("{name}/{i}/unit"), "a share");
            }
        }
        Ok(())
    }
}

impl Unit {
    pub(crate) fn is_share(self) -> bool {
        matches!(self, Self::ShareOfCollected | Self::ShareOfPlan | Self::ShareOfClient)
    }
}

impl Ramp {
    /// How much of the whole is there in week `week`, when it began in week `start`.
    #[expect(clippy::cast_precision_loss, reason = "weeks of a horizon are small numbers")]
    pub(crate) fn at(self, week: usize, start: usize) -> f64 {
        let Some(since) = week.checked_sub(start) else { return 0.0 };
        let weeks = since as f64 + 0.5;
        match self {
            Self::None => 1.0,
            Self::Exponential { tau_weeks } => 1.0 - (-weeks / tau_weeks).exp(),
            Self::Logistic { mid_week, scale_weeks } => {
                1.0 / (1.0 + (-(weeks - mid_week) / scale_weeks).exp())
            }
        }
    }
}

fn not_whole(field: &str) -> Error {
    let message = format!("the share_bp of {field} add up to 10000");
    Error::new(Code::Shares, field, message)
}

/// Why a pointer is refused.
pub(crate) fn nowhere(path: &str) -> Error {
    let expected = "path points to a number of the scenario, as /hours/note_min";
    Error::range("path", format!("{expected}; {path:?} points to none"))
}

fn set(value: &mut Value, path: &str, number: f64) -> Result<(), Error> {
    let nowhere = || nowhere(path);
    let (parent, name) = path.rsplit_once('/').ok_or_else(nowhere)?;
    if let (Some(part), Value::Object(parts)) = (parent.strip_prefix('/'), &mut *value)
        && PARTS.contains(&part)
    {
        // A part that is missing is as if it were empty.
        parts.entry(part).or_insert_with(|| Value::Object(Map::new()));
    }
    let place = match value.pointer_mut(parent).ok_or_else(nowhere)? {
        Value::Object(map) => map.entry(name).or_insert(Value::Null),
        Value::Array(list) => {
            let i: usize = name.parse().map_err(|_| nowhere())?;
            list.get_mut(i).ok_or_else(nowhere)?
        }
        _ => return Err(nowhere()),
    };
    if !place.is_null() && !place.is_number() {
        return Err(nowhere());
    }
    *place = Value::from(number);
    Ok(())
}

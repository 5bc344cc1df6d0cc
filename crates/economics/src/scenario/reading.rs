//! How a scenario is read: the name, range and unit of each of its numbers.

use serde_json::Value;

use super::{
    Attendance, Benefit, BenefitUnit, Caseload, Episode, Hours, Leads, Line, Model, Payer, Ramp,
    Scenario, SplitOf, Tax, Unit, WEEKS_OF_YEAR,
};
use crate::Error;
use crate::fields::{Fields, MOST_CENTS, whole};

/// The longest horizon: fifty years.
const MONTHS_MOST: i64 = 600;
/// More inquiries or sessions a week than any one clinician can have.
const WEEKLY_MOST: f64 = 500.0;
/// The minutes of a day: no single task takes longer.
const MINUTES_MOST: f64 = 1_440.0;
/// The hours of a week.
const HOURS_MOST: f64 = 168.0;
/// A stay or a ramp of a century stands for "never".
const STAY_MOST: f64 = 5_200.0;
/// Money that takes a century has not come.
const LAG_MOST: i64 = 5_200;
/// More visits a week than any client has.
const VISITS_MOST: f64 = 50.0;
/// What has to be above zero is at least this.
const ABOVE_ZERO: f64 = 1e-6;
/// More classes of clients, or payers, than anybody tells apart.
const CLASSES_MOST: usize = 100;
/// More lines of costs or benefits than a practice's books have.
const LINES_MOST: usize = 1_000;

pub(super) fn scenario(fields: &mut Fields<'_>) -> Result<Scenario, Error> {
    let months = fields.whole("horizon_months", 0, 1, MONTHS_MOST)?;
    Ok(Scenario {
        horizon_months: usize::try_from(months).expect("the range begins at one"),
        discount_annual: fields.share("discount_annual_bp")?,
        is_off: weeks_off(fields)?,
        capacity: fields.real("capacity_per_week", 0.0, WEEKLY_MOST)?,
        session_minutes: fields.real("session_minutes", ABOVE_ZERO, MINUTES_MOST)?,
        leads: fields.part("leads", leads)?,
        caseload: fields.part("caseload", caseload)?,
        episodes: fields
            .list_within("episodes", CLASSES_MOST, |value| Fields::read(value, episode))?,
        attendance: fields.part("attendance", attendance)?,
        payers: fields.list_within("payers", CLASSES_MOST, |value| Fields::read(value, payer))?,
        model: fields.part("model", model)?,
        fees: fields.list_within("fees", LINES_MOST, |value| Fields::read(value, line))?,
        overhead: fields.list_within("overhead", LINES_MOST, |value| Fields::read(value, line))?,
        benefits: fields
            .list_within("benefits", LINES_MOST, |value| Fields::read(value, benefit))?,
        hours: fields.part("hours", hours)?,
        tax: fields.part("tax", |fields| tax(fields, Tax::default()))?,
    })
}

fn weeks_off(fields: &mut Fields<'_>) -> Result<[bool; WEEKS_OF_YEAR], Error> {
    let read = |value: &Value| {
        let week = whole(value).and_then(|week| usize::try_from(week).ok());
        week.filter(|week| *week < WEEKS_OF_YEAR)
            .ok_or_else(|| Error::range("", "a week off is a whole number from 0 to 51"))
    };
    let mut is_off = [false; WEEKS_OF_YEAR];
    for week in fields.list("weeks_off", read)? {
        is_off[week] = true;
    }
    Ok(is_off)
}

fn ramp(fields: &mut Fields<'_>) -> Result<Ramp, Error> {
    let shapes = [("none", 0), ("exponential", 1), ("logistic", 2)];
    Ok(match fields.word("shape", &shapes)? {
        0 => Ramp::None,
        1 => Ramp::Exponential { tau_weeks: fields.real("tau_weeks", ABOVE_ZERO, STAY_MOST)? },
        _ => Ramp::Logistic {
            mid_week: fields.real("mid_week", -STAY_MOST, STAY_MOST)?,
            scale_weeks: fields.real("scale_weeks", ABOVE_ZERO, STAY_MOST)?,
        },
    })
}

fn leads(fields: &mut Fields<'_>) -> Result<Leads, Error> {
    Ok(Leads {
        per_week: fields.real("per_week", 0.0, WEEKLY_MOST)?,
        ramp: fields.part("ramp", ramp)?,
        start_week: fields.count("start_week", 52 * MONTHS_MOST)?,
        offered: fields.share("p_offer_bp")?,
        accepted: fields.share("p_accept_bp")?,
        started: fields.share("p_start_bp")?,
        wait_kept: fields.share("wait_keep_bp")?,
    })
}

fn caseload(fields: &mut Fields<'_>) -> Result<Caseload, Error> {
    if !fields.word("mode", &[("leads", false), ("curve", true)])? {
        return Ok(Caseload::Leads);
    }
    Ok(Caseload::Curve {
        sessions_per_week: fields.real("sessions_per_week", 0.0, WEEKLY_MOST)?,
        ramp: fields.part("ramp", ramp)?,
        turnover: fields.share("turnover_bp_week")?,
    })
}

fn episode(fields: &mut Fields<'_>) -> Result<Episode, Error> {
    Ok(Episode {
        share: fields.share("share_bp")?,
        mean_weeks: fields.real("mean_weeks", 1.0, STAY_MOST)?,
        visits_per_week: fields.real("visits_per_week", 0.0, VISITS_MOST)?,
        start_clients: fields.real("start_clients", 0.0, WEEKLY_MOST)?,
    })
}

fn attendance(fields: &mut Fields<'_>) -> Result<Attendance, Error> {
    Ok(Attendance {
        attended: fields.share("attended_bp")?,
        late_cancel: fields.share("late_cancel_bp")?,
        no_show: fields.share("no_show_bp")?,
        refill: fields.share("refill_bp")?,
    })
}

fn payer(fields: &mut Fields<'_>) -> Result<Payer, Error> {
    fields.text_or("name", "")?;
    let allowed_cents = match fields.value("allowed_cents") {
        None => Some(0.0),
        Some(Value::Null) => None,
        Some(value) => {
            let cents = value.as_f64().filter(|cents| (0.0..=MOST_CENTS).contains(cents));
            let message = format!(
                "allowed_cents is a number from 0 to {MOST_CENTS}, or null where nobody shows it"
            );
            Some(cents.ok_or_else(|| Error::range("allowed_cents", message))?)
        }
    };
    let payer = Payer {
        share: fields.share("share_bp")?,
        allowed_cents,
        client_share_cents: fields.amount("client_share_cents")?,
        plan_loss: fields.share("plan_loss_bp")?,
        client_loss: fields.share("client_loss_bp")?,
        lag_weeks: fields.count("lag_weeks", LAG_MOST)?,
        first_denial: fields.share("first_denial_bp")?,
        has_claim: fields.yes("claim")?,
        late_fee_cents: fields.amount("late_fee_cents")?,
        late_fee_collected: fields.share("late_fee_collect_bp")?,
        pay_cents: fields.amount("pay_cents")?,
    };
    if let Some(allowed) = allowed_cents.filter(|allowed| *allowed < payer.client_share_cents) {
        let message =
            format!("client_share_cents is a number from 0 to allowed_cents, here {allowed}");
        return Err(Error::range("client_share_cents", message));
    }
    Ok(payer)
}

pub(crate) fn model(fields: &mut Fields<'_>) -> Result<Model, Error> {
    fields.text_or("kind", "")?;
    let split_of = [
        ("none", SplitOf::Nothing),
        ("collected", SplitOf::Collected),
        ("allowed", SplitOf::Allowed),
    ];
    Ok(Model {
        is_employee: fields.word("worker", &[("self", false), ("w2", true)])?,
        split: fields.share("split_bp")?,
        split_of: fields.word("split_of", &split_of)?,
        late_fee_share: fields.share("late_fee_share_bp")?,
        missed_pay_cents: fields.amount("missed_pay_cents")?,
        pay_lag_weeks: fields.count("pay_lag_weeks", LAG_MOST)?,
        admin_paid_h_wk: fields.real("admin_paid_h_wk", 0.0, HOURS_MOST)?,
        admin_cents_per_hour: fields.amount("admin_cents_per_hour")?,
        stipend_cents_month: fields.amount("stipend_cents_month")?,
    })
}

pub(crate) fn line(fields: &mut Fields<'_>) -> Result<Line, Error> {
    fields.text_or("name", "")?;
    let unit = fields.required_word("unit", &UNITS)?;
    let price = if unit.is_share() { fields.share("bp")? } else { fields.amount("cents")? };
    Ok(Line { unit, price, from_month: fields.count("from_month", MONTHS_MOST)? })
}

/// The units of a cost line. There is no unit "per new client": a fee that depends on conversion
/// is not offered (42 U.S.C. 1320a-7b(b); OIG Advisory Opinion 08-19).
const UNITS: [(&str, Unit); 11] = [
    ("month", Unit::Month),
    ("year", Unit::Year),
    ("once", Unit::Once),
    ("session", Unit::Session),
    ("booked", Unit::Booked),
    ("claim", Unit::Claim),
    ("inquiry", Unit::Inquiry),
    ("client_payment", Unit::ClientPayment),
    ("bp_collected", Unit::ShareOfCollected),
    ("bp_plan", Unit::ShareOfPlan),
    ("bp_client", Unit::ShareOfClient),
];

pub(crate) fn benefit(fields: &mut Fields<'_>) -> Result<Benefit, Error> {
    let units = [
        ("month", BenefitUnit::Month),
        ("year", BenefitUnit::Year),
        ("week_off", BenefitUnit::WeekOff),
        ("bp_pay", BenefitUnit::ShareOfPay),
    ];
    fields.text_or("name", "")?;
    let unit = fields.required_word("unit", &units)?;
    let price = match unit {
        BenefitUnit::ShareOfPay => fields.share("bp")?,
        _ => fields.amount("cents")?,
    };
    let from_month = fields.count("from_month", MONTHS_MOST)?;
    Ok(Benefit { unit, price, from_month, is_cash: fields.yes("cash")? })
}

fn hours(fields: &mut Fields<'_>) -> Result<Hours, Error> {
    let mut minutes = |name| fields.real(name, 0.0, MINUTES_MOST);
    let (note_min, first_note_extra_min) = (minutes("note_min")?, minutes("first_note_extra_min")?);
    let (missed_min, claim_min) = (minutes("missed_min")?, minutes("claim_min")?);
    let (denial_min, inquiry_min) = (minutes("denial_min")?, minutes("inquiry_min")?);
    let consult_min = minutes("consult_min")?;
    let schedule_min_per_booking = minutes("schedule_min_per_booking")?;
    let message_min_per_client_week = minutes("message_min_per_client_week")?;
    let mut weekly = |name| fields.real(name, 0.0, HOURS_MOST);
    Ok(Hours {
        note_min,
        first_note_extra_min,
        missed_min,
        claim_min,
        denial_min,
        inquiry_min,
        consult_min,
        schedule_min_per_booking,
        message_min_per_client_week,
        marketing_h_wk: weekly("marketing_h_wk")?,
        marketing_full_h_wk: weekly("marketing_full_h_wk")?,
        supervision_h_wk: weekly("supervision_h_wk")?,
        other_h_wk: weekly("other_h_wk")?,
        ce_h_year: fields.real("ce_h_year", 0.0, 8_760.0)?,
        setup_h: fields.real("setup_h", 0.0, 8_760.0)?,
    })
}

/// Rates of tax; what is missing is as `usual`.
pub(crate) fn tax(fields: &mut Fields<'_>, usual: Tax) -> Result<Tax, Error> {
    Ok(Tax {
        ss_bp: fields.real_or("ss_bp", usual.ss_bp, 0.0, 10_000.0)?,
        medicare_bp: fields.real_or("medicare_bp", usual.medicare_bp, 0.0, 10_000.0)?,
        net_bp: fields.real_or("net_bp", usual.net_bp, 0.0, 10_000.0)?,
        ss_base_cents: fields.real_or("ss_base_cents", usual.ss_base_cents, 0.0, MOST_CENTS)?,
        floor_cents: fields.real_or("floor_cents", usual.floor_cents, 0.0, MOST_CENTS)?,
    })
}

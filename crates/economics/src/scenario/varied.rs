//! A scenario of which some numbers are set again and again: by a solver, or by chance.
//!
//! Most numbers have one place in what was read, and are set there. Any other is set in the JSON,
//! which is then read anew: slower, and never different.

use serde_json::Value;

use super::Scenario;
use crate::Error;

/// A scenario with some of its numbers open.
pub(crate) struct Varied<'a> {
    value: &'a Value,
    paths: Vec<&'a str>,
    /// The place of each path; none where one of them has none.
    places: Option<Vec<Place>>,
    now: Scenario,
}

/// Where a number is kept, and how many of its units make one.
struct Place {
    index: usize,
    number: Number,
    unit: f64,
}

/// Finds a number; within a list, that of an element.
type Number = fn(&mut Scenario, usize) -> Option<&mut f64>;

impl<'a> Varied<'a> {
    /// `now` is what `value` was read as, with whatever numbers at `paths`. The least and the most
    /// that each of them will be set to have been read before: what lies between is then allowed,
    /// as far as it concerns one number alone.
    pub(crate) fn new(
        value: &'a Value,
        now: Scenario,
        paths: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let paths: Vec<&str> = paths.into_iter().collect();
        let places = paths.iter().map(|path| Place::of(path)).collect();
        Self { value, paths, places, now }
    }

    /// The scenario with these numbers at its paths.
    ///
    /// # Errors
    /// As [`Scenario::read`].
    pub(crate) fn with(
        &mut self,
        numbers: impl IntoIterator<Item = f64>,
    ) -> Result<&Scenario, Error> {
        let Some(places) = &self.places else {
            let changes: Vec<(&str, f64)> = self.paths.iter().copied().zip(numbers).collect();
            self.now = Scenario::read_with(self.value, &changes)?;
            return Ok(&self.now);
        };
        for (place, number) in places.iter().zip(numbers) {
            if let Some(at) = (place.number)(&mut self.now, place.index) {
                *at = number / place.unit;
            }
        }
        self.now.check()?;
        Ok(&self.now)
    }

    /// The scenario as it was last.
    pub(crate) fn as_it_is(&self) -> &Scenario {
        &self.now
    }
}

impl Place {
    fn of(path: &str) -> Option<Self> {
        let segments: Vec<&str> = path.strip_prefix('/')?.split('/').collect();
        let (name, index) = match segments[..] {
            [name] => (name.to_owned(), 0),
            [part, name] => (format!("{part}/{name}"), 0),
            [list, index, name] => (format!("{list}/{name}"), index.parse().ok()?),
            _ => return None,
        };
        let is_element = segments.len() == 3;
        let found = PLACES.iter().find(|(known, ..)| *known == name)?;
        let is_of_list = LISTS.contains(&segments[0]);
        (is_element == is_of_list).then_some(Self { index, number: found.2, unit: found.1 })
    }
}

const LISTS: [&str; 4] = ["episodes", "payers", "fees", "overhead"];

/// One of its unit.
const ONE: f64 = 1.0;
/// Basis points of a whole.
const BP: f64 = 10_000.0;

/// The numbers with a place of their own; in a list, those of each element. Not among them: what is
/// whole, and what an element of a list is held against by itself.
#[rustfmt::skip]
const PLACES: [(&str, f64, Number); 48] = [
    ("capacity_per_week", ONE, |s, _| Some(&mut s.capacity)),
    ("session_minutes", ONE, |s, _| Some(&mut s.session_minutes)),
    ("leads/per_week", ONE, |s, _| Some(&mut s.leads.per_week)),
    ("leads/p_offer_bp", BP, |s, _| Some(&mut s.leads.offered)),
    ("leads/p_accept_bp", BP, |s, _| Some(&mut s.leads.accepted)),
    ("leads/p_start_bp", BP, |s, _| Some(&mut s.leads.started)),
    ("leads/wait_keep_bp", BP, |s, _| Some(&mut s.leads.wait_kept)),
    ("episodes/share_bp", BP, |s, i| Some(&mut s.episodes.get_mut(i)?.share)),
    ("episodes/mean_weeks", ONE, |s, i| Some(&mut s.episodes.get_mut(i)?.mean_weeks)),
    ("episodes/visits_per_week", ONE, |s, i| Some(&mut s.episodes.get_mut(i)?.visits_per_week)),
    ("attendance/attended_bp", BP, |s, _| Some(&mut s.attendance.attended)),
    ("attendance/late_cancel_bp", BP, |s, _| Some(&mut s.attendance.late_cancel)),
    ("attendance/no_show_bp", BP, |s, _| Some(&mut s.attendance.no_show)),
    ("attendance/refill_bp", BP, |s, _| Some(&mut s.attendance.refill)),
    ("payers/share_bp", BP, |s, i| Some(&mut s.payers.get_mut(i)?.share)),
    ("payers/plan_loss_bp", BP, |s, i| Some(&mut s.payers.get_mut(i)?.plan_loss)),
    ("payers/client_loss_bp", BP, |s, i| Some(&mut s.payers.get_mut(i)?.client_loss)),
    ("payers/first_denial_bp", BP, |s, i| Some(&mut s.payers.get_mut(i)?.first_denial)),
    ("payers/late_fee_cents", ONE, |s, i| Some(&mut s.payers.get_mut(i)?.late_fee_cents)),
    ("payers/late_fee_collect_bp", BP, |s, i| Some(&mut s.payers.get_mut(i)?.late_fee_collected)),
    ("payers/pay_cents", ONE, |s, i| Some(&mut s.payers.get_mut(i)?.pay_cents)),
    ("model/split_bp", BP, |s, _| Some(&mut s.model.split)),
    ("model/late_fee_share_bp", BP, |s, _| Some(&mut s.model.late_fee_share)),
    ("model/missed_pay_cents", ONE, |s, _| Some(&mut s.model.missed_pay_cents)),
    ("model/admin_paid_h_wk", ONE, |s, _| Some(&mut s.model.admin_paid_h_wk)),
    ("model/admin_cents_per_hour", ONE, |s, _| Some(&mut s.model.admin_cents_per_hour)),
    ("model/stipend_cents_month", ONE, |s, _| Some(&mut s.model.stipend_cents_month)),
    ("fees/cents", ONE, |s, i| Some(&mut s.fees.get_mut(i)?.price)),
    ("fees/bp", BP, |s, i| Some(&mut s.fees.get_mut(i)?.price)),
    ("overhead/cents", ONE, |s, i| Some(&mut s.overhead.get_mut(i)?.price)),
    ("overhead/bp", BP, |s, i| Some(&mut s.overhead.get_mut(i)?.price)),
    ("hours/note_min", ONE, |s, _| Some(&mut s.hours.note_min)),
    ("hours/first_note_extra_min", ONE, |s, _| Some(&mut s.hours.first_note_extra_min)),
    ("hours/missed_min", ONE, |s, _| Some(&mut s.hours.missed_min)),
    ("hours/claim_min", ONE, |s, _| Some(&mut s.hours.claim_min)),
    ("hours/denial_min", ONE, |s, _| Some(&mut s.hours.denial_min)),
    ("hours/inquiry_min", ONE, |s, _| Some(&mut s.hours.inquiry_min)),
    ("hours/consult_min", ONE, |s, _| Some(&mut s.hours.consult_min)),
    ("hours/schedule_min_per_booking", ONE, |s, _| Some(&mut s.hours.schedule_min_per_booking)),
    ("hours/message_min_per_client_week", ONE,
        |s, _| Some(&mut s.hours.message_min_per_client_week)),
    ("hours/marketing_h_wk", ONE, |s, _| Some(&mut s.hours.marketing_h_wk)),
    ("hours/marketing_full_h_wk", ONE, |s, _| Some(&mut s.hours.marketing_full_h_wk)),
    ("hours/supervision_h_wk", ONE, |s, _| Some(&mut s.hours.supervision_h_wk)),
    ("hours/other_h_wk", ONE, |s, _| Some(&mut s.hours.other_h_wk)),
    ("hours/ce_h_year", ONE, |s, _| Some(&mut s.hours.ce_h_year)),
    ("hours/setup_h", ONE, |s, _| Some(&mut s.hours.setup_h)),
    ("tax/net_bp", ONE, |s, _| Some(&mut s.tax.net_bp)),
    ("tax/ss_base_cents", ONE, |s, _| Some(&mut s.tax.ss_base_cents)),
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    /// A scenario with something at every place.
    fn whole() -> Value {
        json!({
            "horizon_months": 12, "capacity_per_week": 20, "session_minutes": 53,
            "leads": {"per_week": 3},
            "episodes": [
                {"share_bp": 4000, "mean_weeks": 1, "visits_per_week": 1},
                {"share_bp": 6000, "mean_weeks": 30, "visits_per_week": 0.8}],
            "attendance": {"attended_bp": 8000, "no_show_bp": 500},
            "payers": [
                {"share_bp": 3000, "allowed_cents": 15000, "client_share_cents": 15000},
                {"share_bp": 7000, "allowed_cents": 11100, "claim": true}],
            "model": {"worker": "self", "split_bp": 7000, "split_of": "collected"},
            "fees": [{"unit": "bp_plan", "bp": 500}, {"unit": "month", "cents": 9900}],
            "overhead": [{"unit": "bp_client", "bp": 290}, {"unit": "claim", "cents": 300}],
        })
    }

    /// Where a place stands in that scenario: of a list, in its first element or its second.
    fn path(name: &str, index: usize) -> String {
        match name.split_once('/') {
            Some((list, name)) if LISTS.contains(&list) => format!("/{list}/{index}/{name}"),
            _ => format!("/{name}"),
        }
    }

    proptest! {
        #[test]
        fn a_number_set_at_its_place_is_the_number_read(
            at in prop::sample::select(&PLACES),
            index in 0..2_usize,
            number in prop_oneof![0.0..1.0_f64, 1.0..170.0_f64, 0.0..10_000.0_f64],
        ) {
            let (value, path) = (whole(), path(at.0, index));
            let now = Scenario::read(&value).unwrap();
            let mut varied = Varied::new(&value, now, [path.as_str()]);
            prop_assert!(varied.places.is_some(), "{} has its place", path);

            let read = Scenario::read_with(&value, &[(&path, number)]);
            // What is out of range by itself is refused before a place is used.
            let apart = ["episodes", "payers", "attendance"];
            let is_apart = |error: &Error| apart.contains(&error.field.as_str());
            match read {
                Err(error) if !is_apart(&error) => {}
                read => prop_assert_eq!(varied.with([number]).cloned(), read),
            }
        }
    }

    #[test]
    fn what_has_no_place_of_its_own_is_read_anew() {
        let value = whole();
        for path in
            ["/payers/1/allowed_cents", "/horizon_months", "/leads/0/per_week", "/fees/cents"]
        {
            let now = Scenario::read(&value).unwrap();
            let mut varied = Varied::new(&value, now, [path]);

            assert!(varied.places.is_none(), "{path}");
            let read = Scenario::read_with(&value, &[(path, 7.0)]);
            assert_eq!(varied.with([7.0]).cloned(), read, "{path}");
        }
    }
}

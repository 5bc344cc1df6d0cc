//! The way of the money in the demo: claims go out in the evening, the payer stand-in answers in
//! the morning and pays nine days later; a clean share of it is what clients bring themselves.

use anyhow::Context as _;
use billing::standin;
use ground::Acting;
use jiff::{SignedDuration, ToSpan};

use super::clients::{ALL, Story};
use super::weeks::{DENIED, Step, Weeks};

/// Days from a payer's answer to its money.
const PAYS_AFTER_DAYS: i64 = 9;
/// What a plan of the demo leaves to its client, each visit.
const COPAY: &str = "25.00";

impl Weeks<'_> {
    /// The practices, the group first.
    fn practices(&self) -> [ids::PracticeId; 2] {
        [self.cast.elm, self.cast.oak]
    }

    /// The biller sends what is ready.
    pub(super) async fn sends(&mut self, practice: usize) -> anyhow::Result<()> {
        let practice = self.practices()[practice];
        let path = format!("/p/{practice}/billing");
        if !self.bo.get(&path).await?.page.contains("/billing/claims/sending") {
            return Ok(());
        }
        self.bo.post(&format!("{path}/claims/sending"), &[]).await?;
        let mut tx = self.house.begin(&Acting::Job { practice }).await?;
        let out = billing::outgoing(&mut tx, practice).await?;
        tx.rollback().await?;
        for (file, _) in out {
            if !self.files.iter().any(|(_, known)| *known == file) {
                self.files.push((practice, file));
                let at = self.house.now() + SignedDuration::from_hours(13);
                self.then(at, Step::Answers(self.files.len() - 1));
            }
        }
        Ok(())
    }

    /// The clearinghouse and the payer say what they received; what is paid comes later.
    pub(super) async fn answers(&mut self, file: usize) -> anyhow::Result<()> {
        let (practice, file) = self.files[file];
        let mut tx = self.house.begin(&Acting::Job { practice }).await?;
        let claims = billing::bytes_of(&mut tx, practice, file).await?;
        let claims = claims.context("the file went out")?;
        let now = self.house.now().to_zoned_datetime(self.zone.clone());
        let paid_on = now.date().checked_add(PAYS_AFTER_DAYS.days())?;
        let answers = standin::answer(&claims, now.datetime(), paid_on);
        let answers = answers.map_err(anyhow::Error::msg)?;
        for (name, bytes) in [("999", &answers.ack_999), ("277CA", &answers.ack_277ca)] {
            billing::import(&mut tx, practice, name, bytes).await?;
        }
        tx.commit().await?;
        for paid in answers.remittances {
            self.paid.push((practice, paid));
            let at = self.house.now() + SignedDuration::from_hours(24 * PAYS_AFTER_DAYS + 2);
            self.then(at, Step::Remits(self.paid.len() - 1));
        }
        Ok(())
    }

    /// The biller takes in a remittance, and writes down the money that came with it.
    pub(super) async fn remits(&mut self, paid: usize) -> anyhow::Result<()> {
        let (practice, paid) = self.paid[paid].clone();
        let text = String::from_utf8(paid.bytes).context("a remittance is text")?;
        let name = format!("{}.835", paid.trace);
        let path = format!("/p/{practice}/billing/remittances");
        self.bo.post(&path, &[("name", &*name), ("text", &*text)]).await?;
        if paid.cents == 0 {
            return Ok(());
        }
        let (amount, once) = (dollars(paid.cents), self.fresh().to_string());
        let (month, day, year) = self.date_parts();
        let payer = super::cast::lonestar().to_string();
        let form = [
            ("once", &*once),
            ("payer", &*payer),
            ("deposit_cents", &*amount),
            ("deposit_way", "transfer"),
            ("trace", &*paid.trace),
            ("deposit_on_month", &*month),
            ("deposit_on_day", &*day),
            ("deposit_on_year", &*year),
        ];
        self.bo.post(&format!("/p/{practice}/books/deposits"), &form).await?;
        Ok(())
    }

    /// What somebody owes for a visit by now, if they pay at all.
    pub(super) fn owes_later(&mut self, it: usize, visit: usize) {
        let asks = &ALL[it];
        let is_denied = asks.story == Story::Denied && visit == DENIED;
        if is_denied {
            return;
        }
        // Those who pay themselves bring a check; a copay is known when the plan has answered.
        let days = if asks.insured { 12 } else { 0 };
        let at = self.house.now() + SignedDuration::from_hours(24 * days + 1);
        self.then(at, Step::Pays(it, visit));
    }

    pub(super) async fn pays(&mut self, it: usize, visit: usize) -> anyhow::Result<()> {
        let client = self.client(it)?.to_string();
        let amount = match (ALL[it].insured, visit) {
            (true, _) => COPAY,
            (false, 0) => "190.00",
            (false, _) => "175.00",
        };
        let once = self.fresh().to_string();
        let (month, day, year) = self.date_parts();
        let form = [
            ("once", &*once),
            ("client", &*client),
            ("cents", amount),
            ("way", "check"),
            ("on_month", &*month),
            ("on_day", &*day),
            ("on_year", &*year),
        ];
        self.bo.post(&format!("/p/{}/books/payments", self.practice(it)), &form).await?;
        Ok(())
    }

    /// An owner closes September.
    pub(super) async fn closes(&mut self, practice: usize) -> anyhow::Result<()> {
        let owner = [0, 4][practice];
        let practice = self.practices()[practice];
        let path = format!("/p/{practice}/statements");
        self.treat[owner].post(&path, &[("month", "2026-09-01")]).await?;
        Ok(())
    }

    /// Today as a form has it: month, day, year.
    pub(super) fn date_parts(&self) -> (String, String, String) {
        let today = self.today();
        (today.month().to_string(), today.day().to_string(), today.year().to_string())
    }
}

/// Cents as somebody types dollars.
fn dollars(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

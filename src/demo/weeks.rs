//! Eight weeks, lived through at the doors: each step happens at its moment, may ask for later
//! ones, and what it tells is taken up before the next.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use anyhow::Context as _;
use billing::standin::Paid;
use ground::db::{Role, Stores};
use ground::{Acting, House};
use ids::{ClientId, PacketId, PracticeId, Uuid};
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use sqlx::Executor as _;

use super::cast::{Cast, Treats};
use super::clients::{ALL, Asks, Story};
use super::door::{Doors, Somebody};
use crate::house;
use crate::terminal::Progress;

/// The first Monday.
pub const FIRST: Date = date(2026, 9, 7);
/// The day that it is when the demo is ready, a Monday, and the minute of that day.
pub const READY: (Date, i64) = (date(2026, 11, 2), 8 * 60 + 40);
/// The visit whose claim is denied, so that its answer is some days old when the demo is ready.
pub(super) const DENIED: usize = 5;
/// Weeks that are lived through.
const WEEKS: u64 = 8;

/// What happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// A request arrives.
    Asks(usize),
    /// The coordinator calls, and puts the request before somebody.
    Calls(usize),
    /// The one asked first says no.
    Declines(usize),
    /// The request is put before the one who takes it.
    OffersAgain(usize),
    /// The clinician says yes.
    Accepts(usize),
    /// The client fills in their forms.
    FillsIn(usize),
    /// The scheduler books the visit of a week.
    Books(usize, usize),
    /// The client cancels it.
    Cancels(usize, usize),
    /// The visit begins.
    Begins(usize, usize),
    /// It ends.
    Ends(usize, usize),
    /// The note is written and signed.
    Signs(usize, usize),
    /// They did not come.
    Misses(usize, usize),
    /// What a client owes for a visit is paid by check.
    Pays(usize, usize),
    /// The biller sends what is ready in a practice.
    Sends(usize),
    /// The payer's answers to a file come back.
    Answers(usize),
    /// A payer's remittance comes, and its money with it.
    Remits(usize),
    /// A practice's owner closes the month that is over.
    Closes(usize),
    /// The operator's owner tries to open a client's chart.
    Tries(usize),
    /// A clinician takes nobody new for two weeks.
    Pauses(usize),
}

/// What has come of somebody's request.
#[derive(Clone, Default)]
struct Came {
    lead: Uuid,
    offer: Uuid,
    client: Option<ClientId>,
    portal: Option<Somebody>,
    appointment: String,
    session: String,
}

/// Everything that the weeks need.
pub struct Weeks<'a> {
    pub(super) house: &'a House,
    doors: Doors,
    pub(super) cast: &'a Cast,
    pub(super) zone: TimeZone,
    ina: Somebody,
    sue: Somebody,
    pub(super) bo: Somebody,
    pub(super) treat: Vec<Somebody>,
    came: Vec<Came>,
    /// Files of claims that went out: practice, and which.
    pub(super) files: Vec<(PracticeId, Uuid)>,
    /// What the payer pays: to which practice.
    pub(super) paid: Vec<(PracticeId, Paid)>,
    ahead: BinaryHeap<Reverse<(Timestamp, usize, Step)>>,
    order: usize,
}

impl<'a> Weeks<'a> {
    /// Lets everybody in.
    pub async fn begin(house: &'a House, cast: &'a Cast) -> anyhow::Result<Self> {
        let doors = Doors::of(house);
        let mut treat = Vec::new();
        for it in &cast.treat {
            treat.push(doors.come_in(it.name, it.person, false).await?);
        }
        let mut weeks = Self {
            house,
            cast,
            zone: TimeZone::get("America/Chicago")?,
            ina: doors.come_in("Ina Moss", cast.ina, false).await?,
            sue: doors.come_in("Sue Park", cast.sue, false).await?,
            bo: doors.come_in("Bo Lindqvist", cast.bo, false).await?,
            files: Vec::new(),
            paid: Vec::new(),
            treat,
            came: vec![Came::default(); ALL.len()],
            ahead: BinaryHeap::new(),
            order: 0,
            doors,
        };
        for (at, asks) in ALL.iter().enumerate() {
            let minute = match asks.story {
                // Early enough that the coordinator has called before the demo is ready.
                Story::Offered => 7 * 60 + 45,
                _ => 9 * 60 + i64::try_from(at).unwrap_or(0) * 17 % 240,
            };
            weeks.then(weeks.at(asks.day, minute)?, Step::Asks(at));
        }
        weeks.then(weeks.at(21, 12 * 60)?, Step::Pauses(3));
        for day in (0..56).filter(|day| day % 7 < 5) {
            for practice in 0..2 {
                weeks.then(weeks.at(day, 19 * 60 + 30)?, Step::Sends(practice));
            }
        }
        weeks.then(weeks.at(53, 15 * 60)?, Step::Tries(0));
        // September is over on its last day; the remittances of its work come until then.
        for practice in 0..2 {
            weeks.then(weeks.at(28, 10 * 60)?, Step::Closes(practice));
        }
        Ok(weeks)
    }

    /// An instant of the demo: days after the first Monday, and minutes after midnight.
    fn at(&self, day: i64, minute: i64) -> anyhow::Result<Timestamp> {
        let date = FIRST.checked_add(day.days())?;
        let midnight = date.to_zoned_datetime(self.zone.clone())?;
        let at = midnight.datetime().checked_add(minute.minutes())?;
        Ok(at.to_zoned_datetime(self.zone.clone())?.timestamp())
    }

    pub(super) fn then(&mut self, at: Timestamp, step: Step) {
        self.order += 1;
        self.ahead.push(Reverse((at, self.order, step)));
    }

    fn soon(&mut self, minutes: i64, step: Step) {
        let at = self.house.now() + SignedDuration::from_mins(minutes);
        self.then(at, step);
    }

    /// Lives through all of them.
    pub async fn live(mut self, stores: &Stores, progress: &mut Progress) -> anyhow::Result<()> {
        let ready = READY.0.to_zoned_datetime(self.zone.clone())?.timestamp()
            + SignedDuration::from_mins(READY.1);
        let mut week = 0;
        while let Some(Reverse((at, _, step))) = self.ahead.pop() {
            if ready <= at {
                break;
            }
            let now_in = at.duration_since(self.at(0, 0)?).as_hours() / (24 * 7) + 1;
            while week < u64::try_from(now_in).unwrap_or(0).min(WEEKS) {
                week += 1;
                progress.step(&format!("week {week} of {WEEKS}"));
                // A year of growth in a minute: plans made for empty tables are made anew.
                stores.connection(Role::Owner).await?.execute("analyze").await?;
            }
            self.until(at);
            self.take(step).await.with_context(|| format!("{step:?}"))?;
            house::wiring().drain(self.house).await?;
        }
        self.until(ready);
        house::wiring().drain(self.house).await?;
        Ok(())
    }

    fn until(&self, at: Timestamp) {
        let ahead = at.duration_since(self.house.now());
        if ahead.is_positive() {
            self.house.clock().advance(ahead);
        }
    }

    async fn take(&mut self, step: Step) -> anyhow::Result<()> {
        match step {
            Step::Asks(it) => self.asks(it).await,
            Step::Calls(it) => self.calls(it).await,
            Step::Declines(it) => self.declines(it).await,
            Step::OffersAgain(it) => self.offer(it, ALL[it].with).await,
            Step::Accepts(it) => self.accepts(it).await,
            Step::FillsIn(it) => self.fills_in(it).await,
            Step::Books(it, visit) => self.books(it, visit).await,
            Step::Cancels(it, visit) => self.cancels(it, visit).await,
            Step::Begins(it, visit) => self.begins(it, visit).await,
            Step::Ends(it, visit) => self.ends(it, visit).await,
            Step::Signs(it, visit) => self.signs(it, visit).await,
            Step::Misses(it, visit) => self.misses(it, visit).await,
            Step::Pays(it, visit) => self.pays(it, visit).await,
            Step::Sends(practice) => self.sends(practice).await,
            Step::Answers(file) => self.answers(file).await,
            Step::Remits(paid) => self.remits(paid).await,
            Step::Closes(practice) => self.closes(practice).await,
            Step::Tries(it) => self.tries(it).await,
            Step::Pauses(who) => self.pauses(who).await,
        }
    }

    fn treats(&self, it: usize) -> &Treats {
        &self.cast.treat[ALL[it].with]
    }

    pub(super) fn practice(&self, it: usize) -> PracticeId {
        self.treats(it).practice
    }

    /// The client that somebody became.
    pub(super) fn client(&self, it: usize) -> anyhow::Result<ClientId> {
        self.came[it].client.context("nobody became a client")
    }

    pub(super) fn fresh(&self) -> Uuid {
        self.house.new_id()
    }

    async fn asks(&mut self, it: usize) -> anyhow::Result<()> {
        let asks: &Asks = &ALL[it];
        let lead = self.fresh();
        self.came[it].lead = lead;
        let once = lead.to_string();
        let name = format!("{} {}", asks.name.0, asks.name.1);
        let address = address(asks);
        let pays = if asks.insured { super::cast::lonestar().to_string() } else { "self".into() };
        let form = [
            ("once", &*once),
            ("topic", asks.topic),
            ("words", asks.words),
            ("age", "26-64"),
            ("name", &*name),
            ("state", "TX"),
            ("pays", &*pays),
            ("times", if asks.slot.1 < 12 { "mornings" } else { "afternoons" }),
            ("meets", if asks.video { "video" } else { "office" }),
            ("address", &*address),
            ("phone", "512 555 0142"),
            ("may", "email"),
            ("may", "call"),
        ];
        self.doors.stranger().post("/care/request", &form).await?;
        if asks.story != Story::Waits {
            let wait = 20 + i64::try_from(it).unwrap_or(0) * 13 % 90;
            self.soon(wait, Step::Calls(it));
        }
        Ok(())
    }

    async fn calls(&mut self, it: usize) -> anyhow::Result<()> {
        let at = format!("/desk/leads/{}", self.came[it].lead);
        let once = self.fresh().to_string();
        let form = [
            ("once", &*once),
            ("channel", "call"),
            ("outcome", "reached"),
            ("known", "need"),
            ("known", "pay"),
        ];
        self.ina.post(&format!("{at}/contacts"), &form).await?;
        if ALL[it].story == Story::Declined {
            self.offer(it, 0).await?;
            self.soon(95, Step::Declines(it));
            return Ok(());
        }
        self.offer(it, ALL[it].with).await
    }

    /// The coordinator puts a request before a clinician, who answers later.
    async fn offer(&mut self, it: usize, before: usize) -> anyhow::Result<()> {
        let offer = self.fresh();
        self.came[it].offer = offer;
        let treats = &self.cast.treat[before];
        let (once, practice) = (offer.to_string(), treats.practice.to_string());
        let clinician = treats.id.to_string();
        let form = [("once", &*once), ("practice", &*practice), ("clinician", &*clinician)];
        self.ina.post(&format!("/desk/leads/{}/offers", self.came[it].lead), &form).await?;
        if before == ALL[it].with && ALL[it].story != Story::Offered {
            self.soon(70 + i64::try_from(it).unwrap_or(0) * 7 % 60, Step::Accepts(it));
        }
        Ok(())
    }

    async fn declines(&mut self, it: usize) -> anyhow::Result<()> {
        let at = format!("/p/{}/offers/{}", self.cast.elm, self.came[it].offer);
        self.treat[0].post(&format!("{at}/decline"), &[]).await?;
        self.soon(15, Step::OffersAgain(it));
        Ok(())
    }

    async fn accepts(&mut self, it: usize) -> anyhow::Result<()> {
        let at = format!("/p/{}/offers/{}", self.practice(it), self.came[it].offer);
        let who = self.treat[ALL[it].with].clone();
        who.get(&at).await?;
        let answer = who.post(&format!("{at}/acceptance"), &[]).await?;
        let to = answer.to.unwrap_or_default();
        let client = to.split("/clients/").nth(1).and_then(|it| it.split('/').next());
        let client = client.and_then(|it| it.parse().ok());
        let client = client.with_context(|| format!("accepting led to {to}"))?;
        self.came[it].client = Some(client);
        self.soon(6 * 60, Step::FillsIn(it));
        let first = self.first_visit(it)?;
        let booked = self.house.now() + SignedDuration::from_mins(45);
        anyhow::ensure!(booked < first, "the first visit lies behind");
        self.soon(45, Step::Books(it, 0));
        Ok(())
    }

    /// When somebody comes for the first time: in the week after they asked.
    fn first_visit(&self, it: usize) -> anyhow::Result<Timestamp> {
        self.visit_at(it, 0)
    }

    /// When somebody comes for the visit of a week, counted from their first.
    fn visit_at(&self, it: usize, visit: usize) -> anyhow::Result<Timestamp> {
        let asks = &ALL[it];
        let week = asks.day / 7 + 1 + i64::try_from(visit)?;
        self.at(week * 7 + asks.slot.0, i64::from(asks.slot.1) * 60)
    }

    async fn fills_in(&mut self, it: usize) -> anyhow::Result<()> {
        let asks = &ALL[it];
        let client = self.client(it)?;
        let known = people::demo::known(self.house, self.practice(it), client).await?;
        let person = known.context("the client has no address")?;
        let portal = self.doors.come_in(asks.name.0, person, true).await?;
        let packet: PacketId = portal.get("/me/forms").await?.first("/me/forms/", "\"")?.parse()?;
        let at = |page: &str| format!("/me/forms/{packet}/{page}");
        let born = 1960 + i64::try_from(it)? * 7 % 40;
        let (born, zip) = (born.to_string(), format!("787{:02}", it + 1));
        // An even number has a copay at the stand-in.
        let member = format!("LS{:07}", 4_100_200 + it * 138);
        let name = format!("{} {}", asks.name.0, asks.name.1);
        let pages: &[(&str, &[(&str, &str)])] = &[
            ("name", &[("first_name", asks.name.0), ("last_name", asks.name.1)]),
            ("birth-date", &[("born_month", "4"), ("born_day", "12"), ("born_year", &born)]),
            (
                "address",
                &[("street", "12 Oak Street"), ("city", "Austin"), ("state", "TX"), ("zip", &zip)],
            ),
            ("phone", &[("phone", "512 555 0142")]),
            ("someone-to-call", &[]),
            ("paying", &[("paying", if asks.insured { "insurance" } else { "self" })]),
        ];
        for (page, form) in pages {
            portal.post(&at(page), form).await?;
        }
        if asks.insured {
            let payer = super::cast::lonestar().to_string();
            let form = [
                ("payer", &*payer),
                ("member_id", &*member),
                ("sex", if it.is_multiple_of(2) { "M" } else { "F" }),
                ("relation", "self"),
            ];
            portal.post(&at("insurance"), &form).await?;
        }
        for page in ["care", "privacy", "fees"] {
            let form = [("version", "1"), ("agree", "yes"), ("signs_as", &*name)];
            portal.post(&at(page), &form).await?;
        }
        portal.post(&at("sending"), &[]).await?;
        self.came[it].portal = Some(portal);
        Ok(())
    }

    async fn books(&mut self, it: usize, visit: usize) -> anyhow::Result<()> {
        let starts = self.visit_at(it, visit)?;
        let practice = self.practice(it);
        let client = self.client(it)?;
        let mut tx = self.house.begin(&Acting::Job { practice }).await?;
        let types = calendar::visit_types(&mut tx, practice).await?;
        tx.rollback().await?;
        let kind = types.iter().find(|it| it.is_first == (visit == 0));
        let kind = kind.context("no such visit can be booked")?.id.to_string();
        let with = self.treats(it).id.to_string();
        let (at, once) = (starts.to_string(), self.fresh().to_string());
        let form = [
            ("once", &*once),
            ("with", &*with),
            ("type", &*kind),
            ("place", if ALL[it].video { "video" } else { "office" }),
            ("at", &*at),
        ];
        let path = format!("/p/{practice}/clients/{client}/booking");
        let held = self.sue.post(&path, &form).await?.to.context("nothing was held")?;
        let once = self.fresh().to_string();
        let booked = self.sue.post(&format!("{held}/booking"), &[("once", &*once)]).await?;
        self.came[it].appointment = booked.to.context("nothing was booked")?;
        match ALL[it].story {
            Story::Canceled(of) if of == visit => {
                self.then(starts - SignedDuration::from_hours(50), Step::Cancels(it, visit));
            }
            Story::Missed(of) if of == visit => {
                self.then(starts + SignedDuration::from_mins(20), Step::Misses(it, visit));
            }
            _ => {
                let late = i64::try_from((it + visit) % 4)?;
                self.then(starts + SignedDuration::from_mins(late), Step::Begins(it, visit));
            }
        }
        Ok(())
    }

    /// The week after, at the same hour.
    fn next_week(&mut self, it: usize, visit: usize) {
        self.soon(30, Step::Books(it, visit + 1));
    }

    async fn cancels(&mut self, it: usize, visit: usize) -> anyhow::Result<()> {
        let at = format!("{}/cancellation", self.came[it].appointment);
        self.sue.post(&at, &[("for", "client")]).await?;
        self.next_week(it, visit);
        Ok(())
    }

    async fn begins(&mut self, it: usize, visit: usize) -> anyhow::Result<()> {
        let at = format!("{}/session", self.came[it].appointment);
        let who = self.treat[ALL[it].with].clone();
        who.post(&at, &[]).await?;
        let page = who.get(&at).await?;
        self.came[it].session = page.first("/sessions/", "/ending")?;
        let minutes = 54 + i64::try_from((it * 3 + visit) % 4)?;
        self.soon(minutes, Step::Ends(it, visit));
        Ok(())
    }

    async fn ends(&mut self, it: usize, visit: usize) -> anyhow::Result<()> {
        let at = format!("/p/{}/sessions/{}", self.practice(it), self.came[it].session);
        self.treat[ALL[it].with].post(&format!("{at}/ending"), &[]).await?;
        let is_last = READY.0 <= self.today() + 3.days();
        if ALL[it].story != Story::Unsigned || !is_last {
            match self.writes_in_the_evening(it) {
                Some(at) => self.then(at, Step::Signs(it, visit)),
                None => self.soon(2, Step::Signs(it, visit)),
            }
        }
        self.next_week(it, visit);
        Ok(())
    }

    /// Ada writes her notes in the evening at first, before the day's claims go out; then she keeps
    /// time for them between visits, and her own page shows the change.
    fn writes_in_the_evening(&self, it: usize) -> Option<Timestamp> {
        let day = i64::from((self.today() - FIRST).get_days());
        let is_evening = ALL[it].with == 0 && day < 35;
        let evening = self.at(day, 18 * 60 + 40).ok()?;
        (is_evening && self.house.now() < evening).then_some(evening)
    }

    async fn signs(&mut self, it: usize, visit: usize) -> anyhow::Result<()> {
        let practice = self.practice(it);
        let who = self.treat[ALL[it].with].clone();
        match (ALL[it].story, visit) {
            // A reason for a visit and no illness: the plan does not cover it.
            (Story::Denied, DENIED) => self.changes_diagnosis(it, &who, "Z63.0").await?,
            (Story::Denied, visit) if visit == DENIED + 1 => {
                self.changes_diagnosis(it, &who, code_of(&ALL[it])).await?;
            }
            (_, 0) => self.diagnoses(it, &who, code_of(&ALL[it])).await?,
            _ => {}
        }
        let at = format!("/p/{practice}/sessions/{}/note", self.came[it].session);
        let tab = self.fresh().to_string();
        let service = if visit == 0 { "evaluation" } else { "individual" };
        let form = |version: &'static str, plan: &'static str| {
            [
                ("tab", tab.clone()),
                ("version", version.to_owned()),
                ("service", service.to_owned()),
                ("subjective", "Made up for the demo: the week, and how it was slept.".to_owned()),
                ("objective", "Made up for the demo.".to_owned()),
                ("assessment", "Made up for the demo: goes on as planned.".to_owned()),
                ("plan", plan.to_owned()),
            ]
        };
        // As a person writes: one burst, a little of everything, then the rest.
        for (version, plan) in [("0", "Made up"), ("1", "Made up for the demo: same hour.")] {
            let typed = form(version, plan);
            let typed: Vec<(&str, &str)> = typed.iter().map(|(k, v)| (*k, &**v)).collect();
            who.post(&at, &typed).await?;
            self.house.clock().advance(SignedDuration::from_secs(100));
        }
        let once = self.fresh().to_string();
        who.post(&format!("{at}/signature"), &[("version", "2"), ("once", &*once)]).await?;
        self.owes_later(it, visit);
        Ok(())
    }

    /// The date by the practices' clock.
    pub(super) fn today(&self) -> Date {
        self.house.now().to_zoned_datetime(self.zone.clone()).date()
    }

    async fn diagnoses(&self, it: usize, who: &Somebody, code: &str) -> anyhow::Result<()> {
        let client = self.client(it)?;
        let (month, day, year) = self.date_parts();
        let once = self.fresh().to_string();
        let form = [
            ("once", &*once),
            ("code", code),
            ("since_month", &*month),
            ("since_day", &*day),
            ("since_year", &*year),
        ];
        let practice = self.practice(it);
        who.post(&format!("/p/{practice}/clients/{client}/chart/diagnoses"), &form).await?;
        Ok(())
    }

    async fn changes_diagnosis(&self, it: usize, who: &Somebody, code: &str) -> anyhow::Result<()> {
        let at = format!("/p/{}/clients/{}/chart", self.practice(it), self.client(it)?);
        let page = who.get(&at).await?;
        let which = page.first(&format!("{at}/diagnoses/"), "/ending")?;
        who.post(&format!("{at}/diagnoses/{which}/ending"), &[]).await?;
        self.diagnoses(it, who, code).await
    }

    async fn misses(&mut self, it: usize, visit: usize) -> anyhow::Result<()> {
        let at = format!("{}/outcome", self.came[it].appointment);
        self.treat[ALL[it].with].post(&at, &[]).await?;
        self.next_week(it, visit);
        Ok(())
    }

    async fn tries(&mut self, it: usize) -> anyhow::Result<()> {
        let oz = self.doors.come_in("Oz Adeyemi", self.cast.oz, false).await?;
        let client = self.client(it)?;
        oz.is_refused(&format!("/p/{}/clients/{client}/chart", self.practice(it))).await
    }

    async fn pauses(&mut self, who: usize) -> anyhow::Result<()> {
        let it = &self.cast.treat[who];
        let until = FIRST.checked_add(70.days())?;
        let (month, day) = (until.month().to_string(), until.day().to_string());
        let year = until.year().to_string();
        let form = [("reopens_month", &*month), ("reopens_day", &*day), ("reopens_year", &*year)];
        let path = format!("/p/{}/hours/{}/pause", it.practice, it.id);
        self.treat[who].post(&path, &form).await?;
        Ok(())
    }
}

/// The diagnosis that goes with what brought somebody.
fn code_of(asks: &Asks) -> &'static str {
    match asks.topic {
        "low_mood" => "F33.1",
        "sleep" => "F51.01",
        _ => "F41.1",
    }
}

fn address(asks: &Asks) -> String {
    format!("{}.{}@mail.example", asks.name.0, asks.name.1).to_lowercase()
}

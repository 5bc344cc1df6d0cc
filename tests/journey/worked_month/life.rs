//! Two months of Ben's, lived at the house's own doors: visits, notes, claims, answers, payments,
//! hours and the months' end.

use std::collections::BTreeMap;

use calendar::{Answer, Booking, Place, VisitType};
use chart::{Save, Soap};
use codes::Service as Kind;
use ground::policy::Act;
use ground::testing::{Browser, TestHouse};
use ground::work::Wiring;
use ground::{Acting, House};
use ids::{AppointmentId, ClientId, PracticeId, SessionId, Uuid};
use jiff::SignedDuration;
use jiff::civil::{Date, Weekday, date};
use people::cast::{self, Cast};
use terms::PayerCode;

use super::payers::{BLUE_MESA, FEE, Insurer, LONE_STAR};
use super::setting;
use crate::house::rooms::joined as rooms;

/// The one session of March.
const MARCH: Date = date(2026, 3, 24);
/// The hour of each of the three visits of a day, and how long its session is.
const VISITS: [(i8, i64); 3] = [(9, 55), (11, 53), (14, 56)];
/// The days on which whoever pays themselves does not come.
const MISSED: [Date; 3] = [date(2026, 4, 7), date(2026, 4, 15), date(2026, 4, 24)];
/// Everybody, and what they did so far.
pub struct Life {
    pub house: TestHouse,
    pub cast: Cast,
    pub bo: Browser,
    pub ben: Browser,
    pub ada: Browser,
    wiring: Wiring,
    visit: VisitType,
    /// By visit of the day, then by weekday.
    clients: Vec<Vec<ClientId>>,
    /// The number of the claim of a day, by insurer.
    claims: BTreeMap<(&'static str, Date), String>,
    remitted: u32,
}

impl Life {
    fn house(&self) -> &House {
        &self.house.house
    }

    pub fn elm(&self) -> PracticeId {
        self.cast.elm
    }

    /// Founds everybody; it is the day before the first that counts.
    pub async fn begin(test: &TestHouse) -> Self {
        let (house, wiring) = (&test.house, rooms::wiring());
        ground::events::register(&test.stores, &wiring.listeners).await.unwrap();
        let cast = cast::everybody(house).await.unwrap();
        setting::lists_blue_mesa(test).await;
        move_to(house, setting::SINCE, 8, 0);
        setting::agree(house, &cast).await;
        hours::cast::works_weekdays(house, &cast.ben, cast.elm, cast.ben_treats.id).await.unwrap();
        let visits = calendar::cast::visits(house, &cast.ada, cast.elm).await.unwrap();
        let visit = visits.into_iter().find(|it| it.cpt.as_deref() == Some("90837")).unwrap();
        let clients = setting::clients(house, &cast).await;
        let doors = |acting: &Acting| {
            let all = rooms::ROOMS.iter().map(|room| (room.routes)());
            Browser::of(test, all, acting)
        };
        let serves = terms::cast::acting(house, &cast.bo).await.unwrap();
        Self {
            bo: doors(&serves),
            ben: doors(&cast.ben.acting()),
            ada: doors(&cast.ada.acting()),
            house: test.clone(),
            cast,
            wiring,
            visit,
            clients,
            claims: BTreeMap::new(),
            remitted: 0,
        }
    }

    /// March: one session, paid by Lone Star and its client.
    pub async fn lives_march(&mut self) {
        self.books(MARCH, 0).await;
        self.holds(MARCH, 0).await;
        self.charges(MARCH, &[LONE_STAR]).await;
        self.files_claims(MARCH).await;
        move_to(self.house(), date(2026, 3, 30), 10, 0);
        let paid = LONE_STAR.paid(&self.claims[&(LONE_STAR.code, MARCH)], LONE_STAR.copay);
        self.is_answered(LONE_STAR, date(2026, 3, 30), vec![paid]).await;
        self.pays(0, Weekday::Tuesday, LONE_STAR.copay, None).await;
        move_to(self.house(), date(2026, 4, 1), 7, 0);
        self.closes("2026-03-01").await;
    }

    /// April, day by day.
    pub async fn lives_april(&mut self) {
        let mut day = date(2026, 4, 1);
        while day.month() == 4 {
            if day.weekday().to_monday_zero_offset() < 5 {
                self.lives(day).await;
            }
            day = day.tomorrow().unwrap();
        }
        self.says_hours().await;
        move_to(self.house(), date(2026, 5, 1), 9, 0);
        self.closes("2026-04-01").await;
    }

    async fn lives(&mut self, day: Date) {
        move_to(self.house(), day, 8, 0);
        let last = day == date(2026, 4, 30);
        let visits = if last { 2 } else { 3 };
        for visit in 0..visits {
            self.books(day, visit).await;
        }
        for visit in 0..visits {
            self.holds(day, visit).await;
        }
        self.charges(day, &[LONE_STAR, BLUE_MESA]).await;
        self.pays_for_the_day(day).await;
        let day_of_month = day.day();
        if [10, 17, 24, 30].contains(&day_of_month) {
            self.files_claims(day).await;
        }
        match day_of_month {
            15 => self.lone_star_answers_first(day).await,
            17 => self.brings_copays(0, &[(0, 25), (1, 25), (2, 50), (3, 50), (4, 25)]).await,
            22 => self.blue_mesa_answers(day).await,
            24 => self.brings_copays(1, &[(0, 40), (1, 40), (2, 60), (4, 60)]).await,
            29 => self.lone_star_answers_again(day).await,
            30 => {
                self.brings_copays(0, &[(1, 50), (2, 50)]).await;
                self.pays(0, Weekday::Monday, 6_500, Some("2.19")).await;
            }
            _ => {}
        }
    }

    fn client(&self, visit: usize, day: Date) -> ClientId {
        self.clients[visit][usize::try_from(day.weekday().to_monday_zero_offset()).unwrap()]
    }

    async fn books(&self, day: Date, visit: usize) {
        let house = self.house();
        let mut tx = house.begin(&self.cast.ben.acting()).await.unwrap();
        let booking = Booking {
            id: appointment(day, visit),
            clinician: self.cast.ben_treats.id,
            client: self.client(visit, day),
            visit_type: self.visit.id,
            place: Place::Office,
            starts_at: instant(day, VISITS[visit].0, 0),
        };
        let answer = calendar::book(&mut tx, self.elm(), self.cast.ben.person, &booking).await;
        assert!(matches!(answer, Ok(Answer::Yours(_))), "{day} {visit}: {answer:?}");
        tx.commit().await.unwrap();
    }

    /// A session is held and its note written and signed; or nobody comes, which is charged.
    async fn holds(&self, day: Date, visit: usize) {
        let (hour, minutes) = VISITS[visit];
        let (house, acting) = (self.house().clone(), self.cast.ben.acting());
        let appointment = appointment(day, visit);
        if visit == 2 && MISSED.contains(&day) {
            move_to(&house, day, hour, 20);
            self.is_missed(day, appointment).await;
            return;
        }
        move_to(&house, day, hour, 0);
        let held = session::cast::held(&house, &acting, self.elm(), appointment, minutes).await;
        if visit == 2 {
            move_to(&house, day, 18, 0);
        }
        self.writes(held.unwrap()).await;
    }

    async fn is_missed(&self, day: Date, appointment: AppointmentId) {
        let elm = self.elm();
        let path = format!("/p/{elm}/appointments/{appointment}/outcome");
        let answer = self.ben.post(&path, &[]).await;
        assert!(answer.to.is_some(), "{}", answer.page);

        let account = format!("/p/{elm}/clients/{}/account", self.client(2, day));
        assert!(self.bo.get(&account).await.page.contains("did not come"));
        let (once, visit) = (self.house().new_id::<Uuid>().to_string(), appointment.to_string());
        let form = [("once", &*once), ("visit", &*visit), ("cents", "75.00")];
        let answer = self.bo.post(&format!("{account}/fees"), &form).await;
        assert_eq!(answer.to.as_deref(), Some(&*account), "{}", answer.page);
    }

    /// A note is written for five minutes, saved four times, and signed.
    async fn writes(&self, session: SessionId) {
        let (house, acting) = (self.house(), self.cast.ben.acting());
        let known = acting.known(self.elm()).unwrap();
        let tab = house.new_id();
        let text = Soap {
            subjective: "Made up: the week, and how it was slept.".into(),
            objective: "Made up.".into(),
            assessment: "Made up: goes on as planned.".into(),
            plan: "Made up: same hour.".into(),
        };
        for _ in 0..3 {
            let mut tx = house.begin(&acting).await.unwrap();
            let found = session::session(&mut tx, self.elm(), session).await.unwrap().unwrap();
            let chart::Note::Draft(draft) = chart::note_of(&mut tx, &found).await.unwrap() else {
                panic!("it is a draft until it is signed");
            };
            let permit = tx.may(Act::WriteNote, &draft.about, &[&known]).await.unwrap();
            let save = Save { tab, seen: draft.version, service: Kind::Individual };
            chart::save(&mut tx, &permit, &draft, save, &text).await.unwrap();
            tx.commit().await.unwrap();
            house.clock().advance(SignedDuration::from_secs(95));
        }
        let kind = Kind::Individual;
        let signed = chart::cast::signed(house, &acting, self.elm(), session, kind, &text).await;
        signed.unwrap();
        house.clock().advance(SignedDuration::from_secs(15));
    }

    /// What was signed becomes charges and claims, whose numbers come back in answers.
    async fn charges(&mut self, day: Date, insurers: &[Insurer]) {
        self.wiring.drain(self.house()).await.unwrap();
        let mut tx = self.house().begin(&Acting::Job { practice: self.elm() }).await.unwrap();
        let all = billing::charges(&mut tx, self.elm()).await.unwrap();
        for insurer in insurers {
            let is_its = |it: &&billing::Charge| {
                let payer = it.payer.as_ref().map(PayerCode::as_str);
                it.service_on == day && payer == Some(insurer.code)
            };
            let charge = all.iter().find(is_its).unwrap().id;
            let claim = billing::claim_of(&mut tx, self.elm(), charge).await.unwrap().unwrap();
            self.claims.insert((insurer.code, day), claim.number);
        }
    }

    async fn files_claims(&self, day: Date) {
        move_to(self.house(), day, 19, 0);
        let at = format!("/p/{}/billing/claims/sending", self.elm());
        let answer = self.bo.post(&at, &[]).await;
        assert!(answer.to.is_some(), "{}", answer.page);
    }

    /// A biller takes an answer in, and writes down the deposit that comes with it.
    async fn is_answered(
        &mut self,
        insurer: Insurer,
        day: Date,
        claims: Vec<x12::remittance_835::ClaimPayment>,
    ) {
        self.remitted += 1;
        let (text, cents) = insurer.remits(self.remitted, day, claims);
        let at = format!("/p/{}/billing/remittances", self.elm());
        let answer = self.bo.post(&at, &[("name", "835"), ("text", &text)]).await;
        assert!(answer.to.is_some(), "{}", answer.page);
        let (once, amount) = (self.house().new_id::<Uuid>().to_string(), typed(cents));
        let (month, day_of_month) = (day.month().to_string(), day.day().to_string());
        let trace = insurer.trace(self.remitted);
        let form = [
            ("once", &*once),
            ("payer", insurer.code),
            ("deposit_cents", &*amount),
            ("deposit_way", "transfer"),
            ("trace", &*trace),
            ("deposit_on_month", &*month),
            ("deposit_on_day", &*day_of_month),
            ("deposit_on_year", "2026"),
        ];
        let answer = self.bo.post(&format!("/p/{}/books/deposits", self.elm()), &form).await;
        assert!(answer.to.is_some(), "{}", answer.page);
        self.wiring.drain(self.house()).await.unwrap();
    }

    /// The days between two on which an insurer's clients came.
    fn days(&self, insurer: Insurer, (from, to): (i8, i8)) -> Vec<Date> {
        let within = |day: &Date| day.month() == 4 && (from..=to).contains(&day.day());
        let all = self.claims.keys().filter(|(code, _)| *code == insurer.code);
        all.map(|(_, day)| *day).filter(within).collect()
    }

    fn answers(
        &self,
        insurer: Insurer,
        days: (i8, i8),
        denied: i8,
    ) -> Vec<x12::remittance_835::ClaimPayment> {
        let answer = |day: Date| {
            let number = &self.claims[&(insurer.code, day)];
            match day.day() == denied {
                true => insurer.denied(number),
                false => insurer.paid(number, insurer.copay),
            }
        };
        self.days(insurer, days).into_iter().map(answer).collect()
    }

    async fn lone_star_answers_first(&mut self, day: Date) {
        let claims = self.answers(LONE_STAR, (1, 10), 3);
        assert_eq!(claims.len(), 8);
        self.is_answered(LONE_STAR, day, claims).await;
    }

    async fn blue_mesa_answers(&mut self, day: Date) {
        let claims = self.answers(BLUE_MESA, (1, 17), 9);
        assert_eq!(claims.len(), 13);
        self.is_answered(BLUE_MESA, day, claims).await;
    }

    /// Ten claims; April 6 is taken back and paid anew; March 24 is taken back.
    async fn lone_star_answers_again(&mut self, day: Date) {
        let mut claims = self.answers(LONE_STAR, (13, 24), 16);
        assert_eq!(claims.len(), 10);
        let april_6 = &self.claims[&(LONE_STAR.code, date(2026, 4, 6))];
        claims.push(LONE_STAR.taken_back(april_6));
        claims.push(LONE_STAR.paid(april_6, 4_000));
        claims.push(LONE_STAR.taken_back(&self.claims[&(LONE_STAR.code, MARCH)]));
        self.is_answered(LONE_STAR, day, claims).await;
    }

    /// What those bring who pay themselves: by card from Monday to Wednesday, in cash after.
    async fn pays_for_the_day(&self, day: Date) {
        let weekday = day.weekday();
        match (weekday, day.day()) {
            // Nobody came.
            (_, 7 | 24 | 30) => {}
            // The client of Friday does not pay the third.
            (Weekday::Friday, 17) => {}
            (_, 15) => {}
            (Weekday::Tuesday, 14) => {
                self.pays(2, weekday, 7_500, None).await;
                self.pays(2, weekday, FEE, Some("5.09")).await;
            }
            (Weekday::Wednesday, 22) => {
                self.pays(2, weekday, 7_500, Some("2.48")).await;
                self.pays(2, weekday, FEE, Some("5.09")).await;
            }
            (Weekday::Monday | Weekday::Tuesday | Weekday::Wednesday, _) => {
                self.pays(2, weekday, FEE, Some("5.09")).await;
            }
            _ => self.pays(2, weekday, FEE, None).await,
        }
    }

    /// Clients bring in cash what their plans left to them: weekday and dollars.
    async fn brings_copays(&self, visit: usize, parts: &[(i8, i64)]) {
        for (weekday, dollars) in parts {
            let weekday = Weekday::from_monday_zero_offset(*weekday).unwrap();
            self.pays(visit, weekday, dollars * 100, None).await;
        }
    }

    /// A client pays: in cash, or by card, of which the processor kept something.
    async fn pays(&self, visit: usize, weekday: Weekday, cents: i64, fee: Option<&str>) {
        let at = usize::try_from(weekday.to_monday_zero_offset()).unwrap();
        let client = self.clients[visit][at].to_string();
        let (once, amount) = (self.house().new_id::<Uuid>().to_string(), typed(cents));
        let today = self.house().now().in_tz("America/Chicago").unwrap().date();
        let (month, day) = (today.month().to_string(), today.day().to_string());
        let form = [
            ("once", &*once),
            ("client", &*client),
            ("cents", &*amount),
            ("way", if fee.is_some() { "card" } else { "cash" }),
            ("fee", fee.unwrap_or_default()),
            ("on_month", &*month),
            ("on_day", &*day),
            ("on_year", "2026"),
        ];
        let answer = self.bo.post(&format!("/p/{}/books/payments", self.elm()), &form).await;
        assert!(answer.to.is_some(), "{}", answer.page);
    }

    /// Ben says how long else he worked, that there was nothing more, and what is to be paid.
    async fn says_hours(&self) {
        move_to(self.house(), date(2026, 4, 30), 20, 0);
        let at = format!("/p/{}/worth", self.elm());
        for (kind, day, minutes) in [
            ("consultation", "16", "100"),
            ("messages", "20", "240"),
            ("billing", "21", "90"),
            ("scheduling", "23", "120"),
            ("training", "27", "60"),
            ("admin", "28", "6:10"),
        ] {
            let once = self.house().new_id::<Uuid>().to_string();
            let form = [
                ("once", &*once),
                ("month", "2026-04"),
                ("kind", kind),
                ("on_month", "4"),
                ("on_day", day),
                ("on_year", "2026"),
                ("minutes", minutes),
            ];
            let answer = self.ben.post(&format!("{at}/days"), &form).await;
            assert!(answer.to.is_some(), "{kind}: {}", answer.page);
        }
        let answer = self.ben.post(&format!("{at}/nones"), &[("month", "2026-04")]).await;
        assert!(answer.to.is_some(), "{}", answer.page);
        let once = self.house().new_id::<Uuid>().to_string();
        let form = [("month", "2026-04"), ("paid", "admin"), ("paid_minutes", "370")];
        let form = [&form[..], &[("once", &*once)]].concat();
        let answer = self.ben.post(&format!("{at}/paid"), &form).await;
        assert!(answer.to.is_some(), "{}", answer.page);
    }

    async fn closes(&self, month: &str) {
        let at = format!("/p/{}/statements", self.elm());
        let answer = self.ada.post(&at, &[("month", month)]).await;
        assert!(answer.to.is_some(), "{}", answer.page);
        self.wiring.drain(self.house()).await.unwrap();
    }
}

/// The instant of a wall clock in Austin.
fn instant(day: Date, hour: i8, minute: i8) -> jiff::Timestamp {
    day.at(hour, minute, 0, 0).in_tz("America/Chicago").unwrap().timestamp()
}

fn move_to(house: &House, day: Date, hour: i8, minute: i8) {
    let ahead = instant(day, hour, minute).duration_since(house.now());
    assert!(!ahead.is_negative(), "{day} {hour}:{minute} is behind");
    house.clock().advance(ahead);
}

fn appointment(day: Date, visit: usize) -> AppointmentId {
    let place = u128::try_from(visit).unwrap() + 1;
    let day = u128::try_from((day - date(2026, 1, 1)).get_days()).unwrap();
    AppointmentId(Uuid::from_u128(0x019d_0000_0000_7000_8000_0000_0000_0000 + day * 16 + place))
}

/// Cents as somebody types dollars.
fn typed(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

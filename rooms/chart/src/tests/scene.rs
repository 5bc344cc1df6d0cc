//! Ada treats Sam, and two sessions with him are over. The appointments are written past the
//! calendar's own rules, so that these tests are about the chart alone.

use ground::Acting;
use ground::testing::{Answer, BEGIN, Browser, TestHouse};
use ids::{AppointmentId, SessionId, Uuid};
use jiff::{SignedDuration, Timestamp};
use people::cast::{Cast, everybody};
use sqlx::Executor;

use crate::model::Soap;

pub struct Scene {
    pub house: TestHouse,
    pub cast: Cast,
    /// Took 53 minutes.
    pub first: SessionId,
    /// Took 45 minutes, after it.
    pub second: SessionId,
}

pub async fn scene(house: TestHouse) -> Scene {
    let cast = everybody(&house.house).await.unwrap();
    let ada = cast.ada.acting();
    let mut tx = house.house.begin(&ada).await.unwrap();
    let episode = offers::begin_care(&mut tx, cast.elm, cast.sam.id, cast.ada_treats.id);
    let episode = episode.await.unwrap().0;
    tx.commit().await.unwrap();
    let begin: Timestamp = BEGIN.parse().unwrap();
    for (n, at) in [(0xA1, begin), (0xA2, begin + SignedDuration::from_hours(1))] {
        plan(&house, &cast, AppointmentId(Uuid::from_u128(n)), episode, at).await;
    }
    let held = async |n, minutes| {
        let appointment = AppointmentId(Uuid::from_u128(n));
        session::cast::held(&house.house, &ada, cast.elm, appointment, minutes).await.unwrap()
    };
    let first = held(0xA1, 53).await;
    house.house.clock().advance(SignedDuration::from_mins(7));
    let second = held(0xA2, 45).await;
    Scene { house, first, second, cast }
}

async fn plan(house: &TestHouse, cast: &Cast, id: AppointmentId, episode: Uuid, at: Timestamp) {
    let (elm, sam, ada) = (cast.elm, cast.sam.id, cast.ada.person);
    let clinician = cast.ada_treats.id;
    let until = at + SignedDuration::from_mins(50);
    let sql = format!(
        "set session_replication_role = replica;
         insert into hours.calendar (practice_id, clinician_id) values ('{elm}', '{clinician}')
             on conflict do nothing;
         insert into calendar.visit_type (practice_id, visit_type_id, name, length_min, before_min,
                after_min, grid_min, notice_min, cancel_min, in_office, by_video, is_first,
                for_clients, made_at)
         values ('{elm}', '{elm}', 'Session', 50, 0, 10, 60, 0, 0, true, true, false, true, '{at}')
             on conflict do nothing;
         insert into calendar.appointment (practice_id, appointment_id, clinician_id, visit_type_id,
                starts_at, ends_at, before_min, after_min, place, state, made_at)
         values ('{elm}', '{id}', '{clinician}', '{elm}', '{at}', '{until}', 0, 10, 'office',
                 'booked', '{at}');
         insert into calendar.attendee (practice_id, appointment_id, client_id, episode_id, made_by,
                made_at)
         values ('{elm}', '{id}', '{sam}', '{episode}', '{ada}', '{at}')"
    );
    house.superuser().await.execute(sqlx::AssertSqlSafe(sql)).await.unwrap();
}

pub fn says(subjective: &str, plan: &str) -> Soap {
    Soap { subjective: subjective.into(), plan: plan.into(), ..Soap::default() }
}

/// The value of a hidden field of a page.
pub fn hidden(page: &str, name: &str) -> String {
    let at = format!("name=\"{name}\" value=\"");
    let rest = page.split(&at).nth(1).unwrap_or_else(|| panic!("no {name}: {page}"));
    rest.split('"').next().unwrap().to_owned()
}

/// One window with a note in it.
pub struct Window {
    browser: Browser,
    path: String,
    tab: String,
    pub version: String,
}

impl Window {
    /// What the page sends by itself.
    pub async fn saves(&mut self, subjective: &str) -> Answer {
        let answer = self.send("/saves", subjective).await;
        if answer.status.is_success() {
            self.version = (self.version.parse::<i32>().unwrap() + 1).to_string();
        }
        answer
    }

    /// The same with the version that it saw before: its answer was lost.
    pub async fn saves_blindly(&self, subjective: &str) -> Answer {
        self.send("/saves", subjective).await
    }

    /// *Save* is pressed.
    pub async fn pressed(&self, subjective: &str) -> Answer {
        self.send("", subjective).await
    }

    async fn send(&self, to: &str, subjective: &str) -> Answer {
        let form = [
            ("tab", &*self.tab),
            ("version", &*self.version),
            ("service", "individual"),
            ("subjective", subjective),
        ];
        self.browser.post(&format!("{}{to}", self.path), &form).await
    }
}

impl Scene {
    pub fn browser(&self, acting: &Acting) -> Browser {
        Browser::of(&self.house, [(crate::ROOM.routes)(), (session::ROOM.routes)()], acting)
    }

    pub fn ada(&self) -> Browser {
        self.browser(&self.cast.ada.acting())
    }

    pub fn note(&self, session: SessionId) -> String {
        crate::note::at(self.cast.elm, session)
    }

    pub fn chart(&self) -> String {
        crate::page::at(self.cast.elm, self.cast.sam.id)
    }

    pub fn wait(&self, seconds: i64) {
        self.house.house.clock().advance(SignedDuration::from_secs(seconds));
    }

    /// Ada opens a note in a window of its own.
    pub async fn window(&self, session: SessionId) -> Window {
        let browser = self.ada();
        let path = self.note(session);
        let page = browser.get(&path).await.page;
        let (tab, version) = (hidden(&page, "tab"), hidden(&page, "version"));
        Window { browser, path, tab, version }
    }

    /// Ada reviews a note and signs it as she sees it.
    pub async fn signs(&self, session: SessionId) -> Answer {
        let (ada, path) = (self.ada(), self.note(session));
        let page = ada.get(&format!("{path}/review")).await.page;
        let version = hidden(&page, "version");
        ada.post(&format!("{path}/signature"), &[("version", &version)]).await
    }

    pub async fn one<T>(&self, sql: &'static str) -> T
    where
        T: Send + Unpin + for<'r> sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres>,
    {
        let mut superuser = self.house.superuser().await;
        sqlx::query_scalar(sql).fetch_one(&mut superuser).await.unwrap()
    }
}

//! Ada has appointments with Sam. They are written past the calendar's own rules, so that these
//! tests are about sessions alone.

use ground::testing::{BEGIN, Browser, TestHouse};
use ground::{Acting, web::Routes};
use ids::{AppointmentId, ClinicianId, Uuid};
use jiff::{SignedDuration, Timestamp};
use people::cast::{Cast, everybody};
use sqlx::Executor;

pub struct Scene {
    pub house: TestHouse,
    pub cast: Cast,
    /// With Ada, planned for the moment at which the test begins.
    pub now: AppointmentId,
    /// With Ada, an hour later.
    pub next: AppointmentId,
}

pub async fn scene(house: TestHouse) -> Scene {
    let cast = everybody(&house.house).await.unwrap();
    let begin: Timestamp = BEGIN.parse().unwrap();
    let id = |n| AppointmentId(Uuid::from_u128(n));
    let scene = Scene { house, now: id(0xA1), next: id(0xA2), cast };
    let ada = scene.cast.ada_treats.id;
    let hour = SignedDuration::from_hours(1);
    plan(&scene, scene.now, ada, begin).await;
    plan(&scene, scene.next, ada, begin + hour).await;
    scene
}

async fn plan(scene: &Scene, id: AppointmentId, clinician: ClinicianId, at: Timestamp) {
    let (elm, sam, ada) = (scene.cast.elm, scene.cast.sam.id, scene.cast.ada.person);
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
         values ('{elm}', '{id}', '{sam}', '{sam}', '{ada}', '{at}')"
    );
    let mut superuser = scene.house.superuser().await;
    superuser.execute(sqlx::AssertSqlSafe(sql)).await.unwrap();
}

impl Scene {
    pub fn page(&self, appointment: AppointmentId) -> String {
        format!("/p/{}/appointments/{appointment}/session", self.cast.elm)
    }

    pub fn browser(&self, acting: &Acting) -> Browser {
        Browser::of(&self.house, [(crate::ROOM.routes)() as Routes], acting)
    }

    pub fn ada(&self) -> Browser {
        self.browser(&self.cast.ada.acting())
    }

    pub fn wait(&self, minutes: i64) {
        self.house.house.clock().advance(SignedDuration::from_mins(minutes));
    }

    pub async fn one<T>(&self, sql: &'static str) -> T
    where
        T: Send + Unpin + for<'r> sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres>,
    {
        let mut superuser = self.house.superuser().await;
        sqlx::query_scalar(sql).fetch_one(&mut superuser).await.unwrap()
    }

    /// The path of a form of the page that ends so.
    pub fn form(page: &str, ending: &str) -> String {
        let paths = page.split("action=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let found = paths.filter(|path| path.ends_with(ending)).last();
        found.unwrap_or_else(|| panic!("no form to …{ending}: {page}")).to_owned()
    }
}

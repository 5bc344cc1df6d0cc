//! A thousand people want one hour.

use std::sync::Arc;
use std::time::Instant;

use ground::testing::run;
use ids::{AppointmentId, ClientId, Uuid};
use sqlx::AssertSqlSafe;

use super::scene::Scene;
use crate::{Answer, Booking};

const MANY: usize = 1_000;
const TUESDAY_TEN: &str = "2026-02-10T16:00:00Z";

/// Clients of Elm Street whom Ada treats, as many as come.
async fn crowd(scene: &Scene) -> Vec<ClientId> {
    let (elm, ada) = (scene.cast.elm, scene.cast.ada_treats.id);
    let mut superuser = scene.house.superuser().await;
    for sql in [
        format!(
            "insert into people.client (practice_id, client_id, number, name, state, since)
             select '{elm}', gen_random_uuid(), 100 + n, 'Client ' || n, 'TX', '2026-02-01T00:00Z'
               from generate_series(1, {MANY}) n"
        ),
        format!(
            "insert into offers.episode (practice_id, episode_id, client_id, began_at)
             select '{elm}', gen_random_uuid(), client_id, since from people.client
              where number > 100"
        ),
        format!(
            "insert into offers.treating (practice_id, episode_id, client_id, clinician_id, since)
             select '{elm}', e.episode_id, e.client_id, '{ada}', e.began_at
               from offers.episode e
               join people.client c on c.client_id = e.client_id and c.number > 100"
        ),
    ] {
        sqlx::query(AssertSqlSafe(sql)).execute(&mut superuser).await.unwrap();
    }
    let ids: Vec<Uuid> = sqlx::query_scalar(
        "select client_id from people.client where number > 100 order by number",
    )
    .fetch_all(&mut superuser)
    .await
    .unwrap();
    ids.into_iter().map(ClientId).collect()
}

#[test]
fn of_a_thousand_at_once_one_gets_the_hour_and_each_other_hears_of_the_next_three() {
    run(async |house| {
        let scene = Arc::new(Scene::set(&house).await);
        let crowd = crowd(&scene).await;
        let bookings: Vec<Booking> =
            crowd.iter().map(|client| scene.at(*client, &scene.session, TUESDAY_TEN)).collect();

        let began = Instant::now();
        let tries = bookings.into_iter().map(|booking| {
            let scene = scene.clone();
            tokio::spawn(async move { try_one(&scene, &booking).await })
        });
        let tries: Vec<_> = tries.collect();
        let (mut got, mut heard) = (Vec::new(), 0);
        for tried in tries {
            match tried.await.unwrap() {
                Ok(Answer::Yours(id)) => got.push(id),
                Ok(Answer::NotOpen { next, .. }) => {
                    assert_eq!(next.len(), 3);
                    heard += 1;
                }
                Err(error) => panic!("nobody is turned away: {error}"),
            }
        }
        eprintln!("{MANY} at one hour: {:?}", began.elapsed());

        assert_eq!((got.len(), heard), (1, MANY - 1));
        let live = "select count(*) from calendar.appointment where state = 'booked'";
        assert_eq!(scene.count(live).await, 1);
        let _: AppointmentId = got[0];
    });
}

async fn try_one(scene: &Scene, booking: &Booking) -> ground::db::Result<Answer> {
    let ada = &scene.cast.ada;
    let mut tx = scene.house.house.begin(&ada.acting()).await?;
    let answer = crate::book(&mut tx, scene.cast.elm, ada.person, booking).await?;
    match &answer {
        Answer::Yours(_) => tx.commit().await?,
        Answer::NotOpen { .. } => tx.rollback().await?,
    }
    Ok(answer)
}

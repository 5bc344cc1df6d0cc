//! What a person says of their days is theirs alone, and is only added to.

use economics::TimeKind;
use ground::Acting;
use ids::Uuid;
use jiff::civil::date;
use sqlx::Executor;

use super::{Scene, run};
use crate::model::Said;
use crate::queries;

#[test]
fn nobody_reads_anothers_word_or_writes_in_their_name() {
    run(async |house| {
        let scene = Scene::january(house).await;
        let (elm, ben) = (scene.cast.elm, &scene.cast.ben);
        let said = Said { kind: TimeKind::Admin, on: date(2026, 1, 14), minutes: 30 };
        let mut tx = scene.house.house.begin(&ben.acting()).await.unwrap();
        queries::insert_said(&mut tx, elm, ben.person, Uuid::from_u128(1), said).await.unwrap();
        tx.commit().await.unwrap();

        for acting in [
            scene.cast.ada.acting(),
            scene.cast.bo.acting(),
            Acting::Job { practice: elm },
            Acting::Door,
        ] {
            let mut tx = scene.house.house.begin(&acting).await.unwrap();
            assert!(queries::said(&mut tx, elm).await.unwrap().is_empty(), "{acting:?}");
            let id = Uuid::from_u128(2);
            let written = queries::insert_said(&mut tx, elm, ben.person, id, said).await;
            assert!(written.is_err(), "{acting:?}");
        }
        let mut tx = scene.house.house.begin(&ben.acting()).await.unwrap();
        assert_eq!(queries::said(&mut tx, elm).await.unwrap(), [said]);
        for sql in ["update worth.said set minutes = 1", "delete from worth.said"] {
            let mut tx = scene.house.house.begin(&ben.acting()).await.unwrap();
            assert!(tx.execute(sql).await.is_err(), "{sql}");
        }
    });
}

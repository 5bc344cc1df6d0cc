//! The promises of leads, against a real database.

mod care;
mod desk;

use ground::testing::TestHouse;

async fn count(house: &TestHouse, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(&mut house.superuser().await).await.unwrap()
}

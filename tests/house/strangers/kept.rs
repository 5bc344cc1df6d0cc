//! What the database keeps: a digest of every table, and how many refusals are written down.

use std::collections::BTreeMap;

use ground::testing::TestHouse;
use sqlx::AssertSqlSafe;

/// Tables that anybody's asking changes, and why.
const CHANGES_BY_ASKING: &[(&str, &str)] = &[
    ("ground.audit", "refusals are written down; they are counted beside"),
    ("people.throttle", "tries to sign in are counted"),
    ("people.link_ask", "whoever asks for a link is nobody yet"),
];

/// Every table with a digest of its rows. When somebody was last seen is left out.
pub async fn digests(house: &TestHouse) -> BTreeMap<String, String> {
    let mut superuser = house.superuser().await;
    let tables: Vec<String> = sqlx::query_scalar(
        "select format('%I.%I', schemaname, tablename) from pg_tables
          where schemaname not in ('pg_catalog', 'information_schema')
          order by 1",
    )
    .fetch_all(&mut superuser)
    .await
    .unwrap();
    let looked_at = |name: &&String| CHANGES_BY_ASKING.iter().all(|(it, _)| it != *name);
    let each: Vec<String> = tables
        .iter()
        .filter(looked_at)
        .map(|name| {
            format!(
                "select '{name}', count(*) || ' rows ' ||
                        coalesce(sum(hashtextextended((to_jsonb(t) - 'seen_at')::text, 0)), 0)::text
                   from {name} t"
            )
        })
        .collect();
    let rows: Vec<(String, String)> = sqlx::query_as(AssertSqlSafe(each.join(" union all ")))
        .fetch_all(&mut superuser)
        .await
        .unwrap();
    rows.into_iter().collect()
}

/// The tables that are not as they were.
pub fn changed(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<String> {
    let differs = |(name, digest): &(&String, &String)| before.get(*name) != Some(*digest);
    after.iter().filter(differs).map(|(name, _)| name.clone()).collect()
}

/// How many refusals are written down.
pub async fn refusals(house: &TestHouse) -> usize {
    let sql = "select count(*) from ground.audit where outcome = 'refused'";
    let count: i64 = sqlx::query_scalar(sql).fetch_one(&mut house.superuser().await).await.unwrap();
    usize::try_from(count).unwrap()
}

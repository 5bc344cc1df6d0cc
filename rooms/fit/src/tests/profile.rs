//! A profile: said by the clinician alone, kept as typed, read back as said.

use axum::http::StatusCode;
use ground::testing::{Browser, TestHouse, run};
use ground::{Acting, db};
use people::cast::{self, Cast};
use sqlx::Executor as _;

use crate::{Mode, Profile, Rating};

fn browser(house: &TestHouse, acting: &Acting) -> Browser {
    Browser::of(house, [(crate::ROOM.routes)()], acting)
}

const SAID: &[(&str, &str)] = &[
    ("age_min", "16"),
    ("age_max", "70"),
    ("meets", "video"),
    ("meets", "office"),
    ("languages", "en"),
    ("languages", "es"),
    ("price", "140.50"),
    ("concern-ocd", "specialty"),
    ("concern-anger", "never"),
    ("method-erp", "certified"),
];

async fn stands(house: &TestHouse, cast: &Cast) -> Option<Profile> {
    let mut tx = house.house.begin(&Acting::Job { practice: cast.elm }).await.unwrap();
    crate::profile_of(&mut tx, cast.elm, cast.ben_treats.id).await.unwrap()
}

#[test]
fn she_says_whom_she_sees_and_the_latest_word_counts() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let ben = browser(&house, &cast.ben.acting());
        let at = format!("/p/{}/profile", cast.elm);
        assert!(ben.get(&at).await.page.contains("Nothing is said yet"));

        let answer = ben.post(&at, SAID).await;
        assert_eq!(answer.to.as_deref(), Some(at.as_str()), "{}", answer.page);

        let said = stands(&house, &cast).await.unwrap();
        assert_eq!((said.age_min, said.age_max, said.self_pay_cents), (16, 70, Some(14_050)));
        assert_eq!(said.concerns["ocd"], Rating::Specialty);
        assert_eq!(said.concerns["anger"], Rating::Never);
        assert_eq!(said.meets, [Mode::Video, Mode::Office].into());
        let page = ben.get(&at).await.page;
        assert!(page.contains("value=\"140.50\"") && !page.contains("Nothing is said"), "{page}");

        ben.post(
            &at,
            &[("age_min", "18"), ("age_max", "70"), ("meets", "video"), ("languages", "en")],
        )
        .await;
        let said = stands(&house, &cast).await.unwrap();
        assert_eq!((said.age_min, said.self_pay_cents, said.concerns.len()), (18, None, 0));
    });
}

#[test]
fn what_was_typed_wrongly_comes_back_as_typed() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let ben = browser(&house, &cast.ben.acting());
        let at = format!("/p/{}/profile", cast.elm);

        let typed = [("age_min", "sixteen"), ("age_max", "70"), ("price", "a lot")];
        let answer = ben.post(&at, &typed).await;

        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        for says in ["sixteen", "a lot", "Enter an age", "Enter dollars", "Choose at least one"] {
            assert!(answer.page.contains(says), "{says}: {}", answer.page);
        }
        assert_eq!(stands(&house, &cast).await, None);
    });
}

#[test]
fn nobody_says_it_for_her() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let oak = people::found(&house.house, &cast::oak_lane()).await.unwrap();
        let una = cast::Worker {
            person: oak.founder,
            address: "una@oak.example".into(),
            place: ground::acting::Place {
                practice: oak.practice,
                is_operator: false,
                roles: [ground::policy::Role::Owner].into(),
            },
        };
        let at = format!("/p/{}/profile", cast.elm);

        for (who, acting, expected) in [
            ("staff without a service", cast.sue.acting(), StatusCode::FORBIDDEN),
            ("the operator's owner", cast.oz.acting(), StatusCode::FORBIDDEN),
            ("another practice", una.acting(), StatusCode::NOT_FOUND),
        ] {
            let browser = browser(&house, &acting);
            assert_eq!(browser.get(&at).await.status, expected, "{who} reads");
            assert_eq!(browser.post(&at, SAID).await.status, expected, "{who} writes");
        }
        // The form says whom the one who sends it sees: it has no way to name another.
        browser(&house, &cast.ada.acting()).post(&at, SAID).await;
        assert_eq!(stands(&house, &cast).await, None);
        let refused = "select count(*) from ground.audit
            where outcome = 'refused' and act = 'set_hours' and promise = 'CO-02'";
        let count: i64 =
            sqlx::query_scalar(refused).fetch_one(&mut house.superuser().await).await.unwrap();
        assert_eq!(count, 2);
    });
}

#[test]
fn the_table_refuses_what_contradicts_itself() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        crate::cast::says(
            &house.house,
            &cast.ben,
            cast.elm,
            cast.ben_treats.id,
            &crate::cast::sees_adults(),
        )
        .await
        .unwrap();
        for (sql, refused_by) in [
            ("update fit.profile set age_min = 80, age_max = 70", "profile_ages_are_in_order"),
            ("update fit.profile set meets = '{}'", "profile_meets_somehow"),
            ("update fit.profile set languages = '{}'", "profile_speaks_something"),
            ("update fit.profile set self_pay_cents = -1", "profile_price_is_a_price"),
            ("update fit.profile set style = 'loud'", "profile_style_is_known"),
        ] {
            let mut tx = house.house.begin(&cast.ben.acting()).await.unwrap();
            let error = db::Error::from((&mut *tx).execute(sql).await.unwrap_err());
            assert!(matches!(&error, db::Error::Conflict(by) if by == refused_by), "{error:?}");
        }
    });
}

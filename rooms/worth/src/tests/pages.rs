//! The pages of worth: what they say, what a form does, and that nobody else sees any of it.

use axum::http::StatusCode;
use ground::Acting;
use ground::acting::{Place, Served};
use ground::policy::{Role, Service};
use people::cast::Worker;

use super::{Scene, run, somebody};

#[test]
fn a_clinician_reads_their_month_as_exactly_as_it_is_known() {
    run(async |house| {
        let scene = Scene::january(house).await;
        scene.close().await;
        let ben = scene.at(&scene.cast.ben.acting());

        let page = ben.get(&scene.path()).await.page;

        for says in [
            // 162 minutes: 10,801 × 3,600 / 9,720 = 4,000.37.
            "In January 2026 an hour was worth <b>at most $40.00</b> to you: <b>$108.01</b> for \
             <b>2.7 hours</b>, 60.0% of what was collected.",
            "Hours: all measured; not recorded: supervision,",
            "Each further hour a week would make it",
            "$89.99 of its work is still open.",
            "No tax is in these figures.",
            "0.7 of 2.7 measured hours.",
            "Only you see this.",
            // 18,001 × 3,600 / 6,180; his 60%, 10,801 × 3,600 / 6,180; with notes 8,520 seconds,
            // with waiting 9,720.
            "$104.86",
            "\u{2212}$41.94",
            "$62.92",
            "\u{2212}$17.28",
            "\u{2212}$5.64",
        ] {
            assert!(page.contains(says), "{says}: {page}");
        }
        let notes = ben.get(&format!("{}/hours/notes?month=2026-01", scene.path())).await.page;
        assert!(notes.contains("January 2026: 0.7 hours."), "{notes}");
        assert!(notes.contains("10:50") && notes.contains("18 min"), "{notes}");
        assert_eq!(notes.matches("measured").count(), 2, "{notes}");
        let statement = page.split("/statements/").nth(1).unwrap();
        assert!(statement.contains("Your statement"), "{page}");
    });
}

#[test]
fn each_bar_opens_the_rows_that_it_is_counted_from() {
    run(async |house| {
        let scene = Scene::january(house).await;
        let ben = scene.at(&scene.cast.ben.acting());
        let path = format!("{}?month=2026-01", scene.path());
        let while_open = ben.get(&path).await.page;
        scene.close().await;
        let page = ben.get(&path).await.page;

        for page in [&while_open, &page] {
            let chart = page.rsplit("From a session hour to an hour").next().unwrap();
            let chart = chart.split("</table>").next().unwrap();
            let rows = chart.matches("<tr").count() - 1;
            assert_eq!(rows, 6, "{chart}");
            assert_eq!(chart.matches("<a ").count(), rows, "a bar opens nothing: {chart}");
            for link in chart.split("href=\"").skip(1) {
                let to = link.split(['"', '#']).next().unwrap();
                assert_eq!(ben.get(to).await.status, StatusCode::OK, "{to}");
            }
        }
        let money = ben.get(&format!("{}/money?month=2026-01", scene.path())).await.page;
        for says in ["Money of January 2026", "$180.01", "$108.01", "/lines/"] {
            assert!(money.contains(says), "{says}: {money}");
        }
    });
}

#[test]
fn minutes_are_said_by_hand_once_and_all_the_rest_is_said_to_be_none() {
    run(async |house| {
        let scene = Scene::january(house).await;
        let ben = scene.at(&scene.cast.ben.acting());
        let once = ids::Uuid::from_u128(5).to_string();
        let form = [
            ("kind", "training"),
            ("on_month", "1"),
            ("on_day", "14"),
            ("on_year", "2026"),
            ("minutes", "1:30"),
            ("month", "2026-01"),
            ("once", once.as_str()),
        ];
        for _ in 0..2 {
            let answer = ben.post(&format!("{}/days", scene.path()), &form).await;
            assert_eq!(answer.to, Some(format!("{}?month=2026-01", scene.path())));
        }
        let page = ben.get(&format!("{}?month=2026-01", scene.path())).await.page;
        assert!(page.contains("at most $25.72") && page.contains("64% measured, 36%"), "{page}");

        let changed =
            form.map(|(name, value)| (name, if name == "minutes" { "1:31" } else { value }));
        let answer = ben.post(&format!("{}/days", scene.path()), &changed).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.page.contains("sent before with something else"), "{}", answer.page);
        assert!(answer.page.contains("value=\"1:31\""), "{}", answer.page);

        let form = [("month", "2026-01")];
        let answer = ben.post(&format!("{}/nones", scene.path()), &form).await;

        let page = ben.get(&answer.to.unwrap()).await.page;
        assert!(page.contains("an hour was worth <b>$25.72</b> to you"), "{page}");
        assert!(!page.contains("not recorded") && page.contains("none this month"), "{page}");
        assert!(!page.contains("None of these this month"), "{page}");
    });
}

#[test]
fn a_form_with_faults_comes_back_as_it_was_typed() {
    run(async |house| {
        let scene = Scene::january(house).await;
        let ben = scene.at(&scene.cast.ben.acting());
        let to = format!("{}/days", scene.path());
        for (kind, (month, day, year), minutes, says) in [
            ("", ("1", "14", "2026"), "90", "Choose what the time went to"),
            ("love", ("1", "14", "2026"), "90", "Choose what the time went to"),
            ("admin", ("13", "14", "2026"), "90", "Enter the day, such as"),
            ("admin", ("2", "10", "2026"), "90", "not in the future"),
            ("admin", ("1", "14", "2026"), "much", "Enter minutes, such as 90"),
            ("admin", ("1", "14", "2026"), "1441", "Enter at most 1440 minutes"),
            ("admin", ("3", "8", "2026"), "90", "not in the future"),
        ] {
            let form = [
                ("kind", kind),
                ("on_month", month),
                ("on_day", day),
                ("on_year", year),
                ("minutes", minutes),
                ("month", "2026-01"),
            ];
            let answer = ben.post(&to, &form).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{says}");
            assert!(answer.page.contains(says), "{says}: {}", answer.page);
            assert!(answer.page.contains(&format!("value=\"{minutes}\"")), "{}", answer.page);
        }
        for path in ["/hours/love", "/hours/notes?month=1999-01", "?month=2031-01", "?month=soon"] {
            let answer = ben.get(&format!("{}{path}", scene.path())).await;
            let expected = match path {
                "?month=soon" => StatusCode::OK,
                _ => StatusCode::NOT_FOUND,
            };
            assert_eq!(answer.status, expected, "{path}");
        }
    });
}

#[test]
fn nobody_but_the_clinician_sees_it_and_who_asks_is_refused_on_the_record() {
    run(async |house| {
        let scene = Scene::january(house).await;
        scene.close().await;
        let Acting::Workforce(mut bo) = scene.cast.bo.acting() else { panic!("Bo works") };
        let services = Service::ALL.iter().copied().collect();
        bo.serves.push(Served { practice: scene.cast.elm, services });
        let owns = |practice| Worker {
            person: somebody(7),
            address: String::new(),
            place: Place { practice, is_operator: false, roles: [Role::Owner].into() },
        };
        let oak = people::found(&scene.house.house, &people::cast::oak_lane()).await.unwrap();
        let of_ben = format!("{}/of/{}", scene.path(), scene.cast.ben_treats.id);
        let mine = ["", "/hours/notes", "/money"].map(|it| format!("{}{it}", scene.path()));
        let mut refused = 0;
        for (who, acting, own, of) in [
            (
                "the owner, who treats",
                scene.cast.ada.acting(),
                StatusCode::OK,
                StatusCode::FORBIDDEN,
            ),
            (
                "an owner who does not",
                owns(scene.cast.elm).acting(),
                StatusCode::FORBIDDEN,
                StatusCode::FORBIDDEN,
            ),
            (
                "a biller with all services",
                Acting::Workforce(bo),
                StatusCode::FORBIDDEN,
                StatusCode::FORBIDDEN,
            ),
            ("a scheduler", scene.cast.sue.acting(), StatusCode::FORBIDDEN, StatusCode::FORBIDDEN),
            (
                "the operator's owner",
                scene.cast.oz.acting(),
                StatusCode::FORBIDDEN,
                StatusCode::FORBIDDEN,
            ),
            (
                "another practice's owner",
                owns(oak.practice).acting(),
                StatusCode::NOT_FOUND,
                StatusCode::NOT_FOUND,
            ),
            ("nobody", Acting::Door, StatusCode::NOT_FOUND, StatusCode::NOT_FOUND),
        ] {
            let browser = scene.at(&acting);
            for path in &mine {
                let answer = browser.get(path).await;
                assert_eq!(answer.status, own, "{who} at {path}");
                assert!(!answer.page.contains("108.01"), "{who} reads Ben's money");
                refused += i64::from(own == StatusCode::FORBIDDEN);
            }
            assert_eq!(browser.get(&of_ben).await.status, of, "{who} asks about Ben");
            refused += i64::from(of == StatusCode::FORBIDDEN);
            let form = [("month", "2026-01")];
            let answer = browser.post(&format!("{}/nones", scene.path()), &form).await;
            if own != StatusCode::OK {
                assert_eq!(answer.status, own, "{who} says what a day was");
                refused += i64::from(own == StatusCode::FORBIDDEN);
            }
        }
        let of_himself = scene.at(&scene.cast.ben.acting()).get(&of_ben).await;
        assert_eq!(of_himself.to, Some(scene.path()));
        let mut superuser = scene.house.superuser().await;
        let written: i64 = sqlx::query_scalar(
            "select count(*) from ground.audit
              where outcome = 'refused' and act = 'see_worth' and promise = 'CO-17'",
        )
        .fetch_one(&mut superuser)
        .await
        .unwrap();
        assert_eq!(written, refused);
        let about_ben: i64 = sqlx::query_scalar(
            "select count(*) from ground.audit where act = 'see_worth' and about_id = $1",
        )
        .bind(scene.cast.ben.person.0)
        .fetch_one(&mut superuser)
        .await
        .unwrap();
        // Ada and the other owner of his practice, Bo, whom his practice lets in.
        assert_eq!(about_ben, 3, "he learns who asked");
    });
}

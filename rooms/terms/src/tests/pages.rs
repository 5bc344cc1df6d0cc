//! The pages: who reads, proposes and signs what, and what agreements open at the next request.

use axum::Extension;
use axum::http::StatusCode;
use ground::acting::Place;
use ground::policy::Role;
use ground::testing::{Answer, Browser, TestHouse, run};
use ground::{Acting, web};
use people::cast::{self, Cast, Worker};

use crate::cast::{Agreed, agreed};

async fn everybody(house: &TestHouse) -> (Cast, Agreed) {
    let cast = cast::everybody(&house.house).await.unwrap();
    let agreed = agreed(&house.house, &cast).await.unwrap();
    (cast, agreed)
}

fn at(house: &TestHouse, acting: &Acting) -> Browser {
    Browser::of(house, [(crate::ROOM.routes)()], acting)
}

async fn count(house: &TestHouse, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(&mut house.superuser().await).await.unwrap()
}

/// The fields of the only form on a page that has a filled button, as a browser would send them.
fn fields(page: &str) -> Vec<(String, String)> {
    let form = page.split("<form").find(|form| form.contains("button filled")).unwrap();
    let mut fields = Vec::new();
    for tag in form.split('<') {
        let of = |name: &str| {
            let from = tag.split(&format!(" {name}=\"")).nth(1)?;
            Some(from.split('"').next()?.replace("&amp;", "&"))
        };
        let Some(name) = of("name") else { continue };
        let is_ticked = !tag.contains("type=\"checkbox\"") && !tag.contains("type=\"radio\"")
            || tag.contains(" checked");
        if tag.starts_with("input") && is_ticked {
            fields.push((name, of("value").unwrap_or_default()));
        } else if tag.starts_with("textarea") {
            let text = tag.split_once('>').unwrap().1;
            fields.push((name, text.trim_start_matches('\n').to_owned()));
        } else if tag.starts_with("select") {
            let chosen = form.split(&format!("id=\"{name}\"")).nth(1).unwrap();
            let chosen = chosen.split("</select>").next().unwrap();
            let option = chosen.split("<option").find(|option| option.contains(" selected"));
            let value = option.and_then(|it| it.split("value=\"").nth(1)?.split('"').next());
            fields.push((name, value.unwrap_or_default().to_owned()));
        }
    }
    fields
}

async fn send(browser: &Browser, path: &str, fields: &[(String, String)]) -> Answer {
    let pairs: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(path, &pairs).await
}

fn with(mut fields: Vec<(String, String)>, name: &str, value: &str) -> Vec<(String, String)> {
    fields.retain(|(held, _)| held != name);
    fields.push((name.to_owned(), value.to_owned()));
    fields
}

#[test]
fn an_owner_and_the_operator_agree_by_their_forms_and_a_double_press_is_one() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let (ada, oz) = (at(&house, &cast.ada.acting()), at(&house, &cast.oz.acting()));
        let terms = format!("/p/{}/terms", cast.elm);
        let page = oz.get("/desk/agreements").await.page;
        assert!(page.contains("Elm Street Practice") && page.contains("No agreement in force"));

        let form = fields(&oz.get(&format!("{terms}/propose")).await.page);
        let form = with(form, "shared", "scheduling");
        let mut to = None;
        for _ in 0..2 {
            let answer = send(&oz, &format!("{terms}/agreements"), &form).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.page);
            to = answer.to;
        }
        let version = to.unwrap();
        assert_eq!(count(&house, "select count(*) from terms.agreement").await, 1);

        let page = ada.get(&version).await.page;
        for says in
            ["Scheduling costs $120.00 a month.", "Why this price is fair", "Sign for the practice"]
        {
            assert!(page.contains(says), "{says}: {page}");
        }
        assert!(!page.contains("Telehealth"));
        let empty = ada.post(&format!("{version}/signature"), &[("side", "practice")]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(empty.page.contains("Type your full name, in 120"));
        for (who, side, name) in [(&ada, "practice", "Ada Reyes"), (&oz, "operator", "Oz Adeyemi")]
        {
            for _ in 0..2 {
                let path = format!("{version}/signature");
                let answer = who.post(&path, &[("side", side), ("typed_name", name)]).await;
                assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.page);
            }
        }

        let page = ada.get(&terms).await.page;
        assert!(page.contains("in force") && page.contains("signed by Ada Reyes and Oz Adeyemi"));
        let signed = "select count(*) from ground.audit where act = 'sign_agreement'";
        assert_eq!(count(&house, signed).await, 2);
        assert!(oz.get("/desk/agreements").await.page.contains("scheduling; over on"));
    });
}

#[test]
fn clauses_that_contradict_each_other_come_back_with_a_sentence_at_the_field() {
    run(async |house| {
        let (cast, _) = everybody(&house).await;
        let ada = at(&house, &cast.ada.acting());
        let terms = format!("/p/{}/terms", cast.elm);
        let form = fields(&ada.get(&format!("{terms}/propose")).await.page);

        let answer =
            send(&ada, &format!("{terms}/agreements"), &with(form, "billing_least", "900")).await;

        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.page.contains("href=\"#billing_most\""), "{}", answer.page);
        assert!(
            answer.page.contains("The most is less than the least")
                && answer.page.contains("value=\"900\"")
        );

        let own = format!("{terms}/clinicians/{}", cast.ben_treats.id);
        let form = fields(&ada.get(&format!("{own}/propose")).await.page);
        let form = with(with(with(form, "pay", "session"), "share", ""), "amount", "80");
        let answer = send(&ada, &format!("{own}/engagements"), &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.page.contains("cannot be borne by the split"), "{}", answer.page);
    });
}

#[test]
fn an_engagement_is_between_the_practice_and_its_clinician_alone() {
    run(async |house| {
        let (cast, agreed) = everybody(&house).await;
        let terms = format!("/p/{}/terms", cast.elm);
        let own = format!("{terms}/engagements/{}", agreed.engagement);
        let sue = crate::cast::acting(&house.house, &cast.sue).await.unwrap();
        let oz = cast.oz.acting();
        let (ada, ben) = (at(&house, &cast.ada.acting()), at(&house, &cast.ben.acting()));

        for browser in [&ada, &ben] {
            let page = browser.get(&own).await;
            assert_eq!(page.status, StatusCode::OK);
            assert!(page.page.contains("60% of what was collected"), "{}", page.page);
            assert!(browser.get(&terms).await.page.contains("Ben Ortiz"));
        }
        let refused = at(&house, &sue).get(&own).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        assert!(refused.page.contains("What a clinician keeps"), "{}", refused.page);
        // The operator's owner reads agreements, and of engagements not even that there are some.
        let page = at(&house, &oz).get(&terms).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.page.contains("Ben Ortiz") && page.page.contains("Version 1"));
        assert_eq!(at(&house, &oz).get(&own).await.status, StatusCode::NOT_FOUND);

        let propose = format!("{terms}/clinicians/{}", cast.ben_treats.id);
        let form = fields(&ben.get(&format!("{propose}/propose")).await.page);
        let form = with(form, "share", "62.5");
        let to = send(&ben, &format!("{propose}/engagements"), &form).await.to.unwrap();
        let path = format!("{to}/signature");
        let forged = [("side", "practice"), ("typed_name", "Ada Reyes")];
        assert_eq!(ben.post(&path, &forged).await.status, StatusCode::FORBIDDEN);
        let name = [("side", "clinician"), ("typed_name", "Ben Ortiz")];
        assert_eq!(ben.post(&path, &name).await.status, StatusCode::SEE_OTHER);
        assert_eq!(ada.post(&path, &forged).await.status, StatusCode::SEE_OTHER);
        assert!(ben.get(&to).await.page.contains("In force."));
        assert!(ben.get(&own).await.page.contains("Past."));
    });
}

#[test]
fn a_stranger_finds_nothing_and_staff_are_refused_on_the_record() {
    run(async |house| {
        let (cast, agreed) = everybody(&house).await;
        let oak = people::found(&house.house, &cast::oak_lane()).await.unwrap();
        let roles = [Role::Owner, Role::Clinician].into();
        let place = Place { practice: oak.practice, is_operator: false, roles };
        let una = Worker { person: oak.founder, address: "una@oak.example".into(), place };
        let terms = format!("/p/{}/terms", cast.elm);
        let version = format!("{terms}/agreements/{}", agreed.agreement);
        let bo = crate::cast::acting(&house.house, &cast.bo).await.unwrap();
        let gets = [
            terms.clone(),
            version.clone(),
            format!("{terms}/propose"),
            format!("{terms}/engagements/{}", agreed.engagement),
            format!("{terms}/clinicians/{}/propose", cast.ben_treats.id),
            format!("/p/{}/fees", cast.elm),
        ];
        let posts = [
            format!("{version}/signature"),
            format!("{version}/ending"),
            format!("{terms}/engagements/{}/signature", agreed.engagement),
            format!("{terms}/agreements"),
            format!("{terms}/clinicians/{}/engagements", cast.ben_treats.id),
            format!("/p/{}/fees", cast.elm),
            format!("/p/{}/fees/rights", cast.elm),
        ];

        let form = [("side", "practice"), ("typed_name", "Ada Reyes")];
        let strangers =
            [(una.acting(), StatusCode::NOT_FOUND), (Acting::Door, StatusCode::NOT_FOUND)];
        for (who, status) in strangers.into_iter().chain([(bo, StatusCode::FORBIDDEN)]) {
            let browser = at(&house, &who);
            for path in &gets {
                assert_eq!(browser.get(path).await.status, status, "{path} {who:?}");
            }
            for path in &posts {
                assert_eq!(browser.post(path, &form).await.status, status, "{path} {who:?}");
            }
        }
        let refused = "select count(*) from ground.audit where outcome = 'refused' and is_staff";
        assert_eq!(count(&house, refused).await, 13);
        assert_eq!(
            at(&house, &una.acting()).get("/desk/agreements").await.status,
            StatusCode::NOT_FOUND
        );
        let desk = at(&house, &cast.bo.acting()).get("/desk/agreements").await;
        assert_eq!(desk.status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn nobody_signs_for_both_sides_whatever_they_are() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        // Ada owns the operator as well.
        let Acting::Workforce(mut both) = cast.ada.acting() else { panic!("Ada works here") };
        both.places.push(cast.oz.place.clone());
        let both = at(&house, &Acting::Workforce(both));
        let terms = format!("/p/{}/terms", cast.elm);
        let form = fields(&both.get(&format!("{terms}/propose")).await.page);
        let form = with(form, "shared", "leads");
        let version = send(&both, &format!("{terms}/agreements"), &form).await.to.unwrap();
        let path = format!("{version}/signature");

        let first = [("side", "practice"), ("typed_name", "Ada Reyes")];
        assert_eq!(both.post(&path, &first).await.status, StatusCode::SEE_OTHER);
        let second = [("side", "operator"), ("typed_name", "Ada Reyes")];
        let answer = both.post(&path, &second).await;

        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", answer.page);
        assert_eq!(count(&house, "select count(*) from terms.signature").await, 1);
    });
}

/// People's page behind the layer, as the house has it: recognized, then served.
fn served_at(house: &TestHouse, acting: &Acting) -> axum::Router {
    let routes = (people::ROOM.routes)().into_router();
    let around = crate::ROOM.around.unwrap();
    let routes = around(routes, &house.house).layer(Extension(acting.clone()));
    web::app(house.house.clone(), routes)
}

async fn asks(app: &axum::Router, path: &str) -> StatusCode {
    use tower::ServiceExt;
    let request = axum::http::Request::get(path).body(axum::body::Body::empty()).unwrap();
    app.clone().oneshot(request).await.unwrap().status()
}

#[test]
fn an_agreement_that_the_practice_ends_is_shut_at_the_operators_next_request() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let page = format!("/p/{}/people", cast.elm);
        // The same visit all along: nothing is kept between two requests.
        let sue = served_at(&house, &cast.sue.acting());
        assert_eq!(asks(&sue, &page).await, StatusCode::FORBIDDEN, "nothing is agreed");

        let agreed = agreed(&house.house, &cast).await.unwrap();
        assert_eq!(asks(&sue, &page).await, StatusCode::OK, "agreed, and open");

        let ada = at(&house, &cast.ada.acting());
        let version = format!("/p/{}/terms/agreements/{}", cast.elm, agreed.agreement);
        let answer = ada.post(&format!("{version}/ending"), &[("side", "practice")]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.page);
        assert_eq!(asks(&sue, &page).await, StatusCode::FORBIDDEN, "ended, and shut");
        assert!(ada.get(&version).await.page.contains("Its end was said"));
        let again = ada.post(&format!("{version}/ending"), &[("side", "practice")]).await;
        assert_eq!(again.status, StatusCode::CONFLICT);
    });
}

#[test]
fn an_agreement_whose_days_are_over_is_shut_by_itself() {
    run(async |house| {
        let (cast, _) = everybody(&house).await;
        let page = format!("/p/{}/people", cast.elm);
        let sue = served_at(&house, &cast.sue.acting());
        assert_eq!(asks(&sue, &page).await, StatusCode::OK);

        house.house.clock().advance(jiff::SignedDuration::from_hours(24 * 365));

        assert_eq!(asks(&sue, &page).await, StatusCode::FORBIDDEN);
    });
}

#[test]
fn the_operator_ends_an_agreement_after_its_notice() {
    run(async |house| {
        let (cast, agreed) = everybody(&house).await;
        let oz = at(&house, &cast.oz.acting());
        let version = format!("/p/{}/terms/agreements/{}", cast.elm, agreed.agreement);

        let answer = oz.post(&format!("{version}/ending"), &[("side", "operator")]).await;

        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.page);
        // 60 days after February 9, 2026.
        let ends = "select count(*) from terms.ending where ends_on = '2026-04-10'";
        assert_eq!(count(&house, ends).await, 1);
        let sue = served_at(&house, &cast.sue.acting());
        assert_eq!(asks(&sue, &format!("/p/{}/people", cast.elm)).await, StatusCode::OK);
    });
}

#[test]
fn fees_and_the_right_to_bill_are_set_by_the_owner_alone() {
    run(async |house| {
        let (cast, _) = everybody(&house).await;
        let fees = format!("/p/{}/fees", cast.elm);
        let (ada, ben) = (at(&house, &cast.ada.acting()), at(&house, &cast.ben.acting()));
        assert_eq!(ben.get(&fees).await.status, StatusCode::FORBIDDEN);

        let day = |field: &'static str| {
            [
                (format!("{field}_month"), "3"),
                (format!("{field}_day"), "1"),
                (format!("{field}_year"), "2026"),
            ]
        };
        let pairs = |fields: &[(&str, &str)], date: [(String, &str); 3]| -> Vec<(String, String)> {
            let fields = fields.iter().map(|(name, value)| (name.to_string(), value.to_string()));
            fields.chain(date.map(|(name, value)| (name, value.to_string()))).collect()
        };
        let fee = pairs(&[("payer", "self"), ("cpt", "90837"), ("fee", "$185")], day("from"));
        for _ in 0..2 {
            assert_eq!(send(&ada, &fees, &fee).await.status, StatusCode::SEE_OTHER);
        }
        let other = pairs(&[("payer", "self"), ("cpt", "90837"), ("fee", "190")], day("from"));
        let answer = send(&ada, &fees, &other).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.page.contains("Choose a later day"), "{}", answer.page);
        let wrong = pairs(&[("payer", "NOBODY"), ("cpt", "x"), ("fee", "0")], day("since"));
        let page = send(&ada, &fees, &wrong).await.page;
        for says in
            ["Choose who pays", "Enter a code of five", "Enter a fee above", "Enter the first day"]
        {
            assert!(page.contains(says), "{says}: {page}");
        }
        assert!(ada.get(&fees).await.page.contains("$185.00"));

        let id = cast.ben_treats.id.to_string();
        let under = cast.ada_treats.id.to_string();
        let right = [("clinician", id.as_str()), ("bills_as", &under), ("to_payer", "LONESTAR")];
        let right = pairs(&right, day("since"));
        for _ in 0..2 {
            let answer = send(&ada, &format!("{fees}/rights"), &right).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.page);
        }
        let page = ada.get(&fees).await.page;
        let says = "Ben Ortiz to Lone Star Health (demo), under the name of Ada Reyes";
        assert_eq!(page.matches(&format!("<div class=\"what\">{says}<")).count(), 1, "{page}");
        let from = page.find(&format!(": {says}")).unwrap();
        let path = page[..from].rsplit("action=\"").next().unwrap().split('"').next().unwrap();
        assert_eq!(ada.post(path, &[]).await.status, StatusCode::SEE_OTHER);
        let ended = "select count(*) from terms.billing_right where to_date = '2026-03-02'";
        assert_eq!(count(&house, ended).await, 1);
    });
}

#[test]
fn samples_are_there_for_everybody_and_say_that_they_are() {
    run(async |house| {
        let nobody = at(&house, &Acting::Door);

        for (path, says) in [
            ("/how-we-work/agreement", "Billing costs $4.50 for each claim filed"),
            ("/how-we-work/engagement", "The clinician is paid 60% of what was collected"),
        ] {
            let answer = nobody.get(path).await;
            assert_eq!(answer.status, StatusCode::OK);
            assert!(
                answer.page.contains(says) && answer.page.contains("A sample."),
                "{}",
                answer.page
            );
        }
    });
}

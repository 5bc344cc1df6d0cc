//! The pages of billing: who sees them, what they say, and what pressing does.

use axum::http::StatusCode;
use ground::Acting;
use ground::acting::Place;
use ground::policy::Role;
use ground::testing::{Browser, run};
use ids::{PersonId, SignInId, Uuid};
use jiff::civil::date;
use people::cast::{self, Worker};

use super::stage::Stage;
use crate::standin;

fn browser(stage: &Stage, acting: &Acting) -> Browser {
    Browser::of(&stage.house, [(crate::ROOM.routes)(), (ledger::ROOM.routes)()], acting)
}

/// Bo, with what agreements open to him.
async fn bo(stage: &Stage) -> Acting {
    terms::cast::acting(&stage.house.house, &stage.cast.bo).await.unwrap()
}

fn sam(stage: &Stage) -> Acting {
    Acting::Client {
        person: PersonId(Uuid::from_u128(77)),
        sign_in: SignInId(Uuid::nil()),
        as_client: vec![(stage.cast.elm, stage.cast.sam.id)],
    }
}

async fn with_two_claims(stage: &Stage) {
    stage.insures(stage.cast.sam.id, "LS100200300").await;
    stage.charged(1, 53, "F411").await;
    stage.charged(2, 45, "Z630").await;
}

/// The first path on a page that begins like this.
fn path(page: &str, begins: &str) -> String {
    let from = page.find(begins).unwrap_or_else(|| panic!("{begins} is not on\n{page}"));
    page[from..].split(['"', '\'']).next().unwrap().replace("&amp;", "&")
}

#[test]
fn a_biller_sends_takes_in_and_settles_what_did_not_post() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        with_two_claims(&stage).await;
        let bo = browser(&stage, &bo(&stage).await);
        let at = format!("/p/{}/billing", stage.cast.elm);
        let page = bo.get(&at).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.page);
        assert!(page.page.contains("ESP1001") && page.page.contains("Send these claims"));

        let desk = bo.get("/desk/billing").await.page;
        assert!(desk.contains("2 claims are ready to send") && desk.contains(&at), "{desk}");

        for _ in 0..2 {
            let answer = bo.post(&format!("{at}/claims/sending"), &[("once", "k")]).await;
            assert_eq!(answer.to.as_deref(), Some(at.as_str()), "{}", answer.page);
        }
        assert_eq!(stage.states().await, ["sent", "sent"]);
        let mut tx = stage.begin().await;
        let files = crate::outgoing(&mut tx, stage.cast.elm).await.unwrap();
        let bytes = crate::bytes_of(&mut tx, stage.cast.elm, files[0].0).await.unwrap().unwrap();
        let clock = date(2026, 2, 10).at(9, 0, 0, 0);
        let paid = standin::answer(&bytes, clock, date(2026, 2, 11)).unwrap().remittances.remove(0);
        let text = String::from_utf8(paid.bytes).unwrap();
        let answer =
            bo.post(&format!("{at}/remittances"), &[("name", "a.835"), ("text", &text)]).await;
        let remittance = bo.get(&answer.to.unwrap_or_else(|| panic!("{}", answer.page))).await.page;
        assert!(remittance.contains("its money has not arrived"), "{remittance}");

        let answer_page = bo.get(&path(&remittance, &format!("{at}/answers/"))).await.page;
        assert!(answer_page.contains("CAS*CO*45*23.95~"), "{answer_page}");
        assert!(answer_page.contains("CO-45: above the contract rate"), "{answer_page}");
        let form = bo.get(&path(&remittance, &format!("/p/{}/books/money?", stage.cast.elm))).await;
        assert!(
            form.page.contains("value=\"126.05\"") && form.page.contains(&paid.trace),
            "{}",
            form.page
        );

        let desk = bo.get("/desk/billing").await.page;
        assert!(desk.contains("Denied") && desk.contains("CO-167"), "{desk}");
        let exception = path(&desk, &format!("{at}/exceptions/"));
        let page = bo.get(&exception).await.page;
        assert!(page.contains("Write it off"), "{page}");
        for _ in 0..2 {
            let answer = bo.post(&format!("{exception}/settling"), &[("how", "written_off")]).await;
            assert_eq!(answer.to.as_deref(), Some("/desk/billing"), "{}", answer.page);
        }
        let given_up = stage.books().await.into_iter().find(|(name, _)| name == "written_off");
        assert_eq!(given_up, Some(("written_off".into(), 13_500)), "once");
        assert!(bo.get("/desk/billing").await.page.contains("Nothing waits for you"));
    });
}

#[test]
fn what_waits_stays_in_sight_and_what_does_not_goes_to_its_month() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        stage.charged(1, 53, "F411").await;
        stage.insures(stage.cast.sam.id, "LS100200300").await;
        stage.charged(2, 45, "Z630").await;
        let ada = browser(&stage, &stage.cast.ada.acting());
        let at = format!("/p/{}/billing", stage.cast.elm);
        stage.house.house.clock().advance(jiff::SignedDuration::from_hours(60 * 24));

        let page = ada.get(&at).await.page;
        let month = ada.get(&path(&page, &format!("{at}?month="))).await.page;
        let other = ada.get(&format!("{at}?month=2026-03")).await.page;

        assert!(page.contains(">ESP1002<"), "it waits to be sent: {page}");
        assert!(!page.contains(">1001<"), "its client pays alone: {page}");
        assert!(month.contains("<h1>February 2026</h1>"), "{month}");
        assert!(month.contains(">1001<") && month.contains(">ESP1002<"), "{month}");
        assert!(!other.contains(">1001<") && !other.contains(">ESP1002<"), "{other}");
        let none = ada.get(&format!("{at}?month=soon")).await;
        assert_eq!(none.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn a_charges_page_tells_its_whole_story() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        with_two_claims(&stage).await;
        let ada = browser(&stage, &stage.cast.ada.acting());
        let at = format!("/p/{}/billing", stage.cast.elm);
        ada.post(&format!("{at}/claims/sending"), &[]).await;

        let page = ada.get(&path(&ada.get(&at).await.page, &format!("{at}/charges/"))).await.page;

        for says in ["Sam Whitfield", "Ada Reyes", "837P", "sent", "Insurer owes"] {
            assert!(page.contains(says), "{says}: {page}");
        }
        let file = ada.get(&path(&page, &format!("{at}/files/"))).await.page;
        assert!(file.contains("CLM*ESP1001*175*"), "{file}");
    });
}

#[test]
fn a_file_that_cannot_be_read_comes_back_with_a_sentence() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let ada = browser(&stage, &stage.cast.ada.acting());
        let to = format!("/p/{}/billing/remittances", stage.cast.elm);

        for (text, says) in [
            (" ", "from ISA to IEA"),
            ("<html>Sign in</html>", "Nothing of this file was taken in"),
        ] {
            let answer = ada.post(&to, &[("name", "x"), ("text", text)]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(answer.page.contains(says), "{says}: {}", answer.page);
        }
        assert_eq!(stage.open().await, ["refused_file"]);
    });
}

#[test]
fn an_owner_says_who_bills_and_nobody_else() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let ada = browser(&stage, &stage.cast.ada.acting());
        let at = format!("/p/{}/billing/biller", stage.cast.elm);
        assert!(ada.get(&at).await.page.contains("value=\"1234567802\""));
        let wrong = [("npi", "1234567890"), ("zip", "78701"), ("state", "Texas")];
        let answer = ada.post(&at, &wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.page.contains("all nine digits") && answer.page.contains("value=\"Texas\""));

        house.house.clock().advance(jiff::SignedDuration::from_secs(5));
        let right = [
            ("npi", "1234567802"),
            ("ein", "91-0000011"),
            ("street", "9 Elm Street"),
            ("city", "Austin"),
            ("state", "tx"),
            ("zip", "78701-2345"),
            ("phone", "(512) 555-0142"),
        ];
        assert!(ada.post(&at, &right).await.to.is_some());
        let newest = "select count(*) from billing.biller where street = '9 Elm Street'";
        assert_eq!(stage.number(newest).await, 1);

        let bo = browser(&stage, &bo(&stage).await);
        assert_eq!(bo.get(&at).await.status, StatusCode::FORBIDDEN);
        assert_eq!(bo.post(&at, &right).await.status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn a_client_reads_what_they_owe_and_why_and_nothing_of_others() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        with_two_claims(&stage).await;
        let ada = browser(&stage, &stage.cast.ada.acting());
        let at = format!("/p/{}/billing", stage.cast.elm);
        ada.post(&format!("{at}/claims/sending"), &[]).await;
        let mut tx = stage.begin().await;
        let files = crate::outgoing(&mut tx, stage.cast.elm).await.unwrap();
        let bytes = crate::bytes_of(&mut tx, stage.cast.elm, files[0].0).await.unwrap().unwrap();
        let clock = date(2026, 2, 10).at(9, 0, 0, 0);
        let paid = standin::answer(&bytes, clock, date(2026, 2, 11)).unwrap().remittances.remove(0);
        crate::import(&mut tx, stage.cast.elm, "835", &paid.bytes).await.unwrap();
        tx.commit().await.unwrap();

        let page = browser(&stage, &sam(&stage)).get("/me/bills").await;

        assert_eq!(page.status, StatusCode::OK, "{}", page.page);
        for says in [
            "You owe <b><span class=\"money\">$25.00</span></b>",
            "copay: your fixed part of each visit",
            "Taken off by your plan&#39;s contract",
            "Ada Reyes",
        ] {
            assert!(
                page.page.contains(says) || page.page.contains(&says.replace("&#39;", "'")),
                "{says}: {}",
                page.page
            );
        }
        let mut other = sam(&stage);
        if let Acting::Client { as_client, .. } = &mut other {
            as_client[0].1 = ids::ClientId(Uuid::from_u128(5));
        }
        let page = browser(&stage, &other).get("/me/bills").await.page;
        assert!(page.contains("You owe nothing") && !page.contains("$25.00"), "{page}");

        let account = format!("/p/{}/clients/{}/account", stage.cast.elm, stage.cast.sam.id);
        assert!(ada.get(&account).await.page.contains("Sam Whitfield"));
        let ben = browser(&stage, &stage.cast.ben.acting());
        assert_eq!(ben.get(&account).await.status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn whoever_may_not_see_billing_is_refused_or_finds_nothing() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        with_two_claims(&stage).await;
        let oak = people::found(&house.house, &cast::oak_lane()).await.unwrap();
        let una = Worker {
            person: oak.founder,
            address: "una@oak.example".into(),
            place: Place {
                practice: oak.practice,
                is_operator: false,
                roles: [Role::Owner].into(),
            },
        };
        let at = format!("/p/{}/billing", stage.cast.elm);
        let nobody = Uuid::from_u128(1);
        for (who, acting, status) in [
            ("a clinician", stage.cast.ben.acting(), StatusCode::FORBIDDEN),
            ("a biller without an agreement", stage.cast.bo.acting(), StatusCode::FORBIDDEN),
            ("a scheduler", stage.cast.sue.acting(), StatusCode::FORBIDDEN),
            ("another owner", una.acting(), StatusCode::NOT_FOUND),
            ("a client", sam(&stage), StatusCode::NOT_FOUND),
            ("nobody", Acting::Door, StatusCode::NOT_FOUND),
        ] {
            let browser = browser(&stage, &acting);
            for path in [
                at.clone(),
                format!("{at}/charges/{nobody}"),
                format!("{at}/remittances/{nobody}"),
                format!("{at}/files/{nobody}"),
                format!("{at}/exceptions/{nobody}"),
            ] {
                assert_eq!(browser.get(&path).await.status, status, "{who} at {path}");
            }
            for path in [
                format!("{at}/claims/sending"),
                format!("{at}/remittances"),
                format!("{at}/exceptions/{nobody}/settling"),
            ] {
                let answer = browser.post(&path, &[("text", "ISA"), ("how", "again")]).await;
                assert_eq!(answer.status, status, "{who} at {path}");
            }
        }
        assert_eq!(stage.states().await, ["ready", "ready"], "nobody sent anything");
        let desk = browser(&stage, &una.acting()).get("/desk/billing").await;
        assert!(!desk.page.contains("Elm Street"), "{}", desk.page);
        let desk = browser(&stage, &stage.cast.sue.acting()).get("/desk/billing").await;
        assert_eq!(desk.status, StatusCode::FORBIDDEN);
    });
}

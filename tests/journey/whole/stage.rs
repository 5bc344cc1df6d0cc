//! Who is there before anybody asks for care: an operator, a practice with an associate, and what
//! they agreed. They are founded by the rooms' verbs; what they do, they do on pages.

use std::net::SocketAddr;

use billing::standin;
use ground::acting::Place;
use ground::policy::{Role, Service, Side};
use ground::testing::TestHouse;
use ground::{Acting, House, web};
use ids::{ClinicianId, PersonId, PracticeId};
use jiff::SignedDuration;
use jiff::civil::{Date, date};
use money::Cents;
use people::cast::{self, Worker};
use people::{Address, License, NewClinician, Newcomer, Supervision};
use terms::{BillingRight, Fee, NewAgreement, PayerCode};
use totp_rs::{Builder, Secret};

use crate::browser::{Browser, Screen, Tab};
use crate::house::rooms::joined as rooms;
use crate::journey::client::letter_line;

/// The first day of all that was agreed.
const SINCE: Date = date(2026, 1, 1);

/// Code, and what the practice asks a client who pays alone, and Lone Star; in cents.
const FEES: &[(&str, i64, i64)] = &[("90791", 19_000, 19_000), ("90837", 17_500, 17_500)];

/// What the operator asks for a month of leads, in cents.
const LEADS: i64 = 1_500;

/// A house whose clock the story moves, its pages, and a browser to look at them.
pub struct Stage {
    pub house: House,
    browser: Browser,
    wiring: ground::work::Wiring,
    operator: PracticeId,
    elm: PracticeId,
}

impl Stage {
    /// Founds everybody, and serves every page of the house until the test ends.
    pub async fn set(test: &TestHouse) -> Self {
        let (house, wiring) = (test.house.clone(), rooms::wiring());
        ground::events::register(&test.stores, &wiring.listeners).await.unwrap();
        let operator = people::found(&house, &cast::trellis()).await.unwrap();
        let elm = people::found(&house, &cast::elm_street()).await.unwrap();
        treat(&house, elm.practice, elm.founder).await;
        agree(&house, elm.practice, elm.founder, operator.founder).await;

        let app = web::app(house.clone(), rooms::routes(&house));
        let app = app.into_make_service_with_connect_info::<SocketAddr>();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self {
            house,
            browser: Browser::start().at(&address),
            wiring,
            operator: operator.practice,
            elm: elm.practice,
        }
    }

    /// Somebody's own tab.
    pub async fn tab(&self, screen: Screen) -> Tab {
        self.browser.tab(screen).await
    }

    /// What happened is taken up by whoever listens, and what is due is done.
    pub async fn settle(&self) {
        self.wiring.drain(&self.house).await.unwrap();
    }

    /// Time passes.
    pub fn pass(&self, minutes: i64) {
        self.house.clock().advance(SignedDuration::from_mins(minutes));
    }

    /// It becomes this instant, by the practice's wall clock.
    pub fn wait_until(&self, day: Date, hour: i8, minute: i8) {
        let at = day.at(hour, minute, 0, 0).in_tz("America/Chicago").unwrap().timestamp();
        let ahead = at.duration_since(self.house.now());
        assert!(ahead.is_positive(), "{at} is behind");
        self.house.clock().advance(ahead);
    }

    /// The part behind the house's name of a link in the `nth` letter of the practice to somebody.
    pub async fn link(&self, to: &str, nth: usize) -> String {
        self.settle().await;
        let line = letter_line(&self.house, self.elm, to, nth, |it| it.starts_with("http")).await;
        line.strip_prefix(self.house.origin()).unwrap().to_owned()
    }

    /// The six digits in the `nth` letter to somebody.
    pub async fn code(&self, to: &str, nth: usize) -> String {
        self.settle().await;
        let is_code = |it: &str| it.len() == 6 && it.bytes().all(|sign| sign.is_ascii_digit());
        letter_line(&self.house, self.elm, to, nth, is_code).await
    }

    /// What the payer answers to the one file of claims that went out.
    pub async fn payer_answers(&self, paid_on: Date) -> standin::Answers {
        let mut tx = self.house.begin(&Acting::Job { practice: self.elm }).await.unwrap();
        let out = billing::outgoing(&mut tx, self.elm).await.unwrap();
        assert_eq!(out.len(), 1, "one file of claims went out");
        let file = billing::bytes_of(&mut tx, self.elm, out[0].0).await.unwrap().unwrap();
        let now = self.house.now().in_tz("America/Chicago").unwrap().datetime();
        standin::answer(&file, now, paid_on).unwrap()
    }

    /// Ada, who owns the practice, comes in by the letter that founding sends.
    pub async fn ada(&self, screen: Screen) -> Tab {
        self.comes_in(self.elm, "Ada Reyes", "ada@elm.example", Role::Owner, screen).await
    }

    /// Somebody of the operator comes in by a letter.
    pub async fn staff(&self, name: &str, address: &str, role: Role, screen: Screen) -> Tab {
        self.comes_in(self.operator, name, address, role, screen).await
    }

    /// The link of a letter, a password, and the code of an app: from here they can sign in.
    async fn comes_in(
        &self,
        to: PracticeId,
        name: &str,
        address: &str,
        role: Role,
        screen: Screen,
    ) -> Tab {
        let mut tx = self.house.begin(&Acting::Job { practice: to }).await.unwrap();
        let newcomer = newcomer(name, address);
        people::invite(&mut tx, self.house.new_id(), to, &newcomer, role).await.unwrap();
        tx.commit().await.unwrap();
        let line = letter_line(&self.house, to, address, 0, |it| it.starts_with("http")).await;
        let tab = self.tab(screen).await;
        tab.visit(line.strip_prefix(self.house.origin()).unwrap()).await;
        tab.fill("Choose a password", "corn lantern hums beside rivers").await;
        let page = tab.text().await;
        let key = page.split("Or type this key into the app:").nth(1).unwrap();
        let key: String = key.split_whitespace().take(8).collect();
        tab.fill("The code that the app shows now", &app_code(&key)).await;
        tab.press("Accept the invitation").await;
        tab.sees("Needs you").await;
        tab
    }
}

/// What an authenticator app shows for a key now.
fn app_code(key: &str) -> String {
    let secret = Secret::try_from_base32(key).unwrap();
    let app = Builder::new().with_secret(secret.as_bytes()).with_digits(6).build_noncompliant();
    app.generate(u64::try_from(ground::clock::wall().as_second()).unwrap()).to_string()
}

fn newcomer(name: &str, address: &str) -> Newcomer {
    Newcomer { name: name.into(), address: Address::read(address).unwrap() }
}

/// As somebody acts who treats at the practice.
fn acting(practice: PracticeId, person: PersonId) -> Worker {
    let roles = [Role::Clinician].into();
    Worker { person, address: String::new(), place: Place { practice, is_operator: false, roles } }
}

/// Ada and Ben, licensed in Texas; she supervises him. Both work on weekdays from nine to five.
async fn treat(house: &House, elm: PracticeId, ada: PersonId) {
    let mut tx = house.begin(&Acting::Job { practice: elm }).await.unwrap();
    let ben = newcomer("Ben Ortiz", "ben@elm.example");
    let ben = people::join(&mut tx, elm, &ben, &[Role::Clinician]).await.unwrap();
    let mut listed: Vec<ClinicianId> = vec![];
    for (person, name, credential, npi, number) in [
        (ada, "Ada Reyes", "LPC-S", "1000000012", "70214"),
        (ben, "Ben Ortiz", "LPC Associate", "1000000020", "91877"),
    ] {
        let new = NewClinician {
            person,
            name: name.into(),
            credential: credential.into(),
            npi: Some(npi.parse().unwrap()),
        };
        let clinician = people::list_clinician(&mut tx, elm, &new).await.unwrap();
        let license = License {
            clinician,
            state: "TX".into(),
            kind: credential.trim_end_matches("-S").into(),
            number: number.into(),
            expires_on: date(2027, 5, 31),
            verified_on: Some(SINCE),
        };
        people::add_license(&mut tx, elm, &license).await.unwrap();
        listed.push(clinician);
    }
    let (supervisor, supervisee) = (listed[0], listed[1]);
    let under = Supervision { supervisee, supervisor, begins_on: SINCE, ends_on: None };
    people::supervise(&mut tx, elm, &under).await.unwrap();
    tx.commit().await.unwrap();

    // Who sees whom is theirs to say. Ben is in no payer's network yet.
    let sees = fit::cast::sees_adults();
    let alone = fit::Profile { payers: [].into(), ..sees.clone() };
    for (person, clinician, sees) in [(ada, supervisor, sees), (ben, supervisee, alone)] {
        let who = acting(elm, person);
        hours::cast::works_weekdays(house, &who, elm, clinician).await.unwrap();
        fit::cast::says(house, &who, elm, clinician, &sees).await.unwrap();
    }
    calendar::cast::visits(house, &acting(elm, ada), elm).await.unwrap();
}

/// What the practice shares: leads at a price of their own, intake and billing at list prices.
fn shares() -> NewAgreement {
    let shared = [Service::Leads, Service::Intake, Service::Billing];
    let mut terms = terms::at_list_prices(SINCE, &shared);
    let leads = economics::Rule::Flat { cents: Cents(LEADS) };
    terms.services[0].clause = economics::Clause::new("Leads cost", leads);
    terms
}

/// Both sides sign, the fees are set, and Ada's work may be billed to Lone Star.
async fn agree(house: &House, elm: PracticeId, ada: PersonId, oz: PersonId) {
    let mut tx = house.begin(&Acting::Job { practice: elm }).await.unwrap();
    let agreement = terms::propose_agreement(&mut tx, elm, &shares()).await.unwrap();
    for (side, by, name) in [(Side::Practice, ada, "Ada Reyes"), (Side::Operator, oz, "Oz Adeyemi")]
    {
        terms::sign_agreement(&mut tx, elm, agreement, side, by, name).await.unwrap();
    }
    let lonestar: PayerCode = terms::cast::lonestar();
    for (cpt, own, payers) in FEES {
        for (payer, cents) in [(None, *own), (Some(lonestar.clone()), *payers)] {
            let fee = Fee { payer, cpt: (*cpt).into(), from_date: SINCE, cents: Cents(cents) };
            terms::set_fee(&mut tx, elm, &fee).await.unwrap();
        }
    }
    let clinicians = people::clinicians(&mut tx, elm).await.unwrap();
    let hers = clinicians.iter().find(|it| it.person == ada).unwrap().id;
    let right = BillingRight {
        clinician: hers,
        payer: lonestar,
        bills_as: hers,
        from_date: SINCE,
        to_date: None,
    };
    terms::allow_billing(&mut tx, elm, &right).await.unwrap();
    tx.commit().await.unwrap();
}

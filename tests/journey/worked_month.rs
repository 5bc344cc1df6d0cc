//! `docs/worked-month.md` is true: the month is lived at the house's own doors, and every figure of
//! the document is what the program, the pages, the paper, the books and hledger say.

mod figures;
mod life;
mod payers;
mod setting;
mod told;

use std::collections::BTreeMap;

use bookkeeping::Title;
use ground::testing::run;
use jiff::civil::date;
use ledger::Collected;
use money::div_round;
use payouts::Part;
use serde_json::Value;

use self::figures::{Figures, dollars, per_cent, thousands};
use self::life::Life;
use self::payers::{BLUE_MESA, FEE, LONE_STAR};
use self::told::{Books, has_near};

#[test]
fn a_month_worked_by_hand_is_what_everything_says() {
    run(async |test| {
        let mut life = Life::begin(&test).await;
        life.lives_march().await;
        life.lives_april().await;
        let (figures, books) = (Figures::read(), Books::of(&life).await);

        agreed(&life);
        visits(&figures, &life).await;
        answers(&figures, &books);
        clients(&figures, &books, &life).await;
        open(&figures, &books, &life).await;
        statement(&figures, &books);
        let worth = told::worth(&life, &books).await;
        hours(&figures, &worth);
        hour(&figures, &worth);
        tax(&figures, &books, &worth);
        balances(&figures, &books, &life);
        pages(&figures, &books, &life, &worth).await;
        figures.are_all_seen();
    });
}

/// What the document quotes is what was signed.
fn agreed(life: &Life) {
    let mut signed = setting::engagement(&life.cast).clauses.sentences();
    let services = setting::agreement().services;
    signed.extend(services.iter().map(|it| it.clause.sentence()));
    for line in Figures::quoted() {
        assert!(signed.iter().any(|it| it == line), "{line:?} was not signed: {signed:#?}");
    }
}

async fn visits(figures: &Figures, life: &Life) {
    let heading = "What a contract makes of $165.00";
    for (row, of) in [
        ("charged", [FEE; 2]),
        ("the contract takes off", [LONE_STAR, BLUE_MESA].map(|it| it.contract)),
        ("allowed: 165.00 less that", [LONE_STAR, BLUE_MESA].map(|it| FEE - it.contract)),
        ("the client pays", [LONE_STAR, BLUE_MESA].map(|it| it.copay)),
        ("the plan pays: the rest", [LONE_STAR, BLUE_MESA].map(|it| it.pays())),
    ] {
        let [one, other] = of.map(dollars);
        figures.says(heading, row, &[&*one, &*other]);
    }

    let rows: Vec<(Option<String>, i64, i64, i64, i64)> = sqlx::query_as(
        "select v.payer_code, count(*), count(*) filter (where a.state = 'missed'),
                count(*) filter (where a.state = 'kept'),
                coalesce(sum(c.cents), 0)::bigint
           from calendar.appointment a
           join calendar.attendee t using (practice_id, appointment_id)
           left join intake.coverage v using (practice_id, client_id)
           left join session.session s using (practice_id, appointment_id)
           left join billing.charge c on c.note_id = s.session_id
          where a.starts_at >= '2026-04-01T05:00:00Z'
          group by v.payer_code",
    )
    .fetch_all(&mut life.house.superuser().await)
    .await
    .unwrap();
    let mut all = [0; 4];
    for (payer, booked, missed, held, cents) in rows {
        let [visit, charge] = match payer.as_deref() {
            Some("LONESTAR") => ["Lone Star", "Lone Star"],
            Some(_) => ["Blue Mesa", "Blue Mesa"],
            None => ["the client", "clients"],
        };
        let counts = [booked, missed, held].map(|it| it.to_string());
        figures.says("Visits", visit, &counts.each_ref().map(String::as_str));
        figures.says("What was charged", charge, &[&dollars(cents)]);
        all = [all[0] + booked, all[1] + missed, all[2] + held, all[3] + cents];
    }
    let counts = [all[0], all[1], all[2]].map(|it| it.to_string());
    figures.says("Visits", "all", &counts.each_ref().map(String::as_str));
    figures.says("What was charged", "all sessions", &[&dollars(all[3])]);
    let fees: i64 = sqlx::query_scalar(
        "select sum(p.cents)::bigint
           from ledger.entry e
           join ledger.posting p using (practice_id, entry_id)
          where e.cause_kind = 'visit' and p.account = 'client_receivable'
            and e.rule = 'charge'",
    )
    .fetch_one(&mut life.house.superuser().await)
    .await
    .unwrap();
    figures.says("What was charged", "fees for no-shows", &[&dollars(fees)]);
    let contracts: Vec<(String, i64)> = sqlx::query_as(
        "select e.payer_code, sum(p.cents)::bigint
           from ledger.entry e
           join ledger.posting p using (practice_id, entry_id)
           join billing.charge c on c.charge_id = e.charge_id
          where p.account = 'contractual' and c.service_on >= '2026-04-01'
          group by e.payer_code",
    )
    .fetch_all(&mut life.house.superuser().await)
    .await
    .unwrap();
    let contracts: BTreeMap<String, i64> = contracts.into_iter().collect();
    let heading = "What the contracts took off";
    figures.says(heading, "Lone Star", &[&dollars(contracts["LONESTAR"])]);
    figures.says(heading, "Blue Mesa", &[&dollars(contracts["BLUEMESA"])]);
    figures.says(heading, "both", &[&dollars(contracts.values().sum())]);
}

fn answers(figures: &Figures, books: &Books) {
    let (sixth, march) = (date(2026, 4, 6), date(2026, 3, 24));
    let of = |payer: &'static str, day: i8| {
        move |it: &Collected| it.payer.as_deref() == Some(payer) && it.on.day() == day
    };
    let last = of("LONESTAR", 29);
    let plain = |it: &Collected| it.service_on != sixth && it.service_on != march;
    for (row, cents) in [
        ("Lone Star, April 15: seven of eight claims", books.sum(of("LONESTAR", 15))),
        ("Blue Mesa, April 22: twelve of thirteen claims", books.sum(of("BLUEMESA", 22))),
        ("Lone Star, April 29: nine of ten claims", books.sum(|it| last(it) && plain(it))),
        (
            "April 6, taken back",
            books.sum(|it| last(it) && it.service_on == sixth && it.cents.is_negative()),
        ),
        (
            "April 6, paid anew",
            books.sum(|it| last(it) && it.service_on == sixth && !it.cents.is_negative()),
        ),
        ("March 24, taken back", books.sum(|it| last(it) && it.service_on == march)),
        ("Lone Star, April 29: what arrives", books.sum(last)),
        ("all that arrived from insurers", books.sum(|it| it.payer.is_some())),
    ] {
        figures.says("What the insurers answered", row, &[&dollars(cents)]);
    }
}

async fn clients(figures: &Figures, books: &Books, life: &Life) {
    let ways = told::ways(life).await;
    let insured: BTreeMap<ids::Uuid, String> =
        sqlx::query_as("select client_id, payer_code from intake.coverage")
            .fetch_all(&mut life.house.superuser().await)
            .await
            .unwrap()
            .into_iter()
            .collect();
    let heading = "What clients brought";
    let sum = |payer: Option<&str>, is_for_missed: bool, way: &str| {
        books.sum(|it| {
            it.payer.is_none()
                && insured.get(&it.of.client.0).map(String::as_str) == payer
                && it.is_for_missed == is_for_missed
                && ways[&it.cause.id] == way
        })
    };
    for (row, cents) in [
        ("sessions, by card", sum(None, false, "card")),
        ("sessions, in cash", sum(None, false, "cash")),
        ("parts that Lone Star left, in cash", sum(Some("LONESTAR"), false, "cash")),
        ("parts that Lone Star left, by card", sum(Some("LONESTAR"), false, "card")),
        ("parts that Blue Mesa left, in cash", sum(Some("BLUEMESA"), false, "cash")),
        ("fee for a no-show, in cash", sum(None, true, "cash")),
        ("fee for a no-show, by card", sum(None, true, "card")),
        ("all by card", books.sum(|it| it.payer.is_none() && ways[&it.cause.id] == "card")),
        ("all in cash", books.sum(|it| it.payer.is_none() && ways[&it.cause.id] == "cash")),
        ("all that clients brought", books.sum(|it| it.payer.is_none())),
    ] {
        figures.says(heading, row, &[&dollars(cents)]);
    }
    let kept = |is: i64| books.card_fees.iter().filter(|cents| **cents == is).sum::<i64>();
    for (row, cents) in [
        ("eleven of 165.00", kept(509)),
        ("one of 75.00", kept(248)),
        ("one of 65.00", kept(219)),
        ("all thirteen", books.card_fees.iter().sum()),
    ] {
        figures.says("What the card processor kept", row, &[&dollars(cents)]);
    }
    assert_eq!(books.card_fees.len(), 13);
}

async fn open(figures: &Figures, books: &Books, life: &Life) {
    let rows: Vec<(Option<String>, Option<String>, i64, i64)> = sqlx::query_as(
        "select m.payer_code, m.state,
                coalesce(sum(p.cents) filter (where p.account = 'payer_receivable'), 0)::bigint,
                coalesce(sum(p.cents) filter (where p.account = 'client_receivable'), 0)::bigint
           from billing.charge c
           join ledger.posting p on p.charge_id = c.charge_id
           left join billing.claim m on m.charge_id = c.charge_id
          where c.service_on >= '2026-04-01'
          group by m.payer_code, m.state",
    )
    .fetch_all(&mut life.house.superuser().await)
    .await
    .unwrap();
    let by_payer = |payer: &str, is_denied: bool| -> i64 {
        let is_its = |it: &&(Option<String>, Option<String>, i64, i64)| {
            it.0.as_deref() == Some(payer) && (it.1.as_deref() == Some("denied")) == is_denied
        };
        rows.iter().filter(is_its).map(|it| it.2).sum()
    };
    let by_clients = |is_insured: bool| -> i64 {
        rows.iter().filter(|it| it.0.is_some() == is_insured).map(|it| it.3).sum()
    };
    let allowed: i64 = books.charges.iter().map(|(allowed, _)| allowed).sum();
    let still_open: i64 = books.charges.iter().map(|(_, open)| open).sum();
    for (row, cents) in [
        ("Lone Star, denied", by_payer("LONESTAR", true)),
        ("Lone Star, not answered", by_payer("LONESTAR", false)),
        ("Blue Mesa, denied", by_payer("BLUEMESA", true)),
        ("Blue Mesa, not answered", by_payer("BLUEMESA", false)),
        ("parts that plans left to clients", by_clients(true)),
        ("a session of the client of Friday", by_clients(false)),
        ("open", still_open),
        ("allowed: charged less contracts", allowed),
        ("the same: collected for sessions, and open", allowed),
    ] {
        figures.says("What is still open of April's sessions", row, &[&dollars(cents)]);
    }
}

fn statement(figures: &Figures, books: &Books) {
    let is = &books.april.is;
    let line = |part: &[Part], begins: &str| -> i64 {
        let is_it = |it: &&payouts::Line| part.contains(&it.part) && it.what.starts_with(begins);
        let found: Vec<_> = is.lines.iter().filter(is_it).collect();
        assert_eq!(found.len(), 1, "{begins}: {found:?}");
        found[0].cents.0
    };
    let money_in = [Part::Collected, Part::Adjustment];
    for (heading, parts) in [
        ("What came in", &money_in[..]),
        ("What the engagement makes of it", &[Part::Split]),
        ("The operator's prices", &[Part::Price]),
    ] {
        let mut rows = 0;
        for (row, _) in figures.under(heading) {
            let cents = match row {
                "Collected" => is.collected.0,
                "Before the operator’s prices" => is.sum_of(Part::Split).0,
                "You keep" => is.kept.0,
                row => {
                    rows += 1;
                    line(parts, row)
                }
            };
            figures.says(heading, row, &[&dollars(cents)]);
        }
        let lines = is.lines.iter().filter(|it| parts.contains(&it.part)).count();
        assert_eq!(rows, lines, "every line of {heading} is in the document");
    }
    let back = is.lines.iter().find(|it| it.part == Part::Adjustment).unwrap();
    assert!(back.adjusts.is_some(), "what Lone Star took back adjusts a line of March: {back:?}");
}

/// Minutes of a kind, or of several.
fn hours(figures: &Figures, worth: &Value) {
    let hours = &worth["hours"];
    let says = |heading, row, seconds: i64| {
        let tenths = (seconds * 10 + 1_800) / 3_600;
        let minutes = thousands((seconds / 60).unsigned_abs());
        figures.says(heading, row, &[&*minutes, &format!("{}.{}", tenths / 10, tenths % 10)]);
    };
    let of = |kind: &str| hours["by_kind_s"][kind].as_i64().unwrap();
    let kinds = [
        ("Sessions", "session"),
        ("Consultation", "consultation"),
        ("Notes", "notes"),
        ("Messages", "messages"),
        ("Billing", "billing"),
        ("Scheduling", "scheduling"),
        ("Training", "training"),
        ("Everything else", "admin"),
        ("Waiting in missed visits", "missed"),
    ];
    for (row, kind) in kinds {
        says("By kind", row, of(kind));
    }
    let total = hours["total_s"].as_i64().unwrap();
    says("By kind", "all", total);
    assert_eq!(hours["total_high_s"], hours["total_s"], "nothing is left unsaid");
    let wide = total - of("session") - of("missed");
    assert_eq!(wide, 21 * 3_600 + 1_800, "21.5 hours of admin in the wide sense");
    says("Where they lay", "not paid for", hours["unpaid_s"].as_i64().unwrap());
}

fn hour(figures: &Figures, worth: &Value) {
    let cents = |value: &Value| dollars(value.as_i64().unwrap());
    let points = |value: &Value| per_cent(value.as_i64().unwrap());
    let each = |value: &Value| {
        assert_eq!(value["bound"], "exact");
        cents(&value["low"])
    };
    let (cash, matched) = (&worth["cash"], &worth["matched"]);
    let heading = "As money came in";
    for (row, value) in [
        ("collected", cents(&cash["collected_cents"])),
        ("net: what Ben keeps", cents(&cash["net_cents"])),
        ("net of collected", points(&cash["split_net_bp"])),
        ("net for each hour", each(&cash["effective_hour_net"])),
        ("half of self-employment tax, estimated", cents(&cash["employment_tax_cents"])),
        ("kept", cents(&cash["kept_cents"])),
        ("effective split: kept of collected", points(&cash["split_collected_bp"])),
        ("effective hour: kept for each hour", each(&cash["effective_hour"])),
    ] {
        figures.says(heading, row, &[&*value]);
    }
    for (row, value) in [
        ("collected", cents(&matched["collected_cents"])),
        ("net", cents(&matched["net_cents"])),
        ("net of collected", points(&matched["split_net_bp"])),
        ("kept", cents(&matched["kept_cents"])),
        ("effective split: kept of collected", points(&matched["split_collected_bp"])),
        ("allowed for April's sessions", cents(&matched["gross_cents"])),
        ("open", cents(&matched["open_cents"])),
    ] {
        figures.says("For the work of the month", row, &[&*value]);
    }
    let heading = "Collected";
    figures.says(heading, "as money came in", &[&cents(&cash["collected_cents"])]);
    figures.says(heading, "for the work of the month", &[&cents(&matched["collected_cents"])]);
    let of_hour = |cents: &Value, seconds: &Value| {
        let (cents, seconds) = (cents.as_i64().unwrap(), seconds.as_i64().unwrap());
        let each = div_round(i128::from(cents) * 3_600, i128::from(seconds)).unwrap();
        dollars(i64::try_from(each).unwrap())
    };
    let (session, all) = (&worth["hours"]["by_kind_s"]["session"], &worth["hours"]["total_s"]);
    for (row, value) in [
        ("collected, for a session hour", of_hour(&cash["collected_cents"], session)),
        ("Ben's, for a session hour", of_hour(&cash["net_cents"], session)),
        ("Ben's, for each hour worked", of_hour(&cash["net_cents"], all)),
    ] {
        figures.says("From a session hour to an hour", row, &[&*value]);
    }
    let tenths = (all.as_i64().unwrap() + 180) / 360;
    for (row, value) in [
        ("sessions held", "62".to_owned()),
        ("collected", cents(&cash["collected_cents"])),
        ("what Ben keeps", cents(&cash["net_cents"])),
        ("hours worked, paid or not", format!("{}.{}", tenths / 10, tenths % 10)),
        ("for each hour", each(&cash["effective_hour_net"])),
        ("for each hour, after half of self-employment tax", each(&cash["effective_hour"])),
        ("effective split, after that tax", points(&cash["split_collected_bp"])),
    ] {
        figures.says("In short", row, &[&*value]);
    }
}

/// Half of self-employment tax, step by step, as the statute has it (26 U.S.C. §§1401, 1402).
fn tax(figures: &Figures, books: &Books, worth: &Value) {
    let part = |cents: i64, points: i64| -> i64 {
        let part = div_round(i128::from(cents) * i128::from(points), 10_000).unwrap();
        i64::try_from(part).unwrap()
    };
    let march = books.march.is.kept.0;
    let year = march + books.april.is.kept.0;
    let base = part(year, 9_235);
    let (security, medicare) = (part(base, 1_240), part(base, 290));
    let half = part(security + medicare, 5_000);
    assert!(part(march, 9_235) < 40_000);
    for (row, cents) in [
        ("March", march),
        ("the year to date", year),
        ("92.35% of it", base),
        ("Social Security, 12.4%", security),
        ("Medicare, 2.9%", medicare),
        ("half of both", half),
        ("March alone: below 400.00 a year there is none", 0),
        ("April's part", worth["cash"]["employment_tax_cents"].as_i64().unwrap()),
    ] {
        figures.says("Half of self-employment tax", row, &[&dollars(cents)]);
    }
}

/// The books, by our own sums and by hledger's.
fn balances(figures: &Figures, books: &Books, life: &Life) {
    let theirs = told::by_hledger(life);
    let ours: BTreeMap<String, i64> =
        books.titles.iter().map(|(title, cents)| (told::exported_name(*title), *cents)).collect();
    assert_eq!(theirs, ours);
    for (title, cents) in &books.titles {
        figures.says("Balances", title.name(), &[&dollars(*cents)]);
    }
    figures.says("Balances", "all", &[&dollars(books.titles.values().sum())]);
    assert_eq!(books.titles[&Title::CardFees], books.card_fees.iter().sum::<i64>());
}

/// The statement and *My hour*, on the screen and on paper.
async fn pages(figures: &Figures, books: &Books, life: &Life, worth: &Value) {
    let statement = format!("/p/{}/statements/{}", life.elm(), books.april.id);
    let page = told::words(&life.ben.get(&statement).await.page);
    let paper = told::paper(life, books.april.id).await.replace('$', "");
    for heading in ["What came in", "What the engagement makes of it", "The operator's prices"] {
        for (row, figure) in figures.under(heading) {
            assert!(has_near(&page, row, figure), "{row} {figure} is not on the page: {page}");
            assert!(has_near(&paper, row, figure), "{row} {figure} is not on paper: {paper}");
        }
    }

    for at in 1..=books.april.is.lines.len() {
        let line = life.ben.get(&format!("{statement}/lines/{at}")).await;
        assert_eq!(line.status, 200, "line {at}: {}", line.page);
    }

    let path = format!("/p/{}/worth?month=2026-04", life.elm());
    let whole = life.ben.get(&path).await.page;
    opens(life, &whole).await;
    let page = told::words(&whole);
    for (row, figure) in figures.under("By kind") {
        let row = if row == "all" { "Hours by kind" } else { row };
        assert!(has_near(&page, row, figure), "{row} {figure}: {page}");
    }
    for (_, figure) in figures.under("From a session hour to an hour") {
        assert!(page.contains(figure), "{figure}: {page}");
    }
    let shown = |heading: &str| figures.under(heading).into_iter().collect::<BTreeMap<_, _>>();
    let (cash, matched) = (shown("As money came in"), shown("For the work of the month"));
    let tenth = |points: &Value| {
        let tenths = (points.as_i64().unwrap() + 5) / 10;
        format!("{}.{}%", tenths / 10, tenths % 10)
    };
    let (of_cash, of_work) = (&worth["cash"], &worth["matched"]);
    for (row, one, other) in [
        ("Collected", cash["collected"], matched["collected"]),
        ("What you kept", cash["net: what Ben keeps"], matched["net"]),
        ("For each hour", cash["net for each hour"], cash["net for each hour"]),
        (
            "Of what was collected",
            &*tenth(&of_cash["split_net_bp"]),
            &*tenth(&of_work["split_net_bp"]),
        ),
        ("After half of self-employment tax", cash["kept"], matched["kept"]),
        (
            "For each hour, after that tax",
            cash["effective hour: kept for each hour"],
            cash["effective hour: kept for each hour"],
        ),
        (
            "Of what was collected, after that tax",
            &*tenth(&of_cash["split_collected_bp"]),
            &*tenth(&of_work["split_collected_bp"]),
        ),
    ] {
        let row = format!("{row} {one} {other}");
        assert!(page.contains(&row), "{row:?} is not on the page: {page}");
    }
    let tax = format!("−{}", cash["half of self-employment tax, estimated"]);
    assert!(has_near(&page, "Half of self-employment tax", &tax), "{tax}: {page}");
    let still_open = format!("{} of its work is still open", matched["open"]);
    assert!(page.contains(&still_open), "{still_open}: {page}");
    outside(figures, &page);
}

/// Each bar opens its rows, and nobody but Ben opens any of it.
async fn opens(life: &Life, page: &str) {
    let at = format!("/p/{}/worth", life.elm());
    let links = page.split("href=\"").skip(1).map(|it| it.split('"').next().unwrap());
    let links =
        links.filter(|it| it.starts_with(&format!("{at}/"))).map(|it| it.replace("&amp;", "&"));
    let links: std::collections::BTreeSet<String> = links.collect();
    assert!(10 <= links.len(), "{links:?}");
    for link in &links {
        let path = link.split('#').next().unwrap();
        assert_eq!(life.ben.get(path).await.status, 200, "{link}");
        let seen = life.bo.get(path).await.status;
        assert!(!seen.is_success(), "{link}: {seen}");
    }
    let hers = format!("{at}/of/{}", life.cast.ben_treats.id);
    for somebody in [&life.ada, &life.bo] {
        let seen = somebody.get(&hers).await.status;
        assert!(seen.is_client_error(), "{seen}");
    }
}

fn outside(figures: &Figures, page: &str) {
    let says = page.split(" measured hours.").next().unwrap();
    let said: Vec<&str> = says.split_whitespace().rev().take(3).collect();
    let [measured, _, lay_outside] = said[..] else { panic!("{page}") };
    figures.says("Where they lay", "measured", &["3,754", measured]);
    figures.says("Where they lay", "of them outside the opened hours", &["90", lay_outside]);
}

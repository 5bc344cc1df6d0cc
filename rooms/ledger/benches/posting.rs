//! How many balanced entries a second the books take, durably: `cargo bench -p ledger`.
//!
//! Every entry goes through the room's own verbs, as the role that serves, with all guards on: row
//! security, the check that an entry is whole, the check that its month is open, keys and indexes.
//! Beside it in the same run: `COPY` of the same rows into tables without any guard, `pgbench`'s own
//! mix, and how long the disk takes to keep a page. Each practice is posted to on a connection of
//! its own, since a practice's books are posted to by one at a time.

#![allow(clippy::unwrap_used, reason = "a bench stops at what fails, and shows it")]

mod durable;

use std::time::{Duration, Instant};

use bookkeeping::{Debtor, Event};
use durable::Durable;
use ground::{Acting, House};
use ids::{ChargeId, ClientId, ClinicianId, PracticeId, Uuid};
use jiff::civil::date;
use ledger::{Cause, CauseKind, Fact, Of, charge_ref, client_ref, payer_ref, post, post_all};
use money::Cents;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

/// How long each way is measured.
const LASTS: Duration = Duration::from_secs(5);
/// Practices, each with its own connection at most.
const PRACTICES: usize = 8;
/// Clients of each.
const CLIENTS: u128 = 50;
/// Facts of a session: charge, contract, client's share, payer's payment, client's payment.
const EACH: usize = 5;

/// Practices of two clinicians and fifty clients.
const PEOPLE: &str = "set session_replication_role = replica;
    insert into people.practice (practice_id, kind, name, legal_name, zone, made_at)
    select md5('practice ' || p)::uuid, 'group', 'Practice ' || p, 'Practice ' || p || ', PLLC',
           'America/Chicago', '2025-12-01'
      from generate_series(0, PRACTICES - 1) p;
    insert into people.person (person_id, name, address, met_at)
    select md5('clinician ' || p)::uuid, 'Clinician ' || p, p || '@practice.example', '2025-12-01'
      from generate_series(0, PRACTICES - 1) p;
    insert into people.clinician (practice_id, clinician_id, person_id, name, credential)
    select md5('practice ' || p)::uuid, md5('clinician ' || p)::uuid, md5('clinician ' || p)::uuid,
           'Clinician ' || p, 'LPC'
      from generate_series(0, PRACTICES - 1) p;
    insert into people.client (practice_id, client_id, number, name, state, since)
    select md5('practice ' || p)::uuid, lpad(to_hex(c), 32, '0')::uuid, c, 'Client ' || c, 'TX',
           '2025-12-01'
      from generate_series(0, PRACTICES - 1) p, generate_series(1, CLIENTS) c;
    set session_replication_role = origin";

/// A practice that is posted to, and how far it is.
struct Desk {
    practice: PracticeId,
    clinician: ClinicianId,
    sessions: u128,
}

impl Desk {
    /// What a session comes to, in five facts.
    fn session(&mut self) -> [Fact; EACH] {
        self.sessions += 1;
        let number = self.sessions;
        let id = Uuid::from_u128(self.practice.0.as_u128() ^ (number << 8));
        let client = ClientId(Uuid::from_u128(1 + number % CLIENTS));
        let charge = charge_ref(ChargeId(id));
        let payer = payer_ref("LONESTAR").unwrap();
        let on = date(2026, 1, 5);
        let (cents, contract, share) = (Cents(15_000), Cents(3_000), Cents(2_500));
        let owed_by = Debtor::Payer(payer);
        let of = Some(Of { client, clinician: self.clinician });
        let fact = |kind, event| Fact { cause: Cause::new(kind, id), on, event, of: None };
        let client = client_ref(client);
        let charged = Event::Charge { charge, owed_by, service_on: on, cents };
        [
            Fact { of, ..fact(CauseKind::Charge, charged) },
            fact(
                CauseKind::Remittance,
                Event::ContractualAdjustment { charge, payer, cents: contract },
            ),
            fact(
                CauseKind::Remittance,
                Event::PatientResponsibility { charge, payer, client, cents: share },
            ),
            fact(
                CauseKind::Remittance,
                Event::PayerPayment { payer, charge: Some(charge), cents: Cents(9_500) },
            ),
            fact(
                CauseKind::ClientPayment,
                Event::ClientPayment { client, charge: Some(charge), cents: share },
            ),
        ]
    }
}

/// Posts one by one, each in a transaction of its own, and says how many.
async fn singly(house: House, desk: &mut Desk) -> usize {
    let (began, mut posted) = (Instant::now(), 0);
    while began.elapsed() < LASTS {
        for fact in desk.session() {
            let mut tx = house.begin(&Acting::Job { practice: desk.practice }).await.unwrap();
            post(&mut tx, desk.practice, &fact).await.unwrap();
            tx.commit().await.unwrap();
            posted += 1;
        }
    }
    posted
}

/// Posts in batches, each in a transaction of its own.
async fn in_batches(house: House, desk: &mut Desk, sessions: usize) -> usize {
    let (began, mut posted) = (Instant::now(), 0);
    while began.elapsed() < LASTS {
        let facts: Vec<Fact> = (0..sessions).flat_map(|_| desk.session()).collect();
        let mut tx = house.begin(&Acting::Job { practice: desk.practice }).await.unwrap();
        posted += post_all(&mut tx, desk.practice, &facts).await.unwrap().len();
        tx.commit().await.unwrap();
    }
    posted
}

/// Entries a second of so many desks at once, each on its own connection.
async fn at_once(house: &House, desks: &mut Vec<Desk>, count: usize, batch: Option<usize>) -> f64 {
    let began = Instant::now();
    let mut tasks = Vec::new();
    for mut desk in desks.drain(..count) {
        let house = house.clone();
        tasks.push(tokio::spawn(async move {
            let posted = match batch {
                None => singly(house, &mut desk).await,
                Some(entries) => in_batches(house, &mut desk, entries / EACH).await,
            };
            (desk, posted)
        }));
    }
    let mut posted = 0;
    for task in tasks {
        let (desk, count) = task.await.unwrap();
        desks.push(desk);
        posted += count;
    }
    posted as f64 / began.elapsed().as_secs_f64()
}

/// The rows of what was posted, as `COPY` writes them.
async fn copied(conn: &mut PgConnection, table: &str, limit: u32) -> Vec<u8> {
    use futures_util::StreamExt as _;
    let sql = format!(
        "copy (select t.* from ledger.{table} t
                where t.entry_id in (select e.entry_id from ledger.entry e
                                      order by e.place desc limit {limit})) to stdout"
    );
    let mut stream = conn.copy_out_raw(&sql).await.unwrap();
    let mut bytes = Vec::new();
    while let Some(part) = stream.next().await {
        bytes.extend_from_slice(&part.unwrap());
    }
    bytes
}

/// Entries a second of `COPY`, on two connections, into tables without guards.
async fn copying(durable: &Durable, entries: u32) -> f64 {
    let mut conn = durable.superuser().await;
    for table in ["entry", "posting"] {
        let sql = format!("create table public.{table} (like ledger.{table})");
        conn.execute(AssertSqlSafe(sql)).await.unwrap();
    }
    let rows =
        [copied(&mut conn, "entry", entries).await, copied(&mut conn, "posting", entries).await];
    let mut conns = [durable.superuser().await, durable.superuser().await];
    let began = Instant::now();
    let write = async |conn: &mut PgConnection| {
        let mut tx = conn.begin().await.unwrap();
        for (table, rows) in ["entry", "posting"].into_iter().zip(&rows) {
            let sql = format!("copy public.{table} from stdin");
            let mut copy = tx.copy_in_raw(&sql).await.unwrap();
            copy.send(rows.as_slice()).await.unwrap();
            copy.finish().await.unwrap();
        }
        tx.commit().await.unwrap();
    };
    let [one, other] = &mut conns;
    tokio::join!(write(one), write(other));
    f64::from(2 * entries) / began.elapsed().as_secs_f64()
}

fn main() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let durable = Durable::start("bench-posting", u32::try_from(PRACTICES).unwrap()).await;
        let people = PEOPLE.replace("PRACTICES", &PRACTICES.to_string());
        let people = people.replace("CLIENTS", &CLIENTS.to_string());
        let mut superuser = durable.superuser().await;
        superuser.execute(AssertSqlSafe(people)).await.unwrap();
        measure(&durable).await;
        let sql = "select count(*) from ledger.entry";
        let entries: i64 = sqlx::query_scalar(sql).fetch_one(&mut superuser).await.unwrap();
        let faults = faults(&durable).await;
        println!(
            "{entries} entries in the end; invariants of the books that do not hold: {faults:?}"
        );
        assert!(faults.is_empty(), "what is measured must be right");
        durable.house.close().await;
    });
}

async fn measure(durable: &Durable) {
    let mut superuser = durable.superuser().await;
    let desks = "select p.practice_id, c.clinician_id
                   from people.practice p
                   join people.clinician c on c.practice_id = p.practice_id
                  order by p.name";
    let desks: Vec<(Uuid, Uuid)> = sqlx::query_as(desks).fetch_all(&mut superuser).await.unwrap();
    let desk = |(practice, clinician)| Desk {
        practice: PracticeId(practice),
        clinician: ClinicianId(clinician),
        sessions: 0,
    };
    let mut desks: Vec<Desk> = desks.into_iter().map(desk).collect();
    begin(durable, &mut desks).await;
    let say = |what: &str, figure: f64| println!("{what:<62} {figure:>10.0}");

    let sync = durable.sync();
    println!("the disk keeps a page in {:.2} ms (median of fdatasync)", sync.as_secs_f64() * 1e3);
    println!("{:<62} {:>10}", "durable, in a second", "");
    for connections in [2, PRACTICES] {
        let singly = at_once(&durable.house, &mut desks, connections, None).await;
        say(&format!("entries singly, {connections} connections"), singly);
        let clients = u32::try_from(connections).unwrap();
        let peer = durable.pgbench(clients, 5);
        say(&format!("pgbench, {connections} connections (transactions)"), peer);
    }
    for entries in [20, 100, 1_000] {
        let batches = at_once(&durable.house, &mut desks, 2, Some(entries)).await;
        say(&format!("entries in batches of {entries}, 2 connections"), batches);
    }
    say("entries by COPY, no guards, 2 connections", copying(durable, 50_000).await);
}

/// Books that are no longer empty, which the planner of queries knows: nobody posts into empty ones
/// for long.
async fn begin(durable: &Durable, desks: &mut [Desk]) {
    for desk in desks {
        for _ in 0..5 {
            let facts: Vec<Fact> = (0..100).flat_map(|_| desk.session()).collect();
            let acting = Acting::Job { practice: desk.practice };
            let mut tx = durable.house.begin(&acting).await.unwrap();
            post_all(&mut tx, desk.practice, &facts).await.unwrap();
            tx.commit().await.unwrap();
        }
    }
    durable.superuser().await.execute("vacuum analyze").await.unwrap();
}

/// What the invariants of the books find.
async fn faults(durable: &Durable) -> Vec<String> {
    let mut check = durable.stores.connection(ground::db::Role::Check).await.unwrap();
    let found = ground::invariants::run(&mut check).await.unwrap();
    // No charge of billing and no payment was written here, so that only these two are asked.
    let is_of_books = |it: &&String| it.starts_with("I01") || it.starts_with("I11");
    let found: Vec<String> = found.iter().map(ToString::to_string).collect();
    found.iter().filter(is_of_books).cloned().collect()
}

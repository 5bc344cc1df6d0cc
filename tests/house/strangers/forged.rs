//! What a client could write past all rules of the program: nothing but what is theirs to say. Row
//! security has the last word, whatever a handler forgot.

use ground::Acting;
use ground::testing::{TestHouse, run_with_faults};
use ids::PersonId;
use people::cast;
use sqlx::{AssertSqlSafe, Executor};

use super::scene::{Scene, app, set};

/// What somebody tries, and the policy that stops it. `$sam`, `$kit`, `$elm` and the like stand for
/// ids of the scene.
const TRIES: &[(&str, &str)] = &[
    (
        "update people.client set name = 'Another'",
        "practice_changes on people.client",
    ),
    (
        "insert into offers.episode (practice_id, episode_id, client_id, began_at, ended_at)
         values ('$elm', gen_random_uuid(), '$sam', now(), now())",
        "practice_writes on offers.episode",
    ),
    (
        "insert into offers.treating (practice_id, episode_id, client_id, clinician_id, since)
         select practice_id, episode_id, client_id, '$ben', now() from offers.episode",
        "practice_writes on offers.treating",
    ),
    (
        "insert into intake.packet (practice_id, packet_id, client_id, sent_at, completed_at)
         values ('$elm', gen_random_uuid(), '$sam', now(), now())",
        "practice_sends on intake.packet",
    ),
    (
        "insert into intake.signature (practice_id, packet_id, client_id, document, version,
                text_hash, typed_name, signed_at, person_id)
         select p.practice_id, p.packet_id, p.client_id, d.name, d.version, d.text_hash, 'Ada', now(),
                '$ada'
           from intake.packet p, intake.document d
          where p.completed_at is null limit 1",
        "signer_acts on intake.signature",
    ),
    (
        "update calendar.appointment set state = 'kept' where state = 'booked'",
        "client_moves on calendar.appointment",
    ),
    (
        "insert into calendar.outcome (practice_id, appointment_id, client_id, outcome, said_by,
                said_for, said_at, is_late)
         select practice_id, appointment_id, client_id, 'missed', '$sammy', 'practice', now(), false
           from calendar.attendee",
        "client_says on calendar.outcome",
    ),
    (
        "with taken as (
             insert into calendar.appointment (practice_id, appointment_id, clinician_id,
                    visit_type_id, starts_at, ends_at, before_min, after_min, place, state, made_at)
             select practice_id, gen_random_uuid(), clinician_id, visit_type_id,
                    starts_at + interval '30 days', ends_at + interval '30 days', 0, 0, place,
                    'booked', now()
               from calendar.appointment where state = 'booked' limit 1
          returning practice_id, appointment_id)
         insert into calendar.attendee (practice_id, appointment_id, client_id, episode_id, made_by,
                made_at)
         select t.practice_id, t.appointment_id, e.client_id, e.episode_id, '$ada', now()
           from taken t, offers.episode e",
        "client_comes on calendar.attendee",
    ),
];

/// What no policy of its own stops, since no row of another is theirs, or no grant lets anybody.
const NEVER: &[&str] = &[
    "update intake.packet set completed_at = now() where client_id = '$kit'",
    "update people.sign_in set revoked_at = now() where person_id = '$ada'",
    "update people.consent set withdrawn_at = now() where client_id = '$kit'",
    "update calendar.appointment set state = 'cancelled'
      where appointment_id not in (select appointment_id from calendar.attendee)",
    "update ledger.entry set posted_on = '2020-01-01'",
    "insert into ledger.payment (practice_id, payment_id, client_id, way, cents, arrived_on, written_at)
     values ('$elm', gen_random_uuid(), '$sam', 'cash', 99900, '2026-02-09', now())",
    "update people.practice set legal_name = 'Another'",
    "update hours.calendar set spelled_to = '2030-01-01'",
    "insert into people.role (practice_id, id, person_id, role, given_at)
     values ('$elm', gen_random_uuid(), '$sammy', 'owner', now())",
    "insert into intake.coverage (practice_id, client_id, since, payer_code, member_sealed, relation)
     values ('$elm', '$kit', now(), 'LONESTAR', 'x', 'self')",
    "insert into ground.letter (practice_id, id, to_address, purpose, sealed, written_at)
     values ('$elm', gen_random_uuid(), 'a@b', 'forms', 'x', now())",
];

struct Forger<'s> {
    scene: &'s Scene,
    sam: PersonId,
}

impl Forger<'_> {
    /// How many rows Sam changed, in a transaction that is undone.
    async fn changes(&self, sql: &str) -> u64 {
        let cast = &self.scene.cast;
        let named = [
            ("$sammy", self.sam.to_string()),
            ("$sam", cast.sam.id.to_string()),
            ("$kit", self.scene.kit_is.to_string()),
            ("$elm", cast.elm.to_string()),
            ("$ada", cast.ada.person.to_string()),
            ("$ben", cast.ben_treats.id.to_string()),
        ];
        let sql = named.iter().fold(sql.to_owned(), |sql, (name, id)| sql.replace(name, id));
        let acting: Acting = cast::as_client(cast.elm, cast.sam.id, self.sam);
        let mut tx = self.scene.house.house.begin(&acting).await.unwrap();
        let done = tx.execute(AssertSqlSafe(sql)).await;
        done.map_or(0, |done| done.rows_affected())
    }
}

#[test]
fn a_client_writes_nothing_that_is_not_theirs_to_say_and_each_policy_is_needed() {
    run_with_faults(async |house: TestHouse| {
        let app = app(&house.house, ground::web::Routes::new());
        let scene = set(house.clone(), app).await;
        let mut superuser = house.superuser().await;
        let sam = sqlx::query_scalar("select person_id from people.client where client_id = $1")
            .bind(scene.cast.sam.id.0);
        let sam = PersonId(sam.fetch_one(&mut superuser).await.unwrap());
        let forger = Forger { scene: &scene, sam };

        for sql in NEVER {
            assert_eq!(forger.changes(sql).await, 0, "{sql}");
        }
        for (sql, policy) in TRIES {
            assert_eq!(forger.changes(sql).await, 0, "{sql}");
            let drop = AssertSqlSafe(format!("drop policy {policy}"));
            superuser.execute(drop).await.unwrap();
            assert!(0 < forger.changes(sql).await, "{policy} is not what stops it: {sql}");
        }
    });
}

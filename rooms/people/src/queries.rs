//! All SQL of who is who. What sign-in asks before anybody is known is in `door`.

use ground::db::{self, Day, Instant, Tx};
use ground::policy::Role;
use ids::{ClientId, ClinicianId, InvitationId, PersonId, PracticeId, RoleId, SignInId, Uuid};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::door::Hash;
use crate::model::{Clinician, Founding, Held, License, NewClinician, Newcomer, Supervision};
use crate::refusals::{Refusal, Trail};
use crate::visit::SignIn;

/// Most rows of one list: far above any honest practice.
const ROWS_MAX: i64 = 1_000;
/// Refusals on their page, newest first: what is older is in the audit all the same.
const REFUSALS_MAX: i64 = 200;

/// Makes a tenant.
pub async fn insert_practice(
    tx: &mut Tx,
    practice: PracticeId,
    founding: &Founding,
    now: Timestamp,
) -> db::Result<()> {
    sqlx::query(
        "insert into people.practice (practice_id, kind, name, legal_name, zone, made_at)
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(practice.0)
    .bind(founding.kind.word())
    .bind(&founding.name)
    .bind(&founding.legal_name)
    .bind(founding.zone.iana_name().unwrap_or("UTC"))
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Says that this tenant is the operator. There is one: a second is refused by its constraint.
pub async fn insert_operator(tx: &mut Tx, practice: PracticeId) -> db::Result<()> {
    sqlx::query("insert into people.operator (practice_id) values ($1)")
        .bind(practice.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The operator, once it was founded.
pub async fn operator(tx: &mut Tx) -> db::Result<Option<PracticeId>> {
    let found: Option<Uuid> = sqlx::query_scalar("select o.practice_id from people.operator o")
        .fetch_optional(&mut **tx)
        .await?;
    Ok(found.map(PracticeId))
}

/// The person of this address: met before, or met now. Asked through the door, since nobody may
/// look for people by their addresses.
pub async fn meet(
    tx: &mut Tx,
    fresh: PersonId,
    newcomer: &Newcomer,
    now: Timestamp,
) -> db::Result<PersonId> {
    let met: Uuid = sqlx::query_scalar("select people.meet($1, $2, $3, $4)")
        .bind(fresh.0)
        .bind(&newcomer.name)
        .bind(newcomer.address.as_str())
        .bind(Instant(now))
        .fetch_one(&mut **tx)
        .await?;
    Ok(PersonId(met))
}

/// Makes somebody belong to a practice; who belongs to it already stays as they are.
pub async fn insert_member(
    tx: &mut Tx,
    practice: PracticeId,
    person: PersonId,
    name: &str,
    now: Timestamp,
) -> db::Result<()> {
    sqlx::query(
        "insert into people.member (practice_id, person_id, name, since)
         values ($1, $2, $3, $4)
             on conflict (practice_id, person_id) do nothing",
    )
    .bind(practice.0)
    .bind(person.0)
    .bind(name)
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A role given to somebody.
#[derive(Debug, Clone, Copy)]
pub struct Given {
    pub practice: PracticeId,
    pub id: RoleId,
    pub person: PersonId,
    pub role: Role,
    pub by: Option<PersonId>,
    pub at: Timestamp,
}

/// Gives a role. One that is held already is refused by `role_is_held_once`.
pub async fn insert_role(tx: &mut Tx, given: Given) -> db::Result<()> {
    sqlx::query(
        "insert into people.role (practice_id, id, person_id, role, given_at, given_by)
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(given.practice.0)
    .bind(given.id.0)
    .bind(given.person.0)
    .bind(given.role.word())
    .bind(Instant(given.at))
    .bind(given.by.map(|person| person.0))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Lists somebody as a clinician of a practice.
pub async fn insert_clinician(
    tx: &mut Tx,
    practice: PracticeId,
    id: ClinicianId,
    clinician: &NewClinician,
) -> db::Result<()> {
    sqlx::query(
        "insert into people.clinician (practice_id, clinician_id, person_id, name, credential, npi)
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(practice.0)
    .bind(id.0)
    .bind(clinician.person.0)
    .bind(&clinician.name)
    .bind(&clinician.credential)
    .bind(clinician.npi.map(|npi| npi.to_string()))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The clinicians of a practice, by name. Served by the key.
pub async fn clinicians(tx: &mut Tx, practice: PracticeId) -> db::Result<Vec<Clinician>> {
    let rows: Vec<(Uuid, Uuid, String, String)> = sqlx::query_as(
        "select c.clinician_id, c.person_id, c.name, c.credential
           from people.clinician c
          where c.practice_id = $1
          order by c.name, c.clinician_id
          limit $2",
    )
    .bind(practice.0)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let clinician = |(id, person, name, credential)| Clinician {
        id: ClinicianId(id),
        person: PersonId(person),
        name,
        credential,
    };
    Ok(rows.into_iter().map(clinician).collect())
}

/// The name of a practice that the one who acts belongs to.
pub async fn practice_name(tx: &mut Tx, practice: PracticeId) -> db::Result<String> {
    Ok(sqlx::query_scalar("select p.name from people.practice p where p.practice_id = $1")
        .bind(practice.0)
        .fetch_one(&mut **tx)
        .await?)
}

/// The wall clock of a practice that the one who acts belongs to.
pub async fn practice_zone(tx: &mut Tx, practice: PracticeId) -> db::Result<TimeZone> {
    let name: String =
        sqlx::query_scalar("select p.zone from people.practice p where p.practice_id = $1")
            .bind(practice.0)
            .fetch_one(&mut **tx)
            .await?;
    TimeZone::get(&name).map_err(|error| db::Error::Broken {
        table: "people.practice",
        id: practice.to_string(),
        why: error.to_string(),
    })
}

/// What others were refused that concerns this person, newest first: about their own work, and of
/// the operator's people what is about nobody, or for the whole trail what is about anybody.
/// Served by `audit_refusals`.
pub async fn refusals(tx: &mut Tx, trail: &Trail, person: PersonId) -> db::Result<Vec<Refusal>> {
    type Row = (Instant, String, bool, Option<String>, bool, Option<String>);
    let rows: Vec<Row> = sqlx::query_as(
        "select a.at, a.act, a.is_staff,
                case when a.is_staff then people.staff_name(a.person_id)
                     else (select m.name
                             from people.member m
                            where m.practice_id = a.practice_id
                              and m.person_id = a.person_id) end,
                a.outcome = 'erred', a.promise
           from ground.audit a
          where a.practice_id = $1
            and a.outcome in ('refused', 'erred')
            and a.person_id is distinct from $2
            and (a.about_id = $2 or (a.is_staff and ($3 or a.about_id is null)))
          order by a.at desc, a.id desc
          limit $4",
    )
    .bind(trail.practice.0)
    .bind(person.0)
    .bind(trail.about.is_none())
    .bind(REFUSALS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let refusal = |(at, act, is_staff, name, erred, promise): Row| Refusal {
        at: at.0,
        act,
        is_staff,
        name,
        erred,
        promise,
    };
    Ok(rows.into_iter().map(refusal).collect())
}

/// What somebody is invited to be.
#[derive(Debug, Clone, Copy)]
pub enum To {
    /// One of the practice's people.
    Role(Role),
    /// The client that they are.
    Client(ClientId),
}

/// An invitation about to be kept.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    pub practice: PracticeId,
    pub id: InvitationId,
    pub to: To,
    pub by: Option<PersonId>,
    pub at: Timestamp,
    pub until: Timestamp,
}

/// Keeps an invitation, with a hash of its link.
pub async fn insert_invitation(
    tx: &mut Tx,
    asked: &Asked,
    newcomer: &Newcomer,
    hash: &Hash,
) -> db::Result<()> {
    let (role, client) = match asked.to {
        To::Role(role) => (Some(role.word()), None),
        To::Client(client) => (None, Some(client.0)),
    };
    sqlx::query(
        "insert into people.invitation (practice_id, id, role, client_id, name, address, token_hash,
                                        made_by, made_at, ends_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(asked.practice.0)
    .bind(asked.id.0)
    .bind(role)
    .bind(client)
    .bind(&newcomer.name)
    .bind(newcomer.address.as_str())
    .bind(&hash[..])
    .bind(asked.by.map(|person| person.0))
    .bind(Instant(asked.at))
    .bind(Instant(asked.until))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The visits of the one who acts that last still, newest first. Served by `sign_in_person`.
pub async fn own_sign_ins(
    tx: &mut Tx,
    person: PersonId,
    wall: Timestamp,
) -> db::Result<Vec<SignIn>> {
    let rows: Vec<(Uuid, String, Instant, Instant)> = sqlx::query_as(
        "select s.id, s.machine, s.made_at, s.seen_at
           from people.sign_in s
          where s.person_id = $1
            and s.passed_at is not null
            and s.revoked_at is null
            and s.made_at > $2 - interval '12 hours'
            and s.seen_at > $2 - interval '60 minutes'
          order by s.made_at desc, s.id
          limit $3",
    )
    .bind(person.0)
    .bind(Instant(wall))
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let sign_in = |(id, machine, made_at, seen_at): (Uuid, String, Instant, Instant)| SignIn {
        id: SignInId(id),
        person,
        machine,
        made_at: made_at.0,
        seen_at: seen_at.0,
    };
    Ok(rows.into_iter().map(sign_in).collect())
}

/// Ends one visit of the one who acts. One that has ended stays as it was.
pub async fn revoke_sign_in(tx: &mut Tx, id: SignInId, wall: Timestamp) -> db::Result<()> {
    sqlx::query(
        "update people.sign_in s
            set revoked_at = $2
          where s.id = $1
            and s.revoked_at is null",
    )
    .bind(id.0)
    .bind(Instant(wall))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Who belongs to a practice and as what, by name; who is nothing any more is left out. Served by
/// the keys.
pub async fn roster(tx: &mut Tx, practice: PracticeId) -> db::Result<Vec<Held>> {
    let rows: Vec<(Uuid, Uuid, String, String)> = sqlx::query_as(
        "select r.id, r.person_id, m.name, r.role
           from people.role r
           join people.member m on m.practice_id = r.practice_id and m.person_id = r.person_id
          where r.practice_id = $1
            and r.ended_at is null
          order by m.name, r.person_id, r.role
          limit $2",
    )
    .bind(practice.0)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(|(id, person, name, role)| held(id, person, name, &role)).collect()
}

/// One role that is held, with the practice locked: who is its last owner does not change now.
pub async fn held_role(tx: &mut Tx, practice: PracticeId, id: RoleId) -> db::Result<Option<Held>> {
    sqlx::query("select 1 from people.practice p where p.practice_id = $1 for update")
        .bind(practice.0)
        .execute(&mut **tx)
        .await?;
    Ok(roster(tx, practice).await?.into_iter().find(|held| held.id == id))
}

fn held(id: Uuid, person: Uuid, name: String, role: &str) -> db::Result<Held> {
    let role = role.parse().map_err(|_| db::Error::Broken {
        table: "people.role",
        id: id.to_string(),
        why: "its word is not the charter's".into(),
    })?;
    Ok(Held { id: RoleId(id), person: PersonId(person), name, role })
}

/// Ends a role that is held.
pub async fn end_role(
    tx: &mut Tx,
    practice: PracticeId,
    id: RoleId,
    by: PersonId,
    now: Timestamp,
) -> db::Result<()> {
    let done = sqlx::query(
        "update people.role r
            set ended_at = $3, ended_by = $4
          where r.practice_id = $1
            and r.id = $2
            and r.ended_at is null",
    )
    .bind(practice.0)
    .bind(id.0)
    .bind(Instant(now))
    .bind(by.0)
    .execute(&mut **tx)
    .await?;
    db::Error::unless_touched(1, &done)
}

/// Who was invited to a practice and has not come yet: name and role, newest first.
pub async fn invited(
    tx: &mut Tx,
    practice: PracticeId,
    now: Timestamp,
) -> db::Result<Vec<(String, String)>> {
    Ok(sqlx::query_as(
        "select i.name, i.role
           from people.invitation i
          where i.practice_id = $1
            and i.role is not null
            and i.taken_at is null
            and i.withdrawn_at is null
            and i.ends_at > $2
          order by i.made_at desc, i.id
          limit $3",
    )
    .bind(practice.0)
    .bind(Instant(now))
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?)
}

/// Writes down a clinician's license.
pub async fn insert_license(
    tx: &mut Tx,
    practice: PracticeId,
    id: Uuid,
    license: &License,
) -> db::Result<()> {
    sqlx::query(
        "insert into people.license (practice_id, id, clinician_id, state, kind, number, expires_on,
                                     verified_on)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(practice.0)
    .bind(id)
    .bind(license.clinician.0)
    .bind(&license.state)
    .bind(&license.kind)
    .bind(&license.number)
    .bind(Day(license.expires_on))
    .bind(license.verified_on.map(Day))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The licenses of a clinician, by state; those that expired too. Served by
/// `license_is_listed_once`.
pub async fn licenses_of(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: ClinicianId,
) -> db::Result<Vec<License>> {
    let rows: Vec<(String, String, String, Day, Option<Day>)> = sqlx::query_as(
        "select l.state, l.kind, l.number, l.expires_on, l.verified_on
           from people.license l
          where l.practice_id = $1
            and l.clinician_id = $2
          order by l.state, l.kind, l.number
          limit $3",
    )
    .bind(practice.0)
    .bind(clinician.0)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let license = |(state, kind, number, expires_on, verified_on): (_, _, _, Day, Option<Day>)| {
        let verified_on = verified_on.map(|day| day.0);
        License { clinician, state, kind, number, expires_on: expires_on.0, verified_on }
    };
    Ok(rows.into_iter().map(license).collect())
}

/// Writes down who supervises whom.
pub async fn insert_supervision(
    tx: &mut Tx,
    practice: PracticeId,
    id: Uuid,
    supervision: &Supervision,
) -> db::Result<()> {
    sqlx::query(
        "insert into people.supervision (practice_id, id, supervisee_id, supervisor_id, begins_on,
                                         ends_on)
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(practice.0)
    .bind(id)
    .bind(supervision.supervisee.0)
    .bind(supervision.supervisor.0)
    .bind(Day(supervision.begins_on))
    .bind(supervision.ends_on.map(Day))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Who supervises a clinician on a day, earliest begun first; both ends count. Served by
/// `supervision_supervisee`.
pub async fn supervisors_on(
    tx: &mut Tx,
    practice: PracticeId,
    supervisee: ClinicianId,
    day: Date,
) -> db::Result<Vec<ClinicianId>> {
    let rows: Vec<Uuid> = sqlx::query_scalar(
        "select s.supervisor_id
           from people.supervision s
          where s.practice_id = $1
            and s.supervisee_id = $2
            and s.begins_on <= $3
            and (s.ends_on is null or $3 <= s.ends_on)
          order by s.begins_on, s.id
          limit $4",
    )
    .bind(practice.0)
    .bind(supervisee.0)
    .bind(Day(day))
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(ClinicianId).collect())
}

//! All SQL of care: who is treated, by whom, from when to when.

use ground::db::{self, Day, Instant, Tx};
use ids::{ClientId, ClinicianId, EpisodeId, PersonId, PracticeId, Uuid};
use jiff::Timestamp;

use super::model::{Care, Known, Listed, Part, Whose};

/// Most rows of one list: far above any honest practice.
const ROWS_MAX: i64 = 1_000;

/// Begins an episode of a client, unless one is open.
pub async fn insert_episode(
    tx: &mut Tx,
    practice: PracticeId,
    client: ClientId,
    now: Timestamp,
) -> db::Result<()> {
    let fresh: EpisodeId = tx.house().new_id();
    sqlx::query(
        "insert into offers.episode (practice_id, episode_id, client_id, began_at)
         values ($1, $2, $3, $4)
             on conflict (practice_id, client_id) where ended_at is null do nothing",
    )
    .bind(practice.0)
    .bind(fresh.0)
    .bind(client.0)
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The open episode of a client, locked: nobody ends it meanwhile. Served by
/// `episode_is_one_at_a_time`.
pub async fn lock_episode(
    tx: &mut Tx,
    practice: PracticeId,
    client: ClientId,
) -> db::Result<Option<EpisodeId>> {
    let found: Option<Uuid> = sqlx::query_scalar(
        "select e.episode_id
           from offers.episode e
          where e.practice_id = $1
            and e.client_id = $2
            and e.ended_at is null
            for update",
    )
    .bind(practice.0)
    .bind(client.0)
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found.map(EpisodeId))
}

/// Who treats in which care of whom.
#[derive(Debug, Clone, Copy)]
pub struct Treats {
    pub practice: PracticeId,
    pub episode: EpisodeId,
    pub client: ClientId,
    pub clinician: ClinicianId,
}

/// Begins a clinician's part, unless they treat already.
pub async fn insert_treating(tx: &mut Tx, treats: Treats, now: Timestamp) -> db::Result<()> {
    sqlx::query(
        "insert into offers.treating (practice_id, episode_id, client_id, clinician_id, since)
         values ($1, $2, $3, $4, $5)
             on conflict (practice_id, episode_id, clinician_id) where until is null do nothing",
    )
    .bind(treats.practice.0)
    .bind(treats.episode.0)
    .bind(treats.client.0)
    .bind(treats.clinician.0)
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Ends a clinician's part. `false` where it has ended already.
pub async fn end_treating(tx: &mut Tx, treats: Treats, now: Timestamp) -> db::Result<bool> {
    let done = sqlx::query(
        "update offers.treating t
            set until = $4
          where t.practice_id = $1
            and t.episode_id = $2
            and t.clinician_id = $3
            and t.until is null",
    )
    .bind(treats.practice.0)
    .bind(treats.episode.0)
    .bind(treats.clinician.0)
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends an episode in which nobody treats any more. `false` where somebody does.
pub async fn end_episode(
    tx: &mut Tx,
    practice: PracticeId,
    episode: EpisodeId,
    now: Timestamp,
) -> db::Result<bool> {
    let done = sqlx::query(
        "update offers.episode e
            set ended_at = $3
          where e.practice_id = $1
            and e.episode_id = $2
            and e.ended_at is null
            and not exists (
                select from offers.treating t
                 where t.practice_id = e.practice_id
                   and t.episode_id = e.episode_id
                   and t.until is null)",
    )
    .bind(practice.0)
    .bind(episode.0)
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The persons who treat a client today, in the order in which they began. Served by
/// `treating_client`.
pub async fn treating(
    tx: &mut Tx,
    practice: PracticeId,
    client: ClientId,
) -> db::Result<Vec<PersonId>> {
    let rows: Vec<Uuid> = sqlx::query_scalar(
        "select c.person_id
           from offers.treating t
           join people.clinician c
             on c.practice_id = t.practice_id and c.clinician_id = t.clinician_id
          where t.practice_id = $1
            and t.client_id = $2
            and t.until is null
          order by t.since, c.clinician_id
          limit $3",
    )
    .bind(practice.0)
    .bind(client.0)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(PersonId).collect())
}

/// A client's open care with who treats in it.
pub async fn care_of(
    tx: &mut Tx,
    practice: PracticeId,
    client: ClientId,
) -> db::Result<Option<Care>> {
    let found: Option<Uuid> = sqlx::query_scalar(
        "select e.episode_id
           from offers.episode e
          where e.practice_id = $1
            and e.client_id = $2
            and e.ended_at is null",
    )
    .bind(practice.0)
    .bind(client.0)
    .fetch_optional(&mut **tx)
    .await?;
    let Some(episode) = found.map(EpisodeId) else {
        return Ok(None);
    };
    let treated_by = treating(tx, practice, client).await?;
    Ok(Some(Care { practice, episode, client, treated_by }))
}

/// How many clients a clinician treats today. Served by `treating_of_clinician`.
pub async fn caseload(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: ClinicianId,
) -> db::Result<usize> {
    let count: i64 = sqlx::query_scalar(
        "select count(distinct t.client_id)
           from offers.treating t
          where t.practice_id = $1
            and t.clinician_id = $2
            and t.until is null",
    )
    .bind(practice.0)
    .bind(clinician.0)
    .fetch_one(&mut **tx)
    .await?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

type ListedRow = (Uuid, i32, String, Option<String>, Option<Instant>, Option<Instant>);

/// The clients of a practice with their latest care, by name; those of one person where a page
/// shows no more.
pub async fn clients(tx: &mut Tx, practice: PracticeId, whose: Whose) -> db::Result<Vec<Listed>> {
    let person = match whose {
        Whose::All => None,
        Whose::Of(person) => Some(person.0),
    };
    let rows: Vec<ListedRow> = sqlx::query_as(
        "select c.client_id, c.number, c.name,
                (select string_agg(d.name, ', ' order by t.since, d.clinician_id)
                   from offers.treating t
                   join people.clinician d
                     on d.practice_id = t.practice_id and d.clinician_id = t.clinician_id
                  where t.practice_id = c.practice_id
                    and t.client_id = c.client_id
                    and t.until is null),
                e.began_at, e.ended_at
           from people.client c
           left join lateral (
                select l.began_at, l.ended_at
                  from offers.episode l
                 where l.practice_id = c.practice_id
                   and l.client_id = c.client_id
                 order by l.began_at desc
                 limit 1) e on true
          where c.practice_id = $1
            and ($2::uuid is null or exists (
                select from offers.treating t
                  join people.clinician d
                    on d.practice_id = t.practice_id and d.clinician_id = t.clinician_id
                 where t.practice_id = c.practice_id
                   and t.client_id = c.client_id
                   and d.person_id = $2))
          order by c.name, c.number
          limit $3",
    )
    .bind(practice.0)
    .bind(person)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let listed = |(client, number, name, with, began, ended): ListedRow| Listed {
        client: ClientId(client),
        number,
        name,
        with: with.unwrap_or_default(),
        care: began.map(|began| (began.0, ended.map(|ended| ended.0))),
    };
    Ok(rows.into_iter().map(listed).collect())
}

type KnownRow = (i32, String, Option<String>, Option<String>, Option<Day>, String, Instant);

/// What a practice knows of a client.
pub async fn known(
    tx: &mut Tx,
    practice: PracticeId,
    client: ClientId,
) -> db::Result<Option<Known>> {
    let row: Option<KnownRow> = sqlx::query_as(
        "select c.number, c.name, c.address, c.phone, c.born_on, c.state, c.since
           from people.client c
          where c.practice_id = $1
            and c.client_id = $2",
    )
    .bind(practice.0)
    .bind(client.0)
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|(number, name, address, phone, born_on, state, since)| Known {
        client,
        number,
        name,
        address,
        phone,
        born_on: born_on.map(|day| day.0),
        state,
        since: since.0,
    }))
}

type PartRow = (Uuid, Uuid, Uuid, String, String, Instant, Option<Instant>);

/// Every clinician's part in a client's care, earliest begun first; those that ended too.
pub async fn parts(tx: &mut Tx, practice: PracticeId, client: ClientId) -> db::Result<Vec<Part>> {
    let rows: Vec<PartRow> = sqlx::query_as(
        "select t.episode_id, t.clinician_id, c.person_id, c.name, c.credential, t.since, t.until
           from offers.treating t
           join people.clinician c
             on c.practice_id = t.practice_id and c.clinician_id = t.clinician_id
          where t.practice_id = $1
            and t.client_id = $2
          order by t.since, t.clinician_id
          limit $3",
    )
    .bind(practice.0)
    .bind(client.0)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let part = |(episode, clinician, person, name, credential, since, until): PartRow| Part {
        episode: EpisodeId(episode),
        clinician: ClinicianId(clinician),
        person: PersonId(person),
        name,
        credential,
        since: since.0,
        until: until.map(|until| until.0),
    };
    Ok(rows.into_iter().map(part).collect())
}

/// Under which entry a person is listed as a clinician of a practice, if they are. Served by
/// `clinician_is_one_person`.
pub async fn clinician_of(
    tx: &mut Tx,
    practice: PracticeId,
    person: PersonId,
) -> db::Result<Option<ClinicianId>> {
    let found: Option<Uuid> = sqlx::query_scalar(
        "select c.clinician_id
           from people.clinician c
          where c.practice_id = $1
            and c.person_id = $2",
    )
    .bind(practice.0)
    .bind(person.0)
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found.map(ClinicianId))
}

//! All SQL of what may be listed: whose note, of which session, in which state. What a note says is
//! in `sealed`.

use calendar::Place;
use codes::Service;
use ground::db::{self, Instant, Tx};
use ids::{AppointmentId, ClientId, ClinicianId, NoteId, PersonId, PracticeId, SessionId, Uuid};
use jiff::Timestamp;
use session::Session;

use crate::model::{About, Billable, Diagnosed, Draft, Hers, Note, Save, Signed};

/// Most rows of one list: far above any honest year.
pub(crate) const ROWS_MAX: i64 = 500;
/// Codes that a claim has room for.
const CODES_MAX: usize = 12;

fn broken(id: Uuid, why: String) -> db::Error {
    db::Error::Broken { table: "chart.note", id: id.to_string(), why }
}

fn place(word: &str, id: Uuid) -> db::Result<Place> {
    Place::read(word).ok_or_else(|| broken(id, format!("{word:?} is no place")))
}

fn service(word: &str, id: Uuid) -> db::Result<Service> {
    word.parse().map_err(|why| broken(id, why))
}

type NoteRow =
    (String, i32, Instant, Option<Instant>, Option<Instant>, Option<Instant>, Option<String>);

/// The note of a session: a draft that nobody began where none is there yet. Served by the key.
///
/// # Errors
/// As the database says.
pub async fn note_of(tx: &mut Tx, session: &Session) -> db::Result<Note> {
    let row: Option<NoteRow> = sqlx::query_as(
        "select n.service, n.version, n.saved_at, n.signed_at, n.began_at, n.ended_at, n.place
           from chart.note n
          where n.practice_id = $1
            and n.note_id = $2",
    )
    .bind(session.practice.0)
    .bind(session.id.0)
    .fetch_optional(&mut **tx)
    .await?;
    let id = session.id.0;
    let Some((word, version, saved_at, signed_at, began_at, ended_at, at)) = row else {
        let about = About::of(session, Service::Individual);
        return Ok(Note::Draft(Draft { about, version: 0, saved_at: None }));
    };
    let about = About::of(session, service(&word, id)?);
    match (signed_at, began_at, ended_at, at) {
        (Some(signed_at), Some(began_at), Some(ended_at), Some(at)) => Ok(Note::Signed(Signed {
            about,
            signed_at: signed_at.0,
            began_at: began_at.0,
            ended_at: ended_at.0,
            place: place(&at, id)?,
        })),
        _ => Ok(Note::Draft(Draft { about, version, saved_at: Some(saved_at.0) })),
    }
}

/// Makes the next version of a draft, if the window saw the last one or made it itself. `None`
/// where another window was faster, or the note was signed.
pub(crate) async fn save(
    tx: &mut Tx,
    draft: &Draft,
    save: Save,
    now: Timestamp,
) -> db::Result<Option<i32>> {
    let about = &draft.about;
    if draft.version == 0 && begin(tx, about, save, now).await? {
        return Ok(Some(1));
    }
    Ok(sqlx::query_scalar(
        "update chart.note n
            set version = n.version + 1,
                tab_from = case when n.tab_id = $3 then n.tab_from else n.version end,
                tab_id = $3,
                service = $5,
                saved_at = $6
          where n.practice_id = $1
            and n.note_id = $2
            and n.state = 'draft'
            and (n.version = $4 or (n.tab_id = $3 and n.tab_from <= $4))
      returning n.version",
    )
    .bind(about.practice.0)
    .bind(about.id.0)
    .bind(save.tab)
    .bind(save.seen)
    .bind(save.service.word())
    .bind(Instant(now))
    .fetch_optional(&mut **tx)
    .await?)
}

/// Begins a note. False where it is begun.
async fn begin(tx: &mut Tx, about: &About, save: Save, now: Timestamp) -> db::Result<bool> {
    let done = sqlx::query(
        "insert into chart.note (practice_id, note_id, client_id, clinician_id, author_id, service,
                                 version, tab_id, tab_from, begun_at, saved_at)
         values ($1, $2, $3, $4, $5, $6, 1, $7, 0, $8, $8)
             on conflict (practice_id, note_id) do nothing",
    )
    .bind(about.practice.0)
    .bind(about.id.0)
    .bind(about.client.0)
    .bind(about.clinician.0)
    .bind(about.author.0)
    .bind(save.service.word())
    .bind(save.tab)
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Signs a draft at the version that its author saw. False where it is another by now.
pub(crate) async fn sign(tx: &mut Tx, signed: &Signed, seen: i32) -> db::Result<bool> {
    let about = &signed.about;
    let done = sqlx::query(
        "update chart.note n
            set state = 'signed', signed_at = $4, signed_by = $5, began_at = $6, ended_at = $7,
                place = $8
          where n.practice_id = $1
            and n.note_id = $2
            and n.version = $3
            and n.state = 'draft'",
    )
    .bind(about.practice.0)
    .bind(about.id.0)
    .bind(seen)
    .bind(Instant(signed.signed_at))
    .bind(about.author.0)
    .bind(Instant(signed.began_at))
    .bind(Instant(signed.ended_at))
    .bind(signed.place.word())
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes down what a charge may repeat: the codes of what was treated, in order.
pub(crate) async fn insert_treated(
    tx: &mut Tx,
    about: &About,
    treated: &[Diagnosed],
) -> db::Result<()> {
    let codes: Vec<&str> = treated.iter().map(|it| it.code.as_str()).take(CODES_MAX).collect();
    sqlx::query(
        "insert into chart.treated (practice_id, note_id, rank, code)
         select $1, $2, c.rank::smallint, c.code
           from unnest($3::text[]) with ordinality c (code, rank)",
    )
    .bind(about.practice.0)
    .bind(about.id.0)
    .bind(&codes)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What a charge may repeat of a note, once it is signed: its time, its kind of service, the codes
/// of what was treated, and nothing of what it says. Served by the keys.
///
/// # Errors
/// As the database says.
pub async fn billable(
    tx: &mut Tx,
    practice: PracticeId,
    note: NoteId,
) -> db::Result<Option<Billable>> {
    type Row = (Uuid, Uuid, Uuid, String, Instant, Instant, Instant, String, Vec<String>);
    let row: Option<Row> = sqlx::query_as(
        "select s.appointment_id, n.client_id, n.clinician_id, n.service, n.signed_at, n.began_at,
                n.ended_at, n.place,
                array(select t.code
                        from chart.treated t
                       where t.practice_id = n.practice_id
                         and t.note_id = n.note_id
                       order by t.rank)
           from chart.note n
           join session.session s on s.practice_id = n.practice_id and s.session_id = n.note_id
          where n.practice_id = $1
            and n.note_id = $2
            and n.state = 'signed'",
    )
    .bind(practice.0)
    .bind(note.0)
    .fetch_optional(&mut **tx)
    .await?;
    let Some((appointment, client, clinician, word, signed_at, began_at, ended_at, at, codes)) =
        row
    else {
        return Ok(None);
    };
    Ok(Some(Billable {
        note,
        session: SessionId(note.0),
        appointment: AppointmentId(appointment),
        client: ClientId(client),
        clinician: ClinicianId(clinician),
        signed_at: signed_at.0,
        began_at: began_at.0,
        ended_at: ended_at.0,
        minutes: codes::minutes_of(&[(began_at.0, ended_at.0)]),
        place: place(&at, note.0)?,
        service: service(&word, note.0)?,
        codes,
    }))
}

/// The row of a client, locked: what is said of them next waits.
pub(crate) async fn lock_client(tx: &mut Tx, hers: Hers) -> db::Result<()> {
    sqlx::query(
        "select 1 from people.client c where c.practice_id = $1 and c.client_id = $2 for update",
    )
    .bind(hers.practice.0)
    .bind(hers.client.0)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A client's name, where the one who looks may see them.
pub(crate) async fn client_name(
    tx: &mut Tx,
    practice: PracticeId,
    client: ClientId,
) -> db::Result<Option<String>> {
    Ok(sqlx::query_scalar(
        "select c.name from people.client c where c.practice_id = $1 and c.client_id = $2",
    )
    .bind(practice.0)
    .bind(client.0)
    .fetch_optional(&mut **tx)
    .await?)
}

/// How an author reads in a practice: name and credential.
pub(crate) async fn author_name(
    tx: &mut Tx,
    practice: PracticeId,
    author: PersonId,
) -> db::Result<String> {
    let name: Option<String> = sqlx::query_scalar(
        "select c.name || ', ' || c.credential
           from people.clinician c
          where c.practice_id = $1
            and c.person_id = $2",
    )
    .bind(practice.0)
    .bind(author.0)
    .fetch_optional(&mut **tx)
    .await?;
    Ok(name.unwrap_or_default())
}

/// A session and its note, in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listed {
    pub practice: PracticeId,
    pub session: SessionId,
    pub client: ClientId,
    pub client_name: String,
    pub began_at: Timestamp,
    pub is_open: bool,
    pub saved_at: Option<Timestamp>,
    pub signed_at: Option<Timestamp>,
}

type ListedRow = (Uuid, Uuid, Uuid, String, Instant, bool, Option<Instant>, Option<Instant>);

fn listed(row: ListedRow) -> Listed {
    let (practice, session, client, client_name, began_at, is_open, saved_at, signed_at) = row;
    Listed {
        practice: PracticeId(practice),
        session: SessionId(session),
        client: ClientId(client),
        client_name,
        began_at: began_at.0,
        is_open,
        saved_at: saved_at.map(|at| at.0),
        signed_at: signed_at.map(|at| at.0),
    }
}

/// Sessions with their notes; the end of the statement says which.
macro_rules! sessions {
    ($which:literal) => {
        concat!(
            "select s.practice_id, s.session_id, s.client_id, c.name, s.began_at,
                    s.ended_at is null, n.saved_at, n.signed_at
               from session.session s
               join people.clinician k on k.practice_id = s.practice_id
                                      and k.clinician_id = s.clinician_id
               join people.client c on c.practice_id = s.practice_id
                                   and c.client_id = s.client_id
               left join chart.note n on n.practice_id = s.practice_id
                                     and n.note_id = s.session_id ",
            $which
        )
    };
}

/// A person's sessions that have ended without a signed note, oldest first, in every practice that
/// they see. Served by `clinician_person` and `session_of_clinician`.
pub(crate) async fn unsigned(tx: &mut Tx, person: PersonId) -> db::Result<Vec<Listed>> {
    let rows: Vec<ListedRow> = sqlx::query_as(sessions!(
        "where k.person_id = $1
           and s.ended_at is not null
           and n.signed_at is null
         order by s.began_at, s.session_id
         limit $2"
    ))
    .bind(person.0)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(listed).collect())
}

/// A person's sessions in a practice: without a signed note first, those oldest first; then what
/// was signed, newest first.
pub(crate) async fn own(
    tx: &mut Tx,
    practice: PracticeId,
    person: PersonId,
) -> db::Result<Vec<Listed>> {
    let rows: Vec<ListedRow> = sqlx::query_as(sessions!(
        "where s.practice_id = $1
           and k.person_id = $2
         order by n.signed_at desc nulls first, s.began_at, s.session_id
         limit $3"
    ))
    .bind(practice.0)
    .bind(person.0)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(listed).collect())
}

/// Every session with a client, newest first. Served by `session_of_client`.
pub(crate) async fn with_client(
    tx: &mut Tx,
    practice: PracticeId,
    client: ClientId,
) -> db::Result<Vec<Listed>> {
    let rows: Vec<ListedRow> = sqlx::query_as(sessions!(
        "where s.practice_id = $1
           and s.client_id = $2
         order by s.began_at desc, s.session_id
         limit $3"
    ))
    .bind(practice.0)
    .bind(client.0)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(listed).collect())
}

/// The last signed note about a client before a session. Served by `note_of_client`.
pub(crate) async fn signed_before(
    tx: &mut Tx,
    about: &About,
    before: Timestamp,
) -> db::Result<Option<SessionId>> {
    let found: Option<Uuid> = sqlx::query_scalar(
        "select n.note_id
           from chart.note n
          where n.practice_id = $1
            and n.client_id = $2
            and n.note_id <> $3
            and n.state = 'signed'
            and n.began_at < $4
          order by n.began_at desc, n.note_id
          limit 1",
    )
    .bind(about.practice.0)
    .bind(about.client.0)
    .bind(about.id.0)
    .bind(Instant(before))
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found.map(SessionId))
}

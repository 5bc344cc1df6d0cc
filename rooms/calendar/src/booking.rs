//! Booking: look, lock, look, insert.
//!
//! The first look answers whoever is too late at once, without waiting for anybody. The lock is the
//! clinician's row in `hours.calendar`, which protecting an hour takes too. The second look is a
//! statement of its own, so that under READ COMMITTED it sees what was committed while this one
//! waited. The insert meets `appointment_never_overlaps` and the triggers: they have the last word,
//! whatever was overlooked here.
//!
//! Holds that are over lapse between lock and second look: the constraint knows no clock, and one
//! stale hold would keep an hour from everybody for good.

use ground::db::{self, Tx};
use ground::{Acting, events as outbox};
use hours::Pattern;
use ids::{AppointmentId, ClientId, ClinicianId, PersonId, PracticeId};
use jiff::{SignedDuration, Timestamp};
use openings::{Asker, Kind, Question, Reason, Stretch};
use sqlx::Executor;

use crate::model::{Answer, Appointment, Booking, By, HOLD_MIN, NEXT_MAX, Place, State, VisitType};
use crate::queries::{self, During, New, Whose};
use crate::{events, lookup};

/// Where the next times mostly are: a rush for one hour is answered from these days.
const NEXT_SOON: SignedDuration = SignedDuration::from_hours(24 * 4);
/// How far ahead the next times are looked for.
const NEXT_WITHIN: SignedDuration = SignedDuration::from_hours(24 * 7 * 6);

/// The trigger that keeps appointments out of leave and protected time.
const KEPT: &str = "appointment_keeps_off_kept_time";
/// What is said of a client who is not, or no longer, in this clinician's care.
pub const NOT_TREATED: &str = "attendee_is_treated_by_the_clinician";

/// What one asker can be offered of one clinician's time.
#[derive(Debug, Clone)]
pub struct Offered {
    /// One question for each kind of asker that they may pass for.
    questions: Vec<Question>,
}

/// Who asks for what.
#[derive(Debug, Clone, Copy)]
pub struct Asks<'a> {
    /// Where.
    pub practice: PracticeId,
    /// With whom.
    pub clinician: ClinicianId,
    /// For whom.
    pub client: ClientId,
    /// What.
    pub visit: &'a VisitType,
    /// In the office or by video.
    pub place: Place,
}

impl Offered {
    /// Looks at what is open and what is taken, from `during.from` on.
    pub async fn look(tx: &mut Tx, asks: Asks<'_>, during: During) -> db::Result<Self> {
        let pattern = hours::pattern(tx, asks.practice, asks.clinician).await?;
        let kinds =
            if tells_apart(&pattern) { kinds(tx, asks).await? } else { vec![Kind::Current] };
        let now = tx.house().now();
        let whose = Whose { practice: asks.practice, clinician: asks.clinician };
        let taken = queries::taken(tx, whose, during, now).await?;
        let by = by(tx.acting());
        let question = |kind| ask(pattern.clone(), asks, Asked { kind, by, now, taken: &taken });
        let questions = kinds.into_iter().map(question).collect();
        Ok(Self { questions })
    }

    /// Looks again at what is taken.
    async fn look_again(&mut self, tx: &mut Tx, whose: Whose, during: During) -> db::Result<()> {
        let now = tx.house().now();
        let taken = queries::taken(tx, whose, during, now).await?;
        for question in &mut self.questions {
            question.appointments.clone_from(&taken);
        }
        Ok(())
    }

    /// The open starts of a span, soonest first.
    pub fn starts(&self, during: During, limit: usize) -> Vec<Timestamp> {
        let span = Stretch { from: during.from.into(), to: during.to.into() };
        let mut starts: Vec<openings::Instant> =
            self.questions.iter().flat_map(|question| question.openings(span, limit)).collect();
        starts.sort_unstable();
        starts.dedup();
        starts.truncate(limit);
        starts.into_iter().map(openings::Instant::timestamp).collect()
    }

    /// Why nobody can be booked at `at`; nothing where it is open.
    fn why_not(&self, at: Timestamp) -> Vec<Reason> {
        let whole_second = at.subsec_nanosecond() == 0;
        let mut told: Vec<Vec<Reason>> =
            self.questions.iter().map(|question| question.why_not(at.into())).collect();
        if !whole_second {
            return vec![Reason::OffGrid];
        }
        if told.iter().any(Vec::is_empty) {
            return Vec::new();
        }
        told.sort_by_key(Vec::len);
        told.into_iter().next().unwrap_or_default()
    }

    fn not_open(&self, why: Vec<Reason>, at: Timestamp, now: Timestamp) -> Answer {
        let from = at.max(now);
        let within = |span| self.starts(During { from, to: from + span }, NEXT_MAX);
        let soon = within(NEXT_SOON);
        let next = if soon.len() < NEXT_MAX { within(NEXT_WITHIN) } else { soon };
        Answer::NotOpen { why, next }
    }
}

struct Asked<'a> {
    kind: Kind,
    by: By,
    now: Timestamp,
    taken: &'a [openings::Appointment],
}

fn ask(pattern: Pattern, asks: Asks<'_>, asked: Asked<'_>) -> Question {
    pattern.ask(hours::Asked {
        now: asked.now,
        visit: asks.visit.asked(asked.by),
        appointments: asked.taken.to_vec(),
        busy: Vec::new(),
        asker: Asker { is: asked.kind, place: asks.place.asked() },
    })
}

/// On whose behalf the one who acts books and calls off.
pub fn by(acting: &Acting) -> By {
    match acting {
        Acting::Client { .. } => By::Client,
        _ => By::Practice,
    }
}

/// Whether any hours are kept for new people, or for current clients.
fn tells_apart(pattern: &Pattern) -> bool {
    let weekly = pattern.weekly.iter().map(|row| row.window);
    let dated = pattern.exceptions.iter().flat_map(|it| it.windows.iter().copied());
    weekly.chain(dated).any(|window| window.only_for.is_some())
}

/// Whom somebody may pass for. Until a client was there once, hours that are kept for new people
/// are open to them too: they were accepted, and are new. Who works here may use all open hours.
async fn kinds(tx: &mut Tx, asks: Asks<'_>) -> db::Result<Vec<Kind>> {
    if by(tx.acting()) == By::Practice {
        return Ok(vec![Kind::New, Kind::Current]);
    }
    let been = lookup::has_booked(tx, asks.practice, asks.clinician, asks.client).await?;
    Ok(if been { vec![Kind::Current] } else { vec![Kind::New, Kind::Current] })
}

/// Whether a time is to be promised at once, or kept for a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Held,
    Booked,
}

/// Books a time.
pub async fn book(
    tx: &mut Tx,
    practice: PracticeId,
    by: PersonId,
    booking: &Booking,
) -> db::Result<Answer> {
    take(tx, practice, by, booking, Wanted::Booked).await
}

/// Holds a time while somebody reads what it is. What they held with this clinician before is given
/// up.
pub async fn hold(
    tx: &mut Tx,
    practice: PracticeId,
    by: PersonId,
    booking: &Booking,
) -> db::Result<Answer> {
    take(tx, practice, by, booking, Wanted::Held).await
}

async fn take(
    tx: &mut Tx,
    practice: PracticeId,
    by: PersonId,
    booking: &Booking,
    wanted: Wanted,
) -> db::Result<Answer> {
    let now = tx.house().now();
    let visit = queries::visit_type(tx, practice, booking.visit_type).await?;
    let Some(visit) = visit.filter(|visit| visit.places().contains(&booking.place)) else {
        return Ok(Answer::NotOpen { why: vec![Reason::OtherPlace], next: Vec::new() });
    };
    let at = booking.starts_at;
    let whole = During { from: at.min(now), to: at.max(now) + NEXT_WITHIN };
    let core = During { from: at, to: visit.ends_at(at) };
    let Booking { clinician, client, place, .. } = *booking;
    let asks = Asks { practice, clinician, client, visit: &visit, place };
    let whose = Whose { practice, clinician };

    let mut offered = Offered::look(tx, asks, whole).await?;
    let why = offered.why_not(at);
    if !why.is_empty() {
        return late(tx, asks, core, offered.not_open(why, at, now)).await;
    }

    hours::lock(tx, practice, clinician).await?;
    queries::lapse_stale(tx, whose, now).await?;
    if wanted == Wanted::Held {
        queries::lapse_own(tx, whose, client).await?;
    }
    offered.look_again(tx, whose, whole).await?;
    let why = offered.why_not(at);
    if !why.is_empty() {
        return late(tx, asks, core, offered.not_open(why, at, now)).await;
    }
    queries::lock_client(tx, client).await?;
    if queries::of_client_at(tx, practice, client, core, now).await?.is_some() {
        let not_open = offered.not_open(vec![Reason::Busy], at, now);
        return late(tx, asks, core, not_open).await;
    }

    let (state, held_until) = match wanted {
        Wanted::Held => (State::Held, Some(now + SignedDuration::from_mins(HOLD_MIN))),
        Wanted::Booked => (State::Booked, None),
    };
    let new = New { practice, booking, visit: &visit, state, held_until, by, at: now };
    tx.execute("savepoint insert_appointment").await?;
    match queries::insert(tx, new).await {
        Ok(()) => {}
        Err(db::Error::Conflict(name)) => {
            tx.execute("rollback to savepoint insert_appointment").await?;
            return refused(tx, asks, core, &offered, &name).await;
        }
        Err(error) => return Err(error),
    }
    if wanted == Wanted::Booked {
        let event = events::Booked { appointment: booking.id, clinician, client };
        outbox::tell(tx, practice, &event).await?;
    }
    Ok(Answer::Yours(booking.id))
}

/// What the constraint of this name says to whoever asked.
async fn refused(
    tx: &mut Tx,
    asks: Asks<'_>,
    core: During,
    offered: &Offered,
    name: &str,
) -> db::Result<Answer> {
    let why = match name {
        "appointment_never_overlaps" => Reason::Appointment,
        KEPT => Reason::Protected,
        "appointment_is_within_the_horizon" => Reason::Horizon,
        // The once-key of a form that was sent before: its appointment, or one that lapsed since.
        "appointment_pkey" => Reason::Appointment,
        _ => return Err(db::Error::Conflict(name.to_owned())),
    };
    let now = tx.house().now();
    let not_open = offered.not_open(vec![why], core.from, now);
    late(tx, asks, core, not_open).await
}

/// Too late, unless it is this client's own: a second press, or a second tab, finds what the first
/// one made.
async fn late(tx: &mut Tx, asks: Asks<'_>, core: During, not_open: Answer) -> db::Result<Answer> {
    let now = tx.house().now();
    let own = queries::of_client_at(tx, asks.practice, asks.client, core, now).await?;
    match own {
        Some((id, clinician, at)) if clinician == asks.clinician && at == core.from => {
            Ok(Answer::Yours(id))
        }
        _ => Ok(not_open),
    }
}

/// Books what is held. A hold that is over, or whose hour was protected meanwhile, is asked for anew,
/// under `fresh`. `None` where there is no such hold.
pub async fn take_up(
    tx: &mut Tx,
    practice: PracticeId,
    by: PersonId,
    held: AppointmentId,
    fresh: AppointmentId,
) -> db::Result<Option<Answer>> {
    let Some(found) = locked(tx, practice, held).await? else {
        return Ok(None);
    };
    let Some(client) = found.client.as_ref().map(|it| it.client) else {
        return Ok(None);
    };
    let clinician = found.clinician;
    match found.state {
        State::Held | State::Lapsed => {}
        State::Booked | State::Kept | State::Missed | State::Canceled => {
            return Ok(Some(Answer::Yours(held)));
        }
    }
    let treat = lookup::treating(tx, practice, client).await?;
    if !treat.iter().any(|it| it.id == clinician) {
        return Err(db::Error::Conflict(NOT_TREATED.into()));
    }
    if found.is_held(tx.house().now()) && promise(tx, practice, held).await? {
        let event = events::Booked { appointment: held, clinician, client };
        outbox::tell(tx, practice, &event).await?;
        return Ok(Some(Answer::Yours(held)));
    }
    if found.state == State::Held {
        queries::move_on(tx, practice, held, (State::Held, State::Lapsed)).await?;
    }
    let Appointment { visit_type, place, starts_at, .. } = found;
    let booking = Booking { id: fresh, clinician, client, visit_type, place, starts_at };
    book(tx, practice, by, &booking).await.map(Some)
}

/// The appointment as it is once nobody else can change it.
pub async fn locked(
    tx: &mut Tx,
    practice: PracticeId,
    id: AppointmentId,
) -> db::Result<Option<Appointment>> {
    let Some(seen) = lookup::appointment(tx, practice, id).await? else {
        return Ok(None);
    };
    hours::lock(tx, practice, seen.clinician).await?;
    lookup::appointment(tx, practice, id).await
}

/// Makes a promise of a hold; `false` where its hour is kept by now.
async fn promise(tx: &mut Tx, practice: PracticeId, held: AppointmentId) -> db::Result<bool> {
    tx.execute("savepoint promise").await?;
    match queries::move_on(tx, practice, held, (State::Held, State::Booked)).await {
        Ok(()) => Ok(true),
        Err(db::Error::Conflict(name)) if name == KEPT => {
            tx.execute("rollback to savepoint promise").await?;
            Ok(false)
        }
        Err(error) => Err(error),
    }
}

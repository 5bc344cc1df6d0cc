//! The people of one practice: who they are, whom to invite, whose part or visits end.

use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use ground::clock::wall;
use ground::db::{self, Tx};
use ground::html::{Faults, Typed};
use ground::policy::{Act, Practice, Role};
use ground::web::{self, Asks, Routes};
use ground::{Acting, House};
use ids::{InvitationId, PersonId, PracticeId, RoleId, Uuid};

use crate::model::{Address, Held, Membership, NAME_MAX, Newcomer};
use crate::refusals::Trail;
use crate::visit::Visits;
use crate::{door, invitation, queries, views, words};

/// The table, added to the door's.
pub(crate) fn routes(door: Routes) -> Routes {
    let ending = "/p/{practice}/people/roles/{role}/ending";
    door.get("/p/{practice}/people", Asks::act("see_people"), people)
        .post("/p/{practice}/people/invitations", Asks::act("invite_person"), invite)
        .post(ending, Asks::act("change_role"), end_role)
        .post(
            "/p/{practice}/people/{person}/sign-ins/ending",
            Asks::act("revoke_sign_in"),
            end_sign_ins,
        )
}

/// What the page of a practice's people shows.
#[derive(Debug)]
pub(crate) struct Roster {
    pub practice: PracticeId,
    /// Who is what, and whether the one who looks may end it.
    pub held: Vec<(Held, bool)>,
    /// Who was invited: name and role.
    pub invited: Vec<(String, String)>,
    /// What the one who looks may invite somebody as.
    pub may_invite: Vec<Role>,
    /// Whose visits the one who looks may end.
    pub visits: Vec<(PersonId, String)>,
    /// Where to read what was refused here, if the one who looks may.
    pub refusals: Option<String>,
}

async fn load(tx: &mut Tx, id: PracticeId, practice: &Practice) -> web::Result<Roster> {
    let now = tx.house().now();
    let held = queries::roster(tx, id).await?;
    let invited = queries::invited(tx, id, now).await?;
    let visits = whose_visits(tx, id, practice, &held);
    let held = held.into_iter().map(|it| {
        let membership = Membership { practice: id, person: it.person };
        let act = Act::ChangeRole { role: it.role };
        let may_end = tx.would_allow(&act, &membership, &[practice]);
        (it, may_end)
    });
    let held = held.collect();
    let may =
        |role: &Role| tx.would_allow(&Act::InvitePerson { role: *role }, practice, &[practice]);
    let may_invite = Role::ALL.iter().copied().filter(may).collect();
    let reads =
        |about| tx.would_allow(&Act::ReadAudit, &Trail { practice: id, about }, &[practice]);
    let refusals = reads(None) || reads(tx.acting().person());
    let refusals = refusals.then(|| format!("/p/{id}/refusals"));
    Ok(Roster { practice: id, held, invited, may_invite, visits, refusals })
}

/// Each of the others here once, if the one who looks may end their visits; one's own stand on a
/// page of one's own.
fn whose_visits(
    tx: &Tx,
    id: PracticeId,
    practice: &Practice,
    held: &[Held],
) -> Vec<(PersonId, String)> {
    let own = tx.acting().person();
    let mut list: Vec<(PersonId, String)> = held
        .iter()
        .filter(|it| Some(it.person) != own)
        .filter(|it| {
            let visits = Visits { practice: id, person: it.person };
            tx.would_allow(&Act::RevokeSignIn, &visits, &[practice])
        })
        .map(|it| (it.person, it.name.clone()))
        .collect();
    list.dedup();
    list
}

async fn people(State(house): State<House>, acting: Acting, Path(id): Path<Uuid>) -> web::Result {
    let id = PracticeId(id);
    let practice = acting.known(id).ok_or(web::Error::NotFound)?;
    let mut tx = house.begin(&acting).await?;
    tx.may(Act::SeePeople, &practice, &[]).await?;
    let roster = load(&mut tx, id, &practice).await?;
    Ok(page(&house, &roster, &Typed::none(), &Faults::none()).into_response())
}

fn page(house: &House, roster: &Roster, typed: &Typed, faults: &Faults) -> maud::Markup {
    views::roster(&house.new_id::<Uuid>().to_string(), roster, typed, faults)
}

/// Reads whom to invite, and as what.
fn read(typed: &Typed) -> Result<(Newcomer, Role), Faults> {
    let mut faults = Faults::none();
    let name = typed.one("name").trim();
    if name.is_empty() || NAME_MAX < name.chars().count() {
        faults.add("name", words::ENTER_NAME);
    }
    let address = Address::read(typed.one("address"));
    if address.is_none() {
        faults.add("address", words::ENTER_THEIR_ADDRESS);
    }
    let role = typed.one("role").parse::<Role>().ok();
    if role.is_none() {
        faults.add("role", words::CHOOSE_ROLE);
    }
    match (address, role, faults.is_empty()) {
        (Some(address), Some(role), true) => Ok((Newcomer { name: name.into(), address }, role)),
        _ => Err(faults),
    }
}

async fn invite(
    State(house): State<House>,
    acting: Acting,
    Path(id): Path<Uuid>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = acting.known(id).ok_or(web::Error::NotFound)?;
    let typed: Typed = pairs.into_iter().collect();
    let mut tx = house.begin(&acting).await?;
    let (newcomer, role) = match read(&typed) {
        Ok(read) => read,
        Err(faults) => {
            tx.may(Act::SeePeople, &practice, &[]).await?;
            let roster = load(&mut tx, id, &practice).await?;
            let page = page(&house, &roster, &typed, &faults);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    tx.may(Act::InvitePerson { role }, &practice, &[]).await?;
    // The once-key of the form is the invitation's id, so that a double press is one letter.
    let once = typed.one("once").parse::<InvitationId>();
    let invitation_id = once.unwrap_or_else(|_| house.new_id());
    match invitation::invite(&mut tx, invitation_id, id, &newcomer, role).await {
        Ok(_) => tx.commit().await?,
        Err(db::Error::Conflict(name)) if name == "invitation_pkey" => tx.rollback().await?,
        Err(error) => return Err(error.into()),
    }
    Ok(back_to(id))
}

async fn end_role(
    State(house): State<House>,
    acting: Acting,
    Path((id, role)): Path<(Uuid, Uuid)>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = acting.known(id).ok_or(web::Error::NotFound)?;
    let by = acting.person().ok_or(web::Error::NotFound)?;
    let mut tx = house.begin(&acting).await?;
    // Ended by a first press, or never there: the page shows what is so.
    let Some(held) = queries::held_role(&mut tx, id, RoleId(role)).await? else {
        tx.may(Act::SeePeople, &practice, &[]).await?;
        return Ok(back_to(id));
    };
    let membership = Membership { practice: id, person: held.person };
    tx.may(Act::ChangeRole { role: held.role }, &membership, &[&practice]).await?;
    let all = queries::roster(&mut tx, id).await?;
    if held.is_last_owner(&all) {
        return Err(web::Error::Conflict(words::LAST_OWNER.into()));
    }
    let now = house.now();
    queries::end_role(&mut tx, id, held.id, by, now).await?;
    tx.commit().await?;
    Ok(back_to(id))
}

/// The owner ends all visits in which one of the practice's people works.
async fn end_sign_ins(
    State(house): State<House>,
    acting: Acting,
    Path((id, person)): Path<(Uuid, Uuid)>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = acting.known(id).ok_or(web::Error::NotFound)?;
    let mut tx = house.begin(&acting).await?;
    let visits = Visits { practice: id, person: PersonId(person) };
    tx.may(Act::RevokeSignIn, &visits, &[&practice]).await?;
    door::end_member_sign_ins(&mut tx, id, visits.person, wall()).await?;
    tx.commit().await?;
    Ok(back_to(id))
}

fn back_to(practice: PracticeId) -> Response {
    Redirect::to(&format!("/p/{practice}/people")).into_response()
}

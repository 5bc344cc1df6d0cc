//! What came from payers: remittances, answers, and files as they were.

use axum::extract::{Path, State};
use axum::response::IntoResponse;
use ground::db::Tx;
use ground::policy::Act;
use ground::web::{self, Asks, Routes};
use ground::{Acting, House};
use ids::{PracticeId, RemittanceId, Uuid};
use x12::remittance_835::ClaimPayment;

use super::known;
use crate::charge::{self, Charge};
use crate::claim::{Claim, queries as claims};
use crate::remittance::queries::{self, Answer};
use crate::{exchange, remittance, views};

pub fn routes(routes: Routes) -> Routes {
    let see = Asks::act("see_billing");
    routes
        .get("/p/{practice}/billing/remittances/{remittance}", see, one)
        .get("/p/{practice}/billing/answers/{answer}", see, answer)
        .get("/p/{practice}/billing/files/{file}", see, file)
}

async fn one(
    State(house): State<House>,
    acting: Acting,
    Path((id, remittance)): Path<(Uuid, Uuid)>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = known(&acting, id)?;
    let mut tx = house.begin(&acting).await?;
    tx.may(Act::SeeBilling, &practice, &[]).await?;
    let kept = queries::remittance(&mut tx, id, RemittanceId(remittance)).await?;
    let kept = kept.ok_or(web::Error::NotFound)?;
    let answers = queries::answers(&mut tx, id, kept.id).await?;
    let may_record = tx.would_allow(&Act::RecordPayment, &practice, &[]);
    Ok(views::remittance::remittance(id, &kept, &answers, may_record).into_response())
}

/// What an answer says in its file, and its segments as they came.
pub async fn said(
    tx: &mut Tx,
    practice: PracticeId,
    answer: &Answer,
) -> web::Result<Option<(ClaimPayment, String)>> {
    let Some(kept) = queries::remittance(tx, practice, answer.remittance).await? else {
        return Ok(None);
    };
    let remittance = remittance::reread(tx, practice, &kept).await?;
    let at = usize::try_from(answer.place - 1).unwrap_or(0);
    let Some(said) = remittance.claims().nth(at).cloned() else { return Ok(None) };
    let bytes = exchange::bytes_of(tx, practice, kept.file).await?.unwrap_or_default();
    let segments = segments(&bytes, said.span.start);
    Ok(Some((said, segments)))
}

/// The segments of one claim of an 835, from its CLP on.
fn segments(bytes: &[u8], from: usize) -> String {
    let Ok(file) = x12::read(bytes) else { return String::new() };
    let mut lines = Vec::new();
    for segment in file.sets().flat_map(|set| &set.segments) {
        let span = segment.span();
        let is_next = matches!(segment.id(), "CLP" | "LX" | "PLB" | "SE") && from < span.start;
        if is_next && !lines.is_empty() {
            break;
        }
        if from <= span.start {
            // With the sign that ends it.
            let end = (span.end + 1).min(bytes.len());
            let text = bytes.get(span.start..end).unwrap_or_default();
            lines.push(String::from_utf8_lossy(text).trim().to_owned());
        }
    }
    lines.join("\n")
}

async fn answer(
    State(house): State<House>,
    acting: Acting,
    Path((id, answer)): Path<(Uuid, Uuid)>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = known(&acting, id)?;
    let mut tx = house.begin(&acting).await?;
    tx.may(Act::SeeBilling, &practice, &[]).await?;
    let answer = queries::answer(&mut tx, id, answer).await?.ok_or(web::Error::NotFound)?;
    let said = said(&mut tx, id, &answer).await?;
    let ours = ours(&mut tx, id, &answer).await?;
    let page = views::remittance::Page {
        practice: id,
        answer: &answer,
        said: said.as_ref().map(|(said, _)| said),
        ours: ours.as_ref().map(|(claim, charge)| (claim, charge)),
        segments: said.as_ref().map(|(_, text)| text.as_str()).unwrap_or_default(),
    };
    Ok(views::remittance::answer(&page).into_response())
}

/// Our claim that an answer is about, with its charge.
pub async fn ours(
    tx: &mut Tx,
    practice: PracticeId,
    answer: &Answer,
) -> web::Result<Option<(Claim, Charge)>> {
    let Some(id) = answer.claim else { return Ok(None) };
    let Some(claim) = claims::claim(tx, practice, id).await? else { return Ok(None) };
    let charge = charge::queries::charges(tx, practice, Some(claim.charge)).await?.pop();
    Ok(charge.map(|charge| (claim, charge)))
}

async fn file(
    State(house): State<House>,
    acting: Acting,
    Path((id, file)): Path<(Uuid, Uuid)>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = known(&acting, id)?;
    let mut tx = house.begin(&acting).await?;
    tx.may(Act::SeeBilling, &practice, &[]).await?;
    let kept = exchange::queries::file(&mut tx, id, file).await?.ok_or(web::Error::NotFound)?;
    let bytes = exchange::bytes_of(&mut tx, id, file).await?.unwrap_or_default();
    let (_, _, zone) = charge::queries::practice(&mut tx, id).await?;
    let text = String::from_utf8_lossy(&bytes);
    Ok(views::remittance::file(id, &kept, &text, &zone).into_response())
}

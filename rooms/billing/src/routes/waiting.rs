//! What waits for a person: the biller's desk over all practices served, and one exception.

use std::collections::BTreeMap;

use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use ground::db::Tx;
use ground::html::{Link, Typed};
use ground::policy::{Act, Practice};
use ground::web::{self, Asks, Routes};
use ground::{Acting, House};
use ids::{ClaimId, PracticeId, Uuid};

use super::files::{ours, said};
use super::{ask_to_send, known};
use crate::charge;
use crate::claim::queries as claims;
use crate::exception::queries::{self, Exception};
use crate::exception::settle::{self, Decision};
use crate::exception::{How, served};
use crate::remittance::{self, queries as remittances};
use crate::{views, words};

pub fn routes(routes: Routes) -> Routes {
    let settle = Asks::act("settle_exception");
    routes
        .get("/desk/billing", Asks::act("see_billing"), desk)
        .get("/p/{practice}/billing/exceptions/{exception}", Asks::act("see_billing"), one)
        .post("/p/{practice}/billing/exceptions/{exception}/settling", settle, settling)
}

async fn desk(State(house): State<House>, acting: Acting) -> web::Result {
    let mut tx = house.begin(&acting).await?;
    let practices = served(&tx, &Act::SeeBilling);
    if practices.is_empty() {
        // Nothing is shared with the one who asks. The operator's people are refused on the
        // record; for all others there is no desk.
        let operator = acting.operator().ok_or(web::Error::NotFound)?;
        tx.may(Act::SeeBilling, &Practice::operator(operator), &[]).await?;
    }
    let mut names = BTreeMap::new();
    for id in &practices {
        names.insert(*id, charge::queries::practice(&mut tx, *id).await?.0);
    }
    let open = queries::open(&mut tx, &practices).await?;
    let ready = claims::ready(&mut tx, &practices).await?.into_iter().collect();
    Ok(views::exception::desk(&open, &names, &ready).into_response())
}

async fn one(
    State(house): State<House>,
    acting: Acting,
    Path((id, exception)): Path<(Uuid, Uuid)>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = known(&acting, id)?;
    let mut tx = house.begin(&acting).await?;
    tx.may(Act::SeeBilling, &practice, &[]).await?;
    let it = queries::find(&mut tx, id, exception).await?.ok_or(web::Error::NotFound)?;
    Ok(page(&mut tx, &practice, &it, None).await?.into_response())
}

async fn page(
    tx: &mut Tx,
    practice: &Practice,
    it: &Exception,
    fault: Option<&'static str>,
) -> web::Result<maud::Markup> {
    let id = it.practice;
    let list = queries::open(tx, &[id]).await?;
    let answer = match it.about.answer {
        Some(answer) => remittances::answer(tx, id, answer).await?,
        None => None,
    };
    let (mut proposals, mut segments) = (vec![], String::new());
    if let Some(answer) = &answer {
        for claim in remittance::proposals(tx, id, answer).await? {
            let charge = charge::queries::charges(tx, id, Some(claim.charge)).await?.pop();
            proposals.extend(charge.map(|charge| (claim, charge)));
        }
        segments = said(tx, id, answer).await?.map(|(_, text)| text).unwrap_or_default();
    }
    let about = about(tx, it).await?;
    let found = match &answer {
        Some(answer) => ours(tx, id, answer).await?,
        None => None,
    };
    let page = views::exception::Page {
        it,
        list: &list,
        about,
        answer: answer.as_ref(),
        ours: found.as_ref().map(|(claim, charge)| (claim, charge)),
        proposals: &proposals,
        segments: &segments,
        may_settle: tx.would_allow(&Act::SettleException, practice, &[]),
        once: tx.house().new_id::<Uuid>().to_string(),
        fault,
    };
    Ok(views::exception::exception(&page))
}

/// Where the thing is that an exception is about.
async fn about(tx: &mut Tx, it: &Exception) -> web::Result<Option<Link>> {
    let at = format!("/p/{}/billing", it.practice);
    if let Some(id) = it.about.claim {
        let claim = claims::claim(tx, it.practice, id).await?;
        return Ok(
            claim.map(|claim| Link::to(format!("{at}/charges/{}", claim.charge), claim.number))
        );
    }
    if let Some(id) = it.about.remittance {
        return Ok(Some(Link::to(format!("{at}/remittances/{id}"), words::REMITTANCES)));
    }
    if let Some(id) = it.about.payment {
        let to = format!("/p/{}/books/payments/{id}", it.practice);
        return Ok(Some(Link::to(to, words::MONEY)));
    }
    Ok(it.about.file.map(|id| Link::to(format!("{at}/files/{id}"), words::FILE)))
}

async fn settling(
    State(house): State<House>,
    acting: Acting,
    Path((id, exception)): Path<(Uuid, Uuid)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = known(&acting, id)?;
    let typed: Typed = pairs.into_iter().collect();
    let mut tx = house.begin(&acting).await?;
    tx.may(Act::SettleException, &practice, &[]).await?;
    let it = queries::find(&mut tx, id, exception).await?.ok_or(web::Error::NotFound)?;
    let all = [How::Again, How::Matched, How::WrittenOff, How::SetAside];
    let how = all.into_iter().find(|how| how.word() == typed.one("how"));
    let claim = typed.one("claim").parse::<ClaimId>().ok();
    if let (Some(How::Again), Some(claim)) = (how, it.about.claim)
        && let Some(claim) = claims::claim(&mut tx, id, claim).await?
    {
        ask_to_send(&mut tx, id, &practice, &claim).await?;
    }
    let settled = match how {
        Some(how) => settle::settle(&mut tx, id, &it, Decision { how, claim }).await?,
        None => Err(words::NOT_THIS_WAY),
    };
    match settled {
        Ok(()) => {
            tx.commit().await?;
            Ok(Redirect::to("/desk/billing").into_response())
        }
        Err(says) => {
            // Undone whole: what was tried left no trace, and the exception is open as before.
            tx.rollback().await?;
            let mut tx = house.begin(&acting).await?;
            let page = page(&mut tx, &practice, &it, Some(says)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

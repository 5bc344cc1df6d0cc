//! The table of routes of the books, then its handlers in the order of the table.

use std::collections::BTreeMap;

use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use bookkeeping::Entry;
use ground::db::Tx;
use ground::html::{Faults, Typed};
use ground::policy::Act;
use ground::web::{self, Asks, Routes};
use ground::{Acting, House};
use ids::{ClientId, EntryId, PracticeId, Uuid};
use jiff::ToSpan as _;
use jiff::civil::Date;
use money::{Cents, Misread, read_typed};

use crate::model::{Cause, CauseKind, Party};
use crate::receipt::{self, Arrived, Way, record_deposit, record_payment};
use crate::views::{self, Came, Forms};
use crate::{queries, today, words};

/// Longest number of a check or transfer, in signs.
const REFERENCE_MAX: usize = 50;
/// Money that arrived longer ago is a slip in the year.
const YEARS_BACK: i64 = 10;

/// The table.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/p/{practice}/books", Asks::act("see_books"), books)
        .get("/p/{practice}/books/entries/{entry}", Asks::act("see_books"), entry)
        .get("/p/{practice}/books/money", Asks::act("record_payment"), forms)
        .post("/p/{practice}/books/payments", Asks::act("record_payment"), take_payment)
        .post("/p/{practice}/books/deposits", Asks::act("record_payment"), take_deposit)
        .get("/p/{practice}/books/payments/{payment}", Asks::act("see_books"), payment)
}

#[derive(serde::Deserialize)]
struct Before {
    before: Option<String>,
}

async fn books(
    State(house): State<House>,
    acting: Acting,
    Path(id): Path<Uuid>,
    Query(Before { before }): Query<Before>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = acting.known(id).ok_or(web::Error::NotFound)?;
    // What is no place in the order of posting is the top.
    let before = before.and_then(|place| place.parse::<i64>().ok());
    let mut tx = house.begin(&acting).await?;
    tx.may(Act::SeeBooks, &practice, &[]).await?;
    let may_record = tx.would_allow(&Act::RecordPayment, &practice, &[]);
    let page = views::Books {
        practice: id,
        titles: queries::titles(&mut tx, id).await?,
        entries: queries::listed(&mut tx, id, before).await?,
        may_record,
        is_from_the_top: before.is_none(),
    };
    Ok(views::books(&page).into_response())
}

async fn entry(
    State(house): State<House>,
    acting: Acting,
    Path((id, entry)): Path<(Uuid, Uuid)>,
) -> web::Result {
    let (id, entry) = (PracticeId(id), EntryId(entry));
    let practice = acting.known(id).ok_or(web::Error::NotFound)?;
    let mut tx = house.begin(&acting).await?;
    tx.may(Act::SeeBooks, &practice, &[]).await?;
    let found = queries::entry(&mut tx, id, entry).await?;
    let cause = queries::cause_of(&mut tx, id, entry).await?;
    let ((found, _), cause) = found.zip(cause).ok_or(web::Error::NotFound)?;
    let names = names(&mut tx, id, &found).await?;
    Ok(views::entry(id, &found, cause, &names).into_response())
}

/// Whose the accounts of an entry are, in the order of its postings.
async fn names(tx: &mut Tx, practice: PracticeId, entry: &Entry) -> web::Result<Vec<String>> {
    let clients = people::clients(tx, practice).await?;
    let clinicians = people::clinicians(tx, practice).await?;
    let mut named: BTreeMap<Uuid, String> =
        clients.into_iter().map(|it| (it.id.0, it.name)).collect();
    named.extend(clinicians.into_iter().map(|it| (it.id.0, it.name)));
    let name = |party: Party| match party {
        Party::Payer(code) => code,
        Party::Client(id) => named.get(&id.0).cloned().unwrap_or_default(),
        Party::Clinician(id) => named.get(&id.0).cloned().unwrap_or_default(),
    };
    let postings = entry.postings.iter();
    Ok(postings.map(|it| Party::of(it.account).map(name).unwrap_or_default()).collect())
}

async fn forms(
    State(house): State<House>,
    acting: Acting,
    Path(id): Path<Uuid>,
    Query(begin): Query<Vec<(String, String)>>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = acting.known(id).ok_or(web::Error::NotFound)?;
    let mut tx = house.begin(&acting).await?;
    tx.may(Act::RecordPayment, &practice, &[]).await?;
    let day = today(&mut tx, id).await?;
    // What leads here may know the deposit already.
    let begin =
        begin.into_iter().fold(views::begin_on(day), |it, (name, value)| it.with(name, value));
    let page = page(&mut tx, id, None, begin).await?;
    tx.commit().await?;
    Ok(page.into_response())
}

async fn page(
    tx: &mut Tx,
    practice: PracticeId,
    came_back: Option<Came<'_>>,
    begin: Typed,
) -> web::Result<maud::Markup> {
    let clients = people::clients(tx, practice).await?;
    let once = [0, 1].map(|_| tx.house().new_id::<Uuid>().to_string());
    let payers = terms::payers(tx).await?;
    let forms = Forms { practice, clients: &clients, payers: &payers, once, came_back, begin };
    Ok(views::forms(&forms))
}

/// A form as it was typed, read into what it means.
struct Reading<'a> {
    typed: &'a Typed,
    faults: Faults,
    today: Date,
}

impl Reading<'_> {
    fn cents(&mut self, field: &str) -> Cents {
        let says = match read_typed(self.typed.one(field)) {
            Ok(Cents::ZERO) | Err(Misread::BelowZero) => words::ENTER_ABOVE_ZERO,
            Ok(cents) => return cents,
            Err(Misread::PartOfACent) => words::ENTER_WHOLE_CENTS,
            Err(Misread::TooLarge) => words::ENTER_LESS,
            Err(Misread::Empty | Misread::NotAnAmount) => words::ENTER_AMOUNT,
        };
        self.faults.add(field, says);
        Cents::ZERO
    }

    fn way(&mut self, field: &str) -> Way {
        Way::of_word(self.typed.one(field)).unwrap_or_else(|| {
            self.faults.add(field, words::ENTER_WAY);
            Way::Cash
        })
    }

    /// What the processor kept of a card; of another way, nothing.
    fn fee(&mut self, way: Way, of: Cents) -> Way {
        let typed = self.typed.one("fee").trim();
        match (way, typed) {
            (Way::Card { .. }, "") => way,
            (Way::Card { .. }, typed) => match read_typed(typed) {
                Ok(fee) if fee < of => Way::Card { fee },
                _ => {
                    self.faults.add("fee", words::ENTER_CARD_FEE);
                    way
                }
            },
            (_, "") => way,
            _ => {
                self.faults.add("fee", words::ONLY_A_CARD);
                way
            }
        }
    }

    fn day(&mut self, field: &str) -> Date {
        let part = |part: &str| self.typed.one(&format!("{field}_{part}")).trim().to_owned();
        let (year, month, day) = (part("year"), part("month"), part("day"));
        let read = || Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok();
        match read() {
            Some(day) if day < self.today.saturating_sub(YEARS_BACK.years()) => {
                self.faults.add(field, words::ENTER_DAY_NOT_SO_LONG_AGO);
                self.today
            }
            Some(day) if day <= self.today => day,
            Some(_) => {
                self.faults.add(field, words::ENTER_DAY_NOT_LATER);
                self.today
            }
            None => {
                self.faults.add(field, words::ENTER_DAY);
                self.today
            }
        }
    }

    fn reference(&mut self, field: &str, says: &str) -> Option<String> {
        let text = self.typed.one(field).trim().to_uppercase();
        if REFERENCE_MAX < text.chars().count() || text.contains(char::is_control) {
            self.faults.add(field, says);
        }
        (!text.is_empty()).then_some(text)
    }

    /// The once-key of the form is the payment's id, so that a double press is one payment.
    fn once(&self, house: &House) -> Uuid {
        Uuid::try_parse(self.typed.one("once")).unwrap_or_else(|_| house.new_id())
    }
}

async fn take_payment(
    State(house): State<House>,
    acting: Acting,
    Path(id): Path<Uuid>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = acting.known(id).ok_or(web::Error::NotFound)?;
    let typed: Typed = pairs.into_iter().collect();
    let mut tx = house.begin(&acting).await?;
    tx.may(Act::RecordPayment, &practice, &[]).await?;
    let today = today(&mut tx, id).await?;
    let clients = people::clients(&mut tx, id).await?;
    let mut read = Reading { typed: &typed, faults: Faults::none(), today };
    let client = typed.one("client").parse::<ClientId>().ok();
    let client = client.filter(|it| clients.iter().any(|known| known.id == *it));
    if client.is_none() {
        read.faults.add("client", words::ENTER_CLIENT);
    }
    let cents = read.cents("cents");
    let way = read.way("way");
    let way = read.fee(way, cents);
    let reference = read.reference("reference", words::SHORTER_REFERENCE);
    let on = read.day("on");
    let once = read.once(&house);
    let Reading { faults, .. } = read;
    let (Some(from), true) = (client, faults.is_empty()) else {
        return came_back(&mut tx, id, false, &typed, &faults).await;
    };
    let arrived = Arrived { id: once, from, way, reference, cents, on };
    if !record_payment(&mut tx, id, &arrived).await? {
        let name = clients.iter().find(|it| it.id == from).map(|it| it.name.as_str());
        if !is_as_before(&mut tx, id, &arrived, (name, None)).await? {
            let faults = Faults::none().and("cents", words::SENT_BEFORE);
            return came_back(&mut tx, id, false, &typed, &faults).await;
        }
    }
    tx.commit().await?;
    Ok(Redirect::to(&Cause::new(CauseKind::ClientPayment, once).path(id)).into_response())
}

async fn take_deposit(
    State(house): State<House>,
    acting: Acting,
    Path(id): Path<Uuid>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = acting.known(id).ok_or(web::Error::NotFound)?;
    let typed: Typed = pairs.into_iter().collect();
    let mut tx = house.begin(&acting).await?;
    tx.may(Act::RecordPayment, &practice, &[]).await?;
    let today = today(&mut tx, id).await?;
    let mut read = Reading { typed: &typed, faults: Faults::none(), today };
    let from = typed.one("payer").trim().to_uppercase();
    let payers = terms::payers(&mut tx).await?;
    if !payers.iter().any(|it| it.code.as_str() == from) {
        read.faults.add("payer", words::ENTER_PAYER);
    }
    let cents = read.cents("deposit_cents");
    let way = read.way("deposit_way");
    let reference = read.reference("trace", words::ENTER_TRACE);
    if reference.is_none() {
        read.faults.add("trace", words::ENTER_TRACE);
    }
    let on = read.day("deposit_on");
    let once = read.once(&house);
    let Reading { mut faults, .. } = read;
    queries::lock(&mut tx, id).await?;
    if receipt::is_written_down(&mut tx, id, once, (&from, reference.as_deref())).await? {
        faults.add("trace", words::WRITTEN_DOWN_ALREADY);
    }
    if !faults.is_empty() {
        return came_back(&mut tx, id, true, &typed, &faults).await;
    }
    let arrived = Arrived { id: once, from, way, reference, cents, on };
    if !record_deposit(&mut tx, id, &arrived).await? {
        let payer = Some(arrived.from.as_str());
        if !is_as_before(&mut tx, id, &arrived, (None, payer)).await? {
            let faults = Faults::none().and("deposit_cents", words::SENT_BEFORE);
            return came_back(&mut tx, id, true, &typed, &faults).await;
        }
    }
    tx.commit().await?;
    Ok(Redirect::to(&Cause::new(CauseKind::Deposit, once).path(id)).into_response())
}

/// Whether what was written down under a once-key is what was sent now: a double press is, a form
/// that somebody went back to and changed is not, and must not vanish behind the earlier one.
async fn is_as_before<From>(
    tx: &mut Tx,
    practice: PracticeId,
    arrived: &Arrived<From>,
    (client, payer): (Option<&str>, Option<&str>),
) -> web::Result<bool> {
    let before = receipt::payment(tx, practice, arrived.id).await?;
    Ok(before.is_some_and(|it| {
        it.cents == arrived.cents
            && it.on == arrived.on
            && it.way == arrived.way.word()
            && it.reference == arrived.reference
            && it.client.as_deref() == client
            && it.payer.as_deref() == payer
    }))
}

async fn came_back(
    tx: &mut Tx,
    practice: PracticeId,
    is_deposit: bool,
    typed: &Typed,
    faults: &Faults,
) -> web::Result {
    let begin = views::begin_on(today(tx, practice).await?);
    let page = page(tx, practice, Some(Came { is_deposit, typed, faults }), begin).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn payment(
    State(house): State<House>,
    acting: Acting,
    Path((id, payment)): Path<(Uuid, Uuid)>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = acting.known(id).ok_or(web::Error::NotFound)?;
    let mut tx = house.begin(&acting).await?;
    tx.may(Act::SeeBooks, &practice, &[]).await?;
    let found = receipt::payment(&mut tx, id, payment).await?.ok_or(web::Error::NotFound)?;
    let kind = match found.payer {
        Some(_) => CauseKind::Deposit,
        None => CauseKind::ClientPayment,
    };
    let made = queries::entry_of(&mut tx, id, Cause::new(kind, payment)).await?;
    Ok(views::payment(id, &found, &made).into_response())
}

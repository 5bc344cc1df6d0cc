//! The rows of the journey from a clinician's hours to what an hour was worth, in its order.
//!
//! Each kind of thing stands where its permits could differ: at Elm, which shares; at a practice
//! that does not share the service in question; and under the name of somebody who is not a
//! clinician there (any more).

use super::{Row, at, made, person};
use crate::cast::Given;
use crate::{Act, Fact, Kind, Uid};

pub(super) fn rows() -> Vec<Row> {
    let parts = [hours(), leads(), offers(), forms(), appointments(), chart(), money(), earned()];
    parts.into_iter().flatten().collect()
}

/// Each act with each thing, act by act.
fn each(acts: &[Act], things: &[(&str, Given)]) -> Vec<Row> {
    let row = |act: &Act, (what, thing): &(&str, Given)| Row {
        act: act.clone(),
        what: (*what).to_owned(),
        thing: thing.clone(),
    };
    acts.iter().flat_map(|act| things.iter().map(move |thing| row(act, thing))).collect()
}

fn of_clinician(kind: Kind, practice: &str, clinician: &str) -> Given {
    let mut thing = made(kind, practice);
    thing.facts = thing.facts.with("clinician", person(clinician));
    thing
}

fn client() -> Uid {
    Uid::new(Kind::Client, "kim")
}

fn hours() -> Vec<Row> {
    let of = |practice, clinician| of_clinician(Kind::Hours, practice, clinician);
    each(
        &[Act::SeeHours, Act::SeeWeek, Act::SetHours, Act::ProtectTime, Act::PauseIntake],
        &[
            ("Ben's at Elm", of("elm", "ben")),
            ("Ada's at Elm", of("elm", "ada")),
            ("Sue's, an old name at Elm", of("elm", "sue")),
            ("Una's at Oak", of("oak", "una")),
            ("Sam's, an old name at Ash", of("ash", "sam")),
            ("Eli's at Fir", of("fir", "eli")),
        ],
    )
}

fn leads() -> Vec<Row> {
    let mut rows = each(
        &[Act::SeeLeads],
        &[
            ("Elm's own", at("elm")),
            ("Oak's own", at("oak")),
            ("Fir's own", at("fir")),
            ("the operator's", at("trellis")),
        ],
    );
    let held_by = |practice| made(Kind::Lead, practice);
    rows.extend(each(
        &[Act::WorkLead],
        &[
            ("Elm's own", held_by("elm")),
            ("Oak's own", held_by("oak")),
            ("Fir's own", held_by("fir")),
            ("the operator's", held_by("trellis")),
        ],
    ));
    rows
}

fn offers() -> Vec<Row> {
    let to = |practice, clinician| of_clinician(Kind::Offer, practice, clinician);
    let mut rows = each(
        &[Act::MakeOffer, Act::SeeOffer, Act::AnswerOffer, Act::WithdrawOffer],
        &[
            ("to Ben at Elm", to("elm", "ben")),
            ("to Ada at Elm", to("elm", "ada")),
            ("to Sue, an old name at Elm", to("elm", "sue")),
            ("to Una at Oak", to("oak", "una")),
            ("to Eli at Fir", to("fir", "eli")),
        ],
    );
    rows.extend(each(&[Act::Discharge], &treated(Kind::Episode)));
    rows
}

fn treated(kind: Kind) -> [(&'static str, Given); 5] {
    let by = |practice, clinicians: &[&str]| {
        let mut thing = made(kind, practice);
        let treated_by: Fact = clinicians.iter().copied().map(person).collect();
        thing.facts = thing.facts.with("client", client()).with("treated_by", treated_by);
        thing
    };
    [
        ("Kim, whom Ben treats at Elm", by("elm", &["ben"])),
        ("Kim, whom Ben and Ada treat at Elm", by("elm", &["ben", "ada"])),
        ("Kim, whom nobody treats at Elm now", by("elm", &[])),
        ("Kim, under Sue's old name at Elm", by("elm", &["sue"])),
        ("Kim, whom Una treats at Oak", by("oak", &["una"])),
    ]
}

fn of_client(kind: Kind, practice: &str, of: Option<&str>) -> Given {
    let mut thing = made(kind, practice);
    thing.facts = thing.facts.with("client", client()).with_some("of", of.map(person));
    thing
}

fn forms() -> Vec<Row> {
    let of = |practice, of| of_client(Kind::Packet, practice, of);
    each(
        &[Act::SendPacket, Act::SeePacket, Act::FillPacket, Act::SignPacket],
        &[
            ("Kim's at Elm", of("elm", Some("kim"))),
            ("Kim's at Elm, before she signs in", of("elm", None)),
            ("Kim's at Oak", of("oak", Some("kim"))),
            ("Kim's at Ash", of("ash", Some("kim"))),
            ("Kim's at Fir", of("fir", Some("kim"))),
        ],
    )
}

fn appointments() -> Vec<Row> {
    let with = |practice, clinician, of: Option<&str>| {
        let mut thing = of_clinician(Kind::Appointment, practice, clinician);
        thing.facts = thing.facts.with_some("of", of.map(person));
        thing
    };
    let mut rows = each(
        &[Act::SeeAppointment, Act::BookAppointment, Act::CancelAppointment, Act::RecordOutcome],
        &[
            ("Ben's at Elm with Kim", with("elm", "ben", Some("kim"))),
            ("Ben's at Elm, who does not sign in", with("elm", "ben", None)),
            ("Ada's at Elm with Kim", with("elm", "ada", Some("kim"))),
            ("Sue's, an old name at Elm", with("elm", "sue", None)),
            ("Una's at Oak with Kim", with("oak", "una", Some("kim"))),
            ("Eli's at Fir with Kim", with("fir", "eli", Some("kim"))),
        ],
    );
    rows.extend(each(&[Act::TimeSession], &by_clinician(Kind::Session)));
    rows
}

fn by_clinician(kind: Kind) -> [(&'static str, Given); 4] {
    let of = |practice, clinician| of_clinician(kind, practice, clinician);
    [
        ("Ben's at Elm", of("elm", "ben")),
        ("Ada's at Elm", of("elm", "ada")),
        ("Sue's, an old name at Elm", of("elm", "sue")),
        ("Una's at Oak", of("oak", "una")),
    ]
}

fn chart() -> Vec<Row> {
    let mut rows = each(&[Act::OpenChart, Act::Diagnose], &treated(Kind::Chart));
    let notes = by_clinician(Kind::Note).map(|(what, mut note)| {
        note.facts = note.facts.with("client", client());
        (what, note)
    });
    rows.extend(each(&[Act::WriteNote, Act::SignNote, Act::AmendNote], &notes));
    rows
}

fn money() -> Vec<Row> {
    let mut rows = each(
        &[
            Act::SetFees,
            Act::SeeBilling,
            Act::ImportRemittance,
            Act::SettleException,
            Act::SeeBooks,
            Act::RecordPayment,
            Act::CloseMonth,
        ],
        &[("at Elm", at("elm")), ("at Oak", at("oak")), ("at Fir", at("fir"))],
    );
    let charge = |practice, clinician, signed: bool| {
        let mut charge = of_clinician(Kind::Charge, practice, clinician);
        charge.facts = charge.facts.with("signed", signed);
        charge
    };
    rows.extend(each(
        &[Act::SendClaim],
        &[
            ("of Ben's at Elm, note signed", charge("elm", "ben", true)),
            ("of Ben's at Elm, note not signed", charge("elm", "ben", false)),
            ("of Una's at Oak, note signed", charge("oak", "una", true)),
        ],
    ));
    rows.extend(each(
        &[Act::SeeAccount],
        &[
            ("Kim's at Elm", of_client(Kind::Account, "elm", Some("kim"))),
            ("Kim's at Elm, before she signs in", of_client(Kind::Account, "elm", None)),
            ("Kim's at Oak", of_client(Kind::Account, "oak", Some("kim"))),
        ],
    ));
    rows
}

fn earned() -> Vec<Row> {
    let mut rows = each(&[Act::SeeStatement], &by_clinician(Kind::Statement));
    rows.extend(each(&[Act::SeeWorth], &by_clinician(Kind::MyHour)));
    rows
}

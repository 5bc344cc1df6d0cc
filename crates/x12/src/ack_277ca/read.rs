//! Reading a 277CA: levels come from `HL03`, parents are the level above that came last.

use crate::ack_277ca::{
    Acknowledgment277, ClaimAnswer, LineAnswer, ProviderAnswer, Receiver, Source, Status,
    StatusCode,
};
use crate::envelope::Set;
use crate::finding::{Kind, Level, Refused};
use crate::guide::{self, SetKind};
use crate::parsed::{Parsed, Walk};
use crate::party::{Days, Informs, Party, Procedure, reference};

/// Reads a set as a 277CA.
///
/// # Errors
/// [`Refused`] when the set is another one; the status answer (277 by X212) is another one.
pub fn read(set: &Set<'_>) -> Result<Parsed<Acknowledgment277>, Refused> {
    guide::expect(set, SetKind::Acknowledgment277ca)?;
    let mut walk = Walk::new(set).ok_or_else(|| guide::empty(set))?;
    guide::note(set, &mut walk, "005010X214");
    let mut ack = Acknowledgment277::default();
    let mut here = Here::Header;
    while walk.step() {
        if walk.seg.id() == "HL" {
            here = open_level(&mut ack, &mut walk);
            continue;
        }
        match here {
            Here::Header if walk.seg.id() == "BHT" => {
                ack.reference = walk.text(3);
                ack.created = walk.moment(4, "The date of the answer");
            }
            Here::Header | Here::Lost => walk.leave(),
            Here::Source => source(&mut ack, &mut walk),
            Here::Receiver => receiver(&mut ack, &mut walk),
            Here::Provider => provider(&mut ack, &mut walk),
            Here::Claim => claim(&mut ack, &mut walk),
        }
    }
    if ack.sources.is_empty() {
        let says = "The acknowledgment has no levels (HL): it answers nothing.".to_owned();
        walk.find(Kind::MissingSegment, Level::Error, 0, says);
    }
    Ok(walk.finish(ack))
}

#[derive(Clone, Copy)]
enum Here {
    Header,
    Source,
    Receiver,
    Provider,
    Claim,
    /// A level without its parent: nobody can say what it is about.
    Lost,
}

fn open_level(ack: &mut Acknowledgment277, walk: &mut Walk<'_, '_>) -> Here {
    let level = walk.text(3);
    let opened = match level.as_str() {
        "20" => {
            walk.loop_id = "2000A";
            ack.sources.push(Source::default());
            Some(Here::Source)
        }
        "21" => ack.sources.last_mut().map(|it| {
            walk.loop_id = "2000B";
            it.receivers.push(Receiver::default());
            Here::Receiver
        }),
        "19" => last_receiver(ack).map(|it| {
            walk.loop_id = "2000C";
            it.providers.push(ProviderAnswer::default());
            Here::Provider
        }),
        "PT" => last_receiver(ack).and_then(|it| it.providers.last_mut()).map(|it| {
            walk.loop_id = "2000D";
            it.claims.push(ClaimAnswer { span: walk.seg.span(), ..ClaimAnswer::default() });
            Here::Claim
        }),
        _ => None,
    };
    opened.unwrap_or_else(|| {
        let says = format!("Level {level} (HL03) stands without the level above it.");
        walk.find(Kind::HlParent, Level::Error, 3, says);
        walk.leave_quietly();
        Here::Lost
    })
}

fn last_receiver(ack: &mut Acknowledgment277) -> Option<&mut Receiver> {
    ack.sources.last_mut()?.receivers.last_mut()
}

fn source(ack: &mut Acknowledgment277, walk: &mut Walk<'_, '_>) {
    let Some(source) = ack.sources.last_mut() else { return walk.leave() };
    match (walk.seg.id(), walk.text(1).as_str()) {
        ("NM1", role) => {
            source.role = role.to_owned();
            source.party = Party::read(&walk.seg);
        }
        ("TRN", _) => source.trace = walk.text(2),
        ("DTP", "050") => source.received_on = walk.date(3, "The date received"),
        ("DTP", "009") => source.processed_on = walk.date(3, "The date processed"),
        _ => walk.leave(),
    }
}

fn receiver(ack: &mut Acknowledgment277, walk: &mut Walk<'_, '_>) {
    let Some(receiver) = last_receiver(ack) else { return walk.leave() };
    match walk.seg.id() {
        "NM1" => receiver.party = Party::read(&walk.seg),
        "TRN" => receiver.batch = walk.need(2, "The number of the batch"),
        "STC" => receiver.statuses.push(status(walk)),
        "QTY" => {
            let qualifier = walk.text(1);
            let value = walk.quantity(2, "The count");
            receiver.counts.extend(value.map(|value| Informs { qualifier, value }));
        }
        "AMT" => {
            let qualifier = walk.text(1);
            let value = walk.money(2, "The amount");
            receiver.amounts.extend(value.map(|value| Informs { qualifier, value }));
        }
        _ => walk.leave(),
    }
}

fn provider(ack: &mut Acknowledgment277, walk: &mut Walk<'_, '_>) {
    let Some(provider) = last_receiver(ack).and_then(|it| it.providers.last_mut()) else {
        return walk.leave();
    };
    match walk.seg.id() {
        "NM1" => provider.party = Party::read(&walk.seg),
        "TRN" => provider.trace = walk.some(2),
        "STC" => provider.statuses.push(status(walk)),
        "REF" => provider.references.push(reference(&walk.seg)),
        "QTY" => {
            let qualifier = walk.text(1);
            let value = walk.quantity(2, "The count");
            provider.counts.extend(value.map(|value| Informs { qualifier, value }));
        }
        "AMT" => {
            let qualifier = walk.text(1);
            let value = walk.money(2, "The amount");
            provider.amounts.extend(value.map(|value| Informs { qualifier, value }));
        }
        _ => walk.leave(),
    }
}

fn claim(ack: &mut Acknowledgment277, walk: &mut Walk<'_, '_>) {
    let providers = last_receiver(ack).and_then(|it| it.providers.last_mut());
    let Some(claim) = providers.and_then(|it| it.claims.last_mut()) else { return walk.leave() };
    if walk.seg.id() == "SVC" {
        walk.loop_id = "2220D";
        claim.lines.push(LineAnswer {
            procedure: Procedure::read(&walk.seg, 1).unwrap_or_default(),
            charge: walk.need_money(2, "The charge of the line"),
            revenue: walk.some(4),
            units: walk.quantity(7, "The units"),
            ..LineAnswer::default()
        });
        return;
    }
    if let Some(line) = claim.lines.last_mut() {
        match (walk.seg.id(), walk.text(1).as_str()) {
            ("STC", _) => line.statuses.push(status(walk)),
            ("REF", "FJ") => line.number = walk.some(2),
            ("DTP", "472") => line.service = Days::read(walk, "The service date"),
            ("REF", _) => walk.leave_quietly(),
            _ => walk.leave(),
        }
        return;
    }
    match (walk.seg.id(), walk.text(1).as_str()) {
        ("NM1", _) => claim.client = Party::read(&walk.seg),
        ("TRN", _) => {
            claim.span = walk.seg.span();
            claim.number = walk.need(2, "Our claim number");
        }
        ("STC", _) => claim.statuses.push(status(walk)),
        ("REF", _) => claim.references.push(reference(&walk.seg)),
        ("DTP", "472") => claim.service = Days::read(walk, "The service date"),
        _ => walk.leave(),
    }
}

fn status(walk: &mut Walk<'_, '_>) -> Status {
    let code = |at: usize| {
        let composite = walk.seg.el(at);
        (!composite.is_empty()).then(|| StatusCode {
            category: composite.comp(1).text().into_owned(),
            status: composite.comp(2).text().into_owned(),
            entity: composite.comp(3).some(),
        })
    };
    let codes: Vec<StatusCode> = [1, 10, 11].into_iter().filter_map(code).collect();
    if codes.is_empty() {
        let says = "The status (STC01) is missing.".to_owned();
        walk.find(Kind::MissingElement, Level::Error, 1, says);
    }
    Status {
        codes,
        effective_on: walk.date(2, "The date of the status"),
        action: walk.some(3),
        amount: walk.money(4, "The amount of the status"),
        text: walk.some(12),
    }
}

//! Writing a 277CA: for stand-ins of clearinghouses and payers, and for tests.

use crate::ack_277ca::{
    Acknowledgment277, ClaimAnswer, LineAnswer, ProviderAnswer, Receiver, Source, Status,
};
use crate::amount::Cents;
use crate::out::Out;
use crate::party::{Days, Entity, Id, Informs, Party, Quantity};

/// Writes the segments between `ST` and `SE`.
pub(crate) fn body(ack: &Acknowledgment277, out: &mut Out) {
    let row =
        out.row("BHT").code("0085").code("08").text("BHT03 reference", &ack.reference, 1..=50);
    match ack.created {
        Some(at) => row.moment(at).code("TH").end(),
        None => {
            row.end();
            out.fault("BHT04", "The date is missing.");
        }
    }
    let mut levels = Levels { last: 0 };
    for it in &ack.sources {
        source(it, &mut levels, out);
    }
}

/// Numbers the levels.
struct Levels {
    last: usize,
}

impl Levels {
    /// Writes an `HL`; the number of the level.
    fn open(&mut self, above: usize, level: &str, below: Option<bool>, out: &mut Out) -> usize {
        self.last += 1;
        let above = if above == 0 { String::new() } else { above.to_string() };
        let row = out.row("HL").code(&self.last.to_string()).code(&above).code(level);
        match below {
            Some(below) => row.code(if below { "1" } else { "0" }).end(),
            None => row.end(),
        }
        self.last
    }
}

fn source(source: &Source, levels: &mut Levels, out: &mut Out) {
    out.place = "source".to_owned();
    let here = levels.open(0, "20", Some(true), out);
    party(&source.role, &source.party, out);
    out.row("TRN").code("1").text("TRN02", &source.trace, 1..=50).end();
    for (qualifier, field, date) in [
        ("050", "DTP*050 received", source.received_on),
        ("009", "DTP*009 processed", source.processed_on),
    ] {
        match date {
            Some(date) => out.days(field, qualifier, Days::one(date)),
            None => out.fault(field, "The date is missing."),
        }
    }
    for it in &source.receivers {
        receiver(it, here, levels, out);
    }
}

fn receiver(receiver: &Receiver, above: usize, levels: &mut Levels, out: &mut Out) {
    out.place = format!("batch {}", receiver.batch);
    let here = levels.open(above, "21", Some(!receiver.providers.is_empty()), out);
    party("41", &receiver.party, out);
    out.row("TRN").code("2").text("TRN02 batch", &receiver.batch, 1..=50).end();
    statuses(&receiver.statuses, out);
    totals(&receiver.counts, &receiver.amounts, out);
    for it in &receiver.providers {
        provider(it, here, levels, out);
    }
}

fn provider(provider: &ProviderAnswer, above: usize, levels: &mut Levels, out: &mut Out) {
    out.place = "provider".to_owned();
    let here = levels.open(above, "19", Some(!provider.claims.is_empty()), out);
    party("85", &provider.party, out);
    if let Some(trace) = &provider.trace {
        out.row("TRN").code("1").text("TRN02", trace, 1..=50).end();
    }
    optional_statuses(&provider.statuses, out);
    references(&provider.references, out);
    totals(&provider.counts, &provider.amounts, out);
    for it in &provider.claims {
        claim(it, here, levels, out);
    }
}

fn claim(claim: &ClaimAnswer, above: usize, levels: &mut Levels, out: &mut Out) {
    out.place = format!("claim {}", claim.number);
    levels.open(above, "PT", None, out);
    party("QC", &claim.client, out);
    out.row("TRN").code("2").text("TRN02 claim number", &claim.number, 1..=50).end();
    statuses(&claim.statuses, out);
    references(&claim.references, out);
    if let Some(days) = claim.service {
        out.days("DTP*472", "472", days);
    }
    for it in &claim.lines {
        line(it, out);
    }
}

fn line(line: &LineAnswer, out: &mut Out) {
    out.row("SVC")
        .procedure("SVC01", &line.procedure)
        .money("SVC02", line.charge)
        .skip(1)
        .opt("SVC04", &line.revenue, 1..=48)
        .skip(2)
        .quantity("SVC07", line.units)
        .end();
    statuses(&line.statuses, out);
    if let Some(number) = &line.number {
        out.reference("REF*FJ", "FJ", number);
    }
    if let Some(days) = line.service {
        out.days("DTP*472", "472", days);
    }
}

fn party(role: &str, party: &Party, out: &mut Out) {
    let kind = if party.entity == Entity::Person { "1" } else { "2" };
    let of = format!("NM1*{role}");
    out.row("NM1")
        .text("NM101", role, 2..=3)
        .code(kind)
        .name(&of, &party.name)
        .id(&of, &party.id)
        .end();
}

fn statuses(statuses: &[Status], out: &mut Out) {
    out.require(!statuses.is_empty(), "STC", "The status is missing.");
    optional_statuses(statuses, out);
}

fn optional_statuses(statuses: &[Status], out: &mut Out) {
    for it in statuses {
        let codes = it.codes.len();
        out.require((1..=3).contains(&codes), "STC", "A status has one to three codes.");
        status(it, out);
    }
}

fn status(status: &Status, out: &mut Out) {
    let parts = |at: usize| {
        let code = status.codes.get(at).cloned().unwrap_or_default();
        [code.category, code.status, code.entity.unwrap_or_default()]
    };
    let [first, second, third] = [0, 1, 2].map(parts);
    fn named(code: &[String; 3]) -> [(&str, &str, std::ops::RangeInclusive<usize>); 3] {
        [
            ("STC category", &code[0], 1..=30),
            ("STC status", &code[1], 1..=30),
            ("STC entity", &code[2], 2..=3),
        ]
    }
    let row = out.row("STC").composite(&named(&first));
    let row = match status.effective_on {
        Some(date) => row.date("STC02", Some(date)),
        None => row.skip(1),
    };
    let row = row.opt("STC03", &status.action, 1..=2);
    let row = match status.amount {
        Some(amount) => row.money("STC04", amount),
        None => row.skip(1),
    };
    row.skip(5)
        .composite(&named(&second))
        .composite(&named(&third))
        .opt("STC12", &status.text, 1..=264)
        .end();
}

fn references(references: &[Id], out: &mut Out) {
    for Id { qualifier, value } in references {
        out.reference("REF02", qualifier, value);
    }
}

fn totals(counts: &[Quantity], amounts: &[Informs<Cents>], out: &mut Out) {
    for Informs { qualifier, value } in counts {
        out.row("QTY").text("QTY01", qualifier, 2..=2).quantity("QTY02", Some(*value)).end();
    }
    for Informs { qualifier, value } in amounts {
        out.row("AMT").text("AMT01", qualifier, 1..=3).money("AMT02", *value).end();
    }
}

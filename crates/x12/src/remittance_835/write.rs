//! Writing an 835: for imports of paper answers, for stand-ins of payers, and for tests.
//!
//! Strict: what does not balance at every level is not written.

use crate::adjustment;
use crate::amount::Cents;
use crate::out::Out;
use crate::party::{Entity, Id, Informs, Party};
use crate::remittance_835::{
    BankAccount, ClaimGroup, ClaimPayment, LinePayment, PayParty, Payment, ProviderAdjustment,
    Remittance,
};

/// Reasons in one `PLB`.
const PLB_PAIRS: usize = 6;

/// Writes the segments between `ST` and `SE`.
pub(crate) fn body(remittance: &Remittance, out: &mut Out) {
    check(remittance, out);
    payment(&remittance.payment, out);
    let trace = &remittance.trace;
    out.row("TRN")
        .code("1")
        .text("TRN02 check or transfer number", &trace.number, 1..=50)
        .text("TRN03 payer's id", &trace.originator, 10..=10)
        .opt("TRN04", &trace.supplement, 1..=50)
        .end();
    for (qualifier, value) in [("EV", &remittance.receiver), ("F2", &remittance.version)] {
        if let Some(value) = value {
            out.reference("REF02", qualifier, value);
        }
    }
    if let Some(date) = remittance.produced_on {
        out.row("DTM").code("405").date("DTM02", Some(date)).end();
    }
    party("PR", &remittance.payer, out);
    party("PE", &remittance.payee, out);
    remittance.groups.iter().for_each(|it| group(it, out));
    out.place.clear();
    provider_adjustments(&remittance.provider_adjustments, out);
}

fn check(remittance: &Remittance, out: &mut Out) {
    let Remittance { payer, payee, .. } = remittance;
    let balance = remittance.balance();
    for imbalance in balance.imbalances.iter().chain(&balance.notes) {
        out.fault("balance", imbalance.says.clone());
    }
    out.require(remittance.payment.amount >= Cents::ZERO, "BPR02", "The payment is below zero.");
    let addressed = payer.address.is_some();
    out.require(addressed, "payer address", "The payer's address (N3, N4) is missing.");
    let technical = payer.contacts.iter().any(|it| it.function == "BL");
    out.require(technical, "payer contact", "The payer's technical contact (PER*BL) is missing.");
    out.require(payee.id.is_some(), "payee N104", "The payee's NPI or tax number is missing.");
}

fn payment(payment: &Payment, out: &mut Out) {
    let row = out
        .row("BPR")
        .text("BPR01", &payment.handling, 1..=2)
        .money("BPR02 amount", payment.amount)
        .text("BPR03", &payment.direction, 1..=1)
        .text("BPR04 method", &payment.method, 3..=3)
        .opt("BPR05", &payment.format, 1..=10);
    let account = |account: &Option<BankAccount>| account.clone().unwrap_or_default();
    let (from, to) = (account(&payment.from), account(&payment.to));
    row.maybe("BPR06", &from.bank_qualifier, 2..=2)
        .maybe("BPR07 bank", &from.bank, 3..=12)
        .maybe("BPR08", &from.account_qualifier, 1..=3)
        .maybe("BPR09 account", &from.account, 1..=35)
        .opt("BPR10 payer's id", &payment.originator, 10..=10)
        .opt("BPR11", &payment.originator_supplement, 9..=9)
        .maybe("BPR12", &to.bank_qualifier, 2..=2)
        .maybe("BPR13 bank", &to.bank, 3..=12)
        .maybe("BPR14", &to.account_qualifier, 1..=3)
        .maybe("BPR15 account", &to.account, 1..=35)
        .date("BPR16 payment date", payment.paid_on)
        .end();
}

fn party(code: &'static str, party: &PayParty, out: &mut Out) {
    let of = if code == "PR" { "payer" } else { "payee" };
    let mut row = out.row("N1").code(code).opt(&format!("{of} N102 name"), &party.name, 1..=60);
    if let Some(Id { qualifier, value }) = &party.id {
        row = row.text(&format!("{of} N103"), qualifier, 1..=2).text(
            &format!("{of} N104"),
            value,
            2..=80,
        );
    }
    row.end();
    if let Some(address) = &party.address {
        out.address(of, address);
    }
    for Id { qualifier, value } in &party.references {
        out.reference(&format!("{of} REF02"), qualifier, value);
    }
    party.contacts.iter().for_each(|it| out.contact(of, it));
}

fn group(group: &ClaimGroup, out: &mut Out) {
    out.place.clear();
    out.row("LX").text("LX01", &group.number, 1..=6).end();
    if let Some(totals) = &group.totals {
        let row = out
            .row("TS3")
            .text("TS301 provider", &totals.provider, 1..=50)
            .text("TS302", &totals.facility, 1..=2)
            .date("TS303 end of the fiscal year", totals.fiscal_year_ends)
            .quantity("TS304 claims", totals.claims);
        match totals.charge {
            Some(charge) => row.money("TS305 charge", charge).end(),
            None => {
                row.end();
                out.fault("TS305 charge", "is missing");
            }
        }
    }
    group.claims.iter().for_each(|it| claim(it, out));
}

fn claim(claim: &ClaimPayment, out: &mut Out) {
    out.place = format!("claim {}", claim.number);
    let row = out
        .row("CLP")
        .text("CLP01 claim number", &claim.number, 1..=38)
        .text("CLP02 status", claim.status.code(), 1..=2)
        .money("CLP03 charge", claim.charge)
        .money("CLP04 paid", claim.paid);
    let row = match claim.client_share {
        Some(share) => row.money("CLP05 client's share", share),
        None => row.skip(1),
    };
    row.text("CLP06 kind of plan", &claim.filing, 1..=2)
        .text("CLP07 payer's number", &claim.payer_number, 1..=50)
        .opt("CLP08 place of service", &claim.facility, 1..=2)
        .maybe("CLP09", claim.frequency.as_ref().map(|it| it.code()).unwrap_or_default(), 1..=1)
        .end();
    adjustment::write(out, &claim.adjustments);
    let people = &claim.people;
    out.require(people.client.is_some(), "NM1*QC", "The client is missing.");
    for (code, party) in [
        ("QC", people.client.as_ref()),
        ("IL", people.subscriber.as_deref()),
        ("74", people.corrected.as_deref()),
        ("82", people.rendering.as_ref()),
        ("TT", people.forwarded_to.as_deref()),
        ("PR", people.right_payer.as_deref()),
        ("GB", people.other_subscriber.as_deref()),
    ] {
        if let Some(party) = party {
            person(code, party, out);
        }
    }
    if let Some(outpatient) = &claim.outpatient {
        let row = out.row("MOA").quantity("MOA01", outpatient.reimbursement_rate);
        let mut row = match outpatient.payable {
            Some(payable) => row.money("MOA02", payable),
            None => row.skip(1),
        };
        for remark in outpatient.remarks.iter().take(5) {
            row = row.text("MOA remark", remark, 1..=50);
        }
        row.end();
        out.require(outpatient.remarks.len() <= 5, "MOA", "A claim has at most five remarks.");
    }
    for Id { qualifier, value } in &claim.references {
        out.reference("REF02", qualifier, value);
    }
    for dated in &claim.dates {
        out.row("DTM").text("DTM01", &dated.qualifier, 3..=3).date("DTM02", Some(dated.on)).end();
    }
    claim.contacts.iter().for_each(|it| out.contact("claim contact", it));
    amounts(&claim.amounts, out);
    for Informs { qualifier, value } in &claim.quantities {
        out.row("QTY").text("QTY01", qualifier, 2..=2).quantity("QTY02", Some(*value)).end();
    }
    for (index, one) in claim.lines.iter().enumerate() {
        out.place = format!("claim {}, line {}", claim.number, index + 1);
        line(one, out);
    }
}

fn person(code: &'static str, party: &Party, out: &mut Out) {
    let kind = match party.entity {
        Entity::Person => "1",
        Entity::Organization => "2",
    };
    let (name, of) = (&party.name, format!("NM1*{code}"));
    out.row("NM1")
        .code(code)
        .code(kind)
        .maybe(&format!("{of} last name"), &name.last, 1..=60)
        .opt(&format!("{of} first name"), &name.first, 1..=35)
        .opt(&format!("{of} middle name"), &name.middle, 1..=25)
        .skip(1)
        .opt(&format!("{of} suffix"), &name.suffix, 1..=10)
        .id(&of, &party.id)
        .end();
}

fn line(line: &LinePayment, out: &mut Out) {
    let row = out
        .row("SVC")
        .procedure("SVC01 procedure", &line.procedure)
        .money("SVC02 charge", line.charge)
        .money("SVC03 paid", line.paid)
        .opt("SVC04 revenue code", &line.revenue, 1..=48)
        .quantity("SVC05 units paid", line.units_paid);
    let row = match &line.billed {
        Some(billed) => row.procedure("SVC06 procedure as billed", billed),
        None => row.skip(1),
    };
    row.quantity("SVC07 units billed", line.units_billed).end();
    match line.service {
        Some(days) if days.first == days.last => {
            out.row("DTM").code("472").date("DTM02", Some(days.first)).end();
        }
        Some(days) => {
            out.row("DTM").code("150").date("DTM02", Some(days.first)).end();
            out.row("DTM").code("151").date("DTM02", Some(days.last)).end();
        }
        None => {}
    }
    adjustment::write(out, &line.adjustments);
    for Id { qualifier, value } in &line.references {
        out.reference("REF02", qualifier, value);
    }
    amounts(&line.amounts, out);
    for Informs { qualifier, value } in &line.quantities {
        out.row("QTY").text("QTY01", qualifier, 2..=2).quantity("QTY02", Some(*value)).end();
    }
    for remark in &line.remarks {
        out.row("LQ").code("HE").text("LQ02 remark", remark, 1..=30).end();
    }
}

fn amounts(amounts: &[Informs<Cents>], out: &mut Out) {
    for Informs { qualifier, value } in amounts {
        out.row("AMT").text("AMT01", qualifier, 1..=3).money("AMT02", *value).end();
    }
}

/// Adjustments of the same provider and year that stand beside each other share a `PLB`.
fn provider_adjustments(adjustments: &[ProviderAdjustment], out: &mut Out) {
    let same = |a: &ProviderAdjustment, b: &ProviderAdjustment| {
        a.provider == b.provider && a.fiscal_year_ends == b.fiscal_year_ends
    };
    for run in adjustments.chunk_by(same) {
        for pairs in run.chunks(PLB_PAIRS) {
            let mut row = out
                .row("PLB")
                .text("PLB01 provider", &pairs[0].provider, 1..=50)
                .date("PLB02 end of the fiscal year", pairs[0].fiscal_year_ends);
            for it in pairs {
                let reference = it.reference.as_deref().unwrap_or_default();
                row = row
                    .composite(&[
                        ("PLB reason", it.reason.as_str(), 2..=2),
                        ("PLB reference", reference, 1..=50),
                    ])
                    .money("PLB amount", it.amount);
            }
            row.end();
            for it in pairs {
                let says = "A provider adjustment of nothing is not sent.";
                out.require(it.amount != Cents::ZERO, "PLB amount", says);
                out.require(!it.reason.is_empty(), "PLB reason", "is missing");
            }
        }
    }
}

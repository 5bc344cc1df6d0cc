//! Reading an 835, forgivingly: order within a loop does not matter, unknown codes are kept.

use crate::adjustment;
use crate::amount::Cents;
use crate::codes::Frequency;
use crate::envelope::Set;
use crate::finding::{Kind, Level, Refused};
use crate::guide::{self, SetKind};
use crate::parsed::{Parsed, Walk};
use crate::party::{Address, Contact, Dated, Days, Id, Informs, Party, Procedure, reference};
use crate::remittance_835::{
    BankAccount, ClaimGroup, ClaimPayment, ClaimStatus, GroupTotals, LinePayment, Outpatient,
    PayParty, Payment, ProviderAdjustment, Remittance, Trace,
};

/// Reads a set as an 835.
///
/// # Errors
/// [`Refused`] when the set is another one, or of another version than 5010. Anything else is a
/// finding: see [`crate::remittance_835::standing`] for what a finding means for posting.
pub fn read(set: &Set<'_>) -> Result<Parsed<Remittance>, Refused> {
    guide::expect(set, SetKind::Remittance835)?;
    let mut walk = Walk::new(set).ok_or_else(|| guide::empty(set))?;
    guide::note(set, &mut walk, "005010X221A1");
    let mut reader = Reader { value: Remittance::default(), here: Here::Header, seen: [false; 4] };
    while walk.step() {
        reader.segment(&mut walk);
    }
    reader.missing(&mut walk);
    Ok(walk.finish(reader.value))
}

/// The loop that the last segment stood in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd)]
enum Here {
    Header,
    Payer,
    Payee,
    Group,
    Claim,
    Line,
    Summary,
}

struct Reader {
    value: Remittance,
    here: Here,
    /// `BPR`, `TRN`, payer, payee.
    seen: [bool; 4],
}

impl Reader {
    fn segment(&mut self, walk: &mut Walk<'_, '_>) {
        if self.opens(walk) {
            return;
        }
        match self.here {
            Here::Header => self.header(walk),
            Here::Payer => party(&mut self.value.payer, walk),
            Here::Payee => party(&mut self.value.payee, walk),
            Here::Group => self.group(walk),
            Here::Claim => self.claim(walk),
            Here::Line => self.line(walk),
            Here::Summary => walk.leave(),
        }
    }

    /// Takes a segment that opens a loop; true when it was one.
    fn opens(&mut self, walk: &mut Walk<'_, '_>) -> bool {
        match walk.seg.id() {
            "N1" if self.here <= Here::Payee => self.open_party(walk),
            "LX" => {
                self.enter(Here::Group, "2000", walk);
                let number = walk.text(1);
                self.value.groups.push(ClaimGroup { number, ..ClaimGroup::default() });
            }
            "CLP" => {
                if self.value.groups.is_empty() {
                    let says = "A claim stands before the first group (LX).".to_owned();
                    walk.find(Kind::MissingSegment, Level::Note, 0, says);
                    self.value.groups.push(ClaimGroup::default());
                }
                self.enter(Here::Claim, "2100", walk);
                let claim = claim(walk);
                if let Some(group) = self.value.groups.last_mut() {
                    group.claims.push(claim);
                }
            }
            "SVC" if matches!(self.here, Here::Claim | Here::Line) => {
                self.enter(Here::Line, "2110", walk);
                let line = line(walk);
                if let Some(claim) = self.last_claim() {
                    claim.lines.push(line);
                }
            }
            "PLB" => {
                self.enter(Here::Summary, "", walk);
                self.provider_adjustments(walk);
            }
            _ => return false,
        }
        true
    }

    fn enter(&mut self, here: Here, loop_id: &'static str, walk: &mut Walk<'_, '_>) {
        if self.here == Here::Summary && here != Here::Summary {
            let says = format!("A segment {} stands after the summary (PLB).", walk.seg.id());
            walk.find(Kind::UnexpectedSegment, Level::Error, 0, says);
        }
        self.here = here;
        walk.loop_id = loop_id;
    }

    fn open_party(&mut self, walk: &mut Walk<'_, '_>) {
        let (here, loop_id, index) = match walk.text(1).as_str() {
            "PR" => (Here::Payer, "1000A", 2),
            "PE" => (Here::Payee, "1000B", 3),
            _ => {
                walk.leave();
                return;
            }
        };
        self.enter(here, loop_id, walk);
        if self.seen[index] {
            let says = format!("Loop {loop_id} stands twice.");
            walk.find(Kind::UnexpectedSegment, Level::Error, 1, says);
        }
        self.seen[index] = true;
        let id = walk.some(4).map(|value| Id { qualifier: walk.text(3), value });
        let read = PayParty { name: walk.some(2), id, ..PayParty::default() };
        match here {
            Here::Payer => self.value.payer = read,
            _ => self.value.payee = read,
        }
    }

    fn header(&mut self, walk: &mut Walk<'_, '_>) {
        let value = &mut self.value;
        match (walk.seg.id(), walk.text(1).as_str()) {
            ("BPR" | "TRN", _) if self.seen[usize::from(walk.seg.id() == "TRN")] => {
                let says = format!("A second {} in one payment.", walk.seg.id());
                walk.find(Kind::UnexpectedSegment, Level::Error, 0, says);
                walk.leave_quietly();
            }
            ("BPR", _) => {
                self.seen[0] = true;
                value.payment = payment(walk);
            }
            ("TRN", _) => {
                self.seen[1] = true;
                value.trace = Trace {
                    number: walk.need(2, "The check or transfer number"),
                    originator: walk.text(3),
                    supplement: walk.some(4),
                };
            }
            ("REF", "EV") => value.receiver = walk.some(2),
            ("REF", "F2") => value.version = walk.some(2),
            ("DTM", "405") => value.produced_on = walk.date(2, "The production date"),
            ("CUR", _) => walk.leave_quietly(),
            _ => walk.leave(),
        }
    }

    fn group(&mut self, walk: &mut Walk<'_, '_>) {
        match (walk.seg.id(), self.value.groups.last_mut()) {
            ("TS3", Some(group)) => {
                group.totals = Some(GroupTotals {
                    provider: walk.text(1),
                    facility: walk.text(2),
                    fiscal_year_ends: walk.date(3, "The end of the fiscal year"),
                    claims: walk.quantity(4, "The number of claims"),
                    charge: walk.money(5, "The total charge"),
                });
                if walk.seg.element_count() > 5 {
                    walk.leave_quietly();
                }
            }
            ("TS2", _) => walk.leave_quietly(),
            _ => walk.leave(),
        }
    }

    fn claim(&mut self, walk: &mut Walk<'_, '_>) {
        let Some(claim) = self.value.groups.last_mut().and_then(|it| it.claims.last_mut()) else {
            return walk.leave();
        };
        match walk.seg.id() {
            "CAS" => adjustment::read(walk, &mut claim.adjustments),
            "NM1" => person(claim, walk),
            "MOA" => claim.outpatient = Some(outpatient(walk)),
            "MIA" => inpatient(claim, walk),
            "REF" => claim.references.push(reference(&walk.seg)),
            "DTM" => claim.dates.extend(dated(walk)),
            "PER" => claim.contacts.push(Contact::read(&walk.seg)),
            "AMT" => claim.amounts.extend(amount(walk)),
            "QTY" => {
                let qualifier = walk.text(1);
                let value = walk.quantity(2, "The quantity");
                claim.quantities.extend(value.map(|value| Informs { qualifier, value }));
            }
            _ => walk.leave(),
        }
    }

    fn line(&mut self, walk: &mut Walk<'_, '_>) {
        let Some(line) = self.last_claim().and_then(|it| it.lines.last_mut()) else {
            return walk.leave();
        };
        match (walk.seg.id(), walk.text(1).as_str()) {
            ("CAS", _) => adjustment::read(walk, &mut line.adjustments),
            ("REF", _) => line.references.push(reference(&walk.seg)),
            ("DTM", "150" | "472") => {
                line.service = walk.date(2, "The service date").map(Days::one);
            }
            ("DTM", "151") => {
                if let Some(last) = walk.date(2, "The last service date") {
                    let first = line.service.map_or(last, |it| it.first);
                    line.service = Some(Days { first, last });
                }
            }
            ("AMT", _) => line.amounts.extend(amount(walk)),
            ("QTY", _) => {
                let qualifier = walk.text(1);
                let value = walk.quantity(2, "The quantity");
                line.quantities.extend(value.map(|value| Informs { qualifier, value }));
            }
            ("LQ", "HE") => line.remarks.push(walk.text(2)),
            ("LQ", _) => walk.leave_quietly(),
            _ => walk.leave(),
        }
    }

    fn last_claim(&mut self) -> Option<&mut ClaimPayment> {
        self.value.groups.last_mut()?.claims.last_mut()
    }

    fn provider_adjustments(&mut self, walk: &mut Walk<'_, '_>) {
        let provider = walk.text(1);
        let fiscal_year_ends = walk.date(2, "The end of the fiscal year");
        for at in [3, 5, 7, 9, 11, 13] {
            if walk.seg.el(at).is_empty() && walk.seg.el(at + 1).is_empty() {
                continue;
            }
            let reason = walk.seg.el(at).comp(1).text().into_owned();
            if reason.is_empty() {
                let says = format!("A provider adjustment without a reason (PLB{at:02}).");
                walk.find(Kind::MissingElement, Level::Error, at, says);
            }
            self.value.provider_adjustments.push(ProviderAdjustment {
                provider: provider.clone(),
                fiscal_year_ends,
                reason,
                reference: walk.seg.el(at).comp(2).some(),
                amount: walk.need_money(at + 1, "The provider adjustment"),
                span: walk.seg.span(),
            });
        }
    }

    fn missing(&mut self, walk: &mut Walk<'_, '_>) {
        let wanted =
            ["BPR (the payment)", "TRN (its number)", "N1*PR (the payer)", "N1*PE (the payee)"];
        for (name, _) in wanted.iter().zip(self.seen).filter(|(_, seen)| !seen) {
            walk.loop_id = "";
            let says = format!("The set has no {name}.");
            walk.find(Kind::MissingSegment, Level::Error, 0, says);
        }
    }
}

fn party(party: &mut PayParty, walk: &mut Walk<'_, '_>) {
    match walk.seg.id() {
        "N3" | "N4" => Address::take(&mut party.address, &walk.seg),
        "REF" => party.references.push(reference(&walk.seg)),
        "PER" => party.contacts.push(Contact::read(&walk.seg)),
        "RDM" => walk.leave_quietly(),
        _ => walk.leave(),
    }
}

fn payment(walk: &mut Walk<'_, '_>) -> Payment {
    let account = |walk: &Walk<'_, '_>, at: usize| {
        let read = BankAccount {
            bank_qualifier: walk.text(at),
            bank: walk.text(at + 1),
            account_qualifier: walk.text(at + 2),
            account: walk.text(at + 3),
        };
        (read != BankAccount::default()).then_some(read)
    };
    Payment {
        handling: walk.text(1),
        amount: walk.need_money(2, "The amount of the payment"),
        direction: walk.text(3),
        method: walk.text(4),
        format: walk.some(5),
        from: account(walk, 6),
        originator: walk.some(10),
        originator_supplement: walk.some(11),
        to: account(walk, 12),
        paid_on: walk.date(16, "The payment date"),
    }
}

fn claim(walk: &mut Walk<'_, '_>) -> ClaimPayment {
    if walk.seg.element_count() > 9 && (10..=14).any(|at| !walk.seg.el(at).is_empty()) {
        walk.leave_quietly();
    }
    ClaimPayment {
        number: walk.need(1, "Our claim number"),
        status: ClaimStatus::of(&walk.need(2, "The status of the claim")),
        charge: walk.need_money(3, "The charge of the claim"),
        paid: walk.need_money(4, "The payment of the claim"),
        client_share: walk.money(5, "The client's share"),
        filing: walk.text(6),
        payer_number: walk.text(7),
        facility: walk.some(8),
        frequency: walk.some(9).map(|it| Frequency::of(&it)),
        adjustments: Vec::new(),
        people: Default::default(),
        outpatient: None,
        references: Vec::new(),
        dates: Vec::new(),
        contacts: Vec::new(),
        amounts: Vec::new(),
        quantities: Vec::new(),
        lines: Vec::new(),
        span: walk.seg.span(),
    }
}

fn line(walk: &mut Walk<'_, '_>) -> LinePayment {
    if walk.seg.el(1).comp(2).is_empty() {
        let says = "The procedure of the line (SVC01) is missing.".to_owned();
        walk.find(Kind::MissingElement, Level::Error, 1, says);
    }
    LinePayment {
        procedure: Procedure::read(&walk.seg, 1).unwrap_or_default(),
        charge: walk.need_money(2, "The charge of the line"),
        paid: walk.need_money(3, "The payment of the line"),
        revenue: walk.some(4),
        units_paid: walk.quantity(5, "The units paid"),
        billed: Procedure::read(&walk.seg, 6),
        units_billed: walk.quantity(7, "The units billed"),
        service: None,
        adjustments: Vec::new(),
        references: Vec::new(),
        amounts: Vec::new(),
        quantities: Vec::new(),
        remarks: Vec::new(),
        span: walk.seg.span(),
    }
}

fn person(claim: &mut ClaimPayment, walk: &mut Walk<'_, '_>) {
    let people = &mut claim.people;
    let slot = match walk.text(1).as_str() {
        "QC" => return people.client = Some(Party::read(&walk.seg)),
        "82" => return people.rendering = Some(Party::read(&walk.seg)),
        "IL" => &mut people.subscriber,
        "74" => &mut people.corrected,
        "TT" => &mut people.forwarded_to,
        "PR" => &mut people.right_payer,
        "GB" => &mut people.other_subscriber,
        _ => return walk.leave(),
    };
    *slot = Some(Box::new(Party::read(&walk.seg)));
}

fn outpatient(walk: &mut Walk<'_, '_>) -> Outpatient {
    if !walk.seg.el(8).is_empty() || !walk.seg.el(9).is_empty() {
        walk.leave_quietly();
    }
    Outpatient {
        reimbursement_rate: walk.quantity(1, "The reimbursement rate"),
        payable: walk.money(2, "The payable amount"),
        remarks: (3..=7).filter_map(|at| walk.some(at)).collect(),
    }
}

/// Takes the remarks of an inpatient `MIA`; its amounts stay aside.
fn inpatient(claim: &mut ClaimPayment, walk: &mut Walk<'_, '_>) {
    let remarks = [5, 20, 21, 22, 23].into_iter().filter_map(|at| walk.some(at));
    let remarks: Vec<String> = remarks.collect();
    if !remarks.is_empty() {
        claim.outpatient.get_or_insert_default().remarks.extend(remarks);
    }
    walk.leave_quietly();
}

fn dated(walk: &mut Walk<'_, '_>) -> Option<Dated> {
    let qualifier = walk.text(1);
    walk.date(2, "The date").map(|on| Dated { qualifier, on })
}

fn amount(walk: &mut Walk<'_, '_>) -> Option<Informs<Cents>> {
    let qualifier = walk.text(1);
    walk.money(2, "The amount").map(|value| Informs { qualifier, value })
}

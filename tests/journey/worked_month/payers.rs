//! What the two insurers answer: 835 files as bytes, for the claims that went out.

use jiff::civil::{Date, DateTime};
use x12::codes::Group;
use x12::remittance_835::{
    ClaimGroup, ClaimPayment, ClaimPeople, ClaimStatus, PayParty, Payment, Remittance, Trace,
};
use x12::{Address, Adjustment, Cents, Entity, Envelope, Id, Name, Outgoing, Party, Usage};

/// What a session costs, in cents.
pub const FEE: i64 = 16_500;

/// An insurer and its contract, in cents.
#[derive(Debug, Clone, Copy)]
pub struct Insurer {
    pub code: &'static str,
    pub name: &'static str,
    pub x12_id: &'static str,
    /// What the contract takes off.
    pub contract: i64,
    /// What a client pays.
    pub copay: i64,
}

pub const LONE_STAR: Insurer =
    Insurer { code: "LONESTAR", name: "Lone Star", x12_id: "LSTAR", contract: 4_663, copay: 2_500 };

pub const BLUE_MESA: Insurer =
    Insurer { code: "BLUEMESA", name: "Blue Mesa", x12_id: "BMESA", contract: 6_025, copay: 2_000 };

impl Insurer {
    /// What it pays for a session.
    pub fn pays(&self) -> i64 {
        FEE - self.contract - self.copay
    }

    /// A claim is paid; the client's part is `copay`.
    pub fn paid(&self, number: &str, copay: i64) -> ClaimPayment {
        let off = Adjustment::new(Group::Contract, "45", Cents(self.contract));
        let share = Adjustment::new(Group::Client, "3", Cents(copay));
        let paid = FEE - self.contract - copay;
        answer(number, ClaimStatus::Primary, (FEE, paid, copay), vec![off, share])
    }

    /// A claim is denied for want of a prior approval.
    pub fn denied(&self, number: &str) -> ClaimPayment {
        let open = Adjustment::new(Group::Contract, "197", Cents(FEE));
        answer(number, ClaimStatus::Denied, (FEE, 0, 0), vec![open])
    }

    /// What was paid for a claim is taken back: every amount the other way round.
    pub fn taken_back(&self, number: &str) -> ClaimPayment {
        let off = Adjustment::new(Group::Contract, "45", Cents(-self.contract));
        let share = Adjustment::new(Group::Client, "3", Cents(-self.copay));
        let amounts = (-FEE, -self.pays(), -self.copay);
        answer(number, ClaimStatus::Reversal, amounts, vec![off, share])
    }

    /// One payment with its answers, and what arrives with it.
    pub fn remits(&self, number: u32, on: Date, claims: Vec<ClaimPayment>) -> (String, i64) {
        let amount: Cents = claims.iter().map(|it| it.paid).sum();
        let originator = "1990000001".to_owned();
        let remittance = Remittance {
            payment: Payment {
                handling: "I".to_owned(),
                amount,
                direction: "C".to_owned(),
                method: "ACH".to_owned(),
                format: Some("CCP".to_owned()),
                originator: Some(originator.clone()),
                paid_on: Some(on),
                ..Payment::default()
            },
            trace: Trace { number: self.trace(number), originator, supplement: None },
            produced_on: Some(on),
            payer: PayParty {
                name: Some(self.name.to_uppercase()),
                id: Some(Id::new("XV", self.x12_id)),
                address: Some(Address {
                    line: "1 PLAZA".to_owned(),
                    second_line: None,
                    city: "AUSTIN".to_owned(),
                    state: "TX".to_owned(),
                    zip: "787010001".to_owned(),
                }),
                contacts: vec![x12::Contact {
                    function: "BL".to_owned(),
                    name: Some("EDI HELP".to_owned()),
                    ways: vec![Id::new("TE", "8005550133")],
                }],
                ..PayParty::default()
            },
            payee: PayParty {
                name: Some("ELM STREET COUNSELING".to_owned()),
                id: Some(Id::new("XX", super::setting::NPI)),
                references: vec![Id::new("TJ", super::setting::EIN)],
                ..PayParty::default()
            },
            groups: vec![ClaimGroup { number: "1".to_owned(), totals: None, claims }],
            ..Remittance::default()
        };
        let at = on.to_datetime(jiff::civil::time(6, 0, 0, 0));
        let bytes = x12::write(&envelope(number, at), &[Outgoing::Remittance(&remittance)]);
        (String::from_utf8(bytes.unwrap()).unwrap(), amount.0)
    }

    /// The number of a transfer.
    pub fn trace(&self, number: u32) -> String {
        format!("{}{number:06}", self.x12_id)
    }
}

fn answer(
    number: &str,
    status: ClaimStatus,
    (charge, paid, share): (i64, i64, i64),
    adjustments: Vec<Adjustment>,
) -> ClaimPayment {
    ClaimPayment {
        number: number.to_owned(),
        status,
        charge: Cents(charge),
        paid: Cents(paid),
        client_share: (share != 0).then_some(Cents(share)),
        filing: "12".to_owned(),
        payer_number: format!("P-{number}"),
        facility: Some("11".to_owned()),
        frequency: Some(x12::codes::Frequency::Original),
        adjustments,
        people: ClaimPeople { client: Some(client()), ..ClaimPeople::default() },
        outpatient: None,
        references: Vec::new(),
        dates: Vec::new(),
        contacts: Vec::new(),
        amounts: Vec::new(),
        quantities: Vec::new(),
        lines: Vec::new(),
        span: Default::default(),
    }
}

fn client() -> Party {
    let name = Name::person("MADE", "UP");
    Party { entity: Entity::Person, name, id: Some(Id::new("MI", "M4410022")) }
}

fn envelope(control: u32, at: DateTime) -> Envelope {
    Envelope {
        sender: Id::new("ZZ", "CLEARHOUSE"),
        receiver: Id::new("ZZ", "TRELLIS"),
        group_sender: "CLEARHOUSE".to_owned(),
        group_receiver: "TRELLIS".to_owned(),
        control,
        group_control: control,
        at,
        usage: Usage::Production,
        wants_acknowledgment: false,
        line_ends: true,
    }
}

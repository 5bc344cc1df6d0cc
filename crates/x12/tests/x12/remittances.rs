//! Payments that are known to the cent: written, read again, balanced, and one cent off.

use jiff::civil::date;
use proptest::prelude::*;
use x12::codes::{Frequency, Group};
use x12::remittance_835::{
    BankAccount, ClaimGroup, ClaimPayment, ClaimStatus, LinePayment, PayParty, Payment,
    ProviderAdjustment, Remittance, Scale, Trace,
};
use x12::{
    Adjustment, Cents, Contact, Days, Entity, Id, Informs, Milli, Name, Outgoing, Party, Procedure,
    Span,
};

use crate::cast;
use crate::samples::{remittance, sample};

fn line(claim: usize, number: usize, paid: i64, off: i64, share: i64) -> LinePayment {
    let adjust = |group, reason, cents: i64| {
        (cents != 0).then(|| Adjustment::new(group, reason, Cents(cents)))
    };
    LinePayment {
        procedure: Procedure::new("90834", &["95"]),
        charge: Cents(paid + off + share),
        paid: Cents(paid),
        revenue: None,
        units_paid: Some(Milli::ONE),
        billed: None,
        units_billed: None,
        service: Some(Days::one(cast::FEBRUARY_24)),
        adjustments: [
            adjust(Group::Contract, "45", off - off / 3),
            adjust(Group::Contract, "253", off / 3),
            adjust(Group::Client, "3", share),
        ]
        .into_iter()
        .flatten()
        .collect(),
        references: vec![Id::new("6R", &format!("TRL-{claim}-{number}"))],
        amounts: vec![Informs { qualifier: "B6".to_owned(), value: Cents(paid + share) }],
        quantities: Vec::new(),
        remarks: vec!["N20".to_owned()],
        span: Span::default(),
    }
}

fn claim(number: usize, lines: Vec<LinePayment>) -> ClaimPayment {
    let share = lines.iter().map(|it| x12::client_share(&it.adjustments)).sum();
    ClaimPayment {
        number: format!("TRL-{number}"),
        status: ClaimStatus::Primary,
        charge: lines.iter().map(|it| it.charge).sum(),
        paid: lines.iter().map(|it| it.paid).sum(),
        client_share: Some(share),
        filing: "12".to_owned(),
        payer_number: format!("EV{number}"),
        facility: Some("10".to_owned()),
        frequency: Some(Frequency::Original),
        adjustments: Vec::new(),
        people: x12::remittance_835::ClaimPeople {
            client: Some(Party {
                entity: Entity::Person,
                name: Name::person("CLARA", "WINTERS"),
                id: Some(Id::new("MI", "EVG000111222")),
            }),
            ..Default::default()
        },
        outpatient: None,
        references: Vec::new(),
        dates: Vec::new(),
        contacts: Vec::new(),
        amounts: Vec::new(),
        quantities: Vec::new(),
        lines,
        span: Span::default(),
    }
}

fn payment(claims: Vec<ClaimPayment>, provider: Vec<ProviderAdjustment>) -> Remittance {
    let paid: Cents = claims.iter().map(|it| it.paid).sum();
    let taken: Cents = provider.iter().map(|it| it.amount).sum();
    Remittance {
        payment: Payment {
            handling: "I".to_owned(),
            amount: paid - taken,
            direction: "C".to_owned(),
            method: "ACH".to_owned(),
            format: Some("CCP".to_owned()),
            from: Some(account("021000021", "55501")),
            originator: Some("1910000099".to_owned()),
            originator_supplement: None,
            to: Some(account("121000248", "88801")),
            paid_on: Some(date(2026, 3, 2)),
        },
        trace: Trace {
            number: "EFT700104".to_owned(),
            originator: "1910000099".to_owned(),
            supplement: None,
        },
        receiver: None,
        version: None,
        produced_on: Some(date(2026, 3, 1)),
        payer: PayParty {
            name: Some("EVERGREEN HEALTH".to_owned()),
            id: Some(Id::new("XV", "EVG01")),
            address: Some(cast::address()),
            references: Vec::new(),
            contacts: vec![Contact {
                function: "BL".to_owned(),
                name: Some("EDI HELP".to_owned()),
                ways: vec![Id::new("TE", "8005550133")],
            }],
        },
        payee: PayParty {
            name: Some("ELM STREET PRACTICE PC".to_owned()),
            id: Some(Id::new("XX", "1234567802")),
            address: None,
            references: vec![Id::new("TJ", "910000011")],
            contacts: Vec::new(),
        },
        groups: if claims.is_empty() {
            Vec::new()
        } else {
            vec![ClaimGroup { number: "1".to_owned(), totals: None, claims }]
        },
        provider_adjustments: provider,
    }
}

fn account(bank: &str, account: &str) -> BankAccount {
    BankAccount {
        bank_qualifier: "01".to_owned(),
        bank: bank.to_owned(),
        account_qualifier: "DA".to_owned(),
        account: account.to_owned(),
    }
}

fn taken(cents: i64) -> ProviderAdjustment {
    ProviderAdjustment {
        provider: "1234567802".to_owned(),
        fiscal_year_ends: Some(date(2026, 12, 31)),
        reason: "WO".to_owned(),
        reference: Some("EV26010100044".to_owned()),
        amount: Cents(cents),
        span: Span::default(),
    }
}

prop_compose! {
    /// A payment whose every cent is known.
    fn ledger()(
        lines in prop::collection::vec(
            prop::collection::vec((0..50_000_i64, 0..20_000_i64, 0..9_000_i64), 1..4),
            1..6,
        ),
        takes in prop::collection::vec(1..2_000_i64, 0..9),
    ) -> Remittance {
        let claims: Vec<ClaimPayment> = lines
            .iter()
            .enumerate()
            .map(|(number, lines)| {
                let lines = lines.iter().enumerate();
                claim(number, lines.map(|(i, (p, o, s))| line(number, i, *p, *o, *s)).collect())
            })
            .collect();
        let mut left: i64 = claims.iter().map(|it| it.paid.0).sum();
        let takes = takes.into_iter().filter(|it| {
            let fits = *it <= left;
            left -= if fits { *it } else { 0 };
            fits
        });
        let takes = takes.map(taken).collect();
        payment(claims, takes)
    }
}

fn written(remittance: &Remittance) -> Vec<u8> {
    x12::write(&cast::envelope(), &[Outgoing::Remittance(remittance)]).unwrap()
}

proptest! {
    #[test]
    fn a_payment_is_read_as_it_was_written_and_balances(ledger in ledger()) {
        let parsed = remittance(&written(&ledger));

        prop_assert!(parsed.value.balance().holds());
        prop_assert!(parsed.findings.is_empty() && parsed.rest.is_empty());
        prop_assert_eq!(parsed.value, ledger);
    }

    #[test]
    fn one_cent_off_is_found_and_not_written(
        ledger in ledger(),
        claim in any::<prop::sample::Index>(),
        line in any::<prop::sample::Index>(),
        figure in 0..6_usize,
    ) {
        let mut off = ledger;
        let cent = |it: &mut Cents| *it = *it + Cents(1);
        let claims = &mut off.groups[0].claims;
        let at = claim.index(claims.len());
        let lines = claims[at].lines.len();
        let one = &mut claims[at].lines[line.index(lines)];
        let scale = match figure {
            0 => { cent(&mut off.payment.amount); Scale::Transaction }
            1 => { off.provider_adjustments.push(taken(1)); Scale::Transaction }
            2 => { cent(&mut one.charge); Scale::Line }
            3 => { cent(&mut one.paid); Scale::Line }
            4 => { cent(&mut claims[at].charge); Scale::Claim }
            _ => { cent(&mut claims[at].paid); Scale::Claim }
        };

        let balance = off.balance();

        prop_assert!(!balance.holds());
        prop_assert_eq!(balance.imbalances[0].scale, scale);
        prop_assert!(balance.imbalances.iter().all(|it| it.difference().abs() == Cents(1)));
        prop_assert!(x12::write(&cast::envelope(), &[Outgoing::Remittance(&off)]).is_err());
    }
}

#[test]
fn a_payment_of_recoveries_alone_has_no_claims() {
    let returned = ProviderAdjustment { reason: "72".to_owned(), amount: Cents(-500), ..taken(1) };
    let remittance_of_nothing = payment(Vec::new(), vec![taken(500), returned]);

    let parsed = remittance(&written(&remittance_of_nothing));

    assert_eq!(parsed.value, remittance_of_nothing);
    assert!(parsed.value.balance().holds());
}

#[test]
fn seven_reasons_of_one_group_take_two_segments() {
    let mut one = line(0, 0, 10_000, 0, 0);
    one.adjustments = ["45", "59", "97", "131", "253", "96", "204"]
        .map(|reason| Adjustment::new(Group::Contract, reason, Cents(10)))
        .to_vec();
    one.charge = Cents(10_070);
    let ledger = payment(vec![claim(0, vec![one])], Vec::new());

    let bytes = written(&ledger);

    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(
        text.contains("CAS*CO*45*0.1**59*0.1**97*0.1**131*0.1**253*0.1**96*0.1~\nCAS*CO*204*0.1~")
    );
    assert_eq!(remittance(&bytes).value, ledger);
}

#[test]
fn the_key_of_a_payment_does_not_change_with_its_envelope() {
    let text = String::from_utf8(sample("C003").to_vec()).unwrap();
    let again = text.replace("000260303", "000777777").replace("*0001~", "*4321~");

    assert_eq!(remittance(again.as_bytes()).value.key(), remittance(text.as_bytes()).value.key());
}

#[test]
fn samples_that_balance_are_written_as_they_were() {
    for name in ["835-paid-denied", "835-reversal"] {
        let bytes = sample(name);
        let envelope = cast::envelope();
        let ours =
            x12::write(&envelope, &[Outgoing::Remittance(&remittance(bytes).value)]).unwrap();
        assert_eq!(set_of(&ours), set_of(bytes), "{name}");
    }
}

/// The lines from `ST` to `SE`.
fn set_of(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let lines = text.lines().map(str::to_owned);
    lines.skip_while(|it| !it.starts_with("ST*")).take_while(|it| !it.starts_with("GE*")).collect()
}

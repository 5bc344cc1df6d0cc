//! The samples: what each is good for, cut at every byte, in other separators.

use x12::claim_837p::ClaimBatch;
use x12::remittance_835::{ClaimStatus, Remittance, Scale, standing};
use x12::{Cause, Cents, Delimiters, Kind, Level, Parsed, Set, SetKind};

macro_rules! samples {
    ($($name:literal),+ $(,)?) => {
        [$(($name, include_bytes!(concat!("../../samples/", $name)).as_slice())),+]
    };
}

pub const SAMPLES: [(&str, &[u8]); 15] = samples![
    "trellis/835-paid-denied-deductible.x12",
    "trellis/835-reversal-correction-plb.x12",
    "trellis/835-unbalanced-by-ten.x12",
    "public/edi835--emedny-sample.x12",
    "public/edi835--united-healthcare-legacy-sample.x12",
    "public/stupidedi--dollars-and-data-sent-separate.x12",
    "public/lfh--managed-care.x12",
    "public/moov--examples-example-5010-835-sample1.x12",
    "cases/C003-same-code-same-charge.835",
    "cases/C006-claim-number-cut.835",
    "cases/C008-primary-for-secondary.835",
    "cases/C013-reason-code-not-in-the-list.835",
    "cases/C009-medigap-and-medicare-second.837",
    "cases/C011-submitter-one-separator-short.837",
    "cases/C096-undefined-in-the-address.837",
];

pub fn sample(name: &str) -> &'static [u8] {
    SAMPLES.iter().find(|(it, _)| it.contains(name)).map(|(_, bytes)| *bytes).unwrap()
}

pub fn remittance(bytes: &[u8]) -> Parsed<Remittance> {
    let file = x12::read(bytes).unwrap();
    x12::remittance_835::read(file.sets().next().unwrap()).unwrap()
}

pub fn claims(bytes: &[u8]) -> Vec<Parsed<ClaimBatch>> {
    let file = x12::read(bytes).unwrap();
    file.sets().map(|it| x12::claim_837p::read(it).unwrap()).collect()
}

#[test]
fn each_payment_posts_or_is_held_for_its_reason() {
    let table = [
        ("835-paid-denied", "posts"),
        ("835-reversal", "posts"),
        ("835-unbalanced", "10.00 less"),
        ("emedny", "posts"),
        ("united", "posts"),
        ("stupidedi", "posts"),
        ("lfh--managed", "not a date of the calendar"),
        ("moov", "below zero"),
        ("C003", "posts"),
        ("C006", "posts"),
        ("C008", "posts"),
        ("C013", "posts"),
    ];
    for (name, expected) in table {
        let said = standing(&remittance(sample(name))).to_string();
        assert!(said.contains(expected), "{name}: {said}");
    }
}

#[test]
fn a_file_cut_at_any_byte_is_refused_whole() {
    for (name, bytes) in SAMPLES {
        let whole = bytes.trim_ascii_end().len();
        for length in 0..whole {
            let refused = x12::read(&bytes[..length]).err();
            let refused = refused.unwrap_or_else(|| panic!("{name} cut at {length} was read"));
            assert!(refused.says.ends_with('.'), "{name} at {length}: {refused}");
        }
        assert!(x12::read(&bytes[..whole]).is_ok(), "{name}");
    }
}

#[test]
fn the_refusal_of_a_cut_file_names_the_place() {
    let bytes = sample("835-paid-denied");
    let inside = bytes.windows(8).position(|it| it == b"CLP*RT-2").unwrap() + 6;

    let refused = x12::read(&bytes[..inside]).unwrap_err();

    assert_eq!((refused.cause, refused.offset), (Cause::Truncated, inside));
    let says = format!(
        "The file stops at byte {inside}, inside segment 13 (CLP) of set 0001: it was cut, and \
         nothing of it is used."
    );
    assert_eq!(refused.says, says);
}

#[test]
fn every_segment_opens_at_its_own_bytes() {
    for (name, bytes) in SAMPLES {
        let file = x12::read(bytes).unwrap();
        for segment in file.sets().flat_map(|it| &it.segments) {
            let span = segment.span();
            assert_eq!(&bytes[span.start..span.end], segment.raw(), "{name}");
        }
    }
    let parsed = remittance(sample("C003"));
    let line = &parsed.value.claims().nth(1).unwrap().lines[0];
    let shown = &sample("C003")[line.span.start..line.span.end];
    assert_eq!(shown, b"SVC*HC:90834*150*80**1");
}

#[test]
fn other_separators_say_the_same() {
    let others = [(b'|', b'^', b'~'), (b'^', b'>', b'\''), (b'+', b'|', b'\n'), (0x1d, 0x1f, 0x1c)];
    let mut compared = 0;
    for (name, bytes) in SAMPLES {
        let bytes: Vec<u8> = bytes.iter().copied().filter(|it| *it != b'\n').collect();
        let own = [bytes[3], bytes[104], bytes[105]];
        for (element, component, terminator) in others {
            let new = [element, component, terminator];
            // A file that holds a new separator as text cannot be written with it; `^` is none
            // of the samples' text, only ISA11.
            let is_text = |it: &u8| !own.contains(it) && *it != b'^';
            if bytes.iter().any(|it| is_text(it) && new.contains(it)) {
                continue;
            }
            let exchange = |byte: &u8| match own.iter().position(|it| it == byte) {
                Some(at) => new[at],
                None if *byte == b'^' => b'!',
                None => *byte,
            };
            let other: Vec<u8> = bytes.iter().map(exchange).collect();
            assert_eq!(values(&other), values(&bytes), "{name} with {new:?}");
            compared += 1;
        }
    }
    assert!(compared >= 50, "only {compared} were compared");
}

/// What every set of a file says.
fn values(bytes: &[u8]) -> Vec<(Option<ClaimBatch>, Option<Remittance>)> {
    let file = x12::read(bytes).unwrap();
    let value = |set: &Set<'_>| match x12::kind_of(set) {
        SetKind::Claim837p => (Some(x12::claim_837p::read(set).unwrap().value), None),
        _ => (None, Some(x12::remittance_835::read(set).unwrap().value)),
    };
    file.sets().map(value).collect()
}

#[test]
fn line_ends_spaces_and_litter_between_segments_mean_nothing() {
    let plain = sample("C003");
    let said = remittance(plain).value;
    for between in ["\n", "\r\n", "\r\n    ", "\n\n~\n"] {
        let text = String::from_utf8(plain.to_vec()).unwrap().replace('~', &format!("~{between}"));
        assert_eq!(remittance(text.as_bytes()).value, said, "{between:?}");
        let littered = format!("\u{feff}\r\nPICKED UP 09:15\r\n{text}\u{1a}\r\n");
        assert_eq!(remittance(littered.as_bytes()).value, said, "{between:?}");
    }
    let wrapped: Vec<u8> =
        plain.chunks(80).flat_map(|it| [it, b"\r\n".as_slice()].concat()).collect();
    let file = x12::read(&wrapped).unwrap();
    assert!(file.findings.iter().any(|it| it.kind == Kind::LineWrapped));
    assert_eq!(remittance(&wrapped).value, said);
}

#[test]
fn same_code_charge_and_day_stay_with_their_own_claims() {
    let parsed = remittance(sample("C003"));
    let claims: Vec<_> = parsed.value.claims().collect();

    assert_eq!(claims.len(), 2);
    assert_eq!((claims[0].number.as_str(), claims[0].paid), ("TRL26003A", Cents(10_000)));
    assert_eq!(claims[0].client_share_by_adjustments(), Cents(0));
    assert_eq!((claims[1].number.as_str(), claims[1].paid), ("TRL26003B", Cents(8_000)));
    assert_eq!(claims[1].client_share_by_adjustments(), Cents(2_000));
    assert_eq!(parsed.value.payment.amount, Cents(18_000));
}

#[test]
fn a_claim_number_that_came_back_cut_is_handed_on_as_it_came_with_its_day() {
    let parsed = remittance(sample("C006"));
    let claim = parsed.value.claims().next().unwrap();

    assert_eq!(claim.number, "TRL-2026-000123");
    assert_eq!(claim.lines[0].service.unwrap().first, jiff::civil::date(2026, 3, 12));
}

#[test]
fn an_unknown_reason_is_kept_noted_and_never_written_off() {
    let parsed = remittance(sample("C013"));
    let adjustments = &parsed.value.claims().next().unwrap().lines[0].adjustments;

    let fates: Vec<_> = adjustments
        .iter()
        .map(|it| (it.reason.as_str(), it.amount.0, x12::codes::fate(&it.group, &it.reason)))
        .collect();

    let (contractual, open) = (x12::codes::Fate::Contractual, x12::codes::Fate::Open);
    assert_eq!(fates, [("45", 4_000, contractual), ("399", 1_000, open)]);
    assert_eq!(parsed.findings.worst(), Some(Level::Note));
    assert!(parsed.findings.iter().any(|it| it.says.contains("399")));
}

#[test]
fn all_six_reasons_of_a_segment_are_read_where_units_are_left_out() {
    let six = "CAS*CO*45*40**253*1**96*2*3*97*.5**131*00.50**59*6";
    let text = String::from_utf8(sample("C013").to_vec()).unwrap().replace("CAS*CO*45*40", six);

    let parsed = remittance(text.as_bytes());

    let read: Vec<_> = parsed.value.claims().next().unwrap().lines[0]
        .adjustments
        .iter()
        .map(|it| (it.reason.as_str(), it.amount.0, it.quantity.map(|it| it.0)))
        .collect();
    let expected = [
        ("45", 4_000, None),
        ("253", 100, None),
        ("96", 200, Some(3_000)),
        ("97", 50, None),
        ("131", 50, None),
        ("59", 600, None),
        ("399", 1_000, None),
    ];
    assert_eq!(read, expected);
}

#[test]
fn a_reason_without_an_amount_holds_the_payment() {
    for broken in ["CAS*CO*45*40**253~", "CAS*CO*45*40***1~", "CAS*CO*45*4O~", "CAS*CO*45*40.001~"]
    {
        let text = String::from_utf8(sample("C013").to_vec()).unwrap();
        let parsed = remittance(text.replace("CAS*CO*45*40~", broken).as_bytes());
        assert!(parsed.findings.any_at_least(Level::Error), "{broken}");
    }
}

#[test]
fn denials_are_told_by_what_stays_open_and_not_by_the_status() {
    let parsed = remittance(sample("835-paid-denied"));
    let denied: Vec<_> =
        parsed.value.claims().map(|it| (it.number.as_str(), it.is_denied())).collect();

    assert_eq!(denied, [("RT-2001", false), ("RT-2002", false), ("RT-2007", true)]);
}

#[test]
fn a_reversal_and_its_correction_are_two_claims_and_recovery_stands_apart() {
    let remittance = remittance(sample("835-reversal")).value;
    let claims: Vec<_> =
        remittance.claims().map(|it| (it.status.clone(), it.charge.0, it.paid.0)).collect();

    assert_eq!(
        claims,
        [
            (ClaimStatus::Reversal, -17_500, -9_840),
            (ClaimStatus::Primary, 17_500, 12_340),
            (ClaimStatus::Primary, 18_500, 11_500),
        ]
    );
    let provider: Vec<_> = remittance
        .provider_adjustments
        .iter()
        .map(|it| (it.reason.as_str(), it.reference.as_deref(), it.amount.0))
        .collect();
    assert_eq!(provider, [("WO", Some("EV26010100044"), 5_250), ("L6", Some("INT"), -250)]);
}

#[test]
fn an_imbalance_is_told_at_its_level_with_the_figures() {
    let balance = remittance(sample("835-unbalanced")).value.balance();

    assert_eq!(balance.imbalances.len(), 1);
    let it = &balance.imbalances[0];
    assert_eq!(
        (it.scale, it.stated, it.worked_out),
        (Scale::Transaction, Cents(10_500), Cents(11_500))
    );
    assert_eq!(it.difference(), Cents(-1_000));
    assert_eq!(
        it.says,
        "The payment is 105.00 (BPR02), but its claims pay 115.00 and provider adjustments (PLB) \
         take 0.00, which makes 115.00: 10.00 less."
    );
}

#[test]
fn medicare_second_and_medigap_read_clean() {
    let sets = claims(sample("C009"));

    for set in &sets {
        assert!(!set.findings.any_at_least(Level::Business) && set.rest.is_empty());
    }
    let medigap = sets[0].value.claims().next().unwrap();
    assert_eq!(medigap.policy.medicare_second, None);
    assert_eq!(medigap.other_payers[0].policy.filing.as_deref(), Some("MB"));
    assert_eq!(medigap.other_payers[0].policy.medicare_second, None);
    let medicare = sets[1].value.claims().next().unwrap();
    assert_eq!(medicare.policy.medicare_second.as_deref(), Some("12"));
    assert_eq!(medicare.policy.filing.as_deref(), Some("MB"));
}

#[test]
fn one_separator_too_few_is_found_at_its_segment_and_the_claims_are_read() {
    let parsed = claims(sample("C011")).remove(0);
    let at: Vec<_> = parsed
        .findings
        .iter()
        .map(|it| {
            (it.place.segment, it.place.tag.as_str().to_owned(), it.place.loop_id, it.place.element)
        })
        .collect();

    assert_eq!(at, [(3, "NM1".to_owned(), "1000A", 8), (3, "NM1".to_owned(), "1000A", 9)]);
    let says = "NM108 holds TRL900, which is no qualifier; NM107 holds 46.";
    assert_eq!(parsed.findings[0].says, says);
    let read: Vec<_> = parsed.value.claims().map(|it| it.charge).collect();
    assert_eq!(read, [Cents(15_000)]);
}

#[test]
fn words_of_a_program_in_an_address_are_found() {
    let parsed = claims(sample("C096")).remove(0);
    let finding = parsed.findings.iter().find(|it| it.kind == Kind::TooLong).unwrap();

    let place = &finding.place;
    assert_eq!((place.tag.as_str(), place.loop_id, place.element), ("N4", "2010BA", 2));
    assert_eq!(parsed.value.claims().count(), 1);
}

#[test]
fn what_is_not_read_here_is_refused_by_name() {
    let table = [
        ("ST*837*0001*005010X223A2", "an institutional claim (837I) by guide 005010X223A2"),
        ("ST*837*0001*005010X224A2", "a dental claim (837D) by guide 005010X224A2"),
        ("ST*834*0001*005010X220A1", "an enrollment (834) by guide 005010X220A1"),
        ("ST*835*0001*004010X091A1", "a payment (835) by guide 004010X091A1"),
        ("ST*277*0001*005010X212", "a claim status answer (277) by guide 005010X212"),
    ];
    for (st, name) in table {
        let text = String::from_utf8(sample("C003").to_vec()).unwrap().replace("ST*835*0001", st);
        let file = x12::read(text.as_bytes()).unwrap();
        let set = file.sets().next().unwrap();
        let refused = x12::remittance_835::read(set).unwrap_err();
        assert_eq!(refused.cause, Cause::Unsupported);
        assert!(refused.says.contains(name), "{refused}");
    }
}

#[test]
fn what_was_sent_instead_of_a_file_is_named() {
    let table: [(&[u8], &str); 8] = [
        (b"", "empty"),
        (b" \r\n ", "empty"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"PK\x03\x04rest", "zip"),
        (b"\x1f\x8b\x08rest", "gzip"),
        (b"%PDF-1.7", "PDF"),
        (b"\xff\xfeI\0S\0A\0", "UTF-16"),
        (b"Dear biller, the payment follows.", "no X12 interchange"),
    ];
    for (bytes, word) in table {
        let refused = x12::read(bytes).unwrap_err();
        assert!(refused.says.contains(word), "{word}: {refused}");
    }
    assert_eq!(Delimiters::STANDARD.repetition, Some(b'^'));
}

#[test]
fn a_test_file_can_be_told_from_production() {
    let file = x12::read(sample("835-paid-denied")).unwrap();
    assert!(file.sets().all(|it| it.usage == x12::Usage::Test));
    let file = x12::read(sample("C003")).unwrap();
    assert!(file.sets().all(|it| it.usage == x12::Usage::Production));
}

//! Bytes from strangers: nothing panics, nothing takes long, money never changes unnoticed.

use proptest::prelude::*;
use x12::remittance_835::{Standing, standing};
use x12::{Cause, Kind, Level, SetKind};

use crate::samples::{SAMPLES, sample};

/// Reads everything that can be read; what matters is that it comes back.
fn read_all(bytes: &[u8]) {
    let Ok(file) = x12::read(bytes) else { return };
    for interchange in &file.interchanges {
        interchange.acknowledgments.iter().for_each(|it| {
            let _ = x12::ta1::Ta1::read(it).words();
        });
    }
    for set in file.sets() {
        match x12::kind_of(set) {
            SetKind::Claim837p => drop(x12::claim_837p::read(set)),
            SetKind::Remittance835 => {
                let _ = x12::remittance_835::read(set).map(|it| standing(&it));
            }
            SetKind::Acknowledgment999 => drop(x12::ack_999::read(set)),
            SetKind::Acknowledgment277ca => {
                let _ = x12::ack_277ca::read(set).map(|it| it.value.answers().len());
            }
            SetKind::Unsupported => drop(x12::name_of(set)),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn random_bytes_do_no_harm(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        read_all(&bytes);
        let mut behind_isa = sample("C003")[..106].to_vec();
        behind_isa.extend_from_slice(&bytes);
        read_all(&behind_isa);
    }

    #[test]
    fn random_segments_do_no_harm(
        segments in proptest::collection::vec(
            "(CLP|SVC|CAS|PLB|BPR|TRN|N1|NM1|LX|HL|CLM|SV1|SVD|SBR|HI|DTP|DTM|REF|STC|AK2|IK3\
             |IK4|CTX|AK9|ST|SE|GS|GE|N4|MOA)(\\*[A-Z0-9.:-]{0,12}){0,18}",
            0..60,
        ),
        id in "(835|837|999|277)",
    ) {
        let guide = match id.as_str() {
            "835" => "005010X221A1",
            "837" => "005010X222A1",
            "999" => "005010X231A1",
            _ => "005010X214",
        };
        let mut bytes = sample("C003")[..106].to_vec();
        let header = format!("GS*XX*A*B*20260101*1200*1*X*{guide}~ST*{id}*0001~");
        bytes.extend_from_slice(header.as_bytes());
        bytes.extend_from_slice(segments.join("~").as_bytes());
        bytes.extend_from_slice(b"~SE*1*0001~GE*1*1~IEA*1*000260303~");
        read_all(&bytes);
    }

    #[test]
    fn mutations_do_no_harm(
        which in 0..SAMPLES.len(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut bytes = SAMPLES[which].1.to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        read_all(&bytes);
    }
}

/// The segments of a file with `~`.
fn segments(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    text.split('~').map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect()
}

fn holds(segments: &[String]) -> bool {
    let bytes = (segments.join("~") + "~").into_bytes();
    match x12::read(&bytes) {
        Err(_) => true,
        Ok(file) => file.sets().all(|set| match x12::remittance_835::read(set) {
            Err(_) => true,
            Ok(parsed) => standing(&parsed) != Standing::Posts,
        }),
    }
}

#[test]
fn a_payment_with_a_segment_lost_or_doubled_never_posts() {
    for name in ["835-paid-denied", "835-reversal", "emedny", "C003"] {
        let whole = segments(sample(name));
        assert!(!holds(&whole), "{name}");
        for at in 1..whole.len() {
            let mut lost = whole.clone();
            lost.remove(at);
            assert!(holds(&lost), "{name} without {}", whole[at]);
            if ["SE", "GE", "IEA"].iter().any(|it| whole[at].starts_with(it)) {
                continue; // a second end ends nothing
            }
            let mut doubled = whole.clone();
            doubled.insert(at, whole[at].clone());
            assert!(holds(&doubled), "{name} with two {}", whole[at]);
        }
    }
}

#[test]
fn no_amount_changes_by_a_digit_unnoticed() {
    let amounts: [(&str, &[usize]); 5] =
        [("BPR", &[2]), ("CLP", &[3, 4]), ("SVC", &[2, 3]), ("CAS", &[3, 6, 9]), ("PLB", &[4, 6])];
    for name in ["835-paid-denied", "835-reversal", "united", "C008"] {
        let whole = segments(sample(name));
        for (at, segment) in whole.iter().enumerate() {
            let elements: Vec<&str> = segment.split('*').collect();
            let Some((_, places)) = amounts.iter().find(|(id, _)| *id == elements[0]) else {
                continue;
            };
            for &place in places.iter().filter(|it| **it < elements.len()) {
                for changed in changed_digits(elements[place]) {
                    let mut other: Vec<&str> = elements.clone();
                    other[place] = &changed;
                    let mut file = whole.clone();
                    file[at] = other.join("*");
                    assert!(holds(&file), "{name}: {segment} became {}", file[at]);
                }
            }
        }
    }
}

fn changed_digits(amount: &str) -> Vec<String> {
    let digits = amount.char_indices().filter(|(_, it)| it.is_ascii_digit());
    digits
        .map(|(at, digit)| {
            let next = char::from(b'0' + (digit as u8 - b'0' + 1) % 10);
            format!("{}{next}{}", &amount[..at], &amount[at + 1..])
        })
        .collect()
}

#[test]
fn bombs_are_read_or_refused_in_passing() {
    let isa = &sample("C003")[..106];
    let bomb = |body: Vec<u8>| [isa, body.as_slice()].concat();

    let endless = x12::read(&bomb(vec![b'A'; 4_000_000])).unwrap_err().cause;
    assert_eq!(endless, Cause::TooLarge);
    read_all(&bomb(vec![b'~'; 2_000_000]));
    read_all(&bomb(vec![b'*'; 2_000_000]));
    read_all(&bomb(isa.repeat(2_000)));
    read_all(&bomb(b"GS~ST~".repeat(20_000)));

    let mut deep = b"GS*HC*A*B*20260101*1200*1*X*005010X222A1~ST*837*0001~".to_vec();
    for level in 1..50_000 {
        deep.extend_from_slice(format!("HL*{level}*{}*22*1~", level - 1).as_bytes());
    }
    deep.extend_from_slice(b"SE*50001*0001~GE*1*1~IEA*1*000260303~");
    read_all(&bomb(deep));
}

#[test]
fn findings_are_counted_beyond_their_limit() {
    let unknown = b"ZZZ*1~".repeat(5_000);
    let bytes = [
        &sample("C003")[..106],
        b"GS*HP*A*B*20260101*1200*1*X*005010X221A1~ST*835*0001~".as_slice(),
        &unknown,
        b"SE*5002*0001~GE*1*1~IEA*1*000260303~",
    ]
    .concat();
    let file = x12::read(&bytes).unwrap();

    let parsed = x12::remittance_835::read(file.sets().next().unwrap()).unwrap();

    assert_eq!(parsed.findings.len(), x12::limits::FINDINGS_MAX);
    // 5,000 unknown segments; BPR, TRN, payer and payee are missing.
    assert_eq!(parsed.findings.left_off(), 5_004 - x12::limits::FINDINGS_MAX);
    assert_eq!(parsed.findings.worst(), Some(Level::Error));
    assert_eq!(parsed.rest.len(), 5_000);
}

#[test]
fn two_interchanges_with_their_own_separators_stand_in_one_file() {
    let other: Vec<u8> = sample("C006")
        .iter()
        .map(|it| match it {
            b'*' => b'|',
            b'^' => b'!',
            it => *it,
        })
        .collect();
    let bytes = [sample("C003"), &other, sample("C003")].concat();

    let file = x12::read(&bytes).unwrap();

    assert_eq!(file.interchanges.len(), 3);
    assert_eq!(file.interchanges[1].delimiters.element, b'|');
    assert!(file.findings.iter().any(|it| it.kind == Kind::DuplicateInterchange));
    let held: Vec<bool> = file
        .sets()
        .map(|it| standing(&x12::remittance_835::read(it).unwrap()) != Standing::Posts)
        .collect();
    assert_eq!(held, [false, false, true]);
}

#[test]
fn a_hole_inside_a_complete_file_costs_its_own_set_alone() {
    let text = String::from_utf8(sample("C003").to_vec()).unwrap();
    let (head, rest) = text.split_once("ST*835").unwrap();
    let (body, _) = rest.split_once("GE*1").unwrap();
    let (without_end, _) = body.split_once("SE*24").unwrap();
    let second = body.replace("0001~", "0002~");
    let file = format!("{head}ST*835{without_end}ST*835{second}GE*2*260303~IEA*1*000260303~");

    let file = x12::read(file.as_bytes()).unwrap();

    let posts: Vec<bool> = file
        .sets()
        .map(|it| standing(&x12::remittance_835::read(it).unwrap()) == Standing::Posts)
        .collect();
    assert_eq!(posts, [false, true]);
    assert!(file.findings.iter().any(|it| it.kind == Kind::SetTrailerMissing));
}

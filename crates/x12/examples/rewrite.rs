//! Reads a file and writes what it understood, set by set, so that the two can be compared:
//! `cargo run -p x12 --example rewrite -- FROM TO`.

use x12::{Envelope, Id, Outgoing, SetKind, Usage};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut paths = std::env::args().skip(1);
    let (Some(from), Some(to)) = (paths.next(), paths.next()) else {
        return Err("name the file to read and the file to write".into());
    };
    let bytes = std::fs::read(from)?;
    let file = x12::read(&bytes)?;
    let mut written = Vec::new();
    for (number, set) in file.sets().enumerate() {
        let envelope = envelope(u32::try_from(number)? + 1);
        let bytes = match x12::kind_of(set) {
            SetKind::Claim837p => {
                let read = x12::claim_837p::read(set)?.value;
                x12::write(&envelope, &[Outgoing::Claims(&read)])
            }
            SetKind::Remittance835 => {
                let read = x12::remittance_835::read(set)?.value;
                x12::write(&envelope, &[Outgoing::Remittance(&read)])
            }
            SetKind::Acknowledgment999 => {
                let read = x12::ack_999::read(set)?.value;
                x12::write(&envelope, &[Outgoing::Acknowledgment999(&read)])
            }
            SetKind::Acknowledgment277ca => {
                let read = x12::ack_277ca::read(set)?.value;
                x12::write(&envelope, &[Outgoing::Acknowledgment277(&read)])
            }
            SetKind::Unsupported => return Err(x12::name_of(set).into()),
        };
        match bytes {
            Ok(bytes) => written.extend(bytes),
            Err(refused) => {
                for fault in refused.0 {
                    eprintln!("{}: {}: {}", fault.place, fault.field, fault.says);
                }
                return Err("it cannot be written".into());
            }
        }
    }
    std::fs::write(to, written)?;
    Ok(())
}

fn envelope(control: u32) -> Envelope {
    Envelope {
        sender: Id::new("ZZ", "TRELLIS"),
        receiver: Id::new("ZZ", "CLEARHOUSE"),
        group_sender: "TRELLIS".to_owned(),
        group_receiver: "CLEARHOUSE".to_owned(),
        control,
        group_control: control,
        at: jiff::civil::date(2026, 3, 2).at(11, 30, 0, 0),
        usage: Usage::Test,
        wants_acknowledgment: false,
        line_ends: true,
    }
}

//! How long the charter takes: to load, to decide once, to try every attempt.
//!
//! Targets: a decision ≤ 100 µs in a release build, every attempt ≤ 100 ms.
//! `cargo run --release -p policy --example speed`

use std::hint::black_box;
use std::time::Instant;

use policy::{Act, Charter, Practice, Role, Service, Who};

const DECISIONS: u32 = 5_000;

fn main() -> Result<(), policy::Fault> {
    let start = Instant::now();
    let charter = Charter::load()?;
    println!("load: {:?}", start.elapsed());

    let elm = Practice::new("elm").sharing([Service::Billing]);
    let bo = Who::new("bo").being([Role::Billing], Practice::operator("trellis"));
    let bills = Act::UseService { service: Service::Billing };
    let start = Instant::now();
    for _ in 0..DECISIONS {
        black_box(charter.decide(black_box(&bo), &bills, &elm, &[]));
    }
    println!("one decision: {:?}", start.elapsed() / DECISIONS);

    let start = Instant::now();
    let report = charter.try_all();
    println!("{report}: {:?}", start.elapsed());
    Ok(())
}

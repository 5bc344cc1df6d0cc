//! How long the public comparison takes to work out, on one core: `cargo bench -p site`.
//!
//! All of it: seven projections, bands of 200 lives each, what would have to be true for the six
//! others, the belief about splits from both sides, and what moves the first most. Aim: under 20 ms.

use std::hint::black_box;
use std::time::Instant;

/// Answers timed, after a tenth of them that are not.
const ANSWERS: usize = 200;

fn main() {
    let mut took: Vec<f64> = (0..ANSWERS + ANSWERS / 10)
        .map(|_| {
            let began = Instant::now();
            let models =
                black_box(site::work_out_the_usual()).expect("usual figures have an answer");
            assert_eq!(models, 7, "each model is in it");
            began.elapsed().as_secs_f64() * 1e3
        })
        .skip(ANSWERS / 10)
        .collect();
    took.sort_by(f64::total_cmp);
    let at = |share: usize| took[(took.len() - 1) * share / 100];
    println!(
        "the comparison of seven models: {:.2} ms (quarters {:.2} to {:.2}, worst of {ANSWERS}: {:.2})",
        at(50),
        at(25),
        at(75),
        at(100),
    );
}

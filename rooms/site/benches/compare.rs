//! How long the public comparison takes to work out, on one core: `cargo bench -p site`.
//!
//! All of it: seven projections, bands of 200 lives each, what would have to be true for the six
//! others, the belief about splits from both sides, and what moves the first most. Aim: under
//! 20 ms.
//!
//! What is counted is time of the processor: other work on the machine makes an answer wait, and
//! the waiting is not the answer's.

use std::hint::black_box;

/// Samples that count, after one that warms up.
const SAMPLES: usize = 20;
/// Answers in a sample: Linux writes down what a thread has run some milliseconds apart.
const ANSWERS: u32 = 20;

fn main() {
    let mut took: Vec<f64> = (0..=SAMPLES)
        .map(|_| {
            let began = on_the_processor();
            for _ in 0..ANSWERS {
                let models = black_box(site::work_out_the_usual()).expect("it has an answer");
                assert_eq!(models, 7, "each model is in it");
            }
            (on_the_processor() - began) * 1e3 / f64::from(ANSWERS)
        })
        .skip(1)
        .collect();
    took.sort_by(f64::total_cmp);
    let (least, median, most) = (took[0], took[SAMPLES / 2], took[SAMPLES - 1]);
    println!("the page's comparison: {median:.2} ms ({least:.2} to {most:.2}; aim: under 20)");
}

/// Seconds that this thread has run.
#[expect(clippy::cast_precision_loss, reason = "minutes in nanoseconds fit a double")]
fn on_the_processor() -> f64 {
    let read = std::fs::read_to_string("/proc/thread-self/schedstat").expect("this is Linux");
    let nanoseconds = read.split(' ').next().and_then(|it| it.parse::<u64>().ok());
    nanoseconds.expect("a number of nanoseconds") as f64 / 1e9
}

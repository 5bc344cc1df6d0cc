//! Writes an 837P of invented claims for outside checkers:
//! `cargo run -p x12 --example sample_claims -- FILE`.

#[path = "../tests/x12/cast.rs"]
#[allow(dead_code, reason = "tests use the rest")]
mod cast;

use x12::Outgoing;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("name the file to write")?;
    let claims =
        vec![cast::video_claim(), cast::child_claim(), cast::secondary_claim(), cast::full_claim()];
    let batch = cast::batch(claims);
    let bytes = x12::write(&cast::envelope(), &[Outgoing::Claims(&batch)])?;
    std::fs::write(&path, bytes)?;
    Ok(())
}

//! The program `trellis`.

fn main() {}

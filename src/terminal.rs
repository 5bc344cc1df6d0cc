//! What a person at a terminal sees: how far long work is, and why something stopped.

use std::io::{IsTerminal, Write as _};
use std::time::Duration;

use anyhow::Context as _;
use indicatif::{ProgressBar, ProgressStyle};

/// How far a piece of long work is: a bar on a terminal, plain lines elsewhere.
pub struct Progress {
    bar: Option<ProgressBar>,
    steps: u64,
    done: u64,
}

impl Progress {
    /// Work of this many steps.
    pub fn of(steps: u64) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let style = ProgressStyle::with_template("{bar:24} {pos}/{len} {wide_msg} {elapsed}")
                .expect("the template is well formed");
            let bar = ProgressBar::new(steps).with_style(style);
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        });
        Self { bar, steps, done: 0 }
    }

    /// The next step begins.
    pub fn step(&mut self, says: &str) {
        match &self.bar {
            Some(bar) => {
                bar.set_position(self.done);
                bar.set_message(says.to_owned());
            }
            None => eprintln!("[{}/{}] {says}", self.done + 1, self.steps),
        }
        self.done += 1;
    }

    /// All is done.
    pub fn end(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}

/// Says a line for a person. A reader who has gone away is no fault.
pub fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Prints what another program reads. A reader who has gone away is no fault; a disk that is full is.
///
/// # Errors
/// Where not all of it could be written.
pub fn print(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    match writeln!(out, "{text}").and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(error).context("standard output could not take all of it")
        }
        _ => Ok(()),
    }
}

/// Says a line for a person beside what the program prints for other programs.
pub fn say_aside(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Says why the program stops, with every cause.
pub fn say_error(error: &anyhow::Error) {
    let mut causes: Vec<String> = error.chain().map(ToString::to_string).collect();
    causes.dedup();
    let _ = writeln!(std::io::stderr(), "trellis: {}", causes.join(": "));
}

//! The engines' doors: one JSON object in, one out. No database, clock or chance is touched.

use std::io::Read as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Subcommand;

use crate::terminal::{print, say, say_error};

/// Largest input, in bytes: a few hundred thousand cases.
const INPUT_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// A pure crate that can be asked from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Availability to openings, and recurrence.
    Openings,
    /// Where a clinician may serve, and by which rule.
    Licensing,
    /// Which clinicians fit a request, with reasons.
    Matching,
    /// What an hour is worth.
    Worth,
}

/// What an engine is asked.
#[derive(Debug, Subcommand)]
pub enum Ask {
    /// Read cases from standard input, write their results to standard output.
    Run,
    /// Read cases with what is expected from a file, and list each difference.
    Check {
        /// The file.
        file: PathBuf,
    },
}

impl Engine {
    fn run(self, text: &str) -> Result<String, String> {
        match self {
            Self::Openings => openings::door::run(text),
            Self::Licensing => licensing::door::run(text),
            Self::Matching => matching::door::run(text),
            Self::Worth => economics::run(text),
        }
    }

    fn check(self, text: &str) -> Result<Vec<String>, String> {
        match self {
            Self::Openings => openings::door::check(text),
            Self::Licensing => licensing::door::check(text),
            Self::Matching => matching::door::check(text),
            Self::Worth => economics::check(text),
        }
    }

    /// Answers. Input that is no such object ends with 2 and a sentence, a difference with 1.
    pub fn answer(self, ask: &Ask) -> ExitCode {
        match self.ask(ask) {
            Ok(code) => code,
            Err(error) => {
                say_error(&error);
                ExitCode::from(2)
            }
        }
    }

    fn ask(self, ask: &Ask) -> anyhow::Result<ExitCode> {
        match ask {
            Ask::Run => {
                let text = read(std::io::stdin()).context("standard input")?;
                print(&self.run(&text).map_err(anyhow::Error::msg)?)?;
                Ok(ExitCode::SUCCESS)
            }
            Ask::Check { file } => {
                let shown = || file.display().to_string();
                let text =
                    read(std::fs::File::open(file).with_context(shown)?).with_context(shown)?;
                let differences = self.check(&text).map_err(anyhow::Error::msg)?;
                for difference in &differences {
                    say(difference);
                }
                Ok(if differences.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
            }
        }
    }
}

fn read(from: impl std::io::Read) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    from.take(INPUT_BYTES_MAX + 1).read_to_end(&mut bytes)?;
    anyhow::ensure!(bytes.len() as u64 <= INPUT_BYTES_MAX, "more than 256 MiB is not read");
    String::from_utf8(bytes).context("this is not UTF-8 text")
}

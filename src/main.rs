//! The program `trellis`: one match over its commands.

mod books;
mod commands;
mod connections;
mod demo;
mod doctor;
mod engines;
mod found;
mod house;
mod start;
mod terminal;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use ground::config::{SETTINGS, Settings};

use crate::engines::{Ask, Engine};

/// Trellis: the shared infrastructure of clinician-owned therapy practices.
///
/// With no settings at all, `trellis serve` keeps a private PostgreSQL in its data folder and
/// prints the address to open.
#[derive(Debug, Parser)]
#[command(version, after_help = settings_help())]
struct Cli {
    /// A settings file (TOML); the environment wins over it.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve pages, and work on events and jobs, until told to stop (Ctrl-C or SIGTERM).
    Serve {
        /// Only serve pages: events and jobs are left to `trellis worker`.
        #[arg(long)]
        no_worker: bool,
    },
    /// Work on events and jobs only, beside any number of other processes.
    Worker,
    /// Bring the database to what this program works on. Forward only; safe to repeat.
    Migrate {
        /// Print the statements that make the roles, for a PostgreSQL of your own, and stop.
        #[arg(long)]
        roles: bool,
    },
    /// Say what is missing or unsafe here, in plain words, and what to do about it.
    Doctor,
    /// Found the operator or a practice, and print the link by which its first owner comes in.
    Found(found::Told),
    /// Make a demo in an empty house: everybody in it is made up, and eight weeks are lived through.
    Demo,
    /// Ask for the openings of a calendar, or the occurrences of a rule (JSON in, JSON out).
    #[command(subcommand)]
    Openings(Ask),
    /// Ask where a clinician may serve (JSON in, JSON out).
    #[command(subcommand)]
    Licensing(Ask),
    /// Ask who fits a request for care, with reasons (JSON in, JSON out).
    #[command(subcommand)]
    Matching(Ask),
    /// Ask what an hour is worth (JSON in, JSON out).
    #[command(subcommand)]
    Worth(Ask),
    /// Check the books of the practices here, or print them for hledger or Beancount.
    #[command(subcommand)]
    Ledger(books::Ask),
}

fn settings_help() -> String {
    let mut help = String::from(
        "Settings (name in the file, TRELLIS_NAME in the environment; a secret also as \
         TRELLIS_NAME_FILE):\n",
    );
    for setting in SETTINGS {
        let mark = if setting.is_secret { " (secret)" } else { "" };
        help.push_str(&format!("  {:24} {}{mark}\n", setting.name, setting.says));
    }
    help
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    // An engine needs no settings: its answer depends on its input alone.
    match &cli.command {
        Command::Openings(ask) => return Engine::Openings.answer(ask),
        Command::Licensing(ask) => return Engine::Licensing.answer(ask),
        Command::Matching(ask) => return Engine::Matching.answer(ask),
        Command::Worth(ask) => return Engine::Worth.answer(ask),
        _ => {}
    }
    let run = || -> anyhow::Result<ExitCode> {
        let settings = Settings::read(cli.config.as_deref())?;
        match cli.command {
            Command::Serve { no_worker } => commands::serve(&settings, !no_worker),
            Command::Worker => commands::work(&settings),
            Command::Migrate { roles: true } => commands::print_roles(),
            Command::Migrate { roles: false } => commands::migrate(&settings),
            Command::Doctor => commands::doctor(&settings),
            Command::Found(told) => commands::found(&settings, &told),
            Command::Demo => commands::demo(&settings),
            Command::Ledger(ask) => books::answer(&settings, &ask),
            Command::Openings(_)
            | Command::Licensing(_)
            | Command::Matching(_)
            | Command::Worth(_) => unreachable!("engines were answered above"),
        }
    };
    match run() {
        Ok(code) => code,
        Err(error) => {
            terminal::say_error(&error);
            ExitCode::FAILURE
        }
    }
}

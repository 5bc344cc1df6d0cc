//! The program behind `script/look`: pictures of pages, for phone and desk, in light and dark.

#[allow(dead_code, unused_imports, reason = "looking takes a few of the harness's parts")]
#[path = "mod.rs"]
mod browser;

use std::path::PathBuf;
use std::process::ExitCode;

use browser::{Browser, DESK, PHONE};

const USAGE: &str = "usage: script/look [--into folder] [--cookie name=value] address path …";

/// What was asked for.
struct Asked {
    into: PathBuf,
    cookie: Option<(String, String)>,
    address: String,
    paths: Vec<String>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match Asked::read(std::env::args().skip(1)) {
        Some(asked) => {
            look(&asked).await;
            ExitCode::SUCCESS
        }
        None => {
            eprintln!("{USAGE}");
            ExitCode::from(2)
        }
    }
}

impl Asked {
    fn read(mut words: impl Iterator<Item = String>) -> Option<Asked> {
        let (mut into, mut cookie) = (PathBuf::from("target/look"), None);
        let address = loop {
            match words.next()?.as_str() {
                "--into" => into = PathBuf::from(words.next()?),
                "--cookie" => {
                    let given = words.next()?;
                    let (name, value) = given.split_once('=')?;
                    cookie = Some((name.to_string(), value.to_string()));
                }
                address if address.contains("://") => break address.to_string(),
                _ => return None,
            }
        };
        let paths: Vec<String> = words.collect();
        (!paths.is_empty()).then_some(Asked { into, cookie, address, paths })
    }
}

async fn look(asked: &Asked) {
    let browser = Browser::start().at(&asked.address);
    for screen in [PHONE, PHONE.dark(), DESK, DESK.dark()] {
        let tab = browser.tab(screen).await;
        if let Some((name, value)) = &asked.cookie {
            tab.carry_cookie(name, value).await;
        }
        for path in &asked.paths {
            tab.visit(path).await;
            let page = match path.trim_matches('/') {
                "" => "home".to_string(),
                path => path.replace(|c: char| !c.is_ascii_alphanumeric(), "-"),
            };
            let light = if screen.dark { "dark" } else { "light" };
            let file = asked.into.join(format!("{page}-{}-{light}.png", screen.width));
            browser::picture::save(&tab, &file).await.unwrap_or_else(|why| panic!("{why}"));
            println!("{}", file.display());
        }
    }
}

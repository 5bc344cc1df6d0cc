//! How long pages take at 100 requests a second, beside a bare handler that answers the same bytes
//! in the same run: `cargo bench --bench pages`.
//!
//! It makes a demo of its own in `target/bench`, once, and serves it with the program as built for
//! release. Requests leave on a fixed beat, whatever the answers do: a slow answer delays none of
//! those after it, and its own waiting counts.

#![allow(clippy::disallowed_methods, reason = "a bench starts the program that it measures")]

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use axum::Router;
use axum::http::header;
use axum::routing::get;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep_until;

/// The beat.
const EACH: Duration = Duration::from_millis(10);
/// Requests in a round.
const ROUND: u32 = 500;
/// Rounds, real and bare by turns.
const ROUNDS: usize = 4;
/// Where the program listens.
const LISTEN: &str = "127.0.0.1:4797";
/// Who looks at which page.
const PAGES: &[(&str, &str)] = &[("today", "/today"), ("week", "/week"), ("statement", "")];

/// The program, ended with the bench.
struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.0.id().to_string()).status();
        let _ = self.0.wait();
    }
}

fn trellis(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trellis"));
    command.env("TRELLIS_DATA", data).env("TRELLIS_LISTEN", LISTEN).env("TRELLIS_LOG", "error");
    command
}

fn main() {
    let data = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("bench");
    if !data.join("keys").exists() {
        let made = trellis(&data).arg("demo").status().expect("the program starts");
        assert!(made.success(), "the demo is made");
    }
    let runtime = tokio::runtime::Runtime::new().expect("threads start");
    let served = trellis(&data).arg("serve").stdout(Stdio::null()).spawn();
    let _served = Served(served.expect("the program starts"));
    runtime.block_on(measure());
}

async fn measure() {
    let at: SocketAddr = LISTEN.parse().expect("it is an address");
    let cookie = come_in(at, "Ada Reyes").await;
    let home = follow(at, "/today", &cookie).await;
    let practice = home.trim_end_matches("/today").to_owned();
    println!("{:<10} {:>7} {:>18} {:>18}", "page", "bytes", "p50 (bare) ms", "p99 (bare) ms");
    for (name, path) in PAGES {
        let path = match *path {
            "" => statement(at, &practice, &cookie).await,
            path => format!("{practice}{path}"),
        };
        let body = page(at, &path, &cookie).await;
        let bare = serve_bare(body.clone()).await;
        let (mut real, mut floor) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            real.extend(round(at, &path, &cookie).await);
            floor.extend(round(bare, "/", &cookie).await);
        }
        let ms = |list: &mut Vec<Duration>, per_cent: usize| {
            list.sort_unstable();
            list[(list.len() - 1) * per_cent / 100].as_secs_f64() * 1e3
        };
        println!(
            "{name:<10} {:>7} {:>8.2} ({:>6.2}) {:>9.2} ({:>6.2})",
            body.len(),
            ms(&mut real, 50),
            ms(&mut floor, 50),
            ms(&mut real, 99),
            ms(&mut floor, 99),
        );
    }
}

/// Answers the same bytes and does nothing else.
async fn serve_bare(body: Vec<u8>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    let at = listener.local_addr().expect("it has an address");
    let handler = move || {
        let body = body.clone();
        async move { ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], body) }
    };
    let app = Router::new().route("/", get(handler));
    tokio::spawn(async move { axum::serve(listener, app).await });
    at
}

/// One round: a request on each beat, each on a connection of its own task.
async fn round(at: SocketAddr, path: &str, cookie: &str) -> Vec<Duration> {
    let begin = tokio::time::Instant::now() + Duration::from_millis(50);
    let mut tasks = Vec::new();
    for beat in 0..ROUND {
        let (path, cookie) = (path.to_owned(), cookie.to_owned());
        let due = begin + EACH * beat;
        tasks.push(tokio::spawn(async move {
            let mut socket = TcpStream::connect(at).await.expect("it listens");
            sleep_until(due).await;
            let began = Instant::now();
            let answer = send(&mut socket, "GET", &path, &cookie, "").await;
            assert!(answer.starts_with(b"HTTP/1.1 200"), "{path} answers");
            began.elapsed()
        }));
        if beat % 50 == 49 {
            // Not all connections at once: those of the next half second.
            sleep_until(due).await;
        }
    }
    let mut all = Vec::new();
    for task in tasks {
        all.push(task.await.expect("no request panics"));
    }
    all
}

async fn send(
    socket: &mut TcpStream,
    method: &str,
    path: &str,
    cookie: &str,
    body: &str,
) -> Vec<u8> {
    let request = format!(
        "{method} {path} HTTP/1.1\r\nhost: localhost:4797\r\norigin: http://localhost:4797\r\n\
         cookie: {cookie}\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    socket.write_all(request.as_bytes()).await.expect("it takes the request");
    let mut answer = Vec::new();
    socket.read_to_end(&mut answer).await.expect("it answers");
    answer
}

async fn ask(at: SocketAddr, method: &str, path: &str, cookie: &str, body: &str) -> String {
    let until = Instant::now() + Duration::from_secs(30);
    loop {
        match TcpStream::connect(at).await {
            Ok(mut socket) => {
                let answer = send(&mut socket, method, path, cookie, body).await;
                return String::from_utf8_lossy(&answer).into_owned();
            }
            Err(_) if Instant::now() < until => tokio::time::sleep(Duration::from_millis(50)).await,
            Err(error) => panic!("the program does not listen: {error}"),
        }
    }
}

fn heading<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    answer.lines().find_map(|line| line.strip_prefix(name).map(str::trim))
}

async fn come_in(at: SocketAddr, name: &str) -> String {
    let page = ask(at, "GET", "/demo", "", "").await;
    let after = &page[page.find(name).expect("they are in the demo")..];
    let path = after.split("action=\"").nth(1).and_then(|it| it.split('"').next());
    let answer = ask(at, "POST", path.expect("one can come in as them"), "", "").await;
    let cookie = heading(&answer, "set-cookie:").and_then(|it| it.split(';').next());
    cookie.expect("the visit has a cookie").to_owned()
}

async fn follow(at: SocketAddr, path: &str, cookie: &str) -> String {
    let answer = ask(at, "GET", path, cookie, "").await;
    heading(&answer, "location:").expect("it leads somewhere").to_owned()
}

async fn statement(at: SocketAddr, practice: &str, cookie: &str) -> String {
    let list = ask(at, "GET", &format!("{practice}/statements"), cookie, "").await;
    let before = format!("{practice}/statements/");
    let found = list.split(&before).nth(1).and_then(|it| it.split('"').next());
    format!("{before}{}", found.expect("a month was closed"))
}

async fn page(at: SocketAddr, path: &str, cookie: &str) -> Vec<u8> {
    let answer = ask(at, "GET", path, cookie, "").await;
    let (_, body) = answer.split_once("\r\n\r\n").expect("it has a body");
    body.as_bytes().to_vec()
}

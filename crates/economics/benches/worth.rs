//! How fast the engine answers, beside the same sums in Python: `script/bench -p economics`.
//!
//! One thread, the seven models of the public comparison as its page asks them (`seven.json`). What
//! is counted is time of the processor, so that waiting for other work on the machine is not in it;
//! what that work costs in caches and shared units is, so ours and the peers take turns, round by
//! round, and a ratio is that of one round. The peers time their own loops: starting Python is not
//! counted. What they answer is checked: the plain one draws the same lives, so its
//! bands are ours; numpy draws others, so they are held against its sampling error.

#![allow(clippy::disallowed_methods, reason = "a bench starts the peers that it is held against")]

use std::hint::black_box;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use economics::{Bands, Projection, Scenario, SplitMix64, Uncertain, monte_carlo};
use money::{Cents, allocate};
use serde_json::{Value, json};

/// Rounds that count, after one that warms up.
const ROUNDS: usize = 7;
/// As the page asks it.
const SEED: u64 = 24;
const LIVES_OF_COMPARISON: usize = 200;
/// Lives from which the bands of two generators are compared.
const LIVES_OF_CHECK: usize = 4_000;
/// So many standard errors apart, of 168 figures, is no chance any more.
const APART_MOST: f64 = 5.0;

/// A model, ready to be asked.
struct Model {
    value: Value,
    scenario: Scenario,
    uncertain: Vec<Uncertain>,
}

fn main() {
    let seven = seven();
    let mut plain = Peer::start("plain");
    let mut numpy = Peer::start("vectorized");
    if let Some(plain) = &mut plain {
        check_plain(plain, &seven);
    }
    if let Some(numpy) = &mut numpy {
        check_numpy(numpy, &seven);
    }
    let mut figures = figures(&seven);
    for round in 0..=ROUNDS {
        for figure in &mut figures {
            figure.take_turns(&mut plain, &mut numpy, 0 < round);
        }
    }
    println!("\nmedian of {ROUNDS} rounds (least to most); a ratio is of one round");
    figures.iter().for_each(Figure::print);
    let life = median(&figures[LIVES].ours);
    println!("\nweeks of drawn lives: {:.1} million/s", 1e-6 * working_weeks(&seven[0]) / life);
    println!("1,000 replicates of 24 months: {:.2} ms (aim: under 150)", life * 1e6);
    let whole = median(&figures[COMPARISON].ours) * 1e3;
    println!("seven models with bands of {LIVES_OF_COMPARISON}: {whole:.2} ms (aim: under 20)");
}

fn seven() -> Vec<Model> {
    let read: Value = serde_json::from_str(include_str!("seven.json")).expect("it is JSON");
    let uncertain = |it: &Value| Uncertain {
        path: it["path"].as_str().expect("a path").to_owned(),
        low: it["low"].as_f64().expect("a number"),
        mode: it["mode"].as_f64().expect("a number"),
        high: it["high"].as_f64().expect("a number"),
    };
    let model = |it: &Value| Model {
        value: it["scenario"].clone(),
        scenario: Scenario::read(&it["scenario"]).expect("a scenario"),
        uncertain: it["uncertain"].as_array().expect("a list").iter().map(uncertain).collect(),
    };
    read.as_array().expect("a list").iter().map(model).collect()
}

fn bands(model: &Model, lives: usize) -> Bands {
    monte_carlo(&model.value, SEED, lives, &model.uncertain).expect("it has bands")
}

/// Weeks that one life works through.
#[expect(clippy::cast_precision_loss, reason = "weeks of a horizon")]
fn working_weeks(model: &Model) -> f64 {
    let months = model.value["horizon_months"].as_u64().expect("a number");
    let off = model.value["weeks_off"].as_array().expect("a list").len() as u64;
    ((52 - off) * months / 12) as f64
}

/// One thing that is measured.
struct Figure<'a> {
    name: &'static str,
    /// Does it so many times.
    does: Box<dyn FnMut() + 'a>,
    times: f64,
    /// What the peers are asked, and how many of ours that is.
    asks: Option<(&'static str, usize, f64)>,
    numpy_asks: Option<(&'static str, usize, f64)>,
    /// Seconds for one, by round.
    ours: Vec<f64>,
    plain: Vec<f64>,
    numpy: Vec<f64>,
}

const LIVES: usize = 3;
const COMPARISON: usize = 4;

fn figures(seven: &[Model]) -> Vec<Figure<'_>> {
    let figure = |name, times, does| Figure {
        name,
        does,
        times,
        asks: None,
        numpy_asks: None,
        ours: vec![],
        plain: vec![],
        numpy: vec![],
    };
    let mut random = SplitMix64::new(SEED);
    let parts: Vec<(i64, [i64; 4])> = (0..100_000)
        .map(|_| {
            let mut below = |most: u64| i64::try_from(random.draw() % most).expect("it is small");
            (below(100_000_000), [1 + below(10_000), below(10_000), below(10_000), below(10_000)])
        })
        .collect();
    let divide = move || {
        for (whole, weights) in parts.iter().cycle().take(2_000_000) {
            black_box(allocate(Cents(*whole), weights).expect("it can be divided"));
        }
    };
    let project = move || {
        (0..5_000).for_each(|_| {
            for model in seven {
                black_box(Projection::of(&model.scenario));
            }
        });
    };
    let read = move || {
        (0..3_000).for_each(|_| {
            for model in seven {
                black_box(Projection::read(&model.value).expect("a scenario"));
            }
        });
    };
    let live = move || {
        for model in seven {
            black_box(bands(model, 4_000));
        }
    };
    let compare = move || {
        (0..10).for_each(|_| {
            for model in seven {
                black_box(Projection::read(&model.value).expect("a scenario"));
                black_box(bands(model, LIVES_OF_COMPARISON));
            }
        });
    };
    vec![
        figure("cents divided among four", 2e6, Box::new(divide)),
        figure("projection of 24 months", 35e3, Box::new(project)),
        Figure {
            asks: Some(("project", 10, 70.0)),
            ..figure("the same, read from JSON", 21e3, Box::new(read))
        },
        Figure {
            asks: Some(("lives", 10, 70.0)),
            numpy_asks: Some(("lives", 4_000, 28_000.0)),
            ..figure("life of 24 months", 28e3, Box::new(live))
        },
        Figure {
            asks: Some(("compare", 1, 1.0)),
            // Only the bands: it is spared the expected course.
            numpy_asks: Some(("compare", 1, 1.0)),
            ..figure("comparison of seven", 10.0, Box::new(compare))
        },
    ]
}

impl Figure<'_> {
    fn take_turns(&mut self, plain: &mut Option<Peer>, numpy: &mut Option<Peer>, counts: bool) {
        let began = on_the_processor();
        (self.does)();
        let ours = (on_the_processor() - began) / self.times;
        let asked = |peer: &mut Option<Peer>, asks: Option<(&str, usize, f64)>| {
            let (ask, times, of_ours) = asks?;
            Some(peer.as_mut()?.ask(ask, times).0 / of_ours)
        };
        let plain = asked(plain, self.asks);
        let numpy = asked(numpy, self.numpy_asks);
        if counts {
            self.ours.push(ours);
            self.plain.extend(plain);
            self.numpy.extend(numpy);
        }
    }

    fn print(&self) {
        let (least, most) = span(&self.ours);
        let one = median(&self.ours);
        print!(
            "{:<26} {:>10} ({} to {}), {:>11.0}/s",
            self.name,
            time(one),
            time(least),
            time(most),
            1.0 / one
        );
        for (name, peer) in [("plain Python", &self.plain), ("numpy", &self.numpy)] {
            if peer.is_empty() {
                continue;
            }
            let ratios: Vec<f64> =
                peer.iter().zip(&self.ours).map(|(it, ours)| it / ours).collect();
            let (least, most) = span(&ratios);
            let (one, ratio) = (time(median(peer)), median(&ratios));
            print!(" | {name} {one}: {ratio:.1} × ({least:.1} to {most:.1})");
        }
        println!();
    }
}

/// A peer in Python, asked line by line.
struct Peer {
    child: Child,
    asks: Option<ChildStdin>,
    says: BufReader<ChildStdout>,
}

impl Peer {
    /// None, with a word about it, where this Python has not what it needs.
    fn start(kind: &str) -> Option<Self> {
        let here = env!("CARGO_MANIFEST_DIR");
        let python = std::env::var("TRELLIS_PYTHON").unwrap_or_else(|_| "python3".to_owned());
        let imports = if kind == "vectorized" { "import numpy" } else { "import json" };
        let can = Command::new(&python).args(["-c", imports]).stderr(Stdio::null()).status();
        if !can.is_ok_and(|status| status.success()) {
            println!("{kind}: left out, {python} cannot {imports} (script/bench installs it)");
            return None;
        }
        let mut child = Command::new(&python)
            .arg(format!("{here}/../../benches/peers/rounds.py"))
            .args([kind, &format!("{here}/benches/seven.json")])
            .envs([("OMP_NUM_THREADS", "1"), ("OPENBLAS_NUM_THREADS", "1")])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python starts");
        let asks = child.stdin.take();
        let says = BufReader::new(child.stdout.take().expect("it is piped"));
        Some(Self { child, asks, says })
    }

    /// Seconds that it took, and its bands where there are any.
    fn ask(&mut self, ask: &str, times: usize) -> (f64, Value) {
        let asks = self.asks.as_mut().expect("it is open until the end");
        writeln!(asks, "{}", json!({ "ask": ask, "times": times })).expect("it listens");
        let mut line = String::new();
        self.says.read_line(&mut line).expect("it answers");
        let answer: Value = serde_json::from_str(&line).expect("it answers with JSON");
        (answer["seconds"].as_f64().expect("it was timed"), answer["bands"].clone())
    }
}

impl Drop for Peer {
    /// Its input ends, and so does it.
    fn drop(&mut self) {
        self.asks = None;
        let _ = self.child.wait();
    }
}

/// Every band of one model by name.
fn each_band(bands: &Bands) -> Vec<(String, f64)> {
    let written = serde_json::to_value(bands).expect("bands are written");
    let mut all = vec![];
    for figure in ["kept_cents", "effective_hour_cents", "attended", "hours_total"] {
        for at in ["mean", "p05", "p25", "p50", "p75", "p95"] {
            all.push((format!("/{figure}/{at}"), written[figure][at].as_f64().expect("known")));
        }
    }
    all
}

/// The plain peer draws what we draw: its bands are ours.
fn check_plain(plain: &mut Peer, seven: &[Model]) {
    let lives = 20;
    let (_, theirs) = plain.ask("lives", lives);
    for (i, model) in seven.iter().enumerate() {
        for (name, ours) in each_band(&bands(model, lives)) {
            let path = format!("/{i}{name}");
            let their = theirs.pointer(&path).and_then(Value::as_f64).expect("they have it too");
            assert!((ours - their).abs() <= 1e-9 * ours.abs().max(1.0), "{path}: {ours} {their}");
        }
    }
    println!("plain Python: the same bands, to 1e-9");
}

/// numpy draws otherwise: its bands are ours within sampling error.
#[expect(clippy::cast_precision_loss, reason = "thousands of lives")]
fn check_numpy(numpy: &mut Peer, seven: &[Model]) {
    // The standard error of a percentile of a bell, in those of the mean: √(p(1−p)) / density.
    let errors = [("mean", 1.0), ("p50", 1.2533), ("p25", 1.3626), ("p75", 1.3626)];
    let (_, theirs) = numpy.ask("lives", LIVES_OF_CHECK);
    let (mut farthest, mut figures) = (0.0_f64, 0);
    for (i, model) in seven.iter().enumerate() {
        for (name, ours) in each_band(&bands(model, LIVES_OF_CHECK)) {
            let (figure, at) = name.rsplit_once('/').expect("two parts");
            let number = |path: String| theirs.pointer(&path).and_then(Value::as_f64);
            let their = number(format!("/{i}{name}")).expect("they have it too");
            let spread = number(format!("/{i}{figure}/sd")).expect("they have it too");
            let wider = errors.iter().find(|it| it.0 == at).map_or(2.1133, |it| it.1);
            let error = spread * (2.0 / LIVES_OF_CHECK as f64).sqrt() * wider;
            farthest = farthest.max((ours - their).abs() / error);
            figures += 1;
        }
    }
    println!("numpy: {figures} means and percentiles, at most {farthest:.1} standard errors apart");
    assert!(farthest < APART_MOST, "numpy and the engine answer different questions");
}

/// Seconds that this thread has run. Linux counts them by the nanosecond and writes them down at
/// each tick, some milliseconds apart: what is measured lasts a few hundred.
#[expect(clippy::cast_precision_loss, reason = "minutes in nanoseconds fit a double")]
fn on_the_processor() -> f64 {
    let read = std::fs::read_to_string("/proc/thread-self/schedstat").expect("this is Linux");
    let nanoseconds = read.split(' ').next().and_then(|it| it.parse::<u64>().ok());
    nanoseconds.expect("a number of nanoseconds") as f64 / 1e9
}

fn median(values: &[f64]) -> f64 {
    economics::percentile(values, 0.5).expect("there were rounds")
}

fn span(values: &[f64]) -> (f64, f64) {
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    (least, values.iter().copied().fold(0.0, f64::max))
}

fn time(seconds: f64) -> String {
    match seconds {
        s if s < 1e-6 => format!("{:.0} ns", s * 1e9),
        s if s < 1e-3 => format!("{:.2} µs", s * 1e6),
        s if s < 1.0 => format!("{:.2} ms", s * 1e3),
        s => format!("{s:.2} s"),
    }
}

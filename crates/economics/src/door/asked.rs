//! The kinds of cases: for each, how its input is read and which function answers.

use money::{Cents, allocate, div_round};
use serde_json::{Value, json};

use super::{amounts, counted, effort, written};
use crate::actuals::{read_actuals, read_months};
use crate::chance::SplitMix64;
use crate::fields::{Fields, whole};
use crate::lives::{Uncertain, Unsure, monte_carlo, odds};
use crate::projection::Projection;
use crate::questions::{Metric, PARAMS_LIMIT, Span, compare, solve, target_of, tornado};
use crate::scenario::{Scenario, nowhere};
use crate::{Actuals, Code, Error, Forecast, OtherTerms, combine, percentile};

type Answer = fn(&Value) -> Result<Value, Error>;

/// Every kind of case that can be asked.
pub(super) const KINDS: [(&str, Answer); 19] = [
    ("project", projection),
    ("compare", comparison),
    ("solve", solution),
    ("tornado", swings),
    ("montecarlo", bands),
    ("odds", odds_of),
    ("actuals", |input| written(Actuals::of(&read_actuals(input)?)?)),
    ("combine", |input| {
        written(combine(&read_months(input)?).map_err(|error| error.within("months"))?)
    }),
    ("statement", counted::statement),
    ("split_pay", counted::split),
    ("whatif", other_terms),
    ("ramp_actual", counted::ramp),
    ("alloc", parts),
    ("div_round", quotient),
    ("percentile", rank),
    ("splitmix64", draws),
    ("pickup", counted::still_comes),
    ("forecast", |input| written(Forecast::read(input)?)),
    ("backtest", counted::record),
];

fn projection(input: &Value) -> Result<Value, Error> {
    amounts::check(input)?;
    written(Projection::read(input)?)
}

fn other_terms(input: &Value) -> Result<Value, Error> {
    amounts::check(input)?;
    written(OtherTerms::read(input)?.month())
}

/// A scenario within a question.
fn scenario<'a>(fields: &mut Fields<'a>, name: &'static str) -> Result<&'a Value, Error> {
    let scenario = fields.required(name)?;
    amounts::check(scenario).map_err(|error| error.within(name))?;
    Ok(scenario)
}

fn comparison(input: &Value) -> Result<Value, Error> {
    Fields::read(input, |fields| {
        let (a, b) = (scenario(fields, "a")?, scenario(fields, "b")?);
        written(compare(a, b)?)
    })
}

fn solution(input: &Value) -> Result<Value, Error> {
    Fields::read(input, |fields| {
        let a = scenario(fields, "a")?;
        let (b, target) = (fields.known("b"), fields.known("target"));
        let path = fields.text("path")?;
        let (low, high) = (bound(fields, "lo")?, bound(fields, "hi")?);
        let metric = fields.required_word("metric", &Metric::WORDS)?;
        if high < low {
            return Err(Error::range("hi", "hi is at least lo"));
        }
        let target = match (b, target) {
            (Some(b), None) => amounts::check(b)
                .and_then(|()| target_of(b, metric))
                .map_err(|error| error.within("b"))?,
            (None, Some(target)) => {
                target.as_f64().ok_or_else(|| Error::range("target", "target is a number"))?
            }
            _ => return Err(Error::range("target", "there is either b or a target")),
        };
        for (end, number) in [("lo", low), ("hi", high)] {
            tried(a, "a", path, number, end)?;
        }
        let solution = solve(a, &Span { path, low, high }, target, metric);
        written(solution.map_err(|error| of_scenario(error, "a"))?)
    })
}

fn swings(input: &Value) -> Result<Value, Error> {
    Fields::read(input, |fields| {
        let scenario = scenario(fields, "scenario")?;
        let metric = fields.required_word("metric", &Metric::WORDS)?;
        let params = fields.list("params", |value| {
            Fields::read(value, |fields| {
                let path = fields.text("path")?;
                Ok(Span { path, low: bound(fields, "low")?, high: bound(fields, "high")? })
            })
        })?;
        if PARAMS_LIMIT < params.len() {
            return Err(Error::range("params", format!("params are at most {PARAMS_LIMIT}")));
        }
        for (i, span) in params.iter().enumerate() {
            for (end, number) in [("low", span.low), ("high", span.high)] {
                let place = format!("params/{i}");
                tried(scenario, "scenario", span.path, number, &format!("{place}/{end}"))
                    .map_err(|error| of_path(error, &place))?;
            }
        }
        let tornado = tornado(scenario, metric, &params);
        written(tornado.map_err(|error| of_scenario(error, "scenario"))?)
    })
}

fn bands(input: &Value) -> Result<Value, Error> {
    Fields::read(input, |fields| {
        let scenario = scenario(fields, "scenario")?;
        let seed = seed(fields)?;
        let reps = effort::reps(fields)?;
        let uncertain = uncertain(fields, "uncertain", scenario, "scenario")?;
        effort::check(reps, &[(scenario, &uncertain)])?;
        let bands = monte_carlo(scenario, seed, reps, &uncertain);
        written(bands.map_err(|error| of_scenario(error, "scenario"))?)
    })
}

fn odds_of(input: &Value) -> Result<Value, Error> {
    Fields::read(input, |fields| {
        let (a, b) = (scenario(fields, "a")?, scenario(fields, "b")?);
        let seed = seed(fields)?;
        let reps = effort::reps(fields)?;
        let metric = fields.required_word("metric", &Metric::WORDS)?;
        let of_a = uncertain(fields, "uncertain_a", a, "a")?;
        let of_b = uncertain(fields, "uncertain_b", b, "b")?;
        effort::check(reps, &[(a, &of_a), (b, &of_b)])?;
        let a = Unsure { scenario: a, uncertain: &of_a };
        let b = Unsure { scenario: b, uncertain: &of_b };
        written(odds(&a, &b, seed, reps, metric)?)
    })
}

/// Reads what is unsure of a scenario, and tries both ends of each before a life begins.
fn uncertain(
    fields: &mut Fields<'_>,
    name: &'static str,
    scenario: &Value,
    place: &str,
) -> Result<Vec<Uncertain>, Error> {
    let inputs = fields.list(name, |value| {
        Fields::read(value, |fields| {
            let input = Uncertain {
                path: fields.text("path")?.to_owned(),
                low: bound(fields, "low")?,
                mode: bound(fields, "mode")?,
                high: bound(fields, "high")?,
            };
            if !(input.low <= input.mode && input.mode <= input.high) {
                return Err(Error::range("mode", "low is at most mode, mode at most high"));
            }
            Ok(input)
        })
    })?;
    if PARAMS_LIMIT < inputs.len() {
        return Err(Error::range(name, format!("{name} are at most {PARAMS_LIMIT}")));
    }
    Scenario::read(scenario).map_err(|error| error.within(place))?;
    for (i, input) in inputs.iter().enumerate() {
        for (end, number) in [("low", input.low), ("high", input.high)] {
            let at = format!("{name}/{i}");
            tried(scenario, place, &input.path, number, &format!("{at}/{end}"))
                .map_err(|error| of_path(error, &at))?;
        }
    }
    Ok(inputs)
}

/// Refuses a number that cannot stand at a place of the scenario, by the name of that number; a
/// scenario that cannot be anyhow by its own place.
fn tried(scenario: &Value, place: &str, path: &str, number: f64, end: &str) -> Result<(), Error> {
    let Err(error) = Scenario::read_with(scenario, &[(path, number)]) else { return Ok(()) };
    if error.field == "path" {
        return Err(error);
    }
    Err(match Scenario::read(scenario) {
        Err(error) => error.within(place),
        Ok(_) if !Scenario::has_number_at(scenario, path) => {
            let nowhere = nowhere(path);
            let message = format!("{}: {}", nowhere.message, error.message);
            Error { message, ..nowhere }
        }
        Ok(_) => {
            // Zero has no sign here.
            let number = Value::from(number + 0.0);
            let message = format!("{number} cannot stand at {path}: {}", error.message);
            Error::new(error.code, end, message)
        }
    })
}

/// A path that leads nowhere is a field of the element that names it.
fn of_path(error: Error, element: &str) -> Error {
    if error.field == "path" { error.within(element) } else { error }
}

/// What is wrong with a scenario, seen from the question about it.
fn of_scenario(error: Error, place: &str) -> Error {
    if ["metric", "path"].contains(&error.field.as_str()) { error } else { error.within(place) }
}

fn bound(fields: &mut Fields<'_>, name: &'static str) -> Result<f64, Error> {
    fields.required(name)?.as_f64().ok_or_else(|| Error::range(name, format!("{name} is a number")))
}

fn seed(fields: &mut Fields<'_>) -> Result<u64, Error> {
    let seed = fields.required("seed")?.as_u64();
    let message = || format!("seed is a whole number from 0 to {}, in digits alone", u64::MAX);
    seed.ok_or_else(|| Error::range("seed", message()))
}

fn parts(input: &Value) -> Result<Value, Error> {
    Fields::read(input, |fields| {
        let total = fields.cents("total_cents")?;
        let weights = fields.list("weights", |value| {
            value.as_i64().ok_or_else(|| {
                let most = i64::MAX;
                let message =
                    format!("a weight is a whole number from 0 to {most}, in digits alone");
                Error::range("", message)
            })
        })?;
        let parts = allocate(total, &weights).map_err(|error| match error {
            money::Error::Weights => Error::new(Code::Weights, "weights", error.to_string()),
            other => Error::from(other).within("total_cents"),
        })?;
        Ok(json!({ "parts": parts }))
    })
}

fn quotient(input: &Value) -> Result<Value, Error> {
    Fields::read(input, |fields| {
        let mut number = |name| {
            let value = fields.required(name)?;
            whole(value).ok_or_else(|| {
                let (least, most) = (i64::MIN, i64::MAX);
                let message =
                    format!("{name} is a whole number from {least} to {most}, in digits alone");
                Error::range(name, message)
            })
        };
        let (number, divisor) = (number("n")?, number("d")?);
        let value = div_round(i128::from(number), i128::from(divisor))
            .map_err(|error| Error::range("d", error.to_string()))?;
        Ok(json!({ "value": Cents::try_from(value)? }))
    })
}

fn rank(input: &Value) -> Result<Value, Error> {
    Fields::read(input, |fields| {
        fields.require(&["values", "p"])?;
        let values = fields.list("values", |value| {
            value.as_f64().ok_or_else(|| Error::range("", "a value is a number"))
        })?;
        let p = fields.real("p", 0.0, 1.0)?;
        Ok(json!({ "value": percentile(&values, p) }))
    })
}

fn draws(input: &Value) -> Result<Value, Error> {
    Fields::read(input, |fields| {
        fields.require(&["seed", "n"])?;
        let mut random = SplitMix64::new(seed(fields)?);
        let n = fields.count("n", 10_000)?;
        let hex: Vec<String> = (0..n).map(|_| format!("{:016x}", random.draw())).collect();
        Ok(json!({ "hex": hex }))
    })
}

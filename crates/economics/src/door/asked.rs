//! The kinds of cases: for each, how its input is read and which function answers.

use money::{Cents, allocate, div_round};
use serde_json::{Value, json};

use super::{counted, written};
use crate::actuals::{read_actuals, read_months};
use crate::chance::SplitMix64;
use crate::fields::{Fields, whole};
use crate::lives::{Uncertain, Unsure, monte_carlo, odds};
use crate::projection::Projection;
use crate::questions::{Metric, PARAMS_LIMIT, Span, compare, solve, target_of, tornado};
use crate::{Actuals, Code, Error, Forecast, OtherTerms, combine, percentile};

type Answer = fn(&Value) -> Result<Value, Error>;

/// Every kind of case that can be asked.
pub(super) const KINDS: [(&str, Answer); 19] = [
    ("project", |input| written(Projection::read(input)?)),
    ("compare", comparison),
    ("solve", solution),
    ("tornado", swings),
    ("montecarlo", bands),
    ("odds", odds_of),
    ("actuals", |input| written(Actuals::of(&read_actuals(input)?)?)),
    ("combine", |input| written(combine(&read_months(input)?)?)),
    ("statement", counted::statement),
    ("split_pay", counted::split),
    ("whatif", |input| written(OtherTerms::read(input)?.month())),
    ("ramp_actual", counted::ramp),
    ("alloc", parts),
    ("div_round", quotient),
    ("percentile", rank),
    ("splitmix64", draws),
    ("pickup", counted::still_comes),
    ("forecast", |input| written(Forecast::read(input)?)),
    ("backtest", counted::record),
];

/// Lives of one case: a band needs no more, and a case stays within seconds.
const REPS_MOST: i64 = 100_000;

fn comparison(input: &Value) -> Result<Value, Error> {
    Fields::read(input, |fields| {
        let (a, b) = (fields.required("a")?, fields.required("b")?);
        written(compare(a, b)?)
    })
}

fn solution(input: &Value) -> Result<Value, Error> {
    Fields::read(input, |fields| {
        let a = fields.required("a")?;
        let (b, target) = (fields.known("b"), fields.known("target"));
        let path = fields.text("path")?;
        let (low, high) = (bound(fields, "lo")?, bound(fields, "hi")?);
        let metric = fields.required_word("metric", &Metric::WORDS)?;
        if high < low {
            return Err(Error::range("hi", "hi is at least lo"));
        }
        let target = match (b, target) {
            (Some(b), None) => target_of(b, metric).map_err(|error| error.within("b"))?,
            (None, Some(target)) => {
                target.as_f64().ok_or_else(|| Error::range("target", "target is a number"))?
            }
            _ => return Err(Error::range("target", "there is either b or a target")),
        };
        written(solve(a, &Span { path, low, high }, target, metric)?)
    })
}

fn swings(input: &Value) -> Result<Value, Error> {
    Fields::read(input, |fields| {
        let scenario = fields.required("scenario")?;
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
        written(tornado(scenario, metric, &params)?)
    })
}

fn bands(input: &Value) -> Result<Value, Error> {
    Fields::read(input, |fields| {
        let scenario = fields.required("scenario")?;
        let seed = seed(fields)?;
        let reps = reps(fields)?;
        let uncertain = uncertain(fields, "uncertain")?;
        written(monte_carlo(scenario, seed, reps, &uncertain)?)
    })
}

fn odds_of(input: &Value) -> Result<Value, Error> {
    Fields::read(input, |fields| {
        let (a, b) = (fields.required("a")?, fields.required("b")?);
        let seed = seed(fields)?;
        let reps = reps(fields)?;
        let metric = fields.required_word("metric", &Metric::WORDS)?;
        let of_a = uncertain(fields, "uncertain_a")?;
        let of_b = uncertain(fields, "uncertain_b")?;
        let a = Unsure { scenario: a, uncertain: &of_a };
        let b = Unsure { scenario: b, uncertain: &of_b };
        written(odds(&a, &b, seed, reps, metric)?)
    })
}

fn uncertain(fields: &mut Fields<'_>, name: &'static str) -> Result<Vec<Uncertain>, Error> {
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
    Ok(inputs)
}

fn bound(fields: &mut Fields<'_>, name: &'static str) -> Result<f64, Error> {
    fields.required(name)?.as_f64().ok_or_else(|| Error::range(name, format!("{name} is a number")))
}

fn seed(fields: &mut Fields<'_>) -> Result<u64, Error> {
    let seed = fields.required("seed")?.as_u64();
    seed.ok_or_else(|| Error::range("seed", "seed is a whole number of 64 bits"))
}

fn reps(fields: &mut Fields<'_>) -> Result<usize, Error> {
    let reps = fields.whole("reps", 0, 1, REPS_MOST)?;
    Ok(usize::try_from(reps).expect("the range begins at one"))
}

fn parts(input: &Value) -> Result<Value, Error> {
    Fields::read(input, |fields| {
        let total = fields.cents("total_cents")?;
        let weights = fields.list("weights", |value| {
            value.as_i64().ok_or_else(|| Error::range("", "a weight is a whole number"))
        })?;
        let parts = allocate(total, &weights).map_err(|error| match error {
            money::Error::Weights => Error::new(Code::Weights, "weights", error.to_string()),
            other => other.into(),
        })?;
        Ok(json!({ "parts": parts }))
    })
}

fn quotient(input: &Value) -> Result<Value, Error> {
    Fields::read(input, |fields| {
        let mut number = |name| {
            let value = fields.required(name)?;
            whole(value).ok_or_else(|| Error::range(name, format!("{name} is a whole number")))
        };
        let (number, divisor) = (number("n")?, number("d")?);
        let value = div_round(i128::from(number), i128::from(divisor))
            .map_err(|error| Error::range("d", error.to_string()))?;
        Ok(json!({ "value": Cents::try_from(value)? }))
    })
}

fn rank(input: &Value) -> Result<Value, Error> {
    Fields::read(input, |fields| {
        let values = fields.list("values", |value| {
            value.as_f64().ok_or_else(|| Error::range("", "a value is a number"))
        })?;
        let p = fields.real("p", 0.0, 1.0)?;
        Ok(json!({ "value": percentile(&values, p) }))
    })
}

fn draws(input: &Value) -> Result<Value, Error> {
    Fields::read(input, |fields| {
        let mut random = SplitMix64::new(seed(fields)?);
        let n = fields.count("n", 10_000)?;
        let hex: Vec<String> = (0..n).map(|_| format!("{:016x}", random.draw())).collect();
        Ok(json!({ "hex": hex }))
    })
}

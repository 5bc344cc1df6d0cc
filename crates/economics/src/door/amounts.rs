//! Money at the door is whole cents, in a projection too: only a question varies it by less.

use serde_json::Value;

use crate::Error;

/// Refuses a scenario with an amount that is not whole cents, by the amount's place.
pub(super) fn check(scenario: &Value) -> Result<(), Error> {
    match scenario {
        Value::Object(fields) => fields.iter().try_for_each(|(name, value)| {
            let is_part = value.as_f64().is_some_and(|cents| cents.fract() != 0.0);
            if is_part && is_amount(name) {
                let message = format!("{name} is in whole cents: {value} is between two of them");
                return Err(Error::range(name, message));
            }
            check(value).map_err(|error| error.within(name))
        }),
        Value::Array(elements) => elements.iter().enumerate().try_for_each(|(i, element)| {
            check(element).map_err(|error| error.within(&i.to_string()))
        }),
        _ => Ok(()),
    }
}

fn is_amount(name: &str) -> bool {
    name.split('_').any(|word| word == "cents")
}

//! One JSON object, asked for its fields by name: what nobody asked for is a fault at the end.

use serde_json::{Map, Value};

use crate::Fault;

/// A JSON object that is being read.
///
/// Ask for each field that may be there, then call [`Fields::end`], which refuses the object if
/// it holds any other. A fault of a field comes back with the path to it.
#[derive(Debug)]
#[must_use = "call `end`, or unknown fields pass unseen"]
pub struct Fields<'a> {
    map: &'a Map<String, Value>,
    known: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    /// Begins to read `value`.
    ///
    /// # Errors
    ///
    /// `value` is not an object.
    pub fn of(value: &'a Value) -> Result<Self, Fault> {
        match value {
            Value::Object(map) => Ok(Self { map, known: Vec::new() }),
            _ => Err(Fault::here("An object is expected here.")),
        }
    }

    /// A field that must be there.
    ///
    /// # Errors
    ///
    /// It is missing, or `read` refuses it.
    pub fn need<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&'a Value) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        match self.take(key) {
            Some(value) => read(value).map_err(|fault| fault.under(key)),
            None => Err(Fault::at(key, "This field is missing.")),
        }
    }

    /// A field that may be left out; null is read like any other value.
    ///
    /// # Errors
    ///
    /// `read` refuses it.
    pub fn may<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&'a Value) -> Result<T, Fault>,
    ) -> Result<Option<T>, Fault> {
        self.take(key).map(read).transpose().map_err(|fault| fault.under(key))
    }

    /// A field that may be null or left out, which mean the same.
    ///
    /// # Errors
    ///
    /// `read` refuses it.
    pub fn null<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&'a Value) -> Result<T, Fault>,
    ) -> Result<Option<T>, Fault> {
        match self.take(key) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => read(value).map(Some).map_err(|fault| fault.under(key)),
        }
    }

    /// A list that may be left out, which means an empty one.
    ///
    /// # Errors
    ///
    /// It is not a list, or `read` refuses one of its rows.
    pub fn list<T>(
        &mut self,
        key: &'static str,
        read: impl FnMut(&'a Value) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        Ok(self.may(key, |value| crate::read::list(value, read))?.unwrap_or_default())
    }

    /// A field that may be there and is not read.
    pub fn pass(&mut self, key: &'static str) {
        self.known.push(key);
    }

    /// Ends the reading.
    ///
    /// # Errors
    ///
    /// The object holds a field that nobody asked for.
    pub fn end(self) -> Result<(), Fault> {
        match self.map.keys().find(|key| !self.known.contains(&key.as_str())) {
            Some(key) => Err(Fault::at(key, "There is no such field.")),
            None => Ok(()),
        }
    }

    fn take(&mut self, key: &'static str) -> Option<&'a Value> {
        self.known.push(key);
        self.map.get(key)
    }
}

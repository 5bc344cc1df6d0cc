//! What the browser complained about: script errors, broken policies, things that did not load.

use std::collections::HashSet;
use std::fmt;

use serde_json::Value;

use super::tab::Tab;

/// One complaint, in the browser's words.
#[derive(Clone, Debug)]
pub struct Complaint {
    /// `exception`, `console`, `dialog`, or the browser's own source, such as `security`.
    pub source: String,
    pub text: String,
    /// The file it is about; empty when the browser does not say.
    pub address: String,
}

impl Complaint {
    /// Reads an event, if it is one to complain about. A page that answers with an error status
    /// (a form with faults comes back with 422) is an answer and no complaint.
    pub(super) fn read(
        method: &str,
        event: &Value,
        documents: &HashSet<String>,
    ) -> Option<Complaint> {
        let text = |at| event.pointer(at).and_then(Value::as_str).unwrap_or_default();
        let complaint = |source: &str, said: &str, address: &str| {
            let (source, address) = (source.to_string(), address.to_string());
            Some(Complaint { source, text: said.to_string(), address })
        };
        match method {
            "Log.entryAdded" => {
                let is_serious = matches!(text("/entry/level"), "error" | "warning");
                let is_answer = documents.contains(text("/entry/networkRequestId"));
                // Asked for by the browser and not by the page, once, at a time of its own choice.
                let is_icon = text("/entry/url").ends_with("/favicon.ico");
                if !is_serious || is_answer || is_icon {
                    return None;
                }
                complaint(text("/entry/source"), text("/entry/text"), text("/entry/url"))
            }
            "Runtime.exceptionThrown" => {
                let thrown = match text("/exceptionDetails/exception/description") {
                    "" => text("/exceptionDetails/text"),
                    description => description,
                };
                complaint("exception", thrown, text("/exceptionDetails/url"))
            }
            "Runtime.consoleAPICalled"
                if matches!(text("/type"), "error" | "warning" | "assert") =>
            {
                let said = text("/args/0/value");
                complaint("console", said, text("/stackTrace/callFrames/0/url"))
            }
            "Page.javascriptDialogOpening" => complaint("dialog", text("/message"), text("/url")),
            _ => None,
        }
    }
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.source, self.text)?;
        if self.address.is_empty() { Ok(()) } else { write!(f, " ({})", self.address) }
    }
}

/// Every complaint about the tab since it opened, in order.
pub fn console(tab: &Tab) -> Vec<Complaint> {
    tab.seen().complaints.clone()
}

/// Panics when the browser complained about anything.
pub fn assert_quiet(tab: &Tab) {
    let said: Vec<String> = console(tab).iter().map(|c| format!("  {c}")).collect();
    assert!(said.is_empty(), "the browser complained:\n{}", said.join("\n"));
}

//! Every request that a tab made, and the judge of where they went.

use serde_json::Value;

use super::tab::Tab;

/// One request, made or only tried: one that the page's policy stopped is here too.
#[derive(Clone, Debug)]
pub struct Request {
    pub method: String,
    pub address: String,
    /// What it was for: `Document`, `Stylesheet`, `Script`, `Image`, `Font`, `Fetch`, …
    pub kind: String,
}

impl Request {
    pub(super) fn read(event: &Value) -> Request {
        let text = |at| event.pointer(at).and_then(Value::as_str).unwrap_or_default().to_string();
        Request {
            method: text("/request/method"),
            address: text("/request/url"),
            kind: text("/type"),
        }
    }

    /// Scheme, host and port; none for what is inside the page, such as `data:`.
    fn origin(&self) -> Option<&str> {
        let host = self.address.find("://")? + 3;
        let end =
            self.address[host..].find(['/', '?', '#']).map_or(self.address.len(), |i| host + i);
        Some(&self.address[..end])
    }
}

/// Every request of the tab since it opened, in order.
pub fn network(tab: &Tab) -> Vec<Request> {
    tab.seen().requests.clone()
}

/// Panics when the tab asked anything of anybody but its own site.
pub fn assert_no_foreign_origin(tab: &Tab) {
    let foreign: Vec<String> = network(tab)
        .iter()
        .filter(|request| request.origin().is_some_and(|origin| origin != tab.base()))
        .map(|request| format!("  {} {} ({})", request.method, request.address, request.kind))
        .collect();
    assert!(
        foreign.is_empty(),
        "a page asks only {}, but it asked for:\n{}",
        tab.base(),
        foreign.join("\n")
    );
}

//! axe-core, the judge of what a program can judge of accessibility: about a third of WCAG.

use std::fmt;
use std::fs;

use serde::Deserialize;
use serde_json::{Value, json};

use super::tab::Tab;

const AXE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/node_modules/axe-core/axe.min.js");

/// One rule that the page breaks, and where.
#[derive(Clone, Debug, Deserialize)]
pub struct Violation {
    /// The rule, by axe's name: `label`, `color-contrast`, …
    #[serde(rename = "id")]
    pub rule: String,
    /// `minor`, `moderate`, `serious` or `critical`.
    pub impact: String,
    /// What the rule asks for.
    pub help: String,
    /// The elements that break it.
    pub places: Vec<Place>,
}

/// One element that breaks a rule.
#[derive(Clone, Debug, Deserialize)]
pub struct Place {
    /// The element as it is written.
    pub html: String,
    /// What is wrong with it.
    pub why: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {}", self.rule, self.impact, self.help)?;
        for place in &self.places {
            write!(f, "\n  {}\n    {}", place.html, place.why.replace('\n', "\n    "))?;
        }
        Ok(())
    }
}

/// What axe finds against the page as it stands, by the rules of WCAG 2.2 A and AA and by axe's own
/// good practice.
///
/// # Panics
/// When axe-core is not installed, or does not run.
pub async fn axe(tab: &Tab) -> Vec<Violation> {
    let axe = fs::read_to_string(AXE).unwrap_or_else(|e| panic!("npm ci has not run: {AXE}: {e}"));
    // It runs beside the page, where the page's policy does not reach: neither CSP nor trusted
    // types have to be loosened for it.
    let judge = format!("async options => {{\n{axe}\n{JUDGE} }}");
    let tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    let options = json!({
        "runOnly": { "type": "tag", "values": tags },
        // Off by default in axe, but asked for by WCAG 2.2 (2.5.8).
        "rules": { "target-size": { "enabled": true } },
        "resultTypes": ["violations"],
    });
    judged(tab, &judge, options).await.unwrap_or_else(|why| panic!("axe did not run: {why}"))
}

/// Where no script runs axe would wait for ever: scripts are let run while it works. Those of the
/// page are long past, since they are read only while it loads.
async fn judged(tab: &Tab, judge: &str, options: Value) -> Result<Vec<Violation>, String> {
    tab.settled().await?;
    tab.script_runs(true).await?;
    let violations = tab.run(judge, options).await;
    tab.script_runs(tab.screen().javascript).await?;
    violations
}

/// Panics when axe finds anything.
pub async fn assert_accessible(tab: &Tab) {
    let violations: Vec<String> = axe(tab).await.iter().map(Violation::to_string).collect();
    let path = tab.path().await;
    assert!(violations.is_empty(), "{path} is not accessible:\n{}", violations.join("\n"));
}

const JUDGE: &str = r"
    const { violations } = await axe.run(document, options)
    return violations.map(({ id, impact, help, nodes }) => ({
        id, impact: impact ?? 'minor', help,
        places: nodes.map(({ html, failureSummary }) => ({ html, why: failureSummary ?? '' })),
    }))
";

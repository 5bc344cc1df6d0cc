//! What sticks out of a page that is 320 pixels wide (WCAG 1.4.10): a person who needs 400 % zoom
//! should scroll in one direction only.

use serde_json::Value;

use super::screen::NARROW;
use super::tab::Tab;

/// The elements that make the page wider than 320 pixels, outermost first, each as it is written
/// with the place where it ends. What scrolls in a region of its own does not count.
///
/// The tab goes back to its own width afterwards.
///
/// # Panics
/// When the page does not answer.
pub async fn overflow(tab: &Tab) -> Vec<String> {
    let wide = measured(tab).await;
    let wide = tab.done("measure what sticks out", wide).await;
    let screen = tab.screen();
    tab.resize(screen.width, screen.height).await;
    wide
}

/// Panics when anything sticks out of a page that is 320 pixels wide.
pub async fn assert_no_overflow(tab: &Tab) {
    let wide = overflow(tab).await;
    let path = tab.path().await;
    assert!(
        wide.is_empty(),
        "at {} px one has to scroll sideways on {path}, because of:\n  {}",
        NARROW.width,
        wide.join("\n  ")
    );
}

async fn measured(tab: &Tab) -> Result<Vec<String>, String> {
    tab.settled().await?;
    tab.try_resize(NARROW.width, NARROW.height).await?;
    tab.drawn().await;
    tab.run(WIDE, Value::Null).await
}

const WIDE: &str = r"() => {
    const room = document.documentElement.clientWidth
    if (document.scrollingElement.scrollWidth <= room) return []
    const end = element => Math.round(element.getBoundingClientRect().right + scrollX)
    const sticks = element => element.getClientRects().length > 0 && end(element) > room
    const scrolls = element =>
        element.parentElement !== document.body && element !== document.body &&
        (getComputedStyle(element.parentElement).overflowX !== 'visible' ||
            scrolls(element.parentElement))
    const wide = [...document.body.querySelectorAll('*')].filter(element =>
        sticks(element) && !scrolls(element) &&
        (element.parentElement === document.body || !sticks(element.parentElement)))
    const told = wide.map(element => `${element.cloneNode().outerHTML} ends at ${end(element)}`)
    return told.length ? told : ['something that is no element: a margin or generated content']
}";

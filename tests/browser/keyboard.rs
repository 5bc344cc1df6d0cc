//! A walk through the page with the Tab key, and the judge of whether one sees where one is.

use std::fmt;

use serde::Deserialize;
use serde_json::Value;

use super::tab::Tab;

/// A page with more stops is no page to walk through.
const STOPS_MAX: usize = 500;

/// Fields made of parts (a date) take several strikes of the key; more than these is a trap.
const PARTS_MAX: usize = 12;

/// One place where the focus stops.
#[derive(Clone, Debug)]
pub struct Stop {
    pub role: String,
    pub name: String,
    /// An outline or shadow appears when the focus comes (WCAG 2.4.7).
    pub is_visible: bool,
    /// Nothing of it can be seen: it lies under a bar, or outside of the page (WCAG 2.4.11).
    pub is_hidden: bool,
    /// The focus does not get on from here by Tab (WCAG 2.1.2).
    pub is_trap: bool,
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?}", self.role, self.name)
    }
}

/// Where the focus stops, from the start of the page until it leaves or comes round.
///
/// # Panics
/// When the page does not answer.
pub async fn keyboard_walk(tab: &Tab) -> Vec<Stop> {
    let walked = walked(tab).await;
    tab.done("walk through the page by Tab", walked).await
}

/// Panics when the focus cannot be seen at some stop, or does not get on.
pub async fn assert_walkable(tab: &Tab) {
    let faults: Vec<String> = keyboard_walk(tab)
        .await
        .iter()
        .flat_map(|stop| {
            let faults = [
                (!stop.is_visible, "the focus cannot be seen"),
                (stop.is_hidden, "it is hidden"),
                (stop.is_trap, "the focus does not get on"),
            ];
            faults.map(|(is, fault)| is.then(|| format!("  {stop}: {fault}")))
        })
        .flatten()
        .collect();
    let path = tab.path().await;
    assert!(faults.is_empty(), "{path} cannot be walked by Tab:\n{}", faults.join("\n"));
}

async fn walked(tab: &Tab) -> Result<Vec<Stop>, String> {
    tab.settled().await?;
    let _: bool = tab.run(&format!("() => {{ {RING} {DEPART} }}"), Value::Null).await?;
    let arrive = format!("() => {{ {RING} {ARRIVE} }}");
    let mut stops: Vec<Stop> = Vec::new();
    let mut parts = 0;
    while stops.len() < STOPS_MAX {
        tab.stroke("Tab").await?;
        tab.drawn().await;
        let Some(arrival) = tab.run::<Option<Arrival>>(&arrive, Value::Null).await? else {
            return Ok(stops);
        };
        let is_new = arrival.number == stops.len();
        let is_same = arrival.number + 1 == stops.len();
        parts = if is_same { parts + 1 } else { 0 };
        if is_new {
            stops.push(arrival.stop(tab).await?);
        } else if parts > PARTS_MAX || (!is_same && arrival.number > 0) {
            stops.iter_mut().skip(arrival.number).for_each(|stop| stop.is_trap = true);
            return Ok(stops);
        } else if !is_same {
            return Ok(stops);
        }
    }
    Err(format!("more than {STOPS_MAX} stops"))
}

/// What the page says of the element that has the focus now.
#[derive(Deserialize)]
struct Arrival {
    /// Which stop it is, counted from 0 in the order of first visits.
    number: usize,
    html: String,
    is_visible: bool,
    is_hidden: bool,
}

impl Arrival {
    async fn stop(self, tab: &Tab) -> Result<Stop, String> {
        let Arrival { html, is_visible, is_hidden, .. } = self;
        let tree = tab.tree().await?;
        let node = tab.focus().await?.and_then(|element| tree.of_element(element));
        let (role, name) = match node {
            Some(node) => (node.role.clone(), node.name.clone()),
            None => ("nothing with a role".to_string(), html),
        };
        Ok(Stop { role, name, is_visible, is_hidden, is_trap: false })
    }
}

/// The outlines and shadows of an element and its generated parts, empty when none can be seen.
const RING: &str = r"
    const ring = element => [null, '::before', '::after'].map(part => {
        const style = getComputedStyle(element, part)
        const isClear = /(, 0\)|\/ 0\))$/.test(style.outlineColor)
        const { outlineStyle, outlineWidth, outlineColor } = style
        const isDrawn = outlineStyle !== 'none' && parseFloat(outlineWidth) > 0 && !isClear
        const outline = isDrawn ? `${outlineStyle} ${outlineWidth} ${outlineColor}` : ''
        return outline + (style.boxShadow === 'none' ? '' : style.boxShadow)
    }).join('')
";

/// Remembers how everything looks without the focus, and puts the focus before the first stop.
const DEPART: &str = r"
    document.activeElement?.blur()
    globalThis.visited = []
    globalThis.bare = new Map([...document.querySelectorAll('*')].map(e => [e, ring(e)]))
    document.body.tabIndex = -1
    document.body.focus()
    document.body.removeAttribute('tabindex')
    scrollTo(0, 0)
    return true
";

/// A styled choice shows its focus on its label, its parent or what follows it.
const ARRIVE: &str = r"
    const here = document.activeElement
    if (!here || here === document.body || here === document.documentElement) return null
    const ends = animation => animation.effect?.getComputedTiming().endTime < Infinity
    document.getAnimations().filter(ends).forEach(animation => animation.finish())
    const { bare, visited } = globalThis
    if (!visited.includes(here)) visited.push(here)
    const faces = [here, ...(here.labels ?? [])]
    const around = [...faces, here.parentElement, here.nextElementSibling].filter(Boolean)
    const shows = face => [...face.getClientRects()].some(box =>
        [[.5, .5], [.1, .1], [.9, .1], [.1, .9], [.9, .9]].some(([right, down]) => {
            const x = box.x + box.width * right, y = box.y + box.height * down
            const hit = document.elementFromPoint(x, y)
            return hit && (face.contains(hit) || hit.contains(face))
        }))
    return {
        number: visited.indexOf(here),
        html: here.cloneNode().outerHTML,
        is_visible: around.some(e => ring(e) !== '' && ring(e) !== bare.get(e)),
        is_hidden: !faces.some(shows),
    }
";

//! The page as a screen reader has it: roles and names in reading order.

use std::collections::HashMap;

use chromiumoxide::cdp::browser_protocol::accessibility::GetFullAxTreeParams;
use serde_json::Value;

use super::tab::Tab;

/// The accessibility tree at one moment.
pub struct Tree {
    /// In reading order; a parent stands before its children.
    nodes: Vec<Node>,
}

/// One thing on the page that has a meaning.
#[derive(Clone, Debug)]
pub struct Node {
    pub role: String,
    pub name: String,
    pub(super) element: i64,
    value: String,
    description: String,
    properties: HashMap<String, Value>,
    depth: usize,
    parent: Option<usize>,
}

/// The roles that say nothing by themselves: their children stand in their place.
const SILENT: [&str; 6] =
    ["generic", "none", "LabelText", "LayoutTable", "InlineTextBox", "MenuListPopup"];

/// Fields whose parts are the browser's own, and differ from one version to the next.
const WHOLE: [&str; 3] = ["Date", "DateTime", "InputTime"];

/// The states that a person is told, in the order in which they are written.
const STATES: [&str; 11] = [
    "level", "disabled", "required", "invalid", "readonly", "checked", "pressed", "selected",
    "expanded", "modal", "live",
];

/// The page as indented text: one line for each thing, with its role, name and states.
///
/// # Panics
/// When Chromium does not answer.
pub async fn outline(tab: &Tab) -> String {
    let tree = tab.until(async || tab.tree().await).await;
    tree.unwrap_or_else(|why| panic!("no outline of the page: {why}")).outline()
}

impl Tab {
    pub(super) async fn tree(&self) -> Result<Tree, String> {
        let answer = self.ask(GetFullAxTreeParams::default()).await?;
        Tree::read(&answer)
    }
}

impl Tree {
    fn read(answer: &Value) -> Result<Tree, String> {
        let told = answer["nodes"].as_array().ok_or("no accessibility tree in the answer")?;
        let by_id: HashMap<&str, &Value> =
            told.iter().filter_map(|node| Some((node["nodeId"].as_str()?, node))).collect();
        let mut tree = Tree { nodes: Vec::new() };
        let mut ahead: Vec<(&Value, Option<usize>)> =
            told.first().map(|root| (root, None)).into_iter().collect();
        while let Some((told, above)) = ahead.pop() {
            let parent = match Node::read(told, above, &tree) {
                Some(node) => {
                    tree.nodes.push(node);
                    Some(tree.nodes.len() - 1)
                }
                None => above,
            };
            if told["role"]["value"].as_str().is_some_and(|role| WHOLE.contains(&role)) {
                continue;
            }
            let children = told["childIds"].as_array().into_iter().flatten().rev();
            let children = children.filter_map(|id| by_id.get(id.as_str()?));
            ahead.extend(children.map(|child| (*child, parent)));
        }
        Ok(tree)
    }

    /// The one node of such a role that is called `name`.
    pub(super) fn find(&self, kind: &Kind, name: &str) -> Result<&Node, String> {
        match self.called(kind, name).as_slice() {
            [] => Err(self.missing(kind, name)),
            [(_, node)] => Ok(node),
            several => Err(format!("{} {}s are called {name:?}", several.len(), kind.word)),
        }
    }

    /// The node of such a role and name that stands nearest to `text`: in the same row or item.
    pub(super) fn find_near(&self, kind: &Kind, name: &str, text: &str) -> Result<&Node, String> {
        let mut distances: Vec<(usize, &Node)> = self
            .called(kind, name)
            .into_iter()
            .filter_map(|(at, node)| Some((self.distance(at, text)?, node)))
            .collect();
        distances.sort_by_key(|(distance, _)| *distance);
        match distances.as_slice() {
            [] => Err(format!("{} near {text:?}", self.missing(kind, name))),
            [(one, _), (other, _), ..] if one == other => {
                Err(format!("several {}s near {text:?} are called {name:?}", kind.word))
            }
            [(_, node), ..] => Ok(node),
        }
    }

    pub(super) fn first(&self, kind: &Kind) -> Option<&Node> {
        self.nodes.iter().find(|node| kind.has(node))
    }

    pub(super) fn of_element(&self, element: i64) -> Option<&Node> {
        self.nodes.iter().find(|node| node.element == element)
    }

    /// One line for each node. Text that only repeats what it stands in is left out.
    pub(super) fn outline(&self) -> String {
        let mut lines = String::new();
        for node in &self.nodes {
            let around = node.parent.map(|at| &self.nodes[at]);
            let repeats = node.role == "StaticText"
                && around.is_some_and(|a| a.name == node.name || spaced(&a.value) == node.name);
            if !repeats {
                lines.push_str(&"  ".repeat(node.depth));
                lines.push_str(&node.line());
                lines.push('\n');
            }
        }
        lines
    }

    fn called(&self, kind: &Kind, name: &str) -> Vec<(usize, &Node)> {
        let name = spaced(name);
        self.nodes.iter().enumerate().filter(|(_, n)| kind.has(n) && n.name == name).collect()
    }

    fn missing(&self, kind: &Kind, name: &str) -> String {
        let there: Vec<String> =
            self.nodes.iter().filter(|n| kind.has(n)).map(|n| format!("{:?}", n.name)).collect();
        let there = if there.is_empty() { "none".into() } else { there.join(", ") };
        format!("no {} is called {name:?}; there is: {there}", kind.word)
    }

    /// How many steps up from the node until `text` is in what one stands in.
    fn distance(&self, from: usize, text: &str) -> Option<usize> {
        let above = std::iter::successors(Some(from), |at| self.nodes[*at].parent);
        above.enumerate().find(|(_, at)| self.text_in(*at).contains(text)).map(|(steps, _)| steps)
    }

    fn text_in(&self, at: usize) -> String {
        let depth = self.nodes[at].depth;
        let inside = self.nodes[at + 1..].iter().take_while(|node| node.depth > depth);
        let names: Vec<&str> = inside.map(|node| node.name.as_str()).collect();
        names.join(" ")
    }
}

impl Node {
    fn read(told: &Value, parent: Option<usize>, tree: &Tree) -> Option<Node> {
        let text = |key: &str| spaced(told[key]["value"].as_str().unwrap_or_default());
        let role = text("role");
        if told["ignored"] == true || SILENT.contains(&role.as_str()) {
            return None;
        }
        let properties = told["properties"].as_array().into_iter().flatten();
        let properties = properties
            .filter_map(|p| Some((p["name"].as_str()?.to_string(), p["value"]["value"].clone())))
            .collect();
        let value = match &told["value"]["value"] {
            Value::String(value) => value.clone(),
            Value::Null => String::new(),
            other => other.to_string(),
        };
        Some(Node {
            role,
            name: text("name"),
            element: told["backendDOMNodeId"].as_i64().unwrap_or_default(),
            value,
            description: text("description"),
            properties,
            depth: parent.map_or(0, |at| tree.nodes[at].depth + 1),
            parent,
        })
    }

    /// The state is set: `checked`, `disabled`, `focused`, …
    pub(super) fn is(&self, state: &str) -> bool {
        match self.properties.get(state) {
            Some(Value::Bool(set)) => *set,
            Some(Value::String(set)) => set != "false",
            _ => false,
        }
    }

    fn line(&self) -> String {
        let mut line = match self.role.as_str() {
            "RootWebArea" => "page".to_string(),
            "StaticText" => return format!("text {:?}", self.name),
            role => role.to_string(),
        };
        if !self.name.is_empty() {
            line.push_str(&format!(" {:?}", self.name));
        }
        for state in STATES {
            match self.properties.get(state) {
                Some(Value::Bool(true)) => line.push_str(&format!(" {state}")),
                Some(Value::Number(number)) => line.push_str(&format!(" {state}={number}")),
                Some(Value::String(set)) if set == "true" => line.push_str(&format!(" {state}")),
                Some(Value::String(set)) if set != "false" => {
                    line.push_str(&format!(" {state}={set}"));
                }
                _ => {}
            }
        }
        if !self.value.is_empty() && self.value != self.name {
            line.push_str(&format!(" = {:?}", self.value));
        }
        if !self.description.is_empty() {
            line.push_str(&format!(" ({})", self.description));
        }
        line
    }
}

/// A kind of thing that a person looks for, and the roles it may have.
pub(super) struct Kind {
    pub word: &'static str,
    pub roles: &'static [&'static str],
}

impl Kind {
    fn has(&self, node: &Node) -> bool {
        self.roles.contains(&node.role.as_str())
    }
}

/// With single spaces, as it is read out.
pub(super) fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

//! What a person does in a tab, and what they see there, in a person's words.
//!
//! Fields, buttons and links are found by their accessible names, the whole name and nothing less;
//! clicks are real ones, so that what lies under something else cannot be pressed.

use chromiumoxide::cdp::browser_protocol::input::{
    DispatchKeyEventParams, DispatchKeyEventType, DispatchMouseEventParams, DispatchMouseEventType,
    InsertTextParams, MouseButton,
};
use chromiumoxide::cdp::browser_protocol::network::SetCookieParams;
use chromiumoxide::cdp::browser_protocol::page::NavigateParams;
use chromiumoxide::keys::get_key_definition;
use serde::Deserialize;
use serde_json::{Value, json};

use super::picture;
use super::tab::Tab;
use super::tree::{Kind, Node, Tree, spaced};

const HEADING: Kind = Kind { word: "heading", roles: &["heading"] };
const LINK: Kind = Kind { word: "link", roles: &["link"] };
const BUTTON: Kind = Kind {
    word: "button",
    roles: &["button", "DisclosureTriangle", "menuitem", "tab", "popUpButton"],
};
const FIELD: Kind = Kind {
    word: "field",
    roles: &[
        "textbox",
        "searchbox",
        "spinbutton",
        "combobox",
        "Date",
        "DateTime",
        "InputTime",
        "slider",
    ],
};
const CHOICE: Kind =
    Kind { word: "choice", roles: &["radio", "checkbox", "switch", "option", "menuitemradio"] };
const LIST: Kind = Kind { word: "list", roles: &["combobox", "listbox", "popUpButton"] };

impl Tab {
    /// Goes to a path of the site, or to a whole address.
    pub async fn visit(&self, path: &str) {
        let address =
            if path.contains("://") { path.to_string() } else { format!("{}{path}", self.base()) };
        self.step(format!("visit {path}"), async || {
            let answer = self.ask(NavigateParams::new(address.clone())).await?;
            match answer["errorText"].as_str() {
                None => self.settled().await,
                Some(why) => Err(format!("{address} cannot be reached: {why}")),
            }
        })
        .await;
    }

    /// Types `value` into the field that is labeled `label`, in place of what was there.
    pub async fn fill(&self, label: &str, value: &str) {
        self.step(format!("fill {label:?} with {value:?}"), async || {
            let field = self.enabled(|tree| tree.find(&FIELD, label)).await?;
            let is_typed: bool = self.run_on(field.element, READY_TO_TYPE, json!(value)).await?;
            if is_typed && value.is_empty() {
                self.stroke("Delete").await?;
            } else if is_typed {
                self.ask(InsertTextParams::new(value)).await?;
            }
            let kept: String = self
                .run_on(field.element, "function () { return this.value }", Value::Null)
                .await?;
            if kept.replace("\r\n", "\n") == value {
                Ok(())
            } else {
                Err(format!("the field took {kept:?}"))
            }
        })
        .await;
    }

    /// Chooses a radio button or checks a box, by its label. One that is chosen stays so.
    pub async fn choose(&self, label: &str) {
        self.step(format!("choose {label:?}"), async || self.set(label, true).await).await;
    }

    /// Unchecks a box, by its label.
    pub async fn unchoose(&self, label: &str) {
        self.step(format!("unchoose {label:?}"), async || self.set(label, false).await).await;
    }

    /// Selects the option `option` in the list that is labeled `label`.
    pub async fn select(&self, label: &str, option: &str) {
        self.step(format!("select {option:?} in {label:?}"), async || {
            let list = self.enabled(|tree| tree.find(&LIST, label)).await?;
            self.settled_after(async || {
                match self.run_on(list.element, SELECT, json!(option)).await? {
                    None::<Vec<String>> => Ok(()),
                    Some(there) => {
                        Err(format!("no option is called {option:?}; there is: {there:?}"))
                    }
                }
            })
            .await
        })
        .await;
    }

    /// Presses the button that is called `name`.
    pub async fn press(&self, name: &str) {
        self.step(format!("press {name:?}"), async || {
            let button = self.enabled(|tree| tree.find(&BUTTON, name)).await?;
            self.click(&button).await
        })
        .await;
    }

    /// Presses the button `name` that stands with `text`: in the same row, item or group.
    pub async fn press_near(&self, text: &str, name: &str) {
        self.step(format!("press {name:?} near {text:?}"), async || {
            let button = self.enabled(|tree| tree.find_near(&BUTTON, name, text)).await?;
            self.click(&button).await
        })
        .await;
    }

    /// Follows the link that reads `text`.
    pub async fn follow(&self, text: &str) {
        self.step(format!("follow {text:?}"), async || {
            let link = self.enabled(|tree| tree.find(&LINK, text)).await?;
            self.click(&link).await
        })
        .await;
    }

    /// Follows the link `link` that stands with `text`: in the same row, item or group.
    pub async fn follow_near(&self, text: &str, link: &str) {
        self.step(format!("follow {link:?} near {text:?}"), async || {
            let link = self.enabled(|tree| tree.find_near(&LINK, link, text)).await?;
            self.click(&link).await
        })
        .await;
    }

    /// Strikes a key: `Tab`, `Shift+Tab`, `Enter`, `Space`, `Escape`, `ArrowDown`, `a`, …
    pub async fn key(&self, key: &str) {
        self.step(format!("key {key}"), async || {
            self.settled_after(async || self.stroke(key).await).await
        })
        .await;
    }

    /// Waits until `text` can be read on the page, whatever its spacing and line breaks.
    pub async fn sees(&self, text: &str) {
        let look = async || match self.visible_text().await?.contains(&spaced(text)) {
            true => Ok(()),
            false => Err("it is not on the page".to_string()),
        };
        self.step(format!("sees {text:?}"), async || self.until(look).await).await;
    }

    /// Waits until `text` cannot be read on the page.
    pub async fn does_not_see(&self, text: &str) {
        let look = async || match self.visible_text().await?.contains(&spaced(text)) {
            false => Ok(()),
            true => Err("it is on the page".to_string()),
        };
        self.step(format!("does not see {text:?}"), async || self.until(look).await).await;
    }

    /// The first heading of the page.
    pub async fn heading(&self) -> String {
        let look = async || match self.tree().await?.first(&HEADING) {
            Some(heading) => Ok(heading.name.clone()),
            None => Err("the page has no heading".to_string()),
        };
        self.step("heading".into(), async || self.until(look).await).await
    }

    /// What can be read on the page, with single spaces.
    pub async fn text(&self) -> String {
        self.step("text".into(), async || self.until(async || self.visible_text().await).await)
            .await
    }

    /// The title of the page.
    pub async fn title(&self) -> String {
        self.step("title".into(), async || self.asked("() => document.title").await).await
    }

    /// Where the tab is: path and query.
    pub async fn path(&self) -> String {
        let here = "() => location.pathname + location.search";
        self.step("path".into(), async || self.asked(here).await).await
    }

    /// Role and name of what has the focus, such as `button "Continue"`; `page` when nothing has.
    pub async fn focused(&self) -> String {
        let look = async || match self.focus().await? {
            None => Ok("page".to_string()),
            Some(element) => match self.tree().await?.of_element(element) {
                Some(node) => Ok(format!("{} {:?}", node.role, node.name)),
                None => Err("what has the focus has no role".to_string()),
            },
        };
        self.step("focused".into(), async || self.until(look).await).await
    }

    /// Gives the tab a cookie of the site, as if it had been set on an earlier visit.
    pub async fn carry_cookie(&self, name: &str, value: &str) {
        let cookie = SetCookieParams {
            url: Some(self.base().to_string()),
            ..SetCookieParams::new(name, value)
        };
        self.done("carry a cookie", self.ask(cookie).await.map(drop)).await;
    }

    async fn asked(&self, function: &str) -> Result<String, String> {
        self.settled().await?;
        self.until(async || self.run(function, Value::Null).await).await
    }

    async fn visible_text(&self) -> Result<String, String> {
        let text: String = self.run("() => document.body?.innerText ?? ''", Value::Null).await?;
        Ok(spaced(&text))
    }

    /// Waits until the page has settled and what `find` looks for is there and can be used.
    async fn enabled(&self, find: impl Fn(&Tree) -> Result<&Node, String>) -> Result<Node, String> {
        self.settled().await?;
        self.until(async || {
            let tree = self.tree().await?;
            let node = find(&tree)?;
            if node.is("disabled") { Err("it is disabled".into()) } else { Ok(node.clone()) }
        })
        .await
    }

    async fn set(&self, label: &str, checked: bool) -> Result<(), String> {
        let choice = self.enabled(|tree| tree.find(&CHOICE, label)).await?;
        if choice.is("checked") == checked {
            return Ok(());
        }
        self.click(&choice).await?;
        // The click may have led to another page, where the choice is not shown.
        match self.tree().await?.find(&CHOICE, label) {
            Ok(after) if after.is("checked") != checked => {
                Err("the click did not change it".into())
            }
            _ => Ok(()),
        }
    }

    /// Clicks in the middle of the element, or of its label where that is what one sees.
    async fn click(&self, node: &Node) -> Result<(), String> {
        let spot = self
            .until(async || {
                let spot: Spot = self.run_on(node.element, SPOT, Value::Null).await?;
                match spot.under {
                    None => Ok(spot),
                    Some(under) => Err(format!("it cannot be clicked: it is under {under}")),
                }
            })
            .await?;
        self.settled_after(async || {
            for phase in [
                DispatchMouseEventType::MouseMoved,
                DispatchMouseEventType::MousePressed,
                DispatchMouseEventType::MouseReleased,
            ] {
                let pressed = phase != DispatchMouseEventType::MouseMoved;
                self.ask(DispatchMouseEventParams {
                    button: pressed.then_some(MouseButton::Left),
                    click_count: pressed.then_some(1),
                    ..DispatchMouseEventParams::new(phase, spot.x, spot.y)
                })
                .await?;
            }
            Ok(())
        })
        .await
    }

    pub(super) async fn stroke(&self, key: &str) -> Result<(), String> {
        let (modifiers, key) = match key.strip_prefix("Shift+") {
            Some(key) => (SHIFT, key),
            None => (0, key),
        };
        let key = if key == "Space" { " " } else { key };
        let known = get_key_definition(key).ok_or_else(|| format!("no key is called {key:?}"))?;
        let text = known.text.or((known.key.chars().count() == 1).then_some(known.key));
        let down = match text {
            Some(_) => DispatchKeyEventType::KeyDown,
            None => DispatchKeyEventType::RawKeyDown,
        };
        for (phase, text) in [(down, text), (DispatchKeyEventType::KeyUp, None)] {
            self.ask(DispatchKeyEventParams {
                key: Some(known.key.into()),
                code: Some(known.code.into()),
                text: text.map(String::from),
                windows_virtual_key_code: Some(known.key_code),
                modifiers: Some(modifiers),
                ..DispatchKeyEventParams::new(phase)
            })
            .await?;
        }
        Ok(())
    }

    /// A step of the story. When it cannot be done the test ends here.
    async fn step<T>(&self, step: String, act: impl AsyncFnOnce() -> Result<T, String>) -> T {
        let outcome = act().await;
        self.done(&step, outcome).await
    }

    /// Notes a step, or ends the test with the story so far, the page, and a picture of it.
    pub(super) async fn done<T>(&self, step: &str, outcome: Result<T, String>) -> T {
        let why = match outcome {
            Ok(done) => {
                self.seen().story.push(step.to_string());
                return done;
            }
            Err(why) => why,
        };
        let story = self.seen().story.join("\n  ");
        let page = match self.tree().await {
            Ok(tree) => tree.outline(),
            Err(why) => format!("cannot be told: {why}"),
        };
        let picture = match picture::of_failure(self).await {
            Ok(path) => path.display().to_string(),
            Err(why) => format!("none: {why}"),
        };
        panic!("{step}: {why}\n\nBefore it:\n  {story}\n\nThe page:\n{page}\nPicture: {picture}\n")
    }
}

const SHIFT: i64 = 8;

/// Where to click, or what is in the way.
#[derive(Deserialize)]
struct Spot {
    x: f64,
    y: f64,
    under: Option<String>,
}

/// A field drawn by its label (a styled radio button) is clicked there.
const SPOT: &str = r"function () {
    let under = 'nothing: it has no size'
    for (const face of [this, ...(this.labels ?? [])]) {
        face.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' })
        for (const box of face.getClientRects()) {
            if (box.width < 1 || box.height < 1) continue
            const x = box.x + box.width / 2, y = box.y + box.height / 2
            const hit = document.elementFromPoint(x, y)
            const isInside = hit?.matches('label, a, button') && hit.contains(this)
            if (hit && (face.contains(hit) || isInside))
                return { x, y, under: null }
            under = hit ? hit.cloneNode().outerHTML : 'the edge of the page'
        }
    }
    return { x: 0, y: 0, under }
}";

/// Puts the value where no typing goes (dates, sliders); else gets ready for typing over it.
const READY_TO_TYPE: &str = r"function (value) {
    this.scrollIntoView({ block: 'center', behavior: 'instant' })
    this.focus()
    if (!/^(date|time|month|week|datetime-local|color|range)$/.test(this.type)) {
        this.select?.()
        return true
    }
    this.value = value
    this.dispatchEvent(new Event('input', { bubbles: true }))
    this.dispatchEvent(new Event('change', { bubbles: true }))
    return false
}";

/// Answers nothing when it is done, else the options that there are.
const SELECT: &str = r"function (label) {
    const options = [...this.options]
    const text = option => option.label.replace(/\s+/g, ' ').trim()
    const option = options.find(option => text(option) === label && !option.disabled)
    if (!option) return options.map(text)
    this.focus()
    option.selected = true
    this.dispatchEvent(new Event('input', { bubbles: true }))
    this.dispatchEvent(new Event('change', { bubbles: true }))
    return null
}";

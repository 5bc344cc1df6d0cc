//! A tab: one person's window, with cookies of its own, what it has seen, and how it waits.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use chromiumoxide::Command;
use chromiumoxide::cdp::browser_protocol::browser::BrowserContextId;
use chromiumoxide::cdp::browser_protocol::dom::BackendNodeId;
use chromiumoxide::cdp::browser_protocol::target::{
    AttachToTargetParams, CreateBrowserContextParams, CreateTargetParams,
    DisposeBrowserContextParams,
};
use chromiumoxide::cdp::browser_protocol::{accessibility, dom, log, network, page};
use chromiumoxide::cdp::js_protocol::runtime;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::time::{Instant, MissedTickBehavior, interval, timeout};

use super::console::Complaint;
use super::network::Request;
use super::screen::{Media, Screen};
use super::wire::{Listener, Wire};

/// How long a step is waited for. Generous: only a failing test ever waits so long.
const PATIENCE: Duration = Duration::from_secs(10);

/// How often a condition is looked at again.
const TICK: Duration = Duration::from_millis(10);

/// A tab of the browser. It closes, and its cookies go, when it is dropped.
pub struct Tab {
    wire: Wire,
    session: String,
    context: BrowserContextId,
    frame: page::FrameId,
    base: String,
    screen: Screen,
    seen: Arc<Mutex<Seen>>,
}

/// What Chromium has told about the tab so far.
pub(super) struct Seen {
    /// How often a navigation was asked for or began.
    pub navigations: u64,
    /// A navigation was asked for and has not begun to load.
    pub asked: bool,
    /// The page is loading.
    pub loading: bool,
    pub requests: Vec<Request>,
    /// The ids of requests for whole pages.
    pub documents: HashSet<String>,
    pub complaints: Vec<Complaint>,
    /// The steps of the story, for the one that fails.
    pub story: Vec<String>,
    media: Media,
    patience: Duration,
}

impl Tab {
    pub(super) async fn open(wire: Wire, base: String, screen: Screen) -> Result<Tab, String> {
        let context = CreateBrowserContextParams::builder().dispose_on_detach(true).build();
        let context: BrowserContextId =
            pick(&wire.call(None, context).await?, "/browserContextId")?;
        let blank = CreateTargetParams {
            browser_context_id: Some(context.clone()),
            new_window: Some(true),
            ..CreateTargetParams::new("about:blank")
        };
        let target: String = pick(&wire.call(None, blank).await?, "/targetId")?;
        let attach =
            AttachToTargetParams { flatten: Some(true), ..AttachToTargetParams::new(target) };
        let session: String = pick(&wire.call(None, attach).await?, "/sessionId")?;
        let tree = wire.call(Some(&session), page::GetFrameTreeParams::default()).await?;
        let frame: page::FrameId = pick(&tree, "/frameTree/frame/id")?;

        let media = Media { dark: screen.dark, print: false, reduced_motion: true };
        let seen = Arc::new(Mutex::new(Seen::new(media)));
        wire.listen(&session, listener(&wire, &session, &frame, &seen));
        let tab = Tab { wire, session, context, frame, base, screen, seen };
        tab.ask(page::EnableParams::default()).await?;
        tab.ask(runtime::EnableParams::default()).await?;
        tab.ask(log::EnableParams::default()).await?;
        tab.ask(network::EnableParams::default()).await?;
        tab.ask(dom::EnableParams::default()).await?;
        tab.ask(accessibility::EnableParams::default()).await?;
        tab.set_screen(screen).await?;
        Ok(tab)
    }

    /// From now on a step is given up after `patience`.
    pub fn be_patient_for(&self, patience: Duration) {
        self.seen().patience = patience;
    }

    pub(super) fn patience(&self) -> Duration {
        self.seen().patience
    }

    pub(super) fn base(&self) -> &str {
        &self.base
    }

    pub(super) fn screen(&self) -> Screen {
        self.screen
    }

    pub(super) fn media(&self) -> Media {
        self.seen().media
    }

    pub(super) fn remember_media(&self, media: Media) {
        self.seen().media = media;
    }

    pub(super) fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().expect("no listener panics while it holds what was seen")
    }

    /// One command to this tab. The answer is loose: a newer Chromium may word it more richly than
    /// the command types know.
    pub(super) async fn ask<C: Command>(&self, command: C) -> Result<Value, String> {
        let method = command.identifier();
        match timeout(PATIENCE, self.wire.call(Some(&self.session), command)).await {
            Ok(answer) => answer,
            Err(_) => Err(format!("{method}: Chromium did not answer within {PATIENCE:?}")),
        }
    }

    /// Runs `function` with `argument` beside the page: it sees the page's elements, but neither
    /// the page's script nor its policy (CSP, trusted types) sees it.
    pub(super) async fn run<T: DeserializeOwned>(
        &self,
        function: &str,
        argument: Value,
    ) -> Result<T, String> {
        let world = self.world().await?;
        let call = runtime::CallFunctionOnParams {
            execution_context_id: Some(world),
            arguments: Some(vec![argument_of(argument)]),
            await_promise: Some(true),
            return_by_value: Some(true),
            ..runtime::CallFunctionOnParams::new(function)
        };
        result(self.ask(call).await?)
    }

    /// Runs `function` with the element as `this`.
    pub(super) async fn run_on<T: DeserializeOwned>(
        &self,
        element: i64,
        function: &str,
        argument: Value,
    ) -> Result<T, String> {
        let resolve = dom::ResolveNodeParams {
            backend_node_id: Some(BackendNodeId::new(element)),
            execution_context_id: Some(self.world().await?),
            ..Default::default()
        };
        let object: runtime::RemoteObjectId = pick(&self.ask(resolve).await?, "/object/objectId")?;
        let call = runtime::CallFunctionOnParams {
            object_id: Some(object),
            arguments: Some(vec![argument_of(argument)]),
            return_by_value: Some(true),
            ..runtime::CallFunctionOnParams::new(function)
        };
        result(self.ask(call).await?)
    }

    /// The place beside the page where [`run`](Tab::run) runs; each document has its own.
    pub(super) async fn world(&self) -> Result<runtime::ExecutionContextId, String> {
        let create = page::CreateIsolatedWorldParams {
            world_name: Some("tests".into()),
            ..page::CreateIsolatedWorldParams::new(self.frame.clone())
        };
        pick(&self.ask(create).await?, "/executionContextId")
    }

    /// Looks until `look` finds what it looks for. At the deadline, why it did not.
    pub(super) async fn until<T>(
        &self,
        look: impl AsyncFn() -> Result<T, String>,
    ) -> Result<T, String> {
        let deadline = Instant::now() + self.patience();
        let mut ticks = interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            match look().await {
                Ok(found) => return Ok(found),
                Err(why) if Instant::now() > deadline => return Err(why),
                Err(_) => {}
            }
        }
    }

    /// Does a click or key, and waits until what it set off is over.
    pub(super) async fn settled_after(
        &self,
        act: impl AsyncFnOnce() -> Result<(), String>,
    ) -> Result<(), String> {
        let before = self.seen().navigations;
        act().await?;
        // By the time the page has drawn itself it has asked for the next one, if it does at all.
        // From then on it may answer no more.
        let next = async || match self.seen().navigations > before {
            true => Ok(()),
            false => Err("no navigation".to_string()),
        };
        tokio::select! {
            () = self.drawn() => {}
            _ = self.until(next) => {}
        }
        self.settled().await
    }

    /// Waits until the page has drawn itself anew.
    pub(super) async fn drawn(&self) {
        if self.screen.javascript {
            let drawn = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))";
            let _: Result<Value, String> = self.run(drawn, Value::Null).await;
        } else {
            // Where no script runs no promise is kept, but a picture shows what is drawn.
            let clip = page::Viewport { x: 0.0, y: 0.0, width: 1.0, height: 1.0, scale: 1.0 };
            let dot = page::CaptureScreenshotParams { clip: Some(clip), ..Default::default() };
            let _ = self.ask(dot).await;
        }
    }

    /// The element that has the focus; none when it is the page as a whole.
    pub(super) async fn focus(&self) -> Result<Option<i64>, String> {
        let active = runtime::EvaluateParams {
            context_id: Some(self.world().await?),
            ..runtime::EvaluateParams::new("document.activeElement")
        };
        let active = self.ask(active).await?;
        if active.pointer("/result/className").is_none_or(|class| class == "HTMLBodyElement") {
            return Ok(None);
        }
        let object: runtime::RemoteObjectId = pick(&active, "/result/objectId")?;
        let describe = dom::DescribeNodeParams { object_id: Some(object), ..Default::default() };
        pick(&self.ask(describe).await?, "/node/backendNodeId").map(Some)
    }

    /// Waits until no navigation is asked for or under way.
    pub(super) async fn settled(&self) -> Result<(), String> {
        self.until(async || {
            let seen = self.seen();
            match seen.asked || seen.loading {
                true => Err("the page does not finish loading".into()),
                false => Ok(()),
            }
        })
        .await
    }
}

impl Drop for Tab {
    fn drop(&mut self) {
        self.wire.forget(&self.session);
        // Sent at once; nobody waits for the answer.
        drop(self.wire.call(None, DisposeBrowserContextParams::new(self.context.clone())));
    }
}

impl Seen {
    fn new(media: Media) -> Seen {
        Seen {
            navigations: 0,
            asked: false,
            loading: false,
            requests: Vec::new(),
            documents: HashSet::new(),
            complaints: Vec::new(),
            story: Vec::new(),
            media,
            patience: PATIENCE,
        }
    }

    fn hear(&mut self, frame: &str, method: &str, event: &Value) {
        let of_page = ["/frameId", "/frame/id"]
            .iter()
            .any(|at| event.pointer(at).and_then(Value::as_str) == Some(frame));
        match method {
            // A link may ask for another tab.
            "Page.frameRequestedNavigation" if event["disposition"] != "currentTab" => {}
            "Page.frameRequestedNavigation"
            | "Page.frameScheduledNavigation"
            | "Page.frameStartedNavigating"
                if of_page =>
            {
                self.navigations += 1;
                self.asked = true;
            }
            "Page.frameStartedLoading" if of_page => {
                self.navigations += 1;
                self.asked = false;
                self.loading = true;
            }
            "Page.frameClearedScheduledNavigation" if of_page => self.asked = false,
            "Page.frameStoppedLoading" if of_page => self.loading = false,
            "Network.requestWillBeSent" => {
                let request = Request::read(event);
                if request.kind == "Document" {
                    self.documents.extend(event["requestId"].as_str().map(String::from));
                }
                self.requests.push(request);
            }
            _ => self.complaints.extend(Complaint::read(method, event, &self.documents)),
        }
    }
}

/// What the tab does on an event: remembers it, and answers a dialog, which would stop the page.
fn listener(
    wire: &Wire,
    session: &str,
    frame: &page::FrameId,
    seen: &Arc<Mutex<Seen>>,
) -> Listener {
    let (wire, session, seen) = (wire.clone(), session.to_string(), Arc::clone(seen));
    let frame = frame.inner().to_string();
    Box::new(move |method, event| {
        if method == "Page.javascriptDialogOpening" {
            drop(wire.call(Some(&session), page::HandleJavaScriptDialogParams::new(true)));
        }
        if let Ok(mut seen) = seen.lock() {
            seen.hear(&frame, method, event);
        }
    })
}

/// The part of an answer at `pointer`.
pub(super) fn pick<T: DeserializeOwned>(answer: &Value, pointer: &str) -> Result<T, String> {
    let part = answer.pointer(pointer).cloned().unwrap_or_default();
    serde_json::from_value(part).map_err(|e| format!("no {pointer} in an answer: {e}"))
}

fn argument_of(value: Value) -> runtime::CallArgument {
    runtime::CallArgument { value: Some(value), ..Default::default() }
}

fn result<T: DeserializeOwned>(answer: Value) -> Result<T, String> {
    match answer.pointer("/exceptionDetails") {
        Some(thrown) => {
            let text = thrown.pointer("/exception/description").unwrap_or(&thrown["text"]);
            Err(text.as_str().unwrap_or("a script of the tests threw").to_string())
        }
        None => pick(&answer, "/result/value"),
    }
}

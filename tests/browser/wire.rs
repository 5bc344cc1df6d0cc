//! The wire to Chromium: commands go out in order, each answer returns to who asked, and each event
//! goes to the listener of its tab, in the order in which Chromium told them.
//!
//! The socket and the command types are chromiumoxide's. Its page layer is left aside: it hands out
//! every kind of event as a stream of its own, so that one cannot know which came first, and leaves
//! out events that a newer Chromium words differently, so that a request could go unseen.

use std::borrow::Cow;
use std::collections::HashMap;

use chromiumoxide::types::{CallId, EventMessage, Message, MethodId};
use chromiumoxide::{Command, Connection, Method};
use futures_util::StreamExt;
use serde_json::Value;
use tokio::sync::{mpsc, oneshot};

/// Called with the method and the content of each event of a tab.
pub type Listener = Box<dyn FnMut(&str, &Value) + Send>;

/// The way to ask Chromium, cloned into every tab.
#[derive(Clone)]
pub struct Wire {
    orders: mpsc::UnboundedSender<Order>,
}

/// What waits to be sent or set.
pub enum Order {
    Call(Call),
    Listen { session: String, listener: Listener },
    Forget { session: String },
}

/// A command on its way out; `session` is the tab's, none for the browser as a whole.
pub struct Call {
    method: MethodId,
    session: Option<String>,
    params: Value,
    answer: oneshot::Sender<Result<Value, String>>,
}

/// An event as it came: loose, so that no wording of a newer Chromium can lose one.
#[derive(Debug, serde::Deserialize)]
pub struct Event {
    method: String,
    #[serde(rename = "sessionId")]
    session: Option<String>,
    params: Value,
}

impl Method for Event {
    fn identifier(&self) -> MethodId {
        Cow::Owned(self.method.clone())
    }
}

impl EventMessage for Event {
    fn session_id(&self) -> Option<&str> {
        self.session.as_deref()
    }
}

impl Wire {
    /// A wire, and the end of it that [`drive`] works off.
    pub fn new() -> (Wire, mpsc::UnboundedReceiver<Order>) {
        let (orders, incoming) = mpsc::unbounded_channel();
        (Wire { orders }, incoming)
    }

    /// Sends the command at once; the answer is awaited by who wants it.
    pub fn call<C: Command>(
        &self,
        session: Option<&str>,
        command: C,
    ) -> impl Future<Output = Result<Value, String>> + use<C> {
        let method = command.identifier();
        let (answer, answered) = oneshot::channel();
        let sent = serde_json::to_value(command).map_err(|e| e.to_string()).and_then(|params| {
            let session = session.map(String::from);
            let call = Call { method: method.clone(), session, params, answer };
            self.orders.send(Order::Call(call)).map_err(|_| GONE.to_string())
        });
        async move {
            sent?;
            let outcome = answered.await.unwrap_or_else(|_| Err(GONE.to_string()));
            outcome.map_err(|why| format!("{method}: {why}"))
        }
    }

    /// From now on `listener` hears the events of `session`.
    pub fn listen(&self, session: &str, listener: Listener) {
        self.order(Order::Listen { session: session.to_string(), listener });
    }

    /// Nobody hears the events of `session` any more.
    pub fn forget(&self, session: &str) {
        self.order(Order::Forget { session: session.to_string() });
    }

    /// An order to a Chromium that is gone is dropped: the next call says so.
    fn order(&self, order: Order) {
        let _ = self.orders.send(order);
    }
}

const GONE: &str = "Chromium has gone";

/// Works until Chromium or the last wire is gone.
pub async fn drive(mut socket: Connection<Event>, mut orders: mpsc::UnboundedReceiver<Order>) {
    let mut waiting: HashMap<CallId, oneshot::Sender<Result<Value, String>>> = HashMap::new();
    let mut listeners: HashMap<String, Listener> = HashMap::new();
    loop {
        tokio::select! {
            order = orders.recv() => match order {
                None => return,
                Some(Order::Listen { session, listener }) => {
                    listeners.insert(session, listener);
                }
                Some(Order::Forget { session }) => {
                    listeners.remove(&session);
                }
                Some(Order::Call(Call { method, session, params, answer })) => {
                    match socket.submit_command(method, session.map(Into::into), params) {
                        Ok(id) => drop(waiting.insert(id, answer)),
                        Err(why) => drop(answer.send(Err(why.to_string()))),
                    }
                }
            },
            message = socket.next() => match message {
                None => return,
                Some(Err(why)) => {
                    eprintln!("the wire to Chromium broke: {why}");
                    return;
                }
                Some(Ok(Message::Response(response))) => {
                    if let Some(answer) = waiting.remove(&response.id) {
                        let outcome = match response.error {
                            Some(error) => Err(error.message),
                            None => Ok(response.result.unwrap_or_default()),
                        };
                        // Who no longer waits for the answer has given up its end.
                        let _ = answer.send(outcome);
                    }
                }
                Some(Ok(Message::Event(event))) => {
                    let session = event.session.as_deref().unwrap_or_default();
                    if let Some(listener) = listeners.get_mut(session) {
                        listener(&event.method, &event.params);
                    }
                }
            },
        }
    }
}

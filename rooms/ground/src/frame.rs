//! The frame around a page: who looks decides it, whatever room made the page.
//!
//! A layer of the house knows who looks and what else there is; a room knows its own page. So the
//! layer sets the frame for the length of a request, and [`page`] draws into it. Where none is set,
//! as for somebody whom nobody recognized, the page stands alone.

use std::future::Future;

use maud::Markup;

use crate::html::{DemoBanner, Head, Shell};

tokio::task_local! {
    static FRAME: Frame;
}

/// What stands around every page of one request.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Masthead or rail, and footer.
    pub shell: Shell,
    /// What a demo says about itself.
    pub demo: Option<Demo>,
    /// What later rooms put on a person's own page, which an earlier room makes.
    pub inset: Option<Markup>,
}

/// The line of a demo.
#[derive(Debug, Clone)]
pub struct Demo {
    /// That all is made up, and which day it is.
    pub text: String,
    /// Whether the days can be turned from here.
    pub next_day: bool,
    /// The path that turns the day.
    pub to: String,
    /// The once-key of that press.
    pub once: String,
}

impl Frame {
    /// The page in this frame.
    pub fn page(&self, head: &Head<'_>, main: Markup) -> Markup {
        let demo = self.demo.as_ref().map(|it| DemoBanner {
            text: &it.text,
            next_day: it.next_day,
            to: &it.to,
            once: &it.once,
        });
        self.shell.page(&head.demo(demo), main)
    }
}

/// Does something within a frame.
pub async fn within<T>(frame: Frame, doing: impl Future<Output = T>) -> T {
    FRAME.scope(frame, doing).await
}

/// The whole page, in the frame of this request.
pub fn page(head: &Head<'_>, main: Markup) -> Markup {
    match FRAME.try_with(Clone::clone) {
        Ok(frame) => frame.page(head, main),
        Err(_) => Shell::Bare.page(head, main),
    }
}

/// What later rooms have for this page; nothing where none has.
pub fn inset() -> Markup {
    FRAME.try_with(|frame| frame.inset.clone()).ok().flatten().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use maud::html;

    use super::*;
    use crate::web::assets;

    #[tokio::test]
    async fn a_page_stands_in_the_frame_of_its_request_and_alone_without_one() {
        let frame = Frame {
            shell: Shell::Bare,
            demo: Some(Demo {
                text: "All made up.".into(),
                next_day: true,
                to: "/demo/day".into(),
                once: "k".into(),
            }),
            inset: None,
        };
        let draw = || page(&Head::new(assets(), "Today"), html! { h1 { "Today" } }).0;

        let framed = within(frame, async { draw() }).await;

        assert!(framed.contains("All made up.") && framed.contains("action=\"/demo/day\""));
        assert!(!draw().contains("All made up."));
    }
}

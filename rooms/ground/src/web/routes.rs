//! A room's table of routes. Each row says which act of the charter it asks, or why it asks none.

use axum::Router;
use axum::handler::Handler;
use axum::routing::{MethodRouter, get, post};

use crate::house::House;

/// What a route asks the charter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// This act.
    Act(&'static str),
    /// Nothing, for this reason: it shows and changes nothing of anybody, or it is the way in.
    Nothing(&'static str),
}

impl Asks {
    /// It asks this act.
    pub const fn act(name: &'static str) -> Self {
        Self::Act(name)
    }

    /// It asks nothing, for this reason.
    pub const fn nothing(why: &'static str) -> Self {
        Self::Nothing(why)
    }
}

/// One row of a table of routes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    /// `GET` or `POST`: forms know no other.
    pub method: &'static str,
    /// The path, with `{…}` for what varies.
    pub path: &'static str,
    /// What it asks.
    pub asks: Asks,
}

/// A room's routes.
#[derive(Debug, Default)]
pub struct Routes {
    rows: Vec<Route>,
    router: Router<House>,
}

impl Routes {
    /// No routes yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A page.
    pub fn get<H: Handler<T, House>, T: 'static>(
        self,
        path: &'static str,
        asks: Asks,
        handler: H,
    ) -> Self {
        self.add(Route { method: "GET", path, asks }, get(handler))
    }

    /// A change.
    pub fn post<H: Handler<T, House>, T: 'static>(
        self,
        path: &'static str,
        asks: Asks,
        handler: H,
    ) -> Self {
        self.add(Route { method: "POST", path, asks }, post(handler))
    }

    fn add(mut self, row: Route, handler: MethodRouter<House>) -> Self {
        self.router = self.router.route(row.path, handler);
        self.rows.push(row);
        self
    }

    /// The table.
    pub fn rows(&self) -> &[Route] {
        &self.rows
    }

    /// The router.
    pub fn into_router(self) -> Router<House> {
        self.router
    }
}

//! The table of routes. Its handlers stand by whose pages they are: those of who works here in
//! `desk`, a client's in `me`; both choose a time in `choosing`.

use ground::web::{Asks, Routes};

use crate::{desk, me};

/// The table.
pub(crate) fn routes() -> Routes {
    let booking = "/p/{practice}/clients/{client}/booking";
    let one = "/p/{practice}/appointments/{appointment}";
    let book = "/p/{practice}/appointments/{appointment}/booking";
    let cancel = "/p/{practice}/appointments/{appointment}/cancellation";
    let outcome = "/p/{practice}/appointments/{appointment}/outcome";
    Routes::new()
        .get("/p/{practice}/week", Asks::act("see_week"), desk::week)
        .get(booking, Asks::act("book_appointment"), desk::choose)
        .post(booking, Asks::act("book_appointment"), desk::hold)
        .get(one, Asks::act("see_appointment"), desk::appointment)
        .post(book, Asks::act("book_appointment"), desk::book)
        .post(cancel, Asks::act("cancel_appointment"), desk::cancel)
        .post(outcome, Asks::act("record_outcome"), desk::miss)
        .get("/me/visits", Asks::act("see_appointment"), me::visits)
        .get("/me/visits/booking", Asks::act("book_appointment"), me::choose)
        .post("/me/visits/booking", Asks::act("book_appointment"), me::hold)
        .get("/me/visits/{appointment}", Asks::act("see_appointment"), me::appointment)
        .post("/me/visits/{appointment}/booking", Asks::act("book_appointment"), me::book)
        .post("/me/visits/{appointment}/cancellation", Asks::act("cancel_appointment"), me::cancel)
}

//! Every sentence of this room that a person reads. Those who work here read English.

use crate::offer::model::State;

pub const BACK_TO_OFFER: &str = "Back to the offer";
pub const NOT_KNOWN: &str = "not known";

pub const OFFERS: &str = "Offers";
pub const ALL_OFFERS: &str = "Back to offers";
pub const OFFERS_LEAD: &str = "People who ask for care, put before you. You say yes or no, and \
     need not say why.";
pub const WAITING: &str = "Wait for you";
pub const NO_OFFERS: &str = "No offers. One that is made to you will be listed here until you \
     answer it or its time is over.";
pub const GIVE_ALL_BACK: &str = "Give all of these back";
pub const GIVE_ALL_BACK_MEANS: &str = "They go back to whoever sent them, for somebody else. \
     Pausing your intake stops new ones; these stay yours to answer until you give them back.";
pub const EARLIER: &str = "Earlier";
pub const ONLY_YOU: &str = "only you see how you answered";
pub const OPEN: &str = "Open";
pub const ANSWER: &str = "Answer";
pub const ANSWER_BY: &str = "Answer by";
pub const UNTIL_ANSWERED: &str = "It waits for your yes or no.";

pub const A_PERSON_ASKS: &str = "A person asks for care";
pub const SENT: &str = "Put before you";
pub const SPEAKS_FOR: &str = "Speaks for";
pub const SPEAKS_AGAINST: &str = "Speaks against";
pub const IT_IS_ABOUT: &str = "They chose:";
pub const WISHES: &str = "What they wish";
pub const YOUR_ANSWER: &str = "Your answer";
pub const THEIR_NAME_IS: &str = "Their name is";
pub const KNOW_THEM: &str = "If you know each other, decline.";
pub const ACCEPT: &str = "Accept";
pub const DECLINE: &str = "Decline";
pub const ELSE_BACK: &str = "After that it goes back to whoever sent it.";
pub const NO_COSTS_NOTHING: &str = "Saying no, or nothing, changes nothing else: nobody is told \
     which it was, nothing counts it, and their name is erased here.";
pub const OVER: &str = "This offer is over";

pub const ONE_MORE_TITLE: &str = "Take one more client?";
pub const FULL: &str = "You have no free place";
pub const ONE_MORE: &str = "Accept one more";
pub const NOT_YET: &str = "Not now";

pub const CLIENTS: &str = "Clients";
pub const CLIENT: &str = "Client";
pub const ALL_CLIENTS: &str = "Back to clients";
pub const CHART: &str = "Open the chart";
pub const BOOK: &str = "Book a visit";
pub const FORMS: &str = "Forms";
pub const CLIENTS_ALL: &str = "Everybody whom this practice cares for or has cared for.";
pub const CLIENTS_OWN: &str = "Those whom you treat or have treated.";
pub const NO_CLIENTS: &str = "Nobody yet. A person becomes a client when a clinician accepts an \
     offer.";
pub const IN_CARE: &str = "In care";
pub const NOT_IN_CARE: &str = "Not in care";
pub const DISCHARGED: &str = "discharged";
pub const NOT_BEGUN: &str = "care has not begun";
pub const NUMBER: &str = "Number";
pub const WITH: &str = "With";
pub const NOBODY: &str = "nobody";
pub const CARE: &str = "Care";
pub const FACTS: &str = "Facts";
pub const EMAIL: &str = "Email";
pub const PHONE: &str = "Phone";
pub const BORN: &str = "Born";
pub const STATE: &str = "State";
pub const SINCE: &str = "Client since";
pub const NOBODY_TREATS: &str = "Nobody treats them yet. Who does will be listed here.";

pub const DISCHARGE: &str = "Discharge";
pub const KEEP: &str = "Not now";
pub const DISCHARGE_MEANS: &str = "What this does";
pub const DISCHARGE_LAST: &str = "Their care here ends today, and your place is free for somebody \
     else. Their record stays. Only you can do this, and nobody can undo it: if they come back, \
     care begins anew.";
pub const DISCHARGE_PART: &str = "Your part in their care ends today, and your place is free for \
     somebody else. Whoever else treats them goes on.";

pub const SOME_PLAN: &str = "a plan that is not known";
pub const PAYS_ALONE: &str = "Pays without insurance";
pub const PAYS_ALONE_AFTER_ALL: &str = "Would pay without their insurance";

pub const WHO_COULD: &str = "Who could take this request";
pub const THE_REQUEST: &str = "Back to the request";
pub const COULD_ORDER: &str = "Those who could take it, by how they fit this request alone.";
pub const NOBODY_COULD: &str = "Nobody could take it as it stands. Below is what would have to \
     change: talk with the person about it, or help them find somebody outside.";
pub const CANNOT: &str = "Cannot take it, and what would have to change";
pub const OFFER_MEANS: &str = "One clinician at a time reads it, and answers within 48 hours. A no \
     and no answer look the same from here.";
pub const CRISIS_FIRST: &str = "Help comes first";
pub const CRISIS_HELP: &str = "Help is needed now, so no clinician of this list is the answer: \
     call or text 988, or call 911 where life is in danger.";
pub const NO_STATE: &str = "Where they are is no state of the United States, so nobody here may \
     see them.";
pub const AS_ALONE: &str = "See who could take them without insurance";
pub const AS_SAID: &str = "See who takes their insurance";
pub const THEY_ANSWER_BY: &str = "They answer by";
pub const TAKE_BACK: &str = "Take it back";
pub const SOMEBODY: &str = "somebody who is no longer listed";
pub const IS_CLOSED: &str = "This request is closed";
pub const IS_CLOSED_SAYS: &str = "Nothing can be put before anybody from here.";
pub const HAS_PAUSED: &str = "They take nobody new as of a moment ago, so nothing was put before \
     them. Choose somebody else.";
pub const IS_OUT: &str = "This request is before somebody already, or was taken. Look again.";
pub const NO_LONGER_FITS: &str = "They cannot take it any more, so nothing was put before them.";

/// With whom somebody pays.
pub fn pays_with(payer: &str) -> String {
    format!("Pays with {payer}")
}

/// The button beside somebody who could take a request.
pub fn offer_to(name: &str) -> String {
    format!("Offer to {name}")
}

/// Before whom a request is.
pub fn is_before(name: &str) -> String {
    format!("It is before {name}")
}

/// With whom a request stayed.
pub fn was_taken(name: &str) -> String {
    format!("{name} took it")
}

/// The way back to a client.
pub fn back_to(client: &str) -> String {
    format!("Back to {client}")
}

/// The question before a clinician's part ends.
pub fn discharge_title(name: &str) -> String {
    format!("Discharge {name}?")
}

/// She has as many clients as she said.
pub fn full(takes: u16, has: usize) -> String {
    let clients = if takes == 1 { "one client".to_owned() } else { format!("{takes} clients") };
    format!(
        "You said that you take {clients} at most, and you have {has}. Nobody else can take you \
         beyond that; you can. What you said stays as it is."
    )
}

/// How an offer ended, in one word, for its clinician.
pub fn ended(state: State) -> &'static str {
    match state {
        State::Open | State::Lapsed => "its time was over",
        State::Accepted => "accepted",
        State::Declined => "declined",
        State::Withdrawn => "taken back",
    }
}

/// Why an offer cannot be answered any more.
pub fn over(state: State) -> &'static str {
    match state {
        State::Accepted => "You accepted it. The person is among your clients.",
        State::Declined => "You declined it. Who it was is erased here.",
        State::Withdrawn => "It was taken back. Who it was is erased here.",
        State::Open | State::Lapsed => "Its time was over, so it went back to whoever sent it.",
    }
}

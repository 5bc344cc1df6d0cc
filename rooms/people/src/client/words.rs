//! What clients read at the door, on their own page, and in the letters that bring them in.

pub const LINK_TITLE: &str = "Sign in with a link";
pub const LINK_WHY: &str = "We send a link to your email. You need no password.";
pub const ADDRESS: &str = "Your email";
pub const ADDRESS_HINT: &str = "The one that your practice knows.";
pub const SEND_LINK: &str = "Send me a link";
pub const ENTER_ADDRESS: &str = "Enter your email, such as sam@example.org";
pub const WORK_HERE: &str = "You work at a practice? Sign in with your password";

pub const SENT_TITLE: &str = "Look into your mail";
pub const SENT_SAYS: &str = "If a practice knows this email, a letter with a link is on its way. It \
     comes within a few minutes, and the link works for an hour.";
pub const SENT_NOTHING: &str = "Nothing came? Look among unwanted mail, and check the email you \
     entered. Your practice can tell you which one it knows.";
pub const ANOTHER: &str = "Enter another email";

pub const SEND_CODE: &str = "Send me a code";
pub const CODE_WHY: &str = "To be sure that it is you, we send six digits to the email to which \
     this link came.";

pub const CODE_TITLE: &str = "Enter the code from the letter";
pub const CODE_SAYS: &str = "It was sent to the email to which your link came, and counts for 10 \
     minutes in this browser.";
pub const CODE: &str = "Six digits";
pub const CONTINUE: &str = "Continue";
pub const ENTER_CODE: &str = "Enter the six digits from the newest letter";
pub const WRONG_CODE: &str = "This is not the code. Enter the six digits from the newest letter.";

pub const ENDED_TITLE: &str = "This link has ended";
pub const ENDED_SAYS: &str = "A link works once and for a limited time, so that an old letter opens \
     nothing. A new one takes a minute.";
pub const CODE_ENDED_TITLE: &str = "This code has ended";
pub const CODE_ENDED_SAYS: &str = "A code counts for 10 minutes and five tries, in the browser that \
     asked for it. Open the link in your letter once more, or get a new one.";
pub const NEW_LINK: &str = "Get a new link";
pub const ANOTHER_CLIENT: &str = "With this email you sign in as another client of this practice. \
     Ask the practice to write down another email for each of you.";

pub const HOME: &str = "Your page";
pub const HOME_SAYS: &str = "What your practice shares with you stands on this page.";
pub const PRACTICES: &str = "Your practice";
pub const NO_PRACTICES: &str = "No practice has you as a client now.";
pub const SIGN_INS: &str = "Where you are signed in";
pub const SIGN_OUT: &str = "Sign out";

/// Greets by the name that the practice knows.
pub fn hello(name: Option<&str>) -> String {
    name.map_or_else(|| "Hello".into(), |name| format!("Hello, {name}"))
}

/// The title of the page behind a link.
pub fn sign_in_to(practice: &str) -> String {
    format!("Sign in to {practice}")
}

/// The subject of a letter with a link.
pub fn link_subject(practice: &str) -> String {
    format!("{practice}: your link to sign in")
}

/// The letter that invites a client.
pub fn invitation_letter(practice: &str, link: &str) -> String {
    format!(
        "Hello,\n\n{practice} has a page for you. Open this link within 7 days to sign in:\n\n\
         {link}\n\nIt works once. Opening it changes nothing yet, and you need no password.\n\n\
         If you do not know {practice}, leave it be.\n"
    )
}

/// The letter to somebody who asked for a link.
pub fn link_letter(practice: &str, link: &str) -> String {
    format!(
        "Hello,\n\nHere is your link to {practice}. Open it within an hour to sign in:\n\n{link}\n\n\
         It works once.\n\nIf you did not ask for it, leave it be: without this letter nobody \
         comes in.\n"
    )
}

/// The subject of a letter with a code.
pub fn code_subject(practice: &str) -> String {
    format!("{practice}: your code")
}

/// The letter with a code.
pub fn code_letter(practice: &str, code: &str) -> String {
    format!(
        "Hello,\n\nYour code for {practice} is:\n\n{code}\n\nEnter it within 10 minutes, where you \
         opened the link. Nobody will ever ask you for it.\n\nIf you did not ask for it, leave it \
         be.\n"
    )
}

//! Every sentence of this room that a person reads. Those who work here read English.

use ground::policy::Act;

use crate::password::{CHARACTERS_MIN, Weak};

pub const SIGN_IN: &str = "Sign in";
pub const ADDRESS: &str = "Your email";
pub const PASSWORD: &str = "Your password";
pub const CONTINUE: &str = "Continue";
pub const ENTER_ADDRESS: &str = "Enter your email, such as ada@example.org";
pub const ENTER_PASSWORD: &str = "Enter your password";
pub const WRONG_PAIR: &str = "Email and password do not match. Check both and try again.";

pub const AS_CLIENT: &str = "You are a client? Sign in with a link";

pub const CODE_TITLE: &str = "Enter the code from your app";
pub const CODE: &str = "Six digits";
pub const CODE_HINT: &str = "Your authenticator app shows a new code every 30 seconds.";
pub const ENTER_CODE: &str = "Enter the six digits that your app shows now";
pub const WRONG_CODE: &str =
    "This is not the code of this moment, or it was used. Wait for the next one and enter it.";
pub const BEGIN_ANEW: &str = "Begin again with your password";

pub const CHOOSE_PASSWORD: &str = "Choose a password";
pub const CHOOSE_HINT: &str = "8 characters or more; 15 are better, and a few words \
     are easy to keep. Spaces and every script count.";
pub const APP_TITLE: &str = "Add Trellis to an authenticator app";
pub const APP_WHY: &str = "Scan the picture with an app such as 1Password or Google \
     Authenticator, or with the passwords of your phone. Records of care are behind this door, \
     so a password alone does not open it.";
pub const APP_PICTURE: &str = "The key for your authenticator app, as a picture to scan";
pub const APP_KEY: &str = "Or type this key into the app";
pub const APP_CODE: &str = "The code that the app shows now";
pub const ACCEPT: &str = "Accept the invitation";
pub const SIGN_IN_FIRST: &str =
    "You can sign in to Trellis already. Sign in, then open the link in the letter once more.";

pub const SIGN_INS: &str = "Where you are signed in";
pub const SIGN_INS_WHY: &str = "A sign-in ends by itself after 12 hours, or after an \
     hour without a page. End one that you do not know.";
pub const NO_SIGN_INS: &str = "Your sign-ins will be listed here.";
pub const THIS_ONE: &str = "This one";
pub const END: &str = "End";
pub const SIGN_OUT: &str = "Sign out";

pub const PEOPLE: &str = "People";
pub const PEOPLE_WHY: &str = "Who belongs here, and as what. What somebody did stays theirs when \
     their part ends.";
pub const NOBODY: &str = "Those who belong here will be listed.";
pub const INVITED: &str = "Invited";
pub const INVITE: &str = "Invite somebody";
pub const INVITE_ACT: &str = "Send the invitation";
pub const NAME: &str = "Their name";
pub const THEIR_ADDRESS: &str = "Their email";
pub const ROLE: &str = "As what";
pub const ENTER_NAME: &str = "Enter their name, in 120 characters or fewer";
pub const ENTER_THEIR_ADDRESS: &str = "Enter their email, such as ben@example.org";
pub const CHOOSE_ROLE: &str = "Choose what they will be here";
pub const LAST_OWNER: &str = "This is the only owner. Invite another one first: without an owner, \
     nobody could let anybody in again.";

pub const LOST: &str = "A lost laptop or phone";
pub const LOST_WHY: &str = "Ending somebody's sign-ins takes them out everywhere at once. They come \
     in again with their password and their app.";
pub const END_SIGN_INS: &str = "End sign-ins";
pub const SEE_REFUSALS: &str = "What was refused here";

pub const REFUSALS: &str = "What was refused";
pub const REFUSALS_WHY: &str = "What others asked for here and the charter did not allow. Each line \
     was written before they were answered; nobody can change or remove one.";
pub const NO_REFUSALS: &str = "Nothing was refused. Whatever the operator's people or others are \
     refused that concerns you will be listed here.";
pub const ASKED_FOR: &str = "Asked for: ";
pub const REFUSED: &str = "Refused: ";
pub const NO_PERMIT: &str = "Nothing in the charter allows it.";
pub const ERRED: &str = "The charter could not be asked, so the answer was no.";

/// Whoever was refused, by name where the practice may know it.
pub fn asker(name: Option<&str>, is_staff: bool) -> String {
    match (name, is_staff) {
        (Some(name), true) => format!("{name}, of the operator"),
        (Some(name), false) => name.to_owned(),
        (None, true) => "Somebody of the operator".into(),
        (None, false) => "Somebody who is not of this practice".into(),
    }
}

/// An act in the words of the charter's schema, without the names that only policies need.
pub fn act(name: &str) -> String {
    Act::says(name).map_or_else(|| name.replace('_', " "), |says| says.replace('`', ""))
}

/// Why a password cannot be chosen, and what to do.
pub fn weak(why: Weak) -> String {
    match why {
        Weak::Short => format!("Choose a password of {CHARACTERS_MIN} characters or more"),
        Weak::Long => "Choose a shorter password: 256 characters are the most".into(),
        Weak::Guessed => {
            "This is among the first that somebody would try. Choose a few words that do not \
             belong together."
                .into()
        }
    }
}

/// The title of an invitation.
pub fn invited_to(practice: &str) -> String {
    format!("Come to {practice}")
}

/// What the invitation says.
pub fn invited_as(name: &str, practice: &str, role: &str) -> String {
    format!("{name}, {practice} invites you as {}.", role_words(role))
}

/// A role as people say it.
pub fn role_words(role: &str) -> &'static str {
    match role {
        "owner" => "an owner",
        "clinician" => "a clinician",
        "intake" => "an intake coordinator",
        "scheduling" => "a scheduler",
        "billing" => "a biller",
        "credentialing" => "a credentialing specialist",
        "support" => "a member of support",
        _ => "one of its people",
    }
}

/// The subject of the letter.
pub fn invitation_subject(practice: &str) -> String {
    format!("{practice} invites you to Trellis")
}

/// The letter.
pub fn invitation_letter(name: &str, practice: &str, link: &str) -> String {
    format!(
        "Hello {name},\n\n{practice} invites you to work with them in Trellis. Open this link \
         within 7 days to choose a password:\n\n{link}\n\nOpening it changes nothing yet. If you \
         do not know {practice}, leave it be.\n"
    )
}

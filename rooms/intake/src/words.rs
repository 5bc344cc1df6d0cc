//! Every sentence of this room that a person reads. Clients read it on a phone, often tired: short
//! words, one thing at a time.

pub const FORMS: &str = "Your forms";
pub const FORMS_WHY: &str = "About ten minutes. Each page is saved when you continue, so you can \
     stop and come back.";
pub const NO_FORMS: &str = "There is nothing to fill in now.";
pub const BEGIN: &str = "Begin";
pub const GO_ON: &str = "Go on";
pub const CONTINUE: &str = "Continue";
pub const BACK: &str = "Back";
pub const BACK_TO_FORMS: &str = "Back to your forms";
pub const BACK_TO_SENT: &str = "Back to what you sent";
pub const LATER: &str = "Stop here and go on later";
pub const SEND: &str = "Send my forms";
pub const SENT: &str = "Sent. Thank you.";
pub const TO_VISITS: &str = "Go to your visits";

pub const NAME: &str = "What is your name?";
pub const FIRST_NAME: &str = "First name";
pub const LAST_NAME: &str = "Last name";
pub const NAME_HINT: &str = "As it is on your ID or insurance card.";
pub const CHOSEN_NAME: &str = "The name you go by, if it is another";
pub const BORN: &str = "When were you born?";
pub const BORN_HINT: &str = "Such as 11 30 1994";
pub const LIVES: &str = "Where do you live?";
pub const STREET: &str = "Street and number";
pub const CITY: &str = "City";
pub const STATE: &str = "State";
pub const STATE_HINT: &str = "Two letters, such as TX";
pub const ZIP: &str = "ZIP code";
pub const PHONE: &str = "Where can your clinician call you?";
pub const PHONE_LABEL: &str = "Phone";
pub const PHONE_HINT: &str = "Such as 512 555 0142";
pub const EMERGENCY: &str = "Whom should we call if something happens to you?";
pub const EMERGENCY_HINT: &str = "You may leave this empty. We call them in an emergency only.";
pub const EMERGENCY_NAME: &str = "Their name";
pub const EMERGENCY_PHONE: &str = "Their phone";
pub const PAYING: &str = "How will you pay?";
pub const BY_INSURANCE: &str = "With insurance";
pub const BY_MYSELF: &str = "Myself";
pub const INSURANCE: &str = "Your insurance";
pub const INSURANCE_HINT: &str = "Have your card at hand.";
pub const PAYER: &str = "Insurance company";
pub const MEMBER_ID: &str = "Member ID";
pub const GROUP_NUMBER: &str = "Group number, if the card shows one";
pub const SEX: &str = "Sex that your insurance has on file";
pub const SEX_HINT: &str = "Insurers ask for it and know only these words.";
pub const FEMALE: &str = "Female";
pub const MALE: &str = "Male";
pub const UNKNOWN: &str = "Another, or I am not sure";
pub const RELATION: &str = "Whose plan is it?";
pub const MINE: &str = "Mine";
pub const SPOUSES: &str = "My spouse's or partner's";
pub const PARENTS: &str = "My parent's";
pub const ANOTHERS: &str = "Somebody else's";
pub const HOLDER: &str = "Whose plan is it?";
pub const HOLDER_HINT: &str = "The person whose name is first on the card.";
pub const HOLDER_BORN: &str = "When were they born?";
pub const AGREE: &str = "I have read this and agree";
pub const AGREE_HOW: &str = "Your agreement";
pub const SIGNS_AS: &str = "Type your full name to sign";
pub const SIGNED_ELECTRONICALLY: &str = "Typing your name signs like a signature on paper. You may \
     ask for a paper copy, or take your agreement back for what comes later, at any time.";
pub const CHECK_ANSWERS: &str = "Check your answers";
pub const CHANGE: &str = "Change";
pub const SIGNED: &str = "Signed";
pub const READ_AGAIN: &str = "Read it again";
pub const NOT_GIVEN: &str = "Not given";
pub const YOU_SIGNED: &str = "What you signed";
pub const TEXT_IS_AS_SIGNED: &str = "The text below is the one that was signed: its fingerprint \
     was computed anew just now and is the same.";
pub const TEXT_DIFFERS: &str = "This text does not have the fingerprint that was signed. Tell us.";

pub const ENTER_FIRST_NAME: &str = "Enter your first name";
pub const ENTER_LAST_NAME: &str = "Enter your last name";
pub const ENTER_STREET: &str = "Enter street and number, such as 12 Oak Street";
pub const ENTER_CITY: &str = "Enter your city";
pub const ENTER_STATE: &str = "Enter the two letters of your state, such as TX";
pub const ENTER_ZIP: &str = "Enter five digits, such as 78704";
pub const ENTER_PHONE: &str = "Enter a phone number with its area code, such as 512 555 0142";
pub const CHOOSE_PAYING: &str = "Choose how you will pay; you can change it later";
pub const CHOOSE_PAYER: &str = "Choose your insurance company";
pub const ENTER_MEMBER_ID: &str = "Enter the member ID from your card";
pub const CHOOSE_SEX: &str = "Choose what your insurance has on file";
pub const CHOOSE_RELATION: &str = "Choose whose plan it is";
pub const ENTER_HOLDER_FIRST: &str = "Enter their first name";
pub const ENTER_HOLDER_LAST: &str = "Enter their last name";
pub const ENTER_BIRTH_DATE: &str = "Enter month, day and year, such as 11 30 1994";
pub const NOT_A_DATE: &str = "There is no such day. Check month, day and year";
pub const NOT_BORN_YET: &str = "This day is still to come. Check the year";
pub const FOUR_DIGITS: &str = "Enter the year with four digits, such as 1994";
pub const CHECK_AGREE: &str = "Check the box if you agree. If you do not, stop here and call us";
pub const ENTER_SIGNATURE: &str = "Type your full name";
pub const TEXT_CHANGED: &str =
    "This text was changed while you read it. Go back to see the new one.";
pub const CAME_BACK: &str = "These forms were sent already. They stay as you sent them.";

pub const PACKET: &str = "Forms";
pub const PACKET_WHY: &str = "How far the client is. What they answered is not shown here.";
pub const SEND_PACKET: &str = "Send the forms";
pub const SEND_LETTER: &str = "Send the letter again";
pub const SEND_AGAIN: &str = "Send forms anew";
pub const SEND_AGAIN_WHY: &str =
    "For new insurance or a changed text. What was signed before stays.";
pub const NOT_SENT: &str = "No forms were sent yet.";
pub const NOTHING_SIGNED: &str = "Signatures will be listed here.";

/// The way back to a client.
pub fn back_to(client: &str) -> String {
    format!("Back to {client}")
}

/// A field that is too long.
pub fn at_most(longest: usize) -> String {
    format!("Shorten this to {longest} characters")
}

/// Where one is.
pub fn step(at: usize, of: usize) -> String {
    format!("{at} of {of}")
}

/// How far a packet is.
pub fn so_far(answered: usize, asked: usize) -> String {
    format!("{answered} of {asked} pages")
}

/// The name of a document where no text is at hand.
pub fn document(word: &str) -> &'static str {
    match word {
        "care" => "Consent to care",
        "privacy" => "Privacy of your records",
        _ => "Fees and missed visits",
    }
}

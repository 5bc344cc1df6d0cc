//! The pages of the forms: values to HTML. No question is asked here, and nothing is decided.

use ground::frame;
use ground::html::{
    Act, Button, Empty, Faults, Filled, Head, Heading, Lang, Link, Pick, Row, Tone, Typed, button,
    facts, notice, post, rows, section, when,
};
use ground::web::assets;
use ids::{ClientId, PracticeId};
use jiff::ZonedDateTime;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use maud::{Markup, html};

use crate::document::Text;
use crate::model::{Forms, Packet, Progress, Signed};
use crate::question::{Document, Question, asked};
use crate::words;

fn page(title: &str, faults: &Faults, main: Markup) -> Markup {
    frame::page(&Head::new(assets(), title).faults(faults), main)
}

/// The packets of a client: what is open first.
pub fn forms(list: &[(String, Forms)]) -> Markup {
    let list: Vec<Row> = list.iter().map(|(practice, forms)| forms_row(practice, forms)).collect();
    let main = html! {
        (Heading::new(words::FORMS).lead(html! { (words::FORMS_WHY) }))
        (rows(&list, &Empty::new(words::NO_FORMS)))
    };
    page(words::FORMS, &Faults::none(), main)
}

fn forms_row(practice: &str, forms: &Forms) -> Row {
    let to = format!("/me/forms/{}", forms.packet.id);
    let row = Row::new(html! { (practice) });
    if forms.packet.completed_at.is_some() {
        let again = Link::to(format!("{to}/review"), words::READ_AGAIN).about(practice);
        return row.second(html! { (words::SENT) }).act(Act::Go(again)).past();
    }
    let (answered, asked) = forms.so_far();
    let go = if answered == 0 { words::BEGIN } else { words::GO_ON };
    row.second(html! { (words::so_far(answered, asked)) })
        .act(Act::Go(Link::to(to, go).about(practice)))
}

/// Above each question: the way back, and where one is.
fn way(forms: &Forms, question: Question) -> Markup {
    let asked = asked(&forms.answers);
    let at = asked.iter().position(|it| *it == question).unwrap_or_default();
    let before = at.checked_sub(1).and_then(|at| asked.get(at));
    let to = match before {
        Some(before) => format!("/me/forms/{}/{}", forms.packet.id, before.word()),
        None => "/me/forms".into(),
    };
    html! {
        (ground::html::back(&Link::to(to, words::BACK)))
        (ground::html::step(&words::step(at + 1, asked.len())))
    }
}

fn later() -> Markup {
    html! { p { (Link::to("/me/forms", words::LATER)) } }
}

fn title(question: Question) -> &'static str {
    match question {
        Question::Name => words::NAME,
        Question::Born => words::BORN,
        Question::Address => words::LIVES,
        Question::Phone => words::PHONE,
        Question::Emergency => words::EMERGENCY,
        Question::Paying => words::PAYING,
        Question::Insurance => words::INSURANCE,
        Question::Holder => words::HOLDER,
        Question::Sign(document) => words::document(document.word()),
    }
}

/// One question.
pub fn question(
    once: &str,
    forms: &Forms,
    question: Question,
    payers: &[(String, String)],
    typed: &Typed,
    faults: &Faults,
) -> Markup {
    let form = Filled::new(typed, faults);
    let action = format!("/me/forms/{}/{}", forms.packet.id, question.word());
    let alone = matches!(question, Question::Born | Question::Paying);
    let main = html! {
        (form.summary())
        (way(forms, question))
        @if !alone { (Heading::new(title(question)).lead(lead(question))) }
        (post(&action, once, html! {
            (fields(question, payers, form))
            (button(words::CONTINUE).filled())
        }))
        (later())
    };
    page(title(question), faults, main)
}

fn lead(question: Question) -> Markup {
    match question {
        Question::Name => html! { (words::NAME_HINT) },
        Question::Emergency => html! { (words::EMERGENCY_HINT) },
        Question::Insurance => html! { (words::INSURANCE_HINT) },
        Question::Holder => html! { (words::HOLDER_HINT) },
        _ => html! {},
    }
}

fn fields(question: Question, payers: &[(String, String)], form: Filled<'_>) -> Markup {
    match question {
        Question::Name => html! {
            (form.field("first_name", words::FIRST_NAME).autocomplete("given-name"))
            (form.field("last_name", words::LAST_NAME).autocomplete("family-name"))
            (form.field("chosen_name", words::CHOSEN_NAME).optional().autocomplete("nickname"))
        },
        Question::Born => html! {
            (form.date("born", words::BORN).hint(words::BORN_HINT).birthday().as_heading())
        },
        Question::Address => html! {
            (form.field("street", words::STREET).autocomplete("street-address"))
            (form.field("city", words::CITY).autocomplete("address-level2"))
            (form.field("state", words::STATE).hint(words::STATE_HINT)
                .autocomplete("address-level1").short())
            (form.field("zip", words::ZIP).autocomplete("postal-code").short())
        },
        Question::Phone => html! {
            (form.field("phone", words::PHONE_LABEL).hint(words::PHONE_HINT)
                .autocomplete("tel").tel())
        },
        Question::Emergency => html! {
            (form.field("emergency_name", words::EMERGENCY_NAME).optional())
            (form.field("emergency_phone", words::EMERGENCY_PHONE).optional().tel())
        },
        Question::Paying => {
            let picks =
                [Pick::new("insurance", words::BY_INSURANCE), Pick::new("self", words::BY_MYSELF)];
            html! { (form.radios("paying", words::PAYING, &picks).as_heading()) }
        }
        Question::Insurance => insurance(payers, form),
        Question::Holder => html! {
            (form.field("holder_first", words::FIRST_NAME))
            (form.field("holder_last", words::LAST_NAME))
            (form.date("holder_born", words::HOLDER_BORN).hint(words::BORN_HINT))
        },
        Question::Sign(_) => html! {},
    }
}

fn insurance(payers: &[(String, String)], form: Filled<'_>) -> Markup {
    let payers: Vec<Pick> = payers.iter().map(|(code, name)| Pick::new(code, name)).collect();
    let sexes = [
        Pick::new("F", words::FEMALE),
        Pick::new("M", words::MALE),
        Pick::new("U", words::UNKNOWN),
    ];
    let relations = [
        Pick::new("self", words::MINE),
        Pick::new("spouse", words::SPOUSES),
        Pick::new("child", words::PARENTS),
        Pick::new("other", words::ANOTHERS),
    ];
    html! {
        (form.radios("payer", words::PAYER, &payers))
        (form.field("member_id", words::MEMBER_ID))
        (form.field("group_number", words::GROUP_NUMBER).optional())
        (form.radios("sex", words::SEX, &sexes).hint(words::SEX_HINT))
        (form.radios("relation", words::RELATION, &relations))
    }
}

fn paragraphs(text: &Text) -> Markup {
    html! {
        @for paragraph in text.body.split("\n\n") { p { (paragraph) } }
    }
}

/// A document to read and sign; once signed, who signed it.
pub fn document(
    once: &str,
    forms: &Forms,
    text: &Text,
    signed: Option<&Signed>,
    typed: &Typed,
    faults: &Faults,
) -> Markup {
    let form = Filled::new(typed, faults);
    let question = Question::Sign(text.document);
    let action = format!("/me/forms/{}/{}", forms.packet.id, question.word());
    let agree = [Pick::new("yes", words::AGREE)];
    let main = html! {
        (form.summary())
        (way(forms, question))
        (Heading::new(&*text.title))
        (paragraphs(text))
        @match signed {
            Some(signed) => {
                (notice(Tone::Plain, words::SIGNED, html! { p { (signed.typed_name) } }, None))
                div.acts {
                    (Button::go(Link::to(format!("/me/forms/{}", forms.packet.id),
                        words::CONTINUE)).filled())
                }
            }
            None => (post(&action, once, html! {
                input type="hidden" name="version" value=(text.version);
                (form.checks("agree", words::AGREE_HOW, &agree))
                (form.field("signs_as", words::SIGNS_AS).hint(words::SIGNED_ELECTRONICALLY)
                    .autocomplete("name"))
                (button(words::CONTINUE).filled())
            })),
        }
        (later())
    };
    page(&text.title, faults, main)
}

/// All answers once more, before they are sent; afterwards, what was sent.
pub fn review(once: &str, forms: &Forms, payers: &[(String, String)]) -> Markup {
    let is_sent = forms.packet.completed_at.is_some();
    let title = if is_sent { words::SENT } else { words::CHECK_ANSWERS };
    let list: Vec<Row> = asked(&forms.answers)
        .into_iter()
        .map(|question| review_row(forms, question, payers, is_sent))
        .collect();
    let send = format!("/me/forms/{}/sending", forms.packet.id);
    let back = Link::to("/me/forms", words::BACK_TO_FORMS);
    let main = html! {
        (Heading::new(title).back(back))
        (rows(&list, &Empty::new(words::NO_FORMS)))
        @if is_sent {
            div.acts { (Button::go(Link::to("/me/visits", words::TO_VISITS)).filled()) }
        } @else {
            (post(&send, once, html! { (button(words::SEND).filled()) }))
        }
    };
    page(title, &Faults::none(), main)
}

fn review_row(
    forms: &Forms,
    question: Question,
    payers: &[(String, String)],
    is_sent: bool,
) -> Row {
    let at = format!("/me/forms/{}", forms.packet.id);
    let row = Row::new(html! { (title(question)) });
    if let Question::Sign(document) = question {
        let signed = forms.signed.iter().find(|it| it.document == document);
        let name = signed.map_or(words::NOT_GIVEN, |it| &it.typed_name);
        let to = format!("{at}/signed/{}", document.word());
        let again = Link::to(to, words::READ_AGAIN).about(title(question));
        return row.second(html! { (words::SIGNED) ": " (name) }).act(Act::Go(again));
    }
    let row = row.second(html! { (says(forms, question, payers)) });
    if is_sent {
        return row;
    }
    let change = Link::to(format!("{at}/{}", question.word()), words::CHANGE);
    row.act(Act::Go(change.about(title(question))))
}

/// What was answered on a page, in a line.
fn says(forms: &Forms, question: Question, payers: &[(String, String)]) -> String {
    let say = |field: &str| forms.answers.get(field).map_or("", String::as_str);
    let name = [say("first_name"), say("last_name")].join(" ");
    let holder = [say("holder_first"), say("holder_last")].join(" ");
    let (born, holder_born) = (day(say("born")), day(say("holder_born")));
    let parts: Vec<&str> = match question {
        Question::Name => vec![name.trim()],
        Question::Born => vec![&born],
        Question::Address => vec![say("street"), say("city"), say("state"), say("zip")],
        Question::Phone => vec![say("phone")],
        Question::Emergency => vec![say("emergency_name"), say("emergency_phone")],
        Question::Paying if say("paying") == "self" => vec![words::BY_MYSELF],
        Question::Paying => vec![words::BY_INSURANCE],
        Question::Insurance => {
            let payer = payers.iter().find(|(code, _)| code == say("payer"));
            vec![payer.map_or(say("payer"), |(_, name)| name), say("member_id")]
        }
        Question::Holder => vec![holder.trim(), &holder_born],
        Question::Sign(_) => vec![],
    };
    let said: Vec<&str> = parts.into_iter().filter(|it| !it.is_empty()).collect();
    if said.is_empty() { words::NOT_GIVEN.into() } else { said.join(", ") }
}

/// A day as people write it, where it is one.
fn day(kept: &str) -> String {
    match kept.parse::<Date>() {
        Ok(on) => format!("{}, {}", when::day_text(Lang::En, on), on.year()),
        Err(_) => kept.to_owned(),
    }
}

/// A document as it was signed, its fingerprint computed anew.
pub fn signed(packet: &Packet, signed: &Signed, text: &Text, at: &ZonedDateTime) -> Markup {
    let same = text.hash().as_slice() == signed.hash;
    let (tone, says) = if same {
        (Tone::Plain, words::TEXT_IS_AS_SIGNED)
    } else {
        (Tone::Danger, words::TEXT_DIFFERS)
    };
    let back = Link::to(format!("/me/forms/{}/review", packet.id), words::BACK_TO_SENT);
    let hash: String = signed.hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let known = [
        ("Signed by", Some(html! { (signed.typed_name) })),
        ("When", Some(when::moment_and_zone(Lang::En, at))),
        ("Version", Some(html! { (signed.version) })),
        ("Fingerprint (SHA-256)", Some(html! { code { (hash) } })),
    ];
    let main = html! {
        (Heading::new(&*text.title).back(back))
        (notice(tone, words::YOU_SIGNED, html! { p { (says) } }, None))
        (facts(&known, words::NOT_GIVEN))
        (paragraphs(text))
    };
    page(&text.title, &Faults::none(), main)
}

/// How far a client's forms are, for whoever sends them.
pub fn progress(
    once: &str,
    of: (PracticeId, ClientId),
    name: &str,
    progress: Option<&Progress>,
    zone: &TimeZone,
) -> Markup {
    let (practice, client) = of;
    let at = format!("/p/{practice}/clients/{client}");
    let moment = |at: jiff::Timestamp| when::moment(&at.to_zoned_datetime(zone.clone()));
    let send = |says: &str| post(&format!("{at}/forms"), once, html! { (button(says)) });
    let main = html! {
        (Heading::new(words::PACKET)
            .back(Link::to(&*at, words::back_to(name)))
            .lead(html! { (words::PACKET_WHY) }))
        @match progress {
            None => {
                p { (words::NOT_SENT) }
                (send(words::SEND_PACKET))
            }
            Some(it) => {
                (facts(&[
                    ("Sent", Some(moment(it.packet.sent_at))),
                    ("Pages begun", Some(html! { (it.begun) })),
                    ("Came back", it.packet.completed_at.map(moment)),
                ], "not yet"))
                (section(words::SIGNED, None, rows(&signatures(it, zone),
                    &Empty::new(words::NOTHING_SIGNED))))
                @if it.packet.completed_at.is_some() {
                    (section(words::SEND_AGAIN, None, html! {
                        p { (words::SEND_AGAIN_WHY) }
                        (send(words::SEND_AGAIN))
                    }))
                } @else {
                    (send(words::SEND_LETTER))
                }
            }
        }
    };
    page(words::PACKET, &Faults::none(), main)
}

fn signatures(progress: &Progress, zone: &TimeZone) -> Vec<Row> {
    let row = |it: &Signed| {
        let document: Document = it.document;
        let at = when::moment(&it.at.to_zoned_datetime(zone.clone()));
        Row::new(html! { (words::document(document.word())) })
            .second(html! { (it.typed_name) ", version " (it.version) })
            .value(at)
    };
    progress.signed.iter().map(row).collect()
}

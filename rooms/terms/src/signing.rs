//! What signing an agreement and an engagement have in common: a typed name, a side, and what a
//! constraint answers.

use ground::db;
use ground::html::{Faults, Typed};
use ground::policy::Side;
use ground::web;
use ids::PersonId;

use crate::words;

/// Longest name that somebody signs with.
const NAME_MAX: usize = 120;

/// The name that somebody typed, if it is one.
pub(crate) fn typed_name(typed: &Typed) -> Result<&str, Faults> {
    let name = typed.one("typed_name").trim();
    match (1..=NAME_MAX).contains(&name.chars().count()) {
        true => Ok(name),
        false => Err(Faults::none().and("typed_name", words::ENTER_OWN_NAME)),
    }
}

/// What a signature that a constraint refuses is answered with; a second press is as the first.
pub(crate) fn not_signed(error: db::Error) -> web::Result<()> {
    match error {
        db::Error::Conflict(name) => match name.as_str() {
            "signature_pkey" | "engagement_signature_pkey" => Ok(()),
            "the_newest_version_is_signed" => {
                Err(web::Error::Conflict(words::NEWER_VERSION.into()))
            }
            "nobody_signs_for_both_sides" | "nobody_signs_for_both_sides_of_an_engagement" => {
                Err(web::Error::Conflict(words::ONE_SIDE_ONLY.into()))
            }
            _ => Err(db::Error::Conflict(name).into()),
        },
        error => Err(error.into()),
    }
}

/// The side that a form names; a form of ours always names one.
pub(crate) fn side_of(typed: &Typed) -> web::Result<Side> {
    typed.one("side").parse().map_err(|_| web::Error::NotFound)
}

/// Whether this person's name stands there already for this side: they pressed twice.
pub(crate) fn signed_before(signatures: &[crate::Signature], side: Side, by: PersonId) -> bool {
    signatures.iter().any(|it| it.side == side && it.by == by)
}

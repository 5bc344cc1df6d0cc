//! The comparison of ways to practice, for anybody: own figures in, one basis, any model may win.
//!
//! 1. All models start from the same calls, clients, prices and hours; a difference is a contract's
//!    or the reader's own.
//! 2. Every figure shows what is usual and where it is from; an estimate is called one.
//! 3. Sentences come from figures: more, and by how much.
//! 4. Nothing is kept, and nothing that was typed stands in an address that a server sees.

mod answer;
mod asked;
mod figures;
mod gains;
mod line;
mod models;
#[cfg(test)]
mod paper;
mod protects;
mod routes;
mod says;
#[cfg(test)]
mod tests;
mod truths;
mod views;
mod words;

pub(crate) use routes::routes;

/// Works out the comparison with the usual figures, and says how many models it has: what the bench
/// of this room times. A page works it out once and keeps it.
///
/// # Errors
/// None: a test holds the usual figures to be ones that the engine takes.
#[doc(hidden)]
pub fn work_out_the_usual() -> Result<usize, economics::Error> {
    Ok(answer::Answer::to(asked::Asked::default())?.rows.len())
}

//! X12 5010 as payers and practices exchange it: claims out; payments and acknowledgments in.
//!
//! Two laws. **The reader forgives**: it reads whatever can be read, keeps the place of every row
//! and says what was odd. **The writer does not**: it writes what the guide allows, or nothing
//! and every reason why. A file that was cut is refused whole; money is cents, never a float.
//!
//! Three floors, each usable alone:
//! 1. [`read`] turns bytes into interchanges, groups and sets of segments.
//! 2. [`claim_837p::read`], [`remittance_835::read`], [`ack_999::read`], [`ack_277ca::read`] and
//!    [`ta1::Ta1::read`] turn a set into what it says, with findings.
//! 3. [`write()`] turns such values into an interchange.
//!
//! Numbers of codes are X12's; all words are our own.
//!
//! ```
//! # fn main() -> Result<(), x12::Refused> {
//! let bytes = include_bytes!("../samples/trellis/835-paid-denied-deductible.x12");
//! let file = x12::read(bytes)?;
//! for set in file.sets() {
//!     let remittance = x12::remittance_835::read(set)?;
//!     assert_eq!(remittance.value.payment.amount, x12::Cents(9840));
//!     assert_eq!(x12::remittance_835::standing(&remittance).to_string(), "posts");
//! }
//! # Ok(())
//! # }
//! ```

mod adjustment;
mod amount;
mod envelope;
mod finding;
mod guide;
mod out;
mod parsed;
mod party;
mod segment;
mod send;

pub mod ack_277ca;
pub mod ack_999;
pub mod claim_837p;
pub mod codes;
pub mod limits;
pub mod remittance_835;
pub mod ta1;

pub use adjustment::{Adjustment, client_share, total};
pub use amount::{AMOUNT_MAX, Cents, Milli, QUANTITY_MAX};
pub use envelope::{File, Group, Interchange, Isa, Set, Usage, read};
pub use finding::{Cause, Finding, Findings, Kind, Level, Place, Refused, Span};
pub use guide::{SetKind, kind_of, name_of};
pub use out::{Fault, NotWritten, fold, is_writable};
pub use parsed::{Leftover, Parsed};
pub use party::{
    Address, Contact, Dated, Days, Demographics, Entity, Id, Informs, Name, Party, Procedure,
    Quantity, is_npi,
};
pub use segment::{Delimiters, Element, Segment, Tag};
pub use send::{CONTROL_MAX, Envelope, Outgoing, SETS_MAX, write};

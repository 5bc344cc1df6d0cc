//! How much is taken from a stranger's file before it is refused or its troubles stop being listed.

/// Bytes in one file. Real payment files reach hundreds of megabytes; beyond this, ask for parts.
pub const FILE_BYTES_MAX: usize = 256 << 20;

/// Bytes in one segment. The longest honest one (a note, a message) stays under a kilobyte.
pub const SEGMENT_BYTES_MAX: usize = 16 << 10;

/// Segments in one file: keeps the index within a few hundred megabytes, sums within `i64`.
pub const SEGMENTS_MAX: usize = 8_000_000;

/// Interchanges in one file.
pub const INTERCHANGES_MAX: usize = 10_000;

/// Findings kept for one file and for one set; the count goes on, the list does not.
pub const FINDINGS_MAX: usize = 1_000;

/// Bytes before `ISA` that are searched: mail gateways and terminals leave a line or two there.
pub const LEADING_BYTES_MAX: usize = 4 << 10;

/// Bytes in an `ISA` whose elements are not padded as they should be.
pub const LOOSE_ISA_BYTES_MAX: usize = 256;

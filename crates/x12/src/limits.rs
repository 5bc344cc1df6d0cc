//! How much is taken from a stranger's file before it is refused or its troubles stop being listed.

/// Bytes in one file: a week of a large practice is a few hundred kilobytes. Files of hospitals
/// reach hundreds of megabytes; whoever sends us one is asked for parts.
pub const FILE_BYTES_MAX: usize = 64 << 20;

/// Bytes in one segment. The longest honest one (a note, a message) stays under a kilobyte.
pub const SEGMENT_BYTES_MAX: usize = 16 << 10;

/// Segments in one file. A segment of four bytes can become a row of a kilobyte: this keeps the
/// worst file within a gigabyte of memory, and all sums within `i64`.
pub const SEGMENTS_MAX: usize = 1_000_000;

/// Interchanges in one file.
pub const INTERCHANGES_MAX: usize = 10_000;

/// Findings kept for one file and for one set; the count goes on, the list does not.
pub const FINDINGS_MAX: usize = 1_000;

/// Bytes before `ISA` that are searched: mail gateways and terminals leave a line or two there.
pub const LEADING_BYTES_MAX: usize = 4 << 10;

/// Bytes in an `ISA` whose elements are not padded as they should be.
pub const LOOSE_ISA_BYTES_MAX: usize = 256;

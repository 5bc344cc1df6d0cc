//! What is printed: documents of plain values become PDF, the same values the same bytes.

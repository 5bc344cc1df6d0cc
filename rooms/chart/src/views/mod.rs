//! The pages of the chart: values to HTML. No question is asked here, and nothing is decided.

pub mod chart;
pub mod list;
pub mod note;

//! Openings against judged cases, against a model that walks the minutes, and against the RFC.

mod judged;
mod rfc;
mod told;
mod walked;

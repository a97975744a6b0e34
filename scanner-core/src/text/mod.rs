//! Spans, positions, encodings and classes of bytes. Nothing here knows a rule.

pub(crate) mod disjoint;
pub(crate) mod escape;
pub(crate) mod utf8;
pub(crate) mod view;

pub(crate) mod boundary;
pub(crate) mod byte_classes;
pub(crate) mod byte_frequency;
pub(crate) mod byte_set;
pub(crate) mod context;
pub(crate) mod nearest;
pub(crate) mod pieces;
pub(crate) mod position;
pub(crate) mod span;
pub(crate) mod toml_message;
pub(crate) mod utf16;

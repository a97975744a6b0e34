//! What belongs to a value: what leads to it, and what it ends at.

/// What leads from a name to its value.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Separator {
    /// A sign of assignment.
    Assign,
    /// A comma or a parenthesis: the value is an argument.
    Call,
    /// An operator for missing values, a default.
    Fallback,
    /// Blanks behind an option of a command.
    Option,
    /// Blanks behind another name.
    Blank,
    /// The value is the content or an attribute of an element.
    Element,
    /// The name and the value each have a key.
    Pair,
}

/// How a value is delimited.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Delimiter {
    /// By blanks and signs.
    Bare,
    /// By quotes, tags or brackets that are no part of it.
    Quoted,
    /// By the line that it has for itself.
    Block,
}

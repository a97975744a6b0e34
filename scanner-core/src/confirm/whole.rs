//! A regex that a text has to match as a whole.

use crate::confirm::anchored::AnchoredRegex;
use crate::confirm::linear::LinearMatcher;
use crate::rules::regex::parse;

/// A regex that all of a text has to match.
pub(crate) enum Whole {
    LinearMatcher(LinearMatcher),
    AnchoredRegex(Box<AnchoredRegex>),
}

impl Whole {
    pub(crate) fn new(regex: &str) -> Self {
        let hir = parse(regex).expect("rules are linted");
        LinearMatcher::of(&hir).map_or_else(
            || {
                let to_the_end =
                    parse(&format!(r"(?:{regex})\z")).expect("a group of a regex is one");
                Self::AnchoredRegex(Box::new(AnchoredRegex::new(&to_the_end, &[])))
            },
            Self::LinearMatcher,
        )
    }

    pub(crate) fn is_match(&self, text: &[u8]) -> bool {
        match self {
            Self::LinearMatcher(shape) => shape.is_whole(text),
            Self::AnchoredRegex(anchored) => anchored.at(text, 0, text.len()).is_some(),
        }
    }
}

//! A regex that a text has to match as a whole.

use crate::confirm::anchored::Follower;
use crate::confirm::linear::Shape;
use crate::rules::regex::parse;

/// A regex that all of a text has to match.
pub(crate) enum Whole {
    Shape(Shape),
    Follower(Box<Follower>),
}

impl Whole {
    pub(crate) fn new(regex: &str) -> Self {
        let hir = parse(regex).expect("rules are linted");
        Shape::of(&hir).map_or_else(
            || {
                let to_the_end =
                    parse(&format!(r"(?:{regex})\z")).expect("a group of a regex is one");
                Self::Follower(Box::new(Follower::new(&to_the_end, &[])))
            },
            Self::Shape,
        )
    }

    pub(crate) fn is_match(&self, text: &[u8]) -> bool {
        match self {
            Self::Shape(shape) => shape.is_whole(text),
            Self::Follower(follower) => follower.at(text, 0, text.len()).is_some(),
        }
    }
}

//! How sure a match is, and why it is not reported.

use core::fmt;

/// How sure it is that a match is a secret. Ordered: `Refuted < Possible < Likely < Proved`.
///
/// ```
/// use tokensieve_core::Confidence;
///
/// assert!(Confidence::Proved > Confidence::Likely);
/// assert_eq!("possible".parse::<Confidence>(), Ok(Confidence::Possible));
/// ```
#[derive(
    Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, serde::Deserialize, serde::Serialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// It looks like a token but is not one: its checksum, length field or body length is wrong, or
    /// it is a placeholder.
    Refuted,
    /// It fits the form, but holds what the generator never emits, or only its context says what it
    /// is.
    Possible,
    /// Form and alphabet fit.
    Likely,
    /// A checksum or a structure inside the token holds.
    Proved,
}

impl Confidence {
    /// All values, from the least to the most sure.
    pub const ALL: [Self; 4] = [Self::Refuted, Self::Possible, Self::Likely, Self::Proved];

    /// The name used in reports and arguments.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Refuted => "refuted",
            Self::Possible => "possible",
            Self::Likely => "likely",
            Self::Proved => "proved",
        }
    }
}

/// The text is not the name of a confidence, a severity or a choice of passwords.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct UnknownName;

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unknown name")
    }
}

impl core::error::Error for UnknownName {}

impl core::str::FromStr for Confidence {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        Self::ALL.into_iter().find(|confidence| confidence.as_str() == text).ok_or(UnknownName)
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Which values under the name of a password are found.
///
/// ```
/// use tokensieve_core::settings::Passwords;
///
/// assert_eq!("paranoid".parse::<Passwords>(), Ok(Passwords::Paranoid));
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum Passwords {
    /// Values that a generator could have made, and values that somebody chose to be safe: no
    /// words, no defaults, nothing that a program says.
    #[default]
    Usual,
    /// Every literal, be it a word, a default or a placeholder, but no templates, masks, encrypted
    /// values and references to variables.
    Paranoid,
}

impl Passwords {
    /// All values.
    pub const ALL: [Self; 2] = [Self::Usual, Self::Paranoid];

    /// The name used in arguments.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Usual => "usual",
            Self::Paranoid => "paranoid",
        }
    }
}

impl core::str::FromStr for Passwords {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        Self::ALL.into_iter().find(|passwords| passwords.as_str() == text).ok_or(UnknownName)
    }
}

/// How much a leaked secret can do. Ordered from `Info` to `Critical`.
///
/// ```
/// use tokensieve_core::Severity;
///
/// assert!(Severity::Critical > Severity::High);
/// assert_eq!("medium".parse(), Ok(Severity::Medium));
/// ```
#[derive(
    Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, serde::Deserialize, serde::Serialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing secret, but worth knowing.
    Info,
    /// Little harm, or only together with other data.
    Low,
    /// Reads or changes something of limited reach.
    Medium,
    /// Reads or changes a project or a group.
    High,
    /// Acts as a user, or runs code on machines.
    Critical,
}

impl Severity {
    /// All values, from the least to the most severe.
    pub const ALL: [Self; 5] = [Self::Info, Self::Low, Self::Medium, Self::High, Self::Critical];

    /// The name used in reports and rule files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

impl core::str::FromStr for Severity {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        Self::ALL.into_iter().find(|severity| severity.as_str() == text).ok_or(UnknownName)
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Why a match is refuted.
///
/// ```
/// use tokensieve_core::{Confidence, Reason, RuleSet, Scanner};
///
/// let mut builder = Scanner::builder();
/// let scanner = builder.min_confidence(Confidence::Refuted).build(&RuleSet::builtin())?;
/// let text = ["glp", "at-xxxxxxxxxxxxxxxxxxxx"].concat();
/// assert_eq!(scanner.find(text.as_bytes())[0].reason(), Some(Reason::Placeholder));
/// # Ok::<(), tokensieve_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Reason {
    /// The checksum does not fit the token.
    WrongChecksum,
    /// The length field does not fit the payload.
    WrongLengthField,
    /// The body is shorter or longer than the generator makes it.
    WrongLength,
    /// The parts do not decode to what they should hold.
    WrongStructure,
    /// A filler that somebody wrote in place of a token.
    Placeholder,
    /// A value that is published in documentation.
    Example,
    /// Its characters repeat more than those of a generated value: see `min_entropy` in the rule.
    LowEntropy,
    /// Words, an identifier, a path, a hash, public data: nothing that has to be kept secret.
    Ordinary,
}

impl Reason {
    /// The words used in reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::WrongChecksum => "wrong checksum",
            Self::WrongLengthField => "wrong length field",
            Self::WrongLength => "wrong length",
            Self::WrongStructure => "wrong structure",
            Self::Placeholder => "placeholder",
            Self::Example => "documentation example",
            Self::LowEntropy => "low entropy",
            Self::Ordinary => "ordinary value",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// What a token tells about itself: keys such as `user` or `project` with values in the order of
/// their names.
///
/// Numbers are decimal strings, since an id can exceed 64 bits.
///
/// ```
/// use tokensieve_core::Facts;
///
/// let facts: Facts = [("user", "123".to_owned())].into_iter().collect();
/// assert_eq!(facts.get("user"), Some("123"));
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Facts(Vec<(&'static str, String)>);

impl Facts {
    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.iter().find(|(name, _)| *name == key).map(|(_, value)| value)
    }

    /// All keys with their values, sorted by key.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(key, value)| (*key, value.as_str()))
    }
}

impl FromIterator<(&'static str, String)> for Facts {
    fn from_iter<I: IntoIterator<Item = (&'static str, String)>>(facts: I) -> Self {
        let mut facts: Vec<_> = facts.into_iter().collect();
        facts.sort();
        Self(facts)
    }
}

impl serde::Serialize for Facts {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Returns the names of all variants of an enum, as serde names them: it lists them in the
    /// error about a name that it does not know. For tests that no new variant may escape.
    pub(crate) fn names_of<T: serde::de::DeserializeOwned>() -> Vec<String> {
        let Err(error) = serde_json::from_str::<T>("\"no such name\"") else {
            panic!("an enum has no such name")
        };
        let error = error.to_string();
        let (_, known) = error.split_once("expected one of ").unwrap();
        known.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    }

    /// Returns all variants of an enum none of whose variants has fields.
    pub(crate) fn all_of<T: serde::de::DeserializeOwned>() -> Vec<T> {
        let read = |name: String| serde_json::from_value(name.into()).unwrap();
        names_of::<T>().into_iter().map(read).collect()
    }

    #[test]
    fn all_variants_are_listed() {
        assert_eq!(all_of::<Severity>(), Severity::ALL);
        assert_eq!(all_of::<Confidence>(), Confidence::ALL);
    }
}

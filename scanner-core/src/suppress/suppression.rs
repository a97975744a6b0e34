//! Why a finding is not reported, for reports that list such findings all the same.

use serde::Serialize;

/// What keeps a finding from being reported. Everything in it is fit to be shown.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Suppression {
    /// What kind of suppression it is, such as `baseline`: the reason that coverage counts it
    /// under.
    pub kind: &'static str,
    /// Whether it stands in the source itself, as a comment does.
    #[serde(skip)]
    pub is_in_source: bool,
    /// The file and the line that it stands in, where that is another file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Why somebody said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Who answers for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
}

impl Suppression {
    /// All of it in a few words.
    #[must_use]
    pub fn in_words(&self) -> String {
        let mut text = self.kind.to_owned();
        for (before, part) in
            [(", ", &self.place), (": ", &self.reason), ("; owner: ", &self.owner)]
        {
            if let Some(part) = part {
                text += before;
                text += part;
            }
        }
        text
    }
}

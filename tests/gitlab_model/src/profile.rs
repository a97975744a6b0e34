//! Which GitLab the model plays: release and tier.

use std::str::FromStr;

/// A release, as major and minor number.
pub type Release = (u8, u8);

/// The releases that the model knows how to play.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// 16.11, the last of its major release.
    R16_11,
    /// 17.11, the last of its major release.
    R17_11,
    /// 18.4, whose OpenAPI document the model is held to.
    R18_4,
    /// 19.6, the newest that was read about.
    R19_6,
}

impl Profile {
    /// All profiles, oldest first.
    pub const ALL: [Profile; 4] =
        [Profile::R16_11, Profile::R17_11, Profile::R18_4, Profile::R19_6];

    /// Returns the release that is played.
    #[must_use]
    pub fn release(self) -> Release {
        match self {
            Profile::R16_11 => (16, 11),
            Profile::R17_11 => (17, 11),
            Profile::R18_4 => (18, 4),
            Profile::R19_6 => (19, 6),
        }
    }
}

impl FromStr for Profile {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Profile::ALL
            .into_iter()
            .find(|profile| {
                let (major, minor) = profile.release();
                text == format!("{major}.{minor}")
            })
            .ok_or_else(|| format!("no profile {text:?}; there are 16.11, 17.11, 18.4 and 19.6"))
    }
}

/// A subscription tier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// Free.
    Free,
    /// Premium.
    Premium,
    /// Ultimate.
    Ultimate,
}

impl FromStr for Tier {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "free" => Ok(Tier::Free),
            "premium" => Ok(Tier::Premium),
            "ultimate" => Ok(Tier::Ultimate),
            _ => Err(format!("no tier {text:?}; there are free, premium and ultimate")),
        }
    }
}

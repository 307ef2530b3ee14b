//! The three languages, and a text that may be said in each.

use serde::{Deserialize, Serialize};

/// A language of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Lang {
    /// Traditional characters with the mainland's terms; the default.
    #[default]
    Hant,
    /// Simplified characters; the default of paper exports.
    Hans,
    /// English.
    En,
}

impl Lang {
    /// Every language, in the order in which one key walks through them.
    pub const ALL: [Self; 3] = [Self::Hant, Self::Hans, Self::En];

    /// Returns the language that follows this one.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Hant => Self::Hans,
            Self::Hans => Self::En,
            Self::En => Self::Hant,
        }
    }

    /// Names the language as files and options spell it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Hant => "zh-Hant",
            Self::Hans => "zh-Hans",
            Self::En => "en",
        }
    }

    /// Reads a code or a POSIX locale name such as `zh_CN.UTF-8`.
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase().replace('_', "-");
        let name = name.split(['.', '@']).next().unwrap_or_default();
        match name {
            "zh-hans" | "hans" | "zh-cn" | "zh-sg" | "zh-my" => Some(Self::Hans),
            "zh-hant" | "hant" | "zh-tw" | "zh-hk" | "zh-mo" | "zh" => Some(Self::Hant),
            _ if name == "en" || name.starts_with("en-") => Some(Self::En),
            _ => None,
        }
    }
}

/// A text in up to three languages; an empty one falls back to the nearest that is there.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Said {
    /// Traditional characters.
    pub hant: String,
    /// Simplified characters.
    pub hans: String,
    /// English.
    pub en: String,
}

impl Said {
    /// Returns the text in `lang`, or in the nearest language that has one.
    pub fn pick(&self, lang: Lang) -> &str {
        let order = match lang {
            Lang::Hant => [&self.hant, &self.hans, &self.en],
            Lang::Hans => [&self.hans, &self.hant, &self.en],
            Lang::En => [&self.en, &self.hant, &self.hans],
        };
        order.into_iter().find(|text| !text.is_empty()).map_or("", String::as_str)
    }

    /// Says whether no language has a text.
    pub fn is_empty(&self) -> bool {
        self.hant.is_empty() && self.hans.is_empty() && self.en.is_empty()
    }
}

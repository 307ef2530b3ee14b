//! What can be wrong with a checklist file.

use crate::domain::Points;
use crate::text::clean_line;

/// The longest quotation from a file in a message.
const QUOTED: usize = 40;
/// The longest message that is passed on.
const RETOLD: usize = 200;

/// One thing that is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line where it stands, from 1.
    pub line: u32,
    /// What is wrong.
    pub what: FaultKind,
}

/// What is wrong. Texts from the file are clean and short, so that a message may be shown as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The file is larger than it may be, in bytes.
    TooLarge {
        /// Its size.
        size: usize,
        /// What it may be.
        limit: usize,
    },
    /// The file is not UTF-8.
    NotUtf8 {
        /// The place of the first wrong byte, from 0.
        offset: usize,
    },
    /// The file is not TOML; what follows was not read.
    Syntax(String),
    /// The file is of a form that a later program wrote.
    Schema(String),
    /// There is no item.
    NoItems,
    /// There are more items than the program can walk.
    TooManyItems {
        /// How many there may be.
        limit: usize,
    },
    /// There are more cards than groups can name.
    TooManyCards {
        /// How many there may be.
        limit: usize,
    },
    /// A key is not known here.
    UnknownKey {
        /// The key.
        key: String,
        /// The key that may have been meant.
        near: Option<&'static str>,
    },
    /// A key is missing; of a text, one language would do.
    Missing(&'static str),
    /// A value is of another type.
    WrongType {
        /// The key.
        key: &'static str,
        /// What belongs there.
        expected: Expected,
    },
    /// A word is not one of the known words.
    UnknownWord {
        /// The key.
        key: &'static str,
        /// The word.
        word: String,
        /// The known words.
        known: &'static str,
    },
    /// A number is out of range or too fine.
    BadNumber {
        /// The key.
        key: &'static str,
        /// What belongs there.
        expected: Expected,
    },
    /// A name has characters that names may not have, or is too long.
    BadName {
        /// The key.
        key: &'static str,
        /// The name.
        name: String,
        /// How long it may be.
        limit: usize,
    },
    /// A text is too long.
    TooLong {
        /// The key.
        key: &'static str,
        /// Its characters.
        length: usize,
        /// What they may be.
        limit: usize,
    },
    /// A list is too long.
    TooManyLines {
        /// The key.
        key: &'static str,
        /// How many lines there may be.
        limit: usize,
    },
    /// A text has a character that steers or hides.
    Unclean {
        /// The key.
        key: &'static str,
        /// The character, or nothing where the text is only not composed.
        character: Option<char>,
    },
    /// A brace belongs to no slot.
    Braces(&'static str),
    /// The languages of a text have different slots.
    Slots {
        /// The key of the language that differs.
        key: &'static str,
        /// The key that it was compared with.
        other: &'static str,
        /// The slots that stand in one of the two only.
        only: Vec<String>,
    },
    /// A name was given before.
    Duplicate {
        /// The key.
        key: &'static str,
        /// The name.
        name: String,
        /// The line where it was given first.
        first: u32,
    },
    /// A group is not written as a code, a blank and a title.
    GroupForm(String),
    /// A group has another title, or another code in another language, than before.
    GroupDiffers {
        /// Its code.
        group: String,
        /// The line where it was given first.
        first: u32,
    },
    /// A group has items in two cards.
    GroupInTwoCards {
        /// Its code.
        group: String,
        /// The line where it was given first.
        first: u32,
    },
    /// The items of a card or group do not stand together.
    Scattered {
        /// `card` or `group`.
        key: &'static str,
        /// Its code.
        name: String,
    },
    /// A card is neither built in nor described.
    UnknownCard(String),
    /// A card has no item.
    EmptyCard(String),
    /// An item of a scored card is worth nothing.
    NoPoints,
    /// An item of a card that is not scored is worth something.
    PointsInAnnex,
    /// The items of a card do not add up to what the card says.
    CardTotal {
        /// The card.
        card: String,
        /// What the card says.
        said: Points,
        /// What the items come to.
        sum: Points,
    },
    /// The scored items do not add up to the total.
    Total {
        /// The total that is asked for.
        said: Points,
        /// What the items come to.
        sum: Points,
    },
    /// A row of a basis is not `[rule, article, tag]`.
    BasisForm(&'static str),
    /// A rule has no title.
    UnknownRule {
        /// The key of the rule.
        rule: String,
        /// The key that may have been meant.
        near: Option<String>,
    },
}

/// What belongs in a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A text in quotation marks.
    Text,
    /// `true` or `false`.
    Flag,
    /// A list of texts.
    Texts,
    /// Tables in double brackets.
    Tables,
    /// Points from 0 to 1000 in steps of a tenth.
    Points,
    /// Days from 1 to 730.
    Days,
}

/// Makes a text of the file fit for a message.
pub(super) fn quoted(text: &str) -> String {
    clean_line(text, QUOTED).text
}

/// Makes a message of the TOML reader fit for a message of ours.
pub(super) fn retold(message: &str) -> String {
    clean_line(message, RETOLD).text
}

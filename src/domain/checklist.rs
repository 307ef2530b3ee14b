//! The form that an inspection follows: cards, groups and items of one immutable edition.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Lang, Points, Said};

/// The name of a checklist text: the BLAKE3 hash of its content.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EditionId(pub [u8; 32]);

/// The name of an item within its edition, such as `S-07`; at most 16 ASCII characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ItemId(pub String);

/// Which organisations the basis of an item is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Profile {
    /// Party and state organs (機關), under the regulation for their basic-level organisations.
    #[default]
    Jiguan,
    /// A university's administration (高校), which that regulation does not bind.
    University,
}

/// How grave it is when an item fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Not scored and never grave: the annex.
    None,
    /// 一般.
    Minor,
    /// 較重.
    Major,
    /// 嚴重: a third person approves the closure.
    Critical,
}

/// In which way a finding is put right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// 立行立改.
    Immediate,
    /// 限期整改.
    Limited,
    /// 長期堅持.
    Standing,
}

/// A way to look at an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// 查閱材料.
    Docs,
    /// 訪談, about the duties of a post and never about opinions.
    Interview,
    /// 現場查看.
    Onsite,
}

/// How sure the checklist is of a basis; decides what may be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Tag {
    /// Article number and content were seen: both are printed.
    V,
    /// Content was seen, the article number was not: the title alone is printed.
    C,
    /// A requirement of the organisation's own inspection: 「本單位督查要求」.
    S,
    /// A local convention: 「本單位制度」.
    L,
    /// Unverified: never printed.
    U,
}

/// One rule that an item rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// The key of the rule, such as `ZHIBU2018`.
    pub rule: String,
    /// The article as the checklist writes it; printed for [`Tag::V`] alone.
    pub article: String,
    /// How sure the checklist is.
    pub tag: Tag,
}

/// A rule's title, by its key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// The key that [`Basis::rule`] names.
    pub key: String,
    /// The title to print, in 《》 where it has one.
    pub title: Said,
    /// Whether it binds a branch only by reference (參照).
    pub by_reference: bool,
}

/// A card of the form: 責任, 一崗雙責, 制度落實, or the unscored annex 質效評判.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// A short code such as `S`.
    pub id: String,
    /// Its title.
    pub name: Said,
    /// Whether its items count.
    pub scored: bool,
}

/// A group of items within a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// A short code such as `S2`.
    pub id: String,
    /// Its title, without the code.
    pub name: Said,
    /// The place of its card in [`Checklist::cards`].
    pub card: u8,
}

/// One thing to look at.
#[expect(clippy::struct_excessive_bools, reason = "each flag is a key of the checklist file")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Its name in this edition and in every round that uses it.
    pub id: ItemId,
    /// The place of its group in [`Checklist::groups`].
    pub group: u16,
    /// A few words.
    pub title: Said,
    /// What to look at.
    pub look: Said,
    /// The ways to look.
    pub methods: Vec<Method>,
    /// The papers to ask for, one a line.
    pub evidence: Said,
    /// What it rests on for [`Profile::Jiguan`].
    pub basis: Vec<Basis>,
    /// What it rests on for [`Profile::University`], where that differs.
    pub basis_university: Option<Vec<Basis>>,
    /// What it is worth; zero in the annex.
    pub points: Points,
    /// How grave a failure is.
    pub severity: Severity,
    /// How a failure is put right.
    pub class: Class,
    /// Days to put it right in.
    pub days: u16,
    /// The proposed wording of a finding; `{slot}` is asked for.
    pub finding: Said,
    /// Numbers only, no names of persons.
    pub sensitive: bool,
    /// Whether 不適用 needs no reason.
    pub na_ok: bool,
    /// Whether 不適用 is proposed in a branch's first round.
    pub first_round_na: bool,
    /// The veto that a failure may trigger where the round has opted in.
    pub veto: Option<String>,
    /// Whether it follows from other records.
    pub derived: bool,
}

/// One edition of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checklist {
    /// What the author calls this edition, such as `2026-11`.
    pub edition: String,
    /// A title for lists.
    pub title: Said,
    /// The cards in walking order.
    pub cards: Vec<Card>,
    /// The groups in walking order.
    pub groups: Vec<Group>,
    /// The items in walking order; groups and cards are contiguous.
    pub items: Vec<Item>,
    /// Titles of the rules that the basis lines name.
    pub rules: Vec<Rule>,
}

impl Checklist {
    /// Finds the place of an item by its name.
    pub fn position(&self, id: &ItemId) -> Option<usize> {
        self.items.iter().position(|item| item.id == *id)
    }

    /// Finds an item by its name.
    pub fn item(&self, id: &ItemId) -> Option<&Item> {
        self.items.iter().find(|item| item.id == *id)
    }

    /// Returns the group of an item.
    pub fn group_of(&self, item: &Item) -> Option<&Group> {
        self.groups.get(usize::from(item.group))
    }

    /// Returns the card of an item.
    pub fn card_of(&self, item: &Item) -> Option<&Card> {
        self.group_of(item).and_then(|group| self.cards.get(usize::from(group.card)))
    }

    /// Returns the place of an item's card in [`Checklist::cards`]; zero where the form is broken.
    pub fn card_index(&self, item: &Item) -> u8 {
        self.group_of(item).map_or(0, |group| group.card)
    }

    /// Says whether an item counts towards the score.
    pub fn scored(&self, item: &Item) -> bool {
        self.card_of(item).is_some_and(|card| card.scored)
    }

    /// Adds up the points of the scored items.
    pub fn full_marks(&self) -> Points {
        let tenths = self.items.iter().filter(|item| self.scored(item)).map(|item| item.points.0).sum();
        Points(tenths)
    }
}

impl Item {
    /// Returns what the item rests on for `profile`.
    pub fn basis_for(&self, profile: Profile) -> &[Basis] {
        match (profile, &self.basis_university) {
            (Profile::University, Some(basis)) => basis,
            _ => &self.basis,
        }
    }

    /// Lists the papers to ask for.
    pub fn evidence_lines(&self, lang: Lang) -> impl Iterator<Item = &str> {
        self.evidence.pick(lang).lines()
    }
}

impl EditionId {
    /// Spells the first twelve hexadecimal digits: enough for a person to tell editions apart.
    pub fn short(&self) -> String {
        self.to_string().chars().take(12).collect()
    }

    /// Reads 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        if text.len() != 64 || !text.is_ascii() {
            return None;
        }
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Self(bytes))
    }
}

impl fmt::Display for EditionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for EditionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EditionId({})", self.short())
    }
}

impl Serialize for EditionId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // As people read it, or as it is.
        if serializer.is_human_readable() { serializer.collect_str(self) } else { self.0.serialize(serializer) }
    }
}

impl<'de> Deserialize<'de> for EditionId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return Deserialize::deserialize(deserializer).map(Self);
        }
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("an edition is named by 64 hexadecimal digits"))
    }
}

impl fmt::Display for ItemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

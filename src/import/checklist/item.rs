//! One `[[item]]` of a file.

use toml::de::DeValue;

use super::fault::{FaultKind, quoted};
use super::faults::{Faults, LONG_NAME, NAME, is_name, judge_prose, judge_word};
use super::table::{Keys, Table, Value};
use crate::domain::{Basis, Class, Item, ItemId, Method, Points, Said, Severity, Tag};

const TITLE: usize = 60;
const TITLES: Keys = ["title_hant", "title_hans", "title_en"];
const SENTENCE: usize = 500;
const EVIDENCE_LINES: usize = 20;
const EVIDENCE: usize = 60;
const ARTICLE: usize = 60;
/// The most rows of a basis: more is a mistake in the brackets.
const BASIS_ROWS: usize = 20;

const KEYS: [&str; 30] = [
    "id",
    "card",
    "group",
    "group_hans",
    "group_en",
    "title_hant",
    "title_hans",
    "title_en",
    "en",
    "look_hant",
    "look_hans",
    "look_en",
    "methods",
    "evidence_hant",
    "evidence_hans",
    "evidence_en",
    "basis",
    "basis_university",
    "points",
    "severity",
    "rectify",
    "days",
    "finding_hant",
    "finding_hans",
    "finding_en",
    "sensitive",
    "na_ok",
    "veto",
    "first_round_na",
    "derived",
];

const SEVERITIES: [(&str, Severity); 4] = [
    ("none", Severity::None),
    ("minor", Severity::Minor),
    ("major", Severity::Major),
    ("critical", Severity::Critical),
];

const CLASSES: [(&str, Class); 3] =
    [("immediate", Class::Immediate), ("limited", Class::Limited), ("standing", Class::Standing)];

const METHODS: [(&str, Method); 3] =
    [("docs", Method::Docs), ("interview", Method::Interview), ("on_site", Method::Onsite)];

const TAGS: [(&str, Tag); 5] = [("V", Tag::V), ("C", Tag::C), ("S", Tag::S), ("L", Tag::L), ("U", Tag::U)];

/// An item as far as it could be read, and where its parts stand.
pub(super) struct Draft<'a> {
    /// The item; what could not be read is a stand-in, and a fault was noted.
    pub item: Item,
    /// The table.
    pub table: Table<'a>,
    /// Whether its points were read.
    pub weighed: bool,
    /// The rules that it names, and where.
    pub rules: Vec<(&'a str, usize)>,
}

/// Reads an item.
pub(super) fn read_item<'a>(table: Table<'a>, faults: &mut Faults) -> Draft<'a> {
    table.refuse_others(&KEYS, faults);
    for key in ["id", "card", "group", "points", "severity", "rectify", "days"] {
        if table.get(key).is_none() {
            table.miss(key, faults);
        }
    }
    let title = table.said(TITLES, TITLE, faults);
    if title.is_empty() {
        table.miss_said(TITLES, faults);
    }
    let points = table.points("points", faults);
    let mut rules = Vec::new();
    let item = Item {
        id: ItemId(table.name("id", NAME, faults).map_or("", |(id, _)| id).to_owned()),
        group: 0,
        title,
        look: look(&table, faults),
        methods: methods(&table, faults),
        evidence: evidence(&table, faults),
        basis: basis(&table, "basis", &mut rules, faults).unwrap_or_default(),
        basis_university: basis(&table, "basis_university", &mut rules, faults),
        points: points.unwrap_or(Points(0)),
        severity: table.word("severity", &SEVERITIES, "none, minor, major, critical", faults).unwrap_or(Severity::None),
        class: table.word("rectify", &CLASSES, "immediate, limited, standing", faults).unwrap_or(Class::Limited),
        days: table.days("days", faults).unwrap_or_default(),
        finding: table.wording(["finding_hant", "finding_hans", "finding_en"], SENTENCE, faults),
        sensitive: table.flag("sensitive", faults),
        na_ok: table.flag("na_ok", faults),
        first_round_na: table.flag("first_round_na", faults),
        veto: table.name("veto", LONG_NAME, faults).map(|(veto, _)| veto.to_owned()),
        derived: table.flag("derived", faults),
    };
    Draft { item, table, weighed: points.is_some(), rules }
}

/// Returns what to look at; the author's English summary stands in where no English sentence was written.
fn look(table: &Table<'_>, faults: &mut Faults) -> Said {
    let mut look = table.wording(["look_hant", "look_hans", "look_en"], SENTENCE, faults);
    let summary = table.prose("en", SENTENCE, faults);
    if look.en.is_empty() {
        look.en = summary;
    }
    look
}

fn evidence(table: &Table<'_>, faults: &mut Faults) -> Said {
    let [hant, hans, en] =
        ["evidence_hant", "evidence_hans", "evidence_en"].map(|key| table.lines(key, EVIDENCE_LINES, EVIDENCE, faults));
    Said { hant, hans, en }
}

fn methods(table: &Table<'_>, faults: &mut Faults) -> Vec<Method> {
    let mut methods = Vec::new();
    for (word, at) in table.texts("methods", faults) {
        let method = judge_word(word, at, "methods", &METHODS, "docs, interview, on_site", faults);
        methods.extend(method.filter(|method| !methods.contains(method)));
    }
    methods
}

/// Returns the rows of a basis, or nothing where the key is not there.
fn basis<'a>(
    table: &Table<'a>,
    key: &'static str,
    rules: &mut Vec<(&'a str, usize)>,
    faults: &mut Faults,
) -> Option<Vec<Basis>> {
    let value = table.get(key)?;
    let Some(rows) = value.get_ref().as_array().filter(|rows| rows.len() <= BASIS_ROWS) else {
        faults.add(value.span().start, FaultKind::BasisForm(key));
        return Some(Vec::new());
    };
    let rows = rows.iter().filter_map(|row| basis_row(row, key, rules, faults));
    Some(rows.collect())
}

fn basis_row<'a>(
    row: &'a Value<'a>,
    key: &'static str,
    rules: &mut Vec<(&'a str, usize)>,
    faults: &mut Faults,
) -> Option<Basis> {
    let at = row.span().start;
    let texts: Option<Vec<&str>> = match row.get_ref() {
        DeValue::Array(cells) => cells.iter().map(|cell| cell.get_ref().as_str()).collect(),
        _ => None,
    };
    let Some([rule, article, tag]) = texts.as_deref() else {
        faults.add(at, FaultKind::BasisForm(key));
        return None;
    };
    if is_name(rule, LONG_NAME) {
        rules.push((rule, at));
    } else {
        let (name, limit) = (quoted(rule), LONG_NAME);
        faults.add(at, FaultKind::BadName { key, name, limit });
    }
    judge_prose(article, at, key, ARTICLE, faults);
    Some(Basis {
        rule: (*rule).to_owned(),
        article: (*article).to_owned(),
        tag: judge_word(tag, at, key, &TAGS, "V, C, S, L, U", faults)?,
    })
}

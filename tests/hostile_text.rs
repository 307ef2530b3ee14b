//! Hostile texts in every field: what is drawn is the program's own, what is kept is clean, what is too long is cut.

mod hostile;
mod house;

use std::time::Duration;

use hostile::{BYTES, dirty, harm, keeps_clean_texts, texts};
use house::{House, NINE, Who};
use serde_json::Value as Json;
use tijian::app::{Model, Overlay, Place, Screen as Shown, Value};
use tijian::domain::{
    Answers, BranchId, Command, Day, Evidence, FindingId, FollowCommand, FollowStep, Lang, RoundId, Stamp, care,
};
use tijian::session::{Clock, Screen, SystemClock};
use tijian::text::{Edit, clean_lines, is_clean, shown};
use tijian::view::Look;

/// Fields by the keys that lead to them from the home screen, and the most characters that they take.
const FIELDS: &[(&str, &str, usize)] = &[
    ("a note", "gr<enter><enter>;", 1000),
    ("a reason", "gr<enter><enter>R", 200),
    ("a wording", "gr<enter><enter>W", 500),
    ("a slot", "gr<enter><enter>F", 60),
    ("a due date", "gr<enter><enter>D", 16),
    ("a reason to lift a signature", "gr<enter>j<enter>SR", 200),
    ("a reason to retire", "gbX", 200),
    ("the organisation's name", "o", 40),
    ("a branch's name", "gba", 30),
    ("a branch's code", "gba<tab>", 16),
    ("a branch's parent", "gba<tab><tab>", 16),
    ("a branch's full name", "gba<tab><tab><tab><tab><tab>", 60),
    ("a branch's members", "gba<tab><tab><tab><tab><tab><tab>", 5),
    ("a branch's term", "gba<s-tab>", 2),
    ("a branch's first day", "gba<s-tab><s-tab>", 12),
    ("a round's name", "grn", 40),
    ("a round's code", "grn<tab>", 16),
    ("a round's first day", "grn<tab><tab>", 12),
    ("a round's grades", "grn<s-tab><s-tab><s-tab>", 20),
    ("the filter of branches", "gb/", 40),
    ("the filter of a round", "gr<enter>/", 40),
    ("the filter of the checklist", "gc/", 40),
    ("an item's measure", "gl7<enter>E", 300),
    ("an item's goal", "gl7<enter>E<tab>", 300),
    ("an item's lead post", "gl7<enter>E<tab><tab>", 40),
    ("an item's day", "gl7<enter>E<tab><tab><tab><tab>", 12),
    ("evidence", "gl1gg<enter>e", 80),
    ("the number of evidence", "gl1gg<enter>e<tab>", 40),
    ("the place of evidence", "gl1gg<enter>e<tab><tab><tab>", 80),
    ("the sum of evidence", "gl1gg<enter>e<tab><tab><tab><tab>", 64),
    ("a post on whose behalf", "gl1gg<enter>e<s-tab>", 40),
    ("an answer to the three questions", "gl1gg<enter>c", 120),
    ("why more time is asked", "gl1gg<enter>d", 200),
    ("why it is sent back", "gl4<enter>b", 200),
    ("the filter of the ledger", "gl9/", 40),
    ("the palette", ":", 40),
];

fn furnished() -> House {
    let mut house = House::followed();
    // One is being put right, one is asked to be struck off, one is a draft.
    let evidence = Evidence {
        title: "會議記錄".to_owned(),
        number: String::new(),
        date: Day::new(2026, 11, 24).unwrap(),
        place: "檔案櫃".to_owned(),
        sha256: String::new(),
    };
    let said = || "已補".to_owned();
    let answers = Answers { gone: said(), cause: said(), rule: said() };
    let started = || FollowCommand::Start { goal: String::new(), measure: said() };
    let steps = [
        (1, vec![FollowCommand::Issue, FollowCommand::Receive, started()]),
        (2, vec![FollowCommand::Issue, FollowCommand::Receive, started()]),
    ];
    let follow = |house: &mut House, n, command| {
        let step = FollowStep { item: 1, behalf: "支部書記".to_owned(), batch: false, command };
        let id = FindingId { round: RoundId(1), branch: BranchId(3), n };
        house.does("李督查", Command::Follow(id, step));
    };
    for (n, commands) in steps {
        for command in commands {
            follow(&mut house, n, command);
        }
    }
    house.now = Stamp(NINE.0 + 2 * 86_400_000);
    for command in [FollowCommand::Evidence(evidence), FollowCommand::Request(answers)] {
        follow(&mut house, 2, command);
    }
    let own = FollowStep { item: 1, behalf: String::new(), batch: false, command: FollowCommand::TakeUp };
    house.does("孫督查", Command::Follow(FindingId { round: RoundId(1), branch: BranchId(3), n: 2 }, own));
    house
}

/// Sits somebody down before a field.
fn at_field(house: &mut House, keys: &str) -> Who {
    let who = house.inspector("王督查");
    let Some((walk, last)) = keys.split_at_checked(keys.len() - 1).filter(|(walk, _)| walk.ends_with("<enter><enter>"))
    else {
        house.press(who, keys);
        return who;
    };
    house.press(who, walk);
    match last {
        "R" => seek(house, who, "0", |model| matches!(model.overlay, Some(Overlay::Field(_)))),
        "F" => seek(house, who, "f", |model| form_edit(model).is_some_and(|edit| !edit.is_multiline())),
        "W" => {
            house.press(who, "f");
            while form_edit(house.of(who)).is_none_or(|edit| !edit.is_multiline()) {
                house.press(who, "<tab>");
            }
        }
        "D" => {
            house.press(who, "f");
            while !matches!(&house.of(who).overlay, Some(Overlay::Form(form)) if form.focus + 1 == form.rows.len()) {
                house.press(who, "<tab>");
            }
        }
        key => drop(house.press(who, key)),
    }
    who
}

/// Sits somebody down before a field, in a new house where the old one is used up.
#[track_caller]
fn enters(house: &mut House, name: &str, keys: &str) -> Who {
    let who = at_field(house, keys);
    if edit(house.of(who)).is_some() {
        return who;
    }
    keeps_clean_texts(&house.path(), name);
    *house = furnished();
    let who = at_field(house, keys);
    assert!(edit(house.of(who)).is_some(), "{name} is not open:\n{}", house.screen(who));
    who
}

/// Walks on until a key opens what is looked for.
fn seek(house: &mut House, who: Who, key: &str, found: impl Fn(&Model) -> bool) {
    for _ in 0..58 {
        house.press(who, key);
        if found(house.of(who)) {
            return;
        }
        house.press(who, "<esc>j");
    }
}

fn form_edit(model: &Model) -> Option<&Edit> {
    match &model.overlay {
        Some(Overlay::Form(form)) => match form.rows.get(form.focus).map(|row| &row.value) {
            Some(Value::Text(edit)) => Some(edit),
            _ => None,
        },
        _ => None,
    }
}

/// Returns the text field that has the keys.
fn edit(model: &Model) -> Option<&Edit> {
    match (&model.overlay, &model.screen) {
        (Some(Overlay::Field(field)), _) => Some(&field.edit),
        (Some(Overlay::Palette(palette)), _) => Some(&palette.edit),
        (Some(Overlay::Form(_)), _) => form_edit(model),
        (None, Shown::Branches(branches)) => branches.filter.as_ref().map(|filter| &filter.edit),
        (None, Shown::Round(page)) => page.filter.as_ref().map(|filter| &filter.edit),
        (None, Shown::Checklist(page)) => page.filter.as_ref().map(|filter| &filter.edit),
        (None, Shown::Ledger(page)) => page.filter.as_ref().map(|filter| &filter.edit),
        _ => None,
    }
}

#[track_caller]
fn draws_its_own(house: &House, who: Who, what: &str) {
    let model = house.of(who);
    let look = Look { colour: true, ascii: false };
    let frame = Screen::new(model.size, look).unwrap().frame(model).unwrap();
    assert_eq!(harm(&frame), None, "{what}\n{}", house.screen(who));
}

/// Tries to keep what was typed, and looks at every place where it may be shown.
fn keeps_and_shows(house: &mut House, who: Who, what: &str) {
    for keys in ["<c-s>", "y<enter>y", "<esc>gb", "gr<enter>", "<enter>", "t"] {
        house.press(who, keys);
        draws_its_own(house, who, what);
    }
}

#[track_caller]
fn puts_clean_texts_aside(house: &House, who: Who, what: &str) {
    let place = serde_json::to_value(house.of(who).place()).unwrap();
    assert_eq!(dirty(&place), None, "{what}: what is put aside");
}

#[test]
fn the_rules_refuse_every_character_that_cleaning_takes_out() {
    for c in '\0'..=char::MAX {
        let text = c.to_string();
        let refused = care::check("name", &text, 9).is_err();
        assert_eq!(refused, shown(&text).is_empty(), "{:x}", u32::from(c));
    }
}

#[test]
fn every_field_is_reached() {
    let mut house = furnished();
    for (name, keys, limit) in FIELDS {
        let who = enters(&mut house, name, keys);
        let edit = edit(house.of(who)).unwrap();
        let room = edit.remaining() + edit.text().chars().count();
        assert_eq!(room, *limit, "{name}");
    }
}

#[test]
fn what_is_pasted_is_cleaned_in_every_field() {
    for (name, keys, limit) in FIELDS {
        let mut house = furnished();
        for text in texts() {
            let what = format!("{name}: {:?}", text.chars().take(20).collect::<String>());
            let who = enters(&mut house, name, keys);
            house.pastes(who, &text);
            let edit = edit(house.of(who)).unwrap_or_else(|| panic!("{what} has closed the field"));
            assert!(is_clean(edit.text(), edit.is_multiline()), "{what}: {:?}", edit.text());
            assert!(edit.text().chars().count() <= *limit, "{what}");
            draws_its_own(&house, who, &what);
            keeps_and_shows(&mut house, who, &what);
            puts_clean_texts_aside(&house, who, &what);
        }
        keeps_clean_texts(&house.path(), name);
    }
}

#[test]
fn what_is_typed_is_cleaned_in_every_field() {
    for (name, keys, _) in FIELDS {
        let mut house = furnished();
        let typed = texts().into_iter().filter(|text| text.len() < 2000).map(String::into_bytes);
        for text in typed.chain(BYTES.map(<[u8]>::to_vec)) {
            let what = format!("{name}: {:?}", String::from_utf8_lossy(&text));
            let who = enters(&mut house, name, keys);
            for byte in text.iter().take(200) {
                house.bytes(who, &[*byte]);
            }
            house.strikes(who, &text);
            draws_its_own(&house, who, &what);
            keeps_and_shows(&mut house, who, &what);
            puts_clean_texts_aside(&house, who, &what);
        }
        keeps_clean_texts(&house.path(), name);
    }
}

#[test]
fn a_paste_of_a_mebibyte_is_cut_soon_in_every_field() {
    let size = 1 << 20;
    let limit = Duration::from_millis(if cfg!(debug_assertions) { 1000 } else { 250 });
    let heaps = ["黨", "x", "e\u{301}", "\u{301}", "\u{200b}", "字\n", "黨，"];
    for (name, keys, room) in FIELDS {
        let mut house = furnished();
        for heap in heaps {
            let who = enters(&mut house, name, keys);
            let paste = format!("\x1b[200~{}\x1b[201~", heap.repeat(size / heap.len()));
            // A machine that is busy with something else gets another try.
            let took = (0..3).map(|_| {
                let clock = SystemClock::new();
                house.bytes(who, paste.as_bytes());
                draws_its_own(&house, who, name);
                clock.ticks()
            });
            assert!(took.into_iter().any(|took| took < limit), "{name}: longer than {limit:?} for {heap:?}");
            let text = edit(house.of(who)).unwrap().text();
            let count = text.chars().count();
            let kept = heap.chars().all(|c| is_clean(c.encode_utf8(&mut [0; 4]), true));
            // Marks without a letter stay few.
            let full = count == *room || !kept || heap == "\u{301}";
            assert!(full && count <= *room, "{name}: {count} of {room} with {heap:?}");
        }
    }
}

#[test]
fn a_text_that_is_far_too_long_is_not_read_to_its_end() {
    let heap = "黨".repeat(16 << 20);
    let clock = SystemClock::new();
    let cleaned = clean_lines(&heap, 1000);
    assert!(cleaned.cut && clock.ticks() < Duration::from_millis(100), "{:?}", clock.ticks());
}

#[test]
fn a_place_that_somebody_has_tampered_with_is_drawn_cleanly() {
    fn poisoned(value: &mut Json, poison: &str) {
        match value {
            Json::String(text) if text.parse::<usize>().is_err() => *text = poison.to_owned(),
            Json::Array(values) => values.iter_mut().for_each(|value| poisoned(value, poison)),
            Json::Object(fields) => {
                let named = fields.iter_mut().filter(|(name, _)| *name != "lang");
                named.for_each(|(_, value)| poisoned(value, poison));
            }
            _ => {}
        }
    }
    let mut house = furnished();
    for (name, keys, _) in FIELDS {
        let who = enters(&mut house, name, keys);
        house.press(who, "9");
        let place = serde_json::to_value(house.of(who).place()).unwrap();
        for text in texts().iter().step_by(3) {
            let mut place = place.clone();
            poisoned(&mut place, text);
            let Ok(place) = serde_json::from_value::<Place>(place) else { continue };
            let again = house.sits("李督查", (80, 24), Lang::Hans);
            let shelf = house.shelf();
            house.of_mut(again).resume(place, &*shelf).unwrap();
            draws_its_own(&house, again, name);
            keeps_and_shows(&mut house, again, name);
        }
    }
    keeps_clean_texts(&house.path(), "a tampered place");
}

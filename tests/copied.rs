//! Copying: what is taken from each screen, and that no text which somebody has stored can do more than be text.

mod found;
mod hostile;
mod house;

use data_encoding::BASE64;
use found::standing;
use hostile::texts;
use house::{House, Who};
use tijian::app::{Model, Screen};
use tijian::domain::Lang;
use tijian::session::Clip;
use tijian::text::is_clean;
use tijian::view::copied;

fn at(mut house: House, name: &str, keys: &str) -> (House, Who) {
    let who = house.sits(name, (80, 24), Lang::Hant);
    house.press(who, keys);
    (house, who)
}

#[track_caller]
fn holds((house, who): (House, Who), parts: &[&str]) {
    let text = copied(house.of(who)).unwrap_or_default();
    for part in parts {
        assert!(text.contains(part), "no 「{part}」 in:\n{text}\n{}", house.screen(who));
    }
}

#[test]
fn each_screen_gives_what_is_selected_on_it() {
    holds(at(standing(), "王督查", "39gg"), &["2026-4/JG-003/R-01/01.1\n", "機關第三黨支部", "\n未制定責任清單"]);
    holds(
        at(standing(), "王督查", "39gg<enter>"),
        &["2026-4/JG-003/R-01/01.1\n機關黨委 › 機關第三黨支部\n", "\n問題：", "\n期限："],
    );
    holds(
        at(House::furnished(), "王督查", "2<enter><enter>"),
        &["R-01 ", "\n看什麼：", "\n佐證：", "以正式印發文本為準"],
    );
    holds(at(House::furnished(), "王督查", "4j"), &["JG-003 機關黨委 › 機關第三黨支部"]);
    holds(at(House::furnished(), "王督查", "2"), &["2026-4 2026-4"]);
    holds(at(House::furnished(), "王督查", "6j"), &["R-02 ", "\n看什麼："]);
    holds(
        at(House::furnished(), "王督查", "2<enter><enter>1t"),
        &["2026-4 › 機關黨委 › 機關第三黨支部\n", " 王督查 R-01"],
    );
    // Everything that has lines has something to copy.
    for keys in ["", "2<enter>", "4j<enter>", "5", "2<enter><enter>S", "2<enter>p", "2<enter><enter>x"] {
        holds(at(standing(), "王督查", keys), &[""]);
        let (house, who) = at(standing(), "王督查", keys);
        assert!(copied(house.of(who)).is_some_and(|text| !text.trim().is_empty()), "{keys}:\n{}", house.screen(who));
    }
}

#[test]
fn a_note_and_the_wording_of_a_finding_go_along_with_their_item() {
    let (mut house, who) = at(House::furnished(), "王督查", "2<enter><enter>4");
    house.press(who, "<enter>").press(who, "k;").types(who, "已約談").press(who, "<c-s>");
    let Screen::Walk(walk) = &house.of(who).screen else { panic!() };
    let fact = walk.inspection.findings.values().next().unwrap().facts.fact.clone();
    let text = copied(house.of(who)).unwrap();
    assert!(text.contains("\n備註：已約談") && text.ends_with(&format!("\n問題 01：{fact}")), "{text}");
}

#[test]
fn the_key_is_the_same_everywhere_and_in_every_map() {
    use tijian::app::keymaps::{BuiltIn, layered};
    for built_in in [BuiltIn::Default, BuiltIn::Vim] {
        let map = layered(built_in, None).unwrap();
        let bound = tijian::app::Scope::ALL
            .into_iter()
            .filter(|scope| map.bindings(scope.name()).any(|(keys, _)| keys == [tijian::keys::Key::char('Y')]));
        assert_eq!(bound.collect::<Vec<_>>(), [tijian::app::Scope::Global]);
    }
    let (mut house, who) = at(standing(), "王督查", "39gg?");
    house.press(who, "G").sees(who, "複製到剪貼板");
}

#[test]
fn no_stored_text_does_more_than_be_text() {
    let poison = |model: &mut Model, text: &str| match &mut model.screen {
        Screen::Walk(walk) => {
            for finding in walk.inspection.findings.values_mut() {
                text.clone_into(&mut finding.facts.fact);
            }
            text.clone_into(&mut walk.path);
        }
        Screen::Rect(page) => {
            text.clone_into(&mut page.followed.facts.fact);
            text.clone_into(&mut page.path);
        }
        Screen::Trail(page) => text.clone_into(&mut page.path),
        _ => panic!("nothing is poisoned here"),
    };
    let (mut house, who) = at(House::furnished(), "王督查", "2<enter><enter>4");
    house.press(who, "<enter>").press(who, "k");
    let walk = house;
    for (mut house, who) in
        [(walk, who), at(standing(), "王督查", "39gg<enter>"), at(House::furnished(), "王督查", "2<enter><enter>1t")]
    {
        for text in texts() {
            poison(house.of_mut(who), &text);
            let clip = Clip::of(&copied(house.of(who)).unwrap()).unwrap();
            let inner = clip.bytes.strip_prefix(b"\x1b]52;c;").unwrap().strip_suffix(b"\x1b\\").unwrap();
            let put = String::from_utf8(BASE64.decode(inner).unwrap()).unwrap();
            assert!(is_clean(&put, true) && put.len() <= 8 << 10, "{text:?}: {put:?}");
        }
    }
}

#[test]
fn line_mode_says_that_it_cannot() {
    let (mut house, who) = at(House::furnished(), "王督查", "2<enter><enter>");
    let mut talk = house.talks_on(who);
    talk.begin();
    for line in ["Y", "copy", "複製到剪貼板"] {
        let said = talk.hear(line);
        assert!(said.contains("逐行模式不能複製"), "{line}: {said}");
    }
}

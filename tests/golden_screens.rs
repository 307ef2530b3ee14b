//! Every screen as an inspector sees it, in both sizes and all languages, and laws that hold for each of them.
//!
//! `UPDATE_GOLDEN=1` writes the files anew.

mod found;
mod house;

use std::fs;
use std::path::{Path, PathBuf};

use house::{House, Who};
use tijian::app::{Action, Msg};
use tijian::config::environment;
use tijian::domain::Lang;
use tijian::keys::label;
use tijian::locales as w;
use tijian::text::{Ambiguous, width};

type Size = (u16, u16);
type Scene = (&'static str, fn(Size, Lang) -> (House, Who));

const SIZES: [Size; 2] = [(80, 24), (60, 18)];

const SCENES: [Scene; 58] = [
    ("home_empty", |size, lang| with(House::empty(), size, lang, "")),
    ("home_with_work", |size, lang| {
        let (mut house, ana) = in_the_middle(size, lang);
        house.press(ana, "gh");
        (house, ana)
    }),
    ("home_of_an_inspector", |size, lang| with(found::standing(), size, lang, "")),
    ("home_of_a_branch", |size, lang| {
        let mut house = found::standing();
        let third = house.sits("三支部", size, lang);
        (house, third)
    }),
    ("home_calibrations", |size, lang| {
        let (mut house, ana) = calibrated(size, lang);
        house.press(ana, "<enter>1<esc>gr<enter>Ggj<tab>").types(ana, "李督查").press(ana, "<c-s>gh");
        (house, ana)
    }),
    ("analysis_heat", |size, lang| with(found::standing(), size, lang, "5l")),
    ("analysis_trend", |size, lang| {
        let (mut house, ana) = with(found::standing(), size, lang, "");
        house.round(2, "2027-1", (10, 2), (12, 31));
        house.press(ana, "gh5").press(ana, "2");
        (house, ana)
    }),
    ("analysis_items", |size, lang| with(found::standing(), size, lang, "ga3")),
    ("analysis_ledger", |size, lang| with(found::standing(), size, lang, "ga5")),
    ("branches", |size, lang| with(House::furnished(), size, lang, "4")),
    ("branches_filtered", |size, lang| with(House::furnished(), size, lang, "4/jwc")),
    ("branch_page", |size, lang| {
        let (mut house, ana) = in_the_middle(size, lang);
        house.press(ana, "gh4j<enter>");
        (house, ana)
    }),
    ("branch_form", |size, lang| with(House::furnished(), size, lang, "4je")),
    ("branch_retire_field", |size, lang| with(House::furnished(), size, lang, "4jX")),
    ("rounds", |size, lang| with(House::furnished(), size, lang, "2")),
    ("round_page", |size, lang| {
        let (mut house, ana) = in_the_middle(size, lang);
        house.press(ana, "gr<enter>");
        (house, ana)
    }),
    ("round_progress", |size, lang| {
        let (mut house, ana) = teams(size, lang);
        house.press(ana, "1j");
        (house, ana)
    }),
    ("round_corrected", corrected),
    ("round_correct_field", |size, lang| {
        let mut house = found::standing();
        let admin = house.sits("admin", size, lang);
        house.press(admin, "2<enter>ZyC").types(admin, "補錄漏查的支部");
        (house, admin)
    }),
    ("round_teams", teams),
    ("round_walkers", |size, lang| {
        let (mut house, ana) = teams(size, lang);
        house.press(ana, "3");
        (house, ana)
    }),
    ("team_form", |size, lang| {
        let (mut house, ana) = teams(size, lang);
        house.press(ana, "1je");
        (house, ana)
    }),
    ("round_without_teams", |size, lang| with(House::furnished(), size, lang, "p2")),
    ("round_form", |size, lang| with(House::furnished(), size, lang, "2n")),
    ("walk_fresh", |size, lang| with(House::furnished(), size, lang, "2<enter>gg<enter>")),
    ("walk_in_the_middle", in_the_middle),
    ("walk_not_applicable", |size, lang| {
        let (mut house, ana) = in_the_middle(size, lang);
        house.press(ana, "j0").types(ana, "本年新設").press(ana, "<enter>k");
        (house, ana)
    }),
    ("walk_sequence", |size, lang| with(House::furnished(), size, lang, "2<enter>gg<enter>]")),
    ("walk_dead_key", |size, lang| with(House::furnished(), size, lang, "2<enter>gg<enter>v")),
    ("finding_form", |size, lang| with(House::furnished(), size, lang, "2<enter>gg<enter>jjj46")),
    ("note_field", |size, lang| {
        let (mut house, ana) = with(House::furnished(), size, lang, "2<enter>gg<enter>;");
        house.types(ana, "第一行").press(ana, "<enter>").types(ana, "第二行，查到第三季");
        (house, ana)
    }),
    ("all_pass_question", |size, lang| with(House::furnished(), size, lang, "2<enter>gg<enter>1A")),
    ("across", |size, lang| with(House::furnished(), size, lang, "2<enter>gg<enter>2k4<esc>x")),
    ("summary_with_gaps", |size, lang| {
        let (mut house, ana) = in_the_middle(size, lang);
        house.press(ana, "j4<esc>S");
        (house, ana)
    }),
    ("summary_signed", signed),
    ("walk_signed", |size, lang| {
        let (mut house, ana) = signed(size, lang);
        house.press(ana, "<esc>gg1");
        (house, ana)
    }),
    ("losses", |size, lang| {
        let (mut house, ana) = in_the_middle(size, lang);
        house.press(ana, "p");
        (house, ana)
    }),
    ("trail", |size, lang| {
        let (mut house, ana) = in_the_middle(size, lang);
        house.press(ana, "ut");
        (house, ana)
    }),
    ("ledger", |size, lang| {
        let (mut house, ana) = followed(size, lang);
        house.press(ana, "gh39 ");
        (house, ana)
    }),
    ("ledger_filtered", |size, lang| {
        let (mut house, ana) = followed(size, lang);
        house.press(ana, "gh39/jgds");
        (house, ana)
    }),
    ("rectification", |size, lang| {
        let (mut house, ana) = followed(size, lang);
        house.press(ana, "gh39<enter>");
        (house, ana)
    }),
    ("step_form", |size, lang| {
        let (mut house, ana) = followed(size, lang);
        house.press(ana, "gh39<enter>e").types(ana, "會議記錄").press(ana, "<c-s>");
        (house, ana)
    }),
    ("step_preview", |size, lang| {
        let (mut house, ana) = followed(size, lang);
        house.press(ana, "gh39*i");
        (house, ana)
    }),
    ("lookbacks", |size, lang| {
        let (mut house, ana) = drawn_by_ana(size, lang);
        house.press(ana, "<esc>");
        (house, ana)
    }),
    ("lookback", |size, lang| {
        let (mut house, ana) = drawn_by_ana(size, lang);
        house.press(ana, "j4").types(ana, "改選後又空缺一人").press(ana, "<enter>k");
        (house, ana)
    }),
    ("lookback_draw", |size, lang| {
        let mut house = found::closed();
        let ana = house.sits("孫督查", size, lang);
        house.press(ana, "7n");
        (house, ana)
    }),
    ("calibration_form", |size, lang| with(House::furnished(), size, lang, "2<enter>gggj")),
    ("calibration_blind", |size, lang| {
        let (mut house, ana) = calibrated(size, lang);
        house.press(ana, "<enter>14").types(ana, "缺第二季度記錄").press(ana, "<c-s><esc>");
        (house, ana)
    }),
    ("calibration_sheet", |size, lang| {
        let (mut house, ana) = calibrated(size, lang);
        house.press(ana, "<enter>14").types(ana, "缺第二季度記錄").press(ana, "<c-s>");
        (house, ana)
    }),
    ("calibration_differing", |size, lang| compared(size, lang, "")),
    ("calibration_merged", |size, lang| compared(size, lang, "123<right><right><c-s>1My")),
    ("conflict_texts", |size, lang| {
        let (mut house, ana, ben) = at_one_item(size, lang);
        house.press(ben, ";").types(ben, "會議記錄、簽到表齊全，缺第二季度研究黨建工作的記錄；");
        house.types(ben, "負責人說明：當時正在換屆。");
        house.press(ana, ";").types(ana, "只有會議通知，沒有研究記錄（10月、11月）。");
        at_once(&mut house, [(ben, "<c-s>"), (ana, "<c-s>")]);
        (house, ana)
    }),
    ("conflict_verdicts", |size, lang| {
        let (mut house, ana, ben) = at_one_item(size, lang);
        house.press(ana, "A");
        at_once(&mut house, [(ben, "3"), (ana, "y")]);
        (house, ana)
    }),
    ("conflict_parked_form", |size, lang| {
        let mut house = House::furnished();
        let (ana, ben) = (house.sits("王督查", size, lang), house.sits("李督查", (80, 24), Lang::Hant));
        house.press(ana, "4je").types(ana, "（綜合）").press(ana, "<tab>").types(ana, "A").press(ana, "<esc>");
        house.press(ben, "4je").types(ben, "（機關）").press(ben, "<tab>").types(ben, "B").press(ben, "<c-s>");
        house.press(ana, "e");
        (house, ana)
    }),
    ("checklist", |size, lang| with(House::furnished(), size, lang, "6jjj")),
    ("help", |size, lang| with(House::furnished(), size, lang, "2<enter>gg<enter>?")),
    ("palette", |size, lang| with(House::furnished(), size, lang, "2<enter>gg<enter>:")),
    ("palette_search", |size, lang| with(House::furnished(), size, lang, "2<enter>gg<enter>:next")),
];

fn with(mut house: House, size: Size, lang: Lang, keys: &str) -> (House, Who) {
    let ana = house.sits("王督查", size, lang);
    house.press(ana, keys);
    (house, ana)
}

/// Two inspectors at the first item of one branch; the first has the window.
fn at_one_item(size: Size, lang: Lang) -> (House, Who, Who) {
    let mut house = House::furnished();
    let (ana, ben) = (house.sits("王督查", size, lang), house.sits("李督查", (80, 24), Lang::Hant));
    for who in [ana, ben] {
        house.press(who, "2<enter>gg<enter>");
    }
    (house, ana, ben)
}

/// Lets both do something before either screen has heard of the other; the first is first at the desk.
fn at_once(house: &mut House, acts: [(Who, &str); 2]) {
    house.prompt = false;
    for (who, keys) in acts {
        house.press(who, keys);
    }
    house.prompt = true;
    house.answers();
}

/// The second round of a branch that was found wanting in the first.
fn in_the_middle(size: Size, lang: Lang) -> (House, Who) {
    let (mut house, ana) = with(House::furnished(), size, lang, "2<enter>gg<enter>132");
    house.press(ana, "46<enter>2<enter><enter>").press(ana, "gg4<esc>");
    house.round(2, "2027-1", (10, 2), (12, 31));
    house.press(ana, "gr<enter>gg<enter>gg132");
    house.press(ana, "46<enter>3<enter><enter>");
    house.press(ana, "k;").types(ana, "有兩項只有會議通知，沒有研究記錄。").press(ana, "<c-s>m");
    (house, ana)
}

/// A round with a team for all and one for a branch of its own.
fn teams(size: Size, lang: Lang) -> (House, Who) {
    let mut house = found::standing();
    let admin = house.sits("admin", size, lang);
    house.press(admin, "pje<down><space><down><space><c-s>").press(admin, "jje<down><down><space><c-s>");
    house.press(admin, "2");
    (house, admin)
}

/// A round that was over and is being corrected.
fn corrected(size: Size, lang: Lang) -> (House, Who) {
    let mut house = found::standing();
    let admin = house.sits("admin", size, lang);
    house.press(admin, "2<enter>ZyC").types(admin, "補錄漏查的支部").press(admin, "<enter>");
    (house, admin)
}

fn signed(size: Size, lang: Lang) -> (House, Who) {
    let (mut house, ana) = with(House::furnished(), size, lang, "2<enter>gg<enter>");
    house.press(ana, "3").press(ana, &"A<enter>".repeat(13)).press(ana, "gg<space>Sy").press(ana, "Sy");
    (house, ana)
}

/// A branch that was found wanting on two items, one of which it is putting right.
fn followed(size: Size, lang: Lang) -> (House, Who) {
    let (mut house, ana) = with(House::furnished(), size, lang, "2<enter>gg<enter>4<enter>");
    house.press(ana, "4").types(ana, "2").press(ana, "<enter><enter>").press(ana, &"1".repeat(56));
    house.press(ana, "S").press(ana, "Sy").press(ana, "gh37");
    house
        .press(ana, "i")
        .press(ana, "9gg<enter>r<enter>")
        .press(ana, "s")
        .types(ana, "補訂計劃並送審")
        .press(ana, "<c-s>");
    (house, ana)
}

/// Two inspectors who judge a group of seven items blind, one of whom has not begun.
fn calibrated(size: Size, lang: Lang) -> (House, Who) {
    let (mut house, ana) = with(House::furnished(), size, lang, "2<enter>gggj");
    house
        .press(ana, "<tab>")
        .types(ana, "李督查")
        .press(ana, "<tab>")
        .press(ana, &"<right>".repeat(5))
        .press(ana, "<c-s>");
    (house, ana)
}

/// What both have handed in, and what is done then.
fn compared(size: Size, lang: Lang, keys: &str) -> (House, Who) {
    let (mut house, ana) = calibrated(size, lang);
    let ben = house.sits("李督查", (80, 24), Lang::Hant);
    house.press(ana, "<enter>A<enter>gg4").types(ana, "缺第二季度記錄").press(ana, "<c-s>j3j2<esc>Jy");
    house.press(ben, "2<enter>gggj<enter>A<enter>gg3j4").types(ben, "只有通知").press(ben, "<c-s><esc>Jy");
    house.press(ana, keys);
    (house, ana)
}

/// A sample of two items that somebody else has closed.
fn drawn_by_ana(size: Size, lang: Lang) -> (House, Who) {
    let mut house = found::closed();
    let ana = house.sits("孫督查", size, lang);
    house.press(ana, "7n<c-s>");
    (house, ana)
}

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/screens").join(format!("{name}.txt"))
}

fn drawn(scene: Scene) -> String {
    let mut text = String::new();
    for size in SIZES {
        for lang in Lang::ALL {
            let (house, ana) = scene.1(size, lang);
            text.push_str(&format!("==== {}x{} {}\n{}", size.0, size.1, lang.code(), house.screen(ana)));
        }
    }
    text
}

#[test]
fn every_screen_is_as_it_was_when_somebody_last_looked() {
    let mut differing = Vec::new();
    for scene in SCENES {
        let (now, path) = (drawn(scene), golden(scene.0));
        if environment("UPDATE_GOLDEN").is_some() {
            fs::write(&path, now).unwrap();
            continue;
        }
        let was = fs::read_to_string(&path).unwrap_or_default();
        if now != was {
            differing.push(first_difference(scene.0, &was, &now));
        }
    }
    assert!(differing.is_empty(), "look, and write them anew with UPDATE_GOLDEN=1:\n{}", differing.join("\n"));
}

fn first_difference(name: &str, was: &str, now: &str) -> String {
    let lines = was.lines().count().max(now.lines().count());
    let line = |text: &str, at: usize| text.lines().nth(at).unwrap_or("(no line)").to_owned();
    let at = (0..lines).find(|at| line(was, *at) != line(now, *at)).unwrap_or(lines);
    let part = now.lines().take(at + 1).filter(|line| line.starts_with("==== ")).last().unwrap_or_default();
    format!("{name}.txt, line {}, {part}\n  was: {}\n  now: {}", at + 1, line(was, at), line(now, at))
}

#[test]
fn no_golden_file_is_without_its_screen() {
    for entry in fs::read_dir(golden("x").parent().unwrap()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(SCENES.iter().any(|scene| format!("{}.txt", scene.0) == name), "{name}");
    }
}

#[test]
fn no_line_is_wider_than_the_window_and_no_glyph_is_cut_in_half() {
    for (name, scene) in SCENES {
        for lang in Lang::ALL {
            let (mut house, ana) = scene((80, 24), lang);
            for size in [(40, 10), (41, 11), (60, 18), (61, 19), (71, 20), (72, 21), (79, 23), (80, 24), (121, 40)] {
                house.msg(ana, Msg::Resize(size.0, size.1));
                for (y, row) in house.cells(ana).iter().enumerate() {
                    let (mut x, mut line) = (0, String::new());
                    while let Some(symbol) = row.get(x) {
                        line.push_str(symbol);
                        x += width(symbol, Ambiguous::Narrow).max(1);
                    }
                    let there = format!("{name} {size:?} {} row {y}: {line}", lang.code());
                    assert_eq!(x, usize::from(size.0), "{there}");
                    assert!(!line.contains(char::REPLACEMENT_CHARACTER), "{there}");
                }
            }
        }
    }
}

/// The keys that the footer names, each with its word.
fn named(house: &House, who: Who) -> Vec<(String, String)> {
    let screen = house.screen(who);
    let footer = screen.lines().last().unwrap_or_default().trim();
    let pieces = footer.split("  ").map(str::trim).filter(|piece| !piece.is_empty());
    let saved = w::SAVED_AT.say(house.of(who).lang).split("{}").next().unwrap_or_default();
    let keys = pieces.filter(|piece| !piece.starts_with(saved));
    keys.map(|piece| piece.split_once(' ').map(|(key, word)| (key.to_owned(), word.to_owned())).unwrap()).collect()
}

#[test]
fn every_key_that_a_footer_names_is_bound_to_what_it_says() {
    for (name, scene) in SCENES {
        for size in SIZES {
            for lang in Lang::ALL {
                let (house, ana) = scene(size, lang);
                let model = house.of(ana);
                if model.overlay.is_some() || !model.pending.is_empty() {
                    continue;
                }
                let footer = named(&house, ana);
                assert!(footer.len() >= 3, "{name} {size:?} {}: {footer:?}", lang.code());
                for (key, word) in footer {
                    let bound = Action::ALL.iter().filter(|action| action.word().say(lang) == word).any(|action| {
                        let known = model.keymap.keys_for(model.scopes(), *action);
                        known.iter().any(|keys| label(keys, false) == key)
                    });
                    assert!(bound, "{name} {size:?} {}: {key} {word}", lang.code());
                }
            }
        }
    }
}

#[test]
fn every_key_that_a_footer_names_does_something_on_that_screen() {
    let lang = Lang::Hant;
    for (name, scene) in SCENES {
        let (house, ana) = scene((80, 24), lang);
        if house.of(ana).overlay.is_some() || !house.of(ana).pending.is_empty() {
            continue;
        }
        for (key, word) in named(&house, ana) {
            let (mut house, ana) = scene((80, 24), lang);
            let stroke = match key.as_str() {
                one if one.chars().count() == 1 => one.to_owned(),
                // A sequence is pressed as it is named; names of keys begin with a capital.
                keys if keys.chars().all(|c| c.is_ascii_lowercase()) => keys.to_owned(),
                name => format!("<{}>", name.to_lowercase()),
            };
            house.press(ana, &stroke);
            if house.left(ana) {
                continue;
            }
            let told = house.of(ana).notice.as_ref().map(|notice| notice.text.clone()).unwrap_or_default();
            let dead = w::DEAD_KEY.say(lang).split("{}").last().unwrap_or_default();
            assert!(!told.ends_with(dead), "{name}, {key} {word}: {told}");
            assert_ne!(told, w::NOT_ON_THIS_SCREEN.say(lang), "{name}, {key} {word}");
        }
    }
}

#[test]
fn every_screen_names_help_or_the_way_on_even_when_it_is_narrow() {
    for (name, scene) in SCENES {
        for lang in Lang::ALL {
            let (house, ana) = scene((60, 18), lang);
            if house.of(ana).overlay.is_some() || !house.of(ana).pending.is_empty() {
                continue;
            }
            let help = w::A_HELP.say(lang);
            let footer = named(&house, ana);
            assert!(footer.iter().any(|(_, word)| word == help), "{name} {}: {footer:?}", lang.code());
        }
    }
}

#[test]
fn no_footer_is_cut_at_sixty_columns() {
    for (name, scene) in SCENES {
        for lang in Lang::ALL {
            let (house, ana) = scene((60, 18), lang);
            let screen = house.screen(ana);
            let footer = screen.lines().last().unwrap_or_default();
            assert!(!footer.contains('…'), "{name} {}: {footer}", lang.code());
        }
    }
}

#[test]
fn what_lies_over_a_screen_hides_the_keys_of_that_screen() {
    let lang = Lang::Hant;
    for (name, scene) in SCENES {
        let (house, ana) = scene((80, 24), lang);
        let screen = house.screen(ana);
        let footer = screen.lines().last().unwrap_or_default();
        let offered = footer.contains(&format!("? {}", w::A_HELP.say(lang)));
        let covered = house.of(ana).overlay.is_some() || !house.of(ana).pending.is_empty();
        assert_ne!(offered, covered, "{name}: {footer}");
    }
}

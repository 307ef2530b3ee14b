//! Key maps: the one with vim's hands, a person's own file over them, and what a faulty file may not do.

mod house;
mod script;

use std::fs;
use std::sync::Arc;

use house::House;
use script::{Home, Ran};
use tijian::app::keymaps::{self, BuiltIn, SCREENS, layered};
use tijian::app::{Action, Palette, Scope};
use tijian::domain::{BranchId, ItemId, Lang, Reading, RoundId, Verdict};
use tijian::keys::FaultKind;

const ROUND: RoundId = RoundId(1);
const BRANCH: BranchId = BranchId(2);

fn walking(built_in: BuiltIn, own: Option<&str>) -> (House, house::Who) {
    let mut house = House::furnished();
    let map = layered(built_in, own).unwrap();
    let ana = house.keyed("王督查", (80, 24), Lang::Hant, Arc::new(map));
    house.press(ana, "2<enter><enter>").sees(ana, "R-01").sees(ana, "0/58");
    (house, ana)
}

fn verdict(house: &House, item: &str) -> Option<Verdict> {
    house.shelf().inspection(ROUND, BRANCH).unwrap().verdict(&ItemId(item.to_owned()))
}

fn note(house: &House, item: &str) -> String {
    house.shelf().inspection(ROUND, BRANCH).unwrap().note(&ItemId(item.to_owned())).to_owned()
}

/// A home with a keys file, and perhaps a configuration that names a built-in map.
fn home(keys: &str, built_in: Option<&str>) -> Home {
    let home = Home::empty();
    let folder = home.dir.path().join(".config/tijian");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("keys.toml"), keys).unwrap();
    if let Some(name) = built_in {
        fs::write(folder.join("config.toml"), format!("keymap = \"{name}\"\n")).unwrap();
    }
    home
}

/// The line of `keys` that says what a key of a scope does.
fn line<'a>(listed: &'a str, scope: &str, key: &str) -> Option<&'a str> {
    let from = listed.lines().skip_while(|line| !line.starts_with(&format!("[{scope}]"))).skip(1);
    from.take_while(|line| !line.starts_with('[')).find(|line| {
        let keys: Vec<&str> = key.split(' ').collect();
        line.split_whitespace().take(keys.len()).eq(keys)
    })
}

#[test]
fn an_item_is_judged_moved_over_noted_and_undone_with_the_hands_of_vim() {
    let (mut house, ana) = walking(BuiltIn::Vim, None);
    house.press(ana, "2").sees(ana, "R-02").press(ana, "k").sees(ana, "R-01").press(ana, "G").sees(ana, "Q-08");
    house.press(ana, "gg5j").sees(ana, "R-06").press(ana, "kkkk").sees(ana, "R-02");
    house.press(ana, "i").types(ana, "看過 3 份記錄").press(ana, "<c-s>").sees(ana, "看過 3 份記錄");
    assert_eq!(note(&house, "R-02"), "看過 3 份記錄");
    house.press(ana, "u").sees_no(ana, "看過 3 份記錄").press(ana, "u").sees(ana, "0/58");
    assert_eq!((verdict(&house, "R-01"), note(&house, "R-02")), (None, String::new()));
    house.press(ana, "<c-r><c-r>").sees(ana, "1/58");
    assert_eq!((verdict(&house, "R-01"), note(&house, "R-02").is_empty()), (Some(Verdict::Good), false));
}

#[test]
fn n_finds_what_failed_and_c_writes_it_up_with_the_hands_of_vim() {
    let (mut house, ana) = walking(BuiltIn::Vim, None);
    house.press(ana, "114<esc>j4<esc>gg").press(ana, "n").sees(ana, "R-03").press(ana, "n").sees(ana, "R-04");
    house.press(ana, "N").sees(ana, "R-03").press(ana, "c").sees(ana, "問題  R-03").press(ana, "<esc>");
    house.press(ana, "Gm").press(ana, "gg'").sees(ana, "Q-08");
}

#[test]
fn a_whole_inspection_is_walked_and_signed_with_the_hands_of_vim() {
    let (mut house, ana) = walking(BuiltIn::Vim, None);
    for _ in 0..13 {
        house.press(ana, "A<enter>");
    }
    house.press(ana, "S").sees(ana, "沒有遺漏").press(ana, "Sy").sees(ana, "已簽認").press(ana, "<esc>q");
    assert!(house.left(ana));
    assert!(house.shelf().inspection(ROUND, BRANCH).unwrap().signed.is_some());
}

#[test]
fn an_own_key_judges_and_the_footer_names_it() {
    let own = "[walk]\n\"9\" = \"verdict.fail\"\n\"4\" = \"none\"\n\";\" = \"none\"\n\"z n\" = \"note\"\n";
    let (mut house, ana) = walking(BuiltIn::Default, Some(own));
    house.sees(ana, "9 不合格").sees(ana, "zn 備註").press(ana, ";").sees(ana, "「;」鍵在此處無作用");
    house.press(ana, "4");
    assert_eq!(verdict(&house, "R-01"), None);
    house.press(ana, "9<esc>").sees(ana, "1/58");
    assert_eq!(verdict(&house, "R-01"), Some(Verdict::Fail));
    house.press(ana, "z").sees(ana, "接着按").sees(ana, "n 備註").press(ana, "n").sees(ana, "備註 R-01");
}

#[test]
fn a_key_that_is_taken_from_a_screen_is_silent_there_and_lives_elsewhere() {
    let (mut house, ana) = walking(BuiltIn::Default, Some("[walk]\n\"q\" = \"none\"\n"));
    house.press(ana, "q").sees(ana, "「q」鍵在此處無作用");
    assert!(!house.left(ana));
    house.press(ana, "gh").press(ana, "q");
    assert!(house.left(ana));
}

#[test]
fn an_own_file_lies_over_the_hands_of_vim_too() {
    let (mut house, ana) = walking(BuiltIn::Vim, Some("[walk]\n\"n\" = \"next.open\"\n\"i\" = \"none\"\n"));
    house.press(ana, "11gg").press(ana, "n").sees(ana, "R-03").press(ana, "i").sees(ana, "「i」鍵在此處無作用");
    house.press(ana, "a").sees(ana, "備註 R-03");
}

#[test]
fn a_person_s_short_key_replaces_the_sequences_that_begin_with_it() {
    let own = "[global]\n\"g\" = \"go.rounds\"\n[list]\n\"g g\" = \"none\"\n";
    let (mut house, ana) = walking(BuiltIn::Default, Some(own));
    house.press(ana, "g").sees(ana, "體檢輪次").sees(ana, "進行中");
}

#[test]
fn help_and_palette_name_the_keys_that_are_in_force() {
    let (mut house, ana) = walking(BuiltIn::Default, Some("[walk]\n\"v\" = \"mark\"\n\"m\" = \"none\"\n"));
    house.press(ana, ":").types(ana, "mark").sees(ana, "標記").press(ana, "<esc>");
    let of = house.of(ana);
    assert_eq!(of.keys_of(Action::Mark), "v");
    house.press(ana, ":").types(ana, "v").press(ana, "<enter>").sees(ana, "已標記");
}

#[test]
fn every_action_has_a_key_in_both_maps_and_is_found_in_the_palette_by_its_name() {
    for built_in in BuiltIn::ALL {
        let map = layered(built_in, None).unwrap();
        let house = walking(built_in, None);
        for action in Action::ALL {
            let scopes: Vec<&str> = Scope::ALL.iter().map(|scope| scope.name()).collect();
            let bound = scopes.iter().any(|scope| map.bindings(scope).any(|(_, known)| known == *action));
            assert!(bound, "{} in {}", action.name(), built_in.name());
            let mut palette = Palette::new(house.0.of(house.1));
            palette.edit = palette.edit.with_text(action.name());
            palette.search(house.0.of(house.1));
            assert!(palette.rows.contains(action), "{}", action.name());
        }
        assert_eq!(keymaps::lost(&map), [], "{}", built_in.name());
    }
}

#[test]
fn every_action_of_a_scope_is_reached_by_keys_on_a_screen_of_that_scope() {
    for built_in in BuiltIn::ALL {
        let map = layered(built_in, None).unwrap();
        for action in Action::ALL {
            let reached = SCREENS
                .iter()
                .filter(|scopes| scopes.contains(&action.scope().name()))
                .any(|scopes| !map.keys_for(scopes, *action).is_empty());
            assert!(reached, "{} in {}", action.name(), built_in.name());
        }
    }
}

#[test]
fn a_broken_file_tells_every_fault_with_its_line() {
    let own = "[walk]\n\"9\" = \"verdict.fial\"\n[wlak]\n\"x\" = \"undo\"\n[global]\n\"C-m\" = \"help\"\n";
    let faults = layered(BuiltIn::Default, Some(own)).unwrap_err();
    let lines: Vec<usize> = faults.iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [2, 3, 6], "{faults:?}");
    assert!(matches!(&faults[0].kind, FaultKind::UnknownAction { near: Some(near), .. } if near == "verdict.fail"));
    assert!(matches!(&faults[1].kind, FaultKind::UnknownScope { near: Some(near), .. } if near == "walk"));
    assert!(matches!(faults[2].kind, FaultKind::NeverArrives { .. }));
}

#[test]
fn a_broken_file_is_told_on_the_command_line_and_not_used() {
    let home = home("[walk]\n\"9\" = \"verdict.fail\"\n\"8\" = \"verdict.fial\"\n", None);
    let Ran { code, out, err } = home.runs(&["keys"]);
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("keys.toml") && err.contains("line 3") && err.contains("verdict.fail"), "{err}");
    assert!(err.contains("未採用"), "{err}");
    assert!(line(&out, "walk", "9").is_none() && line(&out, "walk", "4").is_some(), "{out}");
}

#[test]
fn a_file_that_is_no_toml_is_told_with_its_line() {
    let home = home("[walk]\n\"9\" = verdict\n", None);
    let ran = home.runs(&["keys"]);
    assert!(ran.err.contains("line 2") && line(&ran.out, "walk", "4").is_some(), "{ran:?}");
}

#[test]
fn keys_prints_the_map_that_is_in_force() {
    let home = home("[walk]\n\"9\" = \"verdict.fail\"\n\"4\" = \"none\"\n", Some("vim"));
    let listed = home.says(&["keys"]);
    assert!(line(&listed, "walk", "9").unwrap().contains("verdict.fail"));
    assert!(line(&listed, "walk", "9").unwrap().contains("不合格"));
    assert!(line(&listed, "walk", "4").is_none() && line(&listed, "walk", "i").unwrap().contains("note"));
    assert!(line(&listed, "walk", "] f").unwrap().contains("next.failed"));
    let plain = home.says(&["keys", "--map", "default"]);
    assert!(line(&plain, "walk", "i").is_none() && line(&plain, "walk", "4").unwrap().contains("verdict.fail"));
    let vim = home.says(&["keys", "--map", "vim"]);
    assert!(line(&vim, "walk", "i").is_some() && line(&vim, "walk", "4").is_some());
    assert!(home.fails(&["keys", "--map", "emacs"], 1).contains("default, vim"));
}

#[test]
fn a_file_that_hides_the_way_out_is_refused() {
    let all_quit = "[global]\n\"q\" = \"none\"\n";
    let all_back = "[global]\n\"esc\" = \"none\"\n";
    let all_help = "[global]\n\"?\" = \"none\"\n\"f1\" = \"none\"\n";
    let hidden = "[global]\n\"q\" = \"help\"\n";
    for (own, lost) in [(all_quit, "quit"), (all_back, "back"), (all_help, "help"), (hidden, "quit")] {
        let ran = home(own, None).runs(&["keys"]);
        assert!(ran.err.contains("未採用") && ran.err.contains(lost), "{own}: {ran:?}");
        assert!(line(&ran.out, "global", "q").unwrap().contains("quit"), "{own}: {ran:?}");
        assert!(line(&ran.out, "global", "esc").unwrap().contains("back"), "{own}: {ran:?}");
    }
}

#[test]
fn a_file_that_locks_one_screen_is_refused() {
    for (own, lost) in [
        ("[walk]\n\"esc\" = \"none\"\n", "back"),
        ("[summary]\n\"?\" = \"none\"\n\"f1\" = \"none\"\n", "help"),
        ("[home]\n\"q\" = \"none\"\n", "quit"),
        ("[walk]\n\"esc\" = \"verdict.clear\"\n", "back"),
    ] {
        let names: Vec<&str> =
            keymaps::lost(&layered(BuiltIn::Default, Some(own)).unwrap()).into_iter().map(Action::name).collect();
        assert_eq!(names, [lost], "{own}");
    }
    let moved = "[walk]\n\"esc\" = \"none\"\n\"Q\" = \"back\"\n\"q\" = \"none\"\n";
    assert_eq!(keymaps::lost(&layered(BuiltIn::Default, Some(moved)).unwrap()), []);
}

#[test]
fn a_file_that_moves_the_way_out_is_used() {
    let ran = home("[global]\n\"q\" = \"none\"\n\"Q\" = \"quit\"\n", None).runs(&["keys"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(line(&ran.out, "global", "Q").unwrap().contains("quit") && line(&ran.out, "global", "q").is_none());
}

#[test]
fn a_file_that_hides_the_way_out_on_every_screen_is_refused() {
    let mut own = String::new();
    for scope in ["home", "branches", "rounds", "walk", "summary", "list"] {
        own.push_str(&format!("[{scope}]\n\"q\" = \"none\"\n\":\" = \"none\"\n"));
    }
    let ran = home(&own, None).runs(&["keys"]);
    assert!(ran.err.contains("未採用") && ran.err.contains("quit"), "{ran:?}");
    assert!(line(&ran.out, "global", "q").is_some());
}

#[test]
fn the_configuration_names_a_map_and_an_unknown_one_is_told() {
    let ran = home("", Some("emacs")).runs(&["keys"]);
    assert!(ran.err.contains("emacs"), "{ran:?}");
    assert!(line(&ran.out, "walk", "4").is_some(), "{ran:?}");
}

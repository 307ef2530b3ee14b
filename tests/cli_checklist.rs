//! Checklists from a script: checked, kept, printed and compared by the real program.

mod script;

use script::{Home, OWN};

#[test]
fn a_good_checklist_is_called_good_without_a_store() {
    let home = Home::empty();
    let file = home.file("own.toml", OWN);
    let said = home.says(&["checklist", "check", &file]);
    assert!(said.contains("清單無誤：4 項，計分 10.0 分"), "{said}");
    assert!(!home.store().exists());
}

/// The own checklist with three slips, and the lines where they are.
fn bad() -> (String, [&'static str; 3]) {
    let text =
        OWN.replace("edition =", "editon =").replace("days = 60", "days = 0").replace("points = 4.5", "points = 4");
    (text, ["3", "50", "5"])
}

#[test]
fn a_bad_checklist_is_refused_with_every_fault() {
    let home = Home::empty();
    let (text, lines) = bad();
    let file = home.file("bad.toml", text);
    for verb in ["check", "add"] {
        let said = home.fails(&["checklist", verb, &file], 1);
        for line in lines {
            let told = format!("{file}:{line}: ");
            assert!(said.lines().any(|line| line.starts_with(&told)), "{told} {said}");
        }
        assert!(said.contains("是否應為「edition」") && said.contains("卡A寫明10.0分，各項合計9.5分"), "{said}");
        assert!(said.ends_with("清單有 4 處錯誤，未作任何改動。\n"), "{said}");
    }
    assert_eq!(home.says(&["checklist", "list"]).lines().count(), 1, "only the built-in one is kept");
    let said = home.fails(&["checklist", "check", &file, "--lang", "en"], 1);
    assert!(said.contains("did you mean `edition`?") && said.contains("has 4 faults"), "{said}");
}

#[test]
fn files_that_cannot_be_read_are_refused() {
    let home = Home::empty();
    assert!(home.fails(&["checklist", "check", "none.toml"], 1).contains("none.toml"));
    home.fails(&["checklist", "check", home.dir.path().to_str().unwrap()], 1);
    let large = home.file("large.toml", vec![b'#'; (1 << 20) + 1]);
    assert!(home.fails(&["checklist", "check", &large], 1).contains("1048576"));
    let binary = home.file("binary.toml", [0xff, 0xfe, 0x00]);
    assert!(home.fails(&["checklist", "check", &binary], 1).contains("UTF-8"));
    let steering = home.file("x\u{1b}[2J.toml", "a = \"\u{1b}[31m\"");
    let said = home.fails(&["checklist", "check", &steering], 1);
    assert!(tijian::text::is_clean(&said, true), "{said:?}");
}

#[test]
fn an_edition_is_kept_listed_and_printed() {
    let home = Home::empty();
    let file = home.file("own.toml", OWN);
    let kept = home.says(&["checklist", "add", &file]);
    assert!(kept.starts_with("已保存為新版本 "), "{kept}");
    let hash: String = kept.chars().filter(char::is_ascii_hexdigit).collect();
    assert!(home.says(&["checklist", "add", &file]).contains(&format!("該版本已在庫中：{hash}")));
    let list = home.says(&["checklist", "list"]);
    assert_eq!(list.lines().count(), 2, "{list}");
    assert!(
        list.contains(&format!("{hash}  own-1  4  自有清單")) && list.contains("2026-11  66  黨建體檢檢查表"),
        "{list}"
    );
    for name in ["own-1", hash.as_str(), &hash[..4]] {
        let said = home.says(&["checklist", "show", name]);
        assert!(said.starts_with(&format!("自有清單  own-1  {hash}")), "{said}");
        assert!(said.contains("甲卡 / 會議") && said.contains("看〔抽查數〕份記錄。"), "{said}");
        assert!(said.contains("《自有規定》第三條; 《中國共產黨支部工作條例（試行）》 (以正式印發文本為準)"), "{said}");
    }
    home.fails(&["checklist", "show", &hash[..3]], 1);
    let builtin = home.says(&["checklist", "show", "2026-11", "--lang", "en"]);
    assert!(builtin.contains("Responsibility / ") && builtin.contains("art. 4"), "{builtin}");
    assert_eq!(
        home.says(&["checklist", "show"]).lines().next(),
        home.says(&["checklist", "show", "own-1"]).lines().next()
    );
}

#[test]
fn two_editions_are_compared() {
    let home = Home::empty();
    let old = home.file("old.toml", OWN);
    let new = OWN
        .replace("title_hant = \"黨員大會\"\npoints = 3\n", "title_hant = \"黨員大會\"\npoints = 2\n")
        .replace("look_hant = \"看{sample}份記錄。\"", "look_hant = \"查{sample}份記錄。\"")
        .replace("id = \"A-03\"", "id = \"A-04\"")
        .replace("points = 4.5", "points = 5.5");
    let new = home.file("new.toml", new);
    let said = home.says(&["checklist", "diff", &old, &new]);
    let expected = "~ A-01 支委會: look\n~ A-02 黨員大會: points (3.0 -> 2.0)\n+ A-04 集中學習\n- A-03 集中學習\n";
    assert_eq!(said, expected);
    assert_eq!(home.says(&["checklist", "diff", &old, &old]), "沒有差異。\n");
    home.says(&["checklist", "add", &new]);
    assert_eq!(home.says(&["checklist", "diff", &old, "own-1"]), expected);
    assert_eq!(home.says(&["checklist", "diff", "builtin", "2026-11"]), "沒有差異。\n");
    let said = home.says(&["checklist", "diff", "builtin", &old]);
    assert_eq!(said.lines().filter(|line| line.starts_with("- ")).count(), 66);
    assert_eq!(said.lines().filter(|line| line.starts_with("+ ")).count(), 4);
    home.fails(&["checklist", "diff", &old, "nothing"], 1);
}

#[test]
fn an_item_that_changes_its_place_is_moved() {
    let home = Home::empty();
    let old = home.file("old.toml", OWN);
    let (before, rest) = OWN.split_once("[[item]]\nid = \"A-01\"").unwrap();
    let (first, rest) = rest.split_once("[[item]]\nid = \"A-02\"").unwrap();
    let (second, rest) = rest.split_once("[[item]]\nid = \"A-03\"").unwrap();
    let swapped =
        format!("{before}[[item]]\nid = \"A-02\"{second}[[item]]\nid = \"A-01\"{first}[[item]]\nid = \"A-03\"{rest}");
    let swapped = home.file("swapped.toml", swapped);
    let said = home.says(&["checklist", "diff", &old, &swapped]);
    assert!(said == "> A-01 支委會\n" || said == "> A-02 黨員大會\n", "{said}");
    let regrouped = home.file("regrouped.toml", OWN.replace("A2 學習", "A5 學習"));
    assert_eq!(home.says(&["checklist", "diff", &old, &regrouped]), "> A-03 集中學習\n");
}

//! Reading the store from a second process while somebody works in it.

mod terminal;

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use terminal::{Terminal, run};

fn practice() -> (tempfile::TempDir, PathBuf) {
    let home = tempfile::tempdir().unwrap();
    let store = home.path().join("practice");
    let (code, said) = run(home.path(), &["--data", store.to_str().unwrap(), "demo", "--branches", "4"]);
    assert_eq!(code, 0, "{said}");
    (home, store)
}

#[test]
fn a_paper_is_printed_while_a_session_is_open() {
    let (home, store) = practice();
    let data = store.to_str().unwrap().to_owned();
    let does = |args: &[&str]| run(home.path(), &[&["--data", &data][..], args].concat());
    let mut seat = Terminal::start(home.path(), (80, 24), &["--data", &data, "inspect", "2026-4", "JG-002"]);
    seat.sees("2026-4 › ").send("3").sees("已存").send(";").sees("Ctrl-S");
    seat.send("剛剛寫下").send("\x13").sees("剛剛寫下").sees("已存");
    let (code, trail) = does(&["show", "2026-4", "JG-002", "--trail"]);
    assert!(code == 0 && trail.contains("剛剛寫下"), "what is true now: {trail}");
    for (args, told) in [
        (&["show"][..], "2026-4"),
        (&["show", "2026-4"], "JG-001"),
        (&["show", "2026-4", "JG-001"], "黨建體檢報告"),
        (&["report", "inspection", "2026-4", "JG-001"], "党建体检报告"),
        (&["branch", "list"], "JG-001"),
        (&["round", "list"], "2026-4"),
        (&["checklist", "list"], "2026-11"),
        (&["checklist", "show"], "R-01"),
        (&["checklist", "diff", "builtin", "2026-11"], "沒有差異"),
        (&["verify"], "哈希鏈完整；數據正由另一個 tijian 使用"),
        (&["keys"], "[walk]"),
    ] {
        let (code, said) = does(args);
        assert!(code == 0 && said.contains(told), "{args:?}: {code} {said}");
        assert!(!said.contains("只讀"), "{args:?}: {said}");
    }
    // What changes something is handed to the process that owns the store, and stands on its screen at once.
    let (code, said) = does(&["branch", "edit", "JG-002", "--name", "改名後的支部"]);
    assert!(code == 0, "{code} {said}");
    let (code, said) = does(&["branch", "list"]);
    assert!(code == 0 && said.contains("改名後的支部"), "{said}");
    let (code, said) = does(&["branch", "restore", "JG-001"]);
    assert!(code == 1, "{code} {said}");
    // What needs the store for itself is told who has it.
    let (code, said) = does(&["rebuild"]);
    assert!(code == 3 && said.contains("王督查"), "{code} {said}");
    // Files of this side are none of the other's.
    std::fs::write(home.path().join("list.csv"), "編號,名稱\nX-1,某支部\n").unwrap();
    let (code, said) = does(&["branch", "import", home.path().join("list.csv").to_str().unwrap()]);
    assert!(code == 3 && said.contains("王督查"), "{code} {said}");
    seat.send("q");
    assert_eq!(seat.ends_within(Duration::from_secs(5)).code(), Some(0));
    let (code, said) = does(&["verify"]);
    assert!(code == 0 && said.contains("與日誌一致"), "{said}");
    assert_eq!(fs::read_to_string(store.join("records.state")).unwrap(), "closed");
}

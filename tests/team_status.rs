//! `tijian status`: how the process is, and who may know who is in.

mod team;

use serde_json::{Map, Value, json};
use team::Serving;

fn object(text: &[u8]) -> Map<String, Value> {
    let text = std::str::from_utf8(text).unwrap();
    assert_eq!(text.lines().count(), 1, "one object a line: {text}");
    let Value::Object(object) = serde_json::from_str(text).unwrap() else { panic!("{text}") };
    object
}

#[test]
fn an_admin_sees_who_is_in_and_anybody_else_themselves_and_the_figures() {
    let serving = Serving::shared();
    let mut other = serving.logs_in("督查甲");
    let mut admin = serving.logs_in("王督查");
    other.sees("督查甲");
    admin.sees("王督查");
    serving.has(2);
    let whole = object(&serving.asks("王督查", "status --json").stdout);
    let who: Vec<&str> =
        whole["sessions"].as_array().unwrap().iter().map(|line| line["person"].as_str().unwrap()).collect();
    assert_eq!((who.len(), &whole["open"], &whole["all"]), (2, &json!(2), &json!(true)), "{whole:?}");
    assert!(who.contains(&"督查甲") && who.contains(&"王督查"), "{who:?}");
    // How many are in is everybody's to know; who they are and whence is not.
    for (person, own) in [("督查甲", 1), ("支部甲", 0), ("審批甲", 0)] {
        let said = serving.asks(person, "status --json");
        let part = object(&said.stdout);
        let lines = part["sessions"].as_array().unwrap();
        assert_eq!((lines.len(), &part["open"], &part["all"]), (own, &json!(2), &json!(false)), "{person}: {part:?}");
        assert!(!String::from_utf8_lossy(&said.stdout).contains("王督查"), "{person}: {part:?}");
        let said = serving.asks(person, "status");
        let text = String::from_utf8_lossy(&said.stdout).into_owned();
        assert!(text.contains("會話：2") && text.contains("全部會話由管理員查看"), "{person}: {text}");
        assert!(!text.contains("王督查") && text.matches(person).count() == own, "{person}: {text}");
    }
    let said = serving.asks("王督查", "status");
    let text = String::from_utf8_lossy(&said.stdout).into_owned();
    assert!(text.contains("督查甲") && !text.contains("由管理員查看"), "{text}");
}

#[test]
fn the_object_has_the_same_fields_for_everybody_as_the_readme_names_them() {
    let serving = Serving::shared();
    let readme = include_str!("../README.md");
    let said = readme.split_once("`tijian status --json` is one object").unwrap().1.split_once("\n\n").unwrap().0;
    let whole = object(&serving.asks("王督查", "status --json").stdout);
    let part = object(&serving.asks("支部甲", "status --json").stdout);
    assert_eq!(whole.keys().collect::<Vec<_>>(), part.keys().collect::<Vec<_>>());
    for name in whole.keys() {
        assert!(said.contains(&format!("`{name}`")), "the README lacks {name}");
    }
    assert_eq!(whole["version"], env!("CARGO_PKG_VERSION"));
    for name in ["pid", "open", "most", "waiting", "head", "journal", "left"] {
        assert!(whole[name].is_u64() && part[name].is_u64(), "{name}: {whole:?}");
    }
    assert!(whole["head"].as_u64().unwrap() > 0 && whole["journal"].as_u64().unwrap() > 0, "{whole:?}");
}

#[test]
fn where_nobody_serves_it_says_so() {
    let mut serving = Serving::shared();
    assert_eq!(serving.stop(), Some(0));
    let said = serving.asks("督查甲", "status --json");
    let told = String::from_utf8_lossy(&said.stderr).into_owned();
    assert!(said.status.code() == Some(3) && said.stdout.is_empty() && told.contains("沒有正在運行的程序"), "{said:?}");
}

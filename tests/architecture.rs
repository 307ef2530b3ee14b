//! The shape of the house: which room may name which, which crate may be named where, how long a file may be.

use std::fs;
use std::path::{Path, PathBuf};

/// Each room and the rooms that it may name.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("keys", &["text"]),
    ("text", &[]),
    ("config", &["domain", "text"]),
    ("locales", &["domain", "text"]),
    ("store", &["domain", "text"]),
    ("app", &["domain", "keys", "locales", "text"]),
    ("view", &["app", "domain", "keys", "locales", "text"]),
    ("session", &["app", "domain", "keys", "locales", "store", "text", "view"]),
    ("door", &["domain", "locales", "session", "text"]),
    (
        "hall",
        &["app", "config", "domain", "door", "hall", "keys", "linear", "locales", "session", "store", "text", "view"],
    ),
    ("linear", &["app", "domain", "keys", "locales", "report", "session", "store", "text", "view"]),
    ("import", &["domain", "locales", "text"]),
    ("report", &["domain", "locales", "text"]),
    (
        "cli",
        &[
            "app", "config", "domain", "door", "hall", "import", "keys", "linear", "locales", "report", "session",
            "store", "text", "view",
        ],
    ),
    ("main", &["cli"]),
    ("lib", &[]),
];

/// Crates that only some files may name.
const CRATES: &[(&str, &[&str])] = &[
    ("sled", &["store/records/sled.rs"]),
    ("bincode", &["store/codec.rs"]),
    ("ratatui", &["view/", "session/screen.rs", "session/ink.rs"]),
    ("crossterm", &["session/ink.rs"]),
    (
        "rustix",
        &[
            "session/tty.rs",
            "session/plain.rs",
            "store/lock.rs",
            "store/place.rs",
            "door/",
            "hall/accounts.rs",
            "hall/status.rs",
        ],
    ),
    ("uzers", &["hall/accounts.rs", "cli/serve.rs"]),
    ("tracing", &["door/", "hall/"]),
    ("tracing_appender", &["hall/log.rs"]),
    ("tracing_subscriber", &["hall/log.rs"]),
    ("signal_hook", &["session/tty.rs", "session/plain.rs", "session/stop.rs"]),
    ("clap", &["cli/", "main.rs"]),
    ("calamine", &["import/"]),
    ("zip", &["import/branches/archive.rs"]),
    ("csv", &["import/"]),
    ("encoding_rs", &["import/", "text/ordinal.rs"]),
    ("toml", &["config.rs", "import/", "keys/"]),
    ("blake3", &["store/", "import/"]),
    ("ib_matcher", &["text/fold.rs"]),
    ("fast2s", &["text/fold.rs"]),
    ("russh", &["door/ssh/"]),
    ("tokio", &["door/ssh/"]),
    ("data_encoding", &["session/clip.rs"]),
    ("shlex", &["cli/run.rs", "door/ssh/"]),
    ("textwrap", &["text/wrap.rs"]),
    ("unicode_width", &["text/", "keys/"]),
];

/// Lines of a file: one noun or one verb family fits.
const WALL: usize = 420;

fn sources() -> Vec<(String, String)> {
    fn walk(dir: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    walk(&root, &mut found);
    let name = |path: &PathBuf| path.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
    found.iter().map(|path| (name(path), fs::read_to_string(path).unwrap())).collect()
}

/// Returns the lines that are code: comments speak of other rooms freely.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(|line| line.split("//").next().unwrap_or_default())
}

fn room(file: &str) -> &str {
    file.split('/').next().unwrap().trim_end_matches(".rs")
}

#[test]
fn rooms_name_only_the_rooms_they_may() {
    let rooms: Vec<&str> = ARROWS.iter().map(|(room, _)| *room).collect();
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        let here = room(&file);
        let (_, allowed) =
            ARROWS.iter().find(|(room, _)| *room == here).unwrap_or_else(|| panic!("{file}: no such room"));
        for line in code(&text) {
            for other in rooms.iter().filter(|other| **other != here && !allowed.contains(other)) {
                if line.contains(&format!("crate::{other}")) || line.contains(&format!("tijian::{other}")) {
                    wrong.push(format!("{file}: {}", line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "arrows that point the wrong way:\n{}", wrong.join("\n"));
}

#[test]
fn crates_are_named_only_where_they_belong() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        for (name, places) in CRATES {
            let allowed = places.iter().any(|place| file.starts_with(place));
            let named = |line: &str| {
                let path = format!("{name}::");
                line.match_indices(&path)
                    .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'))
            };
            if !allowed && code(&text).any(named) {
                wrong.push(format!("{file} names {name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_are_short() {
    let long: Vec<String> = (sources().into_iter())
        .map(|(file, text)| (text.lines().count(), file))
        .filter(|(lines, _)| *lines > WALL)
        .map(|(lines, file)| format!("{file}: {lines} lines"))
        .collect();
    assert!(long.is_empty(), "past the wall of {WALL} lines:\n{}", long.join("\n"));
}

#[test]
fn the_pure_rooms_ask_nobody() {
    let forbidden = ["std::fs", "std::io", "std::env", "std::thread", "std::time::Instant", "SystemTime", "static mut"];
    let mut wrong = Vec::new();
    for (file, text) in
        sources().into_iter().filter(|(file, _)| matches!(room(file), "domain" | "app" | "text" | "keys"))
    {
        for line in code(&text) {
            wrong.extend(forbidden.iter().filter(|word| line.contains(**word)).map(|word| format!("{file}: {word}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn messages_are_small() {
    assert!(size_of::<tijian::app::Msg>() <= 64, "{}", size_of::<tijian::app::Msg>());
}

#[test]
fn the_key_page_is_what_the_maps_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("keymaps/README.md");
    let page = fs::read_to_string(path).unwrap_or_default();
    let made = tijian::app::keymaps::page();
    assert!(page == made, "keymaps/README.md is stale: run `cargo run -- keys --page > keymaps/README.md`");
}

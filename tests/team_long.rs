//! What is too long to be said at the socket in one go is refused in words that say what to do, in the language of whoever
//! said it.

mod team;

use std::io::Write;
use std::process::{Command, Stdio};

use team::Serving;
use team::terminal::{PROGRAM, Terminal};

/// Keys of one's own that mean what the built-in ones do, with a long remark.
fn keys(serving: &Serving, kib: usize) {
    let text = format!("[global]\n\"Q\" = \"quit\"\n# {}\n", "x".repeat(kib << 10));
    std::fs::write(serving.home().join(".config/tijian/keys.toml"), text).unwrap();
}

#[test]
fn own_keys_that_are_too_long_are_refused_in_words_and_commands_go_on() {
    let serving = Serving::start("");
    let data = ["--data", serving.store.to_str().unwrap()];
    keys(&serving, 200);
    for (env, said) in [("zh_TW.UTF-8", "自定義按鍵（keys.toml）太大"), ("en_GB.UTF-8", "takes 128 KiB")] {
        let mut seat = Terminal::dressed(serving.home(), (100, 24), &data, &[("LANG", env)]);
        seat.sees(said);
        assert_eq!(seat.ends_within(std::time::Duration::from_secs(2)).code(), Some(1));
        assert!(seat.is_cooked());
    }
    let mut talk = Command::new(PROGRAM);
    talk.env_clear().env("HOME", serving.home()).env("USER", "王督查").env("TERM", "dumb").args(data);
    let mut talk = talk.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let _ = talk.stdin.take().unwrap().write_all(b"q\n");
    let said = talk.wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&said.stderr).into_owned();
    assert!(said.status.code() == Some(1) && told.contains("hello_kib"), "{said:?}");
    // A command presses no keys and brings none along; and the door is as it was.
    let (code, said) = serving.says(&["show", "2026-4"]);
    assert_eq!(code, 0, "{said}");
    assert!(serving.log().contains("a hello that is too long"), "{}", serving.log());
    keys(&serving, 100);
    let mut seat = Terminal::start(serving.home(), (80, 24), &data);
    seat.sees("工作台").settles(200).send("Q");
    assert_eq!(seat.ends_within(std::time::Duration::from_secs(5)).code(), Some(0));
    serving.lets_in();
}

#[test]
fn a_command_that_is_too_long_is_refused_in_words() {
    let serving = Serving::start("hello_kib = 4");
    let long = "長".repeat(4000);
    let (code, said) = serving.says(&["branch", "edit", "JG-008", "--full-name", &long]);
    assert!(code == 1 && said.contains("最多收 4 KiB"), "{code} {said}");
    let (code, said) = serving.says(&["show", "2026-4"]);
    assert_eq!(code, 0, "{said}");
}

//! Several real terminals before one store: who comes second is let in through the socket, and nobody notices who owns it.

mod terminal;

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use terminal::{Terminal, output, pause, run};

const SIZE: (u16, u16) = (80, 24);
const SECOND: Duration = Duration::from_secs(1);

fn practice() -> (tempfile::TempDir, PathBuf) {
    let home = tempfile::tempdir().unwrap();
    let store = home.path().join("practice");
    let (code, said) = run(home.path(), &["--data", store.to_str().unwrap(), "demo"]);
    assert_eq!(code, 0, "{said}");
    (home, store)
}

fn walks(home: &Path, store: &Path) -> Terminal {
    let mut seat = Terminal::start(home, SIZE, &["--data", store.to_str().unwrap(), "inspect", "2026-4", "JG-008"]);
    seat.sees("2026-4 › ").settles(100);
    seat
}

/// Waits until the process that owns the store serves so many sessions.
fn sessions(home: &Path, store: &Path, count: usize) -> serde_json::Value {
    for _ in 0..200 {
        let left = output(home, &["--data", store.to_str().unwrap(), "status", "--json"]);
        if let Ok(status) = serde_json::from_slice::<serde_json::Value>(&left.stdout)
            && status["sessions"].as_array().unwrap().len() == count
        {
            return status;
        }
        pause(25);
    }
    panic!("never {count} sessions");
}

#[test]
fn two_terminals_see_one_another_and_each_others_verdicts() {
    let (home, store) = practice();
    let mut first = walks(home.path(), &store);
    let mut second = walks(home.path(), &store);
    sessions(home.path(), &store, 2);
    first.sees("同在：王督查");
    second.send("j").sees("R-02").settles(100);
    first.sees("同在：王督查 R-02").send("3").sees("1/58").sees("已存");
    second.sees("1/58").send("1").sees("2/58").sees("已存");
    first.sees("2/58");
    // Whoever goes is gone for the other too.
    second.leaves();
    sessions(home.path(), &store, 1);
    first.settles(200);
    assert!(!first.text().contains("同在"), "{}", first.text());
    first.leaves();
    let (code, said) = run(home.path(), &["--data", store.to_str().unwrap(), "verify"]);
    assert_eq!(code, 0, "{said}");
}

#[test]
fn who_leaves_the_process_that_owns_the_store_leaves_the_others_where_they_are() {
    let (home, store) = practice();
    let mut owner = walks(home.path(), &store);
    let mut other = walks(home.path(), &store);
    sessions(home.path(), &store, 2);
    other
        .send("3")
        .sees("1/58")
        .sees("已存")
        .settles(100)
        .send(";")
        .sees("Ctrl-S")
        .settles(100)
        .send("半句話")
        .sees("半句話");
    pause(500);
    owner.leaves();
    // The same place, the same half-typed text, and a store that takes it.
    other
        .settles(300)
        .sees("半句話")
        .settles(200)
        .send("說完")
        .settles(100)
        .send("\x13")
        .sees("半句話說完")
        .sees("已存");
    let status = sessions(home.path(), &store, 1);
    assert!(status["sessions"][0]["way"].as_str().unwrap().starts_with("socket"), "{status}");
    other.leaves();
    // The process in the background ends with the last one, and leaves the store in order.
    for _ in 0..200 {
        if std::fs::read_to_string(store.join("records.state")).unwrap() == "closed" {
            return;
        }
        pause(25);
    }
    panic!("still open");
}

#[test]
fn a_killed_owner_costs_the_others_nothing() {
    let (home, store) = practice();
    let mut owner = walks(home.path(), &store);
    let mut other = walks(home.path(), &store);
    sessions(home.path(), &store, 2);
    other.send("3").sees("1/58").sees("已存");
    pause(500);
    owner.kill();
    // The next key is taken by a process of its own, over the store that was left.
    other.settles(500).sees("1/58").send("1").sees("2/58").sees("已存").leaves();
    let (code, said) = run(home.path(), &["--data", store.to_str().unwrap(), "verify"]);
    assert_eq!(code, 0, "{said}");
}

#[test]
fn an_owner_whose_terminal_goes_away_serves_on_until_the_last_has_left() {
    let (home, store) = practice();
    let mut owner = walks(home.path(), &store);
    let mut other = walks(home.path(), &store);
    sessions(home.path(), &store, 2);
    owner.vanishes();
    sessions(home.path(), &store, 1);
    other.send("3").sees("1/58").sees("已存");
    // A dropped line costs nothing and is taken up where it was.
    other.settles(100).send(";").sees("Ctrl-S").settles(100).send("半句話").sees("半句話");
    pause(500);
    other.vanishes().ends_within(SECOND);
    owner.ends_within(3 * SECOND);
    let mut again = Terminal::start(home.path(), SIZE, &["--data", store.to_str().unwrap()]);
    again.sees("半句話").settles(200).send("\x1b").sees("已暫放").settles(200);
    again.leaves();
}

#[test]
fn a_serving_process_lets_in_says_who_is_there_and_stops_in_order() {
    let (home, store) = practice();
    let mut served = Terminal::start(home.path(), SIZE, &["--data", store.to_str().unwrap(), "serve"]);
    served.sees("正在服務");
    let mut guest = walks(home.path(), &store);
    let status = sessions(home.path(), &store, 1);
    assert_eq!(status["sessions"][0]["person"], "王督查");
    guest
        .send("3")
        .sees("1/58")
        .sees("已存")
        .settles(100)
        .send(";")
        .sees("Ctrl-S")
        .settles(100)
        .send("還沒說完")
        .sees("還沒說完");
    pause(500);
    served.signal("-TERM");
    assert_eq!(served.ends_within(6 * SECOND).code(), Some(0));
    guest.sees("正在停止服務");
    assert_eq!(guest.ends_within(SECOND).code(), Some(0));
    assert_eq!(std::fs::read_to_string(store.join("records.state")).unwrap(), "closed");
    assert!(!store.join("tijian.sock").exists());
    Terminal::start(home.path(), SIZE, &["--data", store.to_str().unwrap()]).sees("還沒說完");
}

#[test]
fn nobody_acts_as_somebody_else_by_saying_so() {
    let (home, store) = practice();
    let mut owner = walks(home.path(), &store);
    let data = ["--data", store.to_str().unwrap()];
    let mut other = Terminal::dressed(home.path(), SIZE, &data, &[("TIJIAN_PERSON", "李督查")]);
    other.sees("不能作為 李督查 登錄");
    assert_eq!(other.ends_within(SECOND).code(), Some(1));
    let (code, said) = run(home.path(), &[&data[..], &["attach", "--as", "李督查"]].concat());
    assert!(code == 1, "{code} {said}");
    owner.leaves();
}

#[test]
fn a_socket_bears_what_is_no_terminal() {
    let (home, store) = practice();
    let mut owner = walks(home.path(), &store);
    let path = store.join("tijian.sock");
    // Those who say nothing, something else, or too much.
    let silent: Vec<UnixStream> = (0..200).filter_map(|_| UnixStream::connect(&path).ok()).collect();
    drop(silent);
    pause(300);
    for garbage in [&b"GET / HTTP/1.1\r\n\r\n"[..], &[0xff; 64], &[0, 0, 0, 2, b'h', b'{', b'}'], b"\0\0\0\0i"] {
        let mut stream = UnixStream::connect(&path).unwrap();
        let _ = stream.write_all(garbage);
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let mut left = Vec::new();
        let _ = stream.read_to_end(&mut left);
    }
    // A version that nobody speaks is answered in words.
    let hello = r#"{"version":99,"dress":{"lang":null,"colour":false,"wide":null,"keymap":null,"keys":null,"remote":false},"want":{"Words":["show"]}}"#;
    let mut frame = u32::try_from(hello.len()).unwrap().to_be_bytes().to_vec();
    frame.push(b'h');
    frame.extend_from_slice(hello.as_bytes());
    let mut stream = UnixStream::connect(&path).unwrap();
    stream.write_all(&frame).unwrap();
    let mut said = Vec::new();
    stream.read_to_end(&mut said).unwrap();
    assert!(String::from_utf8_lossy(&said).contains("另一個版本"), "{}", String::from_utf8_lossy(&said));
    // And whoever comes next comes in.
    owner.send("3").sees("1/58").sees("已存");
    let mut other = walks(home.path(), &store);
    other.sees("1/58").leaves();
    owner.leaves();
    let log: String = std::fs::read_dir(store.join("log"))
        .unwrap()
        .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
        .collect();
    assert!(log.contains("not understood") && !log.contains("GET /"), "{log}");
}

#[test]
fn a_folder_that_lies_deep_and_a_name_that_is_taken_stop_nobody() {
    let home = tempfile::tempdir().unwrap();
    let deep = home.path().join("a".repeat(60)).join("b".repeat(60)).join("practice");
    std::fs::create_dir_all(deep.parent().unwrap()).unwrap();
    let (code, said) = run(home.path(), &["--data", deep.to_str().unwrap(), "demo"]);
    assert_eq!(code, 0, "{said}");
    let mut owner = walks(home.path(), &deep);
    let mut other = walks(home.path(), &deep);
    sessions(home.path(), &deep, 2);
    other.leaves();
    owner.leaves();
    // Something else under the socket's name: whoever is first works alone, and the next one is told.
    std::fs::write(deep.join("tijian.sock"), "mine").unwrap();
    let mut owner = walks(home.path(), &deep);
    let (code, said) = run(home.path(), &["--data", deep.to_str().unwrap(), "branch", "restore", "JG-001"]);
    assert!(code == 3 && said.contains("王督查"), "{code} {said}");
    owner.send("3").sees("已存").leaves();
    assert_eq!(std::fs::read_to_string(deep.join("tijian.sock")).unwrap(), "mine");
    // One that a killed process has left behind is replaced.
    std::fs::remove_file(deep.join("tijian.sock")).unwrap();
    let mut owner = walks(home.path(), &deep);
    owner.kill();
    assert!(deep.join("tijian.sock").exists());
    let mut owner = walks(home.path(), &deep);
    let mut other = walks(home.path(), &deep);
    sessions(home.path(), &deep, 2);
    other.leaves();
    owner.leaves();
}

#[test]
fn a_command_that_an_owner_on_its_way_out_has_not_heard_is_run_where_it_was_asked() {
    let (home, store) = practice();
    let path = store.join("tijian.sock");
    // Closes every line with what was said on it unread, as a process does that ends.
    let listener = std::os::unix::net::UnixListener::bind(&path).unwrap();
    let closes = std::thread::spawn(move || {
        for _ in 0..20 {
            drop(listener.accept().unwrap());
        }
    });
    for _ in 0..10 {
        let (code, said) = run(home.path(), &["--data", store.to_str().unwrap(), "ledger", "--limit", "1"]);
        assert!(code == 0 && said.contains("2026-"), "{code} {said}");
    }
    for _ in 0..10 {
        drop(UnixStream::connect(&path));
    }
    closes.join().unwrap();
}

//! Abuse at the socket: it is refused or survived, logged a few times and not a thousand, and while it goes on somebody else
//! works and whoever comes is let in at once.

mod hostile;
mod team;

use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use team::terminal::{PROGRAM, Terminal, pause, run};
use team::{Serving, Visitor, hello};
use tijian::door::frame::{Kind, Want, frame};

/// Lets somebody work and others come in while an attack goes on, again and again until it is told to stop.
#[track_caller]
fn during(serving: &Serving, attack: impl Fn() + Sync) {
    let over = AtomicBool::new(false);
    let mut worker = serving.visits((80, 24));
    worker.sees("2026-4 › ");
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !over.load(Ordering::Relaxed) {
                    attack();
                }
            });
        }
        // A failed assertion ends the attack too.
        let worked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            pause(300);
            serving.lets_in();
            for (key, count) in [("1", "1/58"), ("1", "2/58"), ("3", "3/58")] {
                worker.send(key).sees(count).sees("已存");
            }
            worker.send("u").sees("2/58").send("u").sees("1/58").send("u").sees("0/58");
            serving.lets_in();
        }));
        over.store(true, Ordering::Relaxed);
        worked.unwrap();
    });
    // It is over and nothing of it stays.
    serving.login();
    let lines = serving.log().lines().filter(|line| line.contains("WARN")).count();
    assert!(lines <= 12, "{lines} lines of an attack:\n{}", serving.log());
}

fn connects(serving: &Serving) -> Option<UnixStream> {
    UnixStream::connect(serving.socket()).ok()
}

#[test]
fn a_flood_of_those_who_say_nothing() {
    let serving = Serving::start("");
    during(&serving, || {
        // More than there is room for, kept for a while.
        let silent: Vec<_> = (0..300).filter_map(|_| connects(&serving)).collect();
        pause(20);
        drop(silent);
    });
    assert!(serving.log().contains("too many have come"), "{}", serving.log());
}

#[test]
fn hellos_that_come_byte_by_byte_are_not_waited_for() {
    let serving = Serving::start("hello_seconds = 1");
    let text = hello(Want::Screen { size: (80, 24), at: None });
    during(&serving, || {
        let mut slow: Vec<_> = (0..40).filter_map(|_| connects(&serving)).collect();
        for byte in text.iter().take(14) {
            for stream in &mut slow {
                let _ = stream.write(&[*byte]);
            }
            pause(100);
        }
        for stream in &mut slow {
            stream.set_read_timeout(Some(std::time::Duration::from_secs(5))).unwrap();
            assert!(!matches!(stream.read(&mut [0]), Ok(1)), "it is sent away without a word");
        }
    });
    assert!(serving.log().contains("no hello in time"), "{}", serving.log());
}

#[test]
fn garbage_and_claims_of_endless_frames() {
    let serving = Serving::start("");
    let mut noise = 0x9e37_79b9_u32;
    let garbage: Vec<u8> = std::iter::repeat_with(|| {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        noise.to_be_bytes()[0]
    })
    .take(60_000)
    .collect();
    during(&serving, || {
        for bytes in [
            &garbage[..],
            b"\xff\xff\xff\xffh",
            b"GET /secret-path HTTP/1.1\r\n\r\n",
            b"\x00\x00\x00\x02h{}",
            b"\0\0\0\0o",
        ] {
            let Some(mut stream) = connects(&serving) else { continue };
            let _ = stream.write_all(bytes);
            let _ = stream.read(&mut [0; 64]);
        }
        // And behind a good hello.
        let mut visitor = serving.visits((80, 24));
        let _ = visitor.stream.write_all(b"\x7f\xff\xff\xffi0123");
        visitor.ends();
    });
    assert!(serving.log().contains("not understood") && !serving.log().contains("secret-path"), "{}", serving.log());
}

#[test]
fn a_hello_that_is_too_long_and_a_command_of_too_many_words() {
    let serving = Serving::start("hello_kib = 64\nwords = 16");
    let words = |count: usize| {
        let mut asks = Visitor::wants(&serving.socket(), Want::Words(vec!["show".to_owned(); count]));
        asks.ends()
    };
    let refused = words(17).unwrap();
    assert!(refused.code == 1 && refused.text.unwrap().contains("命令有 17 個詞，最多 16 個"));
    assert_eq!(words(2).unwrap().text, None, "that many are read");
    assert_eq!(words(40_000), None, "too long to be heard");
    assert!(serving.log().contains("a command of too many words"), "{}", serving.log());
}

#[test]
fn windows_without_a_cell_and_of_billions() {
    let serving = Serving::start("columns = 200\nrows = 60");
    let before = serving.memory();
    during(&serving, || {
        for size in [(0, 0), (65535, 65535), (1, 1), (65535, 1), (0, 65535)] {
            let mut visitor = serving.visits(size);
            visitor.hears_a_frame();
            for other in [(65535, 65535), (0, 0), (80, 24), (65535, 65535)] {
                visitor.resize(other);
            }
            visitor.send("?").hears_a_frame();
        }
    });
    let grown = serving.memory().saturating_sub(before);
    assert!(grown < 64 << 10, "{grown} KiB");
    // What is drawn of a window that nobody has is no wider than the operator wants it.
    let mut visitor = serving.visits((65535, 65535));
    visitor.hears_a_frame();
    let widest = visitor.said.split('H').filter_map(|part| part.rsplit(';').next()?.parse::<u16>().ok()).max();
    assert!(widest.is_some_and(|column| column <= 200), "{widest:?}");
}

#[test]
fn megabytes_of_paste_and_of_keys() {
    let serving = Serving::start("lines = 64\npaste_kib = 8\ninput_kib = 16");
    let before = serving.memory();
    let keys = frame(Kind::Input, "jk".repeat(30_000).as_bytes());
    during(&serving, || {
        let mut visitor = serving.visits((80, 24));
        visitor.hears_a_frame();
        visitor.stream.set_write_timeout(Some(std::time::Duration::from_millis(200))).unwrap();
        // Nobody takes that fast what one line has to say; it waits at this end.
        let _ = (0..40).try_for_each(|_| visitor.stream.write_all(&keys));
    });
    let mut visitor = serving.visits((80, 24));
    visitor.sees("2026-4 › ").send(";").sees("Ctrl-S").send("\x1b[200~");
    for _ in 0..9 {
        visitor.send(&"長".repeat(341));
    }
    visitor.send("\x1b[201~").sees("已按上限截斷");
    let grown = serving.memory().saturating_sub(before);
    assert!(grown < 48 << 10, "{grown} KiB");
}

#[test]
fn those_who_never_read_hold_a_frame_each_and_nobody_up() {
    let serving = Serving::start("lines = 64");
    serving.login();
    let mut worker = serving.visits((80, 24));
    worker.sees("2026-4 › ");
    let before = serving.memory();
    let deaf: Vec<Visitor> = (0..24)
        .map(|_| {
            let mut visitor = serving.visits((80, 24));
            // Every one of these would be another frame of the whole page.
            for size in [(79, 24), (80, 24)].into_iter().cycle().take(200) {
                visitor.resize(size).send("?").send("\x1b").send("j");
            }
            visitor
        })
        .collect();
    serving.has(25);
    serving.lets_in();
    for (key, count) in [("1", "1/58"), ("1", "2/58")] {
        worker.send(key).sees(count).sees("已存");
    }
    let each = serving.memory().saturating_sub(before) / 24;
    assert!(each <= 1024, "{each} KiB for each");
    // They are slow and not gone: they stay, until they go.
    pause(500);
    serving.has(25);
    drop(deaf);
    serving.has(1);
}

#[test]
fn hostile_words_of_a_command_come_back_clean() {
    let serving = Serving::start("");
    for text in hostile::texts().into_iter().filter(|text| text.len() < 4000) {
        // As a process asks that does not look at its words itself.
        for words in
            [vec![text.clone()], vec!["ledger".to_owned(), text.clone()], vec!["show".to_owned(), text.clone()]]
        {
            let mut visitor = Visitor::wants(&serving.socket(), Want::Words(words));
            let over = visitor.ends().unwrap();
            assert_ne!((over.code, visitor.said.is_empty()), (0, true), "{text:?}");
            let said = visitor.said + &over.text.unwrap_or_default();
            assert_eq!(hostile::harm_in_lines(said.as_bytes()), None, "{text:?}");
        }
    }
    assert_eq!(hostile::harm_in_lines(serving.log().as_bytes()), None);
}

#[test]
fn more_commands_at_once_than_there_is_room_for() {
    let serving = Serving::start("commands = 1");
    let refused = AtomicBool::new(false);
    during(&serving, || {
        let mut asks: Vec<_> =
            (0..4).map(|_| Visitor::wants(&serving.socket(), Want::Words(vec!["ledger".to_owned()]))).collect();
        for ask in &mut asks {
            let over = ask.ends().unwrap();
            refused.fetch_or(over.text.is_some_and(|text| text.contains("正在處理 1 條命令")), Ordering::Relaxed);
        }
    });
    assert!(refused.load(Ordering::Relaxed), "each found room");
    let (code, said) = serving.says(&["ledger", "--limit", "1"]);
    assert_eq!(code, 0, "{said}");
}

#[test]
fn more_sessions_than_there_is_room_for_are_told_why() {
    let serving = Serving::start("sessions = 3\nlines = 2");
    let mut first = serving.visits((80, 24));
    let mut second = serving.visits((80, 24));
    first.sees("2026-4 › ");
    second.sees("2026-4 › ");
    for _ in 0..30 {
        let told = serving.visits((80, 24)).ends().unwrap();
        assert!(told.code == 1 && told.text.unwrap().contains("您已有 2 個會話"));
    }
    assert_eq!(serving.log().matches("no room").count(), 1, "{}", serving.log());
    drop(second);
    serving.has(1);
    serving.visits((80, 24)).sees("2026-4 › ");
}

#[test]
fn a_socket_of_another_store_that_is_served_is_left_alone() {
    let mut serving = Serving::start_at("", Some("one.sock"));
    serving.login();
    let second = serving.home().join("second");
    // The settings name the same socket for both.
    let (code, said) = run(serving.home(), &["--data", second.to_str().unwrap(), "serve"]);
    assert!(code == 3 && said.contains("one.sock") && said.contains("another program"), "{code} {said}");
    serving.lets_in();
    assert_eq!(serving.stop(), Some(0));
    // One that nobody answers at is a dead one's.
    drop(std::os::unix::net::UnixListener::bind(serving.socket()).unwrap());
    let mut again = Terminal::start(serving.home(), (80, 24), &["--data", second.to_str().unwrap(), "serve"]);
    again.sees("正在服務").signal("-TERM");
    again.ends_within(std::time::Duration::from_secs(6));
}

#[test]
fn accounts_of_this_machine_that_are_no_persons_are_refused() {
    let tools = ["/usr/bin/setpriv", "/usr/bin/id"].iter().all(|tool| Path::new(tool).exists());
    if !tools || !rustix::process::getuid().is_root() {
        eprintln!("not tried: it takes root and setpriv to come as another account");
        return;
    }
    let serving = Serving::start("group = \"nogroup\"");
    // The other account has the program and a way to the socket, and nothing else.
    let open = |path: &Path, mode| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    open(serving.home(), 0o755);
    let ways = serving.home().join("ways");
    std::fs::create_dir(&ways).unwrap();
    open(&ways, 0o755);
    let program = ways.join("tijian");
    std::fs::copy(PROGRAM, &program).unwrap();
    let as_nobody = |group: &str| {
        let mut command = Command::new("/usr/bin/setpriv");
        command.args(["--reuid=nobody", "--clear-groups", &format!("--regid={group}")]).arg(&program);
        command.env_clear().env("HOME", &ways).env("LANG", "zh_TW.UTF-8").env("USER", "王督查");
        command.arg("--data").arg(&serving.store).args(["branch", "list"]);
        let done = command.output().unwrap();
        let said = String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr);
        (done.status.code().unwrap(), said)
    };
    open(&serving.store, 0o711);
    let (code, said) = as_nobody("nogroup");
    assert!(code == 1 && said.contains("nobody") && said.contains("沒有登記為人員"), "{code} {said}");
    let (code, said) = serving.says(&["person", "add", "nobody", "--role", "viewer"]);
    assert_eq!(code, 0, "{said}");
    let (code, said) = as_nobody("nogroup");
    assert!(code == 0 && said.contains("JG-001"), "{code} {said}");
    // Who is not of the group does not come as far as that.
    let (code, said) = as_nobody("daemon");
    assert!(code != 0 && !said.contains("JG-001"), "{code} {said}");
    assert_eq!(serving.log().matches("refused").count(), 1, "{}", serving.log());
}

#[test]
fn a_killed_owner_costs_several_attached_lines_nothing() {
    let home = tempfile::tempdir().unwrap();
    let store = home.path().join("practice");
    let data = store.to_str().unwrap().to_owned();
    let (code, said) = run(home.path(), &["--data", &data, "demo"]);
    assert_eq!(code, 0, "{said}");
    let walks = |branch: &str| {
        let mut seat = Terminal::start(home.path(), (80, 24), &["--data", &data, "inspect", "2026-4", branch]);
        seat.sees("2026-4 › ").settles(150);
        seat
    };
    let mut owner = walks("JG-008");
    let mut others: Vec<Terminal> = (0..3).map(|_| walks("JG-008")).collect();
    others[0].send("3").sees("1/58").sees("已存");
    for other in &mut others[1..] {
        other.sees("1/58");
    }
    pause(500);
    owner.kill();
    // One of them takes the store, the others come in there, and they see one another's work as before.
    for (other, count) in others.iter_mut().zip(["2/58", "3/58", "4/58"]) {
        other.settles(800).send("]o").settles(200).send("1").sees(count).sees("已存");
    }
    for other in &mut others {
        other.sees("4/58").leaves();
    }
    let (code, said) = run(home.path(), &["--data", &data, "verify"]);
    assert_eq!(code, 0, "{said}");
}

#[test]
fn the_log_says_nothing_of_what_is_written() {
    const SECRET: &str = "槐安國";
    let mut serving = Serving::start("");
    let mut visitor = serving.visits((80, 24));
    visitor.sees("2026-4 › ").send(";").sees("Ctrl-S").send(SECRET).sees(SECRET).send("\x13").sees("已存");
    let (code, _) = serving.says(&["branch", "edit", "JG-001", "--name", &format!("{SECRET}黨支部")]);
    assert_eq!(code, 0);
    let (code, _) = serving.says(&["ledger", "--text", SECRET, "--no-such-word", SECRET]);
    assert_eq!(code, 2);
    let mut stream = UnixStream::connect(serving.socket()).unwrap();
    stream.write_all(&frame(Kind::Hello, format!("{{\"version\":\"{SECRET}\"}}").as_bytes())).unwrap();
    let _ = stream.read(&mut [0; 64]);
    let mut fallen = serving.visits((80, 24));
    fallen.hears_a_frame().send(SECRET).send("\x1b_tijian: fall\x1b\\");
    fallen.ends();
    assert_eq!(serving.stop(), Some(0));
    let log = serving.log();
    for said in ["start", "in", "out", "not understood", "panicked", "stop"] {
        assert!(log.contains(said), "「{said}」 is missing:\n{log}");
    }
    assert!(!log.contains(SECRET) && !log.contains("a trial"), "{log}");
    // Nor by another spelling of the same text.
    assert!(!log.contains(&SECRET.escape_unicode().to_string()) && !log.contains(&format!("{:?}", SECRET.as_bytes())));
}

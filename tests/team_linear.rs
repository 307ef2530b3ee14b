//! Line by line beside an owner: the same conversation, with the session in the process that owns the store.

mod team;

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use team::Serving;
use team::terminal::{PROGRAM, Terminal, pause};

fn talks(serving: &Serving, args: &[&str]) -> Child {
    let mut command = Command::new(PROGRAM);
    command
        .env_clear()
        .env("HOME", serving.home())
        .env("LANG", "zh_TW.UTF-8")
        .env("USER", "王督查")
        .env("TERM", "dumb");
    command.arg("--data").arg(&serving.store).args(args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Says a script and answers the exit code and what was said on both outputs.
fn hears(serving: &Serving, args: &[&str], script: &str) -> (i32, String, String) {
    let mut child = talks(serving, args);
    child.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    let done = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (done.status.code().unwrap(), text(done.stdout), text(done.stderr))
}

/// Reads until a text has come.
#[track_caller]
fn until(child: &mut Child, text: &str) -> String {
    let out = child.stdout.as_mut().unwrap();
    let (mut said, mut byte) = (Vec::new(), [0; 1]);
    loop {
        let wait = Timespec { tv_sec: 20, tv_nsec: 0 };
        let ready = poll(&mut [PollFd::new(out, PollFlags::IN)], Some(&wait)).unwrap();
        let heard = ready > 0 && out.read(&mut byte).unwrap() > 0;
        assert!(heard, "never {text}: {}", String::from_utf8_lossy(&said));
        said.push(byte[0]);
        if String::from_utf8_lossy(&said).ends_with(text) {
            return String::from_utf8_lossy(&said).into_owned();
        }
    }
}

#[test]
fn a_script_says_the_same_beside_an_owner_as_alone() {
    let script = "R-01\n1\np\n沒有這個\n\x1b[A\nu\nR-02\n4\n<\n?\nq\n";
    // Times differ, and nothing else.
    let plain = |said: String| {
        said.lines().filter(|line| !line.contains("王督查") && !line.contains("已存")).collect::<Vec<_>>().join("\n")
    };
    let serving = Serving::start("");
    let (code, beside, err) = hears(&serving, &["inspect", "2026-4", "JG-008"], script);
    assert_eq!((code, err.as_str()), (0, ""), "{beside}");
    assert!(beside.contains("R-01 結論 未檢 -> 合格") && beside.contains("已離開"), "{beside}");
    assert!(serving.log().contains("in way=\"socket uid"), "{}", serving.log());
    drop(serving);
    let mut alone = Serving::start("");
    assert_eq!(alone.stop(), Some(0));
    let (code, alone, err) = hears(&alone, &["inspect", "2026-4", "JG-008"], script);
    assert_eq!((code, err.as_str()), (0, ""), "{alone}");
    assert_eq!(plain(beside), plain(alone));
}

#[test]
fn what_a_script_changes_is_on_a_screen_and_the_other_way_round() {
    let serving = Serving::start("");
    let mut screen = serving.visits((80, 24));
    screen.sees("2026-4 › ").sees("0/58");
    let mut talk = talks(&serving, &["inspect", "2026-4", "JG-008"]);
    until(&mut talk, ">\n");
    serving.has(2);
    talk.stdin.as_mut().unwrap().write_all(b"R-03\n").unwrap();
    until(&mut talk, "R-03>\n");
    talk.stdin.as_mut().unwrap().write_all(b"1\n").unwrap();
    until(&mut talk, "已存");
    screen.sees("1/58");
    screen.send("n").send("1").sees("2/58").sees("已存");
    // What others have done since is there before what is asked now.
    talk.stdin.as_mut().unwrap().write_all(b"R-02\n").unwrap();
    let said = until(&mut talk, "R-02>\n");
    assert!(said.contains("合格"), "{said}");
    // It ends with its input, and nobody else's session does.
    drop(talk.stdin.take());
    assert_eq!(talk.wait().unwrap().code(), Some(0));
    serving.has(1);
    screen.send("u").sees("1/58");
}

#[test]
fn faults_of_a_line_and_of_the_words_are_refused_there_too() {
    let serving = Serving::start("");
    let (code, said, err) = hears(&serving, &["inspect", "2026-4", "NO-SUCH"], "q\n");
    assert!(code == 0 && err.is_empty() && said.contains("工作台"), "{code} {said} {err}");
    let long = "長".repeat(9000) + "\nq\n";
    let (_, said, _) = hears(&serving, &["--linear"], &long);
    assert!(said.contains("這一行太長"), "{said}");
    // The last line of a script may lack its end.
    let (code, said, _) = hears(&serving, &["--linear", "inspect", "2026-4", "JG-008"], "R-01\n1");
    assert!(code == 0 && said.contains("R-01 結論 未檢 -> 合格"), "{said}");
    let (code, said, err) = hears(&serving, &["--linear", "attach", "--as", "李督查"], "q\n");
    assert!(code == 1 && err.contains("不能作為 李督查 登錄"), "{code} {said} {err}");
    let (code, said, _) = hears(&serving, &["--linear", "attach"], "q\n");
    assert!(code == 0 && said.contains("已離開"), "{code} {said}");
}

#[test]
fn a_conversation_goes_on_where_another_process_takes_over() {
    let mut serving = Serving::start("");
    let data = serving.store.to_str().unwrap().to_owned();
    serving.stop();
    // One that owns the store at a terminal, and leaves.
    let mut owner = Terminal::start(serving.home(), (80, 24), &["--data", &data, "inspect", "2026-4", "JG-008"]);
    owner.sees("2026-4 › ").settles(200);
    let mut talk = talks(&serving, &["inspect", "2026-4", "JG-008"]);
    until(&mut talk, ">\n");
    talk.stdin.as_mut().unwrap().write_all(b"R-05\n").unwrap();
    until(&mut talk, "R-05>\n");
    owner.leaves();
    // Where a person has several lines, the place of the last to have moved is the one that is taken up.
    let said = until(&mut talk, ">\n");
    assert!(said.contains("已回到上次離開的地方"), "{said}");
    talk.stdin.as_mut().unwrap().write_all(b"R-06\n").unwrap();
    until(&mut talk, "R-06>\n");
    talk.stdin.as_mut().unwrap().write_all(b"1\n").unwrap();
    until(&mut talk, "已存");
    drop(talk.stdin.take());
    assert_eq!(talk.wait().unwrap().code(), Some(0));
}

#[test]
fn a_conversation_that_owns_the_store_lets_others_in_and_leaves_them_there() {
    let mut serving = Serving::start("");
    let data = serving.store.to_str().unwrap().to_owned();
    serving.stop();
    let mut talk = talks(&serving, &["inspect", "2026-4", "JG-008"]);
    until(&mut talk, ">\n");
    let mut screen = Terminal::start(serving.home(), (80, 24), &["--data", &data, "inspect", "2026-4", "JG-008"]);
    screen.sees("2026-4 › ").settles(200).send("3").sees("1/58").sees("已存");
    serving.has(2);
    drop(talk.stdin.take());
    assert_eq!(talk.wait().unwrap().code(), Some(0));
    screen.settles(500).sees("1/58").send("1").sees("2/58").sees("已存");
    pause(100);
    screen.leaves();
    screen.ends_within(Duration::from_secs(1));
}

#[test]
fn who_is_in_the_same_branch_is_said_between_two_lines() {
    let serving = Serving::start("");
    let mut screen = serving.visits((80, 24));
    screen.sees("2026-4 › ").sees("0/58");
    let mut talk = talks(&serving, &["inspect", "2026-4", "JG-008"]);
    // Who comes hears who is there, and is seen there.
    let said = until(&mut talk, "R-01>\n");
    assert!(said.contains("同在：王督查 R-01"), "{said}");
    screen.sees("同在：王督查 R-01");
    let mut hears = |line: &str, end: &str| {
        talk.stdin.as_mut().unwrap().write_all(format!("{line}\n").as_bytes()).unwrap();
        until(&mut talk, end)
    };
    // Nothing is said twice, and nothing of who only looks at another item.
    screen.send("j").sees("R-02");
    let said = hears("R-04", "R-04>\n");
    assert!(!said.contains("同在") && !said.contains("進入"), "{said}");
    screen.sees("同在：王督查 R-04");
    screen.send("g").send("h").sees("等我處理");
    let said = hears("R-05", "R-05>\n");
    assert!(said.contains("離開：王督查"), "{said}");
    let mut again = serving.visits((80, 24));
    again.sees("2026-4 › ").sees("同在：王督查 R-05");
    let said = hears("R-06", "R-06>\n");
    assert!(said.contains("進入：王督查 R-01"), "{said}");
}

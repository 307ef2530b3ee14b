//! `tijian attach --as` as the command that is bound to a key of a shared account: who comes is told apart by the key, and
//! the words of the client are answered as the SSH door answers them.

mod team;

use std::process::Output;

use team::Serving;

fn texts(said: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (said.status.code().unwrap(), text(&said.stdout), text(&said.stderr))
}

#[test]
fn the_words_of_the_client_are_answered_without_a_terminal() {
    let serving = Serving::shared();
    let (code, out, err) = texts(&serving.asks("王督查", "ledger --json --limit 3"));
    assert_eq!((code, out.lines().count(), err.as_str()), (0, 3, ""), "{out}");
    for line in out.lines() {
        assert!(serde_json::from_str::<serde_json::Value>(line).unwrap().is_object(), "{line}");
    }
    // Quoted as for a shell, and no shell sees it.
    let (code, out, _) = texts(&serving.asks("王督查", "show '2026-4' \"JG-008\""));
    assert!(code == 0 && out.contains("JG-008"), "{out}");
    let (code, out, _) = texts(&serving.asks("王督查", "ledger --text '$(id) `id`' --limit 3"));
    assert!(code == 0 && !out.contains("uid="), "{out}");
    // What is behind a key is that person's reach.
    let (_, whole, _) = texts(&serving.asks("王督查", "ledger --json"));
    let (code, part, _) = texts(&serving.asks("支部甲", "ledger --json"));
    assert!(code == 0 && part.lines().count() < whole.lines().count(), "{part}");
    // The exit code comes through.
    assert_eq!(texts(&serving.asks("王督查", "overdue --exit-code")).0, 6);
}

#[test]
fn what_is_no_command_for_there_is_refused_in_words() {
    let serving = Serving::shared();
    for (words, number, told) in [
        ("ledger 'open", 1, "引號不成對"),
        ("internal-sftp", 2, "internal-sftp"),
        ("scp -t /tmp/x", 2, "scp"),
        ("ledger; id", 2, "ledger;"),
        ("serve", 1, "serve"),
        ("attach --as 王督查", 1, "attach"),
        ("demo", 1, "demo"),
        ("--data /tmp/x show", 1, "--data"),
        ("inspect 2026-4 JG-008", 1, "inspect"),
        ("branch import /etc/passwd", 1, "branch import"),
    ] {
        let (code, out, err) = texts(&serving.asks("督查甲", words));
        assert!(code == number && out.is_empty() && err.contains(told), "{words}: {code} {out} {err}");
    }
    // Nobody behind the key.
    let (code, _, err) = texts(&serving.asks("誰也不是", "show"));
    assert!(code == 1 && err.contains("沒有人員 誰也不是"), "{err}");
    // Without words and without a terminal there is nothing to show.
    let (code, _, err) = texts(&serving.types("督查甲", "q\n"));
    assert!(code == 1 || code == 0, "{code} {err}");
}

#[test]
fn without_words_it_is_the_program_at_the_place_of_the_keys_person() {
    let serving = Serving::shared();
    let mut seat = serving.logs_in("督查甲");
    seat.sees("督查甲").settles(200).send("3").sees("整改台賬").settles(100);
    let status = serving.status();
    assert_eq!(status["sessions"][0]["person"], "督查甲", "{status}");
    assert_eq!(seat.leaves().code(), Some(0));
    assert!(seat.is_cooked());
    // The next log-in is where that person was, whoever else uses the account meanwhile.
    serving.logs_in("支部甲").sees("支部甲").settles(200).leaves();
    let mut again = serving.logs_in("督查甲");
    again.sees("整改台賬").sees("督查甲").settles(200).leaves();
}

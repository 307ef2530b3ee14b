//! Colours: none where nobody wants or sees them, sixteen elsewhere, and nothing that they alone say.

mod terminal;

use std::time::Duration;

use terminal::{Terminal, run};

/// Returns every attribute that the program has sent.
fn attributes(written: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(written);
    let mut found = Vec::new();
    for sequence in text.split("\x1b[").skip(1) {
        let end = sequence.find(|c: char| ('\x40'..='\x7e').contains(&c)).unwrap();
        if sequence[end..].starts_with('m') {
            found.extend(sequence[..end].split(';').map(str::to_owned));
        }
    }
    found
}

fn colours(written: &[u8]) -> Vec<String> {
    let coloured = |code: &String| matches!(code.parse::<u16>(), Ok(30..=49 | 58 | 59 | 90..=107));
    attributes(written).into_iter().filter(coloured).collect()
}

fn walked(env: &[(&str, &str)], config: &str) -> Vec<u8> {
    let home = tempfile::tempdir().unwrap();
    let store = home.path().join("store");
    let data = store.to_str().unwrap();
    let (code, said) = run(home.path(), &["--data", data, "demo", "--branches", "6"]);
    assert_eq!(code, 0, "{said}");
    std::fs::create_dir_all(home.path().join(".config/tijian")).unwrap();
    std::fs::write(home.path().join(".config/tijian/config.toml"), config).unwrap();
    let mut seat = Terminal::dressed(home.path(), (80, 24), &["--data", data], env);
    // What colour says, a glyph and a word say too.
    seat.walks_on().sees("S-09").send("4").sees("表述").send("3\x1b").sees("已暫放").sees("✗ 不合格");
    // Two letters that come together look pasted.
    seat.send("k").sees("✓ 合格").settles(100).send("S").sees("未檢").sees("不合格，無問題也無備註").send("q");
    assert_eq!(seat.ends_within(Duration::from_secs(5)).code(), Some(0));
    seat.written.clone()
}

#[test]
fn no_color_means_no_colour() {
    for env in [&[("NO_COLOR", "1")][..], &[("TERM", "vt100")], &[("TERM", "xterm-mono")]] {
        let written = walked(env, "");
        assert_eq!(colours(&written), [""; 0], "{env:?}");
        assert!(attributes(&written).iter().any(|code| code == "1" || code == "4"), "weight is left");
    }
    assert_eq!(colours(&walked(&[], "colour = false\n")), [""; 0]);
}

#[test]
fn sixteen_colours_are_named_as_every_terminal_reads_them() {
    for (env, config) in
        [(&[("TERM", "xterm-16color")][..], ""), (&[("NO_COLOR", "")], ""), (&[("NO_COLOR", "1")], "colour = true\n")]
    {
        let written = walked(env, config);
        let used = colours(&written);
        assert!(used.iter().any(|code| code == "90") && used.iter().any(|code| code == "31"), "{used:?}");
        assert!(!used.iter().any(|code| code == "38" || code == "48"), "{used:?}");
    }
}

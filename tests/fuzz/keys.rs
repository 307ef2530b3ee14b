//! What comes from a keyboard, and the files that say what keys mean and how the program begins.

use std::fs;

use tijian::app::Scope;
use tijian::app::keymaps::{self, BuiltIn};
use tijian::config::{self, Asked};
use tijian::keys::{Decoder, Input, PASTE_LIMIT, keys_name, parse_keys};
use tijian::text::is_clean;

use crate::bench::{Target, told_at_the_door, turn};
use crate::dice::Dice;

/// Feeds bytes in pieces of a size and ends what is unfinished.
fn decoded(bytes: &[u8], piece: usize, reply: bool) -> Vec<Input> {
    let (mut decoder, mut out) = (Decoder::new(), Vec::new());
    decoder.expect_reply(reply);
    for piece in bytes.chunks(piece) {
        decoder.feed(piece, &mut out);
    }
    decoder.flush(&mut out);
    assert_eq!(decoder.pending(), None, "nothing is left after a flush");
    out
}

/// Tells the keys without how they came, which is judged by reads.
fn bare(inputs: Vec<Input>) -> Vec<String> {
    let told = |input: Input| match input {
        Input::Key(key, _) => Some(format!("{key:?}")),
        // Said once a read.
        Input::Invalid => None,
        other => Some(format!("{other:?}")),
    };
    inputs.into_iter().filter_map(told).collect()
}

#[test]
fn key_bytes() {
    let _turn = turn();
    let sequences: [&[u8]; 14] = [
        b"j",
        b"\x1b",
        b"\x1b[A",
        b"\x1bOP",
        b"\x1b[1;5C",
        b"\x1b[3~",
        b"\x1b[200~\xe6\x9c\x83\n4\x1b[201~",
        b"\x1b]0;title\x07",
        b"\x1bP1$r0m\x1b\\",
        b"\x1b[12;40R",
        b"\x1b[M !!",
        b"\x1b[<0;3;4M",
        "會議⏎".as_bytes(),
        b"\x1b[[A",
    ];
    let mut corpus: Vec<Vec<u8>> = sequences.iter().map(|bytes| bytes.to_vec()).collect();
    corpus.push(sequences.concat());
    let tokens: Vec<&[u8]> =
        sequences.into_iter().chain([&b"\x1b["[..], b";", b"99999999999", b"\x18", b"\x9b"]).collect();
    let mut judge = |bytes: &[u8]| {
        for reply in [false, true] {
            let whole = decoded(bytes, usize::MAX, reply);
            assert!(whole.len() <= bytes.len() + 2, "more keys than bytes");
            for input in &whole {
                match input {
                    Input::Paste(text) => {
                        assert!(text.len() <= PASTE_LIMIT, "a paste of {} bytes", text.len());
                        assert!(!text.chars().any(|c| c.is_control() && c != '\n' && c != '\t'), "{text:?}");
                    }
                    Input::Key(key, _) => assert!(key.typed().is_none_or(|c| !c.is_control()), "{key:?}"),
                    Input::Reply(_) => assert!(reply, "nothing was asked"),
                    Input::PasteCut | Input::Invalid => {}
                }
            }
            let whole = bare(whole);
            for piece in [1, 2, 7] {
                assert_eq!(bare(decoded(bytes, piece, reply)), whole, "in pieces of {piece}");
            }
        }
    };
    let long = [&b"\x1b[200~"[..], &b"x".repeat(PASTE_LIMIT + 10), b"\x1b[201~"].concat();
    Target { name: "paste", corpus: vec![long], tokens: &[], rounds: 0 }.run(&mut judge);
    Target { name: "keys", corpus, tokens: &tokens, rounds: 6_000 }.run(&mut judge);
}

const TOML: &[&[u8]] = &[
    b"[walk]\n",
    b"[wlak]\n",
    b"[global]\n",
    b"\"g g\" = \"undo\"\n",
    b"\"g\" = \"none\"\n",
    b"\"C-s\"",
    b"\"A-C-x\"",
    b"\"f99999999999\" = \"help\"\n",
    b"=",
    b"\"",
    b"'''",
    b"[",
    b"]",
    b"{",
    b"}",
    b".",
    b"\n",
    b"\\u001b",
    b"\\u0000",
    b"\x1b[2J",
    b"a.b.c.d = 1\n",
    b"[[[[[[[[[[[[[[[[",
    b"{a={a={a={a=",
    b"lang = \"en\"\n",
    b"width = \"wide\"\n",
    b"colour = true\n",
    b"data = \"/x\"\n",
    b"person = \"\\u001b[31m\"\n",
    b"1979-05-27T07:32:00Z",
    b"nan",
    "\u{202e}".as_bytes(),
    "．".as_bytes(),
];

#[test]
fn keymap_files() {
    let _turn = turn();
    let corpus: Vec<Vec<u8>> = vec![
        include_bytes!("../../keymaps/default.toml").to_vec(),
        include_bytes!("../../keymaps/vim.toml").to_vec(),
        b"[walk]\n\"9\" = \"verdict.fail\"\n\"4\" = \"none\"\n\"g g\" = \"undo\"\n".to_vec(),
        b"[global]\n\"C-q\" = \"quit\"\n\"A-x\" = \"palette\"\nf5 = \"help\"\n".to_vec(),
    ];
    let target = Target { name: "keymap", corpus, tokens: TOML, rounds: 2_000 };
    target.run(&mut |bytes| {
        let text = String::from_utf8_lossy(bytes);
        match keymaps::parse(&text) {
            Ok(map) => {
                let mut written = String::new();
                for scope in Scope::ALL {
                    written.push_str(&format!("[{}]\n", scope.name()));
                    for (keys, action) in map.bindings(scope.name()) {
                        let name = keys_name(&keys);
                        assert_eq!(parse_keys(&name).as_ref(), Ok(&keys), "{name}");
                        let name = name.replace('\\', "\\\\").replace('"', "\\\"");
                        written.push_str(&format!("\"{name}\" = \"{}\"\n", action.name()));
                    }
                }
                let again = keymaps::parse(&written).unwrap_or_else(|faults| panic!("{faults:?}\n{written}"));
                for scope in Scope::ALL {
                    assert!(map.bindings(scope.name()).eq(again.bindings(scope.name())), "{written}");
                }
                // What a person lays over the built-in map is judged, whatever it takes away.
                if let Ok(laid) = keymaps::layered(BuiltIn::Default, Some(&text)) {
                    keymaps::lost(&laid);
                }
            }
            Err(faults) => {
                let lines = text.split('\n').count();
                assert!(!faults.is_empty());
                for fault in faults {
                    assert!((1..=lines).contains(&fault.line), "{fault:?}");
                    told_at_the_door(&fault.to_string());
                }
            }
        }
    });
}

#[test]
fn config_files() {
    let _turn = turn();
    let corpus: Vec<Vec<u8>> = vec![
        b"data = \"/srv/tijian\"\nlang = \"zh-Hant\"\nperson = \"inspector\"\nkeymap = \"vim\"\nwidth = \"wide\"\n"
            .to_vec(),
        b"colour = false\nlinear = true\nlang = \"en\"\nwidth = \"auto\"\n".to_vec(),
        b"# nothing\n".to_vec(),
    ];
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().to_str().unwrap().to_owned();
    fs::create_dir_all(folder.path().join("tijian")).unwrap();
    let path = folder.path().join("tijian/config.toml");
    let env = |name: &str| matches!(name, "HOME" | "XDG_CONFIG_HOME").then(|| home.clone());
    let target = Target { name: "config", corpus, tokens: TOML, rounds: 800 };
    let mut made = |bytes: Vec<u8>, dice: &mut Dice| if dice.once_in(500) { bytes.repeat(1 << 12) } else { bytes };
    target.run_made(&mut made, &mut |bytes| {
        fs::write(&path, bytes).unwrap();
        match config::read(&Asked::default(), &env) {
            Ok(world) => {
                assert!(is_clean(&world.person.0, false) && !world.person.0.is_empty(), "{:?}", world.person);
                let again = config::read(&Asked::default(), &env).unwrap();
                assert_eq!((again.file, again.data, again.lang), (world.file, world.data, world.lang));
            }
            Err(fault) => told_at_the_door(&fault.to_string()),
        }
    });
}

//! What terminals send: every way to say a key, and reports of every kind.

use super::super::{Code, Key};
use Code::{
    BackTab, Backspace, Char, Delete, Down, End, Enter, F, Home, Insert, Left, PageDown, PageUp, Right, Tab, Up,
};

#[rustfmt::skip]
const SEQUENCES: &[(&str, Code)] = &[
    ("[Z", BackTab),
    ("[A", Up), ("[B", Down), ("[C", Right), ("[D", Left), ("[H", Home), ("[F", End),
    ("OA", Up), ("OB", Down), ("OC", Right), ("OD", Left), ("OH", Home), ("OF", End),
    ("[1~", Home), ("[7~", Home), ("[4~", End), ("[8~", End),
    ("[2~", Insert), ("[3~", Delete), ("[5~", PageUp), ("[6~", PageDown),
    ("OP", F(1)), ("OQ", F(2)), ("OR", F(3)), ("OS", F(4)), ("[P", F(1)), ("[Q", F(2)), ("[S", F(4)),
    ("[11~", F(1)), ("[12~", F(2)), ("[13~", F(3)), ("[14~", F(4)), ("[15~", F(5)), ("[17~", F(6)),
    ("[18~", F(7)), ("[19~", F(8)), ("[20~", F(9)), ("[21~", F(10)), ("[23~", F(11)), ("[24~", F(12)),
    ("[[A", F(1)), ("[[B", F(2)), ("[[C", F(3)), ("[[D", F(4)), ("[[E", F(5)),
    ("OM", Enter), ("OI", Tab), ("Oj", Char('*')), ("Ok", Char('+')), ("Oo", Char('/')), ("OX", Char('=')),
    ("Op", Char('0')), ("Oq", Char('1')), ("Ot", Char('4')), ("Oy", Char('9')), ("O ", Char(' ')),
    // Shift is not told apart; the last two are rxvt's.
    ("[1;2A", Up), ("[1;2H", Home), ("[3;2~", Delete), ("[1A", Up), ("[a", Up), ("[d", Left),
];

/// Sequences with Ctrl and with Alt.
#[rustfmt::skip]
const MODIFIED: &[(&str, Code, bool, bool)] = &[
    ("[1;5A", Up, true, false), ("[1;3C", Right, false, true), ("[1;7D", Left, true, true),
    ("[1;9B", Down, false, true), ("[1;5P", F(1), true, false), ("[15;5~", F(5), true, false),
    ("[3;5~", Delete, true, false), ("[3^", Delete, true, false), ("[5@", PageUp, true, false),
    ("O5A", Up, true, false), ("O1;5A", Up, true, false), ("Oa", Up, true, false),
    ("\r", Enter, false, true), ("\x7f", Backspace, false, true), ("\x01", Char('a'), true, true),
];

/// What terminals say about themselves.
#[rustfmt::skip]
pub(super) const REPORTS: [&[u8]; 40] = [
    // Strings, by each of their ends; one has lost it, and the Enter of a helpless person ends it.
    b"\x1b]11;rgb:1111/1111/1111\x1b\\", b"\x1b]11;rgb:1111/1111/1111\x07", b"\x1b]10;?\x18", b"\x1b]4;1;444\x1a",
    b"\x1b]4;1;4444\r", b"\x1b]l\xe9\xbb\xa8\x1b\\",
    b"\x1bP>|XTerm(379)\x1b\\", b"\x1bP1$r1 q\x1b\\", b"\x1bP1+r544e=787465726d\x1b\\", b"\x1bP!|00000000\x1b\\",
    b"\x1b_Gi=1;OK\x1b\\", b"\x1bXtext 1\x1b\\", b"\x1b^text 4\x1b\\",
    // What it is and how it does.
    b"\x1b[?1;2c", b"\x1b[?64;1;2;4c", b"\x1b[>41;379;0c", b"\x1b[=1c", b"\x1b[0n", b"\x1b[?13n", b"\x1b[?2026;2$y",
    b"\x1b[8;24;80t",
    // Where the cursor stands, unasked.
    b"\x1b[1;5R", b"\x1b[24;80R", b"\x1b[?24;80;1R", b"\x1b[R",
    // Focus and mouse.
    b"\x1b[I", b"\x1b[O", b"\x1b[<0;10;12M", b"\x1b[<0;10;12m", b"\x1b[M !!", b"\x1b[M\x20\xff\xff", b"\x1b[32;4;4M",
    // Keys in protocols that were not asked for, and nonsense.
    b"\x1b[27;5;13~", b"\x1b[13;5u", b"\x1b[?1u", b"\x1b[1;1:3A", b"\x1b[4;1;1;1;1;1A", b"\x1b[4A", b"\x1b[2;1H",
    b"\x1b[1;99A",
];

/// Every way in which a terminal says a key.
pub(super) fn keys() -> Vec<(Vec<u8>, Key)> {
    let mut known: Vec<(Vec<u8>, Key)> = (b' '..=b'~').map(|c| (vec![c], Key::char(char::from(c)))).collect();
    known.extend(['é', '黨', '１', '😀', '\u{10FFFF}'].map(|c| (c.to_string().into_bytes(), Key::char(c))));
    let controls = [(b'\r', Enter), (b'\n', Enter), (b'\t', Tab), (8, Backspace), (0x7F, Backspace)];
    known.extend(controls.map(|(byte, code)| (vec![byte], Key::plain(code))));
    let ctrl = ('a'..='z').chain(['\\', ']', '^', '_']).filter(|c| Key::ctrl(*c).arrives());
    known.extend(ctrl.map(|c| (vec![c as u8 & 0x1F], Key::ctrl(c))));
    let alt = (' '..='~').filter(|c| Key::alt(*c).arrives());
    known.extend(alt.map(|c| (vec![0x1B, c as u8], Key::alt(c))));
    known.extend(SEQUENCES.iter().map(|(text, code)| (escaped(text), Key::plain(*code))));
    known.extend(MODIFIED.iter().map(|(text, code, ctrl, alt)| {
        let key = Key { code: *code, ctrl: *ctrl, alt: *alt };
        (escaped(text), key)
    }));
    known
}

fn escaped(text: &str) -> Vec<u8> {
    format!("\x1b{text}").into_bytes()
}

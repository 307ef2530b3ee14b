//! Texts that mean harm, and what may reach a terminal.
#![allow(dead_code, reason = "every test file uses its own part of it")]

use std::path::Path;

use serde_json::Value;
use unicode_normalization::is_nfc;

/// Texts that steer a terminal, hide from a reader or weigh on both.
pub fn texts() -> Vec<String> {
    let mut texts: Vec<String> = [
        "\x1b[2J\x1b[31;5m紅\x1b[0m",
        "\x1b]0;標題\x07\x1b]52;c;cm0gLXJm\x07好",
        "\x1b]8;;http://例\x1b\\鏈\x1b]8;;\x1b\\",
        "\x1bPq#0;2;0;0;0\x1b\\\x1bP$q\"p\x1b\\部",
        "\x1b_Gi=1;AAAA\x1b\\\x1b^pm\x1b\\\x1bXsos\x1b\\",
        "\x1b[6n\x1b[c\x1b[>c\x1b[5n\x1b[?1049l\x1bc",
        "\x1b[",
        "\x1b]",
        "支\x1b",
        "\u{9b}31m\u{9d}0;x\u{9c}\u{90}q\u{9c}部\u{85}行",
        "\u{202e}黨員\u{202c}\u{2066}大會\u{2069}\u{200f}\u{61c}",
        "支\u{200b}部\u{200c}\u{200d}\u{feff}\u{2060}\u{ad}\u{180e}",
        "黨\u{e0041}\u{e0042}\u{e007f}\u{e0001}",
        "👨\u{200d}👩\u{200d}👧\u{200d}👦 👍🏽 🏴\u{e0067}\u{e007f} 🇹🇼 ❤\u{fe0f} 1\u{fe0f}\u{20e3}",
        "\u{0}零\u{0}",
        "\u{7f}\u{8}\u{8}刪",
        "一\r二\r\n三\n四\t五\u{b}六\u{c}七\u{2028}八\u{2029}",
        "ｶﾞｷﾞﾊﾟ ᄀ\u{1161}\u{11a8} 한 क्षि ក្ក لا",
        "\u{e000}\u{f8ff}\u{fffe}\u{ffff}\u{10ffff}\u{f0000}",
        "\u{301}\u{302}無底",
        "Ａ１：／\u{3000}全形",
        "\u{2126}\u{212b}\u{1100}\u{1161}e\u{301}",
        "支\u{e0100}部\u{fe00}",
        "\"'`$(id);|&<>%s%n{}{n}\\x1b[31m",
    ]
    .map(str::to_owned)
    .to_vec();
    texts.push(format!("Z{}", "\u{301}".repeat(500)));
    texts.push("黨".repeat(20_000));
    texts.push("x".repeat(20_000));
    texts
}

/// Bytes that are no text at all.
pub const BYTES: [&[u8]; 7] = [
    b"\xed\xa0\x80\xed\xb0\x80",
    b"\xd6\xa7\xb2\xbf\xb4\xf3\xbb\xe1",
    b"\xc0\xaf\xe0\x80\xaf",
    b"\xf4\x90\x80\x80\xff\xfe",
    b"\xe6\x94",
    b"\x9b31m\x9d0;x\x07",
    b"\x80\x81\x82a\x83",
];

/// Says whether a character steers a terminal or hides from a reader: said here once more, so that the program is not
/// judged by itself.
fn harms(c: char) -> bool {
    let code = u32::from(c);
    let ranges = [
        (0, 0x1f),
        (0x7f, 0x9f),
        (0xad, 0xad),
        (0x61c, 0x61c),
        (0x180e, 0x180e),
        (0x200b, 0x200f),
        (0x2028, 0x202e),
        (0x2060, 0x206f),
        (0xe000, 0xf8ff),
        (0xfe00, 0xfe0f),
        (0xfeff, 0xfeff),
        (0xfff9, 0xfffb),
        (0xe_0000, 0x10_ffff),
    ];
    ranges.iter().any(|(from, to)| (*from..=*to).contains(&code)) || code & 0xfffe == 0xfffe
}

fn is_clean(text: &str, newlines: bool) -> bool {
    text.chars().all(|c| c == '\n' && newlines || !harms(c)) && is_nfc(text)
}

/// Says what stands in the bytes that are for a terminal and is neither clean text nor one of the program's sequences.
pub fn harm(bytes: &[u8]) -> Option<String> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(fault) => return Some(fault.to_string()),
    };
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c == '\x1b' {
            let Some(len) = own_sequence(rest) else {
                return Some(format!("{:?}", rest.chars().take(12).collect::<String>()));
            };
            rest = &rest[len..];
            continue;
        }
        if harms(c) {
            let near: String = text.chars().skip_while(|other| *other != c).take(12).collect();
            return Some(format!("{c:?} in {near:?}"));
        }
        rest = &rest[c.len_utf8()..];
    }
    None
}

/// Says what stands in a printed text and is not clean.
pub fn harm_in_lines(text: &[u8]) -> Option<String> {
    match std::str::from_utf8(text) {
        Ok(text) => text.split('\n').find_map(|line| harm_in_line(line.trim_end_matches('\r'))),
        Err(fault) => Some(fault.to_string()),
    }
}

fn harm_in_line(line: &str) -> Option<String> {
    (!is_clean(line, false)).then(|| format!("{:?}", line.chars().take(200).collect::<String>()))
}

/// Finds a text in JSON that is not clean.
pub fn dirty(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => (!is_clean(text, true)).then(|| text.clone()),
        Value::Array(values) => values.iter().find_map(dirty),
        Value::Object(fields) => fields.values().find_map(dirty),
        _ => None,
    }
}

/// Checks every text that the journal of a store keeps.
#[track_caller]
pub fn keeps_clean_texts(store: &Path, what: &str) {
    let journal = std::fs::read_to_string(store.join("journal.jsonl")).unwrap();
    for line in journal.lines() {
        assert_eq!(dirty(&serde_json::from_str(line).unwrap()), None, "{what}: {line}");
    }
}

/// Measures one of the program's own sequences at the beginning of a text.
fn own_sequence(text: &str) -> Option<usize> {
    const WHOLE: [&str; 11] = [
        "\x1b[?1049h",
        "\x1b[?1049l",
        "\x1b[2J",
        "\x1b[H",
        "\x1b[?2004h",
        "\x1b[?2004l",
        "\x1b[?25l",
        "\x1b[?25h",
        "\x1b[0m",
        "\x1b[6n",
        "\x1b[59m",
    ];
    if let Some(known) = WHOLE.iter().find(|known| text.starts_with(**known)) {
        return Some(known.len());
    }
    let params = text.strip_prefix("\x1b[")?;
    let end = params.find(|c: char| !c.is_ascii_digit() && c != ';')?;
    matches!(params.as_bytes()[end], b'H' | b'G' | b'X' | b'K' | b'm').then_some(2 + end + 1)
}

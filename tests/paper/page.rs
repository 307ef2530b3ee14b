//! What a page has to keep to: its golden text, its width, and what stored text cannot do to it.

use std::fs;
use std::path::Path;

use unicode_width::UnicodeWidthStr;

#[track_caller]
pub fn is_golden(name: &str, said: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if asked_for("UPDATE_GOLDEN") {
        fs::write(&path, said).unwrap();
    }
    let golden = fs::read_to_string(&path).unwrap_or_default();
    let differs = golden.lines().zip(said.lines()).position(|(golden, said)| golden != said);
    assert!(golden == said, "{name} differs from line {differs:?}; UPDATE_GOLDEN=1 writes it anew:\n{said}");
}

#[expect(clippy::disallowed_methods, reason = "the person at the keyboard asks for it")]
fn asked_for(name: &str) -> bool {
    std::env::var_os(name).is_some()
}

/// Returns a paper without the blanks and line ends that wrapping puts in.
pub fn solid(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Checks that a text fits the page by both measures of ambiguous characters.
#[track_caller]
pub fn fits(text: &str) {
    for line in text.lines() {
        assert!(line.width() <= 56 && line.width_cjk() <= 56, "{} columns: {line}", line.width_cjk());
        assert_eq!(line.trim_end(), line, "blanks at the end of a line");
    }
}

/// What somebody may write to spoil a paper, a table or a terminal.
pub const HOSTILE: [&str; 28] = [
    "\u{1b}[2J\u{1b}[1;1H清屏",
    "\u{1b}]0;title\u{7}標題",
    "\u{1b}]52;c;cm0gLXJm\u{1b}\\剪貼板",
    "\u{9b}31m紅\u{90}x\u{9c}",
    "a\rb\u{8}\u{8}c",
    "\u{202e}倒著\u{2066}寫",
    "甲 | 乙 | 丙 |",
    "| --- | --- |",
    "\\| 甲",
    "# 標題",
    "甲\n# 標題\n===\n---",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!-- 註",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "@SUM(A1)",
    "[點我](javascript:alert(1))",
    "![圖](http://example.org/x.png)",
    "[1]: http://example.org",
    "- 項\n1. 項\n> 引",
    "```\n代碼\n~~~",
    "    代碼",
    "*重* _斜_ ~~刪~~ `碼` $x^2$",
    "&lt;b&gt; &#60;",
    "https://example.org www.example.org a@example.org",
    "\\",
    "【工作稿】\n一、基本情況",
];

/// Names the kind of a line of Markdown by the markup at its beginning, and returns the rest.
fn markup(line: &str) -> (&'static str, &str) {
    for (mark, kind) in [("# ", "1"), ("## ", "2"), ("### ", "3"), ("- ", "list"), ("| ", "row")] {
        if let Some(rest) = line.strip_prefix(mark) {
            return (kind, rest);
        }
    }
    match line.strip_prefix("**【").and_then(|line| line.strip_suffix("】**")) {
        Some(rest) => ("mark", rest),
        None => ("text", line),
    }
}

/// Cuts a row where a bar is not escaped.
fn cells(row: &str) -> Vec<&str> {
    let (mut cells, mut from, mut escaped) = (Vec::new(), 0, false);
    for (at, c) in row.char_indices() {
        if c == '|' && !escaped {
            cells.push(&row[from..at]);
            from = at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    assert!(row[from..].trim().is_empty(), "a row ends with a bar: {row}");
    cells
}

/// Checks that no character of a text means anything to a reader of Markdown.
#[track_caller]
fn is_inert(text: &str) {
    let text = text.trim();
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        let open = !escaped;
        escaped = c == '\\' && !escaped;
        let special = "`*_{}[]<>#|~^$@".contains(c) || (at == 0 && "-+=".contains(c));
        assert!(!(special && open), "{c} is open in {text}");
    }
    assert!(!escaped, "{text} escapes what follows");
    let plain = text.replace("\\:", "").replace("\\.", "");
    assert!(!plain.contains("://") && !plain.contains("www."), "{text} is a link");
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let listed = digits.len() < text.len() && (digits.starts_with(". ") || digits.starts_with(") "));
    assert!(!listed, "{text} begins a list");
}

/// Returns the markup of a paper: its lines' kinds and the widths of its tables, without paragraphs.
#[track_caller]
pub fn skeleton(markdown: &str) -> Vec<(&'static str, usize)> {
    let mut kinds = Vec::new();
    for line in markdown.lines() {
        let (kind, rest) = markup(line);
        let parts = if kind == "row" { cells(rest) } else { vec![rest] };
        if kind != "row" || !parts.iter().all(|cell| cell.trim().trim_matches([':', '-']).is_empty()) {
            for part in &parts {
                is_inert(part);
            }
        }
        if kind != "text" {
            kinds.push((kind, parts.len()));
        }
    }
    kinds
}

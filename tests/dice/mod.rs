//! Dice that fall the same way for the same seed, and the keys of somebody who presses anything.
#![allow(dead_code, reason = "every test file uses its own part of it")]

/// Dice that fall the same way for the same seed.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5851_F42D_4C95_7F2D)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Returns a number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).unwrap()
    }

    /// Returns a number from `from` to `to`, both included.
    pub fn between(&mut self, from: u16, to: u16) -> u16 {
        from + u16::try_from(self.below(usize::from(to - from) + 1)).unwrap()
    }

    pub fn pick<'a, T: ?Sized>(&mut self, among: &[&'a T]) -> &'a T {
        among[self.below(among.len())]
    }

    /// Says yes once in `times`.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }
}

/// What a monkey does.
#[derive(Clone, Debug)]
pub enum Stroke {
    /// Bytes by the reads that they arrive in.
    Reads(Vec<Vec<u8>>),
    Resize(u16, u16),
}

const MOVES: &[&str] =
    &["j", "k", "j", "k", "h", "l", "G", "gg", "\x04", "\x15", " ", "]o", "[f", "]m", "J", "K", "]b", "[b", "5j", "\t"];
const ANSWERS: &[&str] = &[
    "1", "2", "3", "4", "0", "=", "A", "u", "\x12", "m", "x", "\x7f", ".", "１", "。", "i", "r", "s", "c", "v", "b",
    "*", "9", "7",
];
const WAYS: &[&str] = &["\r", "\r", "\x1b", "\x1b", "y", "\x1b[Z", "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x13"];
const PLACES: &[&str] = &[
    "gh", "gr", "gb", "gc", "gl", "gl", "gk", "gj", "*i", "*i", "?", ":", "/", "S", "t", "p", "T", "T", "\x0c",
    "\x1bOQ",
];
const FORMS: &[&str] = &[";", "f", "a", "e", "n", "E", "+", "Z", "X", "o", "R", "W", "\x17", "\x1a", "\x01", "\x05"];
const TEXTS: &[&str] = &["支", "部", "，", "黨員大會", "a", "W", " ", "“四強”", "…", "e\u{301}", "第二季度", "9", "/"];
const RAW: &[&[u8]] =
    &[b"\x1b[", b"\x1b]11;rgb:1/1/1\x07", b"\xd6\xa7\xb2\xbf", b"\xff", b"\x00", b"\x1b[3~", b"\xe6\x94", b"\x1bO"];
/// Texts that somebody may paste, in good faith or not.
pub const PASTES: &[&str] = &[
    "每季度召開支部黨員大會，查會議記錄。\r\n第二行：缺第三季度。",
    "\x1b[31m紅\x1b[0m\x1b]0;標題\x07好\u{9b}31m",
    "\u{202e}倒\u{200b}寫\u{e0041}\u{feff}",
    "Z\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}a\u{301}l",
    "👨\u{200d}👩\u{200d}👧\u{200d}👦🇹🇼👍🏽“引號”…",
    "ｶﾞｷﾞ한글ᄀ\u{1161}\u{11a8}क्षि",
    "4\n4\n1\ny\nq\n",
    "110101199003077715 13800138000",
    "\u{7f}\u{0}\u{8}\u{1}\t\t",
];

/// Chooses what is done next: mostly keys that mean something somewhere.
pub fn stroke(dice: &mut Dice) -> Stroke {
    let bytes = |text: &str| Stroke::Reads(vec![text.as_bytes().to_vec()]);
    // A sequence of two letters comes letter by letter; one that comes at once looks pasted.
    let keys = |keys: &str| match keys.as_bytes() {
        [first, second] => Stroke::Reads(vec![vec![*first], vec![*second]]),
        one => Stroke::Reads(vec![one.to_vec()]),
    };
    match dice.below(100) {
        0..30 => keys(dice.pick(MOVES)),
        30..50 => bytes(dice.pick(ANSWERS)),
        50..68 => bytes(dice.pick(WAYS)),
        68..78 => keys(dice.pick(PLACES)),
        78..86 => bytes(dice.pick(FORMS)),
        86..94 => bytes(dice.pick(TEXTS)),
        94..96 => Stroke::Reads(vec![dice.pick(RAW).to_vec()]),
        96..98 => bytes(&format!("\x1b[200~{}\x1b[201~", dice.pick(PASTES))),
        98 => Stroke::Reads(vec![vec![u8::try_from(dice.below(256)).unwrap()]]),
        _ => {
            let (cols, rows) = if dice.once_in(6) { (12, 4) } else { (120, 40) };
            Stroke::Resize(dice.between(1, cols).max(cols / 3), dice.between(1, rows).max(rows / 3))
        }
    }
}

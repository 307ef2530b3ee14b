//! The text between the two brackets of a paste.

/// The longest paste in bytes that is taken anywhere; what is longer loses its end.
pub const PASTE_LIMIT: usize = 1 << 20;

/// A paste while it arrives.
#[derive(Clone, Debug, Default)]
pub(super) struct Paste {
    text: String,
    cut: bool,
    after_return: bool,
}

impl Paste {
    /// Takes the next character; of the control characters only line ends and tabs are kept.
    pub(super) fn push(&mut self, c: char, limit: usize) {
        let after_return = std::mem::replace(&mut self.after_return, c == '\r');
        let c = match c {
            // One line end, whichever system the text came from.
            '\n' if after_return => return,
            '\r' => '\n',
            '\n' | '\t' => c,
            c if c.is_control() => return,
            c => c,
        };
        // Once something is missing nothing may follow it: a shorter character would close the gap unseen.
        self.cut |= self.text.len() + c.len_utf8() > limit;
        if !self.cut {
            self.text.push(c);
        }
    }

    /// Returns the text, and whether its end is missing.
    pub(super) fn finish(self) -> (String, bool) {
        (self.text, self.cut)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pasted(chars: impl IntoIterator<Item = char>) -> (String, bool) {
        let mut paste = Paste::default();
        chars.into_iter().for_each(|c| paste.push(c, PASTE_LIMIT));
        paste.finish()
    }

    #[test]
    fn every_line_end_is_the_same() {
        assert_eq!(pasted("一\r\n二\r三\n四\r\r五".chars()).0, "一\n二\n三\n四\n\n五");
        assert_eq!(pasted("a\u{0}\u{8}\u{7f}\u{9b}\tb".chars()).0, "a\tb");
    }

    #[test]
    fn a_long_paste_is_cut_at_a_character_and_says_so() {
        let (text, cut) = pasted(std::iter::repeat_n('黨', PASTE_LIMIT));
        assert!(cut && text.len() <= PASTE_LIMIT && text.len() > PASTE_LIMIT - 3);
        let full = pasted(std::iter::repeat_n('a', PASTE_LIMIT));
        assert_eq!((full.0.len(), full.1), (PASTE_LIMIT, false));
        // 1 MiB is not a multiple of three: the letter behind the cut would just fit.
        assert!(!pasted(std::iter::repeat_n('黨', PASTE_LIMIT / 3 + 1).chain(['a'])).0.ends_with('a'));
    }
}

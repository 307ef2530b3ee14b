//! What a Chinese input method sends, read as the keys that were meant.
//!
//! While an input method is on, digits and punctuation arrive full-width and some arrive as other signs altogether.
//! Where no text field is open they mean their ASCII twins. Inside a field they are what the person typed, so the twins
//! are for the keymap only.

use super::key::Key;

/// Returns the ASCII twin of a key that an input method changed, or the key itself.
pub fn plain(key: Key) -> Key {
    match key.typed() {
        Some(c) => Key::char(twin(c)),
        None => key,
    }
}

/// Returns the ASCII character on the same keycap.
fn twin(c: char) -> char {
    match c {
        // The full-width forms stand in the order of ASCII.
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        '。' => '.',
        // Input methods put `、` on the slash, the backslash or both; the slash is the one that does something here.
        '、' => '/',
        // Corner brackets come from the square bracket keys of traditional layouts; `『』` are the same keys with Shift.
        '【' | '「' | '〔' => '[',
        '】' | '」' | '〕' => ']',
        '『' => '{',
        '』' => '}',
        '《' | '〈' => '<',
        '》' | '〉' => '>',
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        '￥' | '¥' => '$',
        '…' => '^',
        '—' => '_',
        '·' => '`',
        // Verdicts are digits; somebody who can only reach hanzi may write the digit as one.
        '〇' | '零' => '0',
        '一' => '1',
        '二' => '2',
        '三' => '3',
        '四' => '4',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::Code;

    #[test]
    fn full_width_signs_mean_their_twins() {
        let wide = "１ｊＧ？：；／\u{3000}，。、【】「」＝“”《》！～（￥";
        let ascii = "1jG?:;/ ,./[][]=\"\"<>!~($";
        assert_eq!(wide.chars().count(), ascii.len());
        for (wide, ascii) in wide.chars().zip(ascii.chars()) {
            assert_eq!(plain(Key::char(wide)), Key::char(ascii), "{wide}");
        }
    }

    #[test]
    fn the_hanzi_of_the_verdicts_are_digits() {
        let read: String = "一二三四〇零五".chars().filter_map(|c| plain(Key::char(c)).typed()).collect();
        assert_eq!(read, "123400五");
    }

    #[test]
    fn what_is_plain_stays() {
        for key in [Key::char('j'), Key::char('黨'), Key::ctrl('s'), Key::plain(Code::Enter), Key::alt('１')] {
            assert_eq!(plain(key), key);
        }
    }
}

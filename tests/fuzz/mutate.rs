//! Spoiling of bytes: the same seed spoils the same way.

use crate::dice::Dice;

/// Numbers that lengths and counts go wrong at.
const NUMBERS: [u64; 12] =
    [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fff_ffff, 0xffff_ffff, 0x7fff_ffff_ffff_ffff, u64::MAX - 1, u64::MAX];

/// The longest input: what a mutation doubles must not grow for ever.
const LIMIT: usize = 256 << 10;

/// Makes an input of a corpus.
pub fn spoilt(corpus: &[Vec<u8>], tokens: &[&[u8]], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = corpus[dice.below(corpus.len())].clone();
    for _ in 0..=dice.below(5) {
        once(&mut bytes, corpus, tokens, dice);
    }
    bytes.truncate(LIMIT);
    bytes
}

fn once(bytes: &mut Vec<u8>, corpus: &[Vec<u8>], tokens: &[&[u8]], dice: &mut Dice) {
    let at = dice.below(bytes.len() + 1);
    let len = dice.below(64).min(bytes.len() - at);
    match dice.below(10) {
        0 | 1 if at < bytes.len() => bytes[at] ^= 1 << dice.below(8),
        2 if at < bytes.len() => bytes[at] = u8::try_from(dice.below(256)).unwrap(),
        3 => splice(bytes, corpus, dice),
        4 if dice.once_in(3) => bytes.truncate(at),
        4 => drop(bytes.drain(at..at + len)),
        5 => {
            let block = bytes[at..at + len].to_vec();
            let block = block.repeat(1 + dice.below(4) * dice.below(40));
            bytes.splice(at..at, block);
        }
        6 => binary_number(bytes, at, dice),
        7 => written_number(bytes, at, dice),
        _ if !tokens.is_empty() => {
            let token = dice.pick(tokens).to_vec();
            let over = if dice.once_in(2) { token.len().min(bytes.len() - at) } else { 0 };
            bytes.splice(at..at + over, token);
        }
        _ => bytes.push(0),
    }
}

/// Puts a stretch of another input in.
fn splice(bytes: &mut Vec<u8>, corpus: &[Vec<u8>], dice: &mut Dice) {
    let other = &corpus[dice.below(corpus.len())];
    let (at, from) = (dice.below(bytes.len() + 1), dice.below(other.len() + 1));
    let take = dice.below(512).min(other.len() - from);
    let over = if dice.once_in(2) { take.min(bytes.len() - at) } else { 0 };
    bytes.splice(at..at + over, other[from..from + take].iter().copied());
}

/// Writes a number in one of the sizes and orders that lengths are written in, with bincode's mark before it at times.
fn binary_number(bytes: &mut Vec<u8>, at: usize, dice: &mut Dice) {
    let number = NUMBERS[dice.below(NUMBERS.len())];
    let size = 1 << dice.below(4);
    let mut written =
        if dice.once_in(2) { number.to_le_bytes()[..size].to_vec() } else { number.to_be_bytes()[8 - size..].to_vec() };
    if dice.once_in(2) {
        written.insert(0, [250, 251, 252, 253][size.ilog2() as usize]);
    }
    let over = written.len().min(bytes.len() - at);
    bytes.splice(at..at + over, written);
}

/// Writes another number where the next one stands in digits.
fn written_number(bytes: &mut Vec<u8>, at: usize, dice: &mut Dice) {
    let Some(start) = bytes[at..].iter().position(u8::is_ascii_digit).map(|found| at + found) else {
        return;
    };
    let len = bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut number = NUMBERS[dice.below(NUMBERS.len())].to_string();
    match dice.below(6) {
        0 => number.insert(0, '-'),
        1 => number.push_str("e99"),
        2 => number.push_str(".5"),
        3 => number.push_str("99999999999999999999"),
        _ => {}
    }
    bytes.splice(start..start + len, number.into_bytes());
}

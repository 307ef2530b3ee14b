//! The sixteen colours that every colour terminal has, and none where none are wanted.
//!
//! The drawing library names each colour in the long form of 256 (`38;5;8`), which terminals of sixteen colours do not
//! read. A frame is written anew on its way out: the first sixteen in their short form (`90`), or no colour at all.

/// Rewrites the colours of a frame.
pub fn rewritten(frame: &[u8], colour: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(frame.len());
    let mut rest = frame;
    while let Some(at) = rest.windows(2).position(|pair| pair == b"\x1b[") {
        let (before, sequence) = rest.split_at(at);
        out.extend_from_slice(before);
        let end = sequence.iter().skip(2).position(|byte| (0x40..=0x7e).contains(byte)).map(|end| end + 3);
        let (sequence, after) = sequence.split_at(end.unwrap_or(sequence.len()));
        match sequence {
            [0x1b, b'[', params @ .., b'm'] => attributes(params, colour, &mut out),
            other => out.extend_from_slice(other),
        }
        rest = after;
    }
    out.extend_from_slice(rest);
    out
}

/// Rewrites the attributes of one sequence; a sequence of which nothing is left is left out.
fn attributes(params: &[u8], colour: bool, out: &mut Vec<u8>) {
    let Ok(text) = std::str::from_utf8(params) else { return };
    let mut codes = text.split(';');
    let mut kept: Vec<String> = Vec::new();
    while let Some(code) = codes.next() {
        match code {
            "38" | "48" => {
                let base: u16 = if code == "38" { 30 } else { 40 };
                let said = match codes.next() {
                    Some("5") => codes.next().and_then(|index| index.parse::<u16>().ok()).and_then(|n| short(n, base)),
                    // Red, green and blue: nothing is drawn so.
                    Some("2") => codes.nth(2).and(None),
                    _ => None,
                };
                kept.extend(said.filter(|_| colour).map(|code| code.to_string()));
            }
            _ if is_colour(code) && !colour => {}
            _ => kept.push(code.to_owned()),
        }
    }
    if !kept.is_empty() {
        out.extend_from_slice(b"\x1b[");
        out.extend_from_slice(kept.join(";").as_bytes());
        out.push(b'm');
    }
}

const fn short(index: u16, base: u16) -> Option<u16> {
    match index {
        0..=7 => Some(base + index),
        8..=15 => Some(base + 60 + index - 8),
        _ => None,
    }
}

fn is_colour(code: &str) -> bool {
    matches!(code.parse::<u16>(), Ok(30..=49 | 58 | 59 | 90..=107))
}

#[cfg(test)]
mod tests {
    use super::rewritten;

    fn said(frame: &str, colour: bool) -> String {
        String::from_utf8(rewritten(frame.as_bytes(), colour)).unwrap()
    }

    #[test]
    fn the_first_sixteen_have_short_names() {
        assert_eq!(said("\x1b[2;3H\x1b[38;5;8m規\x1b[38;5;2;49m好", true), "\x1b[2;3H\x1b[90m規\x1b[32;49m好");
        assert_eq!(said("\x1b[1;38;5;14;48;5;1mx\x1b[0m", true), "\x1b[1;96;41mx\x1b[0m");
    }

    #[test]
    fn without_colour_only_weight_is_left() {
        assert_eq!(said("\x1b[39m\x1b[49m\x1b[59m\x1b[0m\x1b[1;38;5;8mx", false), "\x1b[0m\x1b[1mx");
        assert_eq!(said("\x1b[38;2;1;2;3;4mx\x1b[m", false), "\x1b[4mx\x1b[m");
    }

    #[test]
    fn text_that_looks_alike_stays() {
        assert_eq!(said("[38;5;8m 38;5;8", false), "[38;5;8m 38;5;8");
        assert_eq!(said("\x1b[?25l\x1b[K", false), "\x1b[?25l\x1b[K");
    }
}

//! Every known key and every known report, split at every byte.

use proptest::prelude::*;

use super::*;

mod known;

const UP: Key = Key::plain(Code::Up);

/// Feeds the parts one read each.
fn read<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> (Vec<Input>, Option<Pending>) {
    let mut decoder = Decoder::new();
    let mut out = Vec::new();
    for part in parts {
        decoder.feed(part, &mut out);
    }
    (out, decoder.pending())
}

/// Forgets what depends on how the bytes were bundled.
fn unglued(inputs: Vec<Input>) -> Vec<Input> {
    let unglue = |input| match input {
        Input::Key(key, _) => Some(Input::Key(key, Glue::Alone)),
        Input::Invalid => None,
        input => Some(input),
    };
    inputs.into_iter().filter_map(unglue).collect()
}

fn keys(bytes: &[u8]) -> Vec<Key> {
    let only_key = |input| match input {
        Input::Key(key, _) => key,
        other => panic!("{other:?} in {bytes:02x?}"),
    };
    read([bytes]).0.into_iter().map(only_key).collect()
}

/// Whole, in two parts at each place, and byte by byte: all must say the same.
fn assert_says(bytes: &[u8], expect: &[Input]) {
    let whole = bytes.chunks(bytes.len().max(1));
    assert_eq!(unglued(read(whole).0), expect, "{bytes:02x?}");
    assert_eq!(unglued(read(bytes.chunks(1)).0), expect, "{bytes:02x?} byte by byte");
    for at in 0..=bytes.len() {
        let (head, tail) = bytes.split_at(at);
        let (out, pending) = read([head, tail]);
        assert_eq!(unglued(out), expect, "{bytes:02x?} split at {at}");
        assert_eq!(pending, None, "{bytes:02x?} split at {at}");
    }
}

fn key(key: Key) -> Input {
    Input::Key(key, Glue::Alone)
}

#[test]
fn every_key_survives_every_split() {
    for (bytes, pressed) in known::keys() {
        assert_says(&bytes, &[key(pressed)]);
        // Between two others, whose own meaning it must not change.
        let framed = [b"\x1b[A".as_slice(), &bytes, b"k"].concat();
        assert_says(&framed, &[key(UP), key(pressed), key(Key::char('k'))]);
    }
}

#[test]
fn every_known_key_says_that_it_arrives() {
    for (bytes, pressed) in known::keys() {
        assert!(pressed.arrives(), "{bytes:02x?} is {pressed}");
    }
}

#[test]
fn no_report_is_a_key_whatever_the_split() {
    for report in known::REPORTS {
        assert_says(report, &[]);
        assert_says(&[report, b"1".as_slice()].concat(), &[key(Key::char('1'))]);
    }
}

#[test]
fn an_asked_cursor_report_is_a_reply_and_no_other_is() {
    for at in 0..8 {
        let mut decoder = Decoder::new();
        let mut out = Vec::new();
        decoder.expect_reply(true);
        let (head, tail) = b"\x1b[24;80R".split_at(at);
        decoder.feed(head, &mut out);
        decoder.feed(tail, &mut out);
        assert_eq!(out, [Input::Reply(Reply::Cursor { row: 24, col: 80 })]);
        out.clear();
        decoder.feed(b"\x1b[?1;2R\x1b[R\x1b[5R\x1b[0;3R\x1b[1;2;3R", &mut out);
        assert_eq!(out, []);
        decoder.feed(b"\x1b[200~\x1b[24;80R\x1b[201~", &mut out);
        assert_eq!(std::mem::take(&mut out), [Input::Paste(String::new())]);
        decoder.expect_reply(false);
        decoder.feed(b"\x1b[24;80R", &mut out);
        assert_eq!(out, []);
    }
}

#[test]
fn a_lone_esc_waits_for_its_time() {
    let mut decoder = Decoder::new();
    let mut out = Vec::new();
    decoder.feed(b"\x1b", &mut out);
    assert_eq!((decoder.pending(), out.len()), (Some(Pending::Escape), 0));
    decoder.flush(&mut out);
    decoder.feed(b"[", &mut out);
    assert_eq!(out, [key(Key::plain(Code::Esc)), key(Key::char('['))]);
    assert_eq!(decoder.pending(), None);
    decoder.flush(&mut out);
    assert_eq!(out.len(), 2, "nothing waits, nothing comes");
}

#[test]
fn two_escs_are_one_key_and_a_beginning() {
    let (out, pending) = read([b"\x1b\x1b".as_slice()]);
    assert_eq!((out, pending), (vec![key(Key::plain(Code::Esc))], Some(Pending::Escape)));
    assert_says(b"\x1b\x1b[A", &[key(Key::plain(Code::Esc)), key(UP)]);
    assert_says("\x1b黨".as_bytes(), &[key(Key::plain(Code::Esc)), key(Key::char('黨'))]);
}

#[test]
fn half_a_sequence_is_never_a_key() {
    for half in [b"\x1b[1;4".as_slice(), b"\x1b[", b"\x1bO", b"\x1b]11;4444", b"\x1b]4\x1b", b"\x1b[[", b"\x1b[M1"] {
        let mut decoder = Decoder::new();
        let mut out = Vec::new();
        decoder.feed(half, &mut out);
        assert_eq!(decoder.pending(), Some(Pending::Rest), "{half:02x?}");
        decoder.flush(&mut out);
        assert_eq!((&out[..], decoder.pending()), (&[][..], None), "{half:02x?}");
        decoder.feed(b"1", &mut out);
        assert_eq!(out, [key(Key::char('1'))], "the keyboard is free again after {half:02x?}");
    }
}

#[test]
fn a_broken_sequence_gives_the_next_key_back() {
    assert_eq!(keys(b"\x1b[1;\x1b[A"), [UP]);
    assert_eq!(keys(b"\x1b[1\rx"), [Key::plain(Code::Enter), Key::char('x')]);
    assert_eq!(keys("\x1b[黨".as_bytes()), [Key::char('黨')]);
    assert_eq!(keys(b"\x1b]0;\x1b[A"), [UP]);
    assert_eq!(keys(b"\x1b]0;\x03q"), [Key::char('q')]);
    assert_eq!(keys(b"\0\xc2\x9b1"), [Key::char('1')]);
}

#[test]
fn a_paste_is_one_text_however_it_is_split() {
    assert_says(
        "\x1b[200~第4項\r\n\x1b[31m\x1b]0;x\x07不合格\x1bOA\t\x00\x1b[201~4".as_bytes(),
        &[Input::Paste("第4項\n不合格\t".to_owned()), key(Key::char('4'))],
    );
    assert_says(b"\x1b[200~a\x1b]0;never ended\x1b[201~", &[Input::Paste("a".to_owned())]);
    assert_says(b"\x1b[200~\x1b[24;80R\x1b[200~\x1b[201~", &[Input::Paste(String::new())]);
    assert_says(b"\x1b[201~", &[]);
}

#[test]
fn a_paste_without_an_end_lets_the_keyboard_go() {
    let mut decoder = Decoder::new();
    let mut out = Vec::new();
    decoder.feed("\x1b[200~半\x1b".as_bytes(), &mut out);
    assert_eq!((out.len(), decoder.pending()), (0, Some(Pending::Rest)), "an ESC in a paste is no lone Esc");
    decoder.flush(&mut out);
    decoder.feed(b"1", &mut out);
    assert_eq!(out, [Input::Paste("半".to_owned()), key(Key::char('1'))]);
}

#[test]
fn a_paste_that_is_too_long_says_so() {
    let mut decoder = Decoder::new();
    let mut out = Vec::new();
    decoder.feed(b"\x1b[200~", &mut out);
    for _ in 0..=PASTE_LIMIT / 1024 {
        decoder.feed(&[b'a'; 1024], &mut out);
    }
    decoder.feed(b"\x1b[201~", &mut out);
    assert_eq!(out, [Input::Paste("a".repeat(PASTE_LIMIT)), Input::PasteCut]);
}

#[test]
fn other_encodings_are_told_once_a_read() {
    let gbk = b"\xb5\xb3\xd6\xa74\xff";
    let (out, _) = read([gbk.as_slice(), b"4", gbk]);
    assert_eq!(out.iter().filter(|input| **input == Input::Invalid).count(), 2);
    let marks: Vec<_> =
        out.iter().filter(|input| matches!(input, Input::Key(Key { code: Code::Char('4'), .. }, _))).collect();
    assert_eq!(
        marks,
        [
            &Input::Key(Key::char('4'), Glue::Text),
            &Input::Key(Key::char('4'), Glue::Alone),
            &Input::Key(Key::char('4'), Glue::Text),
        ]
    );
    let broken = read([b"\xe9\xbb1".as_slice()]).0;
    assert_eq!(broken, [Input::Invalid, Input::Key(Key::char('1'), Glue::Text)], "the byte after it is no part of it");
    let (out, pending) = read(["黨".as_bytes().split_at(2).0]);
    assert_eq!((out, pending), (vec![], Some(Pending::Rest)));
}

#[test]
fn what_came_in_one_read_is_glued_and_earlier_inputs_are_left_alone() {
    let (out, _) = read([b"4".as_slice(), b"jj", "關4".as_bytes()]);
    let glue: Vec<Glue> =
        out.iter().filter_map(|input| if let Input::Key(_, glue) = input { Some(*glue) } else { None }).collect();
    assert_eq!(glue, [Glue::Alone, Glue::Keys, Glue::Keys, Glue::Text, Glue::Text]);
}

#[test]
fn a_sequence_without_an_end_takes_no_memory() {
    for start in [b"\x1b[".as_slice(), b"\x1bO", b"\x1b]", b"\x1bP"] {
        let mut decoder = Decoder::new();
        let mut out = Vec::new();
        decoder.feed(start, &mut out);
        for _ in 0..4096 {
            decoder.feed(b"1;1111111111;", &mut out);
        }
        decoder.feed(b"\x1b[A", &mut out);
        assert_eq!(out, [key(UP)]);
        // Nothing in a decoder but a paste can grow, and no paste is open.
        assert!(std::mem::size_of_val(&decoder) < 128);
    }
}

/// Valid streams, and pieces of streams that break off.
fn stream() -> impl Strategy<Value = Vec<u8>> {
    let keys: Vec<Vec<u8>> = known::keys().into_iter().map(|(bytes, _)| bytes).collect();
    let reports: Vec<Vec<u8>> = known::REPORTS.iter().map(|report| report.to_vec()).collect();
    let brackets = vec![b"\x1b[200~".to_vec(), b"\x1b[201~".to_vec(), b"\x1b".to_vec()];
    let piece = prop_oneof![
        4 => prop::sample::select(keys),
        2 => prop::sample::select(reports),
        1 => prop::sample::select(brackets),
        1 => prop::collection::vec(any::<u8>(), 0..4),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_split_of_any_stream_says_the_same(bytes in stream(), cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..6)) {
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
        cuts.sort_unstable();
        cuts.push(bytes.len());
        let mut from = 0;
        let parts = cuts.into_iter().map(|to| &bytes[std::mem::replace(&mut from, to)..to]);
        let (split, pending) = read(parts);
        let (whole, whole_pending) = read([&bytes[..]]);
        prop_assert_eq!(unglued(split), unglued(whole));
        prop_assert_eq!(pending, whole_pending);
    }

    #[test]
    fn any_bytes_leave_a_working_keyboard(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut decoder = Decoder::new();
        let mut out = Vec::new();
        decoder.feed(&bytes, &mut out);
        decoder.flush(&mut out);
        prop_assert_eq!(decoder.pending(), None);
        out.clear();
        decoder.feed(b"1", &mut out);
        prop_assert_eq!(out, [key(Key::char('1'))]);
    }

    #[test]
    fn a_string_is_never_a_key(text in "[ -~]{0,40}", kind in prop::sample::select(vec!["]", "P", "X", "^", "_"])) {
        assert_says(format!("\x1b{kind}{text}\x1b\\").as_bytes(), &[]);
    }
}

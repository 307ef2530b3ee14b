//! Files that nobody would write: reading ends, and what is told is fit for a terminal.

use proptest::prelude::*;

use super::*;
use crate::locales::Lang;
use crate::text::is_clean;

const BUILTIN: &[u8] = include_bytes!("../../../checklists/builtin.toml");

/// Pieces that break a file in more interesting ways than a byte does.
const PIECES: [&str; 16] = [
    "[[item]]\n",
    "[[card]]\n",
    "\nid = \"R-01\"\n",
    "points = 1e99\n",
    "[",
    "]]",
    "\"",
    "'''",
    "{",
    "}",
    "\u{1b}[2J",
    "\u{202e}",
    "\\u0000",
    "=",
    "\n\n",
    "item.x = 1\n",
];

/// Reads a file; where it is refused, every fault has a line of the file and clean words.
fn judged(bytes: &[u8]) -> Result<(), TestCaseError> {
    let lines = u32::try_from(bytes.split(|byte| *byte == b'\n').count()).unwrap();
    match read(bytes) {
        Ok(checklist) => {
            prop_assert!(!checklist.items.is_empty());
            prop_assert!(checklist.items.iter().all(|item| checklist.card_of(item).is_some()));
        }
        Err(faults) => {
            prop_assert!(!faults.is_empty());
            prop_assert!(faults.is_sorted_by_key(|fault| fault.line));
            for fault in faults {
                prop_assert!((1..=lines).contains(&fault.line), "{:?}", fault);
                for lang in Lang::ALL {
                    let said = fault.what.say(lang);
                    prop_assert!(!said.is_empty() && is_clean(&said, false), "{:?}", said);
                }
            }
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn arbitrary_bytes_are_judged(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        judged(&bytes)?;
    }

    #[test]
    fn arbitrary_toml_is_judged(
        lines in prop::collection::vec(
            "(schema|total|id|card|group|points|basis|methods|title_hant|[a-z_]{1,9}) = (-?[0-9]{1,12}(\\.[0-9]{1,3})?|\"\\PC{0,9}\"|\\[(\\[?\"\\PC{0,4}\"\\]?,?){0,3}\\]|true)|\\[\\[(item|card|rule)\\]\\]",
            0..30,
        ),
    ) {
        judged(lines.join("\n").as_bytes())?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_spoilt_builtin_checklist_is_judged(
        bytes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        pieces in prop::collection::vec((any::<prop::sample::Index>(), 0..PIECES.len()), 0..3),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut file = BUILTIN.to_vec();
        for (at, byte) in bytes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        for (at, piece) in pieces {
            let at = at.index(file.len());
            file.splice(at..at, PIECES[piece].bytes());
        }
        if let Some(cut) = cut {
            file.truncate(cut.index(file.len()));
        }
        judged(&file)?;
    }
}

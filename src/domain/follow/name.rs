//! How findings and their items are named for people: the same on papers, in the ledger and on the command line.

use crate::domain::ItemId;

/// Spells a finding by round, branch, item of the checklist and its number in the inspection: `2026-2/JG-007/S-07/01`.
pub fn finding_name(round: &str, branch: &str, item: &ItemId, n: u16) -> String {
    format!("{round}/{branch}/{item}/{n:02}")
}

/// Spells an item of a finding: `2026-2/JG-007/S-07/01.1`, so that a second one never changes the name of the first.
pub fn rect_name(finding: &str, item: u8) -> String {
    format!("{finding}.{item}")
}

/// What somebody wrote behind round and branch to name a finding or an item of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named<'a> {
    /// The item of the checklist, where it was written.
    pub on: Option<&'a str>,
    /// The number of the finding, where it was written.
    pub n: Option<u16>,
    /// The number of the item, where it was written.
    pub item: Option<u8>,
}

impl<'a> Named<'a> {
    /// Reads `S-07/01.1`, `S-07/01`, `S-07`, `01.1` and `01`; a number alone is the finding's.
    pub fn read(text: &'a str) -> Option<Self> {
        let number = |text: &str| match text.split_once('.') {
            None => Some((text.parse().ok()?, None)),
            Some((n, item)) => Some((n.parse().ok()?, Some(item.parse().ok()?))),
        };
        if let Some((on, rest)) = text.rsplit_once('/') {
            let (n, item) = number(rest)?;
            return (!on.is_empty()).then_some(Self { on: Some(on), n: Some(n), item });
        }
        match number(text) {
            Some((n, item)) => Some(Self { on: None, n: Some(n), item }),
            None if text.is_empty() => None,
            None => Some(Self { on: Some(text), n: None, item: None }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_reads_back_and_may_be_shorter() {
        let finding = finding_name("2026-2", "JG-007", &ItemId("S-07".to_owned()), 1);
        assert_eq!(finding, "2026-2/JG-007/S-07/01");
        assert_eq!(rect_name(&finding, 2), "2026-2/JG-007/S-07/01.2");
        let named = |on, n, item| Some(Named { on, n, item });
        assert_eq!(Named::read("S-07/01.2"), named(Some("S-07"), Some(1), Some(2)));
        assert_eq!(Named::read("S-07/01"), named(Some("S-07"), Some(1), None));
        assert_eq!(Named::read("S-07"), named(Some("S-07"), None, None));
        assert_eq!(Named::read("3.1"), named(None, Some(3), Some(1)));
        assert_eq!(Named::read("03"), named(None, Some(3), None));
        for bad in ["", "/", "S-07/", "S-07/x", "S-07/1.", "S-07/1.999", "S-07/99999", "/1"] {
            assert_eq!(Named::read(bad), None, "{bad}");
        }
    }
}

//! "Did you mean": the known name that is nearest to a misspelt one.

use super::fold;

/// Returns the nearest of `names`, if one is near enough to be worth a guess.
///
/// A third of the letters may be wrong; beyond that a guess misleads more often than it helps.
pub fn nearest<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = (name.chars().count() / 3).max(1);
    names
        .into_iter()
        .map(|known| (distance(name, known), known))
        // A name of one or two letters would be "near" anything as short.
        .filter(|(steps, known)| *steps <= allowed && *steps < known.chars().count())
        .min()
        .map(|(_, known)| known)
}

/// Lists the names that share a letter with `name`, the nearest first and at most `most`: what somebody may have meant.
pub fn nearby<'a>(name: &str, names: impl IntoIterator<Item = &'a str>, most: usize) -> Vec<&'a str> {
    let name = fold(name);
    let mut found: Vec<(usize, &str)> = (names.into_iter())
        .map(|known| (fold(known), known))
        .filter(|(folded, _)| folded.chars().any(|c| name.contains(c)))
        .map(|(folded, known)| (distance(&name, &folded), known))
        .collect();
    // Equally near ones stay in the order in which they are listed.
    found.sort_by_key(|(steps, _)| *steps);
    found.into_iter().take(most).map(|(_, known)| known).collect()
}

/// Writes a name as the known one that differs from it in script, width or case alone.
pub fn respell<'a>(name: &mut String, names: impl IntoIterator<Item = &'a str>) {
    let folded = fold(name.trim());
    if let Some(known) = names.into_iter().find(|known| fold(known) == folded) {
        known.clone_into(name);
    }
}

/// Counts the letters to insert, drop, replace or swap with their neighbour to turn `a` into `b`.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replaced = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(before[j - 2] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_swapped_pair_is_one_slip() {
        assert_eq!(distance("wlak", "walk"), 1);
        assert_eq!(distance("walk", "walk"), 0);
        assert_eq!(distance("", "walk"), 4);
        assert_eq!(distance("kitten", "sitting"), 3);
    }

    #[test]
    fn what_shares_letters_is_proposed_the_nearest_first() {
        let names = ["支部書記", "副書記", "組織委員", "督查組"];
        assert_eq!(nearby("副书记员", names, 3), ["副書記", "支部書記", "組織委員"]);
        assert_eq!(nearby("書記員", names, 1), ["副書記"]);
        assert!(nearby("x", names, 3).is_empty());
    }

    #[test]
    fn another_script_is_the_same_name() {
        let respelt = |name: &str| {
            let mut name = name.to_owned();
            respell(&mut name, ["支部書記", "A組"]);
            name
        };
        assert_eq!(respelt("支部书记"), "支部書記");
        assert_eq!(respelt(" ａ组"), "A組");
        assert_eq!(respelt("書記"), "書記");
    }

    #[test]
    fn a_far_name_is_no_guess() {
        let names = ["walk.pass", "walk.note", "go.home"];
        assert_eq!(nearest("walk.pas", names), Some("walk.pass"));
        assert_eq!(nearest("sign.off", names), None);
        assert_eq!(nearest("x", ["y"]), None);
    }
}

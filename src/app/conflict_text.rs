//! What a conflict says, line by line: two texts beside each other, or above one another where the window is narrow.

use super::{Conflict, Hue, Model};
use crate::domain::Day;
use crate::locales::{self as w, Lang};
use crate::text;

/// The most columns of a conflict, its frame included.
const MOST: u16 = 90;
/// The least columns in which two texts stand beside each other.
const BESIDE: usize = 64;

/// A line: what stands on the left or alone, and what stands on the right.
#[derive(Clone, Debug)]
pub struct ConflictLine {
    /// What stands on the left, or alone.
    pub left: String,
    /// What stands on the right, where two stand beside each other.
    pub right: Option<String>,
    /// What it means.
    pub hue: Hue,
    /// Whether it names what is said below it.
    pub head: bool,
}

impl Conflict {
    /// Says who was faster, and when: with the day where that is not today.
    pub fn head(&self, today: Day, lang: Lang) -> String {
        let (day, clock) = (self.at.china_day(), w::clock(self.at));
        let when = if day == today { clock } else { format!("{} {clock}", w::day(day, lang)) };
        w::CONFLICT_HEAD.fill(lang, &[&self.by, &when])
    }
}

impl Model {
    /// Returns the columns that a conflict has with its frame, and the lines of it that are in sight at once.
    pub fn conflict_room(&self) -> (u16, usize) {
        let rows = usize::from(self.size.1).saturating_sub(4);
        (self.size.0.min(MOST), rows.max(1))
    }

    /// Wraps what a conflict says into lines.
    pub fn conflict_lines(&self, conflict: &Conflict) -> Vec<ConflictLine> {
        let lang = self.lang;
        let cols = usize::from(self.conflict_room().0).saturating_sub(4).max(8);
        let wrapped = |said: &str, cols: usize| {
            let said = if said.is_empty() { w::CONFLICT_NOTHING.say(lang) } else { said };
            text::wrap(said, cols, self.ambiguous)
        };
        let alone = |left: String, hue, head| ConflictLine { left, right: None, hue, head };
        let told = conflict.head(self.moment.day, lang);
        let mut lines: Vec<ConflictLine> =
            wrapped(&told, cols).into_iter().map(|line| alone(line, Hue::Warning, false)).collect();
        let (theirs, mine) = (w::CONFLICT_THEIRS.say(lang), w::CONFLICT_MINE.say(lang));
        for clash in &conflict.clashes {
            lines.push(alone(clash.label.clone(), Hue::Plain, true));
            if cols < BESIDE {
                for (word, said) in [(theirs, &clash.theirs), (mine, &clash.mine)] {
                    lines.push(alone(word.to_owned(), Hue::Dim, false));
                    lines.extend(wrapped(said, cols).into_iter().map(|line| alone(line, Hue::Plain, false)));
                }
                continue;
            }
            let (left, right) = (wrapped(&clash.theirs, cols / 2 - 1), wrapped(&clash.mine, cols - cols / 2 - 1));
            let pair = |left: &str, right: &str, hue| ConflictLine {
                left: left.to_owned(),
                right: Some(right.to_owned()),
                hue,
                head: false,
            };
            lines.push(pair(theirs, mine, Hue::Dim));
            for at in 0..left.len().max(right.len()) {
                let line = |of: &[String]| of.get(at).cloned().unwrap_or_default();
                lines.push(pair(&line(&left), &line(&right), Hue::Plain));
            }
        }
        lines
    }
}

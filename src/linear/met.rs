//! Who else is where the person is, said between two lines: who is there on coming, then who comes and who leaves.

use std::sync::Arc;

use super::Talk;
use crate::app::{Present, Spot};
use crate::locales as w;
use crate::session::Company;
use crate::view::company_text;

/// Who else is there, and who was when that was said last.
pub struct Met {
    company: Option<Arc<dyn Company>>,
    spot: Spot,
    others: Vec<Present>,
}

impl Met {
    /// Begins where nobody was met yet.
    pub fn new(company: Option<Arc<dyn Company>>) -> Self {
        Self { company, spot: Spot::Elsewhere, others: Vec::new() }
    }
}

impl Talk {
    /// Tells the others where the person is, and says who came there or left since the last line.
    pub(super) fn meet(&mut self) {
        let (lang, spot) = (self.model.lang, self.model.spot());
        let Some(company) = &self.met.company else { return };
        company.at(spot.clone());
        // One person at two lines is one person.
        let mut others = company.others();
        others.dedup_by(|one, other| one.person == other.person);
        let stays = spot.meets(&self.met.spot);
        let before = std::mem::replace(&mut self.met.others, others);
        self.met.spot = spot;
        let missing = |from: &[Present], present: &Present| from.iter().all(|other| other.person != present.person);
        let (word, before) = if stays { (&w::LN_CAME, before) } else { (&w::ALSO_HERE, Vec::new()) };
        let came: Vec<Present> = self.met.others.iter().filter(|other| missing(&before, other)).cloned().collect();
        let went: Vec<Present> = before.into_iter().filter(|other| missing(&self.met.others, other)).collect();
        for (word, persons) in [(word, came), (&w::LN_WENT, went)] {
            if !persons.is_empty() {
                self.page.line(&word.fill(lang, &[&company_text(&persons)]));
            }
        }
    }
}

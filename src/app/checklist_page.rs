//! The checklist to read: every item with what it rests on.

use std::sync::Arc;

use super::{Cursor, Filter};
use crate::domain::{Checklist, EditionId, EditionLine, Item, ItemId, Profile, ReadFault, Reading};
use crate::text::fold;

/// A checklist text with a selected item.
#[derive(Clone, Debug)]
pub struct ChecklistPage {
    /// Its name.
    pub edition: EditionId,
    /// Every text that the store keeps.
    pub editions: Vec<EditionLine>,
    /// The text.
    pub checklist: Arc<Checklist>,
    /// Whose basis is shown.
    pub profile: Profile,
    /// The items shown, by their places.
    pub rows: Vec<usize>,
    /// The selected row.
    pub cursor: Cursor,
    /// The filter.
    pub filter: Option<Filter>,
}

impl ChecklistPage {
    /// Reads a checklist text; nothing where the store does not have it.
    pub fn load(
        reading: &dyn Reading,
        edition: EditionId,
        filter: &str,
        at: Option<&ItemId>,
        rows: usize,
    ) -> Result<Option<Self>, ReadFault> {
        let Some(checklist) = reading.checklist(&edition)? else {
            return Ok(None);
        };
        let filter = (!filter.is_empty()).then(|| Filter::new(filter, false));
        let mut page = Self {
            edition,
            editions: reading.editions()?,
            checklist,
            profile: Profile::default(),
            rows: Vec::new(),
            cursor: Cursor::default(),
            filter,
        };
        page.search(rows);
        let place = at.and_then(|at| page.checklist.position(at));
        if let Some(row) = place.and_then(|place| page.rows.iter().position(|row| *row == place)) {
            page.cursor.go(row, page.rows.len(), rows);
        }
        Ok(Some(page))
    }

    /// Looks for what is typed in the filter, in every language.
    pub fn search(&mut self, rows: usize) {
        let needle = self.filter.as_ref().and_then(Filter::needle);
        let matches = |item: &Item| {
            let titles = format!("{} {} {} {}", item.id, item.title.hant, item.title.hans, item.title.en);
            needle.as_ref().is_none_or(|needle| needle.matches(&fold(&titles)))
        };
        let items = self.checklist.items.iter().enumerate();
        self.rows = items.filter(|(_, item)| matches(item)).map(|(place, _)| place).collect();
        self.cursor.go(0, self.rows.len(), rows);
    }

    /// Returns the selected item.
    pub fn selected(&self) -> Option<&Item> {
        self.rows.get(self.cursor.at).and_then(|place| self.checklist.items.get(*place))
    }

    /// Returns what is typed in the filter.
    pub fn filter_text(&self) -> &str {
        self.filter.as_ref().map_or("", |filter| filter.edit.text())
    }
}

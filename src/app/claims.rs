//! Who looks at which item of the ledger now: read for the rows in sight alone.

use std::collections::BTreeMap;

use super::{LedgerPage, Model, Screen};
use crate::domain::{Claim, LedgerRow, ReadFault, Reading, RectId, Stamp, State};

/// The claims on the items that were in sight since the ledger was read; nothing for one that nobody has claimed.
#[derive(Clone, Debug, Default)]
pub struct Claims(BTreeMap<RectId, Option<Claim>>);

impl Claims {
    /// Returns the claim on an item that has not ended, as far as it was in sight.
    pub fn on(&self, id: RectId, now: Stamp) -> Option<&Claim> {
        self.0.get(&id)?.as_ref().filter(|claim| claim.holds(now))
    }

    /// Forgets what was read, so that it is read anew.
    pub(super) fn forget(&mut self) {
        self.0.clear();
    }
}

/// Says whether an item can be claimed where it stands.
const fn can_be_claimed(row: &LedgerRow) -> bool {
    matches!(row.state, State::Requested | State::Verifying)
}

impl LedgerPage {
    pub(super) fn see_claims(&mut self, reading: &dyn Reading, rows: usize) -> Result<(), ReadFault> {
        let sight = self.cursor.sight(self.rows.len(), rows);
        let shown = sight.filter_map(|at| self.line(at)).filter(|row| can_be_claimed(row)).map(|row| row.id);
        let unread: Vec<RectId> = shown.filter(|id| !self.claims.0.contains_key(id)).collect();
        for id in unread {
            let followed = reading.followed(id.finding)?;
            let claim = followed.and_then(|followed| followed.item(id.item)?.claim.clone());
            self.claims.0.insert(id, claim);
        }
        Ok(())
    }
}

impl Model {
    /// Reads the claims on what has come into sight.
    pub(super) fn see_claims(&mut self, reading: &dyn Reading) -> Result<(), ReadFault> {
        let rows = self.ledger_rows();
        match &mut self.screen {
            Screen::Ledger(page) => page.see_claims(reading, rows),
            _ => Ok(()),
        }
    }
}

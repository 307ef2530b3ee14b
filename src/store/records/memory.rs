//! The records in memory: sled's twin, for tests, for verification and for a folder that cannot be written.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::{PoisonError, RwLock};

use super::{Batch, Look, Records, RecordsError, fits};

/// Records in memory.
#[derive(Default)]
pub struct MemoryRecords(RwLock<BTreeMap<Vec<u8>, Vec<u8>>>);

impl Records for MemoryRecords {
    fn get(&self, name: &[u8]) -> Result<Option<Vec<u8>>, RecordsError> {
        Ok(self.0.read().unwrap_or_else(PoisonError::into_inner).get(name).cloned())
    }

    fn scan(&self, from: &[u8], prefix: &[u8], look: Look<'_>) -> Result<(), RecordsError> {
        let records = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let from = from.max(prefix);
        let range = records.range::<[u8], _>((Bound::Included(from), Bound::Unbounded));
        for (name, value) in range.take_while(|(name, _)| name.starts_with(prefix)) {
            if look(name, value).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn commit(&self, batch: &Batch) -> Result<(), RecordsError> {
        fits(batch)?;
        let mut records = self.0.write().unwrap_or_else(PoisonError::into_inner);
        for (name, value) in &batch.puts {
            match value {
                Some(value) => drop(records.insert(name.clone(), value.clone())),
                None => drop(records.remove(name)),
            }
        }
        Ok(())
    }

    fn flush(&self) -> Result<(), RecordsError> {
        Ok(())
    }

    fn clear(&self) -> Result<(), RecordsError> {
        self.0.write().unwrap_or_else(PoisonError::into_inner).clear();
        Ok(())
    }
}

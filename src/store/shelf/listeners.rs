//! Who is told when something has changed.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use crate::domain::Of;

/// Is told what was changed, on the desk's thread: it must not wait for anything. Nothing is named where something that
/// was asked for is there, such as the ledger in columns.
pub type Listener = Arc<dyn Fn(&[Of]) + Send + Sync>;

/// Everybody who is told.
#[derive(Default)]
pub struct Listeners(Mutex<(u64, Vec<(u64, Listener)>)>);

impl Listeners {
    /// Tells everybody.
    pub fn tell(&self, of: &[Of]) {
        // Not under the lock: who is told may come or go because of it.
        let told: Vec<Listener> = {
            let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            kept.1.iter().map(|(_, listener)| Arc::clone(listener)).collect()
        };
        for listener in told {
            listener(of);
        }
    }

    /// Takes somebody in.
    pub fn add(self: &Arc<Self>, listener: Listener) -> Listening {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.0 += 1;
        let number = kept.0;
        kept.1.push((number, listener));
        Listening { listeners: Arc::downgrade(self), number }
    }
}

/// Somebody listens, until this is dropped.
pub struct Listening {
    listeners: Weak<Listeners>,
    number: u64,
}

impl Drop for Listening {
    fn drop(&mut self) {
        if let Some(listeners) = self.listeners.upgrade() {
            let mut kept = listeners.0.lock().unwrap_or_else(PoisonError::into_inner);
            kept.1.retain(|(number, _)| *number != self.number);
        }
    }
}

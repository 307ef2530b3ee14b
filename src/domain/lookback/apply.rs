//! Makes true what happened to a look-back; never fails.

use super::{Drawn, Ended, Lookback, LookbackChange, Seen};
use crate::domain::{Hand, LookbackId, PersonId, Rev, Stamp};

/// Applies what happened; never fails.
pub fn apply_lookback(
    lookback: &mut Option<Lookback>,
    id: LookbackId,
    rev: Rev,
    by: &PersonId,
    at: Stamp,
    change: &LookbackChange,
) {
    match (change, lookback.as_mut()) {
        (LookbackChange::Drawn { criteria, seed, population, drawn }, _) => {
            *lookback = Some(Lookback {
                id,
                rev,
                criteria: criteria.clone(),
                seed: *seed,
                population: *population,
                drawn: drawn.iter().map(|rect| Drawn { rect: *rect, seen: None }).collect(),
                by: (by.clone(), at),
                ended: None,
                last: (by.clone(), at),
            });
        }
        (LookbackChange::Looked { rect, on, behalf, now, .. }, Some(lookback)) => {
            if let Some(drawn) = lookback.drawn.iter_mut().find(|drawn| drawn.rect == *rect) {
                let hand = Hand { by: by.clone(), behalf: behalf.clone(), on: *on, at };
                drawn.seen = Some(Seen { look: now.clone(), hand, rev });
            }
        }
        (LookbackChange::Ended { reason }, Some(lookback)) => {
            lookback.ended = Some(Ended { by: by.clone(), at, reason: reason.clone() });
        }
        (LookbackChange::Looked { .. } | LookbackChange::Ended { .. }, None) => {}
    }
    if let Some(lookback) = lookback {
        lookback.rev = rev;
        lookback.last = (by.clone(), at);
    }
}

//! Seating the desk: whatever it takes to make the records follow the journal, whatever either of them lies on.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

use super::desk::Applied;
use super::verify::{applied, follow};
use super::{Desk, FollowError, Head, Journal, JournalReader, Notice, OpenError, Records, Shelf};
use crate::domain::Seq;

/// Records as they were found.
pub struct Found {
    /// The records.
    pub records: Arc<dyn Records>,
    /// Whether what they hold can be gone on with: they were closed in order, or left in this run of the machine.
    pub trusted: bool,
    /// Whether they are new because those before them did not open.
    pub broken: bool,
}

/// Takes records that do not fit out of the way; answers fresh ones and where the old ones are.
pub type Anew<'a> = &'a mut dyn FnMut(Arc<dyn Records>) -> Result<(Arc<dyn Records>, Option<PathBuf>), OpenError>;

/// What is told while records are made to follow: entries caught up with, entries to catch up with. Answer `Break` to
/// stop.
pub type Progress<'a> = &'a mut dyn FnMut(Seq, Seq) -> ControlFlow<()>;

/// Seats a desk before a journal and makes the records follow it; what is to be told is added to the notices.
pub fn seat(
    journal: Box<dyn Journal>,
    found: Found,
    anew: Anew<'_>,
    progress: Progress<'_>,
    notices: &mut Vec<Notice>,
) -> Result<Desk, OpenError> {
    let Found { records, trusted, broken } = found;
    let seen = if broken { None } else { applied(&*records).ok().flatten() };
    let head = journal.head();
    let reader = journal.reader()?;
    let from = seen.as_ref().map(place_of);
    let why = misfit(&*reader, &head, from.as_ref(), trusted, broken);
    if let Some(seen) = seen.as_ref().filter(|seen| seen.seq > head.seq) {
        notices.push(Notice::JournalShort { has: head.seq, had: seen.seq });
    }
    let why = match why {
        None => match follow(&*reader, &*records, from, &mut behind(progress, from.as_ref(), &head)) {
            Ok(_) => None,
            // A record that they are made from is damaged.
            Err(fault @ (FollowError::Misfit { .. } | FollowError::Records(_))) => Some(fault.to_string()),
            Err(fault) => return Err(fault.into()),
        },
        Some(why) => Some(why),
    };
    let records = match why {
        None => records,
        Some(why) => {
            // Fresh records are only emptied; records that do not fit are kept aside for a look.
            let fresh = broken || (head.seq == Seq(0) && seen.is_none());
            let (records, aside) = if fresh {
                records.clear()?;
                (records, None)
            } else {
                check(&*reader)?;
                anew(records)?
            };
            follow(&*reader, &*records, None, &mut behind(progress, None, &head))?;
            if !why.is_empty() {
                notices.push(Notice::Rebuilt { why, aside });
            }
            records
        }
    };
    Ok(Desk::new(journal, Arc::new(Shelf::new(records, reader, head.seq))))
}

/// Tells how much of what lies between a place and the head is done.
pub(super) fn behind<'a>(
    progress: Progress<'a>,
    from: Option<&Head>,
    head: &Head,
) -> impl FnMut(Seq) -> ControlFlow<()> + use<'a> {
    let (from, head) = (from.map_or(0, |from| from.seq.0), head.seq.0);
    move |seq| progress(Seq(seq.0.saturating_sub(from)), Seq(head.saturating_sub(from)))
}

/// Walks the chain before records are moved: beside a damaged journal they are the other copy of what it said.
pub(super) fn check(reader: &dyn JournalReader) -> Result<(), FollowError> {
    reader.scan(None, &mut |_, _, _| ControlFlow::Continue(()))?;
    Ok(())
}

fn place_of(applied: &Applied) -> Head {
    Head { seq: applied.seq, hash: super::Hash(applied.hash), end: applied.end }
}

/// Says why the records cannot be gone on with; an empty reason needs no word to the person.
fn misfit(reader: &dyn JournalReader, head: &Head, from: Option<&Head>, trusted: bool, broken: bool) -> Option<String> {
    match from {
        None if broken || head.seq == Seq(0) => Some(String::new()),
        None => Some("the records were missing".to_owned()),
        Some(from) if from.seq > head.seq => Some("the journal ends before the records".to_owned()),
        Some(from) if !reader.knows(from) => Some("the records belong to another journal".to_owned()),
        Some(_) if !trusted => Some("the machine was not shut down in order".to_owned()),
        Some(_) => None,
    }
}

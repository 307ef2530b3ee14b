//! One conversation line by line with somebody who came in by a door.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::sync_channel;

use super::Hall;
use super::fitted::Fitted;
use super::roster::Chair;
use crate::domain::SharedReading;
use crate::door::{Guest, Refused, TalkWay};
use crate::linear::{Talk, TalkStart};
use crate::session::{Clock, Ended, SystemClock, Voice};

/// The rows that a list has that is told: what comes into sight is read with it.
const ROWS: u16 = 24;

impl Hall {
    /// Begins a conversation with somebody, on a thread of its own.
    pub(super) fn talk(hall: &Arc<Self>, guest: Guest, way: TalkWay) -> Result<(), Refused<TalkWay>> {
        let end = Arc::clone(&way.end);
        Self::enter(hall, guest, way, (Arc::new(|| {}), end), |hall, guest, way, chair| {
            let TalkWay { voice, cols, typed, over, .. } = way;
            let mut voice = Fitted::new(voice, (u16::MAX, u16::MAX));
            hall.kept(guest, over, chair, |hall, guest, chair| hall.talked(guest, &mut voice, (cols, typed), chair));
        })
    }

    fn talked(
        &self,
        guest: Guest,
        voice: &mut dyn Voice,
        (cols, typed): (usize, bool),
        chair: &Arc<Chair>,
    ) -> Result<(Ended, bool), String> {
        let clock = SystemClock::new();
        let size = (u16::try_from(cols).unwrap_or(80), ROWS);
        let reading: SharedReading = Arc::new(self.reach.of(guest.person.clone()));
        let (_, model, place) = self.begun(guest, size, clock.moment(), chair, &*reading)?;
        // One word is enough: whoever waits looks for themselves.
        let (told, ready) = sync_channel(1);
        let _listening = self.shelf.listen(Arc::new(move |_| {
            let _ = told.try_send(());
        }));
        let mut talk = Talk::new(TalkStart {
            model,
            reading,
            ready,
            counter: Some(self.counter.clone()),
            place: Some(place),
            clock: Box::new(clock),
            cols,
            typed,
            company: Some(Arc::<Chair>::clone(chair)),
        });
        let ended = match talk.run(voice) {
            // There was nothing more to hear: nobody has ended it but they who came.
            Ended::Terminated if !self.stopping.load(Ordering::Relaxed) => Ended::Left,
            ended => ended,
        };
        Ok((ended, talk.failed()))
    }
}

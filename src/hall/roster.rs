//! Who is in, by which way, and where; and waking each where another's moves matter.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::app::{Present, Spot};
use crate::domain::{PersonId, Stamp};
use crate::session::Company;

/// One session.
pub struct Member {
    /// Who.
    pub person: PersonId,
    /// By which way.
    pub way: String,
    /// Since when.
    pub since: Stamp,
    /// The number of the line among the person's own; 0 is the first.
    pub line: usize,
    /// Where they are.
    pub spot: Spot,
    /// Whether it counts as somebody from outside, for whom the process serves on.
    pub guest: bool,
    wake: Arc<dyn Fn() + Send + Sync>,
    end: Arc<dyn Fn() + Send + Sync>,
}

#[derive(Default)]
struct Inside {
    last: u64,
    /// Whether nobody is waited for any more.
    ended: bool,
    members: BTreeMap<u64, Member>,
}

/// Everybody who is in.
#[derive(Default)]
pub struct Roster {
    inside: Mutex<Inside>,
    moved: Condvar,
}

/// What a session enters itself with.
pub struct Here {
    /// Who.
    pub person: PersonId,
    /// By which way.
    pub way: String,
    /// Since when.
    pub since: Stamp,
    /// Whether it is somebody from outside.
    pub guest: bool,
    /// The line at which they go on.
    pub resumes: Option<usize>,
    /// Wakes the session.
    pub wake: Arc<dyn Fn() + Send + Sync>,
    /// Asks it to end.
    pub end: Arc<dyn Fn() + Send + Sync>,
}

/// Why there is no room for one more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoRoom {
    /// So many sessions are open in all.
    InAll(usize),
    /// So many are the person's own.
    Own(usize),
}

/// The most sessions, in all and of one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// In all.
    pub all: usize,
    /// Of one person.
    pub own: usize,
}

impl Roster {
    fn inside(&self) -> MutexGuard<'_, Inside> {
        // Nothing in here is left half done by whoever fell.
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Enters a session, until the answer is dropped.
    pub fn enter(self: &Arc<Self>, here: Here, room: Room) -> Result<Chair, NoRoom> {
        let mut inside = self.inside();
        let Here { person, way, since, guest, resumes, wake, end } = here;
        if guest && inside.members.len() >= room.all {
            return Err(NoRoom::InAll(inside.members.len()));
        }
        let mut lines: Vec<usize> =
            inside.members.values().filter(|member| member.person == person).map(|member| member.line).collect();
        if guest && lines.len() >= room.own {
            return Err(NoRoom::Own(lines.len()));
        }
        lines.sort_unstable();
        let free = (0..).zip(&lines).find(|(free, taken)| free != *taken).map_or(lines.len(), |(free, _)| free);
        // Whoever goes on at a line has it again, so that nobody else's text is written over there.
        let again = resumes.filter(|line| *line < room.own && lines.binary_search(line).is_err());
        let line = again.unwrap_or(free);
        inside.last += 1;
        let number = inside.last;
        let member = Member { person, way, since, line, spot: Spot::Elsewhere, guest, wake, end };
        inside.members.insert(number, member);
        self.moved.notify_all();
        Ok(Chair { roster: Arc::clone(self), number, line })
    }

    /// Counts the sessions from outside.
    pub fn guests(&self) -> usize {
        self.inside().members.values().filter(|member| member.guest).count()
    }

    /// Lists who is in.
    pub fn list<T>(&self, line: impl Fn(&Member) -> T) -> Vec<T> {
        self.inside().members.values().map(line).collect()
    }

    /// Waits until nobody from outside is in, at most so long.
    pub fn wait_until_empty(&self, wait: Option<Duration>) {
        let guests = |inside: &mut Inside| inside.members.values().any(|member| member.guest);
        let inside = self.inside();
        match wait {
            None => drop(self.moved.wait_while(inside, guests)),
            Some(wait) => drop(self.moved.wait_timeout_while(inside, wait, guests)),
        }
    }

    /// Waits until somebody from outside is in, at most so long, or everything ends.
    pub fn wait_for_guest(&self, wait: Duration) {
        let nobody = |inside: &mut Inside| !inside.ended && inside.members.values().all(|member| !member.guest);
        drop(self.moved.wait_timeout_while(self.inside(), wait, nobody));
    }

    /// Asks every session from outside to end.
    pub fn end_all(&self) {
        self.inside().ended = true;
        self.moved.notify_all();
        let ends: Vec<_> = self
            .inside()
            .members
            .values()
            .filter(|member| member.guest)
            .map(|member| Arc::clone(&member.end))
            .collect();
        for end in ends {
            end();
        }
    }
}

/// A session's place in the roster.
pub struct Chair {
    roster: Arc<Roster>,
    number: u64,
    /// The number of the line among the person's own.
    pub line: usize,
}

impl Chair {
    /// Moves, and wakes whom it matters to: those who are left and those who are met.
    fn moves(&self, spot: &Spot) {
        let mut woken = Vec::new();
        {
            let mut inside = self.roster.inside();
            let Some(was) = inside.members.get_mut(&self.number) else { return };
            let was = std::mem::replace(&mut was.spot, spot.clone());
            if was == *spot {
                return;
            }
            let others = inside.members.iter().filter(|(number, _)| **number != self.number);
            woken.extend(
                others
                    .filter(|(_, member)| member.spot.meets(&was) || member.spot.meets(spot))
                    .map(|(_, member)| Arc::clone(&member.wake)),
            );
        }
        for wake in woken {
            wake();
        }
    }
}

impl Company for Chair {
    fn at(&self, spot: Spot) {
        self.moves(&spot);
    }

    fn others(&self) -> Vec<Present> {
        let inside = self.roster.inside();
        let Some(me) = inside.members.get(&self.number) else { return Vec::new() };
        let met = |(number, member): &(&u64, &Member)| **number != self.number && member.spot.meets(&me.spot);
        let mut others: Vec<Present> = (inside.members.iter().filter(met))
            .map(|(_, member)| Present { person: member.person.clone(), spot: member.spot.clone() })
            .collect();
        others.sort_by(|one, other| one.person.cmp(&other.person));
        others
    }

    fn heeds(&self, of: &[crate::domain::Of]) -> bool {
        self.roster.inside().members.get(&self.number).is_none_or(|me| me.spot.heeds(of))
    }
}

impl Drop for Chair {
    fn drop(&mut self) {
        self.moves(&Spot::Elsewhere);
        self.roster.inside().members.remove(&self.number);
        self.roster.moved.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{BranchId, RoundId};
    use std::sync::atomic::{AtomicUsize, Ordering};

    const ROOM: Room = Room { all: 3, own: 2 };

    fn here(name: &str) -> (Here, Arc<AtomicUsize>) {
        let woken = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&woken);
        let wake = Arc::new(move || {
            counted.fetch_add(1, Ordering::Relaxed);
        });
        let (person, way) = (PersonId(name.to_owned()), "test".to_owned());
        (Here { person, way, since: Stamp(0), guest: true, resumes: None, wake, end: Arc::new(|| {}) }, woken)
    }

    fn walk(branch: u32) -> Spot {
        Spot::Walk { round: RoundId(1), branch: BranchId(branch), item: None }
    }

    #[test]
    fn who_meets_is_told_and_who_is_elsewhere_is_left_alone() {
        let roster = Arc::<Roster>::default();
        let ((li, li_woken), (wang, wang_woken), (zhao, zhao_woken)) = (here("li"), here("wang"), here("zhao"));
        let li = roster.enter(li, ROOM).unwrap();
        let wang = roster.enter(wang, ROOM).unwrap();
        let zhao = roster.enter(zhao, ROOM).unwrap();
        li.at(walk(2));
        zhao.at(walk(3));
        assert!(li.others().is_empty());
        wang.at(walk(2));
        assert_eq!((li_woken.load(Ordering::Relaxed), zhao_woken.load(Ordering::Relaxed)), (1, 0));
        assert_eq!(li.others(), [Present { person: PersonId("wang".to_owned()), spot: walk(2) }]);
        drop(li);
        assert_eq!(wang_woken.load(Ordering::Relaxed), 1, "who leaves is told to those who stay");
        assert!(wang.others().is_empty());
        assert!(zhao.heeds(&[]) && roster.guests() == 2);
    }

    #[test]
    fn who_goes_on_has_their_line_again_where_nobody_else_of_them_has_it() {
        let roster = Arc::<Roster>::default();
        let enter = |name, resumes| roster.enter(Here { resumes, ..here(name).0 }, ROOM);
        let second = enter("li", Some(1)).unwrap();
        let first = enter("li", Some(1)).unwrap();
        assert_eq!((second.line, first.line), (1, 0));
        // Nobody names a line that a person cannot have.
        assert_eq!(enter("wang", Some(usize::MAX)).unwrap().line, 0);
    }

    #[test]
    fn there_is_room_for_so_many_and_each_line_has_the_first_free_number() {
        let roster = Arc::<Roster>::default();
        let enter = |name| roster.enter(here(name).0, ROOM);
        let first = enter("li").unwrap();
        let second = enter("li").unwrap();
        assert_eq!((first.line, second.line), (0, 1));
        assert_eq!(enter("li").err(), Some(NoRoom::Own(2)));
        drop(first);
        assert_eq!(enter("li").unwrap().line, 0);
        let _wang = (enter("wang").unwrap(), enter("wang").unwrap());
        assert_eq!(enter("zhao").err(), Some(NoRoom::InAll(3)));
        drop(second);
        roster.wait_until_empty(Some(Duration::from_millis(1)));
        assert_eq!(roster.guests(), 2);
    }
}

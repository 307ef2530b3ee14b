//! The porch: connections that are not logged in yet, and which of them gives way where there are too many.

use std::collections::{HashMap, VecDeque};
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

/// Where a connection comes from, as far as one owner of addresses is told from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Origin(IpAddr);

impl Origin {
    fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => Self(address.into()),
            // Whoever has one address of a network of 64 bits has them all.
            IpAddr::V6(address) => Self(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into()),
        }
    }
}

#[derive(Default)]
struct Waiting {
    number: u64,
    all: usize,
    /// By origin, the longest waiting first.
    by_origin: HashMap<Origin, VecDeque<(u64, Arc<Notify>)>>,
}

/// Connections that are not logged in yet.
#[derive(Default)]
pub(super) struct Porch {
    waiting: Mutex<Waiting>,
}

/// A place on the porch; given back when it goes.
pub(super) struct Place {
    porch: Arc<Porch>,
    origin: Origin,
    number: u64,
}

impl Porch {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes somebody onto the porch; `pushed` is told when they have to give way to others.
    pub(super) fn enter(self: &Arc<Self>, from: IpAddr, pushed: Arc<Notify>, all: usize, by_origin: usize) -> Place {
        let origin = Origin::of(from);
        let mut waiting = self.lock();
        if waiting.by_origin.get(&origin).is_some_and(|here| here.len() >= by_origin) {
            waiting.push_out(origin);
        } else if waiting.all >= all {
            let most = waiting.by_origin.iter().max_by_key(|(_, here)| here.len()).map(|(origin, _)| *origin);
            if let Some(most) = most {
                waiting.push_out(most);
            }
        }
        waiting.number += 1;
        waiting.all += 1;
        let number = waiting.number;
        waiting.by_origin.entry(origin).or_default().push_back((number, pushed));
        Place { porch: Arc::clone(self), origin, number }
    }
}

impl Waiting {
    fn push_out(&mut self, origin: Origin) {
        if let Some((number, pushed)) = self.by_origin.get(&origin).and_then(VecDeque::front).cloned() {
            pushed.notify_one();
            self.leave(origin, number);
        }
    }

    fn leave(&mut self, origin: Origin, number: u64) {
        let Some(here) = self.by_origin.get_mut(&origin) else { return };
        let before = here.len();
        here.retain(|(other, _)| *other != number);
        self.all -= before - here.len();
        if here.is_empty() {
            self.by_origin.remove(&origin);
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.porch.lock().leave(self.origin, self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pushed(pushed: &Notify) -> bool {
        use std::future::Future as _;
        let mut notified = std::pin::pin!(pushed.notified());
        notified.as_mut().poll(&mut std::task::Context::from_waker(std::task::Waker::noop())).is_ready()
    }

    #[test]
    fn who_has_waited_longest_at_a_crowded_address_gives_way() {
        let porch = Arc::<Porch>::default();
        let come = |from: &str| {
            let told = Arc::<Notify>::default();
            (porch.enter(from.parse().unwrap(), Arc::clone(&told), 4, 3), told)
        };
        let crowd: Vec<_> = (0..3).map(|_| come("10.0.0.1")).collect();
        let (quiet, told_quiet) = come("10.0.0.2");
        // Full in all: the crowd loses its eldest, and the quiet address nothing.
        let (late, told_late) = come("10.0.0.3");
        assert_eq!(crowd.iter().map(|(_, told)| pushed(told)).collect::<Vec<_>>(), [true, false, false]);
        assert!(!pushed(&told_quiet) && !pushed(&told_late));
        drop((quiet, late));
        let more: Vec<_> = (0..2).map(|_| come("10.0.0.1")).collect();
        assert_eq!(crowd.iter().map(|(_, told)| pushed(told)).collect::<Vec<_>>(), [false, true, false]);
        assert_eq!(porch.lock().all, 3);
        drop((crowd, more));
        let left = porch.lock();
        assert!(left.all == 0 && left.by_origin.is_empty(), "nothing is left behind");
    }

    #[test]
    fn one_network_of_addresses_is_one_origin() {
        let origin = |text: &str| Origin::of(text.parse().unwrap());
        assert_eq!(origin("2001:db8:1:2::1"), origin("2001:db8:1:2:ffff::9"));
        assert_ne!(origin("2001:db8:1:2::1"), origin("2001:db8:1:3::1"));
        assert_eq!(origin("::ffff:10.0.0.1"), origin("10.0.0.1"));
    }
}

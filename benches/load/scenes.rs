//! What is measured, at any server.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::time::{Duration, Instant};

use tijian::door::At;

use super::crowd::{Crowd, What};
use super::process::Process;
use super::{Times, pause};

/// Sessions that walk at once.
pub const CROWDS: [usize; 3] = [50, 100, 200];
/// Keys of each session in each crowd: one a second.
const KEYS: usize = 7;
const LOGINS: usize = 20;
/// Sessions that log in at once.
pub const AT_ONCE: usize = 100;
const NEWS: usize = 20;
/// Two more persons, who stand at one branch.
pub const NEWS_OF: [usize; 2] = [CROWDS[2], CROWDS[2] + 1];
/// A first frame is no shorter; what comes before it sets the terminal up.
const FIRST: usize = 400;
const IDLE: Duration = Duration::from_secs(5);
/// Clients that stop reading.
const HELD: usize = 8;
/// The longest that anybody waits for a frame.
const LONG: Duration = Duration::from_secs(20);

/// Leads the person of a number somewhere, in a store of so many branches.
pub type Led = fn(u32, usize) -> Option<At>;

/// A server and those who are at it.
pub struct Scene {
    /// The server.
    pub server: Process,
    /// Who is at it.
    pub crowd: Crowd,
    /// Where the person of a number walks, for those who are led there.
    pub at: Led,
    /// Branches of the store.
    pub branches: u32,
    /// The key that is pressed.
    pub key: &'static [u8],
}

/// What was measured, by the row of the table.
pub type Column = BTreeMap<&'static str, String>;

impl Scene {
    /// Measures all that there is to measure at a server of any kind.
    pub fn measure(&mut self) -> Column {
        let mut column = Column::new();
        let mut held = Vec::new();
        for (crowd, [frames, cost]) in CROWDS.into_iter().zip(super::PER_CROWD) {
            self.fill(crowd);
            let (times, used) = self.walk();
            column.insert(frames, times.to_string());
            column.insert(cost, format!("{} µs", used.as_micros()));
            held.push((crowd, self.server.memory()));
        }
        if let [(few, little), .., (many, much)] = held[..] {
            let each = much.saturating_sub(little) / (many - few) as u64;
            column.insert(super::MEMORY, format!("{each} KiB"));
        }
        self.idle(&mut column);
        self.crowd.leave();
        self.logins(&mut column);
        self.unread(&mut column);
        self.crowd.leave();
        column
    }

    fn come(&mut self, person: usize) -> Instant {
        let at = (self.at)(self.branches, person);
        self.crowd.come(person, at)
    }

    /// Lets more come, one after another, until so many are in.
    fn fill(&mut self, crowd: usize) {
        while self.crowd.len() < crowd {
            let who = self.crowd.len();
            self.come(who);
            self.first(who);
        }
        self.crowd.rest(Duration::from_millis(500));
    }

    /// Waits for the first frame at a terminal.
    fn first(&self, who: usize) -> Instant {
        let (until, mut come) = (Instant::now() + LONG, 0);
        loop {
            let heard = self.crowd.hears(until).expect("a first frame");
            if let (true, What::Bytes(bytes)) = (heard.who == who, &heard.what) {
                come += bytes.len();
                if come >= FIRST {
                    return heard.when;
                }
            }
        }
    }

    /// Lets everybody press a key a second; answers the times from key to frame, and what each key cost the server.
    fn walk(&mut self) -> (Times, Duration) {
        let crowd = self.crowd.len();
        let mut sent: Vec<Option<Instant>> = vec![None; crowd];
        let mut times = Vec::with_capacity(crowd * KEYS);
        let (_, before) = self.server.used();
        let start = Instant::now();
        for press in 0..crowd * KEYS {
            let until = start + Duration::from_secs(1).mul_f64(press as f64 / crowd as f64);
            self.follow(until, &mut sent, &mut times);
            self.crowd.send(press % crowd, self.key);
        }
        self.follow(Instant::now() + Duration::from_millis(500), &mut sent, &mut times);
        let (_, after) = self.server.used();
        assert_eq!(times.len(), crowd * KEYS, "every key is answered by a frame");
        let each = after.saturating_sub(before) / u32::try_from(crowd * KEYS).unwrap();
        (Times::in_order(times), each)
    }

    fn follow(&self, until: Instant, sent: &mut [Option<Instant>], times: &mut Vec<Duration>) {
        while let Some(heard) = self.crowd.hears(until) {
            match heard.what {
                What::Sent => sent[heard.who] = Some(heard.when),
                What::Bytes(_) => times.extend(sent[heard.who].take().map(|sent| heard.when - sent)),
                What::Over(_) => {}
            }
        }
    }

    /// Measures what the server does while nobody presses a key.
    fn idle(&self, column: &mut Column) {
        // What was written is brought to the disk after two quiet seconds, and a minute changes every clock.
        self.crowd.rest(Duration::from_secs(3));
        let into = || std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs() % 60;
        while into() >= 60 - IDLE.as_secs() - 1 || into() < 1 {
            self.crowd.rest(Duration::from_millis(200));
        }
        let (woke, used) = self.server.used();
        let (until, mut bytes) = (Instant::now() + IDLE, 0);
        while let Some(heard) = self.crowd.hears(until) {
            bytes += if let What::Bytes(come) = heard.what { come.len() } else { 0 };
        }
        let (wakes, use_now) = self.server.used();
        let wakes = (wakes - woke) / IDLE.as_secs();
        let micros = use_now.saturating_sub(used).as_micros() / u128::from(IDLE.as_secs());
        column.insert(super::IDLE_BYTES, format!("{bytes} bytes"));
        column.insert(super::IDLE_WAKES, format!("{wakes}, {micros} µs"));
    }

    /// Measures logging in: one by one, and many at once.
    fn logins(&mut self, column: &mut Column) {
        let mut times = Vec::new();
        for person in 0..LOGINS {
            let (who, start) = (self.crowd.len(), self.come(person));
            times.push(self.first(who) - start);
            pause(Duration::from_millis(20));
        }
        column.insert(super::LOGIN, Times::in_order(times).to_string());
        self.crowd.leave();
        let start = Instant::now();
        for person in 0..AT_ONCE {
            self.come(person);
        }
        let (mut come, mut last) = ([0; AT_ONCE], start);
        while come.iter().any(|come| *come < FIRST) {
            let heard = self.crowd.hears(start + LONG).expect("a first frame for everybody");
            if let What::Bytes(bytes) = heard.what {
                come[heard.who] += bytes.len();
                last = heard.when;
            }
        }
        column.insert(super::LOGINS_AT_ONCE, format!("{} ms", (last - start).as_millis()));
        self.crowd.leave();
    }

    /// Measures what clients hold that send much and read nothing.
    fn unread(&mut self, column: &mut Column) {
        for person in 0..HELD {
            let who = self.crowd.len();
            self.come(person);
            self.first(who);
        }
        self.crowd.rest(Duration::from_millis(500));
        let before = self.server.memory();
        for who in 0..HELD {
            self.crowd.hold(who);
        }
        // Each asks for a whole frame: a thousand of them are megabytes.
        for _ in 0..1000 {
            for who in 0..HELD {
                self.crowd.send(who, b"\x0c");
            }
            pause(Duration::from_millis(1));
        }
        pause(Duration::from_millis(500));
        let each = self.server.memory().saturating_sub(before) / HELD as u64;
        column.insert(super::UNREAD, format!("{each} KiB"));
    }

    /// Measures how long somebody's verdict takes to another's screen, at a branch where both stand.
    pub fn news(&mut self, column: &mut Column) {
        let place = self.branches as usize / 2;
        for person in NEWS_OF {
            let at = (self.at)(self.branches, place);
            self.crowd.come(person, at);
        }
        let mut screen = vt100::Parser::new(NonZero::new(24).unwrap(), NonZero::new(80).unwrap(), 0);
        let mut judged = self.other_sees(&mut screen, 0).1;
        // To the first item that nobody has judged.
        self.crowd.send(0, b" ");
        let mut times = Vec::new();
        for _ in 0..NEWS {
            self.crowd.rest(Duration::from_millis(60));
            self.crowd.send(0, b"1");
            let (took, now) = self.other_sees(&mut screen, judged + 1);
            times.push(took);
            judged = now;
        }
        column.insert(super::NEWS_SHOWN, Times::in_order(times).to_string());
        self.crowd.leave();
    }

    /// Waits until so many items are judged on the second one's screen; answers how long after the first one's key that
    /// was, and how many they are.
    fn other_sees(&self, screen: &mut vt100::Parser, judged: usize) -> (Duration, usize) {
        let until = Instant::now() + LONG;
        let mut sent = None;
        loop {
            let heard = self.crowd.hears(until).unwrap_or_else(|| panic!("{}", screen.screen().contents()));
            match (heard.who, heard.what) {
                (0, What::Sent) => sent = Some(heard.when),
                (1, What::Bytes(bytes)) => screen.process(&bytes),
                _ => continue,
            }
            let shown = counted(&screen.screen().contents());
            if let Some(shown) = shown.filter(|shown| *shown >= judged) {
                return (sent.map_or(Duration::ZERO, |sent| heard.when - sent), shown);
            }
        }
    }
}

/// Reads how many of the items are judged, as the head of a walk says it.
fn counted(screen: &str) -> Option<usize> {
    screen.split_once("/58")?.0.rsplit(' ').next()?.parse().ok()
}

//! Many persons at one store: each figure at the socket, by SSH, and beside it at the smallest server that there is.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::cast_precision_loss,
    reason = "a measurement reads the clock, fails loudly and prints two digits"
)]

mod crowd;
mod floor;
mod process;
mod scenes;
mod ssh;

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::ops::ControlFlow;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crowd::{Crowd, Door};
use process::Process;
use russh::keys::{Algorithm, PrivateKey, PublicKey};
use scenes::{AT_ONCE, CROWDS, Column, Led, NEWS_OF, Scene};
use tijian::domain::{Command as Wish, HouseCommand, PersonFacts, PersonId, Request, Rev, Role, Stamp};
use tijian::door::At;
use tijian::store::Store;

const PROGRAM: &str = env!("CARGO_BIN_EXE_tijian");
/// Monday 2026-11-23, 09:00 in China.
const NINE: Stamp = Stamp(1_795_395_600_000);
/// Branches of the store that is measured; others are asked for by hand: TIJIAN_SIZES="20 1500".
const BRANCHES: u32 = 1_500;

/// Persons with a key each.
const PERSONS: usize = CROWDS[2] + NEWS_OF.len();

/// The rows that each crowd has.
const PER_CROWD: [[&str; 2]; 3] = [
    ["key → frame, 50 sessions", "processor time a key, 50 sessions"],
    ["key → frame, 100 sessions", "processor time a key, 100 sessions"],
    ["key → frame, 200 sessions", "processor time a key, 200 sessions"],
];
const MEMORY: &str = "memory of each further session at 80×24";
const LOGIN: &str = "login → first frame";
const LOGINS_AT_ONCE: &str = "100 logins at once, the last first frame";
const NEWS_SHOWN: &str = "a verdict → another's screen";
const IDLE_BYTES: &str = "200 idle sessions, bytes in five seconds";
const IDLE_WAKES: &str = "200 idle sessions, wake-ups and processor time a second";
const UNREAD: &str = "held for a client that stops reading";

/// What is wanted of each row.
const WANTED: [(&str, &str); 7] = [
    ("key → frame", "p50 ≤ 2 × floor, p99 ≤ 5 ms"),
    ("processor time a key", "≤ 200 µs"),
    (MEMORY, "≤ 450 KiB"),
    (LOGIN, "≤ 80 ms"),
    (LOGINS_AT_ONCE, "≤ 1 s"),
    (NEWS_SHOWN, "≤ 20 ms"),
    (UNREAD, "≤ 1 MiB"),
];

/// Times in order: their middle and their end.
struct Times(Vec<Duration>);

impl Times {
    fn in_order(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        Self(times)
    }

    fn at(&self, percent: usize) -> f64 {
        self.0[(self.0.len() - 1) * percent / 100].as_secs_f64() * 1000.0
    }
}

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2} / {:.2} ms", self.at(50), self.at(99))
    }
}

fn pause(wait: Duration) {
    std::thread::sleep(wait);
}

/// Names the person of a number.
fn handle(person: usize) -> String {
    format!("督查{person}")
}

fn main() {
    match std::env::args().nth(1).as_deref() {
        Some("floor") => floor::serve(),
        _ => table(),
    }
}

fn table() {
    let asked = std::env::var("TIJIAN_SIZES").unwrap_or_default();
    let asked: Vec<u32> = asked.split_whitespace().filter_map(|size| size.parse().ok()).collect();
    for branches in if asked.is_empty() { vec![BRANCHES] } else { asked } {
        let keys: Vec<PrivateKey> = (0..PERSONS).map(|_| key()).collect();
        let [socket, ssh] = hall(branches, &keys);
        let floor = floor(keys);
        rows(branches, &[socket, ssh, floor]);
    }
}

fn key() -> PrivateKey {
    PrivateKey::random(&mut russh::keys::key::safe_rng(), Algorithm::Ed25519).unwrap()
}

/// Leads each person to a branch of their own that nobody has begun, as long as there are enough.
#[expect(clippy::unnecessary_wraps, reason = "who is led nowhere is led nowhere by the same kind of function")]
fn walked(branches: u32, person: usize) -> Option<At> {
    let begun = branches / 3 + 1;
    let branch = begun + u32::try_from(person).unwrap() % (branches - begun) + 1;
    Some(At { round: "2026-4".to_owned(), branch: format!("JG-{branch:03}"), item: Some("R-01".to_owned()) })
}

/// Fills a practice store, with as many inspectors as will walk.
fn filled(home: &Path, data: &Path, branches: u32, keys: &[PrivateKey]) {
    let mut demo = Command::new(PROGRAM);
    demo.env_clear().env("HOME", home).env("LANG", "zh_TW.UTF-8").env("USER", "練習");
    let made = demo.arg("--data").arg(data).args(["demo", "--branches", &branches.to_string()]).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let mut store = Store::open(data, "bench", "boot", &mut |_, _| ControlFlow::Continue(())).unwrap().store;
    let facts = PersonFacts { role: Role::Inspector, over: None, belongs: None, post: "督查一組".to_owned() };
    let enter = |(person, key): (usize, &PrivateKey)| {
        let who = PersonId(handle(person));
        let spelled = PublicKey::new(key.public_key().key_data().clone(), "").to_openssh().unwrap();
        let bound = vec![(spelled.trim_end().to_owned(), String::new())];
        [HouseCommand::Man(who.clone(), facts.clone()), HouseCommand::BindKeys(who, bound)]
    };
    let wish = |wish| Request { by: PersonId("練習".to_owned()), saw: Rev(u64::MAX), command: Wish::House(wish) };
    let wishes = keys.iter().enumerate().flat_map(enter).map(wish).collect();
    let entered = store.desk.as_mut().unwrap().step(NINE, wishes);
    for answer in entered {
        answer.unwrap();
    }
    store.close("boot").unwrap();
    // What the system has yet to write of a store that was just made would be in the figures of whoever comes first.
    rustix::fs::sync();
    // One account comes in for everybody here.
    let account = uzers::get_current_username().unwrap().into_string().unwrap();
    let settings = home.join(".config/tijian");
    std::fs::create_dir_all(&settings).unwrap();
    // A hundred who come at once have not all said at once what they want.
    let serve = format!("[serve]\naccount = \"{account}\"\nunheard = {}\n", 2 * AT_ONCE);
    std::fs::write(settings.join("config.toml"), serve).unwrap();
}

/// Measures both doors of the program.
fn hall(branches: u32, keys: &[PrivateKey]) -> [Column; 2] {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("practice");
    filled(home.path(), &data, branches, keys);
    // A port that is free now.
    let ssh = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap();
    // Whoever comes by SSH goes on where they were at the socket.
    let doors = [(Door::Socket(data.join("tijian.sock")), walked as Led), (Door::Ssh(ssh, keys.to_vec()), |_, _| None)];
    doors.map(|(door, at)| {
        let server = Process::serve(home.path(), &data, ssh);
        let mut scene = Scene { server, crowd: Crowd::new(door), at, branches, key: b"1" };
        let mut column = scene.measure();
        scene.news(&mut column);
        column
    })
}

fn floor(keys: Vec<PrivateKey>) -> Column {
    let (server, port) = Process::floor();
    let crowd = Crowd::new(Door::Ssh(SocketAddr::from((Ipv4Addr::LOCALHOST, port)), keys));
    Scene { server, crowd, at: |_, _| None, branches: 0, key: b"j" }.measure()
}

fn rows(branches: u32, columns: &[Column; 3]) {
    println!(
        "| {branches} branches (p50 / p99) | socket | SSH | russh + ratatui alone | wanted |\n|---|---|---|---|---|"
    );
    let all = PER_CROWD.iter().flat_map(|[frames, _]| [*frames]).chain(PER_CROWD.iter().map(|[_, cost]| *cost));
    let all = all.chain([MEMORY, LOGIN, LOGINS_AT_ONCE, NEWS_SHOWN, IDLE_BYTES, IDLE_WAKES, UNREAD]);
    for row in all {
        let cells = columns.each_ref().map(|column| column.get(row).map_or("–", String::as_str));
        let wanted = WANTED.iter().find(|(start, _)| row.starts_with(start)).map_or("", |(_, wanted)| *wanted);
        println!("| {row} | {} | {wanted} |", cells.join(" | "));
    }
}

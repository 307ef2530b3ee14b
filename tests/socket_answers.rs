//! What a command says at the socket flows as fast as it is taken: whoever does not read costs little, holds up nobody and
//! gives their place up to who comes next.

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tijian::domain::{Lang, PersonId};
use tijian::door::frame::{FROM_OWNER, Frames, Hello, Kind, Over, VERSION, Want, frame_of};
use tijian::door::{Dress, Guest, Host, Outlet, Refused, SocketDoor, SocketFile, SocketLimits, Way};

/// Says as much as it is asked for, in lines of 1 KiB, and counts what it could say and how many it is saying it to.
#[derive(Clone, Default)]
struct Speaker(Arc<Said>);

#[derive(Default)]
struct Said {
    kib: AtomicUsize,
    speaking: AtomicUsize,
}

impl Host for Speaker {
    fn keyholder(&self, _: &str) -> Option<PersonId> {
        None
    }

    fn account(&self, _: u32, _: Option<&str>, _: Lang) -> Result<PersonId, String> {
        Ok(PersonId("王督查".to_owned()))
    }

    fn sit(&self, _: Guest, way: Way) -> Result<(), Refused> {
        Err(Refused { way, why: "nobody sits here".to_owned() })
    }

    fn answer(&self, _: &Guest, words: Vec<String>, mut outlet: Box<dyn Outlet>) -> u8 {
        let kib: usize = words[0].parse().unwrap();
        self.0.speaking.fetch_add(1, Ordering::SeqCst);
        outlet.err(b"begins\n").unwrap_or_default();
        for _ in 0..kib {
            if outlet.out(format!("{}\n", "x".repeat(1023)).as_bytes()).is_err() {
                break;
            }
            self.0.kib.fetch_add(1, Ordering::SeqCst);
        }
        self.0.speaking.fetch_sub(1, Ordering::SeqCst);
        7
    }
}

struct Open {
    speaker: Speaker,
    path: PathBuf,
    _door: SocketDoor,
    _dir: tempfile::TempDir,
}

fn open(limits: SocketLimits) -> Open {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("sock");
    let speaker = Speaker::default();
    let file = SocketFile { path: path.clone(), group: None, shared: false };
    let door = SocketDoor::open(&file, limits, Arc::new(speaker.clone())).unwrap();
    Open { speaker, path, _door: door, _dir: dir }
}

impl Open {
    fn asks(&self, kib: usize) -> UnixStream {
        let want = Want::Words(vec![kib.to_string()]);
        let hello = Hello { version: VERSION, dress: Dress::default(), want, claim: None };
        let mut stream = UnixStream::connect(&self.path).unwrap();
        stream.write_all(&frame_of(Kind::Hello, &hello)).unwrap();
        stream
    }

    /// Waits until nobody is spoken to that has not stopped reading, and answers how many KiB could be said.
    fn stalls(&self, speaking: usize) -> usize {
        let mut before = usize::MAX;
        for _ in 0..400 {
            std::thread::park_timeout(Duration::from_millis(50));
            let (kib, now) = (self.said(), self.speaker.0.speaking.load(Ordering::SeqCst));
            if kib == before && now == speaking {
                return kib;
            }
            before = kib;
        }
        panic!("never {speaking}: {}", self.speaker.0.speaking.load(Ordering::SeqCst));
    }

    fn said(&self) -> usize {
        self.speaker.0.kib.load(Ordering::SeqCst)
    }
}

/// Reads an answer to its end: standard output, standard error, and how it ended.
fn reads(mut stream: UnixStream) -> (usize, String, Option<Over>) {
    let (mut frames, mut bytes) = (Frames::new(FROM_OWNER), vec![0; 64 << 10]);
    let (mut out, mut err, mut over) = (0, String::new(), None);
    while let Ok(count) = stream.read(&mut bytes)
        && count > 0
    {
        frames.take(&bytes[..count]);
        while let Some((kind, bytes)) = frames.whole().unwrap() {
            match kind {
                Kind::Out => out += bytes.len(),
                Kind::Err => err.push_str(std::str::from_utf8(&bytes).unwrap()),
                Kind::Over => over = Some(serde_json::from_slice(&bytes).unwrap()),
                other => panic!("{other:?}"),
            }
        }
    }
    (out, err, over)
}

#[expect(clippy::disallowed_methods, reason = "a measurement reads the clock")]
fn now() -> Instant {
    Instant::now()
}

#[test]
fn a_long_answer_comes_whole_with_its_exit_code() {
    let open = open(SocketLimits::default());
    let (out, err, over) = reads(open.asks(5000));
    assert_eq!((out, err.as_str(), over.map(|over| over.code)), (5000 << 10, "begins\n", Some(7)));
}

#[test]
fn who_does_not_read_is_held_at_less_than_a_mebibyte_and_goes_on_when_they_do() {
    let open = open(SocketLimits::default());
    let slow = open.asks(20_000);
    let said = open.stalls(1);
    assert!(said < 1024, "{said} KiB were said to somebody who reads nothing");
    let others = now();
    for _ in 0..5 {
        assert_eq!(reads(open.asks(1000)).0, 1000 << 10);
    }
    assert!(others.elapsed() < Duration::from_secs(2), "{:?}", others.elapsed());
    assert_eq!(reads(slow).0, 20_000 << 10, "nothing of it is lost");
}

#[test]
fn who_does_not_read_gives_their_place_up_to_who_comes_next() {
    let open = open(SocketLimits { commands: 2, ..SocketLimits::default() });
    let first = open.asks(20_000);
    open.stalls(1);
    let slow = [first, open.asks(20_000)];
    open.stalls(2);
    // So soon nobody is sent away for it.
    std::thread::park_timeout(Duration::from_millis(1100));
    let begun = now();
    let (out, _, over) = reads(open.asks(1000));
    assert_eq!((out, over.map(|over| over.code)), (1000 << 10, Some(7)));
    assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
    // The one who had waited longest has half an answer, and no exit code with it.
    let ends: Vec<_> = slow.into_iter().map(reads).collect();
    assert!(ends[0].2.is_none() && ends[0].0 < 20_000 << 10, "{ends:?}");
    assert_eq!((ends[1].0, ends[1].2.is_some()), (20_000 << 10, true));
}

#[test]
fn who_never_reads_is_given_up_after_a_while() {
    let open = open(SocketLimits { delivery: Duration::from_millis(300), ..SocketLimits::default() });
    let slow = open.asks(20_000);
    open.stalls(0);
    let (out, _, over) = reads(slow);
    assert!(out < 1 << 20 && over.is_none(), "{out} {over:?}");
}

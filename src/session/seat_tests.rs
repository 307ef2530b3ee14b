//! A seat at a scripted line, with a clock that goes only while the line waits.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::io;
use std::ops::ControlFlow;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::{Clock, Ended, Event, Line, Opened, Seat, SeatStart};
use crate::app::keymaps::{self, BuiltIn};
use crate::app::{Model, Overlay, Saved, Screen, Start};
use crate::domain::{Lang, PersonId, Reading as _, Seq, Stamp};
use crate::store::{
    Counter, Desk, Faults, FileJournal, Journal as _, MemoryJournal, MemoryRecords, PlaceFile, Shelf, Store,
};
use crate::text::Ambiguous;
use crate::view::Look;

type Script = Rc<RefCell<VecDeque<(Duration, Event)>>>;

/// Ticks, and the civil time at tick zero.
#[derive(Clone)]
struct Hand(Arc<Mutex<(Duration, i64)>>);

impl Clock for Hand {
    fn now(&self) -> Stamp {
        let (ticks, base) = *self.0.lock().unwrap();
        Stamp(base + i64::try_from(ticks.as_millis()).unwrap())
    }

    fn ticks(&self) -> Duration {
        self.0.lock().unwrap().0
    }
}

struct Scripted {
    script: Script,
    clock: Hand,
    frames: Rc<Cell<usize>>,
    /// Whether the terminal takes nothing.
    busy: Rc<Cell<bool>>,
}

impl Line for Scripted {
    fn wait(&mut self, wait: Option<Duration>) -> Event {
        let wait = wait.unwrap();
        let mut script = self.script.borrow_mut();
        let mut time = self.clock.0.lock().unwrap();
        match script.front_mut() {
            Some((after, _)) if *after <= wait => {
                time.0 += *after;
                script.pop_front().unwrap().1
            }
            Some((after, _)) => {
                *after -= wait;
                time.0 += wait;
                Event::Quiet
            }
            None => {
                time.0 += wait;
                Event::Quiet
            }
        }
    }

    fn send(&mut self, _: &[u8]) -> io::Result<()> {
        self.frames.set(self.frames.get() + 1);
        Ok(())
    }

    fn free(&self) -> bool {
        !self.busy.get()
    }

    fn size(&self) -> (u16, u16) {
        (80, 24)
    }
}

struct Stage {
    seat: Seat<Scripted>,
    script: Script,
    clock: Hand,
    frames: Rc<Cell<usize>>,
    busy: Rc<Cell<bool>>,
    place: PlaceFile,
    dir: tempfile::TempDir,
    woken: Receiver<()>,
}

/// Monday 2026-11-23, 09:00 in China.
const NINE: i64 = 1_795_395_600_000;

fn stage(remote: bool, probe: bool) -> Stage {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path(), "robot", "boot", &mut |_, _| ControlFlow::Continue(())).unwrap().store;
    let clock = Hand(Arc::new(Mutex::new((Duration::ZERO, NINE))));
    let person = PersonId("王督查".to_owned());
    let place = PlaceFile::of(dir.path(), &person);
    let start = Start {
        me: person,
        lang: Lang::Hant,
        moment: clock.moment(),
        size: (80, 24),
        ambiguous: Ambiguous::Narrow,
        keymap: Arc::new(keymaps::layered(BuiltIn::Default, None).unwrap()),
        read_only: false,
    };
    let model = Model::new(start, &*store.shelf).unwrap();
    let script = Script::default();
    let (frames, busy) = (Rc::<Cell<usize>>::default(), Rc::<Cell<bool>>::default());
    let (wake, woken) = channel();
    let wake = Mutex::new(wake);
    let seat = Seat::new(SeatStart {
        line: Scripted {
            script: Rc::clone(&script),
            clock: clock.clone(),
            frames: Rc::clone(&frames),
            busy: Rc::clone(&busy),
        },
        model,
        look: Look { colour: false, ascii: false },
        reading: Arc::clone(&store.shelf) as _,
        counter: None,
        wake: Arc::new(move || wake.lock().unwrap().send(()).unwrap_or_default()),
        place: Some(place.clone()),
        clock: Box::new(clock.clone()),
        company: None,
        remote,
        probe,
        clipboard: true,
    })
    .unwrap();
    Stage { seat, script, clock, frames, busy, place, dir, woken }
}

impl Stage {
    /// Lets bytes come so many milliseconds after what came before, and works until they have.
    fn reads(&mut self, after: u64, bytes: &[u8]) -> Option<Ended> {
        self.gets(after, Event::Bytes(bytes.to_vec()))
    }

    fn gets(&mut self, after: u64, event: Event) -> Option<Ended> {
        self.script.borrow_mut().push_back((Duration::from_millis(after), event));
        let mut ended = None;
        while ended.is_none() && !self.script.borrow().is_empty() {
            ended = self.seat.step();
        }
        ended
    }

    /// Waits, and does what becomes due meanwhile.
    fn waits(&mut self, millis: u64) {
        self.gets(millis, Event::Free);
    }

    /// Waits until another thread wakes the line.
    fn woken(&mut self) {
        self.woken.recv_timeout(Duration::from_secs(20)).unwrap();
        self.gets(0, Event::Woken);
    }

    fn told(&self) -> &str {
        self.seat.model().notice.as_ref().map_or("", |notice| notice.text.as_str())
    }
}

#[test]
fn a_paste_that_stalls_is_not_given_up_by_another_timer() {
    let mut stage = stage(false, true);
    // The probe, the place and the minute all come due in between.
    stage.clock.0.lock().unwrap().1 += 59_000;
    stage.reads(0, b"o\x1b");
    stage.reads(10, b"[B");
    stage.reads(10, b"\x1b[200~ab");
    assert_eq!(stage.reads(1900, b"\rq\x1b[201~"), None);
    let Some(Overlay::Field(field)) = &stage.seat.model().overlay else { panic!("the field is open") };
    assert_eq!(field.edit.text().trim(), "ab q");
}

#[test]
fn a_paste_that_never_ends_is_given_up_after_the_silence() {
    let mut stage = stage(false, false);
    stage.reads(0, b"o");
    stage.reads(100, b"\x1b[200~ab");
    stage.waits(2001);
    let Some(Overlay::Field(field)) = &stage.seat.model().overlay else { panic!("the field is open") };
    assert_eq!(field.edit.text(), "ab");
}

#[test]
fn half_a_sequence_waits_for_its_other_half() {
    let mut stage = stage(true, true);
    stage.reads(0, b"j");
    // The place is due 300 ms after the key, in the middle of both.
    stage.reads(260, b"\x1b");
    stage.reads(90, b"[");
    stage.reads(250, b"B");
    assert_eq!(stage.told(), "");
    // A lone Esc is one after its own time.
    stage.reads(400, b"\x1b");
    stage.waits(101);
    assert!(stage.told().contains("離開程序"), "{}", stage.told());
}

#[test]
fn a_session_is_silent_between_two_reads_of_a_paste() {
    let mut stage = stage(false, false);
    stage.reads(100, "會議記".as_bytes());
    assert_eq!(stage.reads(20, b"q"), None);
    assert_eq!(stage.reads(200, b"q"), Some(Ended::Left));
}

#[test]
fn a_clock_that_was_set_back_is_told_although_a_key_comes_first() {
    let mut stage = stage(false, false);
    stage.reads(100, b"j");
    stage.clock.0.lock().unwrap().1 -= 3_600_000;
    stage.reads(100, b"j");
    assert!(stage.told().contains("往回調"), "{}", stage.told());
}

#[test]
fn the_place_is_on_the_disk_when_the_session_has_ended() {
    let mut stage = stage(false, false);
    stage.reads(100, b"o");
    stage.reads(100, "半句話".as_bytes());
    assert_eq!(stage.gets(1, Event::Terminate), Some(Ended::Terminated));
    let kept = String::from_utf8(stage.place.load().unwrap()).unwrap();
    assert!(kept.contains("半句話"), "{kept}");
}

#[test]
fn the_end_waits_until_the_place_is_written() {
    let mut stage = stage(false, false);
    stage.reads(100, b"o");
    stage.reads(100, "半句".as_bytes());
    stage.waits(400);
    let (_tell, never) = channel::<()>();
    let written = || std::fs::read_dir(stage.dir.path().join("places")).ok()?.next();
    let file =
        (0..1000).find_map(|_| written().or_else(|| never.recv_timeout(Duration::from_millis(20)).ok().and(None)));
    let half = file.unwrap().unwrap().path().with_extension("half");
    // A disk that is slow: who writes here waits until somebody reads.
    let _ = std::fs::remove_file(&half);
    assert!(std::process::Command::new("mkfifo").arg(&half).status().unwrap().success());
    stage.reads(100, "話".as_bytes());
    let read = Arc::new(AtomicBool::new(false));
    let reads = Arc::clone(&read);
    let reader = std::thread::spawn(move || {
        let _ = never.recv_timeout(Duration::from_millis(300));
        reads.store(true, Ordering::SeqCst);
        std::fs::read(half).unwrap()
    });
    assert_eq!(stage.gets(1, Event::Terminate), Some(Ended::Terminated));
    assert!(read.load(Ordering::SeqCst), "the session has ended before its place was written");
    assert!(String::from_utf8(reader.join().unwrap()).unwrap().contains("半句話"));
}

#[test]
fn a_place_that_cannot_be_written_is_told_once_and_tried_again() {
    let mut stage = stage(false, false);
    // A file where the folder should be.
    let folder = stage.dir.path().join("places");
    std::fs::write(&folder, b"").unwrap();
    stage.reads(100, b"o");
    stage.reads(100, "半句話".as_bytes());
    stage.waits(400);
    stage.woken();
    assert!(stage.told().contains("存不到磁盤"), "{}", stage.told());
    stage.reads(6000, b"x");
    stage.waits(400);
    stage.woken();
    assert_eq!(stage.told(), "");
    std::fs::remove_file(&folder).unwrap();
    stage.waits(6000);
    stage.gets(1, Event::Terminate);
    let kept = String::from_utf8(stage.place.load().unwrap()).unwrap();
    assert!(kept.contains("半句話x"), "{kept}");
}

#[test]
fn what_comes_before_the_store_is_open_keeps_its_times() {
    let mut stage = stage(false, false);
    for event in [Event::Woken, Event::Bytes(b"\x1b".to_vec())] {
        stage.script.borrow_mut().push_back((Duration::ZERO, event));
    }
    let (tell, tells) = channel();
    drop(tell);
    stage.seat.wait_for_store(&tells, &AtomicBool::new(false));
    stage.clock.0.lock().unwrap().0 += Duration::from_millis(200);
    let (reader, head) = FileJournal::open_read_only(stage.dir.path()).unwrap();
    let shelf = Shelf::new(Arc::new(MemoryRecords::default()), reader, head.seq);
    stage
        .seat
        .open(Opened { reading: Arc::new(shelf), counter: None, place: None, company: None, told: None })
        .unwrap();
    // The Esc stands alone: it came long before, and what follows is no key with Alt.
    stage.reads(0, b"4");
    assert!(matches!(stage.seat.model().screen, Screen::Branches(_)));
}

#[test]
fn the_answer_about_the_width_counts_for_three_hundred_milliseconds() {
    for (after, wide) in [(0, true), (299, true), (301, false)] {
        let mut stage = stage(false, true);
        // Keys go on meanwhile, and what comes too late is no key either.
        stage.reads(0, b"j");
        stage.reads(after, b"\x1b[1;3R");
        assert_eq!(stage.seat.model().ambiguous == Ambiguous::Wide, wide, "after {after} ms");
        assert_eq!(stage.told(), "", "after {after} ms");
    }
    let mut stage = stage(false, false);
    stage.reads(0, b"\x1b[1;3R");
    assert_eq!(stage.seat.model().ambiguous, Ambiguous::Narrow, "nothing was asked");
}

#[test]
fn a_sync_that_failed_is_told_and_remembered_to_the_end() {
    let mut stage = stage(false, false);
    let mut journal = MemoryJournal::default();
    let reader = journal.reader().unwrap();
    journal.faults = Faults { sync_fails_after: Some(1), ..Faults::default() };
    let shelf = Arc::new(Shelf::new(Arc::new(MemoryRecords::default()), reader, Seq(0)));
    let desk = Desk::new(Box::new(journal), Arc::clone(&shelf));
    let counter = Some(Counter::open(desk, || Stamp(NINE)).unwrap().0);
    stage
        .seat
        .open(Opened { reading: Arc::clone(&shelf) as _, counter, place: None, company: None, told: None })
        .unwrap();
    // What was typed stays, so that each name is one letter longer.
    for kept in [true, false, false] {
        for (after, bytes) in [(100, "o"), (100, "甲"), (100, "\r")] {
            stage.reads(after, bytes.as_bytes());
        }
        stage.woken();
        assert_eq!(matches!(stage.seat.model().saved, Saved::At(_)), kept, "{}", stage.told());
        assert_eq!((stage.told().contains("此後不再保存"), stage.seat.failed()), (!kept, !kept), "{}", stage.told());
    }
    assert_eq!(shelf.house().unwrap().name, "甲");
    assert_eq!(stage.reads(300, b"\x1b"), None);
    assert_eq!(stage.reads(300, b"q"), Some(Ended::Left));
    assert!(stage.seat.failed(), "whoever has started the program is to hear of it");
}

#[test]
fn nothing_is_sent_to_a_terminal_that_takes_nothing() {
    let mut stage = stage(false, false);
    stage.reads(100, b"4");
    let before = stage.frames.get();
    stage.busy.set(true);
    for key in [b"j", b"k", b"?"] {
        stage.reads(100, key);
    }
    assert_eq!(stage.frames.get(), before, "frames that nobody takes pile up");
    // One frame shows all of it.
    stage.busy.set(false);
    stage.waits(1);
    stage.waits(1);
    assert_eq!(stage.frames.get(), before + 1);
}

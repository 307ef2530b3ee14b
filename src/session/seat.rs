//! A seat: the loop of one session, written as a step that a test can drive.

mod copy;
mod early;
mod met;
mod placing;
mod start;

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

pub use start::{Opened, SeatStart};

use super::places::{Places, answered};
use super::{Clock, Company, Event, Line, Screen};
use crate::app::{Answer, Effect, Model, Msg, Place, Spot, Ticket, Tone, update};
use crate::domain::{Reading, Request};
use crate::keys::{Decoder, Input, Pending, Reply, SILENCE};
use crate::locales as w;
use crate::store::{Ack, Counter, DeskError};
use crate::text::Ambiguous;

/// How long a lone Esc waits for the rest of a sequence, here and over a network.
const ESC_LOCAL: Duration = Duration::from_millis(25);
const ESC_REMOTE: Duration = Duration::from_millis(100);
/// How long the answer to the probe of ambiguous characters is waited for.
const PROBE: Duration = Duration::from_millis(300);
/// How long typing may go on before the place is written down.
const PLACE_DELAY: Duration = Duration::from_millis(300);
/// How long a disk that has refused the place is left alone.
const PLACE_REST: Duration = Duration::from_secs(5);

/// Why a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The person left.
    Left,
    /// The terminal is gone.
    Gone,
    /// Somebody ended it.
    Terminated,
}

/// One person at one line.
pub struct Seat<L> {
    line: L,
    model: Model,
    screen: Screen,
    decoder: Decoder,
    reading: Arc<dyn Reading + Send + Sync>,
    counter: Option<Counter>,
    answers: Receiver<(Ticket, Answer)>,
    answer: Sender<(Ticket, Answer)>,
    wake: Arc<dyn Fn() + Send + Sync>,
    company: Option<Arc<dyn Company>>,
    /// Where the others believe the person to be.
    spot: Spot,
    places: Option<Places>,
    /// What the place file holds.
    placed: Option<Place>,
    /// What is on its way there.
    flying: Option<(u64, Place)>,
    /// Whether the person was told that it cannot be written.
    told_unplaced: bool,
    place_due: Option<Duration>,
    clock: Box<dyn Clock>,
    clipboard: bool,
    esc: Duration,
    /// When the last bytes came.
    heard: Duration,
    probe_until: Option<Duration>,
    dirty: bool,
    ended: Option<Ended>,
    early: early::Early,
}

impl<L: Line> Seat<L> {
    /// Sits the person down.
    pub fn new(start: SeatStart<L>) -> io::Result<Self> {
        let SeatStart {
            mut line,
            mut model,
            look,
            reading,
            counter,
            wake,
            place,
            clock,
            company,
            remote,
            probe,
            clipboard,
        } = start;
        model.size = Screen::clamped(line.size());
        let screen = Screen::new(model.size, look)?;
        let (answer, answers) = channel();
        let mut decoder = Decoder::new();
        let mut probe_until = None;
        if probe {
            // The probe goes out ahead of the first frame, which draws over it: nobody waits for the answer.
            line.send("\x1b[H“\x1b[6n\x1b[H  \x1b[H".as_bytes())?;
            decoder.expect_reply(true);
            probe_until = Some(clock.ticks() + PROBE);
        }
        let heard = clock.ticks();
        // Where somebody was led to is where they were last, whether they have done anything there or not.
        let place_due = place.as_ref().map(|_| heard + PLACE_DELAY);
        let places = place.map(|file| Places::open(file, Arc::clone(&wake)));
        let esc = if remote { ESC_REMOTE } else { ESC_LOCAL };
        Ok(Self {
            line,
            model,
            screen,
            decoder,
            reading,
            counter,
            answers,
            answer,
            wake,
            company,
            spot: Spot::Elsewhere,
            places,
            placed: None,
            flying: None,
            told_unplaced: false,
            place_due,
            clock,
            clipboard,
            esc,
            heard,
            probe_until,
            dirty: true,
            ended: None,
            early: Vec::new(),
        })
    }

    /// Takes no longer pastes than this many bytes.
    pub fn limit_paste(&mut self, bytes: usize) {
        self.decoder.limit_paste(bytes);
    }

    /// Works until the session ends.
    pub fn run(&mut self) -> Ended {
        loop {
            if let Some(ended) = self.step() {
                return ended;
            }
        }
    }

    /// Draws if something has changed, waits for one event and takes it; says when the session has ended.
    pub fn step(&mut self) -> Option<Ended> {
        self.show();
        let event = self.line.wait(Some(self.patience()));
        if matches!(event, Event::Quiet) && self.model.has_more() {
            self.msg(Msg::More);
        }
        self.take(event);
        while self.ended.is_none() {
            // All that waits is read before drawing: a burst of keys is one frame.
            match self.line.wait(Some(Duration::ZERO)) {
                Event::Quiet | Event::Free => break,
                event => self.take(event),
            }
        }
        self.due();
        if self.ended.is_some() {
            self.finish();
        }
        self.ended
    }

    /// Returns the line.
    pub const fn line(&self) -> &L {
        &self.line
    }

    /// Returns the model, for tests.
    pub const fn model(&self) -> &Model {
        &self.model
    }

    fn show(&mut self) {
        if self.dirty {
            self.tell_spot();
        }
        if !self.dirty || !self.line.free() {
            return;
        }
        self.dirty = false;
        let sent = self.screen.frame(&self.model).and_then(|bytes| self.line.send(&bytes));
        if sent.is_err() {
            self.ended = Some(Ended::Gone);
        }
    }

    /// Says how long nothing needs to be done.
    fn patience(&self) -> Duration {
        let now = self.clock.ticks();
        let into_minute = self.clock.now().0.rem_euclid(60_000);
        let mut wait = Duration::from_millis(u64::try_from(60_000 - into_minute).unwrap_or(60_000));
        for due in [self.place_due, self.probe_until, self.given_up()].into_iter().flatten() {
            wait = wait.min(due.saturating_sub(now));
        }
        if self.ended.is_some() || self.model.has_more() { Duration::ZERO } else { wait }
    }

    /// Says when what the decoder waits for is given up: so long after the last byte, whatever else has happened.
    fn given_up(&self) -> Option<Duration> {
        match self.decoder.pending()? {
            Pending::Escape => Some(self.heard + self.esc),
            Pending::Rest => Some(self.heard + SILENCE),
        }
    }

    fn take(&mut self, event: Event) {
        self.take_at(self.clock.ticks(), event);
    }

    fn take_at(&mut self, when: Duration, event: Event) {
        match event {
            Event::Bytes(bytes) => self.read(when, &bytes),
            Event::Resize(cols, rows) => {
                let (cols, rows) = Screen::clamped((cols, rows));
                self.msg(Msg::Resize(cols, rows));
            }
            Event::Gone => self.ended = Some(Ended::Gone),
            Event::Terminate => self.ended = Some(Ended::Terminated),
            Event::Woken => self.woken(),
            Event::Free | Event::Quiet => {}
        }
    }

    fn read(&mut self, now: Duration, bytes: &[u8]) {
        let silence = now.saturating_sub(self.heard);
        self.heard = now;
        // Nothing to draw and nothing to do: the model only learns how long it was.
        update(&mut self.model, Msg::Pause(silence), &*self.reading);
        let mut inputs = Vec::new();
        self.decoder.feed(bytes, &mut inputs);
        self.inputs(inputs);
    }

    fn inputs(&mut self, inputs: Vec<Input>) {
        let before = self.model.moment;
        // What a key does bears the time of the key, not of the last minute.
        let now = self.clock.moment();
        let mut keys = false;
        for input in inputs {
            if let Input::Reply(Reply::Cursor { col, .. }) = input {
                self.probed(col);
                continue;
            }
            (self.model.moment, keys) = (now, true);
            self.msg(Msg::Input(input));
        }
        // Said behind the key, which would take the line away.
        if keys && now.is_set_back(before) {
            self.model.tell(Tone::Warning, w::CLOCK_BACK.say(self.model.lang));
        }
    }

    fn probed(&mut self, col: u16) {
        self.probe_until = None;
        self.decoder.expect_reply(false);
        // “ was written at column 1: the cursor is at 3 where the terminal draws it two columns wide.
        if col == 3 {
            self.model.ambiguous = Ambiguous::Wide;
            self.screen.look.ascii = true;
            self.anew();
        }
    }

    fn anew(&mut self) {
        if self.screen.anew(self.model.size).is_err() {
            self.ended = Some(Ended::Gone);
        }
        self.dirty = true;
    }

    fn msg(&mut self, msg: Msg) {
        self.dirty = true;
        // What others do moves nobody: a line that has only heard of it is not where the person was last.
        let acts = matches!(msg, Msg::Input(_) | Msg::Answer(..));
        let reading = Arc::clone(&self.reading);
        for effect in update(&mut self.model, msg, &*reading) {
            match effect {
                Effect::Quit => self.ended = Some(Ended::Left),
                Effect::Redraw => self.anew(),
                Effect::Copy => self.copy(),
                Effect::Submit(ticket, request) => self.submit(ticket, *request),
            }
        }
        if acts && self.places.is_some() && self.place_due.is_none() {
            self.place_due = Some(self.clock.ticks() + PLACE_DELAY);
        }
    }

    fn submit(&mut self, ticket: Ticket, request: Request) {
        let (answer, wake) = (self.answer.clone(), Arc::clone(&self.wake));
        let lang = self.model.lang;
        let taken = self.counter.as_ref().is_some_and(|counter| {
            let answered = Box::new(move |result: Result<Ack, DeskError>| {
                let _ = answer.send((ticket, answered(result, lang)));
                wake();
            });
            counter.hand(request, answered)
        });
        if !taken {
            let why = "the desk takes nothing".to_owned();
            let _ = self.answer.send((ticket, Answer::Failed(why)));
            (self.wake)();
        }
    }

    /// Ends what was not finished in time.
    fn give_up(&mut self, now: Duration) {
        if self.given_up().is_some_and(|when| when <= now) {
            let mut inputs = Vec::new();
            self.decoder.flush(&mut inputs);
            self.inputs(inputs);
        }
    }

    /// Does what has become due: an end to what is unfinished, the minute, the place, the end of the probe.
    fn due(&mut self) {
        let now = self.clock.ticks();
        self.give_up(now);
        let moment = self.clock.moment();
        if moment.stamp.0.div_euclid(60_000) != self.model.moment.stamp.0.div_euclid(60_000) {
            self.msg(Msg::Minute(moment));
        }
        if self.probe_until.is_some_and(|until| until <= now) {
            self.probe_until = None;
            self.decoder.expect_reply(false);
        }
        if self.place_due.is_some_and(|due| due <= now) {
            self.write_place();
        }
    }

    fn finish(&mut self) {
        if self.place_due.is_some() {
            self.write_place();
        }
        if let Some(places) = &mut self.places {
            places.close();
        }
    }

    /// Says whether something could not be kept.
    pub fn failed(&self) -> bool {
        self.model.has_failed()
    }
}

//! The robot inspector's house: desk, records and seats in one process, stepped by hand, with a clock that stands still.
#![allow(dead_code, reason = "every story uses its own part of the house")]

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use tijian::app::keymaps::{self, BuiltIn};
use tijian::app::{Action, Answer, Effect, Model, Moment, Msg, Place, Start, Ticket, update};
use tijian::domain::{
    BranchCommand, BranchFacts, BranchId, BranchKind, Class, Command, Day, FindingFacts, GradeBounds, HouseCommand,
    InspectionCommand, Item, Judgement, Lang, PersonId, Profile, Reached, Reading, Refusal, Request, Rev, RoundCommand,
    RoundId, RoundPlan, Scale, Severity, Stamp, Verdict,
};
use tijian::import::checklist::{builtin, edition_id};
use tijian::keys::{Decoder, Input, Keymap};
use tijian::linear::{Talk, TalkStart};
use tijian::locales::china_day;
use tijian::session::SystemClock;
use tijian::store::{Counter, DeskError, FileJournal, Store, verify};
use tijian::text::{Ambiguous, width};
use tijian::view::{Look, draw};

/// Monday 2026-11-23, 09:00 in China.
pub const NINE: Stamp = Stamp(1_795_395_600_000);

/// How long a person needs from key to key.
const SILENCE: Duration = Duration::from_millis(200);

/// A store with the people who sit before it.
pub struct House {
    pub dir: tempfile::TempDir,
    store: Option<Store>,
    seats: Vec<Seat>,
    pub now: Stamp,
    /// How long a line is silent before each read.
    pub silence: Duration,
    /// Whether the desk answers at once; without it answers wait for [`House::answers`].
    pub prompt: bool,
    /// Whether the disk takes nothing, so that what is wanted is not kept.
    pub full: bool,
    waiting: Vec<(usize, Ticket, Request)>,
}

struct Seat {
    model: Model,
    decoder: Decoder,
    size: (u16, u16),
    left: bool,
}

/// A person's place in the house.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Who(usize);

impl House {
    /// Opens an empty house.
    pub fn empty() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut house = Self {
            store: None,
            seats: Vec::new(),
            now: NINE,
            silence: SILENCE,
            prompt: true,
            full: false,
            waiting: Vec::new(),
            dir,
        };
        house.open();
        let checklist = builtin();
        let command = Command::AddEdition(edition_id(checklist), Box::new(checklist.clone()));
        house.does("tijian", command);
        house
    }

    /// Opens a house with three branches and a round over two of them.
    pub fn furnished() -> Self {
        let mut house = Self::empty();
        house.does("admin", Command::House(HouseCommand::Name("練習單位".to_owned())));
        let names = [
            ("JG", "機關黨委", BranchKind::Dangwei),
            ("JG-003", "機關第三黨支部", BranchKind::Zhibu),
            ("JG-010", "教務處黨支部", BranchKind::Zhibu),
        ];
        for (id, (code, name, kind)) in (1u32..).zip(names) {
            let facts = BranchFacts {
                parent: (id > 1).then_some(BranchId(1)),
                code: code.to_owned(),
                name: name.to_owned(),
                kind,
                all_members: Some(20),
                full_members: Some(18),
                ..BranchFacts::default()
            };
            house.does("admin", Command::Branch(BranchId(id), BranchCommand::Add(facts)));
        }
        house.round(1, "2026-4", (10, 1), (12, 31));
        house
    }

    /// Opens a house in which a signed inspection has found three things that are followed.
    pub fn followed() -> Self {
        let mut house = Self::furnished();
        let verdict = |at: usize| if at < 3 { Verdict::Fail } else { Verdict::Pass };
        let items = builtin().items.iter().enumerate();
        let judged = |(at, item): (usize, &Item)| {
            (item.id.clone(), Some(Judgement { verdict: verdict(at), reason: String::new() }))
        };
        let inspection = |command| Command::Inspection(RoundId(1), BranchId(3), command);
        house.does("李督查", inspection(InspectionCommand::Judge(items.clone().map(judged).collect())));
        for (at, item) in items.take(3) {
            let facts = FindingFacts {
                item: item.id.clone(),
                fact: "記錄不全".to_owned(),
                severity: Severity::Minor,
                class: Class::Limited,
                due: Day::new(2026, 12, [1, 20, 25][at]).unwrap(),
            };
            house.does("李督查", inspection(InspectionCommand::Find { n: None, facts }));
        }
        house.does("李督查", inspection(InspectionCommand::SignOff));
        house
    }

    /// Opens a round over every branch.
    pub fn round(&mut self, id: u32, code: &str, from: (i8, i8), to: (i8, i8)) {
        let plan = RoundPlan {
            code: code.to_owned(),
            name: code.to_owned(),
            from: Day::new(2026, from.0, from.1).unwrap(),
            to: Day::new(2026, to.0, to.1).unwrap(),
            edition: edition_id(builtin()),
            profile: Profile::Jiguan,
            scale: Scale::Four,
            grades: GradeBounds::default(),
            vetoes: Vec::new(),
            ranked: false,
        };
        let branches = vec![BranchId(2), BranchId(3)];
        self.does("admin", Command::Round(RoundId(id), RoundCommand::Open { plan, branches }));
    }

    fn open(&mut self) {
        let opened = Store::open(self.dir.path(), "robot", "boot", &mut |_, _| ControlFlow::Continue(())).unwrap();
        self.store = Some(opened.store);
    }

    /// Returns the data folder.
    pub fn path(&self) -> PathBuf {
        self.dir.path().to_path_buf()
    }

    /// Returns what is read.
    pub fn shelf(&self) -> Arc<tijian::store::Shelf> {
        Arc::clone(&self.store.as_ref().unwrap().shelf)
    }

    /// Returns what a person sees of it.
    pub fn seen(&self, name: &str) -> Reached {
        Reached::alone(self.shelf(), PersonId(name.to_owned()))
    }

    /// Hands a command straight to the desk.
    pub fn does(&mut self, who: &str, command: Command) {
        let request = Request { by: PersonId(who.to_owned()), saw: Rev(u64::MAX), command };
        let now = self.now;
        let desk = self.store.as_mut().unwrap().desk.as_mut().unwrap();
        desk.step(now, vec![request]).pop().unwrap().unwrap();
    }

    /// Hands a command straight to the desk, which refuses it; answers why.
    pub fn refused(&mut self, who: &str, command: Command) -> Refusal {
        let request = Request { by: PersonId(who.to_owned()), saw: Rev(u64::MAX), command };
        let now = self.now;
        let desk = self.store.as_mut().unwrap().desk.as_mut().unwrap();
        match desk.step(now, vec![request]).pop().unwrap() {
            Err(DeskError::Refused(refusal)) => refusal,
            other => panic!("{other:?}"),
        }
    }

    fn moment(&self) -> Moment {
        Moment { stamp: self.now, day: china_day(self.now) }
    }

    /// Sits a person down at a window of a size.
    pub fn sits(&mut self, name: &str, size: (u16, u16), lang: Lang) -> Who {
        self.keyed(name, size, lang, Arc::new(keymaps::layered(BuiltIn::Default, None).unwrap()))
    }

    /// Sits a person down who has keys of their own.
    pub fn keyed(&mut self, name: &str, size: (u16, u16), lang: Lang, keymap: Arc<Keymap<Action>>) -> Who {
        let model = self.model(name, size, lang, keymap);
        self.seats.push(Seat { model, decoder: Decoder::new(), size, left: false });
        Who(self.seats.len() - 1)
    }

    /// Sits an inspector down at 80×24 in traditional characters.
    pub fn inspector(&mut self, name: &str) -> Who {
        self.sits(name, (80, 24), Lang::Hant)
    }

    fn model(&self, name: &str, size: (u16, u16), lang: Lang, keymap: Arc<Keymap<Action>>) -> Model {
        let start = Start {
            me: PersonId(name.to_owned()),
            lang,
            moment: self.moment(),
            size,
            ambiguous: Ambiguous::Narrow,
            keymap,
            read_only: false,
        };
        Model::new(start, &self.seen(name)).unwrap()
    }

    /// Presses keys: characters, and names in angle brackets such as `<enter>`, `<esc>`, `<c-s>`.
    pub fn press(&mut self, who: Who, keys: &str) -> &mut Self {
        let mut rest = keys;
        while !rest.is_empty() {
            let (bytes, after) = stroke(rest);
            self.strikes(who, &bytes);
            rest = after;
        }
        self
    }

    /// Sends bytes that arrive together.
    pub fn bytes(&mut self, who: Who, bytes: &[u8]) -> &mut Self {
        self.msg(who, Msg::Pause(self.silence));
        let mut inputs = Vec::new();
        self.seats[who.0].decoder.feed(bytes, &mut inputs);
        self.inputs(who, inputs);
        self
    }

    /// Sends bytes that arrive together and after which nothing comes for a while.
    pub fn strikes(&mut self, who: Who, bytes: &[u8]) -> &mut Self {
        self.bytes(who, bytes);
        let mut inputs = Vec::new();
        self.seats[who.0].decoder.flush(&mut inputs);
        self.inputs(who, inputs);
        self
    }

    /// Types text character by character.
    pub fn types(&mut self, who: Who, text: &str) -> &mut Self {
        for c in text.chars() {
            self.bytes(who, c.to_string().as_bytes());
        }
        self
    }

    /// Pastes text in brackets.
    pub fn pastes(&mut self, who: Who, text: &str) -> &mut Self {
        self.bytes(who, format!("\x1b[200~{text}\x1b[201~").as_bytes())
    }

    fn inputs(&mut self, who: Who, inputs: Vec<Input>) {
        for input in inputs {
            self.msg(who, Msg::Input(input));
        }
    }

    /// Gives a session a message.
    pub fn msg(&mut self, who: Who, msg: Msg) {
        let moment = self.moment();
        let seen = self.seen(&self.seats[who.0].model.me.0);
        let seat = &mut self.seats[who.0];
        seat.model.moment = moment;
        for effect in update(&mut seat.model, msg, &seen) {
            match effect {
                Effect::Submit(ticket, request) => self.waiting.push((who.0, ticket, *request)),
                Effect::Quit => self.seats[who.0].left = true,
                Effect::Redraw | Effect::Copy => {}
            }
        }
        if self.prompt {
            self.answers();
        }
    }

    /// Lets the desk answer everything that waits, with one sync.
    pub fn answers(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        if waiting.is_empty() {
            return;
        }
        let (seats, requests): (Vec<_>, Vec<_>) =
            waiting.into_iter().map(|(seat, ticket, request)| ((seat, ticket), request)).unzip();
        if self.full {
            for (seat, ticket) in seats {
                let answer = Answer::Failed("No space left on device".to_owned());
                self.msg(Who(seat), Msg::Answer(ticket, Box::new(answer)));
            }
            return;
        }
        let now = self.now;
        let answers = self.store.as_mut().unwrap().desk.as_mut().unwrap().step(now, requests);
        for ((seat, ticket), answer) in seats.into_iter().zip(answers) {
            let answer = match answer {
                Ok(ack) => Answer::Done(ack.entries),
                Err(DeskError::Refused(refusal)) => Answer::Refused(refusal),
                Err(fault) => Answer::Failed(fault.to_string()),
            };
            self.msg(Who(seat), Msg::Answer(ticket, Box::new(answer)));
        }
        let head = self.shelf().head();
        for seat in 0..self.seats.len() {
            self.msg(Who(seat), Msg::News(head));
        }
    }

    /// Ends the process as kill -9 does, and sits everybody down again where they were.
    pub fn is_killed(&mut self) -> &mut Self {
        let places: Vec<Vec<u8>> =
            self.seats.iter().map(|seat| serde_json::to_vec(&seat.model.place()).unwrap()).collect();
        self.waiting.clear();
        self.store = None;
        self.open();
        for (at, place) in places.into_iter().enumerate() {
            self.resumes(Who(at), serde_json::from_slice(&place).unwrap());
        }
        self
    }

    /// Sits a person down anew at a place.
    pub fn resumes(&mut self, who: Who, place: Place) -> &mut Self {
        let (name, size) = (self.seats[who.0].model.me.0.clone(), self.seats[who.0].size);
        let keymap = Arc::clone(&self.seats[who.0].model.keymap);
        let mut model = self.model(&name, size, Lang::Hant, keymap);
        model.resume(place, &self.seen(&name)).unwrap();
        self.seats[who.0].model = model;
        self
    }

    /// Returns what stands in every cell of the screen, row by row.
    pub fn cells(&self, who: Who) -> Vec<Vec<String>> {
        let seat = &self.seats[who.0];
        let (cols, rows) = seat.model.size;
        let mut terminal = Terminal::new(TestBackend::new(cols, rows)).unwrap();
        let look = Look { colour: true, ascii: false };
        terminal.draw(|frame| draw(&seat.model, look, frame)).unwrap();
        let buffer = terminal.backend().buffer();
        (0..rows).map(|y| (0..cols).map(|x| buffer[(x, y)].symbol().to_owned()).collect()).collect()
    }

    /// Returns the screen as lines of text.
    pub fn screen(&self, who: Who) -> String {
        let mut text = String::new();
        for row in self.cells(who) {
            let (mut line, mut skip) = (String::new(), 0);
            for symbol in &row {
                if skip > 0 {
                    skip -= 1;
                    continue;
                }
                skip = width(symbol, Ambiguous::Narrow).saturating_sub(1);
                line.push_str(symbol);
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }

    /// Checks that the person sees something.
    #[track_caller]
    pub fn sees(&mut self, who: Who, text: &str) -> &mut Self {
        let screen = self.screen(who);
        assert!(screen.contains(text), "「{text}」 is not on the screen:\n{screen}");
        self
    }

    /// Checks that the person does not see something.
    #[track_caller]
    pub fn sees_no(&mut self, who: Who, text: &str) -> &mut Self {
        let screen = self.screen(who);
        assert!(!screen.contains(text), "「{text}」 is on the screen:\n{screen}");
        self
    }

    /// Returns the person's model.
    pub fn of(&self, who: Who) -> &Model {
        &self.seats[who.0].model
    }

    /// Takes the last person's place away.
    pub fn stands_up(&mut self, who: Who) {
        assert_eq!(self.seats.len(), who.0 + 1, "only the last one can");
        self.seats.pop();
    }

    /// Takes the last person from the screen and lets them go on line by line; nobody else reaches the desk from then on.
    pub fn talks_on(&mut self, who: Who) -> Talk {
        assert_eq!(self.seats.len(), who.0 + 1, "only the last one can");
        let model = self.seats.pop().unwrap().model;
        let now = self.now;
        let desk = self.store.as_mut().unwrap().desk.take().unwrap();
        let counter = Counter::open(desk, move || now).unwrap().0;
        Talk::new(TalkStart {
            model,
            reading: self.shelf(),
            ready: std::sync::mpsc::channel().1,
            counter: Some(counter),
            place: None,
            clock: Box::new(SystemClock::new()),
            cols: 80,
            typed: false,
            company: None,
        })
    }

    /// Returns the person's model, to be bent by a test.
    pub fn of_mut(&mut self, who: Who) -> &mut Model {
        &mut self.seats[who.0].model
    }

    /// Walks the whole chain and names the records that do not agree with it.
    pub fn differing(&self) -> Vec<String> {
        let journal = FileJournal::open_read_only(self.dir.path()).unwrap().0;
        verify(&*journal, &**self.shelf().records(), &mut |_| ControlFlow::Continue(())).unwrap().differing
    }

    /// Says whether the person has left.
    pub fn left(&self, who: Who) -> bool {
        self.seats[who.0].left
    }
}

/// Takes the first stroke of a script and returns its bytes and the rest.
fn stroke(script: &str) -> (Vec<u8>, &str) {
    if let Some((name, rest)) = script.strip_prefix('<').and_then(|script| script.split_once('>')) {
        let bytes: &[u8] = match name {
            "enter" => b"\r",
            "esc" => b"\x1b",
            "tab" => b"\t",
            "s-tab" => b"\x1b[Z",
            "space" => b" ",
            "up" => b"\x1b[A",
            "down" => b"\x1b[B",
            "right" => b"\x1b[C",
            "left" => b"\x1b[D",
            "pagedown" => b"\x1b[6~",
            "pageup" => b"\x1b[5~",
            "backspace" => b"\x7f",
            "delete" => b"\x1b[3~",
            "c-s" => b"\x13",
            "c-r" => b"\x12",
            "c-z" => b"\x1a",
            "c-u" => b"\x15",
            "c-l" => b"\x0c",
            "f1" => b"\x1bOP",
            "f2" => b"\x1bOQ",
            other => panic!("no key is called {other}"),
        };
        return (bytes.to_vec(), rest);
    }
    let len = script.chars().next().map_or(0, char::len_utf8);
    (script.as_bytes()[..len].to_vec(), &script[len..])
}

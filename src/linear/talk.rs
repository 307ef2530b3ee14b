//! A conversation: a line is heard, what it changes is acknowledged, what is there now is said.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use super::met::Met;
use super::page::Page;
use super::question::Asking;
use crate::app::{Answer, Effect, Model, Msg, Overlay, Place, PlaceScreen, Saved, Screen, Ticket, Tone, update};
use crate::domain::{Entry, Lang, ReadFault, Reading, Request};
use crate::locales as w;
use crate::session::{Clock, Company, Ended, Heard, Voice, answered};
use crate::store::{Ack, Counter, DeskError, PlaceFile};
use crate::text::clean_line;
use crate::view::entry_text;

/// What a conversation begins with.
pub struct TalkStart {
    /// What the person is doing.
    pub model: Model,
    /// What is read.
    pub reading: Arc<dyn Reading + Send + Sync>,
    /// Says that something that was being made is there.
    pub ready: Receiver<()>,
    /// The way to the desk; none where the store is open for reading.
    pub counter: Option<Counter>,
    /// Where the person's place is written down.
    pub place: Option<PlaceFile>,
    /// What time it is.
    pub clock: Box<dyn Clock>,
    /// Columns to write in.
    pub cols: usize,
    /// Whether what is typed stands behind the question.
    pub typed: bool,
    /// Who else is there; nobody where the session is alone.
    pub company: Option<Arc<dyn Company>>,
}

/// What was said last, so that it is not said again while nothing has changed.
#[derive(PartialEq)]
struct Seen {
    screen: PlaceScreen,
    lang: Lang,
    signed: bool,
}

/// A conversation with one person.
#[expect(clippy::struct_excessive_bools, reason = "each is an answer to its own question")]
pub struct Talk {
    pub(super) model: Model,
    pub(super) reading: Arc<dyn Reading + Send + Sync>,
    pub(super) page: Page,
    pub(super) asking: Asking,
    /// The first line of a list that is said.
    pub(super) top: usize,
    /// Whether that line was asked for just now.
    pub(super) keep_part: bool,
    counter: Option<Counter>,
    answers: Receiver<(Ticket, Answer)>,
    ready: Receiver<()>,
    answer: Sender<(Ticket, Answer)>,
    place: Option<PlaceFile>,
    placed: Option<Place>,
    clock: Box<dyn Clock>,
    typed: bool,
    seen: Option<Seen>,
    /// Whether the screen is to be said although nothing has changed.
    once_more: bool,
    /// Who else is there, and who was when that was said last.
    pub(super) met: Met,
    notices: Vec<(Tone, String)>,
    kept: bool,
    left: bool,
}

impl Talk {
    /// Begins a conversation.
    pub fn new(start: TalkStart) -> Self {
        let TalkStart { model, reading, ready, counter, place, clock, cols, typed, company } = start;
        let (answer, answers) = channel();
        let page = Page::new(cols, model.ambiguous);
        Self {
            model,
            reading,
            ready,
            page,
            asking: Asking::Command,
            top: 0,
            keep_part: false,
            counter,
            answers,
            answer,
            place,
            placed: None,
            clock,
            typed,
            seen: None,
            once_more: false,
            met: Met::new(company),
            notices: Vec::new(),
            kept: false,
            left: false,
        }
    }

    /// Talks until the person leaves, there is nothing more to hear, or somebody ends it.
    pub fn run(&mut self, line: &mut dyn Voice) -> Ended {
        let mut said = self.begin();
        loop {
            if line.say(&said).is_err() {
                self.write_place();
                return Ended::Gone;
            }
            if self.left {
                return Ended::Left;
            }
            said = match line.hear() {
                Heard::Line(text) => self.hear(&text),
                // Pasted lines are taken where lines are wanted, and never for commands.
                Heard::Pasted(text) if self.asking == Asking::Lines => self.hear(&text),
                Heard::Pasted(_) => self.told(Tone::Warning, w::LOOKS_PASTED.say(self.model.lang).to_owned()),
                Heard::NotText => self.told(Tone::Warning, w::NOT_UTF8.say(self.model.lang).to_owned()),
                Heard::TooLong => self.told(Tone::Warning, w::LN_TOO_LONG.say(self.model.lang).to_owned()),
                Heard::End => {
                    self.write_place();
                    // Whoever is still there to read it is told that nothing is lost.
                    let _ = line.say(&format!("\n{}\n", w::LN_LEFT.say(self.model.lang)));
                    return Ended::Terminated;
                }
            };
        }
    }

    /// Returns what is said before anything was heard.
    pub fn begin(&mut self) -> String {
        let lang = self.model.lang;
        self.page.line(&format!("{}  {}  {}", w::APP.say(lang), self.model.me, w::day(self.model.moment.day, lang)));
        self.page.line(w::LN_MODE.say(lang));
        if self.model.read_only {
            self.page.line(w::READ_ONLY.say(lang));
        }
        if let Some(notice) = self.model.notice.take() {
            // The screen's own word for it speaks of a key that a line cannot hold.
            let resumed = Lang::ALL.iter().any(|lang| notice.text == w::RESUMED.say(*lang));
            self.notices.push((notice.tone, if resumed { w::LN_RESUMED.say(lang).to_owned() } else { notice.text }));
        }
        self.spoken()
    }

    /// Takes a line and returns what is said to it.
    pub fn hear(&mut self, line: &str) -> String {
        let cleaned = clean_line(line, usize::MAX);
        // What a terminal says of itself, or a key that a line cannot hold, is never taken for a verdict or a yes.
        let steers = line.chars().any(|c| c.is_control() && c != '\t');
        if steers && matches!(self.asking, Asking::Command | Asking::Confirm | Asking::Conflict) {
            return self.told(Tone::Warning, w::LN_STEERS.say(self.model.lang).to_owned());
        }
        if cleaned.changed {
            self.tell(Tone::Plain, w::LN_CLEANED.say(self.model.lang).to_owned());
        }
        // What others have done since is there before what is asked now.
        let head = self.reading.head();
        self.update(Msg::News(head));
        let heard = match self.asking {
            Asking::Command => self.command(&cleaned.text),
            _ => {
                self.reply(&cleaned.text);
                Ok(())
            }
        };
        if let Err(fault) = heard {
            self.damaged(&fault);
        }
        let said = self.spoken();
        self.write_place();
        said
    }

    /// Says whether something could not be kept.
    pub const fn failed(&self) -> bool {
        matches!(self.model.saved, Saved::Failed(_))
    }

    pub(super) fn tell(&mut self, tone: Tone, text: String) {
        self.notices.push((tone, text));
    }

    fn told(&mut self, tone: Tone, text: String) -> String {
        self.tell(tone, text);
        self.spoken()
    }

    fn damaged(&mut self, fault: &ReadFault) {
        self.tell(Tone::Error, w::DAMAGED.fill(self.model.lang, &[&fault.record, &fault.reason]));
    }

    /// Has the screen said again.
    pub(super) fn again(&mut self) {
        self.once_more = true;
    }

    /// Gives the model a message and waits until the desk has answered everything that follows from it.
    pub(super) fn msg(&mut self, msg: Msg) {
        self.model.moment = self.clock.moment();
        self.update(msg);
        while self.model.waiting > 0 {
            let Ok((ticket, answer)) = self.answers.recv() else { break };
            if let Answer::Done(entries) = &answer {
                self.keep(entries);
            }
            self.update(Msg::Answer(ticket, Box::new(answer)));
            let head = self.reading.head();
            self.update(Msg::News(head));
        }
        // Line by line there is nothing to do meanwhile: a large ledger is asked for and waited for.
        loop {
            while self.model.has_more() {
                self.update(Msg::More);
            }
            if !self.model.is_coming() || self.ready.recv().is_err() {
                break;
            }
            let head = self.reading.head();
            self.update(Msg::News(head));
        }
    }

    fn update(&mut self, msg: Msg) {
        let reading = Arc::clone(&self.reading);
        for effect in update(&mut self.model, msg, &*reading) {
            match effect {
                Effect::Quit => self.left = true,
                Effect::Redraw => self.again(),
                Effect::Copy => self.model.tell(Tone::Plain, w::LN_NO_COPY.say(self.model.lang)),
                Effect::Submit(ticket, request) => self.submit(ticket, *request),
            }
        }
        let keeping = w::KEEPING.say(self.model.lang);
        if let Some(notice) = self.model.notice.take_if(|notice| notice.text != keeping) {
            self.notices.push((notice.tone, notice.text));
        }
    }

    fn submit(&mut self, ticket: Ticket, request: Request) {
        let gone = w::LN_DESK_GONE.say(self.model.lang).to_owned();
        let slip = Slip { ticket, to: self.answer.clone(), gone: Some(gone), lang: self.model.lang };
        if let Some(counter) = &self.counter {
            // Where there is no room the slip goes unanswered, and says so itself.
            counter.hand(request, Box::new(move |result| slip.answered(result)));
        }
    }

    /// Says what is on the disk now.
    fn keep(&mut self, entries: &[Entry]) {
        self.kept = true;
        let lang = self.model.lang;
        for entry in entries {
            let at = w::SAVED_AT.fill(lang, &[&w::clock(entry.at)]);
            self.page.line(format!("{at}  {}", entry_text(entry, lang)).trim_end());
        }
    }

    /// Says what there is to say, and asks for the next line.
    fn spoken(&mut self) -> String {
        self.close_pages();
        self.meet();
        for (tone, text) in std::mem::take(&mut self.notices) {
            let mark = match tone {
                Tone::Plain => "",
                Tone::Warning => "! ",
                Tone::Error => "!! ",
            };
            self.page.line(&format!("{mark}{text}"));
        }
        let kept = std::mem::take(&mut self.kept);
        if self.left {
            self.write_place();
            self.page.line(w::LN_LEFT.say(self.model.lang));
            return self.page.take();
        }
        if self.model.overlay.is_some() {
            self.ask();
        } else {
            self.asking = Asking::Command;
            let signed = self.model.walk().is_some_and(|walk| walk.inspection.signed.is_some());
            let mut screen = self.model.place().screen;
            // What is chosen there is said by itself, and the rest of the list stays said.
            if let PlaceScreen::Progress { at, .. } = &mut screen {
                *at = None;
            }
            let now = Seen { screen, lang: self.model.lang, signed };
            let in_walk = matches!(self.model.screen, Screen::Walk(_));
            let again = std::mem::take(&mut self.once_more);
            if self.seen.as_ref() != Some(&now) || again || kept && !in_walk {
                let same = self.seen.as_ref().is_some_and(|seen| same_list(&seen.screen, &now.screen));
                let walked = self.seen.as_ref().is_some_and(|seen| matches!(seen.screen, PlaceScreen::Walk { .. }));
                if !same && !self.keep_part {
                    self.top = 0;
                }
                self.page.gap();
                if let Err(fault) = self.describe(walked) {
                    let text = w::DAMAGED.fill(self.model.lang, &[&fault.record, &fault.reason]);
                    self.page.line(&format!("!! {text}"));
                }
            }
            self.seen = Some(now);
            self.keep_part = false;
            let prompt = self.prompt();
            self.page.prompt(&prompt, self.typed);
        }
        self.page.take()
    }

    pub(super) fn prompted(&mut self, text: &str) {
        self.page.prompt(text, self.typed);
    }

    /// Says and closes what only shows something: a conversation has nothing over its screen but questions.
    fn close_pages(&mut self) {
        match self.model.overlay {
            Some(Overlay::Losses { .. }) => {
                self.model.overlay = None;
                self.losses();
            }
            Some(Overlay::Help { .. } | Overlay::Palette(_)) => {
                self.model.overlay = None;
                self.help();
            }
            _ => {}
        }
    }

    fn write_place(&mut self) {
        let place = self.model.place();
        if self.placed.as_ref() == Some(&place) {
            return;
        }
        if let Some(file) = &self.place
            && let Ok(bytes) = serde_json::to_vec(&place)
            && file.save(&bytes).is_ok()
        {
            // A place that cannot be written costs the place, nothing else; it is tried again with the next line.
            self.placed = Some(place);
        }
    }
}

/// Says whether two places are the same list, so that its part that was said stays.
fn same_list(one: &PlaceScreen, other: &PlaceScreen) -> bool {
    match (one, other) {
        (PlaceScreen::Branches { filter: one, .. }, PlaceScreen::Branches { filter: other, .. }) => one == other,
        (
            PlaceScreen::Round { id: one, filter, narrow, .. },
            PlaceScreen::Round { id: other, filter: now, narrow: narrowed, .. },
        ) => (one, filter, narrow) == (other, now, narrowed),
        _ => one == other,
    }
}

/// A command on its way: it is answered in any case, if only by being dropped.
struct Slip {
    ticket: Ticket,
    to: Sender<(Ticket, Answer)>,
    gone: Option<String>,
    lang: Lang,
}

impl Slip {
    fn answered(mut self, result: Result<Ack, DeskError>) {
        self.gone = None;
        let _ = self.to.send((self.ticket, answered(result, self.lang)));
    }
}

impl Drop for Slip {
    fn drop(&mut self) {
        if let Some(gone) = self.gone.take() {
            let _ = self.to.send((self.ticket, Answer::Failed(gone)));
        }
    }
}

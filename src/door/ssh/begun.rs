//! What a channel is there for: a session at a screen, or a command.

use std::sync::Arc;
use std::time::Duration;

use russh::ChannelId;
use tokio::runtime::Handle;
use tokio::sync::mpsc::UnboundedSender;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::asked::Asked;
use super::channel::{Out, Porter, Room};
use super::outlet::ChannelOutlet;
use super::visitor::Visitor;
use crate::domain::{Lang, PersonId};
use crate::door::{Guest, Parting, Refused, Way};
use crate::locales as w;
use crate::session::PipedLine;

/// How long a command waits until fewer are worked on.
const PATIENCE: Duration = Duration::from_secs(10);
/// The exit code for words that are not a command's, as everywhere in the program.
const USAGE: u8 = 2;
/// The exit code of what is refused.
const REFUSED: u8 = 1;

/// A channel on which something begins.
pub(super) struct Begun {
    pub(super) out: UnboundedSender<Out>,
    asked: Asked,
    person: PersonId,
}

impl Begun {
    pub(super) fn lang(&self) -> Lang {
        self.asked.lang().unwrap_or_default()
    }

    fn over(&self, code: u8, text: String) {
        let _ = self.out.send(Out::Over(code, Some(text)));
    }
}

/// Says how a session ended; one that falls without a word has ended as well.
struct LastWord {
    out: Option<UnboundedSender<Out>>,
    lang: Lang,
}

impl LastWord {
    fn say(mut self, parting: Parting) {
        let (code, text) = match parting {
            Parting::Over(code, text) => (code, text),
            // A connection cannot be handed on: whoever comes again is where they were.
            Parting::Moving => (REFUSED, Some(w::SSH_MOVING.say(self.lang).to_owned())),
        };
        if let Some(out) = self.out.take() {
            let _ = out.send(Out::Over(code, text));
        }
    }
}

impl Drop for LastWord {
    fn drop(&mut self) {
        if let Some(out) = self.out.take() {
            let _ = out.send(Out::Over(REFUSED, Some(w::SSH_CUT.say(self.lang).to_owned())));
        }
    }
}

impl Visitor {
    /// Begins what a channel is there for; a channel carries one thing.
    pub(super) fn begin(&self, id: ChannelId) -> Option<Begun> {
        let (person, _) = self.person.clone()?;
        let mut channels = self.inside.channels();
        let channel = channels.get_mut(&id)?;
        if std::mem::replace(&mut channel.begun, true) {
            return None;
        }
        let begun = Begun { out: channel.out.clone(), asked: channel.asked.clone(), person };
        for what in self.told() {
            let _ = begun.out.send(Out::Line(what.word().say(begun.lang()).to_owned()));
        }
        Some(begun)
    }

    fn guest(&self, begun: &Begun) -> Guest {
        Guest { person: begun.person.clone(), dress: begun.asked.dress(), way: format!("ssh {}", self.from), at: None }
    }

    /// Seats the person at a screen.
    pub(super) async fn sit(&self, id: ChannelId, begun: Begun) {
        let lang = begun.lang();
        let Some(size) = begun.asked.size else {
            return begun.over(USAGE, w::SSH_NO_TERMINAL.say(lang).to_owned());
        };
        if !begun.asked.can_draw() {
            return begun.over(USAGE, w::SSH_DUMB.fill(lang, &[&begun.asked.term]));
        }
        let limit = self.door.limits.screens;
        let open = self.inside.channels().values().filter(|channel| channel.screen.is_some()).count();
        if open >= limit {
            return begun.over(REFUSED, w::SSH_SCREENS.fill(lang, &[&limit]));
        }
        let room = Arc::<Room>::default();
        let porter = Porter { out: begun.out.clone(), room: Arc::clone(&room) };
        let (line, inlet) = PipedLine::new(size, Box::new(porter));
        let _ = begun.out.send(Out::Screen(inlet.clone()));
        if let Some(channel) = self.inside.channels().get_mut(&id) {
            channel.screen = Some((inlet.clone(), room));
        }
        let guest = self.guest(&begun);
        let ends = inlet.clone();
        let last = LastWord { out: Some(begun.out.clone()), lang };
        let way = Way {
            line: Box::new(line),
            wake: Arc::new(move || inlet.wake()),
            end: Arc::new(move || ends.end()),
            seated: Box::new(|_| {}),
            over: Box::new(move |parting| last.say(parting)),
        };
        let host = Arc::clone(&self.door.host);
        // Where the host itself fell it has let go of the line, and the last word is said.
        let seated = spawn_blocking(move || host.sit(guest, way)).await;
        if let Ok(Err(Refused { way: Way { line, over, .. }, why })) = seated {
            drop(line);
            over(Parting::Over(REFUSED, Some(why)));
        }
    }

    /// Has a command answered.
    pub(super) fn answer(&self, command: &[u8], begun: Begun) {
        let lang = begun.lang();
        let words = match words(command, self.door.limits.command, lang) {
            Ok(words) => words,
            Err(why) => return begun.over(USAGE, why),
        };
        let guest = self.guest(&begun);
        let door = Arc::clone(&self.door);
        tokio::spawn(async move {
            let Ok(Ok(permit)) = timeout(PATIENCE, Arc::clone(&door.answers).acquire_owned()).await else {
                return begun.over(REFUSED, w::SSH_BUSY.fill(lang, &[&door.limits.answers]));
            };
            let outlet = ChannelOutlet {
                out: begun.out.clone(),
                permit: Some(permit),
                answers: Arc::clone(&door.answers),
                runtime: Handle::current(),
                delivery: door.limits.delivery,
                late: w::SSH_UNREAD.say(lang).to_owned(),
                gone: false,
            };
            let host = Arc::clone(&door.host);
            match spawn_blocking(move || host.answer(&guest, words, Box::new(outlet))).await {
                Ok(code) => drop(begun.out.send(Out::Over(code, None))),
                Err(_) => begun.over(REFUSED, w::SSH_FELL.say(lang).to_owned()),
            }
        });
    }
}

/// Takes a command apart into words, or says why it cannot be.
fn words(command: &[u8], limit: usize, lang: Lang) -> Result<Vec<String>, String> {
    if command.len() > limit {
        return Err(w::SSH_LONG.fill(lang, &[&limit]));
    }
    let text = std::str::from_utf8(command).map_err(|_| w::SSH_NOT_TEXT.say(lang).to_owned())?;
    let words = shlex::split(text).ok_or_else(|| w::SSH_QUOTES.say(lang).to_owned())?;
    if words.is_empty() {
        return Err(w::SSH_NO_WORDS.say(lang).to_owned());
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_taken_apart_as_a_shell_would_and_never_expanded() {
        let apart = |text: &str| words(text.as_bytes(), 1000, Lang::En);
        assert_eq!(apart("ledger --overdue").unwrap(), ["ledger", "--overdue"]);
        assert_eq!(apart("report 'a b' \"c d\" e\\ f").unwrap(), ["report", "a b", "c d", "e f"]);
        assert_eq!(apart("x $HOME `id` ; rm * | y").unwrap(), ["x", "$HOME", "`id`", ";", "rm", "*", "|", "y"]);
        assert_eq!(apart("支部 '一 二'").unwrap(), ["支部", "一 二"]);
        for open in ["a 'b", "a \"b", "a \\"] {
            assert!(apart(open).unwrap_err().contains("not closed"), "{open}");
        }
        assert!(apart("  ").unwrap_err().contains("empty"));
        assert!(words(&[b'a'; 1001], 1000, Lang::En).unwrap_err().contains("1000"));
        assert!(words(b"\xff", 1000, Lang::En).unwrap_err().contains("UTF-8"));
    }
}

//! Coming in to the process that owns the store.

use std::io::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use super::args::{KeyVerb, PersonVerb, Verb};
use super::open::Target;
use super::outcome::tell;
use super::{Outcome, ways, within};
use crate::config::{Width, World};
use crate::door::frame::{Hello, Over, VERSION, Want};
use crate::door::{At, Attached, Attachment, Dress, Talked};
use crate::locales as w;
use crate::session::{Clock as _, PlainLine, SystemClock, TtyLine};
use crate::text::{clean_line, printable};

/// How long the next owner of a store is waited for, and how often it is looked for.
pub const NEXT_OWNER: Duration = Duration::from_secs(10);
/// How long an owner may take to open its socket.
pub const NO_ANSWER: Duration = Duration::from_secs(2);
/// How often a socket is tried.
const AGAIN: Duration = Duration::from_millis(20);

/// Names the socket of a world's store.
pub fn socket(world: &World) -> PathBuf {
    world.file.serve.socket.clone().unwrap_or_else(|| world.data.join("tijian.sock"))
}

fn hello(world: &World, want: Want, claim: Option<String>) -> Hello {
    // Who has named a person wants no other one to act.
    let claim = claim.or_else(|| world.person_asked.then(|| world.person.0.clone()));
    let wide = match world.file.width {
        Width::Auto => None,
        Width::Narrow => Some(false),
        Width::Wide => Some(true),
    };
    // A command presses no keys.
    let keys = if matches!(want, Want::Words(_)) { None } else { world.keys.as_ref() };
    let dress = Dress {
        lang: Some(world.lang),
        lang_asked: world.lang_asked,
        colour: world.colour,
        clipboard: world.clipboard,
        wide,
        keymap: world.file.keymap.clone(),
        keys: keys.map(|(_, text)| text.clone()),
        remote: world.remote,
        resumes: None,
    };
    Hello { version: VERSION, dress, want, claim }
}

/// What became of coming in.
pub enum Came {
    /// The session is over.
    Over,
    /// Nobody is there.
    Nobody,
    /// The owner has gone without a word.
    Lost,
    /// Another process is about to take the owner's place.
    Moving,
}

/// What a person has of a session whose process has gone.
#[derive(Default)]
pub struct Held {
    /// The terminal, as that session has left it.
    pub terminal: Option<TtyLine>,
    /// Which of the person's lines it was.
    pub line: Option<usize>,
}

/// Sits at the terminal in the process that owns the store. A terminal that another session has had is taken over from
/// it, and kept in its place for the next one.
pub fn sit(world: &World, target: Option<&Target>, claim: Option<String>, held: &mut Held) -> Result<Came, Outcome> {
    let Ok(attachment) = Attachment::open(&socket(world)) else { return Ok(Came::Nobody) };
    let mut line = match held.terminal.take() {
        Some(line) => line,
        None => TtyLine::open()?,
    };
    let mut hello = hello(world, Want::Screen { size: (80, 24), at: at(target) }, claim);
    hello.dress.resumes = held.line;
    let came = attachment.sit(hello, &mut line, &mut held.line);
    if matches!(came, Ok(Attached::Lost | Attached::Moving)) {
        held.terminal = Some(line);
    } else {
        // The terminal is given back before anything is said.
        drop(line);
    }
    match came {
        Ok(Attached::Over(over)) => said(over).map(|()| Came::Over),
        Ok(Attached::Gone) => Ok(Came::Over),
        Ok(Attached::Moving) => Ok(Came::Moving),
        // One that vanished while it was asked is one that vanished.
        Ok(Attached::Lost | Attached::Unheard) | Err(_) => Ok(Came::Lost),
    }
}

/// Talks line by line in the process that owns the store.
pub fn talk(
    world: &World,
    target: Option<&Target>,
    claim: Option<String>,
    line: &mut PlainLine,
) -> Result<Came, Outcome> {
    let Ok(attachment) = Attachment::open(&socket(world)) else { return Ok(Came::Nobody) };
    let (cols, typed) = (u16::try_from(line.cols()).unwrap_or(80), line.is_typed());
    let talked = attachment.talk(&hello(world, Want::Talk { cols, typed, at: at(target) }, claim), line);
    let Ok(Talked { attached, unanswered }) = talked else { return Ok(Came::Lost) };
    let came = match attached {
        Attached::Over(over) => return said(over).map(|()| Came::Over),
        Attached::Gone => return Ok(Came::Over),
        Attached::Moving => Came::Moving,
        Attached::Lost | Attached::Unheard => Came::Lost,
    };
    match unanswered {
        None => Ok(came),
        // What comes next may rest on it: a script does not guess, and a person reads what stands there now.
        Some(last) => {
            let told = w::LN_UNANSWERED.fill(world.lang, &[&clean_line(&last, LAST).text]);
            if !typed {
                return Err(Outcome::Store(told));
            }
            tell(told);
            Ok(came)
        }
    }
}

/// How much of a line is said again, in characters.
const LAST: usize = 40;

fn at(target: Option<&Target>) -> Option<At> {
    target.map(|target| At { round: target.round.clone(), branch: target.branch.clone(), item: target.item.clone() })
}

fn said(Over { code, text }: Over) -> Result<(), Outcome> {
    match (code, text) {
        (0, None) => Ok(()),
        (0, Some(text)) => {
            tell(printable(&text));
            Ok(())
        }
        (code, text) => Err(Outcome::Elsewhere(code, text.unwrap_or_default())),
    }
}

/// Asks the process that owns the store for a command's answer; nothing where nobody is there.
pub fn ask(world: &World, words: Vec<String>, claim: Option<String>) -> Option<Result<(), Outcome>> {
    let attachment = Attachment::open(&socket(world)).ok()?;
    let (mut out, mut err) = (std::io::stdout().lock(), std::io::stderr().lock());
    let asked = attachment.ask(&hello(world, Want::Words(words), claim), &mut out, &mut err);
    let flushed = out.flush();
    drop((out, err));
    Some(match asked {
        // One that is on its way out is nobody.
        Ok(Attached::Unheard) => return None,
        // A reader that went away, such as `head`, is no fault.
        Err(fault) if fault.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        Err(fault) => Err(fault.into()),
        Ok(Attached::Over(over)) => flushed.map_err(Outcome::from).and_then(|()| said(over)),
        Ok(Attached::Lost | Attached::Moving | Attached::Gone) => {
            Err(Outcome::Store(w::DOOR_STOPPING.say(world.lang).to_owned()))
        }
    })
}

/// Waits until an owner of the store can be come in to, at most as long as the next one is waited for.
pub fn wait_for_owner(world: &World) {
    let clock = SystemClock::new();
    let path = socket(world);
    while clock.ticks() < NEXT_OWNER && Attachment::open(&path).is_err() {
        wait_a_little();
    }
}

/// Waits before another process is looked for again.
#[expect(clippy::disallowed_methods, reason = "a process that lets go of a store, or takes it, tells nobody")]
pub fn wait_a_little() {
    std::thread::sleep(AGAIN);
}

/// Has the process that owns the store run a command, where one is there and the command is not the host's alone.
pub fn run_there(world: &World, verb: &Verb, words: impl Iterator<Item = String>) -> Option<Result<(), Outcome>> {
    if within::is_within() || matches!(verb, Verb::Keys { .. } | Verb::Status { .. }) {
        return None;
    }
    if let Verb::Person(PersonVerb::Key(KeyVerb::Add { handle, file, text: None, .. })) = verb {
        // What was brought along lies on this side.
        Attachment::open(&socket(world)).ok()?;
        let text = match ways::brought(file.as_deref(), world.lang) {
            Ok(text) => text,
            Err(fault) => return Some(Err(fault)),
        };
        let words = ["person", "key", "add", handle, "--text", &text].map(str::to_owned);
        return ask(world, words.to_vec(), None);
    }
    if within::alone(verb).is_some() {
        return None;
    }
    ask(world, own_words(words), None)
}

/// Leaves out of a command line what is about this process: where the store is, and how it is spoken.
fn own_words(words: impl Iterator<Item = String>) -> Vec<String> {
    let (mut own, mut value, mut plain) = (Vec::new(), false, false);
    for word in words {
        if std::mem::take(&mut value) {
            continue;
        }
        plain |= word == "--";
        let about = ["--data", "--lang"];
        match word.as_str() {
            "--linear" if !plain => {}
            name if !plain && about.contains(&name) => value = true,
            name if !plain && about.iter().any(|about| name.starts_with(&format!("{about}="))) => {}
            _ => own.push(word),
        }
    }
    own
}

#[cfg(test)]
mod tests {
    use super::own_words;

    #[test]
    fn what_is_about_this_process_is_not_handed_over() {
        let own = |line: &str| own_words(line.split(' ').map(str::to_owned)).join(" ");
        assert_eq!(own("--data /d ledger --lang en --overdue --linear"), "ledger --overdue");
        assert_eq!(own("--data=/d branch add X --name -- --data"), "branch add X --name -- --data");
    }
}

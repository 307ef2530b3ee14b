//! The other end of the socket: a terminal whose session runs in the process that owns the store. It carries bytes and
//! sizes, and knows nothing of what they mean.

use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{Builder, JoinHandle};

use super::frame::{FROM_OWNER, FROM_TERMINAL, Frames, Hello, Kind, Over, Want, frame, frame_of, size_bytes};
use super::socket::named;
use crate::locales as w;
use crate::session::{Event, Line, TtyLine};

/// How a session at another process ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attached {
    /// In order: an exit code, and what is to be said.
    Over(Over),
    /// The owner has gone; what was acknowledged is on the disk.
    Lost,
    /// The owner ends in order, and another process is about to take its place.
    Moving,
    /// This terminal has gone, or this process was asked to end.
    Gone,
    /// The owner was on its way out and has not heard what was wanted: nothing came of it.
    Unheard,
}

/// A line to the process that owns a store.
pub struct Attachment {
    pub(super) stream: UnixStream,
    /// What was typed and could not be handed over any more.
    untaken: Vec<u8>,
    /// Which of the person's lines it is.
    seated: Option<usize>,
}

enum Heard {
    Output(Vec<u8>),
    Over(Over),
    Lost,
    Moving,
    Seated(Option<usize>),
}

impl Attachment {
    /// Comes to the socket.
    pub fn open(path: &Path) -> io::Result<Self> {
        Ok(Self { stream: named(path, |name| UnixStream::connect(name))?, untaken: Vec::new(), seated: None })
    }

    /// Asks for the answer to a command's words and hands it to `out` and `err` as it comes. It is taken from the owner
    /// however slowly it is read there: the owner waits for nobody.
    pub fn ask(mut self, hello: &Hello, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Attached> {
        let greeted = self.greet(hello)?;
        let (tell, said) = channel();
        let stream = self.stream.try_clone()?;
        std::thread::scope(|scope| {
            scope.spawn(move || hear(stream, hello, &tell));
            let mut heard = false;
            let ended = loop {
                let written = match said.recv() {
                    Ok(Saying::Out(bytes)) => out.write_all(&bytes),
                    Ok(Saying::Err(bytes)) => err.write_all(&bytes),
                    // What lies unread when a line is closed comes back as a reset of it.
                    Ok(Saying::Ended(Err(fault))) if !heard && is_cut(&fault) => break Ok(Attached::Unheard),
                    Ok(Saying::Ended(Ok(Attached::Lost))) if !heard && !greeted => break Ok(Attached::Unheard),
                    Ok(Saying::Ended(ended)) => break ended,
                    Err(_) => break Ok(Attached::Lost),
                };
                heard = true;
                if let Err(fault) = written {
                    break Err(fault);
                }
            };
            // Whoever does not listen any more says so by the end of the line.
            let _ = self.stream.shutdown(std::net::Shutdown::Both);
            ended
        })
    }

    /// Sits at a terminal until the session is over. The hello's size is the terminal's.
    ///
    /// `resumes` is told which of the person's lines it is, for the next process that has it.
    pub fn sit(mut self, mut hello: Hello, line: &mut TtyLine, resumes: &mut Option<usize>) -> io::Result<Attached> {
        if let Want::Screen { size, .. } = &mut hello.want {
            *size = line.size();
        }
        self.greet(&hello)?;
        let (heard, reader) = self.listen(hello, line)?;
        let ended = self.carry(&heard, line);
        *resumes = self.seated.or(*resumes);
        // The reader ends with the stream.
        let _ = self.stream.shutdown(std::net::Shutdown::Both);
        let _ = reader.join();
        if matches!(ended, Ok(Attached::Lost | Attached::Moving)) {
            // The next session has the terminal as it is: no key is lost, and the page does not flicker.
            line.hand_on(std::mem::take(&mut self.untaken));
        }
        ended
    }

    /// Says what is wanted, and answers whether all of it could be said. Whoever is turned away before still hears why.
    pub(super) fn greet(&mut self, hello: &Hello) -> io::Result<bool> {
        match self.stream.write_all(&frame_of(Kind::Hello, hello)) {
            Err(fault) if is_cut(&fault) => Ok(false),
            greeted => greeted.map(|()| true),
        }
    }

    /// Reads what comes on a thread of its own, and wakes the line with it.
    fn listen(&self, hello: Hello, line: &TtyLine) -> io::Result<(Receiver<Heard>, JoinHandle<()>)> {
        let (tell, heard) = channel();
        let (mut stream, waker) = (self.stream.try_clone()?, line.waker());
        let read = move || {
            let mut frames = Frames::new(FROM_OWNER);
            let mut bytes = vec![0; 64 << 10];
            'reading: loop {
                match stream.read(&mut bytes) {
                    Err(fault) if fault.kind() == io::ErrorKind::Interrupted => continue,
                    Ok(0) | Err(_) => break,
                    Ok(count) => frames.take(bytes.get(..count).unwrap_or_default()),
                }
                loop {
                    let told = match frames.whole() {
                        Ok(None) => break,
                        Err(_) => break 'reading,
                        Ok(Some((Kind::Output, bytes))) => tell.send(Heard::Output(bytes)),
                        Ok(Some((Kind::Over, bytes))) => tell.send(Heard::Over(over(&bytes))),
                        Ok(Some((Kind::TooLong, bytes))) => tell.send(Heard::Over(too_long(&hello, &bytes))),
                        Ok(Some((Kind::Moving, _))) => tell.send(Heard::Moving),
                        Ok(Some((Kind::Seated, bytes))) => tell.send(Heard::Seated(number(&bytes))),
                        Ok(Some(_)) => continue,
                    };
                    if told.is_err() {
                        return;
                    }
                }
                waker.wake();
            }
            let _ = tell.send(Heard::Lost);
            waker.wake();
        };
        let reader = Builder::new().name("reader".to_owned()).spawn(read)?;
        Ok((heard, reader))
    }

    fn carry(&mut self, heard: &Receiver<Heard>, line: &mut TtyLine) -> io::Result<Attached> {
        let mut waiting = VecDeque::new();
        let mut showing = false;
        loop {
            waiting.extend(heard.try_iter());
            while line.free() {
                if std::mem::take(&mut showing) {
                    self.tell(&frame(Kind::Shown, &[]));
                }
                match waiting.pop_front() {
                    None => break,
                    Some(Heard::Output(bytes)) => {
                        if line.send(&bytes).is_err() {
                            return Ok(Attached::Gone);
                        }
                        showing = true;
                    }
                    Some(Heard::Over(over)) => return Ok(Attached::Over(over)),
                    Some(Heard::Lost) => return Ok(Attached::Lost),
                    Some(Heard::Moving) => return Ok(Attached::Moving),
                    Some(Heard::Seated(line)) => self.seated = line,
                }
            }
            // A terminal that takes nothing does not hide that the other end has gone.
            if waiting.iter().any(|heard| matches!(heard, Heard::Lost)) {
                return Ok(Attached::Lost);
            }
            match line.wait(None) {
                Event::Bytes(bytes) => {
                    for part in bytes.chunks(FROM_TERMINAL) {
                        if !self.tell(&frame(Kind::Input, part)) {
                            self.untaken.extend_from_slice(part);
                        }
                    }
                }
                Event::Resize(cols, rows) => {
                    self.tell(&frame(Kind::Resize, &size_bytes((cols, rows))));
                }
                Event::Gone | Event::Terminate => return Ok(Attached::Gone),
                Event::Woken | Event::Free | Event::Quiet => {}
            }
        }
    }

    /// Tells the owner something; answers whether it was there to hear it. One that has gone says so by the end of what
    /// it sends.
    fn tell(&mut self, frame: &[u8]) -> bool {
        self.stream.write_all(frame).is_ok()
    }
}

/// Says whether a line was closed at its other end, with something in it that nobody has read.
fn is_cut(fault: &io::Error) -> bool {
    matches!(fault.kind(), io::ErrorKind::BrokenPipe | io::ErrorKind::ConnectionReset)
}

/// What a command's answer consists of.
enum Saying {
    Out(Vec<u8>),
    Err(Vec<u8>),
    Ended(io::Result<Attached>),
}

/// Reads an answer to its end.
fn hear(mut stream: UnixStream, hello: &Hello, tell: &Sender<Saying>) {
    let mut frames = Frames::new(FROM_OWNER);
    let mut bytes = vec![0; 64 << 10];
    loop {
        let said = match frames.whole() {
            Ok(Some((Kind::Out, bytes))) => Saying::Out(bytes),
            Ok(Some((Kind::Err, bytes))) => Saying::Err(bytes),
            Ok(Some((Kind::Over, bytes))) => Saying::Ended(Ok(Attached::Over(over(&bytes)))),
            Ok(Some((Kind::TooLong, bytes))) => Saying::Ended(Ok(Attached::Over(too_long(hello, &bytes)))),
            Ok(Some(_)) => continue,
            Err(fault) => Saying::Ended(Err(io::Error::other(fault))),
            Ok(None) => match stream.read(&mut bytes) {
                Err(fault) if fault.kind() == io::ErrorKind::Interrupted => continue,
                Err(fault) => Saying::Ended(Err(fault)),
                Ok(0) => Saying::Ended(Ok(Attached::Lost)),
                Ok(count) => {
                    frames.take(bytes.get(..count).unwrap_or_default());
                    continue;
                }
            },
        };
        let ended = matches!(said, Saying::Ended(_));
        if tell.send(said).is_err() || ended {
            return;
        }
    }
}

pub(super) fn over(bytes: &[u8]) -> Over {
    serde_json::from_slice(bytes).unwrap_or(Over { code: 1, text: None })
}

/// Says what is too long in what was said first, and what to do about it; `bytes` say how many KiB it may have.
pub(super) fn too_long(hello: &Hello, bytes: &[u8]) -> Over {
    let lang = hello.dress.lang.unwrap_or_default();
    let most = number(bytes).unwrap_or_default();
    let word = if hello.dress.keys.is_some() { &w::DOOR_LONG_KEYS } else { &w::DOOR_LONG };
    Over { code: 1, text: Some(word.fill(lang, &[&most])) }
}

fn number(bytes: &[u8]) -> Option<usize> {
    std::str::from_utf8(bytes).ok()?.parse().ok()
}

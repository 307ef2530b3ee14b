//! The other end of a conversation whose session runs in the process that owns the store: it carries lines.

use std::io::{self, Read, Write};

use super::client::{Attached, Attachment, over, too_long};
use super::frame::{FROM_OWNER, Frames, Hello, Kind, frame_of};
use crate::session::{Heard, PlainLine};

/// How a conversation at another process ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Talked {
    /// How.
    pub attached: Attached,
    /// The last line, where nothing was said to it: nobody knows what became of it.
    pub unanswered: Option<String>,
}

impl Attachment {
    /// Talks until the conversation is over. A line is sent when it is asked for, and never before the last is answered.
    pub fn talk(mut self, hello: &Hello, line: &mut PlainLine) -> io::Result<Talked> {
        self.greet(hello)?;
        let mut frames = Frames::new(FROM_OWNER);
        let mut bytes = vec![0; 64 << 10];
        let (mut asked, mut ending, mut unanswered) = (false, false, None);
        let ended = loop {
            let mut over_with = None;
            while over_with.is_none() {
                match frames.whole() {
                    Ok(None) => break,
                    Ok(Some((Kind::Output, bytes))) => {
                        unanswered = None;
                        if line.say_bytes(&bytes).is_err() {
                            over_with = Some(Attached::Gone);
                        }
                    }
                    Ok(Some((Kind::Ask, _))) => asked = true,
                    Ok(Some((Kind::Over, bytes))) => over_with = Some(Attached::Over(over(&bytes))),
                    Ok(Some((Kind::TooLong, bytes))) => over_with = Some(Attached::Over(too_long(hello, &bytes))),
                    Ok(Some((Kind::Moving, _))) => over_with = Some(Attached::Moving),
                    Ok(Some(_)) => {}
                    Err(_) => over_with = Some(Attached::Lost),
                }
            }
            if let Some(ended) = over_with {
                break ended;
            }
            if asked && let Some(heard) = line.hear_beside(&self.stream) {
                (asked, ending) = (false, heard == Heard::End);
                if self.stream.write_all(&frame_of(Kind::Line, &heard)).is_err() {
                    break Attached::Lost;
                }
                if let Heard::Line(text) | Heard::Pasted(text) = heard {
                    unanswered = Some(text);
                }
                continue;
            }
            // Whoever has asked for the end is still told that nothing is lost.
            if !asked && !ending && !line.waits(&self.stream) {
                break Attached::Gone;
            }
            match self.stream.read(&mut bytes) {
                Ok(0) => break Attached::Lost,
                Ok(count) => frames.take(bytes.get(..count).unwrap_or_default()),
                Err(fault) if fault.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => break Attached::Lost,
            }
        };
        Ok(Talked { attached: ended, unanswered })
    }
}

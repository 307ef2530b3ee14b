//! What the desk answers, and what waits for it.

use super::{Answer, Effect, Model, Overlay, Saved, Ticket, Tone};
use crate::domain::{BranchCommand, Command, InspectionCommand, ReadFault, Reading, RoundCommand};
use crate::keys::{Code, Input, Key};
use crate::locales::{self as w, said};

/// The most keys that wait while an undo is on its way; on a disk that has stopped further ones are lost.
const HELD: usize = 256;

impl Model {
    pub(super) fn ticket(&mut self) -> Ticket {
        self.last_ticket.0 += 1;
        self.last_ticket
    }

    /// Takes an input, or lets it wait: where an undo leads is known when the desk has answered, and the next key is
    /// meant for that item.
    pub(super) fn hold_or_take(
        &mut self,
        input: Input,
        reading: &dyn Reading,
        effects: &mut Vec<Effect>,
    ) -> Result<(), ReadFault> {
        if self.undoing.is_none() {
            return self.input(input, reading, effects);
        }
        if self.held.len() < HELD {
            self.held.push_back(input);
        }
        Ok(())
    }

    pub(super) fn answered(
        &mut self,
        ticket: Ticket,
        answer: Answer,
        reading: &dyn Reading,
        effects: &mut Vec<Effect>,
    ) -> Result<(), ReadFault> {
        self.waiting = self.waiting.saturating_sub(1);
        let judged = self.judged.iter().position(|(of, ..)| *of == ticket).map(|at| self.judged.remove(at));
        let sent = self.sent.iter().position(|(of, _)| *of == ticket).map(|at| self.sent.remove(at).1);
        match answer {
            Answer::Done(entries) => {
                let at = entries.last().map_or(self.moment.stamp, |entry| entry.at);
                // Somebody else's entry may stand between what was seen and one's own.
                self.late |= entries.first().is_some_and(|entry| entry.seq > self.seen.next());
                self.seen = self.seen.max(entries.last().map_or(self.seen, |entry| entry.seq));
                if !matches!(self.saved, Saved::Failed(_)) && self.waiting == 0 {
                    self.saved = Saved::At(at);
                }
                if let Some(kept) = self.take_aside(ticket) {
                    self.unpark(&kept);
                    if self.notice.as_ref().is_some_and(|notice| notice.text == w::KEEPING.say(self.lang)) {
                        self.notice = None;
                    }
                }
                self.follow(&entries, reading)?;
            }
            Answer::Refused(refusal) => {
                if self.waiting == 0 && self.saved == Saved::Waiting {
                    self.saved = Saved::Nothing;
                }
                let text = said(&refusal, self.lang);
                self.refresh(reading)?;
                self.tell(Tone::Warning, text.as_str());
                if let Some(draft) = self.take_aside(ticket) {
                    self.reopen(&draft, &refusal, reading)?;
                } else if let Some((_, round, branch, verdicts)) = judged {
                    self.verdicts_beside((round, branch, verdicts), &refusal, reading)?;
                }
            }
            Answer::Failed(why) => {
                // What was typed stays parked.
                self.take_aside(ticket);
                self.unkept.push(sent.unwrap_or_default());
                self.saved = Saved::Failed(why.clone());
                self.refresh(reading)?;
                let what = listed(&self.unkept);
                self.notice = None;
                self.tell(Tone::Error, w::NOT_KEPT.fill(self.lang, &[&what, &why]));
            }
        }
        if self.waiting == 0 && self.late {
            self.heard(reading)?;
        }
        if self.undoing == Some(ticket) {
            self.undoing = None;
            while self.undoing.is_none()
                && let Some(input) = self.held.pop_front()
            {
                self.input(input, reading, effects)?;
            }
        }
        Ok(())
    }

    /// Clears the line for the next one. What could not be kept stays on the screen until Esc is pressed; answers whether
    /// this key was that.
    pub(super) fn dismisses_failure(&mut self, key: Key) -> bool {
        let failed = self.notice.as_ref().is_some_and(|notice| notice.tone == Tone::Error);
        if !failed {
            self.notice = None;
            return false;
        }
        let dismisses = key.code == Code::Esc && !matches!(self.overlay, Some(Overlay::Field(_) | Overlay::Form(_)));
        if dismisses {
            self.notice = None;
            self.saved = Saved::Nothing;
        }
        dismisses
    }
}

/// The most things that a line names of what could not be kept: behind them it has to say why.
const NAMED: usize = 12;

/// Names what could not be kept.
fn listed(unkept: &[String]) -> String {
    let named: Vec<&str> = unkept.iter().map(String::as_str).filter(|what| !what.is_empty()).collect();
    let more = named.len().saturating_sub(NAMED);
    let mut listed = named.iter().take(NAMED).copied().collect::<Vec<_>>().join(" ");
    if more > 0 {
        listed.push_str(&format!(" +{more}"));
    }
    listed
}

/// Names what a command is about, for the person who has to write it down when it cannot be kept.
pub(super) fn subject(command: &Command) -> String {
    match command {
        Command::Inspection(_, _, command) | Command::Sheet(_, command) => match command {
            InspectionCommand::Judge(verdicts) => {
                verdicts.iter().map(|(item, _)| item.0.as_str()).collect::<Vec<_>>().join(" ")
            }
            InspectionCommand::Note { item, .. } | InspectionCommand::Mark { item, .. } => item.to_string(),
            InspectionCommand::Find { facts, .. } => facts.item.to_string(),
            _ => String::new(),
        },
        Command::Branch(_, BranchCommand::Add(facts) | BranchCommand::Edit(facts)) => facts.code.clone(),
        Command::Round(_, RoundCommand::Open { plan, .. } | RoundCommand::Edit(plan)) => plan.code.clone(),
        _ => String::new(),
    }
}

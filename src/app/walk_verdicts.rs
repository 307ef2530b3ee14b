//! What a person does to the items of a walk: verdicts, notes, marks, findings, undo and the signature.

use super::walk_moves::target;
use super::{Action, Confirmed, Effect, Model, Overlay, Purpose, Screen, Ticket, Tone, Walk};
use crate::domain::{
    Command, InspectionCommand, ItemId, Judgement, ReadFault, Reading, Request, Verdict, apply_inspection, needs_reason,
};
use crate::locales::{self as w, said};

impl Model {
    /// Returns the walk that is on the screen, or lies behind its summary.
    pub fn walk(&self) -> Option<&Walk> {
        match &self.screen {
            Screen::Walk(walk) => Some(walk),
            Screen::Summary(summary) => Some(&summary.walk),
            Screen::Across(across) => across.walk.as_ref(),
            _ => None,
        }
    }

    pub(super) fn walk_mut(&mut self) -> Option<&mut Walk> {
        match &mut self.screen {
            Screen::Walk(walk) => Some(walk),
            Screen::Summary(summary) => Some(&mut summary.walk),
            Screen::Across(across) => across.walk.as_mut(),
            _ => None,
        }
    }

    /// Submits a command of the walk on the screen.
    ///
    /// What can be decided here is decided here, by the same pure function as at the desk: the screen shows the
    /// change at once and a refusal without a way to the disk. Undo and redo need the trail and wait for the answer.
    pub(super) fn submit_walk(&mut self, command: InspectionCommand) -> Option<Effect> {
        if self.read_only {
            self.tell(Tone::Warning, w::READ_ONLY.say(self.lang));
            return None;
        }
        let (me, moment, lang) = (self.me.clone(), self.moment, self.lang);
        let walk = self.walk_mut()?;
        let saw = walk.saw();
        if !matches!(command, InspectionCommand::Undo | InspectionCommand::Redo) {
            match walk.decide(&me, command.clone()) {
                Err(refusal) => {
                    let text = said(&refusal, lang);
                    self.tell(Tone::Warning, text);
                    return None;
                }
                Ok(changes) => {
                    let mut inspection = walk.inspection.clone();
                    let rev = inspection.rev.next();
                    for change in &changes {
                        apply_inspection(&mut inspection, rev, &me, moment.stamp, change);
                    }
                    walk.stands(inspection);
                }
            }
        }
        let command = walk.command(command);
        Some(self.submit(Request { by: me, saw, command }))
    }

    /// Hands a command to the desk.
    pub(super) fn submit(&mut self, request: Request) -> Effect {
        let ticket: Ticket = self.ticket();
        self.waiting += 1;
        self.sent.push((ticket, super::answers::subject(&request.command)));
        if !matches!(self.saved, super::Saved::Failed(_)) {
            self.saved = super::Saved::Waiting;
        }
        if let Command::Inspection(round, branch, InspectionCommand::Judge(verdicts)) = &request.command {
            self.judged.push((ticket, *round, *branch, verdicts.clone()));
        }
        if let Command::Inspection(_, _, command) | Command::Sheet(_, command) = &request.command
            && matches!(command, InspectionCommand::Undo | InspectionCommand::Redo)
        {
            self.undoing = Some(ticket);
        }
        Effect::Submit(ticket, Box::new(request))
    }

    /// Gives a verdict on the item that is looked at and goes on to the next.
    pub(super) fn verdict(&mut self, verdict: Verdict) -> Option<Effect> {
        let (lang, pinned) = (self.lang, matches!(self.screen, Screen::Across(_)));
        let walk = self.walk()?;
        let item = walk.item()?.clone();
        let was = walk.inspection.judgement(&item.id);
        if verdict == Verdict::NotApplicable && needs_reason(&walk.checklist, &item) {
            let reason = was.map(|was| was.reason).unwrap_or_default();
            self.open_field(Purpose::Reason(item.id), &reason);
            return None;
        }
        let now = Judgement { verdict, reason: String::new() };
        if was.as_ref() == Some(&now) {
            // The same verdict again is a way to walk on, and a failed item leads to its finding.
            if verdict == Verdict::Fail {
                self.open_finding();
            } else {
                self.advance(pinned);
            }
            return None;
        }
        let effect = self.submit_walk(InspectionCommand::Judge(vec![(item.id, Some(now))]))?;
        if verdict == Verdict::Fail {
            self.open_finding();
        } else {
            self.advance(pinned);
        }
        if self.walk().is_some_and(Walk::all_answered) {
            let told = if self.is_blind() {
                w::SHEET_ANSWERED.fill(lang, &[&self.keys_of(Action::GoCalibration)])
            } else {
                w::ALL_ANSWERED.say(lang).to_owned()
            };
            self.tell(Tone::Plain, told);
        }
        Some(effect)
    }

    /// Goes to the next item, or branch.
    pub(super) fn advance(&mut self, pinned: bool) {
        if pinned {
            self.across_advance();
        } else if let Some(walk) = self.walk_mut() {
            walk.at = (walk.at + 1).min(walk.checklist.items.len().saturating_sub(1));
            walk.scroll = 0;
        }
    }

    /// Goes to the next item without a verdict, where there is one.
    pub(super) fn go_to_next_open(&mut self) {
        if let Screen::Walk(walk) = &mut self.screen
            && let Some(at) = target(walk, &self.me, Action::NextOpen, 1)
        {
            (walk.at, walk.scroll) = (at, 0);
        }
    }

    /// Does what an action means in a walk; asks first before an item of another's card is judged.
    pub(super) fn walk_action(
        &mut self,
        action: Action,
        reading: &dyn Reading,
        effects: &mut Vec<Effect>,
    ) -> Result<(), ReadFault> {
        match self.others_card(action) {
            Some(question) => self.ask(question, Confirmed::OthersCard(action)),
            None => self.walk_deed(action, reading, effects)?,
        }
        Ok(())
    }

    pub(super) fn walk_deed(
        &mut self,
        action: Action,
        reading: &dyn Reading,
        effects: &mut Vec<Effect>,
    ) -> Result<(), ReadFault> {
        let lang = self.lang;
        let Some(walk) = self.walk() else { return Ok(()) };
        let Some(item) = walk.item().map(|item| item.id.clone()) else {
            return Ok(());
        };
        match action {
            Action::Pass => effects.extend(self.verdict(Verdict::Pass)),
            Action::Good => effects.extend(self.verdict(Verdict::Good)),
            Action::Fair => effects.extend(self.verdict(Verdict::Fair)),
            Action::Fail => effects.extend(self.verdict(Verdict::Fail)),
            Action::NotApplicable => effects.extend(self.verdict(Verdict::NotApplicable)),
            Action::Clear => effects.extend(self.submit_walk(InspectionCommand::Judge(vec![(item, None)]))),
            Action::SameAsLast => match walk.before.as_ref().and_then(|before| before.inspection.judgement(&item)) {
                None => self.tell(Tone::Warning, w::NO_LAST_VERDICT.say(lang)),
                Some(last) if last.verdict == Verdict::Fail => effects.extend(self.verdict(Verdict::Fail)),
                Some(last) => {
                    let same = walk.inspection.judgement(&item).as_ref() == Some(&last);
                    let effect =
                        if same { None } else { self.submit_walk(InspectionCommand::Judge(vec![(item, Some(last))])) };
                    // What stands already is a way to walk on, as with any verdict; what is refused is not.
                    if same || effect.is_some() {
                        self.advance(matches!(self.screen, Screen::Across(_)));
                    }
                    effects.extend(effect);
                }
            },
            Action::AllPass => self.ask_all_pass(),
            Action::Mark => {
                let on = !walk.inspection.marked(&item);
                effects.extend(self.submit_walk(InspectionCommand::Mark { item, on }));
            }
            Action::Note => {
                let text = walk.inspection.note(&item).to_owned();
                self.open_field(Purpose::Note(item), &text);
            }
            Action::Finding => self.open_finding(),
            Action::Withdraw => match walk.inspection.findings_on(&item).map(|(n, _)| n).last() {
                None => self.tell(Tone::Warning, w::NO_FINDING_HERE.say(lang)),
                Some(n) => {
                    let question = w::ASK_WITHDRAW.fill(lang, &[&item, &format_args!("{n:02}")]);
                    self.ask(question, Confirmed::Withdraw(n));
                }
            },
            Action::CardTake | Action::CardGive => effects.extend(self.card_action(action, reading)?),
            Action::Undo => effects.extend(self.submit_walk(InspectionCommand::Undo)),
            Action::Redo => effects.extend(self.submit_walk(InspectionCommand::Redo)),
            Action::Reopen => self.open_field(Purpose::Reopen, ""),
            _ => self.walk_elsewhere(action, item, reading)?,
        }
        Ok(())
    }

    fn ask_all_pass(&mut self) {
        let Some(walk) = self.walk() else { return };
        let Some(here) = walk.item() else { return };
        let open: Vec<ItemId> = (walk.checklist.items.iter())
            .filter(|item| item.group == here.group && walk.inspection.verdict(&item.id).is_none())
            .map(|item| item.id.clone())
            .collect();
        if open.is_empty() {
            self.tell(Tone::Plain, w::GROUP_DONE.say(self.lang));
            return;
        }
        let name = walk.checklist.group_of(here).map_or("", |group| group.name.pick(self.lang)).to_owned();
        let question = w::ASK_ALL_PASS.fill(self.lang, &[&name, &open.len()]);
        self.ask(question, Confirmed::AllPass(open));
    }

    /// Puts a question over the screen.
    pub(super) fn ask(&mut self, question: String, then: Confirmed) {
        let under = self.overlay.take().map(Box::new);
        self.overlay = Some(Overlay::Confirm { question, then, under });
    }
}

//! What actions mean among look-backs and in one of them.

use super::{
    Action, Confirmed, Draft, Effect, Form, LookDraft, LookbackPage, Lookbacks, Model, Overlay, Purpose, Screen, Tone,
};
use crate::domain::{
    Change, Command, Entry, Gate, Look, LookbackChange, LookbackCommand, LookbackId, LookbackSurroundings, Outcome,
    ReadFault, Reading, Refusal, Request, decide_lookback,
};
use crate::locales::{self as w, said};

/// Lines below the items that say more of the selected one.
pub const LOOKBACK_FOOT: usize = 2;

impl Model {
    /// Returns the rows that the items of a look-back have.
    pub fn lookback_rows(&self) -> usize {
        let rows = self.list_rows();
        if rows > 8 { rows - LOOKBACK_FOOT } else { rows }
    }

    pub(super) fn open_lookbacks(&mut self, reading: &dyn Reading) -> Result<(), ReadFault> {
        let page = Lookbacks::load(reading, None, self.list_rows())?;
        self.open(Screen::Lookbacks(page));
        Ok(())
    }

    pub(super) fn open_lookback(&mut self, id: LookbackId, reading: &dyn Reading) -> Result<(), ReadFault> {
        if let Some(page) = LookbackPage::load(reading, id, None, self.lookback_rows())? {
            self.open(Screen::Lookback(Box::new(page)));
        }
        Ok(())
    }

    pub(super) fn in_lookbacks(
        &mut self,
        action: Action,
        reading: &dyn Reading,
        effects: &mut Vec<Effect>,
    ) -> Result<(), ReadFault> {
        let (rows, own_rows, count) = (self.list_rows(), self.lookback_rows(), self.count.unwrap_or(1));
        let moved = match &mut self.screen {
            Screen::Lookbacks(page) => Self::moved(&mut page.cursor, action, count, page.lines.len(), rows),
            Screen::Lookback(page) => Self::moved(&mut page.cursor, action, count, page.rows.len(), own_rows),
            _ => return Ok(()),
        };
        if moved {
            return Ok(());
        }
        match action {
            Action::Open => self.open_selected(reading)?,
            Action::LookDraw => {
                let form = self.draw_form();
                self.open_form(form);
            }
            Action::LookValid => self.begin_look(Outcome::Valid, reading, effects)?,
            Action::LookRelapsed => self.begin_look(Outcome::Relapsed, reading, effects)?,
            Action::LookEnd => self.begin_end(),
            _ => self.tell(Tone::Plain, w::NOT_ON_THIS_SCREEN.say(self.lang)),
        }
        Ok(())
    }

    /// Gives a result to the selected item: at once, or with a note and the post where these are needed.
    fn begin_look(
        &mut self,
        outcome: Outcome,
        reading: &dyn Reading,
        effects: &mut Vec<Effect>,
    ) -> Result<(), ReadFault> {
        let Screen::Lookback(page) = &self.screen else {
            self.tell(Tone::Plain, w::NOT_ON_THIS_SCREEN.say(self.lang));
            return Ok(());
        };
        let Some(row) = page.selected() else {
            self.tell(Tone::Plain, w::NOTHING_SELECTED.say(self.lang));
            return Ok(());
        };
        let behalf = reading.house()?.policy.gate == Gate::Post;
        let draft = LookDraft { id: page.lookback.id, rect: row.rect, outcome, behalf };
        if outcome == Outcome::Valid && !behalf {
            let look = Look { outcome, note: String::new() };
            return self.take_look(&draft, look, String::new(), None, reading, effects);
        }
        // Who may not look is told before anything is typed.
        let trial = Look { outcome, note: w::outcome(outcome).say(self.lang).to_owned() };
        match self.look_refused(&draft, trial, "", reading)? {
            Some(refusal) if !(behalf && matches!(refusal, Refusal::SameHand { .. })) => {
                let text = said(&refusal, self.lang);
                self.tell(Tone::Warning, text);
                Ok(())
            }
            _ => self.open_look(&draft, reading),
        }
    }

    /// Says why the desk would refuse a result, as things stand.
    fn look_refused(
        &self,
        draft: &LookDraft,
        look: Look,
        behalf: &str,
        reading: &dyn Reading,
    ) -> Result<Option<Refusal>, ReadFault> {
        let house = reading.house()?;
        let lookback = reading.lookback(draft.id)?;
        let followed = reading.followed(draft.rect.finding)?;
        let around = LookbackSurroundings {
            today: self.moment.day,
            actor: &house.actor(&self.me),
            policy: &house.policy,
            posts: &house.posts,
            population: &[],
            followed: followed.as_ref(),
            branch_and_above: &reading.above(draft.rect.finding.branch)?,
        };
        let command = LookbackCommand::Look { rect: draft.rect, behalf: behalf.to_owned(), look };
        Ok(decide_lookback(draft.id, lookback.as_ref(), around, self.lookback_seen(draft.id), command).err())
    }

    /// Returns the revision that the screen shows.
    fn lookback_seen(&self, id: LookbackId) -> crate::domain::Rev {
        match &self.screen {
            Screen::Lookback(page) if page.lookback.id == id => page.lookback.rev,
            _ => crate::domain::Rev(0),
        }
    }

    /// Hands a result to the desk and goes on to the next item that nobody has looked at.
    pub(super) fn take_look(
        &mut self,
        draft: &LookDraft,
        look: Look,
        behalf: String,
        form: Option<Form>,
        reading: &dyn Reading,
        effects: &mut Vec<Effect>,
    ) -> Result<(), ReadFault> {
        if let Some(refusal) = self.look_refused(draft, look.clone(), &behalf, reading)? {
            let text = said(&refusal, self.lang);
            match form {
                Some(mut form) => {
                    form.fault = Some(text);
                    self.overlay = Some(Overlay::Form(form));
                }
                None => self.tell(Tone::Warning, text),
            }
            return Ok(());
        }
        let aside = form.map(|form| Draft::of_form(&form, self.draft_home()));
        let saw = self.lookback_seen(draft.id);
        let command = Command::Lookback(draft.id, LookbackCommand::Look { rect: draft.rect, behalf, look });
        effects.push(self.submit(Request { by: self.me.clone(), saw, command }));
        if let Some(aside) = aside {
            self.keep_aside(aside);
        }
        let rows = self.lookback_rows();
        if let Screen::Lookback(page) = &mut self.screen
            && let Some(next) = page.open_from(page.cursor.at + 1)
        {
            page.cursor.go(next, page.rows.len(), rows);
        }
        Ok(())
    }

    /// Asks whether the look-back is to end; where items are left it asks why.
    fn begin_end(&mut self) {
        let Screen::Lookback(page) = &self.screen else {
            self.tell(Tone::Plain, w::NOT_ON_THIS_SCREEN.say(self.lang));
            return;
        };
        let (id, left, back) = (page.lookback.id, page.left(), page.lookback.relapsed().count());
        if let Some(ended) = &page.lookback.ended {
            let refusal = Refusal::LookbackEnded { by: ended.by.clone(), at: ended.at };
            let text = said(&refusal, self.lang);
            self.tell(Tone::Warning, text);
        } else if left > 0 {
            self.open_field(Purpose::EndLookback(id), "");
            let text = said(&Refusal::StillToLookAt(left), self.lang);
            self.tell(Tone::Plain, text);
        } else {
            let question = w::ASK_END_LOOKBACK.fill(self.lang, &[&back]);
            self.ask(question, Confirmed::EndLookback(id));
        }
    }

    /// Ends a look-back as it stands now.
    pub(super) fn end_lookback(
        &mut self,
        id: LookbackId,
        reason: String,
        reading: &dyn Reading,
    ) -> Result<Effect, ReadFault> {
        let saw = reading.lookback(id)?.map_or_else(Default::default, |lookback| lookback.rev);
        let command = Command::Lookback(id, LookbackCommand::End { reason });
        Ok(self.submit(Request { by: self.me.clone(), saw, command }))
    }

    /// Follows the person's own acknowledged change of a look-back.
    pub(super) fn follow_lookback(
        &mut self,
        id: LookbackId,
        entry: &Entry,
        entries: usize,
        reading: &dyn Reading,
    ) -> Result<(), ReadFault> {
        self.refresh(reading)?;
        match entry.changes.first() {
            Some(Change::Lookback(LookbackChange::Drawn { .. })) if matches!(self.screen, Screen::Lookbacks(_)) => {
                self.open_lookback(id, reading)?;
            }
            Some(Change::Lookback(LookbackChange::Ended { .. })) => {
                let again = entries.saturating_sub(1);
                self.tell(Tone::Plain, w::LOOKBACK_ENDED_N.fill(self.lang, &[&again]));
            }
            _ => {}
        }
        Ok(())
    }
}

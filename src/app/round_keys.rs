//! What actions on a round mean, wherever one stands on the screen.

use super::{Action, Confirmed, Model, Purpose, Screen, Tone};
use crate::domain::{Command, ReadFault, Reading, Refusal, Round, RoundCommand, RoundId, access};
use crate::locales::{self as w, said};

impl Model {
    /// Returns the round that the screen is about, or the selected one.
    fn round_here(&self) -> Option<RoundId> {
        match &self.screen {
            Screen::Rounds(rounds) => rounds.selected(),
            Screen::Round(page) => Some(page.round.id),
            Screen::Progress(page) => Some(page.round.id),
            _ => None,
        }
    }

    pub(super) fn round_action(&mut self, action: Action, reading: &dyn Reading) -> Result<(), ReadFault> {
        // At home the round that is going on is meant.
        let going_on = match &self.screen {
            Screen::Home(home) if action == Action::RoundProgress => home.current().map(|line| line.id),
            _ => None,
        };
        let Some(round) = going_on.or_else(|| self.round_here()).map(|id| reading.round(id)).transpose()?.flatten()
        else {
            let word = match &self.screen {
                Screen::Home(_) if action == Action::RoundProgress => &w::NO_ROUND_OPEN,
                Screen::Rounds(_) => &w::NO_ROUNDS_YET,
                _ => &w::NOT_ON_THIS_SCREEN,
            };
            self.tell(Tone::Plain, word.say(self.lang));
            return Ok(());
        };
        match action {
            Action::RoundEdit => self.open_round_edit(round.id, reading)?,
            Action::RoundClose => {
                let again = round.correction.is_some();
                let word = if again { &w::ASK_CLOSE_AGAIN } else { &w::ASK_CLOSE_ROUND };
                let question = word.fill(self.lang, &[&round.plan.name]);
                self.ask(question, Confirmed::CloseRound(round.id));
            }
            Action::RoundCorrect => {
                let refusal = match self.not_office(round.id, reading)? {
                    None if !round.closed => Some(Refusal::RoundOpen(round.id)),
                    refusal => refusal,
                };
                if !self.tell_refusal(refusal.as_ref()) {
                    self.open_field(Purpose::Correct(round.id), "");
                }
            }
            Action::RoundProgress if matches!(self.screen, Screen::Progress(_)) => self.back(reading)?,
            Action::RoundProgress => self.open_progress(round.id, reading)?,
            _ => self.tell(Tone::Plain, w::NOT_ON_THIS_SCREEN.say(self.lang)),
        }
        Ok(())
    }

    /// Refuses, before anything is typed, what the desk would not take of this person or of a round that is over.
    pub(super) fn refuse_office(&mut self, round: &Round, reading: &dyn Reading) -> Result<bool, ReadFault> {
        let refusal = match self.not_office(round.id, reading)? {
            None if round.closed => Some(Refusal::RoundClosed(round.id)),
            refusal => refusal,
        };
        Ok(self.tell_refusal(refusal.as_ref()))
    }

    /// Says why a person may not keep a round.
    fn not_office(&self, id: RoundId, reading: &dyn Reading) -> Result<Option<Refusal>, ReadFault> {
        let house = reading.house()?;
        let actor = house.actor(&self.me);
        let roles = access::roles(&Command::Round(id, RoundCommand::Close)).unwrap_or_default();
        Ok(access::one_of(&actor, roles).and_then(|()| access::reached(&actor, &[])).err())
    }

    /// Tells a refusal; answers whether there was one.
    fn tell_refusal(&mut self, refusal: Option<&Refusal>) -> bool {
        if let Some(refusal) = refusal {
            let text = said(refusal, self.lang);
            self.tell(Tone::Warning, text);
        }
        refusal.is_some()
    }
}

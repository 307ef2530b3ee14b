//! The form of a team: who of those who walk here goes to a branch, or to all below a unit.

use std::collections::BTreeSet;

use super::conflict::last_of;
use super::{Draft, Effect, Form, FormKind, Model, Row, Tone};
use crate::domain::{
    BranchId, Command, Of, PERSON_LIMIT, PersonId, ReadFault, Reading, Request, Rev, RoundCommand, RoundId, TEAM_LIMIT,
    access,
};
use crate::locales as w;

/// Which team, and who can be in it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct TeamDraft {
    /// The round.
    pub round: RoundId,
    /// The branch or unit.
    pub unit: BranchId,
    /// Those who walk here and those who are in the team, a row each; nobody where no persons are entered.
    pub persons: Vec<PersonId>,
}

impl TeamDraft {
    /// Lists who is in the team, as the form says.
    fn members(&self, form: &Form) -> Vec<PersonId> {
        if self.persons.is_empty() {
            return form.text(0).split_whitespace().map(|name| PersonId(name.to_owned())).collect();
        }
        let chosen = self.persons.iter().enumerate().filter(|(row, _)| form.chosen(*row) == 1);
        chosen.map(|(_, person)| person.clone()).collect()
    }
}

impl Model {
    /// Opens the form of a unit's team, unless the person may not set it.
    pub(super) fn begin_team(&mut self, unit: BranchId, reading: &dyn Reading) -> Result<(), ReadFault> {
        let super::Screen::Progress(page) = &self.screen else { return Ok(()) };
        let round = std::sync::Arc::clone(&page.round);
        if !self.refuse_office(&round, reading)? {
            self.open_team(round.id, unit, reading)?;
        }
        Ok(())
    }

    pub(super) fn open_team(&mut self, round: RoundId, unit: BranchId, reading: &dyn Reading) -> Result<(), ReadFault> {
        let form = self.team_form(round, unit, reading)?;
        let rev = reading.round(round)?.map_or(Rev(0), |round| round.rev);
        self.open_form_over(form, last_of(reading, Of::Round(round), rev)?);
        Ok(())
    }

    /// Makes the form: a row for each person, or one row of names where no persons are entered.
    pub(super) fn team_form(&self, id: RoundId, unit: BranchId, reading: &dyn Reading) -> Result<Form, ReadFault> {
        let (lang, house) = (self.lang, reading.house()?);
        let (saw, members) = match reading.round(id)? {
            Some(round) => (round.rev, round.teams.get(&unit).cloned().unwrap_or_default()),
            None => (Rev(0), Vec::new()),
        };
        let mut persons = BTreeSet::new();
        if !house.persons.is_empty() {
            let walks = |person: &&PersonId| access::one_of(&house.actor(person), access::WALKERS).is_ok();
            persons.extend(house.persons.keys().filter(walks).cloned());
            persons.extend(members.iter().cloned());
        }
        let said = [&w::OFF_TEAM, &w::IN_TEAM].map(|word| word.say(lang).to_owned());
        let row = |person: &PersonId| Row::choice(&*person.0, said.to_vec(), usize::from(members.contains(person)));
        let rows = if persons.is_empty() {
            let limit = TEAM_LIMIT * (PERSON_LIMIT + 1);
            let names = super::progress::team_text(&members);
            vec![Row::text(w::F_MEMBERS.say(lang), limit, &names).with_hint(&w::H_MEMBERS)]
        } else {
            persons.iter().map(row).collect()
        };
        let focus = persons.iter().position(|person| members.contains(person)).unwrap_or_default();
        let title = w::T_TEAM.fill(lang, &[&reading.path(unit, " / ")?]);
        let draft = TeamDraft { round: id, unit, persons: persons.into_iter().collect() };
        Ok(Form::new(FormKind::Team { draft, saw }, title, rows, focus))
    }

    /// Keeps the form of a team.
    pub(super) fn keep_team(&mut self, form: &Form, effects: &mut Vec<Effect>) {
        let FormKind::Team { draft, saw } = &form.kind else { return };
        let assign = RoundCommand::Assign { unit: draft.unit, members: draft.members(form) };
        let command = Command::Round(draft.round, assign);
        effects.push(self.submit(Request { by: self.me.clone(), saw: *saw, command }));
        self.keep_aside(Draft::of_form(form, self.draft_home()));
        self.tell(Tone::Plain, w::KEEPING.say(self.lang));
    }
}

//! The form for a unit (支部): counts and dates, never names of persons.

use super::conflict::last_of;
use super::{Draft, Effect, Form, FormKind, Model, Overlay, Row, Tone};
use crate::domain::{
    Branch, BranchCommand, BranchFacts, BranchId, BranchKind, Command, Day, Of, Profile, ReadFault, Reading, Request,
    Rev,
};
use crate::locales::{self as w, branch_kind, profile};

impl Model {
    /// Opens the form for a new unit below `parent`.
    pub(super) fn open_new_branch(&mut self, parent: Option<&Branch>) {
        let code = parent.map_or_else(String::new, |parent| parent.facts.code.clone());
        let facts = BranchFacts { kind: BranchKind::Zhibu, ..BranchFacts::default() };
        let form = self.branch_form(None, Rev(0), &facts, &code);
        self.open_form(form);
    }

    /// Opens the form for a unit that is known.
    pub(super) fn open_branch_edit(&mut self, branch: &Branch, reading: &dyn Reading) -> Result<(), ReadFault> {
        let parent = match branch.facts.parent {
            Some(parent) => reading.branch(parent)?.map_or_else(String::new, |parent| parent.facts.code),
            None => String::new(),
        };
        let form = self.branch_form(Some(branch.id), branch.rev, &branch.facts, &parent);
        self.open_form_over(form, last_of(reading, Of::Branch(branch.id), branch.rev)?);
        Ok(())
    }

    pub(super) fn branch_form(&self, id: Option<BranchId>, saw: Rev, facts: &BranchFacts, parent: &str) -> Form {
        let lang = self.lang;
        let number = |number: Option<u16>| number.map_or_else(String::new, |number| number.to_string());
        let kinds = BranchKind::ALL.map(|kind| branch_kind(kind).say(lang).to_owned()).to_vec();
        let kind = BranchKind::ALL.iter().position(|kind| *kind == facts.kind).unwrap_or_default();
        let mut profiles = vec![w::AS_THE_ROUND.say(lang).to_owned()];
        profiles.extend(PROFILES.map(|known| profile(known).say(lang).to_owned()));
        let chosen = facts.profile.and_then(|known| PROFILES.iter().position(|p| *p == known)).map_or(0, |at| at + 1);
        let term_start = facts.term_start.map_or_else(String::new, |day| day.to_string());
        let rows = vec![
            Row::text(w::F_NAME.say(lang), 30, &facts.name),
            Row::text(w::F_CODE.say(lang), 16, &facts.code).with_hint(&w::H_CODE),
            Row::text(w::F_PARENT.say(lang), 16, parent).with_hint(&w::H_PARENT),
            Row::choice(w::F_KIND.say(lang), kinds, kind),
            Row::choice(w::F_PROFILE.say(lang), profiles, chosen),
            Row::text(w::F_FULL_NAME.say(lang), 60, &facts.full_name),
            Row::text(w::F_FULL_MEMBERS.say(lang), 5, &number(facts.full_members)),
            Row::text(w::F_ALL_MEMBERS.say(lang), 5, &number(facts.all_members)),
            Row::text(w::F_COMMITTEE.say(lang), 3, &number(facts.committee)),
            Row::text(w::F_GROUPS.say(lang), 3, &number(facts.groups)),
            Row::text(w::F_TERM_START.say(lang), 12, &term_start).with_hint(&w::H_DAY),
            Row::text(w::F_TERM_YEARS.say(lang), 2, &number(facts.term_years)),
        ];
        let title = if id.is_some() { &w::T_BRANCH_EDIT } else { &w::T_BRANCH_ADD };
        let kind = FormKind::Branch { id, saw };
        Form::new(kind, title.say(lang).to_owned(), rows, 0)
    }

    /// Keeps a unit's form. `warned` says that the person was told what looks like personal data.
    pub(super) fn keep_branch(
        &mut self,
        mut form: Form,
        warned: bool,
        reading: &dyn Reading,
        effects: &mut Vec<Effect>,
    ) -> Result<(), ReadFault> {
        let FormKind::Branch { id, saw } = form.kind else {
            return Ok(());
        };
        match self.branch_facts(&form, reading)? {
            Err((row, fault)) => {
                (form.focus, form.fault) = (row, Some(fault));
                self.overlay = Some(Overlay::Form(form));
            }
            Ok(facts) => {
                let Some(form) = self.unless_personal(form, &[0, 5], warned) else { return Ok(()) };
                let command = match id {
                    Some(id) => Command::Branch(id, BranchCommand::Edit(facts)),
                    None => Command::Branch(reading.next_branch()?, BranchCommand::Add(facts)),
                };
                let draft = Draft::of_form(&form, self.draft_home());
                effects.push(self.submit(Request { by: self.me.clone(), saw, command }));
                self.keep_aside(draft);
                self.tell(Tone::Plain, w::KEEPING.say(self.lang));
            }
        }
        Ok(())
    }

    fn branch_facts(
        &self,
        form: &Form,
        reading: &dyn Reading,
    ) -> Result<Result<BranchFacts, (usize, String)>, ReadFault> {
        let lang = self.lang;
        let number = |row: usize| match form.text(row) {
            "" => Ok(None),
            text => text.parse::<u16>().map(Some).map_err(|_| (row, w::BAD_NUMBER.say(lang).to_owned())),
        };
        let day = |row: usize| match form.text(row) {
            "" => Ok(None),
            text => text.parse::<Day>().map(Some).map_err(|()| (row, w::BAD_DATE.say(lang).to_owned())),
        };
        let parent = match form.text(2) {
            "" => unseen_parent(form, reading)?,
            code => match reading.branch_by_code(code)? {
                Some(parent) => Some(parent),
                None => return Ok(Err((2, w::NO_SUCH_CODE.fill(lang, &[&code])))),
            },
        };
        let facts = || {
            Ok(BranchFacts {
                parent,
                code: form.text(1).to_owned(),
                name: form.text(0).to_owned(),
                full_name: form.text(5).to_owned(),
                kind: BranchKind::ALL.get(form.chosen(3)).copied().unwrap_or_default(),
                profile: form.chosen(4).checked_sub(1).and_then(|at| PROFILES.get(at).copied()),
                full_members: number(6)?,
                all_members: number(7)?,
                committee: number(8)?,
                groups: number(9)?,
                term_start: day(10)?,
                term_years: number(11)?,
            })
        };
        Ok(facts())
    }
}

/// Returns the unit above the one that is corrected, where the person does not see it: nobody has emptied its row.
fn unseen_parent(form: &Form, reading: &dyn Reading) -> Result<Option<BranchId>, ReadFault> {
    let FormKind::Branch { id: Some(id), .. } = form.kind else { return Ok(None) };
    let parent = reading.branch(id)?.and_then(|branch| branch.facts.parent);
    match parent {
        Some(parent) if reading.branch(parent)?.is_none() => Ok(Some(parent)),
        _ => Ok(None),
    }
}

/// The profiles in the order of the choices.
pub const PROFILES: [Profile; 2] = [Profile::Jiguan, Profile::University];

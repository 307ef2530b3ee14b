//! Taking a step on the item that is looked at, or on all that are marked.

use super::rect_form::StepDraft;
use super::{
    Action, Confirmed, Draft, Effect, Form, FormKind, LedgerPage, Looker, Model, Overlay, Preview, RectPage, Screen,
    Tone,
};
use crate::domain::{
    Command, FollowCommand, FollowStep, FollowSurroundings, Followed, House, LedgerSort, LedgerView, May, ReadFault,
    Reading, RectId, Refusal, Request, Severity, Verb, care, decide_follow, forward, may_begin,
};
use crate::keys::Code;
use crate::locales::{self as w, concern, said, verb};
use crate::text::respell;

/// Returns the step that an action is.
pub fn verb_of(action: Action) -> Option<Verb> {
    Some(match action {
        Action::StepDraft => Verb::Draft,
        Action::StepEdit => Verb::Edit,
        Action::StepIssue => Verb::Issue,
        Action::StepPutRight => Verb::PutRight,
        Action::StepReceive => Verb::Receive,
        Action::StepStart => Verb::Start,
        Action::StepEvidence => Verb::Evidence,
        Action::StepRequest => Verb::Request,
        Action::StepTakeUp => Verb::TakeUp,
        Action::StepPass => Verb::Pass,
        Action::StepApprove => Verb::Approve,
        Action::StepReturn => Verb::Return,
        Action::StepAsk => Verb::Ask,
        Action::StepGrant => Verb::Grant,
        Action::StepDeny => Verb::Deny,
        Action::StepExempt => Verb::Exempt,
        Action::StepLift => Verb::Lift,
        Action::StepRevoke => Verb::Revoke,
        Action::StepSend => Verb::Send,
        Action::StepClaim => Verb::Claim,
        Action::StepRelease => Verb::Release,
        _ => return None,
    })
}

/// Returns the action that a step is.
pub fn action_of(step: Verb) -> Option<Action> {
    Action::ALL.iter().copied().find(|action| verb_of(*action) == Some(step))
}

/// What a step is decided with, read once.
struct Around {
    house: House,
    above: Vec<crate::domain::BranchId>,
    followed: Followed,
}

impl Model {
    pub(super) fn looker(&self) -> Looker {
        Looker { me: self.me.clone(), today: self.moment.day }
    }

    /// Opens the ledger at a view.
    pub(super) fn open_ledger(&mut self, view: LedgerView, reading: &dyn Reading) -> Result<(), ReadFault> {
        let rows = self.ledger_rows();
        let mut page = match self.take_ready(view, reading) {
            Some(page) => page,
            None => Box::new(LedgerPage::load(reading, self.looker(), view, LedgerSort::Due, rows)?),
        };
        // Where nothing is with a branch, what waits for the person is more to the point than an empty list.
        if view == LedgerView::Open && page.rows.is_empty() {
            page.look(LedgerView::Mine, rows);
            if page.rows.is_empty() {
                page.look(view, rows);
            }
        }
        self.open(Screen::Ledger(page));
        Ok(())
    }

    /// Opens an item's page.
    pub fn open_rect(&mut self, id: RectId, reading: &dyn Reading) -> Result<(), ReadFault> {
        match RectPage::load(reading, self.looker(), id)? {
            Some(page) => self.open(Screen::Rect(Box::new(page))),
            None => {
                let text = said(&Refusal::NotFollowed, self.lang);
                self.tell(Tone::Warning, text);
            }
        }
        Ok(())
    }

    /// Opens the item of the finding that is looked at in a walk.
    pub(super) fn open_rect_of_walk(&mut self, reading: &dyn Reading) -> Result<(), ReadFault> {
        let Some(walk) = self.walk() else { return Ok(()) };
        let (round, branch) = (walk.round.id, walk.inspection.branch);
        let on_item = walk.item().and_then(|item| walk.inspection.findings_on(&item.id).last().map(|(n, _)| n));
        match on_item {
            Some(n) => {
                let finding = crate::domain::FindingId { round, branch, n };
                self.open_rect(RectId { finding, item: 1 }, reading)
            }
            None => {
                self.tell(Tone::Plain, w::NO_FINDING_HERE.say(self.lang));
                Ok(())
            }
        }
    }

    /// Lists the items that a step would be taken on: those that are marked, or the one that is looked at.
    fn stepped_on(&self) -> Vec<RectId> {
        match &self.screen {
            Screen::Ledger(page) if !page.marks.is_empty() => page.marks.iter().copied().collect(),
            Screen::Ledger(page) => page.selected().into_iter().collect(),
            Screen::Rect(page) => vec![page.id()],
            _ => Vec::new(),
        }
    }

    fn around(reading: &dyn Reading, id: RectId) -> Result<Option<Around>, ReadFault> {
        let Some(followed) = reading.followed(id.finding)? else { return Ok(None) };
        Ok(Some(Around { house: reading.house()?, above: reading.above(id.finding.branch)?, followed }))
    }

    /// Begins the step that brings the item on.
    pub(super) fn step_forward(&mut self, reading: &dyn Reading, effects: &mut Vec<Effect>) -> Result<(), ReadFault> {
        let Some(id) = self.stepped_on().first().copied() else {
            self.tell(Tone::Plain, w::NOTHING_SELECTED.say(self.lang));
            return Ok(());
        };
        let followed = reading.followed(id.finding)?;
        match followed.as_ref().and_then(|followed| followed.item(id.item)).and_then(forward) {
            Some(step) => self.begin_step(step, reading, effects),
            None => {
                self.tell(Tone::Plain, w::ITEM_IS_OVER.say(self.lang));
                Ok(())
            }
        }
    }

    /// Begins a step: asks for its particulars, or takes it at once where there are none.
    pub(super) fn begin_step(
        &mut self,
        step: Verb,
        reading: &dyn Reading,
        effects: &mut Vec<Effect>,
    ) -> Result<(), ReadFault> {
        if self.refuse_read_only() {
            return Ok(());
        }
        let ids = self.stepped_on();
        let Some(first) = ids.first().copied() else {
            self.tell(Tone::Plain, w::NOTHING_SELECTED.say(self.lang));
            return Ok(());
        };
        let mut items = Vec::with_capacity(ids.len());
        // The form is filled from the first item on which the step can begin; the others are told of in the preview.
        let mut begun: Result<(Around, May, u8), Option<Refusal>> = Err(None);
        for id in ids.iter().copied() {
            let Some(around) = Self::around(reading, id)? else { continue };
            items.push((id, around.followed.rev));
            if begun.is_err() {
                match self.may_begin(&around, id, step) {
                    Ok(may) => begun = Ok((around, may, id.item)),
                    Err(refusal) => begun = Err(Some(refusal)),
                }
            }
        }
        let (around, may, item) = match begun {
            Ok(begun) => begun,
            Err(refusal) => {
                let text = said(&refusal.unwrap_or(Refusal::NoSuchRect(first.item)), self.lang);
                self.tell(Tone::Warning, text);
                return Ok(());
            }
        };
        let Some(rect) = around.followed.item(item).or_else(|| around.followed.items.first()) else { return Ok(()) };
        let draft = StepDraft::new(items, step, may, around.house.policy.gate, &around.followed);
        match draft.form(rect, &around.house.posts, self.moment.day, self.lang) {
            Some(form) => self.open_form_over(form, around.followed.last.clone()),
            None => self.take_step(draft, None, false, reading, effects)?,
        }
        Ok(())
    }

    fn may_begin(&self, around: &Around, id: RectId, step: Verb) -> Result<May, Refusal> {
        let actor = around.house.actor(&self.me);
        let surroundings = FollowSurroundings {
            today: self.moment.day,
            now: self.moment.stamp,
            actor: &actor,
            policy: &around.house.policy,
            posts: &around.house.posts,
            branch_and_above: &around.above,
        };
        may_begin(&around.followed, surroundings, id.item, step)
    }

    /// Opens a step's form again with what was typed in it.
    pub(super) fn retype_step(&mut self, draft: &StepDraft, reading: &dyn Reading) -> Result<(), ReadFault> {
        let Some((id, _)) = draft.items.first().copied() else { return Ok(()) };
        let Some(around) = Self::around(reading, id)? else { return Ok(()) };
        let rect = around.followed.item(id.item).or_else(|| around.followed.items.first());
        // What was refused as overtaken is seen anew, with what stands now.
        let mut draft = draft.clone();
        for (id, saw) in &mut draft.items {
            *saw = reading.followed(id.finding)?.map_or(*saw, |followed| followed.rev);
        }
        if let Some(form) = rect.and_then(|rect| draft.form(rect, &around.house.posts, self.moment.day, self.lang)) {
            self.open_form_over(form, around.followed.last.clone());
        }
        Ok(())
    }

    /// Makes a step's form in the language of now.
    pub(super) fn step_form_anew(&self, draft: &StepDraft, reading: &dyn Reading) -> Result<Option<Form>, ReadFault> {
        let Some((id, _)) = draft.items.first() else { return Ok(None) };
        let followed = reading.followed(id.finding)?;
        let rect = followed.as_ref().and_then(|followed| followed.item(id.item).or_else(|| followed.items.first()));
        let house = reading.house()?;
        Ok(rect.and_then(|rect| draft.form(rect, &house.posts, self.moment.day, self.lang)))
    }

    /// Keeps a step's form. `warned` says that the person was told what looks like personal data.
    pub(super) fn keep_step(
        &mut self,
        form: Form,
        warned: bool,
        reading: &dyn Reading,
        effects: &mut Vec<Effect>,
    ) -> Result<(), ReadFault> {
        let FormKind::Step(draft) = &form.kind else { return Ok(()) };
        let draft = draft.clone();
        let concerns: Vec<String> = (0..form.rows.len())
            .flat_map(|row| care::concerns(form.text(row)))
            .map(|found| concern(&found, self.lang))
            .collect();
        if !warned && !concerns.is_empty() {
            let question = w::ASK_PERSONAL.fill(self.lang, &[&concerns.join("、")]);
            self.overlay = Some(Overlay::Form(form));
            self.ask(question, Confirmed::KeepForm);
            return Ok(());
        }
        self.take_step(draft, Some(form), false, reading, effects)
    }

    /// Takes a step on one item, or shows what it would do to several.
    pub(super) fn take_step(
        &mut self,
        draft: StepDraft,
        form: Option<Form>,
        confirmed: bool,
        reading: &dyn Reading,
        effects: &mut Vec<Effect>,
    ) -> Result<(), ReadFault> {
        let (mut command, mut behalf) = match draft.command(form.as_ref()) {
            Ok(read) => read,
            Err((row, fault)) => {
                if let Some(mut form) = form {
                    (form.focus, form.fault) = (row, Some(fault.say(self.lang).to_owned()));
                    self.overlay = Some(Overlay::Form(form));
                }
                return Ok(());
            }
        };
        let house = reading.house()?;
        for post in command.posts_mut().into_iter().chain([&mut behalf]) {
            respell(post, house.posts.iter());
        }
        if draft.items.len() > 1 {
            let preview = self.preview(&draft, &command, &behalf, reading)?;
            self.overlay = Some(Overlay::Preview(Box::new(preview)));
            return Ok(());
        }
        let Some((id, saw)) = draft.items.first().copied() else { return Ok(()) };
        let step = FollowStep { item: id.item, behalf, batch: false, command };
        // What would be refused is told beside the form, where it can be put right.
        if let Some(refusal) = self.refusal(&step, id, reading)? {
            let text = said(&refusal, self.lang);
            match form {
                Some(mut form) => {
                    form.focus = draft.row_of(&refusal).unwrap_or(form.focus);
                    form.fault = Some(text);
                    self.overlay = Some(Overlay::Form(form));
                }
                None => self.tell(Tone::Warning, text),
            }
            return Ok(());
        }
        if !confirmed && form.is_none() && matches!(draft.verb, Verb::Pass | Verb::Approve | Verb::Grant) {
            let question = w::ASK_STEP.fill(self.lang, &[&verb(draft.verb).say(self.lang)]);
            self.ask(question, Confirmed::Step(draft));
            return Ok(());
        }
        let aside = form.map(|form| Draft::of_form(&form, self.draft_home()));
        let command = Command::Follow(id.finding, step);
        effects.push(self.submit(Request { by: self.me.clone(), saw, command }));
        if let Some(aside) = aside {
            self.keep_aside(aside);
        }
        Ok(())
    }

    /// Says why the desk would refuse a step, as things stand.
    fn refusal(&self, step: &FollowStep, id: RectId, reading: &dyn Reading) -> Result<Option<Refusal>, ReadFault> {
        let Some(around) = Self::around(reading, id)? else { return Ok(Some(Refusal::NotFollowed)) };
        let actor = around.house.actor(&self.me);
        let surroundings = FollowSurroundings {
            today: self.moment.day,
            now: self.moment.stamp,
            actor: &actor,
            policy: &around.house.policy,
            posts: &around.house.posts,
            branch_and_above: &around.above,
        };
        Ok(decide_follow(&around.followed, surroundings, step.clone()).err())
    }

    /// Tries a step on every item, so that the person sees what would be done and what not, and why.
    fn preview(
        &self,
        draft: &StepDraft,
        command: &FollowCommand,
        behalf: &str,
        reading: &dyn Reading,
    ) -> Result<Preview, ReadFault> {
        let mut lines = Vec::with_capacity(draft.items.len());
        for (id, saw) in draft.items.iter().copied() {
            let step = FollowStep { item: id.item, behalf: behalf.to_owned(), batch: true, command: command.clone() };
            let refused = self.refusal(&step, id, reading)?;
            let followed = reading.followed(id.finding)?;
            let grave = followed.as_ref().is_some_and(|followed| followed.facts.severity == Severity::Critical);
            let name = reading.branch(id.finding.branch)?.map_or_else(String::new, |branch| branch.facts.name);
            let item = followed.map_or_else(String::new, |followed| followed.facts.item.0);
            let mark = if grave { w::severity(Severity::Critical).say(self.lang) } else { "" };
            let what = format!("{name} {item} {mark}").trim_end().to_owned();
            let why = refused.map(|refusal| said(&refusal, self.lang));
            lines.push(super::PreviewLine { id, saw, what, why });
        }
        // What is skipped comes first: it is what the person has to see.
        lines.sort_by_key(|line| line.why.is_none());
        Ok(Preview { verb: draft.verb, command: command.clone(), behalf: behalf.to_owned(), lines, top: 0 })
    }

    /// Takes a key while a preview is open; a key that neither moves it nor takes the step closes it.
    pub(super) fn preview_key(&mut self, mut preview: Box<Preview>, code: Code, effects: &mut Vec<Effect>) {
        let step = match code {
            Code::Enter => return self.take_previewed(*preview, effects),
            Code::Down | Code::Char('j') => 1,
            Code::Up | Code::Char('k') => -1,
            Code::PageDown => 10,
            Code::PageUp => -10,
            _ => return,
        };
        let last = preview.lines.len().saturating_sub(1);
        preview.top = preview.top.saturating_add_signed(step).min(last);
        self.overlay = Some(Overlay::Preview(preview));
    }

    /// Takes the step on every item of a preview that it can be taken on.
    fn take_previewed(&mut self, preview: Preview, effects: &mut Vec<Effect>) {
        let Preview { command, behalf, lines, .. } = preview;
        let (mut taken, mut skipped) = (0, 0);
        for line in lines {
            if line.why.is_some() {
                skipped += 1;
                continue;
            }
            taken += 1;
            let step = FollowStep { item: line.id.item, behalf: behalf.clone(), batch: true, command: command.clone() };
            let command = Command::Follow(line.id.finding, step);
            effects.push(self.submit(Request { by: self.me.clone(), saw: line.saw, command }));
            if let Screen::Ledger(page) = &mut self.screen {
                page.marks.remove(&line.id);
            }
        }
        self.tell(Tone::Plain, w::STEPS_TAKEN.fill(self.lang, &[&taken, &skipped]));
    }
}

//! The form for a round (體檢輪次).

use super::branch_form::PROFILES;
use super::conflict::last_of;
use super::{Draft, Effect, Form, FormKind, Model, Overlay, Row, Tone};
use crate::domain::{
    BranchId, BranchKind, Command, Day, EditionLine, GradeBounds, Of, Points, Profile, ReadFault, Reading, Request,
    Rev, RoundCommand, RoundId, RoundPlan, Scale, newest, quarter_of,
};
use crate::locales::{self as w, profile, scale};

/// The scales in the order of the choices.
const SCALES: [Scale; 2] = [Scale::Four, Scale::Two];

impl Model {
    /// Opens the form for a new round: the quarter of today, the newest checklist, all branches.
    pub(super) fn open_new_round(&mut self, reading: &dyn Reading) -> Result<(), ReadFault> {
        let editions = reading.editions()?;
        let Some(plan) = self.proposed_plan(&editions) else {
            self.tell(Tone::Warning, w::NO_CHECKLIST.say(self.lang));
            return Ok(());
        };
        let form = self.round_form(None, Rev(0), &plan, &editions);
        self.open_form(form);
        Ok(())
    }

    /// Proposes a round: the quarter of today on the newest checklist; nothing where there is none.
    pub(super) fn proposed_plan(&self, editions: &[EditionLine]) -> Option<RoundPlan> {
        let (first, last) = quarter_of(self.moment.day);
        let edition = newest(editions)?;
        Some(RoundPlan {
            code: format!("{}-{}", first.0.year(), first.0.month() / 3 + 1),
            name: w::period(first, last, self.lang),
            from: first,
            to: last,
            edition: edition.id,
            profile: Profile::default(),
            scale: Scale::default(),
            grades: GradeBounds::default(),
            vetoes: Vec::new(),
            ranked: false,
        })
    }

    /// Opens the form for a round that is known.
    pub(super) fn open_round_edit(&mut self, id: RoundId, reading: &dyn Reading) -> Result<(), ReadFault> {
        let Some(round) = reading.round(id)? else { return Ok(()) };
        let form = self.round_form(Some(id), round.rev, &round.plan, &reading.editions()?);
        self.open_form_over(form, last_of(reading, Of::Round(id), round.rev)?);
        Ok(())
    }

    pub(super) fn round_form(&self, id: Option<RoundId>, saw: Rev, plan: &RoundPlan, editions: &[EditionLine]) -> Form {
        let lang = self.lang;
        let bound = |bound: u32| Points(bound).to_string().trim_end_matches(".0").to_owned();
        let grades = [plan.grades.excellent, plan.grades.good, plan.grades.pass].map(bound).join("/");
        let names: Vec<String> = editions
            .iter()
            .map(|line| format!("{} {} {}", line.title.pick(lang), line.edition, line.id.short()))
            .collect();
        let edition = editions.iter().position(|line| line.id == plan.edition).unwrap_or_default();
        let mut rows = vec![
            Row::text(w::F_ROUND_NAME.say(lang), 40, &plan.name),
            Row::text(w::F_CODE.say(lang), 16, &plan.code).with_hint(&w::H_ROUND_CODE),
            Row::text(w::F_FROM.say(lang), 12, &plan.from.to_string()).with_hint(&w::H_DAY),
            Row::text(w::F_TO.say(lang), 12, &plan.to.to_string()).with_hint(&w::H_DAY),
            Row::choice(w::F_EDITION.say(lang), names, edition),
            Row::choice(
                w::F_PROFILE.say(lang),
                PROFILES.map(|known| profile(known).say(lang).to_owned()).to_vec(),
                PROFILES.iter().position(|known| *known == plan.profile).unwrap_or_default(),
            ),
            Row::choice(
                w::F_SCALE.say(lang),
                SCALES.map(|known| scale(known).say(lang).to_owned()).to_vec(),
                SCALES.iter().position(|known| *known == plan.scale).unwrap_or_default(),
            ),
            Row::text(w::F_GRADES.say(lang), 20, &grades).with_hint(&w::H_GRADES),
        ];
        if id.is_none() {
            let who = [&w::ALL_BRANCHES, &w::NO_BRANCHES].map(|word| word.say(lang).to_owned()).to_vec();
            rows.push(Row::choice(w::F_WHO.say(lang), who, 0));
        }
        // The last row, so that forms that were put aside by an earlier version fit.
        let ranked = [&w::NOT_RANKED, &w::RANKED].map(|word| word.say(lang).to_owned()).to_vec();
        rows.push(Row::choice(w::F_RANKED.say(lang), ranked, usize::from(plan.ranked)));
        let title = if id.is_some() { &w::T_ROUND_EDIT } else { &w::T_ROUND_ADD };
        let kind = FormKind::Round { id, saw };
        Form::new(kind, title.say(lang).to_owned(), rows, 0)
    }

    /// Keeps a round's form. `warned` says that the person was told what looks like personal data.
    pub(super) fn keep_round(
        &mut self,
        mut form: Form,
        warned: bool,
        reading: &dyn Reading,
        effects: &mut Vec<Effect>,
    ) -> Result<(), ReadFault> {
        let FormKind::Round { id, saw } = form.kind else {
            return Ok(());
        };
        let kept = match id {
            Some(id) => reading.round(id)?.map_or_else(Vec::new, |round| round.plan.vetoes.clone()),
            None => Vec::new(),
        };
        match self.round_plan(&form, &reading.editions()?, kept) {
            Err((row, fault)) => {
                (form.focus, form.fault) = (row, Some(fault));
                self.overlay = Some(Overlay::Form(form));
            }
            Ok(plan) => {
                let Some(form) = self.unless_personal(form, &[0], warned) else { return Ok(()) };
                let command = match id {
                    Some(id) => Command::Round(id, RoundCommand::Edit(plan)),
                    None => {
                        let branches = if form.chosen(8) == 0 { inspected(reading)? } else { Vec::new() };
                        Command::Round(reading.next_round()?, RoundCommand::Open { plan, branches })
                    }
                };
                let draft = Draft::of_form(&form, self.draft_home());
                effects.push(self.submit(Request { by: self.me.clone(), saw, command }));
                self.keep_aside(draft);
                self.tell(Tone::Plain, w::KEEPING.say(self.lang));
            }
        }
        Ok(())
    }

    fn round_plan(
        &self,
        form: &Form,
        editions: &[EditionLine],
        vetoes: Vec<String>,
    ) -> Result<RoundPlan, (usize, String)> {
        let lang = self.lang;
        let day = |row: usize| form.text(row).parse::<Day>().map_err(|()| (row, w::BAD_DATE.say(lang).to_owned()));
        let edition = editions.get(form.chosen(4)).ok_or_else(|| (4, w::NO_CHECKLIST.say(lang).to_owned()))?;
        Ok(RoundPlan {
            code: form.text(1).to_owned(),
            name: form.text(0).to_owned(),
            from: day(2)?,
            to: day(3)?,
            edition: edition.id,
            profile: PROFILES.get(form.chosen(5)).copied().unwrap_or_default(),
            scale: SCALES.get(form.chosen(6)).copied().unwrap_or_default(),
            grades: grade_bounds(form.text(7)).ok_or_else(|| (7, w::BAD_GRADES.say(lang).to_owned()))?,
            vetoes,
            ranked: form.chosen(form.rows.len().saturating_sub(1)) == 1,
        })
    }
}

/// Reads three bounds such as `90/80/60`, each with at most one digit behind the point.
pub fn grade_bounds(text: &str) -> Option<GradeBounds> {
    let mut bounds = text.split(['/', '／']).map(|bound| {
        let bound = bound.trim();
        let (whole, tenth) = bound.split_once('.').unwrap_or((bound, "0"));
        let tenth = (tenth.len() == 1).then(|| tenth.parse::<u32>().ok()).flatten()?;
        Some(whole.parse::<u32>().ok()?.checked_mul(10)? + tenth)
    });
    let mut next = || bounds.next().flatten();
    let found = GradeBounds { excellent: next()?, good: next()?, pass: next()? };
    bounds.next().is_none().then_some(found)
}

/// Lists the units that a round takes in by itself: branches in being, not the units above them.
fn inspected(reading: &dyn Reading) -> Result<Vec<BranchId>, ReadFault> {
    let tree = reading.tree()?;
    let branches = tree.lines.iter().filter(|line| line.active && line.kind == BranchKind::Zhibu);
    Ok(branches.map(|line| line.id).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grade_bounds_are_read_strictly() {
        assert_eq!(grade_bounds("90/80/60"), Some(GradeBounds::default()));
        assert_eq!(grade_bounds("66.7／53.3/40").map(|bounds| bounds.excellent), Some(667));
        for bad in ["", "90/80", "90/80/60/50", "90/80/x", "90/80/6.25", "99999999999/80/60"] {
            assert_eq!(grade_bounds(bad), None, "{bad}");
        }
    }
}

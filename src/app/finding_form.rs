//! The form for a finding (問題): wording, severity, class and due date are proposed, Enter accepts.

use super::{Effect, Form, FormKind, Model, Overlay, Row, Screen, Value, Walk};
use crate::domain::{
    Class, Day, FindingFacts, InspectionCommand, Item, ItemId, MissingYear, Severity, care, fill, slot_name, slots,
};
use crate::locales::{self as w, class, concern, period, severity};
use crate::text::Edit;

/// What a finding form knows beside its rows.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct FindingDraft {
    /// The item.
    pub item: ItemId,
    /// The finding that is corrected; none for a new one.
    pub n: Option<u16>,
    /// The wording with its slots.
    pub template: String,
    /// The slots, in the order of the rows.
    pub slots: Vec<String>,
    /// Whether the person has rewritten the wording, so that slots do not fill it any more.
    pub rewritten: bool,
}

/// The severities that a finding may have, in the order of the choices.
pub const SEVERITIES: [Severity; 3] = [Severity::Minor, Severity::Major, Severity::Critical];
/// The classes that a finding may have, in the order of the choices.
pub const CLASSES: [Class; 3] = [Class::Immediate, Class::Limited, Class::Standing];

impl Model {
    /// Opens the finding form on the item that is looked at: its last finding, or a new one.
    pub(super) fn open_finding(&mut self) {
        // What falls short is noted on a sheet; its finding is written once the verdict stands.
        if self.is_blind() {
            return self.open_note();
        }
        if self.refuse_walk() {
            return;
        }
        let lang = self.lang;
        let Some(walk) = self.walk() else { return };
        let Some(item) = walk.item() else { return };
        let known = walk.inspection.findings_on(&item.id).last().map(|(n, finding)| (n, finding.facts.clone()));
        let form = form(item, known, walk, self.moment.day, lang);
        let last = walk.inspection.findings_on(&item.id).last().map(|(_, finding)| (finding.by.clone(), finding.at));
        match last {
            Some(last) => self.open_form_over(form, last),
            None => self.open_form(form),
        }
    }

    /// Makes the form of a draft in the language of now.
    pub(super) fn finding_form_anew(&self, draft: &FindingDraft) -> Option<Form> {
        let walk = self.walk()?;
        let item = walk.checklist.item(&draft.item)?;
        let found = |n: u16| Some((n, walk.inspection.findings.get(&n)?.facts.clone()));
        let known = match draft.n {
            Some(n) => Some(found(n)?),
            None => None,
        };
        Some(form(item, known, walk, self.moment.day, self.lang))
    }

    /// Fills the wording from the slots after a slot has changed.
    pub(super) fn refill_finding(form: &mut Form) {
        let FormKind::Finding(draft) = &mut form.kind else {
            return;
        };
        let wording = draft.slots.len();
        if form.focus == wording {
            draft.rewritten = true;
        }
        if draft.rewritten {
            return;
        }
        let typed: Vec<String> = (form.rows.iter().take(wording))
            .map(|row| match &row.value {
                Value::Text(edit) => edit.text().trim().to_owned(),
                Value::Choice { .. } => String::new(),
            })
            .collect();
        let values: Vec<(&str, &str)> = (draft.slots.iter().zip(&typed))
            .filter(|(_, value)| !value.is_empty())
            .map(|(slot, value)| (slot.as_str(), value.as_str()))
            .collect();
        let text = fill(&draft.template, &values);
        if let Some(row) = form.rows.get_mut(wording) {
            row.value = Value::Text(Edit::lines(FindingFacts::LIMIT).with_text(&text));
        }
    }

    /// Keeps a finding and walks on.
    pub(super) fn keep_finding(&mut self, mut form: Form, warned: bool, effects: &mut Vec<Effect>) {
        let FormKind::Finding(draft) = &form.kind else { return };
        let (first, lang) = (draft.slots.len(), self.lang);
        let (n, item, new) = (draft.n, draft.item.clone(), draft.n.is_none());
        let Ok(due) = form.text(first + 3).parse::<Day>() else {
            form.fault = Some(w::BAD_DATE.say(lang).to_owned());
            form.focus = first + 3;
            self.overlay = Some(Overlay::Form(form));
            return;
        };
        if due < self.moment.day && new {
            form.fault = Some(w::DUE_PASSED.say(lang).to_owned());
            form.focus = first + 3;
            self.overlay = Some(Overlay::Form(form));
            return;
        }
        let facts = FindingFacts {
            item,
            fact: form.text(first).to_owned(),
            severity: SEVERITIES.get(form.chosen(first + 1)).copied().unwrap_or(Severity::Minor),
            class: CLASSES.get(form.chosen(first + 2)).copied().unwrap_or(Class::Limited),
            due,
        };
        if let Some(slot) = slots(&facts.fact).first() {
            form.focus = draft.slots.iter().position(|known| known == slot).unwrap_or(first);
            form.fault = Some(w::SLOT_OPEN.fill(lang, &[&slot_name(slot, lang)]));
            self.overlay = Some(Overlay::Form(form));
            return;
        }
        let concerns = care::concerns(&facts.fact);
        if !warned && !concerns.is_empty() {
            let listed: Vec<String> = concerns.iter().map(|found| concern(found, lang)).collect();
            self.overlay = Some(Overlay::Form(form));
            self.ask(w::ASK_PERSONAL.fill(lang, &[&listed.join("、")]), super::Confirmed::KeepForm);
            return;
        }
        let waiting = self.waiting;
        let draft = super::Draft::of_form(&form, self.draft_home());
        effects.extend(self.submit_walk(InspectionCommand::Find { n, facts }));
        if self.waiting == waiting {
            form.fault = self.notice.take().map(|notice| notice.text);
            self.overlay = Some(Overlay::Form(form));
        } else {
            self.keep_aside(draft);
            self.advance(matches!(self.screen, Screen::Across(_)));
        }
    }
}

fn form(item: &Item, known: Option<(u16, FindingFacts)>, walk: &Walk, today: Day, lang: w::Lang) -> Form {
    let round = &walk.round;
    let proposed = walk.count.due(today, item.days);
    let template = item.finding.pick(lang).to_owned();
    let n = known.as_ref().map(|(n, _)| *n);
    let slot_names: Vec<String> =
        if known.is_some() { Vec::new() } else { slots(&template).into_iter().map(str::to_owned).collect() };
    let facts = known.map_or_else(
        || FindingFacts {
            item: item.id.clone(),
            fact: template.clone(),
            severity: item.severity,
            class: item.class,
            due: proposed.day,
        },
        |(_, facts)| facts,
    );
    let mut rows: Vec<Row> = (slot_names.iter())
        .map(|slot| {
            let proposed = match slot.as_str() {
                "period" => period(round.plan.from, round.plan.to, lang),
                "year" => round.plan.to.0.year().to_string(),
                _ => String::new(),
            };
            Row::text(slot_name(slot, lang), 60, &proposed)
        })
        .collect();
    let options = |said: [&str; 3]| said.map(str::to_owned).to_vec();
    rows.push(Row::lines(w::F_WORDING.say(lang), FindingFacts::LIMIT, &facts.fact));
    rows.push(Row::choice(
        w::F_SEVERITY.say(lang),
        options(SEVERITIES.map(|known| severity(known).say(lang))),
        SEVERITIES.iter().position(|known| *known == facts.severity).unwrap_or(0),
    ));
    rows.push(Row::choice(
        w::F_CLASS.say(lang),
        options(CLASSES.map(|known| class(known).say(lang))),
        CLASSES.iter().position(|known| *known == facts.class).unwrap_or(1),
    ));
    rows.push(Row::text(w::F_DUE.say(lang), 16, &facts.due.to_string()).with_hint(&w::H_DUE));
    // The first slot without a proposal has the keys; with every slot filled, Enter accepts at once.
    let empty = |row: &Row| matches!(&row.value, Value::Text(edit) if edit.text().is_empty());
    let focus = rows.iter().take(slot_names.len()).position(empty).unwrap_or(slot_names.len());
    let draft = FindingDraft { item: item.id.clone(), n, template, slots: slot_names, rewritten: false };
    let title = format!("{} {}", item.id, item.title.pick(lang));
    let mut form = Form::new(FormKind::Finding(draft), title, rows, focus);
    if n.is_none() {
        form.fault = proposed.missing.map(|MissingYear(year)| w::DUE_BY_CALENDAR.fill(lang, &[&year]));
        let focus = std::mem::replace(&mut form.focus, 0);
        Model::refill_finding(&mut form);
        form.focus = focus;
        if let FormKind::Finding(draft) = &mut form.kind {
            draft.rewritten = false;
        }
    }
    form
}

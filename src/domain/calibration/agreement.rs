//! How far two sheets agree, and what is merged: facts about items, none about the two.

use super::{Calibration, CalibrationRefusal, Choice};
use crate::domain::{Checklist, Inspection, InspectionCommand, ItemId, Judgement, Note, Rate, Refusal};

/// An item that at least one of the two has judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// The item.
    pub item: ItemId,
    /// What each has given; nothing where one has left it open.
    pub given: [Option<Judgement>; 2],
    /// What each has noted.
    pub notes: [String; 2],
}

impl Compared {
    /// Says whether both have given the same verdict.
    pub fn agrees(&self) -> bool {
        let [first, second] = self.given.each_ref().map(|given| given.as_ref().map(|given| given.verdict));
        first == second
    }

    /// Returns the verdict that a choice comes to.
    pub fn taken(&self, choice: &Choice) -> Option<Judgement> {
        match choice {
            Choice::Given(side) => side.of(&self.given).clone(),
            Choice::Other(judgement) => Some(judgement.clone()),
        }
    }

    /// Returns the note that goes with a choice: that of the one whose verdict is taken, else both.
    fn noted(&self, choice: Option<&Choice>) -> String {
        if let Some(Choice::Given(side)) = choice {
            return side.of(&self.notes).clone();
        }
        let [first, second] = &self.notes;
        match (first.is_empty(), second.is_empty()) {
            (_, true) => first.clone(),
            (true, false) => second.clone(),
            (false, false) if first == second => first.clone(),
            (false, false) => format!("{first}\n{second}").chars().take(Note::LIMIT).collect(),
        }
    }
}

/// How far two sheets agree.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Agreement {
    /// The items that at least one of the two has judged, in walking order.
    pub items: Vec<Compared>,
}

impl Agreement {
    /// Lays two sheets side by side.
    pub fn of(calibration: &Calibration, checklist: &Checklist, sheets: &[Inspection; 2]) -> Self {
        let compared = calibration.extent.items(checklist).map(|item| Compared {
            given: sheets.each_ref().map(|sheet| sheet.judgement(&item.id)),
            notes: sheets.each_ref().map(|sheet| sheet.note(&item.id).to_owned()),
            item: item.id.clone(),
        });
        Self { items: compared.filter(|item| item.given.iter().any(Option::is_some)).collect() }
    }

    /// Finds an item.
    pub fn item(&self, item: &ItemId) -> Option<&Compared> {
        self.items.iter().find(|compared| compared.item == *item)
    }

    /// Counts the items on which both agree ÷ all of them (一致率).
    pub fn rate(&self) -> Rate {
        let mut rate = Rate::default();
        for compared in &self.items {
            rate.count(compared.agrees());
        }
        rate
    }

    /// Lists the items on which they differ.
    pub fn differing(&self) -> impl Iterator<Item = &Compared> {
        self.items.iter().filter(|compared| !compared.agrees())
    }

    /// Returns what an item comes to, with the note that goes with it; nothing while no verdict was taken.
    pub fn outcome(&self, calibration: &Calibration, compared: &Compared) -> Option<(Option<Judgement>, String)> {
        if compared.agrees() {
            return Some((compared.given.iter().flatten().next().cloned(), compared.noted(None)));
        }
        let choice = &calibration.chosen.get(&compared.item)?.choice;
        Some((compared.taken(choice), compared.noted(Some(choice))))
    }

    /// Lists the commands that make the inspection what was agreed and taken, or says what is still open.
    pub fn merger(&self, calibration: &Calibration) -> Result<Vec<InspectionCommand>, Refusal> {
        let (mut verdicts, mut notes, mut open) = (Vec::new(), Vec::new(), Vec::new());
        for compared in &self.items {
            let item = compared.item.clone();
            let Some((judgement, note)) = self.outcome(calibration, compared) else {
                open.push(item);
                continue;
            };
            if !note.is_empty() {
                notes.push(InspectionCommand::Note { item: item.clone(), text: note });
            }
            if judgement.is_some() {
                verdicts.push((item, judgement));
            }
        }
        if !open.is_empty() {
            return Err(CalibrationRefusal::NotChosen(open).into());
        }
        let judged = Some(verdicts).filter(|verdicts| !verdicts.is_empty()).map(InspectionCommand::Judge);
        Ok(judged.into_iter().chain(notes).collect())
    }
}

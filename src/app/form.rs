//! A form: rows of text and choices, one of which has the keys.

use super::{CalibrationDraft, FindingDraft, LookDraft, Model, Overlay, StepDraft, TeamDraft};
use crate::domain::{BranchId, POST_LIMIT, Posts, Rev, RoundId, care};
use crate::keys::{Code, Key, plain};
use crate::locales::{H_POST, Lang, Word};
use crate::text::{Edit, Needle, fold};

/// What a form makes or changes.
#[derive(Clone, Debug)]
pub enum FormKind {
    /// A unit; a new one without a number.
    Branch {
        /// The unit.
        id: Option<BranchId>,
        /// The revision that the form was filled from.
        saw: Rev,
    },
    /// A round; a new one without a number.
    Round {
        /// The round.
        id: Option<RoundId>,
        /// The revision that the form was filled from.
        saw: Rev,
    },
    /// A finding on an item.
    Finding(FindingDraft),
    /// A step on rectification items.
    Step(StepDraft),
    /// A draw of a look-back.
    Draw,
    /// What is said of an item of a look-back.
    Look(LookDraft),
    /// Who walks where in a round.
    Team {
        /// Which team.
        draft: TeamDraft,
        /// The revision that the form was filled from.
        saw: Rev,
    },
    /// What a calibration asks for.
    Calibration(CalibrationDraft),
}

/// What stands in a row.
#[derive(Clone, Debug)]
pub enum Value {
    /// Text.
    Text(Edit),
    /// One of several.
    Choice {
        /// What there is to choose.
        options: Vec<String>,
        /// What is chosen.
        at: usize,
    },
}

/// A row of a form.
#[derive(Clone, Debug)]
pub struct Row {
    /// What it asks for.
    pub label: String,
    /// What stands in it.
    pub value: Value,
    /// A word of help beside it.
    pub hint: Option<&'static Word>,
    /// The names that Ctrl-N puts into it one after the other.
    pub known: Vec<String>,
}

impl Row {
    /// Makes a row of text.
    pub fn text(label: impl Into<String>, limit: usize, text: &str) -> Self {
        Self::of(label.into(), Value::Text(Edit::line(limit).with_text(text)))
    }

    /// Makes a row of several lines.
    pub fn lines(label: impl Into<String>, limit: usize, text: &str) -> Self {
        Self::of(label.into(), Value::Text(Edit::lines(limit).with_text(text)))
    }

    /// Makes a row to choose in.
    pub fn choice(label: impl Into<String>, options: Vec<String>, at: usize) -> Self {
        Self::of(label.into(), Value::Choice { options, at })
    }

    /// Makes a row for a post, which proposes those that the house knows.
    pub fn post(label: &Word, lang: Lang, text: &str, posts: &Posts) -> Self {
        let known = posts.iter().map(str::to_owned).collect();
        Self { known, ..Self::text(label.say(lang), POST_LIMIT, text).with_hint(&H_POST) }
    }

    const fn of(label: String, value: Value) -> Self {
        Self { label, value, hint: None, known: Vec::new() }
    }

    /// Returns the name that is proposed after what is typed: the next one, or the first that it finds.
    fn proposed(&self, typed: &str) -> Option<&String> {
        if let Some(at) = self.known.iter().position(|known| known == typed) {
            return self.known.get((at + 1) % self.known.len());
        }
        let needle = Needle::new(typed);
        self.known.iter().find(|known| needle.matches(&fold(known))).or_else(|| self.known.first())
    }

    /// Adds a word of help.
    #[must_use]
    pub const fn with_hint(mut self, hint: &'static Word) -> Self {
        self.hint = Some(hint);
        self
    }
}

/// A form over the screen.
#[derive(Clone, Debug)]
pub struct Form {
    /// What it makes or changes.
    pub kind: FormKind,
    /// Its title.
    pub title: String,
    /// Its rows.
    pub rows: Vec<Row>,
    /// What stood in the rows when it was opened, as [`Form::values`] spells it.
    pub base: Vec<String>,
    /// The row that has the keys.
    pub focus: usize,
    /// Whether the person has typed anything.
    pub touched: bool,
    /// What is wrong with it, as the last try found.
    pub fault: Option<String>,
}

/// What a key has done to a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stroke {
    /// The form goes on.
    Typed,
    /// The person wants it kept.
    Keep,
    /// The key means nothing here.
    Unknown,
}

impl Form {
    /// Returns a row's text, trimmed.
    pub fn text(&self, row: usize) -> &str {
        match self.rows.get(row).map(|row| &row.value) {
            Some(Value::Text(edit)) => edit.text().trim(),
            Some(Value::Choice { options, at }) => options.get(*at).map_or("", String::as_str),
            None => "",
        }
    }

    /// Returns which of a row's options is chosen.
    pub fn chosen(&self, row: usize) -> usize {
        match self.rows.get(row).map(|row| &row.value) {
            Some(Value::Choice { at, .. }) => *at,
            _ => 0,
        }
    }

    /// Returns the text field that has the keys.
    pub fn edit_mut(&mut self) -> Option<&mut Edit> {
        match self.rows.get_mut(self.focus).map(|row| &mut row.value) {
            Some(Value::Text(edit)) => Some(edit),
            _ => None,
        }
    }

    fn go(&mut self, down: bool) {
        let len = self.rows.len().max(1);
        self.focus = if down { (self.focus + 1) % len } else { (self.focus + len - 1) % len };
    }

    /// Makes a form that nobody has typed in.
    pub fn new(kind: FormKind, title: String, rows: Vec<Row>, focus: usize) -> Self {
        let mut form = Self { kind, title, rows, base: Vec::new(), focus, touched: false, fault: None };
        form.base = form.values();
        form
    }

    /// Spells what stands in the rows: a choice by its place.
    pub fn values(&self) -> Vec<String> {
        let spelled = |row: &Row| match &row.value {
            Value::Text(edit) => edit.text().to_owned(),
            Value::Choice { at, .. } => at.to_string(),
        };
        self.rows.iter().map(spelled).collect()
    }

    /// Takes a key.
    pub fn press(&mut self, key: Key, cols: usize, ambiguous: crate::text::Ambiguous) -> Stroke {
        let last = self.focus + 1 >= self.rows.len();
        match (key.code, key.ctrl) {
            (Code::Char('s'), true) => return Stroke::Keep,
            (Code::BackTab, _) => self.go(false),
            (Code::Enter, _) if last || matches!(self.kind, FormKind::Finding(_)) && !self.on_slot() => {
                return Stroke::Keep;
            }
            (Code::Tab | Code::Enter, _) => self.go(true),
            _ => return self.press_row(key, cols, ambiguous),
        }
        Stroke::Typed
    }

    /// Says whether the row that has the keys fills a slot of the wording.
    pub fn on_slot(&self) -> bool {
        matches!(&self.kind, FormKind::Finding(draft) if self.focus < draft.slots.len())
    }

    fn press_row(&mut self, key: Key, cols: usize, ambiguous: crate::text::Ambiguous) -> Stroke {
        let Some(row) = self.rows.get_mut(self.focus) else {
            return Stroke::Unknown;
        };
        match &mut row.value {
            Value::Choice { options, at } => {
                // Nothing is typed here: what an input method sends means the key that was pressed.
                let key = plain(key);
                let len = options.len().max(1);
                match (key.code, key.ctrl) {
                    (Code::Down, _) => self.go(true),
                    (Code::Up, _) => self.go(false),
                    (Code::Right | Code::Char(' ' | 'l'), false) => (*at, self.touched) = ((*at + 1) % len, true),
                    (Code::Left | Code::Char('h'), false) => (*at, self.touched) = ((*at + len - 1) % len, true),
                    (Code::Char(c), false) => match c.to_digit(10) {
                        Some(n) if n >= 1 && (n as usize) <= len => (*at, self.touched) = (n as usize - 1, true),
                        _ => return Stroke::Unknown,
                    },
                    _ => return Stroke::Unknown,
                }
                Stroke::Typed
            }
            Value::Text(edit) => {
                if super::update::type_into(edit, key, cols, ambiguous) {
                    self.touched = true;
                    return Stroke::Typed;
                }
                match (key.code, key.ctrl) {
                    (Code::Down, _) => self.go(true),
                    (Code::Up, _) => self.go(false),
                    (Code::Char('n'), true) => return self.propose(),
                    _ => return Stroke::Unknown,
                }
                Stroke::Typed
            }
        }
    }

    /// Puts the next name that is proposed into the row that has the keys.
    fn propose(&mut self) -> Stroke {
        let Some(row) = self.rows.get_mut(self.focus) else { return Stroke::Unknown };
        let typed = match &row.value {
            Value::Text(edit) => edit.text().trim(),
            Value::Choice { .. } => "",
        };
        let Some(next) = row.proposed(typed).cloned() else { return Stroke::Unknown };
        if let Value::Text(edit) = &mut row.value {
            edit.clear();
            edit.paste(&next);
            self.touched = true;
        }
        Stroke::Typed
    }
}

impl Model {
    /// Asks before names that look like personal data are kept, and gives the form back where there are none.
    pub(super) fn unless_personal(&mut self, form: Form, names: &[usize], warned: bool) -> Option<Form> {
        let base = |row: usize| form.base.get(row).map_or("", |text| text.trim());
        let typed = names.iter().filter(|row| form.text(**row) != base(**row));
        let concerns: Vec<String> = typed
            .flat_map(|row| care::concerns(form.text(*row)))
            .map(|found| crate::locales::concern(&found, self.lang))
            .collect();
        if warned || concerns.is_empty() {
            return Some(form);
        }
        let question = crate::locales::ASK_PERSONAL.fill(self.lang, &[&concerns.join("、")]);
        self.overlay = Some(Overlay::Form(form));
        self.ask(question, super::Confirmed::KeepForm);
        None
    }

    /// Opens a form, with what was put aside for it where something was.
    pub(super) fn open_form(&mut self, form: Form) {
        if self.refuse_read_only() {
            return;
        }
        let place = self.draft_home();
        let parked = self.parked.iter().position(|draft| draft.is_form(&form, place));
        let form = match parked.map(|at| self.parked.remove(at)) {
            Some(draft) => {
                self.tell(super::Tone::Plain, crate::locales::DRAFT_BACK.say(self.lang));
                draft.into_form(form)
            }
            None => form,
        };
        self.overlay = Some(Overlay::Form(form));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locales::FIELD_LEAD;
    use crate::text::Ambiguous;

    #[test]
    fn a_row_for_a_post_proposes_what_was_begun_and_then_the_next() {
        let posts = Posts::default();
        let rows = vec![Row::post(&FIELD_LEAD, Lang::Hant, "", &posts), Row::text("x", 9, "")];
        let mut form = Form::new(FormKind::Draw, String::new(), rows, 0);
        let next = |form: &mut Form| form.press(Key::ctrl('n'), 40, Ambiguous::Narrow);
        assert_eq!(next(&mut form), Stroke::Typed);
        assert_eq!((form.text(0), form.touched), ("支部書記", true));
        next(&mut form);
        assert_eq!(form.text(0), "副書記");
        for (typed, found) in [("zuzhi", "組織委員"), ("纪检", "紀檢委員"), ("q?", "支部書記")] {
            let edit = form.edit_mut().unwrap();
            edit.clear();
            edit.paste(typed);
            next(&mut form);
            assert_eq!(form.text(0), found, "{typed}");
        }
        form.focus = 1;
        assert_eq!(next(&mut form), Stroke::Unknown, "nothing is known of a row of text");
    }
}

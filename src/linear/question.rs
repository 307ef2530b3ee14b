//! Fields, forms and confirmations, asked for one by one.

use super::Talk;
use crate::app::{Msg, Overlay, PreviewLine, Tone, Value};
use crate::keys::{Code, Glue, Input, Key, plain};
use crate::locales as w;

/// What the next line answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asking {
    /// Nothing: it is a command.
    Command,
    /// A yes or no.
    Confirm,
    /// Which of two is taken.
    Conflict,
    /// A field of one line.
    Line,
    /// What becomes of the lines that a note has.
    Note,
    /// The next line of a note.
    Lines,
    /// A row of a form; whether it is the last that is wanted.
    Row {
        /// The row.
        at: usize,
        /// Whether the form is handed over after it.
        last: bool,
    },
}

/// Gives up a question; what was written is put aside.
const GIVE_UP: &str = "<";

impl Talk {
    /// Asks what the overlay wants to know.
    pub(super) fn ask(&mut self) {
        let (lang, today) = (self.model.lang, self.model.moment.day);
        match &mut self.model.overlay {
            Some(Overlay::Confirm { question, .. }) => {
                let question = question.clone();
                self.page.line(&question);
                self.page.line(w::LN_YES.say(lang));
                self.asking = Asking::Confirm;
                self.prompted("y/n");
            }
            Some(Overlay::Preview(preview)) => {
                let what = w::verb(preview.verb).say(lang);
                let title = w::PREVIEW_TITLE.fill(lang, &[&what, &preview.taken(), &preview.skipped()]);
                let said = |line: &PreviewLine| match &line.why {
                    Some(why) => format!("{}  {}  {why}", w::PREVIEW_SKIP.say(lang), line.what),
                    None => format!("{}  {}", w::PREVIEW_DO.say(lang), line.what),
                };
                let lines: Vec<String> = preview.lines.iter().map(said).collect();
                self.page.line(&title);
                for line in lines {
                    self.page.line(&line);
                }
                self.page.line(w::LN_YES.say(lang));
                self.asking = Asking::Confirm;
                self.prompted("y/n");
            }
            Some(Overlay::Conflict(conflict)) => {
                let head = conflict.head(today, lang);
                let clashes = conflict.clashes.clone();
                self.page.gap();
                self.page.line(&head);
                for clash in clashes {
                    self.page.line(&clash.label);
                    self.page.pair(w::CONFLICT_THEIRS.say(lang), &or_nothing(&clash.theirs, lang), lang);
                    self.page.pair(w::CONFLICT_MINE.say(lang), &or_nothing(&clash.mine, lang), lang);
                }
                self.page.line(w::LN_CONFLICT_KEYS.say(lang));
                self.asking = Asking::Conflict;
                self.prompted("[8 9 <]");
            }
            Some(Overlay::Field(field)) if field.has_lines() => {
                let (title, text) = (field.title(lang), field.edit.text().to_owned());
                if self.asking == Asking::Lines {
                    self.prompted("");
                    return;
                }
                self.page.gap();
                self.page.line(&title);
                if text.is_empty() {
                    self.page.line(w::LN_LINES.say(lang));
                    self.asking = Asking::Lines;
                    self.prompted("");
                } else {
                    self.page.line(&text);
                    self.page.line(w::LN_NOTE_KEYS.say(lang));
                    self.asking = Asking::Note;
                    self.prompted("[Enter + - <]");
                }
            }
            Some(Overlay::Field(field)) => {
                let (title, text) = (field.title(lang), field.edit.text().to_owned());
                self.page.gap();
                let keys = if text.is_empty() { &w::LN_ONE_LINE } else { &w::LN_LINE_KEYS };
                self.page.line(keys.say(lang));
                self.asking = Asking::Line;
                let proposed = if text.is_empty() { String::new() } else { format!(" [{text}]") };
                self.prompted(&format!("{title}{proposed}"));
            }
            Some(Overlay::Form(form)) => {
                let fault = form.fault.take();
                let title = form.title.clone();
                if !matches!(self.asking, Asking::Row { .. }) {
                    self.page.gap();
                    self.page.line(&title);
                    self.page.line(w::LN_ROW_KEYS.say(lang));
                }
                self.ask_row(fault);
            }
            _ => {}
        }
    }

    fn ask_row(&mut self, fault: Option<String>) {
        let lang = self.model.lang;
        let Some(Overlay::Form(form)) = &self.model.overlay else { return };
        let (at, last) = match (self.asking, &fault) {
            (_, Some(_)) => (form.focus, true),
            (Asking::Row { at, last }, None) => (at, last),
            _ => (0, false),
        };
        let Some(row) = form.rows.get(at) else { return };
        let label = match row.hint {
            Some(hint) => super::page::aside(&row.label, hint.say(lang), lang),
            None => row.label.clone(),
        };
        let (options, proposed) = match &row.value {
            Value::Text(edit) => (Vec::new(), edit.text().to_owned()),
            Value::Choice { options, at } => {
                let named = (1..).zip(options).map(|(n, option)| format!("{n} {option}")).collect();
                (named, options.get(*at).cloned().unwrap_or_default())
            }
        };
        if let Some(fault) = fault {
            self.page.line(&format!("! {fault}"));
        }
        self.asking = Asking::Row { at, last };
        self.page.pieces(&options);
        let proposed = if proposed.is_empty() { w::LN_EMPTY.say(lang).to_owned() } else { proposed };
        self.prompted(&format!("{label}{}[{proposed}]", w::colon(lang)));
    }

    /// Takes the answer to a question.
    pub(super) fn reply(&mut self, text: &str) {
        let short: String = text.trim().chars().map(|c| plain(Key::char(c)).typed().unwrap_or(c)).collect();
        match self.asking {
            Asking::Command => {}
            Asking::Confirm => {
                let yes = matches!(short.as_str(), "y" | "Y" | "yes" | "是" | "好");
                if !yes {
                    self.tell(Tone::Plain, w::LN_DROPPED.say(self.model.lang).to_owned());
                }
                self.asking = Asking::Command;
                self.press(Key::char(if yes { 'y' } else { 'n' }));
            }
            _ if short == GIVE_UP => {
                self.asking = Asking::Command;
                self.press(Key::plain(Code::Esc));
            }
            Asking::Conflict => match short.as_str() {
                "8" | "9" => {
                    self.asking = Asking::Command;
                    self.press(Key::char(if short == "8" { '8' } else { '9' }));
                }
                _ => self.tell(Tone::Warning, w::LN_UNKNOWN.fill(self.model.lang, &[&short])),
            },
            Asking::Line => self.reply_line(text),
            Asking::Note => self.reply_note(&short),
            Asking::Lines => self.reply_lines(text, &short),
            Asking::Row { at, last } => self.reply_row(text, &short, at, last),
        }
    }

    fn press(&mut self, key: Key) {
        self.msg(Msg::Input(Input::Key(key, Glue::Alone)));
    }

    fn reply_line(&mut self, text: &str) {
        let Some(Overlay::Field(field)) = &mut self.model.overlay else { return };
        self.asking = Asking::Command;
        if text.trim().is_empty() {
            if field.edit.text().trim().is_empty() {
                self.press(Key::plain(Code::Esc));
                self.tell(Tone::Plain, w::LN_DROPPED.say(self.model.lang).to_owned());
                return;
            }
        } else {
            field.edit.clear();
            self.msg(Msg::Input(Input::Paste(text.trim().to_owned())));
        }
        self.press(Key::plain(Code::Enter));
    }

    fn reply_note(&mut self, short: &str) {
        match short {
            "" => {
                self.asking = Asking::Command;
                self.press(Key::ctrl('s'));
            }
            "+" => {
                self.page.line(w::LN_LINES.say(self.model.lang));
                self.asking = Asking::Lines;
            }
            "-" => {
                if let Some(Overlay::Field(field)) = &mut self.model.overlay {
                    field.edit.clear();
                }
                self.page.line(w::LN_LINES.say(self.model.lang));
                self.asking = Asking::Lines;
            }
            _ => self.tell(Tone::Warning, w::LN_UNKNOWN.fill(self.model.lang, &[&short])),
        }
    }

    fn reply_lines(&mut self, text: &str, short: &str) {
        if short == "." {
            self.asking = Asking::Command;
            self.press(Key::ctrl('s'));
            return;
        }
        if let Some(Overlay::Field(field)) = &mut self.model.overlay {
            let end = field.edit.text().len();
            field.edit.set_caret(end);
            if end > 0 {
                field.edit.newline();
            }
        }
        self.msg(Msg::Input(Input::Paste(text.trim_end().to_owned())));
    }

    fn reply_row(&mut self, text: &str, short: &str, at: usize, last: bool) {
        let lang = self.model.lang;
        let Some(Overlay::Form(form)) = &mut self.model.overlay else { return };
        form.focus = at;
        let rows = form.rows.len();
        let mut all = last;
        match (short, form.rows.get_mut(at).map(|row| &mut row.value)) {
            ("", _) => {}
            ("?", _) => {
                self.tell(Tone::Plain, w::LN_ROW_KEYS.say(lang).to_owned());
                return;
            }
            (".", _) => all = true,
            (_, Some(Value::Choice { options, at })) => {
                let by_number =
                    short.parse::<usize>().ok().and_then(|n| n.checked_sub(1)).filter(|n| *n < options.len());
                let by_name = || options.iter().position(|option| option == text.trim());
                let Some(chosen) = by_number.or_else(by_name) else {
                    let count = options.len();
                    self.tell(Tone::Warning, w::LN_PICK.fill(lang, &[&count]));
                    return;
                };
                (*at, form.touched) = (chosen, true);
            }
            (_, Some(Value::Text(edit))) => {
                edit.clear();
                let text = if short == "-" { "" } else { text.trim() };
                self.msg(Msg::Input(Input::Paste(text.to_owned())));
            }
            (_, None) => {}
        }
        if all || at + 1 >= rows {
            // A form that is not taken says which row is wrong, and that one is asked for again.
            self.asking = Asking::Row { at, last: true };
            self.press(Key::ctrl('s'));
        } else {
            self.asking = Asking::Row { at: at + 1, last: false };
        }
    }
}

/// Says a text, or that there is none.
fn or_nothing(text: &str, lang: w::Lang) -> String {
    if text.is_empty() { w::LN_EMPTY.say(lang).to_owned() } else { text.to_owned() }
}

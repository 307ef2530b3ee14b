//! What a line means where nothing is asked: a key, a name, a number, a code, or a text to find.

use super::Talk;
use crate::app::{Action, HelpLine, Msg, Scope, Screen, Tone};
use crate::domain::{ItemId, ReadFault};
use crate::keys::{Found, Key, plain};
use crate::locales::{self as w, Lang};
use crate::text::{Needle, fold};

/// What gives the screen before back.
const BACK: &str = "<";

impl Talk {
    /// Follows a command.
    pub(super) fn command(&mut self, line: &str) -> Result<(), ReadFault> {
        let line = line.trim();
        let short: String = line.chars().map(|c| plain(Key::char(c)).typed().unwrap_or(c)).collect();
        if short.is_empty() {
            self.more();
            return Ok(());
        }
        if short == BACK {
            self.act(Action::Back);
            return Ok(());
        }
        if let Some(needle) = short.strip_prefix('/') {
            return self.find(&line.chars().skip(line.chars().count() - needle.chars().count()).collect::<String>());
        }
        let number = short.strip_prefix('#').or_else(|| self.is_list().then_some(short.as_str()));
        if let Some(number) = number.and_then(|number| number.parse::<usize>().ok()) {
            return self.choose_number(number);
        }
        if let Some(action) =
            self.by_key(&short).or_else(|| by_name(short.trim_start_matches(':'), self.model.scopes()))
        {
            if self.model.scopes().contains(&action.scope().name()) {
                self.act(action);
            } else {
                self.not_here(action.scope());
            }
            return Ok(());
        }
        let (first, name) = short.split_once(' ').unwrap_or((short.as_str(), ""));
        if is_word(first, &w::LN_REPORT) {
            return self.report(name.trim());
        }
        self.find_code_or_name(line)
    }

    fn act(&mut self, action: Action) {
        match action {
            Action::Help | Action::Palette => self.help(),
            Action::Redraw => self.again(),
            Action::Filter => self.tell(Tone::Plain, w::LN_HOW_FIND.say(self.model.lang).to_owned()),
            _ => {
                if matches!(action, Action::Undo | Action::Redo | Action::RoundOnly) {
                    self.again();
                }
                self.msg(Msg::Do(action));
            }
        }
    }

    /// Says whether the screen is a list whose lines a bare number chooses; in a walk digits are verdicts.
    pub(super) const fn is_list(&self) -> bool {
        !matches!(self.model.screen, Screen::Walk(_) | Screen::Across(_))
    }

    fn by_key(&self, short: &str) -> Option<Action> {
        match self.model.keymap.lookup(self.model.scopes(), &typed_keys(short)) {
            // The dot ends a note here: one dot too many must not repeat a verdict.
            Found::Action(action) if action != Action::Repeat => Some(action),
            _ => None,
        }
    }

    /// Spells what is typed for an action here.
    pub(super) fn typed_for(&self, action: Action) -> String {
        if action == Action::Back {
            return BACK.to_owned();
        }
        let keys = self.model.keymap.keys_for(self.model.scopes(), action);
        let spelled = keys.iter().filter_map(|keys| {
            let typed: Option<String> = keys.iter().map(|key| key.typed().filter(|c| *c != ' ')).collect();
            typed.filter(|typed| !self.is_list() || typed.parse::<usize>().is_err())
        });
        spelled.min_by_key(String::len).unwrap_or_else(|| action.name().to_owned())
    }

    /// Says the next part of a list, or the screen again.
    fn more(&mut self) {
        let rest = self.row_count().saturating_sub(self.top + super::lists::PART);
        self.top = if rest > 0 && self.is_list() { self.top + super::lists::PART } else { 0 };
        self.again();
        // The part that was asked for stays, although the screen is told as if it were new.
        self.keep_part = true;
    }

    fn choose_number(&mut self, number: usize) -> Result<(), ReadFault> {
        match number.checked_sub(1).filter(|at| *at < self.row_count()) {
            Some(at) => self.choose(at),
            None => {
                self.tell(Tone::Warning, w::LN_NO_LINE.fill(self.model.lang, &[&number]));
                Ok(())
            }
        }
    }

    /// Goes to what a code names, or to the one line that fits a name.
    fn find_code_or_name(&mut self, line: &str) -> Result<(), ReadFault> {
        let wanted = bare(line);
        if let Some(item) = self.item_called(&wanted)
            && matches!(self.model.screen, Screen::Walk(_))
        {
            self.model.goto_item(&item);
            self.again();
            return Ok(());
        }
        let exact = (0..self.row_count()).find(|at| self.row_code(*at).is_some_and(|code| bare(&code) == wanted));
        if let Some(at) = exact {
            return self.choose(at);
        }
        let keys = typed_keys(line);
        let elsewhere = Scope::ALL.into_iter().find(|scope| {
            let here = self.model.scopes().contains(&scope.name());
            !here && self.model.keymap.bindings(scope.name()).any(|(bound, _)| bound == keys)
        });
        match elsewhere {
            Some(scope) => self.not_here(scope),
            None => return self.find(line),
        }
        Ok(())
    }

    fn not_here(&mut self, scope: Scope) {
        let place = scope.title().say(self.model.lang).to_owned();
        self.tell(Tone::Warning, w::NOT_HERE.fill(self.model.lang, &[&place]));
    }

    fn item_called(&self, wanted: &str) -> Option<ItemId> {
        let walk = self.model.walk()?;
        walk.checklist.items.iter().map(|item| &item.id).find(|id| bare(&id.0) == wanted).cloned()
    }

    /// Chooses the one line that fits; says them all where there are several.
    fn find(&mut self, text: &str) -> Result<(), ReadFault> {
        if text.trim().is_empty() {
            return self.unfilter();
        }
        let needle = Needle::new(text);
        let found: Vec<usize> = (0..self.row_count()).filter(|at| needle.matches(&self.row_folded(*at))).collect();
        match found.as_slice() {
            [] if self.row_count() == 0 => self.unknown(text),
            [] => {
                let said = format!("{} {}", w::NO_MATCH.say(self.model.lang), self.not_understood(text));
                self.tell(Tone::Warning, said);
            }
            [only] => return self.choose(*only),
            many => {
                for at in many.iter().take(super::lists::PART) {
                    let row = self.row_text(*at)?;
                    self.page.line(&format!("{}. {row}", at + 1));
                }
                self.tell(Tone::Plain, w::LN_MANY.fill(self.model.lang, &[&many.len()]));
            }
        }
        Ok(())
    }

    /// Takes off a filter that was typed on the full screen.
    fn unfilter(&mut self) -> Result<(), ReadFault> {
        let (filter, narrowed) = match &mut self.model.screen {
            Screen::Branches(page) => (page.filter.take(), false),
            Screen::Round(page) => (page.filter.take(), page.narrowed.is_some()),
            Screen::Progress(page) => (page.filter.take(), false),
            Screen::Checklist(page) => (page.filter.take(), false),
            Screen::Ledger(page) => (page.filter.take(), page.narrowed.is_some()),
            _ => (None, false),
        };
        if filter.is_none() && !narrowed {
            self.tell(Tone::Plain, w::LN_HOW_FIND.say(self.model.lang).to_owned());
            return Ok(());
        }
        self.model.show_all(&*self.reading)?;
        self.again();
        Ok(())
    }

    fn not_understood(&self, line: &str) -> String {
        w::LN_UNKNOWN.fill(self.model.lang, &[&line])
    }

    fn unknown(&mut self, line: &str) {
        let said = self.not_understood(line);
        self.tell(Tone::Warning, said);
    }

    /// Says every command that means something here.
    pub(super) fn help(&mut self) {
        let lang = self.model.lang;
        self.page.gap();
        let (mut title, mut pieces) = (String::new(), Vec::new());
        for line in self.model.help_lines() {
            match line {
                HelpLine::Scope(scope) => {
                    self.help_part(&title, &std::mem::take(&mut pieces));
                    title = format!("{}{}", scope.title().say(lang), w::colon(lang).trim_end());
                }
                HelpLine::Action(action) if moves(action) || self.is_list() && steps(action) => {}
                HelpLine::Action(action) => {
                    pieces.push(format!("{} {}", self.typed_for(action), action.word().say(lang)));
                }
            }
        }
        self.help_part(&title, &pieces);
        let papers = self.papers_said();
        self.page.pieces(&papers);
        self.page.line(w::LN_HOW_NUMBER.say(lang));
        if self.is_list() {
            self.page.line(w::LN_CHOOSE.say(lang));
            self.page.line(w::LN_HOW_FIND.say(lang));
        }
        self.page.line(w::LN_HOW_BACK.say(lang));
        self.page.line(&w::LN_HOW_NAME.fill(lang, &[&Action::Undo.word().say(lang)]));
        self.page.gap();
    }

    fn help_part(&mut self, title: &str, pieces: &[String]) {
        if !pieces.is_empty() {
            self.page.line(title);
            self.page.pieces(pieces);
        }
    }
}

/// Says whether an action only moves through a drawn list.
const fn moves(action: Action) -> bool {
    matches!(
        action,
        Action::PageDown
            | Action::PageUp
            | Action::Open
            | Action::NextPane
            | Action::Redraw
            | Action::Repeat
            | Action::Filter
            | Action::Palette
    )
}

/// Says whether an action moves a selection, which a list that is said does not have.
const fn steps(action: Action) -> bool {
    matches!(action, Action::Down | Action::Up | Action::First | Action::Last)
}

/// Reads a line as the keys that would type it.
fn typed_keys(line: &str) -> Vec<Key> {
    line.chars().map(|c| plain(Key::char(c))).filter(|key| key.typed() != Some(' ')).collect()
}

/// Finds an action by its name, or by what it is called in any language: on this screen, where several are called so.
fn by_name(name: &str, scopes: &[&str]) -> Option<Action> {
    let wanted = fold(name.trim());
    let called = |action: &Action| Lang::ALL.iter().any(|lang| fold(action.word().say(*lang)) == wanted);
    let named = Action::ALL.iter().copied().find(|action| fold(action.name()) == wanted);
    let here = || Action::ALL.iter().copied().filter(|action| scopes.contains(&action.scope().name())).find(called);
    named.or_else(here).or_else(|| Action::ALL.iter().copied().find(called))
}

fn is_word(text: &str, word: &w::Word) -> bool {
    Lang::ALL.iter().any(|lang| fold(word.say(*lang)) == fold(text))
}

/// Spells a code so that `s07`, `Ｓ-07` and `S-07` are one.
fn bare(code: &str) -> String {
    fold(code).chars().filter(|c| c.is_alphanumeric()).collect()
}

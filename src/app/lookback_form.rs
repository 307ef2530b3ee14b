//! The forms of a look-back: what a draw asks for, and what is said of an item.

use super::{Draft, Effect, Form, FormKind, Model, Overlay, Row, Tone};
use crate::domain::{
    Command, Criteria, LOOK_NOTE_LIMIT, Look, LookbackCommand, LookbackId, Outcome, PERSON_LIMIT, PersonId, Posts,
    ReadFault, Reading, RectId, Request, Rev, SAMPLE_LIMIT, Severity,
};
use crate::locales::{self as w, Lang, severity};
use crate::text::respell;

/// How many items are drawn where nobody says otherwise.
const SIZE: u16 = 10;
/// The severities in the order of the choices, behind all of them.
const SEVERITIES: [Severity; 3] = [Severity::Critical, Severity::Major, Severity::Minor];

/// What a person is about to say of an item that was drawn.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct LookDraft {
    /// Which look-back.
    pub id: LookbackId,
    /// Which item.
    pub rect: RectId,
    /// What was seen.
    pub outcome: Outcome,
    /// Whether it names the post on whose behalf.
    pub behalf: bool,
}

/// What a form of a draw says: from which items and by which seed; or the row that is wrong, and why.
type DrawRead = Result<(Criteria, u64), (usize, String)>;

impl LookDraft {
    /// Makes the form; `note` is what stands there already.
    pub fn form(&self, note: &str, posts: &Posts, lang: Lang) -> Form {
        let mut rows = vec![Row::text(w::A_NOTE.say(lang), LOOK_NOTE_LIMIT, note).with_hint(&w::H_LOOK_NOTE)];
        if self.behalf {
            rows.push(Row::post(&w::FIELD_BEHALF, lang, "", posts));
        }
        Form::new(FormKind::Look(self.clone()), w::outcome(self.outcome).say(lang).to_owned(), rows, 0)
    }
}

impl Model {
    /// Makes the form of a draw: its seed is the moment, and can be another.
    pub(super) fn draw_form(&self) -> Form {
        let lang = self.lang;
        let mut options = vec![w::V_ALL.say(lang).to_owned()];
        options.extend(SEVERITIES.map(|known| severity(known).say(lang).to_owned()));
        let seed = self.moment.stamp.0.unsigned_abs().to_string();
        let rows = vec![
            Row::text(w::FIELD_SIZE.say(lang), 3, &SIZE.to_string()),
            Row::choice(w::COL_SEVERITY.say(lang), options, 0),
            Row::text(w::COL_BRANCH_CODE.say(lang), 20, "").with_hint(&w::H_ANY),
            Row::text(w::F_CLOSER.say(lang), PERSON_LIMIT, "").with_hint(&w::H_ANY),
            Row::text(w::LOOK_SEED.say(lang), 20, &seed),
        ];
        Form::new(FormKind::Draw, w::T_DRAW.say(lang).to_owned(), rows, 0)
    }

    /// Draws what the form says.
    pub(super) fn keep_draw(
        &mut self,
        mut form: Form,
        reading: &dyn Reading,
        effects: &mut Vec<Effect>,
    ) -> Result<(), ReadFault> {
        match self.drawn_from(&form, reading)? {
            Err((row, fault)) => {
                (form.focus, form.fault) = (row, Some(fault));
                self.overlay = Some(Overlay::Form(form));
            }
            Ok((criteria, seed)) => {
                let draft = Draft::of_form(&form, self.draft_home());
                let command = Command::Lookback(reading.next_lookback()?, LookbackCommand::Draw { criteria, seed });
                effects.push(self.submit(Request { by: self.me.clone(), saw: Rev(0), command }));
                self.keep_aside(draft);
                self.tell(Tone::Plain, w::KEEPING.say(self.lang));
            }
        }
        Ok(())
    }

    fn drawn_from(&self, form: &Form, reading: &dyn Reading) -> Result<DrawRead, ReadFault> {
        let lang = self.lang;
        let size = form.text(0).parse::<u16>().ok().filter(|size| (1..=SAMPLE_LIMIT).contains(size));
        let Some(size) = size else { return Ok(Err((0, w::BAD_SIZE.fill(lang, &[&SAMPLE_LIMIT])))) };
        let code = form.text(2);
        let over = if code.is_empty() { None } else { reading.branch_by_code(code)? };
        if over.is_none() && !code.is_empty() {
            return Ok(Err((2, w::NO_SUCH_CODE.fill(lang, &[&code]))));
        }
        let Ok(seed) = form.text(4).parse::<u64>() else {
            return Ok(Err((4, w::BAD_SEED.say(lang).to_owned())));
        };
        let closer = Some(form.text(3)).filter(|closer| !closer.is_empty()).map(|closer| PersonId(closer.to_owned()));
        let severity = form.chosen(1).checked_sub(1).and_then(|at| SEVERITIES.get(at).copied());
        Ok(Ok((Criteria { severity, over, closer, size }, seed)))
    }

    /// Opens the form of a result, with the note that stands there already.
    pub(super) fn open_look(&mut self, draft: &LookDraft, reading: &dyn Reading) -> Result<(), ReadFault> {
        let form = self.look_form(draft, reading)?;
        self.open_form(form);
        Ok(())
    }

    /// Makes the form of a result.
    pub(super) fn look_form(&self, draft: &LookDraft, reading: &dyn Reading) -> Result<Form, ReadFault> {
        let lookback = reading.lookback(draft.id)?;
        let seen = lookback.as_ref().and_then(|lookback| lookback.drawn(draft.rect)?.seen.as_ref());
        let note = seen.filter(|seen| seen.look.outcome == draft.outcome).map_or("", |seen| seen.look.note.as_str());
        Ok(draft.form(note, &reading.house()?.posts, self.lang))
    }

    /// Keeps the form of a result. `warned` says that the person was told what looks like personal data.
    pub(super) fn keep_look(
        &mut self,
        form: Form,
        warned: bool,
        reading: &dyn Reading,
        effects: &mut Vec<Effect>,
    ) -> Result<(), ReadFault> {
        let FormKind::Look(draft) = &form.kind else { return Ok(()) };
        let draft = draft.clone();
        let Some(form) = self.unless_personal(form, &[0], warned) else { return Ok(()) };
        let look = Look { outcome: draft.outcome, note: form.text(0).to_owned() };
        let mut behalf = if draft.behalf { form.text(1).to_owned() } else { String::new() };
        respell(&mut behalf, reading.house()?.posts.iter());
        self.take_look(&draft, look, behalf, Some(form), reading, effects)
    }
}

//! Hostile texts in every form and field there is: each is reached, and each of its rows takes what is clean, draws what is
//! its own and keeps no more than its limit.

mod found;
mod hostile;
mod house;

use std::collections::BTreeSet;
use std::time::Duration;

use found::{calibrated, closed, day, evidence, is_asked_for, looked_back, manned, rect, standing, steps};
use hostile::{BYTES, dirty, harm, keeps_clean_texts, texts};
use house::{House, Who};
use serde_json::Value as Json;
use tijian::app::{CalibrationDraft, Field, FormKind, Model, Overlay, Place, Purpose, Screen as Shown, Value};
use tijian::domain::{
    BranchId, Class, Command, FindingFacts, FollowCommand, InspectionCommand, Judgement, RoundId, Severity, Verb,
    Verdict,
};
use tijian::import::checklist::builtin;
use tijian::session::{Clock, Screen, SystemClock};
use tijian::text::Edit;
use tijian::view::Look;

/// A form or a field: its kind, a house in which it opens, who opens it, and the keys from home.
type Way = (&'static str, fn() -> House, &'static str, &'static str);

/// The ways to every kind.
const WAYS: [Way; 32] = [
    ("note", House::furnished, "王督查", "gr<enter><enter>;"),
    ("not applicable", House::furnished, "王督查", "gr<enter><enter>jjjj0"),
    ("reopening", House::followed, "王督查", "gr<enter>j<enter>SR"),
    ("organisation", House::furnished, "王督查", "o"),
    ("retirement", House::furnished, "王督查", "gbX"),
    ("end of a look-back", looked_back, "孫督查", "gk<enter>1S"),
    ("correction", standing, "admin", "2<enter>ZyC"),
    ("calling off", calibrated, "王督查", "2<enter>gggjX"),
    ("branch", House::furnished, "王督查", "gba"),
    ("round", House::furnished, "王督查", "grn"),
    ("finding", House::furnished, "王督查", "gr<enter><enter>f"),
    ("draw", closed, "孫督查", "7n"),
    ("look", looked_back, "孫督查", "gk<enter>4"),
    ("team", House::furnished, "王督查", "2<enter>pjje"),
    ("calibration", House::furnished, "王督查", "2<enter>gggj"),
    ("another verdict", calibrated, "張督查", "2<enter>gggj3"),
    ("draft", standing, "王督查", "gl7<enter>D"),
    ("edit", standing, "王督查", "gl7<enter>E"),
    ("put right", immediate, "王督查", "gl7<enter>P"),
    ("start", received, "教務處", "gl1<enter>s"),
    ("evidence", received, "教務處", "gl1<enter>e"),
    ("request", working, "教務處", "gl1<enter>c"),
    ("stage", staged, "王督查", "gl4<enter>p"),
    ("return", standing, "趙審批", "gl4j<enter>b"),
    ("ask", received, "教務處", "gl1<enter>d"),
    ("deny", asked, "趙審批", "gl1ggj<enter>N"),
    ("exempt", standing, "趙審批", "gl1ggj<enter>x"),
    ("lift", exempt, "趙審批", "gl1G<enter>X"),
    ("revoke", standing, "王督查", "gl7<enter>R"),
    ("step for a post", standing, "王督查", "gl1gg<enter>r"),
    ("filter", House::furnished, "王督查", "2<enter>p/"),
    ("palette", House::furnished, "王督查", ":"),
];

/// Names what is open over a screen; a kind that has no way here does not compile here.
fn kind(model: &Model) -> Option<&'static str> {
    match (&model.overlay, &model.screen) {
        (Some(Overlay::Field(Field { purpose, .. })), _) => Some(match purpose {
            Purpose::Note(_) => "note",
            Purpose::Reason(_) => "not applicable",
            Purpose::Reopen => "reopening",
            Purpose::Organisation => "organisation",
            Purpose::Retire(_) => "retirement",
            Purpose::EndLookback(_) => "end of a look-back",
            Purpose::Correct(_) => "correction",
            Purpose::CallOff(_) => "calling off",
        }),
        (Some(Overlay::Form(form)), _) => Some(match &form.kind {
            FormKind::Branch { .. } => "branch",
            FormKind::Round { .. } => "round",
            FormKind::Finding(_) => "finding",
            FormKind::Draw => "draw",
            FormKind::Look(_) => "look",
            FormKind::Team { .. } => "team",
            FormKind::Calibration(CalibrationDraft::Begin { .. }) => "calibration",
            FormKind::Calibration(CalibrationDraft::Other { .. }) => "another verdict",
            FormKind::Step(step) => match step.verb {
                Verb::Draft => "draft",
                Verb::Edit => "edit",
                Verb::PutRight => "put right",
                Verb::Start => "start",
                Verb::Evidence => "evidence",
                Verb::Request => "request",
                Verb::Pass => "stage",
                Verb::Return => "return",
                Verb::Ask => "ask",
                Verb::Deny => "deny",
                Verb::Exempt => "exempt",
                Verb::Lift => "lift",
                Verb::Revoke => "revoke",
                Verb::Issue
                | Verb::Receive
                | Verb::TakeUp
                | Verb::Approve
                | Verb::Grant
                | Verb::Send
                | Verb::Claim
                | Verb::Release => "step for a post",
            },
        }),
        (Some(Overlay::Palette(_)), _) => Some("palette"),
        (None, Shown::Progress(page)) if page.filter.is_some() => Some("filter"),
        _ => None,
    }
}

/// A house in which a branch has received what it is to put right.
fn received() -> House {
    let mut house = standing();
    steps(&mut house, "教務處", rect(3, 1), FollowCommand::Receive);
    house
}

fn working() -> House {
    let mut house = received();
    let start = FollowCommand::Start { goal: String::new(), measure: "補開".to_owned() };
    steps(&mut house, "教務處", rect(3, 1), start);
    house.now.0 += 86_400_000;
    let evidence = evidence(&house);
    steps(&mut house, "教務處", rect(3, 1), evidence);
    house
}

fn asked() -> House {
    let mut house = received();
    let ask = FollowCommand::Ask { to: day(12, 25), reason: "未備齊".to_owned() };
    steps(&mut house, "教務處", rect(3, 1), ask);
    house
}

fn exempt() -> House {
    let mut house = received();
    let exempt = FollowCommand::Exempt { until: day(12, 25), reason: "停辦".to_owned() };
    steps(&mut house, "趙審批", rect(3, 1), exempt);
    house
}

/// A house in which one thing of a class was found, and is a draft.
fn found_of(class: Class) -> House {
    let mut house = manned();
    let inspect = |command| Command::Inspection(RoundId(1), BranchId(3), command);
    let judged = builtin().items.iter().enumerate().map(|(at, item)| {
        let verdict = if at == 0 { Verdict::Fail } else { Verdict::Pass };
        (item.id.clone(), Some(Judgement { verdict, reason: String::new() }))
    });
    house.does("王督查", inspect(InspectionCommand::Judge(judged.collect())));
    let facts = FindingFacts {
        item: builtin().items[0].id.clone(),
        fact: "未按期開會".to_owned(),
        severity: Severity::Minor,
        class,
        due: day(12, 20),
    };
    house.does("王督查", inspect(InspectionCommand::Find { n: None, facts }));
    house.does("王督查", inspect(InspectionCommand::SignOff));
    house
}

fn immediate() -> House {
    found_of(Class::Immediate)
}

/// A house in which something is closed stage by stage.
fn staged() -> House {
    let mut house = found_of(Class::Standing);
    is_asked_for(&mut house, "教務處", rect(3, 1));
    steps(&mut house, "王督查", rect(3, 1), FollowCommand::TakeUp);
    house
}

/// Somebody before an open form or field, who can come back to it as it was.
struct Seat {
    way: Way,
    house: House,
    who: Who,
    place: Vec<u8>,
}

impl Seat {
    #[track_caller]
    fn takes(way: Way) -> Self {
        let (name, house, person, keys) = way;
        let mut house = house();
        let who = house.inspector(person);
        house.press(who, keys);
        assert_eq!(kind(house.of(who)), Some(name), "{}", house.screen(who));
        let place = serde_json::to_vec(&house.of(who).place()).unwrap();
        Self { way, house, who, place }
    }

    /// Begins anew: at the same form, in a new house where the old one is used up.
    fn begins(&mut self) {
        let place: Place = serde_json::from_slice(&self.place).unwrap();
        self.house.resumes(self.who, place);
        // What lies over a screen without a draft is not of its place.
        if kind(self.house.of(self.who)) != Some(self.way.0) {
            keeps_clean_texts(&self.house.path(), self.way.0);
            *self = Self::takes(self.way);
        }
    }

    fn rows(&self) -> usize {
        match &self.house.of(self.who).overlay {
            Some(Overlay::Form(form)) => form.rows.len(),
            _ => 1,
        }
    }

    /// Returns the text that has the keys, where it is one and no choice.
    fn edit(&self) -> Option<&Edit> {
        let model = self.house.of(self.who);
        match (&model.overlay, &model.screen) {
            (Some(Overlay::Field(field)), _) => Some(&field.edit),
            (Some(Overlay::Palette(palette)), _) => Some(&palette.edit),
            (Some(Overlay::Form(form)), _) => match &form.rows[form.focus].value {
                Value::Text(edit) => Some(edit),
                Value::Choice { .. } => None,
            },
            (None, Shown::Progress(page)) => page.filter.as_ref().map(|filter| &filter.edit),
            _ => None,
        }
    }

    /// Goes from row to row, and does something in each that takes a text.
    fn in_each_row(&mut self, mut act: impl FnMut(&mut Self, usize)) {
        for row in 0..self.rows() {
            if self.edit().is_some() {
                act(self, row);
            }
            if self.rows() > 1 {
                self.house.press(self.who, "<tab>");
            }
        }
    }

    #[track_caller]
    fn draws_its_own(&self, what: &str) {
        let model = self.house.of(self.who);
        let frame = Screen::new(model.size, Look { colour: true, ascii: false }).unwrap().frame(model).unwrap();
        assert_eq!(harm(&frame), None, "{}: {what}\n{}", self.way.0, self.house.screen(self.who));
    }

    /// Looks at a row into which something has come, and at what would be put aside of it.
    #[track_caller]
    fn is_clean(&self, what: &str) {
        let edit = self.edit().unwrap();
        assert_eq!(dirty(&Json::String(edit.text().to_owned())), None, "{}: {what}", self.way.0);
        let place = serde_json::to_value(self.house.of(self.who).place()).unwrap();
        assert_eq!(dirty(&place), None, "{}: {what}: what is put aside", self.way.0);
        self.draws_its_own(what);
    }

    /// Tries to keep it, and looks at where that leads.
    fn keeps(&mut self, what: &str) {
        for keys in ["<c-s>", "y<enter>y<esc>t"] {
            self.house.press(self.who, keys);
            self.draws_its_own(what);
        }
    }
}

#[test]
fn every_kind_of_form_and_field_is_reached() {
    let reached: BTreeSet<&str> = WAYS
        .iter()
        .map(|way| {
            let seat = Seat::takes(*way);
            kind(seat.house.of(seat.who)).unwrap()
        })
        .collect();
    assert_eq!(reached.len(), WAYS.len());
}

/// Lets each row of a form meet each text, no two rows the same at once, and looks at where some of it leads.
fn meets_all(at: usize, way: Way) {
    let mut seat = Seat::takes(way);
    let (all, mut raw) = (texts(), BYTES.into_iter().cycle());
    for first in 0..all.len() {
        seat.begins();
        seat.in_each_row(|seat, row| {
            let text = &all[(first + row) % all.len()];
            seat.house.press(seat.who, "<c-u>").strikes(seat.who, raw.next().unwrap()).pastes(seat.who, text);
            seat.is_clean(&format!("row {row}: {:?}", text.chars().take(20).collect::<String>()));
        });
        // One alone, with the rest as it is proposed, is what may be kept.
        if (first + at).is_multiple_of(3) {
            seat.begins();
            seat.house.pastes(seat.who, &all[first]);
        }
        seat.keeps(way.0);
    }
    keeps_clean_texts(&seat.house.path(), way.0);
}

#[test]
fn every_row_of_the_walk_takes_what_is_clean_and_draws_its_own() {
    WAYS[..WAYS.len() / 2].iter().enumerate().for_each(|(at, way)| meets_all(at, *way));
}

#[test]
fn every_row_of_what_follows_takes_what_is_clean_and_draws_its_own() {
    WAYS[WAYS.len() / 2..].iter().enumerate().for_each(|(at, way)| meets_all(at, *way));
}

#[test]
fn a_paste_of_a_mebibyte_is_cut_soon_in_every_row() {
    let limit = Duration::from_millis(if cfg!(debug_assertions) { 1000 } else { 250 });
    let heaps = ["黨", "x", "e\u{301}"];
    for way in WAYS {
        let mut seat = Seat::takes(way);
        seat.in_each_row(|seat, row| {
            let heap = heaps[row % heaps.len()];
            let paste = format!("\x1b[200~{}\x1b[201~", heap.repeat((1 << 20) / heap.len()));
            let edit = seat.edit().unwrap();
            let room = edit.remaining() + edit.text().chars().count();
            // A machine that is busy with something else gets another try.
            let soon = (0..3).any(|_| {
                let clock = SystemClock::new();
                seat.house.bytes(seat.who, paste.as_bytes());
                seat.draws_its_own(heap);
                clock.ticks() < limit
            });
            assert!(soon, "{}, row {row}: longer than {limit:?}", way.0);
            assert_eq!(seat.edit().unwrap().text().chars().count(), room, "{}, row {row}", way.0);
        });
    }
}

//! A monkey at the keys: whatever is pressed or pasted, nothing panics, nothing grows, and the store verifies.

mod dice;
mod hostile;
mod house;

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use dice::{Dice, Stroke, stroke};
use hostile::keeps_clean_texts;
use house::{House, Who};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use tijian::app::{Model, Moment, Msg, Overlay, Screen};
use tijian::domain::{Lang, Stamp};
use tijian::locales::china_day;
use tijian::view::{Look, draw};

const KEYS: usize = 10_000;

type Seen = BTreeSet<(&'static str, &'static str)>;

fn draws(model: &Model) {
    let mut terminal = Terminal::new(TestBackend::new(model.size.0, model.size.1)).unwrap();
    terminal.draw(|frame| draw(model, Look { colour: true, ascii: false }, frame)).unwrap();
}

#[track_caller]
fn is_bounded(model: &Model) {
    assert!(model.behind.len() <= 16, "{} screens lie behind", model.behind.len());
    assert!(model.parked.len() <= 21, "{} texts are parked", model.parked.len());
    assert!(model.pending.len() <= 4, "{} keys are pending", model.pending.len());
    let place = serde_json::to_vec(&model.place()).unwrap();
    assert!(place.len() < 200_000, "the place takes {} bytes", place.len());
}

/// Names the screen and what lies over it.
fn place(model: &Model) -> (&'static str, &'static str) {
    let screen = match &model.screen {
        Screen::Home(_) => "home",
        Screen::Branches(_) => "branches",
        Screen::Branch(_) => "branch",
        Screen::Rounds(_) => "rounds",
        Screen::Round(_) => "round",
        Screen::Walk(_) => "walk",
        Screen::Across(_) => "across",
        Screen::Summary(_) => "summary",
        Screen::Checklist(_) => "checklist",
        Screen::Trail(_) => "trail",
        Screen::Ledger(_) => "ledger",
        Screen::Analysis(_) => "analysis",
        Screen::Rect(_) => "item",
        Screen::Lookbacks(_) => "lookbacks",
        Screen::Lookback(_) => "lookback",
        Screen::Progress(_) => "progress",
        Screen::Calibration(_) => "calibration",
    };
    let over = match &model.overlay {
        None => "nothing",
        Some(Overlay::Help { .. }) => "help",
        Some(Overlay::Palette(_)) => "palette",
        Some(Overlay::Confirm { .. }) => "question",
        Some(Overlay::Field(_)) => "field",
        Some(Overlay::Form(_)) => "form",
        Some(Overlay::Losses { .. }) => "losses",
        Some(Overlay::Preview(_)) => "preview",
        Some(Overlay::Conflict(_)) => "conflict",
    };
    (screen, over)
}

fn acts(house: &mut House, who: Who, dice: &mut Dice) {
    match stroke(dice) {
        Stroke::Reads(reads) => {
            for bytes in reads {
                house.strikes(who, &bytes);
            }
        }
        Stroke::Resize(cols, rows) => house.msg(who, Msg::Resize(cols, rows)),
    }
}

/// Lets one monkey play alone, at a desk that answers at once.
fn alone(house: &mut House, dice: &mut Dice, step: &mut usize, seen: &mut Seen) {
    let who = house.sits("王督查", (80, 24), Lang::Hant);
    while *step < KEYS {
        acts(house, who, dice);
        *step += 1;
        seen.insert(place(house.of(who)));
        if step.is_multiple_of(64) {
            draws(house.of(who));
            is_bounded(house.of(who));
            assert_eq!(house.of(who).waiting, 0, "the desk has answered everything");
        }
    }
}

/// Lets two monkeys play with one house, whose desk is slow and whose machine is killed now and then.
fn together(house: &mut House, dice: &mut Dice, step: &mut usize, seen: &mut Seen) {
    let people = [house.sits("王督查", (80, 24), Lang::Hant), house.sits("李督查", (100, 30), Lang::Hans)];
    while *step < KEYS {
        let who = people[dice.below(2)];
        acts(house, who, dice);
        *step += 1;
        seen.insert(place(house.of(who)));
        if dice.once_in(20) {
            house.prompt = !house.prompt;
            house.answers();
        }
        if dice.once_in(200) {
            house.now = Stamp(house.now.0 + i64::from(dice.between(0, 3)) * 40_000_000 - 20_000_000);
            let moment = Moment { stamp: house.now, day: china_day(house.now) };
            house.msg(who, Msg::Minute(moment));
        }
        if dice.once_in(1500) {
            house.is_killed();
        }
        if step.is_multiple_of(64) {
            draws(house.of(who));
            is_bounded(house.of(who));
        }
    }
    house.answers();
    assert!(people.iter().all(|who| house.of(*who).waiting == 0), "the desk has answered everything");
}

fn plays(seed: u64, seen: &mut Seen) {
    let mut dice = Dice::new(seed);
    let mut house = match seed % 5 {
        0 => House::empty(),
        1 | 2 => House::furnished(),
        _ => House::followed(),
    };
    let mut step = 0;
    let played = catch_unwind(AssertUnwindSafe(|| {
        let play = if seed.is_multiple_of(2) { together } else { alone };
        play(&mut house, &mut dice, &mut step, seen);
        assert_eq!(house.differing(), Vec::<String>::new());
        keeps_clean_texts(&house.path(), "what monkeys type");
    }));
    if let Err(fault) = played {
        eprintln!("the monkey of seed {seed} fell at step {step}");
        resume_unwind(fault);
    }
}

#[track_caller]
fn has_been_everywhere(seen: &Seen) {
    // What takes two who work on the same thing is chance.
    let screens: BTreeSet<_> =
        seen.iter().map(|(screen, _)| *screen).filter(|screen| *screen != "calibration").collect();
    let overlays: BTreeSet<_> = seen.iter().map(|(_, over)| *over).filter(|over| *over != "conflict").collect();
    assert!((screens.len() >= 15) && overlays.len() == 8, "a monkey that goes nowhere proves nothing: {seen:?}");
}

#[test]
fn the_first_ten_monkeys_break_nothing() {
    let mut seen = Seen::new();
    (1..=10).for_each(|seed| plays(seed, &mut seen));
    has_been_everywhere(&seen);
}

#[test]
fn the_other_ten_monkeys_break_nothing() {
    let mut seen = Seen::new();
    (11..=20).for_each(|seed| plays(seed, &mut seen));
    has_been_everywhere(&seen);
}

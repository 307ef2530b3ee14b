//! A monkey at the keys: whatever is pressed or pasted, nothing panics, nothing grows, and the store verifies.

mod dice;
mod house;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use dice::{Dice, Stroke, stroke};
use house::{House, Who};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use tijian::app::{Model, Msg};
use tijian::domain::Lang;
use tijian::view::{Look, draw};

const KEYS: usize = 10_000;

fn draws(model: &Model) {
    let mut terminal = Terminal::new(TestBackend::new(model.size.0, model.size.1)).unwrap();
    terminal.draw(|frame| draw(model, Look { colour: true, ascii: false }, frame)).unwrap();
}

fn is_bounded(model: &Model) {
    assert!(model.behind.len() <= 16, "{} screens lie behind", model.behind.len());
    assert!(model.parked.len() <= 21, "{} texts are parked", model.parked.len());
    assert!(model.pending.len() <= 8, "{} keys are pending", model.pending.len());
    assert!(model.waiting == 0, "{} commands wait although the desk has answered", model.waiting);
}

fn acts(house: &mut House, who: Who, dice: &mut Dice) {
    match stroke(dice) {
        Stroke::Bytes(bytes) => drop(house.strikes(who, &bytes)),
        Stroke::Resize(cols, rows) => house.msg(who, Msg::Resize(cols, rows)),
    }
}

fn plays(seed: u64) {
    let mut dice = Dice::new(seed);
    let mut house = if seed.is_multiple_of(5) { House::empty() } else { House::furnished() };
    let mut step = 0;
    let played = catch_unwind(AssertUnwindSafe(|| {
        let who = house.sits("王督查", (80, 24), Lang::Hant);
        while step < KEYS {
            acts(&mut house, who, &mut dice);
            step += 1;
            if step.is_multiple_of(64) {
                draws(house.of(who));
                is_bounded(house.of(who));
            }
        }
        assert_eq!(house.differing(), Vec::<String>::new());
    }));
    if let Err(fault) = played {
        eprintln!("the monkey of seed {seed} fell at step {step}");
        resume_unwind(fault);
    }
}

#[test]
fn the_first_ten_monkeys_break_nothing() {
    (1..=10).for_each(plays);
}

#[test]
fn the_other_ten_monkeys_break_nothing() {
    (11..=20).for_each(plays);
}

//! Frames that only say what has changed lead to the same screen as frames drawn in full: no ghosts, no half glyphs.

mod dice;
mod found;
mod glass;
mod house;

use dice::{Dice, Stroke, stroke};
use glass::Glass;
use house::{House, Who};
use tijian::app::{Model, Msg, Overlay, Screen as Place};
use tijian::domain::Lang;
use tijian::session::Screen;
use tijian::text::Ambiguous;
use tijian::view::Look;

fn whole(length: u16) -> std::num::NonZero<u16> {
    std::num::NonZero::new(length).unwrap()
}

fn emulator((cols, rows): (u16, u16)) -> vt100::Parser {
    let mut parser = vt100::Parser::new(whole(rows), whole(cols), 0);
    parser.process(b"\x1b[?25l");
    parser
}

fn cell_by_cell(one: &vt100::Screen, other: &vt100::Screen, (cols, rows): (u16, u16)) -> Option<String> {
    for y in 0..rows {
        for x in 0..cols {
            let (one, other) = (one.cell(y, x).unwrap(), other.cell(y, x).unwrap());
            let blank = |cell: &vt100::Cell| !cell.has_contents() || cell.contents() == " ";
            let same = (one.contents() == other.contents() || blank(one) && blank(other))
                && one.is_wide() == other.is_wide()
                && one.is_wide_continuation() == other.is_wide_continuation()
                && (one.fgcolor(), one.bgcolor()) == (other.fgcolor(), other.bgcolor())
                && (one.bold(), one.inverse(), one.underline()) == (other.bold(), other.inverse(), other.underline());
            if !same {
                return Some(format!("{x}, {y}: {one:?} instead of {other:?}"));
            }
        }
    }
    let cursor = |screen: &vt100::Screen| (!screen.hide_cursor()).then(|| screen.cursor_position());
    (cursor(one) != cursor(other)).then(|| format!("the cursor: {:?} {:?}", cursor(one), cursor(other)))
}

/// A session's screen and the terminals that follow it frame by frame.
struct Follower {
    screen: Screen,
    emulator: vt100::Parser,
    glass: Glass,
    size: (u16, u16),
    look: Look,
    ambiguous: Ambiguous,
}

impl Follower {
    fn new(model: &Model, look: Look) -> Self {
        let (size, ambiguous) = (model.size, model.ambiguous);
        let screen = Screen::new(size, look).unwrap();
        Self { screen, emulator: emulator(size), glass: Glass::new(size, ambiguous), size, look, ambiguous }
    }

    /// Draws what has changed and compares it with the whole, drawn on an empty page.
    fn compares(&mut self, model: &Model) -> Option<String> {
        if model.size != self.size {
            self.size = model.size;
            self.screen.anew(self.size).unwrap();
            self.emulator.screen_mut().set_size(whole(self.size.1), whole(self.size.0));
            let cursor = self.glass.cursor;
            self.glass = Glass::new(self.size, self.ambiguous);
            self.glass.cursor = cursor;
        }
        let frame = self.screen.frame(model).unwrap();
        self.glass.takes(&frame);
        let full = Screen::new(self.size, self.look).unwrap().frame(model).unwrap();
        let mut clean = Glass::new(self.size, self.ambiguous);
        clean.takes(&full);
        if let Some(fault) = self.glass.faults.first().or(clean.faults.first()) {
            return Some(fault.clone());
        }
        let lies_alone = match &model.overlay {
            Some(Overlay::Confirm { under, .. }) => under.is_none(),
            overlay => overlay.is_some(),
        };
        let boxed = lies_alone && !self.look.ascii && !matches!(model.screen, Place::Home(_));
        if let Some(fault) = boxed.then(|| clean.broken_box()).flatten() {
            return Some(format!("{fault}\n{}", clean.text()));
        }
        // Drawn on an empty page no glyph is written over another one's half.
        if clean.is_torn() {
            return Some(format!("a glyph is torn\n{}", clean.text()));
        }
        if self.look.ascii && clean.text().contains(|c| ('\u{2500}'..='\u{259f}').contains(&c)) {
            return Some(format!("box drawing or bars\n{}", clean.text()));
        }
        if let Some(place) = self.glass.differs(&clean) {
            return Some(format!("{place}\n{}", self.glass.text()));
        }
        // The emulator knows only narrow ambiguous characters.
        if self.ambiguous == Ambiguous::Narrow {
            self.emulator.process(&frame);
            let mut clean = emulator(self.size);
            clean.process(&full);
            return cell_by_cell(self.emulator.screen(), clean.screen(), self.size);
        }
        None
    }
}

fn walks(seed: u64, steps: usize, ambiguous: Ambiguous, look: Look) {
    let mut dice = Dice::new(seed);
    // A round to walk, or what a walk has found and is followed.
    let mut house = if seed.is_multiple_of(2) { found::closed() } else { House::furnished() };
    let who = house.sits("王督查", (80, 24), Lang::Hant);
    house.of_mut(who).ambiguous = ambiguous;
    let mut follower = Follower::new(house.of(who), look);
    for step in 0..steps {
        let stroke = stroke(&mut dice);
        follow(&mut house, who, &stroke);
        if let Some(difference) = follower.compares(house.of(who)) {
            panic!("seed {seed}, step {step}, {ambiguous:?}, after {stroke:?}:\n{difference}");
        }
    }
}

fn follow(house: &mut House, who: Who, stroke: &Stroke) {
    match stroke {
        Stroke::Reads(reads) => {
            for bytes in reads {
                house.strikes(who, bytes);
            }
        }
        Stroke::Resize(cols, rows) => house.msg(who, Msg::Resize(*cols, *rows)),
    }
}

const COLOUR: Look = Look { colour: true, ascii: false };

#[test]
fn what_has_changed_leads_to_the_whole_screen() {
    for seed in 1..=6 {
        walks(seed, 400, Ambiguous::Narrow, COLOUR);
    }
}

#[test]
fn without_colours_it_is_no_other() {
    walks(31, 300, Ambiguous::Narrow, Look { colour: false, ascii: true });
}

#[test]
fn a_terminal_that_draws_ambiguous_characters_wide_is_followed_too() {
    for seed in 51..=53 {
        walks(seed, 300, Ambiguous::Wide, Look { colour: true, ascii: true });
    }
}

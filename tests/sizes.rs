//! Every size of a window: drawn or told, never a panic, nothing outside, and after a resize what a new window shows.

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

const LOOKS: [(Look, Ambiguous); 2] =
    [(Look { colour: true, ascii: false }, Ambiguous::Narrow), (Look { colour: true, ascii: true }, Ambiguous::Wide)];

/// A window that is pulled from size to size.
struct Window {
    screen: Screen,
    glass: Glass,
    look: Look,
    ambiguous: Ambiguous,
}

impl Window {
    fn new((look, ambiguous): (Look, Ambiguous)) -> Self {
        Self { screen: Screen::new((80, 24), look).unwrap(), glass: Glass::new((80, 24), ambiguous), look, ambiguous }
    }

    /// Draws at the model's size what follows from the last frame; it has to be what an empty page shows.
    #[track_caller]
    fn shows(&mut self, model: &Model, what: &str) {
        let size = model.size;
        self.screen.anew(size).unwrap();
        let cursor = self.glass.cursor;
        self.glass = Glass::new(size, self.ambiguous);
        self.glass.cursor = cursor;
        self.draws(model, what);
    }

    #[track_caller]
    fn draws(&mut self, model: &Model, what: &str) {
        let size = model.size;
        let mut fresh = Glass::new(size, self.ambiguous);
        self.glass.takes(&self.screen.frame(model).unwrap());
        fresh.takes(&Screen::new(size, self.look).unwrap().frame(model).unwrap());
        let fault = self.glass.faults.first().or(fresh.faults.first()).cloned();
        let boxed = model.overlay.is_some() && !self.look.ascii && !matches!(model.screen, Place::Home(_));
        let alone = boxed && !matches!(model.overlay, Some(Overlay::Confirm { under: Some(_), .. }));
        let fault = fault.or_else(|| alone.then(|| fresh.broken_box()).flatten());
        let fault = fault.or_else(|| self.glass.differs(&fresh));
        let fault = fault.or_else(|| fresh.is_torn().then(|| "a glyph is torn".to_owned()));
        assert!(fault.is_none(), "{what} at {size:?}: {}\n{}", fault.unwrap_or_default(), fresh.text());
    }
}

fn bend(house: &mut House, who: Who, ambiguous: Ambiguous) {
    house.of_mut(who).ambiguous = ambiguous;
}

/// Screens with what may lie over them, as keys from the home screen.
const SCREENS: [&str; 12] = [
    "",
    "gb",
    "gr",
    "gr<enter>/支",
    "gb<enter>e",
    "gr<enter><enter>4",
    "gr<enter><enter>;黨員大會，每季度一次",
    "gr<enter><enter>2Sj",
    "gr<enter><enter>3x",
    "gr<enter><enter>3p",
    "gc",
    "gr<enter>n",
];

/// A screen: the house, who is there, and the keys from the home screen.
type Seen = (fn() -> House, &'static str, &'static str);

/// Screens of what follows a walk.
const FOLLOWED: [Seen; 8] = [
    (found::closed, "王督查", "gl"),
    (found::closed, "王督查", "gl1gg<enter>"),
    (found::closed, "王督查", "gl7<enter>E"),
    (found::closed, "王督查", "5"),
    (found::looked_back, "孫督查", "gk<enter>4"),
    (found::closed, "admin", "2<enter>p/支"),
    (found::calibrated, "張督查", "2<enter>gggj"),
    (found::calibrated, "張督查", "2<enter>gggj3"),
];

/// Looks at a screen in every small window.
fn shrinks(at: usize, mut house: House, name: &str, keys: &str) {
    let who = house.sits(name, (80, 24), if at % 3 == 2 { Lang::En } else { Lang::Hant });
    let (look, ambiguous) = LOOKS[at % 2];
    bend(&mut house, who, ambiguous);
    house.press(who, keys);
    let mut window = Window::new((look, ambiguous));
    for cols in 1..=60 {
        for rows in 1..=20 {
            house.msg(who, Msg::Resize(cols, rows));
            window.shows(house.of(who), keys);
        }
    }
}

#[test]
fn every_small_size_is_drawn_or_told() {
    for (at, keys) in SCREENS.iter().enumerate() {
        shrinks(at, House::furnished(), "王督查", keys);
    }
}

#[test]
fn every_small_size_of_what_follows_is_drawn_or_told() {
    for (at, (house, name, keys)) in FOLLOWED.iter().enumerate() {
        shrinks(at, house(), name, keys);
    }
}

#[test]
fn random_sizes_over_random_screens_are_drawn() {
    for seed in 1..=4 {
        let mut dice = Dice::new(seed + 700);
        let mut house = if seed.is_multiple_of(2) { found::closed() } else { House::furnished() };
        let (look, ambiguous) = LOOKS[usize::from(seed == 4)];
        let who = house.inspector("王督查");
        bend(&mut house, who, ambiguous);
        let mut window = Window::new((look, ambiguous));
        for round in 0..250 {
            for _ in 0..4 {
                if let Stroke::Reads(reads) = stroke(&mut dice) {
                    for bytes in reads {
                        house.strikes(who, &bytes);
                    }
                }
            }
            let (cols, rows) = if dice.once_in(4) { (300, 100) } else { (100, 40) };
            house.msg(who, Msg::Resize(dice.between(1, cols), dice.between(1, rows)));
            window.shows(house.of(who), &format!("seed {seed}, round {round}"));
            house.press(who, "j");
            window.draws(house.of(who), &format!("seed {seed}, round {round}, one key on"));
        }
    }
}

#[test]
fn a_claimed_size_beyond_reason_is_clamped() {
    for claimed in [(0, 0), (1, 0), (u16::MAX, u16::MAX), (u16::MAX, 1)] {
        let (cols, rows) = Screen::clamped(claimed);
        assert!((1..=400).contains(&cols) && (1..=150).contains(&rows), "{claimed:?}");
    }
    let mut house = House::furnished();
    let who = house.inspector("王督查");
    house.msg(who, Msg::Resize(Screen::clamped((u16::MAX, u16::MAX)).0, Screen::clamped((u16::MAX, u16::MAX)).1));
    Window::new(LOOKS[0]).shows(house.of(who), "the largest window");
}

//! Several persons in one house: news reaches every open screen at once, and who is there is right as people come, move
//! and leave.

mod found;
mod house;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use found::{mans, rect, standing};
use house::{House, NINE, Who};
use tijian::app::{Msg, Spot};
use tijian::domain::{Lang, PersonId, Reading, Role};
use tijian::hall::{Chair, Here, Room, Roster};
use tijian::session::Company;

/// A person of the house with a chair in the roster of those who are in.
struct Sitting {
    who: Who,
    chair: Option<Chair>,
    spot: Spot,
    woken: Arc<AtomicUsize>,
    seen: usize,
}

/// A house whose roster tells everybody who else is there, as the process that owns a store does.
struct Team {
    house: House,
    roster: Arc<Roster>,
    sitting: Vec<Sitting>,
}

impl Team {
    fn of(house: House) -> Self {
        Self { house, roster: Arc::default(), sitting: Vec::new() }
    }

    fn comes(&mut self, name: &str) -> usize {
        let who = self.house.sits(name, (100, 30), Lang::Hant);
        self.sitting.push(Sitting { who, chair: None, spot: Spot::default(), woken: Arc::default(), seen: 0 });
        self.sits_down(self.sitting.len() - 1, name);
        self.sitting.len() - 1
    }

    fn sits_down(&mut self, at: usize, name: &str) {
        let sitting = &mut self.sitting[at];
        let woken = Arc::clone(&sitting.woken);
        let here = Here {
            resumes: None,
            person: PersonId(name.to_owned()),
            way: "test".to_owned(),
            since: NINE,
            guest: true,
            wake: Arc::new(move || {
                woken.fetch_add(1, Ordering::Relaxed);
            }),
            end: Arc::new(|| ()),
        };
        sitting.chair = self.roster.enter(here, Room { all: 9, own: 9 }).ok();
        sitting.spot = Spot::default();
        self.settles();
    }

    fn leaves(&mut self, at: usize) {
        self.sitting[at].chair = None;
        self.settles();
    }

    fn press(&mut self, at: usize, keys: &str) -> &mut Self {
        self.house.press(self.sitting[at].who, keys);
        self.settles();
        self
    }

    /// Lets everybody tell where they are, and those who were woken or have moved look around.
    fn settles(&mut self) {
        for at in 0..self.sitting.len() {
            let spot = self.house.of(self.sitting[at].who).spot();
            let sitting = &mut self.sitting[at];
            let Some(chair) = &sitting.chair else { continue };
            if spot != sitting.spot {
                chair.at(spot.clone());
                sitting.spot = spot;
                sitting.woken.fetch_add(1, Ordering::Relaxed);
            }
        }
        for at in 0..self.sitting.len() {
            let sitting = &mut self.sitting[at];
            let woken = sitting.woken.load(Ordering::Relaxed);
            let Some(chair) = sitting.chair.as_ref().filter(|_| woken != sitting.seen) else { continue };
            sitting.seen = woken;
            let (who, others) = (sitting.who, chair.others());
            self.house.msg(who, Msg::Company(others));
        }
    }

    #[track_caller]
    fn sees(&mut self, at: usize, text: &str) -> &mut Self {
        self.house.sees(self.sitting[at].who, text);
        self
    }

    #[track_caller]
    fn sees_no(&mut self, at: usize, text: &str) -> &mut Self {
        self.house.sees_no(self.sitting[at].who, text);
        self
    }
}

#[test]
fn who_is_there_is_right_when_people_come_move_and_leave() {
    let mut team = Team::of(House::furnished());
    let (ana, ben, sun) = (team.comes("王督查"), team.comes("李督查"), team.comes("孫督查"));
    team.press(ana, "2<enter><enter>").sees(ana, "R-01").sees_no(ana, "同在");
    team.press(ben, "2<enter><enter>").sees(ana, "同在：李督查 R-01").sees(ben, "同在：王督查 R-01");
    let asleep = team.sitting[sun].seen;
    // Another item of the same branch is seen beside the name.
    team.press(ben, "j").sees(ana, "同在：李督查 R-02").sees(ben, "同在：王督查 R-01");
    assert_eq!(team.sitting[sun].woken.load(Ordering::Relaxed), asleep, "nobody elsewhere is woken by it");
    team.press(sun, "2<enter><enter>");
    for (who, others) in
        [(ana, "孫督查 R-01、李督查 R-02"), (ben, "孫督查 R-01、王督查 R-01"), (sun, "李督查 R-02、王督查 R-01")]
    {
        team.sees(who, others);
    }
    // The next branch is another place: both who are left and who is met hear of it.
    team.press(ben, "]b").sees_no(ben, "同在").sees(ana, "同在：孫督查 R-01").sees_no(ana, "李督查");
    team.press(sun, "]b").sees(ben, "同在：孫督查 R-01").sees(sun, "同在：李督查 R-02").sees_no(ana, "同在");
    // Home is nobody's place, and neither is a line that is gone.
    team.press(sun, "gh").sees_no(ben, "同在").sees_no(sun, "同在");
    team.press(ben, "[b").sees(ana, "同在：李督查 R-02");
    team.leaves(ben);
    team.sees_no(ana, "同在");
    team.sits_down(ben, "李督查");
    team.sees(ana, "同在：李督查 R-02").sees(ben, "同在：王督查 R-01");
}

#[test]
fn two_at_one_rectification_item_see_each_other() {
    let mut team = Team::of(standing());
    let (ana, zhao) = (team.comes("王督查"), team.comes("趙審批"));
    team.press(ana, "34<enter>").press(zhao, "34<enter>");
    team.sees(ana, "同在：趙審批").sees(zhao, "同在：王督查");
    team.press(zhao, "<esc>").sees_no(ana, "同在");
    // The next item is another place.
    team.press(zhao, "j<enter>").sees_no(ana, "同在").sees_no(zhao, "同在");
}

#[test]
fn news_reaches_every_open_screen_at_once() {
    let mut house = standing();
    mans(&mut house, "孫督查", Role::Inspector, None, None);
    house.round(2, "2026-5", (12, 1), (12, 31));
    let mut sits = |name: &str, keys: &str| {
        let who = house.sits(name, (100, 30), Lang::Hant);
        house.press(who, keys);
        who
    };
    let ana = sits("王督查", "2<enter><enter>");
    let walk = sits("孫督查", "2<enter><enter>");
    let home = sits("孫督查", "");
    let page = sits("admin", "2<enter>");
    let ledger = sits("趙審批", "34");
    let item = sits("admin", "34<enter>");
    house
        .sees(walk, "0/58")
        .sees_no(page, "1/58")
        .sees_no(home, "1/58")
        .sees(ledger, "申請銷號")
        .sees_no(item, "核驗中");
    house.press(ana, "1");
    for who in [walk, home, page] {
        house.sees(who, "1/58");
    }
    // And a second person's verdict on the first one's screen.
    house.press(walk, "jj2").sees(ana, "2/58").sees(page, "2/58").sees(home, "2/58");
    house.press(ana, "gh34").sees(ana, "申請銷號").press(ana, "v");
    house.sees_no(ledger, "申請銷號").sees(item, "核驗中");
    let stands = house.shelf().followed(rect(2, 3).finding).unwrap().unwrap().items[0].state;
    assert_eq!(stands, tijian::domain::State::Verifying);
    house.sees(home, "v8 已銷號 0").press(ana, "p").press(ana, "y");
    house.sees(home, "v8 已銷號 1").sees(item, "已銷號");
    assert!(house.differing().is_empty());
}

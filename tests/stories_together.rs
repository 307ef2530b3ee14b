//! Several persons at one thing, each before a screen of their own: what one has in hand the others see at once.

mod found;
mod house;

use found::{rect, standing};
use house::House;
use tijian::domain::{BranchId, Command, InspectionCommand, Lang, Refusal, Role, RoundId, Stamp, State};

#[test]
fn what_somebody_verifies_is_seen_by_all_and_left_to_them_until_it_ends() {
    let mut house = standing();
    let admin = house.inspector("admin");
    let wang = house.sits("王督查", (120, 30), Lang::Hant);
    let other = house.sits("趙審批", (80, 24), Lang::Hant);
    // 王督查 is at home, 趙審批 on the item's page, admin in the ledger.
    house.press(admin, "34").sees_no(admin, "領取");
    house.press(other, "3").press(other, "4");
    house.press(wang, "34").press(wang, "<enter>");
    house.sees(wang, "領取核驗");
    house.press(wang, "t").sees(wang, "領取：王督查 至 11:00").sees(wang, "交還核驗");
    house.sees(admin, "領取：王督查 至 11:00").sees(other, "領取 王督查");
    house.press(other, "v").sees(other, "王督查 已領取核驗，至 11:00");
    let stands = |house: &House| {
        use tijian::domain::Reading;
        house.shelf().followed(rect(2, 3).finding).unwrap().unwrap().items[0].state
    };
    assert_eq!(stands(&house), State::Requested, "what is refused changes nothing");
    house.press(admin, "gh").sees(admin, "領取：王督查 至 11:00");
    // It ends by itself.
    house.now = Stamp(house.now.0 + 2 * 60 * 60 * 1000);
    house.press(admin, "<down>").sees_no(admin, "領取");
    house.press(other, "34").sees_no(other, "領取 ").press(other, "v");
    assert_eq!(stands(&house), State::Verifying);
}

#[test]
fn a_claim_is_given_back_at_the_screen() {
    let mut house = standing();
    let wang = house.inspector("王督查");
    let admin = house.inspector("admin");
    house.press(wang, "34").press(wang, "t").press(admin, "34").sees(admin, "領取：王督查");
    house.press(wang, "u").sees_no(wang, "領取：").sees_no(admin, "領取：");
    house.press(wang, "t").press(admin, "u").sees_no(wang, "領取：");
    house.press(admin, "u").sees(admin, "現在不能交還核驗");
}

#[test]
fn two_inspectors_split_a_branch_by_cards() {
    let mut house = House::furnished();
    let ana = house.inspector("王督查");
    let ben = house.inspector("李督查");
    for who in [ana, ben] {
        house.press(who, "2<enter><enter>").sees(who, "R-01");
    }
    // The first card is 王督查's from now on, for everybody at once.
    house.press(ana, "C").sees(ana, "我").sees(ben, "王督查").sees(ben, "由 王督查 負責（09:00 起）");
    house.press(ben, "C").sees(ben, "此卡由 王督查 負責（09:00 起），由其本人或管理員交還。");
    // Where nobody is entered everybody may do everything: who would free it is asked first.
    house.press(ben, "B").sees(ben, "此卡由 王督查 負責（09:00 起），替其交還？").press(ben, "n");
    // Whoever judges there is asked first; another key than yes leaves it.
    house.press(ben, "1").sees(ben, "由 王督查 負責，仍要判定？").press(ben, "1");
    assert_eq!(answered(&house, ana), 0);
    house.press(ben, "1").press(ben, "y");
    assert_eq!(answered(&house, ana), 1, "seen on the other's screen at once");
    house.press(ana, "<down>1").sees_no(ana, "仍要判定");
    assert_eq!(answered(&house, ben), 2);
    // The way to what is unanswered leads past the other's card, and past one's own for nobody.
    house.press(ben, "gg<space>");
    let card = |house: &House, who| {
        let walk = house.of(who).walk().unwrap();
        walk.checklist.card_index(walk.item().unwrap())
    };
    assert_eq!((card(&house, ben), card(&house, ana)), (1, 0));
    house.press(ben, "C").press(ana, "gg<space>");
    assert_eq!(card(&house, ana), 0);
    house.press(ana, "A").press(ana, "y").press(ana, "<space>");
    // Given back, everybody comes to it again; and none of it is taken back by undo.
    house.press(ana, "gg").press(ana, "B").sees_no(ben, "王督查 負責");
    assert!(!house.of(ben).walk().unwrap().inspection.cards.contains_key(&0));
    house.press(ben, "u").sees(ben, "R-01");
    assert!(house.of(ben).walk().unwrap().inspection.cards.contains_key(&1), "a card is given back, not undone");
    assert!(house.differing().is_empty());
}

#[test]
fn who_has_a_card_is_seen_in_a_narrow_window_and_after_the_process_was_killed() {
    let mut house = House::furnished();
    let ana = house.inspector("王督查");
    let ben = house.sits("李督查", (54, 20), Lang::Hant);
    house.press(ana, "2<enter><enter>").press(ana, "C").press(ben, "2<enter><enter>");
    house.sees(ben, "由 王督查 負責").is_killed().sees(ben, "由 王督查 負責");
    assert!(house.differing().is_empty());
}

/// Counts the items with a verdict on somebody's screen.
fn answered(house: &House, who: house::Who) -> u16 {
    house.of(who).walk().unwrap().score.answered
}

#[test]
fn a_card_of_who_is_away_is_freed_by_an_admin_and_by_nobody_else() {
    let mut house = found::manned();
    let (ana, ben, admin) = (house.inspector("王督查"), house.inspector("李督查"), house.inspector("admin"));
    for who in [ana, ben, admin] {
        house.press(who, "2<enter>gg<enter>").sees(who, "R-01");
    }
    house.press(ana, "C").sees(ben, "由 王督查 負責（09:00 起）");
    // The refusal names who may, and changes nothing; the desk says the same to whoever asks it directly.
    house.press(ben, "B").sees(ben, "由其本人或管理員交還").sees_no(ben, "替其交還？");
    let free = Command::Inspection(RoundId(1), BranchId(2), InspectionCommand::FreeCard(0));
    let refused = house.refused("李督查", free.clone());
    assert_eq!(refused, Refusal::ForOthers { roles: vec![Role::Admin] });
    assert!(tijian::locales::said(&refused, Lang::Hant).contains("管理員"));
    // The admin is asked first, and whoever was away sees at once that the card is free.
    house.press(admin, "B").sees(admin, "此卡由 王督查 負責（09:00 起），替其交還？").press(admin, "n");
    assert!(house.of(ben).walk().unwrap().inspection.cards.contains_key(&0));
    house.press(admin, "B").press(admin, "y");
    assert!(!house.of(ben).walk().unwrap().inspection.cards.contains_key(&0));
    house.press(ben, "C").sees_no(ben, "王督查 負責");
    house.sees(ana, "由 李督查 負責").sees(admin, "由 李督查 負責");
    // It is an entry, by the one who freed it; it is not undone.
    house.press(admin, "t").sees(admin, "交還第 1 張卡").press(admin, "<esc>").press(admin, "u");
    assert_eq!(house.of(admin).walk().unwrap().inspection.cards[&0].by.0, "李督查");
    assert_eq!(house.differing(), [] as [String; 0]);
}

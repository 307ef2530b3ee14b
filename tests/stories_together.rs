//! Several persons at one thing, each before a screen of their own: what one has in hand the others see at once.

mod found;
mod house;

use found::{rect, standing};
use house::House;
use tijian::domain::{Lang, Stamp, State};

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

//! The robot inspectors follow a finding from 不合格 to 已銷號: three persons, every false way refused in words.

mod house;

use house::{House, NINE, Who};
use tijian::domain::{
    BranchId, Command, FindingId, HouseCommand, Lang, PersonFacts, PersonId, Reading, Role, RoundId, Stamp, State,
};

const FIRST: FindingId = FindingId { round: RoundId(1), branch: BranchId(2), n: 1 };

/// Walks the first branch with one finding on the first item, and signs.
fn signed(house: &mut House, ana: Who) {
    walked(house, ana, "gh2<enter>gg<enter>");
}

fn walked(house: &mut House, ana: Who, way: &str) {
    house.press(ana, way);
    house.press(ana, "4").sees(ana, "問題").press(ana, "<enter>").sees(ana, "R-02");
    for _ in 0..57 {
        house.press(ana, "1");
    }
    house.press(ana, "S").sees(ana, "簽認").press(ana, "Sy").sees(ana, "已簽認");
}

/// Enters the persons of the house: an office, two inspectors, an approver, and a branch's own.
fn manned(house: &mut House) {
    let person = |role, over: Option<u32>, belongs: Option<u32>, post: &str| PersonFacts {
        role,
        over: over.map(BranchId),
        belongs: belongs.map(BranchId),
        post: post.to_owned(),
    };
    let people = [
        ("王督查", person(Role::Admin, None, None, "督查組長")),
        ("李督查", person(Role::Inspector, None, None, "督查員")),
        ("趙審批", person(Role::Approver, None, None, "機關黨委")),
        ("三支部", person(Role::Branch, Some(2), Some(2), "支部書記")),
        ("孫督查", person(Role::Inspector, None, Some(2), "督查員")),
    ];
    let own = ["督查組長", "督查員"].map(str::to_owned).to_vec();
    house.does("王督查", Command::House(HouseCommand::AddPosts(own)));
    for (name, facts) in people {
        house.does("王督查", Command::House(HouseCommand::Man(PersonId(name.to_owned()), facts)));
    }
}

fn days_later(house: &mut House, days: i64) {
    house.now = Stamp(NINE.0 + days * 86_400_000);
}

fn state(house: &House, n: u16) -> State {
    house.shelf().followed(FindingId { n, ..FIRST }).unwrap().unwrap().items[0].state
}

/// Enters evidence that bears a day, in the form that is open.
fn evidence(house: &mut House, who: Who, day: &str) {
    house
        .types(who, "支部黨員大會記錄")
        .press(who, "<tab>")
        .types(who, "記3號")
        .press(who, "<tab><c-u>")
        .types(who, day);
    house.press(who, "<tab>").types(who, "支部檔案櫃").press(who, "<c-s>");
}

fn answers(house: &mut House, who: Who) {
    house
        .types(who, "已補訂")
        .press(who, "<tab>")
        .types(who, "已明確專人")
        .press(who, "<tab>")
        .types(who, "列入年度計劃");
    house.press(who, "<c-s>");
}

#[test]
fn three_persons_carry_an_item_from_failed_to_struck() {
    let mut house = House::furnished();
    let ana = house.inspector("王督查");
    signed(&mut house, ana);
    manned(&mut house);
    let bea = house.inspector("李督查");
    let branch = house.inspector("三支部");
    // The office hands it over: nothing is with a branch yet, so the ledger shows what waits for her.
    house.press(ana, "gh3").sees(ana, "[我的 1]").sees(ana, "R-01").sees(ana, "擬定").press(ana, "<enter>");
    house.sees(ana, "i 下發").sees_no(ana, "P 立行立改").press(ana, "n").sees(ana, "下發  王督查").sees(ana, "r 簽收");
    // The branch takes it over in its own name and begins.
    house.press(branch, "3").sees(branch, "[在改 1]").sees(branch, "剩30天").press(branch, "<enter>n");
    assert_eq!(state(&house, 1), State::Received);
    house.press(branch, "n").sees(branch, "整改措施").types(branch, "補訂計劃並送審").press(branch, "<c-s>");
    assert_eq!(state(&house, 1), State::Working);
    house.sees(branch, "補訂計劃並送審").sees(branch, "e 登記佐證").sees_no(branch, "v 受理核驗");
    // Closing before there is evidence is impossible, and evidence from the future too.
    house.press(branch, "c");
    answers(&mut house, branch);
    house.sees(branch, "還沒有佐證材料").press(branch, "<esc>");
    days_later(&mut house, 3);
    house.press(branch, "e");
    evidence(&mut house, branch, "2026-12-31");
    house.sees(branch, "還沒有到").press(branch, "<esc>e").sees(branch, "支部黨員大會記錄");
    house.press(branch, "<c-u>").types(branch, "2026-11-25").press(branch, "<c-s>");
    house.sees(branch, "記3號").press(branch, "c").sees(branch, "已補訂").press(branch, "<c-s>");
    assert_eq!(state(&house, 1), State::Requested);
    // Somebody else verifies: not the branch, not one who belongs to it.
    house.press(branch, "v").sees(branch, "由").sees(branch, "督查員");
    let sun = house.inspector("孫督查");
    house.press(sun, "35").sees(sun, "[我的 0]").press(sun, "4<enter>v").sees(sun, "回避");
    house.press(bea, "35").sees(bea, "[我的 1]").sees(bea, "申請銷號").press(bea, "<enter>n");
    assert_eq!(state(&house, 1), State::Verifying);
    house.press(bea, "n").sees(bea, "確定核驗通過嗎").press(bea, "y").sees(bea, "已銷號").sees(bea, "銷號（按期）");
    // Closed is final, and everybody sees it.
    house.press(bea, "b").sees(bea, "已經了結").sees(bea, "李督查");
    house.sees(ana, "已銷號").sees(branch, "已銷號");
    house.press(ana, "<esc>8").sees(ana, "[已銷號 1]").sees(ana, "機關第三黨支部");
    assert_eq!(house.differing(), [] as [String; 0]);
}

#[test]
fn an_item_is_sent_back_put_off_and_closed_late() {
    let mut house = House::furnished();
    let ana = house.inspector("王督查");
    signed(&mut house, ana);
    // One local user enters the branch's steps on behalf of a post, marked so for ever.
    house.press(ana, "gh3<enter>i").press(ana, "r").sees(ana, "代哪個崗位").sees(ana, "支部書記").press(ana, "<enter>");
    house.press(ana, "s").types(ana, "補訂").press(ana, "<c-s>").sees(ana, "代支部書記");
    house.press(ana, "d").types(ana, "換屆").press(ana, "<tab><c-u>").types(ana, "2026-12-01").press(ana, "<c-s>");
    house.sees(ana, "不晚於").press(ana, "<c-u>").types(ana, "2027-01-10").press(ana, "<c-s>");
    house.sees(ana, "申請延期至 2027-01-10").press(ana, "y").sees(ana, "這一步要由另");
    let bea = house.inspector("李督查");
    house
        .press(bea, "3")
        .sees(bea, "待批延期")
        .press(bea, "<enter>yy")
        .sees(bea, "原定 2026-12-23")
        .sees(bea, "延期1次");
    days_later(&mut house, 2);
    house.press(ana, "e");
    evidence(&mut house, ana, "2026-11-25");
    house.press(ana, "c");
    answers(&mut house, ana);
    house.press(bea, "v").sees(bea, "核驗中").press(bea, "b").types(bea, "計劃未經會議通過").press(bea, "<c-s>");
    house.sees(bea, "退回1次").sees(bea, "計劃未經會議通過");
    // The old evidence does not count again.
    house
        .press(ana, "c")
        .sees(ana, "已補訂")
        .press(ana, "<c-s>")
        .sees(ana, "退回或階段銷號之後還沒有登記新的佐證")
        .press(ana, "<esc>");
    days_later(&mut house, 60);
    house.press(ana, "e");
    evidence(&mut house, ana, "2027-01-20");
    house.press(ana, "c<c-s>").press(bea, "v").press(bea, "py").sees(bea, "銷號（超期）");
    house.press(bea, "<esc>8").sees(bea, "已銷號 1");
}

#[test]
fn many_are_handed_over_at_once_and_those_that_cannot_be_are_named() {
    let mut house = House::furnished();
    let ana = house.inspector("王督查");
    signed(&mut house, ana);
    walked(&mut house, ana, "gh2<enter>gg<down><enter>");
    let all = house.shelf().tally().unwrap().all();
    assert_eq!(all, 2);
    house.press(ana, "gh37").sees(ana, &format!("[待下發 {all}]"));
    house.press(ana, "<enter>i<esc>9").press(ana, "*").sees(ana, &format!("已標 {all} 項")).press(ana, "i");
    house
        .sees(ana, &format!("將辦理 {} 項，跳過 1 項", all - 1))
        .sees(ana, "跳過")
        .sees(ana, "現在不能下發：現為「下發」");
    house.press(ana, "<esc>").sees(ana, &format!("已標 {all} 項"));
    assert_eq!(house.shelf().tally().unwrap().of(State::Issued), 1, "a look changes nothing");
    house.press(ana, "i<enter>").sees(ana, "跳過 1 項").sees(ana, "已標 1 項");
    assert_eq!(house.shelf().tally().unwrap().of(State::Issued), all);
}

#[test]
fn the_ledger_is_filtered_by_pinyin_and_script_and_keeps_marks_and_place() {
    let mut house = House::furnished();
    let ana = house.inspector("王督查");
    signed(&mut house, ana);
    house.press(ana, "gh39 ").sees(ana, "已標 1 項");
    for (words, found) in [("jgds", true), ("机关 R-01", true), ("nddj", true), ("未制定", true), ("財務", false)]
    {
        house.press(ana, "/").types(ana, words);
        if found {
            house.sees(ana, "機關第三黨支部")
        } else {
            house.sees(ana, "沒有事項")
        };
        house.sees(ana, "已標 1 項").press(ana, "<esc>").sees(ana, "機關第三黨支部");
    }
    house.press(ana, "o").sees(ana, "按支部").press(ana, "/").types(ana, "jg").press(ana, "<enter>");
    house.is_killed().sees(ana, "按支部").sees(ana, "已標 1 項").sees(ana, "[全部 1]").sees(ana, "jg");
    // From the ledger to the walk and back, and from the walk to its item.
    house.press(ana, "W").sees(ana, "R-01 年度黨建工作計劃").sees(ana, "看什麼").press(ana, "I").sees(ana, "第 1/1 項");
    house.press(ana, "<esc><esc>").sees(ana, "[全部 1]");
}

#[test]
fn a_form_that_somebody_has_overtaken_says_so_and_keeps_what_was_typed() {
    let mut house = House::furnished();
    let ana = house.inspector("王督查");
    signed(&mut house, ana);
    let bea = house.inspector("李督查");
    for who in [ana, bea] {
        house.press(who, "gh37<enter>E").sees(who, "修改草稿");
    }
    house.types(ana, "先改的").press(ana, "<c-s>").sees(ana, "先改的");
    house.types(bea, "後改的").press(bea, "<c-s>").sees(bea, "王督查").sees(bea, "改過此處").sees(bea, "後改的");
    house.sees(bea, "先改的").press(bea, "8").sees(bea, "後改的");
    assert_eq!(house.shelf().followed(FIRST).unwrap().unwrap().items[0].facts.measure, "後改的");
}

#[test]
fn in_a_part_of_the_tree_nothing_else_is_seen_or_counted() {
    let mut house = House::furnished();
    let ana = house.inspector("王督查");
    signed(&mut house, ana);
    manned(&mut house);
    let other = PersonFacts { role: Role::Branch, over: Some(BranchId(3)), belongs: None, post: String::new() };
    house.does("王督查", Command::House(HouseCommand::Man(PersonId("教務處".to_owned()), other)));
    let own = house.sits("三支部", (60, 18), Lang::Hans);
    house.press(own, "39").sees(own, "全部 1").sees(own, "機關第三黨支部");
    let strange = house.inspector("教務處");
    house.press(strange, "39").sees(strange, "[全部 0]").sees_no(strange, "機關第三黨支部");
}

//! Persons with roles, and inspections that were signed with findings, for stories about what follows.
#![allow(dead_code, reason = "every story uses its own part")]

use crate::house::{House, NINE};
use tijian::domain::{
    Answers, BranchId, CalibrationCommand, CalibrationId, Class, Command, Day, Evidence, Extent, FindingFacts,
    FindingId, FollowCommand, FollowStep, HouseCommand, InspectionCommand, ItemId, Judgement, PersonFacts, PersonId,
    RectId, Role, RoundId, Severity, Stamp, Verdict,
};
use tijian::import::checklist::builtin;

/// A day of 2026.
pub fn day(month: i8, day: i8) -> Day {
    Day::new(2026, month, day).unwrap()
}

/// Names the only item of a finding of the first round.
pub fn rect(branch: u32, n: u16) -> RectId {
    RectId { finding: FindingId { round: RoundId(1), branch: BranchId(branch), n }, item: 1 }
}

/// Enters persons: the role, the part of the tree, the own branch.
pub fn mans(house: &mut House, who: &str, role: Role, over: Option<u32>, belongs: Option<u32>) {
    let facts = PersonFacts { role, over: over.map(BranchId), belongs: belongs.map(BranchId), post: String::new() };
    house.does("admin", Command::House(HouseCommand::Man(PersonId(who.to_owned()), facts)));
}

/// A house with an admin, two inspectors, an approver, the persons of two branches, and somebody who looks on.
pub fn manned() -> House {
    let mut house = House::furnished();
    mans(&mut house, "admin", Role::Admin, None, None);
    mans(&mut house, "王督查", Role::Inspector, None, None);
    mans(&mut house, "李督查", Role::Inspector, None, Some(2));
    mans(&mut house, "趙審批", Role::Approver, None, None);
    mans(&mut house, "三支部", Role::Branch, Some(2), Some(2));
    mans(&mut house, "教務處", Role::Branch, Some(3), Some(3));
    mans(&mut house, "查閱", Role::Viewer, None, None);
    house
}

/// Signs an inspection of the first round with findings on the items from the first on: what each states, how grave, until
/// when.
pub fn signs(house: &mut House, branch: u32, findings: &[(&str, Severity, Day)]) {
    let inspect = |command| Command::Inspection(RoundId(1), BranchId(branch), command);
    let judged = |(at, item): (usize, &tijian::domain::Item)| {
        let verdict = if at < findings.len() { Verdict::Fail } else { Verdict::Pass };
        (item.id.clone(), Some(Judgement { verdict, reason: String::new() }))
    };
    let all = builtin().items.iter().enumerate().map(judged).collect();
    house.does("王督查", inspect(InspectionCommand::Judge(all)));
    for (at, (fact, severity, due)) in findings.iter().enumerate() {
        let item: ItemId = builtin().items[at].id.clone();
        let facts =
            FindingFacts { item, fact: (*fact).to_owned(), severity: *severity, class: Class::Limited, due: *due };
        house.does("王督查", inspect(InspectionCommand::Find { n: None, facts }));
    }
    house.does("王督查", inspect(InspectionCommand::SignOff));
}

/// Takes a step on an item.
pub fn steps(house: &mut House, who: &str, id: RectId, command: FollowCommand) {
    let step = FollowStep { item: id.item, behalf: String::new(), batch: false, command };
    house.does(who, Command::Follow(id.finding, step));
}

/// Lets so many days pass since the first.
pub fn day_comes(house: &mut House, days: i64) {
    house.now = Stamp(NINE.0 + days * 86_400_000);
}

/// Evidence of the present day.
pub fn evidence(house: &House) -> FollowCommand {
    FollowCommand::Evidence(Evidence {
        title: "會議記錄".to_owned(),
        number: String::new(),
        date: tijian::locales::china_day(house.now),
        place: "檔案櫃".to_owned(),
        sha256: String::new(),
    })
}

/// The three answers.
pub fn request() -> FollowCommand {
    FollowCommand::Request(Answers {
        gone: "已補開".to_owned(),
        cause: "已明確專人".to_owned(),
        rule: "列入計劃".to_owned(),
    })
}

/// Brings a drafted item to a branch, which puts it right and asks for the closure a day later.
pub fn is_asked_for(house: &mut House, branch: &str, id: RectId) {
    steps(house, "王督查", id, FollowCommand::Issue);
    steps(house, branch, id, FollowCommand::Receive);
    steps(house, branch, id, FollowCommand::Start { goal: String::new(), measure: "補開".to_owned() });
    house.now = Stamp(house.now.0 + 86_400_000);
    let evidence = evidence(house);
    steps(house, branch, id, evidence);
    steps(house, branch, id, request());
}

/// As [`standing`], with two items of the third branch closed: 3 was verified by 王督查, 4 by admin with the approver.
/// 孫督查 has had no hand in either.
pub fn closed() -> House {
    let mut house = standing();
    mans(&mut house, "孫督查", Role::Inspector, None, None);
    steps(&mut house, "王督查", rect(2, 3), FollowCommand::TakeUp);
    steps(&mut house, "王督查", rect(2, 3), FollowCommand::Pass { next: None });
    steps(&mut house, "趙審批", rect(2, 4), FollowCommand::Approve);
    house
}

/// Two branches with findings, as they stand on 11-28: 1 of the third branch is overdue, 2 is not issued, 3 waits for
/// somebody who verifies it and 4 for somebody who approves; the other branch has one that is issued.
pub fn standing() -> House {
    let mut house = manned();
    let findings = [
        ("未制定責任清單", Severity::Minor, day(11, 25)),
        ("委員分工不明確", Severity::Minor, day(12, 20)),
        ("未開展述職", Severity::Major, day(12, 10)),
        ("長期未換屆", Severity::Critical, day(12, 15)),
    ];
    signs(&mut house, 2, &findings);
    signs(&mut house, 3, &[("未按期開會", Severity::Minor, day(12, 5))]);
    steps(&mut house, "王督查", rect(2, 1), FollowCommand::Issue);
    steps(&mut house, "王督查", rect(3, 1), FollowCommand::Issue);
    is_asked_for(&mut house, "三支部", rect(2, 3));
    is_asked_for(&mut house, "三支部", rect(2, 4));
    steps(&mut house, "admin", rect(2, 4), FollowCommand::TakeUp);
    steps(&mut house, "admin", rect(2, 4), FollowCommand::Pass { next: None });
    day_comes(&mut house, 5);
    house
}

/// As [`closed`], with a look-back of 孫督查 over both.
pub fn looked_back() -> House {
    let mut house = closed();
    let sun = house.inspector("孫督查");
    house.press(sun, "7n<c-s>");
    house.stands_up(sun);
    house
}

/// Two have judged the first item of a branch differently, and handed in.
pub fn calibrates(house: &mut House, round: u32, branch: u32) {
    let id = CalibrationId { round: RoundId(round), branch: BranchId(branch), n: 1 };
    let extent = Extent::Group(builtin().groups[0].id.clone());
    let walkers = ["王督查", "李督查"].map(|name| PersonId(name.to_owned()));
    house.does("王督查", Command::Calibration(id, CalibrationCommand::Begin { walkers, extent }));
    for (name, verdict) in [("王督查", Verdict::Fail), ("李督查", Verdict::Good)] {
        let judged = builtin().items.iter().filter(|item| item.group == 0).enumerate().map(|(at, item)| {
            let verdict = if at == 0 { verdict } else { Verdict::Pass };
            (item.id.clone(), Some(Judgement { verdict, reason: String::new() }))
        });
        house.does(name, Command::Sheet(id, InspectionCommand::Judge(judged.collect())));
        if verdict == Verdict::Fail {
            let note =
                InspectionCommand::Note { item: builtin().items[0].id.clone(), text: "缺第二季度".to_owned() };
            house.does(name, Command::Sheet(id, note));
        }
        house.does(name, Command::Calibration(id, CalibrationCommand::HandIn));
    }
}

/// A house with a calibration of the third branch that waits to be settled.
pub fn calibrated() -> House {
    let mut house = House::furnished();
    calibrates(&mut house, 1, 2);
    house
}

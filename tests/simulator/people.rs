//! Two people at two screens, who want this and that, and do not always see the newest.

use tijian::domain::{
    BranchCommand, BranchFacts, BranchId, Command, HouseCommand, InspectionCommand, ItemId, PersonId, Reading, Request,
    Rev, RoundCommand, RoundId, RoundPlan, Scale, Verdict,
};
use tijian::store::Shelf;

use super::dice::Dice;
use crate::forms::{self, EDITION, ITEMS, judgement, small};

const PEOPLE: [&str; 2] = ["王督查", "李督查"];

/// Adds the checklist, three units and a round: what the walk needs.
pub fn beginning() -> Vec<Request> {
    let add = |n: u32| (BranchId(n), BranchCommand::Add(facts(n, "")));
    let round = RoundCommand::Open { plan: plan(1, ""), branches: vec![BranchId(1), BranchId(2)] };
    let commands = [
        Command::AddEdition(EDITION, Box::new(small())),
        Command::BranchList((1..=3).map(add).collect()),
        Command::Round(RoundId(1), round),
    ];
    commands.map(|command| Request { by: forms::person("admin"), saw: forms::ALL, command }).to_vec()
}

fn facts(n: u32, more: &str) -> BranchFacts {
    BranchFacts { code: format!("JG-{n}"), name: format!("第{n}黨支部{more}"), ..BranchFacts::default() }
}

fn plan(n: u32, more: &str) -> RoundPlan {
    RoundPlan { code: format!("2026-{n}"), name: format!("第{n}輪{more}"), ..forms::plan(Scale::Four) }
}

/// Makes what somebody wants next.
pub fn request(shelf: &Shelf, dice: &mut Dice) -> Request {
    let by = PersonId((*dice.pick(&PEOPLE)).to_owned());
    let (command, rev) = match dice.below(16) {
        0 => (Command::House(HouseCommand::Name(words(dice))), shelf.house().map_or(Rev(0), |house| house.rev)),
        1 => branch(shelf, dice),
        2 => (list(shelf, dice), forms::ALL),
        3 | 4 => round(shelf, dice),
        _ => inspection(shelf, dice),
    };
    // Some screens show what is true, some lag behind, some do not ask.
    let saw = match dice.below(6) {
        0 => Rev(rev.0.saturating_sub(1 + dice.throw() % 3)),
        1 | 2 => rev,
        _ => forms::ALL,
    };
    Request { by, saw, command }
}

fn words(dice: &mut Dice) -> String {
    let long = [0, 1, 3, 40, 200];
    format!("{}{}", dice.below(1000), "看了會議記錄".repeat(*dice.pick(&long)))
}

fn branch(shelf: &Shelf, dice: &mut Dice) -> (Command, Rev) {
    let next = shelf.next_branch().unwrap();
    if dice.one_in(3) {
        return (Command::Branch(next, BranchCommand::Add(facts(next.0, ""))), Rev(0));
    }
    let id = BranchId(1 + u32::try_from(dice.below(next.0 as usize)).unwrap());
    let rev = shelf.branch(id).unwrap().map_or(Rev(0), |branch| branch.rev);
    let command = match dice.below(4) {
        0 => BranchCommand::Retire { reason: "撤銷".to_owned() },
        1 => BranchCommand::Restore,
        _ => BranchCommand::Edit(facts(id.0, &dice.below(100).to_string())),
    };
    (Command::Branch(id, command), rev)
}

fn list(shelf: &Shelf, dice: &mut Dice) -> Command {
    let next = shelf.next_branch().unwrap().0;
    let many = 1 + u32::try_from(dice.below(8)).unwrap();
    let mut list: Vec<_> = (next..next + many).map(|n| (BranchId(n), BranchCommand::Add(facts(n, "新")))).collect();
    if dice.one_in(4) {
        // One bad line refuses the whole list.
        list.push((BranchId(next), BranchCommand::Add(facts(next, "重"))));
    }
    Command::BranchList(list)
}

fn round(shelf: &Shelf, dice: &mut Dice) -> (Command, Rev) {
    let next = shelf.next_round().unwrap();
    if dice.one_in(5) {
        let branches = vec![BranchId(1), BranchId(3)];
        return (Command::Round(next, RoundCommand::Open { plan: plan(next.0, ""), branches }), Rev(0));
    }
    let id = RoundId(1 + u32::try_from(dice.below(next.0 as usize)).unwrap());
    let rev = shelf.round(id).unwrap().map_or(Rev(0), |round| round.rev);
    let unit = BranchId(1 + u32::try_from(dice.below(6)).unwrap());
    let command = match dice.below(8) {
        0 => RoundCommand::Close,
        1 | 2 => RoundCommand::Join(vec![unit]),
        3 | 4 => RoundCommand::Leave(vec![unit]),
        _ => RoundCommand::Edit(plan(id.0, &dice.below(100).to_string())),
    };
    (Command::Round(id, command), rev)
}

fn inspection(shelf: &Shelf, dice: &mut Dice) -> (Command, Rev) {
    let round = RoundId(if dice.one_in(6) { 2 } else { 1 });
    let branch = BranchId(1 + u32::try_from(dice.below(4)).unwrap());
    let rev = shelf.inspection(round, branch).unwrap().rev;
    let item = |dice: &mut Dice| ItemId((*dice.pick(&ITEMS)).to_owned());
    let command = match dice.below(16) {
        0..=4 => {
            let verdict = *dice.pick(&Verdict::ALL);
            let judged = (!dice.one_in(6)).then(|| judgement(verdict, "沒有這項"));
            InspectionCommand::Judge(vec![(item(dice), judged)])
        }
        5 => InspectionCommand::Judge(
            ITEMS.map(|item| (forms::id(item), Some(judgement(Verdict::Pass, &dice.below(3).to_string())))).to_vec(),
        ),
        6 | 7 => forms::note(&item(dice).0, &words(dice)),
        8 => forms::mark(&item(dice).0, dice.one_in(2)),
        9 | 10 => forms::find(&item(dice).0, &words(dice)),
        11 => InspectionCommand::Withdraw { n: 1 + u16::try_from(dice.below(3)).unwrap() },
        12 | 13 => InspectionCommand::Undo,
        14 => InspectionCommand::Redo,
        _ if dice.one_in(2) => InspectionCommand::SignOff,
        _ => forms::reopen("補充材料"),
    };
    (Command::Inspection(round, branch, command), rev)
}

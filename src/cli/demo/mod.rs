//! `tijian demo`: invented branches and three rounds of history to practise on, with what became of their findings.
//!
//! Everything follows from the numbers of branch, round and item, so that every practice store is the same.

mod follow;
mod many;

use std::sync::Arc;

use self::follow::{Fates, Life};
use super::Outcome;
use super::keep::Keep;
use crate::config::World;
use crate::domain::{
    BranchCommand, BranchFacts, BranchId, BranchKind, Checklist, Command, Day, EditionId, FindingFacts, FindingId,
    GradeBounds, HouseCommand, InspectionCommand, Item, ItemId, Judgement, PersonId, Profile, Reading, Request, Rev,
    RoundCommand, RoundId, RoundPlan, Scale, Seq, Stamp, Verdict, fill, slots,
};
use crate::locales::{self as w, CHINA_MINUTES, Lang};
use crate::text::numerals;

/// Offices whose branches are invented; the first twenty make the practice store.
const OFFICES: [&str; 20] = [
    "黨委辦公室",
    "組織部",
    "宣傳部",
    "紀檢辦公室",
    "教務處",
    "財務處",
    "人事處",
    "科研處",
    "後勤處",
    "保衛處",
    "審計處",
    "國際交流處",
    "信息中心",
    "圖書館",
    "檔案館",
    "招生辦公室",
    "資產處",
    "基建處",
    "離退休工作處",
    "工會",
];

/// The inspectors of the practice store: posts, not persons.
const INSPECTORS: [&str; 3] = ["督查甲", "督查乙", "督查丙"];

/// How large a practice store is, and of what kind.
#[derive(Clone, Copy)]
pub enum Size {
    /// So many branches, whose findings have lives of every kind.
    Branches(u32),
    /// So many branches, whose findings are left to whoever practises.
    Drafts(u32),
    /// So many items in the ledger.
    Items(u32),
}

/// Runs it. Without `--data` the practice store has a folder of its own.
pub fn run(world: &World, size: Size) -> Result<String, Outcome> {
    let own = world.data_asked;
    let world = World { data: if own { world.data.clone() } else { world.practice.clone() }, ..world.clone() };
    let mut keep = Keep::open(&world)?;
    let used = keep.shelf().branch(BranchId(1))?.is_some() || keep.shelf().head() > Seq(1);
    let shown = world.data.display().to_string();
    if used {
        keep.close()?;
        return Err(Outcome::Refused(w::DEMO_NOT_EMPTY.fill(world.lang, &[&shown])));
    }
    match size {
        Size::Branches(branches) => fill_store(&mut keep, branches, false)?,
        Size::Drafts(branches) => fill_store(&mut keep, branches, true)?,
        Size::Items(items) => many::fill(&mut keep, items)?,
    }
    keep.close()?;
    let ready = match size {
        Size::Branches(branches) | Size::Drafts(branches) => w::DEMO_READY.fill(world.lang, &[&branches, &shown]),
        Size::Items(items) => w::DEMO_READY_ITEMS.fill(world.lang, &[&items, &many::branches(items), &shown]),
    };
    Ok(format!("{ready}\n"))
}

/// A moment at nine in the morning in China, `minutes` later.
fn moment(day: Day, minutes: i64) -> Stamp {
    let days = i64::from(day.since(Day(jiff::civil::Date::constant(1970, 1, 1))));
    Stamp((days * 1440 + 9 * 60 - CHINA_MINUTES + minutes) * 60_000)
}

/// Mixes numbers into one that looks like chance and is the same every time.
const fn mixed(a: u64, b: u64, c: u64) -> u64 {
    let mut x =
        a.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ b.wrapping_mul(0xc2b2_ae3d_27d4_eb4f) ^ c.wrapping_mul(0x1656_67b1);
    x ^= x >> 29;
    x = x.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x ^ (x >> 32)
}

fn name(n: u32) -> String {
    let office = OFFICES[(n as usize - 1) % OFFICES.len()];
    match (n as usize - 1) / OFFICES.len() {
        0 => format!("{office}黨支部"),
        more => format!("{office}第{}黨支部", numerals(more as u64 + 1)),
    }
}

/// What the rounds of a practice store are walked with.
struct Walk {
    by: PersonId,
    members: Vec<BranchId>,
    edition: EditionId,
    checklist: Arc<Checklist>,
}

impl Walk {
    /// Lists the plans of three quarters.
    fn plans(&self) -> impl Iterator<Item = RoundPlan> {
        let quarters = [("2026-2", (4, 1), (6, 30)), ("2026-3", (7, 1), (9, 30)), ("2026-4", (10, 1), (12, 31))];
        quarters.into_iter().filter_map(|(code, from, to)| {
            let (from, to) = (Day::new(2026, from.0, from.1)?, Day::new(2026, to.0, to.1)?);
            Some(RoundPlan {
                code: code.to_owned(),
                name: w::period(from, to, Lang::Hant),
                from,
                to,
                edition: self.edition,
                profile: Profile::Jiguan,
                scale: Scale::Four,
                grades: GradeBounds::default(),
                vetoes: Vec::new(),
                ranked: false,
            })
        })
    }
}

/// Enters the organisation, its branches and, unless somebody practises alone, its persons.
fn enter_branches(keep: &mut Keep, branches: u32, drafts: bool) -> Result<Walk, Outcome> {
    let start = Day::new(2026, 3, 2).unwrap_or(Day(jiff::civil::Date::ZERO));
    let by = PersonId("練習".to_owned());
    let at = moment(start, 0);
    keep.submit_at(at, by.clone(), Rev(0), Command::House(HouseCommand::Name("練習單位（虛構）".to_owned())))?;
    let facts = |kind, code: &str, name: &str, parent| BranchFacts {
        parent,
        code: code.to_owned(),
        name: name.to_owned(),
        kind,
        ..BranchFacts::default()
    };
    let mut list = vec![
        (BranchId(1), BranchCommand::Add(facts(BranchKind::Dangwei, "JG", "機關黨委", None))),
        (BranchId(2), BranchCommand::Add(facts(BranchKind::Zongzhi, "JG-Z1", "機關第一黨總支", Some(BranchId(1))))),
        (BranchId(3), BranchCommand::Add(facts(BranchKind::Zongzhi, "JG-Z2", "機關第二黨總支", Some(BranchId(1))))),
    ];
    let mut members = Vec::with_capacity(branches as usize);
    for n in 1..=branches {
        let id = BranchId(n + 3);
        let parent = Some(BranchId(2 + n % 2));
        let mut branch = facts(BranchKind::Zhibu, &format!("JG-{n:03}"), &name(n), parent);
        let count = u16::try_from(mixed(u64::from(n), 7, 1) % 28).unwrap_or_default() + 6;
        branch.full_members = Some(count);
        branch.all_members = Some(count + u16::from(n % 3 == 0));
        branch.committee = Some(if count >= 7 { 3 } else { 0 });
        branch.term_start = Day::new(2024, 6, 1);
        branch.term_years = Some(3);
        list.push((id, BranchCommand::Add(branch)));
        members.push(id);
    }
    for part in list.chunks(5000) {
        keep.submit_at(at, by.clone(), Rev(0), Command::BranchList(part.to_vec()))?;
    }
    if !drafts {
        follow::persons(keep, at, &by, branches)?;
    }
    let edition = keep.edition(None)?;
    let checklist = keep.shelf().checklist(&edition.id)?;
    let checklist = checklist.ok_or_else(|| Outcome::Refused(w::R_NO_EDITION.say(keep.lang).to_owned()))?;
    Ok(Walk { by, members, edition: edition.id, checklist })
}

fn fill_store(keep: &mut Keep, branches: u32, drafts: bool) -> Result<(), Outcome> {
    let walk = enter_branches(keep, branches, drafts)?;
    let Walk { by, members, checklist, .. } = &walk;
    for (number, plan) in (1u32..).zip(walk.plans()) {
        let (from, to) = (plan.from, plan.to);
        let round = RoundId(number);
        let command = Command::Round(round, RoundCommand::Open { plan: plan.clone(), branches: members.clone() });
        keep.submit_at(moment(from, 0), by.clone(), Rev(0), command)?;
        // The last round is going on: a third is signed, one branch is half done, the rest waits.
        let done = if number < 3 { members.len() } else { members.len() / 3 };
        let mut fates = if drafts { Fates::none() } else { Fates::of(round, number < 3) };
        let parts: Vec<(usize, &[BranchId])> = members.get(..done).unwrap_or_default().chunks(64).enumerate().collect();
        for parts in parts.chunks(16) {
            let mut lives = Vec::new();
            let mut last = from;
            for (place, part) in parts {
                let day = walk_day(&plan, *place);
                last = last.max(day);
                lives.extend(walk_some(keep, checklist, &plan, round, part, day, &mut fates)?);
            }
            follow::live(keep, last, &lives)?;
        }
        if number < 3 {
            let saw = keep.round_rev(round)?;
            keep.submit_at(moment(to, 60), by.clone(), saw, Command::Round(round, RoundCommand::Close))?;
        } else if let Some(branch) = members.get(done) {
            half_walk(keep, checklist, round, *branch, moment(from.plus(20), 0))?;
        }
    }
    Ok(())
}

fn walk_day(plan: &RoundPlan, place: usize) -> Day {
    plan.from.plus(10 + i32::try_from(place % 60).unwrap_or_default())
}

/// Walks some branches to their signature and hands over what was found: verdicts, findings, signature, one sync a step
/// for all of them.
fn walk_some<'a>(
    keep: &mut Keep,
    checklist: &'a Checklist,
    plan: &RoundPlan,
    round: RoundId,
    branches: &[BranchId],
    day: Day,
    fates: &mut Fates,
) -> Result<Vec<Life<'a>>, Outcome> {
    let by = |branch: BranchId| PersonId(INSPECTORS[branch.0 as usize % INSPECTORS.len()].to_owned());
    let request = |branch: BranchId, saw: u64, command| Request {
        by: by(branch),
        saw: Rev(saw),
        command: Command::Inspection(round, branch, command),
    };
    let judge = |branch: &BranchId| {
        let verdicts = checklist.items.iter().filter(|item| checklist.scored(item));
        let verdicts = verdicts.map(|item| (item.id.clone(), Some(judgement(item, round, *branch))));
        request(*branch, 0, InspectionCommand::Judge(verdicts.collect()))
    };
    keep.submit_all_at(moment(day, 0), branches.iter().map(judge).collect())?;
    let (mut findings, mut lives) = (Vec::new(), Vec::new());
    for branch in branches {
        let failed = |item: &&Item| judgement(item, round, *branch).verdict == Verdict::Fail && checklist.scored(item);
        for (n, item) in (1u16..).zip(checklist.items.iter().filter(failed)) {
            let facts = finding(item, plan, *branch, day);
            lives.push(fates.give(FindingId { round, branch: *branch, n }, item, &facts));
            findings.push(request(*branch, u64::MAX, InspectionCommand::Find { n: None, facts }));
        }
    }
    keep.submit_all_at(moment(day, 35), findings)?;
    let sign = |branch: &BranchId| request(*branch, u64::MAX, InspectionCommand::SignOff);
    let handed_over = lives.iter().filter_map(|life| life.handed_over(day));
    keep.submit_all_at(moment(day, 40), branches.iter().map(sign).chain(handed_over).collect())?;
    Ok(lives)
}

fn judgement(item: &Item, round: RoundId, branch: BranchId) -> Judgement {
    let place = item.id.0.bytes().fold(0, |sum: u64, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte)));
    // Half of the luck stays with the branch from round to round: some findings repeat.
    let drawn = |round: u64| mixed(place, u64::from(branch.0), round) % 100;
    let luck = u64::midpoint(drawn(0), drawn(u64::from(round.0)));
    let verdict = match luck {
        0..=11 => Verdict::Fail,
        12..=17 => Verdict::Fair,
        18..=26 => Verdict::Good,
        27..=28 if item.na_ok => Verdict::NotApplicable,
        _ => Verdict::Pass,
    };
    Judgement { verdict, reason: String::new() }
}

fn finding(item: &Item, plan: &RoundPlan, branch: BranchId, day: Day) -> FindingFacts {
    let template = item.finding.pick(Lang::Hant);
    let count = (mixed(u64::from(branch.0), 3, u64::from(item.days)) % 3 + 1).to_string();
    let period = w::period(plan.from, plan.to, Lang::Hant);
    let year = plan.to.0.year().to_string();
    let value = |slot: &str| match slot {
        "period" => period.clone(),
        "year" => year.clone(),
        "total" | "sample" => "6".to_owned(),
        "detail" => "記錄不全".to_owned(),
        "date" | "dates" => w::day(plan.from.plus(9), Lang::Hant),
        "months" => format!("{}月", plan.from.0.month()),
        "quarters" => ["一", "二", "三", "四"][(usize::from(plan.from.0.month().unsigned_abs()) - 1) / 3].to_owned(),
        "post" => "組織委員".to_owned(),
        "rate" => "80%".to_owned(),
        _ => count.clone(),
    };
    let named: Vec<(String, String)> = slots(template).into_iter().map(|slot| (slot.to_owned(), value(slot))).collect();
    let values: Vec<(&str, &str)> = named.iter().map(|(slot, value)| (slot.as_str(), value.as_str())).collect();
    FindingFacts {
        item: item.id.clone(),
        fact: fill(template, &values),
        severity: item.severity,
        class: item.class,
        due: day.plus(i32::from(item.days)),
    }
}

/// Leaves one branch in the middle of its walk.
fn half_walk(
    keep: &mut Keep,
    checklist: &Checklist,
    round: RoundId,
    branch: BranchId,
    at: Stamp,
) -> Result<(), Outcome> {
    let by = PersonId(keep.person.0.clone());
    let items: Vec<ItemId> =
        checklist.items.iter().take(checklist.items.len() / 2).map(|item| item.id.clone()).collect();
    for (minute, (saw, item)) in (0i64..).zip((0u64..).zip(items)) {
        let pass = Judgement { verdict: Verdict::Pass, reason: String::new() };
        let command = InspectionCommand::Judge(vec![(item, Some(pass))]);
        let at = Stamp(at.0 + minute * 25_000);
        keep.submit_at(at, by.clone(), Rev(saw), Command::Inspection(round, branch, command))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invented_names_count_as_people_do() {
        assert_eq!(name(1), "黨委辦公室黨支部");
        assert_eq!(name(21), "黨委辦公室第二黨支部");
        assert_eq!(numerals(10), "十");
        assert_eq!(numerals(110), "一百一十");
        assert_eq!(numerals(2005), "二千零五");
    }
}

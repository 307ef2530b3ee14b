//! Laws that hold for whatever two people do to the units and the rounds.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod forms;

use std::collections::{BTreeMap, BTreeSet};

use forms::{EDITION, day, plan, small};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use tijian::domain::{
    Branch, BranchChange, BranchCommand, BranchFacts, BranchId, BranchSurroundings, Checklist, EditionId, Figures,
    GradeBounds, PersonId, Rates, Refusal, Rev, Round, RoundChange, RoundCommand, RoundId, RoundPlan,
    RoundSurroundings, Scale, Verdicts, apply_branch, apply_round, decide_branch, decide_round, inherited,
};

/// The units with everything that ever happened to them.
#[derive(Default)]
struct Tree {
    units: BTreeMap<BranchId, Branch>,
    trail: Vec<(BranchId, Rev, BranchChange)>,
}

impl Tree {
    /// Looks around as the one writer does.
    fn around(&self, facts: &BranchFacts) -> BranchSurroundings {
        let holder = self.units.values().find(|unit| unit.facts.code == facts.code);
        let mut around =
            BranchSurroundings { code_holder: holder.map(|unit| unit.id), ..BranchSurroundings::default() };
        let mut next = facts.parent;
        while let Some(unit) = next.and_then(|parent| self.units.get(&parent))
            && !around.ancestors.contains(&unit.id)
        {
            around.ancestors.push(unit.id);
            next = unit.facts.parent;
        }
        around
    }

    fn takes(&mut self, id: BranchId, command: BranchCommand) -> Result<Vec<BranchChange>, Refusal> {
        let around = match &command {
            BranchCommand::Add(facts) | BranchCommand::Edit(facts) => self.around(facts),
            BranchCommand::Retire { .. } => BranchSurroundings::default(),
            BranchCommand::Restore => self.heir(self.units.get(&id).and_then(|unit| unit.merged)),
            BranchCommand::Merge { into, .. } => self.heir(Some(*into)),
        };
        let mut unit = self.units.get(&id).cloned();
        let changes = decide_branch(id, unit.as_ref(), &around, command)?;
        let rev = unit.as_ref().map_or(Rev(0), |unit| unit.rev).next();
        for change in &changes {
            if let Some((heir, change)) = unit.as_ref().and_then(|unit| inherited(unit, change)) {
                let mut other = self.units.get(&heir).cloned();
                let rev = other.as_ref().map_or(Rev(0), |unit| unit.rev).next();
                apply_branch(&mut other, heir, rev, &change);
                self.trail.push((heir, rev, change));
                self.units.extend(other.map(|unit| (heir, unit)));
            }
            apply_branch(&mut unit, id, rev, change);
            self.trail.push((id, rev, change.clone()));
        }
        self.units.extend(unit.map(|unit| (id, unit)));
        Ok(changes)
    }

    fn heir(&self, id: Option<BranchId>) -> BranchSurroundings {
        let heir = id.and_then(|id| self.units.get(&id).cloned());
        BranchSurroundings { heir, ..BranchSurroundings::default() }
    }

    /// Lists the units that were merged into one, by the pointers of those that were merged.
    fn merged_into(&self, id: BranchId) -> BTreeSet<BranchId> {
        let goes = |unit: &Branch| {
            let heirs = std::iter::successors(unit.merged, |into| self.units[into].merged);
            heirs.into_iter().any(|into| into == id)
        };
        self.units.values().filter(|unit| goes(unit)).map(|unit| unit.id).collect()
    }

    fn folded(&self) -> BTreeMap<BranchId, Branch> {
        let mut units: BTreeMap<BranchId, Option<Branch>> = BTreeMap::new();
        for (id, rev, change) in &self.trail {
            apply_branch(units.entry(*id).or_default(), *id, *rev, change);
        }
        units.into_iter().filter_map(|(id, unit)| Some((id, unit?))).collect()
    }

    /// Lists the units above one.
    fn above(&self, unit: &Branch) -> Vec<BranchId> {
        self.around(&unit.facts).ancestors
    }
}

fn some_facts() -> impl Strategy<Value = BranchFacts> {
    let members = || option::of(0u16..4);
    let parent = option::of((1u32..7).prop_map(BranchId));
    (select(vec!["A", "B", "C", "D", "E", "F", ""]), parent, members(), members(), option::of(0u16..12)).prop_map(
        |(code, parent, full_members, all_members, term_years)| BranchFacts {
            code: code.to_owned(),
            name: "支部".to_owned(),
            parent,
            full_members,
            all_members,
            term_years,
            ..BranchFacts::default()
        },
    )
}

fn a_branch_command() -> impl Strategy<Value = BranchCommand> {
    prop_oneof![
        4 => some_facts().prop_map(BranchCommand::Add),
        4 => some_facts().prop_map(BranchCommand::Edit),
        1 => select(vec!["", "併入"]).prop_map(|reason| BranchCommand::Retire { reason: reason.to_owned() }),
        2 => Just(BranchCommand::Restore),
        2 => (1u32..7).prop_map(|into| BranchCommand::Merge { into: BranchId(into), reason: "併入".to_owned() }),
    ]
}

fn branch_acts() -> impl Strategy<Value = Vec<(BranchId, BranchCommand)>> {
    vec(((1u32..7).prop_map(BranchId), a_branch_command()), 0..80)
}

/// The rounds with everything that ever happened to them.
struct Campaigns {
    checklist: Checklist,
    rounds: BTreeMap<RoundId, Round>,
    trail: Vec<(RoundId, Rev, RoundChange)>,
}

/// What somebody wants of a round, and what the inspections in it say.
#[derive(Clone, Debug)]
struct RoundAct {
    id: RoundId,
    begun: bool,
    unsigned: usize,
    walked: Option<BranchId>,
    command: RoundCommand,
}

impl Campaigns {
    fn new() -> Self {
        Self { checklist: small(), rounds: BTreeMap::new(), trail: Vec::new() }
    }

    fn takes(&mut self, act: RoundAct) -> Result<Vec<RoundChange>, Refusal> {
        let RoundAct { id, begun, unsigned, walked, command } = act;
        let plan = match &command {
            RoundCommand::Open { plan, .. } | RoundCommand::Edit(plan) => Some(plan),
            _ => None,
        };
        let figures = Figures {
            on: day(11, 23),
            got: self.trail.len() as u64,
            applicable: 0,
            verdicts: Verdicts::default(),
            findings: 0,
            rates: Rates::default(),
        };
        let holder = plan.and_then(|plan| self.rounds.values().find(|round| round.plan.code == plan.code));
        let around = RoundSurroundings {
            checklist: plan.is_some_and(|plan| plan.edition == EDITION).then_some(&self.checklist),
            code_holder: holder.map(|round| round.id),
            unknown_branch: None,
            walked,
            begun,
            signed: false,
            unsigned,
            no_walker: None,
            figures: Some(&figures),
        };
        let mut round = self.rounds.get(&id).cloned();
        let changes = decide_round(id, round.as_ref(), around, command)?;
        let rev = round.as_ref().map_or(Rev(0), |round| round.rev).next();
        for change in &changes {
            apply_round(&mut round, id, rev, change);
            self.trail.push((id, rev, change.clone()));
        }
        self.rounds.extend(round.map(|round| (id, round)));
        Ok(changes)
    }

    fn folded(&self) -> BTreeMap<RoundId, Round> {
        let mut rounds: BTreeMap<RoundId, Option<Round>> = BTreeMap::new();
        for (id, rev, change) in &self.trail {
            apply_round(rounds.entry(*id).or_default(), *id, *rev, change);
        }
        rounds.into_iter().filter_map(|(id, round)| Some((id, round?))).collect()
    }
}

fn some_plan() -> impl Strategy<Value = RoundPlan> {
    let edition = select(vec![EDITION, EDITION, EDITION, EditionId([8; 32])]);
    let scale = select(vec![Scale::Four, Scale::Two]);
    let good = select(vec![800, 850, 900]);
    (select(vec!["A", "B", "C", ""]), edition, scale, good, 1i8..28).prop_map(|(code, edition, scale, good, to)| {
        RoundPlan {
            code: code.to_owned(),
            edition,
            grades: GradeBounds { good, ..GradeBounds::default() },
            from: day(10, 3),
            to: day(10, to),
            ..plan(scale)
        }
    })
}

fn some_units() -> impl Strategy<Value = Vec<BranchId>> {
    vec((1u32..6).prop_map(BranchId), 0..4)
}

fn a_round_command() -> impl Strategy<Value = RoundCommand> {
    prop_oneof![
        3 => (some_plan(), some_units()).prop_map(|(plan, branches)| RoundCommand::Open { plan, branches }),
        3 => some_plan().prop_map(RoundCommand::Edit),
        3 => some_units().prop_map(RoundCommand::Join),
        2 => some_units().prop_map(RoundCommand::Leave),
        2 => Just(RoundCommand::Close),
        2 => select(vec!["", "漏記"]).prop_map(|reason| RoundCommand::Correct { reason: reason.to_owned() }),
        2 => ((1u32..6).prop_map(BranchId), vec(select(vec!["甲", "乙", "丙"]), 0..3)).prop_map(|(unit, members)| {
            let members = members.into_iter().map(|member| PersonId(member.to_owned())).collect();
            RoundCommand::Assign { unit, members }
        }),
    ]
}

fn round_acts() -> impl Strategy<Value = Vec<RoundAct>> {
    let walked = prop_oneof![3 => Just(None), 1 => Just(Some(BranchId(1)))];
    let act = ((1u32..4).prop_map(RoundId), any::<bool>(), 0usize..2, walked, a_round_command())
        .prop_map(|(id, begun, unsigned, walked, command)| RoundAct { id, begun, unsigned, walked, command });
    vec(act, 0..60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_units_are_a_tree_with_one_code_each(acts in branch_acts()) {
        let mut tree = Tree::default();
        for (id, command) in acts {
            let before = tree.units.clone();
            if tree.takes(id, command.clone()).is_err() {
                prop_assert_eq!(&tree.units, &before, "a refused command changes nothing: {:?}", command);
            }
            let codes: BTreeSet<_> = tree.units.values().map(|unit| unit.facts.code.as_str()).collect();
            prop_assert_eq!(codes.len(), tree.units.len());
            prop_assert!(!codes.contains(""));
            for unit in tree.units.values() {
                prop_assert!(unit.facts.parent.is_none_or(|parent| tree.units.contains_key(&parent)));
                prop_assert!(!tree.above(unit).contains(&unit.id));
                let lineage: BTreeSet<_> = unit.lineage.iter().copied().collect();
                prop_assert!(lineage.is_superset(&tree.merged_into(unit.id)), "nothing merged is forgotten");
                prop_assert!(unit.merged.is_none() || !unit.active);
                let active = lineage.iter().find(|merged| tree.units[*merged].active);
                prop_assert!(!unit.active || active.is_none(), "nobody inherits from who is in being");
                let BranchFacts { full_members, all_members, term_years, .. } = unit.facts;
                prop_assert!(full_members.zip(all_members).is_none_or(|(full, all)| full <= all));
                prop_assert!(term_years.is_none_or(|years| (1..=10).contains(&years)));
            }
        }
        prop_assert_eq!(tree.folded(), tree.units, "the trail gives what stands");
    }

    #[test]
    fn a_correction_of_a_unit_says_what_stood_and_can_be_put_right(acts in branch_acts()) {
        let mut tree = Tree::default();
        for (id, command) in acts {
            let before = tree.units.get(&id).cloned();
            let Ok(changes) = tree.takes(id, command) else { continue };
            if let (Some(before), [BranchChange::Edited { was, now }]) = (before, &changes[..]) {
                prop_assert_eq!(&before.facts, was);
                prop_assert_ne!(was, now);
                tree.takes(id, BranchCommand::Edit(was.clone())).unwrap();
                prop_assert_eq!(&tree.units[&id].facts, was);
                prop_assert_eq!((tree.units[&id].active, &tree.units[&id].lineage), (before.active, &before.lineage));
                tree.takes(id, BranchCommand::Edit(now.clone())).unwrap();
            }
        }
    }

    #[test]
    fn a_round_lists_each_unit_once_and_rests_when_it_is_over(acts in round_acts()) {
        let mut campaigns = Campaigns::new();
        for act in acts {
            let before = campaigns.rounds.clone();
            let stood = before.get(&act.id);
            let Ok(changes) = campaigns.takes(act.clone()) else {
                prop_assert_eq!(&campaigns.rounds, &before, "a refused command changes nothing: {:?}", act);
                continue;
            };
            let correct = matches!(act.command, RoundCommand::Correct { .. });
            prop_assert!(stood.is_none_or(|round| round.closed == correct), "{:?}", act);
            for change in &changes {
                let has = |unit: &BranchId| stood.is_some_and(|round| round.branches.contains(unit));
                match change {
                    RoundChange::Joined(units) => prop_assert!(!units.is_empty() && !units.iter().any(has)),
                    RoundChange::Left(units) => prop_assert!(!units.is_empty() && units.iter().all(has)),
                    RoundChange::Edited { was, now } => {
                        prop_assert_eq!(stood.map(|round| &round.plan), Some(was));
                        prop_assert!(!act.begun || (was.edition, was.scale) == (now.edition, now.scale));
                    }
                    RoundChange::Closed | RoundChange::Frozen(_) => prop_assert_eq!(act.unsigned, 0),
                    RoundChange::Corrected { reason } => prop_assert!(!reason.is_empty()),
                    RoundChange::Assigned { unit, was, now } => {
                        let stands = stood.and_then(|round| round.teams.get(unit)).cloned().unwrap_or_default();
                        prop_assert!(stands == *was && was != now && now.is_sorted_by(|one, next| one < next));
                    }
                    RoundChange::Opened(_) => prop_assert!(stood.is_none()),
                }
            }
            if let (Some(stood), Some(now)) = (stood, campaigns.rounds.get(&act.id)) {
                prop_assert!(now.frozen.starts_with(&stood.frozen), "what was written down stays as it is");
                let planned = stood.plan == now.plan && stood.branches == now.branches;
                prop_assert!(planned || stood.correction.is_none());
            }
            let codes: BTreeSet<_> = campaigns.rounds.values().map(|round| round.plan.code.as_str()).collect();
            prop_assert_eq!(codes.len(), campaigns.rounds.len());
            for round in campaigns.rounds.values() {
                prop_assert!(round.branches.is_sorted_by(|one, next| one < next), "{:?}", round.branches);
                prop_assert!(round.plan.from <= round.plan.to && round.plan.edition == EDITION);
                prop_assert!(!round.closed || (round.correction.is_none() && !round.frozen.is_empty()));
                prop_assert!(round.teams.values().all(|team| !team.is_empty()));
            }
        }
        prop_assert_eq!(campaigns.folded(), campaigns.rounds, "the trail gives what stands");
    }

    #[test]
    fn who_joins_and_leaves_again_leaves_the_round_as_it_was(acts in round_acts(), units in some_units()) {
        let mut campaigns = Campaigns::new();
        for act in acts {
            drop(campaigns.takes(act));
        }
        let id = RoundId(1);
        let before = campaigns.rounds.get(&id).map(|round| round.branches.clone());
        let act = |command| RoundAct { id, begun: false, unsigned: 0, walked: None, command };
        if let Ok(changes) = campaigns.takes(act(RoundCommand::Join(units))) {
            let [RoundChange::Joined(joined)] = &changes[..] else { panic!("{changes:?}") };
            campaigns.takes(act(RoundCommand::Leave(joined.clone()))).unwrap();
            prop_assert_eq!(Some(&campaigns.rounds[&id].branches), before.as_ref());
        }
    }
}

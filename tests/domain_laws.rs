//! Laws that hold for whatever two people do to one inspection, and for every score.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod forms;

use std::collections::{BTreeMap, BTreeSet};

use forms::{ALL, ITEMS, MARKED, Walk, find, finding, form, id, item, judged, judgement, mark, note, person, reopen};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use tijian::domain::{
    Change, Checklist, Entry, FindingFacts, Inspection, InspectionChange, InspectionCommand, ItemId, Judgement, Points,
    Refusal, Rev, Scale, Score, Slice, Verdict, apply_inspection, missing, score,
};

const PEOPLE: [&str; 2] = ["王督查", "李督查"];

/// Who wants what, and how many revisions their screen is behind.
#[derive(Clone, Debug)]
struct Act {
    by: &'static str,
    behind: u64,
    command: InspectionCommand,
}

/// What stands in an inspection, without who and when.
#[derive(Clone, Debug, PartialEq, Default)]
struct Content {
    verdicts: BTreeMap<ItemId, Judgement>,
    marks: BTreeSet<ItemId>,
    notes: BTreeMap<ItemId, String>,
    findings: BTreeMap<u16, FindingFacts>,
    signed: bool,
}

impl Content {
    fn of(inspection: &Inspection) -> Self {
        let cells = || inspection.cells.keys().cloned();
        Self {
            verdicts: cells().filter_map(|item| Some((item.clone(), inspection.judgement(&item)?))).collect(),
            marks: cells().filter(|item| inspection.marked(item)).collect(),
            notes: inspection.notes.iter().map(|(item, note)| (item.clone(), note.text.clone())).collect(),
            findings: inspection.findings.iter().map(|(n, found)| (*n, found.facts.clone())).collect(),
            signed: inspection.signed.is_some(),
        }
    }
}

fn an_item() -> impl Strategy<Value = &'static str> {
    prop_oneof![12 => select(ITEMS.to_vec()), 1 => Just("Z-99")]
}

fn a_judgement() -> impl Strategy<Value = Option<Judgement>> {
    let given = (select(Verdict::ALL.to_vec()), select(vec!["", "", "新設", " ", MARKED]));
    prop_oneof![1 => Just(None), 5 => given.prop_map(|(verdict, reason)| Some(judgement(verdict, reason)))]
}

fn a_change() -> impl Strategy<Value = InspectionCommand> {
    let text = || select(vec!["", "甲", "乙", " ", "甲\u{202e}", "{n}次"]);
    let judgements = vec((an_item().prop_map(id), a_judgement()), 0..4);
    let correction = (1u16..4, an_item(), text())
        .prop_map(|(n, item, text)| InspectionCommand::Find { n: Some(n), facts: finding(item, text) });
    prop_oneof![
        6 => judgements.prop_map(InspectionCommand::Judge),
        3 => (an_item(), text()).prop_map(|(item, text)| note(item, text)),
        2 => (an_item(), any::<bool>()).prop_map(|(item, on)| mark(item, on)),
        2 => (an_item(), text()).prop_map(|(item, text)| find(item, text)),
        1 => correction,
        1 => (1u16..4).prop_map(|n| InspectionCommand::Withdraw { n }),
    ]
}

fn a_pass_of_all() -> InspectionCommand {
    InspectionCommand::Judge(ITEMS.map(|item| (id(item), Some(judgement(Verdict::Pass, "")))).to_vec())
}

fn a_command() -> impl Strategy<Value = InspectionCommand> {
    prop_oneof![
        12 => a_change(),
        4 => Just(InspectionCommand::Undo),
        3 => Just(InspectionCommand::Redo),
        1 => Just(a_pass_of_all()),
        1 => Just(InspectionCommand::SignOff),
        1 => select(vec!["", "補充材料"]).prop_map(reopen),
    ]
}

fn acts_of(command: impl Strategy<Value = InspectionCommand>) -> impl Strategy<Value = Vec<Act>> {
    let behind = prop_oneof![4 => Just(0u64), 1 => 1u64..6];
    let act = (select(PEOPLE.to_vec()), behind, command).prop_map(|(by, behind, command)| Act { by, behind, command });
    vec(act, 0..40)
}

fn walk() -> impl Strategy<Value = Walk> {
    select(vec![Scale::Four, Scale::Four, Scale::Two]).prop_map(Walk::new)
}

fn take(walk: &mut Walk, act: &Act) -> Result<Vec<InspectionChange>, Refusal> {
    let saw = Rev(walk.inspection.rev.0.saturating_sub(act.behind));
    walk.takes(act.by, saw, act.command.clone())
}

fn folded<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Inspection {
    let mut inspection = Inspection::new(forms::ROUND, forms::BRANCH);
    for entry in entries {
        for change in &entry.changes {
            let Change::Inspection(change) = change else { panic!("{change:?}") };
            apply_inspection(&mut inspection, entry.rev, &entry.by, entry.at, change);
        }
    }
    inspection
}

/// Says whether a change tells the truth about what stood before it.
fn tells_what_stood(inspection: &Inspection, change: &InspectionChange) -> bool {
    match change {
        InspectionChange::Judged { item, was, now } => inspection.judgement(item) == *was && was != now,
        InspectionChange::Noted { item, was, now } => inspection.note(item) == was && was != now,
        InspectionChange::Marked { item, now } => inspection.marked(item) != *now,
        InspectionChange::Found { n, was, now } => {
            inspection.findings.get(n).map(|found| &found.facts) == was.as_ref() && was != now
        }
        InspectionChange::Signed { .. } => inspection.signed.is_none(),
        InspectionChange::Reopened { .. } => inspection.signed.is_some(),
        InspectionChange::Undid { .. } | InspectionChange::Redid { .. } => true,
        InspectionChange::CardTaken { card } => !inspection.cards.contains_key(card),
        InspectionChange::CardGiven { card } => inspection.cards.contains_key(card),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_refused_command_changes_nothing(mut walk in walk(), acts in acts_of(a_command())) {
        for act in acts {
            let before = (walk.inspection.clone(), walk.trail.clone());
            match take(&mut walk, &act) {
                Err(_) => prop_assert_eq!((&walk.inspection, &walk.trail), (&before.0, &before.1)),
                Ok(changes) => {
                    prop_assert!(!changes.is_empty());
                    prop_assert_eq!(walk.inspection.rev, before.0.rev.next());
                }
            }
        }
    }

    #[test]
    fn the_trail_from_the_beginning_gives_what_stands(mut walk in walk(), acts in acts_of(a_command())) {
        for act in &acts {
            drop(take(&mut walk, act));
        }
        prop_assert_eq!(&folded(&walk.trail), &walk.inspection);
        let kept: Vec<String> = walk.trail.iter().map(|entry| serde_json::to_string(entry).unwrap()).collect();
        let read: Vec<Entry> = kept.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
        prop_assert_eq!(&read, &walk.trail);
    }

    #[test]
    fn every_change_says_what_stood_before_it(mut walk in walk(), acts in acts_of(a_command())) {
        for act in acts {
            let mut inspection = walk.inspection.clone();
            let changes = take(&mut walk, &act).unwrap_or_default();
            for change in changes {
                prop_assert!(tells_what_stood(&inspection, &change), "{:?} after {:?}", change, act);
                let (rev, by) = (walk.inspection.rev, person(act.by));
                apply_inspection(&mut inspection, rev, &by, tijian::domain::Stamp(0), &change);
            }
        }
    }

    #[test]
    fn undo_takes_ones_own_change_back_and_redo_brings_it_again(mut walk in walk(), acts in acts_of(a_command())) {
        use InspectionCommand::{Redo, Reopen, SignOff, Undo};
        for act in acts {
            let before = Content::of(&walk.inspection);
            let reversible = !matches!(act.command, Undo | Redo | SignOff | Reopen { .. });
            if take(&mut walk, &act).is_err() || !reversible {
                continue;
            }
            let after = Content::of(&walk.inspection);
            prop_assert_ne!(&after, &before);
            let mut aside = walk.clone();
            for _ in 0..2 {
                aside.takes(act.by, ALL, Undo).unwrap();
                prop_assert_eq!(&Content::of(&aside.inspection), &before);
                aside.takes(act.by, ALL, Redo).unwrap();
                prop_assert_eq!(&Content::of(&aside.inspection), &after);
            }
            prop_assert_eq!(aside.refuses(act.by, ALL, Redo), Refusal::NothingToRedo);
        }
    }

    #[test]
    fn one_person_alone_gets_back_to_the_beginning_and_forth_again(mut walk in walk(), changes in vec(a_change(), 0..30)) {
        let mut stood = vec![Content::of(&walk.inspection)];
        for change in changes {
            if walk.takes(PEOPLE[0], ALL, change).is_ok() {
                stood.push(Content::of(&walk.inspection));
            }
        }
        for before in stood.iter().rev().skip(1) {
            walk.takes(PEOPLE[0], ALL, InspectionCommand::Undo).unwrap();
            prop_assert_eq!(&Content::of(&walk.inspection), before);
        }
        prop_assert_eq!(walk.refuses(PEOPLE[0], ALL, InspectionCommand::Undo), Refusal::NothingToUndo);
        for after in stood.iter().skip(1) {
            walk.takes(PEOPLE[0], ALL, InspectionCommand::Redo).unwrap();
            prop_assert_eq!(&Content::of(&walk.inspection), after);
        }
        prop_assert_eq!(walk.refuses(PEOPLE[0], ALL, InspectionCommand::Redo), Refusal::NothingToRedo);
    }

    #[test]
    fn going_back_as_far_as_it_goes_and_forth_again_changes_nothing(
        mut walk in walk(),
        acts in acts_of(a_change()),
        by in select(PEOPLE.to_vec()),
    ) {
        for act in acts {
            drop(take(&mut walk, &act));
        }
        let before = Content::of(&walk.inspection);
        let mut steps = 0;
        let stop = loop {
            match walk.takes(by, ALL, InspectionCommand::Undo) {
                Ok(_) => steps += 1,
                Err(refusal) => break refusal,
            }
        };
        prop_assert!(matches!(stop, Refusal::NothingToUndo | Refusal::Stale { item: Some(_), .. }), "{:?}", stop);
        walk.does(by, vec![InspectionCommand::Redo; steps]);
        prop_assert_eq!(Content::of(&walk.inspection), before);
    }

    #[test]
    fn nothing_moves_under_a_signature(mut walk in walk(), acts in acts_of(a_command())) {
        for act in acts {
            let before = Content::of(&walk.inspection);
            let Ok(changes) = take(&mut walk, &act) else { continue };
            if before.signed {
                prop_assert!(matches!(changes[..], [InspectionChange::Reopened { .. }]), "{:?}", changes);
                prop_assert_eq!(Content { signed: true, ..Content::of(&walk.inspection) }, before);
            }
            if walk.inspection.signed.is_some() {
                prop_assert!(missing(&walk.checklist, &walk.inspection).is_empty());
                prop_assert!(score(&walk.checklist, &walk.inspection).is_final());
            }
        }
    }

    #[test]
    fn only_what_is_ones_own_and_younger_than_the_signature_is_taken_back(
        mut walk in walk(),
        acts in acts_of(a_command()),
    ) {
        let mut standing: BTreeSet<(&str, u64)> = BTreeSet::new();
        let mut taken_back: BTreeSet<(&str, u64)> = BTreeSet::new();
        for act in &acts {
            let Ok(changes) = take(&mut walk, act) else { continue };
            match &changes[0] {
                InspectionChange::Signed { .. } | InspectionChange::Reopened { .. } => {
                    standing.clear();
                    taken_back.clear();
                }
                InspectionChange::Undid { seq } => {
                    let youngest = standing.iter().rfind(|(by, _)| *by == act.by).copied();
                    prop_assert_eq!(Some((act.by, seq.0)), youngest);
                    standing.remove(&(act.by, seq.0));
                    taken_back.insert((act.by, seq.0));
                }
                InspectionChange::Redid { seq } => {
                    let oldest = taken_back.iter().find(|(by, _)| *by == act.by).copied();
                    prop_assert_eq!(Some((act.by, seq.0)), oldest);
                    taken_back.remove(&(act.by, seq.0));
                    standing.insert((act.by, seq.0));
                }
                _ => {
                    taken_back.retain(|(by, _)| *by != act.by);
                    standing.insert((act.by, walk.trail.last().unwrap().seq.0));
                }
            }
        }
    }

    #[test]
    fn what_stands_is_what_everybody_did_and_nobody_took_back(mut walk in walk(), acts in acts_of(a_command())) {
        // Without a word of how a history is read: the entries that stand, one behind the other.
        let mut standing: Vec<Entry> = Vec::new();
        let mut taken_back: Vec<Entry> = Vec::new();
        let markers = |entry: &&Entry| !matches!(
            entry.changes[0],
            Change::Inspection(InspectionChange::Undid { .. } | InspectionChange::Redid { .. })
        );
        for act in &acts {
            match take(&mut walk, act) {
                Err(Refusal::Stale { by, .. }) if matches!(act.command, InspectionCommand::Undo) => {
                    prop_assert_ne!(by.0.as_str(), act.by, "nobody stands in one's own way");
                    prop_assert!(standing.iter().any(|entry| entry.by == by), "somebody else has been there");
                }
                Err(_) => {}
                Ok(changes) => match &changes[0] {
                    InspectionChange::Undid { seq } => {
                        let at = standing.iter().position(|entry| entry.seq == *seq).unwrap();
                        prop_assert_eq!(&standing[at].by.0, act.by, "only one's own is taken back");
                        taken_back.push(standing.remove(at));
                    }
                    InspectionChange::Redid { seq } => {
                        let at = taken_back.iter().position(|entry| entry.seq == *seq).unwrap();
                        prop_assert_eq!(&taken_back[at].by.0, act.by, "only one's own is done again");
                        standing.push(taken_back.remove(at));
                    }
                    _ => standing.extend(walk.trail.last().filter(markers).cloned()),
                },
            }
            prop_assert_eq!(Content::of(&folded(&standing)), Content::of(&walk.inspection));
        }
    }

    #[test]
    fn numbers_of_findings_only_rise(mut walk in walk(), acts in acts_of(a_command())) {
        for act in acts {
            let (next, had) = (walk.inspection.next_finding, Content::of(&walk.inspection).findings);
            drop(take(&mut walk, &act));
            prop_assert!(walk.inspection.next_finding >= next);
            let fresh = !matches!(act.command, InspectionCommand::Undo | InspectionCommand::Redo);
            for n in walk.inspection.findings.keys().filter(|n| !had.contains_key(n)) {
                prop_assert!(*n < walk.inspection.next_finding);
                prop_assert!(!fresh || *n == next, "a number is used again");
            }
        }
    }
}

/// A form of at most a dozen items, some worth nothing and some of the annex, with a verdict on some of them.
fn judged_form() -> impl Strategy<Value = (Checklist, Vec<Option<Verdict>>)> {
    let verdict = prop_oneof![1 => Just(None), 5 => select(Verdict::ALL.to_vec()).prop_map(Some)];
    vec((0u16..3, 0u32..200, verdict), 1..13).prop_map(|mut rows| {
        rows.sort_by_key(|(group, ..)| *group);
        let items = rows
            .iter()
            .enumerate()
            .map(|(n, (group, points, _))| item(&format!("I-{n:02}"), *group, if *group == 2 { 0 } else { *points }));
        (form(items.collect()), rows.iter().map(|(.., verdict)| *verdict).collect())
    })
}

fn sum(checklist: &Checklist, verdicts: &[Option<Verdict>]) -> Score {
    let given = checklist.items.iter().zip(verdicts).filter_map(|(item, verdict)| Some((&item.id, (*verdict)?)));
    score(checklist, &judged(given))
}

fn together<'a>(slices: impl IntoIterator<Item = &'a Slice>) -> Slice {
    slices.into_iter().fold(Slice::default(), |sum, slice| Slice {
        got: sum.got + slice.got,
        applicable: sum.applicable + slice.applicable,
        excluded: sum.excluded + slice.excluded,
        open: sum.open + slice.open,
        answered: sum.answered + slice.answered,
        items: sum.items + slice.items,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nobody_gets_more_than_applies((checklist, verdicts) in judged_form()) {
        let score = sum(&checklist, &verdicts);
        let total = score.total;
        for slice in score.cards.iter().chain(&score.groups).chain([&total]) {
            prop_assert!(slice.got <= u64::from(slice.applicable.0) * 100);
            prop_assert!(slice.rate().is_none_or(|rate| rate <= 1000));
            prop_assert_eq!(slice.rate().is_none(), slice.applicable == Points(0));
            prop_assert!(slice.lost() <= slice.applicable);
        }
        prop_assert_eq!(total.applicable + total.excluded + total.open, checklist.full_marks());
        prop_assert_eq!(together(&score.cards[..2]), total, "the scored cards make up the whole");
        prop_assert_eq!(together(&score.groups[..2]), total);
        prop_assert_eq!(score.is_final(), total.open == Points(0) && total.answered == total.items);
    }

    #[test]
    fn a_better_verdict_never_lowers_the_score((checklist, mut verdicts) in judged_form(), at in any::<prop::sample::Index>()) {
        let at = at.index(verdicts.len());
        let mut before: Option<Score> = None;
        for verdict in [Verdict::Fail, Verdict::Fair, Verdict::Good, Verdict::Pass] {
            verdicts[at] = Some(verdict);
            let now = sum(&checklist, &verdicts);
            if let Some(before) = before {
                prop_assert!(now.total.got >= before.total.got);
                prop_assert!(now.total.rate() >= before.total.rate());
                prop_assert!(now.total.lost() <= before.total.lost());
                prop_assert_eq!(now.total.applicable, before.total.applicable);
            }
            before = Some(now);
        }
    }

    #[test]
    fn what_does_not_apply_leaves_the_denominator((mut checklist, mut verdicts) in judged_form(), at in any::<prop::sample::Index>()) {
        let at = at.index(verdicts.len());
        verdicts[at] = Some(Verdict::NotApplicable);
        let with = sum(&checklist, &verdicts);
        let gone = checklist.items.remove(at);
        verdicts.remove(at);
        let without = sum(&checklist, &verdicts);
        prop_assert_eq!((with.total.got, with.total.applicable), (without.total.got, without.total.applicable));
        prop_assert_eq!(with.total.rate(), without.total.rate());
        prop_assert_eq!(with.total.excluded, without.total.excluded + gone.points);
        prop_assert_eq!(with.losses, without.losses);
    }

    #[test]
    fn every_lost_point_is_accounted_for((checklist, verdicts) in judged_form()) {
        let score = sum(&checklist, &verdicts);
        let lost: u64 = score.losses.iter().map(|loss| {
            u64::from(loss.of.0) * u64::from(100 - loss.verdict.percent().unwrap_or(100))
        }).sum();
        prop_assert_eq!(score.total.got + lost, u64::from(score.total.applicable.0) * 100);
    }
}

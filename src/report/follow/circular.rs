//! The paper 督查通報: a whole round in figures by group; branches are named, persons are not.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::Arc;

use super::super::{Paper, Table, remarks, words as p};
use super::{NoPaper, frame, words as f};
use crate::domain::{
    BranchId, BranchTree, Checklist, Class, Day, ItemId, Lang, LedgerFinding, Level, Policy, Reading, Round, RoundId,
    RoundLine, Severity, Standing, State, level, per_mille,
};
use crate::locales as w;

/// How many branches are named in one breath.
const NAMED: usize = 20;

/// What the ledger of a round comes to.
#[derive(Default)]
struct Figures {
    findings: usize,
    severities: BTreeMap<Severity, usize>,
    repeated: usize,
    items: usize,
    issued: usize,
    closed: usize,
    in_time: usize,
    standing: usize,
    open: usize,
    late: usize,
    /// By item of the checklist: findings by severity, and the branches with one.
    checked: BTreeMap<ItemId, (BTreeMap<Severity, usize>, BTreeSet<BranchId>)>,
    /// By branch: items that are late for so long that a circular is proposed, and the most days.
    behind: BTreeMap<BranchId, (usize, i32)>,
    /// Items that are pressed for so hard that the committee looks at them.
    to_submit: usize,
}

impl Figures {
    fn add(&mut self, branch: BranchId, finding: &LedgerFinding, policy: &Policy, today: Day) {
        let lines = finding.lines.iter().filter(|line| line.state != State::Revoked);
        if lines.clone().next().is_none() {
            return;
        }
        self.findings += 1;
        *self.severities.entry(finding.severity).or_default() += 1;
        self.repeated += usize::from(finding.nth > 1);
        let (severities, branches) = self.checked.entry(finding.item.clone()).or_default();
        *severities.entry(finding.severity).or_default() += 1;
        branches.insert(branch);
        for line in lines {
            let standing = line.standing(today);
            self.items += 1;
            self.issued += usize::from(line.issued.is_some());
            self.closed += usize::from(line.state == State::Closed);
            self.in_time += usize::from(line.state == State::Closed && line.in_time);
            self.standing += usize::from(line.state.is_open() && finding.class == Class::Standing);
            self.open += usize::from(line.state.is_open());
            if let Standing::Overdue(days) = standing {
                self.late += 1;
                if days > i32::from(policy.circulate_after) {
                    let (count, most) = self.behind.entry(branch).or_default();
                    *count += 1;
                    *most = days.max(*most);
                }
            }
            self.to_submit += usize::from(level(standing, line.returns, finding.nth, policy) == Level::Submit);
        }
    }

    fn of(&self, severity: Severity) -> usize {
        self.severities.get(&severity).copied().unwrap_or_default()
    }
}

/// A round with its figures.
struct Whole {
    round: Arc<Round>,
    line: RoundLine,
    checklist: Arc<Checklist>,
    tree: Arc<BranchTree>,
    /// Names that more than one unit has.
    doubled: BTreeSet<String>,
    figures: Figures,
    policy: Policy,
}

/// Drafts the circular on one round.
pub fn circular(reading: &dyn Reading, round: RoundId, lang: Lang, today: Day) -> Result<Paper, NoPaper> {
    let whole = Whole::read(reading, round, today)?;
    let mut paper = Paper::new(lang);
    frame::head(&mut paper, &f::T_CIRCULAR, None, today);
    let plan = &whole.round.plan;
    paper.pair(p::ROUND.say(lang), &p::WITH_CODE.fill(lang, &[&plan.name, &plan.code]));
    paper.pair(p::PERIOD.say(lang), &w::period(plan.from, plan.to, lang));
    paper.gap();
    whole.overall(&mut paper);
    whole.problems(&mut paper);
    whole.behind(&mut paper);
    whole.asked(&mut paper);
    frame::foot(&mut paper, &[&f::SIGN_ISSUER]);
    Ok(paper)
}

impl Whole {
    fn read(reading: &dyn Reading, id: RoundId, today: Day) -> Result<Self, NoPaper> {
        let round = reading.round(id)?.ok_or(NoPaper::NotInRound)?;
        let line = reading.rounds()?.into_iter().find(|line| line.id == id).ok_or(NoPaper::NotInRound)?;
        let checklist = reading.checklist(&round.plan.edition)?.ok_or(NoPaper::NotInRound)?;
        let policy = reading.house()?.policy;
        let mut figures = Figures::default();
        reading.ledger((id, BranchId(0)), &mut |of, finding| {
            if of.round != id {
                return ControlFlow::Break(());
            }
            figures.add(of.branch, &finding, &policy, today);
            ControlFlow::Continue(())
        })?;
        if figures.findings == 0 && line.signed == 0 {
            return Err(NoPaper::NothingFollowed);
        }
        let tree = reading.tree()?;
        let (mut names, mut doubled) = (BTreeSet::new(), BTreeSet::new());
        for line in &tree.lines {
            if !names.insert(line.name.as_str()) {
                doubled.insert(line.name.clone());
            }
        }
        Ok(Self { round, line, checklist, tree, doubled, figures, policy })
    }

    fn overall(&self, paper: &mut Paper) {
        let (lang, found) = (paper.lang(), &self.figures);
        let share = |part: usize, of: usize| {
            let rate = per_mille(part as u64, of as u64);
            match rate {
                Some(_) => p::SHARE.fill(lang, &[&w::rate(rate), &part, &of]),
                None => "—".to_owned(),
            }
        };
        paper.heading(1, f::H_OVERALL.say(lang));
        let signed = share(self.line.signed as usize, self.line.branches as usize);
        paper.line(&f::OVERALL_LOOKED.fill(lang, &[&self.line.branches, &self.line.signed, &signed]));
        let (critical, major, minor) =
            (found.of(Severity::Critical), found.of(Severity::Major), found.of(Severity::Minor));
        paper.line(&f::OVERALL_FOUND.fill(lang, &[&found.findings, &critical, &major, &minor, &found.repeated]));
        paper.line(&f::OVERALL_ITEMS.fill(
            lang,
            &[
                &found.items,
                &found.issued,
                &found.closed,
                &share(found.closed, found.issued),
                &share(found.in_time, found.closed),
            ],
        ));
        paper.line(
            &f::OVERALL_OPEN.fill(lang, &[&found.open, &found.late, &share(found.late, found.open), &found.standing]),
        );
        paper.gap();
    }

    fn problems(&self, paper: &mut Paper) {
        let lang = paper.lang();
        paper.heading(1, f::H_EXISTING.say(lang));
        if self.figures.findings == 0 {
            paper.line(p::NO_FINDINGS.say(lang));
            paper.gap();
            return;
        }
        let mut table = Table::new(&[
            p::C_GROUP.say(lang),
            &format!(">{}", f::C_FINDINGS.say(lang)),
            &format!(">{}", w::severity(Severity::Critical).say(lang)),
            &format!(">{}", w::severity(Severity::Major).say(lang)),
            &format!(">{}", w::severity(Severity::Minor).say(lang)),
            &format!(">{}", f::C_BRANCHES.say(lang)),
        ]);
        let mut said = Vec::new();
        for (place, group) in (0u16..).zip(&self.checklist.groups) {
            let items: Vec<_> = (self.checklist.items.iter())
                .filter(|item| item.group == place)
                .filter_map(|item| self.figures.checked.get(&item.id).map(|found| (item, found)))
                .collect();
            if items.is_empty() {
                continue;
            }
            let count = |severity| -> usize {
                items.iter().map(|(_, (severities, _))| severities.get(&severity).copied().unwrap_or_default()).sum()
            };
            let all: usize = items.iter().flat_map(|(_, (severities, _))| severities.values()).sum();
            let branches: BTreeSet<BranchId> =
                items.iter().flat_map(|(_, (_, branches))| branches.iter().copied()).collect();
            let title = format!("{} {}", group.id, group.name.pick(lang));
            table.row(vec![
                title.clone(),
                all.to_string(),
                count(Severity::Critical).to_string(),
                count(Severity::Major).to_string(),
                count(Severity::Minor).to_string(),
                branches.len().to_string(),
            ]);
            let lines: Vec<String> = (items.iter())
                .map(|(item, (severities, branches))| {
                    let count: usize = severities.values().sum();
                    let named = remarks::named(item, lang);
                    f::ITEM_FOUND.fill(lang, &[&named, &count, &branches.len(), &self.names(branches, lang)])
                })
                .collect();
            said.push((title, lines));
        }
        paper.table(table);
        paper.gap();
        for (title, lines) in said {
            paper.heading(2, &title);
            for line in lines {
                paper.line(&line);
            }
        }
        paper.gap();
    }

    fn behind(&self, paper: &mut Paper) {
        let lang = paper.lang();
        if self.figures.behind.is_empty() {
            return;
        }
        paper.heading(2, &f::H_BEHIND.fill(lang, &[&self.policy.circulate_after]));
        let mut table = Table::new(&[
            p::UNIT.say(lang),
            &format!(">{}", f::C_LATE.say(lang)),
            &format!(">{}", f::C_MOST_DAYS.say(lang)),
        ]);
        for branch in self.in_order(self.figures.behind.keys().copied()) {
            let (count, most) = self.figures.behind.get(&branch).copied().unwrap_or_default();
            table.row(vec![self.named(branch, lang), count.to_string(), most.to_string()]);
        }
        paper.table(table);
        if self.figures.to_submit > 0 {
            paper.line(&f::TO_SUBMIT.fill(lang, &[&self.figures.to_submit, &self.policy.submit_after]));
        }
        paper.gap();
    }

    fn asked(&self, paper: &mut Paper) {
        let lang = paper.lang();
        paper.heading(1, f::H_DEMANDS.say(lang));
        let mut demands = vec![&f::DEMAND_LEDGER];
        if self.figures.late > 0 {
            demands.push(&f::DEMAND_LATE);
        }
        if self.figures.repeated > 0 {
            demands.push(&f::DEMAND_REPEATED);
        }
        demands.push(&f::DEMAND_BURDEN);
        frame::numbered(paper, &demands);
        frame::dated(paper, &f::ANSWER_BY, None);
        paper.gap();
    }

    /// Puts branches in the order of the tree: the order says nothing about them.
    fn in_order(&self, branches: impl Iterator<Item = BranchId>) -> Vec<BranchId> {
        let mut placed: Vec<_> = branches.map(|id| (self.tree.place(id).unwrap_or(usize::MAX), id)).collect();
        placed.sort_unstable();
        placed.into_iter().map(|(_, id)| id).collect()
    }

    /// Names a branch; with the unit above it where the name alone says little, as 「第一黨支部」 does.
    fn named(&self, branch: BranchId, lang: Lang) -> String {
        let Some(line) = self.tree.line(branch) else { return branch.to_string() };
        let above = line.parent.and_then(|parent| self.tree.line(parent));
        match above.filter(|_| self.doubled.contains(&line.name)) {
            Some(above) => format!("{}{}{}", above.name, p::BETWEEN_UNITS.say(lang), line.name),
            None => line.name.clone(),
        }
    }

    fn names(&self, branches: &BTreeSet<BranchId>, lang: Lang) -> String {
        let ordered = self.in_order(branches.iter().copied());
        let names: Vec<String> = ordered.into_iter().take(NAMED).map(|branch| self.named(branch, lang)).collect();
        let names = names.join(p::BETWEEN.say(lang));
        if branches.len() > NAMED { f::AND_OTHERS.fill(lang, &[&names]) } else { names }
    }
}

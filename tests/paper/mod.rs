//! Inspections to write papers about, and a reader whose journal was edited by hand.
#![allow(dead_code, reason = "every test file uses its own part of it")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a broken test says so")]

pub mod page;

use std::sync::Arc;

use tijian::domain::{
    Branch, BranchId, BranchTree, Cell, Change, Checklist, Class, Command, Day, Did, EditionId, EditionLine, Entry,
    FindingFacts, FindingId, FollowChange, Followed, GradeBounds, Inspection, InspectionCommand, InspectionLine, Item,
    ItemId, Judgement, Note, Of, PersonId, Profile, ReadFault, Reading, Rev, Round, RoundCommand, RoundId, RoundLine,
    RoundPlan, Scale, Seq, Severity, Verdict, VisitFinding,
};
use tijian::import::checklist::{builtin, edition_id};
use tijian::store::Shelf;

use crate::house::{House, NINE};

pub const ROUND: RoundId = RoundId(1);
/// 機關第三黨支部.
pub const BRANCH: BranchId = BranchId(2);
/// Those who walked; no paper may name them.
pub const PERSONS: [&str; 3] = ["督查甲", "p-zhao-7731", "admin"];

pub fn id(item: &str) -> ItemId {
    ItemId(item.to_owned())
}

pub fn today() -> Day {
    Day::new(2026, 11, 30).unwrap()
}

pub fn finding(item: &str, fact: &str, severity: Severity, class: Class, due: (i8, i8)) -> FindingFacts {
    let due = Day::new(2026, due.0, due.1).unwrap();
    FindingFacts { item: id(item), fact: fact.to_owned(), severity, class, due }
}

/// Opens a round over both branches.
pub fn round(house: &mut House, round: RoundId, code: &str, from: Day, to: Day) {
    let plan = RoundPlan {
        code: code.to_owned(),
        name: code.to_owned(),
        from,
        to,
        edition: edition_id(builtin()),
        profile: Profile::Jiguan,
        scale: Scale::Four,
        grades: GradeBounds::default(),
        vetoes: Vec::new(),
        ranked: false,
    };
    let branches = vec![BRANCH, BranchId(3)];
    house.does("admin", Command::Round(round, RoundCommand::Open { plan, branches }));
}

/// Does one thing in the inspection of the branch.
pub fn walks(house: &mut House, who: &str, round: RoundId, command: InspectionCommand) {
    house.does(who, Command::Inspection(round, BRANCH, command));
}

pub fn judges(house: &mut House, verdicts: impl IntoIterator<Item = (ItemId, Verdict, &'static str)>) {
    let judged = |(item, verdict, reason): (ItemId, Verdict, &str)| {
        (item, Some(Judgement { verdict, reason: reason.to_owned() }))
    };
    let verdicts = verdicts.into_iter().map(judged).collect();
    walks(house, PERSONS[0], ROUND, InspectionCommand::Judge(verdicts));
}

pub fn finds(house: &mut House, round: RoundId, facts: FindingFacts) {
    walks(house, PERSONS[1], round, InspectionCommand::Find { n: None, facts });
}

pub fn notes(house: &mut House, item: &str, text: &str) {
    walks(house, PERSONS[1], ROUND, InspectionCommand::Note { item: id(item), text: text.to_owned() });
}

pub fn scored() -> impl Iterator<Item = &'static Item> {
    builtin().items.iter().filter(|item| builtin().scored(item))
}

/// A house whose branch has every scored item judged as `other` says, and passed where it says nothing.
pub fn judged(other: &[(&str, Verdict, &'static str)]) -> House {
    let mut house = House::furnished();
    let verdict = |item: &'static Item| {
        let other = other.iter().find(|(id, ..)| *id == item.id.0);
        other.map_or((item.id.clone(), Verdict::Pass, ""), |(_, verdict, reason)| (item.id.clone(), *verdict, *reason))
    };
    judges(&mut house, scored().map(verdict));
    house
}

/// A house with one inspection that has something of everything, signed.
pub fn signed() -> House {
    let mut house = judged(&[
        ("R-02", Verdict::Good, ""),
        ("R-03", Verdict::Fair, ""),
        ("R-10", Verdict::NotApplicable, "書記到任不足三個月，黨課排在下一季度"),
        ("D-05", Verdict::Fail, ""),
        ("S-03", Verdict::Fail, ""),
        ("S-07", Verdict::Fail, ""),
        ("S-08", Verdict::NotApplicable, ""),
        ("S-10", Verdict::Good, ""),
    ]);
    let (from, to) = (Day::new(2026, 7, 1).unwrap(), Day::new(2026, 9, 30).unwrap());
    round(&mut house, RoundId(2), "2026-3", from, to);
    let earlier = finding("S-07", "第二季度未召開支部黨員大會。", Severity::Major, Class::Limited, (10, 30));
    finds(&mut house, RoundId(2), earlier);
    let again = "第三季度應召開支部黨員大會1次，實際召開0次；會議記錄本第12至15頁空白。";
    finds(&mut house, ROUND, finding("S-07", again, Severity::Major, Class::Limited, (12, 23)));
    let term = "支委會任期於2026年6月1日屆滿，逾期175天未換屆。\n無延期批覆；上次換屆請示與批覆齊全。";
    finds(&mut house, ROUND, finding("S-03", term, Severity::Critical, Class::Immediate, (12, 8)));
    notes(&mut house, "D-05", "分管領導同意暫緩，\n下輪復查。");
    judges(&mut house, [(id("Q-01"), Verdict::Good, "")]);
    notes(&mut house, "Q-02", "黨員普遍知曉本季度重點工作。");
    walks(&mut house, PERSONS[0], ROUND, InspectionCommand::SignOff);
    house
}

/// A reader in front of the real one that says what a journal edited by hand would.
pub struct Tampered {
    shelf: Arc<Shelf>,
    pub inspection: Inspection,
    pub house: tijian::domain::House,
    pub round: Round,
    pub tree: BranchTree,
    /// What stands wherever something is followed.
    text: Option<String>,
}

impl Tampered {
    pub fn over(house: &House) -> Self {
        let shelf = house.shelf();
        Self {
            inspection: shelf.inspection(ROUND, BRANCH).unwrap(),
            house: shelf.house().unwrap(),
            round: (*shelf.round(ROUND).unwrap().unwrap()).clone(),
            tree: (*shelf.tree().unwrap()).clone(),
            text: None,
            shelf,
        }
    }

    /// Writes a text into every place where a person may write.
    pub fn writes(mut self, text: &str) -> Self {
        let by = PersonId(PERSONS[0].to_owned());
        for cell in self.inspection.cells.values_mut().filter(|cell| cell.verdict == Some(Verdict::NotApplicable)) {
            text.clone_into(&mut cell.reason);
        }
        for finding in self.inspection.findings.values_mut() {
            text.clone_into(&mut finding.facts.fact);
        }
        for item in ["D-05", "Q-01", "Q-02"] {
            let note = Note { text: text.to_owned(), by: by.clone(), at: NINE, rev: Rev(1) };
            self.inspection.notes.insert(id(item), note);
        }
        text.clone_into(&mut self.house.name);
        text.clone_into(&mut self.round.plan.name);
        text.clone_into(&mut self.round.plan.code);
        for line in &mut self.tree.lines {
            text.clone_into(&mut line.name);
        }
        self.text = Some(text.to_owned());
        self
    }

    /// Writes the text into every place of a followed finding where a person may write.
    fn follow(&self, followed: &mut Followed) {
        let Some(text) = &self.text else { return };
        followed.facts.fact.clone_from(text);
        for item in &mut followed.items {
            let facts = &mut item.facts;
            let answers = item.answers.iter_mut().flat_map(|said| [&mut said.gone, &mut said.cause, &mut said.rule]);
            let evidence = (item.evidence.iter_mut())
                .flat_map(|one| [&mut one.title, &mut one.number, &mut one.place, &mut one.sha256]);
            let hands = [&mut item.issued, &mut item.requested, &mut item.checked].into_iter().flatten();
            let closed = item.closure.iter_mut();
            let closed = closed.flat_map(|closure| std::iter::once(&mut closure.verified).chain(&mut closure.approved));
            let asked = item.asked.iter_mut().flat_map(|asked| [&mut asked.reason, &mut asked.hand.behalf]);
            [&mut facts.measure, &mut facts.lead, &mut facts.post, &mut item.reason]
                .into_iter()
                .chain(answers)
                .chain(evidence)
                .chain(hands.chain(closed).map(|hand| &mut hand.behalf))
                .chain(asked)
                .for_each(|place| place.clone_from(text));
        }
    }

    /// Writes it into what the trail says of a finding.
    fn told(&self, entry: &mut Entry) {
        let Some(text) = &self.text else { return };
        for change in &mut entry.changes {
            let Change::Follow(FollowChange::Item { did, .. }) = change else { continue };
            if let Did::Asked { reason, .. } | Did::Denied { reason } = did {
                reason.clone_from(text);
            }
        }
    }
}

impl Reading for Tampered {
    fn house(&self) -> Result<tijian::domain::House, ReadFault> {
        Ok(self.house.clone())
    }
    fn branch(&self, id: BranchId) -> Result<Option<Branch>, ReadFault> {
        let mut branch = self.shelf.branch(id)?;
        if let (Some(branch), Some(text)) = (&mut branch, &self.text) {
            branch.facts.name.clone_from(text);
        }
        Ok(branch)
    }
    fn branch_by_code(&self, code: &str) -> Result<Option<BranchId>, ReadFault> {
        self.shelf.branch_by_code(code)
    }
    fn tree(&self) -> Result<Arc<BranchTree>, ReadFault> {
        Ok(Arc::new(self.tree.clone()))
    }
    fn next_branch(&self) -> Result<BranchId, ReadFault> {
        self.shelf.next_branch()
    }
    fn rounds(&self) -> Result<Vec<RoundLine>, ReadFault> {
        self.shelf.rounds()
    }
    fn round(&self, id: RoundId) -> Result<Option<Arc<Round>>, ReadFault> {
        if id != ROUND {
            return self.shelf.round(id);
        }
        Ok(Some(Arc::new(self.round.clone())))
    }
    fn editions(&self) -> Result<Vec<EditionLine>, ReadFault> {
        self.shelf.editions()
    }
    fn checklist(&self, id: &EditionId) -> Result<Option<Arc<Checklist>>, ReadFault> {
        self.shelf.checklist(id)
    }
    fn inspection(&self, round: RoundId, branch: BranchId) -> Result<Inspection, ReadFault> {
        if round == ROUND { Ok(self.inspection.clone()) } else { self.shelf.inspection(round, branch) }
    }
    fn inspection_line(&self, round: RoundId, branch: BranchId) -> Result<Option<InspectionLine>, ReadFault> {
        self.shelf.inspection_line(round, branch)
    }
    fn cell(&self, round: RoundId, branch: BranchId, item: &ItemId) -> Result<Option<Cell>, ReadFault> {
        self.shelf.cell(round, branch, item)
    }
    fn sums(&self, round: RoundId, visit: tijian::domain::VisitSums<'_>) -> Result<(), ReadFault> {
        self.shelf.sums(round, visit)
    }
    fn unfinished(&self, limit: usize) -> Result<Vec<(RoundId, BranchId, InspectionLine)>, ReadFault> {
        self.shelf.unfinished(limit)
    }
    fn followed(&self, id: FindingId) -> Result<Option<Followed>, ReadFault> {
        let mut followed = self.shelf.followed(id)?;
        if let Some(followed) = &mut followed {
            self.follow(followed);
        }
        Ok(followed)
    }
    fn ledger(&self, from: (RoundId, BranchId), visit: VisitFinding<'_>) -> Result<(), ReadFault> {
        self.shelf.ledger(from, visit)
    }
    fn waiting(
        &self,
        waiting: tijian::domain::Waiting,
        visit: tijian::domain::VisitWaiting<'_>,
    ) -> Result<(), ReadFault> {
        self.shelf.waiting(waiting, visit)
    }
    fn tally(&self) -> Result<tijian::domain::Tally, ReadFault> {
        self.shelf.tally()
    }
    fn overdue(&self, today: tijian::domain::Day) -> Result<u32, ReadFault> {
        self.shelf.overdue(today)
    }
    fn on_time(&self, today: tijian::domain::Day) -> Result<tijian::domain::Rate, ReadFault> {
        self.shelf.on_time(today)
    }
    fn ledger_at_once(&self) -> Result<Option<Arc<tijian::domain::Ledger>>, ReadFault> {
        self.shelf.ledger_at_once()
    }
    fn whole_ledger(&self) -> Result<tijian::domain::LedgerNow, ReadFault> {
        self.shelf.whole_ledger()
    }
    fn lookbacks(&self) -> Result<Vec<tijian::domain::LookbackLine>, ReadFault> {
        self.shelf.lookbacks()
    }
    fn lookback(&self, id: tijian::domain::LookbackId) -> Result<Option<tijian::domain::Lookback>, ReadFault> {
        self.shelf.lookback(id)
    }
    fn calibrations(&self, round: RoundId, branch: BranchId) -> Result<Vec<tijian::domain::Calibration>, ReadFault> {
        self.shelf.calibrations(round, branch)
    }
    fn calibrating(&self, limit: usize) -> Result<Vec<tijian::domain::Calibration>, ReadFault> {
        self.shelf.calibrating(limit)
    }
    fn sheet(
        &self,
        id: tijian::domain::CalibrationId,
        side: tijian::domain::Side,
        reader: &tijian::domain::PersonId,
    ) -> Result<Option<Inspection>, ReadFault> {
        self.shelf.sheet(id, side, reader)
    }
    fn trail(&self, of: Of, from: Rev, limit: usize) -> Result<Vec<Entry>, ReadFault> {
        let mut entries = self.shelf.trail(of, from, limit)?;
        for entry in &mut entries {
            self.told(entry);
        }
        Ok(entries)
    }
    fn head(&self) -> Seq {
        self.shelf.head()
    }
}

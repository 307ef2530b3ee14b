//! A round (體檢輪次): one campaign over many branches, pinned to one edition of the checklist.

use std::collections::BTreeMap;

use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};

use super::{
    BranchId, Checklist, Day, EditionId, Figures, Frozen, PERSON_LIMIT, PersonId, Profile, REASON_LIMIT, Refusal, Rev,
    RoundId, TEAM_LIMIT, TEAMS_LIMIT, Verdict, care,
};

/// The verdicts that a round allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    /// 合格 較好 一般 不合格.
    #[default]
    Four,
    /// 合格 不合格, for quick checks.
    Two,
}

impl Scale {
    /// Says whether a verdict may be given in a round of this scale.
    pub const fn allows(self, verdict: Verdict) -> bool {
        match self {
            Self::Four => true,
            Self::Two => !matches!(verdict, Verdict::Good | Verdict::Fair),
        }
    }
}

/// The lower bounds of the grades in tenths of a percent; each bound is included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct GradeBounds {
    /// 優秀.
    pub excellent: u32,
    /// 良好.
    pub good: u32,
    /// 合格.
    pub pass: u32,
}

impl Default for GradeBounds {
    fn default() -> Self {
        Self { excellent: 900, good: 800, pass: 600 }
    }
}

/// What a round is to be.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct RoundPlan {
    /// A short code, such as `2026-4`; unique, at most 16 characters.
    pub code: String,
    /// What people call it; at most 40 characters.
    pub name: String,
    /// The first day of the period that is looked at.
    pub from: Day,
    /// Its last day, included.
    pub to: Day,
    /// The text that it is pinned to.
    pub edition: EditionId,
    /// Which basis is printed.
    pub profile: Profile,
    /// Which verdicts there are.
    pub scale: Scale,
    /// Which score means which grade.
    pub grades: GradeBounds,
    /// The vetoes (一票否決) that the organisation opted into, by their names in the checklist; none by default.
    #[serde(default)]
    pub vetoes: Vec<String>,
    /// Whether branches may be put in an order by their scores.
    #[serde(default)]
    pub ranked: bool,
}

/// By hand: in the journal a plan is spelled as it was before rounds could be ranked, unless it is; records need every
/// field.
impl Serialize for RoundPlan {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let ranked = self.ranked || !serializer.is_human_readable();
        let mut plan = serializer.serialize_struct("RoundPlan", 9 + usize::from(ranked))?;
        plan.serialize_field("code", &self.code)?;
        plan.serialize_field("name", &self.name)?;
        plan.serialize_field("from", &self.from)?;
        plan.serialize_field("to", &self.to)?;
        plan.serialize_field("edition", &self.edition)?;
        plan.serialize_field("profile", &self.profile)?;
        plan.serialize_field("scale", &self.scale)?;
        plan.serialize_field("grades", &self.grades)?;
        plan.serialize_field("vetoes", &self.vetoes)?;
        if ranked {
            plan.serialize_field("ranked", &self.ranked)?;
        }
        plan.end()
    }
}

/// A campaign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// Its number.
    pub id: RoundId,
    /// How often it was changed.
    pub rev: Rev,
    /// What it is.
    pub plan: RoundPlan,
    /// Whether it is over: nothing in it changes any more.
    pub closed: bool,
    /// The units in it, in order of their numbers.
    pub branches: Vec<BranchId>,
    /// Who walks where: the inspectors for a branch, or for all below a unit that no nearer team was given.
    pub teams: BTreeMap<BranchId, Vec<PersonId>>,
    /// Why it was opened again after it was over, while it is being corrected.
    pub correction: Option<String>,
    /// Its figures each time that it was ended; the last ones hold, the others stay readable.
    pub frozen: Vec<Frozen>,
}

impl Round {
    /// Makes one that has just begun.
    pub const fn new(id: RoundId, plan: RoundPlan) -> Self {
        Self {
            id,
            rev: Rev(0),
            plan,
            closed: false,
            branches: Vec::new(),
            teams: BTreeMap::new(),
            correction: None,
            frozen: Vec::new(),
        }
    }
}

/// What happened to a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundChange {
    /// It began.
    Opened(RoundPlan),
    /// Its plan was corrected.
    Edited {
        /// What stood before.
        was: RoundPlan,
        /// What stands now.
        now: RoundPlan,
    },
    /// Units joined it.
    Joined(Vec<BranchId>),
    /// Units left it before they were looked at.
    Left(Vec<BranchId>),
    /// It ended.
    Closed,
    /// Inspectors were given a branch or all below a unit.
    Assigned {
        /// The branch or unit.
        unit: BranchId,
        /// Who had it before.
        was: Vec<PersonId>,
        /// Who has it now; nobody where the team was taken off.
        now: Vec<PersonId>,
    },
    /// Its figures were written down as it ended.
    Frozen(Box<Figures>),
    /// It was opened again after it was over, to correct it.
    Corrected {
        /// Why.
        reason: String,
    },
}

/// What somebody wants of a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoundCommand {
    /// Begin it with these units.
    Open {
        /// What it is to be.
        plan: RoundPlan,
        /// The units in it.
        branches: Vec<BranchId>,
    },
    /// Correct its plan.
    Edit(RoundPlan),
    /// Take units in.
    Join(Vec<BranchId>),
    /// Take units out.
    Leave(Vec<BranchId>),
    /// End it: its figures are written down.
    Close,
    /// Give a branch, or all below a unit, to inspectors; to nobody takes the team off.
    Assign {
        /// The branch or unit.
        unit: BranchId,
        /// The inspectors.
        members: Vec<PersonId>,
    },
    /// Open it again after it was over, to correct it; what was written down stays readable.
    Correct {
        /// Why; needed.
        reason: String,
    },
}

/// What stands around a round, looked up by the caller.
#[derive(Clone, Copy, Debug)]
pub struct RoundSurroundings<'a> {
    /// The checklist that the wanted plan names, where the store has it.
    pub checklist: Option<&'a Checklist>,
    /// Who holds the wanted code already.
    pub code_holder: Option<RoundId>,
    /// The first named unit that does not exist or is retired.
    pub unknown_branch: Option<BranchId>,
    /// The first unit to leave that has been looked at already.
    pub walked: Option<BranchId>,
    /// Whether any unit of the round has been looked at.
    pub begun: bool,
    /// Whether an inspection of the round is signed.
    pub signed: bool,
    /// Units with an inspection that is begun and not signed.
    pub unsigned: usize,
    /// The first named person who does not walk here.
    pub no_walker: Option<&'a PersonId>,
    /// What it comes to now; needed to end it.
    pub figures: Option<&'a Figures>,
}

/// Decides what a command means for a round, or why it cannot be.
pub fn decide_round(
    id: RoundId,
    round: Option<&Round>,
    around: RoundSurroundings<'_>,
    command: RoundCommand,
) -> Result<Vec<RoundChange>, Refusal> {
    let open = || match round {
        None => Err(Refusal::NoSuchRound(id)),
        Some(round) if round.closed => Err(Refusal::RoundClosed(id)),
        Some(round) => Ok(round),
    };
    // The plan of a round that was over stands: only what was found in it is corrected.
    let planned = || match open()? {
        Round { correction: Some(_), .. } => Err(Refusal::UnderCorrection(id)),
        round => Ok(round),
    };
    let known = || around.unknown_branch.map_or(Ok(()), |branch| Err(Refusal::NoSuchBranch(branch)));
    match command {
        RoundCommand::Open { plan, mut branches } => {
            if round.is_some() {
                return Err(Refusal::RoundExists(id));
            }
            check(id, &plan, around)?;
            known()?;
            branches.sort_unstable();
            branches.dedup();
            let mut changes = vec![RoundChange::Opened(plan)];
            if !branches.is_empty() {
                changes.push(RoundChange::Joined(branches));
            }
            Ok(changes)
        }
        RoundCommand::Edit(now) => {
            let was = planned()?.plan.clone();
            if was == now {
                return Err(Refusal::NothingChanged);
            }
            let same = (was.edition, was.scale) == (now.edition, now.scale);
            // What a signature stands under is the grade as it was: no bound, veto or basis moves beneath it.
            let same_grade = (was.profile, was.grades, &was.vetoes) == (now.profile, now.grades, &now.vetoes);
            if around.signed && !(same && same_grade) {
                return Err(Refusal::RoundSigned(id));
            }
            if around.begun && !same {
                return Err(Refusal::RoundBegun(id));
            }
            check(id, &now, around)?;
            Ok(vec![RoundChange::Edited { was, now }])
        }
        RoundCommand::Join(branches) => {
            let round = planned()?;
            known()?;
            let joined = distinct(branches, |branch| round.branches.binary_search(branch).is_err());
            if joined.is_empty() { Err(Refusal::NothingChanged) } else { Ok(vec![RoundChange::Joined(joined)]) }
        }
        RoundCommand::Leave(branches) => {
            let round = planned()?;
            if let Some(branch) = around.walked {
                return Err(Refusal::BranchWalked { round: id, branch });
            }
            let left = distinct(branches, |branch| round.branches.binary_search(branch).is_ok());
            if left.is_empty() { Err(Refusal::NothingChanged) } else { Ok(vec![RoundChange::Left(left)]) }
        }
        RoundCommand::Close => {
            open()?;
            if around.unsigned > 0 {
                return Err(Refusal::StillUnsigned(around.unsigned));
            }
            let frozen = around.figures.map(|figures| RoundChange::Frozen(Box::new(figures.clone())));
            Ok(std::iter::once(RoundChange::Closed).chain(frozen).collect())
        }
        RoundCommand::Assign { unit, members } => {
            let round = open()?;
            known()?;
            assign(round, around, unit, members)
        }
        RoundCommand::Correct { reason } => {
            let round = round.ok_or(Refusal::NoSuchRound(id))?;
            if !round.closed {
                return Err(Refusal::RoundOpen(id));
            }
            care::check_needed("reason", &reason, REASON_LIMIT)?;
            Ok(vec![RoundChange::Corrected { reason }])
        }
    }
}

fn assign(
    round: &Round,
    around: RoundSurroundings<'_>,
    unit: BranchId,
    mut now: Vec<PersonId>,
) -> Result<Vec<RoundChange>, Refusal> {
    now.sort_unstable();
    now.dedup();
    if now.len() > TEAM_LIMIT {
        return Err(Refusal::OutOfRange { field: "team", low: 0, high: 20 });
    }
    if let Some(person) = around.no_walker {
        return Err(Refusal::NoSuchWalker(person.clone()));
    }
    for member in &now {
        care::check_needed("person", &member.0, PERSON_LIMIT)?;
    }
    let was = round.teams.get(&unit).cloned().unwrap_or_default();
    if was.is_empty() && round.teams.len() >= TEAMS_LIMIT {
        return Err(Refusal::OutOfRange { field: "teams", low: 0, high: 200 });
    }
    if was == now { Err(Refusal::NothingChanged) } else { Ok(vec![RoundChange::Assigned { unit, was, now }]) }
}

fn distinct(mut branches: Vec<BranchId>, keep: impl Fn(&BranchId) -> bool) -> Vec<BranchId> {
    branches.retain(keep);
    branches.sort_unstable();
    branches.dedup();
    branches
}

/// Checks a plan against limits, dates, bounds and the edition.
fn check(id: RoundId, plan: &RoundPlan, around: RoundSurroundings<'_>) -> Result<(), Refusal> {
    care::check_needed("code", &plan.code, 16)?;
    care::check_needed("name", &plan.name, 40)?;
    if let Some(holder) = around.code_holder.filter(|holder| *holder != id) {
        return Err(Refusal::RoundCodeTaken { code: plan.code.clone(), holder });
    }
    if plan.to < plan.from {
        return Err(Refusal::PeriodBackwards { from: plan.from, to: plan.to });
    }
    let bounds = plan.grades;
    if bounds.excellent > 1000 || bounds.good >= bounds.excellent || bounds.pass >= bounds.good {
        return Err(Refusal::GradesOutOfOrder);
    }
    let Some(checklist) = around.checklist else {
        return Err(Refusal::NoSuchEdition(plan.edition));
    };
    let unknown = plan.vetoes.iter().find(|veto| !checklist.items.iter().any(|item| item.veto.as_ref() == Some(veto)));
    unknown.map_or(Ok(()), |veto| Err(Refusal::NoSuchVeto(veto.clone())))
}

/// Applies what happened; never fails.
pub fn apply_round(round: &mut Option<Round>, id: RoundId, rev: Rev, change: &RoundChange) {
    match (change, round.as_mut()) {
        (RoundChange::Opened(plan), _) => {
            *round = Some(Round { rev, ..Round::new(id, plan.clone()) });
            return;
        }
        (RoundChange::Edited { now, .. }, Some(round)) => round.plan = now.clone(),
        (RoundChange::Joined(joined), Some(round)) => {
            round.branches.extend(joined);
            round.branches.sort_unstable();
            round.branches.dedup();
        }
        (RoundChange::Left(left), Some(round)) => round.branches.retain(|branch| !left.contains(branch)),
        (RoundChange::Closed, Some(round)) => round.closed = true,
        (RoundChange::Assigned { unit, now, .. }, Some(round)) if now.is_empty() => drop(round.teams.remove(unit)),
        (RoundChange::Assigned { unit, now, .. }, Some(round)) => drop(round.teams.insert(*unit, now.clone())),
        (RoundChange::Frozen(figures), Some(round)) => {
            let reason = round.correction.take().unwrap_or_default();
            round.frozen.push(Frozen { reason, figures: Figures::clone(figures) });
        }
        (RoundChange::Corrected { reason }, Some(round)) => {
            (round.closed, round.correction) = (false, Some(reason.clone()));
        }
        (_, None) => {}
    }
    if let Some(round) = round {
        round.rev = rev;
    }
}

/// Returns the first and last day of the quarter that a day lies in.
pub fn quarter_of(day: Day) -> (Day, Day) {
    let (year, quarter) = (day.0.year(), (day.0.month() - 1) / 3);
    let first = Day::new(year, quarter * 3 + 1, 1).unwrap_or(day);
    let next = if quarter == 3 { Day::new(year + 1, 1, 1) } else { Day::new(year, quarter * 3 + 4, 1) };
    (first, next.map_or(day, |next| next.plus(-1)))
}

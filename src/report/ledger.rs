//! The ledger (整改台賬) item by item: what lists, tables and files say of it, posts instead of persons.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::domain::{
    Branch, BranchId, BranchTree, Day, FindingId, Hand, House, LedgerFinding, LedgerLine, Level, Outcome, PersonId,
    Profile, ReadFault, Reading, RectId, RoundId, RoundLine, Stamp, Standing, State, basis_lines, finding_name, level,
    rect_name,
};
use crate::locales::{self as w, Lang, Word};

/// What is read once for all items.
pub struct LedgerReader<'a> {
    reading: &'a dyn Reading,
    rounds: BTreeMap<RoundId, RoundLine>,
    looked: BTreeMap<RectId, Outcome>,
    /// Every unit.
    pub tree: Arc<BranchTree>,
    /// The house.
    pub house: House,
    today: Day,
    /// The moment at which claims are told, where they are.
    now: Option<Stamp>,
    lang: Lang,
}

/// An item of the ledger with what is derived from it.
#[derive(Clone, Debug)]
pub struct LedgerItem {
    /// Which item of which finding.
    pub id: RectId,
    /// Its name.
    pub name: String,
    /// The round's code.
    pub round: String,
    /// The branch's code.
    pub branch: String,
    /// The branch's name.
    pub branch_name: String,
    /// What the ledger says of the finding, without its lines.
    pub finding: LedgerFinding,
    /// What it says of the item.
    pub line: LedgerLine,
    /// How it stands to its day.
    pub standing: Standing,
    /// How hard it is pressed for.
    pub level: Level,
}

/// What only the whole finding says of an item.
#[derive(Clone, Debug, Default)]
struct Detail {
    kind: String,
    basis: String,
    goal: String,
    measure: String,
    lead: String,
    evidence: Vec<String>,
    verifier: String,
    reason: String,
    sent: Vec<String>,
    claim: Option<(String, Stamp)>,
}

/// A visitor of findings that may itself read and fail.
pub type Visit<'v, E> = &'v mut dyn FnMut(FindingId, LedgerFinding) -> Result<ControlFlow<()>, E>;

/// Findings that are read at a time, but for the last inspection of them.
const AT_A_TIME: usize = 256;

impl<'a> LedgerReader<'a> {
    /// Reads rounds, units and policy.
    pub fn new(reading: &'a dyn Reading, today: Day, lang: Lang) -> Result<Self, ReadFault> {
        Ok(Self {
            rounds: reading.rounds()?.into_iter().map(|line| (line.id, line)).collect(),
            looked: reading.looked()?,
            tree: reading.tree()?,
            house: reading.house()?,
            reading,
            today,
            now: None,
            lang,
        })
    }

    /// Tells who looks at an item, too: the claims that hold at a moment.
    #[must_use]
    pub const fn at(mut self, now: Stamp) -> Self {
        self.now = Some(now);
        self
    }

    /// Visits the findings of the ledger from a round on, some hundreds in memory at a time; the visitor may read on
    /// its own.
    pub fn each<E: From<ReadFault>>(&self, from: RoundId, visit: Visit<'_, E>) -> Result<(), E> {
        let mut from = Some((from, BranchId(0)));
        while let Some(first) = from.take() {
            let mut some = Vec::new();
            self.reading.ledger(first, &mut |id, finding| {
                let inspection = (id.round, id.branch);
                let before = some.last().map(|(id, _): &(FindingId, LedgerFinding)| (id.round, id.branch));
                if some.len() >= AT_A_TIME && before != Some(inspection) {
                    from = Some(inspection);
                    return ControlFlow::Break(());
                }
                some.push((id, finding));
                ControlFlow::Continue(())
            })?;
            for (id, finding) in some {
                if visit(id, finding)?.is_break() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// Lists a unit and the units above it.
    pub fn above(&self, branch: BranchId) -> Vec<BranchId> {
        let mut above = Vec::new();
        let mut next = Some(branch);
        while let Some(id) = next.filter(|id| !above.contains(id)) {
            above.push(id);
            next = self.tree.line(id).and_then(|line| line.parent);
        }
        above
    }

    /// Says what the ledger knows of an item of a finding; nothing where there is none, or its round is not there.
    pub fn item(&self, id: FindingId, finding: &LedgerFinding, item: u8) -> Option<LedgerItem> {
        let line = finding.lines.get(usize::from(item).checked_sub(1)?)?.clone();
        let round = &self.rounds.get(&id.round)?.plan.code;
        let branch = self.tree.line(id.branch)?;
        let standing = line.standing(self.today);
        let level = level(standing, line.returns, finding.nth, &self.house.policy);
        Some(LedgerItem {
            id: RectId { finding: id, item },
            name: rect_name(&finding_name(round, &branch.code, &finding.item, id.n), item),
            round: round.clone(),
            branch: branch.code.clone(),
            branch_name: branch.name.clone(),
            finding: LedgerFinding { lines: Vec::new(), ..finding.clone() },
            line,
            standing,
            level,
        })
    }

    /// Reads an item anew by its name.
    pub fn again(&self, id: RectId) -> Result<Option<LedgerItem>, ReadFault> {
        let followed = self.reading.followed(id.finding)?;
        Ok(followed.and_then(|followed| self.item(id.finding, &LedgerFinding::from(&followed), id.item)))
    }

    fn detail(&self, item: &LedgerItem) -> Result<Detail, ReadFault> {
        let Some(followed) = self.reading.followed(item.id.finding)? else { return Ok(Detail::default()) };
        let mut detail = self.of_checklist(item)?;
        let Some(rect) = followed.item(item.id.item) else { return Ok(detail) };
        detail.goal.clone_from(&rect.facts.goal);
        detail.measure.clone_from(&rect.facts.measure);
        detail.lead.clone_from(&rect.facts.lead);
        detail.evidence = rect.evidence.iter().map(|evidence| w::evidence(evidence, self.lang)).collect();
        detail.reason.clone_from(&rect.reason);
        let sent = rect.sent.iter().map(|(paper, on)| format!("{} {on}", w::paper(*paper).say(self.lang)));
        detail.sent = sent.collect();
        let held = self.now.and_then(|now| rect.claim.as_ref().filter(|claim| claim.holds(now)));
        detail.claim = held.map(|claim| (self.own_post(&claim.by), claim.until));
        let verified = rect.closure.as_ref().map(|closure| &closure.verified).or(rect.checked.as_ref());
        detail.verifier = verified.map_or_else(String::new, |hand| self.post_of(hand));
        Ok(detail)
    }

    /// Returns the post for which somebody acted: no paper names a person.
    fn post_of(&self, hand: &Hand) -> String {
        if !hand.behalf.is_empty() {
            return hand.behalf.clone();
        }
        self.own_post(&hand.by)
    }

    fn own_post(&self, person: &PersonId) -> String {
        self.house.persons.get(person).map_or_else(String::new, |facts| facts.post.clone())
    }

    fn of_checklist(&self, item: &LedgerItem) -> Result<Detail, ReadFault> {
        let mut detail = Detail::default();
        let Some(round) = self.rounds.get(&item.id.finding.round) else { return Ok(detail) };
        let Some(checklist) = self.reading.checklist(&round.plan.edition)? else { return Ok(detail) };
        let Some(of) = checklist.item(&item.finding.item) else { return Ok(detail) };
        let own = self.reading.branch(item.id.finding.branch)?.and_then(|branch: Branch| branch.facts.profile);
        let profile: Profile = own.unwrap_or(round.plan.profile);
        let name = checklist.group_of(of).map(|group| group.name.pick(self.lang).to_owned());
        detail.kind = name.unwrap_or_default();
        detail.basis = basis_lines(&checklist, of, profile, self.lang).join("; ");
        Ok(detail)
    }

    /// Lists the heads of the columns.
    pub fn heads(&self) -> Vec<&'static str> {
        COLUMNS.iter().map(|column| column.say(self.lang)).collect()
    }

    /// Lists the cells of an item, in the order of the heads.
    pub fn cells(&self, number: usize, item: &LedgerItem) -> Result<Vec<String>, ReadFault> {
        let (detail, lang) = (self.detail(item)?, self.lang);
        let LedgerItem { finding, line, .. } = item;
        let day = |day: Option<Day>| day.map_or_else(String::new, |day| day.to_string());
        let yes = |yes: bool| if yes { w::CELL_YES.say(lang) } else { w::CELL_NO.say(lang) }.to_owned();
        let note = notes(item, &detail, lang);
        Ok(vec![
            number.to_string(),
            item.name.clone(),
            item.round.clone(),
            item.branch.clone(),
            item.branch_name.clone(),
            finding.item.0.clone(),
            detail.kind,
            finding.fact.clone(),
            detail.basis,
            w::severity(finding.severity).say(lang).to_owned(),
            w::class(finding.class).say(lang).to_owned(),
            detail.goal,
            detail.measure,
            detail.lead,
            line.post.clone(),
            day(line.issued),
            day(line.received),
            line.first_due.to_string(),
            line.extensions.to_string(),
            line.due.to_string(),
            w::state(line.state).say(lang).to_owned(),
            w::standing(item.standing, lang),
            detail.evidence.join("; "),
            day(line.requested),
            detail.verifier,
            conclusion(line).map_or_else(String::new, |word| word.say(lang).to_owned()),
            line.returns.to_string(),
            day(line.closed),
            line.closed.map_or_else(String::new, |_| yes(line.in_time)),
            finding.nth.to_string(),
            yes(finding.relapse),
            self.looked.get(&item.id).map_or_else(String::new, |seen| w::outcome(*seen).say(lang).to_owned()),
            note,
            detail.claim.map_or_else(String::new, |(post, until)| w::claim_cell(&post, until, lang)),
        ])
    }

    /// Gives an item as JSON for other programs: codes, figures and posts.
    pub fn json(&self, item: &LedgerItem) -> Result<Value, ReadFault> {
        let detail = self.detail(item)?;
        let LedgerItem { finding, line, .. } = item;
        let (left, late) = match item.standing {
            Standing::Left(left) => (Some(left), None),
            Standing::Overdue(late) => (None, Some(late)),
            Standing::Still | Standing::Exempt(_) => (None, None),
        };
        let mut told = json!({
            "id": item.name, "round": item.round, "branch": item.branch, "branch_name": item.branch_name,
            "item": finding.item, "kind": detail.kind, "fact": finding.fact, "basis": detail.basis,
            "severity": finding.severity, "class": finding.class,
            "goal": detail.goal, "measure": detail.measure, "lead": detail.lead, "post": line.post,
            "issued": line.issued, "received": line.received, "first_due": line.first_due, "extensions": line.extensions, "due": line.due,
            "state": line.state, "overdue": late.is_some(), "days_left": left, "days_overdue": late,
            "level": level_name(item.level), "exempt": line.exempt, "asked": line.asked,
            "evidence": detail.evidence, "requested": line.requested, "verifier": detail.verifier,
            "checked": line.checked, "conclusion": conclusion(line).map(|word| word.say(Lang::En)),
            "returns": line.returns, "stages": line.stages, "on_the_spot": line.on_the_spot,
            "closed": line.closed, "in_time": line.closed.map(|_| line.in_time),
            "nth": finding.nth, "relapse": finding.relapse, "lookback": self.looked.get(&item.id), "reason": detail.reason, "sent": detail.sent,
        });
        // One more would be too many for the macro.
        if let Value::Object(told) = &mut told {
            let claim = detail.claim.map(|(post, until)| json!({ "post": post, "until": until }));
            told.insert("claim".to_owned(), claim.unwrap_or_default());
        }
        Ok(told)
    }
}

/// The columns of the practice (§3.3) that the store knows.
const COLUMNS: [&Word; 34] = [
    &w::COL_NUMBER,
    &w::COL_ID,
    &w::COL_ROUND,
    &w::COL_BRANCH_CODE,
    &w::COL_BRANCH,
    &w::COL_ITEM,
    &w::COL_KIND,
    &w::COL_FACT,
    &w::COL_BASIS,
    &w::COL_SEVERITY,
    &w::COL_CLASS,
    &w::COL_GOAL,
    &w::COL_MEASURE,
    &w::COL_LEAD,
    &w::COL_POST,
    &w::COL_ISSUED,
    &w::COL_RECEIVED,
    &w::COL_FIRST_DUE,
    &w::COL_EXTENSIONS,
    &w::COL_DUE,
    &w::COL_STATE,
    &w::COL_STANDING,
    &w::COL_EVIDENCE,
    &w::COL_REQUESTED,
    &w::COL_VERIFIER,
    &w::COL_CONCLUSION,
    &w::COL_RETURNS,
    &w::COL_CLOSED,
    &w::COL_IN_TIME,
    &w::COL_NTH,
    &w::COL_RELAPSE,
    &w::COL_LOOKED,
    &w::COL_NOTE,
    // Files that were made before end here.
    &w::COL_CLAIM,
];

fn conclusion(line: &LedgerLine) -> Option<&'static Word> {
    match line.state {
        State::Closed => Some(&w::CONCLUSION_CLOSED),
        State::Verifying if line.checked => Some(&w::CONCLUSION_CHECKED),
        State::Working if line.returns > 0 => Some(&w::CONCLUSION_RETURNED),
        _ => None,
    }
}

fn notes(item: &LedgerItem, detail: &Detail, lang: Lang) -> String {
    let mut notes = Vec::new();
    notes.extend((!detail.reason.is_empty()).then(|| detail.reason.clone()));
    notes.extend((item.line.stages > 0).then(|| w::NOTE_STAGES.fill(lang, &[&item.line.stages])));
    notes.extend(item.line.on_the_spot.then(|| w::NOTE_ON_THE_SPOT.say(lang).to_owned()));
    notes.extend(detail.sent.iter().cloned());
    notes.join("; ")
}

const fn level_name(level: Level) -> &'static str {
    match level {
        Level::Normal => "normal",
        Level::Remind => "remind",
        Level::Supervise => "supervise",
        Level::Talk => "talk",
        Level::Circulate => "circulate",
        Level::Submit => "submit",
    }
}

/// Writes a row of a CSV file (RFC 4180). A cell that a spreadsheet would take for a formula is made harmless.
pub fn csv_row<'c>(cells: impl IntoIterator<Item = &'c str>) -> String {
    let mut row = String::new();
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            row.push(',');
        }
        let guard =
            if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) { "'" } else { "" };
        if guard.is_empty() && !cell.contains([',', '"', '\n', '\r']) {
            row.push_str(cell);
        } else {
            row.push_str(&format!("\"{guard}{}\"", cell.replace('"', "\"\"")));
        }
    }
    row.push_str("\r\n");
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_formulas_are_made_harmless() {
        assert_eq!(csv_row(["a", "", "支部"]), "a,,支部\r\n");
        assert_eq!(csv_row(["a,b", "say \"x\"", "one\ntwo"]), "\"a,b\",\"say \"\"x\"\"\",\"one\ntwo\"\r\n");
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"] {
            assert_eq!(csv_row([formula]), format!("\"'{formula}\"\r\n"), "{formula:?}");
        }
        assert_eq!(csv_row(["2026-4/JG-001/S-07/01.1", "記-1"]), "2026-4/JG-001/S-07/01.1,記-1\r\n");
    }
}

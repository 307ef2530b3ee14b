//! The paper 延期申請單: another day for one item, what was done so far, and what was decided before.

use super::super::{Paper, Table, words as p};
use super::case::{Case, Matter};
use super::{NoPaper, frame, words as f};
use crate::domain::{Change, Day, Did, FollowChange, Lang, Of, ReadFault, Reading, RectId, Rev};
use crate::locales as w;

/// Drafts the request for another day for one item.
pub fn extension(reading: &dyn Reading, rect: RectId, lang: Lang, today: Day) -> Result<Paper, NoPaper> {
    let case = Case::of(reading, rect, lang)?;
    let matter = case.issued(rect)?;
    let mut paper = Paper::new(lang);
    frame::head(&mut paper, &f::T_EXTENSION, None, today);
    paper.gap();
    frame::about(&mut paper, &matter);
    wish(&mut paper, &matter, today);
    so_far(&mut paper, &matter);
    frame::evidence(&mut paper, &matter);
    before(&mut paper, &decided(reading, rect)?);
    paper.heading(1, f::H_DECISION.say(lang));
    paper.pair(p::REMARKS.say(lang), p::REMARKS_BLANK.say(lang));
    paper.pair(f::CONCLUSION.say(lang), f::TO_CHOOSE_EXTENSION.say(lang));
    frame::filled(&mut paper, &f::APPROVER, None);
    paper.line(f::NOT_THE_SAME.say(lang));
    paper.gap();
    frame::foot(&mut paper, &[&f::SIGN_APPLICANT, &f::SIGN_APPROVER]);
    Ok(paper)
}

fn wish(paper: &mut Paper, matter: &Matter<'_>, today: Day) {
    let lang = paper.lang();
    let (item, asked) = (matter.item, matter.item.asked.as_ref());
    paper.heading(1, f::H_WISH.say(lang));
    paper.pair(f::FIRST_DUE.say(lang), &w::day(item.first_due, lang));
    paper.pair(f::DUE_NOW.say(lang), &w::day(item.last_day(), lang));
    let standing = w::standing(matter.standing(today), lang);
    paper.pair(f::TO_THE_DAY.say(lang), if standing.is_empty() { "—" } else { &standing });
    let most = matter.case.house.policy.extensions;
    paper.pair(f::EXTENDED.say(lang), &f::TIMES_OF.fill(lang, &[&item.extensions, &most]));
    frame::dated(paper, &f::WISHED_FOR, asked.map(|asked| asked.to));
    frame::filled(paper, &f::REASON, asked.map(|asked| asked.reason.as_str()));
    paper.pair(f::APPLICANT.say(lang), &matter.case.post(asked.map(|asked| &asked.hand), lang));
    frame::dated(paper, &f::ASKED_ON, asked.map(|asked| asked.hand.on));
    paper.gap();
}

fn so_far(paper: &mut Paper, matter: &Matter<'_>) {
    let lang = paper.lang();
    paper.heading(1, f::H_SO_FAR.say(lang));
    frame::filled(paper, &f::C_MEASURE, Some(&matter.item.facts.measure));
    frame::filled(paper, &f::PROGRESS, None);
    paper.gap();
}

/// A wish for another day that was answered.
struct Decided {
    from: Day,
    to: Day,
    reason: String,
    /// Why it was refused; nothing where it was granted.
    refused: Option<String>,
    on: Day,
}

/// Reads the earlier wishes from the trail: the item itself keeps only the open one.
fn decided(reading: &dyn Reading, rect: RectId) -> Result<Vec<Decided>, ReadFault> {
    let mut decided = Vec::new();
    let mut open = None;
    let mut due = None;
    for entry in reading.trail(Of::Finding(rect.finding), Rev(1), usize::MAX)? {
        for change in entry.changes {
            let Change::Follow(FollowChange::Item { n, on, did, .. }) = change else { continue };
            if n != rect.item {
                continue;
            }
            match did {
                Did::Drafted(facts) | Did::Edited { now: facts, .. } => due = Some(facts.due),
                Did::Returned { due: now, .. } | Did::StageClosed { next: now } => due = Some(now),
                Did::Asked { to, reason } => open = Some((to, reason)),
                Did::Granted { was, due: now } => {
                    let reason = open.take().map(|(_, reason)| reason).unwrap_or_default();
                    decided.push(Decided { from: was, to: now, reason, refused: None, on });
                    due = Some(now);
                }
                Did::Denied { reason: refused } => {
                    if let (Some((to, reason)), Some(from)) = (open.take(), due) {
                        decided.push(Decided { from, to, reason, refused: Some(refused), on });
                    }
                }
                Did::Requested(_) | Did::Revoked { .. } => open = None,
                _ => {}
            }
        }
    }
    Ok(decided)
}

fn before(paper: &mut Paper, decided: &[Decided]) {
    let lang = paper.lang();
    paper.heading(1, f::H_BEFORE.say(lang));
    let mut table = Table::new(&[
        f::WAS_DUE.say(lang),
        f::WISHED_FOR.say(lang),
        f::REASON.say(lang),
        f::CONCLUSION.say(lang),
        f::DECIDED_ON.say(lang),
    ]);
    table.sheets = true;
    for one in decided {
        let said = one.refused.as_ref().map(|why| f::REFUSED_FOR.fill(lang, &[why]));
        table.row(vec![
            w::day(one.from, lang),
            w::day(one.to, lang),
            one.reason.clone(),
            said.unwrap_or_else(|| f::GRANTED.say(lang).to_owned()),
            w::day(one.on, lang),
        ]);
    }
    if table.rows.is_empty() {
        paper.line(f::NONE_BEFORE.say(lang));
    } else {
        paper.table(table);
    }
    paper.gap();
}

//! The letters that press for what is due: 提醒函, 催辦函, 督辦單, 約談通知. A person decides whether one goes out.

use std::collections::BTreeMap;

use super::super::{Paper, Table, words as p};
use super::case::{Case, Matter};
use super::{NoPaper, frame, words as f};
use crate::domain::{BranchId, Day, Lang, Level, Paper as Kind, Policy, Reading, is_with_the_branch};
use crate::locales::{self as w, Word};

/// A letter to one branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Letter {
    /// 提醒函.
    Reminder,
    /// 催辦函.
    Urging,
    /// 督辦單.
    Supervision,
    /// 約談通知.
    Talk,
}

impl Letter {
    /// Every letter, the mildest first.
    pub const ALL: [Self; 4] = [Self::Reminder, Self::Urging, Self::Supervision, Self::Talk];

    const fn kind(self) -> Kind {
        match self {
            Self::Reminder => Kind::Reminder,
            Self::Urging => Kind::Urging,
            Self::Supervision => Kind::Supervision,
            Self::Talk => Kind::Talk,
        }
    }

    const fn title(self) -> &'static Word {
        match self {
            Self::Reminder => &f::T_REMINDER,
            Self::Urging => &f::T_URGING,
            Self::Supervision => &f::T_SUPERVISION,
            Self::Talk => &f::T_TALK,
        }
    }

    fn says(self, policy: &Policy, count: usize, lang: Lang) -> String {
        match self {
            Self::Reminder => f::REMINDER_SAYS.fill(lang, &[&count, &policy.near]),
            Self::Urging => f::URGING_SAYS.fill(lang, &[&count]),
            Self::Supervision => f::SUPERVISION_SAYS.fill(lang, &[&count]),
            Self::Talk => f::TALK_SAYS.fill(lang, &[&count, &policy.talk_after]),
        }
    }

    fn asks(self) -> Vec<&'static Word> {
        match self {
            Self::Reminder => vec![&f::ASK_IN_TIME, &f::ASK_EXTENSION],
            Self::Urging => vec![&f::ASK_WHY, &f::ASK_WHEN],
            Self::Supervision => vec![&f::ASK_WHY, &f::ASK_WHEN, &f::ASK_SHEET],
            Self::Talk => vec![&f::ASK_TALK, &f::ASK_WHEN],
        }
    }
}

/// Drafts a letter to a branch about all its items that are pressed for so hard, in whatever round they were found.
pub fn press(
    reading: &dyn Reading,
    letter: Letter,
    branch: BranchId,
    answer_by: Option<Day>,
    lang: Lang,
    today: Day,
) -> Result<Paper, NoPaper> {
    if answer_by.is_some_and(|day| day < today) {
        return Err(NoPaper::PastAnswer);
    }
    let cases = cases(reading, branch, lang)?;
    let Some(case) = cases.last() else { return Err(NoPaper::NothingFollowed) };
    let (wanted, policy) = (letter.kind().level(), &case.house.policy);
    let mut found: BTreeMap<Level, Vec<Matter<'_>>> = BTreeMap::new();
    for matter in cases.iter().flat_map(Case::matters) {
        // What waits for somebody to look at it is no longer the branch's to hurry.
        if is_with_the_branch(matter.item.state) {
            found.entry(matter.level(today)).or_default().push(matter);
        }
    }
    let Some(matters) = found.remove(&wanted) else {
        let found = found.into_iter().map(|(level, matters)| (level, matters.len())).collect();
        return Err(NoPaper::NotPressed { wanted, found });
    };
    let mut paper = Paper::new(lang);
    frame::head(&mut paper, letter.title(), Some(&case.branch_named(lang)), today);
    paper.line(&letter.says(policy, matters.len(), lang));
    paper.gap();
    listed(&mut paper, &matters, today);
    paper.heading(1, f::H_ASK.say(lang));
    frame::numbered(&mut paper, &letter.asks());
    paper.gap();
    paper.heading(1, f::H_ANSWER.say(lang));
    if letter == Letter::Talk {
        frame::filled(&mut paper, &f::TALK_WHEN, None);
        frame::filled(&mut paper, &f::TALK_WHERE, None);
        frame::filled(&mut paper, &f::TALK_POST, None);
    }
    frame::dated(&mut paper, &f::ANSWER_BY, answer_by);
    frame::filled(&mut paper, &f::ANSWER_TO, None);
    if letter == Letter::Supervision {
        frame::filled(&mut paper, &f::PROGRESS, None);
        frame::filled(&mut paper, &f::CAUSE_AND_NEXT, None);
        paper.pair(f::SLIP_SIGN.say(lang), p::SIGN_BLANK.say(lang));
    }
    paper.gap();
    frame::foot(&mut paper, &[&f::SIGN_ISSUER]);
    Ok(paper)
}

/// Reads what is followed of a branch, the oldest round first.
fn cases(reading: &dyn Reading, branch: BranchId, lang: Lang) -> Result<Vec<Case>, NoPaper> {
    let mut lines = reading.rounds()?;
    lines.sort_by_key(|line| (line.plan.to, line.plan.from, line.id));
    let mut cases = Vec::new();
    for line in lines {
        match Case::read(reading, line.id, branch, lang) {
            Ok(case) => cases.push(case),
            Err(NoPaper::NotInRound | NoPaper::NothingFollowed) => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(cases)
}

fn listed(paper: &mut Paper, matters: &[Matter<'_>], today: Day) {
    let lang = paper.lang();
    paper.heading(1, f::H_MATTERS.say(lang));
    let mut table = Table::new(&[
        f::ITEM.say(lang),
        p::C_ITEM.say(lang),
        p::C_FACT.say(lang),
        p::C_SEVERITY.say(lang),
        w::FIELD_DUTY_POST.say(lang),
        f::STATE.say(lang),
        p::C_DUE.say(lang),
        f::TO_THE_DAY.say(lang),
        f::RETURNED.say(lang),
        f::SENT.say(lang),
    ]);
    table.sheets = true;
    for matter in matters {
        let (facts, item) = (&matter.followed.facts, matter.item);
        let sent =
            |(kind, day): &(Kind, Day)| p::WITH_CODE.fill(lang, &[&w::paper(*kind).say(lang), &w::day(*day, lang)]);
        let sent: Vec<String> = item.sent.iter().map(sent).collect();
        let or_none = |text: String| if text.is_empty() { "—".to_owned() } else { text };
        table.row(vec![
            matter.name(),
            matter.titled(lang),
            facts.fact.clone(),
            w::severity(facts.severity).say(lang).to_owned(),
            or_none(item.facts.post.clone()),
            w::state(item.state).say(lang).to_owned(),
            w::day(item.last_day(), lang),
            w::standing(matter.standing(today), lang),
            f::TIMES.fill(lang, &[&item.returns]),
            or_none(sent.join(p::BETWEEN.say(lang))),
        ]);
    }
    paper.table(table);
    paper.gap();
}

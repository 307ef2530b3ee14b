//! Taking a step on one item or on many: each is taken or named with why not.

use super::address;
use crate::cli::args::StepArgs;
use crate::cli::keep::Keep;
use crate::cli::{Outcome, out};
use crate::domain::{
    Command, FollowCommand, FollowStep, FollowSurroundings, Followed, Reading, RectId, Rectification, Refusal, Request,
    Rev, Verb, apply_follow, decide_follow, rect_name,
};
use crate::locales::{self as w, Lang};
use crate::session::SystemClock;
use crate::store::DeskError;
use crate::text::printable;

/// Makes the command for an item as it stands, or for a finding where no item is named.
pub type Make<'a> = &'a dyn Fn(&Followed, Option<&Rectification>) -> FollowCommand;

/// An item that a step is wanted on.
struct Aim {
    rect: RectId,
    name: String,
    before: Followed,
    saw: Rev,
    command: FollowCommand,
}

/// What became of one of the names.
type Fate = Result<String, String>;

/// What names are names of.
#[derive(Clone, Copy)]
pub enum Names {
    /// Items.
    Items,
    /// Findings, which get a further item.
    Findings,
}

/// Takes a step on everything that is named.
pub fn take(keep: &mut Keep, args: &StepArgs, names: Names, make: Make<'_>) -> Result<String, Outcome> {
    let batch = args.ids.len() > 1;
    if batch && args.rev.is_some() {
        return Err(Outcome::Refused(w::REV_OF_ONE.say(keep.lang).to_owned()));
    }
    let mut aims: Vec<Aim> = Vec::new();
    let mut fates: Vec<Fate> = Vec::new();
    for id in &args.ids {
        match aimed(keep, id, args.rev, names, make) {
            Ok(aim) if aims.iter().any(|other| other.rect == aim.rect) => {}
            Ok(aim) => aims.push(aim),
            Err(Outcome::Refused(why)) if batch => fates.push(Err(why)),
            Err(fault) => return Err(fault),
        }
    }
    let behalf = keep.post(&args.on_behalf)?;
    let step =
        |aim: &Aim| FollowStep { item: aim.rect.item, behalf: behalf.clone(), batch, command: aim.command.clone() };
    if args.dry_run {
        for aim in &aims {
            fates.push(tried(keep, aim, step(aim))?);
        }
    } else {
        fates.extend(taken(keep, &aims, step)?);
    }
    told(fates, args.dry_run, batch, keep.lang)
}

fn aimed(keep: &Keep, id: &str, rev: Option<u64>, names: Names, make: Make<'_>) -> Result<Aim, Outcome> {
    let (rect, name) = match names {
        Names::Items => address::item(keep, id)?,
        Names::Findings => {
            address::finding(keep, id).map(|found| (RectId { finding: found.id, item: 0 }, found.name))?
        }
    };
    let before = keep.reading().followed(rect.finding)?.ok_or_else(|| not_there(id, keep.lang))?;
    let command = make(&before, before.item(rect.item));
    let saw = seen(&before, rev, keep.lang)?;
    Ok(Aim { rect, name, before, saw, command })
}

/// Says that there is no such item.
pub fn not_there(id: &str, lang: Lang) -> Outcome {
    Outcome::Refused(w::NO_SUCH_NAME.fill(lang, &[&printable(id)]))
}

/// Returns the revision that the person saw; one that has not been yet is a mistake.
pub fn seen(followed: &Followed, rev: Option<u64>, lang: Lang) -> Result<Rev, Outcome> {
    match rev {
        None => Ok(followed.rev),
        Some(rev) if rev > followed.rev.0 => Err(Outcome::Refused(w::REV_NOT_YET.fill(lang, &[&rev, &followed.rev]))),
        Some(rev) => Ok(Rev(rev)),
    }
}

/// Hands every step to the desk with one sync.
fn taken(keep: &mut Keep, aims: &[Aim], step: impl Fn(&Aim) -> FollowStep) -> Result<Vec<Fate>, Outcome> {
    let requests: Vec<Request> = (aims.iter().enumerate())
        .map(|(at, aim)| {
            // What an earlier step of this batch does to the same finding is no overtaking.
            let earlier = aims.iter().take(at).filter(|other| other.rect.finding == aim.rect.finding).count();
            let saw = Rev(aim.saw.0.saturating_add(earlier as u64));
            let command = Command::Follow(aim.rect.finding, step(aim));
            Request { by: keep.person.clone(), saw, command }
        })
        .collect();
    let answers = keep.submit_each(SystemClock::stamp(), requests)?;
    let mut fates = Vec::with_capacity(aims.len());
    for (aim, answer) in aims.iter().zip(answers) {
        fates.push(match answer {
            Ok(_) => {
                let after = keep.reading().followed(aim.rect.finding)?;
                Ok(changed(aim, after.as_ref(), keep.lang))
            }
            Err(DeskError::Refused(refusal)) => Err(format!("{}: {}", aim.name, why(&refusal, keep.lang))),
            Err(fault) => return Err(fault.into()),
        });
    }
    Ok(fates)
}

/// Decides a step without taking it.
fn tried(keep: &Keep, aim: &Aim, step: FollowStep) -> Result<Fate, Outcome> {
    let now = SystemClock::stamp();
    let refused = |refusal: &Refusal| Err(format!("{}: {}", aim.name, why(refusal, keep.lang)));
    if aim.saw < aim.before.rev {
        let (by, at) = aim.before.last.clone();
        return Ok(refused(&Refusal::Stale { item: None, by, at }));
    }
    let house = keep.reading().house()?;
    let around = FollowSurroundings {
        today: now.china_day(),
        now,
        actor: &house.actor(&keep.person),
        policy: &house.policy,
        posts: &house.posts,
        branch_and_above: &keep.reading().above(aim.rect.finding.branch)?,
    };
    Ok(match decide_follow(&aim.before, around, step) {
        Err(refusal) => refused(&refusal),
        Ok(changes) => {
            let mut after = Some(aim.before.clone());
            for change in &changes {
                apply_follow(&mut after, aim.rect.finding, aim.before.rev.next(), &keep.person, now, change);
            }
            Ok(changed(aim, after.as_ref(), keep.lang))
        }
    })
}

/// Says why a step was refused, with its day where somebody was faster.
pub fn why(refusal: &Refusal, lang: Lang) -> String {
    match refusal {
        Refusal::Stale { by, at, .. } => {
            w::REV_STALE.fill(lang, &[&printable(&by.0), &format!("{} {}", w::on_day(*at, lang), w::clock(*at))])
        }
        refusal => w::said(refusal, lang),
    }
}

/// Says what a step did to an item.
fn changed(aim: &Aim, after: Option<&Followed>, lang: Lang) -> String {
    let verb = w::verb(aim.command.verb()).say(lang);
    let Some(after) = after else { return format!("{}  {verb}", aim.name) };
    let (name, was, now) = if aim.command.verb() == Verb::Draft {
        let last = u8::try_from(after.items.len()).unwrap_or(u8::MAX);
        (rect_name(&aim.name, last), None, after.items.last())
    } else {
        (aim.name.clone(), aim.before.item(aim.rect.item), after.item(aim.rect.item))
    };
    let mut said = format!("{name}  {verb}");
    if let Some(now) = now {
        if let Some(was) = was.filter(|was| was.state != now.state) {
            said.push_str(&format!("  {} -> {}", w::state(was.state).say(lang), w::state(now.state).say(lang)));
        }
        if was.is_some_and(|was| was.checked.is_none()) && now.checked.is_some() {
            said.push_str(&format!("  {}", w::WAITS_FOR_APPROVAL.say(lang)));
        }
        let day = was.filter(|was| was.last_day() != now.last_day());
        if let Some(was) = day {
            said.push_str(&format!("  {} {} -> {}", w::SHOW_DUE.say(lang), was.last_day(), now.last_day()));
        }
    }
    said.push_str(&format!("  [rev {}]", after.rev));
    said
}

/// Tells what became of every name: what was done on standard output, what was left out as a refusal.
fn told(fates: Vec<Fate>, dry: bool, batch: bool, lang: Lang) -> Result<String, Outcome> {
    let (mut done, mut left) = (String::new(), String::new());
    let (mut taken, mut skipped) = (0, 0);
    for fate in fates {
        match fate {
            Ok(said) => {
                taken += 1;
                done.push_str(&format!("{said}\n"));
            }
            Err(why) => {
                skipped += 1;
                left.push_str(&format!("{why}\n"));
            }
        }
    }
    let summary = if dry { &w::STEPS_WOULD } else { &w::STEPS_DONE };
    if dry || batch {
        done.push_str(&format!("{}\n", summary.fill(lang, &[&taken, &skipped])));
    }
    if skipped == 0 {
        return Ok(done);
    }
    if batch {
        out::print(&done)?;
    }
    Err(Outcome::Refused(left.trim_end().to_owned()))
}

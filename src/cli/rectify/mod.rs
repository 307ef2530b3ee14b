//! `tijian rectify`: every step of an item's life, from a draft to a struck number.

pub mod address;
mod show;
mod step;

use super::args::{AnswerArgs, DraftArgs, EvidenceArgs, RectifyVerb, StepArgs};
use super::keep::{Keep, entered};
use super::typed::Typed;
use super::{Outcome, outcome};
use crate::config::World;
use crate::domain::{Answers, Command, Day, Evidence, FollowCommand, Followed, RectFacts, Rectification, Rev, Verb};
use crate::locales as w;
use crate::session::SystemClock;
use step::{Names, take};

/// Runs it.
pub fn run(world: &World, verb: &RectifyVerb) -> Result<String, Outcome> {
    let looks = matches!(verb, RectifyVerb::Show { .. }) || of(verb).is_some_and(|step| step.dry_run);
    let mut keep = if looks { Keep::look(world)? } else { Keep::open(world)? };
    let said = act(&mut keep, verb);
    keep.close()?;
    said
}

/// Returns what every step has in common.
const fn of(verb: &RectifyVerb) -> Option<&StepArgs> {
    use RectifyVerb as V;
    match verb {
        V::Show { .. } | V::Follow { .. } => None,
        V::Draft(args) | V::Edit(args) => Some(&args.step),
        V::Issue(step)
        | V::Receive(step)
        | V::TakeUp(step)
        | V::Claim(step)
        | V::Release(step)
        | V::Approve(step)
        | V::Grant(step)
        | V::Start { step, .. }
        | V::Evidence { step, .. }
        | V::Request { step, .. }
        | V::Pass { step, .. }
        | V::Return { step, .. }
        | V::Ask { step, .. }
        | V::Exempt { step, .. }
        | V::PutRight { step, .. }
        | V::Sent { step, .. } => Some(step),
        V::Revoke(args) | V::Deny(args) | V::Lift(args) => Some(&args.step),
    }
}

fn act(keep: &mut Keep, verb: &RectifyVerb) -> Result<String, Outcome> {
    use RectifyVerb as V;
    let typed = Typed::new(keep.lang);
    let read = |text: &str| typed.read(text);
    let (step, command) = match verb {
        V::Show { id, json } => return show::show(keep, id, *json),
        V::Follow { round, branch } => return follow(keep, round, branch),
        V::Draft(args) => return draft(keep, args, &typed),
        V::Edit(args) => return edit(keep, args, &typed),
        V::Issue(step) => (step, FollowCommand::Issue),
        V::Receive(step) => (step, FollowCommand::Receive),
        V::Start { measure, goal, step } => (step, FollowCommand::Start { measure: read(measure)?, goal: read(goal)? }),
        V::Evidence { evidence: given, step } => (step, FollowCommand::Evidence(evidence(given))),
        V::Request { answers: given, step } => (step, FollowCommand::Request(answers(given, &typed)?)),
        V::TakeUp(step) => (step, FollowCommand::TakeUp),
        V::Claim(step) => (step, FollowCommand::Claim),
        V::Release(step) => (step, FollowCommand::Release),
        V::Pass { next, step } => (step, FollowCommand::Pass { next: *next }),
        V::Approve(step) => (step, FollowCommand::Approve),
        V::Return { reason, due, step } => (step, FollowCommand::Return { reason: read(reason)?, due: *due }),
        V::Revoke(args) => (&args.step, FollowCommand::Revoke { reason: read(&args.reason)? }),
        V::Ask { to, reason, step } => (step, FollowCommand::Ask { to: *to, reason: read(reason)? }),
        V::Grant(step) => (step, FollowCommand::Grant),
        V::Deny(args) => (&args.step, FollowCommand::Deny { reason: read(&args.reason)? }),
        V::Exempt { until, reason, step } => (step, FollowCommand::Exempt { until: *until, reason: read(reason)? }),
        V::Lift(args) => (&args.step, FollowCommand::Lift { reason: read(&args.reason)? }),
        V::PutRight { evidence: given, answers: said, step } => {
            let (evidence, answers) = (evidence(given), answers(said, &typed)?);
            (step, FollowCommand::PutRight { evidence, answers })
        }
        V::Sent { paper, step } => (step, FollowCommand::Send(paper.paper())),
    };
    warn(keep, &command);
    take(keep, step, Names::Items, &|_, _| command.clone())
}

fn evidence(args: &EvidenceArgs) -> Evidence {
    Evidence {
        title: entered(&args.title),
        number: entered(&args.number),
        date: args.date,
        place: entered(&args.kept),
        sha256: args.sha256.trim().to_ascii_lowercase(),
    }
}

fn answers(args: &AnswerArgs, typed: &Typed) -> Result<Answers, Outcome> {
    Ok(Answers { gone: typed.read(&args.gone)?, cause: typed.read(&args.cause)?, rule: typed.read(&args.rule)? })
}

/// Warns of texts that look like personal data; on the command line the person has decided already.
fn warn(keep: &Keep, command: &FollowCommand) {
    let texts: Vec<&str> = match command {
        FollowCommand::Draft(facts) | FollowCommand::Edit(facts) => {
            vec![&facts.measure, &facts.goal, &facts.lead, &facts.post]
        }
        FollowCommand::Start { measure, goal } => vec![measure, goal],
        FollowCommand::Evidence(evidence) => vec![&evidence.title, &evidence.place],
        FollowCommand::Request(answers) => vec![&answers.gone, &answers.cause, &answers.rule],
        FollowCommand::PutRight { evidence, answers } => {
            vec![&evidence.title, &evidence.place, &answers.gone, &answers.cause, &answers.rule]
        }
        FollowCommand::Return { reason, .. }
        | FollowCommand::Revoke { reason }
        | FollowCommand::Ask { reason, .. }
        | FollowCommand::Deny { reason }
        | FollowCommand::Exempt { reason, .. }
        | FollowCommand::Lift { reason } => vec![reason],
        FollowCommand::Issue
        | FollowCommand::Receive
        | FollowCommand::TakeUp
        | FollowCommand::Claim
        | FollowCommand::Release
        | FollowCommand::Pass { .. }
        | FollowCommand::Approve
        | FollowCommand::Grant
        | FollowCommand::Send(_) => Vec::new(),
    };
    outcome::warn_of_persons(texts.into_iter().map(Some), keep.lang);
}

/// Lays what was named over what stands.
fn merged(named: &Named, stood: &RectFacts) -> RectFacts {
    let or = |named: &Option<String>, stood: &String| named.as_ref().unwrap_or(stood).clone();
    RectFacts {
        measure: or(&named.measure, &stood.measure),
        goal: or(&named.goal, &stood.goal),
        lead: or(&named.lead, &stood.lead),
        post: or(&named.post, &stood.post),
        due: named.due.unwrap_or(stood.due),
    }
}

/// What the command line names of an item's plan.
struct Named {
    measure: Option<String>,
    goal: Option<String>,
    lead: Option<String>,
    post: Option<String>,
    due: Option<Day>,
}

impl Named {
    fn read(keep: &Keep, args: &DraftArgs, typed: &Typed) -> Result<Self, Outcome> {
        Ok(Self {
            measure: args.measure.as_deref().map(|text| typed.read(text)).transpose()?,
            goal: args.goal.as_deref().map(|text| typed.read(text)).transpose()?,
            lead: args.lead.as_deref().map(|post| keep.post(post)).transpose()?,
            post: args.post.as_deref().map(|post| keep.post(post)).transpose()?,
            due: args.due,
        })
    }
}

/// Makes a plan that says nothing yet.
fn blank(followed: &Followed) -> RectFacts {
    RectFacts {
        measure: String::new(),
        goal: String::new(),
        lead: String::new(),
        post: String::new(),
        due: followed.facts.due,
    }
}

fn draft(keep: &mut Keep, args: &DraftArgs, typed: &Typed) -> Result<String, Outcome> {
    let named = Named::read(keep, args, typed)?;
    let today: Day = SystemClock::stamp().china_day();
    let fresh = |followed: &Followed, _: Option<&Rectification>| {
        let post = followed.items.first().map_or_else(String::new, |item| item.facts.post.clone());
        let fresh = RectFacts { post, due: followed.facts.due.max(today), ..blank(followed) };
        FollowCommand::Draft(merged(&named, &fresh))
    };
    take(keep, &args.step, Names::Findings, &fresh)
}

fn edit(keep: &mut Keep, args: &DraftArgs, typed: &Typed) -> Result<String, Outcome> {
    let named = Named::read(keep, args, typed)?;
    let laid = |followed: &Followed, item: Option<&Rectification>| {
        let stood = item.or(followed.items.first()).map(|item| item.facts.clone());
        FollowCommand::Edit(merged(&named, &stood.unwrap_or_else(|| blank(followed))))
    };
    take(keep, &args.step, Names::Items, &laid)
}

fn follow(keep: &mut Keep, round: &str, branch: &str) -> Result<String, Outcome> {
    let (round, branch) = (keep.round(round)?, keep.branch(branch)?);
    let ack = keep.submit(Rev(0), Command::FollowUp(round.id, branch))?;
    Ok(format!("{}\n", w::FOLLOWED_N.fill(keep.lang, &[&ack.entries.len()])))
}

/// Returns the word of the command line for a step.
const fn name_of(verb: Verb) -> &'static str {
    match verb {
        Verb::Draft => "draft",
        Verb::Edit => "edit",
        Verb::Issue => "issue",
        Verb::PutRight => "put-right",
        Verb::Receive => "receive",
        Verb::Start => "start",
        Verb::Evidence => "evidence",
        Verb::Request => "request",
        Verb::TakeUp => "take-up",
        Verb::Pass => "pass",
        Verb::Approve => "approve",
        Verb::Return => "return",
        Verb::Ask => "ask",
        Verb::Grant => "grant",
        Verb::Deny => "deny",
        Verb::Exempt => "exempt",
        Verb::Lift => "lift",
        Verb::Revoke => "revoke",
        Verb::Send => "sent",
        Verb::Claim => "claim",
        Verb::Release => "release",
    }
}

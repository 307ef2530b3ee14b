//! What is known of a finding and its items: for eyes, and for scripts.

use serde_json::{Value, json};

use super::{address, step};
use crate::cli::Outcome;
use crate::cli::keep::Keep;
use crate::domain::{
    Entry, FindingId, Followed, Hand, Of, Reading, RectId, Rectification, Rev, Standing, finding_name, level,
    possible_now, rect_name,
};
use crate::locales as w;
use crate::session::SystemClock;
use crate::text::{Ambiguous, pad};

/// Findings that a chain is followed back.
const CHAIN: usize = 12;

/// A finding with what is said around it.
struct Shown {
    name: String,
    /// The one item that was asked for; all of them without it.
    one: Option<u8>,
    followed: Followed,
    trail: Vec<Entry>,
    chain: Vec<(String, Followed)>,
    relapse_of: Option<String>,
}

/// Shows an item, or a finding with its items.
pub fn show(keep: &Keep, id: &str, json: bool) -> Result<String, Outcome> {
    let found = address::finding(keep, id)?;
    let (finding, one) = (found.id, found.named());
    if one.is_some() {
        address::item(keep, id)?;
    }
    let Some(followed) = keep.reading().followed(finding)? else {
        return Err(step::not_there(id, keep.lang));
    };
    let shown = Shown {
        trail: keep.reading().trail(Of::Finding(finding), Rev(1), usize::MAX)?,
        chain: chain(keep, &followed)?,
        relapse_of: followed.relapse_of.map(|rect| named_rect(keep, rect)).transpose()?.flatten(),
        name: found.name,
        one,
        followed,
    };
    if json { Ok(format!("{:#}\n", shown.json(keep)?)) } else { shown.text(keep) }
}

/// Follows the row of findings on the same item of the same branch back.
fn chain(keep: &Keep, followed: &Followed) -> Result<Vec<(String, Followed)>, Outcome> {
    let mut chain = Vec::new();
    let mut next = followed.repeat_of;
    while let Some(id) = next.filter(|_| chain.len() < CHAIN) {
        let Some(earlier) = keep.reading().followed(id)? else { break };
        next = earlier.repeat_of;
        let Some(name) = named(keep, id, &earlier)? else { break };
        chain.push((name, earlier));
    }
    Ok(chain)
}

fn named(keep: &Keep, id: FindingId, followed: &Followed) -> Result<Option<String>, Outcome> {
    let (round, branch) = (keep.reading().round(id.round)?, keep.reading().branch(id.branch)?);
    Ok(round
        .zip(branch)
        .map(|(round, branch)| finding_name(&round.plan.code, &branch.facts.code, &followed.facts.item, id.n)))
}

fn named_rect(keep: &Keep, rect: RectId) -> Result<Option<String>, Outcome> {
    let Some(followed) = keep.reading().followed(rect.finding)? else { return Ok(None) };
    Ok(named(keep, rect.finding, &followed)?.map(|name| rect_name(&name, rect.item)))
}

impl Shown {
    /// Lists the items that were asked for with their numbers.
    fn items(&self) -> impl Iterator<Item = (u8, &Rectification)> {
        (1u8..).zip(&self.followed.items).filter(|(n, _)| self.one.is_none_or(|one| one == *n))
    }

    /// Lists the entries that speak of what was asked for.
    fn entries(&self) -> impl Iterator<Item = (&Entry, Vec<&crate::domain::FollowChange>)> {
        use crate::domain::{Change, FollowChange};
        self.trail.iter().filter_map(|entry| {
            let changes = entry.changes.iter().filter_map(|change| match change {
                Change::Follow(change) => Some(change),
                _ => None,
            });
            let about = |change: &&FollowChange| match change {
                FollowChange::Item { n, .. } => self.one.is_none_or(|one| one == *n),
                FollowChange::Opened { .. } | FollowChange::Restated { .. } | FollowChange::Relapsed { .. } => true,
            };
            let changes: Vec<_> = changes.filter(about).collect();
            (!changes.is_empty()).then_some((entry, changes))
        })
    }

    fn text(&self, keep: &Keep) -> Result<String, Outcome> {
        let (lang, facts) = (keep.lang, &self.followed.facts);
        let mut out = format!(
            "{}  {}  {}  [rev {}]\n",
            self.name,
            w::severity(facts.severity).say(lang),
            w::class(facts.class).say(lang),
            self.followed.rev
        );
        let mut row = Rows { out: &mut out, lang };
        row.say(&w::SHOW_BRANCH, &keep.reading().path(self.followed.id.branch, " / ")?);
        row.say(&w::SHOW_FACT, &facts.fact.replace('\n', " "));
        self.repeats(&mut row);
        for (n, item) in self.items() {
            self.item(n, item, keep, &mut out)?;
        }
        out.push_str(&format!("\n{}\n", w::SHOW_TIME_LINE.say(lang)));
        for (entry, changes) in self.entries() {
            let said: Vec<String> = changes.into_iter().map(|change| w::follow_change(change, lang)).collect();
            let said = said.join(if lang == w::Lang::En { "; " } else { "；" });
            let when = format!("{} {}", w::china_day(entry.at), w::clock(entry.at));
            out.push_str(&format!("{:>6} {when} {} {said}\n", entry.seq.0, entry.by));
        }
        Ok(out)
    }

    fn repeats(&self, row: &mut Rows<'_>) {
        let lang = row.lang;
        if self.followed.nth > 1 {
            row.say(&w::SHOW_CHAIN, &w::SHOW_NTH.fill(lang, &[&self.followed.nth]));
        }
        for (name, earlier) in &self.chain {
            let states: Vec<&str> = earlier.items.iter().map(|item| w::state(item.state).say(lang)).collect();
            row.more(&format!("{name}  {}", states.join(" ")));
        }
        if let Some(name) = &self.relapse_of {
            row.more(&w::SHOW_RELAPSE.fill(lang, &[name]));
        }
    }

    fn item(&self, n: u8, item: &Rectification, keep: &Keep, out: &mut String) -> Result<(), Outcome> {
        let lang = keep.lang;
        let now = SystemClock::stamp();
        let today = now.china_day();
        let standing = item.standing(today);
        let policy = keep.reading().house()?.policy;
        out.push_str(&format!("\n{}  {}", rect_name(&self.name, n), w::state(item.state).say(lang)));
        if standing != Standing::Still {
            out.push_str(&format!("  {}", w::standing(standing, lang)));
            let pressed = w::level(level(standing, item.returns, self.followed.nth, &policy)).say(lang);
            out.push_str(&format!("  [{pressed}]"));
        }
        out.push('\n');
        let mut row = Rows { out, lang };
        row.more(&w::since(item, lang));
        row.say(&w::SHOW_REASON, &item.reason);
        row.say(&w::COL_GOAL, &item.facts.goal);
        row.say(&w::SHOW_MEASURE, &item.facts.measure);
        row.say(&w::SHOW_LEAD, &item.facts.lead);
        row.say(&w::SHOW_POST, &item.facts.post);
        if let Some(issued) = &item.issued {
            row.say(&w::SHOW_ISSUED, &format!("{}  {}", issued.on, w::hand(issued, lang)));
        }
        let mut due = vec![item.last_day().to_string()];
        due.extend((item.first_due != item.last_day()).then(|| w::SHOW_FIRST.fill(lang, &[&item.first_due])));
        due.extend((item.extensions > 0).then(|| w::SHOW_EXTENDED.fill(lang, &[&item.extensions])));
        due.extend((item.returns > 0).then(|| w::SHOW_RETURNS.fill(lang, &[&item.returns])));
        due.extend((item.stages > 0).then(|| w::SHOW_STAGES.fill(lang, &[&item.stages])));
        due.extend(item.missed.then(|| w::SHOW_MISSED.say(lang).to_owned()));
        row.say(&w::SHOW_DUE, &due.join("  "));
        if let Some(asked) = &item.asked {
            let said = w::SHOW_ASKED_TO.fill(lang, &[&asked.to, &asked.reason]);
            row.say(&w::SHOW_ASKED, &format!("{said}  {}", w::hand(&asked.hand, lang)));
        }
        if let Some(exempt) = &item.exempt {
            let said = w::SHOW_ASKED_TO.fill(lang, &[&exempt.until, &exempt.reason]);
            row.say(&w::SHOW_EXEMPT, &format!("{said}  {}", w::hand(&exempt.hand, lang)));
        }
        if let Some(claim) = item.claimed(now) {
            row.say(&w::SHOW_CLAIM, &w::claimed(claim, lang));
        }
        for (number, evidence) in (1..).zip(&item.evidence) {
            row.say(&w::SHOW_EVIDENCE, &format!("{number}. {}", w::evidence(evidence, lang)));
            if !evidence.sha256.is_empty() {
                row.more(&format!("SHA-256 {}", evidence.sha256));
            }
        }
        if let Some(answers) = &item.answers {
            row.say(&w::SHOW_ANSWERS, &answers.gone);
            row.more(&answers.cause);
            row.more(&answers.rule);
        }
        let sent: Vec<String> =
            item.sent.iter().map(|(paper, on)| format!("{} {on}", w::paper(*paper).say(lang))).collect();
        row.say(&w::SHOW_SENT, &sent.join("  "));
        if let Some(closure) = &item.closure {
            let hands = [Some(&closure.verified), closure.approved.as_ref()];
            let hands: Vec<String> = hands.into_iter().flatten().map(|hand| w::hand(hand, lang)).collect();
            let in_time = if closure.in_time { &w::STEP_CLOSED } else { &w::STEP_CLOSED_LATE };
            row.say(&w::SHOW_CLOSURE, &format!("{}  {}  {}", closure.on, in_time.say(lang), hands.join("  ")));
        }
        let possible: Vec<&str> = possible_now(&self.followed, item, &policy, (today, now))
            .into_iter()
            .map(|verb| w::verb(verb).say(lang))
            .collect();
        row.say(&w::SHOW_POSSIBLE, &possible.join("  "));
        Ok(())
    }

    fn json(&self, keep: &Keep) -> Result<Value, Outcome> {
        let facts = &self.followed.facts;
        let hand = |hand: &Hand| json!({ "by": hand.by, "behalf": hand.behalf, "on": hand.on, "at": hand.at });
        let now = SystemClock::stamp();
        let today = now.china_day();
        let policy = keep.reading().house()?.policy;
        let items = self.items().map(|(n, item)| {
            let standing = item.standing(today);
            let late = if let Standing::Overdue(days) = standing { days } else { 0 };
            let closure = item.closure.as_ref().map(|closure| {
                json!({
                    "on": closure.on, "in_time": closure.in_time, "verified": hand(&closure.verified),
                    "approved": closure.approved.as_ref().map(hand),
                })
            });
            json!({
                "id": rect_name(&self.name, n), "state": item.state, "since": hand(&item.since), "reason": item.reason,
                "goal": item.facts.goal, "measure": item.facts.measure, "lead": item.facts.lead, "post": item.facts.post,
                "due": item.last_day(), "first_due": item.first_due, "days_overdue": late,
                "level": w::level(level(standing, item.returns, self.followed.nth, &policy)).say(w::Lang::En),
                "issued": item.issued.as_ref().map(hand), "extensions": item.extensions, "missed": item.missed,
                "asked": item.asked.as_ref().map(|asked| {
                    json!({ "to": asked.to, "reason": asked.reason, "hand": hand(&asked.hand) })
                }),
                "exempt": item.exempt.as_ref().map(|exempt| {
                    json!({ "until": exempt.until, "reason": exempt.reason, "hand": hand(&exempt.hand) })
                }),
                "claim": item.claimed(now), "evidence": item.evidence, "answers": item.answers, "requested": item.requested.as_ref().map(hand),
                "checked": item.checked.as_ref().map(hand), "closure": closure, "returns": item.returns,
                "stages": item.stages, "on_the_spot": item.on_the_spot,
                "sent": item.sent.iter().map(|(paper, on)| json!({ "paper": paper, "on": on })).collect::<Vec<_>>(),
                "possible": possible_now(&self.followed, item, &policy, (today, now)).into_iter().map(super::name_of).collect::<Vec<_>>(),
            })
        });
        let trail: Vec<Value> = (self.entries())
            .map(|(entry, changes)| {
                json!({ "seq": entry.seq, "at": entry.at, "by": entry.by, "rev": entry.rev, "changes": changes })
            })
            .collect();
        Ok(json!({
            "finding": self.name, "rev": self.followed.rev,
            "branch": keep.reading().branch(self.followed.id.branch)?.map(|branch| branch.facts.code),
            "item": facts.item, "fact": facts.fact, "severity": facts.severity, "class": facts.class,
            "nth": self.followed.nth, "closed": self.followed.is_closed(), "relapse_of": self.relapse_of,
            "chain": self.chain.iter().map(|(name, _)| name).collect::<Vec<_>>(),
            "items": items.collect::<Vec<_>>(), "trail": trail,
        }))
    }
}

/// Rows of a label and what stands behind it.
struct Rows<'a> {
    out: &'a mut String,
    lang: w::Lang,
}

impl Rows<'_> {
    /// Adds a row; what is empty is left out.
    fn say(&mut self, label: &w::Word, value: &str) {
        if !value.is_empty() {
            self.out.push_str(&format!("  {}  {value}\n", pad(label.say(self.lang), 12, Ambiguous::Narrow)));
        }
    }

    /// Goes on under the row before.
    fn more(&mut self, value: &str) {
        if !value.is_empty() {
            self.out.push_str(&format!("  {}  {value}\n", " ".repeat(12)));
        }
    }
}

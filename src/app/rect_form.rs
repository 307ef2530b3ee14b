//! The forms of the steps on rectification items: what each step asks for.

use super::{Form, FormKind, Row};
use crate::domain::{
    Answers, Class, Day, Evidence, FollowCommand, Followed, Gate, May, Paper, Posts, REASON_LIMIT, RectFacts, RectId,
    Rectification, Refusal, Rev, Verb,
};
use crate::locales::{self as w, Lang, paper, verb};

/// A step that a person is about to take on one item or on several.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct StepDraft {
    /// The items, each with the revision of its finding that the person saw.
    pub items: Vec<(RectId, Rev)>,
    /// The step.
    pub verb: Verb,
    /// Whether it names the post on whose behalf it is taken.
    pub behalf: bool,
    /// Whether it may close a stage.
    pub staged: bool,
}

/// What is wrong with a form: the row, and what is said of it.
pub type RowFault = (usize, &'static w::Word);

impl StepDraft {
    /// Makes a step on one item or on several; `may` is how the person may take it.
    pub fn new(items: Vec<(RectId, Rev)>, verb: Verb, may: May, gate: Gate, followed: &Followed) -> Self {
        // Under the gate of posts one person enters everybody's steps: each may be somebody else's.
        let behalf = may == May::Behalf || gate == Gate::Post;
        let staged = verb == Verb::Pass && followed.facts.class == Class::Standing;
        Self { items, verb, behalf, staged }
    }

    /// Says whether it is the same step on the same items, whatever has happened to them meanwhile.
    pub fn is_same(&self, other: &Self) -> bool {
        let items = |draft: &Self| draft.items.iter().map(|(id, _)| *id).collect::<Vec<_>>();
        self.verb == other.verb && items(self) == items(other)
    }

    /// Makes the form; nothing where the step asks for nothing.
    pub fn form(&self, rect: &Rectification, posts: &Posts, today: Day, lang: Lang) -> Option<Form> {
        let day = |day: Day| day.to_string();
        let mut rows = match self.verb {
            Verb::Pass if self.staged => {
                let options = [&w::CLOSE_WHOLE, &w::CLOSE_STAGE].map(|word| word.say(lang).to_owned()).to_vec();
                let next = day(today.plus(90));
                vec![
                    Row::choice(w::F_CLOSING.say(lang), options, 0),
                    Row::text(w::F_NEXT_STAGE.say(lang), 12, &next).with_hint(&w::H_DAY),
                ]
            }
            Verb::Issue
            | Verb::Receive
            | Verb::TakeUp
            | Verb::Pass
            | Verb::Approve
            | Verb::Grant
            | Verb::Claim
            | Verb::Release => Vec::new(),
            Verb::Draft => {
                let empty = RectFacts { measure: String::new(), goal: String::new(), ..rect.facts.clone() };
                facts_rows(&empty, posts, lang)
            }
            Verb::Edit => facts_rows(&rect.facts, posts, lang),
            Verb::Start => plan_rows(&rect.facts, lang).to_vec(),
            Verb::Evidence => evidence_rows(today, lang),
            Verb::Request => answers_rows(rect.answers.as_ref(), lang),
            Verb::PutRight => {
                let mut rows = evidence_rows(today, lang);
                rows.extend(answers_rows(None, lang));
                rows
            }
            Verb::Return => {
                let due = rect.facts.due.max(today.plus(15));
                vec![reason(lang), Row::text(w::F_NEW_DUE.say(lang), 12, &day(due)).with_hint(&w::H_DAY)]
            }
            Verb::Ask => {
                let to = rect.facts.due.max(today).plus(15);
                vec![reason(lang), Row::text(w::F_NEW_DUE.say(lang), 12, &day(to)).with_hint(&w::H_DAY)]
            }
            Verb::Exempt => {
                let until = rect.facts.due.max(today).plus(30);
                vec![reason(lang), Row::text(w::F_UNTIL.say(lang), 12, &day(until)).with_hint(&w::H_DAY)]
            }
            Verb::Deny | Verb::Lift | Verb::Revoke => vec![reason(lang)],
            Verb::Send => {
                let options = Paper::ALL.map(|known| paper(known).say(lang).to_owned()).to_vec();
                vec![Row::choice(w::F_PAPER.say(lang), options, 0)]
            }
        };
        if self.behalf {
            rows.push(Row::post(&w::FIELD_BEHALF, lang, &rect.facts.post, posts));
        }
        let many = if self.items.len() > 1 { w::N_ITEMS.fill(lang, &[&self.items.len()]) } else { String::new() };
        let title = format!("{}{many}", verb(self.verb).say(lang));
        (!rows.is_empty()).then(|| Form::new(FormKind::Step(self.clone()), title, rows, 0))
    }

    /// Finds the row that a refusal speaks of.
    pub fn row_of(&self, refusal: &Refusal) -> Option<usize> {
        let field = match refusal {
            Refusal::Empty(field)
            | Refusal::Unclean(field)
            | Refusal::TooLong { field, .. }
            | Refusal::NoSuchPost { field, .. } => field,
            Refusal::FromTheFuture { .. } | Refusal::EvidenceTooOld { .. } => "date",
            Refusal::Past { .. } | Refusal::NotLater { .. } => "due",
            Refusal::NeedsBehalf(_) | Refusal::SameHand { .. } => "behalf",
            _ => return None,
        };
        let evidence = ["evidence", "number", "date", "place", "sha256"];
        let answers = ["gone", "cause", "rule"];
        let mut fields = match self.verb {
            Verb::Draft | Verb::Edit => vec!["measure", "goal", "lead", "duty_post", "due"],
            Verb::Start => vec!["measure", "goal"],
            Verb::Evidence => evidence.to_vec(),
            Verb::Request => answers.to_vec(),
            Verb::PutRight => [&evidence[..], &answers[..]].concat(),
            Verb::Pass if self.staged => vec!["closing", "due"],
            Verb::Return | Verb::Ask | Verb::Exempt => vec!["reason", "due"],
            Verb::Deny | Verb::Lift | Verb::Revoke => vec!["reason"],
            Verb::Send => vec!["paper"],
            Verb::Issue
            | Verb::Receive
            | Verb::TakeUp
            | Verb::Pass
            | Verb::Approve
            | Verb::Grant
            | Verb::Claim
            | Verb::Release => Vec::new(),
        };
        fields.extend(self.behalf.then_some("behalf"));
        fields.iter().position(|known| known == &field)
    }

    /// Reads the filled form, or the bare step where it has none: what is wanted, and on whose behalf.
    pub fn command(&self, form: Option<&Form>) -> Result<(FollowCommand, String), RowFault> {
        let text = |row: usize| form.map_or("", |form| form.text(row)).to_owned();
        let chosen = |row: usize| form.map_or(0, |form| form.chosen(row));
        let day = |row: usize| text(row).parse::<Day>().map_err(|()| (row, &w::BAD_DATE));
        let facts = || Ok(RectFacts { measure: text(0), goal: text(1), lead: text(2), post: text(3), due: day(4)? });
        let evidence =
            || Ok(Evidence { title: text(0), number: text(1), date: day(2)?, place: text(3), sha256: text(4) });
        let answers = |from: usize| Answers { gone: text(from), cause: text(from + 1), rule: text(from + 2) };
        let command = match self.verb {
            Verb::Draft => FollowCommand::Draft(facts()?),
            Verb::Edit => FollowCommand::Edit(facts()?),
            Verb::Issue => FollowCommand::Issue,
            Verb::Receive => FollowCommand::Receive,
            Verb::Start => FollowCommand::Start { measure: text(0), goal: text(1) },
            Verb::Evidence => FollowCommand::Evidence(evidence()?),
            Verb::Request => FollowCommand::Request(answers(0)),
            Verb::TakeUp => FollowCommand::TakeUp,
            Verb::Claim => FollowCommand::Claim,
            Verb::Release => FollowCommand::Release,
            Verb::Pass => FollowCommand::Pass { next: if chosen(0) == 1 { Some(day(1)?) } else { None } },
            Verb::Approve => FollowCommand::Approve,
            Verb::Return => FollowCommand::Return { reason: text(0), due: day(1)? },
            Verb::Ask => FollowCommand::Ask { to: day(1)?, reason: text(0) },
            Verb::Grant => FollowCommand::Grant,
            Verb::Deny => FollowCommand::Deny { reason: text(0) },
            Verb::Exempt => FollowCommand::Exempt { until: day(1)?, reason: text(0) },
            Verb::Lift => FollowCommand::Lift { reason: text(0) },
            Verb::Revoke => FollowCommand::Revoke { reason: text(0) },
            Verb::PutRight => FollowCommand::PutRight { evidence: evidence()?, answers: answers(5) },
            Verb::Send => FollowCommand::Send(Paper::ALL.get(chosen(0)).copied().unwrap_or(Paper::Reminder)),
        };
        let behalf = match form {
            Some(form) if self.behalf => text(form.rows.len().saturating_sub(1)),
            _ => String::new(),
        };
        Ok((command, behalf))
    }
}

fn reason(lang: Lang) -> Row {
    Row::text(w::F_REASON.say(lang), REASON_LIMIT, "")
}

fn plan_rows(facts: &RectFacts, lang: Lang) -> [Row; 2] {
    [
        Row::lines(w::FIELD_MEASURE.say(lang), RectFacts::LIMIT, &facts.measure),
        Row::text(w::COL_GOAL.say(lang), RectFacts::LIMIT, &facts.goal),
    ]
}

fn facts_rows(facts: &RectFacts, posts: &Posts, lang: Lang) -> Vec<Row> {
    let [measure, goal] = plan_rows(facts, lang);
    vec![
        measure,
        goal,
        Row::post(&w::FIELD_LEAD, lang, &facts.lead, posts),
        Row::post(&w::FIELD_DUTY_POST, lang, &facts.post, posts),
        Row::text(w::F_DUE.say(lang), 12, &facts.due.to_string()).with_hint(&w::H_DAY),
    ]
}

fn evidence_rows(today: Day, lang: Lang) -> Vec<Row> {
    vec![
        Row::text(w::FIELD_EVIDENCE.say(lang), 80, "").with_hint(&w::H_EVIDENCE),
        Row::text(w::FIELD_NUMBER.say(lang), 40, ""),
        Row::text(w::F_DATE.say(lang), 12, &today.to_string()).with_hint(&w::H_DAY),
        Row::text(w::FIELD_PLACE.say(lang), 80, "").with_hint(&w::H_PLACE),
        Row::text("SHA-256", 64, "").with_hint(&w::H_SHA),
    ]
}

fn answers_rows(answers: Option<&Answers>, lang: Lang) -> Vec<Row> {
    let none = Answers::default();
    let stood = answers.unwrap_or(&none);
    vec![
        Row::text(w::FIELD_GONE.say(lang), Answers::LIMIT, &stood.gone),
        Row::text(w::FIELD_CAUSE.say(lang), Answers::LIMIT, &stood.cause),
        Row::text(w::FIELD_RULE.say(lang), Answers::LIMIT, &stood.rule),
    ]
}

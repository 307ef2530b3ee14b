//! One item of a walk, lost points, and the head of the summary.

use super::Talk;
use super::page::aside;
use crate::app::{Action, Screen, Walk};
use crate::domain::{Checklist, Item, Profile, Verdict, basis_caveat, basis_lines, slots_named};
use crate::locales::{self as w, Lang};

/// What is done in a walk.
const WALK: &[Action] = &[
    Action::NextOpen,
    Action::Down,
    Action::Up,
    Action::Note,
    Action::Finding,
    Action::SameAsLast,
    Action::AllPass,
    Action::Mark,
    Action::Undo,
    Action::CardTake,
    Action::CardGive,
    Action::Across,
    Action::Explain,
    Action::Trail,
    Action::Summary,
    Action::Back,
];

/// What is done on one's own sheet in a calibration: it has no cards, no findings and no signature.
const SHEET: &[Action] = &[
    Action::NextOpen,
    Action::Down,
    Action::Up,
    Action::Note,
    Action::SameAsLast,
    Action::AllPass,
    Action::Mark,
    Action::Undo,
    Action::GoCalibration,
    Action::Back,
];

impl Talk {
    /// Says the item that is looked at; with the commands where the person has just come here.
    pub(super) fn walk_item(&mut self, fresh: bool) {
        let lang = self.model.lang;
        let Screen::Walk(walk) = &self.model.screen else { return };
        let walk = walk.clone();
        if fresh {
            let blind = walk.blind.map_or_else(String::new, |_| format!("  [{}]", w::CAL_BLIND_MARK.say(lang)));
            self.page.line(&format!("{}  {}{blind}", walk.round.plan.code, walk.path.replace('›', "/")));
            let total = &walk.score.total;
            let lost = w::LOST.fill(lang, &[&total.lost()]);
            self.page.line(&w::LN_COUNTS.fill(lang, &[&total.answered, &total.items, &lost]));
            self.signed(&walk);
            self.page.gap();
        }
        let Some(item) = walk.item() else { return };
        let place = w::LN_ITEM.fill(lang, &[&(walk.at + 1), &walk.checklist.items.len()]);
        self.page.line(&place);
        let profile = walk.branch.facts.profile.unwrap_or(walk.round.plan.profile);
        self.item_text(&walk.checklist, item, profile);
        self.last_time(&walk, item);
        self.stands(&walk, item);
        if fresh {
            let verdicts = self.verdicts();
            self.page.pieces(&verdicts);
            self.offer(if walk.blind.is_some() { SHEET } else { WALK });
        }
    }

    /// Says what an item asks.
    pub(super) fn item_text(&mut self, checklist: &Checklist, item: &Item, profile: Profile) {
        let lang = self.model.lang;
        self.page.line(&format!("{} {}", item.id, item.title.pick(lang)));
        let worth = if checklist.scored(item) {
            format!("{}  {}", w::POINTS_OF.fill(lang, &[&item.points]), w::severity(item.severity).say(lang))
        } else {
            w::UNSCORED.say(lang).to_owned()
        };
        let group = checklist.group_of(item).map_or("", |group| group.name.pick(lang));
        let card = checklist.card_of(item).map_or("", |card| card.name.pick(lang));
        self.page.line(&format!("{card} / {group}  {worth}"));
        self.page.pair(w::LOOK.say(lang), &slots_named(item.look.pick(lang), lang), lang);
        let between = if lang == Lang::En { ", " } else { "、" };
        let methods: Vec<&str> = item.methods.iter().map(|method| w::method(*method).say(lang)).collect();
        let papers = item.evidence_lines(lang).collect::<Vec<_>>().join(between);
        self.page.pair(w::METHODS.say(lang), &methods.join(between), lang);
        self.page.pair(w::EVIDENCE.say(lang), &papers, lang);
        let basis = basis_lines(checklist, item, profile, lang);
        if !basis.is_empty() {
            let said = aside(&basis.join(if lang == Lang::En { "; " } else { "；" }), basis_caveat(lang), lang);
            self.page.pair(w::BASIS.say(lang), &said, lang);
        }
        if item.sensitive {
            self.page.line(&format!("! {}", w::SENSITIVE.say(lang)));
        }
    }

    fn last_time(&mut self, walk: &Walk, item: &Item) {
        let lang = self.model.lang;
        let Some(before) = &walk.before else {
            self.page.pair(w::LAST_TIME.say(lang), w::NO_LAST.say(lang), lang);
            return;
        };
        let mut said = format!("{} {}", before.code, word(before.inspection.verdict(&item.id), lang));
        if let Some((_, finding)) = before.inspection.findings_on(&item.id).last() {
            said = aside(&said, &finding.facts.fact, lang);
        }
        if walk.repeats.contains(&item.id) {
            said = format!("{said}  {}", w::REPEATED.say(lang));
        }
        self.page.pair(w::LAST_TIME.say(lang), &said, lang);
    }

    /// Says what stands on an item now.
    fn stands(&mut self, walk: &Walk, item: &Item) {
        let lang = self.model.lang;
        let mut said = word(walk.inspection.verdict(&item.id), lang).to_owned();
        if let Some(cell) = walk.inspection.cells.get(&item.id) {
            if !cell.reason.is_empty() {
                said = aside(&said, &cell.reason, lang);
            }
            if cell.marked {
                said = format!("{said}  {}", w::MARKED.say(lang));
            }
            said = format!("{said}  {} {}", cell.by, w::clock(cell.at));
        }
        if let Some(taker) = walk.taker() {
            self.page.pair(w::CARD.say(lang), &w::card_of(taker, lang), lang);
        }
        self.page.pair(w::VERDICT.say(lang), &said, lang);
        self.page.pair(w::NOTE.say(lang), walk.inspection.note(&item.id), lang);
        for (n, finding) in walk.inspection.findings_on(&item.id) {
            let facts = &finding.facts;
            let (severity, class) = (w::severity(facts.severity).say(lang), w::class(facts.class).say(lang));
            let terms = format!("{severity}  {class}  {} {}", w::DUE.say(lang), facts.due);
            let said = aside(&format!("{n:02} {}", facts.fact), &terms, lang);
            self.page.pair(w::FINDING.say(lang), &said, lang);
        }
    }

    /// Says the verdicts that can be given, each with its key.
    pub(super) fn verdicts(&self) -> Vec<String> {
        let lang = self.model.lang;
        let Some(walk) = self.model.walk().filter(|walk| walk.inspection.signed.is_none()) else {
            return Vec::new();
        };
        [Action::Pass, Action::Good, Action::Fair, Action::Fail, Action::NotApplicable]
            .into_iter()
            .zip(Verdict::ALL)
            .filter(|(_, verdict)| walk.round.plan.scale.allows(*verdict))
            .map(|(action, _)| format!("{} {}", self.typed_for(action), action.word().say(lang)))
            .collect()
    }

    fn signed(&mut self, walk: &Walk) {
        let lang = self.model.lang;
        if let Some(signed) = &walk.inspection.signed {
            self.page.line(&w::SIGNED_BY.fill(lang, &[&signed.by, &w::on_day(signed.at, lang)]));
        }
    }

    /// Says every lost point of the walk.
    pub(super) fn losses(&mut self) {
        let lang = self.model.lang;
        let Some(walk) = self.model.walk().cloned() else { return };
        self.page.line(&format!("{}  {}", w::LOSSES.say(lang), w::LOST.fill(lang, &[&walk.score.total.lost()])));
        for loss in &walk.score.losses {
            let title = walk.checklist.item(&loss.item).map_or("", |item| item.title.pick(lang));
            let verdict = word(Some(loss.verdict), lang);
            let who = format!("{} {}", loss.by, w::clock(loss.at));
            self.page.line(&format!("{} {title}  {verdict}  -{}/{}  {who}", loss.item, loss.lost, loss.of));
        }
        self.page.gap();
    }

    /// Says the score and what is missing.
    pub(super) fn summary_head(&mut self) {
        let lang = self.model.lang;
        let Screen::Summary(summary) = &self.model.screen else { return };
        let summary = summary.clone();
        let (walk, score) = (&summary.walk, &summary.walk.score);
        self.page.line(&format!("{}  {}  {}", w::SUMMARY.say(lang), walk.round.plan.code, walk.path.replace('›', "/")));
        let mut said = vec![format!("{} {}", w::SCORE.say(lang), w::rate(score.total.rate()))];
        said.extend(summary.grade().map(|grade| format!("{} {}", w::GRADE.say(lang), w::grade(grade).say(lang))));
        if !score.is_final() {
            said.push(w::NOT_FINAL.say(lang).to_owned());
            said.push(w::OPEN_POINTS.fill(lang, &[&score.total.open]));
        }
        if score.total.excluded.0 > 0 {
            said.push(w::EXCLUDED.fill(lang, &[&score.total.excluded]));
        }
        if score.for_reference_only(&walk.checklist) {
            said.push(w::REFERENCE_ONLY.say(lang).to_owned());
        }
        if let Some(veto) = score.veto(&walk.checklist, &walk.round) {
            said.push(w::VETOED.fill(lang, &[veto]));
        }
        self.page.line(&said.join("  "));
        for (card, slice) in walk.checklist.cards.iter().zip(&score.cards) {
            let counts = format!("{}/{}", slice.answered, slice.items);
            let worth = if card.scored {
                format!("{}  {}", w::rate(slice.rate()), w::LOST.fill(lang, &[&slice.lost()]))
            } else {
                w::UNSCORED.say(lang).to_owned()
            };
            self.page.pair(card.name.pick(lang), &format!("{counts}  {worth}"), lang);
        }
        let missing = summary.missing();
        if walk.inspection.signed.is_some() {
            self.signed(walk);
        } else if missing.is_empty() {
            self.page.line(w::NOTHING_MISSING.say(lang));
        } else {
            let (open, bare) = (missing.unanswered.len(), missing.unexplained.len());
            self.page.line(&format!("{} {open}  {} {bare}", w::MISSING_OPEN.say(lang), w::MISSING_BARE.say(lang)));
        }
    }
}

/// Says a verdict, or that there is none.
fn word(verdict: Option<Verdict>, lang: Lang) -> &'static str {
    verdict.map_or(&w::NOT_CHECKED, w::verdict).say(lang)
}

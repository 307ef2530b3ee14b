//! What may be wanted of a calibration, and what is refused.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod forms;

use forms::{ALL, BRANCH, ITEMS, ROUND, find, id, judge, judgement, long, mark, note, person, reopen};
use tijian::domain::{
    Agreement, Calibration, CalibrationChange, CalibrationCommand, CalibrationId, CalibrationRefusal as Why,
    CalibrationSurroundings, Checklist, Choice, Extent, Inspection, InspectionCommand, Judgement, PersonId, Refusal,
    Rev, Round, Scale, ScoreLine, Side, Signed, Stamp, Verdict, WalkSurroundings, apply_calibration, apply_inspection,
    decide_calibration, decide_sheet, held,
};

const ID: CalibrationId = CalibrationId { round: ROUND, branch: BRANCH, n: 1 };
const ANA: &str = "王督查";
const BEN: &str = "李督查";
const EVE: &str = "張督查";

/// A calibration with everything around it.
struct Desk {
    round: Round,
    checklist: Checklist,
    inspection: Inspection,
    calibration: Option<Calibration>,
    sheets: [Inspection; 2],
    under_way: Option<Calibration>,
    no_walker: Option<PersonId>,
}

impl Desk {
    fn new() -> Self {
        let blank = || Inspection::new(ROUND, BRANCH);
        Self {
            round: forms::round(Scale::Four),
            checklist: forms::small(),
            inspection: blank(),
            calibration: None,
            sheets: [blank(), blank()],
            under_way: None,
            no_walker: None,
        }
    }

    fn begun(extent: Extent) -> Self {
        let mut desk = Self::new();
        desk.does(ANA, begin(ANA, BEN, extent));
        desk
    }

    /// Both have judged the three scored items and handed in; they differ on A-01 alone.
    fn handed_in() -> Self {
        let mut desk = Self::begun(Extent::Whole);
        for (who, first) in [(ANA, Verdict::Fail), (BEN, Verdict::Fair)] {
            desk.writes(who, judge("A-01", first));
            desk.writes(who, judge("A-02", Verdict::Pass));
            desk.writes(who, judge("B-01", Verdict::Pass));
            desk.writes(who, note("A-01", who));
            desk.does(who, CalibrationCommand::HandIn);
        }
        desk
    }

    fn decide(&self, who: &str, saw: Rev, command: CalibrationCommand) -> Result<Vec<CalibrationChange>, Refusal> {
        let around = CalibrationSurroundings {
            round: &self.round,
            checklist: &self.checklist,
            inspection: &self.inspection,
            sheets: &self.sheets,
            under_way: self.under_way.as_ref(),
            no_walker: self.no_walker.as_ref(),
        };
        decide_calibration(ID, self.calibration.as_ref(), around, &person(who), saw, command)
    }

    #[track_caller]
    fn does(&mut self, who: &str, command: CalibrationCommand) {
        let changes = self.decide(who, ALL, command).unwrap();
        let rev = self.calibration.as_ref().map_or(Rev(0), |calibration| calibration.rev).next();
        for change in changes {
            apply_calibration(&mut self.calibration, ID, rev, &person(who), Stamp(1), &change);
        }
    }

    #[track_caller]
    fn refuses(&self, who: &str, command: CalibrationCommand, why: Why) {
        assert_eq!(self.decide(who, ALL, command), Err(why.into()));
    }

    fn on_sheet(
        &self,
        who: &str,
        side: Side,
        command: InspectionCommand,
    ) -> Result<Vec<tijian::domain::InspectionChange>, Refusal> {
        let around = WalkSurroundings { round: &self.round, checklist: &self.checklist, history: None };
        let calibration = self.calibration.as_ref().unwrap();
        decide_sheet(calibration, side, side.of(&self.sheets), around, &person(who), ALL, command)
    }

    #[track_caller]
    fn writes(&mut self, who: &str, command: InspectionCommand) {
        let side = self.calibration.as_ref().unwrap().side_of(&person(who)).unwrap();
        let changes = self.on_sheet(who, side, command).unwrap();
        let sheet = &mut self.sheets[side as usize];
        let rev = sheet.rev.next();
        for change in changes {
            apply_inspection(sheet, rev, &person(who), Stamp(1), &change);
        }
    }

    fn agreement(&self) -> Agreement {
        Agreement::of(self.calibration.as_ref().unwrap(), &self.checklist, &self.sheets)
    }
}

fn begin(first: &str, second: &str, extent: Extent) -> CalibrationCommand {
    CalibrationCommand::Begin { walkers: [person(first), person(second)], extent }
}

fn choose(item: &str, choice: Choice) -> CalibrationCommand {
    CalibrationCommand::Choose(vec![(id(item), choice)])
}

fn other(verdict: Verdict, reason: &str) -> Choice {
    Choice::Other(Judgement { verdict, reason: reason.to_owned() })
}

fn two() -> [PersonId; 2] {
    [person(ANA), person(BEN)]
}

#[test]
fn it_begins_where_nothing_stands_yet() {
    let desk = Desk::new();
    for extent in [Extent::Whole, Extent::Card("A".to_owned()), Extent::Group("B1".to_owned())] {
        let begun = CalibrationChange::Begun { walkers: two(), extent: extent.clone() };
        assert_eq!(desk.decide(EVE, ALL, begin(ANA, BEN, extent)), Ok(vec![begun]));
    }
    let nowhere = |code: &str| Why::NoSuchPart(code.to_owned());
    desk.refuses(EVE, begin(ANA, BEN, Extent::Card("Z".to_owned())), nowhere("Z"));
    desk.refuses(EVE, begin(ANA, BEN, Extent::Group("A".to_owned())), nowhere("A"));
    desk.refuses(EVE, begin(ANA, ANA, Extent::Whole), Why::OneWalker(person(ANA)));
    let refused = |desk: &Desk, command| desk.decide(EVE, ALL, command).unwrap_err();
    assert_eq!(refused(&desk, begin(ANA, "", Extent::Whole)), Refusal::Empty("person"));
    assert!(matches!(refused(&desk, begin(ANA, &long(33), Extent::Whole)), Refusal::TooLong { .. }));

    let stranger = Desk { no_walker: Some(person(BEN)), ..Desk::new() };
    assert_eq!(refused(&stranger, begin(ANA, BEN, Extent::Whole)), Refusal::NoSuchWalker(person(BEN)));
    let mut over = Desk::new();
    over.round.closed = true;
    assert_eq!(refused(&over, begin(ANA, BEN, Extent::Whole)), Refusal::RoundClosed(ROUND));
    let mut away = Desk::new();
    away.round.branches.clear();
    assert_eq!(refused(&away, begin(ANA, BEN, Extent::Whole)), Refusal::NotInRound { round: ROUND, branch: BRANCH });
    let mut signed = Desk::new();
    signed.inspection.signed = Some(Signed { by: person(EVE), at: Stamp(3) });
    let why = Refusal::AlreadySigned { by: person(EVE), at: Stamp(3) };
    assert_eq!(refused(&signed, begin(ANA, BEN, Extent::Whole)), why);
}

#[test]
fn what_everybody_can_see_is_not_judged_blind() {
    for command in [judge("A-01", Verdict::Pass), note("A-01", "記錄齊全"), find("A-01", "應4次，僅2次")] {
        let mut walk = forms::Walk::new(Scale::Four);
        walk.does(EVE, [command]);
        let desk = Desk { inspection: walk.inspection, ..Desk::new() };
        desk.refuses(EVE, begin(ANA, BEN, Extent::Whole), Why::JudgedAlready(vec![id("A-01")]));
        assert!(desk.decide(EVE, ALL, begin(ANA, BEN, Extent::Card("B".to_owned()))).is_ok());
    }
}

#[test]
fn there_is_one_at_a_time() {
    let begun = Desk::begun(Extent::Card("A".to_owned()));
    begun.refuses(ANA, begin(ANA, BEN, Extent::Whole), Why::Exists(ID));
    let second = Desk { under_way: begun.calibration, ..Desk::new() };
    second.refuses(EVE, begin(ANA, EVE, Extent::Card("B".to_owned())), Why::UnderWay { by: person(ANA), at: Stamp(1) });
}

#[test]
fn each_of_the_two_writes_on_their_own_sheet_alone() {
    let mut desk = Desk::begun(Extent::Card("A".to_owned()));
    let pass = || judge("A-01", Verdict::Pass);
    let refused = |desk: &Desk, who, side, command| desk.on_sheet(who, side, command).unwrap_err();
    for (who, side) in [(EVE, Side::First), (EVE, Side::Second), (ANA, Side::Second), (BEN, Side::First)] {
        assert_eq!(refused(&desk, who, side, pass()), Why::NotOneOfTheTwo(two()).into());
    }
    assert_eq!(refused(&desk, ANA, Side::First, judge("B-01", Verdict::Pass)), Why::NotInIt(id("B-01")).into());
    for command in [find("A-01", "應4次，僅2次"), InspectionCommand::SignOff, reopen("補充")] {
        assert_eq!(refused(&desk, ANA, Side::First, command), Why::NotOnASheet.into());
    }
    for command in [pass(), note("A-01", "齊全"), mark("A-01", true)] {
        assert!(desk.on_sheet(ANA, Side::First, command).is_ok());
    }
    // The rules of the walk hold on a sheet.
    let silent = InspectionCommand::Judge(vec![(id("A-01"), Some(judgement(Verdict::NotApplicable, "")))]);
    assert_eq!(refused(&desk, ANA, Side::First, silent), Refusal::NeedsReason(id("A-01")));
    desk.writes(ANA, pass());
    desk.refuses(ANA, CalibrationCommand::HandIn, Why::Unanswered(vec![id("A-02")]));
    desk.refuses(EVE, CalibrationCommand::HandIn, Why::NotOneOfTheTwo(two()));
    desk.writes(ANA, judge("A-02", Verdict::Pass));
    desk.does(ANA, CalibrationCommand::HandIn);
    desk.refuses(ANA, CalibrationCommand::HandIn, Why::HandedIn(Stamp(1)));
    assert_eq!(refused(&desk, ANA, Side::First, judge("A-01", Verdict::Fail)), Why::HandedIn(Stamp(1)).into());
    assert!(desk.on_sheet(BEN, Side::Second, pass()).is_ok());
}

#[test]
fn the_annex_may_stay_open() {
    let mut desk = Desk::begun(Extent::Card("Q".to_owned()));
    desk.does(ANA, CalibrationCommand::HandIn);
    desk.does(BEN, CalibrationCommand::HandIn);
    assert_eq!(desk.agreement().items, []);
    desk.does(EVE, CalibrationCommand::Merge);
}

#[test]
fn nothing_is_chosen_or_merged_before_both_have_handed_in() {
    let mut desk = Desk::begun(Extent::Card("A".to_owned()));
    let first = || choose("A-01", Choice::Given(Side::First));
    for command in [first(), CalibrationCommand::Merge] {
        desk.refuses(ANA, command, Why::StillOut(vec![person(ANA), person(BEN)]));
    }
    for item in ["A-01", "A-02"] {
        desk.writes(ANA, judge(item, Verdict::Pass));
    }
    desk.does(ANA, CalibrationCommand::HandIn);
    for command in [first(), CalibrationCommand::Merge] {
        desk.refuses(ANA, command, Why::StillOut(vec![person(BEN)]));
    }
}

#[test]
fn a_verdict_is_taken_where_the_two_differ_and_nowhere_else() {
    let mut desk = Desk::handed_in();
    assert_eq!((desk.agreement().rate().got, desk.agreement().rate().of), (2, 3));
    desk.refuses(EVE, choose("A-02", Choice::Given(Side::First)), Why::Agreed(id("A-02")));
    desk.refuses(EVE, choose("Q-01", Choice::Given(Side::First)), Why::NotInIt(id("Q-01")));
    let refused = |desk: &Desk, choice| desk.decide(EVE, ALL, choose("A-01", choice)).unwrap_err();
    assert_eq!(refused(&desk, other(Verdict::NotApplicable, "")), Refusal::NeedsReason(id("A-01")));
    assert!(matches!(refused(&desk, other(Verdict::NotApplicable, &long(201))), Refusal::TooLong { .. }));
    desk.refuses(EVE, CalibrationCommand::Merge, Why::NotChosen(vec![id("A-01")]));
    desk.does(EVE, choose("A-01", Choice::Given(Side::First)));
    assert_eq!(refused(&desk, Choice::Given(Side::First)), Refusal::NothingChanged);
    // Who has not seen what was taken does not take anything else, and merges nothing.
    let stale = |item| Refusal::Stale { item, by: person(EVE), at: Stamp(1) };
    let again = choose("A-01", Choice::Given(Side::Second));
    assert_eq!(desk.decide(ANA, Rev(1), again.clone()), Err(stale(Some(id("A-01")))));
    assert_eq!(desk.decide(ANA, Rev(1), CalibrationCommand::Merge), Err(stale(None)));
    desk.does(ANA, again);
    desk.does(ANA, CalibrationCommand::Merge);
    let over = || Why::Over { by: person(ANA), at: Stamp(1) };
    let reason = "一人調離".to_owned();
    let commands = [CalibrationCommand::HandIn, choose("A-01", Choice::Given(Side::First)), CalibrationCommand::Merge];
    for command in commands.into_iter().chain([CalibrationCommand::CallOff { reason }]) {
        desk.refuses(ANA, command, over());
    }
    let late = desk.on_sheet(ANA, Side::First, judge("A-01", Verdict::Pass)).unwrap_err();
    assert_eq!(late, over().into());
}

#[test]
fn on_a_scale_of_two_no_third_verdict_is_taken() {
    let mut desk = Desk::handed_in();
    desk.round.plan.scale = Scale::Two;
    let refused = desk.decide(EVE, ALL, choose("A-01", other(Verdict::Good, ""))).unwrap_err();
    assert_eq!(refused, Refusal::NotOnThisScale(Verdict::Good));
}

#[test]
fn the_note_goes_with_the_verdict_that_is_taken() {
    let taken = [
        (Choice::Given(Side::First), Verdict::Fail, ANA.to_owned()),
        (Choice::Given(Side::Second), Verdict::Fair, BEN.to_owned()),
        (other(Verdict::Good, ""), Verdict::Good, format!("{ANA}\n{BEN}")),
    ];
    for (choice, verdict, text) in taken {
        let mut desk = Desk::handed_in();
        desk.does(EVE, choose("A-01", choice));
        let commands = desk.agreement().merger(desk.calibration.as_ref().unwrap()).unwrap();
        let verdicts = [("A-01", verdict), ("A-02", Verdict::Pass), ("B-01", Verdict::Pass)];
        let verdicts = verdicts.map(|(item, verdict)| (id(item), Some(judgement(verdict, ""))));
        let note = InspectionCommand::Note { item: id("A-01"), text };
        assert_eq!(commands, [InspectionCommand::Judge(verdicts.to_vec()), note]);
    }
}

#[test]
fn it_is_called_off_with_a_reason() {
    let mut desk = Desk::begun(Extent::Whole);
    let call_off = |reason: &str| CalibrationCommand::CallOff { reason: reason.to_owned() };
    assert_eq!(desk.decide(EVE, ALL, call_off(" ")), Err(Refusal::Empty("reason")));
    desk.does(EVE, call_off("一人調離"));
    desk.refuses(ANA, CalibrationCommand::HandIn, Why::Over { by: person(EVE), at: Stamp(1) });
    let calibration = desk.calibration.unwrap();
    assert!(!calibration.shows(Side::First, &person(BEN)) && calibration.shows(Side::First, &person(ANA)));
}

#[test]
fn the_walk_itself_waits_for_what_is_judged_blind() {
    let desk = Desk::begun(Extent::Card("A".to_owned()));
    let mut calibration = desk.calibration.clone().unwrap();
    let around = WalkSurroundings { round: &desk.round, checklist: &desk.checklist, history: None };
    let decide =
        |command| tijian::domain::decide_inspection(&desk.inspection, around, &person(EVE), ALL, command).unwrap();
    for item in ITEMS {
        let inside = item.starts_with('A');
        for command in [judge(item, Verdict::Pass), note(item, "齊全"), mark(item, true), find(item, "僅2次")] {
            let changes = decide(command);
            assert_eq!(held(&calibration, &desk.checklist, &changes).is_err(), inside, "{item}");
        }
    }
    let sign = [tijian::domain::InspectionChange::Signed { score: ScoreLine::default() }];
    assert_eq!(held(&calibration, &desk.checklist, &sign), Err(Why::Held(two()).into()));
    let end = tijian::domain::CalibrationEnd { ending: tijian::domain::Ending::Merged, by: person(EVE), at: Stamp(2) };
    calibration.end = Some(end);
    assert_eq!(held(&calibration, &desk.checklist, &sign), Ok(()));
}

#[test]
fn a_part_is_a_checklist_of_its_own() {
    let whole = forms::small();
    assert_eq!(Extent::Whole.cut(&whole), whole);
    let part = Extent::named(&whole, "b").unwrap().cut(&whole);
    assert_eq!((part.cards.len(), part.groups.len(), part.items.len()), (1, 1, 1));
    let item = &part.items[0];
    assert_eq!((item.id.clone(), part.card_of(item).unwrap().id.as_str()), (id("B-01"), "B"));
    assert!(part.scored(item));
    assert_eq!(Extent::named(&whole, "Z"), None);
    assert_eq!(Extent::named(&whole, "q1"), Some(Extent::Group("Q1".to_owned())));
}

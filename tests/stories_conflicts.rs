//! Two persons at the same text, form or verdict: both are shown beside each other, and a key takes either.

mod house;

use house::{House, Who};
use tijian::domain::{
    BranchCommand, BranchId, Class, Command, Day, FindingFacts, HouseCommand, Inspection, InspectionCommand, ItemId,
    Lang, Reading, RoundId, Severity, Verdict,
};

const ANA: &str = "王督查";
const BEN: &str = "李督查";

fn item(id: &str) -> ItemId {
    ItemId(id.to_owned())
}

/// Two inspectors at the first item of one branch.
fn two() -> (House, Who, Who) {
    let mut house = House::furnished();
    let (ana, ben) = (house.inspector(ANA), house.inspector(BEN));
    for who in [ana, ben] {
        house.press(who, "2<enter><enter>").sees(who, "R-01");
    }
    (house, ana, ben)
}

fn inspection(house: &House) -> Inspection {
    house.shelf().inspection(RoundId(1), BranchId(2)).unwrap()
}

fn note(house: &House) -> String {
    inspection(house).note(&item("R-01")).to_owned()
}

/// Lets both do something before either screen has heard of the other; the first is first at the desk.
fn at_once(house: &mut House, acts: [(Who, &str); 2]) {
    house.prompt = false;
    for (who, keys) in acts {
        house.press(who, keys);
    }
    house.prompt = true;
    house.answers();
}

/// Lets both write a note on the first item.
fn notes(house: &mut House, first: (Who, &str), second: (Who, &str)) {
    for (who, text) in [first, second] {
        house.press(who, ";").types(who, text);
    }
    at_once(house, [(first.0, "<c-s>"), (second.0, "<c-s>")]);
}

#[test]
fn two_texts_stand_beside_each_other_with_who_and_when_and_a_key_takes_mine() {
    let (mut house, ana, ben) = two();
    notes(&mut house, (ana, "會議記錄齊全"), (ben, "缺第二季度記錄"));
    house.sees(ben, "同時改動").sees(ben, "王督查 09:00:00 改過此處，與您的不同。").sees(ben, "備註 R-01");
    let screen = house.screen(ben);
    let line = screen.lines().find(|line| line.contains("會議記錄齊全")).unwrap();
    assert!(line.find("會議記錄齊全") < line.find("缺第二季度記錄"), "beside each other: {line}");
    house.sees(ben, "8 用我的").sees(ben, "9 用對方的");
    assert_eq!(note(&house), "會議記錄齊全", "nothing is overwritten unseen");
    house.press(ben, "8").sees_no(ben, "同時改動").sees(ana, "缺第二季度記錄");
    assert_eq!(note(&house), "缺第二季度記錄");
}

#[test]
fn a_key_takes_theirs_and_drops_mine() {
    let (mut house, ana, ben) = two();
    notes(&mut house, (ana, "甲記"), (ben, "乙記"));
    let rev = inspection(&house).rev;
    house.press(ben, "9").sees(ben, "已保留對方的").sees(ben, "甲記").sees_no(ben, "乙記");
    assert_eq!((note(&house).as_str(), inspection(&house).rev), ("甲記", rev), "nothing was written");
    house.press(ben, ";").sees_no(ben, "乙記");
}

#[test]
fn esc_goes_back_to_the_field_with_mine_in_it() {
    let (mut house, ana, ben) = two();
    notes(&mut house, (ana, "甲記"), (ben, "乙記"));
    house.press(ben, "<esc>").sees(ben, "您的文字仍在，未保存").sees(ben, "乙記");
    house.types(ben, "兼甲").press(ben, "<c-s>");
    assert_eq!(note(&house), "乙記兼甲");
}

#[test]
fn a_third_change_meanwhile_is_shown_before_mine_is_taken() {
    let (mut house, ana, ben) = two();
    notes(&mut house, (ana, "甲記"), (ben, "乙記"));
    house.press(ana, ";").types(ana, "之二").press(ana, "<c-s>");
    house.press(ben, "8").sees(ben, "同時改動").sees(ben, "甲記之二");
    assert_eq!(note(&house), "甲記之二");
    house.press(ben, "8");
    assert_eq!(note(&house), "乙記");
}

#[test]
fn at_sixty_columns_they_stand_above_one_another() {
    let mut house = House::furnished();
    let ana = house.inspector(ANA);
    let ben = house.sits(BEN, (60, 18), Lang::Hant);
    for who in [ana, ben] {
        house.press(who, "2<enter><enter>");
    }
    notes(&mut house, (ana, "甲記"), (ben, "乙記"));
    let screen = house.screen(ben);
    let at = |text: &str| screen.lines().position(|line| line.contains(text)).unwrap();
    assert!(at("現在的") < at("甲記") && at("甲記") < at("│ 您的") && at("│ 您的") < at("乙記"), "{screen}");
    house.sees(ben, "8 用我的   9 用對方的   Esc 回去改");
}

#[test]
fn a_long_text_is_scrolled() {
    let (mut house, ana, ben) = two();
    let long: String = (1..=60).map(|n| format!("第{n}處記錄不全；")).collect();
    notes(&mut house, (ana, "甲記"), (ben, &long));
    house.sees(ben, "PgDn +").sees_no(ben, "第60處").press(ben, "<pagedown><pagedown><pagedown>").sees(ben, "第60處");
    // The end is the end: one key leads up again.
    house.press(ben, "<pagedown><pagedown><pagedown><pageup><pageup><pageup>").sees_no(ben, "第60處");
}

#[test]
fn a_line_that_drops_over_a_conflict_costs_no_text() {
    let (mut house, ana, ben) = two();
    notes(&mut house, (ana, "甲記"), (ben, "乙記"));
    house.is_killed().sees(ben, "乙記");
    house.press(ben, "<c-s>");
    assert_eq!(note(&house), "乙記");
}

#[test]
fn two_verdicts_of_the_same_moment_are_told_and_a_key_takes_either() {
    for (key, kept) in [("8", Verdict::Good), ("9", Verdict::Pass), ("<esc>", Verdict::Pass)] {
        let (mut house, ana, ben) = two();
        at_once(&mut house, [(ana, "1"), (ben, "2")]);
        house.sees(ben, "王督查 09:00:00 改過此處").sees(ben, "R-01 年度").sees(ben, "合格").sees(ben, "較好");
        // What was meant for the next item takes neither.
        house.press(ben, "1").sees(ben, "同時改動");
        assert_eq!(inspection(&house).verdict(&item("R-02")), None);
        house.press(ben, key).sees_no(ben, "同時改動");
        let stands = inspection(&house);
        assert_eq!(stands.verdict(&item("R-01")), Some(kept), "{key}");
        for who in [ana, ben] {
            assert_eq!(house.of(who).walk().unwrap().inspection, stands, "{key}");
        }
    }
}

#[test]
fn the_same_verdict_from_both_is_no_conflict() {
    let (mut house, ana, ben) = two();
    at_once(&mut house, [(ana, "1"), (ben, "1")]);
    house.sees_no(ben, "同時改動").sees(ben, "王督查");
}

#[test]
fn a_failing_verdict_that_is_taken_leads_to_its_finding() {
    let (mut house, ana, ben) = two();
    at_once(&mut house, [(ana, "1"), (ben, "4")]);
    house.sees(ben, "同時改動").press(ben, "8").sees(ben, "問題  R-01");
    assert_eq!(inspection(&house).verdict(&item("R-01")), Some(Verdict::Fail));
}

#[test]
fn of_a_whole_group_only_what_clashes_is_left_to_the_other() {
    let (mut house, ana, ben) = two();
    house.prompt = false;
    house.press(ana, "3").press(ben, "A").press(ben, "y");
    house.prompt = true;
    house.answers();
    house.sees(ben, "同時改動").sees(ben, "一般").press(ben, "9");
    let stands = inspection(&house);
    assert_eq!(stands.verdict(&item("R-01")), Some(Verdict::Fair));
    assert_eq!(stands.verdict(&item("R-02")), Some(Verdict::Pass));
}

#[test]
fn rows_of_a_form_clash_one_by_one() {
    let mut house = House::furnished();
    let (ana, ben) = (house.inspector(ANA), house.inspector(BEN));
    for who in [ana, ben] {
        house.press(who, "4j").press(who, "e").sees(who, "機關第三黨支部");
    }
    house.types(ana, "甲").press(ana, "<c-s>");
    house.types(ben, "乙").press(ben, "<tab>").types(ben, "B").press(ben, "<c-s>");
    house.sees(ben, "同時改動").sees(ben, "王督查").sees(ben, "機關第三黨支部甲").sees(ben, "機關第三黨支部乙");
    // The name is theirs, the code was nobody else's and stays as it was typed.
    house.press(ben, "9").sees(ben, "機關第三黨支部甲").sees(ben, "JG-003B").press(ben, "<c-s>");
    let facts = house.shelf().branch(BranchId(2)).unwrap().unwrap().facts;
    assert_eq!((facts.code.as_str(), facts.name.as_str()), ("JG-003B", "機關第三黨支部甲"));
    // And once more, with one's own.
    for who in [ana, ben] {
        house.press(who, "e");
    }
    house.types(ana, "丙").press(ana, "<c-s>").types(ben, "丁").press(ben, "<c-s>").press(ben, "8");
    assert_eq!(house.shelf().branch(BranchId(2)).unwrap().unwrap().facts.name, "機關第三黨支部甲丁");
}

#[test]
fn a_finding_that_two_correct_is_shown_in_both_wordings() {
    let (mut house, ana, ben) = two();
    let facts = FindingFacts {
        item: item("R-01"),
        fact: "未制定計劃".to_owned(),
        severity: Severity::Minor,
        class: Class::Limited,
        due: Day::new(2026, 12, 20).unwrap(),
    };
    house.does(ANA, Command::Inspection(RoundId(1), BranchId(2), InspectionCommand::Find { n: None, facts }));
    house.answers();
    for who in [ana, ben] {
        let head = house.shelf().head();
        house.msg(who, tijian::app::Msg::News(head));
        house.press(who, "gg").press(who, "f").sees(who, "未制定計劃");
    }
    house.types(ana, "，甲").types(ben, "，乙");
    at_once(&mut house, [(ana, "<c-s>"), (ben, "<c-s>")]);
    house.sees(ben, "同時改動").sees(ben, "未制定計劃，甲").sees(ben, "未制定計劃，乙");
    house.press(ben, "8");
    assert_eq!(inspection(&house).findings[&1].facts.fact, "未制定計劃，乙");
}

#[test]
fn the_name_of_the_house_says_who_has_changed_it() {
    let mut house = House::furnished();
    let ana = house.inspector(ANA);
    house.press(ana, "o").types(ana, "甲").press(ana, "<tab>");
    house.does("admin", Command::House(HouseCommand::Name("新名".to_owned())));
    house.press(ana, "<enter>").sees(ana, "admin 09:00:00 改過此處").sees(ana, "新名").sees(ana, "練習單位甲");
    house.press(ana, "9");
    assert_eq!(house.shelf().house().unwrap().name, "新名");
}

#[test]
fn a_conflict_waits_until_nothing_else_is_open() {
    let (mut house, ana, ben) = two();
    house.prompt = false;
    house.press(ana, "1").press(ben, "2").press(ben, ";").types(ben, "記");
    house.prompt = true;
    house.answers();
    house.sees_no(ben, "同時改動").types(ben, "8").press(ben, "<c-s>");
    house.sees(ben, "同時改動").press(ben, "8");
    let stands = inspection(&house);
    assert_eq!((stands.verdict(&item("R-01")), stands.note(&item("R-02"))), (Some(Verdict::Good), "記8"));
}

#[test]
fn what_is_retired_meanwhile_is_refused_as_before() {
    let mut house = House::furnished();
    let ana = house.inspector(ANA);
    house.press(ana, "4j").press(ana, "e").types(ana, "甲");
    let reason = "機構撤銷".to_owned();
    house.does("admin", Command::Branch(BranchId(2), BranchCommand::Retire { reason }));
    house.press(ana, "<c-s>").sees(ana, "剛才改過").sees_no(ana, "同時改動").sees(ana, "機關第三黨支部甲");
}

#[test]
fn line_by_line_it_is_a_question() {
    for (answers, kept, left) in [(&["8"][..], "乙記", false), (&["9"], "甲記", false), (&["1", "<", ""], "乙記", true)]
    {
        let (mut house, ana, ben) = two();
        notes(&mut house, (ana, "甲記"), (ben, "乙記"));
        let mut talk = house.talks_on(ben);
        let asked = talk.begin();
        for told in ["王督查 09:00:00 改過此處", "現在的", "甲記", "您的", "乙記", "8 用我的；9 用對方的；< 回去改"]
        {
            assert!(asked.contains(told), "{told}: {asked}");
        }
        let said: String = answers.iter().map(|line| talk.hear(line)).collect();
        assert_eq!(said.contains("備註 R-01"), left, "{answers:?}: {said}");
        drop(talk);
        assert_eq!(note(&house), kept, "{answers:?}: {said}");
    }
}

/// Lets one park what they have typed in the form of a branch, and another keep something else meanwhile.
fn parked_and_overtaken() -> (House, Who) {
    let mut house = House::furnished();
    let (ana, ben) = (house.inspector(ANA), house.inspector(BEN));
    house.press(ben, "4j").press(ben, "e").types(ben, "乙").press(ben, "<tab>").types(ben, "B");
    house.press(ben, "<esc>").sees(ben, "已暫放");
    house.press(ana, "4j").press(ana, "e").types(ana, "甲").press(ana, "<c-s>").sees(ana, "機關第三黨支部甲");
    house.press(ben, "e");
    (house, ben)
}

fn facts(house: &House) -> (String, String) {
    let facts = house.shelf().branch(BranchId(2)).unwrap().unwrap().facts;
    (facts.code, facts.name)
}

#[test]
fn a_form_that_was_put_aside_stands_beside_what_another_has_kept_since() {
    let kept = |code: &str, name: &str| (code.to_owned(), name.to_owned());
    for (key, name) in [("8", "機關第三黨支部乙"), ("9", "機關第三黨支部甲"), ("<esc>", "機關第三黨支部乙")]
    {
        let (mut house, ben) = parked_and_overtaken();
        house.sees(ben, "同時改動").sees(ben, "王督查 09:00:00 改過此處，與您的不同。");
        house.sees(ben, "機關第三黨支部甲").sees(ben, "機關第三黨支部乙").sees_no(ben, "JG-003B");
        // A key takes either; nothing is kept before it is kept by hand, and what nobody else has touched is one's own.
        house.press(ben, key).sees_no(ben, "同時改動").sees(ben, name).sees(ben, "JG-003B");
        assert_eq!(facts(&house), kept("JG-003", "機關第三黨支部甲"), "{key}");
        house.press(ben, "<c-s>").sees_no(ben, "同時改動").sees(ben, "已存");
        assert_eq!(facts(&house), kept("JG-003B", name), "{key}");
    }
}

#[test]
fn a_form_that_was_put_aside_and_is_left_again_is_laid_beside_the_newer_once_more() {
    let (mut house, ben) = parked_and_overtaken();
    // A line that drops while both are shown shows both again.
    house.is_killed().sees(ben, "同時改動").sees(ben, "機關第三黨支部甲").sees(ben, "機關第三黨支部乙");
    house.press(ben, "9").sees(ben, "JG-003B").press(ben, "<esc>").sees(ben, "已暫放");
    // What was taken is taken: it is opened again as it was left.
    house.press(ben, "e").sees_no(ben, "同時改動").sees(ben, "機關第三黨支部甲").sees(ben, "JG-003B");
    // What another keeps after that is shown anew, with the day where it is another.
    house.press(ben, "<up>").types(ben, "丙").press(ben, "<esc>");
    let ana = house.inspector(ANA);
    house.press(ana, "4j").press(ana, "e").types(ana, "丁").press(ana, "<c-s>");
    house.now = tijian::domain::Stamp(house.now.0 + 24 * 60 * 60 * 1000);
    house.press(ben, "e").sees(ben, "同時改動").sees(ben, "王督查 2026年11月23日 09:00:00 改過此處");
}

#[test]
fn a_round_that_was_put_aside_is_laid_beside_the_newer_too() {
    let mut house = House::furnished();
    let (ana, ben) = (house.inspector(ANA), house.inspector(BEN));
    for who in [ana, ben] {
        house.press(who, "2E").sees(who, "名稱");
    }
    house.types(ben, "乙").press(ben, "<esc>").sees(ben, "已暫放").types(ana, "甲").press(ana, "<c-s>");
    house.press(ben, "E").sees(ben, "同時改動").sees(ben, "2026-4甲").sees(ben, "2026-4乙").press(ben, "9");
    house.sees(ben, "已保留對方的").sees_no(ben, "同時改動");
}

#[test]
fn a_finding_that_was_put_aside_is_laid_beside_the_newer_too() {
    let (mut house, ana, ben) = two();
    let facts = |fact: &str| FindingFacts {
        item: item("R-01"),
        fact: fact.to_owned(),
        severity: Severity::Minor,
        class: Class::Limited,
        due: Day::new(2026, 12, 20).unwrap(),
    };
    let find = |house: &mut House, n, fact| {
        let find = InspectionCommand::Find { n, facts: facts(fact) };
        house.does(ANA, Command::Inspection(RoundId(1), BranchId(2), find));
        let head = house.shelf().head();
        for who in [ana, ben] {
            house.msg(who, tijian::app::Msg::News(head));
        }
    };
    find(&mut house, None, "未制定計劃");
    house.press(ben, "ggf").sees(ben, "未制定計劃").types(ben, "，乙").press(ben, "<esc>").sees(ben, "已暫放");
    find(&mut house, Some(1), "未制定計劃，甲");
    house.press(ben, "f").sees(ben, "同時改動").sees(ben, "王督查 09:00:00").sees(ben, "未制定計劃，甲");
    house.sees(ben, "未制定計劃，乙").press(ben, "8").press(ben, "<c-s>");
    assert_eq!(inspection(&house).findings[&1].facts.fact, "未制定計劃，乙");
}

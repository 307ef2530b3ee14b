//! The papers of rectification: what they say, what stays blank, and what stored text cannot do to them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a broken test says so")]

mod house;
mod paper;

use house::{House, NINE};
use paper::page::{HOSTILE, fits, is_golden, skeleton, solid};
use paper::{BRANCH, PERSONS, ROUND, Tampered, signed};
use tijian::domain::{
    Answers, BranchId, Command, Criteria, Day, Evidence, FindingId, FollowCommand, FollowStep, HouseCommand, Lang,
    Level, Look, LookbackCommand, LookbackId, Outcome, Paper as Kind, PersonFacts, PersonId, Reading, RectFacts,
    RectId, Role, RoundCommand, RoundId, Severity, Stamp,
};
use tijian::report::{self, Letter, NoPaper, Paper};

/// Those who act besides the inspectors; no paper may name them.
const APPROVER: &str = "p-qian-0042";
const SECRETARY: &str = "p-sun-1108";
/// 少開支部黨員大會: with the branch, another day was asked for twice.
const MEETING: RectId = RectId { finding: FindingId { round: ROUND, branch: BRANCH, n: 1 }, item: 1 };
/// A second item of the same finding: a draft.
const SECOND: RectId = RectId { item: 2, ..MEETING };
/// 未換屆: grave, sent back once, closed.
const TERM: RectId = RectId { finding: FindingId { round: ROUND, branch: BRANCH, n: 2 }, item: 1 };

const LOOKBACK: LookbackId = LookbackId(1);

fn day(month: i8, day: i8) -> Day {
    Day::new(2026, month, day).unwrap()
}

fn on(house: &mut House, month: i8, date: i8) {
    let days = day(month, date).since(day(11, 23));
    house.now = Stamp(NINE.0 + i64::from(days) * 86_400_000);
}

fn steps(house: &mut House, who: &str, rect: RectId, behalf: &str, command: FollowCommand) {
    let step = FollowStep { item: rect.item, behalf: behalf.to_owned(), batch: false, command };
    house.does(who, Command::Follow(rect.finding, step));
}

fn evidence(title: &str, date: Day) -> FollowCommand {
    FollowCommand::Evidence(Evidence {
        title: title.to_owned(),
        number: "機三支〔2026〕4號".to_owned(),
        date,
        place: "支部檔案櫃第2格".to_owned(),
        sha256: String::new(),
    })
}

fn request() -> FollowCommand {
    FollowCommand::Request(Answers {
        gone: "已完成換屆，新一屆支委會於11月26日選出。".to_owned(),
        cause: "換屆提醒無人負責，已明確由組織委員負責。".to_owned(),
        rule: "任期表列入支部年度計劃，屆滿前六個月提醒。".to_owned(),
    })
}

/// A house with persons, in which one item is closed, one is with the branch, and one is a draft.
fn followed() -> House {
    let mut house = signed();
    let persons = [
        ("admin", Role::Admin, None, "機關黨委辦公室"),
        (PERSONS[0], Role::Inspector, None, "督查一組組長"),
        (PERSONS[1], Role::Inspector, None, "督查二組成員"),
        (APPROVER, Role::Approver, None, "機關黨委副書記"),
        (SECRETARY, Role::Branch, Some(BRANCH), "支部書記"),
    ];
    let own = ["機關黨委辦公室", "督查一組組長", "督查二組成員", "機關黨委副書記"].map(str::to_owned).to_vec();
    house.does("admin", Command::House(HouseCommand::AddPosts(own)));
    for (who, role, over, post) in persons {
        let facts = PersonFacts { role, over, belongs: over, post: post.to_owned() };
        house.does("admin", Command::House(HouseCommand::Man(PersonId(who.to_owned()), facts)));
    }
    let draft = RectFacts {
        measure: "修訂支部會議制度".to_owned(),
        goal: String::new(),
        lead: "機關黨委副書記".to_owned(),
        post: "組織委員".to_owned(),
        due: day(12, 30),
    };
    let facts = RectFacts {
        measure: "補開支部黨員大會並列入季度計劃".to_owned(),
        goal: "每季度召開一次，記錄齊全".to_owned(),
        due: day(12, 23),
        ..draft.clone()
    };
    steps(&mut house, PERSONS[0], MEETING, "", FollowCommand::Edit(facts));
    steps(&mut house, PERSONS[0], MEETING, "", FollowCommand::Draft(draft));
    on(&mut house, 11, 24);
    for rect in [MEETING, TERM] {
        steps(&mut house, PERSONS[0], rect, "", FollowCommand::Issue);
        steps(&mut house, SECRETARY, rect, "", FollowCommand::Receive);
        steps(
            &mut house,
            SECRETARY,
            rect,
            "",
            FollowCommand::Start { goal: String::new(), measure: "限期辦理，逐項落實".to_owned() },
        );
    }
    on(&mut house, 11, 26);
    let later = Day::new(2027, 1, 20).unwrap();
    let ask = |to, reason: &str| FollowCommand::Ask { to, reason: reason.to_owned() };
    steps(&mut house, SECRETARY, MEETING, "", ask(later, "會議室年底檢修。"));
    steps(&mut house, APPROVER, MEETING, "", FollowCommand::Deny { reason: "可借用教務處會議室。".to_owned() });
    steps(&mut house, SECRETARY, MEETING, "", ask(day(12, 28), "半數黨員外出調研，到會不足。"));
    steps(&mut house, APPROVER, MEETING, "", FollowCommand::Grant);
    steps(&mut house, SECRETARY, TERM, "", evidence("換屆選舉大會記錄", day(11, 26)));
    steps(&mut house, SECRETARY, TERM, "", request());
    steps(&mut house, PERSONS[1], TERM, "", FollowCommand::TakeUp);
    let reason = "選舉結果未報批。".to_owned();
    steps(&mut house, PERSONS[1], TERM, "", FollowCommand::Return { reason, due: day(12, 10) });
    on(&mut house, 11, 30);
    steps(&mut house, SECRETARY, MEETING, "", ask(later, "外出調研延長。"));
    steps(&mut house, SECRETARY, TERM, "", evidence("關於選舉結果的請示和批覆", day(11, 28)));
    steps(&mut house, SECRETARY, TERM, "", request());
    steps(&mut house, PERSONS[1], TERM, "", FollowCommand::TakeUp);
    steps(&mut house, PERSONS[1], TERM, "", FollowCommand::Pass { next: None });
    steps(&mut house, APPROVER, TERM, "", FollowCommand::Approve);
    steps(&mut house, PERSONS[0], MEETING, "", FollowCommand::Send(Kind::Reminder));
    looked_back(&mut house);
    house
}

/// Draws what is closed and finds that it has come back; the look-back goes on.
fn looked_back(house: &mut House) {
    let closer = Some(PersonId(PERSONS[1].to_owned()));
    let criteria = Criteria { severity: Some(Severity::Critical), over: Some(BRANCH), closer, size: 5 };
    house.does(PERSONS[0], Command::Lookback(LOOKBACK, LookbackCommand::Draw { criteria, seed: 20_261_130 }));
    let look = Look { outcome: Outcome::Relapsed, note: "補選的委員尚未報批。".to_owned() };
    let look = LookbackCommand::Look { rect: TERM, behalf: String::new(), look };
    house.does(PERSONS[0], Command::Lookback(LOOKBACK, look));
}

/// A paper, apart from the language.
type Written = (&'static str, fn(&dyn Reading, Lang) -> Result<Paper, NoPaper>);

/// Every paper, on a day on which there is something to write.
const PAPERS: [Written; 12] = [
    ("notice", |reading, lang| report::notice(reading, ROUND, BRANCH, lang, day(11, 30))),
    ("plan", |reading, lang| report::plan(reading, ROUND, BRANCH, lang, day(11, 30))),
    ("closure", |reading, lang| report::closure(reading, TERM, lang, day(11, 30))),
    ("closure-open", |reading, lang| report::closure(reading, MEETING, lang, day(11, 30))),
    ("extension", |reading, lang| report::extension(reading, MEETING, lang, day(11, 30))),
    ("reminder", |reading, lang| report::press(reading, Letter::Reminder, BRANCH, None, lang, day(12, 24))),
    ("urging", |reading, lang| {
        let (by, today) = (Day::new(2027, 1, 8), Day::new(2027, 1, 2).unwrap());
        report::press(reading, Letter::Urging, BRANCH, by, lang, today)
    }),
    ("supervision", |reading, lang| {
        report::press(reading, Letter::Supervision, BRANCH, None, lang, Day::new(2027, 1, 2).unwrap())
    }),
    ("talk", |reading, lang| report::press(reading, Letter::Talk, BRANCH, None, lang, Day::new(2027, 1, 14).unwrap())),
    ("lookback", |reading, lang| report::lookback(reading, LOOKBACK, lang, day(12, 1))),
    ("statistics", |reading, lang| report::statistics(reading, ROUND, lang, day(12, 1))),
    ("circular", |reading, lang| report::circular(reading, ROUND, lang, Day::new(2027, 2, 5).unwrap())),
];

#[test]
fn papers_are_what_they_were() {
    let house = followed();
    let shelf = house.shelf();
    for (name, paper) in PAPERS {
        is_golden(&format!("papers/{name}.txt"), &paper(&*shelf, Lang::Hans).unwrap().text());
        is_golden(&format!("papers/{name}.md"), &paper(&*shelf, Lang::Hans).unwrap().markdown());
    }
    for (name, paper) in [PAPERS[0], PAPERS[2], PAPERS[9], PAPERS[10], PAPERS[11]] {
        for lang in [Lang::Hant, Lang::En] {
            is_golden(&format!("papers/{name}-{}.txt", lang.code()), &paper(&*shelf, lang).unwrap().text());
        }
    }
}

fn every(reading: &dyn Reading) -> Vec<(&'static str, Lang, String, String)> {
    let mut all = Vec::new();
    for (name, paper) in PAPERS {
        for lang in Lang::ALL {
            let paper = paper(reading, lang).unwrap_or_else(|why| panic!("{name}: {why:?}"));
            all.push((name, lang, paper.text(), paper.markdown()));
        }
    }
    all
}

#[test]
fn every_paper_is_a_draft_that_fits_the_page_and_waits_for_a_hand() {
    for (name, lang, text, markdown) in every(&*followed().shelf()) {
        fits(&text);
        let mark = if lang == Lang::En { "[working draft" } else { "【工作稿" };
        assert!(text.starts_with(mark) && text.lines().last().unwrap().starts_with(mark), "{name}: {text}");
        let plain = markdown.replace('\\', "");
        assert!(plain.starts_with(&format!("**{mark}")), "{name}: {markdown}");
        let blanks: [&str; 2] = match lang {
            Lang::Hant => ["發文字號：＿", "印章：＿"],
            Lang::Hans => ["发文字号：＿", "印章：＿"],
            Lang::En => ["Number: __", "Seal: __"],
        };
        for blank in blanks {
            assert!(text.contains(blank), "{name}: {blank} is not blank in\n{text}");
        }
    }
}

#[test]
fn no_paper_names_a_person_or_concludes_what_a_committee_alone_decides() {
    let persons = [PERSONS[0], PERSONS[1], APPROVER, SECRETARY, "admin"];
    for (name, lang, text, markdown) in every(&*followed().shelf()) {
        for said in [text, markdown] {
            for person in persons {
                assert!(!said.contains(person), "{name} in {lang:?} names {person}:\n{said}");
            }
            let said = solid(&said.to_lowercase());
            for never in ["問責", "问责", "處分", "处分", "accountab", "disciplin", "punish"] {
                assert!(!said.contains(never), "{name} in {lang:?} says {never}");
            }
        }
    }
}

#[test]
fn posts_stand_where_persons_acted() {
    let house = followed();
    let said = report::closure(&*house.shelf(), TERM, Lang::Hant, day(11, 30)).unwrap().text();
    for line in [
        "申請人（崗位）：支部書記",
        "初核人（崗位）：督查二組成員",
        "審批人（崗位）：機關黨委副書記",
        "結論：同意銷號（按期）",
        "退回返工：1次",
        "問題是否消除：已完成換屆",
    ] {
        assert!(said.contains(line), "{line} is missing in\n{said}");
    }
    // One person who enters everybody's steps has named the posts.
    let mut alone = signed();
    on(&mut alone, 11, 24);
    steps(&mut alone, "local", TERM, "", FollowCommand::Issue);
    steps(&mut alone, "local", TERM, "支部書記", FollowCommand::Receive);
    let ask = FollowCommand::Ask { to: day(12, 20), reason: "材料在途。".to_owned() };
    steps(&mut alone, "local", TERM, "組織委員", ask);
    let said = report::extension(&*alone.shelf(), TERM, Lang::Hant, day(11, 30)).unwrap().text();
    assert!(said.contains("申請人（崗位）：組織委員") && !said.contains("local"), "{said}");
}

#[test]
fn what_is_open_stays_blank() {
    let house = followed();
    let said = report::closure(&*house.shelf(), MEETING, Lang::Hant, day(11, 30)).unwrap().text();
    for line in ["問題是否消除：＿", "申請日期：＿", "初核日期：＿", "結論：□ 同意銷號", "審批人（崗位）：＿"]
    {
        assert!(said.contains(line), "{line} is missing in\n{said}");
    }
    assert!(!said.contains("銷號日期"), "{said}");
    assert!(said.contains("尚未登記佐證材料"), "{said}");
}

#[test]
fn an_extension_tells_what_was_asked_and_answered_before() {
    let said = report::extension(&*followed().shelf(), MEETING, Lang::Hant, day(11, 30)).unwrap().text();
    let said = solid(&said);
    for line in [
        "原定時限：2026年12月23日",
        "現時限：2026年12月28日",
        "延期：1次（最多2次）",
        "申請延至：2027年1月20日",
        "理由：外出調研延長。",
        "當時時限：2026年12月23日申請延至：2027年1月20日理由：會議室年底檢修。結論：不批准：可借用教務處會議室。",
        "當時時限：2026年12月23日申請延至：2026年12月28日理由：半數黨員外出調研，到會不足。結論：批准延期",
        "結論：□批准，延至：",
    ] {
        assert!(said.contains(line), "{line} is missing in\n{said}");
    }
}

#[test]
fn items_are_named_by_what_they_are_for() {
    let said = report::notice(&*followed().shelf(), ROUND, BRANCH, Lang::Hant, day(11, 30)).unwrap().text();
    for name in ["2026-4/JG-003/S-07/01.1", "2026-4/JG-003/S-07/01.2", "2026-4/JG-003/S-03/02.1"] {
        assert!(said.contains(&format!("事項編號：{name}\n")), "{name} is missing in\n{said}");
    }
    assert!(solid(&said).contains("存在問題2個，列為整改事項3項"), "{said}");
}

#[test]
fn a_letter_presses_only_for_what_is_due_so_much() {
    let house = followed();
    let shelf = house.shelf();
    let press = |letter, today| report::press(&*shelf, letter, BRANCH, None, Lang::Hant, today);
    let new_year = |day| Day::new(2027, 1, day).unwrap();
    // The day is 12-28: eight days before it is not near yet, on the day itself it is, the day after it is late.
    for (letter, today, there) in [
        (Letter::Reminder, day(12, 20), false),
        (Letter::Reminder, day(12, 21), true),
        (Letter::Reminder, day(12, 28), true),
        (Letter::Reminder, day(12, 29), false),
        (Letter::Urging, day(12, 28), false),
        (Letter::Urging, day(12, 29), true),
        (Letter::Supervision, new_year(12), true),
        (Letter::Talk, new_year(12), false),
        (Letter::Talk, new_year(13), true),
        (Letter::Urging, new_year(13), false),
    ] {
        assert_eq!(press(letter, today).is_ok(), there, "{letter:?} on {today}");
    }
    let said = press(Letter::Urging, new_year(2)).unwrap().text();
    assert!(said.contains("逾期5天") && said.contains("提醒函（2026年11月30日）"), "{said}");
    let why = press(Letter::Talk, new_year(2)).unwrap_err();
    assert_eq!(why, NoPaper::NotPressed { wanted: Level::Talk, found: vec![(Level::Supervise, 1)] });
    assert_eq!(why.said(Lang::Hant), "該支部沒有處於「約談」的在辦事項；現有：督辦1項。");
    let why = report::press(&*shelf, Letter::Urging, BRANCH, Some(day(12, 1)), Lang::Hant, new_year(2));
    assert_eq!(why.unwrap_err(), NoPaper::PastAnswer);
}

#[test]
fn what_waits_for_a_look_is_no_longer_pressed_for() {
    let mut house = followed();
    steps(&mut house, SECRETARY, MEETING, "", evidence("大會記錄", day(11, 29)));
    steps(&mut house, SECRETARY, MEETING, "", request());
    let why = report::press(&*house.shelf(), Letter::Urging, BRANCH, None, Lang::Hant, day(12, 30)).unwrap_err();
    assert_eq!(why, NoPaper::NotPressed { wanted: Level::Supervise, found: Vec::new() });
}

#[test]
fn a_circular_counts_the_round_and_names_branches_that_are_long_behind() {
    let house = followed();
    let said = |today| report::circular(&*house.shelf(), ROUND, Lang::Hant, today).unwrap().text();
    let late = solid(&said(Day::new(2027, 2, 5).unwrap()));
    for line in [
        "本輪應體檢支部2個，已簽認1個，覆蓋率50.0%（1/2）。",
        "列入台賬的問題2個，其中嚴重1個、較重1個、一般0個；",
        "整改事項3項，已下發2項，已銷號1項，完成率50.0%（1/2）；銷號的事項中按期100.0%（1/1）。",
        "在辦1項，逾期1項，逾期率100.0%（1/1）；",
        "（三）逾期超過30天的支部",
        "機關第三黨支部139",
    ] {
        assert!(late.contains(line), "{line} is missing in\n{late}");
    }
    let early = said(day(12, 29));
    assert!(!early.contains("逾期超過") && early.contains("逾期1項"), "{early}");
}

#[test]
fn a_report_on_a_look_back_has_its_sample_and_leaves_causes_to_a_hand() {
    let said = report::lookback(&*followed().shelf(), LOOKBACK, Lang::Hant, day(12, 1)).unwrap().text();
    let solid = solid(&said);
    for line in [
        "種子：20261130",
        "符合條件的已銷號事項1項，隨機抽取1項，已看1項，未看0項。",
        "其中有效0項，有效率0.0%（0/1）；反彈1項，反彈率100.0%（1/1）。",
        "反彈情況：補選的委員尚未報批。",
        "原因和下步措施：＿",
        "限同一核驗人",
    ] {
        assert!(solid.contains(line), "{line} is missing in\n{said}");
    }
}

#[test]
fn statistics_are_those_of_the_day_until_they_are_written_down() {
    let mut house = followed();
    let said =
        |house: &House, today| solid(&report::statistics(&*house.shelf(), ROUND, Lang::Hant, today).unwrap().text());
    let open = said(&house, day(12, 1));
    for line in ["2026年12月1日統計，輪次尚未結束", "覆蓋率50.0%（1/2）", "反彈率100.0%（1/1）", "措施完成率"]
    {
        assert!(open.contains(line), "{line} is missing in\n{open}");
    }
    house.does("admin", Command::Round(ROUND, RoundCommand::Close));
    let written = said(&house, Day::new(2027, 3, 1).unwrap());
    assert!(written.contains("2026年11月30日輪次結束時記下"), "{written}");
    house.does("admin", Command::Round(ROUND, RoundCommand::Correct { reason: "結論記錯".to_owned() }));
    house.does("admin", Command::Round(ROUND, RoundCommand::Close));
    let corrected = said(&house, day(12, 1));
    assert!(corrected.contains("2026年11月30日更正：結論記錯"), "{corrected}");
}

#[test]
fn there_is_no_paper_where_there_is_nothing_to_write_about() {
    let house = followed();
    let shelf = house.shelf();
    let notice = |round, branch| report::notice(&*shelf, round, branch, Lang::Hant, day(11, 30)).unwrap_err();
    assert_eq!(notice(RoundId(9), BRANCH), NoPaper::NotInRound);
    assert_eq!(notice(ROUND, BranchId(1)), NoPaper::NotInRound);
    assert_eq!(notice(ROUND, BranchId(3)), NoPaper::NothingFollowed);
    assert_eq!(notice(RoundId(2), BRANCH), NoPaper::NothingFollowed, "it is not signed");
    assert_eq!(report::closure(&*shelf, SECOND, Lang::Hant, day(11, 30)).unwrap_err(), NoPaper::NotIssued);
    assert_eq!(report::extension(&*shelf, SECOND, Lang::Hant, day(11, 30)).unwrap_err(), NoPaper::NotIssued);
    let third = RectId { item: 3, ..MEETING };
    assert_eq!(report::closure(&*shelf, third, Lang::Hant, day(11, 30)).unwrap_err(), NoPaper::NoItem);
    assert_eq!(
        report::lookback(&*shelf, LookbackId(9), Lang::Hant, day(11, 30)).unwrap_err(),
        NoPaper::NoLookback(LookbackId(9))
    );
    assert_eq!(report::statistics(&*shelf, RoundId(9), Lang::Hant, day(11, 30)).unwrap_err(), NoPaper::NotInRound);
    let empty = report::circular(&*shelf, RoundId(2), Lang::Hant, day(11, 30)).unwrap_err();
    assert_eq!(empty, NoPaper::NothingFollowed);
}

#[test]
fn stored_text_cannot_make_markup_steer_a_terminal_or_widen_the_page() {
    let house = followed();
    for (name, paper) in PAPERS {
        let markdown = |text: &str| paper(&Tampered::over(&house).writes(text), Lang::Hant).unwrap().markdown();
        let plain = skeleton(&markdown("無"));
        for hostile in HOSTILE {
            let said = markdown(hostile);
            assert_eq!(skeleton(&said), plain, "{name}: {hostile:?} changes the markup:\n{said}");
            let text = paper(&Tampered::over(&house).writes(hostile), Lang::Hant).unwrap().text();
            for said in [said, text.clone()] {
                assert!(tijian::text::is_clean(&said, true), "{name}: {hostile:?} steers");
                assert!(!said.contains(|c: char| c.is_control() && c != '\n'), "{name}: {hostile:?}");
            }
            fits(&text);
        }
    }
}

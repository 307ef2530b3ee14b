//! The robot inspectors at home: each sees what waits for them, by deadline, and nothing of what is not theirs.

mod found;
mod house;
mod keep;

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use found::{day, day_comes, manned, mans, rect, signs, standing, steps};
use house::{House, Who};
use tijian::app::{Home, LISTED, Msg, Task, VISITED};
use tijian::domain::{
    BranchId, Command, Day, FollowCommand, FollowStep, Gate, HouseCommand, PersonId, Policy, Reading, RectFacts, Role,
    Severity, Waiting,
};
use tijian::store::{Batch, FileJournal, Records, RecordsError, Shelf};

/// The lines of the rectification items on the home screen.
fn items(house: &House, who: Who) -> Vec<(Waiting, u16)> {
    let tijian::app::Screen::Home(home) = &house.of(who).screen else { panic!("not at home") };
    let rects = home.tasks.iter().filter_map(|task| match task {
        Task::Rect(task) => Some((task.waiting, task.id.finding.n)),
        Task::Unfinished { .. } | Task::Calibration(_) | Task::NotBegun { .. } => None,
    });
    rects.collect()
}

#[test]
fn three_persons_see_what_is_theirs() {
    let mut house = standing();
    let wang = house.inspector("王督查");
    assert_eq!(items(&house, wang), [(Waiting::Branch, 1), (Waiting::Verify, 3), (Waiting::Issue, 2)]);
    house.sees(wang, "! 逾期3天").sees(wang, "? 待核驗").sees(wang, ". 待下發").sees(wang, "R-03 未開展述職");
    house.sees(wang, "在改 4").sees(wang, "逾期 1").sees(wang, "待核驗 2").sees(wang, "待下發 1");
    house.sees_no(wang, "待批准").sees_no(wang, "未按期開會");
    let zhao = house.inspector("趙審批");
    assert_eq!(items(&house, zhao), [(Waiting::Approve, 4)]);
    house.sees(zhao, "? 待批准").sees(zhao, "長期未換屆");
    let third = house.inspector("三支部");
    assert_eq!(items(&house, third), [(Waiting::Branch, 1)]);
    house.sees(third, "! 逾期3天").sees(third, "在改 3").sees(third, "全部 4").sees(third, "1/1 個支部");
    house.sees_no(third, "教務處").sees_no(third, "未按期開會");
    let office = house.inspector("教務處");
    assert_eq!(items(&house, office), [(Waiting::Branch, 1)]);
    house.sees(office, ". 待簽收").sees(office, "未按期開會").sees(office, "全部 1").sees(office, "逾期 0");
    let looks = house.inspector("查閱");
    house.sees(looks, "沒有等待處理的事項").sees(looks, "在改 4");
}

#[test]
fn who_is_alone_sees_everything_and_who_is_not_known_only_looks_on() {
    let mut house = House::furnished();
    signs(
        &mut house,
        2,
        &[("未制定責任清單", Severity::Minor, day(12, 20)), ("分工不明", Severity::Minor, day(12, 5))],
    );
    steps(&mut house, "甲", rect(2, 1), FollowCommand::Issue);
    let me = house.inspector("甲");
    assert_eq!(items(&house, me), [(Waiting::Issue, 2), (Waiting::Branch, 1)]);
    house.sees(me, ". 待簽收").sees(me, "未開始");
    mans(&mut house, "admin", Role::Admin, None, None);
    let me = house.inspector("甲");
    house.sees(me, "沒有等待處理的事項");
}

#[test]
fn a_task_is_gone_once_it_is_done_and_back_when_it_was_sent_back() {
    let mut house = standing();
    let wang = house.inspector("王督查");
    let third = house.inspector("三支部");
    steps(&mut house, "王督查", rect(2, 2), FollowCommand::Issue);
    steps(&mut house, "王督查", rect(2, 3), FollowCommand::TakeUp);
    house.press(wang, "gh").sees_no(wang, "待下發 1").sees(wang, "核驗中");
    let back = FollowCommand::Return { reason: "記錄不全".to_owned(), due: day(12, 12) };
    steps(&mut house, "王督查", rect(2, 3), back);
    house.press(wang, "gh");
    assert_eq!(items(&house, wang), [(Waiting::Branch, 1)]);
    house.press(third, "gh").sees(third, "< 退回返工");
    assert_eq!(items(&house, third), [(Waiting::Branch, 1), (Waiting::Branch, 3), (Waiting::Branch, 2)]);
    steps(&mut house, "三支部", rect(2, 1), FollowCommand::Receive);
    house.press(third, "gh").sees(third, "! 逾期3天");
    // The item of a task opens.
    house.press(third, "<enter>").sees(third, "R-01");
}

#[test]
fn somebody_elses_step_does_not_move_another_task_under_the_cursor() {
    let mut house = standing();
    let (wang, third) = (house.inspector("王督查"), house.inspector("三支部"));
    assert_eq!(items(&house, wang), [(Waiting::Branch, 1), (Waiting::Verify, 3), (Waiting::Issue, 2)]);
    house.press(wang, "j");
    // What stood above it is received by the branch, and waits for nobody else any more, or goes further up.
    steps(&mut house, "王督查", rect(2, 2), FollowCommand::Issue);
    steps(&mut house, "三支部", rect(2, 1), FollowCommand::Receive);
    let head = house.shelf().head();
    house.msg(wang, Msg::News(head));
    let tijian::app::Screen::Home(home) = &house.of(wang).screen else { panic!("not at home") };
    let Some(Task::Rect(task)) = home.tasks.get(home.cursor.at) else { panic!("no task") };
    assert_eq!((task.waiting, task.id.finding.n), (Waiting::Verify, 3));
    // And in the branch's own list, where the work itself stands at another line now.
    house.press(third, "gh");
    assert_eq!(items(&house, third), [(Waiting::Branch, 1), (Waiting::Branch, 2)]);
    house.press(third, "j");
    let back = FollowCommand::Return { reason: "記錄不全".to_owned(), due: day(12, 8) };
    steps(&mut house, "王督查", rect(2, 3), FollowCommand::TakeUp);
    steps(&mut house, "王督查", rect(2, 3), back);
    let head = house.shelf().head();
    house.msg(third, Msg::News(head));
    let tijian::app::Screen::Home(home) = &house.of(third).screen else { panic!("not at home") };
    let Some(Task::Rect(task)) = home.tasks.get(home.cursor.at) else { panic!("no task") };
    assert_eq!(task.id.finding.n, 2, "{:?}", items(&house, third));
}

#[test]
fn how_many_kept_their_day_stands_beside_how_many_are_closed() {
    let mut house = standing();
    let wang = house.inspector("王督查");
    // The day of one has come; that it is open yet is a day missed, as the analysis says as well.
    house.sees(wang, "銷號進度 0.0%（0/4）").sees(wang, "按期完成率 0.0%（0/1）");
    house.press(wang, "55").sees(wang, "0.0%（0/1）").press(wang, "<esc>");
    steps(&mut house, "王督查", rect(2, 3), FollowCommand::TakeUp);
    steps(&mut house, "王督查", rect(2, 3), FollowCommand::Pass { next: None });
    day_comes(&mut house, 20);
    house.press(wang, "gh").sees(wang, "按期完成率 33.3%（1/3）");
    // Who answers for a part sees the rate of that part.
    let third = house.inspector("三支部");
    house.sees(third, "按期完成率 50.0%（1/2）");
    let office = house.inspector("教務處");
    house.sees(office, "按期完成率 0.0%（0/1）");
    house.press(wang, "gh").msg(wang, tijian::app::Msg::Resize(60, 18));
    house.sees(wang, "按期完成率 33.3%（1/3）");
}

#[test]
fn a_count_leads_to_the_items_that_it_counts() {
    let mut house = standing();
    let wang = house.inspector("王督查");
    let views = [("v1", 4), ("v2", 1), ("v4", 2), ("v7", 1), ("v8", 0), ("v9", 5)];
    for (keys, count) in views {
        house.press(wang, "gh").press(wang, keys);
        let tijian::app::Screen::Ledger(page) = &house.of(wang).screen else { panic!("{keys}: not in the ledger") };
        assert_eq!(page.rows.len(), count, "{keys}");
    }
    // Enter on a task opens its page, and Esc leads back.
    house.press(wang, "gh<enter>");
    assert!(matches!(house.of(wang).screen, tijian::app::Screen::Rect(_)));
    house.press(wang, "<esc>").sees(wang, "等我處理");
}

#[test]
fn nobody_is_offered_what_they_may_not_judge() {
    let mut house = standing();
    let li = house.inspector("李督查");
    assert_eq!(items(&house, li), [(Waiting::Branch, 1), (Waiting::Issue, 2)], "of the own branch nothing is verified");
    // Who asked for the closure on behalf of the branch does not verify it either.
    steps(&mut house, "王督查", rect(2, 2), FollowCommand::Issue);
    let behalf = |command| {
        let step = FollowStep { item: 1, behalf: "支部書記".to_owned(), batch: false, command };
        Command::Follow(rect(2, 2).finding, step)
    };
    house.does("王督查", behalf(FollowCommand::Receive));
    house.does("王督查", behalf(FollowCommand::Start { goal: String::new(), measure: "補開".to_owned() }));
    day_comes(&mut house, 7);
    let evidence = found::evidence(&house);
    house.does("王督查", behalf(evidence));
    house.does("王督查", behalf(found::request()));
    let wang = house.inspector("王督查");
    assert!(!items(&house, wang).contains(&(Waiting::Verify, 2)));
    let admin = house.inspector("admin");
    assert!(items(&house, admin).contains(&(Waiting::Verify, 2)));
    let policy = Policy { gate: Gate::Post, ..Policy::default() };
    house.does("admin", Command::House(HouseCommand::Govern(policy)));
    house.press(wang, "gh");
    assert!(items(&house, wang).contains(&(Waiting::Verify, 2)), "the post is another");
}

#[test]
fn the_earliest_day_stands_first_and_a_new_day_makes_others_overdue() {
    let mut house = manned();
    let findings =
        [("甲", Severity::Minor, day(12, 9)), ("乙", Severity::Minor, day(12, 3)), ("丙", Severity::Minor, day(12, 6))];
    signs(&mut house, 3, &findings);
    for n in 1..=3 {
        steps(&mut house, "王督查", rect(3, n), FollowCommand::Issue);
    }
    let office = house.inspector("教務處");
    assert_eq!(items(&house, office).iter().map(|(_, n)| *n).collect::<Vec<_>>(), [2, 3, 1]);
    let wang = house.inspector("王督查");
    assert_eq!(items(&house, wang), [], "with the branch and in time");
    day_comes(&mut house, 14);
    let moment = tijian::app::Moment { stamp: house.now, day: day(12, 7) };
    house.of_mut(wang).moment.day = day(12, 6);
    let shelf = house.shelf();
    tijian::app::update(house.of_mut(wang), tijian::app::Msg::Minute(moment), &*shelf);
    assert_eq!(items(&house, wang), [(Waiting::Branch, 2), (Waiting::Branch, 3)]);
    house.sees(wang, "逾期4天").sees(wang, "逾期1天").sees(wang, "逾期 2");
}

/// Records that count what is read of them.
struct Counted {
    records: Arc<dyn Records>,
    read: Arc<AtomicUsize>,
}

impl Records for Counted {
    fn get(&self, name: &[u8]) -> Result<Option<Vec<u8>>, RecordsError> {
        self.read.fetch_add(1, Ordering::Relaxed);
        self.records.get(name)
    }

    fn scan(
        &self,
        from: &[u8],
        prefix: &[u8],
        look: &mut dyn FnMut(&[u8], &[u8]) -> ControlFlow<()>,
    ) -> Result<(), RecordsError> {
        self.records.scan(from, prefix, &mut |name, value| {
            self.read.fetch_add(1, Ordering::Relaxed);
            look(name, value)
        })
    }

    fn commit(&self, batch: &Batch) -> Result<(), RecordsError> {
        self.records.commit(batch)
    }

    fn flush(&self) -> Result<(), RecordsError> {
        self.records.flush()
    }

    fn clear(&self) -> Result<(), RecordsError> {
        self.records.clear()
    }
}

#[test]
fn a_thousand_items_cost_no_more_than_the_first_of_them() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = keep::quiet(dir.path());
    keep::furnish(&mut store);
    let judged = |(at, item): (usize, &tijian::domain::Item)| {
        let verdict = if at == 1 { tijian::domain::Verdict::Fail } else { tijian::domain::Verdict::Pass };
        (item.id.clone(), Some(tijian::domain::Judgement { verdict, reason: String::new() }))
    };
    let all = tijian::import::checklist::builtin().items.iter().enumerate().map(judged).collect();
    keep::does(&mut store, keep::inspect(1, tijian::domain::InspectionCommand::Judge(all)));
    let facts = |at: u32| tijian::domain::FindingFacts {
        item: keep::item(1),
        fact: format!("問題{at}"),
        severity: Severity::Minor,
        class: tijian::domain::Class::Limited,
        due: day(12, 20),
    };
    let finds = (0..60).map(|at| {
        let command = tijian::domain::InspectionCommand::Find { n: None, facts: facts(at) };
        keep::request("甲", keep::inspect(1, command))
    });
    let answers = keep::step(&mut store, keep::NINE, finds.collect());
    assert!(answers.iter().all(Result::is_ok));
    keep::does(&mut store, keep::inspect(1, tijian::domain::InspectionCommand::SignOff));
    let cost = |store: &tijian::store::Store, today: Day| {
        let read = Arc::new(AtomicUsize::new(0));
        let records = Counted { records: Arc::clone(store.shelf.records()), read: Arc::clone(&read) };
        let reader = FileJournal::open_read_only(&store.dir).unwrap().0;
        let shelf = Shelf::new(Arc::new(records), reader, store.shelf.head());
        let home = Home::load(&shelf, &PersonId("甲".to_owned()), today).unwrap();
        (read.load(Ordering::Relaxed), home.tasks.len())
    };
    let of = |n: u16| tijian::domain::FindingId { round: tijian::domain::RoundId(1), branch: BranchId(1), n };
    // 450 items, then 1 050.
    let mut more = |from: u8, to: u8| {
        let draft = RectFacts {
            measure: "補開".to_owned(),
            goal: String::new(),
            lead: String::new(),
            post: "組織委員".to_owned(),
            due: day(12, 20),
        };
        let step = |n| {
            let command = FollowCommand::Draft(draft.clone());
            let step = FollowStep { item: 0, behalf: String::new(), batch: false, command };
            keep::request("甲", Command::Follow(of(n), step))
        };
        let steps = (from..to).flat_map(|_| (1..=60).map(step)).collect();
        let answers = keep::step(&mut store, keep::NINE, steps);
        assert!(answers.iter().all(Result::is_ok));
        cost(&store, day(11, 24))
    };
    let (few, listed) = more(1, 8);
    let (many, still) = more(8, 18);
    assert_eq!((few, listed), (many, still));
    assert!(listed <= LISTED + 2 && few < VISITED + 300, "{listed} lines, {few} records");
    assert_eq!(store.shelf.tally().unwrap().all(), 61 + 60 * 17);
}

//! The life of a rectification item, cell by cell: each state × each step × each role, and every gate.

use tijian::domain::*;

fn day(month: i8, day: i8) -> Day {
    Day::new(2026, month, day).unwrap()
}

const BRANCH: BranchId = BranchId(7);

fn person(id: &str) -> PersonId {
    PersonId(id.to_owned())
}

fn facts(role: Role) -> PersonFacts {
    let over = (role == Role::Branch).then_some(BRANCH);
    PersonFacts { role, over, belongs: over, post: String::new() }
}

fn house() -> House {
    let mut house = House::default();
    let people = [
        ("admin", Role::Admin),
        ("admin2", Role::Admin),
        ("inspector", Role::Inspector),
        ("inspector2", Role::Inspector),
        ("approver", Role::Approver),
        ("branch", Role::Branch),
        ("viewer", Role::Viewer),
    ];
    for (name, role) in people {
        house.persons.insert(person(name), facts(role));
    }
    house
}

fn finding(severity: Severity, class: Class) -> FindingFacts {
    FindingFacts {
        item: ItemId("S-07".to_owned()),
        fact: "第二季度未召開支部黨員大會".to_owned(),
        severity,
        class,
        due: day(12, 20),
    }
}

fn rect() -> RectFacts {
    RectFacts {
        measure: "補開並建立台賬".to_owned(),
        goal: String::new(),
        lead: "黨委書記".to_owned(),
        post: "支部書記".to_owned(),
        due: day(12, 20),
    }
}

fn evidence(date: Day) -> Evidence {
    Evidence {
        title: "支部黨員大會記錄".to_owned(),
        number: "記〔2026〕3號".to_owned(),
        date,
        place: "支部檔案櫃".to_owned(),
        sha256: String::new(),
    }
}

fn answers() -> Answers {
    Answers { gone: "已補開".to_owned(), cause: "已明確專人".to_owned(), rule: "列入季度計劃".to_owned() }
}

/// A finding and the hands that it goes through, with a clock that a test turns.
struct Life {
    house: House,
    followed: Option<Followed>,
    today: Day,
    now: Stamp,
    rev: u64,
    log: Vec<FollowChange>,
}

impl Life {
    fn begin(severity: Severity, class: Class) -> Self {
        let id = FindingId { round: RoundId(1), branch: BRANCH, n: 1 };
        let mut life =
            Self { house: house(), followed: None, today: day(11, 1), now: Stamp(0), rev: 0, log: Vec::new() };
        let opened =
            FollowChange::Opened { facts: finding(severity, class), repeat_of: None, nth: 1, relapse_of: None };
        life.apply("inspector", id, &[opened]);
        let drafted = FollowChange::Item { n: 1, on: life.today, behalf: String::new(), did: Did::Drafted(rect()) };
        life.apply("inspector", id, &[drafted]);
        life
    }

    fn apply(&mut self, by: &str, id: FindingId, changes: &[FollowChange]) {
        self.rev += 1;
        for change in changes {
            apply_follow(&mut self.followed, id, Rev(self.rev), &person(by), Stamp(self.rev.cast_signed()), change);
        }
        self.log.extend(changes.iter().cloned());
    }

    fn try_as(
        &self,
        by: &str,
        behalf: &str,
        batch: bool,
        command: FollowCommand,
    ) -> Result<Vec<FollowChange>, Refusal> {
        let id = person(by);
        let around = FollowSurroundings {
            posts: &self.house.posts,
            today: self.today,
            now: self.now,
            actor: &self.house.actor(&id),
            policy: &self.house.policy,
            branch_and_above: &[BRANCH, BranchId(1)],
        };
        let step = FollowStep { item: 1, behalf: behalf.to_owned(), batch, command };
        decide_follow(self.followed.as_ref().unwrap(), around, step)
    }

    #[track_caller]
    fn take(&mut self, by: &str, command: FollowCommand) -> &mut Self {
        let changes = self.try_as(by, "", false, command).unwrap();
        let id = self.followed.as_ref().unwrap().id;
        self.apply(by, id, &changes);
        self
    }

    #[track_caller]
    fn refused(&self, by: &str, command: FollowCommand) -> Refusal {
        self.try_as(by, "", false, command).unwrap_err()
    }

    fn item(&self) -> &Rectification {
        self.followed.as_ref().unwrap().item(1).unwrap()
    }

    fn on(&mut self, today: Day) -> &mut Self {
        self.today = today;
        self
    }

    /// Brings a fresh item to a state by the plain way.
    fn at(state: State, severity: Severity, class: Class) -> Self {
        let mut life = Self::begin(severity, class);
        let steps: [(&str, State, FollowCommand); 6] = [
            ("inspector", State::Issued, FollowCommand::Issue),
            ("branch", State::Received, FollowCommand::Receive),
            ("branch", State::Working, FollowCommand::Start { goal: String::new(), measure: String::new() }),
            ("branch", State::Requested, FollowCommand::Request(answers())),
            ("inspector2", State::Verifying, FollowCommand::TakeUp),
            ("inspector2", State::Closed, FollowCommand::Pass { next: None }),
        ];
        if state == State::Revoked {
            life.take("inspector", FollowCommand::Revoke { reason: "重複登記".to_owned() });
            return life;
        }
        for (by, to, command) in steps {
            if life.item().state == state {
                break;
            }
            if to == State::Requested {
                life.on(day(11, 10)).take("branch", FollowCommand::Evidence(evidence(day(11, 9))));
            }
            life.take(by, command);
        }
        assert_eq!(life.item().state, state);
        life
    }
}

fn command(verb: Verb, today: Day) -> FollowCommand {
    let reason = || "理由".to_owned();
    match verb {
        Verb::Draft => FollowCommand::Draft(rect()),
        Verb::Edit => FollowCommand::Edit(RectFacts { measure: "另一措施".to_owned(), ..rect() }),
        Verb::Issue => FollowCommand::Issue,
        Verb::PutRight => FollowCommand::PutRight { evidence: evidence(today), answers: answers() },
        Verb::Receive => FollowCommand::Receive,
        Verb::Start => FollowCommand::Start { goal: String::new(), measure: String::new() },
        Verb::Evidence => FollowCommand::Evidence(evidence(today)),
        Verb::Request => FollowCommand::Request(answers()),
        Verb::TakeUp => FollowCommand::TakeUp,
        Verb::Pass => FollowCommand::Pass { next: None },
        Verb::Approve => FollowCommand::Approve,
        Verb::Return => FollowCommand::Return { reason: reason(), due: day(12, 30) },
        Verb::Revoke => FollowCommand::Revoke { reason: reason() },
        Verb::Ask => FollowCommand::Ask { to: day(12, 31), reason: reason() },
        Verb::Grant => FollowCommand::Grant,
        Verb::Deny => FollowCommand::Deny { reason: reason() },
        Verb::Exempt => FollowCommand::Exempt { until: day(12, 31), reason: reason() },
        Verb::Lift => FollowCommand::Lift { reason: reason() },
        Verb::Send => FollowCommand::Send(Paper::Reminder),
        Verb::Claim => FollowCommand::Claim,
        Verb::Release => FollowCommand::Release,
    }
}

/// What each role may do, written out by hand: D in their own name, B on behalf of a post, - not at all.
const WHO: [(Verb, &str); 21] = [
    // admin, inspector, approver, branch, viewer
    (Verb::Draft, "DD---"),
    (Verb::Edit, "DD---"),
    (Verb::Issue, "DD---"),
    (Verb::PutRight, "BB---"),
    (Verb::Receive, "BB-D-"),
    (Verb::Start, "BB-D-"),
    (Verb::Evidence, "BB-D-"),
    (Verb::Request, "BB-D-"),
    (Verb::TakeUp, "DDD--"),
    (Verb::Pass, "DDD--"),
    (Verb::Approve, "D-D--"),
    (Verb::Return, "DDD--"),
    (Verb::Ask, "BB-D-"),
    (Verb::Grant, "D-D--"),
    (Verb::Deny, "D-D--"),
    (Verb::Exempt, "D-D--"),
    (Verb::Lift, "D-D--"),
    (Verb::Revoke, "DD---"),
    (Verb::Send, "DDD--"),
    (Verb::Claim, "DDD--"),
    (Verb::Release, "DDD--"),
];

/// In which states each step begins, written out by hand, in the order of `State::ALL`.
const WHEN: [(Verb, &str); 21] = [
    // 擬定 下發 簽收 整改中 申請 核驗 已銷號 撤銷; ? where something else has to be there first, x where the finding is closed
    (Verb::Draft, "++++++x+"),
    (Verb::Edit, "+-------"),
    (Verb::Issue, "+-------"),
    (Verb::PutRight, "+-------"),
    (Verb::Receive, "-+------"),
    (Verb::Start, "--+-----"),
    (Verb::Evidence, "--++----"),
    (Verb::Request, "---?----"),
    (Verb::TakeUp, "----+---"),
    (Verb::Pass, "-----+--"),
    (Verb::Approve, "--------"),
    (Verb::Return, "-----+--"),
    (Verb::Ask, "-+++----"),
    (Verb::Grant, "--------"),
    (Verb::Deny, "--------"),
    (Verb::Exempt, "-+++----"),
    (Verb::Lift, "--------"),
    (Verb::Revoke, "+++-----"),
    (Verb::Send, "-+++++--"),
    (Verb::Claim, "----++--"),
    (Verb::Release, "--------"),
];

#[test]
fn every_state_every_step_every_role() {
    let names = ["admin2", "inspector2", "approver", "branch", "viewer"];
    for (at, state) in State::ALL.into_iter().enumerate() {
        let life = Life::at(state, Severity::Minor, Class::Immediate);
        for verb in Verb::ALL {
            let who = WHO.iter().find(|(known, _)| *known == verb).unwrap().1.as_bytes();
            let when = WHEN.iter().find(|(known, _)| *known == verb).unwrap().1.as_bytes()[at];
            for (place, name) in names.into_iter().enumerate() {
                let what = format!("{verb:?} at {state:?} by {name}");
                let own = life.try_as(name, "", false, command(verb, life.today));
                let behalf = life.try_as(name, "支部書記", false, command(verb, life.today));
                match (who[place], when) {
                    (b'-', _) => {
                        assert!(matches!(own, Err(Refusal::NotYours { .. })), "{what}: {own:?}");
                        assert!(matches!(behalf, Err(Refusal::NotYours { .. })), "{what}: {behalf:?}");
                    }
                    (may, b'+') => {
                        assert!(behalf.is_ok(), "{what}: {behalf:?}");
                        if may == b'D' {
                            assert!(own.is_ok(), "{what}: {own:?}");
                        } else {
                            assert_eq!(own, Err(Refusal::NeedsBehalf(verb)), "{what}");
                        }
                    }
                    (_, b'x') => assert_eq!(behalf, Err(Refusal::FindingClosed(1)), "{what}"),
                    (_, b'?') => assert_eq!(behalf, Err(Refusal::NoEvidence), "{what}"),
                    (_, _) => match behalf {
                        Err(Refusal::NotNow { verb: refused, state: now, possible, .. }) => {
                            assert_eq!((refused, now), (verb, state), "{what}");
                            assert_eq!(possible.is_empty(), state.is_final(), "{what}: {possible:?}");
                        }
                        other => panic!("{what}: {other:?}"),
                    },
                }
            }
        }
    }
}

#[test]
fn the_plain_way_from_draft_to_closed_by_three_persons() {
    let life = Life::at(State::Closed, Severity::Minor, Class::Limited);
    let item = life.item();
    let closure = item.closure.as_ref().unwrap();
    assert_eq!(item.issued.as_ref().unwrap().by, person("inspector"));
    assert_eq!(item.requested.as_ref().unwrap().by, person("branch"));
    assert_eq!(closure.verified.by, person("inspector2"));
    assert!(closure.in_time && closure.approved.is_none());
    assert!(life.followed.as_ref().unwrap().is_closed());
}

#[test]
fn a_grave_item_is_approved_by_a_third_person() {
    let mut life = Life::at(State::Verifying, Severity::Critical, Class::Limited);
    life.take("inspector2", FollowCommand::Pass { next: None });
    assert_eq!(life.item().state, State::Verifying, "found put right, and not closed yet");
    assert!(matches!(life.refused("admin", FollowCommand::Pass { next: None }), Refusal::NotNow { .. }));
    let mut same = Life::at(State::Verifying, Severity::Critical, Class::Limited);
    same.take("admin", FollowCommand::Pass { next: None });
    assert_eq!(
        same.refused("admin", FollowCommand::Approve),
        Refusal::SameHand { by: person("admin"), behalf: String::new() }
    );
    life.take("approver", FollowCommand::Approve);
    let closure = life.item().closure.clone().unwrap();
    assert_eq!((closure.verified.by, closure.approved.unwrap().by), (person("inspector2"), person("approver")));
}

#[test]
fn nobody_judges_what_they_asked_for_or_their_own_branch() {
    let mut life = Life::at(State::Working, Severity::Minor, Class::Limited);
    life.on(day(11, 10)).take("branch", FollowCommand::Evidence(evidence(day(11, 9))));
    let changes = life.try_as("inspector", "支部書記", false, FollowCommand::Request(answers())).unwrap();
    let id = life.followed.as_ref().unwrap().id;
    life.apply("inspector", id, &changes);
    assert_eq!(life.item().requested.as_ref().unwrap().behalf, "支部書記", "marked so for ever");
    assert_eq!(
        life.refused("inspector", FollowCommand::TakeUp),
        Refusal::SameHand { by: person("inspector"), behalf: String::new() },
        "another person is needed: another post of the same person is none"
    );
    life.house.policy.gate = Gate::Post;
    assert!(life.try_as("inspector", "", false, FollowCommand::TakeUp).is_ok(), "another post, the same fingers");
    assert!(matches!(
        life.try_as("inspector2", "支部書記", false, FollowCommand::TakeUp),
        Err(Refusal::SameHand { .. })
    ));
    life.house.policy.gate = Gate::Identity;
    life.house.persons.get_mut(&person("inspector2")).unwrap().belongs = Some(BRANCH);
    assert_eq!(life.refused("inspector2", FollowCommand::TakeUp), Refusal::OwnBranch(BRANCH));
    assert!(life.try_as("approver", "", false, FollowCommand::TakeUp).is_ok());
}

#[test]
fn without_young_evidence_and_three_answers_nothing_is_asked() {
    let mut life = Life::at(State::Working, Severity::Minor, Class::Limited);
    life.on(day(11, 10));
    assert_eq!(life.refused("branch", FollowCommand::Request(answers())), Refusal::NoEvidence);
    life.take("branch", FollowCommand::Evidence(evidence(day(11, 1))));
    let issued = day(11, 1);
    assert_eq!(life.refused("branch", FollowCommand::Request(answers())), Refusal::EvidenceTooOld { issued });
    assert_eq!(
        life.refused("branch", FollowCommand::Evidence(evidence(day(11, 11)))),
        Refusal::FromTheFuture { day: day(11, 11), today: day(11, 10) }
    );
    life.take("branch", FollowCommand::Evidence(evidence(day(11, 10))));
    for (field, answers) in [
        ("gone", Answers { gone: " ".to_owned(), ..answers() }),
        ("cause", Answers { cause: String::new(), ..answers() }),
        ("rule", Answers { rule: String::new(), ..answers() }),
    ] {
        assert_eq!(life.refused("branch", FollowCommand::Request(answers)), Refusal::Empty(field));
    }
    let long = Answers { gone: "長".repeat(10_000), ..answers() };
    assert_eq!(life.refused("branch", FollowCommand::Request(long)), Refusal::TooLong { field: "gone", limit: 120 });
    life.take("branch", FollowCommand::Request(answers()));
}

#[test]
fn what_is_sent_back_wants_new_evidence_and_counts() {
    let mut life = Life::at(State::Verifying, Severity::Minor, Class::Limited);
    let back = FollowCommand::Return { reason: "缺會議紀要".to_owned(), due: day(12, 25) };
    life.take("inspector2", back);
    let item = life.item();
    assert_eq!((item.state, item.returns, item.facts.due), (State::Working, 1, day(12, 25)));
    assert_eq!(item.reason, "缺會議紀要");
    assert!(!item.missed);
    assert_eq!(life.refused("branch", FollowCommand::Request(answers())), Refusal::NoNewEvidence);
    life.take("branch", FollowCommand::Evidence(evidence(day(11, 10))));
    life.take("branch", FollowCommand::Request(answers())).take("inspector2", FollowCommand::TakeUp);
    let past = FollowCommand::Return { reason: "再退".to_owned(), due: day(11, 9) };
    assert_eq!(life.refused("inspector2", past), Refusal::Past { day: day(11, 9), today: day(11, 10) });
}

#[test]
fn a_day_is_moved_twice_by_somebody_else_and_a_missed_one_stays_missed() {
    let mut life = Life::at(State::Working, Severity::Minor, Class::Limited);
    let ask = |to| FollowCommand::Ask { to, reason: "場地未落實".to_owned() };
    assert_eq!(life.refused("branch", ask(day(12, 20))), Refusal::NotLater { due: day(12, 20), to: day(12, 20) });
    life.on(day(12, 20)).take("branch", ask(day(12, 24)));
    assert!(matches!(life.refused("branch", ask(day(12, 26))), Refusal::NotNow { .. }), "one wish at a time");
    life.on(day(12, 22)).take("approver", FollowCommand::Grant);
    assert_eq!((life.item().facts.due, life.item().extensions), (day(12, 24), 1));
    assert!(!life.item().missed, "asked for on the last day");
    assert_eq!(life.item().first_due, day(12, 20), "the old day is kept");
    life.on(day(12, 26)).take("branch", ask(day(12, 31))).take("approver", FollowCommand::Grant);
    assert!(life.item().missed, "asked for two days late");
    assert_eq!(life.refused("branch", ask(Day::new(2027, 1, 9).unwrap())), Refusal::NoMoreExtensions(2));
    life.take("branch", FollowCommand::Evidence(evidence(day(12, 25))));
    life.take("branch", FollowCommand::Request(answers())).take("inspector2", FollowCommand::TakeUp);
    life.take("inspector2", FollowCommand::Pass { next: None });
    assert!(!life.item().closure.as_ref().unwrap().in_time);
    let mut asks = Life::at(State::Working, Severity::Minor, Class::Limited);
    let changes = asks.try_as("admin", "支部書記", false, ask(day(12, 28))).unwrap();
    let id = asks.followed.as_ref().unwrap().id;
    asks.apply("admin", id, &changes);
    assert!(matches!(asks.refused("admin", FollowCommand::Grant), Refusal::SameHand { .. }));
    asks.take("approver", FollowCommand::Deny { reason: "理由不足".to_owned() });
    assert_eq!((asks.item().extensions, asks.item().facts.due), (0, day(12, 20)));
}

#[test]
fn leave_stops_the_day_and_ends_by_itself() {
    let mut life = Life::at(State::Working, Severity::Minor, Class::Limited);
    life.take("approver", FollowCommand::Exempt { until: day(12, 28), reason: "機構改革".to_owned() });
    assert_eq!(life.item().standing(day(12, 25)), Standing::Exempt(day(12, 28)));
    assert_eq!(life.item().standing(day(12, 28)), Standing::Exempt(day(12, 28)));
    assert_eq!(life.item().standing(day(12, 29)), Standing::Overdue(1), "it is back the day after");
    life.take("approver", FollowCommand::Lift { reason: "已恢復".to_owned() });
    assert_eq!(life.item().standing(day(12, 20)), Standing::Left(0), "the day itself is in time");
    assert_eq!(life.item().standing(day(12, 21)), Standing::Overdue(1));
}

#[test]
fn a_standing_item_is_closed_stage_by_stage() {
    let mut life = Life::at(State::Verifying, Severity::Minor, Class::Standing);
    let next = Day::new(2027, 3, 31).unwrap();
    life.take("inspector2", FollowCommand::Pass { next: Some(next) });
    assert_eq!((life.item().state, life.item().stages, life.item().facts.due), (State::Working, 1, next));
    assert_eq!(life.refused("branch", FollowCommand::Request(answers())), Refusal::NoNewEvidence);
    let other = Life::at(State::Verifying, Severity::Minor, Class::Limited);
    assert_eq!(other.refused("inspector2", FollowCommand::Pass { next: Some(next) }), Refusal::NoStages);
}

#[test]
fn what_is_put_right_on_the_spot_is_still_verified_by_another() {
    let mut life = Life::begin(Severity::Minor, Class::Immediate);
    let put_right = || FollowCommand::PutRight { evidence: evidence(day(11, 1)), answers: answers() };
    let changes = life.try_as("inspector", "支部書記", false, put_right()).unwrap();
    let id = life.followed.as_ref().unwrap().id;
    life.apply("inspector", id, &changes);
    assert_eq!(life.item().state, State::Requested);
    assert!(life.item().on_the_spot);
    assert!(matches!(life.refused("inspector", FollowCommand::TakeUp), Refusal::SameHand { .. }));
    life.take("inspector2", FollowCommand::TakeUp).take("inspector2", FollowCommand::Pass { next: None });
    assert!(life.item().closure.as_ref().unwrap().in_time);
    for (severity, class) in [(Severity::Critical, Class::Immediate), (Severity::Minor, Class::Limited)] {
        let other = Life::begin(severity, class);
        let refused = other.try_as("inspector", "支部書記", false, put_right());
        assert_eq!(refused, Err(Refusal::NotAtOnce));
    }
}

#[test]
fn grave_items_are_never_judged_in_a_batch() {
    let life = Life::at(State::Verifying, Severity::Critical, Class::Limited);
    let batch = life.try_as("inspector2", "", true, FollowCommand::Pass { next: None });
    assert_eq!(batch, Err(Refusal::NotInABatch));
    let minor = Life::at(State::Verifying, Severity::Minor, Class::Limited);
    assert!(minor.try_as("inspector2", "", true, FollowCommand::Pass { next: None }).is_ok());
}

#[test]
fn how_hard_to_press_follows_from_days_returns_and_repeats() {
    let policy = Policy::default();
    let cases = [
        (Standing::Left(8), 0, 1, Level::Normal),
        (Standing::Left(7), 0, 1, Level::Remind),
        (Standing::Left(0), 0, 1, Level::Remind),
        (Standing::Overdue(1), 0, 1, Level::Supervise),
        (Standing::Overdue(15), 0, 1, Level::Supervise),
        (Standing::Overdue(16), 0, 1, Level::Talk),
        (Standing::Overdue(30), 0, 1, Level::Talk),
        (Standing::Overdue(31), 0, 1, Level::Circulate),
        (Standing::Overdue(60), 0, 1, Level::Circulate),
        (Standing::Overdue(61), 0, 1, Level::Submit),
        (Standing::Left(30), 2, 1, Level::Talk),
        (Standing::Left(30), 1, 3, Level::Normal),
        (Standing::Left(30), 0, 4, Level::Submit),
        (Standing::Still, 9, 9, Level::Normal),
    ];
    for (standing, returns, nth, expected) in cases {
        assert_eq!(level(standing, returns, nth, &policy), expected, "{standing:?} {returns} {nth}");
    }
}

#[test]
fn what_is_possible_now_is_not_refused_for_the_item_as_it_stands() {
    let able = |life: &Life| {
        let followed = life.followed.as_ref().unwrap();
        possible_now(followed, life.item(), &life.house.policy, (life.today, life.now))
    };
    for (severity, class, at_once) in [
        (Severity::Minor, Class::Immediate, true),
        (Severity::Critical, Class::Immediate, false),
        (Severity::Minor, Class::Limited, false),
        (Severity::Minor, Class::Standing, false),
    ] {
        let life = Life::begin(severity, class);
        assert_eq!(able(&life).contains(&Verb::PutRight), at_once, "{severity:?} {class:?}");
        let Refusal::NotNow { possible, .. } = life.refused("branch", FollowCommand::Receive) else { panic!() };
        assert_eq!(possible, able(&life), "the refusal names the same");
    }
    let mut life = Life::begin(Severity::Minor, Class::Limited);
    life.take("inspector", FollowCommand::Issue).take("branch", FollowCommand::Receive);
    life.take("branch", FollowCommand::Start { measure: "補開".to_owned(), goal: String::new() });
    assert!(!able(&life).contains(&Verb::Request), "nothing shows it yet");
    life.on(day(11, 3)).take("branch", FollowCommand::Evidence(evidence(day(11, 3))));
    assert!(able(&life).contains(&Verb::Request));
    let late = Life { today: day(12, 31), ..Life::begin(Severity::Minor, Class::Immediate) };
    assert!(!able(&late).contains(&Verb::Issue), "its day is over: it is edited first");
    assert!(able(&late).contains(&Verb::Edit));
}

#[test]
fn what_somebody_has_claimed_is_theirs_to_verify_until_it_ends() {
    let until = Stamp(CLAIM_LASTS);
    let mut life = Life::at(State::Requested, Severity::Minor, Class::Limited);
    life.take("inspector", FollowCommand::Claim);
    assert_eq!(life.item().claimed(life.now).unwrap().by, person("inspector"));
    let held = Refusal::Claimed { by: person("inspector"), until };
    for verb in [Verb::TakeUp, Verb::Claim, Verb::Release] {
        assert_eq!(life.refused("inspector2", command(verb, life.today)), held, "{verb:?}");
    }
    life.take("inspector", FollowCommand::TakeUp);
    assert!(life.item().claimed(life.now).is_some(), "to take it up is what it was claimed for");
    for verb in [Verb::Pass, Verb::Return, Verb::Claim] {
        assert_eq!(life.refused("inspector2", command(verb, life.today)), held, "{verb:?}");
    }
    // A moment before its end, and at its end.
    life.now = Stamp(until.0 - 1);
    assert_eq!(life.refused("approver", FollowCommand::Pass { next: None }), held);
    life.now = until;
    assert_eq!(life.refused("inspector", FollowCommand::Release), Refusal::NothingChanged, "it has ended by itself");
    assert!(life.try_as("approver", "", false, FollowCommand::Pass { next: None }).is_ok());
    life.take("inspector2", FollowCommand::Claim);
    assert_eq!(life.item().claimed(until).unwrap().until, Stamp(2 * CLAIM_LASTS));
}

#[test]
fn a_claim_is_given_back_by_who_has_it_or_by_the_office_and_ends_with_the_work() {
    let mut life = Life::at(State::Requested, Severity::Critical, Class::Limited);
    life.take("inspector", FollowCommand::Claim).take("inspector", FollowCommand::Release);
    assert!(life.try_as("inspector2", "", false, FollowCommand::TakeUp).is_ok());
    life.take("inspector", FollowCommand::Claim).take("admin", FollowCommand::Release);
    assert_eq!(life.item().claim, None);
    life.take("inspector", FollowCommand::Claim).take("inspector", FollowCommand::TakeUp);
    life.take("inspector", FollowCommand::Pass { next: None });
    assert_eq!(life.item().claim, None, "who approves is not kept waiting by who has passed it");
    life.take("approver", FollowCommand::Claim);
    assert!(matches!(life.refused("admin", FollowCommand::Approve), Refusal::Claimed { .. }));
    life.take("approver", FollowCommand::Return { reason: "不實".to_owned(), due: day(12, 30) });
    assert_eq!((life.item().state, &life.item().claim), (State::Working, &None));
    // Who may not judge it may not claim it.
    let mut life = Life::at(State::Requested, Severity::Minor, Class::Limited);
    life.house.persons.get_mut(&person("inspector")).unwrap().belongs = Some(BRANCH);
    assert_eq!(life.refused("inspector", FollowCommand::Claim), Refusal::OwnBranch(BRANCH));
    assert!(matches!(life.refused("branch", FollowCommand::Claim), Refusal::NotYours { .. }));
}

#[test]
fn a_house_always_has_an_admin() {
    let house = House::default();
    let me = person("me");
    let man = |house: &House, who: &str, role| decide_house(house, &me, HouseCommand::Man(person(who), facts(role)));
    assert_eq!(man(&house, "x", Role::Inspector), Err(Refusal::LastAdmin), "the first person is one");
    let mut house = House::default();
    for change in man(&house.clone(), "me", Role::Admin).unwrap() {
        apply_house(&mut house, Rev(1), &change);
    }
    assert_eq!(decide_house(&house, &me, HouseCommand::Unman(me.clone())), Err(Refusal::LastAdmin));
    assert_eq!(man(&house, "me", Role::Inspector), Err(Refusal::LastAdmin));
    assert_eq!(decide_house(&house, &person("x"), HouseCommand::Name("甲".to_owned())), Err(Refusal::NotAdmin));
    assert!(man(&house, "x", Role::Inspector).is_ok());
}

mod laws {
    use super::*;
    use proptest::prelude::*;

    fn steps() -> impl Strategy<Value = Vec<(usize, usize, bool, i8)>> {
        proptest::collection::vec((0..7usize, 0..Verb::ALL.len(), any::<bool>(), 0..3i8), 1..120)
    }

    #[test]
    fn no_way_leads_to_closed_past_the_gates() {
        let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
            failure_persistence: None,
            ..ProptestConfig::with_cases(2000)
        });
        let closures = std::cell::Cell::new(0);
        let tried = runner.run(&(steps(), any::<bool>(), 0..3usize), |(steps, grave, class)| {
            let names = ["admin", "admin2", "inspector", "inspector2", "approver", "branch", "viewer"];
            let severity = if grave { Severity::Critical } else { Severity::Minor };
            let class = [Class::Immediate, Class::Limited, Class::Standing][class];
            let mut life = Life::begin(severity, class);
            for (who, pick, behalf, days) in steps {
                life.today = life.today.plus(i32::from(days));
                let before = life.item().clone();
                // Half of the time something that can begin here, so that the way leads far.
                let able =
                    possible_now(life.followed.as_ref().unwrap(), &before, &life.house.policy, (life.today, life.now));
                let verb = able
                    .get(pick % 8)
                    .filter(|verb| **verb != Verb::Revoke || pick > 8)
                    .copied()
                    .unwrap_or(Verb::ALL[pick]);
                let behalf = if behalf { "支部書記" } else { "" };
                let Ok(changes) = life.try_as(names[who], behalf, false, command(verb, life.today)) else {
                    continue;
                };
                prop_assert!(!before.state.is_final() || verb == Verb::Draft, "what is over stays over");
                let id = life.followed.as_ref().unwrap().id;
                life.apply(names[who], id, &changes);
            }
            for item in &life.followed.as_ref().unwrap().items {
                let Some(closure) = &item.closure else {
                    prop_assert_ne!(item.state, State::Closed);
                    continue;
                };
                closures.set(closures.get() + 1);
                let requested = item.requested.as_ref().unwrap();
                prop_assert!(item.answers.is_some());
                prop_assert!(item.evidence.iter().any(|evidence| evidence.date >= item.issued.as_ref().unwrap().on));
                prop_assert_ne!(&requested.by, &closure.verified.by);
                prop_assert_ne!(closure.verified.by.0.as_str(), "branch");
                if grave {
                    let approved = closure.approved.as_ref().unwrap();
                    prop_assert_ne!(&approved.by, &closure.verified.by);
                    prop_assert_ne!(&approved.by, &requested.by);
                }
            }
            // What happened, told again, is what stands.
            let again = life.log.iter().fold(None, |mut told, change| {
                let id = FindingId { round: RoundId(1), branch: BRANCH, n: 1 };
                apply_follow(&mut told, id, Rev(0), &person("x"), Stamp(0), change);
                told
            });
            let states = |followed: &Followed| {
                followed.items.iter().map(|item| (item.state, item.facts.clone())).collect::<Vec<_>>()
            };
            prop_assert_eq!(states(&again.unwrap()), states(life.followed.as_ref().unwrap()));
            Ok(())
        });
        tried.unwrap();
        assert!(closures.get() > 50, "the ways lead to the end: {}", closures.get());
    }
}

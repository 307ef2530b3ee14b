//! Three persons at three terminals, by the socket and by two keys over SSH, carry one item from 不合格 to 已銷號 while
//! each watches the others.

mod host;

use std::time::Duration;

use host::terminal::{Terminal, run};
use host::{Host, SIZE, has_ssh};

const SECOND: Duration = Duration::from_secs(1);

/// Opens the one item of a branch from the ledger.
fn opens(seat: &mut Terminal, view: &str) {
    seat.sees("等我處理").settles(150).send("3").sees("整改台賬").settles(150).send(view).settles(150);
    seat.send("/")
        .settles(150)
        .send("renshi")
        .settles(200)
        .send("\r")
        .settles(150)
        .send("\r")
        .sees("S-09 黨小組會每月");
}

#[test]
fn three_persons_at_three_terminals_carry_an_item_to_its_end() {
    if !has_ssh() {
        eprintln!("not tried: no OpenSSH here");
        return;
    }
    let secretary = ["person", "add", "支部丁", "--role", "branch", "--over", "JG-007", "--belongs", "JG-007"];
    let mut host = Host::open(&[&secretary], &[("督查甲", "inspector"), ("支部丁", "branch")]);
    let data = host.store.to_str().unwrap().to_owned();

    // The office walks on: the item fails, the rest passes, and the branch is signed.
    let mut office =
        Terminal::start(host.home(), SIZE, &["--data", &data, "inspect", "2026-4", "JG-007", "--item", "S-09"]);
    office.sees("2026-4 › 人事處黨支部").sees("S-09").settles(150);
    office.send("4").sees("問題  S-09").settles(100).send("2").settles(100).send("\t").settles(100);
    office.send("10月、11月").settles(100).send("\x13").sees("34/58").sees("已存");
    for done in 35..=58 {
        office.settles(60).send("1").sees(&format!("{done}/58"));
    }
    office.settles(150).send("S").sees("簽認").settles(150).send("S").settles(200).send("y").sees("已簽認。");
    office.send("gh");
    opens(&mut office, "7");
    office.sees("擬定").settles(150);

    // The inspector watches the same item, and sees the office there.
    let mut inspector = host.by_key("inspector");
    opens(&mut inspector, "7");
    inspector.sees("同在：練習");
    office.sees("同在：督查甲").send("i").sees("下發").sees("已存");
    inspector.sees("練習  下發");

    // The secretary of the branch comes in at home: what was handed out waits there. Nobody else's branch is in sight.
    let mut branch = host.by_key("branch");
    branch.sees("支部丁").sees("S-09").settles(150);
    assert!(!branch.text().contains("組織部"), "{}", branch.text());
    opens(&mut branch, "1");
    // A false way is refused with a reason: the branch does not verify, and asks for nothing without evidence.
    let item = "2026-4/JG-007/S-09/01.1";
    for (key, step, why) in [("branch", "pass", ""), ("inspector", "pass", "現在")] {
        let (code, said) = host.answer(key, &["rectify", step, item]);
        assert!(code == 1 || code == 2, "{step}: {code} {said}");
        assert!(said.contains(why), "{step}: {said}");
    }
    branch.send("r").sees("簽收").sees("已存");
    office.sees("支部丁  簽收");
    inspector.sees("支部丁  簽收");
    let step = |key: &str, words: &[&str]| {
        let (code, said) = host.answer(key, &[&["rectify"][..], words].concat());
        assert_eq!(code, 0, "{words:?}: {said}");
    };
    step("branch", &["start", item, "--measure", "逐月補開並建立台賬"]);
    step("branch", &["evidence", item, "--title", "會議記錄", "--kept", "支部檔案櫃", "--date", &today()]);
    branch.sees("整改中");
    inspector.sees("整改中").sees("會議記錄");
    step("branch", &["request", item, "--gone", "已補開", "--cause", "專人提醒", "--rule", "寫入制度"]);
    inspector.sees("申請銷號").settles(150).send("v").sees("核驗中").settles(150);
    office.sees("核驗中");
    inspector.send("p").settles(300).send("y").sees("已銷號");
    office.sees("已銷號");
    branch.sees("已銷號");

    // The ledger, the papers and the journal agree on it, whoever asks.
    let (code, said) = host.answer("inspector", &["ledger", "--branch", "JG-007", "--state", "closed"]);
    assert!(code == 0 && said.contains(item), "{code} {said}");
    let (code, said) = host.answer("branch", &["report", "closure", item]);
    assert!(code == 0 && said.contains("会议记录"), "{code} {said}");
    let (code, said) = host.answer("inspector", &["verify"]);
    assert!(code == 0 && said.contains("哈希鏈完整"), "{code} {said}");
    let (code, said) = host.answer("branch", &["show", "2026-4", "JG-001"]);
    assert!(code == 1 && !said.contains("黨委辦公室"), "what is not theirs is not there: {code} {said}");

    // Somebody's line goes; nobody else notices.
    branch.vanishes();
    office.settles(200).leaves();
    inspector.settles(100).leaves();
    host.served.signal("-TERM");
    assert_eq!(host.served.ends_within(6 * SECOND).code(), Some(0));
    let (code, said) = run(host.home(), &["--data", &data, "verify"]);
    assert!(code == 0 && said.contains("與日誌一致"), "{code} {said}");
}

/// The day in China.
#[expect(clippy::disallowed_methods, reason = "what a person dates a paper with is the real day")]
fn today() -> String {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let stamp = tijian::domain::Stamp(i64::try_from(since.as_millis()).unwrap());
    stamp.china_day().to_string()
}

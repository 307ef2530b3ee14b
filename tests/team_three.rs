//! Three persons at three terminals, by the socket and by two keys over SSH, carry one item from 不合格 to 已銷號 while
//! each watches the others.

mod terminal;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use terminal::{Terminal, run};

const SIZE: (u16, u16) = (80, 24);
const SECOND: Duration = Duration::from_secs(1);

struct Host {
    home: tempfile::TempDir,
    store: PathBuf,
    served: Terminal,
    port: String,
}

impl Host {
    fn open() -> Self {
        let home = tempfile::tempdir().unwrap();
        let store = home.path().join("practice");
        let does = |args: &[&str]| {
            let (code, said) = run(home.path(), &[&["--data", store.to_str().unwrap()][..], args].concat());
            assert_eq!(code, 0, "{args:?}: {said}");
        };
        does(&["demo"]);
        // Who owns the process is the office; the practice store knows it as 練習.
        std::fs::create_dir_all(home.path().join(".config/tijian")).unwrap();
        std::fs::write(home.path().join(".config/tijian/config.toml"), "person = \"練習\"\n").unwrap();
        does(&["person", "add", "支部丁", "--role", "branch", "--over", "JG-007", "--belongs", "JG-007"]);
        for (who, key) in [("督查甲", "inspector"), ("支部丁", "branch")] {
            let file = home.path().join(key);
            let mut made = Command::new("ssh-keygen");
            made.args(["-q", "-t", "ed25519", "-N", "", "-C", key, "-f"]).arg(&file);
            assert!(made.status().unwrap().success());
            does(&["person", "key", "add", who, "--file", file.with_extension("pub").to_str().unwrap()]);
        }
        let words = ["--data", store.to_str().unwrap(), "serve", "--ssh", "127.0.0.1:0"];
        let mut served = Terminal::start(home.path(), (120, 10), &words);
        served.sees("SSH：127.0.0.1:").sees("SHA256:");
        let text = served.text();
        let port: String =
            text.split("SSH：127.0.0.1:").nth(1).unwrap().chars().take_while(char::is_ascii_digit).collect();
        Self { home, store, served, port }
    }

    fn home(&self) -> &Path {
        self.home.path()
    }

    fn ssh(&self, key: &str, words: &[&str]) -> Command {
        let mut ssh = Command::new("ssh");
        let known = format!("UserKnownHostsFile={}", self.home().join("known").display());
        ssh.args(["-F", "none", "-o", "StrictHostKeyChecking=accept-new", "-o", &known, "-o", "IdentitiesOnly=yes"]);
        ssh.args(["-o", "IdentityAgent=none", "-o", "LogLevel=ERROR", "-p", &self.port, "-i"]);
        ssh.arg(self.home().join(key)).arg("127.0.0.1").args(words);
        ssh
    }

    /// Somebody at a terminal, by SSH.
    fn by_key(&self, key: &str) -> Terminal {
        Terminal::beside(self.ssh(key, &[]), SIZE)
    }

    fn answer(&self, key: &str, words: &[&str]) -> (i32, String) {
        let output = self.ssh(key, words).output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        (output.status.code().unwrap_or(-1), text)
    }
}

fn has(program: &str) -> bool {
    Command::new(program).arg("-V").output().is_ok()
}

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
    if !has("ssh") || !has("ssh-keygen") {
        eprintln!("not tried: no OpenSSH here");
        return;
    }
    let mut host = Host::open();
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
#[allow(clippy::disallowed_methods, reason = "what a person dates a paper with is the real day")]
fn today() -> String {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let stamp = tijian::domain::Stamp(i64::try_from(since.as_millis()).unwrap());
    stamp.china_day().to_string()
}

//! The linear mode: the real program spoken to in lines, through pipes and at a terminal.

mod terminal;

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use terminal::{PROGRAM, Terminal, pause, run};
use tijian::text::{Ambiguous, width};

struct Home {
    dir: tempfile::TempDir,
}

/// What a conversation came to.
struct Said {
    code: i32,
    out: String,
}

impl Home {
    fn practice() -> Self {
        let home = Self { dir: tempfile::tempdir().unwrap() };
        home.does(&["demo", "--branches", "6"]);
        home
    }

    /// A home with an imported list and a round over it.
    fn imported(list: &str) -> Self {
        let home = Self { dir: tempfile::tempdir().unwrap() };
        let file = home.dir.path().join("list.csv");
        std::fs::write(&file, list).unwrap();
        home.does(&["branch", "import", file.to_str().unwrap()]);
        home.does(&["round", "open", "2026-4", "--from", "2026-10-01", "--to", "2026-12-31", "--all"]);
        home
    }

    fn path(&self) -> &Path {
        self.dir.path()
    }

    fn store(&self) -> PathBuf {
        self.dir.path().join("store")
    }

    /// Runs a subcommand that succeeds.
    #[track_caller]
    fn does(&self, args: &[&str]) -> String {
        let store = self.store();
        let (code, said) = run(self.path(), &[&["--data", store.to_str().unwrap()], args].concat());
        assert_eq!(code, 0, "{said}");
        said
    }

    fn starts(&self, args: &[&str], env: &[(&str, &str)]) -> Child {
        Command::new(PROGRAM)
            .args(["--data", self.store().to_str().unwrap()])
            .args(args)
            .env_clear()
            .env("HOME", self.path())
            .env("USER", "王督查")
            .env("LANG", "zh_TW.UTF-8")
            .envs(env.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// Talks from beginning to end, line by line.
    #[track_caller]
    fn hears(&self, args: &[&str], env: &[(&str, &str)], script: &[u8]) -> Said {
        let mut child = self.starts(args, env);
        let mut input = child.stdin.take().unwrap();
        let script = script.to_vec();
        let writer = std::thread::spawn(move || {
            let _ = input.write_all(&script);
        });
        let done = child.wait_with_output().unwrap();
        writer.join().unwrap();
        let out = String::from_utf8(done.stdout).unwrap();
        let err = String::from_utf8(done.stderr).unwrap();
        assert_eq!(err, "", "{out}");
        is_plain(&out);
        Said { code: done.status.code().unwrap(), out }
    }

    #[track_caller]
    fn talks(&self, lines: &[&str]) -> Said {
        self.hears(&["--linear"], &[("TERM", "xterm")], (lines.join("\n") + "\n").as_bytes())
    }
}

impl Said {
    #[track_caller]
    fn has(&self, texts: &[&str]) -> &Self {
        let mut rest = self.out.as_str();
        for text in texts {
            let at = rest.find(text).unwrap_or_else(|| panic!("「{text}」 was not said in its turn:\n{}", self.out));
            rest = &rest[at + text.len()..];
        }
        self
    }

    #[track_caller]
    fn has_no(&self, text: &str) -> &Self {
        assert!(!self.out.contains(text), "「{text}」 was said:\n{}", self.out);
        self
    }
}

/// Checks that an output steers nothing, draws nothing and fits.
#[track_caller]
fn is_plain(out: &str) {
    let steers = |c: &char| c.is_control() && *c != '\n' || ('\u{2500}'..='\u{259f}').contains(c);
    assert_eq!(out.chars().find(steers), None, "{out}");
    let hides = |c: &char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert_eq!(out.chars().find(hides), None, "{out}");
    for line in out.lines() {
        assert!(width(line, Ambiguous::Narrow) <= 80, "{line}");
    }
}

#[test]
fn home_says_what_waits_and_a_number_opens_it() {
    let home = Home::practice();
    let said = home.talks(&["", "/未查完", "1", "q"]);
    assert_eq!(said.code, 0);
    said.has(&[
        "等我處理",
        ". 未查完",
        "工作台>",
        "第 34 項，共 66 項",
        "S-09",
        "看什麼",
        "佐證",
        "依據",
        "上次",
        "結論",
    ]);
    said.has(&["S-09>", "已存", "S-09 結論 未檢 -> 合格", "S-10", "已離開"]);
}

#[test]
fn a_round_and_a_branch_are_chosen_by_code_name_or_pinyin() {
    let home = Home::practice();
    let codes = home.does(&["branch", "list"]);
    let (code, _) = codes.lines().find(|line| line.contains("黨支部")).unwrap().trim().split_once(' ').unwrap();
    home.talks(&["gr", "2026-4", code, "q"]).has(&["體檢輪次", "1. 2026-4", "黨支部", "共 66 項"]);
    home.talks(&["gh", "gr", "1", "/xcb", "q"]).has(&["宣傳部黨支部", "S-09"]);
    home.talks(&["gh", "gr", "1", "宣传部", "S07", "q"]).has(&["第 34 項", "S-07"]);
    home.talks(&["gh", "gr", "1", "1", "S", "", "q"]).has(&["收尾簽認", "1. 未檢", "第 1 至 20 行", "21. 未檢"]);
    home.talks(&["gh", "支部", "黨支部", "/沒有這樣的", "q"]).has(&["行符合", "沒有符合的行"]);
}

#[test]
fn every_key_of_the_walk_works_as_on_the_screen() {
    let home = Home::practice();
    let script = [
        "/未查完",
        "１",
        "二",
        "=",
        "m",
        "u",
        "redo",
        "撤銷",
        "#40",
        "]o",
        "verdict.clear",
        "R-01",
        "4",
        ".",
        "f",
        "<",
        "p",
        "t",
        "<",
        "q",
    ];
    let said = home.talks(&script);
    said.has(&[
        "S-09 結論 未檢 -> 合格",
        "S-10 結論 未檢 -> 較好",
        "S-11 結論 未檢 -> 合格",
        "標記",
        "撤銷第",
        "重做第",
    ]);
    said.has(&["第 40 項", "R-01 結論 合格 -> 不合格", "逐欄填寫", "扣分明細", "R-01", "操作記錄", "R-01 結論"]);
    home.does(&["verify"]);
}

#[test]
fn a_whole_walk_leads_to_the_signature() {
    let list = "編號,名稱,上級編號,層級\nJG,機關黨委,,黨委\nJG-001,辦公室黨支部,JG,黨支部\n";
    let home = Home::imported(list);
    let mut script = vec!["gr", "1", "JG-001", "S", "S", "<", "4", "", "3", "5", "", "", "", ""];
    // The annex has no verdict to be signed for, but is walked too.
    script.extend(std::iter::repeat_n("1", 65));
    script.extend(["S", "S", "n", "S", "y", "report", "u", "R", "", "R", "補查一項", "<", "R-02", "3", "q"]);
    let said = home.talks(&script);
    said.has(&["R-01", "收尾簽認", "還不能簽認：未檢 58 項", "不合格", "逐欄填寫"]);
    said.has(&["全部檢查項已有結論", "沒有遺漏，可以簽認", "簽認「辦公室黨支部」", "已取消", "已存", "簽認", "已簽認"]);
    said.has(&["黨建體檢報告", "重新打開", "已取消", "重新打開：補查一項", "R-02 結論 合格 -> 一般"]);
    let shown = home.does(&["show", "2026-4", "JG-001", "--json"]);
    assert!(shown.contains("\"findings\""), "{shown}");
    home.does(&["verify"]);
}

#[test]
fn a_group_passes_at_once_and_jumps_find_their_items() {
    let home = Home::practice();
    let said =
        home.talks(&["/未查完", "A", "n", "A", "y", "S-12", "m", "R-02", "4", "<", "R-01", "]f", "]m", "J", "K", "q"]);
    said.has(&["全部記為合格？", "y/n>", "已取消", "全部記為合格？", "已存", "S-09 結論 未檢 -> 合格"]);
    said.has(&["S-12 標記", "R-02 結論", "R-01>", "R-02>", "S-12>"]);
}

#[test]
fn one_item_goes_across_the_branches() {
    let home = Home::practice();
    let said = home.talks(&["gr", "1", "5", "R-03", "x", "2", "j", "宣傳部", "x", "q"]);
    said.has(&["一項查各支部", "R-03：", "R-03 結論 未檢 -> 較好", "個支部，共 6 個", "宣傳部黨支部", "R-03>"]);
}

#[test]
fn a_filter_of_the_screen_is_shown_and_taken_off() {
    let home = Home::practice();
    let store = home.store();
    let mut seat = Terminal::start(home.path(), (80, 24), &["--data", store.to_str().unwrap()]);
    seat.sees("等我處理").send("4").sees("黨建體檢  支部").send("/").sees("查找 /");
    seat.send("xcb").sees("宣傳部").send("q\r").sees("xcbq");
    // What follows a text at once is taken for its end.
    terminal::pause(100);
    seat.send("/\x7f\r").sees("宣傳部").send("q");
    assert_eq!(seat.ends_within(Duration::from_secs(5)).code(), Some(0));
    home.talks(&["/", "q"]).has(&["查找：xcb", "1. ", "支部>", "個支部", "2. "]);
}

#[test]
fn a_finding_is_asked_for_slot_by_slot() {
    let home = Home::practice();
    let script =
        ["/未查完", "S-10", "4", "", "3", "4", "", "9", "2", "嚴重", "x", "1", "明天", "2027-02-30", "2027-02-28", "q"];
    let said = home.talks(&script);
    said.has(&["期間：[2026年第四季度]", "數量：[（空）]", "總數", "表述：[", "嚴重程度：[一般]", "輸入 1 至 3"]);
    said.has(&["整改類型", "整改時限（含當日）：[", "日期寫法如", "日期寫法如", "已存"]);
    said.has(&["S-10 問題 01", "黨課僅3次"]);
    // What is wrong is asked for again, and nothing else.
    let said = home.talks(&["S-09", "4", "?", ".", "2", "三月", "q"]);
    said.has(&["逐欄填寫", "逐欄填寫", "請填寫「數量」", "請填寫「月份」", "S-09 問題"]);
    // An answer that is given up is put aside and comes back.
    let said = home.talks(&["S-11", "4", "兩次", "<", "f", ".", "q"]);
    said.has(&["已暫放", "已取回暫放的文字", "[兩次]"]);
}

#[test]
fn a_note_is_lines_up_to_a_dot() {
    let home = Home::practice();
    let said =
        home.talks(&["/未查完", ";", "查了四次", "第二行", ".", ";", "+", "第三行", ".", ";", "-", "改寫", ".", "q"]);
    said.has(&["單獨一行 .", "已存", "備註 查了四次 第二行", "接着寫", "備註 查了四次 第二行 第三行", "備註 改寫"]);
    let said = home.talks(&[";", "", ";", "+", "電話13800138000", ".", "n", "<", ";", "-", "機密★", ".", "<", "q"]);
    said.has(&["[Enter + - <]", "個人信息", "密級標誌"]);
    said.has_no("備註 改寫 電話");
    let said = home.talks(&["S-10", "0", "", "0", "無此工作", "q"]);
    said.has(&["已取消", "無此工作"]);
}

#[test]
fn refusals_say_what_to_do() {
    let home = Home::practice();
    home.talks(&["U", "99", "S", "report", "/", "1", "絕不", "#999", "q"]).has(&[
        "不明白「U」",
        "沒有第 99 行",
        "此命令用於",
        "沒有文書",
        "/文字 查找",
        "不明白「絕不」",
        "沒有第 999 行",
    ]);
}

#[test]
fn text_that_steers_a_terminal_is_never_passed_on() {
    let home = Home::practice();
    let script =
        "/未查完\n;\n\x1b[31m紅\x1b]0;名\x07\u{9b}2J\u{202e}倒\u{200b}\x08\n.\n/\x1b[2J\n\x1b[A\n\u{85}4\u{1b}\nt\nq\n";
    let said = home.hears(&["--linear"], &[("TERM", "xterm")], script.as_bytes());
    said.has(&["控制字符已去除", "備註 紅2J倒", "未採用", "未採用", "未採用"]).has_no("-> 不合格");
    let said = home.hears(&["--linear"], &[("TERM", "xterm")], b"\xb5\xb3\xbd\xa8\nq\n");
    said.has(&["UTF-8"]);
    let long = [vec![b'4'; 100_000], b"\nq\n".to_vec()].concat();
    home.hears(&["--linear"], &[("TERM", "xterm")], &long).has(&["這一行太長"]);
    // A place that somebody has tampered with.
    home.talks(&["gh", "/未查完", "S-12", ";", "一句話"]);
    let place = std::fs::read_dir(home.store().join("places")).unwrap().next().unwrap().unwrap().path();
    let text = std::fs::read_to_string(&place).unwrap();
    assert!(text.contains("一句話"), "{text}");
    std::fs::write(&place, text.replace("一句話", "一句\\u001b[2J\\u009b話")).unwrap();
    home.talks(&["<", "q"]).has(&["一句"]);
}

#[test]
fn a_line_without_an_end_is_not_held() {
    let home = Home::practice();
    let mut child = home.starts(&["--linear"], &[("TERM", "xterm")]);
    let mut input = child.stdin.take().unwrap();
    let mut output = child.stdout.take().unwrap();
    let reader = std::thread::spawn(move || {
        let mut said = String::new();
        output.read_to_string(&mut said).unwrap();
        said
    });
    let piece = vec![b'4'; 1 << 20];
    for _ in 0..48 {
        input.write_all(&piece).unwrap();
    }
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let peak: u64 = peak.trim().trim_end_matches(" kB").parse().unwrap();
    assert!(peak > 1000 && peak < 48 << 10, "{peak} KiB");
    input.write_all(b"\nq\n").unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(reader.join().unwrap().contains("這一行太長"));
}

#[test]
fn an_end_in_the_middle_goes_on_there() {
    let home = Home::practice();
    // Nothing more to hear, in the middle of a note.
    let said = home.hears(&["--linear"], &[("TERM", "xterm")], "/未查完\n1\n;\n半句".as_bytes());
    assert_eq!(said.code, 0);
    said.has(&["已存", "已離開"]);
    let said = home.talks(&["+", "另半句", ".", "q"]);
    said.has(&["備註 S-10", "半句", "另半句"]);
    // Another way in leaves what was half typed where it was.
    home.talks(&["S-14", ";", "沒寫完"]);
    let said = home.hears(&["--linear", "inspect", "2026-4", "JG-003"], &[("TERM", "xterm")], b"R-01\nq\n");
    said.has(&["R-01"]).has_no("沒寫完");
    home.talks(&["S-14", ";", "<", "q"]).has(&["已取回暫放的文字", "沒寫完", "已暫放"]);
    // Somebody ends it.
    for signal in ["-TERM", "-HUP", "-INT"] {
        let mut child = home.starts(&["--linear"], &[("TERM", "dumb")]);
        child.stdin.as_mut().unwrap().write_all("S-12\nf\n".as_bytes()).unwrap();
        let mut out = [0; 4096];
        let mut said = Vec::new();
        while !String::from_utf8_lossy(&said).contains("表述") && !String::from_utf8_lossy(&said).contains("逐欄填寫")
        {
            let count = child.stdout.as_mut().unwrap().read(&mut out).unwrap();
            assert!(count > 0, "{}", String::from_utf8_lossy(&said));
            said.extend_from_slice(&out[..count]);
        }
        // There is more to hear, for all it knows.
        let more = child.stdin.take();
        Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
        let ended = (0..500).find_map(|_| {
            pause(10);
            child.try_wait().unwrap()
        });
        drop(more);
        assert_eq!(ended.and_then(|status| status.code()), Some(0), "{signal}");
        home.talks(&["<", "q"]).has(&["S-12"]);
    }
    // Nobody reads any more.
    let mut child = home.starts(&["--linear"], &[("TERM", "dumb")]);
    drop(child.stdout.take());
    let _ = child.stdin.as_mut().unwrap().write_all(b"?\n?\n");
    assert_eq!(child.wait().unwrap().code(), Some(0));
    home.does(&["verify"]);
}

#[test]
fn nothing_is_said_to_be_kept_that_is_not() {
    let home = Home::practice();
    let journal = home.store().join("journal.jsonl");
    let count = || std::fs::read_to_string(&journal).unwrap().lines().count();
    let before = count();
    let mut script = vec!["gh".to_owned(), "/未查完".to_owned(), "R-01".to_owned()];
    for round in ["甲", "乙", "丙"] {
        for _ in 0..66 {
            script.push(";".to_owned());
            script.extend((round != "甲").then(|| "-".to_owned()));
            script.extend([round.repeat(990), ".".to_owned(), "j".to_owned()]);
        }
        script.push("gg".to_owned());
    }
    let file = home.path().join("script");
    std::fs::write(&file, script.join("\n") + "\nq\n").unwrap();
    // The disk takes no more in the middle of it: a limit on the size of a file stands for a full disk.
    let line = "trap '' XFSZ; ulimit -f 540; exec \"$1\" --linear --data \"$2\" < \"$3\"";
    let done = Command::new("bash")
        .args(["-c", line, "bash", PROGRAM])
        .args([&home.store(), &file])
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .env("HOME", home.path())
        .env("LANG", "zh_TW.UTF-8")
        .env("USER", "王督查")
        .output()
        .unwrap();
    let out = String::from_utf8(done.stdout).unwrap();
    let err = String::from_utf8_lossy(&done.stderr).into_owned();
    is_plain(&out);
    let kept = out.lines().filter(|line| line.starts_with("已存")).count();
    assert!(kept > 0 && out.contains("!! 未能保存"), "{kept} {out}");
    assert_eq!(done.status.code(), Some(5), "{err}");
    let after = out.split_once("!! 未能保存").unwrap().1;
    assert!(!after.contains("已存"), "{after}");
    // The next start cuts off what was never acknowledged, and has all that was.
    let said = home.does(&["verify"]);
    assert!(said.contains("哈希鏈完整"), "{said}");
    let stands = count() - before;
    assert!(stands >= kept && stands <= kept + 1, "{stands} {kept}");
}

#[test]
fn it_is_chosen_where_there_is_no_screen() {
    let home = Home::practice();
    for env in [&[("TERM", "dumb")][..], &[]] {
        home.hears(&[], env, b"q\n").has(&["逐行模式"]);
    }
    std::fs::create_dir_all(home.path().join(".config/tijian")).unwrap();
    std::fs::write(home.path().join(".config/tijian/config.toml"), "linear = true\n").unwrap();
    home.hears(&[], &[("TERM", "xterm")], b"q\n").has(&["逐行模式"]);
    let code = home.does(&["branch", "list"]);
    let (code, _) = code.lines().find(|line| line.contains("宣傳部")).unwrap().trim().split_once(' ').unwrap();
    let said = home.hears(&["inspect", "2026-4", code, "--item", "S-03"], &[("TERM", "dumb")], b"q\n");
    said.has(&["宣傳部", "S-03", "S-03>"]);
    let (code, said) =
        run(home.path(), &["--linear", "--data", home.store().to_str().unwrap(), "inspect", "2026-4", "X"]);
    assert!(code == 1 && said.contains("沒有編號為 X"), "{said}");
    assert_eq!(std::fs::read_to_string(home.store().join("records.state")).unwrap(), "closed");
}

#[test]
fn a_pasted_text_gives_no_verdict_and_fills_a_note() {
    let home = Home::practice();
    let store = home.store();
    let mut seat = Terminal::start(home.path(), (80, 24), &["--linear", "--data", store.to_str().unwrap()]);
    seat.sees("工作台> ").send("/未查完\n").sees("S-09> ");
    seat.send("查了四個季度的會議記錄\n4\n1\n").sees("像是貼上的文字").settles(300);
    assert!(!String::from_utf8_lossy(&seat.written).contains("已存"));
    seat.send(";\n").sees("單獨一行").send("第一次會議記錄齊全\n4\n第三行\n").settles(300);
    seat.send(".\n").sees("備註 第一次會議記錄齊全 4 第三行");
    // Commands that are typed ahead of the answers are commands.
    seat.send("S-09\n1\n2\n").sees("S-11> ").send("q\n").sees("已離開");
    assert_eq!(seat.ends_within(Duration::from_secs(5)).code(), Some(0));
}

#[test]
fn every_language_is_spoken() {
    let home = Home::practice();
    let said = |lang| {
        let found = if lang == "en" { "unfinished" } else { "未查完" };
        let script = format!("?\n/{found}\nS-10\n4\n.\n?\np\nt\n<\nS\nS\n<\nT\nT\nT\nq\n");
        home.hears(&["--linear", "--lang", lang], &[("TERM", "dumb")], script.as_bytes())
    };
    said("en").has(&["Line mode", "Waiting for me", "Look at: ", "Verdict: ", "saved", "Left."]);
    said("zh-Hans").has(&["逐行模式", "看什么：", "结论：", "已离开"]);
    let english = home.hears(&["--linear", "--lang", "en"], &[("TERM", "dumb")], b"gh\n?\nq\n");
    let names = ["練習", "虛構", "黨", "年第", "王督查", "部", "季度", "。"];
    for line in english.out.lines().filter(|line| !names.iter().any(|name| line.contains(name))) {
        assert!(!line.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{line}");
    }
}

#[test]
fn a_new_home_is_led_through_its_first_steps() {
    let home = Home { dir: tempfile::tempdir().unwrap() };
    let script = ["1", "機關黨委辦公室", "2", "機關第一黨支部", "JG-001", ".", "3", ".", "1", "1", "1", "q"];
    let said = home.talks(&script);
    said.has(&[
        "嚴禁錄入國家秘密",
        "單位名稱",
        "已存",
        "新增支部",
        "名稱：",
        "已存",
        "新建體檢輪次",
        "已存",
        "等我處理",
    ]);
    said.has(&["機關第一黨支部", "R-01 結論 未檢 -> 合格"]);
}

#[test]
fn at_a_terminal_the_answer_stands_behind_the_question() {
    let home = Home::practice();
    let store = home.store();
    let mut seat = Terminal::start(home.path(), (60, 24), &["--linear", "--data", store.to_str().unwrap()]);
    seat.sees("工作台> ").send("/未查完\n").sees("S-09> ").send("1\n").sees("S-10> ").send("q\n").sees("已離開");
    assert_eq!(seat.ends_within(Duration::from_secs(5)).code(), Some(0));
    let written = String::from_utf8_lossy(&seat.written).replace('\r', "");
    is_plain(&written);
    let mut seat = Terminal::controlled(home.path(), (80, 24), &["--linear", "--data", store.to_str().unwrap()]);
    seat.sees("S-10> ").send(";\n").sees("> ").send("斷線前\n");
    pause(300);
    seat.vanishes().ends_within(Duration::from_secs(2));
    home.talks(&["", "q"]).has(&["斷線前", "已存"]);
}

#[test]
fn the_ledger_is_looked_up_line_by_line() {
    let home = Home::practice();
    let said = home.talks(&["gl", "全部", "/R-06", "<", "逾期", "q"]);
    said.has(&["整改台賬", "[在改", "按期限", "[全部", "檢查項：R-06", "狀態：已銷號", "經過：", "[逾期"]);
    // The steps that can be taken are offered with their keys.
    said.has(&["返回"]);
    // One item, handed over and taken back into the branch's hands, without a screen.
    let drafts = home.talks(&["gh", "gl", "待下發", "1", "i", "q"]);
    drafts.has(&["擬定", "已存", "下發"]);
}

#[test]
fn every_paper_is_read_out_where_it_is_about_something() {
    let home = Home::practice();
    // A round has its statistics and its circular; without a name both are offered.
    let said = home.talks(&["gr", "1", "report", "report statistics", "report circular", "report 通知", "q"]);
    said.has(&["report statistics 數據統計表", "report circular 督查通報", "【工作稿】", "數據統計表"]);
    said.has(&["【工作稿】", "黨建體檢督查通報", "report statistics 數據統計表", "不明白「通知」"]);
    // An item has those of its branch as well; where one cannot be, the reason is said as on the command line.
    let said =
        home.talks(&["gl", "全部", "1", "report notice", "report plan", "report closure", "report extension", "q"]);
    said.has(&["整改通知書", "整改方案"]);
    assert!(home.talks(&["gh", "report", "q"]).out.contains("此處沒有文書"));
}

#[test]
fn a_team_is_set_and_taken_off_line_by_line() {
    let home = Home::imported(
        "編號,名稱,上級編號,層級\nJG,機關黨委,,黨委\nJG-001,第一支部,JG,黨支部\nJG-002,第二支部,JG,黨支部\n",
    );
    let said = home.talks(&["go.rounds", "1", "p", "JG-001", "e", "王督查 李督查", "pane.teams", "q"]);
    said.has(&["進行中  覆蓋率 0.0%（0/2）", "1. 全部  支部 2  已開始 0", "JG-001 機關黨委 / 第一支部  支部 1"]);
    said.has(&["督查組：機關黨委 / 第一支部", "用空格分隔，不填為撤組", "李督查 王督查  支部 1", "未分組  支部 1"]);
    let said = home.talks(&["pane.walkers", "王督查", "l", "JG-001", "X", "y", "pane.teams", "q"]);
    said.has(&[
        "王督查  支部 1  已開始 0",
        "本人簽認 0",
        "查找：王督查",
        "撤去「第一支部」的督查組（李督查 王督查）？",
    ]);
    said.has(&["還沒有督查組"]);
}

#[test]
fn a_round_that_is_over_is_corrected_line_by_line() {
    let home = Home::imported("編號,名稱,上級編號,層級\nJG,機關黨委,,黨委\nJG-001,第一支部,JG,黨支部\n");
    let said = home.talks(&["go.rounds", "1", "C", "Z", "y", "C", "補錄漏查", "p", "<", "Z", "y", "q"]);
    said.has(&["輪次還沒有結束", "C 更正輪次", "更正輪次的理由", "更正中", "正在更正：補錄漏查", "問題 0 → 0"]);
    said.has(&["再次結束輪次", "已更正：補錄漏查"]);
}

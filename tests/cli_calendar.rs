//! Holidays and make-up days from a script, and the day that is proposed where working days count.

mod script;

use script::Home;
use tijian::domain::Day;
use tijian::session::SystemClock;

/// The working days of this year and the next as somebody would bring them in: no holiday but one far away.
fn plain(home: &Home) -> String {
    let year = SystemClock::stamp().china_day().0.year();
    home.file("plain.csv", format!("年,類別,日期\n{year},放假,1月1日\n{},放假,1月1日\n", year + 1))
}

#[test]
fn a_table_comes_in_whole_or_not_at_all() {
    let home = Home::practice();
    assert!(home.says(&["calendar", "show"]).contains("還沒有放假和調休表"), "there is no built-in table");
    let file = home.file("2027.csv", "年,類別,日期\n2027,放假,3月4日至7日\n2027,上班,3月14日（週日）\n");
    let dry = home.says(&["calendar", "import", &file, "--dry-run"]);
    assert!(dry.contains("試運行") && dry.contains("2027 年：週一至週五放假 2 天，週末上班 1 天"), "{dry}");
    assert!(home.says(&["calendar", "show"]).contains("還沒有"), "a dry run changes nothing");
    assert!(home.says(&["calendar", "import", &file]).contains("已導入 2027 年"));
    let shown = home.says(&["calendar", "show", "2027"]);
    assert!(shown.contains("2027-03-04..2027-03-05") && shown.contains("上班  2027-03-14"), "{shown}");
    assert!(home.fails(&["calendar", "import", &file], 1).contains("沒有變化"));
    assert!(home.fails(&["calendar", "show", "2031"], 1).contains("2031"));
    let bad = home.file("bad.csv", "年,類別,日期\n2028,放假,5月1日\n2028,放假,2月31日\n2028,上班,5月2日\n");
    let said = home.fails(&["calendar", "import", &bad], 1);
    for told in ["第3行", "「2月31日」不是日子", "第4行", "2028-05-02 不是週末", "有 2 處錯誤，未導入任何一年"]
    {
        assert!(said.contains(told), "{told}: {said}");
    }
    assert!(home.fails(&["calendar", "show", "2028"], 1).contains("2028"));
    let toml = home.file("2028.toml", "[2028]\noff = [\"5月1日\"]\nworked = [\"2028-05-06\"]\n");
    assert!(home.says(&["calendar", "import", &toml]).contains("2028 年"));
    assert!(home.refused_to("li", &["calendar", "show", "2030"]).contains("2030"));
}

#[test]
fn files_that_are_no_table_are_told_apart() {
    let home = Home::practice();
    for (name, text, told) in [
        ("a.csv", &b""[..], "表中沒有日子"),
        ("b.csv", b"\0\0\0", "不是文字文件"),
        ("c.csv", b"code,name\n1,2\n", "第一行應有欄名"),
        ("d.toml", b"[2027", "不是 TOML"),
        ("e.toml", b"[2027]\nrest = []\n", "第2行"),
        ("f.csv", "年,類別,日期\n2027,\u{1b}[31m放假,x\n".as_bytes(), "既不是放假"),
    ] {
        let file = home.file(name, text);
        let said = home.fails(&["calendar", "import", &file], 1);
        assert!(said.contains(told) && tijian::text::is_clean(&said, true), "{name}: {said}");
    }
    home.fails(&["calendar", "import", "/nowhere/at/all.csv"], 1);
    home.fails(&["calendar", "import"], 2);
    let template = home.says(&["calendar", "template"]);
    let file = home.file("template.csv", template);
    assert!(home.fails(&["calendar", "import", &file], 1).contains("不是日子"), "a template is no table");
    assert!(home.says(&["calendar", "template", "--toml"]).contains("off = []"));
}

/// Fails an item line by line, accepts what is proposed, and returns what was said and the day of the finding.
fn failed(home: &Home, item: &str) -> (String, String) {
    let said = home.as_typing("li", &["--linear", "inspect", "2027-1", "JG-002"], &format!("{item}\n4\n.\nS\nq\n")).out;
    let found = said.lines().rfind(|line| line.contains("問題 0") && line.contains(item) && line.contains("時限"));
    let day = found.and_then(|line| line.split("時限 ").nth(1)).unwrap_or_default().trim().to_owned();
    (said, day)
}

#[test]
fn a_day_is_proposed_in_working_days_where_the_house_counts_them() {
    let home = Home::empty();
    let list = home.file("life.toml", script::LIFE);
    home.says(&["checklist", "add", &list]);
    home.says(&["branch", "add", "JG-002", "--name", "財務處黨支部"]);
    home.says(&["round", "open", "2027-1", "--from", "2027-01-01", "--to", "2027-03-31", "--all"]);
    let today = SystemClock::stamp().china_day();
    let (said, day) = failed(&home, "A-01");
    assert_eq!(day, today.plus(15).to_string(), "{said}");
    assert!(!said.contains("放假調休表"), "{said}");
    assert!(home.says(&["policy", "set", "--counting", "working"]).contains(&today.0.year().to_string()));
    let (said, day) = failed(&home, "A-02");
    assert!(said.contains(&format!("沒有 {} 年的放假調休表", today.0.year())), "{said}");
    assert_eq!(day, today.plus(15).to_string(), "calendar days are proposed instead: {said}");
    let file = plain(&home);
    home.says(&["calendar", "import", &file]);
    let (said, day) = failed(&home, "A-04");
    assert!(!said.contains("放假調休表"), "{said}");
    let (mut worked, mut left) = (today, 30);
    while left > 0 {
        worked = worked.plus(1);
        let off = worked.0.month() == 1 && worked.0.day() == 1;
        left -= i32::from(!off && !weekend(worked));
    }
    assert_eq!(day, worked.to_string(), "{said}");
}

fn weekend(day: Day) -> bool {
    day.0.weekday().to_monday_one_offset() > 5
}

//! Lists of units that people bring: every encoding and separator, every fault by line, all of it or nothing.

mod house;

use encoding_rs::{GB18030, UTF_16LE};
use house::House;
use proptest::prelude::*;
use tijian::domain::{BranchId, BranchKind, Command, Day, Lang, Profile, Reading};
use tijian::import::branches::{Fate, ListFault, Plan, RowFault, plan};

const LIST: &str = "編號,名稱,上級編號,層級,正式黨員,黨員總數,本屆起始,任期,依據類別\n\
    XY,學院黨委,,黨委,,,,,\n\
    XY-002,學院第二黨支部,XY,黨支部,12,14,2025-09-01,3,高校\n\
    XY-010,學院第十黨支部,XY,支部,８,9人,2024年3月5日,３,高校\n";

fn planned(bytes: &[u8]) -> Result<Plan, ListFault> {
    plan(bytes, &*House::furnished().shelf())
}

fn faults(text: &str) -> Vec<(u32, Vec<RowFault>)> {
    let plan = planned(text.as_bytes()).unwrap();
    assert!(plan.commands.is_empty(), "a list with a fault asks for nothing");
    plan.rows
        .into_iter()
        .filter_map(|row| match row.fate {
            Fate::Faulty(faults) => Some((row.line, faults)),
            Fate::Added | Fate::Edited | Fate::Same => None,
        })
        .collect()
}

#[test]
fn a_list_enters_its_units_below_each_other() {
    let mut house = House::furnished();
    let plan = plan(LIST.as_bytes(), &*house.shelf()).unwrap();
    assert_eq!(plan.summary().added, 3);
    house.does("admin", Command::BranchList(plan.commands));
    let shelf = house.shelf();
    let id = shelf.branch_by_code("XY-010").unwrap().unwrap();
    let facts = shelf.branch(id).unwrap().unwrap().facts;
    assert_eq!(facts.parent, shelf.branch_by_code("XY").unwrap());
    assert_eq!((facts.kind, facts.profile), (BranchKind::Zhibu, Some(Profile::University)));
    assert_eq!((facts.full_members, facts.all_members, facts.term_years), (Some(8), Some(9), Some(3)));
    assert_eq!(facts.term_start, Day::new(2024, 3, 5));
    let names: Vec<String> = shelf.tree().unwrap().lines.iter().map(|line| line.name.clone()).collect();
    let place = |name: &str| names.iter().position(|one| one == name).unwrap();
    assert!(place("學院黨委") < place("學院第二黨支部"));
    assert!(place("學院第二黨支部") < place("學院第十黨支部"), "第二 stands before 第十: {names:?}");
}

#[test]
fn every_encoding_and_separator_reads_the_same() {
    let expected = planned(LIST.as_bytes()).unwrap().rows;
    let simplified = "编号,名称,上级编号,层级,正式党员,党员总数,本届起始,任期,依据类别";
    let gb = LIST.replacen(LIST.lines().next().unwrap(), simplified, 1);
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(LIST.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(UTF_16LE.decode(&utf16).0, LIST);
    let variants: [(&str, Vec<u8>); 6] = [
        ("a mark", format!("\u{feff}{LIST}").into_bytes()),
        ("GB18030", GB18030.encode(&gb).0.into_owned()),
        ("UTF-16", utf16),
        ("semicolons", LIST.replace(',', ";").into_bytes()),
        ("tabs and CRLF", LIST.replace(',', "\t").replace('\n', "\r\n").into_bytes()),
        ("blank rows and no last newline", LIST.replace('\n', "\n\n").trim_end().as_bytes().to_vec()),
    ];
    for (name, bytes) in variants {
        let rows = planned(&bytes).unwrap_or_else(|fault| panic!("{name}: {fault:?}")).rows;
        let told = |rows: &[tijian::import::branches::PlannedRow]| {
            rows.iter().map(|row| (row.code.clone(), row.name.clone(), row.fate.clone())).collect::<Vec<_>>()
        };
        assert_eq!(told(&rows), told(&expected), "{name}");
    }
}

#[test]
fn a_workbook_reads_as_the_text_does() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let date = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
    for (row, line) in (0u32..).zip(LIST.lines()) {
        for (column, cell) in (0u16..).zip(line.split(',')) {
            if let Ok(number) = cell.parse::<f64>() {
                sheet.write_number(row, column, number).unwrap();
            } else if cell == "2025-09-01" {
                let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2025, 9, 1).unwrap();
                sheet.write_datetime_with_format(row, column, &day, &date).unwrap();
            } else if !cell.is_empty() {
                sheet.write_string(row, column, cell).unwrap();
            }
        }
    }
    let bytes = book.save_to_buffer().unwrap();
    let (list, book) = (planned(LIST.as_bytes()).unwrap(), planned(&bytes).unwrap());
    assert_eq!(book.rows, list.rows);
    assert_eq!(book.commands, list.commands);
    for cut in [5, 100, bytes.len() / 2, bytes.len() - 10] {
        assert!(matches!(planned(&bytes[..cut]), Err(ListFault::Workbook(_))), "cut at {cut}");
    }
}

#[test]
fn a_second_time_nothing_changes_and_an_empty_cell_takes_nothing_away() {
    let mut house = House::furnished();
    let first = plan(LIST.as_bytes(), &*house.shelf()).unwrap();
    house.does("admin", Command::BranchList(first.commands));
    let again = plan(LIST.as_bytes(), &*house.shelf()).unwrap();
    assert_eq!((again.summary().same, again.commands.len()), (3, 0));
    let list = "code,name,full members,members\nXY-002,學院第二黨支部,,15\nXY-010,學院第十黨支部,,\n";
    let edits = plan(list.as_bytes(), &*house.shelf()).unwrap();
    assert_eq!((edits.summary().edited, edits.summary().same), (1, 1));
    house.does("admin", Command::BranchList(edits.commands));
    let shelf = house.shelf();
    let facts = shelf.branch(shelf.branch_by_code("XY-002").unwrap().unwrap()).unwrap().unwrap().facts;
    assert_eq!((facts.full_members, facts.all_members), (Some(12), Some(15)));
    assert_eq!(facts.parent, shelf.branch_by_code("XY").unwrap());
}

#[test]
fn children_may_stand_before_their_parents() {
    let mut house = House::furnished();
    let list = "編號,名稱,上級編號\nC,丙支部,B\nB,乙總支,A\nA,甲黨委,JG\n";
    let plan = plan(list.as_bytes(), &*house.shelf()).unwrap();
    house.does("admin", Command::BranchList(plan.commands));
    let tree = house.shelf().tree().unwrap();
    let id = house.shelf().branch_by_code("C").unwrap().unwrap();
    assert_eq!(tree.path(id, "/"), "機關黨委/甲黨委/乙總支/丙支部");
}

#[test]
fn two_known_units_can_change_places() {
    let mut house = House::furnished();
    let list = "編號,名稱,上級編號\nN,新黨委,\nJG,機關黨委,JG-003\nJG-003,機關第三黨支部,N\n";
    let plan = plan(list.as_bytes(), &*house.shelf()).unwrap();
    assert_eq!(plan.summary().faults, 0);
    house.does("admin", Command::BranchList(plan.commands));
    assert_eq!(house.shelf().tree().unwrap().path(BranchId(3), "/"), "新黨委/機關第三黨支部/機關黨委/教務處黨支部");
}

#[test]
fn every_wrong_row_is_told_with_its_line() {
    let list = "編號,名稱,上級編號,黨員總數,正式黨員,層級\n\
        A,甲支部,沒有,3,,\n\
        B,乙支部,JG,三,,\n\
        A,甲支部,JG,,,\n\
        D,丁支部,JG\n\
        E,戊支部,JG,1,2,\n\
        F,己支部,F,,,\n\
        G,庚支部,H,,,\n\
        H,辛支部,G,,,\n\
        I,壬\u{202e}支部,JG,,,司\n\
        ,癸支部,JG,,,\n\
        K,機密★10年,JG,,,\n";
    let told = faults(list);
    let lines: Vec<u32> = told.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [2, 3, 4, 5, 6, 7, 8, 10, 11, 12], "{told:#?}");
    let of = |line: u32| &told.iter().find(|(one, _)| *one == line).unwrap().1;
    assert_eq!(*of(2), [RowFault::NoParent("沒有".to_owned())]);
    assert!(matches!(of(3)[..], [RowFault::Cell { .. }]));
    assert_eq!(*of(4), [RowFault::Twice { first: 2 }]);
    assert_eq!(*of(5), [RowFault::Ragged { head: 6, row: 3 }]);
    assert!(matches!(of(6)[..], [RowFault::Refused(_)]));
    assert_eq!(*of(7), [RowFault::Circle]);
    assert!(of(8).contains(&RowFault::Circle));
    assert_eq!(of(10).len(), 2, "each cell is told: {:?}", of(10));
    for (line, faults) in &told {
        for lang in Lang::ALL {
            assert!(faults.iter().all(|fault| !fault.say(lang).is_empty()), "{line}");
        }
    }
}

#[test]
fn a_file_that_is_no_list_says_what_to_do() {
    let told = |bytes: &[u8]| planned(bytes).err().unwrap_or_else(|| panic!("taken: {bytes:?}"));
    assert_eq!(told(b""), ListFault::NothingInIt);
    assert_eq!(told("編號,名稱\n".as_bytes()), ListFault::NothingInIt);
    assert_eq!(told(b"code,name\n\0,x\n"), ListFault::NotText);
    assert_eq!(told(b"code,name\n\xff\xff\xff,x\n"), ListFault::NotText);
    assert_eq!(told(b"\xd0\xcf\x11\xe0\xa1\xb1"), ListFault::OldWorkbook);
    assert!(matches!(told("名稱\n甲\n".as_bytes()), ListFault::NoColumn(_)));
    assert!(matches!(told("編號,名稱,代碼\n1,甲,2\n".as_bytes()), ListFault::ColumnTwice(_)));
    assert!(matches!(told("編號,名稱,上級组織编码\n1,甲,2\n".as_bytes()), ListFault::NearColumn { .. }));
    for persons in ["書記", "支部書記姓名", "聯繫電話", "身份证号", "Contact"] {
        let list = format!("編號,名稱,{persons}\n1,甲,某\n");
        assert!(matches!(told(list.as_bytes()), ListFault::Persons(_)), "{persons}");
    }
    for fault in [told(b""), told(b"\0"), told("編號,名稱,書記\n1,甲,某\n".as_bytes())] {
        assert!(Lang::ALL.iter().all(|lang| !fault.say(*lang).is_empty()));
    }
}

#[test]
fn columns_of_one_s_own_are_left_alone_and_told() {
    let plan = planned("序號,編號,名稱,備註\n1,A,甲支部,隨便\n".as_bytes()).unwrap();
    assert_eq!(plan.others, ["序號", "備註"]);
    assert_eq!(plan.summary().added, 1);
    assert!(
        plan.say_rows(Lang::Hans, false).contains("未采用的栏：序號、備註"),
        "{}",
        plan.say_rows(Lang::Hans, false)
    );
}

#[test]
fn personal_data_are_warned_of() {
    let plan = planned("編號,名稱,全稱\nA,甲支部,聯繫13800138000\n".as_bytes()).unwrap();
    assert_eq!(plan.summary().added, 1);
    assert!(plan.say_rows(Lang::Hant, false).contains("電話號碼"));
}

#[test]
fn a_list_of_thousands_is_planned_at_once() {
    let mut list = "編號,名稱,上級編號\n".to_owned();
    for n in 0..20_000 {
        let above = if n == 0 { "JG".to_owned() } else { format!("N{}", (n - 1) / 8) };
        list.push_str(&format!("N{n},第{n}支部,{above}\n"));
    }
    let plan = planned(list.as_bytes()).unwrap();
    assert_eq!(plan.commands.len(), 20_000);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_bytes_can_break_the_reader(
        bytes in proptest::collection::vec(any::<u8>(), 0..300),
        start in prop_oneof![Just(&b""[..]), Just(&b"code,name,parent\n"[..]), Just(&b"PK\x03\x04"[..])],
    ) {
        let _ = planned(&[start, &bytes].concat());
    }
}

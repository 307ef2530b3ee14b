//! Lists and checklists that people bring.

use std::io::{Cursor, Read, Write};

use encoding_rs::GB18030;
use tijian::domain::Lang;
use tijian::import::branches::{FILE_LIMIT, Fate, ListFault, ROW_LIMIT, plan};
use tijian::import::calendar::{self, CalendarFaultKind};
use tijian::import::checklist;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::bench::{Target, told, turn};
use crate::dice::Dice;
use crate::house::House;
use crate::mutate::spoilt;

const MIB: usize = 1 << 20;

const LIST: &str = "編號,名稱,上級編號,層級,正式黨員,黨員總數,本屆起始,任期,依據類別\n\
    XY,學院黨委,,黨委,,,,,\n\
    XY-002,學院第二黨支部,XY,黨支部,12,14,2025-09-01,3,高校\n\
    JG-003,\"機關第三\n黨支部\",XY,支部,８,9人,2024年3月5日,３,高校\n";

const CELLS: &[&[u8]] = &[
    b",",
    b"\"",
    b"\"\"",
    b"\n",
    b"\r",
    b"\t",
    b";",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\0",
    b"\x1b[2J",
    b"-1",
    b"999999999999",
    b"9999-12-31",
    b"JG",
    b"XY",
    b"code,name,parent\n",
    "\u{202e}".as_bytes(),
    "年月日".as_bytes(),
    "書記".as_bytes(),
];

const SHEET: &[&[u8]] = &[
    b"<row r=\"4294967295\">",
    b"<row r=\"1048577\">",
    b"<c r=\"XFE1\">",
    b"<c r=\"A0\">",
    b"<c r=\"A4294967295\">",
    b"<c r=\"ZZZZZZZZ9\">",
    b"<c t=\"s\"><v>",
    b"<c t=\"inlineStr\"><is><t>",
    b"</c>",
    b"</row>",
    b"<v>1e308</v>",
    b"<v>-99999999</v>",
    b"<v>4294967296</v>",
    b"<c s=\"4294967295\">",
    b"uniqueCount=\"99999999999\"",
    b"<!--",
    b"-->",
    b"<![CDATA[",
    b"<!DOCTYPE a [<!ENTITY b \"c\">]>",
    b"&#0;",
    b"&#27;",
    b"&lt;",
    b"<f>A1</f>",
    b"t=\"d\"",
    b"t=\"e\"",
    b"\xff\xfe",
];

fn judged(house: &House, bytes: &[u8]) {
    match plan(bytes, &*house.shelf()) {
        Ok(list) => {
            let faulty = list.rows.iter().any(|row| matches!(row.fate, Fate::Faulty(_)));
            assert!(!faulty || list.commands.is_empty(), "a list with a fault asks for something");
            for lang in Lang::ALL {
                for row in &list.rows {
                    told(&row.say(lang));
                }
                if !list.rows.is_empty() {
                    told(&list.say_rows(lang, true));
                }
            }
            assert_eq!(plan(bytes, &*house.shelf()).unwrap().rows, list.rows);
        }
        Err(fault) => {
            for lang in Lang::ALL {
                told(&fault.say(lang));
            }
        }
    }
}

#[test]
fn lists_as_text() {
    let _turn = turn();
    let house = House::furnished();
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(LIST.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let corpus = vec![
        LIST.as_bytes().to_vec(),
        LIST.replace(',', ";").into_bytes(),
        LIST.replace(',', "\t").replace('\n', "\r\n").into_bytes(),
        GB18030.encode(LIST).0.into_owned(),
        utf16,
        b"code,name,parent,members\nA,a,JG,1\nB,b,A,2\n".to_vec(),
    ];
    let target = Target { name: "list", corpus, tokens: CELLS, rounds: 3_000 };
    target.run(&mut |bytes| judged(&house, bytes));
}

fn book() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in (0u32..).zip(LIST.replace("\"機關第三\n黨支部\"", "機關").lines()) {
        for (column, cell) in (0u16..).zip(line.split(',')) {
            match cell.parse::<f64>() {
                Ok(number) => drop(sheet.write_number(row, column, number).unwrap()),
                Err(_) => drop(sheet.write_string(row, column, cell).unwrap()),
            }
        }
    }
    book.save_to_buffer().unwrap()
}

fn parts(book: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(book)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut part = archive.by_index(at).unwrap();
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).unwrap();
            (part.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

fn packed<'a>(parts: impl Iterator<Item = (&'a str, &'a [u8])>, method: CompressionMethod) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(name, SimpleFileOptions::default().compression_method(method)).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Packs a workbook with one of its parts replaced.
fn with_part(parts: &[(String, Vec<u8>)], which: &str, bytes: &[u8]) -> Vec<u8> {
    let of = |(name, part): &(String, Vec<u8>)| if name.ends_with(which) { bytes.to_vec() } else { part.clone() };
    let all: Vec<(&str, Vec<u8>)> = parts.iter().map(|part| (part.0.as_str(), of(part))).collect();
    packed(all.iter().map(|(name, bytes)| (*name, bytes.as_slice())), CompressionMethod::Deflated)
}

#[test]
fn lists_as_workbooks() {
    let _turn = turn();
    let house = House::furnished();
    let whole = book();
    let parts = parts(&whole);
    let stored = packed(parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())), CompressionMethod::Stored);
    let target = Target { name: "workbook", corpus: vec![whole, stored], tokens: SHEET, rounds: 2_000 };
    let texts: Vec<Vec<u8>> = parts.iter().map(|(_, bytes)| bytes.clone()).collect();
    let mut remade = |spoilt_whole: Vec<u8>, dice: &mut Dice| {
        if dice.once_in(4) {
            return spoilt_whole;
        }
        // The checksum of an archive hides what stands in it: a part is spoilt and packed again.
        let which = ["sheet1.xml", "sharedStrings.xml", "styles.xml", "workbook.xml", ".rels"][dice.below(7).min(4)];
        let which = if dice.once_in(2) { "sheet1.xml" } else { which };
        let at = parts.iter().position(|(name, _)| name.ends_with(which)).unwrap();
        let mut corpus = vec![texts[at].clone(); 4];
        corpus.extend(texts.iter().cloned());
        let part = spoilt(&corpus, SHEET, dice);
        with_part(&parts, &parts[at].0, &part)
    };
    target.run_made(&mut remade, &mut |bytes| judged(&house, bytes));
}

const ROW: &str = "<row><c><v>1</v></c></row>";

#[test]
fn workbooks_that_swell_are_refused() {
    let _turn = turn();
    let house = House::furnished();
    // What is made once, such as tables of characters, is none of a file's.
    let _ = plan(&book(), &*house.shelf());
    let parts = parts(&book());
    let part = |which: &str| {
        let (_, bytes) = parts.iter().find(|(name, _)| name.ends_with(which)).unwrap();
        String::from_utf8(bytes.clone()).unwrap()
    };
    let inside = |which: &str, before: &str, piece: &str, size: usize| {
        let text = part(which);
        let at = text.find(before).unwrap();
        let long = [&text.as_bytes()[..at], &piece.as_bytes().repeat(size / piece.len()), &text.as_bytes()[at..]];
        with_part(&parts, which, &long.concat())
    };
    let claim = |number: &str| {
        let text = part("sharedStrings.xml").replacen("uniqueCount=\"", &format!("uniqueCount=\"{number}"), 1);
        with_part(&parts, "sharedStrings.xml", text.as_bytes())
    };
    let bombs = [
        ("rows", inside("sheet1.xml", "</sheetData>", ROW, 200 * MIB)),
        ("a text in a cell", inside("sheet1.xml", "</sheetData>", "x", 4 * MIB)),
        ("a comment", inside("sheet1.xml", "</sheetData>", "<!--", 4 * MIB)),
        ("shared texts", inside("sharedStrings.xml", "</sst>", "<si><t>x</t></si>", 20 * MIB)),
        ("styles", inside("styles.xml", "</cellXfs>", "<xf/>", 2 * MIB)),
        ("a claim", claim("99999999999")),
        ("a claim past every number", claim("999999999999999999")),
    ];
    let folder = vec![("x".to_owned(), Vec::new()); 10_001];
    let folder: Vec<(String, Vec<u8>)> =
        folder.into_iter().enumerate().map(|(at, (name, bytes))| (format!("{name}{at}"), bytes)).collect();
    let crowd = packed(folder.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())), CompressionMethod::Stored);
    let bombs = bombs.into_iter().chain([("parts", crowd)]);
    let bombs: Vec<(&str, Vec<u8>)> = bombs.collect();
    // What an archive says of its own size is no more than a claim.
    let mut liar = bombs[0].1.clone();
    let true_size = u32::try_from(part("sheet1.xml").len() + 200 * MIB / ROW.len() * ROW.len()).unwrap();
    let told: Vec<usize> = (0..liar.len() - 4).filter(|at| liar[*at..at + 4] == true_size.to_le_bytes()).collect();
    assert_eq!(told.len(), 2, "an archive tells a part's size before it and at its end");
    for at in told {
        liar[at..at + 4].copy_from_slice(&1_000u32.to_le_bytes());
    }
    Target { name: "rows that lie", corpus: vec![liar], tokens: &[], rounds: 0 }.run(&mut |bytes| {
        let refused = plan(bytes, &*house.shelf()).err();
        assert!(matches!(refused, Some(ListFault::Workbook(_))), "{refused:?}");
    });
    for (name, bomb) in bombs {
        assert!(bomb.len() < 2 * MIB, "{name} is no small file: {}", bomb.len());
        Target { name, corpus: vec![bomb], tokens: &[], rounds: 0 }.run(&mut |bytes| {
            let refused = plan(bytes, &*house.shelf()).err();
            assert_eq!(refused, Some(ListFault::TooLargeInside), "{name}");
        });
    }
    // One text that stands in many cells, and cells in columns that nobody has.
    let long = part("sharedStrings.xml").replacen("</t>", &format!("{}</t>", "x".repeat(900 << 10)), 1);
    let shared: Vec<(String, Vec<u8>)> = (parts.iter().cloned())
        .map(
            |(name, bytes)| {
                if name.ends_with("sharedStrings.xml") { (name, long.clone().into_bytes()) } else { (name, bytes) }
            },
        )
        .collect();
    let text = part("sheet1.xml");
    let cells = text.replace("</sheetData>", &("<row><c t=\"s\"><v>0</v></c></row>".repeat(80) + "</sheetData>"));
    let shared = with_part(&shared, "sheet1.xml", cells.as_bytes());
    Target { name: "a text in many cells", corpus: vec![shared], tokens: &[], rounds: 0 }.run(&mut |bytes| {
        assert_eq!(plan(bytes, &*house.shelf()).err(), Some(ListFault::TooLarge));
    });
    let far: String = (20..420).map(|row| format!("<row r=\"{row}\"><c r=\"XFD{row}\"><v>1</v></c></row>")).collect();
    let far = with_part(&parts, "sheet1.xml", text.replace("</sheetData>", &(far + "</sheetData>")).as_bytes());
    Target { name: "far columns", corpus: vec![far], tokens: &[], rounds: 0 }.run(&mut |bytes| {
        assert!(plan(bytes, &*house.shelf()).is_ok());
    });
    // What is small enough is read within the bound.
    let fitting = [
        ("rows", inside("sheet1.xml", "</sheetData>", ROW, MIB)),
        ("texts", inside("sharedStrings.xml", "</sst>", "<si><t>x</t></si>", 15 * MIB)),
        ("styles", inside("styles.xml", "</cellXfs>", "<xf/>", 900 << 10)),
    ];
    for (name, bytes) in fitting {
        Target { name, corpus: vec![bytes], tokens: &[], rounds: 0 }.run(&mut |bytes| {
            let read = plan(bytes, &*house.shelf()).unwrap_or_else(|fault| panic!("{name}: {fault:?}"));
            assert!(!read.rows.is_empty(), "{name}");
        });
    }
}

#[test]
fn a_list_that_is_too_long_is_not_read_to_its_end() {
    let _turn = turn();
    let house = House::furnished();
    let refused = |bytes: &[u8]| plan(bytes, &*house.shelf()).err();
    assert_eq!(refused(&vec![b'x'; FILE_LIMIT + 1]), Some(ListFault::TooLarge));
    let rows = format!("code,name\n{}", "A,a\n".repeat(ROW_LIMIT + 2));
    assert_eq!(refused(rows.as_bytes()), Some(ListFault::TooManyRows));
    let no_table = |bytes: &[u8]| calendar::read(bytes, false).unwrap_err().pop().map(|fault| fault.what);
    let too_many = CalendarFaultKind::NoTable(ListFault::TooManyRows);
    assert_eq!(no_table(rows.as_bytes()), Some(too_many.clone()));
    let parts = parts(&book());
    let (_, sheet) = parts.iter().find(|(name, _)| name.ends_with("sheet1.xml")).unwrap();
    let rows = "<row><c><v>1</v></c></row>".repeat(ROW_LIMIT + 2) + "</sheetData>";
    let sheet = String::from_utf8(sheet.clone()).unwrap().replace("</sheetData>", &rows);
    let book = with_part(&parts, "sheet1.xml", sheet.as_bytes());
    assert_eq!(refused(&book), Some(ListFault::TooManyRows));
    assert_eq!(no_table(&book), Some(too_many));
}

#[test]
fn checklists() {
    let _turn = turn();
    let file = include_bytes!("../../src/checklists/builtin.toml").to_vec();
    let text = std::str::from_utf8(&file).unwrap();
    let first: String = text.lines().take(120).map(|line| format!("{line}\n")).collect();
    let tokens: &[&[u8]] = &[
        b"[[item]]\n",
        b"[[card]]\n",
        b"[[rule]]\n",
        b"id = \"R-01\"\n",
        b"points = 1e99\n",
        b"points = -1\n",
        b"[",
        b"]]",
        b"\"\"\"",
        b"'''",
        b"{",
        b"}",
        b"\x1b[2J",
        b"\\u0000",
        b"\\u001b",
        b"=",
        b"\n\n",
        b"item.x = 1\n",
        b"schema = 2\n",
        b"\xff",
        b"a.a.a.a.a.a.a.a.a = [[[[[[[[[[[[[[[[",
    ];
    let target = Target { name: "checklist", corpus: vec![file, first.into_bytes()], tokens, rounds: 1_000 };
    target.run(&mut |bytes| match checklist::read(bytes) {
        Ok(read) => {
            let written = serde_json::to_vec(&read).unwrap();
            let again: tijian::domain::Checklist = serde_json::from_slice(&written).unwrap();
            assert_eq!(checklist::edition_id(&again), checklist::edition_id(&read));
            assert_eq!(serde_json::to_vec(&again).unwrap(), written);
        }
        Err(faults) => {
            assert!(!faults.is_empty());
            for fault in faults {
                assert!(fault.line > 0);
                for lang in Lang::ALL {
                    told(&fault.what.say(lang));
                }
            }
        }
    });
}

#[test]
fn calendars() {
    let _turn = turn();
    let table = "年,類別,日期\n2027,放假,3月4日至7日\n2027,放假,2027-05-03\n2027,調休上班,3月14日（週日）\n";
    let toml = "[2027]\noff = [\"3月4日至3月7日\", \"5月3日\"]\n\"上班\" = [\"2027-03-14\"]\n";
    let tokens: &[&[u8]] = &[
        b"2199-12-31",
        b"9999-12-31",
        b"-9999-01-01",
        b"..",
        b"127",
        b"0",
        b"off = [",
        b"]",
        b"\"",
        b",",
        b"\n",
        b"\x1b[2J",
        b"\\u001b",
        b"[[[[[[[[",
        b"\xff\xfe",
        "（（".as_bytes(),
        "12月25日至1月30日".as_bytes(),
        "\u{202e}".as_bytes(),
    ];
    let judge = &mut |bytes: &[u8]| {
        for toml in [false, true] {
            match calendar::read(bytes, toml) {
                Ok(years) => {
                    assert!(!years.is_empty());
                    assert_eq!(calendar::read(bytes, toml), Ok(years));
                }
                Err(faults) => {
                    assert!(!faults.is_empty());
                    // So many as are read.
                    for fault in faults.iter().take(200) {
                        for lang in Lang::ALL {
                            told(&fault.say(lang));
                        }
                    }
                }
            }
        }
    };
    let corpus = vec![table.as_bytes().to_vec(), toml.as_bytes().to_vec(), GB18030.encode(table).0.into_owned()];
    Target { name: "calendar", corpus, tokens, rounds: 2_000 }.run(judge);
    // Nothing but faults, as many as fit.
    let days = format!("[2027]\noff = [{}]\n", "1,".repeat(MIB / 2 - 16));
    let rows = format!("年,類別,日期\n{}", "x,y,z\n".repeat(MIB / 6));
    let corpus = vec![days.into_bytes(), rows.into_bytes()];
    Target { name: "calendar-large", corpus, tokens, rounds: 0 }.run(judge);
}

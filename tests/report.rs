//! The paper on one inspection: what it says, how wide it is, and what stored text cannot do to it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a broken test says so")]

mod house;
mod paper;

use house::House;
use paper::page::{HOSTILE, fits, is_golden, skeleton, solid};
use paper::{BRANCH, PERSONS, ROUND, Tampered, finding, finds, id, judged, judges, notes, scored, signed, today};
use tijian::domain::{
    BranchCommand, BranchId, Class, Command, Day, Lang, Profile, Reading, RoundId, Severity, Verdict,
};
use tijian::report::{self, Paper};

fn paper_on(reading: &dyn Reading, lang: Lang) -> Paper {
    report::inspection(reading, ROUND, BRANCH, lang, today()).unwrap().unwrap()
}

fn paper(house: &House, lang: Lang) -> Paper {
    paper_on(&*house.shelf(), lang)
}

#[test]
fn papers_are_what_they_were() {
    let house = signed();
    for lang in Lang::ALL {
        let paper = paper(&house, lang);
        is_golden(&format!("report-{}.txt", lang.code()), &paper.text());
        is_golden(&format!("report-{}.md", lang.code()), &paper.markdown());
    }
}

#[test]
fn an_unfinished_paper_is_what_it_was() {
    let mut house = House::furnished();
    judges(&mut house, scored().take(20).map(|item| (item.id.clone(), Verdict::Pass, "")));
    is_golden("report-open.txt", &paper(&house, Lang::Hant).text());
}

#[test]
fn every_line_fits_the_page() {
    let (signed, blank) = (signed(), House::furnished());
    for lang in Lang::ALL {
        fits(&paper(&signed, lang).text());
        fits(&paper(&blank, lang).text());
    }
}

#[test]
fn long_texts_fit_the_page_and_nothing_of_them_is_lost() {
    let house = signed();
    let long = [
        "字".repeat(400),
        "x".repeat(400),
        format!("https://example.org/{}", "a-b/".repeat(90)),
        "“四強”——".repeat(60),
        "支部 committee 2026 ".repeat(20),
        "（一）；".repeat(90),
        "👨‍👩‍👧é".repeat(90),
    ];
    for text in long {
        let reading = Tampered::over(&house).writes(&text);
        for lang in Lang::ALL {
            let said = paper_on(&reading, lang).text();
            fits(&said);
            let mut whole = solid(&tijian::text::printable(&text));
            if lang == Lang::Hans {
                whole = tijian::text::simplify(&whole);
            }
            assert!(solid(&said).matches(&whole).count() >= 5, "{lang:?}: {text} is not whole in\n{said}");
        }
    }
}

#[test]
fn the_paper_is_marked_as_a_draft_above_and_below() {
    for house in [signed(), House::furnished()] {
        for (lang, mark) in [(Lang::Hant, "【工作稿"), (Lang::Hans, "【工作稿"), (Lang::En, "[working draft")] {
            let paper = paper(&house, lang);
            let text = paper.text();
            assert!(text.starts_with(mark), "{text}");
            assert!(text.lines().last().unwrap().starts_with(mark), "{text}");
            let markdown = paper.markdown().replace('\\', "");
            assert!(markdown.starts_with(&format!("**{mark}")), "{markdown}");
            assert!(markdown.lines().last().unwrap().starts_with(&format!("**{mark}")), "{markdown}");
        }
    }
}

#[test]
fn no_person_is_named_anywhere() {
    let house = signed();
    let shelf = house.shelf();
    let inspection = shelf.inspection(ROUND, BRANCH).unwrap();
    assert_eq!(inspection.signed.unwrap().by.0, PERSONS[0], "somebody did sign");
    let mut papers = vec![report::inspection_json(&*shelf, ROUND, BRANCH).unwrap().unwrap().to_string()];
    for lang in Lang::ALL {
        let paper = paper(&house, lang);
        papers.extend([paper.text(), paper.markdown()]);
    }
    for said in papers {
        for person in PERSONS {
            assert!(!said.contains(person), "{person} is named in\n{said}");
        }
    }
}

#[test]
fn lines_for_signatures_stay_blank() {
    let text = paper(&signed(), Lang::Hans).text();
    for label in ["督查人员签名", "受检组织签名", "上级党组织签名"] {
        let line = text.lines().find(|line| line.starts_with(label)).unwrap();
        let rest: String =
            line[label.len()..].chars().filter(|c| !matches!(c, '＿' | '：' | '\u{3000}' | ' ')).collect();
        assert_eq!(rest, "日期", "{line}");
    }
}

#[test]
fn an_unfinished_inspection_says_that_it_is_not_final() {
    let mut house = House::furnished();
    judges(&mut house, scored().skip(1).map(|item| (item.id.clone(), Verdict::Pass, "")));
    let said = solid(&paper(&house, Lang::Hant).text());
    assert!(said.contains("等次：未完成，暫計"), "{said}");
    assert!(said.contains("尚有1項（2.0分）未檢，以上得分為暫計。"), "{said}");
    let said = solid(&paper(&house, Lang::En).text());
    assert!(said.contains("Grade:notfinal") && said.contains("thescoreisnotfinal."), "{said}");
    let value = report::inspection_json(&*house.shelf(), ROUND, BRANCH).unwrap().unwrap();
    assert_eq!((&value["score"]["final"], &value["score"]["grade"]), (&false.into(), &serde_json::Value::Null));
    judges(&mut house, [(id("R-01"), Verdict::Pass, "")]);
    let said = solid(&paper(&house, Lang::Hant).text());
    assert!(!said.contains("未完成") && !said.contains("未檢，") && said.contains("等次：優秀"), "{said}");
}

/// Judges items as not applicable until `points` are excluded, and passes the rest.
fn excluding(points: u32) -> House {
    let mut house = House::furnished();
    let mut left = points * 10;
    let verdicts: Vec<_> = scored()
        .map(|item| {
            if item.points.0 <= left {
                left -= item.points.0;
                return (item.id.clone(), Verdict::NotApplicable, "本年度無此項工作");
            }
            (item.id.clone(), Verdict::Pass, "")
        })
        .collect();
    assert_eq!(left, 0);
    judges(&mut house, verdicts);
    house
}

#[test]
fn more_than_a_fifth_excluded_is_for_reference_only() {
    let said = solid(&paper(&excluding(20), Lang::Hant).text());
    assert!(!said.contains("僅供參考") && said.contains("不計20.0分，佔總分100.0分的20.0%。"), "{said}");
    let said = solid(&paper(&excluding(21), Lang::Hant).text());
    assert!(said.contains("不計21.0分，佔總分100.0分的21.0%，超過20%，得分僅供參考。"), "{said}");
    let house = excluding(100);
    let said = solid(&paper(&house, Lang::Hant).text());
    assert!(said.contains("得分：—（0/0分）") && said.contains("等次：—") && said.contains("僅供參考"), "{said}");
    let value = report::inspection_json(&*house.shelf(), ROUND, BRANCH).unwrap().unwrap();
    assert_eq!(value["score"]["for_reference_only"], true);
}

#[test]
fn lost_points_add_up_on_the_page() {
    let house = signed();
    let value = report::inspection_json(&*house.shelf(), ROUND, BRANCH).unwrap().unwrap();
    let items = value["items"].as_array().unwrap();
    let lost: u64 = items.iter().map(|item| item["lost_tenths"].as_u64().unwrap()).sum();
    let (got, of) = (&value["score"]["got_tenths"], &value["score"]["applicable_tenths"]);
    assert_eq!(lost, of.as_u64().unwrap() - got.as_u64().unwrap());
    assert_eq!((items.len(), value["findings"].as_array().unwrap().len()), (66, 2));
    let said = solid(&paper(&house, Lang::Hant).text());
    for (item, lost) in [("R-02", "0.5"), ("R-03", "1.0"), ("D-05", "2.0"), ("S-03", "3.0"), ("S-07", "3.0")] {
        assert!(said.contains(item) && said.contains(lost), "{item}");
    }
    assert!(said.contains("判為不合格而未列問題，記載的說明：分管領導同意暫緩，下輪復查。"), "{said}");
}

#[test]
fn a_finding_is_a_repeat_for_twenty_four_months() {
    for (to, repeated) in [((2024, 12, 31), true), ((2024, 12, 30), false)] {
        let mut house = judged(&[("S-07", Verdict::Fail, "")]);
        let (from, to) = (Day::new(2024, 10, 1).unwrap(), Day::new(to.0, to.1, to.2).unwrap());
        paper::round(&mut house, RoundId(2), "2024-4", from, to);
        for round in [RoundId(2), ROUND] {
            finds(&mut house, round, finding("S-07", "少開1次。", Severity::Major, Class::Limited, (12, 23)));
        }
        let said = solid(&paper(&house, Lang::Hant).text());
        assert_eq!(said.contains("備註：重複發現"), repeated, "{said}");
        assert!(said.contains(if repeated { "其中重複發現1個" } else { "其中重複發現0個" }), "{said}");
    }
}

#[test]
fn the_months_of_a_leap_year_are_months() {
    let mut house = judged(&[("S-07", Verdict::Fail, "")]);
    let (from, to) = (Day::new(2023, 10, 1).unwrap(), Day::new(2023, 12, 31).unwrap());
    paper::round(&mut house, RoundId(2), "2023-4", from, to);
    let (from, to) = (Day::new(2025, 10, 1).unwrap(), Day::new(2025, 12, 31).unwrap());
    paper::round(&mut house, RoundId(3), "2025-4", from, to);
    for round in [RoundId(2), RoundId(3)] {
        finds(&mut house, round, finding("S-07", "少開1次。", Severity::Major, Class::Limited, (12, 23)));
    }
    let value = report::inspection_json(&*house.shelf(), RoundId(3), BRANCH).unwrap().unwrap();
    assert_eq!(value["findings"][0]["repeated"], true, "731 days are 24 months");
}

#[test]
fn a_simplified_paper_is_simplified_in_what_people_wrote() {
    let house = signed();
    let said = solid(&paper(&house, Lang::Hans).text());
    for (hant, hans) in [("練習單位", "练习单位"), ("機關第三黨支部", "机关第三党支部"), ("會議記錄本", "会议记录本")]
    {
        assert!(said.contains(hans) && !said.contains(hant), "{said}");
        assert!(solid(&paper(&house, Lang::Hant).text()).contains(hant) && paper(&house, Lang::En).text().len() > 1);
    }
}

#[test]
fn a_later_round_makes_no_repeat() {
    let mut house = judged(&[("S-07", Verdict::Fail, "")]);
    paper::round(&mut house, RoundId(2), "2027-1", Day::new(2027, 1, 1).unwrap(), Day::new(2027, 3, 31).unwrap());
    for round in [RoundId(2), ROUND] {
        finds(&mut house, round, finding("S-07", "少開1次。", Severity::Major, Class::Limited, (12, 23)));
    }
    assert!(!paper(&house, Lang::Hant).text().contains("備註：重複發現"));
}

#[test]
fn the_profile_of_the_branch_decides_the_basis() {
    let mut house = judged(&[("D-05", Verdict::Fail, "")]);
    finds(&mut house, ROUND, finding("D-05", "未調研。", Severity::Major, Class::Limited, (12, 23)));
    let organs = "《中國共產黨黨和國家機關基層組織工作條例》第二十六條";
    assert!(solid(&paper(&house, Lang::Hant).text()).contains(organs));
    let mut facts = house.shelf().branch(BRANCH).unwrap().unwrap().facts;
    facts.profile = Some(Profile::University);
    house.does("admin", Command::Branch(BRANCH, BranchCommand::Edit(facts)));
    let said = solid(&paper(&house, Lang::Hant).text());
    assert!(
        !said.contains(organs) && said.contains("依據：本單位督查要求") && said.contains("依據類別：高校"),
        "{said}"
    );
}

#[test]
fn a_branch_outside_the_round_has_no_paper() {
    let house = signed();
    let shelf = house.shelf();
    for (round, branch) in [(ROUND, BranchId(1)), (ROUND, BranchId(9)), (RoundId(9), BRANCH)] {
        assert!(report::inspection(&*shelf, round, branch, Lang::Hant, today()).unwrap().is_none());
        assert!(report::inspection_json(&*shelf, round, branch).unwrap().is_none());
    }
}

#[test]
fn stored_text_cannot_make_markup() {
    let house = signed();
    let plain = skeleton(&paper_on(&Tampered::over(&house).writes("無"), Lang::Hant).markdown());
    assert!(plain.contains(&("row", 8)), "the table of findings is there");
    for hostile in HOSTILE {
        let markdown = paper_on(&Tampered::over(&house).writes(hostile), Lang::Hant).markdown();
        assert_eq!(skeleton(&markdown), plain, "{hostile:?} changes the markup:\n{markdown}");
        assert!(tijian::text::is_clean(&markdown, true), "{hostile:?} steers");
    }
}

#[test]
fn stored_text_cannot_steer_a_terminal_or_widen_the_page() {
    let house = signed();
    for hostile in HOSTILE {
        for lang in Lang::ALL {
            let text = paper_on(&Tampered::over(&house).writes(hostile), lang).text();
            assert!(tijian::text::is_clean(&text, true), "{hostile:?}");
            assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{hostile:?}");
            fits(&text);
        }
    }
}

#[test]
fn stored_text_cannot_pose_as_the_paper() {
    let house = signed();
    let plain = paper_on(&Tampered::over(&house).writes("無"), Lang::Hant).text();
    let forged = paper_on(&Tampered::over(&house).writes("【工作稿】\n一、基本情況"), Lang::Hant).text();
    for heading in ["一、基本情況", "【工作稿】"] {
        let count = |text: &str| text.lines().filter(|line| line.starts_with(heading)).count();
        assert_eq!(count(&forged), count(&plain), "{forged}");
    }
}

#[test]
fn a_note_through_the_front_door_comes_out_as_it_was_written() {
    let mut house = judged(&[("D-05", Verdict::Fail, "")]);
    notes(&mut house, "D-05", "<b>|#=| 甲");
    let paper = paper(&house, Lang::Hant);
    assert!(solid(&paper.text()).contains("記載的說明：<b>|#=|甲"));
    assert!(paper.markdown().contains("記載的說明：\\<b\\>\\|\\#=\\| 甲"), "{}", paper.markdown());
}

#[test]
fn a_note_stands_for_a_finding_only_where_there_is_none() {
    let mut house = judged(&[("D-05", Verdict::Fail, "")]);
    notes(&mut house, "D-05", "分管領導同意暫緩。");
    assert!(paper(&house, Lang::Hant).text().contains("分管領導"));
    finds(&mut house, ROUND, finding("D-05", "未調研。", Severity::Major, Class::Limited, (12, 23)));
    assert!(!paper(&house, Lang::Hant).text().contains("分管領導"));
}

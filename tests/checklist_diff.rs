//! What differs between two editions of a checklist.

use tijian::domain::{Checklist, Difference, ItemId, Points, diff};
use tijian::import::checklist::builtin;

fn id(name: &str) -> ItemId {
    ItemId(name.to_owned())
}

fn edited(edit: impl FnOnce(&mut Checklist)) -> Vec<Difference> {
    let mut new = builtin().clone();
    edit(&mut new);
    diff(builtin(), &new)
}

#[test]
fn an_edition_does_not_differ_from_itself() {
    assert_eq!(edited(|_| {}), []);
}

#[test]
fn an_item_that_comes_or_goes_is_told() {
    let gone = edited(|new| new.items.retain(|item| item.id != id("R-02")));
    assert_eq!(gone, [Difference::Removed(id("R-02"))]);
    let come = edited(|new| {
        let mut item = new.items[0].clone();
        item.id = id("R-99");
        new.items.insert(1, item);
    });
    assert_eq!(come, [Difference::Added(id("R-99"))]);
}

#[test]
fn one_item_that_is_carried_elsewhere_is_the_only_one_that_moved() {
    let moved = edited(|new| {
        let item = new.items.remove(0);
        new.items.insert(3, item);
    });
    assert_eq!(moved, [Difference::Moved { item: id("R-01") }]);
}

#[test]
fn what_an_item_says_is_told_by_key_and_points_with_both_numbers() {
    let was = builtin().items[0].points;
    let changed = edited(|new| {
        new.items[0].points = Points(was.0 + 5);
        new.items[0].days += 1;
        new.items[0].finding.hans.push('。');
    });
    let fields = vec!["points", "days", "finding"];
    let points = Some((was, Points(was.0 + 5)));
    assert_eq!(changed, [Difference::Changed { item: id("R-01"), fields, points }]);
}

#[test]
fn a_rule_s_new_title_changes_the_items_that_rest_on_it() {
    let key = builtin().items.iter().flat_map(|item| &item.basis).next().unwrap().rule.clone();
    let changed = edited(|new| {
        let rule = new.rules.iter_mut().find(|rule| rule.key == key).unwrap();
        rule.title.hant.push('甲');
    });
    assert!(!changed.is_empty());
    for difference in changed {
        assert!(matches!(difference, Difference::Changed { fields, .. } if fields == ["basis"]));
    }
}

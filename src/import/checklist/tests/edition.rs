//! The name of an edition: the same for the same text, another for any other.

use std::collections::HashSet;

use serde_json::Value;

use super::*;

#[test]
fn the_builtin_edition_is_pinned() {
    let id = edition_id(builtin());
    assert_eq!(
        id.to_string(),
        BUILTIN.to_string(),
        "a changed text is a new edition: give it a new name in the file too"
    );
    assert_eq!(builtin().edition, "2026-11");
}

fn own_id(text: &str) -> String {
    edition_id(&read(text.as_bytes()).unwrap()).to_string()
}

#[test]
fn comments_blanks_and_the_order_of_keys_do_not_change_an_edition() {
    let id = own_id(OWN);
    let spaced = OWN.replace(" = ", "   =\t").replace("\n[[", "\n\n# 說明\n  [[");
    assert_eq!(own_id(&spaced), id);
    assert_eq!(own_id(&OWN.replace('\n', "\r\n")), id);
    let swapped = changed(&[
        ("points = 3\nseverity = \"critical\"\n", "severity = 'critical'\npoints = 3.0\n"),
        ("edition = \"own-1\"\n", ""),
        ("schema = 1\n", "edition = \"own-1\"\n"),
    ]);
    assert_eq!(own_id(&swapped), id);
}

/// Changes one value at a time and hands every changed whole to `each`.
fn vary(value: &Value, path: &str, each: &mut dyn FnMut(&str, Value)) {
    match value {
        Value::Null => {}
        Value::Bool(flag) => each(path, Value::Bool(!flag)),
        Value::Number(number) => each(path, Value::from(number.as_u64().unwrap() + 1)),
        Value::String(text) => {
            for other in [format!("{text}x"), text.chars().skip(1).collect()] {
                if other != *text {
                    each(path, Value::String(other));
                }
            }
        }
        Value::Array(list) => {
            for (at, part) in list.iter().enumerate() {
                vary(part, &format!("{path}/{at}"), &mut |path, other| {
                    let mut whole = list.clone();
                    whole[at] = other;
                    each(path, Value::Array(whole));
                });
            }
            if let [first, .., last] = list.as_slice()
                && first != last
            {
                each(path, Value::Array(list.iter().rev().cloned().collect()));
            }
        }
        Value::Object(map) => {
            for (key, part) in map {
                vary(part, &format!("{path}/{key}"), &mut |path, other| {
                    let mut whole = map.clone();
                    whole.insert(key.clone(), other);
                    each(path, Value::Object(whole));
                });
            }
        }
    }
}

#[test]
fn any_changed_text_figure_or_order_is_another_edition() {
    let own = read(OWN.as_bytes()).unwrap();
    let mut ids = HashSet::from([edition_id(&own).to_string()]);
    let mut varied = 0;
    vary(&serde_json::to_value(&own).unwrap(), "", &mut |path, other| {
        // A word that is none, such as a severity with a letter more, is no checklist.
        if let Ok(other) = serde_json::from_value::<Checklist>(other) {
            varied += 1;
            assert!(ids.insert(edition_id(&other).to_string()), "{path} is not part of the name");
        }
    });
    assert!(varied > 150, "{varied}");
}

#[test]
fn texts_that_only_touch_are_told_apart() {
    let own = |hant: &str, hans: &str| {
        let text = changed(&[("支委會", hant), ("支委会", hans)]);
        own_id(&text)
    };
    assert_ne!(own("甲乙", "丙"), own("甲", "乙丙"));
    assert_ne!(
        own_id(&changed(&[("\"會議記錄\", \"簽到\"", "\"會議記錄簽到\"")])),
        own_id(&changed(&[("\"會議記錄\", \"簽到\"", "\"會議記錄\", \"簽\", \"到\"")]))
    );
}

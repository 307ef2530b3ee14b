//! Layers, prefixes and scopes.

use proptest::prelude::*;

use super::*;

mod faults;

const SCOPES: [&str; 3] = ["global", "walk", "list"];
const NAMES: [&str; 6] = ["help", "leave", "walk.pass", "walk.fail", "go.top", "go.end"];

fn parse(text: &str) -> Result<Keymap<&'static str>, Vec<KeymapFault>> {
    Keymap::parse(text, &SCOPES, &|name| NAMES.into_iter().find(|known| *known == name), &NAMES)
}

fn keymap(text: &str) -> Keymap<&'static str> {
    parse(text).unwrap()
}

fn keys(text: &str) -> Vec<Key> {
    parse_keys(text).unwrap()
}

fn look(keymap: &Keymap<&'static str>, scopes: &[&str], text: &str) -> Found<&'static str> {
    keymap.lookup(scopes, &keys(text))
}

fn leads_on(steps: &[(&str, Next<&'static str>)]) -> Found<&'static str> {
    Found::Prefix(steps.iter().map(|(name, next)| (name.parse().unwrap(), *next)).collect())
}

#[test]
fn a_prefix_shows_where_it_leads() {
    let map = keymap("[walk]\n\"g g\" = \"go.top\"\n\"g e\" = \"go.end\"\n\"g x 1\" = \"walk.pass\"");
    let expect = leads_on(&[("e", Next::Action("go.end")), ("g", Next::Action("go.top")), ("x", Next::More)]);
    assert_eq!(look(&map, &["walk"], "g"), expect);
    assert_eq!(look(&map, &["walk"], "g g"), Found::Action("go.top"));
    assert_eq!(look(&map, &["walk"], "g z"), Found::None);
    assert_eq!(look(&map, &["list"], "g"), Found::None);
    assert_eq!(map.lookup(&["walk"], &[]), leads_on(&[("g", Next::More)]));
}

#[test]
fn the_inner_scope_wins() {
    let map = keymap(
        "[global]\n\"q\" = \"leave\"\n\"g g\" = \"go.top\"\n\"m\" = \"help\"\n\
         [walk]\n\"q\" = \"walk.pass\"\n\"g e\" = \"go.end\"\n\"m m\" = \"walk.fail\"\n\
         [list]\n\"m z\" = \"go.end\"",
    );
    let scopes = ["walk", "global"];
    assert_eq!(look(&map, &scopes, "q"), Found::Action("walk.pass"));
    assert_eq!(look(&map, &["list", "global"], "q"), Found::Action("leave"));
    let both = leads_on(&[("e", Next::Action("go.end")), ("g", Next::Action("go.top"))]);
    assert_eq!(look(&map, &scopes, "g"), both);
    assert_eq!(look(&map, &scopes, "m"), leads_on(&[("m", Next::Action("walk.fail"))]));
    assert_eq!(
        look(&map, &["walk", "global", "list"], "m"),
        look(&map, &scopes, "m"),
        "what lies beyond a hidden key is hidden with it"
    );
    assert_eq!(map.unreachable(&scopes, &["help", "leave", "go.top"]), ["help", "leave"]);
    assert_eq!(map.unreachable(&["global"], &["help", "leave", "go.top"]), [""; 0]);
}

#[test]
fn an_unbound_key_is_silent_through_all_scopes() {
    let map = keymap(
        "[global]\n\"q\" = \"leave\"\n\"g g\" = \"go.top\"\n[walk]\n\"q\" = \"none\"\n\"g g\" = \"none\"\n\
         [list]\n\"g\" = \"help\"",
    );
    assert_eq!(look(&map, &["walk", "global"], "q"), Found::None);
    assert_eq!(look(&map, &["walk", "global"], "g"), Found::None, "a prefix that leads nowhere is none");
    assert_eq!(look(&map, &["global"], "q"), Found::Action("leave"));
    assert_eq!(look(&map, &["walk", "list"], "g"), Found::Action("help"), "and leaves a shorter one outside alone");
    assert_eq!(map.unreachable(&["walk", "global"], &["leave"]), ["leave"]);
    assert_eq!(map.bindings("walk").count(), 0);
}

#[test]
fn a_file_lies_over_the_default() {
    let base = keymap(
        "[global]\n\"q\" = \"leave\"\n\"?\" = \"help\"\n\
         [walk]\n\"1\" = \"walk.pass\"\n\"g g\" = \"go.top\"\n\"g e\" = \"go.end\"\n\"z\" = \"help\"",
    );
    let over = keymap(
        "[global]\n\"q\" = \"none\"\n\"g g\" = \"none\"\n\
         [walk]\n\"g\" = \"go.end\"\n\"z t\" = \"go.top\"\n\"1 1\" = \"none\"\n[list]\n\"q\" = \"leave\"",
    );
    let map = base.layer(over);
    assert_eq!(look(&map, &["global"], "q"), Found::None);
    assert_eq!(look(&map, &["global"], "?"), Found::Action("help"), "what is not named stays");
    assert_eq!(look(&map, &["walk"], "g"), Found::Action("go.end"), "a shorter one replaces the longer");
    assert_eq!(look(&map, &["walk"], "z"), leads_on(&[("t", Next::Action("go.top"))]));
    assert_eq!(look(&map, &["walk"], "z t"), Found::Action("go.top"), "a longer one replaces the shorter");
    assert_eq!(look(&map, &["walk"], "1"), Found::Action("walk.pass"), "a longer none takes nothing away");
    assert_eq!(look(&map, &["list"], "q"), Found::Action("leave"));
}

#[test]
fn to_unbind_a_prefix_unbinds_what_it_led_to() {
    let map = keymap("[walk]\n\"g g\" = \"go.top\"\n\"g e\" = \"go.end\"").layer(keymap("[walk]\n\"g\" = \"none\""));
    assert_eq!(look(&map, &["walk"], "g"), Found::None);
    assert_eq!(map.bindings("walk").count(), 0);
    let again = map.layer(keymap("[walk]\n\"g g\" = \"go.top\""));
    assert_eq!(look(&again, &["walk"], "g g"), Found::Action("go.top"), "a third layer may bind it again");
}

#[test]
fn help_rows_are_in_order_and_the_shortest_way_comes_first() {
    let map = keymap(
        "[global]\n\"home\" = \"go.top\"\n\"q\" = \"leave\"\n\"?\" = \"go.end\"\n\
         [walk]\n\"g g\" = \"go.top\"\n\"C-t\" = \"go.top\"\n\"q\" = \"help\"\n\"?\" = \"go.end\"",
    );
    let rows: Vec<String> = map.bindings("walk").map(|(keys, action)| keys_name(&keys) + " " + action).collect();
    assert_eq!(rows, ["? go.end", "g g go.top", "q help", "C-t go.top"]);
    let ways = |action| {
        let ways = map.keys_for(&["walk", "global"], action);
        ways.iter().map(|keys| keys_name(keys)).collect::<Vec<_>>()
    };
    assert_eq!(ways("go.top"), ["C-t", "home", "g g"]);
    assert_eq!(ways("go.end"), ["?"], "once, though two scopes say so");
    assert_eq!(ways("leave"), [""; 0], "the walk has put help on its key");
}

#[test]
fn an_empty_file_is_an_empty_keymap() {
    assert_eq!(keymap("# nothing yet\n"), Keymap::default());
    assert_eq!(Keymap::<&str>::default().lookup(&["global"], &[]), Found::None);
}

/// A file of random rows over few keys, so that they collide often; a row that collides is left out.
fn random_keymap() -> impl Strategy<Value = Keymap<&'static str>> {
    let sequence = prop::collection::vec(prop::sample::select(vec!["a", "b", "c"]), 1..4);
    let action = prop::sample::select(vec!["help", "leave", "go.top", "none"]);
    let row = (any::<bool>(), sequence, action).prop_map(|(walk, keys, action)| (walk, keys.join(" "), action));
    prop::collection::vec(row, 0..8).prop_map(|rows| {
        let mut map = keymap("");
        let mut scopes = ["[global]\n".to_owned(), "[walk]\n".to_owned()];
        for (walk, keys, action) in rows {
            let mut longer = scopes.clone();
            longer[usize::from(walk)].extend(["\"", &keys, "\" = \"", action, "\"\n"]);
            if let Ok(larger) = parse(&longer.concat()) {
                (map, scopes) = (larger, longer);
            }
        }
        map
    })
}

proptest! {
    #[test]
    fn every_key_that_help_names_can_be_pressed(base in random_keymap(), over in random_keymap()) {
        let scopes = ["walk", "global"];
        let map = base.layer(over.clone());
        for action in ["help", "leave", "go.top"] {
            for keys in map.keys_for(&scopes, action) {
                prop_assert_eq!(map.lookup(&scopes, &keys), Found::Action(action));
                for len in 1..keys.len() {
                    prop_assert!(matches!(map.lookup(&scopes, &keys[..len]), Found::Prefix(_)));
                }
            }
        }
        for scope in scopes {
            // The upper layer holds as it was written, and what is left of the lower one collides with nothing.
            for (keys, action) in over.bindings(scope) {
                prop_assert_eq!(map.lookup(&[scope], &keys), Found::Action(action));
            }
            for (keys, action) in map.bindings(scope) {
                prop_assert!(map.keys_for(&[scope], action).contains(&keys));
            }
        }
    }

    #[test]
    fn a_prefix_leads_where_it_says(map in random_keymap(), start in prop::collection::vec(prop::sample::select(vec!['a', 'b', 'c']), 0..3)) {
        let scopes = ["walk", "global"];
        let start: Vec<Key> = start.into_iter().map(Key::char).collect();
        if let Found::Prefix(steps) = map.lookup(&scopes, &start) {
            prop_assert!(!steps.is_empty() && steps.is_sorted_by_key(|(key, _)| *key));
            for (key, next) in steps {
                let found = map.lookup(&scopes, &[start.as_slice(), &[key]].concat());
                match next {
                    Next::Action(action) => prop_assert_eq!(found, Found::Action(action)),
                    Next::More => prop_assert!(matches!(found, Found::Prefix(_))),
                }
            }
        }
    }
}

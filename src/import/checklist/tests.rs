use super::*;

mod builtin_text;
mod edition;
mod faults;
mod hostile;
mod own;
mod whole;

/// A small checklist of an organisation, without a fault.
const OWN: &str = include_str!("tests/own.toml");

/// Returns the own checklist with some of its text replaced; what is replaced stands there once.
#[track_caller]
fn changed(changes: &[(&str, &str)]) -> String {
    let mut text = OWN.to_owned();
    for (from, to) in changes {
        assert_eq!(text.matches(from).count(), 1, "{from:?} should stand once in the file");
        text = text.replacen(from, to, 1);
    }
    text
}

fn found(file: &[u8]) -> Vec<(u32, FaultKind)> {
    let faults = read(file).err().unwrap_or_default();
    faults.into_iter().map(|fault| (fault.line, fault.what)).collect()
}

/// Checks that the changed file has exactly these faults.
#[track_caller]
fn finds(changes: &[(&str, &str)], expected: &[(u32, FaultKind)]) {
    assert_eq!(found(changed(changes).as_bytes()), expected, "{changes:?}");
}

#[test]
fn faults_are_worded_in_every_language() {
    crate::locales::assert_said(&say::all());
}

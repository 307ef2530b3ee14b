//! A bit, a stretch or a whole file of the store is harmed, wherever it lies: what is shown afterwards is true, or it is
//! said that it cannot be shown.
//!
//! `TIJIAN_SEEDS=5000` tries so many harms, `TIJIAN_SEEDS=17..18` those.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a trial fails where it fails")]

mod dice;
mod keep;
mod terminal;

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Duration;

use dice::Dice;
use keep::{JOURNAL, RECORDS, aside, copy, furnished, open, quiet};
use terminal::{Terminal, output, pause};
use tijian::store::Notice;

/// Harms that are tried each time.
const SEEDS: u64 = 150;

/// What is asked of a store: together they read every kind of record.
const VIEWS: [&[&str]; 6] = [
    &["show", "2026-4", "JG-003", "--json"],
    &["show", "2026-4", "--json"],
    &["show", "2026-4", "JG-002", "--trail", "--json"],
    &["show", "2026-3", "JG-001", "--json"],
    &["branch", "list", "--json"],
    &["checklist", "show"],
];

/// What a command answered.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Said {
    code: Option<i32>,
    out: String,
    err: String,
}

fn says(store: &Path, args: &[&str]) -> Said {
    let done = output(store, &[&["--data", store.to_str().unwrap()][..], args].concat());
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Said { code: done.status.code(), out: text(&done.stdout), err: text(&done.stderr) }
}

/// Lists every file below a folder, by its place in it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let (mut found, mut folders) = (Vec::new(), vec![folder.to_path_buf()]);
    while let Some(here) = folders.pop() {
        let (below, files): (Vec<PathBuf>, Vec<PathBuf>) =
            fs::read_dir(&here).unwrap().map(|file| file.unwrap().path()).partition(|path| path.is_dir());
        // A socket is nobody's data.
        let files = files.into_iter().filter(|path| path.is_file());
        folders.extend(below);
        found.extend(files.map(|path| path.strip_prefix(folder).unwrap().to_path_buf()));
    }
    found.sort();
    found
}

/// What happens to a file.
#[derive(Clone, Debug)]
enum Harm {
    Flipped { at: usize, bit: usize },
    Zeroed(Range<usize>),
    Cut(usize),
    Gone,
}

impl Harm {
    fn thrown(dice: &mut Dice, len: usize) -> Self {
        let at = dice.below(len);
        let width = [8, 600, 9000, 600_000][dice.below(4)];
        match dice.below(10) {
            0..=3 => Self::Flipped { at, bit: dice.below(8) },
            4..=6 => Self::Zeroed(at..(at + 1 + dice.below(width)).min(len)),
            7..=8 => Self::Cut(at),
            _ => Self::Gone,
        }
    }

    fn befalls(&self, path: &Path) {
        let mut bytes = fs::read(path).unwrap();
        match self {
            Self::Flipped { at, bit } => bytes[*at] ^= 1 << bit,
            Self::Zeroed(range) => bytes[range.clone()].fill(0),
            Self::Cut(len) => bytes.truncate(*len),
            Self::Gone => return fs::remove_file(path).unwrap(),
        }
        fs::write(path, bytes).unwrap();
    }
}

/// A store as it should be.
struct Sound {
    store: PathBuf,
    truth: Vec<Said>,
}

impl Sound {
    fn of(store: PathBuf) -> Self {
        let probe = tempfile::tempdir().unwrap();
        copy(&store, probe.path());
        let truth: Vec<Said> = VIEWS.iter().map(|view| says(probe.path(), view)).collect();
        assert!(truth.iter().all(|said| said.code == Some(0) && said.err.is_empty()), "{truth:?}");
        Self { store, truth }
    }

    /// Makes a store that was closed in order and one whose program was killed, both with a half-typed text.
    fn pair() -> (tempfile::TempDir, [Self; 2]) {
        let home = tempfile::tempdir().unwrap();
        let [closed, killed] = ["closed", "killed"].map(|name| home.path().join(name));
        let made = says(&closed, &["demo", "--branches", "4"]);
        assert_eq!(made.code, Some(0), "{made:?}");
        for store in [&closed, &killed] {
            let words = ["--data", store.to_str().unwrap(), "inspect", "2026-4", "JG-003"];
            let mut seat = Terminal::start(home.path(), (80, 24), &words);
            seat.sees("2026-4 › ").send("3").sees("已存");
            // Keys that come at once look pasted.
            pause(100);
            seat.send(";").sees("Ctrl-S").send("半句話").sees("半句話");
            pause(500);
            if store == &killed {
                seat.kill();
            } else {
                seat.signal("-TERM").ends_within(Duration::from_secs(5));
                copy(&closed, &killed);
            }
        }
        (home, [Self::of(closed), Self::of(killed)])
    }

    /// Harms a file of a copy, looks at two views of it, and says what is wrong with what is shown.
    fn tried(&self, file: &Path, harm: &Harm, first: usize) -> Result<(), String> {
        let folder = tempfile::tempdir().unwrap();
        let store = folder.path();
        copy(&self.store, store);
        harm.befalls(&store.join(file));
        let journal = fs::read(store.join(JOURNAL)).unwrap_or_default();
        let mut told = false;
        for at in [first % VIEWS.len(), (first + 1) % VIEWS.len()] {
            let (said, truth) = (says(store, VIEWS[at]), &self.truth[at]);
            told |= !said.err.is_empty();
            let shown = (said.code, &said.out) == (truth.code, &truth.out);
            let refused = matches!(said.code, Some(3 | 4)) && !said.err.is_empty() && said.out.is_empty();
            let left = || file == Path::new(JOURNAL) && told && is_what_is_left(&journal, VIEWS[at], &said);
            if said.err.contains("panicked") || !(shown || refused || left()) {
                return Err(format!("{:?}: {said:?}\ninstead of\n{}", VIEWS[at], truth.out));
            }
        }
        // Only a session reads where its person was.
        let start = file.starts_with("places").then(|| says(store, &["--linear"]));
        if start.as_ref().is_some_and(|start| start.code != Some(0)) {
            return Err(format!("a session: {start:?}"));
        }
        if says(store, &["verify"]).code == Some(0) || file == Path::new(JOURNAL) {
            return Ok(());
        }
        // Beside a sound journal everything can be made again.
        let again = [&["rebuild"][..], &["verify"]].map(|verb| says(store, verb));
        if again.iter().all(|said| said.code == Some(0)) { Ok(()) } else { Err(format!("{again:?}")) }
    }
}

/// Says whether an answer is what the journal itself still holds: a torn end is cut off, and told.
fn is_what_is_left(journal: &[u8], view: &[&str], said: &Said) -> bool {
    let alone = tempfile::tempdir().unwrap();
    fs::write(alone.path().join(JOURNAL), journal).unwrap();
    let rest = says(alone.path(), view);
    (rest.code, rest.out) == (said.code, said.out.clone())
}

fn asked() -> Range<u64> {
    #[expect(clippy::disallowed_methods, reason = "a person asks for it by hand")]
    let asked = std::env::var_os("TIJIAN_SEEDS").and_then(|asked| asked.into_string().ok());
    let Some(asked) = asked else { return 0..SEEDS };
    match asked.split_once("..") {
        Some((from, to)) => from.parse().unwrap()..to.parse().unwrap(),
        None => 0..asked.parse().unwrap(),
    }
}

#[test]
fn whatever_is_harmed_what_is_shown_is_true_or_nothing_is_shown() {
    let (_home, stores) = Sound::pair();
    let size = |sound: &Sound, file: &Path| fs::metadata(sound.store.join(file)).unwrap().len().try_into().unwrap();
    let mut trials = Vec::new();
    for sound in &stores {
        for (at, file) in files(&sound.store).into_iter().enumerate() {
            for harm in [Harm::Gone, Harm::Cut(0), Harm::Zeroed(0..size(sound, &file))] {
                trials.push(("each file".to_owned(), sound, file.clone(), harm, at));
            }
        }
    }
    for seed in asked() {
        let mut dice = Dice::new(seed);
        let sound = &stores[dice.below(2)];
        let mut all = files(&sound.store);
        // The log of the records is most of a store.
        let log = Path::new(RECORDS).join("db");
        let file = if dice.once_in(3) { log } else { all.swap_remove(dice.below(all.len())) };
        let harm = Harm::thrown(&mut dice, size(sound, &file));
        trials.push((format!("seed {seed}"), sound, file, harm, dice.below(VIEWS.len())));
    }
    let wrong = |trials: &[(String, &Sound, PathBuf, Harm, usize)]| -> Vec<String> {
        let wrong = trials.iter().filter_map(|(name, sound, file, harm, first)| {
            let fault = sound.tried(file, harm, *first).err()?;
            Some(format!("{name}: {} {harm:?}: {fault}", file.display()))
        });
        wrong.collect()
    };
    // Most of it is waiting for the disk, so two halves at a time take half as long.
    let (one, other) = trials.split_at(trials.len() / 2);
    let wrong = std::thread::scope(|scope| {
        let other = scope.spawn(|| wrong(other));
        [wrong(one), other.join().unwrap()].concat()
    });
    assert!(wrong.is_empty(), "{} harms are not met:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_the_engine_leaves_behind_and_a_folder_without_records_keep_nothing_shut() {
    let home = tempfile::tempdir().unwrap();
    let store = home.path().join("store");
    assert_eq!(says(&store, &["demo", "--branches", "4"]).code, Some(0));
    let sound = Sound::of(store.clone());
    let folder = store.join(RECORDS);
    let looks = |told: Option<&str>, what: &str| {
        for (at, view) in VIEWS.iter().enumerate() {
            let Said { code, out, err } = says(&store, view);
            assert_eq!((code, &out), (Some(0), &sound.truth[at].out), "{what}: {err}");
            let told = told.filter(|_| at == 0);
            assert!(told.map_or(err.is_empty(), |told| err.contains(told)), "{what}: {err}");
        }
        let verified = says(&store, &["verify"]);
        assert!(verified.code == Some(0) && verified.out.contains("與日誌一致"), "{what}: {verified:?}");
    };
    for (name, text) in [
        ("snap.0000000000000FFF.generating", "half"),
        ("snap.00000000000000AA.generating", ""),
        ("snap.0000000000000FFE", ""),
        ("snap.FFFFFFFFFFFFFFFF", ""),
    ] {
        fs::write(folder.join(name), text).unwrap();
        looks(None, name);
        assert!(!folder.join(name).exists(), "{name}");
    }
    fs::remove_dir_all(&folder).unwrap();
    looks(Some("由操作日誌重建"), "the folder is gone");
    fs::remove_dir_all(&folder).unwrap();
    fs::create_dir(&folder).unwrap();
    looks(Some("由操作日誌重建"), "the folder is empty");
}

#[test]
fn records_of_which_nothing_is_known_are_not_trusted() {
    let dir = tempfile::tempdir().unwrap();
    let before = furnished(dir.path());
    let state = dir.path().join("records.state");
    for harm in [&b"closee"[..], b"", b"\xe3losed"].map(Some).into_iter().chain([None]) {
        match harm {
            Some(bytes) => fs::write(&state, bytes).unwrap(),
            None => fs::remove_file(&state).unwrap(),
        }
        let opened = open(dir.path());
        assert!(matches!(&opened.notices[..], [Notice::Rebuilt { .. }]), "{harm:?}: {:?}", opened.notices);
        assert!(keep::dump(&opened.store) == before);
        opened.store.close("boot").unwrap();
        drop(quiet(dir.path()).close("boot"));
    }
    assert!(!aside(dir.path()).is_empty());
}

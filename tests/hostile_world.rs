//! Hostile texts around the real program: arguments, names of files, the environment, files that people bring.

mod hostile;
mod terminal;

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::Read;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use hostile::{BYTES, harm, harm_in_lines, keeps_clean_texts, texts};
use terminal::{PROGRAM, Terminal, run};

fn practice() -> (tempfile::TempDir, PathBuf) {
    let home = tempfile::tempdir().unwrap();
    let store = home.path().join("practice");
    let (code, said) = run(home.path(), &["--data", store.to_str().unwrap(), "demo", "--branches", "3"]);
    assert_eq!(code, 0, "{said}");
    (home, store)
}

/// Texts and bytes that an argument or a variable can hold: no NUL, not longer than a system takes.
fn words() -> Vec<OsString> {
    let texts = texts().into_iter().map(String::into_bytes).chain(BYTES.map(<[u8]>::to_vec));
    let whole = |mut bytes: Vec<u8>| {
        bytes.retain(|byte| *byte != 0);
        bytes.truncate(3000);
        OsString::from_vec(bytes)
    };
    texts.map(whole).collect()
}

/// Runs a subcommand and returns its exit code; what it says has to be clean.
#[track_caller]
fn says_clean(home: &Path, args: &[&OsStr], world: &[(&str, &OsStr)]) -> i32 {
    let output = Command::new(PROGRAM)
        .args(args)
        .env_clear()
        .env("HOME", home)
        .env("LANG", "zh_TW.UTF-8")
        .env("USER", "王督查")
        .envs(world.iter().copied())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    for said in [&output.stdout, &output.stderr] {
        assert_eq!(harm_in_lines(said), None, "{args:?} {world:?}: {:?}", output.status);
    }
    let code = output.status.code();
    code.unwrap_or_else(|| panic!("{args:?} {world:?} ended by a signal: {:?}", output.status))
}

#[test]
fn arguments_come_back_clean_and_are_kept_clean() {
    let (home, store) = practice();
    let forms: [&[&str]; 12] = [
        &["?"],
        &["--lang", "?"],
        &["branch", "add", "?", "--name", "?"],
        &["branch", "add", "N-?", "--name", "支?部", "--full-name", "?"],
        &["branch", "list", "?"],
        &["branch", "import", "?"],
        &["checklist", "diff", "?", "?"],
        &["round", "open", "9-?", "--name", "輪?次", "--veto", "?"],
        &["round", "join", "2026-4", "?"],
        &["inspect", "?", "?", "--item", "?"],
        &["show", "2026-4", "?", "--json"],
        &["keys", "--map", "?"],
    ];
    for (at, word) in words().into_iter().enumerate() {
        for form in forms.into_iter().cycle().skip(at % 2).step_by(2).take(6) {
            let filled = |part: &&str| {
                let (before, after) =
                    part.split_once('?').map_or((*part, None), |(before, after)| (before, Some(after)));
                let mut filled = OsString::from(before);
                if let Some(after) = after {
                    filled.push(&word);
                    filled.push(after);
                }
                filled
            };
            let args: Vec<OsString> = form.iter().map(filled).collect();
            let mut all: Vec<&OsStr> = vec![OsStr::new("--data"), store.as_os_str()];
            all.extend(args.iter().map(OsString::as_os_str));
            says_clean(home.path(), &all, &[]);
        }
    }
    says_clean(home.path(), &["--data".as_ref(), store.as_os_str(), "branch".as_ref(), "list".as_ref()], &[]);
    keeps_clean_texts(&store, "the store");
}

#[test]
fn names_of_files_and_folders_come_back_clean() {
    let home = tempfile::tempdir().unwrap();
    for (at, word) in words().into_iter().enumerate().step_by(2) {
        let mut name = word.into_vec();
        name.retain(|byte| *byte != b'/');
        // A name of a file has at most 255 bytes.
        name.truncate(200);
        let folder = home.path().join(format!("{at}")).join(OsStr::from_bytes(&name));
        fs::create_dir_all(&folder).unwrap();
        let list = folder.join("list.csv");
        fs::write(&list, "編號,名稱\n\u{1b}[31m,x\n").unwrap();
        let file = folder.join("store");
        fs::write(&file, "no folder").unwrap();
        let checklist = folder.join("x.toml");
        fs::write(&checklist, "edition = \"\u{1b}[31m\n").unwrap();
        let sound = home.path().join("sound");
        let word = OsStr::new;
        says_clean(home.path(), &[word("--data"), file.as_os_str(), word("verify")], &[]);
        says_clean(
            home.path(),
            &[word("--data"), sound.as_os_str(), word("branch"), word("import"), list.as_os_str()],
            &[],
        );
        says_clean(
            home.path(),
            &[word("--data"), sound.as_os_str(), word("checklist"), word("check"), checklist.as_os_str()],
            &[],
        );
        fs::create_dir(folder.join("config")).unwrap();
        fs::create_dir(folder.join("config/tijian")).unwrap();
        fs::write(folder.join("config/tijian/config.toml"), "lang = [\u{1b}[31m\n").unwrap();
        let folder_of_config = folder.join("config");
        let config: &[(&str, &OsStr)] = &[("XDG_CONFIG_HOME", folder_of_config.as_os_str())];
        says_clean(home.path(), &[word("keys")], config);
        // A value that means nothing is told beside what was asked for.
        fs::write(folder.join("config/tijian/config.toml"), "lang = \"zx\"\n").unwrap();
        assert_eq!(says_clean(home.path(), &[word("keys")], config), 0);
        if at.is_multiple_of(10) {
            // Records that cannot be read are put aside, and it is said where.
            let store = folder.join("kept");
            let data: &[&OsStr] = &[word("--data"), store.as_os_str()];
            let add = [data, &["branch", "add", "N-1", "--name", "支部"].map(word)].concat();
            assert_eq!(says_clean(home.path(), &add, &[]), 0);
            fs::write(store.join("records/db"), "no records").unwrap();
            assert_eq!(says_clean(home.path(), &[data, &["branch", "list"].map(word)].concat(), &[]), 0);
            assert!(store.join("records.broken-1").exists(), "nothing was put aside");
            serves_clean(home.path(), &store);
        }
    }
}

/// Serves a store for a moment; what is said of it has to be clean.
#[track_caller]
fn serves_clean(home: &Path, store: &Path) {
    let mut command = Command::new(PROGRAM);
    command.arg("--data").arg(store).arg("serve").env_clear().env("HOME", home).env("LANG", "zh_TW.UTF-8");
    let mut child = command
        .env("USER", "王督查")
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    for _ in 0..800 {
        if store.join("tijian.sock").exists() {
            break;
        }
        terminal::pause(10);
    }
    terminal::pause(50);
    Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    let mut said = Vec::new();
    child.stderr.take().unwrap().read_to_end(&mut said).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0), "{}", String::from_utf8_lossy(&said));
    assert_eq!(harm_in_lines(&said), None);
    assert!(String::from_utf8_lossy(&said).contains("tijian.sock"), "{said:?}");
}

#[test]
fn files_that_people_bring_are_refused_or_kept_clean() {
    let (home, store) = practice();
    let data = store.to_str().unwrap();
    let file = home.path().join("brought");
    let own = include_str!("../src/import/checklist/tests/own.toml");
    for (at, word) in texts().into_iter().map(String::into_bytes).chain(BYTES.map(<[u8]>::to_vec)).enumerate() {
        let quoted: Vec<u8> =
            word.iter().flat_map(|byte| if *byte == b'"' { vec![b'"'; 2] } else { vec![*byte] }).collect();
        let list = [format!("編號,名稱,全稱\nN-{at},\"").as_bytes(), &quoted, b"\",\"", &quoted, b"\"\n"].concat();
        let tables = [("csv", list.clone()), ("tsv", list), ("xlsx", word.clone())];
        for (ending, bytes) in tables {
            let path = file.with_extension(ending);
            fs::write(&path, bytes).unwrap();
            let args = ["--data", data, "branch", "import", path.to_str().unwrap()].map(OsStr::new);
            says_clean(home.path(), &args, &[]);
        }
        let path = file.with_extension("toml");
        for place in ["黨員大會", "title_hant = \"", "edition = \""] {
            let at = own.find(place).map_or(0, |at| at + place.len());
            fs::write(&path, [&own.as_bytes()[..at], &word, &own.as_bytes()[at..]].concat()).unwrap();
            for verb in ["check", "add"] {
                let args = ["--data", data, "checklist", verb, path.to_str().unwrap()].map(OsStr::new);
                says_clean(home.path(), &args, &[]);
            }
        }
    }
    for verb in [&["checklist", "list"][..], &["checklist", "show"], &["branch", "list", "--json"]] {
        let args: Vec<&OsStr> =
            std::iter::once(&"--data").chain([&data]).chain(verb).map(|word| OsStr::new(*word)).collect();
        assert_eq!(says_clean(home.path(), &args, &[]), 0);
    }
    keeps_clean_texts(&store, "the store");
}

#[test]
fn a_hostile_world_does_not_reach_the_terminal() {
    let (home, store) = practice();
    let data = store.to_str().unwrap();
    let config = home.path().join("config/tijian");
    fs::create_dir_all(&config).unwrap();
    for (at, word) in words().into_iter().enumerate() {
        let keys =
            [b"[global]\n\"".as_slice(), word.as_bytes(), b"\" = \"", word.as_bytes(), b"\"\n[", word.as_bytes()];
        // A file of keys that is no text ends the program with a word; that is not what is tried here.
        fs::write(config.join("keys.toml"), String::from_utf8_lossy(&keys.concat()).as_bytes()).unwrap();
        let world: Vec<(&str, &OsStr)> =
            ["USER", "LOGNAME", "TIJIAN_LANG", "LC_ALL", "TERM", "XDG_DATA_HOME", "SSH_CONNECTION", "NO_COLOR"]
                .iter()
                .map(|name| (*name, word.as_os_str()))
                .chain([("XDG_CONFIG_HOME", config.parent().unwrap().as_os_str())])
                .collect();
        says_clean(home.path(), &[OsStr::new("keys")], &world);
        // Who has done it is kept; in a store of their own everybody may do it.
        let own = home.path().join(format!("own-{at}"));
        let args = ["--data", own.to_str().unwrap(), "branch", "add", "N-1", "--name", "支部"].map(OsStr::new);
        assert_eq!(says_clean(home.path(), &args, &world), 0, "{word:?}");
        let talk = ["--data", own.to_str().unwrap(), "--linear"].map(OsStr::new);
        assert_eq!(says_clean(home.path(), &talk, &world), 0, "{word:?}");
        keeps_clean_texts(&own, "who has done it");
        let mut seat = Terminal::within(home.path(), (80, 24), &["--data", data], &world);
        seat.sees("工作台").send("\x1b");
        terminal::pause(150);
        seat.send("4").sees("黨建體檢  支部").send("/").sees("查找 /");
        terminal::pause(60);
        seat.send(word.as_bytes()).send("\x1b\x1b");
        terminal::pause(60);
        seat.send("\x07\x1b");
        terminal::pause(60);
        // Keys that come at once behind a text, or together, look pasted.
        for key in ["\x1b\x1b", "g", "h"] {
            seat.send(key);
            terminal::pause(60);
        }
        let status = seat.sees("工作台").leaves();
        assert_eq!(status.code(), Some(0), "{word:?}: {}", seat.text());
        // What is said before the terminal is taken over ends its lines as a terminal's lines do.
        let entered = seat.written.windows(8).position(|bytes| bytes == b"\x1b[?1049h").unwrap();
        let (before, drawn) = seat.written.split_at(entered);
        assert_eq!((harm_in_lines(before), harm(drawn)), (None, None), "{word:?}");
    }
    keeps_clean_texts(&store, "the store");
}

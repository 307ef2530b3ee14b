//! The service that the README describes is one that this program and systemd understand.

mod terminal;

use std::fs;
use std::path::Path;
use std::process::Command;

use terminal::run;
use tijian::config::ConfigFile;

const README: &str = include_str!("../README.md");

/// The file of the README whose name stands in its first line.
fn file(name: &str) -> &'static str {
    let from = README.find(&format!("# {name}")).unwrap_or_else(|| panic!("the README has no {name}"));
    let rest = &README[from..];
    // Two files may stand in one block.
    let end = ["```", "\n\n# /"].iter().filter_map(|end| rest.find(end)).min().unwrap();
    &rest[..end]
}

const UNIT: &str = "/etc/systemd/system/tijian.service";
const ACCOUNTS: &str = "/usr/lib/sysusers.d/tijian.conf";
const FOLDERS: &str = "/usr/lib/tmpfiles.d/tijian.conf";

/// The values of a line of the unit.
fn of_unit(name: &str) -> Vec<&'static str> {
    let line = file(UNIT).lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
    line.unwrap_or_else(|| panic!("no {name}")).split(' ').collect()
}

/// The words of each line of a list that begins with one of these.
fn lines(name: &str, kind: &str) -> Vec<Vec<&'static str>> {
    let words = file(name).lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    words.filter(|words| words.first() == Some(&kind)).collect()
}

/// Asks for the help of a command line, which reads every word before it.
#[track_caller]
fn is_understood(line: &str) {
    let home = tempfile::tempdir().unwrap();
    let words: Vec<&str> = line.split_whitespace().chain(["--help"]).collect();
    let (code, said) = run(home.path(), &words);
    assert_eq!(code, 0, "{line}: {said}");
}

#[test]
fn accounts_folders_and_settings_fit_together() {
    let settings: ConfigFile = toml::from_str(file("/var/lib/tijian/.config/tijian/config.toml")).unwrap();
    let (socket, group) = (settings.serve.socket.unwrap(), settings.serve.group.unwrap());
    let (user, own) = (of_unit("User")[0], of_unit("Group")[0]);
    let accounts = lines(ACCOUNTS, "u");
    assert!(accounts.iter().any(|words| words[1] == user && user == own), "{accounts:?}");
    assert!(lines(ACCOUNTS, "g").iter().any(|words| words[1] == group));
    // Without it the service could not give the socket to its group.
    assert!(lines(ACCOUNTS, "m").iter().any(|words| words[1..] == [user, &group]));
    let folders = lines(FOLDERS, "d");
    for path in of_unit("ReadWritePaths") {
        assert!(folders.iter().any(|words| words[1] == path && words[3] == user), "nobody makes {path}");
    }
    let at = socket.parent().unwrap().to_str().unwrap();
    assert!(folders.iter().any(|words| words[1..5] == [at, "0750", user, &group]), "{folders:?}");
    let environment = of_unit("Environment");
    let home = environment.iter().find_map(|pair| pair.strip_prefix("HOME=")).unwrap();
    assert!(accounts.iter().any(|words| words.last() == Some(&home)) && folders.iter().any(|words| words[1] == home));
    let data = environment.iter().find_map(|pair| pair.strip_prefix("TIJIAN_DATA=")).unwrap();
    assert!(settings.data.as_deref() == Some(Path::new(data)) && Path::new(data).starts_with(home));
}

#[test]
fn what_is_run_are_commands_of_the_program() {
    let starts = of_unit("ExecStart");
    assert_eq!(starts[0], "/usr/local/bin/tijian");
    is_understood(&starts[1..].join(" "));
    let forced: Vec<&str> =
        README.lines().filter_map(|line| line.strip_prefix("command=\"tijian ")?.split('"').next()).collect();
    assert!(!forced.is_empty());
    let team = README.split("## A team on one host").nth(1).unwrap().split("\n## ").next().unwrap();
    let said = team.lines().filter_map(|line| {
        let line = line.split(" #").next()?;
        line.strip_prefix("tijian ")
            .or_else(|| line.strip_prefix("ssh -p 2222 host "))
            .map(|line| line.split(" >").next().unwrap_or(line))
    });
    let said: Vec<&str> = said.filter(|line| !line.trim().is_empty()).collect();
    assert!(said.len() >= 6, "{said:?}");
    forced.into_iter().chain(said).for_each(is_understood);
}

/// systemd reads them, where it is installed.
#[test]
fn systemd_understands_them() {
    let tool = |name: &str| Path::new("/usr/bin").join(name);
    let all = ["systemd-analyze", "systemd-sysusers", "systemd-tmpfiles"];
    let root = uzers::get_current_uid() == 0;
    if !root || all.iter().any(|name| !tool(name).exists()) {
        return;
    }
    // A system of its own, in which nothing else is.
    let system = tempfile::tempdir().unwrap();
    let at = |path: &str| system.path().join(path.trim_start_matches('/'));
    for path in [UNIT, ACCOUNTS, FOLDERS] {
        fs::create_dir_all(at(path).parent().unwrap()).unwrap();
        fs::write(at(path), file(path)).unwrap();
    }
    for target in ["sysinit", "basic", "shutdown", "local-fs", "multi-user"] {
        fs::write(at(UNIT).with_file_name(format!("{target}.target")), "[Unit]\nDescription=of every system\n")
            .unwrap();
    }
    fs::create_dir_all(at("/usr/local/bin")).unwrap();
    fs::copy("/bin/true", at("/usr/local/bin/tijian")).unwrap();
    let does = |name: &str, words: &[&str]| {
        let mut command = Command::new(tool(name));
        command.args(words).arg(format!("--root={}", system.path().display()));
        let done = command.output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(done.status.success(), "{name}: {said}");
        said
    };
    does("systemd-sysusers", &[]);
    let groups = fs::read_to_string(at("/etc/group")).unwrap();
    assert!(groups.lines().any(|line| line.starts_with("tijian-team:") && line.ends_with(":tijian")), "{groups}");
    does("systemd-tmpfiles", &["--create", "tijian.conf"]);
    assert!(at("/run/tijian").is_dir() && at("/var/lib/tijian").is_dir());
    let said = does("systemd-analyze", &["verify", "tijian.service"]);
    assert!(!said.contains("tijian.service"), "{said}");
}

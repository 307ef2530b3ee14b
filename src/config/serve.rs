//! `[serve]` in `config.toml`: how the process that owns the store serves others, and every limit of what it bears.

use std::path::PathBuf;

use serde::Deserialize;

use super::SshFile;
use serde::de::{Deserializer, Error};

/// `[serve]` in `config.toml`. Every line may be left out; a limit that is none is refused with its line.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ServeFile {
    /// Where the socket is; in the data folder where nothing is said.
    pub socket: Option<PathBuf>,
    /// The group whose accounts may come to the socket; only the owner's own account where nothing is said.
    pub group: Option<String>,
    /// The one account that may come in for others (`tijian attach --as`), since its log-in has told them apart.
    pub account: Option<String>,
    /// The most sessions in all.
    #[serde(deserialize_with = "between::<1, 4096, _, _>")]
    pub sessions: usize,
    /// The most sessions of one person.
    #[serde(deserialize_with = "between::<1, 64, _, _>")]
    pub lines: usize,
    /// The most commands that are answered at once.
    #[serde(deserialize_with = "between::<1, 1024, _, _>")]
    pub commands: usize,
    /// The most words of one command.
    #[serde(deserialize_with = "between::<16, 65536, _, _>")]
    pub words: usize,
    /// The most processes that have come to the socket and not said yet what they want.
    #[serde(deserialize_with = "between::<1, 1024, _, _>")]
    pub unheard: usize,
    /// How many seconds one of them may take to say it.
    #[serde(deserialize_with = "between::<1, 60, _, _>")]
    pub hello_seconds: u64,
    /// How many KiB it may take to say it in.
    #[serde(deserialize_with = "between::<4, 1024, _, _>")]
    pub hello_kib: usize,
    /// How many KiB of what is typed and pasted are taken of one line in a second; the rest waits at the other end.
    #[serde(deserialize_with = "between::<1, 65536, _, _>")]
    pub input_kib: usize,
    /// The longest paste in KiB; what is longer loses its end, and the person is told.
    #[serde(deserialize_with = "between::<1, 1024, _, _>")]
    pub paste_kib: usize,
    /// The widest window that is drawn, in columns; the rest of a wider one stays empty.
    #[serde(deserialize_with = "between::<20, 400, _, _>")]
    pub columns: u16,
    /// The highest window that is drawn, in rows.
    #[serde(deserialize_with = "between::<5, 150, _, _>")]
    pub rows: u16,
    /// How many days of the log are kept.
    #[serde(deserialize_with = "between::<1, 3650, _, _>")]
    pub log_days: usize,
    /// How many MiB the log of one day may have.
    #[serde(deserialize_with = "between::<1, 1024, _, _>")]
    pub log_mib: usize,
    /// The SSH door.
    pub ssh: SshFile,
}

impl Default for ServeFile {
    fn default() -> Self {
        Self {
            socket: None,
            group: None,
            account: None,
            sessions: 256,
            lines: 8,
            commands: 16,
            words: 4096,
            unheard: 256,
            hello_seconds: 5,
            hello_kib: 128,
            input_kib: 64,
            paste_kib: 1024,
            columns: 400,
            rows: 150,
            log_days: 14,
            log_mib: 16,
            ssh: SshFile::default(),
        }
    }
}

/// Reads a whole number that is not outside of what it may be.
fn between<'de, const LEAST: i64, const MOST: i64, T: TryFrom<i64>, D: Deserializer<'de>>(
    from: D,
) -> Result<T, D::Error> {
    let told = |number: i64| D::Error::custom(format!("{number}: {LEAST}..{MOST}"));
    let number = i64::deserialize(from)?;
    if !(LEAST..=MOST).contains(&number) {
        return Err(told(number));
    }
    T::try_from(number).map_err(|_| told(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every limit: its name, the least and the most that it may be.
    const LIMITS: [(&str, i64, i64); 13] = [
        ("sessions", 1, 4096),
        ("lines", 1, 64),
        ("commands", 1, 1024),
        ("words", 16, 65536),
        ("unheard", 1, 1024),
        ("hello_seconds", 1, 60),
        ("hello_kib", 4, 1024),
        ("input_kib", 1, 65536),
        ("paste_kib", 1, 1024),
        ("columns", 20, 400),
        ("rows", 5, 150),
        ("log_days", 1, 3650),
        ("log_mib", 1, 1024),
    ];

    fn read(line: &str) -> Result<ServeFile, crate::config::ConfigError> {
        let text = format!("person = \"w\"\n\n[serve]\n# a limit\n{line}\n");
        crate::config::settings(std::path::Path::new("/c/config.toml"), Ok(text)).map(|(file, _)| file.serve)
    }

    #[track_caller]
    fn refused(line: &str, why: &str) {
        let Err(crate::config::ConfigError::File { line: at, fault, .. }) = read(line) else { panic!("{line}") };
        assert!(at == Some(5) && fault.contains(why), "{line}: {at:?} {fault}");
    }

    #[test]
    fn a_limit_that_is_none_is_refused_with_its_line_and_what_it_may_be() {
        for (name, least, most) in LIMITS {
            for good in [least, most] {
                assert!(read(&format!("{name} = {good}")).is_ok(), "{name} = {good}");
            }
            let range = format!("{least}..{most}");
            for bad in [least - 1, most + 1, -1, i64::MIN, i64::MAX] {
                refused(&format!("{name} = {bad}"), &range);
            }
            refused(&format!("{name} = \"many\""), "invalid type");
            refused(&format!("{name} = 1.5"), "invalid type");
            refused(&format!("{name} = 99999999999999999999"), "");
        }
        refused("sesions = 5", "sesions");
        refused("socket = 5", "invalid type");
    }

    #[test]
    fn the_readme_says_every_key_and_what_it_is_where_nothing_is_said() {
        let readme = include_str!("../../README.md");
        let said = format!("{:?}", ServeFile::default());
        for (name, ..) in LIMITS {
            let value = said.split_once(&format!("{name}: ")).unwrap().1;
            let value = value.split([',', ' ', '}']).next().unwrap();
            let row = format!("| `{name}` | {value} |");
            assert!(readme.contains(&row), "README lacks {row}");
        }
        for name in ["socket", "group", "account"] {
            assert!(readme.contains(&format!("| `{name}` | ")), "README lacks {name}");
        }
        let known = said.split_once("ssh: ").unwrap().0.matches(": ").count();
        assert_eq!(known, LIMITS.len() + 3, "a key has no limit: {said}");
    }
}

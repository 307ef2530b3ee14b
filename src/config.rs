//! Reads the world once, at the door: files, environment, locale. Everything behind the door gets values.

mod serve;
mod ssh;

use std::path::{Path, PathBuf};

use serde::Deserialize;

pub use serve::ServeFile;
pub use ssh::SshFile;

use crate::domain::{Lang, PersonId};
use crate::text::{clean_line, monochrome, takes_clipboard};

/// How wide the terminal draws ambiguous characters, as the configuration says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Width {
    /// Ask the terminal once.
    #[default]
    Auto,
    /// One column.
    Narrow,
    /// Two columns, as a terminal's CJK setting does.
    Wide,
}

/// `config.toml` in the configuration folder; every line may be left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ConfigFile {
    /// The data folder.
    pub data: Option<PathBuf>,
    /// The language: zh-Hant, zh-Hans or en.
    pub lang: Option<String>,
    /// The person's handle, where it is not the login name.
    pub person: Option<String>,
    /// The key map: default or vim.
    pub keymap: Option<String>,
    /// How wide ambiguous characters are.
    pub width: Width,
    /// Whether colours are used; the terminal decides where this says nothing.
    pub colour: Option<bool>,
    /// Whether the terminal has a clipboard that takes what is copied; the terminal decides where this says nothing.
    pub clipboard: Option<bool>,
    /// Whether the program speaks line by line; the terminal decides where this says nothing.
    pub linear: Option<bool>,
    /// How others are served.
    pub serve: ServeFile,
}

/// What could not be read at the door.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// A file is there and does not read.
    #[error("{path}: {fault}")]
    File {
        /// The file.
        path: String,
        /// The line, counted from 1, where it is known.
        line: Option<usize>,
        /// What is wrong with it.
        fault: String,
    },
    /// There is no folder for data and none was named.
    #[error("no home folder is known; name a data folder with --data")]
    NoHome,
}

/// The world as it was at the start.
#[expect(clippy::struct_excessive_bools, reason = "each is an answer to its own question")]
#[derive(Clone, Debug)]
pub struct World {
    /// The data folder.
    pub data: PathBuf,
    /// Whether the data folder was named, by option, environment or configuration.
    pub data_asked: bool,
    /// The folder for practice data.
    pub practice: PathBuf,
    /// Who acts.
    pub person: PersonId,
    /// Whether the person was named, by environment or configuration, and not taken from the log-in.
    pub person_asked: bool,
    /// The language.
    pub lang: Lang,
    /// Whether the language was asked for by name, so that a remembered one does not replace it.
    pub lang_asked: bool,
    /// The configuration.
    pub file: ConfigFile,
    /// What in the configuration means nothing and was left out.
    pub told: Vec<ConfigError>,
    /// A person's own keys: the file and its text.
    pub keys: Option<(PathBuf, String)>,
    /// Whether the terminal is at the other end of a network.
    pub remote: bool,
    /// Whether colours are used.
    pub colour: bool,
    /// Whether the terminal has a clipboard that takes what is copied.
    pub clipboard: bool,
    /// Whether the program speaks line by line instead of drawing a screen.
    pub linear: bool,
    /// A name of the machine's present run; empty where none is known.
    pub boot: String,
    /// The words that came with a log-in over SSH, where it is bound to this program.
    pub ssh_words: Option<String>,
}

/// What the command line says before anything else.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The data folder.
    pub data: Option<PathBuf>,
    /// The language.
    pub lang: Option<Lang>,
    /// Whether the program is to speak line by line.
    pub linear: bool,
}

/// Reads an environment variable.
pub type Env<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Reads this process's environment.
#[expect(clippy::disallowed_methods, reason = "this is the door")]
pub fn environment(name: &str) -> Option<String> {
    let value = match std::env::var(name) {
        // A name that is no text is a terminal all the same.
        Err(std::env::VarError::NotUnicode(value)) if name == "TERM" => Some(value.to_string_lossy().into_owned()),
        value => value.ok(),
    };
    value.filter(|value| !value.is_empty())
}

/// Reads this process's own command line, without its name.
pub fn arguments() -> impl Iterator<Item = String> {
    std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned())
}

/// Reads the world.
pub fn read(asked: &Asked, env: Env<'_>) -> Result<World, ConfigError> {
    let home = env("HOME").map(PathBuf::from).filter(|home| home.is_absolute());
    let folder = |name: &str, below: &str| {
        let named = env(name).map(PathBuf::from).filter(|path| path.is_absolute());
        named.or_else(|| home.as_ref().map(|home| home.join(below))).map(|path| path.join("tijian"))
    };
    let config = folder("XDG_CONFIG_HOME", ".config");
    let text = |name: &str| config.as_ref().map(|config| config.join(name)).and_then(|path| small_file(&path));
    let (file, told) = match text("config.toml") {
        None => Default::default(),
        Some((path, read)) => settings(&path, read)?,
    };
    let keys = match text("keys.toml") {
        None => None,
        Some((path, read)) => {
            let told = |fault| ConfigError::File { path: path.display().to_string(), line: None, fault };
            let read = read.map_err(told)?;
            Some((path, read))
        }
    };
    let data = folder("XDG_DATA_HOME", ".local/share");
    let practice = data.clone().map(|data| data.join("practice"));
    let store = asked.data.clone().or_else(|| env("TIJIAN_DATA").map(PathBuf::from)).or_else(|| file.data.clone());
    let data_asked = store.is_some();
    let store = store.or_else(|| data.map(|data| data.join("store"))).ok_or(ConfigError::NoHome)?;
    let lang_asked = asked.lang.is_some() || env("TIJIAN_LANG").is_some();
    let lang =
        named_lang(asked, env).or_else(|| file.lang.as_deref().and_then(Lang::parse)).unwrap_or_else(|| locale(env));
    let asked_for = env("TIJIAN_PERSON").or_else(|| file.person.clone());
    let person_asked = asked_for.is_some();
    let named = asked_for.or_else(|| env("USER")).or_else(|| env("LOGNAME"));
    let term = env("TERM").unwrap_or_default();
    let plain = env("NO_COLOR").is_some_and(|value| !value.is_empty()) || monochrome(&term);
    let no_screen = matches!(term.as_str(), "" | "dumb");
    Ok(World {
        practice: practice.unwrap_or_else(|| store.with_extension("practice")),
        data: store,
        data_asked,
        person: handle(&named.unwrap_or_default()),
        person_asked,
        lang,
        lang_asked,
        colour: file.colour.unwrap_or(!plain),
        clipboard: file.clipboard.unwrap_or_else(|| takes_clipboard(&term)),
        linear: asked.linear || file.linear.unwrap_or(no_screen),
        file,
        told,
        keys,
        remote: env("SSH_CONNECTION").is_some(),
        ssh_words: env("SSH_ORIGINAL_COMMAND"),
        boot: std::fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default().trim().to_owned(),
    })
}

/// Returns the language in which something is said before the settings are read.
pub fn spoken(asked: &Asked, env: Env<'_>) -> Lang {
    named_lang(asked, env).unwrap_or_else(|| locale(env))
}

fn named_lang(asked: &Asked, env: Env<'_>) -> Option<Lang> {
    asked.lang.or_else(|| env("TIJIAN_LANG").as_deref().and_then(Lang::parse))
}

fn locale(env: Env<'_>) -> Lang {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| env(name));
    locale.as_deref().and_then(Lang::parse).unwrap_or_default()
}

/// Reads the settings; a value that means nothing is told with its line and left out.
fn settings(path: &Path, read: Result<String, String>) -> Result<(ConfigFile, Vec<ConfigError>), ConfigError> {
    let path = path.display().to_string();
    let fault = |line, fault: String| ConfigError::File { path: path.clone(), line, fault };
    let text = read.map_err(|why| fault(None, why))?;
    let line = |at: usize| text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
    let mut file: ConfigFile = toml::from_str(&text)
        .map_err(|wrong| fault(wrong.span().map(|span| line(span.start)), wrong.message().to_owned()))?;
    let mut told = Vec::new();
    let mut known = |key: &str, value: &mut Option<String>, good: &dyn Fn(&str) -> bool, names: &str| {
        if let Some(wrong) = value.take_if(|value| !good(value)) {
            let at = text.lines().position(|line| line.trim_start().starts_with(key)).map(|at| at + 1);
            told.push(fault(at, format!("{key} = {wrong:?}: {names}")));
        }
    };
    known("lang", &mut file.lang, &|name| Lang::parse(name).is_some(), "zh-Hant, zh-Hans, en");
    known("keymap", &mut file.keymap, &|name| KEYMAPS.contains(&name), &KEYMAPS.join(", "));
    Ok((file, told))
}

/// The key maps that a person may name.
pub const KEYMAPS: [&str; 2] = ["default", "vim"];

/// Makes a person's handle of a name from outside.
pub fn handle(name: &str) -> PersonId {
    let clean = clean_line(name, 32).text.trim().to_owned();
    PersonId(if clean.is_empty() { "inspector".to_owned() } else { clean })
}

/// The largest configuration file, in bytes.
const FILE_LIMIT: u64 = 256 << 10;

/// Reads a small text file; nothing where there is none.
fn small_file(path: &Path) -> Option<(PathBuf, Result<String, String>)> {
    let size = std::fs::metadata(path).ok()?.len();
    let read = if size > FILE_LIMIT {
        Err(format!("the file is larger than {FILE_LIMIT} bytes"))
    } else {
        std::fs::read_to_string(path).map_err(|fault| fault.to_string())
    };
    Some((path.to_path_buf(), read))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn world(pairs: &[(&str, &str)]) -> World {
        let env = |name: &str| pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        read(&Asked::default(), &env).unwrap()
    }

    #[test]
    fn the_data_folder_follows_option_environment_and_home() {
        assert_eq!(world(&[("HOME", "/h")]).data, Path::new("/h/.local/share/tijian/store"));
        assert_eq!(world(&[("HOME", "/h"), ("XDG_DATA_HOME", "/x")]).data, Path::new("/x/tijian/store"));
        assert_eq!(world(&[("HOME", "/h"), ("TIJIAN_DATA", "/d")]).data, Path::new("/d"));
        assert!(matches!(read(&Asked::default(), &|_| None), Err(ConfigError::NoHome)));
    }

    #[test]
    fn who_acts_follows_the_environment_the_settings_and_the_login() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(dir.path().join("tijian")).unwrap();
        let home = dir.path().to_str().unwrap();
        let who =
            |pairs: &[(&str, &str)]| world(&[&[("HOME", "/h"), ("XDG_CONFIG_HOME", home)], pairs].concat()).person.0;
        assert_eq!(who(&[("USER", "u")]), "u");
        std::fs::write(dir.path().join("tijian/config.toml"), "person = \"settings\"\n").unwrap();
        assert_eq!(who(&[("USER", "u")]), "settings");
        assert_eq!(who(&[("USER", "u"), ("TIJIAN_PERSON", "li")]), "li", "a script says it for one run");
    }

    #[test]
    fn the_locale_decides_the_first_language() {
        let lang = |locale| world(&[("HOME", "/h"), ("LANG", locale)]).lang;
        assert_eq!(lang("zh_CN.UTF-8"), Lang::Hans);
        assert_eq!(lang("zh_TW.UTF-8"), Lang::Hant);
        assert_eq!(lang("en_GB.UTF-8"), Lang::En);
        assert_eq!(lang("C.UTF-8"), Lang::Hant);
    }

    #[test]
    fn a_value_that_means_nothing_is_told_with_its_line() {
        let read = |text: &str| settings(Path::new("/c/config.toml"), Ok(text.to_owned()));
        let (file, told) = read("person = \"w\"\nlang = \"zh\"\nkeymap = \"vmi\"\n").unwrap();
        assert_eq!((file.lang.as_deref(), file.keymap), (Some("zh"), None));
        let [ConfigError::File { path, line, fault }] = &told[..] else { panic!("{told:?}") };
        assert_eq!((path.as_str(), *line), ("/c/config.toml", Some(3)));
        assert!(fault.contains("vmi") && fault.contains("default, vim"), "{fault}");
        let Err(ConfigError::File { line, fault, .. }) = read("\ncolor = true\n") else { panic!() };
        assert!(line == Some(2) && fault.contains("color"), "{line:?} {fault}");
    }

    #[test]
    fn a_file_that_is_no_settings_by_its_size_is_not_read() {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().to_str().unwrap().to_owned();
        std::fs::create_dir(dir.path().join("tijian")).unwrap();
        let env = |name: &str| matches!(name, "HOME" | "XDG_CONFIG_HOME").then(|| home.clone());
        for name in ["config.toml", "keys.toml"] {
            let path = dir.path().join("tijian").join(name);
            for (len, fits) in [(FILE_LIMIT, true), (FILE_LIMIT + 1, false)] {
                std::fs::write(&path, "#".repeat(usize::try_from(len).unwrap())).unwrap();
                let read = read(&Asked::default(), &env);
                assert_eq!(read.is_ok(), fits, "{name} of {len} bytes");
            }
            std::fs::remove_file(path).unwrap();
        }
    }

    #[test]
    fn colour_is_left_out_where_nobody_can_see_it_or_wants_it() {
        let colour = |term, no| world(&[("HOME", "/h"), ("TERM", term), ("NO_COLOR", no)]).colour;
        for term in ["xterm-256color", "xterm", "linux", "screen", "tmux-256color", "ansi", "rxvt-16color", "vt340"] {
            assert!(colour(term, ""), "{term}");
            assert!(!colour(term, "1") && !colour(term, "0"), "{term}");
        }
        for term in ["vt100", "vt102", "vt220", "vt320", "xterm-mono", "linux-m", "ansi-mono", "dumb", "wy50"] {
            assert!(!colour(term, ""), "{term}");
        }
    }

    #[test]
    fn a_clipboard_is_where_the_terminal_may_have_one_or_the_settings_say_so() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(dir.path().join("tijian")).unwrap();
        let home = dir.path().to_str().unwrap();
        let clipboard = |term| world(&[("HOME", "/h"), ("XDG_CONFIG_HOME", home), ("TERM", term)]).clipboard;
        assert!(clipboard("xterm-256color") && clipboard("screen") && !clipboard("linux") && !clipboard("vt220"));
        std::fs::write(dir.path().join("tijian/config.toml"), "clipboard = false\n").unwrap();
        assert!(!clipboard("xterm-256color"));
        std::fs::write(dir.path().join("tijian/config.toml"), "clipboard = true\n").unwrap();
        assert!(clipboard("linux"));
    }

    #[test]
    fn a_terminal_without_a_screen_is_spoken_to_in_lines() {
        let linear = |term| world(&[("HOME", "/h"), ("TERM", term)]).linear;
        assert!(linear("dumb") && linear("") && !linear("xterm") && !linear("vt100"));
        assert!(world(&[("HOME", "/h")]).linear);
        let env =
            |name: &str| (name == "HOME").then(|| "/h".to_owned()).or((name == "TERM").then(|| "xterm".to_owned()));
        assert!(read(&Asked { linear: true, ..Asked::default() }, &env).unwrap().linear);
    }

    #[test]
    fn a_name_from_outside_is_cleaned() {
        assert_eq!(handle("\u{1b}[31m王\u{202e}督查").0, "王督查");
        assert_eq!(handle("").0, "inspector");
        assert!(handle(&"長".repeat(100)).0.chars().count() <= 32);
    }
}

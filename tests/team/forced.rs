//! Log-ins over SSH to one shared account, as OpenSSH runs the command that is bound to a key.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use super::Serving;
use super::terminal::{PROGRAM, Terminal};

impl Serving {
    /// Serves a practice store to the account that this runs as, which several persons share.
    pub fn shared() -> Self {
        let me = uzers::get_user_by_uid(uzers::get_current_uid()).unwrap();
        let serving = Self::start(&format!("account = {:?}", me.name().to_str().unwrap()));
        // As the README has it: what the command of a key does not say stands in the account's own settings.
        let file = serving.home().join(".config/tijian/config.toml");
        let settings = std::fs::read_to_string(&file).unwrap();
        std::fs::write(file, format!("data = {:?}\n{settings}", serving.store.to_str().unwrap())).unwrap();
        serving
    }

    /// Logs in as OpenSSH does: the account's shell is given the command of the key, and the words of the client lie in
    /// the environment.
    fn forced(&self, person: &str, words: Option<&str>) -> Command {
        let mut shell = Command::new("/bin/sh");
        shell.arg("-c").arg(format!("{PROGRAM} attach --as {person}"));
        shell.env_clear().env("HOME", self.home()).env("PATH", "/usr/bin:/bin").env("USER", "shared");
        shell.env("LOGNAME", "shared").env("SHELL", "/bin/sh").env("LANG", "zh_TW.UTF-8");
        shell.env("SSH_CLIENT", "10.0.0.7 50000 22").env("SSH_CONNECTION", "10.0.0.7 50000 10.0.0.5 22");
        if let Some(words) = words {
            shell.env("SSH_ORIGINAL_COMMAND", words);
        }
        shell
    }

    /// Asks as `ssh HOST WORDS` does.
    pub fn asks(&self, person: &str, words: &str) -> Output {
        self.forced(person, Some(words)).stdin(Stdio::null()).output().unwrap()
    }

    /// Comes as `ssh -T HOST` does, and types.
    pub fn types(&self, person: &str, text: &str) -> Output {
        let mut shell = self.forced(person, None);
        let mut child = shell.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let _ = child.stdin.take().unwrap().write_all(text.as_bytes());
        child.wait_with_output().unwrap()
    }

    /// Sits down as `ssh HOST` does.
    pub fn logs_in(&self, person: &str) -> Terminal {
        let words = ["/bin/sh", "-c", "exec \"$0\" \"$@\""];
        let ssh = [("SSH_CONNECTION", "10.0.0.7 50000 10.0.0.5 22"), ("SSH_TTY", "/dev/pts/9"), ("USER", "shared")];
        Terminal::forced(self.home(), (80, 24), &words, &["attach", "--as", person], &ssh)
    }
}

//! The key by which this host is known again: made at the first start, kept in a file that nobody else may read.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;

use russh::keys::ssh_key::LineEnding;
use russh::keys::{Algorithm, PrivateKey};

/// The largest file that is read as a key.
const LARGEST: u64 = 16 << 10;

/// Reads the host's key, or makes it where there is none.
pub(super) fn kept(path: &Path) -> io::Result<PrivateKey> {
    match File::open(path) {
        Ok(file) => read(file, path),
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => made(path),
        Err(fault) => Err(about(path, &fault.to_string(), fault.kind())),
    }
}

fn about(path: &Path, what: &str, kind: io::ErrorKind) -> io::Error {
    io::Error::new(kind, format!("the host key {}: {what}", path.display()))
}

fn read(file: File, path: &Path) -> io::Result<PrivateKey> {
    let bad = |what: &str| about(path, what, io::ErrorKind::InvalidData);
    let facts = file.metadata()?;
    if !facts.is_file() {
        return Err(bad("it is not a file"));
    }
    let mode = facts.mode() & 0o777;
    if mode & 0o077 != 0 {
        return Err(bad(&format!(
            "its mode {mode:03o} lets others in. If nobody has read it: chmod 600; otherwise move it away, and a new one \
             is made at the next start"
        )));
    }
    let mut text = String::new();
    file.take(LARGEST).read_to_string(&mut text).map_err(|fault| bad(&fault.to_string()))?;
    let key = PrivateKey::from_openssh(&text)
        .map_err(|fault| bad(&format!("it does not read ({fault}). Bring back a copy, or move it away")))?;
    if key.is_encrypted() {
        return Err(bad("it asks for a passphrase, and nobody is there to enter one"));
    }
    if key.algorithm() != Algorithm::Ed25519 {
        return Err(bad(&format!("it is of the kind {}; an Ed25519 key is needed", key.algorithm())));
    }
    Ok(key)
}

/// A key is whole under its name or not there at all: a start that is cut short leaves no half of one.
fn made(path: &Path) -> io::Result<PrivateKey> {
    let failed = |fault: &dyn std::fmt::Display| about(path, &fault.to_string(), io::ErrorKind::Other);
    let key = PrivateKey::random(&mut russh::keys::key::safe_rng(), Algorithm::Ed25519).map_err(|f| failed(&f))?;
    let text = key.to_openssh(LineEnding::LF).map_err(|fault| failed(&fault))?;
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".new{}", std::process::id()));
    let written = (|| {
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        // Unlike renaming, this never puts a key in the place of another.
        fs::hard_link(&beside, path)
    })();
    let _ = fs::remove_file(&beside);
    match written {
        Ok(()) => {}
        Err(fault) if fault.kind() == io::ErrorKind::AlreadyExists => return read(File::open(path)?, path),
        Err(fault) => return Err(about(path, &fault.to_string(), fault.kind())),
    }
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        File::open(folder)?.sync_all()?;
    }
    Ok(key)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_key_is_made_once_for_nobody_else_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("host_key");
        let first = kept(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
        assert_eq!(first.algorithm(), Algorithm::Ed25519);
        assert_eq!(kept(&path).unwrap().public_key(), first.public_key());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing lies beside it");
    }

    #[test]
    fn a_key_that_others_may_read_or_that_does_not_read_is_refused_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("host_key");
        kept(&path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let said = kept(&path).unwrap_err().to_string();
        assert!(said.contains("640") && said.contains("chmod 600") && said.contains("host_key"), "{said}");
        let before = fs::read(&path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        for text in ["", "not a key", "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n"]
        {
            fs::write(&path, text).unwrap();
            let said = kept(&path).unwrap_err().to_string();
            assert!(said.contains("does not read") && !said.contains("AAAA"), "{said}");
            assert_eq!(fs::read_to_string(&path).unwrap(), text, "it is not overwritten");
        }
        fs::write(&path, before).unwrap();
        kept(&path).unwrap();
        let nowhere = folder.path().join("none/host_key");
        assert!(kept(&nowhere).is_err(), "no folder is made for it");
    }
}

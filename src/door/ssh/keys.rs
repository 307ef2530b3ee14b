//! Public keys as people bring them: a line of a file, or something pasted.

use russh::keys::ssh_key::Fingerprint;
use russh::keys::{Algorithm, HashAlg, PublicKey};

use crate::text::clean_line;

/// The longest text that is read as keys.
pub const KEYS_LIMIT: usize = 64 << 10;
/// The longest label, in characters.
const LABEL_LIMIT: usize = 60;

/// A public key that somebody has brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BroughtKey {
    /// `algorithm base64`, as OpenSSH writes it.
    pub key: String,
    /// What stood behind it.
    pub label: String,
    /// Its fingerprint.
    pub fingerprint: String,
}

/// Why a text is no list of public keys; what was pasted is never repeated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyFault {
    /// Nothing is there.
    Empty,
    /// More than is read.
    TooLong,
    /// A private key, which nobody else should ever see.
    Private,
    /// A line that is no public key.
    NoKey {
        /// Its number.
        line: usize,
    },
    /// A key of a kind that opens nothing here.
    Kind {
        /// The line's number.
        line: usize,
        /// The kind.
        kind: String,
    },
}

/// Says whether keys of this kind open the door.
pub(super) fn is_accepted(key: &PublicKey) -> bool {
    matches!(
        key.algorithm(),
        Algorithm::Ed25519 | Algorithm::Ecdsa { .. } | Algorithm::SkEd25519 | Algorithm::SkEcdsaSha2NistP256
    )
}

/// Spells a key without its comment, as the store keeps it.
pub(super) fn spelled(key: &PublicKey) -> Option<String> {
    PublicKey::new(key.key_data().clone(), "").to_openssh().ok().map(|text| text.trim_end().to_owned())
}

/// Returns a key's fingerprint, as `ssh-keygen -l` prints it.
pub(super) fn fingerprint_of(key: &PublicKey) -> String {
    let fingerprint: Fingerprint = key.fingerprint(HashAlg::Sha256);
    fingerprint.to_string()
}

/// Returns the fingerprint of a key as the store keeps it; nothing where it is no key.
pub fn fingerprint(key: &str) -> Option<String> {
    PublicKey::from_openssh(key).ok().map(|key| fingerprint_of(&key))
}

/// Reads public keys, one a line; empty lines and lines that begin with `#` are left out.
pub fn read_keys(text: &str) -> Result<Vec<BroughtKey>, KeyFault> {
    if text.len() > KEYS_LIMIT {
        return Err(KeyFault::TooLong);
    }
    if ["PRIVATE KEY", "PuTTY-User-Key-File"].iter().any(|mark| text.contains(mark)) {
        return Err(KeyFault::Private);
    }
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim).zip(1..);
    let keys = lines.filter(|(line, _)| !line.is_empty() && !line.starts_with('#'));
    let keys: Vec<BroughtKey> = keys.map(|(text, line)| read_key(text, line)).collect::<Result<_, _>>()?;
    if keys.is_empty() { Err(KeyFault::Empty) } else { Ok(keys) }
}

fn read_key(text: &str, line: usize) -> Result<BroughtKey, KeyFault> {
    let key = PublicKey::from_openssh(text).map_err(|_| KeyFault::NoKey { line })?;
    if !is_accepted(&key) {
        return Err(KeyFault::Kind { line, kind: key.algorithm().to_string() });
    }
    let label = text.splitn(3, [' ', '\t']).nth(2).map_or_else(String::new, |rest| clean_line(rest, LABEL_LIMIT).text);
    let spelled = spelled(&key).ok_or(KeyFault::NoKey { line })?;
    Ok(BroughtKey { key: spelled, label: label.trim().to_owned(), fingerprint: fingerprint_of(&key) })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ED25519: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA0GH4jDrXXr5oMTVnYbQyYMwBzWVKDgsHAJnMlzcaYh";

    #[test]
    fn keys_are_read_with_their_labels() {
        let text = format!("\u{feff}# the office\r\n\r\n{ED25519} 王 的 筆電\x1b[31m\r\n{ED25519}\n");
        let keys = read_keys(&text).unwrap();
        assert_eq!(keys.iter().map(|key| key.label.as_str()).collect::<Vec<_>>(), ["王 的 筆電", ""]);
        assert!(keys.iter().all(|key| key.key == ED25519));
        assert_eq!(fingerprint(ED25519).as_deref(), keys.first().map(|key| key.fingerprint.as_str()));
        assert!(keys.iter().all(|key| key.fingerprint.starts_with("SHA256:")));
    }

    #[test]
    fn what_is_no_public_key_is_refused_without_repeating_it() {
        assert_eq!(read_keys(" \n#x\n"), Err(KeyFault::Empty));
        assert_eq!(read_keys("-----BEGIN OPENSSH PRIVATE KEY-----\nabc"), Err(KeyFault::Private));
        assert_eq!(read_keys(&format!("{ED25519}\nsecret")), Err(KeyFault::NoKey { line: 2 }));
        let options = format!("command=\"x\" {ED25519}");
        assert_eq!(read_keys(&options), Err(KeyFault::NoKey { line: 1 }));
        assert_eq!(read_keys(&"x".repeat(KEYS_LIMIT + 1)), Err(KeyFault::TooLong));
        assert_eq!(fingerprint("ssh-ed25519 AAAA"), None);
    }
}

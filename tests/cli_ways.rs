//! Keys and login names from a script: what is taken, what is refused, and that no private key is ever repeated.

mod script;

use russh::keys::ssh_key::LineEnding;
use russh::keys::{Algorithm, EcdsaCurve, HashAlg, PrivateKey};
use script::{Home, PERSON};

/// An RSA key that nobody uses.
const RSA: &str = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7Gq2s8i7yFqVg5n0GZ4c0H4vQWQnqHkSTx0nF6sJmGq2Fq1mA2b3c4d5e6f7g8h9i0jAklBm\
    CnDoEpFqGrHsItJuKvLwMxNyOzP0Q1R2S3T4U5V6W7X8Y9Z0a1b2c3d4e5f6g7h8i9j0kAlBmCnDoEpFqGrHsItJuKvLwMxNyOw==";

fn key(algorithm: Algorithm) -> PrivateKey {
    PrivateKey::random(&mut russh::keys::key::safe_rng(), algorithm).unwrap()
}

fn line(key: &PrivateKey, label: &str) -> String {
    let mut public = key.public_key().clone();
    public.set_comment(label);
    public.to_openssh().unwrap()
}

fn home() -> Home {
    let home = Home::practice();
    home.says(&["person", "add", PERSON, "--role", "admin"]);
    home.says(&["person", "add", "li", "--role", "inspector"]);
    home.says(&["person", "add", "zhao", "--role", "approver"]);
    home
}

#[test]
fn keys_are_pasted_or_read_listed_and_taken_away() {
    let home = home();
    let (one, two) = (key(Algorithm::Ed25519), key(Algorithm::Ecdsa { curve: EcdsaCurve::NistP256 }));
    let pasted = format!("# 辦公室\r\n{}\r\n\r\n{}\r\n", line(&one, "辦公室 筆記本"), line(&two, ""));
    let ran = home.as_typing(PERSON, &["person", "key", "add", "li", "-"], &pasted);
    assert!(ran.code == 0 && ran.out.contains("已登記 2 把"), "{ran:?}");
    let print = one.fingerprint(HashAlg::Sha256).to_string();
    assert!(print.starts_with("SHA256:") && ran.out.contains(&print), "{print}: {ran:?}");
    let listed = home.json_lines(&["person", "key", "list", "li", "--json"]);
    assert_eq!(listed.len(), 2);
    let told = listed.iter().find(|key| key["fingerprint"] == print.as_str()).unwrap();
    assert_eq!((&told["kind"], &told["label"]), (&"ssh-ed25519".into(), &"辦公室 筆記本".into()));
    assert!(home.says(&["person", "list"]).contains("公鑰 2 把"));
    let file = home.file("id.pub", line(&one, "x"));
    assert!(home.fails(&["person", "key", "add", "zhao", "--file", &file], 1).contains("已登記給 li"));
    home.says(&["person", "key", "remove", "li", &print]);
    assert!(home.fails(&["person", "key", "remove", "li", &print], 1).contains("沒有指紋"));
    home.says(&["person", "key", "add", "zhao", "--file", &file]);
    assert!(home.says(&["person", "key", "list"]).contains(&print));
    home.says(&["person", "remove", "li"]);
    assert_eq!(home.json_lines(&["person", "key", "list", "--json"]).len(), 1, "who goes takes their keys along");
}

#[test]
fn what_is_no_public_key_is_refused_and_never_repeated() {
    let home = home();
    let secret = key(Algorithm::Ed25519).to_openssh(LineEnding::LF).unwrap();
    let good = line(&key(Algorithm::Ed25519), "x");
    for (text, told) in [
        (secret.as_str(), "私鑰"),
        ("PuTTY-User-Key-File-3: ssh-ed25519\nsecretsecret", "私鑰"),
        ("", "沒有公鑰"),
        ("hunter2-hunter2", "第 1 行不是公鑰"),
        (&format!("{good}\ncommand=\"x\" {good}"), "第 2 行不是公鑰"),
    ] {
        let ran = home.as_typing(PERSON, &["person", "key", "add", "li"], text);
        assert!(ran.code == 1 && ran.out.is_empty() && ran.err.contains(told), "{told}: {ran:?}");
        for part in text.split_whitespace().filter(|part| part.len() > 12) {
            assert!(!ran.err.contains(part), "{part} was repeated: {ran:?}");
        }
    }
    let ran = home.as_typing(PERSON, &["person", "key", "add", "li"], RSA);
    assert!(ran.code == 1 && ran.err.contains("第 1 行"), "{ran:?}");
    assert!(home.fails(&["person", "key", "add", "nobody", "-"], 1).contains("沒有人員"));
    assert!(home.says(&["person", "key", "list"]).contains("沒有登記公鑰"), "nothing was kept");
    let ran = home.as_typing("zhao", &["person", "key", "add", "zhao"], &good);
    assert!(ran.code == 1 && ran.err.contains("管理員"), "only an admin: {ran:?}");
}

#[test]
fn a_login_name_is_one_persons() {
    let home = home();
    home.says(&["person", "login", "add", "li", "lixiaoming"]);
    assert!(home.says(&["person", "list"]).contains("登錄名 lixiaoming"));
    assert!(home.fails(&["person", "login", "add", "zhao", "lixiaoming"], 1).contains("已登記給 li"));
    assert!(home.fails(&["person", "login", "add", "li", "a b"], 1).contains("登錄名"));
    assert!(home.fails(&["person", "login", "remove", "zhao", "lixiaoming"], 1).contains("zhao"));
    home.says(&["person", "login", "remove", "li", "lixiaoming"]);
    home.says(&["person", "login", "add", "zhao", "lixiaoming"]);
}

//! The SSH door as people use it: who is let in, what they get, and what is refused in words.

mod visit;

use std::sync::Arc;
use std::time::Duration;

use russh::client::Config;
use russh::keys::agent::AgentIdentity;
use russh::keys::{HashAlg, PrivateKey};
use russh::{ChannelOpenFailure, Error, Sig};
use tijian::door::ssh::{SshLimits, SshNews, SshRefusal};
use tokio::time::Instant;
use visit::{House, Visit, connect, key, spelled};

#[test]
fn a_key_opens_a_screen_that_hears_keys_sizes_and_the_end() {
    let house = House::new(SshLimits::default());
    let key = house.know("li");
    house.run(async {
        let visit = house.visit(&key).await;
        let mut talk = visit.channel().await;
        talk.channel.set_env(true, "LANG", "zh_CN.UTF-8").await.unwrap();
        talk.channel.set_env(true, "LD_PRELOAD", "/tmp/x.so").await.unwrap();
        talk.failed().await;
        talk.channel.request_pty(true, "xterm-256color", 100, 30, 640, 480, &[]).await.unwrap();
        talk.channel.request_shell(true).await.unwrap();
        talk.until("hello li (100, 30)").await;
        talk.until("ssh 127.0.0.1\n").await;
        assert!(talk.out.starts_with("\u{1b}[?1049h"), "a page of its own: {:?}", talk.out);
        assert!(talk.out.contains("Some(Hans)") && talk.out.contains("remote: true"), "{:?}", talk.out);
        talk.keys("好").await;
        talk.until("key \"好\"").await;
        talk.keys("\u{1b}[200~第一行\n第二行\u{1b}[201~").await;
        talk.until("第二行").await;
        talk.channel.window_change(60, 18, 0, 0).await.unwrap();
        talk.until("size 60 18").await;
        talk.keys("q").await;
        let (code, out, err) = talk.end().await;
        assert_eq!((code, err.as_str()), (0, "goodbye\r\n"));
        assert!(out.ends_with("\u{1b}[?1049l"), "the terminal is as it was: {out:?}");
        // The same connection can begin again.
        visit.screen("xterm", 80, 24).await.until("hello li").await;
    });
    let told = house.told.lock().unwrap();
    assert!(matches!(told.first(), Some(SshNews::In { person, .. }) if person.0 == "li"), "{told:?}");
}

#[test]
fn a_command_is_answered_without_a_terminal() {
    let house = House::new(SshLimits { command: 100, ..SshLimits::default() });
    let key = house.know("li");
    house.run(async {
        let visit = house.visit(&key).await;
        let (code, out, err) = visit.exec("ledger --overdue '一 二' $HOME").await;
        assert_eq!((code, err.as_str()), (0, ""));
        assert_eq!(out, "li None [\"ledger\", \"--overdue\", \"一 二\", \"$HOME\"]\n");
        assert_eq!(visit.exec("fails").await, (6, "out\n".to_owned(), "err\n".to_owned()));
        let (code, out, _) = visit.exec("much").await;
        assert_eq!((code, out.len()), (0, 3 << 20));
        for (command, told) in [
            (b"ledger 'open".to_vec(), "引號"),
            (b"  ".to_vec(), "空的"),
            (vec![b'a'; 101], "100"),
            (b"\xff\xfe".to_vec(), "UTF-8"),
            (b"falls".to_vec(), "異常"),
        ] {
            let (code, out, err) = visit.exec(command).await;
            assert!(code != 0 && out.is_empty() && err.contains(told), "{told}: {code} {out} {err}");
        }
        // With a terminal, lines go back to the first column.
        let mut talk = visit.channel().await;
        talk.channel.request_pty(true, "xterm", 80, 24, 0, 0, &[]).await.unwrap();
        talk.channel.exec(true, "fails").await.unwrap();
        assert_eq!(talk.end().await, (6, "out\r\n".to_owned(), "err\r\n".to_owned()));
    });
}

#[test]
fn what_is_not_done_here_is_refused_in_words_at_once() {
    let house = House::new(SshLimits::default());
    let key = house.know("li");
    house.run(async {
        let visit = house.visit(&key).await;
        let begun = Instant::now();
        let mut talk = visit.channel().await;
        talk.channel.request_subsystem(true, "sftp").await.unwrap();
        talk.failed().await;
        let (code, _, err) = talk.end().await;
        assert!(code == 1 && err.contains("SFTP"), "{err}");

        let mut talk = visit.channel().await;
        talk.channel.request_shell(true).await.unwrap();
        let (code, _, err) = talk.end().await;
        assert!(code == 2 && err.contains("ssh -t"), "{err}");
        let (code, _, err) = visit.screen("dumb", 80, 24).await.end().await;
        assert!(code == 2 && err.contains("dumb") && err.ends_with("\r\n"), "{err}");

        let mut talk = visit.channel().await;
        talk.channel.agent_forward(true).await.unwrap();
        talk.failed().await;
        talk.channel.request_x11(true, false, "MIT-MAGIC-COOKIE-1", "00", 0).await.unwrap();
        talk.failed().await;
        talk.channel.exec(true, "ledger").await.unwrap();
        let (code, out, err) = talk.end().await;
        assert!(code == 0 && out.contains("ledger"), "the rest is done: {out}");
        assert!(err.contains("代理轉發") && err.contains("X11"), "{err}");

        let refused = visit.handle.channel_open_direct_tcpip("127.0.0.1", 80, "127.0.0.1", 1).await;
        assert!(matches!(refused, Err(Error::ChannelOpenFailure(ChannelOpenFailure::AdministrativelyProhibited))));
        assert!(visit.handle.channel_open_direct_streamlocal("/tmp/x").await.is_err());
        assert!(visit.handle.channel_open_x11("127.0.0.1", 1).await.is_err());
        assert!(visit.handle.tcpip_forward("0.0.0.0", 8080).await.is_err());
        assert!(visit.handle.streamlocal_forward("/tmp/x").await.is_err());
        assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
        let (_, _, err) = visit.exec("ledger").await;
        assert!(err.contains("端口"), "it is said where a person sees it: {err}");
    });
}

#[test]
fn a_channel_carries_one_thing_and_a_connection_so_many() {
    let house = House::new(SshLimits { channels: 3, screens: 1, by_person: 2, ..SshLimits::default() });
    let key = house.know("li");
    house.run(async {
        let visit = house.visit(&key).await;
        let mut talk = visit.screen("xterm", 80, 24).await;
        talk.until("hello").await;
        talk.channel.exec(true, "ledger").await.unwrap();
        talk.failed().await;
        let (code, _, err) = visit.screen("xterm", 80, 24).await.end().await;
        assert!(code == 1 && err.contains("最多開 1 個"), "{err}");
        let held = (visit.channel().await, visit.channel().await);
        for _ in 0..3000 {
            assert!(visit.handle.channel_open_session().await.is_err());
        }
        drop(held.0.channel.close().await);
        talk.keys("a").await;
        talk.until("key \"a\"").await;
        let second = house.visit(&key).await;
        let third = Visit::come(house.address(), &key, Config::default()).await;
        if let Ok(third) = third {
            assert!(third.handle.channel_open_session().await.is_err());
            assert!(third.goodbye.lock().unwrap().as_ref().unwrap().contains("2 connections"));
        }
        second.leave().await;
        let (code, _, err) = talk_of(&house, &key).await;
        assert_eq!((code, err.as_str()), (0, "goodbye\r\n"), "a place that was given back is there again");
    });
}

async fn talk_of(house: &House, key: &PrivateKey) -> (u32, String, String) {
    loop {
        let visit = house.visit(key).await;
        if visit.handle.channel_open_session().await.is_ok() {
            let mut talk = visit.screen("xterm", 80, 24).await;
            talk.until("hello").await;
            talk.keys("q").await;
            return talk.end().await;
        }
    }
}

#[test]
fn hundreds_of_commands_on_one_connection_leave_nothing_behind() {
    let house = House::new(SshLimits { channels: 2, ..SshLimits::default() });
    let key = house.know("li");
    house.run(async {
        let visit = house.visit(&key).await;
        for _ in 0..300 {
            assert_eq!(visit.exec("x").await.0, 0);
        }
    });
}

#[test]
fn only_a_key_that_is_known_opens_and_the_user_name_means_nothing() {
    let house = House::new(SshLimits::default());
    let known = house.know("li");
    house.run(async {
        let stranger = key();
        let mut visit = connect(house.address(), "127.0.0.1", Config::default()).await.unwrap();
        assert!(!visit.login("li", &stranger).await.unwrap());
        assert!(visit.handle.authenticate_password("li", "li").await.is_ok_and(|result| !result.success()));
        assert!(visit.login("root", &known).await.unwrap(), "the right key, after a wrong one");
        let (_, out, _) = visit.exec("who").await;
        assert!(out.starts_with("li "), "{out}");
        let asked = house.host.asked.lock().unwrap();
        assert_eq!(*asked, [spelled(stranger.public_key()), spelled(known.public_key())]);
    });
    let told = house.told.lock().unwrap();
    let refused = |news: &SshNews| matches!(news, SshNews::Refused { what: SshRefusal::UnknownKey(_), .. });
    assert_eq!(told.iter().filter(|news| refused(news)).count(), 1, "{told:?}");
}

/// Offers a key and never signs.
struct Offers(usize);

impl russh::Signer for Offers {
    type Error = russh::AgentAuthError;

    async fn auth_sign(
        &mut self,
        _: &AgentIdentity,
        _: Option<HashAlg>,
        _: Vec<u8>,
    ) -> Result<Vec<u8>, russh::AgentAuthError> {
        self.0 += 1;
        Err(russh::SendError {}.into())
    }
}

#[test]
fn an_offered_key_tells_nothing_and_makes_nobody_somebody() {
    let house = House::new(SshLimits::default());
    let known = house.know("li");
    house.run(async {
        for key in [&known, &key()] {
            let mut offers = Offers(0);
            let mut visit = connect(house.address(), "127.0.0.1", Config::default()).await.unwrap();
            let public = key.public_key().clone();
            let _ = visit.handle.authenticate_publickey_with("li", public, None, &mut offers).await;
            assert_eq!(offers.0, 1, "known or not, the answer to an offer is the same");
            assert!(visit.handle.channel_open_session().await.is_err());
        }
    });
    assert_eq!(house.host.asked.lock().unwrap().len(), 0, "nobody was looked for");
}

#[test]
fn who_keeps_trying_is_sent_away() {
    let house = House::new(SshLimits { attempts: 3, ..SshLimits::default() });
    house.run(async {
        let mut visit = connect(house.address(), "127.0.0.1", Config::default()).await.unwrap();
        let mut tries = 0;
        while visit.login("li", &key()).await.is_ok() && tries < 20 {
            tries += 1;
            if visit.handle.is_closed() {
                break;
            }
        }
        assert!(tries <= 4, "{tries}");
    });
}

#[test]
fn a_session_ends_with_its_signal_its_channel_or_its_connection() {
    let house = House::new(SshLimits::default());
    let key = house.know("li");
    let full = house.know("too-much");
    let falls = house.know("falls");
    house.run(async {
        let visit = house.visit(&key).await;
        let mut talk = visit.screen("xterm", 80, 24).await;
        talk.until("hello").await;
        talk.channel.signal(Sig::TERM).await.unwrap();
        let (code, _, err) = talk.end().await;
        assert_eq!((code, err.as_str()), (3, "terminated\r\n"));
        let mut talk = visit.screen("xterm", 80, 24).await;
        talk.until("hello").await;
        talk.channel.close().await.unwrap();
        nobody_sits(&house).await;
        // A machine that vanishes with everything on it.
        let elsewhere = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let (address, key) = (house.address(), key.clone());
        let vanishes = elsewhere.spawn(async move {
            let visit = Visit::come(address, &key, Config::default()).await.unwrap();
            let mut talk = visit.screen("xterm", 80, 24).await;
            talk.until("hello").await;
            (visit, talk)
        });
        let vanished = vanishes.await.unwrap();
        elsewhere.shutdown_background();
        nobody_sits(&house).await;
        drop(vanished);
        let (code, _, err) = house.visit(&full).await.screen("xterm", 80, 24).await.end().await;
        assert_eq!((code, err.as_str()), (1, "no room\r\n"));
        let mut talk = house.visit(&falls).await.screen("xterm", 80, 24).await;
        talk.until("hello").await;
        talk.keys("q").await;
        let (code, _, err) = talk.end().await;
        assert!(code == 1 && err.contains("異常"), "a session that falls still says so: {err}");
    });
}

async fn nobody_sits(house: &House) {
    while house.host.open.load(std::sync::atomic::Ordering::SeqCst) > 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[test]
fn a_door_that_closes_lets_sessions_end_and_says_why() {
    let house = House::new(SshLimits::default());
    let key = house.know("li");
    let (visit, mut talk) = house.run(async {
        let visit = house.visit(&key).await;
        let mut talk = visit.screen("xterm", 80, 24).await;
        talk.until("hello").await;
        (visit, talk)
    });
    let House { door, runtime, host, .. } = house;
    let begun = Instant::now();
    let closing = std::thread::spawn(move || door.close());
    let (code, _, err) = runtime.block_on(talk.end());
    assert_eq!((code, err.as_str()), (3, "terminated\r\n"));
    closing.join().unwrap();
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    let goodbye = visit.goodbye.lock().unwrap().clone();
    assert!(goodbye.is_some_and(|text| text.contains("being stopped")));
    assert_eq!(host.open.load(std::sync::atomic::Ordering::SeqCst), 0);
    assert_eq!(Arc::strong_count(&host.0), 1, "nothing of the door is left");
}

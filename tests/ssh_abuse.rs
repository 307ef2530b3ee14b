//! What strangers do to the SSH door, and that those who come to work notice nothing.

mod visit;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::Ordering;
use std::time::Duration;

use russh::client::Config;
use tijian::door::ssh::SshLimits;
use tokio::time::Instant;
use visit::{House, Visit};

#[test]
fn half_handshakes_and_garbage_end_and_nobody_waits_for_them() {
    let limits = SshLimits { login: Duration::from_millis(700), waiting_by_address: 50, ..SshLimits::default() };
    let house = House::new(limits);
    let key = house.know("li");
    let mut held = Vec::new();
    for n in 0..400 {
        let mut stream = TcpStream::connect(house.address()).unwrap();
        let sent = [&b""[..], b"SSH-2.0-half\r\n", b"\0\xff\0\xff garbage \r\n\r\n", b"SSH-2.0-x\r\n\xff\xff\xff\xff"];
        // Whoever was pushed out already hears nothing more.
        let _ = stream.write_all(sent[n % sent.len()]);
        held.push(stream);
    }
    house.run(async {
        let begun = Instant::now();
        let visit = house.visit(&key).await;
        assert!(begun.elapsed() < Duration::from_millis(300), "{:?}", begun.elapsed());
        visit.screen("xterm", 80, 24).await.until("hello").await;
    });
    for mut stream in held {
        stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        let mut rest = Vec::new();
        let ended = stream.read_to_end(&mut rest);
        assert!(!ended.is_err_and(|fault| fault.kind() == std::io::ErrorKind::WouldBlock), "still held");
    }
    assert!(house.told.lock().unwrap().len() < 20, "a flood is told once");
}

#[test]
fn who_does_not_read_holds_one_frame_and_nobody_else() {
    let house = House::new(SshLimits::default());
    let (flood, other, slow) = (house.know("flood"), house.know("li"), house.know("slow"));
    house.run(async {
        let config = Config { channel_buffer_size: 1, window_size: 60_000, ..Config::default() };
        let stuck = Visit::come(house.address(), &flood, config).await.unwrap();
        let screen = stuck.screen("xterm", 80, 24).await;
        let visit = house.visit(&other).await;
        let mut talk = visit.screen("xterm", 65_535, 65_535).await;
        talk.until("hello li (400, 150)").await;
        let mut before = usize::MAX;
        while before != house.host.frames.load(Ordering::SeqCst) {
            before = house.host.frames.load(Ordering::SeqCst);
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
        assert!(before * 50_000 <= 1 << 20, "{before} frames");
        talk.channel.window_change(0, 0, 0, 0).await.unwrap();
        talk.until("size 400 150").await;
        drop(screen);
        let visit = house.visit(&slow).await;
        let mut talk = visit.screen("xterm", 0, 0).await;
        talk.keys(&"x".repeat(3 << 20)).await;
        talk.keys("q").await;
        assert_eq!(talk.end().await.2, format!("read {}\r\n", (3 << 20) + 1));
    });
}

#[test]
fn an_answer_that_nobody_reads_costs_little_holds_up_nobody_and_ends() {
    let delivery = Duration::from_secs(4);
    let house = House::new(SshLimits { answers: 1, delivery, ..SshLimits::default() });
    let key = house.know("li");
    house.run(async {
        let config = Config { channel_buffer_size: 1, window_size: 60_000, ..Config::default() };
        let stuck = Visit::come(house.address(), &key, config).await.unwrap();
        let mut unread = stuck.channel().await;
        unread.channel.exec(true, "endless").await.unwrap();
        let mut before = usize::MAX;
        while before != house.host.kib.load(Ordering::SeqCst) || before == 0 {
            before = house.host.kib.load(Ordering::SeqCst);
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        assert!(before < 1024, "{before} KiB were said to somebody who reads nothing");
        // The one place among commands is somebody else's while nothing is taken.
        let visit = house.visit(&key).await;
        let begun = Instant::now();
        assert_eq!(visit.exec("ledger").await.0, 0);
        assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
        assert_eq!(house.host.speaking.load(Ordering::SeqCst), 1, "it still waits");
        while house.host.speaking.load(Ordering::SeqCst) > 0 {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert!(begun.elapsed() < 2 * delivery, "{:?}", begun.elapsed());
        // Half an answer says that it is one.
        let (code, out, err) = unread.end().await;
        assert!(code == 1 && out.len() < 1 << 20 && err.contains("太久沒有收取"), "{code} {} {err}", out.len());
        assert_eq!(visit.exec("much").await.1.len(), 3 << 20);
    });
}

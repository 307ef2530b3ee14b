//! The smallest server that there is: russh, ratatui, one list and one marker. What the libraries cost without a program
//! between them.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::widgets::{List, ListState};
use ratatui::{Terminal, TerminalOptions, Viewport};
use russh::keys::{Algorithm, PrivateKey};
use russh::server::{Auth, ChannelOpenHandle, Config, Handler, Msg, Session, VerifiedPublicKey, run_stream};
use russh::{Channel, ChannelId, Pty};
use tokio::net::TcpListener;

/// Serves whoever comes, and says at which port, until it is ended.
pub fn serve() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let key = PrivateKey::random(&mut russh::keys::key::safe_rng(), Algorithm::Ed25519).unwrap();
        let config = Config {
            keys: vec![key],
            auth_rejection_time_initial: Some(Duration::ZERO),
            nodelay: true,
            ..Config::default()
        };
        let (config, door) = (Arc::new(config), TcpListener::bind("127.0.0.1:0").await.unwrap());
        println!("{}", door.local_addr().unwrap().port());
        loop {
            let (stream, _) = door.accept().await.unwrap();
            stream.set_nodelay(true).unwrap();
            let config = Arc::clone(&config);
            tokio::spawn(async move {
                if let Ok(session) = run_stream(config, stream, Smallest::new()).await {
                    let _ = session.await;
                }
            });
        }
    });
}

/// Where frames are written to.
#[derive(Clone, Default)]
struct Ink(Arc<Mutex<Vec<u8>>>);

impl Write for Ink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Smallest {
    terminal: Terminal<CrosstermBackend<Ink>>,
    ink: Ink,
    names: Vec<String>,
    at: usize,
}

impl Smallest {
    fn new() -> Self {
        let viewport = Viewport::Fixed(Rect::new(0, 0, 80, 24));
        let ink = Ink::default();
        let backend = CrosstermBackend::new(ink.clone());
        let terminal = Terminal::with_options(backend, TerminalOptions { viewport }).unwrap();
        let names = (0..24).map(|row| format!("JG-{row:03}       機關第{row}黨支部")).collect();
        Self { terminal, ink, names, at: 0 }
    }

    fn frame(&mut self) -> Vec<u8> {
        let mut state = ListState::default().with_selected(Some(self.at));
        let list = List::new(self.names.iter().map(String::as_str)).highlight_symbol("> ");
        self.terminal.draw(|frame| frame.render_stateful_widget(list, frame.area(), &mut state)).unwrap();
        std::mem::take(&mut *self.ink.0.lock().unwrap())
    }
}

impl Handler for Smallest {
    type Error = russh::Error;

    async fn auth_publickey(&mut self, _: &str, _: VerifiedPublicKey<'_>) -> Result<Auth, russh::Error> {
        Ok(Auth::Accept)
    }

    async fn channel_open_session(
        &mut self,
        _: Channel<Msg>,
        reply: ChannelOpenHandle,
        _: &mut Session,
    ) -> Result<(), russh::Error> {
        reply.accept().await;
        Ok(())
    }

    async fn pty_request(
        &mut self,
        channel: ChannelId,
        _: &str,
        _: u32,
        _: u32,
        _: u32,
        _: u32,
        _: &[(Pty, u32)],
        session: &mut Session,
    ) -> Result<(), russh::Error> {
        session.channel_success(channel)
    }

    async fn shell_request(&mut self, channel: ChannelId, session: &mut Session) -> Result<(), russh::Error> {
        session.channel_success(channel)?;
        session.data(channel, self.frame())
    }

    async fn data(&mut self, channel: ChannelId, keys: &[u8], session: &mut Session) -> Result<(), russh::Error> {
        for key in keys {
            match key {
                b'j' => self.at = (self.at + 1) % self.names.len(),
                0x0c => self.terminal.clear()?,
                _ => {}
            }
        }
        session.data(channel, self.frame())
    }
}

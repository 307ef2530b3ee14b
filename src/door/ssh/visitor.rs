//! A visitor: one connection. Who they are is known by the key whose signature was verified, and by nothing else.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use russh::server::{Auth, ChannelOpenHandle, Handler, Msg, PublicKeyOffer, Session, VerifiedPublicKey};
use russh::{Channel, ChannelId, ChannelOpenFailure, Disconnect, Error, Pty, Sig};
use tokio::sync::mpsc::unbounded_channel;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::channel::{OpenChannel, Out, Room, Writer};
use super::keys::{self, fingerprint_of};
use super::log::{SshNews, SshRefusal};
use super::porch::Place;
use super::unwanted::Unwanted;
use super::{Door, asked::Asked};
use crate::domain::{Lang, PersonId};
use crate::locales as w;
use crate::session::Inlet;

/// How long a session that takes nothing is waited for before its connection ends.
const STUCK: Duration = Duration::from_mins(1);
/// Channels over the life of a connection: the library keeps a little of each.
const EVER: u32 = 10_000;

/// What goes on in a connection, for whoever ends it from outside.
#[derive(Default)]
pub(super) struct Inside {
    logged_in: AtomicBool,
    channels: Mutex<HashMap<ChannelId, OpenChannel>>,
}

impl Inside {
    pub(super) fn channels(&self) -> MutexGuard<'_, HashMap<ChannelId, OpenChannel>> {
        self.channels.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn is_logged_in(&self) -> bool {
        self.logged_in.load(Ordering::Acquire)
    }

    /// Asks every session to end.
    pub(super) fn end(&self) {
        for (inlet, _) in self.channels().values().filter_map(|channel| channel.screen.as_ref()) {
            inlet.end();
        }
    }

    fn screen(&self, id: ChannelId) -> Option<(Inlet, Arc<Room>)> {
        self.channels().get(&id)?.screen.clone()
    }
}

/// One connection.
pub(super) struct Visitor {
    pub(super) door: Arc<Door>,
    pub(super) from: IpAddr,
    pub(super) inside: Arc<Inside>,
    /// The place on the porch, until somebody has logged in.
    place: Option<Place>,
    /// Who was verified, and the fingerprint of their key.
    pub(super) person: Option<(PersonId, String)>,
    /// What was refused before there was a channel to say so.
    told: Vec<Unwanted>,
    ever: u32,
}

impl Visitor {
    pub(super) fn new(door: Arc<Door>, from: IpAddr, inside: Arc<Inside>, place: Place) -> Self {
        Self { door, from, inside, place: Some(place), person: None, told: Vec::new(), ever: 0 }
    }

    /// Returns what was refused before there was a channel to say so.
    pub(super) fn told(&self) -> &[Unwanted] {
        &self.told
    }

    /// Refuses what is asked of the whole connection: told at once, and again where the person can see it.
    fn refuse(&mut self, session: &mut Session, what: Unwanted) -> Result<(), Error> {
        if self.told.contains(&what) {
            return Ok(());
        }
        self.told.push(what);
        session.debug(true, what.word().say(Lang::En), "en")
    }

    /// Refuses what is asked on a channel, once in words.
    fn refuse_on(&self, id: ChannelId, what: Unwanted) {
        if let Some(channel) = self.inside.channels().get_mut(&id)
            && !channel.told.contains(&what)
        {
            channel.told.push(what);
            let _ = channel.out.send(Out::Line(what.word().say(channel.asked.lang().unwrap_or_default()).to_owned()));
        }
    }

    async fn refuse_channel(
        &mut self,
        what: Unwanted,
        reply: ChannelOpenHandle,
        session: &mut Session,
    ) -> Result<(), Error> {
        self.refuse(session, what)?;
        reply.reject(administratively(what.word().say(Lang::En).to_owned())).await;
        Ok(())
    }
}

/// The protocol's number for what is not done here, with a reason.
const fn administratively(reason: String) -> ChannelOpenFailure {
    ChannelOpenFailure::Other { code: 1, reason }
}

/// The protocol's number for what would be too much, with a reason.
const fn short(reason: String) -> ChannelOpenFailure {
    ChannelOpenFailure::Other { code: 4, reason }
}

impl Drop for Visitor {
    fn drop(&mut self) {
        self.inside.channels().clear();
        if let Some((person, _)) = self.person.take().filter(|_| self.inside.is_logged_in()) {
            self.door.left(&person);
            self.door.teller.tell(SshNews::Out { person, from: self.from });
        }
    }
}

impl Handler for Visitor {
    type Error = Error;

    /// Answers the same for every key of a kind that can be verified, so that an offer tells nobody whose keys are known.
    async fn auth_publickey_offered(&mut self, _user: &str, offer: PublicKeyOffer<'_>) -> Result<Auth, Error> {
        Ok(if keys::is_accepted(offer.public_key) { Auth::Accept } else { Auth::reject() })
    }

    async fn auth_publickey(&mut self, _user: &str, key: VerifiedPublicKey<'_>) -> Result<Auth, Error> {
        let fingerprint = fingerprint_of(key.public_key);
        let found = match keys::spelled(key.public_key) {
            Some(spelled) if keys::is_accepted(key.public_key) => {
                let host = Arc::clone(&self.door.host);
                spawn_blocking(move || host.keyholder(&spelled)).await.unwrap_or_default()
            }
            _ => None,
        };
        match found {
            Some(person) => {
                self.person = Some((person, fingerprint));
                Ok(Auth::Accept)
            }
            None => {
                self.door.teller.refused(self.from, SshRefusal::UnknownKey(fingerprint));
                Ok(Auth::reject())
            }
        }
    }

    async fn auth_succeeded(&mut self, session: &mut Session) -> Result<(), Error> {
        let Some((person, key)) = self.person.clone() else { return Err(Error::Inconsistent) };
        if !self.door.came(&person) {
            self.person = None;
            self.door.teller.refused(self.from, SshRefusal::FullOfPerson(person));
            let why = w::SSH_OF_PERSON.fill(Lang::En, &[&self.door.limits.by_person]);
            return session.disconnect(Disconnect::TooManyConnections, &why, "en");
        }
        self.place = None;
        self.inside.logged_in.store(true, Ordering::Release);
        self.door.teller.tell(SshNews::In { person, from: self.from, key });
        Ok(())
    }

    async fn channel_open_session(
        &mut self,
        channel: Channel<Msg>,
        reply: ChannelOpenHandle,
        _: &mut Session,
    ) -> Result<(), Error> {
        let limit = self.door.limits.channels;
        if self.inside.channels().len() >= limit {
            let why = w::SSH_CHANNELS.fill(Lang::En, &[&limit]);
            reply.reject(short(why)).await;
            return Ok(());
        }
        self.ever += 1;
        if self.ever > EVER {
            reply.reject(short(w::SSH_CHANNELS_EVER.say(Lang::En).to_owned())).await;
            return Ok(());
        }
        let id = channel.id();
        // What comes in is taken by this visitor; an unread half would stop the connection.
        let (_, half) = channel.split();
        let (out, outs) = unbounded_channel();
        let inside = Arc::clone(&self.inside);
        let writer = tokio::spawn(async move {
            let raw = || inside.channels().get(&id).is_some_and(|channel| channel.asked.size.is_some());
            Writer { half, out: outs }.run(raw).await;
            let ended = inside.channels().remove(&id);
            drop(ended);
        });
        let open = OpenChannel {
            out,
            asked: Asked::default(),
            begun: false,
            screen: None,
            told: Vec::new(),
            writer: writer.abort_handle(),
        };
        self.inside.channels().insert(id, open);
        reply.accept().await;
        Ok(())
    }

    async fn channel_close(&mut self, id: ChannelId, _: &mut Session) -> Result<(), Error> {
        let closed = self.inside.channels().remove(&id);
        drop(closed);
        Ok(())
    }

    async fn channel_eof(&mut self, id: ChannelId, _: &mut Session) -> Result<(), Error> {
        if let Some((inlet, _)) = self.inside.screen(id) {
            inlet.gone();
        }
        Ok(())
    }

    async fn data(&mut self, id: ChannelId, data: &[u8], _: &mut Session) -> Result<(), Error> {
        // A command reads nothing, and a channel without a session has nobody to type to.
        let Some((inlet, room)) = self.inside.screen(id) else { return Ok(()) };
        let mut taken = inlet.put(data);
        while !taken && !room.is_gone() {
            // Nothing more is read from this connection meanwhile, and the other end has to wait.
            if timeout(STUCK, room.news.notified()).await.is_err() {
                return Err(Error::InactivityTimeout);
            }
            taken = inlet.put(&[]);
        }
        Ok(())
    }

    async fn pty_request(
        &mut self,
        id: ChannelId,
        term: &str,
        cols: u32,
        rows: u32,
        _: u32,
        _: u32,
        _: &[(Pty, u32)],
        session: &mut Session,
    ) -> Result<(), Error> {
        let taken = match self.inside.channels().get_mut(&id) {
            Some(channel) if !channel.begun => {
                channel.asked.terminal(term, cols, rows);
                true
            }
            _ => false,
        };
        if taken { session.channel_success(id) } else { session.channel_failure(id) }
    }

    async fn window_change_request(
        &mut self,
        id: ChannelId,
        cols: u32,
        rows: u32,
        _: u32,
        _: u32,
        session: &mut Session,
    ) -> Result<(), Error> {
        if let Some(channel) = self.inside.channels().get_mut(&id)
            && let Some((cols, rows)) = channel.asked.resized(cols, rows)
            && let Some((inlet, _)) = &channel.screen
        {
            inlet.resize(cols, rows);
        }
        session.channel_success(id)
    }

    async fn env_request(
        &mut self,
        id: ChannelId,
        name: &str,
        value: &str,
        session: &mut Session,
    ) -> Result<(), Error> {
        let taken = match self.inside.channels().get_mut(&id) {
            Some(channel) if !channel.begun => channel.asked.variable(name, value, &self.door.limits),
            _ => false,
        };
        if taken { session.channel_success(id) } else { session.channel_failure(id) }
    }

    async fn shell_request(&mut self, id: ChannelId, session: &mut Session) -> Result<(), Error> {
        let Some(begun) = self.begin(id) else { return session.channel_failure(id) };
        session.channel_success(id)?;
        self.sit(id, begun).await;
        Ok(())
    }

    async fn exec_request(&mut self, id: ChannelId, command: &[u8], session: &mut Session) -> Result<(), Error> {
        let Some(begun) = self.begin(id) else { return session.channel_failure(id) };
        session.channel_success(id)?;
        self.answer(command, begun);
        Ok(())
    }

    async fn subsystem_request(&mut self, id: ChannelId, _: &str, session: &mut Session) -> Result<(), Error> {
        let Some(begun) = self.begin(id) else { return session.channel_failure(id) };
        // Said ahead of the refusal: a client that hears it reads no further.
        let line = format!("{}\n", Unwanted::Subsystem.word().say(begun.lang()));
        session.extended_data(id, 1, line.into_bytes())?;
        session.channel_failure(id)?;
        let _ = begun.out.send(Out::Over(1, None));
        Ok(())
    }

    async fn signal(&mut self, id: ChannelId, signal: Sig, _: &mut Session) -> Result<(), Error> {
        if let Some((inlet, _)) = self.inside.screen(id)
            && matches!(signal, Sig::TERM | Sig::HUP | Sig::KILL | Sig::QUIT)
        {
            inlet.end();
        }
        Ok(())
    }

    async fn agent_request(&mut self, id: ChannelId, _: &mut Session) -> Result<bool, Error> {
        self.refuse_on(id, Unwanted::Agent);
        Ok(false)
    }

    async fn x11_request(
        &mut self,
        id: ChannelId,
        _: bool,
        _: &str,
        _: &str,
        _: u32,
        session: &mut Session,
    ) -> Result<(), Error> {
        self.refuse_on(id, Unwanted::X11);
        session.channel_failure(id)
    }

    async fn channel_open_x11(
        &mut self,
        _: Channel<Msg>,
        _: &str,
        _: u32,
        reply: ChannelOpenHandle,
        session: &mut Session,
    ) -> Result<(), Error> {
        self.refuse_channel(Unwanted::X11, reply, session).await
    }

    async fn channel_open_direct_tcpip(
        &mut self,
        _: Channel<Msg>,
        _: &str,
        _: u32,
        _: &str,
        _: u32,
        reply: ChannelOpenHandle,
        session: &mut Session,
    ) -> Result<(), Error> {
        self.refuse_channel(Unwanted::Forward, reply, session).await
    }

    async fn channel_open_forwarded_tcpip(
        &mut self,
        _: Channel<Msg>,
        _: &str,
        _: u32,
        _: &str,
        _: u32,
        reply: ChannelOpenHandle,
        session: &mut Session,
    ) -> Result<(), Error> {
        self.refuse_channel(Unwanted::Forward, reply, session).await
    }

    async fn channel_open_direct_streamlocal(
        &mut self,
        _: Channel<Msg>,
        _: &str,
        reply: ChannelOpenHandle,
        session: &mut Session,
    ) -> Result<(), Error> {
        self.refuse_channel(Unwanted::Forward, reply, session).await
    }

    async fn tcpip_forward(&mut self, _: &str, _: &mut u32, session: &mut Session) -> Result<bool, Error> {
        self.refuse(session, Unwanted::Forward)?;
        Ok(false)
    }

    async fn streamlocal_forward(&mut self, _: &str, session: &mut Session) -> Result<bool, Error> {
        self.refuse(session, Unwanted::Forward)?;
        Ok(false)
    }
}

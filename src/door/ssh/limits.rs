//! How much the SSH door takes from whom.

use std::time::Duration;

/// What the SSH door bears; each is refused with a reason where it is passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SshLimits {
    /// Connections in all: 512.
    pub connections: usize,
    /// Connections of one person: 32.
    pub by_person: usize,
    /// Connections that are not logged in yet, in all: 512. Where there are more, the one that has waited longest at
    /// the address with most of them gives way: who comes to work is in long before.
    pub waiting: usize,
    /// Connections from one address that are not logged in yet: 256. An address of IPv6 is its network of 64 bits.
    pub waiting_by_address: usize,
    /// How long a login may take: 20 s.
    pub login: Duration,
    /// Keys that are tried before a connection ends: 6, as OpenSSH has it. The question which ways of logging in there
    /// are counts as one, and so does each key of an agent that is not the person's.
    pub attempts: usize,
    /// Channels of a connection at a time: 8.
    pub channels: usize,
    /// Channels of a connection with a screen: 2.
    pub screens: usize,
    /// Bytes of a command: 8 KiB.
    pub command: usize,
    /// Commands that are worked on at a time, in all: 8; others wait for up to 10 s.
    pub answers: usize,
    /// How long somebody may take to take a piece of what was answered: 20 s.
    pub delivery: Duration,
    /// Environment variables of a channel: 32.
    pub variables: usize,
    /// Bytes of an environment variable: 256.
    pub variable: usize,
    /// After how much silence the other end is asked whether it is there: 60 s. Three questions without an answer end
    /// the connection.
    pub keepalive: Duration,
}

impl Default for SshLimits {
    fn default() -> Self {
        Self {
            connections: 512,
            by_person: 32,
            waiting: 512,
            waiting_by_address: 256,
            login: Duration::from_secs(20),
            attempts: 6,
            channels: 8,
            screens: 2,
            command: 8 << 10,
            answers: 8,
            delivery: Duration::from_secs(20),
            variables: 32,
            variable: 256,
            keepalive: Duration::from_mins(1),
        }
    }
}

//! `[serve.ssh]` in `config.toml`: the SSH door, and what it bears.

use std::net::SocketAddr;
use std::path::PathBuf;

use serde::Deserialize;

/// The SSH door; every line may be left out, and what a figure means is said where the door takes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SshFile {
    /// Where it listens: `127.0.0.1:2222`. Without it, and without `--ssh`, there is none.
    pub address: Option<SocketAddr>,
    /// The file of the host key; `ssh_host_key` in the data folder where nothing is said.
    pub host_key: Option<PathBuf>,
    /// Connections in all.
    pub connections: Option<usize>,
    /// Connections of one person.
    pub connections_each: Option<usize>,
    /// Connections that are not logged in yet, in all.
    pub waiting: Option<usize>,
    /// Connections from one address that are not logged in yet.
    pub waiting_each: Option<usize>,
    /// Seconds that a login may take.
    pub login_seconds: Option<u64>,
    /// Keys that are tried before a connection ends.
    pub attempts: Option<usize>,
    /// Channels of a connection.
    pub channels: Option<usize>,
    /// Screens of a connection.
    pub screens: Option<usize>,
    /// Bytes of a command.
    pub command_bytes: Option<usize>,
    /// Commands that are worked on at a time.
    pub commands: Option<usize>,
    /// Seconds of silence after which the other end is asked whether it is there.
    pub keepalive_seconds: Option<u64>,
}

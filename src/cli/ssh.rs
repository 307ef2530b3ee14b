//! Opening the SSH door with what is set for it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use super::Outcome;
use crate::config::{SshFile, World};
use crate::door::Host;
use crate::door::ssh::{SshDoor, SshLimits};
use crate::hall::log_door;
use crate::locales as w;

/// Opens the SSH door at an address.
pub fn open(world: &World, address: SocketAddr, host: Arc<dyn Host>) -> Result<SshDoor, Outcome> {
    let set = &world.file.serve.ssh;
    let key = set.host_key.clone().unwrap_or_else(|| world.data.join("ssh_host_key"));
    let opened = SshDoor::open(address, &key, limits(set), host, Arc::new(|news| log_door(&news)));
    opened.map_err(|fault| Outcome::Store(w::NO_SSH.fill(world.lang, &[&address, &fault])))
}

fn limits(set: &SshFile) -> SshLimits {
    let usual = SshLimits::default();
    SshLimits {
        connections: set.connections.unwrap_or(usual.connections),
        by_person: set.connections_each.unwrap_or(usual.by_person),
        waiting: set.waiting.unwrap_or(usual.waiting),
        waiting_by_address: set.waiting_each.unwrap_or(usual.waiting_by_address),
        login: set.login_seconds.map_or(usual.login, Duration::from_secs),
        attempts: set.attempts.unwrap_or(usual.attempts),
        channels: set.channels.unwrap_or(usual.channels),
        screens: set.screens.unwrap_or(usual.screens),
        command: set.command_bytes.unwrap_or(usual.command),
        answers: set.commands.unwrap_or(usual.answers),
        keepalive: set.keepalive_seconds.map_or(usual.keepalive, Duration::from_secs),
        ..usual
    }
}

//! A disk in memory that loses what was not synced, fails when it is told to, and counts every call.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use tijian::store::{Disk, DiskFile};

use super::dice::Dice;

/// What is to happen at a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The power goes: only what was synced is certain to stay.
    Cut,
    /// The process dies: everything that was written stays.
    Kill,
    /// The call fails; what it has written so far may be there.
    Fails,
    /// The disk is full in the middle of a write.
    Full,
}

/// How the power went or the process died.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Cut,
    Kill,
}

/// What a power cut leaves of writes that were not synced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Survival {
    Nothing,
    Prefix,
    Sectors,
}

const SECTOR: usize = 512;

#[derive(Clone, Debug)]
enum Write {
    Bytes(usize, Vec<u8>),
    Size(usize),
}

/// A file: what a reader sees, what is certain to stay, and the writes in between.
#[derive(Clone, Default)]
struct Node {
    seen: Vec<u8>,
    kept: Vec<u8>,
    waiting: Vec<Write>,
    named: bool,
}

fn apply(bytes: &mut Vec<u8>, write: &Write) {
    match write {
        Write::Size(size) => bytes.resize(*size, 0),
        Write::Bytes(at, data) => {
            bytes.resize(bytes.len().max(at + data.len()), 0);
            bytes[*at..at + data.len()].copy_from_slice(data);
        }
    }
}

impl Node {
    fn write(&mut self, write: Write) {
        apply(&mut self.seen, &write);
        self.waiting.push(write);
    }

    /// Brings some of the waiting writes to the platter; the others are gone.
    fn survive(&mut self, how: Survival, dice: &mut Dice) {
        let waiting = std::mem::take(&mut self.waiting);
        let whole = match how {
            Survival::Nothing => 0,
            Survival::Prefix => dice.below(waiting.len() + 1),
            Survival::Sectors => waiting.len(),
        };
        let mut lost = BTreeSet::new();
        for write in &waiting[..whole] {
            match write {
                Write::Bytes(at, data) if how == Survival::Sectors => self.scatter(*at, data, dice, &mut lost),
                Write::Size(_) if how == Survival::Sectors && dice.one_in(2) => {}
                write => apply(&mut self.kept, write),
            }
        }
        if let (Survival::Prefix, Some(Write::Bytes(at, data))) = (how, waiting.get(whole)) {
            let torn = Write::Bytes(*at, data[..dice.below(data.len() + 1)].to_vec());
            apply(&mut self.kept, &torn);
        }
    }

    /// Writes some of the sectors that a write touches; a sector that is lost has lost its later writes too.
    fn scatter(&mut self, at: usize, data: &[u8], dice: &mut Dice, lost: &mut BTreeSet<usize>) {
        if dice.one_in(3) {
            // The length may reach the platter alone.
            self.kept.resize(self.kept.len().max(at + data.len()), 0);
        }
        let mut from = at;
        while from < at + data.len() {
            let sector = from / SECTOR;
            let to = ((sector + 1) * SECTOR).min(at + data.len());
            if dice.one_in(2) || lost.contains(&sector) {
                lost.insert(sector);
            } else {
                apply(&mut self.kept, &Write::Bytes(from, data[from - at..to - at].to_vec()));
            }
            from = to;
        }
    }
}

/// The world of one trial: its files, its faults to come, and the dice.
struct World {
    files: BTreeMap<PathBuf, Node>,
    folder_named: bool,
    room: Option<usize>,
    calls: u64,
    faults: BTreeMap<u64, Fault>,
    ended: Option<End>,
    sync_fails: bool,
    sync_failed: bool,
    dice: Dice,
}

/// A simulated disk; copies of it are the same disk.
#[derive(Clone)]
pub struct SimDisk(Arc<Mutex<World>>);

fn broken(what: &str) -> io::Error {
    io::Error::other(what.to_owned())
}

impl SimDisk {
    pub fn new(dice: Dice) -> Self {
        let (files, faults) = (BTreeMap::new(), BTreeMap::new());
        let world = World {
            files,
            folder_named: false,
            room: None,
            calls: 0,
            faults,
            ended: None,
            sync_fails: false,
            sync_failed: false,
            dice,
        };
        Self(Arc::new(Mutex::new(world)))
    }

    fn world(&self) -> MutexGuard<'_, World> {
        self.0.lock().unwrap()
    }

    /// Tells how many calls were made.
    pub fn calls(&self) -> u64 {
        self.world().calls
    }

    /// Plans a fault so many calls ahead.
    pub fn plan(&self, ahead: u64, fault: Fault) {
        let mut world = self.world();
        let at = world.calls + ahead;
        world.faults.insert(at, fault);
    }

    /// Lets the next sync fail.
    pub fn plan_sync_fault(&self) {
        self.world().sync_fails = true;
    }

    /// Takes back what was planned.
    pub fn forget_plans(&self) {
        self.world().faults.clear();
    }

    /// Tells how many plans are left.
    pub fn plans(&self) -> usize {
        self.world().faults.len()
    }

    /// Takes the plans off for a look at the disk that is not part of the trial.
    pub fn lift_plans(&self) -> (u64, BTreeMap<u64, Fault>) {
        let mut world = self.world();
        (world.calls, std::mem::take(&mut world.faults))
    }

    /// Lays the plans back, as if the look had not been.
    pub fn lay_plans(&self, (calls, faults): (u64, BTreeMap<u64, Fault>)) {
        let mut world = self.world();
        (world.calls, world.faults) = (calls, faults);
    }

    /// Leaves so many bytes of room.
    pub fn fills_up(&self, left: usize) {
        let mut world = self.world();
        world.room = Some(world.used() + left);
    }

    /// Tells whether there is not even room for a first line.
    pub fn is_full(&self) -> bool {
        let world = self.world();
        world.room.is_some_and(|room| room < world.used() + 64)
    }

    /// Leaves so many bytes of room, or as many as anybody wants.
    pub fn room(&self, room: Option<usize>) {
        self.world().room = room;
    }

    /// Tells whether the process is dead, and how it died.
    pub fn ended(&self) -> Option<End> {
        self.world().ended
    }

    /// Tells whether a sync has failed since the last start.
    pub fn sync_failed(&self) -> bool {
        self.world().sync_failed
    }

    /// Ends the process now.
    pub fn end(&self, end: End) {
        self.world().ended = Some(end);
    }

    /// Starts the machine or the process again after its end; a power cut leaves what it leaves.
    pub fn starts_again(&self, how: Survival) {
        let mut world = self.world();
        world.sync_failed = false;
        let Some(End::Cut) = world.ended.take() else { return };
        let World { files, folder_named, dice, .. } = &mut *world;
        if !*folder_named && dice.one_in(2) {
            files.clear();
        }
        files.retain(|_, node| node.named || dice.one_in(2));
        *folder_named |= !files.is_empty();
        for node in files.values_mut() {
            node.survive(how, dice);
            node.seen.clone_from(&node.kept);
            node.named = true;
        }
    }

    /// Counts a call that is none of the disk's own, so that it may fail too.
    pub fn call(&self) -> io::Result<()> {
        self.world().may_fail()
    }
}

impl World {
    /// Counts a call and answers what is to go wrong in it.
    fn counts(&mut self) -> io::Result<Option<Fault>> {
        let fault = self.faults.remove(&self.calls);
        self.calls += 1;
        match fault {
            _ if self.ended.is_some() => Err(broken("the process is dead")),
            Some(Fault::Cut) => {
                self.ended = Some(End::Cut);
                Err(broken("the power is gone"))
            }
            Some(Fault::Kill) => {
                self.ended = Some(End::Kill);
                Err(broken("the process is killed"))
            }
            fault => Ok(fault),
        }
    }

    /// Counts a call that fails as a whole or not at all.
    fn may_fail(&mut self) -> io::Result<()> {
        self.counts()?.map_or(Ok(()), |_| Err(broken("input/output error")))
    }

    fn node(&mut self, path: &Path) -> io::Result<&mut Node> {
        self.files.get_mut(path).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn used(&self) -> usize {
        self.files.values().map(|node| node.seen.len()).sum()
    }
}

struct SimFile {
    disk: SimDisk,
    path: PathBuf,
}

impl SimDisk {
    fn file(&self, path: &Path) -> Box<dyn DiskFile> {
        Box::new(SimFile { disk: self.clone(), path: path.to_owned() })
    }
}

impl Disk for SimDisk {
    fn open(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        let mut world = self.world();
        world.may_fail()?;
        world.files.entry(path.to_owned()).or_default();
        Ok(self.file(path))
    }

    fn open_to_read(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        let mut world = self.world();
        world.may_fail()?;
        world.node(path)?;
        Ok(self.file(path))
    }

    fn begin(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        let mut world = self.world();
        world.may_fail()?;
        if world.files.contains_key(path) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        world.files.insert(path.to_owned(), Node::default());
        Ok(self.file(path))
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        let mut world = self.world();
        world.may_fail()?;
        if path == Path::new(super::FOLDER) {
            world.files.values_mut().for_each(|node| node.named = true);
        } else if Path::new(super::FOLDER).parent() == Some(path) {
            world.folder_named = true;
        }
        Ok(())
    }
}

impl DiskFile for SimFile {
    fn size(&self) -> io::Result<u64> {
        let mut world = self.disk.world();
        world.may_fail()?;
        Ok(world.node(&self.path)?.seen.len() as u64)
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let mut world = self.disk.world();
        world.may_fail()?;
        let seen = &world.node(&self.path)?.seen;
        let from = usize::try_from(offset).unwrap().min(seen.len());
        let count = buffer.len().min(seen.len() - from);
        buffer[..count].copy_from_slice(&seen[from..from + count]);
        Ok(count)
    }

    fn write_at(&self, data: &[u8], offset: u64) -> io::Result<usize> {
        let mut world = self.disk.world();
        let at = usize::try_from(offset).unwrap();
        // The power may go and the process may die while a write is under way.
        let before = world.ended;
        let fault = match world.counts() {
            Ok(fault) => fault,
            Err(fault) => {
                if before.is_none() && world.dice.one_in(2) {
                    let some = world.dice.below(data.len() + 1);
                    world.node(&self.path)?.write(Write::Bytes(at, data[..some].to_vec()));
                }
                return Err(fault);
            }
        };
        let grows = (at + data.len()).saturating_sub(world.node(&self.path)?.seen.len());
        let free = world.room.map_or(usize::MAX, |room| room.saturating_sub(world.used()));
        let mut some = if grows > free { data.len() - (grows - free) } else { data.len() };
        if fault.is_some() {
            some = world.dice.below(some + 1);
        }
        // A write may be taken in pieces, and a full disk takes a piece first and refuses the rest.
        if fault.is_none() && some > 1 && world.dice.one_in(8) {
            some = 1 + world.dice.below(some - 1);
        }
        if some > 0 {
            world.node(&self.path)?.write(Write::Bytes(at, data[..some].to_vec()));
        }
        match fault {
            Some(Fault::Full) => Err(io::ErrorKind::StorageFull.into()),
            Some(_) => Err(broken("input/output error")),
            None if some == 0 && !data.is_empty() => Err(io::ErrorKind::StorageFull.into()),
            None => Ok(some),
        }
    }

    fn set_size(&self, size: u64) -> io::Result<()> {
        let mut world = self.disk.world();
        world.may_fail()?;
        let size = usize::try_from(size).unwrap();
        world.node(&self.path)?.write(Write::Size(size));
        Ok(())
    }

    fn sync(&self) -> io::Result<()> {
        let mut world = self.disk.world();
        let planned = std::mem::take(&mut world.sync_fails);
        let fault = world.may_fail().and_then(|()| if planned { Err(broken("input/output error")) } else { Ok(()) });
        if let Err(fault) = fault {
            if world.ended.is_none() {
                // The kernel drops what it could not write, still shows it, and does not try again.
                world.sync_failed |= self.path.ends_with("journal.jsonl");
                let World { files, dice, .. } = &mut *world;
                let how = if dice.one_in(2) { Survival::Nothing } else { Survival::Sectors };
                if let Some(node) = files.get_mut(&self.path) {
                    // Lengths are the file system's own: it does not forget them as long as it runs.
                    let sizes = node.waiting.iter().filter(|write| matches!(write, Write::Size(_))).cloned().collect();
                    node.survive(how, dice);
                    node.waiting = sizes;
                }
            }
            return Err(fault);
        }
        let node = world.node(&self.path)?;
        for write in std::mem::take(&mut node.waiting) {
            apply(&mut node.kept, &write);
        }
        Ok(())
    }
}

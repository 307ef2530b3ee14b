//! A view of the records with changes laid over them that are not written yet.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::names::SCHEMA;
use crate::domain::ReadFault;
use crate::store::codec::{self, Bytes};
use crate::store::records::VALUE_LIMIT;
use crate::store::{Batch, Records};

/// The records as they will be once what is staged is written; without anything staged, as they are.
pub struct Staging<'a> {
    records: &'a dyn Records,
    over: BTreeMap<Vec<u8>, Option<Vec<u8>>>,
    before: Option<Vec<Before>>,
}

/// Bytes of a long value in one record; what is left is for two envelopes.
const PIECE: usize = VALUE_LIMIT - 64;

fn piece(name: &[u8], number: u8) -> Vec<u8> {
    let mut name = name.to_vec();
    name.push(number);
    name
}

/// A name and what was staged for it before, if anything was.
type Before = (Vec<u8>, Option<Option<Vec<u8>>>);

impl<'a> Staging<'a> {
    /// Begins with nothing staged.
    pub fn new(records: &'a dyn Records) -> Self {
        Self { records, over: BTreeMap::new(), before: None }
    }

    /// Lays another view over this one, to try things out.
    pub fn fork(&self) -> Self {
        Self { records: self.records, over: self.over.clone(), before: None }
    }

    /// Reads a record.
    pub fn get<T: DeserializeOwned>(&self, name: &[u8]) -> Result<Option<T>, ReadFault> {
        let bytes = match self.over.get(name) {
            Some(staged) => staged.clone(),
            None => self.records.get(name).map_err(|fault| told(name, &fault))?,
        };
        bytes.map(|bytes| decoded(name, &bytes)).transpose()
    }

    /// Says whether there is such a record.
    pub fn has(&self, name: &[u8]) -> Result<bool, ReadFault> {
        match self.over.get(name) {
            Some(staged) => Ok(staged.is_some()),
            None => Ok(self.records.get(name).map_err(|fault| told(name, &fault))?.is_some()),
        }
    }

    /// Stages a record.
    pub fn put<T: Serialize>(&mut self, name: Vec<u8>, value: &T) -> Result<(), ReadFault> {
        let kind = name.first().copied().unwrap_or_default();
        let bytes = codec::encode(kind, SCHEMA, value).map_err(|fault| told(&name, &fault))?;
        self.stage(name, Some(bytes));
        Ok(())
    }

    /// Reads a value that [`Staging::put_long`] has spread over records.
    pub fn get_long<T: DeserializeOwned>(&self, name: &[u8]) -> Result<Option<T>, ReadFault> {
        let Some((pieces, Bytes(mut bytes))) = self.get::<(u8, Bytes)>(&piece(name, 0))? else {
            return Ok(None);
        };
        for number in 1..pieces {
            let rest: Option<(u8, Bytes)> = self.get(&piece(name, number))?;
            bytes.extend(rest.ok_or_else(|| told(name, &format!("piece {number} is missing")))?.1.0);
        }
        decoded(name, &bytes).map(Some)
    }

    /// Stages a value of any length that the codec takes, in as many records as it needs: most need one.
    ///
    /// No other name may begin with `name`.
    pub fn put_long<T: Serialize>(&mut self, name: &[u8], value: &T) -> Result<(), ReadFault> {
        let kind = name.first().copied().unwrap_or_default();
        let bytes = codec::encode(kind, SCHEMA, value).map_err(|fault| told(name, &fault))?;
        let had = self.get::<(u8, Bytes)>(&piece(name, 0))?.map_or(0, |(pieces, _)| pieces);
        let pieces = bytes.chunks(PIECE);
        let count = u8::try_from(pieces.len()).map_err(|fault| told(name, &fault))?;
        for (number, part) in (0u8..).zip(pieces) {
            self.put(piece(name, number), &(count, part))?;
        }
        for gone in count..had {
            self.remove(piece(name, gone));
        }
        Ok(())
    }

    /// Stages that a record goes.
    pub fn remove(&mut self, name: Vec<u8>) {
        self.stage(name, None);
    }

    fn stage(&mut self, name: Vec<u8>, value: Option<Vec<u8>>) {
        match &mut self.before {
            Some(before) => before.push((name.clone(), self.over.insert(name, value))),
            None => drop(self.over.insert(name, value)),
        }
    }

    /// Begins something that may be taken back until the next one begins.
    pub fn begin(&mut self) {
        self.before = Some(Vec::new());
    }

    /// Takes back what was staged since the last begin.
    pub fn take_back(&mut self) {
        for (name, stood) in self.before.take().unwrap_or_default().into_iter().rev() {
            match stood {
                Some(value) => drop(self.over.insert(name, value)),
                None => drop(self.over.remove(&name)),
            }
        }
    }

    /// Finds a value staged since the last begin that is longer than the records take.
    pub fn too_long(&self) -> Option<usize> {
        let names = self.before.iter().flatten().map(|(name, _)| name);
        let lens = names.filter_map(|name| self.over.get(name)?.as_ref().map(Vec::len));
        lens.max().filter(|len| *len > VALUE_LIMIT)
    }

    /// Visits the records whose names begin with `prefix` in order, from `from` on.
    pub fn scan<T: DeserializeOwned>(
        &self,
        from: &[u8],
        prefix: &[u8],
        visit: &mut dyn FnMut(&[u8], T) -> ControlFlow<()>,
    ) -> Result<(), ReadFault> {
        let mut over = self.over.range(from.to_vec()..).take_while(|(name, _)| name.starts_with(prefix)).peekable();
        let mut fault = None;
        let mut show = |name: &[u8], bytes: &[u8]| match decoded(name, bytes) {
            Ok(value) => visit(name, value),
            Err(damage) => {
                fault = Some(damage);
                ControlFlow::Break(())
            }
        };
        let mut stopped = false;
        let scanned = self.records.scan(from, prefix, &mut |name, bytes| {
            while let Some((staged, value)) = over.next_if(|(staged, _)| staged.as_slice() < name) {
                if let Some(value) = value
                    && show(staged, value).is_break()
                {
                    stopped = true;
                    return ControlFlow::Break(());
                }
            }
            let flow = match over.next_if(|(staged, _)| staged.as_slice() == name) {
                Some((_, Some(value))) => show(name, value),
                Some((_, None)) => ControlFlow::Continue(()),
                None => show(name, bytes),
            };
            stopped = flow.is_break();
            flow
        });
        scanned.map_err(|damage| told(prefix, &damage))?;
        if !stopped {
            for (name, value) in over {
                if let Some(value) = value
                    && show(name, value).is_break()
                {
                    break;
                }
            }
        }
        fault.map_or(Ok(()), Err)
    }

    /// Reads every record whose name begins with `prefix`.
    pub fn all<T: DeserializeOwned>(&self, prefix: &[u8]) -> Result<Vec<(Vec<u8>, T)>, ReadFault> {
        let mut all = Vec::new();
        self.scan(prefix, prefix, &mut |name, value| {
            all.push((name.to_vec(), value));
            ControlFlow::Continue(())
        })?;
        Ok(all)
    }

    /// Says how many records are staged.
    pub fn len(&self) -> usize {
        self.over.len()
    }

    /// Ends with what is to be written in one batch.
    pub fn into_batch(self) -> Batch {
        Batch { puts: self.over.into_iter().collect() }
    }
}

/// Reads a long value whose pieces were put together.
pub fn read<T: DeserializeOwned>(name: &[u8], bytes: &[u8]) -> Result<T, ReadFault> {
    decoded(name, bytes)
}

fn decoded<T: DeserializeOwned>(name: &[u8], bytes: &[u8]) -> Result<T, ReadFault> {
    let kind = name.first().copied().unwrap_or_default();
    codec::decode(kind, SCHEMA, bytes).map_err(|fault| told(name, &fault))
}

fn told(name: &[u8], fault: &dyn std::fmt::Display) -> ReadFault {
    let (kind, rest) = name.split_first().map_or(('?', name), |(kind, rest)| (char::from(*kind), rest));
    let rest: String = rest.iter().map(|byte| format!("{byte:02x}")).collect();
    ReadFault { record: format!("{kind}/{rest}"), reason: fault.to_string() }
}

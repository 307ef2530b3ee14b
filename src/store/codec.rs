//! Values as bytes: an envelope of kind, schema number and checksum around bincode. The one file that names bincode.
//!
//! bincode alone is not enough: of 608 single flipped bits 417 decoded silently to another record, and it knows no
//! versions. It reads slices only, because a claimed length would otherwise be allocated, and its own limit holds for
//! what it writes alone, so that the length of a slice is looked at here.

use bincode::Options;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Bytes of kind, schema number and checksum.
const ENVELOPE: usize = 7;
/// The longest payload, in bytes.
const LIMIT: u64 = 512 << 10;

/// Why bytes are not the value that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodecError {
    /// There are too few.
    #[error("it is cut short")]
    Truncated,
    /// They are of another kind.
    #[error("it is of kind {found}, not {wanted}")]
    WrongKind {
        /// What was asked for.
        wanted: u8,
        /// What is there.
        found: u8,
    },
    /// They have another shape: an older or newer program wrote them.
    #[error("it has shape {found}, this version reads {wanted}")]
    WrongSchema {
        /// What was asked for.
        wanted: u16,
        /// What is there.
        found: u16,
    },
    /// They were changed.
    #[error("its checksum is wrong")]
    Checksum,
    /// They do not spell the value, or the value is too large.
    #[error("it does not decode: {0}")]
    Payload(String),
}

fn options() -> impl Options {
    bincode::DefaultOptions::new().with_limit(LIMIT)
}

fn checksum(head: &[u8], payload: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(head);
    hasher.update(payload);
    hasher.finalize()
}

/// Bytes as a value: read and written at once, not one by one. They are spelled as a list of bytes is.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bytes(pub Vec<u8>);

impl Serialize for Bytes {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Whole;
        impl serde::de::Visitor<'_> for Whole {
            type Value = Bytes;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("bytes")
            }
            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Bytes, E> {
                Ok(Bytes(bytes.to_vec()))
            }
            fn visit_byte_buf<E>(self, bytes: Vec<u8>) -> Result<Bytes, E> {
                Ok(Bytes(bytes))
            }
        }
        deserializer.deserialize_byte_buf(Whole)
    }
}

/// Spells a value.
pub fn encode<T: Serialize>(kind: u8, schema: u16, value: &T) -> Result<Vec<u8>, CodecError> {
    let payload = options().serialize(value).map_err(|fault| CodecError::Payload(fault.to_string()))?;
    let mut bytes = Vec::with_capacity(ENVELOPE + payload.len());
    bytes.push(kind);
    bytes.extend_from_slice(&schema.to_be_bytes());
    let sum = checksum(&bytes, &payload);
    bytes.extend_from_slice(&sum.to_be_bytes());
    bytes.extend_from_slice(&payload);
    Ok(bytes)
}

/// Reads a value.
pub fn decode<T: DeserializeOwned>(kind: u8, schema: u16, bytes: &[u8]) -> Result<T, CodecError> {
    let (envelope, payload) = bytes.split_at_checked(ENVELOPE).ok_or(CodecError::Truncated)?;
    let &[found, high, low, a, b, c, d] = envelope else {
        return Err(CodecError::Truncated);
    };
    if found != kind {
        return Err(CodecError::WrongKind { wanted: kind, found });
    }
    if checksum(&[found, high, low], payload) != u32::from_be_bytes([a, b, c, d]) {
        return Err(CodecError::Checksum);
    }
    let shape = u16::from_be_bytes([high, low]);
    if shape != schema {
        return Err(CodecError::WrongSchema { wanted: schema, found: shape });
    }
    if payload.len() as u64 > LIMIT {
        return Err(CodecError::Payload(format!("it has {} bytes", payload.len())));
    }
    options().deserialize(payload).map_err(|fault| CodecError::Payload(fault.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Day, PersonId, Rev, Signed, Stamp};
    use proptest::prelude::*;

    fn sample() -> (Rev, Day, Signed) {
        let signed = Signed { by: PersonId("王督查".into()), at: Stamp(1_795_000_000_000) };
        (Rev(300), Day::new(2026, 11, 23).unwrap(), signed)
    }

    #[test]
    fn the_bytes_of_a_value_never_change() {
        let bytes = encode(b'x', 1, &sample()).unwrap();
        let spelled: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(spelled, GOLDEN);
        assert_eq!(decode::<(Rev, Day, Signed)>(b'x', 1, &bytes).unwrap(), sample());
    }

    const GOLDEN: &str = "780001a724801efb2c01fc2e16d40f09e78e8be79da3e69fa5fd00bcacdc43030000";

    #[test]
    fn bytes_are_spelled_as_a_list_of_bytes() {
        for bytes in [Vec::new(), vec![7], (0..=255).cycle().take(70_000).collect::<Vec<u8>>()] {
            let spelled = encode(b'x', 1, &bytes).unwrap();
            assert_eq!(encode(b'x', 1, &Bytes(bytes.clone())).unwrap(), spelled);
            assert_eq!(decode::<Bytes>(b'x', 1, &spelled).unwrap().0, bytes);
        }
    }

    #[test]
    fn every_flipped_bit_and_every_cut_is_noticed() {
        let bytes = encode(b'x', 1, &sample()).unwrap();
        for at in 0..bytes.len() * 8 {
            let mut flipped = bytes.clone();
            flipped[at / 8] ^= 1 << (at % 8);
            assert!(decode::<(Rev, Day, Signed)>(b'x', 1, &flipped).is_err(), "bit {at}");
        }
        for len in 0..bytes.len() {
            assert!(decode::<(Rev, Day, Signed)>(b'x', 1, &bytes[..len]).is_err(), "cut {len}");
        }
        assert!(matches!(decode::<(Rev, Day, Signed)>(b'x', 2, &bytes), Err(CodecError::WrongSchema { .. })));
        assert!(matches!(decode::<(Rev, Day, Signed)>(b'y', 1, &bytes), Err(CodecError::WrongKind { .. })));
    }

    /// Puts a payload into an envelope that fits it.
    fn sealed(payload: &[u8]) -> Vec<u8> {
        let head = [b'x', 0, 1];
        [&head[..], &checksum(&head, payload).to_be_bytes(), payload].concat()
    }

    #[test]
    fn a_claimed_length_is_not_allocated() {
        let payload = [&[253][..], &u64::MAX.to_le_bytes()].concat();
        assert!(matches!(decode::<String>(b'x', 1, &sealed(&payload)), Err(CodecError::Payload(_))));
    }

    #[test]
    fn a_value_past_the_limit_is_neither_spelled_nor_read() {
        let most = usize::try_from(LIMIT).unwrap();
        // What spells the length takes a few bytes of it.
        for (len, fits) in [(most - 5, true), (most + 1, false)] {
            let text = "x".repeat(len);
            let spelled = encode(b'x', 1, &text);
            assert_eq!(spelled.is_ok(), fits, "{len}");
            let payload = bincode::DefaultOptions::new().serialize(&text).unwrap();
            match decode::<String>(b'x', 1, &sealed(&payload)) {
                Ok(read) => assert!(fits && read == text, "{len}"),
                Err(fault) => assert!(!fits && matches!(fault, CodecError::Payload(_)), "{len}: {fault}"),
            }
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = decode::<Vec<String>>(b'x', 1, &bytes);
        }
    }
}

//! Keys that live in a piece of hardware (sk-ssh-ed25519, sk-ecdsa): what such a piece would sign opens the door, and
//! nothing else does.

mod visit;

use russh::client::Config;
use russh::keys::agent::AgentIdentity;
use russh::keys::signature::Signer as _;
use russh::keys::ssh_encoding::Encode;
use russh::keys::ssh_key::public::{EcdsaPublicKey, KeyData, SkEcdsaSha2NistP256, SkEd25519};
use russh::keys::ssh_key::{Algorithm, EcdsaCurve, Signature};
use russh::keys::{HashAlg, PrivateKey, PublicKey};
use russh::{SendError, Signer};
use tijian::door::ssh::{SshLimits, fingerprint, read_keys};
use visit::{House, connect};

/// What a made-up piece of hardware does with what it is to sign.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Piece {
    /// What it should.
    Whole,
    /// It counts otherwise than it has signed.
    OtherCounter,
    /// It signs for another program.
    OtherApplication,
    /// It signs as an ordinary key would, and says so.
    Ordinary,
    /// It signs as an ordinary key would, and says that it is one of hardware.
    Pretended,
}

/// A made-up piece of hardware with its key.
struct Fido {
    inside: PrivateKey,
    key: PublicKey,
    piece: Piece,
}

impl Fido {
    fn new(inside: Algorithm) -> Self {
        let inside = PrivateKey::random(&mut russh::keys::key::safe_rng(), inside).unwrap();
        let key = match inside.public_key().key_data() {
            KeyData::Ed25519(key) => KeyData::SkEd25519(SkEd25519::new(*key, "ssh:")),
            KeyData::Ecdsa(EcdsaPublicKey::NistP256(key)) => {
                KeyData::SkEcdsaSha2NistP256(SkEcdsaSha2NistP256::new(*key, "ssh:"))
            }
            other => panic!("{other:?}"),
        };
        Self { inside, key: PublicKey::new(key, ""), piece: Piece::Whole }
    }

    fn sign(&self, text: &[u8]) -> Signature {
        let (flags, counter) = (1, 7_u32);
        let application: &[u8] = if self.piece == Piece::OtherApplication { b"ssh:other" } else { b"ssh:" };
        let sha = |text| HashAlg::Sha256.digest(text);
        let signed = [sha(application), vec![flags], counter.to_be_bytes().to_vec(), sha(text)].concat();
        let trailer = |counter: u32| [&[flags][..], &counter.to_be_bytes()].concat();
        let said = |signature: Signature, counter| {
            Signature::new(self.key.algorithm(), [signature.as_bytes(), &trailer(counter)].concat()).unwrap()
        };
        match self.piece {
            Piece::Whole | Piece::OtherApplication => said(self.inside.try_sign(&signed).unwrap(), counter),
            Piece::OtherCounter => said(self.inside.try_sign(&signed).unwrap(), counter + 1),
            Piece::Ordinary => self.inside.try_sign(text).unwrap(),
            Piece::Pretended => said(self.inside.try_sign(text).unwrap(), counter),
        }
    }
}

impl Signer for Fido {
    type Error = SendError;

    async fn auth_sign(
        &mut self,
        _: &AgentIdentity,
        _: Option<HashAlg>,
        to_sign: Vec<u8>,
    ) -> Result<Vec<u8>, SendError> {
        let mut blob = Vec::new();
        self.sign(&to_sign).encode(&mut blob).unwrap();
        let mut packet = to_sign;
        blob.encode(&mut packet).unwrap();
        Ok(packet)
    }
}

fn kinds() -> [Algorithm; 2] {
    [Algorithm::Ed25519, Algorithm::Ecdsa { curve: EcdsaCurve::NistP256 }]
}

#[test]
fn a_key_of_hardware_opens_the_door_and_what_it_has_not_signed_does_not() {
    let house = House::new(SshLimits { attempts: 20, ..SshLimits::default() });
    for inside in kinds() {
        let mut fido = Fido::new(inside);
        house.bind("li", &fido.key);
        house.run(async {
            for piece in [Piece::OtherCounter, Piece::OtherApplication, Piece::Ordinary, Piece::Pretended, Piece::Whole]
            {
                fido.piece = piece;
                let mut visit = connect(house.address(), "127.0.0.1", Config::default()).await.unwrap();
                let key = fido.key.clone();
                let known = house.host.asked.lock().unwrap().len();
                let tried = visit.handle.authenticate_publickey_with("li", key, None, &mut fido).await;
                let is_in = tried.is_ok_and(|tried| tried.success());
                assert_eq!(is_in, piece == Piece::Whole, "{piece:?} {}", fido.key.algorithm());
                // Who somebody is, is asked only for what was signed.
                assert_eq!(house.host.asked.lock().unwrap().len() - known, usize::from(is_in), "{piece:?}");
                if is_in {
                    assert_eq!(visit.exec("ledger").await.1, "li None [\"ledger\"]\n");
                }
                visit.leave().await;
            }
        });
    }
}

#[test]
fn a_key_of_hardware_is_read_as_it_lies_in_a_file() {
    for (inside, name) in kinds().into_iter().zip(["sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com"])
    {
        let line = Fido::new(inside).key.to_openssh().unwrap();
        let keys = read_keys(&format!("{} 王的鑰匙\n", line.trim())).unwrap();
        assert!(keys[0].key.starts_with(name) && keys[0].label == "王的鑰匙", "{keys:?}");
        assert_eq!(fingerprint(&keys[0].key).as_deref(), Some(keys[0].fingerprint.as_str()));
    }
}

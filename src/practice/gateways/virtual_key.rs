//! Virtual YubiKeys: the counters inside, and the block they make at a touch (Yubico/yubico-c,
//! `yubikey.h` and `test-vectors.txt`: uid, session counter, 24-bit timestamp at 8 Hz, use in the
//! session, two random bytes, CRC-16; AES-128 of one block; modhex).

use anyhow::{Context, ensure};
use openssl::symm::{Cipher, Crypter, Mode};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::factors::yubikey::otp::{LENGTH, PUBLIC_ID, from_modhex, to_modhex};
use crate::practice::Folder;
use crate::random::Random;

const FILE: &str = "yubikeys.json";
/// The CRC of a whole block, its own CRC included.
const RESIDUE: u16 = 0xf0b8;
/// Public ids of the two keys. Yubico never gives out ids that begin with `vv`.
const PUBLIC_IDS: [&str; 2] = ["vvcccccccccb", "vvcccccccccd"];
/// The session counter has 15 bits and stops there.
const MOST_SESSIONS: u16 = 0x7fff;

/// A key: what is inside, and what the validation server knows of it.
#[derive(Clone, Serialize, Deserialize)]
pub struct VirtualKey {
    pub public_id: String,
    uid: [u8; 6],
    aes_key: [u8; 16],
    session: u16,
    in_session: u8,
    /// The server's record: counters and nonce of the last OTP it took.
    pub seen: Option<Seen>,
}

/// What a validation server keeps of a key.
#[derive(Clone, Serialize, Deserialize)]
pub struct Seen {
    pub session: u16,
    pub in_session: u8,
    pub nonce: String,
}

/// A decrypted block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    pub uid: [u8; 6],
    pub session: u16,
    pub timestamp: u32,
    pub in_session: u8,
    pub random: [u8; 2],
}

/// The two keys, kept over restarts.
#[derive(Serialize, Deserialize)]
pub struct Keys(pub Vec<VirtualKey>);

impl Keys {
    pub fn open(folder: &Folder, random: &Random) -> anyhow::Result<Self> {
        if let Some(mut keys) = folder.read::<Self>(FILE)? {
            // Starting again is plugging in again.
            keys.0.iter_mut().for_each(VirtualKey::plug_in);
            return Ok(keys);
        }
        let fresh = |id: &str| VirtualKey {
            public_id: id.into(),
            uid: random.bytes(),
            aes_key: random.bytes(),
            session: 1,
            in_session: 0,
            seen: None,
        };
        Ok(Self(PUBLIC_IDS.iter().map(|id| fresh(id)).collect()))
    }

    /// The next OTP of a key. Its counters are kept before it is told.
    pub fn touch(
        &mut self,
        index: usize,
        now: OffsetDateTime,
        random: &Random,
        folder: &Folder,
    ) -> anyhow::Result<String> {
        let key = self.0.get_mut(index).context("there is no such key")?;
        let otp = key.touch(now, random)?;
        self.keep(folder)?;
        Ok(otp)
    }

    /// Takes a key out and plugs it in.
    pub fn plug_in(&mut self, index: usize, folder: &Folder) -> anyhow::Result<()> {
        self.0.get_mut(index).context("there is no such key")?.plug_in();
        self.keep(folder)
    }

    /// The key an OTP belongs to.
    pub fn of(&mut self, otp: &str) -> Option<&mut VirtualKey> {
        self.0.iter_mut().find(|key| otp.get(..PUBLIC_ID) == Some(&key.public_id))
    }

    pub fn keep(&self, folder: &Folder) -> anyhow::Result<()> {
        folder.write(FILE, self)
    }
}

impl VirtualKey {
    /// Plugged in again: the next session.
    fn plug_in(&mut self) {
        self.session = (self.session + 1).min(MOST_SESSIONS);
        self.in_session = 0;
    }

    fn touch(&mut self, now: OffsetDateTime, random: &Random) -> anyhow::Result<String> {
        let block = Block {
            uid: self.uid,
            session: self.session,
            timestamp: (now.unix_timestamp_nanos() / 125_000_000) as u32 & 0xff_ffff,
            in_session: self.in_session,
            random: random.bytes(),
        };
        match self.in_session.checked_add(1) {
            Some(next) => self.in_session = next,
            None => self.plug_in(),
        }
        Ok(format!("{}{}", self.public_id, block.encrypted(&self.aes_key)?))
    }

    /// What is inside an OTP of this key; an error when it is none of its own.
    pub fn decrypt(&self, otp: &str) -> anyhow::Result<Block> {
        ensure!(otp.len() == LENGTH, "an OTP has {LENGTH} characters");
        let block = Block::decrypted(&otp[PUBLIC_ID..], &self.aes_key)?;
        ensure!(block.uid == self.uid, "the private id is another key's");
        Ok(block)
    }
}

impl Block {
    fn encrypted(&self, key: &[u8; 16]) -> anyhow::Result<String> {
        let mut bytes = [0; 16];
        bytes[..6].copy_from_slice(&self.uid);
        bytes[6..8].copy_from_slice(&self.session.to_le_bytes());
        bytes[8..11].copy_from_slice(&self.timestamp.to_le_bytes()[..3]);
        bytes[11] = self.in_session;
        bytes[12..14].copy_from_slice(&self.random);
        let crc = !crc(&bytes[..14]);
        bytes[14..].copy_from_slice(&crc.to_le_bytes());
        Ok(to_modhex(&aes(Mode::Encrypt, key, &bytes)?))
    }

    fn decrypted(modhex: &str, key: &[u8; 16]) -> anyhow::Result<Self> {
        let bytes = from_modhex(modhex).context("not modhex")?;
        let bytes = aes(Mode::Decrypt, key, &bytes)?;
        ensure!(crc(&bytes) == RESIDUE, "the checksum is wrong");
        let [u0, u1, u2, u3, u4, u5, c0, c1, t0, t1, t2, use_, r0, r1, ..] = bytes;
        Ok(Self {
            uid: [u0, u1, u2, u3, u4, u5],
            // The highest bit tells caps lock.
            session: u16::from_le_bytes([c0, c1]) & MOST_SESSIONS,
            timestamp: u32::from_le_bytes([t0, t1, t2, 0]),
            in_session: use_,
            random: [r0, r1],
        })
    }
}

/// One block through AES-128.
fn aes(mode: Mode, key: &[u8; 16], block: &[u8]) -> anyhow::Result<[u8; 16]> {
    ensure!(block.len() == 16, "a block has 16 bytes");
    let mut crypter = Crypter::new(Cipher::aes_128_ecb(), mode, key, None)?;
    crypter.pad(false);
    let mut out = [0; 32];
    let written = crypter.update(block, &mut out)?;
    let end = written + crypter.finalize(&mut out[written..])?;
    out[..end].try_into().context("one block in, one block out")
}

/// CRC-16 as ISO 13239 has it, not yet complemented.
fn crc(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xffff, |crc, byte| {
        (0..8).fold(crc ^ u16::from(*byte), |crc, _| (crc >> 1) ^ if crc & 1 == 1 { 0x8408 } else { 0 })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Yubico's libyubikey, test-vectors.txt.
    #[test]
    fn yubicos_vector() {
        let key: [u8; 16] =
            data_encoding::HEXLOWER.decode(b"ecde18dbe76fbd0c33330f1c354871db").unwrap().try_into().unwrap();
        let modhex = "hknhfjbrjnlnldnhcujvddbikngjrtgh";
        let block = Block::decrypted(modhex, &key).unwrap();
        let wanted = Block {
            uid: [0x87, 0x92, 0xeb, 0xfe, 0x26, 0xcc],
            session: 0x13,
            timestamp: 0xc230,
            in_session: 0x11,
            random: [0xc8, 0x9f],
        };
        assert_eq!(block, wanted);
        assert_eq!(block.encrypted(&key).unwrap(), modhex);
        assert!(Block::decrypted(modhex, &[0; 16]).is_err());
    }

    #[test]
    fn counters_only_grow() {
        let folder = tempfile::tempdir().unwrap();
        let folder = Folder::open(folder.path()).unwrap();
        let random = Random::seeded(1);
        let now = time::macros::datetime!(2026-11-23 12:00 UTC);
        let mut keys = Keys::open(&folder, &random).unwrap();
        let mut last = None;
        for at in 0..600 {
            if at == 300 {
                keys = Keys::open(&folder, &random).unwrap();
            }
            let otp = keys.touch(0, now, &random, &folder).unwrap();
            let block = keys.of(&otp).unwrap().decrypt(&otp).unwrap();
            let counters = (block.session, block.in_session);
            assert!(Some(counters) > last, "{counters:?} after {last:?}");
            last = Some(counters);
        }
        let other = keys.touch(1, now, &random, &folder).unwrap();
        assert!(keys.0[0].decrypt(&other).is_err());
        assert!(keys.touch(2, now, &random, &folder).is_err());
    }
}

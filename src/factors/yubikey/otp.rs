//! A Yubico OTP: 6 bytes that name the key and a block of 16 encrypted ones, in modhex, an alphabet of
//! letters that lie at the same place on most keyboards (Yubico, "OTPs Explained").

use std::fmt;

/// Modhex for the digits 0 to f.
pub const MODHEX: &[u8; 16] = b"cbdefghijklnrtuv";
/// What the same keys type under the US Dvorak layout, the one other that Yubico documents ("Getting
/// Started Writing Clients") and that its validation server translates.
const DVORAK: &[u8; 16] = b"jxe.uidchtnbpygk";
/// Characters of the public id, as keys leave the factory; the rest is the block.
pub const PUBLIC_ID: usize = 12;
/// Characters of an OTP.
pub const LENGTH: usize = 44;
/// The longest typed text looked at, in bytes.
const MAX_TYPED: usize = 128;

/// An OTP, in modhex and lower case. Its `Debug` shows the public id alone.
#[derive(Clone, PartialEq, Eq)]
pub struct Otp(String);

impl Otp {
    /// Reads what was typed: white space around, capitals (caps lock) and Dvorak are put right. None
    /// when it is no OTP of 44 characters.
    pub fn parse(typed: &str) -> Option<Self> {
        if typed.len() > MAX_TYPED {
            return None;
        }
        let typed = typed.trim().to_ascii_lowercase();
        if typed.len() != LENGTH {
            return None;
        }
        // Modhex first: eleven letters are in both alphabets, so some Dvorak OTPs could be either, once
        // in 10^7 of them.
        let by = |layout: &[u8; 16]| -> Option<String> {
            let place = |byte: u8| layout.iter().position(|key| *key == byte);
            typed.bytes().map(|byte| place(byte).map(|at| char::from(MODHEX[at]))).collect()
        };
        by(MODHEX).or_else(|| by(DVORAK)).map(Self)
    }

    /// All 44 characters. They open a door once: keep them out of logs.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The 12 characters that name the key; the same in each of its OTPs, and no secret.
    pub fn public_id(&self) -> &str {
        &self.0[..PUBLIC_ID]
    }
}

impl fmt::Debug for Otp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Otp({}..)", self.public_id())
    }
}

/// Writes bytes in modhex.
pub fn to_modhex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| char::from(MODHEX[usize::from(digit)])).collect()
}

/// Reads modhex; none when it is none.
pub fn from_modhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| MODHEX.iter().position(|key| *key == byte).map(|at| at as u8);
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| Some(digit(pair[0])? << 4 | digit(*pair.get(1)?)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From Yubico's "Test vectors" page.
    const OTP: &str = "cccccckdvvulethkhtvkrtbeukiettvfceekurncllcj";

    fn on_dvorak(text: &str) -> String {
        let place = |byte: u8| MODHEX.iter().position(|key| *key == byte).unwrap();
        text.bytes().map(|byte| char::from(DVORAK[place(byte)])).collect()
    }

    #[test]
    fn otps_as_they_arrive() {
        let otp = Otp::parse(OTP).unwrap();
        assert_eq!((otp.as_str(), otp.public_id()), (OTP, "cccccckdvvul"));
        assert_eq!(format!("{otp:?}"), "Otp(cccccckdvvul..)");
        for typed in
            [format!(" {OTP}\r\n"), OTP.to_uppercase(), on_dvorak(OTP), on_dvorak(OTP).to_uppercase()]
        {
            assert_eq!(Otp::parse(&typed), Some(otp.clone()), "{typed}");
        }
    }

    #[test]
    fn what_is_no_otp() {
        let other = OTP.replace('v', "a");
        for typed in [
            "",
            "123456",
            &OTP[1..],
            &OTP[..43],
            &format!("{OTP}c"),
            &other,
            &OTP.replacen("cc", "c c", 1),
            &OTP.replacen("cc", "é", 1),
            &OTP.replacen('c', "\u{0}", 1),
            &format!("{}{OTP}", " ".repeat(100)),
            // Half of it by another layout.
            &format!("{}{}", &OTP[..22], on_dvorak(&OTP[22..])),
        ] {
            assert_eq!(Otp::parse(typed), None, "{typed:?}");
        }
    }

    /// Yubico's libyubikey, test-vectors.txt.
    #[test]
    fn modhex() {
        for (hex, modhex) in [
            ("2d344e83", "dteffuje"),
            ("69b6481c8baba2b60e8f22179b58cd56", "hknhfjbrjnlnldnhcujvddbikngjrtgh"),
            ("ecde18dbe76fbd0c33330f1c354871db", "urtubjtnuihvntcreeeecvbregfjibtn"),
            ("74657374", "ifhgieif"),
            ("", ""),
        ] {
            let bytes = data_encoding::HEXLOWER.decode(hex.as_bytes()).unwrap();
            assert_eq!(to_modhex(&bytes), modhex);
            assert_eq!(from_modhex(modhex), Some(bytes));
        }
        for text in ["c", "ccc", "ca", "CC"] {
            assert_eq!(from_modhex(text), None, "{text}");
        }
    }
}

//! Secrets of full strength only (security.md O1): 32 bytes in base64, and not visibly made up.

use data_encoding::{BASE64, BASE64_NOPAD, BASE64URL, BASE64URL_NOPAD};
use zeroize::Zeroizing;

/// How long the master key and the pepper are, in bytes.
pub const SECRET_BYTES: usize = 32;

/// Writes a secret as its variable holds it.
pub fn encode_secret(secret: &[u8; SECRET_BYTES]) -> Zeroizing<String> {
    Zeroizing::new(BASE64.encode(secret))
}

/// Reads a secret in either alphabet of RFC 4648, padded or not. The error says what is wrong
/// without any part of the text.
pub(super) fn parse(text: &str) -> Result<Zeroizing<[u8; SECRET_BYTES]>, String> {
    let bytes = [&BASE64, &BASE64_NOPAD, &BASE64URL, &BASE64URL_NOPAD]
        .into_iter()
        .find_map(|alphabet| alphabet.decode(text.as_bytes()).ok())
        .map(Zeroizing::new)
        .ok_or("is not base64")?;
    let secret: [u8; SECRET_BYTES] =
        bytes.as_slice().try_into().map_err(|_| format!("holds {} bytes, not 32", bytes.len()))?;
    let secret = Zeroizing::new(secret);
    match weakness(&secret) {
        Some(weakness) => Err(weakness.into()),
        None => Ok(secret),
    }
}

/// What shows that a secret was not drawn at random. Each rule refuses a random secret with a
/// probability below 2^-40.
fn weakness(secret: &[u8; SECRET_BYTES]) -> Option<&'static str> {
    let mut seen = [false; 256];
    secret.iter().for_each(|byte| seen[usize::from(*byte)] = true);
    let different = seen.iter().filter(|seen| **seen).count();
    let step = secret[1].wrapping_sub(secret[0]);
    if different < SECRET_BYTES / 2 {
        Some("repeats itself, so it was not drawn at random")
    } else if secret.iter().all(|byte| matches!(byte, b' '..=b'~')) {
        Some("decodes to readable text, so it was not drawn at random")
    } else if secret.windows(2).all(|pair| pair[1].wrapping_sub(pair[0]) == step) {
        Some("counts up or down, so it was not drawn at random")
    } else {
        None
    }
}

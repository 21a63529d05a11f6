//! A message off the wire: base64 and DEFLATE, both bounded (SAML bindings 3.4.4.1 and 3.5.4).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use flate2::{Decompress, FlushDecompress, Status};

/// Most characters of base64 taken from a redirect.
const MAX_REDIRECT: usize = 16 * 1024;
/// Most bytes of XML.
pub const MAX_XML: usize = 64 * 1024;
/// Most characters of base64 taken from a form: the XML's limit, with room for line breaks.
const MAX_POST: usize = MAX_XML / 3 * 4 + 8 * 1024;

/// Why a message could not be taken off the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WireFault {
    /// No message, or an empty one.
    Empty,
    /// Above a limit, as sent or inflated.
    TooLarge,
    /// Not base64, or not all of it.
    Base64,
    /// Not a DEFLATE stream (RFC 1951), only the start of one, or something follows it.
    Deflate,
    /// Not UTF-8.
    Utf8,
}

/// The XML of a `SAMLRequest` query parameter, already percent-decoded.
pub fn redirect(parameter: &str) -> Result<String, WireFault> {
    if parameter.len() > MAX_REDIRECT {
        return Err(WireFault::TooLarge);
    }
    let deflated = BASE64.decode(parameter).map_err(|_| WireFault::Base64)?;
    if deflated.is_empty() {
        return Err(WireFault::Empty);
    }
    text(inflate(&deflated)?)
}

/// The XML of a `SAMLRequest` form field. Line breaks and blanks in it count for nothing.
pub fn post(field: &str) -> Result<String, WireFault> {
    if field.len() > MAX_POST {
        return Err(WireFault::TooLarge);
    }
    let plain: String = field.split_ascii_whitespace().collect();
    let xml = BASE64.decode(plain).map_err(|_| WireFault::Base64)?;
    match xml.len() {
        0 => Err(WireFault::Empty),
        1..=MAX_XML => text(xml),
        _ => Err(WireFault::TooLarge),
    }
}

fn text(xml: Vec<u8>) -> Result<String, WireFault> {
    String::from_utf8(xml).map_err(|_| WireFault::Utf8)
}

/// Inflates a whole raw DEFLATE stream of at most [`MAX_XML`] bytes.
fn inflate(deflated: &[u8]) -> Result<Vec<u8>, WireFault> {
    let mut stream = Decompress::new(false);
    // One byte more than is allowed, so that "full" and "too large" differ.
    let mut out = Vec::with_capacity((deflated.len() * 4).min(MAX_XML + 1));
    loop {
        let consumed = usize::try_from(stream.total_in()).unwrap_or(deflated.len());
        let before = (consumed, out.len());
        let status = stream
            .decompress_vec(&deflated[consumed..], &mut out, FlushDecompress::None)
            .map_err(|_| WireFault::Deflate)?;
        let consumed = usize::try_from(stream.total_in()).unwrap_or(deflated.len());
        if out.len() > MAX_XML {
            return Err(WireFault::TooLarge);
        }
        if status == Status::StreamEnd {
            let whole = consumed == deflated.len() && !out.is_empty();
            return if whole { Ok(out) } else { Err(WireFault::Deflate) };
        }
        if out.len() == out.capacity() {
            out.reserve_exact((out.len().max(1024)).min(MAX_XML + 1 - out.len()));
        } else if (consumed, out.len()) == before {
            // Room to write, nothing left to read: the rest of the stream is missing.
            return Err(WireFault::Deflate);
        }
    }
}

/// A message as the redirect binding carries it, before percent-encoding.
#[cfg(test)]
pub fn deflated(xml: &[u8]) -> String {
    use std::io::Write as _;
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(xml).unwrap();
    BASE64.encode(encoder.finish().unwrap())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_what_both_bindings_send() {
        for length in [1, 100, 1023, 1024, 1025, 40_000, MAX_XML] {
            let xml = "a".repeat(length);
            assert_eq!(redirect(&deflated(xml.as_bytes())).unwrap(), xml, "{length}");
            assert_eq!(post(&BASE64.encode(&xml)).unwrap(), xml, "{length}");
        }
        // Text that hardly shrinks, and stored blocks.
        let mixed: String = (0..3000_u32).map(|i| char::from(b'!' + (i * i % 83) as u8)).collect();
        assert_eq!(redirect(&deflated(mixed.as_bytes())).unwrap(), mixed);
        let stored = [&[1, 2, 0, 0xFD, 0xFF][..], b"ok"].concat();
        assert_eq!(redirect(&BASE64.encode(stored)).unwrap(), "ok");
        assert_eq!(post("PHg+\r\n PC94\tPg==\r\n").unwrap(), "<x></x>");
    }

    #[test]
    fn refuses_everything_else() {
        let whole = BASE64.decode(deflated(b"<a>some text</a>")).unwrap();
        let table = [
            (String::new(), WireFault::Empty),
            (" ".into(), WireFault::Base64),
            ("%3C".into(), WireFault::Base64),
            ("PHg+".repeat(5000), WireFault::TooLarge),
            ("PHg-".into(), WireFault::Base64),
            ("PHg".into(), WireFault::Base64),
            (BASE64.encode("<not deflated/>"), WireFault::Deflate),
            (BASE64.encode(&whole[..whole.len() - 1]), WireFault::Deflate),
            (BASE64.encode(&whole[..whole.len() / 2]), WireFault::Deflate),
            (BASE64.encode([&whole[..], b"x"].concat()), WireFault::Deflate),
            (BASE64.encode([&whole[..], &whole[..]].concat()), WireFault::Deflate),
            (deflated(b""), WireFault::Deflate),
            (deflated(&vec![b'a'; MAX_XML + 1]), WireFault::TooLarge),
            (deflated(&vec![b'a'; 10_000_000]), WireFault::TooLarge),
            (deflated(&[0xFF, 0xFE]), WireFault::Utf8),
        ];
        for (parameter, fault) in table {
            let shown = &parameter[..parameter.len().min(40)];
            assert_eq!(redirect(&parameter), Err(fault), "{shown}");
        }
        for (field, fault) in [
            (String::new(), WireFault::Empty),
            ("  \r\n".into(), WireFault::Empty),
            ("PHg+ =".into(), WireFault::Base64),
            (BASE64.encode([0xC3]), WireFault::Utf8),
            (BASE64.encode(vec![b'a'; MAX_XML + 1]), WireFault::TooLarge),
            ("A".repeat(1 << 20), WireFault::TooLarge),
        ] {
            assert_eq!(post(&field), Err(fault), "{}", &field[..field.len().min(40)]);
        }
    }
}

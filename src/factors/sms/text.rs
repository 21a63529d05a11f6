//! The text of a message: what it costs, and the last line that browsers read.

/// How a text travels (3GPP TS 23.038).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Seven bits a character, for texts of the default alphabet alone.
    Gsm7,
    /// Sixteen bits a UTF-16 unit, for everything else.
    Ucs2,
}

/// How long a text is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    pub encoding: Encoding,
    /// Septets or UTF-16 units.
    pub units: usize,
    /// How many messages it takes; each is paid for.
    pub segments: usize,
}

/// The default alphabet, without the escape (TS 23.038 section 6.2.1).
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?\
                     ¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// The extension table, two septets each (section 6.2.1.1).
const EXTENDED: &str = "\u{c}^{}\\[~]|€";

/// Measures `text`: 160 septets or 70 units in one message, 153 or 67 in each of several, whose
/// headers take the rest (TS 23.040 section 9.2.3.24.1).
pub fn length(text: &str) -> Length {
    let septets = text.chars().try_fold(0, |sum, c| match c {
        c if BASIC.contains(c) => Some(sum + 1),
        c if EXTENDED.contains(c) => Some(sum + 2),
        _ => None,
    });
    let (encoding, units, alone, each) = match septets {
        Some(septets) => (Encoding::Gsm7, septets, 160, 153),
        None => (Encoding::Ucs2, text.encode_utf16().count(), 70, 67),
    };
    let segments = if units <= alone { 1 } else { units.div_ceil(each) };
    Length { encoding, units, segments }
}

/// The last line of a message by which a browser offers the code on `host`'s pages and on no others
/// ("Origin-bound one-time codes delivered via SMS", section 3.1). `host` has no scheme and no port.
pub fn bound_code(host: &str, code: &str) -> String {
    format!("@{host} #{code}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths() {
        let long = |c: char, n: usize| c.to_string().repeat(n);
        for (text, encoding, units, segments) in [
            (String::new(), Encoding::Gsm7, 0, 1),
            ("123456 is your code.\n\n@signin.example.com #123456".into(), Encoding::Gsm7, 49, 1),
            (long('a', 160), Encoding::Gsm7, 160, 1),
            (long('a', 161), Encoding::Gsm7, 161, 2),
            (long('a', 306), Encoding::Gsm7, 306, 2),
            (long('a', 307), Encoding::Gsm7, 307, 3),
            (long('€', 80), Encoding::Gsm7, 160, 1),
            (long('€', 81), Encoding::Gsm7, 162, 2),
            ("grüße à Ñandú".into(), Encoding::Ucs2, 13, 1),
            ("größe à Ñ".into(), Encoding::Gsm7, 9, 1),
            ("ç".into(), Encoding::Ucs2, 1, 1),
            (long('码', 70), Encoding::Ucs2, 70, 1),
            (long('码', 71), Encoding::Ucs2, 71, 2),
            (long('🔑', 35), Encoding::Ucs2, 70, 1),
            (long('🔑', 36), Encoding::Ucs2, 72, 2),
        ] {
            assert_eq!(length(&text), Length { encoding, units, segments }, "{text}");
        }
        // 128 places, less the escape; each character once.
        let mut all: Vec<char> = BASIC.chars().collect();
        all.sort_unstable();
        all.dedup();
        assert_eq!((BASIC.chars().count(), all.len()), (127, 127));
    }

    #[test]
    fn the_line_for_browsers() {
        assert_eq!(bound_code("signin.example.com", "012345"), "@signin.example.com #012345");
    }
}

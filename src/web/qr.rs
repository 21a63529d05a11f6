//! QR codes as SVG path data: no image to fetch, no script, sharp at any size.

use qrcodegen::{DataTooLong, QrCode, QrCodeEcc};
use std::fmt::Write;

/// The quiet zone around a code, in modules (ISO/IEC 18004).
const QUIET: i32 = 4;

/// `text` as path data of unit squares and the side of the square view box that holds it, quiet
/// zone included. Error correction is medium or better. Fails past 2,331 bytes.
pub fn svg_path(text: &str) -> Result<(String, usize), DataTooLong> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium)?;
    let side = code.size();
    let mut path = String::new();
    for y in 0..side {
        let mut x = 0;
        while x < side {
            let from = x;
            while x < side && code.get_module(x, y) {
                x += 1;
            }
            if x > from {
                // One rectangle for a run of dark modules. Writing to a String cannot fail.
                let _ = write!(path, "M{} {}h{}v1h-{}z", from + QUIET, y + QUIET, x - from, x - from);
            }
            x += 1;
        }
    }
    Ok((path, usize::try_from(side + 2 * QUIET).expect("a side of 29 to 185 modules")))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws the path again, module by module.
    fn dark(path: &str, x: i32, y: i32) -> bool {
        path.split('M').skip(1).any(|run| {
            let (left, rest) = run.split_once(' ').unwrap();
            let (top, rest) = rest.split_once('h').unwrap();
            let (width, _) = rest.split_once('v').unwrap();
            let (left, top, width): (i32, i32, i32) =
                (left.parse().unwrap(), top.parse().unwrap(), width.parse().unwrap());
            top == y && left <= x && x < left + width
        })
    }

    #[test]
    fn the_path_is_the_code_inside_its_quiet_zone() {
        let text = "otpauth://totp/Acme:zo%C3%AB%40example.test?secret=JBSWY3DPEHPK3PXP&issuer=Acme";
        let (path, size) = svg_path(text).unwrap();
        let code = QrCode::encode_text(text, QrCodeEcc::Medium).unwrap();
        assert_eq!(size, usize::try_from(code.size()).unwrap() + 8);
        for y in 0..code.size() + 8 {
            for x in 0..code.size() + 8 {
                assert_eq!(dark(&path, x, y), code.get_module(x - 4, y - 4), "at {x}, {y}");
            }
        }
    }

    #[test]
    fn too_long_is_said() {
        assert!(svg_path(&"x".repeat(2_331)).is_ok());
        assert!(svg_path(&"x".repeat(2_332)).is_err());
    }
}

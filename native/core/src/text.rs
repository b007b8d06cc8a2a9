//! Frames whose payloads are UTF-8, gathered so that one decoding serves all.

use crate::frame::{Gathered, gather_frames};

/// As [`gather_frames`]; when every payload is valid UTF-8, `ends` counts
/// UTF-16 code units of their decoded text in place of bytes.
///
/// Returns what was gathered and whether every payload is valid.
///
/// ```
/// use tspark_core::text::gather_text;
///
/// let (mut out, mut ends) = ([0; 8], [0; 4]);
/// let source = [0, 0, 0, 2, 0xc3, 0xbc, 0, 0, 0, 1, 65]; // "ü", "A"
/// let (got, is_valid) = gather_text(&source, &mut out, &mut ends);
/// assert!(is_valid);
/// assert_eq!((got.bytes, &ends[..2]), (3, &[1, 2][..]));
/// ```
pub fn gather_text(source: &[u8], out: &mut [u8], ends: &mut [u32]) -> (Gathered, bool) {
    let got = gather_frames(source, out, ends);
    let text = out.get(..got.bytes).unwrap_or_default();
    if text.is_ascii() {
        return (got, true); // a byte is a code unit
    }
    let ends = ends.get_mut(..got.frames).unwrap_or_default();
    // A character that two payloads share would be valid only in their sum.
    let is_valid = simdutf8::basic::from_utf8(text)
        .is_ok_and(|text| ends.iter().all(|&end| text.is_char_boundary(end as usize)));
    if is_valid {
        to_code_units(text, ends);
    }
    (got, is_valid)
}

/// Changes ends in bytes of valid UTF-8 into ends in UTF-16 code units.
fn to_code_units(text: &[u8], ends: &mut [u32]) {
    let mut units: u32 = 0;
    let mut start = 0;
    for end in ends {
        let until = *end as usize;
        let part = text.get(start..until).unwrap_or_default();
        units += part.iter().copied().map(units_of).sum::<u32>();
        *end = units;
        start = until;
    }
}

/// Code units that begin with this byte of valid UTF-8: none inside a
/// character, two for a character beyond the first plane.
fn units_of(byte: u8) -> u32 {
    u32::from(byte & 0xc0 != 0x80) + u32::from(byte >= 0xf0)
}

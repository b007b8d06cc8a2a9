//! Gathering of frames and of text, held against a plain reading of the format.

use std::path::Path;
use std::sync::LazyLock;

use proptest::collection::vec;
use proptest::prelude::*;
use tspark_core::frame::{Gathered, gather_frames};
use tspark_core::text::gather_text;

/// Gathers by the description of the format, byte by byte and without care for speed.
fn naive_frames(
    source: &[u8],
    out_space: usize,
    ends_space: usize,
) -> (Gathered, Vec<u8>, Vec<u32>) {
    let (mut out, mut ends, mut consumed) = (Vec::new(), Vec::new(), 0);
    while ends.len() < ends_space && source.len() - consumed >= 4 {
        let bytes = &source[consumed..];
        let length = i64::from(i32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]));
        let Ok(length) = usize::try_from(length) else { break };
        if length > bytes.len() - 4 || out.len() + length > out_space {
            break;
        }
        out.extend_from_slice(&bytes[4..4 + length]);
        ends.push(u32::try_from(out.len()).unwrap_or(u32::MAX));
        consumed += 4 + length;
    }
    (Gathered { frames: ends.len(), consumed, bytes: out.len() }, out, ends)
}

/// Ends in code units by decoding one payload after another; none when one is invalid.
fn naive_units(out: &[u8], ends: &[u32]) -> Option<Vec<u32>> {
    let (mut start, mut units) = (0, 0);
    let unit_end = |&end: &u32| {
        let payload = std::str::from_utf8(&out[start..end as usize]).ok()?;
        start = end as usize;
        units += payload.encode_utf16().count();
        u32::try_from(units).ok()
    };
    ends.iter().map(unit_end).collect()
}

/// Both gatherings equal the naive ones, and write nothing beyond what they report.
fn check(source: &[u8], out_space: usize, ends_space: usize) {
    let (want, want_out, want_ends) = naive_frames(source, out_space, ends_space);
    let mut out = vec![0xaa; out_space];
    let mut ends = vec![7; ends_space];
    assert_eq!(gather_frames(source, &mut out, &mut ends), want);
    assert_eq!(out[..want.bytes], want_out);
    assert_eq!(ends[..want.frames], want_ends);
    assert!(out[want.bytes..].iter().all(|&byte| byte == 0xaa));
    assert!(ends[want.frames..].iter().all(|&end| end == 7));

    let want_units = naive_units(&want_out, &want_ends);
    let (got, is_valid) = gather_text(source, &mut out, &mut ends);
    assert_eq!((got, is_valid), (want, want_units.is_some()));
    assert_eq!(out[..want.bytes], want_out);
    assert_eq!(ends[..want.frames], want_units.unwrap_or(want_ends));
}

fn framed(payloads: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for payload in payloads {
        bytes.extend(i32::try_from(payload.len()).unwrap_or(i32::MAX).to_be_bytes());
        bytes.extend(payload);
    }
    bytes
}

#[test]
fn gather_follows_the_format_at_its_edges() {
    let sources: &[&[u8]] = &[
        b"",
        b"\0\0\0",
        b"\0\0\0\0",
        b"\0\0\0\x01",
        b"\0\0\0\x01A",
        b"\0\0\0\x01A\0\0\0\x02B",
        b"\0\0\0\x01A\xff\xff\xff\xffB",      // -1
        b"\0\0\0\x01A\x80\0\0\0B",            // the smallest length
        b"\0\0\0\x01A\x7f\xff\xff\xffB",      // the largest length
        b"\0\0\0\x02\xc3\xbc\0\0\0\x01A",     // two bytes, one unit
        b"\0\0\0\x04\xf0\x9f\x98\x80",        // four bytes, two units
        b"\0\0\0\x03\xef\xbb\xbf\0\0\0\x01A", // a byte order mark is a character
        b"\0\0\0\x01\xc3\0\0\0\x01\xbc",      // a character over two frames
        b"\0\0\0\x01\xc3",                    // half a character
        b"\0\0\0\x02\xc0\x80",                // overlong
        b"\0\0\0\x03\xed\xa0\x80",            // a surrogate
        b"\0\0\0\x04\xf4\x90\x80\x80",        // beyond the last character
    ];
    for source in sources {
        for out_space in 0..8 {
            for ends_space in 0..4 {
                check(source, out_space, ends_space);
            }
        }
    }
}

#[test]
fn gather_text_tells_units_and_whether_the_text_is_valid() {
    let cases: &[(&[u8], bool, &[u32])] = &[
        (b"\0\0\0\x02hi\0\0\0\0\0\0\0\x01!", true, &[2, 2, 3]),
        ("\0\0\0\x02ü\0\0\0\x04😀\0\0\0\x03€".as_bytes(), true, &[1, 3, 4]),
        (b"\0\0\0\x02hi\0\0\0\x01\xff", false, &[2, 3]),
        (b"\0\0\0\x01\xc3\0\0\0\x01\xbc", false, &[1, 2]), // valid only in their sum
    ];
    for (source, is_valid, want) in cases {
        let (mut out, mut ends) = ([0; 16], [0; 4]);
        let (got, valid) = gather_text(source, &mut out, &mut ends);
        assert_eq!((valid, &ends[..got.frames]), (*is_valid, *want));
    }
}

fn payload() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        4 => "[a-z ]{0,40}".prop_map(String::into_bytes),
        4 => "\\PC{0,20}".prop_map(String::into_bytes),
        1 => vec(any::<u8>(), 0..20),
    ]
}

/// What real JVMs sent, as `test/wire` keeps it: of all versions of Spark.
fn recorded() -> &'static [Vec<u8>] {
    static RECORDED: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
        let mut files = Vec::new();
        let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../../test/wire")];
        while let Some(folder) = folders.pop() {
            let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
            for path in entries.map(|entry| entry.path()) {
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|ending| ending == "bin") {
                    files.push(path);
                }
            }
        }
        files.sort(); // a seed means the same on each machine
        files.iter().filter_map(|file| std::fs::read(file).ok()).collect()
    });
    &RECORDED
}

#[test]
fn there_are_recorded_bytes_of_each_spark() {
    assert!(recorded().len() >= 50, "{} files", recorded().len());
}

proptest! {
    /// Recorded bytes from any place on, some of them changed.
    #[test]
    fn gather_equals_the_naive_version_for_mutated_records(
        file in any::<prop::sample::Index>(),
        start in any::<prop::sample::Index>(),
        length in 0_usize..600,
        changes in vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        out_space in 0_usize..400,
        ends_space in 0_usize..14,
    ) {
        let bytes = file.get(recorded());
        let start = start.index(bytes.len() + 1);
        let mut source = bytes[start..bytes.len().min(start + length)].to_vec();
        for (at, byte) in changes {
            if !source.is_empty() {
                let at = at.index(source.len());
                source[at] = byte;
            }
        }
        check(&source, out_space, ends_space);
    }

    #[test]
    fn gather_equals_the_naive_version_for_any_cut_and_space(
        payloads in vec(payload(), 0..12),
        cut in any::<prop::sample::Index>(),
        tail in vec(any::<u8>(), 0..12),
        out_space in 0_usize..400,
        ends_space in 0_usize..14,
    ) {
        let mut source = framed(&payloads);
        source.truncate(cut.index(source.len() + 1));
        check(&source, out_space, ends_space);
        source.extend(tail);
        check(&source, out_space, ends_space);
    }

    #[test]
    fn gather_equals_the_naive_version_for_any_bytes(
        source in vec(prop_oneof![3 => 0_u8..3, 1 => any::<u8>()], 0..200),
        out_space in 0_usize..100,
        ends_space in 0_usize..40,
    ) {
        check(&source, out_space, ends_space);
    }

    #[test]
    fn gather_frames_gives_all_payloads_however_the_source_comes(
        payloads in vec(payload(), 0..12),
        chunks in vec(1_usize..50, 1..20),
        ends_space in 1_usize..5,
    ) {
        let source = framed(&payloads);
        let (mut came, mut at, mut seen) = (0, 0, Vec::new());
        let mut out = vec![0; 200]; // more than the longest payload
        let mut ends = vec![0; ends_space];
        for chunk in chunks.iter().cycle() {
            let got = gather_frames(&source[at..came], &mut out, &mut ends);
            let mut start = 0;
            for &end in &ends[..got.frames] {
                seen.push(out[start..end as usize].to_vec());
                start = end as usize;
            }
            at += got.consumed;
            if got.frames == 0 {
                if came == source.len() {
                    break;
                }
                came = source.len().min(came + chunk);
            }
        }
        prop_assert_eq!(at, source.len());
        prop_assert_eq!(seen, payloads);
    }
}

//! Frames: an int32 length, big-endian, and as many bytes of payload.

/// What a gathering of frames found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gathered {
    /// Whole frames taken from the start of the source.
    pub frames: usize,
    /// Bytes of the source that they took up, with their lengths.
    pub consumed: usize,
    /// Bytes of payload written.
    pub bytes: usize,
}

/// Copies the payloads of the whole frames at the start of `source` one behind
/// the other into `out`, and the end of each, in bytes of `out`, into `ends`.
///
/// Stops at a negative length, at an incomplete frame, and when `out` or
/// `ends` has no room for the next frame.
///
/// ```
/// use tspark_core::frame::gather_frames;
///
/// let (mut out, mut ends) = ([0; 8], [0; 4]);
/// let got = gather_frames(&[0, 0, 0, 1, 65, 255, 255, 255, 255], &mut out, &mut ends);
/// assert_eq!((got.frames, got.consumed, got.bytes), (1, 5, 1));
/// ```
pub fn gather_frames(source: &[u8], out: &mut [u8], ends: &mut [u32]) -> Gathered {
    let mut got = Gathered::default();
    let mut rest = source;
    for end in ends {
        let Some((payload, behind)) = split_frame(rest) else { break };
        let until = got.bytes + payload.len();
        let Some(space) = out.get_mut(got.bytes..until) else { break };
        let Ok(end_offset) = u32::try_from(until) else { break };
        space.copy_from_slice(payload);
        *end = end_offset;
        got.bytes = until;
        got.frames += 1;
        rest = behind;
    }
    got.consumed = source.len() - rest.len();
    got
}

/// The payload of the frame at the start of `source`, and what follows it;
/// none for a negative length or an incomplete frame.
fn split_frame(source: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = source.split_first_chunk::<4>()?;
    let length = usize::try_from(i32::from_be_bytes(*length)).ok()?;
    rest.split_at_checked(length)
}

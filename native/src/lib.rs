//! The addon: converts, calls `tspark-core`, converts. Nothing else.
//!
//! Each function catches panics: one that left it would end the process.

#![expect(clippy::missing_errors_doc, reason = "the interface in src/bridge/addon.ts has them")]
#![expect(clippy::needless_pass_by_value, reason = "Node-API hands values over")]

use std::path::Path;

use napi::Task;
use napi::bindgen_prelude::{AsyncTask, Uint8Array, Uint32Array};
use napi_derive::napi;
use tspark_core::{file, frame, socket, text};

/// Turns an error of the core into one whose message begins with its condition.
fn to_napi(error: tspark_core::error::Error) -> napi::Error {
    napi::Error::from_reason(format!("{}: {error}", error.condition()))
}

/// Peer: `Addon.listenLoopback`.
#[napi(catch_unwind)]
pub fn listen_loopback(ipv6: bool) -> napi::Result<Vec<i32>> {
    let (fd, port) = socket::listen_loopback(ipv6).map_err(to_napi)?;
    Ok(vec![fd, i32::from(port)])
}

/// Peer: `Addon.listenUnix`.
#[napi(catch_unwind)]
pub fn listen_unix(path: String) -> napi::Result<i32> {
    socket::listen_unix(Path::new(&path)).map_err(to_napi)
}

/// Peer: `Addon.acceptWorker`.
#[napi(catch_unwind)]
pub fn accept_worker(listen_fd: i32, parent_fd: i32) -> napi::Result<i32> {
    Ok(socket::accept_worker(listen_fd, parent_fd).map_err(to_napi)?.unwrap_or(-1))
}

/// Peer: `Addon.connectLoopback`.
#[napi(catch_unwind)]
pub fn connect_loopback(port: u16, ipv6: bool) -> napi::Result<i32> {
    socket::connect_loopback(port, ipv6).map_err(to_napi)
}

/// Peer: `Addon.connectUnix`.
#[napi(catch_unwind)]
pub fn connect_unix(path: String) -> napi::Result<i32> {
    socket::connect_unix(Path::new(&path)).map_err(to_napi)
}

/// Peer: `Addon.readSome`.
#[napi(catch_unwind)]
pub fn read_some(fd: i32, mut into: Uint8Array) -> napi::Result<u32> {
    // SAFETY: JavaScript waits for this call, so nothing else touches the buffer.
    let space = unsafe { into.as_mut() };
    let count = socket::read_some(fd, space).map_err(to_napi)?;
    u32::try_from(count).map_err(|_| napi::Error::from_reason("READ_TOO_LARGE: over 4 GiB"))
}

/// Peer: `Addon.writeAll`.
#[napi(catch_unwind)]
pub fn write_all(fd: i32, bytes: Uint8Array) -> napi::Result<()> {
    socket::write_all(fd, &bytes).map_err(to_napi)
}

/// Peer: `Addon.writeSome`.
#[napi(catch_unwind)]
pub fn write_some(fd: i32, bytes: Uint8Array) -> napi::Result<u32> {
    let count = socket::write_some(fd, &bytes).map_err(to_napi)?;
    u32::try_from(count).map_err(|_| napi::Error::from_reason("WRITE_TOO_LARGE: over 4 GiB"))
}

/// A wait that one of the runtime's own threads does.
pub struct Wait(i32, socket::Readiness);

impl Task for Wait {
    type Output = ();
    type JsValue = ();

    fn compute(&mut self) -> napi::Result<()> {
        socket::wait_ready(self.0, self.1).map_err(to_napi)
    }

    fn resolve(&mut self, _: napi::Env, (): ()) -> napi::Result<()> {
        Ok(())
    }
}

/// Peer: `Addon.waitReadable`.
#[napi(catch_unwind)]
#[must_use]
pub fn wait_readable(fd: i32) -> AsyncTask<Wait> {
    AsyncTask::new(Wait(fd, socket::Readiness::Read))
}

/// Peer: `Addon.waitWritable`.
#[napi(catch_unwind)]
#[must_use]
pub fn wait_writable(fd: i32) -> AsyncTask<Wait> {
    AsyncTask::new(Wait(fd, socket::Readiness::Write))
}

/// Peer: `Addon.closeFd`.
#[napi(catch_unwind)]
pub fn close_fd(fd: i32) {
    socket::close_fd(fd);
}

/// Peer: `Addon.exitOnClose`.
#[napi(catch_unwind)]
pub fn exit_on_close(fd: i32) -> napi::Result<()> {
    socket::exit_on_close(fd).map_err(to_napi)
}

/// Peer: `Addon.openFile`.
#[napi(catch_unwind)]
pub fn open_file(path: String) -> napi::Result<Vec<i64>> {
    let (fd, length) = file::open_file(Path::new(&path)).map_err(to_napi)?;
    let length = i64::try_from(length)
        .map_err(|_| napi::Error::from_reason("FILE_TOO_LARGE: over 8 EiB"))?;
    Ok(vec![i64::from(fd), length])
}

/// Peer: `Addon.openNameless`.
#[napi(catch_unwind)]
pub fn open_nameless(path: String) -> napi::Result<i32> {
    file::open_nameless(Path::new(&path)).map_err(to_napi)
}

/// Peer: `Addon.readAt`.
#[napi(catch_unwind)]
pub fn read_at(fd: i32, position: i64, mut into: Uint8Array) -> napi::Result<u32> {
    // SAFETY: as in `read_some`.
    let space = unsafe { into.as_mut() };
    let count = file::read_at(fd, place(position)?, space).map_err(to_napi)?;
    u32::try_from(count).map_err(|_| napi::Error::from_reason("READ_TOO_LARGE: over 4 GiB"))
}

/// Peer: `Addon.writeAt`.
#[napi(catch_unwind)]
pub fn write_at(fd: i32, position: i64, bytes: Uint8Array) -> napi::Result<u32> {
    let count = file::write_at(fd, place(position)?, &bytes).map_err(to_napi)?;
    u32::try_from(count).map_err(|_| napi::Error::from_reason("WRITE_TOO_LARGE: over 4 GiB"))
}

fn place(position: i64) -> napi::Result<u64> {
    u64::try_from(position)
        .map_err(|_| napi::Error::from_reason("POSITION_INVALID: a position is negative"))
}

/// Peer: `Addon.gatherText`.
#[napi(catch_unwind)]
pub fn gather_text(
    source: Uint8Array,
    mut out: Uint8Array,
    mut ends: Uint32Array,
    mut result: Uint32Array,
) -> napi::Result<()> {
    // SAFETY: as in `read_some`; the bridge gives four buffers that do not overlap.
    let (out, ends, result) = unsafe { (out.as_mut(), ends.as_mut(), result.as_mut()) };
    let (got, is_valid) = text::gather_text(&source, out, ends);
    report(got, is_valid, result)
}

fn report(got: frame::Gathered, flag: bool, result: &mut [u32]) -> napi::Result<()> {
    let too_large = |_| napi::Error::from_reason("GATHER_TOO_LARGE: over 4 GiB");
    let numbers = [
        u32::try_from(got.frames).map_err(too_large)?,
        u32::try_from(got.consumed).map_err(too_large)?,
        u32::try_from(got.bytes).map_err(too_large)?,
        u32::from(flag),
    ];
    for (space, number) in result.iter_mut().zip(numbers) {
        *space = number;
    }
    Ok(())
}

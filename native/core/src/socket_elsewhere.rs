//! Where there are no descriptors as Unix has them no worker runs, the driver
//! alone: `socket` is there by name, and refuses.
#![expect(clippy::missing_errors_doc, reason = "each of these fails, always")]

use std::io::ErrorKind;
use std::path::Path;

use crate::error::Error;

fn unsupported<T>(action: &'static str) -> Result<T, Error> {
    Err(Error::on(action)(ErrorKind::Unsupported.into()))
}

/// Refuses.
pub fn listen_loopback(_ipv6: bool) -> Result<(i32, u16), Error> {
    unsupported("listen")
}

/// Refuses.
pub fn listen_unix(_path: &Path) -> Result<i32, Error> {
    unsupported("listen")
}

/// Refuses.
pub fn accept_worker(_listener: i32, _parent: i32) -> Result<Option<i32>, Error> {
    unsupported("accept a connection")
}

/// Refuses.
pub fn connect_loopback(_port: u16, _ipv6: bool) -> Result<i32, Error> {
    unsupported("connect")
}

/// Refuses.
pub fn connect_unix(_path: &Path) -> Result<i32, Error> {
    unsupported("connect")
}

/// Refuses.
pub fn read_some(_fd: i32, _into: &mut [u8]) -> Result<usize, Error> {
    unsupported("read")
}

/// Refuses.
pub fn write_all(_fd: i32, _bytes: &[u8]) -> Result<(), Error> {
    unsupported("write")
}

/// Refuses.
pub fn write_some(_fd: i32, _bytes: &[u8]) -> Result<usize, Error> {
    unsupported("write")
}

/// What to wait for on a descriptor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readiness {
    /// There are bytes to read, or the end.
    Read,
    /// There is space to write into.
    Write,
}

/// Refuses.
pub fn wait_ready(_fd: i32, _readiness: Readiness) -> Result<(), Error> {
    unsupported("wait")
}

/// Does nothing: there is no descriptor to close.
pub fn close_fd(_fd: i32) {}

/// Refuses.
pub fn exit_on_close(_fd: i32) -> Result<(), Error> {
    unsupported("watch a connection")
}

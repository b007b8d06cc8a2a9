//! Where there are no descriptors as Unix has them no worker runs: `file` is
//! there by name, and refuses.
#![expect(clippy::missing_errors_doc, reason = "each of these fails, always")]

use std::io::ErrorKind;
use std::path::Path;

use crate::error::Error;

fn unsupported<T>(action: &'static str) -> Result<T, Error> {
    Err(Error::on(action)(ErrorKind::Unsupported.into()))
}

/// Refuses.
pub fn open_file(_path: &Path) -> Result<(i32, u64), Error> {
    unsupported("open the file")
}

/// Refuses.
pub fn open_nameless(_path: &Path) -> Result<i32, Error> {
    unsupported("make the file")
}

/// Refuses.
pub fn read_at(_fd: i32, _position: u64, _into: &mut [u8]) -> Result<usize, Error> {
    unsupported("read the file")
}

/// Refuses.
pub fn write_at(_fd: i32, _position: u64, _bytes: &[u8]) -> Result<usize, Error> {
    unsupported("write the file")
}

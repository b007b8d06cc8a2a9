//! The files of a worker whose functions may not open any. Descriptors are
//! plain numbers, as those of sockets are; [`crate::socket::close_fd`] closes them.

use std::fs::{File, OpenOptions};
use std::os::fd::RawFd;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use rustix::io::{Errno, pread, pwrite};

use crate::descriptor::{borrow, keep};
use crate::error::Error;

/// Opens a file for reading. Returns its descriptor and its length in bytes.
///
/// # Errors
/// When the system refuses.
pub fn open_file(path: &Path) -> Result<(RawFd, u64), Error> {
    let file = File::open(path).map_err(Error::on("open the file"))?;
    let length = file.metadata().map_err(Error::on("read the file's length"))?.len();
    Ok((keep(file.into(), "open the file")?, length))
}

/// Makes an empty file for reading and writing at a path where none is, and
/// takes its name away, so that it ends with the process.
///
/// # Errors
/// When the system refuses.
pub fn open_nameless(path: &Path) -> Result<RawFd, Error> {
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .map_err(Error::on("make the file"))?;
    std::fs::remove_file(path).map_err(Error::on("take the file's name away"))?;
    keep(file.into(), "make the file")
}

/// Reads some bytes at a position; 0 at the end.
///
/// # Errors
/// When the system refuses.
pub fn read_at(fd: RawFd, position: u64, into: &mut [u8]) -> Result<usize, Error> {
    let file = borrow(fd, "read the file")?;
    loop {
        match pread(file, &mut *into, position) {
            Ok(count) => return Ok(count),
            Err(Errno::INTR) => {}
            Err(cause) => return Err(Error::on("read the file")(cause.into())),
        }
    }
}

/// Writes some bytes at a position. Returns how many.
///
/// # Errors
/// When the system refuses, for example since the disk is full.
pub fn write_at(fd: RawFd, position: u64, bytes: &[u8]) -> Result<usize, Error> {
    let file = borrow(fd, "write the file")?;
    loop {
        match pwrite(file, bytes, position) {
            Ok(count) => return Ok(count),
            Err(Errno::INTR) => {}
            Err(cause) => return Err(Error::on("write the file")(cause.into())),
        }
    }
}

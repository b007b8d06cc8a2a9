//! The descriptors that this crate opened. They are plain numbers outside of it,
//! and code that runs in the same process may close one and have something else
//! take its number. So each is known by what it was opened on, and looked at
//! before every use.

use std::collections::BTreeMap;
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, IntoRawFd, OwnedFd, RawFd};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rustix::fs::{Stat, fstat};
use rustix::io::{Errno, fcntl_dupfd_cloexec};

use crate::error::Error;

/// What the system knows an open file, pipe or socket by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Identity {
    device: u64,
    inode: u64,
}

impl Identity {
    #[allow(
        clippy::cast_sign_loss,
        clippy::unnecessary_cast,
        reason = "the fields are of these types on Linux, and of others elsewhere"
    )]
    fn of(stat: &Stat) -> Self {
        Self { device: stat.st_dev as u64, inode: stat.st_ino as u64 }
    }
}

static OPENED: Mutex<BTreeMap<RawFd, Identity>> = Mutex::new(BTreeMap::new());

fn opened() -> MutexGuard<'static, BTreeMap<RawFd, Identity>> {
    // A thread that panicked has left a map as whole as any.
    OPENED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The standard streams' numbers: what user code has closed of them is free for
/// the next file, which its output would then go into.
const FIRST_NUMBER: RawFd = 3;

/// Takes a descriptor up, and gives its number away.
///
/// # Errors
/// When the system refuses.
pub fn keep(fd: OwnedFd, action: &'static str) -> Result<RawFd, Error> {
    let failed = |cause: Errno| Error::on(action)(cause.into());
    let fd = if fd.as_raw_fd() < FIRST_NUMBER {
        fcntl_dupfd_cloexec(&fd, FIRST_NUMBER).map_err(failed)?
    } else {
        fd
    };
    let identity = Identity::of(&fstat(&fd).map_err(failed)?);
    let number = fd.into_raw_fd();
    opened().insert(number, identity);
    Ok(number)
}

/// A descriptor of this crate's by its number.
///
/// # Errors
/// [`Error::Replaced`] when the number is that of something else by now, or of
/// nothing.
pub fn borrow<'fd>(number: RawFd, action: &'static str) -> Result<BorrowedFd<'fd>, Error> {
    let known = opened().get(&number).copied();
    let fd = borrow_inherited(number, action)?;
    match (known, fstat(fd)) {
        (Some(known), Ok(stat)) if known == Identity::of(&stat) => Ok(fd),
        _ => Err(Error::Replaced { action, number }),
    }
}

/// A descriptor that this process was started with. Negative numbers are refused
/// here, since the type cannot hold -1; any other wrong one makes the system
/// call fail.
///
/// # Errors
/// When the number is negative.
pub fn borrow_inherited<'fd>(
    number: RawFd,
    action: &'static str,
) -> Result<BorrowedFd<'fd>, Error> {
    if number < 0 {
        return Err(Error::on(action)(Errno::BADF.into()));
    }
    // SAFETY: not -1; the caller keeps the descriptor open as long as the call lasts.
    Ok(unsafe { BorrowedFd::borrow_raw(number) })
}

/// Closes a descriptor: one of this crate's, or one that this process was
/// started with. What has taken the number of one of ours stays open; a negative
/// number is none.
pub fn close(number: RawFd) {
    if number < 0 {
        return;
    }
    let is_known = opened().contains_key(&number);
    let is_ours = !is_known || borrow(number, "close").is_ok();
    opened().remove(&number);
    if is_ours {
        // SAFETY: the caller gives up the descriptor, and nothing refers to it
        // afterwards.
        drop(unsafe { OwnedFd::from_raw_fd(number) });
    }
}

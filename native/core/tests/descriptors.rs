//! What becomes of descriptors that others close.
#![cfg(unix)]

use std::fs::File;
use std::io::{Read, Write, pipe};
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, OwnedFd, RawFd};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use rustix::io::dup2;
use tspark_core::file::{open_file, open_nameless, read_at, write_at};
use tspark_core::socket::{
    Readiness, accept_worker, close_fd, connect_loopback, listen_loopback, read_some, wait_ready,
    write_all, write_some,
};

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// The tests of this file close numbers, which other threads could take.
static ALONE: Mutex<()> = Mutex::new(());

/// Lets something else take a number that is in use, as a function of a user's could.
fn replace(number: RawFd, by: impl AsFd) -> Outcome {
    // SAFETY: the number's owner is the crate, which is what is tried here.
    let mut taken = std::mem::ManuallyDrop::new(unsafe { OwnedFd::from_raw_fd(number) });
    dup2(&by, &mut taken)?;
    Ok(())
}

fn path(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("tspark-descriptors-{}-{name}", std::process::id()))
}

#[test]
fn a_connection_whose_number_was_taken_is_not_used() -> Outcome {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let (parent, _open) = pipe()?;
    let (listener, port) = listen_loopback(false)?;
    let ours = connect_loopback(port, false)?;
    let theirs = accept_worker(listener, parent.as_raw_fd())?.ok_or("the parent is there")?;
    // Another connection, which is open and has bytes to read.
    let other = connect_loopback(port, false)?;
    let others = accept_worker(listener, parent.as_raw_fd())?.ok_or("the parent is there")?;
    write_all(other, b"a forged header")?;
    // SAFETY: both stay open during the call.
    replace(ours, unsafe { BorrowedFd::borrow_raw(others) })?;
    let refusals = [
        (read_some(ours, &mut [0; 64]).err(), "cannot read: "),
        (write_all(ours, b"x").err(), "cannot write: "),
        (write_some(ours, b"x").err(), "cannot write: "),
        (wait_ready(ours, Readiness::Read).err(), "cannot wait: "),
    ];
    for (error, start) in refusals {
        let error = error.ok_or(start)?;
        assert_eq!(error.condition(), "DESCRIPTOR_REPLACED");
        assert_eq!(
            error.to_string(),
            format!(
                "{start}descriptor {ours} is not what was opened under it any more; do not close descriptors that others have opened"
            )
        );
    }
    // What is not ours is not closed either.
    close_fd(ours);
    // SAFETY: as above.
    let kept = unsafe { BorrowedFd::borrow_raw(ours) };
    rustix::fs::fstat(kept)?;
    for fd in [ours, theirs, other, others, listener] {
        close_fd(fd);
    }
    Ok(())
}

#[test]
fn a_descriptor_that_is_closed_is_told_as_one() -> Outcome {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let path = path("closed");
    let fd = open_nameless(&path)?;
    // SAFETY: what a function of a user's could do.
    drop(unsafe { OwnedFd::from_raw_fd(fd) });
    let error = read_at(fd, 0, &mut [0]).err().ok_or("it is closed")?;
    assert_eq!(error.condition(), "DESCRIPTOR_REPLACED");
    close_fd(fd);
    Ok(())
}

#[test]
fn a_file_whose_number_was_taken_is_not_written() -> Outcome {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let (ours, others) = (path("ours"), path("others"));
    let fd = open_nameless(&ours)?;
    let mut other = File::create_new(&others)?;
    other.write_all(b"others")?;
    replace(fd, &other)?;
    let error = write_at(fd, 0, b"ours").err().ok_or("it is another's")?;
    assert!(error.to_string().starts_with("cannot write the file: descriptor "), "{error}");
    close_fd(fd);
    let mut text = String::new();
    File::open(&others)?.read_to_string(&mut text)?;
    assert_eq!(text, "others");
    std::fs::remove_file(others)?;
    Ok(())
}

#[test]
fn what_is_opened_takes_no_number_of_a_standard_stream() -> Outcome {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let path = path("streams");
    std::fs::write(&path, b"x")?;
    let kept = rustix::io::dup(std::io::stdin())?;
    // SAFETY: put back below.
    drop(unsafe { OwnedFd::from_raw_fd(0) });
    let opened = open_file(&path);
    let mut free = std::mem::ManuallyDrop::new(
        // SAFETY: the number is free, or is what is put back.
        unsafe { OwnedFd::from_raw_fd(0) },
    );
    dup2(&kept, &mut free)?;
    let (fd, length) = opened?;
    assert!(fd > 2, "{fd}");
    assert_eq!(length, 1);
    close_fd(fd);
    std::fs::remove_file(path)?;
    Ok(())
}

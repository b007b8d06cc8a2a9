//! Sockets between this process and itself.
#![cfg(unix)]

use std::io::{PipeReader, PipeWriter, pipe};
use std::os::fd::{AsRawFd, BorrowedFd, RawFd};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use rustix::io::{FdFlags, fcntl_getfd};
use tspark_core::error::Error;
use tspark_core::file::open_file;
use tspark_core::socket::{
    Readiness, accept_worker, close_fd, connect_loopback, connect_unix, exit_on_close,
    listen_loopback, listen_unix, read_some, wait_ready, write_all, write_some,
};

const LIMIT: Duration = Duration::from_secs(60);

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// What the closure returns, unless it takes too long: the calls here block.
fn within<T: Send + 'static>(body: impl FnOnce() -> T + Send + 'static) -> Result<T, &'static str> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || sender.send(body()));
    receiver.recv_timeout(LIMIT).map_err(|_| "the call still blocks, or has panicked")
}

/// Two ends of a connection over the loopback address.
fn connection() -> Result<(RawFd, RawFd), Box<dyn std::error::Error>> {
    let (parent, _open) = pipe()?;
    let (listener, port) = listen_loopback(false)?;
    let ours = connect_loopback(port, false)?;
    let theirs = accept(listener, &parent)?.ok_or("the parent is there")?;
    close_fd(listener);
    Ok((ours, theirs))
}

fn accept(
    listener: RawFd,
    parent: &PipeReader,
) -> Result<Option<RawFd>, Box<dyn std::error::Error>> {
    let parent = parent.as_raw_fd();
    Ok(within(move || accept_worker(listener, parent))??)
}

fn read(fd: RawFd) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let got = within(move || {
        let mut space = [0; 64];
        read_some(fd, &mut space).map(|count| space[..count].to_vec())
    })?;
    Ok(got?)
}

fn exchange(ours: RawFd, theirs: RawFd) -> Outcome {
    write_all(ours, b"to the worker")?;
    assert_eq!(read(theirs)?, b"to the worker");
    write_all(theirs, b"and back")?;
    assert_eq!(read(ours)?, b"and back");
    close_fd(ours);
    assert_eq!(read(theirs)?, b"", "the end");
    close_fd(theirs);
    Ok(())
}

fn is_inherited(fd: RawFd) -> Result<bool, Box<dyn std::error::Error>> {
    // SAFETY: the tests hold the descriptor open during this call.
    let fd = unsafe { BorrowedFd::borrow_raw(fd) };
    Ok(!fcntl_getfd(fd)?.contains(FdFlags::CLOEXEC))
}

/// A path for a socket, in a folder that goes with the value.
struct SocketPath(PathBuf);

impl SocketPath {
    fn new(name: &str) -> std::io::Result<Self> {
        let folder = std::env::temp_dir().join(format!("tspark-{name}-{}", std::process::id()));
        std::fs::create_dir(&folder)?;
        Ok(Self(folder.join("socket")))
    }
}

impl Drop for SocketPath {
    fn drop(&mut self) {
        let _ = self.0.parent().map(std::fs::remove_dir_all);
    }
}

#[test]
fn loopback_connection_carries_bytes_both_ways() -> Outcome {
    let (ours, theirs) = connection()?;
    exchange(ours, theirs)
}

#[test]
fn unix_connection_carries_bytes_both_ways_and_is_for_this_user() -> Outcome {
    let path = SocketPath::new("exchange")?;
    let (parent, _open) = pipe()?;
    let listener = listen_unix(&path.0)?;
    assert_eq!(path.0.metadata()?.permissions().mode() & 0o777, 0o600);
    let ours = connect_unix(&path.0)?;
    let theirs = accept(listener, &parent)?.ok_or("the parent is there")?;
    close_fd(listener);
    exchange(ours, theirs)
}

#[test]
fn listeners_are_inherited_and_connections_are_not() -> Outcome {
    let (parent, _open) = pipe()?;
    let (listener, port) = listen_loopback(false)?;
    let ours = connect_loopback(port, false)?;
    let theirs = accept(listener, &parent)?.ok_or("the parent is there")?;
    assert!(is_inherited(listener)?);
    assert!(!is_inherited(ours)?);
    assert!(!is_inherited(theirs)?);
    for fd in [listener, ours, theirs] {
        close_fd(fd);
    }
    Ok(())
}

#[test]
fn accept_worker_gives_none_when_the_parent_goes() -> Outcome {
    let (parent, open) = pipe()?;
    let (listener, _) = listen_loopback(false)?;
    let (at_work, started) = mpsc::channel();
    let fd = parent.as_raw_fd();
    let waiting = thread::spawn(move || {
        let _ = at_work.send(());
        within(move || accept_worker(listener, fd))
    });
    started.recv_timeout(LIMIT)?;
    drop::<PipeWriter>(open);
    assert_eq!(waiting.join().map_err(|_| "panicked")???, None);
    close_fd(listener);
    Ok(())
}

#[test]
fn accept_worker_gives_a_connection_to_one_of_several_that_wait() -> Outcome {
    let (parent, open) = pipe()?;
    let (listener, port) = listen_loopback(false)?;
    let (done, results) = mpsc::channel();
    for _ in 0..4 {
        let (done, fd) = (done.clone(), parent.as_raw_fd());
        thread::spawn(move || done.send(accept_worker(listener, fd)));
    }
    let ours = connect_loopback(port, false)?;
    let theirs = results.recv_timeout(LIMIT)??.ok_or("the parent is there")?;
    drop(open);
    for _ in 0..3 {
        assert_eq!(results.recv_timeout(LIMIT)??, None);
    }
    close_fd(listener);
    exchange(ours, theirs)
}

#[test]
fn write_all_writes_more_than_the_system_takes_at_once() -> Outcome {
    let (ours, theirs) = connection()?;
    let bytes: Vec<u8> = (0..=250).cycle().take(20_000_000).collect();
    let sent = bytes.clone();
    let writer = thread::spawn(move || {
        let written = write_all(ours, &sent);
        close_fd(ours);
        written
    });
    let got = within(move || {
        let (mut got, mut space) = (Vec::new(), vec![0; 1 << 20]);
        loop {
            match read_some(theirs, &mut space)? {
                0 => return Ok::<_, Error>(got),
                count => got.extend_from_slice(&space[..count]),
            }
        }
    })??;
    writer.join().map_err(|_| "panicked")??;
    assert!(got == bytes);
    close_fd(theirs);
    Ok(())
}

#[test]
fn write_all_gives_peer_gone_when_the_other_side_has_closed() -> Outcome {
    let (ours, theirs) = connection()?;
    close_fd(theirs);
    // The system takes the first bytes, and learns of the end by the answer.
    let error = (0..1000).find_map(|_| write_all(ours, b"anybody?").err()).ok_or("no error")?;
    assert!(matches!(error, Error::PeerGone));
    assert_eq!(error.condition(), "PEER_GONE");
    assert_eq!(error.to_string(), "the other side has closed the connection");
    close_fd(ours);
    Ok(())
}

#[test]
fn write_some_takes_what_there_is_space_for_and_wait_ready_waits_for_more() -> Outcome {
    let (ours, theirs) = connection()?;
    let mut written = 0;
    loop {
        match write_some(ours, &vec![7; 1 << 16])? {
            0 => break,
            count => written += count,
        }
    }
    assert!(written > 0);
    let (done, waited) = mpsc::channel();
    thread::spawn(move || done.send(wait_ready(ours, Readiness::Write)));
    assert!(waited.try_recv().is_err(), "there is no space");
    let mut space = vec![0; 1 << 20];
    let mut got = 0;
    while got < written {
        got += read_some(theirs, &mut space)?;
    }
    waited.recv_timeout(LIMIT)??;
    assert!(write_some(ours, b"more")? > 0);
    close_fd(theirs);
    let error = (0..1000).find_map(|_| write_some(ours, b"anybody?").err()).ok_or("no error")?;
    assert!(matches!(error, Error::PeerGone));
    close_fd(ours);
    Ok(())
}

#[test]
fn wait_ready_waits_for_bytes_and_for_the_end() -> Outcome {
    let (ours, theirs) = connection()?;
    let (done, waited) = mpsc::channel();
    let waiting = done.clone();
    thread::spawn(move || waiting.send(wait_ready(theirs, Readiness::Read)));
    assert!(waited.try_recv().is_err(), "nothing has come");
    write_all(ours, b"x")?;
    waited.recv_timeout(LIMIT)??;
    assert_eq!(read(theirs)?, b"x");
    thread::spawn(move || done.send(wait_ready(theirs, Readiness::Read)));
    close_fd(ours);
    waited.recv_timeout(LIMIT)??;
    assert_eq!(read(theirs)?, b"");
    close_fd(theirs);
    Ok(())
}

#[test]
fn read_some_takes_a_reset_connection_as_ended() -> Outcome {
    let (ours, theirs) = connection()?;
    write_all(ours, b"never read")?;
    close_fd(theirs); // with bytes unread: the system sends a reset
    assert_eq!(read(ours)?, b"");
    close_fd(ours);
    Ok(())
}

#[test]
fn negative_numbers_are_refused_as_descriptors() -> Outcome {
    let (parent, _open) = pipe()?;
    let (listener, _) = listen_loopback(false)?;
    let refusals = [
        (read_some(-1, &mut [0]).err(), "cannot read: "),
        (write_all(-1, b"bytes").err(), "cannot write: "),
        (write_some(-1, b"bytes").err(), "cannot write: "),
        (wait_ready(-1, Readiness::Read).err(), "cannot wait: "),
        (accept_worker(-1, parent.as_raw_fd()).err(), "cannot wait for a connection: "),
        (accept_worker(listener, -1).err(), "cannot wait for a connection: "),
        (exit_on_close(i32::MIN).err(), "cannot watch a connection: "),
    ];
    for (error, start) in refusals {
        let error = error.ok_or(start)?;
        assert_eq!(error.condition(), "SYSTEM_CALL_FAILED");
        assert!(error.to_string().starts_with(start), "{error}");
    }
    close_fd(-1);
    close_fd(listener);
    Ok(())
}

#[test]
fn refusals_name_the_action_and_what_the_system_says() -> Outcome {
    let path = SocketPath::new("refusals")?;
    let listener = listen_unix(&path.0)?;
    close_fd(listener);
    let (file, _) = open_file(&std::env::current_exe()?)?;
    let refusals = [
        (listen_unix(&path.0).err(), "cannot listen: "),
        (connect_unix(&path.0).err(), "cannot connect: "),
        (connect_loopback(1, false).err(), "cannot connect: "),
        (read_some(file, &mut [0]).err(), "cannot read: "),
        (write_all(file, &[0]).err(), "cannot write: "),
        (write_some(file, &[0]).err(), "cannot write: "),
    ];
    for (error, start) in refusals {
        let error = error.ok_or(start)?;
        assert_eq!(error.condition(), "SYSTEM_CALL_FAILED");
        assert!(error.to_string().starts_with(start), "{error}");
        assert!(error.to_string().contains("os error"), "{error}");
    }
    Ok(())
}

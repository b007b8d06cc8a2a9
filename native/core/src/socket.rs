//! The blocking sockets between the JVM and its workers. Descriptors are plain
//! numbers, since they pass through JavaScript and to child processes.

use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, TcpListener, TcpStream};
use std::os::fd::{BorrowedFd, OwnedFd, RawFd};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;
use std::path::Path;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::{Errno, FdFlags, fcntl_setfd, ioctl_fionbio};
use rustix::net::{self, AddressFamily, SocketAddrUnix, SocketType};
use rustix::net::{RecvFlags, SendFlags, recv, send};

use crate::descriptor::{self, borrow, borrow_inherited, keep};
use crate::error::Error;

/// Without a signal when the other side has closed: macOS has no such flag, and
/// the runtimes that load this ignore that signal anyway.
#[cfg(not(target_vendor = "apple"))]
const QUIETLY: SendFlags = SendFlags::NOSIGNAL;
#[cfg(target_vendor = "apple")]
const QUIETLY: SendFlags = SendFlags::empty();

/// Connections that the system keeps until a worker takes them, as std's listeners have it.
const BACKLOG: i32 = 128;

/// Listens on the loopback address, at a port that the system chooses.
///
/// The descriptor is inherited by child processes, several of which may accept
/// on it at once.
///
/// # Errors
/// When the system refuses.
pub fn listen_loopback(ipv6: bool) -> Result<(RawFd, u16), Error> {
    let listener = TcpListener::bind((loopback(ipv6), 0)).map_err(Error::on("listen"))?;
    let port = listener.local_addr().map_err(Error::on("read the port"))?.port();
    listener.set_nonblocking(true).map_err(Error::on("listen"))?;
    Ok((inherited(listener.into())?, port))
}

/// Listens on a new Unix socket, which only this user may connect to.
///
/// # Errors
/// When the system refuses, for example since the path is taken or too long.
pub fn listen_unix(path: &Path) -> Result<RawFd, Error> {
    let failed = |cause: Errno| Error::on("listen")(cause.into());
    let address = SocketAddrUnix::new(path).map_err(failed)?;
    let socket = net::socket(AddressFamily::UNIX, SocketType::STREAM, None).map_err(failed)?;
    net::bind(&socket, &address).map_err(failed)?;
    // Before it listens: until then nobody can connect, whatever the mode is.
    let only_us = std::fs::Permissions::from_mode(0o600);
    std::fs::set_permissions(path, only_us).map_err(Error::on("protect the socket"))?;
    net::listen(&socket, BACKLOG).map_err(failed)?;
    ioctl_fionbio(&socket, true).map_err(failed)?;
    inherited(socket)
}

/// Waits for a connection on a listening descriptor, of either kind.
///
/// Returns none when the other end of `parent` closes first: of a pipe to or
/// from the process that started this one.
///
/// # Errors
/// When the system refuses.
pub fn accept_worker(listener: RawFd, parent: RawFd) -> Result<Option<RawFd>, Error> {
    let sockets = borrow_inherited(listener, "wait for a connection")?;
    let parent = borrow_inherited(parent, "wait for a connection")?;
    loop {
        let mut fds = [
            PollFd::from_borrowed_fd(sockets, PollFlags::IN),
            PollFd::from_borrowed_fd(parent, PollFlags::empty()),
        ];
        match poll(&mut fds, None) {
            Ok(_) => {}
            Err(Errno::INTR) => continue,
            Err(cause) => return Err(Error::on("wait for a connection")(cause.into())),
        }
        let [ready, ended] = fds.map(|fd| !fd.revents().is_empty());
        if ended {
            return Ok(None);
        }
        if !ready {
            continue;
        }
        match rustix::net::accept(sockets) {
            Ok(fd) => return Ok(Some(connected(fd)?)),
            // Another worker was quicker, or the other side has gone again.
            Err(Errno::AGAIN | Errno::INTR | Errno::CONNABORTED) => {}
            Err(cause) => return Err(Error::on("accept a connection")(cause.into())),
        }
    }
}

/// Connects to a port of the loopback address.
///
/// # Errors
/// When nobody listens there.
pub fn connect_loopback(port: u16, ipv6: bool) -> Result<RawFd, Error> {
    let stream = TcpStream::connect((loopback(ipv6), port)).map_err(Error::on("connect"))?;
    connected(stream.into())
}

/// Connects to a Unix socket.
///
/// # Errors
/// When nobody listens there.
pub fn connect_unix(path: &Path) -> Result<RawFd, Error> {
    let stream = UnixStream::connect(path).map_err(Error::on("connect"))?;
    connected(stream.into())
}

/// Reads what is there, waiting for at least one byte; 0 at the end.
///
/// # Errors
/// When the system refuses; a connection that was reset counts as ended.
pub fn read_some(fd: RawFd, into: &mut [u8]) -> Result<usize, Error> {
    let socket = borrow(fd, "read")?;
    acknowledge_at_once(socket);
    loop {
        match recv(socket, &mut *into, RecvFlags::empty()) {
            Ok((count, _)) => return Ok(count),
            Err(Errno::INTR) => {}
            Err(Errno::CONNRESET) => return Ok(0),
            Err(cause) => return Err(Error::on("read")(cause.into())),
        }
    }
}

/// Writes all of the bytes.
///
/// # Errors
/// [`Error::PeerGone`] when the other side has closed; else when the system refuses.
pub fn write_all(fd: RawFd, bytes: &[u8]) -> Result<(), Error> {
    let socket = borrow(fd, "write")?;
    let mut rest = bytes;
    while !rest.is_empty() {
        match send(socket, rest, QUIETLY) {
            Ok(count) => rest = rest.get(count..).unwrap_or_default(),
            Err(Errno::INTR) => {}
            Err(Errno::PIPE | Errno::CONNRESET) => return Err(Error::PeerGone),
            Err(cause) => return Err(Error::on("write")(cause.into())),
        }
    }
    Ok(())
}

/// Writes what the system takes at once: as little as nothing while its space is full.
///
/// # Errors
/// As [`write_all`].
pub fn write_some(fd: RawFd, bytes: &[u8]) -> Result<usize, Error> {
    let socket = borrow(fd, "write")?;
    loop {
        match send(socket, bytes, QUIETLY | SendFlags::DONTWAIT) {
            Ok(count) => return Ok(count),
            Err(Errno::AGAIN) => return Ok(0),
            Err(Errno::INTR) => {}
            Err(Errno::PIPE | Errno::CONNRESET) => return Err(Error::PeerGone),
            Err(cause) => return Err(Error::on("write")(cause.into())),
        }
    }
}

/// What to wait for on a descriptor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readiness {
    /// There are bytes to read, or the end.
    Read,
    /// There is space to write into.
    Write,
}

/// Waits until a read or a write would not block, or would fail.
///
/// # Errors
/// When the system refuses.
pub fn wait_ready(fd: RawFd, readiness: Readiness) -> Result<(), Error> {
    let socket = borrow(fd, "wait")?;
    if readiness == Readiness::Read {
        acknowledge_at_once(socket);
    }
    let flags = match readiness {
        Readiness::Read => PollFlags::IN,
        Readiness::Write => PollFlags::OUT,
    };
    loop {
        match poll(&mut [PollFd::from_borrowed_fd(socket, flags)], None) {
            Ok(_) => return Ok(()),
            Err(Errno::INTR) => {}
            Err(cause) => return Err(Error::on("wait")(cause.into())),
        }
    }
}

/// Closes a descriptor, as [`descriptor::close`].
pub fn close_fd(fd: RawFd) {
    descriptor::close(fd);
}

/// Ends this process, without further ado, when the other side of a connection
/// or of a pipe closes, whether or not there is something left to read: nobody
/// wants a worker's results any more, which may be in an endless loop.
///
/// # Errors
/// When the number is no descriptor's, or no thread can be started.
pub fn exit_on_close(fd: RawFd) -> Result<(), Error> {
    let watched = borrow_inherited(fd, "watch a connection")?;
    let watch = move || {
        let mut fds = [PollFd::from_borrowed_fd(watched, CLOSED)];
        while poll(&mut fds, None).is_err() || fds[0].revents().is_empty() {}
        // SAFETY: takes a number and does not return. The handlers that
        // `exit` would run are V8's, whose threads are in the middle of work.
        unsafe { libc::_exit(CODE_OF_CLOSED) }
    };
    std::thread::Builder::new()
        .name("tspark-watch".into())
        .spawn(watch)
        .map(drop)
        .map_err(Error::on("start a thread"))
}

/// Exit code of a process that ended with its connection. Peer:
/// `worker/worker_pool.ts`.
pub const CODE_OF_CLOSED: i32 = 79;

/// What tells that the other side has closed, beside its hanging up, which is
/// always told: elsewhere that alone has to do.
#[cfg(target_os = "linux")]
const CLOSED: PollFlags = PollFlags::RDHUP;
#[cfg(not(target_os = "linux"))]
const CLOSED: PollFlags = PollFlags::empty();

/// The JVM leaves Nagle's delay on: the second of two small messages would wait
/// for the acknowledgement of the first, which the system puts off by 40 ms.
/// The setting lasts only for a while, hence before every read.
#[cfg(target_os = "linux")]
fn acknowledge_at_once(socket: BorrowedFd<'_>) {
    // Fails on a Unix socket, which has no such delay.
    let _ = rustix::net::sockopt::set_tcp_quickack(socket, true);
}

#[cfg(not(target_os = "linux"))]
fn acknowledge_at_once(_: BorrowedFd<'_>) {}

fn loopback(ipv6: bool) -> IpAddr {
    if ipv6 { Ipv6Addr::LOCALHOST.into() } else { Ipv4Addr::LOCALHOST.into() }
}

/// Lets child processes inherit a descriptor, by its number.
fn inherited(fd: OwnedFd) -> Result<RawFd, Error> {
    fcntl_setfd(&fd, FdFlags::empty())
        .map_err(|cause| Error::on("share the socket")(cause.into()))?;
    keep(fd, "share the socket")
}

/// Makes a connection blocking and prompt, and keeps it from child processes.
fn connected(fd: OwnedFd) -> Result<RawFd, Error> {
    fcntl_setfd(&fd, FdFlags::CLOEXEC)
        .map_err(|cause| Error::on("keep the socket")(cause.into()))?;
    let stream = TcpStream::from(fd);
    stream.set_nonblocking(false).map_err(Error::on("set up the connection"))?;
    match stream.set_nodelay(true) {
        Ok(()) => {}
        // A Unix socket knows no such delay.
        Err(cause) if matches!(cause.kind(), ErrorKind::Unsupported | ErrorKind::InvalidInput) => {}
        Err(cause) if cause.raw_os_error() == Some(libc::EOPNOTSUPP) => {}
        Err(cause) => return Err(Error::on("set up the connection")(cause)),
    }
    keep(stream.into(), "set up the connection")
}

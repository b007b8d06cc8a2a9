//! Files by their descriptors.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use tspark_core::file::{open_file, open_nameless, read_at, write_at};
use tspark_core::socket::close_fd;

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn path(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("tspark-files-{}-{name}", std::process::id()))
}

#[test]
fn a_file_is_read_at_any_place() -> Outcome {
    let path = path("read");
    fs::write(&path, b"0123456789")?;
    let (fd, length) = open_file(&path)?;
    let mut space = [0; 4];
    assert_eq!(length, 10);
    assert_eq!(read_at(fd, 5, &mut space)?, 4);
    assert_eq!(&space, b"5678");
    assert_eq!(read_at(fd, 8, &mut space)?, 2);
    assert_eq!(read_at(fd, 10, &mut space)?, 0);
    close_fd(fd);
    fs::remove_file(path)?;
    Ok(())
}

#[test]
fn a_nameless_file_leaves_no_name() -> Outcome {
    let path = path("nameless");
    let fd = open_nameless(&path)?;
    assert!(!path.exists());
    assert_eq!(write_at(fd, 0, b"hello")?, 5);
    assert_eq!(write_at(fd, 3, b"p!")?, 2);
    let mut space = [0; 8];
    assert_eq!(read_at(fd, 0, &mut space)?, 5);
    assert_eq!(&space[..5], b"help!");
    let mode =
        fs::metadata(format!("/proc/self/fd/{fd}")).map_or(0o600, |m| m.permissions().mode());
    assert_eq!(mode & 0o777, 0o600);
    close_fd(fd);
    Ok(())
}

#[test]
fn what_is_not_there_is_told() {
    let missing = open_file(&path("missing")).map(|_| ()).map_err(|error| error.to_string());
    assert_eq!(missing, Err("cannot open the file: No such file or directory (os error 2)".into()));
    let folder = open_nameless(&path("no/folder")).map_err(|error| error.to_string());
    assert_eq!(folder, Err("cannot make the file: No such file or directory (os error 2)".into()));
    let read = read_at(-1, 0, &mut [0; 1]).map_err(|error| error.to_string());
    assert_eq!(read, Err("cannot read the file: Bad file descriptor (os error 9)".into()));
    let write = write_at(-1, 0, &[0]).map_err(|error| error.to_string());
    assert_eq!(write, Err("cannot write the file: Bad file descriptor (os error 9)".into()));
}

#[test]
fn a_name_that_is_taken_is_left_alone() -> Outcome {
    let path = path("taken");
    fs::write(&path, b"mine")?;
    assert!(open_nameless(&path).is_err());
    assert_eq!(fs::read(&path)?, b"mine");
    fs::remove_file(path)?;
    Ok(())
}

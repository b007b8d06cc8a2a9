//! What TSpark's workers do below V8: the blocking socket to the JVM, the
//! files of confined workers, and the framing of records.
//!
//! Formats served: Spark's frames (int32 big-endian length, payload) and text
//! frames in UTF-8. Not served: the task header and the records inside a
//! batch, which TypeScript reads.

#[cfg(unix)]
pub mod descriptor;
pub mod error;
#[cfg(unix)]
pub mod file;
#[cfg(not(unix))]
#[path = "file_elsewhere.rs"]
pub mod file;
pub mod frame;
#[cfg(unix)]
pub mod socket;
#[cfg(not(unix))]
#[path = "socket_elsewhere.rs"]
pub mod socket;
pub mod text;

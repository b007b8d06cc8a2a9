//! What can go wrong, each with the numbers that tell where.

use std::fmt;

/// An error of this crate.
#[derive(Debug)]
pub enum Error {
    /// The other side of a socket has closed it.
    PeerGone,
    /// The number of a descriptor is that of another one by now, or of none.
    Replaced {
        /// What was being done, such as `"read"`.
        action: &'static str,
        /// The number.
        number: i32,
    },
    /// A system call failed.
    System {
        /// What was being done, such as `"listen"`.
        action: &'static str,
        /// What the system says.
        cause: std::io::Error,
    },
}

impl Error {
    /// Wraps a failed system call.
    pub(crate) fn on(action: &'static str) -> impl Fn(std::io::Error) -> Self {
        move |cause| Self::System { action, cause }
    }

    /// A stable name for the kind of error.
    #[must_use]
    pub fn condition(&self) -> &'static str {
        match self {
            Self::PeerGone => "PEER_GONE",
            Self::Replaced { .. } => "DESCRIPTOR_REPLACED",
            Self::System { .. } => "SYSTEM_CALL_FAILED",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PeerGone => write!(f, "the other side has closed the connection"),
            Self::Replaced { action, number } => write!(
                f,
                "cannot {action}: descriptor {number} is not what was opened under it any more; do not close descriptors that others have opened"
            ),
            Self::System { action, cause } => write!(f, "cannot {action}: {cause}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::PeerGone | Self::Replaced { .. } => None,
            Self::System { cause, .. } => Some(cause),
        }
    }
}

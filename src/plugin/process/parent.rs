//! The process that started this one.

#[cfg(unix)]
use std::os::unix::process::parent_id;

/// The parent at the start of this process.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Parent(u32);

impl Parent {
    /// Remembers who the parent is; to be called as early as may be.
    pub(crate) fn of_this_process() -> Self {
        Self(parent_id())
    }

    /// Whether it has ended: somebody else (init, or a subreaper) is the parent then.
    pub(crate) fn is_gone(self) -> bool {
        parent_id() != self.0
    }
}

/// Windows tells a process nothing of its parent's end: there it seems to live for ever, and the
/// plugin stays until somebody ends it, as plugins made with go-plugin do everywhere.
#[cfg(not(unix))]
fn parent_id() -> u32 {
    0
}

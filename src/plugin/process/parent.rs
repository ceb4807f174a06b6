//! The process that started this one.

#[cfg(unix)]
use std::os::unix::process::parent_id;

/// The ID of the parent at the start of this process.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Parent(u32);

impl Parent {
    /// Records the parent. Call this as early as possible.
    pub(crate) fn of_this_process() -> Self {
        Self(parent_id())
    }

    /// Whether the parent has ended. Another process (init or a subreaper) then takes its place.
    pub(crate) fn is_gone(self) -> bool {
        parent_id() != self.0
    }
}

/// A Windows process does not learn that its parent ended. There, the parent seems to live forever,
/// and the plugin stays until someone ends it, like any go-plugin plugin.
#[cfg(not(unix))]
fn parent_id() -> u32 {
    0
}

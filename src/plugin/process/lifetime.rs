//! Decides when the process ends.
//!
//! | cause | started by a CLI | `--debug` |
//! |---|---|---|
//! | `GRPCController.Shutdown` | at once | at once |
//! | SIGINT | not at all: the CLI handles Ctrl-C | once no request is under way |
//! | SIGTERM, SIGHUP | once there is no connection, or no request for a while | once no request is under way |
//! | the parent ended | once there is no connection | not at all |
//!
//! A process that is told to end starts no long work. It waits for the answers to requests in
//! progress. Otherwise, the changes that they make through the API would not be recorded in state.
//! In `--debug`, a second signal ends the process without waiting.
//!
//! Init systems and CI runners send SIGTERM to every process of a job. The CLI then asks its
//! providers to stop, and saves what they have done so far. Meanwhile, the plugin has to answer the
//! CLI.

use std::time::Duration;

use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use super::{
    parent::Parent,
    signals::{Request, Signals},
};
use crate::plugin::listen::Count;

/// How often to check the parent while there is no connection. With a connection there is no need
/// to: when a process ends, its connections close.
const PARENT_INTERVAL: Duration = Duration::from_millis(250);

/// How long a connected CLI must be idle before a plugin that was told to end does so. A working
/// CLI pauses for milliseconds only.
const QUIET: Duration = Duration::from_secs(1);

/// The activity of the process, which decides when it may end.
#[derive(Debug, Clone, Default)]
pub(crate) struct Activity {
    /// The open connections.
    pub(crate) connections: Count,
    /// The requests under way.
    pub(crate) requests: Count,
    /// Cancelled when the process is told to end. No long work may start after that.
    pub(crate) stop: CancellationToken,
    /// Cancelled by Shutdown: the process ends at once.
    pub(crate) shutdown: CancellationToken,
}

/// Returns when a process that a CLI started has to end.
pub(crate) async fn of_managed_process(activity: &Activity, mut signals: Signals, parent: Parent) {
    loop {
        let is_told = activity.stop.is_cancelled();
        tokio::select! {
            () = activity.shutdown.cancelled() => return,
            request = signals.next() => match request {
                Request::Interrupt => tracing::trace!("ignoring SIGINT: the CLI handles it"),
                Request::Terminate => {
                    tracing::debug!("asked to terminate; exiting once no request is running");
                    activity.stop.cancel();
                }
            },
            () = activity.connections.none(), if is_told => return,
            () = activity.requests.none_for(QUIET), if is_told => return,
            () = abandoned(&activity.connections, parent) => {
                tracing::debug!("the process that started this one is gone");
                return;
            }
        }
    }
}

/// Returns when a process in debug mode has to end.
pub(crate) async fn of_debug_process(activity: &Activity, mut signals: Signals) {
    tokio::select! {
        () = activity.shutdown.cancelled() => return,
        _ = signals.next() => activity.stop.cancel(),
    }
    tokio::select! {
        () = activity.shutdown.cancelled() => {}
        () = activity.requests.none() => {}
        _ = signals.next() => {}
    }
}

/// Returns when there is no connection and the parent has ended.
async fn abandoned(connections: &Count, parent: Parent) {
    loop {
        connections.none().await;
        if parent.is_gone() {
            return;
        }
        sleep(PARENT_INTERVAL).await;
    }
}

//! When to end.
//!
//! | cause | started by a CLI | `--debug` |
//! |---|---|---|
//! | `GRPCController.Shutdown` | at once | at once |
//! | SIGINT | not at all: the CLI handles Ctrl-C | once no request is under way |
//! | SIGTERM, SIGHUP | once nobody is connected, or nobody has asked for anything for a while | once no request is under way |
//! | the parent's end | once nobody is connected | not at all |
//!
//! Whoever is told to end lets nothing begin that may take long, and waits for the answers to what has
//! begun: what a request did at the API would otherwise be in nobody's state. In `--debug` a second
//! signal ends without them.
//!
//! Init systems and CI runners send SIGTERM to every process of a job. A CLI then asks its providers
//! to stop, and saves what they have done so far: meanwhile the plugin has to answer it.

use std::time::Duration;

use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use super::{
    parent::Parent,
    signals::{Request, Signals},
};
use crate::plugin::listen::Count;

/// How often to look for the parent while nobody is connected. With somebody connected there is no
/// need to: the end of a process closes its connections.
const PARENT_INTERVAL: Duration = Duration::from_millis(250);

/// How long a CLI that is connected has to ask for nothing before a plugin that was told to end does
/// so. A CLI at work pauses for milliseconds.
const QUIET: Duration = Duration::from_secs(1);

/// What goes on in a process, for those who would end it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Activity {
    /// The connections that are open.
    pub(crate) connections: Count,
    /// The requests that are under way.
    pub(crate) requests: Count,
    /// Cancelled as soon as the process is told to end: nothing begins any more that may take long.
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
                Request::Interrupt => tracing::trace!("SIGINT is left to the CLI"),
                Request::Terminate => {
                    tracing::debug!("told to terminate: ending once nobody asks for anything");
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

/// Returns when nobody is connected and the parent has ended.
async fn abandoned(connections: &Count, parent: Parent) {
    loop {
        connections.none().await;
        if parent.is_gone() {
            return;
        }
        sleep(PARENT_INTERVAL).await;
    }
}

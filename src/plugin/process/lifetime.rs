//! When to end.
//!
//! | cause | started by a CLI | `--debug` |
//! |---|---|---|
//! | `GRPCController.Shutdown` | at once | at once |
//! | SIGINT | not at all: the CLI handles Ctrl-C | at once |
//! | SIGTERM, SIGHUP | once nobody is connected | at once |
//! | the parent's end | once nobody is connected | not at all |
//!
//! Init systems and CI runners send SIGTERM to every process of a job. A CLI then asks its providers
//! to stop, and saves what they have done so far: the plugin has to live until it has hung up.

use std::time::Duration;

use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use super::{
    parent::Parent,
    signals::{Request, Signals},
};
use crate::plugin::listen::Connections;

/// How often to look for the parent while nobody is connected. With somebody connected there is no
/// need to: the end of a process closes its connections.
const PARENT_INTERVAL: Duration = Duration::from_millis(250);

/// Returns when a process that a CLI started has to end. `shutdown` is cancelled by Shutdown.
pub(crate) async fn of_managed_process(
    shutdown: &CancellationToken,
    mut signals: Signals,
    connections: &Connections,
    parent: Parent,
) {
    let mut terminating = false;
    loop {
        tokio::select! {
            () = shutdown.cancelled() => return,
            request = signals.next() => match request {
                Request::Interrupt => tracing::trace!("SIGINT is left to the CLI"),
                Request::Terminate => {
                    tracing::debug!("told to terminate: ending once nobody is connected");
                    terminating = true;
                }
            },
            () = connections.none(), if terminating => return,
            () = abandoned(connections, parent) => {
                tracing::debug!("the process that started this one is gone");
                return;
            }
        }
    }
}

/// Returns when a process in debug mode has to end.
pub(crate) async fn of_debug_process(shutdown: &CancellationToken, mut signals: Signals) {
    tokio::select! {
        () = shutdown.cancelled() => {}
        _ = signals.next() => {}
    }
}

/// Returns when nobody is connected and the parent has ended.
async fn abandoned(connections: &Connections, parent: Parent) {
    loop {
        connections.none().await;
        if parent.is_gone() {
            return;
        }
        sleep(PARENT_INTERVAL).await;
    }
}

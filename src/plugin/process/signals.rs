//! Signals and their meaning.
//!
//! Ctrl-C reaches every process of the terminal's foreground group: the CLI and the plugin. The CLI
//! acts on it: it asks the provider to stop, then waits for the requests under way. If the plugin
//! died, their results would be lost. An empty handler ignores the signal here, since programs that
//! the provider starts would inherit the system's own ignore setting.

use std::io;

/// The request that a signal makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Request {
    /// Ctrl-C (SIGINT; on Windows Ctrl-Break as well).
    Interrupt,
    /// SIGTERM, or the loss of the terminal (SIGHUP).
    Terminate,
}

/// The signal handlers. While they are installed, none of these signals ends the process by itself.
pub(crate) struct Signals {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    #[cfg(unix)]
    hang_up: tokio::signal::unix::Signal,
    #[cfg(windows)]
    interrupt: tokio::signal::windows::CtrlC,
    #[cfg(windows)]
    r#break: tokio::signal::windows::CtrlBreak,
    #[cfg(windows)]
    close: tokio::signal::windows::CtrlClose,
}

#[cfg(unix)]
impl Signals {
    /// Installs the handlers.
    pub(crate) fn handle() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hang_up: signal(SignalKind::hangup())?,
        })
    }

    /// Waits for the next signal.
    pub(crate) async fn next(&mut self) -> Request {
        tokio::select! {
            _ = self.interrupt.recv() => Request::Interrupt,
            _ = self.terminate.recv() => Request::Terminate,
            _ = self.hang_up.recv() => Request::Terminate,
        }
    }
}

#[cfg(windows)]
impl Signals {
    /// Installs the handlers.
    pub(crate) fn handle() -> io::Result<Self> {
        use tokio::signal::windows;
        Ok(Self {
            interrupt: windows::ctrl_c()?,
            r#break: windows::ctrl_break()?,
            close: windows::ctrl_close()?,
        })
    }

    /// Waits for the next console event.
    pub(crate) async fn next(&mut self) -> Request {
        tokio::select! {
            _ = self.interrupt.recv() => Request::Interrupt,
            _ = self.r#break.recv() => Request::Interrupt,
            _ = self.close.recv() => Request::Terminate,
        }
    }
}

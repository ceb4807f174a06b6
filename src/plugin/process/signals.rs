//! Signals, and what they stand for.
//!
//! Ctrl-C reaches every process of the terminal's foreground group, the plugin with the CLI. It is
//! the CLI's to act on: it asks the provider to stop and waits for what is under way, whose result
//! would be lost if the plugin died. A handler that does nothing is what ignores a signal here: to
//! have the system ignore it would be inherited by programs that the provider starts.

use std::io;

/// What somebody wants of this process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Request {
    /// Ctrl-C (SIGINT; on Windows Ctrl-Break as well).
    Interrupt,
    /// SIGTERM, or the loss of the terminal (SIGHUP).
    Terminate,
}

/// The handlers; from here on none of these signals ends the process by itself.
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

    /// Waits for the next event of the console.
    pub(crate) async fn next(&mut self) -> Request {
        tokio::select! {
            _ = self.interrupt.recv() => Request::Interrupt,
            _ = self.r#break.recv() => Request::Interrupt,
            _ = self.close.recv() => Request::Terminate,
        }
    }
}

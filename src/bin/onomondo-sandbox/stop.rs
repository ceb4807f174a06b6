//! Decides when to stop: after a signal, or when standard input closes.

use std::future::Future;
use std::io::{self, Read};

use tokio::sync::oneshot;

/// Completes when the program should stop. Signals are caught as soon as this function returns.
pub(crate) fn requested(until_stdin_closes: bool) -> io::Result<impl Future<Output = ()>> {
    let signal = signal()?;
    let stdin = until_stdin_closes.then(stdin_closes);
    Ok(async move {
        tokio::select! {
            () = signal => {}
            () = async {
                match stdin {
                    Some(closes) => closes.await,
                    None => std::future::pending().await,
                }
            } => {}
        }
    })
}

#[cfg(unix)]
fn signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn signal() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}

/// Uses a plain thread, since the runtime would wait for its own blocking task at the end.
async fn stdin_closes() {
    let (sender, receiver) = oneshot::channel();
    std::thread::spawn(move || {
        let mut buffer = [0; 1024];
        let mut stdin = io::stdin().lock();
        while stdin.read(&mut buffer).is_ok_and(|length| length > 0) {}
        let _ = sender.send(());
    });
    let _ = receiver.await;
}

//! How many connections are open: a plugin that nobody is connected to may be one that nobody will
//! end.

use tokio::sync::watch;

/// The count of open connections, shared by all who raise or watch it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Connections(watch::Sender<usize>);

/// One open connection; it counts until it is dropped.
#[derive(Debug)]
pub(crate) struct OpenConnection(watch::Sender<usize>);

impl Connections {
    /// Counts one more.
    pub(crate) fn open(&self) -> OpenConnection {
        self.0.send_modify(|count| *count += 1);
        OpenConnection(self.0.clone())
    }

    /// Waits until there is none.
    pub(crate) async fn none(&self) {
        // The error means that no sender is left, and `self` is one.
        let _ = self.0.subscribe().wait_for(|count| *count == 0).await;
    }
}

impl Drop for OpenConnection {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count -= 1);
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    #[tokio::test]
    async fn the_last_to_close_wakes_who_waits_for_none() {
        let connections = Connections::default();
        assert!(connections.none().now_or_never().is_some());
        let (first, second) = (connections.open(), connections.open());
        drop(first);
        assert!(connections.none().now_or_never().is_none());
        let waiting = tokio::spawn({
            let connections = connections.clone();
            async move { connections.none().await }
        });
        drop(second);
        waiting.await.unwrap();
    }
}

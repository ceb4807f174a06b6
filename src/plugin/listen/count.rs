//! Counts connections or requests. A plugin without connections may have lost its CLI, and a plugin
//! that is told to end finishes its requests first.

use std::time::Duration;

use tokio::{sync::watch, time::sleep};

/// A count, shared by everyone who raises or watches it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Count(watch::Sender<usize>);

/// Counts as one until it is dropped.
#[derive(Debug)]
pub(crate) struct Counted(watch::Sender<usize>);

impl Count {
    /// Raises the count by one, until the result is dropped.
    pub(crate) fn one(&self) -> Counted {
        self.0.send_modify(|count| *count += 1);
        Counted(self.0.clone())
    }

    /// Waits until the count is zero.
    pub(crate) async fn none(&self) {
        // An error would mean that there is no sender, but `self` is one.
        let _ = self.0.subscribe().wait_for(|count| *count == 0).await;
    }

    /// Waits until the count has been zero for this long.
    pub(crate) async fn none_for(&self, a_while: Duration) {
        let mut count = self.0.subscribe();
        loop {
            let _ = count.wait_for(|count| *count == 0).await;
            tokio::select! {
                _ = count.changed() => {}
                () = sleep(a_while) => return,
            }
        }
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count -= 1);
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;
    use tokio::time::Instant;

    use super::*;

    #[tokio::test]
    async fn dropping_the_last_one_ends_the_wait_for_zero() {
        let count = Count::default();
        assert!(count.none().now_or_never().is_some());
        let (first, second) = (count.one(), count.one());
        drop(first);
        assert!(count.none().now_or_never().is_none());
        let waiting = tokio::spawn({
            let count = count.clone();
            async move { count.none().await }
        });
        drop(second);
        waiting.await.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn a_new_one_restarts_the_quiet_time() {
        let (count, second) = (Count::default(), Duration::from_secs(1));
        let started = Instant::now();
        let busy = async {
            for _ in 0..3 {
                sleep(second / 2).await;
                drop(count.one());
            }
        };
        tokio::join!(busy, count.none_for(second));
        assert_eq!(started.elapsed(), second * 5 / 2);
    }
}

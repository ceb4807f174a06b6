//! The invariants of [`Listing`], tested against a model: an account that only counts its writes,
//! so that every view shows its age.

use std::{
    collections::HashMap,
    sync::atomic::{AtomicU32, Ordering},
};

use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use super::{failure::KEPT, *};
use crate::onomondo::{Exchange, TransportFailure};

mod random;

/// A listing with its own lock.
#[derive(Clone)]
struct Shared(Arc<Mutex<Listing<u32>>>);

impl Shared {
    fn new() -> Self {
        Self(Arc::new(Mutex::new(Listing::new("/"))))
    }

    async fn get<F>(&self, operation: &Operation, fetch: impl Fn(Operation) -> F) -> Fetched<u32>
    where
        F: Future<Output = Result<u32, Error>> + Send + 'static,
    {
        self.get_since(Since::LastWrite, operation, fetch).await
    }

    async fn get_since<F>(
        &self,
        since: Since,
        operation: &Operation,
        fetch: impl Fn(Operation) -> F,
    ) -> Fetched<u32>
    where
        F: Future<Output = Result<u32, Error>> + Send + 'static,
    {
        get(&self.0, |listing| listing, operation, since, fetch).await
    }

    fn outdate(&self) {
        lock(&self.0).outdate();
    }
}

/// The course of one fetch.
#[derive(Debug, Clone)]
struct Fetch {
    /// How long the request takes to arrive, and how long the answer takes.
    there: u64,
    back: u64,
    fails: bool,
}

#[derive(Default)]
struct Account {
    /// Writes that changed it.
    content: AtomicU32,
    /// Writes of this process that have ended.
    ended: AtomicU32,
    fetches: AtomicU32,
    /// Fetches in progress, and how many times there was more than one.
    flying: AtomicU32,
    overlaps: AtomicU32,
    /// The times of failed fetches.
    failures: Mutex<HashMap<u32, Instant>>,
}

/// Milliseconds of paused time.
fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

/// The error of a failed fetch, with its number.
fn failure(number: u32) -> Error {
    Error::Setup {
        cause: number.to_string(),
    }
}

async fn run_fetch(account: Arc<Account>, script: Arc<Vec<Fetch>>) -> Result<u32, Error> {
    let number = account.fetches.fetch_add(1, Ordering::SeqCst);
    let others = account.flying.fetch_add(1, Ordering::SeqCst);
    account.overlaps.fetch_add(others, Ordering::SeqCst);
    let fetch = &script[number as usize % script.len()];
    sleep(ms(fetch.there)).await;
    let content = account.content.load(Ordering::SeqCst);
    sleep(ms(fetch.back)).await;
    account.flying.fetch_sub(1, Ordering::SeqCst);
    if fetch.fails {
        account
            .failures
            .lock()
            .unwrap()
            .insert(number, Instant::now());
        return Err(failure(number));
    }
    Ok(content)
}

fn operation() -> Operation {
    Operation::new(CancellationToken::new(), None)
}

/// A fetch that takes one second and counts itself.
async fn one_second(account: Arc<Account>) -> Result<u32, Error> {
    let go = Fetch {
        there: 500,
        back: 500,
        fails: false,
    };
    run_fetch(account, Arc::new(vec![go])).await
}

#[tokio::test(start_paused = true)]
async fn a_refresh_of_any_length_is_one_fetch_and_a_pause_ends_its_use() {
    let (shared, account) = (Shared::new(), Arc::new(Account::default()));
    let get = async || {
        let operation = operation();
        let get = shared.get(&operation, |_| one_second(Arc::clone(&account)));
        get.await.unwrap();
        account.fetches.load(Ordering::SeqCst)
    };
    // A thousand reads, ten at a time.
    for _ in 0..100 {
        let reads = futures_util::future::join_all((0..10).map(|_| get())).await;
        assert_eq!(reads, [1; 10]);
        sleep(ms(100)).await;
    }
    sleep(PAUSE).await;
    assert_eq!(get().await, 2);
    // It expires, even if readers keep asking for it.
    let start = Instant::now();
    while start.elapsed() < LONGEST_USE {
        sleep(PAUSE / 2).await;
        get().await;
    }
    assert_eq!(get().await, 3);
}

#[tokio::test(start_paused = true)]
async fn a_reader_that_was_not_interrupted_does_not_end_with_one_that_was() {
    let (shared, account) = (Shared::new(), Arc::new(Account::default()));
    let stop = CancellationToken::new();
    let first = Operation::new(stop.clone(), None);
    // The fetch ends with the first reader's operation, in the middle of a wait.
    let fetch = |operation: Operation| {
        let account = Arc::clone(&account);
        async move {
            match operation.wait(ms(1000)).await {
                Ok(()) => one_second(account).await,
                Err(ended) => Err(ended.into_error(Exchange::unsent("GET", "/"), None)),
            }
        }
    };
    let second = operation();
    let (first, second, ()) = tokio::join!(
        shared.get(&first, fetch),
        shared.get(&second, fetch),
        async {
            sleep(ms(500)).await;
            stop.cancel();
        }
    );
    assert!(matches!(first.unwrap_err().error, Error::Stopped { .. }));
    assert_eq!(*second.unwrap(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_fetch_goes_on_without_the_reader_that_began_it() {
    let (shared, account) = (Shared::new(), Arc::new(Account::default()));
    let hasty = Operation::new(CancellationToken::new(), Some(Instant::now() + ms(10)));
    let get = |operation: Operation| {
        let (shared, account) = (&shared, &account);
        async move {
            shared
                .get(&operation, |_| one_second(Arc::clone(account)))
                .await
        }
    };
    let error = get(hasty).await.unwrap_err().error;
    assert!(matches!(error, Error::DeadlineExceeded { .. }), "{error:?}");
    get(operation()).await.unwrap();
    assert_eq!(account.fetches.load(Ordering::SeqCst), 1);
}

/// A fetch that fails at once and counts itself.
async fn fails(account: Arc<Account>) -> Result<u32, Error> {
    let fail = Fetch {
        there: 0,
        back: 0,
        fails: true,
    };
    run_fetch(account, Arc::new(vec![fail])).await
}

/// A thousand reads, ten at a time, fail as fast as one, and only one of them reports it.
#[tokio::test(start_paused = true)]
async fn a_failure_answers_all_readers_for_seconds_and_is_reported_once() {
    let (shared, account) = (Shared::new(), Arc::new(Account::default()));
    let mut told = 0;
    for _ in 0..100 {
        let reads = (0..10).map(|_| async {
            let operation = operation();
            let read = shared.get(&operation, |_| fails(Arc::clone(&account)));
            read.await.unwrap_err().is_news()
        });
        let news = futures_util::future::join_all(reads).await;
        told += news.into_iter().filter(|is_news| *is_news).count();
        sleep(ms(40)).await;
    }
    assert_eq!((told, account.fetches.load(Ordering::SeqCst)), (1, 1));
    sleep(KEPT).await;
    let operation = operation();
    let read = shared.get(&operation, |_| one_second(Arc::clone(&account)));
    read.await.unwrap();
}

/// Each attempt to reach the API takes long, and the CLI reads ten connectors at a time.
#[tokio::test(start_paused = true)]
async fn a_failure_to_reach_the_api_is_kept_for_a_minute_unless_the_api_answers() {
    for failure in [
        TransportFailure::Connect,
        TransportFailure::Barred,
        TransportFailure::Timeout,
    ] {
        let (shared, account) = (Shared::new(), Arc::new(Account::default()));
        let operation = operation();
        let unreached = |_| async move {
            Err(Error::Transport {
                exchange: Box::new(Exchange::unsent("GET", "/")),
                failure,
                cause: String::new(),
            })
        };
        let read = shared.get(&operation, unreached);
        assert!(read.await.unwrap_err().is_news());
        sleep(OUTAGE / 2).await;
        let again = shared.get(&operation, |_| one_second(Arc::clone(&account)));
        assert!(!again.await.unwrap_err().is_news());
        lock(&shared.0).end_outage();
        let read = shared.get(&operation, |_| one_second(Arc::clone(&account)));
        read.await.unwrap();
    }
}

/// A reader that decides about a write asks the API itself, with retries, despite an earlier
/// failure.
#[tokio::test(start_paused = true)]
async fn a_failure_answers_no_reader_that_needs_the_current_state() {
    let (shared, account) = (Shared::new(), Arc::new(Account::default()));
    let operation = operation();
    let read = shared.get(&operation, |_| fails(Arc::clone(&account)));
    read.await.unwrap_err();
    let fetch = |operation: Operation| {
        assert!(operation.repeats());
        one_second(Arc::clone(&account))
    };
    let read = shared.get_since(Since::Now, &operation, fetch);
    read.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_failed_glance_answers_no_reader_that_may_retry() {
    let (shared, account) = (Shared::new(), Arc::new(Account::default()));
    let glance = operation().glance(ms(1000));
    let hangs = |operation: Operation| async move {
        let ended = operation.wait_for(std::future::pending::<()>()).await;
        let ended = ended.unwrap_err();
        Err(ended.into_error(Exchange::unsent("GET", "/"), None))
    };
    let read = operation();
    let start = Instant::now();
    let (glanced, read) = tokio::join!(shared.get(&glance, hangs), async {
        sleep(ms(500)).await;
        let read = shared.get(&read, |_| one_second(Arc::clone(&account)));
        (read.await, start.elapsed())
    });
    let error = glanced.unwrap_err().error;
    assert!(matches!(error, Error::DeadlineExceeded { .. }), "{error:?}");
    read.0.unwrap();
    assert_eq!(read.1, ms(2000));
}

/// Ten connectors are written at a time, and each writer needs to see its own.
#[tokio::test(start_paused = true)]
async fn readers_that_outwait_an_old_fetch_share_the_next_one() {
    let (shared, account) = (Shared::new(), Arc::new(Account::default()));
    let writes = (0..100).map(|number| {
        let (shared, account) = (shared.clone(), Arc::clone(&account));
        async move {
            sleep(ms(number * 10)).await;
            account.content.fetch_add(1, Ordering::SeqCst);
            shared.outdate();
            let operation = operation();
            let read = shared.get(&operation, |_| one_second(Arc::clone(&account)));
            read.await.unwrap();
        }
    });
    futures_util::future::join_all(writes).await;
    assert_eq!(account.fetches.load(Ordering::SeqCst), 2);
}

//! The invariants of [`Shared`], against a model: an account whose only content is how often it was
//! written, so that every view tells how old it is.

use std::sync::atomic::{AtomicU32, Ordering};

use proptest::{collection::vec, prelude::*};
use tokio::{task::JoinSet, time::sleep};
use tokio_util::sync::CancellationToken;

use super::*;

/// One of the things that happen at the same time.
#[derive(Debug, Clone)]
enum Actor {
    Read {
        /// After this long the reader's operation is interrupted.
        patience: Option<u64>,
        /// After this long its time is over.
        deadline: Option<u64>,
    },
    Write {
        /// How long it takes, and how far into it the account changes; never, where it fails.
        takes: u64,
        changes_at: Option<u64>,
    },
    /// Somebody else changes the account.
    ForeignWrite,
}

/// How one fetch goes.
#[derive(Debug, Clone)]
struct Fetch {
    /// How long the request is on its way, and the answer on its way back.
    there: u64,
    back: u64,
    fails: bool,
}

#[derive(Default)]
struct Account {
    /// Writes that have changed it.
    content: AtomicU32,
    /// Those of this process that have ended.
    ended: AtomicU32,
    fetches: AtomicU32,
}

/// Milliseconds of paused time.
fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

fn actor() -> impl Strategy<Value = Actor> {
    prop_oneof![
        6 => (of_some(0..4000), of_some(0..4000))
            .prop_map(|(patience, deadline)| Actor::Read { patience, deadline }),
        3 => (0_u64..3000, of_some(0..3000)).prop_map(|(takes, at)| Actor::Write {
            takes,
            changes_at: at.map(|at| at.min(takes)),
        }),
        1 => Just(Actor::ForeignWrite),
    ]
}

/// Rarely something, so that most readers stay to the end.
fn of_some(range: std::ops::Range<u64>) -> impl Strategy<Value = Option<u64>> {
    prop_oneof![4 => Just(None), 1 => range.prop_map(Some)]
}

fn fetch() -> impl Strategy<Value = Fetch> {
    let goes = (0_u64..1500, 0_u64..1500, prop::bool::weighted(0.2));
    goes.prop_map(|(there, back, fails)| Fetch { there, back, fails })
}

/// What a fetch that fails tells: which one it was.
fn failure(number: u32) -> Error {
    Error::Setup {
        cause: number.to_string(),
    }
}

async fn run_fetch(account: Arc<Account>, script: Arc<Vec<Fetch>>) -> Fetched<u32> {
    let number = account.fetches.fetch_add(1, Ordering::SeqCst);
    let fetch = &script[number as usize % script.len()];
    sleep(ms(fetch.there)).await;
    let content = account.content.load(Ordering::SeqCst);
    sleep(ms(fetch.back)).await;
    if fetch.fails {
        return Err(failure(number));
    }
    Ok(Arc::new([content]))
}

async fn act(
    actor: Actor,
    shared: Shared<u32>,
    account: Arc<Account>,
    script: Arc<Vec<Fetch>>,
) -> Result<(), TestCaseError> {
    match actor {
        Actor::Read { patience, deadline } => {
            let stop = CancellationToken::new();
            let begin = Instant::now();
            let operation = Operation::new(stop.clone(), deadline.map(|after| begin + ms(after)));
            let (ended, fetched) = (
                account.ended.load(Ordering::SeqCst),
                account.fetches.load(Ordering::SeqCst),
            );
            let read = shared.get(&operation, |_| {
                run_fetch(Arc::clone(&account), Arc::clone(&script))
            });
            let interrupt = async {
                if let Some(after) = patience {
                    sleep(ms(after)).await;
                    stop.cancel();
                }
                std::future::pending::<()>().await;
            };
            let view = tokio::select! { view = read => view, () = interrupt => unreachable!() };
            match view {
                Ok(view) => prop_assert!(view[0] >= ended, "{view:?} is older than {ended}"),
                Err(Error::Stopped { .. }) => {
                    prop_assert_eq!(Some(begin.elapsed()), patience.map(ms));
                }
                Err(Error::DeadlineExceeded { .. }) => {
                    prop_assert_eq!(Some(begin.elapsed()), deadline.map(ms));
                }
                Err(Error::Setup { cause }) => {
                    // Of the fetch that was under way, or of one begun since.
                    let number: u32 = cause.parse().unwrap();
                    prop_assert!(number + 1 >= fetched, "an error of long ago");
                }
                Err(other) => prop_assert!(false, "{other:?}"),
            }
        }
        Actor::Write { takes, changes_at } => {
            let write = shared.write();
            sleep(ms(changes_at.unwrap_or(takes))).await;
            if let Some(at) = changes_at {
                account.content.fetch_add(1, Ordering::SeqCst);
                sleep(ms(takes - at)).await;
                drop(write);
                account.ended.fetch_add(1, Ordering::SeqCst);
            }
        }
        Actor::ForeignWrite => {
            account.content.fetch_add(1, Ordering::SeqCst);
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn no_view_is_older_than_a_write_that_ended_before_it_was_asked_for(
        actors in vec((0_u64..20_000, actor()), 1..40),
        script in vec(fetch(), 1..8),
    ) {
        run(async move {
            let (shared, account) = (Shared::new("/"), Arc::new(Account::default()));
            let script = Arc::new(script);
            let mut acting = JoinSet::new();
            for (at, actor) in actors {
                let acts = act(actor, shared.clone(), Arc::clone(&account), Arc::clone(&script));
                acting.spawn(async move {
                    sleep(ms(at)).await;
                    acts.await
                });
            }
            while let Some(acted) = acting.join_next().await {
                acted.unwrap()?;
            }
            Ok::<_, TestCaseError>(())
        })?;
    }
}

/// Runs something in paused time.
fn run<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build();
    runtime.unwrap().block_on(work)
}

fn operation() -> Operation {
    Operation::new(CancellationToken::new(), None)
}

/// A fetch of a second, that counts itself.
async fn one_second(account: Arc<Account>) -> Fetched<u32> {
    let go = Fetch {
        there: 500,
        back: 500,
        fails: false,
    };
    run_fetch(account, Arc::new(vec![go])).await
}

#[tokio::test(start_paused = true)]
async fn a_refresh_of_any_length_is_one_fetch_and_a_pause_ends_its_use() {
    let (shared, account) = (Shared::new("/"), Arc::new(Account::default()));
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
    // However often it is asked for, it does not live on.
    let start = Instant::now();
    while start.elapsed() < LONGEST_USE {
        sleep(PAUSE / 2).await;
        get().await;
    }
    assert_eq!(get().await, 3);
}

#[tokio::test(start_paused = true)]
async fn a_reader_that_was_not_interrupted_does_not_end_with_one_that_was() {
    let (shared, account) = (Shared::new("/"), Arc::new(Account::default()));
    let stop = CancellationToken::new();
    let first = Operation::new(stop.clone(), None);
    // The fetch for the first reader ends as its operation does, in the middle of a wait.
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
    assert!(matches!(first, Err(Error::Stopped { .. })));
    assert_eq!(*second.unwrap(), [0]);
}

#[tokio::test(start_paused = true)]
async fn a_fetch_goes_on_without_the_reader_that_began_it() {
    let (shared, account) = (Shared::new("/"), Arc::new(Account::default()));
    let hasty = Operation::new(CancellationToken::new(), Some(Instant::now() + ms(10)));
    let get = |operation: Operation| {
        let (shared, account) = (&shared, &account);
        async move {
            shared
                .get(&operation, |_| one_second(Arc::clone(account)))
                .await
        }
    };
    let error = get(hasty).await.unwrap_err();
    assert!(matches!(error, Error::DeadlineExceeded { .. }), "{error:?}");
    get(operation()).await.unwrap();
    assert_eq!(account.fetches.load(Ordering::SeqCst), 1);
}

#[tokio::test(start_paused = true)]
async fn an_error_is_told_to_those_who_waited_and_to_nobody_else() {
    let (shared, account) = (Shared::new("/"), Arc::new(Account::default()));
    let fails_first = Arc::new(vec![
        Fetch {
            there: 10,
            back: 10,
            fails: true,
        },
        Fetch {
            there: 10,
            back: 10,
            fails: false,
        },
    ]);
    let get = async || {
        let fetch = |_| run_fetch(Arc::clone(&account), Arc::clone(&fails_first));
        shared.get(&operation(), fetch).await
    };
    let (one, other) = tokio::join!(get(), get());
    assert!(one.is_err() && other.is_err());
    assert_eq!(account.fetches.load(Ordering::SeqCst), 1);
    get().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn an_outage_is_waited_out_once_and_then_looked_at_again_and_again() {
    let shared: Shared<u32> = Shared::new("/");
    let repeats = async |fails: bool| {
        let mut repeats = false;
        let operation = operation();
        let fetch = shared.get(&operation, |operation: Operation| async move {
            let repeats = u32::from(operation.repeats());
            if fails {
                Err(failure(repeats))
            } else {
                Ok([repeats].into())
            }
        });
        match fetch.await {
            Ok(view) => repeats |= view[0] == 1,
            Err(error) => repeats |= error.to_string().ends_with('1'),
        }
        shared.outdate();
        repeats
    };
    assert!(repeats(true).await);
    assert!(!repeats(true).await);
    assert!(!repeats(false).await);
    assert!(repeats(true).await);
    sleep(OUTAGE).await;
    assert!(repeats(true).await);
}

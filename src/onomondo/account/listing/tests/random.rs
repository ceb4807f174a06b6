//! Readers, writers and fetches at random times.

use proptest::{collection::vec, prelude::*};
use tokio::{task::JoinSet, time::sleep};

use super::*;

/// One of several concurrent actions.
#[derive(Debug, Clone)]
enum Actor {
    Read {
        since: Since,
        /// The reader's operation is interrupted after this time.
        patience: Option<u64>,
        /// The reader's operation runs out of time after this time.
        deadline: Option<u64>,
    },
    Write {
        /// How long the write takes, and when the account changes. `None` if the write fails.
        takes: u64,
        changes_at: Option<u64>,
    },
    /// Someone else changes the account.
    ForeignWrite,
}

fn actor() -> impl Strategy<Value = Actor> {
    prop_oneof![
        6 => (prop::bool::weighted(0.2), of_some(0..4000), of_some(0..4000))
            .prop_map(|(now, patience, deadline)| Actor::Read {
                since: if now { Since::Now } else { Since::LastWrite },
                patience,
                deadline,
            }),
        3 => (0_u64..3000, of_some(0..3000)).prop_map(|(takes, at)| Actor::Write {
            takes,
            changes_at: at.map(|at| at.min(takes)),
        }),
        1 => Just(Actor::ForeignWrite),
    ]
}

/// Rarely a value, so that most readers stay to the end.
fn of_some(range: std::ops::Range<u64>) -> impl Strategy<Value = Option<u64>> {
    prop_oneof![4 => Just(None), 1 => range.prop_map(Some)]
}

fn fetch() -> impl Strategy<Value = Fetch> {
    let goes = (0_u64..1500, 0_u64..1500, prop::bool::weighted(0.2));
    goes.prop_map(|(there, back, fails)| Fetch { there, back, fails })
}

async fn act(
    actor: Actor,
    shared: Shared,
    account: Arc<Account>,
    script: Arc<Vec<Fetch>>,
) -> Result<(), TestCaseError> {
    match actor {
        Actor::Read {
            since,
            patience,
            deadline,
        } => {
            let stop = CancellationToken::new();
            let begin = Instant::now();
            let operation = Operation::new(stop.clone(), deadline.map(|after| begin + ms(after)));
            let oldest = match since {
                Since::LastWrite => account.ended.load(Ordering::SeqCst),
                Since::Now => account.content.load(Ordering::SeqCst),
            };
            let read = shared.get_since(since, &operation, |_| {
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
            match view.map_err(Error::from) {
                Ok(view) => prop_assert!(*view >= oldest, "{view:?} is older than {oldest}"),
                Err(Error::Stopped { .. }) => {
                    prop_assert_eq!(Some(begin.elapsed()), patience.map(ms));
                }
                Err(Error::DeadlineExceeded { .. }) => {
                    prop_assert_eq!(Some(begin.elapsed()), deadline.map(ms));
                }
                Err(Error::Setup { cause }) => {
                    let number: u32 = cause.parse().unwrap();
                    let failed = account.failures.lock().unwrap()[&number];
                    let kept = if since == Since::Now {
                        Duration::ZERO
                    } else {
                        KEPT
                    };
                    prop_assert!(failed + kept >= begin, "an error of long ago");
                }
                Err(other) => prop_assert!(false, "{other:?}"),
            }
        }
        Actor::Write { takes, changes_at } => {
            sleep(ms(changes_at.unwrap_or(takes))).await;
            if let Some(at) = changes_at {
                account.content.fetch_add(1, Ordering::SeqCst);
                sleep(ms(takes - at)).await;
            }
            shared.outdate();
            if changes_at.is_some() {
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
            let (shared, account) = (Shared::new(), Arc::new(Account::default()));
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
            prop_assert_eq!(account.overlaps.load(Ordering::SeqCst), 0);
            Ok::<_, TestCaseError>(())
        })?;
    }
}

/// Runs a future in paused time.
fn run<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build();
    runtime.unwrap().block_on(work)
}

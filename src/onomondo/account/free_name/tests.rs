//! Which change gets a name, and when. The operations of one apply run concurrently, in any order.

use futures_util::future::join_all;
use tokio::{sync::Semaphore, time::sleep};
use tokio_util::sync::CancellationToken;

use super::*;
use crate::onomondo::test_server::{Reply, Server, TLS, operation};

const LIST: &str = "GET /connectors";

/// How long a name waits for this process to start freeing it.
const GRACE: Duration = Duration::from_secs(3);

/// Renames in this account: waits for the new name, then takes one second.
async fn rename(account: &Account, from: &str, to: &str) -> bool {
    let freeing = account.free(from);
    let _taking = account.take(to).unwrap();
    let operation = operation();
    let free = account.becomes_free(&operation, to, Some(from), GRACE);
    let is_free = free.await.unwrap();
    if is_free {
        sleep(Duration::from_secs(1)).await;
        freeing.done();
        account.note_made(to);
    }
    is_free
}

/// A `count` over a list that loses its first element.
#[tokio::test(start_paused = true)]
async fn connectors_that_pass_their_names_on_all_get_them() {
    let account = Account::new();
    let start = Instant::now();
    let delete = async {
        // The CLI may start this one last.
        sleep(Duration::from_millis(100)).await;
        let freeing = account.free("ddd");
        sleep(Duration::from_secs(2)).await;
        freeing.done();
    };
    let renames = join_all([
        rename(&account, "aaa", "bbb"),
        rename(&account, "bbb", "ccc"),
        rename(&account, "ccc", "ddd"),
    ]);
    let (got, ()) = tokio::join!(renames, delete);
    assert_eq!(got, [true; 3]);
    assert_eq!(start.elapsed(), Duration::from_millis(5100));
}

#[tokio::test(start_paused = true)]
async fn connectors_that_swap_their_names_are_seen_at_once() {
    let account = Account::new();
    let start = Instant::now();
    let renames = join_all([
        rename(&account, "aaa", "bbb"),
        rename(&account, "bbb", "ccc"),
        rename(&account, "ccc", "aaa"),
    ]);
    assert_eq!(renames.await, [false; 3]);
    assert_eq!(start.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn a_name_that_nothing_frees_is_taken_after_a_moment() {
    let account = Account::new();
    let start = Instant::now();
    assert!(!rename(&account, "aaa", "theirs").await);
    assert_eq!(start.elapsed(), GRACE);
}

/// The SIMs of a connector are moved away before the CLI deletes it.
#[tokio::test(start_paused = true)]
async fn a_name_is_waited_for_while_sims_leave_its_connector() {
    let account = Account::new();
    let leave = async {
        account.change(|names| names.begin_emptying("fleet"));
        tokio::time::sleep(Duration::from_mins(10)).await;
        account.change(|names| names.end_emptying("fleet"));
        tokio::time::sleep(GRACE / 2).await;
        account.free("fleet").done();
    };
    let (is_free, ()) = tokio::join!(rename(&account, "aaa", "fleet"), leave);
    assert!(is_free);
}

#[tokio::test(start_paused = true)]
async fn many_names_that_are_taken_do_not_all_wait() {
    let account = Account::new();
    let start = Instant::now();
    for number in 0..100 {
        assert!(!rename(&account, "aaa", &format!("theirs-{number}")).await);
    }
    assert_eq!(start.elapsed(), GRACE + GRACE / 3 * 9);
}

/// Starts these renames in this order, ten at a time. Each number stands for a name, and each
/// connector takes the next name. Returns those that failed.
async fn renames_ten_at_a_time(order: &[usize]) -> Vec<usize> {
    let account = Account::new();
    let name = |number| format!("fleet-{number:02}");
    let last = order.iter().max().unwrap() + 1;
    let slots = Semaphore::new(10);
    let renames = order.iter().map(async |number| {
        let _slot = slots.acquire().await.unwrap();
        account.change(|names| names.note_managed(&name(*number)));
        if name(*number + 1) == name(last) {
            // Nothing has this name.
            account.free(&name(last)).done();
        }
        let is_done = rename(&account, &name(*number), &name(*number + 1)).await;
        (!is_done).then_some(*number)
    });
    join_all(renames).await.into_iter().flatten().collect()
}

/// The CLI runs ten operations at a time, and those that it runs first may all wait for others.
#[tokio::test(start_paused = true)]
async fn more_renames_than_the_cli_runs_at_a_time_need_few_applies() {
    let start = Instant::now();
    for (count, step, expected) in [
        // The worst order: whatever frees a name starts last.
        (15, 1, 2),
        (30, 1, 3),
        (15, 14, 1),
        (30, 29, 1),
        (15, 7, 1),
        (30, 7, 2),
        (30, 11, 3),
    ] {
        let mut order: Vec<_> = (0..count).map(|index| index * step % count).collect();
        let mut applies = 0;
        while !order.is_empty() {
            order = renames_ten_at_a_time(&order).await;
            applies += 1;
        }
        assert_eq!(applies, expected, "{count} names, every {step}");
    }
    assert!(start.elapsed() < Duration::from_mins(5), "{start:?}");
}

/// Creates of names that others have fail one after another, soon.
#[tokio::test(start_paused = true)]
async fn a_thousand_names_of_others_fail_soon() {
    let account = Account::new();
    let start = Instant::now();
    let slots = Semaphore::new(10);
    let creates = (0..1000).map(async |number| {
        let _slot = slots.acquire().await.unwrap();
        let name = format!("theirs-{number}");
        let free = account.becomes_free(&operation(), &name, None, GRACE).await;
        free.unwrap()
    });
    let free = join_all(creates).await;
    assert!(!free.contains(&true));
    assert!(start.elapsed() < GRACE * 3, "{:?}", start.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_failed_delete_ends_the_wait_for_its_name() {
    let account = Account::new();
    let start = Instant::now();
    let delete = async {
        let _freeing = account.free("fleet");
        sleep(Duration::from_mins(1)).await;
    };
    let operation = operation();
    let create = account.becomes_free(&operation, "fleet", None, GRACE);
    let (is_free, ()) = tokio::join!(create, delete);
    assert!(!is_free.unwrap());
    assert_eq!(start.elapsed(), Duration::from_mins(1));
}

#[tokio::test(start_paused = true)]
async fn an_interrupt_ends_the_wait_for_a_name() {
    let account = Account::new();
    let _freeing = account.free("fleet");
    let stop = CancellationToken::new();
    let operation = Operation::new(stop.clone(), None);
    let wait = account.becomes_free(&operation, "fleet", None, GRACE);
    let (waited, ()) = tokio::join!(wait, async {
        sleep(Duration::from_secs(1)).await;
        stop.cancel();
    });
    assert_eq!(waited, Err(Ended::Stopped));
}

#[tokio::test]
async fn one_list_answers_for_all_names() {
    let list = Reply::json(200, &format!("[{TLS}]"));
    let server = Server::start([(LIST, list)]).await;
    let (client, operation) = (server.client(), operation());
    for name in ["one", "two"] {
        let glance = client.glance_at_name(&operation, name).await;
        assert!(matches!(glance, NameGlance::Free), "{glance:?}");
    }
    let glance = client.glance_at_name(&operation, "fleet").await;
    assert!(matches!(glance, NameGlance::Taken), "{glance:?}");
    assert_eq!(server.lines().len(), 1);

    // The replaced connector exists, and no one needs a warning about it.
    client.note_managed("fleet");
    let glance = client.glance_at_name(&operation, "fleet").await;
    assert!(matches!(glance, NameGlance::Free), "{glance:?}");
}

/// A plan reads the connectors of the state and of the configuration in any order.
#[tokio::test(start_paused = true)]
async fn a_name_in_a_state_may_be_noted_a_moment_later() {
    let account = Account::new();
    let operation = operation();
    let glance = account.becomes_managed(&operation, "fleet", GRACE);
    let (is_managed, ()) = tokio::join!(glance, async {
        sleep(Duration::from_secs(1)).await;
        account.change(|names| names.note_managed("fleet"));
    });
    assert!(is_managed);
}

#[tokio::test]
async fn a_failing_api_is_asked_once_for_all_names_and_reported_once() {
    let server = Server::start([(LIST, Reply::json(503, ""))]).await;
    let (client, operation) = (server.client(), operation());
    let glances = ["one", "two", "three"].map(|name| client.glance_at_name(&operation, name));
    let told = join_all(glances).await;
    let told = told
        .iter()
        .filter(|it| matches!(it, NameGlance::Unknown(Some(_))));
    assert_eq!(told.count(), 1);
    let glance = client.glance_at_name(&operation, "four").await;
    assert!(matches!(glance, NameGlance::Unknown(None)), "{glance:?}");
    assert_eq!(server.lines().len(), 1);
}

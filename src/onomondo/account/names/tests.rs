//! The rules for names.

use super::*;
use crate::onomondo::test_server::connector;

fn list(names: &[&str]) -> Connectors {
    part(names, true)
}

fn part(names: &[&str], is_complete: bool) -> Connectors {
    let entries = names.iter().map(|name| Ok(connector(name)));
    Connectors::new(entries.collect(), is_complete, None)
}

#[test]
fn a_renamed_connector_is_found_unless_its_former_name_is_in_use() {
    let mut names = Names::default();
    assert_eq!(names.current("fleet"), "fleet");
    names.note_renamed("fleet", "trucks");
    assert_eq!(names.current("fleet"), "trucks");
    names.note_made("fleet");
    assert_eq!(names.current("fleet"), "fleet");

    let mut names = Names::default();
    names.note_former_name("fleet", "trucks");
    assert_eq!(names.current("fleet"), "trucks");
    names.note_refreshed("fleet");
    assert_eq!(names.current("fleet"), "fleet");
    names.note_former_name("fleet", "trucks");
    assert_eq!(names.current("fleet"), "fleet");
}

#[test]
fn a_connector_whose_sims_leave_may_free_its_name() {
    let mut names = Names::default();
    names.begin_emptying("fleet");
    names.begin_emptying("fleet");
    names.end_emptying("fleet");
    assert_eq!(names.holder("fleet", None), Holder::MayLeave);
    names.end_emptying("fleet");
    assert_eq!(names.holder("fleet", None), Holder::Stays);
}

#[test]
fn changes_of_this_process_override_a_list() {
    let (mut names, list) = (Names::default(), list(&["abc", "old"]));
    assert_eq!(names.existence("abc", &list), Existence::Taken);
    assert_eq!(names.existence("new", &list), Existence::Free);
    names.note_freed("old");
    names.note_made("new");
    assert_eq!(names.existence("old", &list), Existence::Free);
    assert_eq!(names.existence("new", &list), Existence::Taken);
    names.note_made("old");
    assert_eq!(names.existence("old", &list), Existence::Taken);
}

#[tokio::test(start_paused = true)]
async fn a_name_freed_long_ago_may_belong_to_someone_else() {
    let (mut names, list) = (Names::default(), list(&["old"]));
    names.note_freed("old");
    tokio::time::advance(FREED).await;
    assert_eq!(names.existence("old", &list), Existence::Taken);
}

#[test]
fn a_cut_off_list_does_not_prove_that_a_connector_is_missing() {
    let names = Names::default();
    let cut_off = part(&["c1", "c2"], false);
    assert_eq!(names.existence("c1", &cut_off), Existence::Taken);
    assert_eq!(names.existence("abc", &cut_off), Existence::Unknown);
    assert_eq!(names.existence("abc", &list(&["c1"])), Existence::Free);
}

#[test]
fn a_managed_name_that_is_not_listed_is_missing_unless_removed_here() {
    let mut names = Names::default();
    for name in ["d", "c", "b", "a"] {
        names.note_managed(name);
    }
    names.note_freed("c");
    assert_eq!(names.missing(&list(&["b"])), ["a", "d"]);
}

#[test]
fn a_new_connector_that_was_never_listed_exists_and_one_no_longer_listed_does_not() {
    let mut names = Names::default();
    assert!(!names.are_invisible());
    names.note_made("new");
    names.compare(&list(&[]));
    assert!(names.are_invisible());
    assert_eq!(names.existence("new", &list(&[])), Existence::Taken);
    names.compare(&list(&["new"]));
    assert!(!names.are_invisible());
    names.compare(&list(&[]));
    assert_eq!(names.existence("new", &list(&[])), Existence::Free);
}

#[test]
fn a_name_is_taken_once_until_it_is_given_back() {
    let mut names = Names::default();
    assert!(names.begin_taking("abc"));
    assert!(!names.begin_taking("abc"));
    names.end_taking("abc");
    assert!(names.begin_taking("abc"));
}

#[test]
fn connectors_that_pass_their_names_on_wait_and_those_in_a_cycle_do_not() {
    let mut names = Names::default();
    for name in ["aaa", "bbb", "ccc"] {
        names.begin_freeing(name);
    }
    for (mine, name, holder) in [
        ("aaa", "bbb", Holder::Leaves),
        ("bbb", "ccc", Holder::Leaves),
        ("ccc", "ddd", Holder::Stays),
        ("ccc", "aaa", Holder::WaitsForMe),
    ] {
        names.note_waiting(Some(mine), Some(name));
        assert_eq!(names.holder(name, Some(mine)), holder);
    }
    names.note_waiting(Some("ccc"), Some("ddd"));
    // Whoever waits for the first one waits for the end of the queue.
    assert_eq!(names.holder("aaa", None), Holder::Stays);
    names.note_freed("ccc");
    names.end_freeing("ccc");
    assert_eq!(names.holder("ccc", Some("bbb")), Holder::Left);
    names.end_freeing("bbb");
    assert_eq!(names.holder("bbb", Some("aaa")), Holder::Kept);
}

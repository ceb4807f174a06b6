//! One cell of the matrix: one fault during one operation.

use serde_json::{Value, json};

use super::connector::Connector;
use super::message::{self, Message};
use super::operations::{Command, Operation};
use super::table::{Fault, Happens, Outcome};
use crate::outcome;
use crate::scenario::Scenario;

const ADDRESS: &str = "onomondo_connector.test";

/// Short, since some faults last until the timeout. All else is answered in milliseconds.
pub(super) const TIMES: &str = "request_timeout = \"2s\"\nmax_retries = 1";

/// Someone else's connector, which must stay unchanged.
const NEIGHBOR: &str = "depot";

/// The result of a cell.
pub(crate) struct Tried {
    /// The error during the fault, or `None` if there was none.
    pub(crate) error: Option<Message>,
    /// Whether the recovery needed an import.
    pub(crate) imported: bool,
}

/// Tries a cell. Fails the test if the result differs from the table.
pub(crate) fn run(fault: &Fault, operation: &Operation, outcome: Outcome) -> Tried {
    let mut scenario = prepared(operation);
    let before = account(&scenario);
    let error = strike(&scenario, fault, operation, outcome);
    if !matches!(
        outcome,
        Outcome::Done | Outcome::Unknown(_) | Outcome::Unsettled
    ) {
        assert_eq!(account(&scenario), before, "written all the same");
    }
    let imported = recover(&mut scenario, operation);
    scenario.expect_no_changes();
    let expected: Vec<_> = operation.after.map(Connector::stored).into_iter().collect();
    assert_eq!(account(&scenario), expected);
    scenario.sandbox.remove_connector(NEIGHBOR);
    scenario.finish();
    Tried { error, imported }
}

/// Prepares the account, the state, and the plan if the operation applies one.
fn prepared(operation: &Operation) -> Scenario {
    let mut scenario = Scenario::start(crate::LATEST);
    let neighbor = json!({ "type": "https", "options": { "host": "https://example.com" } });
    scenario.sandbox.put_connector(NEIGHBOR, neighbor);
    if let Some(before) = operation.before {
        if operation.command == Command::Import {
            scenario.create_by_hand(&before.body());
        } else {
            scenario.configure(&before.config());
            scenario.apply();
        }
    }
    scenario.configure(&operation.after.map(Connector::config).unwrap_or_default());
    scenario.provider(TIMES);
    match operation.command {
        Command::Plan => {}
        Command::ApplyPlan => drop(scenario.plan()),
        Command::Import => scenario
            .workspace
            .write("import.tf", &import_block(operation.before.unwrap().name)),
    }
    scenario.sandbox.forget_requests();
    scenario
}

/// Runs the operation during the fault. Returns its error, if any.
fn strike(
    scenario: &Scenario,
    fault: &Fault,
    operation: &Operation,
    outcome: Outcome,
) -> Option<Message> {
    let address = match fault.happens {
        Happens::At(address) => Some(address.url()),
        _ => None,
    };
    let rules = fault.happens.rules(operation);
    let first_rule_must_strike = !rules.is_empty();
    for rule in rules {
        scenario.sandbox.fault(rule);
    }
    let arguments: &[&str] = match operation.command {
        Command::Plan => &["plan", "-json"],
        Command::ApplyPlan => &["apply", "-json", "plan.bin"],
        Command::Import => &["apply", "-json", "-auto-approve"],
    };
    let said = match &address {
        Some(address) => scenario.run_at(address, arguments),
        None => scenario.run(arguments),
    };
    let requests = scenario.sandbox.requests();
    if address.is_some() {
        assert!(requests.is_empty(), "{:?}", requests.lines());
    }
    if first_rule_must_strike {
        assert!(scenario.sandbox.state().struck(0), "{:?}", requests.lines());
    }
    assert_eq!(
        requests.count("GET", "/elsewhere"),
        0,
        "a redirect was followed"
    );
    scenario.sandbox.clear_faults();
    judged(said, fault, operation, outcome)
}

fn judged(
    said: outcome::Outcome,
    fault: &Fault,
    operation: &Operation,
    outcome: Outcome,
) -> Option<Message> {
    if matches!(outcome, Outcome::Done) {
        said.succeeded();
        return None;
    }
    let mut errors = message::errors(&said.failed().stdout);
    assert_eq!(errors.len(), 1, "{errors:#?}");
    let error = errors.remove(0);
    let Operation { verb, .. } = operation;
    match outcome {
        Outcome::Nothing(title) | Outcome::Unknown(title) => {
            assert_eq!(
                error.summary,
                format!("Could not {verb} connector `fleet`: {title}"),
                "{error:#?}"
            );
        }
        _ => assert_eq!(error.summary, "Connector `fleet` may have been created"),
    }
    error.is_complete().says(fault.says);
    let is_certain = matches!(outcome, Outcome::Nothing(_));
    assert_eq!(error.may_have_written(), !is_certain, "{error:#?}");
    Some(error)
}

/// Applies again without the fault, and follows any instruction of the CLI. Returns whether that
/// was an import.
fn recover(scenario: &mut Scenario, operation: &Operation) -> bool {
    scenario.workspace.remove("settings.tf");
    let again = scenario.run(&["apply", "-json", "-auto-approve"]);
    let errors = message::errors(&again.stdout);
    if errors.is_empty() {
        again.succeeded();
        return false;
    }
    // The second apply can fail in one case: the connector exists, but no state has it.
    let [error] = errors.as_slice() else {
        panic!("{errors:#?}")
    };
    let name = operation.after.unwrap().name;
    assert_eq!(error.summary, format!("Connector `{name}` exists already"));
    let start = error.detail.find("import {").unwrap();
    let length = error.detail[start..].find("\n  }").unwrap() + "\n  }".len();
    let block = &error.detail[start..start + length];
    let block = block.replace("<resource name>", "test");
    assert!(block.contains(ADDRESS), "{block}");
    scenario.workspace.write("import.tf", &block);
    scenario.apply();
    true
}

fn import_block(name: &str) -> String {
    format!("import {{\n  to = {ADDRESS}\n  id = \"{name}\"\n}}\n")
}

/// All connectors except the neighbor, without the times at which secrets were set.
fn account(scenario: &Scenario) -> Vec<Value> {
    let state = scenario.sandbox.state();
    assert!(state.names().contains(&NEIGHBOR));
    let names = state.names().into_iter().filter(|name| *name != NEIGHBOR);
    names
        .map(|name| {
            let mut connector = state.connector(name).clone();
            for (_, secret) in connector["secrets"].as_object_mut().unwrap() {
                *secret = secret["sha256"].take();
            }
            connector
        })
        .collect()
}

//! The same faults for changes of mappings. After any fault, a listing shows which SIMs are mapped.

use serde_json::json;

use super::cell::{TIMES, Tried};
use super::message;
use super::table::{FAULTS, Fault, Happens};
use crate::scenario::Scenario;
use crate::support::sandbox::{self, Sandbox, on};

/// An operation on SIMs.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Operation {
    Read,
    Map,
    Unmap,
}

/// The expected outcome.
#[derive(Clone, Copy, PartialEq)]
enum Outcome {
    /// The operation succeeds anyway.
    Done,
    /// An error that says that nothing was changed.
    Nothing,
    /// An error that says that the result is unknown.
    Unknown,
    /// The fault cannot hit this operation, for the given reason.
    Senseless(&'static str),
}

const CONNECTOR: &str = "fleet";
const SIM: &str = "000000001";
const PATH: &str = "/sims/000000001";

impl Operation {
    pub(crate) const ALL: [Self; 3] = [Self::Read, Self::Map, Self::Unmap];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Read => "read SIMs",
            Self::Map => "map SIMs",
            Self::Unmap => "unmap SIMs",
        }
    }

    /// The titles of its errors: before and after the first SIM is changed.
    fn titles(self) -> [&'static str; 2] {
        match self {
            Self::Read => ["Could not read the SIMs of connector `fleet`: "; 2],
            Self::Map => [
                "Could not map SIMs to connector `fleet`: ",
                "Could not map 1 of 1 SIMs to connector `fleet`",
            ],
            Self::Unmap => [
                "Could not unmap SIMs from connector `fleet`: ",
                "Could not unmap 1 of 1 SIMs from connector `fleet`",
            ],
        }
    }

    fn rules(self, happens: &Happens) -> Vec<sandbox::Fault> {
        let lists = || on("GET", "/sims").always();
        let request = || match self {
            Self::Read => lists(),
            Self::Map | Self::Unmap => on("PATCH", PATH).always(),
        };
        match happens {
            Happens::At(_) => vec![],
            Happens::ToTheRequest(strike) => vec![strike(request())],
            Happens::ToLists(strike) => vec![strike(lists())],
            Happens::ToEverythingAfter(strike) => {
                vec![request().resets_after(), strike(lists().nth(2))]
            }
        }
    }

    /// The outcome depends on the effect of the fault. For a mapping, its other details do not
    /// matter.
    fn outcome(self, fault: &Fault) -> Outcome {
        let is_processed = [
            "reset after it is processed",
            "hang after it is processed",
            "slow body",
            "truncated",
            "HTML 502, processed",
            "500, processed",
            "JSON of another shape",
        ];
        match (&fault.happens, self) {
            (Happens::ToLists(_), _) => Outcome::Senseless("it is about the list of connectors"),
            (Happens::ToEverythingAfter(_), Self::Read) => {
                Outcome::Senseless("a read is one request")
            }
            (Happens::ToEverythingAfter(_), _) => Outcome::Unknown,
            (Happens::ToTheRequest(_), Self::Map | Self::Unmap)
                if is_processed.contains(&fault.name) =>
            {
                Outcome::Done
            }
            (Happens::At(_) | Happens::ToTheRequest(_), _) => Outcome::Nothing,
        }
    }
}

/// Every cell with its name, and the reason if it is not tried.
pub(crate) fn cells() -> impl Iterator<Item = (&'static Fault, Operation, Option<&'static str>)> {
    FAULTS.iter().flat_map(|fault| {
        Operation::ALL.map(|operation| match operation.outcome(fault) {
            Outcome::Senseless(reason) => (fault, operation, Some(reason)),
            _ => (fault, operation, None),
        })
    })
}

/// Tries a cell. Fails the test if the outcome differs from the expected one.
pub(crate) fn run(fault: &Fault, operation: Operation) -> Tried {
    let mut scenario = prepared(operation);
    let before = mapped(&scenario.sandbox);
    let outcome = operation.outcome(fault);
    let error = strike(&scenario, fault, operation, outcome);
    if outcome == Outcome::Nothing {
        assert_eq!(mapped(&scenario.sandbox), before, "written all the same");
    }
    scenario.workspace.remove("settings.tf");
    scenario.apply();
    scenario.expect_no_changes();
    assert_eq!(mapped(&scenario.sandbox), operation != Operation::Unmap);
    scenario.run(&["destroy", "-auto-approve"]).succeeded();
    assert!(!mapped(&scenario.sandbox));
    scenario.sandbox.remove_connector(CONNECTOR);
    scenario.configure("");
    scenario.finish();
    Tried {
        error,
        imported: false,
    }
}

/// Prepares a connector and a SIM in the account, the state, and a plan.
fn prepared(operation: Operation) -> Scenario {
    let mut scenario = Scenario::start(crate::LATEST);
    let connector = json!({ "type": "https", "options": { "host": "https://example.com" } });
    scenario.sandbox.put_connector(CONNECTOR, connector);
    scenario.sandbox.put_sim(SIM, json!({}));
    let mapping = format!(
        "resource \"onomondo_connector_sims\" \"test\" {{\n  connector = \"{CONNECTOR}\"\n  sim_ids   = [\"{SIM}\"]\n}}\n"
    );
    if operation != Operation::Map {
        scenario.configure(&mapping);
        scenario.apply();
    }
    scenario.configure(if operation == Operation::Unmap {
        ""
    } else {
        &mapping
    });
    scenario.provider(TIMES);
    if operation != Operation::Read {
        scenario.plan();
    }
    scenario.sandbox.forget_requests();
    scenario
}

/// Runs the operation during the fault. Returns its error, if any.
fn strike(
    scenario: &Scenario,
    fault: &Fault,
    operation: Operation,
    outcome: Outcome,
) -> Option<message::Message> {
    for rule in operation.rules(&fault.happens) {
        scenario.sandbox.fault(rule);
    }
    let arguments: &[&str] = match operation {
        Operation::Read => &["plan", "-json"],
        Operation::Map | Operation::Unmap => &["apply", "-json", "plan.bin"],
    };
    let said = if let Happens::At(address) = fault.happens {
        scenario.run_at(&address.url(), arguments)
    } else {
        let said = scenario.run(arguments);
        let requests = scenario.sandbox.requests();
        assert!(scenario.sandbox.state().struck(0), "{:?}", requests.lines());
        said
    };
    scenario.sandbox.clear_faults();
    if outcome == Outcome::Done {
        said.succeeded();
        return None;
    }
    let mut errors = message::errors(&said.failed().stdout);
    assert_eq!(errors.len(), 1, "{errors:#?}");
    let error = errors.remove(0);
    let [before, after] = operation.titles();
    let title = if matches!(fault.happens, Happens::At(_)) {
        before
    } else {
        after
    };
    assert!(error.summary.starts_with(title), "{error:#?}");
    error.is_complete().says(fault.says);
    let is_unknown = outcome == Outcome::Unknown;
    assert_eq!(error.may_have_written(), is_unknown, "{error:#?}");
    Some(error)
}

fn mapped(sandbox: &Sandbox) -> bool {
    sandbox.state().connector_of(SIM) == Some(CONNECTOR)
}

//! A configuration, a CLI that applies it, and the resulting account.

use reqwest::Method;
use serde_json::Value;

use crate::cli::Cli;
use crate::hidden::{self, Secrets};
use crate::outcome::Outcome;
use crate::plan::Plan;
use crate::running::Running;
use crate::support::sandbox::{KEY, Sandbox, sha256};
use crate::workspace::Workspace;

const PROVIDER: &str = r#"
terraform {
  required_providers {
    onomondo = { source = "onomondo/onomondo" }
  }
}
"#;

/// One test. It starts with an initialized workspace and an empty account, and must end with
/// [`Scenario::finish`].
pub(crate) struct Scenario {
    pub(crate) sandbox: Sandbox,
    pub(crate) workspace: Workspace,
    config: String,
    finished: bool,
}

impl Scenario {
    /// Starts a scenario on `cli`, with the provider installed from a mirror.
    pub(crate) fn start(cli: Cli) -> Self {
        Self::start_with(cli, &[])
    }

    /// Starts a scenario with command-line arguments for the sandbox.
    pub(crate) fn start_with(cli: Cli, arguments: &[&str]) -> Self {
        let sandbox = Sandbox::start_with(&[&["--api-key", KEY], arguments].concat());
        let workspace = Workspace::new(cli, &sandbox);
        workspace.write("provider.tf", PROVIDER);
        workspace.run_plain(&["init"]).succeeded();
        Self {
            sandbox,
            workspace,
            config: String::new(),
            finished: false,
        }
    }

    /// Starts a scenario and applies `config`.
    pub(crate) fn applied(cli: Cli, config: &str) -> Self {
        let mut scenario = Self::start(cli);
        scenario.configure(config);
        scenario.apply();
        scenario.expect_no_changes();
        scenario
    }

    /// Replaces the whole configuration with `config`.
    pub(crate) fn configure(&mut self, config: &str) {
        config.clone_into(&mut self.config);
        self.workspace.write("main.tf", config);
    }

    /// Changes one part of the configuration.
    #[track_caller]
    pub(crate) fn edit(&mut self, from: &str, to: &str) {
        assert_eq!(
            self.config.matches(from).count(),
            1,
            "`{from}` is not in it once: {}",
            self.config
        );
        self.configure(&self.config.replace(from, to));
    }

    /// Replaces the settings in the provider block.
    pub(crate) fn provider(&self, settings: &str) {
        let block = format!("provider \"onomondo\" {{\n{settings}\n}}\n");
        self.workspace.write("settings.tf", &block);
    }

    /// Makes a plan without applying it.
    #[track_caller]
    pub(crate) fn plan(&self) -> Plan {
        let said = self.run(&["plan", "-out=plan.bin"]).succeeded();
        Plan::new(self.json(&["show", "-json", "plan.bin"]), said)
    }

    /// Applies the configuration.
    #[track_caller]
    pub(crate) fn apply(&self) -> Outcome {
        self.run(&["apply", "-auto-approve"]).succeeded()
    }

    /// Makes a plan. Checks that exactly these attributes of `onomondo_connector.test` change, in
    /// place.
    #[track_caller]
    pub(crate) fn plan_in_place(&self, attributes: &[&str]) -> Plan {
        let plan = self.plan();
        let change = plan.change("onomondo_connector.test");
        assert_eq!(change.actions(), ["update"]);
        let changed = change.changed();
        let changed: Vec<_> = changed.iter().map(String::as_str).collect();
        assert_eq!(changed, attributes);
        plan
    }

    /// Makes such a plan and applies it.
    #[track_caller]
    pub(crate) fn apply_in_place(&self, attributes: &[&str]) {
        self.plan_in_place(attributes);
        self.apply_plan();
    }

    /// Applies the last plan.
    #[track_caller]
    pub(crate) fn apply_plan(&self) -> Outcome {
        self.run(&["apply", "plan.bin"]).succeeded()
    }

    /// Fails the test unless the plan is empty.
    #[track_caller]
    pub(crate) fn expect_no_changes(&self) {
        self.run(&["plan", "-detailed-exitcode"]).succeeded();
    }

    /// Creates a connector through the API, outside of Terraform.
    #[track_caller]
    pub(crate) fn create_by_hand(&self, connector: &Value) {
        let answer = self
            .sandbox
            .call(Method::POST, "/connectors", Some(connector.clone()));
        assert!(answer.status.is_success(), "{}", answer.text);
    }

    /// The stored connector: `{name, type, passthrough, tags, options, secrets}`.
    #[track_caller]
    pub(crate) fn connector(&self, name: &str) -> Value {
        self.sandbox.state().connector(name).clone()
    }

    /// Fails the test unless this value is the stored secret of connector `fleet`. The account
    /// keeps only the SHA-256 of secrets.
    #[track_caller]
    pub(crate) fn expect_secret(&self, secret: &str, value: &str) {
        let state = self.sandbox.state();
        let stored = state.secret("fleet", secret);
        assert_eq!(stored, Some(&*sha256(value)), "{secret}");
    }

    /// Fails the test if the state, which must exist, or the last plan file contains any of these.
    #[track_caller]
    pub(crate) fn expect_hidden(&self, secrets: &Secrets) {
        let state = "terraform.tfstate";
        secrets.expect_hidden(state, &self.workspace.read(state));
        let backup = "terraform.tfstate.backup";
        if self.workspace.path(backup).exists() {
            secrets.expect_hidden(backup, &self.workspace.read(backup));
        }
        let plan = hidden::unpacked(&self.workspace.path("plan.bin"));
        secrets.expect_hidden("the plan file", &plan);
    }

    /// The attributes of one resource instance in the state.
    #[track_caller]
    pub(crate) fn state(&self, address: &str) -> Value {
        let state = self.json(&["show", "-json"]);
        let found = resources(&state).find(|one| one["address"] == address);
        found.unwrap_or_else(|| panic!("the state has no `{address}`: {state:#}"))["values"].clone()
    }

    /// The attributes of every resource instance in the state.
    #[track_caller]
    pub(crate) fn instances(&self) -> Vec<Value> {
        let state = self.json(&["show", "-json"]);
        resources(&state).map(|one| one["values"].clone()).collect()
    }

    /// Starts to apply the configuration.
    pub(crate) fn start_apply(&self) -> Running {
        self.workspace
            .start(&["apply", "-no-color", "-input=false", "-auto-approve"])
    }

    /// Runs a command without input and without colors.
    pub(crate) fn run(&self, arguments: &[&str]) -> Outcome {
        self.workspace.run_plain(arguments)
    }

    /// Runs a command with another address of the API.
    pub(crate) fn run_at(&self, base_url: &str, arguments: &[&str]) -> Outcome {
        let (command, rest) = arguments.split_first().unwrap();
        let arguments = [&[*command, "-no-color", "-input=false"], rest].concat();
        self.workspace.run_at(base_url, &arguments)
    }

    #[track_caller]
    fn json(&self, arguments: &[&str]) -> Value {
        let outcome = self.workspace.run(arguments).succeeded();
        serde_json::from_str(&outcome.stdout).unwrap()
    }

    /// The end of every scenario: the plan is empty, and so is the account after destroy.
    #[track_caller]
    pub(crate) fn finish(mut self) {
        self.finished = true;
        self.expect_no_changes();
        self.run(&["destroy", "-auto-approve"]).succeeded();
        assert_eq!(self.sandbox.state().names(), Vec::<&str>::new());
    }
}

/// The resource instances in a state in the CLI's JSON form.
fn resources(state: &Value) -> impl Iterator<Item = &Value> {
    let resources = &state["values"]["root_module"]["resources"];
    resources.as_array().into_iter().flatten()
}

impl Drop for Scenario {
    fn drop(&mut self) {
        assert!(
            self.finished || std::thread::panicking(),
            "a scenario must end with `finish`"
        );
    }
}

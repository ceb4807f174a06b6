//! Someone changes a secret outside of Terraform. The API never returns a secret, only the time
//! when it was set. The next plan names the secret, and the next apply sends it again.

use serde_json::json;

use super::{CERTIFICATES, TEST, azure, certificate, tls};
use crate::cli::Cli;
use crate::scenario::Scenario;
use crate::support::sandbox::{SUPPLIER, Sandbox};

/// The secret is set to another value, then unset.
pub(crate) fn plain(cli: Cli) {
    let scenario = Scenario::applied(cli, &all_three());
    a_minute_later(&scenario).set_secret("fleet", "key", "something else");
    expect_drift(&scenario, "key", "tls.key");
    scenario.expect_secret("key", &certificate("client-key.pem"));
    scenario.expect_no_changes();

    a_minute_later(&scenario).unset_secret("fleet", "key");
    expect_drift(&scenario, "key", "tls.key");
    scenario.expect_secret("key", &certificate("client-key.pem"));
    scenario.finish();
}

/// The other secrets, one at a time: the plan does not mention secrets that did not change.
pub(crate) fn certificates(cli: Cli) {
    let scenario = Scenario::applied(cli, &all_three());
    for (secret, file) in [("ca", "ca.pem"), ("cert", "client.pem")] {
        let attribute = format!("tls.{secret}");
        a_minute_later(&scenario).set_secret("fleet", secret, "something else");
        expect_drift(&scenario, secret, &attribute);
        scenario.expect_secret(secret, &certificate(file));
        scenario.expect_no_changes();

        a_minute_later(&scenario).unset_secret("fleet", secret);
        expect_drift(&scenario, secret, &attribute);
        scenario.expect_secret(secret, &certificate(file));
        scenario.expect_no_changes();
    }
    scenario.finish();
}

/// The version stands for the value: it rises from 1 to 2, although the value is the same.
pub(crate) fn write_only(cli: Cli) {
    let config = tls(&format!("key_wo = file(\"{CERTIFICATES}/client-key.pem\")"));
    let scenario = Scenario::applied(cli, &config);
    a_minute_later(&scenario).set_secret("fleet", "key", "something else");
    expect_drift(&scenario, "key", "tls.key_wo_version");
    scenario.expect_secret("key", &certificate("client-key.pem"));
    scenario.expect_no_changes();

    a_minute_later(&scenario).unset_secret("fleet", "key");
    expect_drift(&scenario, "key", "tls.key_wo_version");
    scenario.expect_secret("key", &certificate("client-key.pem"));
    scenario.finish();
}

/// A version from the configuration does not change, but the secret is sent anyway.
pub(crate) fn write_only_with_version(cli: Cli) {
    let config = tls(&format!(
        "key_wo = file(\"{CERTIFICATES}/client-key.pem\")\n    key_wo_version = 7"
    ));
    let scenario = Scenario::applied(cli, &config);
    a_minute_later(&scenario).set_secret("fleet", "key", "something else");
    expect_drift(&scenario, "key", "tls.key_wo_version");
    scenario.expect_secret("key", &certificate("client-key.pem"));
    assert_eq!(scenario.state(TEST)["tls"]["key_wo_version"], 7);
    scenario.finish();
}

pub(crate) fn connection_string(cli: Cli) {
    const SECRET: &str = "HostName=h;SharedAccessKeyName=n;SharedAccessKey=aw==";
    for (attribute, shown) in [
        ("connection_string", "connection_string"),
        ("connection_string_wo", "connection_string_wo_version"),
    ] {
        let scenario = Scenario::applied(cli, &azure(&format!("{attribute} = \"{SECRET}\"")));
        a_minute_later(&scenario).set_secret("fleet", "connectionString", "something else");
        expect_drift(
            &scenario,
            "connectionString",
            &format!("microsoft_azure_iot.{shown}"),
        );
        scenario.expect_secret("connectionString", SECRET);
        scenario.finish();
    }
}

/// A secret that the configuration omits is left alone.
pub(crate) fn of_an_unmanaged_secret(cli: Cli) {
    let config = tls(&format!("key = file(\"{CERTIFICATES}/client-key.pem\")"));
    let scenario = Scenario::applied(cli, &config);
    for value in ["somebody's", "another"] {
        a_minute_later(&scenario).set_secret("fleet", "ca", value);
        let plan = scenario.plan();
        assert_eq!(plan.change(TEST).actions(), ["no-op"]);
        plan.says_nothing_of("Warning:");
    }
    scenario.expect_no_changes();
    scenario.expect_secret("ca", "another");
    scenario.finish();
}

/// `plan -refresh-only` shows it too. After the refresh is stored, the next plan still shows it.
pub(crate) fn after_refresh_only(cli: Cli) {
    let config = tls(&format!("key = file(\"{CERTIFICATES}/client-key.pem\")"));
    let scenario = Scenario::applied(cli, &config);
    a_minute_later(&scenario).set_secret("fleet", "key", "something else");
    scenario
        .run(&["apply", "-refresh-only", "-auto-approve"])
        .succeeded()
        .says("Warning:")
        .says("`fleet`");
    scenario.apply_in_place(&["tls.key"]);
    scenario.expect_secret("key", &certificate("client-key.pem"));
    scenario.finish();
}

/// Answers that show less than the list, or an earlier stamp for a secret, are not changes.
pub(crate) fn none_without_a_change(cli: Cli) {
    let config = tls(&format!(
        r#"ca     = file("{CERTIFICATES}/ca.pem")
    key_wo = file("{CERTIFICATES}/client-key.pem")"#
    ));
    for quirk in [
        "omit_meta",
        "late_meta",
        "empty_write_body",
        "tags_as_objects_in_writes",
    ] {
        let mut scenario = Scenario::start(cli);
        scenario.sandbox.quirk(quirk);
        scenario.configure(&config);
        scenario.apply();
        expect_nothing(&scenario, quirk, "create");

        scenario.edit("/client-key.pem", "/other-client-key.pem");
        scenario.apply_in_place(&["tls.key_wo_version"]);
        scenario.expect_secret("key", &certificate("other-client-key.pem"));
        expect_nothing(&scenario, quirk, "a rotation");

        scenario.edit("/ca.pem", "/other-ca.pem");
        scenario.apply_in_place(&["tls.ca", "tls.key_wo_version"]);
        expect_nothing(&scenario, quirk, "a change of `ca`");

        scenario.edit("name = \"fleet\"", "name = \"fleet-2\"");
        scenario.apply_in_place(&["name", "tls.key_wo_version"]);
        expect_nothing(&scenario, quirk, "a rename");

        let tagged = format!("name = \"fleet-2\"\n  tags = [\"{SUPPLIER}\"]");
        scenario.edit("name = \"fleet-2\"", &tagged);
        scenario.apply_in_place(&["tags", "tls.key_wo_version"]);
        assert_eq!(scenario.connector("fleet-2")["tags"], json!([SUPPLIER]));
        expect_nothing(&scenario, quirk, "a change of tags");
        scenario.finish();
    }
}

/// Someone changes the secret between the plan and its apply, which sends no secret. The provider
/// must not take that for its own change.
pub(crate) fn between_plan_and_apply(cli: Cli) {
    for quirk in ["", "omit_meta", "omit_date"] {
        let mut scenario = Scenario::start(cli);
        if !quirk.is_empty() {
            scenario.sandbox.quirk(quirk);
        }
        scenario.configure(&all_three());
        scenario.apply();
        add_tag(&mut scenario);
        let plan = scenario.plan_in_place(&["tags"]);
        assert!(!plan.change(TEST).is_unknown("/meta"));
        a_minute_later(&scenario).set_secret("fleet", "key", "something else");
        a_minute_later(&scenario);
        scenario.apply_plan();
        assert_eq!(scenario.connector("fleet")["tags"], json!([SUPPLIER]));

        expect_drift(&scenario, "key", "tls.key");
        scenario.expect_secret("key", &certificate("client-key.pem"));
        scenario.finish();
    }
}

/// The API stamps every secret at every PATCH, which is not a change. If someone changes a secret
/// later, the plan shows it.
pub(crate) fn restamped(cli: Cli) {
    for quirks in [
        json!({ "restamp_secrets": true }),
        json!({ "restamp_secrets": true, "omit_meta": true }),
        json!({ "restamp_secrets": true, "omit_date": true }),
    ] {
        let mut scenario = Scenario::start(cli);
        scenario.sandbox.quirks(quirks.clone());
        scenario.configure(&all_three());
        scenario.apply();
        let before = scenario.sandbox.state();
        add_tag(&mut scenario);
        a_minute_later(&scenario);
        scenario.apply_in_place(&["tags"]);
        let after = scenario.sandbox.state();
        assert_ne!(after.stamp("fleet", "key"), before.stamp("fleet", "key"));
        expect_nothing(&scenario, &quirks.to_string(), "a change of tags");

        a_minute_later(&scenario).set_secret("fleet", "key", "something else");
        expect_drift(&scenario, "key", "tls.key");
        scenario.finish();
    }
}

/// The API sends no time except in its stamps.
pub(crate) fn without_date(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    scenario.sandbox.quirk("omit_date");
    scenario.configure(&all_three());
    scenario.apply();
    expect_nothing(&scenario, "omit_date", "a create");
    add_tag(&mut scenario);
    a_minute_later(&scenario);
    scenario.apply_in_place(&["tags"]);
    expect_nothing(&scenario, "omit_date", "a change of tags");
    scenario.edit("8883", "8884");
    a_minute_later(&scenario);
    scenario.apply_in_place(&["tls.port"]);
    expect_nothing(&scenario, "omit_date", "a change of the port");

    a_minute_later(&scenario).set_secret("fleet", "key", "something else");
    expect_drift(&scenario, "key", "tls.key");
    scenario.finish();
}

/// Time passes at the API, so that later changes are not part of an earlier apply.
fn a_minute_later(scenario: &Scenario) -> &Sandbox {
    scenario.sandbox.advance_clock(60);
    &scenario.sandbox
}

fn add_tag(scenario: &mut Scenario) {
    let tagged = format!("name = \"fleet\"\n  tags = [\"{SUPPLIER}\"]");
    scenario.edit("name = \"fleet\"", &tagged);
}

/// A connector with every secret of its type.
fn all_three() -> String {
    tls(&format!(
        r#"ca   = file("{CERTIFICATES}/ca.pem")
    cert = file("{CERTIFICATES}/client.pem")
    key  = file("{CERTIFICATES}/client-key.pem")"#
    ))
}

/// The plan warns about the secret and its time, and changes only the attribute that stands for it.
#[track_caller]
fn expect_drift(scenario: &Scenario, secret: &str, attribute: &str) {
    let time = scenario.sandbox.state().stamp("fleet", secret).to_owned();
    let name = match secret {
        "connectionString" => "connection_string",
        same => same,
    };
    scenario
        .plan_in_place(&[attribute])
        .says(&format!("Warning: `{name}` of connector `fleet` was "))
        .says(&time);
    scenario.apply_plan();
}

#[track_caller]
fn expect_nothing(scenario: &Scenario, quirk: &str, after: &str) {
    let plan = scenario.plan();
    let change = plan.change(TEST);
    assert_eq!(
        change.actions(),
        ["no-op"],
        "`{quirk}`, after {after}: {:?}",
        change.changed()
    );
    plan.says_nothing_of("Warning:");
}

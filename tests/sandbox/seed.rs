//! The initial account: from a file, generated, or both.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use reqwest::Method;
use serde_json::{Value, json};
use tempfile::NamedTempFile;

use crate::support::sandbox::{SUPPLIER, Sandbox, on, sha256};
use crate::{delete, https, list, patch, post, tls};

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/sandbox/account.json");

fn file(content: &str) -> NamedTempFile {
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(content.as_bytes()).unwrap();
    file
}

fn state(sandbox: &Sandbox) -> Value {
    sandbox.call(Method::GET, "/_sandbox/state", None).json()
}

/// Starts a sandbox that should refuse its arguments.
fn refused(arguments: &[&str]) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_onomondo-sandbox"))
        .arg("--until-stdin-closes")
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(!output.status.success());
    assert!(output.stdout.is_empty());
    output
}

#[test]
fn the_example_is_an_account_with_everything_in_it() {
    let sandbox = Sandbox::start_with(&["--seed", EXAMPLE]);
    let connectors = list(&sandbox);
    let connectors = connectors.as_array().unwrap();
    let types: BTreeSet<_> = connectors.iter().map(|it| it["type"].as_str()).collect();
    let documented = ["https", "tls", "aws_iot_core", "microsoft_azure_iot"];
    for documented in documented {
        assert!(types.contains(&Some(documented)), "{documented}");
    }
    assert_eq!(types.len(), documented.len() + 1, "and one in beta");
    let tagged = |it: &&Value| it["tags"][0]["name"].is_string();
    assert!(connectors.iter().any(|it| tagged(&it)));

    let state = sandbox.state();
    let secret = "the private key of asset-tracking";
    assert_eq!(
        state.secret("asset-tracking", "key"),
        Some(&*sha256(secret))
    );
    assert!(state.secret("charger_events", "connectionString").is_some());
    let mapped = delete(&sandbox, "meter-readings");
    assert_eq!(mapped.status, 403, "{}", mapped.text);
}

#[test]
fn a_state_that_was_printed_starts_the_same_account_again() {
    let first = Sandbox::start_with(&["--generate", "connectors=4,tags=2,sims=9"]);
    post(&first, tls("fleet"));
    first.set_secret("fleet", "key", "another key");
    first.map_sims("fleet", 2);
    first.put_connector(
        "lake",
        json!({ "type": "aws_s3", "options": { "bucket": "b" } }),
    );
    first.quirks(json!({ "late_meta": true, "refuse_type": "https" }));
    first.fault(on("GET", "/sims").times(2).answers(503));
    first.call(Method::GET, "/sims", None);
    let printed = state(&first);

    let seed = file(&printed.to_string());
    let second = Sandbox::start_with(&["--seed", seed.path().to_str().unwrap()]);
    assert_eq!(state(&second), printed);
    assert_eq!(list(&second), list(&first));
    assert_eq!(second.call(Method::GET, "/sims", None).status, 503);
    assert_eq!(second.call(Method::GET, "/sims", None).status, 200);

    let stamp = |sandbox: &Sandbox| sandbox.state().stamp("fleet", "key").to_owned();
    let before = stamp(&second);
    patch(
        &second,
        "fleet",
        json!({ "options": { "key": "one more" } }),
    );
    assert!(stamp(&second) > before);

    second.reset();
    assert_eq!(state(&second), printed);
}

/// No change gets an earlier stamp than the contents of the initial account.
#[test]
fn stamps_go_on_where_the_seed_ends() {
    let stamp = "2999-01-01T00:00:00.000Z";
    let seed = json!({ "connectors": [{
        "name": "fleet", "type": "tls",
        "secrets": { "key": { "sha256": null, "last_updated_at": stamp } },
    }]});
    let seed = file(&seed.to_string());
    let sandbox = Sandbox::start_with(&["--seed", seed.path().to_str().unwrap()]);
    sandbox.set_secret("fleet", "key", "the key");
    assert!(sandbox.state().stamp("fleet", "key") > stamp);
}

#[test]
fn an_invalid_file_is_refused_with_the_place_and_the_reason() {
    let tag = SUPPLIER;
    for (content, words) in [
        ("[]", &["expected an object with `connectors`"][..]),
        (
            r#"{"connectors": [{"name": "fleet"}]}"#,
            &["connectors[0]", "missing field `type`", "line 1 column"],
        ),
        (
            &format!(
                r#"{{"tags": [{{"id": "{tag}", "name": "A"}}, {{"id": "{tag}", "name": "B"}}]}}"#
            ),
            &["tags[1].id", tag, "appears twice"],
        ),
        (
            r#"{"faults": [{"then": {"status": 99}}]}"#,
            &["faults", "`99` is not the status of a response"],
        ),
    ] {
        let seed = file(content);
        let path = seed.path().to_str().unwrap();
        let said = String::from_utf8(refused(&["--seed", path]).stderr).unwrap();
        for word in words.iter().chain(&["--seed", path]) {
            assert!(said.contains(word), "`{word}` is not in `{said}`");
        }
    }
    let said = refused(&["--seed", "/nowhere/account.json"]).stderr;
    let said = String::from_utf8(said).unwrap();
    assert!(said.contains("/nowhere/account.json"), "{said}");
    assert!(said.contains("No such file"), "{said}");
}

#[test]
fn a_generated_account_is_the_same_every_time() {
    let arguments = ["--generate", "connectors=40,tags=7,sims=100"];
    let [first, second] = [(), ()].map(|()| Sandbox::start_with(&arguments));
    let plain = |sandbox: &Sandbox| {
        let mut state = state(sandbox);
        for connector in state["connectors"].as_array_mut().unwrap() {
            connector.as_object_mut().unwrap().remove("secrets");
        }
        state
    };
    assert_eq!(plain(&first), plain(&second));

    let state = plain(&first);
    let count = |list: &str| state[list].as_array().unwrap().len();
    assert_eq!(count("connectors"), 40);
    assert_eq!(count("tags"), 4 + 7, "those that every account has, too");
    assert_eq!(count("sims"), 100);
    let (mapped, unmapped): (Vec<_>, Vec<_>) = state["sims"]
        .as_array()
        .unwrap()
        .iter()
        .partition(|sim| sim["connector"].is_string());
    assert!(!mapped.is_empty() && !unmapped.is_empty());
}

/// The API would accept each of them, so the provider can adopt all of them.
#[test]
fn a_generated_account_could_have_been_created() {
    let generated = Sandbox::start_with(&["--generate", "connectors=20,tags=3"]);
    let account = state(&generated);
    let empty = Sandbox::start();
    empty.put_tags(account["tags"].clone());
    for connector in account["connectors"].as_array().unwrap() {
        let mut body = connector.clone();
        body.as_object_mut().unwrap().remove("secrets");
        if body["type"] == "microsoft_azure_iot" {
            body["options"]["connectionString"] = json!("HostName=h;SharedAccessKey=k");
        }
        let answer = post(&empty, body);
        assert_eq!(answer.status, 200, "{}", answer.text);
    }
}

#[test]
fn a_generated_account_is_added_to_a_seed() {
    let sandbox = Sandbox::start_with(&["--seed", EXAMPLE, "--generate", "connectors=2,sims=3"]);
    assert_eq!(sandbox.state().names().len(), 6 + 2);
    let taken = file(&state(&sandbox).to_string());
    let taken = taken.path().to_str().unwrap();
    let again = Sandbox::start_with(&["--seed", taken, "--generate", "connectors=2,sims=3"]);
    let state = again.state();
    let names: BTreeSet<_> = state.names().into_iter().collect();
    assert_eq!(names.len(), 6 + 4, "no name twice");
    post(&again, https("fleet"));
    again.map_sims("fleet", 2);
    assert_eq!(again.state().mapped_sims("fleet"), 2);
}

//! Errors when the API refuses a request or sends an invalid answer. They say what happened, quote
//! the API, and show the request and what to do.

use serde_json::json;

use super::{HTTPS, TEST};
use crate::cli::Cli;
use crate::scenario::Scenario;
use crate::support::sandbox::{Fault, on};

pub(crate) fn status_401(cli: Cli) {
    let refusal = json!({"error": "unauthorized", "message": "this key is not known"});
    let fault = on("POST", "/connectors").answers_with(401, refusal);
    refused_create(
        cli,
        fault,
        &[
            "Could not create connector `fleet`: the API key was rejected",
            "`unauthorized`: this key is not known",
            "`POST /connectors`, status 401",
            "`ONOMONDO_API_KEY`",
            "without `Bearer` in front",
            "web app",
        ],
    );
}

pub(crate) fn status_403(cli: Cli) {
    let refusal = json!({"error": "forbidden", "message": "not part of this package"});
    let fault = on("POST", "/connectors").answers_with(403, refusal);
    refused_create(
        cli,
        fault,
        &[
            "Could not create connector `fleet`: Onomondo denied permission",
            "`forbidden`: not part of this package",
            "`POST /connectors`, status 403",
            "Enterprise package",
            "limited to tags",
        ],
    );
}

/// The error points to the attribute if the API says which one is wrong.
pub(crate) fn status_400(cli: Cli) {
    let refusal =
        json!({"error": "host_invalid", "message": "does not resolve", "field": "options.host"});
    let fault = on("POST", "/connectors").answers_with(400, refusal);
    refused_create(
        cli,
        fault,
        &[
            "Could not create connector `fleet`: Onomondo rejected the request",
            "`host_invalid`: `options.host`: does not resolve",
            "`POST /connectors`, status 400",
            r#"host = "https://ingest.example.com/messages""#,
            "Change the configuration",
        ],
    );
}

/// Only the text names the member, as in a validator's list.
pub(crate) fn status_422(cli: Cli) {
    let refusal = json!({"errors": [{"path": ["body", "name"], "message": "is reserved"}]});
    let fault = on("POST", "/connectors").answers_with(422, refusal);
    refused_create(
        cli,
        fault,
        &[
            "Onomondo rejected the request",
            "is reserved",
            "`POST /connectors`, status 422",
            r#"name = "fleet""#,
        ],
    );
}

/// The connector disappears between plan and apply.
pub(crate) fn status_404_on_update(cli: Cli) {
    let mut scenario = Scenario::applied(cli, HTTPS);
    scenario.edit("/messages", "/other");
    scenario.plan();
    scenario.sandbox.remove_connector("fleet");
    let refused = scenario.run(&["apply", "plan.bin"]).failed();
    let id = request_id(&scenario, "PATCH");
    refused
        .says("Could not update connector `fleet`: it no longer exists")
        .says("there is no connector `fleet`")
        .says("`PATCH /connectors/fleet`, status 404")
        .says(&id)
        .says("outside of Terraform")
        .says("Run plan again");
    assert_eq!(scenario.plan().change(TEST).actions(), ["create"]);
    scenario.apply_plan();
    scenario.finish();
}

/// Someone else creates the connector after the provider looked for it.
pub(crate) fn status_409(cli: Cli) {
    let refusal = json!({"error": "connector_already_exists"});
    let fault = on("POST", "/connectors").answers_with(409, refusal);
    refused_create(
        cli,
        fault,
        &[
            "Connector `fleet` exists already",
            "this API key does not see a connector named `fleet`",
            "import {",
            r#"id = "fleet""#,
            "`connector_already_exists`",
            "`POST /connectors`, status 409",
        ],
    );
}

pub(crate) fn status_429(cli: Cli) {
    let refusal = json!({"error": "rate_limit_exceeded"});
    let fault = on("POST", "/connectors")
        .times(2)
        .answers_with(429, refusal)
        .header("retry-after", "0");
    refused_create(
        cli,
        fault,
        &[
            "Could not create connector `fleet`: too many requests",
            "`rate_limit_exceeded`",
            "`POST /connectors`, status 429",
            "2 attempts in",
            "600 requests per minute",
            "`requests_per_minute`",
        ],
    );
}

/// It is unknown whether a failed write was carried out.
pub(crate) fn status_503_on_update(cli: Cli) {
    let mut scenario = Scenario::applied(cli, HTTPS);
    scenario.provider("max_retries = 1");
    scenario.edit("/messages", "/other");
    scenario
        .sandbox
        .fault(on("PATCH", "/connectors/fleet").times(2).answers_html(503));
    let refused = scenario.run(&["apply", "-auto-approve"]).failed();
    let id = request_id(&scenario, "PATCH");
    refused
        .says("Could not update connector `fleet`: Onomondo returned a server error")
        .says("502 Bad Gateway")
        .says("`PATCH /connectors/fleet`, status 503")
        .says(&id)
        .says("2 attempts in")
        .says("may have been made")
        .says("Run plan again");
    scenario.apply_in_place(&["https.host"]);
    scenario.finish();
}

/// A failed read writes nothing.
pub(crate) fn status_500_on_read(cli: Cli) {
    let scenario = Scenario::applied(cli, HTTPS);
    scenario.provider("max_retries = 0");
    scenario
        .sandbox
        .fault(on("GET", "/connectors").answers(500));
    let refused = scenario.run(&["plan"]).failed();
    let id = request_id(&scenario, "GET");
    refused
        .says("Could not read connector `fleet`: Onomondo returned a server error")
        .says("`injected_fault`")
        .says("`GET /connectors`, status 500")
        .says(&id)
        .says("support")
        .says_nothing_of("may have been made");
    scenario.finish();
}

pub(crate) fn broken_connection(cli: Cli) {
    let scenario = Scenario::applied(cli, HTTPS);
    scenario.provider("max_retries = 1");
    scenario
        .sandbox
        .fault(on("GET", "/connectors").times(2).resets_before());
    scenario
        .run(&["plan"])
        .failed()
        .says("Could not read connector `fleet`: Onomondo could not be reached or did not respond")
        .says("`GET /connectors`")
        .says("2 attempts in")
        .says("proxy")
        .says("`base_url`");
    scenario.finish();
}

/// A login page or a proxy's answer never counts as an empty account.
pub(crate) fn html_in_place_of_json(cli: Cli) {
    let scenario = Scenario::applied(cli, HTTPS);
    scenario
        .sandbox
        .fault(on("GET", "/connectors").always().answers_html(200));
    scenario
        .run(&["plan"])
        .failed()
        .says("the response did not come from Onomondo's API")
        .says("`GET /connectors`, status 200")
        .says("content type `text/html")
        .says("502 Bad Gateway")
        .says("`base_url`")
        .says("The state is unchanged");
    scenario.sandbox.clear_faults();
    scenario.finish();
}

/// The name then identifies no connector, so the provider must not choose one.
pub(crate) fn name_twice_in_the_list(cli: Cli) {
    let scenario = Scenario::applied(cli, HTTPS);
    let connector = json!({
        "name": "fleet", "type": "https", "tags": [], "passthrough": [],
        "options": { "host": "https://other.example.com", "shouldReturnBody": true },
    });
    let twice = json!([connector, connector]);
    let fault = on("GET", "/connectors").always().answers_with(200, twice);
    scenario.sandbox.fault(fault);
    scenario
        .run(&["plan"])
        .failed()
        .says("Could not read connector `fleet`: the name is not unique")
        .says("2 entries with the name `fleet`")
        .says("Rename or delete one of them");
    scenario.sandbox.clear_faults();
    scenario.expect_no_changes();
    scenario.finish();
}

/// JSON of another shape does not count as an empty account either.
pub(crate) fn json_of_another_shape(cli: Cli) {
    let scenario = Scenario::applied(cli, HTTPS);
    let envelope = json!({ "list": { "envelope": "items" } });
    scenario.sandbox.quirks(envelope);
    scenario
        .run(&["plan"])
        .failed()
        .says("the response was not understood")
        .says("`GET /connectors`, status 200")
        .says("`items`")
        .says("The state is unchanged");
    scenario.sandbox.quirks(json!({}));
    scenario.finish();
}

/// A create that fails with `fault`. The error has all pieces and the request ID. Nothing is
/// created.
#[track_caller]
fn refused_create(cli: Cli, fault: Fault, pieces: &[&str]) {
    let mut scenario = Scenario::start(cli);
    scenario.provider("max_retries = 1");
    scenario.configure(HTTPS);
    scenario.sandbox.fault(fault);
    let mut refused = scenario.run(&["apply", "-auto-approve"]).failed();
    let id = request_id(&scenario, "POST");
    for piece in pieces {
        refused = refused.says(piece);
    }
    refused.says(&id);
    assert_eq!(scenario.sandbox.state().names(), [""; 0]);
    scenario.apply();
    scenario.finish();
}

/// The request ID of the last request with this method, as the error shows it.
#[track_caller]
fn request_id(scenario: &Scenario, method: &str) -> String {
    let requests = scenario.sandbox.requests();
    let id = requests.last(method, "*").id.clone();
    format!("request ID `{}`", id.unwrap())
}

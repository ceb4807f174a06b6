//! Changes of attributes that all types share.

use serde_json::json;

use super::{HTTPS, TEST};
use crate::cli::Cli;
use crate::scenario::Scenario;
use crate::support::sandbox::SUPPLIER;

/// In place: SIMs refer to a connector by its name, and a replacement would disconnect them.
pub(crate) fn rename(cli: Cli) {
    let mut scenario = Scenario::applied(cli, HTTPS);
    scenario.sandbox.forget_requests();
    scenario.edit(r#""fleet""#, r#""fleet-2""#);
    scenario.apply_in_place(&["name"]);
    assert_eq!(scenario.sandbox.state().names(), ["fleet-2"]);
    let requests = scenario.sandbox.requests();
    assert_eq!(requests.bodies("PATCH", "*"), [&json!({"name": "fleet-2"})]);
    scenario.finish();
}

/// Changes through all four types and back, each time in place.
pub(crate) fn variant(cli: Cli) {
    let mut scenario = Scenario::applied(cli, HTTPS);
    for (config, kind) in [
        (
            r#"tls = { host = "10.0.0.1", port = 1, server_name = "a.example.com" }"#,
            "tls",
        ),
        (
            r#"aws_iot_core = {
                region = "eu-west-1", role = "arn:aws:iam::123456789012:role/r", publish_topic = "p",
                subscribe_topic = "s", default_protocol = "tcp", default_port = 1
            }"#,
            "aws_iot_core",
        ),
        (
            r#"microsoft_azure_iot = { connection_string = "HostName=h;SharedAccessKeyName=n;SharedAccessKey=aw==" }"#,
            "microsoft_azure_iot",
        ),
        (r#"https = { host = "https://example.com" }"#, "https"),
    ] {
        scenario.configure(&format!(
            "resource \"onomondo_connector\" \"test\" {{\nname = \"fleet\"\n{config}\n}}"
        ));
        let plan = scenario.plan();
        assert_eq!(plan.change(TEST).actions(), ["update"], "to {kind}");
        assert_eq!(plan.change(TEST).after("/type"), kind);
        scenario.run(&["apply", "plan.bin"]).succeeded();
        assert_eq!(scenario.connector("fleet")["type"], kind);
        assert_eq!(scenario.state(TEST)["type"], kind);
        scenario.expect_no_changes();
    }
    scenario.finish();
}

/// Tags are set, omitted (and kept), then emptied.
pub(crate) fn tags(cli: Cli) {
    let mut scenario = Scenario::applied(cli, HTTPS);
    let plain = r#"name = "fleet""#;
    let tagged = format!("{plain}\ntags = [\"{SUPPLIER}\"]");
    scenario.edit(plain, &tagged);
    scenario.apply_in_place(&["tags"]);
    assert_eq!(scenario.connector("fleet")["tags"], json!([SUPPLIER]));

    // Tags can limit an API key, so removing an omitted tag could lock the key out.
    scenario.edit(&tagged, plain);
    scenario.expect_no_changes();
    assert_eq!(scenario.connector("fleet")["tags"], json!([SUPPLIER]));

    scenario.edit(plain, "name = \"fleet\"\ntags = []");
    scenario.apply_in_place(&["tags"]);
    assert_eq!(scenario.connector("fleet")["tags"], json!([]));
    scenario.finish();
}

/// The path of a URL belongs to the endpoint. Only differences that the API makes itself are
/// ignored.
pub(crate) fn spelling_of_a_url(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    scenario.sandbox.quirk("normalize_host");
    scenario.configure(HTTPS);
    scenario.apply();
    scenario.expect_no_changes();
    for (from, to) in [
        (
            "https://ingest.example.com/messages",
            "https://example.com/in",
        ),
        ("https://example.com/in", "https://example.com/in/"),
        ("https://example.com/in/", "https://Example.com"),
    ] {
        scenario.edit(&format!("\"{from}\""), &format!("\"{to}\""));
        scenario.apply_in_place(&["https.host"]);
        assert_eq!(scenario.state(TEST)["https"]["host"], to);
        scenario.expect_no_changes();
    }
    scenario.finish();
}

/// One tag in two spellings is one tag.
pub(crate) fn tag_in_two_spellings(cli: Cli) {
    let mut scenario = Scenario::applied(cli, HTTPS);
    scenario.sandbox.forget_requests();
    let twice = format!(
        "name = \"fleet\"\ntags = [\"{SUPPLIER}\", \"{}\"]",
        SUPPLIER.to_uppercase()
    );
    scenario.edit(r#"name = "fleet""#, &twice);
    scenario.apply_in_place(&["tags"]);
    assert_eq!(
        scenario.connector("fleet")["tags"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    let requests = scenario.sandbox.requests();
    let sent = &requests.bodies("PATCH", "*")[0]["tags"];
    assert_eq!(sent.as_array().unwrap().len(), 1);
    scenario.finish();
}

/// Rules are set, changed, omitted (which removes them), then set to an empty set, which is the
/// same.
pub(crate) fn passthrough(cli: Cli) {
    let plain = r#"name = "fleet""#;
    let name_resolution = format!(
        r#"{plain}
  passthrough = [{{ protocol = "udp", ip = "1.1.1.1", port = 53 }}]"#
    );
    let anything = format!(
        r#"{plain}
  passthrough = [{{ protocol = "icmp" }}, {{ protocol = "tcp", port = 0 }}]"#
    );
    let none = format!("{plain}\n  passthrough = []");

    let mut scenario = Scenario::applied(cli, HTTPS);
    scenario.edit(plain, &name_resolution);
    scenario.apply_in_place(&["passthrough"]);
    assert_eq!(
        scenario.connector("fleet")["passthrough"],
        json!([{"protocol": "udp", "ip": "1.1.1.1", "port": 53}])
    );

    scenario.edit(&name_resolution, &anything);
    scenario.apply_in_place(&["passthrough"]);
    assert_eq!(
        scenario.connector("fleet")["passthrough"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    scenario.expect_no_changes();

    scenario.edit(&anything, plain);
    scenario.apply_in_place(&["passthrough"]);
    assert_eq!(scenario.connector("fleet")["passthrough"], json!([]));

    scenario.edit(plain, &none);
    scenario.apply();
    scenario.finish();
}

/// One request sends all changes of an update.
pub(crate) fn several_at_once(cli: Cli) {
    let mut scenario = Scenario::applied(cli, HTTPS);
    scenario.sandbox.forget_requests();
    scenario.edit(
        r#"name = "fleet""#,
        &format!("name = \"renamed\"\ntags = [\"{SUPPLIER}\"]"),
    );
    scenario.edit("/messages", "/other");
    scenario.apply_in_place(&["https.host", "name", "tags"]);
    let requests = scenario.sandbox.requests();
    assert_eq!(
        requests.bodies("PATCH", "*"),
        [&json!({
            "name": "renamed",
            "tags": [SUPPLIER],
            "options": {"host": "https://ingest.example.com/other", "shouldReturnBody": false},
        })]
    );
    scenario.finish();
}

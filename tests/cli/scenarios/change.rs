//! Changes of what every connector has, whatever its type.

use serde_json::{Value, json};

use super::{HTTPS, TEST};
use crate::cli::Cli;
use crate::scenario::Scenario;

/// The tags that every sandbox has.
const SUPPLIER: &str = "a5023f47-1db8-425e-b664-dc0b8921f644";

/// In place: SIMs point to a connector by its name, and a replacement would cut them off.
pub(crate) fn rename(cli: Cli) {
    let mut scenario = Scenario::applied(cli, HTTPS);
    scenario.account.forget_requests();
    scenario.edit(r#""fleet""#, r#""fleet-2""#);
    scenario.apply_in_place(&["name"]);
    assert_eq!(names(&scenario), ["fleet-2"]);
    let writes = scenario.account.writes();
    assert_eq!(writes.len(), 1, "{writes:?}");
    assert_eq!(
        (&*writes[0].method, &*writes[0].path),
        ("PATCH", "/connectors/fleet")
    );
    assert_eq!(writes[0].body, json!({"name": "fleet-2"}));
    scenario.finish();
}

/// Through all four types and back, each time in place.
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
        assert_eq!(scenario.account.connector("fleet")["type"], kind);
        assert_eq!(scenario.state(TEST)["type"], kind);
        scenario.expect_no_changes();
    }
    scenario.finish();
}

/// Set, left out (kept), emptied.
pub(crate) fn tags(cli: Cli) {
    let mut scenario = Scenario::applied(cli, HTTPS);
    let plain = r#"name = "fleet""#;
    let tagged = format!("{plain}\ntags = [\"{SUPPLIER}\"]");
    scenario.edit(plain, &tagged);
    scenario.apply_in_place(&["tags"]);
    assert_eq!(tags_of(&scenario), [SUPPLIER]);

    // An API key can be limited by tags: taking off one that nobody mentions could lock it out.
    scenario.edit(&tagged, plain);
    scenario.expect_no_changes();
    assert_eq!(tags_of(&scenario), [SUPPLIER]);

    scenario.edit(plain, "name = \"fleet\"\ntags = []");
    scenario.apply_in_place(&["tags"]);
    assert_eq!(tags_of(&scenario), Vec::<String>::new());
    scenario.finish();
}

/// Set, changed, left out (none), and an empty set that is the same as none.
pub(crate) fn passthrough(cli: Cli) {
    let mut scenario = Scenario::applied(cli, HTTPS);
    let plain = r#"name = "fleet""#;
    let first = format!(
        r#"{plain}
passthrough = [{{ protocol = "udp", ip = "1.1.1.1", port = 53 }}, {{ protocol = "icmp" }}]"#
    );
    let second = format!(
        r#"{plain}
passthrough = [{{ protocol = "tcp", port = 0 }}]"#
    );
    let empty = format!("{plain}\npassthrough = []");

    scenario.edit(plain, &first);
    scenario.apply_in_place(&["passthrough"]);
    assert_eq!(passthrough_of(&scenario).len(), 2);
    scenario.expect_no_changes();

    scenario.edit(&first, &second);
    scenario.apply_in_place(&["passthrough"]);
    let items = passthrough_of(&scenario);
    assert_eq!(items.len(), 1);
    assert_eq!(
        (&items[0]["protocol"], &items[0]["port"]),
        (&json!("tcp"), &json!(0))
    );

    scenario.edit(&second, plain);
    scenario.apply_in_place(&["passthrough"]);
    assert_eq!(passthrough_of(&scenario), Vec::<Value>::new());

    scenario.edit(plain, &empty);
    scenario.apply();
    scenario.finish();
}

/// All changes of one update go out in one request.
pub(crate) fn several_at_once(cli: Cli) {
    let mut scenario = Scenario::applied(cli, HTTPS);
    scenario.account.forget_requests();
    scenario.edit(
        r#"name = "fleet""#,
        &format!("name = \"renamed\"\ntags = [\"{SUPPLIER}\"]"),
    );
    scenario.edit("/messages", "/other");
    scenario.apply_in_place(&["https.host", "name", "tags"]);
    let writes = scenario.account.writes();
    assert_eq!(writes.len(), 1, "{writes:?}");
    assert_eq!(
        writes[0].body,
        json!({
            "name": "renamed",
            "tags": [SUPPLIER],
            "options": {"host": "https://ingest.example.com/other", "shouldReturnBody": false},
        })
    );
    scenario.finish();
}

fn names(scenario: &Scenario) -> Vec<Value> {
    scenario
        .account
        .connectors()
        .iter()
        .map(|connector| connector["name"].clone())
        .collect()
}

fn tags_of(scenario: &Scenario) -> Vec<String> {
    let connector = scenario.account.connector("fleet");
    let tags = connector["tags"].as_array().into_iter().flatten();
    tags.filter_map(|tag| tag["id"].as_str().map(str::to_owned))
        .collect()
}

fn passthrough_of(scenario: &Scenario) -> Vec<Value> {
    scenario.account.connector("fleet")["passthrough"]
        .as_array()
        .cloned()
        .unwrap_or_default()
}

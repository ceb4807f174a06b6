//! The text that `--debug` prints: the environment variable that lets a CLI attach to this process.

use serde_json::{Map, Value, json};

use super::{Plugin, listen::Address, log};

/// The variable that both CLIs read.
const VARIABLE: &str = "TF_REATTACH_PROVIDERS";

/// The whole text, in the syntax of this operating system's shells. It lists all addresses of the
/// provider, or only the requested one.
pub(super) fn text(
    plugin: &Plugin,
    only: Option<&str>,
    address: &Address,
    process_id: u32,
) -> String {
    let json = providers(plugin, only, address, process_id).to_string();
    let assignment = if cfg!(windows) {
        for_windows(&json)
    } else {
        for_posix_shells(&json)
    };
    format!(
        "\
{} {} runs until it is interrupted. To attach Terraform or OpenTofu to it,
set this variable where you run the CLI. To see a log here, start it again with
`{}=DEBUG`.

{assignment}
",
        plugin.name,
        plugin.version,
        log::provider_variable(plugin.provider),
    )
}

/// The value of the variable. Each address has an entry, so one value serves both CLIs. A requested
/// host stands for the provider's address on that host. `Test` tells the CLIs not to end the
/// process. The CLIs watch `Pid`: calls fail once that process is gone.
fn providers(plugin: &Plugin, only: Option<&str>, address: &Address, process_id: u32) -> Value {
    let reattach = json!({
        "Protocol": "grpc",
        "ProtocolVersion": plugin.protocol_version,
        "Pid": process_id,
        "Test": true,
        "Addr": { "Network": address.network, "String": address.address },
    });
    let addresses = plugin.addresses.iter();
    let addresses: Vec<_> = match only {
        None => addresses.map(|address| (*address).to_owned()).collect(),
        Some(address) if address.contains('/') => vec![address.to_owned()],
        Some(host) => addresses
            .take(1)
            .filter_map(|address| address.split_once('/'))
            .map(|(_, name)| format!("{host}/{name}"))
            .collect(),
    };
    let entries = addresses
        .into_iter()
        .map(|source| (source, reattach.clone()));
    Value::Object(entries.collect::<Map<_, _>>())
}

fn for_posix_shells(json: &str) -> String {
    format!("{VARIABLE}='{}'", json.replace('\'', r"'\''"))
}

/// `cmd` accepts quotes inside quotes unchanged. `PowerShell` needs single quotes doubled.
fn for_windows(json: &str) -> String {
    format!(
        "cmd:        set \"{VARIABLE}={json}\"\nPowerShell: $env:{VARIABLE}='{}'",
        json.replace('\'', "''")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_in_the_path_does_not_end_the_value() {
        assert_eq!(
            for_posix_shells(r#"{"a":"it's"}"#),
            r#"TF_REATTACH_PROVIDERS='{"a":"it'\''s"}'"#
        );
        assert_eq!(
            for_windows(r#"{"a":"it's"}"#),
            "cmd:        set \"TF_REATTACH_PROVIDERS={\"a\":\"it's\"}\"\n\
             PowerShell: $env:TF_REATTACH_PROVIDERS='{\"a\":\"it''s\"}'"
        );
    }
}

//! The plugin run by hand.

use crate::support::plugin::process::Launch;

#[test]
fn without_a_cli_it_says_what_it_is_and_what_to_run() {
    for launch in [
        Launch::by_hand(),
        Launch::by_cli().without("TF_PLUGIN_MAGIC_COOKIE"),
        Launch::by_cli().set("TF_PLUGIN_MAGIC_COOKIE", "d602"),
    ] {
        let output = launch.output();
        assert_eq!(output.status.code(), Some(1));
        assert!(output.stdout.is_empty(), "stdout is the handshake's");
        let stderr = String::from_utf8(output.stderr).unwrap();
        for word in [
            "plugin",
            "`terraform plan`",
            "`tofu plan`",
            "--debug",
            "--help",
        ] {
            assert!(stderr.contains(word), "{word} in {stderr}");
        }
    }
}

#[test]
fn help_and_version_go_to_stdout_whoever_asks() {
    for launch in [Launch::by_hand, Launch::by_cli] {
        let output = launch().argument("--version").output();
        assert!(output.status.success());
        let expected = concat!(
            "terraform-provider-onomondo ",
            env!("CARGO_PKG_VERSION"),
            "\n"
        );
        assert_eq!(String::from_utf8(output.stdout).unwrap(), expected);
    }
    let output = Launch::by_hand().argument("--help").output();
    assert!(output.status.success());
    insta::assert_snapshot!(String::from_utf8(output.stdout).unwrap());
}

#[test]
fn an_unknown_argument_is_named_and_nothing_is_served() {
    let output = Launch::by_cli().argument("--verbose").output();
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "Error: unknown argument `--verbose`; the arguments are `--debug`, `--debug=HOST`, `--help`, and `--version`\n"
    );
}

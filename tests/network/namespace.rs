//! A network namespace for one test, with its own `/etc`. Only root can make one, so another user
//! needs `sudo` without a password.
//!
//! A test runs twice. Outside, it starts its own executable again in the namespace, for that test
//! alone. Inside, it does the actual work.

use std::{
    env, fs,
    future::Future,
    process::{Command, Stdio},
};

use tempfile::TempDir;
use tokio::runtime::Runtime;

/// Set only inside the namespace.
const INSIDE: &str = "ONOMONDO_NETWORK_OF";

/// Public servers that some resolvers use by default.
pub(crate) const OF_OTHERS: [&str; 3] = ["8.8.8.8", "8.8.4.4", "1.1.1.1"];

/// The name of the machine inside the namespace.
pub(crate) const MACHINE: &str = "box.onomondo.test";

/// Arguments: the directory that becomes `/etc`, the executable, the test.
const SCRIPT: &str = r#"
set -e
ip link set lo up
for address in $OF_OTHERS; do ip address add "$address/32" dev lo; done
echo "$MACHINE" > /proc/sys/kernel/hostname
mount --bind "$1" /etc
exec "$2" --exact "$3" --nocapture
"#;

/// Runs `body` in its own network. `test` is the name of the test, with its module.
pub(crate) fn alone<F: Future>(test: &str, body: impl FnOnce() -> F) {
    if env::var_os(INSIDE).is_some_and(|name| name == *test) {
        Runtime::new().unwrap().block_on(body());
        return;
    }
    let Some(mut command) = as_root("unshare") else {
        assert!(env::var_os("CI").is_none(), "this test must run as root");
        eprintln!("skipped: this test creates a network namespace, which requires root");
        return;
    };
    let etc = TempDir::new().unwrap();
    let output = command
        .args(["--net", "--mount", "--uts", "sh", "-c", SCRIPT, "sh"])
        .arg(etc.path())
        .arg(env::current_exe().unwrap())
        .arg(test)
        .env(INSIDE, test)
        .env("OF_OTHERS", OF_OTHERS.join(" "))
        .env("MACHINE", MACHINE)
        .stdin(Stdio::null())
        .output()
        .expect("`unshare` of util-linux");
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (stdout, stderr) = (said(&output.stdout), said(&output.stderr));
    assert!(output.status.success(), "{stdout}\n{stderr}");
    assert!(stdout.contains("1 passed"), "no test `{test}`: {stdout}");
}

/// A command that runs the program as root: directly, or with `sudo` if it needs no password.
fn as_root(program: &str) -> Option<Command> {
    if rustix::process::geteuid().is_root() {
        return Some(Command::new(program));
    }
    let mut sudo = Command::new("sudo");
    sudo.args(["--non-interactive", "true"])
        .stdin(Stdio::null());
    if !sudo.output().is_ok_and(|output| output.status.success()) {
        return None;
    }
    let mut sudo = Command::new("sudo");
    sudo.args(["--non-interactive", "--preserve-env", program]);
    Some(sudo)
}

/// Writes a file in the namespace's `/etc`.
pub(crate) fn write(name: &str, text: &str) {
    assert!(env::var_os(INSIDE).is_some(), "this is the machine's own");
    fs::write(format!("/etc/{name}"), text).unwrap();
}

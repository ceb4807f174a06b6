//! The release archive, installed as from a registry: by name, with checksums in the lock file.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use serde_json::json;
use tempfile::TempDir;

use super::HTTPS;
use crate::cli::Cli;
use crate::outcome::Outcome;
use crate::scenario::Scenario;
use crate::web::Site;
use crate::workspace::platform;

const LOCK: &str = ".terraform.lock.hcl";
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A directory as `make dist` fills it, with an archive of the executable that all tests use.
static DIST: LazyLock<TempDir> = LazyLock::new(|| {
    let directory = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let built = env!("CARGO_BIN_EXE_terraform-provider-onomondo");
    pack(directory.path(), built);
    dist(directory.path(), &["sums"]);
    dist(directory.path(), &["check"]);
    directory
});

/// Packs an executable as the provider for this platform.
fn pack(directory: &Path, executable: &str) {
    dist(directory, &["archive", executable, &target()]);
}

/// The Rust target of this machine.
fn target() -> String {
    [std::env::consts::ARCH, std::env::consts::OS].join("-")
}

fn dist(directory: &Path, arguments: &[&str]) {
    let output = Command::new("python3")
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/dist.py"))
        .args(arguments)
        .env("DIST", directory)
        .output()
        .unwrap();
    Outcome::new(format!("dist.py {}", arguments[0]), &output).succeeded();
}

fn archive_name() -> String {
    format!("terraform-provider-onomondo_{VERSION}_{}.zip", platform())
}

fn copy_archive_to(directory: &Path) {
    fs::create_dir_all(directory).unwrap();
    fs::copy(
        DIST.path().join(archive_name()),
        directory.join(archive_name()),
    )
    .unwrap();
}

/// The checksum of the archive in `SHA256SUMS`, in the form of lock files.
fn zip_hash() -> String {
    let name = format!("terraform-provider-onomondo_{VERSION}_SHA256SUMS");
    let sums = fs::read_to_string(DIST.path().join(name)).unwrap();
    let line = sums.lines().find(|line| line.ends_with(&archive_name()));
    format!("zh:{}", line.unwrap().split_once(' ').unwrap().0)
}

/// `make install`: both CLIs find the provider without any configuration. A `provider_installation`
/// block that names another place turns that off.
pub(crate) fn from_implied_mirror(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/dist.py");
    let built = env!("CARGO_BIN_EXE_terraform-provider-onomondo");
    let line = format!("python3 {script} install {built} {}", target());
    scenario.workspace.shell(&line).succeeded();
    scenario.workspace.install_as_without_configuration();
    install(&scenario);
    scenario.configure(HTTPS);
    scenario.apply();

    let empty = scenario.workspace.path("empty");
    fs::create_dir(&empty).unwrap();
    let path = empty.display();
    let elsewhere = format!("filesystem_mirror {{ path = \"{path}\" }}");
    scenario.workspace.install_from(&elsewhere);
    scenario.workspace.forget_providers();
    scenario.workspace.remove(LOCK);
    scenario.run(&["init"]).failed();
    scenario.workspace.install_as_without_configuration();
    scenario.run(&["init"]).succeeded();
    scenario.finish();
}

/// A directory with the archives themselves.
pub(crate) fn from_packed_mirror(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    let mirror = scenario.workspace.path("packed");
    let packed = mirror.join(cli.registry()).join("onomondo/onomondo");
    copy_archive_to(&packed);
    let path = mirror.display();
    scenario
        .workspace
        .install_from(&format!("filesystem_mirror {{ path = \"{path}\" }}"));
    install(&scenario);

    // The lock file holds only the checksum that a registry gives, which covers all platforms.
    let lock = |hash: &str| {
        let registry = cli.registry();
        let block = format!(
            "provider \"{registry}/onomondo/onomondo\" {{\n  version = \"{VERSION}\"\n  hashes  = [\"{hash}\"]\n}}\n"
        );
        scenario.workspace.write(LOCK, &block);
        scenario.workspace.forget_providers();
        scenario.run(&["init"])
    };
    lock(&format!("zh:{}", "0".repeat(64)))
        .failed()
        .says("checksums");
    lock(&zip_hash()).succeeded();
    scenario.configure(HTTPS);
    scenario.apply();
    scenario.finish();
}

/// A folder on a web server, with an index of the versions, and an index of archives for each
/// version.
pub(crate) fn from_network_mirror(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    let folder = scenario.workspace.path("web");
    let provider = folder.join(cli.registry()).join("onomondo/onomondo");
    copy_archive_to(&provider);
    let versions = json!({"versions": {VERSION: {}}});
    fs::write(provider.join("index.json"), versions.to_string()).unwrap();
    let archive = json!({"url": archive_name(), "hashes": [zip_hash()]});
    let archives = json!({"archives": {platform(): archive}});
    let index = provider.join(format!("{VERSION}.json"));
    fs::write(index, archives.to_string()).unwrap();

    let site = Site::serve(folder);
    let certificate = scenario.workspace.path("certificate.pem");
    fs::write(&certificate, site.certificate()).unwrap();
    let certificate = certificate.display().to_string();
    scenario
        .workspace
        .set_environment("SSL_CERT_FILE", &certificate);
    let url = site.address();
    scenario
        .workspace
        .install_from(&format!("network_mirror {{ url = \"{url}/\" }}"));
    install(&scenario);
    scenario.configure(HTTPS);
    scenario.apply();

    // The index has the checksum of the original archive, not of this one.
    pack(&provider, "/bin/sh");
    scenario.workspace.forget_providers();
    scenario.workspace.remove(LOCK);
    scenario.run(&["init"]).failed().says("checksum");
    copy_archive_to(&provider);
    scenario.run(&["init"]).succeeded();
    scenario.finish();
}

/// Installs the provider into the workspace, then installs it again from the lock file.
fn install(scenario: &Scenario) {
    scenario.workspace.forget_providers();
    scenario.workspace.remove(LOCK);
    scenario
        .run(&["init"])
        .succeeded()
        .says(&format!("Installed onomondo/onomondo v{VERSION}"));
    let lock = String::from_utf8(scenario.workspace.read(LOCK)).unwrap();
    assert!(lock.contains("\"h1:"), "{lock}");
    scenario.workspace.forget_providers();
    scenario.run(&["init", "-lockfile=readonly"]).succeeded();
}

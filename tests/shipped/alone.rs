//! On Linux, the executable needs nothing from the machine: no libraries, no CA certificates and no
//! directory for temporary files.

use std::{env, fs};

use onomondo_provider::protocol::tfplugin6::{
    DynamicValue, configure_provider, import_resource_state, provider_client::ProviderClient,
};
use tempfile::TempDir;

use crate::{
    elf,
    network::{Api, HOST, own_address},
    shipped,
    support::{
        name_server::{Answers, NameServer},
        plugin::process::Launch,
    },
};

/// A root directory that contains only the provider.
struct Root(TempDir);

/// The result of importing connector `fleet`.
struct Import {
    /// The types of the imported resources.
    types: Vec<String>,
    errors: String,
    log: String,
}

#[test]
#[ignore = "needs the executable that `make dist` builds"]
fn it_needs_no_library() {
    let executable = fs::read(shipped()).unwrap();
    assert!(!elf::has_interpreter(&executable));
    assert_eq!(elf::needed_libraries(&executable), 0);
}

#[test]
#[ignore = "needs the executable that `make dist` builds"]
fn it_contains_no_paths_of_the_build_machine() {
    let executable = fs::read(shipped()).unwrap();
    let home = env::var("HOME").unwrap();
    for directory in [env!("CARGO_MANIFEST_DIR"), &home] {
        let found = position(&executable, directory.as_bytes());
        assert_eq!(found, None, "{directory}");
    }
}

/// The bundled roots do not know the certificate, so the connection must fail for that reason.
#[tokio::test]
#[ignore = "needs the executable that `make dist` builds"]
async fn alone_it_resolves_names_and_trusts_the_bundled_roots() {
    let Some(root) = Root::new() else { return };
    let api = Api::start().await;
    let names = NameServer::start(own_address(), Answers::Name(HOST));
    root.write(
        "etc/resolv.conf",
        &format!("nameserver {}\n", own_address()),
    );
    let import = root.import(&api, None).await;
    assert!(import.errors.contains("UnknownIssuer"), "{}", import.errors);
    assert!(
        import.log.contains(r#""trust":"Bundled""#),
        "{}",
        import.log
    );
    assert!(names.asked().contains(&format!("A {HOST}")));
}

/// This uses a name from `/etc/hosts`, and a root certificate that the user names.
#[tokio::test]
#[ignore = "needs the executable that `make dist` builds"]
async fn alone_it_speaks_tls() {
    let Some(root) = Root::new() else { return };
    let api = Api::start().await;
    root.write("etc/hosts", &format!("127.0.0.1 {HOST}\n"));
    root.write("roots.pem", &api.certificate());
    let import = root.import(&api, Some("/roots.pem")).await;
    assert_eq!(import.errors, "");
    assert_eq!(import.types, ["onomondo_connector"]);
}

impl Root {
    /// `None` if this user may not change the root directory.
    fn new() -> Option<Self> {
        if !rustix::process::geteuid().is_root() {
            assert!(env::var_os("CI").is_none(), "this test must run as root");
            println!("skipped: only root may change the root directory");
            return None;
        }
        let directory = tempfile::tempdir().unwrap();
        fs::copy(shipped(), directory.path().join("provider")).unwrap();
        Some(Self(directory))
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Starts the provider as a CLI does, and imports the API's connector.
    async fn import(&self, api: &Api, roots: Option<&str>) -> Import {
        let mut launch = Launch::program("chroot")
            .argument(self.0.path().to_str().unwrap())
            .argument("/provider")
            .with_cli_environment()
            .set("PATH", env::var_os("PATH").unwrap())
            .set("TF_LOG_PROVIDER", "DEBUG")
            .without("TMPDIR");
        if let Some(roots) = roots {
            launch = launch.set("SSL_CERT_FILE", roots);
        }
        let mut serving = launch.handshake();
        let mut provider = ProviderClient::new(serving.connect().await);
        let config = serde_json::json!({
            "api_key": "key", "base_url": api.address(), "max_retries": 0,
        });
        let config = DynamicValue {
            json: config.to_string().into_bytes(),
            msgpack: Vec::new(),
        };
        let request = configure_provider::Request {
            config: Some(config),
            ..Default::default()
        };
        provider.configure_provider(request).await.unwrap();
        let request = import_resource_state::Request {
            type_name: "onomondo_connector".to_owned(),
            id: "fleet".to_owned(),
            ..Default::default()
        };
        let answer = provider
            .import_resource_state(request)
            .await
            .unwrap()
            .into_inner();
        let errors = answer.diagnostics.iter();
        let errors = errors.map(|one| format!("{}: {}", one.summary, one.detail));
        Import {
            types: answer
                .imported_resources
                .into_iter()
                .map(|one| one.type_name)
                .collect(),
            errors: errors.collect(),
            log: serving.plugin.kill(),
        }
    }
}

fn position(text: &[u8], piece: &[u8]) -> Option<usize> {
    text.windows(piece.len()).position(|window| window == piece)
}

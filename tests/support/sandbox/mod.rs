//! A handle on the sandbox for tests: start it, inject faults, inspect it.
//!
//! ```ignore
//! let sandbox = Sandbox::start();
//! sandbox.fault(on("POST", "/connectors").resets_after());
//! apply(&sandbox);
//! assert_eq!(sandbox.state().names(), ["fleet"]);
//! assert_eq!(sandbox.requests().lines(), ["POST /connectors reset", "GET /connectors 200"]);
//! ```
//!
//! Every method blocks and works from any thread, inside or outside an async runtime: each call
//! runs on a short-lived thread with its own runtime. A call that fails panics with the reason.
//!
//! - [`settings`]: faults, quirks, the rate limit, the clock.
//! - [`outside`]: changes to the account by someone else.
//! - [`faults`]: [`on`] and the faults of a request.
//! - [`requests`]: the log of requests.
//! - [`state`]: the account.

mod faults;
mod outside;
mod requests;
mod settings;
mod state;

use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use aws_lc_rs::digest;
use reqwest::header::{AUTHORIZATION, HeaderMap};
use reqwest::{Client, Method, RequestBuilder, StatusCode, redirect};
use serde_json::{Value, json};
use tempfile::NamedTempFile;
use tokio::runtime::{self, Runtime};

pub(crate) use self::faults::{Fault, On, on, on_any};
pub(crate) use self::requests::{Request, Requests};
pub(crate) use self::state::State;

/// A key that every sandbox accepts, unless the test sets another.
pub(crate) const KEY: &str = "onok_12345678.sandbox";

/// A tag that every account starts with.
pub(crate) const SUPPLIER: &str = "a5023f47-1db8-425e-b664-dc0b8921f644";
/// Another such tag.
pub(crate) const PRODUCTION: &str = "4c21c1ce-0e3d-445f-8b3a-9d918a9acd89";

/// The time limit of [`Sandbox::eventually`].
const PATIENCE: Duration = Duration::from_mins(2);

/// A running sandbox with its own account. Dropping the handle stops it.
pub(crate) struct Sandbox {
    child: Child,
    address: String,
    /// With `--tls`, the file of the certificate to trust.
    certificate: Option<PathBuf>,
    /// The command-line arguments that a restart keeps.
    arguments: Vec<String>,
    client: Client,
}

/// An answer that was read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("not JSON: `{}`", self.text))
    }

    /// A header as text, or empty if it is missing.
    pub(crate) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().unwrap())
    }
}

impl Sandbox {
    /// Starts a sandbox with the default arguments.
    pub(crate) fn start() -> Self {
        Self::start_with(&[])
    }

    /// Starts a sandbox with command-line arguments, such as `["--rate-limit", "5"]`.
    pub(crate) fn start_with(arguments: &[&str]) -> Self {
        let (child, address, certificate) = spawn(arguments);
        Self {
            child,
            address,
            certificate,
            arguments: arguments.iter().map(ToString::to_string).collect(),
            client: client(),
        }
    }

    /// Kills it as a crash would. Starts it again at the same address with the same account.
    pub(crate) fn restart(&mut self) {
        // Nothing changes after this, so the printed account is the final one.
        self.clear_faults();
        self.fault(on_any().always().hangs_before());
        let mut account = self.control(Method::GET, "state", None).json();
        account["faults"] = json!([]);
        let mut seed = NamedTempFile::new().unwrap();
        seed.write_all(account.to_string().as_bytes()).unwrap();
        self.child.kill().unwrap();
        self.child.wait().unwrap();

        let listen = self.address.trim_start_matches("http://").to_owned();
        let seed = seed.path().to_str().unwrap();
        let mut arguments = vec!["--listen", &listen, "--seed", seed];
        arguments.extend(self.arguments.iter().map(String::as_str));
        let (child, address, certificate) = spawn(&arguments);
        assert_eq!(address, self.address);
        self.child = child;
        self.certificate = certificate;
    }

    /// `http://127.0.0.1:PORT`, a value for `base_url`.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// `https://HOST:PORT` of a sandbox with `--tls`. Its certificate names `localhost`,
    /// `127.0.0.1`, `::1` and `api.onomondo.test`. A test that uses the last one must make it
    /// reachable.
    pub(crate) fn secure_address(&self, host: &str) -> String {
        let (_, port) = self.address.rsplit_once(':').unwrap();
        format!("https://{host}:{port}")
    }

    /// The file of the certificate to trust, for a sandbox with `--tls`.
    pub(crate) fn certificate(&self) -> &Path {
        self.certificate.as_deref().expect("`--tls`")
    }

    /// The process ID, for sending signals.
    pub(crate) fn process_id(&self) -> u32 {
        self.child.id()
    }

    /// The process, for watching it end.
    pub(crate) fn process(&mut self) -> &mut Child {
        &mut self.child
    }

    /// The account as it is now.
    pub(crate) fn state(&self) -> State {
        State::new(self.control(Method::GET, "state", None).json())
    }

    /// The API requests so far, in the order of arrival.
    pub(crate) fn requests(&self) -> Requests {
        let answer = self.control(Method::GET, "requests", None);
        serde_json::from_str(&answer.text).unwrap()
    }

    /// Clears the log of requests.
    pub(crate) fn forget_requests(&self) {
        self.control(Method::DELETE, "requests", None);
    }

    /// Waits until a condition is true. Panics with `what` if it never is.
    pub(crate) fn eventually(&self, what: &str, condition: impl Fn(&Self) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !condition(self) {
            assert!(Instant::now() < deadline, "never happened: {what}");
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Sends an API request with [`KEY`].
    pub(crate) fn call(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let mut request = self.request(method, path).header(AUTHORIZATION, KEY);
        if let Some(body) = body {
            request = request.json(&body);
        }
        self.send(request).unwrap()
    }

    /// Starts building a request, without a key.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = format!("{}{path}", self.address);
        self.client.request(method, url)
    }

    /// Sends a request and reads its whole answer.
    pub(crate) fn send(&self, request: RequestBuilder) -> Result<Answer, reqwest::Error> {
        let exchange = async {
            let response = self.client.execute(request.build()?).await?;
            Ok(Answer {
                status: response.status(),
                headers: response.headers().clone(),
                text: response.text().await?,
            })
        };
        // This needs its own thread, since one runtime cannot block inside another.
        thread::scope(|scope| {
            let exchange = scope.spawn(|| runtime().block_on(exchange));
            exchange.join().unwrap()
        })
    }

    fn control(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let answer = self.call(method, &format!("/_sandbox/{path}"), body);
        assert!(answer.status.is_success(), "{path}: {}", answer.text);
        answer
    }
}

/// Starts the program. Returns its address, which always speaks plain HTTP too, and the file of the
/// certificate to trust.
fn spawn(arguments: &[&str]) -> (Child, String, Option<PathBuf>) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_onomondo-sandbox"))
        .arg("--until-stdin-closes")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let (address, certificate) = match line.trim_end().split_once(' ') {
        Some((address, certificate)) => {
            let address = address.replacen("https://", "http://", 1);
            (address, Some(PathBuf::from(certificate)))
        }
        None => (line.trim_end().to_owned(), None),
    };
    assert!(address.starts_with("http://"), "no address in `{line}`");
    (child, address, certificate)
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // Both fail only if the process has already ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
        // A killed sandbox does not remove its file.
        if let Some(certificate) = &self.certificate {
            let _ = fs::remove_file(certificate);
        }
    }
}

/// SHA-256 in hexadecimal, to compare with [`State::secret`].
pub(crate) fn sha256(text: &str) -> String {
    let digest = digest::digest(&digest::SHA256, text.as_bytes());
    let mut hexadecimal = String::new();
    for byte in digest.as_ref() {
        write!(hexadecimal, "{byte:02x}").unwrap();
    }
    hexadecimal
}

fn runtime() -> Runtime {
    runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
}

/// Uses no proxy, no redirects and no root certificates: plain HTTP on loopback needs none. Keeps
/// no connections either, since the runtime of a call ends with it.
fn client() -> Client {
    Client::builder()
        .no_proxy()
        .redirect(redirect::Policy::none())
        .tls_certs_only([])
        .pool_max_idle_per_host(0)
        .build()
        .unwrap()
}

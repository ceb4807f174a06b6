//! The Onomondo account on the other side, seen and changed past Terraform.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use reqwest::Method;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

/// The one key that the sandbox takes.
pub(crate) const API_KEY: &str = "onok_scenario.key";

/// A sandbox of one scenario's own. It stops when dropped.
pub(crate) struct Account {
    sandbox: Child,
    base_url: String,
    client: reqwest::Client,
    /// The scenarios are plain synchronous tests.
    runtime: Runtime,
}

/// A request that changed something, or tried to.
#[derive(Debug)]
pub(crate) struct Write {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) body: Value,
}

impl Account {
    pub(crate) fn start() -> Self {
        let mut sandbox = Command::new(env!("CARGO_BIN_EXE_onomondo-sandbox"))
            .args(["--until-stdin-closes", "--api-key", API_KEY])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut address = String::new();
        BufReader::new(sandbox.stdout.take().unwrap())
            .read_line(&mut address)
            .unwrap();
        Self {
            sandbox,
            base_url: address.trim().to_owned(),
            client: reqwest::Client::builder().no_proxy().build().unwrap(),
            runtime: tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap(),
        }
    }

    pub(crate) fn base_url(&self) -> String {
        self.base_url.clone()
    }

    /// All connectors, as the API's list gives them.
    pub(crate) fn connectors(&self) -> Vec<Value> {
        match self.call(&Method::GET, "/connectors", None) {
            Value::Array(connectors) => connectors,
            other => panic!("the list is no array: {other}"),
        }
    }

    /// One connector, as the API's list gives it.
    #[track_caller]
    pub(crate) fn connector(&self, name: &str) -> Value {
        let connectors = self.connectors();
        let found = connectors
            .iter()
            .find(|connector| connector["name"] == name);
        found
            .unwrap_or_else(|| panic!("no connector `{name}` in {connectors:#?}"))
            .clone()
    }

    /// Somebody makes a connector by hand.
    pub(crate) fn create(&self, connector: &Value) {
        self.call(&Method::POST, "/connectors", Some(connector));
    }

    /// Somebody changes a connector by hand.
    pub(crate) fn change(&self, name: &str, body: &Value) {
        self.call(&Method::PATCH, &format!("/connectors/{name}"), Some(body));
    }

    /// Somebody deletes a connector by hand.
    pub(crate) fn delete(&self, name: &str) {
        self.call(&Method::DELETE, &format!("/connectors/{name}"), None);
    }

    /// Every POST, PATCH and DELETE since the last call of [`Account::forget_requests`].
    pub(crate) fn writes(&self) -> Vec<Write> {
        let log = self.call(&Method::GET, "/_sandbox/requests", None);
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        log.as_array()
            .into_iter()
            .flatten()
            .filter(|request| request["method"] != "GET")
            .map(|request| Write {
                method: text(&request["method"]),
                path: text(&request["path"]),
                body: request["body"].clone(),
            })
            .collect()
    }

    /// Begins the request log anew.
    pub(crate) fn forget_requests(&self) {
        self.call(&Method::DELETE, "/_sandbox/requests", None);
    }

    #[track_caller]
    fn call(&self, method: &Method, path: &str, body: Option<&Value>) -> Value {
        let url = format!("{}{path}", self.base_url);
        let mut request = self
            .client
            .request(method.clone(), url)
            .header("Authorization", API_KEY);
        if let Some(body) = body {
            request = request.json(body);
        }
        self.runtime.block_on(async {
            let response = request.send().await.unwrap();
            let status = response.status();
            let text = response.text().await.unwrap();
            assert!(status.is_success(), "{method} {path}: {status} {text}");
            serde_json::from_str(&text).unwrap_or_else(|_| json!(text))
        })
    }
}

impl Drop for Account {
    fn drop(&mut self) {
        drop(self.sandbox.stdin.take());
        // A sandbox that does not end by itself is its own tests' concern.
        let _ = self.sandbox.kill();
        let _ = self.sandbox.wait();
    }
}

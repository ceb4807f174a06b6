//! An HTTP server for tests. It answers by a script, request by request, over real sockets.

use std::{
    collections::VecDeque,
    num::NonZeroU32,
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinSet,
};
use tokio_util::sync::CancellationToken;

use super::{ApiKey, BaseUrl, Client, Config, Connector, Operation, Redactor, Sim, Vocabulary};

/// The key that every test client sends.
pub(super) const KEY: &str = "onok_test.0123456789abcdefghijklmn";

/// A connector as the API returns it.
pub(super) const TLS: &str = r#"{"name":"fleet","type":"tls","tags":[],"passthrough":[],"options":{"host":"a.example","port":443,"server_name":"a.example"},"meta":{"key":{"is_set":true,"last_updated_at":"2024-09-26T09:25:50.140Z"}}}"#;

/// One entry of a script: `METHOD path?query`, and the reply.
type Step = (&'static str, Reply);

/// The reply to one request.
#[derive(Clone)]
pub(super) struct Reply {
    head: String,
    body: Vec<u8>,
    end: End,
}

#[derive(Clone, Copy, PartialEq)]
enum End {
    Whole,
    /// Closes the connection before any answer.
    Reset,
    /// Closes the connection in the middle of the body.
    Truncated,
    /// Never answers, and keeps the connection open.
    Hang,
}

impl Reply {
    pub(super) fn json(status: u16, body: &str) -> Self {
        Self::new(status, "application/json", body, End::Whole)
    }

    pub(super) fn html(status: u16, body: &str) -> Self {
        Self::new(status, "text/html", body, End::Whole)
    }

    pub(super) fn reset() -> Self {
        Self::new(0, "", "", End::Reset)
    }

    pub(super) fn hang() -> Self {
        Self::new(0, "", "", End::Hang)
    }

    pub(super) fn truncated(status: u16, body: &str) -> Self {
        Self::new(status, "application/json", body, End::Truncated)
    }

    pub(super) fn header(mut self, name: &str, value: &str) -> Self {
        self.head = format!("{}{name}: {value}\r\n", self.head);
        self
    }

    fn new(status: u16, content_type: &str, body: &str, end: End) -> Self {
        let head = match status {
            // A 204 has no body, and so no header that describes one.
            204 => String::new(),
            _ => format!(
                "content-type: {content_type}\r\ncontent-length: {}\r\n",
                body.len()
            ),
        };
        let head = format!("HTTP/1.1 {status} X\r\nconnection: close\r\n{head}");
        Self {
            head,
            body: body.into(),
            end,
        }
    }
}

/// A request that the server received.
#[derive(Clone)]
pub(super) struct Received {
    /// `METHOD path?query`.
    pub(super) line: String,
    pub(super) head: String,
    pub(super) body: String,
}

/// A running server. Dropping it ends it.
pub(super) struct Server {
    address: std::net::SocketAddr,
    state: Arc<Mutex<State>>,
    _accepting: JoinSet<()>,
}

struct State {
    script: VecDeque<Step>,
    received: Vec<Received>,
}

impl Server {
    pub(super) async fn start(script: impl IntoIterator<Item = Step>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(Mutex::new(State {
            script: script.into_iter().collect(),
            received: Vec::new(),
        }));
        let shared = Arc::clone(&state);
        let mut accepting = JoinSet::new();
        accepting.spawn(async move {
            let mut serving = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                serving.spawn(serve(stream, Arc::clone(&shared)));
            }
        });
        Self {
            address,
            state,
            _accepting: accepting,
        }
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A client of this server with very short waits.
    pub(super) fn client(&self) -> Client {
        client(config(&self.url()))
    }

    pub(super) fn received(&self) -> Vec<Received> {
        self.state.lock().unwrap().received.clone()
    }

    /// The requests as `METHOD path?query`.
    pub(super) fn lines(&self) -> Vec<String> {
        self.received()
            .into_iter()
            .map(|request| request.line)
            .collect()
    }

    /// The bodies of the requests that have a body.
    pub(super) fn bodies(&self) -> Vec<String> {
        let bodies = self.received().into_iter().map(|request| request.body);
        bodies.filter(|body| !body.is_empty()).collect()
    }

    /// Asserts that every request of the script came.
    #[track_caller]
    pub(super) fn all_came(&self) {
        let missing: Vec<_> = self
            .state
            .lock()
            .unwrap()
            .script
            .iter()
            .map(|step| step.0)
            .collect();
        assert!(missing.is_empty(), "never asked for: {missing:?}");
    }
}

async fn serve(mut stream: TcpStream, state: Arc<Mutex<State>>) {
    let Some(request) = receive(&mut stream).await else {
        return;
    };
    let reply = {
        let mut state = state.lock().unwrap();
        let expected = state.script.pop_front();
        let line = request.line.clone();
        state.received.push(request);
        match expected {
            Some((expected, reply)) if expected == line => reply,
            // No client retries or understands this status, so the test fails and shows the reason.
            other => {
                let expected = other.map(|step| step.0);
                Reply::json(418, &format!("unexpected `{line}` instead of {expected:?}"))
            }
        }
    };
    let mut bytes = format!("{}\r\n", reply.head).into_bytes();
    bytes.extend(&reply.body);
    match reply.end {
        End::Whole => {}
        End::Reset => return,
        End::Truncated => bytes.truncate(bytes.len() - reply.body.len() / 2),
        End::Hang => std::future::pending().await,
    }
    stream.write_all(&bytes).await.unwrap_or_default();
}

async fn receive(stream: &mut TcpStream) -> Option<Received> {
    let mut bytes = Vec::new();
    let head_end = loop {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
    };
    let head = String::from_utf8(bytes[..head_end].to_vec()).ok()?;
    let length: usize = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .map_or(Some(0), |length| length.parse().ok())?;
    while bytes.len() < head_end + 4 + length {
        stream.read_buf(&mut bytes).await.ok()?;
    }
    let line = head.lines().next()?.strip_suffix(" HTTP/1.1")?.to_owned();
    Some(Received {
        line,
        head,
        body: String::from_utf8(bytes[head_end + 4..].to_vec()).ok()?,
    })
}

/// Settings for a test server.
pub(super) fn config(base_url: &str) -> Config {
    Config {
        base_url: BaseUrl::parse(base_url).unwrap(),
        api_key: Some(ApiKey::parse(KEY).unwrap()),
        unknown: Vec::new(),
        request_timeout: Duration::from_secs(20),
        max_retries: 2,
        requests_per_minute: NonZeroU32::MAX,
        user_agent: "test/1".into(),
        vocabulary: Vocabulary {
            types: ["tls", "microsoft_azure_iot"]
                .map(|kind| (kind, Vec::new()))
                .into(),
        },
        redactor: Redactor::new(vec!["ca", "cert", "key", "connectionString"]),
    }
}

/// A client with very short waits before a retry.
pub(super) fn client(config: Config) -> Client {
    Client::with_first_wait(config, Duration::from_millis(1))
}

/// An operation without any limit.
pub(super) fn operation() -> Operation {
    Operation::new(CancellationToken::new(), None)
}

/// A connector with that name.
pub(super) fn connector(name: &str) -> Connector {
    Connector {
        name: name.into(),
        kind: "tls".into(),
        tags: Vec::new(),
        passthrough: Vec::new(),
        options: serde_json::Map::new(),
        meta: None,
    }
}

/// A SIM with this number, mapped to a connector or to none.
pub(super) fn sim(number: u32, connector: Option<&str>) -> Sim {
    Sim {
        id: format!("{number:09}"),
        iccid: Some(format!("8945730000{number:09}")),
        label: None,
        connector: connector.map(str::to_owned),
        activated: None,
        online: None,
        tags: Vec::new(),
    }
}

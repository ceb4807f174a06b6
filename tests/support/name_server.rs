//! A DNS name server. It uses the standard port, which `resolv.conf` cannot change.

use std::net::{IpAddr, UdpSocket};
use std::sync::{Arc, Mutex};
use std::thread;

/// How a name server answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answers {
    /// Knows only this name, which resolves to this machine's IPv4 address.
    Name(&'static str),
    /// Like `Name`, but drops questions for IPv6, as some home routers and firewalls do.
    OnlyIpv4(&'static str),
    /// Answers `SERVFAIL`.
    Failure,
    /// Never answers.
    Nothing,
}

/// A name server that runs until the test ends.
pub(crate) struct NameServer {
    asked: Arc<Mutex<Vec<String>>>,
}

/// Numbers of record types: RFC 1035 and 3596.
const A: u16 = 1;

impl NameServer {
    pub(crate) fn start(address: impl Into<IpAddr>, answers: Answers) -> Self {
        let socket = UdpSocket::bind((address.into(), 53)).unwrap();
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let log = Arc::clone(&asked);
        thread::spawn(move || {
            let mut query = [0; 512];
            loop {
                let (length, client) = socket.recv_from(&mut query).unwrap();
                let question = Question::read(&query[..length]);
                log.lock().unwrap().push(question.to_string());
                if let Some(answer) = question.answer(answers) {
                    // The client may have left.
                    let _ = socket.send_to(&answer, client);
                }
            }
        });
        Self { asked }
    }

    /// Every question so far, such as `A api.onomondo.test`.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

/// A query with one question: RFC 1035, section 4.
struct Question<'a> {
    id: &'a [u8],
    /// The bytes of the question in the query.
    bytes: &'a [u8],
    name: String,
    kind: u16,
}

impl<'a> Question<'a> {
    fn read(query: &'a [u8]) -> Self {
        const HEADER: usize = 12;
        let mut labels = Vec::new();
        let mut end = HEADER;
        while query[end] != 0 {
            let label = &query[end + 1..=end + usize::from(query[end])];
            labels.push(String::from_utf8_lossy(label));
            end += label.len() + 1;
        }
        Self {
            id: &query[..2],
            bytes: &query[HEADER..end + 5],
            name: labels.join("."),
            kind: u16::from_be_bytes([query[end + 1], query[end + 2]]),
        }
    }

    fn answer(&self, answers: Answers) -> Option<Vec<u8>> {
        const NO_ERROR: u8 = 0;
        const FAILURE: u8 = 2;
        const NO_NAME: u8 = 3;
        let (name, code) = match answers {
            Answers::Nothing => return None,
            Answers::OnlyIpv4(_) if self.kind != A => return None,
            Answers::Failure => ("", FAILURE),
            Answers::Name(name) | Answers::OnlyIpv4(name) if name == self.name => (name, NO_ERROR),
            Answers::Name(name) | Answers::OnlyIpv4(name) => (name, NO_NAME),
        };
        let has_address = name == self.name && self.kind == A;
        let mut answer = self.id.to_vec();
        // A response, with recursion; one question, and at most one answer.
        answer.extend([
            0x81,
            0x80 | code,
            0,
            1,
            0,
            u8::from(has_address),
            0,
            0,
            0,
            0,
        ]);
        answer.extend(self.bytes);
        if has_address {
            // The name of the question, type A, class IN, a minute, four bytes.
            answer.extend([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 1]);
        }
        Some(answer)
    }
}

impl std::fmt::Display for Question<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let kind = if self.kind == A { "A" } else { "AAAA" };
        write!(formatter, "{kind} {}", self.name)
    }
}

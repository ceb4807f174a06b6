//! Proxies: HTTP with `CONNECT`, and SOCKS5.
//!
//! They connect to this machine, whatever name or address a client asks for.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use base64::{Engine as _, prelude::BASE64_STANDARD};

/// A user name and a password.
pub(crate) type Credentials = (&'static str, &'static str);

/// How a proxy treats its clients.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// Accepts `CONNECT` with these credentials.
    Http(Option<Credentials>),
    /// Accepts SOCKS5 with these credentials.
    Socks5(Option<Credentials>),
    /// Answers every `CONNECT` with this status.
    Refuses(u16),
    /// Accepts every connection, but never sends anything.
    Hangs,
}

/// A proxy that runs until the test ends.
pub(crate) struct Proxy {
    port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    pub(crate) fn start(kind: Kind) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let log = Arc::clone(&asked);
        thread::spawn(move || {
            for client in listener.incoming() {
                let (client, log) = (client.unwrap(), Arc::clone(&log));
                // Some tests are about clients that leave, so errors do not matter here.
                thread::spawn(move || serve(kind, &client, &log));
            }
        });
        Self { port, asked }
    }

    /// `127.0.0.1:PORT`
    pub(crate) fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// The `host:port` of each requested connection, whether or not it was made. A proxy that hangs
    /// records `""` for each client.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn serve(kind: Kind, client: &TcpStream, log: &Mutex<Vec<String>>) -> io::Result<()> {
    let mut reader = BufReader::new(client);
    let target = match kind {
        Kind::Http(credentials) => connect(&mut reader, client, credentials, log)?,
        Kind::Socks5(credentials) => socks5(&mut reader, client, credentials, log)?,
        Kind::Refuses(status) => {
            let (target, _) = head(&mut reader)?;
            log.lock().unwrap().push(target);
            write!(&mut &*client, "HTTP/1.1 {status} No\r\n\r\n")?;
            None
        }
        Kind::Hangs => {
            log.lock().unwrap().push(String::new());
            io::copy(&mut reader, &mut io::sink())?;
            None
        }
    };
    match target {
        Some(port) => join(client, &TcpStream::connect((Ipv4Addr::LOCALHOST, port))?),
        None => client.shutdown(Shutdown::Both),
    }
}

/// Copies bytes in both directions until both ends close.
fn join(client: &TcpStream, server: &TcpStream) -> io::Result<()> {
    thread::scope(|scope| {
        scope.spawn(|| {
            let _ = io::copy(&mut &*client, &mut &*server);
            server.shutdown(Shutdown::Write)
        });
        let _ = io::copy(&mut &*server, &mut &*client);
        client.shutdown(Shutdown::Write)
    })
}

/// Reads the target and the headers of a `CONNECT`.
fn head(reader: &mut BufReader<&TcpStream>) -> io::Result<(String, Vec<String>)> {
    let mut lines = reader.lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    let target = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let headers = lines.take_while(|line| line.as_ref().is_ok_and(|line| !line.is_empty()));
    Ok((target, headers.collect::<io::Result<_>>()?))
}

/// Answers a `CONNECT`. Returns the port to connect to, or `None` if it refuses.
fn connect(
    reader: &mut BufReader<&TcpStream>,
    mut client: &TcpStream,
    credentials: Option<Credentials>,
    log: &Mutex<Vec<String>>,
) -> io::Result<Option<u16>> {
    let (target, headers) = head(reader)?;
    log.lock().unwrap().push(target.clone());
    let wanted = credentials.map(|(user, password)| {
        let both = BASE64_STANDARD.encode(format!("{user}:{password}"));
        format!("proxy-authorization: Basic {both}")
    });
    let is_wanted = |header: &String| {
        let (name, value) = header.split_once(':').unwrap_or_default();
        wanted == Some(format!("{}:{value}", name.to_ascii_lowercase()))
    };
    if wanted.is_some() && !headers.iter().any(is_wanted) {
        let refusal = "HTTP/1.1 407 Proxy Authentication Required\r\n";
        write!(
            client,
            "{refusal}proxy-authenticate: Basic realm=proxy\r\n\r\n"
        )?;
        return Ok(None);
    }
    client.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")?;
    Ok(target
        .rsplit_once(':')
        .and_then(|(_, port)| port.parse().ok()))
}

/// Answers by RFC 1928 and 1929. Returns the port to connect to, or `None` if it refuses.
fn socks5(
    reader: &mut BufReader<&TcpStream>,
    mut client: &TcpStream,
    credentials: Option<Credentials>,
    log: &Mutex<Vec<String>>,
) -> io::Result<Option<u16>> {
    const NONE: u8 = 0;
    const PASSWORD: u8 = 2;
    const NO_METHOD: u8 = 0xff;
    let [_version, count] = bytes(reader)?;
    let methods = text(reader, count)?;
    let method = if credentials.is_some() {
        PASSWORD
    } else {
        NONE
    };
    if !methods.contains(&method) {
        client.write_all(&[5, NO_METHOD])?;
        return Ok(None);
    }
    client.write_all(&[5, method])?;
    if let Some((user, password)) = credentials {
        let [_version, length] = bytes(reader)?;
        let given_user = text(reader, length)?;
        let [length] = bytes(reader)?;
        let given_password = text(reader, length)?;
        let is_right = given_user == user.as_bytes() && given_password == password.as_bytes();
        client.write_all(&[1, u8::from(!is_right)])?;
        if !is_right {
            return Ok(None);
        }
    }
    let [_version, _command, _reserved, kind] = bytes(reader)?;
    let host = match kind {
        1 => Ipv4Addr::from(bytes::<4>(reader)?).to_string(),
        3 => {
            let [length] = bytes(reader)?;
            String::from_utf8_lossy(&text(reader, length)?).into_owned()
        }
        kind => return Err(io::Error::other(format!("an address of kind {kind}"))),
    };
    let port = u16::from_be_bytes(bytes(reader)?);
    log.lock().unwrap().push(format!("{host}:{port}"));
    client.write_all(&[5, 0, 0, 1, 127, 0, 0, 1, 0, 0])?;
    Ok(Some(port))
}

fn bytes<const N: usize>(reader: &mut BufReader<&TcpStream>) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    reader.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn text(reader: &mut BufReader<&TcpStream>, length: u8) -> io::Result<Vec<u8>> {
    let mut text = vec![0; length.into()];
    reader.read_exact(&mut text)?;
    Ok(text)
}

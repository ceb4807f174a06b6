//! The value of `HTTPS_PROXY`: `[scheme://][user[:password]@]host[:port]`.

use std::fmt;

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

/// A proxy. Messages show only its host and port, never a password.
#[derive(Debug, Clone)]
pub(in crate::onomondo) struct Proxy {
    /// A name or an IP address. IPv6 addresses have no brackets.
    pub(in crate::onomondo) host: String,
    port: u16,
    /// The environment variable that names it.
    pub(in crate::onomondo) variable: &'static str,
    /// The URL for the HTTP library: scheme, port and encoded credentials.
    url: SecretString,
}

/// The reason why a value does not name a proxy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(in crate::onomondo) enum AddressError {
    #[error("it contains white space or a control character")]
    WhiteSpace,
    #[error("it contains a `\\`; in a user name or password, write `%5C`")]
    Backslash,
    #[error("its scheme is not `http`, `https`, `socks5`, or `socks5h`")]
    Scheme,
    #[error(
        "it does not have the form `[scheme://][user:password@]host[:port]`; in a user name or \
         password, write `/` as `%2F`, `?` as `%3F`, `#` as `%23`, and `%` as `%25`"
    )]
    Form,
}

impl Proxy {
    /// Parses a value that is not empty. Without a scheme, it means an HTTP proxy.
    pub(super) fn parse(value: &str, variable: &'static str) -> Result<Self, AddressError> {
        // A URL parser accepts these, but may find a different host than the user meant.
        if value.contains(|character: char| character.is_whitespace() || character.is_control()) {
            return Err(AddressError::WhiteSpace);
        }
        if value.contains('\\') {
            return Err(AddressError::Backslash);
        }
        let (scheme, rest) = value.split_once("://").unwrap_or(("http", value));
        let (scheme, default_port) = match scheme.to_ascii_lowercase().as_str() {
            "http" => ("http", 80),
            "https" => ("https", 443),
            // In Go, the proxy resolves the name in both cases.
            "socks5" | "socks5h" => ("socks5h", 1080),
            _ => return Err(AddressError::Scheme),
        };
        if rest.starts_with('/') {
            return Err(AddressError::Form);
        }
        // The last `@` ends the credentials, so a password may contain one.
        let url = Url::parse(&format!("http://{rest}")).map_err(|_| AddressError::Form)?;
        let host = url.host_str().ok_or(AddressError::Form)?;
        // The parser drops the default port of the scheme.
        let port = match (url.port(), given_port(rest)) {
            (Some(port), _) => port,
            (None, Some("80")) => 80,
            (None, _) => default_port,
        };
        let credentials = credentials(&url)?;
        Ok(Self {
            host: host
                .trim_start_matches('[')
                .trim_end_matches(']')
                .to_owned(),
            port,
            variable,
            url: format!("{scheme}://{credentials}{host}:{port}").into(),
        })
    }

    /// Converts it for the HTTP library.
    pub(in crate::onomondo) fn to_library(&self) -> reqwest::Result<reqwest::Proxy> {
        reqwest::Proxy::all(self.url.expose_secret())
    }
}

/// `user:password@` without characters that an HTTP library could misread.
fn credentials(url: &Url) -> Result<String, AddressError> {
    if url.username().is_empty() && url.password().is_none() {
        return Ok(String::new());
    }
    let encoded = |text: &str| {
        let text = percent_decode_str(text).decode_utf8();
        let text = text.map_err(|_| AddressError::Form)?;
        Ok(utf8_percent_encode(&text, NON_ALPHANUMERIC).to_string())
    };
    let user = encoded(url.username())?;
    let password = encoded(url.password().unwrap_or_default())?;
    Ok(format!("{user}:{password}@"))
}

impl fmt::Display for Proxy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.host.contains(':') {
            return write!(formatter, "[{}]:{}", self.host, self.port);
        }
        write!(formatter, "{}:{}", self.host, self.port)
    }
}

/// The text after the last `:` of the authority.
fn given_port(rest: &str) -> Option<&str> {
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?;
    let (_, port) = host.rsplit_once(':')?;
    Some(port)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(value: &str) -> String {
        let proxy = Proxy::parse(value, "HTTPS_PROXY").unwrap();
        proxy.url.expose_secret().to_owned()
    }

    #[test]
    fn scheme_and_port_have_defaults() {
        for (value, expected) in [
            ("proxy.example", "http://proxy.example:80"),
            ("proxy.example:3128", "http://proxy.example:3128"),
            ("127.0.0.1:3128", "http://127.0.0.1:3128"),
            ("http://proxy.example:80", "http://proxy.example:80"),
            ("HTTP://Proxy.Example:8080/", "http://proxy.example:8080"),
            ("https://proxy.example", "https://proxy.example:443"),
            ("https://proxy.example:80", "https://proxy.example:80"),
            ("socks5://proxy.example", "socks5h://proxy.example:1080"),
            ("socks5h://[::1]:9050", "socks5h://[::1]:9050"),
        ] {
            assert_eq!(url(value), expected, "{value}");
        }
        let proxy = Proxy::parse("socks5h://[::1]:9050", "HTTPS_PROXY").unwrap();
        assert_eq!(
            (proxy.host.as_str(), &*proxy.to_string()),
            ("::1", "[::1]:9050")
        );
    }

    #[test]
    fn credentials_are_taken_as_they_are_meant() {
        for (value, expected) in [
            ("http://user:pass@proxy:3128", "user:pass@"),
            ("user:pass@proxy:3128", "user:pass@"),
            ("http://user@proxy:3128", "user:@"),
            ("http://user:p@ss@proxy:3128", "user:p%40ss@"),
            ("http://user:p%40s%2Fs%25@proxy:3128", "user:p%40s%2Fs%25@"),
            ("http://d%5Cuser:a:b@proxy:3128", "d%5Cuser:a%3Ab@"),
            ("http://:only@proxy:3128", ":only@"),
            ("http://ü:|`^\"<>@proxy:3128", "%C3%BC:%7C%60%5E%22%3C%3E@"),
        ] {
            let expected = format!("http://{expected}proxy:3128");
            assert_eq!(url(value), expected, "{value}");
        }
    }

    #[test]
    fn a_value_that_names_no_proxy_is_refused() {
        use AddressError::{Backslash, Form, Scheme, WhiteSpace};
        for (value, problem) in [
            ("http://pro xy:3128", WhiteSpace),
            (" http://proxy:3128", WhiteSpace),
            ("http://proxy:3128\r", WhiteSpace),
            (" ", WhiteSpace),
            (r"http://domain\user:pass@proxy:3128", Backslash),
            ("socks4://proxy:1080", Scheme),
            ("ftp://proxy", Scheme),
            ("http://", Form),
            ("http:///proxy", Form),
            ("//proxy:3128", Form),
            ("http://proxy:port", Form),
            ("http://proxy:99999", Form),
            ("http://user:pa/ss@proxy:3128", Form),
            ("http://user:pa#ss@proxy:3128", Form),
            ("http://user:pa?ss@proxy:3128", Form),
            ("http://user:%ff@proxy:3128", Form),
        ] {
            let error = Proxy::parse(value, "HTTPS_PROXY").unwrap_err();
            assert_eq!(error, problem, "{value}");
            assert!(!error.to_string().contains("ss@"), "{value}: {error}");
        }
    }

    #[test]
    fn no_password_is_shown() {
        let proxy = Proxy::parse("http://user:hush@proxy:3128", "HTTPS_PROXY").unwrap();
        assert!(!format!("{proxy} {proxy:?}").contains("hush"));
    }
}

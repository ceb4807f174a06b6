//! The address of the API.

use url::{Host, Url};

/// The base URL of the API's paths: `https`, or `http` on a loopback address.
///
/// Plain HTTP to any other host would reveal the API key to the network. A path prefix is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl(Url);

/// The reason why a string is not a base URL. It never contains user information.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BaseUrlError {
    /// Not an absolute URL.
    #[error("it is not a URL: {0}")]
    NotAUrl(#[from] url::ParseError),
    /// The scheme is neither `https` nor `http`.
    #[error("the scheme is `{scheme}`; it must be `https`")]
    Scheme {
        /// The given scheme.
        scheme: String,
    },
    /// `http` with a host that is not this machine.
    #[error(
        "`http://{host}` would send the API key unencrypted; use `https` (plain `http` is allowed \
         on `localhost`, `127.0.0.0/8`, and `[::1]` only)"
    )]
    PlainHttp {
        /// The given host.
        host: String,
    },
    /// A user name or password precedes the host.
    #[error("a user name or password in the URL is not supported; remove it")]
    UserInformation,
    /// The URL has a query.
    #[error("the URL has a query (`?…`); remove it")]
    Query,
    /// The URL has a fragment.
    #[error("the URL has a fragment (`#…`); remove it")]
    Fragment,
}

impl BaseUrl {
    /// Parses a user's text.
    pub fn parse(url: &str) -> Result<Self, BaseUrlError> {
        let url = Url::parse(url.trim())?;
        let host = url.host().ok_or(url::ParseError::EmptyHost);
        match url.scheme() {
            "https" => {
                host?;
            }
            "http" => {
                let host = host?;
                if !is_loopback(&host) {
                    return Err(BaseUrlError::PlainHttp {
                        host: host.to_string(),
                    });
                }
            }
            scheme => {
                return Err(BaseUrlError::Scheme {
                    scheme: scheme.to_owned(),
                });
            }
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(BaseUrlError::UserInformation);
        }
        if url.query().is_some() {
            return Err(BaseUrlError::Query);
        }
        if url.fragment().is_some() {
            return Err(BaseUrlError::Fragment);
        }
        Ok(Self(url))
    }

    /// Whether requests are sent unencrypted, which is allowed only on loopback.
    pub(super) fn is_plain(&self) -> bool {
        self.0.scheme() == "http"
    }

    /// Whether the host is this machine.
    pub(super) fn is_loopback(&self) -> bool {
        self.0.host().is_some_and(|host| is_loopback(&host))
    }

    /// The name or address without brackets, and the port.
    pub(super) fn host_and_port(&self) -> (String, u16) {
        let host = self.0.host_str().unwrap_or_default();
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let port = self.0.port_or_known_default().unwrap_or_default();
        (host.to_owned(), port)
    }

    /// The URL of a path under the prefix, with each segment percent-encoded. `None` if a segment
    /// cannot be part of a URL: an empty one, `.` and `..` lead to another resource, even if
    /// encoded.
    pub(super) fn join(&self, segments: &[&str]) -> Option<Url> {
        if segments
            .iter()
            .any(|segment| matches!(*segment, "" | "." | ".."))
        {
            return None;
        }
        let mut url = self.0.clone();
        url.path_segments_mut()
            .ok()?
            .pop_if_empty()
            .extend(segments);
        Some(url)
    }
}

impl std::fmt::Display for BaseUrl {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => name.strip_suffix('.').unwrap_or(name) == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.to_canonical().is_loopback(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_and_plain_http_on_loopback_are_accepted() {
        for (given, shown) in [
            ("https://api.onomondo.com", "https://api.onomondo.com"),
            ("https://api.onomondo.com/", "https://api.onomondo.com"),
            (
                " https://proxy.example/onomondo/ ",
                "https://proxy.example/onomondo",
            ),
            ("http://localhost:8080", "http://localhost:8080"),
            ("http://LOCALHOST", "http://localhost"),
            ("http://127.8.9.10:1", "http://127.8.9.10:1"),
            ("http://[::1]:1", "http://[::1]:1"),
        ] {
            assert_eq!(BaseUrl::parse(given).unwrap().to_string(), shown);
        }
    }

    #[test]
    fn a_url_that_could_leak_the_key_or_lose_a_part_is_refused() {
        let plain = |host: &str| BaseUrlError::PlainHttp { host: host.into() };
        for (given, expected) in [
            ("http://api.onomondo.com", plain("api.onomondo.com")),
            ("http://128.0.0.1", plain("128.0.0.1")),
            (
                "http://localhost.example.com",
                plain("localhost.example.com"),
            ),
            ("http://[::2]", plain("[::2]")),
            ("http://user@10.0.0.1", plain("10.0.0.1")),
            (
                "ftp://localhost",
                BaseUrlError::Scheme {
                    scheme: "ftp".into(),
                },
            ),
            ("https://user@example.com", BaseUrlError::UserInformation),
            ("https://:secret@example.com", BaseUrlError::UserInformation),
            ("https://example.com?a=b", BaseUrlError::Query),
            ("https://example.com#a", BaseUrlError::Fragment),
        ] {
            assert_eq!(BaseUrl::parse(given).unwrap_err(), expected, "{given}");
        }
        for given in ["", "api.onomondo.com", "/connectors", "https://"] {
            let error = BaseUrl::parse(given).unwrap_err();
            assert!(
                matches!(error, BaseUrlError::NotAUrl(_)),
                "{given}: {error}"
            );
        }
    }

    #[test]
    fn paths_are_appended_encoded() {
        for (base, segments, expected) in [
            (
                "https://a.example",
                &["connectors"][..],
                "https://a.example/connectors",
            ),
            (
                "https://a.example/v1",
                &["connectors"],
                "https://a.example/v1/connectors",
            ),
            (
                "https://a.example/v1/",
                &["connectors", "x"],
                "https://a.example/v1/connectors/x",
            ),
            (
                "https://a.example",
                &["connectors", "a/b?c#d é%"],
                "https://a.example/connectors/a%2Fb%3Fc%23d%20%C3%A9%25",
            ),
        ] {
            let url = BaseUrl::parse(base).unwrap().join(segments).unwrap();
            assert_eq!(url.as_str(), expected);
        }
    }

    /// `DELETE /connectors/..` would mean `DELETE /`, so such a name must never be sent.
    #[test]
    fn a_segment_that_names_another_resource_is_refused() {
        let base = BaseUrl::parse("https://a.example").unwrap();
        for name in ["", ".", ".."] {
            assert_eq!(base.join(&["connectors", name]), None, "{name:?}");
        }
    }
}

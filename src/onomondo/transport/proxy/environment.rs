//! The proxy for an address, by the environment.

use std::{env, ffi::OsString};

use super::{
    address::{AddressError, Proxy},
    exceptions::Exceptions,
};
use crate::onomondo::BaseUrl;

/// The error for a variable that should name a proxy, but does not.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(in crate::onomondo) enum ProxyError {
    /// Never contains the value, since it may hold a password.
    #[error("the environment variable `{variable}` does not name a proxy: {problem}")]
    Address {
        variable: &'static str,
        problem: AddressError,
    },
    #[error("the environment variable `{variable}` is not valid UTF-8")]
    Encoding { variable: &'static str },
}

/// The proxy for this `https` address, if any.
pub(in crate::onomondo) fn from_environment(url: &BaseUrl) -> Result<Option<Proxy>, ProxyError> {
    proxy_for(url, |variable| env::var_os(variable))
}

fn proxy_for(
    url: &BaseUrl,
    variable: impl Fn(&str) -> Option<OsString>,
) -> Result<Option<Proxy>, ProxyError> {
    if url.is_loopback() {
        return Ok(None);
    }
    let Some((name, value)) = first(&["HTTPS_PROXY", "https_proxy"], &variable)? else {
        return Ok(None);
    };
    let exceptions = match first(&["NO_PROXY", "no_proxy"], &variable)? {
        Some((_, list)) => Exceptions::parse(&list),
        None => Exceptions::default(),
    };
    let (host, port) = url.host_and_port();
    if exceptions.contain(&host, port) {
        return Ok(None);
    }
    match Proxy::parse(&value, name) {
        Ok(proxy) => Ok(Some(proxy)),
        Err(problem) => Err(ProxyError::Address {
            variable: name,
            problem,
        }),
    }
}

/// The first of these variables with a value. An empty value counts as not set.
fn first(
    names: &[&'static str],
    variable: impl Fn(&str) -> Option<OsString>,
) -> Result<Option<(&'static str, String)>, ProxyError> {
    let set = names.iter().find_map(|name| {
        let value = variable(name).filter(|value| !value.is_empty())?;
        Some((*name, value))
    });
    let Some((name, value)) = set else {
        return Ok(None);
    };
    match value.into_string() {
        Ok(value) => Ok(Some((name, value))),
        Err(_) => Err(ProxyError::Encoding { variable: name }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxy(url: &str, environment: &[(&str, &str)]) -> Result<Option<String>, ProxyError> {
        let variable = |name: &str| {
            let set = environment.iter().find(|(given, _)| *given == name);
            set.map(|(_, value)| OsString::from(value))
        };
        let proxy = proxy_for(&BaseUrl::parse(url).unwrap(), variable)?;
        Ok(proxy.map(|proxy| format!("{} {proxy}", proxy.variable)))
    }

    #[test]
    fn the_variables_work_as_in_go() {
        let api = "https://api.onomondo.com/connectors";
        for (environment, expected) in [
            (&[][..], None),
            (&[("HTTPS_PROXY", "p:1")], Some("HTTPS_PROXY p:1")),
            (&[("https_proxy", "p:1")], Some("https_proxy p:1")),
            (
                &[("HTTPS_PROXY", "p:1"), ("https_proxy", "q:1")],
                Some("HTTPS_PROXY p:1"),
            ),
            (
                &[("HTTPS_PROXY", ""), ("https_proxy", "q:1")],
                Some("https_proxy q:1"),
            ),
            (&[("HTTP_PROXY", "p:1"), ("http_proxy", "p:1")], None),
            (&[("ALL_PROXY", "p:1"), ("all_proxy", "p:1")], None),
            // Only `HTTP_PROXY` can come from an HTTP request, through a header `Proxy`.
            (
                &[("HTTPS_PROXY", "p:1"), ("REQUEST_METHOD", "GET")],
                Some("HTTPS_PROXY p:1"),
            ),
            (
                &[("HTTPS_PROXY", "p:1"), ("NO_PROXY", "onomondo.com")],
                None,
            ),
            (
                &[("HTTPS_PROXY", "p:1"), ("no_proxy", "onomondo.com")],
                None,
            ),
            (
                &[
                    ("HTTPS_PROXY", "p:1"),
                    ("NO_PROXY", "example.com"),
                    ("no_proxy", "onomondo.com"),
                ],
                Some("HTTPS_PROXY p:1"),
            ),
            (
                &[("HTTPS_PROXY", "p:1"), ("NO_PROXY", "api.onomondo.com:443")],
                None,
            ),
            (
                &[("HTTPS_PROXY", "p:1"), ("NO_PROXY", "api.onomondo.com:80")],
                Some("HTTPS_PROXY p:1"),
            ),
        ] {
            let found = proxy(api, environment).unwrap();
            assert_eq!(found.as_deref(), expected, "{environment:?}");
        }
    }

    #[test]
    fn loopback_never_uses_a_proxy() {
        let environment = [("HTTPS_PROXY", "p:1")];
        for (host, is_proxied) in [
            ("localhost", false),
            ("LOCALHOST:8443", false),
            ("localhost.", false),
            ("127.0.0.1:8443", false),
            ("127.9.9.9", false),
            ("[::1]:8443", false),
            ("[::ffff:127.0.0.1]", false),
            ("localhost.example.com", true),
            ("10.0.0.1", true),
            ("[2001:db8::1]", true),
        ] {
            let found = proxy(&format!("https://{host}/"), &environment).unwrap();
            assert_eq!(found.is_some(), is_proxied, "{host}");
        }
    }

    #[test]
    fn a_value_that_names_no_proxy_is_an_error_that_names_the_variable() {
        let secret = "http://user:hush hush@proxy:3128";
        let error = proxy("https://api.onomondo.com", &[("https_proxy", secret)]).unwrap_err();
        let text = error.to_string();
        assert!(
            text.contains("`https_proxy`") && text.contains("white space"),
            "{text}"
        );
        assert!(!format!("{text} {error:?}").contains("hush"), "{text}");
        // A variable that is not used is not checked.
        let unused = [("HTTPS_PROXY", secret), ("NO_PROXY", "*")];
        assert_eq!(proxy("https://api.onomondo.com", &unused), Ok(None));
    }
}

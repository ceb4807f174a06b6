//! `https`: traffic is posted to a URL.

use url::Url;

use super::{
    setting::{flag, text},
    variant::Variant,
};
use crate::{
    messages::invalid::{invalid, quoted},
    protocol::{AttributePath, Diagnostics},
};

pub(crate) static HTTPS: Variant = Variant::new(
    "https",
    "Sends the traffic to an HTTPS endpoint, one `POST` of JSON a packet.",
)
.settings(&[
    text("host")
        .required()
        .rule(url)
        .spelling(is_same_url)
        .confidential(query)
        .describe(
            "URL that the traffic is posted to; `https` only. It is stored in the state in clear, a key \
             in its query included.",
        ),
    flag("should_return_body", false)
        .member("shouldReturnBody")
        .describe(
            "Whether the body of the endpoint's answer is returned to the device. Defaults to `false`.",
        ),
]);

/// Query and user information may hold a key: they are not repeated.
fn url(given: &str, path: &AttributePath, diagnostics: &mut Diagnostics) {
    let url = Url::parse(given);
    if url
        .as_ref()
        .is_ok_and(|url| url.scheme() == "https" && url.has_host())
    {
        return;
    }
    let shown = if given.contains('@') {
        "not one".to_owned()
    } else {
        quoted(given.split(['?', '#']).next().unwrap_or_default())
    };
    let detail = format!(
        "`{path}` is {shown}. It must be a whole `https` URL, such as \
         `https://ingest.example.com/devices`."
    );
    diagnostics.push(invalid(path, detail));
}

/// The query of a URL, which often is a token.
fn query(url: &str) -> Option<&str> {
    url.split_once('?').map(|(_, query)| query)
}

/// Letter case of scheme and host, a default port and trailing slashes of the path do not matter.
fn is_same_url(one: &str, other: &str) -> bool {
    let parsed = |text: &str| {
        let mut url = Url::parse(text).ok()?;
        let path = url.path().trim_end_matches('/').to_owned();
        url.set_path(&path);
        Some(url)
    };
    one == other || (parsed(one).is_some() && parsed(one) == parsed(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_url() {
        for (one, other, expected) in [
            ("https://a.example", "https://a.example/", true),
            ("https://A.example/In", "https://a.example:443/In/", true),
            (
                "https://a.example/in?key=1",
                "https://a.example/in/?key=1",
                true,
            ),
            ("https://a.example/In", "https://a.example/in", false),
            ("https://a.example?key=1", "https://a.example?key=2", false),
            ("no url", "no url", true),
            ("no url", "no url either", false),
        ] {
            assert_eq!(is_same_url(one, other), expected, "{one} {other}");
        }
    }
}

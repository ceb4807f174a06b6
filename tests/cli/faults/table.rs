//! The faults, and the expected outcome for each operation.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use super::address::Address;
use super::operations::Operation;
use crate::support::sandbox::{self, On, on};

/// One kind of failure. It continues until the test ends it.
pub(crate) struct Fault {
    pub(crate) name: &'static str,
    pub(crate) happens: Happens,
    /// The words about the fault that the error must contain.
    pub(crate) says: &'static str,
    /// The outcomes, in the order of [`super::operations::OPERATIONS`].
    pub(crate) outcomes: [Outcome; 7],
}

/// The place of a fault.
pub(crate) enum Happens {
    /// Instead of the API, something else answers at this address.
    At(Address),
    /// The request that carries out the operation fails.
    ToTheRequest(fn(On) -> sandbox::Fault),
    /// That request is carried out but fails, and so does every list after it.
    ToEverythingAfter(fn(On) -> sandbox::Fault),
    /// Every list fails.
    ToLists(fn(On) -> sandbox::Fault),
}

/// The expected outcome of an operation during a fault.
#[derive(Clone, Copy)]
pub(crate) enum Outcome {
    /// The operation succeeds anyway.
    Done,
    /// An error with this title, which says that nothing was written.
    Nothing(&'static str),
    /// An error with this title, which says that the write may have happened.
    Unknown(&'static str),
    /// A create whose response is lost, as is every list that could show its result.
    Unsettled,
    /// The fault cannot hit this operation, for the given reason.
    Senseless(&'static str),
}

impl Happens {
    /// The rules for the sandbox. None if the request does not reach the sandbox.
    pub(crate) fn rules(&self, operation: &Operation) -> Vec<sandbox::Fault> {
        let (method, path) = operation.request;
        let request = || on(method, path).always();
        let lists = || on("GET", "/connectors").always();
        match self {
            Self::At(_) => vec![],
            Self::ToTheRequest(strike) => vec![strike(request())],
            Self::ToLists(strike) => vec![strike(lists())],
            Self::ToEverythingAfter(strike) => vec![
                request().resets_after(),
                strike(lists().nth(operation.lists_before + 1)),
            ],
        }
    }
}

const UNREACHED: &str = "Onomondo could not be reached or did not respond";
const BARRED: &str = "the connection was rejected";
const FAILED: &str = "Onomondo returned a server error";
const LIMITED: &str = "too many requests";
const STRANGE: &str = "the response did not come from Onomondo's API";
const GARBLED: &str = "the response was not understood";
const CUT_OFF: &str = "the list of connectors is incomplete";
const ELSEWHERE: &str = "Onomondo's API is not at this address";
const MAYBE: &str = "the outcome is unknown";

/// For a read, it does not matter whether it was carried out.
const READS_NOTHING: Outcome =
    Outcome::Senseless("a read writes nothing, so this is the same as a fault before it");
const ASKS_NO_MORE: Outcome = Outcome::Senseless("a read is one request");
const TAKES_NO_LIST: Outcome = Outcome::Senseless("it requests no list");

// Each fault is one line, so that the columns line up for comparison.
#[rustfmt::skip]
pub(crate) const FAULTS: &[Fault] = {
    use Happens::{At, ToEverythingAfter, ToLists, ToTheRequest};
    use Outcome::{Done, Nothing, Unknown, Unsettled};
    &[
        //                                                                                                 refresh             import              create              update              rename              variant change      delete
        fault("refused", At(Address::Refused), "refused",                                                 [Nothing(UNREACHED), Nothing(UNREACHED), Nothing(UNREACHED), Nothing(UNREACHED), Nothing(UNREACHED), Nothing(UNREACHED), Nothing(UNREACHED)]),
        fault("no such host", At(Address::NoSuchHost), "does-not-exist.invalid",                          [Nothing(UNREACHED), Nothing(UNREACHED), Nothing(UNREACHED), Nothing(UNREACHED), Nothing(UNREACHED), Nothing(UNREACHED), Nothing(UNREACHED)]),
        fault("no TLS", At(Address::NoTls), "does not speak TLS",                                                        [Nothing(UNREACHED), Nothing(UNREACHED), Nothing(UNREACHED), Nothing(UNREACHED), Nothing(UNREACHED), Nothing(UNREACHED), Nothing(UNREACHED)]),
        fault("untrusted certificate", At(Address::Untrusted), "TLS failed",                             [Nothing(BARRED), Nothing(BARRED), Nothing(BARRED), Nothing(BARRED), Nothing(BARRED), Nothing(BARRED), Nothing(BARRED)]),
        fault("reset before it is processed", ToTheRequest(On::resets_before), "reset",                   [Nothing(UNREACHED), Nothing(UNREACHED), Unknown(UNREACHED), Unknown(UNREACHED), Unknown(UNREACHED), Unknown(UNREACHED), Unknown(UNREACHED)]),
        fault("reset after it is processed", ToTheRequest(On::resets_after), "reset",                     [READS_NOTHING,      READS_NOTHING,      Done,               Unknown(UNREACHED), Done,               Unknown(UNREACHED), Done]),
        fault("reset after it is processed, then no list", ToEverythingAfter(On::resets_before), "reset", [ASKS_NO_MORE,       ASKS_NO_MORE,       Unsettled,          Unknown(UNREACHED), Unknown(MAYBE),     Unknown(UNREACHED), Unknown(MAYBE)]),
        fault("hang before it is processed", ToTheRequest(On::hangs_before), "in time",                   [Nothing(UNREACHED), Nothing(UNREACHED), Unknown(UNREACHED), Unknown(UNREACHED), Unknown(UNREACHED), Unknown(UNREACHED), Unknown(UNREACHED)]),
        fault("hang after it is processed", ToTheRequest(On::hangs_after), "in time",                     [READS_NOTHING,      READS_NOTHING,      Done,               Unknown(UNREACHED), Done,               Unknown(UNREACHED), Done]),
        fault("slow body", ToTheRequest(|on| on.dribbles(200)), "in time",                                [Nothing(UNREACHED), Nothing(UNREACHED), Done,               Unknown(UNREACHED), Done,               Unknown(UNREACHED), Done]),
        fault("truncated", ToTheRequest(On::truncates), "body",                                           [Nothing(UNREACHED), Nothing(UNREACHED), Done,               Unknown(UNREACHED), Done,               Unknown(UNREACHED), Done]),
        fault("HTML 200", ToTheRequest(|on| on.answers_html(200)), "502 Bad Gateway",                     [Nothing(STRANGE),   Nothing(STRANGE),   Unknown(STRANGE),   Unknown(STRANGE),   Unknown(STRANGE),   Unknown(STRANGE),   Unknown(STRANGE)]),
        fault("HTML 502", ToTheRequest(|on| on.answers_html(502)), "502 Bad Gateway",                     [Nothing(FAILED),    Nothing(FAILED),    Unknown(FAILED),    Unknown(FAILED),    Unknown(FAILED),    Unknown(FAILED),    Unknown(FAILED)]),
        fault("HTML 502, processed", ToTheRequest(|on| on.answers_html(502).processed()), "Bad Gateway",  [READS_NOTHING,      READS_NOTHING,      Done,               Unknown(FAILED),    Done,               Unknown(FAILED),    Done]),
        fault("500", ToTheRequest(|on| on.answers(500)), "`injected_fault`",                              [Nothing(FAILED),    Nothing(FAILED),    Unknown(FAILED),    Unknown(FAILED),    Unknown(FAILED),    Unknown(FAILED),    Unknown(FAILED)]),
        fault("500, processed", ToTheRequest(|on| on.answers(500).processed()), "status 500",             [READS_NOTHING,      READS_NOTHING,      Done,               Unknown(FAILED),    Done,               Unknown(FAILED),    Done]),
        fault("503", ToTheRequest(|on| on.answers(503)), "status 503",                                    [Nothing(FAILED),    Nothing(FAILED),    Unknown(FAILED),    Unknown(FAILED),    Unknown(FAILED),    Unknown(FAILED),    Unknown(FAILED)]),
        fault("429 without a header", ToTheRequest(limited), "status 429",                                [Nothing(LIMITED),   Nothing(LIMITED),   Nothing(LIMITED),   Nothing(LIMITED),   Nothing(LIMITED),   Nothing(LIMITED),   Nothing(LIMITED)]),
        fault("429, Retry-After in seconds", ToTheRequest(limited_for_a_second), "status 429",            [Nothing(LIMITED),   Nothing(LIMITED),   Nothing(LIMITED),   Nothing(LIMITED),   Nothing(LIMITED),   Nothing(LIMITED),   Nothing(LIMITED)]),
        fault("429, Retry-After as a date", ToTheRequest(limited_until_a_date), "status 429",             [Nothing(LIMITED),   Nothing(LIMITED),   Nothing(LIMITED),   Nothing(LIMITED),   Nothing(LIMITED),   Nothing(LIMITED),   Nothing(LIMITED)]),
        fault("429, x-ratelimit-reset", ToTheRequest(limited_until_a_reset), "status 429",                [Nothing(LIMITED),   Nothing(LIMITED),   Nothing(LIMITED),   Nothing(LIMITED),   Nothing(LIMITED),   Nothing(LIMITED),   Nothing(LIMITED)]),
        fault("429 for an hour", ToTheRequest(limited_for_an_hour), "a wait of 1h",                       [Nothing(LIMITED),   Nothing(LIMITED),   Nothing(LIMITED),   Nothing(LIMITED),   Nothing(LIMITED),   Nothing(LIMITED),   Nothing(LIMITED)]),
        fault("JSON of another shape", ToTheRequest(another_shape), "status 200",                         [Nothing(GARBLED),   Nothing(GARBLED),   Done,               Done,               Done,               Done,               Done]),
        fault("1000 others in the list", ToLists(a_thousand_others), "ends after 1000 entries",           [Nothing(CUT_OFF),   Nothing(CUT_OFF),   Nothing(CUT_OFF),   TAKES_NO_LIST,      Nothing(CUT_OFF),   TAKES_NO_LIST,      TAKES_NO_LIST]),
        fault("redirect", ToTheRequest(redirected), "/elsewhere",                                         [Nothing(STRANGE),   Nothing(STRANGE),   Nothing(STRANGE),   Nothing(STRANGE),   Nothing(STRANGE),   Nothing(STRANGE),   Nothing(STRANGE)]),
        fault("404 of a gateway", ToTheRequest(On::answers_gateway_404), "default backend",                [Nothing(ELSEWHERE), Nothing(ELSEWHERE),   Nothing(STRANGE),   Nothing(STRANGE),   Nothing(STRANGE),   Nothing(STRANGE),   Nothing(STRANGE)]),
    ]
};

const fn fault(
    name: &'static str,
    happens: Happens,
    says: &'static str,
    outcomes: [Outcome; 7],
) -> Fault {
    Fault {
        name,
        happens,
        says,
        outcomes,
    }
}

/// 429 without any header that says how long to wait.
fn limited(on: On) -> sandbox::Fault {
    on.answers_with(429, json!({ "error": "rate_limit_exceeded" }))
        .without_header("x-ratelimit-limit")
        .without_header("x-ratelimit-remaining")
        .without_header("x-ratelimit-reset")
}

fn limited_for_a_second(on: On) -> sandbox::Fault {
    limited(on).header("retry-after", "1")
}

fn limited_for_an_hour(on: On) -> sandbox::Fault {
    limited(on).header("retry-after", "3600")
}

fn limited_until_a_date(on: On) -> sandbox::Fault {
    limited(on).header("retry-after", &httpdate::fmt_http_date(soon()))
}

fn limited_until_a_reset(on: On) -> sandbox::Fault {
    let reset = soon().duration_since(UNIX_EPOCH).unwrap().as_secs();
    limited(on)
        .header("x-ratelimit-remaining", "0")
        .header("x-ratelimit-reset", &reset.to_string())
}

fn soon() -> SystemTime {
    SystemTime::now() + Duration::from_secs(3)
}

/// A changed API: it does what the request says, but answers in an unknown form.
fn another_shape(on: On) -> sandbox::Fault {
    on.answers_with(200, json!({ "data": { "connectors": [] } }))
        .processed()
}

fn a_thousand_others(on: On) -> sandbox::Fault {
    let others: Value = (0..1000)
        .map(|number| {
            let options = json!({ "host": "https://other.example.com", "shouldReturnBody": false });
            json!({
                "name": format!("other-{number}"), "type": "https", "passthrough": [], "tags": [],
                "options": options,
            })
        })
        .collect();
    on.answers_with(200, others)
}

fn redirected(on: On) -> sandbox::Fault {
    on.answers_with(302, json!(""))
        .header("location", "/elsewhere")
}

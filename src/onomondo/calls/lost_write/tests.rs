//! Failures that leave the result of a write open.

use super::*;
use crate::onomondo::{Exchange, Reason, Refusal, TransportFailure};

#[test]
fn only_a_write_that_may_have_been_carried_out_is_lost() {
    let exchange = |may_have_written| {
        Box::new(Exchange {
            may_have_written,
            ..Exchange::unsent("POST", "/connectors")
        })
    };
    let refusal = || {
        Box::new(Refusal {
            exchange: *exchange(true),
            reason: Reason::default(),
            retry_after: None,
        })
    };
    let transport = |failure| Error::Transport {
        exchange: exchange(true),
        failure,
        cause: String::new(),
    };
    for (error, expected) in [
        (transport(TransportFailure::Timeout), true),
        (transport(TransportFailure::Interrupted), true),
        (transport(TransportFailure::Connect), false),
        (Error::Server(refusal()), true),
        (Error::Conflict(refusal()), false),
        (Error::Invalid(refusal()), false),
    ] {
        assert_eq!(is_lost(&error), expected, "{error:?}");
    }
    for sent in [true, false] {
        let stopped = Error::Stopped {
            exchange: exchange(sent),
            last: None,
        };
        assert_eq!(is_lost(&stopped), sent);
    }
}

#[test]
fn a_connector_that_is_not_listed_is_gone_even_if_a_gateway_answers() {
    let refusal = Refusal {
        exchange: Exchange::unsent("PATCH", "/connectors/fleet"),
        reason: Reason::default(),
        retry_after: None,
    };
    let settled = Settled {
        found: None,
        write: Error::UnexpectedStatus {
            refusal: Box::new(refusal),
            location: None,
        },
    };
    let error = settled.into_error();
    assert!(matches!(error, Error::NotFound(_)), "{error:?}");
}

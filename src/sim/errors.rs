//! Error messages about SIMs: what happened to them, why, and what to do next.

use super::{
    attributes::CONNECTOR,
    change::{Failure, Outcome},
};
use crate::{
    messages::{
        failure::{self, sentence},
        near_misses,
    },
    onomondo::{Client, Error, Operation},
    protocol::{Call, Diagnostic},
};

/// A message shows at most this many reasons, and this many SIMs for each.
const SHOWN: usize = 10;

/// Advice after a failed create.
pub(super) const NOT_IN_STATE: &str = "The resource is not in state yet. The SIMs that were mapped \
                                       stay mapped. Apply again to continue with the others.";

/// Advice after a failed update.
pub(super) const IN_STATE: &str = "State contains the SIMs that are mapped now. Apply again to \
                                   continue with the others.";

/// Advice after an update that moved only some SIMs to the new connector.
pub(super) const MOVED_IN_PART: &str = "State contains the SIMs that are mapped to the new connector \
                                        now. The others may still be mapped to the old one. Apply \
                                        again to move them: a destroy would leave them there.";

/// Advice after an update that failed before it moved any SIM to the new connector.
pub(super) const NOT_MOVED: &str = "No SIM was moved to the new connector, so state still \
                                    contains the SIMs that are mapped to the old one. Apply again \
                                    to continue.";

/// Advice after a failed delete.
pub(super) const STILL_IN_STATE: &str = "The resource is still in state. Run destroy or apply \
                                         again to continue with the SIMs that are still mapped.";

/// The error when the connector's SIMs could not be listed. Nothing was changed.
pub(super) fn of_listing(error: &Error, what: &str, connector: &str) -> Diagnostic {
    failure::diagnostic(error, &format!("{what} connector `{connector}`"))
}

/// The error when some SIMs were not mapped.
pub(super) async fn not_mapped(
    call: &Call<Client>,
    outcome: &Outcome<'_>,
    connector: &str,
    advice: &str,
) -> Diagnostic {
    if outcome.connector_is_missing() {
        return no_connector(call, connector).await;
    }
    let (done, left) = (outcome.done().len(), outcome.not_done().count());
    let total = done + left;
    Diagnostic::error(
        format!("Could not map {left} of {total} SIMs to connector `{connector}`"),
        format!("{} mapped to it. {}{advice}", are(done), reasons(outcome)),
    )
}

/// The error when some SIMs were not unmapped.
pub(super) fn not_unmapped(outcome: &Outcome<'_>, connector: &str, advice: &str) -> Diagnostic {
    let left = outcome.not_done().count();
    let total = outcome.done().len() + left;
    Diagnostic::error(
        format!("Could not unmap {left} of {total} SIMs from connector `{connector}`"),
        format!(
            "{} still mapped to it. {}{advice}",
            are(left),
            reasons(outcome)
        ),
    )
}

async fn no_connector(call: &Call<Client>, connector: &str) -> Diagnostic {
    let operation = Operation::new(call.stop.clone(), None);
    let hint = match call.client.connectors(&operation).await {
        Ok(all) => {
            let names = all.iter().map(|connector| connector.name.as_str());
            near_misses::hint("connector", connector, names)
        }
        Err(_) => String::new(),
    };
    Diagnostic::error(
        format!("No connector `{connector}`"),
        format!(
            "SIMs cannot be mapped to connector `{connector}`: Onomondo has no connector with \
             this name. {hint}\n\nSet `connector` to the name of an existing connector. For a \
             connector in this configuration, use a reference such as \
             `onomondo_connector.NAME.name`, so that the connector is created first."
        ),
    )
    .at([CONNECTOR.name()])
}

fn are(count: usize) -> String {
    match count {
        0 => "None of these SIMs is".to_owned(),
        1 => "1 SIM is".to_owned(),
        count => format!("{count} SIMs are"),
    }
}

/// Groups the failed SIMs by reason, the largest group first. Ends with a blank line.
fn reasons(outcome: &Outcome<'_>) -> String {
    let mut groups: Vec<Group> = Vec::new();
    for (spelling, failure) in outcome.failed() {
        let kind = kind(spelling, failure);
        match groups.iter_mut().find(|group| group.kind == kind) {
            Some(group) => group.sims.push(spelling),
            None => groups.push(Group {
                kind,
                failure,
                sims: vec![spelling],
            }),
        }
    }
    groups.sort_by(|one, other| {
        let order = other.sims.len().cmp(&one.sims.len());
        order.then_with(|| one.kind.cmp(&other.kind))
    });
    let mut lines: Vec<String> = groups.iter_mut().take(SHOWN).map(Group::line).collect();
    if groups.len() > SHOWN {
        let others: usize = groups[SHOWN..].iter().map(|group| group.sims.len()).sum();
        lines.push(format!("  - {others} more for other reasons"));
    }
    match (outcome.untried().len(), outcome.ended_by()) {
        (0, _) => {}
        (untried, Some(error)) => lines.push(format!("  - {untried} not tried: {error}")),
        (untried, None) => lines.push(format!("  - {untried} not tried after these failures")),
    }
    let heading = if outcome.unknown().next().is_some() {
        "Not changed, or not known to be changed, by reason:"
    } else {
        "Not changed, by reason:"
    };
    let errors = groups.iter().filter_map(Group::error);
    let mut advice: Vec<String> = errors
        .chain(outcome.ended_by())
        .filter_map(advice_on)
        .collect();
    advice.sort_unstable();
    advice.dedup();
    format!("{heading}\n\n{}\n\n{}", lines.join("\n"), advice.join(""))
}

/// SIMs that failed for the same reason.
struct Group<'a> {
    kind: String,
    failure: &'a Failure,
    sims: Vec<&'a str>,
}

impl Group<'_> {
    fn error(&self) -> Option<&Error> {
        match self.failure {
            Failure::Refused(error) | Failure::Unknown(error) => Some(error),
            Failure::Ignored(_) | Failure::Claimed(_) => None,
        }
    }

    fn line(&mut self) -> String {
        self.sims.sort_unstable();
        let shown: Vec<String> = self
            .sims
            .iter()
            .take(SHOWN)
            .map(|sim| format!("`{sim}`"))
            .collect();
        let more = match self.sims.len() - shown.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        format!("  - {}{more}: {}", shown.join(", "), reason(self.failure))
    }
}

/// What to do about a reason that the user can remove.
fn advice_on(error: &Error) -> Option<String> {
    use Error::{DeadlineExceeded, Forbidden, RateLimited, Unauthorized};
    let is_removable = matches!(
        error,
        Unauthorized(_) | Forbidden(_) | RateLimited(_) | DeadlineExceeded { .. }
    );
    is_removable.then(|| format!("{}\n\n", failure::advice(error)))
}

/// The key that groups failures. It leaves out the SIM, which the API's text may name.
fn kind(sim: &str, failure: &Failure) -> String {
    let is_unknown = matches!(failure, Failure::Unknown(_));
    match failure {
        Failure::Refused(error) | Failure::Unknown(error) => match error.refusal() {
            Some(refusal) => {
                let said = refusal.reason.to_string().replace(sim, "");
                format!("{is_unknown} {:?} {said}", refusal.exchange.status)
            }
            None => format!("{is_unknown} {}", failure::title(error)),
        },
        other => reason(other),
    }
}

fn reason(failure: &Failure) -> String {
    match failure {
        Failure::Refused(Error::NotFound(refusal)) => {
            format!("Onomondo has no such SIM, or the API key cannot see it: {refusal}.")
        }
        Failure::Refused(error) => format!("{}.", sentence(&error.to_string())),
        Failure::Unknown(error) if error.may_have_written() => {
            format!("{}.", sentence(&error.to_string()))
        }
        Failure::Unknown(error) => format!(
            "{}. The change may have been made.",
            sentence(&error.to_string())
        ),
        Failure::Ignored(None) => {
            "Onomondo accepted the change, but the SIM is not mapped to any connector.".to_owned()
        }
        Failure::Ignored(Some(connector)) => format!(
            "Onomondo accepted the change, but the SIM is still mapped to connector `{connector}`."
        ),
        Failure::Claimed(connector) => format!(
            "Another `onomondo_connector_sims` resource in this configuration maps it to \
             connector `{connector}`. A SIM has only one connector, so list it in only one \
             resource."
        ),
    }
}

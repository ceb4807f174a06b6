//! Faults: requests that match a rule get a different answer, or none.
//!
//! ```json
//! [{ "match": { "method": "POST", "path": "/connectors", "nth": 2, "times": 1 },
//!    "then": { "reset": "after" } }]
//! ```
//!
//! - [`fault`]: the faults that a request can meet.
//! - [`mod@inject`]: injects them.

mod fault;
mod inject;

use axum::http::Method;
use serde::{Deserialize, Serialize};

pub(crate) use self::fault::Fault;
pub(crate) use self::inject::{edit_headers, inject};

/// Which requests a fault hits, and the fault.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rule {
    #[serde(default, rename = "match")]
    matcher: Matcher,
    then: Fault,
    /// The number of requests that matched so far.
    #[serde(default)]
    seen: u32,
}

/// The requests that a rule matches. Without any member, it matches the next request.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
struct Matcher {
    method: Option<String>,
    /// The path without query. A final asterisk matches the rest of any path.
    path: Option<String>,
    /// The first matching request that the fault hits, counted from 1.
    nth: u32,
    /// The number of requests that the fault hits. With 0, it hits all until the rules are cleared.
    times: u32,
}

impl Default for Matcher {
    fn default() -> Self {
        Self {
            method: None,
            path: None,
            nth: 1,
            times: 1,
        }
    }
}

impl Matcher {
    fn matches(&self, method: &Method, path: &str) -> bool {
        let same_method = self
            .method
            .as_ref()
            .is_none_or(|wanted| wanted.eq_ignore_ascii_case(method.as_str()));
        let same_path = self
            .path
            .as_ref()
            .is_none_or(|wanted| match wanted.strip_suffix('*') {
                Some(prefix) => path.starts_with(prefix),
                None => path == wanted,
            });
        same_method && same_path
    }
}

impl Rule {
    /// Counts a matching request. Returns whether the fault hits it.
    fn strike(&mut self) -> bool {
        self.seen += 1;
        self.seen >= self.matcher.nth
    }

    fn is_spent(&self) -> bool {
        let Matcher { nth, times, .. } = self.matcher;
        times > 0 && self.seen >= nth.saturating_sub(1).saturating_add(times)
    }
}

/// The active rules, in the order in which they were added.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(try_from = "Vec<Rule>")]
pub(crate) struct Faults {
    rules: Vec<Rule>,
}

impl TryFrom<Vec<Rule>> for Faults {
    type Error = String;

    fn try_from(rules: Vec<Rule>) -> Result<Self, String> {
        let mut faults = Self::default();
        faults.add(rules)?;
        Ok(faults)
    }
}

impl Faults {
    /// Appends rules. If one of them is invalid, adds none.
    pub(crate) fn add(&mut self, rules: Vec<Rule>) -> Result<(), String> {
        for rule in &rules {
            rule.then.check()?;
        }
        self.rules.extend(rules);
        Ok(())
    }

    /// The rules that can still hit a request.
    pub(crate) fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Returns the fault that hits a request, if any. Later rules do not see that request, so
    /// several rules for the same path read as a script.
    fn take(&mut self, method: &Method, path: &str) -> Option<Fault> {
        let mut struck = None;
        for rule in &mut self.rules {
            if rule.matcher.matches(method, path) && rule.strike() {
                struck = Some(rule.then.clone());
                break;
            }
        }
        self.rules.retain(|rule| !rule.is_spent());
        struck
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Method;
    use serde_json::{Value, json};

    use super::Faults;

    fn faults(rules: Value) -> Faults {
        let mut faults = Faults::default();
        faults.add(serde_json::from_value(rules).unwrap()).unwrap();
        faults
    }

    fn statuses<const N: usize>(faults: &mut Faults, method: &Method, path: &str) -> [Value; N] {
        std::array::from_fn(|_| {
            let fault = faults.take(method, path);
            fault.map_or(Value::Null, |fault| json!(fault)["status"].clone())
        })
    }

    #[test]
    fn rules_for_the_same_path_read_as_a_script() {
        let mut faults = faults(json!([
            { "match": { "path": "/connectors", "times": 2 }, "then": { "status": 503 } },
            { "match": { "path": "/connectors" }, "then": { "status": 429 } },
        ]));
        assert_eq!(
            statuses(&mut faults, &Method::GET, "/connectors"),
            [json!(503), json!(503), json!(429), Value::Null]
        );
        assert!(faults.rules().is_empty());
    }

    #[test]
    fn nth_lets_earlier_requests_pass() {
        let mut faults = faults(json!([
            { "match": { "method": "post", "nth": 2, "times": 2 }, "then": { "status": 500 } },
        ]));
        assert_eq!(
            statuses(&mut faults, &Method::GET, "/connectors"),
            [Value::Null]
        );
        assert_eq!(
            statuses(&mut faults, &Method::POST, "/connectors"),
            [Value::Null, json!(500), json!(500), Value::Null]
        );
    }

    #[test]
    fn a_final_asterisk_matches_the_rest_of_a_path() {
        let mut faults = faults(json!([
            { "match": { "path": "/connectors/*", "times": 0 }, "then": { "status": 500 } },
        ]));
        assert_eq!(
            statuses(&mut faults, &Method::PATCH, "/connectors"),
            [Value::Null]
        );
        assert_eq!(
            statuses(&mut faults, &Method::PATCH, "/connectors/fleet"),
            [json!(500), json!(500)]
        );
    }
}

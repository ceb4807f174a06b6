//! Reads the initial account from a file: `--seed FILE`.
//!
//! The file has the form in which `GET /_sandbox/state` prints an account, so one sandbox can start
//! where another stopped. A handwritten file may omit empty members, and may hold plain-text
//! secrets among the options.
//!
//! - [`generate`]: generates a large account.

mod generate;

use std::collections::HashSet;
use std::hash::Hash;
use std::path::Path;
use std::{fs, io};

use serde::Deserialize;

pub(crate) use self::generate::Amounts;
use crate::account::{Account, Connector, OnRename, Quirks, Sim, Tag, tag};
use crate::clock::Clock;
use crate::faults::Faults;

/// The printed form of an account.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Seed {
    pub(crate) connectors: Vec<Connector>,
    /// If omitted, the tags that every account starts with.
    pub(crate) tags: Vec<Tag>,
    pub(crate) sims: Vec<Sim>,
    pub(crate) quirks: Quirks,
    pub(crate) faults: Faults,
}

impl Default for Seed {
    fn default() -> Self {
        Self {
            connectors: Vec::new(),
            tags: tag::seed(),
            sims: Vec::new(),
            quirks: Quirks::default(),
            faults: Faults::default(),
        }
    }
}

/// The reason why a file is not a valid account.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SeedError {
    #[error("{0}")]
    Unreadable(#[from] io::Error),
    /// The text is not JSON, or has the wrong shape. The error names the member, line and column.
    #[error("{0}")]
    Malformed(#[from] serde_path_to_error::Error<serde_json::Error>),
    /// More text follows the account.
    #[error("{0}")]
    More(#[from] serde_json::Error),
    /// No account can hold this.
    #[error("{member}: {problem}")]
    Impossible {
        /// The path of the member: `sims[2].connector`.
        member: String,
        problem: String,
    },
}

impl Seed {
    /// Reads an account from a file.
    pub(crate) fn read(path: impl AsRef<Path>) -> Result<Self, SeedError> {
        Self::parse(&fs::read(path)?)
    }

    /// Makes the account and the pending faults.
    pub(crate) fn into_account(self, clock: Clock) -> (Account, Faults) {
        let account = Account::new(self.connectors, self.tags, self.sims, self.quirks, clock);
        (account, self.faults)
    }

    fn parse(json: &[u8]) -> Result<Self, SeedError> {
        // Serde reads an array as the fields of a struct in order, which no one intends.
        if json.trim_ascii_start().starts_with(b"[") {
            return Err(SeedError::Impossible {
                member: "line 1".to_owned(),
                problem: "expected an object with `connectors`, `tags`, `sims`".to_owned(),
            });
        }
        let mut deserializer = serde_json::Deserializer::from_slice(json);
        let seed: Self = serde_path_to_error::deserialize(&mut deserializer)?;
        deserializer.end()?;
        seed.check()?;
        Ok(seed)
    }

    fn check(&self) -> Result<(), SeedError> {
        let connectors = &self.connectors;
        let names = connectors.iter().map(|connector| &connector.name);
        let names = unique("connectors", "name", names)?;
        unique("tags", "id", self.tags.iter().map(|tag| tag.id))?;
        unique("sims", "id", self.sims.iter().map(|sim| &sim.id))?;
        unique("sims", "iccid", self.sims.iter().map(|sim| &sim.iccid))?;
        // With this quirk, a SIM may be mapped to a connector that does not exist.
        if self.quirks.mappings_on_rename == OnRename::Stay {
            return Ok(());
        }
        for (index, sim) in self.sims.iter().enumerate() {
            if let Some(name) = sim.connector.as_ref().filter(|name| !names.contains(name)) {
                return Err(SeedError::Impossible {
                    member: format!("sims[{index}].connector"),
                    problem: format!("there is no connector `{name}`"),
                });
            }
        }
        Ok(())
    }
}

/// Returns the values of a member, after checking that none appears twice.
fn unique<T: Eq + Hash + ToString>(
    list: &str,
    member: &str,
    values: impl Iterator<Item = T>,
) -> Result<HashSet<T>, SeedError> {
    let mut seen = HashSet::new();
    for (index, value) in values.enumerate() {
        let text = value.to_string();
        if !seen.insert(value) {
            return Err(SeedError::Impossible {
                member: format!("{list}[{index}].{member}"),
                problem: format!("`{text}` appears twice"),
            });
        }
    }
    Ok(seen)
}

#[cfg(test)]
mod tests {
    use super::Seed;

    fn refusal(json: &str) -> String {
        Seed::parse(json.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn an_empty_object_is_a_new_account() {
        let seed = Seed::parse(b"{}").unwrap();
        assert!(seed.connectors.is_empty());
        assert!(!seed.tags.is_empty());
    }

    #[test]
    fn a_refusal_says_where_and_why() {
        for (json, words) in [
            ("", &["EOF", "line 1 column 0"][..]),
            ("{} {}", &["trailing characters", "line 1 column 4"]),
            (
                r#"{"connector": []}"#,
                &["unknown field `connector`", "`connectors`"],
            ),
            (
                r#"{"connectors": [{"name": "abc", "type": "tls", "tags": ["Supplier"]}]}"#,
                &["connectors[0].tags[0]", "line 1"],
            ),
            (
                r#"{"connectors": [{"name": "abc", "type": "tls", "option": {}}]}"#,
                &["connectors[0]", "unknown field `option`"],
            ),
            (
                r#"{"connectors": [{"name": "abc", "type": "tls", "secrets": {"key": {
                    "sha256": "the key", "last_updated_at": "2024-09-26T09:25:42.898Z"}}}]}"#,
                &[
                    "connectors[0].secrets.key.sha256",
                    "64 lower-case hexadecimal digits",
                ],
            ),
            (
                r#"{"connectors": [{"name": "abc", "type": "tls"}, {"name": "abc", "type": "tls"}]}"#,
                &["connectors[1].name: `abc` appears twice"],
            ),
            (
                r#"{"sims": [{"id": "000000001", "iccid": "8945730000000000001", "connector": "abc"}]}"#,
                &["sims[0].connector: there is no connector `abc`"],
            ),
        ] {
            let said = refusal(json);
            for word in words {
                assert!(said.contains(word), "`{word}` is not in `{said}`");
            }
        }
    }
}

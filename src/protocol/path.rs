//! Attribute paths: locations in a configuration.

use std::fmt;

use super::tfplugin6::{self, attribute_path::step::Selector};

/// A step from a value to a part of it. An element of a set has no step, so a path stops at the
/// set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// An attribute of an object.
    Attribute(String),
    /// A key of a map.
    Key(String),
    /// An index of a list or tuple.
    Index(usize),
}

/// A path from the root of a resource, data source or provider configuration.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AttributePath(Vec<Step>);

impl AttributePath {
    /// The root path: the whole configuration.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// Appends an attribute.
    #[must_use]
    pub fn attribute(&self, name: impl Into<String>) -> Self {
        self.step(Step::Attribute(name.into()))
    }

    /// Appends a map key.
    #[must_use]
    pub fn key(&self, key: impl Into<String>) -> Self {
        self.step(Step::Key(key.into()))
    }

    /// Appends an index of a list or tuple.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.step(Step::Index(index))
    }

    /// Adds a step to the front of the path.
    pub(super) fn under(mut self, step: Step) -> Self {
        self.0.insert(0, step);
        self
    }

    fn step(&self, step: Step) -> Self {
        Self([self.0.as_slice(), &[step]].concat())
    }

    /// Whether the path is the root.
    #[must_use]
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// Converts the path to a protocol message. Returns `None` for the root, which has no message.
    #[must_use]
    pub fn to_proto(&self) -> Option<tfplugin6::AttributePath> {
        let steps = self.0.iter().map(|step| tfplugin6::attribute_path::Step {
            selector: Some(match step {
                Step::Attribute(name) => Selector::AttributeName(name.clone()),
                Step::Key(key) => Selector::ElementKeyString(key.clone()),
                // A list must fit in a message, so its indexes are small enough.
                Step::Index(index) => {
                    Selector::ElementKeyInt(i64::try_from(*index).unwrap_or(i64::MAX))
                }
            }),
        });
        (!self.is_root()).then(|| tfplugin6::AttributePath {
            steps: steps.collect(),
        })
    }
}

/// Makes a path from attribute names, such as `["tls", "port"]`.
impl<const N: usize> From<[&str; N]> for AttributePath {
    fn from(names: [&str; N]) -> Self {
        Self(names.map(|name| Step::Attribute(name.to_owned())).into())
    }
}

/// Prints the path as an expression: `tls.port`, `tags[0]`, `meta["key"]`.
impl fmt::Display for AttributePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            match step {
                Step::Attribute(name) if position == 0 => write!(f, "{name}")?,
                Step::Attribute(name) => write!(f, ".{name}")?,
                Step::Key(key) => write!(f, "[{key:?}]")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_like_an_expression() {
        let path = AttributePath::from(["meta"]).key("ca").attribute("is_set");
        assert_eq!(path.to_string(), r#"meta["ca"].is_set"#);
        assert_eq!(
            AttributePath::from(["tags"]).index(2).to_string(),
            "tags[2]"
        );
    }

    #[test]
    fn the_root_has_no_message() {
        assert_eq!(AttributePath::root().to_proto(), None);
    }
}

//! An attribute that Onomondo accepts and never shows, with its write-only pair.

use secrecy::SecretString;

use super::setting::Rule;
use crate::{
    messages::invalid::invalid,
    protocol::{Attribute, AttributePath, Diagnostics, Field, Given, Numeric, Text, Value},
};

/// A secret: the attribute whose value is in the state, and the write-only attributes that keep it
/// out, if any.
#[derive(Debug)]
pub(crate) struct Secret {
    value: Field<Text>,
    member: &'static str,
    description: &'static str,
    rule: Rule,
    write_only: Option<WriteOnly>,
}

/// A write-only attribute, and the version that represents it in plan and state.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WriteOnly {
    pub(crate) value: Field<Text>,
    pub(crate) version: Field<Numeric>,
}

/// A secret. By default, it accepts any text.
pub(super) const fn secret(name: &'static str) -> Secret {
    Secret {
        value: Field::new(name),
        member: name,
        description: "",
        rule: |_, _, _| {},
        write_only: None,
    }
}

impl Secret {
    /// The name in the API's `options` and `meta`, if it differs from the attribute's.
    pub(super) const fn member(mut self, member: &'static str) -> Self {
        self.member = member;
        self
    }

    /// The documentation of the attribute.
    pub(super) const fn describe(mut self, description: &'static str) -> Self {
        self.description = description;
        self
    }

    /// The rule for the value. A rule never repeats the value.
    pub(super) const fn rule(mut self, rule: Rule) -> Self {
        self.rule = rule;
        self
    }

    /// The write-only attributes for the same secret: its value and its version.
    pub(super) const fn write_only(mut self, value: &'static str, version: &'static str) -> Self {
        self.write_only = Some(WriteOnly {
            value: Field::new(value),
            version: Field::new(version),
        });
        self
    }

    /// The name that users see: the name of the attribute and of its entry in `meta`.
    pub(crate) const fn name(&self) -> &'static str {
        self.value.name()
    }

    /// The name in the API's `options` and `meta`.
    pub(crate) const fn api_member(&self) -> &'static str {
        self.member
    }

    /// The attribute whose value is stored in the state.
    pub(crate) const fn plain(&self) -> Field<Text> {
        self.value
    }

    /// The attributes that keep the value out of the state.
    pub(crate) const fn pair(&self) -> Option<WriteOnly> {
        self.write_only
    }

    /// The attribute for the schema.
    pub(crate) fn attribute(&self) -> Attribute {
        let attribute = self.value.attribute().optional().sensitive();
        attribute.describe(self.description)
    }

    /// The write-only attributes for the schema.
    pub(crate) fn write_only_attributes(&self) -> Vec<Attribute> {
        let Some(WriteOnly { value, version }) = self.write_only else {
            return Vec::new();
        };
        let (name, value_name) = (self.name(), value.name());
        vec![
            value
                .attribute()
                .optional()
                .sensitive()
                .write_only()
                .describe(format!(
                    "Same as `{name}`, but never stored in plan or state. Requires Terraform 1.11 \
                     or OpenTofu 1.11, or later."
                )),
            version.attribute().optional().computed().describe(format!(
                "Version of `{value_name}`. Changing this number sends `{value_name}` again. If \
                 omitted, the provider increases it when the value changes."
            )),
        ]
    }

    /// Checks the secret in the configuration of the variant at `path`, plain or write-only.
    pub(crate) fn validate(
        &self,
        variant: &Value,
        path: &AttributePath,
        diagnostics: &mut Diagnostics,
    ) {
        let write_only = self.write_only.map(|write_only| write_only.value);
        for field in [Some(self.value), write_only].into_iter().flatten() {
            if let Given::Known(text) = field.of(variant) {
                self.check(text, &path.attribute(field.name()), diagnostics);
            }
        }
    }

    fn check(&self, text: &str, path: &AttributePath, diagnostics: &mut Diagnostics) {
        if text.trim().is_empty() {
            let detail = format!("`{path}` is empty. To set no value, omit the attribute.");
            diagnostics.push(invalid(path, detail));
        } else {
            (self.rule)(text, path, diagnostics);
        }
    }

    /// The secret in the configuration of the variant, plain or write-only.
    pub(crate) fn configured<'a>(&self, config: &'a Value) -> Given<&'a str> {
        match (self.value.of(config), self.write_only) {
            (Given::Null, Some(write_only)) => write_only.value.of(config),
            (given, _) => given,
        }
    }

    /// The value to send, if the configuration has one.
    pub(crate) fn to_api(&self, config: &Value) -> Option<SecretString> {
        self.configured(config).known().map(SecretString::from)
    }

    /// Whether the state of the variant shows that the configuration has this secret.
    pub(crate) fn is_managed(&self, state: &Value) -> bool {
        self.traces().any(|name| !state.get(name).is_null())
    }

    /// Removes the attributes that represent the secret in the state. The next plan then shows the
    /// secret, and apply sends it again.
    pub(crate) fn forget(&self, state: &mut Value) {
        for name in self.traces() {
            state.insert(name, Value::Null);
        }
    }

    /// The attributes that represent it in a state.
    pub(crate) fn traces(&self) -> impl Iterator<Item = &'static str> + use<> {
        let version = self.write_only.map(|write_only| write_only.version.name());
        [self.name()].into_iter().chain(version)
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

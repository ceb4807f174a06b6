//! The description of a variant.

use std::fmt;

use serde_json::{Map, Value as Json};

use super::{secret::Secret, setting::Setting};
use crate::{
    onomondo::{OptionForm, Options},
    protocol::{Attribute, AttributePath, Diagnostic, Diagnostics, Field, Given, Members, Value},
};

/// A type of connector: the attribute for it in a configuration, and that attribute's contents.
#[derive(Debug)]
pub(crate) struct Variant {
    name: &'static str,
    purpose: &'static str,
    settings: &'static [Setting],
    secrets: &'static [Secret],
    rule: fn(&Value, &AttributePath, &mut Diagnostics),
    lack: fn(&Value) -> Option<Diagnostic>,
}

/// The variant of a configuration, a plan or a state.
#[derive(Debug, Clone, Copy)]
pub(crate) struct VariantObject<'a> {
    pub(crate) variant: &'static Variant,
    /// The object with its attributes.
    pub(crate) object: &'a Value,
}

impl Variant {
    /// A variant. `name` is its attribute and also the API's `type`. `purpose` is for the
    /// documentation.
    pub(super) const fn new(name: &'static str, purpose: &'static str) -> Self {
        Self {
            name,
            purpose,
            settings: &[],
            secrets: &[],
            rule: |_, _, _| {},
            lack: |_| None,
        }
    }

    /// The attributes that Onomondo shows.
    pub(super) const fn settings(mut self, settings: &'static [Setting]) -> Self {
        self.settings = settings;
        self
    }

    /// The secrets, which Onomondo never shows.
    pub(super) const fn secrets_are(mut self, secrets: &'static [Secret]) -> Self {
        self.secrets = secrets;
        self
    }

    /// A rule for several attributes together.
    pub(super) const fn rule(mut self, rule: fn(&Value, &AttributePath, &mut Diagnostics)) -> Self {
        self.rule = rule;
        self
    }

    /// A check for what a new connector or a change of type needs, but an existing connector does
    /// not.
    pub(super) const fn lack(mut self, lack: fn(&Value) -> Option<Diagnostic>) -> Self {
        self.lack = lack;
        self
    }

    /// The name of the attribute, and the API's `type`.
    pub(crate) const fn name(&self) -> &'static str {
        self.name
    }

    /// Its purpose, for the documentation.
    pub(crate) const fn purpose(&self) -> &'static str {
        self.purpose
    }

    /// The attribute with its whole object.
    pub(crate) const fn field(&self) -> Field<Members> {
        Field::new(self.name)
    }

    /// The secrets, which Onomondo never shows.
    pub(crate) const fn secrets(&self) -> &'static [Secret] {
        self.secrets
    }

    /// The schema's attributes that Onomondo shows.
    pub(crate) fn shown_attributes(&self) -> Vec<Attribute> {
        self.settings.iter().map(Setting::attribute).collect()
    }

    /// All attributes for the schema.
    pub(crate) fn attributes(&self) -> Vec<Attribute> {
        let secrets = self.secrets.iter();
        let mut attributes = self.shown_attributes();
        attributes.extend(secrets.clone().map(Secret::attribute));
        attributes.extend(secrets.flat_map(Secret::write_only_attributes));
        attributes
    }

    /// Checks the variant in a configuration.
    pub(crate) fn validate(&self, config: &Value, diagnostics: &mut Diagnostics) {
        let Given::Known(object) = self.field().of(config) else {
            return;
        };
        let path = AttributePath::from([self.name]);
        for setting in self.settings {
            setting.validate(object, &path, diagnostics);
        }
        for secret in self.secrets {
            secret.validate(object, &path, diagnostics);
        }
        (self.rule)(object, &path, diagnostics);
    }

    /// The error or warning about missing attributes that a new connector needs, or without which
    /// the API may reject it.
    pub(crate) fn lack_of(&self, config: &Value) -> Option<Diagnostic> {
        // Points to the variant: older CLIs cannot point to a missing nested attribute.
        Some((self.lack)(config)?.at([self.name]))
    }

    /// Plans defaults for attributes that the configuration omits.
    pub(crate) fn plan_defaults(&self, config: &Value, planned: &mut Value) {
        for setting in self.settings {
            setting.plan_default(config, planned);
        }
    }

    /// Removes default values from a generated configuration.
    pub(crate) fn leave_out_defaults(&self, config: &mut Value) {
        for setting in self.settings {
            setting.leave_out_default(config);
        }
    }

    /// Whether the plan changes the variant in the API. A secret that left the configuration does
    /// not count: it is no longer managed, and Onomondo keeps it.
    pub(crate) fn differs(&self, prior: &Value, planned: &Value) -> bool {
        let differs = |name: &str| planned.get(name) != prior.get(name);
        let mut settings = self.settings.iter().map(Setting::name);
        let mut secrets = self.secrets.iter().flat_map(Secret::traces);
        settings.any(differs) || secrets.any(|name| differs(name) && !planned.get(name).is_null())
    }

    /// The form of each member of the API's `options`.
    pub(crate) fn forms(&self) -> Vec<(&'static str, OptionForm)> {
        let settings = self.settings.iter();
        let forms = settings.map(|setting| (setting.api_member(), setting.form()));
        forms.collect()
    }

    /// The attribute for a member of the API's `options`.
    pub(crate) fn attribute_of(&self, member: &str) -> Option<&'static str> {
        let settings = self.settings.iter();
        let settings = settings.map(|setting| (setting.api_member(), setting.name()));
        let secrets = self.secrets.iter();
        let secrets = secrets.map(|secret| (secret.api_member(), secret.name()));
        let mut all = settings.chain(secrets);
        all.find(|(name, _)| *name == member)
            .map(|(_, attribute)| attribute)
    }

    /// All options of a planned variant, with the secrets from its configuration.
    pub(crate) fn to_api(&self, planned: &Value, config: &Value) -> Result<Options, Diagnostic> {
        let path = AttributePath::from([self.name]);
        let mut shown = Map::new();
        for setting in self.settings {
            if let Some(json) = setting.to_api(planned, &path)? {
                shown.insert(setting.api_member().to_owned(), json);
            }
        }
        let secrets = self.secrets.iter();
        let secrets = secrets.filter_map(|secret| {
            let value = secret.to_api(config)?;
            Some((secret.api_member().to_owned(), value))
        });
        let confidential = self.settings.iter();
        let confidential = confidential.filter_map(|setting| setting.confidential_part(planned));
        Ok(Options {
            kind: self.name.to_owned(),
            shown,
            secrets: secrets.collect(),
            confidential: confidential.map(Into::into).collect(),
        })
    }

    /// The API's values for this type. If one means the same as the prior value, keeps the prior
    /// spelling.
    pub(crate) fn shown_by_api(&self, options: &Map<String, Json>, prior: &Value) -> Value {
        let settings = self.settings.iter();
        Value::object(settings.map(|setting| {
            let shown = options.get(setting.api_member());
            (setting.name(), setting.read(shown, prior))
        }))
    }

    /// Like `shown_by_api`, but with the prior secrets, which the API does not return.
    pub(crate) fn read(&self, options: &Map<String, Json>, prior: &Value) -> Value {
        let mut variant = self.shown_by_api(options, prior);
        for name in self.secrets.iter().flat_map(Secret::traces) {
            variant.insert(name, prior.get(name).clone());
        }
        variant
    }
}

impl PartialEq for Variant {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Variant {}

impl fmt::Display for Variant {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name)
    }
}

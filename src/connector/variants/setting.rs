//! An attribute of a variant that Onomondo shows. Its whole description is in one place.

use serde_json::Value as Json;

use crate::{
    messages::invalid::{invalid, not_null, whole_number},
    onomondo::{self, OptionForm},
    protocol::{
        Attribute, AttributePath, Diagnostic, Diagnostics, Field, Flag, Given, Number, Numeric,
        Text, Value,
    },
};

/// Checks a known text: reports errors and warnings.
pub(crate) type Rule = fn(&str, &AttributePath, &mut Diagnostics);

/// Whether two different texts mean the same to the API.
pub(crate) type Spelling = fn(&str, &str) -> bool;

/// The part of a text that must not appear in logs, if there is one.
pub(crate) type Confidential = fn(&str) -> Option<&str>;

/// An attribute, with its member of the API's `options`.
#[derive(Debug)]
pub(crate) struct Setting {
    name: &'static str,
    member: &'static str,
    description: &'static str,
    is_required: bool,
    form: Form,
}

#[derive(Debug)]
enum Form {
    Text {
        rule: Rule,
        is_same: Spelling,
        confidential: Confidential,
    },
    /// From 1 to 65535.
    Port,
    Flag {
        default: bool,
    },
}

/// A text. By default, it accepts any text, and different texts never mean the same.
pub(super) const fn text(name: &'static str) -> Setting {
    Setting::new(
        name,
        Form::Text {
            rule: |_, _, _| {},
            is_same: |one, other| one.eq(other),
            confidential: |_| None,
        },
    )
}

/// A port number from 1 to 65535.
pub(super) const fn port_number(name: &'static str) -> Setting {
    Setting::new(name, Form::Port)
}

/// A boolean, with its default if neither the configuration nor the API sets it.
pub(super) const fn flag(name: &'static str, default: bool) -> Setting {
    Setting::new(name, Form::Flag { default })
}

impl Setting {
    const fn new(name: &'static str, form: Form) -> Self {
        Self {
            name,
            member: name,
            description: "",
            is_required: false,
            form,
        }
    }

    /// The name in the API's `options`, if it differs from the attribute's.
    pub(super) const fn member(mut self, member: &'static str) -> Self {
        self.member = member;
        self
    }

    /// Makes the attribute required.
    pub(super) const fn required(mut self) -> Self {
        self.is_required = true;
        self
    }

    /// The documentation of the attribute.
    pub(super) const fn describe(mut self, description: &'static str) -> Self {
        self.description = description;
        self
    }

    /// The rule for the text.
    pub(super) const fn rule(mut self, given: Rule) -> Self {
        if let Form::Text { rule, .. } = &mut self.form {
            *rule = given;
        }
        self
    }

    /// Decides whether two texts mean the same.
    pub(super) const fn spelling(mut self, given: Spelling) -> Self {
        if let Form::Text { is_same, .. } = &mut self.form {
            *is_same = given;
        }
        self
    }

    /// The part of the text that is secret, although Onomondo shows it.
    pub(super) const fn confidential(mut self, given: Confidential) -> Self {
        if let Form::Text { confidential, .. } = &mut self.form {
            *confidential = given;
        }
        self
    }

    /// The attribute's name.
    pub(crate) const fn name(&self) -> &'static str {
        self.name
    }

    /// The member of the API's `options`.
    pub(crate) const fn api_member(&self) -> &'static str {
        self.member
    }

    /// The attribute for the schema.
    pub(crate) fn attribute(&self) -> Attribute {
        let attribute = match self.form {
            Form::Text { .. } => self.text().attribute(),
            Form::Port => self.number().attribute(),
            Form::Flag { .. } => self.flag().attribute().computed(),
        };
        let attribute = attribute.describe(self.description);
        if self.is_required {
            attribute.required()
        } else {
            attribute.optional()
        }
    }

    /// Checks the attribute in the configuration of the variant at `path`.
    pub(crate) fn validate(
        &self,
        variant: &Value,
        path: &AttributePath,
        diagnostics: &mut Diagnostics,
    ) {
        if self.is_required {
            not_null(variant, path, &[self.name], diagnostics);
        }
        match self.form {
            Form::Text { rule, .. } => {
                if let Given::Known(text) = self.text().of(variant) {
                    rule(text, &path.attribute(self.name), diagnostics);
                }
            }
            Form::Port => {
                if let Given::Known(number) = self.number().of(variant) {
                    let path = path.attribute(self.name);
                    whole_number(number, &path, 1..=65535, diagnostics);
                }
            }
            Form::Flag { .. } => {}
        }
    }

    /// Plans the default if the configuration omits the attribute.
    pub(crate) fn plan_default(&self, config: &Value, planned: &mut Value) {
        if let Form::Flag { default } = self.form
            && self.flag().of(config).is_null()
        {
            self.flag().set(planned, default);
        }
    }

    /// Removes a default value from a generated configuration.
    pub(crate) fn leave_out_default(&self, config: &mut Value) {
        if let Form::Flag { default } = self.form
            && self.flag().of(config) == Given::Known(default)
        {
            self.flag().set(config, Value::Null);
        }
    }

    /// Converts the value for the API. Returns `None` if it is not set. Validation prevents errors
    /// here. A value that cannot be sent causes an error. It is never replaced by another value.
    pub(crate) fn to_api(
        &self,
        variant: &Value,
        path: &AttributePath,
    ) -> Result<Option<Json>, Diagnostic> {
        let given = match self.form {
            Form::Text { .. } => self.text().of(variant).map(|text| Some(text.into())),
            Form::Port => {
                let number = self.number().of(variant);
                number.map(|number| port_of(number).map(Json::from))
            }
            Form::Flag { .. } => self.flag().of(variant).map(|flag| Some(flag.into())),
        };
        match given {
            Given::Known(Some(json)) => Ok(Some(json)),
            Given::Null if !self.is_required => Ok(None),
            Given::Known(None) | Given::Null | Given::Unknown => {
                let path = path.attribute(self.name);
                let detail = format!(
                    "`{path}` is missing, or is not a port number from 1 to 65535. Set a \
                             valid value."
                );
                Err(invalid(&path, detail))
            }
        }
    }

    /// The part of the value that must not appear in logs.
    pub(crate) fn confidential_part<'a>(&self, variant: &'a Value) -> Option<&'a str> {
        match self.form {
            Form::Text { confidential, .. } => {
                self.text().of(variant).known().and_then(confidential)
            }
            Form::Port | Form::Flag { .. } => None,
        }
    }

    /// The form of the API's value.
    pub(super) const fn form(&self) -> OptionForm {
        match self.form {
            Form::Text { .. } => OptionForm::Text,
            Form::Port => OptionForm::Port,
            Form::Flag { .. } => OptionForm::Flag,
        }
    }

    /// Reads the API's value. If it means the same as the prior one, keeps the prior spelling. If
    /// the API omits the member, a boolean gets its default, and any other attribute keeps the
    /// prior value.
    pub(crate) fn read(&self, shown: Option<&Json>, prior: &Value) -> Value {
        match self.form {
            Form::Text { is_same, .. } => {
                let before = self.text();
                match (shown.and_then(Json::as_str), before.of(prior)) {
                    (Some(now), Given::Known(before)) if is_same(now, before) => before.into(),
                    (Some(now), _) => now.into(),
                    (None, _) => before.value(prior).clone(),
                }
            }
            Form::Port => match shown.and_then(onomondo::port) {
                Some(port) => i64::from(port).into(),
                None => self.number().value(prior).clone(),
            },
            Form::Flag { default } => shown.and_then(Json::as_bool).unwrap_or(default).into(),
        }
    }

    const fn text(&self) -> Field<Text> {
        Field::new(self.name)
    }

    const fn number(&self) -> Field<Numeric> {
        Field::new(self.name)
    }

    const fn flag(&self) -> Field<Flag> {
        Field::new(self.name)
    }
}

/// Converts a number to a port, if it is one.
pub(crate) fn port_of(number: &Number) -> Option<u16> {
    number.to_i64()?.try_into().ok()
}

//! Values that the CLI sends, and the errors for unreadable ones.

use crate::protocol::{
    DecodeError, Diagnostic, Type, Value, dynamic_value, json, tfplugin6::DynamicValue,
};

/// The kind of a value.
#[derive(Debug, Clone, Copy)]
pub(super) enum Sent {
    Configuration,
    Plan,
    State,
    Identity,
}

impl Sent {
    /// Decodes the value from its envelope.
    pub(super) fn read(
        self,
        envelope: Option<&DynamicValue>,
        ty: &Type,
    ) -> Result<Value, Diagnostic> {
        dynamic_value::read(envelope, ty).map_err(|error| self.unreadable(error))
    }

    /// Decodes the value from its stored form.
    pub(super) fn read_stored(self, stored: &[u8], ty: &Type) -> Result<Value, Diagnostic> {
        json::decode_stored(stored, ty).map_err(|error| self.unreadable(error))
    }

    fn unreadable(self, error: DecodeError) -> Diagnostic {
        let (name, advice) = match self {
            Self::Configuration => (
                "configuration",
                "The program that sent it may use another version of this provider. Otherwise, \
                 this is a bug in the provider: report it in the issue tracker of the provider.",
            ),
            Self::Plan => (
                "plan",
                "A saved plan works only with the version of the provider that created it: run \
                 plan again. If the problem persists, this is a bug in the provider: report it in \
                 the issue tracker of the provider.",
            ),
            Self::State => ("state", OF_ANOTHER_VERSION),
            Self::Identity => ("identity", OF_ANOTHER_VERSION),
        };
        let detail = format!("Reason: {error}. {advice}");
        Diagnostic::error(format!("The provider cannot read the {name}"), detail).at(error.path)
    }
}

const OF_ANOTHER_VERSION: &str = "Another version of this provider may have stored it: use that \
                                  version or a newer one. Otherwise, this is a bug in the \
                                  provider: report it in the issue tracker of the provider.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_the_kind_of_value() {
        let ty = Type::Object([("name".to_owned(), Type::String)].into());
        let empty = DynamicValue {
            msgpack: vec![0x80],
            ..Default::default()
        };
        for (sent, name, advice) in [
            (Sent::Configuration, "configuration", "that sent it"),
            (Sent::Plan, "plan", "run plan again"),
            (Sent::State, "state", "have stored it"),
            (Sent::Identity, "identity", "have stored it"),
        ] {
            let error = sent.read(Some(&empty), &ty).unwrap_err();
            assert_eq!(
                error.summary,
                format!("The provider cannot read the {name}")
            );
            let reason = "Reason: attribute `name` is missing. ";
            assert!(error.detail.starts_with(reason), "{}", error.detail);
            assert!(error.detail.contains(advice), "{}", error.detail);
        }
    }
}

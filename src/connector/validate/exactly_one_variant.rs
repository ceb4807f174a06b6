//! The variant: exactly one, with the values that its description allows.

use crate::{
    connector::variants::{self, Variant},
    protocol::{Diagnostic, Diagnostics, Given, Value},
};

pub(super) fn validate(config: &Value, diagnostics: &mut Diagnostics) {
    exactly_one(config, diagnostics);
    for variant in variants::ALL {
        variant.validate(config, diagnostics);
    }
}

fn exactly_one(config: &Value, diagnostics: &mut Diagnostics) {
    let all = variants::names("and");
    let mut known: Vec<&Variant> = Vec::new();
    let mut is_any_set = false;
    for variant in variants::ALL {
        match variant.field().of(config) {
            Given::Null => continue,
            Given::Unknown => {}
            Given::Known(_) => known.push(variant),
        }
        is_any_set = true;
    }
    if !is_any_set {
        let detail = format!("The connector has no type. Set exactly one of {all}.");
        diagnostics.push(Diagnostic::error("No connector type", detail));
    }
    let Some((first, others)) = known.split_first() else {
        return;
    };
    for other in others {
        let detail = format!(
            "`{first}` and `{other}` are both set, but a connector has only one type. Set exactly \
             one of {all}."
        );
        let title = "More than one connector type";
        diagnostics.push(Diagnostic::error(title, detail).at([other.name()]));
    }
}

//! `timeouts`.

use crate::{
    connector::model::{attributes::TIMEOUTS, timeouts::OPERATIONS},
    messages::invalid::{invalid, quoted},
    protocol::{AttributePath, Diagnostics, Given, Value, parse_duration},
};

pub(super) fn validate(config: &Value, diagnostics: &mut Diagnostics) {
    let Given::Known(timeouts) = TIMEOUTS.of(config) else {
        return;
    };
    for operation in OPERATIONS {
        if let Given::Known(given) = operation.of(timeouts)
            && parse_duration(given).is_none()
        {
            let path = AttributePath::from([TIMEOUTS.name(), operation.name()]);
            let detail = format!(
                "`{path}` is {}. It must be a duration above zero, such as `30s`, `5m` or `1h30m`.",
                quoted(given)
            );
            diagnostics.push(invalid(&path, detail));
        }
    }
}

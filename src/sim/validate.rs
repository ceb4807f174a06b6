//! Checks a configuration. An element of a set has no attribute path, so errors point to the set
//! and quote the element.

use super::{
    attributes::{CONNECTOR, SIM_IDS},
    sim_id::{is_sim_id, with_zeros},
};
use crate::{
    messages::{
        invalid::{invalid, not_empty, not_null, quoted},
        timeouts,
    },
    protocol::{AttributePath, Diagnostics, Given, Value},
};

/// The maximum number of SIMs to report: if the wrong column of a file was read, thousands are
/// invalid.
const SHOWN: usize = 10;

pub(super) fn validate(config: &Value, diagnostics: &mut Diagnostics) {
    let required = [CONNECTOR.name(), SIM_IDS.name()];
    not_null(config, &AttributePath::root(), &required, diagnostics);
    if let Given::Known(connector) = CONNECTOR.of(config) {
        not_empty(connector, &[CONNECTOR.name()].into(), diagnostics);
    }
    if let Given::Known(sim_ids) = SIM_IDS.of(config) {
        self::sim_ids(sim_ids, diagnostics);
    }
    timeouts::validate(config, diagnostics);
}

fn sim_ids(given: &[Value], diagnostics: &mut Diagnostics) {
    let path = AttributePath::from([SIM_IDS.name()]);
    if given.iter().any(Value::is_null) {
        diagnostics.push(invalid(&path, "`sim_ids` contains null. Remove it."));
    }
    let wrong = given
        .iter()
        .filter_map(Value::as_str)
        .filter(|text| !is_sim_id(text));
    let wrong: Vec<&str> = wrong.collect();
    for text in wrong.iter().take(SHOWN) {
        let shown = match *text {
            "" => "an empty string".to_owned(),
            text => quoted(text),
        };
        let hint = with_zeros(text).map_or_else(String::new, |meant| {
            format!(" If leading zeros were lost, write `\"{meant}\"`.")
        });
        let detail = format!(
            "`sim_ids` contains {shown}. Use the SIM ID, nine digits such as `\"000002418\"`, or \
             the ICCID, 19 or 20 digits that start with `894573`.{hint}"
        );
        diagnostics.push(invalid(&path, detail));
    }
    if wrong.len() > SHOWN {
        let more = wrong.len() - SHOWN;
        let detail =
            format!("`sim_ids` contains {more} more elements that are not SIM IDs or ICCIDs.");
        diagnostics.push(invalid(&path, detail));
    }
}

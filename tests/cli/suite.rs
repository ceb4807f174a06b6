//! All scenarios, by topic and by the CLI features that they need.
//!
//! A line holds a module of `scenarios`, the needs of its scenarios, and their names. The suite of
//! a CLI has all scenarios whose needs it meets.

use crate::cli::Cli;
use crate::feature::{
    IDENTITY, MOCKS, MOVED_ACROSS_TYPES,
    Need::{self, Has, Lacks},
    QUERY, REMOVED, WRITE_ONLY,
};

/// A scenario and its name.
type Named = (&'static str, fn(Cli));

/// Scenarios of one module with the same needs.
pub(crate) struct Group {
    pub(crate) module: &'static str,
    pub(crate) needs: &'static [Need],
    pub(crate) scenarios: &'static [Named],
}

impl Group {
    pub(crate) fn runs_on(&self, cli: Cli) -> bool {
        self.needs.iter().all(|need| need.is_met_by(cli))
    }
}

macro_rules! groups {
    ($($module:ident $([$($need:expr),+])? { $($scenario:ident)+ })*) => {
        &[$(Group {
            module: stringify!($module),
            needs: &[$($($need),+)?],
            scenarios: &[$((stringify!($scenario), crate::scenarios::$module::$scenario)),+],
        }),*]
    };
}

/// A part of the suite. `matrix` lists the CLIs that run it in `make test`.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Part {
    /// Features for connectors that every CLI has.
    Connectors,
    /// Behavior that depends on the CLI: secrets that must stay hidden, and states that it loads.
    SecretsAndStates,
    /// Existing connectors: finding them, and generating their configuration.
    Adoption,
    /// Behavior of the API, which is the same for every CLI.
    Api,
}

impl Part {
    pub(crate) const ALL: [Self; 4] = [
        Self::Connectors,
        Self::SecretsAndStates,
        Self::Adoption,
        Self::Api,
    ];

    pub(crate) fn groups(self) -> &'static [Group] {
        match self {
            Self::Connectors => CONNECTORS,
            Self::SecretsAndStates => SECRETS_AND_STATES,
            Self::Adoption => ADOPTION,
            Self::Api => API,
        }
    }
}

const CONNECTORS: &[Group] = groups! {
    lifecycle { https tls aws_iot_core microsoft_azure_iot name_left_out }
    change {
        rename variant tags passthrough several_at_once spelling_of_a_url tag_in_two_spellings
    }
    outside { change deletion tags_left_out passthrough_left_out }
    import { by_id by_block old_name without_secrets name_that_does_not_exist type_in_beta }
    identity [Has(IDENTITY)] { import_by_identity import_without_the_required_name }
    unknown {
        name_and_options whole_variant tags_and_passthrough becomes_unknown_in_update
        set_turns_out_the_same
    }
    invalid { at_validate at_plan wrong_key unreachable_api limits_beyond_reason }
    taken_name { refused_with_import_block }
    data_sources { missing made_in_the_same_apply filters beta_type unknown_key }
    tags { by_name all missing ambiguous }
    sim_mappings { lifecycle none id_and_iccid unknown from_a_data_source import }
    sim_data { filters }
    demo { runs_to_its_end }
    examples { apply are_formatted }
    examples [Has(WRITE_ONLY)] { module }
    debugging { attached }
    installation { from_implied_mirror from_packed_mirror from_network_mirror }
};

const SECRETS_AND_STATES: &[Group] = groups! {
    write_only [Has(WRITE_ONLY)] {
        key connection_string unknown_at_plan other_value_at_apply ignored_changes
        ignored_change_with_another removed instead_of_plain back_to_plain
    }
    old_cli [Lacks(WRITE_ONLY)] { write_only_is_refused plain_secret }
    write_only_version [Has(WRITE_ONLY)] {
        same_number_sends_nothing other_number_sends number_removed
    }
    secret_drift { plain }
    secret_drift [Has(WRITE_ONLY)] { write_only }
    adoption { without_secrets_plans_to_nothing secret_is_sent_once }
    data_sources { by_name }
    moved [Has(MOVED_ACROSS_TYPES)] { from_restapi from_restful something_else }
    older_state [Has(WRITE_ONLY)] { of_every_version }
    canary [Has(WRITE_ONLY)] { nothing_leaks }
};

const ADOPTION: &[Group] = groups! {
    adoption { generated_configuration }
    query [Has(QUERY)] {
        shows_what_there_is filters limit unknown_types odd_entry resource_object
        generated_configuration wrong_filters refused_key
    }
    adopt [Has(QUERY)] { with_query }
    adopt { with_import_blocks }
};

const API: &[Group] = groups! {
    write_only [Has(WRITE_ONLY)] { sent_with_other_options }
    secret_drift {
        certificates of_an_unmanaged_secret after_refresh_only between_plan_and_apply restamped
        without_date
    }
    secret_drift [Has(WRITE_ONLY)] {
        write_only_with_version connection_string none_without_a_change
    }
    adoption { other_options_warn }
    adoption [Has(WRITE_ONLY)] { secret_is_sent_with_the_import }
    secret_not_taken { dropped_by_an_update }
    secret_not_taken [Has(WRITE_ONLY)] { at_create at_update }
    lost_answer {
        to_a_create to_a_create_that_was_not_carried_out to_a_create_without_a_name to_an_update
        to_a_delete to_a_create_that_the_key_cannot_see
    }
    interruption {
        ctrl_c ctrl_c_in_a_wait second_ctrl_c job_cancelled provider_terminated provider_killed
        cli_killed api_restarted
    }
    load { a_hundred_connectors one_request_a_write }
    rename { ignored onto_another_connector lost_and_not_to_be_looked_up }
    freed_name {
        at_another_address after_its_sims by_a_replacement by_a_replacement_that_creates_first
        along_a_list
        along_a_long_list in_a_swap
    }
    unreachable { in_a_plan_of_creates in_a_refresh all_through_a_refresh }
    data_sources { tags_as_bare_ids one_list_for_all cut_off same_name_twice }
    account_list {
        in_every_form of_which_only_a_part_is_shown that_lacks_several_connectors
        with_an_odd_entry_of_somebody_else with_an_odd_entry_of_our_own with_an_entry_without_a_name
        with_half_a_character
    }
    tags { more_than_one_answer }
    deletion {
        while_mapped waits_until_unmapped last_sim_goes_meanwhile refused_without_a_sim
        gives_up_waiting gone_before answered_by_a_gateway
    }
    sim_sharing { taken_by_somebody_else one_connector changes_hands wanted_twice }
    sim_renames { followed stayed dropped }
    sim_failures {
        at_create at_update before_a_move at_delete rate_limit ctrl_c no_connector odd_answers
        lost_answers
    }
    sim_leftovers { of_an_update_that_gives_up of_a_move of_a_targeted_rename of_a_renamed_connector }
    sim_load { five_thousand }
    time_limit { of_create of_create_that_was_carried_out of_update of_read of_delete changed }
    objects { sensitive with_optional_attributes }
    state_commands { mv }
    state_commands [Has(REMOVED)] { removed_and_imported }
    terraform_test [Has(MOCKS)] { mock_provider overrides }
    environment { locales few_open_files }
    import { old_names }
    network { over_http2 through_a_proxy with_an_unknown_ca }
    partial { one_of_two created_and_not_readable refused_update }
    api_error {
        status_400 status_401 status_403 status_404_on_update status_409 status_422 status_429
        status_500_on_read status_503_on_update broken_connection html_in_place_of_json
        json_of_another_shape name_twice_in_the_list
    }
};

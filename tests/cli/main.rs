//! Real CLIs against the sandbox. A scenario reads like a specification of what a user meets, and
//! runs on each of the CLIs below: `cargo test --all-features --test cli terraform_1_15_5`.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "every function here is part of a test"
)]

mod cli;
mod demo;
mod diagnostics;
mod hidden;
mod outcome;
mod plan;
mod scenario;
mod scenarios;
#[path = "../support/mod.rs"]
mod support;
mod workspace;

/// Makes a test of each scenario, named after its module: `lifecycle::tls`.
macro_rules! run {
    ($program:ident $version:literal; $($module:ident { $($scenario:ident)* })*) => {
        $(mod $module {
            $(#[test]
            fn $scenario() {
                crate::scenarios::$module::$scenario(crate::cli::Cli::$program($version));
            })*
        })*
    };
}

/// What every CLI can do.
macro_rules! run_all {
    ($program:ident $version:literal) => {
        run! {
            $program $version;
            lifecycle { https tls aws_iot_core microsoft_azure_iot name_left_out }
            change { rename variant tags passthrough several_at_once }
            outside { change deletion tags_left_out passthrough_left_out }
            import { by_id by_block without_secrets name_that_does_not_exist }
            unknown { name_and_options whole_variant tags_and_passthrough becomes_unknown_in_update }
            invalid { at_validate at_plan wrong_key unreachable_api }
            taken_name { refused_with_import_block }
        }
    };
}

/// What is about the CLI and the secrets it must not keep.
macro_rules! run_secrets {
    ($program:ident $version:literal) => {
        run! {
            $program $version;
            write_only { key connection_string unknown_at_plan removed instead_of_plain back_to_plain }
            write_only_version { same_number_sends_nothing other_number_sends number_removed }
            secret_drift { plain write_only }
            adoption { without_secrets_plans_to_nothing secret_is_sent_once generated_configuration }
            moved { from_restapi from_restful something_else }
            older_state { of_every_version }
            canary { nothing_leaks }
        }
    };
}

/// What only CLIs with resource identity can do: Terraform and OpenTofu from 1.12 on.
macro_rules! run_with_identity {
    ($program:ident $version:literal) => {
        run! {
            $program $version;
            identity { import_by_identity import_without_the_required_name }
        }
    };
}

mod terraform_1_15_5 {
    run_all!(terraform "1.15.5");
    run_with_identity!(terraform "1.15.5");
    run_secrets!(terraform "1.15.5");
}

/// What is about the API, and the same on every CLI.
mod about_the_api {
    run! {
        terraform "1.15.5";
        write_only { sent_with_other_options }
        secret_drift {
            certificates write_only_with_version connection_string of_an_unmanaged_secret
            after_refresh_only none_without_a_change
        }
        adoption { secret_is_sent_with_the_import other_options_warn }
        secret_not_taken { at_create at_update dropped_by_an_update }
        lost_answer {
            to_a_create to_a_create_that_was_not_carried_out to_a_create_without_a_name to_an_update
            to_a_delete
        }
        rename { ignored onto_another_connector }
        deletion { while_mapped waits_until_unmapped gives_up_waiting gone_before }
        time_limit { of_create of_create_that_was_carried_out of_update of_read of_delete changed }
        partial { one_of_two created_and_not_readable refused_update }
        api_error {
            status_400 status_401 status_403 status_404_on_update status_409 status_422 status_429
            status_500_on_read status_503_on_update broken_connection html_in_place_of_json
            json_of_another_shape
        }
    }
}

mod terraform_1_12_2 {
    run_secrets!(terraform "1.12.2");
}

mod terraform_1_11_4 {
    run_all!(terraform "1.11.4");
    run_secrets!(terraform "1.11.4");
}

mod opentofu_1_12 {
    run_all!(opentofu "1.12");
    run_with_identity!(opentofu "1.12");
    run_secrets!(opentofu "1.12");
}

mod opentofu_1_11 {
    run_secrets!(opentofu "1.11");
}

mod terraform_1_8_4 {
    run! {
        terraform "1.8.4";
        old_cli { write_only_is_refused plain_secret }
    }
}

/// Both programs, as a user has one or the other.
mod demo_runs_to_its_end {
    use crate::cli::Cli;

    #[test]
    fn terraform() {
        crate::demo::runs_to_its_end(Cli::terraform("1.15.5"));
    }

    #[test]
    fn opentofu() {
        crate::demo::runs_to_its_end(Cli::opentofu("1.12"));
    }
}

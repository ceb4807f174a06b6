# One task runner. `make` alone lists the tasks.

.DEFAULT_GOAL := help
.PHONY: help build demo test fmt lint unit-test cli-test test-matrix bench golden deny

# One line about a program that a task cannot do without.
need = @command -v $(1) >/dev/null || { echo 'error: `$(1)` is not on PATH: $(2)' >&2; exit 1; }

need-rust = $(call need,cargo,install Rust) && \
	{ command -v cc >/dev/null || { echo 'error: `cc` is not on PATH: install a C compiler' >&2; exit 1; }; }
need-python = $(call need,python3,install Python 3.9 or later)
need-go = $(call need,go,install Go)
need-component = $(call need,cargo,install Rust) && cargo $(1) --version >/dev/null 2>&1 || \
	{ echo 'error: `cargo $(1)` is missing: run `$(2)`' >&2; exit 1; }

help: ## List the tasks.
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-18s %s\n", $$1, $$2 }'

build: ## Build the provider, optimised, as target/release/terraform-provider-onomondo.
	$(need-rust)
	cargo build --release

demo: ## Watch a real Terraform create, change, import and destroy connectors in a sandbox.
	$(need-rust)
	$(need-python)
	@python3 scripts/demo.py

test: ## All checks and tests: format, lints, unit, protocol, sandbox, and real CLIs.
	$(need-rust)
	$(need-python)
	$(need-go)
	@$(MAKE) --no-print-directory lint
	cargo test --all-features

fmt: ## Format the sources.
	$(call need-component,fmt,rustup component add rustfmt)
	cargo fmt

lint: ## Check format and lints.
	$(need-rust)
	$(call need-component,fmt,rustup component add rustfmt)
	$(call need-component,clippy,rustup component add clippy)
	cargo fmt --check
	cargo clippy --all-targets --all-features -- -D warnings

unit-test: ## Only the tests beside the code: seconds.
	$(need-rust)
	cargo test --all-features --lib

cli-test: ## Only the tests with real CLIs; `make cli-test ONLY=terraform_1_15_5` narrows them.
	$(need-rust)
	$(need-python)
	$(need-go)
	cargo test --features sandbox --test cli $(ONLY)

test-matrix: ## The whole suite on every CLI: an hour.
	$(need-rust)
	$(need-python)
	$(need-go)
	cargo test --features sandbox --test cli -- --include-ignored

bench: ## Measure start-up, memory, shutdown and size of the provider against their goals.
	$(need-rust)
	cargo build --release
	cargo bench --profile dev --bench startup

golden: ## Make the golden values of tests/data/cty/ anew.
	$(need-go)
	cd tests/data/cty/generate && go run . ../golden.json

deny: ## Check licences, advisories and sources of the dependencies.
	$(call need-component,deny,cargo install cargo-deny)
	cargo deny check

# One task runner. `make` alone lists the tasks.

.DEFAULT_GOAL := help
# Every task, since none makes a file of its own name.
.PHONY: $(shell sed -n 's/^\([a-z-]*\):.*## .*/\1/p' $(MAKEFILE_LIST))

# One line about a program that a task cannot do without.
need = @command -v $(1) >/dev/null || { echo 'error: `$(1)` is not on PATH: $(2)' >&2; exit 1; }

need-cargo = $(call need,cargo,install Rust 1.95 or later)
# On Windows, Rust finds Microsoft's compiler by itself.
need-rust = $(need-cargo) && \
	{ [ '$(OS)' = Windows_NT ] || command -v cc >/dev/null || \
	{ echo 'error: `cc` is not on PATH: install a C compiler' >&2; exit 1; }; }
need-python = $(call need,python3,install Python 3.9 or later)
need-go = $(call need,go,install Go)
need-component = $(need-cargo) && cargo $(1) --version >/dev/null 2>&1 || \
	{ echo 'error: `cargo $(1)` is missing: run `$(2)`' >&2; exit 1; }

# What is shipped: `scripts/platforms/build.py`.
HOST := $(shell rustc --print host-tuple 2>/dev/null)
TARGET ?= $(HOST)
SHIPPED = $(or $(CARGO_TARGET_DIR),target)/$(TARGET)/release/terraform-provider-onomondo$(if $(findstring windows,$(TARGET)),.exe)
platforms = PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=scripts python3 -m platforms

# Where `cargo test` puts executables.
BUILT = $(or $(CARGO_TARGET_DIR),target)/debug

actionlint = go run github.com/rhysd/actionlint/cmd/actionlint@v1.7.12 -shellcheck= -pyflakes=

# Of each part of `make fuzz`.
SECONDS ?= 30

help: ## List the tasks.
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-20s %s\n", $$1, $$2 }'

build: ## Build the provider as it is shipped: optimized and, on Linux, static.
	$(need-rust)
	$(need-python)
	@$(platforms) build $(TARGET)

install: build ## Install the provider where Terraform and OpenTofu on this machine find it.
	$(need-python)
	@python3 scripts/dist.py install '$(SHIPPED)' $(TARGET)

demo: ## Watch a real Terraform create, change, import and destroy connectors in a sandbox.
	$(need-rust)
	$(need-python)
	@python3 scripts/demo.py

demo-picture: ## Run `make demo` and draw what it shows as assets/demo.svg, for the README.
	$(need-rust)
	$(need-python)
	@python3 scripts/demo_picture.py

test: ## All checks and tests: format, lints, unit, protocol, sandbox, and real CLIs.
	$(need-rust)
	$(need-python)
	$(need-go)
	@$(MAKE) --no-print-directory lint workflows
	cargo test --all-features
	@$(MAKE) --no-print-directory acceptance-test

fmt: ## Format the sources.
	$(call need-component,fmt,rustup component add rustfmt)
	cargo fmt

lint: ## Check format and lints.
	$(need-rust)
	$(call need-component,fmt,rustup component add rustfmt)
	$(call need-component,clippy,rustup component add clippy)
	cargo fmt --check
	cargo clippy --all-targets --all-features -- -D warnings

protocol-test: ## Only the tests that start the provider and drive it over gRPC.
	$(need-rust)
	cargo test --features sandbox --test plugin --test provider

unit-test: ## Only the tests beside the code: seconds.
	$(need-rust)
	cargo test --all-features --lib

cli-test: ## Only the tests with real CLIs; `make cli-test ONLY=terraform_1_15_5` narrows them.
	$(need-rust)
	$(need-python)
	$(need-go)
	cargo test --features sandbox --test cli $(ONLY)

# The executables are those of `cargo test`, which links other features than `cargo build` does.
acceptance-test: ## Only the tests on HashiCorp's own framework, with a real Terraform: tests/acceptance/.
	$(need-rust)
	$(need-python)
	$(need-go)
	cargo test --quiet --all-features --test architecture --no-run
	@terraform=$$(python3 scripts/cli.py terraform 1.15.5) && cd tests/acceptance && \
		PROVIDER=$(abspath $(BUILT))/terraform-provider-onomondo SANDBOX=$(abspath $(BUILT))/onomondo-sandbox \
		TF_ACC_TERRAFORM_PATH=$$terraform go test -count=1 ./...

test-matrix: ## The whole suite on every CLI, in half an hour, into the table in CONTRIBUTING.md; with ONLY, none is written.
	$(need-rust)
	$(need-python)
	$(need-go)
	WRITE_VERSIONS=1 cargo test --features sandbox --test cli -- --include-ignored $(ONLY)

fault-matrix: ## Every fault of the API, met by every operation; leaves target/fault-matrix.md.
	$(need-rust)
	$(need-python)
	cargo test --features sandbox --test cli faults::

load: ## A thousand connectors created, refreshed, changed and destroyed within the API's rate limit.
	$(need-rust)
	$(need-python)
	cargo test --features sandbox --test cli -- --ignored load::a_thousand_connectors

docs: ## Write docs/ anew, from the schema, templates/ and examples/.
	$(need-rust)
	$(need-python)
	$(need-go)
	@python3 scripts/docs.py generate

docs-check: ## Check that docs/ is up to date, and what the registries take. Part of `make test`.
	$(need-rust)
	$(need-python)
	$(need-go)
	@python3 scripts/docs.py check

# Without a sanitizer, which would need a nightly Rust and has nothing to look for: no line here is
# `unsafe`. What the fuzzer finds worth keeping stays in `target/fuzz/`, unlike what it was given.
fuzz: ## Feed everything that reads foreign bytes with a fuzzer's, SECONDS=30 each; ONLY=answer narrows it.
	$(need-rust)
	$(call need-component,fuzz,cargo install cargo-fuzz)
	@for target in $(or $(ONLY),$(notdir $(wildcard fuzz/corpus/*))); do \
		mkdir -p target/fuzz/corpus/$$target; \
		RUSTC_BOOTSTRAP=1 cargo fuzz run --sanitizer none --target-dir target/fuzz $$target \
			target/fuzz/corpus/$$target fuzz/corpus/$$target -- \
			-max_total_time=$(SECONDS) -timeout=10 -rss_limit_mb=1024 -max_len=20000 -print_final_stats=1 || exit 1; \
	done

bench: build ## Measure the provider against its goals, beside Terraform itself and other providers.
	$(need-python)
	$(need-go)
	cargo build --release --features sandbox --bin onomondo-sandbox
	@# A goal that is missed in the first does not keep the second from measuring.
	@export SHIPPED=$(abspath $(SHIPPED)); status=0; \
	cargo bench --profile dev --bench startup || status=1; \
	PYTHONPATH=scripts python3 -m bench || status=1; \
	exit $$status

dist: dist-archive dist-sums ## Build the release archive for this platform, sign it with GPG_KEY if given, and check it.

dist-archive: ## Build one archive of a release, for TARGET.
	$(need-rust)
	$(need-python)
	@$(platforms) archive $(TARGET)
ifeq ($(TARGET),$(HOST))
	SHIPPED='$(SHIPPED)' cargo test --features sandbox --test shipped -- --include-ignored
endif

dist-all: ## Build all archives of a release, on Linux on x86-64, and the checksums of them.
	$(need-rust)
	$(need-python)
	@$(platforms) dist
	@$(MAKE) --no-print-directory dist-sums

platforms: ## Run the archives of `make dist-all` for other systems and processors, where this machine can.
	$(need-rust)
	$(need-python)
	$(need-go)
	@$(platforms) run $(ONLY)

platform: ## Run the archive in `dist/` for this machine, with a real CLI if one is available.
	$(need-rust)
	$(need-python)
	@$(platforms) run here

dist-tag: ## Check that TAG is the version in Cargo.toml.
	$(need-python)
	@python3 scripts/dist.py check-tag

dist-sums: ## Manifest, checksums and signature of the archives in `dist/`, checked as a registry does.
	$(need-python)
	@python3 scripts/dist.py sums $(GPG_KEY)
	@python3 scripts/dist.py check

sbom: ## List what the provider is made of, in CycloneDX, as dist/terraform-provider-onomondo.cdx.json.
	$(need-rust)
	$(need-python)
	@mkdir -p dist
	python3 scripts/sbom.py > dist/terraform-provider-onomondo.cdx.json

workflows: ## Check the workflows under `.github/` and in the guides, and that the tasks they call exist.
	$(need-go)
	@$(actionlint)
	@directory=$$(mktemp -d) && trap 'rm -r "$$directory"' EXIT && \
		awk -v directory="$$directory" '/^```yaml$$/ { file = directory "/" ++count ".yml"; next } \
			/^```$$/ { file = "" } file { print > file }' docs/guides/*.md && \
		$(actionlint) "$$directory"/*.yml
	@sed -nE 's/.*run: g?make ([a-z-]+).*/\1/p' .github/workflows/*.yml | while read -r task; do \
		grep -q "^$$task:" Makefile || { echo "error: a workflow calls \`make $$task\`, which is no task" >&2; exit 1; }; \
	done

golden: ## Make the golden values of tests/data/cty/ anew.
	$(need-go)
	cd tests/data/cty/generate && go run . ../golden.json

deny: ## Check licenses, advisories, and sources of the dependencies.
	$(call need-component,deny,cargo install cargo-deny)
	cargo deny check

# One task runner. `make` alone lists the tasks.

.DEFAULT_GOAL := help
# All tasks, since none of them creates a file with its own name.
.PHONY: $(shell sed -n 's/^\([a-z-]*\):.*## .*/\1/p' $(MAKEFILE_LIST))

# Stops with one line about a missing program that the task needs.
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

# The duration of each part of `make fuzz`.
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

test: ## Run all checks and tests: format, lints, unit, protocol, sandbox, and real CLIs.
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

protocol-test: ## Run only the tests that start the provider and drive it over gRPC.
	$(need-rust)
	cargo test --features sandbox --test plugin --test provider

unit-test: ## Run only the tests beside the code, in seconds.
	$(need-rust)
	cargo test --all-features --lib

cli-test: ## Run only the tests with real CLIs; `make cli-test ONLY=terraform_1_15_5` selects some of them.
	$(need-rust)
	$(need-python)
	$(need-go)
	cargo test --features sandbox --test cli $(ONLY)

# Uses the executables of `cargo test`, whose features differ from those of `cargo build`.
acceptance-test: ## Run only tests/acceptance/: HashiCorp's own test framework with a real Terraform.
	$(need-rust)
	$(need-python)
	$(need-go)
	cargo test --quiet --all-features --test architecture --no-run
	@terraform=$$(python3 scripts/cli.py terraform 1.15.5) && cd tests/acceptance && \
		PROVIDER=$(abspath $(BUILT))/terraform-provider-onomondo SANDBOX=$(abspath $(BUILT))/onomondo-sandbox \
		TF_ACC_TERRAFORM_PATH=$$terraform go test -count=1 ./...

test-matrix: ## Run the whole suite on every CLI, in half an hour, and update CONTRIBUTING.md, except with ONLY.
	$(need-rust)
	$(need-python)
	$(need-go)
	WRITE_VERSIONS=1 cargo test --features sandbox --test cli -- --include-ignored $(ONLY)

fault-matrix: ## Run every operation during every fault of the API, and write target/fault-matrix.md.
	$(need-rust)
	$(need-python)
	cargo test --features sandbox --test cli faults::

load: ## Create, refresh, change, and destroy a thousand connectors within the API's rate limit.
	$(need-rust)
	$(need-python)
	cargo test --features sandbox --test cli -- --ignored load::a_thousand_connectors

docs: ## Regenerate docs/ from the schema, templates/, and examples/.
	$(need-rust)
	$(need-python)
	$(need-go)
	@python3 scripts/docs.py generate

docs-check: ## Check that docs/ is up to date and that the registries accept it. Part of `make test`.
	$(need-rust)
	$(need-python)
	$(need-go)
	@python3 scripts/docs.py check

# Runs without a sanitizer: that would need a nightly Rust, and would find nothing, since the code has no
# `unsafe`. New inputs go to `target/fuzz/`, not to `fuzz/corpus/`.
fuzz: ## Fuzz everything that reads untrusted bytes, for SECONDS=30 each; ONLY=answer selects one target.
	$(need-rust)
	$(call need-component,fuzz,cargo install cargo-fuzz)
	@for target in $(or $(ONLY),$(notdir $(wildcard fuzz/corpus/*))); do \
		mkdir -p target/fuzz/corpus/$$target; \
		RUSTC_BOOTSTRAP=1 cargo fuzz run --sanitizer none --target-dir target/fuzz $$target \
			target/fuzz/corpus/$$target fuzz/corpus/$$target -- \
			-max_total_time=$(SECONDS) -timeout=10 -rss_limit_mb=1024 -max_len=20000 -print_final_stats=1 || exit 1; \
	done

bench: build ## Measure the provider against its goals, Terraform itself, and other providers.
	$(need-python)
	$(need-go)
	cargo build --release --features sandbox --bin onomondo-sandbox
	@# The second program runs even if the first misses a goal.
	@export SHIPPED=$(abspath $(SHIPPED)); status=0; \
	cargo bench --profile dev --bench startup || status=1; \
	PYTHONPATH=scripts python3 -m bench || status=1; \
	exit $$status

dist: dist-archive dist-sums ## Build the release archive for this platform, sign it with GPG_KEY if given, and check it.

dist-archive: ## Build the release archive for TARGET.
	$(need-rust)
	$(need-python)
	@$(platforms) archive $(TARGET)
ifeq ($(TARGET),$(HOST))
	SHIPPED='$(SHIPPED)' cargo test --features sandbox --test shipped -- --include-ignored
endif

dist-all: ## Build all archives of a release and their checksums, on Linux on x86-64.
	$(need-rust)
	$(need-python)
	@$(platforms) dist
	@$(MAKE) --no-print-directory dist-sums

platforms: ## Run the archives of `make dist-all` that Linux on x86-64 can run, with emulators.
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

dist-sums: ## Write the manifest, checksums, and signature of the archives in `dist/`, and check them as registries do.
	$(need-python)
	@python3 scripts/dist.py sums $(GPG_KEY)
	@python3 scripts/dist.py check

sbom: ## Write the provider's software bill of materials to dist/terraform-provider-onomondo.cdx.json.
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
		grep -q "^$$task:" Makefile || { echo "error: a workflow calls \`make $$task\`, which is not a task" >&2; exit 1; }; \
	done

golden: ## Regenerate the golden values in tests/data/cty/.
	$(need-go)
	cd tests/data/cty/generate && go run . ../golden.json

deny: ## Check licenses, advisories, and sources of the dependencies.
	$(call need-component,deny,cargo install cargo-deny)
	cargo deny check

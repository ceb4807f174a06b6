#!/usr/bin/env python3
"""Generates `docs/`, which both registries show, or checks that it is up to date.

    scripts/docs.py generate    regenerates `docs/`
    scripts/docs.py check       checks that `docs/` is what `generate` would write, and that the
                                registries accept it
    scripts/docs.py install     only installs `tfplugindocs`, which does both

`tfplugindocs` makes the pages from `templates/`, `examples/`, and the schema that a real Terraform reads
from the provider. A failure prints its reason on standard error and exits with status 1.
"""

import difflib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True  # no __pycache__ in the repository
import cli  # noqa: E402
import programs  # noqa: E402

TFPLUGINDOCS = "0.25.0"
TERRAFORM = "1.15.5"
ADDRESS = "registry.terraform.io/onomondo/onomondo"
CONFIGURATION = 'terraform {\n  required_providers {\n    onomondo = { source = "onomondo/onomondo" }\n  }\n}\n'


def main(arguments: list) -> int:
    tasks = {"generate": generate, "check": check, "install": tfplugindocs}
    if len(arguments) != 1 or arguments[0] not in tasks:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    try:
        tasks[arguments[0]]()
    except (cli.Missing, programs.Failed, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


def tfplugindocs() -> Path:
    module = "github.com/hashicorp/terraform-plugin-docs"
    return cli.install_go_program(module, TFPLUGINDOCS, "tfplugindocs", "./cmd/tfplugindocs")


def generate() -> None:
    with tempfile.TemporaryDirectory(prefix="onomondo-docs-") as directory:
        pages = render(Path(directory))
        shutil.rmtree(programs.ROOT / "docs", ignore_errors=True)
        shutil.copytree(pages, programs.ROOT / "docs")


def check() -> None:
    with tempfile.TemporaryDirectory(prefix="onomondo-docs-") as directory:
        expected, found = texts(render(Path(directory))), texts(programs.ROOT / "docs")
    for name in sorted(expected.keys() | found.keys()):
        lines = [pages.get(name, "").splitlines() for pages in (found, expected)]
        for line in difflib.unified_diff(*lines, f"docs/{name}", f"docs/{name}, generated", lineterm="", n=1):
            print(line)
    if found != expected:
        raise programs.Failed("`docs/` does not match the schema, `templates/`, and `examples/`: run `make docs`")


def texts(directory: Path) -> dict:
    """The pages of a directory, by name."""
    pages = (path for path in directory.rglob("*") if path.is_file())
    return {path.relative_to(directory).as_posix(): path.read_text() for path in pages}


def render(directory: Path) -> Path:
    """Makes a directory of all pages from the repository's current contents, and validates it."""
    project = directory / "project"
    for name in ("templates", "examples"):
        shutil.copytree(programs.ROOT / name, project / name, ignore=shutil.ignore_patterns(".terraform*"))
    common = ["--provider-dir", project, "--provider-name", "onomondo", "--providers-schema", schema(directory)]
    for command in ("generate", "validate"):
        done = subprocess.run([tfplugindocs(), command, *common], cwd=directory, text=True, capture_output=True)
        if done.returncode != 0:
            said = (line for line in done.stderr.splitlines() if "[DEBUG]" not in line)
            print(*said, sep="\n", file=sys.stderr)
            raise programs.Failed(f"`tfplugindocs {command}` failed, see above")
    return project / "docs"


def schema(directory: Path) -> Path:
    """The output of `terraform providers schema -json`, with the provider name that `tfplugindocs` expects."""
    built, version = programs.build()
    config = programs.lay_out_mirror(directory, built[programs.PROVIDER], version)
    workspace = directory / "workspace"
    workspace.mkdir()
    (workspace / "main.tf").write_text(CONFIGURATION)
    terraform = cli.install("terraform", TERRAFORM)
    for name in [name for name in os.environ if name.startswith("TF_")]:
        del os.environ[name]  # the user's own settings
    settings = {"TF_CLI_CONFIG_FILE": str(config), "CHECKPOINT_DISABLE": "1"}
    cli.run([terraform, "init", "-no-color"], "`terraform init` failed", cwd=workspace, **settings)
    command = [terraform, "providers", "schema", "-json"]
    said = cli.run(command, "`terraform providers schema` failed", cwd=workspace, **settings)
    file = directory / "schema.json"
    schemas = json.loads(said)
    schemas["provider_schemas"] = {"onomondo": schemas["provider_schemas"][ADDRESS]}
    file.write_text(json.dumps(schemas))
    return file


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

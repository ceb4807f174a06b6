#!/usr/bin/env python3
"""Regenerates the golden states of the version that is being built.

    python3 tests/data/states/generate.py

Applies `<version>/main.tf` with each CLI below against `onomondo-sandbox`. Keeps the state and the list of
connectors that belongs to it: private state records when each secret was set, so the state is useless
without the list. Run this before a release, but never for a released version: its users have the states
that it wrote.
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True  # no __pycache__ in the repository
STATES = Path(__file__).resolve().parent
ROOT = STATES.parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
import cli  # noqa: E402
import demo  # noqa: E402

CLIS = {"terraform-1.15.5": ("terraform", "1.15.5"), "opentofu-1.12": ("tofu", "1.12")}


def main() -> int:
    programs, version = demo.build()
    for name, (program, program_version) in CLIS.items():
        executable = str(cli.install(program, program_version))
        with tempfile.TemporaryDirectory(prefix="onomondo-golden-") as directory:
            apply(executable, Path(directory), programs, version, STATES / version / name)
    return 0


def apply(executable: str, directory: Path, programs: dict, version: str, target: Path) -> None:
    config = demo.lay_out_mirror(directory, programs[demo.PROVIDER], version)
    workspace = directory / "workspace"
    workspace.mkdir()
    shutil.copy2(STATES / version / "main.tf", workspace)
    for certificate in (ROOT / "tests" / "data" / "certificates").glob("*.pem"):
        shutil.copy2(certificate, workspace)
    with demo.sandbox(programs["onomondo-sandbox"]) as api:
        terraform = demo.Terraform(executable, workspace, config, api.address)
        terraform("init")
        terraform("apply", "-auto-approve")
        terraform.expect_no_changes()
        target.mkdir(exist_ok=True)
        shutil.copy2(workspace / "terraform.tfstate", target)
        connectors = api.request("GET", "/connectors")
        (target / "connectors.json").write_text(json.dumps(connectors, indent=2) + "\n")


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Prints the software bill of materials (SBOM) of the provider, as CycloneDX 1.6: `make sbom`.

One list covers the archives of all platforms. It contains each crate that is linked into any of them, but
no crate for other systems or for builds and tests only. It comes from `cargo tree`, since `cargo
metadata`, which the usual tools read, also lists optional dependencies that no feature turns on. The same
lock file gives the same list, including its serial number.
"""

import json
import re
import subprocess
import sys
import uuid
from pathlib import Path

sys.dont_write_bytecode = True  # no __pycache__ in the repository
from platforms.targets import TARGETS  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    lines = {}
    for target in TARGETS:
        tree = ["cargo", "tree", "--locked", f"--target={target.triple}", "--edges=no-build,no-dev,no-proc-macro",
                "--no-dedupe", "--prefix=none", "--format={p}|{l}"]
        done = subprocess.run(tree, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        if done.returncode != 0:
            print("error: `cargo tree` failed, see above", file=sys.stderr)
            return 1
        lines |= dict.fromkeys(line for line in done.stdout.splitlines() if line)
    # The first line is the provider itself.
    provider, *crates = (component(line) for line in lines)
    provider["type"] = "application"
    unique = {crate["purl"]: crate for crate in crates}
    content = {
        "metadata": {"component": provider},
        "components": [unique[purl] for purl in sorted(unique)],
    }
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        # Made from the content. Attestations require a serial number.
        "serialNumber": uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(content)).urn,
        "version": 1,
    } | content
    print(json.dumps(document, indent=2))
    return 0


def component(line: str) -> dict:
    """The component of a line such as `serde v1.0.228 (proc-macro)|MIT OR Apache-2.0`."""
    package, license = line.split("|")
    name, version = re.match(r"(\S+) v(\S+)", package).groups()
    found = {
        "type": "library",
        "name": name,
        "version": version,
        "purl": f"pkg:cargo/{name}@{version}",
        # Older manifests separate licenses by a slash, which means OR.
        "licenses": [{"expression": re.sub(" */ *", " OR ", license)}],
    }
    if checksum := CHECKSUMS.get((name, version)):
        found["hashes"] = [{"alg": "SHA-256", "content": checksum}]
    return found


# The checksum of each crate's archive, by name and version.
CHECKSUMS = {
    (name, version): checksum
    for name, version, checksum in re.findall(
        r'name = "(.+)"\nversion = "(.+)"\nsource = ".+"\nchecksum = "(.+)"', (ROOT / "Cargo.lock").read_text()
    )
}


if __name__ == "__main__":
    sys.exit(main())

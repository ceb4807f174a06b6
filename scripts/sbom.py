#!/usr/bin/env python3
"""Prints what the provider is made of, as CycloneDX 1.6: `make sbom`.

One list for the archives of all platforms: each crate that is linked into any of them, and none that
only builds or tests them. It comes from `cargo tree`, since `cargo metadata`, which the usual tools
read, also lists optional dependencies that no feature turns on. The same lock file gives the same list.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    tree = ["cargo", "tree", "--locked", "--target=all", "--edges=no-build,no-dev,no-proc-macro", "--no-dedupe",
            "--prefix=none", "--format={p}|{l}"]
    done = subprocess.run(tree, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        print("error: `cargo tree` failed, see above", file=sys.stderr)
        return 1
    # The first line is the provider itself.
    provider, *crates = (component(line) for line in dict.fromkeys(done.stdout.splitlines()) if line)
    provider["type"] = "application"
    unique = {crate["purl"]: crate for crate in crates}
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": provider},
        "components": [unique[purl] for purl in sorted(unique)],
    }
    print(json.dumps(document, indent=2))
    return 0


def component(line: str) -> dict:
    """Of a line such as `serde v1.0.228 (proc-macro)|MIT OR Apache-2.0`."""
    package, license = line.split("|")
    name, version = re.match(r"(\S+) v(\S+)", package).groups()
    found = {
        "type": "library",
        "name": name,
        "version": version,
        "purl": f"pkg:cargo/{name}@{version}",
        # Older manifests write a slash for OR.
        "licenses": [{"expression": re.sub(" */ *", " OR ", license)}],
    }
    if checksum := CHECKSUMS.get((name, version)):
        found["hashes"] = [{"alg": "SHA-256", "content": checksum}]
    return found


# Of each crate's archive, by name and version.
CHECKSUMS = {
    (name, version): checksum
    for name, version, checksum in re.findall(
        r'name = "(.+)"\nversion = "(.+)"\nsource = ".+"\nchecksum = "(.+)"', (ROOT / "Cargo.lock").read_text()
    )
}


if __name__ == "__main__":
    sys.exit(main())

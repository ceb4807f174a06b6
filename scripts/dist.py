#!/usr/bin/env python3
"""Packs the provider in the form that both registries and filesystem mirrors accept, or installs it.

    scripts/dist.py archive BINARY TARGET    packs BINARY into a zip archive for a Rust target
    scripts/dist.py sums [KEY]               writes the manifest and SHA256SUMS of all archives, and
                                             signs the sums if there is a GPG key
    scripts/dist.py check                    checks that the registries would accept all files
    scripts/dist.py check-tag                checks that TAG is the version, before anything is built
    scripts/dist.py install BINARY TARGET    installs BINARY where both CLIs look for providers by
                                             default

Archives and sums go into `dist/`, or into the directory that DIST names. The same files always make the
same archive, byte for byte. If TAG is set, for example to `v1.2.3`, this is a release: TAG must match the
version, every platform in `platforms/targets.py` must have an archive, and there must be a signature. A
failure prints one line on standard error and exits with status 1.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

sys.dont_write_bytecode = True  # no __pycache__ in the repository
from platforms.targets import TARGETS  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
NAME = "terraform-provider-onomondo"
# Files that archives of providers usually contain beside the binary.
TEXTS = ["CHANGELOG.md", "LICENSE", "README.md"]
MANIFEST = {"version": 1, "metadata": {"protocol_versions": ["6.0"]}}

# Maps Rust's names of systems and processors to Go's, which the registries use.
SYSTEMS = {"linux": "linux", "darwin": "darwin", "macos": "darwin", "windows": "windows", "freebsd": "freebsd"}
PROCESSORS = {"x86_64": "amd64", "aarch64": "arm64", "i686": "386", "arm": "arm", "armv7": "arm"}

# The registries where Terraform and OpenTofu look for `onomondo/onomondo`.
REGISTRIES = ("registry.terraform.io", "registry.opentofu.org")

# The key algorithms that HashiCorp's registry accepts, as `gpg --with-colons` numbers them.
RSA, DSA = "1", "17"


class Failed(Exception):
    """What went wrong, as one line."""


def main(arguments: list) -> int:
    try:
        if len(arguments) == 3 and arguments[0] == "archive":
            print(archive(Path(arguments[1]), arguments[2]))
        elif 1 <= len(arguments) <= 2 and arguments[0] == "sums":
            sums(*arguments[1:])
        elif arguments == ["check"]:
            check()
        elif arguments == ["check-tag"]:
            check_tag()
        elif len(arguments) == 3 and arguments[0] == "install":
            install(Path(arguments[1]), arguments[2])
        else:
            print(__doc__.strip(), file=sys.stderr)
            return 2
    except (Failed, OSError, zipfile.BadZipFile) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


def directory() -> Path:
    return Path(os.environ.get("DIST") or ROOT / "dist")


def version() -> str:
    return re.search(r'^version = "(.+)"$', (ROOT / "Cargo.toml").read_text(), re.M)[1]


def prefix() -> str:
    """The prefix of the names of all files of this version."""
    return f"{NAME}_{version()}_"


def platform(target: str) -> str:
    """The registries' name for a Rust target: `linux_amd64` for `x86_64-unknown-linux-gnu`."""
    parts = target.split("-")
    system = next((SYSTEMS[part] for part in parts if part in SYSTEMS), None)
    if system is None or parts[0] not in PROCESSORS:
        raise Failed(f"the registries have no platform for target `{target}`")
    return f"{system}_{PROCESSORS[parts[0]]}"


def archive(binary: Path, target: str) -> Path:
    suffix = ".exe" if "windows" in target else ""
    members = {f"{NAME}_v{version()}{suffix}": (binary, 0o755)}
    members.update({name: (ROOT / name, 0o644) for name in TEXTS})
    directory().mkdir(parents=True, exist_ok=True)
    path = directory() / f"{prefix()}{platform(target)}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, (source, mode) in sorted(members.items()):
            # The earliest date in a zip file, so that the time of packing does not change the archive.
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.create_system = 3  # Unix, even on Windows: otherwise the CLIs ignore the mode
            member.external_attr = (0o100000 | mode) << 16
            member.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(member, source.read_bytes())
    return path


def install(binary: Path, target: str) -> None:
    for registry in REGISTRIES:
        package = implied_mirror() / registry / "onomondo" / "onomondo" / version() / platform(target)
        package.mkdir(parents=True, exist_ok=True)
        installed = package / f"{NAME}_v{version()}{binary.suffix}"
        # Replaces it in one step, since a CLI may be running the old one.
        new = installed.with_name(f"{installed.name}.new")
        shutil.copy2(binary, new)
        new.replace(installed)
        print(installed)


def implied_mirror() -> Path:
    """The same directory for both CLIs: https://developer.hashicorp.com/terraform/cli/config/config-file"""
    if os.name == "nt":
        return Path(os.environ["APPDATA"]) / "terraform.d" / "plugins"
    return Path.home() / ".terraform.d" / "plugins"


def archives() -> list:
    found = sorted(directory().glob(f"{prefix()}*.zip"))
    if not found:
        raise Failed(f"no archive of version {version()} is in `{directory()}`: run `make dist-archive` first")
    return found


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def sums(key: str = "") -> None:
    if os.environ.get("TAG") and not key:
        raise Failed("a release must be signed, and no key was given: set `GPG_KEY`")
    manifest = directory() / f"{prefix()}manifest.json"
    manifest.write_text(json.dumps(MANIFEST) + "\n")
    path = directory() / f"{prefix()}SHA256SUMS"
    files = sorted([*archives(), manifest])
    path.write_text("".join(f"{sha256(file)}  {file.name}\n" for file in files))
    signature = path.with_name(f"{path.name}.sig")
    signature.unlink(missing_ok=True)  # it belongs to other sums
    if key:
        check_key(key)
        gpg("--local-user", key, "--output", signature, "--detach-sign", path)
    print(path)


def check_key(key: str) -> None:
    lines = gpg("--with-colons", "--list-secret-keys", key).splitlines()
    algorithms = {line.split(":")[3] for line in lines if line.startswith("sec:")}
    if not algorithms <= {RSA, DSA}:
        raise Failed(f"key `{key}` is neither RSA nor DSA, and the Terraform registry accepts only these")


def gpg(*arguments) -> str:
    command = ["gpg", "--batch", "--yes", *map(str, arguments)]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        said = done.stderr.strip().splitlines() or [f"`gpg` exited with status {done.returncode}"]
        raise Failed(said[-1])
    return done.stdout


def check_tag() -> None:
    tag = os.environ.get("TAG") or f"v{version()}"
    if tag != f"v{version()}":
        raise Failed(f"the tag `{tag}` does not match version {version()} in `Cargo.toml`")


def check_release() -> None:
    check_tag()
    names = {path.name for path in archives()}
    expected = {f"{prefix()}{target.platform}.zip" for target in TARGETS}
    if missing := sorted(expected - names):
        raise Failed(f"a release must have an archive for each platform, and these are missing: {', '.join(missing)}")
    if not (directory() / f"{prefix()}SHA256SUMS.sig").exists():
        raise Failed("a release must be signed, and there is no signature: run `make dist-sums` with `GPG_KEY` set")


def check() -> None:
    if os.environ.get("TAG"):
        check_release()
    sums_file = directory() / f"{prefix()}SHA256SUMS"
    listed = {}
    for line in sums_file.read_text().splitlines():
        if not (match := re.fullmatch(r"([0-9a-f]{64})  (\S+)", line)):
            raise Failed(f"`{sums_file.name}` has an invalid line: `{line}`")
        listed[match[2]] = match[1]
    manifest = directory() / f"{prefix()}manifest.json"
    present = {path.name for path in [*archives(), manifest]}
    if present != set(listed):
        differing = ", ".join(sorted(present ^ set(listed)))
        raise Failed(f"`{sums_file.name}` does not match the files in `{directory()}`: {differing}")
    for name, listed_sum in listed.items():
        if sha256(directory() / name) != listed_sum:
            raise Failed(f"`{name}` does not match its checksum in `{sums_file.name}`")
    if json.loads(manifest.read_text()) != MANIFEST:
        raise Failed(f"`{manifest.name}` does not declare protocol 6.0")
    for path in archives():
        check_archive(path)
    signature = sums_file.with_name(f"{sums_file.name}.sig")
    if signature.exists():
        if signature.read_bytes().startswith(b"-----"):
            raise Failed(f"`{signature.name}` is armored, but the registries accept only binary signatures")
        gpg("--verify", signature, sums_file)
    signed = "signed" if signature.exists() else "not signed"
    print(f"{NAME} {version()}: {len(archives())} archive(s), {signed}, ready for the registries")


def check_archive(path: Path) -> None:
    system, processor = path.name[len(prefix()):-len(".zip")].split("_")
    if system not in SYSTEMS.values() or processor not in PROCESSORS.values():
        raise Failed(f"`{path.name}` is for a platform that no registry knows")
    binary = f"{NAME}_v{version()}" + (".exe" if system == "windows" else "")
    with zipfile.ZipFile(path) as file:
        if damaged := file.testzip():
            raise Failed(f"`{damaged}` in `{path.name}` is damaged")
        # The CLIs start the first file whose name begins with the provider's.
        candidates = sorted(name for name in file.namelist() if name.startswith(NAME))
        if candidates != [binary]:
            raise Failed(f"`{path.name}` must contain `{binary}` and no other file `{NAME}*`, but has {candidates}")
        member = file.getinfo(binary)
        if member.create_system != 3 or member.external_attr >> 16 != 0o100755:
            raise Failed(f"`{binary}` in `{path.name}` does not have mode 0755, so a CLI could not start it")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Reads from an executable what it needs from the machine it runs on, since most cannot run here."""

from dataclasses import dataclass
from pathlib import Path

from programs import Failed

from ..targets import Target
from . import elf, mach_o, pe

# The libraries that come with FreeBSD.
FREEBSD = {"libc.so.7", "libm.so.5", "libthr.so.3", "libgcc_s.so.1", "librt.so.1", "libutil.so.9", "libutil.so.10",
           "libexecinfo.so.1", "libkvm.so.7", "libmemstat.so.3", "libprocstat.so.1", "libdevstat.so.7"}

# The libraries that come with Windows 10. Names that begin with `api-ms-win-` stand for functions in other libraries.
WINDOWS = {"advapi32.dll", "bcrypt.dll", "bcryptprimitives.dll", "crypt32.dll", "kernel32.dll", "msvcrt.dll",
           "ncrypt.dll", "ntdll.dll", "secur32.dll", "shell32.dll", "userenv.dll", "ws2_32.dll"}


@dataclass(frozen=True)
class Executable:
    """The properties that all formats share."""

    # The registries' name, such as `amd64`.
    processor: str
    # Whether it can be loaded at any address.
    position_independent: bool
    # The dynamic loader and the shared libraries that it needs.
    needs: frozenset


def read(path: Path, system: str) -> Executable:
    content = path.read_bytes()
    form = {"windows": pe, "darwin": mach_o}.get(system, elf)
    try:
        return Executable(*form.read(content))
    except (ValueError, KeyError, IndexError) as error:
        raise Failed(f"`{path}` is not an executable for {system}: {error}") from error


def check(path: Path, target: Target) -> None:
    """Fails unless a machine of this platform has all that the executable needs."""
    system, processor = target.platform.split("_")
    found = read(path, system)
    if found.processor != processor:
        raise Failed(f"`{path}` is for {found.processor}, not for {processor}")
    if target.position_independent and not found.position_independent:
        raise Failed(f"`{path}` is not position-independent")
    if strange := sorted(name for name in found.needs if not is_part_of(system, name)):
        raise Failed(f"`{path}` needs libraries that {system} does not have: {', '.join(strange)}")


def is_part_of(system: str, name: str) -> bool:
    if system == "windows":
        return name.lower() in WINDOWS or name.lower().startswith("api-ms-win-")
    if system == "darwin":
        return name.startswith(("/usr/lib/", "/System/Library/Frameworks/"))
    return system == "freebsd" and (name in FREEBSD or name == "/libexec/ld-elf.so.1")

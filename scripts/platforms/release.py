"""Builds, checks, and packs the archives of a release."""

import sys

import dist
from programs import Failed

from . import build, executable
from .targets import TARGETS, of_triple


def archives() -> None:
    dist.check_tag()
    failed = []
    for target in TARGETS:
        try:
            print(archive(target.triple), flush=True)
        except Failed as error:
            print(f"error: {target.platform}: {error}", file=sys.stderr, flush=True)
            failed.append(target.platform)
    if failed:
        raise Failed(f"could not make the archive for {', '.join(failed)}, see above")


def archive(triple: str):
    """Builds, checks, and packs the executable for one target. Returns the path of the archive."""
    path = build.build(triple, archived=True)
    if target := of_triple(triple):
        executable.check(path, target)
    return dist.archive(path, triple)

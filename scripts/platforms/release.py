"""The archives of a release: every platform built, looked at, and packed."""

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
        raise Failed(f"there is no archive for {', '.join(failed)}")


def archive(triple: str):
    """The archive for one target, built first."""
    path = build.build(triple, archived=True)
    if target := of_triple(triple):
        executable.check(path, target)
    return dist.archive(path, triple)

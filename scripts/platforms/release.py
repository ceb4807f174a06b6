"""The archives of a release: every platform built, looked at, and packed."""

import dist

from . import build, executable
from .targets import TARGETS, of_triple


def archives() -> None:
    dist.check_tag()
    for target in TARGETS:
        print(archive(target.triple))


def archive(triple: str):
    """The archive for one target, built first."""
    path = build.build(triple, archived=True)
    if target := of_triple(triple):
        executable.check(path, target)
    return dist.archive(path, triple)

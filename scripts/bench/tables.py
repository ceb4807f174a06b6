"""The tables of `BENCHMARKS.md`."""

import os
import platform

from bench.measuring import TERRAFORM


def head(rounds: int) -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    machine = f"{platform.system()}, {platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GB"
    return f"{machine}; Terraform {TERRAFORM}; median of {rounds} rounds in varying order."


def starts(subjects: list, started: dict) -> str:
    rows = [
        f"| {subject.name} | {subject.version} | {subject.executable.stat().st_size / 1e6:.1f} MB "
        f"| {started[subject.name]:.1f} ms |"
        for subject in subjects if subject.executable
    ]
    return table("| provider | version | executable | start to handshake line |", "|---|---|--:|--:|", rows)


def costs(title: str, costs: dict) -> str:
    floor = next(iter(costs.values())).seconds
    rows = []
    for name, cost in costs.items():
        own = f"{cost.cpu:.2f} s | {cost.megabytes:.1f} MB | {cost.calls:.0f}" if cost.cpu else "| |"
        rows.append(f"| {name} | {cost.seconds:.2f} s | {cost.seconds / floor:.2f} | {own} |")
    columns = "| | wall time | relative to `terraform_data` | provider's CPU | peak memory | API calls |"
    return f"{title}\n\n" + table(columns, "|---|--:|--:|--:|--:|--:|", rows)


def requests(title: str, counted: dict) -> str:
    rows = [f"| {step} | {of.writes} | {of.lists} | {of.others} |" for step, of in counted.items()]
    return f"{title}\n\n" + table("| | writes | lists | others |", "|---|--:|--:|--:|", rows)


def connectors(count: int) -> str:
    return f"{count} connector{'' if count == 1 else 's'}"


def table(columns: str, alignment: str, rows: list) -> str:
    return "\n".join([columns, alignment, *rows])

"""The tables of `BENCHMARKS.md`, and which goal is met."""

import os
import platform

from bench.measuring import TERRAFORM


def print_head(rounds: int) -> None:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    machine = f"{platform.system()}, {platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GB"
    print(f"{machine}; Terraform {TERRAFORM}; median of {rounds} rounds in changing order\n")


def print_starts(subjects: list, started: dict) -> None:
    print("| provider | version | executable | start to handshake line |\n|---|---|--:|--:|")
    for subject in subjects:
        if subject.executable:
            size = subject.executable.stat().st_size / 1024 / 1024
            print(f"| {subject.name} | {subject.version} | {size:.1f} MB | {started[subject.name]:.1f} ms |")


def print_costs(title: str, costs: dict) -> None:
    print(f"\n{title}\n\n| | wall time | of the floor | provider's CPU | peak memory | API calls |")
    print("|---|--:|--:|--:|--:|--:|")
    floor = next(iter(costs.values())).seconds
    for name, cost in costs.items():
        own = f"{cost.cpu:.2f} s | {cost.megabytes:.1f} MB | {cost.calls:.0f}" if cost.cpu else "| |"
        print(f"| {name} | {cost.seconds:.2f} s | {cost.seconds / floor:.2f} | {own} |")


def goals(own: str, floor: str, started: dict, planned: dict, created: dict, count: int) -> int:
    """Says of each goal whether it is met; the exit status."""
    largest = max(planned)
    wall = planned[largest][own].seconds / planned[largest][floor].seconds
    allowed = 1.15 * created[floor].seconds + created[own].latency
    results = [
        (f"plan of {largest} within 1.15 times the floor", wall <= 1.15, f"{wall:.2f}"),
        (f"plan of {largest} with one call", planned[largest][own].calls == 1, f"{planned[largest][own].calls:.0f}"),
        (f"apply of {count} within 1.15 times the floor and the API's own time", created[own].seconds <= allowed,
         f"{created[own].seconds:.2f} s of {allowed:.2f} s"),
    ]
    for peer in (name for name in started if name != own):
        faster = started[peer] / started[own]
        smaller = planned[largest][peer].megabytes / planned[largest][own].megabytes
        results.append((f"start five times as fast as {peer}", faster >= 5, f"{faster:.1f} times"))
        results.append((f"plan of {largest} in a fifth of the memory of {peer}", smaller >= 5, f"1/{smaller:.1f}"))
    print()
    for goal, met, figure in results:
        print(f"- {'met' if met else 'MISSED'}: {goal} ({figure})")
    return 0 if all(met for _, met, _ in results) else 1

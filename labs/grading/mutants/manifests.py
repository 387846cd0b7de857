"""Manifests, broken: a line left out with what stands below it, another number, another word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from labs.grading.mutants import Mutant

OTHERS = {
    "LoadBalancer": ("ClusterIP", "NodePort"),
    "ClusterIP": ("LoadBalancer",),
    "DoNotSchedule": ("ScheduleAnyway",),
    "topology.kubernetes.io/zone": ("kubernetes.io/hostname",),
    "kubernetes.io/hostname": ("topology.kubernetes.io/zone",),
    "RollingUpdate": ("Recreate",),
    "TCP": ("UDP",),
}
NUMBER = re.compile(r"\d{1,5}")
AMOUNT = re.compile(r"(\d+)(m|Mi|Gi|%)")


def broken_manifests(text: str) -> Iterator[Mutant]:
    lines = text.rstrip("\n").split("\n")
    for number, line in enumerate(lines):
        bare = line.strip()
        if not bare or bare.startswith("#") or bare == "---":
            continue
        rows = [*lines[:number], *lines[below(lines, number) :]]
        yield Mutant(f"without line {number + 1}: {bare}", "\n".join(rows) + "\n")
        head, colon, value = line.partition(": ")
        for other in others(value.strip()):
            rows = [*lines[:number], f"{head}{colon}{other}", *lines[number + 1 :]]
            yield Mutant(f"line {number + 1}: {head.strip()}: {other}", "\n".join(rows) + "\n")


def below(lines: list[str], number: int) -> int:
    """The first line that stands no deeper."""
    depth = len(lines[number]) - len(lines[number].lstrip())
    after = number + 1
    while after < len(lines) and len(lines[after]) - len(lines[after].lstrip()) > depth:
        after += 1
    return after


def others(value: str) -> Iterator[str]:
    yield from OTHERS.get(value, ())
    if NUMBER.fullmatch(value):
        yield str(int(value) + 1)
        if int(value) > 0:
            yield str(int(value) - 1)
    elif found := AMOUNT.fullmatch(value):
        yield f"{int(found[1]) * 4}{found[2]}"
        yield f"{int(found[1]) // 2}{found[2]}"
    elif value and value not in OTHERS and " " not in value:
        yield f"{value}-x"

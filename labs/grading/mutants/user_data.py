"""Scripts, broken: a line left out, two lines exchanged, or a word that means something else."""

from __future__ import annotations

from collections.abc import Iterator

from labs.grading.mutants import Mutant
from labs.grading.mutants.lines import joined

SWAPS = (
    (" -y", ""),
    ("httpd", "apache2"),
    ("dnf", "apt"),
    ("yum", "apt"),
    (" --now", ""),
    ("enable --now", "start"),
    ("systemctl start", "systemctl enable"),
    ("systemctl enable", "systemctl start"),
    ('"', "'"),
    ("/var/www/html/", ""),
    ("/var/www/html/", "/var/www/"),
    ("$(", "\\$("),
    ("<<EOF", "<<'EOF'"),
    ("-X PUT", ""),
    ("#!/bin/bash", ""),
    ("instance-id", "ami-id"),
    ("hostname", "whoami"),
)


def broken_scripts(text: str) -> Iterator[Mutant]:
    lines = text.rstrip("\n").split("\n")
    for number, line in enumerate(lines):
        if not line.strip() or line.startswith("# "):
            continue
        rest = [*lines[:number], *lines[number + 1 :]]
        yield joined(f"without line {number + 1}: {' '.join(line.split())}", rest)
        if number + 1 < len(lines):
            moved = [*lines[:number], lines[number + 1], line, *lines[number + 2 :]]
            yield joined(f"line {number + 1} behind line {number + 2}", moved)
        for old, new in SWAPS:
            if old in line:
                rows = [*lines[:number], line.replace(old, new), *lines[number + 1 :]]
                yield joined(f"line {number + 1}: {new.strip()} for {old.strip()}", rows)
    yield joined("a blank line first", ["", *lines])

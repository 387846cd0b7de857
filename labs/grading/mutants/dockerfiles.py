"""Dockerfiles, broken: a line left out, two turned round, a word left out, another one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from labs.grading.mutants import Mutant

OTHERS = (
    (r":[0-9][\w.-]*", ":latest"),
    (r":[0-9][\w.-]*", ""),
    (r"^USER .*", "USER root"),
    (r'^(CMD|ENTRYPOINT) \["(.*)"\]', r"\1 \2"),
    (r"^COPY \S+ (?=\S+$)", "COPY . "),
    (r"--omit=dev", ""),
    (r"--no-cache-dir", ""),
    (r"--from=\S+", ""),
    (r"--mount=\S+", ""),
    (r"\b(\d{4})\b", "9999"),
    (r" && rm -rf \S+", ""),
)


def broken_dockerfiles(text: str) -> Iterator[Mutant]:
    lines = text.rstrip("\n").split("\n")
    for number, line in enumerate(lines):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        rows = [*lines[:number], *lines[number + 1 :]]
        yield joined(f"without line {number + 1}: {line.strip()}", rows)
        if number + 1 < len(lines):
            rows = [*lines[:number], lines[number + 1], line, *lines[number + 2 :]]
            yield joined(f"lines {number + 1} and {number + 2} turned round", rows)
        for pattern, other in OTHERS:
            changed = re.sub(pattern, other, line, count=1)
            if changed != line:
                rows = [*lines[:number], changed, *lines[number + 1 :]]
                yield joined(f"line {number + 1}: {changed.strip()}", rows)


def joined(name: str, lines: list[str]) -> Mutant:
    return Mutant(name, "\n".join(lines) + "\n")

"""Answers of lines, broken: a line left out, two turned round, one word changed, a line too many.

Rules, plans and predictions are all lines of words; what a word can be instead is said by its form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from labs.grading.mutants import Mutant
from labs.grading.mutants.permissions import other_sources

BLOCK = re.compile(r"[0-9a-f.:]+/\d+")
PORTS = re.compile(r"(\d+)-(\d+)|\d+")
SWAPS = {
    "allow": ("deny",),
    "deny": ("allow",),
    "tcp": ("udp", "all"),
    "udp": ("tcp",),
    "igw": ("-", "nat-x"),
    "all": ("tcp 22",),
}
ZONE = re.compile(r"[a-z]{2}-[a-z]+-\d[a-z]")
# A word, and what stands before it in its line → what it could be instead
Others = Callable[[str, str], Iterator[str]]


def broken_lines(text: str, others: Others, more: Mapping[str, str]) -> Iterator[Mutant]:
    """`more`: lines to add below one that ends so, by that ending."""
    lines = text.rstrip("\n").split("\n")
    for number, line in enumerate(lines):
        if not line.partition("#")[0].strip():
            continue
        words = " ".join(line.split())
        yield joined(f"without line {number + 1}: {words}", [*lines[:number], *lines[number + 1 :]])
        yield from broken_words(lines, number, others)
        for ending, added in more.items():
            if words.endswith(ending):
                rows = [*lines[: number + 1], added, *lines[number + 1 :]]
                yield joined(f"{added.strip()} below line {number + 1}", rows)


def broken_words(lines: list[str], number: int, others: Others) -> Iterator[Mutant]:
    line = lines[number]
    for found in re.finditer(r"[^\s,]+", line):
        for other in others(found[0], line[: found.start()]):
            changed = line[: found.start()] + other + line[found.end() :]
            rows = [*lines[:number], changed, *lines[number + 1 :]]
            yield joined(f"line {number + 1}: {other} for {found[0]}", rows)


def joined(name: str, lines: list[str]) -> Mutant:
    return Mutant(name, "\n".join(lines) + "\n")


def other_words(word: str, before: str) -> Iterator[str]:
    """Of a rule or a plan. Behind the dash of an ACL's rule stands its number: only its place among
    the others matters."""
    if before.strip() == "-" and word.isdigit():
        yield from ("1", "32000")
        return
    yield from SWAPS.get(word, ())
    if BLOCK.fullmatch(word):
        yield from other_sources(word)
    elif found := PORTS.fullmatch(word):
        yield from other_ports(word, found)
    elif word.startswith("sg-") and not word.endswith(":"):
        yield f"{word}-x"
        yield "10.0.0.0/8"
    elif ZONE.fullmatch(word):
        yield word[:-1] + ("b" if word[-1] == "a" else "a")
        yield "us-east-1a"


def other_ports(word: str, found: re.Match[str]) -> Iterator[str]:
    if found[1]:
        yield f"{int(found[1]) + 1}-{found[2]}"
        yield f"{found[1]}-{int(found[2]) - 1}"
        yield f"{int(found[1]) - 1}-{found[2]}"
        return
    yield str(int(word) + 1)
    if int(word) < 65535:
        yield f"{word}-{int(word) + 1}"


def broken_rules(text: str) -> Iterator[Mutant]:
    """Of security groups, by direction and group."""
    yield from broken_lines(text, other_words, {"inbound:": "    - tcp 8443 from 0.0.0.0/0"})


def broken_acl(text: str) -> Iterator[Mutant]:
    yield from broken_lines(text, other_words, {"inbound:": "  - 50 allow tcp 22 from 0.0.0.0/0"})


def broken_plan(text: str) -> Iterator[Mutant]:
    yield from broken_lines(text, other_words, {})


def broken_numbers(text: str) -> Iterator[Mutant]:
    """Of an answer that is a list of numbers."""
    marked = {int(number) for number in re.findall(r"\d+", text)}
    for number in sorted(marked):
        yield Mutant(f"without {number}", numbers(marked - {number}))
    for number in range(1, max(marked) + 2):
        if number not in marked:
            yield Mutant(f"with {number}", numbers(marked | {number}))


def numbers(marked: set[int]) -> str:
    return "".join(f"{number}\n" for number in sorted(marked))


def broken_predictions(text: str, meanings: Mapping[str, str]) -> Iterator[Mutant]:
    """`1: answered`: for each word all that mean something else."""

    def others(word: str, before: str) -> Iterator[str]:
        known = meanings.get(word)
        return (one for one, meaning in meanings.items() if known not in (None, meaning))

    yield from broken_lines(text, others, {})

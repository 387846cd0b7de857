"""Scripts for the AWS CLI, broken: a line left out, a word changed for one that is near to it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from labs.grading.mutants import Mutant
from labs.grading.mutants.lines import broken_lines

REGION = re.compile(r"(.*=)?([a-z]{2}-[a-z]+)-(\d)")
SWAPS = {
    "text": ("json",),
    "json": ("text",),
    "Inactive": ("Active",),
    "delete-access-key": ("list-access-keys",),
    "update-access-key": ("delete-access-key",),
    "unset": ("export",),
    "AWS_PROFILE": ("AWS_PROFIL",),
}


def broken_scripts(text: str) -> Iterator[Mutant]:
    yield from broken_lines(text, other_words, {})
    for found in re.finditer(r"\[\]", text):
        yield Mutant(
            f"[0] for [] at {found.start()}", text[: found.start()] + "[0]" + text[found.end() :]
        )


def other_words(word: str, before: str) -> Iterator[str]:
    yield from SWAPS.get(word, ())
    if found := REGION.fullmatch(word):
        prefix = found[1] or ""
        yield f"{prefix}{found[2]}{found[3]}"
        yield f"{prefix}ap-south-1"
    elif before.rstrip().endswith("--profile"):
        yield "default"
        yield f"{word}x"
    elif word.startswith("AKIA"):
        yield f"{word[:-1]}X"

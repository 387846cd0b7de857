"""Kinds of the tests alone. `words` looks for wanted words in a text;
some words make the check itself go wrong."""

from __future__ import annotations

import os
import signal
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from labs.grading.errors import AnswerError, SpecError, Undecided
from labs.grading.kind import Code, Files
from labs.grading.report import Finding, Report


def explode() -> None:
    raise RuntimeError("boom")


def bomb() -> None:
    held = []
    while True:
        held.append("x" * 50_000_000)


def loop() -> None:
    while True:
        pass


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def write_a_file() -> None:
    with tempfile.TemporaryFile() as file:
        file.write(b"x")


def doubt() -> None:
    raise Undecided("too many words to be sure")


MISDEEDS = {
    "doubt": doubt,
    "explode": explode,
    "bomb": bomb,
    "loop": loop,
    "crash": crash,
    "store": write_a_file,
}


@dataclass(frozen=True)
class Spec:
    wanted: tuple[str, ...]
    told: Mapping[str, Mapping[str, str]]  # of a wanted word: name and why


class Words:
    NAME = "words"
    TITLE = "Words"
    LANGUAGE = "text"
    VERSION = "words-1"
    MAX_BYTES = 2_000
    TEXTS: Mapping[str, tuple[str, ...]] = {"told": ("name", "why")}
    CODES: Mapping[str, Code] = {
        "words.missing": Code("A word is missing", "The text must say it.", "policy-structure"),
        "words.long": Code("Too many words", "Shorter is clearer."),
    }

    def read_spec(self, table: Mapping[str, Any], files: Files) -> Spec:
        unknown = sorted(set(table) - {"wanted", "told"})
        if unknown:
            raise SpecError(f"lab.toml: unknown key {unknown[0]!r} in [spec]")
        return Spec(tuple(table["wanted"]), {row["word"]: row for row in table.get("told", ())})

    def parse(self, text: str) -> tuple[str, ...]:
        for number, line in enumerate(text.splitlines(), start=1):
            if "!" in line:
                raise AnswerError("An exclamation mark is not a word.", number, line.index("!") + 1)
        if "parse-loop" in text:
            loop()
        return tuple(text.split())

    def check(self, answer: tuple[str, ...], spec: Spec) -> Report:
        for word in answer:
            MISDEEDS.get(word, int)()
        if "nothing" in answer:
            return Report(())
        if "huge" in answer:
            return Report((Finding("words.missing", True, 1, "x" * 2_000_000),))
        findings = [named(self.find(word, answer), spec.told.get(word, {})) for word in spec.wanted]
        findings.append(Finding("words.long", len(answer) < 20, 0, "Use fewer words.", at=(1, 1)))
        return Report(tuple(findings), {"words": len(answer)})

    def find(self, word: str, answer: tuple[str, ...]) -> Finding:
        return Finding(
            "words.missing",
            word in answer,
            2,
            f"The word {word} is said.",
            at=(1, 1),
            section="policy-structure",
            expected=word,
            actual=" ".join(answer),
            why="<b>Because</b>",
        )


def named(finding: Finding, told: Mapping[str, str]) -> Finding:
    """As its lab calls the check."""
    return replace(finding, message=told["name"], why=told["why"]) if told else finding


class Slow(Words):
    """Takes its time, as long as the file named in the environment is there."""

    NAME = "slow"

    def check(self, answer: tuple[str, ...], spec: Spec) -> Report:
        while "SLOW_WHILE" in os.environ and Path(os.environ["SLOW_WHILE"]).exists():
            time.sleep(0.02)
        return super().check(answer, spec)


words = Words()
slow = Slow()

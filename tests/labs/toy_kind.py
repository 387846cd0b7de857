"""A kind that the product does not know: how many words rhyme. It draws nothing of its own, and
still has a headline, a relation, outcomes, advice and words to complete."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from labs.grading.completions import Slot, Words
from labs.grading.errors import AnswerError
from labs.grading.kind import Code, Files
from labs.grading.report import (
    Case,
    Finding,
    Outcome,
    Relation,
    RelationName,
    Report,
    Severity,
)
from labs.grading.said import say
from labs.grading.toml_table import Table


@dataclass(frozen=True, slots=True)
class Rhymes:
    NAME: str = "rhymes"
    TITLE: str = "Rhymes"
    LANGUAGE: str = "text"
    VERSION: str = "1"
    MAX_BYTES: int = 1_000
    SLOTS: tuple[Slot, ...] = (Slot("text", "", ("rhymes",)),)

    @property
    def CODES(self) -> Mapping[str, Code]:
        return {"rhyme.false": Code("It does not rhyme", "Rhymes end alike.")}

    def words(self, topic: str) -> Words:
        return {} if topic else {"rhymes": [("cat", say("an animal")), ("hat", say("a garment"))]}

    def read_spec(self, table: Mapping[str, Any], files: Files) -> str:
        spec = Table(table)
        ending = spec.text("ending")
        spec.finish()
        return ending

    def parse(self, text: str) -> list[str]:
        if "?" in text:
            raise AnswerError("A question does not rhyme.", 1, text.index("?") + 1)
        return text.split()

    def check(self, answer: list[str], spec: str) -> Report:
        if "rude" in answer:
            reason = Finding("rhyme.false", False, 0, "A rude word.", at=(1, 1))
            return Report(
                (reason, Finding("rhyme.false", False, 1, "Nothing was read.")), refused="No."
            )
        wrong = [word for word in answer if not word.endswith(spec)]
        said = say("{words} does not end in {ending}.", words=", ".join(wrong), ending=spec)
        finding = Finding(
            "rhyme.false",
            not wrong,
            4,
            said if wrong else "All rhyme.",
            cases=(Case(said),) if wrong else (),
        )
        name = RelationName.of(wider=bool(wrong), narrower=False)
        return Report(
            (finding, *self.advise(answer, spec)),
            relation=Relation(name, "As a poet would say."),
            outcomes=tuple(
                Outcome(name=word, yours="rhymes", passed=word not in wrong) for word in answer
            ),
            outcomes_title="Word by word",
        )

    def advise(self, answer: list[str], spec: str) -> list[Finding]:
        doubled = len(set(answer)) < len(answer)
        message, severity = "A word is said twice.", Severity.ADVICE
        found = Finding("rhyme.false", False, 0, message, at=(1, 1), severity=severity)
        return [found] if doubled else []


rhymes = Rhymes()

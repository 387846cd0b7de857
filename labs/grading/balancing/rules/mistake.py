"""Something that is wrong with a rule, and where."""

from __future__ import annotations

from dataclasses import dataclass

from labs.grading.json_document import Path


@dataclass(frozen=True, slots=True)
class Mistake:
    """`path` leads to it in the answer; () for what stands nowhere."""

    code: str
    message: str
    path: Path = ()

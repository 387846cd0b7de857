"""A policy with one fault: the line that has it is marked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from labs.grading.iam.comparison.comparison import Comparison
from labs.grading.mutants.policies import broken_policies
from labs.grading.quiz.generators.kind import Drawing, changed_lines, first_fair
from labs.grading.quiz.generators.statements import Statement, written
from labs.grading.quiz.generators.wishes import (
    WHERE,
    Wish,
    are_alike,
    compared,
    drawn_wishes,
    still_tells,
    told,
)
from labs.grading.said import say

NAME = "find-the-fault"
TITLE = say("Find the fault in the policy")
SECTION = "conditions-and-keys"
CODES = ("iam.full-access", "iam.any-resource", "iam.mfa-bool", "iam.if-exists-in-allow")

COUNTS = {1: 1, 2: 2, 3: 2}
ELEMENT = re.compile(r'"(\w+)": "|"([\w:/]+)": [\[{]?')
AS_WANTED = {
    "Effect": "Ada is to be allowed something: `Allow` is right.",
    "Action": "This is the action that is wanted.",
    "Resource": "This is where it is wanted.",
}
# Mistakes that nobody makes
NOBODYS = re.compile(r'-x"|/24[*-]|/x/\*')
IN_CONDITION = "This part of the condition is the one that is wanted."


@dataclass(frozen=True, slots=True)
class Flaw:
    wishes: Sequence[Wish]
    text: str
    broken: str
    line: int
    why: str


def draw(chance: Random, level: int) -> Drawing:
    flaw = first_fair(lambda: drawn(chance, level))
    lines = flaw.broken.split("\n")
    marked = {n for text in one_line_mutants(flaw.text) for n in changed_lines(flaw.text, text)}
    reasons = {str(n): as_wanted(lines[n - 1]) for n in sorted(marked)}
    wanted = "\n".join(f"- {wish.words}" for wish in flaw.wishes)
    return {
        "kind": "line",
        "text": f"Ada may do this, and nothing else:\n\n{wanted}\n\n{WHERE} One line of her policy "
        "is wrong. Mark it.",
        "document": flaw.broken,
        "lines": reasons | {str(flaw.line): flaw.why, "right": flaw.line},
    }


def drawn(chance: Random, level: int) -> Flaw | None:
    wishes = drawn_wishes(chance, level, COUNTS[level])
    wanted = [wish.statement for wish in wishes]
    text = written(wanted)
    broken = chance.choice(list(one_line_mutants(text)))
    (line,) = changed_lines(text, broken)
    found = compared(statements_of(broken), wanted)
    if found.relation in ("equal", "undecided") or mended_elsewhere(broken, wanted, line, found):
        return None
    pairs = zip(wishes, statements_of(broken), strict=True)
    keys = [key for wish, one in pairs if one != wish.statement for key in wish.keys]
    right = text.split("\n")[line - 1].strip().rstrip(",")
    return Flaw(wishes, text, broken, line, f"{told(found, keys)} Right is `{right}`.")


def one_line_mutants(text: str) -> Iterator[str]:
    for mutant in broken_policies(text):
        if len(changed_lines(text, mutant.text)) == 1 and not NOBODYS.search(mutant.text):
            yield mutant.text.strip()


def statements_of(text: str) -> list[Statement]:
    found: list[Statement] = json.loads(text)["Statement"]
    return found


def mended_elsewhere(
    broken: str, wanted: Sequence[Statement], line: int, found: Comparison
) -> bool:
    """Whether a change of another line makes it right as well: then two lines could be marked.
    Most of them leave the request as it is that tells the two apart."""
    others = (text for text in one_line_mutants(broken) if changed_lines(broken, text) != [line])
    return any(
        not still_tells(found, statements_of(text)) and are_alike(statements_of(text), wanted)
        for text in others
    )


def as_wanted(line: str) -> str:
    found = ELEMENT.search(line)
    return AS_WANTED.get(found[1] or "", IN_CONDITION) if found else IN_CONDITION

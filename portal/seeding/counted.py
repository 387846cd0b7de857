"""What the invented answers came to, as their verdicts would have written it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from labs.counting import failed_in
from labs.mistakes import Key, keys_of
from labs.models import Effort, Lab, Mistake
from labs.models.efforts import Verdict, counted, world_of
from labs.packed import unpack
from portal.seeding.histories import Attempt
from portal.seeding.judged import Judged


class Mistakes:
    """The answers are few, and each of them is looked at once."""

    def __init__(self, labs: Iterable[int]) -> None:
        self.labs = Lab.objects.in_bulk(labs)
        self.known: dict[tuple[int, str], list[Key]] = {}

    def keys(self, variant: int, lab: int, answer: Judged) -> list[Key]:
        key = (variant, answer.text)
        if key not in self.known:
            found, refused = failed_in(unpack(answer.report))
            row = self.labs[lab]
            self.known[key] = keys_of(found, row.kind, world_of(variant, row), refused=refused)
        return self.known[key]

    def rows(self, one: Attempt, submission: int) -> Iterator[Mistake]:
        if one.faulted or one.answer.passed:
            return
        about = {"user_id": one.user, "lab_id": one.lab, "submission_id": submission}
        for key in self.keys(one.variant, one.lab, one.answer):
            yield Mistake(made_at=one.at, **key._asdict(), **about)


def efforts(numbered: Iterable[tuple[int, Attempt]]) -> Iterator[Effort]:
    """Of (key of the submission, attempt), in the order of time."""
    answers: dict[tuple[int, int], list[Verdict]] = {}
    for pk, one in numbered:
        if not one.faulted:
            verdict = Verdict(pk, one.at, one.answer.passed, one.answer.percent)
            answers.setdefault((one.user, one.lab), []).append(verdict)
    for (user, lab), rows in answers.items():
        if found := counted(rows):
            yield Effort(user_id=user, lab_id=lab, **found)

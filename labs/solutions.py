"""When the model answer may be seen: after passing, or after the tries that the lab wants; and how
it stands beside the learner's own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils import timezone

from labs.models import State, Submission
from labs.workspace import LATEST, Workspace


@dataclass(frozen=True, slots=True)
class SolutionAccess:
    """`wanted` tries let one look (0: only passing does), `tries` were made. `looked`: already
    seen without passing, which was noted."""

    wanted: int
    tries: int
    passed: bool
    looked: bool
    teaches: bool = False

    @property
    def is_open(self) -> bool:
        return self.passed or self.looked or self.teaches

    @property
    def is_offered(self) -> bool:
        """One may look, and is told before what it costs."""
        return bool(self.wanted) and not self.is_open and self.tries >= self.wanted

    @property
    def missing(self) -> int:
        return max(self.wanted - self.tries, 0)


def access_of(workspace: Workspace, submissions: Sequence[Submission]) -> SolutionAccess:
    """For those who learn; no query, unless they may have passed before all of these."""
    access = SolutionAccess(
        wanted=workspace.lab.solution_after,
        tries=len(honest_tries(workspace, submissions)),
        passed=any(row.passed for row in submissions),
        looked=any(row.solution_shown_at for row in submissions),
    )
    is_all = len(submissions) < LATEST
    return access if access.is_open or is_all else replace(access, **workspace.ever())


def honest_tries(workspace: Workspace, submissions: Iterable[Submission]) -> set[str]:
    """Failed answers by their digests: the same text again is no other try, and the starter is
    none."""
    failed = {vars(row)["digest"] for row in submissions if is_failed(row)}
    return failed - {digest_of(variant.starter) for variant in workspace.variants}


def is_failed(row: Submission) -> bool:
    return row.state == State.GRADED and not row.passed


def digest_of(text: str) -> str:
    """As databases compute it (`Workspace.submissions`)."""
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def own_answer(workspace: Workspace) -> Submission | None:
    """The learner's answer to lay beside the model answer: the latest that passed, or else the
    latest."""
    rows = Submission.objects.graded().filter(user=workspace.user.pk, variant=workspace.variant)
    return rows.select_related("grade").order_by("-grade__passed", "-created_at").first()


def note_look(submission: Submission) -> None:
    """The first time counts."""
    rows = Submission.objects.filter(pk=submission.pk, solution_shown_at__isnull=True)
    rows.update(solution_shown_at=timezone.now())

"""What in a stored verdict shows one mistake."""

from __future__ import annotations

from labs.counting import failed_in
from labs.grading.report import Finding
from labs.mistakes import Key, keys_of
from labs.models import Submission
from labs.models.efforts import world_of


def findings_like(submission: Submission, key: Key) -> list[Finding]:
    """Of an answer with its grade and lab; hidden ones as well, which only those who teach may
    see."""
    if submission.grade is None:
        return []
    found, refused = failed_in(submission.grade.stored_report)
    world, kind = world_of(submission.variant_id, submission.lab), submission.lab.kind
    return [one for one in found if key in keys_of([one], kind, world, refused=refused)]

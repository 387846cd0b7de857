"""What an instructor's process can be told (`tests/faults/learner.py`)."""

from __future__ import annotations

import uuid

from labs.models import Grade, Lab, State, Submission
from portal.accounts.models import User
from portal.cohorts.models import Cohort, Role
from portal.letters.models import Letter
from portal.regrades.models import Fate, Regrade


def answered(count: str) -> int:
    """Each is one of a lab that wants another word by now."""
    lab = Lab.objects.filter(kind="slow").latest("pk")
    cohort = Cohort.objects.create(name="Many", slug=uuid.uuid4().hex, course=lab.course)
    for number in range(int(count)):
        user = User(email=f"{uuid.uuid4().hex}@example.com", name=f"Learner {number}")
        user.save()
        cohort.enrol(user)
        grade(Submission.objects.create(
            user=user, lab=lab, variant=lab.variants.get(), text=f"deny {number}",
            state=State.GRADED,
        ))  # fmt: skip
    lab.variants.update(table={"wanted": ["deny"]})
    return lab.pk


def grade(submission: Submission) -> None:
    given = {"points": 0, "max_points": 2, "passed": False, "report": {"findings": []}}
    submission.grade = Grade.objects.create(
        submission=submission, **given, engine_version="old", content_hash="old", rule="old"
    )
    submission.save(update_fields=["grade"])


def regrade(lab: str) -> int:
    found = Lab.objects.get(pk=lab)
    tom = User.objects.create_user(f"{uuid.uuid4().hex}@example.com", name="Tom")
    Cohort.objects.get(course=found.course).enrol(tom, role=Role.INSTRUCTOR)
    return Regrade.objects.begin(found, by=tom).pk


def apply(key: str) -> bool:
    how = {"lowers": False, "reason": "", "site": "http://here"}
    return Regrade.objects.get(pk=key).apply(**how)


def regraded(key: str) -> str:
    found = Regrade.objects.get(pk=key)
    judged = found.verdicts.exclude(tries=0).count()
    done = found.answers.filter(fate=Fate.DONE).count()
    return f"{found.stage} {judged} {done} {Grade.objects.count()} {Letter.objects.count()}"


COMMANDS = {"answered": answered, "regrade": regrade, "apply": apply, "regraded": regraded}

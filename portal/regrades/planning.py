"""The first part of a dry run: which answers have verdicts of another version, and which texts are
the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.db import transaction

from labs.models import Grade, Submission
from labs.models.grades import MACHINES
from labs.rules import rules_of
from portal.regrades.models import NewVerdict, Regrade, RegradedAnswer, Stage
from portal.regrades.scope import answers_for

AT_ONCE = 100

Pair = tuple[Submission, Grade]  # with what the check said of it


def plan_some(regrade: Regrade) -> bool:
    """False once all are collected, or nobody is left who may."""
    rows = next_answers(regrade)
    if not rows:
        regrade.move(Stage.PLANNING, to=Stage.JUDGING)
        return False
    with transaction.atomic():
        collect(regrade, [pair for pair in checked(rows) if is_outdated(regrade, *pair)])
        regrade.mark = rows[-1].pk
        regrade.save(update_fields=["mark"])
    return True


def next_answers(regrade: Regrade) -> list[Submission]:
    if regrade.author is None:
        return []
    rows = answers_for(regrade.author, regrade.lab, everybodys=regrade.is_everybodys)
    later = rows.filter(pk__gt=regrade.mark).order_by("pk").select_related("grade", "variant")
    return list(later.defer("grade__report", "grade__unpacked_report")[:AT_ONCE])


def checked(rows: Iterable[Submission]) -> list[Pair]:
    """Below an override stands what the check said; of what was never checked there is nothing."""
    by_hand = [one.pk for one in rows if one.grade and one.grade.made_by not in MACHINES]
    grades = Grade.objects.filter(submission__in=by_hand, made_by__in=MACHINES).without_reports()
    below = {grade.submission_id: grade for grade in grades.order_by("created_at", "pk")}
    found = ((one, below.get(one.pk) if one.pk in by_hand else one.grade) for one in rows)
    return [(one, grade) for one, grade in found if grade and one.text]


def is_outdated(regrade: Regrade, submission: Submission, grade: Grade) -> bool:
    lab, variant = regrade.lab, submission.variant
    if grade.rule:
        return grade.rule != rules_of(lab.kind, [variant])[variant.number]
    version = lab.kind_module.VERSION
    return (grade.content_hash, grade.engine_version) != (lab.content_hash, version)


def collect(regrade: Regrade, pairs: list[Pair]) -> None:
    """May be done twice."""
    digests = {submission.pk: digest_of(submission) for submission, _grade in pairs}
    texts = {(submission.variant_id, digests[submission.pk]) for submission, _grade in pairs}
    NewVerdict.objects.bulk_create(
        [NewVerdict(regrade=regrade, variant_id=one, digest=digest) for one, digest in texts],
        ignore_conflicts=True,
    )
    rows = NewVerdict.objects.filter(regrade=regrade, digest__in=digests.values())
    verdicts = {(variant, digest): pk for pk, variant, digest in rows.values_list(
        "pk", "variant", "digest")}  # fmt: skip
    RegradedAnswer.objects.bulk_create(
        [
            RegradedAnswer(
                regrade=regrade,
                verdict_id=verdicts[submission.variant_id, digests[submission.pk]],
                submission=submission,
                user_id=submission.user_id,
                seen=grade,
            )
            for submission, grade in pairs
        ],
        ignore_conflicts=True,
    )


def digest_of(submission: Submission) -> str:
    return hashlib.sha256(submission.text.encode("utf-8", "surrogatepass")).hexdigest()

"""What one learner's answers to a lab came to is written with each verdict."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from labs.cleaning import clean_all
from labs.counting import count_some
from labs.grading.report import Finding, Report
from labs.models import Chore, Effort, Grade, Lab, Mistake, Ruling, State, Submission
from labs.models.efforts import world_of
from labs.tasks import check
from portal.accounts.models import User
from portal.accounts.own_data import erase
from tests.rows import make_grade, make_submission

Submitted = Callable[..., Submission]


def checked(submitted: Submitted, text: str, **fields: Any) -> Submission:
    submission = submitted(text)
    Submission.objects.filter(pk=submission.pk).update(**fields)
    check(submission.pk)
    submission.refresh_from_db()
    return submission


def days_ago(days: int) -> Any:
    return timezone.now() - timedelta(days=days)


def told(effort: Effort) -> tuple[int, int, bool]:
    return effort.failed, effort.latest_id, effort.passed_at is not None


def test_failed_verdicts_are_counted_from_the_first(submitted: Submitted):
    first = checked(submitted, "allow")
    last = checked(submitted, "say none of it")
    effort = Effort.objects.get()
    assert told(effort) == (2, last.pk, False)
    assert (effort.since, effort.last_at) == (first.created_at, last.created_at)


def test_a_pass_stays_a_pass(submitted: Submitted):
    right = checked(submitted, "please allow to read")
    practice = checked(submitted, "allow")
    assert told(Effort.objects.get()) == (1, practice.pk, True)
    assert Effort.objects.get().passed_at == right.created_at
    assert not Effort.objects.open().exists()


def test_what_was_handed_in_first_may_be_checked_last(submitted: Submitted):
    early, late = submitted("allow"), submitted("read")
    Submission.objects.filter(pk=early.pk).update(created_at=days_ago(3))
    for one in (late, early):
        check(one.pk)
    early.refresh_from_db()
    effort = Effort.objects.get()
    assert told(effort) == (2, late.pk, False)
    assert effort.since == early.created_at


def test_each_failed_finding_is_a_mistake_once(submitted: Submitted):
    submission = checked(submitted, "nothing of it was ever said".replace("nothing", "None"))
    assert [str(one) for one in submission.mistakes.all()] == ["words.missing"]
    assert submission.mistakes.get().made_at == submission.created_at


def test_a_right_answer_has_no_mistakes(submitted: Submitted):
    assert not checked(submitted, "please allow to read").mistakes.exists()


def test_verdict_effort_and_mistakes_cost_three_statements_more_at_most(
    submitted: Submitted, django_assert_max_num_queries
):
    checked(submitted, "allow")
    submission = submitted("allow")
    row = Submission.objects.claim(submission.pk)
    report = Report((Finding("words.missing", False, 2, "Not said."),))
    with django_assert_max_num_queries(7):  # with the savepoints of a test
        assert row.record(report, engine_version="words-1")
    assert told(Effort.objects.get()) == (2, submission.pk, False)


def test_who_comes_too_late_counts_nothing(submitted: Submitted):
    row = Submission.objects.claim(submitted("allow").pk)
    Submission.objects.update(state=State.QUEUED, lease_token=None)
    assert not row.record(Report((Finding("a", False, 1, "No."),)), engine_version="1")
    assert (Effort.objects.count(), Mistake.objects.count()) == (0, 0)


def test_an_override_and_its_withdrawal_are_counted(submitted: Submitted, tom: User):
    submission = checked(submitted, "allow")
    grade = submission.override(Ruling(True, 100, "Right."), author=tom, seen=submission.grade_id)
    assert told(Effort.objects.get()) == (0, submission.pk, True)
    submission.withdraw_override(author=tom, reason="Wrong.", seen=grade.pk)
    assert told(Effort.objects.get()) == (1, submission.pk, False)


def test_a_decision_about_what_was_never_checked_goes_without_a_trace(
    lea: User, tom: User, lab: Lab
):
    submission = make_submission(lea, lab, state=State.FAULTED)
    grade = submission.override(Ruling(False, 0, "No."), author=tom, seen=None)
    assert told(Effort.objects.get()) == (1, submission.pk, False)
    submission.withdraw_override(author=tom, reason="Hm.", seen=grade.pk)
    assert not Effort.objects.exists()


def test_a_regrade_says_other_mistakes(lea: User, lab: Lab):
    submission = make_submission(lea, lab)
    make_grade(submission, 3, 4)
    make_grade(submission, 2, 4)
    assert sorted(submission.mistakes.values_list("code", flat=True)) == [
        "test.finding-2",
        "test.finding-3",
    ]
    make_grade(submission, 4, 4)
    assert not submission.mistakes.exists()
    assert told(Effort.objects.get()) == (0, submission.pk, True)


def test_mistakes_go_with_their_person_and_counts_stay(lea: User, lab: Lab):
    make_grade(make_submission(lea, lab), 1)
    erase(lea)
    assert (Mistake.objects.count(), Effort.objects.count()) == (0, 1)


# --- What was written without them ----------------------------------------------------------------


@pytest.fixture
def old(lea: User, lab: Lab) -> list[Submission]:
    """Verdicts of the version before."""
    answers = [make_submission(lea, lab, created_at=days_ago(days)) for days in (5, 3, 2)]
    for one, points in zip(answers, (0, 3, 4), strict=True):
        make_grade(one, points, created_at=one.created_at)
    Effort.objects.all().delete()
    Mistake.objects.all().delete()
    return answers


def test_old_verdicts_are_counted_by_and_by(old: list[Submission]):
    counted = {cleaner.name: number for cleaner, number in clean_all()}
    assert counted["counting"] == 3
    effort = Effort.objects.get()
    assert told(effort) == (2, old[2].pk, True)
    assert effort.passed_at == old[2].created_at
    assert (old[0].mistakes.count(), old[1].mistakes.count(), old[2].mistakes.count()) == (4, 1, 0)


def test_each_verdict_is_counted_once(old: list[Submission]):
    chore = Chore.objects.create(name="counting")
    assert (count_some(chore), count_some(chore)) == (3, 0)


def test_counting_again_changes_nothing(old: list[Submission]):
    for arguments, number in (((), 3), ((), 0), (("--anew",), 3)):
        out = StringIO()
        call_command("count_mistakes", *arguments, stdout=out)
        assert out.getvalue() == f"Verdicts counted: {number}.\n"
    assert (Effort.objects.get().failed, Mistake.objects.count()) == (2, 5)


def test_a_verdict_that_may_stand_before_one_not_yet_written_waits(lea: User, lab: Lab):
    make_grade(make_submission(lea, lab), 1)
    assert count_some(Chore.objects.create(name="counting")) == 0


def test_a_verdict_that_nobody_can_read_is_passed_over(old: list[Submission]):
    Grade.objects.filter(submission=old[0]).update(report={"format": 2})
    call_command("count_mistakes", stdout=StringIO())
    assert (old[0].mistakes.count(), Effort.objects.get().failed) == (0, 2)


def test_what_an_instructor_let_pass_has_no_mistakes(old: list[Submission], tom: User):
    old[0].override(Ruling(True, 100, "Right."), author=tom, seen=old[0].grade_id)
    call_command("count_mistakes", stdout=StringIO())
    assert old[0].mistakes.count() == 0
    assert Effort.objects.get().passed_at == old[0].created_at


def test_the_world_of_a_variant_is_read_once(lab: Lab, django_assert_num_queries):
    variant = lab.variants.get(number=0)
    with django_assert_num_queries(1):
        assert world_of(variant.pk, lab).solution == variant.solution
        assert world_of(variant.pk, lab).names == {}
    assert world_of(variant.pk + 1000, lab).solution == ""


def test_the_best_score_is_kept(submitted: Submitted) -> None:
    for text, best in (("read", 50), ("say none of it", 50), ("please allow to read", 100)):
        checked(submitted, text)
        assert Effort.objects.get().best == best


def test_the_best_score_of_old_verdicts_is_counted_with_them(old: list[Submission]) -> None:
    Effort.objects.update(best=None)
    call_command("count_mistakes", "--anew", stdout=StringIO())
    assert set(Effort.objects.values_list("best", flat=True)) == {
        max(one.grade.percent for one in old if one.grade)
    }

"""A person's verdict over the check's: appended, counted everywhere, and taken back by another
row."""

from __future__ import annotations

import pytest
from django.test import Client

from labs.lab_state import LabState
from labs.models import Grade, GradedBy, Lab, Ruling, State, Submission
from labs.progress import lab_progress_of
from labs.verdicts import verdict_of
from portal.accounts.models import User
from tests.rows import make_grade, make_submission

RIGHT = Ruling(passed=True, percent=100, reason="It does the same.")
HALF = Ruling(passed=False, percent=60, reason="Half of it.")


@pytest.fixture
def failed(lea: User, lab: Lab) -> Submission:
    submission = make_submission(lea, lab, "allow")
    make_grade(submission, 1)
    return submission


def stored(submission: Submission) -> Submission:
    return Submission.objects.select_related("grade", "lab__course").get(pk=submission.pk)


def history(submission: Submission) -> list[tuple[str, int, bool]]:
    return [(one.made_by, one.percent, one.passed) for one in submission.grades.order_by("pk")]


def test_an_override_lies_on_top_and_changes_nothing_below(failed: Submission, tom: User) -> None:
    machine = failed.grade
    assert failed.override(RIGHT, author=tom, seen=machine.pk)
    assert history(failed) == [("task", 25, False), ("instructor", 100, True)]
    grade = stored(failed).grade
    assert (grade.author, grade.reason) == (tom, "It does the same.")
    assert grade.stored_report == machine.stored_report
    assert grade.content_hash == machine.content_hash


def test_progress_counts_it(failed: Submission, lea: User, lab: Lab, tom: User) -> None:
    failed.override(RIGHT, author=tom, seen=failed.grade_id)
    progress = lab_progress_of([lea], [lab])[lea.pk, lab.pk]
    assert (progress.state, progress.percent) == (LabState.PASSED, 100)
    failed.override(HALF, author=tom, seen=failed.grade_id)
    progress = lab_progress_of([lea], [lab])[lea.pk, lab.pk]
    assert (progress.state, progress.percent, progress.attempts) == (LabState.TRIED, 60, 1)


def test_a_later_check_does_not_outrank_it(failed: Submission, tom: User) -> None:
    failed.override(RIGHT, author=tom, seen=failed.grade_id)
    failed.add_grade(points=0, max_points=4, passed=False, report={}, engine_version="2")
    assert stored(failed).passed


@pytest.mark.parametrize("seen", ["nothing", "another"])
def test_whoever_saw_another_grade_decides_nothing(
    failed: Submission, tom: User, seen: str
) -> None:
    saw = None if seen == "nothing" else failed.grade_id
    if seen == "another":
        make_grade(failed, 2)
    before = Grade.objects.count()
    assert failed.override(RIGHT, author=tom, seen=saw) is None
    assert (Grade.objects.count(), stored(failed).passed) == (before, False)


@pytest.mark.parametrize("state", [State.QUEUED, State.CHECKING])
def test_nothing_is_decided_while_it_is_checked(lea: User, lab: Lab, tom: User, state: str) -> None:
    submission = make_submission(lea, lab, state=state)
    assert submission.override(RIGHT, author=tom, seen=None) is None
    assert (stored(submission).state, Grade.objects.count()) == (state, 0)


def test_taken_back_the_check_counts_again(failed: Submission, tom: User) -> None:
    machine = failed.grade
    failed.override(RIGHT, author=tom, seen=machine.pk)
    assert failed.withdraw_override(author=tom, reason="I misread it.", seen=failed.grade_id)
    now = stored(failed).grade
    assert (now.made_by, now.passed, now.points, now.max_points) == ("withdrawn", False, 1, 4)
    assert (now.author, now.reason) == (tom, "I misread it.")
    assert len(history(failed)) == 3
    failed.add_grade(points=4, max_points=4, passed=True, report={}, engine_version="2")
    assert stored(failed).passed  # a check counts from then on


def test_only_an_override_is_taken_back(failed: Submission, tom: User) -> None:
    assert failed.withdraw_override(author=tom, reason="Why not", seen=failed.grade_id) is None
    failed.override(RIGHT, author=tom, seen=failed.grade_id)
    failed.withdraw_override(author=tom, reason="Misread", seen=failed.grade_id)
    assert failed.withdraw_override(author=tom, reason="Again", seen=failed.grade_id) is None
    assert len(history(failed)) == 3


def test_what_could_not_be_checked_gets_a_verdict_and_loses_it_again(
    lea: User, lab: Lab, tom: User
) -> None:
    faulted = make_submission(lea, lab, state=State.FAULTED, fault="too large")
    faulted.override(RIGHT, author=tom, seen=None)
    assert (stored(faulted).state, stored(faulted).passed) == (State.GRADED, True)
    assert verdict_of(stored(faulted)).score == "100 %"
    faulted.withdraw_override(author=tom, reason="Misread", seen=faulted.grade_id)
    now = stored(faulted)
    assert (now.state, now.grade) == (State.FAULTED, None)
    assert history(faulted) == [("instructor", 100, True), ("withdrawn", 0, False)]


# --- As it is read --------------------------------------------------------------------------------


def page_of(client: Client, submission: Submission) -> str:
    return client.get(f"/labs/attempts/{submission.pk}/").content.decode()


def test_the_learner_reads_who_decided_and_why(
    client_of, failed: Submission, lea: User, tom: User
) -> None:
    failed.override(
        Ruling(passed=True, percent=80, reason="As <b>good</b>.\n\nReally."),
        author=tom,
        seen=failed.grade_id,
    )
    page = page_of(client_of(lea), failed)
    for sentence in (
        '<h2 class="verdict-title">Passed</h2>',
        '<p class="verdict-score">80 %</p>',
        "An instructor decided this verdict.",
        "<p>As &lt;b&gt;good&lt;/b&gt;.</p>",
        "What the automatic check found stands below; it does not count here.",
        "Check 2",
    ):
        assert sentence in page
    assert "Every check passes." not in page
    assert "Tom" not in page


def test_the_learner_reads_that_it_was_taken_back(
    client_of, failed: Submission, lea: User, tom: User
) -> None:
    failed.override(RIGHT, author=tom, seen=failed.grade_id)
    failed.withdraw_override(author=tom, reason="I misread it.", seen=failed.grade_id)
    page = page_of(client_of(lea), failed)
    assert "An instructor’s decision was withdrawn: the automatic check counts again." in page
    assert "I misread it." in page
    assert "1 of 4 checks · 25 %" in page


def test_a_kept_verdict_is_not_shown_for_what_was_decided_since(
    client_of, failed: Submission, lea: User, tom: User
) -> None:
    client = client_of(lea)
    assert "Not yet" in page_of(client, failed)
    failed.override(RIGHT, author=tom, seen=failed.grade_id)
    assert "It does the same." in page_of(client, failed)
    assert stored(failed).grade.made_by == GradedBy.INSTRUCTOR

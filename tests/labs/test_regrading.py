"""A verdict given anew is a row on top of the check's and below a person's; taking it back is
another row."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from labs.lab_state import LabState
from labs.models import Lab, Ruling, Submission
from labs.progress import lab_progress_of
from labs.rules import rule_of, rules_of
from labs.tasks import check
from portal.accounts.models import User
from tests.rows import make_grade, make_submission

BETTER: dict[str, Any] = {
    "points": 4,
    "max_points": 4,
    "passed": True,
    "report": {"findings": []},
    "engine_version": "words-2",
    "content_hash": "new",
    "rule": "new-rule",
}
WORSE = BETTER | {"points": 0, "passed": False}
RIGHT = Ruling(passed=True, percent=100, reason="It does the same.")


@pytest.fixture
def failed(lea: User, lab: Lab) -> Submission:
    submission = make_submission(lea, lab, "allow")
    make_grade(submission, 1)
    return submission


def stored(submission: Submission) -> Submission:
    return Submission.objects.select_related("grade", "lab__course").get(pk=submission.pk)


def history(submission: Submission) -> list[tuple[str, int]]:
    return [(one.made_by, one.percent) for one in submission.grades.order_by("pk")]


def page_of(client_of: Any, submission: Submission) -> str:
    page = client_of(submission.user).get(f"/labs/attempts/{submission.pk}/")
    return str(page.content.decode())


def test_the_verdict_counts_and_the_one_before_stays_a_row(
    failed: Submission, tom: User, lea: User, lab: Lab
) -> None:
    assert failed.regrade(BETTER, author=tom, reason="The lab was wrong.", seen=failed.grade_id)
    assert history(failed) == [("task", 25), ("regrade", 100)]
    grade = stored(failed).grade
    assert (grade.author, grade.reason, grade.rule) == (tom, "The lab was wrong.", "new-rule")
    progress = lab_progress_of([lea], [lab])[lea.pk, lab.pk]
    assert (progress.state, progress.percent, progress.attempts) == (LabState.PASSED, 100, 1)


def test_undone_the_verdict_from_before_counts(failed: Submission, tom: User) -> None:
    before = failed.grade
    again = failed.regrade(BETTER, author=tom, reason="", seen=before.pk)
    assert failed.undo_regrade(before, author=tom, reason="I was wrong.", seen=again.pk)
    assert history(failed) == [("task", 25), ("regrade", 100), ("undone", 25)]
    assert stored(failed).grade.stored_report == before.stored_report


@pytest.mark.parametrize("way", ["regrade", "undo"])
def test_nothing_is_written_where_another_check_stands_by_now(
    failed: Submission, tom: User, way: str
) -> None:
    seen = failed.grade
    failed.regrade(BETTER, author=tom, reason="", seen=seen.pk)
    if way == "regrade":
        assert failed.regrade(WORSE, author=tom, reason="", seen=seen.pk) is None
    else:
        assert failed.undo_regrade(seen, author=tom, reason="", seen=seen.pk) is None
    assert history(stored(failed)) == [("task", 25), ("regrade", 100)]


def test_what_a_person_decided_stays_on_top(failed: Submission, tom: User) -> None:
    machine = failed.grade
    override = failed.override(RIGHT, author=tom, seen=machine.pk)
    again = failed.regrade(WORSE, author=tom, reason="Stricter.", seen=machine.pk)
    assert again
    assert stored(failed).grade == override
    failed.undo_regrade(machine, author=tom, reason="", seen=again.pk)
    assert stored(failed).grade == override
    assert len(history(failed)) == 4


def test_below_an_override_that_is_withdrawn_the_new_verdict_counts(
    failed: Submission, tom: User
) -> None:
    machine = failed.grade
    failed.override(RIGHT, author=tom, seen=machine.pk)
    failed.regrade(WORSE, author=tom, reason="", seen=machine.pk)
    now = stored(failed)
    assert now.withdraw_override(author=tom, reason="Misread", seen=now.grade_id)
    grade = stored(failed).grade
    assert (grade.made_by, grade.percent, grade.rule) == ("withdrawn", 0, "new-rule")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL: set DATABASE_URL")
@pytest.mark.parametrize("number", range(4))
def test_withdrawn_while_it_is_regraded_the_new_verdict_counts(
    failed: Submission, tom: User, number: int
) -> None:
    """Whichever is first."""
    machine = failed.grade
    failed.override(RIGHT, author=tom, seen=machine.pk)
    start, seen = Barrier(2), failed.grade_id

    def together(act: Callable[[Submission], object]) -> None:
        mine = stored(failed)
        start.wait()
        act(mine)
        connection.close()

    acts: list[Callable[[Submission], object]] = [
        lambda one: one.regrade(BETTER, author=tom, reason="", seen=machine.pk),
        lambda one: one.withdraw_override(author=tom, reason="Misread", seen=seen),
    ]
    threads = [Thread(target=together, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (stored(failed).passed, stored(failed).grade.rule) == (True, "new-rule")
    assert len(history(failed)) == 4


# --- Which verdicts may change --------------------------------------------------------------------


def outdated(lab: Lab) -> list[int]:
    rules = rules_of(lab.kind, lab.variants.all())
    rows = Submission.objects.judged_otherwise(lab, rules, lab.content_hash)
    return [one.pk for one in rows.order_by("pk")]


def test_a_grade_knows_by_what_it_was_judged(lea: User, lab: Lab) -> None:
    submission = make_submission(lea, lab, "allow read")
    check(submission.pk)
    assert stored(submission).grade.rule == rule_of("words", lab.variants.get())
    assert outdated(lab) == []


@pytest.mark.parametrize("change", ["table", "files", "starter", "engine"])
def test_what_an_answer_is_judged_by_makes_older_verdicts_doubtful(
    lea: User, lab: Lab, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    submission = make_submission(lea, lab, "allow read")
    check(submission.pk)
    if change == "engine":
        monkeypatch.setattr(lab.kind_module, "VERSION", "words-2")
    else:
        new = {"table": {"wanted": ["allow"]}, "files": {"a.txt": "b"}, "starter": "allow"}[change]
        lab.variants.update(**{change: new})
    assert outdated(lab) == [submission.pk]


def test_words_that_nobody_is_judged_by_change_nothing(lea: User, lab: Lab) -> None:
    submission = make_submission(lea, lab, "allow read")
    check(submission.pk)
    Lab.objects.update(content_hash="other")
    lab.refresh_from_db()
    lab.variants.update(brief_html="Please.", files={"mutants.toml": "[right]"})
    assert outdated(lab) == []


def test_of_older_grades_the_edition_of_the_lab_tells(lea: User, lab: Lab) -> None:
    submission = make_submission(lea, lab)
    make_grade(submission, 1)  # by engine test-1
    assert outdated(lab) == [submission.pk]
    submission.grades.update(engine_version=lab.kind_module.VERSION)
    assert outdated(lab) == []
    Lab.objects.update(content_hash="other")
    lab.refresh_from_db()
    assert outdated(lab) == [submission.pk]


def test_what_a_person_decided_and_what_has_no_verdict_is_not_doubtful(
    failed: Submission, lea: User, lab: Lab, tom: User
) -> None:
    failed.override(RIGHT, author=tom, seen=failed.grade_id)
    make_submission(lea, lab)
    assert outdated(lab) == []


# --- As it is read --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "then", "words"),
    [
        (1, BETTER, "passed now."),
        (4, WORSE, "not passed any more."),
        (1, WORSE, "0 % now, 25 % before."),
        (4, BETTER, "the verdict stays as it was."),
    ],
)
def test_the_learner_reads_what_became_of_it_and_why(
    client_of: Any, lea: User, lab: Lab, first: int, then: dict[str, Any], words: str
) -> None:
    submission = make_submission(lea, lab, "allow")
    make_grade(submission, first)
    submission.regrade(then, author=None, reason="The <b>lab</b>.", seen=submission.grade_id)
    page = page_of(client_of, submission)
    assert "Checked again on " in page
    assert words in page
    assert "The &lt;b&gt;lab&lt;/b&gt;." in page


def test_the_learner_reads_that_it_was_undone(
    client_of: Any, failed: Submission, tom: User
) -> None:
    before = failed.grade
    again = failed.regrade(BETTER, author=tom, reason="", seen=before.pk)
    assert "Passed" in page_of(client_of, failed)
    failed.undo_regrade(before, author=tom, reason="A mistake.", seen=again.pk)
    page = page_of(client_of, failed)
    assert "Checking again was undone on " in page
    assert "A mistake." in page
    assert "Not yet" in page

"""What a dry run showed is applied by new grades, and undone by others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from labs.models import Lab, Ruling, State, Submission
from portal.accounts.models import User
from portal.cohorts.models import Cohort
from portal.letters.models import Letter
from portal.regrades.models import Fate, Regrade, RegradedAnswer, Stage
from portal.regrades.scope import outdated_for
from portal.regrades.settling import of_next_learner
from portal.regrades.work import work, work_on
from tests.portal.regrades.conftest import applied, change, current, done, dry_run, fates, history
from tests.rows import make_submission

Checked = Callable[..., Submission]
RIGHT = Ruling(passed=True, percent=100, reason="It does the same.")


def undone(regrade: Regrade) -> Regrade:
    assert regrade.undo(reason="A mistake.", site="http://testserver")
    return done(regrade)


@pytest.fixture
def answers(checked: Checked, lab: Lab, lea: User, mia: User) -> dict[str, Submission]:
    """The lab wants “write” in the place of “read” since they were checked."""
    texts = {"gains": "allow write", "loses": "allow read", "same": "allow"}
    people = {"gains": lea, "loses": mia, "same": lea}
    found = {name: checked(people[name], text) for name, text in texts.items()}
    change(lab, "allow", "write")
    return found


Answers = dict[str, Submission]


def test_nobody_loses_unless_it_is_wanted(answers: Answers, lab: Lab, tom: User) -> None:
    regrade = applied(lab, tom, reason="The lab asked for the wrong word.")
    assert regrade.stage == Stage.APPLIED
    assert fates(regrade) == {"allow write": "done", "allow read": "kept", "allow": "done"}
    assert current(answers["gains"]) == ("regrade", 100)
    assert current(answers["loses"]) == ("task", 100)
    assert history(answers["same"]) == [("task", 50), ("regrade", 50)]
    grade = answers["gains"].grade
    assert grade is not None
    assert (grade.author, grade.reason) == (tom, "The lab asked for the wrong word.")


def test_with_a_reason_what_is_wrong_now_is_lost(answers: Answers, lab: Lab, tom: User) -> None:
    applied(lab, tom, lowers=True, reason="“read” was never right.")
    assert history(answers["loses"]) == [("task", 100), ("regrade", 50)]
    assert current(answers["loses"]) == ("regrade", 50)


def test_afterwards_only_what_was_kept_is_of_another_version(
    answers: Answers, lab: Lab, tom: User
) -> None:
    assert outdated_for(tom, lab) == 3
    applied(lab, tom)
    assert outdated_for(tom, lab) == 1


def test_undone_everything_is_as_before_and_nothing_was_deleted(
    answers: Answers, lab: Lab, tom: User
) -> None:
    regrade = undone(applied(lab, tom, lowers=True, reason="So."))
    assert regrade.stage == Stage.UNDONE
    assert [current(one)[1] for one in answers.values()] == [100 - 50, 100, 50]
    assert history(answers["loses"]) == [("task", 100), ("regrade", 50), ("undone", 100)]
    assert set(fates(regrade).values()) == {"undone"}
    assert not regrade.undo(reason="Again.", site="")


def test_what_was_undone_can_be_applied_by_another_run(
    answers: Answers, lab: Lab, tom: User
) -> None:
    undone(applied(lab, tom))
    applied(lab, tom)
    made = [how for how, _percent in history(answers["gains"])]
    assert made == ["task", "regrade", "undone", "regrade"]


# --- Decisions by hand ----------------------------------------------------------------------------


def test_a_decision_stays_on_top_and_its_learner_is_told_nothing(
    answers: Answers, lab: Lab, tom: User
) -> None:
    answers["loses"].override(RIGHT, author=tom, seen=answers["loses"].grade_id)
    regrade = applied(lab, tom, lowers=True, reason="So.")
    assert current(answers["loses"]) == ("instructor", 100)
    machine = answers["loses"].machine_grade()
    assert machine is not None
    assert (machine.made_by, machine.percent) == ("regrade", 50)
    assert [one.user.name for one in regrade.answers.filter(is_told=True)] == ["Lea Learner"]
    undone(regrade)
    assert current(answers["loses"]) == ("instructor", 100)


def test_decided_after_the_dry_run_it_stays_on_top_as_well(
    answers: Answers, lab: Lab, tom: User
) -> None:
    regrade = dry_run(lab, tom)
    answers["loses"].override(RIGHT, author=tom, seen=answers["loses"].grade_id)
    regrade.apply(lowers=True, reason="So.", site="")
    done(regrade)
    assert current(answers["loses"]) == ("instructor", 100)


def test_whoever_decides_about_a_page_from_before_is_told(
    answers: Answers, lab: Lab, tom: User
) -> None:
    seen = answers["gains"].grade_id
    applied(lab, tom)
    assert answers["gains"].override(RIGHT, author=tom, seen=seen) is None


# --- Two runs, two workers ------------------------------------------------------------------------


def test_what_another_run_changed_meanwhile_is_left_alone(
    answers: Answers, lab: Lab, tom: User, ada: User
) -> None:
    first = dry_run(lab, tom)
    applied(lab, ada)
    assert first.apply(lowers=False, reason="", site="")
    assert fates(done(first))["allow write"] == "changed"
    assert history(answers["gains"]) == [("task", 50), ("regrade", 100)]


def test_what_was_checked_again_since_is_not_undone(
    answers: Answers, lab: Lab, tom: User, ada: User
) -> None:
    first = applied(lab, tom)
    change(lab, "write")
    applied(lab, ada, lowers=True, reason="So.")
    assert fates(undone(first))["allow"] == "overtaken"
    assert current(answers["same"]) == ("regrade", 0)


def test_applied_twice_it_is_applied_once(answers: Answers, lab: Lab, tom: User) -> None:
    regrade = dry_run(lab, tom)
    assert regrade.apply(lowers=False, reason="", site="")
    assert not Regrade.objects.get().apply(lowers=True, reason="Otherwise.", site="")
    assert not done(regrade).lowers


def test_a_row_that_two_workers_have_is_settled_once(answers: Answers, lab: Lab, tom: User) -> None:
    regrade = dry_run(lab, tom)
    regrade.apply(lowers=False, reason="", site="")
    rows = RegradedAnswer.objects.select_related("submission", "verdict", "regrade").order_by("pk")
    for one in [*rows, *rows]:
        one.settle()
    assert sorted(one.grades.count() for one in answers.values()) == [1, 2, 2]


def test_who_took_it_too_late_does_nothing(answers: Answers, lab: Lab, tom: User) -> None:
    Regrade.objects.begin(lab, by=tom)
    slow, quick = Regrade.objects.get(), Regrade.objects.get()
    assert quick.keep()
    assert not slow.keep()
    assert Regrade.objects.take() is None  # in the hands of the quick one


def test_whoever_was_killed_is_followed_by_another_once_the_lease_is_over(
    answers: Answers, lab: Lab, tom: User
) -> None:
    regrade = dry_run(lab, tom)
    regrade.apply(lowers=True, reason="So.", site="")
    assert Regrade.objects.take() is not None  # and killed
    assert not Regrade.objects.due().exists()
    Regrade.objects.update(due_at=timezone.now())
    done(regrade)
    assert sorted(one.grades.count() for one in answers.values()) == [2, 2, 2]


# --- Learners who wait for a verdict come first ---------------------------------------------------


def test_while_somebody_waits_little_is_done_at_a_time(
    answers: Answers, lab: Lab, tom: User, lea: User
) -> None:
    make_submission(lea, lab, "allow", created_at=timezone.now() - timedelta(seconds=1))
    Regrade.objects.begin(lab, by=tom)
    work()
    regrade = Regrade.objects.get()
    assert regrade.due_at > timezone.now()  # later
    assert (regrade.stage, regrade.answers.count()) == (Stage.PLANNING, 3)


def test_who_has_just_handed_in_is_taken_by_a_worker_that_is_free(
    answers: Answers, lab: Lab, tom: User, lea: User
) -> None:
    make_submission(lea, lab, "allow", created_at=timezone.now() + timedelta(minutes=1))
    regrade = Regrade.objects.begin(lab, by=tom)
    assert not work_on(regrade, until=float("inf"))


def test_who_is_checked_already_does_not_wait(
    answers: Answers, lab: Lab, tom: User, lea: User
) -> None:
    long_ago = timezone.now() - timedelta(seconds=9)
    make_submission(lea, lab, "allow", state=State.CHECKING, tries=1, created_at=long_ago)
    regrade = Regrade.objects.begin(lab, by=tom)
    assert not work_on(regrade, until=float("inf"))
    assert regrade.stage == Stage.READY


def test_one_learners_answers_are_one_step(
    checked: Checked, answers: Answers, lab: Lab, tom: User, lea: User
) -> None:
    regrade = dry_run(lab, tom)
    rows = of_next_learner(regrade, Fate.WAITING)
    assert [one.user for one in rows] == [lea, lea]


# --- Who is told ----------------------------------------------------------------------------------


def test_one_letter_tells_of_all_that_changed_for_somebody(
    checked: Checked, lab: Lab, lea: User, mia: User, tom: User
) -> None:
    for user, text in [(lea, "write"), (lea, "allow write"), (mia, "say"), (mia, "write")]:
        checked(user, text)
    change(lab, "write")
    regrade = applied(lab, tom)
    to_lea, to_mia = Letter.objects.order_by("address")
    assert to_lea.address == "lea@example.com"
    assert "2 of your answers have other" in to_lea.text
    assert "http://testserver/day/#checked-again" in to_lea.text
    told = regrade.answers.get(user=mia, is_told=True)
    assert f"http://testserver/labs/attempts/{told.submission_id}/" in to_mia.text


def test_somebody_with_more_answers_than_one_step_takes_gets_one_letter_as_well(
    checked: Checked, lab: Lab, lea: User, tom: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.regrades.settling.AT_ONCE", 2)
    for number in range(5):
        checked(lea, f"write {number}")
    change(lab, "write")
    regrade = applied(lab, tom)
    assert "5 of your answers have other" in Letter.objects.get().text
    Letter.objects.all().delete()
    undone(regrade)
    assert Letter.objects.count() == 1


def test_who_lost_nothing_and_gained_nothing_gets_no_letter(
    answers: Answers, lab: Lab, tom: User
) -> None:
    applied(lab, tom)
    assert [letter.address for letter in Letter.objects.all()] == ["lea@example.com"]


def test_a_letter_is_in_its_readers_language_or_that_of_their_cohort(
    answers: Answers, lab: Lab, lea: User, tom: User, cohort: Cohort
) -> None:
    Cohort.objects.update(language="de")
    applied(lab, tom)
    assert "erneut geprüft" in Letter.objects.get().subject


def test_undone_before_the_letters_went_out_nobody_hears_of_it(
    answers: Answers, lab: Lab, tom: User
) -> None:
    undone(applied(lab, tom, lowers=True, reason="So."))
    assert not Letter.objects.exists()


def test_undone_afterwards_those_who_were_told_are_told(
    answers: Answers, lab: Lab, tom: User
) -> None:
    regrade = applied(lab, tom)
    Letter.objects.all().delete()  # sent
    undone(regrade)
    assert [letter.address for letter in Letter.objects.all()] == ["lea@example.com"]
    assert "That was undone" in Letter.objects.get().text

"""A dry run says who gains and who loses, and changes nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from labs import checker
from labs.models import Grade, Lab, Ruling, Submission
from portal.accounts.models import User
from portal.cohorts.models import Cohort
from portal.regrades import judging
from portal.regrades.models import NewVerdict, Regrade, RegradedAnswer, Stage
from portal.regrades.scope import outdated_for
from portal.regrades.work import work
from tests.portal.regrades.conftest import change, done, dry_run, effects, fates
from tests.rows import make_submission, make_user

Checked = Callable[..., Submission]


def test_it_says_who_gains_and_who_loses(
    checked: Checked, lab: Lab, lea: User, mia: User, tom: User
) -> None:
    for user, text in [(lea, "allow write"), (mia, "allow read"), (lea, "allow"), (lea, "x")]:
        checked(user, text)
    before = list(Grade.objects.values())
    change(lab, "allow", "write", "list")
    regrade = dry_run(lab, tom)
    assert effects(regrade) == {
        "allow write": "more",
        "allow read": "loses",
        "allow": "less",
        "x": "same",
    }
    assert set(fates(regrade).values()) == {"waiting"}
    assert list(Grade.objects.values()) == before


def test_what_was_wrong_and_is_right_now_gains(
    checked: Checked, lab: Lab, lea: User, tom: User
) -> None:
    checked(lea, "allow write")
    change(lab, "allow", "write")
    assert effects(dry_run(lab, tom)) == {"allow write": "gains"}


def test_one_text_is_judged_once_whoever_wrote_it(
    checked: Checked, lab: Lab, lea: User, mia: User, tom: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for user, text in [(lea, "allow"), (mia, "allow"), (lea, "allow "), (lea, "allow")]:
        checked(user, text)
    change(lab, "allow")
    asked = []

    def note(kind: str, variant: object, text: str, *, seconds: float) -> object:
        asked.append(text)
        return checker.check_in_child(kind, variant, text, seconds=seconds)  # type: ignore[arg-type]

    monkeypatch.setattr(judging, "check_in_child", note)
    regrade = dry_run(lab, tom)
    assert sorted(asked) == ["allow", "allow "]
    assert regrade.answers.filter(effect="gains").count() == 4


def test_what_cannot_be_checked_is_said_and_nothing_else_waits_for_it(
    checked: Checked, lab: Lab, lea: User, tom: User
) -> None:
    texts = ["allow explode", "allow crash", "allow doubt", "allow"]
    for text in texts:
        checked(lea, text.split()[0] + " then")
    for text, answer in zip(texts, Submission.objects.order_by("pk"), strict=True):
        Submission.objects.filter(pk=answer.pk).update(text=text)
    change(lab, "allow")
    regrade = dry_run(lab, tom)
    assert effects(regrade) == dict.fromkeys(texts[:3], "faulted") | {"allow": "gains"}
    assert not regrade.verdicts.filter(found="faulted", fault="").exists()


def test_what_kills_its_worker_each_time_is_given_up(
    checked: Checked, lab: Lab, lea: User, tom: User
) -> None:
    checked(lea, "allow")
    change(lab, "allow")
    regrade = Regrade.objects.begin(lab, by=tom)
    work()
    NewVerdict.objects.update(tries=99, found="waiting")
    Regrade.objects.update(stage=Stage.JUDGING)
    assert effects(done(regrade)) == {"allow": "faulted"}


def test_only_verdicts_of_another_version_are_looked_at(
    checked: Checked, lab: Lab, lea: User, mia: User, tom: User
) -> None:
    checked(lea, "allow")
    change(lab, "allow")
    checked(mia, "allow read")
    make_submission(mia, lab, "waits")
    assert outdated_for(tom, lab) == 1
    assert effects(dry_run(lab, tom)) == {"allow": "gains"}


def test_below_a_decision_the_check_is_asked_again(
    checked: Checked, lab: Lab, lea: User, tom: User
) -> None:
    decided = checked(lea, "allow")
    decided.override(Ruling(True, 100, "Right."), author=tom, seen=decided.grade_id)
    change(lab, "write")
    regrade = dry_run(lab, tom)
    assert effects(regrade) == {"allow": "less"}
    assert regrade.answers.get().seen == decided.machine_grade()


# --- Whose answers --------------------------------------------------------------------------------


@pytest.fixture
def two_cohorts(checked: Checked, lab: Lab, lea: User, cohort: Cohort) -> None:
    """max learns the same elsewhere."""
    other = Cohort.objects.create(name="Winter", slug="winter", course=cohort.course)
    other.enrol(max_ := make_user("Max Learner"))
    checked(lea, "lea")
    checked(max_, "max")
    change(lab, "allow")


@pytest.mark.usefixtures("two_cohorts")
def test_an_instructor_looks_at_their_own_cohorts_alone(
    lab: Lab, tom: User, ida: User, amy: User, ada: User
) -> None:
    numbers = [outdated_for(user, lab) for user in (tom, ida, amy, ada)]
    assert numbers == [1, 0, 0, 2]
    assert set(effects(dry_run(lab, tom))) == {"lea"}
    assert set(effects(dry_run(lab, ada))) == {"lea", "max"}


@pytest.mark.usefixtures("two_cohorts")
def test_a_cohort_that_is_over_is_left_alone(lab: Lab, tom: User, cohort: Cohort) -> None:
    cohort.archive()
    assert outdated_for(tom, lab) == 0
    assert effects(dry_run(lab, tom)) == {}


# --- Again, and otherwise meanwhile ---------------------------------------------------------------


def test_begun_twice_it_is_one(checked: Checked, lab: Lab, lea: User, tom: User) -> None:
    checked(lea, "allow")
    change(lab, "allow")
    first = Regrade.objects.begin(lab, by=tom)
    assert Regrade.objects.begin(lab, by=tom) == first
    done(first)
    assert Regrade.objects.begin(lab, by=tom) != first


def test_where_the_lab_changes_meanwhile_it_is_outdated(
    checked: Checked, lab: Lab, lea: User, tom: User
) -> None:
    checked(lea, "allow")
    change(lab, "allow")
    regrade = Regrade.objects.begin(lab, by=tom)
    change(lab, "write")
    assert done(regrade).stage == Stage.OUTDATED


def test_more_answers_than_one_step_takes_are_all_found(
    checked: Checked, lab: Lab, lea: User, tom: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.regrades.planning.AT_ONCE", 2)
    monkeypatch.setattr("portal.regrades.judging.AT_ONCE", 2)
    for number in range(5):
        checked(lea, f"allow {number}")
    change(lab, "allow")
    regrade = dry_run(lab, tom)
    assert list(effects(regrade).values()) == ["gains"] * 5


def test_a_run_that_was_thrown_away_is_worked_on_no_more(
    checked: Checked, lab: Lab, lea: User, tom: User
) -> None:
    checked(lea, "allow")
    change(lab, "allow")
    regrade = Regrade.objects.begin(lab, by=tom)
    assert regrade.drop()
    assert done(regrade).stage == Stage.DROPPED
    assert not RegradedAnswer.objects.exists()

"""The page of one answer, as those who teach read it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from labs.models import Grade, GradedBy, Lab, State, Submission
from portal.accounts.models import User
from portal.audit.models import Entry, What
from portal.cohorts.models import Cohort, Role
from tests.rows import make_grade, make_lab, make_submission, make_user


def address(submission: Submission, query: str = "") -> str:
    return f"/cohorts/autumn/submissions/{submission.pk}/{query}"


def test_it_shows_answer_verdict_and_history(
    client_of, tom: User, lea: User, lab: Lab, words
) -> None:
    make_grade(make_submission(lea, lab), 1)
    submission = make_submission(lea, lab, '{\n  "<b>Statement</b>": []\n}')
    make_grade(submission, 2)
    make_grade(
        submission, 3, made_by=GradedBy.INSTRUCTOR, author=tom, reason="Half a point for the idea."
    )
    answer = client_of(tom).get(address(submission))
    source, page = answer.content.decode(), words(answer)
    assert '<span class="line" id="L2">  &quot;&lt;b&gt;Statement&lt;/b&gt;&quot;: []' in source
    assert "<b>Statement" not in source
    for sentence in (
        "Not yet",
        "Check 1",
        "50 %",
        "75 %",
        "Half a point for the idea.",
        "Tom Teacher",
    ):
        assert sentence in page
    assert len(answer.context["attempts"]) == 2


def test_the_verdict_is_the_learners_until_everything_is_asked_for(
    client_of, tom: User, answer: Submission, words
) -> None:
    secret = "Nobody else may read"
    answer.grade.report["findings"][3] |= {"hidden": True, "message": secret}
    Grade.objects.filter(pk=answer.grade.pk).update(report=answer.grade.report)
    client = client_of(tom)
    assert secret not in words(client.get(address(answer)))
    assert secret in words(client.get(address(answer, "?everything=1")))


def test_variants_count_from_one_and_dates_are_short(
    client_of, tom: User, answer: Submission, words
) -> None:
    at = datetime(2026, 3, 5, 14, 30, tzinfo=UTC)
    asked = {"created_at": at, "change_shown_at": at, "solution_shown_at": at}
    Submission.objects.filter(pk=answer.pk).update(**asked)
    page = words(client_of(tom).get(address(answer)))
    short = date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")
    assert "Variant 1" in page
    assert f"Lea Learner, {short}" in page
    assert f"the last hint, on {short}" in page
    assert f"the solution on {short}" in page


def test_it_shows_what_went_wrong_on_our_side(
    client_of, tom: User, lea: User, lab: Lab, words
) -> None:
    faulted = make_submission(lea, lab, state=State.FAULTED, fault="out of memory")
    assert "out of memory" in words(client_of(tom).get(address(faulted)))


def test_it_shows_what_changed_since_the_attempt_before(
    client_of, tom: User, lea: User, mia: User, lab: Lab, words
) -> None:
    make_submission(lea, lab, "allow\nread")
    make_submission(mia, lab, "somebody else's")
    second = make_submission(lea, lab, "allow\nwrite")
    source = client_of(tom).get(address(second)).content.decode()
    assert '<span class="del">-read' in source
    assert '<span class="add">+write' in source
    assert "somebody else" not in source


def test_it_is_found_only_under_its_own_cohort(
    client_of, tom: User, lea: User, other_cohort: Cohort, lab: Lab
) -> None:
    """lea learns in both cohorts; tom leads both now, yet each shows its own course."""
    other_cohort.enrol(lea)
    other_cohort.enrol(tom, role=Role.INSTRUCTOR)
    elsewhere = make_submission(lea, make_lab(other_cohort.course, "cut-onions"))
    client = client_of(tom)
    assert client.get(f"/cohorts/cooks/submissions/{elsewhere.pk}/").status_code == 200
    assert client.get(f"/cohorts/autumn/submissions/{elsewhere.pk}/").status_code == 404


@pytest.mark.parametrize("answers", [3, 30])
def test_it_takes_the_same_queries_for_many_learners(
    client_of, tom: User, cohort: Cohort, lab: Lab, answers: int, django_assert_num_queries
) -> None:
    for number in range(answers):
        learner = make_user(f"L{number}")
        cohort.enrol(learner)
        for _ in range(2):
            make_grade(make_submission(learner, lab), 2)
    submission = Submission.objects.order_by("pk")[3]
    client = client_of(tom)
    client.get(address(submission))  # the look is noted
    with django_assert_num_queries(12):
        client.get(address(submission))


# --- Before and after -----------------------------------------------------------------------------


@pytest.fixture
def answers(lea: User, mia: User, lab: Lab) -> list[Submission]:
    """lea's lab, mia's lab, lea's other lab, lea's lab again."""
    other = make_lab(lab.course, "deny-wins")
    pairs = ((lea, lab), (mia, lab), (lea, other), (lea, lab))
    return [make_submission(user, one) for user, one in pairs]


@pytest.mark.parametrize(
    ("query", "here", "newer", "older"),
    [
        ("", 2, 3, 1),
        ("?in=lab", 1, 3, 0),
        ("?in=learner", 2, 3, 0),
        ("?in=nothing", 0, 1, None),
        ("", 3, None, 2),
    ],
)
def test_the_answers_before_and_after_are_those_of_the_chosen_list(
    client_of, tom: User, answers, query: str, here: int, newer: int | None, older: int | None
) -> None:
    context = client_of(tom).get(address(answers[here], query)).context
    found = [context[name] and context[name].submission for name in ("newer", "older")]
    assert found == [answers[at] if at is not None else None for at in (newer, older)]


def test_turning_keeps_the_list_and_how_much_is_shown(client_of, tom: User, answers) -> None:
    page = client_of(tom).get(address(answers[1], "?in=lab&everything=1"))
    assert page.context["newer"].url == address(answers[3], "?in=lab&everything=1")
    assert f'href="{address(answers[3], "?in=lab&amp;everything=1")}"' in page.content.decode()


def test_nobody_of_another_cohort_or_course_is_a_neighbour(
    client_of, tom: User, lea: User, eve: User, other_cohort: Cohort, answer: Submission
) -> None:
    other_cohort.enrol(lea)
    make_submission(lea, make_lab(other_cohort.course, "cut-onions"))
    make_submission(eve, answer.lab)
    context = client_of(tom).get(address(answer)).context
    assert (context["newer"], context["older"]) == (None, None)


# --- The way there --------------------------------------------------------------------------------


def test_a_lab_of_a_learner_leads_to_the_last_answer_behind_it(
    client_of, tom: User, lea: User, lab: Lab
) -> None:
    old, new = make_submission(lea, lab), make_submission(lea, lab)
    client = client_of(tom)
    [cell] = [f"learners/{lea.pk}/labs/{lab.slug}/"]
    assert cell in client.get(f"/cohorts/autumn/learners/{lea.pk}/").content.decode()
    assert client.get(f"/cohorts/autumn/{cell}").url == address(new)
    assert old.pk != new.pk


def test_a_cell_without_an_answer_leads_nowhere(client_of, tom: User, lea: User, lab: Lab) -> None:
    page = client_of(tom).get(f"/cohorts/autumn/learners/{lea.pk}/labs/{lab.slug}/")
    assert page.status_code == 404


# --- The log --------------------------------------------------------------------------------------


def looks() -> list[tuple[int, int, str]]:
    found = Entry.objects.filter(what=What.LOOKED).order_by("pk")
    return list(found.values_list("actor_id", "person_id", "about"))


def test_a_look_is_in_the_log_once_an_hour(
    client_of, tom: User, lea: User, answer: Submission, cohort: Cohort, monkeypatch
) -> None:
    client, look = client_of(tom), (tom.pk, lea.pk, f"autumn: submission {answer.pk}")
    for _ in range(3):
        client.get(address(answer))
    assert looks() == [look]
    assert Entry.objects.get(what=What.LOOKED).cohort == cohort
    later = timezone.now() + timedelta(minutes=61)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    client.get(address(answer))
    assert looks() == [look, look]


def test_each_who_looks_is_in_the_log(
    client_of, tom: User, cohort: Cohort, answer: Submission
) -> None:
    una = make_user("Una Teacher")
    cohort.enrol(una, role=Role.INSTRUCTOR)
    for user in (tom, una):
        client_of(user).get(address(answer))
    assert [actor for actor, _person, _about in looks()] == [tom.pk, una.pk]

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.paginator import Paginator
from django.utils import timezone

from labs.models import Lab
from lessons.models import Course
from portal.accounts.models import User
from portal.cohorts.models import Cohort, Invitation, Role
from tests.rows import make_grade, make_lab, make_submission, make_user


@pytest.fixture
def lab(course: Course) -> Lab:
    return make_lab(course, "read-one-bucket", section="policy-structure")


def words(answer) -> str:
    """What one reads: the page's text without its tags."""
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def test_an_instructor_lists_the_cohorts_they_lead(
    client_of, tom: User, lea: User, other_cohort: Cohort
) -> None:
    page = words(client_of(tom).get("/cohorts/"))
    assert "Autumn" in page
    assert "1 learner " in page
    assert "Cooks" not in page


def test_a_learners_page_tells_how_far_and_what_was_sent(
    client_of, tom: User, lea: User, mia: User, course: Course, lab: Lab
) -> None:
    course.lessons.get(slug="buckets").complete(lea)
    course.lessons.get(slug="policies").remember_place(lea, "policy-structure")
    make_grade(make_submission(lea, lab), 1)
    sent = make_grade(make_submission(lea, lab), 4).submission
    make_grade(make_submission(mia, lab), 2)
    answer = client_of(tom).get(f"/cohorts/autumn/learners/{lea.pk}/")
    assert [submission.user for submission in answer.context["submissions"]] == [lea, lea]
    assert answer.context["submissions"][0] == sent
    page = words(answer)
    for sentence in (
        "Lea Learner",
        "lea@example.com",
        "1 of 3 · 33 %",
        "1 of 1 · 100 %",
        "Stopped at Policies",
    ):
        assert sentence in page


def test_a_learners_page_holds_nothing_of_another_course(
    client_of, tom: User, lea: User, other_cohort: Cohort
) -> None:
    other_cohort.enrol(lea)
    make_grade(make_submission(lea, make_lab(other_cohort.course, "cut-onions")), 3)
    answer = client_of(tom).get(f"/cohorts/autumn/learners/{lea.pk}/")
    assert list(answer.context["submissions"]) == []
    assert "onions" not in words(answer).lower()


@pytest.mark.parametrize("submissions", [1, 20])
def test_a_learners_page_takes_the_same_queries_for_many_submissions(
    client_of, tom: User, lea: User, lab: Lab, submissions: int, django_assert_num_queries
) -> None:
    for _ in range(submissions):
        make_grade(make_submission(lea, lab), 2)
    client = client_of(tom)
    client.get(f"/cohorts/autumn/learners/{lea.pk}/")
    # one of them sees that tom's look is noted already
    with django_assert_num_queries(12):
        client.get(f"/cohorts/autumn/learners/{lea.pk}/")


def test_many_submissions_are_turned_page_by_page(
    client_of, tom: User, lea: User, lab: Lab
) -> None:
    for _ in range(51):
        make_submission(lea, lab)
    client = client_of(tom)
    address = f"/cohorts/autumn/learners/{lea.pk}/"
    assert isinstance(client.get(address).context["submissions"].paginator, Paginator)
    assert [
        len(client.get(address, {"page": page}).context["submissions"])
        for page in ("1", "2", "99", "x")
    ] == [
        50,
        1,
        1,
        50,
    ]


def test_whoever_left_the_cohort_is_not_shown_any_more(
    client_of, tom: User, lea: User, lab: Lab
) -> None:
    submission = make_submission(lea, lab)
    lea.memberships.all().delete()
    client = client_of(tom)
    assert client.get(f"/cohorts/autumn/learners/{lea.pk}/").status_code == 404
    assert client.get(f"/cohorts/autumn/submissions/{submission.pk}/").status_code == 404


# --- Invitations ----------------------------------------------------------------------------------


def test_an_instructor_makes_a_code_that_works(client_of, tom: User, cohort: Cohort) -> None:
    client = client_of(tom)
    answer = client.post(
        "/cohorts/autumn/invitations/", {"role": "learner", "uses": "2"}, follow=True
    )
    invitation = cohort.invitations.get()
    page = words(answer)
    assert invitation.code in page
    assert "2 of 2 places left" in page
    assert f"http://testserver/accounts/join/?code={invitation.code}" in page
    assert invitation.redeem(make_user("Ann")) is True
    assert "1 of 2 places left" in words(client.get("/cohorts/autumn/invitations/"))


@pytest.mark.parametrize("uses", ["0", "-1", "1001", "many", ""])
def test_a_code_needs_a_sensible_number_of_places(
    client_of, tom: User, cohort: Cohort, uses: str
) -> None:
    answer = client_of(tom).post("/cohorts/autumn/invitations/", {"role": "learner", "uses": uses})
    assert list(answer.context["form"].errors) == ["uses"]
    assert not cohort.invitations.exists()


@pytest.mark.parametrize(("role", "days"), [("learner", 90), ("instructor", 7)])
def test_a_code_ends_by_itself(
    proven_client_of, tom: User, cohort: Cohort, role: str, days: int
) -> None:
    proven_client_of(tom).post("/cohorts/autumn/invitations/", {"role": role, "uses": "2"})
    left = cohort.invitations.get().expires_at - timezone.now()
    assert timedelta(days=days - 1) < left <= timedelta(days=days)


def test_a_code_for_instructors_is_for_few(client_of, tom: User, cohort: Cohort) -> None:
    form = {"role": "instructor", "uses": "6"}
    answer = client_of(tom).post("/cohorts/autumn/invitations/", form)
    assert answer.context["form"].errors["uses"] == [
        "A code for instructors or assistants is for 5 people at most."
    ]
    assert not cohort.invitations.exists()


def test_a_closed_code_lets_nobody_in_and_nobody_out(client_of, tom: User, cohort: Cohort) -> None:
    invitation, ann = Invitation.objects.create(cohort=cohort), make_user("Ann")
    invitation.redeem(ann)
    answer = client_of(tom).post(f"/cohorts/autumn/invitations/{invitation.pk}/close/", follow=True)
    assert (list(answer.context["open"]), list(answer.context["closed"])) == ([], [invitation])
    assert invitation.redeem(make_user("Bob")) is False
    assert [membership.user for membership in cohort.memberships.filter(role=Role.LEARNER)] == [ann]


def test_codes_of_another_cohort_are_neither_shown_nor_closed(
    client_of, tom: User, other_cohort: Cohort
) -> None:
    foreign = Invitation.objects.create(
        cohort=other_cohort, expires_at=timezone.now() + timedelta(days=1)
    )
    client = client_of(tom)
    assert foreign.code not in words(client.get("/cohorts/autumn/invitations/"))
    assert client.post(f"/cohorts/autumn/invitations/{foreign.pk}/close/").status_code == 404
    assert Invitation.objects.open().get() == foreign

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.test import Client

from lessons.models import Course
from portal.accounts.models import User
from portal.cohorts.models import Cohort, Invitation, Membership, Role
from tests.rows import make_user


@pytest.fixture
def staff(ada: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(ada)


def test_a_cohort_leads_to_its_members_and_to_one_more(
    staff: Client, cohort: Cohort, lea: User, tom: User, eve: User
) -> None:
    page = staff.get(f"/admin/cohorts/cohort/{cohort.pk}/change/").content.decode()
    members = f"/admin/cohorts/membership/?cohort__id__exact={cohort.pk}"
    assert f'<a href="{members}">Show all 2</a>' in page
    shown = staff.get(members).content.decode()
    assert "Lea Learner" in shown
    assert "Eve Outsider" not in shown
    assert f'<a href="/admin/cohorts/membership/add/?cohort={cohort.pk}">Add</a>' in page
    form = staff.get(f"/admin/cohorts/membership/add/?cohort={cohort.pk}").content.decode()
    assert f'<option value="{cohort.pk}" selected>Autumn</option>' in form


def test_a_member_is_added(staff: Client, cohort: Cohort, eve: User) -> None:
    data = {"cohort": cohort.pk, "user": eve.pk, "role": Role.INSTRUCTOR}
    assert staff.post("/admin/cohorts/membership/add/", data).status_code == 302
    assert cohort.memberships.get().role == Role.INSTRUCTOR


def test_a_cohort_leads_to_its_codes(staff: Client, cohort: Cohort) -> None:
    Invitation.objects.create(cohort=cohort)
    page = staff.get(f"/admin/cohorts/cohort/{cohort.pk}/change/").content.decode()
    assert f'<a href="/admin/cohorts/invitation/?cohort__id__exact={cohort.pk}">Show all 1' in page


def test_a_cohort_that_is_being_made_has_nobody_yet(staff: Client) -> None:
    assert "Show all" not in staff.get("/admin/cohorts/cohort/add/").content.decode()


def test_a_large_cohort_can_be_renamed(staff: Client, cohort: Cohort) -> None:
    """More members than a form may have fields."""
    learners = User.objects.bulk_create(
        User(email=f"{number}@example.com", name="L") for number in range(1001)
    )
    Membership.objects.bulk_create(Membership(cohort=cohort, user=user) for user in learners)
    save(staff, f"/admin/cohorts/cohort/{cohort.pk}/change/", [cohort.course])
    cohort.refresh_from_db()
    assert (cohort.name, cohort.memberships.count()) == ("Spring", 1001)


def test_a_deletion_tells_how_many_go_with_it(
    staff: Client, cohort: Cohort, lea: User, mia: User
) -> None:
    address = f"/admin/cohorts/cohort/{cohort.pk}/delete/"
    page = staff.get(address).content.decode()
    assert "<li>Memberships: 2</li>" in page
    assert "<li>Cohort: Autumn</li>" in page
    assert "Lea Learner" not in page
    assert staff.post(address, {"post": "yes"}).status_code == 302
    assert not Cohort.objects.exists()
    assert User.objects.filter(pk=lea.pk).exists()


def test_a_right_that_is_missing_stops_a_deletion(
    client_of: Callable[[User], Client], cohort: Cohort, lea: User
) -> None:
    ada = make_user("Ada Administrator", is_staff=True)
    ada.user_permissions.add(*permissions("view_cohort", "delete_cohort"))
    client, address = client_of(ada), f"/admin/cohorts/cohort/{cohort.pk}/delete/"
    assert "<li>membership</li>" in client.get(address).content.decode()
    assert client.post(address, {"post": "yes"}).status_code == 403
    assert Cohort.objects.exists()


def permissions(*names: str) -> QuerySet[Permission]:
    return Permission.objects.filter(codename__in=names)


def save(client: Client, address: str, courses: list[Course]) -> None:
    form = {"name": "Spring", "slug": "spring", "courses": [course.pk for course in courses]}
    assert client.post(address, form).status_code == 302


def test_an_administrator_chooses_the_courses_of_a_cohort(
    proven_client_of, ada: User, course: Course, other_course: Course
) -> None:
    client = proven_client_of(ada)
    save(client, "/admin/cohorts/cohort/add/", [course, other_course])
    cohort = Cohort.objects.get()
    assert set(cohort.courses.all()) == {course, other_course}
    save(client, f"/admin/cohorts/cohort/{cohort.pk}/change/", [other_course])
    cohort.refresh_from_db()
    assert (cohort.course, list(cohort.courses.all())) == (other_course, [other_course])

from __future__ import annotations

from lessons.models import Course
from portal.accounts.models import User
from portal.cohorts.models import Cohort

INLINES = {
    f"{inline}-{field}": 0
    for inline in ("memberships", "invitations")
    for field in ("TOTAL_FORMS", "INITIAL_FORMS")
}


def save(client, address: str, courses: list[Course]) -> None:
    form = {"name": "Spring", "slug": "spring", "courses": [course.pk for course in courses]}
    assert client.post(address, form | INLINES).status_code == 302


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

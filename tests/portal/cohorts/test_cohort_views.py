"""Opening, changing, copying and archiving cohorts."""

from __future__ import annotations

import pytest

from lessons.models import Course
from portal.accounts.models import User
from portal.audit.models import Entry, What
from portal.cohorts.models import Cohort, Invitation
from tests.rows import make_course, make_user


@pytest.fixture
def opal(db: None) -> User:
    """May open cohorts."""
    return make_user("Opal Opener", opens_cohorts=True)


def changes(cohort: Cohort) -> list[tuple[int | None, str]]:
    found = Entry.objects.filter(what=What.COHORT, cohort=cohort).order_by("pk")
    return [(entry.actor_id, entry.about) for entry in found]


# --- Opening --------------------------------------------------------------------------------------


def test_whoever_may_open_cohorts_opens_one_and_leads_it(
    client_of, opal: User, course: Course, other_course: Course
) -> None:
    client = client_of(opal)
    assert "Open a cohort" in client.get("/cohorts/").content.decode()
    form = {"name": "Spring 2027", "courses": [course.pk, other_course.pk]}
    answer = client.post("/cohorts/new/", form)
    assert answer["Location"] == "/cohorts/spring-2027/invitations/"
    cohort = Cohort.objects.led_by(opal).get()
    assert set(cohort.courses.all()) == {course, other_course}
    assert changes(cohort) == [(opal.pk, "spring-2027: opened")]


def test_whoever_may_open_cohorts_finds_the_way_from_every_page(client_of, opal: User) -> None:
    assert 'href="/cohorts/"' in client_of(opal).get("/day/").content.decode()


def test_whoever_only_leads_a_cohort_opens_no_other(client_of, tom: User, course: Course) -> None:
    answers = [
        client_of(tom).post(address, {"name": "More", "courses": [course.pk]})
        for address in ("/cohorts/new/", "/cohorts/autumn/copy/")
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert Cohort.objects.count() == 1


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        ({"name": "", "courses": []}, {"name", "courses"}),
        ({"name": "x" * 121}, {"name", "courses"}),
    ],
)
def test_a_cohort_needs_a_name_and_a_course(client_of, opal: User, form: dict, wrong: set) -> None:
    answer = client_of(opal).post("/cohorts/new/", form)
    assert set(answer.context["form"].errors) == wrong
    assert not Cohort.objects.exists()


def test_an_archived_course_is_not_offered(client_of, opal: User, course: Course) -> None:
    Course.objects.update(archived_at="2026-01-01T00:00Z")
    form = {"name": "Late", "courses": [course.pk]}
    assert "courses" in client_of(opal).post("/cohorts/new/", form).context["form"].errors


@pytest.mark.parametrize("name", ["Autumn", "autumn", "New", "Осень", "???"])
def test_every_cohort_has_an_address_of_its_own(
    cohort: Cohort, opal: User, course: Course, name: str
) -> None:
    slugs = [Cohort.objects.open(name, [course], by=opal).slug for _ in range(2)]
    assert len({*slugs, cohort.slug, "new"}) == 4


# --- Changing -------------------------------------------------------------------------------------


def test_an_instructor_renames_a_cohort_and_its_address_stays(
    client_of, tom: User, cohort: Cohort, course: Course
) -> None:
    form = {"name": "Autumn, Mondays", "courses": [course.pk], "language": "en"}
    answer = client_of(tom).post("/cohorts/autumn/settings/", form, follow=True)
    assert "Autumn, Mondays" in answer.content.decode()
    cohort.refresh_from_db()
    assert (cohort.name, cohort.slug) == ("Autumn, Mondays", "autumn")
    assert changes(cohort) == [(tom.pk, "autumn: name")]


def test_an_instructor_cannot_open_a_course_to_themselves_by_naming_it(
    client_of, tom: User, cohort: Cohort, course: Course
) -> None:
    foreign = make_course("secret", {"a": {"b": ["c"]}})
    form = {"name": "Autumn", "courses": [course.pk, foreign.pk]}
    answer = client_of(tom).post("/cohorts/autumn/settings/", form)
    assert "courses" in answer.context["form"].errors
    assert list(cohort.courses.all()) == [course]


@pytest.mark.parametrize("who", ["tom", "ada"])
def test_a_cohort_keeps_its_course_that_was_archived_meanwhile(
    client_of, tom: User, ada: User, cohort: Cohort, course: Course, other_course: Course, who: str
) -> None:
    cohort.choose([course, other_course])
    Course.objects.filter(pk=other_course.pk).update(archived_at="2026-01-01T00:00Z")
    client = client_of({"tom": tom, "ada": ada}[who])
    form = client.get("/cohorts/autumn/settings/").context["form"]
    shown = {str(key): label for key, label in form.fields["courses"].choices}
    assert shown == {str(course.pk): "Aws", str(other_course.pk): "Cooking (archived)"}
    sent = {"name": "Autumn", "courses": [*shown], "language": "en"}
    client.post("/cohorts/autumn/settings/", sent)
    assert set(cohort.courses.all()) == {course, other_course}


def test_a_course_that_goes_is_closed_and_one_that_comes_is_open(
    client_of, ada: User, lea: User, cohort: Cohort, other_course: Course
) -> None:
    form = {"name": "Autumn", "courses": [other_course.pk]}
    client_of(ada).post("/cohorts/autumn/settings/", form)
    client = client_of(lea)
    assert [client.get(f"/learn/{slug}/").status_code for slug in ("aws", "cooking")] == [404, 200]


# --- Copying and archiving ------------------------------------------------------------------------


@pytest.mark.parametrize(("with_team", "team"), [("on", {"tom", "amy", "ada"}), ("", {"ada"})])
def test_a_copy_has_the_courses_and_no_learner(
    client_of, ada: User, tom: User, amy: User, lea: User, cohort: Cohort, with_team, team
) -> None:
    form = {"name": "Spring", "with_team": with_team}
    client_of(ada).post("/cohorts/autumn/copy/", form)
    copy = Cohort.objects.get(slug="spring")
    assert list(copy.courses.all()) == list(cohort.courses.all())
    assert {one.user.email.split("@")[0] for one in copy.memberships.all()} == team
    assert not copy.learners.exists()
    assert changes(copy) == [(ada.pk, "spring: copied from autumn")]


def test_an_archived_cohort_lets_nobody_in_and_nobody_down(
    client_of, tom: User, lea: User, cohort: Cohort
) -> None:
    invitation = Invitation.objects.create(cohort=cohort)
    teacher = client_of(tom)
    teacher.post("/cohorts/autumn/archive/")
    assert invitation.redeem(make_user("Ann")) is False
    assert client_of(lea).get("/learn/aws/").status_code == 200
    assert teacher.get("/cohorts/autumn/").status_code == 200
    assert "archived" in teacher.get("/cohorts/").content.decode()
    assert "/cohorts/autumn/" not in teacher.get("/day/").content.decode()
    teacher.post("/cohorts/autumn/invitations/", {"role": "learner", "uses": 3})
    assert not cohort.invitations.open().exists()
    teacher.post("/cohorts/autumn/unarchive/")
    assert "/cohorts/autumn/" in teacher.get("/day/").content.decode()
    assert [about for _who, about in changes(cohort)] == [
        "autumn: archived",
        "autumn: taken out of the archive",
    ]


# --- The list -------------------------------------------------------------------------------------


def test_an_administrator_finds_every_cohort_by_name(
    client_of, ada: User, cohort: Cohort, other_cohort: Cohort
) -> None:
    client = client_of(ada)
    assert list(client.get("/cohorts/").context["cohorts"]) == [cohort, other_cohort]
    assert list(client.get("/cohorts/", {"q": "cook"}).context["cohorts"]) == [other_cohort]


@pytest.mark.parametrize("number", [3, 30])
def test_the_list_takes_as_many_queries_for_many_cohorts(
    client_of, ada: User, course: Course, number: int, django_assert_num_queries
) -> None:
    for one in range(number):
        Cohort.objects.create(name=f"Cohort {one}", slug=f"c-{one}", course=course)
    client = client_of(ada)
    # session, user, their courses; number of cohorts, cohorts, their courses
    with django_assert_num_queries(6):
        client.get("/cohorts/")


def test_archived_cohorts_come_last(client_of, tom: User, cohort: Cohort, course: Course) -> None:
    later = Cohort.objects.open("Zebras", [course], by=tom)
    cohort.archive()
    assert list(client_of(tom).get("/cohorts/").context["cohorts"]) == [later, cohort]

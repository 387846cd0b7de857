"""By when something is to be done: what tom says, what lea is told, and what late means."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from labs.models import Lab, Submission
from lessons.models import Completion, Course
from portal.accounts.models import User
from portal.accounts.own_data import data_of, erase
from portal.audit.models import Entry, What
from portal.cohorts.content import content_of
from portal.cohorts.date_forms import end_of
from portal.cohorts.grid import grid_of
from portal.cohorts.models import Cohort, DueDate, Extension, Late
from portal.cohorts.standing import Standing, standings_of
from tests.rows import make_grade, make_lab, make_submission, make_user

DATES = "/cohorts/autumn/dates/"
YESTERDAY, TOMORROW = (timezone.localdate() + timedelta(days=days) for days in (-1, 1))


@pytest.fixture
def lab(course: Course) -> Lab:
    return make_lab(course, "read-one-bucket", section="policy-structure")


@pytest.fixture
def other_lab(course: Course) -> Lab:
    """Of the other module."""
    return make_lab(course, "let-the-web-in", section="inbound-rules")


def name_of(thing) -> str:
    return f"{thing._meta.model_name}-{thing.pk}"


def lesson(course: Course, slug: str = "buckets"):
    return course.lessons.get(slug=slug)


def set_due(cohort: Cohort, *things, day: date | None) -> None:
    dates = {(one._meta.model_name, one.pk): end_of(day) if day else None for one in things}
    DueDate.objects.write(cohort, dates)


def standing(cohort: Cohort, user: User) -> Standing:
    cohort.refresh_from_db()
    content = content_of(cohort)
    found = standings_of(
        cohort.learners, lessons=content.lessons, labs=content.labs, dates=content.dates
    )
    grid = grid_of(cohort)
    grid.learn()
    of_grid = next(one for one in grid.briefs if one.pk == user.pk)
    one = next(one for one in found if one.user == user)
    assert (of_grid.percent, of_grid.missing) == (one.percent, len(one.missing))
    return one


def words(answer) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


# --- Setting them ---------------------------------------------------------------------------------


def test_an_instructor_sets_days_for_modules_lessons_and_labs(
    client_of, tom: User, cohort: Cohort, course: Course, lab: Lab
) -> None:
    storage = course.modules.get(slug="storage")
    things = (storage, lesson(course), lab)
    form = {"late": Late.NOT_COUNTED} | {name_of(one): TOMORROW.isoformat() for one in things}
    assert client_of(tom).post(DATES, form)["Location"] == f"{DATES}?course=aws"
    cohort.refresh_from_db()
    keys = {one.key for one in cohort.due_dates.all()}
    assert keys == {("module", storage.pk), ("lesson", lesson(course).pk), ("lab", lab.pk)}
    assert {one.due_at for one in cohort.due_dates.all()} == {end_of(TOMORROW)}
    assert cohort.late == Late.NOT_COUNTED
    [entry] = Entry.objects.filter(what=What.COHORT)
    assert (entry.actor_id, entry.about) == (tom.pk, "autumn: due dates (3), late: not-counted")


def test_what_was_set_is_shown_and_can_be_taken_away(
    client_of, tom: User, cohort: Cohort, course: Course
) -> None:
    set_due(cohort, lesson(course), day=TOMORROW)
    client = client_of(tom)
    assert f'value="{TOMORROW.isoformat()}"' in client.get(DATES).content.decode()
    client.post(DATES, {"late": Late.SHOWN, name_of(lesson(course)): ""})
    cohort.refresh_from_db()
    assert (cohort.due_dates.count(), cohort.dates_edition) == (0, "")


def test_a_day_that_is_none_is_said_and_nothing_is_saved(
    client_of, tom: User, cohort: Cohort, course: Course
) -> None:
    form = {"late": Late.SHOWN, name_of(lesson(course)): "soon"}
    assert "A day is wrong" in client_of(tom).post(DATES, form).content.decode()
    assert not cohort.due_dates.exists()


WITHIN_REACH = "Choose a day between 2000 and 2100."


@pytest.mark.parametrize("day", ["2101-01-01", "9999-12-31", "1999-12-31", "0001-01-01"])
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"])
def test_a_year_that_nobody_means_is_refused_wherever_the_portal_is(
    client_of, tom: User, lea: User, cohort: Cohort, course: Course, day: str, zone: str, settings
) -> None:
    set_due(cohort, lesson(course), day=TOMORROW)
    settings.TIME_ZONE = zone
    client, form = client_of(tom), {"late": Late.SHOWN, name_of(lesson(course)): day}
    assert WITHIN_REACH in words(client.post(DATES, form))
    address = f"/cohorts/autumn/learners/{lea.pk}/extend/"
    more_time = {"what": name_of(lesson(course)), "until": day}
    assert WITHIN_REACH in words(client.post(address, more_time, follow=True))
    assert not Extension.objects.exists()


@pytest.mark.parametrize("day", ["2000-01-01", "2100-12-31"])
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_the_first_and_the_last_day_are_taken(
    client_of, tom: User, lea: User, cohort: Cohort, course: Course, day: str, zone: str, settings
) -> None:
    settings.TIME_ZONE = zone
    client = client_of(tom)
    client.post(DATES, {"late": Late.SHOWN, name_of(lesson(course)): day})
    assert f'value="{day}"' in client.get(DATES).content.decode()
    assert client_of(lea).get("/learn/aws/buckets/").status_code == 200


def test_years_that_were_mistyped_before_are_brought_near(
    cohort: Cohort, course: Course, lea: User
) -> None:
    far, near = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC), end_of(TOMORROW)
    for slug, at in (("buckets", far), ("policies", near)):
        cohort.due_dates.create(lesson=lesson(course, slug), due_at=at).extend(lea, at)
    import_module("portal.cohorts.migrations.0008_days_within_reach").bring_near(apps, None)
    last = datetime(2100, 12, 31, 12, tzinfo=UTC)
    assert [one.due_at for one in cohort.due_dates.all()] == [near, last]
    assert [one.until for one in Extension.objects.all()] == [near, last]


def test_things_of_other_courses_get_no_date(
    client_of, tom: User, cohort: Cohort, other_course: Course
) -> None:
    knives = other_course.lessons.get()
    client_of(tom).post(DATES, {"late": Late.SHOWN, name_of(knives): TOMORROW.isoformat()})
    assert not DueDate.objects.exists()


def test_each_of_several_courses_has_a_page(
    client_of, tom: User, cohort: Cohort, other_course: Course
) -> None:
    cohort.choose([cohort.course, other_course])
    client = client_of(tom)
    assert "Knives" not in words(client.get(DATES))
    assert "Knives" in words(client.get(DATES, {"course": "cooking"}))


@pytest.mark.parametrize("number", [3, 30])
def test_the_page_takes_as_many_queries_for_many_dates(
    client_of, tom: User, cohort: Cohort, course: Course, number: int, django_assert_num_queries
) -> None:
    set_due(cohort, *(make_lab(course, f"lab-{one}") for one in range(number)), day=TOMORROW)
    client = client_of(tom)
    client.get(DATES)
    # session, user; cohort, courses and dates within a savepoint
    with django_assert_num_queries(7):
        client.get(DATES)


# --- What a learner is told -----------------------------------------------------------------------


def dues(client) -> list[tuple[str, datetime, bool]]:
    found = client.get("/day/").context["dues"]
    return [(str(one.item), one.due.at, one.due.is_over) for one in found]


def test_the_day_shows_what_is_due_the_earliest_first_and_nothing_that_is_done(
    client_of, lea: User, cohort: Cohort, course: Course, lab: Lab
) -> None:
    set_due(cohort, lesson(course), day=TOMORROW)
    set_due(cohort, lesson(course, "policies"), lab, day=YESTERDAY)
    lesson(course, "policies").complete(lea)
    assert dues(client_of(lea)) == [
        ("Read one bucket", end_of(YESTERDAY), True),
        ("Buckets", end_of(TOMORROW), False),
    ]
    assert "late Read one bucket" in words(client_of(lea).get("/day/"))


def test_a_modules_day_is_that_of_all_in_it_without_one_of_their_own(
    client_of, lea: User, cohort: Cohort, course: Course, lab: Lab, other_lab: Lab
) -> None:
    set_due(cohort, course.modules.get(slug="storage"), day=TOMORROW)
    set_due(cohort, lab, day=YESTERDAY)
    assert {name: at for name, at, _late in dues(client_of(lea))} == {
        "Read one bucket": end_of(YESTERDAY),
        "Buckets": end_of(TOMORROW),
        "Policies": end_of(TOMORROW),
    }


@pytest.mark.parametrize(("day", "said"), [(TOMORROW, "Due "), (YESTERDAY, "Late: was due ")])
def test_lesson_and_lab_say_when_they_are_due(
    client_of, lea: User, cohort: Cohort, course: Course, lab: Lab, day: date, said: str
) -> None:
    set_due(cohort, lesson(course), lab, day=day)
    for page in ("/learn/aws/buckets/", "/labs/read-one-bucket/"):
        assert said in words(client_of(lea).get(page))


def test_what_is_done_is_not_due_any_more(
    client_of, lea: User, cohort: Cohort, course: Course, lab: Lab
) -> None:
    set_due(cohort, lesson(course), lab, day=YESTERDAY)
    lesson(course).complete(lea)
    make_grade(make_submission(lea, lab), 4)
    for page in ("/learn/aws/buckets/", "/labs/read-one-bucket/", "/day/"):
        assert "due" not in words(client_of(lea).get(page)).lower()


def test_dates_of_one_cohort_are_none_of_another_nor_of_those_who_teach(
    client_of, lea: User, tom: User, cohort: Cohort, course: Course
) -> None:
    spring = Cohort.objects.create(name="Spring", slug="spring", course=course)
    zoe = make_user("Zoe")
    spring.enrol(zoe)
    set_due(cohort, lesson(course), day=TOMORROW)
    assert [len(dues(client_of(user))) for user in (lea, tom, zoe)] == [1, 0, 0]


@pytest.mark.parametrize(
    ("page", "queries"), [("/learn/aws/buckets/", 5), ("/labs/read-one-bucket/", 4), ("/day/", 8)]
)
def test_dates_cost_learners_no_query(
    page: str,
    queries: int,
    client_of,
    lea: User,
    mia: User,
    cohort: Cohort,
    course: Course,
    lab: Lab,
    django_assert_num_queries,
) -> None:
    set_due(cohort, lesson(course), lab, day=TOMORROW)
    client_of(mia).get(page)
    client = client_of(lea)
    with django_assert_num_queries(queries):
        assert "Due" in client.get(page).content.decode()


def test_a_date_that_was_moved_is_seen_at_once(client_of, lea: User, cohort: Cohort, course):
    client = client_of(lea)
    for day in (TOMORROW, YESTERDAY):
        set_due(cohort, lesson(course), day=day)
        assert [at for _name, at, _late in dues(client)] == [end_of(day)]


def test_the_dates_of_an_archived_cohort_hurry_nobody(
    client_of, lea: User, cohort: Cohort, course: Course
) -> None:
    set_due(cohort, lesson(course), day=TOMORROW)
    cohort.archive()
    assert dues(client_of(lea)) == []
    cohort.unarchive()
    assert len(dues(client_of(lea))) == 1


def test_the_administration_archives_as_the_cohorts_own_page_does(
    client_of, ada: User, lea: User, cohort: Cohort, course: Course
) -> None:
    set_due(cohort, lesson(course), day=TOMORROW)
    form = {"name": "Autumn", "slug": "autumn", "courses": [course.pk]}
    form |= {"archived_at_0": "2026-01-01", "archived_at_1": "12:00"}
    address = f"/admin/cohorts/cohort/{cohort.pk}/change/"
    assert client_of(ada).post(address, form).status_code == 302
    assert dues(client_of(lea)) == []
    client_of(ada).post(address, form | {"archived_at_0": "", "archived_at_1": ""})
    assert len(dues(client_of(lea))) == 1


def test_a_date_that_is_set_in_an_archived_cohort_counts_once_it_goes_on(
    client_of, lea: User, cohort: Cohort, course: Course
) -> None:
    cohort.archive()
    set_due(cohort, lesson(course), day=TOMORROW)
    assert dues(client_of(lea)) == []
    cohort.unarchive()
    assert len(dues(client_of(lea))) == 1


def test_whoever_learns_on_in_another_cohort_has_its_dates(
    client_of, lea: User, cohort: Cohort, course: Course
) -> None:
    spring = Cohort.objects.create(name="Spring", slug="spring", course=course)
    spring.enrol(lea)
    for one, day in ((cohort, TOMORROW), (spring, YESTERDAY)):
        set_due(one, lesson(course), day=day)
    spring.archive()
    assert [at for _name, at, _late in dues(client_of(lea))] == [end_of(TOMORROW)]


def test_an_archived_cohort_remembers_what_was_late(
    cohort: Cohort, course: Course, lea: User, lab: Lab
) -> None:
    Cohort.objects.update(late=Late.NOT_COUNTED)
    cohort.refresh_from_db()
    set_due(cohort, lesson(course), lab, day=YESTERDAY)
    finish(lea, course, lab, when=timezone.now())
    before = standing(cohort, lea)
    cohort.archive()
    after = standing(cohort, lea)
    assert (after.lateness, after.percent) == (before.lateness, before.percent)
    assert after.lateness.late


def test_cohorts_that_were_archived_before_have_their_dates_again(
    cohort: Cohort, other_cohort: Cohort, course: Course
) -> None:
    set_due(cohort, lesson(course), lesson(course, "policies"), day=YESTERDAY)
    Cohort.objects.update(archived_at=timezone.now(), dates_edition="")
    import_module("portal.cohorts.migrations.0007_dates_of_archived").name_them(apps, None)
    for one in (cohort, other_cohort):
        one.refresh_from_db()
    assert (len(cohort.dates_edition), other_cohort.dates_edition) == (32, "")


# --- What late means ------------------------------------------------------------------------------


def finish(user: User, course: Course, lab: Lab, *, when: datetime) -> None:
    lesson(course).complete(user)
    Completion.objects.update(completed_at=when)
    make_grade(make_submission(user, lab), 4)
    Submission.objects.update(created_at=when)


@pytest.mark.parametrize(("late", "percent"), [(Late.SHOWN, 40), (Late.NOT_COUNTED, 0)])
def test_the_cohort_decides_whether_what_came_late_counts(
    cohort: Cohort, course: Course, lea: User, lab: Lab, other_lab: Lab, late: str, percent: int
) -> None:
    Cohort.objects.update(late=late)
    set_due(cohort, lesson(course), lab, day=YESTERDAY)
    finish(lea, course, lab, when=timezone.now())
    found = standing(cohort, lea)
    assert found.lateness.late == {lesson(course), lab}
    assert (found.percent, found.missing) == (percent, ())


def test_what_was_done_in_time_counts_whatever_came_later(
    cohort: Cohort, course: Course, lea: User, lab: Lab
) -> None:
    Cohort.objects.update(late=Late.NOT_COUNTED)
    set_due(cohort, lesson(course), lab, day=YESTERDAY)
    finish(lea, course, lab, when=timezone.now() - timedelta(days=3))
    make_grade(make_submission(lea, lab), 4)  # once more, for practice
    assert standing(cohort, lea).lateness.late == set()
    assert standing(cohort, lea).percent == 50


def test_the_grid_marks_what_is_late(
    client_of, tom: User, cohort: Cohort, course: Course, lea: User, mia: User, lab: Lab
) -> None:
    set_due(cohort, lesson(course), lab, day=YESTERDAY)
    finish(lea, course, lab, when=timezone.now())
    page = client_of(tom).get("/cohorts/autumn/")
    assert {one.pk: one.missing for one in page.context["grid"].briefs} == {lea.pk: 0, mia.pk: 2}
    source = page.content.decode()
    assert source.count("<small>late</small>") == 4
    assert source.count('data-state="late"') == 2
    found = client_of(tom).get("/cohorts/autumn/", {"show": "late"})
    assert [row.who.pk for row in found.context["page"].rows] == [mia.pk]


@pytest.mark.parametrize("number", [3, 30])
def test_dates_cost_the_grid_no_query(
    client_of,
    tom: User,
    cohort: Cohort,
    course: Course,
    lab: Lab,
    number: int,
    django_assert_num_queries,
) -> None:
    set_due(cohort, lesson(course), lab, day=YESTERDAY)
    for one in range(number):
        user = make_user(f"Learner{one}")
        cohort.enrol(user)
        make_grade(make_submission(user, lab), 4)
        cohort.due_dates.first().extend(user, end_of(TOMORROW))
    client = client_of(tom)
    client.get("/cohorts/autumn/")
    with django_assert_num_queries(7):
        client.get("/cohorts/autumn/")


# --- Extensions -----------------------------------------------------------------------------------


def extend(client, user: User, thing, day: date | None):
    form = {"what": name_of(thing), "until": day.isoformat() if day else ""}
    return client.post(f"/cohorts/autumn/learners/{user.pk}/extend/", form, follow=True)


def missing(cohort: Cohort, *users: User) -> list[int]:
    return [len(standing(cohort, user).missing) for user in users]


def test_one_learner_gets_more_time_and_the_others_do_not(
    client_of, tom: User, lea: User, mia: User, cohort: Cohort, course: Course
) -> None:
    set_due(cohort, lesson(course), day=YESTERDAY)
    page = extend(client_of(tom), lea, lesson(course), TOMORROW)
    assert "Has until" in words(page)
    assert missing(cohort, lea, mia) == [0, 1]
    assert dues(client_of(lea)) == [("Buckets", end_of(TOMORROW), False)]
    assert "extended for you" in words(client_of(lea).get("/learn/aws/buckets/"))
    [entry] = Entry.objects.filter(what=What.EXTENDED)
    assert (entry.actor_id, entry.person_id, entry.cohort) == (tom.pk, lea.pk, cohort)


def test_an_extension_of_a_module_is_for_all_in_it(
    client_of, tom: User, lea: User, cohort: Cohort, course: Course, lab: Lab
) -> None:
    storage = course.modules.get(slug="storage")
    set_due(cohort, storage, day=YESTERDAY)
    assert missing(cohort, lea) == [3]
    extend(client_of(tom), lea, storage, TOMORROW)
    assert missing(cohort, lea) == [0]


def test_an_extension_is_changed_and_ended(
    client_of, tom: User, lea: User, cohort: Cohort, course: Course
) -> None:
    set_due(cohort, lesson(course), day=YESTERDAY)
    later = TOMORROW + timedelta(days=7)
    for day in (TOMORROW, later):
        extend(client_of(tom), lea, lesson(course), day)
    assert Extension.objects.get().until == end_of(later)
    extend(client_of(tom), lea, lesson(course), None)
    assert not Extension.objects.exists()
    assert missing(cohort, lea) == [1]


def test_a_date_that_moves_keeps_its_extensions(cohort: Cohort, course: Course, lea: User) -> None:
    set_due(cohort, lesson(course), day=YESTERDAY)
    cohort.due_dates.get().extend(lea, end_of(TOMORROW))
    set_due(cohort, lesson(course), day=YESTERDAY - timedelta(days=1))
    assert Extension.objects.get().until == end_of(TOMORROW)


@pytest.mark.parametrize("what", ["lesson-999", "cohort-1", "", "lesson-x"])
def test_only_what_is_due_can_be_extended(
    client_of, tom: User, lea: User, cohort: Cohort, course: Course, what: str
) -> None:
    set_due(cohort, lesson(course), day=YESTERDAY)
    address = f"/cohorts/autumn/learners/{lea.pk}/extend/"
    client_of(tom).post(address, {"what": what, "until": TOMORROW.isoformat()})
    assert not Extension.objects.exists()


def test_an_assistant_extends_nothing(client_of, amy: User, lea: User, cohort, course) -> None:
    set_due(cohort, lesson(course), day=YESTERDAY)
    client = client_of(amy)
    assert extend(client, lea, lesson(course), TOMORROW).status_code == 404
    assert "Give more time" not in words(client.get(f"/cohorts/autumn/learners/{lea.pk}/"))


def test_who_leaves_for_good_takes_their_extensions_along(cohort, course, lea: User) -> None:
    set_due(cohort, lesson(course), day=YESTERDAY)
    cohort.due_dates.get().extend(lea, end_of(TOMORROW))
    [told] = data_of(lea)["extensions"]
    assert told == {"cohort": "Autumn", "of": "Buckets", "until": end_of(TOMORROW)}
    erase(lea)
    assert not Extension.objects.exists()


# --- Copies ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "copied"), [("7", [7]), ("0", [0]), ("", [])])
def test_a_copy_may_have_the_same_dates_some_days_later(
    client_of, ada: User, lea: User, cohort: Cohort, course: Course, days: str, copied: list[int]
) -> None:
    set_due(cohort, lesson(course), day=TOMORROW)
    cohort.due_dates.get().extend(lea, end_of(TOMORROW))
    client_of(ada).post("/cohorts/autumn/copy/", {"name": "Spring", "days_later": days})
    spring = Cohort.objects.get(slug="spring")
    moved = [one.due_at - end_of(TOMORROW) for one in spring.due_dates.all()]
    assert moved == [timedelta(days=number) for number in copied]
    assert bool(spring.dates_edition) == bool(copied)
    assert Extension.objects.count() == 1


def test_no_copy_leaves_the_days_that_can_be_chosen(
    client_of, ada: User, cohort: Cohort, course: Course
) -> None:
    last = date(2100, 12, 30)
    set_due(cohort, lesson(course), day=last)
    client_of(ada).post("/cohorts/autumn/copy/", {"name": "Spring", "days_later": "7"})
    assert Cohort.objects.get(slug="spring").due_dates.get().due_at == end_of(last)

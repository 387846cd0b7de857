"""Every page of Django's admin, asked with few rows of everything and again with many: none asks
the database once a row, or by a column without an index. An admin that is added is asked as well;
`make_row` must know its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from labs.models import GradedBy, Lab, State, Worker
from lessons.long_lists import LongListAdmin
from lessons.models import Completion, Course, Lesson, Module, Place, Section, Term
from lessons.read_only import ReadOnlyAdmin
from portal.accounts.models import User
from portal.audit.models import What
from portal.audit.record import record
from portal.cohorts.models import Cohort, Invitation, PastMembership, Role
from tests.administration import ADMINS, address, lists
from tests.rows import make_course, make_grade, make_lab, make_lesson, make_submission, make_user

FEW, MANY = 3, 60
WORDS = ["lea", "lea learner example"]
Visit = Callable[[], Any]


@pytest.fixture
def staff(ada: User, client_of: Callable[[User], Client]) -> Client:
    """Of whom no list of few rows tells."""
    return client_of(ada)


def make_row(number: int) -> None:
    """One more of everything; the first cohort, learner and lab have them all."""
    course = make_course(f"course-{number}", {})
    module = Module.objects.create(course=course, slug="all", title=f"M {number}", position=1)
    lesson = make_lesson(module, f"lesson-{number}", [f"section-{number}"])
    Term.objects.create(course=course, slug="t", name="T", section=lesson.sections.get())
    user, lab = make_user(f"Lea-{number} Learner"), make_lab(course, f"lab-{number}")
    cohort = Cohort.objects.create(name=f"C {number}", slug=f"c-{number}", course=course)
    first, learner = (
        Cohort.objects.earliest("pk"),
        User.objects.filter(is_staff=False).earliest("pk"),
    )
    first.enrol(user)
    cohort.enrol(learner, role=Role.INSTRUCTOR if number % 2 else Role.LEARNER)
    Invitation.objects.create(cohort=first, role=Role.LEARNER)
    past = {"role": Role.LEARNER, "joined_at": timezone.now()}
    PastMembership.objects.create(cohort=cohort, user=learner, **past)
    make_answers(user, learner, lab)
    Completion.objects.create(user=learner, lesson=lesson)
    Place.objects.create(user=learner, course=course, lesson=lesson)
    EmailAddress.objects.create(user=learner, email=f"other-{number}@example.com")
    learner.groups.add(Group.objects.create(name=f"group-{number}"))
    record(What.EXPORTED, actor=user, person=learner, about="all")
    LogEntry.objects.log_actions(learner.pk, [first], CHANGE, change_message=[])


def make_answers(user: User, learner: User, lab: Lab) -> None:
    first = Lab.objects.earliest("pk")
    make_grade(make_submission(user, first), 1)
    make_grade(make_submission(learner, lab), 2, made_by=GradedBy.INSTRUCTOR, author=user)
    make_submission(learner, first, state=State.FAULTED)
    Worker.objects.create(name=f"worker-{lab.pk}")


def visits(client: Client, one: admin.ModelAdmin) -> Iterator[tuple[str, Visit]]:
    """Every page that an admin has, by name."""
    rows = one.model._default_manager.order_by("pk")
    row = rows.filter(is_staff=False).first() if one.model is User else rows.first()
    yield "add", lambda: client.get(address(one, "add"))
    for name in ("change", "delete", "history"):
        yield name, lambda name=name: client.get(address(one, name, row.pk))
    for name, query in lists(one, User.objects.get(is_staff=True), words=WORDS).items():
        yield name, lambda query=query: client.get(address(one, "changelist") + query)
    keys = list(rows.values_list("pk", flat=True)[:200])
    doing = {"action": "delete_selected", "_selected_action": keys}
    yield "delete them", lambda: client.post(address(one, "changelist"), doing)
    for field in one.autocomplete_fields:
        asked = {"app_label": one.opts.app_label, "model_name": one.opts.model_name}
        query = urlencode(asked | {"field_name": field, "term": "c"})
        yield f"finding {field}", lambda query=query: client.get(f"/admin/autocomplete/?{query}")


def queries(visit: Visit) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer = visit()
    assert answer.status_code in {200, 302, 403}
    return len(captured)


def counted(client: Client) -> dict[str, int]:
    return {
        f"{label}: {name}": queries(visit)
        for label, one in ADMINS.items()
        for name, visit in visits(client, one)
    }


def test_no_page_asks_the_database_once_a_row(staff: Client) -> None:
    for number in range(FEW):
        make_row(number)
    ContentType.objects.get_for_models(*apps.get_models())  # kept by each process
    few = counted(staff)
    for number in range(FEW, MANY):
        make_row(number)
    many = counted(staff)
    assert {name: (few[name], many[name]) for name in few if few[name] != many[name]} == {}
    assert all(one.model._default_manager.count() >= MANY for one in ADMINS.values())
    assert max(many.values()) < 60


# --- Indexes --------------------------------------------------------------------------------------

# Authors and administrators make these, not learners: some hundred rows.
FEW_AT_MOST = (Course, Module, Lesson, Section, Term, Lab, Group, Worker, Cohort, Invitation)
LONG = {label: one for label, one in ADMINS.items() if one.model not in FEW_AT_MOST}
RIGHTS = {"permissions", "user_permissions"}  # some hundred, by the models that there are
OURS = [
    model
    for model in apps.get_models()
    if model.__module__.startswith(("labs.", "lessons.", "portal."))
]


@pytest.mark.parametrize("label", LONG)
def test_a_long_list_sorts_and_searches_by_indexes(label: str) -> None:
    one = LONG[label]
    assert isinstance(one, LongListAdmin)
    assert one.date_hierarchy is None, "it reads all rows for its months"
    assert one.show_facets is admin.ShowFacets.NEVER, "they count all rows"
    names = [
        *one.sortable_by,
        *one.search_fields,
        *[name.lstrip("-") for name in one.ordering or ()],
    ]
    indexed = {columns[0] for columns in indexes_of(one.model)}
    for name in names:
        field = one.opts.pk if name == "pk" else one.opts.get_field(name)
        assert field.column in indexed, f"{label}.{name}"


@pytest.mark.parametrize("label", ADMINS)
def test_no_form_offers_a_choice_of_everybody(label: str) -> None:
    """A thousand learners would be a thousand options, and again with each line of an inline."""
    one = ADMINS[label]
    for form in () if isinstance(one, ReadOnlyAdmin) else (one, *one.inlines):
        looked_up = {*form.raw_id_fields, *form.autocomplete_fields, *form.readonly_fields, *RIGHTS}
        choices = {
            field.name
            for field in form.model._meta.get_fields()
            if field.concrete and field.is_relation and field.related_model not in FEW_AT_MOST
        }
        assert choices <= looked_up


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_no_index_begins_as_a_longer_one_does(model: Any) -> None:
    """It would be written with every row, and asked for nothing."""
    every = indexes_of(model)
    for one in {*indexes_of(model) - unique_ones(model)}:
        assert not [other for other in every if other[: len(one)] == one != other]


def indexes_of(model: Any) -> set[tuple[str, ...]]:
    """Their columns, of those that hold all rows."""
    options = model._meta
    indexed = {(field.name,) for field in options.local_fields if field.db_index}
    by_name = [tuple(one.fields) for one in options.indexes if not one.condition]
    found = {tuple(name.lstrip("-") for name in one) for one in by_name} | indexed
    return unique_ones(model) | {in_columns(model, one) for one in found}


def unique_ones(model: Any) -> set[tuple[str, ...]]:
    """These are there for what they forbid."""
    options = model._meta
    alone = {(field.name,) for field in options.local_fields if field.unique}
    together = {tuple(one.fields) for one in options.constraints if not one.condition}
    return {in_columns(model, one) for one in alone | together | {*options.unique_together}}


def in_columns(model: Any, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(model._meta.get_field(name).column for name in names)

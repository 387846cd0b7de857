"""Nothing that names somebody is left in any table once they are erased."""

from __future__ import annotations

import json
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Max, Sum
from django.test import Client

from labs.models import Grade, KeptText, Submission
from lessons.models import Completion, Course, Lesson
from portal.accounts.models import Session, User
from portal.accounts.own_data import data_of, erase
from portal.audit.models import Entry
from portal.cohorts.models import Cohort, Membership
from tests.rows import PASSWORD, make_grade, make_lab, make_submission, make_user

NAME, ADDRESS, SECOND = "Léa-Zoë Quibble", "lea.quibble@example.com", "quibble@elsewhere.example"


@pytest.fixture
def person(cohort: Cohort, course: Course) -> User:
    person = make_user(NAME, email=ADDRESS)
    cohort.enrol(person)
    for email, primary in ((ADDRESS, True), (SECOND, False)):
        EmailAddress.objects.create(user=person, email=email, primary=primary, verified=True)
    lab = make_lab(course, "say-it")
    make_grade(make_submission(person, lab, f"I am {NAME}", state="graded"), 3)
    KeptText.objects.create(user=person, lab=lab, text=f"{NAME} typed")
    person.completions.create(lesson=Lesson.objects.first())
    return person


@pytest.fixture
def browser(person: User) -> Client:
    """In which the person signed in by the form: allauth notes the address in the session."""
    client = Client()
    client.post("/accounts/login/", {"login": ADDRESS, "password": PASSWORD})
    assert client.get("/day/").status_code == 200
    return client


@pytest.fixture
def administered(person: User) -> list[LogEntry]:
    """As an administrator's clicks leave them: the row itself, a membership inside its cohort, an
    address."""
    ada = make_user("Ada", is_staff=True)
    membership = Membership.objects.get(user=person)
    inline = [{"changed": {"name": "membership", "object": str(membership), "fields": ["Role"]}}]
    other = [{"added": {"name": "membership", "object": "Mia in Autumn (learner)"}}]

    def note(row: Any, said: Any, flag: int = CHANGE) -> LogEntry:
        return LogEntry.objects.create(
            user=ada,
            content_type=ContentType.objects.get_for_model(row),
            object_id=row.pk,
            object_repr=str(row),
            action_flag=flag,
            change_message=json.dumps(said),
        )

    addresses = EmailAddress.objects.filter(user=person)
    note(membership.cohort, other)
    return [
        note(person, [{"changed": {"fields": ["Name"]}}]),
        note(membership, [{"added": {}}], ADDITION),
        note(membership.cohort, inline),
        *(note(address, [{"added": {}}], ADDITION) for address in addresses),
    ]


def every_word() -> str:
    """All that the database holds, sessions read as Django reads them."""
    rows = [list(model._base_manager.values()) for model in apps.get_models()]
    sessions = [session.get_decoded() for session in Session.objects.all()]
    return str((rows, sessions)) + json.dumps(str(rows))


def traces() -> list[str]:
    said = every_word().lower()
    words = {NAME, ADDRESS, SECOND, json.dumps(NAME)[1:-1], "quibble"}
    return [word for word in words if word.lower() in said]


def test_no_table_names_an_erased_person(person: User, browser: Client, administered):
    assert NAME in every_word()
    erase(person)
    assert traces() == []


def test_the_log_of_the_administration_keeps_that_something_was_done(person: User, administered):
    erase(person)
    assert LogEntry.objects.count() == len(administered) + 1
    assert LogEntry.objects.exclude(change_message="").get().change_message.count("Mia in Autumn")


def test_only_ones_own_browsers_are_signed_out(person: User, browser: Client, client_of, mia: User):
    other = client_of(mia)
    erase(person)
    assert [one.get("/day/").status_code for one in (browser, other)] == [302, 200]
    assert Session.objects.count() == 1


def figures() -> list[Any]:
    """What is counted of lessons, labs and answers: whoever asks must get the same as before."""
    scores = (
        Submission.objects.order_by()
        .values("lab", "state", "tries")
        .annotate(number=Count("pk"), best=Max("grade__points"), all=Sum("grade__points"))
    )
    passes = Grade.objects.order_by().values("passed", "max_points").annotate(number=Count("pk"))
    read = Completion.objects.order_by().values("lesson").annotate(number=Count("user"))
    return [list(rows) for rows in (scores, passes, read)]


def test_figures_are_the_same_without_the_person(person: User, mia: User):
    make_grade(make_submission(mia, Submission.objects.first().lab, state="graded"), 4)
    before = figures()
    erase(person)
    assert figures() == before
    assert all(before)


def test_the_export_has_what_the_audit_log_says_of_oneself(
    person: User, browser: Client, mia: User
):
    said = data_of(person)["happenings"]
    assert {entry["what"] for entry in said} == {"joined", "signed-in"}
    assert len(said) < Entry.objects.count()


def test_the_page_says_how_long_what_is_kept(client_of, mia: User, settings: Any):
    settings.KEEP_TEXTS_DAYS, settings.KEEP_AUDIT_DAYS = 90, 0
    page = client_of(mia).get("/accounts/profile/").content.decode()
    assert "Drafts: 90 days after you were last here." in page
    assert "When you signed in and what was changed at your account: for good." in page

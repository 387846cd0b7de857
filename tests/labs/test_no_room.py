"""The disk is full, or the database lost its line: nothing is half done, and nothing is charged."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from labs.models import Draft, Grade, Lab, State, Submission
from labs.models.grades import NEW_GRADES
from labs.queue import sweep
from labs.tasks import check
from portal.accounts.models import User
from tests import disk
from tests.labs.kinds import words
from tests.rows import make_submission

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "allow read " + "please " * 3000  # several pages of a database


@pytest.fixture(autouse=True)
def _long_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "MAX_BYTES", 100_000, raising=False)


@pytest.fixture
def full_disk() -> Iterator[None]:
    disk.fill()
    yield
    disk.free()


@pytest.fixture
def leas(client_of: Callable[[User], Client], lea: User) -> Client:
    client = client_of(lea)
    client.raise_request_exception = False
    return client


def hand_in(client: Client, text: str, key: uuid.UUID, **headers: str) -> object:
    data = {"text": text, "key": str(key), "revision": 0}
    return client.post("/labs/say-it/submit/", data, headers=headers)


def test_a_full_disk_is_said_with_the_text_to_copy(leas: Client, lab: Lab, full_disk: None) -> None:
    answer = hand_in(leas, LONG, uuid.uuid4())
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "There is no room left on our disk" in page
    assert "no attempt was used" in page
    assert re.search(r"<textarea[^>]*>\n" + LONG, page)
    assert (Submission.objects.count(), Draft.objects.count()) == (0, 0)


def test_once_there_is_room_the_same_form_is_taken_and_graded(leas: Client, lab: Lab) -> None:
    key = uuid.uuid4()
    disk.fill()
    try:
        assert hand_in(leas, LONG, key, **{"HX-Request": "true"}).status_code == 503
    finally:
        disk.free()
    assert hand_in(leas, "allow read", key).status_code == 302
    check(0)
    [submission] = Submission.objects.all()
    assert (submission.state, submission.passed, submission.tries) == (State.GRADED, True, 1)


def test_pages_are_read_while_the_disk_is_full(
    leas: Client, lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = leas.session
    session["seen"] = "2020-01-01"  # a visit that would be noted
    session.save()
    disk.fill()
    try:
        assert leas.get("/labs/say-it/").status_code == 200
    finally:
        disk.free()


def end_the_pause(submission: Submission) -> None:
    Submission.objects.filter(pk=submission.pk).update(next_publish=timezone.now())


def test_a_verdict_that_cannot_be_written_is_no_try(
    lea: User, lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    submission = make_submission(lea, lab, "allow read")

    def refuse(*_grades: Grade) -> None:
        raise OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(NEW_GRADES, "run", refuse)
        for _number in range(5):
            end_the_pause(submission)
            check(submission.pk)
            submission.refresh_from_db()
            assert (submission.state, submission.tries) == (State.QUEUED, 0)
            assert (submission.lease_token, Grade.objects.count()) == (None, 0)
    end_the_pause(submission)
    check(submission.pk)
    submission.refresh_from_db()
    assert (submission.state, submission.passed) == (State.GRADED, True)


def test_a_line_that_was_cut_while_the_check_ran_costs_nothing(
    lea: User, lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    submission = make_submission(lea, lab, "allow read")
    record, failures = Submission.record, [OperationalError("server closed the connection")]

    def cut(self: Submission, *report: object, **version: str) -> bool:
        if failures:
            raise failures.pop()
        return record(self, *report, **version)

    monkeypatch.setattr(Submission, "record", cut)
    check(submission.pk)
    submission.refresh_from_db()
    assert (submission.state, submission.tries, submission.grades.count()) == (State.GRADED, 1, 1)


def test_a_database_that_is_away_is_said(
    leas: Client, lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_arguments: object, **_more: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr("labs.workspace.enqueue", away)
    answer = hand_in(leas, "allow", uuid.uuid4())
    assert answer.status_code == 503
    assert "Our database does not answer" in answer.content.decode()


def test_what_is_no_trouble_of_the_database_stays_what_it_was(
    leas: Client, lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object, **_more: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("labs.workspace.enqueue", broken)
    answer = hand_in(leas, "allow", uuid.uuid4())
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.content.decode()


def test_what_a_wrong_clock_promised_is_not_waited_for(lea: User, lab: Lab) -> None:
    far = timezone.now() + timezone.timedelta(hours=2)
    leased = make_submission(
        lea, lab, state=State.CHECKING, tries=1, lease_until=far, lease_token=uuid.uuid4()
    )
    sweep()
    leased.refresh_from_db()
    assert (leased.state, leased.lease_token) == (State.QUEUED, None)
    Submission.objects.filter(pk=leased.pk).update(next_publish=far)
    assert list(Submission.objects.due(timezone.now())) == [leased]

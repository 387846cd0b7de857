from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from labs.grading.errors import AnswerError
from labs.grading.report import Finding, Report
from labs.models import Lab, State, Submission
from labs.packed import packed
from labs.queue import bell, enqueue, publish, sweep
from labs.tasks import check
from portal.accounts.models import User
from tests.rows import make_grade, make_submission

PASS = Report((Finding("words.missing", True, 2, "Said."),))
FAIL = Report((Finding("words.missing", False, 2, "Not said."),))
Submitted = Callable[..., Submission]


def in_the_past(submission: Submission, **fields: object) -> Submission:
    Submission.objects.filter(pk=submission.pk).update(**fields)
    submission.refresh_from_db()
    return submission


def claimed(submission: Submission) -> Submission:
    row = Submission.objects.claim(submission.pk)
    assert row is not None
    return row


def test_a_right_answer_is_graded(submitted: Submitted) -> None:
    submission = submitted("please allow to read")
    check(submission.pk)
    submission.refresh_from_db()
    assert (submission.state, submission.passed, submission.grade.points) == (State.GRADED, True, 4)
    assert submission.grade.engine_version == "words-1"
    assert submission.grade.content_hash == submission.lab.content_hash


def test_a_wrong_answer_is_graded_and_not_passed(submitted: Submitted) -> None:
    submission = submitted("allow")
    check(submission.pk)
    submission.refresh_from_db()
    assert (submission.state, submission.passed, submission.grade.percent) == (
        State.GRADED,
        False,
        50,
    )
    assert [finding["passed"] for finding in submission.grade.report["findings"]] == [
        True,
        False,
        True,
    ]


def test_the_message_delivered_twice_makes_one_grade(submitted: Submitted) -> None:
    submission = submitted()
    check(submission.pk)
    check(submission.pk)
    assert submission.grades.count() == 1
    submission.refresh_from_db()
    assert submission.tries == 1


def test_a_row_in_somebodys_hands_cannot_be_claimed(submitted: Submitted) -> None:
    submission = submitted()
    assert Submission.objects.claim(submission.pk) is not None
    assert Submission.objects.claim(submission.pk) is None


def test_a_row_whose_lease_ran_out_can_be_claimed_again(submitted: Submitted) -> None:
    submission = submitted()
    claimed(submission)
    in_the_past(submission, lease_until=timezone.now() - timedelta(seconds=1))
    assert claimed(submission).tries == 2


def test_a_late_worker_writes_nothing(submitted: Submitted) -> None:
    submission = submitted()
    late = claimed(submission)
    in_the_past(submission, lease_until=timezone.now() - timedelta(seconds=1))
    punctual = claimed(submission)
    assert punctual.record(PASS, engine_version="2") is True
    assert late.record(FAIL, engine_version="1") is False
    assert late.hand_back("too late") is False
    assert late.refuse(AnswerError("too late")) is False
    submission.refresh_from_db()
    assert (submission.state, submission.passed, submission.fault) == (State.GRADED, True, "")
    assert submission.grades.count() == 1


def test_a_report_that_was_packed_before_is_read_like_any_other(submitted: Submitted) -> None:
    mine = claimed(submitted())
    assert mine.record(FAIL, engine_version="1", packed=packed(FAIL.as_json()))
    assert mine.grade is not None
    for grade in (mine.grade, mine.grades.get()):
        assert grade.read_report() == FAIL


def test_a_late_worker_cannot_write_before_the_punctual_one_either(submitted: Submitted) -> None:
    submission = submitted()
    late = claimed(submission)
    in_the_past(submission, lease_until=timezone.now() - timedelta(seconds=1))
    claimed(submission)
    assert late.record(FAIL, engine_version="1") is False
    assert submission.grades.count() == 0


@pytest.mark.parametrize("answer", ["explode", "crash", "bomb", "nothing", "huge", "store"])
def test_our_fault_is_tried_again_and_then_faulted_but_never_failed(
    submitted: Submitted, settings: object, answer: str
) -> None:
    settings.CHECK_TRIES = 2
    settings.CHECK_MEMORY_MB = 200
    submission = submitted(answer)
    check(submission.pk)
    submission.refresh_from_db()
    assert (submission.state, submission.tries) == (State.QUEUED, 1)
    assert submission.next_publish > timezone.now()
    check(submission.pk)
    submission.refresh_from_db()
    assert submission.tries == 1  # nobody takes it before the pause is over
    in_the_past(submission, next_publish=timezone.now())
    check(submission.pk)
    submission.refresh_from_db()
    assert (submission.state, submission.grade, submission.lease_token) == (
        State.FAULTED,
        None,
        None,
    )
    assert submission.grades.count() == 0
    assert submission.fault != ""


def test_what_cannot_be_decided_is_set_aside_at_once_and_costs_no_attempt(
    submitted: Submitted, settings: object
) -> None:
    settings.CHECK_TRIES = 3
    submission = submitted("doubt")
    check(submission.pk)
    submission.refresh_from_db()
    assert (submission.state, submission.is_undecided) == (State.FAULTED, True)
    assert (submission.fault, submission.tries) == ("undecided: too many words to be sure", 1)
    assert submission.grades.count() == 0


def test_an_unknown_kind_is_our_fault(submitted: Submitted, settings: object) -> None:
    settings.CHECK_TRIES = 1
    submission = submitted()
    Lab.objects.update(kind="gone")
    check(submission.pk)
    submission.refresh_from_db()
    assert (submission.state, submission.fault) == (State.FAULTED, "there is no kind 'gone'")


def test_what_only_the_worker_finds_unreadable_is_no_attempt(submitted: Submitted) -> None:
    submission = submitted("allow\nread!")
    check(submission.pk)
    submission.refresh_from_db()
    assert submission.state == State.FAULTED
    assert submission.unreadable == {
        "message": "An exclamation mark is not a word.",
        "line": 2,
        "column": 5,
    }
    assert submission.grades.count() == 0


def test_the_same_form_sent_twice_finds_its_row(lea: User, lab: Lab) -> None:
    key, variant = uuid.uuid4(), lab.variants.get()
    first = enqueue(lea, variant, text="allow", key=key)
    assert enqueue(lea, variant, text="allow", key=key) == first
    assert enqueue(lea, variant, text="allow read", key=key) != first
    assert Submission.objects.count() == 2


def test_two_people_may_send_the_same_key(lea: User, mia: User, lab: Lab) -> None:
    key, variant = uuid.uuid4(), lab.variants.get()
    enqueue(lea, variant, text="allow", key=key)
    assert enqueue(mia, variant, text="allow", key=key).user == mia


@pytest.mark.django_db(transaction=True)
def test_handing_in_succeeds_while_the_broker_is_away(lea: User, lab: Lab) -> None:
    submission = enqueue(lea, lab.variants.get(), text="allow", key=uuid.uuid4())
    submission.refresh_from_db()
    assert submission.state == State.QUEUED
    assert submission.next_publish <= timezone.now()  # the next sweep sends it


def test_after_a_failure_the_bell_is_left_alone_for_a_while(submitted: Submitted) -> None:
    publish(submitted().pk, "")
    calls: list[int] = []
    assert bell.attempt(lambda: calls.append(1)) is False
    assert calls == []


def test_a_sweep_frees_what_a_dead_worker_left(submitted: Submitted) -> None:
    submission = submitted()
    claimed(submission)
    in_the_past(submission, lease_until=timezone.now() - timedelta(seconds=1))
    swept = sweep()
    submission.refresh_from_db()
    assert (swept.freed, submission.state, submission.lease_token) == (1, State.QUEUED, None)


def test_a_sweep_leaves_alone_what_is_in_good_hands(submitted: Submitted) -> None:
    submission = submitted()
    claimed(submission)
    swept = sweep()
    submission.refresh_from_db()
    assert (swept.freed, swept.sent, submission.state) == (0, 0, State.CHECKING)


def test_a_sweep_gives_up_what_used_up_its_tries(submitted: Submitted, settings: object) -> None:
    submission = submitted(tries=settings.CHECK_TRIES, state=State.CHECKING)
    in_the_past(submission, lease_until=timezone.now() - timedelta(seconds=1))
    swept = sweep()
    submission.refresh_from_db()
    assert (swept.faulted, submission.state) == (1, State.FAULTED)
    assert submission.fault == "the worker left while checking, each time"


def test_a_sweep_does_not_send_what_was_sent_a_moment_ago(submitted: Submitted) -> None:
    submitted(next_publish=timezone.now() + timedelta(seconds=30))
    assert sweep().sent == 0


def test_a_sweep_stops_at_the_first_message_that_the_broker_refuses(submitted: Submitted) -> None:
    first, second = submitted(), submitted()
    swept = sweep()
    assert (swept.sent, swept.answered) == (0, False)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.publishes, second.publishes) == (1, 0)
    assert first.next_publish <= timezone.now()


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What a broker that answers was told, in order."""
    told: list[int] = []
    monkeypatch.setattr(check, "apply_async", lambda args, headers, retry: told.extend(args))
    return told


def test_a_row_is_sent_again_later_each_time(
    submitted: Submitted, settings: object, sent: list[int]
) -> None:
    settings.REQUEUE_SECONDS = 30
    submission = submitted()
    waits = []
    for _ in range(6):
        in_the_past(submission, next_publish=timezone.now() - timedelta(seconds=1))
        assert sweep().sent == 1
        submission.refresh_from_db()
        waits.append(round((submission.next_publish - timezone.now()).total_seconds() / 30))
    assert waits == [1, 2, 4, 8, 16, 16]
    assert sent == [submission.pk] * 6


def test_what_failed_before_is_sent_last(submitted: Submitted, sent: list[int]) -> None:
    failed, fresh = submitted(tries=1), submitted()
    assert sweep().sent == 2
    assert sent == [fresh.pk, failed.pk]


def test_an_instructors_grade_outranks_a_later_automatic_one(
    submitted: Submitted, tom: User
) -> None:
    submission = submitted("allow")
    check(submission.pk)
    submission.refresh_from_db()
    fields = {"points": 4, "max_points": 4, "passed": True, "report": {"findings": []}}
    by_tom = submission.add_grade(
        **fields,
        engine_version="",
        content_hash="",
        made_by="instructor",
        author=tom,
        reason="right in spirit",
    )
    submission.add_grade(**fields | {"points": 0}, engine_version="words-2", content_hash="")
    submission.refresh_from_db()
    assert submission.grade == by_tom
    assert submission.grades.count() == 3


def test_what_faulted_can_be_checked_again(submitted: Submitted) -> None:
    faulted = submitted("allow read", state=State.FAULTED, tries=3, fault="boom")
    unreadable = submitted(
        "allow!", state=State.FAULTED, unreadable={"message": "!", "line": 1, "column": 6}
    )
    graded = submitted()
    check(graded.pk)
    assert Submission.objects.check_again() == 1
    check(faulted.pk)
    states = dict(Submission.objects.values_list("pk", "state"))
    assert states == {
        faulted.pk: State.GRADED,
        unreadable.pk: State.FAULTED,
        graded.pk: State.GRADED,
    }
    faulted.refresh_from_db()
    assert (faulted.passed, faulted.fault) == (True, "")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL: set DATABASE_URL")
def test_eight_workers_at_once_make_one_grade(submitted: Submitted) -> None:
    submission = submitted()
    start, claims = Barrier(8), []

    def work() -> None:
        start.wait()
        mine = Submission.objects.claim(submission.pk)
        claims.append(mine is not None)
        if mine is not None:
            mine.record(PASS, engine_version="1")
        connection.close()

    threads = [Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sum(claims), submission.grades.count()) == (1, 1)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL: set DATABASE_URL")
def test_a_form_sent_eight_times_at_once_makes_one_row(lea: User, lab: Lab) -> None:
    start, key, variant = Barrier(8), uuid.uuid4(), lab.variants.get()

    def send() -> None:
        start.wait()
        enqueue(lea, variant, text="allow", key=key)
        connection.close()

    threads = [Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert lea.submissions.count() == 1


def test_a_grade_is_never_changed(lea: User, lab: Lab) -> None:
    grade = make_grade(make_submission(lea, lab), 1)
    grade.points += 1
    with pytest.raises(TypeError, match="make another one"):
        grade.save()

"""From the request that hands an answer in to the lines of the worker that checks it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from labs import request_id
from labs.models import Lab, Submission
from labs.queue import enqueue, sweep
from labs.tasks import begin_for_request, check, end_for_request
from portal.accounts.models import User

Submitted = Callable[..., Submission]


@pytest.mark.parametrize("given", ["0af7651916cd43dd8448eb211c80319c", "req-2026.11_26", "a" * 64])
def test_what_looks_like_an_id_is_taken(given: str) -> None:
    assert request_id.sane(given) == given


@pytest.mark.parametrize(
    "given",
    [
        "",
        "short",
        "a" * 65,
        "two words",
        "line\nbreak1",
        "<script>alert",
        "ünicode-id",
        "-12345678",
    ],
)
def test_what_could_break_a_line_or_a_page_is_not(given: str) -> None:
    assert request_id.sane(given) == ""


def test_an_own_id_is_one_that_would_be_taken() -> None:
    assert request_id.sane(request_id.new_id())
    assert request_id.new_id() != request_id.new_id()


def test_ids_do_not_outlive_what_they_are_for() -> None:
    with request_id.on_behalf_of("outer-request"):
        with request_id.on_behalf_of("inner-request"):
            assert request_id.current.get() == "inner-request"
        with request_id.on_behalf_of(""):
            assert request_id.current.get() == "outer-request"
    assert request_id.current.get() == ""


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, str]]:
    """What a broker that answers was told: row and request."""
    told: list[tuple[int, str]] = []

    def take(args: list[int], headers: dict[str, str], retry: bool) -> None:
        told.append((args[0], headers["request_id"]))

    monkeypatch.setattr(check, "apply_async", take)
    return told


@pytest.mark.django_db(transaction=True)
def test_the_row_and_its_message_carry_the_request(
    lea: User, lab: Lab, sent: list[tuple[int, str]]
) -> None:
    with request_id.on_behalf_of("the-request"):
        row = enqueue(lea, lab.variants.get(), text="allow", key=uuid.uuid4())
    row.refresh_from_db()
    assert row.request_id == "the-request"
    assert sent == [(row.pk, "the-request")]


def test_a_swept_row_still_has_its_request(
    submitted: Submitted, sent: list[tuple[int, str]]
) -> None:
    row = submitted(request_id="the-request")
    sweep()
    assert sent == [(row.pk, "the-request")]


def test_the_check_runs_for_the_request_of_the_row(
    submitted: Submitted, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    monkeypatch.setattr("labs.tasks.settle", lambda row: seen.append(request_id.current.get()))
    check(submitted(request_id="the-request").pk)
    assert seen == ["the-request"]
    assert request_id.current.get() == ""


def test_a_task_begins_and_ends_for_the_request_of_its_message() -> None:
    begin_for_request(task=SimpleNamespace(request={"request_id": "the-request"}))
    assert request_id.current.get() == "the-request"
    end_for_request()
    assert request_id.current.get() == ""
    begin_for_request(task=SimpleNamespace(request={}))  # sent by a version before this one
    assert request_id.current.get() == ""
    begin_for_request(task=SimpleNamespace(request={"request_id": "line\nbreak"}))
    assert request_id.current.get() == ""

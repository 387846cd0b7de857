from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from labs.limits import COMPARISONS_PER_MINUTE
from labs.models import Lab
from lessons import limits
from portal import search
from portal.accounts.models import User
from tests.rows import make_submission

ClientOf = Callable[[User], Client]


def may(user: User, count: int) -> list[bool]:
    return [limits.within_limit(user, "search", per_minute=2) for _number in range(count)]


def test_each_person_has_their_own_count(lea: User, mia: User) -> None:
    assert may(lea, 3) == [True, True, False]
    assert may(mia, 1) == [True]


def test_another_minute_begins_anew(lea: User, monkeypatch: pytest.MonkeyPatch) -> None:
    may(lea, 3)
    monkeypatch.setattr(limits.time, "time", lambda: 1_000_060.0)
    assert may(lea, 3) == [True, True, False]


def test_other_processes_count_too(lea: User) -> None:
    may(lea, 2)
    limits.here.clear()  # another process
    assert may(lea, 1) == [False]


def test_while_the_cache_is_away_each_process_counts_alone(
    lea: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "incr", lambda key: 1, raising=False)  # what SoftRedisCache says
    assert may(lea, 3) == [True, True, False]


@pytest.mark.parametrize(
    ("path", "headers", "words"),
    [
        ("/search/?q=bucket", {}, "by you or from your network"),
        ("/search/results/?q=bucket", {"HX-Request": "true"}, ""),
    ],
)
def test_who_searches_all_the_time_is_asked_to_wait(
    client_of: ClientOf, lea: User, path: str, headers: dict[str, str], words: str
) -> None:
    client = client_of(lea)
    for _number in range(search.SEARCHES_PER_MINUTE):
        limits.within_limit(lea, "search", per_minute=1)
    answer = client.get(path, headers=headers)
    assert answer.status_code == 429
    assert words in answer.content.decode()


def test_who_compares_all_the_time_is_asked_to_wait(
    client_of: ClientOf, lea: User, lab: Lab
) -> None:
    submission = make_submission(lea, lab)
    client = client_of(lea)
    assert client.get(submission.get_absolute_url()).status_code == 200
    for _number in range(COMPARISONS_PER_MINUTE):
        limits.within_limit(lea, "compare", per_minute=1)
    assert client.get(submission.get_absolute_url()).status_code == 429

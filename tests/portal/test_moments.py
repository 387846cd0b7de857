"""A time as a number is the same moment, to the microsecond, on every database."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from portal.accounts.models import User
from portal.moments import Moment, moment_of, number_of

TIMES = {
    "with a fraction": datetime(2026, 11, 27, 1, 21, 24, 310_205, UTC),
    "on the second": datetime(2026, 11, 27, 1, 21, 24, 0, UTC),
    "just before the next second": datetime(2026, 12, 31, 23, 59, 59, 999_999, UTC),
    "before 1970": datetime(1969, 12, 31, 23, 59, 59, 5, UTC),
    "the first of all": datetime(1970, 1, 1, tzinfo=UTC),
}


@pytest.mark.django_db
@pytest.mark.parametrize("at", TIMES.values(), ids=TIMES)
def test_the_database_and_python_count_alike(lea: User, at: datetime) -> None:
    User.objects.filter(pk=lea.pk).update(last_login=at)
    [number] = User.objects.filter(pk=lea.pk).values_list(Moment("last_login"), flat=True)
    assert number == number_of(at)
    assert moment_of(number) == at


@pytest.mark.django_db
def test_what_never_was_has_no_number(lea: User) -> None:
    User.objects.filter(pk=lea.pk).update(last_login=None)
    [number] = User.objects.filter(pk=lea.pk).values_list(Moment("last_login"), flat=True)
    assert number is None

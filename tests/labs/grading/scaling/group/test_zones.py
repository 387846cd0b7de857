"""The zones of the model against the database of time zones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from labs.grading.scaling.group.zones import ZONES, local_time


@pytest.mark.parametrize("zone", ZONES)
def test_a_zone_shows_what_the_database_of_time_zones_says(zone: str) -> None:
    """Every half hour of a year, the changes of the clock among them."""
    moment, there = datetime(2026, 1, 1), ZoneInfo(zone)
    while moment.year == 2026:
        expected = moment.replace(tzinfo=UTC).astimezone(there).replace(tzinfo=None)
        assert local_time(moment, zone) == expected
        moment += timedelta(minutes=30)

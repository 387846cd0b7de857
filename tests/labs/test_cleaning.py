"""What is done once a day: by whom, how often, and how much at a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from labs import sweeper
from labs.cleaning import Cleaner, clean_for, clean_until, cleaners, is_cleaning_due
from labs.models import Chore
from labs.tasks import clean

Heap = list[int]


@pytest.fixture
def heap(db: None, settings) -> Heap:
    """Something to clean: each batch takes away the first number."""
    numbers: Heap = []

    def batch(_chore: Chore) -> int:
        return numbers.pop(0) if numbers else 0

    globals()["CLEANERS"] = [Cleaner("heap", "numbers gone", batch)]
    settings.CLEANERS = [f"{__name__}.CLEANERS"]
    return numbers


def due_at() -> timezone.datetime:
    return Chore.objects.get(name="heap").due_at


def test_everything_goes_and_then_it_is_due_tomorrow_at_night(heap: Heap, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    heap += [200, 200, 7]
    clean_for(60)
    assert heap == []
    assert timezone.now() < due_at() < timezone.now() + timedelta(days=2)
    assert timezone.localtime(due_at()).hour == 3


def test_it_is_done_once_a_day_whoever_asks(heap: Heap):
    clean_for(60)
    heap.append(1)
    assert not is_cleaning_due()
    clean_for(60)
    assert heap == [1]
    Chore.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    assert is_cleaning_due()
    clean_for(60)
    assert heap == []


def test_what_one_does_another_leaves_alone(heap: Heap):
    assert Chore.objects.claim("heap")
    assert Chore.objects.claim("heap") is None
    heap.append(1)
    clean_for(60)
    assert heap == [1]


def test_who_died_over_it_is_replaced_after_a_while(heap: Heap):
    Chore.objects.claim("heap")
    assert not is_cleaning_due()
    Chore.objects.update(due_at=due_at() - timedelta(minutes=10))
    heap.append(1)
    clean_for(60)
    assert heap == []


def test_when_the_time_is_up_the_rest_stays_due(heap: Heap):
    heap += [1, 1, 1]
    Chore.objects.claim("heap")
    Chore.objects.update(due_at=timezone.now())
    cleaner, chore = cleaners()[0], Chore.objects.get()
    clean_for(0)
    assert heap == [1, 1, 1]
    assert not clean_until(0, cleaner, chore)
    assert heap == [1, 1]
    assert is_cleaning_due()


def test_the_command_does_everything_at_once_and_says_how_much(heap: Heap, capsys):
    clean_for(60)
    heap += [200, 3]
    call_command("clean")
    assert capsys.readouterr().out == "203 numbers gone.\n"
    assert not is_cleaning_due()


def test_the_sweeper_rings_while_something_is_due(
    heap: Heap, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[object] = []
    monkeypatch.setattr(sweeper.clean, "apply_async", lambda **how: rung.append(how["expires"]))
    sweeper.ring_for_cleaning()
    clean()
    sweeper.ring_for_cleaning()
    assert len(rung) == 1


def test_a_broker_that_is_away_stops_no_sweep(heap: Heap, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(**_how: object) -> None:
        raise OSError("away")

    monkeypatch.setattr(sweeper.clean, "apply_async", away)
    sweeper.ring_for_cleaning()
    assert is_cleaning_due()


def test_every_cleaner_has_a_name_of_its_own(db: None) -> None:
    names = [one.name for one in cleaners()]
    assert len(names) == len(set(names)) > 5


def test_nothing_to_clean_costs_each_cleaner_one_query(
    db: None, django_assert_max_num_queries: Callable
) -> None:
    for cleaner in cleaners():
        Chore.objects.claim(cleaner.name)
        chore = Chore.objects.get(name=cleaner.name)
        with django_assert_max_num_queries(1):
            assert cleaner.batch(chore) == 0

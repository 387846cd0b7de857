from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from labs.models import Lab, State, Submission
from labs.waiting import Waiting, turns_before, words_for_waiting
from portal.accounts.models import User
from tests.rows import make_submission, make_user


def rows(*owners: tuple[int, int]) -> list[Waiting]:
    """Crowd and learner of each, in the order in which they handed in."""
    return [Waiting(pk, crowd, user) for pk, (crowd, user) in enumerate(owners)]


def test_among_equals_who_came_before_has_the_turn_before() -> None:
    waiting = rows((1, 1), (1, 2), (1, 3))
    assert [turns_before(pk, waiting) for pk in range(3)] == [0, 1, 2]


def test_a_lone_learner_comes_after_one_of_the_large_crowd() -> None:
    waiting = rows(*[(1, user) for user in range(200)], (2, 999))
    assert turns_before(200, waiting) == 1


def test_somebodys_second_answer_comes_after_the_first_of_all_others() -> None:
    waiting = rows((1, 1), (1, 1), (1, 2), (1, 3))
    assert [turns_before(pk, waiting) for pk in range(4)] == [0, 3, 1, 2]


def test_what_is_beyond_what_is_looked_at_comes_after_it() -> None:
    assert turns_before(99, rows((1, 1), (1, 2))) == 2


@pytest.mark.parametrize("seed", range(4))
def test_the_estimate_is_what_happens(seed: int, lab: Lab) -> None:
    """Nobody hands in meanwhile, and one worker takes them all: the turns come as foretold."""
    dice = random.Random(seed)
    users = [make_user(f"N{number}", password=None) for number in range(12)]
    start = timezone.now() - timedelta(seconds=30)
    for number in range(30):
        user = dice.choice(users)
        make_submission(
            user,
            lab,
            crowd=1 + user.pk % 3,
            created_at=start + timedelta(milliseconds=number),
        )
    found = Submission.objects.order_by("created_at").values_list("pk", "crowd", "user")
    waiting = [Waiting(*row) for row in found]
    foretold = {row.pk: turns_before(row.pk, waiting) for row in waiting}
    for turn in range(len(waiting)):
        taken = Submission.objects.take_next()
        assert taken is not None
        assert abs(foretold[taken.pk] - turn) <= 3, (turn, foretold[taken.pk])
        Submission.objects.filter(pk=taken.pk).update(state=State.GRADED)


@pytest.fixture
def rush(lab: Lab, lea: User) -> Callable[[int], Submission]:
    """So many others handed in ten seconds ago; lea did now."""

    def make(count: int) -> Submission:
        variant, ago = lab.variants.get(), timezone.now() - timedelta(seconds=10)
        others = [make_user(f"N{number}", password=None) for number in range(min(count, 20))]
        Submission.objects.bulk_create(
            Submission(user=user, lab=lab, variant=variant, text="{}", created_at=ago)
            for number in range(count)
            for user in [others[number % len(others)]]
        )
        return make_submission(lea, lab)

    return make


def finished(count: int) -> None:
    pks = list(Submission.objects.order_by("created_at").values_list("pk", flat=True)[:count])
    Submission.objects.filter(pk__in=pks).update(state=State.GRADED, finished_at=timezone.now())


def test_a_short_queue_is_not_spoken_of(rush: Callable[[int], Submission]) -> None:
    assert words_for_waiting(rush(4)) == "It is checked in a moment."


def test_a_long_one_is_with_the_time_that_it_takes_if_that_is_known(
    rush: Callable[[int], Submission], django_assert_num_queries: Callable
) -> None:
    submission = rush(20)
    assert words_for_waiting(submission) == "Many are handing in: yours is number 21."
    finished(2)  # in ten seconds, so the others take a minute and a half
    with django_assert_num_queries(3):
        words = words_for_waiting(submission)
    assert words == "Many are handing in: yours is number 19. That is about 2 minutes."


def test_hundreds_are_not_counted(lab: Lab, lea: User, mia: User) -> None:
    variant = lab.variants.get()
    ago = timezone.now() - timedelta(seconds=10)
    row = {"lab": lab, "variant": variant, "text": "{}", "created_at": ago}
    Submission.objects.bulk_create(Submission(user=lea, **row) for _number in range(250))
    words = words_for_waiting(make_submission(lea, lab))
    assert words == "Many are handing in: more than 200 come before yours."


def test_the_page_says_it_and_looks_again_by_itself_and_by_a_link(
    client_of: Callable[[User], Client], lea: User, lab: Lab, rush: Callable[[int], Submission]
) -> None:
    submission = rush(10)
    page = client_of(lea).get(f"/labs/attempts/{submission.pk}/").content.decode()
    assert "Many are handing in: yours is number 11." in page
    assert re.search(r'hx-trigger="live, every 10s"', page)
    assert "Look again" in page

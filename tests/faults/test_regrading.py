"""A regrade whose worker is killed in the middle: nothing is lost, and nothing happens twice."""

from __future__ import annotations

import time

import pytest

from tests.faults.test_faults import PATIENCE, World, world

__all__ = ["world"]
pytestmark = pytest.mark.slow

LEARNERS = 200


def until(world: World, key: str, stage: str, *, begun: int = 0, done: int = 0) -> list[int]:
    """Texts that were looked at, answers that got their verdict, grades, letters."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        seen, *numbers = world.say(f"regraded {key}").split()
        if seen == stage and int(numbers[0]) >= begun and int(numbers[1]) >= done:
            return [int(number) for number in numbers]
        time.sleep(0.01)
    pytest.fail(f"still {seen}:\n{(world.folder / 'worker.log').read_text()[-4000:]}")


def test_a_worker_killed_in_a_dry_run_and_in_applying_it_loses_nothing_and_does_nothing_twice(
    world: World,
) -> None:
    world.queues = "interactive,bulk"
    world.hold.touch()
    world.start_worker()
    key = world.say(f"regrade {world.say(f'answered {LEARNERS}')}")
    until(world, key, "judging", begun=1)  # with a check that does not end
    world.kill_worker()
    world.hold.unlink()
    world.start_worker()
    assert until(world, key, "ready") == [LEARNERS, 0, LEARNERS, 0]
    assert world.say(f"apply {key}") == "True"
    some, *_rest = until(world, key, "applying", done=5)[1:]
    world.kill_worker()
    assert some < LEARNERS
    stopped = world.say(f"regraded {key}").split()
    assert stopped[0] == "applying"
    world.start_worker()
    assert until(world, key, "applied") == [LEARNERS, LEARNERS, 2 * LEARNERS, LEARNERS]


def test_learners_get_their_verdicts_from_a_worker_that_has_a_regrade_to_do(world: World) -> None:
    world.queues = "interactive,bulk"
    lab = world.say("answered 40")
    world.hold.touch()
    world.start_worker()
    key = world.say(f"regrade {lab}")
    until(world, key, "judging", begun=1)
    number = world.say("submit words allow")
    world.hold.unlink()
    assert world.until(number, "graded") == "graded 1 1 True"
    assert until(world, key, "ready")[0] == 40

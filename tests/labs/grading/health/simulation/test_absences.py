from __future__ import annotations

from labs.grading.health.simulation.absences import Absence, absences
from labs.grading.health.simulation.run import Reason
from labs.grading.health.simulation.world import Reply
from tests.labs.grading.health.logs import DEAD, FINE, phase, replay, target


def test_a_dead_target_is_absent_from_when_it_can_answer_again() -> None:
    run = replay(
        target("a", phase(0, FINE), phase(101, DEAD), phase(155, FINE)), settings={"healthy": 3}
    )
    assert absences(run) == [Absence("a", 155, 180, False, True, Reason.MISMATCH)]


def test_a_target_that_always_answered_is_out_needlessly() -> None:
    slow = Reply(200, 8)
    run = replay(target("a", phase(0, FINE), phase(101, slow, slow), phase(125, FINE)))
    [found] = absences(run)
    assert (found.start, found.end, found.needless, found.reason) == (
        125, 170, True, Reason.TIMEOUT,
    )  # fmt: skip


def test_a_new_target_is_absent_from_its_boot_on() -> None:
    run = replay(
        target("a", phase(0, DEAD), phase(15, FINE), registers=50), settings={"healthy": 2}
    )
    [found] = absences(run)
    assert (found.start, found.end, found.needless) == (65, 80, False)


def test_a_target_that_stays_dead_is_not_missed() -> None:
    assert absences(replay(target("a", phase(0, FINE), phase(101, DEAD)))) == []


def test_one_that_never_comes_back_is_absent_until_the_end() -> None:
    run = replay(target("a", phase(0, FINE, FINE), phase(100, DEAD, FINE)))
    [found] = absences(run)
    assert (found.start, found.end, found.needless, found.back) == (110, 300, True, False)


def test_a_short_death_that_the_checks_saw_is_not_needless() -> None:
    """Dead at both checks, alive again before the second one's end."""
    run = replay(
        target("a", phase(0, FINE), phase(99, Reply(0, 10**6)), phase(112, FINE)),
        settings={"healthy": 2},
    )
    [found] = absences(run)
    assert (found.start, found.needless) == (115, False)

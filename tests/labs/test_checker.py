"""One process checks answer after answer; what goes wrong costs its own answer only."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from celery.exceptions import SoftTimeLimitExceeded

from labs.checker import Checker, check_in_child
from labs.child import Fault, TooSlow
from labs.grading.errors import AnswerError, Undecided
from tests.labs.kinds import loop


def die() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def misread() -> None:
    raise AnswerError("no", 2, 5)


def doubt() -> None:
    raise Undecided("too much")


def work() -> float:
    began = time.process_time()
    while time.process_time() - began < 0.2:
        pass
    return time.process_time() - began


ACTS: Mapping[str, Callable[[], object]] = {
    "who": os.getpid,
    "unreadable": misread,
    "undecided": doubt,
    "spin": loop,
    "work": work,
    "sleep": lambda: time.sleep(60),
    "die": die,
    "boast": lambda: "x" * 2_000_000,
    "eat": lambda: len(bytearray(10**9)),
    "count files": lambda: len(list(Path("/proc/self/fd").iterdir())),
    "greet": lambda: "hello",
}


def act(question: Mapping[str, Any]) -> object:
    """What a checker of these tests does for each word."""
    return ACTS[question["do"]]()


@pytest.fixture
def checker() -> Iterator[Checker]:
    checker = Checker(act)
    yield checker
    checker.stop()


def ask(checker: Checker, what: str, *, seconds: float = 10) -> Any:
    return checker.ask({"do": what}, seconds=seconds)


def test_one_process_checks_answer_after_answer(checker: Checker) -> None:
    pids = {ask(checker, "who") for _ in range(20)}
    assert len(pids) == 1
    assert os.getpid() not in pids


def test_what_is_no_fault_of_ours_leaves_the_process_as_it_is(checker: Checker) -> None:
    before = ask(checker, "who")
    with pytest.raises(AnswerError) as unreadable:
        ask(checker, "unreadable")
    with pytest.raises(Undecided):
        ask(checker, "undecided")
    assert (unreadable.value.line, unreadable.value.column) == (2, 5)
    assert ask(checker, "who") == before


@pytest.mark.parametrize(
    ("what", "fault"),
    [
        ("die", r"left without a word \(SIGSEGV\)"),
        ("boast", "longer than 1000 kB"),
        ("eat", "out of memory"),
        ("sleep", r"not finished after 1\.5 s"),
        ("spin", "processor time used up"),
    ],
)
def test_what_goes_wrong_costs_its_own_answer(checker: Checker, what: str, fault: str) -> None:
    before = ask(checker, "who")
    with pytest.raises(Fault, match=fault):
        ask(checker, what, seconds=0.3 if what in ("sleep", "spin") else 10)
    after = ask(checker, "who")
    assert after != before
    with pytest.raises(ProcessLookupError):
        os.kill(before, 0)


def test_an_answer_has_its_own_processor_time(checker: Checker) -> None:
    """And not what those before it have left."""
    for _ in range(4):
        assert ask(checker, "work", seconds=0.5) > 0.2


def test_what_used_up_its_processor_time_is_tried_again_later(checker: Checker) -> None:
    with pytest.raises(TooSlow):
        ask(checker, "spin", seconds=0.2)


def test_a_process_that_was_killed_between_two_answers_is_not_missed(checker: Checker) -> None:
    before = ask(checker, "who")
    os.kill(before, signal.SIGKILL)
    deadline = time.monotonic() + 5
    while checker.is_ready() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert ask(checker, "who") != before


def test_a_process_that_is_killed_while_it_checks_is_a_fault_of_ours(checker: Checker) -> None:
    pid = ask(checker, "who")
    threading.Timer(0.2, os.kill, (pid, signal.SIGKILL)).start()
    with pytest.raises(Fault, match="SIGKILL"):
        ask(checker, "sleep", seconds=20)
    assert ask(checker, "greet") == "hello"


def test_what_nobody_waited_for_is_not_the_next_ones_verdict(
    checker: Checker, monkeypatch: Any
) -> None:
    """Celery's own time limit interrupts a worker wherever it is."""
    before = ask(checker, "who")
    with monkeypatch.context() as patched:
        patched.setattr("labs.checker.receive", interrupted)
        with pytest.raises(SoftTimeLimitExceeded):
            ask(checker, "who")
    assert ask(checker, "greet") == "hello"
    assert ask(checker, "who") != before


def interrupted(_pipe: int, _seconds: float) -> bytes:
    raise SoftTimeLimitExceeded


def test_a_process_that_does_not_read_its_question_is_not_waited_for(checker: Checker) -> None:
    os.kill(ask(checker, "who"), signal.SIGSTOP)
    with pytest.raises(Fault, match="not finished"):
        checker.ask({"do": "greet", "text": "x" * 300_000}, seconds=0.3)
    assert ask(checker, "greet") == "hello"


def test_after_a_number_of_answers_a_new_one_takes_its_place(
    checker: Checker, monkeypatch: Any
) -> None:
    monkeypatch.setattr("labs.checker.MOST_ANSWERS", 3)
    pids = [ask(checker, "who") for _ in range(7)]
    assert [pids.count(pid) for pid in dict.fromkeys(pids)] == [3, 3, 1]


def test_other_limits_are_another_process(checker: Checker, settings: Any) -> None:
    before = ask(checker, "who")
    settings.CHECK_MEMORY_MB += 1
    assert ask(checker, "who") != before


def test_it_holds_no_file_of_the_parents(checker: Checker) -> None:
    read, write = os.pipe()
    assert ask(checker, "count files") <= 6
    os.close(read)
    os.close(write)


def test_a_fork_of_its_owner_leaves_it_alone(checker: Checker) -> None:
    before = ask(checker, "who")
    pid = os.fork()
    if pid == 0:
        checker.stop()
        os._exit(0)
    os.waitpid(pid, 0)
    assert ask(checker, "who") == before


def test_a_long_answer_goes_through_the_pipe_whole() -> None:
    class Exercise:
        table: dict[str, Any] = {"wanted": ["allow"]}
        files: dict[str, str] = {"long.txt": "x" * 300_000}
        starter = ""

    report, *_rest = check_in_child("words", Exercise(), "allow " * 300, seconds=10)
    assert report.max_points == 2

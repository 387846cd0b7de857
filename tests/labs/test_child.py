from __future__ import annotations

import os
import resource
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from labs.checker import check_in_child
from labs.child import (
    Fault,
    advise_in_child,
    open_files,
    own_size,
    read_in_child,
    run_in_child,
)
from labs.grading.errors import AnswerError, SpecError
from labs.grading.report import Report
from labs.packed import packed, unpack
from tests.labs.kinds import bomb, crash, loop


class Exercise:
    table: dict[str, Any] = {"wanted": ["allow"]}
    files: dict[str, str] = {}
    starter = ""


def test_a_report_comes_back_as_it_was_made() -> None:
    counted, version, written = check_in_child("words", Exercise(), "allow", seconds=10)
    report = Report.from_json(unpack(written))
    assert (report.points, report.max_points, report.passed, version) == (2, 2, True, "words-1")
    assert report.extra == {"words": 1}
    assert (counted.points, counted.max_points, counted.passed) == (2, 2, True)


@pytest.mark.parametrize("text", ["allow", "deny", "deny\nwell"])
def test_a_report_comes_back_as_the_database_keeps_it(text: str) -> None:
    checked = check_in_child("words", Exercise(), text, seconds=10)
    assert checked.packed == packed(Report.from_json(unpack(checked.packed)).as_json())


def test_an_unreadable_answer_comes_back_with_its_place() -> None:
    with pytest.raises(AnswerError) as error:
        check_in_child("words", Exercise(), "allow\nthis!", seconds=10)
    assert (error.value.line, error.value.column) == (2, 5)


def test_reading_alone_says_nothing_when_all_is_well() -> None:
    read_in_child("words", "explode")  # a word like any other until it is checked


def test_a_kind_without_advice_only_reads() -> None:
    assert advise_in_child("words", Exercise(), "explode") == []
    with pytest.raises(AnswerError):
        advise_in_child("words", Exercise(), "this!")


@pytest.mark.parametrize(
    ("word", "fault"),
    [
        ("explode", "RuntimeError: boom"),
        ("crash", "the check left without a word (SIGSEGV)"),
        ("nothing", "the check checked nothing"),
        ("huge", "the report is longer than 1000 kB"),
        ("store", "File too large"),
    ],
)
def test_what_goes_wrong_is_a_fault_of_ours(word: str, fault: str) -> None:
    with pytest.raises(Fault) as error:
        check_in_child("words", Exercise(), word, seconds=10)
    assert fault in str(error.value)


def test_a_memory_bomb_costs_its_own_child_only(settings: Any) -> None:
    settings.CHECK_MEMORY_MB = 200
    before = own_size()
    with pytest.raises(Fault, match="out of memory"):
        run_in_child(bomb, seconds=10)
    assert own_size() - before < 50_000_000


def test_an_endless_loop_is_ended() -> None:
    with pytest.raises(Fault, match=r"not finished after 0\.2 s"):
        run_in_child(loop, seconds=0.2)


def children() -> set[str]:
    """Processes of which this one is the parent; ended ones that nobody waited for included."""
    status = {
        path.parent.name: path.read_text().rsplit(")", 1)[1].split()
        for path in Path("/proc").glob("[0-9]*/stat")
    }
    return {pid for pid, fields in status.items() if fields[1] == str(os.getpid())}


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_nobody_is_left_behind() -> None:
    before = children()
    for job in (loop, crash, bool):
        try:
            run_in_child(job, seconds=0.1)
        except Fault:
            continue
    assert children() == before


def test_a_deep_recursion_is_a_fault() -> None:
    def dive(depth: int = 0) -> int:
        return dive(depth + 1) + 1

    with pytest.raises(Fault, match="RecursionError"):
        run_in_child(dive, seconds=5)


def test_the_authors_mistake_is_no_verdict() -> None:
    def read_a_wrong_spec() -> None:
        raise SpecError("lab.toml: key wanted: is missing")

    with pytest.raises(Fault, match=r"the lab's files are wrong: lab\.toml"):
        run_in_child(read_a_wrong_spec, seconds=5)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {"a": [float("nan")]}])
def test_what_no_database_takes_is_a_fault(value: Any) -> None:
    with pytest.raises(Fault, match="the report is no JSON"):
        run_in_child(lambda: value, seconds=5)


def test_characters_that_postgresql_refuses_are_replaced() -> None:
    value = {"a\0": ["b\0", ("\ud800",)]}
    assert run_in_child(lambda: value, seconds=5) == {"a\ufffd": ["b\ufffd", ["?"]]}


def test_keys_that_are_no_texts_become_texts() -> None:
    assert run_in_child(lambda: {("a", 1): MappingProxyType({2: "b"})}, seconds=5) == {
        "('a', 1)": {"2": "b"}
    }


def test_what_only_looks_like_such_a_character_stays() -> None:
    value = {"pattern": "\\u0000", "face": "\U0001f600"}
    assert run_in_child(lambda: value, seconds=5) == value


def test_the_parents_files_are_closed_in_the_child() -> None:
    mine = os.open(os.devnull, os.O_RDONLY)
    high = os.dup2(mine, 40)

    def is_open() -> bool:
        try:
            os.fstat(high)
        except OSError:
            return False
        return True

    assert run_in_child(is_open, seconds=5) is False
    assert is_open()
    os.close(mine)
    os.close(high)


def test_packaged_data_can_be_read() -> None:
    assert run_in_child(lambda: Path(__file__).read_text()[:4], seconds=5) == "from"


def test_a_web_process_with_threads_can_do_it_too() -> None:
    results: list[object] = []

    def work() -> None:
        for _ in range(10):
            results.append(run_in_child(lambda: sum(range(100)), seconds=5))

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [4950] * 60


def test_the_wall_clock_counts_and_not_the_processor_alone() -> None:
    with pytest.raises(Fault, match="not finished"):
        run_in_child(lambda: time.sleep(60), seconds=0.1)


@pytest.fixture
def many_files() -> Iterator[list[int]]:
    """More open files than select() can count: a thousand learners who wait for verdicts."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    if before[1] < 6000:
        pytest.skip("this system allows too few open files")
    resource.setrlimit(resource.RLIMIT_NOFILE, (6000, before[1]))
    files = [os.dup(0) for _ in range(5000)]
    yield files
    for number in files:
        os.close(number)
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_a_process_with_thousands_of_open_files_can_still_read_an_answer(
    many_files: list[int],
) -> None:
    read_in_child("words", "allow")


def test_the_child_holds_none_of_them(many_files: list[int]) -> None:
    # The pipe, and the folder that is being read
    assert run_in_child(lambda: max(open_files()), seconds=10) <= 4


def test_where_no_process_can_be_made_it_is_our_fault_and_no_file_stays_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse() -> int:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", refuse)
    before = open_files()
    with pytest.raises(Fault, match="no child process could be made"):
        read_in_child("words", "allow")
    assert open_files() == before

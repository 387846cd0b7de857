"""A process that checks answers one after another, so that a check costs no fork.

It is forked by a worker's child, in which the engines are loaded already, sets its limits once, and
then reads questions from a pipe and writes what came of them into another. After a number of
answers, and after any that went wrong, a new one takes its place: a bomb or a crash costs that
answer and nobody else's.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import select
import signal
import threading
import time
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings

from labs import child
from labs.child import Exercise, Fault
from labs.grading import grade
from labs.grading.counted import counted
from labs.grading.report import Report
from labs.messages import as_data, text_of_result
from labs.packed import Packed

MOST_ANSWERS = 200  # then a new process
PATIENCE = 5  # seconds by the clock for each of processor time
HEAD = 4  # bytes that say how long a message is
ASKING, TELLING = 3, 4  # the two ends in the process

Check = Callable[[Mapping[str, Any]], Any]


class Checked(NamedTuple):
    """`packed` is the report as the database keeps it: the checker has written it down already.
    `counted` is what else has to be known of it (`labs/grading/counted.py`)."""

    counted: Report
    version: str  # of the engine
    packed: Packed


def check_in_child(kind_name: str, exercise: Exercise, text: str, *, seconds: float) -> Checked:
    """AnswerError: unreadable. Undecided: beyond the engine's limits. Fault: could not be
    checked."""
    question = {
        "kind": kind_name,
        "table": exercise.table,
        "files": exercise.files,
        "text": text,
        "starter": exercise.starter,
    }
    version = child.engine(kind_name).VERSION
    answer, text_of_answer = checker_of_thread().ask_in_writing(question, seconds=seconds)
    found = counted(answer)
    if not found.max_points:
        raise Fault("the check checked nothing")
    return Checked(found, version, Packed.from_text(text_of_answer))


def checked(question: Mapping[str, Any]) -> dict[str, object]:
    table, files = json.dumps(question["table"]), json.dumps(question["files"])
    exercise = exercise_for(question["kind"], table, files, question["starter"])
    return exercise.grade(question["text"], with_cure=True).as_json()


@lru_cache(maxsize=100)
def exercise_for(kind_name: str, table: str, files: str, starter: str) -> grade.Exercise:
    """Kept for the next answer to the same variant: reading the spec and checking the starter takes
    about as long as the check itself."""
    return grade.exercise_of(
        child.engine(kind_name), table=json.loads(table), files=json.loads(files), starter=starter
    )


class Checker:
    """`check` runs in the process; what it is asked and what it answers are JSON."""

    def __init__(self, check: Check) -> None:
        self.check = check
        self.pid = self.owner = self.left = self.memory = 0
        self.asking = self.hearing = -1

    def ask(self, question: Mapping[str, Any], *, seconds: float) -> Any:
        return self.ask_in_writing(question, seconds=seconds)[0]

    def ask_in_writing(self, question: Mapping[str, Any], *, seconds: float) -> tuple[Any, bytes]:
        """What `check` returns, and the same as text. AnswerError and Undecided pass through; all
        else is a Fault. `seconds` of processor time: what others do on the machine is no fault of
        the answer's. By the clock it may take longer, up to where the worker's own limit comes
        near."""
        if not self.is_ready():
            self.stop()
            self.start()
        self.left -= 1
        patience = min(PATIENCE * seconds, max(seconds, settings.CHECK_SECONDS) + 5)
        data = self.exchange(message({"seconds": seconds, "question": question}), patience)
        try:
            return child.understand(data, 0), text_of_result(data)
        except Fault:
            self.stop()
            raise

    def is_ready(self) -> bool:
        """Of this process, with answers left to check, and with the limits of today."""
        mine = self.owner == os.getpid() and self.memory == settings.CHECK_MEMORY_MB
        return mine and self.left > 0 and self.is_alive()

    def is_alive(self) -> bool:
        if self.pid and os.waitpid(self.pid, os.WNOHANG)[0]:
            self.pid = 0
        return self.pid != 0

    def exchange(self, question: bytes, seconds: float) -> bytes:
        try:
            tell(self.asking, question, seconds)
            return receive(self.hearing, seconds)
        except (EOFError, BrokenPipeError):
            raise fault_of(self.stop(patience=0.2)) from None
        except BaseException:
            # The worker's own time limit, too: what nobody waited for would be the next one's
            self.stop()
            raise

    # --- Its life -----------------------------------------------------------------------------

    def start(self) -> None:
        try:
            questions, self.asking = os.pipe()
            self.hearing, answers = os.pipe()
        except OSError as error:  # no file is left; the process that has none is given up soon
            raise Fault(f"no pipe could be made: {error}") from error
        pid = child.fork(questions, self.asking, self.hearing, answers)
        if pid == 0:
            serve_and_leave(self.check, questions, answers)
        os.close(questions)
        os.close(answers)
        os.set_blocking(self.asking, False)
        self.pid, self.owner = pid, os.getpid()
        self.left, self.memory = MOST_ANSWERS, settings.CHECK_MEMORY_MB

    def stop(self, *, patience: float = 0) -> str:
        """How it ended, in words. A fork of its owner leaves it to the owner."""
        words = "ended before"
        if self.owner == os.getpid():
            if self.pid:
                words = child.describe(child.end(self.pid, patience=patience))
            os.close(self.asking)
            os.close(self.hearing)
        self.pid = self.owner = self.left = 0
        return words


def fault_of(end: str) -> Fault:
    if end == child.TIME_USED_UP:
        return child.TooSlow(end)
    return Fault(f"the check left without a word ({end})")


# --- In the process -------------------------------------------------------------------------------


def serve_and_leave(check: Check, questions: int, answers: int) -> None:
    """Never returns: nothing of the parent's clean-up may run here."""
    try:
        settle(questions, answers)
        while True:
            serve(check)
    except BaseException:  # noqa: BLE001, S110, RUF100 (the parent sees the silence)
        pass
    finally:
        os._exit(0)


def settle(questions: int, answers: int) -> None:
    # Out of the way first: one of them may have the other's number
    ends = [fcntl.fcntl(one, fcntl.F_DUPFD, 100) for one in (questions, answers)]
    for one, number in zip(ends, (ASKING, TELLING), strict=True):
        os.dup2(one, number)
    child.settle(last_file=TELLING)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    child.limit_size()


def serve(check: Check) -> None:
    """One question. Its processor time is limited by a timer of its own."""
    asked = json.loads(read_message(ASKING))
    signal.setitimer(signal.ITIMER_PROF, asked["seconds"])
    answer = child.answer_of(lambda: check(asked["question"]))
    signal.setitimer(signal.ITIMER_PROF, 0)
    data = as_data(answer)
    if len(data) > child.LARGEST_OUTPUT:
        data = as_data({"fault": child.TOO_LONG})
    write_all(TELLING, len(data).to_bytes(HEAD) + data)


# --- Messages -------------------------------------------------------------------------------------


def message(value: object) -> bytes:
    data = json.dumps(value).encode()
    return len(data).to_bytes(HEAD) + data


def write_all(pipe: int, data: bytes) -> None:
    while data:
        data = data[os.write(pipe, data) :]


def tell(pipe: int, data: bytes, seconds: float) -> None:
    """As `write_all`, but not for longer than `seconds` (a Fault): a question may be larger than
    what the pipe holds."""
    deadline = time.monotonic() + seconds
    while data:
        child.wait_for(pipe, deadline, seconds, event=select.POLLOUT)
        data = data[os.write(pipe, data) :]


def read_message(pipe: int) -> bytes:
    """EOFError when nobody asks any more."""
    return read_exactly(pipe, int.from_bytes(read_exactly(pipe, HEAD)))


def read_exactly(pipe: int, size: int) -> bytes:
    data = b""
    while len(data) < size:
        chunk = os.read(pipe, size - len(data))
        if not chunk:
            raise EOFError
        data += chunk
    return data


def receive(pipe: int, seconds: float) -> bytes:
    """As `read_message`, but not for longer than `seconds` (a Fault)."""
    deadline = time.monotonic() + seconds
    data = bytearray()
    size = HEAD
    while len(data) < size:
        child.wait_for(pipe, deadline, seconds)
        chunk = os.read(pipe, size - len(data))
        if not chunk:
            raise EOFError
        data += chunk
        if size == HEAD and len(data) == HEAD:
            size += int.from_bytes(data)
    return bytes(data[HEAD:])


# --- One a thread ---------------------------------------------------------------------------------

own = threading.local()


def checker_of_thread() -> Checker:
    """The process ends with the thread that made it, so each thread has its own."""
    if getattr(own, "checker", None) is None:
        own.checker = Checker(checked)
    found: Checker = own.checker
    return found


def leave() -> None:
    """A new process for the next answer."""
    with contextlib.suppress(AttributeError):
        own.checker.stop()

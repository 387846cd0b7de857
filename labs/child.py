"""Read or check one answer in a forked child with limits, so that a bomb or a crash costs that
answer only.

The child does nothing but compute: it holds no lock of ours, touches no connection, writes one JSON
value into a pipe and leaves by `os._exit`. The web process forks too (for `parse`), although it has
threads: should a child inherit a lock that nobody will ever release, it stands still until its time
is up, and the answer goes to the worker unread. Measured beside parsing in the web process itself:
see labs/README.md.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import json
import os
import resource
import select
import signal
import sys
import time
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings

from labs.grading.errors import AnswerError, SpecError, Undecided
from labs.grading.grade import advice, read_answer
from labs.grading.kind import BoundedParser
from labs.grading.kinds import KINDS
from labs.grading.report import Finding
from labs.grading.report_json import text_from_json, to_json
from labs.messages import RESULT, as_data

LARGEST_OUTPUT = 1_000_000  # bytes; a report is a few thousand
TIME_USED_UP = "processor time used up"
TOO_LONG = f"the report is longer than {LARGEST_OUTPUT // 1000} kB"
OPEN_FILES = 64  # a kind may read packaged service data
READING_SECONDS = 3.0  # somebody waits for the form's answer meanwhile
PR_SET_PDEATHSIG = 1
PLAIN_SIGNALS = (
    signal.SIGTERM,
    signal.SIGINT,
    signal.SIGALRM,
    signal.SIGUSR1,
    signal.SIGUSR2,
    signal.SIGHUP,
)
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None

# Python 3.12 warns of fork in a process with threads; the text above says why it is done.
warnings.filterwarnings(
    "ignore", message=".*fork\\(\\) may lead to deadlocks", category=DeprecationWarning
)


class Exercise(Protocol):
    """What a check needs of a lab's variant."""

    table: dict[str, object]
    files: dict[str, str]
    starter: str


class Fault(Exception):
    """Our side failed: never the learner's fault, and never a verdict."""


class TooSlow(Fault):
    """Not finished in the time that it had."""


def read(kind_name: str, text: str) -> None:
    """Raise AnswerError when `text` cannot be read; Fault when that cannot be found out. Here where
    the kind's parser is bounded, else in a child."""
    kind = engine(kind_name)
    if not isinstance(kind, BoundedParser):
        return read_in_child(kind_name, text)
    try:
        read_answer(kind, text)
    except AnswerError:
        raise
    except Exception as error:
        raise Fault(f"the parser failed: {error!r}") from error


def read_in_child(kind_name: str, text: str) -> None:
    kind = engine(kind_name)

    def parse() -> None:
        read_answer(kind, text)

    run_in_child(parse, seconds=READING_SECONDS)


def advise_in_child(kind_name: str, exercise: Exercise, text: str) -> list[Finding]:
    """What can be said of the answer while it is typed; empty for kinds that only read it.
    Raises as `read_in_child`."""
    kind = engine(kind_name)

    def advise() -> list[dict[str, object]]:
        found = advice(kind, table=exercise.table, files=exercise.files, text=text)
        return [finding.as_json() for finding in found]

    return [Finding.from_json(row) for row in run_in_child(advise, seconds=READING_SECONDS)]


def engine(kind_name: str) -> Any:
    if kind_name not in KINDS:
        raise Fault(f"there is no kind {kind_name!r}")
    return KINDS[kind_name]


def run_in_child(job: Callable[[], Any], *, seconds: float) -> Any:
    """What `job` returns, as JSON. AnswerError and Undecided pass through;
    everything else that goes wrong is a Fault."""
    receiving, sending = os.pipe()
    pid = fork(receiving, sending)
    if pid == 0:
        run_and_leave(job, sending, seconds)
    os.close(sending)
    try:
        output = receive(receiving, seconds)
    finally:
        os.close(receiving)
        status = end(pid)
    return understand(output, status)


def fork(*pipe: int) -> int:
    try:
        return os.fork()
    except OSError as error:  # the system has no room for one more process
        for end_of_pipe in pipe:
            os.close(end_of_pipe)
        raise Fault(f"no child process could be made: {error}") from error


# --- In the child ---------------------------------------------------------------------------------


def run_and_leave(job: Callable[[], Any], sending: int, seconds: float) -> None:
    """Never returns: nothing of the parent's clean-up may run here."""
    try:
        os.dup2(sending, 3)
        settle(last_file=3)
        limit_processor(seconds)
        limit_size()
        send(answer_of(job))
    except BaseException:  # noqa: BLE001, S110, RUF100 (the parent sees the silence)
        pass
    finally:
        os._exit(0)


def settle(*, last_file: int) -> None:
    """Keep nothing of the parent but the files up to this number."""
    if LIBC is not None:
        # A worker that is killed leaves nothing running
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    for number in PLAIN_SIGNALS:
        signal.signal(number, signal.SIG_DFL)
    gc.freeze()  # the parent's garbage must not be finalised here
    # The parent's sockets and files
    os.closerange(last_file + 1, max(open_files(), default=last_file) + 1)


def open_files() -> list[int]:
    """Their numbers; some thousand are guessed where the system does not tell."""
    folder = Path("/proc/self/fd" if sys.platform == "linux" else "/dev/fd")
    return [int(entry.name) for entry in folder.iterdir()] if folder.is_dir() else [4096]


def limit_processor(seconds: float) -> None:
    processor = int(seconds) + 1
    set_limit(resource.RLIMIT_CPU, processor, processor + 1)


def limit_size() -> None:
    set_limit(resource.RLIMIT_FSIZE, 0, 0)
    set_limit(resource.RLIMIT_CORE, 0, 0)
    set_limit(resource.RLIMIT_NOFILE, OPEN_FILES, OPEN_FILES)
    if sys.platform == "linux":
        size = own_size() + settings.CHECK_MEMORY_MB * 1024 * 1024
        set_limit(resource.RLIMIT_AS, size, size)


def set_limit(what: int, soft: int, hard: int) -> None:
    with contextlib.suppress(ValueError):  # the operator's limit is lower already
        resource.setrlimit(what, (soft, hard))


def own_size() -> int:
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


def answer_of(job: Callable[[], Any]) -> dict[str, object]:
    try:
        return {RESULT: job()}
    except AnswerError as error:
        return {"unreadable": [to_json(error.message), error.line, error.column]}
    except Undecided as error:
        return {"undecided": str(error)}
    except SpecError as error:
        return {"fault": f"the lab's files are wrong: {error}"}
    except MemoryError:
        return {"fault": "out of memory"}
    except Exception:
        return {"fault": traceback.format_exc(limit=-8)}


def send(answer: dict[str, object]) -> None:
    data = as_data(answer)
    while data:
        data = data[os.write(3, data) :]


# --- In the parent --------------------------------------------------------------------------------


def receive(receiving: int, seconds: float) -> bytes:
    """Everything the child sends until it leaves; Fault when it takes too long or sends too
    much."""
    deadline, size = time.monotonic() + seconds, 0
    chunks: list[bytes] = []
    while True:
        wait_for(receiving, deadline, seconds)
        chunk = os.read(receiving, 65536)
        if not chunk:
            return b"".join(chunks)
        chunks.append(chunk)
        size += len(chunk)
        if size > LARGEST_OUTPUT:
            raise Fault(TOO_LONG)


def wait_for(pipe: int, deadline: float, seconds: float, *, event: int = select.POLLIN) -> None:
    """Until there is something to read, or room to write."""
    # Select() itself fails beyond 1023 open files: a web process with many readers has more
    waiting = select.poll()
    waiting.register(pipe, event)
    if not waiting.poll(max(0.0, deadline - time.monotonic()) * 1000):
        raise TooSlow(f"not finished after {seconds:g} s")


def end(pid: int, *, patience: float = 0) -> int:
    """The child's exit status; a child that still runs is killed (it has nothing more to say)."""
    deadline = time.monotonic() + patience
    done, status = os.waitpid(pid, os.WNOHANG)
    while not done and time.monotonic() < deadline:
        time.sleep(0.005)
        done, status = os.waitpid(pid, os.WNOHANG)
    if not done:
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
    return status


def understand(output: bytes, status: int) -> Any:
    try:
        answer = json.loads(output)
    except ValueError:
        raise Fault(f"the check left without a word ({describe(status)})") from None
    if "unreadable" in answer:
        message, line, column = answer["unreadable"]
        raise AnswerError(text_from_json(message), line, column)
    if "undecided" in answer:
        raise Undecided(answer["undecided"])
    if "fault" in answer:
        raise Fault(answer["fault"])
    return answer[RESULT]


def describe(status: int) -> str:
    if not os.WIFSIGNALED(status):
        return f"exit status {os.waitstatus_to_exitcode(status)}"
    number = os.WTERMSIG(status)
    is_late = number in (signal.SIGXCPU, signal.SIGPROF)
    return TIME_USED_UP if is_late else signal.Signals(number).name

"""The supervisor keeps its processes running and ends them in order."""

from __future__ import annotations

import os
import signal
import sys
import time

import pytest

from portal.supervisor import Service, Supervisor, describe_exit

SLEEPER = [sys.executable, "-c", "import time; print('awake', flush=True); time.sleep(60)"]


def until(condition, seconds=10.0):
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()


@pytest.fixture
def supervisor():
    supervisor = Supervisor()
    yield supervisor
    supervisor.stop()


def is_gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_each_line_carries_the_name_of_its_process(supervisor, capsys):
    supervisor.add(Service("web", SLEEPER))
    output = []
    assert until(lambda: output.append(capsys.readouterr().out) or "awake" in "".join(output))
    assert "    web | awake\n" in "".join(output)


def test_a_process_that_was_killed_is_started_again(supervisor):
    service = supervisor.add(Service("worker", SLEEPER))
    first = service.process.pid
    service.process.kill()
    assert until(lambda: service.watch() or (service.is_running and service.process.pid != first))


PARENT = """
import subprocess, sys, time
print(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]).pid, flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_what_a_killed_process_leaves_behind_ends_with_it(supervisor, capsys, number):
    """A web worker without its master would go on serving the port,
    also after the portal has ended."""
    service = supervisor.add(Service("web", [sys.executable, "-c", PARENT]))
    lines = []
    assert until(lambda: lines.extend(capsys.readouterr().out.split()) or lines)
    service.process.send_signal(number)
    assert until(lambda: not service.is_running)
    service.watch()
    assert until(lambda: is_gone(int(lines[-1])))


def test_a_process_that_leaves_at_once_is_started_ever_more_slowly(supervisor):
    service = supervisor.add(Service("worker", [sys.executable, "-c", "raise SystemExit(3)"]))
    pauses = []
    for _ in range(3):
        assert until(lambda: not service.is_running)
        service.watch()
        pauses.append(service.pause)
        service.start_after = 0
        service.watch()
    assert pauses == [1, 3, 7]


def test_stopping_ends_the_last_started_first(supervisor):
    ended = []
    for name in ("broker", "worker", "web"):
        service = supervisor.add(Service(name, SLEEPER))
        service.stop = lambda name=name, stop=service.stop: (ended.append(name), stop())
    pids = [service.process.pid for service in supervisor.services]
    supervisor.stop()
    assert ended == ["web", "worker", "broker"]
    assert all(is_gone(pid) for pid in pids)


def test_a_process_that_does_not_listen_is_killed_with_its_children(supervisor):
    deaf = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', "
        "flush=True); time.sleep(60)"
    )
    service = supervisor.add(Service("worker", [sys.executable, "-c", deaf], patience=0.5))
    time.sleep(0.5)
    pid = service.process.pid
    service.stop()
    assert is_gone(pid)


def test_waiting_for_a_process_ends_when_it_leaves(supervisor):
    service = supervisor.add(Service("web", [sys.executable, "-c", "pass"]))
    assert supervisor.wait_for(service, lambda: False, seconds=30) is False


def test_an_exit_is_described_in_words():
    assert describe_exit(-signal.SIGKILL) == "killed by SIGKILL"
    assert describe_exit(3) == "exit status 3"

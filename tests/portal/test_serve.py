"""The web server of a deployment, told to end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from portal.draining import MARK
from portal.serve import APPLICATIONS, Server


class Bell:
    """Rung by a signal's handler; and another signal comes while it rings."""

    def __init__(self, server: Server) -> None:
        self.server, self.rung = server, 0

    def set(self) -> None:
        self.rung += 1
        assert self.rung < 5, "each ring is within another"
        self.server.signal_handler_interrupt()


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Server:
    monkeypatch.setenv(MARK, str(tmp_path / "draining"))
    application, interface = APPLICATIONS["pages"]
    return Server(application, interface=interface)


def test_the_first_signal_closes_the_door_some_seconds_later(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    timers: list[tuple[float, Callable[[], None]]] = []

    def timer(seconds: float, act: Callable[[], None]) -> SimpleNamespace:
        return SimpleNamespace(start=lambda: timers.append((seconds, act)))

    monkeypatch.setattr("portal.serve.threading", SimpleNamespace(Timer=timer))
    monkeypatch.setenv("DRAIN_SECONDS", "4")
    server.main_loop_interrupt = Bell(server)
    server.signal_handler_interrupt()
    [(seconds, act)] = timers
    assert (tmp_path / "draining").exists()
    assert (seconds, server.main_loop_interrupt.rung) == (4, 0)
    act()
    assert server.main_loop_interrupt.rung == 1


def test_signals_within_a_signal_end_it_once(server: Server, tmp_path: Path) -> None:
    (tmp_path / "draining").touch()
    server.main_loop_interrupt = Bell(server)
    server.signal_handler_interrupt()
    assert server.main_loop_interrupt.rung == 1
    assert server.interrupt_signal

"""What a limited child costs beside doing the same in the process itself; with 8 idle threads, as a
web process has them."""

from __future__ import annotations

import contextlib
import json
import statistics
import threading
from collections.abc import Iterator

from labs.child import read_in_child
from labs.grading.grade import read_answer
from labs.grading.kinds import KINDS
from tests.bench.clock import in_turns, share, wall_ms
from tests.bench.row import Effort, Row

KIND = "security-group"
RULE = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}


def rows(effort: Effort) -> Iterator[Row]:
    with idle_threads():
        for number in (1, 20, 180):
            yield of_rules(number, effort.times(30))


def of_rules(number: int, times: int) -> Row:
    text = json.dumps({"inbound": [RULE] * number})
    works = {
        "ours": lambda: read_in_child(KIND, text),
        "floor": lambda: read_answer(KINDS[KIND], text),
    }
    taken = in_turns(works, times, clock=wall_ms)
    figures = {name: statistics.median(found) for name, found in taken.items()}
    note = f"p95 {share(taken['ours'], 0.95):.1f} ms"
    return Row(f"read {number} rules in a forked child", **figures, unit="ms", note=note)


@contextlib.contextmanager
def idle_threads() -> Iterator[None]:
    stop = threading.Event()
    for _ in range(8):
        threading.Thread(target=stop.wait, daemon=True).start()
    yield
    stop.set()

"""What a limited child costs beside doing the same in the process itself:
`python -m tests.bench.bench_child`.

With 8 idle threads, as a web process has them; medians of 200.
"""

from __future__ import annotations

import json
import os
import statistics
import threading
import time
from collections.abc import Callable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from labs.child import read_in_child  # noqa: E402
from labs.grading.grade import read_answer  # noqa: E402
from labs.grading.kinds import KINDS  # noqa: E402

ROUNDS = 200
RULE = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}


def median_ms(act: Callable[[], object]) -> tuple[float, float]:
    took = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        act()
        took.append(1000 * (time.perf_counter() - started))
    return statistics.median(took), statistics.quantiles(took, n=20)[18]


def main() -> None:
    stop = threading.Event()
    for _ in range(8):
        threading.Thread(target=stop.wait, daemon=True).start()
    for count in (1, 20, 180):
        text = json.dumps({"inbound": [RULE] * count})
        here = median_ms(lambda text=text: read_answer(KINDS["security-group"], text))
        child = median_ms(lambda text=text: read_in_child("security-group", text))
        print(
            f"{len(text):6} bytes   in the process {here[0]:7.2f} ms (p95 {here[1]:7.2f})"
            f"   in a child {child[0]:7.2f} ms (p95 {child[1]:7.2f})"
        )
    stop.set()


if __name__ == "__main__":
    main()

"""What the network engine costs: `python -m tests.bench.bench_network` prints figures,
it asserts nothing."""

from __future__ import annotations

import json
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from labs.grading.network.rules.algebra import compare
from labs.grading.network.rules.permissions import read_permissions
from labs.grading.network.rules.simplest import simplest
from labs.grading.network.topology.journey import Probe
from labs.grading.network.topology.walk import walk
from tests.labs.grading.network.small_network import network

SAMPLES = Path(__file__).parents[1] / "fixtures" / "network" / "sg-pairs.jsonl"


def milliseconds(work: Callable[[], object], times: int = 7) -> float:
    """The median of several runs."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def random_rules(dice: random.Random, number: int, protocols: list[str]) -> list[dict]:
    rules = []
    for _ in range(number):
        low = dice.randint(0, 60000)
        length = dice.choice([8, 12, 16, 20, 24, 28, 32])
        first, *rest = dice.randint(1, 223), *(dice.randint(0, 255) for _ in range(3))
        block = f"{'.'.join(map(str, (first, *rest)))}/{length}"
        rules.append(
            {
                "IpProtocol": dice.choice(protocols),
                "FromPort": low,
                "ToPort": low + dice.randint(0, 4000),
                "IpRanges": [{"CidrIp": block}],
            }
        )
    return rules


def bench_samples() -> None:
    rows = [json.loads(line) for line in SAMPLES.read_text().splitlines()]
    pairs = [(read_permissions(row["learner"]), read_permissions(row["expected"])) for row in rows]
    taken = [milliseconds(lambda pair=pair: compare(*pair), 3) for pair in pairs]
    print(
        f"compare, {len(rows)} sample pairs: median {statistics.median(taken):.3f} ms, worst "
        f"{max(taken):.3f} ms"
    )
    reading = [milliseconds(lambda row=row: read_permissions(row["learner"]), 3) for row in rows]
    print(f"read the rules of a sample: median {statistics.median(reading):.3f} ms")


def bench_full_groups() -> None:
    dice = random.Random(5)
    for name, protocols in (("tcp alone", ["tcp"]), ("four protocols", ["tcp", "udp", "6", "-1"])):
        left, right = (read_permissions(random_rules(dice, 60, protocols)) for _ in range(2))
        print(
            f"compare 60 × 60 rules, {name}: "
            f"{milliseconds(lambda pair=(left, right): compare(*pair)):.2f} ms"
        )
        print(
            f"simplest form of 60 rules, {name}: "
            f"{milliseconds(lambda rules=left: simplest(rules)):.2f} ms"
        )


def bench_probes() -> None:
    made = network()
    sources = ("web", "lb", "bastion", "203.0.113.5")
    probes = [
        Probe(a, b, "tcp", port)
        for a in sources
        for b in ("web", "lb", "bastion")
        for port in range(25)
    ]
    taken = milliseconds(lambda: [walk(made, probe) for probe in probes])
    print(f"walk {len(probes)} probes with ACLs, routes and NAT: {taken:.2f} ms")


def main() -> None:
    bench_samples()
    bench_full_groups()
    bench_probes()


if __name__ == "__main__":
    main()

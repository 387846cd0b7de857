"""What the network engine costs, in processor time."""

from __future__ import annotations

import json
import random
import statistics
from collections.abc import Callable, Iterator
from pathlib import Path

from labs.grading.network.rules.algebra import compare
from labs.grading.network.rules.permissions import read_permissions
from labs.grading.network.rules.simplest import simplest
from labs.grading.network.topology.journey import Probe
from labs.grading.network.topology.walk import walk
from tests.bench.clock import in_turns
from tests.bench.row import Effort, Row
from tests.labs.grading.network.small_network import network

SAMPLES = Path(__file__).parents[1] / "fixtures" / "network" / "sg-pairs.jsonl"


def rows(effort: Effort) -> Iterator[Row]:
    yield from sample_rows(effort)
    yield from full_group_rows(effort)
    yield probes_row(effort)


def median_cpu(work: Callable[[], object], effort: Effort) -> float:
    return statistics.median(in_turns({"work": work}, effort.times(3), warming_up=1)["work"])


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


def sample_rows(effort: Effort) -> Iterator[Row]:
    samples = [json.loads(line) for line in SAMPLES.read_text().splitlines()]
    pairs = [
        (read_permissions(row["learner"]), read_permissions(row["expected"])) for row in samples
    ]
    taken = [median_cpu(lambda pair=pair: compare(*pair), effort) for pair in pairs]
    note = f"{len(samples)} pairs, worst {max(taken):.2f} ms"
    yield Row("compare security groups", statistics.median(taken), "ms CPU", note=note)
    reading = [
        median_cpu(lambda row=row: read_permissions(row["learner"]), effort) for row in samples
    ]
    yield Row("read a security group", statistics.median(reading), "ms CPU")


def full_group_rows(effort: Effort) -> Iterator[Row]:
    dice = random.Random(5)
    for name, protocols in (("tcp alone", ["tcp"]), ("four protocols", ["tcp", "udp", "6", "-1"])):
        left, right = (read_permissions(random_rules(dice, 60, protocols)) for _ in range(2))
        taken = median_cpu(lambda pair=(left, right): compare(*pair), effort)
        yield Row(f"compare 60 × 60 rules, {name}", taken, "ms CPU")
        taken = median_cpu(lambda rules=left: simplest(rules), effort)
        yield Row(f"simplest form of 60 rules, {name}", taken, "ms CPU")


def probes_row(effort: Effort) -> Row:
    made = network()
    sources = ("web", "lb", "bastion", "203.0.113.5")
    probes = [
        Probe(a, b, "tcp", port)
        for a in sources
        for b in ("web", "lb", "bastion")
        for port in range(25)
    ]
    taken = median_cpu(lambda: [walk(made, probe) for probe in probes], effort)
    return Row(f"walk {len(probes)} probes", taken, "ms CPU", note="with ACLs, routes and NAT")

"""Which sizes a task on Fargate can have.

Source: ECS API Reference, RegisterTaskDefinition, `memory`; ECS Developer Guide, "Amazon ECS task
definition parameters for Fargate", task size.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

GB = 1024  # MiB
# CPU units → MiB
SIZES: Mapping[int, Sequence[int]] = {
    256: (512, 1 * GB, 2 * GB),
    512: range(1 * GB, 4 * GB + 1, GB),
    1024: range(2 * GB, 8 * GB + 1, GB),
    2048: range(4 * GB, 16 * GB + 1, GB),
    4096: range(8 * GB, 30 * GB + 1, GB),
    8192: range(16 * GB, 60 * GB + 1, 4 * GB),
    16384: range(32 * GB, 120 * GB + 1, 8 * GB),
}


def fits(cpu: int, memory: int) -> bool:
    return memory in SIZES.get(cpu, ())

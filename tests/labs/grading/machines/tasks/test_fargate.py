"""ECS API Reference, RegisterTaskDefinition, `memory`: the sizes of tasks on Fargate."""

from __future__ import annotations

import pytest

from labs.grading.machines.tasks.fargate import fits


@pytest.mark.parametrize(
    ("cpu", "memory"),
    [
        (256, 512), (256, 1024), (256, 2048), (512, 1024), (512, 4096), (1024, 2048), (1024, 8192),
        (2048, 4096), (2048, 16384), (4096, 8192), (4096, 30720), (8192, 16384), (8192, 61440),
        (16384, 32768), (16384, 122880),
    ],
)  # fmt: skip
def test_the_documented_sizes_fit(cpu: int, memory: int) -> None:
    assert fits(cpu, memory)


@pytest.mark.parametrize(
    ("cpu", "memory"),
    [(256, 4096), (256, 1536), (512, 512), (1024, 1024), (1024, 9216), (4096, 31744),
     (8192, 17408), (16384, 36864), (300, 512), (0, 0)],
)  # fmt: skip
def test_others_do_not(cpu: int, memory: int) -> None:
    assert not fits(cpu, memory)

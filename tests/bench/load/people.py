"""The people of a load test, as its learners need them."""

from __future__ import annotations

import json
from dataclasses import dataclass

from tests.deployment import Deployment


@dataclass(frozen=True, slots=True)
class Crowd:
    """Session keys of learners (for the portal, and for the bare page), and what there is to
    read."""

    sessions: list[tuple[str, str]]
    lessons: list[str]


def fill(deployment: Deployment, people: int) -> Crowd:
    answer = deployment.run("python", "-m", "tests.bench.load.filling", str(people))
    return Crowd(**json.loads(answer.splitlines()[-1]))

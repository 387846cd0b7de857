"""Why the API server takes an object no further."""

from __future__ import annotations

from dataclasses import dataclass

from labs.grading.errors import Position
from labs.grading.said import say


@dataclass(frozen=True, slots=True)
class Fault:
    """`cure`: what to do; `says`: what the server answers."""

    code: str
    cure: str
    says: str
    at: Position

    @property
    def words(self) -> str:
        return say("{cure} Kubernetes: “{says}”", cure=self.cure, says=self.says)

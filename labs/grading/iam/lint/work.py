"""What looking at one document may cost: steps instead of seconds, so that the same document is
always looked at to the same depth, and a note of what was left out."""

from __future__ import annotations

from labs.grading.iam.lint.suggestions import MOST_HINTS, Hints
from labs.grading.wildcards.budget import Budget

STEPS = 300_000  # about a microsecond each; an ordinary policy needs 2,000
COMPARISONS = 100_000


class Work(Hints):
    """Hints and comparisons for one document."""

    def __init__(self, hints: int = MOST_HINTS, steps: int = STEPS) -> None:
        super().__init__(hints)
        self.steps = steps
        self.skipped = False
        # For conditions that exclude each other, which are decided by the comparison's engine
        self.budget = Budget(COMPARISONS)

    def affords(self, steps: int) -> bool:
        """Pays for the steps; False, and noted, when there are not enough of them."""
        if steps > self.steps:
            self.skipped = True
            return False
        self.steps -= steps
        return True

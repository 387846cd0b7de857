"""Old verdicts looked at again: the run, what it found for each text, and each answer in it."""

from portal.regrades.models.answers import CHANGES, Effect, Fate, RegradedAnswer
from portal.regrades.models.regrades import AT_WORK, Regrade, Stage
from portal.regrades.models.verdicts import NewVerdict

__all__ = [
    "AT_WORK",
    "CHANGES",
    "Effect",
    "Fate",
    "NewVerdict",
    "Regrade",
    "RegradedAnswer",
    "Stage",
]

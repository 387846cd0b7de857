"""What a person's export holds of regrades, and what goes when they are erased."""

from __future__ import annotations

from typing import Any

from portal.regrades.models import NewVerdict, Regrade, RegradedAnswer


def regrades_of(user: Any) -> dict[str, Any]:
    mine = RegradedAnswer.objects.filter(user=user.pk).select_related("regrade__lab", "submission")
    begun = Regrade.objects.filter(author=user.pk).select_related("lab")
    return {
        "checked_again": [
            {
                "lab": one.regrade.lab.title,
                "handed_in_at": one.submission.created_at,
                "effect": one.effect,
                "outcome": one.fate,
                "at": one.at,
            }
            for one in mine.defer("submission__text")
        ],
        "regrades": [
            {
                "lab": one.lab.title,
                "began_at": one.made_at,
                "state": one.stage,
                "reason": one.reason,
                "reason_to_undo": one.undo_reason,
            }
            for one in begun
        ],
    }


def erase_regrades(user: Any) -> None:
    """What was found for a text quotes it; where others wrote the same, it is theirs, too."""
    mine = RegradedAnswer.objects.filter(user=user.pk)
    verdicts = list(mine.values_list("verdict", flat=True))
    mine.delete()
    NewVerdict.objects.filter(pk__in=verdicts, answers=None).delete()
    Regrade.objects.filter(author=user.pk).update(author=None)

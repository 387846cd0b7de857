"""A score in words: checks and percent, and why a check that holds may not count yet."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from labs.grading.report import Demand, Report


def score_words(report: Report, percent: int) -> str:
    """Where nothing could be decided there are no checks to count."""
    if report.refused or not report.checks:
        return f"{percent} %"
    held, checks = sum(one.passed for one in report.checks), len(report.checks)
    words = ngettext(
        "%(held)d of %(checks)d check · %(percent)d %%",
        "%(held)d of %(checks)d checks · %(percent)d %%",
        checks,
    )
    return words % {"held": held, "checks": checks, "percent": percent}


def score_notes(report: Report) -> Iterator[str]:
    """Why the percentage is not simply the share of checks that hold; nothing where all do."""
    if report.passed:
        return
    if report.draft and report.draft.faults:
        yield draft_words(report.draft.mended, report.draft.faults)
    if report.idle:
        yield idle_words(len(report.idle), report.idle[0].demand)
    if report.zero:
        yield _("The starter passes some checks by itself. The score counts what you add to it.")


def draft_words(mended: int, faults: int) -> str:
    words = ngettext(
        "%(mended)d of %(faults)d fault in the draft is mended.",
        "%(mended)d of %(faults)d faults in the draft are mended.",
        faults,
    )
    return words % {"mended": mended, "faults": faults}


def idle_words(number: int, demand: Demand) -> str:
    if demand == Demand.REFUSE:
        words = ngettext(
            "%(number)d check passes only because nothing that is needed works yet. "
            "It counts as soon as something does.",
            "%(number)d checks pass only because nothing that is needed works yet. "
            "They count as soon as something does.",
            number,
        )
    else:
        words = ngettext(
            "%(number)d check passes only because nothing is stopped yet. "
            "It counts as soon as something is.",
            "%(number)d checks pass only because nothing is stopped yet. "
            "They count as soon as something is.",
            number,
        )
    return words % {"number": number}

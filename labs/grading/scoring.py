"""Where a score begins: at what the lab's starter does already.

A learner who hands in the starter has done nothing, whatever it happens to pass. Where the starter
would be refused as it stands, mending it is most of the work, and every fault mended counts.
"""

from __future__ import annotations

from dataclasses import replace

from labs.grading.report import Draft, Report, Severity

SERIOUS = (Severity.ERROR, Severity.WARNING)


def scored(report: Report, starter: Report) -> Report:
    """The report with its score counted from the starter's."""
    if starter.refused:
        return replace(report, draft=draft_of(report, starter))
    return replace(report, zero=starter.points if starter.points < report.max_points else 0)


def draft_of(report: Report, starter: Report) -> Draft:
    """How many faults of the starter are left; none in an answer that passes. All of them where
    nothing holds of what could be checked: whoever threw the draft away has mended nothing."""
    faults = faults_of(starter)
    left = set() if report.passed else faults & faults_of(report)
    if not report.refused and not report.points:
        left = faults
    return Draft(len(faults), len(faults) - len(left))


def faults_of(report: Report) -> set[str]:
    """What is wrong with the text itself, by code: findings that are no checks."""
    return {
        one.code
        for one in report.findings
        if not one.points and not one.passed and one.severity in SERIOUS
    }

"""The score as a learner reads it."""

from __future__ import annotations

import pytest
from django.utils import translation

from labs.grading.report import Demand, Draft, Finding, Report
from labs.score_words import score_notes, score_words


def check(passed: bool, demand: Demand = Demand.OTHER) -> Finding:
    return Finding("a.check", passed, 10, "A check", demand=demand)


def test_a_score_is_checks_and_percent():
    assert score_words(Report((check(True), check(False))), 50) == "1 of 2 checks · 50 %"


def test_a_refused_answer_has_no_checks_to_count():
    assert score_words(Report((check(False),), refused="No."), 40) == "40 %"


@pytest.mark.parametrize(
    ("report", "words"),
    [
        (Report((check(True),), zero=5, draft=Draft(2, 2)), []),
        (
            Report((check(False),), draft=Draft(5, 3)),
            ["3 of 5 faults in the draft are mended."],
        ),
        (
            Report((check(False, Demand.ALLOW), check(True, Demand.REFUSE))),
            [
                "1 check passes only because nothing that is needed works yet. "
                "It counts as soon as something does."
            ],
        ),
        (
            Report((check(True, Demand.ALLOW), check(False, Demand.REFUSE)), zero=1),
            [
                "1 check passes only because nothing is stopped yet. "
                "It counts as soon as something is.",
                "The starter passes some checks by itself. The score counts what you add to it.",
            ],
        ),
    ],
    ids=["passed", "draft", "nothing works", "nothing stopped"],
)
def test_notes_say_why_the_percentage_is_not_the_share_of_checks(report: Report, words: list[str]):
    assert list(score_notes(report)) == words


def test_notes_are_german_for_a_german():
    with translation.override("de"):
        assert list(score_notes(Report((check(False),), draft=Draft(5, 3)))) == [
            "3 von 5 Fehlern im Entwurf sind behoben."
        ]

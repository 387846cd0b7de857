"""What an answer earns: what it does beyond the starter, and nothing for doing nothing."""

from __future__ import annotations

import pytest

from labs.grading.report import Demand, Draft, Finding, Report, Severity
from labs.grading.scoring import scored


def check(passed: bool, demand: Demand = Demand.OTHER, points: int = 10) -> Finding:
    return Finding("a.check", passed, points, "A check", demand=demand)


def fault(code: str, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(code, False, 0, "A fault", severity=severity)


def refused(*codes: str) -> Report:
    faults = [fault(code) for code in codes]
    return Report((*faults, check(False, points=100)), refused="AWS would refuse it.")


NEEDED = [check(False, Demand.ALLOW), check(False, Demand.ALLOW)]
STOPPED = [check(True, Demand.REFUSE), check(True, Demand.REFUSE)]


def test_stopping_everybody_earns_nothing():
    report = Report((*NEEDED, *STOPPED))
    assert (report.points, report.percent, report.idle) == (0, 0, tuple(STOPPED))


def test_what_is_stopped_counts_once_something_needed_works():
    report = Report((check(True, Demand.ALLOW), NEEDED[0], *STOPPED))
    assert (report.points, report.percent, report.idle) == (30, 75, ())


def test_letting_everybody_in_earns_nothing():
    report = Report((check(True, Demand.ALLOW), check(False, Demand.REFUSE)))
    assert (report.points, len(report.idle)) == (0, 1)


@pytest.mark.parametrize("demand", [Demand.ALLOW, Demand.REFUSE])
def test_where_only_one_thing_is_asked_it_counts_by_itself(demand: Demand):
    assert Report((check(True, demand), check(False))).percent == 50


def test_a_report_where_everything_holds_has_all_points():
    report = Report((check(True, Demand.ALLOW), *STOPPED, check(True)))
    assert (report.passed, report.percent) == (True, 100)


def test_the_score_begins_at_what_the_starter_passes():
    starter = Report((check(True), check(True), check(False), check(False)))
    half = Report((check(True), check(True), check(True), check(False)))
    done = Report((check(True),) * 4)
    assert [scored(one, starter).percent for one in (starter, half, done)] == [0, 50, 100]


def test_an_answer_worse_than_the_starter_is_not_negative():
    starter = Report((check(True), check(False)))
    assert scored(Report((check(False), check(False))), starter).percent == 0


def test_three_of_six_faults_mended_are_about_half_though_the_text_is_still_refused():
    starter = refused("a", "b", "c", "d", "e", "f")
    answer = scored(refused("d", "e", "f"), starter)
    assert answer.draft == Draft(6, 3)
    assert 33 <= answer.percent <= 50


def test_a_new_fault_does_not_undo_what_was_mended():
    assert scored(refused("b", "new"), refused("a", "b")).draft == Draft(2, 1)


def test_a_draft_that_was_thrown_away_is_not_mended():
    starter = refused("a", "b")
    nothing = scored(Report((check(False), check(False))), starter)
    something = scored(Report((check(True), check(False))), starter)
    assert (nothing.draft, nothing.percent) == (Draft(2, 0), 0)
    assert something.draft == Draft(2, 2)


def test_warnings_are_faults_of_a_draft_and_advice_is_not():
    starter = Report((fault("a", Severity.WARNING), fault("b", Severity.ADVICE)), refused="No.")
    assert scored(refused("b"), starter).draft == Draft(1, 1)


def test_who_passes_has_mended_everything():
    starter = refused("a", "b")
    answer = Report((check(True), fault("b", Severity.WARNING)))
    found = scored(answer, starter)
    assert (found.draft, found.percent) == (Draft(2, 2), 100)


def test_a_starter_without_faults_of_its_text_scores_by_checks_alone():
    report = scored(Report((check(True), check(False))), Report((check(False),), refused="No."))
    assert report.percent == 50


def test_the_report_survives_being_stored():
    report = scored(refused("b"), refused("a", "b"))
    assert Report.from_json(report.as_json()) == report

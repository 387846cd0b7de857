"""The alert rules and the dashboard: Prometheus can read them, and a person knows what to do."""

from __future__ import annotations

import re

import promql_parser
import pytest

from portal import doctor
from tests.portal.operations.promql import (
    DASHBOARD,
    FOLDER,
    RULES,
    asked,
    asked_by,
    expressions,
    not_shown,
)

NAMES = [rule["alert"] for rule in RULES]
# What the doctor says, too: the cure is the same.
SAME_CURE = {
    "DatabaseAway": "Start it, or mend DATABASE_URL.",
    "BrokerAway": "Start Redis, or mend REDIS_URL. Nothing is lost: the sweeper sends what waits.",
    "NoWorker": "Start the worker anew",
    "AnswersWait": "Look at the worker's log; more workers?",
    "AnswersFaulted": "Read why in /admin/ (Submissions, state faulted), and queue them again",
    "ContentMissing": "Run `manage.py sync_content --apply`.",
    "DiskFills": "Make room: below 1 GB a database may stop.",
    "ClocksDisagree": "Let both machines ask the same time server",
}


def rule(name: str) -> dict[str, str]:
    [found] = [rule for rule in RULES if rule["alert"] == name]
    return found


@pytest.mark.parametrize("expression", sorted(set(expressions())))
def test_prometheus_can_read_it(expression: str) -> None:
    promql_parser.parse(expression)
    assert all(metric.startswith("portal_") for metric in asked_by(expression))
    assert asked_by(expression)


@pytest.mark.parametrize("broken", ["sum(rate(x[5m])", "rats(x[5m])", "sum by le (x)", "rate(x)"])
def test_what_prometheus_cannot_read_would_be_found(broken: str) -> None:
    with pytest.raises(ValueError):
        promql_parser.parse(broken)


def test_there_are_rules_and_their_names_differ() -> None:
    assert len(NAMES) == len(set(NAMES)) > 10


@pytest.mark.parametrize("name", NAMES)
def test_it_says_what_is_wrong_what_that_means_and_what_to_do(name: str) -> None:
    said = rule(name)["annotations"]
    assert set(said) == {"summary", "meaning", "action"}
    assert all(len(words) > 11 and words[-1] in ".?" for words in said.values()), said
    assert rule(name)["labels"]["severity"] in {"page", "warn"}


@pytest.mark.parametrize("name", SAME_CURE)
def test_it_says_what_the_doctor_says(name: str) -> None:
    code = re.sub(r'"\s*\n\s*f?"', "", (FOLDER.parent / "doctor.py").read_text())
    assert SAME_CURE[name] in code
    assert SAME_CURE[name] in rule(name)["annotations"]["action"]


def test_its_limits_are_the_doctors() -> None:
    assert rule("AnswersWait")["expr"].endswith(f"> {doctor.PATIENCE}")
    assert float(rule("DiskFills")["expr"].split()[-1]) == doctor.LEAST_FREE
    assert rule("ClocksDisagree")["expr"].endswith(f"> {doctor.MOST_SKEW}")


def test_a_renamed_number_would_be_found(scrape, db) -> None:
    text = scrape.text()
    only_after_requests = {"portal_requests_total", "portal_request_seconds_bucket"}
    assert {metric.partition("{")[0] for metric in not_shown(text)} == only_after_requests
    renamed = text.replace("portal_workers", "portal_workforce")
    assert "portal_workers" in not_shown(renamed)
    assert 'portal_sweeps_total{outcome="done"}' in not_shown(text.replace('"done"', '"made"'))


def test_every_metric_is_shown_once_there_was_a_request(scrape, tally, db) -> None:
    tally.count("requests", "day", "200")
    tally.observe("request_seconds", "day", seconds=0.1)
    tally.send()
    assert not_shown(scrape.text()) == []
    assert len(asked()) > 15


def test_the_dashboard_asks_one_source_and_its_panels_do_not_overlap() -> None:
    cells: set[tuple[int, int]] = set()
    for panel in DASHBOARD["panels"]:
        at = panel["gridPos"]
        assert panel["datasource"]["uid"] == "${datasource}"
        here = {
            (x, y)
            for x in range(at["x"], at["x"] + at["w"])
            for y in range(at["y"], at["y"] + at["h"])
        }
        assert not here & cells, panel["title"]
        assert max(x for x, _y in here) < 24
        cells |= here
    assert len({panel["id"] for panel in DASHBOARD["panels"]}) == len(DASHBOARD["panels"])

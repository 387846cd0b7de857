from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from labs.grading.errors import AnswerError, SpecError
from labs.grading.grade import exercise_of, grade, read_answer
from labs.grading.kinds import KINDS, health_timeline
from labs.grading.report import Finding, Report
from tests.effort import effort
from tests.labs.grading.health.logs import text_of

KIND = KINDS["health-timeline"]
CATALOG = Path(__file__).parents[4] / "labs" / "catalog"
DELAY, STICKY = "deregistration_delay.timeout_seconds", "stickiness.enabled"
SECONDS = "stickiness.lb_cookie.duration_seconds"

FINE = {"/health": "200", "/deep": "200", "/static": "200", "/": "302", "/shop": "200"}
DEAD = FINE | {"/health": "503", "/deep": "503", "/shop": "502"}
SLOW = {path: f"{code} in 4" for path, code in FINE.items()}
PHASES = [{"at": 0, "paths": FINE}]


def phases(*later: tuple[int, dict]) -> list[dict]:
    return [*PHASES, *({"at": at, "paths": paths} for at, paths in later)]


CHECKS = {
    "name": "Tuesday",
    "seconds": 600,
    "targets": [
        {"name": "a", "phases": phases((401, SLOW), (421, FINE), (500, FINE | {"/deep": "503"}))},
        {"name": "b", "phases": phases((101, DEAD), (301, FINE), (500, FINE | {"/deep": "503"}))},
    ],
    "visitors": [{"count": 600}],
    "dead": 15,
    "needless": 0,
    "into": 40,
}
BOOTS = [{"at": 0, "paths": DEAD | {"/static": "200"}}, {"at": 15, "paths": FINE}]
LEAVING = {
    "name": "Release",
    "seconds": 600,
    "targets": [
        {"name": "old", "phases": PHASES},
        {"name": "new", "registers": "deployed", "phases": BOOTS},
    ],
    "visitors": [{"kind": "upload", "count": 600, "seconds": 90}],
    "deployment": {"start": 60, "old": ["old"], "new": ["new"]},
    "cut": 0,
    "deploy": 240,
}
STAYING = {
    "name": "Sale",
    "seconds": 900,
    "targets": [
        {"name": "a", "phases": PHASES},
        {"name": "b", "phases": PHASES},
        {"name": "c", "registers": 400, "phases": PHASES},
        {"name": "d", "registers": 400, "phases": PHASES},
    ],
    "visitors": [
        {"kind": "shopper", "count": 41, "every": 50, "times": 5, "session": 90},
        {"kind": "shopper", "count": 41, "first": 500, "every": 50, "times": 5, "session": 90},
    ],
    "lost": 0,
    "share": 35,
    "share_from": 500,
}
STAYS = {STICKY: "true", SECONDS: "60"}


def report(text: str, log: dict = CHECKS, **changes: object) -> Report:
    return grade(KIND, table={"page": "/shop", "logs": [log | changes]}, files={}, text=text)


def failed(text: str, log: dict = CHECKS, **changes: object) -> dict[str, Finding]:
    return {one.code: one for one in report(text, log, **changes).findings if not one.passed}


@pytest.mark.parametrize(
    ("text", "log"),
    [
        (text_of(HealthyThresholdCount=3), CHECKS),
        (text_of(HealthCheckIntervalSeconds=5, HealthCheckTimeoutSeconds=4), CHECKS),
        (text_of(HealthCheckTimeoutSeconds=2, UnhealthyThresholdCount=3, HealthyThresholdCount=2),
         CHECKS),
        (text_of({DELAY: "90"}), LEAVING),
        (text_of({DELAY: "150"}), LEAVING),
        (text_of(STAYS), STAYING),
        (text_of(STAYS | {SECONDS: "250"}), STAYING),
    ],
)  # fmt: skip
def test_sensible_numbers_score_everything(text: str, log: dict) -> None:
    assert failed(text, log) == {}
    assert report(text, log).percent == 100


@pytest.mark.parametrize(
    ("text", "log", "code", "words"),
    [
        (text_of(HealthCheckIntervalSeconds=30), CHECKS, "health.slow-out",
         "Tuesday, 2:29: visitor 150 meets b, which is dead since 1:41 and still in service."),
        (text_of(HealthCheckPath="/static"), CHECKS, "health.blind",
         "which is dead since 1:41, and /static still passes"),
        (text_of(HealthCheckPath="/"), CHECKS, "health.fail-open", "no target is healthy"),
        (text_of(HealthCheckPath="/deep"), CHECKS, "health.needless",
         "Tuesday, 8:30: a answers users and is out of service (Target.ResponseCodeMismatch)"),
        (text_of(HealthCheckTimeoutSeconds=2), CHECKS, "health.needless", "(Target.Timeout)"),
        (text_of(HealthyThresholdCount=9), CHECKS, "health.slow-in",
         "5:01: b can answer users, and is in service 89 seconds later, at most 40"),
        (text_of({DELAY: "20"}), LEAVING, "health.cut", "old stops in the middle of upload"),
        (text_of({DELAY: "300"}), LEAVING, "health.slow-deployment", "is draining for 300"),
        (text_of(), STAYING, "health.session-lost", "Sale, 0:50: shopper 1 comes to b"),
        (text_of({STICKY: "true"}), STAYING, "health.imbalance", "from 8:20 on: a gets 5"),
    ],
)  # fmt: skip
def test_the_headline_names_the_second_and_who_it_hits(
    text: str, log: dict, code: str, words: str
) -> None:
    found = report(text, log)
    assert words in failed(text, log)[code].message
    assert failed(text, log)[code].cure
    assert failed(text, log)[code].section == KIND.CODES[code].section
    assert found.headline is not None
    assert found.headline.cases[0].sentence == found.headline.message


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        (text_of(UnhealthyThresholdCount=1), "health.out-of-range", "1}"),
        (text_of(Matcher={"HttpCode": "500"}), "health.matcher-range", '{"HttpCode'),
        (text_of(HealthCheckTimeoutSeconds=10), "health.timeout-not-shorter", "10}"),
        (text_of({DELAY: "4000"}), "health.out-of-range", '"4000"'),
    ],
)
def test_what_aws_would_refuse_is_not_replayed(text: str, code: str, place: str) -> None:
    found = report(text)
    assert found.refused
    assert not found.passed
    assert failed(text)[code].column == text.index(place) + 1
    assert "health.not-simulated" in failed(text)


def test_marks_while_typing_are_those_of_the_verdict() -> None:
    answer = read_answer(KIND, text_of({SECONDS: "60"}))
    assert [one.code for one in health_timeline.advise(answer, None)] == ["health.cookie-off"]
    answer = read_answer(KIND, text_of(HealthyThresholdCount=11))
    assert [one.code for one in health_timeline.advise(answer, None)] == ["health.out-of-range"]


def test_mistakes_are_counted_by_the_settings_that_cause_them() -> None:
    found = failed(text_of(HealthCheckIntervalSeconds=30))["health.slow-out"]
    assert health_timeline.behaviour(found, "") == "out-after|2|30"
    found = failed(text_of({DELAY: "20"}), LEAVING)["health.cut"]
    assert health_timeline.behaviour(found, "") == "drains|20"
    assert (
        health_timeline.behaviour(failed(text_of(HealthCheckPath="/"))["health.needless"], "") == ""
    )


def test_the_time_line_shows_what_happened() -> None:
    [log] = report(text_of()).extra["logs"]
    [_a, b] = log["targets"]
    assert [(span["from"], span["to"], span["state"], span["reason"]) for span in b["spans"]] == [
        ("0:00", "2:00", "healthy", ""),
        ("2:00", "5:50", "unhealthy", "Target.ResponseCodeMismatch"),
        ("5:50", "10:00", "healthy", ""),
    ]
    assert (b["spans"][1]["x"], b["spans"][1]["width"]) == ("20%", "38.33%")
    [dead] = b["dead"]
    assert (dead["from"], dead["to"], dead["met"], dead["late"]) == ("1:41", "5:01", 10, False)
    assert (b["met"], log["height"]) == (10, 2 * 50 + 18)


def test_a_hidden_log_counts_and_is_not_drawn() -> None:
    found = report(text_of(HealthCheckIntervalSeconds=30), hidden=True)
    assert not found.passed
    assert found.extra["logs"] == []
    assert found.outcomes == ()
    assert found.headline is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"targets": []}, "are 1 to 8"),
        ({"targets": [CHECKS["targets"][0]] * 2}, "a name of its own"),
        ({"targets": [{"name": "a", "phases": []}]}, "the first at 0"),
        ({"targets": [{"name": "a", "phases": [{"at": 5, "paths": {}}]}]}, "the first at 0"),
        ({"targets": [{"name": "a", "phases": [{"paths": {"/": "fine"}}]}]}, "is no reply"),
        ({"visitors": [{"count": 3000, "times": 2}]}, "more than 3000 requests"),
        ({"visitors": [{"kind": "robot"}]}, "kind"),
        ({"leaves": [{"at": 5, "target": "z"}]}, "z is not registered at 5"),
        ({"deployment": {"start": 5, "old": ["a"], "new": ["b"]}}, "b is no target with"),
        ({"deployment": {"start": 5, "old": ["z"], "new": ["b"]}}, "z is not registered"),
        ({"deployment": {"start": 5, "old": [], "new": ["b"]}}, "as many targets"),
        ({"seconds": 0}, "seconds"),
        ({"dead_point": 1}, "unknown key"),
        ({"dead_points": 0, "needless_points": 0, "into_points": 0}, "worth a point"),
    ],
)
def test_a_lab_that_is_wrong_is_told_where(change: dict, words: str) -> None:
    with pytest.raises(SpecError, match=words):
        health_timeline.read_spec({"page": "/shop", "logs": [CHECKS | change]}, {})


def test_a_solution_can_be_broken_in_many_places() -> None:
    text = (CATALOG / "stick-or-share" / "solution.json").read_text()
    names = [mutant.name for mutant in health_timeline.mutants(text)]
    assert len(names) == len(set(names)) > 15
    assert "stickiness.enabled false" in names


def test_mutants_are_texts_that_can_be_read() -> None:
    for mutant in health_timeline.mutants(text_of(STAYS)):
        read_answer(KIND, mutant.text)


# --- Whatever is typed ---

BREAKERS = ['"', "{", "[", "]", "}", "null", "-1", "1e308", "99999999999", "true", '"x"', ",", "é"]
STRANGE = [None, True, -1, 0, 1, 5, 10**9, 10**30, 0.5, "", "0", "²", "999", "/", [], {}, [[]]]


def hostile(dice: Random, text: str) -> str:
    """A sound answer with some pieces put elsewhere, left out or broken."""
    for _ in range(dice.randint(1, 4)):
        at, length = dice.randrange(len(text) + 1), dice.randint(0, 12)
        piece = dice.choice([*BREAKERS, text[at : at + 40], "\x00"])
        text = text[:at] + piece + text[at + length :]
    return text


def changed_value(dice: Random, text: str) -> str:
    """A sound answer in which one value became something else."""
    tree = json.loads(text)
    node, holder, key = tree, tree, ""
    while isinstance(node, dict | list) and node:
        key = dice.choice(list(node) if isinstance(node, dict) else range(len(node)))
        holder, node = node, node[key]
    is_number = isinstance(node, int) or str(node).isdigit()
    number = dice.choice([0, 1, 2, 5, 7, 10, 50, 120, 300, 3600, 604_800])
    fits = number if isinstance(node, int) else str(number)
    holder[key] = fits if is_number and dice.random() < 0.8 else dice.choice(STRANGE)
    return json.dumps(tree)


def test_five_thousand_hostile_answers_are_judged_or_refused() -> None:
    sound = [
        path.read_text().replace("<<code>>", "200").replace("<<longest>>", "90")
        for lab in ("tune-the-health-check", "let-them-finish", "stick-or-share")
        for path in sorted((CATALOG / lab).glob("*/*.json"))
    ]
    small = [log | {"seconds": 200} for log in (CHECKS, LEAVING, STAYING)]
    dice = Random(7)
    exercise = exercise_of(KIND, table={"page": "/shop", "logs": small}, files={})
    judged = 0
    for number in range(5_000):
        breaker = hostile if number % 2 else changed_value
        try:
            found = exercise.grade(breaker(dice, dice.choice(sound)))
        except AnswerError:
            continue
        judged += 1
        assert found.findings
        assert {one.code for one in found.findings} <= set(KIND.CODES)
    assert 500 < judged < 5_000


def test_the_busiest_settings_on_the_longest_logs_cost_little_more_than_counting() -> None:
    """Eight targets, a check every five seconds for two hours, 3,000 requests; four such logs."""
    flapping = phases(*((at * 600, DEAD if at % 2 else FINE) for at in range(1, 12)))
    log = CHECKS | {
        "seconds": 7200,
        "targets": [{"name": str(number), "phases": flapping} for number in range(8)],
        "visitors": [{"count": 1000, "times": 3, "every": 2400, "apart": 2, "session": 7200}],
    }
    table = {"page": "/shop", "logs": [log | {"name": str(number)} for number in range(4)]}
    exercise = exercise_of(KIND, table=table, files={})
    text = text_of(STAYS, HealthCheckIntervalSeconds=5, HealthCheckTimeoutSeconds=4)
    assert effort(lambda: exercise.grade(text), enough=30) <= 60


@pytest.mark.parametrize("lab", ["tune-the-health-check", "let-them-finish", "stick-or-share"])
def test_a_verdict_on_a_log_costs_less_than_counting_to_a_million(lab: str) -> None:
    """50 ms where counting takes as much."""
    text = (CATALOG / lab / "solution.json").read_text().replace("<<code>>", "204")
    log = {"tune-the-health-check": CHECKS, "let-them-finish": LEAVING}.get(lab, STAYING)
    exercise = exercise_of(KIND, table={"page": "/shop", "logs": [log]}, files={})
    text = text.replace("<<alive>>", "/health")
    assert effort(lambda: exercise.grade(text), enough=0.8) <= 1.5

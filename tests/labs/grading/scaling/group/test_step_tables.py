"""What AWS refuses in a step table: User Guide, "Step and simple scaling policies",
"Step adjustments for step scaling"."""

from __future__ import annotations

import pytest

from labs.grading.scaling.group.step_tables import silent_flaws, table_flaws
from tests.labs.grading.scaling.groups import IN, OUT, alarm, group_of, step, steps

Table = list[dict]


def flaws(table: Table, operator: str = OUT) -> list[tuple[str, str]]:
    [policy] = group_of(steps("p", table, alarm(operator, 60))).policies
    return [(flaw.code.removeprefix("asg."), flaw.message) for flaw in table_flaws(policy)]


@pytest.mark.parametrize(
    "table",
    [
        [step(0, None, 1)],
        [step(None, 0, -1)],
        [step(0, 10, 1), step(10, None, 3)],
        [step(10, None, 3), step(0, 10, 1)],
        [step(None, -10, -3), step(-10, 0, -1)],
        [step(None, -10, -3), step(-10, 10, 0), step(10, None, 3)],
        [step(5, 10, 1), step(10, None, 2)],
    ],
)
def test_a_table_without_gap_and_overlap_is_taken(table: Table) -> None:
    assert flaws(table) == []


@pytest.mark.parametrize(
    ("table", "code", "words"),
    [
        ([], "no-steps", "has no step adjustments"),
        ([step(0, 10, 1), step(15, None, 3)], "step-gap", "between 70 and 75"),
        ([step(0, 10, 1), step(5, None, 3)], "step-overlap", "between 65 and 70"),
        ([step(0, None, 1), step(5, None, 3)], "step-overlap", "from 65 upwards"),
        ([step(None, 0, 1), step(None, 5, 3)], "step-overlap", "open below"),
        ([step(0, None, 1), step(5, 10, 3)], "step-overlap", "between 65 and 70"),
        ([step(0, 10, 1), step(0, 10, 1)], "step-overlap", "between 60 and 70"),
        ([step(0, 10, 1)], "step-open-end", "ends above at 70"),
        ([step(-10, 0, -1)], "step-open-end", "ends below at 50"),
        ([step(None, None, 1)], "step-bounds", "no bound at all"),
        ([step(10, 10, 1)], "step-bounds", "from 10 to 10"),
        ([step(20, 10, 1), step(20, None, 2)], "step-bounds", "from 20 to 10"),
    ],
)
def test_a_broken_table_is_refused_with_the_values(table: Table, code: str, words: str) -> None:
    found = flaws(table)
    assert code in [name for name, _message in found]
    assert any(words in message for _name, message in found)


def test_every_seam_is_looked_at() -> None:
    found = flaws([step(0, 10, 1), step(12, 20, 2), step(15, 30, 3)])
    assert [code for code, _message in found] == ["step-gap", "step-overlap", "step-open-end"]


@pytest.mark.parametrize(
    ("table", "operator", "words"),
    [
        ([step(5, None, 1)], OUT, "rings between 60 and 65"),
        ([step(None, -5, -1)], IN, "rings between 55 and 60"),
        ([step(None, 0, -1)], OUT, "on the side of 60"),
        ([step(0, None, 1)], IN, "on the side of 60"),
    ],
)
def test_a_table_that_the_alarm_misses_is_named(table: Table, operator: str, words: str) -> None:
    [policy] = group_of(steps("p", table, alarm(operator, 60))).policies
    [flaw] = silent_flaws(policy)
    assert words in flaw.message


@pytest.mark.parametrize("operator", [OUT, IN])
def test_a_table_that_begins_at_the_threshold_is_heard(operator: str) -> None:
    table = [step(None, 0, -1), step(0, None, 1)]
    [policy] = group_of(steps("p", table, alarm(operator, 60))).policies
    assert list(silent_flaws(policy)) == []

from __future__ import annotations

from random import Random

from labs.grading.tables.design.answer import read_answer
from labs.grading.tables.design.read_reader import read_read
from labs.grading.tables.reading.reads import perform
from labs.grading.tables.reading.store import put_items
from tests.labs.grading.tables.answers import table_of
from tests.labs.grading.tables.plain_reads import Case, random_case


def compare(case: Case) -> bool:
    """False where nothing came. Raises AssertionError at a difference."""
    answer = read_answer(case.text)
    table = table_of(answer)
    value = answer.document.value
    assert isinstance(value, dict)
    read = read_read("asked", value["Reads"]["asked"], answer, table)
    assert read.refusals == (), (case.text, read.refusals)
    found = perform(read.found, put_items(table, case.items), {})
    ranks = [case.items[row].get(case.sort) for row in found.rows]
    assert ranks == case.ranks, case.text
    assert found.halves == case.halves, case.text
    if len(set(case.ranks)) == len(case.ranks):
        assert set(found.rows) == case.rows, case.text
    return bool(found.rows)


def test_queries_answer_and_cost_what_going_through_all_items_says() -> None:
    dice = Random(3)
    came = sum(compare(random_case(dice)) for _ in range(300))
    assert came > 60

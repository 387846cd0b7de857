from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from random import Random
from typing import Any

import pytest

from labs.grading.behaviour import words_of
from labs.grading.errors import AnswerError, SpecError
from labs.grading.grade import advice, exercise_of, grade
from labs.grading.kinds import KINDS
from labs.grading.kinds.scenario_sort import behaviour
from labs.grading.report import Finding, Report
from tests.effort import effort

KIND = KINDS["scenario-sort"]
Table = Mapping[str, Any]


def item(name: str, *accepts: str, **more: object) -> dict[str, object]:
    return {
        "name": name,
        "accepts": accepts,
        "why": f"{name} fits.",
        "text": f"About {name}.",
    } | more


NEITHER = {"land": "It cannot walk.", "sea": "It cannot swim.", "air": "It cannot fly."}
ANIMALS: Table = {
    "topic": "use",
    "boxes": [{"name": "land", "also": ["dry land"]}, {"name": "sea"}, {"name": "air"}],
    "items": [
        item("trout", "sea", **{"not": NEITHER}),
        item("mole", "land", **{"not": NEITHER}),
        item("duck", "sea", "air", **{"not": NEITHER}),
        item("house cat", "land", points=2, **{"not": NEITHER}),
        item("swift", "air", **{"not": NEITHER}),
    ],
}
RIGHT = "trout: sea\nmole: land\nduck: air\nhouse cat: land\nswift: air\n"


def with_items(*items: dict[str, object]) -> Table:
    return {**ANIMALS, "items": list(items)}


def report(text: str, table: Table = ANIMALS) -> Report:
    return grade(KIND, table=table, files={}, text=text)


def failed(text: str) -> list[Finding]:
    return [one for one in report(text).findings if not one.passed]


def test_every_item_in_an_accepted_box_scores_everything() -> None:
    assert report(RIGHT).percent == 100
    assert report(RIGHT.replace("duck: air", "duck: sea")).percent == 100


@pytest.mark.parametrize(
    "text",
    [
        '{"trout": "sea", "mole": "land", "duck": "sea", "house cat": "land", "swift": "air"}',
        "- swift: Air # at night, too\n- duck: 'AIR'\n\"house-cat\": dry-land\n"
        "Mole: Lands\ntrout: seas",
    ],
)
def test_how_it_is_written_does_not_matter(text: str) -> None:
    assert report(text).percent == 100


def test_of_a_wrong_box_the_reason_is_told_and_never_the_right_one() -> None:
    [finding] = failed(RIGHT.replace("mole: land", "mole: sea"))
    assert (finding.code, finding.at) == ("use.other-box", (2, 7))
    assert (finding.message, finding.why) == ("mole: not sea.", "It cannot swim.")
    assert "land" not in f"{finding.cure} {finding.expected} {finding.actual}"


def test_the_table_says_why_and_gives_nothing_away() -> None:
    rows = {one.name: one for one in report("mole: sea\ntrout: sea\nduck: sky\n").outcomes}
    assert [(one.yours, one.expected, one.because, one.passed) for one in rows.values()] == [
        ("sea", "sea", "trout fits.", True),
        ("sea", "", "It cannot swim.", False),
        ("sky", "", "", False),
        ("not filled in", "", "", False),
        ("not filled in", "", "", False),
    ]
    assert rows["mole"].what == "About mole."


def test_an_item_may_quote_what_is_the_same_in_every_language() -> None:
    quoting = {**ANIMALS["items"][0], "text": "", "quote": "Salmo trutta"}
    found = report("mole: land", with_items(quoting, *ANIMALS["items"][1:]))
    assert found.outcomes[0].what == "Salmo trutta"


def test_of_several_boxes_that_are_right_all_are_named_once_one_is_found() -> None:
    rows = {one.name: one for one in report(RIGHT).outcomes}
    assert rows["duck"].expected == "sea or air"


def test_an_item_counts_as_many_points_as_it_has() -> None:
    found = report("house cat: land")
    assert (found.points, found.max_points) == (2, 6)


@pytest.mark.parametrize(
    "text", [RIGHT.replace("trout: sea\n", ""), RIGHT.replace("trout: sea", "trout:")]
)
def test_an_item_without_a_box_is_named(text: str) -> None:
    [finding] = failed(text)
    assert (finding.code, finding.points) == ("use.missing", 1)
    assert finding.message == "trout: it is in none of the boxes yet."
    assert finding.cure == "Write land, sea or air behind “trout:”."


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("lnad", "There is no box “lnad”."),
        ("laand", "There is no box “laand”. Do you mean “land”?"),
        ("see", "There is no box “see”."),
        ("dry lend", "There is no box “dry lend”. Do you mean “land”?"),
        ("the moon", "There is no box “the moon”."),
        ("sea, air", "There is no box “sea, air”."),
    ],
)
def test_a_box_that_does_not_exist_is_marked_while_one_types(typed: str, words: str) -> None:
    text = RIGHT.replace("trout: sea", f"trout: {typed}")
    [found] = advice(KIND, table=ANIMALS, files={}, text=text)
    assert (found.code, found.at, found.points) == ("use.unknown-box", (1, 8), 0)
    assert found.message == words
    assert [one.code for one in failed(text)] == ["use.missing", "use.unknown-box"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("house bat", "“house bat” is not in the task. Do you mean “house cat”?"),
        ("unicorn", "“unicorn” is not in the task."),
    ],
)
def test_an_item_that_does_not_exist_is_marked_while_one_types(typed: str, words: str) -> None:
    [found] = advice(KIND, table=ANIMALS, files={}, text=f"{RIGHT}{typed}: sea\n")
    assert (found.code, found.line, found.message) == ("use.unknown-item", 6, words)
    assert report(f"{RIGHT}{typed}: sea\n").percent == 100


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("trout: sea\ntrout: air", (2, 1), "“trout” is here twice."),
        ("house cat: sea\nHouse-Cat: air", (2, 1), "“House-Cat” is here twice."),
        ("trout:\n  box: sea", (2, 3), "Write one box behind “trout:”, in the same line."),
        ("trout sea", (1, 1), "Write “name: value”."),
    ],
)
def test_what_is_no_such_list_is_refused_with_its_place(
    text: str, place: tuple[int, int], words: str
) -> None:
    with pytest.raises(AnswerError) as raised:
        report(text)
    error = raised.value
    assert (error.line, error.column, error.message) == (*place, words)


def test_mistakes_are_counted_by_item_and_box() -> None:
    wrong, *_missing = failed("trout: air")
    key = behaviour(wrong, RIGHT)
    assert words_of(key) == "sorts “trout” into “air”"
    assert {behaviour(one, RIGHT) for one in _missing} == {""}


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (with_items(*ANIMALS["items"][:3]), "there are 3 of them; 4 are needed"),
        (
            with_items(
                *(item(f"cat {n}", "land" if n else "sea", **{"not": NEITHER}) for n in range(4))
            ),
            "land for all of them is right for 75 % of the points",
        ),
        (
            with_items(
                *(item(f"cat {n}", "sea" if n < 2 else "air", **{"not": NEITHER}) for n in range(4))
            ),
            "those of each box stand together",
        ),
        (with_items(item("crab", "sea", **{"not": {"land": "No."}})), "not: says nothing of air"),
        (with_items(item("crab", "sea", **{"not": {**NEITHER, "moon": "No."}})), "unknown key"),
        (with_items(item("crab", "moon", **{"not": NEITHER})), "accepts: is not some of land, sea"),
        (with_items(item("crab", **{"not": NEITHER})), "accepts: is not some of land, sea"),
        (
            with_items(*ANIMALS["items"], item("Swifts", "air", **{"not": NEITHER})),
            "“swift” is there",
        ),
        (
            {**ANIMALS, "boxes": [{"name": "sea"}, {"name": "air", "also": ["Sea"]}]},
            "“sea” is there",
        ),
        ({**ANIMALS, "boxes": [{"name": "none"}]}, "means that nothing is filled in"),
        ({**ANIMALS, "colour": "red"}, "unknown key"),
        ({**ANIMALS, "topic": "animals"}, "spec.topic: is “animals”, not one of"),
    ],
)
def test_a_spec_that_cannot_be_asked_is_refused(table: Table, words: str) -> None:
    with pytest.raises(SpecError) as raised:
        KIND.read_spec(table, {})
    assert words in str(raised.value)


def test_one_box_may_be_right_for_half_of_the_points() -> None:
    KIND.read_spec(ANIMALS, {})


PIECES = [
    *("trout: sea\n", "mole: aird\n", "house bat: sea\n", "swift:\n", "duck: 'air'\n"),
    *("trout", "mole", "house cat", "swift", "sea", "land", "air", "dry land", "SEA"),
    *(":", ": ", ": ", "{", "}", ",", '"', "'", "#", " #", "\n", "\n", "\n  ", "\n- ", "none", "-"),
    *("~", "é", "“", "\t", "5", "[", "]", '{"trout": "', "1e999", "\x85", "s", "\ufeff"),
]


def test_any_text_is_judged_or_refused() -> None:
    random = Random(20261127)
    exercise = exercise_of(KIND, table=ANIMALS, files={})
    judged = 0
    for _number in range(500):
        text = "".join(random.choices(PIECES, k=random.randrange(1, 20)))
        try:
            found = exercise.grade(text)
        except AnswerError:
            continue
        judged += 1
        assert {finding.code for finding in found.findings} <= set(KIND.CODES)
        json.dumps(found.as_json())
    assert judged > 20


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"swif{number}: sae{number}\n" for number in range(299)),
        "".join(f"{'m' * number}ole: sea\n" for number in range(1, 100)),
        "trout: " + "s" * 5_900,
        "trout: {" + "a: b, " * 900 + "}",
        "'" * 5_900,
    ],
)
def test_the_longest_texts_cost_little(text: str) -> None:
    exercise = exercise_of(KIND, table=ANIMALS, files={})

    def work() -> None:
        with suppress(AnswerError):
            exercise.grade(text)

    assert effort(work, enough=2) <= 2

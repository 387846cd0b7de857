from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from labs.grading.errors import AnswerError, SpecError
from labs.grading.grade import exercise_of, grade, read_answer
from labs.grading.kinds import KINDS, placement
from labs.grading.report import Finding, Report
from tests.effort import effort

KIND = KINDS["placement"]
CATALOG = Path(__file__).parents[4] / "labs" / "catalog"
A, B, C = "eu-west-2a", "eu-west-2b", "eu-west-2c"
SITE = {
    "most": 6,
    "tiers": [{"name": "web", "needs": 4, "behind": "entry", "files": "files"}],
    "databases": [{"name": "database"}],
    "file_systems": [{"name": "files"}],
    "balancers": [{"name": "entry"}],
}
SOUND = (
    f"web: {{{A}: 2, {B}: 2, {C}: 2}}\ndatabase: {{primary: {A}, standby: {B}}}\n"
    f"files: [{A}, {B}, {C}]\nentry: [{A}, {B}, {C}]\n"
)
CLUSTER = {
    "budget": 40,
    "zone_price": 2,
    "tiers": [
        {"name": "web", "needs": 6, "price": 3},
        {"name": "ledger", "quorum": True, "price": 2},
    ],
}
CHEAP = f"web: {{{A}: 3, {B}: 3, {C}: 3}}\nledger: [{A}, {B}, {C}]"
PARTNERS = {
    "tiers": [{"name": "api", "needs": 4, "behind": "entry"}],
    "balancers": [{"name": "entry", "kind": "nlb", "addresses": ["203.0.113.1", "203.0.113.2"]}],
}
NODES = f"entry: {{{A}: 203.0.113.1, {B}: 203.0.113.2}}\n"
DISKS = {
    "kept_points": 1,
    "volumes": [{"name": "orders", "zone": A}, {"name": "photos", "zone": B}],
    "snapshots": [{"name": "night", "of": "orders", "old": True}],
    "instances": [
        {"name": "shop", "data": "orders"},
        {"name": "gallery", "data": "photos", "zone": C},
    ],
}
DISKS_SOUND = (
    "shop: 2a\norders: shop\ngallery: 2c\nnow: {of: photos}\n"
    "copy: {from: now, zone: 2c, attached: gallery}\n"
)
MOVES = {
    "fails": ["zone", "instance"],
    "tiers": [{"name": "gate-1", "needs": 0}, {"name": "gate-2", "needs": 0}],
    "addresses": [{"name": "front", "holders": ["gate-1", "gate-2"]}],
}


def report(text: str, spec: dict = SITE, **changes: object) -> Report:
    return grade(KIND, table=spec | changes, files={}, text=text, with_cure=True)


def failed(text: str, spec: dict = SITE, **changes: object) -> list[Finding]:
    return [one for one in report(text, spec, **changes).findings if not one.passed]


def steps(text: str, spec: dict = SITE) -> list[tuple[str, str]]:
    cure = report(text, spec).cure
    assert cure is not None
    assert cure.complete
    return [(step.sentence, step.after) for step in cure.steps]


@pytest.mark.parametrize(
    ("text", "spec"),
    [
        (SOUND, SITE),
        (SOUND.replace(f"primary: {A}", f"primary: {C}"), SITE),
        (CHEAP, CLUSTER),
        (f"{NODES}api: {{{A}: 4, {B}: 4}}", PARTNERS),
        (DISKS_SOUND, DISKS),
    ],
)
def test_any_placement_that_survives_scores_everything(text: str, spec: dict) -> None:
    assert failed(text, spec) == []
    assert report(text, spec).percent == 100


@pytest.mark.parametrize(
    ("text", "spec", "code", "words"),
    [
        (SOUND.replace(f"{C}: 2", f"{C}: 1"), SITE, "placement.too-few",
         "Without eu-west-2a, 3 of the 4 web that are needed are left."),
        (SOUND.replace(f"standby: {B}", f"standby: {A}"), SITE, "placement.pair-in-one-zone",
         "Without eu-west-2a, database is gone: its standby stood in the same zone."),
        (SOUND.replace(f"files: [{A}, {B}, {C}]", f"files: [{A}, {B}]"), SITE,
         "placement.no-mount-target",
         "Without eu-west-2a, 4 web stand, and 2 of the 4 that are needed have a mount target of "
         "files in their zone."),
        (SOUND.replace(f"entry: [{A}, {B}, {C}]", f"entry: [{A}, {B}]"), SITE,
         "placement.not-enabled", "and entry sends requests to 2 of the 4 that are needed"),
        (CHEAP.replace(f"{C}: 3", f"{C}: 4"), CLUSTER, "placement.over-budget",
         "It costs $42, and may cost $40."),
        (CHEAP.replace(f"[{A}, {B}, {C}]", f"[{A}, {B}]"), CLUSTER,
         "placement.majority-in-one-zone", "Without eu-west-2a, 1 of 2 ledger are left"),
        (f"{NODES}api: {{{A}: 5, {B}: 1}}", PARTNERS, "placement.uneven-zones",
         "On an ordinary day, 6 api stand, and do the work of 2; 4 are needed."),
        (f"entry: [{A}, {B}]\napi: {{{A}: 4, {B}: 4}}", PARTNERS, "placement.no-address",
         "On an ordinary day, a node of entry has no address that its clients know."),
        (DISKS_SOUND.replace("shop: 2a", "shop: 2b"), DISKS, "placement.volume-in-another-zone",
         "shop stands in eu-west-2b, and its volume with the data of orders in another zone."),
        ("shop: 2a\norders: shop\ngallery: 2b\nphotos: gallery", DISKS,
         "placement.instance-elsewhere", "gallery stands in eu-west-2b and has to stand in"),
        ("shop: 2a\norders: shop", DISKS, "placement.data-lost",
         "Without eu-west-2b, the data of photos is lost for good."),
        (f"gate-1: {A}\ngate-2: {B}\nfront: gate-1", MOVES, "placement.address-dead",
         "Without eu-west-2a, no living instance holds front"),
    ],
)  # fmt: skip
def test_a_finding_says_what_is_left_after_which_failure(
    text: str, spec: dict, code: str, words: str
) -> None:
    found = next(one for one in failed(text, spec) if one.code == code)
    assert words in found.message
    assert found.cases[0].sentence == found.message
    assert found.section == KIND.CODES[code].section
    assert found.why == KIND.CODES[code].explanation


@pytest.mark.parametrize(
    ("text", "spec", "sentence", "after"),
    [
        (SOUND.replace(f"{C}: 2", f"{C}: 1"), SITE | {"most": 9},
         "Put one more web into eu-west-2c. Without eu-west-2a, 3 of the 4 web that are needed are "
         "left.", f"web: {{{A}: 2, {B}: 2, {C}: 2}}"),
        (SOUND.replace(f"{A}: 2", f"{A}: 3").replace(f"{C}: 2", f"{C}: 1"), SITE,
         "Move one web from eu-west-2a to eu-west-2c.", f"web: {{{A}: 2, {B}: 2, {C}: 2}}"),
        (SOUND.replace(f"standby: {B}", f"standby: {A}"), SITE,
         "Put the standby of database into another zone than its primary.",
         f"database: {{primary: {A}, standby: {B}}}"),
        (SOUND.replace(f"entry: [{A}, {B}, {C}]", f"entry: [{A}, {B}]"), SITE,
         "Enable eu-west-2c for entry.", f"entry: {{{A}: enabled, {B}: enabled, {C}: enabled}}"),
        (SOUND.replace(f"files: [{A}, {B}, {C}]", f"files: [{A}, {B}]"), SITE,
         "Make a mount target of files in eu-west-2c.", f"files: [{A}, {B}, {C}]"),
        (CHEAP.replace(f"{C}: 3", f"{C}: 4"), CLUSTER, "Take one web out of eu-west-2c.",
         f"web: {{{A}: 3, {B}: 3, {C}: 3}}"),
        (f"{NODES}api: {{{A}: 4, {B}: 3}}", PARTNERS, "Put one more api into eu-west-2b.",
         f"api: {{{A}: 4, {B}: 4}}"),
        (f"entry: {{{A}: 203.0.113.1, {B}: yes}}\napi: {{{A}: 4, {B}: 4}}", PARTNERS,
         "Give the node of entry in eu-west-2b an address that its clients know.",
         f"entry: {{{A}: 203.0.113.1, {B}: 203.0.113.2}}"),
        (f"gate-1: {A}\ngate-2: {B}\nfront: gate-1", MOVES,
         "Let gate-2 take front when its holder dies.",
         "front: [gate-1, gate-2]"),
        (DISKS_SOUND.replace("orders: shop\n", ""), DISKS,
         "Let shop stand where its volume stands", "orders: {zone: eu-west-2a, attached: shop}"),
        ("shop: 2a\norders: shop\ngallery: 2c\nphotos: gallery", DISKS,
         "Make a snapshot of photos, and from it a volume in the zone of gallery.",
         "photos-copy: {from: photos-snapshot, zone: eu-west-2c, attached: gallery}"),
    ],
)  # fmt: skip
def test_the_cure_is_the_smallest_move_or_addition(
    text: str, spec: dict, sentence: str, after: str
) -> None:
    [(said, written)] = steps(text, spec)
    assert said.startswith(sentence)
    assert written.endswith(after)


@pytest.mark.parametrize(
    ("text", "spec"),
    [
        (f"web: {{{A}: 6}}\ndatabase: {{primary: {A}}}", SITE),
        (f"web: {{{A}: 3, {B}: 3}}\nentry: [{A}]\nfiles: [{B}]\ndatabase: {A}", SITE),
        ("web: 6", SITE),
        ("ledger: 3", CLUSTER),
        (f"web: {{{A}: 6, {B}: 6}}\nledger: {{{A}: 2, {B}: 1}}", CLUSTER),
        ("entry:", PARTNERS),
        ("shop: 2b", DISKS),
    ],
)
def test_whatever_is_wrong_the_cure_leads_to_a_placement_that_survives(
    text: str, spec: dict
) -> None:
    assert len(steps(text, spec)) <= 4


def test_what_is_cheap_is_worth_nothing_while_it_does_not_work() -> None:
    found = {one.code: one for one in report("ledger:", CLUSTER).findings}
    assert not found["placement.not-yet"].passed
    assert report("ledger:", CLUSTER).percent == 0


def test_a_thing_survives_all_failures_of_a_sort_or_fails_once() -> None:
    [found] = failed(SOUND.replace(f"{C}: 2", f"{C}: 1"))
    assert [case.sentence for case in found.cases] == [
        "Without eu-west-2a, 3 of the 4 web that are needed are left.",
        "Without eu-west-2b, 3 of the 4 web that are needed are left.",
    ]
    rows = [one.name for one in report(SOUND).outcomes if str(one.name).endswith(": web")]
    assert len(rows) == 4  # each failure is a row all the same


def test_how_a_placement_stands_is_the_same_in_short_and_at_length() -> None:
    spec = placement.read_spec(SITE, {})
    for text in (SOUND, f"web: {{{A}: 6}}", "files: [2a]"):
        answer = read_answer(KIND, text)
        checks = placement.check(answer, spec).checks  # type: ignore[arg-type]
        assert placement.holds(answer, spec) == [one.passed for one in checks]  # type: ignore[arg-type]


def test_marks_while_typing_are_the_warnings_of_the_verdict() -> None:
    answer = read_answer(KIND, SOUND + "wep: {2a: 1}")
    found = placement.advise(answer, placement.read_spec(SITE, {}))  # type: ignore[arg-type]
    assert [(one.code, one.at) for one in found] == [("placement.unknown-name", (5, 7))]


def test_mistakes_are_counted_by_what_is_short_after_which_loss() -> None:
    found = failed(SOUND.replace(f"{C}: 2", f"{C}: 1"))[0]
    assert placement.behaviour(found, "") == "leaves-too-little|web|lost-zone"
    [over] = failed(CHEAP.replace(f"{C}: 3", f"{C}: 4"), CLUSTER)
    assert placement.behaviour(over, "") == ""


def test_the_drawing_shows_each_failure_with_what_it_takes_away() -> None:
    extra = report(SOUND).extra
    assert [str(one["name"]) for one in extra["failures"]] == [
        "On an ordinary day", f"Without {A}", f"Without {B}", f"Without {C}",
    ]  # fmt: skip
    lost = extra["failures"][1]
    assert [column["lost"] for column in lost["columns"]] == [True, False, False]
    web = lost["rows"][0]
    assert (web["name"], web["result"], web["passed"]) == ("web", "4/4", True)
    assert [mark["lost"] for mark in web["marks"]] == [True, True, False, False, False, False]
    assert extra["table"][1] == {"name": "database", "cells": ["P", "S", ""]}
    assert extra["bill"] is None


def test_the_bill_says_what_spare_instances_cost() -> None:
    bill = report(CHEAP, CLUSTER).extra["bill"]
    assert (bill["total"], bill["spare"], bill["budget"]) == (39, 11, 40)
    assert [line["name"] for line in bill["lines"]] == ["web", "ledger", ""]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"zones": [A]}, "are 2 to 6"),
        ({"zones": [A, A]}, "each of them once"),
        ({"fails": ["moon"]}, "is not some of zone, two-zones, instance"),
        ({"tiers": [{"name": "Web"}]}, "small letters"),
        ({"tiers": [{"name": "entry"}]}, "each of them once"),
        ({"tiers": [{"name": "web", "behind": "nothing"}]}, "tiers: “nothing” is nowhere"),
        ({"tiers": [{"name": "web", "needs": 21}]}, "needs"),
        ({"balancers": [{"name": "entry", "kind": "clb"}]}, "not one of alb, nlb"),
        ({"instances": [{"name": "shop", "data": "orders"}]}, "“orders” is nowhere"),
        ({"tier": []}, "unknown key"),
        (
            {
                "tiers": [{"name": "web", "behind": "entry"}, {"name": "api", "behind": "entry"}],
                "balancers": [{"name": "entry", "kind": "nlb"}],
                "file_systems": [],
            },
            "entry can have one tier without cross-zone",
        ),
    ],
)
def test_a_lab_that_is_wrong_is_told_where(change: dict, words: str) -> None:
    with pytest.raises(SpecError, match=words):
        placement.read_spec(SITE | change, {})


def test_a_lab_has_something_to_check() -> None:
    for tier in ({"name": "web", "points": 0}, {"name": "web", "needs": 0}):
        with pytest.raises(SpecError, match="nothing is worth a point"):
            placement.read_spec({"tiers": [tier]}, {})


def test_a_solution_can_be_broken_in_many_places() -> None:
    names = [mutant.name for mutant in placement.mutants(SOUND)]
    assert len(names) == len(set(names)) > 20
    assert f"web, {A}: 1 for 2" in names
    for mutant in placement.mutants(SOUND):
        read_answer(KIND, mutant.text)


def test_words_are_offered_at_any_place() -> None:
    assert ("standby", "what takes over") in placement.words("")["words"]
    assert placement.words("other") == {}


# --- Whatever is typed ---

PIECES = ["{", "}", "[", "]", ":", "\n", "  ", "- ", "99999", "-1", "yes", "é", '"', "primary", A]


def hostile(dice: Random, text: str) -> str:
    """A sound answer with some pieces put elsewhere, left out or broken."""
    for _number in range(dice.randint(1, 6)):
        at, length = dice.randrange(len(text) + 1), dice.randint(0, 12)
        piece = dice.choice([*PIECES, text[at : at + 40]])
        text = text[:at] + piece + text[at + length :]
    return text


def judged_or_refused(text: str, exercise: object) -> None:
    try:
        found = exercise.grade(text, with_cure=True)  # type: ignore[attr-defined]
    except AnswerError:
        return
    assert 0 <= found.percent <= 100


SPECS = ((SITE, SOUND), (CLUSTER, CHEAP), (DISKS, DISKS_SOUND), (MOVES, "front: [gate-1, gate-2]"))


def test_hostile_answers_are_judged_or_refused() -> None:
    dice = Random(11)
    exercises = [(exercise_of(KIND, table=spec, files={}), text) for spec, text in SPECS]
    for _number in range(200):
        exercise, text = dice.choice(exercises)
        judged_or_refused(hostile(dice, text), exercise)


def test_the_largest_answer_is_judged_soon() -> None:
    many = "".join(f"v{number}: {{from: v{number + 1}, of: v{number}}}\n" for number in range(290))
    exercise = exercise_of(KIND, table=DISKS, files={})
    assert effort(lambda: judged_or_refused(many[:7000], exercise), enough=20) <= 20

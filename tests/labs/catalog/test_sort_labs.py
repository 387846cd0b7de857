"""What the labs that sort promise beyond being fair."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from labs.grading.grade import Exercise, exercise_of
from labs.grading.kinds import KINDS
from labs.grading.sorting.codes import TOPICS
from labs.grading.sorting.exercise import SortingExercise
from labs.source import LabSource, VariantSource
from tests.labs.shipped import shipped_labs_with_translations

CATALOG = shipped_labs_with_translations()
LABS = [lab for lab in CATALOG if lab.kind == "scenario-sort"]
KIND = KINDS["scenario-sort"]
each_lab = pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.slug)


def exercise(variant: VariantSource) -> Exercise:
    return exercise_of(KIND, table=variant.table, files=variant.files, starter=variant.starter)


def sorting(variant: VariantSource) -> SortingExercise:
    spec = exercise(variant).spec
    assert isinstance(spec, SortingExercise)
    return spec


def written(choices: dict[str, str]) -> str:
    return "".join(f"{name}: {box}\n" for name, box in choices.items())


def wrong_choices(spec: SortingExercise) -> Iterator[tuple[str, dict[str, str]]]:
    """Each item in each box that is not accepted, the others right."""
    right = {item.name: item.accepts[0] for item in spec.items}
    for item in spec.items:
        for box in spec.boxes:
            if box.name not in item.accepts:
                yield item.reasons[box.name], {**right, item.name: box.name}


@each_lab
def test_every_item_in_every_other_box_scores_less_and_is_told_why(lab: LabSource) -> None:
    for variant in lab.variants:
        judge = exercise(variant)
        for reason, choices in wrong_choices(sorting(variant)):
            found = judge.grade(written(choices))
            assert found.percent < 100
            assert [one.why for one in found.findings if not one.passed] == [reason]


@each_lab
def test_every_accepted_box_is_right(lab: LabSource) -> None:
    for variant in lab.variants:
        judge, spec = exercise(variant), sorting(variant)
        for most in range(max(len(item.accepts) for item in spec.items)):
            last = {
                item.name: item.accepts[min(most, len(item.accepts) - 1)] for item in spec.items
            }
            assert judge.grade(written(last)).percent == 100


@each_lab
def test_a_reason_is_for_some_variant_in_which_the_box_is_wrong(lab: LabSource) -> None:
    given, used = set(), set()
    for spec in map(sorting, lab.variants):
        for item in spec.items:
            given |= {(item.name, box) for box in item.reasons}
            used |= {(item.name, box) for box in item.reasons if box not in item.accepts}
    assert given - used == set()


@each_lab
def test_findings_lead_to_a_section_of_the_lab(lab: LabSource) -> None:
    assert TOPICS[sorting(lab.variants[0]).topic] in lab.sections


@each_lab
def test_the_starter_lists_every_item_without_a_box(lab: LabSource) -> None:
    for variant in lab.variants:
        names = [item.name for item in sorting(variant).items]
        assert variant.starter == "".join(f"{name}:\n" for name in names)


@each_lab
def test_two_learners_do_not_have_the_same_answers(lab: LabSource) -> None:
    assert len({variant.solution for variant in lab.variants}) >= 2


@each_lab
def test_the_brief_says_of_each_item_and_box_what_the_verdict_does(lab: LabSource) -> None:
    for variant in lab.variants:
        spec = sorting(variant)
        assert [box.name for box in spec.boxes if f"`{box.name}`" not in variant.brief] == []
        for item in spec.items:
            assert f"| `{item.name}` | {item.text} |" in variant.brief


@each_lab
def test_the_german_brief_has_the_words_of_the_german_verdict(lab: LabSource) -> None:
    [german] = lab.translations
    for variant, own in zip(lab.variants, german.variants, strict=True):
        for item in sorting(variant).items:
            assert f"| `{item.name}` | {own.words.get(item.text, item.text)} |" in own.brief


@each_lab
def test_the_lab_has_wrong_answers_variants_and_hints(lab: LabSource) -> None:
    assert len(lab.wrong) >= 4
    assert len(lab.variants) >= 2
    assert len(lab.variants[0].hints) >= 3

"""What a change of the notes does: old rows and a new outline in, a plan out."""

from __future__ import annotations

import pytest

from lessons.matching import NewLesson, NewSection, OldLesson, OldSection
from lessons.plan import make_plan

BUCKETS = "A bucket holds objects.\nIts name is known to the whole world."
POLICIES = (
    "A policy says who may do what.\nIt is a JSON document.\nIt has statements.\nEach has "
    "an effect."
)


def old(
    slug: str, text: str = "", *, lesson: str = "one", title: str = "", archived: bool = False
) -> OldSection:
    return OldSection(f"key-of-{slug}", slug, title or slug.title(), text, lesson, archived)


def new(
    slug: str, text: str = "", *, lesson: str = "one", title: str = "", pinned: bool = False
) -> NewSection:
    return NewSection(slug, title or slug.title(), text, lesson, pinned)


def changes(
    before: list[OldSection], after: list[NewSection]
) -> list[tuple[str, str | None, str | None]]:
    """(kinds, old slug, new slug) of every section that changes."""
    slugs = dict.fromkeys([section.lesson for section in [*before, *after]])
    lessons = [OldLesson(slug, slug, slug, "m", learners=3) for slug in slugs]
    plan = make_plan(lessons, [NewLesson(slug, slug, "m") for slug in slugs], before, after)
    return [
        (" ".join(change.kinds), change.old and change.old.slug, change.new and change.new.slug)
        for change in plan.sections
        if change.kinds
    ]


@pytest.mark.parametrize(
    ("before", "after", "planned"),
    [
        pytest.param([old("a", BUCKETS)], [new("a", BUCKETS)], [], id="unchanged"),
        pytest.param(
            [old("a", BUCKETS)],
            [new("a", BUCKETS.replace("\n", "  \n"))],
            [],
            id="blanks are no change",
        ),
        pytest.param(
            [old("a", BUCKETS)], [new("a", POLICIES)], [("changed", "a", "a")], id="changed"
        ),
        pytest.param(
            [old("a", BUCKETS)], [new("b", BUCKETS)], [("renamed", "a", "b")], id="renamed"
        ),
        pytest.param(
            [old("a", POLICIES)],
            [new("b", POLICIES + "\nOr many effects.")],
            [("renamed changed", "a", "b")],
            id="renamed and changed a little",
        ),
        pytest.param(
            [old("a", BUCKETS)],
            [new("b", "Security groups let traffic in.")],
            [("added", None, "b"), ("removed", "a", None)],
            id="something else entirely",
        ),
        pytest.param(
            [old("a", BUCKETS)],
            [new("a", BUCKETS, lesson="two")],
            [("moved", "a", "a")],
            id="moved",
        ),
        pytest.param(
            [old("a", BUCKETS)],
            [new("b", BUCKETS, lesson="two")],
            [("renamed moved", "a", "b")],
            id="renamed and moved",
        ),
        pytest.param([], [new("a", BUCKETS)], [("added", None, "a")], id="added"),
        pytest.param([old("a", BUCKETS)], [], [("removed", "a", None)], id="removed"),
        pytest.param(
            [old("a", BUCKETS), old("b", POLICIES)],
            [new("a", POLICIES), new("b", BUCKETS)],
            [("renamed", "b", "a"), ("renamed", "a", "b")],
            id="swapped: the text is the section, not its number",
        ),
        pytest.param(
            [old("fargate", BUCKETS)],
            [new("fargate", POLICIES), new("fargate-2", BUCKETS, title="Fargate")],
            [("added", None, "fargate"), ("renamed", "fargate", "fargate-2")],
            id="a repeated heading put before the first",
        ),
        pytest.param(
            [old("a", POLICIES)],
            [
                new("a", "\n".join(POLICIES.split("\n")[:2])),
                new("b", "\n".join(POLICIES.split("\n")[2:])),
            ],
            [("changed", "a", "a"), ("split", "a", "b")],
            id="split",
        ),
        pytest.param(
            [old("a", BUCKETS)],
            [new("a", POLICIES, title="Other", pinned=True), new("b", BUCKETS)],
            [("renamed changed", "a", "a"), ("split", "a", "b")],
            id="a pin decides against the text",
        ),
        pytest.param(
            [old("aws", title="AWS")],
            [new("aws-cloud", title="AWS cloud")],
            [("renamed", "aws", "aws-cloud")],
            id="a heading without text is known by its words",
        ),
        pytest.param(
            [old("a", BUCKETS, archived=True)],
            [new("a", BUCKETS)],
            [("revived", "a", "a")],
            id="comes back",
        ),
        pytest.param([old("a", BUCKETS, archived=True)], [], [], id="what was archived stays so"),
        pytest.param(
            [old("a", BUCKETS), old("b", BUCKETS)],
            [new("c", BUCKETS), new("d", BUCKETS)],
            [("renamed", "a", "c"), ("renamed", "b", "d")],
            id="twins keep their order",
        ),
    ],
)
def test_sections(before, after, planned):
    assert changes(before, after) == planned


def lesson_changes(before: list[OldLesson], after: list[NewLesson], sections=((), ())):
    plan = make_plan(before, after, *sections)
    return plan.is_safe, [
        (" ".join(change.kinds), change.old and change.old.slug, change.new and change.new.slug)
        for change in plan.lessons
        if change.kinds
    ]


ONE = OldLesson(1, "one", "One", "m", learners=3)


@pytest.mark.parametrize(
    ("before", "after", "planned"),
    [
        ([ONE], [NewLesson("one", "One", "m")], (True, [])),
        ([ONE], [NewLesson("one", "Other", "m")], (True, [("renamed", "one", "one")])),
        ([ONE], [NewLesson("one", "One", "n")], (True, [("moved", "one", "one")])),
        (
            [ONE],
            [NewLesson("uno", "One", "m", was=("eins", "one"))],
            (True, [("renamed", "one", "uno")]),
        ),
        (
            [ONE],
            [NewLesson("two", "Two", "m")],
            (False, [("added", None, "two"), ("removed", "one", None)]),
        ),
        ([OldLesson(1, "one", "One", "m", learners=0)], [], (True, [("removed", "one", None)])),
        (
            [OldLesson(1, "one", "One", "m", learners=0, readers=1)],
            [],
            (False, [("removed", "one", None)]),
        ),
        ([OldLesson(1, "one", "One", "m", 3, archived=True)], [], (True, [])),
        (
            [OldLesson(1, "one", "One", "m", 3, archived=True)],
            [NewLesson("one", "One", "m")],
            (True, [("revived", "one", "one")]),
        ),
    ],
)
def test_lessons(before, after, planned):
    assert lesson_changes(before, after) == planned


def test_a_lesson_that_gave_most_sections_to_a_new_one_is_the_new_one():
    before = [old(slug, f"{slug} text alone", lesson="one") for slug in "abc"]
    after = [
        new("a", "a text alone", lesson="uno"),
        new("b", "b text alone", lesson="uno"),
        new("c", "c text alone", lesson="rest"),
    ]
    safe, planned = lesson_changes(
        [ONE], [NewLesson("uno", "Uno", "m"), NewLesson("rest", "Rest", "m")], (before, after)
    )
    assert (safe, planned) == (True, [("renamed", "one", "uno"), ("split", None, "rest")])


def test_a_change_says_how_many_completions_it_touches():
    lessons = [OldLesson(1, "one", "One", "m", learners=12)]
    plan = make_plan(
        lessons, [NewLesson("one", "One", "m")], [old("a", BUCKETS)], [new("a", POLICIES)]
    )
    assert [change.learners for change in plan.sections] == [12]

"""The suite of content changes: whatever an author does to the files, on the command line and in
the browser no completion is lost or granted to somebody who did not earn it, and the way back leads
to what was there."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from labs.models import Lab
from lessons.models import Completion, Lesson, Section
from tests.lessons.folders import COURSE, NOTES, edited, write_course
from tests.lessons.test_parts import IN_THREE, MERGED, SPLIT, lesson
from tests.lessons.test_sync import SWAPPED, without_rules
from tests.portal.authoring.conftest import DONE, Learners, Way, completed, everything

OUTBOUND = "## Outbound rules\nWhat may go out. Everything may, until you say otherwise.\n"
BEFORE = {name: sorted(slugs) for name, slugs in DONE.items()}
NEW_MODULE = '\n[[modules]]\nslug = "paying"\ntitle = "Paying"\n' + lesson("bills", "bills")
SPLIT_UP = ["outbound", "rules"]


@dataclass(frozen=True)
class Case:
    name: str
    notes: str = NOTES
    course: str = COURSE
    then: dict[str, list[str]] = field(default_factory=dict)  # of those for whom it differs
    lessons: str = "buckets rules"  # afterwards


CASES = [
    Case(
        "a heading is renamed",
        edited(NOTES, ("## Policies", "## Who may do what")),
        edited(COURSE, ('"policies"', '"who-may-do-what"')),
    ),
    Case(
        "a lesson is renamed",
        course=edited(COURSE, ('slug = "rules"', 'slug = "traffic"\nwas = ["rules"]')),
        then={"lea": ["buckets", "traffic"], "sam": ["traffic"]},
        lessons="buckets traffic",
    ),
    Case(
        "a heading moves to another lesson",
        course=edited(
            COURSE,
            ('"buckets", "policies"]', '"buckets"]'),
            ('["network",', '["policies", "network",'),
        ),
    ),
    Case(
        "a lesson moves to another module",
        course=edited(COURSE, ('[[modules]]\nslug = "connecting"\ntitle = "Connecting"\n', "")),
    ),
    Case(
        "a lesson is split",
        course=SPLIT,
        then={"lea": ["buckets", "outbound", "rules"], "sam": ["outbound", "rules"]},
        lessons="buckets rules outbound",
    ),
    Case(
        "a lesson is split into three that have other names",
        course=IN_THREE,
        then={
            "lea": ["buckets", "inbound", "network", "outbound"],
            "sam": ["inbound", "network", "outbound"],
        },
        lessons="buckets network inbound outbound",
    ),
    Case(
        "two lessons are merged",
        course=MERGED,
        then={"lea": ["buckets"], "mia": [], "sam": []},
        lessons="buckets",
    ),
    Case(
        "a heading is deleted",
        edited(NOTES, (OUTBOUND, "")),
        edited(COURSE, (', "outbound-rules"', "")),
    ),
    Case(
        "a lesson is deleted",
        **without_rules(),
        then={"lea": ["buckets"], "sam": []},
        lessons="buckets",
    ),
    Case("a text is edited", edited(NOTES, ("holds objects", "holds objects for ever"))),
    Case("two headings are swapped", SWAPPED),
    Case(
        "two lessons are swapped",
        course=edited(
            COURSE,
            ('slug = "buckets"', 'slug = "xx"'),
            ('slug = "rules"', 'slug = "buckets"\nwas = ["rules"]'),
            ('slug = "xx"', 'slug = "rules"\nwas = ["buckets"]'),
        ),
        lessons="rules buckets",
    ),
    Case("a level changes", edited(NOTES, ("## Inbound rules", "#### Inbound rules"))),
    Case(
        "a module is new",
        NOTES + "# Bills\nWhat it costs, and when.\n",
        COURSE + NEW_MODULE,
        lessons="buckets rules bills",
    ),
]
over_cases = pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])


def write(notes_dir: Path, case: Case) -> None:
    write_course(notes_dir, notes=case.notes, course=case.course)


def keys_of(kind: Any) -> set[Any]:
    return set(kind.objects.values_list("pk", flat=True))


@over_cases
def test_no_completion_is_lost_or_wrongly_granted(
    case: Case, way: Way, notes_dir: Path, learners: Learners, capsys: Any
) -> None:
    before = everything()
    write(notes_dir, case)
    way.apply()
    assert [one.slug for one in Lesson.objects.live()] == case.lessons.split()
    assert completed() == BEFORE | case.then
    for what in ("drafts", "scores", "answers", "labs"):
        assert everything()[what] == before[what]
    assert "othing to" in way.plan(capsys)


@over_cases
def test_undoing_leads_back_to_what_was_there(
    case: Case, way: Way, notes_dir: Path, learners: Learners, capsys: Any
) -> None:
    before = everything()
    write(notes_dir, case)
    rows = {kind: keys_of(kind) for kind in (Lesson, Section, Lab, Completion)}
    way.apply()
    way.undo()
    assert everything() == before
    assert all(keys <= keys_of(kind) for kind, keys in rows.items())  # nothing was deleted
    assert "othing to" not in way.plan(capsys)
    way.apply()  # the files hold it still
    assert completed() == BEFORE | case.then


# --- What learners do between a change and its undoing --------------------------------------------


def test_who_completed_one_part_only_has_not_completed_the_whole(
    way: Way, notes_dir: Path, learners: Learners
) -> None:
    write_course(notes_dir, course=SPLIT)
    way.apply()
    nia, mia = learners["nia"], learners["mia"]
    Lesson.objects.get(slug="rules").complete(nia)  # the part that keeps the row
    for slug in ("rules", "outbound"):
        Lesson.objects.get(slug=slug).complete(mia)
    way.undo()
    whole = Completion.objects.filter(lesson__slug="rules", lesson__archived_at=None)
    assert {row.user.name for row in whole} == {"Lea", "Sam", "Mia"}


def test_who_completed_the_whole_has_completed_both_that_it_was_made_of(
    way: Way, notes_dir: Path, learners: Learners
) -> None:
    write_course(notes_dir, course=MERGED)
    way.apply()
    Lesson.objects.live().get().complete(learners["nia"])
    way.undo()
    rows = Completion.objects.filter(user=learners["nia"], lesson__archived_at=None)
    assert {row.lesson.slug for row in rows} == {"buckets", "rules"}


def test_what_was_new_stays_completed_when_it_comes_again(
    way: Way, notes_dir: Path, learners: Learners
) -> None:
    write(notes_dir, CASES[-1])
    way.apply()
    Lesson.objects.get(slug="bills").complete(learners["nia"])
    way.undo()
    assert not Lesson.objects.live().filter(slug="bills").exists()
    way.apply()
    assert Lesson.objects.live().get(slug="bills").completions.get().user == learners["nia"]

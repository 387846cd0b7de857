"""Lessons that are split or merged, and who has completed them then."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from lessons.models import Completion, Course, Lesson, Place, Section
from lessons.progress import progress_of
from lessons.sync import plan_courses
from portal.cohorts.models import Cohort
from tests.lessons.folders import COURSE, NOTES, edited, write_course
from tests.rows import make_user

THEN = timezone.now() - timedelta(days=100)
LATER = timezone.now() - timedelta(days=50)

RULES = 'sections = ["network", "inbound-rules", "outbound-rules"]'


def lesson(slug: str, *sections: str) -> str:
    names = ", ".join(f'"{name}"' for name in sections)
    title = slug.capitalize()
    return f'\n[[modules.lessons]]\nslug = "{slug}"\ntitle = "{title}"\nsections = [{names}]\n'


SPLIT = edited(COURSE, (RULES, 'sections = ["network", "inbound-rules"]')) + lesson(
    "outbound", "outbound-rules"
)
IN_THREE = COURSE.partition('\n[[modules.lessons]]\nslug = "rules"')[0] + "".join(
    lesson(slug, section)
    for slug, section in (
        ("network", "network"),
        ("inbound", "inbound-rules"),
        ("outbound", "outbound-rules"),
    )
)
MERGED = edited(
    COURSE,
    (
        '"buckets", "policies"]',
        '"buckets", "policies", "network", "inbound-rules", "outbound-rules"]',
    ),
).partition('[[modules]]\nslug = "connecting"')[0]


def planned(notes_dir, course: str, notes: str = NOTES) -> list[str]:
    """What is said of lessons; and it is applied, and then there is nothing left to do."""
    write_course(notes_dir, course=course, notes=notes)
    (plan,) = plan_courses(notes_dir)
    plan.apply()
    assert [line for one in plan_courses(notes_dir) for line in one.lines()] == []
    return [line.strip() for line in plan.lines() if "lesson “" in line]


def is_safe(notes_dir, course: str) -> bool:
    write_course(notes_dir, course=course)
    (plan,) = plan_courses(notes_dir)
    return plan.is_safe


def learner(name: str, *lessons: str, at=THEN):
    user = make_user(name)
    cohort, _made = Cohort.objects.get_or_create(
        slug="small", defaults={"name": "Small", "course": Course.objects.get()}
    )
    cohort.enrol(user)
    for slug in lessons:
        row = Lesson.objects.live().get(slug=slug)
        Completion.objects.create(user=user, lesson=row, completed_at=at)
    return user


def completed(user) -> dict[str, object]:
    """Live lessons, and when."""
    rows = user.completions.filter(lesson__archived_at=None)
    return dict(rows.values_list("lesson__slug", "completed_at"))


def percent(user) -> int:
    return progress_of(user)[0].percent


def test_who_completed_a_lesson_keeps_both_parts_completed(notes_dir):
    lea, mia = learner("Lea", "rules"), learner("Mia", "buckets")
    assert planned(notes_dir, SPLIT) == [
        "+ split: lesson “Rules” → “Outbound” (1 learner completed it: they keep both parts "
        "completed)"
    ]
    assert completed(lea) == {"rules": THEN, "outbound": THEN}
    assert completed(mia) == {"buckets": THEN}


def test_a_split_costs_nobody_anything(notes_dir):
    lea = learner("Lea", "rules", "buckets")
    write_course(notes_dir, course=SPLIT)
    call_command("sync_content", "--apply-if-safe")
    assert percent(lea) == 100


def test_a_split_that_nobody_completed_says_so(notes_dir):
    assert planned(notes_dir, SPLIT) == [
        "+ split: lesson “Rules” → “Outbound” (completed by 0 learners)"
    ]


def test_a_lesson_that_is_gone_lives_on_in_its_three_parts(notes_dir):
    lea = learner("Lea", "rules")
    rules = Lesson.objects.get(slug="rules")
    rules.remember_place(lea, "inbound-rules")
    words = "(1 learner completed it: they keep all 3 parts completed)"
    assert is_safe(notes_dir, IN_THREE)
    assert planned(notes_dir, IN_THREE) == [
        f"+ split: lesson “Rules” → “Network” {words}",
        f"+ split: lesson “Rules” → “Inbound” {words}",
        f"+ split: lesson “Rules” → “Outbound” {words}",
        "- removed: lesson “Rules” → “Network” + “Inbound” + “Outbound” (completed by 1 learner)",
    ]
    assert completed(lea) == {"network": THEN, "inbound": THEN, "outbound": THEN}
    assert Completion.objects.filter(lesson=rules, user=lea).exists()
    assert Place.objects.get().lesson.slug == "inbound"


def test_a_lesson_that_holds_little_of_another_is_new(notes_dir):
    lea = learner("Lea", "rules")
    notes = NOTES + "## Gateways\nBetween networks.\n## Routes\nWhere packets go.\n"
    course = edited(COURSE, (RULES, 'sections = ["network", "inbound-rules"]')) + lesson(
        "ways", "outbound-rules", "gateways", "routes"
    )
    assert planned(notes_dir, course, notes) == ["+ added: lesson “Ways”"]
    assert completed(lea) == {"rules": THEN}


def test_what_comes_of_two_lessons_is_completed_by_who_completed_both(notes_dir):
    lea, mia = learner("Lea", "rules"), learner("Mia", "rules")
    Completion.objects.create(
        user=lea, lesson=Lesson.objects.get(slug="buckets"), completed_at=LATER
    )
    course = edited(
        COURSE,
        ('"buckets", "policies"]', '"buckets"]'),
        (RULES, 'sections = ["network", "inbound-rules"]'),
    ) + lesson("limits", "policies", "outbound-rules")
    assert planned(notes_dir, course) == [
        "+ split: lesson “Buckets and policies” + “Rules” → “Limits” (1 learner completed all of "
        "them: they keep this completed)"
    ]
    assert completed(lea) == {"rules": THEN, "buckets": LATER, "limits": LATER}
    assert completed(mia) == {"rules": THEN}


def test_merged_lessons_are_completed_by_who_completed_all_of_them(notes_dir):
    lea = learner("Lea", "rules", "buckets")
    mia, sam = learner("Mia", "buckets"), learner("Sam", "rules")
    assert not is_safe(notes_dir, MERGED)
    assert planned(notes_dir, MERGED) == [
        "~ merged: lesson “Buckets and policies” + “Rules” → “Buckets and policies” (1 learner "
        "completed all of it: they keep it completed; 2 learners completed a part: for them it is "
        "open again, and what they completed is archived)",
        "- removed: lesson “Rules” → “Buckets and policies” (completed by 2 learners)",
    ]
    assert completed(lea) == {"buckets": THEN}
    assert completed(mia) == completed(sam) == {}
    kept = Completion.objects.filter(user__in=[mia, sam]).order_by("user__name")
    assert [(row.user, row.lesson.title, row.completed_at) for row in kept] == [
        (mia, "Buckets and policies", THEN),
        (sam, "Rules", THEN),
    ]


def test_a_merge_that_opens_something_again_waits_for_a_word(notes_dir):
    mia = learner("Mia", "buckets")
    write_course(notes_dir, course=MERGED)
    with pytest.raises(CommandError, match="learners would lose progress"):
        call_command("sync_content", "--apply-if-safe")
    assert completed(mia) == {"buckets": THEN}


def test_a_merge_of_what_everybody_completed_is_safe(notes_dir):
    lea = learner("Lea", "rules", "buckets")
    assert is_safe(notes_dir, MERGED)
    assert planned(notes_dir, MERGED)[0].endswith(
        "(1 learner completed all of it: they keep it completed)"
    )
    assert percent(lea) == 100


def test_who_stopped_in_a_merged_lesson_goes_on_in_the_whole(notes_dir):
    lea, mia = learner("Lea"), learner("Mia")
    rules = Lesson.objects.get(slug="rules")
    rules.remember_place(lea, "inbound-rules")
    rules.remember_place(mia)
    planned(notes_dir, MERGED)
    assert {place.lesson.slug for place in Place.objects.all()} == {"buckets"}
    assert lea.places.get().section == Section.objects.get(slug="inbound-rules")


def test_who_completed_the_whole_keeps_both_when_it_is_split_again(notes_dir):
    planned(notes_dir, MERGED)
    lea = learner("Lea", "buckets")
    assert planned(notes_dir, COURSE) == [
        "+ revived: lesson “Buckets and policies” → “Rules” (1 learner completed it: they keep "
        "both parts completed)"
    ]
    assert completed(lea) == {"buckets": THEN, "rules": THEN}


def test_a_merge_may_be_applied_again_and_again(notes_dir):
    mia = learner("Mia", "buckets")
    for _time in range(2):
        planned(notes_dir, MERGED)
        planned(notes_dir, COURSE)
    assert completed(mia) == {}
    assert mia.completions.count() == 1

"""Files → rows, with people's progress in between."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from lessons.lesson_page import render_lesson
from lessons.models import Completion, Course, Lesson, Place, Section
from lessons.plan import make_plan
from lessons.progress import progress_of
from lessons.search import find
from lessons.sides import old_lessons
from lessons.sync import StalePlan, plan_courses
from portal.cohorts.models import Cohort
from tests.lessons.folders import COURSE, NOTES, apply, edited, write_course
from tests.rows import index, make_user

SWAPPED = edited(
    NOTES,
    ("## Inbound rules", "## xx"),
    ("## Outbound rules", "## Inbound rules"),
    ("## xx", "## Outbound rules"),
)


@pytest.fixture
def learner(notes_dir):
    """Completed both lessons and stopped at "Policies"."""
    learner = make_user("Lea Learner")
    Cohort.objects.create(name="Small", slug="small", course=Course.objects.get()).enrol(learner)
    for lesson in Lesson.objects.all():
        lesson.complete(learner)
    Lesson.objects.get(slug="buckets").remember_place(learner, "policies")
    return learner


def lines(notes_dir) -> list[str]:
    return [line for plan in plan_courses(notes_dir) for line in plan.lines()]


def identities() -> dict[str, str]:
    return {section.slug: str(section.uuid) for section in Section.objects.live()}


def test_the_first_sync_makes_all_rows(notes_dir):
    course = Course.objects.get()
    assert [module.title for module in course.modules.all()] == ["Storing", "Connecting"]
    assert [
        (lesson.position, lesson.slug, lesson.module.slug) for lesson in course.lessons.all()
    ] == [
        (1, "buckets", "storing"),
        (2, "rules", "connecting"),
    ]
    lesson = course.lessons.get(slug="buckets")
    assert [entry["anchor"] for entry in lesson.contents] == ["storage", "buckets", "policies"]
    assert '<h3 id="buckets">Buckets <span class="emoji"' in lesson.html
    assert [section.slug for section in lesson.sections.all()] == ["storage", "buckets", "policies"]
    assert lesson.words > 20


def test_syncing_twice_has_nothing_to_do(notes_dir):
    before = list(Lesson.objects.values()), list(Section.objects.values())
    assert lines(notes_dir) == []
    apply(notes_dir)
    assert (list(Lesson.objects.values()), list(Section.objects.values())) == before


def test_a_renamed_heading_keeps_its_identity_and_all_progress(notes_dir, learner):
    before = identities()
    write_course(
        notes_dir,
        notes=edited(NOTES, ("## Policies", "## Who may do what")),
        course=edited(COURSE, ('"policies"', '"who-may-do-what"')),
    )
    assert lines(notes_dir) == [
        "small: “Small”",
        "  ~ renamed: “Policies” → “Who may do what” in buckets (completed by 1 learner)",
    ]
    apply(notes_dir)
    assert identities()["who-may-do-what"] == before["policies"]
    (progress,) = progress_of(learner)
    assert progress.percent == 100
    assert learner.places.get().section.slug == "who-may-do-what"


def test_a_moved_heading_keeps_its_identity(notes_dir, learner):
    before = identities()
    course = edited(
        COURSE, ('"buckets", "policies"]', '"buckets"]'), ('["network",', '["policies", "network",')
    )
    write_course(notes_dir, course=course)
    assert lines(notes_dir) == [
        "small: “Small”",
        "  ~ moved: “Policies” in buckets → rules (completed by 1 learner)",
    ]
    apply(notes_dir)
    assert identities() == before
    assert Section.objects.get(slug="policies").lesson.slug == "rules"


def test_swapped_headings_swap_their_addresses(notes_dir):
    before = identities()
    write_course(notes_dir, notes=SWAPPED)
    apply(notes_dir)
    assert identities()["inbound-rules"] == before["outbound-rules"]
    assert identities()["outbound-rules"] == before["inbound-rules"]
    assert lines(notes_dir) == []


def test_a_removed_heading_is_archived_and_comes_back_as_itself(notes_dir, learner):
    before = identities()
    write_course(
        notes_dir,
        notes=edited(
            NOTES,
            ("## Outbound rules\nWhat may go out. Everything may, until you say otherwise.\n", ""),
        ),
        course=edited(COURSE, (', "outbound-rules"', "")),
    )
    assert lines(notes_dir) == [
        "small: “Small”",
        "  - removed: “Outbound rules” in rules (completed by 1 learner)",
    ]
    apply(notes_dir)
    assert "outbound-rules" not in identities()
    write_course(notes_dir)
    assert lines(notes_dir)[1:] == [
        "  + revived: “Outbound rules” in rules (completed by 1 learner)"
    ]
    apply(notes_dir)
    assert identities() == before


def without_rules() -> dict[str, str]:
    """The notes and the course without all that the second lesson held."""
    return {
        "notes": NOTES.partition("# Network")[0],
        "course": COURSE.partition('[[modules]]\nslug = "connecting"')[0],
    }


def test_a_removed_lesson_is_archived_with_its_completions(notes_dir, learner):
    write_course(notes_dir, **without_rules())
    (plan,) = plan_courses(notes_dir)
    assert not plan.is_safe
    assert plan.lines()[1] == (
        "  - removed: lesson “Rules” (completed by 1 learner, 0 learners stopped there; kept, but "
        "no longer shown)"
    )
    plan.apply()
    assert Completion.objects.filter(lesson__slug="rules").count() == 1
    assert [lesson.slug for lesson in Lesson.objects.live()] == ["buckets"]
    assert (progress_of(learner)[0].total, progress_of(learner)[0].percent) == (1, 100)
    write_course(notes_dir)
    apply(notes_dir)
    assert (progress_of(learner)[0].total, progress_of(learner)[0].percent) == (2, 100)


def test_a_lesson_may_change_its_slug_and_another_take_it(notes_dir, learner):
    course = edited(
        COURSE,
        ('slug = "buckets"', 'slug = "storage"\nwas = ["buckets"]'),
        ('slug = "rules"', 'slug = "buckets"\nwas = ["rules"]'),
    )
    keys = {lesson.slug: lesson.pk for lesson in Lesson.objects.all()}
    write_course(notes_dir, course=course)
    apply(notes_dir)
    now = {lesson.slug: lesson.pk for lesson in Lesson.objects.live()}
    # A slug that stands in the file belongs to the row that has it;
    # only a free one can be inherited.
    assert now["buckets"] == keys["buckets"]
    assert Lesson.objects.live().count() == 2


def test_a_lesson_with_a_new_slug_keeps_its_row(notes_dir, learner):
    key = Lesson.objects.get(slug="rules").pk
    write_course(
        notes_dir, course=edited(COURSE, ('slug = "rules"', 'slug = "firewall"\nwas = ["rules"]'))
    )
    assert lines(notes_dir)[1] == "  ~ renamed: lesson “Rules” (completed by 1 learner)"
    apply(notes_dir)
    assert Lesson.objects.get(slug="firewall").pk == key
    assert progress_of(learner)[0].percent == 100


@pytest.mark.parametrize(
    ("change", "lesson"),
    [
        (("port and source address", "port and source"), "rules"),
        (("holds objects.", "holds objects.\n\nOne more line above the other lesson."), "buckets"),
    ],
)
def test_the_date_of_a_lesson_moves_only_with_its_words(notes_dir, change, lesson):
    before = dict(Lesson.objects.values_list("slug", "updated_at"))
    write_course(notes_dir, notes=edited(NOTES, change))
    apply(notes_dir)
    after = dict(Lesson.objects.values_list("slug", "updated_at"))
    assert [slug for slug in before if before[slug] != after[slug]] == [lesson]


def test_a_new_renderer_renders_anew_without_touching_dates(notes_dir):
    before = list(Lesson.objects.values_list("slug", "updated_at"))
    Lesson.objects.update(html="old", rendered_hash="by another renderer")
    Course.objects.update(content_hash="of the same files and another renderer")
    assert lines(notes_dir) == ["small: “Small”", "  ~ arrangement, notes or layout only"]
    apply(notes_dir)
    assert list(Lesson.objects.values_list("slug", "updated_at")) == before
    assert Lesson.objects.filter(html="old").count() == 0


def test_a_course_whose_folder_is_gone_is_never_archived_by_itself(notes_dir, learner):
    for path in sorted((notes_dir / "small").iterdir()):
        path.unlink()
    (plan,) = plan_courses(notes_dir)
    assert (plan.is_safe, plan.is_empty) == (False, False)
    with pytest.raises(CommandError, match="learners would lose progress"):
        call_command("sync_content", "--apply-if-safe")
    assert Course.objects.live().count() == 1
    plan.apply()
    assert (Course.objects.live().count(), Completion.objects.count()) == (0, 2)
    write_course(notes_dir)
    apply(notes_dir)
    assert progress_of(learner)[0].percent == 100


def test_completions_and_places_are_counted_apart(notes_dir, learner):
    """Not by one join of both, which would multiply them."""
    lesson = Lesson.objects.get(slug="rules")
    for name in ("Ann", "Bob", "Cid"):
        user = make_user(name)
        user.completions.create(lesson=lesson)
        Place.objects.create(user=user, course=lesson.course, lesson=lesson)
    with CaptureQueriesContext(connection) as queries:
        found = {one.slug: (one.learners, one.readers) for one in old_lessons(lesson.course)}
    assert found["rules"] == (4, 3)
    assert len(queries) == 1
    assert "JOIN" not in queries[0]["sql"].replace('INNER JOIN "lessons_module"', "")


FEWER_WORDS = edited(NOTES, ("port and source address", "port and source"))


def test_a_plan_that_is_no_longer_true_is_not_applied(notes_dir, learner):
    write_course(notes_dir, notes=FEWER_WORDS)
    (plan,) = plan_courses(notes_dir)
    write_course(notes_dir, notes=SWAPPED)
    apply(notes_dir)  # by somebody else, meanwhile
    with pytest.raises(StalePlan, match="small: the course changed since it was planned"):
        plan.apply()
    assert lines(notes_dir) == []


def test_what_somebody_else_has_applied_is_not_applied_again(notes_dir, learner):
    write_course(notes_dir, notes=FEWER_WORDS)
    (plan,) = plan_courses(notes_dir)
    apply(notes_dir)
    synced_at = Course.objects.get().synced_at
    plan.apply()
    assert Course.objects.get().synced_at == synced_at


def test_learners_who_go_on_learning_stop_no_plan(notes_dir, learner):
    write_course(notes_dir, notes=FEWER_WORDS)
    (plan,) = plan_courses(notes_dir)
    make_user("Mia Learner").completions.create(lesson=Lesson.objects.get(slug="rules"))
    plan.apply()
    assert lines(notes_dir) == []


def test_who_completes_meanwhile_what_is_to_go_stops_it(notes_dir):
    write_course(notes_dir, **without_rules())
    (plan,) = plan_courses(notes_dir)
    assert plan.is_safe
    make_user("Mia Learner").completions.create(lesson=Lesson.objects.get(slug="rules"))
    with pytest.raises(StalePlan):
        plan.apply()
    assert Lesson.objects.live().count() == 2


def test_nothing_is_rendered_or_compared_while_the_course_is_locked(notes_dir, monkeypatch):
    """A course of this size takes a third of a second, and on SQLite nobody else may write."""
    locked: list[bool] = []

    def spied(lesson, **how):
        locked.append(len(connection.savepoint_ids) > depth)
        return render_lesson(lesson, **how)

    def compared(*rows):
        locked.append(len(connection.savepoint_ids) > depth)
        return make_plan(*rows)

    depth = len(connection.savepoint_ids)
    monkeypatch.setattr("lessons.writer.render_lesson", spied)
    monkeypatch.setattr("lessons.sync.make_plan", compared)
    write_course(notes_dir, notes=FEWER_WORDS)
    apply(notes_dir)
    assert locked == [False] * 2  # one plan, one changed lesson


def test_a_course_that_is_as_its_files_say_costs_two_queries(notes_dir, learner):
    with CaptureQueriesContext(connection) as queries:
        assert lines(notes_dir) == []
    assert len(queries) == 2  # its version; courses whose folder is gone


def test_a_failure_in_the_middle_changes_nothing(notes_dir):
    def full_disk(execute, sql, params, many, context):
        if sql.startswith('UPDATE "lessons_section" SET "course_id"'):
            raise OperationalError("disk full")
        return execute(sql, params, many, context)

    write_course(notes_dir, notes=SWAPPED)
    before = identities(), list(Lesson.objects.values())
    with pytest.raises(OperationalError, match="disk full"), connection.execute_wrapper(full_disk):
        apply(notes_dir)
    assert (identities(), list(Lesson.objects.values())) == before


def test_the_command_plans_first_and_applies_when_told(notes_dir, learner, capsys):
    def say(*options: str) -> list[str]:
        call_command("sync_content", *options)
        return capsys.readouterr().out.splitlines()

    index(Course.objects.get())
    write_course(notes_dir, notes=edited(NOTES, ("port and source address", "port and source")))
    planned = ["small: “Small”", "  ~ changed: “Inbound rules” in rules (completed by 1 learner)"]
    assert say() == [*planned, "Nothing is applied yet: run again with --apply."]
    with pytest.raises(CommandError, match="behind the files"):
        say("--check")
    capsys.readouterr()
    anew = "small: what search looks into is made anew"
    assert say("--apply-if-safe") == [*planned, anew, "Applied."]
    assert say("--check") == ["Nothing to do."]


def test_the_command_applies_a_loss_only_when_told(notes_dir, learner, capsys):
    write_course(notes_dir, **without_rules())
    with pytest.raises(CommandError, match="Not applied, because learners would lose progress"):
        call_command("sync_content", "--apply-if-safe")
    assert Lesson.objects.live().count() == 2
    call_command("sync_content", "--apply")
    assert Lesson.objects.live().count() == 1


def test_a_mistake_in_the_files_stops_the_command_with_its_place(notes_dir):
    write_course(notes_dir, course=edited(COURSE, ("schema = 1", "scheme = 1")))
    with pytest.raises(CommandError, match=r"small/course.toml: scheme: unknown key"):
        call_command("sync_content")


def test_the_sync_fills_what_search_looks_at(notes_dir, learner):
    assert Section.objects.get(slug="policies").plain.startswith("A policy says who may do what.")
    index(Course.objects.get())
    (hit, *_others) = find("policy statements", learner).hits
    assert (hit.title, hit.url) == ("Policies", "/learn/small/buckets/#policies")


def test_readers_see_changed_notes_at_once(notes_dir, learner, client_of):
    reader = client_of(learner)
    assert "Zebras" not in reader.get("/learn/small/buckets/").content.decode()
    write_course(notes_dir, notes=edited(NOTES, ("## Policies", "## Policies\n\nZebras.")))
    apply(notes_dir)
    assert "Zebras" in reader.get("/learn/small/buckets/").content.decode()


def test_one_changed_section_renders_and_writes_one_lesson(notes_dir, monkeypatch):
    rendered = []

    def note(lesson, **places):
        rendered.append(lesson.slug)
        return render_lesson(lesson, **places)

    monkeypatch.setattr("lessons.writer.render_lesson", note)
    write_course(notes_dir, notes=edited(NOTES, ("port and source address", "port and source")))
    with CaptureQueriesContext(connection) as captured:
        apply(notes_dir)
    written = [one["sql"] for one in captured if one["sql"].startswith("UPDATE")]
    assert rendered == ["rules"]
    assert len([sql for sql in written if '"html" = ' in sql]) == 1
    assert len([sql for sql in written if '"plain" = ' in sql]) == 1

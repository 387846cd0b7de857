"""`manage.py seed_load`: a cohort of any size out of a seed."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from labs.grading.kinds import KINDS
from labs.models import Draft, Effort, Grade, Lab, Mistake, State, Submission
from labs.packed import pack, packed
from labs.sync import plan_labs
from lessons.models import Completion, Course, Place
from lessons.sync import plan_courses
from portal.accounts.models import User
from portal.cohorts.models import Cohort, DueDate, Extension, Membership, Role
from portal.reviews.models import Comment, Question
from portal.seeding import judged
from tests.labs.folders import with_line, write_folder
from tests.labs.kinds import words
from tests.rows import make_submission, make_user

Seed = Callable[..., None]
SILENT = '"silent.txt" = ["words.missing"]'
MISTAKES = [SILENT, SILENT.replace("silent", "none"), SILENT.replace("silent", "other")]
LAB_TOML = with_line(SILENT, "\n".join(MISTAKES))
FILES = {"lab_toml": LAB_TOML, "wrong__none.txt": "what", "wrong__other.txt": "<<verb>>"}


@pytest.fixture
def catalog(course: Course, tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setitem(KINDS, "words", words)
    settings.CATALOG_DIR = tmp_path
    for slug in ("say-it", "say-it-twice"):
        write_folder(tmp_path, slug, **FILES)
    for plan in plan_labs(tmp_path):
        plan.apply()
    return tmp_path


@pytest.fixture
def seed(catalog: Path) -> Seed:
    def run(*words: str, learners: int = 12, submissions: int = 150, items: int = 5) -> None:
        numbers = [f"--learners={learners}", f"--submissions={submissions}", f"--items={items}"]
        call_command("seed_load", *numbers, *words)

    return run


def test_there_are_as_many_people_and_answers_as_were_asked_for(seed: Seed) -> None:
    seed()
    cohort = Cohort.objects.get(slug="load")
    assert cohort.learners.count() == 12
    assert Submission.objects.count() == 150
    assert [one.role for one in cohort.memberships.exclude(role=Role.LEARNER)] == [Role.INSTRUCTOR]
    assert set(Submission.objects.values_list("user", flat=True)) <= set(
        cohort.learners.values_list("pk", flat=True)
    )


def test_answers_are_of_the_lab_s_folder_with_the_report_of_its_engine(seed: Seed) -> None:
    seed()
    wrong = Submission.objects.filter(grade__passed=False, text="allow").first()
    assert wrong
    assert wrong.grade
    assert [one.code for one in wrong.grade.read_report().findings if not one.passed] == [
        "words.missing"
    ]
    assert wrong.grade.engine_version == words.VERSION
    assert wrong.grade.content_hash == wrong.lab.content_hash
    texts = set(Submission.objects.values_list("text", flat=True))
    assert {"allow", "read", "what"} <= texts
    assert texts & {"allow read", "read allow"}


def test_every_answer_has_its_own_grade_or_could_not_be_checked(seed: Seed) -> None:
    seed(submissions=400)
    graded = Submission.objects.filter(state=State.GRADED, grade__submission=F("pk"))
    faulted = Submission.objects.filter(state=State.FAULTED, grade=None).exclude(fault="")
    assert graded.count() + faulted.count() == 400
    assert Grade.objects.count() == graded.count()


def test_whoever_tries_again_becomes_better_until_it_is_right(seed: Seed) -> None:
    seed()
    for user in User.objects.exclude(submissions=None):
        for lab in Lab.objects.all():
            rows = Submission.objects.filter(user=user, lab=lab).order_by("pk")
            passed = [row.passed for row in rows]
            assert True not in passed[:-1]
            assert list(rows) == sorted(rows, key=lambda row: row.created_at)


def test_some_pass_and_some_do_not_some_read_and_some_never_came(seed: Seed) -> None:
    seed(learners=200, submissions=900)
    learners = User.objects.filter(email__endswith=".load.example", memberships__role="learner")
    assert learners.filter(submissions__grade__passed=True).exists()
    assert Draft.objects.exists()
    assert learners.filter(last_login=None, submissions=None).exists()
    assert Completion.objects.exists()
    assert Place.objects.values("seen_at").distinct().count() > 10
    assert Submission.objects.exclude(change_shown_at=None).exists()


def test_something_is_due_somebody_has_longer_and_people_talk(seed: Seed) -> None:
    seed()
    assert DueDate.objects.count() == Course.objects.get(slug="aws").modules.count()
    assert Extension.objects.exists()
    assert Cohort.objects.get().dates_edition
    assert Question.objects.filter(comments__isnull=False).exists()
    assert Comment.objects.filter(role=Role.INSTRUCTOR).exists()


def test_labs_are_there_once_more_where_the_course_is_too_short(seed: Seed, catalog: Path) -> None:
    seed(items=12)
    cohort = Cohort.objects.get()
    items = [
        one
        for course in cohort.courses.all()
        for one in (*course.lessons.all(), *course.labs.all())
    ]
    assert len(items) == 12
    again = Lab.objects.filter(slug__startswith="again-")
    assert again.count() == 6
    assert again.filter(submissions__grade__passed=True).exists()
    assert plan_labs(catalog) == []
    assert "practice" not in {plan.slug for plan in plan_courses(catalog / "no-notes")}


def test_a_second_cohort_learns_the_same(seed: Seed) -> None:
    seed(items=12)
    seed("--cohort=small", learners=3, submissions=9, items=12)
    first, second = Cohort.objects.all()
    assert set(first.courses.all()) == set(second.courses.all())
    assert Lab.objects.count() == 8


def story() -> list[tuple[object, ...]]:
    """What happened; which variant a learner has depends on the key of their row."""
    columns = ("user__name", "user__email", "lab__slug", "created_at", "grade__points", "key")
    return list(Submission.objects.order_by("pk").values_list(*columns))


def test_the_same_seed_tells_the_same_story_and_another_one_another(seed: Seed) -> None:
    stories = []
    for number in (1, 1, 2):
        seed(f"--seed={number}", items=0)
        stories.append(story())
        empty()
    assert stories[0] == stories[1] != stories[2]


def empty() -> None:
    Submission.objects.all().update(grade=None)
    Grade.objects.all().delete()
    for model in (Comment, Question, Submission, Cohort, User):
        model.objects.all().delete()


def test_running_it_again_changes_nothing(seed: Seed, capsys) -> None:
    seed()
    models = (User, Cohort, Membership, Submission, Grade, Completion, DueDate)
    before = [list(model.objects.order_by("pk").values_list()) for model in models]
    seed()
    assert [list(model.objects.order_by("pk").values_list()) for model in models] == before
    assert "there already" in capsys.readouterr().out


def test_another_size_needs_another_name(seed: Seed) -> None:
    seed()
    with pytest.raises(CommandError, match="--cohort"):
        seed(learners=3)
    seed("--cohort=small", learners=3, submissions=9)
    assert Cohort.objects.get(slug="small").learners.count() == 3


def test_real_people_are_left_alone_unless_somebody_says_so(seed: Seed) -> None:
    make_user("Ann", email="ann@school.test")
    with pytest.raises(CommandError, match="--yes"):
        seed()
    assert not Cohort.objects.exists()
    seed("--yes")
    assert Cohort.objects.exists()


def test_the_demo_s_teacher_teaches_here_too(seed: Seed) -> None:
    tom = make_user("Tom Teacher", email="tom@demo.example")
    seed()
    assert Cohort.objects.get().memberships.get(role=Role.INSTRUCTOR).user == tom


@pytest.mark.parametrize("words", [["--cohort=No Slug"], ["--learners=0"], ["--course=none"]])
def test_what_makes_no_sense_is_refused(seed: Seed, words: list[str]) -> None:
    with pytest.raises(CommandError):
        call_command("seed_load", *words)


def test_somebody_can_hand_in_afterwards(seed: Seed) -> None:
    """The keys go on where these end."""
    seed()
    last = Submission.objects.order_by("pk").last()
    user = User.objects.exclude(submissions=None).first()
    assert last
    assert user
    assert make_submission(user, last.lab).pk == last.pk + 1


def test_a_report_is_packed_once_and_reads_the_same(seed: Seed) -> None:
    seed()
    submission = Submission.objects.graded()[0]
    grade = submission.grades.get()
    report = grade.report
    fields = {"points": 1, "max_points": 2, "passed": False, "report": packed(report)}
    again = Grade.objects.create(submission=submission, **fields)
    assert Grade.objects.get(pk=again.pk).report == report
    assert pack(report) == packed(report)


def test_the_most_frequent_mistake_is_the_first_of_the_folder(catalog: Path) -> None:
    [answers, *_others] = judged.judged_catalog(["say-it"]).values()
    assert [one.text for one in answers.wrong] == ["what", "read", "allow", "say"]
    assert [one.percent for one in answers.wrong] == [0, 50, 50, 0]
    assert {one.text for one in answers.right} >= {"allow read", "read allow"}


def test_mistakes_and_efforts_are_those_that_verdicts_would_have_written(seed: Seed):
    seed()
    tables = (Effort, "user", "lab", "failed", "passed_at"), (Mistake, "submission", "code")
    written = [sorted(map(str, model.objects.values_list(*names))) for model, *names in tables]
    assert all(written)
    call_command("count_mistakes", "--anew", verbosity=0, stdout=StringIO())
    assert written == [
        sorted(map(str, model.objects.values_list(*names))) for model, *names in tables
    ]

"""tom looks from a cell of the grid at what lea did with a lab or a lesson."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from labs.grading.kinds import KINDS
from labs.models import Draft, Lab, Mistake, State, Submission
from labs.quiz.models import LessonCheck
from lessons.models import Course
from portal.accounts.models import User
from portal.audit.models import Entry, What
from portal.cohorts.models import Cohort, DueDate, Extension, Role
from portal.reviews.models import Comment, Question
from portal.reviews.stories import Tried
from portal.reviews.templatetags.reviews_tags import lasting
from tests.labs.quiz.asking import ask
from tests.rows import make_grade, make_lab, make_submission

NOW = timezone.now()


@pytest.fixture
def lab(course: Course) -> Lab:
    return make_lab(course, "read-one-bucket", section="policy-structure")


def address(user: User, thing) -> str:
    return f"/cohorts/autumn/learners/{user.pk}/{thing._meta.model_name}-{thing.pk}/"


def ago(**time: int):
    return timezone.now() - timedelta(**time)


def words(answer) -> str:
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def test_a_lab_s_story_tells_every_attempt(client_of, tom: User, lea: User, lab: Lab) -> None:
    for points, minutes in ((1, 200), (2, 190), (4, 130)):
        make_grade(make_submission(lea, lab, created_at=ago(minutes=minutes)), points)
    answer = client_of(tom).get(address(lea, lab))
    told = [(one.submission.grade.percent, one.after) for one in answer.context["attempts"]]
    assert [percent for percent, _after in told] == [100, 50, 25]
    assert [after and round(after.total_seconds() / 60) for _percent, after in told] == [
        60,
        10,
        None,
    ]
    page = words(answer)
    assert "Attempts 3" in page
    assert re.search(r"Until it passed 1.hour, 10.minutes", page)
    assert re.search(r"At work on it 10.minutes", page)


def test_it_tells_of_hints_the_solution_and_the_draft(
    client_of, tom: User, lea: User, lab: Lab
) -> None:
    client = client_of(tom)
    page = words(client.get(address(lea, lab)))
    for sentence in (
        "Nothing was handed in yet.",
        "Last hint shown never",
        "not looked at before passing",
        "Draft none",
        "Not begun",
    ):
        assert sentence in page
    one = make_submission(lea, lab, change_shown_at=NOW, solution_shown_at=ago(days=2))
    make_grade(one, 1)
    Draft.objects.create(user=lea, lab=lab, text="secret draft", saved_at=ago(days=3))
    page = words(client.get(address(lea, lab)))
    assert "Last hint shown 1 time" in page
    assert re.search(r"looked at 2.days ago, before passing", page)
    assert re.search(r"Draft saved 3.days ago", page)
    assert "then saw the last hint" in page
    assert "secret draft" not in page


def test_it_says_what_was_wrong_in_words(client_of, tom: User, lea: User, lab: Lab) -> None:
    row = make_submission(lea, lab)
    make_grade(row, 1)
    [code, *_others] = KINDS[lab.kind].CODES
    Mistake.objects.all().delete()
    for told in (code, code, "no.such-code"):
        Mistake.objects.create(submission=row, user=lea, lab=lab, code=told, made_at=NOW)
    [attempt] = client_of(tom).get(address(lea, lab)).context["attempts"]
    assert attempt.wrong == [str(KINDS[lab.kind].CODES[code].title), "no.such-code"]


def test_it_shows_what_people_said_and_asked(
    client_of, tom: User, lea: User, mia: User, cohort: Cohort, lab: Lab
) -> None:
    mine, others = make_submission(lea, lab), make_submission(mia, lab)
    Comment.objects.write(mine, author=tom, role=Role.INSTRUCTOR, text="Read <b>it</b> again.")
    Comment.objects.write(others, author=tom, role=Role.INSTRUCTOR, text="Said to Mia.")
    asked = Question.objects.create(cohort=cohort, user=lea, lab=lab, submission=mine)
    answer = client_of(tom).get(address(lea, lab))
    assert "again." in words(answer)
    assert "Said to Mia." not in words(answer)
    assert f"/cohorts/autumn/questions/{asked.pk}/" in answer.content.decode()
    assert [one.submission.said for one in answer.context["attempts"]] == [1]


def test_due_dates_and_extensions_are_told_and_given(
    client_of, tom: User, amy: User, lea: User, cohort: Cohort, lab: Lab, course: Course
) -> None:
    other = course.lessons.get(slug="buckets")
    DueDate.objects.write(cohort, {("lab", lab.pk): ago(days=1), ("lesson", other.pk): ago(days=1)})
    client = client_of(tom)
    page = client.get(address(lea, lab))
    assert re.search(r"Due .* late", words(page))
    assert [key for key, _words in page.context["duty"].choices] == [f"lab-{lab.pk}"]
    assert client_of(amy).get(address(lea, lab)).content.count(b"Give more time") == 0
    day = (timezone.localdate() + timedelta(days=5)).isoformat()
    extend = f"/cohorts/autumn/learners/{lea.pk}/extend/"
    client.post(extend, {"what": f"lab-{lab.pk}", "until": day})
    assert Extension.objects.get().user == lea
    assert "longer than the others" in words(client.get(address(lea, lab)))


def test_what_was_done_late_says_so(
    client_of, tom: User, lea: User, cohort: Cohort, lab: Lab, course: Course
) -> None:
    module = course.modules.get(slug="storage")
    buckets = course.lessons.get(slug="buckets")
    buckets.complete(lea)
    make_grade(make_submission(lea, lab, created_at=ago(days=5)), 4)
    DueDate.objects.write(cohort, {("module", module.pk): ago(days=2)})
    client = client_of(tom)
    assert "done late" in words(client.get(address(lea, buckets)))
    assert "done in time" in words(client.get(address(lea, lab)))


def test_a_lesson_s_story_tells_whether_it_is_checked(client_of, tom, lea, cohort, course) -> None:
    policies = course.lessons.get(slug="policies")
    client, path = client_of(tom), address(lea, policies)
    assert "Not checked" not in client.get(path).content.decode(), "it asks nothing"
    ask(policies, "two-allows-one-deny")
    course.edition = "asking"
    course.save()
    page = " ".join(client.get(path).content.decode().split())
    assert "Not checked" in page
    assert "0 of 1 questions answered" in page
    LessonCheck.objects.create(user=lea, lesson=policies, checked_at=timezone.now())
    page = client.get(path).content.decode()
    assert "Checked" in page
    assert "Not checked" not in page


def test_a_lesson_s_story_tells_whether_and_where(
    client_of, tom: User, lea: User, cohort: Cohort, course: Course
) -> None:
    policies = course.lessons.get(slug="policies")
    client = client_of(tom)
    assert "Not completed" in words(client.get(address(lea, policies)))
    policies.remember_place(lea, "policy-structure")
    policies.complete(lea)
    Question.objects.create(cohort=cohort, user=lea, lesson=policies)
    page = words(client.get(address(lea, policies)))
    for sentence in ("Completed", "Policy structure", "Question"):
        assert sentence in page


def test_arrows_lead_to_the_learner_s_next_item(
    client_of, tom: User, lea: User, course: Course, lab: Lab
) -> None:
    first, second, third = course.lessons.order_by("position")
    client = client_of(tom)
    order = [first, second, lab, third]
    for before, here, after in zip([None, *order], order, [*order[1:], None], strict=False):
        found = client.get(address(lea, here)).context["neighbours"]
        assert [one and one[1] for one in found] == [before, after]


def test_each_look_is_in_the_log(client_of, tom: User, lea: User, lab: Lab) -> None:
    client = client_of(tom)
    for _time in range(2):
        client.get(address(lea, lab))
    [entry] = Entry.objects.filter(what=What.LOOKED)
    assert (entry.actor_id, entry.person_id) == (tom.pk, lea.pk)
    assert entry.about == f"autumn: lab-{lab.pk}"


def test_what_the_cohort_does_not_learn_has_no_story(
    client_of, tom: User, lea: User, lab: Lab, other_course: Course
) -> None:
    client = client_of(tom)
    assert client.get(address(lea, other_course.lessons.get())).status_code == 404
    assert client.get(address(tom, lab)).status_code == 404
    Lab.objects.update(archived_at=NOW)
    Course.objects.update(edition="after")
    assert client.get(address(lea, lab)).status_code == 404


@pytest.mark.parametrize("attempts", [3, 30])
def test_thirty_attempts_take_as_many_queries_as_three(
    client_of, tom: User, lea: User, lab: Lab, attempts: int, django_assert_num_queries
) -> None:
    for number in range(attempts):
        row = make_submission(lea, lab, created_at=ago(hours=number + 1))
        make_grade(row, 2)
        Comment.objects.write(row, author=tom, role=Role.INSTRUCTOR, text="Again.")
    client = client_of(tom)
    client.get(address(lea, lab))
    with django_assert_num_queries(14):
        client.get(address(lea, lab))


def test_many_attempts_are_turned_page_by_page(client_of, tom: User, lea: User, lab: Lab) -> None:
    for number in range(51):
        make_submission(lea, lab, created_at=ago(hours=number), state=State.FAULTED)
    client = client_of(tom)
    sizes = [
        len(client.get(address(lea, lab), {"page": page}).context["attempts"]) for page in "12"
    ]
    assert sizes == [50, 1]
    assert Submission.objects.count() == 51


def test_pauses_are_no_work() -> None:
    times = [NOW + timedelta(minutes=minutes) for minutes in (0, 10, 15, 300, 301)]
    assert Tried(times, 0, None).at_work == timedelta(minutes=16)
    assert Tried([], 0, None).at_work == timedelta()


def test_a_span_is_told_in_words() -> None:
    told = [lasting(timedelta(seconds=seconds)) for seconds in (0, 59, 300, 3600 * 50)]
    assert [text.replace("\xa0", " ") for text in told] == [
        "less than a minute",
        "less than a minute",
        "5 minutes",
        "2 days, 2 hours",
    ]

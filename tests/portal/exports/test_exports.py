"""What an instructor takes along: three tables in three forms."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from labs.models import Lab
from labs.quiz.models import LessonCheck
from lessons.models import Course
from portal.accounts.models import User
from portal.audit.models import Entry, What
from portal.cohorts.models import Cohort, Role
from tests.rows import make_grade, make_lab, make_submission, make_user

ADDRESS = "/cohorts/autumn/exports/"


@pytest.fixture
def lab(course: Course) -> Lab:
    return make_lab(course, "read-one-bucket", section="policy-structure")


@pytest.fixture
def toms(tom: User, proven_client_of: Callable[[User], Client]) -> Client:
    return proven_client_of(tom)


def content(client: Client, name: str) -> bytes:
    answer = client.get(f"{ADDRESS}{name}")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def read_csv(client: Client, name: str) -> list[dict[str, str]]:
    text = content(client, name).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def read_json(client: Client, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(content(client, name))
    return found


def read_workbook(client: Client, name: str) -> list[dict[str, Any]]:
    book = openpyxl.load_workbook(io.BytesIO(content(client, name)), read_only=True)
    titles, *rows = book.active.values
    return [dict(zip(titles, row, strict=True)) for row in rows]


READERS = {"csv": read_csv, "xlsx": read_workbook, "json": read_json}


def test_the_gradebook_has_a_row_a_learner_and_a_column_a_lesson_and_a_lab(
    toms: Client, lea: User, mia: User, course: Course, lab: Lab
) -> None:
    course.lessons.get(slug="buckets").complete(lea)
    make_grade(make_submission(lea, lab), 1)
    make_grade(make_submission(lea, lab), 3)
    leas, mias = read_csv(toms, "gradebook.csv")
    assert (leas["Learner"], leas["E-mail"]) == ("Lea Learner", "lea@example.com")
    assert (leas["Lesson: Buckets"], leas["Lesson: Policies"]) == ("100", "")
    assert (leas["Lab: Read one bucket"], leas["Lessons completed"]) == ("75", "1")
    assert (mias["Lesson: Buckets"], mias["Lab: Read one bucket"]) == ("", "")


def test_the_gradebook_counts_what_is_checked_and_mastered(
    toms: Client, lea: User, mia: User, course: Course, lab: Lab
) -> None:
    for user, slug in ((lea, "policies"), (lea, "buckets"), (mia, "policies")):
        lesson = course.lessons.get(slug=slug)
        LessonCheck.objects.create(user=user, lesson=lesson, checked_at=timezone.now())
    make_grade(make_submission(lea, lab), 4)
    leas, mias = read_json(toms, "gradebook.json")
    assert (leas["lessons_checked"], leas["lessons_mastered"]) == (2, 1)
    assert (mias["lessons_checked"], mias["lessons_mastered"]) == (1, 0)


def test_what_is_late_and_what_is_missing_is_counted(
    toms: Client, lea: User, cohort: Cohort, course: Course
) -> None:
    yesterday = timezone.now() - timedelta(days=1)
    for slug in ("buckets", "policies"):
        cohort.due_dates.create(lesson=course.lessons.get(slug=slug), due_at=yesterday)
    cohort.renew_dates()
    course.lessons.get(slug="buckets").complete(lea)
    [row] = read_json(toms, "gradebook.json")
    assert (row["done_late"], row["overdue"]) == (1, 1)


def test_the_answers_are_told_in_their_order_with_what_they_were_worth(
    toms: Client, lea: User, tom: User, lab: Lab
) -> None:
    first = make_grade(make_submission(lea, lab, "one"), 1).submission
    make_grade(make_submission(lea, lab, "two"), 4)
    make_submission(lea, lab, "three")
    rows = read_json(toms, "answers.json")
    assert [(row["text"], row["attempt"], row["percent"]) for row in rows] == [
        ("one", 1, 25),
        ("two", 2, 100),
        ("three", 3, None),
    ]
    assert rows[0]["submission"] == first.pk
    assert [row["passed"] for row in rows] == [False, True, None]
    assert rows[0]["handed_in_at"] == first.created_at.isoformat()
    assert rows[0]["lab"] == "Read one bucket"


def test_the_findings_have_a_row_a_check(toms: Client, lea: User, lab: Lab) -> None:
    make_grade(make_submission(lea, lab), 1, 2)
    rows = read_json(toms, "findings.json")
    assert [row["holds"] for row in rows] == [True, False]
    assert all(row["code"] and row["said"] for row in rows)


@pytest.mark.parametrize("name", ["gradebook", "answers", "findings"])
@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_each_table_has_the_same_rows_in_each_form(
    toms: Client, lea: User, mia: User, lab: Lab, name: str, ending: str
) -> None:
    for one in (lea, mia):
        make_grade(make_submission(one, lab, "ä “quoted”, with a comma\nand a line"), 4)
    rows = READERS[ending](toms, f"{name}.{ending}")
    names = [row.get("Learner") or row.get("learner") for row in rows]
    assert set(names) == {"Lea Learner", "Mia Learner"}
    if name == "answers":
        texts = {row.get("Text") or row.get("text") for row in rows}
        assert texts == {"ä “quoted”, with a comma\nand a line"}


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
@pytest.mark.parametrize("name", ["gradebook", "answers", "findings"])
def test_nobody_and_nothing_is_a_file_all_the_same(toms: Client, name: str, ending: str) -> None:
    assert READERS[ending](toms, f"{name}.{ending}") == []


def test_other_cohorts_and_other_courses_stay_out(
    toms: Client, lea: User, lab: Lab, other_course: Course, other_cohort: Cohort
) -> None:
    other = make_lab(other_course, "cut-an-onion")
    make_grade(make_submission(lea, other, "elsewhere"), 4)
    stranger = make_user("Eve Elsewhere")
    other_cohort.enrol(stranger)
    make_grade(make_submission(stranger, lab, "not ours"), 4)
    make_grade(make_submission(lea, lab, "ours"), 4)
    assert [row["text"] for row in read_json(toms, "answers.json")] == ["ours"]
    assert [row["email"] for row in read_json(toms, "gradebook.json")] == ["lea@example.com"]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", '=HYPERLINK("http://e")'],
)
def test_no_spreadsheet_computes_what_a_learner_wrote(
    toms: Client, lea: User, lab: Lab, text: str
) -> None:
    lea.name = text
    lea.save()
    make_submission(lea, lab, text)
    [row] = read_csv(toms, "answers.csv")
    for found in (row["Learner"], row["Text"]):
        assert (found[0], found.replace("'", "")) == ("'", text)
    [row] = read_json(toms, "answers.json")
    assert row["text"] == text
    book = openpyxl.load_workbook(io.BytesIO(content(toms, "answers.xlsx")))
    cell = book.active.cell(row=2, column=len(list(book.active.columns)))
    assert (cell.data_type, cell.value.strip()) == ("s", text.strip())


def test_a_workbook_holds_what_xml_cannot(toms: Client, lea: User, lab: Lab) -> None:
    make_submission(lea, lab, "a\x0bb <c> & " + "x" * 40_000)
    [row] = read_workbook(toms, "answers.xlsx")
    assert row["Text"].startswith("a\N{REPLACEMENT CHARACTER}b <c> & xxx")
    assert len(row["Text"]) == 32_767


def test_the_log_says_who_took_what(toms: Client, tom: User, lea: User) -> None:
    content(toms, "gradebook.csv")
    entry = Entry.objects.get(what=What.EXPORTED)
    assert (entry.actor_id, entry.about) == (tom.pk, "autumn: gradebook.csv")
    assert "gradebook.csv" in toms.get("/cohorts/autumn/log/").content.decode()


def test_who_has_not_just_shown_who_they_are_is_asked(
    tom: User, client_of: Callable[[User], Client]
) -> None:
    answer = client_of(tom).get(f"{ADDRESS}gradebook.csv")
    assert "/reauthenticate/" in answer["Location"]
    assert not Entry.objects.filter(what=What.EXPORTED).exists()


@pytest.mark.parametrize("name", ["secrets.csv", "gradebook.exe"])
def test_other_tables_and_forms_are_not_there(toms: Client, name: str) -> None:
    assert toms.get(f"{ADDRESS}{name}").status_code == 404


def test_whoever_hurries_is_slowed_down(toms: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.exports.views.PER_MINUTE", 1)
    assert toms.get(f"{ADDRESS}gradebook.csv").status_code == 200
    assert toms.get(f"{ADDRESS}gradebook.csv").status_code == 429


@pytest.mark.parametrize("name", ["gradebook", "answers", "findings"])
def test_the_cost_does_not_grow_with_the_learners(
    toms: Client, cohort: Cohort, lab: Lab, name: str
) -> None:
    def queries(learners: int) -> int:
        for number in range(cohort.learners.count(), learners):
            user = make_user(f"Number{number} X", password=None)
            cohort.enrol(user)
            make_grade(make_submission(user, lab), 2)
        with CaptureQueriesContext(
            connection,
        ) as found:
            content(toms, f"{name}.csv")
        return len(found)

    queries(1)  # what is kept in memory from then on
    few = queries(3)
    assert queries(20) == few


def test_the_tables_are_in_the_readers_language(toms: Client, tom: User, lea: User) -> None:
    tom.language = "de"
    tom.save()
    [row] = read_csv(toms, "gradebook.csv")
    assert "Bestandene Labs" in row


def test_an_assistant_exports_nothing(
    cohort: Cohort, proven_client_of: Callable[[User], Client]
) -> None:
    amy = make_user("Amy Assistant")
    cohort.enrol(amy, role=Role.ASSISTANT)
    client = proven_client_of(amy)
    assert client.get(f"{ADDRESS}gradebook.csv").status_code == 404
    assert "exports/" not in client.get("/cohorts/autumn/").content.decode()

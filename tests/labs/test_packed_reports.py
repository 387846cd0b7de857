"""Reports are stored packed, and read whichever way they stand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core import serializers
from django.core.management import call_command
from django.db import connection

from labs.grading.counted import counted
from labs.grading.grade import grade as check
from labs.grading.report import Report
from labs.mistakes import World, keys_of
from labs.models import Grade, Lab
from labs.packing import pack_reports, pack_rows, unpacked_after
from labs.source import LabSource
from labs.verdicts import verdict_of
from portal.accounts.models import User
from portal.accounts.own_data import erase
from tests.labs.shipped import shipped_labs
from tests.rows import make_grade, make_submission

MOST_BYTES = 3000  # of a grade's report, on average
OF_WRONG = 4  # one in so many is looked at
SIZES = {
    "sqlite": "SELECT avg(length(report) + length(unpacked_report)) FROM labs_grade",
    "postgresql": "SELECT avg(pg_column_size(report) + pg_column_size(unpacked_report)) "
    "FROM labs_grade",
}


@cache
def wrong_reports() -> list[tuple[LabSource, Report]]:
    """Some of each lab's: they are alike in size."""
    catalog = shipped_labs()
    return [(lab, report) for lab in catalog for report in reports_of(lab)]


def reports_of(lab: LabSource) -> Iterator[Report]:
    variant = lab.variants[0]
    for text in list(variant.wrong.values())[::OF_WRONG]:
        yield check(
            lab.kind_module,
            table=variant.table,
            files=variant.files,
            text=text,
            starter=variant.starter,
            with_cure=True,
        )


def test_the_reports_on_wrong_answers_of_the_whole_catalogue_are_small(lea: User, lab: Lab, capsys):
    reports = [report for _lab, report in wrong_reports()]
    submission = make_submission(lea, lab)
    for report in reports:
        submission.add_grade(points=0, max_points=1, passed=False, report=report.as_json())
    with connection.cursor() as cursor:
        cursor.execute(SIZES[connection.vendor])
        [size] = cursor.fetchone()
    whole = sum(len(json.dumps(report.as_json())) for report in reports) / len(reports)
    with capsys.disabled():
        print(
            f"\n{len(reports)} reports on {connection.vendor}: {whole:.0f} bytes as JSON, "
            f"{size:.0f} as stored"
        )
    assert len(reports) > 200
    assert size <= MOST_BYTES
    assert [one.read_report() for one in Grade.objects.order_by("pk")] == reports


def test_what_is_counted_of_a_report_is_the_same_without_the_rest_of_it():
    for source, report in wrong_reports():
        assert counted_in(source, counted(report.as_json())) == counted_in(source, report)


def counted_in(lab: LabSource, report: Report) -> object:
    world = World({}, lab.variants[0].solution)
    mistakes = keys_of(report.findings, lab.kind, world, refused=report.refused)
    return report.earned, report.earnable, report.max_points, report.passed, mistakes


@pytest.fixture
def grade(lea: User, lab: Lab) -> Grade:
    return make_grade(make_submission(lea, lab), 2)


@pytest.fixture
def old(grade: Grade) -> Grade:
    """As it was stored before."""
    Grade.objects.filter(pk=grade.pk).update(report=None, unpacked_report=grade.report)
    return Grade.objects.get(pk=grade.pk)


def test_a_report_from_before_is_read_as_any_other(grade: Grade, old: Grade):
    assert old.report is None
    assert old.read_report() == grade.read_report()
    old.submission.grade = old
    assert verdict_of(old.submission).score == "2 of 4 checks · 50 %"


def test_a_report_from_before_is_packed_once(grade: Grade, old: Grade):
    assert list(pack_reports()) == [1]
    old.refresh_from_db()
    assert (old.report, old.unpacked_report) == (grade.report, {})
    assert list(pack_reports()) == []


def test_reports_are_packed_some_at_a_time(old: Grade, monkeypatch: pytest.MonkeyPatch):
    for _number in range(4):
        make_grade(old.submission, 1)
    Grade.objects.update(report=None, unpacked_report={"findings": []})
    monkeypatch.setattr("labs.packing.AT_ONCE", 2)
    assert list(pack_reports()) == [2, 2, 1]
    assert not Grade.objects.unpacked().exists()


def test_the_command_says_how_many(old: Grade, capsys: pytest.CaptureFixture[str]):
    call_command("pack_reports")
    assert "Reports packed: 1." in capsys.readouterr().out


def test_who_is_erased_while_reports_are_packed_stays_erased(old: Grade):
    read = unpacked_after(0)
    erase(old.submission.user)
    assert pack_rows(read) == 0
    old.refresh_from_db()
    assert old.stored_report == {"findings": []}


def test_the_way_back_unpacks_all(grade: Grade):
    migration = import_module("labs.migrations.0005_unpack_on_the_way_back")
    migration.unpack(apps, SimpleNamespace(connection=connection))
    row = Grade.objects.get()
    assert (row.report, row.unpacked_report) == (None, grade.report)


def test_a_dump_shows_the_report_readable(grade: Grade):
    dump = serializers.serialize("json", [grade])
    assert json.loads(json.loads(dump)[0]["fields"]["report"]) == grade.report
    [loaded] = serializers.deserialize("json", dump)
    assert loaded.object.report == grade.report

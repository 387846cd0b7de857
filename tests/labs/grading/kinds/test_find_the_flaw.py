from __future__ import annotations

import pytest

from labs.grading.errors import AnswerError, SpecError
from labs.grading.grade import grade, read_answer
from labs.grading.kinds import KINDS

LINES = [
    {"text": "tcp 443 from 0.0.0.0/0", "why": "A public web site."},
    {"text": "tcp 22 from 0.0.0.0/0", "flaw": "sg.ssh-open", "why": "The office is enough."},
    {"text": "tcp 3306 from sg-web"},
    {"text": "-1 from 10.0.0.0/8", "flaw": "sg.all-traffic", "points": 2},
]


def report(text: str, lines: list[dict] = LINES):
    return grade(KINDS["find-the-flaw"], table={"lines": lines}, files={}, text=text)


def test_the_flaws_alone_score_everything():
    assert [report(text).percent for text in ("2, 4", "4\n2  # ssh", "2 2 4")] == [100, 100, 100]


def test_one_false_alarm_costs_its_share_and_names_its_line_alone():
    found = report("1, 2, 4")
    assert found.percent == 75
    assert [one.message for one in found.findings if not one.passed] == ["Line 1 is right."]
    assert all(one.hidden for one in found.findings if one.passed and "is right" in one.message)


def test_marking_everything_costs_half():
    everything = report("1 2 3 4")
    assert (everything.points, everything.max_points) == (6, 12)
    alarm = next(one for one in everything.findings if not one.passed)
    assert (alarm.code, alarm.message, alarm.why) == (
        "flaw.false-alarm",
        "Line 1 is right.",
        "A public web site.",
    )
    assert (alarm.line, alarm.column) == (1, 1)


def test_a_missed_flaw_is_counted_under_its_own_code_without_its_line():
    missed = report("4").findings[0]
    assert (missed.code, missed.passed) == ("sg.ssh-open", False)
    assert missed.message == "One of the lines that you left unmarked is wrong."


def test_a_line_that_does_not_exist_is_a_false_alarm():
    assert report("2, 4, 9").findings[-1].message == "There is no line 9."


def test_only_marked_lines_are_given_away():
    rows = report("1").extra["lines"]
    assert rows[0] == {
        "number": 1,
        "text": "tcp 443 from 0.0.0.0/0",
        "marked": True,
        "flawed": False,
        "why": "A public web site.",
    }
    assert rows[1] == {"number": 2, "text": "tcp 22 from 0.0.0.0/0", "marked": False}


def test_words_are_unreadable():
    with pytest.raises(AnswerError) as caught:
        read_answer(KINDS["find-the-flaw"], "2\n 4, ssh")
    assert (caught.value.line, caught.value.column) == (2, 5)


@pytest.mark.parametrize(
    "lines", [[LINES[0]], [{**LINES[1], "flaw": "sg.nonsense"}], [{"flaw": "sg.ssh-open"}]]
)
def test_a_spec_without_flaws_or_with_unknown_ones_is_refused(lines):
    with pytest.raises(SpecError):
        report("1", lines)


@pytest.mark.parametrize("text", ["- 1\n- 3", "1.\n3.", "[1, 3]", "1) 3)", "1, 3"])
def test_a_number_may_have_around_it_what_lists_have(text):
    assert list(read_answer(KINDS["find-the-flaw"], text)) == [1, 3]

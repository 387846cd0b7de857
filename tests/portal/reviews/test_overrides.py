"""An instructor decides about a verdict; two at once; and all who wrote the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from labs.models import Grade, Lab, Ruling, State, Submission, Variant
from portal.accounts.models import User
from portal.audit.models import Entry, What
from portal.cohorts.models import Cohort
from tests.rows import make_grade, make_submission, make_user

RIGHT = {"verdict": "passed", "reason": "It does the same."}


@pytest.fixture
def toms(client_of, tom: User) -> Client:
    return client_of(tom)


@pytest.fixture
def decide(toms: Client, answer: Submission) -> Callable:
    def send(client: Client = toms, **fields: Any):
        seen = Submission.objects.get(pk=answer.pk).grade_id
        form = RIGHT | {"seen": seen} | fields
        return client.post(f"/cohorts/autumn/submissions/{answer.pk}/override/", form)

    return send


@pytest.fixture
def take_back(toms: Client, answer: Submission) -> Callable:
    def send(reason: str = "I misread it.", **fields: Any):
        seen = Submission.objects.get(pk=answer.pk).grade_id
        form = {"withdraw-reason": reason, "withdraw-seen": seen} | fields
        return toms.post(f"/cohorts/autumn/submissions/{answer.pk}/withdraw/", form)

    return send


def now(answer: Submission) -> Grade:
    return Submission.objects.get(pk=answer.pk).grade


def log(what: What) -> list[tuple[int, int, str]]:
    found = Entry.objects.filter(what=what).order_by("pk")
    return list(found.values_list("actor_id", "person_id", "about"))


# --- One ------------------------------------------------------------------------------------------


def test_an_instructor_decides_and_the_log_says_so(
    decide, toms: Client, answer: Submission, lea: User, tom: User, words
) -> None:
    sent = decide()
    assert sent.url == f"/cohorts/autumn/submissions/{answer.pk}/"
    assert (now(answer).passed, now(answer).percent, now(answer).author) == (True, 100, tom)
    about = f"autumn: submission {answer.pk}: passed, 100 %"
    assert log(What.OVERRODE) == [(tom.pk, lea.pk, about)]
    page = words(toms.get(sent.url))
    assert "An instructor decided this verdict." in page
    assert "Instructor · Tom Teacher" in page
    assert "Withdraw the override" in page


def test_the_grid_counts_it(decide, toms: Client, answer: Submission, lea: User, lab: Lab) -> None:
    cell = f'<td data-state="{{}}"><a href="learners/{lea.pk}/lab-{lab.pk}/">'
    assert cell.format("trying") in toms.get("/cohorts/autumn/").content.decode()
    decide()
    assert cell.format("passed") in toms.get("/cohorts/autumn/").content.decode()


@pytest.mark.parametrize(
    ("fields", "passed", "percent"),
    [
        ({"verdict": "passed"}, True, 100),
        ({"verdict": "passed", "percent": "80"}, True, 80),
        ({"verdict": "failed"}, False, 50),
        ({"verdict": "failed", "percent": "0"}, False, 0),
    ],
)
def test_percent_may_be_left_out(
    decide, answer: Submission, fields: dict[str, str], passed: bool, percent: int
) -> None:
    decide(**fields)
    assert (now(answer).passed, now(answer).percent) == (passed, percent)


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"reason": ""}, "reason"),
        ({"reason": "x" * 1001}, "reason"),
        ({"verdict": "perhaps"}, "verdict"),
        ({"percent": "101"}, "percent"),
        ({"percent": "-1"}, "percent"),
        ({"verdict": "failed", "percent": "100"}, "percent"),
    ],
)
def test_what_makes_no_sense_decides_nothing(
    decide, answer: Submission, fields: dict[str, str], problem: str
) -> None:
    page = decide(**fields)
    assert list(page.context["override"].errors) == [problem]
    assert '<details class="card" open>' in page.content.decode()
    assert now(answer) == answer.grade


def test_it_is_withdrawn_with_a_reason(
    decide, take_back, answer: Submission, lea: User, tom: User
) -> None:
    decide()
    assert list(take_back("").context["withdraw"].errors) == ["reason"]
    take_back()
    assert (now(answer).made_by, now(answer).percent) == ("withdrawn", 50)
    about = f"autumn: submission {answer.pk}"
    assert log(What.WITHDREW) == [(tom.pk, lea.pk, about)]


def test_an_assistant_decides_nothing(
    client_of, decide, amy: User, answer: Submission, words
) -> None:
    client = client_of(amy)
    assert decide(client).status_code == 404
    page = client.get(f"/cohorts/autumn/submissions/{answer.pk}/")
    assert "override" not in page.context
    assert "Override the verdict" not in words(page)


def test_nothing_is_offered_while_it_is_checked(toms: Client, lea: User, lab: Lab) -> None:
    waiting = make_submission(lea, lab)
    page = toms.get(f"/cohorts/autumn/submissions/{waiting.pk}/")
    assert "override" not in page.context


# --- Two at once ----------------------------------------------------------------------------------


def test_the_second_reads_both_and_may_decide_all_the_same(
    decide, client_of, una: User, answer: Submission, words
) -> None:
    seen = answer.grade_id
    decide(client_of(una), reason="First!", percent="90")
    page = decide(seen=seen, verdict="failed", percent="40", reason="Second.")
    assert page.status_code == 409
    for sentence in ("Somebody was faster", "Una Teacher", "Passed, 90 %", "First!", "Second."):
        assert sentence in words(page)
    assert now(answer).reason == "First!"
    assert len(log(What.OVERRODE)) == 1
    again = page.context["form"].data
    assert decide(**again.dict()).status_code == 302
    assert (now(answer).reason, now(answer).percent) == ("Second.", 40)


def test_the_same_form_sent_twice_decides_once(decide, answer: Submission) -> None:
    seen = answer.grade_id
    assert [decide(seen=seen).status_code for _ in range(2)] == [302, 409]
    assert answer.grades.count() == 2


def test_two_cannot_withdraw_the_same(decide, take_back, answer: Submission, words) -> None:
    decide()
    seen = now(answer).pk
    take_back(**{"withdraw-seen": seen})
    page = take_back(**{"withdraw-seen": seen})
    assert page.status_code == 409
    assert "There is no override any more that could be withdrawn." in words(page)


def test_whoever_decides_while_it_is_checked_anew_is_told(
    decide, lea: User, answer: Submission, words
) -> None:
    seen = answer.grade_id
    Submission.objects.filter(pk=answer.pk).update(state=State.QUEUED)
    page = decide(seen=seen)
    assert page.status_code == 409
    assert "The answer is being checked at the moment." in words(page)


# --- The same answer ------------------------------------------------------------------------------


@pytest.fixture
def others(cohort: Cohort, answer: Submission) -> dict[str, Submission]:
    """What others wrote; lea wrote '{⏎  "Statement": []⏎}'."""
    other = Variant.objects.create(lab=answer.lab, number=1)
    texts = {
        "same": answer.text,
        "on one line": '{ "Statement": [] }',
        "glued": '{"Statement":[]}',
        "otherwise": "{}",
        "other variant": answer.text,
    }
    found = {}
    for name, text in texts.items():
        learner = make_user(f"{name.replace(' ', '-')} Learner")
        cohort.enrol(learner)
        found[name] = make_submission(learner, answer.lab, text)
        make_grade(found[name], 1)
    Submission.objects.filter(pk=found["other variant"].pk).update(variant=other)
    return found


def same_page(answer: Submission) -> str:
    return f"/cohorts/autumn/submissions/{answer.pk}/same/"


def test_white_space_makes_no_other_answer(
    toms: Client, lea: User, answer: Submission, others, words
) -> None:
    make_submission(lea, answer.lab, answer.text)  # her own is nobody else's
    rows = [row[0] for row in toms.get(same_page(answer)).context["rows"]]
    assert rows == [others["on one line"], others["same"]]
    page = toms.get(f"/cohorts/autumn/submissions/{answer.pk}/").content.decode()
    assert f'hx-get="{same_page(answer)}count/"' in page
    assert f'<a href="{same_page(answer)}">' in page
    count = toms.get(f"{same_page(answer)}count/")
    assert words(count) == "2 more answers of this cohort say the same. Who wrote them"
    alone = toms.get(f"{same_page(others['otherwise'])}count/")
    assert words(alone) == "Nobody else of this cohort gave this answer."


def test_one_is_decided_before_the_others(toms: Client, answer: Submission, others, words) -> None:
    page = toms.get(same_page(answer))
    assert "Decide about this answer first" in words(page)
    assert "checkbox" not in page.content.decode()
    rows = [f"{others['same'].pk}:{others['same'].grade_id}"]
    toms.post(same_page(answer), {"rows": rows, "seen": answer.grade_id})
    assert Grade.objects.filter(made_by="instructor").count() == 0


def test_the_ticked_ones_get_the_same_verdict(
    decide, toms: Client, answer: Submission, others, tom: User, words
) -> None:
    decide(percent="90")
    page = toms.get(same_page(answer))
    choices = [choice for _one, choice, _is in page.context["rows"]]
    assert all(f'value="{choice}"' in page.content.decode() for choice in choices)
    foreign = f"{others['glued'].pk}:{others['glued'].grade_id}"
    form = {"rows": [choices[0], foreign], "seen": now(answer).pk}
    assert f'name="seen" value="{form["seen"]}"' in page.content.decode()
    done = toms.post(same_page(answer), form, follow=True)
    assert "1 more answer was decided." in words(done)
    assert "1 has changed meanwhile and was left as it is." in words(done)
    given = now(others["on one line"])
    assert (given.passed, given.percent, given.reason) == (True, 90, "It does the same.")
    assert [now(others[name]).made_by for name in ("same", "glued")] == ["task", "task"]
    assert len(log(What.OVERRODE)) == 2
    assert [is_done for _one, _choice, is_done in done.context["rows"]] == [True, False]


def test_what_changed_meanwhile_is_left_as_it_is(
    decide, toms: Client, answer: Submission, others, una: User
) -> None:
    decide()
    choices = [row[1] for row in toms.get(same_page(answer)).context["rows"]]
    one = others["same"]
    one.override(Ruling(False, 10, "No."), author=una, seen=one.grade_id)
    toms.post(same_page(answer), {"rows": choices, "seen": now(answer).pk})
    assert now(one).reason == "No."
    assert now(others["on one line"]).passed


@pytest.mark.parametrize("meanwhile", ["decided otherwise", "withdrawn"])
def test_nobody_gives_a_verdict_that_they_did_not_read(
    decide,
    take_back,
    client_of,
    toms: Client,
    answer: Submission,
    others,
    una: User,
    meanwhile,
    words,
) -> None:
    decide()
    seen = now(answer).pk
    choices = [row[1] for row in toms.get(same_page(answer)).context["rows"]]
    if meanwhile == "withdrawn":
        take_back()
    else:
        decide(client_of(una), verdict="failed", reason="No.")
    page = toms.post(same_page(answer), {"rows": choices, "seen": seen}, follow=True)
    assert "has changed meanwhile, so nobody else was given it." in words(page)
    assert now(others["same"]).made_by == "task"


def test_an_erased_answer_is_the_same_as_nothing(toms: Client, mia: User, lab: Lab) -> None:
    erased, other = make_submission(mia, lab, "", state=State.FAULTED), make_user("Ann")
    Cohort.objects.get(slug="autumn").enrol(other)
    make_submission(other, lab, "", state=State.FAULTED)
    assert toms.get(same_page(erased)).context["rows"] == []

"""The way of an instructor: the lab says that old verdicts may change, a dry run shows which, it is
applied and undone, and learners read what became of theirs."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client

from labs.models import Grade, Lab, Ruling, Submission
from portal.accounts.models import User
from portal.audit.models import Entry
from portal.cohorts.models import Cohort, Membership
from portal.regrades.models import Regrade, Stage
from portal.regrades.page import Progress
from tests.portal.regrades.conftest import applied, change, current, done, dry_run
from tests.rows import make_user

Checked = Callable[..., Submission]
ClientOf = Callable[[User], Client]


def page(client: Client, url: str, **sent: Any) -> str:
    answer = client.post(url, sent, follow=True) if sent else client.get(url)
    assert answer.status_code == 200
    return " ".join(unescape(answer.content.decode()).split())


@pytest.fixture
def answers(checked: Checked, lab: Lab, lea: User, mia: User) -> dict[str, Submission]:
    """The lab wants “write” in the place of “read” since they were checked."""
    found = {"gains": checked(lea, "allow write"), "loses": checked(mia, "allow read")}
    change(lab, "allow", "write")
    Lab.objects.update(rule_since="2026-01-02T00:00:00Z")
    return found


Answers = dict[str, Submission]


# --- Where one hears of it ------------------------------------------------------------------------


def test_the_labs_page_tells_whoever_leads(
    client_of: ClientOf, answers: Answers, lab: Lab, tom: User, amy: User, lea: User
) -> None:
    words = "2 verdicts were given by another version of this lab and may change."
    url = lab.get_absolute_url()
    assert words in page(client_of(tom), url)
    assert all(words not in page(client_of(user), url) for user in (amy, lea))


def test_a_lab_that_never_changed_is_not_counted(
    client_of: ClientOf, checked: Checked, lab: Lab, lea: User, tom: User
) -> None:
    checked(lea, "allow")
    assert "another version" not in page(client_of(tom), lab.get_absolute_url())


def test_the_list_names_labs_that_judge_otherwise(
    client_of: ClientOf, answers: Answers, tom: User, ida: User
) -> None:
    assert "Say it" in page(client_of(tom), "/regrades/")
    assert "Say it" not in page(client_of(ida), "/regrades/")


def test_a_dry_run_begins_where_there_is_something_to_see(
    client_of: ClientOf, answers: Answers, lab: Lab, tom: User
) -> None:
    client = client_of(tom)
    assert "2 of 2 verdicts were given by another version" in page(client, "/regrades/labs/say-it/")
    applied(lab, tom, lowers=True, reason="So.")
    text = page(client, "/regrades/labs/say-it/")
    assert "Nothing to regrade" in text
    assert "Applied" in text


# --- The dry run ----------------------------------------------------------------------------------


def test_it_says_how_far_it_is_and_reloads_the_page_in_the_end(
    client_of: ClientOf, answers: Answers, tom: User
) -> None:
    client = client_of(tom)
    assert "Collecting answers" in page(client, "/regrades/labs/say-it/start/", go="")
    regrade = Regrade.objects.get()
    url = f"{regrade.get_absolute_url()}progress/"
    assert "HX-Refresh" not in client.get(url)
    Regrade.objects.update(stage=Stage.JUDGING)
    assert "Checking them again" in page(client, url)
    Regrade.objects.update(stage=Stage.PLANNING)
    done(regrade)
    assert client.get(url)["HX-Refresh"] == "true"


def test_it_shows_who_gains_and_who_loses_and_on_what(
    client_of: ClientOf, answers: Answers, lab: Lab, tom: User
) -> None:
    regrade = dry_run(lab, tom)
    text = page(client_of(tom), regrade.get_absolute_url())
    for words in (
        "2 of 2 verdicts change",
        "Passes now · 1",
        "Passes no more · 1",
        "The word read is said.",
        "The word write is said.",
        "Every check passes.",
        f"/cohorts/autumn/submissions/{answers['gains'].pk}/",
    ):
        assert words in text
    only = page(client_of(tom), f"{regrade.get_absolute_url()}?effect=gains")
    assert "Lea Learner" in only
    assert "Mia Learner" not in only


def test_what_an_instructor_decided_is_named(
    client_of: ClientOf, answers: Answers, lab: Lab, tom: User
) -> None:
    answers["loses"].override(Ruling(True, 100, "Yes."), author=tom, seen=answers["loses"].grade_id)
    regrade = dry_run(lab, tom)
    assert "decided by hand, which stays" in page(client_of(tom), regrade.get_absolute_url())


def test_somebody_who_left_is_not_shown(
    client_of: ClientOf, answers: Answers, lab: Lab, mia: User, tom: User
) -> None:
    regrade = dry_run(lab, tom)
    Membership.objects.get(user=mia).end()
    assert "Mia Learner" not in page(client_of(tom), regrade.get_absolute_url())


@pytest.mark.parametrize(("done", "percent"), [(0, 0), (1, 1), (199, 99), (200, 100)])
def test_at_100_percent_it_is_done_and_at_0_percent_nothing_is(done: int, percent: int) -> None:
    assert Progress("Applying", done, 200).percent == percent


@pytest.mark.parametrize("number", [3, 30])
def test_many_answers_cost_no_more_queries(
    client_of: ClientOf,
    checked: Checked,
    lab: Lab,
    tom: User,
    cohort: Cohort,
    number: int,
    django_assert_num_queries: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("portal.regrades.page.ROWS_A_PAGE", 30)
    for one in range(number):
        cohort.enrol(user := make_user(f"Learner{one}"))
        checked(user, f"allow {one}")
    change(lab, "allow")
    regrade = dry_run(lab, tom)
    client = client_of(tom)
    with django_assert_num_queries(9):
        client.get(regrade.get_absolute_url())


# --- Applied and undone ---------------------------------------------------------------------------


def test_nobody_loses_something_without_a_reason(
    client_of: ClientOf, answers: Answers, lab: Lab, tom: User
) -> None:
    regrade = dry_run(lab, tom)
    text = page(client_of(tom), f"{regrade.get_absolute_url()}apply/", losses="lower", reason=" ")
    assert "Say why: whoever loses something reads it." in text
    regrade.refresh_from_db()
    assert regrade.stage == Stage.READY
    links = re.findall(r'href="([^"]*[?]effect=[^"]*)"', text)
    assert len(links) >= 2
    assert {link.partition("?")[0] for link in links} == {regrade.get_absolute_url()}


def test_whoever_loses_something_keeps_it_if_nothing_else_is_said(
    client_of: ClientOf, answers: Answers, lab: Lab, tom: User
) -> None:
    regrade = dry_run(lab, tom)
    page(client_of(tom), f"{regrade.get_absolute_url()}apply/", losses="keep", reason="")
    assert done(regrade).stage == Stage.APPLIED
    assert [current(one)[1] for one in answers.values()] == [100, 100]
    assert "Kept: 1" in page(client_of(tom), regrade.get_absolute_url())


def test_where_nobody_loses_anything_nothing_is_to_be_chosen(
    client_of: ClientOf, checked: Checked, lab: Lab, lea: User, tom: User
) -> None:
    checked(lea, "allow")
    change(lab, "allow")
    regrade = dry_run(lab, tom)
    assert "Whoever would lose" not in page(client_of(tom), regrade.get_absolute_url())
    page(client_of(tom), f"{regrade.get_absolute_url()}apply/", reason="")
    assert done(regrade).stage == Stage.APPLIED


def test_a_lab_that_changed_since_refuses_it(
    client_of: ClientOf, answers: Answers, lab: Lab, tom: User
) -> None:
    regrade = dry_run(lab, tom)
    change(lab, "write")
    client = client_of(tom)
    assert "The lab has changed since" in page(client, regrade.get_absolute_url())
    text = page(client, f"{regrade.get_absolute_url()}apply/", losses="keep")
    assert "The lab has changed since" in text
    regrade.refresh_from_db()
    assert regrade.stage == Stage.OUTDATED
    assert not Grade.objects.filter(made_by="regrade").exists()


def test_somebody_who_left_refuses_it(
    client_of: ClientOf, answers: Answers, lab: Lab, mia: User, tom: User, ada: User
) -> None:
    regrade = dry_run(lab, tom)
    Membership.objects.get(user=mia).end()
    url = f"{regrade.get_absolute_url()}apply/"
    assert "not in your cohorts any more" in page(client_of(tom), url, losses="keep")
    page(client_of(ada), url, losses="keep")
    assert done(regrade).stage == Stage.APPLIED


def test_it_is_undone_with_a_reason(
    client_of: ClientOf, answers: Answers, lab: Lab, tom: User
) -> None:
    regrade = applied(lab, tom, lowers=True, reason="So.")
    client, url = client_of(tom), f"{regrade.get_absolute_url()}undo/"
    page(client, url, reason="")
    assert done(regrade).stage == Stage.APPLIED
    page(client, url, reason="A mistake.")
    assert done(regrade).stage == Stage.UNDONE
    assert "Why it was undone: A mistake." in page(client, regrade.get_absolute_url())
    assert "not at that point any more" in page(client, url, reason="Again.")


def test_it_is_thrown_away(client_of: ClientOf, answers: Answers, lab: Lab, tom: User) -> None:
    regrade = dry_run(lab, tom)
    page(client_of(tom), f"{regrade.get_absolute_url()}drop/", go="")
    text = page(client_of(tom), f"{regrade.get_absolute_url()}apply/", losses="keep")
    assert "not at that point any more" in text
    assert not Grade.objects.filter(made_by="regrade").exists()


# --- Who hears of it ------------------------------------------------------------------------------


def test_learners_read_it_on_their_day_and_at_their_verdict(
    client_of: ClientOf, answers: Answers, lab: Lab, lea: User, mia: User, tom: User
) -> None:
    applied(lab, tom, reason="We asked for the <wrong> word.")
    day = page(client_of(lea), "/day/")
    assert "Checked again" in day
    assert "Passes now" in day
    assert "Checked again" not in page(client_of(mia), "/day/")
    verdict = page(client_of(lea), answers["gains"].get_absolute_url())
    assert "passed now." in verdict
    assert "We asked for the <wrong> word." in verdict


def test_the_log_of_the_cohort_says_it(
    client_of: ClientOf, answers: Answers, lab: Lab, tom: User, other_cohort: Cohort
) -> None:
    client = client_of(tom)
    page(client, "/regrades/labs/say-it/start/", go="")
    regrade = done(Regrade.objects.get())
    url = regrade.get_absolute_url()
    page(client, f"{url}apply/", losses="lower", reason="So.")
    done(regrade)
    page(client, f"{url}undo/", reason="A mistake.")
    told = [entry.about for entry in Entry.objects.filter(what="regraded").order_by("pk")]
    assert told == [
        f"autumn: say-it: dry run ({regrade.pk})",
        f"autumn: say-it: applied, also losses ({regrade.pk})",
        f"autumn: say-it: undone ({regrade.pk})",
    ]
    assert "had old verdicts checked again" in page(client, "/cohorts/autumn/log/")


def test_an_administrators_run_is_in_the_log_of_whom_it_is_about(
    client_of: ClientOf, answers: Answers, lab: Lab, ada: User
) -> None:
    regrade = dry_run(lab, ada)
    page(client_of(ada), f"{regrade.get_absolute_url()}apply/", losses="keep")
    entry = Entry.objects.get(what="regraded")
    assert entry.cohort == Cohort.objects.get(slug="autumn")


@pytest.mark.parametrize("query", ["effect=%00", "effect=nothing", "page=-1", "page=x", "page=%00"])
def test_odd_questions_are_answered(
    client_of: ClientOf, answers: Answers, lab: Lab, tom: User, query: str
) -> None:
    regrade = dry_run(lab, tom)
    assert "Lea Learner" in page(client_of(tom), f"{regrade.get_absolute_url()}?{query}")


def test_a_reason_that_no_column_holds_is_refused(
    client_of: ClientOf, answers: Answers, lab: Lab, tom: User
) -> None:
    regrade = dry_run(lab, tom)
    for reason in ("\x00", "x" * 1_001):
        page(client_of(tom), f"{regrade.get_absolute_url()}apply/", losses="lower", reason=reason)
    regrade.refresh_from_db()
    assert regrade.stage == Stage.READY

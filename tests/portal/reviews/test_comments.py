"""What is said about an answer: by those who teach, and by its learner who answers them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from labs.models import Lab, State, Submission
from portal.accounts.models import User
from portal.cohorts.models import Cohort, Role
from portal.prose import LONGEST
from portal.reviews.forms import OF_LEARNERS, Allowance
from portal.reviews.models import Comment
from tests.rows import make_submission


@pytest.fixture
def say(client_of, answer: Submission) -> Callable:
    """As a form of the page sends it."""

    def send(user: User, text: str = "Why *that*?", **fields: object):
        page = f"/cohorts/autumn/submissions/{answer.pk}/comments/"
        return client_of(user).post(page, {"text": text, **fields})

    return send


@pytest.fixture
def leas(client_of, lea: User) -> Client:
    return client_of(lea)


def reply_to(answer: Submission) -> str:
    return f"/reviews/attempts/{answer.pk}/reply/"


def test_assistants_and_instructors_comment_and_the_learner_reads_it(
    say, leas: Client, amy: User, tom: User, answer: Submission, words
) -> None:
    assert say(amy).status_code == say(tom, "Line two.", line="2").status_code == 302
    page = leas.get(f"/labs/attempts/{answer.pk}/")
    for sentence in ("Amy Assistant · Assistant", "Tom Teacher · Instructor", "&quot;Statement"):
        assert sentence in words(page)
    source = page.content.decode()
    assert "<p>Why <em>that</em>?</p>" in source
    assert 'id="L2" data-marked>' in source
    assert 'id="L1">' in source


def test_an_administrator_comments_as_an_instructor(say, ada: User) -> None:
    say(ada)
    assert Comment.objects.get().role == Role.INSTRUCTOR


def test_one_comes_back_to_what_one_said_and_to_the_list_one_came_through(
    client_of, tom: User, answer: Submission
) -> None:
    page = f"/cohorts/autumn/submissions/{answer.pk}/"
    client = client_of(tom)
    form = client.get(f"{page}?in=lab&everything=1").content.decode()
    assert f'action="{page}comments/?in=lab&amp;everything=1"' in form
    sent = client.post(f"{page}comments/?in=lab&everything=1", {"text": "Why?"})
    assert sent.url == f"{page}?in=lab&everything=1#comment-{Comment.objects.get().pk}"


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("", "", "This field is required."),
        (" \n ", "", "This field is required."),
        ("x" * (LONGEST + 1), "", "at most 4000 characters"),
        ("Why?", "4", "The answer has 3 lines."),
        ("Why?", "0", "greater than or equal to 1"),
    ],
)
def test_what_cannot_be_said_is_told_and_kept(
    say, tom: User, words, text: str, line: str, problem: str
) -> None:
    page = say(tom, text, line=line)
    assert problem in words(page)
    assert page.context["comment"]["text"].value() == text
    assert not Comment.objects.exists()


def test_nothing_is_laid_out_before_its_length_was_looked_at(
    say, tom: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid_out: list[str] = []
    monkeypatch.setattr("portal.prose.render", laid_out.append)
    say(tom, "x" * (LONGEST + 1))
    assert laid_out == []


# --- The learner answers --------------------------------------------------------------------------


def test_the_learner_answers_and_the_teacher_reads_it(
    say, leas: Client, client_of, tom: User, answer: Submission, words
) -> None:
    say(tom)
    sent = leas.post(reply_to(answer), {"text": "Because of `this`."})
    assert sent.url == f"/labs/attempts/{answer.pk}/#comment-{Comment.objects.last().pk}"
    page = client_of(tom).get(f"/cohorts/autumn/submissions/{answer.pk}/")
    assert "Lea Learner · Learner" in words(page)
    assert "<code>this</code>" in page.content.decode()


def test_a_learner_does_not_begin(leas: Client, answer: Submission) -> None:
    """Whoever wants to ask has a form for questions, which somebody looks after."""
    assert leas.post(reply_to(answer), {"text": "Hello?"}).status_code == 404


def test_only_the_learner_answers(say, client_of, mia: User, tom: User, answer: Submission) -> None:
    say(tom)
    for user in (mia, tom):
        assert client_of(user).post(reply_to(answer), {"text": "Me too"}).status_code == 404
    assert Comment.objects.count() == 1


def test_an_answer_that_cannot_be_sent_stays_in_its_form(
    say, leas: Client, tom: User, answer: Submission, words
) -> None:
    say(tom)
    page = leas.post(reply_to(answer), {"text": "x" * (LONGEST + 1)})
    assert "It was not sent yet." in words(page)
    assert page.context["form"]["text"].value() == "x" * (LONGEST + 1)
    assert Comment.objects.count() == 1


# --- How much -------------------------------------------------------------------------------------


def test_a_learner_writes_so_much_in_a_minute(
    say, leas: Client, tom: User, answer: Submission, words
) -> None:
    say(tom)
    for number in range(OF_LEARNERS.a_minute):
        leas.post(reply_to(answer), {"text": f"And {number}?"})
    page = leas.post(reply_to(answer), {"text": "And once more?"})
    assert "A little slower, please." in words(page)
    assert "And once more?" in words(page)
    assert Comment.objects.filter(role=Role.LEARNER).count() == OF_LEARNERS.a_minute


def test_a_learner_writes_so_much_in_a_day(
    say, leas: Client, tom: User, answer: Submission, words, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.reviews.forms.OF_LEARNERS", Allowance(a_minute=99, a_day=2))
    say(tom)
    pages = [leas.post(reply_to(answer), {"text": f"And {number}?"}) for number in range(3)]
    assert [page.status_code for page in pages] == [302, 302, 200]
    assert "as much as one person may write in a day" in words(pages[2])


# --- What it costs --------------------------------------------------------------------------------


@pytest.mark.parametrize("comments", [0, 1, 20])
def test_the_learners_page_takes_one_query_more_however_much_was_said(
    leas: Client, tom: User, answer: Submission, comments: int, django_assert_num_queries
) -> None:
    for _ in range(comments):
        Comment.objects.write(answer, author=tom, role=Role.INSTRUCTOR, text="Why?", line=2)
    leas.get(f"/labs/attempts/{answer.pk}/")
    with django_assert_num_queries(6):
        leas.get(f"/labs/attempts/{answer.pk}/")


def test_nothing_is_asked_for_while_an_answer_waits(
    leas: Client, lea: User, lab: Lab, answer: Submission, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.reviews.templatetags.reviews_tags.talk_about", None)
    waiting = make_submission(lea, lab, state=State.QUEUED)
    assert leas.get(f"/labs/attempts/{waiting.pk}/").status_code == 200


def test_a_comment_on_what_was_erased_quotes_nothing(
    client_of, say, tom: User, answer: Submission, words
) -> None:
    say(tom, line="3")
    Submission.objects.filter(pk=answer.pk).update(text="")
    page = client_of(tom).get(f"/cohorts/autumn/submissions/{answer.pk}/")
    assert page.status_code == 200
    assert "Its words were erased." in words(page)


def test_a_comment_of_another_cohort_is_nobodys_business(
    client_of, ida: User, cohort: Cohort, answer: Submission
) -> None:
    page = f"/cohorts/cooks/submissions/{answer.pk}/comments/"
    assert client_of(ida).post(page, {"text": "Why?"}).status_code == 404
    assert not Comment.objects.exists()

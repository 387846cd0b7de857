"""Those who teach write to one learner, who reads it and answers."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client

from labs.models import Lab, Submission
from lessons.models import Course
from portal.accounts.models import User
from portal.accounts.own_data import data_of, erase
from portal.cohorts.models import Cohort
from portal.letters.models import Letter
from portal.reviews.models import Question, Stage
from tests.rows import make_grade, make_lab, make_submission


@pytest.fixture
def lab(course: Course) -> Lab:
    return make_lab(course, "read-one-bucket", section="policy-structure")


@pytest.fixture
def answer(lea: User, lab: Lab) -> Submission:
    submission = make_submission(lea, lab)
    make_grade(submission, 1)
    return submission


def page_for(learner: User, lab: str = "") -> str:
    query = f"?lab={lab}" if lab else ""
    return f"/cohorts/autumn/learners/{learner.pk}/write/{query}"


def write(client: Client, learner: User, text: str = "Shall we talk?", *, lab: str = ""):
    return client.post(page_for(learner, lab), {"text": text}, follow=True)


@pytest.mark.parametrize("who", ["tom", "amy", "ada"])
def test_instructors_and_assistants_write(client_of, request, cohort: Cohort, lea: User, who: str):
    teacher = request.getfixturevalue(who)
    page = write(client_of(teacher), lea).content.decode()
    assert "Shall we talk?" in page
    question = Question.objects.get()
    assert (question.user, question.stage, question.assignee) == (lea, Stage.ANSWERED, teacher)


@pytest.mark.parametrize("who", ["lea", "mia", "ida", "eve"])
def test_nobody_else_does(client_of, request, cohort: Cohort, lea: User, who: str):
    assert write(client_of(request.getfixturevalue(who)), lea).status_code == 404
    assert not Question.objects.exists()


def test_nobody_is_written_to_who_does_not_learn_here(client_of, tom: User, eve: User, amy: User):
    assert [write(client_of(tom), one).status_code for one in (eve, amy)] == [404, 404]


def test_it_stands_on_the_day_until_it_is_closed(client_of, tom: User, lea: User, mia: User):
    write(client_of(tom), lea)
    leas = client_of(lea)
    question = Question.objects.get()
    address = f"/reviews/questions/{question.pk}/"
    assert address in leas.get("/day/").content.decode()
    assert address not in client_of(mia).get("/day/").content.decode()
    page = leas.get(address).content.decode()
    assert ("Shall we talk?" in page, "I have read it" in page) == (True, True)
    leas.post(f"{address}close/")
    assert address not in leas.get("/day/").content.decode()


def test_an_answer_comes_back_to_whoever_wrote(client_of, tom: User, amy: User, lea: User):
    write(client_of(amy), lea)
    question = Question.objects.get()
    Letter.objects.all().delete()
    client_of(lea).post(f"/reviews/questions/{question.pk}/reply/", {"text": "Yes, please."})
    question.refresh_from_db()
    assert question.stage == Stage.OPEN
    assert "Autumn" in client_of(tom).get("/cohorts/autumn/queue/").content.decode()
    assert [one.address for one in Letter.objects.all()] == [amy.email]


def test_a_message_about_a_lab_stands_at_the_latest_attempt(
    client_of, tom: User, lea: User, answer: Submission
):
    form = client_of(tom).get(page_for(lea, "read-one-bucket")).content.decode()
    assert f"/cohorts/autumn/submissions/{answer.pk}/" in form
    write(client_of(tom), lea, lab="read-one-bucket")
    assert Question.objects.get().submission == answer
    assert "Shall we talk?" in client_of(lea).get(answer.get_absolute_url()).content.decode()


def test_a_lab_that_was_not_tried_is_left_out(client_of, tom: User, lea: User, lab: Lab):
    write(client_of(tom), lea, lab="read-one-bucket")
    assert Question.objects.get().submission is None


def test_a_form_that_was_sent_twice_writes_once(client_of, tom: User, lea: User):
    for _number in range(2):
        write(client_of(tom), lea)
    assert Question.objects.count() == 1


def test_nothing_is_written_without_words(client_of, tom: User, lea: User):
    write(client_of(tom), lea, "  ")
    assert not Question.objects.exists()


def test_a_mail_says_that_there_is_something_and_not_what(
    client_of, tom: User, lea: User, settings
):
    write(client_of(tom), lea)
    letter = Letter.objects.get()
    assert letter.address == lea.email
    assert "A message about “Autumn”" in letter.subject
    assert "Shall we talk?" not in letter.text
    assert f"/reviews/questions/{Question.objects.get().pk}/" in letter.text
    assert mail.outbox == []


def test_a_message_is_given_out_and_goes_with_its_reader(client_of, tom: User, lea: User):
    write(client_of(tom), lea)
    assert [one["about"] for one in data_of(lea)["questions"]] == ["Autumn"]
    assert [one["text"] for one in data_of(lea)["comments"]] == ["Shall we talk?"]
    erase(lea)
    assert not Question.objects.exists()


def test_learners_texts_are_escaped_and_markdown_is_made_safe(client_of, tom: User, lea: User):
    write(client_of(tom), lea, "**Look** <script>alert(1)</script>")
    page = client_of(lea).get(Question.objects.get().get_absolute_url()).content.decode()
    assert "<strong>Look</strong>" in page
    assert "<script>alert" not in page

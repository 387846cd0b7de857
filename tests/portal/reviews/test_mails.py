"""Who is written to, when, and that a mail carries nobody's words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from labs.models import Submission
from portal.accounts.models import User
from portal.cohorts.models import Cohort, Role
from portal.letters.delivery import deliver_some
from portal.letters.models import Letter
from portal.reviews.mails import WAIT_FOR_MORE
from portal.reviews.models import Comment, Question

ASKED = "A question about “Buckets”"


@pytest.fixture
def leas(client_of, lea: User) -> Client:
    return client_of(lea)


@pytest.fixture
def toms(client_of, tom: User) -> Client:
    return client_of(tom)


@pytest.fixture
def posted(answer: Submission) -> Callable:
    """Sends a form, and says to whom which letters wait then."""

    def act(client: Client, page: str, **form: Any) -> list[tuple[str, str]]:
        Letter.objects.all().delete()
        assert client.post(page, form).status_code == 302
        return list(Letter.objects.values_list("address", "subject"))

    return act


def comments_on(answer: Submission) -> str:
    return f"/cohorts/autumn/submissions/{answer.pk}/comments/"


def test_all_instructors_are_told_of_a_question_and_one_who_has_it(
    posted, leas: Client, amy: User, tom: User, una: User
) -> None:
    first = posted(leas, "/reviews/ask/lesson/aws/buckets/", text="Why?")
    assert first == [("tom@example.com", ASKED), ("una@example.com", ASKED)]
    question = Question.objects.get()
    page = f"http://testserver/cohorts/autumn/questions/{question.pk}/"
    assert page in Letter.objects.all()[0].text
    question.assign(amy, seen=None)
    again = posted(leas, f"/reviews/questions/{question.pk}/reply/", text="Hello?")
    assert again == [("amy@example.com", ASKED)]


def leave(user: User) -> None:
    user.memberships.get().end()


def learn(user: User) -> None:
    user.memberships.get().become(Role.LEARNER)


def stop(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


@pytest.mark.parametrize("go", [leave, learn, stop])
def test_all_instructors_are_told_where_whoever_has_it_is_gone(
    posted, leas: Client, amy: User, tom: User, una: User, go: Callable[[User], None]
) -> None:
    posted(leas, "/reviews/ask/lesson/aws/buckets/", text="Why?")
    question = Question.objects.get()
    question.assign(amy, seen=None)
    go(amy)
    again = posted(leas, f"/reviews/questions/{question.pk}/reply/", text="Hello?")
    assert again == [("tom@example.com", ASKED), ("una@example.com", ASKED)]


def test_the_learner_is_told_of_an_answer_a_comment_and_a_decision(
    posted, leas: Client, toms: Client, answer: Submission
) -> None:
    posted(leas, "/reviews/ask/lesson/aws/buckets/", text="Why?")
    question = Question.objects.get()
    page = f"/cohorts/autumn/questions/{question.pk}/answer/"
    title = "Your question about “Buckets” was answered"
    assert posted(toms, page, text="Because.") == [("lea@example.com", title)]
    assert f"http://testserver/reviews/questions/{question.pk}/" in Letter.objects.get().text
    title = "A comment on your answer to “Read one bucket”"
    assert posted(toms, comments_on(answer), text="Look.") == [("lea@example.com", title)]
    decision = {"verdict": "passed", "reason": "Right.", "seen": answer.grade_id}
    page = f"/cohorts/autumn/submissions/{answer.pk}/override/"
    title = "The verdict about “Read one bucket” was decided by hand"
    assert posted(toms, page, **decision) == [("lea@example.com", title)]
    assert f"http://testserver/labs/attempts/{answer.pk}/" in Letter.objects.get().text


def test_who_commented_is_told_of_the_reply(
    posted, leas: Client, amy: User, answer: Submission
) -> None:
    Comment.objects.write(answer, author=amy, role=Role.ASSISTANT, text="Why?")
    page = f"/reviews/attempts/{answer.pk}/reply/"
    told = [("amy@example.com", "A reply about “Read one bucket”")]
    assert posted(leas, page, text="So.") == told
    amy.memberships.all().delete()  # may not see it any more
    assert posted(leas, page, text="And?") == []


def test_a_reply_leads_to_the_cohort_in_which_its_writer_learns_now(
    posted, leas: Client, amy: User, lea: User, answer: Submission, cohort: Cohort
) -> None:
    """“Autumn” comes first by its name."""
    Comment.objects.write(answer, author=amy, role=Role.ASSISTANT, text="Why?")
    winter = Cohort.objects.create(name="Winter", slug="winter", course=cohort.course)
    winter.enrol(lea)
    winter.enrol(amy, role=Role.ASSISTANT)
    cohort.archive()
    posted(leas, f"/reviews/attempts/{answer.pk}/reply/", text="So.")
    assert "http://testserver/cohorts/winter/" in Letter.objects.get().text


def test_a_reply_goes_to_those_who_teach_now_not_to_a_cohort_that_was_left(
    posted, client_of, leas: Client, lea: User, tom: User, ida: User, answer: Submission
) -> None:
    posted(leas, f"/reviews/ask/attempt/{answer.pk}/", text="Why?")
    lea.memberships.get().end()
    cooks = Cohort.objects.get(slug="cooks")
    cooks.courses.add(answer.lab.course)
    cooks.enrol(lea)
    posted(client_of(ida), f"/cohorts/cooks/submissions/{answer.pk}/comments/", text="Look.")
    told = posted(leas, f"/reviews/attempts/{answer.pk}/reply/", text="So.")
    assert told == [("ida@example.com", "A reply about “Read one bucket”")]
    assert Question.objects.get().comments.count() == 1


def test_many_comments_are_one_mail(toms: Client, answer: Submission) -> None:
    for line in ("1", "2", "3"):
        toms.post(comments_on(answer), {"text": "Why?", "line": line})
    assert deliver_some() == 0  # whoever comments on one line may comment on another
    Letter.objects.update(due_at=timezone.now())
    assert deliver_some() == 1
    assert len(mail.outbox) == 1
    toms.post(comments_on(answer), {"text": "One more."})
    assert timedelta() < Letter.objects.get().due_at - timezone.now() <= WAIT_FOR_MORE


def test_a_mail_says_where_and_nobodys_words_in_the_readers_language(
    toms: Client, answer: Submission, lea: User
) -> None:
    User.objects.filter(pk=lea.pk).update(language="de")
    toms.post(comments_on(answer), {"text": "Visit https://evil.example"})
    letter = Letter.objects.get()
    assert letter.subject == "Ein Kommentar zu deiner Antwort auf „Read one bucket“"
    assert f"http://testserver/labs/attempts/{answer.pk}/#comments-title" in letter.text
    assert "evil" not in letter.text
    assert "Tom" not in letter.text


def test_who_chose_no_language_reads_that_of_the_cohort(
    posted, leas: Client, toms: Client, tom: User, una: User, answer: Submission
) -> None:
    Cohort.objects.update(language="de")
    User.objects.filter(pk=una.pk).update(language="en")
    asked = posted(leas, f"/reviews/ask/attempt/{answer.pk}/", text="Why?")
    title = "Read one bucket"
    assert dict(asked) == {
        "tom@example.com": f"Eine Frage zu „{title}“",
        "una@example.com": f"A question about “{title}”",
    }
    [(_lea, answered)] = posted(toms, comments_on(answer), text="Look.")
    assert answered == f"Deine Frage zu „{title}“ wurde beantwortet"
    Question.objects.all().delete()
    Comment.objects.write(answer, author=tom, role=Role.INSTRUCTOR, text="?")
    [(_lea, commented)] = posted(toms, comments_on(answer), text="Look.")
    assert commented == f"Ein Kommentar zu deiner Antwort auf „{title}“"
    [(_tom, replied)] = posted(leas, f"/reviews/attempts/{answer.pk}/reply/", text="Why?")
    assert replied == f"Eine Antwort zu „{title}“"
    decision = {"verdict": "passed", "reason": "Right.", "seen": answer.grade_id}
    page = f"/cohorts/autumn/submissions/{answer.pk}/override/"
    [(_lea, decided)] = posted(toms, page, **decision)
    assert decided == f"Über das Ergebnis zu „{title}“ wurde von Hand entschieden"


def test_nobody_is_written_to_who_is_gone(
    posted, toms: Client, answer: Submission, lea: User
) -> None:
    User.objects.filter(pk=lea.pk).update(is_active=False)
    assert posted(toms, comments_on(answer), text="Why?") == []


def test_a_letter_waits_with_what_it_tells_of_or_not_at_all(
    toms: Client, answer: Submission, cohort: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("portal.reviews.saying.post", fail)
    toms.raise_request_exception = False
    assert toms.post(comments_on(answer), {"text": "Why?"}).status_code == 500
    assert not Comment.objects.exists()
